"""Timetable, instructors and changes of a course's days through the command line."""

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


@pytest.fixture
def call(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on the August office; returns its exit code and what it printed."""
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))

    def once(*words: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run([*words, "--json", "--store", str(office), "--user", LOGIN])
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return code, found

    return once


def test_a_timetable_is_written_and_its_instructor_paid(call: Call) -> None:
    assert call("instructor", "add", "김가상", "--organisation", "한빛기술", "--rate", "50000")[0] == 0
    code, shown = call(
        "course",
        "timetable",
        COURSE,
        "--set",
        "2026-08-03 1 PLC 기초 / 김가상 / 실습실 1",
        "--repeat",
        "2026-08-03",
    )
    assert code == 0
    assert [row["day"] for row in shown["lessons"]] == ["2026-08-03", "2026-08-10", "2026-08-24"]
    assert shown["lessons"][0]["entry"] == "PLC 기초 / 김가상 / 실습실 1"
    _, month = call("instructor", "hours", "2026-08")
    assert (month["rows"][0]["minutes"], month["total"]) == (180, 150_000)
    assert [row["name"] for row in call("instructor", "list")[1]["instructors"]] == ["김가상"]
    code, refused = call("course", "timetable", COURSE, "--set", "2026-08-08 1 PLC")
    assert (code, refused["error"]["code"]) == (3, "refused")
    assert call("course", "timetable", COURSE, "--set", "PLC")[0] == 2


def test_days_are_previewed_and_changed(call: Call) -> None:
    code, told = call("course", "days", COURSE, "--remove", "2026-08-28", "--preview")
    assert code == 0
    assert told["voided_records"] > 0
    code, done = call("course", "days", COURSE, "--remove", "2026-08-28", "--reason", "태풍 휴강")
    assert (code, done) == (0, told)
    assert "2026-08-28" not in call("course", "show", COURSE)[1]["training_days"]
    assert call("course", "days", COURSE, "--last-period", "2026-08-27=4", "--reason", "오전만")[0] == 0
    assert call("course", "days", COURSE, "--last-period", "2026-08-27=x", "--reason", "오전만")[0] == 2
    assert call("course", "days", COURSE, "--add", "2026-08-28")[0] == 3  # no reason


def test_a_course_is_copied_moved_and_closed(call: Call) -> None:
    code, made = call("course", "copy", COURSE, "Track1 4기", "2026-09-07")
    assert (code, len(made["training_days"])) == (0, 19)
    code, edited = call("course", "edit", "Track1 4기", "--region", "48270")
    assert (code, edited["tier"]) == (0, "인구감소지역")
    assert call("course", "show", "Track1 4기")[1]["region"] == "48270"
    code, told = call("course", "close", COURSE, "2026-08-14", "--preview")
    assert (code, told["pays_any_rate"]) == (0, True)
    code, done = call(
        "course", "close", COURSE, "2026-08-14", "--reason", "모집 미달", "--applicants", "선발"
    )
    assert (code, done) == (0, told)
    assert call("course", "show", COURSE)[1]["closed_on"] == "2026-08-14"
    assert call("course", "close", COURSE, "2026-08-14", "--applicants", "탈락")[0] == 2
