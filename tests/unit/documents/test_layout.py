from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.documents import fonts
from regional_desk.documents.fitting import fit
from regional_desk.documents.layout import BOTTOM, TOP, Layout, TablePart, Title, lay_out
from regional_desk.documents.paper import (
    Align,
    Block,
    Column,
    Info,
    PageBreak,
    Paper,
    Paragraph,
    Stamp,
    Table,
)
from regional_desk.documents.pdf import pdf_bytes

from .conftest import ReadPdf

STAMP = Stamp("검사", "이담당", dt.datetime(2026, 8, 31, tzinfo=dt.UTC), "X-1")
COLUMNS = (Column("번호", 10), Column("과정", 60, Align.LEFT), Column("금액", 30, Align.RIGHT, money=True))
names = st.text(st.sampled_from("홍길동 생산기술AB12()"), max_size=120)


def parts_of(layout: Layout) -> list[TablePart]:
    return [part for page in layout.pages for part in page if isinstance(part, TablePart)]


def table_paper(rows: list[tuple[int, str, int]], *, sums: bool = True, landscape: bool = True) -> Paper:
    table = Table(COLUMNS, tuple(rows), sums=sums, label_span=2)
    return Paper("지급조서", STAMP, (table,), landscape=landscape, approval=("담당", "단장"))


@given(st.lists(st.tuples(st.integers(1, 999), names, st.integers(0, 400_000)), max_size=90), st.booleans())
def test_every_row_stands_once_in_order_and_inside_the_page(
    rows: list[tuple[int, str, int]], landscape: bool
) -> None:
    layout = lay_out(table_paper(rows, landscape=landscape))
    parts = parts_of(layout)
    assert [part.first for part in parts[1:]] == [part.last for part in parts[:-1]]
    assert (parts[0].first, parts[-1].last) == (0, len(rows))
    body = layout.page_height - TOP - BOTTOM
    for page in layout.pages:
        assert page[-1].top + page[-1].height <= body + 0.1


@given(st.lists(st.tuples(st.integers(1, 999), names, st.integers(0, 400_000)), max_size=90))
def test_page_sums_add_up_to_the_running_total_and_the_whole(rows: list[tuple[int, str, int]]) -> None:
    running = 0
    parts = parts_of(lay_out(table_paper(rows)))
    for part in parts:
        page, so_far = part.foot[0].cells[0], part.foot[1].cells[0]
        amount = sum(row[2] for row in rows[part.first : part.last])
        running += amount
        assert (page, so_far) == (amount, running)
    assert [row.label for row in parts[-1].foot] == ["쪽  계", "누  계", "합  계"]
    assert parts[-1].foot[2].cells[0] == sum(row[2] for row in rows)
    assert [part.blank_below for part in parts] == [False] * (len(parts) - 1) + [True]


@pytest.mark.parametrize("count", range(1, 60))
def test_the_closing_rows_never_stand_alone_on_a_page(count: int) -> None:
    parts = parts_of(lay_out(table_paper([(number, "과정", 10) for number in range(count)])))
    assert all(part.last > part.first for part in parts)


@given(names, st.floats(30, 400), st.floats(6, 14), st.booleans())
def test_broken_lines_fit_and_lose_no_letter(text: str, width: float, size: float, bold: bool) -> None:
    fitted = fit(text, width, size, bold=bold)
    assert "".join(fitted.lines).replace(" ", "") == text.replace(" ", "")
    assert max(fitted.widths) <= width + 0.01


def test_a_text_a_little_too_wide_is_squeezed_instead_of_broken() -> None:
    natural = fonts.measure("생산기술 기초") * 9 / 1000
    fitted = fit("생산기술 기초", natural * 0.9, 9)
    assert fitted.lines == ("생산기술 기초",)
    assert fitted.squeeze == pytest.approx(0.9)


def test_a_text_that_may_not_wrap_gets_narrower_and_smaller() -> None:
    fitted = fit("△▽◇", 15, 8.5, wrap=False)
    assert len(fitted.lines) == 1
    assert fitted.widths[0] <= 15.01
    assert fitted.shrink < 1


def test_an_endless_cell_ends_in_an_ellipsis() -> None:
    fitted = fit("가나다라 " * 200, 60, 9, most_lines=12)
    assert len(fitted.lines) == 12
    assert fitted.lines[-1].endswith("…")


def test_a_page_break_on_an_empty_page_adds_none() -> None:
    text = Paragraph("가")
    layout = lay_out(Paper("제목", STAMP, (text, PageBreak(), PageBreak(), text)))
    assert len(layout.pages) == 2


def test_a_heading_stays_with_the_table_below_it() -> None:
    filler = Paragraph("가", size=60, before=0)
    table = Table(COLUMNS, ((1, "과정", 10),))
    for count in range(1, 12):
        blocks: tuple[Block, ...] = (*([filler] * count), Paragraph("제목", keep=True), table)
        layout = lay_out(Paper("제목", STAMP, blocks))
        page = next(page for page in layout.pages if any(isinstance(part, TablePart) for part in page))
        texts = [part.lines for part in page if hasattr(part, "lines")]
        assert ("제목",) in texts


@pytest.mark.parametrize("count", range(1, 45))
def test_notes_stay_on_the_page_of_the_last_rows(count: int) -> None:
    table = Table(COLUMNS, tuple((number, "과정", 10) for number in range(count)))
    notes = (Paragraph("범례", before=2), Paragraph("설명"))
    layout = lay_out(Paper("출석부", STAMP, (table, *notes), landscape=True, closing="끝."))
    assert isinstance(layout.pages[-1][-4], TablePart)


def test_a_long_paragraph_runs_over_pages_without_losing_a_line() -> None:
    text = "\n".join(f"{number}번째 줄" for number in range(200))
    layout = lay_out(Paper("제목", STAMP, (Paragraph(text),)))
    lines = [line for page in layout.pages for part in page if hasattr(part, "lines") for line in part.lines]
    assert lines == text.split("\n")
    assert len(layout.pages) > 2


def test_a_long_value_makes_its_labelled_line_taller() -> None:
    from regional_desk.documents.layout import InfoPart
    from regional_desk.documents.paper import Field

    def height(value: str) -> float:
        layout = lay_out(Paper("제목", STAMP, (Info(((Field("과정명", value), Field("트랙", "1")),)),)))
        return next(part.height for part in layout.pages[0] if isinstance(part, InfoPart))

    assert height("생산기술 " * 30) > height("생산기술")


def test_each_letter_has_its_title_and_no_page_number(stamp: Stamp, read_pdf: ReadPdf) -> None:
    blocks = (Paragraph("첫째 사람"), PageBreak(), Paragraph("둘째 사람"))
    paper = Paper("통 지 서", stamp, blocks, letters=True, running="통지서")
    pages = read_pdf(pdf_bytes(paper)[0])
    assert [page.count("통 지 서") for page in pages] == [1, 1]
    assert not any("1 / 2" in page or "2 / 2" in page for page in pages)
    whole = read_pdf(pdf_bytes(replace(paper, letters=False))[0])
    assert "2 / 2" in whole[1]
    assert "통 지 서" not in whole[1]


def test_a_certificate_has_a_frame_and_a_large_title(stamp: Stamp) -> None:
    plain = Paper("수 료 증", stamp, (Paragraph("위 사람은"),))
    assert len(pdf_bytes(replace(plain, framed=True))[0]) > len(pdf_bytes(plain)[0])
    (page,) = lay_out(replace(plain, title_size=34)).pages
    assert [part.size for part in page if isinstance(part, Title)] == [34]
