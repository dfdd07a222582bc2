"""`survey` and `import needs` from the command line: answers in, the summary and the paper out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.conftest import LOGIN, PASSWORD

from regional_desk.cli.app import run

Call = Callable[..., tuple[int, dict[str, Any]]]


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
def number(call: Call) -> str:
    """A company's 사업자등록번호."""
    code, found = call("survey", "list")
    assert code == 0
    assert not any(one["answers"] for one in found["companies"])
    return str(found["companies"][0]["business_number"])


def test_a_company_is_surveyed_from_the_command_line(call: Call, number: str) -> None:
    answers = (
        "--answer",
        "use=활용",
        "--answer",
        "필요한 훈련 수준=3",
        "--answer",
        "support=1, 교육훈련 실시 비용 지원",
    )
    code, kept = call("survey", "set", number, *answers, "--on", "2026-08-20")
    assert (code, kept["answered_on"], kept["level"], kept["proposed"]) == (0, "2026-08-20", None, "고급")
    assert kept["answers"] == {"use": ["yes"], "level_wanted": ["systems"], "support": ["consulting", "cost"]}
    code, kept = call("survey", "set", number, "--answer", "level_wanted=", "--level", "중급")
    assert (code, kept["level"], kept["proposed"], sorted(kept["answers"])) == (
        0,
        "중급",
        "중급",
        ["support", "use"],
    )
    assert kept["answered_on"] == "2026-08-20"
    code, kept = call("survey", "level", number, "없음")
    assert (code, kept["level"]) == (0, None)
    code, shown = call("survey", "show", number)
    assert (code, shown) == (0, kept)
    assert call("survey", "remove", number)[0] == 0
    assert call("survey", "remove", number)[0] == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("set", "없는 기업", "--answer", "use=활용"), 2),
        (("set", "NUMBER", "--answer", "use=가끔"), 2),
        (("set", "NUMBER", "--answer", "날씨=맑음"), 2),
        (("set", "NUMBER", "--answer", "use"), 2),
        (("set", "NUMBER", "--answer", "use=활용", "--level", "상급"), 2),
        (("set", "NUMBER", "--answer", "use=활용", "--on", "2999-01-01"), 3),
        (("set", "NUMBER"), 3),
        (("set", "NUMBER", "--answer", "experience=없음", "--answer", "hours_done=1"), 3),
        (("level", "NUMBER", ""), 2),
    ],
)
def test_a_wrong_call_is_refused(call: Call, number: str, words: tuple[str, ...], code: int) -> None:
    found, told = call("survey", *(number if word == "NUMBER" else word for word in words))
    assert found == code
    assert told["error"]["message"]


def test_a_list_of_answers_becomes_a_summary_and_a_paper(call: Call, number: str, tmp_path: Path) -> None:
    file = tmp_path / "needs.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["2026년 훈련수요 조사"])
    book.worksheets[0].append(["기업명", "사업자등록번호", "AI 기술 활용 여부", "필요한 훈련 분야"])
    book.worksheets[0].append(["가", number, "미활용", "② 생산·설비, ⑦ 사무일반"])
    book.worksheets[0].append(["없는 기업", None, "활용", None])
    book.save(file)
    code, before = call("import", "needs", str(file), "--preview")
    assert (code, before["new"], len(before["errors"]), before["errors"][0]["row"]) == (0, 1, 1, 4)
    code, done = call("import", "needs", str(file))
    assert (code, done["new"], done["errors"]) == (0, 1, before["errors"])
    code, found = call("survey", "summary")
    assert (code, found["answered"]) == (0, 1)
    use = found["questions"][0]["choices"]
    assert use[1] == {
        "choice": "no",
        "label": "미활용",
        "count": 1,
        "percent": "100.0",
        "national": "77.2",
        "difference": "22.8",
    }
    assert call("survey", "summary", "--year", "2025")[1]["answered"] == 0
    for kind in ("pdf", "xlsx"):
        out = tmp_path / f"need.{kind}"
        code, paper = call(
            "print", "training-need-summary", "--format", kind, "--out", str(out), "--purpose", "보고"
        )
        assert (code, paper["pages"] > 0) == (0, True)
        assert out.stat().st_size > 5_000
    sheet = openpyxl.load_workbook(tmp_path / "need.xlsx").worksheets[0]
    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"2026년 훈련수요 조사 결과", "마케팅·영업 (고객 분석, 수요 예측 등)"} <= texts
    code, undone = call("import", "undo")
    assert (code, undone["deleted"]) == (0, 1)


def test_the_questions_name_their_source(call: Call) -> None:
    code, found = call("survey", "questions")
    assert code == 0
    assert "붙임2" in found["source"]
    assert len(found["questions"]) == 15
