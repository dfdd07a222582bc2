"""Placements (배정): reading them, changing one by hand with a minute, publishing them, ending one (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.domain.matching import Matching, Problem, wish_rank
from regional_desk.domain.matching_rounds import How, MatchingState
from regional_desk.domain.rights import Right, Role, rights_of
from regional_desk.domain.swaps import Swap, swap
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Item, OpenItems, Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.matching import explaining
from regional_desk.services.matching.results import names_of
from regional_desk.services.matching.rounds import (
    SUBJECT,
    Round,
    find_row,
    problem_of,
    read_round,
    require_open,
    set_round,
    shown,
)
from regional_desk.services.matching.wishes import refuse_other_track
from regional_desk.services.training.counselling import HIDDEN
from regional_desk.store import matching as tables
from regional_desk.store import placements as store
from regional_desk.store.accounts import list_users
from regional_desk.store.ids import new_id
from regional_desk.store.internship_records import internship_of
from regional_desk.store.matching_rounds import RoundRow, list_offers, placed_now
from regional_desk.store.placements import PlacementRow

_NOWHERE = "미배정"  # where a change by hand leaves somebody without a place


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would do (누가 밀리나), names as the person may see them.

    `refused` says in Korean why it cannot be, `notes` what to know of the new place, `lines` tell all of it.
    """

    swap: Swap
    name: str
    before: str
    after: str
    displaced: tuple[str, ...]
    refused: str | None
    notes: tuple[str, ...]
    lines: tuple[str, ...]


def placements(desk: Desk, round_id: UUID) -> tuple[PlacementRow, ...]:
    """The placements of a round, by company, position and name; its people are noted and masked.

    Raises UsageError for an unknown round.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        find_row(connection, round_id)
        rows = store.list_placements(connection, round_id)
    desk.note_view(SUBJECT, [one.trainee for one in rows], {"by": "placements", "round": str(round_id)})
    return tuple(_masked(desk, one) for one in rows)


def try_swap(desk: Desk, round_id: UUID, trainee: UUID, position: UUID | None) -> Trial:
    """What moving somebody to a position (None: nowhere) would do to everybody; changes nothing, who is shown is noted.

    Raises Refusal where no placements were adopted, whoever or whatever is not in the round, and after the publishing.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found, posed, matching = _standing(connection, round_id)
    _require_inside(found, trainee, position)
    names = names_of(shown(desk, found))
    tried = swap(posed, matching, trainee, position)
    return Trial(
        swap=tried,
        name=names.trainees[trainee],
        before=names.positions[matching[trainee]] if trainee in matching else "",
        after=names.positions[position] if position else "",
        displaced=tuple(names.trainees[one] for one in tried.displaced),
        refused=explaining.refusal(tried.refused) if tried.refused else None,
        notes=tuple(explaining.note(one) for one in tried.notes),
        lines=explaining.swap_lines(tried, names),
    )


def change(
    desk: Desk,
    round_id: UUID,
    trainee: UUID,
    position: UUID | None,
    reason: str,
    operation_id: UUID | None = None,
) -> dict[str, Any]:
    """Move somebody to a position by hand (None: out of the placements), with a numbered minute; return its number.

    Whoever is pushed out becomes unplaced, named in the minute. That the position did not interview or take them is no
    hindrance: `try_swap` says so, and the reason is theirs who decide. Raises Refusal without a reason, where the change
    cannot be (연계 제외, no seats, another track), where it changes nothing, and as `try_swap` does.
    """
    why = clean(reason)
    if not why:
        raise Refusal("바꾸는 사유를 적어 주십시오. 조정 회의록에 남습니다. 바꾸지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        found, posed, matching = _standing(work.connection, round_id)
        _require_inside(found, trainee, position)
        done = swap(posed, matching, trainee, position)
        if done.refused:
            raise Refusal(f"{explaining.refusal(done.refused)} 바꾸지 않았습니다.")
        _move(work, round_id, posed, trainee, position, done.displaced)
        moves = [(trainee, matching.get(trainee), position, next(iter(done.displaced), None))]
        moves += [(one, matching[one], None, None) for one in done.displaced[1:]]
        numbers = [_minute(work, round_id, move, why) for move in moves]
        set_round(work, round_id)
        titles = {one.id: one.title for one in found.positions}
        to = titles[position] if position else None
        _log_change(work, round_id, numbers[0], trainee, to, done.displaced, why)
        return {"minute": numbers[0], "displaced": [str(one) for one in done.displaced]}

    return desk.perform(Right.EDIT_MATCHING, "matching.change", body, operation_id)


def publish(
    desk: Desk, round_id: UUID, on: dt.date | None = None, operation_id: UUID | None = None
) -> RoundRow:
    """Publish a round's placements on a day (today without one); from then on none of them changes, only ends.

    Raises Refusal for whoever adopted or changed them while somebody else may publish (단독 처리 where nobody else may,
    rulebook section 7), where none were adopted or the round is published, and for a day before the adopting or after
    today; OpenItems where somebody was placed elsewhere or a position filled up since.
    """
    day = on or desk.clock.today()

    def body(work: Work) -> dict[str, Any]:
        row = _require_adopted(require_open(work.connection, round_id))
        rows = store.list_placements(work.connection, round_id)
        if row.adopted_at is None or not row.adopted_at.date() <= day <= work.at.date():
            raise Refusal(f"공개일({korean_date(day)})은 배정을 채택한 날부터 오늘까지의 날이어야 합니다.")
        if not rows:
            raise Refusal(f"{row.name}에 배정된 사람이 없어 공개하지 않았습니다.")
        _refuse_taken(desk, work.connection, round_id, rows)
        solo = _refuse_same_eyes(work.connection, desk, row)
        set_round(
            work,
            round_id,
            state=MatchingState.PUBLISHED.value,
            published_on=day,
            published_by=desk.actor.user_id,
            solo=solo,
        )
        told = {"on": day.isoformat(), "placed": len(rows), **({"solo": True} if solo else {})}
        keys = desk.store.person_keys(work.connection, [one.trainee for one in rows])
        values = [
            work.seal(keys, one.trainee, {"position": f"{one.company_name} {one.position_name}"})
            for one in rows
        ]
        work.log("matching.publish", SUBJECT, round_id, told, values)
        work.subjects.add("people")
        return {"round": str(round_id)}

    desk.perform(Right.PUBLISH_MATCHING, "matching.publish", body, operation_id)
    with desk.store.read() as connection:
        return find_row(connection, round_id)


def end(
    desk: Desk, placement_id: UUID, on: dt.date, reason: str, operation_id: UUID | None = None
) -> PlacementRow:
    """연계 취소: end a published placement on a day, with the reason; the person may enter a later round.

    Raises Refusal without a reason, before the publishing, for one that ended already or whose internship goes on, and
    for a day before the publishing or after today; UsageError for an unknown id.
    """
    why = clean(reason)
    if not why:
        raise Refusal("연계를 끝내는 사유를 적어 주십시오. 바꾸지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        row = _find(work.connection, placement_id)
        published_on = find_row(work.connection, row.round_id).published_on
        if published_on is None:
            raise Refusal("아직 공개하지 않은 배정입니다. 수동 변경으로 바꾸십시오.")
        if row.ended_on is not None:
            raise Refusal(f"이 연계는 이미 {korean_date(row.ended_on)}에 끝났습니다. 바뀐 것은 없습니다.")
        standing = internship_of(work.connection, placement_id)
        if standing is not None and standing.end_kind is None:
            raise Refusal(
                "이 연계로 시작한 인턴십이 있어 끝내지 않았습니다. 먼저 그 인턴십을 끝내거나 협약을 취소하십시오."
            )
        if not published_on <= on <= work.at.date():
            raise Refusal(
                f"끝낸 날({korean_date(on)})은 공개한 날({korean_date(published_on)})부터 오늘까지의 날이어야 합니다."
            )
        table = tables.placement
        work.connection.execute(
            sa.update(table)
            .where(table.c.id == placement_id)
            .values(ended_on=on, end_reason=why, version=table.c.version + 1)
        )
        keys = desk.store.person_keys(work.connection, [row.trainee])
        value = {
            "position": f"{row.company_name} {row.position_name}",
            "on": on.isoformat(),
            "reason": why,
        }
        work.log(
            "matching.end",
            SUBJECT,
            row.round_id,
            {"placement": str(placement_id)},
            [work.seal(keys, row.trainee, value)],
        )
        work.subjects.add("people")
        return {"placement": str(placement_id)}

    desk.perform(Right.EDIT_MATCHING, "matching.end", body, operation_id)
    with desk.store.read() as connection:
        return _masked(desk, _find(connection, placement_id))


def _masked(desk: Desk, row: PlacementRow) -> PlacementRow:
    hide = desk.masking
    if hide is Masking.FULL:
        return row
    return replace(
        row,
        name=hide.show_name(row.name),
        birth=hide.hide_birth(row.birth),
        end_reason=row.end_reason and HIDDEN,
    )


def _find(connection: sa.Connection, placement_id: UUID) -> PlacementRow:
    row = store.find_placement(connection, placement_id)
    if row is None:
        raise UsageError("없는 배정입니다. 배정 목록에서 다시 골라 주십시오.")
    return row


def _require_adopted(row: RoundRow) -> RoundRow:
    if row.adopted_at is None:
        raise Refusal(
            f"{row.name}은(는) 아직 배정을 채택하지 않았습니다. 먼저 배정 방식을 골라 채택하십시오."
        )
    return row


def _standing(connection: sa.Connection, round_id: UUID) -> tuple[Round, Problem, Matching]:
    """An adopted round that is not published, what it asks, and its placements."""
    _require_adopted(require_open(connection, round_id))
    found = read_round(connection, round_id)
    rows = store.list_placements(connection, round_id)
    return found, problem_of(found), {row.trainee: row.position for row in rows}


def _require_inside(found: Round, trainee: UUID, position: UUID | None) -> None:
    people = {one.id: one for one in found.trainees}
    offers = {one.id: one for one in found.positions}
    if trainee not in people:
        raise Refusal("이 차수의 교육생이 아니어서 바꾸지 않았습니다.")
    if position is None:
        return
    if position not in offers:
        raise Refusal("이 차수의 직무가 아니어서 바꾸지 않았습니다.")
    refuse_other_track(people[trainee], offers[position])


def _move(
    work: Work,
    round_id: UUID,
    posed: Problem,
    trainee: UUID,
    position: UUID | None,
    displaced: Sequence[UUID],
) -> None:
    table = tables.placement
    work.connection.execute(
        sa.delete(table).where(table.c.round_id == round_id, table.c.trainee_id.in_([trainee, *displaced]))
    )
    if position is not None:
        work.connection.execute(
            sa.insert(table).values(
                id=new_id(),
                round_id=round_id,
                trainee_id=trainee,
                position_id=position,
                how=How.MANUAL.value,
                rank=wish_rank(posed, trainee, position),
            )
        )


def _minute(
    work: Work,
    round_id: UUID,
    move: tuple[UUID, UUID | None, UUID | None, UUID | None],
    reason: str,
) -> int:
    """Write (who, from, to, whom it pushed out) with the next number; a second one pushed out has a minute of their own."""
    trainee, before, after, displaced = move
    number = max((one.number for one in store.list_minutes(work.connection, round_id)), default=0) + 1
    work.connection.execute(
        sa.insert(tables.matching_minute).values(
            id=new_id(),
            round_id=round_id,
            number=number,
            trainee_id=trainee,
            from_id=before,
            to_id=after,
            displaced_id=displaced,
            reason=reason,
            user_id=work.desk.actor.user_id,
            at=work.at,
        )
    )
    return number


def _log_change(
    work: Work,
    round_id: UUID,
    number: int,
    trainee: UUID,
    to: str | None,
    displaced: Sequence[UUID],
    reason: str,
) -> None:
    keys = work.desk.store.person_keys(work.connection, [trainee, *displaced])
    values = [work.seal(keys, trainee, {"change": number, "position": to or _NOWHERE, "reason": reason})]
    values += [work.seal(keys, one, {"change": number, "position": _NOWHERE}) for one in displaced]
    work.log("matching.change", SUBJECT, round_id, {"change": number, "displaced": len(displaced)}, values)


def _refuse_taken(
    desk: Desk, connection: sa.Connection, round_id: UUID, rows: Sequence[PlacementRow]
) -> None:
    """Another round may have been published in between: nobody is placed twice, no seat is given twice."""
    elsewhere = placed_now(connection, round_id)
    taken: dict[UUID, int] = {}
    for position_id in [*elsewhere.values(), *(one.position for one in rows)]:
        taken[position_id] = taken.get(position_id, 0) + 1
    here = {one.position for one in rows}
    items = [
        Item(desk.masking.show_name(one.name), "그사이 다른 차수에서 연계되었습니다.")
        for one in rows
        if one.trainee in elsewhere
    ]
    items += [
        Item(one.title, f"모집인원 {one.asked}명보다 많은 {taken[one.id]}명이 됩니다.")
        for one in list_offers(connection, round_id)
        if one.id in here and taken[one.id] > one.asked
    ]
    if items:
        raise OpenItems("그사이 바뀐 것이 있어 공개하지 않았습니다.", items=tuple(items))


def _refuse_same_eyes(connection: sa.Connection, desk: Desk, row: RoundRow) -> bool:
    """Whether the act is 단독 처리; refused once two people hold the right to publish (rulebook section 7)."""
    hands = {one.user_id for one in store.list_minutes(connection, row.id)} | {row.adopted_by}
    if desk.actor.user_id not in hands:
        return False
    others = [
        user
        for user in list_users(connection)
        if user.active
        and user.id not in hands
        and Right.PUBLISH_MATCHING in rights_of(Role(role) for role in user.roles)
    ]
    if others:
        raise Refusal(
            "배정을 채택하거나 바꾼 사람은 공개할 수 없습니다. "
            f"권한이 있는 다른 사람({others[0].name})이 공개해 주십시오."
        )
    return True
