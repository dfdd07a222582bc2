"""A month's figures, computed once for the paper, the package and the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.attendance import Risk, Summary
from regional_desk.domain.calendar import UnitPeriod, month_span
from regional_desk.domain.membership import Outcome, outcome_of
from regional_desk.domain.outcomes import By, Step
from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import AFTER, WAY, Stage, funnel
from regional_desk.domain.rounding import half_up
from regional_desk.errors import UsageError
from regional_desk.services.attendance.tally import tally_context
from regional_desk.services.desk import Desk
from regional_desk.services.outcomes.outcomes import Outcomes, read_outcomes
from regional_desk.services.papers.internship_figures import (
    ClaimFigure,
    InternshipFigure,
    StepFigure,
    VisitFigure,
    claim_figures,
    internship_figures,
    step_figures,
    step_goals,
    visit_figures,
)
from regional_desk.services.papers.money_figures import (
    AdjustmentFigure,
    BudgetFigure,
    adjustment_figures,
    budget_figures,
)
from regional_desk.services.papers.placement_figures import (
    CompanyFigure,
    GoalFigure,
    PlacementFigure,
    company_figures,
    company_goals,
    placement_figures,
)
from regional_desk.services.pay.run_states import RunKind
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.services.training.standings import measure_of, read_standings
from regional_desk.store import claim_runs
from regional_desk.store.allowance import RunRow, list_runs
from regional_desk.store.claim_runs import ClaimRunRow
from regional_desk.store.courses import MemberRow, list_courses
from regional_desk.store.people import list_stages
from regional_desk.store.placement_reports import list_solo
from regional_desk.store.recruitment import GoalRow, RoundRow, list_goals, list_rounds

_DAY = dt.timedelta(days=1)
_STATES = (RunState.DRAFT, RunState.CHECKED, RunState.CONFIRMED, RunState.PAID, RunState.RECONCILED)


@dataclass(frozen=True, slots=True)
class CourseFigure:
    """A course of the month; `outcomes` is empty until it ended. 수강철회 counts among the outcomes and nowhere else."""

    detail: CourseDetail
    code: str
    enrolled: int
    outcomes: Mapping[Outcome, int]
    state: str

    @property
    def completed(self) -> int | None:
        """How many completed, None until the course ended."""
        return self.outcomes[Outcome.COMPLETED] if self.outcomes else None


@dataclass(frozen=True, slots=True)
class RoundFigure:
    """A recruitment round as it stood at the month's end; `stages` counts people by track and where they stand."""

    row: RoundRow
    goals: tuple[GoalRow, ...]
    stages: Mapping[str, Mapping[Stage, int]]

    def lines(self) -> Iterator[RoundLine]:
        """The tracks that have places or people."""
        places = {goal.track: goal.places for goal in self.goals}
        for track, stages in self.stages.items():
            if stages or places.get(track):
                waiting = stages.get(Stage.WAITLISTED, 0)
                yield RoundLine(self.row, track, places.get(track, 0), funnel(stages), waiting)


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One track of a round: its places, how many came to each stage, and who waits as 예비."""

    row: RoundRow
    track: str
    places: int
    came: Mapping[Stage, int]
    waitlisted: int


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """A unit that ended in the month, or runs in it with figures to the month's last day."""

    course: CourseFigure
    unit: UnitPeriod
    training_days: int
    enrolled: int
    average_rate: Decimal | None
    at_risk: int
    dismissed: int
    ended: bool
    pay: PayFigure | None


@dataclass(frozen=True, slots=True)
class PayFigure:
    """The unit's runs together; `amount` in won, `state` the one least far, `solo` where one of them is 단독 처리."""

    people: int
    paid_people: int
    amount: int
    state: RunState
    solo: bool


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """Everything a month reports; it names nobody."""

    month: str
    start: dt.date
    end: dt.date
    stages: dict[Track, dict[Stage, int]]
    stages_before: dict[Track, dict[Stage, int]]
    rounds: tuple[RoundFigure, ...]
    goals: tuple[GoalFigure, ...]
    courses: tuple[CourseFigure, ...]
    units: tuple[UnitFigure, ...]
    companies: tuple[CompanyFigure, ...]
    placements: tuple[PlacementFigure, ...]
    solo_rounds: tuple[str, ...]
    internships: tuple[InternshipFigure, ...]
    claims: tuple[ClaimFigure, ...]
    visits: tuple[VisitFigure, ...]
    steps: tuple[StepFigure, ...]
    claim_runs: tuple[ClaimRunRow, ...]
    budget: tuple[BudgetFigure, ...]
    adjustments: tuple[AdjustmentFigure, ...]
    policies: tuple[tuple[str, str], ...]


def month_figures(desk: Desk, month: str) -> MonthFigures:
    """The figures of a calendar month `2026-08`; raise UsageError for anything else."""
    with desk.store.read() as connection:
        return read_month(desk, connection, month)


def stages_today(desk: Desk) -> dict[Stage, int]:
    """How many people of the programme year have come to each stage by today, both tracks together."""
    year = desk.office.programme_year
    with desk.store.read() as connection:
        reached = read_outcomes(connection, desk.office, year, desk.clock.today())
        by_track = _stages(connection, year, reached)
    together: dict[Stage, int] = dict.fromkeys(WAY, 0)
    for stages in by_track.values():
        for stage, people in stages.items():
            together[stage] += people
    return together


def span_of(month: str) -> tuple[dt.date, dt.date]:
    """First and last day of the month; raise UsageError where it is no month."""
    try:
        return month_span(month)
    except ValueError as error:
        raise UsageError(f"'{month}'은(는) 달로 읽을 수 없습니다. 2026-08처럼 적어 주십시오.") from error


def read_month(desk: Desk, connection: sa.Connection, month: str) -> MonthFigures:
    """The figures as one snapshot shows them."""
    start, end = span_of(month)
    until = max(start, min(end, desk.clock.today()))  # a month still running shows what was so far
    year = desk.office.programme_year
    every = [row for row in list_courses(connection) if row.programme_year == year and row.start <= end]
    details = [courses.read_detail(connection, row.id) for row in reversed(every)]
    figures = {detail.course.id: _course(connection, detail, until) for detail in details}
    shown = [figures[detail.course.id] for detail in details if detail.course.end >= start]
    units = tuple(unit for figure in shown for unit in _units(connection, figure, start, until))
    companies = company_figures(connection, year, start, until)
    placements = placement_figures(connection, year, start, until)
    after = read_outcomes(connection, desk.office, year, until)
    claimed = claim_runs.list_runs(connection, start)
    return MonthFigures(
        month=month,
        start=start,
        end=end,
        stages=_stages(connection, year, after),
        stages_before=_stages(connection, year, read_outcomes(connection, desk.office, year, start - _DAY)),
        rounds=_rounds(connection, year, start, until),
        goals=(
            *_goals(desk, connection, tuple(figures.values()), start, after),
            *step_goals(after, start),
            *company_goals(companies),
        ),
        courses=tuple(shown),
        units=units,
        companies=companies,
        placements=placements,
        solo_rounds=list_solo(connection, year, until, start),
        internships=internship_figures(connection, year, start, until, after),
        claims=claim_figures(connection, year, claimed),
        visits=visit_figures(desk, connection, year, start, until),
        steps=step_figures(after, start),
        claim_runs=claimed,
        budget=budget_figures(connection, year, end),
        adjustments=adjustment_figures(connection, year, start, end),
        policies=tuple(
            sorted(
                {
                    *((run.scheme, _version(run)) for unit in units for run in _runs(connection, unit)),
                    *((run.scheme, _version(run)) for run in claimed),
                }
            )
        ),
    )


def _course(connection: sa.Connection, detail: CourseDetail, until: dt.date) -> CourseFigure:
    row = detail.course
    closed = row.closed_on is not None and row.closed_on <= until
    ended = closed or row.end <= until
    outcomes = _outcomes(connection, detail) if ended else {}
    enrolled = sum(member.joined <= until and not _withdrew(member, until) for member in detail.members)
    code = f"{row.programme_year}-{row.track}-{row.start:%m%d}-{row.id.hex[-6:]}"
    state = "폐강" if closed else "종료" if ended else "진행"
    return CourseFigure(detail, code, enrolled, outcomes, state)


def _outcomes(connection: sa.Connection, detail: CourseDetail) -> dict[Outcome, int]:
    """Each outcome as it was decided, or as it is going to be; who went on in another course counts there."""
    counted = dict.fromkeys(Outcome, 0)
    for member in detail.members:
        if member.outcome is not None:
            counted[Outcome(member.outcome)] += 1
    undecided = [member for member in detail.members if member.outcome is None]
    if not undecided:
        return counted  # as in every course the office is done with
    measure = measure_of(connection, detail, leavers=any(member.left for member in undecided))
    for one in read_standings(connection, detail):
        if one.outcome is None and not one.moved:
            counted[outcome_of(measure, one.ending)] += 1
    return counted


def _withdrew(member: MemberRow, until: dt.date) -> bool:
    return member.outcome == Outcome.WITHDRAWN and member.left is not None and member.left <= until


def _rounds(connection: sa.Connection, year: int, start: dt.date, until: dt.date) -> tuple[RoundFigure, ...]:
    """The rounds that took applications in the month, or whose result came in it or is still to come, oldest first."""
    found = []
    stages = list_stages(connection, year, until)
    for row in reversed(list_rounds(connection, year)):
        if row.opens > until or (row.result_on is not None and row.result_on < start):
            continue
        counted: dict[str, dict[Stage, int]] = {track.value: {} for track in Track}
        for round_id, track, stage in stages:
            if round_id == row.id and track is not None:
                counted[track][stage] = counted[track].get(stage, 0) + 1
        found.append(RoundFigure(row, list_goals(connection, row.id), counted))
    return tuple(found)


def _units(
    connection: sa.Connection, figure: CourseFigure, start: dt.date, end: dt.date
) -> tuple[UnitFigure, ...]:
    return tuple(
        _unit(connection, figure, unit, end)
        for unit in figure.detail.units
        if unit.end >= start and unit.start <= end
    )


def _unit(connection: sa.Connection, figure: CourseFigure, unit: UnitPeriod, until: dt.date) -> UnitFigure:
    """A running unit shows what was recorded to the month's last day."""
    ended = unit.end <= until
    span = unit if ended else UnitPeriod(unit.no, unit.start, until)
    members = [
        member for member in figure.detail.members if member.joined <= until and not _withdrew(member, until)
    ]
    context = tally_context(connection, figure.detail, span, members, counted=True)
    summaries = [context.summary(member) for member in members if context.has_days(member)]
    return UnitFigure(
        course=figure,
        unit=unit,
        training_days=len(figure.detail.days_of(unit)),
        enrolled=len(summaries),
        average_rate=_average(summaries, ended=ended),
        at_risk=sum(summary.risk in (Risk.DANGER, Risk.IMPOSSIBLE) for summary in summaries),
        dismissed=sum(
            member.outcome == Outcome.DISMISSED and member.left is not None and member.left <= span.end
            for member in members
        ),
        ended=ended,
        pay=_pay(list_runs(connection, figure.detail.course.id, unit.no)) if ended else None,
    )


def _average(summaries: Sequence[Summary], *, ended: bool) -> Decimal | None:
    rates = [summary.rate if ended else summary.rate_so_far for summary in summaries]
    tenths = [int(rate * 10) for rate in rates if rate is not None]
    return half_up(sum(tenths), len(tenths) * 10, 1) if tenths else None


def _pay(runs: Sequence[RunRow]) -> PayFigure | None:
    if not runs:
        return None
    return PayFigure(
        people=max(run.people for run in runs if run.kind == RunKind.MAIN),
        # whom a 정산 pays more was paid before
        paid_people=sum(run.paid_people for run in runs if run.kind != RunKind.SETTLEMENT),
        amount=sum(run.total for run in runs),
        state=min((RunState(run.state) for run in runs), key=_STATES.index),
        solo=any(run.solo for run in runs),
    )


def _runs(connection: sa.Connection, unit: UnitFigure) -> tuple[RunRow, ...]:
    return list_runs(connection, unit.course.detail.course.id, unit.unit.no) if unit.ended else ()


def _version(run: RunRow | ClaimRunRow) -> str:
    return f"{run.terms['effective_from']}/{run.method}"


def _stages(connection: sa.Connection, year: int, after: Outcomes) -> dict[Track, dict[Stage, int]]:
    """People by the stage they came to by the day of the outcomes, which tell of what comes after the funnel."""
    counted: dict[Track, dict[Stage, int]] = {track: {} for track in Track}
    for _, track, stage in list_stages(connection, year, after.until):
        if track is not None:
            at = counted[Track(track)]
            at[stage] = at.get(stage, 0) + 1
    came = {group.key: group for group in after.groups(By.TRACK)}
    return {
        track: funnel(stages)
        | {stage: came[track.value].count(Step(stage.value)) if track.value in came else 0 for stage in AFTER}
        for track, stages in counted.items()
    }


def _goals(
    desk: Desk,
    connection: sa.Connection,
    figures: Sequence[CourseFigure],
    start: dt.date,
    after: Outcomes,
) -> tuple[GoalFigure, ...]:
    """Enrolled and completed people by track against the office's goals; 수료 may have one of its own."""
    before = {figure.detail.course.id: _course(connection, figure.detail, start - _DAY) for figure in figures}
    goals = []
    for track in Track:
        trained = desk.office.goals.get(track.value, 0)
        completing = after.goals.get((Step.COMPLETED, track), 0)
        mine = [figure for figure in figures if figure.detail.course.track == track.value]
        for item, name, goal in (
            ("교육생 등록", "enrolled", trained),
            ("교육 수료", "completed", completing),
        ):
            total = sum(getattr(figure, name) or 0 for figure in mine)
            earlier = sum(getattr(before[figure.detail.course.id], name) or 0 for figure in mine)
            goals.append(GoalFigure(f"{item} {track.value}", goal, total - earlier, total))
    return tuple(goals)
