"""`internship`: list, show, start, interrupt, resume, end, reopen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.internship_data import emit_internship, internship_data, row_line
from regional_desk.cli.values import iso_date
from regional_desk.domain.internships import BreakKind, EndKind, InternState
from regional_desk.domain.people import Track
from regional_desk.errors import UsageError

if TYPE_CHECKING:
    from regional_desk.services.desk import Desk
    from regional_desk.services.internships.reading import InternshipDetail

group = typer.Typer(help="인턴십: 협약, 변경, 중단, 종료.", no_args_is_help=True)
InternName = Annotated[
    str, typer.Argument(metavar="INTERN", help="협약번호(2026-3), 성명, '성명 생년월일' 또는 id")
]
Reason = Annotated[str, typer.Option(help="사유")]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(group, name="internship")


@group.command("list")
def list_all(
    context: typer.Context,
    year: Annotated[int | None, typer.Option(help="사업연도(없으면 올해)")] = None,
    state: Annotated[
        InternState | None,
        typer.Option(
            help="preparing, agreed, active, interrupted, completed, ended_early, replaced, withdrawn"
        ),
    ] = None,
    track: Annotated[Track | None, typer.Option(help="이 트랙만")] = None,
) -> None:
    """인턴십 목록과 협약을 준비할 배정."""
    from regional_desk.services.internships import internships

    call: Call = context.obj
    desk = call.open()
    rows = [
        row
        for row in internships.list_internships(desk, year)
        if state in (None, row.state) and track in (None, row.track)
    ]
    waiting = internships.waiting(desk, year)
    data = {
        "internships": [internship_data(row) for row in rows],
        "waiting": [
            {
                "placement": str(one.id),
                "name": one.name,
                "company": one.company_name,
                "position": one.position_name,
            }
            for one in waiting
        ],
    }
    lines = [row_line(row) for row in rows] or ["인턴십이 없습니다."]
    if waiting:
        lines.append(f"협약을 준비할 배정 {len(waiting)}명:")
        lines += [f"  {one.name} · {one.company_name}/{one.position_name}" for one in waiting]
    call.emit(data, lines)


@group.command("show")
def show(context: typer.Context, intern: InternName) -> None:
    """인턴십 한 건: 협약과 변경협약, 지원월, 중단·결근, 있었던 일과 앞으로의 일."""
    from regional_desk.services.internships import internships

    call: Call = context.obj
    desk = call.open()
    key = internships.find_internship(desk, intern)
    emit_internship(call, internships.read(desk, key), internships.timeline(desk, key))


@group.command("start")
def start_service(
    context: typer.Context,
    intern: InternName,
    on: Annotated[str, typer.Argument(metavar="DATE", help="출근 첫날")],
    reason: Annotated[str, typer.Option(help="이미 적은 시작일을 고치는 사유")] = "",
) -> None:
    """인턴십의 시작일을 적는다. 지원월은 이날부터 셉니다."""
    from regional_desk.services.internships import internships

    call: Call = context.obj
    desk, found = found_intern(call, intern)
    emit_internship(call, internships.start(desk, found.row.id, iso_date(on), reason))


@group.command("interrupt")
def interrupt(
    context: typer.Context,
    intern: InternName,
    first: Annotated[str, typer.Argument(metavar="DATE", help="첫날")],
    reason: Reason,
    last: Annotated[str | None, typer.Option("--to", help="마지막 날(없으면 계속)")] = None,
    absence: Annotated[bool, typer.Option("--absence", help="중단이 아니라 무급 결근")] = False,
    evidence: Annotated[Path | None, typer.Option(help="증빙 파일")] = None,
) -> None:
    """중단이나 무급 결근을 적는다. 그 날은 지원일수에서 빠집니다."""
    from regional_desk.services.internships import interruptions

    call: Call = context.obj
    desk, found = found_intern(call, intern)
    kind = BreakKind.UNPAID_ABSENCE if absence else BreakKind.INTERRUPTION
    made = interruptions.add(desk, found.row.id, kind, iso_date(first), day_of(last), reason, evidence)
    emit_internship(call, made)


@group.command("resume")
def resume(
    context: typer.Context,
    intern: InternName,
    on: Annotated[str, typer.Argument(metavar="DATE", help="다시 나온 첫날")],
) -> None:
    """이어지고 있는 중단을 끝낸다. 다시 나온 날의 전날까지가 중단입니다."""
    from regional_desk.services.internships import interruptions

    call: Call = context.obj
    desk, found = found_intern(call, intern)
    going = [one for one in found.interruptions if one.end is None and one.void_reason is None]
    if not going:
        raise UsageError("이어지고 있는 중단이 없습니다. 'internship show'로 확인해 주십시오.")
    last = iso_date(on) - dt.timedelta(days=1)
    emit_internship(call, interruptions.close(desk, going[0].id, last))


@group.command("end")
def end_service(
    context: typer.Context,
    intern: InternName,
    on: Annotated[str, typer.Argument(metavar="DATE", help="마지막 날(협약 취소는 취소한 날)")],
    kind: Annotated[
        EndKind, typer.Option(help="completed(수료), early(조기종료), withdrawn(협약 취소)")
    ] = EndKind.COMPLETED,
    reason: Annotated[str, typer.Option(help="사유(수료가 아니면 꼭)")] = "",
) -> None:
    """인턴십을 끝낸다. 그 뒤의 방문 계획도 함께 취소됩니다."""
    from regional_desk.services.internships import internships

    call: Call = context.obj
    desk, found = found_intern(call, intern)
    if kind is EndKind.REPLACED:
        raise UsageError("교체는 이어받을 사람과 함께 'internship replace'로 하십시오.")
    emit_internship(call, internships.end(desk, found.row.id, iso_date(on), kind, reason))


@group.command("reopen")
def reopen(context: typer.Context, intern: InternName, reason: Reason) -> None:
    """인턴십의 종료를 되돌린다. 함께 취소된 방문도 다시 예정이 됩니다."""
    from regional_desk.services.internships import internships

    call: Call = context.obj
    desk, found = found_intern(call, intern)
    emit_internship(call, internships.reopen(desk, found.row.id, reason))


def found_intern(call: Call, intern: str) -> tuple[Desk, InternshipDetail]:
    """The desk and the internship meant; raise UsageError where none or several fit."""
    from regional_desk.services.internships import internships

    desk = call.open()
    return desk, internships.read(desk, internships.find_internship(desk, intern))


def day_of(text: str | None) -> dt.date | None:
    """A date, None where nothing was typed."""
    return iso_date(text) if text else None
