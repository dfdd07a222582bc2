"""Rows of the fault catalogue that take one provocation each."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2
from tests.conftest import LOGIN, MONTH_END, PASSWORD
from tests.faults.acts import STORED, cells_now, plan_cells, seeded, set_planned, sign_in
from tests.faults.harness import Worker, check_whole, entries_of, opened, operations
from tests.integration.test_month import confirm, course_of

from regional_desk import paths
from regional_desk.domain.attendance import PRESENT
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.errors import LockedOut, Refusal, StoreBusy, StoreDamaged, StoreUnreadable, WrongPassword
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Change, Desk, Work
from regional_desk.services.importing import import_undo
from regional_desk.services.recruitment import people
from regional_desk.services.safety import backups, health, logs, opening
from regional_desk.store import archives, engine, keys, scratch, session
from regional_desk.store.engine import connect
from regional_desk.store.store import DATABASE, Store, prove_by_password


@pytest.mark.fault(3)
def test_an_act_killed_between_commit_and_answer_is_there_and_done_only_once(office: Path) -> None:
    worker = Worker()
    worker.order(act="unanswered", folder=str(office), password=PASSWORD, seed=3)
    (entry,) = entries_of(worker.hear("never"))
    worker.end()
    assert worker.process.returncode == -signal.SIGKILL
    assert not entry.done
    with opened(office, PASSWORD) as desk:
        assert entry.operation in operations(desk)
        lines = len(logs.read_log(desk))
        set_planned(desk, entry.plan, entry.uuid)
        assert len(logs.read_log(desk)) == lines
        check_whole(desk)


@pytest.mark.fault(3)
def test_long_work_cut_off_is_told_at_the_next_opening(office: Path) -> None:
    worker = Worker()
    worker.order(act="cut off", folder=str(office), password=PASSWORD, seed=3)
    (entry,) = entries_of(worker.hear("never"))
    worker.end()
    with opened(office, PASSWORD) as desk:
        assert entry.operation not in operations(desk)
        told = " ".join(desk.greetings)
    assert "정상으로 끝나지 않았습니다" in told
    assert "지원자 가져오기" in told
    assert "반영되지 않았습니다" in told


@pytest.mark.fault(3)
def test_an_import_killed_with_its_rows_written_leaves_nothing_and_is_told(office: Path) -> None:
    with opened(office, PASSWORD) as desk:
        before = people.list_people(desk)
        listed = import_undo.list_imports(desk)
    worker = Worker()
    worker.order(act="cut off writing", folder=str(office), password=PASSWORD, seed=4)
    (entry,) = entries_of(worker.hear("never"))
    worker.end()
    with opened(office, PASSWORD) as desk:
        assert entry.operation not in operations(desk)
        assert people.list_people(desk) == before
        assert import_undo.list_imports(desk) == listed
        told = " ".join(desk.greetings)
        assert health.check(desk).ok
    assert "지원자 가져오기" in told
    assert "반영되지 않았습니다" in told


@contextmanager
def commit_answers_with_an_error(desk: Desk, *, stored: bool) -> Iterator[None]:
    """The commit is carried out, or not, and the engine reports a failing disk."""

    def answer(connection: sa.Connection) -> None:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.cursor().execute("COMMIT" if stored else "ROLLBACK")
        error = dbapi2.OperationalError("disk I/O error")
        error.sqlite_errorcode = 10
        raise error

    used = desk.store.engine
    sa.event.listen(used, "commit", answer)
    yield
    sa.event.remove(used, "commit", answer)


@pytest.mark.fault(3, 7)
@pytest.mark.parametrize("stored", [True, False])
def test_a_commit_that_answers_with_an_error_is_looked_up_before_it_is_told(
    desk: Desk, *, stored: bool
) -> None:
    told: list[Change] = []
    desk.on_change.append(told.append)
    plan, operation = plan_cells(sorted(cells_now(desk)), seeded(7)), uuid4()
    expected = (
        contextlib.nullcontext() if stored else pytest.raises(StoreUnreadable, match="저장하지 않았습니다")
    )
    with commit_answers_with_an_error(desk, stored=stored), expected:
        set_planned(desk, plan, operation)
    assert (str(operation) in operations(desk)) is stored
    assert [change.subjects for change in told] == ([{"attendance"}] if stored else [])
    check_whole(desk)


@pytest.mark.fault(7)
def test_an_outcome_that_cannot_be_looked_up_is_told_as_unknown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation = uuid4()

    def fails(_store: Store) -> None:
        raise StoreUnreadable("gone")

    with commit_answers_with_an_error(desk, stored=True), monkeypatch.context() as patched:
        patched.setattr(Store, "read", fails)
        with pytest.raises(StoreUnreadable, match="확인하지 못했습니다"):
            desk.perform(None, "user.seen", _one_line, operation)
    assert str(operation) in operations(desk)


def _one_line(work: Work) -> dict[str, Any]:
    work.log("user.seen", "accounts", work.desk.actor.user_id, {"number": 1})
    return {}


@pytest.mark.fault(11)
def test_a_second_program_waits_outside_until_the_first_is_gone_even_by_a_kill(office: Path) -> None:
    worker = Worker()
    worker.order(act="hold", folder=str(office), password=PASSWORD, seed=11)
    worker.hear("holding")
    with pytest.raises(StoreBusy, match=f"'{LOGIN}' 사용자"):
        sign_in(office)
    looking = opening.open_read_only(office, LOGIN, PASSWORD, FixedClock(MONTH_END))
    assert len(people.list_people(looking)) == 58
    looking.store.close()
    worker.stop()
    with opened(office, PASSWORD) as desk:
        assert any("정상으로 끝나지 않았습니다" in one for one in desk.greetings)


@pytest.mark.fault(12)
def test_a_second_writer_is_told_to_wait(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 50)
    desk.store.engine.dispose()  # so that the next connection waits as briefly
    opened_store = desk.store.opening
    other = connect(desk.store.database, opened_store.database_key, opened_store.keys.cipher_salt)
    other.execute("BEGIN IMMEDIATE")
    plan, operation = plan_cells(sorted(cells_now(desk)), seeded(12)), uuid4()
    with pytest.raises(StoreBusy, match="잠시 뒤에 다시"):
        set_planned(desk, plan, operation)
    other.execute("ROLLBACK")
    other.close()
    set_planned(desk, plan, operation)
    assert str(operation) in operations(desk)


@pytest.mark.fault(21)
def test_an_upgrade_that_real_data_does_not_fit_leaves_the_old_store_as_it_was(tmp_path: Path) -> None:
    office = Path(shutil.copytree(STORED, tmp_path / "office"))
    proved = prove_by_password(office, LOGIN, PASSWORD)
    key, salt = proved.database_key, proved.keys.cipher_salt
    raw = connect(office / DATABASE, key, salt)
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("DELETE FROM person WHERE id = (SELECT trainee_id FROM attendance LIMIT 1)")
    before = archives.read_facts(lambda sql: raw.execute(sql).fetchall())
    raw.close()
    with pytest.raises(StoreDamaged, match="올리기 전 그대로"):
        sign_in(office)
    raw = connect(office / DATABASE, key, salt)
    after = archives.read_facts(lambda sql: raw.execute(sql).fetchall())
    raw.close()
    assert after == before
    assert after.revision == "0001"
    assert len(archives.list_backups(office / "backups")) == 1


@pytest.mark.fault(28)
def test_a_thousand_wrong_passwords_cost_days_and_never_touch_the_database(office: Path) -> None:
    database = office / DATABASE
    before = database.stat()
    clock = FixedClock(MONTH_END)
    tried = waited = 0
    for number in range(1000):
        try:
            opening.open_office(office, LOGIN, f"wrong-{number}", clock)
        except LockedOut:
            waited += 1
        except WrongPassword:
            tried += 1
        clock.move_to(clock.now() + dt.timedelta(minutes=5))
    assert tried + waited == 1000
    assert tried < 200
    after = database.stat()
    assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)
    assert session.read_owner(office) is None
    clock.move_to(clock.now() + dt.timedelta(minutes=31))
    desk = opening.open_office(office, LOGIN, PASSWORD, clock)
    assert any(f"틀린 비밀번호가 {tried}번" in one for one in desk.greetings)
    desk.store.close()


@pytest.mark.fault(30)
def test_with_every_user_slot_gone_the_recovery_key_still_opens(tmp_path: Path) -> None:
    office = Path(shutil.copytree(STORED, tmp_path / "office"))
    found = keys.read_key_file(office)
    left = tuple(slot for slot in found.slots if slot.kind == keys.RECOVERY)
    keys.write_key_file(office, keys.KeyFile(found.store_id, found.cipher_salt, left))
    with pytest.raises(WrongPassword):
        sign_in(office)
    printed = (STORED / "recovery_key.txt").read_text("ascii").strip()
    desk = opening.open_with_recovery_key(office, printed, FixedClock(MONTH_END))
    assert len(people.list_people(desk)) == 58
    desk.store.close()


def _at(office: Path, moment: dt.datetime) -> Desk:
    return opening.open_office(office, LOGIN, PASSWORD, FixedClock(moment))


@pytest.mark.fault(31)
def test_a_clock_set_back_is_told_and_the_logs_keep_their_order(office: Path) -> None:
    desk = _at(office, MONTH_END - dt.timedelta(days=400))
    assert any("마지막 기록" in one and "이릅니다" in one for one in desk.greetings)
    check_whole(desk)
    desk.store.close()
    with opened(office, PASSWORD) as desk:
        assert not any("이릅니다" in one for one in desk.greetings)
        check_whole(desk)


@pytest.mark.fault(32)
def test_a_clock_far_ahead_is_told_and_nothing_is_entered_outside_the_course(office: Path) -> None:
    desk = _at(office, MONTH_END.replace(year=2036))
    assert any("PC 시계(2036-08-31)" in one for one in desk.greetings)
    shown = attendance.grid(desk, course_of(desk))
    late = CellChange(shown.rows[0].trainee, dt.date(2036, 8, 29), PRESENT)
    with pytest.raises(Refusal, match="소정훈련일이 아닙니다"):
        attendance.set_cells(desk, course_of(desk), [late], title="입력")
    desk.store.close()


@pytest.mark.fault(32)
def test_a_cell_beyond_today_is_refused(office: Path) -> None:
    desk = _at(office, dt.datetime(2026, 8, 10, 9, tzinfo=KST))
    shown = attendance.grid(desk, course_of(desk))
    coming = next(column.day for column in shown.days if column.training and column.coming)
    with pytest.raises(Refusal, match="아직 오지 않은 날"):
        attendance.set_cells(
            desk, course_of(desk), [CellChange(shown.rows[0].trainee, coming, PRESENT)], title="입력"
        )
    desk.store.close()


@pytest.mark.fault(33)
def test_midnight_of_a_leap_day_falls_between_two_logged_days(office: Path) -> None:
    clock = FixedClock(dt.datetime(2028, 2, 29, 23, 59, 58, tzinfo=KST))
    desk = opening.open_office(office, LOGIN, PASSWORD, clock)
    places, random = sorted(cells_now(desk)), seeded(33)
    made = []
    for _ in range(4):
        set_planned(desk, plan_cells(places, random), uuid4())
        made.append(backups.back_up(desk))
        clock.move_to(clock.now() + dt.timedelta(seconds=1))
    days = [line.at.date() for line in logs.read_log(desk) if line.action == "attendance.set"][:4]
    assert days == [dt.date(2028, 3, 1)] * 2 + [dt.date(2028, 2, 29)] * 2
    assert [one.file.name[:11] for one in made] == ["GN_20280229"] * 2 + ["GN_20280301"] * 2
    assert [one.made_at.date().day for one in backups.list_backups(desk)[-4:]] == [29, 29, 1, 1]
    check_whole(desk)
    desk.store.close()


_CLOSED_MONTH = (
    "UPDATE attendance SET status = 2 WHERE trainee_id = (SELECT trainee_id FROM allowance_row LIMIT 1)",
    "DELETE FROM attendance WHERE trainee_id = (SELECT trainee_id FROM allowance_row LIMIT 1)",
    "UPDATE allowance_row SET amount = amount + 10",
    "DELETE FROM allowance_row",
    "UPDATE allowance_run SET total = total + 10",
    "UPDATE allowance_run SET state = 'draft'",
    "DELETE FROM allowance_run",
    "UPDATE change_log SET detail = '{}'",
    "DELETE FROM change_log",
    "DELETE FROM log_value",
    "UPDATE access_log SET at = 0",
    "INSERT OR REPLACE INTO attendance SELECT * FROM attendance LIMIT 1",
    "INSERT OR REPLACE INTO allowance_run SELECT * FROM allowance_run LIMIT 1",
    "INSERT OR REPLACE INTO change_log SELECT * FROM change_log LIMIT 1",
)


@pytest.mark.fault(47)
@pytest.mark.parametrize("statement", _CLOSED_MONTH)
def test_what_is_closed_is_refused_by_the_database_itself(desk: Desk, statement: str) -> None:
    confirm(desk)
    with (
        pytest.raises(sa.exc.IntegrityError, match=r"closed:|append_only:"),
        desk.store.write() as connection,
    ):
        connection.exec_driver_sql(statement)
    check_whole(desk)


@pytest.mark.fault(61)
def test_what_a_killed_program_left_in_its_temporary_folders_is_gone_at_the_next_start(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGIONAL_DESK_DATA", str(tmp_path / "data"))
    worker = Worker()
    worker.order(act="leave behind", folder=str(office), password=PASSWORD, seed=61)
    left = [Path(words["left"]) for words in worker.hear("never") if "left" in words]
    worker.end()
    assert [path.exists() for path in left] == [True, True]
    mine = scratch.make_scratch(paths.user_data())
    with opened(office, PASSWORD):
        assert not any(path.parent.exists() for path in left)
        assert mine.exists()


@pytest.mark.fault(61)
def test_a_folder_left_by_a_program_whose_number_another_one_bears_now_is_wiped_too(tmp_path: Path) -> None:
    left = tmp_path / f"scratch-{os.getpid()}-abc"
    left.mkdir()
    os.utime(left, (0, 0))
    scratch.wipe_left_over(tmp_path)
    assert not left.exists()
