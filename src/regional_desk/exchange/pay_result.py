"""Reading a bank's result file: which payment, and what the bank says of it."""

from __future__ import annotations

from dataclasses import dataclass

from regional_desk.domain.pay_files import account_in
from regional_desk.domain.text import clean, digits_only
from regional_desk.errors import FileRejected
from regional_desk.exchange.layout import Fields, Layout, find_table, table_rows
from regional_desk.exchange.rows import shown
from regional_desk.exchange.spreadsheets import CellValue, Workbook

FIELDS = Fields(
    kind="transfer_results",
    synonyms={
        "account": (
            "입금계좌번호",
            "입금계좌",
            "계좌번호",
            "입금계좌정보",
            "받는계좌",
            "받는분계좌",
            "받는분계좌번호",
        ),
        "amount": ("이체금액", "입금액", "입금금액", "금액", "거래금액"),
        "state": ("처리상태", "처리결과", "이체결과", "이체상태", "결과", "상태", "성공여부"),
        "reason": (
            "오류내용",
            "오류메시지",
            "오류사유",
            "실패사유",
            "불능사유",
            "사유",
            "처리내용",
            "결과메시지",
            "결과내용",
        ),
        "mark": (
            "내통장표시",
            "내통장표시내용",
            "내통장메모",
            "보내는분통장표시",
            "보내는분통장표시내용",
            "출금통장표시",
            "출금통장표시내용",
            "출금계좌적요",
        ),
    },
    needed=("account", "amount", "state"),
)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One row as the bank wrote it: the account's digits, won (None where unreadable), its word, its reason, our mark."""

    row: int
    account: str
    amount: int | None
    word: str
    reason: str
    mark: str


def parse_result(workbook: Workbook) -> tuple[ResultLine, ...]:
    """The rows of a result file; rows without account and amount, as sums have them, are left out.

    Headings are found by name wherever they stand. Raises FileRejected where the columns are not there or no row is.
    """
    sheet, layout = find_table(workbook, FIELDS)
    found = [_line(row, cells, layout) for row, cells in table_rows(sheet, layout)]
    lines = tuple(line for line in found if line.account and line.amount)
    if not lines:
        raise FileRejected(
            f"'{workbook.name}'에 이체 결과가 한 건도 없어 아무것도 적지 않았습니다. 은행에서 결과를 다시 내려받아 주십시오."
        )
    return lines


def _line(row: int, cells: tuple[CellValue, ...], layout: Layout) -> ResultLine:
    def text(field: str) -> str:
        at = layout.column(field)
        return "" if at is None else shown(cells[at])

    return ResultLine(
        row,
        account_in(text("account")),
        _amount(text("amount")),
        clean(text("state")),
        text("reason"),
        text("mark"),
    )


def _amount(text: str) -> int | None:
    digits = digits_only(text.removesuffix(".0"))
    return int(digits) if digits else None
