"""The values of the 정산표 and the 환수 통지서."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regional_desk.domain.allowance import basis
from regional_desk.domain.policies import scheme_from_table
from regional_desk.domain.settlement import BudgetItem
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.papers.making import Maker, Making
from regional_desk.services.pay import budget, recoveries, settlement_due

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper


def _sheet(making: Making) -> Paper:
    """Of the programme year that stands as the number, the office's own where none is given."""
    from regional_desk.documents import settlement_sheet as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    year, item = making.wanted.number or desk.office.programme_year, BudgetItem.ALLOWANCE
    sheet = budget.sheet(desk, year, item)
    return paper.to_paper(
        paper.SettlementSheet(
            office=desk.office.name,
            year=year,
            item=item.label,
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
    run, row = settlement_due.behind(desk, found.id)
    return paper.to_paper(
        paper.RecoveryNotice(
            office=desk.office.name,
            number=found.label,
            name=found.name,
            birth=desk.masking.show_birth(found.birth),
            course=found.course_name,
            unit_no=found.unit_no,
            start=run.start,
            end=run.end,
            amount=found.amount,
            received=found.received,
            entitled=row.entitled,
            already=row.already,
            trace=(*row.trace, basis(scheme_from_table(run.scheme, run.terms))),
            noticed_on=found.noticed_on,
            due=found.due,
        ),
        making.stamp(solo=run.solo),
    )


MAKERS: dict[str, Maker] = {"settlement-sheet": _sheet, "recovery-notice": _notice}
