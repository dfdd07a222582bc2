"""A backup opened beside today: what differs, and one record brought back through the usual services."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.attendance import show_cell
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date, won
from regional_desk.errors import UsageError
from regional_desk.services import codes
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import contact
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import archives
from regional_desk.store import attendance as cells
from regional_desk.store import backups as store
from regional_desk.store.archives import BackupInfo
from regional_desk.store.attendance import CellValues
from regional_desk.store.courses import list_courses
from regional_desk.store.office import read_office
from regional_desk.store.people import person
from regional_desk.store.scratch import make_scratch
from regional_desk.store.store import open_store

PERSON, ATTENDANCE = "person", "attendance"
_SUBJECTS = {
    "person": "사람",
    "company": "기업",
    "course": "과정",
    "membership": "수강",
    "attendance": "출석 기록",
    "allowance_run": "훈련수당",
    "attachment": "첨부",
    "change_log": "변경 이력",
}
_Cells = dict[bytes, dict[str, CellValues]]  # trainee id bytes -> ISO day -> values


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that differs: its label, as it was then, as it is now."""

    label: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that is otherwise today: a person's contact and account, or a trainee's records of one unit.

    `key` names it on the command line; `where` says in Korean what it is. Accounts stand masked in `lines`.
    """

    key: str
    kind: str
    person: UUID
    name: str
    where: str
    lines: tuple[Line, ...]
    course: UUID | None = None
    unit_no: int | None = None


class Beside:
    """A backup opened to be looked at: `desk` only reads, over a copy that `close` takes away."""

    def __init__(self, desk: Desk, info: BackupInfo, folder: Path) -> None:
        self.desk, self.info = desk, info
        self._folder = folder

    def close(self) -> None:
        """Let the copy go and wipe it."""
        self.desk.store.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def open_beside(desk: Desk, file: Path) -> Beside:
    """Open a verified backup read-only beside today, as the person who is signed in; noted in the access log.

    Raises FileRejected where the backup is not whole or this person has no key to it.
    """
    desk.require(Right.SEE_PEOPLE)
    folder = make_scratch(desk.store.folder)
    try:
        opening = archives.fitting(store.unpacked_opening(file, folder, desk.store.opening))
        info = store.look_into(file, opening)
        open_store(
            opening, login=desk.actor.login
        ).close()  # an older revision is brought to today's, in the copy
        opened = open_store(opening, read_only=True)
        with opened.read() as connection:
            office = read_office(connection)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    desk.note_access("backup.open", "office", {"file": file.name, "made_at": info.made_at.isoformat()})
    return Beside(Desk(opened, desk.actor, office, desk.clock, desk.lent), info, folder)


def differences(desk: Desk, beside: Desk) -> tuple[Difference, ...]:
    """The records of then that are otherwise today, by name; who came since, or was erased, is none.

    Masked for whoever may not unmask, and noted in the access log.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as now, beside.store.read() as then:
        found = [*_people(desk, now, beside, then), *_attendance(now, then)]
    found.sort(key=lambda one: (one.name, one.kind != PERSON, one.where))
    if found:
        desk.note_view("backups", [one.person for one in found], {"by": "beside"})
    return tuple(replace(one, name=desk.masking.show_name(one.name)) for one in found)


def holdings(desk: Desk, info: BackupInfo) -> tuple[Line, ...]:
    """What a backup holds beside what the office holds today, by subject and month; for choosing one to restore."""
    with desk.store.read() as connection:
        today = archives.read_facts(lambda sql: connection.exec_driver_sql(sql).fetchall())
    then = info.facts
    counted = [
        Line(label, f"{then.counts.get(table, 0):,}", f"{today.counts.get(table, 0):,}")
        for table, label in _SUBJECTS.items()
    ]
    months = sorted({*then.totals, *today.totals})
    paid = [
        Line(f"{month} 확정", _total(then.totals.get(month)), _total(today.totals.get(month)))
        for month in months
    ]
    return (*counted, *paid)


def find_difference(desk: Desk, beside: Desk, key: str) -> Difference:
    """The difference of this key; raise UsageError where there is none."""
    found = next((one for one in differences(desk, beside) if one.key == key), None)
    if found is None:
        raise UsageError(f"'{key}'에 해당하는 다른 점이 없습니다. backup differences로 다시 확인해 주십시오.")
    return found


def bring_back(desk: Desk, beside: Desk, difference: Difference) -> str:
    """Make one record what it was then, as if it were typed again: rights, log and undo as ever; return the step's name.

    Raises NotAllowed, or Refusal where a confirmed run fixes the records.
    """
    who = Masking.MASKED.show_name(difference.name)  # a step's name is kept outside of the person's key
    title = f"백업에서 되가져옴: {who} {difference.where}"
    if difference.kind == PERSON:
        with beside.store.read() as then:
            wanted = contact.read_contact(beside, then, difference.person)
        if wanted is not None:
            contact.set_contact(desk, difference.person, wanted, title=title)
    elif difference.course is not None and difference.unit_no is not None:
        with desk.store.read() as now, beside.store.read() as then:
            detail = courses.read_detail(now, difference.course)
            changed = _changed_days(now, then, detail, difference.unit_no, difference.person)
        wanted_cells = [
            CellChange(difference.person, day, attendance.from_values(values)) for day, values, _ in changed
        ]
        attendance.set_cells(desk, difference.course, wanted_cells, title=title)
    return title


def _people(desk: Desk, now: sa.Connection, beside: Desk, then: sa.Connection) -> Iterator[Difference]:
    masking = (
        desk.masking if desk.may(Right.EDIT_PEOPLE) else Masking.MASKED
    )  # who may not change it need not read it
    names = {row.id: row.name for row in now.execute(sa.select(person.c.id, person.c.name))}
    fields = [
        person.c.id,
        *(person.c[name] for name in contact.LABELS if name != "account"),
        person.c.account_mac,
    ]
    present = {row.id: tuple(row) for row in now.execute(sa.select(*fields))}
    for row in then.execute(sa.select(*fields)):
        if row.id not in present or present[row.id] == tuple(row):
            continue
        new, old = contact.read_contact(desk, now, row.id), contact.read_contact(beside, then, row.id)
        if new is None or old is None:
            continue
        lines = tuple(
            Line(label, _shown(name, old[name], masking), _shown(name, new[name], masking))
            for name, label in contact.LABELS.items()
            if old[name] != new[name]
        )
        if lines:
            yield Difference(f"{PERSON}:{row.id}", PERSON, row.id, names[row.id], "연락처·계좌", lines)


def _attendance(now: sa.Connection, then: sa.Connection) -> Iterator[Difference]:
    for course_id in (row.id for row in list_courses(now)):
        detail = courses.read_detail(now, course_id)
        span = (course_id, detail.course.start, detail.course.end)
        present, past = cells.read_cells(now, *span), cells.read_cells(then, *span)
        for unit in detail.units:
            for member in detail.members:
                found = _differing(detail, unit.start, unit.end, member.person, present, past)
                if found:
                    yield Difference(
                        key=f"{ATTENDANCE}:{member.person}:{course_id}:{unit.no}",
                        kind=ATTENDANCE,
                        person=member.person,
                        name=member.name,
                        where=f"{detail.course.name} {unit.no}단위기간 출석",
                        lines=tuple(
                            Line(korean_date(day), _cell(old), _cell(new)) for day, old, new in found
                        ),
                        course=course_id,
                        unit_no=unit.no,
                    )


def _changed_days(
    now: sa.Connection, then: sa.Connection, detail: CourseDetail, unit_no: int, trainee: UUID
) -> list[tuple[dt.date, CellValues | None, CellValues | None]]:
    unit = courses.unit_of(detail, unit_no)
    span = (detail.course.id, unit.start, unit.end, trainee)
    return _differing(
        detail, unit.start, unit.end, trainee, cells.read_cells(now, *span), cells.read_cells(then, *span)
    )


def _differing(
    detail: CourseDetail, start: dt.date, end: dt.date, trainee: UUID, present: _Cells, past: _Cells
) -> list[tuple[dt.date, CellValues | None, CellValues | None]]:
    """(day, then, now) of the unit's training days on which a record is otherwise today."""
    new, old = present.get(trainee.bytes, {}), past.get(trainee.bytes, {})
    days = [day.day for day in detail.days if start <= day.day <= end]
    return [
        (day, old.get(day.isoformat()), new.get(day.isoformat()))
        for day in days
        if old.get(day.isoformat()) != new.get(day.isoformat())
    ]


def _total(total: archives.Total | None) -> str:
    return f"{total.people}명 {won(total.amount)}원" if total else "없음"


def _cell(values: CellValues | None) -> str:
    return show_cell(attendance.from_values(values))


def _shown(name: str, value: str | None, masking: Masking) -> str:
    show = {
        "phone": masking.show_phone,
        "email": masking.show_email,
        "address": masking.show_address,
        "account": Masking.MASKED.show_account,
        "account_holder": masking.show_name,
    }
    if value is None:
        return "없음"
    return show[name](value) if name in show else codes.bank_names().get(value, value)
