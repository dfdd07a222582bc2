"""Making text fit a width: on one line, squeezed a little as Korean typesetting does (장평), or broken into lines."""

from __future__ import annotations

from dataclasses import dataclass

from regional_desk.documents import fonts

MM = 72 / 25.4
LEADING = 1.35
_LEAST_SQUEEZE = 0.84
_LEAST_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of text and their widths in points as drawn; `squeeze` narrows the letters, `shrink` makes them smaller."""

    lines: tuple[str, ...]
    widths: tuple[float, ...]
    squeeze: float = 1.0
    shrink: float = 1.0


_EMPTY = Fitted(("",), (0.0,))


def text_height(lines: int, size: float) -> float:
    """The height of so many lines, in points."""
    return lines * size * LEADING


def fit(
    text: str,
    width: float,
    size: float,
    *,
    bold: bool = False,
    wrap: bool = True,
    squeeze: bool = True,
    most_lines: int = 0,
) -> Fitted:
    """Fit a text into `width` points at `size`; without `wrap` it stays on its lines, however narrow it gets.

    Beyond `most_lines` (0: any number) the rest is left out and the last line ends in an ellipsis.
    """
    if not text:
        return _EMPTY
    lines = tuple(text.split("\n")) if "\n" in text else (text,)
    widths = [fonts.measure(line, bold=bold) * size / 1000 for line in lines]
    widest = max(widths)
    if widest <= width:
        return Fitted(lines, tuple(widths))
    share = width / widest
    if squeeze and (share >= _LEAST_SQUEEZE or not wrap):
        share = max(share, _LEAST_SHARE)
        narrow = max(share, _LEAST_SQUEEZE)
        return Fitted(lines, tuple([natural * share for natural in widths]), narrow, share / narrow)
    broken = tuple(part for line in lines for part in _break(line, width * 1000 / size, bold))
    if 0 < most_lines < len(broken):
        broken = (*broken[: most_lines - 1], broken[most_lines - 1][:-1] + "…")
    return Fitted(broken, tuple(fonts.measure(line, bold=bold) * size / 1000 for line in broken))


def _break(line: str, room: float, bold: bool) -> list[str]:
    """Break a line at spaces, and a word that is longer than a line anywhere; `room` in thousandths."""
    lines: list[str] = []
    current = ""
    for word in line.split(" "):
        candidate = f"{current} {word}" if current else word
        if fonts.measure(candidate, bold=bold) <= room:
            current = candidate
            continue
        if current:
            lines.append(current)
        current = word
        while fonts.measure(current, bold=bold) > room and len(current) > 1:
            cut = _reach(current, room, bold)
            lines.append(current[:cut])
            current = current[cut:]
    lines.append(current)
    return lines


def _reach(text: str, room: float, bold: bool) -> int:
    """How many characters fit, at least one."""
    used = 0.0
    for index, sign in enumerate(text):
        used += fonts.measure(sign, bold=bold)
        if used > room:
            return max(1, index)
    return len(text)
