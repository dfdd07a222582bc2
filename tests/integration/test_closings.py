"""Closing attendance, exceptions that expire, and the lines of the 출석입력요청대장 they make."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from uuid import UUID

import pytest

from regional_desk.domain.attendance import ABSENT, EMPTY, PRESENT, Cell
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.rights import Role
from regional_desk.errors import NotAllowed, OpenItems, Refusal
from regional_desk.services.attendance import attendance, closings, late_entries
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.attendance.closings import DayState
from regional_desk.services.desk import Actor, Desk
from regional_desk.services.importing import imports
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.training import courses
from regional_desk.store import audit

FILES = Path(__file__).parents[1] / "data" / "office_files"
DAY, NEXT = dt.date(2026, 8, 25), dt.date(2026, 8, 26)
WEEK_LATER = dt.datetime(2026, 9, 7, 9, tzinfo=KST)


@pytest.fixture
def course(desk: Desk) -> UUID:
    """The August course."""
    return courses.list_courses(desk)[0].id


@pytest.fixture
def trainees(desk: Desk, course: UUID) -> list[UUID]:
    """Its members by number."""
    return [member.person for member in courses.course(desk, course).members]


def put(desk: Desk, course: UUID, trainee: UUID, cell: Cell, day: dt.date = DAY) -> int:
    """Set one cell."""
    return attendance.set_cells(desk, course, [CellChange(trainee, day, cell)], title="칸").changed


def close_all(desk: Desk, course: UUID, day: dt.date = DAY) -> None:
    """Close a day whatever is left."""
    closings.close(desk, course, day, day, with_unmarked=True)


def test_a_day_with_unmarked_cells_is_refused_naming_each(
    desk: Desk, course: UUID, trainees: list[UUID]
) -> None:
    for trainee in trainees[:2]:
        put(desk, course, trainee, EMPTY)
    unmarked = {one.trainee for one in closings.overview(desk, course).days[0].unmarked}
    assert not unmarked & set(trainees[:2])
    with pytest.raises(OpenItems) as refused:
        closings.close(desk, course, DAY, DAY)
    names = [member.name for member in courses.course(desk, course).members[:2]]
    assert {f"{name} 2026. 8. 25." for name in names} <= {item.where for item in refused.value.items}
    assert closings.overview(desk, course).closings == ()


def test_closing_with_the_unmarked_named_keeps_them_unrecorded_and_in_the_log(
    desk: Desk, course: UUID, trainees: list[UUID]
) -> None:
    put(desk, course, trainees[0], EMPTY)
    done = closings.close(desk, course, DAY, DAY, with_unmarked=True)
    assert trainees[0] in {one.trainee for one in done.unmarked}
    with desk.store.read() as connection:
        kept = audit.read_person_values(connection, audit.CHANGES, trainees[0], subject=closings.SUBJECT)
        keys = desk.store.person_keys(connection, [trainees[0]])
        line = audit.read_lines(connection, audit.CHANGES, limit=1)[0]
        assert attendance.cells_of(connection, trainees[0], [DAY]) == {}
    assert [desk.unseal(keys, trainees[0], sealed) for *_, sealed in kept] == [["2026-08-25"]]
    assert json.loads(line.detail)["unmarked"] == len(done.unmarked)


def test_a_closed_day_refuses_every_way_of_writing(desk: Desk, course: UUID, trainees: list[UUID]) -> None:
    put(desk, course, trainees[0], ABSENT)
    put(desk, course, trainees[1], EMPTY)
    close_all(desk, course)
    with pytest.raises(Refusal, match="마감한 날"):
        put(desk, course, trainees[2], ABSENT)
    with pytest.raises(Refusal, match="마감한 날"):
        attendance.undo(desk)
    filled = attendance.fill_present(desk, course, trainees, [DAY])
    assert filled.changed == 0
    assert put(desk, course, trainees[2], ABSENT, NEXT) == 1


def test_an_imported_sheet_names_closed_days_row_by_row(desk: Desk, course: UUID) -> None:
    close_all(desk, course)
    opened = imports.open_file(desk, "attendance", FILES / "attendance.xlsx")
    seen = imports.preview(desk, opened, course)
    assert seen.errors
    assert all("마감한 날" in error.message for error in seen.errors if "8. 25." in error.message)


def test_days_to_come_and_closed_days_cannot_be_closed(desk: Desk, course: UUID, clock: FixedClock) -> None:
    clock.move_to(dt.datetime(2026, 8, 24, 18, tzinfo=KST))
    with pytest.raises(Refusal, match="아직 오지 않은"):
        closings.close(desk, course, DAY, DAY, with_unmarked=True)
    clock.move_to(dt.datetime(2026, 8, 31, 18, tzinfo=KST))
    close_all(desk, course)
    with pytest.raises(Refusal, match="이미 마감"):
        close_all(desk, course)
    with pytest.raises(Refusal, match="훈련일이 없어"):
        close_all(desk, course, dt.date(2026, 8, 29))


def test_a_unit_period_is_closed_whole_and_taken_back_with_a_reason(
    desk: Desk, course: UUID, trainees: list[UUID]
) -> None:
    done = closings.close_unit(desk, course, 1, with_unmarked=True)
    shown = closings.overview(desk, course, 1)
    assert done.days == len(shown.days)
    assert {day.state for day in shown.days} == {DayState.CLOSED}
    closing = shown.closings[0]
    assert closing.unit_no == 1
    closings.reopen(desk, closing.id, closing.version, "명단 착오")
    assert put(desk, course, trainees[0], ABSENT) == 1
    with pytest.raises(Refusal, match="그 사이"):
        closings.reopen(desk, closing.id, closing.version, "다시")


def test_an_exception_opens_one_trainees_day_until_the_clock_passes(
    desk: Desk, course: UUID, trainees: list[UUID], clock: FixedClock
) -> None:
    for trainee in trainees[:2]:
        put(desk, course, trainee, PRESENT)
    close_all(desk, course)
    until = desk.clock.now() + dt.timedelta(hours=2)
    closings.allow(desk, course, DAY, DAY, until, "병원 서류 늦게 냄", trainee=trainees[0])
    assert closings.overview(desk, course).closings
    assert put(desk, course, trainees[0], ABSENT) == 1
    with pytest.raises(Refusal, match="마감한 날"):
        put(desk, course, trainees[1], ABSENT)
    clock.move_to(until)
    with pytest.raises(Refusal, match="마감한 날"):
        put(desk, course, trainees[0], PRESENT)


def test_an_exception_can_be_ended_before_its_time(desk: Desk, course: UUID, trainees: list[UUID]) -> None:
    close_all(desk, course)
    made = closings.allow(desk, course, DAY, DAY, desk.clock.now() + dt.timedelta(days=1), "늦은 서류")
    assert put(desk, course, trainees[0], ABSENT) == 1
    closings.end_exception(desk, made, 1)
    with pytest.raises(Refusal, match="마감한 날"):
        put(desk, course, trainees[0], PRESENT)
    with pytest.raises(Refusal, match="그 사이"):
        closings.end_exception(desk, made, 2)


@pytest.mark.parametrize("ahead", [dt.timedelta(0), dt.timedelta(days=31, seconds=1)])
def test_an_exception_lies_ahead_and_within_a_month(desk: Desk, course: UUID, ahead: dt.timedelta) -> None:
    close_all(desk, course)
    with pytest.raises(Refusal, match="31일"):
        closings.allow(desk, course, DAY, DAY, desk.clock.now() + ahead, "늦은 서류")


def test_an_exception_needs_a_closed_day(desk: Desk, course: UUID) -> None:
    with pytest.raises(Refusal, match="마감한 훈련일이 없습니다"):
        closings.allow(desk, course, DAY, DAY, desk.clock.now() + dt.timedelta(days=1), "늦은 서류")


def test_closing_is_the_officers_and_opening_the_leaders(desk: Desk, course: UUID) -> None:
    close_all(desk, course)
    closing = closings.overview(desk, course).closings[0]
    officer = Actor(desk.actor.user_id, "user02", "담당", frozenset({Role.TRAINING}))
    theirs = Desk(desk.store, officer, desk.office, desk.clock)
    with pytest.raises(NotAllowed):
        closings.reopen(theirs, closing.id, closing.version, "착오")
    with pytest.raises(NotAllowed):
        closings.allow(theirs, course, DAY, DAY, desk.clock.now() + dt.timedelta(days=1), "늦은 서류")
    assert closings.close(theirs, course, NEXT, NEXT, with_unmarked=True).days == 1


@pytest.mark.parametrize(
    ("entered", "lines"),
    [
        (dt.datetime(2026, 8, 25, 23, 59, tzinfo=KST), 0),  # on its day
        (dt.datetime(2026, 8, 26, 0, 0, tzinfo=KST), 1),
        (dt.datetime(2026, 8, 26, 23, 59, tzinfo=KST), 1),
        (dt.datetime(2026, 8, 27, 0, 0, tzinfo=KST), 0),  # past the rule: that is what closing is for
    ],
)
def test_an_entry_by_the_next_day_makes_a_line(
    desk: Desk, course: UUID, trainees: list[UUID], clock: FixedClock, entered: dt.datetime, lines: int
) -> None:
    clock.move_to(entered)
    put(desk, course, trainees[0], ABSENT if entered.hour else PRESENT)
    put(desk, course, trainees[0], EMPTY)
    found = late_entries.list_lines(desk, course)
    assert [line.in_time for line in found] == [True] * len(found)
    assert bool(found) == bool(lines)
    assert [line.number for line in found] == list(range(1, len(found) + 1))


def test_an_entry_through_an_exception_makes_a_line_with_its_reason(
    desk: Desk, course: UUID, trainees: list[UUID], clock: FixedClock
) -> None:
    put(desk, course, trainees[0], PRESENT)
    clock.move_to(WEEK_LATER)
    close_all(desk, course)
    closings.allow(desk, course, DAY, DAY, WEEK_LATER + dt.timedelta(days=1), "병원 서류 늦게 냄")
    put(desk, course, trainees[0], ABSENT)
    attendance.undo(desk)
    first, second = late_entries.list_lines(desk, course)
    assert (first.reason, first.by_exception, first.in_time) == ("병원 서류 늦게 냄", True, False)
    assert (first.old, first.new) == (second.new, second.old)
    assert (first.by, first.day, first.at) == (desk.actor.name, DAY, WEEK_LATER)


def test_lines_stay_readable_when_their_trainee_was_merged_or_left_the_course(
    desk: Desk, course: UUID, trainees: list[UUID], clock: FixedClock
) -> None:
    clock.move_to(dt.datetime(2026, 8, 26, 9, tzinfo=KST))
    put(desk, course, trainees[0], EMPTY)
    put(desk, course, trainees[0], ABSENT)
    before = late_entries.list_lines(desk, course)
    with desk.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM membership WHERE person_id = ?", (trainees[0].bytes,))
    assert before
    assert late_entries.list_lines(desk, course) == before


def test_a_line_of_the_register_can_be_neither_changed_nor_deleted(
    desk: Desk, course: UUID, trainees: list[UUID], clock: FixedClock
) -> None:
    clock.move_to(dt.datetime(2026, 8, 26, 9, tzinfo=KST))
    put(desk, course, trainees[0], EMPTY)
    put(desk, course, trainees[0], ABSENT)
    assert late_entries.list_lines(desk, course)
    for statement in ("DELETE FROM late_entry", "UPDATE late_entry SET number = 9"):
        with pytest.raises(Exception, match="append_only"), desk.store.write() as connection:
            connection.exec_driver_sql(statement)


def test_the_register_is_fifteen_lines_a_page_and_ends_with_the_blank(
    desk: Desk, course: UUID, trainees: list[UUID], clock: FixedClock, tmp_path: Path
) -> None:
    clock.move_to(dt.datetime(2026, 8, 26, 9, tzinfo=KST))
    changes = [CellChange(trainee, DAY, EMPTY) for trainee in trainees]
    attendance.set_cells(desk, course, changes, title="비움")
    changes = [CellChange(trainee, DAY, PRESENT) for trainee in trainees]
    attendance.set_cells(desk, course, changes, title="출석")
    count = len(late_entries.list_lines(desk, course))
    wanted = Wanted("late-entry-register", course)
    done = papers.print_paper(desk, wanted, "pdf", tmp_path / "register.pdf", "비치")
    assert done.pages == -(-count // 15)
    assert papers.print_paper(desk, wanted, "xlsx", tmp_path / "register.xlsx", "비치").file.exists()
