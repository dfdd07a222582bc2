from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from regional_desk import paths
from regional_desk.domain.people import Bank
from regional_desk.exchange.spreadsheets import CellValue, Sheet

Write = Callable[[Sequence[Sequence[object]]], Path]


@pytest.fixture(scope="session")
def banks() -> tuple[Bank, ...]:
    table = tomllib.loads((paths.resources() / "codes" / "banks.toml").read_text(encoding="utf-8"))
    return tuple(Bank(row["code"], row["name"], tuple(row.get("synonyms", ()))) for row in table["banks"])


@pytest.fixture
def write_xlsx(tmp_path: Path) -> Write:
    """Makes an xlsx of one sheet from its rows."""

    def write(rows: Sequence[Sequence[object]]) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(list(row))
        path = tmp_path / "명단.xlsx"
        book.save(path)
        return path

    return write


def table(*rows: Sequence[CellValue]) -> Sheet:
    """A sheet as the reader would give it."""
    return Sheet("표", tuple(tuple(row) for row in rows), "파일.xlsx")


def repacked(path: Path, changes: dict[str, bytes]) -> bytes:
    """The bytes of an archive with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            new.writestr(name, changes[name] if name in changes else old.read(name))
    return out.getvalue()
