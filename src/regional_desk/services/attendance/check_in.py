"""Check-in: badges read at the door become scans, and the scans of a day its record (rulebook section 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import check_in as rules
from regional_desk.domain.attendance import EMPTY, Cell, show_cell
from regional_desk.domain.check_in import Badge, Passage, Scan, Way
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clock_time, korean_date
from regional_desk.domain.timetable import periods_of
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.attendance.locks import read_locks
from regional_desk.services.attendance.records import cells_between
from regional_desk.services.attendance.terms import attendance_terms
from regional_desk.services.desk import Desk, Work
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import check_in as store
from regional_desk.store.check_in import BadgeRow, ScanRow
from regional_desk.store.courses import MemberRow
from regional_desk.store.ids import new_id

SUBJECT = "check_in"


@dataclass(frozen=True, slots=True)
class Who:
    """Whose badge it was."""

    trainee: UUID
    number: int
    name: str
    course_id: UUID
    course: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scan that was kept: the word for it (입실, 외출·조퇴 …), its minute, a note worth a look, the record now."""

    id: UUID
    who: Who
    way: Way
    word: str
    minute: int
    note: str
    cell: Cell


class ScanRefused(Refusal):
    """A badge that was read and must not count; `who` is its holder where that is known."""

    def __init__(self, message: str, who: Who | None = None) -> None:
        super().__init__(message)
        self.who = who


@dataclass(frozen=True, slots=True)
class Standing:
    """One trainee of a class of today: the scans, how they stand in words, and the record."""

    who: Who
    last: UUID | None
    inside: bool
    came: bool
    words: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class ClassToday:
    """A class with a training day today; `start` and `end` in minutes of the day, `over` once its lessons ended."""

    id: UUID
    name: str
    start: int
    end: int
    over: bool
    rows: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class BadgeToPrint:
    """One badge: the digits of its QR code, the number to type, and whose it is."""

    code: str
    number: str
    name: str
    order: int
    trainee: UUID


def today(desk: Desk) -> tuple[ClassToday, ...]:
    """Every class of today and how its people stand, names as the person may see them; the look is noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        day = desk.clock.today()
        found = tuple(_class_today(desk, connection, detail, day) for detail in _classes(connection, day))
    shown = [row.who.trainee for one in found for row in one.rows]
    if shown:
        desk.note_view(SUBJECT, shown, {"day": day.isoformat()})
    return tuple(sorted(found, key=lambda one: one.name))


def scan(
    desk: Desk,
    text: str,
    *,
    way: Way | None = None,
    course_id: UUID | None = None,
    typed: bool = False,
    operation_id: UUID | None = None,
) -> Scanned:
    """Keep a scan of now, and set the day's record as far as the scans make one.

    `text` is what a scanner or a person typed; without a `way` it is the other way than the last. With `course_id`
    badges of other classes are refused, and a place in the class list is enough. Raises ScanRefused for an unknown
    number, another class, a double scan, one against the clock, a day that is closed or lent; nothing is kept then.
    """
    desk.require(Right.EDIT_ATTENDANCE)
    now = desk.clock.now()
    day, minute = now.date(), now.hour * 60 + now.minute

    def body(work: Work) -> dict[str, Any]:
        detail, member = _holder(desk, work.connection, _read(text), course_id, day)
        who = _who(desk, detail, member)
        before = _scans(work.connection, detail, day, member.person)
        found = _passage(before, minute, way, _periods(detail, day), who)
        _refuse_locked(desk, work.connection, detail, day, who)
        row = ScanRow(
            new_id(),
            detail.course.id,
            member.person,
            day,
            minute,
            found.way.value,
            "typed" if typed else "scan",
        )
        store.put_scan(work.connection, row, desk.actor.user_id, work.at)
        _log(work, "check_in.scan", row)
        after = (*before, Scan(found.way, minute))
        _follow(work, desk, detail, row, before, after, found.word)
        return {
            "scan": str(row.id),
            "word": found.word,
            "note": found.note,
        }

    with attendance.translate_closed():
        done = desk.perform(Right.EDIT_ATTENDANCE, "check_in.scan", body, operation_id)
    return _kept(desk, UUID(done["scan"]), done["word"], done["note"])


def take_back(desk: Desk, scan_id: UUID, operation_id: UUID | None = None) -> Scanned:
    """Let somebody's last scan of today not count, and put the record to what the others say.

    Raises Refusal for one that is not the last of its person, or of another day: that day's record is kept by hand.
    """
    with desk.store.read() as connection:
        found = store.find_scan(connection, scan_id)
    if found is None:
        raise Refusal("이미 취소했거나 없는 기록이라 아무것도 바꾸지 않았습니다.")
    undone = _kept(desk, scan_id, "취소", "")

    def body(work: Work) -> dict[str, Any]:
        row = store.find_scan(work.connection, scan_id)
        rows = store.list_scans(work.connection, [found.course_id], found.day, found.day, found.trainee_id)
        if row is None or row.day != desk.clock.today() or rows[-1].id != row.id:
            raise Refusal("그 사람의 오늘 마지막 기록만 취소할 수 있어 아무것도 바꾸지 않았습니다.")
        detail = courses.read_detail(work.connection, row.course_id, {row.trainee_id})
        before = tuple(Scan(Way(one.way), one.minute) for one in rows)
        store.undo_scan(work.connection, scan_id)
        _log(work, "check_in.undo", row)
        _follow(work, desk, detail, row, before, before[:-1], "체크인 취소")
        return {"scan": str(scan_id)}

    with attendance.translate_closed():
        desk.perform(Right.EDIT_ATTENDANCE, "check_in.undo", body, operation_id)
    return undone


def badges(desk: Desk, course_id: UUID, trainee: UUID | None = None) -> tuple[BadgeToPrint, ...]:
    """The badges of a class (or one of them) in the order of its list; those who left have none."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        detail = courses.read_detail(connection, course_id, None if trainee is None else {trainee})
    day = desk.clock.today()
    return tuple(
        BadgeToPrint(
            rules.badge_code(member.id),
            rules.badge_number(course_id, member.number),
            desk.masking.show_name(member.name),
            member.number,
            member.person,
        )
        for member in detail.members
        if member.left is None or member.left >= day
    )


def words_on(
    connection: sa.Connection, course_id: UUID, start: dt.date, end: dt.date
) -> dict[tuple[UUID, dt.date], str]:
    """What the scans of past days say (`퇴실 미확인 (입실 08:58)`), by trainee and day."""
    found: dict[tuple[UUID, dt.date], list[Scan]] = {}
    for row in store.list_scans(connection, [course_id], start, end):
        found.setdefault((row.trainee_id, row.day), []).append(Scan(Way(row.way), row.minute))
    return {place: rules.state_words(scans, day_over=True) for place, scans in found.items()}


def _read(text: str) -> Badge:
    try:
        return rules.read_badge(text)
    except Refused as refused:
        raise ScanRefused(str(refused)) from refused


def _passage(
    before: Sequence[Scan], minute: int, way: Way | None, periods: Sequence[tuple[int, int]], who: Who
) -> Passage:
    try:
        return rules.passage(before, minute, way, periods, grace=attendance_terms().grace_minutes)
    except Refused as refused:
        raise ScanRefused(str(refused), who) from refused


def _holder(
    desk: Desk, connection: sa.Connection, badge: Badge, course_id: UUID | None, day: dt.date
) -> tuple[CourseDetail, MemberRow]:
    """Whose badge it is; raise ScanRefused unless that is somebody of a class of today, and of the chosen one."""
    running = store.courses_on(connection, day)
    if badge.order and course_id is None and len(running) != 1:
        raise ScanRefused(
            "반이 여럿이라 누구인지 알 수 없습니다. 반을 고르거나 명찰 번호 6자리를 누르십시오."
        )
    found = _matching(store.list_badges(connection), badge, course_id, running)
    if not found:
        raise ScanRefused("등록되지 않은 번호입니다. 명찰이 이 사무소의 것인지 확인하십시오.")
    if len(found) > 1:
        raise ScanRefused("같은 번호가 두 반에 있습니다. 반을 고르거나 QR을 대십시오.")
    row = found[0]
    detail = courses.read_detail(connection, row.course, {row.person})
    member = detail.members[0]
    who = _who(desk, detail, member)
    if course_id is not None and row.course != course_id:
        raise ScanRefused(f"다른 반('{detail.course.name}')의 명찰입니다.", who)
    if row.course not in running:
        raise ScanRefused(f"'{detail.course.name}' 과정은 오늘 훈련일이 아닙니다.", who)
    if not member.joined <= day <= (member.left or detail.course.end):
        left = member.left is not None and member.left < day
        told = (
            f"{korean_date(member.left)}에 나간 교육생"
            if left and member.left
            else "아직 시작하지 않은 교육생"
        )
        raise ScanRefused(f"{told}이라 기록하지 않았습니다.", who)
    return detail, member


def _matching(
    rows: Sequence[BadgeRow], badge: Badge, course_id: UUID | None, running: frozenset[UUID]
) -> list[BadgeRow]:
    """The memberships a badge can be of: by number those of the chosen class, else of today's, else any."""
    if badge.order:
        wanted = course_id or next(iter(running))
        return [row for row in rows if row.course == wanted and row.number == badge.order]
    if badge.code:
        return [row for row in rows if rules.badge_code(row.membership) == badge.code]
    found = [row for row in rows if rules.badge_number(row.course, row.number) == badge.number]
    chosen = [row for row in found if row.course == course_id]
    return chosen or [row for row in found if row.course in running] or found[:1]


def _who(desk: Desk, detail: CourseDetail, member: MemberRow) -> Who:
    name = desk.masking.show_name(member.name)
    return Who(member.person, member.number, name, detail.course.id, detail.course.name)


def _classes(connection: sa.Connection, day: dt.date) -> list[CourseDetail]:
    return [courses.read_detail(connection, course) for course in store.courses_on(connection, day)]


def _periods(detail: CourseDetail, day: dt.date) -> tuple[tuple[int, int], ...]:
    minutes = next(row.minutes for row in detail.days if row.day == day)
    return periods_of(detail.course.periods, minutes)


def _scans(connection: sa.Connection, detail: CourseDetail, day: dt.date, trainee: UUID) -> tuple[Scan, ...]:
    rows = store.list_scans(connection, [detail.course.id], day, day, trainee)
    return tuple(Scan(Way(row.way), row.minute) for row in rows)


def _refuse_locked(
    desk: Desk, connection: sa.Connection, detail: CourseDetail, day: dt.date, who: Who
) -> None:
    """A way in makes no record yet, and must be refused all the same where the way out would be."""
    why = read_locks(connection, detail, desk.clock.now()).why(who.trainee, day)
    if why is not None:
        raise ScanRefused(why, who)


def _follow(
    work: Work,
    desk: Desk,
    detail: CourseDetail,
    row: ScanRow,
    before: Sequence[Scan],
    after: Sequence[Scan],
    word: str,
) -> None:
    """Set the day's record to what the scans say now."""
    kept = attendance.cells_of(work.connection, row.trainee_id, [row.day]).get(row.day, EMPTY)
    grace = attendance_terms().grace_minutes
    cell = rules.follow(kept, before, after, _periods(detail, row.day), grace=grace)
    change = CellChange(row.trainee_id, row.day, cell)
    why = attendance.why_not(desk, detail, change) if cell != kept else None
    if why is not None:
        raise Refusal(f"{why} 아무것도 바꾸지 않았습니다.")
    title = f"{row.day.month}/{row.day.day} {word} {clock_time(row.minute)}"
    attendance.write_changes(work, detail.course.id, [change], title)


def _log(work: Work, action: str, row: ScanRow) -> None:
    keys = work.desk.store.person_keys(work.connection, [row.trainee_id])
    told = {"way": row.way, "minute": row.minute, "day": row.day.isoformat()}
    detail = {"day": row.day.isoformat(), "means": row.means}
    work.log(action, SUBJECT, row.course_id, detail, [work.seal(keys, row.trainee_id, told)])


def _kept(desk: Desk, scan_id: UUID, word: str, note: str) -> Scanned:
    """A kept scan with the record as it stands now."""
    with desk.store.read() as connection:
        row = store.find_scan(connection, scan_id)
        if row is None:
            raise UsageError("없는 기록입니다. 화면을 새로 여십시오.")
        detail = courses.read_detail(connection, row.course_id, {row.trainee_id})
        cell = attendance.cells_of(connection, row.trainee_id, [row.day]).get(row.day, EMPTY)
    return Scanned(row.id, _who(desk, detail, detail.members[0]), Way(row.way), word, row.minute, note, cell)


def _class_today(desk: Desk, connection: sa.Connection, detail: CourseDetail, day: dt.date) -> ClassToday:
    periods = _periods(detail, day)
    now = desk.clock.now()
    over = now.hour * 60 + now.minute >= periods[-1][1]
    scans: dict[UUID, list[ScanRow]] = {}
    for row in store.list_scans(connection, [detail.course.id], day, day):
        scans.setdefault(row.trainee_id, []).append(row)
    cells = cells_between(connection, detail.course.id, day, day)
    rows = tuple(
        _standing(
            desk,
            detail,
            member,
            scans.get(member.person, []),
            cells.get((member.person, day), EMPTY),
            over=over,
        )
        for member in detail.members
        if member.joined <= day <= (member.left or detail.course.end)
    )
    return ClassToday(detail.course.id, detail.course.name, periods[0][0], periods[-1][1], over, rows)


def _standing(
    desk: Desk, detail: CourseDetail, member: MemberRow, rows: Sequence[ScanRow], cell: Cell, *, over: bool
) -> Standing:
    scans = [Scan(Way(row.way), row.minute) for row in rows]
    return Standing(
        _who(desk, detail, member),
        rows[-1].id if rows else None,
        bool(scans) and scans[-1].way is Way.IN,
        bool(scans) or cell != EMPTY,
        rules.state_words(scans, over) or ("" if cell == EMPTY else show_cell(cell)),
        cell,
    )
