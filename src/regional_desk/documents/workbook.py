"""A laid-out paper as a workbook of one sheet: texts as texts, numbers as numbers, the print set up."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from regional_desk.documents.cell_styles import DIGIT_PIXELS, Look, Styles, set_column_measure
from regional_desk.documents.fitting import MM, Fitted
from regional_desk.documents.layout import (
    APPROVAL_BOX,
    APPROVAL_HEAD,
    APPROVAL_SIDE,
    APPROVAL_SIGN,
    INFO_SIZE,
    BadgesPart,
    ChartPart,
    InfoPart,
    Layout,
    ParagraphPart,
    Part,
    TablePart,
    Title,
)
from regional_desk.documents.paper import (
    BLANK_BELOW,
    PRACTICE,
    Align,
    FootRow,
    PageBreak,
    Table,
    Value,
    one_line,
    printable,
)
from regional_desk.documents.sheet_chart import add_chart
from regional_desk.documents.sheet_grid import Grid, badge_columns
from regional_desk.documents.table_layout import LaidTable, blank_height, foot_height

_PRINT_SCALE = 95  # leaves room for printers that round row heights up, so that a page stays a page
_PIXEL = 0.75
_WIDE_SIDE = 14 * MM
_LINE_ALLOWANCE = 1.5  # Excel's typeface stands a little taller
_CHART_TITLE = 18.0
_CHART_SHARE = 0.9
_BADGE_LINE = 18.0
_BADGE_HEAD = ("과정", "성명", "번호 · 사업단", "체크 번호", "QR 숫자")
_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\\s]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def make_workbook(layout: Layout) -> bytes:
    """The finished file; the same layout gives the same bytes."""
    book = Workbook()
    sheet = book.worksheets[0]
    paper = layout.paper
    sheet.title = _FORBIDDEN_IN_TITLE.sub("", paper.title)[:31]
    set_column_measure(book)
    _Sheet(sheet, layout).write()
    _set_up_print(sheet, layout)
    book.properties.title = one_line(paper.running or paper.title)
    book.properties.creator = one_line(paper.stamp.printed_by)
    book.properties.created = paper.stamp.printed_at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    file = io.BytesIO()
    book.save(file)
    return _with_fixed_times(file.getvalue(), paper.stamp.printed_at)


def _set_up_print(sheet: Worksheet, layout: Layout) -> None:
    paper, stamp = layout.paper, layout.paper.stamp
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if paper.landscape else "portrait"
    sheet.page_setup.scale = _PRINT_SCALE
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.top, margins.bottom, margins.left, margins.right = (mm / 25.4 for mm in (30, 15, 20, 15))
    margins.header, margins.footer = 20 / 25.4, 6 / 25.4
    sheet.oddFooter.left.text = stamp.line.replace("&", "&&")
    sheet.oddFooter.left.size = 7
    sheet.oddFooter.right.text = "&P / &N"
    sheet.oddFooter.right.size = 9
    if stamp.marks:
        sheet.oddHeader.left.text = "  ".join(f"[{mark}]" for mark in stamp.marks)
        sheet.oddHeader.left.size = 10
    if stamp.practice:
        sheet.oddHeader.center.text = PRACTICE
        sheet.oddHeader.center.size = 24
        sheet.oddHeader.center.color = "A6A6A6"


class _Sheet:
    """Writes the parts of every page one below the other."""

    def __init__(self, sheet: Worksheet, layout: Layout) -> None:
        self._sheet = sheet
        self._layout = layout
        self._styles = Styles(sheet)
        self._grid = Grid(layout)
        self._row = 1
        self._badges_begun = False
        # One table repeats its heading by the print titles, several write it again where they go on.
        self._titles = sum(isinstance(block, Table) for block in layout.paper.blocks) == 1 and not any(
            isinstance(block, PageBreak) for block in layout.paper.blocks
        )

    def write(self) -> None:
        for letter, width in self._grid.columns():
            self._sheet.column_dimensions[letter].width = width / _PIXEL / DIGIT_PIXELS
        for number, page in enumerate(self._layout.pages):
            if number and not any(isinstance(part, BadgesPart) for part in page):  # cards are a list here
                self._sheet.row_breaks.append(Break(id=self._row - 1))
            y = 0.0
            for part in page:
                if part.top > y + 0.1:
                    self._space(part.top - y)
                y = part.top + part.height
                self._part(part)
        self._sheet.print_area = f"A1:{self._grid.last_letter}{max(1, self._row - 1)}"

    def _part(self, part: Part) -> None:
        if isinstance(part, Title):
            self._title(part)
        elif isinstance(part, InfoPart):
            self._info(part)
        elif isinstance(part, ParagraphPart):
            self._paragraph(part)
        elif isinstance(part, ChartPart):
            self._chart(part)
        elif isinstance(part, BadgesPart):
            self._badges(part)
        else:
            self._table(part)

    def _space(self, height: float) -> None:
        self._sheet.row_dimensions[self._row].height = round(height, 2)
        self._row += 1

    def _put(self, rows: tuple[int, int], columns: tuple[int, int], value: Value, look: Look) -> None:
        """One box: its value in the first cell, its look in all, the cells merged where there are several."""
        (top, bottom), (first, last) = rows, columns
        cell = self._sheet.cell(top, first)
        self._styles.write(cell, value, look)
        if top == bottom and first == last:
            return
        for row in range(top, bottom + 1):
            for column in range(first, last + 1):
                self._styles.dress(self._sheet.cell(row, column), value, look)
        self._sheet.merge_cells(start_row=top, end_row=bottom, start_column=first, end_column=last)

    def _put_across(self, value: Value, look: Look) -> None:
        """A box over the whole width."""
        self._put((self._row, self._row), (1, self._grid.count), value, look)

    def _title(self, part: Title) -> None:
        look = Look(size=part.size, bold=True, border=False)
        if not part.approval:
            self._put_across(part.text, look)
            self._space(part.height)
            return
        top, bottom = self._row, self._row + 1
        self._space(APPROVAL_HEAD)
        self._space(APPROVAL_SIGN)
        side, *places = self._grid.from_right([APPROVAL_SIDE] + [APPROVAL_BOX] * len(part.approval))
        title = (1, side[0] - 1)
        if part.height > part.approval_height:
            self._put_across(part.text, look)
            self._space(part.height - part.approval_height)
        else:
            self._put((top, bottom), title, part.text, look)
        narrow = self._grid.width(side) < _WIDE_SIDE
        self._put((top, bottom), side, "결\n재" if narrow else "결  재", Look(size=9, fill=True))
        for label, columns in zip(part.approval, places, strict=True):
            self._put((top, top), columns, one_line(label), Look(size=9, fill=True))
            self._put((bottom, bottom), columns, None, Look(size=9))

    def _info(self, part: InfoPart) -> None:
        label = Look(size=INFO_SIZE, bold=True, fill=True, shrink=True)
        for fields, (_, height, boxes) in zip(part.info.rows, part.rows, strict=True):
            places = iter(self._grid.split([*(left for left, _, _, _ in boxes), self._layout.width]))
            texts = iter(boxes)
            rows = (self._row, self._row)
            for entry in fields:
                next(texts)
                *_, fitted = next(texts)
                self._put(rows, next(places), entry.label, label)
                shown = Look(size=INFO_SIZE, align=Align.LEFT, shrink=len(fitted.lines) == 1)
                self._put(rows, next(places), entry.value, shown)
            self._space(height)

    def _paragraph(self, part: ParagraphPart) -> None:
        paragraph = part.paragraph
        lines = len(part.lines)
        look = Look(
            size=paragraph.size,
            bold=paragraph.bold,
            align=paragraph.align,
            border=paragraph.boxed,
            shrink=lines == 1,
            indent=False,
        )
        self._put_across(("\n" if "\n" in paragraph.text else " ").join(part.lines), look)
        self._space(part.height + (_LINE_ALLOWANCE * lines if lines > 1 else 0))

    def _chart(self, part: ChartPart) -> None:
        chart = part.chart
        look = Look(size=10, bold=True, align=Align.LEFT, border=False, indent=False)
        self._put_across(f"{one_line(chart.title)} (단위: {chart.unit})", look)
        self._space(_CHART_TITLE)
        height = part.height - _CHART_TITLE
        add_chart(self._sheet, chart, self._row, self._layout.width * _CHART_SHARE, height)
        self._space(height)

    def _badges(self, part: BadgesPart) -> None:
        """A line for each card: what a badge printer's program reads."""
        lines = [(card.above, card.name, card.below, card.number, card.code) for card in part.cards]
        if not self._badges_begun:
            self._badges_begun = True
            self._badge_line(_BADGE_HEAD, Look(size=9, bold=True, fill=True))
        for line in lines:
            self._badge_line(line, Look(size=9, shrink=True))

    def _badge_line(self, values: tuple[str, ...], look: Look) -> None:
        places = self._grid.split(badge_columns(self._layout.width))
        for place, value in zip(places, values, strict=True):
            self._put((self._row, self._row), place, value, look)
        self._space(_BADGE_LINE)

    def _table(self, part: TablePart) -> None:
        laid = part.laid
        table = laid.table
        places = self._grid.split(laid.edges)
        if part.first == 0 or not self._titles:
            self._head(laid, places)
        wrapped = [Look(size=table.size, align=column.align) for column in table.columns]
        single = [replace(look, shrink=True) for look in wrapped]
        for index in range(part.first, part.last):
            at = (self._row, self._row)
            for column, (value, fitted) in enumerate(zip(table.rows[index], laid.cells[index], strict=True)):
                look = (single if len(fitted.lines) == 1 else wrapped)[column]
                self._put(at, places[column], value, look)
            self._space(laid.heights[index])
        if part.blank_below:
            self._put_across(BLANK_BELOW, Look(size=table.size))
            self._space(blank_height(table))
        for foot in part.foot:
            self._foot(table, foot, places)

    def _head(self, laid: LaidTable, places: tuple[tuple[int, int], ...]) -> None:
        top = self._row
        for height in laid.head_rows:
            self._space(height)
        bottom = self._row - 1
        look = Look(size=laid.table.size, bold=True, fill=True)
        for cell in laid.head:
            first = top if cell.top == 0 else bottom
            last = bottom if cell.top + cell.height > laid.head_height - 0.1 else top
            columns = (places[cell.first][0], places[cell.last][1])
            self._put((first, last), columns, _joined(cell.text), look)
        if self._titles:
            self._sheet.print_title_rows = f"{top}:{bottom}"

    def _foot(self, table: Table, foot: FootRow, places: tuple[tuple[int, int], ...]) -> None:
        rows = (self._row, self._row)
        look = Look(size=table.size, bold=True, fill=True)
        self._put(rows, (places[0][0], places[table.label_span - 1][1]), foot.label, look)
        for index, value in enumerate(foot.cells, start=table.label_span):
            shown = replace(look, align=table.columns[index].align, shrink=True)
            self._put(rows, places[index], value, shown)
        self._space(foot_height(table))


def _joined(text: Fitted) -> str:
    return printable("\n".join(text.lines))


def _with_fixed_times(data: bytes, moment: dt.datetime) -> bytes:
    """The same archive with every time inside that of the print, which openpyxl takes from the clock."""
    entry_time = moment.timetuple()[:6]
    modified = moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + modified, content)
            entry = zipfile.ZipInfo(name, entry_time)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()
