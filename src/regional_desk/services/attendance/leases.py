"""Lending a class to a laptop: the office's side (product page, 반 대출·반납).

While a class is lent its days are locked here, so what comes back meets exactly the records that went out.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.due import is_overdue
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date, korean_span
from regional_desk.errors import Refusal, UsageError
from regional_desk.exchange import lease_content, lease_pack
from regional_desk.exchange.lease_content import LentClass, LentCourse, LentMember, LentOffice
from regional_desk.exchange.lease_pack import Head, Kdf, PackKind
from regional_desk.services.attendance.lease_files import pack_key, seal_content, told_of_files, write_file
from regional_desk.services.attendance.locks import read_locks
from regional_desk.services.attendance.tally import closed_people
from regional_desk.services.desk import Desk, Work
from regional_desk.services.safety.opening import check_password
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import attendance as cells
from regional_desk.store import keys, sealing
from regional_desk.store import leases as store
from regional_desk.store.attendance import lease
from regional_desk.store.files import replace_patiently
from regional_desk.store.ids import new_id
from regional_desk.store.leases import TAKEN_BACK, LeaseRow

SUBJECT = "leases"
CHANGED = "그 사이 다른 사람이 처리하여 바꾸지 않았습니다. 화면을 새로 읽은 뒤 다시 하십시오."
_LONGEST_SPAN = dt.timedelta(days=62)
_SALT = 16


@dataclass(frozen=True, slots=True)
class Lent:
    """A class that was lent, and the file to carry."""

    lease: UUID
    file: Path


def list_leases(desk: Desk, course_id: UUID | None = None) -> tuple[LeaseRow, ...]:
    """Who holds which class, those that are out first."""
    with desk.store.read() as connection:
        return store.list_leases(connection, course_id)


def is_late(row: LeaseRow, today: dt.date) -> bool:
    """Whether a class is still out after the day it should have been back."""
    return row.end_kind is None and is_overdue(row.due, today)


def state_of(row: LeaseRow, today: dt.date) -> str:
    """How a lease stands, as a word for a person."""
    if row.end_kind is not None:
        return "회수" if row.end_kind == TAKEN_BACK else "반납"
    return "기한 지남" if is_late(row, today) else "대출 중"


def lend(
    desk: Desk,
    course_id: UUID,
    start: dt.date,
    end: dt.date,
    *,
    holder: str,
    due: dt.date,
    password: str,
    out: Path,
    operation_id: UUID | None = None,
    cost: keys.KdfCost | None = None,
) -> Lent:
    """Lend the training days from `start` to `end` as one file sealed under `password`; they are locked here at once.

    The file appears only once the lease is kept. Raises UsageError for a weak password or an empty holder, Refusal for
    days that are closed, lent already or confirmed, and where the file cannot be written.
    """
    who = clean(holder)
    check_password(password, who)
    if not who:
        raise UsageError("빌려 가는 사람이나 노트북을 적어 주십시오.")
    if due < max(end, desk.clock.today()):
        raise UsageError("반납할 날은 빌려 주는 마지막 날과 오늘보다 앞설 수 없습니다.")
    asked = cost or keys.calibrated_cost()
    kdf = Kdf(asked.passes, asked.memory_kib, asked.lanes, os.urandom(_SALT))
    secret = pack_key(password, kdf)
    head = Head(PackKind.LENT, new_id(), kdf)
    part = out.with_name(out.name + ".part")

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id)
        _refuse_lending(desk, work.connection, detail, start, end)
        key = sealing.new_key()
        lent = _gather(work, detail, head.lease, key, (start, end), who, due)
        write_file(part, lease_pack.frame(head, seal_content(secret, lease_content.lent_bytes(lent), head)))
        work.connection.execute(
            sa.insert(lease).values(
                id=head.lease,
                course_id=course_id,
                start=start,
                end=end,
                holder=who,
                due=due,
                lent_by=desk.actor.user_id,
                lent_at=work.at,
            )
        )
        store.keep_key(work.connection, head.lease, key)
        told = {"start": start.isoformat(), "end": end.isoformat(), "due": due.isoformat()}
        work.log("lease.lend", SUBJECT, course_id, {**told, "people": len(lent.members)})
        return {"lease": str(head.lease)}

    try:
        done = desk.perform(Right.LEND_CLASS, "lease.lend", body, operation_id)
        with told_of_files(out):
            if UUID(done["lease"]) == head.lease:  # a retry finds the file of the first time in its place
                replace_patiently(part, out)
    finally:
        with contextlib.suppress(OSError):  # a stick that was pulled out has nothing left to tidy
            part.unlink(missing_ok=True)
    people = _people_of(desk, course_id)
    desk.note_access("export", SUBJECT, {"lease": done["lease"], "course": str(course_id)}, people)
    return Lent(UUID(done["lease"]), out)


def take_back(desk: Desk, lease_id: UUID, reason: str, operation_id: UUID | None = None) -> None:
    """End a lease without its return, with a reason; what comes back later is refused, naming it.

    Raises Refusal where the lease has ended already.
    """
    why = clean(reason)
    if not why:
        raise UsageError("사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        row = store.find_lease(work.connection, lease_id)
        if row is None or row.end_kind is not None:
            raise Refusal(CHANGED)
        end(work, row, TAKEN_BACK, reason=why)
        overdue = is_late(row, work.at.date())
        work.log("lease.take_back", SUBJECT, row.course_id, {"lease": str(row.id), "overdue": overdue})
        return {}

    desk.perform(Right.LEND_CLASS, "lease.take_back", body, operation_id)


def end(
    work: Work, row: LeaseRow, kind: str, *, reason: str | None = None, came: bytes | None = None
) -> None:
    """Write how a lease ended; its key is forgotten with that."""
    work.connection.execute(
        sa.update(lease)
        .where(lease.c.id == row.id)
        .values(
            version=row.version + 1,
            end_kind=kind,
            ended_by=work.desk.actor.user_id,
            ended_at=work.at,
            reason=reason,
            came=came,
        )
    )
    store.drop_key(work.connection, row.id)


def _refuse_lending(
    desk: Desk, connection: sa.Connection, detail: CourseDetail, start: dt.date, end: dt.date
) -> None:
    span = korean_span(start, end)
    days = [row.day for row in detail.days if start <= row.day <= end]
    if not days or end - start > _LONGEST_SPAN:
        raise Refusal(
            f"{span}에는 훈련일이 없거나 기간이 너무 길어 빌려 주지 않았습니다. 날짜를 확인해 주십시오."
        )
    if not detail.members:
        raise Refusal("교육생이 없는 과정이라 빌려 주지 않았습니다. 먼저 교육생을 등록하십시오.")
    locks = read_locks(connection, detail, desk.clock.now())
    if locks.rows.copy is not None:
        raise Refusal("대출본에서 다시 빌려 줄 수 없습니다. 사무소 PC에서 하십시오.")
    for lent in locks.rows.lent:
        if lent.start <= end and lent.end >= start:
            raise Refusal(
                f"{korean_span(lent.start, lent.end)}은(는) '{lent.holder}'에 대출 중이라 빌려 주지 않았습니다. 겹치지 않는 날로 정하십시오."
            )
    shut = next((day for day in days if locks.closed(day)), None)
    if shut is not None:
        raise Refusal(f"{korean_date(shut)}은(는) 마감한 날이라 빌려 주지 않았습니다.")
    for unit in detail.units:
        touched = unit.start <= end and unit.end >= start
        if touched and closed_people(connection, detail.course.id, unit):
            raise Refusal(f"단위기간 {unit.no}은(는) 훈련수당이 확정되어 빌려 주지 않았습니다.")


def _gather(
    work: Work,
    detail: CourseDetail,
    lease_id: UUID,
    key: bytes,
    span: tuple[dt.date, dt.date],
    holder: str,
    due: dt.date,
) -> LentClass:
    """What goes onto the laptop: the class with its records, and nothing else of anybody."""
    office, row = work.desk.office, detail.course
    found = cells.read_cells(work.connection, row.id, row.start, row.end)
    return LentClass(
        lease=lease_id,
        key=key,
        start=span[0],
        end=span[1],
        holder=holder,
        due=due,
        office=LentOffice(
            office.name, office.code, office.region, office.approval, office.programme_year, office.practice
        ),
        course=LentCourse(
            **{
                name: getattr(row, name)
                for name in (
                    "id",
                    "name",
                    "track",
                    "start",
                    "end",
                    "region",
                    "scheme",
                    "programme_year",
                    "periods",
                )
            },
            days=tuple((day.day, day.minutes) for day in detail.days),
        ),
        members=tuple(
            LentMember(one.id, one.person, one.number, one.name, one.birth, one.joined, one.left)
            for one in detail.members
        ),
        cells=tuple(
            (UUID(bytes=raw), dt.date.fromisoformat(day), values)
            for raw, days in found.items()
            for day, values in days.items()
        ),
    )


def _people_of(desk: Desk, course_id: UUID) -> list[UUID]:
    with desk.store.read() as connection:
        return [member.person for member in courses.read_detail(connection, course_id).members]
