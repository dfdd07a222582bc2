"""Lets many threads work on a store at once, and one alone while the store is put under another key."""

from __future__ import annotations

import contextlib
import threading
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
