"""이체 파일 and their results: written once, read back, failed ones paid again, runs reconciled (rulebook section 3)."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
import sqlalchemy as sa
from openpyxl import Workbook, load_workbook
from tests.integration.test_month import course_of, give_evidence

from regional_desk.domain.allowance import RunState
from regional_desk.domain.pay_files import LineState
from regional_desk.errors import FileRejected, Refusal, UsageError
from regional_desk.exchange.spreadsheets import read_workbook
from regional_desk.services import policies
from regional_desk.services.desk import Desk
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.pay import accounts, allowance, pay_files, pay_lists, pay_results, payable
from regional_desk.services.pay.pay_lists import PayFile
from regional_desk.services.recruitment import contact
from regional_desk.services.safety import logs
from regional_desk.store import audit
from regional_desk.store import pay_files as stored
from regional_desk.store.allowance import allowance_row
from regional_desk.store.ids import new_id

Row = tuple[str, int, str, str]


@pytest.fixture
def confirmed(desk: Desk) -> Desk:
    """The August office with its unit confirmed."""
    policies.adopt(desk, policies.DEFAULT_SCHEME, reference="공문-1", document_date=dt.date(2026, 7, 1))
    give_evidence(desk)
    course = course_of(desk)
    allowance.draft(desk, course, 1)
    allowance.check(desk, course, 1)
    allowance.confirm(desk, course, 1)
    return desk


@pytest.fixture
def make(confirmed: Desk, tmp_path: Path) -> Callable[..., PayFile]:
    """Writes a pay file of everything that waits."""

    def once(template: str = "hana", name: str = "이체") -> PayFile:
        runs = {one.run for one in payable.list_waiting(confirmed)}
        suffix = pay_lists.templates()[template].format
        return pay_files.write(confirmed, runs, template, tmp_path / f"{name}.{suffix}", "8월 훈련수당 지급")

    return once


def sent(desk: Desk, made: PayFile) -> list[Row]:
    """(account, amount, mark, bank) of each payment as the file carries them."""
    sheet = read_workbook(made.place).sheet()
    return [(str(row[1]), int(str(row[2])), str(row[4]), str(row[0])) for row in sheet.rows[1:]]


def results(place: Path, rows: list[Row], word: Callable[[int], str]) -> Path:
    """A result file as 하나은행 gives it: two lines above the headings, bank and account in one cell."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["그룹이체명", "8월 훈련수당"])
    sheet.append(["출금계좌", "123-456"])
    sheet.append(
        ["이체처리(예정)일", "입금계좌", "이체금액", "받는분", "내통장 표시", "처리상태", "오류내용"]
    )
    for at, (account, amount, mark, _) in enumerate(rows):
        said = word(at)
        why = "" if said == "처리완료" else "계좌번호 오류"
        sheet.append(
            ["2026-09-10 10:00:00", f"국민 {account[:4]}-{account[4:]}", f"{amount:,}", "", mark, said, why]
        )
    sheet.append(["합계", "", f"{sum(row[1] for row in rows):,}", "", "", "", ""])
    book.save(place)
    return place


def read_pdf(data: bytes) -> str:
    """The text of every page."""
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def _always(word: str, _at: int) -> str:
    return word


def state(desk: Desk) -> RunState:
    return allowance.show(desk, course_of(desk), 1).state


def test_the_file_holds_every_amount_above_zero_and_takes_the_run_to_paid(
    confirmed: Desk, make: Callable[..., PayFile]
) -> None:
    run = allowance.show(confirmed, course_of(confirmed), 1)
    assert any(line.amount == 0 for line in run.lines), "the month has somebody who gets nothing"
    made = make()
    rows = sent(confirmed, made)
    assert sum(amount for _, amount, _, _ in rows) == run.total == made.row.total
    assert len(rows) == run.row.paid_people == made.row.rows == made.waiting
    assert min(amount for _, amount, _, _ in rows) > 0
    assert state(confirmed) is RunState.PAID
    assert made.row.sha256 == hashlib.sha256(made.place.read_bytes()).digest()
    assert payable.list_waiting(confirmed) == ()


@pytest.mark.parametrize(
    ("template", "head", "code_at", "account_at"),
    [
        ("hana", b"\xd0\xcf\x11\xe0", 0, 1),
        ("kbank", b"PK\x03\x04", 0, 1),
        ("general_xlsx", b"PK\x03\x04", 1, 3),
        ("general_csv", b"\xef\xbb\xbf", 1, 3),
    ],
)
def test_codes_and_accounts_are_texts_in_every_form(
    confirmed: Desk, make: Callable[..., PayFile], template: str, head: bytes, code_at: int, account_at: int
) -> None:
    made = make(template)
    assert made.place.read_bytes().startswith(head)
    sheet = read_workbook(made.place).sheets[0]
    form = pay_lists.templates()[template]
    assert tuple(sheet.rows[0]) == tuple(column.heading for column in form.columns)
    for row in sheet.rows[1:]:
        code, account = row[code_at], row[account_at]
        assert isinstance(code, str)
        assert len(code) == 3
        assert isinstance(account, str)
        assert account.isdecimal()
    if template == "general_xlsx":
        totals = load_workbook(made.place)["합계"]
        last = [cell.value for cell in list(totals.rows)[-1]]
        assert last == ["합계", made.row.rows, made.row.total]


def test_an_account_with_a_zero_in_front_keeps_it_and_is_found_where_the_bank_lost_it(
    confirmed: Desk, make: Callable[..., PayFile], tmp_path: Path
) -> None:
    (waiting,) = payable.list_waiting(confirmed)
    first = payable.plan(confirmed, {waiting.run}).lines[0]
    contact.set_contact(confirmed, first.payee, {"account": "012345678901"}, title="계좌")
    accounts.release_account(confirmed, first.payee, "본인 통화")
    made = make()
    row = sent(confirmed, made)[0]
    assert row[0] == "012345678901"
    book = Workbook()
    for line in (("입금계좌번호", "금액", "결과"), (12345678901, row[1], "성공")):
        book.worksheets[0].append(line)
    book.save(tmp_path / "결과.xlsx")
    assert pay_results.read_result(confirmed, made.row.id, tmp_path / "결과.xlsx").paid == 1


def test_a_file_is_written_only_where_nothing_lies_and_never_into_the_office(
    confirmed: Desk, tmp_path: Path
) -> None:
    runs = {one.run for one in payable.list_waiting(confirmed)}
    taken = tmp_path / "taken.xls"
    taken.write_bytes(b"mine")
    with pytest.raises(Refusal, match="이미 있어"):
        pay_files.write(confirmed, runs, "hana", taken, "지급")
    with pytest.raises(Refusal, match="사무소 폴더"):
        pay_files.write(confirmed, runs, "hana", confirmed.store.folder / "a.xls", "지급")
    with pytest.raises(Refusal, match=r"\.xls"):
        pay_files.write(confirmed, runs, "hana", tmp_path / "a.xlsx", "지급")
    with pytest.raises(Refusal, match="용도"):
        pay_files.write(confirmed, runs, "hana", tmp_path / "a.xls", " ")
    with pytest.raises(Refusal, match="쓰지 못해"):
        pay_files.write(confirmed, runs, "hana", tmp_path / "none" / "a.xls", "지급")
    with pytest.raises(UsageError, match="양식"):
        pay_files.write(confirmed, runs, "nobody", tmp_path / "a.xls", "지급")
    assert taken.read_bytes() == b"mine"
    assert pay_lists.list_files(confirmed) == ()
    assert state(confirmed) is RunState.CONFIRMED
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


def test_the_same_operation_again_writes_no_second_file(confirmed: Desk, tmp_path: Path) -> None:
    runs, operation = {one.run for one in payable.list_waiting(confirmed)}, new_id()
    first = pay_files.write(confirmed, runs, "hana", tmp_path / "a.xls", "지급", operation)
    again = pay_files.write(confirmed, runs, "hana", tmp_path / "b.xls", "지급", operation)
    assert again.row == first.row
    assert not (tmp_path / "b.xls").exists()


def test_a_payment_is_never_sent_twice(confirmed: Desk, make: Callable[..., PayFile]) -> None:
    make()
    with pytest.raises(Refusal, match="보낼 금액이 없어"):
        make(name="둘째")


def test_a_held_account_is_kept_back_and_paid_by_a_later_file(
    confirmed: Desk, make: Callable[..., PayFile]
) -> None:
    (waiting,) = payable.list_waiting(confirmed)
    first = payable.plan(confirmed, {waiting.run}).lines[0]
    contact.set_contact(confirmed, first.payee, {"account": "110222333444"}, title="계좌")
    plan = payable.plan(confirmed, {waiting.run})
    assert [(one.payee, one.why) for one in plan.kept_back] == [(first.payee, "계좌 보류: 계좌가 바뀜")]
    made = make()
    assert made.row.rows == waiting.people - 1
    pay_results.confirm_waiting(confirmed, made.row.id, "9/10 거래내역")
    assert state(confirmed) is RunState.PAID, "somebody of the run is not paid yet"
    accounts.release_account(confirmed, first.payee, "본인 통화")
    second = make(name="둘째")
    assert (second.row.number, second.row.rows, second.row.total) == (2, 1, first.amount)
    pay_results.confirm_waiting(confirmed, second.row.id, "9/11 거래내역")
    assert state(confirmed) is RunState.RECONCILED


def test_results_are_read_back_and_a_wholly_paid_run_is_reconciled(
    confirmed: Desk, make: Callable[..., PayFile], tmp_path: Path
) -> None:
    made = make()
    file = results(tmp_path / "결과.xlsx", sent(confirmed, made), lambda _: "처리완료")
    reading = pay_results.read_result(confirmed, made.row.id, file)
    assert (reading.paid, reading.failed, reading.waiting, reading.remarks) == (made.row.rows, 0, 0, ())
    assert pay_lists.find_file(confirmed, made.row.id).waiting == made.row.rows, "reading writes nothing"
    taken = pay_results.take(confirmed, reading)
    assert (taken.paid, taken.waiting, taken.paid_total) == (made.row.rows, 0, made.row.total)
    assert state(confirmed) is RunState.RECONCILED
    again = pay_results.read_result(confirmed, made.row.id, file)
    assert (again.paid, again.unchanged) == (0, made.row.rows)


def test_failed_payments_are_sent_again_by_the_next_file(
    confirmed: Desk, make: Callable[..., PayFile], tmp_path: Path
) -> None:
    made = make()
    rows = sent(confirmed, made)
    file = results(tmp_path / "결과.xlsx", rows, lambda at: "처리완료" if at > 1 else "오류")
    taken = pay_results.take(confirmed, pay_results.read_result(confirmed, made.row.id, file))
    assert (taken.failed, taken.paid) == (2, made.row.rows - 2)
    assert state(confirmed) is RunState.PAID
    lines = [line for line in pay_lists.list_sent(confirmed, made.row.id) if line.state is LineState.FAILED]
    assert {line.failure for line in lines} == {"오류 계좌번호 오류"}
    (waiting,) = payable.list_waiting(confirmed)
    assert (waiting.people, waiting.again) == (2, 2)
    second = make(name="재지급")
    assert second.row.rows == 2
    assert {line.again for line in pay_lists.list_sent(confirmed, made.row.id)} == {None, 2}
    file = results(tmp_path / "결과2.xlsx", sent(confirmed, second), lambda _: "처리완료")
    pay_results.take(confirmed, pay_results.read_result(confirmed, second.row.id, file))
    assert state(confirmed) is RunState.RECONCILED
    with confirmed.store.read() as connection:
        (sums,) = stored.sums_by_run(connection).values()
    assert (sums.paid, sums.failed, sums.sent) == (made.row.total, 0, 0)


def test_a_word_nobody_knows_and_a_missing_row_change_nothing(
    confirmed: Desk, make: Callable[..., PayFile], tmp_path: Path
) -> None:
    made = make()
    rows = sent(confirmed, made)[:3]
    file = results(tmp_path / "결과.xlsx", rows, lambda at: ("처리완료", "접수중", "처리완료")[at])
    reading = pay_results.read_result(confirmed, made.row.id, file)
    assert (reading.paid, reading.failed, reading.waiting) == (2, 0, made.row.rows - 2)
    assert any("모르는 결과 '접수중'" in remark for remark in reading.remarks)
    assert f"결과 파일에 없는 이체 {made.row.rows - 3}건은 그대로 둡니다." in reading.remarks
    taken = pay_results.take(confirmed, reading)
    assert (taken.paid, taken.waiting) == (2, made.row.rows - 2)
    left = pay_results.withdraw_waiting(confirmed, made.row.id, "은행에 올리지 않음")
    assert (left.waiting, left.failed) == (0, made.row.rows - 2)


def test_a_strangers_result_file_is_refused(
    confirmed: Desk, make: Callable[..., PayFile], tmp_path: Path
) -> None:
    made = make()
    other = results(tmp_path / "남.xlsx", [("99999999999", 10, "", "004")], lambda _: "처리완료")
    with pytest.raises(Refusal, match="한 건도 없어"):
        pay_results.read_result(confirmed, made.row.id, other)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("이름,금액\n가,1\n", encoding="utf-8")
    with pytest.raises(FileRejected, match="입금계좌"):
        pay_results.read_result(confirmed, made.row.id, wrong)


def test_a_success_is_never_undone_by_a_later_file(
    confirmed: Desk, make: Callable[..., PayFile], tmp_path: Path
) -> None:
    made = make()
    rows = sent(confirmed, made)
    for name, word in (("a", "처리완료"), ("b", "오류")):
        file = results(tmp_path / f"{name}.xlsx", rows, partial(_always, word))
        reading = pay_results.read_result(confirmed, made.row.id, file)
        pay_results.take(confirmed, reading)
    assert (reading.failed, len(reading.remarks)) == (0, made.row.rows)
    assert state(confirmed) is RunState.RECONCILED


def test_a_unit_paid_without_a_file_is_reconciled_by_hand(confirmed: Desk) -> None:
    course = course_of(confirmed)
    with pytest.raises(Refusal, match="이체 파일 없이"):
        pay_results.record_by_hand(confirmed, course, 1, "9/10 거래내역")
    allowance.pay(confirmed, course, 1)
    (waiting,) = payable.list_waiting(confirmed)
    assert waiting.unsent
    done = pay_results.record_by_hand(confirmed, course, 1, "9/10 거래내역")
    assert done.by_hand
    assert (done.paid, done.lies_about) == (waiting.people, False)
    assert state(confirmed) is RunState.RECONCILED


def test_the_plain_file_is_deleted_or_told_to_be_gone(confirmed: Desk, make: Callable[..., PayFile]) -> None:
    made = make()
    kept = made.place.read_bytes()
    made.place.write_bytes(kept + b"x")
    with pytest.raises(Refusal, match="내용이 달라"):
        pay_files.delete(confirmed, made.row.id)
    assert made.place.exists()
    made.place.unlink()
    with pytest.raises(Refusal, match="파일이 없어"):
        pay_files.delete(confirmed, made.row.id)
    assert pay_lists.find_file(confirmed, made.row.id).lies_about
    made.place.write_bytes(kept)
    assert not pay_files.delete(confirmed, made.row.id).lies_about
    assert not made.place.exists()
    with pytest.raises(Refusal, match="이미 지운"):
        pay_files.delete(confirmed, made.row.id, gone=True)


def test_the_log_names_file_hash_rows_and_people_but_no_account(
    confirmed: Desk, make: Callable[..., PayFile]
) -> None:
    made = make()
    newest = logs.search(confirmed, audit.ACCESSES, action="export")[0]
    assert len(logs.people_of(confirmed, newest)) == made.row.rows
    assert "8월 훈련수당 지급" in str(newest.detail)
    with confirmed.store.read() as connection:
        kept = str(connection.execute(sa.select(audit.change_log.c.detail)).all())
    assert made.row.sha256.hex() in kept
    assert not any(account in kept for account, *_ in sent(confirmed, made))


def test_no_row_of_the_run_changes(confirmed: Desk, make: Callable[..., PayFile]) -> None:
    def rows() -> list[object]:
        with confirmed.store.read() as connection:
            return list(connection.execute(sa.select(allowance_row).order_by(allowance_row.c.trainee_id)))

    before = rows()
    made = make()
    pay_results.withdraw_waiting(confirmed, made.row.id, "올리지 않음")
    make(name="둘째")
    assert rows() == before
    assert [(one.failed, one.waiting) for one in pay_lists.list_files(confirmed)] == [
        (0, made.row.rows),
        (0, 0),
    ]


def test_only_a_printed_copy_shows_whole_accounts(
    confirmed: Desk, make: Callable[..., PayFile], tmp_path: Path
) -> None:
    made = make()
    numbers = [account for account, *_ in sent(confirmed, made)]
    wanted = Wanted("transfer-list", number=made.row.number)
    assert not any(number in read_pdf(papers.preview_pdf(confirmed, wanted)) for number in numbers)
    out = papers.print_paper(confirmed, wanted, "pdf", tmp_path / "명세.pdf", "결재").file
    printed = read_pdf(out.read_bytes())
    assert all(number in printed for number in numbers)
    assert not any(
        number in read_pdf(papers.preview_pdf(confirmed.for_guests(), wanted)) for number in numbers
    )


def test_a_file_that_could_not_be_named_at_the_end_is_told_and_can_be_withdrawn(
    confirmed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_source: Path, _target: Path) -> None:
        raise PermissionError(13, "in use")

    (waiting,) = payable.list_waiting(confirmed)
    monkeypatch.setattr(pay_files, "replace_patiently", held)
    with pytest.raises(Refusal, match=r"\.part"):
        pay_files.write(confirmed, {waiting.run}, "hana", tmp_path / "a.xls", "지급")
    (made,) = pay_lists.list_files(confirmed)
    assert hashlib.sha256((tmp_path / "a.xls.part").read_bytes()).digest() == made.row.sha256
    assert pay_results.withdraw_waiting(confirmed, made.row.id, "올리지 않음").failed == waiting.people
    assert not pay_files.delete(confirmed, made.row.id).lies_about
    assert list(tmp_path.glob("a.xls*")) == []
