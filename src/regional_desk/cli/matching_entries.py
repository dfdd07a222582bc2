"""The part of `matching` that says who and what takes part: people, positions, wishes, interviews, priority, cap, forbid."""

from __future__ import annotations

from typing import Annotated

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.matching import NOWHERE, PersonName, PositionName, RoundName, group
from regional_desk.cli.values import known_id
from regional_desk.domain.matching_rounds import MOST_POINTS, InterviewResult, parse_result
from regional_desk.domain.refused import Refused
from regional_desk.domain.screening import parse_points
from regional_desk.errors import UsageError


@group.command("people")
def people(
    context: typer.Context,
    name: RoundName,
    add_: Annotated[list[str] | None, typer.Option("--add", help="넣을 사람(여러 번)")] = None,
    remove: Annotated[list[str] | None, typer.Option(help="뺄 사람(여러 번)")] = None,
    free: Annotated[bool, typer.Option(help="넣을 수 있는 사람을 보여 준다")] = False,
) -> None:
    """차수의 교육생을 넣고 빼고 본다."""
    from regional_desk.services.matching import entries, rounds
    from regional_desk.services.recruitment.people import find_person

    call: Call = context.obj
    desk = call.open()
    round_id = rounds.find_round(desk, name)
    if add_:
        entries.add_trainees(desk, round_id, [find_person(desk, one) for one in add_])
    for one in remove or ():
        entries.remove_trainee(desk, round_id, find_person(desk, one))
    rows = entries.free_trainees(desk) if free else rounds.read(desk, round_id).trainees
    data = [
        {"trainee": str(one.id), "name": one.name, "birth": one.birth.isoformat(), "track": one.track}
        | ({} if free else {"priority": one.priority})
        for one in rows
    ]
    lines = [f"{one.name} {one.birth.isoformat()} {one.track}{_group(one.priority)}" for one in rows]
    call.emit({"people": data}, lines or ["교육생이 없습니다."])


@group.command("positions")
def positions(
    context: typer.Context,
    name: RoundName,
    add_: Annotated[list[str] | None, typer.Option("--add", help="넣을 직무(여러 번)")] = None,
    remove: Annotated[list[str] | None, typer.Option(help="뺄 직무(여러 번)")] = None,
    seats: Annotated[list[str] | None, typer.Option(help="'직무=인원': 이번에 뽑을 인원(여러 번)")] = None,
    free: Annotated[bool, typer.Option(help="넣을 수 있는 직무를 보여 준다")] = False,
) -> None:
    """차수의 직무를 넣고 빼고 본다."""
    from regional_desk.services.matching import entries, naming, rounds

    call: Call = context.obj
    desk = call.open()
    round_id = rounds.find_round(desk, name)
    if add_:
        chosen = [naming.find_free_offer(desk, one).id for one in add_]
        entries.add_positions(desk, round_id, chosen)
    for one in remove or ():
        entries.remove_position(desk, round_id, naming.find_offer(desk, round_id, one).id)
    for one in seats or ():
        where, number = _pair(one, "--seats")
        entries.set_seats(desk, round_id, naming.find_offer(desk, round_id, where).id, number)
    rows = entries.free_positions(desk) if free else rounds.read(desk, round_id).positions
    data = [
        {
            "position": str(one.id),
            "company": one.company_name,
            "name": one.name,
            "track": one.track,
            "seats": one.seats,
        }
        for one in rows
    ]
    lines = [f"{one.title} ({one.track}) {one.seats}명" for one in rows]
    call.emit({"positions": data}, lines or ["직무가 없습니다."])


@group.command("wishes")
def set_wishes(
    context: typer.Context,
    name: RoundName,
    person: PersonName,
    wanted: Annotated[
        list[str] | None, typer.Argument(metavar="POSITION...", help="희망하는 차례대로")
    ] = None,
) -> None:
    """한 사람의 희망순위를 새로 적는다. 직무를 적지 않으면 지운다."""
    from regional_desk.services.matching import naming, rounds, wishes
    from regional_desk.services.recruitment.people import find_person

    call: Call = context.obj
    desk = call.open()
    round_id = rounds.find_round(desk, name)
    chosen = [naming.find_offer(desk, round_id, one) for one in wanted or ()]
    wishes.set_wishes(desk, round_id, find_person(desk, person), [one.id for one in chosen])
    titles = [one.title for one in chosen]
    call.emit({"wishes": titles}, [f"희망순위 {len(titles)}개를 적었습니다.", *_numbered(titles)])


@group.command("interview")
def set_interview(
    context: typer.Context,
    name: RoundName,
    position: PositionName,
    person: PersonName,
    result: Annotated[str, typer.Argument(help="합격, 불합격; 지우려면 -")],
    place: Annotated[int | None, typer.Option(help="그 직무에서의 순위, 1이 가장 앞")] = None,
    points: Annotated[str | None, typer.Option(help="점수")] = None,
) -> None:
    """한 사람의 면접 결과를 적는다."""
    from regional_desk.services.matching import naming, rounds, wishes
    from regional_desk.services.recruitment.people import find_person

    call: Call = context.obj
    desk = call.open()
    round_id = rounds.find_round(desk, name)
    told, tenths = _interview(result, points)
    offer = naming.find_offer(desk, round_id, position)
    who = find_person(desk, person)
    wishes.set_interview(desk, round_id, offer.id, who, told, place=place, tenths=tenths)
    word = told.label if told else "기록 없음"
    call.emit({"position": offer.title, "result": told.value if told else None}, [f"{offer.title}: {word}"])


@group.command("priority")
def priority(
    context: typer.Context,
    name: RoundName,
    person: PersonName,
    number: Annotated[int, typer.Argument(help="1이 2보다 먼저, 0은 순위 없음")],
) -> None:
    """우선 배정 순위를 정한다."""
    from regional_desk.services.matching import entries, rounds
    from regional_desk.services.recruitment.people import find_person

    call: Call = context.obj
    desk = call.open()
    entries.set_priority(desk, rounds.find_round(desk, name), find_person(desk, person), number)
    call.emit({"priority": number}, [f"우선 배정 순위 {number}(으)로 정했습니다."])


@group.command("cap")
def cap(
    context: typer.Context,
    name: RoundName,
    company: Annotated[str, typer.Argument(help="기업명 또는 id")],
    seats: Annotated[str, typer.Argument(help="모든 직무를 합한 상한; 없애려면 -")],
) -> None:
    """기업별 상한을 정한다."""
    from regional_desk.services.matching import entries, naming, rounds

    call: Call = context.obj
    desk = call.open()
    round_id = rounds.find_round(desk, name)
    most = None if seats == NOWHERE else _number(seats)
    entries.set_cap(desk, round_id, naming.find_company(desk, round_id, company), most)
    call.emit(
        {"seats": most},
        ["기업별 상한을 없앴습니다." if most is None else f"기업별 상한을 {most}명으로 정했습니다."],
    )


@group.command("forbid")
def forbid(
    context: typer.Context,
    name: RoundName,
    person: PersonName,
    company: Annotated[str, typer.Argument(help="기업명 또는 id")],
    reason: Annotated[str, typer.Option(help="사유")],
) -> None:
    """한 사람과 한 기업을 연계에서 제외한다."""
    from regional_desk.services.matching import entries, naming, rounds
    from regional_desk.services.recruitment.people import find_person

    call: Call = context.obj
    desk = call.open()
    round_id = rounds.find_round(desk, name)
    company_id = naming.find_company(desk, round_id, company)
    pair = entries.forbid(desk, round_id, find_person(desk, person), company_id, reason)
    call.emit({"pair": str(pair)}, [f"연계에서 제외했습니다. 되돌릴 때: matching allow {name} {pair}"])


@group.command("allow")
def allow(
    context: typer.Context,
    name: RoundName,
    pair: Annotated[str, typer.Argument(help="연계 제외의 id(matching show)")],
) -> None:
    """연계 제외를 되돌린다."""
    from regional_desk.services.matching import entries, rounds

    call: Call = context.obj
    desk = call.open()
    entries.allow(desk, rounds.find_round(desk, name), known_id(pair))
    call.emit({"pair": pair}, ["연계 제외를 되돌렸습니다."])


def _interview(result: str, points: str | None) -> tuple[InterviewResult | None, int | None]:
    try:
        told = None if result == NOWHERE else parse_result(result)
        tenths = parse_points(points or "", MOST_POINTS)
    except Refused as refused:
        raise UsageError(str(refused)) from refused
    return told, tenths


def _pair(text: str, option: str) -> tuple[str, int]:
    name, separator, number = text.rpartition("=")
    if not separator:
        raise UsageError(f"{option} '{text}'은(는) '직무=인원' 꼴이어야 합니다.")
    return name, _number(number)


def _number(text: str) -> int:
    if not text.strip().isdecimal():
        raise UsageError(f"'{text}'은(는) 인원으로 읽을 수 없습니다. 0 이상의 숫자로 적어 주십시오.")
    return int(text)


def _numbered(titles: list[str]) -> list[str]:
    return [f"  {at}순위 {title}" for at, title in enumerate(titles, 1)]


def _group(priority: int) -> str:
    return f" 우선 배정 {priority}" if priority else ""
