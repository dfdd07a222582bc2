"""Claims of a month: drafted from service days and payslips, checked against the papers, confirmed, held, supplemented."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests.claims_office import WAGE, claimable, hand_in, pay, ready
from tests.integration.matching_office import as_somebody
from tests.interns import go_to, start_intern

from regional_desk.domain.allowance import RunState
from regional_desk.domain.claims import Method
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.internships import BreakKind, EndKind
from regional_desk.domain.rights import Role
from regional_desk.domain.settlement import BudgetItem, EntryKind
from regional_desk.errors import NotAllowed, OpenItems, Refusal
from regional_desk.services.claims import claim_policy, drafting, evidence, payslips, runs
from regional_desk.services.claims.claim_links import Opens
from regional_desk.services.claims.payslips import PayslipValues
from regional_desk.services.claims.run_states import RunKind
from regional_desk.services.desk import Desk
from regional_desk.services.internships import agreements, drafts, internships, interruptions
from regional_desk.services.internships.reading import read
from regional_desk.services.pay import budget
from regional_desk.services.safety import accounts
from regional_desk.store.claim_runs import confirmed_months

D = dt.date
SEPTEMBER, OCTOBER = D(2026, 9, 1), D(2026, 10, 1)


def only(desk: Desk, month: dt.date, method: Method | None = None) -> tuple[int, int, str, int]:
    """Days, served days, share and won of the one service month of a calendar month's draft."""
    (line,) = runs.draft(desk, month, method=method).lines
    return line.days, line.served_days, line.share, line.amount


def kinds(desk: Desk, month: dt.date) -> list[str]:
    return [item.kind for item in runs.show(desk, month).open_items]


@pytest.mark.parametrize(
    ("start", "last", "month", "told"),
    [
        (D(2026, 9, 1), D(2026, 9, 17), SEPTEMBER, (30, 17, "17/30", 1_133_330)),
        (D(2026, 10, 1), D(2026, 10, 17), OCTOBER, (31, 17, "17/31", 1_096_770)),
        (D(2027, 2, 1), D(2027, 2, 17), D(2027, 2, 1), (28, 17, "17/28", 1_214_280)),
        (D(2026, 9, 15), D(2026, 10, 1), OCTOBER, (30, 17, "17/30", 1_133_330)),
        (D(2027, 1, 31), D(2027, 2, 16), D(2027, 2, 1), (29, 17, "17/29", 1_172_410)),
    ],
)
def test_seventeen_days_until_an_early_end_bring_the_rulebooks_won(
    desk: Desk,
    clock: FixedClock,
    start: dt.date,
    last: dt.date,
    month: dt.date,
    told: tuple[int, int, str, int],
) -> None:
    found = start_intern(desk, clock, start=start)
    go_to(clock, last + dt.timedelta(days=3))
    internships.end(desk, found, last, EndKind.EARLY, "개인 사정")
    pay(desk, found, start, last, WAGE * 17 // 28)
    assert only(desk, month) == told


def test_months_from_the_last_of_january_are_whole_whatever_their_length(
    desk: Desk, clock: FixedClock
) -> None:
    found = start_intern(desk, clock, start=D(2027, 1, 31))
    go_to(clock, D(2027, 5, 3))
    spans = [
        (D(2027, 1, 31), D(2027, 2, 28)),
        (D(2027, 3, 1), D(2027, 3, 30)),
        (D(2027, 3, 31), D(2027, 4, 30)),
    ]
    for first, last in spans:
        pay(desk, found, first, last)
    assert only(desk, D(2027, 2, 1)) == (29, 29, "1", 2_000_000)
    assert only(desk, D(2027, 3, 1)) == (30, 30, "1", 2_000_000)
    assert only(desk, D(2027, 4, 1)) == (31, 31, "1", 2_000_000)
    with pytest.raises(Refusal, match="새로 계산할 것이 없습니다"):
        runs.draft(desk, D(2027, 5, 1))


def test_over_new_year_each_payslip_must_hold_the_minimum_of_its_days(desk: Desk, clock: FixedClock) -> None:
    found = start_intern(desk, clock, start=D(2026, 12, 15))
    go_to(clock, D(2027, 1, 20))
    pay(desk, found, D(2026, 12, 15), D(2026, 12, 31), 2_156_880 * 17 // 31)
    january = pay(desk, found, D(2027, 1, 1), D(2027, 1, 31), 2_236_299)
    run = runs.draft(desk, D(2027, 1, 1))
    (line,) = run.lines
    assert (line.eligible, line.amount, line.programme_year) == (False, 0, 2026)
    assert "최저임금 2,236,300원보다 1원 적습니다" in line.trace[1]
    assert "wage_low" in [item.kind for item in line.open_items]
    values = PayslipValues(january.start, january.end, 2_236_300, january.transferred_on, january.transferred)
    payslips.edit(desk, january, values)
    (line,) = runs.draft(desk, D(2027, 1, 1)).lines
    wage = (2_156_880 * 17 // 31) + 2_236_300 * 14 // 31
    assert (line.days, line.share, line.eligible, line.amount) == (31, "1", True, 2_000_000)
    assert abs((line.wage or 0) - wage) <= 1


def test_interruption_and_unpaid_absence_are_not_served_and_overlaps_count_once(
    desk: Desk, clock: FixedClock
) -> None:
    found = start_intern(desk, clock, start=SEPTEMBER)
    go_to(clock, OCTOBER)
    interruptions.add(desk, found, BreakKind.INTERRUPTION, D(2026, 9, 7), D(2026, 9, 17), "병가")
    interruptions.add(desk, found, BreakKind.UNPAID_ABSENCE, D(2026, 9, 21), D(2026, 9, 22), "무단")
    pay(desk, found, SEPTEMBER, D(2026, 9, 30), 1_400_000)
    assert only(desk, SEPTEMBER) == (30, 17, "17/30", 1_133_330)
    assert "wage_low" not in kinds(desk, SEPTEMBER)  # the pay for days not worked is not missing
    interruptions.void(desk, read(desk, found).interruptions[0].id, "잘못 적음")
    assert only(desk, SEPTEMBER)[:3] == (30, 28, "28/30")


def test_every_method_can_be_tried_and_only_the_adopted_one_confirmed(desk: Desk, clock: FixedClock) -> None:
    found = ready(desk, clock)
    interruptions.add(desk, found, BreakKind.INTERRUPTION, D(2026, 9, 7), D(2026, 9, 13), "병가")
    assert only(desk, SEPTEMBER, Method.THIRTY) == (30, 23, "23/30", 1_533_330)
    workdays = only(desk, SEPTEMBER, Method.WORKDAYS)
    assert workdays[2:] == ("15/20", 1_500_000)  # 22 weekdays, 추석 on 24 and 25
    assert only(desk, SEPTEMBER, Method.FULL_ONLY) == (30, 23, "0", 0)
    assert not runs.show(desk, SEPTEMBER).adopted
    runs.check(desk, SEPTEMBER)
    with pytest.raises(Refusal, match="승인되지 않은"):
        runs.confirm(desk, SEPTEMBER)
    assert only(desk, SEPTEMBER) == (30, 23, "23/30", 1_533_330)
    runs.check(desk, SEPTEMBER)
    assert runs.confirm(desk, SEPTEMBER).state is RunState.CONFIRMED


def test_a_wage_amended_within_the_month_is_paid_by_its_payslips(desk: Desk, clock: FixedClock) -> None:
    found = start_intern(desk, clock, start=SEPTEMBER)
    before = read(desk, found).agreements[0]
    go_to(clock, D(2026, 9, 16))
    raised = replace(
        drafts.draft_of(before), effective_from=D(2026, 9, 16), wage=2_156_880 // 2, weekly_minutes=20 * 60
    )
    amended = agreements.amend(desk, found, raised, "근로시간 단축")
    agreements.sign(desk, amended.agreements[-1].id, D(2026, 9, 16), on_paper=True)
    go_to(clock, OCTOBER)
    pay(desk, found, SEPTEMBER, D(2026, 9, 30), 1_700_000)
    (line,) = runs.draft(desk, SEPTEMBER).lines
    assert (line.eligible, line.wage, line.amount) == (True, 1_700_000, 1_700_000)  # the wage is the limit
    assert "wage_low" not in [item.kind for item in line.open_items]


def test_without_a_payslip_or_its_transfer_nothing_is_paid_and_the_item_leads_there(
    desk: Desk, clock: FixedClock
) -> None:
    found = claimable(desk, clock, today=OCTOBER)
    hand_in(desk, found, 1)
    (line,) = runs.draft(desk, SEPTEMBER).lines
    assert (line.wage, line.eligible, line.amount) == (None, False, 0)
    missing = line.open_items[0]
    assert (missing.kind, missing.opens, missing.internship, missing.month_no) == (
        "no_payslip",
        Opens.PAYSLIPS,
        found,
        1,
    )
    slip = pay(desk, found, SEPTEMBER, D(2026, 9, 20), transferred=False)
    runs.draft(desk, SEPTEMBER)
    assert kinds(desk, SEPTEMBER) == ["no_transfer", "uncovered"]
    payslips.void(desk, slip, "다시 적음")
    pay(desk, found, SEPTEMBER, D(2026, 9, 30), own_account=False)
    runs.draft(desk, SEPTEMBER)
    assert kinds(desk, SEPTEMBER) == ["other_account"]
    runs.check(desk, SEPTEMBER)
    with pytest.raises(OpenItems, match="확인할 것이 1건") as refused:
        runs.confirm(desk, SEPTEMBER)
    assert refused.value.items[0].where.endswith("1차")


def test_a_wage_below_the_minimum_keeps_the_month_from_being_confirmed(desk: Desk, clock: FixedClock) -> None:
    found = claimable(desk, clock, today=OCTOBER)
    hand_in(desk, found, 1)
    pay(desk, found, SEPTEMBER, D(2026, 9, 30), 2_156_879)
    (line,) = runs.draft(desk, SEPTEMBER).lines
    assert (line.eligible, line.amount) == (False, 0)
    assert [item.kind for item in line.open_items] == ["wage_low"]
    runs.check(desk, SEPTEMBER)
    with pytest.raises(OpenItems):
        runs.confirm(desk, SEPTEMBER)


def test_a_clear_month_goes_from_draft_to_confirmed_and_then_stays(desk: Desk, clock: FixedClock) -> None:
    found = ready(desk, clock)
    run = runs.draft(desk, SEPTEMBER)
    assert (run.state, run.total, run.open_items) == (RunState.DRAFT, 2_000_000, ())
    assert runs.check(desk, SEPTEMBER).state is RunState.CHECKED
    confirmed = runs.confirm(desk, SEPTEMBER)
    assert (confirmed.state, confirmed.row.solo) == (RunState.CONFIRMED, True)
    with desk.store.read() as connection:
        assert confirmed_months(connection) == {(found, 1)}
    with pytest.raises(Refusal, match="새로 계산할 것이 없습니다"):
        runs.draft(desk, SEPTEMBER)
    with pytest.raises(sa.exc.DatabaseError, match="closed:claim_row"), desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE claim_row SET amount = 1")


def test_what_changed_after_the_draft_is_told_before_it_is_checked_or_confirmed(
    desk: Desk, clock: FixedClock
) -> None:
    found = ready(desk, clock)
    runs.draft(desk, SEPTEMBER)
    interruptions.add(desk, found, BreakKind.UNPAID_ABSENCE, D(2026, 9, 1), D(2026, 9, 1), "무단")
    with pytest.raises(Refusal, match="다시 작성"):
        runs.check(desk, SEPTEMBER)
    runs.draft(desk, SEPTEMBER)
    runs.check(desk, SEPTEMBER)
    interruptions.add(desk, found, BreakKind.UNPAID_ABSENCE, D(2026, 9, 2), D(2026, 9, 2), "무단")
    with pytest.raises(Refusal, match="다시 작성"):
        runs.confirm(desk, SEPTEMBER)


def test_a_month_that_is_not_over_cannot_be_confirmed(desk: Desk, clock: FixedClock) -> None:
    found = claimable(desk, clock, today=D(2026, 9, 30))
    pay(desk, found, SEPTEMBER, D(2026, 9, 30))
    runs.draft(desk, SEPTEMBER)
    assert "not_over" in kinds(desk, SEPTEMBER)
    go_to(clock, OCTOBER)
    assert "not_over" not in kinds(desk, SEPTEMBER)


def test_a_held_month_stops_nobody_and_is_paid_by_a_supplementary_run(desk: Desk, clock: FixedClock) -> None:
    first = ready(desk, clock)
    second = start_intern_again(desk, clock)
    pay(desk, second, SEPTEMBER, D(2026, 9, 30))
    runs.draft(desk, SEPTEMBER)
    runs.hold(desk, second, 1, "서류 기다림")
    run = runs.show(desk, SEPTEMBER)
    assert run.total == 2_000_000
    assert [line.held for line in run.lines if line.internship == second] == ["서류 기다림"]
    with pytest.raises(Refusal, match="이미 보류"):
        runs.hold(desk, second, 1, "또")
    runs.check(desk, SEPTEMBER)
    runs.confirm(desk, SEPTEMBER)
    with pytest.raises(Refusal, match="이미 확정된 지원월"):
        runs.hold(desk, first, 1, "늦음")
    hand_in(desk, second, 1)
    runs.release(desk, second, 1)
    more = runs.draft(desk, SEPTEMBER)
    assert (more.kind, more.row.number, [line.internship for line in more.lines]) == (
        RunKind.SUPPLEMENTARY,
        2,
        [second],
    )
    runs.check(desk, SEPTEMBER)
    assert runs.confirm(desk, SEPTEMBER).total == 2_000_000
    with pytest.raises(Refusal, match="보류된 지원월이 아닙니다"):
        runs.release(desk, second, 1)


def start_intern_again(desk: Desk, clock: FixedClock) -> UUID:
    """Another person at the same company, since September."""
    found = start_intern(desk, clock, start=SEPTEMBER, at=1)
    go_to(clock, OCTOBER)
    return found


def test_a_confirmed_run_may_be_cancelled_and_keeps_its_version(desk: Desk, clock: FixedClock) -> None:
    ready(desk, clock)
    runs.draft(desk, SEPTEMBER)
    runs.check(desk, SEPTEMBER)
    back = runs.send_back(desk, SEPTEMBER, "금액 다시 확인")
    assert (back.state, back.row.returned_reason) == (RunState.DRAFT, "금액 다시 확인")
    runs.check(desk, SEPTEMBER)
    runs.confirm(desk, SEPTEMBER)
    with pytest.raises(Refusal, match="사유"):
        runs.cancel(desk, SEPTEMBER, " ")
    runs.cancel(desk, SEPTEMBER, "잘못 확정")
    again = runs.draft(desk, SEPTEMBER)
    assert (again.row.number, again.kind) == (2, RunKind.MAIN)
    assert [row.state for row in runs.list_runs(desk, 2026, gone=True)] == ["cancelled", "draft"]


def test_who_drafted_does_not_confirm_once_another_may(desk: Desk, clock: FixedClock, office: Path) -> None:
    ready(desk, clock)
    runs.draft(desk, SEPTEMBER)
    runs.check(desk, SEPTEMBER)

    def confirm_alone() -> None:
        with pytest.raises(Refusal, match="작성한 사람은 확정할 수 없습니다"):
            runs.confirm(desk, SEPTEMBER)

    accounts.add_user(desk, "lead2", "박팀장", [Role.LEADER], "temporary-word-9")
    confirm_alone()
    confirmed = as_somebody(desk, office, clock, Role.LEADER, lambda other: runs.confirm(other, SEPTEMBER))
    assert (confirmed.state, confirmed.row.solo) == (RunState.CONFIRMED, False)


def test_an_onlooker_neither_drafts_nor_sees_names(desk: Desk, clock: FixedClock, office: Path) -> None:
    found = ready(desk, clock)
    evidence.return_(desk, found, 1, "application", "직인이 없음")
    name = runs.draft(desk, SEPTEMBER).lines[0].name
    runs.hold(desk, found, 1, f"{name}에게 물음")

    def look(other: Desk) -> str:
        with pytest.raises(NotAllowed):
            runs.draft(other, SEPTEMBER)
        with pytest.raises(NotAllowed):
            runs.confirm(other, SEPTEMBER)
        assert {line.memo for line in evidence.checklist(other, found, 1)} == {None}
        assert {line.file_name for line in evidence.checklist(other, found, 1)} == {None}
        assert [one.slip_name for one in payslips.list_payslips(other, found)] == [None]
        (line,) = runs.show(other, SEPTEMBER).lines
        assert (line.held, [item.message for item in line.open_items]) == ("보류", ["지급신청서: 반려함"])
        return line.name

    seen = as_somebody(desk, office, clock, Role.VIEWER, look)
    assert seen != name
    assert "*" in seen


def test_over_the_balance_only_the_director_confirms_with_a_reason(
    desk: Desk, clock: FixedClock, office: Path
) -> None:
    ready(desk, clock)
    budget.add_entry(desk, BudgetItem.INTERNSHIP, EntryKind.GRANT, 1_500_000, D(2026, 9, 1), "교부-1")
    runs.draft(desk, SEPTEMBER)
    runs.check(desk, SEPTEMBER)
    with pytest.raises(Refusal, match="500,000원 많아"):
        runs.confirm(desk, SEPTEMBER, over_budget_reason="급함")

    def direct(other: Desk) -> str | None:
        with pytest.raises(Refusal, match="사유를 적어"):
            runs.confirm(other, SEPTEMBER)
        return runs.confirm(other, SEPTEMBER, over_budget_reason="추경 예정").row.over_budget_reason

    assert as_somebody(desk, office, clock, Role.DIRECTOR, direct) == "추경 예정"


def test_a_service_month_the_internship_no_more_reaches_is_worth_nothing_now(
    desk: Desk, clock: FixedClock
) -> None:
    found = claimable(desk, clock, today=D(2026, 11, 1))
    pay(desk, found, OCTOBER, D(2026, 10, 31))
    terms = claim_policy.shipped()
    with desk.store.read() as connection:
        assert drafting.entitlement(connection, found, 2, terms).amount == 2_000_000
    internships.end(desk, found, D(2026, 9, 20), EndKind.EARLY, "뒤늦게 확인")
    with desk.store.read() as connection:
        now = drafting.entitlement(connection, found, 2, terms)
    assert (now.amount, now.served_days, now.days) == (0, 0, 31)
    assert "인턴십이 끝나" in now.trace[0]
