"""A month's figures of companies and placements, for the paper, the package and the screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.company_selection import UNIT, ParticipationState
from regional_desk.domain.people import Track
from regional_desk.store import placement_reports as store
from regional_desk.store.company_ratings import AppliedRow, list_applied, list_goals
from regional_desk.store.placements import count_placed

NO_KIND = "미정"
"""What the kind of a company is called whose kind nobody wrote down yet."""


@dataclass(frozen=True, slots=True)
class GoalFigure:
    """One item against its goal (0 where none is set), in people or in `unit`."""

    item: str
    goal: int
    month: int
    total: int
    unit: str = "명"


@dataclass(frozen=True, slots=True)
class CompanyFigure:
    """The companies of a kind: the goal, who applied and was selected this month and in total, 예비, and surveys."""

    kind: str
    goal: int
    applied_month: int
    applied: int
    selected_month: int
    selected: int
    reserve: int
    answered: int


@dataclass(frozen=True, slots=True)
class PlacementFigure:
    """One track: what the selected companies offer, who took part in published rounds, who is placed, what ended."""

    track: str
    companies: int
    positions: int
    seats: int
    people: int
    placed_month: int
    placed: int
    ended: int


def company_figures(
    connection: sa.Connection, year: int, start: dt.date, until: dt.date
) -> tuple[CompanyFigure, ...]:
    """The figures to the end of `until`, a kind with none of them left out.

    An application counts from its day on, taken back or not; a selection from the day of the decision while it holds.
    """
    rows = list_applied(connection, year)
    goals = {goal.kind: goal.companies for goal in list_goals(connection, year)}
    answered = store.count_answered(connection, year, until)
    kinds = (*(kind.value for kind in CompanyKind), None)
    found = (
        _figure(
            kind or NO_KIND,
            goals.get(kind or NO_KIND, 0),
            [row for row in rows if row.kind == kind],
            answered.get(kind, 0),
            (start, until),
        )
        for kind in kinds
    )
    return tuple(one for one in found if one.goal or one.applied or one.answered)


def placement_figures(
    connection: sa.Connection, year: int, start: dt.date, until: dt.date
) -> tuple[PlacementFigure, ...]:
    """The figures of each track to the end of `until`; empty while the year has neither positions nor rounds."""
    offers = store.count_offers(connection, year, until)
    people = store.count_matched(connection, year, until)
    placed = count_placed(connection, year, until)
    this_month = count_placed(connection, year, until, start)
    ended = store.count_ended(connection, year, until)
    if not offers and not people:
        return ()
    nothing = store.OfferCount(0, 0, 0)
    found = []
    for track in Track:
        offer = offers.get(track, nothing)
        found.append(
            PlacementFigure(
                track.value,
                offer.companies,
                offer.positions,
                offer.seats,
                people.get(track, 0),
                this_month.get(track, 0),
                placed.get(track, 0),
                ended.get(track, 0),
            )
        )
    return tuple(found)


def company_goals(companies: tuple[CompanyFigure, ...]) -> tuple[GoalFigure, ...]:
    """Selected companies by kind against the region's goal. Placed people stand in a table of their own: they have none."""
    return tuple(
        GoalFigure(f"참여기업 선정 {one.kind}", one.goal, one.selected_month, one.selected, UNIT)
        for one in companies
    )


def _figure(
    kind: str, goal: int, rows: list[AppliedRow], answered: int, span: tuple[dt.date, dt.date]
) -> CompanyFigure:
    start, until = span
    applied = [row.applied_on for row in rows if row.applied_on <= until]
    decided = [row for row in rows if row.decided_on is not None and row.decided_on <= until]
    selected = [row for row in decided if row.state == ParticipationState.SELECTED]
    return CompanyFigure(
        kind=kind,
        goal=goal,
        applied_month=sum(start <= day for day in applied),
        applied=len(applied),
        selected_month=sum(row.decided_on is not None and start <= row.decided_on for row in selected),
        selected=len(selected),
        reserve=sum(row.state == ParticipationState.RESERVE for row in decided),
        answered=answered,
    )
