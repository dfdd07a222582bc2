"""Cells and csv files of a submission package (interfaces section 3).

Cells travel as text in csv. One pair of functions writes and reads them, so what the office may send and what
the ministry's side takes cannot drift apart.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from regional_desk.domain.refused import Refused
from regional_desk.exchange.package_table import CellValue, Field, Row, TableSchema, Type

_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,9})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


def show_value(field: Field, value: CellValue) -> str:
    """The csv text of a value; raise Refused where it is not of the field's type or breaks a constraint."""
    expected: dict[Type, type | tuple[type, ...]] = {
        Type.STRING: str,
        Type.INTEGER: int,
        Type.NUMBER: (int, Decimal),
        Type.DATE: dt.date,
        Type.YEARMONTH: str,
    }
    plain = not isinstance(value, bool | dt.datetime)
    if value is not None and not (plain and isinstance(value, expected[field.type])):
        raise Refused(f"'{value!r}'은(는) {field.type} 값이 아닙니다.")
    text = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
    read_value(field, text)
    return text


def read_value(field: Field, text: str) -> CellValue:
    """The value of a csv cell; raise Refused with the Korean reason."""
    if not text:
        if field.required:
            raise Refused("값이 비어 있습니다.")
        return None
    value = _typed(field, text)
    if field.enum and text not in field.enum:
        raise Refused(f"'{text}'은(는) 정해진 값({', '.join(field.enum)})이 아닙니다.")
    if field.minimum is not None and isinstance(value, int | Decimal) and value < field.minimum:
        raise Refused(f"'{text}'은(는) {field.minimum}보다 작습니다.")
    return value


def _typed(field: Field, text: str) -> CellValue:
    if field.type is Type.STRING:
        if any(unicodedata.category(sign) == "Cc" for sign in text):
            raise Refused("제어 문자가 들어 있습니다.")
        return text
    if field.type is Type.INTEGER and _INTEGER.fullmatch(text):
        return int(text)
    if field.type is Type.NUMBER and _NUMBER.fullmatch(text):
        return Decimal(text)
    if field.type is Type.YEARMONTH and MONTH.fullmatch(text):
        return text
    if field.type is Type.DATE and _DATE.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
    raise Refused(f"'{text}'은(는) {field.title} 값으로 읽을 수 없습니다.")


def write_csv(schema: TableSchema, rows: tuple[Row, ...]) -> bytes:
    """The table as UTF-8 csv with a header row and CRLF (RFC 4180), rows in the order of the key.

    Raise ValueError for a row that breaks the schema: the caller made it, so that is a bug. No byte order mark:
    Data Package readers take UTF-8 as it is, and people open `summary.xlsx`.
    """
    for number, row in enumerate(rows, 1):
        if len(row) != len(schema.fields):
            raise ValueError(f"{schema.name} row {number}: {len(row)} cells for {len(schema.fields)} columns")
        for field, value in zip(schema.fields, row, strict=True):
            try:
                show_value(field, value)
            except Refused as reason:
                raise ValueError(f"{schema.name}.{field.name} row {number}: {reason}") from reason
    repeated = _repeated_key(schema, rows)
    if repeated is not None:
        raise ValueError(f"{schema.name} row {repeated}: the key {schema.key} is not unique")
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(schema.names)
    for row in schema.in_order(rows):
        writer.writerow(show_value(field, value) for field, value in zip(schema.fields, row, strict=True))
    return out.getvalue().encode()


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that breaks the schema: csv line (the header is 1) and column, with the Korean reason."""

    line: int
    column: str
    message: str


def read_csv(schema: TableSchema, data: bytes) -> tuple[tuple[Row, ...], tuple[Fault, ...]]:
    """The rows of a table and what is wrong with it; with faults the rows are incomplete and not to be used."""
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return (), (Fault(1, "", "UTF-8 csv로 읽을 수 없습니다."),)
    if not lines or tuple(lines[0]) != schema.names:
        return (), (Fault(1, "", f"제목 줄이 정해진 열({', '.join(schema.names)})과 다릅니다."),)
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(schema.fields):
            faults.append(Fault(number, "", f"열이 {len(line)}개입니다. {len(schema.fields)}개여야 합니다."))
            continue
        found = list(_faults_of(schema, number, line))
        faults.extend(found)
        if not found:
            rows.append(tuple(read_value(*cell) for cell in zip(schema.fields, line, strict=True)))
    repeated = _repeated_key(schema, tuple(rows))
    if not faults and repeated is not None:
        faults.append(Fault(repeated + 1, ", ".join(schema.key), "같은 키의 줄이 이미 있습니다."))
    return tuple(rows), tuple(faults)


def _faults_of(schema: TableSchema, number: int, line: list[str]) -> Iterator[Fault]:
    for field, text in zip(schema.fields, line, strict=True):
        try:
            read_value(field, text)
        except Refused as reason:
            yield Fault(number, field.name, str(reason))


def _repeated_key(schema: TableSchema, rows: tuple[Row, ...]) -> int | None:
    """The number of the first row (from 1) whose key stood before; without a key, of any second row."""
    seen: set[Row] = set()
    for number, row in enumerate(rows, 1):
        key = schema.key_of(row)
        if key in seen:
            return number
        seen.add(key)
    return None
