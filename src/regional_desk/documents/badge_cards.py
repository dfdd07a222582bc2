"""Draws badges: name, number and QR code on cards to cut out."""

from __future__ import annotations

from regional_desk.documents.fitting import MM, fit
from regional_desk.documents.layout import CARDS_A_ROW, BadgesPart
from regional_desk.documents.paper import Badge, one_line
from regional_desk.documents.pen import THIN, Pen

_MASK = 2  # a fixed mask: choosing the best takes most of the time, and every reader takes any
_BLACK = "0 0 0"
_INSET = 7 * MM
_QR_SIDE = 27 * MM
_NAME, _NUMBER, _LINE = 28.0, 17.0, 9.5


def draw_cards(pen: Pen, part: BadgesPart, left: float, top: float, width: float) -> None:
    """A row of cards in thin frames to cut along."""
    share = width / CARDS_A_ROW
    for place, card in enumerate(part.cards):
        x = left + place * share
        pen.frame(x, top, share, part.height, THIN)
        _draw_card(pen, card, x, top, share, part.height)


def _draw_card(pen: Pen, card: Badge, left: float, top: float, width: float, height: float) -> None:
    x, room = left + _INSET, width - 3 * _INSET - _QR_SIDE
    wide = width - 2 * _INSET
    for text, size, middle, bold, space in (
        (card.above, _LINE, 0.17, False, wide),
        (card.name, _NAME, 0.45, True, room),
        (card.number, _NUMBER, 0.68, True, room),
        (card.below, _LINE, 0.86, False, wide),
    ):
        fitted = fit(one_line(text), space, size, bold=bold, wrap=False)
        drawn = fitted.lines[0], size * fitted.shrink
        pen.text(x, top + height * middle, *drawn, bold=bold, squeeze=fitted.squeeze)
    _draw_code(pen, card.code, left + width - _INSET - _QR_SIDE, top + (height - _QR_SIDE) * 0.55)


def _draw_code(pen: Pen, code: str, left: float, top: float) -> None:
    """The QR code as one bar for each run of dark modules, with the card's own white around it."""
    import segno  # noqa: PLC0415 - only badges need it

    rows = segno.make(code, mode="numeric", error="m", micro=False, mask=_MASK).matrix
    side = _QR_SIDE / len(rows)
    for down, row in enumerate(rows):
        across = 0
        while across < len(row):
            run = across
            while run < len(row) and row[run]:
                run += 1
            if run > across:
                pen.fill(left + across * side, top + down * side, (run - across) * side, side, _BLACK)
            across = max(run, across + 1)
