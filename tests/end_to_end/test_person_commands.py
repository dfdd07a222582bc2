"""People through the command line: eligibility, consents, documents, merging."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LOGIN, PASSWORD

from regional_desk.cli.app import run
from regional_desk.domain.clock import FixedClock
from regional_desk.services.desk import Desk
from regional_desk.services.importing import imports
from regional_desk.services.recruitment import people
from regional_desk.services.safety import opening

Call = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def call(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on the August office; returns its exit code and what it printed."""
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD, encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))
    monkeypatch.setenv("REGIONAL_DESK_USER", LOGIN)
    monkeypatch.setenv("REGIONAL_DESK_STORE", str(office))

    def once(*words: str | Path) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run([*map(str, words), "--json"])
        printed = capsys.readouterr().out
        return code, json.loads(printed) if printed.strip() else {}

    return once


@pytest.fixture
def waiting(office: Path, clock: FixedClock) -> str:
    """Somebody at 접수, as the command line names people."""
    desk = opening.open_office(office, LOGIN, PASSWORD, clock)
    try:
        row = next(
            row for row in people.list_people(desk) if row.stage == "applied" and row.birth.year > 1995
        )
        return f"{row.name} {row.birth.isoformat()}"
    finally:
        desk.store.close()


def test_a_person_is_shown_checked_and_decided(call: Call, waiting: str) -> None:
    code, found = call("person", "show", waiting)
    assert code == 0
    assert found["stage"] == "접수"
    code, found = call("person", "check", waiting, "--decide")
    assert code == 3
    assert found["error"]["code"] == "open_items"
    yes = [
        word
        for key in ("unemployed", "no_other_state_training", "no_past_participant", "residence")
        for word in ("--answer", f"{key}=yes")
    ]
    code, found = call(
        "person", "check", waiting, *yes, "--memo", "신청서", "--category", "youth", "--decide"
    )
    assert code == 0
    assert (found["overall"], found["stage"]) == ("yes", "eligible")
    code, found = call("person", "check")
    assert found["eligible"] == found["moved"] == 0
    assert call("person", "check", waiting, "--answer", "residence=perhaps")[0] == 2


def test_consents_and_documents_are_recorded(call: Call, waiting: str, tmp_path: Path) -> None:
    code, found = call("person", "consent", waiting, "--kind", "collection", "--version", "2026-1")
    assert code == 0
    assert found["consents"][0] == {"consent": "수집·이용", "state": "given", "required": True}
    _, found = call("person", "consent", waiting, "--kind", "collection", "--withdrawn")
    assert found["consents"][0]["state"] == "withdrawn"
    assert call("person", "consent", waiting, "--kind", "identifier", "--withdrawn")[0] == 3
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7\n")
    words = ("person", "document", waiting, "--kind", "identity")
    assert call(*words, "--state", "verified")[0] == 3
    _, found = call(*words, "--file", scan, "--state", "verified")
    assert {"document": "identity", "asked": True, "state": "verified", "files": 1} in found["documents"]
    scan.write_bytes(b"MZ")
    assert call(*words, "--file", scan)[0] == 4


def test_two_records_are_merged_and_parted(
    call: Call, office: Path, clock: FixedClock, tmp_path: Path
) -> None:
    desk: Desk = opening.open_office(office, LOGIN, PASSWORD, clock)
    sheet = tmp_path / "more.csv"
    lines = ["성명,생년월일,연락처", "한가람,1998-04-02,", "한가림,1998-04-02,01055501234"]
    sheet.write_text("\n".join(lines), encoding="utf-8")
    imports.commit(desk, imports.open_file(desk, "applicants", sheet))
    desk.store.close()
    kept, gone = "한가람 1998-04-02", "한가림 1998-04-02"
    _, found = call("person", "merge")
    assert any("생년월일이 같고 이름이 비슷함" in pair["reasons"] for pair in found["candidates"])
    _, found = call("person", "merge", kept, gone, "--preview")
    assert (found["fills"], found["blocks"]) == (["연락처"], [])
    assert call("person", "merge", kept, gone)[0] == 3
    assert call("person", "merge", kept, gone, "--reason", "본인 확인")[0] == 0
    _, found = call("person", "show", gone)
    assert (found["name"], found["merged"]) == ("한가람", [gone])
    code, found = call("person", "unmerge", gone, "--reason", "다른 사람")
    assert (code, found["left"]) == (0, [])
    assert call("person", "unmerge", gone, "--reason", "다른 사람")[0] == 2
