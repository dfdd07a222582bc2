"""Who works on a store when: many threads at once, one alone while it is re-keyed, writers in turn."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Iterator


class Gate:
    """Open to all; closed for all but one thread while that one holds it alone."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._alone: int | None = None
        self._mine = threading.local()

    @contextlib.contextmanager
    def shared(self) -> Iterator[None]:
        """Work beside others; a thread that is already inside, or holds the gate, never waits."""
        depth = getattr(self._mine, "depth", 0)
        if depth == 0 and self._alone != threading.get_ident():
            with self._changed:
                self._changed.wait_for(lambda: self._alone is None)
                self._inside += 1
        self._mine.depth = depth + 1
        try:
            yield
        finally:
            self._mine.depth = depth
            if depth == 0 and self._alone != threading.get_ident():
                with self._changed:
                    self._inside -= 1
                    self._changed.notify_all()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until nobody is inside, and keep everybody out; the thread must not be inside itself."""
        with self._changed:
            self._changed.wait_for(lambda: self._alone is None)
            self._alone = threading.get_ident()
            self._changed.wait_for(lambda: self._inside == 0)
        try:
            yield
        finally:
            with self._changed:
                self._alone = None
                self._changed.notify_all()


class Turns:
    """Writers of this program one after the other, first come, first served.

    The engine's own waiting is no queue: a thread that writes again and again can keep another out for seconds.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: deque[tuple[int, threading.Event]] = deque()

    @property
    def waiting(self) -> int:
        """How many stand in the queue, with the one whose turn it is."""
        return len(self._queue)

    @contextlib.contextmanager
    def taken(self, seconds: float) -> Iterator[None]:
        """Wait for this thread's turn; after `seconds`, or inside a turn of its own, leave it to the engine to refuse."""
        thread, come = threading.get_ident(), threading.Event()
        with self._lock:
            inside = any(other == thread for other, _ in self._queue)
            if not inside:
                self._queue.append((thread, come))
                self._queue[0][1].set()
        if inside:
            yield
            return
        come.wait(seconds)
        try:
            yield
        finally:
            with self._lock:
                self._queue.remove((thread, come))
                if self._queue:
                    self._queue[0][1].set()
