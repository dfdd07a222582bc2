"""Shows a recovery key this once and prints its sheet; nowhere else is it kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.printing.asking import ask_file
from regional_desk.desktop.printing.printer import choose_printer, put_on
from regional_desk.errors import UserError
from regional_desk.services.desk import Desk
from regional_desk.services.papers import papers

_WORDS = (
    "모든 비밀번호를 잊었을 때 사무소를 여는 마지막 열쇠입니다. 지금 인쇄하거나 종이에 적어 금고에 두십시오. "
    "이 창을 닫으면 다시 볼 수 없습니다."
)


class RecoveryDialog(QDialog):
    """The key in large letters, and the button that prints its sheet."""

    def __init__(
        self, desk: Desk, preferences: Preferences, recovery_key: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("복구 키")
        self._desk, self._preferences, self._key = desk, preferences, recovery_key
        words, groups = QLabel(_WORDS), recovery_key.split("-")
        words.setWordWrap(True)
        shown = QLabel("\n".join("  ".join(groups[at : at + 4]) for at in range(0, len(groups), 4)))
        shown.setObjectName("title")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName("복구 키")
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.hide()
        buttons = QDialogButtonBox()
        self.done_button = buttons.addButton("적어 두었습니다", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button = buttons.addButton("PDF로 저장…", QDialogButtonBox.ButtonRole.ActionRole)
        self.save_button.clicked.connect(self._on_save)
        self.print_button = buttons.addButton("인쇄…", QDialogButtonBox.ButtonRole.ActionRole)
        self.print_button.setProperty("primary", True)
        self.print_button.clicked.connect(self._on_print)
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        for widget in (words, shown, self.message, buttons):
            layout.addWidget(widget)
        layout.setAlignment(shown, Qt.AlignmentFlag.AlignHCenter)

    @classmethod
    def show_key(
        cls, desk: Desk, preferences: Preferences, recovery_key: str, parent: QWidget | None = None
    ) -> None:
        """Show it until the person says that it is written down."""
        dialog = cls(desk, preferences, recovery_key, parent)
        dialog.exec()
        dialog.deleteLater()

    def _on_print(self) -> None:
        try:
            printer = choose_printer(self._preferences, self)
            if printer is None:
                return
            put_on(printer, papers.recovery_sheet(self._desk, self._key))
        except UserError as error:
            parts.set_tone(self.message, f"! {error.message}", "bad")
        else:
            parts.set_tone(self.message, "● 인쇄로 보냈습니다. 종이가 나왔는지 확인하십시오.", "ok")

    def _on_save(self) -> None:
        file = ask_file(self, "복구 키", "pdf")
        if file is None:
            return
        try:
            file.write_bytes(papers.recovery_sheet(self._desk, self._key))
        except OSError as error:
            parts.set_tone(self.message, f"! 저장하지 못했습니다: {file} ({error.strerror})", "bad")
        else:
            words = f"! {file}에 저장했습니다. 인쇄한 뒤 이 파일을 지우십시오. 파일을 가진 사람은 자료를 모두 볼 수 있습니다."
            parts.set_tone(self.message, words, "warn")
