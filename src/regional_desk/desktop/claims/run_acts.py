"""What the buttons of the page do with the month shown: the steps, holds, 정산, and the papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from regional_desk.desktop.claims.step_bar import Standing
from regional_desk.domain.allowance import RunState
from regional_desk.domain.claims import Method
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import BudgetItem
from regional_desk.errors import Refusal
from regional_desk.services.claims import claim_pay, claim_settlement, runs
from regional_desk.services.claims.run_states import OPEN_STATES, RunKind

if TYPE_CHECKING:
    from regional_desk.desktop.claims.page import ClaimsPage

_NONE = "지원월이 있는 인턴십이 없습니다. [인턴십]에서 협약에 서명하고 시작한 뒤에 작성합니다."


class RunActs:
    """Each act asks what it must, does it, and leaves showing to the page."""

    def __init__(self, page: ClaimsPage) -> None:
        self._page, self._desk = page, page.context.desk

    def slots(self) -> dict[str, Callable[[], object]]:
        """The acts by the keys of the step bar."""
        return {
            "draft": self.draft,
            "check": self.check,
            "confirm": self.confirm,
            "file": self.open_files,
            "hold": self.hold,
            "back": self.send_back,
            "cancel": self.cancel,
            "pay": self.pay,
            "reconcile": self.reconcile,
            "settle": self.settle,
            "discard": self.discard,
            "policy": self._page.adopt,
        }

    def draft(self) -> None:
        """작성, with the method that is tried; an open 정산 is settled anew."""
        standing = self._standing()
        if standing is None or standing.card is None:
            return
        month, newest = standing.card.month, standing.newest
        if newest is not None and newest.state in OPEN_STATES and newest.kind == RunKind.SETTLEMENT:
            self._page.act(lambda: claim_settlement.draft(self._desk, month))
            return
        tried = self._page.method.currentData()
        method = Method(tried) if tried else None
        self._page.act(lambda: runs.draft(self._desk, month, method=method))

    def check(self) -> None:
        """작성 → 검토."""
        self._with_month(lambda month: runs.check(self._desk, month))

    def confirm(self) -> None:
        """검토 → 확정; 단장 is asked why where a balance is exceeded."""
        reason: str | None = ""
        over = self._page.over_budget
        if over and self._desk.may(Right.EXCEED_BUDGET):
            reason = self._page.ask("예산 초과 확정", f"{over} 넘겨 확정하는 사유")
        if reason is not None:
            told = reason
            self._with_month(lambda month: runs.confirm(self._desk, month, over_budget_reason=told))

    def open_files(self) -> None:
        """The pay files, at what waits of this item."""
        self._page.context.open_page("pay_files", item=BudgetItem.INTERNSHIP.value)

    def hold(self) -> None:
        """Leave the row under the cursor out, or take it in again."""
        line = self._page.table.current()
        if line is None:
            return
        if line.held:
            self._page.act(lambda: runs.release(self._desk, line.internship, line.month_no))
            return
        name = self._page.context.masking.show_name(line.name)
        reason = self._page.ask("보류", f"{name}님의 {line.month_no}차 지원월을 보류하는 사유")
        if reason is not None:
            self._page.act(lambda: runs.hold(self._desk, line.internship, line.month_no, reason))

    def send_back(self) -> None:
        """검토 → 작성 with a reason."""
        reason = self._page.ask("검토 되돌리기", "작성으로 되돌리는 사유")
        if reason is not None:
            self._with_month(lambda month: runs.send_back(self._desk, month, reason))

    def cancel(self) -> None:
        """Take a 확정 back before 지급."""
        reason = self._page.ask("확정 취소", "확정을 취소하는 사유")
        if reason is not None:
            self._with_month(lambda month: runs.cancel(self._desk, month, reason))

    def pay(self) -> None:
        """확정 → 지급 without a file of ours: of the version shown where it is confirmed."""
        run = self._page.run
        number = run.row.number if run is not None and run.state is RunState.CONFIRMED else None
        self._with_month(lambda month: claim_pay.pay(self._desk, month, number=number))

    def reconcile(self) -> None:
        """지급 → 대사 of what was paid without a file, with what the passbook says."""
        memo = self._page.ask("통장 확인(대사)", "통장에서 확인한 내용(날짜, 금액)")
        if memo is not None:
            self._with_month(lambda month: claim_pay.reconcile(self._desk, month, memo))

    def settle(self) -> None:
        """정산 of what changed since 확정."""
        self._with_month(lambda month: claim_settlement.draft(self._desk, month))

    def discard(self) -> None:
        """Throw an open 정산 away."""
        self._with_month(lambda month: claim_settlement.discard(self._desk, month))

    def print_statement(self) -> None:
        """지급조서 of the version shown."""
        self._print("claim-statement")

    def print_bundle(self) -> None:
        """신청 묶음 of the company of the row under the cursor."""
        line = self._page.table.current()
        if line is not None:
            self._print("claim-bundle", bundle=True)

    def _print(self, document: str, *, bundle: bool = False) -> None:
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        run, line = self._page.run, self._page.table.current()
        if run is None:
            return
        company = line.company if bundle and line is not None else None
        wanted = Wanted(document, month=f"{run.month:%Y-%m}", number=run.row.number, company=company)
        PreviewDialog.ask(self._page.context, wanted)

    def _standing(self) -> Standing | None:
        """Where the month stands; without one the page says how it comes to be."""
        standing = self._page.standing
        if standing.card is None:
            self._page.notice.show_error(Refusal(_NONE))
            return None
        return standing

    def _with_month(self, act: Callable[..., object]) -> None:
        standing = self._standing()
        if standing is not None and standing.card is not None:
            month = standing.card.month
            self._page.act(lambda: act(month))
