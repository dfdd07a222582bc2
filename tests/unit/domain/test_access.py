"""What the access log keeps of a look, and what a month is asked about."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.access import (
    Usage,
    kept_since,
    out_of_hours,
    pack_people,
    unpack_people,
    unusual,
)
from regional_desk.domain.clock import KST

HOLIDAYS = frozenset({dt.date(2026, 8, 17)})


@given(st.lists(st.uuids(), max_size=40))
def test_a_set_of_people_comes_back_whatever_their_order(people: list[UUID]) -> None:
    seen = pack_people(people)
    assert unpack_people(seen.packed) == set(people)
    assert seen.count == len(set(people))
    assert pack_people(reversed(people)) == seen


def test_another_set_has_another_digest() -> None:
    first, second = UUID(int=1), UUID(int=2)
    assert pack_people([first]).digest != pack_people([first, second]).digest


@pytest.mark.parametrize(
    ("at", "outside"),
    [
        ("2026-08-31 06:59:59", True),
        ("2026-08-31 07:00:00", False),
        ("2026-08-31 20:59:59", False),
        ("2026-08-31 21:00:00", True),
        ("2026-08-29 10:00:00", True),  # Saturday
        ("2026-08-17 10:00:00", True),  # a holiday
    ],
)
def test_out_of_hours_is_early_late_weekend_and_holiday(at: str, outside: bool) -> None:
    moment = dt.datetime.fromisoformat(at).replace(tzinfo=KST)
    assert out_of_hours(moment, HOLIDAYS) is outside
    assert out_of_hours(moment.astimezone(dt.UTC), HOLIDAYS) is outside


def test_two_years_are_counted_by_the_calendar() -> None:
    assert kept_since(dt.datetime(2028, 8, 31, 9, tzinfo=KST)) == dt.datetime(2026, 8, 31, 9, tzinfo=KST)
    assert kept_since(dt.datetime(2028, 2, 29, 9, tzinfo=KST)) == dt.datetime(2026, 2, 28, 9, tzinfo=KST)


@pytest.mark.parametrize(
    ("usage", "told"),
    [
        (Usage(logins=20, failed=4, views=300, people=1999, unmasked=9, exports=9), ()),
        (Usage(failed=5), ("로그인 실패 5회",)),
        (Usage(off_hours=1), ("업무시간 외 1건",)),
        (Usage(unmasked=10, exports=10), ("가림 해제 10건", "내보내기 10건")),
        (Usage(people=2000), ("열람한 사람 2,000명",)),
    ],
)
def test_what_stands_out_is_told(usage: Usage, told: tuple[str, ...]) -> None:
    assert unusual(usage) == told
