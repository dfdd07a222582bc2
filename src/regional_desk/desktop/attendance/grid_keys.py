"""The keys of the grid: digits and letters that set a cell, and the letters an office chose for itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.preferences import Preferences
from regional_desk.domain.attendance import ABSENT, EMPTY, EXCUSED, PRESENT, Cell, Mark, Status

LATE = Cell(Status.PRESENT, Mark.LATE)
LEFT_EARLY = Cell(Status.PRESENT, Mark.LEFT_EARLY)
OUT = Cell(Status.PRESENT, Mark.OUT)
STATES: tuple[tuple[str, Cell], ...] = (
    ("출석", PRESENT),
    ("지각", LATE),
    ("조퇴", LEFT_EARLY),
    ("외출", OUT),
    ("결석", ABSENT),
    ("출석인정", EXCUSED),
)
DIGITS: dict[int, Cell] = {
    **{int(Qt.Key.Key_1) + at: cell for at, (_, cell) in enumerate(STATES)},
    int(Qt.Key.Key_Delete): EMPTY,
    int(Qt.Key.Key_Backspace): EMPTY,
}
TOGGLES: dict[int, Mark] = {
    int(Qt.Key.Key_2): Mark.LATE,
    int(Qt.Key.Key_3): Mark.LEFT_EARLY,
    int(Qt.Key.Key_4): Mark.OUT,
}
# Where the letters lie on a Korean keyboard: the same key gives either, as the layout stands.
_KOREAN = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"
_LATIN = "QWERTYUIOPASDFGHJKLZXCVBNM"
_PLACES = dict(zip(_KOREAN, _LATIN, strict=True))
_DEFAULT = "ㅊㅈㅌㅇㄱㅂ"
_PREFERENCE = "grid_letters"


@dataclass(frozen=True, slots=True)
class Letters:
    """One letter a state, in the order of STATES; the Latin letter of the same key does the same."""

    letters: str = _DEFAULT

    def cells(self) -> Mapping[str, Cell]:
        """What each letter sets, Korean and Latin."""
        found = {}
        for letter, (_, cell) in zip(self.letters, STATES, strict=True):
            found[letter] = found[_PLACES[letter]] = cell
        return found


def chosen_letters(preferences: Preferences) -> Letters:
    """The letters this PC remembers, the usual ones where it remembers none that work."""
    kept = preferences.get(_PREFERENCE, _DEFAULT)
    return Letters(kept) if _problem(kept) is None else Letters()


def cell_of(event: QKeyEvent, letters: Mapping[str, Cell]) -> Cell | None:
    """The state a key sets, None where it sets none."""
    key = event.key()
    if key in DIGITS:
        return DIGITS[key]
    text = event.text()
    if text in letters:  # Korean letters come as text
        return letters[text]
    latin = chr(key) if int(Qt.Key.Key_A) <= key <= int(Qt.Key.Key_Z) else ""
    return letters.get(latin)


def _problem(letters: str) -> str | None:
    if len(letters) != len(STATES) or any(letter not in _PLACES for letter in letters):
        return "출결마다 한글 자음이나 모음 한 글자씩 적어 주십시오. 예: ㅊ"
    if len(set(letters)) != len(letters):
        return "같은 글자를 두 번 쓸 수 없습니다."
    return None


class LettersDialog(QDialog):
    """Asks for the letter of each state."""

    def __init__(self, letters: Letters, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("글자 키")
        self.letters: Letters | None = None
        form = QFormLayout(self)
        told = parts.muted("한글이든 영문이든 같은 자리의 키가 같은 일을 합니다.")
        form.addRow(told)
        self.fields: list[QLineEdit] = []
        for letter, (word, _) in zip(letters.letters, STATES, strict=True):
            field = QLineEdit(letter)
            field.setMaxLength(1)
            field.setAccessibleName(f"{word} 글자")
            self.fields.append(field)
            form.addRow(word, field)
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.hide()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok
            | QDialogButtonBox.StandardButton.Cancel
            | QDialogButtonBox.StandardButton.RestoreDefaults
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("쓰기")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        usual = buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
        usual.setText("처음대로")
        usual.clicked.connect(lambda: self.show_letters(Letters()))
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        form.addRow(self.message)
        form.addRow(buttons)

    @classmethod
    def ask(cls, preferences: Preferences, parent: QWidget | None) -> Letters:
        """The letters from now on; what was chosen is remembered on this PC."""
        dialog = cls(chosen_letters(preferences), parent)
        dialog.exec()
        if dialog.letters is not None:
            preferences.set(_PREFERENCE, dialog.letters.letters)
        dialog.deleteLater()
        return chosen_letters(preferences)

    def show_letters(self, letters: Letters) -> None:
        """Put letters into the fields."""
        for field, letter in zip(self.fields, letters.letters, strict=True):
            field.setText(letter)

    def save(self) -> None:
        """Take the letters, or say why not."""
        typed = "".join(field.text().strip() or " " for field in self.fields)
        problem = _problem(typed)
        if problem is not None:
            self.message.setText(f"! {problem}")
            self.message.show()
            return
        self.letters = Letters(typed)
        self.accept()
