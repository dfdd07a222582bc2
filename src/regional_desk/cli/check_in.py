"""`attendance scan|unscan|today|badges|call-*|second-*`: check-in, call lists, the paper compared."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from regional_desk.cli.attendance import group
from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date, known_id
from regional_desk.domain.attendance import Cell, read_cell, show_cell
from regional_desk.domain.calls import read_answer
from regional_desk.domain.check_in import Way, show_number
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import clock_time, korean_date
from regional_desk.errors import UsageError

_WAYS = {"자동": None, "들어옴": Way.IN, "나감": Way.OUT}


@group.command("scan")
def scan(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="명찰의 QR 숫자나 번호 6자리")],
    way: Annotated[str, typer.Option(help="자동, 들어옴, 나감")] = "자동",
    course: Annotated[str | None, typer.Option(help="이 반의 명찰만")] = None,
) -> None:
    """지금 명찰을 댄 것으로 기록한다."""
    from regional_desk.services.attendance import check_in
    from regional_desk.services.training import courses

    if way not in _WAYS:
        raise UsageError("방향은 자동, 들어옴, 나감 가운데 하나입니다.")
    call: Call = context.obj
    desk = call.open()
    chosen = courses.find_course(desk, course) if course else None
    done = check_in.scan(desk, number, way=_WAYS[way], course_id=chosen, typed=True)
    note = f" ({done.note})" if done.note else ""
    call.emit(
        _scanned(done),
        [
            f"{done.who.name} · {done.who.course} {done.who.number}번 · {done.word} {clock_time(done.minute)}{note}"
        ],
    )


@group.command("unscan")
def unscan(
    context: typer.Context, scan_id: Annotated[str, typer.Argument(help="scan이 알려 준 번호(id)")]
) -> None:
    """그 사람의 오늘 마지막 체크를 취소한다."""
    from regional_desk.services.attendance import check_in

    call: Call = context.obj
    done = check_in.take_back(call.open(), known_id(scan_id))
    call.emit(_scanned(done), [f"{done.who.name} · {clock_time(done.minute)} 체크를 취소했습니다."])


@group.command("today")
def today(context: typer.Context) -> None:
    """오늘 훈련하는 반과 오간 사람."""
    from regional_desk.services.attendance import check_in

    call: Call = context.obj
    found = check_in.today(call.open())
    classes = [
        {
            "course": str(one.id),
            "name": one.name,
            "start": clock_time(one.start),
            "end": clock_time(one.end),
            "people": [
                {
                    "trainee": str(row.who.trainee),
                    "number": row.who.number,
                    "name": row.who.name,
                    "came": row.came,
                    "inside": row.inside,
                    "state": row.words,
                    "record": show_cell(row.cell),
                }
                for row in one.rows
            ],
        }
        for one in found
    ]
    lines = [
        f"{one.name} {row.who.number:>3} {row.who.name} {row.words or '안 옴'}"
        for one in found
        for row in one.rows
    ]
    call.emit({"classes": classes}, lines or ["오늘 훈련하는 반이 없습니다."])


@group.command("badges")
def badges(context: typer.Context, course: str) -> None:
    """반의 명찰 번호와 QR 숫자 (종이는 print badges)."""
    from regional_desk.services.attendance import check_in
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    rows = check_in.badges(desk, courses.find_course(desk, course))
    desk.note_view(check_in.SUBJECT, [row.trainee for row in rows], {"by": "badges"})
    call.emit(
        {
            "badges": [
                {
                    "trainee": str(row.trainee),
                    "name": row.name,
                    "order": row.order,
                    "number": row.number,
                    "code": row.code,
                }
                for row in rows
            ]
        },
        [f"{row.order:>3} {row.name} {show_number(row.number)}" for row in rows],
    )


@group.command("call-make")
def call_make(
    context: typer.Context, course: str, unit: Annotated[int, typer.Option(help="단위기간")] = 1
) -> None:
    """단위기간의 미입력으로 전화표를 만든다 (종이는 print call-list)."""
    from regional_desk.services.attendance import call_lists
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    course_id = courses.find_course(desk, course)
    span = courses.unit_of(courses.outline(desk, course_id), unit)
    _emit_list(call, call_lists.make(desk, course_id, span.start, span.end))


@group.command("call-show")
def call_show(
    context: typer.Context, list_id: Annotated[str, typer.Argument(help="전화표 번호(id)")]
) -> None:
    """전화표와 지금까지의 답."""
    _emit_list(context.obj, known_id(list_id))


@group.command("call-answer")
def call_answer(
    context: typer.Context,
    list_id: Annotated[str, typer.Argument(help="전화표 번호(id)")],
    line: Annotated[int, typer.Argument(help="순번")],
    answer: Annotated[str, typer.Argument(help="1~6, 0(부재) 또는 결석, 출석(지각) …")],
    note: Annotated[str, typer.Option(help="들은 말")] = "",
) -> None:
    """전화표 한 줄의 답을 옮겨 적는다."""
    from regional_desk.services.attendance import call_lists

    call: Call = context.obj
    call_lists.answer(call.open(), known_id(list_id), line, _answer(answer), note)
    _emit_list(call, known_id(list_id))


@group.command("second-set")
def second_set(
    context: typer.Context,
    course: str,
    date: str,
    person: str,
    status: Annotated[str, typer.Argument(help="서명부에 적힌 대로: 출석, 지각, 결석 …, 미입력은 지움")],
) -> None:
    """서명부에서 읽은 한 칸을 적는다 (기록은 바뀌지 않는다)."""
    from regional_desk.services.attendance import second_entry
    from regional_desk.services.recruitment import people
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    course_id, day = courses.find_course(desk, course), iso_date(date)
    second_entry.enter(desk, course_id, day, people.find_person(desk, person), _cell(status))
    _emit_compared(call, desk, course_id)


@group.command("second-show")
def second_show(context: typer.Context, course: str) -> None:
    """서명부와 맞지 않는 칸."""
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    _emit_compared(call, desk, courses.find_course(desk, course))


@group.command("second-settle")
def second_settle(
    context: typer.Context,
    course: str,
    date: str,
    person: str,
    by_paper: Annotated[bool, typer.Option("--paper/--record", help="서명부대로 바꾸거나 기록대로 둔다")],
) -> None:
    """맞지 않는 칸을 서명부나 기록으로 정한다."""
    from regional_desk.services.attendance import second_entry
    from regional_desk.services.recruitment import people
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    course_id = courses.find_course(desk, course)
    second_entry.settle(desk, course_id, people.find_person(desk, person), iso_date(date), by_paper=by_paper)
    _emit_compared(call, desk, course_id)


def _scanned(done: Any) -> dict[str, Any]:
    return {
        "scan": str(done.id),
        "trainee": str(done.who.trainee),
        "name": done.who.name,
        "course": str(done.who.course_id),
        "way": done.way.value,
        "word": done.word,
        "at": clock_time(done.minute),
        "note": done.note,
        "record": show_cell(done.cell),
    }


def _emit_list(call: Call, list_id: Any) -> None:
    from regional_desk.services.attendance import call_lists

    found = call_lists.show(call.open(), list_id)
    lines = [
        {
            "line": one.number,
            "trainee": str(one.trainee),
            "name": one.name,
            "phone": one.phone,
            "day": one.day.isoformat(),
            "hint": one.hint,
            "answer": one.answer or None,
            "note": one.note,
            "record": show_cell(one.cell),
        }
        for one in found.lines
    ]
    call.emit(
        {"list": str(found.id), "number": found.number, "open": found.open, "lines": lines},
        [
            f"제{found.number}호 {found.course} · {found.open}건 남음",
            *(
                f"{one.number:>3} {one.name} {one.phone} {korean_date(one.day)} {one.hint} {one.answer or '-'}"
                for one in found.lines
            ),
        ],
    )


def _emit_compared(call: Call, desk: Any, course_id: Any) -> None:
    from regional_desk.services.attendance import second_entry

    found = second_entry.compared(desk, course_id)
    rows = [
        {
            "trainee": str(one.trainee),
            "name": one.name,
            "day": one.day.isoformat(),
            "record": show_cell(one.first),
            "paper": show_cell(one.second),
        }
        for one in found.mismatches
    ]
    call.emit(
        {"entered": found.entered, "agreeing": found.agreeing, "settled": found.settled, "mismatches": rows},
        [
            f"{found.entered}칸 읽음 · 일치 {found.agreeing} · 맞지 않음 {len(rows)}",
            *(f"  {row['day']} {row['name']} 기록 {row['record']} / 서명부 {row['paper']}" for row in rows),
        ],
    )


def _answer(text: str) -> Cell | None:
    try:
        return read_answer(text)
    except Refused as refused:
        raise UsageError(str(refused)) from refused


def _cell(text: str) -> Cell:
    try:
        return read_cell(text)
    except Refused as refused:
        raise UsageError(str(refused)) from refused
