"""Files behind a paper: every page of theirs as it looks by itself, under its own line; what cannot be shown says so."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from regional_desk.documents.paper import Enclosure, Paper, Paragraph, Stamp
from regional_desk.documents.pdf import pdf_bytes
from regional_desk.domain.clock import KST

STAMP = Stamp("시험", "담당", dt.datetime(2026, 10, 1, 9, tzinfo=KST), "GN-2610-ABC234")
MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)


def a_pdf(rotation: int = 0, crop: tuple[float, float, float, float] | None = None, pages: int = 1) -> bytes:
    """Pages of 400 × 300 points with a mark near one corner, and a filled field."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=(400, 300), invariant=1)
    for _ in range(pages):
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(60, 60, 80, 30, fill=1, stroke=0)
        canvas.setFillColorRGB(0, 0, 1)
        canvas.rect(250, 200, 40, 40, fill=1, stroke=0)
        canvas.acroForm.textfield(name="name", x=150, y=120, width=100, height=30, value="FILLED")
        canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(made.getvalue())
    for page in document:
        page.set_rotation(rotation)
        if crop:
            page.set_cropbox(*crop)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def bundle(*enclosures: Enclosure) -> Any:
    data, pages = pdf_bytes(Paper("묶음", STAMP, (Paragraph("앞장"),), enclosures=enclosures))
    document = pypdfium2.PdfDocument(data)
    assert len(document) == pages
    return document


def shown(page: Any) -> Image.Image:
    image: Image.Image = page.render(scale=1, may_draw_forms=True).to_pil()
    return image.convert("RGB")


def the_text(page: Any) -> str:
    return str(page.get_textpage().get_text_range())


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (40, 30, 320, 260)])
def test_a_page_looks_as_it_does_by_itself(
    rotation: int, crop: tuple[float, float, float, float] | None
) -> None:
    content = a_pdf(rotation, crop)
    alone = pypdfium2.PdfDocument(content)
    alone.init_forms()
    own = shown(alone[0])
    page = bundle(Enclosure("근로계약서", "a.pdf", "application/pdf", content))[1]
    whole = shown(page)
    width, height = page.get_size()
    assert (width > height) == (own.width > own.height)
    left = round((width - own.width) / 2)
    room = height - 8 * MM - 14 * MM
    top = round(height - (8 * MM + (room - own.height) / 2) - own.height)
    part = whole.crop((left, top, left + own.width, top + own.height))
    differing = ImageChops.difference(part, own).convert("L").point(lambda value: 255 * (value > 128))
    assert sum(differing.histogram()[255:]) < own.width * own.height * 0.02


def test_every_page_stands_under_its_line_and_none_is_larger_than_a4() -> None:
    document = bundle(
        Enclosure("급여명세서 홍길동 1차", "a.pdf", "application/pdf", a_pdf(pages=2)),
        Enclosure("급여이체증 홍길동 1차", "b.pdf", "application/pdf", a_pdf()),
    )
    assert len(document) == 4
    assert "붙임 1 · 급여명세서 홍길동 1차 · 확인번호: GN-2610-ABC234" in the_text(document[2])
    assert "붙임 2" in the_text(document[3])
    for page in document:
        assert sorted(round(side) for side in page.get_size()) == sorted(round(side) for side in A4)


def test_a_photo_stands_its_own_way_up() -> None:
    image = Image.new("RGB", (400, 200), "orange")
    exif = image.getexif()
    exif[0x112] = 6  # turned a quarter: shown upright
    made = BytesIO()
    image.save(made, "JPEG", exif=exif)
    page = bundle(Enclosure("통장사본", "a.jpg", "image/jpeg", made.getvalue()))[1]
    width, height = page.get_size()
    assert height > width
    low = round(height * 0.9)
    strip = shown(page).crop((round(width / 2), low, round(width / 2) + 1, low + 1))
    assert strip.tobytes()[2] < 128  # orange, not the paper's white


def test_every_picture_of_a_scan_is_a_page() -> None:
    made = BytesIO()
    first, second = Image.new("RGB", (300, 400), "white"), Image.new("RGB", (300, 400), "grey")
    first.save(made, "TIFF", save_all=True, append_images=[second])
    assert len(bundle(Enclosure("서약서", "a.tif", "image/tiff", made.getvalue()))) == 3


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("application/x-hwp", b"HWP Document File"),
        ("application/pdf", b"%PDF-1.4 broken"),
        ("image/png", b"\x89PNG\r\n\x1a\n broken"),
        ("image/jpeg", b"\xff\xd8\xff broken"),
    ],
)
def test_what_cannot_be_shown_says_so_and_keeps_its_place(media_type: str, content: bytes) -> None:
    document = bundle(
        Enclosure("근로계약서", "계약 원본", media_type, content),
        Enclosure("서약서", "b.pdf", "application/pdf", a_pdf()),
    )
    assert len(document) == 3
    assert "계약 원본" in the_text(document[1])
    assert "따로 출력해 함께 내십시오" in the_text(document[1])
    assert "붙임 2" in the_text(document[2])
