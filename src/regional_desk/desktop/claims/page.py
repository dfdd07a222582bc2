"""인턴지원금: the months as cards, one month's run from 작성 to 대사, and what it rests on keyed in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.allowance import run_words as shared_words
from regional_desk.desktop.claims import run_words
from regional_desk.desktop.claims.beside import OpenCard, WhyCard
from regional_desk.desktop.claims.cards import ClaimCards
from regional_desk.desktop.claims.month_dialog import MonthDialog
from regional_desk.desktop.claims.run_acts import RunActs
from regional_desk.desktop.claims.run_table import ClaimTable
from regional_desk.desktop.claims.step_bar import ClaimSteps, Standing
from regional_desk.desktop.shell import Context
from regional_desk.domain.allowance import RunState
from regional_desk.domain.claims import Method
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import Balance, BudgetItem
from regional_desk.errors import UserError
from regional_desk.services.claims import claim_settlement_due, runs
from regional_desk.services.claims.board import MonthCard, board
from regional_desk.services.claims.claim_difference import NOTHING, ClaimDifference, difference
from regional_desk.services.claims.claim_links import OpenItem, Opens
from regional_desk.services.claims.claim_policy import SCHEME
from regional_desk.services.claims.claim_run import ClaimRun, Line
from regional_desk.services.claims.claim_settlement_due import Due
from regional_desk.services.claims.run_states import RunKind
from regional_desk.services.pay.budget import read_balance
from regional_desk.store.claim_runs import ClaimRunRow

_CONCERNED = frozenset({"claims", "internships", "companies", "policies", "people", "budget", "pay_files"})
_LETTERS = 12
_PLACES = {Opens.COMPANY_PAPERS: "papers", Opens.COMPANY_ACCOUNT: "account"}
_FILTERS: dict[str, Callable[[MonthCard], bool]] = {
    "모든 달": lambda _card: True,
    "남은 지원월 있음": lambda card: card.to_do > 0,
    "지급 전": lambda card: card.state is RunState.CONFIRMED,
    "보류 있음": lambda card: card.held > 0,
}


class ClaimsPage(QWidget):
    """Cards of the months, the chosen month's run, and what may be done with it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.run: ClaimRun | None = None
        self._versions: tuple[ClaimRunRow, ...] = ()
        self._due: dict[dt.date, Due] = {}
        self._difference: ClaimDifference = NOTHING
        self._money: dict[int, Balance] = {}
        self.notice, self.cards, self.table = parts.Notice(), ClaimCards(context), ClaimTable(context)
        self._state, self._policy, self._total = QLabel(), QLabel(), parts.heading("")
        self._told, self._budget = parts.muted(), parts.muted()
        self._total.setWordWrap(True)
        self.filter, self.method, self.version = QComboBox(), QComboBox(), QComboBox()
        self.filter.setAccessibleName("보이는 달")
        self.filter.addItems(list(_FILTERS))
        self.method.setAccessibleName("지급 비율 시험")
        self.method.addItem("승인한 방식", None)
        for method in Method:
            self.method.addItem(f"{method.label} 시험", method)
        self.version.setAccessibleName("판")
        for box in (self.method, self.version):  # large text leaves no room for the longest words
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_LETTERS)
        self.why, self.open = WhyCard(context, self.open_month), OpenCard(context, self._go)
        self.acts = RunActs(self)
        self.bar = ClaimSteps(self.acts.slots())
        self._build()
        self.cards.shown.connect(self._read)
        self.table.chosen.connect(self._show_why)
        self.table.opened.connect(lambda _line: self.open_month())
        self.filter.currentIndexChanged.connect(lambda _at: self.refresh())
        self.version.currentIndexChanged.connect(lambda _at: self._read_version())

    @property
    def context(self) -> Context:
        """The window's context."""
        return self._context

    @property
    def standing(self) -> Standing:
        """What the buttons follow from."""
        card = self.cards.current
        proposed = card is not None and card.month in self._due
        return Standing(card, self._versions, self.run, self.table.current(), proposed)

    @property
    def over_budget(self) -> str:
        """By how much the run exceeds what is left, empty where it does not."""
        return run_words.over_budget(self.run, self._money)

    def refresh(self) -> None:
        """Read every month and the open run again."""
        first = self.cards.current is None
        shown = _FILTERS[self.filter.currentText()]
        try:
            self._due = {one.month: one for one in claim_settlement_due.proposals(self._desk)}
            cards = tuple(card for card in board(self._desk) if shown(card))
        except UserError as error:
            self.notice.show_error(error)
            return
        self.cards.set_cards(cards)
        if first and (wanted := next((one for one in cards if one.to_do or one.state), None)):
            with QSignalBlocker(self.cards):
                self.cards.go(wanted.month)
        self._read()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Claims follow from internships, companies, accounts, terms and money."""
        return bool(subjects & _CONCERNED)

    def go_to(
        self, month: dt.date | None = None, internship: UUID | None = None, month_no: int | None = None
    ) -> None:
        """Show a month, and in it an intern's service month."""
        self.filter.setCurrentIndex(0)
        if month is not None:
            self.cards.go(month)
        if internship is not None:
            self.table.choose(
                lambda line: line.internship == internship and month_no in (None, line.month_no)
            )

    def open_month(self) -> None:
        """급여명세와 증빙 서류 of the row under the cursor."""
        line = self.table.current()
        if line is not None:
            self._open(line.internship, line.month_no)

    def act(self, act: Callable[[], object]) -> None:
        """Do something short; a refusal is shown here."""
        self.notice.hide()
        try:
            act()
        except UserError as error:
            self.notice.show_error(error)
        self.refresh()

    def ask(self, title: str, text: str) -> str | None:
        """A sentence, None where the person thought better of it."""
        reason, sure = QInputDialog.getText(self, title, text)
        return reason if sure else None

    def adopt(self) -> None:
        """지원 기준: seen in 관리 → 정책, and adopted there by whoever may."""
        self._context.open_page("admin", tab="policies", policy=SCHEME)

    def _build(self) -> None:
        back = parts.link("← 인턴십", lambda: self._context.open_page("internships"))
        head = [parts.title("인턴지원금"), self._state, None, back, self.filter]
        layout = parts.page_layout(self, head)
        layout.addWidget(self.cards)
        layout.addLayout(parts.row(self.bar, None, self.version, self.method))
        for widget in (self.notice, self._policy, self._told):
            layout.addWidget(widget)
        beside = QWidget()
        stacked = QVBoxLayout(beside)
        stacked.setContentsMargins(0, 0, 0, 0)
        for card in (self.why, self.open):
            stacked.addWidget(card)
        stacked.addStretch(1)
        side = QScrollArea()
        side.setWidgetResizable(True)
        side.setWidget(beside)
        side.setMaximumWidth(self._context.theme.size(380))
        body: QHBoxLayout = parts.row(self.table, side)
        body.setStretch(0, 3)  # large text on a small screen leaves the table the greater part
        body.setStretch(1, 2)
        layout.addLayout(body, 1)
        self.statement_button = parts.button("지급조서", self.acts.print_statement)
        self.bundle_button = parts.button(
            "신청 묶음", self.acts.print_bundle, tip="고른 줄의 기업: 신청서, 점검표, 붙인 증빙"
        )
        sums = QVBoxLayout()
        for label in (self._total, self._budget):
            sums.addWidget(label)
        foot = parts.row(self.statement_button, self.bundle_button)
        foot.insertLayout(0, sums, 1)
        layout.addLayout(foot)
        self.setFocusProxy(self.cards)

    def _read(self) -> None:
        """The versions of the month under the cursor: of what is not done the newest in front, else the main one."""
        card = self.cards.current
        found = runs.list_runs(self._desk, card.month.year, gone=True) if card else ()
        self._versions = tuple(run for run in found if card and run.month == card.month)
        before = self.version.currentData()
        kept = [run for run in self._versions if run.state != RunState.CANCELLED]
        waiting = [run for run in kept if run.state not in (RunState.PAID, RunState.RECONCILED)]
        main = [run for run in kept if run.kind == RunKind.MAIN]
        with QSignalBlocker(self.version):
            self.version.clear()
            for run in reversed(self._versions):
                self.version.addItem(run_words.version(run), run.id)
            newest = next((found[-1].id for found in (waiting, main, kept) if found), None)
            known = {run.id for run in self._versions if run.state == RunState.CANCELLED}
            self.version.setCurrentIndex(self.version.findData(before if before in known else newest))
        self.version.setVisible(len(self._versions) > 1)
        self._read_version()

    def _read_version(self) -> None:
        chosen = self.version.currentData()
        self.run, self._difference = None, NOTHING
        if chosen is not None:
            self.run = runs.show_run(self._context.reading, chosen)
            self._difference = difference(self._desk, self.run.row)
        years = {line.programme_year for line in self.run.lines} if self.run else set()
        self._money = {year: read_balance(self._desk, year, BudgetItem.INTERNSHIP) for year in years}
        self._show()

    def _show(self) -> None:
        run, card = self.run, self.cards.current
        self.table.show_run(run, self._difference)
        if self.table.current() is None:
            self.table.view.selectRow(0)
        self._state.setText(shared_words.steps(run.state if run else None))
        parts.set_tone(self._policy, run_words.policy(run), "warn")
        self._told.setText(run_words.told(run, self._due.get(card.month) if card else None))
        self._told.setVisible(bool(self._told.text()))
        self._total.setText(run_words.total(run, self._difference))
        money = [f"{year}년 {shared_words.budget(one)}" for year, one in self._money.items() if one.known]
        self._budget.setText(" · ".join(money))
        self._budget.setVisible(bool(money))
        self.statement_button.setEnabled(run is not None)
        self._show_why(self.table.current())
        self.open.show_run(run)

    def _show_why(self, line: Line | None) -> None:
        self.why.show_line(line)
        self.bundle_button.setEnabled(line is not None and line.held is None and self._desk.may(Right.UNMASK))
        self.bar.show_for(self.standing)

    def _go(self, item: OpenItem) -> None:
        """To the place where an open item is mended; payslips and papers are keyed here."""
        if item.opens in (Opens.PAYSLIPS, Opens.PAPERS):
            self._open(item.internship, item.month_no, item.paper)
        elif item.opens in _PLACES:
            self._context.open_page("companies", company=item.company, tab=_PLACES[item.opens])
        else:
            self._context.open_page("internships", internship=item.internship, tab="agreements")

    def _open(self, internship: UUID, month_no: int, paper: str | None = None) -> None:
        self.notice.hide()
        try:
            dialog = MonthDialog(self, self._context, internship, month_no, paper)
        except UserError as error:
            self.notice.show_error(error)
            return
        dialog.run()
        self.refresh()
