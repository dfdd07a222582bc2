"""Closing, exceptions and lending through the command line, on both PCs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LOGIN, PASSWORD

from regional_desk.cli.app import run

Call = Callable[..., tuple[int, dict[str, Any]]]
COURSE = "Track1 3기 생산기술"
SECRET = "lend-me-carefully"


@pytest.fixture
def call(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on the August office, or as somebody on a laptop; returns its exit code and what it printed."""
    passwords = {LOGIN: tmp_path / "password.txt", "field": tmp_path / "lent.txt"}
    passwords[LOGIN].write_text(PASSWORD + "\n", encoding="utf-8")
    passwords["field"].write_text(SECRET + "\n", encoding="utf-8")

    def once(*words: str, user: str = LOGIN) -> tuple[int, dict[str, Any]]:
        monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(passwords[user]))
        capsys.readouterr()
        folder = office if user == LOGIN else tmp_path / "laptop"
        code = run([*words, "--json", "--store", str(folder), "--user", user])
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return code, found

    return once


def person(call: Call, number: int) -> str:
    """A trainee of the course."""
    found: str = call("attendance", "show", COURSE)[1]["rows"][number]["trainee"]
    return found


def test_a_day_is_closed_opened_for_one_and_taken_back(call: Call, tmp_path: Path) -> None:
    someone, other = person(call, 0), person(call, 1)
    for one in (someone, other):
        assert call("attendance", "set", COURSE, "2026-08-25", one, "출석")[0] == 0
    assert call("attendance", "set", COURSE, "2026-08-25", other, "미입력")[0] == 0
    code, refused = call("attendance", "close", COURSE, "--from", "2026-08-25")
    assert (code, refused["error"]["code"]) == (3, "open_items")
    code, done = call("attendance", "close", COURSE, "--from", "2026-08-25", "--with-unmarked")
    assert (code, done["days"]) == (0, 1)
    assert other in {one["trainee"] for one in done["unmarked"]}
    assert call("attendance", "set", COURSE, "2026-08-25", someone, "결석")[0] == 3
    words = ("--from", "2026-08-25", "--until", "2036-01-01T00:00", "--reason", "늦은 서류")
    assert call("attendance", "allow", COURSE, *words)[0] == 3  # further ahead than a month
    assert call("attendance", "allow", COURSE, *words[:2], "--until", "soon", "--reason", "x")[0] == 2
    shown = call("attendance", "closings", COURSE)[1]
    assert shown["closings"][0]["closing"] == done["closing"]
    assert call("attendance", "reopen", COURSE, "nothing", "--reason", "착오")[0] == 2
    assert call("attendance", "reopen", COURSE, done["closing"], "--reason", "착오")[0] == 0
    assert call("attendance", "set", COURSE, "2026-08-25", someone, "결석")[0] == 0
    assert call("attendance", "late", COURSE) == (0, {"rows": []})
    printed = tmp_path / "register.pdf"
    code, _ = call(
        "print", "late-entry-register", "--course", COURSE, "--out", str(printed), "--purpose", "비치"
    )
    assert (code, printed.exists()) == (0, True)


def test_a_class_goes_to_a_laptop_and_comes_back(call: Call, tmp_path: Path) -> None:
    someone, pack, back = person(call, 0), tmp_path / "class.rdlent", tmp_path / "class.rdback"
    assert call("attendance", "set", COURSE, "2026-08-25", someone, "미입력")[0] == 0
    words = ("--from", "2026-08-25", "--to", "2026-08-25", "--due", "2036-01-01", "--holder", "현장 노트북")
    code, lent = call(
        "lease", "lend", COURSE, *words, "--out", str(pack), "--password-file", str(tmp_path / "lent.txt")
    )
    assert (code, lent["file"]) == (0, str(pack))
    assert [one["ended"] for one in call("lease", "list")[1]["leases"]] == [None]
    assert call("attendance", "set", COURSE, "2026-08-25", someone, "결석")[0] == 3

    assert call("lease", "open", str(pack), user="field")[0] == 0
    assert call("lease", "open", str(pack), user="field")[0] == 3  # the folder holds it already
    assert call("attendance", "set", COURSE, "2026-08-25", someone, "결석", user="field")[0] == 0
    assert call("course", "add", "--name", "x", user="field")[0] != 0
    assert call("lease", "return", "--out", str(back), user="field")[1]["changed"] == 1

    code, came = call("lease", "receive", str(back))
    assert (code, [(one["old"], one["new"]) for one in came["changed"]]) == (0, [("미입력", "결석")])
    assert call("lease", "receive", str(back))[1]["again"] is True
    assert call("lease", "receive", str(pack))[0] == 4
    assert call("lease", "take-back", lent["lease"], "--reason", "고장")[0] == 3


def test_a_damaged_pack_and_a_wrong_password_are_two_answers(call: Call, tmp_path: Path) -> None:
    pack = tmp_path / "class.rdlent"
    words = ("--from", "2026-08-25", "--to", "2026-08-25", "--due", "2036-01-01", "--holder", "현장 노트북")
    secret = tmp_path / "other.txt"
    secret.write_text("another-secret-here\n", encoding="utf-8")
    assert call("lease", "lend", COURSE, *words, "--out", str(pack), "--password-file", str(secret))[0] == 0
    code, wrong = call("lease", "open", str(pack), user="field")
    assert (code, wrong["error"]["code"]) == (5, "wrong_password")
    data = pack.read_bytes()
    pack.write_bytes(data[:200] + b"?" + data[201:])
    code, damaged = call("lease", "open", str(pack), user="field")
    assert (code, damaged["error"]["code"]) == (4, "file_rejected")
