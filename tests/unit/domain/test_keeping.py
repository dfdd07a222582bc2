"""Which automatic backups are kept, each boundary once."""

from __future__ import annotations

import datetime as dt

import pytest

from regional_desk.domain.clock import KST
from regional_desk.domain.keeping import Kept, to_prune

NOW = dt.datetime(2026, 9, 30, 14, 30, tzinfo=KST)  # a Wednesday
NEWEST = Kept("newest", NOW, automatic=True)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=KST)


@pytest.mark.parametrize(
    ("made_at", "beside", "kept"),
    [
        ("2026-09-30 14:00", [], False),  # the newest stands in the same hour, day, week and month
        ("2026-09-30 13:59", [], True),  # the hour before
        ("2026-09-30 13:00", ["2026-09-30 13:59"], False),  # of one hour only its newest
        ("2026-09-29 15:00", ["2026-09-29 23:00"], True),  # the 24th hour, this one included
        ("2026-09-29 14:59", ["2026-09-29 23:00"], False),  # the 25th hour, and not the newest of its day
        ("2026-09-17 09:00", ["2026-09-20 09:00"], True),  # the 14th day, this one included
        ("2026-09-16 23:59", ["2026-09-20 09:00"], False),  # the 15th day, and not the newest of its week
        ("2026-08-10 00:00", ["2026-08-31 09:00"], True),  # the Monday that begins the 8th week
        ("2026-08-09 23:59", ["2026-08-31 09:00"], False),  # the Sunday before it
        ("2024-10-01 00:00", [], True),  # the first moment of the 24th month
        ("2024-09-30 23:59", [], False),  # the moment before
        ("2026-12-01 00:00", [], True),  # a clock that was set back: the future is left alone
    ],
)
def test_an_automatic_backup_is_kept_up_to_its_boundary(
    made_at: str, beside: list[str], *, kept: bool
) -> None:
    others = [Kept(text, at(text), automatic=True) for text in beside]
    gone = to_prune([Kept("asked", at(made_at), automatic=True), *others, NEWEST], NOW)
    assert ("asked" not in gone) is kept


def test_manual_backups_stay_for_ever() -> None:
    old = Kept("by hand", at("2019-01-01 09:00"), automatic=False)
    assert to_prune([old, NEWEST], NOW) == ()


def test_the_newest_stays_however_old_it_is() -> None:
    only = Kept("only", at("2019-01-01 09:00"), automatic=True)
    assert to_prune([only], NOW) == ()


def test_two_years_of_half_hours_leave_a_backup_for_each_hour_day_week_and_month() -> None:
    half_hours = [NOW - n * dt.timedelta(minutes=30) for n in range(2 * 366 * 48)]
    made = [Kept(f"{moment:%Y%m%d%H%M}", moment, automatic=True) for moment in half_hours]
    left = len(made) - len(to_prune(made, NOW))
    assert left == 24 + 12 + 5 + 23  # a backup that is the newest of two spans stands once


def test_what_was_kept_is_kept_again_a_moment_later() -> None:
    half_hours = [NOW - n * dt.timedelta(minutes=30) for n in range(5000)]
    made = [Kept(f"{moment:%Y%m%d%H%M}", moment, automatic=True) for moment in half_hours]
    gone = frozenset(to_prune(made, NOW))
    left = [one for one in made if one.name not in gone]
    assert to_prune(left, NOW) == ()
