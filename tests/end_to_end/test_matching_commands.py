"""`match` and `matching` from the command line: from two files to published placements."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import FILES, LOGIN, PASSWORD
from tests.integration.matching_office import select_everybody

from regional_desk.cli.app import run
from regional_desk.domain.clock import FixedClock
from regional_desk.services.safety import opening

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def call(
    office: Path,
    tmp_path: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Call:
    """Runs one command on the August office with --json; its companies are selected."""
    desk = opening.open_office(office, LOGIN, PASSWORD, clock)
    select_everybody(desk)
    desk.store.close()
    (tmp_path / "now.txt").write_text(PASSWORD, encoding="utf-8")
    for name, value in (
        ("STORE", str(office)),
        ("USER", LOGIN),
        ("PASSWORD_FILE", str(tmp_path / "now.txt")),
    ):
        monkeypatch.setenv(f"REGIONAL_DESK_{name}", value)

    def once(*words: str, as_json: bool = True) -> tuple[int, Any]:
        capsys.readouterr()
        code = run([*words, *(["--json"] if as_json else [])])
        out = capsys.readouterr().out
        return code, json.loads(out) if as_json else out

    return once


def make(call: Call) -> None:
    """A round from the two files."""
    assert call("matching", "add")[0] == 0
    for kind in ("preferences", "interviews"):
        assert call("import", kind, str(FILES / f"{kind}.xlsx"), "--round", "1")[0] == 0


def test_two_files_become_published_placements(call: Call, expected: dict[str, Any]) -> None:
    make(call)
    code, shown = call("matching", "show", "1차 연계")
    assert (code, shown["people"], shown["positions"], shown["seats"]) == (0, 18, 7, 14)
    assert (shown["wishes"], shown["interviews"], shown["open_items"]) == (50, 50, [])
    for objective in ("stable", "most"):
        code, found = call("match", "1", "--objective", objective)
        wanted = expected["matching"][objective]
        assert (code, len(found["pairs"])) == (0, wanted["placed"])
        assert found["ranks"] == [count for count in wanted["ranks"] if count]
        assert len(found["pairs"]) + len(found["unplaced"]) == 18
        assert len(found["explanation"]["people"]) == 18
        assert all(one["why"] for one in found["explanation"]["positions"])
        assert (found["blocking_pairs"] == []) is (objective == "stable")
    assert call("matching", "adopt", "1", "--objective", "stable")[1] == {"placed": 11, "unplaced": 7}
    code, trial = call("matching", "swap", "1", "채윤서", "가온테크2", "--try")
    assert (code, trial["displaced"], trial["placed"]) == (0, ["신철혁"], [11, 11])
    assert call("matching", "minutes", "1")[1] == {"minutes": []}
    code, done = call("matching", "swap", "1", "채윤서", "가온테크2", "--reason", "순위를 다시 받음")
    assert (code, done["minute"]) == (0, 1)
    (minute,) = call("matching", "minutes", "1")[1]["minutes"]
    assert (minute["name"], minute["displaced"], minute["reason"]) == ("채윤서", "신철혁", "순위를 다시 받음")
    _, placed = call("matching", "placements", "1")
    assert {one["how"] for one in placed["placements"]} == {"stable", "manual"}


def test_publishing_and_ending_by_command(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    make(call)
    call("matching", "adopt", "1", "--objective", "most")
    code, done = call("matching", "publish", "1")
    assert (code, done["state"], done["solo"]) == (0, "published", True)
    first = call("matching", "placements", "1")[1]["placements"][0]
    on = done["published_on"]
    code, ended = call("matching", "end", first["placement"], "--on", on, "--reason", "기업 사정")
    assert (code, ended["ended_on"]) == (0, on)
    assert call("matching", "placements", "1")[1]["placements"][0]["ended_on"] == on
    code, refused = call("matching", "end", first["placement"], "--on", on, "--reason", "또")
    assert (code, refused["error"]["code"]) == (3, "refused")
    assert call("matching", "list")[1]["rounds"][0]["published_on"] == on


def test_terms_are_set_by_command(call: Call) -> None:
    make(call)
    assert call("matching", "priority", "1", "채윤서", "1")[1] == {"priority": 1}
    assert call("matching", "cap", "1", "대한테크3", "2")[1] == {"seats": 2}
    code, pair = call("matching", "forbid", "1", "구기름", "미래메카29", "--reason", "전 직장")
    assert code == 0
    call("matching", "positions", "1", "--seats", "다온소프트19=1")
    _, shown = call("matching", "show", "1")
    assert (shown["priorities"], shown["caps"], shown["seats"]) == ({"채윤서": 1}, {"㈜대한테크3": 2}, 13)
    assert [one["reason"] for one in shown["forbidden"]] == ["전 직장"]
    assert call("matching", "allow", "1", pair["pair"])[0] == 0
    assert call("matching", "cap", "1", "대한테크3", "-")[1] == {"seats": None}
    code, edited = call("matching", "edit", "1", "--unrated", "refuse", "--seed", "7", "--rename", "가을")
    assert (code, edited["name"], edited["unrated"], edited["seed"]) == (0, "가을", "refuse", 7)


def test_people_positions_wishes_and_interviews_are_kept_by_command(call: Call) -> None:
    code, made = call("matching", "add", "--name", "가을", "--unrated", "refuse")
    assert (code, made["people"]) == (0, 0)
    _, free = call("matching", "people", "가을", "--free")
    assert len(free["people"]) == 40
    code, inside = call("matching", "people", "가을", "--add", "신철혁", "--add", "공규환 2007-11-05")
    assert (code, [one["name"] for one in inside["people"]]) == (0, ["공규환", "신철혁"])
    code, offers = call(
        "matching", "positions", "가을", "--add", "대한테크3", "--add", "가온테크2/비전검사 개발"
    )
    assert (code, len(offers["positions"])) == (0, 2)
    code, told = call("matching", "wishes", "가을", "신철혁", "가온테크2", "대한테크3")
    assert (code, told["wishes"]) == (0, ["㈜가온테크2 비전검사 개발", "㈜대한테크3 품질관리"])
    words = ("matching", "interview", "가을", "대한테크3", "신철혁")
    assert call(*words, "합격", "--place", "1", "--points", "91.5")[1]["result"] == "pass"
    _, found = call("match", "가을", "--objective", "stable")
    assert [(one["name"], one["company"]) for one in found["pairs"]] == [("신철혁", "㈜대한테크3")]
    assert call(*words, "-")[1]["result"] is None
    assert call("match", "가을", "--objective", "most")[1]["pairs"] == []
    assert call("matching", "people", "가을", "--remove", "공규환 2007-11-05")[0] == 0
    assert len(call("matching", "people", "가을")[1]["people"]) == 1


REFUSED: tuple[tuple[tuple[str, ...], int], ...] = (
    (("match", "9", "--objective", "stable"), 2),
    (("match", "1", "--objective", "best"), 2),
    (("matching", "priority", "1", "없는사람", "1"), 2),
    (("matching", "positions", "1", "--seats", "대한테크3"), 2),
    (("matching", "positions", "1", "--seats", "대한테크3=많이"), 2),
    (("matching", "positions", "1", "--seats", "대한테크3=99"), 3),
    (("matching", "cap", "1", "없는회사", "1"), 2),
    (("matching", "wishes", "1", "신철혁", "없는회사"), 2),
    (("matching", "interview", "1", "대한테크3", "신철혁", "보류"), 2),
    (("matching", "forbid", "1", "신철혁", "대한테크3", "--reason", " "), 3),
    (("matching", "allow", "1", "이것"), 2),
    (("matching", "swap", "1", "신철혁", "-", "--try"), 3),
    (("matching", "withdraw", "1", "--reason", "착오"), 3),
    (("matching", "publish", "1"), 3),
    (("matching", "add", "--name", "1차 연계"), 3),
    (("import", "preferences", str(FILES / "preferences.xlsx")), 2),
    (("import", "interviews", str(FILES / "companies.xlsx"), "--round", "1"), 4),
)


def test_what_cannot_be_has_its_exit_code_and_one_sentence(call: Call) -> None:
    make(call)
    for words, code in REFUSED:
        found, refused = call(*words)
        assert found == code, words
        assert refused["error"]["message"].endswith((".", ")")), words


def test_a_person_reads_lines(call: Call) -> None:
    make(call)
    code, shown = call("match", "1", "--objective", "stable", as_json=False)
    assert code == 0
    assert "안정 배정: 배정 11명, 미배정 7명, 평균 희망순위 1.45, 서로 더 원하는 짝 0쌍" in shown
    assert "희망순위별: 1순위 6명, 2순위 5명" in shown
    call("matching", "adopt", "1", "--objective", "stable")
    _, listed = call("matching", "list", as_json=False)
    assert "1차 연계: 배정 채택 · 안정 배정" in listed
    _, trial = call("matching", "swap", "1", "채윤서", "가온테크2", "--try", as_json=False)
    assert "밀려 미배정이 됩니다" in trial
