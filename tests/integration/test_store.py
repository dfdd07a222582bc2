"""Opening, keys, damage, backups and the logs of a real store."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlcipher3 import dbapi2
from tests.conftest import CHEAP, FILES, LOGIN, PASSWORD, settings

from regional_desk.domain.clock import FixedClock
from regional_desk.errors import (
    FileRejected,
    StoreDamaged,
    StoreMissing,
    StoreNewer,
    UsageError,
    UserError,
    WrongPassword,
)
from regional_desk.services.companies import positions
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import people
from regional_desk.services.safety import backups, health, logs, opening
from regional_desk.services.training import courses
from regional_desk.store import keys
from regional_desk.store.tables import metadata
from regional_desk.store.upgrades import known_revisions


def test_the_recovery_key_opens_the_office_however_it_is_typed(tmp_path: Path, clock: FixedClock) -> None:
    made = opening.new_office(tmp_path / "o", settings(), LOGIN, PASSWORD, clock, CHEAP)
    made.desk.store.close()
    typed = made.recovery_key.lower().replace("-", " ").replace("0", "o")
    opened = opening.open_with_recovery_key(tmp_path / "o", typed, clock)
    assert opened.actor.login == LOGIN
    opened.store.close()


def test_a_mistyped_recovery_key_is_told_apart_from_a_foreign_one(office: Path, clock: FixedClock) -> None:
    with pytest.raises(WrongPassword, match="잘못 옮겨"):
        opening.open_with_recovery_key(office, "0000-0000", clock)
    with pytest.raises(WrongPassword, match="이 사무소의 복구 키가 아닙니다"):
        opening.open_with_recovery_key(office, keys.new_recovery_key(), clock)


def test_wrong_password_missing_and_damaged_are_three_sentences(
    office: Path, tmp_path: Path, clock: FixedClock
) -> None:
    with pytest.raises(WrongPassword):
        opening.open_office(office, LOGIN, "wrong-password", clock)
    with pytest.raises(StoreMissing):
        opening.open_office(tmp_path / "nowhere", LOGIN, PASSWORD, clock)
    database = office / "office.db"
    data = bytearray(database.read_bytes())
    data[100] ^= 1
    database.write_bytes(data)
    with pytest.raises(StoreDamaged):
        opening.open_office(office, LOGIN, PASSWORD, clock)


@pytest.mark.fault(16)
def test_a_damaged_file_head_does_not_hide_the_store(office: Path, clock: FixedClock) -> None:
    database = office / "office.db"
    data = bytearray(database.read_bytes())
    data[:16] = b"\0" * 16
    database.write_bytes(data)
    opened = opening.open_office(office, LOGIN, PASSWORD, clock)
    assert len(people.list_people(opened)) == 58
    opened.store.close()


@pytest.mark.fault(29)
def test_a_torn_key_file_is_replaced_by_its_copy(office: Path, clock: FixedClock) -> None:
    file = office / keys.FILE_NAME
    file.write_bytes(file.read_bytes()[:100])
    opened = opening.open_office(office, LOGIN, PASSWORD, clock)
    assert not health.check(opened).ok
    opened.store.close()
    file.with_suffix(".json.bak").write_bytes(b"{}")
    with pytest.raises(StoreDamaged, match="열쇠 파일"):
        opening.open_office(office, LOGIN, PASSWORD, clock)


@pytest.mark.fault(29)
def test_a_slot_with_a_monstrous_cost_is_refused(office: Path, clock: FixedClock) -> None:
    found = keys.read_key_file(office)
    slot = found.slots[0]
    greedy = keys.Slot(slot.slot, slot.kind, slot.login, keys.KdfCost(3, 2**40, 4), slot.salt, slot.wrapped)
    keys.write_key_file(office, keys.KeyFile(found.store_id, found.cipher_salt, (greedy,)))
    with pytest.raises(StoreDamaged, match="정상 범위"):
        opening.open_office(office, LOGIN, PASSWORD, clock)


def test_a_slot_cannot_be_moved_to_another_user(office: Path, clock: FixedClock) -> None:
    found = keys.read_key_file(office)
    slot = found.slots[0]
    moved = keys.Slot(slot.slot, slot.kind, "boss", slot.cost, slot.salt, slot.wrapped)
    keys.write_key_file(office, keys.KeyFile(found.store_id, found.cipher_salt, (moved, found.slots[1])))
    with pytest.raises(WrongPassword):
        opening.open_office(office, "boss", PASSWORD, clock)


@pytest.mark.fault(22)
def test_a_newer_store_is_refused(desk: Desk, open_again: Callable[[], Desk]) -> None:
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    desk.store.close()
    with pytest.raises(StoreNewer, match="9999"):
        open_again()


def test_a_short_password_is_refused(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(UsageError, match="8자"):
        opening.new_office(tmp_path / "o", settings(), LOGIN, "short", clock, CHEAP)
    assert not (tmp_path / "o").exists()


def test_an_office_is_never_made_over_another(office: Path, clock: FixedClock) -> None:
    with pytest.raises(UserError, match="이미 사무소 자료"):
        opening.new_office(office, settings(), LOGIN, PASSWORD, clock, CHEAP)


def test_the_head_revision_equals_the_tables(desk: Desk) -> None:
    with desk.store.read() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata})
        assert compare_metadata(context, metadata) == []
        stored = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    assert stored == known_revisions()[-1]


def test_every_constraint_has_a_name() -> None:
    unnamed = [
        f"{table.name}: {constraint}"
        for table in metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is None and not isinstance(constraint, sa.PrimaryKeyConstraint)
    ]
    assert unnamed == []


def test_the_folder_is_noise_without_the_key(desk: Desk, office: Path) -> None:
    backups.back_up(desk)
    person = people.list_people(desk)[0]
    desk.store.close()
    for path in office.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert person.name.encode() not in data
            assert b"SQLite format 3" not in data
    plain = dbapi2.connect(str(office / "office.db"))
    with pytest.raises(dbapi2.DatabaseError):
        plain.execute("SELECT count(*) FROM sqlite_master").fetchone()
    plain.close()


def test_account_numbers_are_wrapped_inside_the_store_too(desk: Desk) -> None:
    with desk.store.read() as connection:
        columns = connection.exec_driver_sql("SELECT * FROM person").mappings().all()
    for row in columns:
        assert all(
            not (isinstance(value, str) and len(value) > 10 and value.isdigit() and value != row["phone"])
            for value in row.values()
        )


def test_a_backup_is_verified_and_restores_the_same_office(
    desk: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    made = backups.back_up(desk, tmp_path / "usb")
    assert backups.verify(desk, made.file).counts["attendance"] == 760
    before = [row.name for row in people.list_people(desk)]
    done = backups.restore(made.file, tmp_path / "new", LOGIN, PASSWORD, clock)
    assert done.aside is None
    again = opening.open_office(tmp_path / "new", LOGIN, PASSWORD, clock)
    assert [row.name for row in people.list_people(again)] == before
    assert health.check(again).ok
    again.store.close()


@pytest.mark.fault(18)
def test_restoring_sets_the_present_aside_with_its_journal(
    desk: Desk, office: Path, clock: FixedClock
) -> None:
    made = backups.back_up(desk)
    desk.store.close()
    (office / "office.db-wal").write_bytes(b"stale")
    done = backups.restore(made.file, office, LOGIN, PASSWORD, clock)
    assert done.aside is not None
    assert (done.aside / "office.db-wal").read_bytes() == b"stale"
    again = opening.open_office(office, LOGIN, PASSWORD, clock)
    assert len(courses.list_courses(again)) == 1
    again.store.close()


@pytest.mark.fault(24)
def test_a_backup_with_one_changed_bit_is_refused_and_the_present_untouched(
    desk: Desk, office: Path, clock: FixedClock
) -> None:
    made = backups.back_up(desk)
    data = bytearray(made.file.read_bytes())
    data[len(data) // 2] ^= 1
    made.file.write_bytes(data)
    before = (office / "office.db").read_bytes()
    with pytest.raises(FileRejected):
        backups.verify(desk, made.file)
    with pytest.raises(FileRejected):
        backups.restore(made.file, office, LOGIN, PASSWORD, clock)
    assert (office / "office.db").read_bytes() == before


def test_a_backup_needs_the_password_of_its_time(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    made = backups.back_up(desk)
    with pytest.raises(WrongPassword):
        backups.restore(made.file, tmp_path / "new", LOGIN, "other-password", clock)
    assert not (tmp_path / "new").exists()


@pytest.mark.fault(49)
def test_an_edited_log_line_is_found(desk: Desk) -> None:
    assert logs.verify_logs(desk) == {"change_log": None, "access_log": None}
    with desk.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER change_log_no_update")
        connection.exec_driver_sql("UPDATE change_log SET detail = '{}' WHERE seq = 2")
    assert logs.verify_logs(desk)["change_log"] == 2
    assert not health.check(desk).ok


@pytest.mark.fault(49)
def test_a_removed_last_value_breaks_the_chain(desk: Desk) -> None:
    with desk.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER log_value_no_delete")
        seq = connection.exec_driver_sql("SELECT max(seq) FROM log_value WHERE chain = 'change_log'").scalar()
        connection.exec_driver_sql("DELETE FROM log_value WHERE seq = ?", (seq,))
    assert logs.verify_logs(desk)["change_log"] == seq


@pytest.mark.fault(48)
def test_a_total_changed_behind_the_programs_back_is_found(desk: Desk) -> None:
    from tests.integration.test_month import confirm

    confirm(desk)
    with desk.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER allowance_run_closed_update")
        connection.exec_driver_sql("UPDATE allowance_run SET total = total + 10")
    assert [finding.where for finding in health.check(desk).findings if finding.severity == "problem"] == [
        "훈련수당"
    ]


def test_the_key_file_names_no_person_but_the_users(office: Path) -> None:
    slots = json.loads((office / keys.FILE_NAME).read_text(encoding="utf-8"))["slots"]
    assert [(slot["kind"], slot["login"]) for slot in slots] == [("user", LOGIN), ("recovery", "recovery")]


@pytest.mark.parametrize("revision", known_revisions()[:-1])
def test_a_store_of_each_earlier_revision_is_upgraded_with_everything_in_it(
    revision: str, tmp_path: Path, clock: FixedClock
) -> None:
    stored = FILES.parent / "stores" / revision
    opened = opening.open_office(Path(shutil.copytree(stored, tmp_path / "office")), LOGIN, PASSWORD, clock)
    (course,) = courses.list_courses(opened)
    detail = courses.course(opened, course.id)
    assert (len(detail.members), len(detail.days)) == (40, 19)
    assert all(day.minutes == sum(last - first for first, last in course.periods) for day in detail.days)
    assert len(people.list_people(opened)) == 58
    asked = positions.list_positions(opened)
    assert (len(asked), sum(row.seats for row in asked)) == (30, 79)  # of companies.xlsx
    assert health.check(opened).ok
    opened.store.close()
