"""What is due about money sent to the bank: results to read, payments to send again, plain files to delete."""

from __future__ import annotations

from collections.abc import Iterator

from regional_desk.desktop.today.line import Due
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import BudgetItem
from regional_desk.domain.text import korean_date, won
from regional_desk.services.desk import Desk
from regional_desk.services.pay import pay_lists
from regional_desk.services.pay.pay_books import BOOKS, Book

_PAGE = "pay_files"


def read_pay(desk: Desk) -> Iterator[Due]:
    """Lines for whoever may pay; they count and name nobody."""
    if not desk.may(Right.PAY_ALLOWANCE) and not desk.may(Right.PAY_CLAIM):
        return
    for made in pay_lists.list_files(desk):
        name, where = f"이체 파일 제{made.row.number}호", {"file": made.row.id}
        day = korean_date(made.row.made_at.date())
        if made.waiting:
            detail = f"{day} 만듦 · {won(made.row.total)}원"
            yield Due(f"{name} 이체 결과 대기 {made.waiting}건", detail, "결과 읽기 →", _PAGE, where)
        elif made.lies_about:
            detail = f"계좌번호가 든 파일이 아직 있습니다: {made.place.name}"
            yield Due(f"{name} 지우기", detail, "지우기 →", _PAGE, where, "bad")
    for book in BOOKS.values():
        if desk.may(book.right):
            yield from _left(desk, book)


def _left(desk: Desk, book: Book) -> Iterator[Due]:
    """What of an item's confirmed amounts is to be paid again, or cannot be sent."""
    left = [one for one in book.list_waiting(desk) if not one.unsent]
    again, kept_back = sum(one.again for one in left), sum(one.kept_back for one in left)
    if book.item is BudgetItem.INTERNSHIP:
        where = {"item": book.item.value}
        if again:
            title = f"인턴지원금 이체 실패 {again}건"
            yield Due(title, "다음 이체 파일로 다시 보냅니다", "재지급 →", _PAGE, where, "bad")
        if kept_back:
            detail = "확정했지만 기업의 계좌가 보류되었거나 없어 이체하지 못합니다"
            yield Due(f"보낼 수 없는 인턴지원금 {kept_back}곳", detail, "기업 계좌 →", _PAGE, where)
        return
    if again:
        yield Due(f"이체 실패 {again}건", "다음 이체 파일로 다시 보냅니다", "재지급 →", _PAGE, {}, "bad")
    if kept_back:
        detail = "확정했지만 계좌가 보류되었거나 없어 이체하지 못합니다"
        yield Due(f"보낼 수 없는 금액 {kept_back}명", detail, "계좌 확인 →", "accounts", {})
