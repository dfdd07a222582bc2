"""What a paper is, whatever it is written as: one frozen description for PDF, xlsx and HWPX (rulebook section 6)."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum

from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date

END = "끝."
BLANK_BELOW = "이하 빈칸"
PRACTICE = "연습용"
PROVISIONAL = "미확정"
SOLO = "단독 처리"

Value = str | int | Decimal | None
"""What stands in a cell: text, a whole number, an exact fraction, or nothing."""


class Align(Enum):
    """Where a text stands in its cell or line."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who printed the paper, when, for what, and in which state of the data.

    `printed_at` is an aware moment and dates the file itself; `check_number` (확인번호) finds the state again.
    """

    purpose: str
    printed_by: str
    printed_at: dt.datetime
    check_number: str
    practice: bool = False
    provisional: bool = False
    solo: bool = False

    @property
    def line(self) -> str:
        """The footer of every page."""
        moment = f"{korean_date(self.printed_at.date())} {self.printed_at:%H:%M}"
        parts = (
            f"용도: {self.purpose}",
            f"출력자: {self.printed_by}",
            f"출력일시: {moment}",
            f"확인번호: {self.check_number}",
        )
        return "  ·  ".join(one_line(part) for part in parts)

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks at the head of every page."""
        return tuple(mark for shown, mark in ((self.provisional, PROVISIONAL), (self.solo, SOLO)) if shown)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `weight` is its share of the width, `group` a heading shared with its neighbours.

    `money` columns hold whole won and are added up; a column that does not `wrap` is squeezed instead.
    """

    heading: str
    weight: float
    align: Align = Align.CENTER
    group: str = ""
    money: bool = False
    wrap: bool = True


@dataclass(frozen=True, slots=True)
class FootRow:
    """A row under the table: its label covers the table's first columns, `cells` are the others."""

    label: str
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `row_height` is the least height of a row in millimetres, `size` its type size in points.

    `sums` puts 쪽계 and 누계 on every page and 합계 at the end; `label_span` columns carry the foot labels.
    `blank_below` closes the rows with 이하 빈칸.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    row_height: float = 7.0
    size: float = 9.0
    sums: bool = False
    foot: tuple[FootRow, ...] = ()
    label_span: int = 1
    blank_below: bool = True

    @property
    def grouped(self) -> bool:
        """Whether the heading has two levels."""
        return any(column.group for column in self.columns)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `before` is the space above it in millimetres, `boxed` draws a frame around it.

    `keep` holds it on one page with what follows.
    """

    text: str
    size: float = 10.0
    align: Align = Align.LEFT
    bold: bool = False
    before: float = 1.5
    boxed: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Info:
    """Labelled lines; the fields of a row share its width. `row_height` and the space `before` are in millimetres."""

    rows: tuple[tuple[Field, ...], ...]
    row_height: float = 6.6
    before: float = 3.5


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of pairs of bars, results against goals unless `names` says otherwise: (label, goal, result).

    `unit` follows the numbers; with `shares` a result also says how much of its goal it is.
    """

    title: str
    bars: tuple[tuple[str, int | Decimal, int | Decimal], ...]
    unit: str = "명"
    names: tuple[str, str] = ("목표", "실적")
    shares: bool = True


@dataclass(frozen=True, slots=True)
class Badge:
    """A card to cut out: a name, what stands above and below it, a number to type and a QR code of digits."""

    name: str
    above: str
    below: str
    number: str
    code: str


@dataclass(frozen=True, slots=True)
class Badges:
    """Cards side by side; a workbook has them as a list, for programs that print badges."""

    cards: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


Block = Table | Paragraph | Info | Bars | Badges | PageBreak


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file behind a paper, shown in its PDF under its label; `media_type` is what its bytes are."""

    label: str
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: A4, margins 30/15/20/15 mm (top, bottom, left, right), approval boxes top right.

    `approval` holds the labels of the boxes (담당, 팀장, 단장); `running` names the paper on later pages;
    `closing` is 끝. where the paper ends in text, empty where a table ends it with 이하 빈칸. With `letters` each page
    break begins a letter of its own: it has the title again, and pages carry no number. `title_size` is in points;
    `framed` draws a double rule around each page, as certificates have it. `enclosures` follow in the PDF only.
    """

    title: str
    stamp: Stamp
    blocks: tuple[Block, ...]
    landscape: bool = False
    approval: tuple[str, ...] = ()
    running: str = ""
    closing: str = ""
    letters: bool = False
    title_size: float = 17.0
    framed: bool = False
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A paper on disk."""

    pages: int
    sha256: bytes


class Scope(StrEnum):
    """What one copy of a paper is about."""

    UNIT = "unit"
    MONTH = "month"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of paper: how it is named and what it shows of people (rulebook section 6)."""

    key: str
    title: str
    landscape: bool
    scope: Scope
    names: Masking = Masking.FULL
    accounts: Masking = Masking.MASKED


def printable(text: str) -> str:
    """Composed text without control characters but line breaks; no format may carry them."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():
        return composed
    return "".join(sign for sign in composed if sign == "\n" or sign.isprintable())


def one_line(text: str) -> str:
    """Printable text on one line."""
    return " ".join(printable(text).split())


def show(value: Value) -> str:
    """A cell's text as it stands on paper: whole numbers with separators."""
    if value is None:
        return ""
    if isinstance(value, str):
        return printable(value)
    return f"{value:,}"
