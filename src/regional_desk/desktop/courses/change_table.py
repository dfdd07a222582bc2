"""Who changes by an act on a course's days: before and after, and the difference in won."""

from __future__ import annotations

from collections.abc import Callable

from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import won
from regional_desk.services.training.course_days import PersonChange


def change_table(
    colour: Callable[[str], str], scale: Callable[[int], int], masking: Masking
) -> Table[PersonChange]:
    """The table of a preview."""
    return Table(
        (
            Column("번호", lambda row: str(row.number), lambda row: row.number, "right", 50),
            Column("성명", lambda row: masking.show_name(row.name), width=80),
            Column("단위", lambda row: str(row.unit_no), lambda row: row.unit_no, "right", 45),
            Column("훈련일", lambda row: f"{_text(row.days_before)} → {_text(row.days_after)}", width=90),
            Column("출석률(%)", lambda row: f"{_text(row.rate_before)} → {_text(row.rate_after)}", width=120),
            Column(
                "수당(원)", lambda row: f"{_won(row.amount_before)} → {_won(row.amount_after)}", width=160
            ),
            Column("차이(원)", lambda row: f"{difference(row):+,}", difference, "right", 90, tone=_tone),
        ),
        colour,
        empty="바뀌는 사람이 없습니다.",
        name="바뀌는 사람",
        scale=scale,
        filtered=False,
    )


def difference(row: PersonChange) -> int:
    """Won after less won before."""
    return (row.amount_after or 0) - (row.amount_before or 0)


def _tone(row: PersonChange) -> str | None:
    return "bad" if difference(row) < 0 else None


def _text(value: object) -> str:
    return "–" if value is None else str(value)


def _won(amount: int | None) -> str:
    return "–" if amount is None else won(amount)
