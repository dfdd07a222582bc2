"""Asks for somebody's wishes in their order."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.store.matching_rounds import OfferRow

_ID = Qt.ItemDataRole.UserRole
_WIDTH = 480


class WishesDialog(QDialog):
    """The wishes, moved up and down; a combo with what may be added."""

    def __init__(
        self, parent: QWidget | None, name: str, offers: Sequence[OfferRow], wishes: Sequence[UUID]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{name}님의 희망순위")
        self.setMinimumWidth(_WIDTH)
        self._titles = {one.id: one.title for one in offers}
        self.list, self.offers = QListWidget(), QComboBox()
        self.list.setAccessibleName("희망순위, 위가 1순위")
        self.offers.setAccessibleName("더할 직무")
        for one in wishes:
            self._put(one)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("저장")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        add = parts.button("더하기", self.add)
        adding = parts.row(self.offers, add)
        adding.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(parts.muted("위에서부터 1순위입니다. Alt+위·아래 화살표로 옮기고 Del로 뺍니다."))
        layout.addWidget(self.list)
        layout.addLayout(
            parts.row(
                None,
                parts.button("위로", lambda: self.move_wish(-1), tip="Alt+Up"),
                parts.button("아래로", lambda: self.move_wish(1), tip="Alt+Down"),
                parts.button("빼기", self.drop, tip="Del"),
            )
        )
        layout.addLayout(adding)
        layout.addWidget(buttons)
        for keys, slot in (
            ("Alt+Up", lambda: self.move_wish(-1)),
            ("Alt+Down", lambda: self.move_wish(1)),
            ("Del", self.drop),
        ):
            QShortcut(QKeySequence(keys), self.list, slot, context=Qt.ShortcutContext.WidgetShortcut)
        self._list_offers()

    @classmethod
    def ask(
        cls, parent: QWidget | None, name: str, offers: Sequence[OfferRow], wishes: Sequence[UUID]
    ) -> tuple[UUID, ...] | None:
        """The wishes in their order, None where the person thought better of it."""
        dialog = cls(parent, name, offers, wishes)
        sure = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = dialog.chosen()
        dialog.deleteLater()
        return chosen if sure else None

    def chosen(self) -> tuple[UUID, ...]:
        """What stands in the list."""
        return tuple(self.list.item(at).data(_ID) for at in range(self.list.count()))

    def add(self) -> None:
        """Put the position in the combo after the others."""
        wanted = self.offers.currentData()
        if wanted:
            self._put(UUID(wanted))
            self.list.setCurrentRow(self.list.count() - 1)
            self._list_offers()

    def drop(self) -> None:
        """Take the wish under the cursor out."""
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())
            self._number()
            self._list_offers()

    def move_wish(self, by: int) -> None:
        """Put the wish under the cursor one place up or down."""
        at = self.list.currentRow()
        to = at + by
        if at < 0 or not 0 <= to < self.list.count():
            return
        self.list.insertItem(to, self.list.takeItem(at))
        self.list.setCurrentRow(to)
        self._number()

    def _number(self) -> None:
        """Each wish with its rank."""
        for at, one in enumerate(self.chosen()):
            self.list.item(at).setText(f"{at + 1}순위  {self._titles.get(one, '차수에 없는 직무')}")

    def _put(self, position: UUID) -> None:
        item = QListWidgetItem()
        item.setData(_ID, position)
        self.list.addItem(item)
        self._number()

    def _list_offers(self) -> None:
        wished = set(self.chosen())
        self.offers.clear()
        for one, title in self._titles.items():
            if one not in wished:
                self.offers.addItem(title, str(one))
