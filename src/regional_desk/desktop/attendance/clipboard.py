"""Copy to Excel and paste from it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from regional_desk.desktop.attendance.grid_model import GridModel
from regional_desk.desktop.attendance.grid_view import Place
from regional_desk.domain.attendance import EMPTY, Cell, read_cell, show_cell
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import korean_date
from regional_desk.errors import Item, Refusal
from regional_desk.services.attendance.attendance import CellChange


def copy_cells(model: GridModel, places: Sequence[Place]) -> None:
    """Put cells on the clipboard as Excel reads them; 미입력 is an empty cell."""
    rows: dict[int, list[str]] = {}
    for place in places:
        cell = model.rows[place.row].cells[place.day]
        rows.setdefault(place.row, []).append("" if cell in (None, EMPTY) else show_cell(cell or EMPTY))
    QApplication.clipboard().setText("\n".join("\t".join(row) for row in rows.values()))


def pasted_changes(model: GridModel, start: Place, text: str) -> list[CellChange]:
    """What Excel put on the clipboard, from a cell on; empty cells and days nobody records say nothing.

    Raises Refusal naming each cell that cannot be read.
    """
    found: list[CellChange] = []
    problems: list[Item] = []
    known: dict[str, Cell | Refused] = {}
    days = len(model.days)
    for down, line in enumerate(text.rstrip("\n").split("\n")):
        at = start.row + down
        if at >= len(model.rows):
            break
        row = model.rows[at]
        for day, word in enumerate(line.rstrip("\r").split("\t"), start=start.day):
            if day >= days or not word.strip() or row.cells[day] is None:
                continue
            if word not in known:
                try:
                    known[word] = read_cell(word)
                except Refused as refused:
                    known[word] = refused
            cell = known[word]
            if isinstance(cell, Refused):
                problems.append(Item(f"{row.name} {korean_date(model.days[day].day)}", str(cell)))
            else:
                found.append(CellChange(row.trainee, model.days[day].day, cell))
    if problems:
        raise Refusal(
            f"{len(problems)}칸을 읽을 수 없어 아무것도 붙여넣지 않았습니다.", items=tuple(problems)
        )
    return found
