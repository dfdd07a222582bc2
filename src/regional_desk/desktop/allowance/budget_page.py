"""예산·정산 of both items: 교부, 이자 and 반납, what was spent by course or company, and what is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QLabel, QProgressBar, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of
from regional_desk.desktop.allowance.money_fields import AmountField, day_field, reference_field
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Row, Table
from regional_desk.domain.rights import Right
from regional_desk.domain.rounding import half_up_int
from regional_desk.domain.settlement import BudgetItem, EntryKind, PaidUnit, Sheet
from regional_desk.domain.text import korean_date, won
from regional_desk.errors import Refusal, UserError
from regional_desk.services.pay import budget
from regional_desk.services.pay.budget import Entry

_AMOUNT, _REFERENCE, _BAR = 160, 220, 220
_WHOLE = 100


class BudgetPage(QWidget):
    """Sums above, the units of the 정산표, and the entries with the line that adds one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.notice, self.item, self.kind = parts.Notice(), QComboBox(), QComboBox()
        self.item.setAccessibleName("예산 항목")
        self.kind.setAccessibleName("구분")
        for item in BudgetItem:
            self.item.addItem(item.label, item.value)
        for kind in EntryKind:
            self.kind.addItem(kind.label, kind.value)
        self.left, self.flow, self.proof = parts.heading(""), parts.muted(), QLabel()
        self.flow.setWordWrap(False)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("집행률")
        self.bar.setFixedWidth(context.theme.size(_BAR))
        self.units: Table[PaidUnit] = self._table(_unit_columns(), "확정한 금액이 없습니다.", "정산표")
        self.entries: Table[Entry] = self._table(
            _entry_columns(), "교부받은 돈을 적으면 확정할 때 잔액을 봅니다.", "교부·이자·반납"
        )
        today, size = context.desk.clock.today(), context.theme.size
        self.amount = AmountField("금액", size(_AMOUNT))
        self.on = day_field("날짜", today, last=today)
        self.reference = reference_field("공문번호·근거", size(_REFERENCE))
        self.add_button = parts.button("적기", self.add, primary=True)
        self.void_button = parts.button("무효…", self.void)
        self._build()
        self.setFocusProxy(self.units.view)
        self.item.currentIndexChanged.connect(lambda _at: self.refresh())
        self.entries.chosen.connect(lambda _row: self._enable())

    def _table(self, columns: tuple[Column[Row], ...], empty: str, name: str) -> Table[Row]:
        return Table(
            columns,
            self._context.colour,
            empty=empty,
            name=name,
            scale=self._context.theme.size,
            filtered=False,
        )

    def _build(self) -> None:
        sheet = parts.button("정산표", self.print_sheet, tip="Ctrl+P")
        sheet.setShortcut("Ctrl+P")
        back = parts.link("← 훈련수당", lambda: self._context.open_page("allowance"))
        layout = parts.page_layout(self, [parts.title("예산·정산"), self.item, None, back, sheet])
        layout.addWidget(self.notice)
        layout.addWidget(parts.card(parts.row(self.left, self.bar, None), self.flow, self.proof))
        layout.addWidget(self.units, 3)
        tools = (self.kind, self.amount, self.on, self.reference, self.add_button, None, self.void_button)
        layout.addWidget(parts.heading("교부·이자·반납"))
        layout.addWidget(self.entries, 2)
        layout.addLayout(parts.row(*tools))

    def refresh(self) -> None:
        """Read the item's sheet and entries again."""
        item = self._item()
        sheet = budget.sheet(self._desk, item=item)
        self.units.set_rows(sheet.units)
        self.entries.set_rows(budget.entries(self._desk, item=item))
        self._show_sums(sheet)
        self._enable()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Entries, runs, pay files and receipts."""
        mine = {budget.SUBJECT, "allowance", "claims", "recoveries", "pay_files", "courses", "companies"}
        return bool(subjects & mine)

    def go_to(self, item: str | None = None) -> None:
        """Show an item, 훈련수당 where none is named."""
        self.item.setCurrentIndex(self.item.findData(item or BudgetItem.ALLOWANCE.value))

    def add(self) -> None:
        """적기."""
        kind, amount, on = EntryKind(self.kind.currentData()), self.amount.value(), day_of(self.on)
        if self._act(
            lambda: budget.add_entry(self._desk, self._item(), kind, amount, on, self.reference.text())
        ):
            self.reference.clear()
            self.amount.put(0)

    def void(self) -> None:
        """The chosen entry was a mistake."""
        row = self.entries.current()
        if row is None:
            self.notice.show_error(Refusal("무효로 할 줄을 먼저 고르십시오."))
            return
        sentence = f"{korean_date(row.on)} {row.kind.label} {won(row.amount)}원을 무효로 합니다."
        answer = ReasonDialog.ask(self, f"{row.kind.label} 무효", sentence, act="무효로")
        if answer is not None:
            self._act(lambda: budget.void_entry(self._desk, row.id, answer.reason))

    def print_sheet(self) -> None:
        """정산표."""
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        claims = self._item() is BudgetItem.INTERNSHIP
        PreviewDialog.ask(self._context, Wanted("claim-settlement-sheet" if claims else "settlement-sheet"))

    def _item(self) -> BudgetItem:
        return BudgetItem(self.item.currentData())

    def _show_sums(self, sheet: Sheet) -> None:
        money = sheet.balance
        self.bar.setVisible(money.known)
        if money.known:
            share = half_up_int(max(0, money.spent) * _WHOLE, money.granted)
            over = "! 초과 " if money.left < 0 else "잔액 "
            self.left.setText(
                f"예산 {won(money.granted)}원 · 집행 {won(money.spent)}원 · {over}{won(money.left)}원"
            )
            self.bar.setValue(min(_WHOLE, share))
            self.bar.setFormat(f"집행 {share}%")
        else:
            self.left.setText(f"집행 {won(money.spent)}원 · 교부받은 돈을 아직 적지 않았습니다")
        self.flow.setText(
            f"이자 {won(money.interest)}원 · 반납 {won(money.returned)}원 · 환수로 받은 돈 {won(money.recovered)}원\n"
            f"은행이 지급한 돈 {won(sheet.paid)}원 · 통장에 있어야 할 돈 {won(sheet.cash)}원"
        )
        parts.set_tone(
            self.proof,
            "✓ 정산표가 1원까지 맞습니다"
            if sheet.balances
            else "! 정산표가 맞지 않습니다. 기록을 확인하십시오",
            "ok" if sheet.balances else "bad",
        )

    def _enable(self) -> None:
        row, edits = self.entries.current(), self._desk.may(Right.EDIT_BUDGET)
        self.add_button.setEnabled(edits)
        self.void_button.setEnabled(edits and row is not None and row.void_reason is None)

    def _act(self, act: Callable[[], object]) -> bool:
        self.notice.hide()
        try:
            act()
        except UserError as error:
            self.notice.show_error(error)
            return False
        self.refresh()
        return True


def _unit_columns() -> tuple[Column[PaidUnit], ...]:
    def money(title: str, read: Callable[[PaidUnit], int], width: int = 92) -> Column[PaidUnit]:
        return Column(title, lambda row: won(read(row)), read, "right", width)

    return (
        Column("과정 · 기업", lambda row: row.place, width=200),
        Column("단위 · 지원분", lambda row: row.part, align="center", width=88),
        Column("인원", lambda row: str(row.people), lambda row: row.people, "right", 48),
        money("확정(원)", lambda row: row.confirmed),
        money("지급(원)", lambda row: row.paid),
        money("지급 실패(원)", lambda row: row.failed),
        money("지급 전(원)", lambda row: row.waiting),
        money("환수 결정(원)", lambda row: row.asked),
        money("환수 받음(원)", lambda row: row.received),
        Column("상태", lambda row: _state(row)[0], width=120, tone=lambda row: _state(row)[1]),
    )


def _state(row: PaidUnit) -> tuple[str, str]:
    """How far a unit's money went, with the colour beside the word."""
    if row.failed:
        return "! 지급 실패 있음", "bad"
    return ("○ 지급 전", "warn") if row.waiting else ("✓ 지급 끝", "ok")


def _entry_columns() -> tuple[Column[Entry], ...]:
    return (
        Column("날짜", lambda row: korean_date(row.on), lambda row: row.on, width=92),
        Column("구분", lambda row: row.kind.label, width=60),
        Column("금액(원)", lambda row: won(row.amount), lambda row: row.amount, "right", 110),
        Column("공문번호·근거", lambda row: row.reference, width=260, tip=lambda row: row.reference),
        Column("적은 사람", lambda row: row.by, width=80),
        Column(
            "상태",
            lambda row: f"× 무효: {row.void_reason}" if row.void_reason else "",
            width=200,
            tone=lambda row: "muted" if row.void_reason else None,
        ),
    )
