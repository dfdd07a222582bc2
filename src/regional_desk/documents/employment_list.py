"""취업·고용유지 현황: the steps against their goals, then everybody who completed a course and what became of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
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
from regional_desk.domain.masking import Masking
from regional_desk.domain.rounding import half_up
from regional_desk.domain.text import korean_date

KIND = DocumentKind(
    key="employment-list",
    title="취업·고용유지 현황",
    landscape=True,
    scope=Scope.OFFICE,
    names=Masking.MASKED,
)
_NOTE = (
    "비율: 연계는 수료한 사람, 인턴십은 연계한 사람, 정규직 전환은 인턴십이 끝난 사람, 유지는 전환 뒤 6·12개월이 된 "
    "사람 가운데의 비율입니다. 연계는 취소하지 않은 배정, 인턴십은 협약을 취소하지 않은 시작을 셉니다."
)
_STEPS = (
    Column("구분", 46, Align.LEFT),
    Column("목표", 26, Align.RIGHT),
    Column("실적", 26, Align.RIGHT),
    Column("달성률(%)", 28, Align.RIGHT),
    Column("대상", 26, Align.RIGHT),
    Column("대상 가운데 실적", 34, Align.RIGHT),
    Column("비율(%)", 28, Align.RIGHT),
)
_UNKNOWN = "–"
_GROUP_HEAD, _GROUP_STEP = 70.0, 30.0
_PEOPLE = (
    Column("연번", 10),
    Column("성명", 18),
    Column("생년", 20),
    Column("과정", 35, Align.LEFT),
    Column("인턴 기업", 36, Align.LEFT),
    Column("인턴십 기간", 43),
    Column("전환", 17),
    Column("전환일", 22),
    Column("6개월", 18, group="고용유지"),
    Column("12개월", 18, group="고용유지"),
    Column("취업상황", 18),
    Column("취업한 곳", 30, Align.LEFT),
)


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step: its goal (None where nobody set one), the people, and how many `came` of the `base` it is told from."""

    label: str
    goal: int | None
    people: int
    came: int
    base: int


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One track or course: how many came to each step, in their order."""

    label: str
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody, masked already; words as the office says them, empty where nothing is known."""

    name: str
    birth: str
    course: str
    company: str
    span: str
    converted: str
    employed_from: dt.date | None
    kept6: str
    kept12: str
    situation: str
    employer: str


@dataclass(frozen=True, slots=True)
class EmploymentList:
    """A programme year's outcomes as of a day; `by_course` and `by_track` as the lines of their tables."""

    office: str
    year: int
    on: dt.date
    steps: tuple[StepLine, ...]
    by_track: tuple[GroupLine, ...]
    by_course: tuple[GroupLine, ...]
    people: tuple[PersonLine, ...]
    approval: tuple[str, ...]


def to_paper(values: EmploymentList, stamp: Stamp) -> Paper:
    """The list as a landscape paper with one chart, everybody masked (rulebook section 6)."""
    bars = tuple((one.label, one.goal, one.people) for one in values.steps if one.goal is not None)
    blocks: list[Block] = [
        Info(
            (
                (
                    Field("사업단", values.office),
                    Field("사업연도", f"{values.year}년"),
                    Field("기준일", korean_date(values.on)),
                ),
            )
        ),
        Paragraph("1. 목표 대비 실적", size=11, bold=True, before=4, keep=True),
        _steps(values.steps),
        Paragraph(_NOTE, size=8.5, before=1.5),
    ]
    for number, (heading, lines) in enumerate(
        (("트랙별", values.by_track), ("과정별", values.by_course)), start=2
    ):
        blocks.append(Paragraph(f"{number}. {heading} 실적", size=11, bold=True, before=4, keep=True))
        blocks.append(_group(heading.removesuffix("별"), values.steps, lines))
    if bars:  # before the people: it would leave half a page blank
        blocks.append(Bars(f"{values.year}년 목표와 실적", bars))
    blocks.append(Paragraph("4. 교육생별 현황", size=11, bold=True, before=4, keep=True))
    rows = tuple(_row(at, line) for at, line in enumerate(values.people, start=1))
    blocks.append(Table(_PEOPLE, rows, row_height=6.2, size=8.5))
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=tuple(blocks),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{KIND.title} · {values.year}년",
    )


def _steps(steps: tuple[StepLine, ...]) -> Table:
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            one.label,
            one.goal,
            one.people,
            half_up(one.people * 100, one.goal, 1) if one.goal else None,
            one.base or None,
            one.came if one.base else None,
            half_up(one.came * 100, one.base, 1) if one.base else None,
        )
        for one in steps
    )
    return Table(_STEPS, rows, row_height=6.4, blank_below=False)


def _group(heading: str, steps: tuple[StepLine, ...], lines: tuple[GroupLine, ...]) -> Table:
    columns = (
        Column(heading, _GROUP_HEAD, Align.LEFT),
        *(Column(one.label, _GROUP_STEP, Align.RIGHT) for one in steps),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple((line.label, *line.people) for line in lines)
    foot = (FootRow("합  계", tuple(one.people for one in steps)),)
    return Table(columns, rows, row_height=6.2, foot=foot if lines else (), blank_below=not lines)


def _row(at: int, line: PersonLine) -> tuple[Value, ...]:
    return (
        at,
        line.name,
        line.birth,
        line.course,
        line.company,
        line.span,
        line.converted,
        korean_date(line.employed_from) if line.employed_from else _UNKNOWN,
        line.kept6,
        line.kept12,
        line.situation,
        line.employer or _UNKNOWN,
    )
