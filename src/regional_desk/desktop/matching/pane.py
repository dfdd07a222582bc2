"""What the page's steps share: the round they show, how they name its people and positions, and its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.rights import Right
from regional_desk.errors import UserError
from regional_desk.services.matching.rounds import Round
from regional_desk.store.matching_rounds import TraineeRow

Row = TypeVar("Row")
NOBODY = "미배정"
_LARGE = 150  # percent from which a small screen has no room for the words


class RoundPane(Pane):
    """One step of a round; without a round its buttons are off."""

    written = Signal()  # several writes are done, of which the page was not told one by one

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.writing = False
        self.found: Round | None = None
        self._words = QLabel()
        self._names: dict[UUID, str] = {}
        self._labels: dict[UUID, str] = {}

    @property
    def may_edit(self) -> bool:
        """Whether the signed-in person may work on rounds."""
        return self.desk.may(Right.EDIT_MATCHING) and not self.desk.read_only

    @property
    def editable(self) -> bool:
        """Whether people, wishes and interviews of the round on screen may be changed by this person."""
        return self.may_edit and self.found is not None and self.found.editable

    def show_round(self, found: Round | None) -> None:
        """Show another round, or the same one read again."""
        before = self.found.row.id if self.found else None
        if before != (found.row.id if found else None):
            self._clear()
        self.found = found
        self._names = {one.id: one.name for one in found.trainees} if found else {}
        self._labels = {one.id: one.title for one in found.positions} if found else {}
        self.refresh()

    def compose(self, words: str, *content: tuple[QWidget | QLayout, int]) -> None:
        """The quiet words, refusals and what went well, and under them what is shown, each with its stretch."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._words = parts.muted(words)
        for widget in (self._words, self.notice, self.said):
            layout.addWidget(widget)
        for one, stretch in content:
            if isinstance(one, QWidget):
                layout.addWidget(one, stretch)
            else:
                layout.addLayout(one, stretch)

    def read(self) -> None:
        """Show the round, or that there is none; with large text the work itself takes the room of the words."""
        self._words.setVisible(self.context.theme.percent < _LARGE)
        if self.found is None:
            self.show_nothing()
        else:
            self.show_data(self.found)

    def show_nothing(self) -> None:
        """Without a round; each step says how."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def show_data(self, found: Round) -> None:
        """The round; each step says how."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def each(self, rows: Sequence[Row], act: Callable[[Row], object]) -> None:
        """Do something short to each row; the page reads the round once, at the end."""
        self._clear()
        self.writing = True
        try:
            for row in rows:
                act(row)
        except UserError as error:
            self.notice.show_error(error)
        finally:
            self.writing = False
        self.written.emit()

    def name_of(self, trainee: UUID) -> str:
        """A trainee of the round, as the screen may show the name."""
        return self._names.get(trainee, "")

    def label_of(self, position: UUID | None) -> str:
        """A position of the round with its company, or that it is none."""
        return NOBODY if position is None else self._labels.get(position, "")


def listed(
    context: Context, columns: Sequence[Column[Row]], name: str, empty: str, *, filtered: bool = True
) -> Table[Row]:
    """A table of the page's scale and colours."""
    return Table(columns, context.colour, empty=empty, name=name, scale=context.theme.size, filtered=filtered)


def name_column(context: Context) -> Column[TraineeRow]:
    """A trainee's name."""
    return Column("성명", lambda one: context.masking.show_name(one.name), lambda one: one.name, width=85)


def birth_column(context: Context) -> Column[TraineeRow]:
    """A trainee's date of birth."""
    return Column(
        "생년월일", lambda one: context.masking.show_birth(one.birth), lambda one: one.birth, width=100
    )


def beside(*halves: tuple[QWidget, int]) -> QHBoxLayout:
    """Widgets side by side, each with its share of the width."""
    layout = parts.row(*(widget for widget, _share in halves), spacing=12)
    for at, (_widget, share) in enumerate(halves):
        layout.setStretch(at, share)
    return layout


def bring_into_view(widget: QWidget) -> None:
    """Scroll the page so far that the widget is seen: large text on a small screen."""
    above: QWidget | None = widget
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(widget)


def under(title: QLabel, buttons: Sequence[QPushButton], body: QWidget) -> QWidget:
    """A part of a pane: its heading with buttons, what it shows below."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    title.setWordWrap(True)
    line = parts.row(title, *buttons, spacing=6)
    line.setStretch(0, 1)
    layout.addLayout(line)
    layout.addWidget(body, 1)
    return made
