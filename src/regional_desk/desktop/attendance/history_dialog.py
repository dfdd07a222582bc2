"""What was ever recorded in one cell, by whom and when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.services.attendance.cell_history import HistoryLine

_WIDTH, _HEIGHT = 620, 340


class HistoryDialog(QDialog):
    """The changes of one cell, newest first."""

    def __init__(
        self, context: Context, heading: str, lines: Sequence[HistoryLine], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("칸 이력")
        parts.fit_window(self, parent, context.theme.size(_WIDTH), context.theme.size(_HEIGHT))
        self.table: Table[HistoryLine] = Table(
            (
                Column("언제", lambda line: f"{line.at:%Y-%m-%d %H:%M:%S}", width=150),
                Column("누가", lambda line: line.by, width=90),
                Column("무엇을", lambda line: f"{line.old} → {line.new}", width=320),
            ),
            context.colour,
            empty="바뀐 기록이 없습니다.",
            name="칸 이력",
            scale=context.theme.size,
            filtered=False,
        )
        self.table.set_rows(tuple(reversed(lines)))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText("닫기")
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(parts.heading(heading))
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)

    @classmethod
    def ask(
        cls, context: Context, heading: str, lines: Sequence[HistoryLine], parent: QWidget | None
    ) -> None:
        """Show them until the person closes it."""
        dialog = cls(context, heading, lines, parent)
        dialog.exec()
        dialog.deleteLater()
