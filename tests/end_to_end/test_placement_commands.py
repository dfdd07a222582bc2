"""The papers of a matching round by the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LOGIN, PASSWORD
from tests.placements import make_round, publish_round

from regional_desk.cli.app import run
from regional_desk.domain.clock import SystemClock
from regional_desk.services.matching.matching_papers import MAKERS
from regional_desk.services.safety import opening

Call = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def call(
    tmp_path: Path, office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command with --json on the August office with a published round; its exit code and what it printed."""
    desk = opening.open_office(office, LOGIN, PASSWORD, SystemClock())
    publish_round(make_round(desk))
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


def test_every_paper_of_a_round_is_printed_by_name(call: Call, tmp_path: Path) -> None:
    listed = {one["document"] for one in call("print", "--list")[1]["documents"]}
    assert listed >= MAKERS.keys()
    for document in MAKERS:
        out = tmp_path / f"{document}.pdf"
        code, printed = call("print", document, "--round", "1차", "--out", out, "--purpose", "보관")
        assert code == 0, printed
        assert out.stat().st_size


def test_a_company_is_named_and_an_unknown_round_or_company_is_refused(call: Call, tmp_path: Path) -> None:
    out = ("--out", tmp_path / "letter.xlsx", "--format", "xlsx", "--purpose", "보관")
    letter = "placement-company-letter"
    company = call("match", "1차", "--objective", "stable")[1]["pairs"][0]["company"]
    assert call("print", letter, "--round", "1차", "--company", company, *out)[0] == 0
    code, refused = call("print", letter, "--round", "1차", "--company", "없는 기업", *out)
    assert (code, refused["error"]["code"]) == (2, "usage")
    assert call("print", letter, "--round", "9차", *out)[0] == 2
    assert call("print", letter, *out)[0] == 2


def test_the_list_of_the_year_needs_no_round(call: Call, tmp_path: Path) -> None:
    out = ("--out", tmp_path / "list.pdf", "--purpose", "보관")
    assert call("print", "연계 현황", *out)[0] == 0
    assert call("print", "placement-list", "--month", "2026-08", *out)[0] == 0
    assert call("print", "placement-list", "--month", "팔월", *out)[0] == 2
