"""연계: one round at a time, from two files to the published list, its steps above one another's work."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QStackedWidget, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.matching.change_pane import ChangePane
from regional_desk.desktop.matching.compare_pane import ComparePane
from regional_desk.desktop.matching.guide import HOW, NO_ROUND, TITLES, next_of, steps_of
from regional_desk.desktop.matching.interviews_pane import InterviewsPane
from regional_desk.desktop.matching.pane import RoundPane, bring_into_view
from regional_desk.desktop.matching.people_pane import PeoplePane
from regional_desk.desktop.matching.publish_pane import PublishPane
from regional_desk.desktop.matching.round_dialog import RoundDialog
from regional_desk.desktop.matching.steps import StepStrip
from regional_desk.desktop.matching.wishes_pane import WishesPane
from regional_desk.desktop.shell import Context
from regional_desk.domain.matching_rounds import MatchingState
from regional_desk.domain.rights import Right
from regional_desk.errors import UserError
from regional_desk.services.matching import rounds
from regional_desk.services.matching.rounds import Round

_CONCERNED = frozenset(
    {"matching", "people", "companies", "positions", "preferences", "interviews", "courses"}
)
_LETTERS = 18


class MatchingPage(QWidget):
    """The round at the top, its steps under it, the work of the chosen step below."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.found: Round | None = None
        self.round = QComboBox()
        self.round.setAccessibleName("연계 차수")
        self.round.setMinimumContentsLength(_LETTERS)
        self.state, self.guide = QLabel(), QLabel()
        self.guide.setWordWrap(True)
        self.notice = parts.Notice()
        self.strip = StepStrip(TITLES)
        self.how = parts.card(parts.heading("엑셀 파일 두 개에서 공개한 명단까지"), *map(_line, HOW))
        self.go_on = parts.link("그 단계로 →", self._go_on)
        self.new = parts.button("새 차수…", self.add, tip="Ctrl+N")
        self.edit = parts.button("차수 고치기…", self._on_edit)
        self.panes: Mapping[str, RoundPane] = {
            "people": PeoplePane(context),
            "wishes": WishesPane(context),
            "interviews": InterviewsPane(context),
            "compare": ComparePane(context),
            "change": ChangePane(context),
            "publish": PublishPane(context),
        }
        self.stack = QStackedWidget()
        for pane in self.panes.values():
            self.stack.addWidget(pane)
            pane.written.connect(self.refresh)
        self._step = ""
        self._build()

    def refresh(self) -> None:
        """Read the rounds and the chosen one again."""
        chosen = self.round.currentData()
        blocker = QSignalBlocker(self.round)
        self.round.clear()
        for row in rounds.list_rounds(self._desk):
            self.round.addItem(row.name, str(row.id))
        self.round.setCurrentIndex(max(0, self.round.findData(chosen)))
        blocker.unblock()
        self._read()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Rounds, and whoever and whatever they hold."""
        return bool(subjects & _CONCERNED) and not any(pane.writing for pane in self.panes.values())

    def go_to(self, round: UUID | None = None, step: str = "") -> None:  # noqa: A002 - the place's own word
        """Show a round, and one of its steps."""
        if round is not None:
            self.round.setCurrentIndex(max(0, self.round.findData(str(round))))
        if step:
            self.strip.choose(step)

    def add(self) -> None:
        """새 차수."""
        made = RoundDialog.ask_new(self, self._context)
        if made is not None:
            self._step = ""
            self.refresh()
            self.go_to(round=made)

    def _build(self) -> None:
        layout = parts.page_layout(
            self, [parts.title("연계"), self.round, self.state, None, self.edit, self.new]
        )
        layout.addWidget(self.strip)
        line = parts.row(self.guide, self.go_on)
        line.setStretch(0, 1)
        layout.addLayout(line)
        layout.addWidget(self.notice)
        layout.addWidget(self.how)
        layout.addWidget(self.stack, 1)
        layout.addStretch(0)
        QShortcut(QKeySequence("Ctrl+N"), self, self.new.click)
        self.round.currentIndexChanged.connect(self._on_chosen)
        self.strip.chosen.connect(self._on_step)

    def _on_chosen(self) -> None:
        self._step = ""
        self._read()

    def _on_step(self, key: str) -> None:
        self._step = key
        self._show()
        bring_into_view(self.round)

    def _on_edit(self) -> None:
        if self.found is not None and RoundDialog.ask_change(self, self._context, self.found.row):
            self.refresh()

    def _go_on(self) -> None:
        if self.found is None:
            self.add()
        else:
            self.strip.choose(next_of(self.found)[0] or "publish")

    def _read(self) -> None:
        """The chosen round; a refusal stands where it would."""
        data = self.round.currentData()
        self.notice.hide()
        self.found = None
        try:
            self.found = rounds.read(self._context.reading, UUID(data)) if data else None
        except UserError as error:
            self.notice.show_error(error)
        self._show()

    def _show(self) -> None:
        found = self.found
        may = self._desk.may(Right.EDIT_MATCHING) and not self._desk.read_only
        self.new.setEnabled(may)
        self.edit.setEnabled(may and found is not None and found.editable)
        some = self.round.count() > 0
        for widget in (self.round, self.edit):
            widget.setVisible(some)
        self.strip.setVisible(found is not None)
        self.stack.setVisible(found is not None)
        self.how.setVisible(not some)
        parts.set_primary(self.new, not some)
        self.go_on.setVisible(found is not None)
        self.setFocusProxy(self.new)
        if found is None:
            parts.set_tone(self.state, "", "quiet")
            parts.set_tone(self.guide, "" if some else NO_ROUND, "quiet")
            return
        following, told = next_of(found)
        self._step = self._step or following or "publish"
        out = found.state is MatchingState.PUBLISHED
        parts.set_tone(
            self.state,
            "● 공개함" if out else "● 채택함" if found.adopted else "○ 준비 중",
            "ok" if found.adopted else "quiet",
        )
        parts.set_tone(self.guide, told, "quiet")
        self.strip.show_steps(steps_of(found))
        self.strip.buttons[self._step].setChecked(True)
        self.setFocusProxy(self.strip.buttons[self._step])
        self.go_on.setVisible(bool(following) and following != self._step)
        pane = self.panes[self._step]
        for (
            one
        ) in self.panes.values():  # a page scrolls for the step in front only, not for the largest of all
            fits = QSizePolicy.Policy.Preferred if one is pane else QSizePolicy.Policy.Ignored
            one.setSizePolicy(fits, fits)
        self.stack.setCurrentWidget(pane)
        pane.show_round(found)


def _line(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
