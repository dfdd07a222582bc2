"""The values of the 정산표 and the 환수 통지서, of both items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regional_desk.domain.allowance import basis
from regional_desk.domain.claims import basis as claim_basis
from regional_desk.domain.claims import terms_from_table
from regional_desk.domain.policies import scheme_from_table
from regional_desk.domain.settlement import BudgetItem
from regional_desk.domain.text import korean_span
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.claims import claim_settlement_due
from regional_desk.services.papers.making import Maker, Making
from regional_desk.services.pay import budget, recoveries, settlement_due
from regional_desk.services.pay.recoveries import Recovery

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper


def _sheet(making: Making, item: BudgetItem = BudgetItem.ALLOWANCE) -> Paper:
    """Of the programme year that stands as the number, the office's own where none is given."""
    from regional_desk.documents import settlement_sheet as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    year = making.wanted.number or desk.office.programme_year
    sheet = budget.sheet(desk, year, item)
    return paper.to_paper(
        paper.SettlementSheet(
            office=desk.office.name,
            year=year,
            item=item,
            on=desk.clock.today(),
            sheet=sheet,
            entries=tuple(
                paper.SheetEntry(one.on, one.kind.label, one.amount, one.reference)
                for one in budget.entries(desk, year, item)
                if one.void_reason is None
            ),
            approval=desk.office.approval,
        ),
        making.stamp(provisional=sheet.waiting > 0 or sheet.failed > 0),
    )


def _notice(making: Making) -> Paper:
    from regional_desk.documents import recovery_notice as paper  # noqa: PLC0415 - only where it is made

    desk, number = making.desk, making.wanted.number
    if number is None:
        raise UsageError("이 문서는 환수 번호를 정해야 합니다(--number 1).")
    found = recoveries.survey(desk, recoveries.find_number(desk, number))
    if found.noticed_on is None or found.due is None:
        raise Refusal("납부기한을 정하지 않은 환수라 통지서를 만들지 않았습니다. 먼저 통지하십시오.")
    making.people.append(found.trainee)
    told = _of_claim(making, found) if found.item is BudgetItem.INTERNSHIP else _of_allowance(making, found)
    values = paper.RecoveryNotice(
        office=desk.office.name,
        number=found.label,
        item=found.item,
        receiver=found.debtor,
        about=told.about,
        amount=found.amount,
        received=found.received,
        entitled=told.entitled,
        already=told.already,
        trace=told.trace,
        noticed_on=found.noticed_on,
        due=found.due,
    )
    return paper.to_paper(values, making.stamp(solo=told.solo))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the 정산 behind a 환수 tells."""

    about: tuple[tuple[str, str], ...]
    entitled: int
    already: int
    trace: tuple[str, ...]
    solo: bool


def _of_allowance(making: Making, found: Recovery) -> _Told:
    run, row = settlement_due.behind(making.desk, found.id)
    about = (
        ("성명", found.name),
        ("생년월일", making.desk.masking.show_birth(found.birth)),
        ("과정명", found.place),
        ("단위기간", f"{found.unit_no} ({korean_span(run.start, run.end)})"),
    )
    trace = (*row.trace, basis(scheme_from_table(run.scheme, run.terms)))
    return _Told(about, row.entitled, row.already, trace, run.solo)


def _of_claim(making: Making, found: Recovery) -> _Told:
    run, row = claim_settlement_due.behind(making.desk, found.id)
    about = (
        ("기업명", found.place),
        ("인턴", found.name),
        ("지원월", f"{row.month_no}차 ({korean_span(row.start, row.end)})"),
    )
    trace = (*row.trace, claim_basis(terms_from_table(run.scheme, run.terms)))
    return _Told(about, row.entitled or 0, row.already or 0, trace, run.solo)


MAKERS: dict[str, Maker] = {
    "settlement-sheet": _sheet,
    "claim-settlement-sheet": lambda making: _sheet(making, BudgetItem.INTERNSHIP),
    "recovery-notice": _notice,
}
