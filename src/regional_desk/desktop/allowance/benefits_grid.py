"""The grid of 지급 제외 확인: people by questions, answered with one key a cell; days of deductions typed in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from regional_desk.desktop.shell import Context
from regional_desk.domain.benefits import QUESTIONS, Answer
from regional_desk.domain.policies import DeductionKind
from regional_desk.services.pay.benefits import Asked

Index = QModelIndex | QPersistentModelIndex
NAMES = 3
_HEADINGS = ("번호", "성명", "상태")
_TAKEN = {
    DeductionKind.DORMITORY: "기숙사\n(일)",
    DeductionKind.MEALS: "식비\n(일)",
    DeductionKind.SURVEY: "만족도\n미제출(1)",
}
_SHOWN = {Answer.YES: "● 예", Answer.NO: "아니오", Answer.UNKNOWN: "? 미확인"}
_TONES = {Answer.YES: "accent", Answer.NO: "muted", Answer.UNKNOWN: "warn"}
_NOT_ASKED = "–"
_STATE = 2
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.TextAlignmentRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_KEYS = {
    Qt.Key.Key_1: Answer.YES,
    Qt.Key.Key_2: Answer.NO,
    Qt.Key.Key_3: Answer.UNKNOWN,
    Qt.Key.Key_Delete: Answer.UNKNOWN,
    Qt.Key.Key_Backspace: Answer.UNKNOWN,
}
_OPENING = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDTHS, _QUESTION, _DAYS = (42, 76, 62), 78, 62
_ROW, _HEADER = 25, 40


@dataclass(frozen=True, slots=True)
class BenefitsLine:
    """One row: a member's answers and the days taken off, by kind."""

    asked: Asked
    days: dict[DeductionKind, int]

    @property
    def person(self) -> UUID:
        """Whose row it is."""
        return self.asked.member.person


class BenefitsModel(QAbstractTableModel):
    """Columns: number, name and state, the questions, the deductions that are on."""

    def __init__(self, context: Context, save_days: Callable[[UUID, DeductionKind, str], None]) -> None:
        super().__init__()
        self._context, self._save_days = context, save_days
        self.lines: tuple[BenefitsLine, ...] = ()
        self.kinds: tuple[DeductionKind, ...] = ()

    def set_lines(self, lines: Sequence[BenefitsLine], kinds: Sequence[DeductionKind]) -> None:
        """Show these rows; the cursor stays where the same people are shown in the same columns."""
        same = tuple(kinds) == self.kinds and [one.person for one in lines] == [
            one.person for one in self.lines
        ]
        if same and lines:
            self.lines = tuple(lines)
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self.lines, self.kinds = tuple(lines), tuple(kinds)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """No row has children."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Names and state, questions, deductions."""
        return 0 if parent.isValid() else NAMES + len(QUESTIONS) + len(self.kinds)

    def question_of(self, column: int) -> str | None:
        """The kind of a question's column."""
        at = column - NAMES
        return QUESTIONS[at].kind if 0 <= at < len(QUESTIONS) else None

    def deduction_of(self, column: int) -> DeductionKind | None:
        """The kind of a deduction's column."""
        at = column - NAMES - len(QUESTIONS)
        return self.kinds[at] if 0 <= at < len(self.kinds) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Days are typed in place."""
        found = super().flags(index)
        if self.deduction_of(index.column()) is not None:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The short word; the whole question as a tip."""
        if orientation == Qt.Orientation.Vertical:
            return None
        at = section - NAMES
        if role == Qt.ItemDataRole.ToolTipRole and 0 <= at < len(QUESTIONS):
            return QUESTIONS[at].text
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < NAMES:
            return _HEADINGS[section]
        if at < len(QUESTIONS):
            return QUESTIONS[at].label.replace("지원수당", "\n지원수당").replace("일자리", "\n일자리")
        kind = self.deduction_of(section)
        return _TAKEN[kind] if kind is not None else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, in which colour, and what a screen reader says."""
        if not index.isValid() or role not in _ROLES:
            return None
        line, column = self.lines[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(line, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self._context.colour(self._tone(line, column)))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(line.asked.open) if column == _STATE else None
        heading = str(self.headerData(column, Qt.Orientation.Horizontal)).replace("\n", "")
        return f"{self._text(line, 1)}, {heading}: {self._text(line, column) or '없음'}"

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Save typed days; a refusal is told by the page and the cell keeps what it had."""
        kind = self.deduction_of(index.column())
        if role != Qt.ItemDataRole.EditRole or kind is None:
            return False
        if str(value).strip() != self._text(self.lines[index.row()], index.column()):
            self._save_days(self.lines[index.row()].person, kind, str(value).strip())
        return True

    def _text(self, line: BenefitsLine, column: int) -> str:
        member = line.asked.member
        if column < NAMES:
            name = self._context.masking.show_name(member.name)
            return (str(member.number), name, _state(line.asked))[column]
        question, kind = self.question_of(column), self.deduction_of(column)
        if question is not None:
            given = line.asked.answers.get(question)
            return _SHOWN[given] if given is not None else _NOT_ASKED
        return str(line.days[kind]) if kind is not None and line.days.get(kind) else ""

    def _tone(self, line: BenefitsLine, column: int) -> str:
        question = self.question_of(column)
        if question is not None:
            given = line.asked.answers.get(question)
            return _TONES[given] if given is not None else "muted"
        if column != _STATE:
            return "text"
        return "warn" if line.asked.open else "ok" if line.asked.answers else "muted"


def _state(asked: Asked) -> str:
    """Whether anything of a row keeps it from 확정."""
    if asked.open:
        return "! 남음"
    return "✓ 확인" if asked.answers else _NOT_ASKED


class BenefitsView(QTableView):
    """1 예, 2 아니오, 3 or Delete 미확인 for every selected cell, then on to the next; F2 and Enter ask for the span."""

    answered = Signal(object)  # an Answer for the selected cells

    def __init__(self, model: BenefitsModel, context: Context) -> None:
        super().__init__()
        self._context, self._model = context, model
        self.setModel(model)
        self.setAccessibleName("지급 제외 확인")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.doubleClicked.connect(lambda _index: self._open())
        model.modelReset.connect(self.measure)
        self.measure()

    def measure(self) -> None:
        """Widths and heights by the text size in force."""
        size = self._context.theme.size
        self.verticalHeader().setDefaultSectionSize(size(_ROW))
        self.horizontalHeader().setFixedHeight(size(_HEADER))
        for at in range(self._model.columnCount()):
            width = _WIDTHS[at] if at < NAMES else _QUESTION if self._model.question_of(at) else _DAYS
            self.setColumnWidth(at, size(width))

    def cells(self) -> list[tuple[BenefitsLine, str]]:
        """The selected answers: whose, and of which question."""
        found = sorted(self.selectedIndexes(), key=lambda one: (one.row(), one.column()))
        return [
            (self._model.lines[one.row()], kind)
            for one in found
            if (kind := self._model.question_of(one.column())) is not None
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key answers; the arrows, Tab and Shift are Qt's own."""
        key, plain = Qt.Key(event.key()), not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        on_question = self._model.question_of(self.currentIndex().column()) is not None
        if on_question and plain and key in _KEYS:
            self.answered.emit(_KEYS[key])
        elif on_question and key in _OPENING:
            self._open()
        else:
            super().keyPressEvent(event)

    def step_on(self) -> None:
        """To the row below, where one cell was answered."""
        at = self.currentIndex()
        if len(self.selectedIndexes()) <= 1 and at.row() + 1 < self._model.rowCount():
            self.setCurrentIndex(self._model.index(at.row() + 1, at.column()))

    def go(self, person: UUID) -> None:
        """Put the cursor on a person's first question."""
        for row, line in enumerate(self._model.lines):
            if line.person == person:
                self.setCurrentIndex(self._model.index(row, NAMES))
                self.setFocus()
                return

    def _open(self) -> None:
        if self._model.question_of(self.currentIndex().column()) is not None:
            self.answered.emit(Answer.YES)
