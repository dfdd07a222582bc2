"""심사·선발: one round and track at a time, from its goals to the published result."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLabel, QTabWidget, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.screening.criteria_pane import CriteriaPane
from regional_desk.desktop.screening.pane import RoundPane
from regional_desk.desktop.screening.result_pane import ResultPane
from regional_desk.desktop.screening.round_dialog import RoundDialog
from regional_desk.desktop.screening.rounds_pane import RoundsPane
from regional_desk.desktop.screening.selection_pane import SelectionPane
from regional_desk.desktop.screening.sheets_pane import SheetsPane
from regional_desk.desktop.shell import Context
from regional_desk.domain.people import Track
from regional_desk.domain.text import korean_span
from regional_desk.services.recruitment import rounds

_TITLES = {
    "rounds": "목표와 진행",
    "criteria": "심사 기준",
    "sheets": "심사위원과 점수표",
    "selection": "순위와 선발",
    "result": "결과 알림",
}
_CONCERNED = frozenset({"rounds", "screening", "people", "applicants"})


class ScreeningPage(QWidget):
    """The round and the track at the top; what is done with them in tabs."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.round, self.track = QComboBox(), QComboBox()
        self.round.setAccessibleName("모집 차수")
        self.round.setMinimumContentsLength(26)
        self.track.setAccessibleName("트랙")
        for track in Track:
            self.track.addItem(track.value)
        self.state = QLabel()
        self.panes: Mapping[str, RoundPane] = {
            "rounds": RoundsPane(context),
            "criteria": CriteriaPane(context),
            "sheets": SheetsPane(context),
            "selection": SelectionPane(context),
            "result": ResultPane(context),
        }
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("심사·선발")
        for key, pane in self.panes.items():
            self.tabs.addTab(pane, _TITLES[key])
        layout = parts.page_layout(
            self,
            [
                parts.title("심사·선발"),
                self.round,
                self.track,
                self.state,
                None,
                parts.link("모집 →", lambda: context.open_page("people")),
                parts.button("새 차수…", self.add),
            ],
        )
        layout.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)
        self.round.currentIndexChanged.connect(self._on_chosen)
        self.track.currentIndexChanged.connect(self._on_chosen)
        self.tabs.currentChanged.connect(lambda _at: self._show())

    def refresh(self) -> None:
        """Read the rounds and the tab in front again."""
        chosen = self.round.currentData()
        blocker = QSignalBlocker(self.round)
        self.round.clear()
        for row in rounds.list_rounds(self._desk):
            self.round.addItem(f"{row.name} ({korean_span(row.opens, row.closes)})", str(row.id))
        self.round.setCurrentIndex(max(0, self.round.findData(chosen)))
        blocker.unblock()
        self._show()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Rounds, points and people; not what the sheet on screen just wrote itself."""
        sheets = self.panes["sheets"]
        writing = isinstance(sheets, SheetsPane) and sheets.writing
        return bool(subjects & _CONCERNED) and not writing

    def go_to(self, tab: str = "rounds", round: UUID | None = None, track: Track | None = None) -> None:  # noqa: A002 - the place's own word
        """Show a tab, of a round and track."""
        if round is not None:
            self.round.setCurrentIndex(max(0, self.round.findData(str(round))))
        if track is not None:
            self.track.setCurrentText(track.value)
        self.tabs.setCurrentWidget(self.panes[tab])

    def add(self) -> None:
        """새 차수."""
        made = RoundDialog.ask_new(self, self._context)
        if made is not None:
            self.refresh()
            self.go_to(round=made)

    def _on_chosen(self) -> None:
        self._show()

    def _show(self) -> None:
        data = self.round.currentData()
        chosen = UUID(data) if data else None
        pane = self.tabs.currentWidget()
        if chosen is None:
            parts.set_tone(self.state, "아직 차수가 없습니다. [새 차수]로 시작하십시오.", "quiet")
        else:
            detail = rounds.detail(self._desk, chosen)
            parts.set_tone(self.state, f"● {detail.state.label}", "ok")
        if isinstance(pane, RoundPane):
            pane.show_round(chosen, Track(self.track.currentText()))
