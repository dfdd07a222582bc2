"""The lines of the 월 운영실적보고 on internships, claims, visits and what came of training."""

from __future__ import annotations

from dataclasses import dataclass

from regional_desk.documents.paper import Align, Bars, Block, Column, FootRow, Table, Value
from regional_desk.domain.rounding import half_up

_ROW, _SIZE = 6.0, 9.0
_MONTH = ("이번 달", "누계")

Pair = tuple[int, int]
"""This month and in total."""


@dataclass(frozen=True, slots=True)
class InternshipLine:
    """One track's interns: how many go on, who began, completed, left before the agreed day, and was kept on."""

    track: str
    active: int
    started: Pair
    completed: Pair
    early: Pair
    converted: Pair


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One track's claims of the month: service months, interns, those paid, service months held, won."""

    track: str
    months: int
    people: int
    paid_people: int
    held: int
    amount: int
    state: str


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One track's visits, the service months overdue, what was found, what of it is open and past its deadline."""

    track: str
    planned: Pair
    done: Pair
    cancelled: Pair
    overdue: int
    found: Pair
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step after training: its goal (None where none is set), people, and `part` of `base` who came to it."""

    step: str
    goal: int | None
    month: int
    total: int
    part: int
    base: int


def internships_table(lines: tuple[InternshipLine, ...]) -> Table:
    """The interns of each track, with a total."""
    columns = (
        Column("트랙", 23),
        Column("진행(명)", 18, Align.RIGHT),
        *_pairs("시작", "수료", "조기종료·교체", "정규직 전환", width=16),
    )
    figures = tuple(
        (line.active, *line.started, *line.completed, *line.early, *line.converted) for line in lines
    )
    return _summed(columns, tuple(line.track for line in lines), figures)


def claims_table(lines: tuple[ClaimLine, ...]) -> Table:
    """The month's claims of each track, with a total."""
    columns = (
        Column("트랙", 23),
        Column("지원월(건)", 22, Align.RIGHT),
        Column("인원(명)", 22, Align.RIGHT),
        Column("지급(명)", 22, Align.RIGHT),
        Column("보류(건)", 22, Align.RIGHT),
        Column("금액(원)", 34, Align.RIGHT),
        Column("상태", 22),
    )
    figures = tuple((line.months, line.people, line.paid_people, line.held, line.amount) for line in lines)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (line.track, *numbers, line.state) for line, numbers in zip(lines, figures, strict=True)
    )
    foot = (FootRow("합  계", (*(sum(column) for column in zip(*figures, strict=True)), None)),)
    return Table(columns, rows, row_height=_ROW, size=_SIZE, foot=foot, blank_below=False)


def visits_table(lines: tuple[VisitLine, ...]) -> Table:
    """The visits of each track and what was found there, with a total."""
    columns = (
        Column("트랙", 17),
        *_pairs("계획", "완료", "취소", width=13),
        Column("기한\n지남", 13, Align.RIGHT),
        *_pairs("지적·고충·사고", width=14),
        Column("조치\n중", 13, Align.RIGHT),
        Column("조치\n지연", 13, Align.RIGHT),
    )
    figures = tuple(
        (*line.planned, *line.done, *line.cancelled, line.overdue, *line.found, line.open, line.late)
        for line in lines
    )
    return _summed(columns, tuple(line.track for line in lines), figures)


def outcome_blocks(lines: tuple[StepLine, ...]) -> tuple[Block, ...]:
    """The steps from 수료 to 12개월 유지 against their goals, with a chart of those that have one."""
    columns = (
        Column("단계", 40, Align.LEFT),
        Column("목표(명)", 24, Align.RIGHT),
        *_pairs("실적(명)", width=22),
        Column("달성률(%)", 24, Align.RIGHT),
        Column("앞 단계\n대상(명)", 20, Align.RIGHT),
        Column("비율(%)", 20, Align.RIGHT),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            line.step,
            line.goal,
            line.month,
            line.total,
            _share(line.total, line.goal or 0),
            line.base or "",
            _share(line.part, line.base),
        )
        for line in lines
    )
    table = Table(columns, rows, row_height=_ROW, size=_SIZE, blank_below=False)
    bars = tuple((line.step, line.goal, line.total) for line in lines if line.goal)
    return (table, Bars("교육 뒤 성과: 목표 대비 누계", bars)) if bars else (table,)


def _pairs(*groups: str, width: float) -> tuple[Column, ...]:
    return tuple(Column(heading, width, Align.RIGHT, group=group) for group in groups for heading in _MONTH)


def _summed(
    columns: tuple[Column, ...], labels: tuple[str, ...], figures: tuple[tuple[int, ...], ...]
) -> Table:
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (label, *numbers) for label, numbers in zip(labels, figures, strict=True)
    )
    foot = (FootRow("합  계", tuple(sum(column) for column in zip(*figures, strict=True))),)
    return Table(columns, rows, row_height=_ROW, size=_SIZE, foot=foot, blank_below=False)


def _share(part: int, whole: int) -> Value:
    return half_up(part * 100, whole, 1) if whole else ""
