"""Taking a lent class back in: the office's side of the file that a laptop wrote."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.attendance import show_cell
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import FileRejected, Item, Refusal
from regional_desk.exchange import lease_content, lease_pack
from regional_desk.exchange.lease_content import ReturnedClass
from regional_desk.exchange.lease_pack import Pack, PackKind
from regional_desk.services.attendance import attendance, late_entries
from regional_desk.services.attendance.attendance import CellChange, from_values
from regional_desk.services.attendance.late_entries import Entered
from regional_desk.services.attendance.lease_files import read_content
from regional_desk.services.attendance.leases import CHANGED, SUBJECT, end
from regional_desk.services.attendance.locks import Locks, RecordChange, read_locks
from regional_desk.services.attendance.tally import closed_people
from regional_desk.services.desk import Desk, Work
from regional_desk.services.safety.opening import list_users
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import attendance as cells
from regional_desk.store import leases as store
from regional_desk.store import sealing
from regional_desk.store.attendance import attendance_remark
from regional_desk.store.leases import RETURNED, TAKEN_BACK, LeaseRow


@dataclass(frozen=True, slots=True)
class Came:
    """One record that came back different."""

    trainee: UUID
    name: str
    day: dt.date
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What a return brought: the records taken in, those that were not with the reason, and lines of the 대장.

    `again` tells that the same return was taken in before; then nothing changed.
    """

    lease: LeaseRow
    changes: tuple[Came, ...]
    left_out: tuple[Item, ...]
    late: int
    remarks: int
    again: bool = False


def bring_back(desk: Desk, file: Path, operation_id: UUID | None = None) -> Brought:
    """Take in what a laptop wrote, in one act, and say exactly what came; the same file again changes nothing.

    Raises FileRejected for a file that is no return, damaged or not of this lease; Refusal for a class that was not
    lent from here, was taken back, or came back already with something else.
    """
    desk.require(Right.LEND_CLASS)
    pack = lease_pack.read_pack(file, PackKind.RETURNED)
    with desk.store.read() as connection:
        row = store.find_lease(connection, pack.head.lease)
        key = store.read_key(connection, pack.head.lease)
    if row is None:
        raise Refusal("이 사무소에서 빌려 준 반이 아니라 받지 않았습니다. 빌려 준 사무소의 PC에서 여십시오.")
    if _came_before(desk, row, pack.head.content) or key is None:
        return Brought(row, (), (), 0, 0, again=True)
    plain = _unsealed(key, pack, file.name)
    if hashlib.sha256(plain).digest() != pack.head.content:
        raise lease_pack.damaged(file.name)
    returned = read_content(lease_content.read_returned, plain, file.name)
    taken: list[_Taken] = []

    def body(work: Work) -> dict[str, Any]:
        now = store.find_lease(work.connection, pack.head.lease)
        if now is None or now.end_kind is not None:
            raise Refusal(CHANGED)
        taken.append(_take_in(work, now, returned, pack.head.content))
        return {"changed": len(taken[0].changes), "left_out": len(taken[0].left_out)}

    with attendance.translate_closed():
        desk.perform(Right.LEND_CLASS, "lease.return", body, operation_id)
    if not taken:  # the same operation id again
        return Brought(row, (), (), 0, 0, again=True)
    return _shown(desk, row, taken[0])


@dataclass(frozen=True, slots=True)
class _Taken:
    """What `_take_in` did, before it is masked for the person."""

    changes: tuple[RecordChange, ...]
    left_out: tuple[tuple[UUID, dt.date, str], ...]
    late: int
    remarks: int


def _take_in(work: Work, row: LeaseRow, returned: ReturnedClass, content: bytes) -> _Taken:
    """End the lease and write what came, all of it or nothing."""
    end(work, row, RETURNED, came=content)  # first, for the lease itself locks these days
    detail = _of_the_living(work, courses.read_detail(work.connection, row.course_id))
    locks = read_locks(work.connection, detail, work.at)
    closed = {unit: closed_people(work.connection, row.course_id, unit) for unit in detail.units}
    fixed = {(person, unit.no) for unit, people in closed.items() for person in people}
    present = cells.read_cells_of(work.connection, [change[:2] for change in returned.changes])
    good: list[RecordChange] = []
    left_out: list[tuple[UUID, dt.date, str]] = []
    for change in returned.changes:
        why = _why_not(work.desk, detail, row, locks, fixed, change, present.get(change[:2]))
        if why is None:
            good.append(change)
        else:
            left_out.append((*change[:2], why))
    attendance.take_in(work, row.course_id, {change[:2]: change[3] for change in good})
    members = {member.person for member in detail.members}
    refused = {place[:2] for place in left_out}
    entered = [
        Entered((one.trainee, one.day, one.old, one.new), one.at, reason=one.reason, by=row.holder)
        for one in returned.late
        if one.trainee in members
        and row.start <= one.day <= row.end
        and (one.trainee, one.day) not in refused
    ]
    if entered:
        late_entries.add(work, row.course_id, entered)
    remarks, kept_here = _take_remarks(work, row, returned, members)
    told = {"changed": len(good), "left_out": len(left_out), "late": len(entered), "remarks": remarks}
    work.log("lease.return", SUBJECT, row.course_id, {"lease": str(row.id), **told})
    return _Taken(tuple(good), (*left_out, *kept_here), len(entered), remarks)


def _of_the_living(work: Work, detail: CourseDetail) -> CourseDetail:
    """The course without those whose key was destroyed (파기) while it was lent: nothing can be kept of them."""
    kept = work.desk.store.person_keys(work.connection, [member.person for member in detail.members])
    return replace(detail, members=tuple(member for member in detail.members if member.person in kept))


def _why_not(
    desk: Desk,
    detail: CourseDetail,
    row: LeaseRow,
    locks: Locks,
    fixed: Collection[tuple[UUID, int]],
    change: RecordChange,
    present: cells.CellValues | None,
) -> str | None:
    """Why a record that came back cannot be taken in; the class may have changed meanwhile, its records not."""
    trainee, day, old, new = change
    if not row.start <= day <= row.end:
        return "빌려 준 기간 밖의 날입니다."
    if present == new:
        return None
    if present != old:
        return "빌려 준 뒤 여기에서 바뀐 칸입니다."
    unit = next((unit.no for unit in detail.units if unit.start <= day <= unit.end), 0)
    if (trainee, unit) in fixed:
        return "확정된 단위기간입니다."
    return attendance.why_not(desk, detail, CellChange(trainee, day, from_values(new))) or locks.why(
        trainee, day
    )


def _take_remarks(
    work: Work, row: LeaseRow, returned: ReturnedClass, members: Collection[UUID]
) -> tuple[int, tuple[tuple[UUID, dt.date, str], ...]]:
    """Keep the remarks written on the laptop where none stands here."""
    wanted = [one for one in returned.remarks if one[0] in members and row.start <= one[1] <= row.end]
    sealed_under = work.desk.store.person_keys(work.connection, [one[0] for one in wanted])
    left, kept = [], 0
    for trainee, day, text in wanted:
        table = attendance_remark
        here = sa.select(table.c.day).where(table.c.trainee_id == trainee, table.c.day == day)
        if work.connection.execute(here).first() is not None:
            left.append((trainee, day, "비고가 이미 있어 노트북의 비고를 넣지 않았습니다."))
            continue
        work.connection.execute(
            sa.insert(table).values(
                trainee_id=trainee,
                day=day,
                sealed=work.seal(sealed_under, trainee, text)[1],
                user_id=work.desk.actor.user_id,
                at=work.at,
            )
        )
        kept += 1
    return kept, tuple(left)


def _shown(desk: Desk, row: LeaseRow, taken: _Taken) -> Brought:
    people = [*(one[0] for one in taken.changes), *(one[0] for one in taken.left_out)]
    with desk.store.read() as connection:
        detail = courses.masked(desk, courses.read_detail(connection, row.course_id))
        ended = store.find_lease(connection, row.id) or row
    names = {member.person: member.name for member in detail.members}
    changes = tuple(
        Came(
            trainee,
            names.get(trainee, ""),
            day,
            show_cell(from_values(old)),
            show_cell(from_values(new)),
        )
        for trainee, day, old, new in sorted(taken.changes, key=lambda one: (one[1], names.get(one[0], "")))
    )
    left = tuple(
        Item(f"{names.get(trainee, '교육생')} {korean_date(day)}", why)
        for trainee, day, why in taken.left_out
    )
    desk.note_view(SUBJECT, people, {"by": "return", "lease": str(row.id)})
    return Brought(ended, changes, left, taken.late, taken.remarks)


def _came_before(desk: Desk, row: LeaseRow, content: bytes) -> bool:
    """Whether this very return was taken in already; raise Refusal where the lease ended in another way."""
    if row.end_kind is None:
        return False
    ended = row.ended_at.date() if row.ended_at else row.due
    if row.end_kind == TAKEN_BACK:
        who = next((user.name for user in list_users(desk) if user.id == row.ended_by), "")
        raise Refusal(
            f"{korean_date(ended)}에 {who}이(가) 회수한 반이라 받지 않았습니다(사유: {row.reason}). "
            "노트북에 입력한 것은 노트북에 그대로 있으니, 필요하면 보고 옮겨 적으십시오."
        )
    if row.came == content:
        return True
    raise Refusal(
        f"{korean_date(ended)}에 이미 반납되었고 이 파일은 그때와 내용이 달라 받지 않았습니다. 자료는 그대로입니다."
    )


def _unsealed(key: bytes, pack: Pack, name: str) -> bytes:
    try:
        return sealing.unseal(key, pack.sealed, pack.bound)
    except sealing.SealBroken as error:
        raise FileRejected(
            f"{name}은(는) 이 대출에서 만든 반납 파일이 아니라 받지 않았습니다. 노트북에서 반납 파일을 다시 만드십시오."
        ) from error
