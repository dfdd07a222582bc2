"""`users` and `keys`: who works here, and whose key opens the office."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regional_desk.cli.context import Call, new_password, password
from regional_desk.domain.rights import Role
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk
from regional_desk.store.accounts import UserRow

_users = typer.Typer(help="사용자: 목록, 추가, 역할, 비밀번호, 퇴사.", no_args_is_help=True)
_keys = typer.Typer(help="열쇠: 전체 열쇠 바꾸기, 복구 키.", no_args_is_help=True)

_Login = Annotated[str, typer.Argument(help="아이디")]
_Role = Annotated[str, typer.Argument(help="역할: 담당(교육) 담당(수당) 담당(인턴십) 팀장 단장 조회 관리자")]
_File = Annotated[
    Path | None, typer.Option("--new-password-file", help="새 비밀번호가 든 파일(없으면 물어봄)")
]

Sheet = Annotated[
    Path | None,
    typer.Option("--recovery-sheet", help="복구 키를 인쇄할 PDF. 인쇄한 뒤 지우십시오."),
]


def write_sheet(desk: Desk, recovery_key: str, file: Path | None) -> None:
    """Write the recovery key's paper where it was asked for; raise Refusal where it cannot be written."""
    from regional_desk.services.papers.papers import recovery_sheet

    if file is not None:
        try:
            file.write_bytes(recovery_sheet(desk, recovery_key))
        except OSError as error:
            raise Refusal(
                f"복구 키를 {file}에 쓰지 못했습니다({error.strerror}). 복구 키: {recovery_key} — 지금 적어 두십시오."
            ) from error


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(_users, name="users")
    app.add_typer(_keys, name="keys")


@_users.command("list")
def users_list(context: typer.Context) -> None:
    """사용자와 역할."""
    from regional_desk.services.safety.opening import list_users

    call: Call = context.obj
    rows = list_users(call.open())
    call.emit({"users": [_shown(row) for row in rows]}, [_line(row) for row in rows])


@_users.command("add")
def users_add(
    context: typer.Context,
    login: _Login,
    name: Annotated[str, typer.Option(help="이름")],
    role: Annotated[list[str], typer.Option(help="역할(여러 번 적을 수 있음)")],
    file: _File = None,
) -> None:
    """사용자를 만든다. 임시 비밀번호는 본인이 처음 들어올 때 바꾼다."""
    from regional_desk.services.safety import accounts

    call: Call = context.obj
    desk = call.open()
    made = accounts.add_user(desk, login, name, [_role(text) for text in role], new_password(file))
    call.emit(_shown(made), [f"사용자를 만들었습니다: {_line(made)}"])


@_users.command("grant")
def users_grant(context: typer.Context, login: _Login, role: _Role) -> None:
    """역할을 준다."""
    from regional_desk.services.safety import accounts

    call: Call = context.obj
    row = accounts.grant(call.open(), login, _role(role))
    call.emit(_shown(row), [_line(row)])


@_users.command("revoke")
def users_revoke(context: typer.Context, login: _Login, role: _Role) -> None:
    """역할을 거둔다."""
    from regional_desk.services.safety import accounts

    call: Call = context.obj
    row = accounts.revoke(call.open(), login, _role(role))
    call.emit(_shown(row), [_line(row)])


@_users.command("leave")
def users_leave(
    context: typer.Context, login: _Login, reason: Annotated[str, typer.Option(help="사유")]
) -> None:
    """계정을 끝내고 사무소의 열쇠를 바꾼다."""
    from regional_desk.services.safety import accounts

    call: Call = context.obj
    row = accounts.leave(call.open(), login, reason)
    call.emit(_shown(row), [f"'{login}' 계정을 끝내고 열쇠를 바꾸었습니다."])


@_users.command("password")
def users_password(context: typer.Context, file: _File = None) -> None:
    """자기 비밀번호를 바꾼다."""
    from regional_desk.services.safety import accounts

    call: Call = context.obj
    old = password()
    accounts.change_password(call.open(old), old, new_password(file))
    call.emit({"changed": True}, ["비밀번호를 바꾸었습니다."])


@_users.command("reset")
def users_reset(context: typer.Context, login: _Login, file: _File = None) -> None:
    """비밀번호를 잊은 사람에게 임시 비밀번호를 준다."""
    from regional_desk.services.safety import accounts

    call: Call = context.obj
    accounts.reset_password(call.open(), login, new_password(file))
    call.emit({"login": login, "must_change": True}, [f"'{login}'의 임시 비밀번호를 정했습니다."])


@_keys.command("rekey")
def keys_rekey(
    context: typer.Context,
    new_recovery_key: Annotated[
        bool, typer.Option("--new-recovery-key", help="복구 키도 새로 만든다")
    ] = False,
    recovery_sheet: Sheet = None,
) -> None:
    """사무소 전체의 열쇠를 바꾼다. 백업은 그때의 비밀번호로 열린다."""
    from regional_desk.services.safety import accounts

    call: Call = context.obj
    fresh = accounts.rekey(call.open(), new_recovery_key=new_recovery_key)
    if fresh is not None:
        write_sheet(call.open(), fresh, recovery_sheet)
    lines = ["열쇠를 바꾸었습니다."]
    if fresh:
        lines += [
            f"새 복구 키: {fresh}",
            "다시 볼 수 없습니다. 지금 적어 금고에 두고 옛 복구 키 종이는 파기하십시오.",
        ]
    call.emit({"rekeyed": True, "recovery_key": fresh}, lines)


def _role(text: str) -> Role:
    wanted = text.strip()
    for role in Role:
        if wanted in {role.value, role.label}:
            return role
    raise UsageError(f"'{text}' 역할이 없습니다. 쓸 수 있는 역할: {', '.join(role.label for role in Role)}.")


def _shown(row: UserRow) -> dict[str, object]:
    return {
        "login": row.login,
        "name": row.name,
        "active": row.active,
        "roles": [Role(role).label for role in row.roles],
        "must_change": row.must_change,
        "left": row.left_at.date().isoformat() if row.left_at else None,
    }


def _line(row: UserRow) -> str:
    roles = ", ".join(Role(role).label for role in row.roles)
    return f"{row.login} {row.name}: {roles}" if row.active else f"{row.login} {row.name}: 퇴사"
