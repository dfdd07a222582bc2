"""Backups of a real store: made beside writers, verified, kept, restored, and looked into (promise 4)."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import resource
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import apsw
import pytest
import sqlalchemy as sa
from tests.conftest import CHEAP, FILES, LOGIN, PASSWORD, settings
from tests.integration.test_month import confirm, course_of

from regional_desk.domain.attendance import ABSENT, PRESENT, show_cell
from regional_desk.domain.clock import FixedClock
from regional_desk.errors import (
    FileRejected,
    NotAllowed,
    Refusal,
    StoreBusy,
    StoreDamaged,
    WrongPassword,
)
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.importing import imports
from regional_desk.services.recruitment import contact, people
from regional_desk.services.safety import accounts, backups, beside, health, opening, trials
from regional_desk.store import archives, keys, restores
from regional_desk.store.backup_records import backup_record
from regional_desk.store.store import DATABASE, Opening, prove_by_recovery_key

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
_KILLED = """
import os, signal, sys
from pathlib import Path
from regional_desk.domain.clock import SystemClock
from regional_desk.services.safety import backups, opening
from regional_desk.store import archives, backups as store, files, restores
folder, act, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
steps = 0
def killing(module, name):
    real = getattr(module, name)
    def step(*given, **named):
        global steps
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)
    setattr(module, name, step)
for name in ("sync", "unpack", "examine", "write_archive", "add_manifest"):
    killing(archives, name)
killing(os, "fsync")
killing(Path, "replace")
killing(Path, "unlink")
if act == "backup":
    desk = opening.open_office(folder, sys.argv[4], sys.argv[5], SystemClock())
    steps = 0
    backups.back_up(desk)
    last = 0
    desk.store.close()
else:
    backups.restore(Path(act), folder, sys.argv[4], sys.argv[5], SystemClock())
"""


def killed_at(step: int, folder: Path, act: str) -> bool:
    """Run an act in a process that kills itself at its nth step; whether it came that far."""
    words = [sys.executable, "-c", _KILLED, str(folder), act, str(step), LOGIN, PASSWORD]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


def cut_off_at_every_step(office: Path, work: Path, act: str) -> Iterator[tuple[Path, bool]]:
    """Copies of the office in which the act was killed at its first step, its second, and so on to the last one."""
    step, cut_off = -1, True
    while cut_off:
        step += 2  # every second one here, every one in `python dev.py faults`
        folder = Path(shutil.copytree(office, work / "cut off"))
        cut_off = killed_at(step, folder, act)
        yield folder, cut_off
        shutil.rmtree(folder)
    assert step > 5


@contextlib.contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """What a full disk does to a writer: it gets an error in the middle of the file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    kept = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, kept)


def change(desk: Desk) -> UUID:
    """Something worth a backup: a person's address."""
    row = people.list_people(desk)[0]
    contact.set_contact(desk, row.id, {"address": f"바뀐 주소 {uuid4()}"}, title="주소")
    return row.id


def flip_a_bit(file: Path) -> None:
    """In the middle of the file, which is in the middle of the database inside."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def names(place: Path) -> set[str]:
    return {path.name for path in place.glob("*")} - {"attachments"}


def test_a_backup_tells_what_it_holds_and_why_it_was_made(desk: Desk) -> None:
    run = confirm(desk)
    made = backups.back_up(desk)
    with zipfile.ZipFile(made.file) as archive:
        assert sorted(archive.namelist()) == [keys.FILE_NAME, "manifest.json", DATABASE]
        told = json.loads(archive.read("manifest.json"))
    assert told["reason"] == "manual"
    assert told["totals"]["2026-08"] == {"people": run.row.paid_people, "amount": run.row.total}
    assert told["tips"]["change_log"]["seq"] > 0
    assert told["counts"]["attendance"] == 760


def test_people_go_on_saving_while_a_backup_is_made(desk: Desk, tmp_path: Path) -> None:
    people_there = [row.id for row in people.list_people(desk)]
    enough, begun = threading.Event(), threading.Event()
    saved: list[int] = []

    def save() -> None:
        while not enough.is_set():
            number = len(saved)
            contact.set_contact(desk, people_there[number % 50], {"address": f"주소 {number}"}, title="주소")
            saved.append(number)
            begun.set()

    writer = threading.Thread(target=save)
    writer.start()
    begun.wait()
    try:
        made = [backups.back_up(desk, tmp_path / "usb") for _ in range(3)]
    finally:
        enough.set()
        writer.join()
    assert all(backups.verify(desk, one.file).facts == one.facts for one in made)
    assert made[0].facts.tips["change_log"].seq < made[-1].facts.tips["change_log"].seq
    assert health.check(desk).ok


def test_a_reader_that_stays_too_long_is_told_not_copied_around(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("regional_desk.store.backups._WAITS", (0.0, 0.0))
    before = names(backups.place(desk))
    with desk.store.read() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM person").scalar()
        change(desk)
        with pytest.raises(StoreBusy, match="오래 쓰고 있어"):
            backups.back_up(desk)
    assert names(backups.place(desk)) == before


@pytest.mark.fault(5)
def test_a_backup_that_does_not_fit_leaves_the_old_ones_and_no_part(desk: Desk) -> None:
    good = backups.back_up(desk)
    before = names(backups.place(desk))
    change(desk)
    desk.store.checkpoint()
    with no_file_longer_than(200_000), pytest.raises(Refusal, match="남은 공간"):
        backups.back_up(desk)
    assert names(backups.place(desk)) == before
    assert backups.verify(desk, good.file).sha256 == good.sha256
    assert list(desk.store.folder.glob("scratch-*")) == []


@pytest.mark.fault(5)
def test_an_import_without_a_backup_before_it_is_refused(empty_desk: Desk) -> None:
    place = backups.place(empty_desk)
    place.write_bytes(b"not a folder")
    opened = imports.open_file(empty_desk, "applicants", FILES / "applicants.xlsx")
    with pytest.raises(Refusal, match="가져오기 전의 백업을 만들지 못해"):
        imports.commit(empty_desk, opened)
    assert people.list_people(empty_desk) == ()
    place.unlink()
    imports.commit(empty_desk, opened)
    assert [one.reason for one in backups.list_backups(empty_desk)] == ["before:import"]


def test_a_confirmation_is_backed_up_first(desk: Desk) -> None:
    confirm(desk)
    newest = backups.list_backups(desk)[-1]
    assert newest.reason == "before:confirm"
    assert newest.facts.totals == {}


def test_a_state_that_is_backed_up_already_costs_no_second_backup(desk: Desk) -> None:
    assert backups.before(desk, "import") is not None
    assert backups.before(desk, "import") is None
    change(desk)
    assert backups.before(desk, "import") is not None


def test_a_timed_backup_is_due_after_half_an_hour_with_a_change(desk: Desk, clock: FixedClock) -> None:
    backups.back_up(desk)
    clock.move_to(clock.now() + HOUR)
    assert not backups.due(desk)  # nothing changed
    change(desk)
    assert backups.due(desk)
    backups.back_up(desk, reason="timed")
    change(desk)
    assert not backups.due(desk)
    clock.move_to(clock.now() + dt.timedelta(minutes=29))
    assert not backups.due(desk)
    clock.move_to(clock.now() + dt.timedelta(minutes=1))
    assert backups.due(desk)


@pytest.mark.fault(31)
def test_a_clock_that_was_set_back_does_not_stop_the_timed_backups(desk: Desk, clock: FixedClock) -> None:
    backups.back_up(desk)
    clock.move_to(clock.now() - 400 * DAY)
    change(desk)
    assert backups.due(desk)


def test_pruning_spares_manual_ones_and_waits_for_a_verified_one(desk: Desk, clock: FixedClock) -> None:
    by_hand = backups.back_up(desk)
    clock.move_to(clock.now() + HOUR)
    first, second = (backups.back_up(desk, reason="timed") for _ in range(2))
    kept = {one.file for one in backups.list_backups(desk)}
    assert second.file in kept
    assert by_hand.file in kept
    assert first.file not in kept
    with no_file_longer_than(200_000), pytest.raises(Refusal):
        backups.back_up(desk, reason="timed")
    assert {one.file for one in backups.list_backups(desk)} == kept


@pytest.mark.fault(15)
def test_a_damaged_store_never_replaces_a_good_backup(desk: Desk, clock: FixedClock) -> None:
    good = backups.back_up(desk, reason="timed")
    desk.store.checkpoint()
    database = desk.store.database
    data = bytearray(database.read_bytes())
    data[len(data) // 2] ^= 1
    database.write_bytes(data)
    clock.move_to(clock.now() + dt.timedelta(minutes=1))
    with pytest.raises(StoreDamaged, match="이전 백업은 그대로"):
        backups.back_up(desk, reason="timed")
    assert backups.list_backups(desk)[-1].file == good.file
    assert good.file.exists()


@pytest.mark.fault(23)
def test_a_backup_killed_at_any_step_is_never_counted_and_harms_nothing(
    office: Path, tmp_path: Path, clock: FixedClock
) -> None:
    for folder, _ in cut_off_at_every_step(office, tmp_path, "backup"):
        desk = opening.open_office(folder, LOGIN, PASSWORD, clock)
        for info in backups.list_backups(desk)[-2:]:
            assert backups.verify(desk, info.file).sha256 == info.sha256
        assert len(people.list_people(desk)) == 58
        assert health.check(desk).ok
        assert list(folder.glob("scratch-*")) == []
        desk.store.close()


@pytest.mark.fault(18)
def test_a_restore_killed_at_any_step_leaves_the_old_office_or_the_new_one(
    desk: Desk, office: Path, tmp_path: Path, clock: FixedClock
) -> None:
    made = backups.back_up(desk, tmp_path / "usb")
    person = change(desk)
    desk.store.close()
    seen = set()
    for folder, cut_off in cut_off_at_every_step(office, tmp_path, str(made.file)):
        again = opening.open_office(folder, LOGIN, PASSWORD, clock)
        row = next(row for row in people.list_people(again) if row.id == person)
        new = restores.read_flag(folder) is not None
        assert str(row.address).startswith("바뀐 주소") is not new
        assert new or cut_off
        assert health.check(again).ok
        again.store.close()
        seen.add(new)
    assert seen == {False, True}


@pytest.mark.fault(18)
def test_a_stale_journal_beside_a_naive_copy_is_what_restore_prevents(
    desk: Desk, office: Path, tmp_path: Path, clock: FixedClock
) -> None:
    made = backups.back_up(desk, tmp_path / "usb")
    change(desk)
    crashed = Path(shutil.copytree(office, tmp_path / "crashed"))  # the journal lies there as after a crash
    (crashed / "office.open.json").unlink()
    naive = Path(shutil.copytree(crashed, tmp_path / "naive"))
    assert (crashed / "office.db-wal").stat().st_size > 0
    archives.unpack(made.file, naive)
    with opening_of(desk, naive) as facts:
        assert facts is None or facts != made.facts
    done = backups.restore(made.file, crashed, LOGIN, PASSWORD, clock)
    assert done.aside is not None
    assert (done.aside / "office.db-wal").stat().st_size > 0
    assert not (crashed / "office.db-wal").exists()
    with opening_of(desk, crashed) as facts:
        assert facts == made.facts


@contextlib.contextmanager
def opening_of(desk: Desk, folder: Path) -> Iterator[archives.Facts | None]:
    """What a folder's database holds; None where it does not open or is not whole."""
    held = desk.store.opening
    try:
        _, facts = archives.examine(Opening(folder, held.keys, held.root), thorough=True)
    except StoreDamaged:
        yield None
    else:
        yield facts


def test_what_a_restore_replaces_is_backed_up_and_set_aside(
    desk: Desk, office: Path, clock: FixedClock
) -> None:
    made = backups.back_up(desk)
    person = change(desk)
    desk.store.close()
    done = backups.restore(made.file, office, LOGIN, PASSWORD, clock)
    assert done.saved is not None
    assert done.saved.reason == "before:restore"
    again = opening.open_office(office, LOGIN, PASSWORD, clock)
    held = beside.open_beside(again, done.saved.file)
    (difference,) = beside.differences(again, held.desk)
    assert difference.person == person
    held.close()
    again.store.close()


def test_an_office_that_is_open_is_not_replaced(desk: Desk, office: Path, clock: FixedClock) -> None:
    made = backups.back_up(desk)
    with pytest.raises(StoreBusy, match="닫은 뒤"):
        backups.restore(made.file, office, LOGIN, PASSWORD, clock)
    assert restores.read_flag(office) is None


def test_after_a_restore_automatic_work_waits_for_a_person(
    desk: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    made = backups.back_up(desk, tmp_path / "usb")
    backups.restore(made.file, tmp_path / "new", LOGIN, PASSWORD, clock)
    again = opening.open_office(tmp_path / "new", LOGIN, PASSWORD, clock)
    backups.back_up(again)
    clock.move_to(clock.now() + 8 * DAY)
    change(again)
    assert any("되돌린 자료" in sentence for sentence in again.greetings)
    assert backups.paused(again)
    assert (backups.due(again), trials.trial_due(again)) == (False, False)
    backups.resume(again)
    assert (backups.due(again), trials.trial_due(again)) == (True, True)
    assert not any("되돌린" in sentence for sentence in backups.state(again).sentences)
    again.store.close()


@pytest.mark.fault(26)
def test_a_backup_from_before_a_new_key_opens_with_the_keys_of_its_time(
    tmp_path: Path, clock: FixedClock
) -> None:
    made = opening.new_office(tmp_path / "office", settings(), LOGIN, PASSWORD, clock, CHEAP)
    old = backups.back_up(made.desk)
    new_key = accounts.rekey(made.desk, new_recovery_key=True)
    assert new_key is not None
    assert backups.verify(made.desk, old.file).sha256 == old.sha256
    newer = backups.back_up(made.desk)
    made.desk.store.close()
    by_password = backups.restore(old.file, tmp_path / "1", LOGIN, PASSWORD, clock)
    by_key = backups.restore(old.file, tmp_path / "2", "", made.recovery_key, clock, recovery=True)
    assert by_password.backup.sha256 == by_key.backup.sha256 == old.sha256
    with pytest.raises(WrongPassword):
        backups.restore(newer.file, tmp_path / "3", "", made.recovery_key, clock, recovery=True)
    assert not (tmp_path / "3").exists()
    backups.restore(newer.file, tmp_path / "3", "", new_key, clock, recovery=True)


def test_a_backup_opens_in_an_independent_reader_with_the_recovery_key(
    tmp_path: Path, clock: FixedClock
) -> None:
    made = opening.new_office(tmp_path / "office", settings(), LOGIN, PASSWORD, clock, CHEAP)
    imports.commit(made.desk, imports.open_file(made.desk, "applicants", FILES / "applicants.xlsx"))
    backup = backups.back_up(made.desk)
    made.desk.store.close()
    with zipfile.ZipFile(backup.file) as archive:
        archive.extractall(tmp_path / "unpacked")
    opened = prove_by_recovery_key(tmp_path / "unpacked", made.recovery_key)
    reader = apsw.Connection(str(tmp_path / "unpacked" / DATABASE), flags=apsw.SQLITE_OPEN_READWRITE)
    reader.pragma("cipher", "sqlcipher")
    reader.pragma("legacy", 4)
    reader.pragma("key", f"x'{(opened.database_key + opened.keys.cipher_salt).hex()}'")
    assert reader.execute("SELECT count(*) FROM person").fetchone() == (58,)
    assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    reader.close()


@pytest.mark.fault(24)
def test_a_backup_that_was_damaged_later_is_told_with_the_next_older_whole_one(
    desk: Desk, clock: FixedClock
) -> None:
    good = backups.back_up(desk)
    clock.move_to(clock.now() + HOUR)
    bad = backups.back_up(desk)
    flip_a_bit(bad.file)
    with pytest.raises(FileRejected, match=good.file.name):
        backups.verify(desk)
    done = trials.trial(desk)
    assert not done.ok
    assert done.file_name == bad.file.name
    assert good.file.name in done.message


def test_a_trial_restores_the_newest_backup_and_is_numbered(desk: Desk, clock: FixedClock) -> None:
    made = backups.back_up(desk)
    assert trials.trial_due(desk)
    first, second = trials.trial(desk), trials.trial(desk)
    assert (first.number, second.number) == (1, 2)
    assert first.ok
    assert (first.file_name, first.rows) == (made.file.name, made.rows)
    assert not trials.trial_due(desk)
    clock.move_to(clock.now() + 7 * DAY)
    assert trials.trial_due(desk)


@pytest.mark.fault(25)
def test_after_nine_days_the_office_is_told_of_both_places(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    assert "같은 디스크" in backups.set_second_place(desk, usb)
    made = backups.back_up(desk)
    assert made.second is not None
    assert backups.state(desk).sentences == ()
    usb.rename(tmp_path / "pulled out")
    clock.move_to(clock.now() + 9 * DAY)
    state = backups.state(desk)
    assert state.overdue_days == 9
    assert state.sentences == (
        "마지막 백업이 9일 전입니다. 지금 백업하십시오.",
        "둘째 백업이 9일 전입니다. USB를 꽂으십시오.",
    )
    told = [finding.message for finding in health.check(desk).findings if finding.where == "백업"]
    assert told == list(state.sentences)


def test_every_backup_is_copied_to_the_second_place_and_recorded(desk: Desk, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    backups.set_second_place(desk, usb)
    made = backups.back_up(desk)
    assert made.second is not None
    assert made.second.read_bytes() == made.file.read_bytes()
    assert backups.verify(desk, made.second).sha256 == made.sha256
    with desk.store.read() as connection:
        rows = connection.execute(sa.select(backup_record).order_by(backup_record.c.second)).all()
    shown = [(row.place, row.second) for row in rows if row.sha256 == made.sha256]
    assert shown == [(str(made.file.parent), False), (str(usb), True)]


def test_a_second_place_that_is_away_or_refuses_is_a_warning(
    desk: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    backups.set_second_place(desk, usb)
    usb.rmdir()
    assert backups.back_up(desk).second is None
    assert not usb.exists()  # a missing stick must not become a folder of that name
    clock.move_to(clock.now() + HOUR)
    in_the_way = usb / f"GN_{clock.now():%Y%m%d-%H%M%S}.rdbackup"
    in_the_way.mkdir(parents=True)
    made = backups.back_up(desk)
    assert backups.verify(desk, made.file).sha256 == made.sha256
    assert "이 PC의 백업은 온전합니다" in made.warning
    assert list(usb.iterdir()) == [in_the_way]


def test_a_second_place_inside_the_office_or_nowhere_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="밖이어야"):
        backups.set_second_place(desk, backups.place(desk))
    with pytest.raises(Refusal, match="없습니다"):
        backups.set_second_place(desk, tmp_path / "nowhere")
    backups.set_second_place(desk, None)
    assert backups.second_place(desk) is None


def test_a_backup_beside_today_shows_what_differs_and_brings_one_record_back(
    desk: Desk, clock: FixedClock
) -> None:
    made = backups.back_up(desk)
    course = course_of(desk)
    shown = attendance.grid(desk, course)
    row = shown.rows[0]
    at = row.cells.index(PRESENT)
    trainee, day, was = row.trainee, shown.days[at].day, show_cell(PRESENT)
    attendance.set_cells(desk, course, [CellChange(trainee, day, ABSENT)], title="결석")
    with desk.store.read() as connection:
        before = contact.read_contact(desk, connection, trainee)
    assert before is not None
    contact.set_contact(desk, trainee, {"phone": "01099998888", "account": "110222333444"}, title="연락처")
    held = beside.open_beside(desk, made.file)
    assert held.desk.read_only
    with pytest.raises(Refusal, match="읽기 전용"):
        change(held.desk)
    found = {one.kind: one for one in beside.differences(desk, held.desk)}
    assert [line.label for line in found["person"].lines] == ["연락처", "계좌번호"]
    assert found["person"].lines[1].now == "****3444"
    (line,) = found["attendance"].lines
    assert (line.then, line.now) == (was, show_cell(ABSENT))
    for difference in found.values():
        beside.bring_back(desk, held.desk, difference)
    assert beside.differences(desk, held.desk) == ()
    held.close()
    assert list(desk.store.folder.glob("scratch-*")) == []
    with desk.store.read() as connection:
        assert contact.read_contact(desk, connection, trainee) == before
    found_again = next(one for one in people.list_people(desk) if one.id == trainee)
    assert found_again.account_hold == "계좌가 바뀜"  # as ever when an account changes, a second person looks


def test_what_was_brought_back_is_undone_as_any_step(desk: Desk) -> None:
    made = backups.back_up(desk)
    person = change(desk)
    held = beside.open_beside(desk, made.file)
    (difference,) = beside.differences(desk, held.desk)
    title = beside.bring_back(desk, held.desk, difference)
    taken = attendance.undo(desk)
    assert taken is not None
    assert taken.title == title
    assert [one.person for one in beside.differences(desk, held.desk)] == [person]
    held.close()


def test_bringing_back_asks_for_the_right_to_change(desk: Desk) -> None:
    made = backups.back_up(desk)
    change(desk)
    held = beside.open_beside(desk, made.file)
    (difference,) = beside.differences(desk, held.desk)
    viewer = Desk(desk.store, desk.actor, desk.office, desk.clock)
    viewer._rights = frozenset({right for right in desk._rights if right.value == "see_people"})
    with pytest.raises(NotAllowed):
        beside.bring_back(viewer, held.desk, difference)
    hidden = beside.differences(viewer, held.desk)[0].lines[0]
    assert hidden.now == "***"
    held.close()


def test_the_whole_set_of_an_older_format_is_still_read(desk: Desk, tmp_path: Path) -> None:
    made = backups.back_up(desk)
    older = tmp_path / "older.rdbackup"
    with zipfile.ZipFile(made.file) as source, zipfile.ZipFile(older, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "manifest.json":
                told = json.loads(data)
                data = json.dumps(
                    {key: told[key] for key in told if key not in ("reason", "totals", "tips")}
                ).encode()
            target.writestr(name, data)
    assert backups.verify(desk, older).reason == "manual"
