"""`allowance board` and `allowance all`: the runs of many units at once."""

from __future__ import annotations

from typing import Annotated

import typer

from regional_desk.cli.allowance import OverBudget, group
from regional_desk.cli.context import Call
from regional_desk.domain.run_steps import Step
from regional_desk.domain.text import won

_REFUSED = 3
_Month = Annotated[str, typer.Option(help="이 달에 끝나는 단위기간만: 2026-08")]


@group.command("board")
def show_board(context: typer.Context, month: _Month = "") -> None:
    """단위기간마다 훈련수당이 어디까지 왔는지."""
    from regional_desk.services.pay.run_board import board

    call: Call = context.obj
    cards = board(call.open(), month=month or None)
    units = [
        {
            "course": str(card.course),
            "name": card.course_name,
            "unit": card.unit.no,
            "end": card.unit.end.isoformat(),
            "state": card.state.value if card.state else None,
            "kind": card.kind.value if card.kind else None,
            "people": card.drafted_people if card.runs else card.people,
            "total": card.total,
            "confirmed": card.confirmed,
            "held": card.held,
        }
        for card in cards
    ]
    lines = [
        f"{card.course_name} {card.unit.no}단위기간 — {card.state.label if card.state else '작성 전'}"
        f" · {won(card.total)}원" + (f" · 보류 {card.held}명" if card.held else "")
        for card in cards
    ]
    call.emit({"units": units}, lines or ["시작한 단위기간이 없습니다."])


@group.command("all")
def take_all(
    context: typer.Context,
    step: Annotated[Step, typer.Argument(help="draft, check, confirm, pay")],
    month: Annotated[str, typer.Option(help="이 달에 끝나는 단위기간 모두: 2026-08")],
    over_budget: OverBudget = "",
) -> None:
    """한 달의 단위기간을 한꺼번에 한 단계 올린다. 하나가 안 되어도 나머지는 된다."""
    from regional_desk.services.pay import many_runs
    from regional_desk.services.pay.run_board import board

    call: Call = context.obj
    desk = call.open()
    chosen = {card.key: card for card in reversed(board(desk, month=month)) if step.fits(card.state)}
    outcomes = many_runs.take(
        desk, step, tuple(chosen), over_budget_reason=over_budget, told=call.progress(step.reached.label)
    )
    done = [
        {"course": str(one.key.course), "unit": one.key.unit_no} for one in outcomes if one.refused is None
    ]
    refused = [
        {
            "course": str(one.key.course),
            "unit": one.key.unit_no,
            "where": f"{chosen[one.key].course_name} {one.key.unit_no}단위기간",
            "message": one.refused.message,
            "items": [{"where": item.where, "message": item.message} for item in one.refused.items],
        }
        for one in outcomes
        if one.refused is not None
    ]
    lines = [f"{len(done)}개를 {step.reached.label} 상태로 올렸습니다."]
    lines += [f"그대로: {one['where']} — {one['message']}" for one in refused]
    call.emit({"step": step.value, "done": done, "refused": refused}, lines)
    if refused:
        raise typer.Exit(_REFUSED)
