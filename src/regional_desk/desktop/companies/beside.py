"""What stands beside the list: one company's state above, its record, contacts, papers, positions, account and history below."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.companies.account_tab import AccountTab
from regional_desk.desktop.companies.contacts_tab import ContactsTab
from regional_desk.desktop.companies.history_tab import HistoryTab
from regional_desk.desktop.companies.papers_tab import PapersTab
from regional_desk.desktop.companies.positions_tab import PositionsTab
from regional_desk.desktop.companies.record_tab import RecordTab
from regional_desk.desktop.companies.tab import CompanyTab
from regional_desk.desktop.companies.words import show_state, state_tone
from regional_desk.desktop.shell import Context
from regional_desk.errors import UserError
from regional_desk.services.companies import companies
from regional_desk.services.companies.overview import CompanyLine

_UNSAVED = "! 저장하지 않은 기록이 있습니다. Ctrl+S로 저장하거나 [고친 것 버리기]를 누르십시오."


class CompanyBeside(QWidget):
    """One company; only the tab in front reads."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._line: CompanyLine | None = None
        self.name, self.state, self.told = parts.heading(""), QLabel(), parts.muted()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.name.setWordWrap(True)
        self.notice = parts.Notice()
        self.survey_link = parts.link("훈련수요·AX →", self.open_survey)
        self.record = RecordTab(context)
        self.tabs = QTabWidget()
        self.made: dict[str, CompanyTab] = {
            "record": self.record,
            "contacts": ContactsTab(context),
            "papers": PapersTab(context),
            "positions": PositionsTab(context),
            "account": AccountTab(context),
            "history": HistoryTab(context),
        }
        for label, tab in zip(
            ("기록", "담당자", "서류", "직무", "계좌", "이력"), self.made.values(), strict=True
        ):
            self.tabs.addTab(tab, label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(parts.row(self.name, self.state, None, self.survey_link))
        for widget in (self.told, self.said, self.notice):
            layout.addWidget(widget)
        layout.addWidget(self.tabs, 1)
        self.said.hide()
        self.tabs.currentChanged.connect(lambda _at: self._show_tab())
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.left.emit, context=within)
        self.setFocusProxy(self.tabs)
        self.setEnabled(False)

    @property
    def company(self) -> UUID | None:
        """Which one is shown."""
        return None if self._line is None else self._line.row.id

    def show_line(self, line: CompanyLine | None) -> bool:
        """Show a company, None for none; whether it is shown: what was typed for another one and not saved keeps that."""
        if (
            self.record.is_dirty
            and self.company is not None
            and (line is None or line.row.id != self.company)
        ):
            parts.set_tone(self.said, _UNSAVED, "warn")
            self.tabs.setCurrentWidget(self.record)
            return False
        parts.set_tone(self.said, "", "warn")
        self._line = line
        self.setEnabled(line is not None)
        if line is None:
            for label in (self.name, self.told):
                label.setText("")
            parts.set_tone(self.state, "", "quiet")
            return True
        self._show_head(line)
        self._show_tab()
        return True

    def open_tab(self, tab: str) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentWidget(self.made[tab])

    def open_survey(self) -> None:
        """The company's answers to the training-need survey, where its AX level is set."""
        if self.company is not None:
            self._context.open_page("survey", company=self.company)

    def _show_head(self, line: CompanyLine) -> None:
        row = line.row
        self.name.setText(row.name)
        parts.set_tone(self.state, show_state(line), state_tone(line) or "quiet")
        told = (
            row.kind or "! 유형 없음",
            f"AX {line.level}" if line.level else "AX 수준 없음",
            f"직무 {len(line.positions)}개 · 모집인원 {line.seats}명",
            f"서류 {len(line.missing)}가지 남음" if line.missing else "서류 모두 확인",
        )
        self.told.setText(" · ".join(told))

    def _show_tab(self) -> None:
        tab, line = self.tabs.currentWidget(), self._line
        if line is None or not isinstance(tab, CompanyTab):
            return
        self.notice.hide()
        try:
            row = companies.read_company(self._context.reading, line.row.id)
        except UserError as error:
            self.notice.show_error(error)
            return
        if row is not None:
            tab.show_company(row)
