"""Which columns of an attendance sheet are which dates (interfaces section 2)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from regional_desk.domain.refused import Refused
from regional_desk.exchange.layout import Layout
from regional_desk.exchange.rows import shown
from regional_desk.exchange.spreadsheets import CellValue, Sheet

_EXCEL_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(40_000, 60_000)
_WEEKDAY = r"(?:\s?\(?[월화수목금토일](?:요일)?\)?)?"
_FULL = re.compile(rf"(\d{{4}}|\d{{2}})\s?[.\-/년]\s?(\d{{1,2}})\s?[.\-/월]\s?(\d{{1,2}})\s?[.일]?{_WEEKDAY}")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_DAY = re.compile(rf"(\d{{1,2}})\s?[/.\-월]\s?(\d{{1,2}})\s?[.일]?{_WEEKDAY}")
# Not `3월`: that is a month, `3(월)` and `3 월` are Mondays.
_DAY = re.compile(
    r"(\d{1,2})(?:\s?일)?(?:\s?\([월화수목금토일](?:요일)?\)|(?:\s|(?<=일))[월화수목금토일](?:요일)?)?"
)
_MONTH_TITLE = re.compile(r"(?:(\d{4})\s*[년.\-/]\s*)?(\d{1,2})\s*월")
_CENTURY = 2000
_Title = tuple[int | None, int]


def date_columns(sheet: Sheet, layout: Layout, start: dt.date, end: dt.date) -> dict[int, dt.date]:
    """Column → date, also for dates outside the course from `start` to `end`.

    A year that is not written is the course's. Raises Refused where a heading may be two dates of the course
    (a number cell 8.1 is August 1 or 10) or two columns are one date.
    """
    titles = _month_titles(sheet, layout)
    rows = sheet.rows[layout.row : layout.row + layout.height]
    columns: dict[dt.date, int] = {}
    for at, title in enumerate(titles):
        if layout.mapping[at]:
            continue
        found = (_day_of(row[at], title, start, end) for row in reversed(rows) if at < len(row))
        day = next((day for day in found if day is not None), None)
        if day is None:
            continue
        if day in columns:
            raise Refused(
                f"'{layout.headings[columns[day]]}' 열과 '{layout.headings[at]}' 열이 같은 날짜({day.isoformat()})입니다. "
                "하나만 남겨 주십시오."
            )
        columns[day] = at
    return {at: day for day, at in columns.items()}


def _month_titles(sheet: Sheet, layout: Layout) -> list[_Title | None]:
    """By column the nearest month title above it or to its left, as (year, month); a lower row goes first."""
    titles: list[_Title | None] = [None] * len(layout.headings)
    for row in sheet.rows[: layout.row + layout.height - 1]:
        last: _Title | None = None
        for at in range(len(titles)):
            match = _MONTH_TITLE.search(shown(row[at])) if at < len(row) else None
            if match:
                last = (int(match[1]) if match[1] else None, int(match[2]))
            titles[at] = last or titles[at]
    return titles


def _day_of(value: CellValue, title: _Title | None, start: dt.date, end: dt.date) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date) or value is None:
        return value
    text = unicodedata.normalize("NFKC", shown(value))
    if isinstance(value, float):
        return _from_number(text, start, end)
    if match := _DAY.fullmatch(text):
        return _under_title(int(match[1]), title, start, end)
    return _from_text(text, start, end)


def _from_text(text: str, start: dt.date, end: dt.date) -> dt.date | None:
    if text.isdecimal() and int(text) in _SERIALS:
        return _EXCEL_EPOCH + dt.timedelta(days=int(text))
    if match := _FULL.fullmatch(text) or _SOLID.fullmatch(text):
        written = int(match[1])
        year = written if len(match[1]) > 2 else _CENTURY + written  # noqa: PLR2004 - a year of two digits
        return _date(year, int(match[2]), int(match[3]))
    if match := _MONTH_DAY.fullmatch(text):
        return _of_course(int(match[1]), int(match[2]), start, end)
    return None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _of_course(month: int, day: int, start: dt.date, end: dt.date) -> dt.date | None:
    """The month and day inside the course; outside it, in the course's first year that has such a date."""
    days = [found for year in range(start.year, end.year + 1) if (found := _date(year, month, day))]
    return next((found for found in days if start <= found <= end), days[0] if days else None)


def _from_number(text: str, start: dt.date, end: dt.date) -> dt.date | None:
    """A number cell 8.3 is August 3, or August 30 typed as 8.30: whichever lies in the course."""
    match = _MONTH_DAY.fullmatch(text)
    if match is None:
        return None
    readings = [match[2]] if len(match[2]) > 1 else [match[2], match[2] + "0"]
    days = [found for day in readings if (found := _of_course(int(match[1]), int(day), start, end))]
    inside = [found for found in days if start <= found <= end]
    if len(inside) > 1:
        raise Refused(
            f"숫자로 저장된 열 이름 '{text}'은(는) {inside[0].isoformat()}일 수도 {inside[1].isoformat()}일 수도 있습니다. "
            f"{inside[0].month}/{inside[0].day}처럼 글자로 적어 주십시오."
        )
    return next(iter(inside or days), None)


def _under_title(day: int, title: _Title | None, start: dt.date, end: dt.date) -> dt.date | None:
    """A day number in the month of its title, without one in the course's only month."""
    if title is not None:
        year, month = title
        return _date(year, month, day) if year else _of_course(month, day, start, end)
    if (start.year, start.month) == (end.year, end.month):
        return _date(start.year, start.month, day)
    return None
