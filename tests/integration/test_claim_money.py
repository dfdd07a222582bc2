"""The money of claims: sent to companies, read back, paid again, settled, asked back; 정산표 of both items to the won."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest
from openpyxl import Workbook
from tests.claims_office import WAGE, claimable, company_of, hand_in, pay, ready_company
from tests.integration.matching_office import as_somebody
from tests.integration.test_pay_files import results, sent
from tests.interns import go_to, start_intern

from regional_desk.domain.allowance import RunState
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.internships import BreakKind, EndKind
from regional_desk.domain.pay_files import LineState
from regional_desk.domain.rights import Role
from regional_desk.domain.settlement import BudgetItem, EntryKind, RecoveryState
from regional_desk.errors import NotAllowed, Refusal, UsageError
from regional_desk.services.claims import (
    claim_pay,
    claim_settlement,
    claim_settlement_due,
    company_accounts,
    payslips,
    runs,
)
from regional_desk.services.desk import Desk
from regional_desk.services.internships import internships, interruptions
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.pay import budget, pay_books, pay_files, pay_lists, pay_results, recoveries
from regional_desk.services.pay.pay_lists import PayFile

D = dt.date
SEPTEMBER, OCTOBER, DECEMBER = D(2026, 9, 1), D(2026, 10, 1), D(2026, 12, 1)
CLAIMS, FULL = BudgetItem.INTERNSHIP, 2_000_000
BOOK = pay_books.BOOKS[CLAIMS]


def confirm(desk: Desk, month: dt.date = SEPTEMBER) -> None:
    runs.draft(desk, month)
    runs.check(desk, month)
    runs.confirm(desk, month)


@pytest.fixture
def intern(desk: Desk, clock: FixedClock) -> UUID:
    """An intern whose September is confirmed with 2,000,000 won, on 1 October."""
    found = claimable(desk, clock, today=OCTOBER)
    pay(desk, found, SEPTEMBER, D(2026, 9, 30))
    hand_in(desk, found, 1)
    confirm(desk)
    return found


@pytest.fixture
def second(desk: Desk, clock: FixedClock, intern: UUID) -> UUID:
    """Another intern at another company, in the supplementary run of September."""
    found = start_intern(desk, clock, CompanyKind.SUPPLIER, start=SEPTEMBER, at=1)
    go_to(clock, OCTOBER)
    ready_company(desk, company_of(desk, found), "11012345678901")
    pay(desk, found, SEPTEMBER, D(2026, 9, 30))
    hand_in(desk, found, 1)
    confirm(desk)
    assert intern != found
    return found


@pytest.fixture
def make(desk: Desk, tmp_path: Path) -> Callable[..., PayFile]:
    """Writes a pay file of every claim that waits."""

    def once(name: str = "이체", template: str = "hana") -> PayFile:
        chosen = {one.run for one in BOOK.list_waiting(desk)}
        suffix = pay_lists.templates()[template].format
        out = tmp_path / f"{name}.{suffix}"
        return pay_files.write(desk, chosen, template, out, "9월 인턴지원금", item=CLAIMS)

    return once


def state(desk: Desk, month: dt.date = SEPTEMBER) -> RunState:
    return runs.show(desk, month).state


def tick(clock: FixedClock) -> None:
    clock.move_to(clock.now() + dt.timedelta(minutes=1))


def absent(desk: Desk, intern: UUID, first: dt.date, last: dt.date) -> None:
    """Unpaid absence that was found out later."""
    interruptions.add(desk, intern, BreakKind.UNPAID_ABSENCE, first, last, "나중에 확인")


def settle(desk: Desk, clock: FixedClock, month: dt.date = SEPTEMBER) -> None:
    tick(clock)
    assert claim_settlement.draft(desk, month) is not None
    runs.check(desk, month)
    runs.confirm(desk, month)


def asked_back(desk: Desk, clock: FixedClock, intern: UUID) -> recoveries.Recovery:
    """A 환수 of 200,000 won: three of thirty days were not served."""
    absent(desk, intern, D(2026, 9, 7), D(2026, 9, 9))
    settle(desk, clock)
    return recoveries.list_recoveries(desk)[0]


def test_one_payment_goes_to_each_company_and_takes_the_run_to_paid(
    desk: Desk, make: Callable[..., PayFile], second: UUID
) -> None:
    waiting = BOOK.list_waiting(desk)
    assert [(one.part, one.kind, one.people, one.total) for one in waiting] == [
        ("2026-09", "본", 1, FULL),
        ("2026-09", "추가", 1, FULL),
    ]
    made = make()
    assert (made.item, made.row.rows, made.row.total) == (CLAIMS, 2, 2 * FULL)
    lines = pay_lists.list_sent(desk, made.row.id)
    assert company_of(desk, second) in {line.payee for line in lines}
    assert {line.part for line in lines} == {"2026-09"}
    assert {account for account, *_ in sent(desk, made)} == {"20701234567890", "11012345678901"}
    assert state(desk) is RunState.PAID
    assert BOOK.list_waiting(desk) == ()


def test_a_result_reconciles_what_was_paid_and_what_failed_is_sent_again(
    desk: Desk, make: Callable[..., PayFile], second: UUID, tmp_path: Path
) -> None:
    made = make()
    file = results(tmp_path / "결과.xlsx", sent(desk, made), lambda at: "처리완료" if at else "오류")
    reading = pay_results.read_result(desk, made.row.id, file)
    assert (reading.paid, reading.failed) == (1, 1)
    taken = pay_results.take(desk, reading)
    assert (taken.paid, taken.failed, taken.waiting) == (1, 1, 0)
    assert {run.state for run in runs.list_runs(desk)} == {"paid", "reconciled"}
    sheet = budget.sheet(desk, item=CLAIMS)
    assert (sheet.paid, sheet.failed, sheet.waiting, sheet.balances) == (FULL, FULL, 0, True)
    (waiting,) = BOOK.list_waiting(desk)
    assert waiting.again == 1
    again = make("다시")
    assert again.row.rows == 1
    assert [line.again for line in pay_lists.list_sent(desk, made.row.id)].count(2) == 1
    pay_results.confirm_waiting(desk, again.row.id, "통장 확인")
    assert {run.state for run in runs.list_runs(desk)} == {"reconciled"}
    assert budget.sheet(desk, item=CLAIMS).paid == 2 * FULL
    assert second


def test_a_file_of_trainees_and_one_of_companies_count_their_numbers_together(
    desk: Desk, make: Callable[..., PayFile], intern: UUID
) -> None:
    first = make()
    pay_results.withdraw_waiting(desk, first.row.id, "올리지 않음")
    second = make("다시", "general_csv")
    assert [one.row.number for one in pay_lists.list_files(desk)] == [2, 1]
    assert [one.item for one in pay_lists.list_files(desk)] == [CLAIMS, CLAIMS]
    assert pay_lists.find_file(desk, first.row.id).failed == 0  # it was sent again
    assert second.waiting == 1
    assert intern


def test_a_company_without_a_sound_account_is_left_out_and_stays_to_be_paid(
    desk: Desk, make: Callable[..., PayFile], second: UUID
) -> None:
    company = company_of(desk, second)
    account = company_accounts.read(desk, company)
    assert account is not None
    company_accounts.set_account(
        desk, company, "경남은행", "20709998887766", account.holder, version=account.version
    )
    plan = BOOK.plan(desk, {one.run for one in BOOK.list_waiting(desk)})
    assert [(one.payee, one.why) for one in plan.kept_back] == [(company, "계좌 보류: 계좌가 바뀜")]
    assert make().row.rows == 1
    (left,) = BOOK.list_waiting(desk)
    assert (left.people, left.kept_back) == (1, 1)
    with pytest.raises(Refusal, match="확정된 인턴지원금이 없거나"):
        make("다시")


def test_a_month_paid_without_a_file_is_checked_by_hand(desk: Desk, intern: UUID) -> None:
    with pytest.raises(Refusal, match="파일 없이 지급한 인턴지원금이 없습니다"):
        claim_pay.reconcile(desk, SEPTEMBER, "통장")
    paid = claim_pay.pay(desk, SEPTEMBER)
    assert paid.state == RunState.PAID
    (waiting,) = BOOK.list_waiting(desk)
    assert waiting.unsent
    with pytest.raises(Refusal, match="무엇을 보고"):
        claim_pay.reconcile(desk, SEPTEMBER, " ")
    made = claim_pay.reconcile(desk, SEPTEMBER, "통장 거래내역")
    assert (made.by_hand, made.paid, made.paid_total) == (True, 1, FULL)
    assert state(desk) is RunState.RECONCILED
    assert claim_pay.file_of_month(desk, SEPTEMBER).row.id == made.row.id
    with pytest.raises(UsageError, match="이체 파일이 없습니다"):
        claim_pay.file_of_month(desk, OCTOBER)
    assert intern


def test_of_two_confirmed_runs_one_is_named_to_be_paid(desk: Desk, second: UUID) -> None:
    with pytest.raises(Refusal, match=r"1판\(본\).*2판\(추가\)"):
        claim_pay.pay(desk, SEPTEMBER)
    with pytest.raises(UsageError, match="9판"):
        claim_pay.pay(desk, SEPTEMBER, number=9)
    assert claim_pay.pay(desk, SEPTEMBER, number=2).number == 2
    assert second


def test_who_may_not_pay_is_refused(
    desk: Desk, office: Path, clock: FixedClock, make: Callable[..., PayFile], intern: UUID
) -> None:
    made = make()

    def try_(other: Desk) -> None:
        with pytest.raises(NotAllowed):
            claim_pay.pay(other, SEPTEMBER)
        with pytest.raises(NotAllowed):
            pay_results.confirm_waiting(other, made.row.id, "통장")

    as_somebody(desk, office, clock, Role.INTERNSHIP, try_)
    assert intern


def test_days_found_out_later_are_asked_back_of_the_company(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    absent(desk, intern, D(2026, 9, 7), D(2026, 9, 9))
    (due,) = claim_settlement_due.proposals(desk)
    assert (due.month, due.rows, due.amount, due.recovery) == (SEPTEMBER, 1, 0, 200_000)
    settle(desk, clock)
    (found,) = recoveries.list_recoveries(desk)
    assert (found.item, found.amount, found.balance) == (CLAIMS, 200_000, 200_000)
    assert found.company == company_of(desk, intern)
    assert found.debtor == found.place
    assert found.part == "2026-09 (1차)"
    assert "이미 확정한 2,000,000원보다 적음" in found.reason
    assert claim_settlement_due.proposals(desk) == ()
    with pytest.raises(Refusal, match="정산할 것이 없습니다"):
        claim_settlement.draft(desk, SEPTEMBER)
    line = runs.show(desk, SEPTEMBER).lines[0]
    assert (line.entitled, line.already, line.amount) == (1_800_000, FULL, 0)
    assert any("200,000원을 기업에서 환수합니다" in sentence for sentence in line.trace)


def test_what_was_asked_back_wrongly_falls_and_what_was_received_is_paid_again(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    found = asked_back(desk, clock, intern)
    recoveries.receive(desk, found.id, found.version, 150_000, clock.today(), "통장 1")
    absence = interruptions_of(desk, intern)[0]
    tick(clock)
    interruptions.void(desk, absence, "출근 확인")
    settle(desk, clock)
    line = runs.show(desk, SEPTEMBER).lines[0]
    assert (line.entitled, line.already, line.amount) == (FULL, 1_850_000, 150_000)
    (found,) = recoveries.list_recoveries(desk)
    assert (found.state, found.balance, found.received) == (RecoveryState.WITHDRAWN, 0, 150_000)
    sheet = budget.sheet(desk, item=CLAIMS)
    assert sheet.balances
    assert sheet.balance.spent == FULL


def interruptions_of(desk: Desk, intern: UUID) -> list[UUID]:
    return [one.id for one in internships.read(desk, intern).interruptions if one.void_reason is None]


def test_a_cancelled_settlement_takes_its_claim_back_and_revives_what_it_replaced(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    first = asked_back(desk, clock, intern)
    absent(desk, intern, D(2026, 9, 10), D(2026, 9, 12))
    settle(desk, clock)
    assert [one.balance for one in recoveries.list_recoveries(desk)] == [0, 400_000]
    tick(clock)
    runs.cancel(desk, SEPTEMBER, "다시 확인")
    assert [one.balance for one in recoveries.list_recoveries(desk)] == [200_000, 0]
    last = recoveries.show(desk, first.id)
    recoveries.receive(desk, last.id, last.version, 1_000, clock.today(), "통장 1")
    with pytest.raises(Refusal, match="이미 받은 돈"):
        runs.cancel(desk, SEPTEMBER, "다시 확인")


def test_the_first_run_is_not_cancelled_under_a_confirmed_settlement(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    asked_back(desk, clock, intern)
    runs.cancel(desk, SEPTEMBER, "정산을 거둠")
    runs.cancel(desk, SEPTEMBER, "본 지급을 거둠")  # nothing stands on it any more
    assert runs.list_runs(desk) == ()
    assert budget.sheet(desk, item=CLAIMS).balance.spent == 0


def test_an_early_end_after_the_confirmation_asks_the_whole_month_back(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    go_to(clock, D(2026, 11, 3))
    pay(desk, intern, OCTOBER, D(2026, 10, 31))
    hand_in(desk, intern, 2)
    confirm(desk, OCTOBER)
    internships.end(desk, intern, D(2026, 9, 30), EndKind.EARLY, "9월에 그만둔 것이 밝혀짐")
    settle(desk, clock, OCTOBER)
    (found,) = recoveries.list_recoveries(desk)
    assert (found.amount, found.part) == (FULL, "2026-10 (2차)")


def test_a_settlement_falls_when_nothing_is_left_and_may_be_thrown_away(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    absent(desk, intern, D(2026, 9, 7), D(2026, 9, 9))
    claim_settlement.draft(desk, SEPTEMBER)
    interruptions.void(desk, interruptions_of(desk, intern)[0], "출근 확인")
    with pytest.raises(Refusal, match="바뀌었습니다"):
        runs.check(desk, SEPTEMBER)
    assert claim_settlement.draft(desk, SEPTEMBER) is None
    absent(desk, intern, D(2026, 9, 7), D(2026, 9, 9))
    claim_settlement.draft(desk, SEPTEMBER)
    claim_settlement.discard(desk, SEPTEMBER)
    with pytest.raises(Refusal, match="지운 것이 없습니다"):
        claim_settlement.discard(desk, SEPTEMBER)
    assert state(desk) is RunState.CONFIRMED
    tick(clock)


def test_a_withdrawn_payslip_asks_the_month_back_without_evidence(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    (slip,) = payslips.list_payslips(desk, intern)
    payslips.void(desk, slip, "위조로 밝혀짐")
    settle(desk, clock)
    (found,) = recoveries.list_recoveries(desk)
    assert found.amount == FULL


def test_receipts_notices_and_waivers_are_those_of_every_recovery(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    found = asked_back(desk, clock, intern)
    found = recoveries.give_notice(desk, found.id, found.version, D(2026, 10, 31))
    assert found.state is RecoveryState.WAITING
    found = recoveries.receive(desk, found.id, found.version, 50_000, clock.today(), "통장 1")
    (receipt,) = recoveries.receipts(desk, found.id)
    found = recoveries.void_receipt(desk, found.id, found.version, receipt.id, "다른 입금")
    found = recoveries.receive(desk, found.id, found.version, 120_000, clock.today(), "통장 2")
    money = budget.read_balance(desk, item=CLAIMS)
    assert (money.confirmed, money.recovered, money.spent) == (FULL, 120_000, 1_880_000)
    assert budget.read_balance(desk).recovered == 0  # of 훈련수당
    found = recoveries.waive(desk, found.id, found.version, "폐업")
    assert (found.state, found.balance) == (RecoveryState.WAIVED, 0)
    assert budget.sheet(desk, item=CLAIMS).balances


def test_rights_over_a_companys_recovery_are_those_of_claims(
    desk: Desk, office: Path, clock: FixedClock, intern: UUID
) -> None:
    found = asked_back(desk, clock, intern)

    def act(other: Desk) -> None:
        row = recoveries.show(other, found.id)
        row = recoveries.receive(other, row.id, row.version, 1_000, clock.today(), "통장")
        with pytest.raises(NotAllowed):
            recoveries.waive(other, row.id, row.version, "소액")

    as_somebody(desk, office, clock, Role.INTERNSHIP, act)


def test_an_internship_over_new_year_stays_in_its_years_budget(desk: Desk, clock: FixedClock) -> None:
    go_to(clock, DECEMBER)
    budget.add_entry(desk, CLAIMS, EntryKind.GRANT, 50_000_000, DECEMBER, "공문-1")
    found = claimable(desk, clock, start=D(2026, 12, 15), today=D(2027, 1, 20))
    pay(desk, found, D(2026, 12, 15), D(2027, 1, 14), WAGE)
    hand_in(desk, found, 1)
    confirm(desk, D(2027, 1, 1))
    assert budget.read_balance(desk, 2026, CLAIMS).spent == FULL
    assert budget.read_balance(desk, 2027, CLAIMS).spent == 0
    with desk.store.read() as connection:
        assert budget.balance(connection, 2026, CLAIMS, D(2026, 12, 31)).spent == 0
        assert budget.balance(connection, 2026, CLAIMS, D(2027, 1, 31)).spent == FULL
    (unit,) = budget.sheet(desk, 2026, CLAIMS).units
    assert (unit.part, unit.people, unit.waiting) == ("2027-01", 1, FULL)


def test_the_papers_tell_company_month_and_sums(
    desk: Desk, clock: FixedClock, intern: UUID, make: Callable[..., PayFile]
) -> None:
    make()
    found = asked_back(desk, clock, intern)
    found = recoveries.give_notice(desk, found.id, found.version, D(2026, 10, 31))
    budget.add_entry(desk, CLAIMS, EntryKind.GRANT, 10_000_000, OCTOBER, "공문-7")
    notice = text_of(desk, Wanted("recovery-notice", number=found.number))
    assert "인턴지원금 환수 통지서" in notice
    assert found.place in notice
    assert "귀중" in notice
    assert "1차 (2026. 9. 1." in notice
    assert "금200,000원(금이십만원)" in notice
    sheet = text_of(desk, Wanted("claim-settlement-sheet"))
    assert "2026년 인턴지원금 정산표" in sheet
    assert "1원까지 맞음" in sheet
    assert "2026-09" in sheet
    moved = text_of(desk, Wanted("transfer-list"))
    assert found.place in moved
    assert "20701234567890" in moved


def text_of(desk: Desk, wanted: Wanted) -> str:
    """The text of a printed paper."""
    out = desk.store.folder.parent / f"{wanted.document}.pdf"
    papers.print_paper(desk, wanted, "pdf", out, "시험")
    document = pypdfium2.PdfDocument(io.BytesIO(out.read_bytes()))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text.replace("\r\n", "\n")


def test_a_result_of_another_file_is_refused(
    desk: Desk, make: Callable[..., PayFile], intern: UUID, tmp_path: Path
) -> None:
    made = make()
    book = Workbook()
    for cells in (("입금계좌번호", "금액", "결과"), ("99999999999999", FULL, "성공")):
        book.worksheets[0].append(cells)
    book.save(tmp_path / "결과.xlsx")
    with pytest.raises(Refusal, match="한 건도 없어"):
        pay_results.read_result(desk, made.row.id, tmp_path / "결과.xlsx")
    (line,) = pay_lists.list_sent(desk, made.row.id)
    assert line.state is LineState.SENT
    assert intern
