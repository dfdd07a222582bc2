"""배정 설명서: what each way of placing costs, and why each person and each company got what it got."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from regional_desk.documents.paper import (
    Align,
    Block,
    Column,
    DocumentKind,
    Field,
    Info,
    Paper,
    Paragraph,
    Scope,
    Stamp,
    Table,
    Value,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date

KIND = DocumentKind(
    key="matching-explanation", title="배정 설명서", landscape=False, scope=Scope.OFFICE, names=Masking.FULL
)

_PEOPLE = (
    Column("연번", 10),
    Column("성명", 18),
    Column("생년월일", 24),
    Column("배정", 34, Align.LEFT),
    Column("희망\n순위", 11),
    Column("설명", 78, Align.LEFT),
)
_COMPANIES = (
    Column("기업", 36, Align.LEFT),
    Column("직무", 29, Align.LEFT),
    Column("모집", 11, Align.RIGHT),
    Column("배정", 11, Align.RIGHT),
    Column("설명", 88, Align.LEFT),
)
_SHOWN_RANKS = 3
_LINES = 4  # of an explanation in a row: a cell that grows too high would lose its end
_RULES = (
    "안정 배정: 서로 더 원하는 짝(차단쌍)이 하나도 남지 않게 하고, 그 가운데 교육생에게 가장 좋은 배정입니다.",
    "최다 배정: 가장 많은 사람을, 그다음 우선 배정 순위에 든 사람을 가장 많이 배정하고, 희망순위의 합이 가장 작은 것을 고릅니다. 차단쌍이 남을 수 있습니다.",
    "기업 쪽 순서는 우선 배정 순위, 면접 순위 또는 점수, 추첨의 차례입니다. 추첨은 차수의 추첨 수로 정해져 다시 계산해도 같습니다.",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one way of placing comes to; `average` is the mean wish rank, None where nobody has a wish met."""

    label: str
    placed: int
    unplaced: int
    ranks: tuple[int, ...]
    average: Decimal | None
    blocking: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class ExplainedPerson:
    """One trainee's placement and the lines that say why, the first of them the answer."""

    name: str
    birth: str
    position: str
    wish: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainedPosition:
    """One position's placements and the lines that say why it has these, the first of them the answer."""

    company: str
    position: str
    seats: int
    placed: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchingExplanation:
    """One round explained; of a copy for one person `people` holds that one, and `positions` is empty."""

    office: str
    round: str
    objective: str
    on: dt.date | None
    seed: int
    changes: int
    outcomes: tuple[Outcome, ...]
    people: tuple[ExplainedPerson, ...]
    positions: tuple[ExplainedPosition, ...]
    approval: tuple[str, ...]


def to_paper(values: MatchingExplanation, stamp: Stamp) -> Paper:
    """The explanation as a portrait paper, names full, for the office's file or the one person it is given to."""
    info = Info(
        (
            (
                Field("연계 차수", values.round),
                Field("공개일", korean_date(values.on) if values.on else "아직 공개하지 않음"),
            ),
            (
                Field("배정 방식", values.objective),
                Field("수동 변경", f"{values.changes}건" if values.changes else "없음"),
            ),
            (Field("추첨 수", str(values.seed)),),
        )
    )
    blocks: list[Block] = [
        info,
        _heading("1. 배정 방식에 따른 결과"),
        _outcomes(values.outcomes),
        *(Paragraph(f"※ {text}", size=8.5, before=0.8) for text in _RULES),
        _heading("2. 교육생마다의 설명"),
        Table(
            _PEOPLE,
            tuple(row for at, one in enumerate(values.people, 1) for row in _person(at, one)),
            size=8.5,
        ),
    ]
    if values.positions:
        rows = tuple(row for one in values.positions for row in _position(one))
        blocks += [_heading("3. 기업마다의 설명"), Table(_COMPANIES, rows, size=8.5)]
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=tuple(blocks),
        approval=values.approval,
        running=f"{KIND.title} · {values.round}",
    )


def _heading(text: str) -> Paragraph:
    return Paragraph(text, size=11, bold=True, before=4.5, keep=True)


def _outcomes(outcomes: tuple[Outcome, ...]) -> Table:
    columns = (
        Column("배정 방식", 40, Align.LEFT),
        Column("배정", 15, Align.RIGHT),
        Column("미배정", 15, Align.RIGHT),
        *(Column(f"{rank}순위", 15, Align.RIGHT, group="희망순위") for rank in range(1, _SHOWN_RANKS + 1)),
        Column("그 밖", 15, Align.RIGHT, group="희망순위"),
        Column("평균", 18, Align.RIGHT, group="희망순위"),
        Column("차단쌍", 18, Align.RIGHT),
    )
    return Table(columns, tuple(_outcome(one) for one in outcomes), row_height=6.6, size=9, blank_below=False)


def _outcome(one: Outcome) -> tuple[Value, ...]:
    first = tuple(one.ranks[:_SHOWN_RANKS])
    shown = first + (0,) * (_SHOWN_RANKS - len(first))
    label = f"{one.label} (채택)" if one.chosen else one.label
    return (label, one.placed, one.unplaced, *shown, one.placed - sum(first), one.average, one.blocking)


def _person(at: int, one: ExplainedPerson) -> tuple[tuple[Value, ...], ...]:
    return _rows((at, one.name, one.birth, one.position, one.wish), one.why)


def _position(one: ExplainedPosition) -> tuple[tuple[Value, ...], ...]:
    return _rows((one.company, one.position, one.seats, one.placed), one.why)


def _rows(told: tuple[Value, ...], why: tuple[str, ...]) -> tuple[tuple[Value, ...], ...]:
    """A row with the first lines, and below it rows that only go on with the explanation."""
    parts = ["\n".join(why[at : at + _LINES]) for at in range(0, len(why), _LINES)]
    blank: tuple[Value, ...] = (None,) * len(told)
    return tuple((*(blank if at else told), part) for at, part in enumerate(parts))
