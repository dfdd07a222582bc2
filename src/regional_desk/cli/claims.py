"""`claim`: list, draft, check, send-back, confirm, cancel, hold, release, show, and the policy behind it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from regional_desk.cli.allowance import OverBudget
from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date
from regional_desk.domain.claims import Method, month_of
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import won
from regional_desk.errors import UsageError

group = typer.Typer(help="인턴지원금.", no_args_is_help=True)
Month = Annotated[str, typer.Argument(metavar="MONTH", help="지원월이 끝나는 달: 2026-08")]
Intern = Annotated[str, typer.Argument(metavar="INTERN", help="협약번호(2026-3), 인턴 성명 또는 번호(id)")]
MonthNo = Annotated[int, typer.Option("--month-no", help="지원월 차수: 1, 2, 3")]
_Reason = Annotated[str, typer.Option(help="사유")]
_Method = Annotated[Method | None, typer.Option(help="calendar, thirty, workdays, full_only")]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(group, name="claim")


@group.command("list")
def list_claims(
    context: typer.Context, year: Annotated[int | None, typer.Option(help="이 해의 달만")] = None
) -> None:
    """작성한 인턴지원금: 달, 판, 상태, 인원, 금액."""
    from regional_desk.domain.allowance import RunState
    from regional_desk.services.claims import runs
    from regional_desk.services.claims.run_states import RunKind

    call: Call = context.obj
    found = runs.list_runs(call.open(), year)
    rows = [
        {
            "run": str(row.id),
            "month": f"{row.month:%Y-%m}",
            "number": row.number,
            "kind": row.kind,
            "state": row.state,
            "interns": row.interns,
            "paid_interns": row.paid_interns,
            "total": row.total,
        }
        for row in found
    ]
    lines = [
        f"{row.month:%Y-%m} {row.number}판({RunKind(row.kind).label}) — {RunState(row.state).label}: "
        f"{row.interns}명, {won(row.total)}원"
        for row in found
    ]
    call.emit({"runs": rows}, lines or ["작성한 인턴지원금이 없습니다."])


@group.command("board")
def show_board(
    context: typer.Context, year: Annotated[int | None, typer.Option(help="이 해의 달만")] = None
) -> None:
    """달마다 인턴지원금이 어디까지 왔는지, 남은 지원월은 몇 건인지."""
    from regional_desk.services.claims.board import board

    call: Call = context.obj
    cards = board(call.open(), year)
    rows = [
        {
            "month": f"{card.month:%Y-%m}",
            "state": card.state.value if card.state else None,
            "kind": card.kind.value if card.kind else None,
            "total": card.total,
            "confirmed": card.confirmed,
            "waiting": card.waiting,
            "held": card.held,
            "coming": card.coming,
        }
        for card in cards
    ]
    lines = [
        f"{card.month:%Y-%m} — {card.state.label if card.state else '작성 전'} · {won(card.total)}원 · "
        f"남은 지원월 {card.waiting}건(보류 {card.held}건), 끝나지 않은 지원월 {card.coming}건"
        for card in cards
    ]
    call.emit({"months": rows}, lines or ["지원월이 있는 인턴십이 없습니다."])


@group.command("draft")
def draft(
    context: typer.Context,
    month: Month,
    method: Annotated[
        Method | None,
        typer.Option(help="작성에서만 다른 방식을 시험: calendar, thirty, workdays, full_only"),
    ] = None,
) -> None:
    """이 달에 끝나는 지원월을 지금의 협약·급여명세로 작성한다."""
    from regional_desk.services.claims import runs

    call: Call = context.obj
    emit_run(call, runs.draft(call.open(), parse_month(month), method=method))


@group.command("check")
def check(context: typer.Context, month: Month) -> None:
    """작성 → 검토."""
    from regional_desk.services.claims import runs

    call: Call = context.obj
    emit_run(call, runs.check(call.open(), parse_month(month)))


@group.command("send-back")
def send_back(context: typer.Context, month: Month, reason: _Reason) -> None:
    """검토 → 작성으로 되돌린다."""
    from regional_desk.services.claims import runs

    call: Call = context.obj
    emit_run(call, runs.send_back(call.open(), parse_month(month), reason))


@group.command("confirm")
def confirm(context: typer.Context, month: Month, over_budget: OverBudget = "") -> None:
    """검토 → 확정. 확인할 것이 남은 지원월은 보류해야 한다."""
    from regional_desk.services.claims import runs

    call: Call = context.obj
    emit_run(call, runs.confirm(call.open(), parse_month(month), over_budget_reason=over_budget))


@group.command("cancel")
def cancel(context: typer.Context, month: Month, reason: _Reason) -> None:
    """지급 전의 확정을 취소한다."""
    from regional_desk.services.claims import runs

    call: Call = context.obj
    run = runs.cancel(call.open(), parse_month(month), reason)
    call.emit({"run": str(run), "state": "cancelled"}, ["확정을 취소했습니다. 다시 작성하십시오."])


@group.command("show")
def show(context: typer.Context, month: Month) -> None:
    """가장 새로운 인턴지원금."""
    from regional_desk.services.claims import runs

    call: Call = context.obj
    emit_run(call, runs.show(call.open(), parse_month(month)))


@group.command("hold")
def hold(context: typer.Context, intern: Intern, month_no: MonthNo, reason: _Reason) -> None:
    """한 사람의 지원월을 보류한다."""
    from regional_desk.services.claims import runs
    from regional_desk.services.internships import internships

    call: Call = context.obj
    desk = call.open()
    found = internships.find_internship(desk, intern)
    runs.hold(desk, found, month_no, reason)
    call.emit({"internship": str(found), "month_no": month_no, "held": True}, ["보류했습니다."])


@group.command("release")
def release(context: typer.Context, intern: Intern, month_no: MonthNo) -> None:
    """보류를 푼다. 그 달이 이미 확정되었으면 다시 작성해 추가로 지급한다."""
    from regional_desk.services.claims import runs
    from regional_desk.services.internships import internships

    call: Call = context.obj
    desk = call.open()
    found = internships.find_internship(desk, intern)
    runs.release(desk, found, month_no)
    call.emit({"internship": str(found), "month_no": month_no, "held": False}, ["보류를 풀었습니다."])


@group.command("policy")
def policy(
    context: typer.Context,
    adopt: Annotated[str | None, typer.Option(help="승인의 근거 공문·지침 번호(팀장·단장)")] = None,
    date: Annotated[str | None, typer.Option(help="공문 날짜")] = None,
    method: _Method = None,
    support: Annotated[int | None, typer.Option(help="지원월마다 지원하는 금액(원)")] = None,
    rounding: Annotated[int | None, typer.Option(help="이 금액 미만은 버림(원)")] = None,
    since: Annotated[str | None, typer.Option("--from", help="이날부터 시작하는 달의 지원금에 적용")] = None,
) -> None:
    """인턴지원금 기준을 보거나, --adopt로 승인한다(policy adopt internship-2026과 같다)."""
    from regional_desk.cli.claim_policies import ClaimSettlement, adopt_terms, show_terms

    given = ClaimSettlement(method, support, rounding, iso_date(since) if since else None)
    if adopt is None:
        if date is not None or given != ClaimSettlement():
            raise UsageError("기준을 바꾸려면 --adopt에 근거 공문 번호를 적어 주십시오. 바뀐 것이 없습니다.")
        show_terms(context.obj)
    elif date is None:
        raise UsageError("공문 날짜를 --date로 적어 주십시오. 승인하지 않았습니다.")
    else:
        adopt_terms(context.obj, given, adopt, iso_date(date))


def parse_month(text: str) -> dt.date:
    """The first day of a month written `2026-08`; raise UsageError for anything else."""
    try:
        return month_of(text)
    except Refused as refused:
        raise UsageError(str(refused)) from refused


def emit_run(call: Call, run: Any) -> None:
    """Print a run as every command of this group does."""
    masking = call.open().masking
    rows = [
        {
            "intern": str(line.internship),
            "number": line.intern_number,
            "name": line.name,
            "birth": masking.show_iso_birth(line.birth),
            "company": line.company_name,
            "month_no": line.month_no,
            "start": line.start.isoformat(),
            "end": line.end.isoformat(),
            "days": line.days,
            "served_days": line.served_days,
            "share": line.share,
            "wage": line.wage,
            "eligible": line.eligible,
            "amount": line.amount,
            "held": line.held,
            "trace": list(line.trace),
        }
        for line in run.lines
    ]
    data = {
        "month": f"{run.month:%Y-%m}",
        "state": run.state.value,
        "state_label": run.state.label,
        "method": run.method.value,
        "adopted": run.adopted,
        "solo": run.row.solo,
        "kind": run.kind.value,
        "number": run.row.number,
        "returned_reason": run.row.returned_reason,
        "over_budget_reason": run.row.over_budget_reason,
        "rows": rows,
        "total": run.total,
        "open_items": [
            {
                "where": item.where,
                "message": item.message,
                "kind": item.kind,
                "intern": str(item.internship),
                "month_no": item.month_no,
                "opens": item.opens.value,
                "paper": item.paper,
            }
            for item in run.open_items
        ],
    }
    lines = [
        f"{run.month:%Y-%m} 인턴지원금 — {run.state.label}: {len(rows)}명, 합계 {won(run.total)}원",
        *(
            f"{line.number:>3} {line.company_name} {line.name} {line.month_no}차 {line.share} "
            f"{won(line.amount)}원{' 보류' if line.held else ''}"
            for line in run.lines
        ),
        *(f"  확인할 것: {item.where} — {item.message} ({item.opens.label})" for item in run.open_items),
    ]
    call.emit(data, lines)
