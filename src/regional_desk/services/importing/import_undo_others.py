"""Taking a companies' list or an attendance sheet back."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.text import korean_date
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.locks import read_locks
from regional_desk.services.attendance.tally import closed_people
from regional_desk.services.desk import Work
from regional_desk.services.importing.import_undo_people import Kept, Outcome, last_change
from regional_desk.services.training import courses
from regional_desk.store import attendance as cells
from regional_desk.store import undo
from regional_desk.store.companies import company
from regional_desk.store.imports import BatchRow
from regional_desk.store.metadata import metadata

_CHANGED = "그 뒤에 자료가 바뀜"
_USED = "다른 기록이 있음"
_CLOSED = "확정된 단위기간의 출결"
_LOCKED = "마감했거나 대출 중인 날"
_GONE = "파기·분리보관됨"


def take_back_companies(work: Work, batch: BatchRow) -> Outcome:
    """Delete the import's new companies and give its changed ones their old values, as far as nobody touched them since."""
    found = Outcome()
    fresh = work.connection.execute(sa.select(company).where(company.c.import_id == batch.id)).all()
    for row in fresh:
        if row.version > 1 or _is_used(work, row.id):
            found.kept.append(Kept(row.name, _CHANGED if row.version > 1 else _USED, ""))
        else:
            work.connection.execute(sa.delete(company).where(company.c.id == row.id))
            found.deleted += 1
    scope = undo.read_scope(work.connection, batch.id)
    for one in scope.get("companies", ()):
        _restore_company(work, one, found)
    return found


def _restore_company(work: Work, one: dict[str, Any], found: Outcome) -> None:
    chosen = company.c.id == UUID(one["id"])
    now = work.connection.execute(sa.select(company.c.name, company.c.version).where(chosen)).first()
    if now is None or now.version != one["version"]:
        found.kept.append(Kept(now.name if now else one["old"].get("name", ""), _CHANGED, ""))
        return
    work.connection.execute(
        sa.update(company).where(chosen).values(**one["old"], version=company.c.version + 1)
    )
    found.restored += 1


def _is_used(work: Work, company_id: UUID) -> bool:
    return any(
        work.connection.execute(sa.select(key.parent).where(key.parent == company_id).limit(1)).first()
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is company
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
