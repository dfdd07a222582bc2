"""What the notices to be posted (공고) share: numbered lists under headings, and how such a paper closes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from regional_desk.documents.paper import Align, Block, Column, Paragraph, Table, Value
from regional_desk.domain.text import korean_date


def listed(head: str, columns: tuple[Column, ...], lines: Iterable[tuple[Value, ...]]) -> list[Block]:
    """A heading and its table; the lines are numbered from 1 in the first column."""
    rows = tuple((at, *line) for at, line in enumerate(lines, start=1))
    return [
        Paragraph(head, size=11, bold=True, before=4.5, keep=True),
        Table(columns, rows, row_height=6.2),
    ]


def closing(following: str, note: str, day: dt.date, office: str) -> list[Block]:
    """What happens next, a note on what is shown, the day and the office."""
    return [
        Paragraph(following, size=9.5, before=3),
        Paragraph(f"※ {note}", size=8.5, before=1.5, keep=True),
        Paragraph(korean_date(day), size=10.5, align=Align.CENTER, before=5, keep=True),
        Paragraph(office, size=13, align=Align.CENTER, bold=True, before=2),
    ]
