"""훈련수요 조사 결과 as PDF and workbook: ours beside the country's, charts, nothing where nothing was published."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from uuid import UUID

import openpyxl
import pypdfium2
import pytest

from regional_desk.documents.charts import bar_at, bars_svg
from regional_desk.documents.paper import Bars, Paper, Stamp, Table
from regional_desk.documents.pdf import pdf_bytes
from regional_desk.documents.training_need_summary import TrainingNeedSummary, chart_of, to_paper
from regional_desk.documents.xlsx import xlsx_bytes
from regional_desk.domain.training_need import AxLevel, Response, summarise
from regional_desk.services.companies.need_survey import survey

STAMP = Stamp("점검", "김담당", dt.datetime(2026, 8, 31, 17, tzinfo=dt.UTC), "GN-2608-ABCDEF")
TOLD = [
    Response(UUID(int=1), 3, AxLevel.BEGINNER, {"use": ("no",), "fields_wanted": ("sales", "office")}),
    Response(UUID(int=2), 400, None, {"use": ("yes",), "experience": ("yes",), "fields_done": ("office",)}),
]


def paper_of(responses: list[Response]) -> Paper:
    values = TrainingNeedSummary(
        "경남권 사업단", "경상남도", 2026, 4, survey(), summarise(survey(), responses), ("담당", "단장")
    )
    return to_paper(values, STAMP)


def row_of(paper: Paper, label: str) -> tuple[object, ...]:
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    return next(row for table in tables for row in table.rows if label in row[:2])


@pytest.mark.parametrize("responses", [TOLD, []], ids=["answered", "nobody"])
def test_the_paper_is_written_in_both_formats(responses: list[Response]) -> None:
    paper = paper_of(responses)
    data, pages = pdf_bytes(paper)
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))
    assert pages >= 2
    for words in ("2026년 훈련수요 조사 결과", "붙임2", "1,013개소", "전국", "우리", "지식·노하우 관리·전수"):
        assert words in text.replace("\r\n", " ")
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(paper)))
    assert len(book.worksheets[0]._charts) == 4
    names = {book["차트자료"].cell(1, column).value for column in (2, 3)}
    assert names == {"전국", "우리"}


def test_ours_stand_beside_the_countrys() -> None:
    paper = paper_of(TOLD)
    assert row_of(paper, "미활용")[2:] == (1, Decimal("50.0"), Decimal("77.2"), "-27.2")
    office = row_of(paper, "사무일반 (문서작성, 보고서 요약 등)")
    assert office[1:] == (1, Decimal("100.0"), Decimal("33.3"), 1, Decimal("100.0"), Decimal("26.6"))
    assert row_of(paper, "비율(%)")[1:] == (Decimal("25.0"), Decimal("0.0"), Decimal("0.0"), Decimal("75.0"))
    assert row_of(paper, "기업(곳)")[1:] == (1, 0, 0, 3)


def test_groups_the_document_leaves_out_have_no_national_figure() -> None:
    paper = paper_of(TOLD)
    assert row_of(paper, "100~299인")[1:] == (None, None) * 5
    assert row_of(paper, "300인 이상")[1:3] == (Decimal("100.0"), Decimal("41.1"))


def test_the_same_share_differs_by_nothing() -> None:
    told = [
        Response(UUID(int=number), None, None, {"need": ("yes" if number < 524 else "no",)})
        for number in range(1000)
    ]
    assert row_of(paper_of(told), "필요")[2:] == (524, Decimal("52.4"), Decimal("52.4"), "0.0")


def test_the_chart_shows_shares_and_tells_which_bar_is_where() -> None:
    found = next(one for one in summarise(survey(), TOLD).questions if one.question.key == "fields_wanted")
    chart = chart_of(found)
    svg = bars_svg(chart, 430)
    for words in ("34.3", "100.0", "전국", "우리", "(단위: %)"):
        assert words in svg
    assert "100.0 (" not in svg
    places = [bar_at(chart, share / 1000) for share in range(1001)]
    assert places[0] is None
    assert places[-1] is None
    assert [place for place in dict.fromkeys(places) if place is not None] == list(range(8))


def test_a_chart_of_nothing_is_drawn() -> None:
    empty = Bars("제목", (("가", Decimal("0.0"), Decimal("0.0")),), "%", ("전국", "우리"), shares=False)
    assert "0.0" in bars_svg(empty, 430)
