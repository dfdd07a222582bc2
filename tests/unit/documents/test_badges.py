"""Badges and the call list: what stands on them, and what a reader makes of the QR code."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import segno

from regional_desk.documents import badges, call_list
from regional_desk.documents.paper import Stamp
from regional_desk.documents.pdf import pdf_bytes
from regional_desk.documents.xlsx import xlsx_bytes
from regional_desk.domain.masking import Masking

from .conftest import PRINTED, ReadPdf, ReadXlsx

_SCALE = 8  # pixels a point: a module is well over ten


def class_badges(count: int) -> badges.ClassBadges:
    rows = tuple(
        badges.BadgeLine(order, "홍길동", f"470-{order:03}", f"{order:016}") for order in range(1, count + 1)
    )
    return badges.ClassBadges("경남권 사업단", "Track1 4기", rows)


def calls(count: int) -> call_list.CallListPaper:
    rows = tuple(
        call_list.CallListLine(
            number,
            number,
            "홍길동",
            "010-1234-5678",
            dt.date(2026, 8, 25),
            "퇴실 미확인 (입실 08:58)",
            "",
            "",
        )
        for number in range(1, count + 1)
    )
    day = dt.date(2026, 8, 25)
    return call_list.CallListPaper("Track1 4기", 2, day, day, PRINTED, rows)


def test_eight_badges_stand_on_a_page(stamp: Stamp, read_pdf: ReadPdf) -> None:
    pages = read_pdf(pdf_bytes(badges.to_paper(class_badges(9), stamp))[0])
    assert [page.count("홍길동") for page in pages] == [8, 1]
    assert "470-001" in pages[0]
    assert "1번 · 경남권 사업단" in pages[0]
    assert badges.KIND.names is Masking.FULL


def dark_modules(pdf: bytes, modules: int) -> list[list[bool]]:
    """The first badge's QR code, read off the page at the middle of each module."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=_SCALE).to_pil().convert("L")
    millimetre = page.width / 210
    card = page.crop(tuple(round(edge * millimetre) for edge in (70, 48, 105, 98)))  # inside the card's frame
    box = card.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    code = card.crop(box)
    step = code.width / modules
    return [
        [
            code.getpixel((int((across + 0.5) * step), int((down + 0.5) * step))) < 128
            for across in range(modules)
        ]
        for down in range(modules)
    ]


def test_the_code_on_the_card_is_that_of_its_digits(stamp: Stamp) -> None:
    wanted = segno.make("0" * 15 + "1", mode="numeric", error="m", micro=False, mask=2).matrix
    pdf = pdf_bytes(badges.to_paper(class_badges(1), stamp))[0]
    assert dark_modules(pdf, len(wanted)) == [[bool(dark) for dark in row] for row in wanted]


def test_a_workbook_has_the_badges_as_a_list_for_a_badge_printer(stamp: Stamp, read_xlsx: ReadXlsx) -> None:
    sheet = read_xlsx(xlsx_bytes(badges.to_paper(class_badges(20), stamp)))
    assert len(sheet.row_breaks.brk) == 0
    rows = [[cell for cell in row if cell is not None] for row in sheet.values]
    assert rows[1] == ["과정", "성명", "번호 · 사업단", "체크 번호", "QR 숫자"]
    assert ["Track1 4기", "홍길동", "2번 · 경남권 사업단", "470-002", "0" * 15 + "2"] in rows


def test_a_call_list_has_digits_to_circle_in_the_order_of_the_calls(stamp: Stamp, read_pdf: ReadPdf) -> None:
    text = "\n".join(read_pdf(pdf_bytes(call_list.to_paper(calls(30), stamp))[0]))
    assert "제2호" in text
    assert "30명 30건" in text
    assert "010-1234-5678" in text
    assert "5 결석" in text
    assert "0 부재" in text
    assert text.count("퇴실 미확인") == 30


def test_an_answered_call_shows_its_answer_in_place_of_the_digits(stamp: Stamp, read_pdf: ReadPdf) -> None:
    values = calls(1)
    line = call_list.CallListLine(1, 1, "홍길동", "", dt.date(2026, 8, 25), "", "결석", "몸살")
    answered = call_list.CallListPaper("Track1 4기", 1, values.start, values.end, PRINTED, (line,))
    text = "\n".join(read_pdf(pdf_bytes(call_list.to_paper(answered, stamp))[0]))
    assert "몸살" in text
    assert "1  2  3" not in text
