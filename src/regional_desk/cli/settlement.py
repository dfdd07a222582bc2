"""`allowance correct`, `recovery` and `budget`: 정산, 환수 and 예산."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from regional_desk.cli.allowance import emit_run
from regional_desk.cli.allowance import group as allowance_group
from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date, known_id
from regional_desk.domain.settlement import BudgetItem, EntryKind
from regional_desk.domain.text import korean_date, won

_recovery = typer.Typer(help="환수.", no_args_is_help=True)
_budget = typer.Typer(help="예산: 교부·이자·반납과 잔액.", no_args_is_help=True)
_Reason = Annotated[str, typer.Option(help="사유")]
_Year = Annotated[int | None, typer.Option(help="사업연도(없으면 올해)")]
_On = Annotated[str, typer.Option(help="날짜(2026-08-31)")]
_Reference = Annotated[str, typer.Option(help="공문번호나 통장 거래")]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program; `correct` stands among those of `allowance`."""
    app.add_typer(_recovery, name="recovery")
    app.add_typer(_budget, name="budget")


@allowance_group.command("correct")
def correct(
    context: typer.Context,
    course: str,
    unit: Annotated[int, typer.Option("--unit", help="단위기간")],
    discard: Annotated[bool, typer.Option("--discard", help="작성 중인 정산을 지운다")] = False,
) -> None:
    """확정 뒤의 정정과 중도 변동을 정산으로 작성한다."""
    from regional_desk.services.pay import settlement
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    course_id = courses.find_course(desk, course)
    if discard:
        settlement.discard(desk, course_id, unit)
        call.emit({"discarded": True}, ["작성 중인 정산을 지웠습니다."])
        return
    emit_run(context, settlement.draft(desk, course_id, unit))


@_recovery.command("list")
def list_recoveries(context: typer.Context, year: _Year = None) -> None:
    """환수 목록."""
    from regional_desk.services.pay import recoveries

    call: Call = context.obj
    rows = recoveries.list_recoveries(call.open(), year)
    data = {"recoveries": [_values(row) for row in rows], "balance": sum(row.balance for row in rows)}
    call.emit(data, [_line(row) for row in rows])


@_recovery.command("notice")
def notice(context: typer.Context, number: int, due: Annotated[str, typer.Option(help="납부기한")]) -> None:
    """통지하고 납부기한을 정한다."""
    from regional_desk.services.pay import recoveries

    desk, row = _found(context, number)
    _emit(context, recoveries.give_notice(desk, row.id, row.version, iso_date(due)))


@_recovery.command("receive")
def receive(context: typer.Context, number: int, amount: int, on: _On, reference: _Reference) -> None:
    """받은 돈을 적는다."""
    from regional_desk.services.pay import recoveries

    desk, row = _found(context, number)
    _emit(context, recoveries.receive(desk, row.id, row.version, amount, iso_date(on), reference))


@_recovery.command("show")
def show(context: typer.Context, number: int) -> None:
    """환수 하나와 받은 돈."""
    from regional_desk.services.pay import recoveries

    desk, row = _found(context, number)
    found = recoveries.receipts(desk, row.id)
    receipts = [
        {
            "receipt": str(one.id),
            "amount": one.amount,
            "on": one.on.isoformat(),
            "reference": one.reference,
            "void": one.void_reason,
        }
        for one in found
    ]
    lines = [
        f"  {one.id} {korean_date(one.on)} {won(one.amount)}원 {one.reference}{' (무효)' if one.void_reason else ''}"
        for one in found
    ]
    call: Call = context.obj
    call.emit({**_values(row), "receipts": receipts}, [_line(row), *lines])


@_recovery.command("void")
def void(context: typer.Context, number: int, receipt: str, reason: _Reason) -> None:
    """잘못 적은 받은 돈을 무효로 한다."""
    from regional_desk.services.pay import recoveries

    desk, row = _found(context, number)
    _emit(context, recoveries.void_receipt(desk, row.id, row.version, known_id(receipt), reason))


@_recovery.command("waive")
def waive(context: typer.Context, number: int, reason: _Reason) -> None:
    """남은 환수를 면제한다."""
    from regional_desk.services.pay import recoveries

    desk, row = _found(context, number)
    _emit(context, recoveries.waive(desk, row.id, row.version, reason))


@_budget.command("show")
def budget_show(context: typer.Context, item: BudgetItem = BudgetItem.ALLOWANCE, year: _Year = None) -> None:
    """예산·집행·잔액과 정산표의 합계."""
    from regional_desk.services.pay import budget

    call: Call = context.obj
    desk = call.open()
    sheet, entries = budget.sheet(desk, year, item), budget.entries(desk, year, item)
    money = sheet.balance
    data = {
        "item": item.value,
        "granted": money.granted,
        "spent": money.spent,
        "balance": money.left,
        "interest": money.interest,
        "returned": money.returned,
        "confirmed": money.confirmed,
        "recovered": money.recovered,
        "paid": sheet.paid,
        "failed": sheet.failed,
        "waiting": sheet.waiting,
        "cash": sheet.cash,
        "balances": sheet.balances,
        "entries": [
            {
                "entry": str(one.id),
                "kind": one.kind.value,
                "amount": one.amount,
                "on": one.on.isoformat(),
                "reference": one.reference,
                "void": one.void_reason,
            }
            for one in entries
        ],
    }
    lines = [
        f"{item.label}: 교부 {won(money.granted)}원, 집행 {won(money.spent)}원, 잔액 {won(money.left)}원",
        f"지급 {won(sheet.paid)}원, 실패 {won(sheet.failed)}원, 지급 전 {won(sheet.waiting)}원",
        f"통장에 있어야 할 돈 {won(sheet.cash)}원",
    ]
    lines += [
        f"  {one.id} {korean_date(one.on)} {one.kind.label} {won(one.amount)}원 {one.reference}"
        f"{' (무효)' if one.void_reason else ''}"
        for one in entries
    ]
    call.emit(data, lines)


@_budget.command("add")
def budget_add(
    context: typer.Context,
    kind: EntryKind,
    amount: int,
    on: _On,
    reference: _Reference,
    item: BudgetItem = BudgetItem.ALLOWANCE,
    year: _Year = None,
) -> None:
    """교부(grant), 이자(interest), 반납(return)을 적는다."""
    from regional_desk.services.pay import budget

    call: Call = context.obj
    entry = budget.add_entry(call.open(), item, kind, amount, iso_date(on), reference, year=year)
    call.emit({"entry": str(entry)}, [f"{kind.label} {won(amount)}원을 적었습니다."])


@_budget.command("void")
def budget_void(context: typer.Context, entry: str, reason: _Reason) -> None:
    """잘못 적은 것을 무효로 한다."""
    from regional_desk.services.pay import budget

    call: Call = context.obj
    budget.void_entry(call.open(), known_id(entry), reason)
    call.emit({"entry": entry, "void": reason}, ["무효로 했습니다."])


def _found(context: typer.Context, number: int) -> tuple[Any, Any]:
    from regional_desk.services.pay import recoveries

    call: Call = context.obj
    desk = call.open()
    return desk, recoveries.show(desk, recoveries.find_number(desk, number))


def _emit(context: typer.Context, row: Any) -> None:
    call: Call = context.obj
    call.emit(_values(row), [_line(row)])


def _line(row: Any) -> str:
    due = f", {korean_date(row.due)}까지" if row.due else ""
    who = f"{row.debtor}(인턴 {row.name})" if row.company else row.name
    return f"{row.label} {who} {won(row.amount)}원, 남은 {won(row.balance)}원 — {row.state.label}{due}"


def _values(row: Any) -> dict[str, Any]:
    return {
        "recovery": str(row.id),
        "number": row.number,
        "label": row.label,
        "item": row.item.value,
        "place": row.place,
        "part": row.part,
        "course": row.place if row.course else None,
        "unit": row.unit_no,
        "company": str(row.company) if row.company else None,
        "trainee": str(row.trainee),
        "name": row.name,
        "amount": row.amount,
        "received": row.received,
        "balance": row.balance,
        "reason": row.reason,
        "due": row.due.isoformat() if row.due else None,
        "state": row.state.value,
        "state_label": row.state.label,
    }
