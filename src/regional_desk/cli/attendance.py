"""`attendance`: a cell set, a unit shown; `group` takes the commands of other modules too."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date
from regional_desk.domain.attendance import (
    REASONS,
    DayPart,
    Evidence,
    SpanKind,
    read_cell,
    risk_of,
    show_cell,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import parse_clock
from regional_desk.errors import UsageError

group = typer.Typer(help="출석.", no_args_is_help=True)


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(group, name="attendance")


@group.command("set")
def attendance_set(
    context: typer.Context,
    course: str,
    date: str,
    person: str,
    status: Annotated[str, typer.Argument(help="출석, 결석, 출석인정, 미입력")],
    mark: Annotated[list[str] | None, typer.Option(help="지각, 조퇴, 외출 (여러 번)")] = None,
    time_in: Annotated[str | None, typer.Option("--in", help="입실 시각")] = None,
    time_out: Annotated[str | None, typer.Option("--out", help="퇴실 시각")] = None,
    reason: Annotated[str | None, typer.Option(help="출석인정 사유")] = None,
    evidence: Annotated[str | None, typer.Option(help="미제출, 제출, 확인")] = None,
    outing: Annotated[list[str] | None, typer.Option(help="외출한 시간대 10:00-11:00 (여러 번)")] = None,
    excused: Annotated[list[str] | None, typer.Option(help="출석인정 시간대 09:00-10:00 (여러 번)")] = None,
) -> None:
    """한 칸을 적는다."""
    from regional_desk.services.attendance import attendance
    from regional_desk.services.attendance.attendance import CellChange
    from regional_desk.services.recruitment import people
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    day = iso_date(date)
    cell = typed_cell(status, mark or [], time_in, time_out, reason, evidence)
    parts = [*_parts(SpanKind.OUT, outing or []), *_parts(SpanKind.EXCUSED, excused or [])]
    if parts:
        cell = replace(cell, parts=tuple(parts))
    change = CellChange(people.find_person(desk, person), day, cell)
    done = attendance.set_cells(
        desk, courses.find_course(desk, course), [change], title=f"{day.month}/{day.day} → {show_cell(cell)}"
    )
    call.emit(
        {"changed": done.changed, "saved_at": done.saved_at.isoformat()},
        [f"{done.changed}칸을 저장했습니다."],
    )


@group.command("show")
def attendance_show(
    context: typer.Context, course: str, unit: Annotated[int | None, typer.Option(help="단위기간")] = None
) -> None:
    """출석부와 출석률."""
    from regional_desk.services.attendance import attendance
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    shown = attendance.grid(desk, courses.find_course(desk, course), unit)
    rows = [_row(shown, row, desk.masking) for row in shown.rows]
    lines = [
        f"{row.number:>3} {row.name} 출석 {row.summary.attended_days}/{row.summary.training_days}일 "
        f"{row.summary.rate}% 여유 {row.summary.absences_left}일 {risk_word(row)}"
        for row in shown.rows
    ]
    call.emit({"rows": rows}, lines)


def risk_word(row: Any) -> str:
    """제적 대상 over everything else, then how far from losing the unit."""
    return "제적 대상" if row.dismissal else str(row.summary.risk.value)


def _row(shown: Any, row: Any, masking: Masking) -> dict[str, Any]:
    summary = row.summary
    return {
        "trainee": str(row.trainee),
        "name": row.name,
        "birth": masking.show_iso_birth(row.birth),
        "days": {
            column.day.isoformat(): show_cell(cell)
            for column, cell in zip(shown.days, row.cells, strict=True)
            if cell is not None
        },
        "attended_days": summary.attended_days,
        "converted_absences": summary.converted_absences,
        "training_days": summary.training_days,
        "rate": str(summary.rate),
        "rate_so_far": None if summary.rate_so_far is None else str(summary.rate_so_far),
        "best_rate": str(summary.best_rate),
        "absences_left": summary.absences_left,
        "risk": risk_word(row),
        "course_absences_left": row.course_left,
        "course_risk": risk_of(row.course_left).value,
    }


def typed_cell(
    status: str,
    marks: list[str],
    time_in: str | None,
    time_out: str | None,
    reason: str | None,
    evidence: str | None,
) -> Any:
    """The record meant by these words; raise UsageError for what none of them can be."""
    try:
        cell = read_cell(",".join([status, *marks]))
        if time_in or time_out:
            cell = replace(
                cell,
                time_in=parse_clock(time_in) if time_in else None,
                time_out=parse_clock(time_out) if time_out else None,
            )
    except Refused as refused:
        raise UsageError(str(refused)) from refused
    if reason:
        code = next((one.code for one in REASONS.values() if reason in (one.code, one.label)), None)
        if code is None:
            raise UsageError(f"'{reason}'은(는) 모르는 사유입니다. 쓸 수 있는 사유: {', '.join(REASONS)}.")
        cell = replace(cell, reason=code)
    if evidence:
        state = next((one for one in Evidence if one.label == evidence), None)
        if state is None:
            raise UsageError("증빙 상태는 미제출, 제출, 확인 가운데 하나입니다.")
        cell = replace(cell, evidence=state)
    return cell


def _parts(kind: SpanKind, texts: list[str]) -> list[DayPart]:
    found = []
    for text in texts:
        first, _, last = text.partition("-")
        try:
            found.append(DayPart(kind, parse_clock(first), parse_clock(last)))
        except Refused as refused:
            raise UsageError(
                f"'{text}'은(는) 시간대로 읽을 수 없습니다. 10:00-11:00처럼 적어 주십시오."
            ) from refused
    return found
