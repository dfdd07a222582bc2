"""Who is selected: the decision of a track in one act, and what follows when somebody gives up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.rounds import UNDECIDED, RoundState
from regional_desk.domain.screening import show_score
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Item, OpenItems, Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment import stages
from regional_desk.services.recruitment.ranking import Marks, Ranked, Ranking, rank_marks, ranking, read_marks
from regional_desk.services.recruitment.rounds import SUBJECT, refuse_published
from regional_desk.services.recruitment.screening import masked
from regional_desk.store import recruitment as store
from regional_desk.store.people import application, application_step
from regional_desk.store.recruitment import CandidateRow


@dataclass(frozen=True, slots=True)
class GivenUp:
    """What somebody's giving up led to: who moved up, by application, None where nobody waited."""

    application: UUID
    promoted: UUID | None


def decide(
    desk: Desk,
    round_id: UUID,
    track: Track,
    *,
    order: Sequence[UUID] = (),
    reason: str = "",
    operation_id: UUID | None = None,
) -> Ranking:
    """선발 up to the track's places, 예비 numbered up to its reserves, everybody else 탈락, in one act.

    `order` names the applications of equal rank that a person put in order, with the reason. Raises Refusal before the
    closing, after the publishing and where it was decided already; OpenItems where somebody has no score, a sheet is
    not done, or a tie must be decided by a person first.
    """

    def body(work: Work) -> dict[str, Any]:
        marks = read_marks(work.connection, round_id, track)
        refuse_published(marks.round)
        if marks.round.state == RoundState.OPEN:
            raise Refusal(f"{marks.round.name}의 접수를 먼저 마감하십시오. 선발을 정하지 않았습니다.")
        found = rank_marks(marks, track, order, reason)
        _refuse_open(desk, found)
        keys = desk.store.person_keys(work.connection, [one.candidate.person for one in found.ranked])
        _write_verdicts(work, found.ranked)
        values = [work.seal(keys, one.candidate.person, _sealed(one, marks)) for one in found.ranked]
        counts = {
            stage.value: found.count(stage) for stage in (Stage.SELECTED, Stage.WAITLISTED, Stage.REJECTED)
        }
        work.log("screening.decide", SUBJECT, round_id, {"track": track.value, **counts}, values)
        work.subjects |= {"people", "screening"}
        return counts

    desk.perform(Right.EDIT_RECRUITMENT, "screening.decide", body, operation_id)
    return ranking(desk, round_id, track)


def withdraw(
    desk: Desk, round_id: UUID, track: Track, reason: str, operation_id: UUID | None = None
) -> dict[str, Any]:
    """Take a track's decision back before it is published, so that points or goals can be put right.

    Who gave up since then stays so. Raises Refusal without a reason, where nothing was decided, after the publishing,
    or where somebody is enrolled already.
    """
    why = clean(reason)
    if not why:
        raise Refusal("선발을 거두는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        marks = read_marks(work.connection, round_id, track)
        refuse_published(marks.round)
        decided = [one for one in marks.people if one.rank is not None]
        if not decided:
            raise Refusal(f"{track.value}의 선발을 아직 정하지 않았습니다. 바뀐 것은 없습니다.")
        if any(one.stage in (Stage.ENROLLED, Stage.COMPLETED) for one in decided):
            raise Refusal("이미 교육과정에 등록한 사람이 있어 선발을 거두지 않았습니다.")
        for one in decided:
            work.connection.execute(
                sa.update(application)
                .where(application.c.id == one.id)
                .values(
                    score=None,
                    rank=None,
                    reserve_number=None,
                    tie_note=None,
                    version=application.c.version + 1,
                )
            )
            if one.stage != Stage.DECLINED:
                stages.move(work, one.id, one.person, marks.steps[-1].stage, work.at.date(), why)
        work.log("screening.withdraw", SUBJECT, round_id, {"track": track.value, "people": len(decided)})
        work.subjects |= {"people", "screening"}
        return {"people": len(decided)}

    return desk.perform(Right.EDIT_RECRUITMENT, "screening.withdraw", body, operation_id)


def drop(
    desk: Desk, application_id: UUID, reason: str, on: dt.date | None = None, operation_id: UUID | None = None
) -> None:
    """Take somebody out of the screening (서류 탈락, 면접 불참) with the reason: 탈락 without a rank.

    Raises Refusal without a reason, or where the application was decided on or ended already.
    """
    why = clean(reason)
    if not why:
        raise Refusal("제외하는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        row = _candidate(work.connection, application_id)
        if Stage(row.stage) not in UNDECIDED:
            raise Refusal(f"{row.name}님은 이미 {Stage(row.stage).label} 단계라 제외하지 않았습니다.")
        stages.move(work, row.id, row.person, Stage.REJECTED, on or work.at.date(), why)
        work.subjects.add("screening")
        return {"application": str(application_id)}

    desk.perform(Right.EDIT_RECRUITMENT, "screening.drop", body, operation_id)


def give_up(
    desk: Desk, application_id: UUID, reason: str, on: dt.date, operation_id: UUID | None = None
) -> GivenUp:
    """포기: the person leaves the places and the first 예비 of the same track and round moves up, in one act.

    The others keep their announced numbers. Raises Refusal without a reason, for a day after today or before the
    selection, and for whoever was neither selected nor waitlisted.
    """
    why = clean(reason)
    if not why:
        raise Refusal("포기하는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        row = _candidate(work.connection, application_id)
        _refuse_giving_up(work, row, on)
        selected = row.stage == Stage.SELECTED
        stages.move(work, row.id, row.person, Stage.DECLINED, on, why)
        following = _first_reserve(work.connection, row) if selected else None
        if following is not None:
            told = f"예비 {following.reserve_number}번에서 올라감"
            stages.move(work, following.id, following.person, Stage.SELECTED, on, told)
            keys = desk.store.person_keys(work.connection, [following.person])
            value = {"from": Stage.WAITLISTED.value, "number": following.reserve_number}
            work.log(
                "screening.promote",
                "people",
                following.person,
                values=[work.seal(keys, following.person, value)],
            )
        work.subjects |= {"screening", SUBJECT}
        return {
            "application": str(application_id),
            "promoted": None if following is None else str(following.id),
        }

    done = desk.perform(Right.EDIT_RECRUITMENT, "screening.give_up", body, operation_id)
    promoted = done["promoted"]
    return GivenUp(UUID(done["application"]), None if promoted is None else UUID(promoted))


def next_reserve(desk: Desk, application_id: UUID) -> CandidateRow | None:
    """Who would move up if this selected person gave up, masked as the person may see it; None where nobody would."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = _candidate(connection, application_id)
        found = _first_reserve(connection, row) if row.stage == Stage.SELECTED else None
    if found is None:
        return None
    desk.note_view("screening", [found.person], {"by": "ranking"})
    return masked(desk, found)


def name_of(desk: Desk, application_id: UUID) -> str:
    """Whose application it is, as the person may see the name; noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = _candidate(connection, application_id)
    desk.note_view("screening", [row.person], {"by": "ranking"})
    return desk.masking.show_name(row.name)


def application_of(desk: Desk, person: UUID) -> UUID:
    """A person's application of this programme year; raise UsageError where there is none."""
    with desk.store.read() as connection:
        found = connection.execute(
            sa.select(application.c.id).where(
                application.c.person_id == person,
                application.c.programme_year == desk.office.programme_year,
            )
        ).scalar()
    if found is None:
        raise UsageError("이 사람은 이 사업연도에 지원하지 않았습니다.")
    return UUID(str(found))


def _refuse_open(desk: Desk, found: Ranking) -> None:
    if found.decided:
        raise Refusal(
            f"{found.track.value}의 선발을 이미 정했습니다. 다시 정하려면 먼저 선발을 거두십시오. 바뀐 것은 없습니다."
        )
    name = desk.masking.show_name
    items = [Item(found.track.value, fault) for fault in found.faults]
    items += [Item(name(one.candidate.name), ", ".join(one.reasons)) for one in found.waiting]
    names = {one.candidate.id: (name(one.candidate.name), one.score.total) for one in found.ranked}
    for group in found.ties:
        who = ", ".join(names[one][0] for one in group)
        items.append(
            Item(who, f"{show_score(names[group[0]][1])}점 동점입니다. 차례를 정하고 사유를 적으십시오.")
        )
    if items:
        raise OpenItems("먼저 정할 것이 있어 선발을 정하지 않았습니다.", items=tuple(items))
    if not found.ranked:
        raise Refusal(f"{found.track.value}에는 점수가 있는 지원자가 없어 선발을 정하지 않았습니다.")


def _write_verdicts(work: Work, ranked: Sequence[Ranked]) -> None:
    work.connection.execute(
        sa.update(application)
        .where(application.c.id == sa.bindparam("one"))
        .values(
            {name: sa.bindparam(f"new_{name}") for name in ("score", "rank", "reserve_number", "tie_note")}
        ),
        [
            {
                "one": one.candidate.id,
                "new_score": one.score.total,
                "new_rank": one.rank,
                "new_reserve_number": one.reserve_number,
                "new_tie_note": one.tie_note,
            }
            for one in ranked
        ],
    )
    for one in ranked:
        stages.move(work, one.candidate.id, one.candidate.person, one.outcome, work.at.date())


def _sealed(one: Ranked, marks: Marks) -> dict[str, Any]:
    """What the log keeps of a decision: the score, the place, and everybody's points it came from."""
    names = {each.id: each.name for each in marks.raters}
    points = {
        f"{each.step.label} {each.name}": {
            names[rater]: tenths for rater, tenths in marks.given[one.candidate.id, each.id].items()
        }
        for each in marks.measures
    }
    return {
        "score": one.score.total,
        "rank": one.rank,
        "stage": one.outcome.value,
        "number": one.reserve_number,
        "tie": one.tie_note,
        "points": points,
    }


def _candidate(connection: sa.Connection, application_id: UUID) -> CandidateRow:
    found = store.find_candidate(connection, application_id)
    if found is None or found[0] is None:
        raise Refusal("모집 차수에 든 지원서가 아니라 바꾸지 않았습니다.")
    rows = store.list_candidates(connection, found[0], only=[application_id])
    if not rows:
        raise Refusal("파기한 사람의 지원서라 바꾸지 않았습니다.")
    return rows[0]


def _refuse_giving_up(work: Work, row: CandidateRow, on: dt.date) -> None:
    stage = Stage(row.stage)
    if stage is Stage.ENROLLED:
        raise Refusal(
            f"{row.name}님은 이미 교육과정에 등록했습니다. 교육과정에서 나감으로 처리하십시오. 바뀐 것은 없습니다."
        )
    if stage not in (Stage.SELECTED, Stage.WAITLISTED):
        raise Refusal(f"{row.name}님은 {stage.label} 단계라 포기로 처리하지 않았습니다.")
    if on > work.at.date():
        raise Refusal(f"포기한 날({korean_date(on)})이 오늘보다 뒤입니다. 바꾸지 않았습니다.")
    chosen = work.connection.execute(
        sa.select(sa.func.max(application_step.c.on)).where(application_step.c.application_id == row.id)
    ).scalar()
    if chosen is not None and on < chosen:
        raise Refusal(
            f"포기한 날({korean_date(on)})이 {stage.label}을(를) 정한 날({korean_date(chosen)})보다 앞섭니다."
        )


def _first_reserve(connection: sa.Connection, row: CandidateRow) -> CandidateRow | None:
    """Who waits next in somebody's track and round."""
    if row.track is None:
        return None
    found = store.find_candidate(connection, row.id)
    if found is None or found[0] is None:
        return None
    waiting = [
        one
        for one in store.list_candidates(connection, found[0], row.track)
        if one.stage == Stage.WAITLISTED and one.reserve_number is not None
    ]
    return min(waiting, key=lambda one: one.reserve_number or 0, default=None)
