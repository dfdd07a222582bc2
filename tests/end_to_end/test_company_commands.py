"""`company` from the command line: from the application to the selected companies, the import of points and the papers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from tests.conftest import LOGIN, PASSWORD

from regional_desk.cli.app import run

Call = Callable[..., tuple[int, dict[str, Any]]]
CRITERIA = ("스마트제조 역량", "취업매력도", "고용 연계 가능성")


@pytest.fixture
def call(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs one command on the August office with --json."""
    (tmp_path / "now.txt").write_text(PASSWORD, encoding="utf-8")
    for name, value in (
        ("STORE", str(office)),
        ("USER", LOGIN),
        ("PASSWORD_FILE", str(tmp_path / "now.txt")),
    ):
        monkeypatch.setenv(f"REGIONAL_DESK_{name}", value)

    def once(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = run([*words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return once


@pytest.fixture
def makers(call: Call) -> list[str]:
    """Every company applied; the manufacturers' names."""
    code, told = call("company", "apply", "--all", "--on", "2026-08-03")
    assert (code, len(told["participations"])) == (0, 30)
    rows = call("company", "applications")[1]["applications"]
    return [row["company"] for row in rows if row["kind"] == "제조"]


def rated(call: Call, folder: Path, makers: list[str], *tenths: int) -> None:
    """Everybody rated by two raters from a file: the manufacturers as given, the last to all the others; both sheets done."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["기업명", "평가위원", *CRITERIA])
    names = [row["company"] for row in call("company", "applications")[1]["applications"]]
    given = {
        name: tenths[min(makers.index(name), len(tenths) - 1)] / 10 if name in makers else 7 for name in names
    }
    for rater in ("한외부", "박외부"):
        for name in names:
            sheet.append([name, rater, *[given[name]] * 3])
    book.save(folder / "평가.xlsx")
    code, told = call("import", "evaluations", str(folder / "평가.xlsx"))
    assert (code, told["new"], told["errors"]) == (0, 60, [])
    for rater in ("한외부", "박외부"):
        assert call("company", "done", "--rater", rater)[0] == 0


def test_companies_go_from_their_application_to_the_announced_result(
    call: Call, makers: list[str], tmp_path: Path
) -> None:
    assert call("company", "goal", "--kind", "제조", "--companies", "2")[1]["pass"] == "60.000"
    rated(call, tmp_path, makers, 95, 90, 85, 80, 50)
    code, found = call("company", "rank", "--kind", "제조")
    assert (code, found["goal"], found["faults"]) == (0, 2, [])
    assert [one["state"] for one in found["ranked"]][:4] == ["selected", "selected", "reserve", "reserve"]
    assert [one["decided"] for one in found["ranked"]] == [False] * len(makers)
    code, refused = call("company", "select", "--kind", "제조", "--take", makers[3])
    assert (code, refused["error"]["code"]) == (3, "refused")
    preview = call(
        "company", "select", "--kind", "제조", "--take", makers[3], "--reason", "군 지역", "--preview"
    )[1]
    assert [one["reason"] for one in preview["ranked"]][3] == "군 지역"
    assert call("company", "applications")[1]["progress"][0]["selected"] == 0
    code, done = call("company", "select", "--kind", "제조")
    assert [one["reserve_number"] for one in done["ranked"]][:4] == [None, None, 1, 2]
    assert call("company", "applications")[1]["progress"][0] == {
        "kind": "제조",
        "goal": 2,
        "applied": len(makers),
        "selected": 2,
    }
    for key, title in (
        ("company-tally", "집 계 표"),
        ("company-selection-notice", makers[2]),
        ("company-selection-letter", "귀중"),
    ):
        for form in ("pdf", "xlsx"):
            out = tmp_path / f"{key}.{form}"
            code, printed = call("print", key, "--format", form, "--out", str(out), "--purpose", "점검")
            assert code == 0, printed
        pdf = pypdfium2.PdfDocument(tmp_path / f"{key}.pdf")
        text = "".join(pdf[at].get_textpage().get_text_bounded() for at in range(len(pdf)))
        pdf.close()
        assert title in text


def test_a_withdrawal_moves_the_next_company_up_and_a_skipped_one_needs_a_reason(
    call: Call, makers: list[str], tmp_path: Path
) -> None:
    call("company", "goal", "--kind", "제조", "--companies", "1", "--pass", "없음")
    rated(call, tmp_path, makers, 95, 90, 85, 80)
    code, refused = call("company", "select", "--kind", "제조")
    assert (code, refused["error"]["code"]) == (3, "open_items")  # those with 80 points and the same day
    ties = call("company", "rank", "--kind", "제조")[1]["ties"]
    words = [word for name in ties[0] for word in ("--first", name)]
    assert sorted(ties[0]) == sorted(makers[3:])
    assert call("company", "select", "--kind", "제조", *words)[0] == 3
    assert call("company", "select", "--kind", "제조", *words, "--reason", "협의")[0] == 0
    code, told = call("company", "withdraw", makers[0], "--reason", "경영 사정")
    assert (code, told["promoted"]) == (0, makers[1])
    code, refused = call("company", "promote", makers[2])
    assert (code, "목표" in refused["error"]["message"]) == (3, True)
    call("company", "goal", "--kind", "제조", "--companies", "2", "--pass", "없음")
    assert call("company", "promote", makers[3])[0] == 3
    assert call("company", "promote", makers[3], "--reason", "현장 확인")[0] == 0
    code, back = call("company", "select", "--kind", "제조", "--cancel", "배점 착오")
    assert code == 0
    assert not any(one["decided"] for one in back["ranked"])


def test_raters_and_their_points_are_keyed_in(call: Call, makers: list[str]) -> None:
    assert call("company", "raters", "--add-name", "한외부")[1]["raters"] == [
        {"rater": "한외부", "outside": True, "done": False}
    ]
    code, told = call(
        "company",
        "rate",
        "--kind",
        "제조",
        "--rater",
        "한외부",
        "--company",
        makers[0],
        "--points",
        "취업매력도=8.5",
    )
    assert (code, told["rows"][0]["points"]["취업매력도"]) == (0, "8.5")
    for points, words in (("취업매력도=11", "만점"), ("외모=5", "평가항목")):
        code, refused = call(
            "company",
            "rate",
            "--kind",
            "제조",
            "--rater",
            "한외부",
            "--company",
            makers[0],
            "--points",
            points,
        )
        assert (code, words in refused["error"]["message"]) == (2, True)
    code, refused = call("company", "done", "--rater", "한외부")
    assert (code, refused["error"]["code"]) == (3, "open_items")
    assert call("company", "raters", "--remove", "한외부")[0] == 3
    assert call("company", "rate", "--kind", "제조")[0] == 2  # nobody's own sheet
    assert call("company", "apply", makers[0])[0] == 3
    assert call("company", "apply", "없는 회사")[0] == 2
