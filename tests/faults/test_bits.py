"""One bit changed, bytes cut off, a head overwritten: found, or harmless, never silently wrong (rows 14 to 17)."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from tests.conftest import PASSWORD
from tests.faults.acts import seeded
from tests.faults.conftest import Counts
from tests.faults.harness import Worker, opened

from regional_desk.errors import FileRejected, StoreError, WrongPassword
from regional_desk.services.desk import Desk
from regional_desk.services.safety import backups, health
from regional_desk.store import keys
from regional_desk.store.store import DATABASE
from regional_desk.store.tables import metadata

WAL = f"{DATABASE}-wal"


@pytest.fixture(scope="session")
def crashed(august: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The August office as a killed child left it: its last commits stand in the journal."""
    folder = Path(shutil.copytree(august, tmp_path_factory.mktemp("crashed") / "office"))
    worker = Worker()
    worker.order(act="commit", folder=str(folder), password=PASSWORD, seed=1)
    worker.end()
    assert (folder / WAL).stat().st_size > 0
    return folder


def content(desk: Desk) -> str:
    """A digest over every row but the lines that opening itself writes."""
    total = hashlib.sha256()
    with desk.store.read() as connection:
        for table in metadata.sorted_tables:
            where = " WHERE action != 'login'" if table.name == "access_log" else ""
            rows = connection.exec_driver_sql(f'SELECT * FROM "{table.name}"{where} ORDER BY 1, 2')  # noqa: S608 - our own tables
            for row in rows:
                total.update(repr(tuple(row)).encode())
    return total.hexdigest()


def flip(path: Path, random: Random) -> None:
    """Change one bit."""
    data = bytearray(path.read_bytes())
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    path.write_bytes(data)


def outcome(folder: Path, expected: str) -> str:
    """What the person learns: found at opening, by a warning or by the check; harmless where all is as before."""
    try:
        with opened(folder, PASSWORD) as desk:
            warned = any(one.startswith("!") for one in desk.greetings)
            if warned or not health.check(desk).ok:
                return "found"
            return "harmless" if content(desk) == expected else "silently wrong"
    except (StoreError, WrongPassword):
        return "found"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(DATABASE, marks=pytest.mark.fault(15)),
        pytest.param(WAL, marks=pytest.mark.fault(15)),
        pytest.param(keys.FILE_NAME, marks=pytest.mark.fault(15, 29)),
    ],
)
def test_one_changed_bit_is_found_or_harmless(
    name: str, crashed: Path, tmp_path: Path, counts: Counts, tally: Counter[str]
) -> None:
    random = seeded(f"{counts.seed} {name}")
    with opened(Path(shutil.copytree(crashed, tmp_path / "whole")), PASSWORD) as desk:
        expected = content(desk)
    for number in range(counts.flips):
        folder = Path(shutil.copytree(crashed, tmp_path / f"office{number}"))
        flip(folder / name, random)
        found = outcome(folder, expected)
        tally[f"flips {found}"] += 1
        assert found != "silently wrong", (name, number)
        shutil.rmtree(folder)


@pytest.mark.fault(15, 24)
def test_one_changed_bit_in_a_backup_is_found_or_harmless(
    desk: Desk, tmp_path: Path, counts: Counts, tally: Counter[str]
) -> None:
    random = seeded(f"{counts.seed} backup")
    made = backups.back_up(desk, tmp_path / "usb")
    for number in range(counts.flips):
        file = Path(shutil.copy(made.file, tmp_path / f"flipped{number}.rdbackup"))
        flip(file, random)
        try:
            same = backups.verify(desk, file).facts == made.facts
            tally["flips harmless"] += 1
            assert same
        except FileRejected:
            tally["flips found"] += 1


@pytest.mark.fault(14)
@pytest.mark.parametrize("left", [0.0, 0.001, 0.3, 0.6, 0.99])
def test_a_database_cut_short_is_found_and_left_as_it_is(office: Path, left: float) -> None:
    database = office / DATABASE
    data = database.read_bytes()
    database.write_bytes(data[: int(len(data) * left)])
    cut = database.read_bytes()
    message = _health_or_refusal(office)
    assert "백업" in message
    assert left > 0.5 or database.read_bytes() == cut


def _health_or_refusal(office: Path) -> str:
    """What the person is told: at opening, or by the check of an office that opened."""
    try:
        with opened(office, PASSWORD) as desk:
            return " ".join(one.message for one in health.check(desk).findings if one.severity == "problem")
    except StoreError as error:
        return error.message


@pytest.mark.fault(16)
def test_an_overwritten_head_opens_by_the_second_copy_of_the_salt(office: Path, tmp_path: Path) -> None:
    with opened(Path(shutil.copytree(office, tmp_path / "whole")), PASSWORD) as desk:
        expected = content(desk)
    data = bytearray((office / DATABASE).read_bytes())
    data[:16] = b"\xff" * 16
    (office / DATABASE).write_bytes(data)
    assert outcome(office, expected) == "harmless"


@pytest.mark.fault(17)
def test_a_journal_deleted_after_a_crash_is_noticed(crashed: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(crashed, tmp_path / "office"))
    (folder / WAL).unlink()
    with opened(folder, PASSWORD) as desk:
        assert any("저장한 내용" in one and "자료에 없습니다" in one for one in desk.greetings)
