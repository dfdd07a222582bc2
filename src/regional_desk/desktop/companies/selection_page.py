"""참여기업 선정: one kind of companies at a time, from their applications to the announced result."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QLabel, QTabWidget, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.companies.applications_pane import ApplicationsPane
from regional_desk.desktop.companies.kind_pane import KindPane
from regional_desk.desktop.companies.ranking_pane import RankingPane
from regional_desk.desktop.companies.rating_pane import RatingPane
from regional_desk.desktop.shell import Context
from regional_desk.domain.companies import CompanyKind
from regional_desk.services.companies import company_selection
from regional_desk.services.companies.company_selection import KindProgress

_TITLES = {"applications": "신청과 목표", "sheets": "평가위원과 평가표", "selection": "순위와 선정"}
_CONCERNED = frozenset({"companies", "company_selection", "company_ratings"})


class CompanySelectionPage(QWidget):
    """The kind at the top with how far it has come; what is done with it in tabs."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._desk = context.desk
        self.kind = QComboBox()
        self.kind.setAccessibleName("기업 유형")
        for kind in CompanyKind:
            self.kind.addItem(f"{kind.value}기업", kind.value)
        self.state = QLabel()
        self.panes: Mapping[str, KindPane] = {
            "applications": ApplicationsPane(context),
            "sheets": RatingPane(context),
            "selection": RankingPane(context),
        }
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("참여기업 선정")
        for key, pane in self.panes.items():
            self.tabs.addTab(pane, _TITLES[key])
        layout = parts.page_layout(
            self,
            [
                parts.title("참여기업 선정"),
                self.kind,
                self.state,
                None,
                parts.link("기업 →", lambda: context.open_page("companies")),
            ],
        )
        layout.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)
        self.kind.currentIndexChanged.connect(lambda _at: self.refresh())
        self.tabs.currentChanged.connect(lambda _at: self.refresh())

    def refresh(self) -> None:
        """Read the tab in front again."""
        kind = CompanyKind(self.kind.currentData())
        now = next(one for one in company_selection.progress(self._desk) if one.kind is kind)
        parts.set_tone(self.state, *_next_step(now))
        pane = self.tabs.currentWidget()
        if isinstance(pane, KindPane):
            pane.show_kind(kind)

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Companies, applications and points; not what the sheet on screen just wrote itself."""
        sheets = self.panes["sheets"]
        writing = isinstance(sheets, RatingPane) and sheets.writing
        return bool(subjects & _CONCERNED) and not writing

    def go_to(self, tab: str = "applications", kind: CompanyKind | None = None) -> None:
        """Show a tab, of a kind."""
        if kind is not None:
            self.kind.setCurrentIndex(self.kind.findData(kind.value))
        self.tabs.setCurrentWidget(self.panes[tab])


def _next_step(now: KindProgress) -> tuple[str, str]:
    """How far the kind has come and what comes next, with its tone."""
    if now.goal is None:
        return "! 목표 기업 수를 먼저 정하십시오", "warn"
    if not now.applied:
        return "신청을 받으십시오", "quiet"
    if now.open:
        return f"▲ 정하지 않은 신청 {now.open}곳", "warn"
    if now.missing:
        return f"▲ 목표까지 {now.missing}곳", "warn"
    return f"● 목표 {now.goal}곳 선정", "ok"
