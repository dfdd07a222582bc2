"""이체 결과: a bank's result file read back, compared payment by payment, and the runs reconciled (rulebook section 3)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain.allowance import RunState
from regional_desk.domain.pay_files import (
    BY_HAND,
    LineState,
    Match,
    Outcome,
    ResultRow,
    SentLine,
    account_forms,
    judge,
    match,
    number_in_mark,
    outcome,
)
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import BudgetItem
from regional_desk.domain.text import clean, won
from regional_desk.errors import Refusal, UsageError
from regional_desk.exchange.pay_result import ResultLine, parse_result
from regional_desk.exchange.spreadsheets import read_workbook
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay import pay_lists
from regional_desk.services.pay.pay_books import BOOKS, Book
from regional_desk.services.pay.pay_lists import SUBJECT, PayFile, find_file, read_row
from regional_desk.services.pay.transfers import Transfer
from regional_desk.store import allowance as runs_store
from regional_desk.store import pay_files as store
from regional_desk.store import sealing
from regional_desk.store.ids import new_id
from regional_desk.store.pay_files import PayFileRow, PayLineRow

_TOO_LATE = "다른 사람이 먼저 바꾸었습니다. 화면을 새로 고친 뒤 다시 하십시오."
_HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class Reading:
    """What a result file says of a pay file, before it is taken. `waiting` payments it says nothing clear of.

    `remarks` name lines of the two files, nobody.
    """

    file: UUID
    number: int
    name: str
    sha256: str
    rows: tuple[ResultLine, ...]
    paid: int
    failed: int
    unchanged: int
    waiting: int
    remarks: tuple[str, ...]


def read_result(desk: Desk, file_id: UUID, path: Path) -> Reading:
    """Compare a bank's result file with the payments of a pay file; nothing is written.

    Raises FileRejected for a file that is none, Refusal where not one of its rows is a payment of this pay file.
    """
    book = _book(desk, file_id)
    desk.require(book.right)
    workbook = read_workbook(path)
    rows = parse_result(workbook)
    with desk.store.read() as connection:
        row = read_row(connection, file_id)
        lines = book.tables.list_lines(connection, file_id=file_id)
        found = _match(desk, connection, book, row, lines, rows)
    if not found.pairs:
        raise Refusal(
            f"'{path.name}'에는 이체 파일 제{row.number}호의 이체가 한 건도 없어 아무것도 적지 않았습니다. 다른 이체의 결과 파일인지 확인해 주십시오."
        )
    told = _Told(found, lines)
    people = book.people([line.payee for line in lines])
    desk.note_view(book.subject, people, {"by": "pay_result", "number": row.number})
    return Reading(
        file=file_id,
        number=row.number,
        name=path.name,
        sha256=workbook.sha256,
        rows=rows,
        paid=told.count(LineState.PAID),
        failed=told.count(LineState.FAILED),
        unchanged=told.unchanged,
        waiting=told.waiting,
        remarks=told.remarks,
    )


def take(desk: Desk, reading: Reading, operation_id: UUID | None = None) -> PayFile:
    """Write what the result file says: 성공, 실패 with the bank's words; runs that are wholly paid become 대사.

    Taken twice it changes nothing more. What it says nothing clear of stays 결과 대기.
    """
    book = _book(desk, reading.file)

    def body(work: Work) -> dict[str, Any]:
        row = read_row(work.connection, reading.file)
        lines = book.tables.list_lines(work.connection, file_id=row.id)
        found = _match(desk, work.connection, book, row, lines, reading.rows)
        by_number = {line.number: line for line in lines}
        counts = {LineState.PAID: 0, LineState.FAILED: 0}
        for line, result in found.pairs:
            state = judge(line, result).state
            if state is not None:
                failure = _failure(result) if state is LineState.FAILED else None
                book.tables.set_line(work.connection, by_number[line.number], state, failure)
                counts[state] += 1
        told = {"number": row.number, "sha256": reading.sha256, "paid": counts[LineState.PAID]}
        _finish(work, book, row, "pay_file.result", told | {"failed": counts[LineState.FAILED]})
        return {"file": str(row.id)}

    desk.perform(book.right, "pay_file.result", body, operation_id, title="이체 결과 적기")
    return find_file(desk, reading.file)


def confirm_waiting(desk: Desk, file_id: UUID, memo: str, operation_id: UUID | None = None) -> PayFile:
    """The payments without a result were made, as the office's passbook shows; `memo` says what was looked at."""
    if not clean(memo):
        raise Refusal(
            "무엇을 보고 이체된 것을 확인했는지 적어 주십시오(예: 통장 거래내역 날짜). 바꾼 것이 없습니다."
        )
    return _settle(desk, file_id, LineState.PAID, clean(memo), operation_id)


def withdraw_waiting(desk: Desk, file_id: UUID, reason: str, operation_id: UUID | None = None) -> PayFile:
    """The payments without a result were not made: not uploaded, or refused as a whole. They may be sent again."""
    if not clean(reason):
        raise Refusal("이체되지 않은 까닭을 적어 주십시오(예: 은행에 올리지 않음). 바꾼 것이 없습니다.")
    return _settle(desk, file_id, LineState.FAILED, clean(reason), operation_id)


def record_by_hand(
    desk: Desk, course_id: UUID, unit_no: int, memo: str, operation_id: UUID | None = None
) -> PayFile:
    """A unit that was paid without a pay file of ours was checked against the passbook: every payment of it was made.

    Raises Refusal where the unit is not in 지급 without a file, or without a memo.
    """
    with desk.store.read() as connection:
        runs = {
            run.id
            for run in runs_store.list_runs(connection, course_id, unit_no)
            if run.state == RunState.PAID
        }
    return by_hand(desk, BudgetItem.ALLOWANCE, runs, memo, f"{unit_no}단위기간", operation_id)


def by_hand(
    desk: Desk, item: BudgetItem, runs: Collection[UUID], memo: str, label: str, operation_id: UUID | None
) -> PayFile:
    """Every payment of runs in 지급 was made without a pay file of ours; `label` names them in the refusal."""
    if not clean(memo):
        raise Refusal("무엇을 보고 확인했는지 적어 주십시오(예: 통장 거래내역 날짜). 바꾼 것이 없습니다.")
    book = BOOKS[item]

    def body(work: Work) -> dict[str, Any]:
        left = set(runs) - book.tables.runs_with_lines(work.connection)
        lines = book.by_hand(work.connection, left)
        if not lines:
            raise Refusal(
                f"{label}에는 이체 파일 없이 지급한 {item.label}이 없습니다. 이체 파일로 보냈으면 은행의 결과 파일을 읽으십시오."
            )
        file_id = _keep_by_hand(work, book, lines, clean(memo))
        row = read_row(work.connection, file_id)
        told = {"number": row.number, "rows": len(lines), "total": row.total}
        _finish(work, book, row, "pay_file.by_hand", told)
        return {"file": str(file_id)}

    done = desk.perform(book.right, "pay_file.by_hand", body, operation_id)
    return find_file(desk, UUID(done["file"]))


def file_of_unit(desk: Desk, course_id: UUID, unit_no: int) -> PayFile:
    """The newest pay file with payments of a unit, those still waiting for a result first; raise UsageError for none."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        runs = [run.id for run in runs_store.list_runs(connection, course_id, unit_no)]
        lines = [line for run_id in runs for line in store.list_lines(connection, run_id=run_id)]
    if not lines:
        raise UsageError(
            f"{unit_no}단위기간을 보낸 이체 파일이 없습니다. 이체 파일을 먼저 만들거나, 파일 없이 지급했으면 --by-hand로 적으십시오."
        )
    best = max(lines, key=lambda line: (line.state == LineState.SENT, line.file_id))
    return find_file(desk, best.file_id)


@dataclass(frozen=True, slots=True)
class _Words:
    success: tuple[str, ...]
    failure: tuple[str, ...]


@cache
def _words() -> _Words:
    """What banks write for success and failure (`resources/codes/transfer_results.toml`)."""
    path = paths.resources() / "codes" / "transfer_results.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return _Words(tuple(table["success"]), tuple(table["failure"]))


class _Told:
    """What a match would change, and what a person should know of it."""

    def __init__(self, found: Match, lines: Collection[PayLineRow]) -> None:
        verdicts = [(line, row, judge(line, row)) for line, row in found.pairs]
        states = {line.number: LineState(line.state) for line in lines}
        states |= {line.number: verdict.state for line, _, verdict in verdicts if verdict.state}
        self._new = [verdict.state for _, _, verdict in verdicts]
        self.unchanged = sum(verdict.state is None and not verdict.remark for _, _, verdict in verdicts)
        self.waiting = sum(state is LineState.SENT for state in states.values())
        remarks = [f"{line.number}번: {verdict.remark}." for line, _, verdict in verdicts if verdict.remark]
        for row in found.unknown:
            amount = f"{won(row.amount)}원" if row.amount is not None else "금액 모름"
            remarks.append(
                f"결과 파일 {row.row}행({amount})은 이 이체 파일에 없는 계좌·금액이라 쓰지 않습니다."
            )
        if found.guessed:
            remarks.append(
                f"같은 계좌·같은 금액이 여럿인 {found.guessed}건은 파일에 적힌 순서대로 맞추었습니다."
            )
        missing = len(lines) - len(found.pairs)
        if missing:
            remarks.append(f"결과 파일에 없는 이체 {missing}건은 그대로 둡니다.")
        self.remarks = tuple(remarks)

    def count(self, state: LineState) -> int:
        """How many payments would newly take this state."""
        return self._new.count(state)


def _match(
    desk: Desk,
    connection: sa.Connection,
    book: Book,
    row: PayFileRow,
    lines: Collection[PayLineRow],
    results: Collection[ResultLine],
) -> Match:
    again = book.tables.sent_again(connection, row.id)
    sent = [
        SentLine(
            line.number, line.mac, line.amount, LineState(line.state), (line.run_id, line.payee) in again
        )
        for line in lines
    ]
    form = pay_lists.templates().get(row.template)
    words, own = _words(), form.success if form else ()
    fingerprint: Callable[[str], bytes] = lambda text: sealing.fingerprint(  # noqa: E731
        desk.store.inner_keys.lookup, text
    )
    rows = [
        ResultRow(
            one.row,
            tuple(map(fingerprint, account_forms(one.account))),
            one.amount,
            one.word,
            outcome(one.word, (*own, *words.success), words.failure),
            one.reason,
            number_in_mark(one.mark, row.number),
        )
        for one in results
    ]
    return match(sent, rows)


def _failure(row: ResultRow) -> str:
    return clean(f"{row.word} {row.reason}") if row.outcome is Outcome.FAILED else ""


def _settle(desk: Desk, file_id: UUID, state: LineState, memo: str, operation_id: UUID | None) -> PayFile:
    """Give every payment without a result the same one, with what a person says of it."""
    book = _book(desk, file_id)

    def body(work: Work) -> dict[str, Any]:
        row = read_row(work.connection, file_id)
        waiting = [
            line
            for line in book.tables.list_lines(work.connection, file_id=file_id)
            if line.state == LineState.SENT
        ]
        if not waiting:
            raise Refusal(f"이체 파일 제{row.number}호에는 결과를 기다리는 이체가 없습니다.")
        for line in waiting:
            book.tables.set_line(work.connection, line, state, memo)
        told = {"number": row.number, "lines": len(waiting), "state": state.label}
        _finish(work, book, row, "pay_file.settle", told)
        return {"file": str(file_id)}

    desk.perform(book.right, "pay_file.settle", body, operation_id)
    return find_file(desk, file_id)


def _book(desk: Desk, file_id: UUID) -> Book:
    return BOOKS[find_file(desk, file_id).item]


def _finish(work: Work, book: Book, row: PayFileRow, action: str, told: dict[str, Any]) -> None:
    """Note the result on the file, and take every run of it that is wholly paid to 대사."""
    by = {"result_by": work.desk.actor.user_id, "result_at": work.at}
    if not store.update_file(work.connection, row, **by):
        raise Refusal(_TOO_LATE)
    work.log(action, SUBJECT, row.id, told)
    lines = book.tables.list_lines(work.connection, file_id=row.id)
    book.reconcile(work, {line.run_id for line in lines})


def _keep_by_hand(work: Work, book: Book, lines: Sequence[Transfer], memo: str) -> UUID:
    """Payments without a file of ours, kept as if one had been sent, so that every sum counts them alike."""
    desk, file_id = work.desk, new_id()
    year = desk.office.programme_year
    store.insert_file(
        work.connection,
        {
            "id": file_id,
            "programme_year": year,
            "number": store.next_number(work.connection, year),
            "item": book.item.value,
            "template": BY_HAND,
            "file_name": "",
            "sha256": bytes(_HASH_BYTES),
            "rows": len(lines),
            "total": sum(line.amount for line in lines),
            "purpose": memo,
            "made_by": desk.actor.user_id,
            "made_at": work.at,
            "deleted_by": desk.actor.user_id,
            "deleted_at": work.at,
        },
    )
    book.insert_lines(work.connection, file_id, lines, LineState.PAID)
    return file_id
