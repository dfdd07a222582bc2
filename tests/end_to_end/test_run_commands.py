"""`allowance board`, `allowance all` and `allowance back` as a scheduled task calls them."""

from __future__ import annotations

import pytest
from tests.end_to_end.test_outcome_commands import COURSE, Call, call

__all__ = ["call"]


def test_the_board_tells_how_far_each_unit_is(call: Call) -> None:
    call("allowance", "draft", COURSE, "--unit", "1")
    code, found = call("allowance", "board", "--month", "2026-08")
    assert code == 0
    (unit,) = found["units"]
    assert (unit["name"], unit["unit"], unit["state"], unit["kind"]) == (COURSE, 1, "draft", "main")
    assert (unit["people"], unit["end"], unit["held"], unit["confirmed"]) == (40, "2026-08-28", 0, 0)
    assert call("allowance", "board", "--month", "2026-07")[1] == {"units": []}
    assert COURSE in call("allowance", "board", told=True)[1]["told"]


def test_all_of_a_month_are_taken_a_step_and_what_was_refused_is_told(call: Call) -> None:
    code, done = call("allowance", "all", "draft", "--month", "2026-08")
    assert (code, len(done["done"]), done["refused"]) == (0, 1, [])
    assert call("allowance", "all", "check", "--month", "2026-08")[0] == 0
    code, found = call("allowance", "all", "confirm", "--month", "2026-08")
    assert (code, found["done"]) == (3, [])
    (refused,) = found["refused"]
    assert refused["where"] == f"{COURSE} 1단위기간"
    assert "승인되지 않은 수당 정책" in refused["message"]
    assert call("allowance", "all", "pay", "--month", "2026-08") == (
        0,
        {"step": "pay", "done": [], "refused": []},
    )


def test_a_checked_run_goes_back_with_its_reason(call: Call) -> None:
    call("allowance", "draft", COURSE, "--unit", "1")
    call("allowance", "check", COURSE, "--unit", "1")
    code, found = call("allowance", "back", COURSE, "--unit", "1", "--reason", "출결 확인")
    assert (code, found["state"], found["returned_reason"]) == (0, "draft", "출결 확인")


@pytest.mark.parametrize("step", ["reconcile", "작성"])
def test_an_unknown_step_is_a_usage_error(call: Call, step: str) -> None:
    assert call("allowance", "all", step, "--month", "2026-08", told=True)[0] == 2
