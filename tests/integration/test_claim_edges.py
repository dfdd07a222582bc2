"""The edges of claims where money could go wrong: other years, holds inside a 정산, four eyes over a 환수, a spent budget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from tests.claims_office import a_file, adopt, claimable, company_of, hand_in, pay, ready_company
from tests.conftest import LOGIN, PASSWORD
from tests.integration.matching_office import as_somebody
from tests.interns import go_to, start_intern

from regional_desk.domain.allowance import RunState
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.internships import BreakKind, EndKind
from regional_desk.domain.rights import Role
from regional_desk.domain.settlement import BudgetItem, EntryKind
from regional_desk.errors import OpenItems, Refusal, UsageError
from regional_desk.services.claims import (
    board,
    claim_due,
    claim_settlement,
    claim_settlement_due,
    company_accounts,
    evidence,
    intern_months,
    payslips,
    runs,
)
from regional_desk.services.claims.payslips import PayslipValues
from regional_desk.services.claims.run_states import RunKind
from regional_desk.services.desk import Desk
from regional_desk.services.internships import internships, interruptions
from regional_desk.services.pay import budget, recoveries
from regional_desk.services.safety import accounts, opening
from regional_desk.store import attachments

D = dt.date
SEPTEMBER, OCTOBER = D(2026, 9, 1), D(2026, 10, 1)
CLAIMS, FULL = BudgetItem.INTERNSHIP, 2_000_000


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


def tick(clock: FixedClock) -> None:
    clock.move_to(clock.now() + dt.timedelta(minutes=1))


def absent(desk: Desk, intern: UUID, first: int, last: int) -> None:
    """Days of September found out to be unpaid absence."""
    span = (D(2026, 9, first), D(2026, 9, last))
    interruptions.add(desk, intern, BreakKind.UNPAID_ABSENCE, *span, "나중에 확인")


def present(desk: Desk, intern: UUID) -> None:
    """What was found out was wrong."""
    (one,) = [one for one in internships.read(desk, intern).interruptions if one.void_reason is None]
    interruptions.void(desk, one.id, "출근 확인")


def settle(desk: Desk, clock: FixedClock, month: dt.date = SEPTEMBER) -> None:
    tick(clock)
    assert claim_settlement.draft(desk, month) is not None
    runs.check(desk, month)
    runs.confirm(desk, month)


def test_a_service_month_of_any_programme_year_is_drafted_where_the_board_shows_it(
    desk: Desk, clock: FixedClock
) -> None:
    go_to(clock, D(2027, 11, 1))
    found = start_intern(desk, clock, start=D(2027, 11, 15))  # of the programme year 2026, placed late
    assert internships.read(desk, found).row.programme_year == 2026
    go_to(clock, D(2028, 1, 20))
    pay(desk, found, D(2027, 11, 15), D(2028, 1, 14), 2_400_000 * 2)
    january = D(2028, 1, 1)
    assert {card.month: card.waiting for card in board.board(desk)}[january] == 1
    (line,) = runs.draft(desk, january).lines
    assert (line.internship, line.month_no, line.programme_year, line.amount) == (found, 2, 2026, FULL)


def test_a_month_an_internship_does_not_have_is_not_held(desk: Desk, clock: FixedClock) -> None:
    found = claimable(desk, clock, today=OCTOBER)
    for number in (0, 4, 9):
        with pytest.raises(UsageError, match="지원월이 없습니다"):
            runs.hold(desk, found, number, "서류 기다림")
    runs.hold(desk, found, 3, "서류 기다림")  # one to come may be
    assert claim_due.survey_claims_due(desk).held == 1


def test_an_open_row_of_a_settlement_is_held_and_stops_nobody(
    desk: Desk, clock: FixedClock, intern: UUID, second: UUID
) -> None:
    for one in (intern, second):
        absent(desk, one, 7, 9)
    settle(desk, clock)
    for one in (intern, second):
        present(desk, one)
        for claim in recoveries.list_recoveries(desk):
            if claim.balance:
                recoveries.receive(
                    desk, claim.id, claim.version, claim.balance, clock.today(), f"통장 {claim.number}"
                )
    company = company_of(desk, second)
    account = company_accounts.read(desk, company)
    assert account is not None
    company_accounts.set_account(
        desk, company, "경남은행", "20709998887766", account.holder, version=account.version
    )
    tick(clock)
    claim_settlement.draft(desk, SEPTEMBER)
    runs.check(desk, SEPTEMBER)
    with pytest.raises(OpenItems, match="확인할 것이 1건"):
        runs.confirm(desk, SEPTEMBER)
    runs.hold(desk, second, 1, "계좌 확인")
    confirmed = runs.confirm(desk, SEPTEMBER)
    assert (confirmed.state, confirmed.kind, confirmed.total) == (
        RunState.CONFIRMED,
        RunKind.SETTLEMENT,
        200_000,
    )
    with pytest.raises(Refusal, match="이미 확정된 지원월"):
        runs.hold(desk, intern, 1, "늦음")
    (due,) = claim_settlement_due.proposals(desk)
    assert (due.rows, due.amount) == (1, 200_000)
    released = company_accounts.read(desk, company)
    assert released is not None
    company_accounts.release(desk, company, released.version, "대표번호로 통화해 확인")
    runs.release(desk, second, 1)
    settle(desk, clock)
    assert runs.show(desk, SEPTEMBER).total == 200_000
    assert claim_settlement_due.proposals(desk) == ()
    assert budget.sheet(desk, item=CLAIMS).balances
    assert budget.read_balance(desk, item=CLAIMS).spent == 2 * FULL


def by_another(
    desk: Desk, office: Path, clock: FixedClock, change: Callable[[Desk], object]
) -> pytest.ExceptionInfo[Refusal]:
    """The first person makes the change, a second drafts the 정산, and while a third may confirm it the first may not."""
    with desk.store.write() as connection:  # what was recorded so far is somebody else's
        for column in ("payslip SET user_id", "company_account SET changed_by"):
            connection.exec_driver_sql(f"UPDATE {column} = ?", (bytes(16),))
    change(desk)
    accounts.add_user(desk, "lead2", "박팀장", [Role.LEADER], "temporary-word-9")
    tick(clock)

    def draft(other: Desk) -> None:
        claim_settlement.draft(other, SEPTEMBER)

    as_somebody(desk, office, clock, Role.INTERNSHIP, draft)
    again = opening.open_office(office, LOGIN, PASSWORD, clock)
    runs.check(again, SEPTEMBER)
    try:
        with pytest.raises(Refusal) as refused:
            runs.confirm(again, SEPTEMBER)
    finally:
        again.store.close()
    return refused


def test_who_lowered_a_payslip_does_not_confirm_what_is_asked_back_for_it(
    desk: Desk, clock: FixedClock, office: Path, intern: UUID
) -> None:
    def lower(desk: Desk) -> None:
        (slip,) = payslips.list_payslips(desk, intern)
        payslips.edit(desk, slip, replace(payslips.values_of(slip), wage=1_900_000), reason="다시 봄")

    assert "급여명세를 마지막으로 적은" in str(by_another(desk, office, clock, lower).value)


def test_who_voided_a_payslip_does_not_confirm_what_is_asked_back_for_it(
    desk: Desk, clock: FixedClock, office: Path, intern: UUID
) -> None:
    def void(desk: Desk) -> None:
        (slip,) = payslips.list_payslips(desk, intern)
        payslips.void(desk, slip, "위조로 밝혀짐")

    assert "급여명세를 마지막으로 적은" in str(by_another(desk, office, clock, void).value)


def test_who_found_an_absence_out_does_not_confirm_what_is_asked_back_for_it(
    desk: Desk, clock: FixedClock, office: Path, intern: UUID
) -> None:
    tick(clock)
    refused = by_another(desk, office, clock, lambda desk: absent(desk, intern, 7, 9))
    assert "중단·결근을 마지막으로 고친" in str(refused.value)


def test_who_took_an_absence_back_does_not_confirm_what_is_paid_for_it(
    desk: Desk, clock: FixedClock, office: Path
) -> None:
    found = claimable(desk, clock, today=OCTOBER)
    absent(desk, found, 7, 9)
    pay(desk, found, SEPTEMBER, D(2026, 9, 30))
    hand_in(desk, found, 1)
    confirm(desk)
    tick(clock)
    refused = by_another(desk, office, clock, lambda desk: present(desk, found))
    assert "중단·결근을 마지막으로 고친" in str(refused.value)


def test_a_settlement_that_only_asks_back_is_confirmed_over_a_spent_budget(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    budget.add_entry(desk, CLAIMS, EntryKind.GRANT, 1_500_000, D(2026, 9, 1), "교부-1")
    assert budget.read_balance(desk, item=CLAIMS).left == -500_000
    absent(desk, intern, 7, 9)
    settle(desk, clock)
    (found,) = recoveries.list_recoveries(desk)
    assert found.amount == 200_000


def test_a_confirmed_month_whose_end_moved_still_shows_what_was_confirmed(
    desk: Desk, clock: FixedClock
) -> None:
    found = start_intern(desk, clock, start=D(2026, 9, 15))
    go_to(clock, OCTOBER)
    adopt(desk)
    ready_company(desk, company_of(desk, found))
    internships.end(desk, found, D(2026, 9, 30), EndKind.EARLY, "개인 사정")
    pay(desk, found, D(2026, 9, 15), D(2026, 9, 30), 1_300_000)
    hand_in(desk, found, 1)
    confirm(desk)
    internships.reopen(desk, found, "그만두지 않음")
    month = intern_months.read_months(desk, found)[0]
    assert (month.month, month.confirmed, month.run) == (OCTOBER, 1_066_660, RunState.CONFIRMED)
    with pytest.raises(Refusal, match="새로 계산할 것이 없습니다"):
        runs.draft(desk, OCTOBER)


def files_kept(desk: Desk) -> int:
    """How many attachments the store names, and has."""
    with desk.store.read() as connection:
        count: int = connection.exec_driver_sql("SELECT COUNT(*) FROM attachment").scalar_one()
    assert len(attachments.files_on_disk(desk.store)) == count
    return count


def test_a_paper_handed_in_again_leaves_no_old_file_behind(desk: Desk, clock: FixedClock) -> None:
    found = claimable(desk, clock, today=OCTOBER)
    slip = pay(desk, found, SEPTEMBER, D(2026, 9, 30))
    hand_in(desk, found, 1)
    before = files_kept(desk)
    evidence.receive(desk, found, 1, "application", a_file("다시 쓴 신청서.pdf"))
    payslips.attach(desk, slip, slip=a_file("고친 명세.pdf"), transfer=a_file("고친 이체증.pdf"))
    assert files_kept(desk) == before
    evidence.receive(desk, found, 1, "application", memo="캐비닛 2")
    assert files_kept(desk) == before - 1


def test_what_a_month_was_confirmed_with_is_replaced_only_with_a_reason(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    (slip,) = payslips.list_payslips(desk, intern)
    with pytest.raises(Refusal, match="무효로 하고 다시"):
        payslips.attach(desk, slip, transfer=a_file("다른 이체증.pdf"))
    with pytest.raises(Refusal, match="먼저 까닭을 적어 반려"):
        evidence.receive(desk, intern, 1, "application", a_file("다른 신청서.pdf"))
    evidence.return_(desk, intern, 1, "application", "직인이 없음")
    again = evidence.receive(desk, intern, 1, "application", a_file("다른 신청서.pdf"))
    assert again.file_name == "다른 신청서.pdf"
    go_to(clock, D(2026, 11, 1))
    october = pay(desk, intern, OCTOBER, D(2026, 10, 31))  # of a month nobody confirmed
    assert (
        payslips.attach(desk, october, transfer=a_file("다른 이체증.pdf")).transfer_name == "다른 이체증.pdf"
    )


def test_a_month_of_which_only_held_ones_are_left_gets_no_empty_run(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    second = start_intern(desk, clock, start=SEPTEMBER, at=1)
    go_to(clock, OCTOBER)
    runs.hold(desk, second, 1, "서류 기다림")
    with pytest.raises(Refusal, match="모두 보류되어"):
        runs.draft(desk, SEPTEMBER)
    assert [run.kind for run in runs.list_runs(desk)] == ["main"]
    runs.release(desk, second, 1)
    assert [line.internship for line in runs.draft(desk, SEPTEMBER).lines] == [second]
    assert second != intern


@pytest.mark.parametrize(
    ("transferred", "on", "kinds"),
    [
        (1_200_000, D(2026, 9, 30), []),
        (1_199_999, D(2026, 9, 30), ["transfer_low"]),
        (1, D(2026, 9, 30), ["transfer_low"]),
        (2_160_000, D(2026, 9, 1), []),
        (2_160_000, D(2026, 8, 31), ["transfer_early"]),
    ],
)
def test_a_transfer_that_cannot_be_the_wage_keeps_the_month_open(
    desk: Desk, clock: FixedClock, transferred: int, on: dt.date, kinds: list[str]
) -> None:
    found = claimable(desk, clock, today=OCTOBER)
    files = a_file("명세.pdf"), a_file("이체.pdf")
    values = PayslipValues(SEPTEMBER, D(2026, 9, 30), 2_400_000, on, transferred)
    payslips.add(desk, found, values, slip=files[0], transfer=files[1])
    hand_in(desk, found, 1)
    runs.draft(desk, SEPTEMBER)
    assert [item.kind for item in runs.show(desk, SEPTEMBER).open_items] == kinds
