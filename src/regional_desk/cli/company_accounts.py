"""`company account`: list, show, set, release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from regional_desk.cli.companies import group
from regional_desk.cli.context import Call
from regional_desk.domain.text import korean_date

_account = typer.Typer(help="기업의 지원금 계좌.", no_args_is_help=True)
group.add_typer(_account, name="account")
_Company = Annotated[str, typer.Argument(metavar="COMPANY", help="기업명, 사업자등록번호 또는 번호(id)")]


@_account.command("list")
def account_list(
    context: typer.Context, held: Annotated[bool, typer.Option("--held", help="보류된 것만")] = False
) -> None:
    """적힌 계좌와 보류된 까닭."""
    from regional_desk.services.claims import company_accounts

    call: Call = context.obj
    found = [one for one in company_accounts.list_accounts(call.open()) if one.hold or not held]
    call.emit(
        {"accounts": [_values(one) for one in found]},
        [_line(one) for one in found] or ["적힌 계좌가 없습니다."],
    )


@_account.command("show")
def account_show(context: typer.Context, company: _Company) -> None:
    """한 기업의 계좌."""
    from regional_desk.services.claims import company_accounts
    from regional_desk.services.companies import companies

    call: Call = context.obj
    desk = call.open()
    found = company_accounts.read(desk, companies.find_company(desk, company))
    if found is None:
        call.emit({"account": None}, ["적힌 계좌가 없습니다."])
        return
    call.emit(_values(found), [_line(found)])


@_account.command("set")
def account_set(
    context: typer.Context,
    company: _Company,
    bank: Annotated[str, typer.Option(help="은행 이름이나 코드")],
    number: Annotated[str, typer.Option(help="계좌번호")],
    holder: Annotated[str, typer.Option(help="예금주(통장사본에 적힌 그대로)")],
) -> None:
    """계좌를 적거나 바꾼다. 다른 사람이 확인 전화를 할 때까지 보류된다."""
    from regional_desk.services.claims import company_accounts
    from regional_desk.services.companies import companies

    call: Call = context.obj
    desk = call.open()
    company_id = companies.find_company(desk, company)
    before = company_accounts.read(desk, company_id)
    made = company_accounts.set_account(
        desk, company_id, bank, number, holder, version=before.version if before else None
    )
    call.emit(_values(made), [_line(made)])


@_account.command("release")
def account_release(
    context: typer.Context,
    company: _Company,
    memo: Annotated[str, typer.Option(help="확인 전화 내용")],
    reason: Annotated[str, typer.Option(help="기업이 아닌 예금주의 계좌로 받는 사유")] = "",
    paper: Annotated[Path | None, typer.Option(help="기업이 아닌 예금주의 계좌에 붙이는 증빙 파일")] = None,
) -> None:
    """보류된 계좌를 확인하고 푼다."""
    from regional_desk.errors import Refusal
    from regional_desk.services.claims import company_accounts
    from regional_desk.services.companies import companies, company_documents

    call: Call = context.obj
    desk = call.open()
    company_id = companies.find_company(desk, company)
    before = company_accounts.read(desk, company_id)
    if before is None:
        raise Refusal("적힌 계좌가 없습니다. company account set으로 먼저 적으십시오.")
    file = None if paper is None else company_documents.read_file(paper)
    done = company_accounts.release(desk, company_id, before.version, memo, reason=reason, paper=file)
    call.emit(_values(done), [_line(done)])


def _values(one: Any) -> dict[str, Any]:
    return {
        "company": str(one.company),
        "name": one.company_name,
        "bank": one.bank,
        "bank_name": one.bank_name,
        "account_tail": one.tail,
        "holder": one.holder,
        "hold": one.hold or None,
        "needs_paper": one.others,
        "changed_by": one.changed_by,
        "changed_at": one.changed_at.isoformat(),
        "released_by": one.released_by or None,
        "released_at": one.released_at.isoformat() if one.released_at else None,
        "memo": one.memo or None,
    }


def _line(one: Any) -> str:
    state = f"보류: {one.hold}" if one.hold else "확인됨"
    if one.released_at and not one.hold:
        state += f"({korean_date(one.released_at.date())} {one.released_by})"
    return f"{one.company_name} {one.bank_name} ****{one.tail} 예금주 {one.holder} — {state}"
