"""Writers take turns in the order they came."""

from __future__ import annotations

import threading

from regional_desk.store.gate import Turns


def test_a_writer_that_comes_again_waits_behind_those_who_came_before() -> None:
    turns, order = Turns(), list[str]()
    waiting = threading.Event()

    def other() -> None:
        waiting.set()
        with turns.taken(60):
            order.append("other")

    thread = threading.Thread(target=other)
    with turns.taken(60):
        thread.start()
        waiting.wait()
        while turns.waiting < 2:
            pass
        order.append("first")
    with turns.taken(60):
        order.append("again")
    thread.join()
    assert order == ["first", "other", "again"]


def test_a_turn_inside_a_turn_does_not_wait_for_itself() -> None:
    turns = Turns()
    with turns.taken(60), turns.taken(60):
        assert turns.waiting == 1
    assert turns.waiting == 0


def test_whoever_waited_too_long_goes_on_and_leaves_the_queue_whole() -> None:
    turns, done = Turns(), threading.Event()

    def impatient() -> None:
        with turns.taken(0.0):
            done.set()

    with turns.taken(60):
        thread = threading.Thread(target=impatient)
        thread.start()
        done.wait()
        thread.join()
        assert turns.waiting == 1
    with turns.taken(60):
        assert turns.waiting == 1
