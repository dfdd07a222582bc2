"""What keeps a service month from being confirmed: its wages, its papers, its company's account, its last day."""

from __future__ import annotations

from collections.abc import Iterator

from regional_desk.domain.claim_wages import least_paid, uncovered
from regional_desk.domain.claims import ClaimTerms, PaperState
from regional_desk.domain.internships import ServiceMonth
from regional_desk.domain.text import korean_date, korean_span, won
from regional_desk.services.claims.claim_links import OpenItem, Opens
from regional_desk.services.claims.evidence import Evidence
from regional_desk.services.claims.interns import Intern
from regional_desk.services.companies.positions import minimum_wages

RETURNED = f"paper_{PaperState.RETURNED}"
"""The kind of an item about a paper given back, whose message carries what somebody wrote."""


def wage_too_low(intern: Intern, month: ServiceMonth) -> str:
    """The Korean reason where a paid slip of the month is below the minimum wage, else nothing."""
    for slip in (one.paid for one in intern.slips_of(month.start, month.served_until)):
        if not slip.is_paid:
            continue
        off = intern.days_off(slip.start, slip.end)
        least = least_paid(slip, intern.week_on, off, minimum_wages())
        if slip.wage < least:
            return (
                f"{korean_span(slip.start, slip.end)}의 임금 {won(slip.wage)}원이 최저임금 {won(least)}원보다 "
                f"{won(least - slip.wage)}원 적습니다"
            )
    return ""


def wage_items(intern: Intern, month: ServiceMonth, too_low: str, terms: ClaimTerms) -> Iterator[OpenItem]:
    """What the payslips of a service month lack; `too_low` as `wage_too_low` says it."""
    slips = intern.slips_of(month.start, month.served_until)

    def item(kind: str, message: str) -> OpenItem:
        return _item(intern, month.no, kind, message, Opens.PAYSLIPS)

    if not slips:
        yield item("no_payslip", "이 지원월의 급여명세가 없음")
        return
    for slip in slips:
        span = korean_span(slip.start, slip.end)
        if slip.transferred_on is None:
            yield item("no_transfer", f"{span} 급여의 이체를 적지 않음")
        elif not slip.own_account:
            yield item("other_account", f"{span} 급여가 기업 계좌에서 본인 계좌로 이체되지 않음")
        elif (slip.transferred or 0) * 100 < slip.wage * terms.least_transferred:
            told = f"이체액 {won(slip.transferred or 0)}원이 임금 {won(slip.wage)}원의 {terms.least_transferred}%보다 적음"
            yield item("transfer_low", f"{span} {told}")
        elif slip.transferred_on < slip.start:
            yield item(
                "transfer_early",
                f"{span} 급여의 이체일 {korean_date(slip.transferred_on)}이 그 기간보다 앞섬",
            )
    if missing := uncovered(intern.days_served(month), [slip.paid for slip in slips]):
        span = korean_span(missing[0], missing[-1])
        yield item("uncovered", f"급여명세가 없는 근무일 {len(missing)}일({span})")
    if too_low:
        yield item("wage_low", too_low)


def paper_items(
    evidence: Evidence, intern: Intern, month: ServiceMonth, terms: ClaimTerms
) -> Iterator[OpenItem]:
    """Every paper of a service month that does not count yet."""
    for line in evidence.lines(terms, intern, month):
        if line.problem:
            kind = "paper" if line.state is PaperState.MISSING else f"paper_{line.state.value}"
            message = f"{line.label}: {line.problem}"
            yield _item(intern, month.no, kind, message, line.opens, line.kind)


def account_item(intern: Intern, month_no: int, hold: str) -> OpenItem:
    """The company's account is held, or there is none."""
    return _item(intern, month_no, "account", f"기업 계좌 보류: {hold}", Opens.COMPANY_ACCOUNT)


def not_over(intern: Intern, month: ServiceMonth) -> OpenItem:
    """The service month still goes on."""
    message = f"{korean_date(month.served_until)}까지인 지원월이라 아직 끝나지 않음"
    return _item(intern, month.no, "not_over", message, Opens.INTERNSHIP)


def _item(
    intern: Intern, month_no: int, kind: str, message: str, opens: Opens, paper: str | None = None
) -> OpenItem:
    row = intern.row
    return OpenItem(row.id, row.company, month_no, row.name, kind, message, opens, paper)
