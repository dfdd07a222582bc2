"""The papers' typefaces: how wide their letters are, and handing them to ReportLab.

The layout measures with the same tables that are embedded, so every format breaks lines and pages alike.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import unpack_from
from typing import Any
from weakref import WeakKeyDictionary

from regional_desk import paths

# The names equal Qt's families, so that a chart looks the same on screen.
REGULAR = "NanumGothic"
BOLD = "NanumGothicBold"

_UNICODE_MAPS = frozenset({(3, 1), (0, 3)})
_SEGMENTS = 4
_SPACE, _FIXED_SPACE = 0x20, 0xA0


@dataclass(frozen=True, slots=True)
class Metrics:
    """A typeface's tables: glyph and width (thousandths of the size) of each character, and what embedding needs."""

    glyphs: dict[int, int]
    widths: dict[int, int]
    default_width: int
    glyph_widths: list[tuple[int, int]]
    glyph_positions: list[int]


def font_file(name: str) -> Path:
    """The shipped file of a typeface."""
    return paths.resources() / "fonts" / f"{name}.ttf"


@cache
def metrics(name: str) -> Metrics:
    """Read a shipped typeface's tables.

    ReportLab reads the same tables number by number in 60 ms; a whole paper is to be ready in 250.
    """
    data = font_file(name).read_bytes()
    tables = {
        tag: offset
        for tag, _, offset, _ in (
            unpack_from(">4sLLL", data, 12 + 16 * index) for index in range(unpack_from(">H", data, 4)[0])
        )
    }
    count = unpack_from(">H", data, tables[b"maxp"] + 4)[0]
    glyphs = _characters(data, tables[b"cmap"])
    pairs = _glyph_widths(data, tables[b"hmtx"], unpack_from(">H", data, tables[b"hhea"] + 34)[0], count)
    in_bytes = unpack_from(">H", data, tables[b"head"] + 50)[0] == 1
    positions = _numbers(data, tables[b"loca"], count + 1, "I" if in_bytes else "H")
    return Metrics(
        glyphs=glyphs,
        widths={code: pairs[glyph][0] for code, glyph in glyphs.items()},
        default_width=pairs[0][0],
        glyph_widths=pairs,
        glyph_positions=list(positions) if in_bytes else [place * 2 for place in positions],
    )


def _numbers(data: bytes, offset: int, count: int, kind: str) -> array[int]:
    """`count` big-endian numbers."""
    numbers = array(kind)
    numbers.frombytes(data[offset : offset + count * numbers.itemsize])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _glyph_widths(data: bytes, offset: int, measured: int, count: int) -> list[tuple[int, int]]:
    """Advance and left bearing of each glyph; those after the last measured one share its advance."""
    flat = _numbers(data, offset, measured * 2, "H")
    pairs = list(zip(flat[::2], flat[1::2], strict=True))
    rest = _numbers(data, offset + measured * 4, count - measured, "H")
    return pairs + [(pairs[-1][0], bearing) for bearing in rest]


def _characters(data: bytes, offset: int) -> dict[int, int]:
    """The glyph of each character, from the segments of the Unicode map."""
    start = _unicode_map(data, offset)
    length, doubled = (unpack_from(">H", data, start + place)[0] for place in (2, 6))
    segments = doubled // 2
    ranges_at = start + 16 + 6 * segments
    ends = _numbers(data, start + 14, segments, "H")
    starts, deltas, ranges = (
        _numbers(data, start + 16 + skipped * segments, segments, "H") for skipped in (2, 4, 6)
    )
    glyphs: dict[int, int] = {}
    for index, (first, last, delta, range_at) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        codes = range(first, last + 1)
        if range_at:
            place = ranges_at + 2 * index + range_at
            listed = _numbers(data, place, min(len(codes), (start + length - place) // 2), "H")
            shifted = [glyph + delta & 0xFFFF if glyph else 0 for glyph in listed]
            glyphs.update(zip(codes, shifted, strict=False))
        elif first == last:
            glyphs[first] = first + delta & 0xFFFF
        else:
            glyphs.update(zip(codes, [code + delta & 0xFFFF for code in codes], strict=True))
    glyphs[_FIXED_SPACE] = glyphs[_SPACE]
    return glyphs


def _unicode_map(data: bytes, offset: int) -> int:
    """Where the character map of segments begins."""
    for index in range(unpack_from(">H", data, offset + 2)[0]):
        platform, encoding, place = unpack_from(">HHL", data, offset + 4 + 8 * index)
        kind = unpack_from(">H", data, offset + place)[0]
        if (platform, encoding) in _UNICODE_MAPS and kind == _SEGMENTS:
            return int(offset + place)
    raise ValueError("a shipped typeface without a Unicode map of segments")


def measure(text: str, *, bold: bool = False) -> int:
    """The width of a line in thousandths of the type size."""
    known = metrics(BOLD if bold else REGULAR)
    widths, default = known.widths, known.default_width
    return sum([widths.get(code, default) for code in map(ord, text)])


def register(name: str) -> Any:
    """Make a typeface known to ReportLab, once, and return it."""
    from reportlab.pdfbase import pdfmetrics, ttfonts  # noqa: PLC0415 - only a PDF needs ReportLab

    if name in pdfmetrics.getRegisteredFontNames():
        return pdfmetrics.getFont(name)
    known = metrics(name)

    class Face(ttfonts.TTFontFace):  # type: ignore[misc]  # ReportLab is untyped
        """ReportLab's face, with the tables read above."""

        def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803, ARG002 - ReportLab's names
            """Read the heads only; the long tables are known."""
            super().extractInfo(0)
            self.charToGlyph = known.glyphs
            self.charWidths = known.widths
            self.defaultWidth = known.default_width
            self.hmetrics = known.glyph_widths
            self.glyphPos = known.glyph_positions

    class Font(ttfonts.TTFont):  # type: ignore[misc]  # ReportLab is untyped
        """ReportLab's font, whose own constructor would read the long tables again."""

        def __init__(self) -> None:
            self.fontName = name
            self.face = Face(str(font_file(name)))
            self.encoding = ttfonts.TTEncoding()
            self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
            self._asciiReadable = False
            self.shapable = False

    font = Font()
    pdfmetrics.registerFont(font)
    return font
