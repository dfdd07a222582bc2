"""Who changes by an act on a course's days: before and after, and the difference in won."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import won
from regional_desk.services.training.course_days import PersonChange

Row = TypeVar("Row")


def change_table(
    colour: Callable[[str], str], scale: Callable[[int], int], masking: Masking
) -> Table[PersonChange]:
    """The table of a preview."""
    return Table(
        change_columns(lambda row: row, masking),
        colour,
        empty="바뀌는 사람이 없습니다.",
        name="바뀌는 사람",
        scale=scale,
        filtered=False,
    )


def change_columns(of: Callable[[Row], PersonChange], masking: Masking) -> tuple[Column[Row], ...]:
    """The columns of one person's change, which `of` finds in a row."""
    return (
        Column("번호", lambda row: str(of(row).number), lambda row: of(row).number, "right", 50),
        Column("성명", lambda row: masking.show_name(of(row).name), width=80),
        Column("단위", lambda row: str(of(row).unit_no), lambda row: of(row).unit_no, "right", 45),
        Column("훈련일", lambda row: _pair(of(row).days_before, of(row).days_after), width=90),
        Column("출석률(%)", lambda row: _pair(of(row).rate_before, of(row).rate_after), width=120),
        Column(
            "수당(원)",
            lambda row: f"{_won(of(row).amount_before)} → {_won(of(row).amount_after)}",
            width=160,
        ),
        Column(
            "차이(원)",
            lambda row: f"{difference(of(row)):+,}",
            lambda row: difference(of(row)),
            "right",
            90,
            tone=lambda row: "bad" if difference(of(row)) < 0 else None,
        ),
    )


def difference(row: PersonChange) -> int:
    """Won after less won before."""
    return (row.amount_after or 0) - (row.amount_before or 0)


def _pair(before: object, after: object) -> str:
    return " → ".join("–" if value is None else str(value) for value in (before, after))


def _won(amount: int | None) -> str:
    return "–" if amount is None else won(amount)
