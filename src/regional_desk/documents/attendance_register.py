"""출석부: one row a trainee, one column a day, filled or blank for signatures."""

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
    FootRow,
    Info,
    PageBreak,
    Paper,
    Paragraph,
    Scope,
    Stamp,
    Table,
    Value,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_span, weekday

KIND = DocumentKind(
    key="attendance-register", title="출석부", landscape=True, scope=Scope.UNIT, names=Masking.FULL
)
BLANK_KIND = DocumentKind(
    key="attendance-register-blank",
    title="출석부(서명용)",
    landscape=True,
    scope=Scope.UNIT,
    names=Masking.FULL,
)

_LEGEND = "○ 출석   △ 지각   ▽ 조퇴   ◇ 외출   × 결석   ◎ 출석인정   · 미입력   빈칸 훈련생이 아닌 날"
_CONVERSION = "지각·조퇴·외출 3회는 결석 1일로 환산하며, 출석률은 소정훈련일에 대한 출석일수의 비율입니다."
_SIGNING = "날마다 본인 칸에 직접 서명합니다. 교·강사는 그날의 출석을 확인하고 아래 칸에 서명합니다."
_WIDTH = 262.0
_ATTENDED, _ABSENT = frozenset("○△▽◇◎"), "×"
_WIDEST_DAY, _WIDEST_SIGNED_DAY, _LEAST_REMARK = 9.0, 20.0, 14.0
_SIGNED_DAYS_A_SHEET = 23
_SIZE = 8.5


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One trainee; `signs` in the order of the days, "" where no record can be.

    `absences` include the `converted` ones; `absences_left` is 남은 결석 여유 in days, −1 where lost.
    """

    number: int
    name: str
    birth: str
    signs: tuple[str, ...]
    attended_days: int
    absences: int
    rate: Decimal
    converted: int = 0
    absences_left: int | None = None


@dataclass(frozen=True, slots=True)
class AttendanceRegister:
    """A course's unit period; `days` are its training days."""

    course: str
    track: str
    unit_no: int
    start: dt.date
    end: dt.date
    days: tuple[dt.date, ...]
    rows: tuple[RegisterRow, ...]
    approval: tuple[str, ...]
    blank: bool = False


def to_paper(values: AttendanceRegister, stamp: Stamp) -> Paper:
    """The register as a landscape paper, names full (rulebook section 6)."""
    tables = _signing_tables(values) if values.blank else (_filled_table(values),)
    legend = (_SIGNING,) if values.blank else (_LEGEND, _CONVERSION)
    info = Info(
        (
            (
                Field("과정명", f"{values.course} ({values.track})"),
                Field("단위기간", f"{values.unit_no} ({korean_span(values.start, values.end)})"),
            ),
            (Field("소정훈련일", f"{len(values.days)}일"), Field("인원", f"{len(values.rows)}명")),
        )
    )
    blocks: list[Block] = [info]
    for index, table in enumerate(tables):
        if index:
            blocks.append(PageBreak())
        blocks.append(table)
        blocks.extend(
            Paragraph(line, size=8.5, before=0.3 if place else 2) for place, line in enumerate(legend)
        )
    return Paper(
        title="출 석 부",
        stamp=stamp,
        blocks=tuple(blocks),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{KIND.title} · {values.course} · 단위기간 {values.unit_no}",
    )


def _person_columns() -> tuple[Column, ...]:
    return (Column("번호", 9), Column("성명", 18), Column("생년월일", 21))


def _day_columns(days: tuple[dt.date, ...], width: float) -> tuple[Column, ...]:
    """A column a day, its month above and its weekday below."""
    return tuple(
        Column(f"{day.day}\n{weekday(day)}", width, group=f"{day.month}월", wrap=False) for day in days
    )


def _remark(room: float) -> tuple[Column, ...]:
    """비고 takes what the days leave, where that is enough to write in."""
    return (Column("비고", room, Align.LEFT),) if room >= _LEAST_REMARK else ()


def _filled_table(values: AttendanceRegister) -> Table:
    with_left = any(row.absences_left is not None for row in values.rows)
    figures = [Column("출석\n일수", 10.5), Column("결석\n(환산)", 11.5), Column("출석률\n(%)", 12.5)]
    if with_left:
        figures.append(Column("결석\n여유", 10.5))
    people = _person_columns()
    room = _WIDTH - sum(column.weight for column in (*people, *figures))
    width = min(_WIDEST_DAY, room / max(1, len(values.days)))
    remark = _remark(room - width * len(values.days))
    rows = tuple(
        (row.number, row.name, row.birth, *row.signs, *_figures(row, with_left), *("" for _ in remark))
        for row in values.rows
    )
    empty: tuple[Value, ...] = (None,) * (len(figures) + len(remark))
    attended = tuple(sum(not _ATTENDED.isdisjoint(sign) for sign in signs) for signs in _by_day(values))
    absent = tuple(signs.count(_ABSENT) for signs in _by_day(values))
    foot = (FootRow("출석 인원", (*attended, *empty)), FootRow("결석 인원", (*absent, *empty)))
    columns = (*people, *_day_columns(values.days, width), *figures, *remark)
    return Table(columns, rows, row_height=5.8, size=_SIZE, foot=foot, label_span=3)


def _by_day(values: AttendanceRegister) -> tuple[tuple[str, ...], ...]:
    """The signs of each day."""
    return tuple(tuple(row.signs[index] for row in values.rows) for index in range(len(values.days)))


def _figures(row: RegisterRow, with_left: bool) -> tuple[Value, ...]:
    absences = f"{row.absences}({row.converted})" if row.converted else row.absences
    figures: tuple[Value, ...] = (row.attended_days, absences, row.rate)
    if not with_left:
        return figures
    return (
        *figures,
        "불가" if row.absences_left is not None and row.absences_left < 0 else row.absences_left,
    )


def _signing_tables(values: AttendanceRegister) -> tuple[Table, ...]:
    """Empty cells wide enough to sign in: more days than fit beside each other go onto further sheets."""
    sheets = max(1, -(-len(values.days) // _SIGNED_DAYS_A_SHEET))
    share = -(-len(values.days) // sheets) or 1
    spans = [values.days[start : start + share] for start in range(0, max(1, len(values.days)), share)]
    return tuple(_signing_table(values, days) for days in spans)


def _signing_table(values: AttendanceRegister, days: tuple[dt.date, ...]) -> Table:
    people = _person_columns()
    room = _WIDTH - sum(column.weight for column in people)
    width = min(_WIDEST_SIGNED_DAY, room / max(1, len(days)))
    remark = _remark(room - width * len(days))
    empty: tuple[Value, ...] = (None,) * (len(days) + len(remark))
    rows = tuple((row.number, row.name, row.birth, *empty) for row in values.rows)
    columns = (*people, *_day_columns(days, width), *remark)
    return Table(
        columns, rows, row_height=8.6, size=_SIZE, foot=(FootRow("교·강사 확인", empty),), label_span=3
    )
