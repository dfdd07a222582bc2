"""`backup` and `restore` from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import CHEAP, FILES, LOGIN, PASSWORD, settings

from regional_desk.cli.app import run
from regional_desk.domain.clock import SystemClock
from regional_desk.services.recruitment import people
from regional_desk.services.safety import opening

Call = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def recovery_key(tmp_path: Path) -> str:
    """An empty office, closed, and its recovery key."""
    made = opening.new_office(tmp_path / "office", settings(), LOGIN, PASSWORD, SystemClock(), CHEAP)
    made.desk.store.close()
    return made.recovery_key


@pytest.fixture
def call(
    recovery_key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on the office with --json, with the user's password or another secret."""
    monkeypatch.setenv("REGIONAL_DESK_USER", LOGIN)
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(tmp_path / "secret.txt"))

    def once(*words: str | Path, secret: str = PASSWORD) -> tuple[int, dict[str, Any]]:
        (tmp_path / "secret.txt").write_text(secret, encoding="utf-8")
        capsys.readouterr()
        code = run([*map(str, words), "--json", "--store", str(tmp_path / "office")])
        return code, json.loads(capsys.readouterr().out)

    return once


def test_an_import_is_backed_up_first_and_backups_go_to_two_places(call: Call, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    code, place = call("backup", "place", usb)
    assert (code, place["second_place"]) == (0, str(usb))
    call("import", "applicants", FILES / "applicants.xlsx")
    made = call("backup")[1]
    assert Path(made["second"]).parent == usb
    listed = call("backup", "list")[1]
    assert [one["reason"] for one in listed["backups"]] == ["before:import", "manual"]
    assert (listed["second_place"], listed["warnings"]) == (str(usb), [])
    assert call("backup", "verify", made["second"])[1]["valid"] is True
    assert call("backup", "place", "none")[1]["second_place"] is None


def test_a_trial_restore_is_made_and_its_certificate_printed(call: Call, tmp_path: Path) -> None:
    assert call("backup", "trial")[0] == 3
    call("backup")
    code, done = call("backup", "trial")
    assert (code, done["number"], done["ok"]) == (0, 1, True)
    paper = tmp_path / "확인증.pdf"
    code, printed = call("print", "restore-certificate", "--number", "1", "--out", paper, "--purpose", "보관")
    assert (code, printed["pages"]) == (0, 1)
    assert paper.read_bytes().startswith(b"%PDF-")


def test_a_record_is_brought_back_from_a_backup(call: Call, tmp_path: Path) -> None:
    call("import", "applicants", FILES / "applicants.xlsx")
    made = call("backup")[1]["file"]
    assert call("backup", "differences", made)[1]["differences"] == []
    desk = opening.open_office(tmp_path / "office", LOGIN, PASSWORD, SystemClock())
    person = people.list_people(desk)[0]
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE person SET phone = '01000000000' WHERE id = ?", (person.id.bytes,))
    desk.store.close()
    (found,) = call("backup", "differences", made)[1]["differences"]
    assert found["name"] == person.name
    assert [line["label"] for line in found["lines"]] == ["연락처"]
    assert call("backup", "bring-back", made, found["key"])[0] == 0
    assert call("backup", "differences", made)[1]["differences"] == []
    code, answer = call("backup", "bring-back", made, "person:nobody")
    assert (code, answer["error"]["code"]) == (2, "usage")


def test_a_backup_is_restored_with_the_recovery_key_and_waits_for_somebody(
    call: Call, tmp_path: Path, recovery_key: str
) -> None:
    made = call("backup")[1]["file"]
    into = tmp_path / "new"
    assert call("restore", made, "--into", into, "--recovery", secret="0000")[0] == 5
    assert not into.exists()
    code, done = call("restore", made, "--into", into, "--recovery", secret=recovery_key)
    assert (code, done["aside"]) == (0, None)
    here = call("restore", made, "--into", tmp_path / "office")[1]
    assert Path(here["aside"]).is_dir()
    assert Path(here["saved"]).exists()
    assert call("backup", "list")[1]["paused"] is True
    assert call("backup", "resume")[1]["resumed"] is True
    assert call("backup", "list")[1]["paused"] is False
