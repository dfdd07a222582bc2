"""What stands beside the list: one internship's state and next step, its picture, and its tabs below."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.internships.picture import picture_of, tab_of
from regional_desk.desktop.internships.record_tabs import TABS, InternshipTab, TabSpec
from regional_desk.desktop.internships.rooms import scrolled
from regional_desk.desktop.internships.steps import Steps
from regional_desk.desktop.internships.timeline import Timeline
from regional_desk.desktop.internships.timeline_marks import Mark
from regional_desk.desktop.internships.words import next_of, show_state, state_tone
from regional_desk.desktop.shell import Context
from regional_desk.domain.text import korean_date
from regional_desk.errors import UserError
from regional_desk.services.internships import events
from regional_desk.services.internships.pending import Pending
from regional_desk.services.internships.reading import InternshipRow

_UNSAVED = "! 저장하지 않은 것이 있습니다. 저장하거나 버린 다음 다른 인턴십으로 가십시오."
_TABS_HEIGHT = 180
_FOLDED = "timeline_folded"
_HINT = "그림: ←→ 날 순서로, ↑↓ 줄을 바꾸어 옮기고 Enter로 엽니다."


class InternshipBeside(QWidget):
    """One internship; a tab is made when it first comes to the front, and only that one reads."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._row: InternshipRow | None = None
        self.name, self.state, self.told = parts.heading(""), QLabel(), parts.muted()
        self.guide, self.said, self.mark = QLabel(), QLabel(), parts.muted()
        for label in (self.guide, self.said):
            label.setWordWrap(True)
        self.notice = parts.Notice()
        self.timeline = Timeline(context)
        self.steps = Steps(context, self.notice, self.open_tab)
        self.fold = parts.button("", self._turn_fold, tip="Ctrl+G · 그림을 접으면 아래 탭이 넓어짐")
        self.tabs = QTabWidget()
        self._made: dict[str, InternshipTab] = {}
        self._rooms = [scrolled(QWidget()) for _spec in TABS]
        for spec, room in zip(TABS, self._rooms, strict=True):
            self.tabs.addTab(room, spec.title)
        self.tabs.setMinimumHeight(context.theme.size(_TABS_HEIGHT))
        self._build()

    @property
    def internship(self) -> UUID | None:
        """Which one is shown."""
        return None if self._row is None else self._row.id

    def show_row(self, row: InternshipRow | None, pending: Sequence[Pending] = ()) -> bool:
        """Show an internship and what waits of it, None for none; whether it is shown: what was typed for another one keeps that."""
        unsaved = next((key for key, tab in self._made.items() if tab.is_dirty), None)
        if unsaved is not None and self.internship is not None and (row is None or row.id != self.internship):
            parts.set_tone(self.said, _UNSAVED, "warn")
            self.open_tab(unsaved)
            return False
        parts.set_tone(self.said, "", "warn")
        self.notice.hide()
        self._row = row
        self.setEnabled(row is not None)
        if row is None:
            self.steps.show_row(None, None)
            self.mark.setText("")
            self.timeline.show_internship(None)
            for label in (self.name, self.told, self.guide):
                label.setText("")
            parts.set_tone(self.state, "", "quiet")
            return True
        self._show_head(row)
        self._show_detail(row, pending)
        self._show_tab()
        return True

    def open_tab(self, tab: str) -> None:
        """Bring a tab to the front."""
        at = next((at for at, spec in enumerate(TABS) if spec.key == tab), None)
        if at is not None:
            self.tabs.setCurrentIndex(at)

    def enter(self) -> None:
        """Go into the record with the keys: to the picture, folded to the tabs."""
        (self.tabs if self._is_folded else self.timeline).setFocus()

    def tab(self, key: str) -> InternshipTab:
        """A tab, made now where it was not yet."""
        at = next(at for at, spec in enumerate(TABS) if spec.key == key)
        return self._make(at, TABS[at])

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(parts.row(self.name, self.state, None, self.fold, self.steps.menu_button))
        layout.addWidget(self.told)
        following = parts.row(self.guide, self.steps.button)
        following.setStretch(0, 1)
        layout.addLayout(following)
        for widget in (self.said, self.notice, self.timeline, self.mark):
            layout.addWidget(widget)
        layout.addWidget(self.tabs, 1)
        self.said.hide()
        self.timeline.picked.connect(self._on_picked)
        self.timeline.told.connect(lambda words: self.mark.setText(words or _HINT))
        self.tabs.currentChanged.connect(lambda _at: self._show_tab())
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.left.emit, context=within)
        QShortcut(QKeySequence("Ctrl+G"), self, self._turn_fold)
        self.setFocusProxy(self.tabs)
        self.setEnabled(False)
        self._show_fold()

    @property
    def _is_folded(self) -> bool:
        return bool(self._context.preferences.get(_FOLDED, False))

    def _turn_fold(self) -> None:
        """Fold the picture or open it; this PC remembers."""
        self._context.preferences.set(_FOLDED, not self._is_folded)
        self._show_fold()

    def _show_fold(self) -> None:
        folded = self._is_folded
        if folded and self.timeline.hasFocus():
            self.tabs.setFocus()
        self.timeline.setVisible(not folded)
        self.mark.setVisible(not folded)
        self.fold.setText("▾ 그림 펴기" if folded else "▴ 그림 접기")

    def _show_head(self, row: InternshipRow) -> None:
        masking = self._context.masking
        self.name.setText(f"{masking.show_name(row.name)} · {row.company_name}")
        parts.set_tone(self.state, show_state(row.state), state_tone(row.state) or "quiet")
        told = (
            row.label,
            masking.show_birth(row.birth),
            row.track,
            row.position_name,
            f"{korean_date(row.start)} ~ {korean_date(row.end)}",
        )
        self.told.setText(" · ".join(filter(None, told)))

    def _show_detail(self, row: InternshipRow, pending: Sequence[Pending]) -> None:
        """The next step and the picture, of what stands behind the list's row."""
        desk, today = self._context.reading, self._context.desk.clock.today()
        try:
            happened = events.timeline(desk, row.id)
        except UserError as error:
            self.notice.show_error(error)
            return
        following = next_of(row, today, pending)
        self.guide.setText(following.words)
        self.guide.setVisible(bool(following.words))
        self.steps.show_row(row, following)
        self.timeline.show_internship(picture_of(row, happened, today))
        self.mark.setText(_HINT)

    def _show_tab(self) -> None:
        row, at = self._row, self.tabs.currentIndex()
        if row is not None and at >= 0:
            self._make(at, TABS[at]).show_internship(row)

    def _make(self, at: int, spec: TabSpec) -> InternshipTab:
        tab = self._made.get(spec.key)
        if tab is None:
            tab = self._made[spec.key] = spec.make(self._context)
            self._rooms[at].setWidget(tab)
            self._rooms[at].setFocusProxy(tab)
        return tab

    def _on_picked(self, mark: Mark) -> None:
        self.open_tab(tab_of(mark.kind))
        self.tabs.setFocus()
