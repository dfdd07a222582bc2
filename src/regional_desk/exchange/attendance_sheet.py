"""The grid as a workbook that comes back: what is shown for people, and hidden beside it who, which days, and what was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from regional_desk.domain.text import clean, weekday
from regional_desk.errors import FileRejected
from regional_desk.exchange.rows import shown
from regional_desk.exchange.spreadsheets import CellValue, Sheet, read_workbook

SHOWN, KEPT = "출석", "기준(지우지 마십시오)"
_FORMAT = "regional-desk-attendance-1"
_HEADINGS = ("번호", "성명", "생년월일")
_ID, _FIRST_DAY = 0, 4  # columns: hidden id, three of names, then the days
_DAYS_ROW, _FIRST_ROW = 0, 2  # rows: hidden days, headings, then people
_HEAD_FIELDS = 4
_WIDTHS = (6, 10, 12)
_DAY_WIDTH = 9
_BOLD, _MIDDLE = Font(bold=True), Alignment(horizontal="center", vertical="center", wrap_text=True)
_PLAIN = None
_SHADE, _HEAD = PatternFill("solid", fgColor="FFEEF0F4"), PatternFill("solid", fgColor="FFDCE8F8")
_CHOICES = '"출석,지각,조퇴,외출,결석,출석인정"'

Values = tuple[
    str | None, ...
]  # a record a day as it is written, "" for 미입력, None where there can be none


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One trainee; `id` finds the row again whatever is done to the sheet."""

    id: str
    number: int
    name: str
    birth: str
    values: Values


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """A grid on its way to Excel; `course` names what it belongs to, `made_at` when."""

    course: str
    made_at: str
    days: tuple[dt.date, ...]
    rows: tuple[SheetRow, ...]

    def lines(self) -> tuple[tuple[str, ...], ...]:
        """What is kept hidden, line by line: the head without its check, the days, and what each trainee had."""
        head = (_FORMAT, self.course, self.made_at)
        days = ("", *(day.isoformat() for day in self.days))
        kept = ((row.id, *("-" if value is None else value for value in row.values)) for row in self.rows)
        return (head, days, *kept)


@dataclass(frozen=True, slots=True)
class Returned:
    """A sheet that came back: what was exported, and what each trainee's days hold now, by id and day."""

    course: str
    made_at: str
    was: dict[str, dict[dt.date, str]]
    now: dict[str, dict[dt.date, str]]
    rows: dict[str, int]  # where each trainee stands in the sheet


def write_sheet(path: Path, sheet: AttendanceSheet, check: str) -> None:
    """Write the workbook; `check` vouches for its hidden part. Raises OSError where it cannot be written."""
    book = Workbook()
    out = book.active
    out.title = SHOWN
    out.freeze_panes = "E3"
    out.column_dimensions["A"].hidden = True
    out.row_dimensions[_DAYS_ROW + 1].hidden = True
    out.row_dimensions[_DAYS_ROW + 2].height = 30
    for at, width in enumerate(_WIDTHS, start=2):
        out.column_dimensions[get_column_letter(at)].width = width
    for at in range(len(sheet.days)):
        out.column_dimensions[get_column_letter(_FIRST_DAY + 1 + at)].width = _DAY_WIDTH
    last = f"{get_column_letter(_FIRST_DAY + len(sheet.days))}{_FIRST_ROW + len(sheet.rows)}"
    choices = DataValidation("list", formula1=_CHOICES, allow_blank=True, showErrorMessage=False)
    choices.add(f"E{_FIRST_ROW + 1}:{last}")
    out.add_data_validation(choices)
    _put(out, 1, [("", _PLAIN)] * _FIRST_DAY + [(day.isoformat(), _PLAIN) for day in sheet.days])
    days = (f"{day.month}/{day.day}\n{weekday(day)}" for day in sheet.days)
    _put(out, 2, [("", _PLAIN), *((heading, _HEAD) for heading in (*_HEADINGS, *days))])
    for at, row in enumerate(sheet.rows, start=_FIRST_ROW + 1):
        names = [(text, _PLAIN) for text in (row.id, str(row.number), row.name, row.birth)]
        _put(out, at, [*names, *((value or "", _SHADE if value is None else _PLAIN) for value in row.values)])
    kept = book.create_sheet(KEPT)
    kept.sheet_state = "veryHidden"
    head, *lines = sheet.lines()
    for at, line in enumerate(((*head, check), *lines), start=1):
        _put(kept, at, [(text, _PLAIN) for text in line])
    book.save(path)


def read_sheet(path: Path, is_ours: Callable[[Sequence[Sequence[str]], str], bool]) -> Returned:
    """Read a workbook that came back; raise FileRejected where it is none of ours or its hidden part was changed.

    Rows and columns may have been sorted, moved or taken out; what is not there says nothing.
    """
    book = read_workbook(path)
    sheets = {sheet.name: sheet for sheet in book.sheets}
    if SHOWN not in sheets or KEPT not in sheets:
        raise _rejected(path, "이 프로그램이 내보낸 출결표가 아닙니다. 다른 표는 [가져오기]에서 넣으십시오.")
    lines = [[_word(value) for value in row] for row in sheets[KEPT].rows]
    if len(lines) < _FIRST_ROW or len(lines[0]) < _HEAD_FIELDS or lines[0][0] != _FORMAT:
        raise _rejected(path, "숨은 기준 시트를 읽을 수 없습니다.")
    head, check = lines[0][: _HEAD_FIELDS - 1], lines[0][_HEAD_FIELDS - 1]
    width = 1 + sum(bool(word) for word in lines[1][1:])
    kept = [head, *([*line, *("",) * width][:width] for line in lines[1:] if any(line))]
    if not is_ours(kept, check):
        raise _rejected(path, "다른 사무소의 표이거나 숨은 기준 시트가 바뀌었습니다.")
    days = [dt.date.fromisoformat(word) for word in kept[1][1:]]
    was = {line[0]: _by_day(days, line[1:]) for line in kept[2:]}
    now, rows = _read_shown(path, sheets[SHOWN], set(was))
    return Returned(head[1], head[2], was, now, rows)


def _read_shown(
    path: Path, sheet: Sheet, known: set[str]
) -> tuple[dict[str, dict[dt.date, str]], dict[str, int]]:
    columns: dict[int, dt.date] = {}
    for at, value in enumerate(sheet.rows[_DAYS_ROW] if sheet.rows else ()):
        if at > _ID and _word(value):
            try:
                columns[at] = dt.date.fromisoformat(_word(value))
            except ValueError as error:
                raise _rejected(path, "숨은 날짜 줄이 바뀌었습니다.") from error
    found: dict[str, dict[dt.date, str]] = {}
    rows: dict[str, int] = {}
    for number, row in enumerate(sheet.rows[_FIRST_ROW:], start=_FIRST_ROW + 1):
        trainee = _word(row[_ID]) if row else ""
        if trainee not in known:
            if any(_word(value) for value in row[_FIRST_DAY:]):
                raise _rejected(
                    path, f"{number}행이 누구인지 알 수 없습니다(숨은 A열이 비었거나 바뀌었습니다)."
                )
            continue
        if trainee in found:
            raise _rejected(path, f"{rows[trainee]}행과 {number}행이 같은 사람입니다.")
        rows[trainee] = number
        found[trainee] = {day: _word(row[at]) if at < len(row) else "" for at, day in columns.items()}
    return found, rows


def _by_day(days: Sequence[dt.date], words: Sequence[str]) -> dict[dt.date, str]:
    """What was exported; days that could hold no record are left out."""
    return {day: word for day, word in zip(days, words, strict=True) if word != "-"}


def _word(value: CellValue) -> str:
    return clean(shown(value))


def _put(out: Worksheet, row: int, cells: Sequence[tuple[str, PatternFill | None]]) -> None:
    """A line of texts that stay texts, whatever is in them."""
    for column, (text, fill) in enumerate(cells, start=1):
        cell = out.cell(row, column)
        if text:
            cell.value, cell.data_type = text, "s"
        cell.number_format, cell.alignment = "@", _MIDDLE
        if fill is not None:
            cell.fill = fill
        if fill is _HEAD:
            cell.font = _BOLD


def _rejected(path: Path, reason: str) -> FileRejected:
    return FileRejected(f"'{path.name}'을(를) 들이지 않았습니다. {reason} 바뀐 것은 없습니다.")
