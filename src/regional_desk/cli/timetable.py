"""`course timetable|days|close|copy|edit` and `instructor`."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.courses import course_app
from regional_desk.cli.values import iso_date
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import won
from regional_desk.domain.timetable import hours_text, read_entry, show_entry
from regional_desk.errors import UsageError

_instructor = typer.Typer(help="강사.", no_args_is_help=True)
_PLACE = re.compile(r"(\S+)\s+(\d+)(?:\s+(.*))?")
_RETURNS = {"선발": Stage.SELECTED, "예비": Stage.WAITLISTED}
_Month = Annotated[str, typer.Argument(help="달(2026-08)")]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program; those of a course hang under `course`."""
    app.add_typer(_instructor, name="instructor")


@course_app.command("timetable")
def timetable(
    context: typer.Context,
    course: str,
    start: Annotated[str | None, typer.Option("--from", help="첫날")] = None,
    end: Annotated[str | None, typer.Option("--to", help="끝날")] = None,
    put: Annotated[
        list[str] | None,
        typer.Option("--set", help="'2026-08-03 1 과목 / 강사 / 강의실', 내용이 없으면 비움(여러 번)"),
    ] = None,
    repeat: Annotated[str | None, typer.Option(help="이날의 주를 뒤의 주에 채움(빈 교시만)")] = None,
    weeks: Annotated[int | None, typer.Option(help="채울 주의 수(없으면 끝까지)")] = None,
    note: Annotated[str | None, typer.Option(help="'2026-08-03 훈련일지에 적을 말'")] = None,
) -> None:
    """시간표를 보거나 적는다."""
    from regional_desk.services.training import courses
    from regional_desk.services.training import timetable as service

    call: Call = context.obj
    desk = call.open()
    course_id = courses.find_course(desk, course)
    if put:
        service.set_lessons(desk, course_id, [_change(text) for text in put], title=f"{len(put)}칸")
    if repeat:
        service.repeat(desk, course_id, iso_date(repeat), weeks)
    if note:
        day, _, text = note.partition(" ")
        service.set_note(desk, course_id, iso_date(day), text)
    shown = service.timetable(
        desk, course_id, iso_date(start) if start else None, iso_date(end) if end else None
    )
    rows: list[dict[str, Any]] = [
        {"day": one.day.isoformat(), "period": period, "entry": show_entry(entry), "note": one.note}
        for one in shown.days
        for period in range(1, one.periods + 1)
        if (entry := shown.entry(one.day, period)) is not None
    ]
    clashes = [clash.words for clash in shown.clashes]
    lines = [f"{row['day']} {row['period']}교시 {row['entry']}" for row in rows]
    call.emit(
        {"course": str(course_id), "lessons": rows, "clashes": clashes},
        [*(lines or ["시간표가 비어 있습니다."]), *(f"겹침: {words}" for words in clashes)],
    )


@course_app.command("days")
def days(
    context: typer.Context,
    course: str,
    add: Annotated[list[str] | None, typer.Option(help="더하는 날(여러 번)")] = None,
    remove: Annotated[list[str] | None, typer.Option(help="빼는 날(여러 번)")] = None,
    last_period: Annotated[
        list[str] | None, typer.Option(help="그날의 마지막 교시, 2026-08-20=4(여러 번)")
    ] = None,
    start: Annotated[str | None, typer.Option(help="새 시작일")] = None,
    end: Annotated[str | None, typer.Option(help="새 종료일")] = None,
    reason: Annotated[str, typer.Option(help="사유")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="누가 바뀌는지만 본다")] = False,
) -> None:
    """훈련일을 바꾼다. 먼저 --preview로 바뀌는 사람을 본다."""
    from regional_desk.services.training import course_days, courses

    call: Call = context.obj
    desk = call.open()
    change = course_days.Change(
        add=tuple(map(iso_date, add or ())),
        remove=tuple(map(iso_date, remove or ())),
        last_periods=dict(map(_last_period, last_period or ())),
        start=iso_date(start) if start else None,
        end=iso_date(end) if end else None,
    )
    course_id = courses.find_course(desk, course)
    if preview:
        found = course_days.preview(desk, course_id, change)
    else:
        found = course_days.commit(desk, course_id, change, reason)
    counts = f"무효가 되는 기록 {found.voided}건, 돌아오는 기록 {found.returning}건"
    call.emit(
        {
            "course": str(course_id),
            "added": [day.isoformat() for day in found.added],
            "removed": [day.isoformat() for day in found.removed],
            "voided_records": found.voided,
            "returning_records": found.returning,
            **_people(found),
        },
        [
            f"더한 날 {len(found.added)}일, 뺀 날 {len(found.removed)}일, {counts}",
            *_people_lines(found, desk.masking),
        ],
    )


@course_app.command("close")
def close(
    context: typer.Context,
    course: str,
    last_day: Annotated[str, typer.Argument(help="마지막으로 연 날")],
    reason: Annotated[str, typer.Option(help="사유")] = "",
    applicants: Annotated[str | None, typer.Option(help="교육생을 되돌릴 단계: 선발, 예비")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="누가 바뀌는지만 본다")] = False,
) -> None:
    """과정을 폐강한다."""
    from regional_desk.services.training import course_closing, courses

    call: Call = context.obj
    desk = call.open()
    if applicants is not None and applicants not in _RETURNS:
        raise UsageError("--applicants는 선발 또는 예비입니다.")
    course_id, day = courses.find_course(desk, course), iso_date(last_day)
    if preview:
        found = course_closing.preview(desk, course_id, day)
    else:
        stage = _RETURNS[applicants] if applicants else None
        found = course_closing.close(desk, course_id, day, reason, return_to=stage)
    call.emit(
        {
            "course": str(course_id),
            "closed_on": day.isoformat(),
            "void_days": [one.isoformat() for one in found.days],
            "leaving": len(found.leaving),
            "pays_any_rate": found.pays_any_rate,
            **_people(found),
        },
        [
            f"무효가 되는 날 {len(found.days)}일, 함께 끝나는 교육생 {len(found.leaving)}명",
            *_people_lines(found, desk.masking),
        ],
    )


@course_app.command("copy")
def copy(
    context: typer.Context,
    course: str,
    name: Annotated[str, typer.Argument(help="새 과정 이름")],
    start: Annotated[str, typer.Argument(help="새 시작일")],
    without_timetable: Annotated[bool, typer.Option("--without-timetable", help="시간표는 빼고")] = False,
) -> None:
    """과정을 시간표와 함께 복사한다."""
    from regional_desk.services.training import course_edits, courses

    call: Call = context.obj
    desk = call.open()
    source = courses.find_course(desk, course)
    made = course_edits.copy(desk, source, name, iso_date(start), with_timetable=not without_timetable)
    call.emit(
        {
            "course": str(made.course.id),
            "start": made.course.start.isoformat(),
            "end": made.course.end.isoformat(),
            "training_days": [row.day.isoformat() for row in made.days],
        },
        [f"'{made.course.name}' 과정을 만들었습니다: 훈련일 {len(made.days)}일"],
    )


@course_app.command("edit")
def edit(
    context: typer.Context,
    course: str,
    name: Annotated[str | None, typer.Option(help="과정 이름")] = None,
    region: Annotated[str | None, typer.Option(help="훈련 장소의 시군구 코드")] = None,
    room: Annotated[str | None, typer.Option(help="강의실")] = None,
    scheme: Annotated[str | None, typer.Option(help="수당 기준")] = None,
) -> None:
    """과정의 이름, 훈련 장소, 강의실, 수당 기준을 고친다."""
    from regional_desk.services import codes
    from regional_desk.services.training import course_edits, courses

    call: Call = context.obj
    desk = call.open()
    row = courses.outline(desk, courses.find_course(desk, course)).course
    values = course_edits.CourseValues(
        name or row.name, region or row.region, row.room if room is None else room, scheme or row.scheme
    )
    course_edits.edit(desk, row.id, row.version, values)
    tier = codes.region_of(values.region).value
    place = codes.place_names().get(values.region, values.region)
    call.emit(
        {"course": str(row.id), "name": values.name, "region": values.region, "tier": tier},
        [f"'{values.name}': {place} · {tier}"],
    )


@_instructor.command("add")
def add_instructor(
    context: typer.Context,
    name: str,
    organisation: Annotated[str | None, typer.Option(help="소속")] = None,
    field: Annotated[str | None, typer.Option(help="분야")] = None,
    phone: Annotated[str | None, typer.Option(help="연락처")] = None,
    email: Annotated[str | None, typer.Option(help="이메일")] = None,
    rate: Annotated[int | None, typer.Option(help="시간당 강사료(원)")] = None,
    internal: Annotated[bool, typer.Option("--internal", help="내부 강사")] = False,
) -> None:
    """강사를 명부에 올린다."""
    from regional_desk.services.training import instructors

    call: Call = context.obj
    kind = "internal" if internal else "external"
    values = instructors.InstructorValues(name, kind, organisation, field, phone, email, rate)
    made = instructors.add(call.open(), values)
    call.emit({"instructor": str(made)}, ["강사를 명부에 올렸습니다."])


@_instructor.command("list")
def list_instructors(context: typer.Context) -> None:
    """강사 명부."""
    from regional_desk.services.training import instructors

    call: Call = context.obj
    rows = [
        {
            "instructor": str(row.id),
            "name": row.name,
            "kind": row.kind,
            "organisation": row.organisation,
            "field": row.field,
            "hourly_rate": row.hourly_rate,
            "active": row.active,
        }
        for row in instructors.list_instructors(call.open())
    ]
    lines = [
        f"{row['name']} {row['organisation'] or ''} {'' if row['active'] else '(쉼)'}".rstrip()
        for row in rows
    ]
    call.emit({"instructors": rows}, lines or ["등록된 강사가 없습니다."])


@_instructor.command("hours")
def hours(context: typer.Context, month: _Month) -> None:
    """한 달의 강사별 시간과 강사료."""
    from regional_desk.services.training import instructors

    call: Call = context.obj
    found = instructors.month(call.open(), month)
    rows = [
        {
            "instructor": str(one.instructor.id),
            "name": one.instructor.name,
            "minutes": one.minutes,
            "hourly_rate": one.instructor.hourly_rate,
            "fee": one.fee,
        }
        for one in found
    ]
    lines = [
        f"{one.instructor.name}: {hours_text(one.minutes)}"
        + ("" if one.fee is None else f" × {won(one.instructor.hourly_rate or 0)}원 = {won(one.fee)}원")
        for one in found
    ]
    total = sum(one.fee or 0 for one in found)
    call.emit({"month": month, "rows": rows, "total": total}, lines or ["이달에 출강한 강사가 없습니다."])


def _change(text: str) -> Any:
    """`2026-08-03 1 과목 / 강사 / 강의실` as a change; raise UsageError for anything else."""
    from regional_desk.services.training.timetable import LessonChange

    match = _PLACE.fullmatch(text.strip())
    if match is None:
        raise UsageError(
            f"'{text}'을(를) 읽을 수 없습니다. '2026-08-03 1 과목 / 강사 / 강의실'로 적어 주십시오."
        )
    day, period, entry = match.groups()
    try:
        return LessonChange(iso_date(day), int(period), read_entry(entry or ""))
    except Refused as refused:
        raise UsageError(str(refused)) from refused


def _last_period(text: str) -> tuple[Any, int]:
    day, _, period = text.partition("=")
    if not period.isdecimal():
        raise UsageError(f"'{text}'을(를) 읽을 수 없습니다. 2026-08-20=4처럼 적어 주십시오.")
    return iso_date(day), int(period)


def _people(found: Any) -> dict[str, Any]:
    rows = [
        {
            "trainee": str(one.person),
            "name": one.name,
            "unit": one.unit_no,
            "rate_before": None if one.rate_before is None else str(one.rate_before),
            "rate_after": None if one.rate_after is None else str(one.rate_after),
            "amount_before": one.amount_before,
            "amount_after": one.amount_after,
        }
        for one in found.people
    ]
    return {"people": rows, "total_before": found.total_before, "total_after": found.total_after}


def _people_lines(found: Any, masking: Any) -> list[str]:
    lines = [
        f"  {masking.show_name(one.name)} {one.unit_no}단위기간: 출석률 {one.rate_before or '-'} → {one.rate_after or '-'}, "
        f"{won(one.amount_before or 0)}원 → {won(one.amount_after or 0)}원"
        for one in found.people
    ]
    change = found.total_after - found.total_before
    return [f"바뀌는 사람 {len({one.person for one in found.people})}명, {change:+,}원", *lines]
