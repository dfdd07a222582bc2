"""월 운영실적보고: goals against results, this month and in total."""

from __future__ import annotations

import datetime as dt
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

_ROW = 6.0
_PEOPLE = "명"
_SIZE = 9.0
_NOTE = "훈련수당은 단위기간이 끝나는 달에 넣었습니다. 진행 중인 과정은 이달 말일까지의 실적입니다."
_PLACED = "연계는 공개하고 취소하지 않은 배정입니다."


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
class PayLine:
    """One unit's allowance; `amount` in won."""

    course: str
    unit_no: int
    people: int
    paid_people: int
    amount: int
    state: str


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One item of the budget to the month's end, in won."""

    item: str
    granted: int
    spent: int
    balance: int


@dataclass(frozen=True, slots=True)
class AdjustmentLine:
    """What was entered late, corrected or asked back: `unit` 건 or 원, this month and in total."""

    item: str
    unit: str
    month: int
    total: int


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
    budget: tuple[BudgetLine, ...] = ()
    adjustments: tuple[AdjustmentLine, ...] = ()


def to_paper(values: MonthlyReport, stamp: Stamp) -> Paper:
    """The report as a portrait paper with one chart."""
    year, month = (int(part) for part in values.month.split("-"))
    title = f"{year}년 {month}월 운영실적보고"
    sections: list[tuple[str, tuple[Block, ...]]] = [("목표 대비 실적", _goals(values))]
    if values.recruitment:
        sections.append(("모집·선발·등록·수료", (_recruitment(values),)))
    if values.rounds:
        sections.append(("모집 차수", (_rounds(values),)))
    sections.append(("교육과정과 출석", (_courses(values),)))
    if values.outcomes:
        sections.append(("이달에 끝난 과정의 수료", (_outcomes(values),)))
    sections.append(("훈련수당 집행", (_pay(values),)))
    if values.companies:
        sections.append(("참여기업", (companies_table(values.companies),)))
    if values.placements:
        sections.append(("연계", (placements_table(values.placements),)))
    if values.budget:
        sections.append(("예산", (_budget(values),)))
    if any(line.total or line.month for line in values.adjustments):
        sections.append(("출결 정정과 환수", (_adjustments(values),)))
    blocks: list[Block] = [
        Info(((Field("사업단", values.office), Field("지역", values.region)),)),
    ]
    for number, (heading, parts) in enumerate(sections, start=1):
        blocks.append(Paragraph(f"{number}. {heading}", size=11, bold=True, before=4, keep=True))
        blocks.extend(parts)
    note = f"{_NOTE} {_PLACED}" if values.placements else _NOTE
    blocks.append(Paragraph(f"※ {note}", size=8.5, before=2.5))
    return Paper(
        title=title,
        stamp=stamp,
        blocks=tuple(blocks),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{title} · {values.office}",
        closing=END,
    )


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


def _pay(values: MonthlyReport) -> Table:
    columns = (
        Column("과정명", 58, Align.LEFT),
        Column("단위기간", 18),
        Column("대상(명)", 20, Align.RIGHT),
        Column("지급(명)", 20, Align.RIGHT),
        Column("금액(원)", 32, Align.RIGHT),
        Column("상태", 18),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (row.course, row.unit_no, row.people, row.paid_people, row.amount, row.state) for row in values.pay
    )
    total = (
        sum(row.people for row in values.pay),
        sum(row.paid_people for row in values.pay),
        sum(row.amount for row in values.pay),
        None,
    )
    foot = (FootRow("합  계", total),)
    return Table(columns, rows, row_height=_ROW, size=_SIZE, foot=foot, label_span=2, blank_below=not rows)


def _budget(values: MonthlyReport) -> Table:
    columns = (
        Column("항목", 45, Align.LEFT),
        Column("교부액(원)", 34, Align.RIGHT),
        Column("집행액(원)", 34, Align.RIGHT),
        Column("잔액(원)", 34, Align.RIGHT),
        Column("집행률(%)", 20, Align.RIGHT),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (row.item, row.granted, row.spent, row.balance, half_up(max(0, row.spent) * 100, row.granted, 1))
        for row in values.budget
    )
    return Table(columns, rows, row_height=_ROW, size=_SIZE, blank_below=False)


def _adjustments(values: MonthlyReport) -> Table:
    columns = (
        Column("구분", 65, Align.LEFT),
        Column("단위", 18),
        Column("이번 달", 42, Align.RIGHT),
        Column("누계", 42, Align.RIGHT),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (row.item, row.unit, row.month, row.total) for row in values.adjustments
    )
    return Table(columns, rows, row_height=_ROW, size=_SIZE, blank_below=False)
