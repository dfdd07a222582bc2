"""Policies and holidays through the command line: tried, then done."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import LOGIN, PASSWORD

from regional_desk.cli.app import run

Call = Callable[..., tuple[int, dict[str, Any]]]
KEY = "smart-manufacturing-2026"
CLAIMS = "internship-2026"
COURSE = "Track1 3기 생산기술"


@pytest.fixture
def call(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on the August office; returns its exit code and what it printed."""
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))

    def once(*words: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run([*words, "--json", "--store", str(office), "--user", LOGIN])
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return code, found

    return once


def test_terms_are_tried_and_then_adopted(call: Call) -> None:
    terms = ("--rate", "훈련수당=10000/200000", "--min-rate", "75")
    code, told = call("policy", "preview", KEY, *terms)
    assert (code, told["people"] > 0) == (0, True)
    assert told["methods"]["daily"] == told["total_after"] < told["total_before"]
    assert sum(row["amount_after"] - row["amount_before"] for row in told["rows"]) == (
        told["total_after"] - told["total_before"]
    )
    call("allowance", "draft", COURSE, "--unit", "1")
    assert call("allowance", "show", COURSE, "--unit", "1")[1]["total"] == told["total_before"]
    code, done = call("policy", "adopt", KEY, "--reference", "지침 제2호", "--date", "2026-07-20", *terms)
    assert (code, done["adopted"], done["effective_from"]) == (0, True, "2026-05-20")
    call("allowance", "draft", COURSE, "--unit", "1")
    assert call("allowance", "show", COURSE, "--unit", "1")[1]["total"] == told["total_after"]
    assert call("policy", "show", KEY)[1]["min_rate"] == "75.0"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--rate", "식비=1/2"), 2, "훈련수당"),
        (("--rate", "훈련수당=20000"), 2, "하루/한도"),
        (("--min-rate", "여든"), 2, "80.0처럼"),
        (("--min-rate", "120"), 3, "최저 출석률"),
        (("--rounding", "7"), 3, "끝수"),
        (("--leaver-days", "all"), 3, "분모"),
        (("--from", "8월 1일"), 2, "2026-08-03처럼"),
    ],
)
def test_terms_that_cannot_be_read_or_be_are_refused(
    call: Call, words: tuple[str, ...], code: int, message: str
) -> None:
    found, refused = call("policy", "preview", KEY, *words)
    assert found == code
    assert message in refused["error"]["message"]


def test_the_terms_of_the_support_are_listed_tried_and_adopted_as_the_others_are(call: Call) -> None:
    listed = {one["policy"]: one for one in call("policy", "list")[1]["policies"]}
    assert (listed[CLAIMS]["name"], listed[CLAIMS]["adopted"]) == ("2026 인턴지원금", False)
    code, tried = call("policy", "preview", CLAIMS, "--method", "thirty", "--support", "1800000")
    assert (code, tried["months"], tried["rows"]) == (0, 0, [])
    assert set(tried["methods"]) == {"calendar", "thirty", "workdays", "full_only"}
    words = (
        "--reference",
        "경남-2026-31",
        "--date",
        "2026-07-20",
        "--support",
        "1800000",
        "--method",
        "thirty",
    )
    code, done = call("policy", "adopt", CLAIMS, *words, "--from", "2026-08-01")
    assert (code, done["adopted"], done["support"], done["effective_from"]) == (
        0,
        True,
        1_800_000,
        "2026-08-01",
    )
    assert call("policy", "show", CLAIMS)[1] == done == call("claim", "policy")[1]


@pytest.mark.parametrize(
    ("key", "words", "code", "message"),
    [
        (CLAIMS, ("--method", "daily"), 2, "calendar, thirty, workdays, full_only"),
        (CLAIMS, ("--min-rate", "80"), 2, "--min-rate"),
        (CLAIMS, ("--rate", "훈련수당=1/2", "--deduction", "meals"), 2, "--rate, --deduction"),
        (CLAIMS, ("--support", "0"), 3, "1원 이상"),
        (CLAIMS, ("--rounding", "7"), 3, "끝수"),
        (KEY, ("--support", "1"), 2, "--support"),
        (KEY, ("--method", "thirty"), 2, "daily, prorata, flat"),
        ("internship-2025", (), 2, CLAIMS),
    ],
)
def test_an_option_of_another_policy_is_a_usage_error(
    call: Call, key: str, words: tuple[str, ...], code: int, message: str
) -> None:
    found, refused = call("policy", "preview", key, *words)
    assert found == code
    assert message in refused["error"]["message"]


def test_a_holiday_is_previewed_added_listed_and_taken_back(call: Call) -> None:
    day = "2026-08-28"
    code, told = call("holiday", "add", day, "--preview")
    assert (code, [one["name"] for one in told["courses"]], told["kept"]) == (0, [COURSE], [])
    assert call("holiday", "list")[1] == {"holidays": []}
    assert call("holiday", "add", day)[0] == 3
    code, done = call("holiday", "add", day, "--reference", "대통령공고 제1호")
    assert (code, done) == (0, told)
    assert call("holiday", "list")[1]["holidays"] == [
        {"day": day, "name": "임시공휴일", "reference": "대통령공고 제1호"}
    ]
    assert call("holiday", "remove", day, "--preview")[1]["difference"] == -told["difference"]
    assert call("holiday", "remove", day, "--reason", "취소됨")[0] == 0
    assert call("holiday", "list")[1] == {"holidays": []}
