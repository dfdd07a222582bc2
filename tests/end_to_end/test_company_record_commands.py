"""A company's record, papers and positions by the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LOGIN, PASSWORD

from regional_desk.cli.app import run

Call = Callable[..., tuple[int, dict[str, Any]]]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
NAME, NUMBER = "새움정밀", "220-81-62517"


@pytest.fixture
def call(
    tmp_path: Path, office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on the August office with --json; returns its exit code and the one object it printed."""
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


def test_a_company_is_added_edited_and_shown(call: Call) -> None:
    code, made = call(
        "company", "add", NAME, NUMBER, "--kind", "제조", "--contact", "이담당", "--employees", "12명"
    )
    assert (code, made["business_number"], made["employees"]) == (0, NUMBER, 12)
    assert call("company", "add", NAME, NUMBER)[0] == 3
    assert call("company", "add", "가", "220-81-62518")[1]["error"]["code"] == "refused"
    code, edited = call("company", "edit", NUMBER, "--phone", "055-200-1000", "--employees", "")
    assert (code, edited["phone"], edited["employees"], edited["contact"]) == (
        0,
        "0552001000",
        None,
        "이담당",
    )
    assert call("company", "edit", "모르는곳", "--phone", "055-200-1000")[0] == 2
    assert call("company", "edit", NAME, "--employees", "많음")[0] == 2
    code, shown = call("company", "show", NAME)
    assert (code, shown["name"], shown["documents"]["pledge"]) == (0, NAME, "missing")
    assert [line["action"] for line in shown["history"]] == ["company.edit", "company.add"]


def test_the_list_can_be_narrowed(call: Call) -> None:
    every = call("company", "list")[1]["companies"]
    some = call("company", "list", "--kind", "제조")[1]["companies"]
    assert 0 < len(some) < len(every) == 30
    assert {one["kind"] for one in some} == {"제조"}
    assert call("company", "list", "--state", "선정")[1]["companies"] == []
    assert len(call("company", "list", "--state", "신청 없음")[1]["companies"]) == len(every)


def test_contacts_are_put_in_changed_and_taken_out(call: Call) -> None:
    call("company", "add", NAME, NUMBER)
    call("company", "contact", NAME, "최둘째", "--part", "생산팀", "--phone", "010-1234-5678")
    code, found = call("company", "contact", NAME, "최둘째", "--part", "총무팀")
    assert code == 0
    assert found["contacts"] == [{"name": "최둘째", "part": "총무팀", "phone": "01012345678", "email": None}]
    assert call("company", "contact", NAME, "박없음", "--remove")[0] == 2
    assert call("company", "contact", NAME, "최둘째", "--remove")[1]["contacts"] == []


def test_papers_are_kept_judged_and_taken_out(call: Call, tmp_path: Path) -> None:
    call("company", "add", NAME, NUMBER)
    (tmp_path / "pledge.pdf").write_bytes(PDF)
    assert call("company", "document", NAME, "--kind", "pledge", "--state", "verified")[0] == 3
    call("company", "document", NAME, "--kind", "pledge", "--file", tmp_path / "pledge.pdf")
    code, found = call("company", "document", NAME, "--kind", "pledge", "--state", "verified")
    state = {one["document"]: one["state"] for one in found["documents"]}
    assert (code, state["pledge"], state["application_form"]) == (0, "verified", "missing")
    assert call("company", "document", NAME, "--kind", "photo")[0] == 2
    assert call("company", "document", NAME, "--kind", "pledge", "--remove")[0] == 3
    code, found = call("company", "document", NAME, "--kind", "pledge", "--remove", "--memo", "잘못 올림")
    assert {one["document"]: one["files"] for one in found["documents"]}["pledge"] == 0


def test_a_position_is_put_in_changed_and_closed(call: Call) -> None:
    call("company", "add", NAME, NUMBER, "--kind", "공급")
    assert call("company", "position", NAME, "개발")[0] == 2
    code, made = call(
        "company",
        "position",
        NAME,
        "개발",
        "--seats",
        "2",
        "--wage",
        "200만원",
        "--week",
        "40",
        "--start",
        "2026-10-05",
    )
    row = made["positions"][0]
    assert (code, row["track"], row["wage"], row["weekly_minutes"]) == (0, "Track2", 2_000_000, 2400)
    assert "최저임금" in row["warning"]
    row = call("company", "position", NAME, "개발", "--wage", "250만원", "--rename", "AI 개발")[1][
        "positions"
    ][0]
    assert (row["name"], row["seats"], row["warning"]) == ("AI 개발", 2, None)
    assert call("company", "position", NAME, "AI 개발", "--wage", "협의")[0] == 2
    assert call("company", "position", NAME, "AI 개발", "--close")[1]["positions"][0]["closed"]
    assert not call("company", "position", NAME, "AI 개발", "--open")[1]["positions"][0]["closed"]
    assert [one["name"] for one in call("company", "positions", NAME)[1]["positions"]] == ["AI 개발"]
    assert len(call("company", "positions")[1]["positions"]) > 1


def test_positions_come_in_as_a_file_and_go_out_as_a_paper(call: Call, tmp_path: Path) -> None:
    call("company", "add", NAME, NUMBER, "--kind", "제조")
    file = tmp_path / "jobs.csv"
    file.write_text(f"기업명,직무,모집인원\n{NAME},용접,2\n모르는곳,용접,2\n", encoding="utf-8")
    seen = call("import", "positions", file, "--preview")[1]
    code, done = call("import", "positions", file)
    assert (code, done["new"], len(done["errors"])) == (0, 1, 1)
    assert seen["new"] == 1
    assert call("import", "undo")[1]["deleted"] == 1
    for suffix in ("pdf", "xlsx"):
        out = tmp_path / f"list.{suffix}"
        code, made = call("print", "company-list", "--format", suffix, "--out", out, "--purpose", "점검")
        assert (code, out.exists(), bool(made["check_number"])) == (0, True, True)
