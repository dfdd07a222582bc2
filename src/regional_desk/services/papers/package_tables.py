"""What a month's figures come to as the tables of a submission package: counts and sums, nobody named."""

from __future__ import annotations

from regional_desk.domain.recruitment import WAY, Stage
from regional_desk.exchange.package import Table
from regional_desk.services.papers.reports import MonthFigures

_INTERNS = (Stage.INTERNED, Stage.CONVERTED)


def tables_of(figures: MonthFigures) -> tuple[Table, ...]:
    """The tables of kind summary in the order of their schemas; counts are to the month's end, money is of the month.

    Nothing tells of internships before the first one began, so that such a month stays what was submitted of it.
    """
    recruitment = tuple(
        (figures.month, track.value, stage.label, stages[stage])
        for track, stages in figures.stages.items()
        for stage in WAY
        if stage not in _INTERNS or figures.internships
    )
    courses = tuple(
        (
            course.code,
            course.detail.course.name,
            course.detail.course.track,
            course.detail.course.start,
            course.detail.course.end,
            len(course.detail.days),
            course.enrolled,
            course.completed,
            course.state,
        )
        for course in figures.courses
    )
    attendance = tuple(
        (
            unit.course.code,
            unit.unit.no,
            unit.training_days,
            unit.enrolled,
            unit.average_rate,
            unit.at_risk,
            unit.dismissed,
            "종료" if unit.ended else "진행",
        )
        for unit in figures.units
    )
    allowance = tuple(
        (
            unit.course.code,
            unit.unit.no,
            unit.pay.people,
            unit.pay.paid_people,
            unit.pay.amount,
            unit.pay.state.label,
        )
        for unit in figures.units
        if unit.pay is not None
    )
    rounds = tuple(
        (
            line.row.number,
            line.track,
            line.row.opens,
            line.row.closes,
            line.places,
            line.came[Stage.APPLIED],
            line.came[Stage.SELECTED],
            line.waitlisted,
            line.came[Stage.ENROLLED],
        )
        for figure in figures.rounds
        for line in figure.lines()
    )
    outcomes = tuple(
        (course.code, outcome.label, people)
        for course in figures.courses
        for outcome, people in course.outcomes.items()
    )
    companies = tuple(
        (
            figures.month,
            one.kind,
            one.goal,
            one.applied,
            one.selected,
            one.reserve,
            one.answered,
        )
        for one in figures.companies
    )
    placements = tuple(
        (
            figures.month,
            one.track,
            one.companies,
            one.positions,
            one.seats,
            one.people,
            one.placed,
            one.ended,
        )
        for one in figures.placements
    )
    internships = tuple(
        (figures.month, one.track, one.active, one.started, one.early, one.converted)
        for one in figures.internships
    )
    claims = tuple(
        (figures.month, one.track, one.people, one.paid_people, one.amount, one.state.label)
        for one in figures.claims
    )
    seen = figures.visits
    visits = (tuple(sum(getattr(one, name) for one in seen) for name in ("planned", "done", "overdue")),)
    goals = tuple((goal.item, goal.goal, goal.month, goal.total) for goal in figures.goals)
    return (
        Table("recruitment", recruitment),
        Table("rounds", rounds),
        Table("courses", courses),
        Table("outcomes", outcomes),
        Table("attendance", attendance),
        Table("allowance", allowance),
        Table("companies", companies),
        Table("placements", placements),
        *((Table("internships", internships),) if internships else ()),
        *((Table("claims", claims),) if claims else ()),
        *((Table("visits", visits),) if seen else ()),
        Table("goals", goals),
        Table("budget", tuple((one.item, one.granted, one.spent, one.balance) for one in figures.budget)),
        Table(
            "adjustments",
            tuple((one.item, one.unit, one.month, one.total) for one in figures.adjustments),
        ),
    )
