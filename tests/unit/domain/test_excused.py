"""The caps and windows of 출석인정."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from regional_desk import paths
from regional_desk.domain.attendance import PRESENT, REASONS, Cell, DayPart, SpanKind, Status
from regional_desk.domain.excused import (
    AttendanceTerms,
    capped,
    event_window,
    over_cap,
    reason_of,
    terms_from_table,
)

CHUSEOK = {dt.date(2026, 9, 24), dt.date(2026, 9, 25), dt.date(2026, 9, 26)}


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture(scope="module")
def terms() -> AttendanceTerms:
    path = paths.resources() / "policies" / "attendance.toml"
    return terms_from_table(tomllib.loads(path.read_text(encoding="utf-8")))


def test_the_shipped_caps_are_those_of_the_rulebook(terms: AttendanceTerms) -> None:
    days = {REASONS[code].label: days for code, days in terms.excused.event_days.items()}
    assert days == {
        "결혼(본인)": 5,
        "결혼(자녀)": 1,
        "출산(배우자)": 5,
        "사망(배우자·본인/배우자의 부모)": 5,
        "사망(본인/배우자의 조부모)": 3,
        "사망(자녀와 그 배우자)": 3,
        "사망(본인/배우자의 형제자매)": 3,
    }
    assert (terms.grace_minutes, terms.excused.least_course_days, terms.excused.illness_percent) == (
        10,
        10,
        10,
    )


@pytest.mark.parametrize(
    ("days", "event", "last"),
    [
        (5, "2026-08-03", "2026-08-07"),
        (5, "2026-08-06", "2026-08-12"),
        (5, "2026-08-08", "2026-08-14"),  # a Saturday's wedding begins on Monday
        (1, "2026-08-05", "2026-08-05"),
        (3, "2026-09-23", "2026-09-29"),  # Chuseok and a weekend between
    ],
)
def test_days_of_an_event_are_consecutive_without_weekends_and_holidays(
    days: int, event: str, last: str
) -> None:
    assert event_window(d(event), days, CHUSEOK) == (d(event), d(last))


def test_a_window_of_no_day_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="0"):
        event_window(d("2026-08-03"), 0, ())


@pytest.mark.parametrize(
    ("day", "taken", "fits"),
    [
        ("2026-08-03", [], True),
        ("2026-08-07", ["2026-08-03"], True),
        ("2026-08-10", ["2026-08-03"], False),
        ("2026-08-10", ["2026-08-04", "2026-08-05"], True),
        ("2026-08-03", ["2026-08-10"], False),  # an earlier day would move the event
    ],
)
def test_all_days_of_an_event_lie_in_one_window_from_its_first(
    terms: AttendanceTerms, day: str, taken: list[str], fits: bool
) -> None:
    why = over_cap("wedding", d(day), [d(one) for one in taken], terms=terms.excused, course_days=19)
    assert (why is None) is fits
    assert fits or "5일" in (why or "")


@pytest.mark.parametrize(
    ("days", "cap"), [(10, 1), (14, 1), (15, 2), (19, 2), (23, 2), (25, 3), (34, 3), (35, 4)]
)
def test_illness_takes_a_tenth_of_the_course_half_up(terms: AttendanceTerms, days: int, cap: int) -> None:
    assert terms.excused.illness_cap(days) == cap
    taken = [dt.date(2026, 8, 3) + dt.timedelta(days=offset) for offset in range(cap)]
    day = dt.date(2026, 8, 31)
    assert over_cap("illness", day, taken[1:], terms=terms.excused, course_days=days) is None
    why = over_cap("illness", day, taken, terms=terms.excused, course_days=days)
    assert why is not None
    assert f"{cap}일까지만" in why


@pytest.mark.parametrize("code", sorted(set(REASONS) - {"unspecified", "institution"}))
def test_a_course_under_ten_days_knows_the_heads_excuse_only(terms: AttendanceTerms, code: str) -> None:
    why = over_cap(code, d("2026-08-03"), (), terms=terms.excused, course_days=9)
    assert why is not None
    assert "기관장 인정" in why
    assert over_cap(code, d("2026-08-03"), (), terms=terms.excused, course_days=10) is None


@pytest.mark.parametrize("code", ["unspecified", "institution"])
def test_no_reason_yet_and_the_heads_own_count_toward_no_cap(terms: AttendanceTerms, code: str) -> None:
    taken = [d("2026-08-03"), d("2026-08-20")]
    assert over_cap(code, d("2026-08-28"), taken, terms=terms.excused, course_days=5) is None
    assert not capped(code)


def test_a_reason_as_needed_has_no_window(terms: AttendanceTerms) -> None:
    taken = [dt.date(2026, 8, day) for day in range(3, 8)]
    assert over_cap("interview", d("2026-08-28"), taken, terms=terms.excused, course_days=19) is None


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (PRESENT, None),
        (Cell(Status.EXCUSED, reason="illness"), "illness"),
        (Cell(Status.EXCUSED, reason="unspecified"), None),
        (Cell(Status.PRESENT, reason="illness"), None),
        (Cell(Status.PRESENT, reason="illness", parts=(DayPart(SpanKind.OUT, 600, 660),)), None),
        (Cell(Status.PRESENT, reason="illness", parts=(DayPart(SpanKind.EXCUSED, 600, 660),)), "illness"),
    ],
)
def test_a_day_is_taken_by_what_excuses_it_whole_or_in_part(cell: Cell, reason: str | None) -> None:
    assert reason_of(cell) == reason
