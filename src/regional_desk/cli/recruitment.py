"""`round`: add, list, show, take, close, publish; `screen`: criteria, raters, rate, done, rank, decide, drop, promote, texts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date
from regional_desk.domain.people import Track
from regional_desk.domain.refused import Refused
from regional_desk.domain.screening import DEFAULT_TIE_ORDER, Step, parse_points, show_points, show_score
from regional_desk.domain.text import korean_date, korean_span
from regional_desk.errors import UsageError

if TYPE_CHECKING:
    from regional_desk.domain.rounds import Goal
    from regional_desk.services.recruitment.ranking import Ranking
    from regional_desk.services.recruitment.rounds import RoundDetail
    from regional_desk.services.recruitment.screening import Standard

_round = typer.Typer(help="모집 차수.", no_args_is_help=True)
_screen = typer.Typer(help="심사와 선발.", no_args_is_help=True)
_Track = Annotated[Track, typer.Option(help="Track1, Track2")]
_StepOption = Annotated[Step, typer.Option(help="papers(서류), interview(면접)")]
_Rater = Annotated[str | None, typer.Option(help="심사위원 이름(없으면 자신)")]
_Reason = Annotated[str, typer.Option(help="사유")]
_GOAL_PARTS = 3


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(_round, name="round")
    app.add_typer(_screen, name="screen")


@_round.command("add")
def add(
    context: typer.Context,
    opens: Annotated[str, typer.Option(help="접수 시작일")],
    closes: Annotated[str, typer.Option(help="접수 마감일")],
    goal: Annotated[list[str], typer.Option(help="트랙:모집인원:예비인원, 트랙마다 한 번")],
    name: Annotated[str, typer.Option(help="이름(없으면 n차 모집)")] = "",
    pass_score: Annotated[str | None, typer.Option(help="합격선(100점 가운데)")] = None,
    tie: Annotated[
        list[str] | None,
        typer.Option(help="동점 기준을 차례로: interview, papers, criterion:항목, received, birth"),
    ] = None,
) -> None:
    """다음 모집 차수를 연다."""
    from regional_desk.services.recruitment import rounds

    call: Call = context.obj
    made = rounds.add_round(
        call.open(),
        iso_date(opens),
        iso_date(closes),
        [_goal(text) for text in goal],
        name=name,
        pass_score=None if pass_score is None else _points(pass_score, 100),
        tie_order=tie or DEFAULT_TIE_ORDER,
    )
    call.emit(_shown(made), _lines(made))


@_round.command("list")
def list_all(context: typer.Context) -> None:
    """모집 차수 목록."""
    from regional_desk.services.recruitment import rounds

    call: Call = context.obj
    desk = call.open()
    found = [rounds.detail(desk, row.id) for row in rounds.list_rounds(desk)]
    call.emit(
        {"rounds": [_shown(one) for one in found]},
        [_lines(one)[0] for one in found] or ["모집 차수가 없습니다."],
    )


@_round.command("show")
def show(context: typer.Context, name: Annotated[str, typer.Argument(metavar="ROUND")]) -> None:
    """한 차수의 목표와 지금까지."""
    from regional_desk.services.recruitment import rounds

    call: Call = context.obj
    desk = call.open()
    found = rounds.detail(desk, rounds.find_round(desk, name))
    call.emit(_shown(found), _lines(found))


@_round.command("take")
def take(context: typer.Context, name: Annotated[str, typer.Argument(metavar="ROUND")]) -> None:
    """접수 기간에 들어왔으나 차수가 없는 지원자를 이 차수에 넣는다."""
    from regional_desk.services.recruitment import rounds

    call: Call = context.obj
    desk = call.open()
    taken = rounds.take_in(desk, rounds.find_round(desk, name))
    call.emit({"taken": taken}, [f"{taken}명을 넣었습니다."])


@_round.command("close")
def close(context: typer.Context, name: Annotated[str, typer.Argument(metavar="ROUND")]) -> None:
    """접수를 마감한다."""
    from regional_desk.services.recruitment import rounds

    call: Call = context.obj
    desk = call.open()
    done = rounds.close_round(desk, rounds.find_round(desk, name))
    call.emit(_shown(done), _lines(done))


@_round.command("publish")
def publish(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ROUND")],
    on: Annotated[str | None, typer.Option(help="발표일(없으면 오늘)")] = None,
) -> None:
    """결과를 발표한다. 선발되지 않은 사람의 보존기간을 이날부터 센다."""
    from regional_desk.services.recruitment import rounds

    call: Call = context.obj
    desk = call.open()
    done = rounds.publish(desk, rounds.find_round(desk, name), iso_date(on) if on else None)
    call.emit(_shown(done), _lines(done))


@_screen.command("criteria")
def criteria(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ROUND")],
    track: _Track,
    file: Annotated[Path | None, typer.Option(help="기준 파일(TOML), 없으면 보여 준다")] = None,
) -> None:
    """심사 기준을 보거나 파일대로 정한다. 파일에는 [[papers]]와 [[interview]]에 name, points, weight를 적는다."""
    from regional_desk.services.recruitment import rounds, screening

    call: Call = context.obj
    desk = call.open()
    round_id = rounds.find_round(desk, name)
    rows = (
        screening.list_criteria(desk, round_id, track)
        if file is None
        else screening.set_criteria(desk, round_id, track, _standards(file))
    )
    shown = [{"step": row.step, "name": row.name, "points": row.points, "weight": row.weight} for row in rows]
    lines = [f"{Step(row.step).label} {row.name}: {row.points}점, 가중치 {row.weight}" for row in rows]
    call.emit({"track": track.value, "criteria": shown}, lines or ["심사 기준이 없습니다."])


@_screen.command("raters")
def raters(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ROUND")],
    step: Annotated[Step | None, typer.Option(help="papers(서류), interview(면접)")] = None,
    add_name: Annotated[str | None, typer.Option("--add", help="외부 심사위원 이름")] = None,
    add_user: Annotated[str | None, typer.Option("--add-user", help="사용자 아이디")] = None,
) -> None:
    """심사위원을 보거나 더한다."""
    from regional_desk.services.recruitment import rounds, screening

    call: Call = context.obj
    desk = call.open()
    round_id = rounds.find_round(desk, name)
    if add_name or add_user:
        if step is None:
            raise UsageError("어느 단계의 심사위원인지 --step으로 정해 주십시오.")
        screening.add_rater(desk, round_id, step, add_name or "", login=add_user)
    rows = [
        {
            "rater": row.name,
            "step": row.step,
            "outside": row.user_id is None,
            "done": row.done_at is not None,
        }
        for row in screening.list_raters(desk, round_id)
        if step is None or row.step == step.value
    ]
    lines = [
        f"{Step(str(row['step'])).label} {row['rater']}{' (외부)' if row['outside'] else ''}: "
        f"{'마감' if row['done'] else '적는 중'}"
        for row in rows
    ]
    call.emit({"raters": rows}, lines or ["심사위원이 없습니다."])


@_screen.command("rate")
def rate(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ROUND")],
    track: _Track,
    step: _StepOption,
    rater: _Rater = None,
    person: Annotated[str | None, typer.Option(help="지원자(성명 1999-03-05)")] = None,
    points: Annotated[list[str] | None, typer.Option(help="항목=점수(여러 번)")] = None,
) -> None:
    """점수표를 보거나 한 지원자의 점수를 적는다."""
    from regional_desk.services.recruitment import people, rating, rounds, screening, selection

    call: Call = context.obj
    desk = call.open()
    row = screening.find_rater(desk, rounds.find_round(desk, name), step, rater)
    if person and points:
        shown = rating.sheet(desk, row.id, track)
        asked = selection.application_of(desk, people.find_person(desk, person))
        rating.rate(desk, row.id, [_given(shown, asked, text) for text in points])
    found = rating.sheet(desk, row.id, track)
    rows = [
        {
            "name": line.candidate.name,
            "birth": desk.masking.show_iso_birth(line.candidate.birth),
            "points": {
                one.name: None if given is None else show_points(given)
                for one, given in zip(found.measures, line.points, strict=True)
            },
        }
        for line in found.rows
    ]
    lines = [
        f"{line.candidate.name}: "
        + ", ".join(
            f"{one.name} {'–' if given is None else show_points(given)}"
            for one, given in zip(found.measures, line.points, strict=True)
        )
        for line in found.rows
    ]
    call.emit({"rater": row.name, "done": found.done, "rows": rows}, lines or ["지원자가 없습니다."])


@_screen.command("done")
def done(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ROUND")],
    step: _StepOption,
    rater: _Rater = None,
    reopen: Annotated[str | None, typer.Option(help="마감한 점수표를 다시 여는 사유")] = None,
) -> None:
    """점수표를 마감하거나 사유를 적고 다시 연다."""
    from regional_desk.services.recruitment import rating, rounds, screening

    call: Call = context.obj
    desk = call.open()
    round_id = rounds.find_round(desk, name)
    row = screening.find_rater(desk, round_id, step, rater)
    if reopen is None:
        rating.declare_done(desk, row.id)
    else:
        rating.reopen(desk, row.id, reopen)
    state = "마감했습니다" if reopen is None else "다시 열었습니다"
    call.emit({"rater": row.name, "done": reopen is None}, [f"{row.name}님의 점수표를 {state}."])


@_screen.command("rank")
def rank(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="ROUND")], track: _Track
) -> None:
    """순위를 보여 준다. 아무것도 쓰지 않는다."""
    from regional_desk.services.recruitment import ranking, rounds

    call: Call = context.obj
    desk = call.open()
    _emit_ranking(call, ranking.ranking(desk, rounds.find_round(desk, name), track))


@_screen.command("decide")
def decide(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ROUND")],
    track: _Track,
    first: Annotated[
        list[str] | None, typer.Option(help="동점자를 정한 차례대로(성명 1999-03-05), 여러 번")
    ] = None,
    reason: Annotated[str, typer.Option(help="동점자의 차례를 정한 사유")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="쓰지 않고 보여 준다")] = False,
    withdraw: Annotated[str | None, typer.Option(help="정한 선발을 거두는 사유")] = None,
) -> None:
    """선발·예비·탈락을 정한다."""
    from regional_desk.services.recruitment import people, ranking, rounds, selection

    call: Call = context.obj
    desk = call.open()
    round_id = rounds.find_round(desk, name)
    if withdraw is not None:
        selection.withdraw(desk, round_id, track, withdraw)
        _emit_ranking(call, ranking.ranking(desk, round_id, track))
        return
    order = [selection.application_of(desk, people.find_person(desk, text)) for text in first or ()]
    if preview:
        _emit_ranking(call, ranking.ranking(desk, round_id, track, order, reason))
    else:
        _emit_ranking(call, selection.decide(desk, round_id, track, order=order, reason=reason))


@_screen.command("drop")
def drop(context: typer.Context, person: str, reason: _Reason) -> None:
    """지원자를 심사에서 제외한다(서류 탈락, 면접 불참)."""
    from regional_desk.services.recruitment import people, selection

    call: Call = context.obj
    desk = call.open()
    found = people.find_person(desk, person)
    selection.drop(desk, selection.application_of(desk, found), reason)
    call.emit({"person": str(found), "stage": "rejected"}, ["심사에서 제외했습니다."])


@_screen.command("promote")
def promote(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="포기하는 사람")],
    reason: _Reason,
    on: Annotated[str | None, typer.Option(help="포기한 날(없으면 오늘)")] = None,
) -> None:
    """한 사람의 포기를 적고 첫째 예비를 선발로 올린다."""
    from regional_desk.services.recruitment import people, selection

    call: Call = context.obj
    desk = call.open()
    asked = selection.application_of(desk, people.find_person(desk, person))
    result = selection.give_up(desk, asked, reason, iso_date(on) if on else desk.clock.today())
    moved = None if result.promoted is None else selection.name_of(desk, result.promoted)
    call.emit(
        {"application": str(result.application), "promoted": moved},
        [f"포기로 적었습니다. 예비에서 올라간 사람: {moved or '없음'}"],
    )


@_screen.command("texts")
def texts(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ROUND")],
    out: Annotated[Path, typer.Option(help="파일(.csv, .xlsx)")],
    purpose: Annotated[str, typer.Option(help="용도")],
) -> None:
    """결과를 알리는 문자 목록을 만든다."""
    from regional_desk.services.recruitment import result_texts, rounds

    call: Call = context.obj
    desk = call.open()
    written = result_texts.write_texts(desk, rounds.find_round(desk, name), out, purpose)
    call.emit({"file": str(out), "people": written}, [f"{out} ({written}명)"])


def _goal(text: str) -> Goal:
    from regional_desk.domain.rounds import Goal

    parts = text.split(":")
    try:
        track, places, reserves = parts if len(parts) == _GOAL_PARTS else (*parts, "0")
        return Goal(Track(track), int(places), int(reserves))
    except ValueError as error:
        raise UsageError(f"'{text}'을(를) 읽을 수 없습니다. Track1:20:5처럼 적어 주십시오.") from error


def _points(text: str, most: int) -> int | None:
    try:
        return parse_points(text, most)
    except Refused as refused:
        raise UsageError(str(refused)) from refused


def _given(shown: Any, asked: Any, text: str) -> Any:
    from regional_desk.services.recruitment.rating import Points

    name, _, typed = text.partition("=")
    measure = next((one for one in shown.measures if one.name == name.strip()), None)
    if measure is None:
        known = ", ".join(one.name for one in shown.measures)
        raise UsageError(f"'{name}'은(는) 이 점수표의 항목이 아닙니다. 항목: {known}")
    return Points(asked, measure.id, _points(typed, measure.points))


def _standards(file: Path) -> list[Standard]:
    """The criteria of a file: its tables `papers` and `interview`."""
    from regional_desk.services.recruitment.screening import Standard

    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
        return [
            Standard(step, str(one["name"]), int(one["points"]), int(one["weight"]))
            for step in Step
            for one in found.get(step.value, ())
        ]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"기준 파일을 읽지 못했습니다: {file}. [[papers]]와 [[interview]]에 name, points, weight를 적어 주십시오."
        ) from error


def _shown(found: RoundDetail) -> dict[str, Any]:
    row = found.row
    return {
        "round": str(row.id),
        "number": row.number,
        "name": row.name,
        "opens": row.opens.isoformat(),
        "closes": row.closes.isoformat(),
        "state": row.state,
        "result_on": row.result_on and row.result_on.isoformat(),
        "tracks": {
            one.track.value: {
                "places": one.places,
                "reserves": one.reserves,
                "holding": one.holding,
                "missing": one.missing,
                "reached": {stage.value: count for stage, count in one.reached.items()},
            }
            for one in found.tracks
        },
    }


def _lines(found: RoundDetail) -> list[str]:
    row = found.row
    head = f"{row.name} ({korean_span(row.opens, row.closes)}) {found.state.label}"
    if row.result_on:
        head += f", 발표 {korean_date(row.result_on)}"
    return [
        head,
        *(
            f"  {one.track.value}: 목표 {one.places}명(예비 {one.reserves}명), 선발 {one.holding}명, "
            + " → ".join(f"{stage.label} {count}" for stage, count in one.reached.items())
            for one in found.tracks
            if one.places or one.stands
        ),
    ]


def _emit_ranking(call: Call, found: Ranking) -> None:
    ranked = [
        {
            "rank": one.rank,
            "name": one.candidate.name,
            "score": show_score(one.score.total),
            "outcome": one.outcome.value,
            "reserve_number": one.reserve_number,
            "tie_note": one.tie_note,
        }
        for one in found.ranked
    ]
    waiting = [{"name": one.candidate.name, "reasons": list(one.reasons)} for one in found.waiting]
    lines = [f"! {fault}" for fault in found.faults]
    lines += [
        f"{one.rank}위 {one.candidate.name} {show_score(one.score.total)} {one.outcome.label}"
        + (f" {one.reserve_number}번" if one.reserve_number else "")
        + (f" ({one.tie_note})" if one.tie_note else "")
        for one in found.ranked
    ]
    lines += [f"순위 없음: {one.candidate.name} ({', '.join(one.reasons)})" for one in found.waiting]
    call.emit(
        {
            "decided": found.decided,
            "faults": list(found.faults),
            "ranked": ranked,
            "waiting": waiting,
            "ties": len(found.ties),
        },
        lines or ["지원자가 없습니다."],
    )
