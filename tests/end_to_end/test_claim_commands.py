"""Claims from the command line: payslips and papers in, a month drafted, held, confirmed, printed, taken back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from tests.claims_office import claimable, company_of
from tests.conftest import LOGIN, MONTH_END, PASSWORD

from regional_desk.cli.app import run
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.services.companies import companies
from regional_desk.services.internships.reading import read
from regional_desk.services.safety import opening

Call = Callable[..., tuple[int, dict[str, Any]]]
TODAY = dt.datetime(2026, 10, 1, 10, tzinfo=KST)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A scan to hand in."""
    folder = tmp_path / "scans"
    folder.mkdir()
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.save(str(folder / "scan.pdf"))
    return folder


@pytest.fixture
def called(office: Path) -> tuple[str, str]:
    """The 협약번호 of an intern since September and the company's name; the company is ready and the policy adopted."""
    clock = FixedClock(MONTH_END)
    desk = opening.open_office(office, LOGIN, PASSWORD, clock)
    found = claimable(desk, clock, today=TODAY.date())
    names = {row.id: row.name for row in companies.list_companies(desk)}
    told = read(desk, found).row.label, names[company_of(desk, found)]
    desk.store.close()
    return told


@pytest.fixture
def call(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on the office on 1 October, with --json or in words."""
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD, encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_STORE", str(office))
    monkeypatch.setenv("REGIONAL_DESK_USER", LOGIN)
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))
    monkeypatch.setattr("regional_desk.cli.context.SystemClock", lambda: FixedClock(TODAY))

    def once(*words: str, told: bool = False) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run([*words] if told else [*words, "--json"])
        printed = capsys.readouterr().out
        return code, {"told": printed} if told else json.loads(printed)

    return once


def add_slip(call: Call, intern: str, scan: Path, wage: int = 2_400_000) -> tuple[int, dict[str, Any]]:
    """September's payslip with both files."""
    return call(
        "claim", "payslip", "add", intern, "--start", "2026-09-01", "--end", "2026-09-30",
        "--wage", str(wage), "--transferred-on", "2026-09-30", "--transferred", "2160000",
        "--slip", str(scan), "--transfer", str(scan),
    )  # fmt: skip


def hand_in(call: Call, intern: str, scan: Path) -> None:
    """The month's own papers."""
    for paper in ("application", "insurance_roll"):
        words = ("claim", "paper", "receive", intern, paper, "--month-no", "1", "--file", str(scan))
        assert call(*words, "--issued-on", "2026-10-01")[0] == 0
        assert call("claim", "paper", "verify", intern, paper, "--month-no", "1")[0] == 0


def test_a_month_goes_from_its_papers_to_the_statement(
    call: Call, called: tuple[str, str], files: Path, tmp_path: Path
) -> None:
    intern, company = called
    code, drafted = call("claim", "draft", "2026-09")
    (row,) = drafted["rows"]
    assert (code, row["wage"], row["eligible"], row["amount"]) == (0, None, False, 0)
    opened = {(item["kind"], item["opens"]) for item in drafted["open_items"]}
    assert ("no_payslip", "payslips") in opened
    assert ("paper", "papers") in opened
    assert add_slip(call, intern, files / "scan.pdf")[1]["payslips"][0]["wage"] == 2_400_000
    hand_in(call, intern, files / "scan.pdf")
    code, found = call("claim", "paper", "list", intern, "--month-no", "1")
    assert [one["problem"] for one in found["papers"]] == [""] * 8
    code, drafted = call("claim", "draft", "2026-09")
    (row,) = drafted["rows"]
    assert (row["number"], row["company"], row["month_no"]) == (intern, company, 1)
    assert (row["start"], row["end"], row["days"], row["served_days"], row["share"]) == (
        "2026-09-01", "2026-09-30", 30, 30, "1",
    )  # fmt: skip
    assert (row["amount"], drafted["total"], drafted["open_items"]) == (2_000_000, 2_000_000, [])
    assert row["trace"][-1].startswith("근거: 2026 인턴지원금")
    assert call("claim", "policy")[1]["methods"] == dict.fromkeys(
        ("calendar", "thirty", "workdays", "full_only"), 2_000_000
    )
    months = call("claim", "board", "--year", "2026")[1]["months"]
    assert [(one["month"], one["state"], one["waiting"]) for one in months] == [
        ("2026-11", None, 0), ("2026-10", None, 0), ("2026-09", "draft", 1),
    ]  # fmt: skip
    assert call("claim", "check", "2026-09")[1]["state"] == "checked"
    assert call("claim", "send-back", "2026-09", "--reason", "다시 보기")[1]["returned_reason"] == "다시 보기"
    assert call("claim", "check", "2026-09")[0] == 0
    assert call("claim", "confirm", "2026-09")[1]["state"] == "confirmed"
    assert call("claim", "list", "--year", "2026")[1]["runs"][0]["total"] == 2_000_000
    for document, more in (("claim-statement", []), ("claim-bundle", ["--company", company])):
        for kind in ("pdf", "xlsx"):
            out = tmp_path / f"{document}.{kind}"
            words = ["print", document, "--month", "2026-09", *more, "--format", kind, "--out", str(out)]
            code, _ = call(*words, "--purpose", "제출")
            assert (code, out.exists()) == (0, True)
    bundle = pypdfium2.PdfDocument(tmp_path / "claim-bundle.pdf")
    assert (
        len(bundle) >= 4
    )  # the application, the checklist, and the scan once with what the company handed in
    assert call("claim", "cancel", "2026-09", "--reason", "잘못 확정")[1]["state"] == "cancelled"


def test_a_bundle_asks_for_its_company(
    call: Call, called: tuple[str, str], files: Path, tmp_path: Path
) -> None:
    add_slip(call, called[0], files / "scan.pdf")
    call("claim", "draft", "2026-09")
    out = ["--format", "pdf", "--out", str(tmp_path / "a.pdf"), "--purpose", "제출"]
    code, found = call("print", "claim-bundle", "--month", "2026-09", *out)
    assert (code, "--company" in found["error"]["message"]) == (2, True)
    code, found = call("print", "claim-statement", "--month", "9월", *out)
    assert (code, "2026-08처럼" in found["error"]["message"]) == (2, True)
    assert not (tmp_path / "a.pdf").exists()


def test_a_wage_below_the_minimum_keeps_the_month_and_a_hold_lets_it_wait(
    call: Call, called: tuple[str, str], files: Path
) -> None:
    intern, _ = called
    add_slip(call, intern, files / "scan.pdf", 2_100_000)
    hand_in(call, intern, files / "scan.pdf")
    call("claim", "draft", "2026-09")
    call("claim", "check", "2026-09")
    code, refused = call("claim", "confirm", "2026-09")
    assert (code, refused["error"]["code"]) == (3, "open_items")
    assert "56,880원 적습니다" in refused["error"]["items"][0]["message"]
    held = call("claim", "hold", intern, "--month-no", "1", "--reason", "임금 확인")
    assert held == (0, {"internship": held[1]["internship"], "month_no": 1, "held": True})
    assert call("claim", "show", "2026-09")[1]["rows"][0]["held"] == "임금 확인"
    assert call("claim", "release", intern, "--month-no", "1")[1]["held"] is False


def test_payslips_are_changed_and_voided_with_their_reasons(
    call: Call, called: tuple[str, str], files: Path
) -> None:
    intern, _ = called
    slip = add_slip(call, intern, files / "scan.pdf")[1]["payslips"][0]["payslip"]
    edited = call("claim", "payslip", "edit", slip, "--wage", "2500000", "--other-account")
    assert (edited[1]["payslips"][0]["wage"], edited[1]["payslips"][0]["own_account"]) == (2_500_000, False)
    attached = call("claim", "payslip", "attach", slip, "--slip", str(files / "scan.pdf"))
    assert attached[1]["payslips"][0]["slip"] == "scan.pdf"
    assert "2,500,000원" in call("claim", "payslip", "list", intern, told=True)[1]["told"]
    assert call("claim", "payslip", "void", slip, "--reason", "잘못 적음")[1]["payslips"] == []
    assert call("claim", "payslip", "edit", slip, "--wage", "1")[0] == 3


def test_a_paper_returned_says_why_and_one_kept_elsewhere_is_not_taken(
    call: Call, called: tuple[str, str], files: Path
) -> None:
    intern, _ = called
    call("claim", "paper", "receive", intern, "application", "--month-no", "1", "--memo", "3번 캐비닛")
    code, found = call(
        "claim", "paper", "return", intern, "application", "--month-no", "1", "--reason", "직인이 없음"
    )
    states = {one["paper"]: (one["state"], one["problem"]) for one in found["papers"]}
    assert (code, states["application"]) == (0, ("returned", "반려함(직인이 없음)"))
    words = ("claim", "paper", "receive", intern, "pledge", "--month-no", "1", "--memo", "x")
    assert call(*words)[0] == 3


def test_the_policy_is_shown_and_adopted_with_its_reference(call: Call) -> None:
    code, found = call("claim", "policy")
    assert (code, found["adopted"], found["support"], len(found["papers"])) == (0, False, 2_000_000, 8)
    assert call("claim", "policy", "--method", "thirty")[0] == 2
    assert call("claim", "policy", "--adopt", "경남-1")[0] == 2
    code, found = call(
        "claim", "policy", "--adopt", "경남-2026-31", "--date", "2026-08-01", "--method", "thirty"
    )
    assert (code, found["adopted"], found["method"], found["reference"]) == (
        0, True, "thirty", "경남-2026-31",
    )  # fmt: skip
    assert "미승인" not in call("claim", "policy", told=True)[1]["told"]


@pytest.mark.parametrize("words", [("draft", "9월"), ("show", "2026-09"), ("show", "2026-13")])
def test_a_month_that_is_none_or_was_never_drafted_is_a_usage_error(
    call: Call, words: tuple[str, str]
) -> None:
    assert call("claim", *words)[0] == 2


def test_an_empty_office_says_that_nothing_was_drafted(call: Call) -> None:
    assert call("claim", "list") == (0, {"runs": []})
    assert "없습니다" in call("claim", "list", told=True)[1]["told"]
    assert call("claim", "draft", "2026-09")[0] == 3
