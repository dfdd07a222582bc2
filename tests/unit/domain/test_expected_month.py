"""One office's real sheet against the figures it means, person by person and method by method."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from regional_desk.domain.allowance import Inputs, decide
from regional_desk.domain.attendance import count, read_cell, summarise
from regional_desk.domain.policies import Method, Region, Scheme

FILES = Path(__file__).parents[2] / "data" / "office_files"
EXPECTED = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))


def rows() -> list[list[object]]:
    sheet = CalamineWorkbook.from_path(str(FILES / "attendance.xlsx")).get_sheet_by_index(0)
    return [list(row) for row in sheet.to_python()[2:] if row[1]]


@pytest.mark.parametrize("method", list(Method))
def test_every_person_of_the_sheet_gets_the_expected_amount(method: Method, programme: Scheme) -> None:
    total = 0
    for row in rows():
        expected = EXPECTED["attendance"][f"{row[1]} {row[2]}"]
        counts = count(read_cell(str(cell)) for cell in row[3:22])
        summary = summarise(counts)
        decision = decide(
            Inputs(counts, own_days=19, unit_days=19), programme.with_method(method), Region.OTHER
        )
        assert summary.attended_days == expected["attended_days"]
        assert summary.converted_absences == expected["converted_absences"]
        assert str(summary.rate) == expected["rate"]
        assert decision.eligible is expected["eligible"]
        assert decision.amount == expected[f"amount_{method.value}"]
        total += decision.amount
    assert total == EXPECTED["totals"][method.value]
