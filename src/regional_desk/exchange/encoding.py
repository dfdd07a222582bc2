"""Text files of unknown encoding and separator: decoded strictly or refused, never half right."""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress

from regional_desk.errors import FileRejected

_SEPARATORS = ",\t;"
_SAMPLE_ROWS = 20
_SAMPLE_BYTES = 4096
# Two Hangul syllables in a row as UTF-8 writes them; the same bytes as CP949 would be rare Chinese characters.
_UTF8_HANGUL = re.compile(rb"(?:[\xea-\xed][\x80-\xbf]{2}){2}")


def decode(data: bytes, name: str) -> str:
    """A text file's content: BOM, then UTF-16 by its zero bytes, then strict UTF-8, then strict CP949.

    Raises FileRejected where none fits, where encodings are mixed, and where the content is no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _strictly(data, "utf-16", name)
    elif data.startswith(b"\xef\xbb\xbf"):
        text = _strictly(data, "utf-8-sig", name)
    elif b"\0" in data[:_SAMPLE_BYTES]:
        sample = data[:_SAMPLE_BYTES]
        # Commas and digits have their zero byte second in little-endian text, first in big-endian text.
        little = sample[1::2].count(0) >= sample[::2].count(0)
        text = _strictly(data, "utf-16-le" if little else "utf-16-be", name)
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _cp949(data, name)
    if "\0" in text:
        raise FileRejected(
            f"'{name}'은(는) 텍스트 파일이 아니어서 가져오지 않았습니다. Excel에서 열어 xlsx로 저장해 주십시오."
        )
    return text


def _cp949(data: bytes, name: str) -> str:
    for number, line in enumerate(data.split(b"\n"), start=1):
        if _UTF8_HANGUL.search(line) and _is_utf8(line):
            raise FileRejected(
                f"'{name}'에 두 가지 문자 코드(UTF-8과 CP949)가 섞여 있어 가져오지 않았습니다({number}번째 줄). "
                "Excel에서 'CSV UTF-8'로 다시 저장해 주십시오."
            )
    return _strictly(data, "cp949", name)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRejected(
            f"'{name}'의 글자를 읽을 수 없어 가져오지 않았습니다({error.start + 1}번째 바이트). "
            "여러 문자 코드가 섞였거나 텍스트 파일이 아닙니다. Excel에서 'CSV UTF-8'로 다시 저장해 주십시오."
        ) from error


def read_table(text: str, name: str, most_cells: int) -> tuple[tuple[str | None, ...], ...]:
    """The rows of a separated text; empty cells are None.

    Comma, tab or semicolon, whichever cuts the first rows most often. Quotes are read strictly, for a quote
    left open would swallow the rest of the file. Raises FileRejected for such, and over `most_cells` cells.
    """
    separator = max(_SEPARATORS, key=lambda sign: _cuts(text, sign))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[str | None, ...]] = []
    left = most_cells
    try:
        for row in reader:
            left -= len(row)
            if left < 0:
                raise FileRejected(
                    f"'{name}'에 칸이 {most_cells:,}개보다 많아 가져오지 않았습니다. 필요한 행만 남겨 주십시오."
                )
            rows.append(tuple(cell or None for cell in row))
    except csv.Error as error:
        raise FileRejected(
            f"'{name}'의 {reader.line_num}번째 줄 가까이에서 따옴표가 맞지 않아 가져오지 않았습니다. "
            "Excel에서 열어 xlsx로 저장해 주십시오."
        ) from error
    return tuple(rows)


def _cuts(text: str, separator: str) -> int:
    """How often the separator cuts the first rows, up to a broken one."""
    cuts = 0
    with suppress(csv.Error):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for _, row in zip(range(_SAMPLE_ROWS), reader, strict=False):
            cuts += max(0, len(row) - 1)
    return cuts
