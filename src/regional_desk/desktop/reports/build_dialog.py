"""What a month's files need to be told before they are made: the folder, for what, and why in spite of open points."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.printing.asking import PURPOSES, ask_folder
from regional_desk.desktop.shell import Context
from regional_desk.errors import UsageError

FOLDER = "month_end_folder"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the person said; `allow_open` None where nothing is open."""

    folder: Path
    purpose: str
    allow_open: str | None


class BuildDialog(QDialog):
    """Asks for what a month end or a submission needs."""

    def __init__(self, context: Context, title: str, open_points: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._open = context, open_points
        self.setWindowTitle(title)
        self.setMinimumWidth(context.theme.size(560))
        self.chosen: Chosen | None = None
        self.folder = QLineEdit(context.preferences.get(FOLDER, ""))
        self.purpose = QComboBox()
        self.purpose.setEditable(True)
        self.purpose.addItems(PURPOSES)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("남은 항목이 있는데도 만드는 까닭")
        self._notice = parts.Notice()
        form = QFormLayout(self)
        form.setContentsMargins(18, 16, 18, 14)
        holder = QWidget()
        line = parts.row(self.folder, parts.button("찾기…", self._on_browse))
        line.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(line)
        form.addRow("만들 폴더", holder)
        form.addRow("용도", self.purpose)
        if open_points:
            warning = QLabel()
            parts.set_tone(
                warning,
                f"! 확인할 것이 {open_points}건 남았습니다. 만들면 모든 문서에 ‘미확정’이 찍힙니다.",
                "warn",
            )
            form.addRow(warning)
            form.addRow("미확정 사유", self.reason)
        form.addRow(self._notice)
        buttons = QDialogButtonBox()
        make = buttons.addButton("만들기", QDialogButtonBox.ButtonRole.AcceptRole)
        make.setProperty("primary", True)
        buttons.addButton("취소", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept_values)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    @classmethod
    def ask(cls, context: Context, title: str, open_points: int) -> Chosen | None:
        """What the person said, or None where they thought better of it."""
        dialog = cls(context, title, open_points, QApplication.activeWindow())
        dialog.exec()
        chosen = dialog.chosen
        dialog.deleteLater()
        return chosen

    def accept_values(self) -> None:
        """Take what was said, or say what is missing."""
        folder, purpose = self.folder.text().strip(), self.purpose.currentText().strip()
        reason = self.reason.text().strip()
        for missing, sentence in (
            (not folder, "파일을 만들 폴더를 고르십시오."),
            (not purpose, "용도를 적어 주십시오. 문서의 바닥글과 접속기록에 남습니다."),
            (self._open and not reason, "남은 항목을 해결하거나, 미확정으로 만드는 사유를 적어 주십시오."),
        ):
            if missing:
                self._notice.show_error(UsageError(sentence))
                return
        self._context.preferences.set(FOLDER, folder)
        self.chosen = Chosen(Path(folder), purpose, reason or None)
        self.accept()

    def _on_browse(self) -> None:
        chosen = ask_folder(self, "만들 폴더", self.folder.text())
        if chosen is not None:
            self.folder.setText(str(chosen))
