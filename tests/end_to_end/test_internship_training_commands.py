"""Plan, journals, deliverables and evaluations of an internship by the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LOGIN, MONTH_END, PASSWORD
from tests.interns import MENTOR, start_intern

from regional_desk.cli.app import run
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.companies import CompanyKind
from regional_desk.services.safety import opening

Call = Callable[..., tuple[int, dict[str, Any]]]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
OJT, PBL = "2026-1", "2026-2"


@pytest.fixture
def call(
    tmp_path: Path, office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command with --json on an office with two interns since 2026-08-31, three weeks later."""
    clock = FixedClock(MONTH_END)
    desk = opening.open_office(office, LOGIN, PASSWORD, clock)
    start_intern(desk, clock, start=MONTH_END.date())
    start_intern(desk, clock, CompanyKind.SUPPLIER, start=MONTH_END.date(), at=1)
    desk.store.close()
    later = FixedClock(MONTH_END.replace(month=9, day=21))
    monkeypatch.setattr("regional_desk.cli.context.SystemClock", lambda: later)
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))
    monkeypatch.setenv("REGIONAL_DESK_USER", LOGIN)
    monkeypatch.setenv("REGIONAL_DESK_STORE", str(office))

    def once(*words: str | Path) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run(["internship", *map(str, words), "--json"])
        printed = capsys.readouterr().out
        found: dict[str, Any] = json.loads(printed) if printed.strip() else {}
        return code, found

    return once


def test_a_plan_is_put_in_changed_copied_and_taken_out(call: Call) -> None:
    line = ("--week", "1", "--subject", "안전 교육")
    code, found = call("plan", OJT, *line, "--goal", "위험을 안다")
    assert (code, found["kind"], found["empty"]) == (0, "OJT", list(range(2, 15)))
    found = call("plan", OJT, *line, "--rename", "안전·보건")[1]
    assert found["weeks"][0]["items"] == [{"subject": "안전·보건", "goal": "위험을 안다", "output": None}]
    assert call("plan", OJT, "--week", "1")[0] == 2
    assert call("plan", OJT, "--week", "15", "--subject", "가", "--goal", "나")[0] == 3
    assert call("plan", PBL, "--week", "1", "--subject", "가", "--goal", "나")[0] == 3
    assert call("plan", PBL, "--copy-from", OJT)[0] == 3
    assert call("plan", OJT, "--week", "1", "--subject", "없음", "--remove")[0] == 2
    found = call("plan", OJT, "--week", "1", "--subject", "안전·보건", "--remove")[1]
    assert len(found["empty"]) == 14


def test_journals_are_written_confirmed_and_listed(call: Call, tmp_path: Path) -> None:
    code, found = call("journal")
    assert code == 0
    assert [(one["number"], one["missing"]) for one in found["open"]] == [(OJT, [1, 2]), (PBL, [1, 2])]
    code, found = call("journal", OJT, "--week", "1", "--work", "점검", "--guidance", "지도")
    assert (code, found["journals"][0]["state"]) == (0, "written")
    (tmp_path / "week1.pdf").write_bytes(PDF)
    found = call(
        "journal", OJT, "--week", "1", "--confirm", "--on", "2026-09-07", "--file", tmp_path / "week1.pdf"
    )[1]
    row = found["journals"][0]
    assert (row["state"], row["mentor"], row["confirmed_on"], row["file"]) == (
        "confirmed",
        MENTOR,
        "2026-09-07",
        True,
    )
    assert call("journal", OJT, "--week", "1", "--unconfirm", "잘못")[1]["journals"][0]["state"] == "written"
    assert call("journal", OJT, "--week", "2", "--confirm")[0] == 3
    assert call("journal", OJT, "--work", "점검")[0] == 2
    assert call("journal", OJT, "--week", "20")[0] == 2
    assert call("journal", PBL, "--week", "1", "--work", "예측", "--output", "명세")[0] == 3
    found = call("journal", PBL, "--week", "1", "--work", "예측", "--output", "명세", "--progress", "30")[1]
    assert found["journals"][0]["progress"] == 30
    assert call("journal", PBL, "--week", "1", "--remove", "잘못")[1]["journals"][0]["state"] == "missing"
    assert len(call("journal", PBL)[1]["journals"]) == 14


def test_deliverables_are_listed_handed_in_and_taken_off(call: Call, tmp_path: Path) -> None:
    call("plan", PBL, "--week", "1", "--subject", "예측", "--goal", "안다", "--output", "명세")
    code, found = call("deliverable", PBL, "--from-plan")
    assert (code, found["deliverables"][0]["name"], found["deliverables"][0]["state"]) == (
        0,
        "명세",
        "overdue",
    )
    (tmp_path / "spec.pdf").write_bytes(PDF)
    found = call("deliverable", PBL, "명세", "--file", tmp_path / "spec.pdf")[1]
    row = found["deliverables"][0]
    assert (row["state"], row["submitted_on"], row["file"]) == ("submitted", "2026-09-21", True)
    call("deliverable", PBL, "보고서", "--due", "2026-11-20", "--memo", "초안")
    found = call("deliverable", PBL, "보고서", "--submitted", "2026-09-20")[1]
    assert found["deliverables"][1]["memo"] == "초안"
    assert call("deliverable", PBL, "없음", "--remove", "까닭")[0] == 2
    assert len(call("deliverable", PBL, "명세", "--remove", "잘못")[1]["deliverables"]) == 1


def test_an_evaluation_is_filled_in_bit_by_bit(call: Call) -> None:
    code, found = call(
        "evaluate", OJT, "--by", "company", "--points", "diligence=5", "--points", "competence=4"
    )
    assert (code, found["evaluations"][0]["state"]) == (0, "partial")
    rest = [word for key in ("learning", "cooperation", "hiring") for word in ("--points", f"{key}=4")]
    found = call("evaluate", OJT, "--by", "company", *rest, "--comment", "좋음", "--on", "2026-09-18")[1]
    sheet = found["evaluations"][0]
    assert (sheet["score"], sheet["on"], sheet["comment"]) == ("84.0", "2026-09-18", "좋음")
    found = call("evaluate", OJT, "--by", "company", "--points", "diligence=")[1]
    assert found["evaluations"][0]["points"]["diligence"] is None
    assert len(call("evaluate", OJT)[1]["evaluations"]) == 3
    assert call("evaluate", OJT, "--points", "diligence=4")[0] == 2
    assert call("evaluate", OJT, "--by", "company", "--points", "좋음")[0] == 2
    assert call("evaluate", OJT, "--by", "company", "--points", "diligence=9")[0] == 3
    found = call("evaluate", OJT, "--by", "company", "--remove", "다른 사람의 것")[1]
    assert found["evaluations"][0]["state"] == "coming"
