"""`check`, `self-check`."""

from __future__ import annotations

from typing import Any

import typer

from regional_desk.cli.context import Call


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.command("check")(check)
    app.command("self-check")(self_check)


def check(context: typer.Context) -> None:
    """자료의 건강을 점검한다."""
    from regional_desk.services.safety import health

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
