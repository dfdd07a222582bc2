"""`users` and `keys` from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LOGIN, PASSWORD

from regional_desk.cli.app import run

Call = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def call(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on the August office with --json, as `user` with that user's password."""
    monkeypatch.setenv("REGIONAL_DESK_STORE", str(office))

    def once(*words: str, user: str = LOGIN, password: str = PASSWORD, new: str = "") -> tuple[int, Any]:
        for name, text in (("now.txt", password), ("new.txt", new)):
            (tmp_path / name).write_text(text, encoding="utf-8")
        monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(tmp_path / "now.txt"))
        monkeypatch.setenv("REGIONAL_DESK_USER", user)
        files = ["--new-password-file", str(tmp_path / "new.txt")] if new else []
        capsys.readouterr()
        code = run([*words, *files, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return once


def test_a_user_comes_works_and_leaves(call: Call) -> None:
    code, made = call("users", "add", "park", "--name", "박팀장", "--role", "팀장", new="temporary-1")
    assert (code, made["roles"], made["must_change"]) == (0, ["팀장"], True)
    code, refused = call("check", user="park", password="temporary-1")
    code, refused = call("audit", "verify", user="park", password="temporary-1")
    assert (code, refused["error"]["code"]) == (3, "not_allowed")
    assert call("users", "password", user="park", password="temporary-1", new="own-choice-2")[0] == 0
    assert call("audit", "verify", user="park", password="own-choice-2")[0] == 0
    code, row = call("users", "grant", "park", "조회")
    assert (code, row["roles"]) == (0, ["팀장", "조회"])
    assert call("users", "revoke", "park", "조회")[1]["roles"] == ["팀장"]
    assert call("users", "reset", "park", new="temporary-3")[1] == {"login": "park", "must_change": True}
    code, row = call("users", "leave", "park", "--reason", "퇴사")
    assert (code, row["active"]) == (0, False)
    code, refused = call("users", "list", user="park", password="temporary-3")
    assert (code, refused["error"]["code"]) == (5, "wrong_password")
    code, listed = call("users", "list")
    assert [row["login"] for row in listed["users"]] == [LOGIN, "park"]


def test_a_role_that_does_not_exist_is_refused_with_those_that_do(call: Call) -> None:
    code, refused = call("users", "grant", LOGIN, "사장")
    assert code == 2
    assert "담당(교육)" in refused["error"]["message"]


def test_a_rekey_brings_a_new_recovery_key_and_its_sheet(call: Call, tmp_path: Path) -> None:
    assert call("keys", "rekey")[1] == {"rekeyed": True, "recovery_key": None}
    sheet = tmp_path / "sheet.pdf"
    code, done = call("keys", "rekey", "--new-recovery-key", "--recovery-sheet", str(sheet))
    assert code == 0
    assert len(done["recovery_key"].split("-")) == 8
    assert sheet.read_bytes().startswith(b"%PDF")
    assert call("users", "list")[0] == 0


def test_after_five_wrong_passwords_the_command_line_waits_too(call: Call) -> None:
    codes = [call("users", "list", password="wrong-one")[1]["error"]["code"] for _ in range(6)]
    assert codes == ["wrong_password"] * 5 + ["locked_out"]
