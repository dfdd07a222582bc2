"""방문점검표 as a form: the day, the points by digits, what was said, the opinion, the photos."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDateEdit, QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.shell import Context
from regional_desk.desktop.visits.photos import Photos
from regional_desk.desktop.visits.point_row import PointRow
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.visits import VisitState
from regional_desk.errors import UserError
from regional_desk.services.visits.reading import Visit
from regional_desk.services.visits.terms import terms
from regional_desk.services.visits.visits import Seen

_LABEL, _TEXT = 130, 66


class VisitForm(QWidget):
    """The sheet of one visit; `typed` where something changed that is not saved."""

    typed = Signal()

    def __init__(self, context: Context, refused: Callable[[UserError], None]) -> None:
        super().__init__()
        self._context = context
        self._putting = False
        self.dirty = False
        scale, known = context.theme.size, terms()
        self.day, self.visitor = QDateEdit(), QLineEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy. M. d.")
        self.points = [PointRow(point, known.answers, scale(_LABEL)) for point in known.checklist]
        self.interview, self.opinion = QPlainTextEdit(), QPlainTextEdit()
        self.photos = Photos(context, refused)
        for box in (self.interview, self.opinion):
            box.setTabChangesFocus(True)
            box.setFixedHeight(scale(_TEXT))
            box.textChanged.connect(self._on_typed)
        self.day.dateChanged.connect(lambda _day: self._on_typed())
        self.visitor.textEdited.connect(lambda _text: self._on_typed())
        for field, name in (
            (self.day, "방문한 날"),
            (self.visitor, "방문한 사람"),
            (self.interview, "면담 내용"),
            (self.opinion, "종합 의견"),
        ):
            field.setAccessibleName(name)
        head = QFormLayout()
        head.addRow(_label("방문한 날·사람", scale(_LABEL)), parts.row(self.day, self.visitor, None))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        for row in self.points:
            row.answered.connect(self._on_typed)
            layout.addWidget(row)
        texts = QFormLayout()
        texts.addRow(_label("면담 내용", scale(_LABEL)), self.interview)
        texts.addRow(_label("종합 의견", scale(_LABEL)), self.opinion)
        texts.addRow(_label("사진·서류", scale(_LABEL)), self.photos)
        layout.addLayout(texts)
        layout.addStretch(1)

    def show_visit(self, row: Visit) -> None:
        """Put a visit into the form; a planned one proposes its day, the points stay to be answered."""
        self._putting = True
        today = self._context.desk.clock.today()
        day = row.done_on or row.planned_on or today
        put_day(self.day, min(day, today), last=today)
        self.visitor.setText(row.visitor or self._context.desk.actor.name)
        for point in self.points:
            point.put(row.answers.get(point.point.key, ""))
        self.interview.setPlainText(row.interview)
        self.opinion.setPlainText(row.opinion)
        self.photos.show_visit(row.id)
        whole = self._context.masking is Masking.FULL
        desk = self._context.desk
        may = desk.may(Right.EDIT_VISITS) and not desk.read_only and whole
        writes = may and row.state is not VisitState.CANCELLED
        for field in (self.day, self.visitor, self.interview, self.opinion, *self.points):
            field.setEnabled(writes)
        self._putting = self.dirty = False
        self.points[0].setFocus()

    def seen(self) -> Seen:
        """What stands in the form."""
        return Seen(
            day_of(self.day),
            self.visitor.text(),
            {row.point.key: row.answer() for row in self.points},
            self.interview.toPlainText(),
            self.opinion.toPlainText(),
        )

    def _on_typed(self) -> None:
        if not self._putting:
            self.dirty = True
            self.typed.emit()


def _label(text: str, width: int) -> QLabel:
    """A label as wide as those of the points, so that the fields stand under the answers."""
    label = QLabel(text)
    label.setFixedWidth(width)
    return label
