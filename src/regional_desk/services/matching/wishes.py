"""Wishes (희망순위) and interviews (면접 결과) of a matching round, as they are keyed in one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.matching_rounds import MOST_PLACE, MOST_POINTS, Interviewed, InterviewResult
from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.matching.entries import require_offer, require_trainee
from regional_desk.services.matching.rounds import SUBJECT, require_editable
from regional_desk.store import matching as tables
from regional_desk.store import matching_rounds as store
from regional_desk.store.matching_rounds import OfferRow, TraineeRow

_TENTHS = 10


def set_wishes(
    desk: Desk,
    round_id: UUID,
    trainee: UUID,
    positions: Sequence[UUID],
    operation_id: UUID | None = None,
) -> None:
    """Set somebody's wishes anew, the first wish first; none takes them all back.

    Raises Refusal for a position that is not in the round, is of the other track or stands twice, for whoever is not in
    the round, and where it was adopted or published.
    """

    def body(work: Work) -> dict[str, Any]:
        require_editable(work.connection, round_id)
        who = require_trainee(work.connection, round_id, trainee)
        offers = {one.id: one for one in store.list_offers(work.connection, round_id)}
        for one in positions:
            if one not in offers:
                raise Refusal("이 차수의 직무가 아니어서 희망을 적지 않았습니다. 먼저 차수에 넣으십시오.")
            refuse_other_track(who, offers[one])
        if len(set(positions)) != len(positions):
            raise Refusal("같은 직무를 두 번 희망할 수 없습니다. 바꾸지 않았습니다.")
        write_wishes(work, round_id, {trainee: tuple(positions)})
        keys = work.desk.store.person_keys(work.connection, [trainee])
        value = work.seal(keys, trainee, {"wishes": [offers[one].title for one in positions]})
        work.log("matching.wishes", SUBJECT, round_id, {"wishes": len(positions)}, [value])
        return {"trainee": str(trainee)}

    desk.perform(Right.EDIT_MATCHING, "matching.wishes", body, operation_id)


def write_wishes(work: Work, round_id: UUID, wishes: Mapping[UUID, Sequence[UUID]]) -> None:
    """Write people's wishes in the place of those before, inside the caller's act, which checked and logs them."""
    table = tables.preference
    work.connection.execute(
        sa.delete(table).where(table.c.round_id == round_id, table.c.trainee_id == sa.bindparam("one")),
        [{"one": one} for one in wishes],
    )
    rows = [
        {"round_id": round_id, "trainee_id": trainee, "rank": rank, "position_id": position}
        for trainee, wished in wishes.items()
        for rank, position in enumerate(wished, 1)
    ]
    if rows:
        work.connection.execute(sa.insert(table), rows)


def set_interview(
    desk: Desk,
    round_id: UUID,
    position_id: UUID,
    trainee: UUID,
    result: InterviewResult | None,
    *,
    place: int | None = None,
    tenths: int | None = None,
    operation_id: UUID | None = None,
) -> None:
    """What a position said of somebody: `place` its rank of them from 1, `tenths` points in tenths; None takes it back.

    Raises Refusal for a rank or points that cannot be, the other track, whoever or whatever is not in the round, and
    where it was adopted or published.
    """
    if place is not None and not 0 < place <= MOST_PLACE:
        raise Refusal("면접 순위는 1부터 적어 주십시오. 바꾸지 않았습니다.")
    if tenths is not None and not 0 <= tenths <= MOST_POINTS * _TENTHS:
        raise Refusal(f"면접 점수는 0점부터 {MOST_POINTS}점까지입니다. 바꾸지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        require_editable(work.connection, round_id)
        who = require_trainee(work.connection, round_id, trainee)
        offer = require_offer(work.connection, round_id, position_id)
        refuse_other_track(who, offer)
        told = None if result is None else Interviewed(trainee, result, place, tenths)
        write_interviews(work, round_id, {(position_id, trainee): told})
        keys = work.desk.store.person_keys(work.connection, [trainee])
        value = {"interviews": [interview_words(offer.title, told)]}
        work.log("matching.interview", SUBJECT, round_id, values=[work.seal(keys, trainee, value)])
        return {"trainee": str(trainee)}

    desk.perform(Right.EDIT_MATCHING, "matching.interview", body, operation_id)


def interview_words(title: str, told: Interviewed | None) -> str:
    """What a position said of somebody, as the history shows it: `한빛정밀 생산기술 합격 2순위 85.5점`."""
    if told is None:
        return f"{title} 결과 없음"
    words = [title, told.result.label]
    words += [f"{told.place}순위"] if told.place is not None else []
    words += [f"{told.tenths // _TENTHS}.{told.tenths % _TENTHS}점"] if told.tenths is not None else []
    return " ".join(words)


def write_interviews(
    work: Work, round_id: UUID, told: Mapping[tuple[UUID, UUID], Interviewed | None]
) -> None:
    """Write what (position, trainee) came to, None for nothing, inside the caller's act, which checked and logs it."""
    table = tables.interview
    work.connection.execute(
        sa.delete(table).where(
            table.c.round_id == round_id,
            table.c.position_id == sa.bindparam("at"),
            table.c.trainee_id == sa.bindparam("one"),
        ),
        [{"at": at, "one": one} for at, one in told],
    )
    rows = [
        {
            "round_id": round_id,
            "position_id": at,
            "trainee_id": one.trainee,
            "result": one.result.value,
            "place": one.place,
            "tenths": one.tenths,
        }
        for (at, _), one in told.items()
        if one is not None
    ]
    if rows:
        work.connection.execute(sa.insert(table), rows)


def refuse_other_track(who: TraineeRow, offer: OfferRow) -> None:
    """Raise Refusal where somebody and a position are of different tracks."""
    if who.track != offer.track:
        raise Refusal(f"{offer.title}은(는) {offer.track} 직무라 {who.track} 교육생과 연계하지 않습니다.")
