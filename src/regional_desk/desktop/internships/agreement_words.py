"""What an agreement says in lines, an amendment with what was before it."""

from __future__ import annotations

from collections.abc import Mapping

from regional_desk.services.internships import drafts
from regional_desk.services.internships.reading import DRAFT, SIGNED, VOID
from regional_desk.store.internship_records import AgreementRow

_SIGNS: Mapping[str, tuple[str, str, str]] = {
    DRAFT: ("△", "서명 전", "warn"),
    SIGNED: ("○", "서명", "ok"),
    VOID: ("×", "취소", "muted"),
}


def show_state(row: AgreementRow) -> str:
    """`○ 서명`, `△ 서명 전`, `× 취소`."""
    sign, word, _tone = _SIGNS[row.state]
    return f"{sign} {word}"


def state_tone(row: AgreementRow) -> str:
    """The colour that goes with it."""
    return _SIGNS[row.state][2]


def content_lines(row: AgreementRow, before: AgreementRow | None) -> tuple[str, ...]:
    """`임금(월): 2,300,000원 → 2,400,000원` of what an amendment changes; all of it where there is nothing before."""
    if before is None:
        return tuple(f"{label}: {text or '–'}" for label, text in drafts.contents(row))
    return tuple(f"{label}: {old or '–'} → {new or '–'}" for label, old, new in drafts.changes(before, row))
