"""Reading the spreadsheets people bring: xlsx, xls, xlsb, ods in a child process, csv by an encoding chain."""

from __future__ import annotations

import csv
import datetime as dt
import io
import marshal
import multiprocessing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from regional_desk.domain.text import nfc
from regional_desk.errors import FileRejected
from regional_desk.exchange import sheet_child

CellValue = str | int | float | bool | dt.date | dt.datetime | None
_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
_TEXTS = {".csv", ".tsv", ".txt"}
_SEPARATORS = ",\t;"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost: bytes, unpacked bytes, unpacking ratio, parts, cells, memory in bytes, seconds."""

    size: int = 30_000_000
    plain: int = 300_000_000
    ratio: int = 200
    parts: int = 500
    cells: int = 3_000_000
    memory: int = 3_000_000_000
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; row 1 of the sheet is `rows[0]`."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file's sheets in order."""

    name: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str | None = None) -> Sheet:
        """The named sheet, or the first that holds anything; raise FileRejected where there is none such."""
        if name is not None:
            for sheet in self.sheets:
                if sheet.name == name:
                    return sheet
            names = ", ".join(sheet.name for sheet in self.sheets)
            raise FileRejected(f"'{self.name}'에 '{name}' 시트가 없습니다. 들어 있는 시트: {names}.")
        for sheet in self.sheets:
            if any(value not in (None, "") for row in sheet.rows for value in row):
                return sheet
        raise FileRejected(f"'{self.name}'에는 내용이 없습니다. 파일을 확인해 주십시오.")


def read_workbook(path: Path, limits: Limits | None = None) -> Workbook:
    """Read a file from outside; raise FileRejected, a Korean sentence with file, reason and what to do."""
    limits = limits or Limits()
    suffix = path.suffix.lower()
    if not path.is_file():
        raise FileRejected(f"파일이 없습니다: {path}. 파일 위치를 확인해 주십시오.")
    if suffix not in _WORKBOOKS | _TEXTS:
        raise FileRejected(
            f"'{path.name}'은(는) 읽을 수 있는 형식이 아닙니다. Excel(xlsx, xls), ods 또는 csv로 저장해 다시 가져오십시오."
        )
    size = path.stat().st_size
    if size == 0:
        raise FileRejected(f"'{path.name}'은(는) 빈 파일입니다. 원본을 다시 받아 주십시오.")
    if size > limits.size:
        raise FileRejected(
            f"'{path.name}'이(가) 너무 큽니다({size // 1_000_000}MB, 최대 {limits.size // 1_000_000}MB). 필요한 시트만 남겨 주십시오."
        )
    if suffix in _TEXTS:
        return Workbook(path.name, (Sheet(path.stem, _read_text(path)),))
    return Workbook(path.name, _read_sheets(path, limits))


def _read_sheets(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=sheet_child.serve, args=(sender, str(path), asdict(limits)), daemon=True)
    child.start()
    sender.close()
    answer: Any
    try:
        answer = marshal.loads(receiver.recv_bytes()) if receiver.poll(limits.seconds) else ("slow", "")  # noqa: S302 - from our own child
    except EOFError:
        answer = ("crashed", "")
    finally:
        receiver.close()
        child.kill()
        child.join()
        child.close()
    if answer[0] != "ok":
        raise _rejection(path.name, answer[0], answer[1])
    sheets: list[tuple[str, list[list[Any]]]] = answer[1]
    return tuple(Sheet(nfc(name), tuple(tuple(map(_value, row)) for row in rows)) for name, rows in sheets)


def _rejection(name: str, reason: str, detail: str) -> FileRejected:
    sentences = {
        "locked": "암호가 걸려 있습니다. Excel에서 암호를 풀어 다시 저장해 주십시오.",
        "large": "내용이 너무 커서 읽지 않았습니다. 필요한 시트와 행만 남겨 주십시오.",
        "cells": f"'{detail}' 시트에 칸이 너무 많습니다. 표 밖의 빈 행과 열을 지우고 다시 저장해 주십시오.",
        "parts": f"파일 안의 조각이 너무 많아({detail}개) 열지 않았습니다. Excel에서 새 파일로 저장해 주십시오.",
        "bomb": "압축을 풀면 지나치게 커지는 파일이라 열지 않았습니다. 보낸 곳에 확인해 주십시오.",
        "slow": "읽는 데 너무 오래 걸려 멈추었습니다. 필요한 시트만 남겨 다시 저장해 주십시오.",
        "crashed": "읽다가 멈추었습니다. 파일이 손상되었거나 표 밖에 값이 있습니다. Excel에서 새 파일로 저장해 주십시오.",
    }
    default = "스프레드시트로 읽을 수 없습니다. 손상되었거나 다른 형식의 파일입니다. Excel에서 열어 다시 저장해 주십시오."
    return FileRejected(f"'{name}'을(를) 가져오지 않았습니다: {sentences.get(reason, default)}")


def _value(value: Any) -> CellValue:
    if isinstance(value, tuple):
        kind, iso = value
        return dt.date.fromisoformat(iso) if kind == "d" else dt.datetime.fromisoformat(iso)
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return int(value)
    return value  # type: ignore[no-any-return]  # marshal gives back the plain types the child sent


def _read_text(path: Path) -> tuple[tuple[CellValue, ...], ...]:
    text = decode(path.read_bytes(), path.name)
    first = text[: text.find("\n") + 1] or text
    sample = text[:4096]
    separator = max(_SEPARATORS, key=lambda sign: (first.count(sign), sample.count(sign)))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise FileRejected(
            f"'{path.name}'의 따옴표나 쉼표가 맞지 않아 읽을 수 없습니다. Excel에서 열어 xlsx로 저장해 주십시오."
        ) from error
    return tuple(tuple(nfc(cell) for cell in row) for row in rows)


def decode(data: bytes, name: str) -> str:
    """A text file's content: BOM, then UTF-16 by its zero bytes, then strict UTF-8, then strict CP949, else refused."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16", name)
    if data.startswith(b"\xef\xbb\xbf"):
        return _strictly(data, "utf-8-sig", name)
    if b"\0" in data[:2000]:
        return _strictly(
            data, "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be", name
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, "cp949", name)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRejected(
            f"'{name}'의 글자를 읽을 수 없습니다({error.start + 1}번째 바이트). 여러 문자 코드가 섞였거나 텍스트 파일이 아닙니다. "
            "Excel에서 'CSV UTF-8'로 다시 저장해 주십시오."
        ) from error
