"""The files behind a paper: each page of theirs on A4 under a line that says which enclosure it is."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from regional_desk.documents import fonts
from regional_desk.documents.fitting import MM
from regional_desk.documents.paper import PRACTICE, Enclosure, Paper, one_line

_SHORT, _LONG = 210 * MM, 297 * MM
_EDGE, _BAND = 8 * MM, 14 * MM
_SIZE, _NOTICE_SIZE = 8.0, 12.0
_PICTURES = ("image/jpeg", "image/png", "image/tiff")
_QUALITY = 90
_QUARTER, _HALF, _FULL = 90, 180, 360
_UNSHOWN = "이 파일은 묶음에 넣을 수 있는 형식이 아니거나 열리지 않습니다. 따로 출력해 함께 내십시오."


def append_enclosures(front: bytes, paper: Paper) -> tuple[bytes, int]:
    """The paper's PDF with its enclosures behind it, and all its pages.

    PDF, JPG, PNG and TIFF are shown, a picture by its own way up; of any other or damaged file a page says so.
    """
    import pypdfium2  # noqa: PLC0415 - only where files are put together

    document = pypdfium2.PdfDocument(front)
    for number, enclosure in enumerate(paper.enclosures, 1):
        head = _head(number, enclosure, paper)
        try:
            pages = list(_pages(enclosure, head))
        except (pypdfium2.PdfiumError, OSError, ValueError, SyntaxError):  # SyntaxError: a damaged PNG
            pages = []
        if not pages:
            _put(document, _drawn((_SHORT, _LONG), head, f"{one_line(enclosure.name)}\n{_UNSHOWN}"))
        for page in pages:
            _put(document, page)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue(), len(document)


def _head(number: int, enclosure: Enclosure, paper: Paper) -> str:
    stamp = paper.stamp
    parts = [f"붙임 {number}", one_line(enclosure.label), f"확인번호: {stamp.check_number}"]
    return "  ·  ".join([*parts, PRACTICE] if stamp.practice else parts)


def _pages(enclosure: Enclosure, head: str) -> Iterator[bytes]:
    """One-page PDFs of an enclosure; every page is made before any is taken in, so that a damaged file leaves none."""
    if enclosure.media_type == "application/pdf":
        yield from _of_pdf(enclosure.content, head)
    elif enclosure.media_type in _PICTURES:
        yield from _of_picture(enclosure.content, head)


def _put(document: Any, page: bytes) -> None:
    import pypdfium2  # noqa: PLC0415 - as above

    document.import_pages(pypdfium2.PdfDocument(page))


def _of_pdf(content: bytes, head: str) -> Iterator[bytes]:
    """Each page of a PDF, what was filled in its form with it, scaled down onto A4."""
    import pypdfium2  # noqa: PLC0415 - as above
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    source = pypdfium2.PdfDocument(content)
    for index in range(len(source)):
        page = source[index]
        raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
        page.close()
        yield _one_page(source, index, head)


def _one_page(source: Any, index: int, head: str) -> bytes:
    import pypdfium2  # noqa: PLC0415 - as above

    page = source[index]
    left, bottom, right, top = page.get_cropbox()
    turned = page.get_rotation() % _FULL
    page.set_rotation(0)  # PDFium would turn the content and leave its frame as it was
    page.close()
    width, height = right - left, top - bottom
    if turned % _HALF:
        width, height = height, width
    paper = (_LONG, _SHORT) if width > height else (_SHORT, _LONG)
    target = pypdfium2.PdfDocument(_drawn(paper, head))
    placed = source.page_as_xobject(index, target).as_pageobject()
    scale, x, y = _place(width, height, paper)
    matrix = pypdfium2.PdfMatrix().rotate(turned)  # the frame begins at the origin already
    matrix = matrix.translate(*_turned_origin(turned, right - left, top - bottom))
    placed.set_matrix(matrix.scale(scale, scale).translate(x, y))
    sheet = target[0]
    sheet.insert_obj(placed)
    sheet.gen_content()
    saved = BytesIO()
    target.save(saved)
    return saved.getvalue()


def _turned_origin(turned: int, width: float, height: float) -> tuple[float, float]:
    """What brings the lower left corner of a page turned clockwise back to the origin."""
    return {0: (0.0, 0.0), _QUARTER: (0.0, width), _HALF: (width, height)}.get(turned, (height, 0.0))


def _of_picture(content: bytes, head: str) -> Iterator[bytes]:
    from PIL import Image, ImageOps, ImageSequence  # noqa: PLC0415 - only where a picture is enclosed

    with Image.open(BytesIO(content)) as image:
        for frame in ImageSequence.Iterator(image):
            upright = ImageOps.exif_transpose(frame.copy()).convert("RGB")
            packed = BytesIO()
            upright.save(packed, "JPEG", quality=_QUALITY)
            width, height = upright.size
            paper = (_LONG, _SHORT) if width > height else (_SHORT, _LONG)
            packed.seek(0)
            yield _drawn(paper, head, picture=(packed, width, height))


def _place(width: float, height: float, paper: tuple[float, float]) -> tuple[float, float, float]:
    """How much smaller a page is shown, never larger, and where its lower left corner stands."""
    room = paper[0] - 2 * _EDGE, paper[1] - _EDGE - _BAND
    scale = min(1.0, room[0] / width, room[1] / height)
    return scale, (paper[0] - width * scale) / 2, _EDGE + (room[1] - height * scale) / 2


def _drawn(
    paper: tuple[float, float],
    head: str,
    notice: str = "",
    picture: tuple[BytesIO, int, int] | None = None,
) -> bytes:
    """A page with its head line, and a notice or a picture under it."""
    from reportlab import rl_config  # noqa: PLC0415 - only a PDF needs ReportLab
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415 - as above
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - as above

    rl_config.useA85 = 0
    fonts.register(fonts.REGULAR)
    made = BytesIO()
    canvas = Canvas(made, pagesize=paper, invariant=1, initialFontName=fonts.REGULAR)
    canvas.setFont(fonts.REGULAR, _SIZE)
    canvas.drawString(_EDGE, paper[1] - _EDGE, head)
    canvas.setLineWidth(0.4)
    canvas.line(_EDGE, paper[1] - _EDGE - 4, paper[0] - _EDGE, paper[1] - _EDGE - 4)
    canvas.setFont(fonts.REGULAR, _NOTICE_SIZE)
    for place, line in enumerate(notice.split("\n") if notice else ()):
        canvas.drawCentredString(paper[0] / 2, paper[1] / 2 - place * 2 * _NOTICE_SIZE, line)
    if picture is not None:
        file, width, height = picture
        most = (paper[0] - 2 * _EDGE) / width, (paper[1] - _EDGE - _BAND) / height
        scale = min(most)
        x = (paper[0] - width * scale) / 2
        y = _EDGE + (paper[1] - _EDGE - _BAND - height * scale) / 2
        canvas.drawImage(ImageReader(file), x, y, width * scale, height * scale)
    canvas.showPage()
    canvas.save()
    return made.getvalue()
