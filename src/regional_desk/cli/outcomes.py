"""`course join|leave|move|dismiss|undismiss|restore|complete|members`, `counsel`, `certificate`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.courses import course_app
from regional_desk.cli.values import iso_date
from regional_desk.domain.counselling import CounselKind
from regional_desk.domain.text import korean_date

if TYPE_CHECKING:
    from regional_desk.services.desk import Desk

_counsel = typer.Typer(help="상담·연락 기록.", no_args_is_help=True)
_certificate = typer.Typer(help="수료증.", no_args_is_help=True)
_Reason = Annotated[str, typer.Option(help="사유")]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program; those of `course` join the others of it."""
    app.add_typer(_counsel, name="counsel")
    app.add_typer(_certificate, name="certificate")


@course_app.command("join")
def join(context: typer.Context, course: str, person: str, date: str, reason: _Reason) -> None:
    """늦게 합류한 날을 적는다."""
    from regional_desk.services.training import memberships

    call: Call = context.obj
    desk, course_id, person_id = _who(call, course, person)
    done = memberships.join(desk, course_id, person_id, iso_date(date), reason)
    call.emit(done, ["합류한 날을 적었습니다.", *_difference(done)])


@course_app.command("leave")
def leave(
    context: typer.Context,
    course: str,
    person: str,
    date: str,
    reason: _Reason,
    employed: Annotated[bool, typer.Option("--employed", help="취업하여 나감")] = False,
) -> None:
    """나간 날(마지막으로 속한 날)을 적는다. 수강철회·조기취업·중도탈락은 날짜와 출결로 정해진다."""
    from regional_desk.domain.membership import Outcome
    from regional_desk.services.training import memberships

    call: Call = context.obj
    desk, course_id, person_id = _who(call, course, person)
    done = memberships.leave(desk, course_id, person_id, iso_date(date), reason, employed=employed)
    outcome = f" ({Outcome(done['outcome']).label})" if done["outcome"] else ""
    call.emit(done, [f"나간 날을 적었습니다{outcome}.", *_difference(done)])


@course_app.command("move")
def move(
    context: typer.Context,
    course: str,
    person: str,
    to: Annotated[str, typer.Argument(help="옮겨 갈 과정")],
    date: Annotated[str, typer.Argument(help="옮겨 간 과정의 첫날")],
    reason: _Reason,
) -> None:
    """다른 과정으로 옮긴다. 앞 과정의 출결은 그 과정에 남는다."""
    from regional_desk.services.training import courses, memberships

    call: Call = context.obj
    desk, course_id, person_id = _who(call, course, person)
    to_id = courses.find_course(desk, to)
    done = memberships.move(desk, course_id, person_id, to_id, iso_date(date), reason)
    call.emit(done, ["다른 과정으로 옮겼습니다.", *_difference(done)])


@course_app.command("dismiss")
def dismiss(
    context: typer.Context,
    course: str,
    person: str,
    reason: _Reason,
    cause: Annotated[str | None, typer.Option(help="사유가 생긴 날(없으면 출결에서)")] = None,
) -> None:
    """제적한다. 효력은 사유가 생긴 날의 다음 날부터다."""
    from regional_desk.services.training import dismissals

    call: Call = context.obj
    desk, course_id, person_id = _who(call, course, person)
    day = iso_date(cause) if cause else None
    done = dismissals.dismiss(desk, course_id, person_id, reason, cause_on=day)
    effective = korean_date(dt.date.fromisoformat(done["effective"]))
    call.emit(done, [f"제적했습니다. 효력은 {effective}부터입니다.", *_difference(done)])


@course_app.command("undismiss")
def undismiss(context: typer.Context, course: str, person: str, reason: _Reason) -> None:
    """제적을 취소하여 교육생과 출결을 되돌린다. 제적한 사람이 아닌 사람이 한다."""
    from regional_desk.services.training import dismissals

    call: Call = context.obj
    desk, course_id, person_id = _who(call, course, person)
    done = dismissals.cancel(desk, course_id, person_id, reason)
    solo = " (단독 처리)" if done["solo"] else ""
    call.emit(done, [f"제적을 취소했습니다{solo}.", *_difference(done)])


@course_app.command("restore")
def restore(context: typer.Context, course: str, person: str, reason: _Reason) -> None:
    """교육생의 마지막 처리(합류, 나감, 옮김, 수료 처리)를 되돌린다."""
    from regional_desk.domain.membership import Act
    from regional_desk.services.training import memberships

    call: Call = context.obj
    desk, course_id, person_id = _who(call, course, person)
    done = memberships.restore(desk, course_id, person_id, reason)
    call.emit(done, [f"'{Act(done['restored']).label}'을(를) 되돌렸습니다.", *_difference(done)])


@course_app.command("complete")
def complete(
    context: typer.Context,
    course: str,
    preview: Annotated[bool, typer.Option("--preview", help="무엇이 바뀌는지만 보여 준다")] = False,
) -> None:
    """과정의 교육생마다 수료 구분을 정한다."""
    from regional_desk.services.training import completions, courses

    call: Call = context.obj
    desk = call.open()
    course_id = courses.find_course(desk, course)
    found = completions.plan(desk, course_id)
    lines = [
        {
            "trainee": str(line.person),
            "name": line.name,
            "before": line.before,
            "outcome": line.outcome,
            "why": line.why,
            "open": line.open,
            "changes": line.changes,
        }
        for line in found.lines
    ]
    if preview:
        call.emit({"course": str(course_id), "ended": found.ended, "lines": lines}, _told(found.lines))
        return
    done = completions.complete(desk, course_id, seen=found.seen)
    waiting = [f"미입력 때문에 남은 사람: {done['open']}명"] if done["open"] else []
    call.emit(done, [f"{done['changed']}명의 수료 구분을 정했습니다.", *waiting])


@course_app.command("members")
def members(context: typer.Context, course: str) -> None:
    """교육생마다 출석률, 남은 결석, 제적 대상, 수료 구분, 수료증 번호."""
    from regional_desk.services.training import courses, standings

    call: Call = context.obj
    desk = call.open()
    rows = standings.list_standings(desk, courses.find_course(desk, course))
    data = [
        {
            "trainee": str(row.person),
            "number": row.number,
            "name": row.name,
            "joined": row.joined.isoformat(),
            "left": row.left.isoformat() if row.left else None,
            "attended": row.attended,
            "whole": row.whole,
            "rate_so_far": None if row.rate_so_far is None else str(row.rate_so_far),
            "absences_left": row.absences_left,
            "dismissal": list(row.cause.reasons) if row.cause else [],
            "outcome": row.outcome,
            "certificate": row.certificate_label or None,
        }
        for row in rows
    ]
    lines = [
        f"{row.number}. {row.name} {'' if row.rate_so_far is None else row.rate_so_far}% "
        f"남은 결석 {row.absences_left} {row.outcome.label if row.outcome else ''} {row.certificate_label}"
        f"{' ■ 제적 대상' if row.cause else ''}".rstrip()
        for row in rows
    ]
    call.emit({"members": data}, lines or ["교육생이 없습니다."])


@_counsel.command("add")
def add_counsel(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="id 또는 '성명 1999-03-05'")],
    said: Annotated[str, typer.Option(help="상담 내용")],
    kind: Annotated[CounselKind, typer.Option(help="상담 구분")] = CounselKind.CONTACT,
    result: Annotated[str, typer.Option(help="결과")] = "",
    on: Annotated[str | None, typer.Option(help="상담한 날(없으면 오늘)")] = None,
    next_on: Annotated[str | None, typer.Option("--next", help="다음에 할 날")] = None,
    course: Annotated[str | None, typer.Option(help="과정")] = None,
) -> None:
    """상담이나 연락을 적는다."""
    from regional_desk.services.recruitment import people
    from regional_desk.services.training import counselling, courses

    call: Call = context.obj
    desk = call.open()
    done = counselling.add(
        desk,
        people.find_person(desk, person),
        kind,
        said,
        result=result,
        on=iso_date(on) if on else None,
        next_on=iso_date(next_on) if next_on else None,
        course_id=courses.find_course(desk, course) if course else None,
    )
    call.emit({"counsel": str(done)}, ["상담 기록을 적었습니다."])


@_counsel.command("list")
def list_counsel(
    context: typer.Context,
    person: Annotated[
        str | None, typer.Argument(help="id 또는 '성명 1999-03-05'. 없으면 앞으로 할 상담")
    ] = None,
    days: Annotated[int, typer.Option(help="며칠 안의 상담까지")] = 7,
) -> None:
    """한 사람의 상담 기록, 또는 앞으로 할 상담."""
    from regional_desk.services.recruitment import people
    from regional_desk.services.training import counselling

    call: Call = context.obj
    desk = call.open()
    if person is None:
        coming = counselling.follow_ups(desk, days)
        rows = [
            {
                "name": row.name,
                "next": row.next_on.isoformat(),
                "kind": row.kind.label,
                "state": row.state.value,
            }
            for row in coming
            if row.next_on is not None
        ]
        told = [f"{row['next']} {row['name']} {row['kind']} {row['state']}" for row in rows]
        call.emit({"follow_ups": rows}, told or ["앞으로 할 상담이 없습니다."])
        return
    kept = [
        {
            "on": row.on.isoformat(),
            "kind": row.kind.label,
            "said": row.said,
            "result": row.result,
            "next": row.next_on.isoformat() if row.next_on else None,
            "state": row.state.value,
        }
        for row in counselling.list_records(desk, people.find_person(desk, person))
    ]
    call.emit(
        {"records": kept},
        [f"{row['on']} [{row['kind']}] {row['said']} → {row['result']}" for row in kept]
        or ["상담 기록이 없습니다."],
    )


@_certificate.command("issue")
def issue(
    context: typer.Context,
    course: str,
    person: Annotated[list[str] | None, typer.Argument(help="없으면 수료한 모두")] = None,
) -> None:
    """수료증을 발급한다. 번호는 사업연도의 마지막 번호에 이어진다."""
    from regional_desk.services.recruitment import people
    from regional_desk.services.training import completions, courses

    call: Call = context.obj
    desk = call.open()
    chosen = [people.find_person(desk, one) for one in person] if person else None
    numbers = completions.issue(desk, courses.find_course(desk, course), chosen)
    call.emit({"numbers": list(numbers)}, [f"{len(numbers)}장을 발급했습니다: {numbers[0]} ~ {numbers[-1]}"])


@_certificate.command("void")
def void(context: typer.Context, course: str, person: str, reason: _Reason) -> None:
    """수료증을 무효로 한다. 그 번호는 다시 쓰지 않는다."""
    from regional_desk.services.training import completions

    call: Call = context.obj
    desk, course_id, person_id = _who(call, course, person)
    number = completions.void(desk, course_id, person_id, reason)
    call.emit({"number": number}, [f"{number} 수료증을 무효로 했습니다."])


@_certificate.command("list")
def list_certificates(
    context: typer.Context, course: Annotated[str | None, typer.Option(help="과정")] = None
) -> None:
    """발급한 수료증."""
    from regional_desk.services.training import completions, courses

    call: Call = context.obj
    desk = call.open()
    found = completions.list_certificates(desk, courses.find_course(desk, course) if course else None)
    rows = [
        {
            "number": one.label,
            "name": one.name,
            "course": one.course,
            "issued_on": one.issued_on.isoformat(),
            "reissues": one.reissues,
        }
        for one in found
    ]
    call.emit(
        {"certificates": rows},
        [f"{row['number']} {row['name']} {row['course']} 재발급 {row['reissues']}회" for row in rows]
        or ["발급한 수료증이 없습니다."],
    )


def _who(call: Call, course: str, person: str) -> tuple[Desk, UUID, UUID]:
    from regional_desk.services.recruitment import people
    from regional_desk.services.training import courses

    desk = call.open()
    return desk, courses.find_course(desk, course), people.find_person(desk, person)


def _difference(done: dict[str, Any]) -> list[str]:
    units = done["confirmed_units"]
    if not units:
        return []
    told = ", ".join(str(unit) for unit in units)
    return [f"! 이미 확정된 {told}단위기간의 훈련수당과 차이가 납니다. 정정이 필요합니다."]


def _told(lines: Any) -> list[str]:
    return [
        f"{line.number}. {line.name}: {line.before.label if line.before else '–'} → "
        f"{line.open or (line.outcome.label if line.outcome else '–')} ({line.why})"
        for line in lines
    ]
