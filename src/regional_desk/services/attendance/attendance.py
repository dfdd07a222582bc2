"""The attendance grid: reading it, setting cells, filling, undoing (rulebook section 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import attendance as rules
from regional_desk.domain.allowance import decide
from regional_desk.domain.attendance import EMPTY, PRESENT, Cell, Status, Summary, show_cell
from regional_desk.domain.calendar import UnitPeriod, days_between
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal
from regional_desk.services import changes
from regional_desk.services.attendance import late_entries
from regional_desk.services.attendance.cell_checks import refuse_bad, refuse_corrected, why_not_set
from regional_desk.services.attendance.excused_days import refuse_over_caps
from regional_desk.services.attendance.grid_signs import Signs, read_signs
from regional_desk.services.attendance.locks import Locks, RecordChange, read_locks, refuse_locked
from regional_desk.services.attendance.tally import UnitTally, cell_of, read_again, tally_context
from regional_desk.services.desk import Desk, Work
from regional_desk.services.policies import Policy
from regional_desk.services.recruitment import contact
from regional_desk.services.training import courses, timetable
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import attendance as store
from regional_desk.store.attendance import CellValues
from regional_desk.store.courses import MemberRow

SUBJECT = "attendance"


@dataclass(frozen=True, slots=True)
class GridDay:
    """One column: a date of the span; only training days take records."""

    day: dt.date
    training: bool
    coming: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """One trainee. `cells` stand in the order of the grid's days, None where no record can be; `amount` in won.

    `summary` and `amount` are for the span shown; `closed` tells that a confirmed run fixes the row. `course_left` are
    the days that may still be missed for 수료, −1 where it is lost.
    """

    trainee: UUID
    number: int
    name: str
    birth: dt.date
    cells: tuple[Cell | None, ...]
    summary: Summary
    amount: int
    closed: bool
    dismissal: tuple[str, ...]
    course_left: int


@dataclass(frozen=True, slots=True)
class Grid:
    """What the page shows: a course's unit period, or the whole course where `unit` is None."""

    course: CourseDetail
    unit: UnitPeriod | None
    days: tuple[GridDay, ...]
    rows: tuple[GridRow, ...]
    tally: UnitTally = field(repr=False, compare=False)  # what the rows were counted from
    members: Mapping[UUID, MemberRow] = field(repr=False, compare=False)
    locks: Locks = field(repr=False, compare=False)
    signs: Signs = field(repr=False, compare=False)

    def locked(self, trainee: UUID, day: dt.date) -> str | None:
        """Why a record cannot be set now (마감, 대출 중), None where it can; a confirmed row says so itself."""
        return self.locks.why(trainee, day) if self.locks.anything else None

    @property
    def policy(self) -> Policy:
        """The course's scheme as it holds for the span."""
        return self.tally.policy


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell to be set; EMPTY takes the record away."""

    trainee: UUID
    day: dt.date
    cell: Cell


@dataclass(frozen=True, slots=True)
class Written:
    """What was saved; `trainees` are those whose rows should be read again where `rows` does not bring them."""

    changed: int
    saved_at: dt.datetime
    trainees: tuple[UUID, ...]
    title: str
    rows: tuple[GridRow, ...] = ()


def grid(
    desk: Desk, course_id: UUID, unit_no: int | None = 1, trainees: Iterable[UUID] | None = None
) -> Grid:
    """The grid of a unit period (or the whole course), all rows or those of `trainees`, masked for whoever may not unmask.

    Opening it writes nothing but its line in the access log.
    """
    shown = survey(desk, course_id, unit_no, trainees)
    wanted = {"course": str(course_id), "unit": unit_no}
    desk.note_view(SUBJECT, [row.trainee for row in shown.rows], wanted)
    return shown


def survey(
    desk: Desk, course_id: UUID, unit_no: int | None = 1, trainees: Iterable[UUID] | None = None
) -> Grid:
    """The grid for whoever counts and shows nobody: not noted in the access log."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return read_grid(desk, connection, course_id, unit_no, trainees)


def refreshed_rows(desk: Desk, shown: Grid, trainees: Collection[UUID]) -> tuple[GridRow, ...]:
    """The rows of these trainees with their records as they stand now; a change of anything else reads all again."""
    with desk.store.read() as connection:
        return _rows_now(connection, shown, trainees)


def _rows_now(connection: sa.Connection, shown: Grid, trainees: Collection[UUID]) -> tuple[GridRow, ...]:
    members = [found for trainee in trainees if (found := shown.members.get(trainee)) is not None]
    tally = read_again(connection, shown.tally, [member.person for member in members])
    takes_records = _training_of(shown.days)
    return tuple(_grid_row(tally, member, takes_records) for member in members)


def read_grid(
    desk: Desk,
    connection: sa.Connection,
    course_id: UUID,
    unit_no: int | None,
    trainees: Iterable[UUID] | None = None,
) -> Grid:
    """The grid as one snapshot shows it."""
    wanted = None if trainees is None else set(trainees)
    detail = courses.masked(desk, courses.read_detail(connection, course_id, wanted))
    unit = courses.unit_of(detail, unit_no) if unit_no is not None else None
    span = unit or UnitPeriod(0, detail.course.start, detail.course.end)
    training = {day.day for day in detail.days}
    today = desk.clock.today()
    days = tuple(
        GridDay(day, day in training, coming=day > today) for day in days_between(span.start, span.end)
    )
    context = tally_context(connection, detail, span, detail.members)
    members = {member.person: member for member in detail.members if context.has_days(member)}
    takes_records = _training_of(days)
    rows = tuple(_grid_row(context, member, takes_records) for member in members.values())
    locks = read_locks(connection, detail, desk.clock.now())
    signs = read_signs(connection, course_id, span, context.corrected)
    return Grid(detail, unit, days, rows, context, members, locks, signs)


def _training_of(days: Sequence[GridDay]) -> tuple[dt.date | None, ...]:
    """The day of each column that takes records, None for the others."""
    return tuple(column.day if column.training else None for column in days)


def _grid_row(context: UnitTally, member: MemberRow, days: Sequence[dt.date | None]) -> GridRow:
    summary = context.summary(member)
    best = context.inputs(member, best=True)
    amount = decide(best, context.scheme, context.region).amount
    return GridRow(
        trainee=member.person,
        number=member.number,
        name=member.name,
        birth=member.birth,
        cells=context.cells(member, days),
        summary=summary,
        amount=amount,
        closed=member.person in context.closed,
        dismissal=context.dismissal(member),
        course_left=context.course_left(member),
    )


def set_cells(
    desk: Desk,
    course_id: UUID,
    cell_changes: Sequence[CellChange],
    *,
    title: str,
    shown: Grid | None = None,
    operation_id: UUID | None = None,
) -> Written:
    """Set cells in one durable, undoable act; with the grid that is `shown`, its rows come back as they stand then.

    Raises Refusal with every cell that cannot be set (outside the membership, no training day, closed, coming with
    anything but 출석인정 and 결석, or an 출석인정 over its cap); then nothing is written.
    """
    people: list[UUID] = list(dict.fromkeys(change.trainee for change in cell_changes))
    rows: list[GridRow] = []

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id, set(people))
        refuse_bad(detail, cell_changes, desk.clock.today())
        refuse_over_caps(work.connection, detail, cell_changes)
        changed = write_changes(work, course_id, cell_changes, title)
        if shown is not None:
            rows[:] = _rows_now(work.connection, shown, people)
        return {"changed": changed}

    with translate_closed():
        done = desk.perform(Right.EDIT_ATTENDANCE, "attendance.set", body, operation_id)
    return Written(done["changed"], desk.clock.now(), tuple(people), title, tuple(rows))


def write_changes(work: Work, course_id: UUID, cell_changes: Sequence[CellChange], title: str) -> int:
    """Set checked cells inside a larger act, as one undo step; return how many changed."""
    changed = _write(work, course_id, {(one.trainee, one.day): to_values(one.cell) for one in cell_changes})
    if changed:
        _remember(work, course_id, title, changed)
    return len(changed)


def put_back(work: Work, course_id: UUID, wanted: Mapping[tuple[UUID, dt.date], CellValues | None]) -> None:
    """Set checked cells to what they were, as no step of anybody's list; None takes the record away."""
    _write(work, course_id, wanted)


def take_in(work: Work, course_id: UUID, wanted: Mapping[tuple[UUID, dt.date], CellValues | None]) -> None:
    """Set checked cells that were entered in a lent copy, which already told what of it was late; no step of anybody's list."""
    _write(work, course_id, wanted, note_late=False)


def cells_of(connection: sa.Connection, trainee: UUID, days: Sequence[dt.date]) -> dict[dt.date, Cell]:
    """One trainee's records on these days; days without one are left out."""
    found = store.read_cells_of(connection, [(trainee, day) for day in days])
    return {day: from_values(values) for (_, day), values in found.items()}


def why_not(desk: Desk, detail: CourseDetail, change: CellChange) -> str | None:
    """Why a cell cannot be set, None where it can; a closed unit is the database's own refusal."""
    return why_not_set(detail, change, desk.clock.today())


class translate_closed:  # noqa: N801 - reads as a word in a with statement
    """Turns the database's own refusal of a confirmed unit into the sentence for the person."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sa.exc.DBAPIError) and "closed:" in str(error.orig):
            raise Refusal(
                "확정된 훈련수당의 단위기간이라 출결을 바꾸지 않았습니다. 확정을 취소하거나 정정으로 처리하십시오."
            ) from error


def fill_present(
    desk: Desk,
    course_id: UUID,
    trainees: Sequence[UUID],
    days: Sequence[dt.date],
    *,
    shown: Grid | None = None,
    operation_id: UUID | None = None,
) -> Written:
    """미입력만 출석으로: set only what is unset; skip coming, closed, lent and non-member days."""
    with desk.store.read() as connection:
        whole = read_grid(desk, connection, course_id, None, trainees)
    wanted = set(days)
    found = [
        CellChange(row.trainee, column.day, PRESENT)
        for row in whole.rows
        if not row.closed
        for column, cell in zip(whole.days, row.cells, strict=True)
        if cell == EMPTY and column.day in wanted and not column.coming
        if whole.locked(row.trainee, column.day) is None
    ]
    if not found:
        return Written(0, desk.clock.now(), (), "미입력 없음")
    return set_cells(
        desk, course_id, found, title=f"미입력 {len(found)}칸 → 출석", shown=shown, operation_id=operation_id
    )


def undo(desk: Desk, operation_id: UUID | None = None) -> changes.StepTaken | None:
    """Take the signed-in person's last step back; None where there is none."""
    with translate_closed():
        return changes.undo(desk, _STEPS, operation_id)


def redo(desk: Desk, operation_id: UUID | None = None) -> changes.StepTaken | None:
    """Do the last undone step again; None where there is none."""
    with translate_closed():
        return changes.redo(desk, _STEPS, operation_id)


@lru_cache(maxsize=4096)
def to_values(cell: Cell) -> CellValues | None:
    """A record as the store keeps it; None for 미입력."""
    if cell.status is Status.UNRECORDED:
        return None
    times = (cell.time_in, cell.time_out)
    parts = rules.parts_text(cell.parts)
    return (int(cell.status), int(cell.marks), *times, cell.reason, int(cell.evidence), parts)


def from_values(values: CellValues | None) -> Cell:
    """A record from what the store keeps."""
    return EMPTY if values is None else cell_of(values)


def show_kept(kept: Sequence[Any] | None) -> str:
    """A record in words, from the values a log line or an undo step kept."""
    return show_cell(from_values(store.kept_values(kept)))


def _write(
    work: Work,
    course_id: UUID,
    wanted: Mapping[tuple[UUID, dt.date], CellValues | None],
    *,
    note_late: bool = True,
) -> list[RecordChange]:
    """Write what differs, with one log line that keeps each person's changes under their key; raise Refusal for locked days."""
    before = store.read_values(work.connection, list(wanted))
    changed: list[RecordChange] = [
        (*place, old, values)
        for (place, values), old in zip(wanted.items(), before, strict=True)
        if old != values
    ]
    if not changed:
        return []
    locks = refuse_locked(work.connection, course_id, changed, work.at)
    refuse_corrected(work.connection, course_id, [(trainee, day) for trainee, day, _, _ in changed])
    store.write_cells(work.connection, [(trainee, day, new) for trainee, day, _, new in changed])
    work.log("attendance.set", SUBJECT, course_id, {"cells": len(changed)}, _sealed(work, changed))
    if note_late:
        late_entries.note(work, course_id, changed, locks)
    return changed


def _sealed(work: Work, changed: Sequence[RecordChange]) -> list[tuple[UUID, bytes]]:
    by_person: dict[UUID, list[list[Any]]] = {}
    for trainee, day, old, new in changed:
        by_person.setdefault(trainee, []).append([day.isoformat(), old, new])
    keys = work.desk.store.person_keys(work.connection, by_person)
    return [work.seal(keys, person, value) for person, value in by_person.items()]


def _remember(work: Work, course_id: UUID, title: str, changed: Sequence[RecordChange]) -> None:
    """The undo step keeps the very bytes of the log line: the same values under the same keys."""
    work.add_undo(
        SUBJECT, title, {"course": str(course_id)}, work.entries[-1].values or _sealed(work, changed)
    )


def _apply(work: Work, scope: Mapping[str, Any], parts: list[tuple[UUID, Any]], backwards: bool) -> None:
    """Take a step back or forth; refused where a later change touched one of its cells."""
    wanted: dict[tuple[UUID, dt.date], CellValues | None] = {}
    expected: dict[tuple[UUID, dt.date], CellValues | None] = {}
    for person, cells in parts:
        for iso, old, new in cells:
            place = (person, dt.date.fromisoformat(iso))
            target, present = (old, new) if backwards else (new, old)
            wanted[place] = store.kept_values(target)
            expected[place] = store.kept_values(present)
    found = store.read_cells_of(work.connection, list(wanted))
    touched = [place for place in wanted if found.get(place) != expected[place]]
    if touched:
        day = korean_date(touched[0][1])
        raise Refusal(
            f"그 뒤에 다시 바뀐 칸이 {len(touched)}개 있어({day} 등) 되돌리지 않았습니다. 칸의 이력을 확인해 주십시오."
        )
    _write(work, UUID(scope["course"]), wanted)


UNDOABLE = changes.Undoable(Right.EDIT_ATTENDANCE, _apply)
_STEPS = {  # a person has one list of steps
    SUBJECT: UNDOABLE,
    contact.SUBJECT: contact.UNDOABLE,
    timetable.SUBJECT: timetable.UNDOABLE,
}
