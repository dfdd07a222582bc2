"""From what happened in an internship to the marks of its picture: each with a sign, a word and a colour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from regional_desk.desktop.internships.record_tabs import TABS
from regional_desk.desktop.internships.timeline import Shown
from regional_desk.desktop.internships.timeline_marks import Lane, Mark
from regional_desk.services.internships.events import Event, EventKind, EventState
from regional_desk.services.internships.reading import InternshipRow

_BEYOND = dt.timedelta(days=31)  # so far before and after the internship a mark still stands to scale
_LANES: Mapping[EventKind, Lane] = {
    EventKind.MONTH: Lane.MONTHS,
    EventKind.BREAK: Lane.MONTHS,
    EventKind.AGREEMENT: Lane.AGREEMENTS,
    EventKind.END: Lane.AGREEMENTS,
    EventKind.VISIT: Lane.VISITS,
    EventKind.CLAIM: Lane.CLAIMS,
    EventKind.CONVERSION: Lane.AFTER,
    EventKind.RETENTION: Lane.AFTER,
}
_SIGNS: Mapping[EventState, tuple[str, str]] = {
    EventState.DONE: ("○", "ok"),
    EventState.NOW: ("▶", "accent"),
    EventState.COMING: ("·", "muted"),
    EventState.DUE: ("△", "warn"),
    EventState.OVERDUE: ("!", "bad"),
    EventState.CANCELLED: ("×", "muted"),
}


def picture_of(row: InternshipRow, events: Sequence[Event], today: dt.date) -> Shown:
    """What to draw of an internship on a day."""
    marks = tuple(_mark(event) for event in events)
    days = [one.on for one in marks if one.lane is not Lane.AFTER]
    first, last = min([row.start, *days]), max([row.end, *days])
    return Shown(max(first, row.start - _BEYOND), min(last, row.end + _BEYOND), today, marks)


def tab_of(kind: str) -> str:
    """The tab that tells of such marks, empty where none does."""
    return next((spec.key for spec in TABS if kind in spec.marks), "")


def _mark(event: Event) -> Mark:
    sign, tone = _SIGNS[event.state]
    hatched = event.kind is EventKind.BREAK
    if hatched:
        sign, tone = "‖", "warn"
    lane = _LANES[event.kind]
    return Mark(
        event.kind.value, lane, event.on, event.until, event.label, event.words, sign, tone, hatched=hatched
    )
