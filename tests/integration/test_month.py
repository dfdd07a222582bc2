"""One real month through the services: imports, grid, undo, allowance, confirmation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from tests.conftest import FILES

from regional_desk.domain.attendance import ABSENT, EMPTY, EXCUSED, PRESENT, Cell, Evidence, Status
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.policies import Method
from regional_desk.errors import OpenItems, Refusal
from regional_desk.services import changes, policies
from regional_desk.services.attendance import attendance, cell_history
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.importing import imports
from regional_desk.services.pay import accounts, allowance
from regional_desk.services.pay.allowance_run import Run
from regional_desk.services.recruitment import people
from regional_desk.services.training import courses, memberships
from regional_desk.store import audit


def course_of(desk: Desk) -> UUID:
    return courses.list_courses(desk)[0].id


def give_evidence(desk: Desk) -> None:
    """Settle every 출석인정 the sheet brought without a reason."""
    shown = attendance.grid(desk, course_of(desk))
    found = [
        CellChange(
            row.trainee, column.day, Cell(Status.EXCUSED, reason="interview", evidence=Evidence.VERIFIED)
        )
        for row in shown.rows
        for column, cell in zip(shown.days, row.cells, strict=True)
        if cell == EXCUSED
    ]
    attendance.set_cells(desk, course_of(desk), found, title="증빙 확인")


def adopt(desk: Desk) -> None:
    policies.adopt(
        desk, policies.DEFAULT_SCHEME, reference="지역기업정책과-1234", document_date=dt.date(2026, 7, 1)
    )


def confirm(desk: Desk) -> Run:
    adopt(desk)
    give_evidence(desk)
    allowance.draft(desk, course_of(desk), 1)
    allowance.check(desk, course_of(desk), 1)
    return allowance.confirm(desk, course_of(desk), 1)


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods", "csv"])
def test_the_preview_counts_are_the_commit_counts(
    empty_desk: Desk, suffix: str, expected: dict[str, Any]
) -> None:
    opened = imports.open_file(empty_desk, "applicants", FILES / f"applicants.{suffix}")
    preview, done = imports.preview(empty_desk, opened), imports.commit(empty_desk, opened)
    assert preview == done
    facts = expected["applicants"]
    assert (done.read, done.new, done.skipped) == (facts["rows"], facts["people"], facts["duplicate_rows"])
    assert len({error.row for error in done.errors}) == facts["bad_rows"]
    again = imports.commit(
        empty_desk, imports.open_file(empty_desk, "applicants", FILES / f"applicants.{suffix}")
    )
    assert (again.new, again.updated, again.unchanged) == (0, 0, facts["people"])


@pytest.mark.parametrize("method", list(Method))
def test_the_draft_pays_every_person_what_is_expected(
    desk: Desk, method: Method, expected: dict[str, Any]
) -> None:
    run = allowance.draft(desk, course_of(desk), 1, method=method)
    assert run.total == expected["totals"][method.value]
    for line in run.lines:
        person = expected["attendance"][f"{line.name} {line.birth}"]
        assert (line.amount, str(line.rate), line.attended_days, line.eligible) == (
            person[f"amount_{method.value}"],
            person["rate"],
            person["attended_days"],
            person["eligible"],
        )


def test_opening_the_grid_writes_no_row(desk: Desk) -> None:
    with desk.store.read() as connection:
        before = audit.tip(connection, audit.CHANGES)
    attendance.grid(desk, course_of(desk))
    with desk.store.read() as connection:
        assert audit.tip(connection, audit.CHANGES) == before


def test_undo_survives_a_restart_and_redo_follows(desk: Desk, open_again: Callable[[], Desk]) -> None:
    course_id = course_of(desk)
    row = attendance.grid(desk, course_id).rows[0]
    day = dt.date(2026, 8, 4)
    attendance.set_cells(desk, course_id, [CellChange(row.trainee, day, ABSENT)], title="8/4 → 결석")
    desk.store.close()
    later = open_again()
    assert changes.undo_title(later) == "8/4 → 결석"
    assert attendance.undo(later) is not None
    assert attendance.grid(later, course_id).rows[0].cells == row.cells
    assert changes.redo_title(later) == "8/4 → 결석"
    attendance.redo(later)
    assert attendance.grid(later, course_id).rows[0].cells[1] == ABSENT


def test_undo_is_refused_where_a_later_change_touched_the_cell(desk: Desk) -> None:
    course_id, day = course_of(desk), dt.date(2026, 8, 4)
    trainee = attendance.grid(desk, course_id).rows[0].trainee
    attendance.set_cells(desk, course_id, [CellChange(trainee, day, ABSENT)], title="첫째")
    with desk.store.write() as connection:
        connection.execute(
            sa.text("UPDATE attendance SET status = 3 WHERE trainee_id = :t AND day = :d"),
            {"t": trainee.bytes, "d": day.isoformat()},
        )
    with pytest.raises(Refusal, match="그 뒤에 다시 바뀐 칸"):
        attendance.undo(desk)


def test_the_same_operation_twice_changes_nothing(desk: Desk) -> None:
    course_id, operation = course_of(desk), uuid4()
    trainee = attendance.grid(desk, course_id).rows[0].trainee
    change = [CellChange(trainee, dt.date(2026, 8, 4), ABSENT)]
    first = attendance.set_cells(desk, course_id, change, title="a", operation_id=operation)
    attendance.set_cells(desk, course_id, [replace(change[0], cell=PRESENT)], title="b")
    again = attendance.set_cells(desk, course_id, change, title="a", operation_id=operation)
    assert (first.changed, again.changed) == (1, 1)
    assert attendance.grid(desk, course_id).rows[0].cells[1] == PRESENT


def test_filling_never_overwrites_and_skips_coming_days(desk: Desk, clock: FixedClock) -> None:
    course_id = course_of(desk)
    rows = attendance.grid(desk, course_id).rows
    days = [dt.date(2026, 8, 27), dt.date(2026, 8, 28)]
    cleared = [CellChange(row.trainee, day, EMPTY) for row in rows for day in days]
    kept = rows[0].cells[0]
    attendance.set_cells(desk, course_id, cleared, title="비우기")
    clock.move_to(dt.datetime.combine(days[0], dt.time(9), clock.now().tzinfo))
    written = attendance.fill_present(
        desk, course_id, [row.trainee for row in rows], [dt.date(2026, 8, 3), *days]
    )
    assert written.changed == len(rows)
    first = attendance.grid(desk, course_id).rows[0].cells
    assert (first[0], first[24], first[25]) == (kept, PRESENT, EMPTY)


def test_a_coming_day_takes_no_presence(desk: Desk, clock: FixedClock) -> None:
    course_id, trainee = course_of(desk), attendance.grid(desk, course_of(desk)).rows[0].trainee
    clock.move_to(dt.datetime(2026, 8, 10, 9, tzinfo=clock.now().tzinfo))
    with pytest.raises(Refusal, match="아직 오지 않은 날"):
        attendance.set_cells(desk, course_id, [CellChange(trainee, dt.date(2026, 8, 28), PRESENT)], title="x")
    attendance.set_cells(desk, course_id, [CellChange(trainee, dt.date(2026, 8, 28), ABSENT)], title="x")


def test_an_unadopted_policy_cannot_be_confirmed(desk: Desk) -> None:
    give_evidence(desk)
    allowance.draft(desk, course_of(desk), 1)
    allowance.check(desk, course_of(desk), 1)
    with pytest.raises(Refusal, match="승인되지 않은"):
        allowance.confirm(desk, course_of(desk), 1)


def test_a_tried_method_cannot_be_confirmed(desk: Desk) -> None:
    adopt(desk)
    give_evidence(desk)
    allowance.draft(desk, course_of(desk), 1, method=Method.FLAT)
    allowance.check(desk, course_of(desk), 1)
    with pytest.raises(Refusal, match="승인되지 않은"):
        allowance.confirm(desk, course_of(desk), 1)


def test_open_items_name_people_and_a_hold_lets_the_others_be_paid(
    desk: Desk, expected: dict[str, Any]
) -> None:
    adopt(desk)
    course_id = course_of(desk)
    allowance.draft(desk, course_id, 1)
    run = allowance.check(desk, course_id, 1)
    with pytest.raises(OpenItems) as refused:
        allowance.confirm(desk, course_id, 1)
    assert {item.where for item in refused.value.items} == {item.name for item in run.open_items}
    held = {item.trainee for item in run.open_items}
    for trainee in held:
        allowance.hold(desk, course_id, 1, trainee, "증빙을 기다림")
    done = allowance.confirm(desk, course_id, 1)
    assert done.total == sum(line.amount for line in done.lines if line.trainee not in held)
    assert done.row.solo
    give_evidence(desk)  # held people's records stay open
    for trainee in held:
        allowance.release(desk, course_id, 1, trainee)
    rest = allowance.draft(desk, course_id, 1)
    assert rest.row.kind == "supplementary"
    assert {line.trainee for line in rest.lines} == held
    assert rest.total + done.total == expected["totals"]["daily"]


def test_a_confirmed_unit_is_read_only_in_the_program_and_in_the_database(desk: Desk) -> None:
    run = confirm(desk)
    trainee, day = run.lines[0].trainee, dt.date(2026, 8, 4)
    with pytest.raises(Refusal, match="확정된"):
        attendance.set_cells(desk, course_of(desk), [CellChange(trainee, day, ABSENT)], title="x")
    with pytest.raises(Refusal, match="확정된"):
        attendance.undo(desk)
    for statement in (
        "UPDATE attendance SET status = 2 WHERE day = '2026-08-04'",
        "DELETE FROM attendance WHERE day = '2026-08-04'",
        "UPDATE allowance_row SET amount = amount + 10",
        "DELETE FROM allowance_row",
        "UPDATE allowance_run SET total = total + 10",
        "UPDATE allowance_run SET state = 'draft'",
        "DELETE FROM allowance_run",
        "UPDATE change_log SET detail = '{}' WHERE seq = 1",
        "DELETE FROM access_log",
    ):
        with (
            pytest.raises(sa.exc.IntegrityError, match=r"closed:|append_only:"),
            desk.store.write() as connection,
        ):
            connection.exec_driver_sql(statement)


def test_a_cancelled_run_is_kept_and_the_next_draft_gets_the_next_number(desk: Desk) -> None:
    confirm(desk)
    allowance.cancel(desk, course_of(desk), 1, "금액 확인 필요")
    again = allowance.draft(desk, course_of(desk), 1)
    assert again.row.number == 2
    with desk.store.read() as connection:
        kept = connection.exec_driver_sql(
            "SELECT state, closed_reason FROM allowance_run WHERE number = 1"
        ).one()
    assert tuple(kept) == ("cancelled", "금액 확인 필요")


def test_a_stale_draft_is_not_checked(desk: Desk) -> None:
    run = allowance.draft(desk, course_of(desk), 1)
    paid = next(line for line in run.lines if line.eligible)
    attendance.set_cells(
        desk, course_of(desk), [CellChange(paid.trainee, dt.date(2026, 8, 28), EMPTY)], title="8/28 비움"
    )
    with pytest.raises(Refusal, match="다시 작성"):
        allowance.check(desk, course_of(desk), 1)


def test_a_late_joiner_is_measured_by_own_days_and_a_leaver_by_the_unit(desk: Desk) -> None:
    course_id = course_of(desk)
    first, second = attendance.grid(desk, course_id).rows[:2]
    early = [CellChange(first.trainee, day, EMPTY) for day in (dt.date(2026, 8, 3), dt.date(2026, 8, 4))]
    late = [CellChange(second.trainee, day, EMPTY) for day in (dt.date(2026, 8, 27), dt.date(2026, 8, 28))]
    attendance.set_cells(desk, course_id, early + late, title="비움")
    memberships.join(desk, course_id, first.trainee, dt.date(2026, 8, 5), "추가 선발")
    memberships.leave(desk, course_id, second.trainee, dt.date(2026, 8, 26), "개인 사정")
    joined, left = attendance.grid(desk, course_id).rows[:2]
    assert joined.summary.training_days == 17
    assert left.summary.training_days == 19
    assert [cell is None for cell in joined.cells[:3]] == [True, True, False]


def test_leaving_before_recorded_days_is_refused(desk: Desk) -> None:
    trainee = attendance.grid(desk, course_of(desk)).rows[0].trainee
    with pytest.raises(Refusal, match="출결 기록"):
        memberships.leave(desk, course_of(desk), trainee, dt.date(2026, 8, 20), "개인 사정")


def test_a_nonpayable_span_counts_for_the_rate_and_not_for_pay(desk: Desk) -> None:
    before = next(line for line in allowance.draft(desk, course_of(desk), 1).lines if line.amount == 380_000)
    people.add_span(desk, before.trainee, "구직급여", dt.date(2026, 8, 3), dt.date(2026, 8, 7))
    after = next(
        line for line in allowance.draft(desk, course_of(desk), 1).lines if line.trainee == before.trainee
    )
    assert (after.amount, after.rate) == (280_000, before.rate)
    flat = allowance.draft(desk, course_of(desk), 1, method=Method.FLAT)
    assert next(line.amount for line in flat.lines if line.trainee == before.trainee) == 0


def test_a_changed_account_is_held_until_released_with_a_memo(desk: Desk) -> None:
    person = next(row for row in people.list_people(desk) if row.account_mac)
    with desk.store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE person SET account_mac = zeroblob(32) WHERE id = ?", (person.id.bytes,)
        )
    done = imports.commit(desk, imports.open_file(desk, "applicants", FILES / "applicants.xlsx"))
    assert done.updated == 1
    assert "계좌번호" in done.changes[0]
    held = next(row for row in people.list_people(desk) if row.id == person.id)
    assert held.account_hold == "계좌가 바뀜"
    with pytest.raises(Refusal, match="확인 전화"):
        accounts.release_account(desk, person.id, " ")
    accounts.release_account(desk, person.id, "8/31 본인 통화 확인")
    assert next(row for row in people.list_people(desk) if row.id == person.id).account_hold is None


def test_an_attendance_import_shows_old_and_new_and_is_one_undo_step(desk: Desk) -> None:
    course_id = course_of(desk)
    row = attendance.grid(desk, course_id).rows[0]
    day = dt.date(2026, 8, 4)
    attendance.set_cells(desk, course_id, [CellChange(row.trainee, day, ABSENT)], title="8/4 → 결석")
    done = imports.commit(desk, imports.open_file(desk, "attendance", FILES / "attendance.xls"), course_id)
    assert (done.updated, done.unchanged, done.new) == (1, 759, 0)
    assert "결석 → 출석" in done.changes[0]
    assert attendance.undo(desk) is not None
    assert attendance.grid(desk, course_id).rows[0].cells[1] == ABSENT


def test_history_tells_every_change_of_a_cell(desk: Desk) -> None:
    course_id = course_of(desk)
    row, day = attendance.grid(desk, course_id).rows[0], dt.date(2026, 8, 4)
    attendance.set_cells(desk, course_id, [CellChange(row.trainee, day, ABSENT)], title="8/4 → 결석")
    lines = cell_history.history(desk, row.trainee, day)
    assert [(line.old, line.new) for line in lines] == [("미입력", "출석"), ("출석", "결석")]


def test_nobody_enrols_from_another_stage_without_a_reason(desk: Desk) -> None:
    stranger = next(row for row in people.list_people(desk) if row.stage == "applied")
    with pytest.raises(Refusal, match="아무도 등록하지 않았습니다") as refused:
        memberships.enrol(desk, course_of(desk), [stranger.id])
    assert refused.value.items[0].where == stranger.name
