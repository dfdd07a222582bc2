"""A month's figures of internships, claims, visits and outcomes, for the paper, the package and the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import outcomes as rules
from regional_desk.domain.allowance import RunState
from regional_desk.domain.internships import EndKind
from regional_desk.domain.outcomes import Step
from regional_desk.domain.people import Track
from regional_desk.domain.visits import FollowUpState, Standing, VisitState, finding_state, visit_standing
from regional_desk.services.claims.run_states import RunKind
from regional_desk.services.desk import Desk
from regional_desk.services.outcomes.outcomes import Outcomes
from regional_desk.services.papers.placement_figures import GoalFigure
from regional_desk.services.visits import reading
from regional_desk.services.visits.reading import Visit
from regional_desk.store import claim_runs
from regional_desk.store import internship_reports as store
from regional_desk.store.claim_runs import ClaimRow, ClaimRunRow
from regional_desk.store.internship_records import list_internships
from regional_desk.store.internship_reports import FoundRow, ServedRow

_STATES = (RunState.DRAFT, RunState.CHECKED, RunState.CONFIRMED, RunState.PAID, RunState.RECONCILED)
_EARLY = (EndKind.EARLY, EndKind.REPLACED)
_HAVE_A_TABLE = (Step.COMPLETED, Step.PLACED, Step.INTERNED, Step.CONVERTED)
"""Steps told elsewhere in a package: among the goals they stand only where somebody set one."""


@dataclass(frozen=True, slots=True)
class InternshipFigure:
    """One track's interns: `active` at the end of the last day, the others this month and in total.

    `early` ended before the agreed day (조기종료, 교체); `converted` counts people, as the outcomes do.
    """

    track: str
    active: int
    started_month: int
    started: int
    completed_month: int
    completed: int
    early_month: int
    early: int
    converted_month: int
    converted: int


@dataclass(frozen=True, slots=True)
class ClaimFigure:
    """One track's claims of the month, all runs together: service months, interns, those paid, won; the state least far."""

    track: str
    months: int
    people: int
    paid_people: int
    held: int
    amount: int
    state: RunState


@dataclass(frozen=True, slots=True)
class VisitFigure:
    """One track's visits this month and in total, service months overdue at the end, and what was found and is open."""

    track: str
    planned_month: int
    planned: int
    done_month: int
    done: int
    cancelled_month: int
    cancelled: int
    overdue: int
    found_month: int
    found: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class StepFigure:
    """One step after training, all tracks: the goal (None where none is set), people, and how many of `base` came to it."""

    step: Step
    goal: int | None
    month: int
    total: int
    part: int
    base: int


def internship_figures(
    connection: sa.Connection, year: int, start: dt.date, until: dt.date, found: Outcomes
) -> tuple[InternshipFigure, ...]:
    """The figures of each track to the end of `until`; empty while nobody began an internship."""
    rows = store.list_served(connection, year, until)
    if not rows:
        return ()
    kept = [one for one in rules.once(found.reached) if one.step is Step.CONVERTED]
    return tuple(
        _internships(
            track.value,
            [row for row in rows if row.track == track],
            [one.on for one in kept if one.track == track],
            (start, until),
        )
        for track in Track
    )


def claim_figures(
    connection: sa.Connection, year: int, runs: Sequence[ClaimRunRow]
) -> tuple[ClaimFigure, ...]:
    """The claims of a month's runs that are of a programme year's money; a track without any is left out."""
    tracks = {one.id: one.track for one in list_internships(connection, year)} if runs else {}
    by_run = [(run, claim_runs.list_rows(connection, run.id)) for run in runs]
    found = []
    for track in Track:
        mine = [(run, row) for run, rows in by_run for row in rows if tracks.get(row.internship_id) == track]
        if mine:
            found.append(_claims(track.value, mine))
    return tuple(found)


def visit_figures(
    desk: Desk, connection: sa.Connection, year: int, start: dt.date, until: dt.date
) -> tuple[VisitFigure, ...]:
    """The figures of each track as they stood at the end of `until`; empty while there is nobody to be visited."""
    hosts = reading.read_hosts(desk, connection, year=year)
    hosts = {key: host for key, host in hosts.items() if host.first <= until}
    if not hosts:
        return ()
    cancelled = store.cancelled_on(connection)
    visits = tuple(_as_of(visit, cancelled, until) for visit in reading.read_visits(desk, connection, hosts))
    months = reading.read_months(hosts, visits, until)
    late = [one.host.track for one in months if one.standing is Standing.OVERDUE]
    findings = store.list_found(connection, year, until)
    return tuple(
        _visits(
            track.value,
            [visit for visit in visits if visit.host.track == track],
            cancelled,
            late.count(track.value),
            [row for row in findings if row.track == track],
            (start, until),
        )
        for track in Track
    )


def step_figures(found: Outcomes, start: dt.date) -> tuple[StepFigure, ...]:
    """The steps from 수료 on, each person once a step; empty while nobody came past 수료."""
    once = rules.once(found.reached)
    if all(one.step is Step.COMPLETED for one in once):
        return ()
    figures = []
    for step in Step:
        days = [one.on for one in once if one.step is step]
        part, base = found.share(step)
        month = sum(start <= day for day in days)
        figures.append(StepFigure(step, found.goal(step), month, len(days), part, base))
    return tuple(figures)


def step_goals(found: Outcomes, start: dt.date) -> tuple[GoalFigure, ...]:
    """The steps after 수료 that have a goal, and those kept on that no other table tells of, by track."""
    once = rules.once(found.reached)
    figures = []
    for step in Step:
        for track in Track:
            days = [one.on for one in once if one.step is step and one.track == track]
            goal = found.goals.get((step, track), 0)
            wanted = goal if step in _HAVE_A_TABLE else goal or days
            if wanted and step is not Step.COMPLETED:
                month = sum(start <= day for day in days)
                figures.append(GoalFigure(f"{step.label} {track.value}", goal, month, len(days)))
    return tuple(figures)


def _internships(
    track: str, rows: Sequence[ServedRow], converted: Sequence[dt.date], span: tuple[dt.date, dt.date]
) -> InternshipFigure:
    start, until = span
    ended = [row for row in rows if row.ended_on is not None and row.ended_on <= until]

    def last_days(*kinds: EndKind) -> list[dt.date]:
        return [row.ended_on for row in ended if row.ended_on is not None and row.end_kind in kinds]

    completed, early = last_days(EndKind.COMPLETED), last_days(*_EARLY)
    return InternshipFigure(
        track=track,
        active=len(rows) - len(ended),
        started_month=sum(start <= row.started_on for row in rows),
        started=len(rows),
        completed_month=sum(start <= day for day in completed),
        completed=len(completed),
        early_month=sum(start <= day for day in early),
        early=len(early),
        converted_month=sum(start <= day for day in converted),
        converted=len(converted),
    )


def _claims(track: str, mine: Sequence[tuple[ClaimRunRow, ClaimRow]]) -> ClaimFigure:
    # whom a 정산 pays more was paid before
    first = [row for run, row in mine if run.kind != RunKind.SETTLEMENT]
    free = {(row.internship_id, row.month_no) for row in first if not row.held}
    held = {(row.internship_id, row.month_no) for row in first} - free
    return ClaimFigure(
        track=track,
        months=len(free | held),
        people=len({row.trainee_id for row in first}),
        paid_people=len({row.trainee_id for row in first if row.amount and not row.held}),
        held=len(held),
        amount=sum(row.amount for _, row in mine if not row.held),
        state=min((RunState(run.state) for run, _ in mine), key=_STATES.index),
    )


def _as_of(visit: Visit, cancelled: Mapping[UUID, dt.date], until: dt.date) -> Visit:
    """A visit as it stood at the end of a day, so that a month can be reported again later."""
    state = visit.state
    came = visit.done_on if state is VisitState.DONE else cancelled.get(visit.id)
    if state is not VisitState.PLANNED and came is not None and came > until:
        state = VisitState.PLANNED
    standing = visit_standing(state, visit.planned_on, visit.month_end, until)
    return replace(visit, state=state, standing=standing)


def _visits(
    track: str,
    visits: Sequence[Visit],
    cancelled: Mapping[UUID, dt.date],
    overdue: int,
    findings: Sequence[FoundRow],
    span: tuple[dt.date, dt.date],
) -> VisitFigure:
    start, until = span
    planned = [one.planned_on for one in visits if one.planned_on is not None and one.planned_on <= until]
    done = [one.done_on for one in visits if one.state is VisitState.DONE and one.done_on is not None]
    gone = [cancelled[one.id] for one in visits if one.state is VisitState.CANCELLED and one.id in cancelled]
    closed = [row.closed_on if row.closed_on and row.closed_on <= until else None for row in findings]
    states = [finding_state(on, row.deadline, until) for on, row in zip(closed, findings, strict=True)]
    return VisitFigure(
        track=track,
        planned_month=sum(start <= day for day in planned),
        planned=len(planned),
        done_month=sum(start <= day for day in done),
        done=len(done),
        cancelled_month=sum(start <= day for day in gone),
        cancelled=len(gone),
        overdue=overdue,
        found_month=sum(start <= row.found_on for row in findings),
        found=len(findings),
        open=sum(state is not FollowUpState.CLOSED for state in states),
        late=states.count(FollowUpState.OVERDUE),
    )
