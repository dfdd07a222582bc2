"""훈련수당: the runs of every unit as cards, one of them open from 작성 to 대사, and many taken a step together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.allowance import run_words
from regional_desk.desktop.allowance.beside import OpenCard, WhyCard
from regional_desk.desktop.allowance.cards import RunCards
from regional_desk.desktop.allowance.run_table import RunTable
from regional_desk.desktop.allowance.step_bar import StepBar
from regional_desk.desktop.jobs import Report
from regional_desk.desktop.shell import Context
from regional_desk.domain.allowance import RunState
from regional_desk.domain.policies import Method
from regional_desk.domain.rights import Right
from regional_desk.domain.run_steps import Step
from regional_desk.domain.settlement import Balance
from regional_desk.domain.text import won
from regional_desk.errors import Item, Refusal, UserError
from regional_desk.services.pay import allowance, many_runs, settlement
from regional_desk.services.pay.allowance_run import Line, OpenItem, Run
from regional_desk.services.pay.budget import read_balance
from regional_desk.services.pay.many_runs import Outcome
from regional_desk.services.pay.run_board import Card, board
from regional_desk.services.pay.run_difference import NOTHING, Difference, difference
from regional_desk.services.pay.run_states import RunKind, UnitKey

_SUBJECTS = {"allowance", "attendance", "courses", "policies", "people", "corrections", "budget"}
_PERSONAL = {"account": "accounts", "no_account": "people"}  # what is open with a person, and its page
_FILTERS: dict[str, Callable[[Card], bool]] = {
    "모든 단위기간": lambda _card: True,
    "확정 전": lambda card: card.is_open,
    "지급 전": lambda card: card.state is RunState.CONFIRMED,
    "보류 있음": lambda card: card.held > 0,
}


class AllowancePage(QWidget):
    """Cards of all units, the chosen unit's run, and what may be done with it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.run: Run | None = None
        self._money = Balance()
        self._difference: Difference = NOTHING
        self.notice, self.cards, self.table = parts.Notice(), RunCards(context), RunTable(context)
        self._state, self._policy, self._total = QLabel(), QLabel(), parts.heading("")
        self._told, self._budget = parts.muted(), parts.muted()
        self._budget.setWordWrap(False)
        self._filter, self._method = QComboBox(), QComboBox()
        self._filter.setAccessibleName("보이는 단위기간")
        self._filter.addItems(list(_FILTERS))
        self._method.setAccessibleName("지급 방식 시험")
        self._method.addItem("정책 방식", None)
        for method in Method:
            self._method.addItem(f"{method.label} 시험", method)
        self.why, self.open = WhyCard(context), OpenCard(context, self._go)
        self.bar = StepBar(
            {
                "draft": self.draft,
                "check": partial(self._step, Step.CHECK),
                "confirm": partial(self._step, Step.CONFIRM),
                "pay": partial(self._step, Step.PAY),
                "back": self._on_back,
                "cancel": self._on_cancel,
                "hold": self._on_hold,
            }
        )
        self._buttons = self.bar.buttons
        self._build()
        self.cards.shown.connect(self._read)
        self.cards.picked.connect(self._show_buttons)
        self.table.chosen.connect(self._show_why)
        self.table.opened.connect(self._open_first)
        self._filter.currentIndexChanged.connect(lambda _at: self.refresh())

    def _build(self) -> None:
        head = [parts.title("훈련수당"), self._state, None, self._filter, self._method]
        layout = parts.page_layout(self, head)
        layout.addWidget(self.cards)
        layout.addLayout(parts.row(self.bar, None, self._related()))
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
        papers = (
            parts.button("지급조서", lambda: self._print("allowance-statement")),
            parts.button("개인별 지급명세", lambda: self._print("personal-statement")),
        )
        layout.addLayout(parts.row(self._total, self._budget, None, *papers))

    def _related(self) -> QPushButton:
        """The pages that belong to this one, behind one button: large text leaves no room for all of them."""
        from regional_desk.desktop.pages import PAGES

        button = QPushButton("관련 화면 ▾")
        menu = QMenu(button)
        for spec in PAGES:
            if spec.under == "allowance":
                menu.addAction(spec.title, partial(self._context.open_page, spec.key))
        button.setMenu(menu)
        return button

    def refresh(self) -> None:
        """Read every unit and the open run again."""
        shown = _FILTERS[self._filter.currentText()]
        self.cards.set_cards([card for card in board(self._desk) if shown(card)])
        self._read()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Runs follow from nearly everything."""
        return bool(subjects & _SUBJECTS)

    def go_to(self, course: UUID, unit: int | None = None) -> None:
        """Show a course's unit."""
        self._filter.setCurrentIndex(0)
        self.cards.go(course, unit)

    def draft(self) -> None:
        """작성, with the method that is tried; an open 정산 is settled anew."""
        card = self.cards.current
        if len(self.cards.chosen) > 1:
            self._step(Step.DRAFT)
        elif card is None:
            self.notice.show_error(Refusal("시작한 교육과정이 없습니다. [교육과정]에서 먼저 만드십시오."))
        elif card.is_open and card.kind is RunKind.SETTLEMENT:
            self._act(lambda: settlement.draft(self._desk, card.course, card.unit.no))
        else:
            method = self._method.currentData()
            tried = Method(method) if method else None
            self._act(lambda: allowance.draft(self._desk, card.course, card.unit.no, method=tried))

    def _read(self) -> None:
        card = self.cards.current
        self.run, self._difference = None, NOTHING
        if card is not None and card.newest is not None:
            self.run = allowance.show(self._context.reading, card.course, card.unit.no)
            self._difference = difference(self._desk, self.run.row)
        year = self.run.course.course.programme_year if self.run else None
        self._money = read_balance(self._desk, year)
        self._show()

    def _step(self, step: Step) -> None:
        """One run at once; many beside the window, each on its own."""
        keys = self.cards.keys()
        reason = self._over_budget() if step is Step.CONFIRM else ""
        if reason is None:
            return
        if len(keys) > 1:
            self.notice.hide()
            self._context.jobs.start_counted(
                lambda told: self._take(step, keys, reason, told),
                f"훈련수당 {step.reached.label}",
                succeeded=lambda found: self._tell(step, found),
                refused=self.notice.show_error,
            )
        elif card := self.cards.current:
            if step is Step.CONFIRM:
                self._act(
                    lambda: allowance.confirm(
                        self._desk, card.course, card.unit.no, over_budget_reason=reason
                    )
                )
                return
            acts: dict[Step, Callable[..., Any]] = {Step.CHECK: allowance.check, Step.PAY: allowance.pay}
            self._act(lambda: acts[step](self._desk, card.course, card.unit.no))

    def _take(self, step: Step, keys: tuple[UnitKey, ...], reason: str, told: Report) -> tuple[Outcome, ...]:
        return many_runs.take(self._desk, step, keys, over_budget_reason=reason, told=told)

    def _tell(self, step: Step, outcomes: tuple[Outcome, ...]) -> None:
        """Which of many were refused, and why; the others are done."""
        names = {card.key: f"{card.course_name} {card.unit.no}단위기간" for card in board(self._desk)}
        refused = [one for one in outcomes if one.refused is not None]
        self.refresh()
        if refused:
            items = tuple(Item(names[one.key], str(one.refused)) for one in refused)
            done = len(outcomes) - len(refused)
            text = f"{len(outcomes)}개 가운데 {done}개는 {step.reached.label} 상태가 되었고 {len(refused)}개는 그대로입니다."
            self.notice.show_error(Refusal(text, items=items))

    def _over_budget(self) -> str | None:
        """The reason where 단장 lets the chosen runs exceed the balance; None where nobody gave one."""
        total = sum(card.newest.total for card in self.cards.chosen if card.newest and card.is_open)
        money = self._money
        if not money.known or total <= money.left or not self._desk.may(Right.EXCEED_BUDGET):
            return ""
        text = f"예산 잔액 {won(money.left)}원보다 {won(total - money.left)}원 많습니다. 넘겨 확정하는 사유"
        reason, sure = QInputDialog.getText(self, "예산 초과 확정", text)
        return reason if sure else None

    def _act(self, act: Callable[[], object]) -> None:
        self.notice.hide()
        try:
            act()
        except UserError as error:
            self.notice.show_error(error)
        self.refresh()

    def _show(self) -> None:
        run = self.run
        self.table.show_run(run, self._difference)
        self._state.setText(run_words.steps(run.state if run else None))
        parts.set_tone(self._policy, run_words.policy(run), "warn")
        self._told.setText(run_words.told(run))
        self._told.setVisible(bool(self._told.text()))
        self._total.setText(run_words.total(run, self._difference))
        self._budget.setText(run_words.budget(self._money))
        self._show_why(self.table.current())
        self.open.show_run(run)

    def _show_buttons(self) -> None:
        self.bar.show_for(self.cards.chosen, self.run, self.table.current())

    def _show_why(self, line: Line | None) -> None:
        self.why.show_line(self.run, line)
        self._show_buttons()

    def _open_first(self, line: Line | None) -> None:
        if line is not None and line.open_items:
            self._go(line.open_items[0])

    def _go(self, item: OpenItem) -> None:
        card = self.cards.current
        if item.kind in _PERSONAL:
            self._context.open_page(_PERSONAL[item.kind], person=item.trainee)
        elif item.kind == "benefits" and card is not None:
            where = {"course": card.course, "unit": card.unit.no, "person": item.trainee}
            self._context.open_page("benefits", **where)
        elif card is not None:
            day = item.days[0] if item.days else None
            where = {"course": card.course, "unit": card.unit.no, "trainee": item.trainee, "day": day}
            self._context.open_page("attendance", **where)

    def _ask(self, title: str, text: str) -> str | None:
        reason, sure = QInputDialog.getText(self, title, text)
        return reason if sure else None

    def _on_back(self) -> None:
        card, reason = self.cards.current, self._ask("검토 되돌리기", "작성으로 되돌리는 사유")
        if card is not None and reason is not None:
            self._act(lambda: allowance.send_back(self._desk, card.course, card.unit.no, reason))

    def _on_cancel(self) -> None:
        card, reason = self.cards.current, self._ask("확정 취소", "확정을 취소하는 사유")
        if card is not None and reason is not None:
            self._act(lambda: allowance.cancel(self._desk, card.course, card.unit.no, reason))

    def _on_hold(self) -> None:
        card, line = self.cards.current, self.table.current()
        if card is None or line is None:
            return
        if line.held:
            self._act(lambda: allowance.release(self._desk, card.course, card.unit.no, line.trainee))
            return
        reason = self._ask("보류", f"{self._context.masking.show_name(line.name)}님을 보류하는 사유")
        if reason is not None:
            self._act(lambda: allowance.hold(self._desk, card.course, card.unit.no, line.trainee, reason))

    def _print(self, document: str) -> None:
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        card = self.cards.current
        if self.run is not None and card is not None:
            PreviewDialog.ask(self._context, Wanted(document, card.course, card.unit.no))
