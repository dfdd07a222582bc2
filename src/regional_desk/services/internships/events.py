"""What happened in an internship and what is to come, in the order of days: what its timeline shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.internships import BreakKind, EndKind, InternState
from regional_desk.domain.outcomes import CheckState
from regional_desk.domain.rights import Right
from regional_desk.domain.text import won
from regional_desk.domain.visits import Standing
from regional_desk.services.desk import Desk
from regional_desk.services.internships import drafts, reading
from regional_desk.services.internships.reading import SIGNED, SUBJECT, VOID, InternshipDetail
from regional_desk.services.outcomes import records
from regional_desk.services.visits.reading import read_hosts, read_visits
from regional_desk.store import internship_records as store
from regional_desk.store import outcome_records


class EventKind(StrEnum):
    """What an event tells of."""

    AGREEMENT = "agreement"
    MONTH = "month"
    BREAK = "break"
    VISIT = "visit"
    CLAIM = "claim"
    END = "end"
    CONVERSION = "conversion"
    RETENTION = "retention"


class EventState(StrEnum):
    """How an event stands on the day it is looked at."""

    DONE = "done"
    NOW = "now"
    COMING = "coming"
    DUE = "due"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Event:
    """One mark: `on` its day, `until` its last day where it lasts, `label` what it is, `words` how it stands."""

    on: dt.date
    kind: EventKind
    label: str
    state: EventState
    words: str
    until: dt.date | None = None


_VISITS = {
    Standing.DONE: EventState.DONE,
    Standing.CANCELLED: EventState.CANCELLED,
    Standing.OVERDUE: EventState.OVERDUE,
    Standing.TO_KEY: EventState.DUE,
}
_CHECKS = {
    CheckState.DONE: EventState.DONE,
    CheckState.DUE: EventState.DUE,
    CheckState.OVERDUE: EventState.OVERDUE,
    CheckState.NEEDLESS: EventState.CANCELLED,
}
_PAID = (RunState.PAID, RunState.RECONCILED)


def timeline(desk: Desk, internship_id: UUID) -> tuple[Event, ...]:
    """The events of an internship by day; noted, names nobody but whom free text names.

    Raises UsageError for an unknown id.
    """
    desk.require(Right.SEE_PEOPLE)
    today = desk.clock.today()
    with desk.store.read() as connection:
        found = reading.load(connection, internship_id, today)
        events = [
            *_agreements(found, today),
            *_months(found, today),
            *_breaks(found, today),
            *_visits(desk, connection, found, today),
            *_claims(connection, found),
            *_after(connection, found, today),
        ]
    desk.note_view(SUBJECT, [found.row.trainee], {"by": "internship", "internship": found.row.label})
    order = list(EventKind)
    return tuple(sorted(events, key=lambda one: (one.on, order.index(one.kind), one.label)))


def _agreements(found: InternshipDetail, today: dt.date) -> Iterator[Event]:
    for row in found.agreements:
        if row.state == SIGNED:
            kept = "서명(스캔)" if row.attachment else "서명(서면)"
            state = EventState.DONE if row.effective_from <= today else EventState.COMING
        elif row.state == VOID:
            kept, state = "취소", EventState.CANCELLED
        else:
            late = row.effective_from <= today and not found.row.state.over
            kept, state = "서명 대기", EventState.DUE if late else EventState.COMING
        yield Event(row.effective_from, EventKind.AGREEMENT, drafts.title(row.number), state, kept)


def _months(found: InternshipDetail, today: dt.date) -> Iterator[Event]:
    begun = found.row.started_on is not None
    for month in found.row.months:
        if begun and month.is_over(today):
            state, words = EventState.DONE, "지남"
        elif begun and month.start <= today:
            state, words = EventState.NOW, "진행"
        else:
            state, words = EventState.COMING, "예정"
        if not month.full:
            words += "(한 달을 채우지 않음)"
        yield Event(month.start, EventKind.MONTH, f"{month.no}차", state, words, month.served_until)


def _breaks(found: InternshipDetail, today: dt.date) -> Iterator[Event]:
    for row in found.interruptions:
        if row.void_reason is not None:
            continue
        until = row.end or found.row.end
        now = row.span.covers(today) and not found.row.state.over
        state = EventState.NOW if now else EventState.DONE if row.start <= today else EventState.COMING
        words = "이어지고 있음" if row.end is None and now else "기록됨"
        yield Event(row.start, EventKind.BREAK, BreakKind(row.kind).label, state, words, until)


def _visits(
    desk: Desk, connection: sa.Connection, found: InternshipDetail, today: dt.date
) -> Iterator[Event]:
    hosts = read_hosts(desk, connection, [found.row.id])
    for one in read_visits(desk, connection, hosts):
        day = one.on or found.row.start
        state = _VISITS.get(one.standing, EventState.COMING)
        if state is EventState.DUE and day > today:
            state = EventState.COMING
        yield Event(day, EventKind.VISIT, f"{one.month_no}차 방문", state, one.standing.label)


def _claims(connection: sa.Connection, found: InternshipDetail) -> Iterator[Event]:
    for row in store.list_claims(connection, found.row.id):
        run = RunState(row.state)
        if run is RunState.CANCELLED:
            continue
        label = f"{row.month_no}차 지원금 {won(row.amount)}원"
        state = EventState.DONE if run in _PAID else EventState.DUE
        words = "보류" if row.held else run.label
        yield Event(row.end, EventKind.CLAIM, label, state, words)


def _after(connection: sa.Connection, found: InternshipDetail, today: dt.date) -> Iterator[Event]:
    row = found.row
    if row.end_kind is not None and row.ended_on is not None:
        ended = EventState.CANCELLED if row.end_kind is EndKind.WITHDRAWN else EventState.DONE
        yield Event(row.ended_on, EventKind.END, row.state.label, ended, "끝남")
    if row.started_on is None or row.state is InternState.WITHDRAWN:
        return
    interns = outcome_records.list_interns(connection, internship_id=row.id)
    for one in (records.stand(intern, today) for intern in interns):
        decided = one.row.conversion
        if decided is not None:
            on = decided.employed_from or decided.decided_on
            yield Event(on, EventKind.CONVERSION, "정규직 전환 여부", EventState.DONE, one.words)
        elif one.asked is not None and one.state is not CheckState.NEEDLESS:
            state = _CHECKS.get(one.state, EventState.COMING)
            yield Event(
                one.asked.on,
                EventKind.CONVERSION,
                "정규직 전환 여부",
                state,
                one.state.label,
                one.asked.until,
            )
        for check in one.checks:
            state = _CHECKS.get(check.state, EventState.COMING)
            label = f"{check.months}개월 고용유지"
            yield Event(check.span.on, EventKind.RETENTION, label, state, check.words, check.span.until)
