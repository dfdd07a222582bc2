"""월 운영실적보고: goals against results, this month and in total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from regional_desk.documents.paper import (
    END,
    Align,
    Bars,
    Block,
    Column,
    DocumentKind,
    Field,
    FootRow,
    Info,
    Paper,
    Paragraph,
    Scope,
    Stamp,
    Table,
    Value,
)
from regional_desk.documents.report_companies import (
    CompanyLine,
    PlacementLine,
    companies_table,
    placements_table,
)
from regional_desk.documents.report_internships import (
    ClaimLine,
    InternshipLine,
    StepLine,
    VisitLine,
    claims_table,
    internships_table,
    outcome_blocks,
    visits_table,
)
from regional_desk.documents.report_money import (
    AdjustmentLine,
    BudgetLine,
    PayLine,
    adjustments_table,
    budget_table,
    pay_table,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.rounding import half_up
from regional_desk.domain.text import korean_span

KIND = DocumentKind(
    key="monthly-report",
    title="월 운영실적보고",
    landscape=False,
    scope=Scope.MONTH,
    names=Masking.MASKED,
)

_Section = tuple[str, tuple[Block, ...]]
_ROW = 6.0
_PEOPLE = "명"
_SIZE = 9.0
_NOTE = "훈련수당은 단위기간이 끝나는 달에 넣었습니다. 진행 중인 과정은 이달 말일까지의 실적입니다."
_PLACED = "연계는 공개하고 취소하지 않은 배정입니다."
_INTERNS = (
    "인턴지원금은 지원월이 끝나는 달에 넣었습니다. 방문의 기한 지남은 완료나 취소 없이 끝난 지원월입니다."
)


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One item: its goal (None where none is set), what came this month and in total, in people or in `unit`."""

    item: str
    goal: int | None
    month: int
    total: int
    unit: str = _PEOPLE


@dataclass(frozen=True, slots=True)
class RecruitLine:
    """One track's people: 접수, 선발, 등록 and 수료, each (this month, total)."""

    track: str
    applied: tuple[int, int]
    selected: tuple[int, int]
    enrolled: tuple[int, int]
    completed: tuple[int, int]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One track of a recruitment round to the month's end: its places, who came so far and who waits as 예비."""

    name: str
    opens: dt.date
    closes: dt.date
    track: str
    places: int
    applied: int
    selected: int
    waitlisted: int
    enrolled: int
    state: str


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """A course that ended in the month: how many people each outcome has, `rate` 수료 of those not withdrawn as text."""

    name: str
    enrolled: int
    completed: int
    employed_early: int
    incomplete: int
    dropped: int
    dismissed: int
    withdrawn: int
    rate: str


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course of the month; `rate` is the average 출석률 as text."""

    name: str
    track: str
    start: dt.date
    end: dt.date
    enrolled: int
    rate: str
    at_risk: int
    state: str


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """An office's month (`2026-08`); it names no trainee."""

    office: str
    region: str
    month: str
    goals: tuple[GoalRow, ...]
    courses: tuple[CourseLine, ...]
    pay: tuple[PayLine, ...]
    approval: tuple[str, ...]
    recruitment: tuple[RecruitLine, ...] = ()
    rounds: tuple[RoundLine, ...] = ()
    outcomes: tuple[OutcomeLine, ...] = ()
    companies: tuple[CompanyLine, ...] = ()
    placements: tuple[PlacementLine, ...] = ()
    internships: tuple[InternshipLine, ...] = ()
    claims: tuple[ClaimLine, ...] = ()
    visits: tuple[VisitLine, ...] = ()
    steps: tuple[StepLine, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    adjustments: tuple[AdjustmentLine, ...] = ()


def to_paper(values: MonthlyReport, stamp: Stamp) -> Paper:
    """The report as a portrait paper with charts."""
    year, month = (int(part) for part in values.month.split("-"))
    title = f"{year}년 {month}월 운영실적보고"
    sections = [*_training(values), *_after(values), *_money(values)]
    blocks: list[Block] = [
        Info(((Field("사업단", values.office), Field("지역", values.region)),)),
    ]
    for number, (heading, parts) in enumerate(sections, start=1):
        blocks.append(Paragraph(f"{number}. {heading}", size=11, bold=True, before=4, keep=True))
        blocks.extend(parts)
    notes = [_NOTE, *([_PLACED] if values.placements else []), *([_INTERNS] if values.internships else [])]
    blocks.append(Paragraph(f"※ {' '.join(notes)}", size=8.5, before=2.5, keep=True))
    return Paper(
        title=title,
        stamp=stamp,
        blocks=tuple(blocks),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{title} · {values.office}",
        closing=END,
    )


def _training(values: MonthlyReport) -> Iterator[_Section]:
    yield "목표 대비 실적", _goals(values)
    if values.recruitment:
        yield "모집·선발·등록·수료", (_recruitment(values),)
    if values.rounds:
        yield "모집 차수", (_rounds(values),)
    yield "교육과정과 출석", (_courses(values),)
    if values.outcomes:
        yield "이달에 끝난 과정의 수료", (_outcomes(values),)
    yield "훈련수당 집행", (pay_table(values.pay),)


def _after(values: MonthlyReport) -> Iterator[_Section]:
    if values.companies:
        yield "참여기업", (companies_table(values.companies),)
    if values.placements:
        yield "연계", (placements_table(values.placements),)
    if values.internships:
        yield "인턴십", (internships_table(values.internships),)
    if values.claims:
        yield "인턴지원금", (claims_table(values.claims),)
    if values.visits:
        yield "방문점검", (visits_table(values.visits),)
    if values.steps:
        yield "교육 뒤 성과", outcome_blocks(values.steps)


def _money(values: MonthlyReport) -> Iterator[_Section]:
    if values.budget:
        yield "예산", (budget_table(values.budget),)
    if any(line.total or line.month for line in values.adjustments):
        yield "출결 정정과 환수", (adjustments_table(values.adjustments),)


def _goals(values: MonthlyReport) -> tuple[Block, ...]:
    columns = (
        Column("구분", 55, Align.LEFT),
        Column("목표", 26, Align.RIGHT),
        Column("이번 달", 26, Align.RIGHT, group="실적"),
        Column("누계", 26, Align.RIGHT, group="실적"),
        Column("달성률(%)", 26, Align.RIGHT),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            _item(row),
            row.goal,
            row.month,
            row.total,
            half_up(row.total * 100, row.goal, 1) if row.goal else "",
        )
        for row in values.goals
    )
    table = Table(columns, rows, row_height=_ROW, size=_SIZE, blank_below=not rows)
    shown = [row for row in values.goals if row.goal]
    bars = tuple((_item(row), row.goal or 0, row.total) for row in shown)
    units = "·".join(dict.fromkeys(row.unit for row in shown))
    return (table, Bars("목표 대비 누계 실적", bars, units)) if bars else (table,)


def _item(row: GoalRow) -> str:
    return row.item if row.unit == _PEOPLE else f"{row.item} ({row.unit})"


def _recruitment(values: MonthlyReport) -> Table:
    steps = ("접수", "선발", "등록", "수료")
    columns = (
        Column("트랙", 23),
        *(Column(heading, 18, Align.RIGHT, group=step) for step in steps for heading in ("이번 달", "누계")),
    )
    figures = tuple(
        (*line.applied, *line.selected, *line.enrolled, *line.completed) for line in values.recruitment
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (line.track, *numbers) for line, numbers in zip(values.recruitment, figures, strict=True)
    )
    total = FootRow("합  계", tuple(sum(column) for column in zip(*figures, strict=True)))
    return Table(columns, rows, row_height=_ROW, size=_SIZE, foot=(total,), blank_below=False)


def _rounds(values: MonthlyReport) -> Table:
    columns = (
        Column("차수", 28, Align.LEFT),
        Column("접수 기간", 42),
        Column("트랙", 15),
        Column("선발\n예정", 13, Align.RIGHT),
        Column("접수", 13, Align.RIGHT),
        Column("선발", 13, Align.RIGHT),
        Column("예비", 13, Align.RIGHT),
        Column("등록", 13, Align.RIGHT),
        Column("상태", 17),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            row.name,
            korean_span(row.opens, row.closes),
            row.track,
            row.places,
            row.applied,
            row.selected,
            row.waitlisted,
            row.enrolled,
            row.state,
        )
        for row in values.rounds
    )
    return Table(columns, rows, row_height=_ROW, size=_SIZE, blank_below=False)


def _outcomes(values: MonthlyReport) -> Table:
    names = ("수료", "조기취업", "미수료", "중도탈락", "제적", "수강철회")
    columns = (
        Column("과정명", 48, Align.LEFT),
        Column("등록", 13, Align.RIGHT),
        *(Column(name, 15, Align.RIGHT) for name in names),
        Column("수료율(%)", 17, Align.RIGHT),
    )
    figures = tuple(
        (
            row.enrolled,
            row.completed,
            row.employed_early,
            row.incomplete,
            row.dropped,
            row.dismissed,
            row.withdrawn,
        )
        for row in values.outcomes
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (row.name, *numbers, row.rate) for row, numbers in zip(values.outcomes, figures, strict=True)
    )
    total = FootRow("합  계", (*(sum(column) for column in zip(*figures, strict=True)), None))
    return Table(columns, rows, row_height=_ROW, size=_SIZE, foot=(total,), blank_below=False)


def _courses(values: MonthlyReport) -> Table:
    columns = (
        Column("과정명", 50, Align.LEFT),
        Column("트랙", 15),
        Column("기간", 42),
        Column("등록\n(명)", 13, Align.RIGHT),
        Column("평균\n출석률", 16, Align.RIGHT),
        Column("위험\n(명)", 13, Align.RIGHT),
        Column("상태", 15),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (row.name, row.track, korean_span(row.start, row.end), row.enrolled, row.rate, row.at_risk, row.state)
        for row in values.courses
    )
    return Table(columns, rows, row_height=_ROW, size=_SIZE, blank_below=not rows)
