"""Recruitment rounds (차수): their days and goals by track, who belongs to them, closing and publishing."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage, funnel, reached
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.rounds import UNDECIDED, Goal, RoundState, TrackProgress
from regional_desk.domain.screening import DEFAULT_TIE_ORDER, rule_label
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Item, OpenItems, Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.store import recruitment as store
from regional_desk.store.ids import new_id
from regional_desk.store.people import application
from regional_desk.store.recruitment import GoalRow, RoundRow

SUBJECT = "rounds"
_NUMBER = re.compile(r"(?:제)?(\d{1,3})(?:차|차수)?")
_MOST = 10_000
_MOST_TENTHS = 1000


@dataclass(frozen=True, slots=True)
class RoundDetail:
    """A round with each track's progress; `untracked` counts applications that name no track."""

    row: RoundRow
    tracks: tuple[TrackProgress, ...]
    untracked: int

    @property
    def state(self) -> RoundState:
        """How far it has come."""
        return RoundState(self.row.state)

    def track(self, track: Track) -> TrackProgress:
        """One track's progress."""
        return next(one for one in self.tracks if one.track is track)


def list_rounds(desk: Desk) -> tuple[RoundRow, ...]:
    """The rounds of the programme year, newest first; they name nobody."""
    with desk.store.read() as connection:
        return store.list_rounds(connection, desk.office.programme_year)


def detail(desk: Desk, round_id: UUID) -> RoundDetail:
    """One round with its progress, which counts people and names nobody; raise UsageError for an unknown id."""
    with desk.store.read() as connection:
        return read_detail(connection, round_id)


def read_detail(connection: sa.Connection, round_id: UUID) -> RoundDetail:
    """The round as one snapshot shows it; raise UsageError for an unknown id."""
    row = read_round(connection, round_id)
    goals = {goal.track: goal for goal in store.list_goals(connection, round_id)}
    counts = store.count_stages(connection, round_id)
    return RoundDetail(
        row,
        tuple(_progress(track, goals.get(track.value), counts) for track in Track),
        sum(count for (track, _), count in counts.items() if track is None),
    )


def read_round(connection: sa.Connection, round_id: UUID) -> RoundRow:
    """The round of an id; raise UsageError where there is none."""
    row = store.find_round(connection, round_id)
    if row is None:
        raise UsageError("없는 모집 차수입니다. 차수 목록에서 다시 골라 주십시오.")
    return row


def find_round(desk: Desk, text: str) -> UUID:
    """The round meant by an id, a number (`3`, `3차`) or a name; raise UsageError where none or several fit."""
    typed = clean(text)
    match = _NUMBER.fullmatch(typed)
    number = int(match[1]) if match else None
    found = [row.id for row in list_rounds(desk) if typed in (str(row.id), row.name) or row.number == number]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"'{text}'에 해당하는 차수가 {len(found)}개입니다. 번호(id)로 지정해 주십시오.")
    raise UsageError(f"'{text}' 차수가 없습니다. 'round list'로 확인해 주십시오.")


def add_round(
    desk: Desk,
    opens: dt.date,
    closes: dt.date,
    goals: Sequence[Goal],
    *,
    name: str = "",
    pass_score: int | None = None,
    tie_order: Sequence[str] = DEFAULT_TIE_ORDER,
    operation_id: UUID | None = None,
) -> RoundDetail:
    """Open the next round of the programme year; without a name it is called `n차 모집`.

    `pass_score` is the line in tenths of 100 points. Raises Refusal for days out of order, a name in use, goals or a
    line that cannot be, and UsageError for an unknown tie rule.
    """
    values = _terms(name, opens, closes, goals, pass_score, tie_order)
    round_id = new_id()

    def body(work: Work) -> dict[str, Any]:
        known = store.list_rounds(work.connection, desk.office.programme_year)
        number = max((row.number for row in known), default=0) + 1
        title = values["name"] or f"{number}차 모집"
        _refuse_same_name(known, title, None)
        work.connection.execute(
            sa.insert(store.recruitment_round).values(
                **{**values, "name": title},
                id=round_id,
                programme_year=desk.office.programme_year,
                number=number,
                state=RoundState.OPEN.value,
                created_at=work.at,
            )
        )
        _write_goals(work, round_id, goals)
        work.log("round.add", SUBJECT, round_id, {"name": title, **_logged(values, goals)})
        return {"round": str(round_id)}

    done = desk.perform(Right.EDIT_RECRUITMENT, "round.add", body, operation_id)
    return detail(desk, UUID(done["round"]))


def edit_round(
    desk: Desk,
    round_id: UUID,
    version: int,
    opens: dt.date,
    closes: dt.date,
    goals: Sequence[Goal],
    *,
    name: str,
    pass_score: int | None,
    tie_order: Sequence[str],
    operation_id: UUID | None = None,
) -> RoundDetail:
    """Set a round's days, goals, line and tie rules anew.

    Raises Refusal where somebody else changed it since `version`, where it is published, or where a track was decided
    by them already, and as `add_round` does.
    """
    values = _terms(name, opens, closes, goals, pass_score, tie_order)

    def body(work: Work) -> dict[str, Any]:
        row = read_round(work.connection, round_id)
        refuse_published(row)
        if row.version != version:
            raise Refusal("그사이 다른 사람이 이 차수를 고쳐 저장하지 않았습니다. 새로 열어 다시 고치십시오.")
        title = values["name"] or row.name
        _refuse_same_name(store.list_rounds(work.connection, row.programme_year), title, round_id)
        _refuse_decided(work.connection, row, goals, values)
        work.connection.execute(
            sa.update(store.recruitment_round)
            .where(store.recruitment_round.c.id == round_id)
            .values(**{**values, "name": title}, version=store.recruitment_round.c.version + 1)
        )
        work.connection.execute(sa.delete(store.round_goal).where(store.round_goal.c.round_id == round_id))
        _write_goals(work, round_id, goals)
        work.log("round.edit", SUBJECT, round_id, {"name": title, **_logged(values, goals)})
        return {"round": str(round_id)}

    desk.perform(Right.EDIT_RECRUITMENT, "round.edit", body, operation_id)
    return detail(desk, round_id)


def take_in(desk: Desk, round_id: UUID, operation_id: UUID | None = None) -> int:
    """Put the programme year's applications that are in no round and came in its days into it; return how many.

    Raises Refusal where the round is published.
    """

    def body(work: Work) -> dict[str, Any]:
        row = read_round(work.connection, round_id)
        refuse_published(row)
        app = application.c
        found = work.connection.execute(
            sa.select(app.id, app.person_id).where(
                app.programme_year == row.programme_year,
                app.round_id.is_(None),
                app.received_on.between(row.opens, row.closes),
            )
        ).all()
        if not found:
            return {"taken": 0}
        work.connection.execute(
            sa.update(application)
            .where(app.id.in_([one.id for one in found]))
            .values(round_id=round_id, version=app.version + 1)
        )
        keys = desk.store.person_keys(work.connection, [one.person_id for one in found])
        values = [work.seal(keys, one.person_id, {"round": str(round_id)}) for one in found]
        work.log("round.take_in", SUBJECT, round_id, {"people": len(found)}, values)
        work.subjects.add("people")
        return {"taken": len(found)}

    return int(desk.perform(Right.EDIT_RECRUITMENT, "round.take_in", body, operation_id)["taken"])


def close_round(desk: Desk, round_id: UUID, operation_id: UUID | None = None) -> RoundDetail:
    """End the receiving of applications; raise Refusal where that was done before."""

    def body(work: Work) -> dict[str, Any]:
        row = read_round(work.connection, round_id)
        if row.state != RoundState.OPEN:
            raise Refusal(f"{row.name}은(는) 이미 접수를 마감했습니다. 바뀐 것은 없습니다.")
        set_state(work, round_id, state=RoundState.CLOSED.value)
        work.log("round.close", SUBJECT, round_id)
        return {"round": str(round_id)}

    desk.perform(Right.EDIT_RECRUITMENT, "round.close", body, operation_id)
    return detail(desk, round_id)


def publish(
    desk: Desk, round_id: UUID, result_on: dt.date | None = None, operation_id: UUID | None = None
) -> RoundDetail:
    """Fix the day of the result (today without one), from which the applicants' retention counts (rulebook section 7).

    Raises Refusal where it is published already or its applications are still taken, for a day in the future or before
    its end, and OpenItems where applications wait for a decision.
    """
    day = result_on or desk.clock.today()

    def body(work: Work) -> dict[str, Any]:
        found = read_detail(work.connection, round_id)
        row = found.row
        refuse_published(row)
        if found.state is RoundState.OPEN:
            raise Refusal(f"{row.name}의 접수를 먼저 마감하십시오. 발표하지 않았습니다.")
        if not row.opens <= day <= work.at.date():
            raise Refusal(
                f"발표일({korean_date(day)})은 접수 시작일({korean_date(row.opens)})부터 오늘까지의 날이어야 합니다."
            )
        _refuse_waiting(work.connection, round_id)
        set_state(work, round_id, state=RoundState.PUBLISHED.value, result_on=day)
        work.log("round.publish", SUBJECT, round_id, {"on": day.isoformat()})
        return {"round": str(round_id)}

    desk.perform(Right.EDIT_RECRUITMENT, "round.publish", body, operation_id)
    return detail(desk, round_id)


def set_state(work: Work, round_id: UUID, **values: Any) -> None:
    """Write columns of a round inside the caller's act."""
    table = store.recruitment_round
    work.connection.execute(
        sa.update(table).where(table.c.id == round_id).values(**values, version=table.c.version + 1)
    )


def refuse_published(row: RoundRow) -> None:
    """Raise Refusal where the round's result is out."""
    if row.state == RoundState.PUBLISHED and row.result_on is not None:
        raise Refusal(
            f"{row.name}은(는) {korean_date(row.result_on)} 결과를 발표하여 고치지 않았습니다. 자료는 그대로입니다."
        )


def _refuse_waiting(connection: sa.Connection, round_id: UUID) -> None:
    waiting = Counter(
        one.track or "트랙 없음"
        for one in store.list_candidates(connection, round_id)
        if Stage(one.stage) in UNDECIDED
    )
    if waiting:
        items = tuple(
            Item(track, f"아직 선발을 정하지 않은 지원자 {count}명") for track, count in waiting.items()
        )
        raise OpenItems("정하지 않은 지원자가 있어 결과를 발표하지 않았습니다.", items=items)


def _progress(
    track: Track, goal: GoalRow | None, counts: Mapping[tuple[str | None, str], int]
) -> TrackProgress:
    stands = {Stage(stage): count for (name, stage), count in counts.items() if name == track.value}
    return TrackProgress(
        track,
        goal.places if goal else 0,
        goal.reserves if goal else 0,
        funnel({stage: count for stage, count in stands.items() if reached(stage)}),
        stands,
    )


def _terms(
    name: str,
    opens: dt.date,
    closes: dt.date,
    goals: Sequence[Goal],
    pass_score: int | None,
    tie_order: Sequence[str],
) -> dict[str, Any]:
    """The columns a person sets, checked."""
    if closes < opens:
        raise Refusal(f"마감일({korean_date(closes)})이 접수 시작일({korean_date(opens)})보다 앞섭니다.")
    if len({goal.track for goal in goals}) != len(goals) or not goals:
        raise Refusal("트랙마다 모집인원을 하나씩 적어 주십시오.")
    if any(not 0 <= number <= _MOST for goal in goals for number in (goal.places, goal.reserves)):
        raise Refusal("모집인원과 예비인원은 0명 이상으로 적어 주십시오.")
    if pass_score is not None and not 0 <= pass_score <= _MOST_TENTHS:
        raise Refusal("합격선은 0점부터 100점까지입니다.")
    order = list(dict.fromkeys(clean(rule) for rule in tie_order))
    try:
        for rule in order:
            rule_label(rule)
    except Refused as refused:
        raise UsageError(str(refused)) from refused
    return {
        "name": clean(name),
        "opens": opens,
        "closes": closes,
        "pass_score": pass_score,
        "tie_order": order,
    }


def _refuse_same_name(known: Sequence[RoundRow], title: str, own: UUID | None) -> None:
    if any(row.name == title and row.id != own for row in known):
        raise Refusal(f"'{title}' 차수가 이미 있어 저장하지 않았습니다. 다른 이름을 적어 주십시오.")


def _refuse_decided(
    connection: sa.Connection, row: RoundRow, goals: Sequence[Goal], values: Mapping[str, Any]
) -> None:
    """What a decision was made by may not move under it."""
    before = {goal.track: (goal.places, goal.reserves) for goal in store.list_goals(connection, row.id)}
    after = {goal.track.value: (goal.places, goal.reserves) for goal in goals}
    rules_same = (values["pass_score"], values["tie_order"]) == (row.pass_score, row.tie_order)
    decided = {
        one.track for one in store.list_candidates(connection, row.id) if one.rank is not None and one.track
    }
    moved = [track for track in sorted(decided) if not rules_same or before.get(track) != after.get(track)]
    if moved:
        raise Refusal(
            f"{', '.join(moved)}의 선발을 이미 정하여 인원, 합격선, 동점 기준을 고치지 않았습니다. "
            "고치려면 먼저 선발을 거두십시오."
        )


def _write_goals(work: Work, round_id: UUID, goals: Sequence[Goal]) -> None:
    work.connection.execute(
        sa.insert(store.round_goal),
        [
            {
                "round_id": round_id,
                "track": goal.track.value,
                "places": goal.places,
                "reserves": goal.reserves,
            }
            for goal in goals
        ],
    )


def _logged(values: Mapping[str, Any], goals: Sequence[Goal]) -> dict[str, Any]:
    return {
        "start": values["opens"].isoformat(),
        "end": values["closes"].isoformat(),
        "places": {goal.track.value: f"{goal.places}+{goal.reserves}" for goal in goals},
        "pass_score": values["pass_score"],
        "tie_order": values["tie_order"],
    }
