"""The command line: the same services as the desktop (interfaces section 1)."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Sequence

import typer

from regional_desk.cli import (
    accounts,
    agreements,  # noqa: F401 - its commands join those of `internship`
    allowance,
    attendance,
    audit,
    backups,
    benefits,  # noqa: F401 - its commands join those of `allowance` and `attendance`
    check_in,  # noqa: F401 - its commands join those of `attendance`
    claim_evidence,  # noqa: F401 - its commands join those of `claim`
    claim_money,  # noqa: F401 - its commands join those of `claim`
    claims,
    closing,  # noqa: F401 - its commands join those of `attendance`
    companies,
    company_accounts,  # noqa: F401 - its commands join those of `company`
    company_records,  # noqa: F401 - its commands join those of `company`
    corrections,
    courses,
    evidence,  # noqa: F401 - its commands join those of `attendance`
    imports,
    internship_training,  # noqa: F401 - its commands join those of `internship`
    internships,
    leases,
    matching,
    matching_entries,  # noqa: F401 - its commands join those of `matching`
    office,
    outcomes,
    outcomes_of,
    papers,
    pay_files,
    people,
    policies,
    privacy,
    recruitment,
    runs,  # noqa: F401 - its commands join those of `allowance`
    safety,
    settlement,
    timetable,
    training_needs,
    visit_findings,  # noqa: F401 - its commands join those of `visit`
    visits,
)
from regional_desk.cli.context import Call, error_object, split_common
from regional_desk.errors import UserError

_BUG = 1
_USAGE = 2


def make_app() -> typer.Typer:
    """Every command of the program."""
    app = typer.Typer(
        name="regional-desk",
        help="스마트제조 전문인력 육성사업 사업단 업무 프로그램. 공통 옵션: --store 폴더, --user 이름, --json.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for module in (
        office,
        policies,
        accounts,
        recruitment,
        courses,
        outcomes,
        timetable,
        imports,
        people,
        companies,
        training_needs,
        matching,
        internships,
        outcomes_of,
        visits,
        attendance,
        leases,
        corrections,
        allowance,
        claims,
        settlement,
        pay_files,
        papers,
        backups,
        audit,
        privacy,
        safety,
    ):
        module.add_commands(app)
    return app


def _narrowed(app: typer.Typer, words: Sequence[str]) -> typer.Typer:
    """The program with the one command or group that was called, or whole where there is none such.

    Typer works out the options of every command it is given: of all of them that takes longer than most commands.
    """
    called = next((word for word in words if not word.startswith("-")), None)
    commands = [
        one
        for one in app.registered_commands
        if one.name == called or (one.name is None and one.callback and one.callback.__name__ == called)
    ]
    groups = [one for one in app.registered_groups if one.name == called]
    if commands or groups:
        app.registered_commands, app.registered_groups = commands, groups
        app.callback()(_nothing)  # so that a single command keeps its name
    return app


def _nothing() -> None:
    """스마트제조 전문인력 육성사업 사업단 업무 프로그램."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line; return its exit code (0 done, 1 bug, 2 usage, 3 refused, 4 file rejected, 5 store)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    call = Call()
    try:
        call, rest = split_common(arguments)
        _narrowed(make_app(), rest)(args=rest, obj=call, prog_name="regional-desk")
    except SystemExit as stop:
        return _usage(call, stop)
    except UserError as error:
        _tell(call, error)
        return error.exit_code
    except Exception:  # noqa: BLE001 - the boundary: everything else is a bug, reported and never hidden
        return _bug(call)
    finally:
        call.close()
    return 0


def _usage(call: Call, stop: SystemExit) -> int:
    code = stop.code if isinstance(stop.code, int) else 0
    if code == _USAGE and call.json:
        message = "명령을 잘못 적었습니다. --help로 쓰는 법을 확인해 주십시오."
        print(json.dumps({"error": {"code": "usage", "message": message, "items": []}}, ensure_ascii=False))  # noqa: T201 - stdout is the answer
    return code


def _tell(call: Call, error: UserError) -> None:
    if call.json:
        print(json.dumps(error_object(error), ensure_ascii=False))  # noqa: T201 - stdout is the answer
        return
    sys.stderr.write(error.message + "\n")
    for item in error.items:
        sys.stderr.write(f"  - {item.where}: {item.message}\n")


def _bug(call: Call) -> int:
    message = "프로그램 오류가 났습니다. 저장된 자료는 그대로입니다. 아래 내용을 개발자에게 알려 주십시오."
    if call.json:
        print(json.dumps({"error": {"code": "bug", "message": message, "items": []}}, ensure_ascii=False))  # noqa: T201 - stdout is the answer
    sys.stderr.write(message + "\n" + traceback.format_exc())
    return _BUG
