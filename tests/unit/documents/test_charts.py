from __future__ import annotations

from xml.etree import ElementTree as ET

from regional_desk.documents.charts import Palette, bars_drawing, bars_height, bars_svg
from regional_desk.documents.paper import Bars

CHART = Bars("목표 대비 누계", (("모집 Track1", 57, 58), ("모집 Track2", 29, 20), ("수료", 0, 3)))
DARK = Palette(goal=0x323A44, goal_edge=0x9AA7B4, result=0x7DB1FF, text=0xE7ECF1, line=0x9AA7B4)


def texts_of(svg: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(svg).iter() if node.tag.endswith("text")]  # noqa: S314 - our own


def test_the_screen_gets_an_svg_without_the_clip_that_qt_paints_black() -> None:
    svg = bars_svg(CHART, 480)
    assert "clipPath" not in svg
    assert "NanumGothic" in svg


def test_each_bar_shows_its_figure() -> None:
    texts = [text.strip() for text in texts_of(bars_svg(CHART, 480))]
    for words in ("모집 Track1", "57", "58 (101.8%)", "20 (69.0%)", "3", "목표", "실적", "(단위: 명)"):
        assert words in texts


def test_the_screen_may_bring_its_own_colours() -> None:
    assert bars_svg(CHART, 480, DARK) != bars_svg(CHART, 480)


def test_nothing_is_drawn_outside() -> None:
    drawing = bars_drawing(Bars("제목", (("가" * 60, 10**9, 3 * 10**9),)), 480)
    x1, y1, x2, y2 = drawing.getBounds()
    assert (x1, y1) >= (-0.5, -0.5)
    assert x2 <= 480.5
    assert y2 <= drawing.height + 0.5


def test_a_chart_without_bars_is_only_its_head() -> None:
    assert bars_height(Bars("제목", ())) < bars_height(CHART)
    assert texts_of(bars_svg(Bars("제목", ()), 480))[0].strip() == "제목"
