"""이체 파일: what a bank's form asks for, and what its result file says of each payment (rulebook section 3)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from regional_desk.domain.text import clean, compact, digits_only

BY_HAND = "by_hand"
_ACCOUNT = re.compile(r"\d[\d\- ]*\d")
_MARK = re.compile(r"(\d+)-(\d+)$")
_MARK_WORD = "수당"
_RISKY_HEADS = "=+-@\t"
_LOST_ZEROS = 2


class FileFormat(StrEnum):
    """What kind of file a bank takes; xls is BIFF8."""

    XLS = "xls"
    XLSX = "xlsx"
    CSV = "csv"


class Value(StrEnum):
    """What a column of a bank's form holds."""

    NUMBER = "number"
    BANK_CODE = "bank_code"
    BANK_NAME = "bank_name"
    ACCOUNT = "account"
    AMOUNT = "amount"
    HOLDER = "holder"
    SENDER_MARK = "sender_mark"
    RECEIVER_MARK = "receiver_mark"
    EMPTY = "empty"


class LineState(StrEnum):
    """What became of one payment."""

    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The Korean word."""
        return _STATE_LABELS[self]


_STATE_LABELS = {LineState.SENT: "결과 대기", LineState.PAID: "성공", LineState.FAILED: "실패"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `most` is how many signs its text may have, 0 for any number, `width` in characters."""

    heading: str
    value: Value
    width: int = 14
    most: int = 0


@dataclass(frozen=True, slots=True)
class Template:
    """A bank's form. Headings stand in `heading_row` (from 1, 0: none), the payments right under them.

    `success` are the words of its result file for a payment that was made.
    """

    key: str
    name: str
    format: FileFormat
    sheet: str
    heading_row: int
    columns: tuple[Column, ...]
    receiver_mark: str
    success: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Payment:
    """One line of a pay file; `amount` in won, the account whole."""

    number: int
    bank_code: str
    bank_name: str
    account: str
    holder: str
    amount: int


def template_from_table(table: Mapping[str, Any]) -> Template:
    """A template as its data file describes it."""
    columns = tuple(
        Column(row["heading"], Value(row["value"]), row.get("width", 14), row.get("most", 0))
        for row in table["columns"]
    )
    return Template(
        key=table["key"],
        name=table["name"],
        format=FileFormat(table["format"]),
        sheet=table["sheet"],
        heading_row=table["heading_row"],
        columns=columns,
        receiver_mark=table["receiver_mark"],
        success=tuple(table["success"]),
    )


def sender_mark(file_number: int, number: int) -> str:
    """What stands in the office's own passbook: file and line, by which a result is found again."""
    return f"{_MARK_WORD}{file_number}-{number}"


def number_in_mark(text: str, file_number: int) -> int | None:
    """The line a result means by its mark, None where the text is no mark of this file."""
    match = _MARK.search(clean(text))
    return int(match[2]) if match and int(match[1]) == file_number else None


def cells(payment: Payment, template: Template, file_number: int) -> tuple[str | int | None, ...]:
    """A payment in the order of the form: the amount is a number, everything else text, so that zeros in front stay."""
    values: dict[Value, str | int | None] = {
        Value.NUMBER: str(payment.number),
        Value.BANK_CODE: payment.bank_code,
        Value.BANK_NAME: payment.bank_name,
        Value.ACCOUNT: payment.account,
        Value.AMOUNT: payment.amount,
        Value.HOLDER: plain(payment.holder),
        Value.SENDER_MARK: sender_mark(file_number, payment.number),
        Value.RECEIVER_MARK: plain(template.receiver_mark),
        Value.EMPTY: None,
    }
    found = ((values[column.value], column.most) for column in template.columns)
    return tuple(value[:most] if most and isinstance(value, str) else value for value, most in found)


def plain(text: str) -> str:
    """A text no spreadsheet takes for a formula."""
    return clean(text).lstrip(_RISKY_HEADS)


class Outcome(StrEnum):
    """What a result file says of a payment; a word nobody knows is UNCLEAR and changes nothing."""

    PAID = "paid"
    FAILED = "failed"
    UNCLEAR = "unclear"


def outcome(word: str, success: Collection[str], failure: Collection[str]) -> Outcome:
    """What the state cell of a result file means; only known words mean anything."""
    said = compact(word)
    if said in {compact(one) for one in success}:
        return Outcome.PAID
    return Outcome.FAILED if said in {compact(one) for one in failure} else Outcome.UNCLEAR


def account_in(text: str) -> str:
    """The digits of the account in a cell that may also name the bank: `우리은행 1002-839-010303`."""
    found = _ACCOUNT.findall(text)
    return digits_only(max(found, key=len)) if found else ""


def account_forms(digits: str) -> tuple[str, ...]:
    """How the account may have been written before a number cell dropped the zeros in front."""
    return tuple("0" * lost + digits for lost in range(_LOST_ZEROS + 1)) if digits else ()


@dataclass(frozen=True, slots=True)
class SentLine:
    """A payment of a pay file as results are compared with it; `account` is its keyed hash.

    `again` tells that a failed one was sent once more by a later file.
    """

    number: int
    account: bytes
    amount: int
    state: LineState
    again: bool = False


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A row of a result file: `accounts` are the keyed hashes its account may mean, `number` the line its mark names."""

    row: int
    accounts: tuple[bytes, ...]
    amount: int | None
    word: str
    outcome: Outcome
    reason: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Which rows mean which payments. `unknown` rows mean none of the file; `guessed` were told apart by order only."""

    pairs: tuple[tuple[SentLine, ResultRow], ...]
    unknown: tuple[ResultRow, ...]
    guessed: int


def match(lines: Sequence[SentLine], results: Sequence[ResultRow]) -> Match:
    """Pair results with payments by account, amount and, where the file carries it, the line's number.

    Several payments of one amount to one account are taken in the order of the file.
    """
    waiting: dict[tuple[bytes, int], list[SentLine]] = {}
    for line in sorted(lines, key=lambda one: one.number):
        waiting.setdefault((line.account, line.amount), []).append(line)
    alike = {key for key, found in waiting.items() if len(found) > 1}
    pairs: list[tuple[SentLine, ResultRow]] = []
    unknown, guessed = [], 0
    for row in results:
        keys = [(account, row.amount) for account in row.accounts if row.amount is not None]
        key = next((one for one in keys if waiting.get(one)), None)
        if key is None:
            unknown.append(row)
            continue
        found = waiting[key]
        named = next((line for line in found if line.number == row.number), None)
        line = named or found[0]
        guessed += named is None and key in alike
        found.remove(line)
        pairs.append((line, row))
    return Match(tuple(pairs), tuple(unknown), guessed)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a result does to a payment: the state it takes, None where it stays, and what a person should know."""

    state: LineState | None
    remark: str = ""


def judge(line: SentLine, row: ResultRow) -> Verdict:
    """Take a known word of the bank; never undo a success, never count a payment that was sent again."""
    if row.outcome is Outcome.UNCLEAR:
        return Verdict(None, f"모르는 결과 '{row.word}'이라 결과 대기로 둡니다")
    said = LineState(row.outcome.value)
    if said is line.state:
        return Verdict(None)
    if line.state is LineState.PAID:
        return Verdict(None, "이미 성공으로 적혀 있는데 이번 파일은 실패라고 합니다. 은행에 확인하십시오")
    if line.state is LineState.FAILED and line.again:
        return Verdict(
            None, "실패로 적혀 다시 보냈는데 이번 파일은 성공이라고 합니다. 두 번 나갔는지 확인하십시오"
        )
    return Verdict(said)
