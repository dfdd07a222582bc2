"""One office's real sheet against the figures it means, person by person and method by method."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from regional_desk.domain.allowance import Inputs, decide
from regional_desk.domain.attendance import count, read_cell, summarise
from regional_desk.domain.calendar import training_days
from regional_desk.domain.policies import Method, Region, Scheme

FILES = Path(__file__).parents[2] / "data" / "office_files"
EXPECTED = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))


def rows() -> list[list[object]]:
    sheet = CalamineWorkbook.from_path(str(FILES / "attendance.xlsx")).get_sheet_by_index(0)
    return [list(row) for row in sheet.to_python()[2:] if row[1]]


def test_the_sheet_holds_exactly_the_forty_people_expected() -> None:
    people = [f"{row[1]} {row[2]}" for row in rows()]
    assert len(people) == 40
    assert sorted(people) == sorted(EXPECTED["attendance"])


def test_the_courses_training_days_are_expected() -> None:
    start, end = (dt.date.fromisoformat(EXPECTED["course"][key]) for key in ("start", "end"))
    days = training_days(start, end, {dt.date(2026, 8, 15), dt.date(2026, 8, 17)})
    assert [day.isoformat() for day in days] == EXPECTED["course"]["training_days"]


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
