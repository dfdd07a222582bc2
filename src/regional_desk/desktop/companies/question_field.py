"""One question of the survey to answer by mouse or by the number of its choice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
)

from regional_desk.desktop import parts

_LONG, _SHORT = 16, 8  # letters of the longest choice: from here one column, up to here side by side
_TWO = 2
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_0)


class QuestionField(QFrame):
    """Numbered choices: a number takes one, Del takes all back, Enter and a single answer's number go on."""

    changed = Signal()
    done = Signal()  # go on to the next question

    def __init__(self, label: str, choices: Sequence[tuple[str, str, str]], *, multiple: bool) -> None:
        """`choices` are (key, label, note)."""
        super().__init__()
        self.multiple, self.aside = multiple, False
        self.setAccessibleName(label)
        self.heading = QLabel(f"{label} · 여러 개" if multiple else label)
        self.heading.setObjectName("heading")
        self._group = QButtonGroup(self)
        self._group.setExclusive(not multiple)
        self.buttons: dict[str, QAbstractButton] = {}
        for number, (key, text, note) in enumerate(choices, start=1):
            made: QAbstractButton = QCheckBox() if multiple else QRadioButton()
            made.setText(f"{number}  {text}")
            made.setToolTip(note)
            made.setAccessibleName(f"{label}: {text}")
            made.toggled.connect(lambda _on: self._on_toggled())
            self._group.addButton(made)
            self.buttons[key] = made
        self._quiet = False
        layout = self.column = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 6)
        layout.setSpacing(4)
        layout.addWidget(self.heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        columns = _columns([text for _, text, _ in choices])
        for at, button in enumerate(self.buttons.values()):
            grid.addWidget(button, at // columns, at % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        layout.addLayout(grid)

    def chosen(self) -> tuple[str, ...]:
        """The keys of the choices taken, none where the question stands aside."""
        if self.aside:
            return ()
        return tuple(key for key, button in self.buttons.items() if button.isChecked())

    def show_chosen(self, keys: Sequence[str]) -> None:
        """Show other choices as taken; nobody changed anything."""
        self._quiet = True
        self._group.setExclusive(False)  # else the last one taken cannot be taken back
        for key, button in self.buttons.items():
            button.setChecked(key in keys)
        self._group.setExclusive(not self.multiple)
        self._quiet = False

    def stand_aside(self, aside: bool) -> None:
        """Take the question out of the way: it does not concern the firm, and what it holds counts for nothing."""
        self.aside = aside
        self.setEnabled(not aside)

    def clear(self) -> None:
        """Take the answer back."""
        if self.chosen():
            self.show_chosen(())
            self.changed.emit()

    def begin(self) -> None:
        """Put the cursor on the choice that is taken, else on the first."""
        taken = [button for button in self.buttons.values() if button.isChecked()]
        (taken or list(self.buttons.values()))[0].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Numbers, Del and Enter, wherever among the choices the cursor is."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif event.key() in _ENTER:
            self.done.emit()
        elif event.key() in _CLEARING:
            self.clear()
        elif event.text().isdecimal() and int(event.text()) <= len(self.buttons):
            self._take(list(self.buttons.values())[int(event.text()) - 1])
        else:
            super().keyPressEvent(event)

    def _take(self, button: QAbstractButton) -> None:
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.multiple:
            button.toggle()
            return
        button.setChecked(True)
        self.done.emit()

    def _on_toggled(self) -> None:
        if not self._quiet:
            self.changed.emit()


class LevelField(QuestionField):
    """The AX level, with what the answers speak for beside it."""

    def __init__(self, levels: Sequence[str]) -> None:
        super().__init__("AX 수준", [(level, level, "") for level in levels], multiple=False)
        self._proposed = ""
        self.proposal = parts.muted()
        self.take = parts.button("제안대로", self._on_take, tip="답에서 나온 제안을 AX 수준으로 정합니다.")
        line = QHBoxLayout()
        line.addWidget(self.proposal, 1)
        line.addWidget(self.take)
        self.column.addLayout(line)
        self.propose("", "")

    def propose(self, level: str, reason: str) -> None:
        """Show what the answers speak for, and why."""
        self._proposed = level
        words = (
            f"제안 {level} — {reason} 정하는 것은 사람입니다." if level else "제안할 만한 답이 아직 없습니다."
        )
        self.proposal.setText(words)
        self.take.setEnabled(bool(level) and self.chosen() != (level,))

    def _on_take(self) -> None:
        self.show_chosen((self._proposed,))
        self.take.setEnabled(False)
        self.changed.emit()


def _columns(labels: Sequence[str]) -> int:
    longest = max(map(len, labels))
    if longest >= _LONG:
        return 1
    return len(labels) if longest <= _SHORT and len(labels) <= _TWO * _TWO else _TWO
