"""The columns of today's people at the check-in."""

from __future__ import annotations

from dataclasses import dataclass

from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.domain.attendance import show_cell
from regional_desk.services.attendance.check_in import Standing


@dataclass(frozen=True, slots=True)
class Line:
    """A trainee in the list; `over` once the class' lessons ended."""

    row: Standing
    over: bool


def columns(context: Context) -> tuple[Column[Line], ...]:
    """Class, number, name, the day so far and the record."""

    def tone(line: Line) -> str | None:
        if line.row.inside and line.over:
            return "warn"
        return "muted" if not line.row.came else None

    return (
        Column("반", lambda line: line.row.who.course, width=220),
        Column("번호", lambda line: str(line.row.who.number), lambda line: line.row.who.number, "right", 55),
        Column(
            "성명",
            lambda line: context.masking.show_name(line.row.who.name),
            lambda line: line.row.who.name,
            width=110,
        ),
        Column("오늘", lambda line: line.row.words or "· 안 옴", width=220, tone=tone),
        Column("기록", lambda line: show_cell(line.row.cell), width=160),
    )
