"""The child process that opens a stranger's workbook: a file that crashes the reader crashes only this process.

It gets (limits, bytes of the file) marshalled on its standard input and answers ("ok", sheets) or (reason, detail)
marshalled on its standard output. A sheet goes back as (name, visible, rows, dates, unread): rows of plain values,
dates as (row, column, ordinal or ISO text), unread cells as (row, column, kind), all counted from 0.
From the source tree it runs as a script of a bare interpreter; the frozen program starts itself with CHILD_FLAG.
It imports as little as possible, for each import is paid with every file, and leaves collecting and tidying up to its
end, which comes at once.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import marshal
import os
import re
import sys
import zipfile
import zlib

TYPE_CHECKING = False  # as in `typing`, whose import would take a tenth of the start
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, Any, NoReturn

CHILD_FLAG = "--read-spreadsheet"
FORMULA, ERROR = "formula", "error"
_CHUNK = 1 << 20
_OVERLAP = 1 << 16
_EXACT = 10**15
_LEAST_PLAIN = 20_000_000
_LETTERS = 26

_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_FORMULA_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>\s*(<(?:\w+:)?f[\s/>].*?)</(?:\w+:)?c>", re.DOTALL)
_ERROR_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*\bt=\"e\"[^>]*)>")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]")
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_FORMULA_END = re.compile(b"f>")  # three times as fast as `in` on sheets, where every cell begins alike
_ODS_GAP = re.compile(rb"<table:table-cell(?=[^>]*\stable:formula=)(?![^>]*\soffice:value-type=)[^>]*>")
_OTHER_ARCHIVES = (("word/", "Word"), ("ppt/", "PowerPoint"), ("Contents/", "한글(HWPX)"))

Unread = tuple[int, int, str]


class _Refused(Exception):
    """The file cannot be taken: a reason the parent has a sentence for, and a detail."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.answer = (reason, detail)


def run_if_child() -> None:
    """First line of the frozen program's start: become the reader if started as one, and end there."""
    if sys.argv[1:2] == [CHILD_FLAG]:
        _serve()


def _serve() -> NoReturn:
    gc.disable()
    limits, data = marshal.load(_standard(0))  # noqa: S302 - from our own parent
    _limit_itself(limits)
    try:
        answer: tuple[str, Any] = ("ok", _read(data, limits))
    except _Refused as refused:
        answer = refused.answer
    except MemoryError:
        answer = ("large", "")
    except BaseException as error:  # noqa: BLE001 - a panic of the reader derives from BaseException
        answer = ("locked" if type(error).__name__ == "PasswordError" else "unreadable", "")
    with _standard(1) as out:
        out.write(marshal.dumps(answer))
    os._exit(0)


def _standard(number: int) -> IO[bytes]:
    """Standard input or output by number: a windowed Windows program has neither as a Python object."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows only

        msvcrt.setmode(number, os.O_BINARY)
    return open(number, "wb" if number else "rb", closefd=False)


def _limit_itself(limits: dict[str, int]) -> None:
    """Cap memory, and leave no core dump: it would hold personal data."""
    if sys.platform == "win32":
        _join_limited_job(limits["memory"])
    else:
        import resource  # noqa: PLC0415 - absent on Windows

        resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # An orphan, its parent killed, ends by itself.
        resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))


def _join_limited_job(memory: int) -> None:
    """Put this process into a Windows job that caps its memory and dies without a dialog.

    Best effort: where the job is refused, the caps on size, parts, ratio and time still stand.
    """
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only
        import struct  # noqa: PLC0415 - Windows only

        process_memory, die_silently, extended_limits = 0x100, 0x400, 9
        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        # JOBOBJECT_EXTENDED_LIMIT_INFORMATION as a 64-bit Windows lays it out.
        wanted = struct.pack(
            "@qqIQQIQII6Q4Q", 0, 0, process_memory | die_silently, *[0] * 6, *[0] * 6, memory, 0, 0, 0
        )
        kernel.SetInformationJobObject(job, extended_limits, wanted, len(wanted))
        kernel.AssignProcessToJobObject(job, ctypes.c_void_p(-1))


def _read(data: bytes, limits: dict[str, int]) -> list[tuple[str, bool, Any, Any, Any]]:
    unread: dict[int, list[Unread]] = {}
    if data.startswith(b"PK"):
        unread = _check_archive(data, limits)
    from python_calamine import (  # noqa: PLC0415 - after the archive was checked
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    left = limits["cells"]
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        rows: list[list[Any]] = []
        if sheet.end is not None:
            left -= (sheet.end[0] + 1) * (sheet.end[1] + 1)
            if left < 0:
                raise _Refused("cells", about.name)
            rows = sheet.to_python(skip_empty_area=False)
        dates = _make_plain(rows)
        places = unread.get(index, [])
        left = _make_room(rows, places, left)
        if left < 0:
            raise _Refused("cells", about.name)
        sheets.append((about.name, about.visible == SheetVisibleEnum.Visible, rows, dates, places))
    return sheets


def _make_plain(rows: list[list[Any]]) -> list[tuple[int, int, int | str]]:
    """Turn the reader's values into ones marshal takes, in place; returns the dates taken out.

    A whole number below 10^15 becomes an int: a float holds such a number exactly, a longer one it does not.
    """
    dates: list[tuple[int, int, int | str]] = []
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            kind = value.__class__
            if kind is str:
                if not value:
                    row[column] = None
            elif kind is float:
                if value.is_integer() and -_EXACT < value < _EXACT:
                    row[column] = int(value)
            elif kind is dt.date:
                dates.append((at, column, value.toordinal()))
                row[column] = None
            elif kind is dt.datetime:
                whole = value.time() == dt.time()
                dates.append((at, column, value.toordinal() if whole else value.isoformat()))
                row[column] = None
            elif kind is not int and kind is not bool:
                row[column] = str(value)
    return dates


def _make_room(rows: list[list[Any]], unread: list[Unread], left: int) -> int:
    """Widen the table to hold unread cells beyond its last value; returns how many cells may still come."""
    for at, column, _ in unread:
        left -= max(0, at + 1 - len(rows))
        if left < 0:
            return left
        rows.extend([] for _ in range(len(rows), at + 1))
        left -= max(0, column + 1 - len(rows[at]))
        if left < 0:
            return left
        rows[at].extend(None for _ in range(len(rows[at]), column + 1))
    return left


def _check_archive(data: bytes, limits: dict[str, int]) -> dict[int, list[Unread]]:
    """Count what the parts really unpack to, for a directory can lie; returns unread cells by sheet number.

    The reader gives formulas without a stored result and #N/A alike as empty cells, so they are looked up here.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > limits["parts"]:
                raise _Refused("parts", str(len(parts)))
            _check_kind(archive.namelist())
            left = min(limits["plain"], max(_LEAST_PLAIN, len(data) * limits["ratio"]))
            found: dict[str, set[Unread]] = {}
            for part in parts:
                left = _check_part(data, part, left, found)
            return _by_sheet(archive, found) if found else {}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, NotImplementedError) as error:
        raise _Refused("unreadable") from error


def _check_kind(names: list[str]) -> None:
    if any(name.startswith("xl/") for name in names) or {"content.xml", "mimetype"} <= set(names):
        return
    for folder, program in _OTHER_ARCHIVES:
        if any(name.startswith(folder) for name in names):
            raise _Refused("other", program)
    raise _Refused("other", "압축(zip)")


def _check_part(data: bytes, part: zipfile.ZipInfo, left: int, found: dict[str, set[Unread]]) -> int:
    """Unpack one part chunk by chunk and keep nothing; returns how many bytes may still come."""
    if part.flag_bits & 1:
        raise _Refused("locked")
    is_sheet, is_ods = _WORKSHEET.fullmatch(part.filename), part.filename == "content.xml"
    tail, formulas = b"", False
    for chunk in _unpacked(data, part):
        left -= len(chunk)
        if left < 0:
            raise _Refused("bomb")
        if not is_sheet and not is_ods:
            continue
        window = tail + chunk
        tail = window[-_OVERLAP:]
        if is_ods and _ODS_GAP.search(window):
            raise _Refused("formulas")
        # A shared formula is written out once and closed; the cells that share it come after.
        formulas = formulas or _FORMULA_END.search(window) is not None
        if is_sheet and (formulas or b't="e"' in window):
            found.setdefault(part.filename, set()).update(_unread_cells(window))
    return left


def _unpacked(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part's real content: zipfile stops where the directory says, a bomb does not."""
    header = data[part.header_offset : part.header_offset + 30]
    start = (
        part.header_offset
        + 30
        + int.from_bytes(header[26:28], "little")
        + int.from_bytes(header[28:30], "little")
    )
    packed = data[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError  # as zipfile itself does; told as unreadable
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed and not machine.eof:
        yield machine.decompress(packed, _CHUNK)
        packed = machine.unconsumed_tail
    yield machine.flush()


def _unread_cells(xml: bytes) -> Iterator[Unread]:
    for match in _FORMULA_CELL.finditer(xml):
        # A formula whose result is an empty text is stored as t="str" with an empty value.
        if b't="str"' not in match[1] and not _VALUE.search(match[2]):
            yield from _placed(match[1], FORMULA)
    for match in _ERROR_CELL.finditer(xml):
        yield from _placed(match[1], ERROR)


def _placed(attributes: bytes, kind: str) -> Iterator[Unread]:
    place = _PLACE.search(attributes)
    if place:
        column = 0
        for letter in place[1]:
            column = column * _LETTERS + letter - ord("A") + 1
        yield int(place[2]) - 1, column - 1, kind


def _by_sheet(archive: zipfile.ZipFile, found: dict[str, set[Unread]]) -> dict[int, list[Unread]]:
    """Which sheet of the workbook, counted from 0, is which part of the archive."""
    targets: dict[bytes, str] = {}
    for tag in re.findall(rb"<(?:\w+:)?Relationship\s[^>]*>", archive.read("xl/_rels/workbook.xml.rels")):
        name, target = re.search(rb'\bId="([^"]*)"', tag), re.search(rb'\bTarget="([^"]*)"', tag)
        if name and target:
            targets[name[1]] = target[1].decode().removeprefix("/").removeprefix("xl/")
    unread: dict[int, list[Unread]] = {}
    for index, tag in enumerate(re.findall(rb"<(?:\w+:)?sheet\s[^>]*>", archive.read("xl/workbook.xml"))):
        link = re.search(rb'\b\w+:id="([^"]*)"', tag)
        if link:
            unread[index] = sorted(found.get("xl/" + targets.get(link[1], ""), ()))
    return unread


if __name__ == "__main__":
    sys.path.append(sys.argv[1])
    _serve()
