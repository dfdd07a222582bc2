"""The lines of the 월 운영실적보고 on companies and placements."""

from __future__ import annotations

from dataclasses import dataclass

from regional_desk.documents.paper import Align, Column, FootRow, Table, Value
from regional_desk.domain.rounding import half_up

_ROW, _SIZE = 6.0, 9.0


@dataclass(frozen=True, slots=True)
class CompanyLine:
    """The companies of a kind: goal (None where none is set), applied and selected as (this month, total), 예비, surveys."""

    kind: str
    goal: int | None
    applied: tuple[int, int]
    selected: tuple[int, int]
    reserve: int
    answered: int


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """One track: what the selected companies offer, who took part in published rounds, who is placed (this month, total)."""

    track: str
    companies: int
    positions: int
    seats: int
    people: int
    placed: tuple[int, int]
    ended: int


def companies_table(lines: tuple[CompanyLine, ...]) -> Table:
    """The companies of each kind against the goal of the region, with a total."""
    columns = (
        Column("유형", 23),
        Column("목표(곳)", 22, Align.RIGHT),
        *(
            Column(heading, 18, Align.RIGHT, group=step)
            for step in ("신청", "선정")
            for heading in ("이번 달", "누계")
        ),
        Column("달성률(%)", 22, Align.RIGHT),
        Column("예비", 16, Align.RIGHT),
        Column("수요조사\n응답", 18, Align.RIGHT),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            line.kind,
            line.goal,
            *line.applied,
            *line.selected,
            half_up(line.selected[1] * 100, line.goal, 1) if line.goal else "",
            line.reserve,
            line.answered,
        )
        for line in lines
    )
    goal = sum(line.goal or 0 for line in lines)
    selected = sum(line.selected[1] for line in lines)
    total = (
        goal or None,
        *(sum(column) for column in zip(*(line.applied for line in lines), strict=True)),
        *(sum(column) for column in zip(*(line.selected for line in lines), strict=True)),
        half_up(selected * 100, goal, 1) if goal else "",
        sum(line.reserve for line in lines),
        sum(line.answered for line in lines),
    )
    foot = (FootRow("합  계", total),)
    return Table(columns, rows, row_height=_ROW, size=_SIZE, foot=foot, blank_below=False)


def placements_table(lines: tuple[PlacementLine, ...]) -> Table:
    """Seats and placements of each track, with a total."""
    columns = (
        Column("트랙", 23),
        Column("참여기업", 18, Align.RIGHT),
        Column("직무", 16, Align.RIGHT),
        Column("모집인원", 18, Align.RIGHT),
        Column("대상(명)", 18, Align.RIGHT),
        Column("이번 달", 18, Align.RIGHT, group="연계"),
        Column("누계", 18, Align.RIGHT, group="연계"),
        Column("연계 취소", 18, Align.RIGHT),
        Column("연계율(%)", 20, Align.RIGHT),
    )
    figures = tuple(
        (line.companies, line.positions, line.seats, line.people, *line.placed, line.ended) for line in lines
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (line.track, *numbers, _share(line.placed[1], line.people))
        for line, numbers in zip(lines, figures, strict=True)
    )
    placed = sum(line.placed[1] for line in lines)
    people = sum(line.people for line in lines)
    total = (*(sum(column) for column in zip(*figures, strict=True)), _share(placed, people))
    foot = (FootRow("합  계", total),)
    return Table(columns, rows, row_height=_ROW, size=_SIZE, foot=foot, blank_below=False)


def _share(part: int, whole: int) -> Value:
    return half_up(part * 100, whole, 1) if whole else ""
