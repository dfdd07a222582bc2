"""Writes a paper as PDF."""

from __future__ import annotations

import datetime as dt
import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

from regional_desk.documents import fonts
from regional_desk.documents.badge_cards import draw_cards
from regional_desk.documents.charts import bars_drawing
from regional_desk.documents.fitting import LEADING, MM, fit
from regional_desk.documents.layout import (
    APPROVAL_BOX,
    APPROVAL_HEAD,
    APPROVAL_SIDE,
    INFO_SIZE,
    LEFT,
    RIGHT,
    TOP,
    BadgesPart,
    ChartPart,
    InfoPart,
    Layout,
    ParagraphPart,
    TablePart,
    Title,
    lay_out,
)
from regional_desk.documents.paper import PRACTICE, Align, Paper, Written, one_line
from regional_desk.documents.pdf_table import draw_table
from regional_desk.documents.pen import BLACK, FRAME, GREY, HEAD_FILL, Pen
from regional_desk.documents.saving import save
from regional_desk.documents.table_layout import PADDING

_SMALL = 7.5
_PAGE_SIZE = 9.0
_APPROVAL_SIZE = 9.0
_WATERMARK_SIZE = 120.0
_FOOTER_RULE = 11 * MM
_FOOTER_MIDDLE = 8 * MM
_HEADER_MIDDLE = 23.5 * MM
_MARK_SIZE = 9.5
_FRAME_INSET = 10 * MM


def write_pdf(paper: Paper, path: Path) -> Written:
    """Write the paper to a file; raise NotSaved, with the old file kept, where the place refuses."""
    data, pages = pdf_bytes(paper)
    save(path, data)
    return Written(pages, hashlib.sha256(data).digest())


def pdf_bytes(paper: Paper) -> tuple[bytes, int]:
    """The paper as PDF, and its pages; the same paper with the same stamp gives the same bytes."""
    layout = lay_out(paper)
    canvas = _canvas(layout)
    pen = Pen(canvas, layout.page_height)
    count = len(layout.pages)
    for number, parts in enumerate(layout.pages, start=1):
        _draw_frame(pen, layout, number, count)
        charts = []
        for part in parts:
            if isinstance(part, TablePart):
                draw_table(pen, part, LEFT, TOP + part.top)
            elif isinstance(part, Title):
                _draw_title(pen, part)
            elif isinstance(part, InfoPart):
                _draw_info(pen, part, layout.width)
            elif isinstance(part, ParagraphPart):
                _draw_paragraph(pen, part, layout.width)
            elif isinstance(part, BadgesPart):
                draw_cards(pen, part, LEFT, TOP + part.top, layout.width)
            else:
                charts.append(part)
        pen.put()
        for chart in charts:
            _draw_chart(canvas, chart, layout)
        canvas.showPage()
    data = bytes(canvas.getpdfdata())
    if paper.enclosures:
        from regional_desk.documents.enclosures import append_enclosures  # noqa: PLC0415 - few papers have any

        return append_enclosures(data, paper)
    return data, count


def _canvas(layout: Layout) -> Any:
    from reportlab import rl_config  # noqa: PLC0415 - only a PDF needs ReportLab
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    rl_config.useA85 = 0  # binary streams: a quarter smaller, and no slow text coding
    fonts.register(fonts.REGULAR)
    paper = layout.paper
    canvas = Canvas(
        BytesIO(),
        pagesize=(layout.page_width, layout.page_height),
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.REGULAR,
        lang="ko-KR",
    )
    moment = _pdf_date(paper.stamp.printed_at)
    canvas.setDateFormatter(lambda *_: moment)
    canvas.setTitle(one_line(paper.running or paper.title))
    canvas.setAuthor(one_line(paper.stamp.printed_by))
    canvas.setSubject(f"확인번호 {paper.stamp.check_number}")
    canvas.setCreator("Regional Desk")
    return canvas


def _pdf_date(moment: dt.datetime) -> str:
    zone = f"{moment:%z}"
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def _draw_frame(pen: Pen, layout: Layout, number: int, count: int) -> None:
    """What stands on every page: watermark, marks, the paper's name on later pages, footer."""
    paper, stamp = layout.paper, layout.paper.stamp
    right = layout.page_width - RIGHT
    if stamp.practice:
        pen.watermark(PRACTICE, _WATERMARK_SIZE, layout.page_width)
    x = LEFT
    for mark in stamp.marks:
        width = fonts.measure(mark, bold=True) * _MARK_SIZE / 1000 + 5 * MM
        pen.frame(x, _HEADER_MIDDLE - 2.7 * MM, width, 5.4 * MM, FRAME)
        pen.text(x + 2.5 * MM, _HEADER_MIDDLE, mark, _MARK_SIZE, bold=True)
        x += width + 2 * MM
    pen.ink(GREY)
    if paper.framed:
        for inset, weight in ((_FRAME_INSET, FRAME * 2), (_FRAME_INSET + 1.2 * MM, FRAME)):
            pen.frame(
                inset,
                inset,
                layout.page_width - 2 * inset,
                layout.page_height - _FOOTER_RULE - 2 * inset,
                weight,
            )
    if number > 1 and not paper.letters:
        name = fit(one_line(paper.running or paper.title), right - x - 5 * MM, _SMALL, wrap=False)
        pen.text(
            right - name.widths[0], _HEADER_MIDDLE, name.lines[0], _SMALL * name.shrink, squeeze=name.squeeze
        )
    rule = layout.page_height - _FOOTER_RULE
    middle = layout.page_height - _FOOTER_MIDDLE
    pen.line(LEFT, rule, right, rule)
    page = "" if paper.letters else f"{number} / {count}"
    page_width = fonts.measure(page) * _PAGE_SIZE / 1000
    line = fit(stamp.line, right - LEFT - page_width - 6 * MM, _SMALL, wrap=False)
    pen.text(LEFT, middle, line.lines[0], _SMALL * line.shrink, squeeze=line.squeeze)
    pen.ink(BLACK)
    pen.text(right - page_width, middle, page, _PAGE_SIZE)


def _draw_title(pen: Pen, part: Title) -> None:
    top = TOP + part.top
    width = fonts.measure(part.text, bold=True) * part.size / 1000
    pen.text(LEFT + part.center - width / 2, top + part.baseline_middle, part.text, part.size, bold=True)
    if not part.approval:
        return
    left, height = LEFT + part.approval_left, part.approval_height
    right = left + APPROVAL_SIDE + APPROVAL_BOX * len(part.approval)
    pen.fill(left, top, APPROVAL_SIDE, height, HEAD_FILL)
    pen.fill(left + APPROVAL_SIDE, top, right - left - APPROVAL_SIDE, APPROVAL_HEAD, HEAD_FILL)
    pen.frame(left, top, right - left, height, FRAME)
    for place, sign in ((0.34, "결"), (0.66, "재")):
        x = left + (APPROVAL_SIDE - fonts.measure(sign) * _APPROVAL_SIZE / 1000) / 2
        pen.text(x, top + height * place, sign, _APPROVAL_SIZE)
    lines = [(left + APPROVAL_SIDE, top + APPROVAL_HEAD, right, top + APPROVAL_HEAD)]
    for index, label in enumerate(part.approval):
        start = left + APPROVAL_SIDE + index * APPROVAL_BOX
        lines.append((start, top, start, top + height))
        fitted = fit(one_line(label), APPROVAL_BOX - 2 * PADDING, _APPROVAL_SIZE, wrap=False)
        x = start + (APPROVAL_BOX - fitted.widths[0]) / 2
        pen.text(
            x,
            top + APPROVAL_HEAD / 2,
            fitted.lines[0],
            _APPROVAL_SIZE * fitted.shrink,
            squeeze=fitted.squeeze,
        )
    pen.lines(lines)


def _draw_info(pen: Pen, part: InfoPart, width: float) -> None:
    top = TOP + part.top
    lines = []
    for row_top, height, boxes in part.rows:
        y = top + row_top
        if row_top:
            lines.append((LEFT, y, LEFT + width, y))
        for left, box_width, is_label, text in boxes:
            x = LEFT + left
            if is_label:
                pen.fill(x, y, box_width, height, HEAD_FILL)
            if left:
                lines.append((x, y, x, y + height))
            step = INFO_SIZE * LEADING
            middle = y + height / 2 - step * (len(text.lines) - 1) / 2
            for line, length in zip(text.lines, text.widths, strict=True):
                start = x + (box_width - length) / 2 if is_label else x + 2 * PADDING
                pen.text(start, middle, line, INFO_SIZE, bold=is_label, squeeze=text.squeeze)
                middle += step
    if lines:
        pen.lines(lines)
    pen.frame(LEFT, top, width, part.height, FRAME)


def _draw_paragraph(pen: Pen, part: ParagraphPart, width: float) -> None:
    paragraph = part.paragraph
    inset = 0.0
    if paragraph.boxed:
        inset = (part.height - len(part.lines) * paragraph.size * LEADING) / 2
        pen.frame(LEFT, TOP + part.top, width, part.height, FRAME)
    step = paragraph.size * LEADING
    middle = TOP + part.top + inset + step / 2
    for line in part.lines:
        length = fonts.measure(line, bold=paragraph.bold) * paragraph.size / 1000
        x = {
            Align.LEFT: LEFT + inset,
            Align.CENTER: LEFT + (width - length) / 2,
            Align.RIGHT: LEFT + width - inset - length,
        }[paragraph.align]
        pen.text(x, middle, line, paragraph.size, bold=paragraph.bold)
        middle += step


def _draw_chart(canvas: Any, part: ChartPart, layout: Layout) -> None:
    from reportlab.graphics import renderPDF  # noqa: PLC0415 - only a paper with a chart needs it

    drawing = bars_drawing(part.chart, layout.width)
    renderPDF.draw(drawing, canvas, LEFT, layout.page_height - TOP - part.top - part.height)
