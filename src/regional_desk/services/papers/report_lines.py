"""The lines of the 월 운영실적보고 on internships and what follows, from a month's figures."""

from __future__ import annotations

from regional_desk.documents.report_internships import ClaimLine, InternshipLine, StepLine, VisitLine
from regional_desk.services.papers.reports import MonthFigures


def internships(figures: MonthFigures) -> tuple[InternshipLine, ...]:
    """The interns of each track."""
    return tuple(
        InternshipLine(
            one.track,
            one.active,
            (one.started_month, one.started),
            (one.completed_month, one.completed),
            (one.early_month, one.early),
            (one.converted_month, one.converted),
        )
        for one in figures.internships
    )


def claims(figures: MonthFigures) -> tuple[ClaimLine, ...]:
    """The month's claims of each track."""
    return tuple(
        ClaimLine(one.track, one.months, one.people, one.paid_people, one.held, one.amount, one.state.label)
        for one in figures.claims
    )


def visits(figures: MonthFigures) -> tuple[VisitLine, ...]:
    """The visits of each track and what was found."""
    return tuple(
        VisitLine(
            one.track,
            (one.planned_month, one.planned),
            (one.done_month, one.done),
            (one.cancelled_month, one.cancelled),
            one.overdue,
            (one.found_month, one.found),
            one.open,
            one.late,
        )
        for one in figures.visits
    )


def steps(figures: MonthFigures) -> tuple[StepLine, ...]:
    """The steps after training, all tracks together."""
    return tuple(
        StepLine(one.step.label, one.goal, one.month, one.total, one.part, one.base) for one in figures.steps
    )
