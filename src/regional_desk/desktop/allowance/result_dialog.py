"""What a bank's result file says, before it is taken."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.services.pay.pay_results import Reading

_WIDTH, _HEIGHT, _SHORT = 620, 380, 140


class ResultDialog(QDialog):
    """The counts, and every remark that a person should read."""

    def __init__(self, parent: QWidget | None, reading: Reading) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"이체 결과 — 제{reading.number}호")
        parts.fit_window(self, parent, _WIDTH, _HEIGHT if reading.remarks else _SHORT)
        layout = QVBoxLayout(self)
        layout.addWidget(parts.heading(f"성공 {reading.paid}건 · 실패 {reading.failed}건"))
        told = QLabel(
            f"{reading.name}: 이미 적힌 것 {reading.unchanged}건, 적은 뒤에도 결과를 기다리는 이체 {reading.waiting}건."
        )
        told.setWordWrap(True)
        layout.addWidget(told)
        self.remarks = QListWidget()
        self.remarks.setAccessibleName("확인할 것")
        self.remarks.setWordWrap(True)
        self.remarks.addItems([f"! {remark}" for remark in reading.remarks])
        self.remarks.setVisible(bool(reading.remarks))
        layout.addWidget(self.remarks, 1)
        if not reading.remarks:
            layout.addStretch(1)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("이대로 적기")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)

    @classmethod
    def ask(cls, parent: QWidget | None, reading: Reading) -> bool:
        """Whether it is to be taken as it stands."""
        dialog = cls(parent, reading)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return accepted
