"""An internship as `--json` shows it and as lines for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regional_desk.domain.internships import BreakKind
from regional_desk.domain.positions import show_week
from regional_desk.domain.text import korean_date, korean_span, won

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regional_desk.cli.context import Call
    from regional_desk.services.internships.events import Event
    from regional_desk.services.internships.reading import InternshipDetail, InternshipRow
    from regional_desk.store.internship_records import AgreementRow


def internship_data(row: InternshipRow) -> dict[str, Any]:
    """One internship."""
    return {
        "internship": str(row.id),
        "number": row.label,
        "programme_year": row.programme_year,
        "trainee": str(row.trainee),
        "name": row.name,
        "birth": row.birth.isoformat(),
        "company": row.company_name,
        "position": row.position_name,
        "track": row.track,
        "state": row.state.value,
        "start": row.start.isoformat(),
        "end": row.end.isoformat(),
        "started_on": row.started_on.isoformat() if row.started_on else None,
        "ended_on": row.ended_on.isoformat() if row.ended_on else None,
        "end_reason": row.end_reason,
        "month_now": row.month_now,
        "months_served": row.months_served,
        "days_left": row.days_left,
        "wage": row.wage,
        "weekly_minutes": row.weekly_minutes,
        "place": row.place,
        "mentor": row.mentor,
    }


def row_line(row: InternshipRow) -> str:
    """One internship in a line."""
    now = f"{row.month_now}차, {row.days_left}일 남음" if row.month_now else None
    parts = (
        row.label,
        f"{row.name}({row.birth.isoformat()})",
        f"{row.company_name}/{row.position_name}",
        row.track,
        korean_span(row.start, row.end),
        row.state.label,
        now,
    )
    return " · ".join(part for part in parts if part)


def emit_internship(call: Call, found: InternshipDetail, events: Sequence[Event] = ()) -> None:
    """One internship with its agreements, service months, breaks and events."""
    data = internship_data(found.row) | {
        "agreements": [_agreement(row) for row in found.agreements],
        "months": [
            {
                "no": one.no,
                "start": one.start.isoformat(),
                "end": one.end.isoformat(),
                "served_until": one.served_until.isoformat(),
            }
            for one in found.row.months
        ],
        "interruptions": [
            {
                "kind": row.kind,
                "start": row.start.isoformat(),
                "end": row.end.isoformat() if row.end else None,
                "reason": row.reason,
                "void": row.void_reason is not None,
            }
            for row in found.interruptions
        ],
        "events": [
            {
                "on": one.on.isoformat(),
                "until": one.until.isoformat() if one.until else None,
                "kind": one.kind.value,
                "label": one.label,
                "state": one.state.value,
                "words": one.words,
            }
            for one in events
        ],
    }
    call.emit(data, [row_line(found.row), *_lines(found, events)])


def _agreement(row: AgreementRow) -> dict[str, Any]:
    return {
        "agreement": str(row.id),
        "number": row.number,
        "state": row.state,
        "effective_from": row.effective_from.isoformat(),
        "end": row.end.isoformat(),
        "wage": row.wage,
        "weekly_minutes": row.weekly_minutes,
        "place": row.place,
        "duties": row.duties,
        "mentor": row.mentor,
        "points": dict(row.points),
        "reason": row.reason,
        "signed_on": row.signed_on.isoformat() if row.signed_on else None,
        "scan": row.attachment is not None,
    }


_STATES = {"draft": "서명 대기", "signed": "서명", "void": "취소"}


def _lines(found: InternshipDetail, events: Sequence[Event]) -> list[str]:
    lines = []
    for row in found.agreements:
        name = f"{row.number}차 변경협약" if row.number else "협약"
        signed = f" {korean_date(row.signed_on)}" if row.signed_on else ""
        week = show_week(row.weekly_minutes)
        lines.append(
            f"  {name}: {korean_span(row.effective_from, row.end)} · 월 {won(row.wage)}원 · 주 {week} · "
            f"{_STATES[row.state]}{signed}"
        )
    lines += [f"  {one.no}차 지원월: {korean_span(one.start, one.served_until)}" for one in found.row.months]
    for gone in found.interruptions:
        until = korean_date(gone.end) if gone.end else "계속"
        void = " · 무효" if gone.void_reason else ""
        lines.append(
            f"  {BreakKind(gone.kind).label}: {korean_date(gone.start)} ~ {until} · {gone.reason}{void}"
        )
    lines += [f"  {korean_date(one.on)} {one.label}: {one.words}" for one in events]
    return lines
