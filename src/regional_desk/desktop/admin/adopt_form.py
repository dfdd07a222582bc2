"""What every 정책 승인 has: the 공문, since when, method and rounding, and what the terms would do before they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
)

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import put_day
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.policy_terms import ROUNDING_UNITS
from regional_desk.domain.text import won
from regional_desk.errors import UserError

Change = TypeVar("Change")
_PAUSE = 350  # milliseconds without a key before what stands there is tried
_MOST_WON = 99_999_990
_SIZE = (930, 660)


class AdoptForm(QDialog, Generic[Change]):
    """The fields, the table of who changes and the buttons; each policy adds its own terms to `form`."""

    def __init__(self, context: Context, name: str, columns: Sequence[Column[Change]], empty: str) -> None:
        super().__init__(QApplication.activeWindow())
        self.context, self.desk = context, context.desk
        self.setWindowTitle("정책 승인")
        self.resize(context.theme.size(_SIZE[0]), context.theme.size(_SIZE[1]))
        self.reference = QLineEdit()
        self.reference.setPlaceholderText("예: 지역기업정책과-1234")
        self.date, self.since = _calendar(), _calendar()
        put_day(self.date, context.desk.clock.today())
        self.method, self.rounding = QComboBox(), QComboBox()
        for unit in ROUNDING_UNITS:
            self.rounding.addItem(f"{unit}원 미만 버림" if unit > 1 else "버리지 않음", unit)
        self.form = QFormLayout()
        self.form.addRow("공문·지침 번호(&N)", self.reference)
        self.form.addRow("공문 날짜(&D)", self.date)
        self.told, self.notice = QLabel(), parts.Notice()
        self.told.setWordWrap(True)
        self.table: Table[Change] = Table(
            columns, context.colour, empty=empty, name="바뀌는 사람", scale=context.theme.size, filtered=False
        )
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.try_out)
        self._lay_out(name)

    def run(self) -> bool:
        """Ask; whether the policy was adopted."""
        done = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return done

    def trial(self) -> tuple[str, Sequence[Change]]:
        """What the terms would do in words, and who changes; raise UserError for a term that cannot be."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def write(self) -> None:
        """Adopt; each policy says how."""
        raise NotImplementedError  # as above

    def try_out(self) -> None:
        """Show who changes by these terms; a term that cannot be is told in its place."""
        self._pause.stop()
        changes: Sequence[Change] = ()
        try:
            words, changes = self.trial()
        except UserError as error:
            self.told.setText(f"! {error.message}")
            self.ok.setEnabled(False)
        else:
            self.told.setText(words)
            self.ok.setEnabled(True)
        self.table.set_rows(changes)

    def adopt(self) -> None:
        """Adopt, or say why not."""
        try:
            self.write()
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()

    def tried_by(self, *fields: QComboBox | QDateEdit | QSpinBox | QDoubleSpinBox | QCheckBox) -> None:
        """Try the terms a moment after any of these fields changed."""
        for field in fields:
            if isinstance(field, QComboBox):
                changed = field.currentIndexChanged
            elif isinstance(field, QDateEdit):
                changed = field.dateChanged
            elif isinstance(field, QCheckBox):
                changed = field.toggled
            else:
                changed = field.valueChanged
            changed.connect(lambda _value: self._pause.start())

    def _lay_out(self, name: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.addWidget(parts.heading(name))
        layout.addLayout(self.form)
        layout.addWidget(self.told)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.notice)
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton("승인", QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setProperty("primary", True)
        buttons.addButton("취소", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.adopt)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)


def won_field(value: int, step: int = 1000) -> QSpinBox:
    """An amount in won."""
    field = QSpinBox(minimum=0, maximum=_MOST_WON, singleStep=step, suffix=" 원")
    field.setGroupSeparatorShown(True)
    field.setValue(value)
    return field


def difference_words(before: int, after: int) -> str:
    """`-1,000원 (2,000원 → 1,000원)`."""
    return f"{after - before:+,}원 ({won(before)}원 → {won(after)}원)"


def _calendar() -> QDateEdit:
    field = QDateEdit()
    field.setCalendarPopup(True)
    field.setDisplayFormat("yyyy. M. d.")
    return field
