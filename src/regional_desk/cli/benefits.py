"""`allowance benefits|ask|answer|all-no|deduct` and `attendance check`: what must be known before 확정."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from regional_desk.cli import attendance
from regional_desk.cli.allowance import group
from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date
from regional_desk.domain.benefits import LABELS, Answer
from regional_desk.errors import UsageError

_Kind = Annotated[str, typer.Argument(help=", ".join(LABELS.values()))]
_From = Annotated[str | None, typer.Option("--from", help="예일 때 시작하는 날")]
_To = Annotated[str | None, typer.Option("--to", help="끝나는 날, 없으면 계속")]
_Unit = Annotated[int, typer.Option("--unit", help="단위기간")]


@group.command("benefits")
def benefits_show(context: typer.Context, course: str) -> None:
    """지급 제외 질문의 답과 적힌 기간."""
    from regional_desk.services.pay import benefits

    call: Call = context.obj
    desk, course_id = _of(call, course)
    sheet = benefits.sheet(desk, course_id)
    rows = [
        {
            "trainee": str(row.member.person),
            "name": row.member.name,
            "birth": desk.masking.show_iso_birth(row.member.birth),
            "answers": {kind: given.value for kind, given in row.answers.items()},
            "spans": [
                {
                    "kind": span.kind,
                    "start": span.start.isoformat(),
                    "end": span.end.isoformat() if span.end else None,
                }
                for span in row.spans
            ],
            "open": list(row.open),
        }
        for row in sheet.rows
    ]
    lines = [
        f"{row.member.number:>3} {row.member.name} {' · '.join(row.open) or ('확인됨' if row.answers else '묻지 않음')}"
        for row in sheet.rows
    ]
    call.emit({"asked": sheet.asked, "unasked": sheet.unasked, "rows": rows}, lines)


@group.command("ask")
def benefits_ask(context: typer.Context, course: str) -> None:
    """아직 묻지 않은 지급 제외 질문을 미확인으로 만든다."""
    from regional_desk.services.pay import benefits

    call: Call = context.obj
    made = benefits.ask(*_of(call, course))
    call.emit({"questions": made}, [f"질문 {made}건을 미확인으로 만들었습니다."])


@group.command("answer")
def benefits_answer(
    context: typer.Context,
    course: str,
    person: str,
    kind: _Kind,
    answer: Annotated[str, typer.Argument(help="예, 아니오, 미확인")],
    start: _From = None,
    end: _To = None,
) -> None:
    """지급 제외 질문 하나에 답한다. 예에는 기간이 있어야 한다."""
    from regional_desk.services.pay import benefits
    from regional_desk.services.recruitment import people

    call: Call = context.obj
    desk, course_id = _of(call, course)
    given = benefits.Given(
        people.find_person(desk, person),
        _kind(kind),
        _answer(answer),
        start=iso_date(start) if start else None,
        end=iso_date(end) if end else None,
    )
    changed = benefits.answer(desk, course_id, [given])
    call.emit({"changed": changed}, [f"답 {changed}건을 적었습니다."])


@group.command("all-no")
def benefits_all_no(context: typer.Context, course: str) -> None:
    """미확인을 모두 아니오로 한다. 이미 답한 것과 기간이 적힌 것은 그대로 둔다."""
    from regional_desk.services.pay import benefits

    call: Call = context.obj
    changed = benefits.all_no(*_of(call, course))
    call.emit({"changed": changed}, [f"미확인 {changed}건을 아니오로 했습니다."])


@group.command("deduct")
def deduct(
    context: typer.Context,
    course: str,
    person: str,
    kind: Annotated[str, typer.Argument(help="dormitory, meals, survey")],
    days: Annotated[int, typer.Argument(help="일수(만족도는 미제출이면 1)")],
    unit: _Unit,
) -> None:
    """공제할 일수를 적는다. 정책이 그 공제를 켠 단위기간에서만 금액에 든다."""
    from regional_desk.services.pay import deductions
    from regional_desk.services.recruitment import people

    call: Call = context.obj
    desk, course_id = _of(call, course)
    trainee, what = people.find_person(desk, person), deductions.kind_of(kind)
    kept = deductions.sheet(desk, course_id, unit)
    row = kept.days.get((trainee, what))
    wanted = deductions.Days(trainee, what, days, row.version if row else None)
    changed = deductions.set_days(desk, course_id, unit, [wanted])
    on = what in kept.on
    note = "" if on else " 지금 정책에서는 꺼져 있어 금액은 그대로입니다."
    call.emit({"changed": changed, "on": on}, [f"{what.label} {days}일을 적었습니다.{note}"])


@attendance.group.command("check")
def attendance_check(
    context: typer.Context, course: str, unit: Annotated[int | None, typer.Option(help="단위기간")] = None
) -> None:
    """확정 전에 출결에서 풀어야 할 것과, 한도를 넘게 된 출석인정을 보인다."""
    from regional_desk.services.attendance.day_checks import check_days

    call: Call = context.obj
    desk, course_id = _of(call, course)
    found = check_days(desk, course_id, unit)
    items = [
        {
            "trainee": str(one.trainee),
            "name": one.name,
            "kind": one.kind,
            "message": one.message,
            "days": [day.isoformat() for day in one.days],
            "blocks": one.blocks,
        }
        for one in found
    ]
    lines = [f"{one.name} — {one.message}{'' if one.blocks else ' (알림)'}" for one in found]
    call.emit({"items": items}, lines or ["풀어야 할 것이 없습니다."])


def _of(call: Call, course: str) -> tuple[Any, Any]:
    from regional_desk.services.training import courses

    desk = call.open()
    return desk, courses.find_course(desk, course)


def _kind(text: str) -> str:
    typed = text.replace(" ", "")
    found = next((kind for kind, label in LABELS.items() if typed in (kind, label)), None)
    if found is None:
        raise UsageError(f"'{text}'은(는) 모르는 종류입니다. 쓸 수 있는 종류: {', '.join(LABELS.values())}.")
    return found


def _answer(text: str) -> Answer:
    found = next((one for one in Answer if text in (one.value, one.label)), None)
    if found is None:
        raise UsageError(
            f"'{text}'은(는) 답으로 읽을 수 없습니다. 예, 아니오, 미확인 가운데 하나로 적어 주십시오."
        )
    return found
