"""Asks before people are set apart or disposed of: the basis, until when, who approved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.approval_form import ApprovalForm
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.forms.ui_erase_dialog import Ui_EraseDialog
from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.retention import Then
from regional_desk.errors import UserError
from regional_desk.services.desk import Desk
from regional_desk.services.safety.approvals import Approved

_YEAR = 12
_WORDS = {
    Then.SEPARATE: "{count}명의 성명·연락처·계좌 등을 그 사람의 열쇠로 따로 잠가 두고, 다른 모든 곳에는 ‘분리-0001’ 같은 번호만 남깁니다. "
    "팀장과 단장만 목적을 적고 다시 볼 수 있으며, 기한이 지나면 파기 대상이 됩니다.",
    Then.DISPOSE: "{count}명의 열쇠를 없애고 성명·연락처·계좌 등을 모두 지웁니다. 이름 자리에는 ‘파기-0001’ 같은 번호만 남고, "
    "출결·지급액·통계는 그대로입니다. 파기대장에 한 줄이 적힙니다. 자동 백업에는 보관 기한까지 남습니다.",
}


@dataclass(frozen=True, slots=True)
class Erasing:
    """What was confirmed; `until` counts for a separation, `approved` for a disposal."""

    basis: str
    early: bool
    until: dt.date
    approved: Approved


class EraseDialog(QDialog):
    """The second of the two steps."""

    def __init__(
        self, desk: Desk, then: Then, count: int, parent: QWidget | None, *, early: bool = False
    ) -> None:
        super().__init__(parent)
        self.ui = Ui_EraseDialog()
        self.ui.setupUi(self)
        self.then = then
        self.answer: Erasing | None = None
        self.setWindowTitle(then.label)
        self.ui.early.setChecked(early)
        self.ui.hint.setText(_WORDS[then].format(count=count))
        self.form = ApprovalForm(desk)
        self.ui.approvalLines.addWidget(self.form)
        put_day(self.ui.until, monthly_return(desk.clock.today(), _YEAR))
        disposes = then is Then.DISPOSE
        self.ui.form.setRowVisible(self.ui.until, not disposes)
        self.ui.form.setRowVisible(self.ui.approval, disposes)
        self.ui.form.setRowVisible(self.ui.sure, disposes)
        self.ok = self.ui.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(f"{count}명 {then.label}")
        self.ui.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        self.ui.message.hide()
        self.ui.buttons.accepted.connect(self._on_accepted)
        self.ui.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(
        cls, desk: Desk, then: Then, count: int, parent: QWidget | None, *, early: bool = False
    ) -> Erasing | None:
        """What to do and on what basis, None where the person thought better of it."""
        dialog = cls(desk, then, count, parent, early=early)
        dialog.exec()
        dialog.deleteLater()
        return dialog.answer

    def wrong(self) -> str:
        """What is still missing, an empty text where nothing is."""
        if not self.ui.basis.text().strip():
            return "근거를 적어 주십시오."
        if self.then is Then.SEPARATE:
            return ""
        if not any(line.text().strip() for line in self.form.boxes.values()):
            return "결재한 사람을 적어 주십시오."
        return "" if self.ui.sure.isChecked() else "되돌릴 수 없음을 확인해 주십시오."

    def _on_accepted(self) -> None:
        wrong = self.wrong()
        try:
            if not wrong:
                self.answer = Erasing(
                    self.ui.basis.text(),
                    self.ui.early.isChecked(),
                    day_of(self.ui.until),
                    self.form.approved(),
                )
        except UserError as error:
            wrong = error.message
        parts.set_tone(self.ui.message, f"! {wrong}" if wrong else "", "bad")
        if not wrong:
            self.accept()
