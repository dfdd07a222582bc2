"""Work beside the window: how it ends, and that it can be stopped."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from regional_desk.desktop.jobs import Job, Jobs, Report
from regional_desk.errors import Refusal, UserError


@pytest.fixture
def jobs(qtbot: QtBot) -> Jobs:
    return Jobs()


def test_the_result_comes_back_in_the_main_thread(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[Any] = []
    jobs.start(
        threading.get_ident,
        "세기",
        succeeded=lambda result: told.append((result, threading.get_ident())),
        refused=told.append,
    )
    qtbot.waitUntil(lambda: bool(told))
    there, here = told[0]
    assert here == threading.get_ident() != there
    assert jobs.running == ()


def test_a_refusal_is_told_apart_from_a_bug(jobs: Jobs, qtbot: QtBot) -> None:
    refused: list[UserError] = []

    def refuse() -> None:
        raise Refusal("안 됩니다.")

    def break_down() -> None:
        raise ZeroDivisionError

    jobs.start(refuse, "거절", succeeded=refused.append, refused=refused.append)
    qtbot.waitUntil(lambda: bool(refused))
    assert refused[0].message == "안 됩니다."
    with qtbot.captureExceptions() as caught:
        jobs.start(break_down, "고장", succeeded=refused.append, refused=refused.append)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
    assert len(refused) == 1


def test_the_busy_state_is_over_before_the_callback(jobs: Jobs, qtbot: QtBot) -> None:
    order: list[str] = []
    job = jobs.start(int, "빈 일", succeeded=lambda _: order.append("callback"), refused=lambda _: None)
    job.ended.connect(lambda: order.append(f"ended, running {len(jobs.running)}"))
    qtbot.waitUntil(lambda: "callback" in order)
    assert order == ["ended, running 0", "callback"]


def test_counted_work_stops_at_its_next_report_and_rolls_back(jobs: Jobs, qtbot: QtBot) -> None:
    watched, go_on, rolled_back = threading.Event(), threading.Event(), threading.Event()
    told: list[UserError] = []

    def work(report: Report) -> None:
        watched.wait(5)
        try:
            for done in range(3):
                report(done, 3)
                go_on.wait(5)
        except Exception:  # noqa: BLE001 - what a careless function would do must not swallow the stop
            told.append(UserError("swallowed"))
        finally:
            rolled_back.set()

    job: Job = jobs.start_counted(work, "월 마감", succeeded=told.append, refused=told.append)
    with qtbot.waitSignal(job.progressed):
        watched.set()
    assert job.cancellable
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(told))
    assert rolled_back.is_set()
    assert "‘월 마감’ 작업을 멈췄습니다" in told[0].message


def test_cancelling_after_the_last_step_changes_nothing(jobs: Jobs, qtbot: QtBot) -> None:
    asked, told = threading.Event(), list[Any]()

    def work(report: Report) -> str:
        asked.wait(5)
        report(3, 3)
        return "done"

    job = jobs.start_counted(work, "끝난 일", succeeded=told.append, refused=told.append)
    job.cancel()
    asked.set()
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["done"]
