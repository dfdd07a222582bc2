"""`erase`, `loss`, `seal` and `approval` on the command line."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import CHEAP, LOGIN, PASSWORD

from regional_desk.cli import context
from regional_desk.cli.app import run
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.services.practice import practice
from regional_desk.services.practice.practice import PracticeSize

Call = Callable[..., tuple[int, dict[str, Any]]]
NOW = dt.datetime(2026, 12, 15, 14, tzinfo=KST)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small practice office with a paid month."""
    folder = tmp_path_factory.mktemp("lived") / "office"
    practice.make_practice_office(
        folder, LOGIN, PASSWORD, PracticeSize(44, 10, until=dt.date(2026, 7, 20)), cost=CHEAP
    ).desk.store.close()
    return folder


@pytest.fixture
def call(
    lived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on a copy of the office, in December."""
    store = Path(shutil.copytree(lived, tmp_path / "office"))
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))
    monkeypatch.setenv("REGIONAL_DESK_USER", LOGIN)
    monkeypatch.setattr(context, "SystemClock", lambda: FixedClock(NOW))

    def once(*words: str | Path) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run([*map(str, words), "--json", "--store", str(store)])
        printed = capsys.readouterr().out
        return code, json.loads(printed) if printed.strip() else {}

    return once


def test_people_are_erased_by_the_list(call: Call) -> None:
    code, found = call("erase", "due")
    assert code == 0
    assert call("erase", "due", "--on", "2026-06-10")[1]["due"] == []
    first, second, third, *_ = [row["person"] for row in found["due"]]
    assert {row["group"] for row in found["due"]} == {"applicant"}
    code, done = call("erase", "run", first, second, "--basis", "보존기간 만료", "--signer", "단장=박단장")
    assert (code, done["people"], done["number"], done["backups_until"]) == (0, 2, "2026-1", "2028-12-15")
    code, apart = call("erase", "run", third, "--basis", "감사", "--separate", "--until", "2027-12-31")
    assert (code, apart) == (0, {"separated": 1, "until": "2027-12-31"})
    code, read = call("erase", "separated", "분리-0001", "--purpose", "감사 자료")
    assert code == 0
    assert read["name"] == next(row["name"] for row in found["due"] if row["person"] == third)
    assert [row["number"] for row in call("erase", "list", "--year", "2026")[1]["disposals"]] == ["2026-1"]
    assert len(call("erase", "due")[1]["due"]) == len(found["due"]) - 3
    assert call("audit", "verify")[1]["ok"] is True


def test_who_is_not_due_is_refused_by_exit_code(call: Call) -> None:
    code, people = call("loss", "report", "--kind", "laptop", "--lost", "2026-12-14", "--noticed",
                        "2026-12-14T09:00", "--description", "노트북")  # fmt: skip
    assert code == 0
    assert people["people"] > 40
    everybody = {row["person"] for row in call("loss", "people", "1")[1]["people"]}
    kept = next(iter(everybody - {row["person"] for row in call("erase", "due")[1]["due"]}))
    code, answer = call("erase", "run", kept, "--basis", "만료")
    assert (code, answer["error"]["code"]) == (3, "refused")
    assert call("erase", "run", kept, "--basis", "감사", "--separate")[0] == 2
    code, done = call("erase", "run", kept, "--basis", "요구서 3호", "--early")
    assert (code, done["basis"]) == (0, "정보주체 요구 · 요구서 3호")


def test_a_loss_goes_its_way(call: Call) -> None:
    wrong = ("--lost", "2026-12-14", "--noticed", "2026-12-14T09:00", "--description", "USB")
    assert call("loss", "report", "--kind", "bag", *wrong)[0] == 2
    assert call("loss", "report", "--kind", "usb", *wrong[:3], "어제", *wrong[4:])[0] == 2
    _, made = call("loss", "report", "--kind", "usb", *wrong)
    assert (made["number"], made["state"], made["hours_left"]) == (1, "open", 43)
    assert made["next_steps"]
    assert call("loss", "state", "1", "reported", "--memo", "통지함")[1]["state"] == "reported"
    assert call("loss", "state", "1", "open")[0] == 3
    assert call("loss", "state", "1", "closed", "--memo", "회수")[1]["memo"] == "통지함 / 회수"
    assert [one["state"] for one in call("loss", "list")[1]["losses"]] == ["closed"]


def test_the_seal_and_an_approval_are_recorded(call: Call, tmp_path: Path) -> None:
    line = ("--document", "협약서", "--recipient", "가온정밀", "--asked-by", "이담당", "--copies", "2")
    assert call("seal", "add", *line)[1]["number"] == 1
    assert call("seal", "add", *line, "--on", "2026-12-01")[1]["number"] == 2
    assert call("seal", "add", *line, "--check-number", "GN-2612-AAAAAA")[0] == 3
    assert [row["number"] for row in call("seal", "list", "--year", "2026")[1]["seal_uses"]] == [1, 2]
    subject = call("approval", "list", "--subjects")[1]["subjects"][0]
    scan = tmp_path / "scan.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n signed")
    code, row = call("approval", "add", subject["subject"], subject["id"], "--signer", "단장=박단장",
                     "--scan", scan, "--on", "2026-12-10")  # fmt: skip
    assert (code, row["signers"], row["scan"]) == (0, ["단장 박단장"], True)
    assert call("approval", "add", subject["subject"], subject["id"])[0] == 3
    assert call("approval", "add", subject["subject"], subject["id"], "--signer", "박단장")[0] == 2
    assert len(call("approval", "list")[1]["approvals"]) == 1


@pytest.mark.parametrize("document", ["disposal-register", "loss-notice", "seal-register"])
def test_the_papers_are_printed_by_name(call: Call, tmp_path: Path, document: str) -> None:
    call("loss", "report", "--kind", "laptop", "--lost", "2026-12-14", "--noticed", "2026-12-14T09:00",
         "--description", "노트북")  # fmt: skip
    code, done = call("print", document, "--out", tmp_path / "a.pdf", "--purpose", "보관")
    assert (code, done["pages"]) == (0, 1)


@pytest.mark.parametrize(
    "words", [("erase", "due"), ("loss", "list"), ("seal", "list"), ("approval", "list")]
)
def test_each_list_reads_as_lines_too(
    call: Call, words: tuple[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    call("loss", "report", "--kind", "laptop", "--lost", "2026-12-14", "--noticed", "2026-12-14T09:00",
         "--description", "노트북")  # fmt: skip
    call("seal", "add", "--document", "협약서", "--recipient", "가온정밀", "--asked-by", "이담당")
    capsys.readouterr()
    assert run([*words, "--store", str(tmp_path / "office")]) == 0
    assert capsys.readouterr().out.strip()
