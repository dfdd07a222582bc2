"""Lists of survey answers: headings and cells as web forms and people write them."""

from __future__ import annotations

import datetime as dt

import pytest

from regional_desk.exchange.layout import find_header, propose_header
from regional_desk.exchange.spreadsheets import CellValue
from regional_desk.exchange.training_needs import ParsedNeeds, fields_of, parse
from regional_desk.services.companies.need_survey import survey

from .conftest import table

FIELDS = fields_of(survey())


def read(headings: tuple[str, ...], *rows: tuple[CellValue, ...]) -> ParsedNeeds:
    sheet = table(headings, *rows)
    return parse(sheet, find_header(sheet, FIELDS), survey())


def test_every_synonym_leads_to_its_field() -> None:
    for field, names in FIELDS.synonyms.items():
        for name in names:
            assert propose_header(table((name, "x")), FIELDS).mapping[0] == field


def test_a_topic_asked_twice_is_not_guessed() -> None:
    assert propose_header(table(("기업명", "훈련 분야", "애로사항")), FIELDS).mapping == ("name", "", "")


@pytest.mark.parametrize(
    "cell",
    [
        dt.date(2026, 8, 3),
        dt.datetime(2026, 8, 3, 14, 5),  # noqa: DTZ001 - a sheet's cells have no zone
        "2026-08-03",
        "2026. 8. 3",
        "2026. 8. 3 오후 2:11:05",
        "2026/08/03 2:11:05 오후 GMT+9",
        "2026-08-03 14:11",
    ],
)
def test_the_day_of_an_answer_is_read_with_or_without_a_time(cell: CellValue) -> None:
    found = read(("타임스탬프", "업체명", "AI 활용"), (cell, "한빛", "활용"))
    assert [row.answered_on for row in found.rows] == [dt.date(2026, 8, 3)]


def test_a_row_is_read_with_what_it_leaves_open() -> None:
    headings = ("연번", "기업명", "사업자등록번호", "AX 수준", "필요한 훈련 분야", "훈련 수준(수요)", "비고")
    found = read(
        headings, (1, "한빛", 1248100998, "고급", "① 경영·기획 (전략 수립, 의사결정 지원 등)", None, "전화")
    )
    (row,) = found.rows
    assert (row.row, row.name, row.business_number, row.level, row.answered_on) == (
        2,
        "한빛",
        "1248100998",
        "고급",
        None,
    )
    assert row.answers == {"fields_wanted": ("planning",)}


def test_what_cannot_be_read_is_named_with_row_and_column() -> None:
    headings = ("기업명", "사업자번호", "응답일", "AX 수준", "AI 활용", "필요한 훈련 시간")
    found = read(headings, ("", "1248100990", "어제", "최고", "가끔", "4시간 미만/40시간 이상"))
    assert found.rows == ()
    assert [error.column for error in found.errors] == list(headings)
    told = " ".join(error.message for error in found.errors)
    for words in ("비어", "검증번호", "응답일", "AX 수준", "쓸 수 있는 답", "하나여야"):
        assert words in told
