"""저장된 열 맞춤: which heading of a sender's files means which field, changed or forgotten."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.errors import UserError
from regional_desk.services.importing import import_layouts
from regional_desk.services.importing.imports import FIELDS, KIND_LABELS
from regional_desk.store.imports import LayoutRow

_UNUSED = "쓰지 않음"
_EMPTY = "저장된 열 맞춤이 없습니다. 파일을 가져오면 그 열 맞춤이 여기에 남습니다."


class LayoutList(QWidget):
    """The saved mappings; the chosen one with its headings, their fields and the sender."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._desk, self._scale = context.desk, context.theme.size
        self._rows: tuple[LayoutRow, ...] = ()
        self._combos: dict[str, QComboBox] = {}
        self.notice = parts.Notice()
        self.list = QListWidget()
        self.list.setAccessibleName("저장된 열 맞춤")
        self.list.setSpacing(4)
        self.list.currentRowChanged.connect(lambda _at: self._show())
        self.sent_by = QLineEdit()
        self.sent_by.setAccessibleName("보낸 곳")
        self.sent_by.setPlaceholderText("보낸 곳(예: 고용센터)")
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName("열과 항목")
        self.table.setHorizontalHeaderLabels(["파일의 열", "항목"])
        self.table.verticalHeader().hide()
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its combos take the focus
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setColumnWidth(0, self._scale(220))
        self.save_button = parts.button("고친 대로 저장", self.save, primary=True)
        self.forget_button = parts.button("이 열 맞춤 지우기", self.forget)
        self._empty = parts.muted(_EMPTY)
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        try:
            self._rows = import_layouts.list_layouts(self._desk)
        except UserError as error:
            self.notice.show_error(error)
        self.list.clear()
        for row in self._rows:
            item = QListWidgetItem(f"{KIND_LABELS[row.kind]}: {import_layouts.name_of(row)}")
            item.setToolTip(", ".join(row.mapping))
            self.list.addItem(item)
        self.list.setCurrentRow(0 if self._rows else -1)
        self._empty.setVisible(not self._rows)
        self._show()

    def choose(self, heading: str, field: str) -> None:
        """Take a heading of the shown mapping for a field."""
        combo = self._combos[heading]
        combo.setCurrentIndex(combo.findData(field))

    def save(self) -> None:
        """Keep the mapping as it stands on screen."""
        row = self._chosen()
        if row is not None:
            mapping = {heading: str(combo.currentData()) for heading, combo in self._combos.items()}
            sender = self.sent_by.text()
            self._do(lambda: import_layouts.change(self._desk, row, mapping, sender))

    def forget(self) -> None:
        """Keep the chosen mapping no longer."""
        row = self._chosen()
        if row is not None:
            self._do(lambda: import_layouts.forget(self._desk, row))

    def _build(self) -> None:
        right = QVBoxLayout()
        right.addLayout(parts.row(QLabel("보낸 곳"), self.sent_by))
        right.addWidget(self.table, 1)
        body = parts.row(self.list)
        body.addLayout(right)
        body.setStretch(0, 2)
        body.setStretch(1, 3)
        layout = QVBoxLayout(self)
        layout.addWidget(self.notice)
        layout.addWidget(self._empty)
        layout.addLayout(body, 1)
        layout.addLayout(parts.row(None, self.forget_button, self.save_button))

    def _do(self, act: Callable[[], object]) -> None:
        at = self.list.currentRow()
        self.notice.hide()
        try:
            act()
        except UserError as error:
            self.notice.show_error(error)
            return
        self.refresh()
        self.list.setCurrentRow(min(at, len(self._rows) - 1))

    def _chosen(self) -> LayoutRow | None:
        at = self.list.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _show(self) -> None:
        row = self._chosen()
        self._combos.clear()
        self.table.setRowCount(0)
        self.sent_by.setText((row.sender or "") if row else "")
        for widget in (self.save_button, self.forget_button, self.sent_by, self.table):
            widget.setEnabled(row is not None)
        if row is None:
            return
        self.table.setRowCount(len(row.mapping))
        for at, (heading, field) in enumerate(row.mapping.items()):
            self.table.setRowHeight(at, self._scale(36))
            item = QTableWidgetItem(heading)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.table.setItem(at, 0, item)
            self.table.setCellWidget(at, 1, self._combo(row.kind, heading, field))

    def _combo(self, kind: str, heading: str, field: str) -> QComboBox:
        combo, fields = QComboBox(), FIELDS[kind]
        combo.setAccessibleName(f"{heading} 열의 항목")
        combo.addItem(_UNUSED, "")
        for one in fields.synonyms:
            combo.addItem(fields.label(one), one)
        combo.setCurrentIndex(max(0, combo.findData(field)))
        self._combos[heading] = combo
        return combo
