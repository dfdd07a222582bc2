"""The plan of a list of raters' points for companies: what a cell leaves empty stays as it is, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.company_selection import ParticipationState
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.screening import show_points
from regional_desk.domain.tables import RowError
from regional_desk.domain.text import clean
from regional_desk.exchange.evaluations import ImportedEvaluation, fields_of, parse
from regional_desk.exchange.layout import Layout
from regional_desk.exchange.spreadsheets import Sheet
from regional_desk.services.companies.company_ranking import terms
from regional_desk.services.companies.company_raters import may_write, put_rater
from regional_desk.services.companies.company_rating import write_points
from regional_desk.services.companies.participations import SUBJECT
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing.company_names import CompanyNames
from regional_desk.services.importing.import_plan import Plan, TakenBack
from regional_desk.services.importing.import_undo_people import Kept, Outcome
from regional_desk.store import company_ratings as store
from regional_desk.store import undo
from regional_desk.store.companies import list_companies
from regional_desk.store.company_ratings import AppliedRow, RaterRow
from regional_desk.store.imports import BatchRow
from regional_desk.store.participation import company_rater

FIELDS = fields_of(terms().criteria)
_CHANGED = "그 뒤에 점수가 바뀜"
_CLOSED = "평가표를 마감했거나 선정을 정함"


@dataclass(slots=True)
class _Sheets:
    """The office's raters, applications and points, and what the list is going to write: (rater's name, application, criterion)."""

    desk: Desk
    names: CompanyNames
    raters: dict[str, RaterRow]
    applied: dict[UUID, AppliedRow]
    given: dict[tuple[UUID, UUID], dict[str, int]]
    fresh: dict[str, None] = field(default_factory=dict)
    cells: dict[tuple[str, UUID, str], int] = field(default_factory=dict)

    @classmethod
    def read(cls, desk: Desk, connection: sa.Connection) -> _Sheets:
        """What the office has of its programme year."""
        year = desk.office.programme_year
        raters = store.list_raters(connection, year)
        given: dict[tuple[UUID, UUID], dict[str, int]] = {}
        for one in store.list_ratings(connection, [row.id for row in raters]):
            given.setdefault((one.rater_id, one.participation_id), {})[one.criterion] = one.tenths
        return cls(
            desk,
            CompanyNames(list_companies(connection)),
            {row.name: row for row in raters},
            {row.company: row for row in store.list_applied(connection, year)},
            given,
        )

    def application(self, row: ImportedEvaluation) -> AppliedRow:
        """The open application a row means; raise Refused where there is none that may still be rated."""
        company = self.names.find(row.name, row.business_number)
        found = self.applied.get(company.id)
        if found is None or found.state == ParticipationState.WITHDRAWN:
            raise Refused(f"{company.name}의 올해 참여신청이 없습니다. 신청을 먼저 받으십시오.")
        if found.state != ParticipationState.APPLIED:
            label = ParticipationState(found.state).label
            raise Refused(f"{company.name}은(는) 이미 {label}(으)로 정하여 점수를 바꾸지 않습니다.")
        return found

    def rater(self, row: ImportedEvaluation) -> RaterRow | None:
        """The rater a row means, None for a new one from outside; raise Refused where the sheet may not be written."""
        found = self.raters.get(clean(row.rater))
        if found is None:
            return None
        if not may_write(self.desk, found):
            raise Refused(f"{found.name}님은 사용자라 자기 평가표를 스스로 적어야 합니다.")
        if found.done_at is not None:
            raise Refused(f"{found.name}님의 평가표는 마감되었습니다. 다시 연 뒤 가져오십시오.")
        return found

    def before(self, rater: RaterRow | None, application: UUID) -> dict[str, int]:
        """What the rater gave the company so far."""
        return {} if rater is None else self.given.get((rater.id, application), {})


def plan(desk: Desk, connection: sa.Connection, sheet: Sheet, layout: Layout) -> Plan:
    """What the list brings to the programme year's sheets; raters it names first come from outside and are added.

    Raises NotAllowed for whoever may not key in outside raters' sheets.
    """
    desk.require(Right.EDIT_COMPANIES)
    parsed = parse(sheet, layout, terms().criteria)
    sheets = _Sheets.read(desk, connection)
    made = Plan(partial(_apply, sheets=sheets))
    made.read, made.errors = parsed.read, list(parsed.errors)
    seen: dict[tuple[str, UUID], int] = {}
    for row in parsed.rows:
        try:
            application, rater = sheets.application(row), sheets.rater(row)
        except Refused as refused:
            made.errors.append(RowError(row.row, FIELDS.label("name"), row.name, str(refused)))
            continue
        first = seen.setdefault((clean(row.rater), application.id), row.row)
        if first != row.row:
            made.skipped += 1
            made.notices.append(f"{row.row}행 {row.name}: {first}행과 같은 기업·평가위원이라 건너뜁니다.")
            continue
        _count(made, sheets, row, application, rater)
    if sheets.fresh:
        made.notices.insert(0, f"새 외부 평가위원으로 더합니다: {', '.join(sheets.fresh)}")
    made.errors.sort(key=lambda error: error.row)
    return made


def take_back(work: Work, batch: BatchRow) -> Outcome:
    """Give the import's cells their old points where nobody touched them since, and drop raters it added and left empty."""
    found = Outcome()
    scope = undo.read_scope(work.connection, batch.id)
    year = work.desk.office.programme_year
    applied = {row.id: row for row in store.list_applied(work.connection, year)}
    raters = {row.id: row for row in store.list_raters(work.connection, year)}
    now = {
        (one.rater_id, one.participation_id, one.criterion): one.tenths
        for one in store.list_ratings(work.connection, list(raters))
    }
    back: dict[tuple[UUID, UUID, str], int | None] = {}
    kept: dict[tuple[UUID, UUID], Kept] = {}
    for rater_id, application_id, criterion, old, new in scope.get("ratings", ()):
        cell = (UUID(rater_id), UUID(application_id), criterion)
        why = _why_not(raters.get(cell[0]), applied.get(cell[1]), same=now.get(cell) == new)
        if why is None:
            back[cell] = old
        else:
            name = applied[cell[1]].company_name if cell[1] in applied else ""
            kept.setdefault(cell[:2], Kept(name, why, ""))
    if back:
        write_points(work, back)
    found.kept += kept.values()
    found.deleted = sum(old is None for old in back.values())
    found.restored = len(back) - found.deleted
    left = {one.rater_id for one in store.list_ratings(work.connection, list(raters))}
    for one in map(UUID, scope.get("raters", ())):
        if one in raters and one not in left and raters[one].done_at is None:
            work.connection.execute(sa.delete(company_rater).where(company_rater.c.id == one))
    work.subjects.add(SUBJECT)
    return found


def _count(
    made: Plan, sheets: _Sheets, row: ImportedEvaluation, application: AppliedRow, rater: RaterRow | None
) -> None:
    """Count a row and note what it is going to write."""
    before = sheets.before(rater, application.id)
    changed = {key: tenths for key, tenths in row.points.items() if before.get(key) != tenths}
    if changed and rater is None:
        sheets.fresh.setdefault(clean(row.rater))
    sheets.cells |= {(clean(row.rater), application.id, key): tenths for key, tenths in changed.items()}
    if not changed:
        made.unchanged += 1
    elif not before:
        made.new += 1
    else:
        made.updated += 1
        made.changes += [
            f"{row.row}행 {application.company_name} {row.rater} {FIELDS.label(key)}: "
            f"{show_points(before[key]) if key in before else '없음'} → {show_points(tenths)}"
            for key, tenths in changed.items()
        ]


def _apply(work: Work, import_id: UUID, *, sheets: _Sheets) -> TakenBack:
    ids = {name: row.id for name, row in sheets.raters.items()}
    fresh = {name: put_rater(work, name) for name in sheets.fresh}
    ids |= fresh
    cells = {(ids[name], one, key): tenths for (name, one, key), tenths in sheets.cells.items()}
    if cells:
        write_points(work, dict(cells))
    counts = {"cells": len(cells), "raters": len(fresh)}
    work.log("import.evaluations", SUBJECT, import_id, counts)
    ratings = [
        [str(rater), str(one), key, sheets.given.get((rater, one), {}).get(key), tenths]
        for (rater, one, key), tenths in cells.items()
    ]
    return TakenBack({"ratings": ratings, "raters": [str(one) for one in fresh.values()]})


def _why_not(rater: RaterRow | None, application: AppliedRow | None, *, same: bool) -> str | None:
    if rater is None or application is None or not same:
        return _CHANGED
    if rater.done_at is not None or application.state != ParticipationState.APPLIED:
        return _CLOSED
    return None
