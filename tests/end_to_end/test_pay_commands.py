"""이체 파일, 이체 결과 and held accounts through the command line, as another program drives them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LOGIN, PASSWORD
from tests.integration.test_month import course_of, give_evidence
from tests.integration.test_pay_files import results

from regional_desk.cli.app import run
from regional_desk.domain.clock import FixedClock
from regional_desk.exchange.spreadsheets import read_workbook
from regional_desk.services import policies
from regional_desk.services.pay import allowance
from regional_desk.services.recruitment import contact
from regional_desk.services.safety import opening

Call = Callable[..., tuple[int, dict[str, Any]]]
COURSE = "Track1 3기 생산기술"


@pytest.fixture
def call(
    office: Path,
    clock: FixedClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Call:
    """Runs one command on the August office, its unit confirmed; returns its exit code and what it printed."""
    desk = opening.open_office(office, LOGIN, PASSWORD, clock)
    policies.adopt(desk, policies.DEFAULT_SCHEME, reference="공문-1", document_date=dt.date(2026, 7, 1))
    give_evidence(desk)
    for step in (allowance.draft, allowance.check, allowance.confirm):
        step(desk, course_of(desk), 1)
    desk.store.close()
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


def test_a_unit_goes_from_confirmed_to_reconciled(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "이체.xls"
    _, waiting = call("pay-file", "waiting")
    assert [one["unit"] for one in waiting["waiting"]] == [1]
    words = ("pay-file", "make", "--out", out, "--template", "hana", "--purpose", "8월 지급")
    code, made = call(*words, "--course", COURSE, "--unit", "1")
    assert (code, made["number"], made["total"], made["kept_back"]) == (
        0,
        1,
        waiting["waiting"][0]["total"],
        [],
    )
    assert call("allowance", "show", COURSE, "--unit", "1")[1]["state"] == "paid"
    sheet = read_workbook(out).sheet()
    rows = [(str(row[1]), int(str(row[2])), str(row[4]), "") for row in sheet.rows[1:]]
    file = results(tmp_path / "결과.xlsx", rows, lambda at: "처리완료" if at else "오류")
    _, seen = call("allowance", "result", COURSE, file, "--unit", "1", "--preview")
    assert (seen["paid"], seen["failed"], seen["written"]) == (made["rows"] - 1, 1, False)
    code, read = call("allowance", "result", COURSE, file, "--unit", "1")
    assert (code, read["paid"], read["failed"], read["waiting"]) == (0, made["rows"] - 1, 1, 0)
    _, shown = call("pay-file", "show", "1")
    assert [line["state"] for line in shown["lines"]].count("failed") == 1
    again = (
        "pay-file",
        "make",
        "--out",
        tmp_path / "b.csv",
        "--template",
        "general_csv",
        "--purpose",
        "재지급",
    )
    assert call(*again)[1]["rows"] == 1
    assert call("pay-file", "confirm", "2", "--memo", "9/12 통장")[1]["paid"] == 1
    assert call("allowance", "show", COURSE, "--unit", "1")[1]["state"] == "reconciled"
    assert call("pay-file", "delete", "1")[1]["deleted"] is True
    assert not out.exists()
    listed = call("pay-file", "list")[1]["pay_files"]
    assert [(one["number"], one["deleted"]) for one in listed] == [(2, False), (1, True)]


def test_a_unit_paid_without_a_file_is_checked_by_hand(call: Call) -> None:
    assert call("allowance", "pay", COURSE, "--unit", "1")[0] == 0
    assert call("allowance", "result", COURSE, "--unit", "1")[0] == 2
    code, done = call("allowance", "result", COURSE, "--unit", "1", "--by-hand", "9/10 통장 거래내역")
    assert (code, done["template"], done["waiting"]) == (0, "by_hand", 0)
    assert call("allowance", "show", COURSE, "--unit", "1")[1]["state"] == "reconciled"


def test_a_file_that_is_none_is_rejected_and_a_strangers_refused(call: Call, tmp_path: Path) -> None:
    words = ("pay-file", "make", "--out", tmp_path / "a.xls", "--template", "hana", "--purpose", "지급")
    call(*words)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04broken")
    assert call("allowance", "result", COURSE, broken, "--unit", "1")[0] == 4
    other = results(tmp_path / "남.xlsx", [("99999999999", 10, "", "")], lambda _: "처리완료")
    assert call("pay-file", "result", "1", other)[0] == 3
    assert call("pay-file", "show", "7")[0] == 2


def test_a_file_not_uploaded_is_withdrawn(call: Call, tmp_path: Path) -> None:
    words = ("pay-file", "make", "--template", "kbank", "--purpose", "지급", "--out")
    _, made = call(*words, tmp_path / "a.xlsx")
    code, back = call("pay-file", "withdraw", "1", "--reason", "은행에 올리지 않음")
    assert (code, back["failed"], back["waiting"]) == (0, made["rows"], 0)
    assert call(*words, tmp_path / "b.xlsx")[1]["rows"] == made["rows"]


def test_a_held_account_is_listed_and_freed(
    call: Call, office: Path, clock: FixedClock, tmp_path: Path
) -> None:
    desk = opening.open_office(office, LOGIN, PASSWORD, clock)
    line = next(one for one in allowance.show(desk, course_of(desk), 1).lines if one.amount)
    contact.set_contact(desk, line.trainee, {"account_holder": "한어머"}, title="예금주")
    desk.store.close()
    who = f"{line.name} {line.birth}"
    _, held = call("account", "list")
    assert [(one["reason"], one["needs_paper"]) for one in held["accounts"]] == [
        ("계좌가 바뀜 · 예금주가 본인이 아님(한어머)", True)
    ]
    assert call("account", "release", who, "--memo", "통화")[0] == 3
    scan = tmp_path / "동의서.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    words = ("account", "release", who, "--memo", "통화", "--reason", "압류", "--paper", scan)
    assert call(*words)[1]["solo"] is True
    assert call("account", "list")[1] == {"accounts": []}


def test_the_forms_are_named(call: Call) -> None:
    found = call("pay-file", "templates")[1]["templates"]
    assert {one["template"]: one["format"] for one in found} == {
        "hana": "xls",
        "kbank": "xlsx",
        "general_csv": "csv",
        "general_xlsx": "xlsx",
    }


def test_the_transfer_list_is_printed_by_its_number(call: Call, tmp_path: Path) -> None:
    call("pay-file", "make", "--out", tmp_path / "a.xls", "--template", "hana", "--purpose", "지급")
    for file_format in ("pdf", "xlsx"):
        out = tmp_path / f"명세.{file_format}"
        words = ("print", "transfer-list", "--number", "1", "--format", file_format, "--out", out)
        code, printed = call(*words, "--purpose", "결재")
        assert (code, printed["file"]) == (0, str(out))
    sheet = read_workbook(tmp_path / "명세.xlsx").sheet()
    accounts = {str(row[1]) for row in read_workbook(tmp_path / "a.xls").sheet().rows[1:]}
    texts = {str(value) for row in sheet.rows for value in row if value is not None}
    assert accounts <= texts
