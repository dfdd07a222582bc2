"""`new`, `practice`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

import typer

from regional_desk.cli.accounts import Sheet, write_sheet
from regional_desk.cli.context import Call, password
from regional_desk.cli.values import iso_date
from regional_desk.domain.clock import SystemClock
from regional_desk.errors import FileRejected


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.command("new")(new)
    app.command("practice")(practice)


def new(
    context: typer.Context,
    office: Annotated[Path, typer.Option(help="사무소 파일(TOML): name, code, region, approval, [goals]")],
    recovery_sheet: Sheet = None,
) -> None:
    """빈 사무소를 만든다. 복구 키는 이때 한 번만 보여 준다."""
    from regional_desk.services.safety.opening import new_office, settings_from_table

    call: Call = context.obj
    clock = SystemClock()
    try:
        table = tomllib.loads(office.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FileRejected(f"사무소 파일을 읽지 못했습니다: {office} ({error})") from error
    settings = settings_from_table(table, clock.today().year)
    made = new_office(call.folder(), settings, call.login(), password(), clock)
    call.desk = made.desk
    write_sheet(made.desk, made.recovery_key, recovery_sheet)
    call.emit(
        {"store": str(call.folder()), "office": settings.name, "recovery_key": made.recovery_key},
        [
            f"'{settings.name}' 사무소를 만들었습니다: {call.folder()}",
            f"복구 키: {made.recovery_key}",
            "복구 키는 다시 볼 수 없습니다. 지금 적어 금고에 보관하십시오.",
        ],
    )


def practice(
    context: typer.Context,
    trainees: Annotated[int, typer.Option(help="교육생 수")] = 86,
    companies: Annotated[int, typer.Option(help="기업 수")] = 69,
    seed: Annotated[int, typer.Option(help="같은 번호는 같은 자료")] = 1,
    until: Annotated[str, typer.Option(help="이날까지의 달은 마감·지급됨")] = "2026-09-30",
) -> None:
    """연습용 사무소를 만든다."""
    from regional_desk.services.practice.practice import PracticeSize, make_practice_office

    call: Call = context.obj
    size = PracticeSize(trainees, companies, seed, iso_date(until))
    made = make_practice_office(
        call.folder(), call.login(), password(), size, progress=call.progress("연습용 사무소 만드는 중")
    )
    call.desk = made.desk
    call.emit(
        {
            "store": str(call.folder()),
            "office": made.desk.office.name,
            "recovery_key": made.recovery_key,
            "trainees": trainees,
            "companies": companies,
            "until": size.until.isoformat(),
        },
        [f"'{made.desk.office.name}'을(를) 만들었습니다: {call.folder()}", f"복구 키: {made.recovery_key}"],
    )
