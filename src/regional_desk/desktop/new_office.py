"""A new office: its settings, the first user, and the recovery key shown once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from regional_desk.desktop.parts import Notice, button, row
from regional_desk.domain.clock import SystemClock
from regional_desk.errors import UsageError, UserError
from regional_desk.services import codes
from regional_desk.services.safety import opening

_MOST_GOAL = 9999


class NewOfficeDialog(QDialog):
    """Asks for what makes an office and makes it."""

    def __init__(self, parent: QWidget | None, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle("새 사무소")
        self.made: Any = None
        self._folder = QLineEdit(str(folder) if str(folder) != "." else "")
        self._name, self._code, self._login = QLineEdit(), QLineEdit(), QLineEdit("user01")
        self._region = QComboBox()
        for code, name in codes.region_names().items():
            self._region.addItem(name, code)
        self._approval = QLineEdit("담당, 팀장, 단장")
        self._goals = (QSpinBox(), QSpinBox())
        for spin in self._goals:
            spin.setMaximum(_MOST_GOAL)
        self._password, self._again = QLineEdit(), QLineEdit()
        for field in (self._password, self._again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self._notice = Notice()
        form = QFormLayout(self)
        form.addRow("빈 폴더", self._line(self._folder))
        for label, widget in (
            ("사무소 이름", self._name),
            ("사무소 코드(영문·숫자)", self._code),
            ("지역", self._region),
            ("결재란", self._approval),
            ("목표 인원 Track1", self._goals[0]),
            ("목표 인원 Track2", self._goals[1]),
            ("첫 사용자", self._login),
            ("비밀번호(8자 이상)", self._password),
            ("비밀번호 다시", self._again),
        ):
            form.addRow(label, widget)
        form.addRow(self._notice)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    @classmethod
    def ask(cls, parent: QWidget | None, folder: Path) -> Any:
        """The new office, or None where the person thought better of it."""
        dialog = cls(parent, folder)
        dialog.exec()
        made = dialog.made
        dialog.deleteLater()
        return made

    def _line(self, field: QLineEdit) -> QWidget:
        holder = QWidget()
        line = row(field, button("찾기…", self._on_browse))
        line.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(line)
        return holder

    def _on_browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "빈 폴더")
        if chosen:
            self._folder.setText(chosen)

    def _on_accepted(self) -> None:
        try:
            self.made = self._make()
        except UserError as error:
            self._notice.show_error(error)
        else:
            self.accept()

    def _make(self) -> Any:
        if not self._folder.text().strip():
            raise UsageError("사무소 자료를 둘 빈 폴더를 고르십시오.")
        if not self._login.text().strip():
            raise UsageError("첫 사용자의 이름을 적어 주십시오.")
        if self._password.text() != self._again.text():
            raise UsageError("두 비밀번호가 서로 다릅니다.")
        clock = SystemClock()
        table = {
            "name": self._name.text(),
            "code": self._code.text(),
            "region": self._region.currentData(),
            "approval": [part.strip() for part in self._approval.text().split(",") if part.strip()],
            "goals": {"Track1": self._goals[0].value(), "Track2": self._goals[1].value()},
        }
        settings = opening.settings_from_table(table, clock.today().year)
        folder = Path(self._folder.text().strip())
        return opening.new_office(folder, settings, self._login.text().strip(), self._password.text(), clock)
