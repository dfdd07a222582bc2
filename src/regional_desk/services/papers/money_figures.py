"""A month's figures of the budget, of what was entered late and corrected, and of what was asked back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from regional_desk.domain.settlement import BudgetItem
from regional_desk.services.pay import budget
from regional_desk.store import adjustments

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BudgetFigure:
    """One item of the budget to the month's end, in won."""

    item: str
    granted: int
    spent: int
    balance: int


@dataclass(frozen=True, slots=True)
class AdjustmentFigure:
    """What was entered late, corrected or asked back: this month and in total, in `unit` (건 or 원)."""

    item: str
    unit: str
    month: int
    total: int


def budget_figures(connection: sa.Connection, year: int, end: dt.date) -> tuple[BudgetFigure, ...]:
    """The items with a grant; a month still to come is measured by its own last day, for a unit belongs to where it ends."""
    found = ((item, budget.balance(connection, year, item, end)) for item in BudgetItem)
    return tuple(
        BudgetFigure(item.label, money.granted, money.spent, money.left)
        for item, money in found
        if money.known
    )


def adjustment_figures(
    connection: sa.Connection, year: int, start: dt.date, end: dt.date
) -> tuple[AdjustmentFigure, ...]:
    """What was entered late, corrected and asked back to the end of a day, this month's since `start` beside it."""
    figures = []
    for item, unit, counted in (
        ("출석입력요청", "건", adjustments.late_entries),
        ("출결 정정 승인", "건", adjustments.corrections),
        ("환수 청구", "원", adjustments.asked_back),
        ("환수 받음", "원", adjustments.came_back),
    ):
        total = counted(connection, year, end)
        figures.append(AdjustmentFigure(item, unit, total - counted(connection, year, start - _DAY), total))
    return tuple(figures)
