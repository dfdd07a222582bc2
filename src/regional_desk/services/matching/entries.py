"""Who and what takes part in a matching round, and on which terms: people, positions, seats, caps, exclusions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.domain.matching_rounds import check_priority
from regional_desk.domain.people import Track
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import Item, OpenItems, Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.matching.free import NOT_TRAINED, open_offers, taken_seats, trained
from regional_desk.services.matching.rounds import SUBJECT, find_row, require_editable
from regional_desk.store import matching as tables
from regional_desk.store import matching_rounds as store
from regional_desk.store.ids import new_id
from regional_desk.store.matching_rounds import OfferRow, TraineeRow


def free_trainees(desk: Desk) -> tuple[TraineeRow, ...]:
    """Who could enter a round: in a course of the year or through with one, in no open round, not placed; noted, masked."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = [one for one, why in trained(desk, connection) if why is None]
    desk.note_view(SUBJECT, [one.id for one in rows], {"by": "free"})
    hide = desk.masking
    if hide is Masking.FULL:
        return tuple(rows)
    return tuple(
        replace(one, name=hide.show_name(one.name), birth=hide.hide_birth(one.birth)) for one in rows
    )


def free_positions(desk: Desk) -> tuple[OfferRow, ...]:
    """The positions that could enter a round, their `seats` those that are still free; they name nobody."""
    with desk.store.read() as connection:
        return open_offers(connection, desk.office.programme_year)


def add_trainees(
    desk: Desk, round_id: UUID, trainees: Collection[UUID], operation_id: UUID | None = None
) -> int:
    """Put people into a round; return how many were not in it yet.

    Raises OpenItems naming who cannot: in no course of the year, placed already, or in another open round; Refusal where
    the round was adopted or published.
    """

    def body(work: Work) -> dict[str, Any]:
        require_editable(work.connection, round_id)
        return {"added": len(join(work, round_id, trainees))}

    return int(desk.perform(Right.EDIT_MATCHING, "matching.people", body, operation_id)["added"])


def join(work: Work, round_id: UUID, trainees: Collection[UUID]) -> tuple[UUID, ...]:
    """Put people into a round inside the caller's act; return who was not in it yet. Raises as `add_trainees` does."""
    inside = {one.id for one in store.list_trainees(work.connection, round_id)}
    wanted = [one for one in dict.fromkeys(trainees) if one not in inside]
    if not wanted:
        return ()
    known = {one.id: (one, why) for one, why in trained(work.desk, work.connection)}
    bad = [(one, known[one][1] if one in known else NOT_TRAINED) for one in wanted]
    items = tuple(
        Item(work.desk.masking.show_name(known[one][0].name) if one in known else "이 사람", why)
        for one, why in bad
        if why is not None
    )
    if items:
        raise OpenItems("차수에 넣을 수 없는 사람이 있어 아무도 넣지 않았습니다.", items=items)
    work.connection.execute(
        sa.insert(tables.matching_trainee),
        [
            {"round_id": round_id, "trainee_id": one, "track": known[one][0].track, "priority": 0}
            for one in wanted
        ],
    )
    keys = work.desk.store.person_keys(work.connection, wanted)
    told = {"matching": find_row(work.connection, round_id).name}
    values = [work.seal(keys, one, told) for one in wanted]
    work.log("matching.people", SUBJECT, round_id, {"added": len(wanted)}, values)
    return tuple(wanted)


def remove_trainee(desk: Desk, round_id: UUID, trainee: UUID, operation_id: UUID | None = None) -> None:
    """Take somebody out of a round with wishes, interviews and exclusions.

    Raises Refusal for whoever is not in it, and where the round was adopted or published.
    """

    def body(work: Work) -> dict[str, Any]:
        require_editable(work.connection, round_id)
        require_trainee(work.connection, round_id, trainee)
        leave(work, round_id, [trainee])
        keys = work.desk.store.person_keys(work.connection, [trainee])
        value = work.seal(keys, trainee, {"matching": find_row(work.connection, round_id).name})
        work.log("matching.leave", SUBJECT, round_id, {"people": 1}, [value])
        return {"trainee": str(trainee)}

    desk.perform(Right.EDIT_MATCHING, "matching.leave", body, operation_id)


def leave(work: Work, round_id: UUID, trainees: Sequence[UUID]) -> None:
    """Delete people's rows of a round inside the caller's act, which logs it."""
    for table in (
        tables.preference,
        tables.interview,
        tables.forbidden_pair,
        tables.matching_trainee,
    ):
        work.connection.execute(
            sa.delete(table).where(table.c.round_id == round_id, table.c.trainee_id == sa.bindparam("one")),
            [{"one": one} for one in trainees],
        )


def add_positions(
    desk: Desk, round_id: UUID, positions: Collection[UUID], operation_id: UUID | None = None
) -> int:
    """Put positions into a round with the seats that are still free; return how many were not in it yet.

    Raises Refusal for a position that is closed or whose company is not selected, and where the round was adopted or
    published.
    """

    def body(work: Work) -> dict[str, Any]:
        require_editable(work.connection, round_id)
        return {"added": len(enter(work, round_id, positions))}

    return int(desk.perform(Right.EDIT_MATCHING, "matching.positions", body, operation_id)["added"])


def enter(work: Work, round_id: UUID, positions: Collection[UUID]) -> tuple[UUID, ...]:
    """Put positions into a round inside the caller's act; return those not in it yet. Raises as `add_positions` does."""
    inside = {one.id for one in store.list_offers(work.connection, round_id)}
    wanted = [one for one in dict.fromkeys(positions) if one not in inside]
    if not wanted:
        return ()
    known = {one.id: one for one in open_offers(work.connection, work.desk.office.programme_year)}
    if any(one not in known for one in wanted):
        raise Refusal(
            "선정된 기업의 모집 중인 직무만 연계 차수에 넣을 수 있습니다. 아무것도 넣지 않았습니다."
        )
    work.connection.execute(
        sa.insert(tables.matching_position),
        [{"round_id": round_id, "position_id": one, "seats": known[one].seats} for one in wanted],
    )
    work.log("matching.positions", SUBJECT, round_id, {"added": [str(one) for one in wanted]})
    return tuple(wanted)


def remove_position(desk: Desk, round_id: UUID, position_id: UUID, operation_id: UUID | None = None) -> None:
    """Take a position out of a round that nobody wished and that interviewed nobody.

    Raises Refusal where wishes or interviews name it, and where the round was adopted or published.
    """

    def body(work: Work) -> dict[str, Any]:
        require_editable(work.connection, round_id)
        offer = require_offer(work.connection, round_id, position_id)
        for table in (tables.preference, tables.interview):
            named = sa.select(table.c.position_id).where(
                table.c.round_id == round_id, table.c.position_id == position_id
            )
            if work.connection.execute(named.limit(1)).first() is not None:
                raise Refusal(
                    f"{offer.title}에는 희망순위나 면접 결과가 있어 빼지 않았습니다. "
                    "더 받지 않으려면 모집인원을 0으로 하십시오."
                )
        drop_offers(work, round_id, [position_id])
        work.log("matching.positions", SUBJECT, round_id, {"removed": offer.title})
        return {"position": str(position_id)}

    desk.perform(Right.EDIT_MATCHING, "matching.positions", body, operation_id)


def drop_offers(work: Work, round_id: UUID, positions: Sequence[UUID]) -> None:
    """Delete positions of a round that nothing names, inside the caller's act."""
    table = tables.matching_position
    work.connection.execute(
        sa.delete(table).where(table.c.round_id == round_id, table.c.position_id == sa.bindparam("one")),
        [{"one": one} for one in positions],
    )


def set_seats(
    desk: Desk, round_id: UUID, position_id: UUID, seats: int, operation_id: UUID | None = None
) -> None:
    """How many people a position takes in this round, at most what the company asked for and did not get yet.

    Raises Refusal for fewer than none or more than those, and where the round was adopted or published.
    """

    def body(work: Work) -> dict[str, Any]:
        require_editable(work.connection, round_id)
        offer = require_offer(work.connection, round_id, position_id)
        most = max(0, offer.asked - taken_seats(work.connection).get(position_id, 0))
        if not 0 <= seats <= most:
            raise Refusal(
                f"{offer.title}의 남은 모집인원은 {most}명입니다. 더 받으려면 기업의 직무에서 모집인원을 먼저 고치십시오."
            )
        table = tables.matching_position
        work.connection.execute(
            sa.update(table)
            .where(table.c.round_id == round_id, table.c.position_id == position_id)
            .values(seats=seats)
        )
        work.log("matching.seats", SUBJECT, round_id, {"position": offer.title, "seats": seats})
        return {"position": str(position_id)}

    desk.perform(Right.EDIT_MATCHING, "matching.seats", body, operation_id)


def set_cap(
    desk: Desk, round_id: UUID, company_id: UUID, seats: int | None, operation_id: UUID | None = None
) -> None:
    """The most a company takes over all its positions in this round; None takes the cap off.

    Raises Refusal for fewer than none, a company without a position in the round, and where the round was adopted or
    published.
    """
    if seats is not None and seats < 0:
        raise Refusal("기업별 상한은 0명 이상으로 적어 주십시오. 바꾸지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        require_editable(work.connection, round_id)
        name = _require_company(work.connection, round_id, company_id)
        table = tables.matching_cap
        work.connection.execute(
            sa.delete(table).where(table.c.round_id == round_id, table.c.company_id == company_id)
        )
        if seats is not None:
            work.connection.execute(
                sa.insert(table).values(round_id=round_id, company_id=company_id, seats=seats)
            )
        work.log("matching.cap", SUBJECT, round_id, {"company_name": name, "seats": seats})
        return {"company": str(company_id)}

    desk.perform(Right.EDIT_MATCHING, "matching.cap", body, operation_id)


def set_priority(
    desk: Desk, round_id: UUID, trainee: UUID, priority: int, operation_id: UUID | None = None
) -> None:
    """Somebody's priority group (우선 배정 순위): 1 goes before 2, 0 is nobody's.

    Raises Refusal for a group out of range, for whoever is not in the round, and where it was adopted or published.
    """
    try:
        check_priority(priority)
    except Refused as refused:
        raise Refusal(f"{refused} 바꾸지 않았습니다.") from refused

    def body(work: Work) -> dict[str, Any]:
        require_editable(work.connection, round_id)
        require_trainee(work.connection, round_id, trainee)
        table = tables.matching_trainee
        work.connection.execute(
            sa.update(table)
            .where(table.c.round_id == round_id, table.c.trainee_id == trainee)
            .values(priority=priority)
        )
        keys = work.desk.store.person_keys(work.connection, [trainee])
        value = work.seal(keys, trainee, {"priority": priority})
        work.log("matching.priority", SUBJECT, round_id, values=[value])
        return {"trainee": str(trainee)}

    desk.perform(Right.EDIT_MATCHING, "matching.priority", body, operation_id)


def forbid(
    desk: Desk,
    round_id: UUID,
    trainee: UUID,
    company_id: UUID,
    reason: str,
    operation_id: UUID | None = None,
) -> UUID:
    """연계 제외: keep somebody and a company apart in this round, with the reason; return the exclusion's id.

    Raises Refusal without a reason, where the pair is kept apart already, for whoever or whatever is not in the round,
    and where it was adopted or published.
    """
    why = clean(reason)
    if not why:
        raise Refusal("연계에서 제외하는 사유를 적어 주십시오. 바꾸지 않았습니다.")
    pair_id = new_id()

    def body(work: Work) -> dict[str, Any]:
        require_editable(work.connection, round_id)
        require_trainee(work.connection, round_id, trainee)
        name = _require_company(work.connection, round_id, company_id)
        if any(
            (one.trainee, one.company) == (trainee, company_id)
            for one in store.list_forbidden(work.connection, round_id)
        ):
            raise Refusal(f"{name}은(는) 이 교육생과 이미 연계 제외입니다. 바뀐 것은 없습니다.")
        work.connection.execute(
            sa.insert(tables.forbidden_pair).values(
                id=pair_id,
                round_id=round_id,
                trainee_id=trainee,
                company_id=company_id,
                reason=why,
                user_id=desk.actor.user_id,
                at=work.at,
            )
        )
        keys = work.desk.store.person_keys(work.connection, [trainee])
        value = work.seal(keys, trainee, {"company_name": name, "reason": why})
        work.log("matching.forbid", SUBJECT, round_id, {"pair": str(pair_id)}, [value])
        return {"pair": str(pair_id)}

    return UUID(desk.perform(Right.EDIT_MATCHING, "matching.forbid", body, operation_id)["pair"])


def allow(desk: Desk, round_id: UUID, pair_id: UUID, operation_id: UUID | None = None) -> None:
    """Take an exclusion back; raise UsageError for an unknown one, Refusal where the round was adopted or published."""

    def body(work: Work) -> dict[str, Any]:
        require_editable(work.connection, round_id)
        found = [one for one in store.list_forbidden(work.connection, round_id) if one.id == pair_id]
        if not found:
            raise UsageError("없는 연계 제외입니다. 목록에서 다시 골라 주십시오.")
        work.connection.execute(sa.delete(tables.forbidden_pair).where(tables.forbidden_pair.c.id == pair_id))
        keys = work.desk.store.person_keys(work.connection, [found[0].trainee])
        value = work.seal(keys, found[0].trainee, {"company_name": found[0].company_name})
        work.log("matching.allow", SUBJECT, round_id, {"pair": str(pair_id)}, [value])
        return {"pair": str(pair_id)}

    desk.perform(Right.EDIT_MATCHING, "matching.allow", body, operation_id)


def require_trainee(connection: sa.Connection, round_id: UUID, trainee: UUID) -> TraineeRow:
    """Somebody of the round; raise Refusal for whoever is not in it."""
    for one in store.list_trainees(connection, round_id):
        if one.id == trainee:
            return one
    raise Refusal("이 차수의 교육생이 아니어서 바꾸지 않았습니다. 먼저 차수에 넣으십시오.")


def require_offer(connection: sa.Connection, round_id: UUID, position_id: UUID) -> OfferRow:
    """A position of the round; raise Refusal for one that is not in it."""
    for one in store.list_offers(connection, round_id):
        if one.id == position_id:
            return one
    raise Refusal("이 차수의 직무가 아니어서 바꾸지 않았습니다. 먼저 차수에 넣으십시오.")


def _require_company(connection: sa.Connection, round_id: UUID, company_id: UUID) -> str:
    for one in store.list_offers(connection, round_id):
        if one.company == company_id:
            return one.company_name
    raise Refusal("이 차수에 직무가 있는 기업이 아니어서 바꾸지 않았습니다.")


def fill(
    desk: Desk, round_id: UUID, track: Track | None = None, operation_id: UUID | None = None
) -> tuple[int, int]:
    """Put everybody and every position into a round that could enter it, of one track or both; return how many of each.

    Raises Refusal where the round was adopted or published.
    """

    def body(work: Work) -> dict[str, Any]:
        require_editable(work.connection, round_id)
        people = [
            one.id
            for one, why in trained(desk, work.connection)
            if why is None and (track is None or one.track == track)
        ]
        offers = [
            one.id
            for one in open_offers(work.connection, desk.office.programme_year)
            if one.seats and (track is None or one.track == track)
        ]
        return {
            "people": len(join(work, round_id, people)),
            "positions": len(enter(work, round_id, offers)),
        }

    done = desk.perform(Right.EDIT_MATCHING, "matching.fill", body, operation_id)
    return int(done["people"]), int(done["positions"])
