"""Asks which companies of the office's list applied, and on which day."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.shell import Context
from regional_desk.domain.companies import CompanyKind, show_business_number
from regional_desk.errors import UserError
from regional_desk.services.companies import participations

_ID = Qt.ItemDataRole.UserRole
_WIDTH, _HEIGHT = 520, 560
_WORDS = "신청서를 낸 기업에 표시하십시오. 명단에 없는 기업은 기업 화면에서 먼저 넣거나 가져오십시오."


class ApplyDialog(QDialog):
    """The companies of a kind without an application, each with a mark; refusals stand in it."""

    def __init__(self, parent: QWidget | None, context: Context, kind: CompanyKind) -> None:
        super().__init__(parent)
        self._desk = context.desk
        self.setWindowTitle(f"{kind.value}기업 참여신청 받기")
        parts.fit_window(self, parent, context.theme.size(_WIDTH), context.theme.size(_HEIGHT))
        self.wanted, self.companies, self.memo = QLineEdit(), QListWidget(), QLineEdit()
        self.wanted.setPlaceholderText("걸러 보기")
        self.wanted.setAccessibleName("기업 걸러 보기")
        self.wanted.setClearButtonEnabled(True)
        self.companies.setAccessibleName("신청이 없는 기업")
        self.companies.setSpacing(2)
        self.on = QDateEdit()
        self.on.setCalendarPopup(True)
        self.on.setDisplayFormat("yyyy. M. d.")
        today = self._desk.clock.today()
        put_day(self.on, today, last=today)
        self.notice = parts.Notice()
        self.count = parts.muted()
        self._fill(kind)
        form = QFormLayout()
        for label, field in (("신청일", self.on), ("메모", self.memo)):
            field.setAccessibleName(label)
            form.addRow(label, field)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("신청 받기")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        everyone = parts.button("모두 표시", lambda: self._mark_shown(Qt.CheckState.Checked))
        nobody = parts.button("모두 지움", lambda: self._mark_shown(Qt.CheckState.Unchecked))
        layout = QVBoxLayout(self)
        layout.addWidget(parts.muted(_WORDS))
        layout.addLayout(parts.row(self.wanted, everyone, nobody))
        layout.addWidget(self.companies, 1)
        layout.addWidget(self.count)
        layout.addLayout(form)
        layout.addWidget(self.notice)
        layout.addWidget(buttons)
        self.wanted.textChanged.connect(self._on_find)
        self.companies.itemChanged.connect(lambda _item: self._count())
        self._count()

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, kind: CompanyKind) -> bool:
        """Whether applications were taken in."""
        dialog = cls(parent, context, kind)
        sure = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return sure

    def chosen(self) -> list[UUID]:
        """The companies marked."""
        return [item.data(_ID) for item in self._items() if item.checkState() is Qt.CheckState.Checked]

    def save(self) -> None:
        """Take the applications in; a refusal is shown and the marks stay."""
        self.notice.hide()
        try:
            participations.apply(self._desk, self.chosen(), day_of(self.on), self.memo.text())
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()

    def _fill(self, kind: CompanyKind) -> None:
        for row in participations.without_application(self._desk):
            if row.kind == kind.value:
                item = QListWidgetItem(f"{row.name}   {show_business_number(row.business_number)}")
                item.setData(_ID, row.id)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
                self.companies.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.companies.item(at) for at in range(self.companies.count())]

    def _mark_shown(self, state: Qt.CheckState) -> None:
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(state)

    def _on_find(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.strip().casefold() not in item.text().casefold())

    def _count(self) -> None:
        marked = len(self.chosen())
        self.count.setText(f"신청이 없는 기업 {self.companies.count()}곳 가운데 {marked}곳 표시")
        self.ok.setEnabled(bool(marked))
