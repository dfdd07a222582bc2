"""훈련수요 조사: the answers keyed company by company, and their summary beside the country's figures."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QTabWidget, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.companies.answers_pane import AnswersPane
from regional_desk.desktop.companies.results_pane import ResultsPane
from regional_desk.desktop.shell import Context
from regional_desk.domain.companies import CompanyKind
from regional_desk.errors import UserError
from regional_desk.services.companies import training_needs

_CONCERNED = frozenset({training_needs.SUBJECT, "companies"})
_EVERY_KIND = "모든 기업"


class SurveyPage(QWidget):
    """결과 and 답 적기 in tabs; the programme year and the kind of company above them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.year, self.kind = QComboBox(), QComboBox()
        self.year.setAccessibleName("사업연도")
        self.kind.setAccessibleName("기업 유형")
        self.kind.addItems([_EVERY_KIND, *(kind.value for kind in CompanyKind)])
        self.summary = parts.muted()
        self.summary.setWordWrap(False)
        self.notice = parts.Notice()
        self.results, self.answers = ResultsPane(context), AnswersPane(context)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("훈련수요 조사")
        self.tabs.addTab(self.results, "결과")
        self.tabs.addTab(self.answers, "답 적기")
        header = [
            parts.title("훈련수요 조사"),
            self.year,
            self.kind,
            self.summary,
            None,
            parts.link("← 기업", lambda: context.open_page("companies")),
            parts.button("가져오기", lambda: context.open_page("import", kind="needs"), tip="응답 목록 파일"),
            parts.button("출력", self.print_summary, tip="훈련수요 조사 결과"),
        ]
        layout = parts.page_layout(self, header)
        layout.addWidget(self.notice)
        layout.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)
        self.year.currentIndexChanged.connect(lambda _at: self._show())
        self.kind.currentIndexChanged.connect(lambda _at: self._show())
        self.results.leads.connect(self._on_lead)

    def refresh(self) -> None:
        """Read the years and what they hold again; what is being keyed stays."""
        blocker = QSignalBlocker(self.year)
        chosen = self.year.currentData()
        self.year.clear()
        for year in training_needs.list_years(self._desk):
            self.year.addItem(f"{year}년", year)
        wanted = self._desk.office.programme_year if chosen is None else chosen
        self.year.setCurrentIndex(max(0, self.year.findData(wanted)))
        blocker.unblock()
        self._show()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Answers, and the companies they are of."""
        return bool(subjects & _CONCERNED)

    def go_to(self, company: UUID | None = None, tab: str = "answers") -> None:
        """Show a tab, and a company's answers."""
        self.tabs.setCurrentWidget(self.results if tab == "results" else self.answers)
        if company is not None:
            self.answers.choose(company)

    def print_summary(self) -> None:
        """훈련수요 조사 결과 of the year."""
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        wanted = Wanted("training-need-summary", number=self.year.currentData())
        PreviewDialog.ask(self._context, wanted)

    def _show(self) -> None:
        year = self.year.currentData()
        kind = CompanyKind(self.kind.currentText()) if self.kind.currentIndex() else None
        self.notice.hide()
        try:
            rows = training_needs.list_needs(self._desk, year)
            found = training_needs.summary(self._desk, year, kind)
        except UserError as error:
            self.notice.show_error(error)
            return
        shown = [row for row in rows if kind is None or row.kind == kind]
        levels = " · ".join(f"{level.value} {len(own)}" for level, own in found.levels if own)
        told = f"응답 {len(found.answered)}곳 / {len(shown)}곳"
        self.summary.setText(f"{told} · {levels}" if levels else told)
        self.results.show_summary(found)
        self.answers.show_rows(shown, year)

    def _on_lead(self, companies: Sequence[UUID], words: str) -> None:
        self.tabs.setCurrentWidget(self.answers)
        self.answers.show_companies(companies, words)
        self.answers.table.view.setFocus()
