"""What one sign-in has looked at lately, so that paging and refreshing do not flood the access log."""

from __future__ import annotations

import contextlib
import datetime as dt
import queue
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from regional_desk.domain.access import pack_people
from regional_desk.store.audit import Entry
from regional_desk.store.metadata import canonical

_ONCE_IN = dt.timedelta(hours=1)
_SHORT = 8  # so few ids are repeated; of a longer list only the first line of a sign-in keeps them


class AccessNotes:
    """Lines that wait to be written, and the memory that keeps the same look from being noted twice in an hour."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Entry] = queue.SimpleQueue()
        self._seen: dict[tuple[str, ...], dt.datetime] = {}
        self._known: set[str] = set()
        self._lock = threading.Lock()
        self._writers = 0

    def people_detail(self, people: Sequence[UUID], *, queued: bool = False) -> dict[str, Any]:
        """How a line names people: their number, a digest of the set, and once a sign-in the packed ids.

        A line that is not `queued` may still be rolled back, so later lines do not rely on its ids.
        """
        if not people:
            return {}
        seen = pack_people(people)
        detail: dict[str, Any] = {"count": seen.count, "set": seen.digest}
        with self._lock:
            if seen.digest not in self._known:
                detail["ids"] = seen.packed
                if queued and seen.count > _SHORT:
                    self._known.add(seen.digest)
        return detail

    def is_new(
        self, subject: str, people: Sequence[UUID], wanted: Mapping[str, Any], now: dt.datetime
    ) -> bool:
        """Whether this look was not noted in the hour before `now`; asking notes it."""
        key = (subject, canonical(wanted), pack_people(people).digest)
        with self._lock:
            last = self._seen.get(key)
            if last is not None and dt.timedelta(0) <= now - last < _ONCE_IN:
                return False
            self._seen[key] = now
            return True

    def put(self, lines: Iterable[Entry]) -> None:
        """Have lines wait for the next write."""
        for line in lines:
            self._waiting.put(line)

    def take(self) -> list[Entry]:
        """Every waiting line; none while another act is writing, for it will take them at its end."""
        found: list[Entry] = []
        if self._writers:
            return found
        with contextlib.suppress(queue.Empty):
            while True:
                found.append(self._waiting.get_nowait())
        return found

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """An act is under way: whoever only looks does not wait for it."""
        with self._lock:
            self._writers += 1
        try:
            yield
        finally:
            with self._lock:
                self._writers -= 1
