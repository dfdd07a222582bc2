"""`claim payslip` and `claim paper`: what a claim rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regional_desk.cli.claims import Intern, MonthNo, group
from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date, known_id
from regional_desk.domain.text import korean_span, won

if TYPE_CHECKING:
    from regional_desk.services.claims.payslips import PayslipValues
    from regional_desk.services.desk import Desk
    from regional_desk.store.payslips import PayslipRow

_payslip = typer.Typer(help="급여명세와 이체.", no_args_is_help=True)
_paper = typer.Typer(help="인턴지원금의 증빙 서류.", no_args_is_help=True)
group.add_typer(_payslip, name="payslip")
group.add_typer(_paper, name="paper")

_Slip = Annotated[str, typer.Argument(metavar="PAYSLIP", help="급여명세의 번호(id)")]
_Kind = Annotated[str, typer.Argument(metavar="PAPER", help="application, insurance_roll … (목록의 이름)")]
_Start = Annotated[str | None, typer.Option(help="임금을 준 첫날")]
_End = Annotated[str | None, typer.Option(help="임금을 준 마지막 날")]
_Wage = Annotated[int | None, typer.Option(help="공제 전 임금(원)")]
_On = Annotated[str | None, typer.Option("--transferred-on", help="이체한 날")]
_Sent = Annotated[int | None, typer.Option("--transferred", help="이체한 금액(원)")]
_Other = Annotated[
    bool | None, typer.Option("--own-account/--other-account", help="기업 계좌에서 본인 계좌로")
]
_SlipFile = Annotated[Path | None, typer.Option("--slip", help="급여명세서 파일")]
_TransferFile = Annotated[Path | None, typer.Option("--transfer", help="급여이체증 파일")]


@_payslip.command("list")
def payslip_list(context: typer.Context, intern: Intern) -> None:
    """한 인턴의 급여명세."""
    call: Call = context.obj
    _emit_slips(call, _find(call.open(), intern))


@_payslip.command("add")
def payslip_add(
    context: typer.Context,
    intern: Intern,
    start: Annotated[str, typer.Option(help="임금을 준 첫날")],
    end: Annotated[str, typer.Option(help="임금을 준 마지막 날")],
    wage: Annotated[int, typer.Option(help="공제 전 임금(원)")],
    transferred_on: _On = None,
    transferred: _Sent = None,
    *,
    own_account: Annotated[
        bool, typer.Option("--own-account/--other-account", help="기업 계좌에서 본인 계좌로")
    ] = True,
    slip: _SlipFile = None,
    transfer: _TransferFile = None,
) -> None:
    """급여명세를 적고 파일을 붙인다."""
    from regional_desk.services.claims import evidence, payslips
    from regional_desk.services.claims.payslips import PayslipValues

    call: Call = context.obj
    desk = call.open()
    found = _find(desk, intern)
    on = iso_date(transferred_on) if transferred_on else None
    values = PayslipValues(iso_date(start), iso_date(end), wage, on, transferred, own_account)
    payslips.add(
        desk,
        found,
        values,
        slip=evidence.read_file(slip) if slip else None,
        transfer=evidence.read_file(transfer) if transfer else None,
    )
    _emit_slips(call, found)


@_payslip.command("edit")
def payslip_edit(
    context: typer.Context,
    payslip: _Slip,
    start: _Start = None,
    end: _End = None,
    wage: _Wage = None,
    transferred_on: _On = None,
    transferred: _Sent = None,
    own_account: _Other = None,
    reason: Annotated[str, typer.Option(help="확정한 지원월이 있으면 고치는 사유")] = "",
) -> None:
    """급여명세를 고친다. 적지 않은 것은 그대로."""
    from regional_desk.services.claims import payslips

    call: Call = context.obj
    desk = call.open()
    before = payslips.find(desk, known_id(payslip))
    changed: dict[str, Any] = {
        "start": iso_date(start) if start else None,
        "end": iso_date(end) if end else None,
        "wage": wage,
        "transferred_on": iso_date(transferred_on) if transferred_on else None,
        "transferred": transferred,
        "own_account": own_account,
    }
    payslips.edit(desk, before, _changed(before, changed), reason=reason)
    _emit_slips(call, before.internship_id)


@_payslip.command("attach")
def payslip_attach(
    context: typer.Context, payslip: _Slip, slip: _SlipFile = None, transfer: _TransferFile = None
) -> None:
    """급여명세서나 급여이체증 파일을 붙인다."""
    from regional_desk.services.claims import evidence, payslips

    call: Call = context.obj
    desk = call.open()
    before = payslips.find(desk, known_id(payslip))
    payslips.attach(
        desk,
        before,
        slip=evidence.read_file(slip) if slip else None,
        transfer=evidence.read_file(transfer) if transfer else None,
    )
    _emit_slips(call, before.internship_id)


@_payslip.command("void")
def payslip_void(
    context: typer.Context, payslip: _Slip, reason: Annotated[str, typer.Option(help="사유")]
) -> None:
    """급여명세를 무효로 한다."""
    from regional_desk.services.claims import payslips

    call: Call = context.obj
    desk = call.open()
    before = payslips.find(desk, known_id(payslip))
    payslips.void(desk, before, reason)
    _emit_slips(call, before.internship_id)


@_paper.command("list")
def paper_list(context: typer.Context, intern: Intern, month_no: MonthNo) -> None:
    """한 지원월의 서류: 무엇이 어디에서 오고 어떤 상태인지."""
    call: Call = context.obj
    _emit_papers(call, intern, month_no)


@_paper.command("receive")
def paper_receive(
    context: typer.Context,
    intern: Intern,
    kind: _Kind,
    month_no: MonthNo,
    file: Annotated[Path | None, typer.Option(help="서류 파일(종이면 --memo에 보관한 곳)")] = None,
    issued_on: Annotated[str | None, typer.Option(help="발급일")] = None,
    memo: Annotated[str, typer.Option(help="메모")] = "",
) -> None:
    """서류를 받는다."""
    from regional_desk.services.claims import evidence

    call: Call = context.obj
    desk = call.open()
    evidence.receive(
        desk,
        _find(desk, intern),
        month_no,
        kind,
        evidence.read_file(file) if file else None,
        issued_on=iso_date(issued_on) if issued_on else None,
        memo=memo,
    )
    _emit_papers(call, intern, month_no)


@_paper.command("verify")
def paper_verify(context: typer.Context, intern: Intern, kind: _Kind, month_no: MonthNo) -> None:
    """받은 서류를 확인한다."""
    from regional_desk.services.claims import evidence

    call: Call = context.obj
    desk = call.open()
    evidence.verify(desk, _find(desk, intern), month_no, kind)
    _emit_papers(call, intern, month_no)


@_paper.command("return")
def paper_return(
    context: typer.Context,
    intern: Intern,
    kind: _Kind,
    month_no: MonthNo,
    reason: Annotated[str, typer.Option(help="기업에 알릴 까닭")],
) -> None:
    """받은 서류를 반려한다."""
    from regional_desk.services.claims import evidence

    call: Call = context.obj
    desk = call.open()
    evidence.return_(desk, _find(desk, intern), month_no, kind, reason)
    _emit_papers(call, intern, month_no)


def _find(desk: Desk, text: str) -> Any:
    from regional_desk.services.internships import internships

    return internships.find_internship(desk, text)


def _changed(before: PayslipRow, changed: dict[str, Any]) -> PayslipValues:
    from regional_desk.services.claims.payslips import PayslipValues

    said = {name: value for name, value in changed.items() if value is not None}
    return PayslipValues(**({name: getattr(before, name) for name in PayslipValues.__slots__} | said))


def _emit_slips(call: Call, internship: Any) -> None:
    from regional_desk.services.claims import payslips

    found = payslips.list_payslips(call.open(), internship)
    rows = [
        {
            "payslip": str(one.id),
            "start": one.start.isoformat(),
            "end": one.end.isoformat(),
            "wage": one.wage,
            "transferred_on": one.transferred_on.isoformat() if one.transferred_on else None,
            "transferred": one.transferred,
            "own_account": one.own_account,
            "slip": one.slip_name,
            "transfer": one.transfer_name,
        }
        for one in found
    ]
    lines = [
        f"{korean_span(one.start, one.end)} 임금 {won(one.wage)}원 · "
        + (f"이체 {won(one.transferred or 0)}원" if one.transferred_on else "이체 없음")
        + f" · {one.id}"
        for one in found
    ]
    call.emit({"intern": str(internship), "payslips": rows}, lines or ["급여명세가 없습니다."])


def _emit_papers(call: Call, intern: str, month_no: int) -> None:
    from regional_desk.services.claims import evidence

    desk = call.open()
    found = _find(desk, intern)
    lines = evidence.checklist(desk, found, month_no)
    rows = [
        {
            "paper": one.kind,
            "label": one.label,
            "state": one.state.value,
            "where": one.where,
            "problem": one.problem,
            "opens": one.opens.value,
            "issued_on": one.issued_on.isoformat() if one.issued_on else None,
            "files": len(one.attachments),
        }
        for one in lines
    ]
    told = [
        f"{one.label}({one.kind}): {one.state.label} · {one.where}"
        + (f" — {one.problem}" if one.problem else "")
        for one in lines
    ]
    call.emit({"intern": str(found), "month_no": month_no, "papers": rows}, told)
