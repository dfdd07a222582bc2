"""미확인 전화표: cells without a record asked for by telephone, and the answers keyed back in the paper's order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.attendance import EMPTY, Cell, show_cell
from regional_desk.domain.calls import NOT_REACHED, answer_text, in_call_order, read_answer
from regional_desk.domain.counselling import CounselKind
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date, korean_span
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.attendance import attendance, check_in
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.attendance.excused_days import refuse_over_caps
from regional_desk.services.attendance.locks import read_locks
from regional_desk.services.attendance.records import cells_between
from regional_desk.services.desk import Desk, Work
from regional_desk.services.training import counselling, courses
from regional_desk.store import check_in as store
from regional_desk.store.check_in import CallLineRow, CallListRow
from regional_desk.store.ids import new_id
from regional_desk.store.people import list_people

SUBJECT = "call_lists"
HIDDEN = "가려 둔 내용"


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call: whom, about which day, what the scans say (`hint`), what was answered and the record as it stands now.

    `answer` is the record's word or 부재, empty while open; `note` is what was said.
    """

    number: int
    trainee: UUID
    order: int
    name: str
    phone: str
    day: dt.date
    hint: str
    answer: str
    note: str
    cell: Cell

    @property
    def open(self) -> bool:
        """Whether nobody was asked yet."""
        return not self.answer


@dataclass(frozen=True, slots=True)
class CallList:
    """A list as it was printed, `number` counting those of the course."""

    id: UUID
    number: int
    course_id: UUID
    course: str
    start: dt.date
    end: dt.date
    made_at: dt.datetime
    lines: tuple[CallLine, ...]

    @property
    def open(self) -> int:
        """How many lines nobody was asked about yet."""
        return sum(line.open for line in self.lines)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A list with open lines, for whoever only counts."""

    id: UUID
    course_id: UUID
    course: str
    open: int
    lines: int


def make(desk: Desk, course_id: UUID, start: dt.date, end: dt.date, operation_id: UUID | None = None) -> UUID:
    """A list of a course's 미입력 between two days, as far as they have come and may be entered.

    Raises Refusal where there is none.
    """

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id)
        until = min(end, desk.clock.today())
        recorded = cells_between(work.connection, course_id, start, until)
        locks = read_locks(work.connection, detail, desk.clock.now())
        places = in_call_order(
            (member.number, member.person, row.day)
            for member in detail.members
            for row in detail.days
            if start <= row.day <= until and member.joined <= row.day <= (member.left or detail.course.end)
            if (member.person, row.day) not in recorded and locks.why(member.person, row.day) is None
        )
        if not places:
            raise Refusal(f"{korean_span(start, end)}에는 전화로 물을 미입력이 없어 만들지 않았습니다.")
        row = CallListRow(new_id(), course_id, start, end, desk.actor.user_id, work.at, len(places), 0)
        store.put_call_list(work.connection, row, places)
        told = {"start": start.isoformat(), "end": end.isoformat(), "lines": len(places)}
        work.log("call_list.make", SUBJECT, course_id, told)
        return {"list": str(row.id)}

    return UUID(desk.perform(Right.EDIT_ATTENDANCE, "call_list.make", body, operation_id)["list"])


def list_lists(desk: Desk, course_id: UUID) -> tuple[CallListRow, ...]:
    """A course's lists, oldest first; they name nobody."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return store.list_call_lists(connection, course_id)


def waiting(desk: Desk) -> tuple[Waiting, ...]:
    """The lists with open lines, oldest first; they name nobody."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = [row for row in store.list_call_lists(connection) if row.open]
        names = {
            row.course_id: courses.read_detail(connection, row.course_id, ()).course.name for row in rows
        }
    return tuple(Waiting(row.id, row.course_id, names[row.course_id], row.open, row.lines) for row in rows)


def show(desk: Desk, list_id: UUID) -> CallList:
    """A list with its people and telephone numbers as the person may see them; the look is noted."""
    found = survey(desk, list_id)
    desk.note_view(SUBJECT, [line.trainee for line in found.lines], {"list": str(list_id)})
    return found


def survey(desk: Desk, list_id: UUID) -> CallList:
    """The same for a paper, whose print is noted instead."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        number, row = _find(connection, list_id)
        lines = store.list_call_lines(connection, list_id)
        people = {line.trainee_id for line in lines}
        detail = courses.read_detail(connection, row.course_id, people)
        phones = {one.id: one.phone for one in list_people(connection, desk.office.programme_year, people)}
        hints = check_in.words_on(connection, row.course_id, row.start, row.end)
        cells = cells_between(connection, row.course_id, row.start, row.end)
        keys = desk.store.person_keys(connection, people)
    members = {member.person: member for member in detail.members}
    masking = desk.masking
    shown = []
    for line in lines:
        member, place = members.get(line.trainee_id), (line.trainee_id, line.day)
        shown.append(
            CallLine(
                number=line.number,
                trainee=line.trainee_id,
                order=member.number if member else 0,
                name=masking.show_name(member.name) if member else "(나감)",
                phone=masking.show_phone(phones.get(line.trainee_id)),
                day=line.day,
                hint=hints.get(place, ""),
                answer=line.answer or "",
                note=_note(desk, keys, line),
                cell=cells.get(place, EMPTY),
            )
        )
    return CallList(
        row.id, number, row.course_id, detail.course.name, row.start, row.end, row.made_at, tuple(shown)
    )


def answer(
    desk: Desk,
    list_id: UUID,
    number: int,
    cell: Cell | None,
    note: str = "",
    operation_id: UUID | None = None,
) -> None:
    """Key back what a line was answered: None is 부재, else the record it makes; both leave a 상담·연락 기록.

    The same line may be answered again. Raises Refusal where somebody entered the day meanwhile, where the day is
    closed or lent, for a coming day, or for an 출석인정 over its cap; nothing is changed then.
    """

    def body(work: Work) -> dict[str, Any]:
        _, row = _find(work.connection, list_id)
        line = _line(work.connection, list_id, number)
        changed = _set_record(desk, work, row, line, cell)
        text = {"word": answer_text(cell), "note": clean(note)}
        keys = work.desk.store.person_keys(work.connection, [line.trainee_id])
        _, sealed = work.seal(keys, line.trainee_id, text)
        store.put_answer(
            work.connection,
            CallLineRow(
                list_id, number, line.trainee_id, line.day, text["word"], sealed, desk.actor.user_id, work.at
            ),
        )
        said = f"{korean_date(line.day)} 출결 확인 전화" + (f": {text['note']}" if text["note"] else "")
        counselling.put(
            work,
            line.trainee_id,
            CounselKind.CONTACT,
            {"said": said, "result": text["word"]},
            on=desk.clock.today(),
            course_id=row.course_id,
        )
        told = work.seal(keys, line.trainee_id, {**text, "day": line.day.isoformat()})
        work.log("call_list.answer", SUBJECT, row.course_id, {"line": number}, [told])
        return {"changed": changed}

    with attendance.translate_closed():
        desk.perform(Right.EDIT_ATTENDANCE, "call_list.answer", body, operation_id)


def _set_record(desk: Desk, work: Work, row: CallListRow, line: CallLineRow, cell: Cell | None) -> int:
    """Make the answer the day's record, in place of what this line was answered before; how many cells changed."""
    wanted = cell or EMPTY
    before = None if line.answer in (None, NOT_REACHED) else read_answer(line.answer or "")
    found = attendance.cells_of(work.connection, line.trainee_id, [line.day]).get(line.day, EMPTY)
    if found == wanted:
        return 0
    if found not in (EMPTY, before):
        raise Refusal(
            f"{korean_date(line.day)}은(는) 그 사이 '{show_cell(found)}'(으)로 입력되어 바꾸지 않았습니다. "
            "다르면 출석 화면에서 고치십시오."
        )
    detail = courses.read_detail(work.connection, row.course_id, {line.trainee_id})
    change = CellChange(line.trainee_id, line.day, wanted)
    why = attendance.why_not(desk, detail, change)
    if why is not None:
        raise Refusal(f"{why} 아무것도 바꾸지 않았습니다.")
    refuse_over_caps(work.connection, detail, [change])
    title = f"전화 {line.day.month}/{line.day.day} → {answer_text(cell)}"
    return attendance.write_changes(work, row.course_id, [change], title)


def _find(connection: sa.Connection, list_id: UUID) -> tuple[int, CallListRow]:
    """A list and its number among those of its course; raise UsageError for an unknown one."""
    row = next((row for row in store.list_call_lists(connection) if row.id == list_id), None)
    if row is None:
        raise UsageError("없는 전화표입니다. 목록에서 다시 고르십시오.")
    mine = [one.id for one in store.list_call_lists(connection, row.course_id)]
    return mine.index(list_id) + 1, row


def _line(connection: sa.Connection, list_id: UUID, number: int) -> CallLineRow:
    found = [line for line in store.list_call_lines(connection, list_id) if line.number == number]
    if not found:
        raise UsageError(f"이 전화표에는 {number}번이 없습니다.")
    return found[0]


def _note(desk: Desk, keys: dict[UUID, bytes], line: CallLineRow) -> str:
    if line.sealed is None:
        return ""
    kept = desk.unseal(keys, line.trainee_id, line.sealed)
    if kept is None or not kept["note"]:
        return ""
    return str(kept["note"]) if desk.masking is Masking.FULL else HIDDEN
