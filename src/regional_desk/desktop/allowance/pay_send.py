"""What of the confirmed runs of an item is sent to the bank next, and the file for it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QSortFilterProxyModel
from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.settlement import BudgetItem
from regional_desk.domain.text import won
from regional_desk.errors import Refusal, UserError
from regional_desk.services.pay import pay_files, pay_lists, pay_results
from regional_desk.services.pay.pay_books import BOOKS, Book
from regional_desk.services.pay.pay_lists import PayFile
from regional_desk.services.pay.transfers import Plan, Waiting

_HEIGHT = 108  # three runs; more scroll
_SHOWN = 4


class SendCard(QWidget):
    """The runs that wait, whom their file leaves out, and the button that writes it."""

    def __init__(self, context: Context, notice: parts.Notice) -> None:
        super().__init__()
        self._context, self._notice = context, notice
        self._reading = False
        self.table: Table[Waiting] = Table(
            _columns(),
            context.colour,
            empty="보낼 금액이 없습니다. 훈련수당이나 인턴지원금을 확정하면 여기에 나타납니다.",
            name="보낼 금액",
            scale=context.theme.size,
            filtered=False,
        )
        self.table.setFixedHeight(context.theme.size(_HEIGHT))
        self.item = QComboBox()
        self.item.setAccessibleName("항목")
        for item in BudgetItem:
            self.item.addItem(item.label, item.value)
        self.template = QComboBox()
        self.template.setAccessibleName("은행 양식")
        for template in pay_lists.templates().values():
            self.template.addItem(f"{template.name} (.{template.format})", template.key)
        chosen = self.template.findData(context.preferences.get("pay_template", "hana"))
        self.template.setCurrentIndex(max(0, chosen))
        self.make_button = parts.button("이체 파일 만들기…", self.make, primary=True)
        self.hand_button = parts.button(
            "파일 없이 지급 확인…",
            self.record_by_hand,
            tip="이체 파일 없이 지급한 단위기간을 통장에서 확인함",
        )
        self.total = parts.heading("")
        self._left = QVBoxLayout()
        head = parts.row(
            parts.heading("보낼 금액"), self.item, None, self.hand_button, self.template, self.make_button
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(parts.card(head, self.table, self.total, self._left))
        self.table.view.selectionModel().selectionChanged.connect(lambda *_: self._show_plan())
        self.item.currentIndexChanged.connect(lambda _at: self.read())
        self.setFocusProxy(self.table.view)

    @property
    def book(self) -> Book:
        """The item chosen."""
        return BOOKS[BudgetItem(self.item.currentData())]

    def choose_item(self, item: BudgetItem) -> None:
        """Show another item's runs."""
        self.item.setCurrentIndex(self.item.findData(item.value))

    def read(self) -> None:
        """Read the runs again; a choice stays, and of new runs all are chosen that were not paid without a file."""
        before, picked = {row.run for row in self.table.model.rows}, self.chosen()
        self._reading = True  # the people are read once, when the choice stands
        rows = self.book.list_waiting(self._context.reading)
        self._count_items()
        self.table.set_rows(rows)
        self.table.view.clearSelection()
        for at, row in enumerate(rows):
            if row.run in picked if row.run in before else not row.unsent:
                self._select(at)
        self._reading = False
        self._show_plan()

    def set_primary(self, primary: bool) -> None:
        """Whether this is what the page waits for next."""
        parts.set_primary(self.make_button, primary)

    def chosen(self) -> set[UUID]:
        """The chosen runs."""
        return {row.run for row in self.table.selected()}

    def make(self) -> PayFile | None:
        """Ask for what and where, and write the file."""
        self._notice.hide()
        runs, template = self.chosen(), pay_lists.find_template(self.template.currentData())
        if not runs:
            self._notice.show_error(Refusal(f"보낼 {self.book.item.label}을 표에서 먼저 고르십시오."))
            return None
        answer = ReasonDialog.ask(
            self,
            "이체 파일 만들기",
            f"{self.total.text()}. 계좌번호가 그대로 든 파일입니다. 은행에 올린 뒤 결과를 읽고 지우십시오.",
            label="용도(접속기록에 남음)",
            act="저장할 곳 고르기",
        )
        if answer is None:
            return None
        item = self.book.item
        place = self._ask_place(pay_files.proposed_name(self._context.desk, template, item))
        if place is None:
            return None
        self._context.preferences.set("pay_template", template.key)
        try:
            return pay_files.write(self._context.desk, runs, template.key, place, answer.reason, item=item)
        except UserError as error:
            self._notice.show_error(error)
            return None

    def record_by_hand(self) -> None:
        """A unit paid without a file: note that the passbook shows it."""
        row = self.table.current()
        if row is None:
            return
        answer = ReasonDialog.ask(
            self,
            "파일 없이 지급 확인",
            f"{row.place} {row.part} {_count(row.item, row.people)} {won(row.total)}원이 모두 이체된 것을 통장에서 "
            "확인했을 때만 하십시오.",
            label="확인한 것(예: 9/10 통장 거래내역)",
            act="대사로 적기",
        )
        if answer is None:
            return
        self._notice.hide()
        try:
            pay_results.by_hand(self._context.desk, row.item, {row.run}, answer.reason, row.part, None)
        except UserError as error:
            self._notice.show_error(error)

    def _count_items(self) -> None:
        """How many runs of each item wait stands beside its name, so that none is overlooked."""
        for at, book in enumerate(BOOKS.values()):
            waiting = len(book.list_waiting(self._context.reading))
            self.item.setItemText(at, f"{book.item.label} {waiting}건" if waiting else book.item.label)

    def _ask_place(self, name: str) -> Path | None:
        suffix = Path(name).suffix
        options = QFileDialog.Option.DontConfirmOverwrite  # the service refuses a place that is taken
        chosen, _ = QFileDialog.getSaveFileName(
            self, "이체 파일을 저장할 곳", name, f"이체 파일 (*{suffix})", options=options
        )
        if not chosen:
            return None
        return Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(suffix)

    def _select(self, at: int) -> None:
        """Choose a row by its place among the rows, wherever the sorting shows it."""
        shown, selection = self.table.view.model(), self.table.view.selectionModel()
        if isinstance(shown, QSortFilterProxyModel):
            flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
            selection.select(shown.mapFromSource(self.table.model.index(at, 0)), flags)

    def _show_plan(self) -> None:
        if self._reading:
            return
        parts.clear(self._left)
        runs = self.chosen()
        plan = self.book.plan(self._context.reading, runs) if runs else Plan((), ())
        row = self.table.current()
        unsent = row is not None and row.unsent
        self.hand_button.setVisible(unsent)
        may, item = self._context.desk.may(self.book.right), self.book.item
        self.hand_button.setEnabled(may)
        self.make_button.setEnabled(bool(plan.lines) and may)
        what = "보낼 기업" if item is BudgetItem.INTERNSHIP else "보낼 사람"
        self.total.setText(f"{what} {_count(item, len(plan.lines))} · {won(plan.total)}원" if runs else "")
        if not plan.kept_back:
            return
        if item is BudgetItem.INTERNSHIP:
            first = plan.kept_back[0].payee
            link = parts.link(
                "기업 계좌 →", lambda: self._context.open_page("companies", company=first, tab="account")
            )
        else:
            link = parts.link("계좌 확인 →", lambda: self._context.open_page("accounts"))
        who = "기업" if item is BudgetItem.INTERNSHIP else "사람"
        left = _count(item, len(plan.kept_back))
        words = parts.muted(f"! 빠지는 {who} {left} — 계좌를 확인하면 다음 이체 파일에 들어갑니다.")
        told = parts.row(words, link)
        told.setStretch(0, 1)
        self._left.addLayout(told)
        for one in plan.kept_back[:_SHOWN]:
            self._left.addWidget(parts.muted(f"  · {one.name} {won(one.amount)}원: {one.why}"))
        if len(plan.kept_back) > _SHOWN:
            self._left.addWidget(parts.muted(f"  · 그 밖에 {_count(item, len(plan.kept_back) - _SHOWN)}"))


def _columns() -> tuple[Column[Waiting], ...]:
    return (
        Column("과정 · 항목", lambda one: one.place, width=240),
        Column("단위 · 지원분", lambda one: f"{one.part} ({one.kind})", align="center", width=120),
        Column("상태", _state, width=190, tone=lambda one: "warn" if one.unsent else None),
        Column("건수", lambda one: _count(one.item, one.people), lambda one: one.people, "right", 66),
        Column("금액(원)", lambda one: won(one.total), lambda one: one.total, "right", 110),
        Column(
            "확인할 것",
            _remarks,
            width=220,
            tone=lambda one: "warn" if one.kept_back or one.again else None,
        ),
    )


def _count(item: BudgetItem, number: int) -> str:
    return f"{number}곳" if item is BudgetItem.INTERNSHIP else f"{number}명"


def _state(one: Waiting) -> str:
    return "! 이체 파일 없이 지급" if one.unsent else one.state.label


def _remarks(one: Waiting) -> str:
    found = []
    if one.again:
        found.append(f"↻ 재지급 {_count(one.item, one.again)}")
    if one.kept_back:
        found.append(f"! 계좌 때문에 빠짐 {_count(one.item, one.kept_back)}")
    return " · ".join(found)
