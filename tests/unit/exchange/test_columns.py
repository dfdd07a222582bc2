"""A column read at once means what its cells mean one by one, or is not read at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.refused import Refused
from regional_desk.exchange.applicants import COLUMNS, parsers_of
from regional_desk.exchange.rows import read_at_once

PARSERS = parsers_of(())
USUAL = {
    "name": "김민준",
    "birth": "1999-03-05",
    "phone": "010-1234-5678",
    "email": "a1@example.com",
    "address": "경상남도 창원시 1로 2",
    "account": "1234567890123",
    "holder": "김민준",
}
ODD = (
    "", " ", "김민준 ", " 김", "Kim Min", "1999.3.5", "1899-01-01", "1999-02-30", "９９９９", "01012345678",
    "010-1234-567", "02-123-4567", "a@b", "ａ@example.com", "가@example.com", "1.2E+13", "123-456-789012", "가\n나",
    "두  칸", "\u200b끼움", "e\u0301", "가", "x" * 40, "1234567", "٣٤٥٦٧٨٩٠١", "1999-03-05 ",
)  # fmt: skip


@pytest.mark.parametrize("field", COLUMNS)
def test_a_usual_column_is_read_at_once(field: str) -> None:
    column = [USUAL[field]] * 3
    assert read_at_once(list(column), COLUMNS[field]) == [PARSERS[field](cell) for cell in column]


@pytest.mark.parametrize("field", COLUMNS)
@given(st.data())
def test_what_is_read_at_once_is_what_the_parser_says(field: str, data: st.DataObject) -> None:
    cells = st.sampled_from((USUAL[field], *ODD)) | st.text(max_size=12)
    column = data.draw(st.lists(st.just(USUAL[field]) | cells, max_size=4))
    found = read_at_once(list(column), COLUMNS[field])
    if found is None:
        return
    for cell, value in zip(column, found, strict=True):
        try:
            assert PARSERS[field](cell) == value
        except Refused as refused:
            raise AssertionError(f"{cell!r} is {value!r} at once and refused alone") from refused


@pytest.mark.parametrize("column", [[], [None], ["김민준", None], ["김민준", 3]])
def test_a_column_that_is_not_all_text_is_not_read_at_once(column: list[str | int | None]) -> None:
    assert read_at_once(list(column), COLUMNS["name"]) is None
