"""The values of the 훈련수당 지급조서."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regional_desk.domain.allowance import RunState
from regional_desk.domain.masking import Masking
from regional_desk.services import codes, policies
from regional_desk.services.papers.making import Maker, Making
from regional_desk.services.pay import allowance

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper


def _statement(making: Making) -> Paper:
    from regional_desk.documents import allowance_statement as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    run = allowance.read_newest(desk, making.course, making.unit_no)
    with desk.store.read() as connection:
        reference = policies.reference_of(connection, run.row.adoption_id)
    banks = codes.bank_names()
    paid = [line for line in run.lines if line.held is None]
    making.people += [line.trainee for line in paid]
    values = paper.AllowanceStatement(
        course=run.course.course.name,
        track=run.course.course.track,
        unit_no=run.unit.no,
        start=run.unit.start,
        end=run.unit.end,
        state=run.state.label,
        policy=str(run.row.terms["name"]),
        source=str(run.row.terms["source"]),
        reference=reference,
        rows=tuple(
            paper.StatementRow(
                number=line.number,
                name=line.name,
                birth=desk.masking.show_birth(line.birth),
                training_days=line.training_days,
                attended_days=line.attended_days,
                rate=line.rate,
                amount=line.amount,
                bank=banks.get(line.bank or "", ""),
                account=Masking.MASKED.show_account(line.account_tail),
                holder=line.account_holder or "",
                remark="" if line.eligible else "출석률 미달",
            )
            for line in paid
        ),
        held=len(run.lines) - len(paid),
        approval=desk.office.approval,
        office=desk.office.name,
    )
    final = run.state in (RunState.CONFIRMED, RunState.PAID, RunState.RECONCILED)
    return paper.to_paper(values, making.stamp(provisional=not final, solo=run.row.solo))


MAKERS: dict[str, Maker] = {"allowance-statement": _statement}
