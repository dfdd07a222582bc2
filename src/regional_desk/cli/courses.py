"""`course`: add, list, show, enrol; `timetable` and `outcomes` add their own commands."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date
from regional_desk.domain.masking import Masking
from regional_desk.domain.people import Track
from regional_desk.domain.text import korean_span

course_app = typer.Typer(help="교육과정.", no_args_is_help=True)


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(course_app, name="course")


@course_app.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="과정 이름")],
    track: Annotated[Track, typer.Option(help="Track1, Track2")],
    start: Annotated[str, typer.Option(help="시작일")],
    end: Annotated[str, typer.Option(help="종료일")],
    region: Annotated[str | None, typer.Option(help="훈련 장소의 시군구 코드")] = None,
    scheme: Annotated[str | None, typer.Option(help="수당 기준")] = None,
    room: Annotated[str | None, typer.Option(help="강의실")] = None,
    day_off: Annotated[list[str] | None, typer.Option(help="쉬는 날(여러 번)")] = None,
    extra_day: Annotated[list[str] | None, typer.Option(help="더하는 날(여러 번)")] = None,
) -> None:
    """과정을 만든다. 훈련일은 월~금에서 공휴일을 뺀 날이다."""
    from regional_desk.services import policies
    from regional_desk.services.training import courses

    call: Call = context.obj
    made = courses.add_course(
        call.open(),
        name,
        track,
        iso_date(start),
        iso_date(end),
        region=region,
        scheme=scheme or policies.DEFAULT_SCHEME,
        room=room,
        days_off=[iso_date(day) for day in day_off or ()],
        extra_days=[iso_date(day) for day in extra_day or ()],
    )
    call.emit(
        _shown(made, call.open().masking),
        [
            f"'{made.course.name}' 과정을 만들었습니다: 훈련일 {len(made.days)}일, 단위기간 {len(made.units)}개"
        ],
    )


@course_app.command("list")
def list_all(context: typer.Context) -> None:
    """과정 목록."""
    from regional_desk.services.training import courses

    call: Call = context.obj
    rows = [
        {
            "course": str(row.id),
            "name": row.name,
            "track": row.track,
            "start": row.start.isoformat(),
            "end": row.end.isoformat(),
        }
        for row in courses.list_courses(call.open())
    ]
    lines = [f"{row['name']} ({row['track']}, {row['start']} ~ {row['end']}) {row['course']}" for row in rows]
    call.emit({"courses": rows}, lines or ["과정이 없습니다."])


@course_app.command("show")
def show(context: typer.Context, course: str) -> None:
    """과정 하나: 훈련일, 단위기간, 교육생."""
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    detail = courses.course(desk, courses.find_course(desk, course))
    lines = [f"{detail.course.name} ({korean_span(detail.course.start, detail.course.end)})"]
    lines += [
        f"  {unit.no}단위기간 {korean_span(unit.start, unit.end)} {len(detail.days_of(unit))}일"
        for unit in detail.units
    ]
    lines += [
        f"  {member.number}. {member.name} {desk.masking.show_birth(member.birth)}"
        for member in detail.members
    ]
    call.emit(_shown(detail, desk.masking), lines)


@course_app.command("enrol")
def enrol(
    context: typer.Context,
    course: str,
    person: Annotated[list[str], typer.Argument(help="id 또는 '성명 1999-03-05'")],
    direct: Annotated[str | None, typer.Option(help="선발과 등록을 한 번에 하는 사유")] = None,
) -> None:
    """선발된 사람을 과정에 등록한다."""
    from regional_desk.services.recruitment import people
    from regional_desk.services.training import courses, memberships

    call: Call = context.obj
    desk = call.open()
    done = memberships.enrol(
        desk,
        courses.find_course(desk, course),
        [people.find_person(desk, one) for one in person],
        direct_reason=direct,
    )
    call.emit(done, [f"{done['enrolled']}명을 등록했습니다."])


def _shown(detail: Any, masking: Masking) -> dict[str, Any]:
    from regional_desk.services import codes

    return {
        "course": str(detail.course.id),
        "name": detail.course.name,
        "track": detail.course.track,
        "region": detail.course.region,
        "tier": codes.region_of(detail.course.region).value,
        "room": detail.course.room,
        "closed_on": detail.course.closed_on.isoformat() if detail.course.closed_on else None,
        "training_days": [day.day.isoformat() for day in detail.days],
        "units": [
            {
                "no": unit.no,
                "start": unit.start.isoformat(),
                "end": unit.end.isoformat(),
                "training_days": len(detail.days_of(unit)),
            }
            for unit in detail.units
        ],
        "members": [
            {
                "trainee": str(member.person),
                "name": member.name,
                "birth": masking.show_iso_birth(member.birth),
                "joined": member.joined.isoformat(),
                "left": member.left.isoformat() if member.left else None,
            }
            for member in detail.members
        ],
    }
