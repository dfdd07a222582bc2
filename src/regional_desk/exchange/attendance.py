"""Attendance sheets: one row a person, one column a date."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from regional_desk.domain.attendance import Cell, Status, read_cell
from regional_desk.domain.people import parse_birth, parse_name
from regional_desk.domain.refused import Refused
from regional_desk.domain.tables import RowError
from regional_desk.domain.text import clean, korean_span
from regional_desk.errors import FileRejected
from regional_desk.exchange.date_columns import date_columns
from regional_desk.exchange.layout import Fields, Layout, table_rows
from regional_desk.exchange.rows import readable, shown
from regional_desk.exchange.spreadsheets import CellValue, Sheet

FIELDS = Fields("attendance", {"name": ("성명", "이름"), "birth": ("생년월일",)}, ("name",))


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One person's filled cells; `cells` are (day, heading, record)."""

    row: int
    name: str
    birth: dt.date | None
    cells: tuple[tuple[dt.date, str, Cell], ...]


@dataclass(frozen=True, slots=True)
class ParsedAttendance:
    """What a sheet holds; `days` are the dates of its columns, `legend` each word found with how often."""

    read: int
    days: tuple[dt.date, ...]
    rows: tuple[AttendanceRow, ...]
    errors: tuple[RowError, ...]
    legend: tuple[tuple[str, int], ...]


_Person = tuple[int, str, dt.date | None, tuple[CellValue, ...]]


def parse(sheet: Sheet, layout: Layout, start: dt.date, end: dt.date) -> ParsedAttendance:
    """Read the sheet of a course that runs from `start` to `end`, both included.

    An empty cell says nothing and clears nothing. A cell that cannot be read, or stands on a day outside the course,
    is an error; the person's other cells hold. A person who cannot be told apart is an error as a whole.
    Raises FileRejected where no column is a date of the course, or one cannot be told.
    """
    columns = _columns(sheet, layout, start, end)
    errors: list[RowError] = []
    people: list[_Person] = []
    read = 0
    for number, cells in table_rows(sheet, layout, columns):
        read += 1
        name, birth, bad = _person(number, cells, layout)
        errors += bad
        if not bad:
            people.append((number, name, birth, cells))
    unique, twins = _told_apart(people, layout)
    errors += twins
    reader = _Reader(layout, columns, start, end)
    rows = tuple(
        AttendanceRow(number, name, birth, reader.cells(number, cells))
        for number, name, birth, cells in unique
    )
    errors = sorted([*errors, *reader.errors], key=lambda error: error.row)
    days = tuple(day for day in columns.values() if start <= day <= end)
    return ParsedAttendance(read, days, rows, tuple(errors), tuple(reader.legend.items()))


def _columns(sheet: Sheet, layout: Layout, start: dt.date, end: dt.date) -> dict[int, dt.date]:
    place = f"'{sheet.file}'의 '{sheet.name}' 시트" if sheet.file else f"'{sheet.name}' 시트"
    try:
        columns = date_columns(sheet, layout, start, end)
    except Refused as refused:
        raise FileRejected(f"{place}를 가져오지 않았습니다: {refused}") from refused
    if not any(start <= day <= end for day in columns.values()):
        raise FileRejected(
            f"{place}에서 과정 기간({korean_span(start, end)})의 날짜 열을 찾지 못해 아무것도 가져오지 않았습니다. "
            "과정이 맞는지 확인하고 열 이름을 8/3 또는 2026-08-03처럼 적어 주십시오."
        )
    return columns


def _person(
    number: int, cells: tuple[CellValue, ...], layout: Layout
) -> tuple[str, dt.date | None, list[RowError]]:
    name, birth = "", None
    errors: list[RowError] = []
    for field in ("name", "birth"):
        at = layout.column(field)
        value = None if at is None else cells[at]
        try:
            readable(value)
            if field == "name":
                name = parse_name(value)
            elif clean(shown(value)):
                birth = parse_birth(value)
        except Refused as refused:
            errors.append(RowError(number, layout.heading(field), shown(value), str(refused)))
    return name, birth, errors


def _told_apart(people: list[_Person], layout: Layout) -> tuple[list[_Person], list[RowError]]:
    """Leave out who shares a name without a birth date to tell them apart."""
    names = Counter(name for _, name, _, _ in people)
    reason = "같은 이름이 두 번 이상 있습니다. 누구인지 알 수 있도록 생년월일을 적어 주십시오."
    clear: list[_Person] = []
    errors: list[RowError] = []
    for person in people:
        number, name, birth, _ = person
        if birth is None and names[name] > 1:
            errors.append(RowError(number, layout.heading("name"), name, reason))
        else:
            clear.append(person)
    return clear, errors


class _Reader:
    """Reads cells of one sheet, gathering errors and the legend found."""

    def __init__(self, layout: Layout, columns: dict[int, dt.date], start: dt.date, end: dt.date) -> None:
        self.errors: list[RowError] = []
        self.legend: Counter[str] = Counter()
        self._layout, self._columns, self._start, self._end = layout, columns, start, end

    def cells(self, number: int, row: tuple[CellValue, ...]) -> tuple[tuple[dt.date, str, Cell], ...]:
        found: list[tuple[dt.date, str, Cell]] = []
        for at, day in self._columns.items():
            text = clean(shown(row[at]))
            if not text:
                continue
            heading = self._layout.headings[at]
            try:
                cell = self._read(row[at], text, day)
            except Refused as refused:
                self.errors.append(RowError(number, heading, text, str(refused)))
                continue
            self.legend[text] += 1
            if cell.status is not Status.UNRECORDED:
                found.append((day, heading, cell))
        return tuple(found)

    def _read(self, value: CellValue, text: str, day: dt.date) -> Cell:
        readable(value)
        cell = read_cell(text)
        if cell.status is not Status.UNRECORDED and not self._start <= day <= self._end:
            raise Refused(
                f"{day.isoformat()}은(는) 과정 기간({korean_span(self._start, self._end)}) 밖의 날짜입니다."
            )
        return cell
