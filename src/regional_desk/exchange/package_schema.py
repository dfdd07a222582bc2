"""The tables of a submission package: columns, types, constraints and keys (interfaces section 3).

Cells travel as text in csv. One pair of functions writes and reads them, so what the office may send and what
the ministry's side takes cannot drift apart.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from regional_desk.domain.allowance import RunState
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.membership import Outcome
from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.refused import Refused

CellValue = str | int | Decimal | dt.date | None
Row = tuple[CellValue, ...]

_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,9})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


class Kind(StrEnum):
    """What a package carries: counts and sums only, or people (which only ever travels encrypted)."""

    SUMMARY = "summary"
    ROSTER = "roster"


class Type(StrEnum):
    """The Frictionless field types in use; a `yearmonth` is text such as `2026-08` in our rows."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    YEARMONTH = "yearmonth"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: `name` for programs, `title` for people; an optional cell is None in a row and empty in csv."""

    name: str
    title: str
    type: Type = Type.INTEGER
    required: bool = True
    minimum: int | None = None
    enum: tuple[str, ...] = ()

    def descriptor(self) -> dict[str, Any]:
        """The field as a Frictionless Table Schema writes it."""
        constraints: dict[str, Any] = {"required": self.required}
        if self.minimum is not None:
            constraints["minimum"] = self.minimum
        if self.enum:
            constraints["enum"] = list(self.enum)
        return {"name": self.name, "title": self.title, "type": self.type.value, "constraints": constraints}


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: `key` names the columns whose values are unique together, `parents` column → table it points to."""

    name: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    parents: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(field.name for field in self.fields)

    def descriptor(self) -> dict[str, Any]:
        """The Frictionless Table Schema."""
        schema: dict[str, Any] = {
            "fields": [field.descriptor() for field in self.fields],
            "missingValues": [""],
        }
        if self.key:
            schema["primaryKey"] = list(self.key)
        if self.parents:
            schema["foreignKeys"] = [
                {"fields": [column], "reference": {"resource": table, "fields": [column]}}
                for column, table in self.parents
            ]
        return schema

    def key_of(self, row: Row) -> Row:
        """The values that name a row; a table without a key has one row, named by nothing."""
        return tuple(row[self.names.index(name)] for name in self.key)

    def in_order(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """The rows sorted by key, an enumerated column in the order of its list."""
        fields = [self.fields[self.names.index(name)] for name in self.key]

        def place(row: Row) -> tuple[Any, ...]:
            return tuple(
                field.enum.index(str(value)) if field.enum else value
                for field, value in zip(fields, self.key_of(row), strict=True)
            )

        return tuple(sorted(rows, key=place))


def _count(name: str, title: str, *, required: bool = True) -> Field:
    return Field(name, title, Type.INTEGER, required, minimum=0)


_MONTH = Field("month", "월", Type.YEARMONTH)
_TRACK = Field("track", "트랙", Type.STRING, enum=tuple(track.value for track in Track))
_COURSE = Field("course", "과정 코드", Type.STRING)
_UNIT = Field("unit", "단위기간", Type.INTEGER, minimum=1)
_RUNNING = "진행"
# 인턴 and 전환 are no stages of an application; their counts come from other subjects.
_STAGES = (*(stage.label for stage in Stage), "인턴", "전환")
_RUN_STATES = (_RUNNING, *(state.label for state in RunState))
_OF_COURSES = (("course", "courses"),)

SUMMARY_TABLES = (
    TableSchema(
        "recruitment",
        "모집",
        (_MONTH, _TRACK, Field("stage", "단계", Type.STRING, enum=_STAGES), _count("people", "인원")),
        key=("month", "track", "stage"),
    ),
    TableSchema(
        "courses",
        "과정",
        (
            _COURSE,
            Field("name", "과정명", Type.STRING),
            _TRACK,
            Field("start", "시작일", Type.DATE),
            Field("end", "종료일", Type.DATE),
            _count("training_days", "소정훈련일"),
            _count("enrolled", "등록 인원"),
            _count("completed", "수료 인원", required=False),
            Field("state", "상태", Type.STRING, enum=("예정", _RUNNING, "종료", "폐강")),
        ),
        key=("course",),
    ),
    TableSchema(
        "rounds",
        "모집 차수",
        (
            Field("round", "차수", Type.INTEGER, minimum=1),
            _TRACK,
            Field("opens", "접수 시작", Type.DATE),
            Field("closes", "접수 마감", Type.DATE),
            _count("places", "선발 예정"),
            _count("applied", "접수"),
            _count("selected", "선발"),
            _count("waitlisted", "예비"),
            _count("enrolled", "등록"),
        ),
        key=("round", "track"),
    ),
    TableSchema(
        "outcomes",
        "이수 결과",
        (
            _COURSE,
            Field("outcome", "결과", Type.STRING, enum=tuple(outcome.label for outcome in Outcome)),
            _count("people", "인원"),
        ),
        key=("course", "outcome"),
        parents=_OF_COURSES,
    ),
    TableSchema(
        "attendance",
        "출결",
        (
            _COURSE,
            _UNIT,
            _count("training_days", "소정훈련일"),
            _count("enrolled", "인원"),
            Field("average_rate", "평균 출석률(%)", Type.NUMBER, required=False, minimum=0),
            _count("at_risk", "위험 인원"),
            _count("dismissed", "제적 인원"),
            Field("state", "상태", Type.STRING, enum=(_RUNNING, "종료")),
        ),
        key=("course", "unit"),
        parents=_OF_COURSES,
    ),
    TableSchema(
        "allowance",
        "훈련수당",
        (
            _COURSE,
            _UNIT,
            _count("people", "인원"),
            _count("paid_people", "지급 인원"),
            _count("amount", "금액(원)"),
            Field("state", "상태", Type.STRING, enum=_RUN_STATES),
        ),
        key=("course", "unit"),
        parents=_OF_COURSES,
    ),
    TableSchema(
        "companies",
        "참여기업",
        (
            _MONTH,
            # a company whose kind nobody wrote down yet counts too
            Field("kind", "유형", Type.STRING, enum=(*(kind.value for kind in CompanyKind), "미정")),
            _count("goal", "목표"),
            _count("applied", "신청"),
            _count("selected", "선정"),
            _count("reserve", "예비"),
            _count("answered", "수요조사 응답"),
        ),
        key=("month", "kind"),
    ),
    TableSchema(
        "placements",
        "연계",
        (
            _MONTH,
            _TRACK,
            _count("companies", "기업"),
            _count("positions", "직무"),
            _count("seats", "모집인원"),
            _count("trainees", "대상 인원"),
            _count("placed", "연계 인원"),
            _count("ended", "연계 취소"),
        ),
        key=("month", "track"),
    ),
    TableSchema(
        "internships",
        "인턴십",
        (
            _MONTH,
            _TRACK,
            _count("active", "진행"),
            _count("started", "시작"),
            _count("ended_early", "중도종료"),
            _count("converted", "전환"),
        ),
        key=("month", "track"),
    ),
    TableSchema(
        "claims",
        "인턴 지원금",
        (
            _MONTH,
            _TRACK,
            _count("people", "인원"),
            _count("paid_people", "지급 인원"),
            _count("amount", "금액(원)"),
            Field("state", "상태", Type.STRING, enum=_RUN_STATES),
        ),
        key=("month", "track"),
    ),
    TableSchema(
        "visits",
        "방문점검",
        (_count("planned", "계획"), _count("done", "완료"), _count("overdue", "기한 지남")),
    ),
    TableSchema(
        "goals",
        "목표",
        (
            Field("item", "항목", Type.STRING),
            _count("goal", "목표"),
            _count("month", "당월"),
            _count("total", "누계"),
        ),
        key=("item",),
    ),
    TableSchema(
        "budget",
        "예산",
        (
            Field("item", "항목", Type.STRING),
            _count("granted", "교부액(원)"),
            _count("spent", "집행액(원)"),
            # 단장 may let a run pass over the balance, so it can fall below zero.
            Field("balance", "잔액(원)", Type.INTEGER),
        ),
        key=("item",),
    ),
    TableSchema(
        "adjustments",
        "정정·환수",
        (
            Field("item", "항목", Type.STRING),
            Field("unit", "단위", Type.STRING, enum=("건", "원")),
            # What was asked back may be withdrawn later, so a month can lie below zero.
            Field("month", "당월", Type.INTEGER),
            _count("total", "누계"),
        ),
        key=("item",),
    ),
)

# Tables of people come with the subjects that need them.
TABLES: Mapping[Kind, tuple[TableSchema, ...]] = {Kind.SUMMARY: SUMMARY_TABLES, Kind.ROSTER: ()}


def schema_of(kind: Kind, table: str) -> TableSchema | None:
    """The schema of a table of this kind, None where the kind has no such table."""
    return next((schema for schema in TABLES[kind] if schema.name == table), None)


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
