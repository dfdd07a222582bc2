"""Asks for one consent as the signed form says it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.domain.applicants import ConsentKind
from regional_desk.errors import UserError
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import applicant_documents, consents
from regional_desk.services.recruitment.consents import ConsentItem

_WIDTH = 460


class ConsentDialog(QDialog):
    """One consent or its refusal; it closes once that is written."""

    def __init__(self, desk: Desk, person: UUID, chosen: ConsentItem | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("동의 기록")
        self.setMinimumWidth(_WIDTH)
        self._desk, self._person = desk, person
        self._evidence: Path | None = None
        self.kind, self.receiver, self.version = QComboBox(), QLineEdit(), QLineEdit()
        for one in ConsentKind:
            self.kind.addItem(one.label, one)
        self.given = QComboBox()
        self.given.addItem("동의", True)
        self.given.addItem("동의하지 않음", False)
        self.day, self.until = QDateEdit(), QDateEdit()
        self.longer = QCheckBox("동의서에 더 긴 보유 기한이 적혀 있음")
        self.file = parts.button("동의서 스캔 붙이기…", self.choose)
        self.message = QLabel()
        self.message.setWordWrap(True)
        form = QFormLayout(self)
        for label, field in (
            ("동의", self.kind),
            ("받는 곳", self.receiver),
            ("동의서 판", self.version),
            ("결과", self.given),
            ("서명한 날", self.day),
            ("", self.longer),
            ("보유 기한", self.until),
            ("근거", self.file),
        ):
            field.setAccessibleName(label or self.longer.text())
            form.addRow(label, field)
        form.addRow(self.message)
        self.message.hide()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("적기")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        self._propose(chosen)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.longer.toggled.connect(self.until.setEnabled)
        self._on_kind()

    @classmethod
    def ask(cls, desk: Desk, person: UUID, chosen: ConsentItem | None, parent: QWidget | None) -> bool:
        """Whether a consent was written."""
        dialog = cls(desk, person, chosen, parent)
        done = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return done

    def choose(self) -> None:
        """Ask for the scan of the signed form."""
        chosen, _ = QFileDialog.getOpenFileName(self, "동의서 스캔")
        if chosen:
            self._evidence = Path(chosen)
            self.file.setText(self._evidence.name)

    def save(self) -> None:
        """Write it, or say why not."""
        try:
            consents.record(
                self._desk,
                self._person,
                ConsentKind(self.kind.currentData()),
                form_version=self.version.text(),
                given=self.given.currentData(),
                on=day_of(self.day),
                receiver=self.receiver.text() if self.receiver.isEnabled() else "",
                keep_until=day_of(self.until) if self.longer.isChecked() else None,
                evidence=applicant_documents.read_file(self._evidence) if self._evidence else None,
            )
        except UserError as error:
            parts.set_tone(self.message, f"! {error.message}", "bad")
            return
        self.accept()

    def _propose(self, chosen: ConsentItem | None) -> None:
        today = self._desk.clock.today()
        for field in (self.day, self.until):
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy. M. d.")
        put_day(self.day, today, last=today)
        put_day(self.until, today.replace(year=today.year + 1, day=1))
        self.until.setEnabled(False)
        if chosen is not None:
            self.kind.setCurrentIndex(self.kind.findData(chosen.asked.kind))
            self.receiver.setText(chosen.asked.receiver or "")
            self.version.setText(chosen.asked.form_version)

    def _on_kind(self) -> None:
        self.receiver.setEnabled(self.kind.currentData() == ConsentKind.THIRD_PARTY)
