"""`round` and `screen` from the command line: from the call to the published result."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from tests.conftest import LOGIN, MONTH_END, PASSWORD

from regional_desk.cli.app import run
from regional_desk.domain.clock import FixedClock
from regional_desk.services.safety import opening
from regional_desk.store.people import application, person

Call = Callable[..., tuple[int, dict[str, Any]]]

CRITERIA = """
[[papers]]
name = "경험"
points = 10
weight = 40

[[interview]]
name = "의사소통"
points = 20
weight = 60
"""


@pytest.fixture
def call(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on the August office with --json."""
    (tmp_path / "now.txt").write_text(PASSWORD, encoding="utf-8")
    for name, value in (
        ("STORE", str(office)),
        ("USER", LOGIN),
        ("PASSWORD_FILE", str(tmp_path / "now.txt")),
    ):
        monkeypatch.setenv(f"REGIONAL_DESK_{name}", value)

    def once(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = run([*words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return once


@pytest.fixture
def people(office: Path) -> list[str]:
    """Two eligible applicants of Track1 that no course took, as `성명 생년월일`; nobody else is without a round."""
    desk = opening.open_office(office, LOGIN, PASSWORD, FixedClock(MONTH_END))
    with desk.store.write() as connection:
        rows = connection.execute(
            sa.select(application.c.id, person.c.name, person.c.birth)
            .join(person, person.c.id == application.c.person_id)
            .where(application.c.stage == "applied", person.c.phone.is_not(None))
            .limit(2)
        ).all()
        wanted = [row.id for row in rows]
        connection.execute(
            sa.update(application).where(application.c.id.not_in(wanted)).values(programme_year=2025)
        )
        connection.execute(
            sa.update(application).where(application.c.id.in_(wanted)).values(eligible=True, track="Track1")
        )
    desk.store.close()
    return [f"{row.name} {row.birth}" for row in rows]


def test_a_round_goes_from_the_call_to_its_result(call: Call, people: list[str], tmp_path: Path) -> None:
    file = tmp_path / "criteria.toml"
    file.write_text(CRITERIA, encoding="utf-8")
    days = ("--opens", "2026-01-01", "--closes", "2026-12-31")
    code, made = call("round", "add", *days, "--goal", "Track1:1:1", "--pass-score", "60")
    assert (code, made["number"], made["state"]) == (0, 1, "open")
    assert call("round", "take", "1")[1] == {"taken": 2}
    code, found = call("screen", "criteria", "1", "--track", "Track1", "--file", str(file))
    assert (code, [one["weight"] for one in found["criteria"]]) == (0, [40, 60])
    call("screen", "raters", "1", "--step", "papers", "--add-user", LOGIN)
    _, raters = call("screen", "raters", "1", "--step", "interview", "--add", "한외부")
    assert [one["outside"] for one in raters["raters"]] == [True]
    for who, papers, talk in ((people[0], "8.5", "14"), (people[1], "9", "16")):
        words = ("1", "--track", "Track1", "--person", who)
        assert call("screen", "rate", *words, "--step", "papers", "--points", f"경험={papers}")[0] == 0
        outside = ("--step", "interview", "--rater", "한외부", "--points", f"의사소통={talk}")
        assert call("screen", "rate", *words, *outside)[0] == 0
    assert call("screen", "rank", "1", "--track", "Track1")[1]["ranked"] == []
    assert call("screen", "done", "1", "--step", "papers")[1]["done"] is True
    assert call("screen", "done", "1", "--step", "interview", "--rater", "한외부")[0] == 0
    _, preview = call("screen", "decide", "1", "--track", "Track1", "--preview")
    assert [(one["score"], one["outcome"]) for one in preview["ranked"]] == [
        ("84.000", "selected"),
        ("76.000", "waitlisted"),
    ]
    assert call("screen", "decide", "1", "--track", "Track1")[0] == 3  # applications are still taken
    assert call("round", "close", "1")[1]["state"] == "closed"
    code, decided = call("screen", "decide", "1", "--track", "Track1")
    assert (code, decided["decided"], decided["ranked"]) == (0, True, preview["ranked"])
    code, published = call("round", "publish", "1")
    assert (code, published["state"]) == (0, "published")
    _, moved = call("screen", "promote", people[1], "--reason", "취업")
    assert moved["promoted"] == people[0].rpartition(" ")[0]
    code, shown = call("round", "show", "1")
    assert (shown["tracks"]["Track1"]["holding"], shown["tracks"]["Track1"]["missing"]) == (1, 0)


def test_what_cannot_be_read_is_refused_with_how_it_is_written(
    call: Call, people: list[str], tmp_path: Path
) -> None:
    days = ("--opens", "2026-01-01", "--closes", "2026-12-31")
    code, refused = call("round", "add", *days, "--goal", "Track1")
    assert (code, "Track1:20:5" in refused["error"]["message"]) == (2, True)
    call("round", "add", *days, "--goal", "Track1:1")
    (tmp_path / "bad.toml").write_text("[[papers]]\nname = 1\n", encoding="utf-8")
    code, refused = call("screen", "criteria", "1", "--track", "Track1", "--file", str(tmp_path / "bad.toml"))
    assert (code, "[[papers]]" in refused["error"]["message"]) == (2, True)
    assert call("screen", "raters", "1", "--add", "한외부")[0] == 2
    code, refused = call("screen", "rate", "1", "--track", "Track1", "--step", "papers")
    assert (code, "심사위원이 아닙니다" in refused["error"]["message"]) == (2, True)
    assert call("round", "show", "7")[0] == 2


def test_the_texts_are_told_to_everybody_decided_and_noted(
    call: Call, people: list[str], tmp_path: Path
) -> None:
    days = ("--opens", "2026-01-01", "--closes", "2026-12-31")
    call("round", "add", *days, "--goal", "Track1:1:0")
    call("round", "take", "1")
    out = tmp_path / "texts.csv"
    assert call("screen", "texts", "1", "--out", str(out), "--purpose", "결과 안내")[0] == 3
    assert not out.exists()
    call("screen", "drop", people[0], "--reason", "면접에 오지 않음")
    assert call("screen", "texts", "1", "--out", str(out), "--purpose", " ")[0] == 3
    assert call("screen", "texts", "1", "--out", str(tmp_path / "texts.txt"), "--purpose", "안내")[0] == 2
    assert call("screen", "texts", "1", "--out", str(out), "--purpose", "결과 안내")[1]["people"] == 1
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0]["성명"] == people[0].rpartition(" ")[0]
    assert rows[0]["결과"] == "탈락"
    assert call("screen", "texts", "1", "--out", str(tmp_path / "t.xlsx"), "--purpose", "결과 안내")[0] == 0
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == list(rows[0].values())
    _, lines = call("audit", "show", "--access", "--action", "export")
    assert len(lines["lines"]) == 2
