"""The look: colour tokens, text size and the style sheet made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from regional_desk import paths

FAMILY = "NanumGothic"
_BASE_POINTS = 10
_TOKEN = re.compile(r"@(\w+)|(\d+)u\b")


class Scheme(StrEnum):
    """Light or dark."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme."""

    ground: str
    surface: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    ok: str
    warn: str
    warn_ground: str
    bad: str
    bad_ground: str
    shade: str
    selected: str


TOKENS = {
    Scheme.LIGHT: Tokens(
        ground="#F5F6F8",
        surface="#FFFFFF",
        line="#DCE1E7",
        text="#1B2128",
        muted="#5C6773",
        accent="#1D5FBF",
        on_accent="#FFFFFF",
        ok="#17704A",
        warn="#8A5A00",
        warn_ground="#FFF3D6",
        bad="#B3261E",
        bad_ground="#FCE8E6",
        shade="#EEF0F4",
        selected="#DCE8F8",
    ),
    Scheme.DARK: Tokens(
        ground="#14181D",
        surface="#1B2027",
        line="#323A44",
        text="#E7ECF1",
        muted="#9AA7B4",
        accent="#7DB1FF",
        on_accent="#10151B",
        ok="#6FCF9A",
        warn="#F0C05A",
        warn_ground="#3A2F14",
        bad="#FF8F85",
        bad_ground="#42201D",
        shade="#232A33",
        selected="#25405F",
    ),
}


class Theme:
    """The scheme and text size in force; `percent` from 100 to 200."""

    def __init__(self, application: QApplication, scheme: Scheme = Scheme.LIGHT, percent: int = 100) -> None:
        self._application = application
        self.scheme = scheme
        self.percent = percent

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return TOKENS[self.scheme]

    def size(self, pixels: int) -> int:
        """A length drawn at 100 % in the chosen text size."""
        return round(pixels * self.percent / 100)

    def apply(self, scheme: Scheme | None = None, percent: int | None = None) -> None:
        """Put the look on the whole program."""
        self.scheme = scheme or self.scheme
        self.percent = min(200, max(100, percent or self.percent))
        load_fonts()
        font = QFont(FAMILY)
        font.setPointSizeF(_BASE_POINTS * self.percent / 100)
        self._application.setFont(font)
        self._application.setPalette(_palette(self.tokens))
        self._application.setStyleSheet(self._style_sheet())

    def _style_sheet(self) -> str:
        """`@name` becomes a colour, `@icon_name` a picture, `12u` a length in the chosen text size."""
        text = (paths.resources() / "styles" / "desk.qss").read_text(encoding="utf-8")

        def replaced(match: re.Match[str]) -> str:
            if match[1] is None:
                return f"{self.size(int(match[2]))}px"
            if match[1].startswith("icon_"):
                icon = (
                    paths.resources() / "icons" / f"{match[1].removeprefix('icon_')}-{self.scheme.value}.svg"
                )
                return icon.as_posix()
            return str(getattr(self.tokens, match[1]))

        return _TOKEN.sub(replaced, text)


def follow_system() -> Scheme:
    """The scheme the system shows."""
    dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return Scheme.DARK if dark else Scheme.LIGHT


def load_fonts() -> None:
    """Make the shipped fonts known once, so the look needs no font of the PC."""
    if FAMILY in QFontDatabase.families():
        return
    for name in ("NanumGothic.ttf", "NanumGothicBold.ttf"):
        QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / name))


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, tokens.ground),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.shade),
        (role.Text, tokens.text),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.Highlight, tokens.selected),
        (role.HighlightedText, tokens.text),
        (role.ToolTipBase, tokens.surface),
        (role.ToolTipText, tokens.text),
        (role.PlaceholderText, tokens.muted),
        (role.Link, tokens.accent),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.muted))
    return palette
