"""The columns of the closing page's three tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from regional_desk.desktop.tables import Column
from regional_desk.domain.attendance import show_cell
from regional_desk.domain.text import korean_date, korean_span, weekday
from regional_desk.services.attendance import closings
from regional_desk.services.attendance.attendance import from_values
from regional_desk.services.attendance.closings import ClosingDay, DayState
from regional_desk.services.attendance.late_entries import LateLine
from regional_desk.store.closings import ClosingRow, ExceptionRow

_SIGNS = {
    DayState.COMING: "·",
    DayState.OPEN: "○",
    DayState.CLOSED: "■",
    DayState.EXCEPTION: "◇",
    DayState.LENT: "→",
}
_TONES = {DayState.CLOSED: "ok", DayState.EXCEPTION: "warn", DayState.LENT: "warn", DayState.COMING: "muted"}
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Kept:
    """A closing or an exception as one line of a list."""

    row: ClosingRow | ExceptionRow
    kind: str
    whom: str
    by: str
    at: dt.datetime
    state: str
    reason: str
    holds: bool


def kept(
    row: ClosingRow | ExceptionRow, now: dt.datetime, users: Mapping[UUID, str], names: Mapping[UUID, str]
) -> Kept:
    """How a closing or an exception stands now."""
    if isinstance(row, ExceptionRow):
        holds = closings.holds(row, now)
        whom = "반 전체" if row.trainee_id is None else names.get(row.trainee_id, "교육생")
        until = f"{korean_date(row.until.date())} {row.until:%H:%M}"
        state = f"◇ {until}까지 열림" if holds else f"끝남 ({until}까지)"
        by = users.get(row.granted_by, "")
        return Kept(row, "예외", whom, by, row.granted_at, state, row.reason, holds)
    whom = f"단위기간 {row.unit_no}" if row.unit_no else "날"
    by = users.get(row.closed_by, "")
    if row.opened_at is None:
        return Kept(row, "마감", whom, by, row.closed_at, "■ 마감", "", True)
    opened = f"풀림 ({korean_date(row.opened_at.date())})"
    return Kept(row, "마감", whom, by, row.closed_at, opened, row.opened_reason or "", False)


def span_words(start: dt.date, end: dt.date) -> str:
    """A span, or its one day."""
    return korean_date(start) if start == end else korean_span(start, end)


def day_columns() -> tuple[Column[ClosingDay], ...]:
    """The unit's days."""
    return (
        Column(
            "훈련일",
            lambda row: f"{korean_date(row.day)} ({weekday(row.day)})",
            lambda row: row.day,
            width=130,
        ),
        Column(
            "상태",
            lambda row: f"{_SIGNS[row.state]} {row.state.value}",
            width=150,
            tone=lambda row: _TONES.get(row.state),
        ),
        Column("입력", lambda row: f"{row.recorded} / {row.people}", lambda row: row.recorded, "right", 80),
        Column(
            "미입력",
            lambda row: f"! {len(row.unmarked)}칸" if row.unmarked else "✓ 없음",
            lambda row: len(row.unmarked),
            width=90,
            tone=lambda row: "warn" if row.unmarked and row.state is not DayState.COMING else None,
        ),
        Column("누구", _who, width=420, tip=lambda row: ", ".join(one.name for one in row.unmarked)),
    )


def _who(row: ClosingDay) -> str:
    if row.state is DayState.COMING:
        return ""
    names = ", ".join(one.name for one in row.unmarked[:_NAMED])
    return f"{names} 외 {len(row.unmarked) - _NAMED}명" if len(row.unmarked) > _NAMED else names


def kept_columns() -> tuple[Column[Kept], ...]:
    """Closings and exceptions."""
    return (
        Column("구분", lambda one: one.kind, width=60),
        Column(
            "기간",
            lambda one: span_words(one.row.start, one.row.end),
            lambda one: one.row.start,
            width=190,
        ),
        Column("대상", lambda one: one.whom, width=100),
        Column("상태", lambda one: one.state, width=190, tone=lambda one: None if one.holds else "muted"),
        Column("한 때", lambda one: f"{one.at:%Y-%m-%d %H:%M}", lambda one: one.at, width=130),
        Column("한 사람", lambda one: one.by, width=80),
        Column("사유", lambda one: one.reason, width=220, tip=lambda one: one.reason),
    )


def late_columns(show_birth: Callable[[dt.date], str]) -> tuple[Column[LateLine], ...]:
    """Lines of the 출석입력요청대장."""
    return (
        Column("번호", lambda line: f"{line.year}-{line.number}", lambda line: line.number, width=80),
        Column("성명", lambda line: line.name, width=90),
        Column("생년월일", lambda line: show_birth(line.birth), lambda line: line.birth, width=100),
        Column("훈련일", lambda line: korean_date(line.day), lambda line: line.day, width=100),
        Column("입력한 때", lambda line: f"{line.at:%Y-%m-%d %H:%M}", lambda line: line.at, width=130),
        Column("처음 → 바뀜", _change, width=180),
        Column("구분", lambda line: "마감 예외" if line.by_exception else "기한 안", width=80),
        Column("사유", lambda line: line.reason, width=180, tip=lambda line: line.reason),
        Column("입력자", lambda line: line.by, width=80),
    )


def _change(line: LateLine) -> str:
    if not line.known:
        return "(파기)"
    return f"{show_cell(from_values(line.old))} → {show_cell(from_values(line.new))}"
