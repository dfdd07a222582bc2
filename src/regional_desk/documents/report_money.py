"""The lines of the 월 운영실적보고 on the allowance, the budget, and what was corrected or asked back."""

from __future__ import annotations

from dataclasses import dataclass

from regional_desk.documents.paper import Align, Column, FootRow, Table, Value
from regional_desk.domain.rounding import half_up

_ROW, _SIZE = 6.0, 9.0


@dataclass(frozen=True, slots=True)
class PayLine:
    """One unit's allowance; `amount` in won."""

    course: str
    unit_no: int
    people: int
    paid_people: int
    amount: int
    state: str


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One item of the budget to the month's end, in won."""

    item: str
    granted: int
    spent: int
    balance: int


@dataclass(frozen=True, slots=True)
class AdjustmentLine:
    """What was entered late, corrected or asked back: `unit` 건 or 원, this month and in total."""

    item: str
    unit: str
    month: int
    total: int


def pay_table(lines: tuple[PayLine, ...]) -> Table:
    """The allowance of each unit, with a total."""
    columns = (
        Column("과정명", 58, Align.LEFT),
        Column("단위기간", 18),
        Column("대상(명)", 20, Align.RIGHT),
        Column("지급(명)", 20, Align.RIGHT),
        Column("금액(원)", 32, Align.RIGHT),
        Column("상태", 18),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (row.course, row.unit_no, row.people, row.paid_people, row.amount, row.state) for row in lines
    )
    total = (
        sum(row.people for row in lines),
        sum(row.paid_people for row in lines),
        sum(row.amount for row in lines),
        None,
    )
    foot = (FootRow("합  계", total),)
    return Table(columns, rows, row_height=_ROW, size=_SIZE, foot=foot, label_span=2, blank_below=not rows)


def budget_table(lines: tuple[BudgetLine, ...]) -> Table:
    """What was granted and spent of each item."""
    columns = (
        Column("항목", 45, Align.LEFT),
        Column("교부액(원)", 34, Align.RIGHT),
        Column("집행액(원)", 34, Align.RIGHT),
        Column("잔액(원)", 34, Align.RIGHT),
        Column("집행률(%)", 20, Align.RIGHT),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (row.item, row.granted, row.spent, row.balance, half_up(max(0, row.spent) * 100, row.granted, 1))
        for row in lines
    )
    return Table(columns, rows, row_height=_ROW, size=_SIZE, blank_below=False)


def adjustments_table(lines: tuple[AdjustmentLine, ...]) -> Table:
    """What was entered late, corrected and asked back."""
    columns = (
        Column("구분", 65, Align.LEFT),
        Column("단위", 18),
        Column("이번 달", 42, Align.RIGHT),
        Column("누계", 42, Align.RIGHT),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple((row.item, row.unit, row.month, row.total) for row in lines)
    return Table(columns, rows, row_height=_ROW, size=_SIZE, blank_below=False)
