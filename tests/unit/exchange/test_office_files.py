"""Files as offices send them, in every format, against what they mean."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from pathlib import Path

import pytest

from regional_desk import paths
from regional_desk.domain.people import Bank
from regional_desk.exchange import applicants, attendance, companies
from regional_desk.exchange.layout import find_header
from regional_desk.exchange.spreadsheets import read_workbook

FILES = Path(__file__).parents[2] / "data" / "office_files"
EXPECTED = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
START, END = dt.date(2026, 8, 3), dt.date(2026, 8, 28)


def banks() -> tuple[Bank, ...]:
    table = tomllib.loads((paths.resources() / "codes" / "banks.toml").read_text(encoding="utf-8"))
    return tuple(
        Bank(row["code"], row["name"], tuple(row.get("synonyms", ())), tuple(row.get("lengths", ())))
        for row in table["banks"]
    )


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods", "csv"])
def test_applicants_are_the_same_people_in_every_format(suffix: str) -> None:
    sheet = read_workbook(FILES / f"applicants.{suffix}").sheet()
    found = applicants.parse(sheet, find_header(sheet, applicants.FIELDS), banks())
    expected = EXPECTED["applicants"]
    assert found.read == expected["rows"]
    assert len({row.key for row in found.rows}) == expected["people"]
    assert len(found.rows) - len({row.key for row in found.rows}) == expected["duplicate_rows"]
    assert len({error.row for error in found.errors}) == expected["bad_rows"]
    reasons = {error.column: error.message for error in found.errors}
    assert reasons == {
        "생년월일": "'1999-02-30'은(는) 달력에 없는 날짜입니다.",
        "성명": "성명이 비어 있습니다.",
    }
    assert found.rows[0].phone == "01081956124"
    assert found.rows[0].bank is not None
    assert found.rows[0].bank.code == "090"


def test_companies_keep_the_good_and_name_the_bad() -> None:
    sheet = read_workbook(FILES / "companies.xlsx").sheet()
    found = companies.parse(sheet, find_header(sheet, companies.FIELDS))
    assert len(found.rows) == EXPECTED["companies"]["good"]
    assert len(found.errors) == EXPECTED["companies"]["bad"]
    assert found.errors[0].row == 33
    assert "검증번호" in found.errors[0].message


def test_both_attendance_files_hold_the_same_records() -> None:
    parsed = []
    for suffix in ("xlsx", "xls"):
        sheet = read_workbook(FILES / f"attendance.{suffix}").sheet()
        parsed.append(attendance.parse(sheet, find_header(sheet, attendance.FIELDS), START, END))
    assert parsed[0] == parsed[1]
    assert len(parsed[0].rows) == len(EXPECTED["attendance"])
    assert [day.isoformat() for day in parsed[0].days] == EXPECTED["course"]["training_days"]
    assert not parsed[0].errors
