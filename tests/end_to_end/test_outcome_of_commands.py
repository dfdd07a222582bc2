"""`outcome` from the command line: recorded, changed, taken away, counted and printed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LOGIN, PASSWORD
from tests.outcome_office import ENDED, make_interns, move_to

from regional_desk.cli.app import run
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.services.desk import Desk

Call = Callable[..., dict[str, Any]]
COURSE = "Track1 3기 생산기술"


@pytest.fixture
def day() -> list[dt.date]:
    """The day the commands believe it is, to be changed by a test."""
    return [ENDED]


@pytest.fixture
def call(
    tmp_path: Path,
    desk: Desk,
    office: Path,
    day: list[dt.date],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Call:
    """Runs one command on the office whose internships ended; returns what it printed with the expected exit code."""
    make_interns(desk)
    move_to(desk, ENDED)
    desk.store.close()
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))
    monkeypatch.setenv("REGIONAL_DESK_USER", LOGIN)

    def now() -> FixedClock:
        return FixedClock(dt.datetime.combine(day[0], dt.time(9), KST))

    monkeypatch.setattr("regional_desk.cli.context.SystemClock", now)

    def once(*words: str | Path, code: int = 0) -> dict[str, Any]:
        capsys.readouterr()
        assert run([*(str(word) for word in words), "--json", "--store", str(office)]) == code
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return once


def test_a_way_from_the_internship_to_a_year_as_an_employee(
    call: Call, day: list[dt.date], tmp_path: Path
) -> None:
    assert len(call("outcome", "due")["due"]) == 3
    paper = tmp_path / "contract.pdf"
    paper.write_bytes(b"%PDF-1.4\n%%EOF\n")
    done = call("outcome", "convert", "2026-1", "--from", "2026-12-01", "--wage", "2600000", "--file", paper)
    assert [one["on"] for one in done["checks"]] == ["2027-06-01", "2027-12-01"]
    assert (
        call("outcome", "convert", "2026-2", "--no", "--reason", "본인이 원하지 않음")["converted"] is False
    )
    assert len(call("outcome", "due")["due"]) == 1
    day[0] = dt.date(2027, 6, 1)
    assert {one["months"] for one in call("outcome", "due")["due"] if one["kind"] == "retention"} == {6}
    kept = ("outcome", "retention", "2026-1", "유지", "--months", "6", "--source", "재직증명서")
    assert call(*kept)["checks"][0]["result"] == "kept"
    found = call("outcome", "show", "--by", "기업")
    steps = {one["step"]: one for one in found["steps"]}
    assert (steps["converted"]["people"], steps["converted"]["came"], steps["converted"]["base"]) == (1, 1, 3)
    assert (steps["kept6"]["people"], steps["kept6"]["base"]) == (1, 1)
    assert sum(row["interned"] for row in found["rows"]) == 5
    earlier = call("outcome", "show", "--until", "2026-11-30")
    assert {one["step"]: one["people"] for one in earlier["steps"]}["converted"] == 0


def test_refusals_have_their_exit_code_and_write_nothing(call: Call) -> None:
    refused = call("outcome", "convert", "2026-1", "--from", "2026-11-30", code=3)
    assert "먼저 인턴십을" in refused["error"]["message"]
    call("outcome", "convert", "2026-1", code=2)
    call("outcome", "convert", "2026-1", "--no", "--from", "2026-12-01", code=2)
    call("outcome", "retention", "2026-1", "다님", "--months", "6", "--source", "기업", code=2)
    call("outcome", "show", "--by", "나이", code=2)
    assert len(call("outcome", "due")["due"]) == 3


def test_what_was_written_by_mistake_is_taken_away(call: Call) -> None:
    call("outcome", "convert", "2026-1", "--from", "2026-12-01")
    call("outcome", "convert", "2026-1", "--from", "2026-12-07")
    assert call("outcome", "convert", "2026-1", "--remove", "다른 사람의 것")["converted"] is None


def test_employment_is_listed_and_answered(call: Call, day: list[dt.date]) -> None:
    day[0] = dt.date(2027, 3, 28)
    rows = call("outcome", "employment", COURSE)["employment"]
    assert len(rows) == 28
    assert {row["state"] for row in rows} == {"due"}
    who = f"{rows[0]['name']} {rows[0]['birth']}"
    answer = ("outcome", "employment", COURSE, who, "취업", "--employer", "한빛정밀", "--source", "본인 확인")
    told = call(*answer, "--from", "2026-12-01")
    assert (told["result"], told["employer"], told["employed_from"]) == ("employed", "한빛정밀", "2026-12-01")
    assert call("outcome", "employment", COURSE, who, "--remove", "다른 사람의 것")["result"] is None
    call("outcome", "employment", COURSE, who, "취업", "--source", "본인 확인", code=3)


def test_goals_are_set_shown_and_taken_away(call: Call) -> None:
    call("outcome", "goal", "정규직 전환", "Track1", "40")
    goals = {(one["item"], one["track"]): one["people"] for one in call("outcome", "goal")["goals"]}
    assert goals == {("completed", "Track1"): 57, ("completed", "Track2"): 29, ("converted", "Track1"): 40}
    assert len(call("outcome", "goal", "converted", "Track1")["goals"]) == 2
    call("outcome", "goal", "converted", code=2)


@pytest.mark.parametrize("suffix", ["pdf", "xlsx"])
def test_the_list_is_printed(call: Call, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"list.{suffix}"
    made = call("print", "employment-list", "--format", suffix, "--out", out, "--purpose", "점검")
    assert Path(made["file"]).stat().st_size > 0
