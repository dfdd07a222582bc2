"""Which column of the file is which field: found by the program, put right by the person."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from regional_desk.domain.masking import Masking
from regional_desk.services.importing.imports import FIELDS, ImportResult, Opened

_TITLES = ("파일의 열", "첫 값", "항목")
_UNUSED = "쓰지 않음"
_FIELD = 2


class MappingTable(QTableWidget):
    """One row a heading; the last column chooses the field. Date columns are read by themselves and left out."""

    changed = Signal()

    def __init__(self, scale: Callable[[int], int], parent: QWidget | None = None) -> None:
        super().__init__(0, len(_TITLES), parent)
        self._scale = scale
        self._combos: dict[str, QComboBox] = {}
        self._samples: list[str] = []
        self.setAccessibleName("열 맞추기")
        self.setHorizontalHeaderLabels(list(_TITLES))
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its combos take the focus
        self.setColumnWidth(0, scale(120))
        self.setColumnWidth(1, scale(110))
        self.horizontalHeader().setSectionResizeMode(_FIELD, QHeaderView.ResizeMode.Stretch)

    def set_opened(self, opened: Opened) -> None:
        """Show a file's headings."""
        self.clear_rows()
        layout, fields = opened.layout, FIELDS[opened.kind]
        places = {
            heading: at
            for at, heading in reversed(tuple(enumerate(layout.headings)))
            if heading and not is_date(opened.kind, heading)
        }
        for heading, at in sorted(places.items(), key=lambda place: place[1]):
            row = self.rowCount()
            self.insertRow(row)
            self.setRowHeight(row, self._scale(36))
            sample = _sample(opened, at)
            if layout.mapping[at] == "account":
                sample = Masking.MASKED.show_account(sample)
            self._samples.append(sample)
            self.setItem(row, 0, QTableWidgetItem(heading))
            self.setItem(row, 1, QTableWidgetItem())
            self._add_combo(row, heading, layout.mapping[at], list(fields.synonyms), fields.label)

    def clear_rows(self) -> None:
        """Show no file."""
        self.setRowCount(0)
        self._combos.clear()
        self._samples.clear()

    def show_samples(self, *, on: bool) -> None:
        """Show each column's first value beside it, or nothing of it."""
        for row, sample in enumerate(self._samples):
            text = sample if on else "***"
            item = self.item(row, 1)
            if item is not None:
                item.setText(text)
                item.setToolTip(text)

    def samples(self) -> list[str]:
        """The first values as shown."""
        return [self.model().index(row, 1).data() for row in range(self.rowCount())]

    def mapping(self) -> dict[str, str]:
        """Heading → field, empty where a column is not used."""
        return {heading: str(combo.currentData()) for heading, combo in self._combos.items()}

    def choose(self, heading: str, field: str) -> None:
        """Take a heading for a field."""
        combo = self._combos[heading]
        combo.setCurrentIndex(combo.findData(field))

    def _add_combo(
        self, row: int, heading: str, field: str, fields: list[str], label: Callable[[str], str]
    ) -> None:
        combo = QComboBox()
        combo.setAccessibleName(f"{heading} 열의 항목")
        combo.addItem(_UNUSED, "")
        for one in fields:
            combo.addItem(label(one), one)
        combo.setCurrentIndex(max(0, combo.findData(field)))
        combo.currentIndexChanged.connect(lambda _at: self._on_chosen(heading))
        self._combos[heading] = combo
        self.setCellWidget(row, _FIELD, combo)

    def _on_chosen(self, heading: str) -> None:
        """A field has one column: the one chosen last."""
        field = self._combos[heading].currentData()
        for other, combo in self._combos.items():
            if field and other != heading and combo.currentData() == field:
                blocker = QSignalBlocker(combo)
                combo.setCurrentIndex(0)
                blocker.unblock()
        self.changed.emit()


def is_date(kind: str, heading: str) -> bool:
    """Whether a heading of an attendance sheet is a date; such columns need no field."""
    return kind == "attendance" and heading[:1].isdecimal()


def words(opened: Opened | None, result: ImportResult | None) -> tuple[str, str]:
    """The date columns, and the words found under them with how often."""
    headings = opened.layout.headings if opened else ()
    dates = [heading for heading in headings if opened and is_date(opened.kind, heading)]
    legend = " · ".join(f"{word} {times}" for word, times in (result.legend if result else ()))
    told = f"날짜 열 {len(dates)}개: {dates[0]} … {dates[-1]}" if dates else ""
    return told, f"표시: {legend}" if legend else ""


def _sample(opened: Opened, column: int) -> str:
    """The first value under a heading."""
    layout = opened.layout
    for row in opened.sheet.rows[layout.row + layout.height :]:
        value = row[column] if column < len(row) else None
        if value is not None and str(value).strip():
            return str(value)
    return ""
