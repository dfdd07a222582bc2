"""What claims rest on: the policy, payslips, the eight papers and their files, what is logged, and the board of months."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.claims_office import WAGE, a_file, adopt, company_of, hand_in, pay, ready, ready_company
from tests.integration.matching_office import as_somebody
from tests.interns import go_to, start_intern

from regional_desk.domain.allowance import RunState
from regional_desk.domain.claims import Method, PaperState
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.internships import BreakKind
from regional_desk.domain.rights import Role
from regional_desk.errors import NotAllowed, Refusal, UsageError
from regional_desk.services.claims import claim_policy, evidence, evidence_files, payslips, runs
from regional_desk.services.claims.board import board, method_totals
from regional_desk.services.claims.claim_links import Opens
from regional_desk.services.claims.payslips import PayslipValues
from regional_desk.services.desk import Desk
from regional_desk.services.internships import interruptions
from regional_desk.services.internships.reading import read

D = dt.date
SEPTEMBER, OCTOBER = D(2026, 9, 1), D(2026, 10, 1)


def test_the_policy_is_a_proposal_until_somebody_adopts_it(desk: Desk, clock: FixedClock) -> None:
    found = start_intern(desk, clock, start=SEPTEMBER)
    go_to(clock, OCTOBER)
    ready_company(desk, company_of(desk, found))
    pay(desk, found, SEPTEMBER, D(2026, 9, 30))
    hand_in(desk, found, 1)
    runs.draft(desk, SEPTEMBER)
    runs.check(desk, SEPTEMBER)
    with pytest.raises(Refusal, match="승인되지 않은 인턴지원금 정책"):
        runs.confirm(desk, SEPTEMBER)
    adopt(desk)
    with pytest.raises(Refusal, match="다시 작성"):
        runs.confirm(desk, SEPTEMBER)
    assert claim_policy.read_policy(desk).reference == "경남-2026-31"
    with pytest.raises(Refusal, match="근거 공문"):
        claim_policy.adopt(desk, reference=" ", document_date=D(2026, 8, 1))


def test_terms_adopted_for_a_later_month_leave_earlier_ones(desk: Desk, clock: FixedClock) -> None:
    adopt(desk)
    claim_policy.adopt(
        desk,
        reference="경남-2026-40",
        document_date=D(2026, 9, 1),
        support=1_800_000,
        effective_from=D(2026, 10, 1),
    )
    with desk.store.read() as connection:
        assert claim_policy.in_force(connection, SEPTEMBER).terms.support == 2_000_000
        assert claim_policy.in_force(connection, OCTOBER).terms.support == 1_800_000


def test_the_checklist_has_the_eight_papers_and_tells_where_each_comes_from(
    desk: Desk, clock: FixedClock
) -> None:
    found = start_intern(desk, clock, start=SEPTEMBER)
    go_to(clock, OCTOBER)
    lines = {line.kind: line for line in evidence.checklist(desk, found, 1)}
    assert len(lines) == 8
    assert lines["contract"].state is PaperState.VERIFIED
    assert lines["contract"].opens is Opens.AGREEMENT
    assert {kind for kind, line in lines.items() if line.problem} == set(lines) - {"contract"}
    assert lines["pledge"].opens is Opens.COMPANY_PAPERS
    assert lines["payslip"].opens is Opens.PAYSLIPS
    pay(desk, found, SEPTEMBER, D(2026, 9, 30))
    hand_in(desk, found, 1)
    ready_company(desk, company_of(desk, found))
    assert [line.problem for line in evidence.checklist(desk, found, 1)] == [""] * 8


def test_the_insurance_roll_counts_only_when_issued_after_the_service_month(
    desk: Desk, clock: FixedClock
) -> None:
    found = start_intern(desk, clock, start=SEPTEMBER)
    go_to(clock, OCTOBER)
    evidence.receive(desk, found, 1, "insurance_roll", a_file(), issued_on=D(2026, 9, 30))
    with pytest.raises(Refusal, match=r"끝난 2026\. 9\. 30\. 뒤에 발급"):
        evidence.verify(desk, found, 1, "insurance_roll")
    line = evidence.receive(desk, found, 1, "insurance_roll", a_file("다시.pdf"), issued_on=OCTOBER)
    assert (line.state, line.version) == (PaperState.SUBMITTED, 2)
    assert evidence.verify(desk, found, 1, "insurance_roll").problem == ""


def test_a_returned_paper_blocks_until_it_comes_again(desk: Desk, clock: FixedClock) -> None:
    found = ready(desk, clock)
    line = evidence.return_(desk, found, 1, "application", "직인이 없음")
    assert (line.state, line.problem) == (PaperState.RETURNED, "반려함(직인이 없음)")
    runs.draft(desk, SEPTEMBER)
    (item,) = runs.show(desk, SEPTEMBER).open_items
    assert (item.kind, item.paper, item.opens) == ("paper_returned", "application", Opens.PAPERS)


def test_a_paper_kept_elsewhere_is_not_taken_here(desk: Desk, clock: FixedClock) -> None:
    found = start_intern(desk, clock, start=SEPTEMBER)
    with pytest.raises(Refusal, match="협약"):
        evidence.receive(desk, found, 1, "contract", a_file())
    with pytest.raises(Refusal, match="기업 → 제출서류"):
        evidence.receive(desk, found, 1, "pledge", a_file())
    with pytest.raises(Refusal, match="어디에 보관"):
        evidence.receive(desk, found, 1, "application")
    with pytest.raises(UsageError, match="모르는 서류"):
        evidence.receive(desk, found, 1, "napkin", a_file())
    with pytest.raises(UsageError, match="4차 지원월이 없습니다"):
        evidence.receive(desk, found, 4, "application", a_file())
    on_paper = evidence.receive(desk, found, 1, "application", memo="3번 캐비닛")
    assert on_paper.where == "종이로 받음"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (PayslipValues(D(2026, 9, 10), D(2026, 9, 1), WAGE), "앞섭니다"),
        (PayslipValues(D(2026, 8, 31), D(2026, 9, 30), WAGE), "시작한 2026. 9. 1. 전의 날"),
        (PayslipValues(SEPTEMBER, D(2026, 11, 1), WAGE), "두 달을 넘을"),
        (PayslipValues(SEPTEMBER, D(2026, 9, 30), 0), "1원 이상"),
        (PayslipValues(SEPTEMBER, D(2026, 9, 30), WAGE, D(2026, 9, 30)), "날짜와 금액을 함께"),
        (PayslipValues(SEPTEMBER, D(2026, 9, 30), WAGE, D(2026, 9, 30), 0), "이체한 금액"),
        (PayslipValues(SEPTEMBER, D(2026, 9, 30), WAGE, D(2026, 10, 2), WAGE), "아직 오지 않은"),
        (PayslipValues(D(2026, 9, 30), D(2026, 10, 29), WAGE), "날이 겹쳐"),
    ],
)
def test_a_payslip_that_cannot_be_is_refused_and_nothing_kept(
    desk: Desk, clock: FixedClock, values: PayslipValues, words: str
) -> None:
    found = start_intern(desk, clock, start=SEPTEMBER)
    go_to(clock, OCTOBER)
    if words == "날이 겹쳐":
        pay(desk, found, SEPTEMBER, D(2026, 9, 30))
    before = payslips.list_payslips(desk, found)
    with pytest.raises(Refusal, match=words):
        payslips.add(desk, found, values)
    assert payslips.list_payslips(desk, found) == before


def test_a_payslip_of_a_confirmed_month_changes_only_with_a_reason(desk: Desk, clock: FixedClock) -> None:
    found = ready(desk, clock)
    runs.draft(desk, SEPTEMBER)
    runs.check(desk, SEPTEMBER)
    runs.confirm(desk, SEPTEMBER)
    (slip,) = payslips.list_payslips(desk, found)
    less = PayslipValues(slip.start, slip.end, 2_200_000, slip.transferred_on, 2_000_000)
    with pytest.raises(Refusal, match="고치는 사유"):
        payslips.edit(desk, slip, less)
    done = payslips.edit(desk, slip, less, reason="회사가 정정")
    assert (done.wage, done.version) == (2_200_000, slip.version + 1)
    with pytest.raises(Refusal, match="그 사이에"):
        payslips.edit(desk, slip, less, reason="늦음")


def test_the_files_of_a_paper_are_opened_for_who_may_see_them_and_each_look_is_noted(
    desk: Desk, clock: FixedClock, office: Path
) -> None:
    found = ready(desk, clock)
    (file,) = evidence_files.open_paper(desk, found, 1, "payslip")
    assert (file.name, file.read_bytes()) == ("급여명세서.pdf", a_file("명세 2026-09-01.pdf").content)
    with pytest.raises(Refusal, match="서면 원본"):
        evidence_files.open_paper(desk, found, 1, "contract")
    with pytest.raises(UsageError, match="모르는 서류"):
        evidence_files.open_paper(desk, found, 1, "napkin")
    query = "SELECT count(*) FROM access_log WHERE action = 'claim_paper.open'"
    with desk.store.read() as connection:
        assert connection.exec_driver_sql(query).scalar_one() == 1

    def look(other: Desk) -> None:
        with pytest.raises(NotAllowed):
            evidence_files.open_paper(other, found, 1, "payslip")

    as_somebody(desk, office, clock, Role.VIEWER, look)


def test_the_board_tells_how_far_each_month_is(desk: Desk, clock: FixedClock) -> None:
    found = ready(desk, clock)
    runs.draft(desk, SEPTEMBER)
    waiting = {card.month: card for card in board(desk)}
    assert list(waiting) == [D(2026, 11, 1), OCTOBER, SEPTEMBER]
    september = waiting[SEPTEMBER]
    assert (september.state, september.waiting, september.held, september.coming) == (RunState.DRAFT, 1, 0, 0)
    assert (waiting[OCTOBER].state, waiting[OCTOBER].waiting, waiting[OCTOBER].coming) == (None, 0, 1)
    runs.hold(desk, found, 1, "기다림")
    assert board(desk, 2026)[-1].to_do == 0
    runs.release(desk, found, 1)
    runs.check(desk, SEPTEMBER)
    runs.confirm(desk, SEPTEMBER)
    september = board(desk)[-1]
    assert (september.confirmed, september.waiting, september.to_do) == (2_000_000, 0, 0)
    assert board(desk, 2027) == ()


def test_what_each_method_would_pay_is_known_before_one_is_adopted(desk: Desk, clock: FixedClock) -> None:
    found = ready(desk, clock)
    interruptions.add(desk, found, BreakKind.INTERRUPTION, D(2026, 9, 7), D(2026, 9, 13), "병가")
    assert method_totals(desk) == {
        Method.CALENDAR: 1_533_330,
        Method.THIRTY: 1_533_330,
        Method.WORKDAYS: 1_500_000,
        Method.FULL_ONLY: 0,
    }


def test_claims_in_the_log_name_nobody(desk: Desk, clock: FixedClock) -> None:
    found = ready(desk, clock)
    name = read(desk, found).row.name
    runs.draft(desk, SEPTEMBER)
    runs.hold(desk, found, 1, f"{name} 서류")
    query = "SELECT detail FROM change_log WHERE action LIKE 'claim%' OR action LIKE 'payslip%'"
    with desk.store.read() as connection:
        told = connection.exec_driver_sql(query).scalars().all()
    assert len(told) >= 6
    assert not [line for line in told if name in str(line) or str(WAGE) in str(line)]
