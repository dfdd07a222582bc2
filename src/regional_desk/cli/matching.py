"""`match`: what an objective gives; `matching`: rounds, adopting, changing by hand, minutes, publishing, ending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date, known_id
from regional_desk.domain.matching_rounds import How, MatchingState, Objective, Unrated
from regional_desk.domain.people import Track
from regional_desk.domain.text import korean_date

if TYPE_CHECKING:
    from uuid import UUID

    from regional_desk.services.matching.results import Result
    from regional_desk.services.matching.rounds import Round
    from regional_desk.store.matching_rounds import RoundRow

group = typer.Typer(help="연계 차수와 배정.", no_args_is_help=True)
RoundName = Annotated[str, typer.Argument(metavar="ROUND", help="차수의 이름, 번호(1차) 또는 id")]
PersonName = Annotated[str, typer.Argument(metavar="PERSON", help="성명, '성명 생년월일' 또는 id")]
PositionName = Annotated[str, typer.Argument(metavar="POSITION", help="기업명/직무, 기업명, 직무 또는 id")]
_ObjectiveOption = Annotated[Objective, typer.Option(help="stable(안정 배정), most(최다 배정)")]
NOWHERE = "-"


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.command("match")(match)
    app.add_typer(group, name="matching")


def match(
    context: typer.Context,
    name: RoundName,
    objective: _ObjectiveOption,
    seed: Annotated[int | None, typer.Option(help="추첨 수(없으면 차수의 것)")] = None,
) -> None:
    """한 방식으로 배정해 본다. 아무것도 저장하지 않는다."""
    from regional_desk.services.matching import results, rounds

    call: Call = context.obj
    desk = call.open()
    found = results.compute(desk, rounds.find_round(desk, name), objective, seed)
    call.emit(*_result(found))


@group.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="이름(없으면 n차 연계)")] = "",
    unrated: Annotated[
        Unrated, typer.Option(help="면접 기록이 없는 짝: accept(배정할 수 있음), refuse(배정하지 않음)")
    ] = Unrated.ACCEPT,
    seed: Annotated[int | None, typer.Option(help="추첨 수(없으면 연도와 차수로 정함)")] = None,
    fill: Annotated[bool, typer.Option(help="넣을 수 있는 교육생과 직무를 모두 넣는다")] = False,
    track: Annotated[Track | None, typer.Option(help="--fill에서 이 트랙만")] = None,
) -> None:
    """다음 연계 차수를 만든다."""
    from regional_desk.services.matching import entries, rounds

    call: Call = context.obj
    desk = call.open()
    made = rounds.add_round(desk, name, unrated=unrated, seed=seed)
    people, positions = entries.fill(desk, made.id, track) if fill else (0, 0)
    data = _row(made) | {"people": people, "positions": positions}
    call.emit(data, [_line(made), f"  교육생 {people}명, 직무 {positions}개"])


@group.command("edit")
def edit(
    context: typer.Context,
    name: RoundName,
    rename: Annotated[str, typer.Option(help="새 이름")] = "",
    unrated: Annotated[Unrated | None, typer.Option(help="면접 기록이 없는 짝: accept, refuse")] = None,
    seed: Annotated[int | None, typer.Option(help="추첨 수")] = None,
) -> None:
    """채택하기 전인 차수의 이름, 면접 조건, 추첨 수를 고친다."""
    from regional_desk.services.matching import rounds

    call: Call = context.obj
    desk = call.open()
    round_id = rounds.find_round(desk, name)
    row = next(one for one in rounds.list_rounds(desk) if one.id == round_id)
    done = rounds.edit_round(
        desk,
        round_id,
        row.version,
        name=rename,
        unrated=unrated or Unrated(row.unrated),
        seed=row.seed if seed is None else seed,
    )
    call.emit(_row(done), [_line(done)])


@group.command("list")
def list_all(context: typer.Context) -> None:
    """연계 차수 목록."""
    from regional_desk.services.matching import rounds

    call: Call = context.obj
    found = rounds.list_rounds(call.open())
    call.emit(
        {"rounds": [_row(one) for one in found]}, [_line(one) for one in found] or ["연계 차수가 없습니다."]
    )


@group.command("show")
def show(context: typer.Context, name: RoundName) -> None:
    """한 차수의 교육생, 직무, 조건과 확인할 것."""
    from regional_desk.services.matching import rounds

    call: Call = context.obj
    desk = call.open()
    found = rounds.read(desk, rounds.find_round(desk, name))
    call.emit(*_round(found))


@group.command("adopt")
def adopt(context: typer.Context, name: RoundName, objective: _ObjectiveOption) -> None:
    """한 방식의 배정을 채택한다. 그 뒤로는 거둘 때까지 희망순위와 면접 결과를 고치지 못한다."""
    from regional_desk.services.matching import results, rounds

    call: Call = context.obj
    desk = call.open()
    done = results.adopt(desk, rounds.find_round(desk, name), objective)
    call.emit(
        done, [f"{objective.label}을 채택했습니다: 배정 {done['placed']}명, 미배정 {done['unplaced']}명"]
    )


@group.command("withdraw")
def withdraw(
    context: typer.Context,
    name: RoundName,
    reason: Annotated[str, typer.Option(help="사유(이름을 적지 않음)")],
) -> None:
    """공개하지 않은 채택을 거둔다."""
    from regional_desk.services.matching import results, rounds

    call: Call = context.obj
    desk = call.open()
    results.withdraw(desk, rounds.find_round(desk, name), reason)
    call.emit({"withdrawn": True}, ["채택을 거두었습니다. 변경 기록은 남습니다."])


@group.command("placements")
def list_placements(context: typer.Context, name: RoundName) -> None:
    """배정된 사람."""
    from regional_desk.services.matching import placements, rounds

    call: Call = context.obj
    desk = call.open()
    rows = placements.placements(desk, rounds.find_round(desk, name))
    data = [
        {
            "placement": str(one.id),
            "name": one.name,
            "birth": one.birth.isoformat(),
            "company": one.company_name,
            "job": one.position_name,
            "wish": one.rank,
            "how": one.how,
            "ended_on": one.ended_on.isoformat() if one.ended_on else None,
        }
        for one in rows
    ]
    lines = [
        f"{one.id} {one.name} → {one.company_name} {one.position_name} "
        f"({f'{one.rank}순위' if one.rank else '희망 밖'}, {How(one.how).label})"
        f"{f' {korean_date(one.ended_on)} 끝남' if one.ended_on else ''}"
        for one in rows
    ]
    call.emit({"placements": data}, lines or ["배정된 사람이 없습니다."])


@group.command("swap")
def swap(
    context: typer.Context,
    name: RoundName,
    person: PersonName,
    position: Annotated[str, typer.Argument(metavar="POSITION", help="옮길 직무; 배정에서 빼려면 -")],
    try_: Annotated[bool, typer.Option("--try", help="누가 밀리는지만 본다")] = False,
    reason: Annotated[str, typer.Option(help="사유: --try가 아니면 있어야 한다")] = "",
) -> None:
    """한 사람을 손으로 옮긴다. --try는 바꾸기 전에 누가 밀리는지 보여 준다."""
    from regional_desk.services.matching import naming, placements, rounds
    from regional_desk.services.recruitment.people import find_person

    call: Call = context.obj
    desk = call.open()
    round_id = rounds.find_round(desk, name)
    who = find_person(desk, person)
    to = None if position == NOWHERE else naming.find_offer(desk, round_id, position).id
    trial = placements.try_swap(desk, round_id, who, to)
    data: dict[str, Any] = {
        "name": trial.name,
        "before": trial.before or None,
        "after": trial.after or None,
        "displaced": list(trial.displaced),
        "refused": trial.refused,
        "notes": list(trial.notes),
        "placed": [trial.swap.measure_before.placed, trial.swap.measure_after.placed],
        "blocking_pairs": [trial.swap.measure_before.blocking, trial.swap.measure_after.blocking],
    }
    lines = list(trial.lines)
    if not try_:
        done = placements.change(desk, round_id, who, to, reason)
        data["minute"] = done["minute"]
        lines.append(f"바꾸었습니다. 변경 기록 {done['minute']}번에 적었습니다.")
    call.emit(data, lines)


@group.command("minutes")
def list_minutes(context: typer.Context, name: RoundName) -> None:
    """손으로 바꾼 기록(조정 회의록)."""
    from regional_desk.services.matching import minutes, rounds

    call: Call = context.obj
    desk = call.open()
    rows = minutes.minutes(desk, rounds.find_round(desk, name))
    data = [
        {
            "number": one.number,
            "name": one.name,
            "before": one.before or None,
            "after": one.after or None,
            "displaced": one.displaced or None,
            "reason": one.reason,
            "by": one.by,
            "at": one.at.isoformat(),
        }
        for one in rows
    ]
    lines = [
        f"{one.number}. {one.at:%Y-%m-%d %H:%M} {one.name}: {one.before or '미배정'} → {one.after or '미배정'}"
        f"{f', 밀린 사람 {one.displaced}' if one.displaced else ''} · {one.reason} · {one.by}"
        for one in rows
    ]
    call.emit({"minutes": data}, lines or ["손으로 바꾼 기록이 없습니다."])


@group.command("publish")
def publish(
    context: typer.Context,
    name: RoundName,
    on: Annotated[str | None, typer.Option(help="공개일(없으면 오늘)")] = None,
) -> None:
    """배정을 공개한다. 그 뒤로는 고치지 못하고, 연계를 끝내는 것만 할 수 있다."""
    from regional_desk.services.matching import placements, rounds

    call: Call = context.obj
    desk = call.open()
    done = placements.publish(desk, rounds.find_round(desk, name), iso_date(on) if on else None)
    call.emit(_row(done), [_line(done)])


@group.command("end")
def end(
    context: typer.Context,
    placement: Annotated[str, typer.Argument(help="배정의 id(matching placements)")],
    on: Annotated[str, typer.Option(help="끝낸 날")],
    reason: Annotated[str, typer.Option(help="사유")],
) -> None:
    """공개한 연계를 끝낸다(연계 취소)."""
    from regional_desk.services.matching import placements

    call: Call = context.obj
    done = placements.end(call.open(), known_id(placement), iso_date(on), reason)
    line = f"{done.name}님과 {done.company_name}의 연계를 {korean_date(iso_date(on))}에 끝냈습니다."
    call.emit({"placement": str(done.id), "ended_on": on}, [line])


def _row(row: RoundRow) -> dict[str, Any]:
    return {
        "round": str(row.id),
        "number": row.number,
        "name": row.name,
        "state": _state(row),
        "unrated": row.unrated,
        "seed": row.seed,
        "objective": row.objective,
        "published_on": row.published_on.isoformat() if row.published_on else None,
        "solo": row.solo,
    }


def _state(row: RoundRow) -> str:
    if row.state == MatchingState.PUBLISHED:
        return "published"
    return "open" if row.adopted_at is None else "adopted"


def _line(row: RoundRow) -> str:
    words = {"open": "준비 중", "adopted": "배정 채택", "published": "공개"}[_state(row)]
    parts = [f"{row.name}: {words}"]
    if row.objective:
        parts.append(Objective(row.objective).label)
    if row.published_on:
        parts.append(f"{korean_date(row.published_on)}{' 단독 처리' if row.solo else ''}")
    return " · ".join([*parts, Unrated(row.unrated).label, f"추첨 수 {row.seed}"])


def _round(found: Round) -> tuple[dict[str, Any], list[str]]:
    names = {one.id: one.name for one in found.trainees}
    companies = {one.company: one.company_name for one in found.positions}
    forbidden = [
        {"pair": str(one.id), "name": names[one.trainee], "company": one.company_name, "reason": one.reason}
        for one in found.forbidden
    ]
    caps = {companies[company]: seats for company, seats in found.caps.items() if company in companies}
    items = [{"gap": one.gap.value, "message": one.message} for one in found.open_items]
    data = _row(found.row) | {
        "people": len(found.trainees),
        "positions": len(found.positions),
        "seats": found.seats,
        "wishes": sum(map(len, found.wishes.values())),
        "interviews": len(found.interviews),
        "priorities": {one.name: one.priority for one in found.trainees if one.priority},
        "forbidden": forbidden,
        "caps": caps,
        "open_items": items,
    }
    head = (
        f"  교육생 {data['people']}명, 직무 {data['positions']}개(모집인원 {data['seats']}명), "
        f"희망 {data['wishes']}건, 면접 {data['interviews']}건"
    )
    lines = [
        _line(found.row),
        head,
        *(f"  상한 {company}: {seats}명" for company, seats in caps.items()),
        *(
            f"  연계 제외 {one['name']} – {one['company']}: {one['reason']} ({one['pair']})"
            for one in forbidden
        ),
        *(f"  확인할 것: {one['message']}" for one in items),
    ]
    return data, lines


def _result(found: Result) -> tuple[dict[str, Any], list[str]]:
    from regional_desk.services.matching.explaining import measure_line, show_average

    people = {one.id: one for one in found.round.trainees}
    offers = {one.id: one for one in found.round.positions}

    def who(trainee: UUID) -> dict[str, Any]:
        one = people[trainee]
        return {"trainee": str(one.id), "name": one.name, "birth": one.birth.isoformat()}

    def where(position: UUID) -> dict[str, Any]:
        one = offers[position]
        return {"position": str(one.id), "job": one.name, "company": one.company_name}

    placed = [one.id for one in found.round.trainees if one.id in found.matching]
    data = {
        "objective": found.objective,
        "seed": found.seed,
        "pairs": [who(one) | where(found.matching[one]) for one in placed],
        "unplaced": [who(one) for one in found.unplaced],
        "ranks": list(found.measure.ranks),
        "average": show_average(found.measure.average),
        "blocking_pairs": [who(one) | where(position) for one, position in found.blocking],
        "explanation": {
            "people": [who(one) | {"why": found.of_trainees[one].splitlines()} for one in people],
            "positions": [where(one) | {"why": found.of_positions[one].splitlines()} for one in offers],
        },
    }
    label = found.objective.label if found.objective else ""
    lines = [
        f"{label}: {measure_line(found.measure)}",
        f"희망순위별: {', '.join(f'{at}순위 {count}명' for at, count in enumerate(found.measure.ranks, 1))}",
    ]
    for one in people.values():
        first, *rest = found.of_trainees[one.id].splitlines()
        lines += [f"{one.name} {one.birth.isoformat()}: {first}", *(f"    {line}" for line in rest)]
    return data, lines
