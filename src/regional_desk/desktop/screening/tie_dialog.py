"""Asks in which order people of equal rank stand, and why: no rule of the round told them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts

_ID = Qt.ItemDataRole.UserRole
_WIDTH, _LIST_HEIGHT = 460, 110
_WORDS = "정한 동점 기준으로도 가려지지 않았습니다. 협의한 차례대로 놓고 사유를 적으십시오. 결과를 정할 때 함께 남습니다."


@dataclass(frozen=True, slots=True)
class TieAnswer:
    """The applications in the order decided, and why."""

    order: tuple[UUID, ...]
    reason: str


class TieDialog(QDialog):
    """A list a group, each moved up and down."""

    def __init__(
        self, parent: QWidget | None, groups: Sequence[Sequence[tuple[UUID, str]]], unit: str = "명"
    ) -> None:
        super().__init__(parent)
        self._unit = unit
        self.setWindowTitle("동점 차례 정하기")
        self.setMinimumWidth(_WIDTH)
        self.lists: list[QListWidget] = []
        self.reason = QLineEdit()
        self.reason.setAccessibleName("사유")
        layout = QVBoxLayout(self)
        layout.addWidget(parts.muted(_WORDS))
        for group in groups:
            layout.addLayout(self._group(group))
            layout.addWidget(self.lists[-1])
        layout.addWidget(parts.muted("사유"))
        layout.addWidget(self.reason)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("이대로")
        self.ok.setEnabled(False)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.reason.textChanged.connect(lambda text: self.ok.setEnabled(bool(text.strip())))
        layout.addWidget(buttons)

    @classmethod
    def ask(
        cls, parent: QWidget | None, groups: Sequence[Sequence[tuple[UUID, str]]], unit: str = "명"
    ) -> TieAnswer | None:
        """The order, None where the person thought better of it; `unit` is the Korean counter."""
        dialog = cls(parent, groups, unit)
        sure = dialog.exec() == QDialog.DialogCode.Accepted
        answer = dialog.answer()
        dialog.deleteLater()
        return answer if sure else None

    def answer(self) -> TieAnswer:
        """What stands in the lists."""
        order = tuple(shown.item(at).data(_ID) for shown in self.lists for at in range(shown.count()))
        return TieAnswer(order, self.reason.text().strip())

    def move_person(self, shown: QListWidget, by: int) -> None:
        """Put the chosen person one place up or down."""
        at = shown.currentRow()
        to = at + by
        if at < 0 or not 0 <= to < shown.count():
            return
        shown.insertItem(to, shown.takeItem(at))
        shown.setCurrentRow(to)

    def _group(self, group: Sequence[tuple[UUID, str]]) -> QHBoxLayout:
        shown = QListWidget()
        shown.setAccessibleName("동점")
        shown.setFixedHeight(_LIST_HEIGHT)
        for one, name in group:
            item = QListWidgetItem(name)
            item.setData(_ID, one)
            shown.addItem(item)
        shown.setCurrentRow(0)
        self.lists.append(shown)
        return parts.row(
            parts.heading(f"동점 {len(group)}{self._unit}"),
            None,
            parts.button("위로", lambda: self.move_person(shown, -1)),
            parts.button("아래로", lambda: self.move_person(shown, 1)),
        )
