"""지급 제외 확인 and the checks of days through the command line, as another program drives them."""

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
    password.write_text(PASSWORD, encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))
    monkeypatch.setenv("REGIONAL_DESK_USER", LOGIN)
    monkeypatch.setenv("REGIONAL_DESK_STORE", str(office))

    def once(*words: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run([*words, "--json"])
        printed: dict[str, Any] = json.loads(capsys.readouterr().out)
        return code, printed

    return once


def first_of(call: Call) -> str:
    return str(call("allowance", "benefits", COURSE)[1]["rows"][0]["trainee"])


def test_questions_are_asked_answered_and_settled(call: Call) -> None:
    assert call("allowance", "ask", COURSE) == (0, {"questions": 280})
    person = first_of(call)
    span = ("--from", "2026-08-03", "--to", "2026-08-07")
    assert call("allowance", "answer", COURSE, person, "구직급여", "예", *span) == (0, {"changed": 1})
    assert call("allowance", "all-no", COURSE) == (0, {"changed": 279})
    _, shown = call("allowance", "benefits", COURSE)
    assert (shown["asked"], shown["unasked"]) == (True, 0)
    row = shown["rows"][0]
    assert row["answers"]["unemployment_benefit"] == "yes"
    assert row["spans"] == [{"kind": "unemployment_benefit", "start": "2026-08-03", "end": "2026-08-07"}]
    assert not any(one["open"] for one in shown["rows"])


def test_a_yes_without_its_span_is_refused_by_the_rule(call: Call) -> None:
    person = first_of(call)
    code, told = call("allowance", "answer", COURSE, person, "취업", "예")
    assert (code, told["error"]["code"]) == (3, "refused")
    assert "기간을 함께" in told["error"]["items"][0]["message"]


@pytest.mark.parametrize(("kind", "answer"), [("연금", "예"), ("취업", "글쎄")])
def test_an_unknown_kind_or_answer_is_a_usage_error(call: Call, kind: str, answer: str) -> None:
    code, told = call("allowance", "answer", COURSE, first_of(call), kind, answer)
    assert (code, told["error"]["code"]) == (2, "usage")


def test_days_of_a_deduction_tell_whether_the_policy_has_it_on(call: Call) -> None:
    person = first_of(call)
    assert call("allowance", "deduct", COURSE, person, "meals", "5", "--unit", "1") == (
        0,
        {"changed": 1, "on": False},
    )
    terms = ("--reference", "공문-1", "--date", "2026-07-01", "--deduction", "meals")
    assert call("policy", "adopt", "smart-manufacturing-2026", *terms)[0] == 0
    assert call("allowance", "deduct", COURSE, person, "식비제공일", "6", "--unit", "1")[1]["on"] is True
    assert call("allowance", "deduct", COURSE, person, "통신비", "1", "--unit", "1")[0] == 2
    assert call("allowance", "deduct", COURSE, person, "meals", "20", "--unit", "1")[0] == 3


def test_what_the_times_of_a_day_say_otherwise_is_listed(call: Call) -> None:
    person = first_of(call)
    times = ("--in", "10:30", "--out", "18:00", "--reason", "면접·채용시험")
    words = ("attendance", "set", COURSE, "2026-08-03", person, "출석", *times)
    assert call(*words, "--excused", "09:00-10:00")[0] == 0
    code, found = call("attendance", "check", COURSE, "--unit", "1")
    assert code == 0
    mine = {one["kind"]: one for one in found["items"] if one["trainee"] == person}
    assert mine["disagreement"]["message"].endswith("(2026. 8. 3. 출석 ↔ 출석(지각))")
    assert mine["evidence"]["days"][0] == "2026-08-03"
    assert all(one["blocks"] for one in found["items"])
    assert call(*words, "--excused", "아침")[0] == 2


def test_the_course_has_a_risk_of_its_own_beside_the_units(call: Call) -> None:
    rows = call("attendance", "show", COURSE, "--unit", "1")[1]["rows"]
    assert {row["course_risk"] for row in rows} <= {"안전", "주의", "위험", "불가"}
    assert all((row["course_absences_left"] < 0) is (row["course_risk"] == "불가") for row in rows)
