"""Where everything of a paper stands on its pages, in points, the same for every format.

Lengths run from the body's top left corner: x to the right, y downward.
"""

from __future__ import annotations

from dataclasses import dataclass

from regional_desk.documents import fonts
from regional_desk.documents.charts import bars_height
from regional_desk.documents.fitting import LEADING, MM, Fitted, fit, text_height
from regional_desk.documents.paper import (
    Badge,
    Badges,
    Bars,
    FootRow,
    Info,
    PageBreak,
    Paper,
    Paragraph,
    Table,
)
from regional_desk.documents.table_layout import (
    PADDING,
    LaidTable,
    blank_height,
    foot_height,
    lay_table,
    money_columns,
    page_sums,
    total_row,
)

A4 = (210 * MM, 297 * MM)
TOP, BOTTOM, LEFT, RIGHT = 30 * MM, 15 * MM, 20 * MM, 15 * MM

APPROVAL_SIDE, APPROVAL_BOX, APPROVAL_HEAD, APPROVAL_SIGN = 7 * MM, 19 * MM, 6.5 * MM, 14.5 * MM
INFO_SIZE = 9.5
CARDS_A_ROW = 2
CARD_HEIGHT = 57 * MM
GAP = 3.5 * MM
_TITLE_BAND = 14 * MM
_INFO_LABEL = 24 * MM
_MOST_NOTES = 60 * MM
_LAST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Title:
    """The title band of a first page, its type `size` in points; `center` is the title's middle, `approval_left` where the boxes begin."""

    top: float
    height: float
    text: str
    center: float
    baseline_middle: float
    approval: tuple[str, ...]
    approval_left: float
    size: float
    approval_height: float = APPROVAL_HEAD + APPROVAL_SIGN


@dataclass(frozen=True, slots=True)
class InfoPart:
    """Labelled lines: for each row its top, height and boxes (left, width, is label, text)."""

    top: float
    height: float
    rows: tuple[tuple[float, float, tuple[tuple[float, float, bool, Fitted], ...]], ...]
    info: Info


@dataclass(frozen=True, slots=True)
class ParagraphPart:
    """Lines of running text, whole or a part of a paragraph."""

    top: float
    height: float
    paragraph: Paragraph
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A chart."""

    top: float
    height: float
    chart: Bars


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows `first` to before `last` of a table on one page, with what closes them there."""

    top: float
    height: float
    laid: LaidTable
    first: int
    last: int
    blank_below: bool
    foot: tuple[FootRow, ...]


@dataclass(frozen=True, slots=True)
class BadgesPart:
    """A row of cards, each as wide as its share of the body."""

    top: float
    height: float
    cards: tuple[Badge, ...]


Part = Title | InfoPart | ParagraphPart | ChartPart | TablePart | BadgesPart


@dataclass(frozen=True, slots=True)
class Layout:
    """A paper on its pages; `width` and `height` are those of the body."""

    paper: Paper
    page_width: float
    page_height: float
    pages: tuple[tuple[Part, ...], ...]

    @property
    def width(self) -> float:
        """The body's width."""
        return self.page_width - LEFT - RIGHT


def lay_out(paper: Paper) -> Layout:
    """Place a paper on pages. Time and memory grow with its rows."""
    page_width, page_height = (A4[1], A4[0]) if paper.landscape else A4
    flow = _Flow(page_width - LEFT - RIGHT, page_height - TOP - BOTTOM)
    flow.place_title(paper)
    blocks = paper.blocks
    closing = (_closing(paper),) if paper.closing else ()
    for index, block in enumerate(blocks):
        if isinstance(block, PageBreak):
            flow.turn()
            if paper.letters:
                flow.place_title(paper)
        elif isinstance(block, Table):
            flow.place_table(block, _notes_height(paper, index + 1, flow.width))
        elif isinstance(block, Paragraph):
            following = (*blocks[index + 1 :], *closing)
            flow.place_paragraph(block, _kept_height(following, flow.width) if block.keep else 0.0)
        elif isinstance(block, Info):
            flow.place_info(block)
        elif isinstance(block, Badges):
            flow.place_badges(block)
        else:
            flow.place_chart(block)
    for last in closing:
        flow.place_paragraph(last, 0.0)
    return Layout(paper, page_width, page_height, tuple(tuple(page) for page in flow.pages))


def _notes_height(paper: Paper, start: int, width: float) -> float:
    """The height of the lines that belong under a table and stay on its last page."""
    notes: list[Paragraph] = []
    for block in paper.blocks[start:]:
        if not isinstance(block, Paragraph):
            while notes and notes[-1].keep:
                notes.pop()
            break
        notes.append(block)
    else:
        notes += [_closing(paper)] if paper.closing else []
    height = sum(
        note.before * MM + text_height(len(_paragraph_lines(note, width).lines), note.size) for note in notes
    )
    return height if height <= _MOST_NOTES else 0.0


def _closing(paper: Paper) -> Paragraph:
    return Paragraph(f"  {paper.closing}", before=2.0)


def _paragraph_lines(paragraph: Paragraph, width: float) -> Fitted:
    return fit(paragraph.text, width, paragraph.size, bold=paragraph.bold, squeeze=False)


def _kept_height(following: tuple[object, ...], width: float) -> float:
    """The least of the next block that has to stay with a kept paragraph."""
    block = following[0] if following else None
    if isinstance(block, Table):
        laid = lay_table(block, width)
        return GAP + laid.head_height + sum(laid.heights[:2]) + foot_height(block)
    if isinstance(block, Bars):
        return GAP + bars_height(block)
    if isinstance(block, Paragraph):
        return block.before * MM + text_height(1, block.size)
    return 0.0


class _Flow:
    """Fills pages from the top."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.pages: list[list[Part]] = [[]]
        self.y = 0.0

    @property
    def left(self) -> float:
        return self.height - self.y

    def turn(self) -> None:
        """Begin a page, unless this one is still empty."""
        if self.pages[-1]:
            self.pages.append([])
            self.y = 0.0

    def room(self, height: float) -> None:
        """Turn the page where this height does not fit."""
        if height > self.left:
            self.turn()

    def add(self, part: Part) -> None:
        self.pages[-1].append(part)
        self.y = part.top + part.height

    def gap(self, height: float) -> None:
        if self.pages[-1]:
            self.y += height

    def place_title(self, paper: Paper) -> None:
        labels, size = paper.approval, paper.title_size
        half = fonts.measure(paper.title, bold=True) * size / 2000
        if not labels:
            middle = _TITLE_BAND * 0.42
            self.add(Title(0, _TITLE_BAND, paper.title, self.width / 2, middle, (), self.width, size))
            return
        boxes = self.width - APPROVAL_SIDE - APPROVAL_BOX * len(labels)
        band = APPROVAL_HEAD + APPROVAL_SIGN
        if self.width / 2 + half + GAP <= boxes:
            center, middle, height = self.width / 2, band / 2, band
        elif half * 2 + GAP <= boxes:
            center, middle, height = boxes / 2, band / 2, band
        else:
            center, middle, height = self.width / 2, band + 8 * MM, band + 13 * MM
        self.add(Title(0, height, paper.title, center, middle, labels, boxes, size))

    def place_info(self, info: Info) -> None:
        self.gap(info.before * MM)
        rows = []
        y = 0.0
        for fields in info.rows:
            share = self.width / len(fields)
            boxes: list[tuple[float, float, bool, Fitted]] = []
            tallest = info.row_height * MM
            for index, entry in enumerate(fields):
                value_width = share - _INFO_LABEL
                label = fit(entry.label, _INFO_LABEL - 2 * PADDING, INFO_SIZE, bold=True)
                value = fit(entry.value, value_width - 2 * PADDING, INFO_SIZE)
                boxes.append((index * share, _INFO_LABEL, True, label))
                boxes.append((index * share + _INFO_LABEL, value_width, False, value))
                tallest = max(tallest, text_height(len(value.lines), INFO_SIZE) + 2 * PADDING)
            rows.append((y, tallest, tuple(boxes)))
            y += tallest
        self.room(y)
        self.add(InfoPart(self.y, y, tuple(rows), info))

    def place_paragraph(self, paragraph: Paragraph, keep_with: float) -> None:
        self.gap(paragraph.before * MM)
        inset = 4 * MM if paragraph.boxed else 0.0
        lines = _paragraph_lines(paragraph, self.width - 2 * inset).lines
        if paragraph.boxed:
            height = text_height(len(lines), paragraph.size) + 2 * inset
            self.room(height)
            self.add(ParagraphPart(self.y, height, paragraph, lines))
            return
        # a kept paragraph goes whole with what it is kept with
        self.room(text_height(len(lines) if keep_with else 1, paragraph.size) + keep_with)
        while lines:
            fitting = max(1, int(self.left / (paragraph.size * LEADING)))
            part, lines = lines[:fitting], lines[fitting:]
            self.add(ParagraphPart(self.y, text_height(len(part), paragraph.size), paragraph, part))
            if lines:
                self.turn()

    def place_chart(self, chart: Bars) -> None:
        self.gap(GAP)
        height = bars_height(chart)
        self.room(height)
        self.add(ChartPart(self.y, height, chart))

    def place_badges(self, badges: Badges) -> None:
        for at in range(0, len(badges.cards), CARDS_A_ROW):
            self.room(CARD_HEIGHT)
            self.add(BadgesPart(self.y, CARD_HEIGHT, badges.cards[at : at + CARDS_A_ROW]))

    def place_table(self, table: Table, notes: float) -> None:
        laid = lay_table(table, self.width)
        self.gap(GAP)
        self.room(laid.head_height + (laid.heights[0] if laid.heights else 0) + self._tail(table) + notes)
        running: dict[int, int] = dict.fromkeys(money_columns(table), 0)
        first = 0
        while True:
            last = self._fill(laid, first, notes)
            end = last == len(laid.heights)
            sums = page_sums(table, first, last, running) if table.sums else ()
            foot = (*sums, *table.foot, *total_row(table, running)) if end else sums
            blank = end and table.blank_below
            height = (
                laid.head_height
                + sum(laid.heights[first:last])
                + len(foot) * foot_height(table)
                + blank * blank_height(table)
            )
            self.add(TablePart(self.y, height, laid, first, last, blank, foot))
            if end:
                return
            self.turn()
            first = last

    def _tail(self, table: Table) -> float:
        """What follows the last row: 이하 빈칸, sums and foot rows."""
        rows = len(table.foot) + (3 if table.sums else 0)
        return rows * foot_height(table) + (blank_height(table) if table.blank_below else 0.0)

    def _fill(self, laid: LaidTable, first: int, notes: float) -> int:
        """The row after the last one that fits on this page; the last page keeps some rows beside its sums."""
        table, heights = laid.table, laid.heights
        room = self.left - laid.head_height + 0.01
        rest = room - self._tail(table) - notes
        limit = room - (2 * foot_height(table) if table.sums else 0.0)
        used, index, count = 0.0, first, len(heights)
        while index < count and used + heights[index] <= limit:
            used += heights[index]
            index += 1
        if index == count and used > rest:
            index = max(first + 1, count - _LAST_ROWS)
            if index == count:
                return count
        return max(index, min(first + 1, count))
