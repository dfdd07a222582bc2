"""성과: from 수료 to 고용유지 against the goals, and whom to ask now."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QTabWidget, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.outcomes.counts_pane import CountsPane
from regional_desk.desktop.outcomes.due_pane import DuePane
from regional_desk.desktop.outcomes.goals_dialog import GoalsDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.outcomes import By, Step
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import UserError
from regional_desk.services.outcomes import outcomes

_CONCERNED = frozenset({"outcomes", "internships", "courses", "matching", "companies", "people"})
_DUE = "due"


class OutcomesPage(QWidget):
    """One programme year's figures, and every year's people to ask."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.notice = parts.Notice()
        self.summary = parts.muted()
        self.summary.setWordWrap(False)
        self.year = QComboBox()
        self.year.setAccessibleName("사업연도")
        for year in outcomes.list_years(self._desk):
            self.year.addItem(f"{year}년", year)
        self.year.setCurrentIndex(max(0, self.year.findData(self._desk.office.programme_year)))
        self.goals_button = parts.button("목표…", self.set_goals, tip="단계와 트랙별 목표 인원")
        self.print_button = parts.button("현황 출력…", self.print_list, tip="취업·고용유지 현황 (PDF, 엑셀)")
        back = parts.button("인턴십", lambda: context.open_page("internships"))
        self.counts, self.due = CountsPane(context), DuePane(context)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.counts, "성과")
        self.tabs.addTab(self.due, "확인할 사람")
        header = [
            parts.title("성과"),
            self.year,
            self.summary,
            None,
            back,
            self.goals_button,
            self.print_button,
        ]
        layout = parts.page_layout(self, header)
        layout.addWidget(self.notice)
        layout.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)
        self.year.currentIndexChanged.connect(lambda _at: self._show_year())

    def refresh(self) -> None:
        """Read both panes again."""
        self.goals_button.setEnabled(self._desk.may(Right.EDIT_INTERNSHIPS) and not self._desk.read_only)
        self._show_year()
        self.due.refresh()
        waiting = self.due.waiting
        self.tabs.setTabText(1, f"확인할 사람 {waiting}" if waiting else "확인할 사람")

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Whatever brings somebody to a step."""
        return bool(subjects & _CONCERNED)

    def go_to(self, tab: str = "", kind: str = "", step: str = "", by: str = "") -> None:
        """Show whom to ask (of a kind), or who came to a step, told apart by something."""
        self.tabs.setCurrentWidget(self.due if tab == _DUE else self.counts)
        if tab == _DUE:
            self.due.show_kind(kind)
        if by:
            self.counts.show_by(By(by))
        if step:
            self.counts.show_step(Step(step))

    def set_goals(self) -> None:
        """목표 of the year shown."""
        if self.goals_button.isEnabled():
            GoalsDialog.ask(self, self._context, self.year.currentData())

    def print_list(self) -> None:
        """취업·고용유지 현황, looked at before it is printed."""
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        self.notice.hide()
        wanted = Wanted("employment-list", number=self.year.currentData())
        try:
            PreviewDialog.ask(self._context, wanted, "취업·고용유지 현황")
        except UserError as error:
            self.notice.show_error(error)

    def _show_year(self) -> None:
        self.notice.hide()
        try:
            found = outcomes.outcomes(self._context.reading, self.year.currentData())
            self.counts.show_outcomes(found)
        except UserError as error:
            self.notice.show_error(error)
            return
        self.summary.setText(f"{korean_date(found.until)} 기준")
