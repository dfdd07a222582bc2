from __future__ import annotations

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from regional_desk.documents import fonts


@pytest.mark.parametrize("name", [fonts.REGULAR, fonts.BOLD])
def test_the_quick_reading_finds_what_reportlab_finds(name: str) -> None:
    theirs = TTFont("compared", str(fonts.font_file(name))).face
    ours = fonts.metrics(name)
    assert ours.glyphs == theirs.charToGlyph
    assert ours.widths == theirs.charWidths
    assert ours.default_width == theirs.defaultWidth
    assert ours.glyph_widths == theirs.hmetrics
    assert ours.glyph_positions == theirs.glyphPos


@pytest.mark.parametrize("name", [fonts.REGULAR, fonts.BOLD])
@pytest.mark.parametrize("sign", "똠쀍○△▽◇×◎·▲■!금원※①㎡→…")
def test_every_sign_of_the_papers_has_a_glyph(name: str, sign: str) -> None:
    assert fonts.metrics(name).glyphs.get(ord(sign), 0) > 0


def test_a_line_is_as_wide_as_its_letters() -> None:
    assert fonts.measure("홍길동") == 3 * 940
    assert fonts.measure("홍길동1") == fonts.measure("홍길동") + fonts.measure("1")
    assert fonts.measure("") == 0
    assert fonts.measure("1", bold=True) > 0


def test_the_licence_lies_beside_the_fonts() -> None:
    licence = fonts.font_file(fonts.REGULAR).with_name("OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    assert "NAVER" in licence
