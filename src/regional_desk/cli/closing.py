"""`attendance close|reopen|allow|closings|late`: closing attendance, exceptions, the 출석입력요청대장."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

import typer

from regional_desk.cli.attendance import group
from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date, known_id
from regional_desk.domain.clock import KST
from regional_desk.domain.text import korean_date, korean_span
from regional_desk.errors import UsageError

_From = Annotated[str | None, typer.Option("--from", help="첫 날짜(2026-08-03)")]
_To = Annotated[str | None, typer.Option("--to", help="끝 날짜, 없으면 하루")]
_Unit = Annotated[int | None, typer.Option(help="단위기간")]


@group.command("close")
def close(
    context: typer.Context,
    course: str,
    start: _From = None,
    end: _To = None,
    unit: _Unit = None,
    with_unmarked: Annotated[bool, typer.Option(help="미입력이 있어도 마감한다")] = False,
) -> None:
    """하루나 여러 날, 또는 단위기간의 출석을 마감한다."""
    from regional_desk.services.attendance import closings
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    course_id = courses.find_course(desk, course)
    if unit is not None:
        done = closings.close_unit(desk, course_id, unit, with_unmarked=with_unmarked)
    else:
        first, last = _span(start, end)
        done = closings.close(desk, course_id, first, last, with_unmarked=with_unmarked)
    unmarked = [
        {"trainee": str(one.trainee), "name": one.name, "day": one.day.isoformat()} for one in done.unmarked
    ]
    call.emit(
        {"closing": str(done.closing), "days": done.days, "unmarked": unmarked},
        [
            f"{done.days}일을 마감했습니다. 미입력 {len(unmarked)}칸.",
            *(f"  미입력: {one.name} {korean_date(one.day)}" for one in done.unmarked),
        ],
    )


@group.command("closings")
def list_closings(context: typer.Context, course: str) -> None:
    """마감과 마감 예외의 목록."""
    from regional_desk.services.attendance import closings
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    shown = closings.overview(desk, courses.find_course(desk, course))
    now = desk.clock.now()
    found = [
        {
            "closing": str(row.id),
            "start": row.start.isoformat(),
            "end": row.end.isoformat(),
            "unit": row.unit_no,
            "closed_at": row.closed_at.isoformat(),
            "reopened_at": row.opened_at and row.opened_at.isoformat(),
        }
        for row in shown.closings
    ]
    exceptions = [
        {
            "exception": str(row.id),
            "start": row.start.isoformat(),
            "end": row.end.isoformat(),
            "trainee": row.trainee_id and str(row.trainee_id),
            "until": row.until.isoformat(),
            "holds": closings.holds(row, now),
        }
        for row in shown.exceptions
    ]
    days = [
        {"day": day.day.isoformat(), "state": day.state.value, "unmarked": len(day.unmarked)}
        for day in shown.days
    ]
    call.emit(
        {"days": days, "closings": found, "exceptions": exceptions},
        [
            *(f"{day['day']} {day['state']} 미입력 {day['unmarked']}칸" for day in days),
            *(
                f"마감 {row.id} {korean_span(row.start, row.end)}" + (" (풀림)" if row.opened_at else "")
                for row in shown.closings
            ),
            *(
                f"예외 {row.id} {korean_span(row.start, row.end)} {row.until:%Y-%m-%d %H:%M}까지"
                + ("" if closings.holds(row, now) else " (끝남)")
                for row in shown.exceptions
            ),
        ],
    )


@group.command("reopen")
def reopen(
    context: typer.Context,
    course: str,
    closing: Annotated[str, typer.Argument(help="마감 번호(attendance closings)")],
    reason: Annotated[str, typer.Option(help="사유")],
) -> None:
    """마감을 푼다."""
    from regional_desk.services.attendance import closings
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    wanted = known_id(closing)
    shown = closings.overview(desk, courses.find_course(desk, course))
    row = next((row for row in shown.closings if row.id == wanted), None)
    if row is None:
        raise UsageError("이 과정에 없는 마감입니다. 'attendance closings'로 번호를 확인해 주십시오.")
    closings.reopen(desk, row.id, row.version, reason)
    call.emit({"closing": str(row.id)}, [f"{korean_span(row.start, row.end)}의 마감을 풀었습니다."])


@group.command("allow")
def allow(
    context: typer.Context,
    course: str,
    until: Annotated[str, typer.Option(help="기한(2026-09-01T18:00)")],
    reason: Annotated[str, typer.Option(help="사유")],
    start: _From = None,
    end: _To = None,
    trainee: Annotated[str | None, typer.Option(help="한 사람만(성명 1999-03-05)")] = None,
) -> None:
    """마감한 날을 기한까지 연다."""
    from regional_desk.services.attendance import closings
    from regional_desk.services.recruitment import people
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    first, last = _span(start, end)
    one: UUID | None = people.find_person(desk, trainee) if trainee else None
    moment = _moment(until)
    made = closings.allow(desk, courses.find_course(desk, course), first, last, moment, reason, trainee=one)
    call.emit(
        {"exception": str(made), "until": moment.isoformat()},
        [f"{korean_span(first, last)}을(를) {moment:%Y-%m-%d %H:%M}까지 열었습니다."],
    )


@group.command("late")
def late(context: typer.Context, course: str) -> None:
    """출석입력요청대장의 줄."""
    from regional_desk.domain.attendance import show_cell
    from regional_desk.services.attendance import late_entries
    from regional_desk.services.attendance.attendance import from_values
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    lines = late_entries.list_lines(desk, courses.find_course(desk, course))
    rows = [
        {
            "number": line.number,
            "trainee": str(line.trainee),
            "name": line.name,
            "day": line.day.isoformat(),
            "entered_at": line.at.isoformat(),
            "old": show_cell(from_values(line.old)),
            "new": show_cell(from_values(line.new)),
            "reason": line.reason,
            "in_time": line.in_time,
            "exception": line.by_exception,
        }
        for line in lines
    ]
    call.emit(
        {"rows": rows},
        [
            f"{row['number']:>3} {row['name']} {row['day']} {row['old']} → {row['new']} {row['reason']}"
            for row in rows
        ],
    )


def _span(start: str | None, end: str | None) -> tuple[dt.date, dt.date]:
    if start is None:
        raise UsageError("날짜(--from, --to)나 단위기간(--unit)을 적어 주십시오.")
    first = iso_date(start)
    return first, iso_date(end) if end else first


def _moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"기한은 2026-09-01T18:00처럼 적어 주십시오: {text}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=KST)
