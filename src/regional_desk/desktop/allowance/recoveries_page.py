"""환수: what is asked back, its notice and due date, what came in, and what is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of
from regional_desk.desktop.allowance.money_fields import AmountField, day_field, reference_field
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.settlement import RecoveryState
from regional_desk.domain.text import korean_date, won
from regional_desk.errors import Refusal, UserError
from regional_desk.services.pay import recoveries
from regional_desk.services.pay.recoveries import DAYS_TO_PAY, Receipt, Recovery

_SIGNS = {
    RecoveryState.UNNOTICED: "● ",
    RecoveryState.WAITING: "○ ",
    RecoveryState.OVERDUE: "! ",
    RecoveryState.SETTLED: "✓ ",
}
_TONES = {RecoveryState.UNNOTICED: "warn", RecoveryState.OVERDUE: "bad", RecoveryState.SETTLED: "ok"}
_AMOUNT, _REFERENCE, _BESIDE = 130, 150, 400


class RecoveriesPage(QWidget):
    """The list, and beside it the chosen one's reason, notice and receipts."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.notice, self.sum = parts.Notice(), parts.heading("")
        self.table: Table[Recovery] = Table(
            _columns(context),
            context.colour,
            empty="환수할 것이 없습니다. 정산에서 줄어든 금액이 생기면 여기에 나옵니다.",
            name="환수",
            scale=context.theme.size,
        )
        self.receipts: Table[Receipt] = Table(
            _receipt_columns(),
            context.colour,
            empty="받은 돈이 없습니다.",
            name="받은 돈",
            scale=context.theme.size,
            filtered=False,
        )
        today, size = context.desk.clock.today(), context.theme.size
        self.due = day_field("납부기한", today + dt.timedelta(days=DAYS_TO_PAY))
        self.amount = AmountField("받은 돈", size(_AMOUNT))
        self.on = day_field("받은 날", today, last=today)
        self.reference = reference_field("통장 거래·영수증 번호", size(_REFERENCE))
        self.notice_button = parts.button("통지", self.give_notice, tip="납부기한을 정하고 통지일을 적습니다")
        self.receive_button = parts.button("받음 적기", self.receive)
        self.void_button = parts.button("받은 돈 무효…", self.void)
        self.waive_button = parts.button("면제…", self.waive)
        self.print_button = parts.button("환수 통지서", self.print_notice, tip="Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self._name, self._why = parts.heading(""), parts.muted()
        self._build()
        self.setFocusProxy(self.table.view)
        self.table.chosen.connect(self._show)

    def _build(self) -> None:
        back = parts.link("← 훈련수당", lambda: self._context.open_page("allowance"))
        layout = parts.page_layout(
            self, [parts.title("환수"), self.sum, None, back, self.waive_button, self.print_button]
        )
        layout.addWidget(self.notice)
        side = QWidget()
        side.setMaximumWidth(self._context.theme.size(_BESIDE))
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(
            parts.card(
                self._name,
                self._why,
                parts.row(parts.muted("납부기한"), self.due, self.notice_button, None),
            )
        )
        beside.addWidget(
            parts.card(
                parts.row(parts.heading("받은 돈"), None, self.void_button),
                self.receipts,
                parts.row(self.amount, self.on, None),
                parts.row(self.reference, self.receive_button),
            ),
            1,
        )
        body = parts.row(self.table, side)
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        layout.addLayout(body, 1)

    def refresh(self) -> None:
        """Read the year's 환수 again."""
        rows: tuple[Recovery, ...] = ()
        try:
            rows = recoveries.list_recoveries(self._context.reading)
        except UserError as error:
            self.notice.show_error(error)
        self.table.set_rows(rows)
        if self.table.current() is None and rows:
            self.table.choose(lambda row: row.state.is_open)
        left = sum(row.balance for row in rows)
        received = sum(row.received for row in rows)
        self.sum.setText(f"남은 환수 {won(left)}원 · 받은 돈 {won(received)}원" if rows else "")
        self._show(self.table.current())

    def concerned(self, subjects: frozenset[str]) -> bool:
        """환수, the runs they come of, and the people."""
        return bool(subjects & {recoveries.SUBJECT, "allowance", "claims", "people"})

    def go_to(self, recovery: UUID | None = None) -> None:
        """Show one, or the first that something is to be done about."""
        self.table.choose(
            lambda row: (
                row.id == recovery
                if recovery is not None
                else row.state in (RecoveryState.OVERDUE, RecoveryState.UNNOTICED)
            )
        )

    def give_notice(self) -> None:
        """통지, or another due date."""
        row = self._chosen()
        if row is not None:
            self._act(lambda: recoveries.give_notice(self._desk, row.id, row.version, day_of(self.due)))

    def receive(self) -> None:
        """받음 적기."""
        row = self._chosen()
        if row is None:
            return
        amount, on, reference = self.amount.value(), day_of(self.on), self.reference.text()
        if self._act(lambda: recoveries.receive(self._desk, row.id, row.version, amount, on, reference)):
            self.reference.clear()

    def void(self) -> None:
        """The chosen receipt was none."""
        row, receipt = self._chosen(), self.receipts.current()
        if row is None or receipt is None:
            self.notice.show_error(Refusal("무효로 할 받은 돈을 먼저 고르십시오."))
            return
        sentence = f"{korean_date(receipt.on)}에 받은 {won(receipt.amount)}원을 무효로 합니다."
        answer = ReasonDialog.ask(self, "받은 돈 무효", sentence, act="무효로")
        if answer is not None:
            self._act(
                lambda: recoveries.void_receipt(self._desk, row.id, row.version, receipt.id, answer.reason)
            )

    def waive(self) -> None:
        """면제: what is left is let go."""
        row = self._chosen()
        if row is None:
            return
        sentence = f"{row.label} {_debtor(self._context, row)}의 남은 환수 {won(row.balance)}원을 면제합니다."
        answer = ReasonDialog.ask(self, "환수 면제", sentence, label="사유와 근거", act="면제")
        if answer is not None:
            self._act(lambda: recoveries.waive(self._desk, row.id, row.version, answer.reason))

    def print_notice(self) -> None:
        """환수 통지서."""
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        row = self._chosen()
        if row is None:
            return
        self.notice.hide()
        if row.due is None:
            self.notice.show_error(Refusal("납부기한을 정하고 [통지]를 누른 뒤 출력하십시오."))
            return
        PreviewDialog.ask(self._context, Wanted("recovery-notice", number=row.number))

    def _show(self, row: Recovery | None) -> None:
        self._name.setText(f"{row.label} {_title(row)}" if row else "환수를 고르십시오")
        words = [row.reason, row.end_reason] if row else []
        self._why.setText("\n".join(word for word in words if word))
        self.receipts.set_rows(recoveries.receipts(self._context.reading, row.id) if row else ())
        is_open = row is not None and row.state.is_open
        may = row is not None and self._desk.may(recoveries.draft_right(row.item))
        drafts = is_open and may
        self.notice_button.setEnabled(drafts)
        self.notice_button.setText("기한 고치기" if row and row.noticed_on else "통지")
        self.receive_button.setEnabled(drafts)
        self.void_button.setEnabled(bool(row and row.received and may))
        waives = row is not None and self._desk.may(recoveries.waive_right(row.item))
        self.waive_button.setEnabled(is_open and waives)
        self.print_button.setEnabled(row is not None)
        self.amount.put(row.balance if row else 0)

    def _chosen(self) -> Recovery | None:
        row = self.table.current()
        if row is None:
            self.notice.show_error(Refusal("환수를 먼저 고르십시오."))
        return row

    def _act(self, act: Callable[[], object]) -> bool:
        self.notice.hide()
        try:
            act()
        except UserError as error:
            self.notice.show_error(error)
            return False
        self.refresh()
        return True


def _columns(context: Context) -> tuple[Column[Recovery], ...]:
    return (
        Column("번호", lambda row: row.label, lambda row: row.number, width=92),
        Column("상태", _state, width=96, tone=lambda row: _TONES.get(row.state)),
        Column("낼 사람·기업", lambda row: _debtor(context, row), lambda row: row.debtor, width=112),
        Column("환수액(원)", lambda row: won(row.amount), lambda row: row.amount, "right", 82),
        Column("받은 돈(원)", lambda row: won(row.received), lambda row: row.received, "right", 84),
        Column("남은 돈(원)", lambda row: won(row.balance), lambda row: row.balance, "right", 84),
        Column(
            "납부기한", lambda row: korean_date(row.due) if row.due else "", lambda row: row.due, width=92
        ),
        Column("무엇의", _about, width=130, tip=_about),
    )


def _about(row: Recovery) -> str:
    return f"{row.item.label if row.company else row.place} · {row.part}"


def _title(row: Recovery) -> str:
    return f"{row.debtor} (인턴 {row.name})" if row.company else row.name


def _debtor(context: Context, row: Recovery) -> str:
    return row.debtor if row.company else context.masking.show_name(row.debtor)


def _state(row: Recovery) -> str:
    return f"{_SIGNS.get(row.state, '– ')}{row.state.label}"


def _receipt_columns() -> tuple[Column[Receipt], ...]:
    return (
        Column("날짜", lambda row: korean_date(row.on), lambda row: row.on, width=88),
        Column("금액(원)", lambda row: won(row.amount), lambda row: row.amount, "right", 80),
        Column(
            "근거",
            lambda row: f"× 무효: {row.void_reason}" if row.void_reason else row.reference,
            width=180,
            tip=lambda row: row.reference,
            tone=lambda row: "muted" if row.void_reason else None,
        ),
    )
