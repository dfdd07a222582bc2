"""`lease lend|list|receive|take-back` in the office, `lease open|return` on the laptop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regional_desk.cli.context import Call, new_password, password
from regional_desk.cli.values import iso_date, known_id
from regional_desk.domain.clock import SystemClock
from regional_desk.domain.text import korean_date, korean_span
from regional_desk.store.leases import LeaseRow

_group = typer.Typer(help="반 대출·반납.", no_args_is_help=True)


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(_group, name="lease")


@_group.command("lend")
def lend(
    context: typer.Context,
    course: str,
    start: Annotated[str, typer.Option("--from", help="첫 날짜")],
    end: Annotated[str, typer.Option("--to", help="끝 날짜")],
    holder: Annotated[str, typer.Option(help="빌려 가는 사람이나 노트북")],
    out: Annotated[Path, typer.Option(help="파일(.rdlent)")],
    due: Annotated[str | None, typer.Option(help="반납할 날, 없으면 끝 날짜")] = None,
    password_file: Annotated[Path | None, typer.Option(help="이 파일만의 비밀번호가 든 파일")] = None,
) -> None:
    """반을 노트북에 빌려 준다."""
    from regional_desk.services.attendance import leases
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    last = iso_date(end)
    done = leases.lend(
        desk,
        courses.find_course(desk, course),
        iso_date(start),
        last,
        holder=holder,
        due=iso_date(due) if due else last,
        password=new_password(password_file),
        out=out,
    )
    call.emit(
        {"lease": str(done.lease), "file": str(done.file)},
        [f"{done.file}에 담았습니다. 반납할 때까지 이 날들은 여기에서 입력하지 않습니다."],
    )


@_group.command("list")
def list_leases(context: typer.Context) -> None:
    """빌려 준 반의 목록."""
    from regional_desk.services.attendance import leases

    call: Call = context.obj
    desk = call.open()
    rows = leases.list_leases(desk)
    today = desk.clock.today()
    found = [
        {
            "lease": str(row.id),
            "course": row.course_name,
            "start": row.start.isoformat(),
            "end": row.end.isoformat(),
            "holder": row.holder,
            "due": row.due.isoformat(),
            "ended": row.end_kind,
            "overdue": leases.is_late(row, today),
        }
        for row in rows
    ]
    call.emit({"leases": found}, [_line(row, leases.state_of(row, today)) for row in rows] or ["없습니다."])


@_group.command("receive")
def receive(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="노트북이 만든 반납 파일(.rdback)")]
) -> None:
    """반납 파일을 받는다. 같은 파일을 다시 받아도 바뀌는 것이 없다."""
    from regional_desk.services.attendance.lease_returns import bring_back

    call: Call = context.obj
    brought = bring_back(call.open(), file)
    changes = [
        {
            "trainee": str(one.trainee),
            "name": one.name,
            "day": one.day.isoformat(),
            "old": one.old,
            "new": one.new,
        }
        for one in brought.changes
    ]
    left = [{"where": item.where, "message": item.message} for item in brought.left_out]
    head = "전에 받은 반납입니다. 바뀐 것이 없습니다." if brought.again else f"{len(changes)}칸을 받았습니다."
    call.emit(
        {
            "lease": str(brought.lease.id),
            "again": brought.again,
            "changed": changes,
            "left_out": left,
            "late": brought.late,
            "remarks": brought.remarks,
        },
        [
            head,
            *(f"  {one.name} {korean_date(one.day)}: {one.old} → {one.new}" for one in brought.changes),
            *(f"  들어오지 않음: {item.where} — {item.message}" for item in brought.left_out),
        ],
    )


@_group.command("take-back")
def take_back(context: typer.Context, lease: str, reason: Annotated[str, typer.Option(help="사유")]) -> None:
    """반납을 기다리지 않고 회수한다. 나중에 오는 반납 파일은 받지 않는다."""
    from regional_desk.services.attendance import leases

    call: Call = context.obj
    wanted = known_id(lease)
    leases.take_back(call.open(), wanted, reason)
    call.emit({"lease": str(wanted)}, ["회수했습니다. 이제 여기에서 입력합니다."])


@_group.command("open")
def open_pack(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="빌려 온 파일(.rdlent)")]
) -> None:
    """노트북의 빈 폴더(--store)에 빌려 온 반을 연다. 비밀번호는 그 파일의 것이다."""
    from regional_desk.services.attendance import lent_copies

    call: Call = context.obj
    call.desk = lent_copies.open_pack(file, password(), call.folder(), call.login(), SystemClock())
    copy = call.desk.lent
    call.emit(
        {"folder": str(call.folder()), "course": str(copy.course) if copy else ""},
        [f"{call.folder()}에 대출본을 만들었습니다. 같은 비밀번호로 엽니다."],
    )


@_group.command("return")
def write_return(context: typer.Context, out: Annotated[Path, typer.Option(help="파일(.rdback)")]) -> None:
    """노트북에서 반납 파일을 만든다. 그 뒤 대출본은 읽기만 한다."""
    from regional_desk.services.attendance import lent_copies

    call: Call = context.obj
    done = lent_copies.write_return(call.open(), out)
    call.emit(
        {"file": str(done.file), "changed": done.changed},
        [f"{done.file}을(를) 만들었습니다({done.changed}칸). 사무소 PC에서 받으십시오."],
    )


def _line(row: LeaseRow, state: str) -> str:
    span = korean_span(row.start, row.end)
    return f"{row.id} {row.course_name} {span} {row.holder} · {korean_date(row.due)}까지 · {state}"
