"""`backup`, `restore`, `check`, `audit`, `self-check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from regional_desk.cli.context import Call, password
from regional_desk.domain.clock import SystemClock
from regional_desk.errors import UsageError

_backup = typer.Typer(help="백업.", invoke_without_command=True)
_audit = typer.Typer(help="기록.", no_args_is_help=True)


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(_backup, name="backup")
    app.command("restore")(restore)
    app.command("check")(check)
    app.add_typer(_audit, name="audit")
    app.command("self-check")(self_check)


@_backup.callback()
def back_up(
    context: typer.Context, to: Annotated[Path | None, typer.Option(help="백업을 둘 폴더")] = None
) -> None:
    """백업하고 열어서 확인한다."""
    if context.invoked_subcommand is not None:
        return
    from regional_desk.services import backups

    call: Call = context.obj
    done = backups.back_up(call.open(), to)
    call.emit(_shown(done), [f"백업하고 확인했습니다: {done.file}"])


@_backup.command("list")
def backup_list(
    context: typer.Context, to: Annotated[Path | None, typer.Option(help="백업 폴더")] = None
) -> None:
    """백업 목록."""
    from regional_desk.services import backups

    call: Call = context.obj
    rows = [_shown(one) for one in backups.list_backups(call.open(), to)]
    call.emit({"backups": rows}, [str(row["file"]) for row in rows] or ["백업이 없습니다."])


@_backup.command("verify")
def backup_verify(
    context: typer.Context, file: Annotated[Path | None, typer.Argument(help="백업 파일")] = None
) -> None:
    """백업을 열어 내용을 대조한다."""
    from regional_desk.services import backups

    call: Call = context.obj
    done = backups.verify(call.open(), file)
    call.emit({"valid": True, **_shown(done)}, [f"백업이 온전합니다: {done.file}"])


def restore(
    context: typer.Context, file: Path, into: Annotated[Path, typer.Option(help="되돌릴 폴더")]
) -> None:
    """백업에서 되돌린다. 그 폴더에 있던 자료는 따로 옮겨 둔다."""
    from regional_desk.services import backups

    call: Call = context.obj
    done = backups.restore(file, into, call.login(), password(), SystemClock())
    aside = getattr(done, "aside", None)
    lines = [f"되돌렸습니다: {into}"]
    if aside:
        lines.append(f"전에 있던 자료는 {aside}에 있습니다.")
    call.emit({"restored": str(into), "aside": str(aside) if aside else None}, lines)


def check(context: typer.Context) -> None:
    """자료의 건강을 점검한다."""
    from regional_desk.services import health

    call: Call = context.obj
    done = health.check(call.open())
    findings = [
        {"severity": one.severity, "where": one.where, "message": one.message} for one in done.findings
    ]
    call.emit(
        {"ok": done.ok, "findings": findings},
        [
            "이상이 없습니다." if done.ok else "문제가 있습니다.",
            *(f"  {one['where']}: {one['message']}" for one in findings),
        ],
    )
    if not done.ok:
        raise typer.Exit(3)


@_audit.command("show")
def audit_show(
    context: typer.Context,
    access: Annotated[bool, typer.Option(help="접속기록을 본다")] = False,
    limit: Annotated[int, typer.Option(help="줄 수")] = 50,
) -> None:
    """변경 이력 또는 접속기록."""
    from regional_desk.services import logs

    call: Call = context.obj
    rows = [
        {
            "seq": line.seq,
            "at": line.at.isoformat(),
            "action": line.action,
            "subject": line.subject,
            "detail": line.detail,
        }
        for line in logs.read_log(call.open(), access=access, limit=limit)
    ]
    call.emit({"lines": rows}, [f"{row['seq']} {row['at']} {row['action']} {row['detail']}" for row in rows])


@_audit.command("verify")
def audit_verify(context: typer.Context) -> None:
    """두 기록의 사슬을 확인한다."""
    from regional_desk.services import logs

    call: Call = context.obj
    breaks = logs.verify_logs(call.open())
    ok = all(seq is None for seq in breaks.values())
    call.emit(
        {"ok": ok, "first_break": breaks}, ["기록이 온전합니다." if ok else f"기록이 끊겼습니다: {breaks}"]
    )
    if not ok:
        raise typer.Exit(3)


def self_check(context: typer.Context) -> None:
    """설치를 점검한다: 글꼴, 화면, 암호화 자료, PDF, xlsx."""
    from regional_desk.cli.self_check import run_checks

    call: Call = context.obj
    results = run_checks()
    ok = all(result.ok for result in results)
    data: dict[str, Any] = {
        "ok": ok,
        "checks": [{"name": result.name, "ok": result.ok, "message": result.message} for result in results],
    }
    call.emit(
        data, [f"{'정상' if result.ok else '이상'} {result.name} {result.message}" for result in results]
    )
    if not ok:
        raise typer.Exit(1)


def _shown(done: Any) -> dict[str, Any]:
    if not hasattr(done, "file"):
        raise UsageError("백업 정보를 읽지 못했습니다.")
    return {
        "file": str(done.file),
        "size": done.size,
        "made_at": done.made_at.isoformat(),
        "sha256": done.sha256,
    }
