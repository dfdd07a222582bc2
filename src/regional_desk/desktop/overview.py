"""What the frame of the window tells of the whole office: how much is due on each page, and the last backup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from regional_desk.desktop.today.due import last_backup, read_today
from regional_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Waiting:
    """The lines of 오늘 that lead to one page, and whether one of them is urgent."""

    titles: tuple[str, ...]
    urgent: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """By page key; a page on which nothing waits is left out."""

    waiting: dict[str, Waiting]
    backup: dt.datetime | None

    def of(self, pages: Collection[str]) -> Waiting | None:
        """What waits on these pages together, None where nothing does."""
        found = [one for page, one in self.waiting.items() if page in pages]
        if not found:
            return None
        return Waiting(
            tuple(title for one in found for title in one.titles), any(one.urgent for one in found)
        )


def read_overview(desk: Desk) -> Overview:
    """The same lines as 오늘 shows, counted by page; opening it writes nothing."""
    due = read_today(desk).due
    pages = dict.fromkeys(one.page for one in due)
    waiting = {
        page: Waiting(
            tuple(one.title for one in due if one.page == page),
            any(one.tone == "bad" for one in due if one.page == page),
        )
        for page in pages
    }
    return Overview(waiting, last_backup(desk))
