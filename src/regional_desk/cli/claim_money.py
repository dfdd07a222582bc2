"""`claim pay|result|reconcile|settle|to-settle`: how the money of confirmed claims goes, and what changes afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regional_desk.cli.claims import Month, emit_run, group, parse_month
from regional_desk.cli.context import Call
from regional_desk.cli.pay_files import Preview, take_result, tell_file
from regional_desk.domain.text import won


@group.command("pay")
def pay(
    context: typer.Context,
    month: Month,
    number: Annotated[int | None, typer.Option(help="지급할 판. 확정된 것이 둘 이상이면 적는다.")] = None,
) -> None:
    """확정 → 지급: 이체 파일 없이 은행에 맡긴 것을 적는다. 이체 파일은 pay-file make --item internship."""
    from regional_desk.services.claims import claim_pay, runs

    call: Call = context.obj
    desk = call.open()
    paid = claim_pay.pay(desk, parse_month(month), number=number)
    emit_run(call, runs.show_run(desk, paid.id))


@group.command("result")
def result(
    context: typer.Context,
    month: Month,
    file: Annotated[Path, typer.Argument(help="은행의 결과 파일(xls, xlsx, csv)")],
    preview: Preview = False,
) -> None:
    """한 달의 이체 결과를 읽어 적고, 모두 성공이면 대사로 넘긴다."""
    from regional_desk.services.claims import claim_pay

    call: Call = context.obj
    desk = call.open()
    take_result(call, desk, claim_pay.file_of_month(desk, parse_month(month)), file, preview=preview)


@group.command("reconcile")
def reconcile(
    context: typer.Context,
    month: Month,
    memo: Annotated[str, typer.Option(help="무엇을 보고 확인했는지(통장 거래내역 날짜)")],
) -> None:
    """지급 → 대사: 이체 파일 없이 지급한 것을 통장에서 확인해 적는다."""
    from regional_desk.services.claims import claim_pay

    call: Call = context.obj
    tell_file(call, claim_pay.reconcile(call.open(), parse_month(month), memo))


@group.command("settle")
def settle(
    context: typer.Context,
    month: Month,
    discard: Annotated[bool, typer.Option("--discard", help="작성 중인 정산을 지운다")] = False,
) -> None:
    """확정한 뒤 바뀐 기록을 정산으로 작성한다. 검토와 확정은 claim check, claim confirm."""
    from regional_desk.services.claims import claim_settlement, runs

    call: Call = context.obj
    desk, wanted = call.open(), parse_month(month)
    if discard:
        claim_settlement.discard(desk, wanted)
        call.emit({"discarded": True}, ["작성 중인 정산을 지웠습니다."])
        return
    run = claim_settlement.draft(desk, wanted)
    if run is None:
        call.emit({"run": None}, ["정산할 것이 없어져 작성 중이던 정산을 지웠습니다."])
        return
    emit_run(call, runs.show_run(desk, run))


@group.command("to-settle")
def to_settle(context: typer.Context) -> None:
    """확정한 금액이 지금 기록과 다른 달."""
    from regional_desk.services.claims import claim_settlement_due

    call: Call = context.obj
    found = claim_settlement_due.proposals(call.open())
    rows = [
        {
            "month": f"{one.month:%Y-%m}",
            "service_months": one.rows,
            "amount": one.amount,
            "recovery": one.recovery,
        }
        for one in found
    ]
    lines = [
        f"{one.month:%Y-%m}: 지원월 {one.rows}건, 더 지급 {won(one.amount)}원, 환수 {won(one.recovery)}원"
        for one in found
    ]
    call.emit({"months": rows}, lines or ["정산할 것이 없습니다."])
