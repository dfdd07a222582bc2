"""A line `과목 / 강사 / 강의실` that offers what fits the part under the cursor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from regional_desk.domain.text import compact, initials
from regional_desk.domain.timetable import entry_parts
from regional_desk.services.training.timetable import Choices

Index = QModelIndex | QPersistentModelIndex
_BETWEEN = " / "
_TAKEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)


def fitting(words: tuple[str, ...], typed: str) -> list[str]:
    """The words that hold what was typed, also by their first consonants (초성); a beginning before a middle."""
    wanted = compact(typed)
    if not wanted:
        return list(words)
    found = [
        (not compact(word).startswith(wanted), at, word)
        for at, word in enumerate(words)
        if wanted in compact(word) or initials(word).replace(" ", "").startswith(typed.replace(" ", ""))
    ]
    return [word for _, _, word in sorted(found)]


class EntryEdit(QLineEdit):
    """One line for a whole entry: ` / ` begins the next part, each part with its own choices."""

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = (choices.subjects, choices.instructors, choices.rooms)
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._list = QListView()
        self._completer.setPopup(self._list)  # the completer owns it
        self._completer.activated.connect(self.take)
        self.setAccessibleName("과목 / 강사 / 강의실")
        self.setPlaceholderText("과목 / 강사 / 강의실")
        self.textEdited.connect(lambda _text: self.offer())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While choices are open, their keys are theirs; a down arrow opens them."""
        if self._list.isVisible() and event.key() in _TAKEN:
            event.ignore()
        elif event.key() == Qt.Key.Key_Down and not self._list.isVisible():
            self.offer()
        else:
            super().keyPressEvent(event)

    def offer(self) -> None:
        """Open the choices of the part under the cursor, or close them where none fit."""
        at, text = self._part()
        found = fitting(self._words[at], text) if at < len(self._words) else []
        self._model.setStringList(found)
        if found and found != [text] and self.isVisible():
            self._completer.complete()
        else:
            self._list.hide()

    def take(self, word: str) -> None:
        """Put a chosen word in place of the part under the cursor and stand after it."""
        at, _ = self._part()
        words = entry_parts(self.text())
        words[at] = word
        self.setText(_BETWEEN.join(words))
        self.setCursorPosition(len(_BETWEEN.join(words[: at + 1])))

    def choices(self) -> list[str]:
        """What is offered now."""
        return list(self._model.stringList())

    def _part(self) -> tuple[int, str]:
        at = len(entry_parts(self.text()[: self.cursorPosition()])) - 1
        return at, entry_parts(self.text())[at]


class EntryDelegate(QStyledItemDelegate):
    """Opens a line with type-ahead where a place is typed into."""

    def __init__(self, choices: Callable[[], Choices], parent: QObject) -> None:
        super().__init__(parent)
        self._choices = choices

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """A line that offers subjects, instructors and rooms."""
        return EntryEdit(self._choices(), parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What stands there, selected, so that typing replaces it."""
        if isinstance(editor, EntryEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the text over."""
        if isinstance(editor, EntryEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)
