"""The raters' sheets: points written at once, blind to each other until each is declared done (마감).

No line of a log carries points before a decision: whoever may read the logs may be a rater whose own sheet is open.
The points of everybody are sealed into the log by the decision (`services.selection.decide`); a sheet that is declared
done leaves its digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import FUNNEL, Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.rounds import RoundState
from regional_desk.domain.screening import Measure, Step, show_points
from regional_desk.domain.text import clean
from regional_desk.errors import Item, NotAllowed, OpenItems, Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment import stages
from regional_desk.services.recruitment.rounds import SUBJECT, read_round, refuse_published
from regional_desk.services.recruitment.screening import (
    is_candidate,
    masked,
    may_write,
    measures_of,
    read_rater,
    refuse_decided,
    require_readable,
)
from regional_desk.store import recruitment as store
from regional_desk.store.metadata import canonical
from regional_desk.store.recruitment import CandidateRow, CriterionRow, RaterRow, RoundRow

_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Points:
    """What a rater gives one application for one criterion, in tenths of a point; None takes it back."""

    application: UUID
    criterion: UUID
    tenths: int | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One applicant on a sheet; `points` in the order of its criteria, tenths, None where nothing was given."""

    candidate: CandidateRow
    points: tuple[int | None, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return None not in self.points


@dataclass(frozen=True, slots=True)
class Sheet:
    """One rater's sheet of one track."""

    round: RoundRow
    rater: RaterRow
    track: Track
    measures: tuple[Measure, ...]
    rows: tuple[SheetRow, ...]
    writable: bool

    @property
    def done(self) -> bool:
        """Whether the rater declared it done."""
        return self.rater.done_at is not None


def sheet(desk: Desk, rater_id: UUID, track: Track) -> Sheet:
    """One rater's sheet, its applicants by name, noted and masked as the person may see them.

    Raises NotAllowed for a sheet the person may not read yet: another's, until both own and that one are done.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = read_rater(connection, rater_id)
        require_readable(desk, connection, row)
        found = _read_sheet(desk, connection, row, track)
    if found.rows:
        who = [line.candidate.person for line in found.rows]
        desk.note_view("screening", who, {"by": row.step, "round": str(row.round_id)})
    if desk.masking is Masking.FULL:
        return found
    return replace(
        found, rows=tuple(replace(line, candidate=masked(desk, line.candidate)) for line in found.rows)
    )


def rate(
    desk: Desk, rater_id: UUID, points: Sequence[Points], operation_id: UUID | None = None
) -> dict[str, Any]:
    """Write points of one's own sheet, or of an outside rater's that is keyed in; all of them or none.

    Raises NotAllowed for somebody else's sheet, Refusal where it is done, the round is published, somebody was decided
    on, or points lie outside 0 and the criterion's most.
    """

    def body(work: Work) -> dict[str, Any]:
        row = read_rater(work.connection, rater_id)
        _require_writer(desk, row)
        refuse_published(read_round(work.connection, row.round_id))
        _refuse_done(row)
        criteria = {one.id: one for one in store.list_criteria(work.connection, row.round_id)}
        rated = {one.application for one in points}
        people = {one.id: one for one in store.list_candidates(work.connection, row.round_id, only=rated)}
        for one in points:
            _check_points(row, criteria.get(one.criterion), people.get(one.application), one)
        if not points:
            return {"cells": 0}
        _write_points(work, rater_id, points)
        touched = sorted({people[one.application].person for one in points})
        keys = desk.store.person_keys(work.connection, touched)
        values = [work.seal(keys, person, {"rater": row.name, "step": row.step}) for person in touched]
        work.log(
            "screening.rate", "screening", rater_id, {"cells": len(points), "people": len(touched)}, values
        )
        return {"cells": len(points)}

    return desk.perform(_right_for(desk, rater_id), "screening.rate", body, operation_id)


def declare_done(desk: Desk, rater_id: UUID, operation_id: UUID | None = None) -> dict[str, Any]:
    """Declare a sheet done (마감), all its tracks; with a step's last sheet the applicants come to the step's stage.

    Raises OpenItems naming what is missing, and as `rate` does.
    """

    def body(work: Work) -> dict[str, Any]:
        row = read_rater(work.connection, rater_id)
        _require_writer(desk, row)
        refuse_published(read_round(work.connection, row.round_id))
        _refuse_done(row)
        sheets = [_read_sheet(desk, work.connection, row, track) for track in Track]
        _refuse_gaps(desk, sheets)
        work.connection.execute(
            sa.update(store.rater)
            .where(store.rater.c.id == rater_id)
            .values(done_at=work.at, version=store.rater.c.version + 1)
        )
        given = [
            [str(one.application_id), str(one.criterion_id), one.tenths]
            for one in store.list_ratings(work.connection, [rater_id])
        ]
        digest = hashlib.sha256(canonical(sorted(given)).encode()).hexdigest()
        work.log(
            "screening.done",
            SUBJECT,
            row.round_id,
            {"step": row.step, "rater": row.name, "cells": len(given), "sha256": digest},
        )
        return {"moved": _advance(work, row, sheets)}

    return desk.perform(_right_for(desk, rater_id), "screening.done", body, operation_id)


def reopen(desk: Desk, rater_id: UUID, reason: str, operation_id: UUID | None = None) -> None:
    """Open a sheet that was declared done again, with the reason; raise Refusal where a decision was made by it."""
    why = clean(reason)
    if not why:
        raise Refusal("점수표를 다시 여는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        row = read_rater(work.connection, rater_id)
        _require_writer(desk, row)
        refuse_published(read_round(work.connection, row.round_id))
        if row.done_at is None:
            raise Refusal(f"{row.name}님의 점수표는 마감되지 않았습니다. 바뀐 것은 없습니다.")
        refuse_decided(work.connection, row.round_id)
        _refuse_naming(why, store.list_candidates(work.connection, row.round_id))
        work.connection.execute(
            sa.update(store.rater)
            .where(store.rater.c.id == rater_id)
            .values(done_at=None, version=store.rater.c.version + 1)
        )
        work.log(
            "screening.reopen", SUBJECT, row.round_id, {"step": row.step, "rater": row.name, "reason": why}
        )
        return {"rater": str(rater_id)}

    desk.perform(_right_for(desk, rater_id), "screening.reopen", body, operation_id)


def _check_points(
    row: RaterRow, criterion: CriterionRow | None, candidate: CandidateRow | None, given: Points
) -> None:
    if criterion is None or criterion.step != row.step:
        raise Refusal("이 점수표의 심사 항목이 아닙니다. 점수표를 새로 열어 주십시오.")
    if candidate is None or candidate.track != criterion.track or not is_candidate(candidate):
        raise Refusal("이 점수표의 지원자가 아닙니다. 점수표를 새로 열어 주십시오.")
    if candidate.rank is not None:
        raise Refusal("이미 선발을 정한 지원자라 점수를 바꾸지 않았습니다. 고치려면 먼저 선발을 거두십시오.")
    if given.tenths is not None and not 0 <= given.tenths <= criterion.points * _TENTHS:
        raise Refusal(
            f"{show_points(max(0, given.tenths))}점은 '{criterion.name}'의 만점({criterion.points}점)을 넘습니다."
        )


def _write_points(work: Work, rater_id: UUID, points: Sequence[Points]) -> None:
    """Take back what is overwritten, then write; of a cell named twice the last counts."""
    table = store.rating
    cells = {(one.application, one.criterion): one.tenths for one in points}
    work.connection.execute(
        sa.delete(table).where(
            table.c.rater_id == rater_id,
            table.c.application_id == sa.bindparam("one"),
            table.c.criterion_id == sa.bindparam("by"),
        ),
        [{"one": one, "by": by} for one, by in cells],
    )
    given = [
        {"rater_id": rater_id, "application_id": one, "criterion_id": by, "tenths": tenths}
        for (one, by), tenths in cells.items()
        if tenths is not None
    ]
    if given:
        work.connection.execute(sa.insert(table), given)


def _read_sheet(desk: Desk, connection: sa.Connection, row: RaterRow, track: Track) -> Sheet:
    found = read_round(connection, row.round_id)
    criteria = [
        one for one in store.list_criteria(connection, row.round_id, track.value) if one.step == row.step
    ]
    given = {
        (one.application_id, one.criterion_id): one.tenths for one in store.list_ratings(connection, [row.id])
    }
    people = [
        one for one in store.list_candidates(connection, row.round_id, track.value) if is_candidate(one)
    ]
    rows = tuple(SheetRow(one, tuple(given.get((one.id, each.id)) for each in criteria)) for one in people)
    decided = any(one.rank is not None for one in people)
    writable = (
        may_write(desk, row)
        and row.done_at is None
        and not decided
        and found.state != RoundState.PUBLISHED
        and not desk.read_only
    )
    return Sheet(found, row, track, measures_of(criteria), rows, writable)


def _refuse_gaps(desk: Desk, sheets: Sequence[Sheet]) -> None:
    gaps = [
        Item(
            f"{one.track.value} {desk.masking.show_name(line.candidate.name)}",
            f"{', '.join(each.name for each, given in zip(one.measures, line.points, strict=True) if given is None)} 점수가 없습니다.",
        )
        for one in sheets
        for line in one.rows
        if not line.whole
    ]
    if gaps:
        raise OpenItems(
            f"점수가 빈 지원자가 {len(gaps)}명 있어 마감하지 않았습니다. 심사에 오지 않은 사람은 먼저 제외하십시오.",
            items=tuple(gaps),
        )
    if not any(one.measures for one in sheets):
        raise Refusal("이 단계의 심사 기준이 아직 없어 마감하지 않았습니다.")


def _advance(work: Work, row: RaterRow, sheets: Sequence[Sheet]) -> int:
    """With the last sheet of a step, everybody it rated comes to the step's stage; return how many did."""
    if any(one.done_at is None for one in store.list_raters(work.connection, row.round_id, row.step)):
        return 0
    stage = Step(row.step).stage
    below = FUNNEL[1 : FUNNEL.index(stage)]
    moved = [
        line.candidate
        for one in sheets
        if one.measures
        for line in one.rows
        if Stage(line.candidate.stage) in below
        or (line.candidate.stage == Stage.APPLIED and line.candidate.eligible)
    ]
    for one in moved:
        stages.move(work, one.id, one.person, stage, work.at.date())
    return len(moved)


def _right_for(desk: Desk, rater_id: UUID) -> Right:
    with desk.store.read() as connection:
        row = read_rater(connection, rater_id)
    return Right.EDIT_RECRUITMENT if row.user_id is None else Right.RATE


def _require_writer(desk: Desk, row: RaterRow) -> None:
    if not may_write(desk, row):
        raise NotAllowed(f"{row.name}님의 점수표는 그 사람만 적을 수 있습니다. 자료는 그대로입니다.")


def _refuse_done(row: RaterRow) -> None:
    if row.done_at is not None:
        raise Refusal(
            f"{row.name}님의 점수표는 마감되어 바꾸지 않았습니다. 고치려면 사유를 적고 다시 여십시오."
        )


def _refuse_naming(text: str, people: Sequence[CandidateRow]) -> None:
    """The log's own words outlive the person: no applicant's name goes into them."""
    if any(row.name in text for row in people):
        raise Refusal("사유에 지원자의 이름을 적지 마십시오. 사유는 이력에 오래 남습니다. 바꾸지 않았습니다.")
