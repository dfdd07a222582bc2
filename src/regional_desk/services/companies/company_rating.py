"""The raters' sheets of companies: points written at once, blind to each other until each is declared done (마감).

No line of a log carries points before a decision: whoever may read the logs may be a rater whose own sheet is open.
The points come into the log with the decision (`company_selection.decide`); a sheet that is done leaves its digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.company_selection import Criterion, ParticipationState
from regional_desk.domain.rights import Right
from regional_desk.domain.screening import show_points
from regional_desk.domain.text import clean
from regional_desk.errors import Item, NotAllowed, OpenItems, Refusal
from regional_desk.services.companies.company_ranking import terms
from regional_desk.services.companies.company_raters import (
    may_write,
    read_rater,
    require_readable,
    require_writer,
    right_for,
)
from regional_desk.services.companies.participations import SUBJECT
from regional_desk.services.desk import Desk, Work
from regional_desk.store import company_ratings as store
from regional_desk.store.company_ratings import AppliedRow, RaterRow
from regional_desk.store.metadata import canonical
from regional_desk.store.participation import company_rater, company_rating

_TENTHS = 10


@dataclass(frozen=True, slots=True)
class CompanyPoints:
    """What a rater gives one application for one criterion (its key), in tenths of a point; None takes it back."""

    participation: UUID
    criterion: str
    tenths: int | None


@dataclass(frozen=True, slots=True)
class CompanySheetRow:
    """One company on a sheet; `points` in the order of the criteria, tenths, None where nothing was given."""

    row: AppliedRow
    points: tuple[int | None, ...]

    @property
    def open(self) -> bool:
        """Whether the company was not decided on yet, so that its points may be written."""
        return self.row.state == ParticipationState.APPLIED

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return None not in self.points


@dataclass(frozen=True, slots=True)
class CompanySheet:
    """One rater's sheet of one kind."""

    rater: RaterRow
    kind: CompanyKind
    criteria: tuple[Criterion, ...]
    rows: tuple[CompanySheetRow, ...]
    writable: bool

    @property
    def done(self) -> bool:
        """Whether the rater declared it done."""
        return self.rater.done_at is not None


def sheet(desk: Desk, rater_id: UUID, kind: CompanyKind) -> CompanySheet:
    """One rater's sheet, its companies by name, without those that took their application back.

    Raises NotAllowed for a sheet the person may not read yet: another's, until both own and that one are done.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = read_rater(connection, rater_id)
        require_readable(desk, connection, row)
        return _read_sheet(desk, connection, row, kind)


def rate(
    desk: Desk, rater_id: UUID, points: Sequence[CompanyPoints], operation_id: UUID | None = None
) -> dict[str, Any]:
    """Write points of one's own sheet, or of an outside rater's that is keyed in; all of them or none.

    Raises NotAllowed for somebody else's sheet, Refusal where it is done, a company was decided on, or points lie
    outside 0 and the criterion's most.
    """

    def body(work: Work) -> dict[str, Any]:
        row = read_rater(work.connection, rater_id)
        require_writer(desk, row)
        known = {one.id: one for one in store.list_applied(work.connection, row.programme_year)}
        for one in points:
            _check(known.get(one.participation), one)
        if points:
            write_points(work, {(rater_id, one.participation, one.criterion): one.tenths for one in points})
            touched = len({one.participation for one in points})
            told = {"rater": row.name, "cells": len(points), "companies": touched}
            work.log("company.rate", "company_ratings", rater_id, told)
        return {"cells": len(points)}

    return desk.perform(right_for(desk, rater_id), "company.rate", body, operation_id)


def declare_done(desk: Desk, rater_id: UUID, operation_id: UUID | None = None) -> dict[str, Any]:
    """Declare a sheet done (마감), both kinds; raise OpenItems naming what is missing, and as `rate` does."""

    def body(work: Work) -> dict[str, Any]:
        row = read_rater(work.connection, rater_id)
        require_writer(desk, row)
        sheets = [_read_sheet(desk, work.connection, row, kind) for kind in CompanyKind]
        _refuse_gaps(sheets)
        _set_done(work, rater_id, work.at)
        given = [
            [str(one.participation_id), one.criterion, one.tenths]
            for one in store.list_ratings(work.connection, [rater_id])
        ]
        digest = hashlib.sha256(canonical(sorted(given)).encode()).hexdigest()
        told = {"rater": row.name, "cells": len(given), "sha256": digest}
        work.log("company.rating_done", SUBJECT, rater_id, told)
        return {"cells": len(given)}

    return desk.perform(right_for(desk, rater_id), "company.rating_done", body, operation_id)


def reopen(desk: Desk, rater_id: UUID, reason: str, operation_id: UUID | None = None) -> None:
    """Open a sheet that was declared done again, with the reason; points of companies decided on stay as they are."""
    why = clean(reason)
    if not why:
        raise Refusal("평가표를 다시 여는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        row = read_rater(work.connection, rater_id)
        if not may_write(desk, row):
            raise NotAllowed(f"{row.name}님의 평가표는 그 사람만 다시 열 수 있습니다. 자료는 그대로입니다.")
        if row.done_at is None:
            raise Refusal(f"{row.name}님의 평가표는 마감되지 않았습니다. 바뀐 것은 없습니다.")
        _set_done(work, rater_id, None)
        work.log("company.rating_reopen", SUBJECT, rater_id, {"rater": row.name, "reason": why})
        return {"rater": str(rater_id)}

    desk.perform(right_for(desk, rater_id), "company.rating_reopen", body, operation_id)


def write_points(work: Work, cells: Mapping[tuple[UUID, UUID, str], int | None]) -> None:
    """Write cells (rater, application, criterion) in tenths over what stands there; None takes a cell back."""
    table = company_rating
    work.connection.execute(
        sa.delete(table).where(
            table.c.rater_id == sa.bindparam("rater"),
            table.c.participation_id == sa.bindparam("one"),
            table.c.criterion == sa.bindparam("by"),
        ),
        [{"rater": rater, "one": one, "by": by} for rater, one, by in cells],
    )
    given = [
        {"rater_id": rater, "participation_id": one, "criterion": by, "tenths": tenths}
        for (rater, one, by), tenths in cells.items()
        if tenths is not None
    ]
    if given:
        work.connection.execute(sa.insert(table), given)


def _check(row: AppliedRow | None, given: CompanyPoints) -> None:
    criterion = next((one for one in terms().criteria if one.key == given.criterion), None)
    if criterion is None or row is None or row.state == ParticipationState.WITHDRAWN:
        raise Refusal("이 평가표의 기업이나 평가항목이 아닙니다. 평가표를 새로 열어 주십시오.")
    if row.state != ParticipationState.APPLIED:
        raise Refusal(
            f"{row.company_name}은(는) 이미 {ParticipationState(row.state).label}(으)로 정하여 점수를 바꾸지 않았습니다. 고치려면 먼저 선정을 거두십시오."
        )
    if given.tenths is not None and not 0 <= given.tenths <= criterion.points * _TENTHS:
        raise Refusal(
            f"{show_points(max(0, given.tenths))}점은 '{criterion.name}'의 만점({criterion.points}점)을 넘습니다."
        )


def _read_sheet(desk: Desk, connection: sa.Connection, row: RaterRow, kind: CompanyKind) -> CompanySheet:
    given = {
        (one.participation_id, one.criterion): one.tenths for one in store.list_ratings(connection, [row.id])
    }
    criteria = terms().criteria
    rows = tuple(
        CompanySheetRow(one, tuple(given.get((one.id, each.key)) for each in criteria))
        for one in store.list_applied(connection, row.programme_year, kind.value)
        if one.state != ParticipationState.WITHDRAWN
    )
    writable = may_write(desk, row) and row.done_at is None and not desk.read_only
    return CompanySheet(row, kind, criteria, rows, writable)


def _refuse_gaps(sheets: Sequence[CompanySheet]) -> None:
    gaps = [
        Item(
            f"{one.kind.value} {line.row.company_name}",
            f"{', '.join(each.name for each, given in zip(one.criteria, line.points, strict=True) if given is None)} 점수가 없습니다.",
        )
        for one in sheets
        for line in one.rows
        if line.open and not line.whole
    ]
    if gaps:
        raise OpenItems(f"점수가 빈 기업이 {len(gaps)}곳 있어 마감하지 않았습니다.", items=tuple(gaps))
    if not any(one.rows for one in sheets):
        raise Refusal("신청한 기업이 아직 없어 마감하지 않았습니다.")


def _set_done(work: Work, rater_id: UUID, done_at: object) -> None:
    work.connection.execute(
        sa.update(company_rater)
        .where(company_rater.c.id == rater_id)
        .values(done_at=done_at, version=company_rater.c.version + 1)
    )
