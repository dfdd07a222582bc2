"""From the companies' applications over two Excel files to a published list, by the command line alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.conftest import FILES, LOGIN, PASSWORD

from regional_desk.cli.app import run

Call = Callable[..., dict[str, Any]]
_CRITERIA = ("스마트제조 역량", "취업매력도", "고용 연계 가능성")
_RATERS = ("김위원", "이위원")


@pytest.fixture
def call(
    tmp_path: Path, office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command with --json on the August office, which must be done; what it printed."""
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))
    monkeypatch.setenv("REGIONAL_DESK_USER", LOGIN)
    monkeypatch.setenv("REGIONAL_DESK_STORE", str(office))

    def once(*words: str | Path, code: int = 0) -> dict[str, Any]:
        capsys.readouterr()
        done = run([*map(str, words), "--json"])
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert done == code, found
        return found

    return once


def _evaluations(file: Path, companies: list[str]) -> Path:
    """Two raters' points for every company, the first ones better."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["기업명", "평가위원", *_CRITERIA])
    for place, name in enumerate(companies):
        for rater in _RATERS:
            sheet.append([name, rater, *(10 - place * 0.2 for _ in _CRITERIA)])
    book.save(file)
    return file


def _select(call: Call, file: Path) -> None:
    asked = [one["name"] for one in call("company", "list")["companies"] if one["kind"] == "제조"]
    call("company", "apply", *asked, "--on", "2026-08-03")
    call("company", "goal", "--kind", "제조", "--companies", len(asked))
    read = call("import", "evaluations", _evaluations(file, asked))
    assert (read["errors"], read["new"]) == ([], len(asked) * len(_RATERS))
    for rater in _RATERS:
        call("company", "done", "--rater", rater)
    call("company", "select", "--kind", "제조")


def test_two_files_become_a_published_list(call: Call, tmp_path: Path, expected: dict[str, Any]) -> None:
    _select(call, tmp_path / "evaluations.xlsx")
    call("matching", "add", "--name", "8월 연계", "--unrated", "refuse", "--fill", "--track", "Track1")
    for kind in ("preferences", "interviews"):
        words = ("import", kind, FILES / f"{kind}.xlsx", "--round", "8월 연계")
        preview, done = call(*words, "--preview"), call(*words)
        assert {key: preview[key] for key in ("new", "updated", "errors")} == {
            key: done[key] for key in ("new", "updated", "errors")
        }
        assert len({one["row"] for one in done["errors"]}) == expected[kind]["bad_rows"]
    for objective in ("stable", "most"):
        told = call("match", "8월 연계", "--objective", objective)
        assert set(told) >= {"pairs", "unplaced", "ranks", "blocking_pairs", "explanation"}
        assert len(told["pairs"]) == expected["matching"][objective]["placed"]
    call("matching", "adopt", "8월 연계", "--objective", "stable")
    pair = call("matching", "placements", "8월 연계")["placements"][0]
    swap = ("matching", "swap", "8월 연계", f"{pair['name']} {pair['birth']}")
    assert call(*swap, f"{pair['company']} {pair['job']}", "--try")["refused"]
    call(*swap, "-", code=3)  # without a reason
    tried = call(*swap, "-", "--try")
    assert (tried["after"], tried["displaced"], tried["refused"]) == (None, [], None)
    call(*swap, "-", "--reason", "본인이 그만둠")
    assert [one["number"] for one in call("matching", "minutes", "8월 연계")["minutes"]] == [1]
    call("matching", "publish", "8월 연계")
    placed = call("matching", "placements", "8월 연계")["placements"]
    assert len(placed) == expected["matching"]["stable"]["placed"] - 1
    for document in ("placement-notice", "placement-list", "matching-minutes"):
        out = tmp_path / f"{document}.pdf"
        call("print", document, "--round", "8월 연계", "--out", out, "--purpose", "결과 공고")
        assert out.read_bytes().startswith(b"%PDF-")
    call("matching", "adopt", "8월 연계", "--objective", "most", code=3)
    assert call("check")["ok"] is True
