"""`audit`: the change history and the access log."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date

_audit = typer.Typer(help="기록.", no_args_is_help=True)


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(_audit, name="audit")


@_audit.command("show")
def show(
    context: typer.Context,
    access: Annotated[bool, typer.Option("--access", help="접속기록을 본다")] = False,
    start: Annotated[str | None, typer.Option("--from", help="첫날(2026-08-01)")] = None,
    end: Annotated[str | None, typer.Option("--to", help="마지막 날(2026-08-31)")] = None,
    by: Annotated[str | None, typer.Option("--by", help="한 사용자의 기록만")] = None,
    person: Annotated[str | None, typer.Option(help="한 사람에 관한 기록만(성명과 생년월일)")] = None,
    action: Annotated[str | None, typer.Option(help="한 일(login, view, print …)")] = None,
    text: Annotated[str | None, typer.Option(help="내용에 든 글자")] = None,
    limit: Annotated[int, typer.Option(help="줄 수")] = 50,
) -> None:
    """변경 이력 또는 접속기록을 찾는다."""
    from regional_desk.services.recruitment import people
    from regional_desk.services.safety import logs
    from regional_desk.store.audit import ACCESSES, CHANGES

    call: Call = context.obj
    desk = call.open()
    found = logs.search(
        desk,
        ACCESSES if access else CHANGES,
        start=iso_date(start) if start else None,
        end=iso_date(end) if end else None,
        user=by,
        person=people.find_person(desk, person) if person else None,
        action=action,
        text=text,
        limit=limit,
    )
    logins = logs.logins(desk)
    rows = [
        {
            "seq": line.seq,
            "at": line.at.isoformat(),
            "user": logins.get(line.user_id, ""),
            "action": line.action,
            "subject": line.subject,
            "detail": line.detail,
        }
        for line in found
    ]
    lines = [
        f"{row['seq']} {row['at']} {row['user']} {row['action']} {row['subject']} {row['detail']}"
        for row in rows
    ]
    call.emit({"lines": rows}, lines or ["찾은 기록이 없습니다."])


@_audit.command("verify")
def verify(context: typer.Context) -> None:
    """두 기록의 사슬과 지운 기록의 서명을 확인한다."""
    from regional_desk.services.safety import logs

    call: Call = context.obj
    breaks = logs.verify_logs(call.open())
    broken = {chain: seq for chain, seq in breaks.items() if seq is not None}
    told = [f"{logs.NAMES[chain]}: {logs.break_words(seq)}" for chain, seq in broken.items()]
    call.emit({"ok": not broken, "first_break": breaks}, told or ["기록이 온전합니다."])
    if broken:
        raise typer.Exit(3)


@_audit.command("roll-off")
def roll_off(context: typer.Context) -> None:
    """2년이 지난 접속기록을 서명한 자취만 남기고 지운다."""
    from regional_desk.services.safety import logs

    call: Call = context.obj
    done = logs.roll_off(call.open())
    data: dict[str, Any] = {"lines": 0, "seq": None, "first": None, "last": None, "signer": None}
    told = "2년이 지난 접속기록이 없습니다."
    if done is not None:
        data = {
            "lines": done.lines,
            "seq": done.seq,
            "first": done.first.isoformat(),
            "last": done.last.isoformat(),
            "signer": done.signer,
        }
        told = f"접속기록 {done.lines}줄({done.first:%Y-%m-%d} ~ {done.last:%Y-%m-%d})을 지우고 서명({done.signer})을 남겼습니다."
    call.emit(data, [told])
