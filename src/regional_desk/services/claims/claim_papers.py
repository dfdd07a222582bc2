"""The values of the 인턴지원금 지급조서 and of a company's 신청 묶음 with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import RunState
from regional_desk.domain.claims import Per, month_of
from regional_desk.domain.companies import show_business_number
from regional_desk.domain.masking import Masking
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date, korean_span, won
from regional_desk.errors import Refusal, UsageError
from regional_desk.services import codes, handed_in, policies
from regional_desk.services.claims import runs
from regional_desk.services.claims.claim_run import ClaimRun, Line
from regional_desk.services.claims.evidence import Evidence, PaperLine
from regional_desk.services.claims.interns import Intern, read_intern
from regional_desk.services.claims.run_states import RunKind
from regional_desk.services.desk import Desk
from regional_desk.services.papers.making import Maker, Making
from regional_desk.store.company_accounts import CompanyAccountRow, list_accounts
from regional_desk.store.company_records import find_company

if TYPE_CHECKING:
    from regional_desk.documents.claim_bundle import BundlePaper
    from regional_desk.documents.paper import Enclosure, Paper, Stamp

_NOT_ENCLOSED = "-"


def _statement(making: Making) -> Paper:
    from regional_desk.documents import claim_statement as paper  # noqa: PLC0415 - only where it is made

    desk, run = making.desk, _run(making)
    with desk.store.read() as connection:
        reference = policies.reference_of(connection, run.row.adoption_id)
        accounts = {row.company_id: row for row in list_accounts(connection)}
    making.people += [line.trainee for line in run.paid]
    banks = codes.bank_names()
    rows = []
    for line in run.paid:
        account = accounts.get(line.company)
        rows.append(
            paper.StatementRow(
                number=line.number,
                company=line.company_name,
                name=line.name,
                birth=desk.masking.show_birth(line.birth),
                month_no=line.month_no,
                span=korean_span(line.start, line.end),
                served_days=line.served_days,
                share=line.share,
                wage=line.wage,
                amount=line.amount,
                bank=banks.get(account.bank, account.bank) if account else "",
                account=Masking.MASKED.show_account(account.tail) if account else "",
                holder=_holder(desk, account),
                remark=_remark(line),
            )
        )
    values = paper.ClaimStatement(
        month=run.month,
        state=_state(run),
        policy=run.terms.name,
        method=run.method.label,
        source=run.terms.source,
        reference=reference,
        rows=tuple(rows),
        held=len(run.lines) - len(run.paid),
        approval=desk.office.approval,
        office=desk.office.name,
    )
    return paper.to_paper(values, _stamp(making, run))


def _bundle(making: Making) -> Paper:
    from regional_desk.documents import claim_bundle as paper  # noqa: PLC0415 - only where it is made

    desk, company_id = making.desk, making.wanted.company
    if company_id is None:
        raise UsageError("이 문서는 기업을 정해야 합니다(--company 기업명).")
    desk.require(Right.UNMASK)  # the files behind it cannot be masked
    run = _run(making)
    lines = [line for line in run.paid if line.company == company_id]
    if not lines:
        raise Refusal("이 달의 인턴지원금에 없거나 모두 보류된 기업이라 신청 묶음을 만들지 않았습니다.")
    making.people += [line.trainee for line in lines]
    with desk.store.read() as connection:
        company = find_company(connection, company_id)
        account = next(iter(list_accounts(connection, [company_id])), None)
        papers, enclosures = _papers(desk, connection, run, lines)
    if company is None:
        raise UsageError("없는 기업입니다. 기업 목록에서 다시 골라 주십시오.")
    values = paper.ClaimBundle(
        office=desk.office.name,
        month=run.month,
        company=company.name,
        business_number=show_business_number(company.business_number),
        representative=company.representative or "",
        address=company.address or "",
        contact=f"{company.contact or ''} {desk.masking.show_phone(company.phone)}".strip(),
        account=_account(desk, account),
        state=_state(run),
        interns=tuple(
            paper.BundleIntern(
                number,
                line.intern_number,
                line.name,
                desk.masking.show_birth(line.birth),
                line.month_no,
                f"{korean_date(line.start)}\n~ {korean_date(line.end)}",
                f"{line.served_days}/{line.days}",
                line.share,
                line.wage,
                line.amount,
            )
            for number, line in enumerate(lines, 1)
        ),
        papers=papers,
        enclosures=enclosures,
    )
    return paper.to_paper(values, _stamp(making, run))


def _papers(
    desk: Desk, connection: sa.Connection, run: ClaimRun, lines: Sequence[Line]
) -> tuple[tuple[BundlePaper, ...], tuple[Enclosure, ...]]:
    """The checklist of the company's service months, and each file once, in the checklist's order."""
    from regional_desk.documents.claim_bundle import BundlePaper  # noqa: PLC0415 - only where it is made
    from regional_desk.documents.paper import Enclosure  # noqa: PLC0415 - as above

    interns = {
        line.internship: read_intern(connection, line.internship, run.terms.max_months) for line in lines
    }
    evidence = Evidence.read(connection, list(interns.values()))
    numbers: dict[UUID, int] = {}
    enclosed: list[Enclosure] = []
    rows: list[BundlePaper] = []
    checklists = [(line, _checklist(evidence, interns[line.internship], run, line)) for line in lines]
    of_months = [
        (line, one) for line, found in checklists for one in found if one.asked.per is not Per.COMPANY
    ]
    of_company = [(None, one) for one in checklists[0][1] if one.asked.per is Per.COMPANY]
    for line, one in (*of_months, *of_company):
        whose = f"{line.name} {line.month_no}차" if line else lines[0].company_name
        for file in one.attachments:
            if file not in numbers:
                numbers[file] = len(enclosed) + 1
                content, kind = handed_in.read_kept(desk, connection, file)
                enclosed.append(
                    Enclosure(f"{one.label} · {whose}", one.file_name or one.label, kind, content)
                )
        rows.append(
            BundlePaper(
                line.name if line else "기업",
                line.month_no if line else None,
                one.label,
                one.where,
                korean_date(one.issued_on) if one.issued_on else "",
                one.state.label,
                one.problem or (one.memo or ""),
                ", ".join(str(numbers[file]) for file in one.attachments) or _NOT_ENCLOSED,
            )
        )
    return tuple(rows), tuple(enclosed)


def _checklist(evidence: Evidence, intern: Intern, run: ClaimRun, line: Line) -> tuple[PaperLine, ...]:
    """A service month's papers; none where the internship does not reach it any more."""
    month = intern.month(line.month_no)
    return evidence.lines(run.terms, intern, month) if month else ()


def _run(making: Making) -> ClaimRun:
    """The month's run of the number asked for, the newest without one."""
    try:
        month = month_of(making.month)
    except Refused as refused:
        raise UsageError(str(refused)) from refused
    if making.wanted.number is None:
        return runs.read_newest(making.desk, month)
    return runs.read_number(making.desk, month, making.wanted.number)


def _holder(desk: Desk, account: CompanyAccountRow | None) -> str:
    if account is None:
        return ""
    own = account.holder == account.name
    return account.holder if own else desk.masking.show_name(account.holder)


def _account(desk: Desk, account: CompanyAccountRow | None) -> str:
    if account is None:
        return "적지 않음"
    bank = codes.bank_names().get(account.bank, account.bank)
    return f"{bank} {Masking.MASKED.show_account(account.tail)} (예금주 {_holder(desk, account)})"


def _remark(line: Line) -> str:
    if line.entitled is not None and line.already is not None:
        return f"정산: {won(line.already)} → {won(line.entitled)}"
    return "" if line.eligible else "지급 제외"


def _state(run: ClaimRun) -> str:
    """확정, or 추가 · 확정 where it is not the month's main run."""
    return run.state.label if run.kind is RunKind.MAIN else f"{run.kind.label} · {run.state.label}"


def _stamp(making: Making, run: ClaimRun) -> Stamp:
    final = run.state in (RunState.CONFIRMED, RunState.PAID, RunState.RECONCILED)
    return making.stamp(provisional=not final, solo=run.row.solo)


MAKERS: dict[str, Maker] = {"claim-statement": _statement, "claim-bundle": _bundle}
