"""`attendance evidence`, `evidence-add` and `evidence-remove` as somebody without a screen uses them."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.test_outcome_commands import COURSE, Call, call

__all__ = ["call"]


def test_a_paper_is_attached_listed_and_taken_away(call: Call, tmp_path: Path) -> None:
    rows = call("attendance", "show", COURSE)[1]["rows"]
    person, day = rows[0]["trainee"], "2026-08-04"
    paper = tmp_path / "진단서.pdf"
    paper.write_bytes(b"%PDF-1.7 paper")
    code, made = call("attendance", "evidence-add", COURSE, day, person, str(paper))
    assert code == 0
    listed = call("attendance", "evidence", COURSE, day, person)[1]["evidence"]
    assert [(one["evidence"], one["name"]) for one in listed] == [(made["evidence"], "진단서.pdf")]
    assert call("attendance", "evidence-remove", made["evidence"], "--reason", "잘못 붙임")[0] == 0
    assert call("attendance", "evidence", COURSE, day, person)[1] == {"evidence": []}
    assert call("attendance", "evidence-remove", "없는것", "--reason", "잘못", told=True)[0] == 2
