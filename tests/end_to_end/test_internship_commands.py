"""`internship` from the command line: from the published placement to the end, and what was refused on the way."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.agreed import place, scan
from tests.conftest import LOGIN, PASSWORD

from regional_desk.cli.app import run
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.services.internships import internships
from regional_desk.services.recruitment import people
from regional_desk.services.safety import opening

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def names(office: Path, clock: FixedClock) -> dict[str, str]:
    """A published round in the office: who waits for an agreement, who is free, and a company."""
    desk = opening.open_office(office, LOGIN, PASSWORD, clock)
    made = place(desk)
    one, other = internships.waiting(desk)
    free = next(row for row in people.list_people(desk) if row.id == made.people[3])
    found = {
        "one": f"{one.name} {one.birth.isoformat()}",
        "other": f"{other.name} {other.birth.isoformat()}",
        "free": f"{free.name} {free.birth.isoformat()}",
        "company": other.company_name,
        "position": f"{other.company_name}/{other.position_name}",
    }
    desk.store.close()
    return found


@pytest.fixture
def call(
    office: Path,
    names: dict[str, str],
    tmp_path: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Call:
    """Runs one command on the office with --json, by the test's clock."""
    (tmp_path / "now.txt").write_text(PASSWORD, encoding="utf-8")
    settings = (("STORE", str(office)), ("USER", LOGIN), ("PASSWORD_FILE", str(tmp_path / "now.txt")))
    for name, value in settings:
        monkeypatch.setenv(f"REGIONAL_DESK_{name}", value)
    monkeypatch.setattr("regional_desk.cli.context.SystemClock", lambda: clock)

    def once(*words: str, as_json: bool = True) -> tuple[int, Any]:
        capsys.readouterr()
        code = run([*words, *(["--json"] if as_json else [])])
        out = capsys.readouterr().out
        return code, json.loads(out) if as_json else out

    return once


def at(clock: FixedClock, day: str) -> None:
    clock.move_to(dt.datetime.combine(dt.date.fromisoformat(day), dt.time(10), KST))


def test_a_placement_becomes_an_internship_and_ends(
    call: Call, names: dict[str, str], clock: FixedClock, tmp_path: Path
) -> None:
    code, listed = call("internship", "list")
    assert (code, listed["internships"], len(listed["waiting"])) == (0, [], 2)
    code, made = call("internship", "prepare", names["one"], "--start", "2026-09-14")
    assert (code, made["number"], made["state"], made["end"]) == (0, "2026-1", "preparing", "2026-12-13")
    code, refused = call("internship", "sign", "2026-1", "2026-08-31", "--paper")
    assert (code, refused["error"]["items"][0]["message"]) == (
        3,
        "'멘토'이(가) 비어 있습니다(근로기준법 제17조).",
    )
    assert (
        call("internship", "edit", "2026-1", "--mentor", "김멘토", "--point", "pay_day=매월 25일")[1][
            "agreements"
        ][0]["points"]["pay_day"]
        == "매월 25일"
    )
    assert (
        call("internship", "sign", "2026-1", "2026-08-31")[0] == 3
    )  # neither scan nor the word that it is on paper
    code, signed = call("internship", "sign", "2026-1", "2026-08-31", "--scan", str(scan(tmp_path)))
    assert (code, signed["state"], signed["agreements"][0]["scan"]) == (0, "agreed", True)
    assert call("internship", "start", "2026-1", "2026-09-14")[0] == 3  # a day to come
    at(clock, "2026-10-20")
    assert call("internship", "start", "2026-1", "2026-09-14")[1]["month_now"] == 2
    code, changed = call(
        *("internship", "amend", "2026-1", "2026-10-12", "--wage", "2500000"),
        *("--reason", "임금 인상", "--duties", "설비 데이터 분석"),
    )
    assert (code, changed["wage"], changed["agreements"][1]["duties"]) == (0, 2_400_000, "설비 데이터 분석")
    assert call("internship", "sign", "2026-1", "2026-10-12", "--paper")[1]["wage"] == 2_500_000
    code, found = call("internship", "scan", "2026-1", str(scan(tmp_path)), "--amendment", "1")
    assert (code, found["agreements"][1]["scan"]) == (0, True)
    code, gone = call("internship", "interrupt", "2026-1", "2026-10-15", "--reason", "부상")
    assert (code, gone["state"]) == (0, "interrupted")
    code, back = call("internship", "resume", "2026-1", "2026-10-19")
    assert (code, back["state"], back["interruptions"][0]["end"]) == (0, "active", "2026-10-18")
    code, absent = call(
        *("internship", "interrupt", "2026-1", "2026-10-20", "--to", "2026-10-20"),
        *("--reason", "무단", "--absence"),
    )
    assert (code, absent["interruptions"][1]["kind"]) == (0, "unpaid_absence")
    code, voided = call("internship", "void", "2026-1", "--break", "2026-10-20", "--reason", "연차로 처리")
    assert (code, voided["interruptions"][1]["void"]) == (0, True)
    assert (
        call("internship", "void", "2026-1", "--amendment", "1", "--reason", "철회")[1]["wage"] == 2_400_000
    )
    assert call("internship", "end", "2026-1", "2026-10-20")[0] == 3  # 수료 is on the last agreed day
    code, ended = call(
        "internship", "end", "2026-1", "2026-10-20", "--kind", "early", "--reason", "개인 사정"
    )
    assert (code, ended["state"], ended["months_served"]) == (0, "ended_early", 1)
    assert call("internship", "reopen", "2026-1", "--reason", "착오")[1]["state"] == "active"
    at(clock, "2026-12-14")
    code, done = call("internship", "end", "2026-1", "2026-12-13")
    assert (code, done["state"], done["months_served"]) == (0, "completed", 3)
    code, shown = call("internship", "show", names["one"])
    kinds = [one["kind"] for one in shown["events"]]
    assert kinds == ["agreement", "month", "agreement", "month", "break", "month", "end", "conversion"]
    code, text = call("internship", "show", "2026-1", as_json=False)
    assert (code, "2차 지원월: 2026. 10. 14. ~ 2026. 11. 13." in text) == (0, True)


def test_somebody_takes_over_and_somebody_comes_without_a_round(
    call: Call, names: dict[str, str], clock: FixedClock
) -> None:
    assert call("internship", "prepare", names["other"], "--mentor", "김멘토")[0] == 0
    assert call("internship", "sign", "2026-1", "2026-08-31", "--paper")[0] == 0
    at(clock, "2026-09-20")
    assert call("internship", "start", "2026-1", "2026-09-14")[0] == 0
    code, new = call(
        *("internship", "replace", "2026-1", names["free"], "--on", "2026-09-18"),
        *("--reason", "중도 퇴사", "--mentor", "이멘토"),
    )
    assert (code, new["number"], new["start"], new["mentor"]) == (0, "2026-2", "2026-09-19", "이멘토")
    assert call("internship", "show", "2026-1")[1]["state"] == "replaced"
    code, gone = call(
        "internship", "end", "2026-2", "2026-09-20", "--kind", "withdrawn", "--reason", "입사 포기"
    )
    assert (code, gone["state"]) == (0, "withdrawn")
    code, direct = call(
        *("internship", "add", names["free"], names["company"], "--position", names["position"]),
        *("--reason", "기업 추천", "--start", "2026-09-21"),
    )
    assert (code, direct["number"], direct["agreements"][0]["reason"]) == (0, "2026-3", "기업 추천")
    assert [
        one["number"] for one in call("internship", "list", "--state", "preparing")[1]["internships"]
    ] == ["2026-3"]


def test_what_cannot_be_is_refused_with_its_exit_code(call: Call, names: dict[str, str]) -> None:
    for code, words in (
        (2, ("show", "2026-7")),
        (2, ("prepare", names["free"])),
        (2, ("prepare", names["one"], "--point", "pay_day")),
        (2, ("prepare", names["one"], "--point", "nothing=없음")),
        (3, ("prepare", names["one"], "--end", "2026-12-14")),
    ):
        assert call("internship", *words)[0] == code, words
    assert call("internship", "list")[1]["internships"] == []


def test_its_papers_are_printed_by_number(call: Call, names: dict[str, str], tmp_path: Path) -> None:
    assert call("internship", "prepare", names["one"], "--mentor", "김멘토")[0] == 0
    for document, code in (("internship-agreement", 0), ("internship-list", 0), ("internship-amendment", 3)):
        file = tmp_path / f"{document}.pdf"
        out = ("--out", str(file), "--purpose", "서명", "--format", "pdf")
        assert call("print", document, "--internship", "2026-1", *out)[0] == code
        assert file.exists() is (code == 0)
    assert (
        call("print", "internship-agreement", "--out", str(tmp_path / "a.pdf"), "--purpose", "서명")[0] == 2
    )


def test_one_internship_from_the_placement_to_the_sixth_month_of_employment(
    call: Call, names: dict[str, str], clock: FixedClock, tmp_path: Path
) -> None:
    """What `tests/desktop/test_internship_window.py` does at the window, command by command."""
    paper, claimed = str(scan(tmp_path)), "2026-10"

    def done(*words: str) -> Any:
        code, found = call(*words)
        assert code == 0, found
        return found

    done("internship", "prepare", names["one"], "--start", "2026-09-14", "--mentor", "김멘토")
    done("internship", "sign", "2026-1", "2026-08-31", "--scan", paper)
    at(clock, "2026-09-14")
    started = done("internship", "start", "2026-1", "2026-09-14")
    assert (started["state"], started["end"]) == ("active", "2026-12-13")
    at(clock, "2026-09-21")
    done("internship", "journal", "2026-1", "--week", "1", "--work", "점검", "--guidance", "지도")
    done("visit", "plan", "--from", "2026-09-21", "--to", "2026-10-13")
    (visit,) = done("visit", "list", "--internship", "2026-1", "--state", "planned")["visits"]
    at(clock, visit["planned_on"])
    done(
        "visit",
        "do",
        visit["visit"],
        "--on",
        visit["planned_on"],
        "--visitor",
        "이방문",
        "--opinion",
        "적응함",
    )

    company = started["company"]
    for kind in ("business_registration", "bankbook", "pledge"):
        done("company", "document", company, "--kind", kind, "--file", paper)
        done("company", "document", company, "--kind", kind, "--state", "verified")
    account = ("--bank", "경남은행", "--number", "20701234567890", "--holder", company)
    done("company", "account", "set", company, *account)
    done("company", "account", "release", company, "--memo", "대표번호로 통화")
    at(clock, "2026-10-14")
    done(
        *("claim", "payslip", "add", "2026-1", "--start", "2026-09-14", "--end", "2026-10-13"),
        *("--wage", "2500000", "--transferred-on", "2026-10-13", "--transferred", "2200000"),
        *("--slip", paper, "--transfer", paper),
    )
    for kind in ("application", "insurance_roll"):
        month_no = ("--month-no", "1")
        received = ("--file", paper, "--issued-on", "2026-10-14")
        done("claim", "paper", "receive", "2026-1", kind, *month_no, *received)
        done("claim", "paper", "verify", "2026-1", kind, *month_no)
    done("claim", "policy", "--adopt", "경남-2026-31", "--date", "2026-08-01")
    drafted = done("claim", "draft", claimed)
    assert (drafted["total"], drafted["open_items"]) == (2_000_000, [])
    done("claim", "check", claimed)
    assert done("claim", "confirm", claimed)["state"] == "confirmed"
    sent = ("--out", str(tmp_path / "이체.xls"), "--template", "hana", "--purpose", "10월 인턴지원금")
    done("pay-file", "make", *sent, "--item", "internship", "--month", claimed)
    done("pay-file", "confirm", "1", "--memo", "통장 10/14")
    assert done("claim", "show", claimed)["state"] == "reconciled"

    at(clock, "2026-12-13")
    points = [f"{key}=4" for key in ("diligence", "competence", "learning", "cooperation", "hiring")]
    given = [word for point in points for word in ("--points", point)]
    done("internship", "evaluate", "2026-1", "--by", "company", *given, "--file", paper)
    assert done("internship", "end", "2026-1", "2026-12-13")["state"] == "completed"
    at(clock, "2026-12-16")
    done("outcome", "convert", "2026-1", "--from", "2026-12-14", "--file", paper)
    at(clock, "2027-06-20")
    done("outcome", "retention", "2026-1", "유지", "--months", "6", "--source", "재직증명서", "--file", paper)
    kinds = {one["kind"]: one for one in done("internship", "show", "2026-1")["events"]}
    assert {"agreement", "month", "visit", "claim", "end", "conversion", "retention"} <= kinds.keys()
    assert done("outcome", "show", "--year", "2026")
