"""The table of a run: each person's figures, what changed since the run before, and how the row stands."""

from __future__ import annotations

from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import won
from regional_desk.services import codes
from regional_desk.services.pay.allowance_run import Line, Run
from regional_desk.services.pay.run_difference import NOTHING, Difference
from regional_desk.services.pay.run_states import RunKind

_CHANGE = 6  # the column of differences, shown only where there is a run to compare with


class RunTable(Table[Line]):
    """The people of a run by number."""

    def __init__(self, context: Context) -> None:
        self._context, self._banks = context, codes.bank_names()
        self._difference, self._kind = NOTHING, RunKind.MAIN.value
        super().__init__(
            self._columns(),
            context.colour,
            empty="아직 작성하지 않았습니다. [작성]을 누르면 지금의 출결로 계산합니다.",
            name="훈련수당",
            scale=context.theme.size,
        )

    def show_run(self, run: Run | None, difference: Difference) -> None:
        """Show a run beside the one before."""
        self._difference = difference
        self._kind = run.row.kind if run else RunKind.MAIN.value
        self.view.setColumnHidden(_CHANGE, not difference.compared)
        self.set_rows(run.lines if run else ())

    def _columns(self) -> tuple[Column[Line], ...]:
        return (
            Column("번호", lambda line: str(line.number), lambda line: line.number, "center", 44),
            Column("성명", lambda line: self._context.masking.show_name(line.name), align="center", width=76),
            Column(
                "소정훈련일",
                lambda line: str(line.training_days),
                lambda line: line.training_days,
                "right",
                76,
            ),
            Column(
                "출석일수", lambda line: str(line.attended_days), lambda line: line.attended_days, "right", 66
            ),
            Column("출석률", lambda line: str(line.rate), lambda line: line.rate, "right", 56),
            Column("지급액(원)", lambda line: won(line.amount), lambda line: line.amount, "right", 88),
            Column(
                "전회 대비",
                self._change,
                self._change_key,
                "right",
                84,
                tip=lambda _line: self._difference.compared and f"{self._difference.compared}과 비교",
            ),
            Column("계좌", self._account, width=140),
            Column("상태", self._status, width=150, tone=_tone, tip=self._status),
        )

    def _change(self, line: Line) -> str:
        if not self._difference.compared:
            return ""
        more = self._difference.of(line.trainee, line.amount)
        if more is None:
            return "신규"
        return f"{more:+,}" if more else ""

    def _change_key(self, line: Line) -> int:
        return self._difference.of(line.trainee, line.amount) or 0

    def _account(self, line: Line) -> str:
        tail = Masking.MASKED.show_account(line.account_tail)
        return f"{self._banks.get(line.bank or '', '')} {tail}".strip()

    def _status(self, line: Line) -> str:
        if line.held:
            return f"! 보류: {line.held}"
        if line.open_items:
            more = f" 외 {len(line.open_items) - 1}건" if len(line.open_items) > 1 else ""
            return f"! {line.open_items[0].message}{more}"
        if self._kind == RunKind.SETTLEMENT:
            return "✓ 추가 지급" if line.amount else "환수 또는 차액 없음"
        return "✓ 확인됨" if line.eligible else "▲ 출석률 미달"


def _tone(line: Line) -> str | None:
    if line.held or line.open_items:
        return "warn"
    return "ok" if line.eligible else "bad"
