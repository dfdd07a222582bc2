"""The two tables of a service month: its payslips, and the papers asked of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.claims import PaperState
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date, korean_span, won
from regional_desk.services.claims.evidence import PaperLine
from regional_desk.store.payslips import PayslipRow

_SIGNS: dict[PaperState, tuple[str, str]] = {
    PaperState.MISSING: ("!", "bad"),
    PaperState.SUBMITTED: ("△", "warn"),
    PaperState.VERIFIED: ("✓", "ok"),
    PaperState.RETURNED: ("×", "bad"),
}


class PayslipTable(Table[PayslipRow]):
    """A line a payslip."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            (
                Column("기간", lambda row: korean_span(row.start, row.end), lambda row: row.start, width=186),
                Column("임금(원)", lambda row: won(row.wage), lambda row: row.wage, align="right", width=86),
                Column("이체", _transfer, width=164, tone=_transfer_tone, tip=_transfer),
                Column("파일", _files, width=130, tone=_files_tone),
            ),
            context.colour,
            empty="급여명세가 없습니다. [급여명세 적기]를 누르거나 파일을 끌어 놓으십시오.",
            name="급여명세",
            scale=context.theme.size,
            filtered=False,
        )


class PaperTable(Table[PaperLine]):
    """A line a paper of the checklist."""

    def __init__(self, context: Context) -> None:
        def shown(text: str | None) -> str:
            return (text or "") if context.masking is Masking.FULL else ""

        super().__init__(
            (
                Column("서류", lambda line: line.label, width=130),
                Column("상태", _state, width=74, tone=_tone),
                Column(
                    "막는 것",
                    lambda line: shown(line.problem),
                    width=170,
                    tip=lambda line: shown(line.problem),
                ),
                Column("어디", lambda line: line.where, width=110),
                Column(
                    "발급·접수",
                    lambda line: korean_date(line.issued_on) if line.issued_on else "",
                    lambda line: line.issued_on,
                    width=92,
                ),
                Column(
                    "파일·메모",
                    lambda line: shown(line.file_name or line.memo),
                    width=120,
                    tip=lambda line: shown(line.file_name or line.memo),
                ),
            ),
            context.colour,
            empty="받을 서류가 없습니다.",
            name="증빙 서류",
            scale=context.theme.size,
            filtered=False,
        )

    def choose_at(self, point: QPoint) -> None:
        """Put the cursor on the line at a place of the viewport, where there is one."""
        index = self.view.indexAt(point)
        if index.isValid():
            self.view.selectRow(index.row())


def _transfer(row: PayslipRow) -> str:
    if row.transferred_on is None:
        return "! 이체를 적지 않음"
    other = "" if row.own_account else " ! 본인 계좌 아님"
    return f"{korean_date(row.transferred_on)} {won(row.transferred or 0)}원{other}"


def _transfer_tone(row: PayslipRow) -> str | None:
    return None if row.transferred_on is not None and row.own_account else "bad"


def _files(row: PayslipRow) -> str:
    return f"명세 {'✓' if row.slip_id else '없음'} · 이체증 {'✓' if row.transfer_id else '없음'}"


def _files_tone(row: PayslipRow) -> str | None:
    return None if row.slip_id and row.transfer_id else "warn"


def _state(line: PaperLine) -> str:
    return f"{_SIGNS[line.state][0]} {line.state.label}"


def _tone(line: PaperLine) -> str:
    """A paper may be verified and yet not count, as one issued too early."""
    return "bad" if line.problem and line.state is PaperState.VERIFIED else _SIGNS[line.state][1]
