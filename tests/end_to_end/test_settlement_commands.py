"""정정, 정산, 환수 and 예산 from the command line."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LOGIN, MONTH_END, PASSWORD

from regional_desk.cli.app import run
from regional_desk.domain.clock import FixedClock

Call = Callable[..., dict[str, Any]]
COURSE = "Track1 3기 생산기술"
FULL = 380_000


@pytest.fixture
def call(
    tmp_path: Path, office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on the August office; returns what it printed once its exit code is what is expected."""
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))
    monkeypatch.setenv("REGIONAL_DESK_USER", LOGIN)
    minutes = itertools.count()

    def later() -> FixedClock:
        return FixedClock(MONTH_END + dt.timedelta(minutes=next(minutes)))

    monkeypatch.setattr("regional_desk.cli.context.SystemClock", later)

    def once(*words: str | Path, code: int = 0) -> dict[str, Any]:
        capsys.readouterr()
        assert run([*(str(word) for word in words), "--json", "--store", str(office)]) == code
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return once


@pytest.fixture
def confirmed(call: Call) -> list[dict[str, Any]]:
    """The August unit confirmed; its rows."""
    words = ("--reference", "지역기업정책과-1", "--date", "2026-07-01")
    call("policy", "adopt", "smart-manufacturing-2026", *words)
    shown = call("attendance", "show", COURSE, "--unit", "1")
    for row in shown["rows"]:
        for day, status in row["days"].items():
            if status == "출석인정":
                done = ("--reason", "interview", "--evidence", "확인")
                call("attendance", "set", COURSE, day, row["trainee"], "출석인정", *done)
    for step in ("draft", "check", "confirm"):
        found = call("allowance", step, COURSE, "--unit", "1")
    rows: list[dict[str, Any]] = found["rows"]
    return rows


def test_a_correction_is_settled_and_asked_back(
    call: Call, confirmed: list[dict[str, Any]], tmp_path: Path
) -> None:
    row = next(row for row in confirmed if row["amount"] == FULL)
    words = (COURSE, "2026-08-05", row["trainee"], "결석", "--why", "출입 기록")
    proof = tmp_path / "proof.pdf"
    proof.write_bytes(b"%PDF-1.4 proof")
    asked = call("correction", "request", *words, "--file", proof)
    assert (asked["old"], asked["new"], asked["state"]) == ("출석", "결석", "requested")
    assert call("correction", "request", *words, code=3)["error"]["code"] == "refused"
    assert call("correction", "withdraw", asked["correction"])["state"] == "withdrawn"
    second = call("correction", "request", *words)
    assert call("correction", "refuse", second["correction"], "--reason", "기록과 다름")["state"] == "refused"
    third = call("correction", "request", *words)
    assert call("correction", "approve", third["correction"])["solo"]
    states = [one["state"] for one in call("correction", "list", "--course", COURSE)["corrections"]]
    assert states == ["approved", "refused", "withdrawn"]

    drafted = call("allowance", "correct", COURSE, "--unit", "1")
    assert (drafted["kind"], drafted["state"], drafted["total"]) == ("settlement", "draft", 0)
    assert call("allowance", "correct", COURSE, "--unit", "1", "--discard") == {"discarded": True}
    call("allowance", "correct", COURSE, "--unit", "1")
    for step in ("check", "confirm"):
        call("allowance", step, COURSE, "--unit", "1")
    found = call("recovery", "list")
    assert (found["balance"], [one["label"] for one in found["recoveries"]]) == (20_000, ["제2026-001호"])

    paper = (
        "print",
        "recovery-notice",
        "--number",
        "1",
        "--out",
        tmp_path / "notice.pdf",
        "--purpose",
        "통지",
    )
    assert "납부기한" in call(*paper, code=3)["error"]["message"]
    assert call("recovery", "notice", "1", "--due", "2026-09-30")["state"] == "waiting"
    assert call(*paper)["pages"] == 1
    on = ("--on", "2026-08-31", "--reference", "통장 1")
    assert call("recovery", "receive", "1", "5000", *on)["balance"] == 15_000
    (receipt,) = call("recovery", "show", "1")["receipts"]
    assert call("recovery", "void", "1", receipt["receipt"], "--reason", "착오")["balance"] == 20_000
    assert call("recovery", "waive", "1", "--reason", "소액")["state_label"] == "면제"


def test_the_budget_is_entered_shown_and_printed(
    call: Call, confirmed: list[dict[str, Any]], tmp_path: Path
) -> None:
    on = ("--on", "2026-07-01", "--reference", "지역기업정책과-7")
    entry = call("budget", "add", "grant", "30000000", *on)["entry"]
    call("budget", "add", "interest", "7000", *on)
    total = sum(row["amount"] for row in confirmed)
    shown = call("budget", "show")
    assert (shown["granted"], shown["spent"], shown["balance"]) == (30_000_000, total, 30_000_000 - total)
    assert (shown["waiting"], shown["balances"], len(shown["entries"])) == (total, True, 2)
    paper = ("print", "정산표", "--format", "xlsx", "--out", tmp_path / "sheet.xlsx", "--purpose", "보고")
    assert call(*paper)["pages"] == 1
    call("budget", "void", entry, "--reason", "착오")
    assert call("budget", "show")["granted"] == 0
