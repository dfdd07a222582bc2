"""`correction`: 정정 of records in confirmed units, from the request to the decision."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from regional_desk.cli.attendance import typed_cell
from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date, known_id
from regional_desk.domain.attendance import show_cell
from regional_desk.domain.text import korean_date

group = typer.Typer(help="확정된 출결의 정정.", no_args_is_help=True)
_Reason = Annotated[str, typer.Option(help="사유")]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(group, name="correction")


@group.command("request")
def request(
    context: typer.Context,
    course: str,
    date: str,
    person: str,
    status: Annotated[str, typer.Argument(help="출석, 결석, 출석인정, 미입력")],
    why: _Reason,
    mark: Annotated[list[str] | None, typer.Option(help="지각, 조퇴, 외출 (여러 번)")] = None,
    code: Annotated[str | None, typer.Option("--code", help="출석인정 사유")] = None,
    evidence: Annotated[str | None, typer.Option(help="미제출, 제출, 확인")] = None,
    file: Annotated[Path | None, typer.Option(help="증빙 파일")] = None,
) -> None:
    """확정된 단위기간의 한 칸을 고쳐 달라고 요청한다."""
    from regional_desk.services.attendance import corrections
    from regional_desk.services.recruitment import applicant_documents, people
    from regional_desk.services.training import courses

    desk = _desk(context)
    cell = typed_cell(status, mark or [], None, None, code, evidence)
    received = applicant_documents.read_file(file) if file else None
    course_id, trainee = courses.find_course(desk, course), people.find_person(desk, person)
    found = corrections.request(desk, course_id, trainee, iso_date(date), cell, why, received)
    _emit(context, corrections.show(desk, found))


@group.command("list")
def list_all(
    context: typer.Context, course: Annotated[str | None, typer.Option(help="과정(없으면 모두)")] = None
) -> None:
    """정정 목록, 새것부터."""
    from regional_desk.services.attendance import corrections
    from regional_desk.services.training import courses

    desk = _desk(context)
    rows = corrections.list_corrections(desk, courses.find_course(desk, course) if course else None)
    call: Call = context.obj
    call.emit({"corrections": [_values(row) for row in rows]}, [_line(row) for row in rows])


@group.command("approve")
def approve(context: typer.Context, correction: str) -> None:
    """승인한다. 요청한 사람이 아닌 사람이 한다."""
    from regional_desk.services.attendance import corrections

    desk, row = _found(context, correction)
    _emit(context, corrections.approve(desk, row.id, row.version))


@group.command("refuse")
def refuse(context: typer.Context, correction: str, reason: _Reason) -> None:
    """반려한다."""
    from regional_desk.services.attendance import corrections

    desk, row = _found(context, correction)
    _emit(context, corrections.refuse(desk, row.id, row.version, reason))


@group.command("withdraw")
def withdraw(context: typer.Context, correction: str) -> None:
    """결정되지 않은 요청을 거둔다."""
    from regional_desk.services.attendance import corrections

    desk, row = _found(context, correction)
    _emit(context, corrections.withdraw(desk, row.id, row.version))


def _desk(context: typer.Context) -> Any:
    call: Call = context.obj
    return call.open()


def _found(context: typer.Context, correction: str) -> tuple[Any, Any]:
    from regional_desk.services.attendance import corrections

    desk = _desk(context)
    return desk, corrections.show(desk, known_id(correction))


def _emit(context: typer.Context, row: Any) -> None:
    call: Call = context.obj
    call.emit(_values(row), [_line(row)])


def _line(row: Any) -> str:
    solo = " · 단독 처리" if row.solo else ""
    return f"{row.id} {row.name} {korean_date(row.day)} {row.change} — {row.state.label}{solo}"


def _values(row: Any) -> dict[str, Any]:
    return {
        "correction": str(row.id),
        "course": row.course_name,
        "unit": row.unit_no,
        "trainee": str(row.trainee),
        "name": row.name,
        "day": row.day.isoformat(),
        "old": show_cell(row.old),
        "new": show_cell(row.new),
        "reason": row.reason,
        "decision": row.decision,
        "state": row.state.value,
        "state_label": row.state.label,
        "solo": row.solo,
    }
