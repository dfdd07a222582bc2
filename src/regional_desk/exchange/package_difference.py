"""What changed between two submission packages, as lines for a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from regional_desk.exchange.package import STATUSES, PackageContent, Table
from regional_desk.exchange.package_schema import SUMMARY_TABLES
from regional_desk.exchange.package_table import CellValue, Row, TableSchema


def content_difference(old: PackageContent, new: PackageContent) -> tuple[str, ...]:
    """The Korean lines of what changed from one content to the next: heading, policies, then tables."""
    heading = (
        ("사업단 이름", old.office_name, new.office_name),
        ("지역", old.region, new.region),
        ("상태", STATUSES[old.status], STATUSES[new.status]),
        ("연습용", _yes(old.practice), _yes(new.practice)),
        ("정책", _policies(old), _policies(new)),
        ("단독 처리", ", ".join(old.solo) or "없음", ", ".join(new.solo) or "없음"),
    )
    lines = (f"{label}: {before} → {after}" for label, before, after in heading if before != after)
    return (*lines, *difference(old.tables, new.tables))


def difference(old_tables: tuple[Table, ...], new_tables: tuple[Table, ...]) -> tuple[str, ...]:
    """The Korean lines of what changed in the tables, row by row as their keys name them; equal tables give none."""
    old, new = ({table.name: table.rows for table in tables} for tables in (old_tables, new_tables))
    lines: list[str] = []
    for schema in SUMMARY_TABLES:
        if schema.name in old and schema.name in new:
            lines.extend(_rows(schema, old[schema.name], new[schema.name]))
        elif schema.name in new:
            lines.append(f"{schema.title}: 표가 새로 들어감({len(new[schema.name])}줄)")
        elif schema.name in old:
            lines.append(f"{schema.title}: 표가 빠짐({len(old[schema.name])}줄)")
    return tuple(lines)


def _rows(schema: TableSchema, old: tuple[Row, ...], new: tuple[Row, ...]) -> Iterator[str]:
    before, after = ({schema.key_of(row): row for row in rows} for rows in (old, new))
    gone = tuple(row for key, row in before.items() if key not in after)
    for row in schema.in_order(gone):
        yield f"{_place(schema, row)}: 빠짐"
    for row in schema.in_order(tuple(after.values())):
        earlier = before.get(schema.key_of(row))
        if earlier is None:
            yield f"{_place(schema, row)}: 새로 들어감"
        elif earlier != row:
            changed = zip(schema.fields, earlier, row, strict=True)
            cells = (f"{field.title} {_shown(a)} → {_shown(b)}" for field, a, b in changed if a != b)
            yield f"{_place(schema, row)}: {', '.join(cells)}"


def _place(schema: TableSchema, row: Row) -> str:
    """`훈련수당 · 과정 코드 2026-A · 단위기간 1`."""
    titles = {field.name: field.title for field in schema.fields}
    keys = zip(schema.key, schema.key_of(row), strict=True)
    return " · ".join((schema.title, *(f"{titles[name]} {value}" for name, value in keys)))


def _shown(value: CellValue) -> str:
    if value is None:
        return "없음"
    if isinstance(value, str | dt.date):
        return str(value)
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def _yes(value: bool) -> str:
    return "예" if value else "아니오"


def _policies(content: PackageContent) -> str:
    return ", ".join(f"{key} {version}" for key, version in content.policy_versions) or "없음"
