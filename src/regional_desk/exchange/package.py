"""The ministry submission package: a zip with a Frictionless Data Package (interfaces section 3)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regional_desk.domain.clock import KST
from regional_desk.errors import Refusal
from regional_desk.exchange.package_csv import MONTH, write_csv
from regional_desk.exchange.package_files import write_whole
from regional_desk.exchange.package_schema import TABLES, Kind, schema_of
from regional_desk.exchange.package_table import Row, TableSchema

FORMAT = "1.0"
DESCRIPTOR, WORKBOOK, COVER = "datapackage.json", "summary.xlsx", "cover.pdf"
STATUSES = {"final": "확정", "provisional": "미확정"}
OTHER_FILES = {
    WORKBOOK: ("workbook", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    COVER: ("cover", "pdf", "application/pdf"),
}
_CODE = re.compile(r"[A-Za-z0-9]{1,20}", re.ASCII)
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LAST_SEQUENCE = 99


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of the table `name`, cells in the order of its schema: str, int, Decimal, date or None."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PackageContent:
    """What an office reports: `region` a 시도 code, `period` a month `2026-08`, `status` final or provisional.

    `policy_versions` are pairs of policy key and version, `generator` the program and its version. Tables of
    subjects that do not exist yet are simply not given. `solo` names the course and unit of each run, and each
    matching round, that one person alone brought to its end (단독 처리, rulebook section 7).
    """

    office_code: str
    office_name: str
    region: str
    period: str
    kind: Kind
    status: str
    practice: bool
    policy_versions: tuple[tuple[str, str], ...]
    generator: str
    tables: tuple[Table, ...]
    solo: tuple[str, ...] = ()

    def table(self, name: str) -> Table | None:
        """The named table, None where the package has none."""
        return next((table for table in self.tables if table.name == name), None)


def content_hash(content: PackageContent) -> str:
    """SHA-256 (hex) that is equal exactly where two packages say the same.

    Created, sequence and `replaces` are no part of it, nor the order of rows, nor the generator: an update of the
    program is no correction of what was reported.
    """
    said = _heading(content)
    del said["generator"]
    said["tables"] = [
        [schema.descriptor(), hashlib.sha256(write_csv(schema, rows)).hexdigest()]
        for schema, rows in _checked_tables(content)
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def package_name(content: PackageContent, sequence: int) -> str:
    """The file name `{office}_{period}_{kind}_{sequence:02}.zip`; raise Refusal past the 99th correction."""
    if not _CODE.fullmatch(content.office_code) or not MONTH.fullmatch(content.period):
        raise ValueError(
            f"office code {content.office_code!r} or period {content.period!r} fits no file name"
        )
    if not 1 <= sequence <= _LAST_SEQUENCE:
        raise Refusal(
            f"{content.period} 제출은 {_LAST_SEQUENCE}번까지 만들 수 있습니다. 만든 제출 파일은 그대로입니다."
        )
    return f"{content.office_code}_{content.period}_{content.kind}_{sequence:02}.zip"


def package_bytes(
    content: PackageContent,
    *,
    created: dt.datetime,
    sequence: int,
    replaces: str | None,
    cover_pdf: bytes,
    changes: tuple[str, ...] = (),
) -> bytes:
    """The zip. The same arguments give the same bytes; every time in it is `created` (aware).

    `sequence` counts from 1, `replaces` is the SHA-256 (hex) of the zip it corrects, `changes` the Korean lines of
    what differs from that one. Raise ValueError for rows that break their schema (a bug of the caller).
    """
    if created.tzinfo is None or (replaces is not None and not SHA256.fullmatch(replaces)):
        raise ValueError("created has a time zone and replaces is a SHA-256 in lower case")
    # openpyxl takes 0.2 s and 10 MB, which only building pays.
    from regional_desk.exchange.package_workbook import archive_bytes, workbook_bytes  # noqa: PLC0415

    made = created.astimezone(KST).replace(microsecond=0)
    tables = [
        (schema, write_csv(schema, rows), schema.in_order(rows)) for schema, rows in _checked_tables(content)
    ]
    overview = list(_overview(content, made, sequence, changes))
    workbook = workbook_bytes(overview, [(schema, rows) for schema, _, rows in tables], made)
    others = ((WORKBOOK, workbook), (COVER, cover_pdf))
    descriptor = {
        "profile": "data-package",
        "name": package_name(content, sequence).removesuffix(".zip").lower().replace("_", "-"),
        "title": f"{content.office_name} {content.period} 제출 자료",
        "version": f"{FORMAT}.{sequence}",
        "created": made.isoformat(),
        **_heading(content),
        "sequence": sequence,
        "replaces": replaces,
        "changes": list(changes),
        "content_hash": content_hash(content),
        "resources": [
            *(_table_resource(schema, data) for schema, data, _ in tables),
            *(_file_resource(name, data) for name, data in others),
        ],
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    parts = [
        (DESCRIPTOR, text.encode()),
        *((f"data/{schema.name}.csv", data) for schema, data, _ in tables),
        *others,
    ]
    return archive_bytes(parts, made)


def write_package(
    content: PackageContent,
    *,
    created: dt.datetime,
    sequence: int,
    replaces: str | None,
    cover_pdf: bytes,
    folder: Path,
    changes: tuple[str, ...] = (),
) -> Path:
    """Write the zip of `package_bytes` into the folder and return its path.

    Raise Refusal for a roster (it never lies open on a disk: use `seal`), where another file of this name stands
    there, or where the folder cannot be written.
    """
    if content.kind is Kind.ROSTER:
        raise Refusal(
            "명부(roster) 제출 파일은 암호화해서만 만들 수 있습니다. 받는 기관의 인증서(--to)를 정한 뒤 다시 하십시오. "
            "아무 파일도 만들지 않았습니다."
        )
    data = package_bytes(
        content, created=created, sequence=sequence, replaces=replaces, cover_pdf=cover_pdf, changes=changes
    )
    path = folder / package_name(content, sequence)
    if path.exists():
        if path.is_file() and path.read_bytes() == data:
            return path
        raise Refusal(
            f"'{path}'에 내용이 다른 파일이 이미 있어 덮어쓰지 않았습니다. 그 파일을 옮기거나 다른 폴더를 고르십시오."
        )
    return write_whole(path, data)


def _checked_tables(content: PackageContent) -> Iterator[tuple[TableSchema, tuple[Row, ...]]]:
    """The tables in the registry's order; raise ValueError where they are not of the kind or point nowhere."""
    given = {table.name: table.rows for table in content.tables}
    known = {schema.name for schema in TABLES[content.kind]}
    if len(given) != len(content.tables) or not given.keys() <= known or content.status not in STATUSES:
        raise ValueError(f"a {content.status} {content.kind} package cannot hold {sorted(given)}")
    problem = next(iter(dangling(content.kind, given)), None)
    if problem is not None:
        raise ValueError(
            f"{problem[0]}.{problem[1]} names {problem[2]!r}, which its parent table does not hold"
        )
    for schema in TABLES[content.kind]:
        if schema.name in given:
            yield schema, given[schema.name]


def dangling(kind: Kind, tables: Mapping[str, tuple[Row, ...]]) -> Iterator[tuple[str, str, object]]:
    """Every (table, column, value) that points to a row its parent table does not hold."""
    for name, rows in tables.items():
        schema = schema_of(kind, name)
        if schema is None:
            continue
        for column, parent_name in schema.parents:
            parent = schema_of(kind, parent_name)
            held = set()
            if parent is not None:
                held = {row[parent.names.index(column)] for row in tables.get(parent_name, ())}
            place = schema.names.index(column)
            yield from ((name, column, row[place]) for row in rows if row[place] not in held)


def _heading(content: PackageContent) -> dict[str, Any]:
    return {
        "office_code": content.office_code,
        "office_name": content.office_name,
        "region": content.region,
        "period": content.period,
        "kind": content.kind.value,
        "status": content.status,
        "practice": content.practice,
        "policy_versions": [{"policy": key, "version": version} for key, version in content.policy_versions],
        "generator": content.generator,
        **({"solo": list(content.solo)} if content.solo else {}),
    }


def _table_resource(schema: TableSchema, data: bytes) -> dict[str, Any]:
    return {
        "name": schema.name,
        "title": schema.title,
        "profile": "tabular-data-resource",
        "type": "table",
        "path": f"data/{schema.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        **_size(data),
        "schema": schema.descriptor(),
    }


def _file_resource(path: str, data: bytes) -> dict[str, Any]:
    name, form, mediatype = OTHER_FILES[path]
    return {"name": name, "type": "file", "path": path, "format": form, "mediatype": mediatype, **_size(data)}


def _size(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "hash": "sha256:" + hashlib.sha256(data).hexdigest()}


def _overview(
    content: PackageContent, made: dt.datetime, sequence: int, changes: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    if content.practice:
        yield "구분", "연습용"
    yield "사업단", f"{content.office_name} ({content.office_code})"
    yield "지역", content.region
    yield "대상 월", content.period
    yield "상태", STATUSES[content.status]
    yield "차수", f"{sequence}"
    yield "작성", f"{made:%Y-%m-%d %H:%M}"
    for key, version in content.policy_versions:
        yield "정책", f"{key} {version}"
    yield "작성 프로그램", content.generator
    for one in content.solo:
        yield "단독 처리", one
    for line in changes:
        yield "바뀐 내용", line
