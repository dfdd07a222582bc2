"""`allowance`: draft, check, back, confirm, pay, hold, release, cancel, show."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.domain.policies import Method
from regional_desk.domain.text import won

group = typer.Typer(help="훈련수당.", no_args_is_help=True)
_Unit = Annotated[int, typer.Option("--unit", help="단위기간")]
_Reason = Annotated[str, typer.Option(help="사유")]
OverBudget = Annotated[str, typer.Option(help="예산 잔액을 넘겨 확정하는 사유(단장만)")]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(group, name="allowance")


@group.command("draft")
def draft(
    context: typer.Context,
    course: str,
    unit: _Unit,
    method: Annotated[
        Method | None, typer.Option(help="작성에서만 다른 방식을 시험: daily, prorata, flat")
    ] = None,
) -> None:
    """지금의 출석으로 작성한다."""
    from regional_desk.services.pay import allowance

    emit_run(context, allowance.draft(*_of(context, course), unit, method=method))


@group.command("check")
def check(context: typer.Context, course: str, unit: _Unit) -> None:
    """작성 → 검토."""
    from regional_desk.services.pay import allowance

    emit_run(context, allowance.check(*_of(context, course), unit))


@group.command("back")
def back(context: typer.Context, course: str, unit: _Unit, reason: _Reason) -> None:
    """검토 → 작성으로 되돌린다."""
    from regional_desk.services.pay import allowance

    emit_run(context, allowance.send_back(*_of(context, course), unit, reason))


@group.command("confirm")
def confirm(context: typer.Context, course: str, unit: _Unit, over_budget: OverBudget = "") -> None:
    """검토 → 확정. 확인할 것이 남은 사람은 보류해야 한다."""
    from regional_desk.services.pay import allowance

    emit_run(context, allowance.confirm(*_of(context, course), unit, over_budget_reason=over_budget))


@group.command("pay")
def pay(
    context: typer.Context,
    course: str,
    unit: _Unit,
    number: Annotated[int | None, typer.Option(help="지급할 판. 확정된 것이 둘 이상이면 적는다.")] = None,
) -> None:
    """확정 → 지급."""
    from regional_desk.services.pay import allowance

    emit_run(context, allowance.pay(*_of(context, course), unit, number=number))


@group.command("show")
def show(context: typer.Context, course: str, unit: _Unit) -> None:
    """가장 새로운 훈련수당."""
    from regional_desk.services.pay import allowance

    emit_run(context, allowance.show(*_of(context, course), unit))


@group.command("hold")
def hold(context: typer.Context, course: str, person: str, unit: _Unit, reason: _Reason) -> None:
    """한 사람을 보류한다."""
    from regional_desk.services.pay import allowance
    from regional_desk.services.recruitment import people

    desk, course_id = _of(context, course)
    emit_run(context, allowance.hold(desk, course_id, unit, people.find_person(desk, person), reason))


@group.command("release")
def release(context: typer.Context, course: str, person: str, unit: _Unit) -> None:
    """보류를 푼다."""
    from regional_desk.services.pay import allowance
    from regional_desk.services.recruitment import people

    call: Call = context.obj
    desk, course_id = _of(context, course)
    trainee = people.find_person(desk, person)
    allowance.release(desk, course_id, unit, trainee)
    call.emit({"trainee": str(trainee), "held": False}, ["보류를 풀었습니다."])


@group.command("cancel")
def cancel(context: typer.Context, course: str, unit: _Unit, reason: _Reason) -> None:
    """지급 전의 확정을 취소한다."""
    from regional_desk.services.pay import allowance

    call: Call = context.obj
    run = allowance.cancel(*_of(context, course), unit, reason)
    call.emit({"run": str(run), "state": "cancelled"}, ["확정을 취소했습니다. 다시 작성하십시오."])


def _of(context: typer.Context, course: str) -> tuple[Any, Any]:
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    return desk, courses.find_course(desk, course)


def emit_run(context: typer.Context, run: Any) -> None:
    """Print a run as every command of this group does."""
    call: Call = context.obj
    masking = call.open().masking
    rows = [
        {
            "trainee": str(line.trainee),
            "name": line.name,
            "birth": masking.show_iso_birth(line.birth),
            "training_days": line.training_days,
            "attended_days": line.attended_days,
            "rate": str(line.rate),
            "eligible": line.eligible,
            "amount": line.amount,
            "held": line.held,
            "trace": list(line.trace),
        }
        for line in run.lines
    ]
    data = {
        "state": run.state.value,
        "state_label": run.state.label,
        "method": run.row.method,
        "adopted": run.adopted,
        "solo": run.row.solo,
        "kind": run.row.kind,
        "number": run.row.number,
        "returned_reason": run.row.returned_reason,
        "over_budget_reason": run.row.over_budget_reason,
        "rows": rows,
        "total": run.total,
        "open_items": [{"where": item.name, "message": item.message} for item in run.open_items],
    }
    lines = [
        f"{run.course.course.name} {run.unit.no}단위기간 — {run.state.label}: {len(rows)}명, 합계 {won(run.total)}원",
        *(
            f"{line.number:>3} {line.name} {line.rate}% {won(line.amount)}원{' 보류' if line.held else ''}"
            for line in run.lines
        ),
        *(f"  확인할 것: {item.name} — {item.message}" for item in run.open_items),
    ]
    call.emit(data, lines)
