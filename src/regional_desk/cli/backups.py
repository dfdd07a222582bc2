"""`backup` and `restore`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regional_desk.cli.context import Call, password
from regional_desk.domain.clock import SystemClock

if TYPE_CHECKING:  # the services stay out of a call that only asks for help
    from regional_desk.services.safety.beside import Beside
    from regional_desk.store.archives import BackupInfo

_backup = typer.Typer(help="백업.", invoke_without_command=True)
_To = Annotated[Path | None, typer.Option(help="백업 폴더")]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(_backup, name="backup")
    app.command("restore")(restore)


@_backup.callback()
def back_up(context: typer.Context, to: _To = None) -> None:
    """백업하고 열어서 확인한다. 둘째 장소가 정해져 있으면 거기에도 둔다."""
    if context.invoked_subcommand is not None:
        return
    from regional_desk.services.safety import backups

    call: Call = context.obj
    done = backups.back_up(call.open(), to)
    lines = [f"백업하고 확인했습니다: {done.file}"]
    if done.second:
        lines.append(f"둘째 장소에도 두었습니다: {done.second}")
    if done.warning:
        lines.append(f"! {done.warning}")
    call.emit(
        {
            **_shown(done),
            "second": str(done.second) if done.second else None,
            "warning": done.warning or None,
        },
        lines,
    )


@_backup.command("list")
def backup_list(context: typer.Context, to: _To = None) -> None:
    """백업 목록과 상태."""
    from regional_desk.services.safety import backups

    call: Call = context.obj
    desk = call.open()
    found = backups.list_backups(desk, to)
    state = backups.state(desk)
    lines = [
        f"{one.made_at:%Y-%m-%d %H:%M}  {backups.reason_label(one.reason)}  {one.rows:,}줄  {one.file}"
        for one in found
    ]
    call.emit(
        {
            "backups": [_shown(one) for one in found],
            "second_place": str(state.second_place) if state.second_place else None,
            "last_second": state.last_second.isoformat() if state.last_second else None,
            "paused": state.paused,
            "overdue_days": state.overdue_days,
            "warnings": list(state.sentences),
        },
        [*(lines or ["백업이 없습니다."]), *(f"! {sentence}" for sentence in state.sentences)],
    )


@_backup.command("verify")
def backup_verify(
    context: typer.Context, file: Annotated[Path | None, typer.Argument(help="백업 파일")] = None
) -> None:
    """백업을 열어 내용을 대조한다."""
    from regional_desk.services.safety import backups

    call: Call = context.obj
    done = backups.verify(call.open(), file)
    call.emit({"valid": True, **_shown(done)}, [f"백업이 온전합니다: {done.file}"])


@_backup.command("place")
def backup_place(
    context: typer.Context, folder: Annotated[str, typer.Argument(help="둘째 장소 폴더, 또는 none")]
) -> None:
    """모든 백업을 함께 둘 둘째 장소(USB, 공유 폴더)를 정한다."""
    from regional_desk.services.safety import backups

    call: Call = context.obj
    chosen = None if folder == "none" else Path(folder)
    warning = backups.set_second_place(call.open(), chosen)
    lines = [f"둘째 백업 장소: {chosen}" if chosen else "둘째 백업 장소를 쓰지 않습니다."]
    call.emit(
        {"second_place": str(chosen.absolute()) if chosen else None, "warning": warning or None},
        [*lines, *([f"! {warning}"] if warning else [])],
    )


@_backup.command("trial")
def backup_trial(context: typer.Context) -> None:
    """가장 새 백업을 따로 복구해 보고 기록한다(복구 훈련)."""
    from regional_desk.services.safety import trials

    call: Call = context.obj
    done = trials.trial(call.open())
    call.emit(
        {
            "number": done.number,
            "file": done.file_name,
            "ok": done.ok,
            "rows": done.rows,
            "milliseconds": done.milliseconds,
            "message": done.message,
        },
        [f"제{done.number}회 복구 훈련: {'성공' if done.ok else '실패'} — {done.message}"],
    )
    if not done.ok:
        raise typer.Exit(3)


@_backup.command("resume")
def backup_resume(context: typer.Context) -> None:
    """되돌린 자료를 확인했으니 자동 백업을 다시 켠다."""
    from regional_desk.services.safety import backups

    call: Call = context.obj
    desk = call.open()
    waited = backups.paused(desk)
    backups.resume(desk)
    call.emit(
        {"resumed": waited}, ["자동 백업을 다시 켰습니다." if waited else "자동 백업은 이미 켜져 있습니다."]
    )


@_backup.command("differences")
def backup_differences(context: typer.Context, file: Path) -> None:
    """백업을 열어 지금과 다른 기록을 보여 준다."""
    from regional_desk.services.safety import beside

    call: Call = context.obj
    with _beside(call, file) as opened:
        found = beside.differences(call.open(), opened.desk)
    rows = [
        {
            "key": one.key,
            "name": one.name,
            "where": one.where,
            "lines": [{"label": line.label, "then": line.then, "now": line.now} for line in one.lines],
        }
        for one in found
    ]
    lines = [
        text
        for one in found
        for text in (
            f"{one.name} {one.where}  [{one.key}]",
            *(f"  {line.label}: 그때 {line.then} → 지금 {line.now}" for line in one.lines),
        )
    ]
    call.emit({"differences": rows}, lines or ["다른 기록이 없습니다."])


@_backup.command("bring-back")
def backup_bring_back(
    context: typer.Context,
    file: Path,
    key: Annotated[str, typer.Argument(help="differences가 보여 준 기록 번호([ ] 안)")],
) -> None:
    """기록 하나를 백업의 내용으로 되가져온다. 실행취소할 수 있다."""
    from regional_desk.services.safety import beside

    call: Call = context.obj
    with _beside(call, file) as opened:
        desk = call.open()
        title = beside.bring_back(desk, opened.desk, beside.find_difference(desk, opened.desk, key))
    call.emit({"brought_back": key, "title": title}, [title])


def restore(
    context: typer.Context,
    file: Path,
    into: Annotated[Path, typer.Option(help="되돌릴 폴더")],
    recovery: Annotated[bool, typer.Option(help="비밀번호 대신 복구 키로 연다")] = False,
) -> None:
    """백업에서 되돌린다. 그 폴더에 있던 자료는 백업하고 따로 옮겨 둔다."""
    from regional_desk.services.safety import backups

    call: Call = context.obj
    login = "" if recovery else call.login()
    done = backups.restore(file, into, login, password(), SystemClock(), recovery=recovery)
    lines = [f"되돌렸습니다: {into}"]
    if done.aside:
        lines.append(f"전에 있던 자료는 {done.aside}에 있습니다.")
    lines.append("내용을 확인한 뒤 backup resume으로 자동 백업을 다시 켜십시오.")
    call.emit(
        {
            "restored": str(into),
            "aside": str(done.aside) if done.aside else None,
            "saved": str(done.saved.file) if done.saved else None,
            "made_at": done.backup.made_at.isoformat(),
        },
        lines,
    )


@contextlib.contextmanager
def _beside(call: Call, file: Path) -> Iterator[Beside]:
    from regional_desk.services.safety.beside import open_beside

    opened = open_beside(call.open(), file)
    try:
        yield opened
    finally:
        opened.close()


def _shown(done: BackupInfo) -> dict[str, Any]:
    return {
        "file": str(done.file),
        "size": done.size,
        "made_at": done.made_at.isoformat(),
        "reason": done.reason,
        "sha256": done.sha256,
        "rows": done.rows,
    }
