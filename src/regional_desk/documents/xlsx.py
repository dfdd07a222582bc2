"""Writes a paper as xlsx."""

from __future__ import annotations

import hashlib
from pathlib import Path

from regional_desk.documents.layout import lay_out
from regional_desk.documents.paper import Paper, Written
from regional_desk.documents.saving import save


def write_xlsx(paper: Paper, path: Path) -> Written:
    """Write the paper to a file; raise NotSaved, with the old file kept, where the place refuses.

    The pages are those of the print: breaks, sums and heading rows stand where they stand in the PDF.
    """
    data, pages = _bytes_and_pages(paper)
    save(path, data)
    return Written(pages, hashlib.sha256(data).digest())


def xlsx_bytes(paper: Paper) -> bytes:
    """The paper as a workbook; the same paper with the same stamp gives the same bytes."""
    return _bytes_and_pages(paper)[0]


def _bytes_and_pages(paper: Paper) -> tuple[bytes, int]:
    from regional_desk.documents.workbook import make_workbook  # noqa: PLC0415 - openpyxl takes 0.2 s to import

    layout = lay_out(paper)
    return make_workbook(layout), len(layout.pages)
