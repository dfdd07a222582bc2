"""Asks for a use of the seal, and for an approval on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.approval_form import ApprovalForm
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.forms.ui_approval_dialog import Ui_ApprovalDialog
from regional_desk.desktop.forms.ui_seal_dialog import Ui_SealDialog
from regional_desk.errors import UserError
from regional_desk.services.desk import Desk
from regional_desk.services.safety import approvals
from regional_desk.store.approvals import SealRow


class SealDialog(QDialog):
    """One line of the 직인날인대장; it closes once the line is written."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.ui = Ui_SealDialog()
        self.ui.setupUi(self)
        self._desk = desk
        self.made: SealRow | None = None
        put_day(self.ui.day, desk.clock.today(), last=desk.clock.today())
        self.ui.asked.setText(desk.actor.name)
        _name_buttons(self.ui.buttons)
        self.ui.message.hide()
        self.ui.buttons.accepted.connect(self._on_accepted)
        self.ui.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, desk: Desk, parent: QWidget | None) -> SealRow | None:
        """The line that was written, None where the person thought better of it."""
        dialog = cls(desk, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.made

    def _on_accepted(self) -> None:
        ui = self.ui
        try:
            self.made = approvals.use_seal(
                self._desk,
                ui.document.text(),
                ui.recipient.text(),
                ui.copies.value(),
                ui.asked.text(),
                on=day_of(ui.day),
                check_number=ui.check.text(),
                memo=ui.memo.text(),
            )
        except UserError as error:
            parts.set_tone(ui.message, f"! {error.message}", "bad")
            return
        self.accept()


class ApprovalDialog(QDialog):
    """What was approved on paper, by whom, with its scan; it closes once that is written."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.ui = Ui_ApprovalDialog()
        self.ui.setupUi(self)
        self._desk = desk
        for one in approvals.list_subjects(desk):
            self.ui.subject.addItem(one.words, one)
        self.form = ApprovalForm(desk)
        self.ui.approvalLines.addWidget(self.form)
        _name_buttons(self.ui.buttons)
        self.ui.message.hide()
        if not self.ui.subject.count():
            self.ui.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(False)
            words = "결재할 훈련수당, 제출, 파기가 아직 없습니다."
            parts.set_tone(self.ui.message, f"! {words}", "warn")
        self.ui.buttons.accepted.connect(self._on_accepted)
        self.ui.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, desk: Desk, parent: QWidget | None) -> bool:
        """Whether an approval was written."""
        dialog = cls(desk, parent)
        done = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return done

    def _on_accepted(self) -> None:
        subject = self.ui.subject.currentData()
        try:
            approvals.record(self._desk, subject.kind, subject.id, self.form.approved())
        except UserError as error:
            parts.set_tone(self.ui.message, f"! {error.message}", "bad")
            return
        self.accept()


def _name_buttons(buttons: QDialogButtonBox) -> None:
    buttons.button(QDialogButtonBox.StandardButton.Ok).setText("적기")
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
