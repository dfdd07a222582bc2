"""Visits by the command line: planned, ordered, keyed, their files, findings and papers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LOGIN, PASSWORD
from tests.visited import add_internships

from regional_desk.cli.app import run
from regional_desk.domain.clock import SystemClock
from regional_desk.services.safety import opening

Call = Callable[..., tuple[int, dict[str, Any]]]
TODAY = SystemClock().today()
START = TODAY - timedelta(days=3)
PHOTO = b"\x89PNG\r\n\x1a\n" + b"pixels" * 9


@pytest.fixture
def call(
    tmp_path: Path, office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on an office with three internships that began three days ago."""
    desk = opening.open_office(office, LOGIN, PASSWORD, SystemClock())
    add_internships(desk, [START] * 3)
    desk.store.close()
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))
    monkeypatch.setenv("REGIONAL_DESK_USER", LOGIN)
    monkeypatch.setenv("REGIONAL_DESK_STORE", str(office))

    def once(*words: str | Path) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run([*map(str, words), "--json"])
        printed = capsys.readouterr().out
        found: dict[str, Any] = json.loads(printed) if printed.strip() else {}
        return code, found

    return once


def test_a_plan_is_looked_at_made_ordered_and_printed(call: Call, tmp_path: Path) -> None:
    span = ("--from", str(TODAY), "--to", str(TODAY + timedelta(days=40)))
    code, shown = call("visit", "plan", *span, "--preview")
    assert (code, shown["plan"], len(shown["visits"])) == (0, None, 3)
    assert call("visit", "plans")[1] == {"plans": []}
    code, made = call("visit", "plan", *span, "--name", "첫 방문", "--most", "1", "--visitor", "박담당")
    assert (code, made["plan"]) == (0, f"{2026}-1")
    assert len({one["on"] for one in made["visits"]}) == 3  # a company a day
    (plan,) = call("visit", "plans")[1]["plans"]
    assert (plan["name"], plan["counts"]) == ("첫 방문", {"planned": 3})
    _, listed = call("visit", "list", "--plan", "1")
    day = listed["visits"][0]["planned_on"]
    for one in listed["visits"][1:]:
        code, moved = call("visit", "move", one["visit"], "--on", day)
        assert (code, moved["planned_on"], moved["visitor"]) == (0, day, "박담당")
    ids = [one["visit"] for one in call("visit", "route", "--day", day)[1]["visits"]]
    code, ordered = call("visit", "order", day, *reversed(ids))
    assert (code, [one["visit"] for one in ordered["visits"]]) == (0, ids[::-1])
    assert call("visit", "order", day)[0] == 2
    assert [one["visit"] for one in call("visit", "order", day, "--by-address")[1]["visits"]] == ids
    for paper in ("visit-route", "visit-sheet"):
        for kind in ("pdf", "xlsx"):
            out = tmp_path / f"{paper}.{kind}"
            words = ("--number", "1", "--format", kind, "--out", out, "--purpose", "방문")
            assert call("print", paper, *words)[0] == 0
            assert out.stat().st_size > 1000
    assert call("visit", "route")[0] == 2


def test_a_visit_is_keyed_with_its_photo_and_what_was_found(call: Call, tmp_path: Path) -> None:
    _, made = call("visit", "add", "2026-1", "--on", str(START), "--visitor", "박담당")
    visit = made["visit"]
    assert call("visit", "do", visit, "--on", str(TODAY), "--visitor", "박담당", "--bad", "lunch")[0] == 2
    code, done = call(
        "visit",
        "do",
        visit,
        "--on",
        str(START),
        "--visitor",
        "박담당",
        "--bad",
        "wage",
        "--unknown",
        "journal",
        "--interview",
        "적응 중",
    )
    assert (code, done["state"], done["interview"]) == (0, "done", "적응 중")
    assert [done["answers"][key] for key in ("safety", "wage", "journal")] == ["good", "bad", "unknown"]
    photo = tmp_path / "사진.png"
    photo.write_bytes(PHOTO)
    assert len(call("visit", "file", visit, photo, "--caption", "작업대")[1]["files"]) == 1
    photo.write_bytes(b"MZ")
    assert call("visit", "file", visit, photo)[0] == 4
    code, found = call("visit", "finding", "임금이 늦음", "--visit", visit, "--kind", "grievance")
    assert (code, found["state"], found["deadline"]) == (0, "open", str(START + timedelta(days=14)))
    assert call("visit", "finding", "둘 다 없음")[0] == 2
    assert [one["finding"] for one in call("visit", "findings")[1]["findings"]] == [found["finding"]]
    code, closed = call("visit", "close", found["finding"], "--result", "이체 확인")
    assert (code, closed["state"], closed["result"]) == (0, "closed", "이체 확인")
    assert call("visit", "findings")[1] == {"findings": []}
    assert call("visit", "open-again", found["finding"], "--reason", "또 늦음")[1]["state"] == "open"
    (row,) = call("visit", "list", "--internship", "2026-1")[1]["visits"]
    assert (row["files"], row["open_findings"]) == (1, 1)
    assert call("visit", "reopen", visit, "--reason", "날짜를 잘못 적음")[1]["state"] == "to_key"
    assert call("visit", "cancel", visit, "--reason", "기업 휴무")[1]["state"] == "cancelled"
    months = call("visit", "months", "--internship", "2026-1")[1]["months"]
    assert [one["state"] for one in months] == ["cancelled", "unplanned", "unplanned"]
    assert call("visit", "cancel", visit, "--reason", "또")[0] == 3
    assert call("visit", "cancel", "아무거나", "--reason", "또")[0] == 2
