"""Draws a page's rules, fills and text as few, plain PDF operators.

A statement of 600 people has ten thousand cells: one call of the library for each would take most of the time.
"""

from __future__ import annotations

from typing import Any

from regional_desk.documents import fonts

THIN = 0.3
FRAME = 0.7
BLACK = "0 0 0"
GREY = "0.38 0.38 0.38"
HEAD_FILL = "0.935 0.94 0.945"
SUM_FILL = "0.965 0.968 0.97"
_WATERMARK = "0.915 0.915 0.915"
_BASELINE = 0.36


class Pen:
    """Collects what is drawn on a page: fills below, then rules, then text. y runs downward from the page's top."""

    def __init__(self, canvas: Any, page_height: float) -> None:
        self._canvas = canvas
        self._page_height = page_height
        self._document = canvas._doc  # noqa: SLF001 - subsets of a font belong to a document, which has no other name
        self._fonts = {False: fonts.register(fonts.REGULAR), True: fonts.register(fonts.BOLD)}
        self._shown: dict[tuple[str, bool], tuple[tuple[str, str], ...]] = {}
        self._fills: list[str] = []
        self._rules: list[str] = []
        self._texts: list[str] = []

    def fill(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """A filled rectangle."""
        bottom = self._page_height - y - height
        self._fills.append(f"{color} rg {x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re f")

    def line(self, x: float, y: float, to_x: float, to_y: float, weight: float = THIN) -> None:
        """A rule."""
        high = self._page_height
        self._rules.append(f"{weight} w {x:.2f} {high - y:.2f} m {to_x:.2f} {high - to_y:.2f} l S")

    def lines(self, lines: list[tuple[float, float, float, float]], weight: float = THIN) -> None:
        """Many rules of one weight."""
        high = self._page_height
        path = " ".join(
            [f"{x:.2f} {high - y:.2f} m {to_x:.2f} {high - to_y:.2f} l" for x, y, to_x, to_y in lines]
        )
        self._rules.append(f"{weight} w {path} S")

    def frame(self, x: float, y: float, width: float, height: float, weight: float = THIN) -> None:
        """An empty rectangle."""
        bottom = self._page_height - y - height
        self._rules.append(f"{weight} w {x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re S")

    def text(
        self, x: float, middle: float, text: str, size: float, *, bold: bool = False, squeeze: float = 1.0
    ) -> None:
        """A line of text that begins at x, its letters centred on `middle`."""
        if not text:
            return
        baseline = self._page_height - middle - size * _BASELINE
        pieces = self._shown.get((text, bold)) or self._encode(text, bold)
        shown = " ".join([f"{font} {size:g} Tf {code} Tj" for font, code in pieces])
        if squeeze != 1.0:
            shown = f"{squeeze * 100:.1f} Tz {shown} 100 Tz"
        self._texts.append(f"1 0 0 1 {x:.2f} {baseline:.2f} Tm {shown}")

    def ink(self, color: str) -> None:
        """The colour of the text that follows."""
        self._texts.append(f"{color} rg")

    def watermark(self, text: str, size: float, page_width: float) -> None:
        """A pale word across the page, under everything."""
        half = fonts.measure(text, bold=True) * size / 2000
        shown = " ".join(f"{font} {size:g} Tf {code} Tj" for font, code in self._encode(text, bold=True))
        slope = f"0.9063 0.4226 -0.4226 0.9063 {page_width / 2:.2f} {self._page_height / 2:.2f} cm"
        self._fills.append(
            f"q {slope} {_WATERMARK} rg BT 1 0 0 1 {-half:.2f} {-size * _BASELINE:.2f} Tm {shown} ET Q"
        )

    def put(self) -> None:
        """Write what was collected onto the canvas' page."""
        self._canvas.addLiteral("q 0 0 0 RG 0 J")
        for operators in (self._fills, self._rules):
            self._canvas.addLiteral("\n".join(operators))
        self._canvas.addLiteral("Q 0 0 0 rg BT")
        self._canvas.addLiteral("\n".join(self._texts))
        self._canvas.addLiteral("ET")
        self._fills, self._rules, self._texts = [], [], []

    def _encode(self, text: str, bold: bool) -> tuple[tuple[str, str], ...]:
        """The text as (font name, code) pairs: an embedded font holds 255 characters, so one line may need several."""
        font, document = self._fonts[bold], self._document
        pieces = tuple(
            (font.getSubsetInternalName(subset, document), f"<{code.hex()}>")
            for subset, code in font.splitString(text, document)
        )
        self._shown[text, bold] = pieces
        return pieces
