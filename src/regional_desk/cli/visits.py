"""`visit`: plan, list, months, order, add, move, do, cancel, reopen, file, files, route; `visit finding …`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date, known_id
from regional_desk.domain.text import korean_date
from regional_desk.domain.visits import Standing
from regional_desk.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from regional_desk.services.visits.plans import Plan, Proposed
    from regional_desk.services.visits.reading import Visit

group = typer.Typer(help="인턴십 방문: 계획, 순회표, 점검표, 지적 사항.", no_args_is_help=True)
_Id = Annotated[str, typer.Argument(metavar="VISIT", help="방문(id)")]
_Intern = Annotated[str | None, typer.Option(help="인턴(2026-3 또는 성명)")]
_Plan = Annotated[str | None, typer.Option(help="방문계획(2026-1)")]
_From = Annotated[str | None, typer.Option("--from", help="첫 날짜")]
_To = Annotated[str | None, typer.Option("--to", help="끝 날짜")]
_Reason = Annotated[str, typer.Option(help="사유")]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(group, name="visit")


@group.command("plan")
def make_plan(
    context: typer.Context,
    start: Annotated[str, typer.Option("--from", help="첫 날짜")],
    end: Annotated[str, typer.Option("--to", help="끝 날짜")],
    name: Annotated[str, typer.Option(help="이름")] = "",
    visitor: Annotated[str, typer.Option(help="방문자")] = "",
    most: Annotated[int | None, typer.Option(help="하루에 방문할 기업 수")] = None,
    before: Annotated[int | None, typer.Option(help="지원월이 끝나기 며칠 전까지")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="만들지 않고 보여 준다")] = False,
) -> None:
    """규칙대로 방문을 제안하고 계획으로 만든다."""
    from regional_desk.services.visits import plans

    call: Call = context.obj
    desk, span = call.open(), (iso_date(start), iso_date(end))
    by = plans.rule(most, before)
    found = plans.propose(desk, *span, by)
    made = None
    if not preview:
        plan_id = plans.make(desk, *span, name=name, wanted=by, visitor=visitor)
        made = next(one for one in plans.list_plans(desk) if one.id == plan_id)
    told = [f"{made.label} {made.name}을(를) 만들었습니다."] if made else []
    call.emit(
        {"plan": made and made.label, "visits": [_proposed(one) for one in found]},
        [*told, *(_proposed_line(one) for one in found)] or ["새로 잡을 방문이 없습니다."],
    )


@group.command("plans")
def list_plans(context: typer.Context) -> None:
    """방문계획의 목록."""
    from regional_desk.services.visits import plans

    call: Call = context.obj
    found = plans.list_plans(call.open())
    call.emit(
        {"plans": [_plan(one) for one in found]},
        [f"{one.label} {one.name} · {korean_date(one.start)} ~ {korean_date(one.end)}" for one in found]
        or ["방문계획이 없습니다."],
    )


@group.command("list")
def list_visits(
    context: typer.Context,
    start: _From = None,
    end: _To = None,
    plan: _Plan = None,
    internship: _Intern = None,
    state: Annotated[Standing | None, typer.Option(help="상태")] = None,
) -> None:
    """방문의 목록(날짜와 순회 순서대로)."""
    from regional_desk.services.visits import plans, visits

    call: Call = context.obj
    desk = call.open()
    found = visits.list_visits(
        desk,
        start=iso_date(start) if start else None,
        end=iso_date(end) if end else None,
        internship=_internship(call, internship),
        plan=plans.find_plan(desk, plan).id if plan else None,
    )
    chosen = [one for one in found if state is None or one.standing is state]
    call.emit({"visits": [_visit(one) for one in chosen]}, _lines(chosen) or ["방문이 없습니다."])


@group.command("months")
def list_months(context: typer.Context, internship: _Intern = None) -> None:
    """지원월마다 방문이 어떻게 되었는지."""
    from regional_desk.services.visits import visits

    call: Call = context.obj
    found = visits.list_months(call.open(), _internship(call, internship))
    rows = [
        {
            "internship": one.host.label,
            "name": one.host.name,
            "company": one.host.company_name,
            "month_no": one.no,
            "start": one.start.isoformat(),
            "end": one.end.isoformat(),
            "state": one.standing.value,
        }
        for one in found
    ]
    told = [
        f"{one.host.label} {one.host.name} · {one.host.company_name} · {one.no}차 ~ {korean_date(one.end)} · {one.standing.label}"
        for one in found
    ]
    call.emit({"months": rows}, told or ["인턴십이 없습니다."])


@group.command("add")
def add(
    context: typer.Context,
    internship: Annotated[str, typer.Argument(help="인턴(2026-3 또는 성명)")],
    on: Annotated[str, typer.Option(help="방문할 날")],
    visitor: Annotated[str, typer.Option(help="방문자")] = "",
) -> None:
    """방문을 하나 넣는다."""
    from regional_desk.services.visits import visits

    call: Call = context.obj
    wanted = _internship(call, internship)
    if wanted is None:
        raise UsageError("인턴을 적어 주십시오.")
    made = visits.add(call.open(), wanted, iso_date(on), visitor=visitor)
    call.emit({"visit": str(made)}, [f"{korean_date(iso_date(on))} 방문을 넣었습니다: {made}"])


@group.command("move")
def move(
    context: typer.Context,
    visit: _Id,
    on: Annotated[str, typer.Option(help="새 날짜")],
    visitor: Annotated[str | None, typer.Option(help="방문자")] = None,
) -> None:
    """예정한 방문의 날짜나 방문자를 바꾼다."""
    from regional_desk.services.visits import visits

    call: Call = context.obj
    desk = call.open()
    row = visits.read(desk, known_id(visit))
    visits.move(desk, row.id, row.version, iso_date(on), row.visitor if visitor is None else visitor)
    call.emit(_visit(visits.read(desk, row.id)))


@group.command("order")
def order(
    context: typer.Context,
    day: Annotated[str, typer.Argument(help="날짜")],
    visits: Annotated[list[str] | None, typer.Argument(help="그날의 방문(id)을 순서대로")] = None,
    by_address: Annotated[bool, typer.Option("--by-address", help="다시 주소 순으로")] = False,
) -> None:
    """하루 순회 순서를 정한다."""
    from regional_desk.services.visits import routes

    call: Call = context.obj
    desk, on = call.open(), iso_date(day)
    if by_address == bool(visits):
        raise UsageError("그날의 방문을 순서대로 모두 적거나 --by-address를 적어 주십시오.")
    if by_address:
        routes.order_by_address(desk, on)
    else:
        routes.reorder(desk, on, [known_id(one) for one in visits or ()])
    found = routes.route(desk, start=on, end=on)
    call.emit({"visits": [_visit(one) for one in found]}, _lines(found))


@group.command("route")
def route(
    context: typer.Context,
    day: Annotated[str | None, typer.Option(help="날짜")] = None,
    plan: _Plan = None,
) -> None:
    """방문 순회표: 하루 또는 계획의 방문을 순서대로."""
    from regional_desk.services.visits import plans, routes

    call: Call = context.obj
    desk = call.open()
    if (day is None) == (plan is None):
        raise UsageError("--day 날짜나 --plan 방문계획 가운데 하나를 적어 주십시오.")
    on = iso_date(day) if day else None
    found = routes.route(desk, plan=plans.find_plan(desk, plan).id if plan else None, start=on, end=on)
    call.emit({"visits": [_visit(one) for one in found]}, _lines(found) or ["방문이 없습니다."])


@group.command("do")
def do(
    context: typer.Context,
    visit: _Id,
    on: Annotated[str, typer.Option(help="방문한 날")],
    visitor: Annotated[str, typer.Option(help="방문한 사람")],
    bad: Annotated[list[str] | None, typer.Option(help="미흡한 항목(attendance, interview, …)")] = None,
    unknown: Annotated[list[str] | None, typer.Option(help="확인하지 못한 항목")] = None,
    interview: Annotated[str, typer.Option(help="면담 내용")] = "",
    opinion: Annotated[str, typer.Option(help="종합 의견")] = "",
) -> None:
    """방문점검표를 옮겨 완료한다. 적지 않은 항목은 적정으로 적는다."""
    from regional_desk.services.visits import visits
    from regional_desk.services.visits.terms import terms

    call: Call = context.obj
    desk = call.open()
    answers = dict.fromkeys((point.key for point in terms().checklist), "good")
    for keys, answer in ((bad or (), "bad"), (unknown or (), "unknown")):
        for key in keys:
            if key not in answers:
                raise UsageError(f"'{key}'은(는) 점검 항목이 아닙니다. 쓸 수 있는 것: {', '.join(answers)}.")
            answers[key] = answer
    row = visits.read(desk, known_id(visit))
    seen = visits.Seen(iso_date(on), visitor, answers, interview, opinion)
    visits.do(desk, row.id, row.version, seen)
    call.emit(_visit(visits.read(desk, row.id)))


@group.command("cancel")
def cancel(context: typer.Context, visit: _Id, reason: _Reason) -> None:
    """방문을 취소한다."""
    from regional_desk.services.visits import visits

    call: Call = context.obj
    desk = call.open()
    row = visits.read(desk, known_id(visit))
    visits.cancel(desk, row.id, row.version, reason)
    call.emit(_visit(visits.read(desk, row.id)))


@group.command("reopen")
def reopen(context: typer.Context, visit: _Id, reason: _Reason) -> None:
    """완료나 취소를 되돌린다."""
    from regional_desk.services.visits import visits

    call: Call = context.obj
    desk = call.open()
    row = visits.read(desk, known_id(visit))
    visits.reopen(desk, row.id, row.version, reason)
    call.emit(_visit(visits.read(desk, row.id)))


@group.command("file")
def attach(
    context: typer.Context,
    visit: _Id,
    files: Annotated[list[Path], typer.Argument(help="사진이나 서류")],
    caption: Annotated[str, typer.Option(help="설명")] = "",
) -> None:
    """방문에 사진이나 서류를 넣는다."""
    from regional_desk.services.visits import visit_files, visits

    call: Call = context.obj
    desk = call.open()
    row = visits.read(desk, known_id(visit))
    read = [visit_files.read_file(path) for path in files]  # all are looked at before any is kept
    made = [str(visit_files.attach(desk, row.id, one, caption=caption)) for one in read]
    call.emit({"files": made}, [f"{len(made)}개를 넣었습니다."])


def _internship(call: Call, text: str | None) -> Any:
    from regional_desk.services.internships import internships

    return internships.find_internship(call.open(), text) if text else None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _visit(one: Visit) -> dict[str, Any]:
    return {
        "visit": str(one.id),
        "internship": one.host.label,
        "name": one.host.name,
        "company": one.host.company_name,
        "address": one.host.where,
        "month_no": one.month_no,
        "planned_on": _iso(one.planned_on),
        "done_on": _iso(one.done_on),
        "visitor": one.visitor,
        "state": one.standing.value,
        "answers": dict(one.answers),
        "interview": one.interview,
        "opinion": one.opinion,
        "cancel_reason": one.cancel_reason,
        "by_leaving": one.by_leaving,
        "files": one.files,
        "open_findings": one.open_findings,
    }


def _lines(found: tuple[Visit, ...] | list[Visit]) -> list[str]:
    return [
        f"{one.id} {korean_date(one.on) if one.on else '날짜 없음'} {one.host.company_name} · {one.host.name} "
        f"{one.month_no}차 · {one.standing.label} · {one.host.where}"
        for one in found
    ]


def _plan(one: Plan) -> dict[str, Any]:
    return {
        "plan": one.label,
        "name": one.name,
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "counts": {standing.value: count for standing, count in one.counts.items()},
    }


def _proposed(one: Proposed) -> dict[str, Any]:
    return {
        "internship": one.host.label,
        "name": one.host.name,
        "company": one.host.company_name,
        "month_no": one.month_no,
        "on": _iso(one.on),
    }


def _proposed_line(one: Proposed) -> str:
    day = korean_date(one.on) if one.on else "남은 날 없음"
    return f"{day} {one.host.company_name} · {one.host.name} {one.month_no}차 · {one.host.where}"
