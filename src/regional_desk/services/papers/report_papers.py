"""The values of the 월 운영실적보고."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regional_desk.domain.membership import Outcome
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rounding import half_up
from regional_desk.domain.rounds import RoundState
from regional_desk.services import codes
from regional_desk.services.papers import open_points, reports
from regional_desk.services.papers.making import Maker, Making
from regional_desk.services.papers.reports import CourseFigure

if TYPE_CHECKING:
    from regional_desk.documents.monthly_report import OutcomeLine
    from regional_desk.documents.paper import Paper


def _monthly_report(making: Making) -> Paper:
    from regional_desk.documents import monthly_report as paper  # noqa: PLC0415 - only where it is made
    from regional_desk.documents import report_money  # noqa: PLC0415 - as above
    from regional_desk.documents.report_companies import CompanyLine, PlacementLine  # noqa: PLC0415 - as above
    from regional_desk.services.papers import report_lines  # noqa: PLC0415 - as above

    desk, month = making.desk, making.month
    figures = reports.month_figures(desk, month)
    values = paper.MonthlyReport(
        office=desk.office.name,
        region=codes.region_names().get(desk.office.region, desk.office.region),
        month=month,
        goals=tuple(
            paper.GoalRow(goal.item, goal.goal or None, goal.month, goal.total, goal.unit)
            for goal in figures.goals
        ),
        courses=tuple(
            paper.CourseLine(
                name=unit.course.detail.course.name,
                track=unit.course.detail.course.track,
                start=unit.unit.start,
                end=unit.unit.end,
                enrolled=unit.enrolled,
                rate="" if unit.average_rate is None else str(unit.average_rate),
                at_risk=unit.at_risk,
                state="종료" if unit.ended else "진행",
            )
            for unit in figures.units
        ),
        pay=tuple(
            report_money.PayLine(
                course=unit.course.detail.course.name,
                unit_no=unit.unit.no,
                people=unit.pay.people,
                paid_people=unit.pay.paid_people,
                amount=unit.pay.amount,
                state=unit.pay.state.label,
            )
            for unit in figures.units
            if unit.pay is not None
        ),
        approval=desk.office.approval,
        recruitment=tuple(
            paper.RecruitLine(
                track.value,
                *(
                    (stages[stage] - figures.stages_before[track][stage], stages[stage])
                    for stage in (Stage.APPLIED, Stage.SELECTED, Stage.ENROLLED, Stage.COMPLETED)
                ),
            )
            for track, stages in figures.stages.items()
        ),
        rounds=tuple(
            paper.RoundLine(
                name=line.row.name,
                opens=line.row.opens,
                closes=line.row.closes,
                track=line.track,
                places=line.places,
                applied=line.came[Stage.APPLIED],
                selected=line.came[Stage.SELECTED],
                waitlisted=line.waitlisted,
                enrolled=line.came[Stage.ENROLLED],
                state=RoundState(line.row.state).label,
            )
            for figure in figures.rounds
            for line in figure.lines()
        ),
        outcomes=tuple(
            _outcome_line(course)
            for course in figures.courses
            if course.outcomes
            and figures.start <= (course.detail.course.closed_on or course.detail.course.end)
        ),
        companies=tuple(
            CompanyLine(
                one.kind,
                one.goal or None,
                (one.applied_month, one.applied),
                (one.selected_month, one.selected),
                one.reserve,
                one.answered,
            )
            for one in figures.companies
        ),
        placements=tuple(
            PlacementLine(
                one.track,
                one.companies,
                one.positions,
                one.seats,
                one.people,
                (one.placed_month, one.placed),
                one.ended,
            )
            for one in figures.placements
        ),
        internships=report_lines.internships(figures),
        claims=report_lines.claims(figures),
        visits=report_lines.visits(figures),
        steps=report_lines.steps(figures),
        budget=tuple(
            report_money.BudgetLine(one.item, one.granted, one.spent, one.balance) for one in figures.budget
        ),
        adjustments=tuple(
            report_money.AdjustmentLine(one.item, one.unit, one.month, one.total)
            for one in figures.adjustments
        ),
    )
    provisional = bool(open_points.survey_points(desk, month))
    return paper.to_paper(values, making.stamp(provisional=provisional))


def _outcome_line(course: CourseFigure) -> OutcomeLine:
    from regional_desk.documents.monthly_report import OutcomeLine  # noqa: PLC0415 - only where it is made

    counted = course.outcomes
    there = sum(people for outcome, people in counted.items() if outcome.counts)
    return OutcomeLine(
        name=course.detail.course.name,
        enrolled=course.enrolled,
        completed=counted[Outcome.COMPLETED],
        employed_early=counted[Outcome.EMPLOYED_EARLY],
        incomplete=counted[Outcome.INCOMPLETE],
        dropped=counted[Outcome.DROPPED],
        dismissed=counted[Outcome.DISMISSED],
        withdrawn=counted[Outcome.WITHDRAWN],
        rate=str(half_up(counted[Outcome.COMPLETED] * 100, there, 1)) if there else "",
    )


MAKERS: dict[str, Maker] = {"monthly-report": _monthly_report}
