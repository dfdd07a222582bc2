"""Reading the spreadsheets people bring: xlsx, xls, xlsb, ods in a child process, csv by an encoding chain."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from regional_desk.domain.text import nfc
from regional_desk.errors import FileRejected
from regional_desk.exchange import sheet_child
from regional_desk.exchange.child_reader import ask_child
from regional_desk.exchange.encoding import decode, read_table

_TEXTS = {".csv", ".tsv", ".txt"}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


class Unread(Enum):
    """A cell that shows something in Excel but came without a value; the value is the Korean reason."""

    FORMULA = "수식의 결과가 파일에 저장되어 있지 않습니다. Excel에서 열어 저장한 다음 다시 가져오십시오."
    ERROR = "수식이 오류(#N/A, #REF! 등)를 내고 있습니다. 원본에서 값을 고쳐 주십시오."


CellValue = str | int | float | bool | dt.date | dt.datetime | Unread | None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost: bytes, unpacked bytes, unpacking ratio, parts, cells, memory in bytes, seconds."""

    size: int = 30_000_000
    plain: int = 300_000_000
    ratio: int = 200
    parts: int = 500
    cells: int = 1_048_576
    memory: int = 1 << 30
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; row 1 of the sheet is `rows[0]`, an empty cell None. `file` names where it came from."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    file: str = ""
    visible: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(value is not None for row in self.rows for value in row)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file's sheets in order, and the SHA-256 of the bytes they were read from."""

    name: str
    sheets: tuple[Sheet, ...]
    sha256: str = ""

    def sheet(self, name: str | None = None) -> Sheet:
        """The named sheet, or the first that holds anything, visible ones before hidden ones.

        Raises FileRejected where there is none such.
        """
        if name is not None:
            for sheet in self.sheets:
                if sheet.name == nfc(name):
                    return sheet
            names = ", ".join(sheet.name for sheet in self.sheets)
            raise FileRejected(f"'{self.name}'에 '{name}' 시트가 없습니다. 들어 있는 시트: {names}.")
        for sheet in self.candidates():
            return sheet
        raise FileRejected(f"'{self.name}'에는 내용이 없습니다. 파일을 확인해 주십시오.")

    def candidates(self) -> tuple[Sheet, ...]:
        """The sheets that hold anything, visible ones first."""
        filled = [sheet for sheet in self.sheets if not sheet.is_empty]
        return tuple(sorted(filled, key=lambda sheet: not sheet.visible))


def read_workbook(path: Path, limits: Limits | None = None) -> Workbook:
    """Read a file from outside; its content decides the format, not its name.

    Raises FileRejected, a Korean sentence with file, reason and what to do. Whole numbers below 10^15 come as int,
    a longer one as the float that lost its last digits; dates as date, with a time of day as datetime.
    """
    limits = limits or Limits()
    data = _bytes_of(path, limits)
    kind = _foreign_kind(data)
    if kind:
        raise _rejection(path.name, "other", kind)
    sheets: tuple[Sheet, ...]
    if data.startswith((b"PK\x03\x04", _OLE)):
        sheets = _read_sheets(path.name, data, limits)
    elif path.suffix.lower() in _TEXTS:
        rows = read_table(decode(data, path.name), path.name, limits.cells)
        sheets = (Sheet(nfc(path.stem), rows, path.name),)
    else:
        raise _rejection(path.name, "unreadable", "")
    return Workbook(path.name, sheets, hashlib.sha256(data).hexdigest())


def _bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(limits.size + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileRejected(f"파일이 없습니다: {path}. 파일 위치를 확인해 주십시오.") from error
    except OSError as error:
        raise FileRejected(
            f"'{path.name}'을(를) 열 수 없습니다. 폴더가 아닌 파일인지, 다른 프로그램이 쓰고 있지 않은지, "
            "읽을 권한이 있는지 확인해 주십시오."
        ) from error
    if not data:
        raise FileRejected(f"'{path.name}'은(는) 빈 파일입니다. 원본을 다시 받아 주십시오.")
    if len(data) > limits.size:
        raise FileRejected(
            f"'{path.name}'이(가) 너무 커서 가져오지 않았습니다(최대 {limits.size // 1_000_000}MB). 필요한 시트만 남겨 주십시오."
        )
    return data


def _foreign_kind(data: bytes) -> str:
    """What a file is that is no spreadsheet, by its first bytes; empty where it may be one."""
    head = data[:512]
    if head.startswith(b"%PDF"):
        return "PDF"
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return "그림"
    if b"DRMONE" in head or head.startswith(b"SCDSA"):
        return "문서보안(DRM)이 걸린"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return "웹 문서(HTML, XML)"
    if head.startswith(_OLE):
        for stream, kind in (("HwpSummaryInformation", "한글(HWP)"), ("WordDocument", "Word")):
            if stream.encode("utf-16-le") in data:
                return kind
    return ""


def _read_sheets(name: str, data: bytes, limits: Limits) -> tuple[Sheet, ...]:
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise _rejection(name, "locked", "")
    reason, answer = ask_child(data, asdict(limits))
    if reason != "ok":
        raise _rejection(name, reason, answer)
    return tuple(
        Sheet(nfc(sheet_name), _rows(rows, dates, unread), name, visible)
        for sheet_name, visible, rows, dates, unread in answer
    )


def _rows(
    rows: list[list[Any]], dates: list[tuple[int, int, int | str]], unread: list[tuple[int, int, str]]
) -> tuple[tuple[CellValue, ...], ...]:
    """Put back what the child sent beside its plain values."""
    for at, column, day in dates:
        rows[at][column] = (
            dt.date.fromordinal(day) if isinstance(day, int) else dt.datetime.fromisoformat(day)
        )
    for at, column, kind in unread:
        if rows[at][column] is None:
            rows[at][column] = Unread.ERROR if kind == sheet_child.ERROR else Unread.FORMULA
    return tuple(map(tuple, rows))


def _rejection(name: str, reason: str, detail: str) -> FileRejected:
    sentences = {
        "locked": "암호가 걸려 있습니다. Excel에서 암호를 풀어 다시 저장해 주십시오.",
        "large": "내용이 너무 커서 읽지 않았습니다. 필요한 시트와 행만 남겨 주십시오.",
        "cells": f"'{detail}' 시트까지 칸이 너무 많습니다(최대 {Limits().cells:,}칸). 표 밖의 빈 행과 열, 쓰지 않는 시트를 지우고 다시 저장해 주십시오.",
        "parts": f"파일 안의 조각이 너무 많아({detail}개) 열지 않았습니다. 필요한 시트만 새 파일에 복사해 주십시오.",
        "bomb": "압축을 풀면 지나치게 커지는 파일이라 열지 않았습니다. 보낸 곳에 확인해 주십시오.",
        "slow": "읽는 데 너무 오래 걸려 멈추었습니다. 필요한 시트만 남겨 다시 저장해 주십시오.",
        "formulas": "결과가 저장되지 않은 수식이 있습니다. LibreOffice나 Excel에서 열어 저장한 다음 다시 가져오십시오.",
        "crashed": "읽다가 멈추었습니다. 파일이 손상되었거나 표에서 아주 먼 칸에 값이 있습니다. 필요한 행과 열만 새 파일에 복사해 주십시오.",
        "other": f"{detail} 파일이어서 표로 읽을 수 없습니다. 원본을 Excel 파일(xlsx)로 저장해 주십시오.",
    }
    default = "스프레드시트로 읽을 수 없습니다. 손상되었거나 다른 형식의 파일입니다. Excel에서 열어 xlsx로 다시 저장해 주십시오."
    return FileRejected(f"'{name}'을(를) 가져오지 않았습니다: {sentences.get(reason, default)}")
