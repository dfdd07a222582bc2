"""Asks which rows of a list are meant: the people or the positions that could enter a round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table

Row = TypeVar("Row")
_SIZE = (620, 520)


class ChooseDialog(QDialog, Generic[Row]):
    """A table; Ctrl+A chooses everything."""

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        title: str,
        columns: Sequence[Column[Row]],
        rows: Sequence[Row],
        *,
        empty: str,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        size = context.theme.size
        parts.fit_window(self, parent, size(_SIZE[0]), size(_SIZE[1]))
        self.table: Table[Row] = Table(columns, context.colour, empty=empty, name=title, scale=size)
        self.count = parts.muted()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("넣기")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        layout = QVBoxLayout(self)
        everything = parts.button("모두 고르기", self.table.view.selectAll, tip="Ctrl+A")
        layout.addLayout(parts.row(self.count, None, everything))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.buttons)
        self.table.set_rows(rows)
        everything.setEnabled(bool(rows))
        self.table.view.selectionModel().selectionChanged.connect(lambda _new, _old: self._show_count())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._show_count()

    def ask(self) -> tuple[Row, ...]:
        """The rows chosen, none where the person thought better of it."""
        sure = self.exec() == QDialog.DialogCode.Accepted
        chosen = self.table.selected()
        self.deleteLater()
        return chosen if sure else ()

    def _show_count(self) -> None:
        chosen = len(self.table.selected())
        self.count.setText(f"{len(self.table.model.rows)} 가운데 {chosen} 고름")
        self.ok.setEnabled(chosen > 0)
