"""What applicants are rated by, who rates them, and who may read whose sheet (the sheets: `services.rating`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.rounds import UNDECIDED
from regional_desk.domain.screening import MOST_POINTS, Measure, Step, may_read, weights_fault
from regional_desk.domain.text import clean
from regional_desk.errors import NotAllowed, Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment.rounds import SUBJECT, read_round, refuse_published
from regional_desk.store import recruitment as store
from regional_desk.store.accounts import find_user
from regional_desk.store.ids import new_id
from regional_desk.store.recruitment import CandidateRow, CriterionRow, RaterRow


@dataclass(frozen=True, slots=True)
class Standard:
    """One criterion as a person sets it: the most points a rater gives, and its weight in percent of the whole."""

    step: Step
    name: str
    points: int
    weight: int


PROPOSED: tuple[Standard, ...] = (
    Standard(Step.PAPERS, "지원동기", 10, 20),
    Standard(Step.PAPERS, "관련 경험·역량", 10, 20),
    Standard(Step.INTERVIEW, "의사소통", 10, 20),
    Standard(Step.INTERVIEW, "직무 이해", 10, 20),
    Standard(Step.INTERVIEW, "취업 의지", 10, 20),
)
"""What a track begins with on screen until its own criteria are set."""


def list_criteria(desk: Desk, round_id: UUID, track: Track) -> tuple[CriterionRow, ...]:
    """A track's criteria, the papers' first; they name nobody."""
    with desk.store.read() as connection:
        return store.list_criteria(connection, round_id, track.value)


def list_raters(desk: Desk, round_id: UUID) -> tuple[RaterRow, ...]:
    """A round's raters, the papers' first."""
    with desk.store.read() as connection:
        return store.list_raters(connection, round_id)


def set_criteria(
    desk: Desk, round_id: UUID, track: Track, standards: Sequence[Standard], operation_id: UUID | None = None
) -> tuple[CriterionRow, ...]:
    """Set a track's criteria, in their order, in the place of those before.

    Raises Refusal where the weights of both steps do not add up to 100, a name stands twice in a step, points or
    weights cannot be, or somebody was rated by the old ones already.
    """
    wanted = tuple(replace(one, name=clean(one.name)) for one in standards)
    _check_standards(wanted)

    def body(work: Work) -> dict[str, Any]:
        refuse_published(read_round(work.connection, round_id))
        before = store.list_criteria(work.connection, round_id, track.value)
        if store.has_ratings(work.connection, [row.id for row in before]):
            raise Refusal(
                f"{track.value}의 심사 점수가 이미 있어 기준을 바꾸지 않았습니다. 심사를 시작한 뒤에는 기준을 고칠 수 없습니다."
            )
        work.connection.execute(
            sa.delete(store.criterion).where(
                store.criterion.c.round_id == round_id, store.criterion.c.track == track.value
            )
        )
        work.connection.execute(
            sa.insert(store.criterion),
            [
                {
                    "id": new_id(),
                    "round_id": round_id,
                    "track": track.value,
                    "step": one.step.value,
                    "place": place,
                    "name": one.name,
                    "points": one.points,
                    "weight": one.weight,
                }
                for place, one in enumerate(wanted)
            ],
        )
        told = {f"{one.step.label} {one.name}": f"{one.weight}%/{one.points}점" for one in wanted}
        work.log("screening.criteria", SUBJECT, round_id, {"track": track.value, "criteria": told})
        return {"round": str(round_id)}

    desk.perform(Right.EDIT_RECRUITMENT, "screening.criteria", body, operation_id)
    return list_criteria(desk, round_id, track)


def add_rater(
    desk: Desk,
    round_id: UUID,
    step: Step,
    name: str = "",
    *,
    login: str | None = None,
    operation_id: UUID | None = None,
) -> UUID:
    """Name a rater of a step: a user, who rates alone, or with a name only somebody outside, whose sheet is keyed in.

    Raises UsageError for an unknown user or an empty name, Refusal where they rate the step already, the user may not
    rate, or a decision was made.
    """

    def body(work: Work) -> dict[str, Any]:
        refuse_published(read_round(work.connection, round_id))
        refuse_decided(work.connection, round_id)
        user = find_user(work.connection, login) if login else None
        if login and (user is None or not user.active):
            raise UsageError(f"'{login}' 사용자가 없습니다. 사용자 목록에서 아이디를 확인해 주십시오.")
        title = clean(name) or (user.name if user else "")
        if not title:
            raise UsageError("심사위원의 이름을 적어 주십시오.")
        for row in store.list_raters(work.connection, round_id, step.value):
            if row.name == title or (user is not None and row.user_id == user.id):
                raise Refusal(f"{title}님은 이미 {step.label} 심사위원입니다.")
        rater_id = new_id()
        work.connection.execute(
            sa.insert(store.rater).values(
                id=rater_id,
                round_id=round_id,
                step=step.value,
                name=title,
                user_id=user.id if user else None,
            )
        )
        work.log(
            "screening.rater_add", SUBJECT, round_id, {"step": step.value, "rater": title, "user": login}
        )
        return {"rater": str(rater_id)}

    return UUID(desk.perform(Right.EDIT_RECRUITMENT, "screening.rater_add", body, operation_id)["rater"])


def remove_rater(desk: Desk, rater_id: UUID, operation_id: UUID | None = None) -> None:
    """Take a rater off who gave no points yet; raise Refusal where points stand."""

    def body(work: Work) -> dict[str, Any]:
        row = read_rater(work.connection, rater_id)
        refuse_published(read_round(work.connection, row.round_id))
        if row.done_at is not None or store.list_ratings(work.connection, [rater_id]):
            raise Refusal(f"{row.name}님이 이미 점수를 적어 빼지 않았습니다. 점수를 지운 뒤 다시 하십시오.")
        work.connection.execute(sa.delete(store.rater).where(store.rater.c.id == rater_id))
        work.log("screening.rater_remove", SUBJECT, row.round_id, {"step": row.step, "rater": row.name})
        return {"rater": str(rater_id)}

    desk.perform(Right.EDIT_RECRUITMENT, "screening.rater_remove", body, operation_id)


def find_rater(desk: Desk, round_id: UUID, step: Step, name: str | None) -> RaterRow:
    """A step's rater by name, or the signed-in person without one; raise UsageError where there is none."""
    rows = [row for row in list_raters(desk, round_id) if row.step == step.value]
    for row in rows:
        if row.name == clean(name) if name else row.user_id == desk.actor.user_id:
            return row
    known = ", ".join(row.name for row in rows) or "없음"
    who = f"'{name}'은(는)" if name else f"'{desk.actor.login}' 사용자는"
    raise UsageError(f"{who} 이 차수의 {step.label} 심사위원이 아닙니다. 심사위원: {known}")


def may_write(desk: Desk, row: RaterRow) -> bool:
    """Whether a sheet is the signed-in person's own, or an outside rater's that they may key in."""
    if row.user_id is None:
        return desk.may(Right.EDIT_RECRUITMENT)
    return row.user_id == desk.actor.user_id and desk.may(Right.RATE)


def readable(desk: Desk, row: RaterRow, raters: Collection[RaterRow]) -> bool:
    """Whether the person may read a sheet; `raters` are all of the round."""
    if row.user_id == desk.actor.user_id:
        return True
    own = [one for one in raters if one.step == row.step and one.user_id == desk.actor.user_id]
    own_done = all(one.done_at is not None for one in own) if own else None
    keyed = row.user_id is None and desk.may(Right.EDIT_RECRUITMENT)
    return may_read(own_done, row.done_at is not None, keyed_in_by_reader=keyed)


def require_readable(desk: Desk, connection: sa.Connection, row: RaterRow) -> None:
    """Raise NotAllowed where the person may not read this sheet yet."""
    if not readable(desk, row, store.list_raters(connection, row.round_id)):
        raise NotAllowed(
            f"{row.name}님의 점수표는 서로의 점수표를 모두 마감한 뒤에 볼 수 있습니다. 자료는 그대로입니다."
        )


def measures_of(rows: Sequence[CriterionRow]) -> tuple[Measure, ...]:
    """Criteria as the rules take them."""
    return tuple(Measure(row.id, Step(row.step), row.name, row.points, row.weight) for row in rows)


def is_candidate(row: CandidateRow) -> bool:
    """Whether somebody is rated: not ended yet, or decided on by score."""
    return Stage(row.stage) in UNDECIDED or row.rank is not None


def masked(desk: Desk, row: CandidateRow) -> CandidateRow:
    """The row with name, birth and phone as this desk shows them."""
    hide = desk.masking
    return replace(
        row, name=hide.show_name(row.name), birth=hide.hide_birth(row.birth), phone=hide.show_phone(row.phone)
    )


def _check_standards(standards: Sequence[Standard]) -> None:
    if any(not one.name for one in standards):
        raise Refusal("심사 항목의 이름을 적어 주십시오.")
    if len({(one.step, one.name) for one in standards}) != len(standards):
        raise Refusal("한 단계에 같은 이름의 항목이 두 번 있습니다. 이름을 다르게 적어 주십시오.")
    for one in standards:
        if not 0 < one.points <= MOST_POINTS:
            raise Refusal(f"'{one.name}'의 만점은 1점부터 {MOST_POINTS}점까지입니다.")
        if one.weight <= 0:
            raise Refusal(f"'{one.name}'의 가중치는 1 이상이어야 합니다.")
    fault = weights_fault(Measure(new_id(), one.step, one.name, one.points, one.weight) for one in standards)
    if fault:
        raise Refusal(f"{fault} 저장하지 않았습니다.")


def read_rater(connection: sa.Connection, rater_id: UUID) -> RaterRow:
    """The rater of an id; raise UsageError where there is none."""
    row = store.find_rater(connection, rater_id)
    if row is None:
        raise UsageError("없는 심사위원입니다. 심사위원 목록에서 다시 골라 주십시오.")
    return row


def refuse_decided(connection: sa.Connection, round_id: UUID) -> None:
    """Raise Refusal where somebody of the round was decided on by score."""
    if any(row.rank is not None for row in store.list_candidates(connection, round_id)):
        raise Refusal("이미 선발을 정하여 바꾸지 않았습니다. 고치려면 먼저 선발을 거두십시오.")
