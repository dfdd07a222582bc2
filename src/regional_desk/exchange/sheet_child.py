"""The child process that opens a stranger's workbook: a file that crashes the reader crashes only this process.

It imports as little as possible. What it finds goes back as marshalled plain values, dates as ("d", iso).
"""

from __future__ import annotations

import datetime as dt
import marshal
import os
import sys
import zipfile
from multiprocessing.connection import Connection
from typing import Any

_CHUNK = 1 << 20


def serve(sender: Connection, path: str, limits: dict[str, int]) -> None:
    """Read the workbook and send ("ok", sheets) or (reason, detail)."""
    _limit_memory(limits["memory"])
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a path
        os.dup2(nowhere.fileno(), 2)  # the reader prints its panics; nobody reads a child's stderr
    try:
        answer = _read(path, limits)
    except MemoryError:
        answer = ("large", "")
    except BaseException as error:  # noqa: BLE001 - a panic of the reader derives from BaseException
        answer = ("unreadable", type(error).__name__)
    sender.send_bytes(marshal.dumps(answer))
    sender.close()


def _limit_memory(most: int) -> None:
    """POSIX only; on Windows the size caps below stand alone."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - absent on Windows

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(path: str, limits: dict[str, int]) -> tuple[str, Any]:
    with open(path, "rb") as file:  # noqa: PTH123 - keeps pathlib out of the child
        head = file.read(8)
    if head.startswith(b"PK"):
        refused = _check_archive(path, limits)
        if refused:
            return refused
    from python_calamine import CalamineWorkbook, PasswordError  # noqa: PLC0415 - after the archive was checked

    try:
        workbook = CalamineWorkbook.from_path(path)
    except PasswordError:
        return ("locked", "")
    sheets = []
    for name in workbook.sheet_names:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        if sum(map(len, rows)) > limits["cells"]:
            return ("cells", name)
        sheets.append((name, [[_plain(value) for value in row] for row in rows]))
    return ("ok", sheets)


def _check_archive(path: str, limits: dict[str, int]) -> tuple[str, str] | None:
    """Count what the parts really unpack to; a header can lie."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > limits["parts"]:
                return ("parts", str(len(parts)))
            most = min(limits["plain"], max(_CHUNK, os.path.getsize(path) * limits["ratio"]))  # noqa: PTH202 - as above
            for part in parts:
                if part.flag_bits & 1:
                    return ("locked", "")
                with archive.open(part) as stream:
                    while chunk := stream.read(_CHUNK):
                        most -= len(chunk)
                        if most < 0:
                            return ("bomb", "")
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError):
        return ("unreadable", "zip")
    return None


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        whole_day = value.time() == dt.time()
        return ("d", value.date().isoformat()) if whole_day else ("t", value.isoformat())
    if isinstance(value, dt.date):
        return ("d", value.isoformat())
    if isinstance(value, dt.time | dt.timedelta):
        return str(value)
    return value
