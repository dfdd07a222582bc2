"""제적 통지서: to one trainee, with the cause, the day of effect and how to object (rulebook section 2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    END,
    Align,
    DocumentKind,
    Field,
    Info,
    Paper,
    Paragraph,
    Scope,
    Stamp,
)
from regional_desk.domain.text import korean_date, korean_span

KIND = DocumentKind(key="dismissal-notice", title="제적 통지서", landscape=False, scope=Scope.OFFICE)
_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class DismissalNotice:
    """One dismissal; `attended`, `absences` and `whole` are words with their unit."""

    office: str
    name: str
    birth: str
    course: str
    start: dt.date
    end: dt.date
    cause_on: dt.date
    effective_on: dt.date
    reason: str
    attended: str
    absences: str
    whole: str
    decided_on: dt.date
    object_until: dt.date
    source: str


def to_paper(values: DismissalNotice, stamp: Stamp) -> Paper:
    """The notice as a portrait letter, the name full for the person receives it (rulebook section 6)."""
    attended = f"소정훈련 {values.whole} 가운데 출석 {values.attended}, 결석 {values.absences}"
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=(
            Paragraph(f"받는 사람: {values.name} 귀하", size=_SIZE, bold=True, before=6),
            Paragraph(
                "귀하의 제적을 아래와 같이 알려 드립니다. 훈련에 함께해 주신 데 감사드립니다.",
                size=_SIZE,
                before=5,
            ),
            Info(
                (
                    (Field("성명", values.name), Field("생년월일", values.birth)),
                    (Field("과정명", values.course),),
                    (Field("훈련기간", korean_span(values.start, values.end)),),
                    (Field("제적 사유", values.reason),),
                    (Field("출결", attended),),
                    (
                        Field("사유가 생긴 날", korean_date(values.cause_on)),
                        Field("효력일", korean_date(values.effective_on)),
                    ),
                    (Field("근거", values.source),),
                ),
                row_height=9,
                before=6,
            ),
            Paragraph("안내", size=12, bold=True, before=8, keep=True),
            *(
                Paragraph(f"{number}. {text}", size=_SIZE, before=2.5)
                for number, text in enumerate(_guidance(values), start=1)
            ),
            Paragraph(korean_date(values.decided_on), size=12, align=Align.CENTER, before=18),
            Paragraph(f"{values.office}장  (직인)", size=16, bold=True, align=Align.CENTER, before=6),
        ),
        running=f"{KIND.title} · {values.course}",
        closing=END,
    )


def _guidance(values: DismissalNotice) -> tuple[str, ...]:
    until, effective = korean_date(values.object_until), korean_date(values.effective_on)
    objection = (
        f"사실과 다르거나 결석을 증명할 서류가 있으면 {until}까지 사업단에 이의를 신청하실 수 있습니다. "
        "이의가 받아들여지면 제적을 취소하고 출석을 되돌립니다."
    )
    return (
        f"제적은 사유가 생긴 날의 다음 날인 {effective}부터 효력이 있으며, 그날부터의 출석은 인정하지 않습니다.",
        objection,
        "제적되기 전까지의 훈련수당은 기준을 채운 단위기간에 한하여 정해진 날에 지급합니다.",
    )
