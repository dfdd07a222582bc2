"""A bank's form filled, and its result matched payment by payment (rulebook section 3, pay file)."""

from __future__ import annotations

import pytest

from regional_desk.domain.pay_files import (
    Column,
    FileFormat,
    LineState,
    Outcome,
    Payment,
    ResultRow,
    SentLine,
    Template,
    Value,
    account_forms,
    account_in,
    cells,
    judge,
    match,
    number_in_mark,
    outcome,
    plain,
    sender_mark,
)

SUCCESS, FAILURE = ("처리완료", "성공"), ("오류", "실패")


def line(
    number: int, account: bytes = b"a", amount: int = 100, state: str = "sent", again: bool = False
) -> SentLine:
    return SentLine(number, account, amount, LineState(state), again)


def row(
    at: int, account: bytes = b"a", amount: int | None = 100, word: str = "성공", number: int | None = None
) -> ResultRow:
    return ResultRow(at, (account,), amount, word, outcome(word, SUCCESS, FAILURE), "", number)


def test_a_payment_fills_the_form_in_its_order_with_texts_and_one_number() -> None:
    columns = tuple(
        Column(value.value, value, most=5 if value is Value.RECEIVER_MARK else 0) for value in Value
    )
    form = Template("x", "은행", FileFormat.XLS, "이체", 1, columns, "=훈련수당 지급", ())
    payment = Payment(7, "004", "국민은행", "0123456789", "홍길동", 340_000)
    filled = dict(zip(Value, cells(payment, form, 3), strict=True))
    assert filled == {
        Value.NUMBER: "7",
        Value.BANK_CODE: "004",
        Value.BANK_NAME: "국민은행",
        Value.ACCOUNT: "0123456789",
        Value.AMOUNT: 340_000,
        Value.HOLDER: "홍길동",
        Value.SENDER_MARK: "수당3-7",
        Value.RECEIVER_MARK: "훈련수당 ",
        Value.EMPTY: None,
    }


@pytest.mark.parametrize(
    ("text", "safe"), [("=1+1", "1+1"), ("-홍길동", "홍길동"), ("@cmd", "cmd"), ("홍 길동", "홍 길동")]
)
def test_no_text_becomes_a_formula(text: str, safe: str) -> None:
    assert plain(text) == safe


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("우리은행 1002839010303", "1002839010303"),
        ("국민 202-6020-428-6813", "20260204286813"),
        ("하나은행(081) 123-456789-01201", "12345678901201"),
        ("110 123 456789", "110123456789"),
        ("12345678901", "12345678901"),
        ("****5678", "5678"),
        ("국민은행", ""),
    ],
)
def test_the_account_is_read_out_of_a_cell_that_names_the_bank_too(text: str, digits: str) -> None:
    assert account_in(text) == digits


def test_lost_zeros_in_front_are_tried() -> None:
    assert account_forms("123") == ("123", "0123", "00123")
    assert account_forms("") == ()


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("처리완료", Outcome.PAID),
        (" 처리 완료 ", Outcome.PAID),
        ("오류", Outcome.FAILED),
        ("처리중", Outcome.UNCLEAR),
        ("미처리완료", Outcome.UNCLEAR),
        ("", Outcome.UNCLEAR),
    ],
)
def test_only_known_words_mean_anything(word: str, meant: Outcome) -> None:
    assert outcome(word, SUCCESS, FAILURE) is meant


@pytest.mark.parametrize(
    ("text", "number"),
    [(sender_mark(3, 12), 12), ("수당3-7 ", 7), ("수당4-7", None), ("급여", None), ("수당13-7", None)],
)
def test_a_mark_of_this_file_names_its_line(text: str, number: int | None) -> None:
    assert number_in_mark(text, 3) == number


def test_account_and_amount_must_both_agree() -> None:
    found = match([line(1), line(2, b"b", 200)], [row(5, b"b", 200), row(6, b"b", 100), row(7, b"a", None)])
    assert [(one.number, result.row) for one, result in found.pairs] == [(2, 5)]
    assert [result.row for result in found.unknown] == [6, 7]


def test_the_number_tells_payments_of_one_account_and_amount_apart() -> None:
    lines = [line(1), line(2), line(3)]
    found = match(lines, [row(5, number=3), row(6, number=1), row(7, number=2)])
    assert [one.number for one, _ in found.pairs] == [3, 1, 2]
    assert found.guessed == 0


def test_without_a_number_they_are_taken_in_order_and_that_is_told() -> None:
    found = match([line(2), line(1)], [row(5), row(6), row(7)])
    assert [(one.number, result.row) for one, result in found.pairs] == [(1, 5), (2, 6)]
    assert (found.guessed, [result.row for result in found.unknown]) == (2, [7])


def test_a_number_of_another_payment_is_not_believed_against_account_and_amount() -> None:
    found = match([line(1), line(2, b"b", 200)], [row(5, b"a", 100, number=2)])
    assert [one.number for one, _ in found.pairs] == [1]


@pytest.mark.parametrize(
    ("before", "again", "word", "after", "told"),
    [
        ("sent", False, "성공", LineState.PAID, False),
        ("sent", False, "오류", LineState.FAILED, False),
        ("sent", False, "접수", None, True),
        ("paid", False, "성공", None, False),
        ("paid", False, "오류", None, True),
        ("failed", False, "오류", None, False),
        ("failed", False, "성공", LineState.PAID, False),
        ("failed", True, "성공", None, True),
        ("failed", True, "오류", None, False),
    ],
)
def test_a_result_changes_only_what_it_may(
    before: str,
    again: bool,
    word: str,
    after: LineState | None,
    told: bool,
) -> None:
    verdict = judge(line(1, state=before, again=again), row(5, word=word))
    assert (verdict.state, bool(verdict.remark)) == (after, told)
