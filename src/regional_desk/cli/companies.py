"""`company`: apply, withdraw, applications, goal, raters, rate, done, rank, select, promote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date
from regional_desk.domain.companies import CompanyKind, show_business_number
from regional_desk.domain.company_selection import outcome_words
from regional_desk.domain.refused import Refused
from regional_desk.domain.screening import parse_points, show_points, show_score
from regional_desk.errors import UsageError

if TYPE_CHECKING:
    from uuid import UUID

    from regional_desk.domain.company_selection import Override
    from regional_desk.services.companies.company_ranking import CompanyRanking, RankedCompany
    from regional_desk.services.companies.company_rating import CompanyPoints
    from regional_desk.services.desk import Desk

group = typer.Typer(help="참여기업: 신청, 평가, 선정, 직무.", no_args_is_help=True)
_Kind = Annotated[CompanyKind, typer.Option(help="제조, 공급")]
_Rater = Annotated[str | None, typer.Option(help="평가위원 이름(없으면 자신)")]
_Company = Annotated[str, typer.Argument(metavar="COMPANY", help="기업명이나 사업자등록번호")]
_WHOLE, _TENTH = 100, 100
_NO_LINE = "없음"


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(group, name="company")


@group.command("apply")
def apply(
    context: typer.Context,
    company: Annotated[list[str] | None, typer.Argument(help="기업명이나 사업자등록번호(여럿)")] = None,
    every: Annotated[bool, typer.Option("--all", help="신청이 없는 기업 모두")] = False,
    on: Annotated[str | None, typer.Option(help="신청일(없으면 오늘)")] = None,
    memo: Annotated[str, typer.Option(help="메모")] = "",
) -> None:
    """기업의 올해 참여신청을 받는다. 하나라도 받을 수 없으면 아무것도 받지 않는다."""
    from regional_desk.services.companies import companies, participations

    call: Call = context.obj
    desk = call.open()
    if every:
        asked = [row.id for row in participations.without_application(desk) if row.kind]
    else:
        asked = [companies.find_company(desk, text) for text in company or ()]
    made = participations.apply(desk, asked, iso_date(on) if on else None, memo)
    call.emit({"participations": [str(one) for one in made]}, [f"{len(made)}곳의 참여신청을 받았습니다."])


@group.command("withdraw")
def withdraw(
    context: typer.Context, company: _Company, reason: Annotated[str, typer.Option(help="사유")]
) -> None:
    """참여신청의 철회를 적는다. 선정된 기업이면 첫째 예비가 올라간다."""
    from regional_desk.services.companies import participations

    call: Call = context.obj
    desk = call.open()
    asked = participations.find_participation(desk, company)
    done = participations.withdraw(desk, asked.id, reason)
    moved = None if done.promoted is None else participations.find_participation(desk, str(done.promoted))
    name = moved.company_name if moved else None
    call.emit(
        {"participation": str(asked.id), "promoted": name},
        [f"{asked.company_name}의 철회를 적었습니다. 예비에서 올라간 기업: {name or '없음'}"],
    )


@group.command("applications")
def applications(
    context: typer.Context, year: Annotated[int | None, typer.Option(help="사업연도")] = None
) -> None:
    """참여신청 목록과 목표 대비 진행."""
    from regional_desk.services.companies import company_selection, participations

    call: Call = context.obj
    desk = call.open()
    rows = participations.list_participations(desk, year)
    goals = company_selection.progress(desk, year)
    data = [
        {
            "participation": str(row.id),
            "company": row.company_name,
            "business_number": row.business_number,
            "kind": row.kind and row.kind.value,
            "state": row.state.value,
            "applied_on": row.applied_on.isoformat(),
            "score": row.score and show_score(row.score),
            "rank": row.rank,
            "reserve_number": row.reserve_number,
        }
        for row in rows
    ]
    told = [
        f"{one.kind.value}: 목표 {'없음' if one.goal is None else f'{one.goal}곳'} · 신청 {one.applied} · 선정 {one.selected} · 예비 {one.reserve}"
        for one in goals
    ]
    lines = [
        f"{row.company_name} {show_business_number(row.business_number)} {row.kind.value if row.kind else '-'} "
        f"{outcome_words(row.state, row.reserve_number)}"
        f"{'' if row.score is None else f' · {show_score(row.score)}점 {row.rank}위'}"
        for row in rows
    ]
    progress = [
        {"kind": one.kind.value, "goal": one.goal, "applied": one.applied, "selected": one.selected}
        for one in goals
    ]
    call.emit({"applications": data, "progress": progress}, [*told, *lines])


@group.command("goal")
def goal(
    context: typer.Context,
    kind: _Kind,
    companies: Annotated[int, typer.Option(help="목표 기업 수")],
    line: Annotated[
        str | None, typer.Option("--pass", help=f"합격선(100점 가운데), 두지 않으면 '{_NO_LINE}'")
    ] = None,
) -> None:
    """유형의 목표 기업 수와 합격선을 정한다. 합격선을 적지 않으면 제안값을 쓴다."""
    from regional_desk.services.companies import company_ranking, company_selection

    call: Call = context.obj
    if line is None:
        score = company_ranking.terms().pass_score
    else:
        score = None if line == _NO_LINE else _tenths(line, _WHOLE) * _TENTH
    company_selection.set_goal(call.open(), kind, companies, score)
    told = "합격선 없음" if score is None else f"합격선 {show_score(score)}점"
    call.emit(
        {"kind": kind.value, "goal": companies, "pass": score and show_score(score)},
        [f"{kind.value} 기업 목표 {companies}곳, {told}."],
    )


@group.command("raters")
def raters(
    context: typer.Context,
    add_user: Annotated[str | None, typer.Option(help="평가위원으로 더할 사용자")] = None,
    add_name: Annotated[str | None, typer.Option(help="평가표를 대신 적을 외부 평가위원")] = None,
    remove: Annotated[str | None, typer.Option(help="뺄 평가위원")] = None,
) -> None:
    """평가위원을 더하거나 빼고 목록을 보여 준다."""
    from regional_desk.services.companies import company_raters

    call: Call = context.obj
    desk = call.open()
    if add_user or add_name:
        company_raters.add_rater(desk, add_name or "", login=add_user)
    if remove:
        company_raters.remove_rater(desk, company_raters.find_rater(desk, remove).id)
    rows = company_raters.list_raters(desk)
    data = [
        {"rater": row.name, "outside": row.user_id is None, "done": row.done_at is not None} for row in rows
    ]
    lines = [
        f"{row.name}{'' if row.user_id else ' (외부)'}: {'마감' if row.done_at else '적는 중'}"
        for row in rows
    ]
    call.emit({"raters": data}, lines or ["평가위원이 없습니다."])


@group.command("rate")
def rate(
    context: typer.Context,
    kind: _Kind,
    rater: _Rater = None,
    company: Annotated[str | None, typer.Option(help="기업명이나 사업자등록번호")] = None,
    points: Annotated[list[str] | None, typer.Option(help="항목=점수(여러 번)")] = None,
) -> None:
    """평가표를 보거나 한 기업의 점수를 적는다."""
    from regional_desk.services.companies import company_raters, company_rating, participations

    call: Call = context.obj
    desk = call.open()
    row = company_raters.find_rater(desk, rater)
    if company and points:
        asked = participations.find_participation(desk, company).id
        company_rating.rate(desk, row.id, [_given(asked, text) for text in points])
    found = company_rating.sheet(desk, row.id, kind)
    shown = [
        (
            line.row.company_name,
            {
                one.name: None if given is None else show_points(given)
                for one, given in zip(found.criteria, line.points, strict=True)
            },
        )
        for line in found.rows
    ]
    lines = [
        f"{name}: " + ", ".join(f"{each} {given or '–'}" for each, given in told.items())
        for name, told in shown
    ]
    data = [{"company": name, "points": told} for name, told in shown]
    call.emit({"rater": row.name, "done": found.done, "rows": data}, lines or ["신청한 기업이 없습니다."])


@group.command("done")
def done(
    context: typer.Context,
    rater: _Rater = None,
    reopen: Annotated[str | None, typer.Option(help="마감한 평가표를 다시 여는 사유")] = None,
) -> None:
    """평가표를 마감하거나 사유를 적고 다시 연다."""
    from regional_desk.services.companies import company_raters, company_rating

    call: Call = context.obj
    desk = call.open()
    row = company_raters.find_rater(desk, rater)
    if reopen is None:
        company_rating.declare_done(desk, row.id)
    else:
        company_rating.reopen(desk, row.id, reopen)
    state = "마감했습니다" if reopen is None else "다시 열었습니다"
    call.emit({"rater": row.name, "done": reopen is None}, [f"{row.name}님의 평가표를 {state}."])


@group.command("rank")
def rank(context: typer.Context, kind: _Kind) -> None:
    """순위를 보여 준다. 아무것도 쓰지 않는다."""
    from regional_desk.services.companies import company_ranking

    call: Call = context.obj
    _emit_ranking(call, company_ranking.ranking(call.open(), kind))


@group.command("select")
def select(
    context: typer.Context,
    kind: _Kind,
    first: Annotated[list[str] | None, typer.Option(help="동점 기업을 정한 차례대로(여러 번)")] = None,
    reason: Annotated[str, typer.Option(help="동점의 차례, 또는 순위와 다르게 정하는 사유")] = "",
    take: Annotated[list[str] | None, typer.Option(help="순위와 달리 선정할 기업(여러 번)")] = None,
    leave: Annotated[list[str] | None, typer.Option(help="순위와 달리 선정하지 않을 기업(여러 번)")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="쓰지 않고 보여 준다")] = False,
    cancel: Annotated[str | None, typer.Option(help="정한 선정을 거두는 사유")] = None,
) -> None:
    """선정·예비·미선정을 정한다."""
    from regional_desk.services.companies import company_ranking, company_selection, participations

    call: Call = context.obj
    desk = call.open()
    if cancel is not None:
        company_selection.cancel(desk, kind, cancel)
        _emit_ranking(call, company_ranking.ranking(desk, kind))
        return
    order = [participations.find_participation(desk, text).id for text in first or ()]
    against = _overrides(desk, take or (), leave or (), reason)
    if preview:
        found = company_ranking.ranking(desk, kind, order, reason, against)
    else:
        found = company_selection.decide(desk, kind, order=order, reason=reason, overrides=against)
    _emit_ranking(call, found)


@group.command("promote")
def promote(
    context: typer.Context,
    company: _Company,
    reason: Annotated[str, typer.Option(help="순번을 건너뛰는 사유")] = "",
) -> None:
    """예비 기업을 선정으로 올린다. 목표에 자리가 있어야 한다."""
    from regional_desk.services.companies import company_selection, participations

    call: Call = context.obj
    desk = call.open()
    asked = participations.find_participation(desk, company)
    company_selection.promote(desk, asked.id, reason)
    call.emit(
        {"participation": str(asked.id), "state": "selected"},
        [f"{asked.company_name}을(를) 선정으로 올렸습니다."],
    )


def _overrides(
    desk: Desk, take: tuple[str, ...] | list[str], leave: tuple[str, ...] | list[str], reason: str
) -> dict[UUID, Override]:
    from regional_desk.domain.company_selection import Override, ParticipationState
    from regional_desk.services.companies import participations

    wanted = [(text, ParticipationState.SELECTED) for text in take]
    wanted += [(text, ParticipationState.REJECTED) for text in leave]
    return {
        participations.find_participation(desk, text).id: Override(state, reason) for text, state in wanted
    }


def _given(participation: UUID, text: str) -> CompanyPoints:
    from regional_desk.services.companies.company_ranking import terms
    from regional_desk.services.companies.company_rating import CompanyPoints

    name, _, points = text.partition("=")
    criterion = next((one for one in terms().criteria if name.strip() in (one.key, one.name)), None)
    if criterion is None:
        known = ", ".join(one.name for one in terms().criteria)
        raise UsageError(f"'{name}' 평가항목이 없습니다. 항목: {known}")
    try:
        tenths = parse_points(points, criterion.points)
    except Refused as refused:
        raise UsageError(str(refused)) from refused
    return CompanyPoints(participation, criterion.key, tenths)


def _tenths(text: str, most: int) -> int:
    try:
        found = parse_points(text, most)
    except Refused as refused:
        raise UsageError(str(refused)) from refused
    if found is None:
        raise UsageError("점수를 적어 주십시오.")
    return found


def _emit_ranking(call: Call, found: CompanyRanking) -> None:
    rows = [*found.decided, *found.ranked]
    data: dict[str, Any] = {
        "kind": found.kind.value,
        "goal": found.goal,
        "taken": found.taken,
        "ranked": [_shown(one, decided=one in found.decided) for one in rows],
        "waiting": [{"company": one.row.company_name, "reasons": list(one.reasons)} for one in found.waiting],
        "ties": [[_name(found, key) for key in group] for group in found.ties],
        "faults": list(found.faults),
    }
    lines = [f"! {fault}" for fault in found.faults]
    lines += [
        f"{one.rank}위 {one.row.company_name} {show_score(one.score.total)}점 {outcome_words(one.state, one.reserve_number)}"
        f"{f' ({one.tie_note})' if one.tie_note else ''}{f' [{one.reason}]' if one.reason else ''}"
        for one in rows
    ]
    lines += [f"순위 없음 {one.row.company_name}: {', '.join(one.reasons)}" for one in found.waiting]
    lines += [f"! 동점: {', '.join(_name(found, key) for key in group)}" for group in found.ties]
    call.emit(data, lines or ["신청한 기업이 없습니다."])


def _shown(one: RankedCompany, *, decided: bool) -> dict[str, Any]:
    return {
        "company": one.row.company_name,
        "rank": one.rank,
        "score": show_score(one.score.total),
        "state": one.state.value,
        "decided": decided,
        "reserve_number": one.reserve_number,
        "tie_note": one.tie_note,
        "reason": one.reason,
    }


def _name(found: CompanyRanking, participation: UUID) -> str:
    return next(one.row.company_name for one in found.ranked if one.row.id == participation)
