"""Taking a list of companies or positions or an attendance sheet back."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.text import korean_date
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.locks import read_locks
from regional_desk.services.attendance.tally import closed_people
from regional_desk.services.companies.positions import SUBJECT, move_track
from regional_desk.services.desk import Work
from regional_desk.services.importing.import_positions import old_values
from regional_desk.services.importing.import_undo_people import Kept, Outcome, last_change
from regional_desk.services.training import courses
from regional_desk.store import attendance as cells
from regional_desk.store import undo
from regional_desk.store.companies import company, position
from regional_desk.store.imports import BatchRow
from regional_desk.store.metadata import metadata
from regional_desk.store.positions import rounds_with

_CHANGED = "그 뒤에 자료가 바뀜"
_USED = "다른 기록이 있음"
_CLOSED = "확정된 단위기간의 출결"
_LOCKED = "마감했거나 대출 중인 날"
_GONE = "파기·분리보관됨"


def take_back_companies(work: Work, batch: BatchRow) -> Outcome:
    """Delete the import's new companies and give its changed ones their old values, as far as nobody touched them since.

    Its positions go with them; the counts are of companies.
    """
    found = Outcome()
    found.kept += _positions_back(work, batch).kept
    fresh = work.connection.execute(sa.select(company).where(company.c.import_id == batch.id)).all()
    for row in fresh:
        if row.version > 1 or _is_used(work, company, row.id):
            found.kept.append(Kept(row.name, _CHANGED if row.version > 1 else _USED, ""))
        else:
            work.connection.execute(sa.delete(company).where(company.c.id == row.id))
            found.deleted += 1
    scope = undo.read_scope(work.connection, batch.id)
    for one in scope.get("companies", ()):
        _restore_company(work, one, found)
    return found


def take_back_positions(work: Work, batch: BatchRow) -> Outcome:
    """Delete the import's new positions and give its changed ones their old terms, as far as nobody touched them since."""
    return _positions_back(work, batch)


def _positions_back(work: Work, batch: BatchRow) -> Outcome:
    found = Outcome()
    query = (
        sa.select(position, company.c.name.label("company_name"))
        .join(company, company.c.id == position.c.company_id)
        .where(position.c.import_id == batch.id)
    )
    for row in work.connection.execute(query).all():
        if row.version > 1 or _is_used(work, position, row.id):
            name = f"{row.company_name} · {row.name}"
            found.kept.append(Kept(name, _CHANGED if row.version > 1 else _USED, ""))
        else:
            work.connection.execute(sa.delete(position).where(position.c.id == row.id))
            found.deleted += 1
    for one in undo.read_scope(work.connection, batch.id).get("positions", ()):
        mine = sa.and_(position.c.id == UUID(one["id"]), position.c.version == one["version"])
        back = sa.update(position).where(mine).values(**old_values(one["old"]), version=one["version"] + 1)
        if work.connection.execute(back).rowcount == 1:
            found.restored += 1
        else:
            found.kept.append(Kept(one["name"], _CHANGED, ""))
    work.subjects.add(SUBJECT)
    return found


def _restore_company(work: Work, one: dict[str, Any], found: Outcome) -> None:
    company_id, old = UUID(one["id"]), one["old"]
    chosen = company.c.id == company_id
    now = work.connection.execute(sa.select(company.c.name, company.c.version).where(chosen)).first()
    if now is None or now.version != one["version"]:
        found.kept.append(Kept(now.name if now else old.get("name", ""), _CHANGED, ""))
        return
    if old.get("kind") and rounds_with(work.connection, company_id, work.desk.office.programme_year):
        found.kept.append(Kept(now.name, _USED, ""))
        return
    work.connection.execute(sa.update(company).where(chosen).values(**old, version=company.c.version + 1))
    if old.get("kind"):
        move_track(work, company_id, now.name, CompanyKind(old["kind"]))
    found.restored += 1


def _is_used(work: Work, table: sa.Table, row_id: UUID) -> bool:
    """Whether any row of another table points at this one."""
    return any(
        work.connection.execute(sa.select(key.parent).where(key.parent == row_id).limit(1)).first()
        for other in metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table is table
    )


def take_back_cells(work: Work, batch: BatchRow) -> Outcome:
    """Put the cells back that are still as imported and not confirmed; `deleted` are those that had no record before."""
    found = Outcome()
    course_id = batch.course_id
    if course_id is None:
        return found
    detail = courses.read_detail(work.connection, course_id)
    closed = {unit: closed_people(work.connection, course_id, unit) for unit in detail.units}
    locks = read_locks(work.connection, detail, work.at)
    sealed = undo.read_parts(work.connection, batch.id)
    keys = work.desk.store.person_keys(work.connection, [person for person, _ in sealed])
    names = {member.person: member.name for member in detail.members}
    back: dict[tuple[UUID, dt.date], cells.CellValues | None] = {}
    for person, value in sealed:
        told = work.desk.unseal(keys, person, value)
        shown = work.desk.masking.show_name(names.get(person, ""))
        if told is None:
            found.kept.append(Kept(shown, _GONE, "", person))
            continue
        places = {(person, dt.date.fromisoformat(iso)): (old, new) for iso, old, new in told}
        now = cells.read_cells_of(work.connection, list(places))
        for place, (old, new) in places.items():
            expected = cells.kept_values(new)
            what = _why_not(closed, place, now.get(place) == expected)
            if what is None and locks.why(*place) is not None:
                what = _LOCKED
            if what is None:
                back[place] = cells.kept_values(old)
            else:
                day = korean_date(place[1])
                found.kept.append(Kept(f"{shown} {day}", what, last_change(work, person), person))
    attendance.put_back(work, course_id, back)
    found.deleted = sum(values is None for values in back.values())
    found.restored = len(back) - found.deleted
    return found


def _why_not(
    closed: dict[UnitPeriod, frozenset[UUID]], place: tuple[UUID, dt.date], same: bool
) -> str | None:
    person, day = place
    if any(unit.start <= day <= unit.end and person in people for unit, people in closed.items()):
        return _CLOSED
    return None if same else _CHANGED
