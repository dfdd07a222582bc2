"""종이 서명부 대조: another person keys the signed paper without seeing the records; only mismatches are shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.attendance import EMPTY, UNSPECIFIED, Cell, Mark, Status, show_cell
from regional_desk.domain.rights import Right, Role, rights_of
from regional_desk.domain.second_entry import agree
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.attendance.excused_days import refuse_over_caps
from regional_desk.services.attendance.records import cells_between
from regional_desk.services.desk import Desk, Work
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import audit
from regional_desk.store import check_in as store
from regional_desk.store.accounts import list_users
from regional_desk.store.check_in import SecondRow
from regional_desk.store.courses import MemberRow

SUBJECT = "second_entry"


@dataclass(frozen=True, slots=True)
class BlindRow:
    """One trainee of a day: what was read off the paper, and nothing of the record."""

    trainee: UUID
    number: int
    name: str
    birth: dt.date
    second: Cell


@dataclass(frozen=True, slots=True)
class BlindDay:
    """A training day's sheet, in the order of the class list."""

    course_id: UUID
    course: str
    day: dt.date
    rows: tuple[BlindRow, ...]

    @property
    def entered(self) -> int:
        """How many were keyed."""
        return sum(row.second != EMPTY for row in self.rows)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A place where record and paper differ and nobody has settled it; `by` keyed the paper."""

    trainee: UUID
    number: int
    name: str
    day: dt.date
    first: Cell
    second: Cell
    by: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How far a course's comparison is: cells keyed, those that agree, those settled, and the open mismatches."""

    entered: int
    agreeing: int
    settled: int
    mismatches: tuple[Mismatch, ...]


def training_days(desk: Desk, course_id: UUID) -> tuple[dt.date, ...]:
    """The days whose paper can be compared: the course's training days up to today."""
    return tuple(row.day for row in courses.outline(desk, course_id).days if row.day <= desk.clock.today())


def blind_day(desk: Desk, course_id: UUID, day: dt.date) -> BlindDay:
    """A day's sheet to key from the paper; the look is noted. Raises Refusal for a day without a paper."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        detail = courses.masked(desk, courses.read_detail(connection, course_id))
        _refuse_day(desk, detail, day)
        kept = {row.trainee_id: _cell(row) for row in store.list_second(connection, course_id, day)}
    rows = tuple(
        BlindRow(one.person, one.number, one.name, one.birth, kept.get(one.person, EMPTY))
        for one in detail.members
        if _inside(detail, one, day)
    )
    desk.note_view(SUBJECT, [row.trainee for row in rows], {"course": str(course_id), "day": day.isoformat()})
    return BlindDay(course_id, detail.course.name, day, rows)


def enter(
    desk: Desk, course_id: UUID, day: dt.date, trainee: UUID, cell: Cell, operation_id: UUID | None = None
) -> None:
    """Keep what the paper says of one trainee; EMPTY takes it away. The records stay as they are.

    Raises Refusal for somebody who does not belong to the day, and where the same person entered the record while
    somebody else could read the paper (rulebook section 7, four eyes).
    """

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id, {trainee})
        _refuse_day(desk, detail, day)
        if not any(_inside(detail, one, day) for one in detail.members):
            raise Refusal("교육생이 과정에 속하지 않은 날이라 적지 않았습니다.")
        if cell == EMPTY:
            store.remove_second(work.connection, trainee, day)
        else:
            solo = _refuse_same_eyes(desk, work.connection, trainee, day)
            store.put_second(work.connection, _second_row(work, course_id, day, trainee, cell))
            keys = desk.store.person_keys(work.connection, [trainee])
            told = work.seal(keys, trainee, {"day": day.isoformat(), "read": show_cell(cell)})
            work.log("second.enter", SUBJECT, course_id, {"solo": True} if solo else {}, [told])
        return {}

    desk.perform(Right.EDIT_ATTENDANCE, "second.enter", body, operation_id)


def compared(desk: Desk, course_id: UUID) -> Compared:
    """A course's comparison so far; the look at the mismatches is noted."""
    found = survey(desk, course_id)
    if found.mismatches:
        shown = [one.trainee for one in found.mismatches]
        desk.note_view(SUBJECT, shown, {"course": str(course_id), "by": "mismatches"})
    return found


def survey(desk: Desk, course_id: UUID) -> Compared:
    """The same for whoever only counts."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_second(connection, course_id)
        detail = courses.masked(
            desk, courses.read_detail(connection, course_id, {row.trainee_id for row in rows})
        )
        span = (detail.course.start, detail.course.end)
        cells = cells_between(connection, course_id, *span) if rows else {}
        users = {user.id: user.name for user in list_users(connection)}
    return _compare(detail, rows, cells, users)


def courses_with_mismatches(desk: Desk) -> tuple[tuple[UUID, str, int], ...]:
    """(course, its name, open mismatches) of every course that has some; they name nobody."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        wanted = dict.fromkeys(row.course_id for row in store.list_second(connection) if not row.settled_at)
    found = []
    for course_id in wanted:
        open_ones = len(survey(desk, course_id).mismatches)
        if open_ones:
            found.append((course_id, courses.outline(desk, course_id).course.name, open_ones))
    return tuple(found)


def settle(
    desk: Desk,
    course_id: UUID,
    trainee: UUID,
    day: dt.date,
    *,
    by_paper: bool,
    operation_id: UUID | None = None,
) -> None:
    """Settle a mismatch: the record becomes what the paper says, or stays as it is.

    Raises Refusal where there is none, and where the day is closed, lent or confirmed; nothing is changed then.
    """

    def body(work: Work) -> dict[str, Any]:
        kept = store.list_second(work.connection, course_id, day)
        row = next((one for one in kept if one.trainee_id == trainee and one.settled_at is None), None)
        first = attendance.cells_of(work.connection, trainee, [day]).get(day, EMPTY)
        if row is None or agree(first, _cell(row)):
            raise Refusal("맞지 않는 것이 없거나 이미 정한 칸이라 아무것도 바꾸지 않았습니다.")
        if by_paper:
            detail = courses.read_detail(work.connection, course_id, {trainee})
            change = CellChange(trainee, day, _cell(row))
            refuse_over_caps(work.connection, detail, [change])
            title = f"서명부 {day.month}/{day.day} → {show_cell(change.cell)}"
            attendance.write_changes(work, course_id, [change], title)
        store.settle_second(work.connection, trainee, day, desk.actor.user_id, work.at)
        keys = desk.store.person_keys(work.connection, [trainee])
        told = work.seal(keys, trainee, {"day": day.isoformat(), "by_paper": by_paper})
        work.log("second.settle", SUBJECT, course_id, {"by_paper": by_paper}, [told])
        return {}

    with attendance.translate_closed():
        desk.perform(Right.EDIT_ATTENDANCE, "second.settle", body, operation_id)


def _compare(
    detail: CourseDetail,
    rows: tuple[SecondRow, ...],
    cells: Mapping[tuple[UUID, dt.date], Cell],
    users: Mapping[UUID, str],
) -> Compared:
    members = {member.person: member for member in detail.members}
    differing = [
        (row, first)
        for row in rows
        if not agree(first := cells.get((row.trainee_id, row.day), EMPTY), _cell(row))
    ]
    open_ones = [
        Mismatch(
            row.trainee_id,
            members[row.trainee_id].number,
            members[row.trainee_id].name,
            row.day,
            first,
            _cell(row),
            users.get(row.user_id, ""),
        )
        for row, first in differing
        if row.settled_at is None and row.trainee_id in members
    ]
    settled = sum(row.settled_at is not None for row in rows)
    agreeing = len(rows) - len(differing)
    return Compared(
        len(rows), agreeing, settled, tuple(sorted(open_ones, key=lambda one: (one.day, one.number)))
    )


def _refuse_day(desk: Desk, detail: CourseDetail, day: dt.date) -> None:
    if day > desk.clock.today() or all(row.day != day for row in detail.days):
        raise Refusal(f"{korean_date(day)}은(는) 지난 소정훈련일이 아니라 대조할 서명부가 없습니다.")


def _refuse_same_eyes(desk: Desk, connection: sa.Connection, trainee: UUID, day: dt.date) -> bool:
    """Whether nobody else can read the paper (단독 처리); refused where somebody else can (rulebook section 7)."""
    if _first_hand(desk, connection, trainee, day) != desk.actor.user_id:
        return False
    others = [
        user
        for user in list_users(connection)
        if user.active
        and user.id != desk.actor.user_id
        and Right.EDIT_ATTENDANCE in rights_of(Role(role) for role in user.roles)
    ]
    if others:
        raise Refusal(
            "이 칸을 처음 입력한 사람은 대조할 수 없어 적지 않았습니다. "
            f"다른 사람({others[0].name})이 서명부를 보고 적어 주십시오."
        )
    return True


def _first_hand(desk: Desk, connection: sa.Connection, trainee: UUID, day: dt.date) -> UUID | None:
    """Who last set the record of a day by hand, None where the change history does not say."""
    keys = desk.store.person_keys(connection, [trainee])
    found = None
    for _, user_id, _, sealed in audit.read_person_values(
        connection, audit.CHANGES, trainee, subject=attendance.SUBJECT
    ):
        if any(iso == day.isoformat() for iso, _, _ in desk.unseal(keys, trainee, sealed) or ()):
            found = user_id
    return found


def _second_row(work: Work, course_id: UUID, day: dt.date, trainee: UUID, cell: Cell) -> SecondRow:
    return SecondRow(
        trainee,
        day,
        course_id,
        int(cell.status),
        int(cell.marks),
        work.desk.actor.user_id,
        work.at,
        None,
        None,
    )


def _cell(row: SecondRow) -> Cell:
    """What the paper says; an 출석인정 has no reason there, so it is 미지정."""
    status = Status(row.status)
    reason = UNSPECIFIED if status is Status.EXCUSED else None
    return Cell(status, Mark(row.marks), reason=reason)


def _inside(detail: CourseDetail, member: MemberRow, day: dt.date) -> bool:
    return member.joined <= day <= (member.left or detail.course.end)
