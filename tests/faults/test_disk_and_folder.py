"""Full, read-only and lying disks of the real kind: small mounts, and a limit on a file's size (rows 4, 5, 8, 9)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.conftest import FILES, LOGIN, MONTH_END, PASSWORD
from tests.faults.acts import cells_now, plan_cells, seeded, set_planned, sign_in
from tests.faults.conftest import mount
from tests.faults.harness import Worker, check_whole, opened, operations

from regional_desk.domain.clock import FixedClock
from regional_desk.errors import DiskFull, Refusal, StoreReadOnly
from regional_desk.services.desk import Desk
from regional_desk.services.importing import imports
from regional_desk.services.recruitment import people
from regional_desk.services.safety import backups, opening
from regional_desk.store.store import DATABASE

WAL = f"{DATABASE}-wal"
CLOCK = FixedClock(MONTH_END)
_SIZE_AND_OFFSET = re.compile(r", (\d+), (\d+)\) += ")


@contextmanager
def filled(disk: Path, left: int) -> Iterator[None]:
    """The disk with only so many bytes free."""
    filler = disk / "filler"
    with filler.open("wb", 0) as file:
        file.write(bytes(max(0, shutil.disk_usage(disk).free - left)))
    yield
    filler.unlink()


def until_full(desk: Desk, random: Random) -> tuple[DiskFull, dict[str, Any], UUID]:
    """Type cells until the disk is full; return the refusal with its plan and operation id."""
    places = sorted(cells_now(desk))
    while True:
        plan, operation = plan_cells(places, random), uuid4()
        try:
            set_planned(desk, plan, operation)
        except DiskFull as full:
            return full, plan, operation


@pytest.mark.fault(4)
def test_typing_on_a_full_disk_is_refused_and_the_office_stays_readable(august: Path, disk: Path) -> None:
    office = Path(shutil.copytree(august, disk / "office"))
    with opened(office, PASSWORD) as desk:
        with filled(disk, 100_000):
            full, plan, operation = until_full(desk, seeded(4))
            assert "MB 이상을 비운 뒤" in full.message
            assert str(operation) not in operations(desk)
            assert len(people.list_people(desk)) == 58
        set_planned(desk, plan, operation)
        assert str(operation) in operations(desk)
        check_whole(desk)


@pytest.mark.fault(4)
def test_an_office_on_a_full_disk_still_closes_and_can_be_looked_at(august: Path, disk: Path) -> None:
    office = Path(shutil.copytree(august, disk / "office"))
    desk = sign_in(office)
    with filled(disk, 100_000):
        until_full(desk, seeded(5))
        stored = operations(desk)
        with filled_up(disk):
            desk.store.close()
        with filled_up(disk):
            with pytest.raises(DiskFull, match="MB 이상을 비운 뒤"):
                sign_in(office)
            looked = opening.open_read_only(office, LOGIN, PASSWORD, CLOCK)
            assert operations(looked) == stored
            looked.store.close()
    with opened(office, PASSWORD) as desk:
        assert operations(desk) == stored
        check_whole(desk)


@contextmanager
def filled_up(disk: Path) -> Iterator[None]:
    """Not a byte free."""
    filler = disk / "rest"
    filler.write_bytes(bytes(shutil.disk_usage(disk).free))
    yield
    filler.unlink()


@pytest.mark.fault(5)
def test_an_import_that_finds_no_room_for_its_backup_is_not_begun(august: Path, disk: Path) -> None:
    office = Path(shutil.copytree(august, disk / "office"))
    with opened(office, PASSWORD) as desk:
        before = backups.list_backups(desk)
        listed = imports.open_file(desk, "applicants", FILES / "applicants.csv")
        with filled(disk, 300_000), pytest.raises(Refusal, match="시작하지 않았습니다"):
            imports.commit(desk, listed)
        assert backups.list_backups(desk) == before
        assert not list(backups.place(desk).glob("*.part"))
        check_whole(desk)


@pytest.mark.fault(9)
def test_a_read_only_folder_can_be_read_and_says_why_it_is_not_written(august: Path, disk: Path) -> None:
    office = Path(shutil.copytree(august, disk / "office"))
    mount("-o", "remount,ro", str(disk))
    with pytest.raises(StoreReadOnly, match="읽기 전용으로 여십시오"):
        sign_in(office)
    desk = opening.open_read_only(office, LOGIN, PASSWORD, CLOCK)
    assert desk.read_only
    assert any("읽기 전용" in one for one in desk.greetings)
    assert len(people.list_people(desk)) == 58
    with pytest.raises(Refusal, match="읽기 전용"):
        set_planned(desk, plan_cells(sorted(cells_now(desk)), seeded(9)), uuid4())
    desk.store.close()


@pytest.mark.fault(9)
def test_a_read_only_folder_with_a_journal_shows_what_is_in_the_journal(august: Path, disk: Path) -> None:
    office = Path(shutil.copytree(august, disk / "office"))
    worker = Worker()
    worker.order(act="commit", folder=str(office), password=PASSWORD, seed=9)
    worker.end()
    assert (office / WAL).stat().st_size > 0
    acknowledged = (office / "acknowledged").read_text("ascii").split()
    mount("-o", "remount,ro", str(disk))
    desk = opening.open_read_only(office, LOGIN, PASSWORD, CLOCK)
    assert set(acknowledged) <= operations(desk)
    desk.store.close()


@pytest.mark.fault(8)
def test_a_write_the_system_cuts_short_is_gone_on_with_where_it_ended(august: Path, tmp_path: Path) -> None:
    office = Path(shutil.copytree(august, tmp_path / "office"))
    log = tmp_path / "calls"
    inject = ("-e", "trace=pwrite64", "-e", "inject=pwrite64:retval=100:when=41")
    strace = ("strace", "-f", "--seccomp-bpf", "-qq", "-o", str(log), *inject, "-P", str(office / WAL))
    worker = Worker(before=strace)
    worker.order(act="endure", folder=str(office), password=PASSWORD, seed=8)
    heard = worker.hear("ended")
    problem = worker.end()
    assert heard[-1] == {"ended": True}, problem
    calls = log.read_text("utf-8", errors="replace").splitlines()
    cut = next(place for place, line in enumerate(calls) if "(INJECTED)" in line)
    (size, offset), (rest, after) = (_SIZE_AND_OFFSET.findall(line)[-1] for line in calls[cut : cut + 2])
    assert (int(rest), int(after)) == (int(size) - 100, int(offset) + 100)


@pytest.mark.fault(8)
def test_a_file_that_may_not_grow_cuts_writes_short_and_loses_nothing(august: Path, tmp_path: Path) -> None:
    office = Path(shutil.copytree(august, tmp_path / "office"))
    limit = 150_000 // 1024 * 1024 + 512  # in the middle of a page, so that a write ends short
    worker = Worker(before=("prlimit", f"--fsize={limit}"))
    worker.order(act="endure", folder=str(office), password=PASSWORD, seed=8)
    heard = worker.hear("ended")
    problem = worker.end()
    assert heard[-1] == {"ended": True}, problem
    assert any("refused" in words for words in heard)
    done = {words["done"] for words in heard if "done" in words}
    assert done
    with opened(office, PASSWORD) as desk:
        assert done <= operations(desk)
        check_whole(desk)
