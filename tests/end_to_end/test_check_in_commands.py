"""Check-in, call list and comparison from the command line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LOGIN, PASSWORD

from regional_desk.cli.app import run
from regional_desk.domain.check_in import badge_code
from regional_desk.domain.clock import KST
from regional_desk.domain.people import Track
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import people
from regional_desk.services.training import courses, memberships

Call = Callable[..., tuple[int, dict[str, Any]]]
COURSE = "Track1 3기 생산기술"


class Morning:
    """The clock of a PC at two minutes to nine on the first of September."""

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 9, 1, 8, 58, tzinfo=KST)

    def today(self) -> dt.date:
        return self.now().date()


@pytest.fixture
def call(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on the August office with --json; returns its exit code and what it printed."""
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))
    monkeypatch.setattr("regional_desk.cli.context.SystemClock", Morning)

    def once(*words: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run([*words, "--json", "--store", str(office), "--user", LOGIN])
        printed = capsys.readouterr().out
        found: dict[str, Any] = json.loads(printed) if printed.strip() else {}
        return code, found

    return once


@pytest.fixture
def code(open_again: Callable[[], Desk]) -> str:
    """The badge of the only trainee of a class that begins on the first of September; the office is closed again."""
    desk = open_again()
    inside = {member.person for member in courses.course(desk, courses.list_courses(desk)[0].id).members}
    newcomer = next(row.id for row in people.list_people(desk) if row.id not in inside)

    made = courses.add_course(desk, "Track1 4기", Track.TRACK1, dt.date(2026, 9, 1), dt.date(2026, 9, 23))
    memberships.enrol(desk, made.course.id, [newcomer], direct_reason="심사 결과 선발")
    member = courses.course(desk, made.course.id).members[0]
    desk.store.close()
    return badge_code(member.id)


def test_a_badge_is_scanned_and_the_scan_taken_back(call: Call, code: str) -> None:
    status, done = call("attendance", "scan", code)
    assert (status, done["word"], done["at"], done["record"]) == (0, "입실", "08:58", "미입력")
    assert call("attendance", "today")[1]["classes"][0]["people"][0]["state"] == "입실 08:58"
    status, again = call("attendance", "scan", code)
    assert status == 3
    assert "방금 처리했습니다" in again["error"]["message"]
    assert call("attendance", "unscan", done["scan"])[0] == 0
    assert call("attendance", "today")[1]["classes"][0]["people"][0]["came"] is False


def test_the_way_is_one_of_three(call: Call, code: str) -> None:
    assert call("attendance", "scan", code, "--way", "옆으로")[0] == 2
    assert call("attendance", "scan", code, "--way", "들어옴", "--course", "Track1 4기")[0] == 0


def test_badges_are_listed_in_the_order_of_the_class(call: Call) -> None:
    status, found = call("attendance", "badges", COURSE)
    assert status == 0
    assert [one["order"] for one in found["badges"]] == list(range(1, 41))
    assert {len(one["number"]) for one in found["badges"]} == {6}


def test_badges_of_a_coming_class_are_on_paper(call: Call, code: str, tmp_path: Path) -> None:
    assert call("attendance", "badges", "Track1 4기")[1]["badges"][0]["code"] == code
    out = tmp_path / "badges.pdf"
    assert call("print", "badges", "--course", "Track1 4기", "--out", str(out), "--purpose", "명찰")[0] == 0
    assert out.read_bytes().startswith(b"%PDF")


def unset_one(call: Call) -> str:
    """Take one record away; whose."""
    row = call("attendance", "show", COURSE)[1]["rows"][0]
    who = f"{row['name']} {row['birth']}"
    assert call("attendance", "set", COURSE, "2026-08-25", who, "미입력")[0] == 0
    return who


def test_a_call_list_is_made_printed_and_answered(call: Call, tmp_path: Path) -> None:
    unset_one(call)
    status, made = call("attendance", "call-make", COURSE)
    assert status == 0
    line = next(one for one in made["lines"] if one["day"] == "2026-08-25" and one["record"] == "미입력")
    out = tmp_path / "calls.xlsx"
    words = (
        "print",
        "call-list",
        "--course",
        COURSE,
        "--format",
        "xlsx",
        "--out",
        str(out),
        "--purpose",
        "전화",
    )
    assert call(*words)[0] == 0
    answer = ("attendance", "call-answer", made["list"], str(line["line"]), "5", "--note", "몸살")
    status, found = call(*answer)
    assert (status, found["open"]) == (0, made["open"] - 1)
    kept = call("attendance", "call-show", made["list"])[1]["lines"][line["line"] - 1]
    assert (kept["answer"], kept["note"], kept["record"]) == ("결석", "몸살", "결석")
    assert call("attendance", "call-answer", made["list"], "1", "아마도")[0] == 2


def test_the_paper_is_compared_and_settled(call: Call) -> None:
    who = unset_one(call)
    status, found = call("attendance", "second-set", COURSE, "2026-08-25", who, "출석")
    assert (status, found["entered"], len(found["mismatches"])) == (0, 1, 1)
    assert found["mismatches"][0]["record"] == "미입력"
    assert call("attendance", "second-settle", COURSE, "2026-08-25", who, "--paper")[0] == 0
    assert call("attendance", "second-show", COURSE)[1]["mismatches"] == []
    assert call("attendance", "show", COURSE)[1]["rows"][0]["days"]["2026-08-25"] == "출석"
