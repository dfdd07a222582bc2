"""The 72-hour clock and what is to be done."""

from __future__ import annotations

import datetime as dt

import pytest

from regional_desk.domain.clock import KST
from regional_desk.domain.loss import LossKind, LossState, clock_words, deadline, hours_left, next_steps

NOTICED = dt.datetime(2028, 2, 27, 9, 30, tzinfo=KST)


@pytest.mark.parametrize(
    ("minutes", "left", "words"),
    [
        (0, 72, "72시간 남음"),
        (1, 71, "71시간 남음"),
        (60, 71, "71시간 남음"),
        (71 * 60, 1, "1시간 남음"),
        (72 * 60 - 1, 0, "0시간 남음"),
        (72 * 60, 0, "0시간 남음"),
        (72 * 60 + 1, -1, "기한이 1시간 지남"),
        (100 * 60, -28, "기한이 28시간 지남"),
    ],
)
def test_the_clock_runs_from_the_notice(minutes: int, left: int, words: str) -> None:
    now = NOTICED + dt.timedelta(minutes=minutes)
    assert hours_left(NOTICED, now, 72) == left
    assert clock_words(NOTICED, now, 72) == words


def test_the_deadline_passes_the_leap_day() -> None:
    assert deadline(NOTICED, 72) == dt.datetime(2028, 3, 1, 9, 30, tzinfo=KST)


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        (LossState.OPEN, LossState.REPORTED, True),
        (LossState.OPEN, LossState.CLOSED, True),
        (LossState.REPORTED, LossState.CLOSED, True),
        (LossState.REPORTED, LossState.OPEN, False),
        (LossState.CLOSED, LossState.REPORTED, False),
        (LossState.OPEN, LossState.OPEN, False),
    ],
)
def test_states_only_go_forward(before: LossState, after: LossState, *, may: bool) -> None:
    assert before.may_become(after) is may


def test_the_first_thing_is_a_new_key() -> None:
    for kind in LossKind:
        assert "열쇠를 바꾸고" in next_steps(kind, 10, 0, 72, 1000)[0]


def test_a_thousand_people_must_be_reported() -> None:
    below, at = (next_steps(LossKind.USB, people, 0, 72, 1000) for people in (999, 1000))
    assert any("1,000명 이상이거나" in step for step in below)
    assert any("1,000명이라 반드시" in step for step in at)


def test_a_leavers_password_is_named_as_what_cannot_be_changed() -> None:
    assert any("떠난 2명" in step for step in next_steps(LossKind.BACKUP, 10, 2, 72, 1000))
