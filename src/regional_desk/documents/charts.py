"""Charts, drawn once for paper and screen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from regional_desk.documents import fonts
from regional_desk.documents.fitting import fit
from regional_desk.documents.paper import Bars, one_line
from regional_desk.domain.rounding import half_up

_ROW, _BAR, _HEAD = 25.0, 8.0, 26.0
_LABEL_SHARE, _WIDE_LABEL_SHARE, _LONG_LABEL = 0.2, 0.28, 18
_LEAST_ROOM = 40.0
_TITLE_SIZE, _SIZE, _FIGURE_SIZE = 10.0, 9.0, 8.0


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as 0xRRGGBB: of the goal's bar and its edge, the result's bar, the text and the base line."""

    goal: int
    goal_edge: int
    result: int
    text: int
    line: int


PAPER = Palette(goal=0xE3E7EC, goal_edge=0x8A94A0, result=0x1D5FBF, text=0x000000, line=0x5C6773)


def bars_height(chart: Bars) -> float:
    """The height the chart needs, in points."""
    return _HEAD + _ROW * len(chart.bars) + 6.0


def bar_at(chart: Bars, share: float) -> int | None:
    """Which item stands at a share of the height from the top, None where none does."""
    at = (share * bars_height(chart) - _HEAD) // _ROW
    return int(at) if 0 <= at < len(chart.bars) else None


def bars_drawing(chart: Bars, width: float, palette: Palette = PAPER) -> Any:
    """A ReportLab drawing of `width` points: two bars an item, goal above result, each with its figure."""
    from reportlab.graphics.shapes import STATE_DEFAULTS, Drawing, Line  # noqa: PLC0415 - only a paper with a chart needs it
    from reportlab.lib.colors import HexColor  # noqa: PLC0415

    fonts.register(fonts.REGULAR)
    fonts.register(fonts.BOLD)
    # ReportLab begins each drawing in its default typeface; Helvetica would stay in the file, named but not embedded.
    STATE_DEFAULTS["fontName"] = fonts.REGULAR
    height = bars_height(chart)
    drawing = Drawing(width, height)
    _add_head(drawing, chart, palette, width, height)
    long = any(len(label) > _LONG_LABEL for label, _, _ in chart.bars)
    left = width * (_WIDE_LABEL_SHARE if long else _LABEL_SHARE)
    figures = [
        (f"{goal:,}", _result_figure(goal, result) if chart.shares else f"{result:,}")
        for _, goal, result in chart.bars
    ]
    widest = max((fonts.measure(figure) for pair in figures for figure in pair), default=0)
    room = max(_LEAST_ROOM, width - left - widest * _FIGURE_SIZE / 1000 - 8)
    longest = max((max(goal, result) for _, goal, result in chart.bars), default=0) or 1
    for index, ((label, goal, result), figure) in enumerate(zip(chart.bars, figures, strict=True)):
        middle = height - _HEAD - _ROW * (index + 0.5)
        _add_label(drawing, label, left, middle, palette.text)
        bars = (goal, middle + 0.5, palette.goal, palette.goal_edge, figure[0])
        shown = (result, middle - 0.5 - _BAR, palette.result, palette.result, figure[1])
        for value, base, inside, edge, words in (bars, shown):
            length = room * float(value / longest)
            _add_bar(drawing, left, base, length, (inside, edge))
            _add_text(drawing, left + length + 4, base + 1.2, words, _FIGURE_SIZE, palette.text)
    line = HexColor(palette.line)
    drawing.add(Line(left, 4, left, height - _HEAD + 1, strokeColor=line, strokeWidth=0.6))
    return drawing


def _result_figure(goal: int | Decimal, result: int | Decimal) -> str:
    if not goal:
        return f"{result:,}"
    # Both times ten are whole: counts, or shares of one place.
    return f"{result:,} ({half_up(int(result * 1000), int(goal * 10), 1)}%)"


def _add_label(drawing: Any, label: str, right: float, middle: float, color: int) -> None:
    """An item's name before its bars, on two lines at most."""
    fitted = fit(one_line(label), right - 8, _SIZE, most_lines=2)
    step = _SIZE * 1.2
    base = middle - 3.2 + step * (len(fitted.lines) - 1) / 2
    for line in fitted.lines:
        _add_text(drawing, right - 6, base, line, _SIZE * fitted.squeeze * fitted.shrink, color, "end")
        base -= step


def bars_svg(chart: Bars, width: float, palette: Palette = PAPER) -> str:
    """The same drawing as SVG for the screen."""
    from reportlab.graphics import renderSVG  # noqa: PLC0415 - only the screen needs it

    # Without useClip the SVG carries a clip path that Qt paints as a black ground.
    svg = renderSVG.drawToString(bars_drawing(chart, width, palette), useClip=True)
    text = svg if isinstance(svg, str) else str(svg, "utf-8")
    # Screens know the bold face as a weight of the family.
    return text.replace("font-family: NanumGothicBold", "font-family: NanumGothic; font-weight: bold")


def _add_head(drawing: Any, chart: Bars, palette: Palette, width: float, height: float) -> None:
    """Title and legend."""
    base = height - 14
    _add_text(drawing, 0, base, one_line(chart.title), _TITLE_SIZE, palette.text, bold=True)
    x = width - 4.0
    for name, colors in (
        (chart.names[1], (palette.result, palette.result)),
        (chart.names[0], (palette.goal, palette.goal_edge)),
    ):
        _add_text(drawing, x, base, name, _SIZE, palette.text, "end")
        x -= fonts.measure(name) * _SIZE / 1000 + 14
        _add_bar(drawing, x, base - 0.5, 10, colors)
        x -= 12
    unit = f"(단위: {chart.unit})"
    _add_text(drawing, x, base, unit, _SIZE, palette.text, "end")


def _add_bar(drawing: Any, x: float, y: float, length: float, colors: tuple[int, int]) -> None:
    from reportlab.graphics.shapes import Rect  # noqa: PLC0415
    from reportlab.lib.colors import HexColor  # noqa: PLC0415

    if length > 0:
        inside, edge = (HexColor(color) for color in colors)
        drawing.add(Rect(x, y, length, _BAR, fillColor=inside, strokeColor=edge, strokeWidth=0.4))


def _add_text(
    drawing: Any,
    x: float,
    y: float,
    text: str,
    size: float,
    color: int,
    anchor: str = "start",
    *,
    bold: bool = False,
) -> None:
    from reportlab.graphics.shapes import String  # noqa: PLC0415
    from reportlab.lib.colors import HexColor  # noqa: PLC0415

    font = fonts.BOLD if bold else fonts.REGULAR
    drawing.add(
        String(x, y, text, fontName=font, fontSize=size, fillColor=HexColor(color), textAnchor=anchor)
    )
