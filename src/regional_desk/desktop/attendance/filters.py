"""Which trainees the grid shows: everyone, or those with something to do; the choice is remembered on this PC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QWidget

from regional_desk.desktop.attendance.grid_model import is_risky
from regional_desk.desktop.preferences import Preferences
from regional_desk.domain.attendance import Evidence, Status
from regional_desk.services.attendance.attendance import Grid, GridRow

_PREFERENCE = "grid_filter"
Test = Callable[[Grid, GridRow, dt.date], bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to look: `wanted` None shows everyone."""

    key: str
    label: str
    wanted: Test | None = None


def _unset(grid: Grid, row: GridRow, _today: dt.date) -> bool:
    return any(
        cell is not None and cell.status is Status.UNRECORDED and not column.coming
        for column, cell in zip(grid.days, row.cells, strict=True)
    )


def _unset_today(grid: Grid, row: GridRow, today: dt.date) -> bool:
    return any(
        column.day == today and cell is not None and cell.status is Status.UNRECORDED
        for column, cell in zip(grid.days, row.cells, strict=True)
    )


def _without_evidence(_grid: Grid, row: GridRow, _today: dt.date) -> bool:
    return any(
        cell is not None and cell.status is Status.EXCUSED and cell.evidence is Evidence.MISSING
        for cell in row.cells
    )


FILTERS: tuple[Filter, ...] = (
    Filter("all", "모두 보기"),
    Filter("unset", "미입력", _unset),
    Filter("today", "오늘 미입력", _unset_today),
    Filter("risky", "위험·제적 대상", lambda _grid, row, _today: is_risky(row) or bool(row.dismissal)),
    Filter("evidence", "증빙 미제출", _without_evidence),
    Filter("signs", "비고·증빙·정정", lambda grid, row, _today: row.trainee in grid.signs),
)


class FilterBox(QComboBox):
    """Chooses one of FILTERS."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("보이는 교육생")
        self.setToolTip("F3 — 고른 것은 이 PC에 남습니다.")
        for one in FILTERS:
            self.addItem(one.label, one.key)
        self.setCurrentIndex(max(0, self.findData(preferences.get(_PREFERENCE, FILTERS[0].key))))
        self.currentIndexChanged.connect(lambda _at: preferences.set(_PREFERENCE, self.currentData()))

    @property
    def chosen(self) -> Filter:
        """The filter in force."""
        return FILTERS[self.currentIndex()]

    def show_all(self) -> None:
        """Back to everyone, for who looks for one person."""
        self.setCurrentIndex(0)

    def test(self, grid: Grid, today: dt.date) -> Callable[[GridRow], bool] | None:
        """Whether a row is shown; None where all are."""
        wanted = self.chosen.wanted
        return None if wanted is None else lambda row: wanted(grid, row, today)
