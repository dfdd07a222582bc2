"""Memberships, counselling and certificates from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LOGIN, MONTH_END, PASSWORD

from regional_desk.cli.app import run
from regional_desk.domain.clock import FixedClock

Call = Callable[..., tuple[int, dict[str, Any]]]
COURSE = "Track1 3기 생산기술"


@pytest.fixture
def call(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on the August office at its month's end, with --json or in words."""
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD, encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_STORE", str(office))
    monkeypatch.setenv("REGIONAL_DESK_USER", LOGIN)
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))
    monkeypatch.setattr("regional_desk.cli.context.SystemClock", lambda: FixedClock(MONTH_END))

    def once(*words: str, told: bool = False) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run([*words] if told else [*words, "--json"])
        printed = capsys.readouterr().out
        return code, {"told": printed} if told else json.loads(printed)

    return once


def test_a_course_ends_with_outcomes_certificates_and_their_papers(call: Call, tmp_path: Path) -> None:
    _, shown = call("course", "members", COURSE)
    assert len(shown["members"]) == 40
    _, plan = call("course", "complete", COURSE, "--preview")
    assert plan["ended"]
    code, done = call("course", "complete", COURSE)
    assert (code, done["changed"], done["open"]) == (0, 40, 0)
    after = {row["trainee"]: row["outcome"] for row in call("course", "members", COURSE)[1]["members"]}
    assert after == {line["trainee"]: line["outcome"] for line in plan["lines"]}
    assert call("course", "complete", COURSE)[0] == 3
    code, issued = call("certificate", "issue", COURSE)
    assert (code, issued["numbers"][0]) == (0, "제2026-001호")
    assert len(call("certificate", "list", "--course", COURSE)[1]["certificates"]) == len(issued["numbers"])
    printed = ("print", "completion-certificate", "--course", COURSE, "--purpose", "교부", "--out")
    assert call(*printed, str(tmp_path / "a.pdf"))[1]["pages"] == len(issued["numbers"])
    call(*printed, str(tmp_path / "b.pdf"))
    assert {row["reissues"] for row in call("certificate", "list")[1]["certificates"]} == {1}


def test_a_dismissal_and_its_cancelling(call: Call) -> None:
    rows = call("course", "members", COURSE)[1]["members"]
    listed = next(row for row in rows if row["dismissal"])
    clear = next(row for row in rows if not row["dismissal"])
    code, refused = call("course", "dismiss", COURSE, clear["trainee"], "--reason", "결석")
    assert (code, "제적 대상이 아니라" in refused["error"]["message"]) == (3, True)
    code, done = call("course", "dismiss", COURSE, listed["trainee"], "--reason", "결석 초과")
    assert code == 0
    assert done["cause"] < done["effective"]
    code, undone = call("course", "undismiss", COURSE, listed["trainee"], "--reason", "이의 인정")
    assert (code, undone["solo"]) == (0, True)
    again = next(
        row for row in call("course", "members", COURSE)[1]["members"] if row["trainee"] == listed["trainee"]
    )
    assert again == listed


def test_leaving_joining_and_moving_say_what_stands_in_the_way(call: Call) -> None:
    trainee = call("course", "members", COURSE)[1]["members"][0]["trainee"]
    call(
        *("course", "add", "--name", "4기", "--track", "Track1"),
        *("--start", "2026-08-10", "--end", "2026-09-04"),
    )
    assert call("course", "join", COURSE, trainee, "2026-08-10", "--reason", "늦음")[0] == 3
    assert call("course", "leave", COURSE, trainee, "2026-08-14", "--reason", "입사", "--employed")[0] == 3
    assert call("course", "move", COURSE, trainee, "4기", "2026-08-20", "--reason", "시간")[0] == 3
    code, left = call("course", "leave", COURSE, trainee, "2026-08-28", "--reason", "마침")
    assert (code, left["outcome"]) == (0, None)
    code, back = call("course", "restore", COURSE, trainee, "--reason", "착오")
    assert (code, back["restored"]) == (0, "left")


def test_counselling_is_kept_and_comes_up_again(call: Call) -> None:
    trainee = call("course", "members", COURSE)[1]["members"][0]["trainee"]
    words = ("--said", "결석 사유를 물음", "--result", "병원 진료", "--kind", "attendance")
    assert call("counsel", "add", trainee, *words, "--next", "2026-09-02", "--course", COURSE)[0] == 0
    _, listed = call("counsel", "list", trainee)
    assert [(row["said"], row["next"]) for row in listed["records"]] == [("결석 사유를 물음", "2026-09-02")]
    _, coming = call("counsel", "list", "--days", "7")
    assert [row["state"] for row in coming["follow_ups"]] == ["예정"]


def test_without_json_a_person_is_told_in_words(call: Call) -> None:
    assert "남은 결석" in call("course", "members", COURSE, told=True)[1]["told"]
    assert "80% 이상" in call("course", "complete", COURSE, "--preview", told=True)[1]["told"]
    assert "40명" in call("course", "complete", COURSE, told=True)[1]["told"]
    assert "제2026-001호" in call("certificate", "issue", COURSE, told=True)[1]["told"]
    assert "재발급 0회" in call("certificate", "list", told=True)[1]["told"]
    assert "없습니다" in call("counsel", "list", told=True)[1]["told"]
