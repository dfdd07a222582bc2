"""The values of the 훈련수당 지급조서 and the 개인별 지급명세."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from regional_desk.domain.allowance import RunState
from regional_desk.domain.attendance import sign
from regional_desk.domain.day_strip import read_strip
from regional_desk.domain.masking import Masking
from regional_desk.errors import Refusal
from regional_desk.services import codes, policies
from regional_desk.services.papers.making import Maker, Making
from regional_desk.services.pay import allowance
from regional_desk.services.pay.allowance_run import Run
from regional_desk.services.pay.run_states import RunKind

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper, Stamp

_OUTSIDE = "-"


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
        state=_state(run),
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
    return paper.to_paper(values, _stamp(making, run))


def _personal(making: Making) -> Paper:
    """Everybody who is not held, or the one person named."""
    from regional_desk.documents import personal_statement as paper  # noqa: PLC0415 - only where it is made

    desk, wanted = making.desk, making.wanted.person
    run = allowance.read_newest(desk, making.course, making.unit_no)
    with desk.store.read() as connection:
        reference = policies.reference_of(connection, run.row.adoption_id)
    lines = [line for line in run.lines if line.held is None and wanted in (None, line.trainee)]
    if not lines:
        raise Refusal("이 훈련수당에 없거나 보류된 사람이라 지급명세를 만들지 않았습니다.")
    making.people += [line.trainee for line in lines]
    days, banks = [day.day for day in run.course.days_of(run.unit)], codes.bank_names()
    people = tuple(
        paper.PaidPerson(
            number=line.number,
            name=line.name,
            birth=desk.masking.show_birth(line.birth),
            training_days=line.training_days,
            attended_days=line.attended_days,
            converted_absences=line.converted_absences,
            rate=line.rate,
            amount=line.amount,
            trace=line.trace,
            days=_days(days, line.strip),
            bank=banks.get(line.bank or "", ""),
            account=Masking.MASKED.show_account(line.account_tail),
            holder=line.account_holder or "",
        )
        for line in lines
    )
    values = paper.PersonalStatements(
        course=run.course.course.name,
        track=run.course.course.track,
        unit_no=run.unit.no,
        start=run.unit.start,
        end=run.unit.end,
        state=_state(run),
        policy=str(run.row.terms["name"]),
        reference=reference,
        office=desk.office.name,
        people=people,
    )
    return paper.to_paper(values, _stamp(making, run))


def _days(days: list[dt.date], strip: str) -> tuple[tuple[dt.date, str], ...]:
    """Each training day with its sign; a strip that holds recorded days only has no dates to stand under."""
    cells = read_strip(strip)
    if len(cells) != len(days):
        return ()
    return tuple(
        (day, _OUTSIDE if cell is None else sign(cell)) for day, cell in zip(days, cells, strict=True)
    )


def _state(run: Run) -> str:
    """확정, or 추가 · 확정 where it is not the unit's main run."""
    kind = RunKind(run.row.kind)
    return run.state.label if kind is RunKind.MAIN else f"{kind.label} · {run.state.label}"


def _stamp(making: Making, run: Run) -> Stamp:
    final = run.state in (RunState.CONFIRMED, RunState.PAID, RunState.RECONCILED)
    return making.stamp(provisional=not final, solo=run.row.solo)


MAKERS: dict[str, Maker] = {"allowance-statement": _statement, "personal-statement": _personal}
