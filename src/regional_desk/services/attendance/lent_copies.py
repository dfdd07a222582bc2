"""A lent class on the laptop: an office of its own with that class only, and the file that goes back.

It is a store like any other, so grid, undo, backups and what a crash leaves are those of every office.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.clock import Clock
from regional_desk.domain.rights import Right, Role
from regional_desk.errors import Refusal, UserError, WrongPassword
from regional_desk.exchange import lease_content, lease_pack
from regional_desk.exchange.lease_content import LateEntry, LentClass, ReturnedClass, Values
from regional_desk.exchange.lease_pack import PackKind
from regional_desk.services.attendance import late_entries
from regional_desk.services.attendance.lease_files import (
    pack_key,
    read_content,
    returned_file,
    told_of_files,
    write_file,
)
from regional_desk.services.desk import Desk, Work
from regional_desk.services.safety import opening
from regional_desk.services.safety.opening import OfficeSettings
from regional_desk.store import attendance as cells
from regional_desk.store import closings, courses, people, sealing
from regional_desk.store import leases as store
from regional_desk.store.accounts import user_role
from regional_desk.store.attendance import attendance_remark
from regional_desk.store.closings import LentCopy
from regional_desk.store.files import replace_patiently
from regional_desk.store.keys import KdfCost
from regional_desk.store.office import read_setting, write_setting

SUBJECT = "leases"
_PART = ".part"


@dataclass(frozen=True, slots=True)
class Returned:
    """The file that goes back, and how many records differ from what was lent."""

    file: Path
    changed: int


def open_pack(
    file: Path, password: str, folder: Path, login: str, clock: Clock, cost: KdfCost | None = None
) -> Desk:
    """Make the lent copy in an empty folder, under the pack's own password, and open it.

    The copy is made beside and moved in place: a program cut off meanwhile leaves nothing to be mistaken for it. Raises
    WrongPassword, FileRejected for a damaged or foreign file, Refusal or UserError where the folder cannot be taken.
    """
    pack = lease_pack.read_pack(file, PackKind.LENT)
    assert pack.head.kdf is not None, "read_pack refuses what is lent without a password"  # noqa: S101 - tells the type
    try:
        plain = sealing.unseal(pack_key(password, pack.head.kdf), pack.sealed, pack.bound)
    except sealing.SealBroken as error:
        raise WrongPassword(
            "반 대출 파일의 비밀번호가 맞지 않습니다. 파일은 온전합니다. 빌려 준 사람에게 비밀번호를 확인해 주십시오."
        ) from error
    lent = read_content(lease_content.read_lent, plain, file.name)
    if folder.exists() and any(folder.iterdir()):
        raise UserError(f"비어 있지 않은 폴더라 대출본을 만들지 않았습니다: {folder}. 빈 폴더를 고르십시오.")
    part = folder.with_name(folder.name + _PART)
    with told_of_files(folder):
        shutil.rmtree(part, ignore_errors=True)  # of a program that was cut off
        _make(lent, password, part, login, clock, cost)
        if folder.exists():
            folder.rmdir()
        replace_patiently(part, folder)
    return opening.open_office(folder, login, password, clock)


def write_return(desk: Desk, out: Path) -> Returned:
    """Write the file that goes back; from then on the copy is read-only, and writing it again gives the same return.

    Raises Refusal where this office is no lent copy or the file cannot be written.
    """
    desk.require(Right.EDIT_ATTENDANCE)
    with desk.store.read() as connection:
        copy = closings.read_copy(connection)
        key = None if copy is None else store.read_key(connection, copy.lease)
    if copy is None or key is None:
        raise Refusal("대출본이 아니라 반납할 것이 없습니다. 빌려 온 반을 연 PC에서 하십시오.")

    def body(work: Work) -> dict[str, Any]:
        """Locked first, then gathered: nothing can be entered between the two."""
        now = closings.read_copy(work.connection)
        if now is not None and now.returned_at is None:
            value = closings.copy_value(replace(now, returned_at=work.at))
            write_setting(work.connection, closings.COPY, value)
            work.log("lease.give_back", SUBJECT, copy.course, {"lease": str(copy.lease)})
        returned = _gather(desk, work.connection, copy)
        write_file(out, returned_file(key, returned))
        return {"changed": len(returned.changes)}

    done = desk.perform(Right.EDIT_ATTENDANCE, "lease.give_back", body)
    return Returned(out, done["changed"])


def copy_of(desk: Desk) -> LentCopy | None:
    """How this lent copy stands now; None in an office of its own."""
    with desk.store.read() as connection:
        return closings.read_copy(connection)


def _make(
    lent: LentClass, password: str, folder: Path, login: str, clock: Clock, cost: KdfCost | None
) -> None:
    office = lent.office
    settings = OfficeSettings(
        office.name, office.code, office.region, office.approval, {}, office.programme_year, office.practice
    )
    desk = opening.new_office(folder, settings, login, password, clock, cost).desk
    try:
        desk.perform(None, "lease.open", lambda work: _fill(work, lent))
    finally:
        desk.store.close()


def _fill(work: Work, lent: LentClass) -> dict[str, Any]:
    """The class with its own ids, its people under keys of this copy, and its records."""
    connection, row = work.connection, lent.course
    connection.execute(
        sa.insert(courses.course).values(
            id=row.id,
            name=row.name,
            track=row.track,
            start=row.start,
            end=row.end,
            region=row.region,
            scheme=row.scheme,
            programme_year=row.programme_year,
            periods=[list(period) for period in row.periods],
            created_at=work.at,
        )
    )
    connection.execute(
        sa.insert(courses.course_day),
        [{"course_id": row.id, "day": day, "minutes": minutes} for day, minutes in row.days],
    )
    connection.execute(
        sa.insert(people.person),
        [
            {"id": one.person, "name": one.name, "birth": one.birth, "created_at": work.at}
            for one in lent.members
        ],
    )
    ids = [one.person for one in lent.members]
    fresh = work.desk.store.wrap_person_keys([(sealing.new_key(), person.bytes) for person in ids])
    connection.execute(
        sa.insert(people.person_key),
        [{"person_id": person, "wrapped": key} for person, key in zip(ids, fresh, strict=True)],
    )
    names = ("id", "number", "joined", "left")
    connection.execute(
        sa.insert(courses.membership),
        [
            {"course_id": row.id, "person_id": one.person, **{name: getattr(one, name) for name in names}}
            for one in lent.members
        ],
    )
    cells.write_cells(connection, lent.cells)
    connection.execute(sa.delete(user_role).where(user_role.c.role != Role.TRAINING.value))
    _mark(connection, lent)
    told = {"lease": str(lent.lease), "people": len(lent.members), "cells": len(lent.cells)}
    work.log("lease.open", SUBJECT, row.id, told)
    return {"course": str(row.id)}


def _mark(connection: sa.Connection, lent: LentClass) -> None:
    """What makes this office a lent copy, and the records as they were lent."""
    copy = LentCopy(lent.lease, lent.course.id, lent.start, lent.end, lent.holder, lent.due, lent.office.name)
    write_setting(connection, closings.COPY, closings.copy_value(copy))
    store.keep_key(connection, lent.lease, lent.key)
    base = [
        [str(trainee), day.isoformat(), values]
        for trainee, day, values in lent.cells
        if lent.start <= day <= lent.end
    ]
    write_setting(connection, store.BASE, base)


def _gather(desk: Desk, connection: sa.Connection, copy: LentCopy) -> ReturnedClass:
    """What differs from what was lent, in one order, so that the same return has the same bytes."""
    base: dict[tuple[UUID, dt.date], Values | None] = {
        (UUID(trainee), dt.date.fromisoformat(day)): tuple(values)
        for trainee, day, values in read_setting(connection, store.BASE, [])
    }
    found = cells.read_cells(connection, copy.course, copy.start, copy.end)
    now = {
        (UUID(bytes=raw), dt.date.fromisoformat(day)): values
        for raw, days in found.items()
        for day, values in days.items()
    }
    places = sorted(place for place in {*base, *now} if base.get(place) != now.get(place))
    changes = tuple((*place, base.get(place), now.get(place)) for place in places)
    lines = late_entries.read_lines(desk, connection, copy.course)
    late = tuple(LateEntry(one.trainee, one.day, one.old, one.new, one.reason, one.at) for one in lines)
    return ReturnedClass(copy.lease, changes, late, _remarks(desk, connection, copy))


def _remarks(desk: Desk, connection: sa.Connection, copy: LentCopy) -> tuple[tuple[UUID, dt.date, str], ...]:
    table = attendance_remark
    query = (
        sa.select(table)
        .where(table.c.day.between(copy.start, copy.end))
        .order_by(table.c.day, table.c.trainee_id)
    )
    rows = connection.execute(query).all()
    sealed_under = desk.store.person_keys(connection, [row.trainee_id for row in rows])
    texts = ((row, desk.unseal(sealed_under, row.trainee_id, row.sealed)) for row in rows)
    return tuple((row.trainee_id, row.day, text) for row, text in texts if isinstance(text, str))
