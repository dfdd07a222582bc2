"""Attendance sheets: one row a person, one column a date."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from regional_desk.domain.attendance import Cell, Status, read_cell
from regional_desk.domain.calendar import days_between
from regional_desk.domain.people import parse_birth, parse_name
from regional_desk.domain.refused import Refused
from regional_desk.domain.tables import RowError
from regional_desk.domain.text import clean, korean_span
from regional_desk.errors import FileRejected
from regional_desk.exchange.layout import Fields, Layout, table_rows
from regional_desk.exchange.spreadsheets import CellValue, Sheet

FIELDS = Fields("attendance", {"name": ("성명", "이름"), "birth": ("생년월일",)}, ("name",))

_EXCEL_EPOCH = dt.date(1899, 12, 30)
_ISO = re.compile(r"(\d{4})[.\-/]\s?(\d{1,2})[.\-/]\s?(\d{1,2})\.?")
_MONTH_DAY = re.compile(r"(\d{1,2})\s?[/.월]\s?(\d{1,2})[.일]?(?:\s?\(?[월화수목금토일]\)?)?")
_DAY = re.compile(r"(\d{1,2})일?")
_MONTH_TITLE = re.compile(r"(?:(\d{4})\s*[년.]\s*)?(\d{1,2})\s*월")
_SERIALS = range(40_000, 60_000)


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


def parse(sheet: Sheet, layout: Layout, start: dt.date, end: dt.date) -> ParsedAttendance:
    """Read the sheet of a course that runs from `start` to `end`.

    Raises FileRejected where no column is a date of the course. An empty cell says nothing and clears nothing.
    """
    columns = _date_columns(sheet, layout, start, end)
    if not columns:
        raise FileRejected(
            f"'{sheet.name}' 시트에서 과정 기간({korean_span(start, end)})의 날짜 열을 찾지 못해 아무것도 가져오지 않았습니다. "
            "열 이름을 8/3 또는 2026-08-03처럼 적어 주십시오."
        )
    rows: list[AttendanceRow] = []
    errors: list[RowError] = []
    legend: dict[str, int] = {}
    read = 0
    for number, cells in table_rows(sheet, layout):
        read += 1
        row, bad = _row(number, cells, layout, columns, legend)
        errors += bad
        if row is not None:
            rows.append(row)
    return ParsedAttendance(read, tuple(columns.values()), tuple(rows), tuple(errors), tuple(legend.items()))


def _row(
    number: int,
    cells: tuple[CellValue, ...],
    layout: Layout,
    columns: dict[int, dt.date],
    legend: dict[str, int],
) -> tuple[AttendanceRow | None, list[RowError]]:
    name_at, birth_at = layout.column("name"), layout.column("birth")
    errors: list[RowError] = []
    name, birth = "", None
    try:
        name = parse_name(cells[name_at]) if name_at is not None else ""
    except Refused as refused:
        errors.append(RowError(number, layout.heading("name"), "", str(refused)))
    if birth_at is not None and cells[birth_at] not in (None, ""):
        try:
            birth = parse_birth(cells[birth_at])
        except Refused as refused:
            errors.append(RowError(number, layout.heading("birth"), _shown(cells[birth_at]), str(refused)))
    if errors:
        return None, errors
    found: list[tuple[dt.date, str, Cell]] = []
    for at, day in columns.items():
        text = clean(_shown(cells[at]))
        if not text:
            continue
        try:
            cell = read_cell(text)
        except Refused as refused:
            errors.append(RowError(number, layout.headings[at], text, str(refused)))
            continue
        legend[text] = legend.get(text, 0) + 1
        if cell.status is not Status.UNRECORDED:
            found.append((day, layout.headings[at], cell))
    return AttendanceRow(number, name, birth, tuple(found)), errors


def _date_columns(sheet: Sheet, layout: Layout, start: dt.date, end: dt.date) -> dict[int, dt.date]:
    """Column → date, for the headings that name a date of the course."""
    inside = days_between(start, end)
    month = _title_month(sheet, layout, inside)
    columns: dict[int, dt.date] = {}
    for at, value in enumerate(sheet.rows[layout.row]):
        if at < len(layout.mapping) and layout.mapping[at]:
            continue
        day = _heading_date(value, inside, month)
        if day is not None and day not in columns.values():
            columns[at] = day
    return columns


def _heading_date(
    value: CellValue, inside: tuple[dt.date, ...], month: tuple[int, int] | None
) -> dt.date | None:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value if value in inside else None
    if isinstance(value, int) and value in _SERIALS:
        day = _EXCEL_EPOCH + dt.timedelta(days=value)
        return day if day in inside else None
    text = unicodedata.normalize("NFKC", clean(_shown(value)))
    if match := _ISO.fullmatch(text):
        wanted = tuple(int(part) for part in match.groups())
        return next((day for day in inside if (day.year, day.month, day.day) == wanted), None)
    if match := _MONTH_DAY.fullmatch(text):
        wanted = tuple(int(part) for part in match.groups())
        return next((day for day in inside if (day.month, day.day) == wanted), None)
    if month and (match := _DAY.fullmatch(text)):
        return next(
            (day for day in inside if (day.year, day.month, day.day) == (*month, int(match[1]))), None
        )
    return None


def _title_month(sheet: Sheet, layout: Layout, inside: tuple[dt.date, ...]) -> tuple[int, int] | None:
    """The month a title above the headings names, or the course's only month."""
    for row in sheet.rows[: layout.row]:
        for value in row:
            match = _MONTH_TITLE.search(_shown(value))
            if match:
                for day in inside:
                    if day.month == int(match[2]) and match[1] in (None, str(day.year)):
                        return day.year, day.month
    months = {(day.year, day.month) for day in inside}
    return months.pop() if len(months) == 1 else None


def _shown(value: CellValue) -> str:
    return "" if value is None else str(value)
