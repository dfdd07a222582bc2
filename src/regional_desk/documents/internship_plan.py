"""훈련계획서: what an intern is to learn week by week, agreed by intern, mentor and office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    END,
    Align,
    Column,
    DocumentKind,
    Field,
    Info,
    Paper,
    Paragraph,
    Scope,
    Stamp,
    Table,
)
from regional_desk.domain.text import korean_span

KIND = DocumentKind(key="internship-plan", title="훈련계획서", landscape=False, scope=Scope.OFFICE)
_SIGN = "(서명)"


@dataclass(frozen=True, slots=True)
class InternHead:
    """Who learns what where; `kind` is OJT or PBL, `mentor` the one agreed on."""

    office: str
    number: str
    name: str
    birth: str
    company: str
    track: str
    kind: str
    duties: str
    place: str
    mentor: str
    start: dt.date
    end: dt.date

    def fields(self) -> tuple[tuple[Field, ...], ...]:
        """The head as it stands on every paper of an internship's training."""
        return (
            (Field("성명", self.name), Field("생년월일", self.birth)),
            (Field("기업", self.company), Field("협약번호", self.number)),
            (Field("트랙", f"{self.track} ({self.kind})"), Field("직무", self.duties)),
            (Field("근무지", self.place), Field("멘토", self.mentor)),
            (Field("인턴 기간", korean_span(self.start, self.end)),),
        )


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of a week; a week without a line is told as such."""

    week: str
    days: str
    subject: str
    goal: str
    output: str


@dataclass(frozen=True, slots=True)
class InternshipPlan:
    """A whole plan; `work` is what the track calls its lines, `output` empty where none is asked."""

    head: InternHead
    work: str
    output: str
    lines: tuple[PlanLine, ...]
    approval: tuple[str, ...]


def to_paper(values: InternshipPlan, stamp: Stamp) -> Paper:
    """The plan as a portrait paper, names full for they sign it (rulebook section 6)."""
    columns = [
        Column("주차", 11),
        Column("기간", 28),
        Column(values.work, 46, Align.LEFT),
        Column("훈련목표", 58, Align.LEFT),
    ]
    if values.output:
        columns.append(Column(values.output, 32, Align.LEFT))
    rows = tuple(
        (line.week, line.days, line.subject, line.goal, *([line.output] if values.output else []))
        for line in values.lines
    )
    head = values.head
    signed = (Field("인턴", f"{head.name}  {_SIGN}"), Field("멘토", f"{head.mentor}  {_SIGN}"))
    return Paper(
        title=f"훈련계획서({head.kind})",
        stamp=stamp,
        blocks=(
            Info(head.fields()),
            Paragraph("주차별 계획", size=10.5, bold=True, before=4, keep=True),
            Table(tuple(columns), rows, row_height=9, size=8.5, blank_below=False),
            Paragraph(
                "위 계획에 따라 훈련하기로 합니다.", size=10.5, align=Align.CENTER, before=5, keep=True
            ),
            Info((signed,), row_height=10),
        ),
        approval=values.approval,
        running=f"{KIND.title} · {head.company} {head.name}",
        closing=END,
    )
