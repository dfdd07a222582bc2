"""The companies' accounts and the money of claims through the command line, as another program drives them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.claims_office import claimable, company_of, hand_in, pay
from tests.conftest import LOGIN, PASSWORD
from tests.integration.test_pay_files import results

from regional_desk.cli.app import run
from regional_desk.domain.clock import FixedClock
from regional_desk.exchange.spreadsheets import read_workbook
from regional_desk.services.claims import runs
from regional_desk.services.companies import companies
from regional_desk.services.safety import opening

Call = Callable[..., tuple[int, dict[str, Any]]]
D = dt.date
SEPTEMBER, OCTOBER, FULL = D(2026, 9, 1), D(2026, 10, 1), 2_000_000


@pytest.fixture
def company(office: Path, clock: FixedClock) -> str:
    """The company whose September claim of 2,000,000 won is confirmed."""
    desk = opening.open_office(office, LOGIN, PASSWORD, clock)
    intern = claimable(desk, clock, today=OCTOBER)
    pay(desk, intern, SEPTEMBER, D(2026, 9, 30))
    hand_in(desk, intern, 1)
    for step in (runs.draft, runs.check, runs.confirm):
        step(desk, SEPTEMBER)
    found = company_of(desk, intern)
    name = next(row.name for row in companies.list_companies(desk) if row.id == found)
    desk.store.close()
    return name


@pytest.fixture
def call(
    office: Path,
    company: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Call:
    """Runs one command on the office of that company; returns its exit code and what it printed."""
    assert company
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD, encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))
    monkeypatch.setenv("REGIONAL_DESK_USER", LOGIN)
    monkeypatch.setenv("REGIONAL_DESK_STORE", str(office))

    def once(*words: str | Path) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run([*map(str, words), "--json"])
        printed = capsys.readouterr().out
        return code, json.loads(printed) if printed.strip() else {}

    return once


def test_an_account_is_set_held_shown_and_released(call: Call, company: str, tmp_path: Path) -> None:
    code, shown = call("company", "account", "show", company)
    assert (code, shown["hold"], shown["account_tail"]) == (0, None, "7890")
    words = ("--bank", "경남은행", "--number", "20709998887766", "--holder", "홍길동")
    code, made = call("company", "account", "set", company, *words)
    assert code == 0
    assert made["needs_paper"]
    assert made["hold"].startswith("계좌가 바뀜")
    _, listed = call("company", "account", "list", "--held")
    assert [one["name"] for one in listed["accounts"]] == [company]
    code, _ = call("company", "account", "release", company, "--memo", "통화")
    assert code == 3
    paper = tmp_path / "통장사본.png"
    paper.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    more = ("--memo", "통화", "--reason", "대표 명의", "--paper", paper)
    code, freed = call("company", "account", "release", company, *more)
    assert (code, freed["hold"]) == (0, None)


def test_claims_go_to_the_bank_and_back(call: Call, company: str, tmp_path: Path) -> None:
    _, waiting = call("pay-file", "waiting")
    (one,) = waiting["waiting"]
    assert (one["item"], one["month"], one["total"]) == ("internship", "2026-09", FULL)
    out = tmp_path / "이체.xls"
    words = ("--out", out, "--template", "hana", "--purpose", "9월 인턴지원금")
    code, _ = call("pay-file", "make", *words)
    assert code == 3  # no 훈련수당 waits
    code, _ = call("pay-file", "make", *words, "--item", "allowance", "--month", "2026-09")
    assert code == 2
    code, made = call("pay-file", "make", *words, "--item", "internship", "--month", "2026-09")
    assert (code, made["item"], made["rows"], made["kept_back"]) == (0, "internship", 1, [])
    _, shown = call("pay-file", "show", "1")
    assert (shown["lines"][0]["name"], shown["lines"][0]["part"]) == (company, "2026-09")
    rows = [
        (str(row[1]), int(str(row[2])), str(row[4]), str(row[0]))
        for row in read_workbook(out).sheet().rows[1:]
    ]
    file = results(tmp_path / "결과.xlsx", rows, lambda _: "처리완료")
    code, looked = call("claim", "result", "2026-09", file, "--preview")
    assert (code, looked["paid"], looked["written"]) == (0, 1, False)
    code, taken = call("claim", "result", "2026-09", file)
    assert (code, taken["paid"], taken["waiting"]) == (0, 1, 0)
    _, claim = call("claim", "show", "2026-09")
    assert claim["state"] == "reconciled"
    _, money = call("budget", "show", "--item", "internship")
    assert (money["paid"], money["balances"], money["cash"]) == (FULL, True, -FULL)


def test_a_month_paid_without_a_file_is_reconciled_by_hand(call: Call) -> None:
    assert call("claim", "reconcile", "2026-09", "--memo", "통장")[0] == 3
    code, paid = call("claim", "pay", "2026-09")
    assert (code, paid["state"]) == (0, "paid")
    assert call("claim", "pay", "2026-09")[0] == 3
    code, done = call("claim", "reconcile", "2026-09", "--memo", "10/2 통장 거래내역")
    assert (code, done["paid"]) == (0, 1)


def test_what_changed_after_the_confirmation_is_settled_and_asked_back(call: Call, company: str) -> None:
    assert call("claim", "settle", "2026-09")[0] == 3
    _, none = call("claim", "to-settle")
    assert none == {"months": []}
    words = ("2026-09-07", "--to", "2026-09-09", "--absence", "--reason", "나중에 확인")
    assert call("internship", "interrupt", "2026-1", *words)[0] == 0
    _, due = call("claim", "to-settle")
    assert due["months"] == [{"month": "2026-09", "service_months": 1, "amount": 0, "recovery": 200_000}]
    code, drafted = call("claim", "settle", "2026-09")
    assert (code, drafted["kind"], drafted["total"]) == (0, "settlement", 0)
    assert call("claim", "settle", "2026-09", "--discard") == (0, {"discarded": True})
    call("claim", "settle", "2026-09")
    assert call("claim", "check", "2026-09")[0] == 0
    assert call("claim", "confirm", "2026-09")[0] == 0
    _, listed = call("recovery", "list")
    (one,) = listed["recoveries"]
    assert (one["item"], one["place"], one["balance"]) == ("internship", company, 200_000)
    code, told = call("recovery", "receive", "1", "200000", "--on", "2026-11-02", "--reference", "통장 1")
    assert (code, told["state"]) == (0, "settled")


def test_the_sheet_of_claims_is_printed_as_pdf_and_workbook(call: Call, tmp_path: Path) -> None:
    for file_format in ("pdf", "xlsx"):
        out = tmp_path / f"정산표.{file_format}"
        words = ("--format", file_format, "--out", out, "--purpose", "정산")
        assert call("print", "claim-settlement-sheet", *words)[0] == 0
        assert out.stat().st_size > 1_000
