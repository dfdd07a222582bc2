"""The plan of a companies' list; a business number is one company, and what it asks for is its position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.tables import RowError
from regional_desk.exchange.companies import ImportedCompany, parse
from regional_desk.exchange.layout import Layout
from regional_desk.exchange.spreadsheets import Sheet
from regional_desk.services.companies import companies, positions
from regional_desk.services.desk import Work
from regional_desk.services.importing.import_plan import Plan, TakenBack
from regional_desk.services.importing.import_positions import PositionChanges, company_row
from regional_desk.store.companies import CompanyRow, company, list_companies
from regional_desk.store.ids import new_id
from regional_desk.store.positions import rounds_with

_LABELS = {
    "name": "기업명",
    "representative": "대표자",
    "industry": "업종",
    "address": "소재지",
    "contact": "담당자",
    "phone": "연락처",
    "email": "이메일",
    "employees": "상시근로자 수",
    "kind": "유형",
}


@dataclass(slots=True)
class _Planned:
    """What the list is going to write."""

    positions: PositionChanges
    new: list[tuple[UUID, ImportedCompany]] = field(default_factory=list)
    updates: list[tuple[CompanyRow, dict[str, Any]]] = field(default_factory=list)


def plan(connection: sa.Connection, sheet: Sheet, layout: Layout) -> Plan:
    """What the list brings: new companies, changed ones, the same ones, repeats."""
    parsed = parse(sheet, layout)
    made = plan_rows(connection, parsed.rows)
    made.read = parsed.read
    made.errors = sorted([*parsed.errors, *made.errors], key=lambda error: error.row)
    return made


def plan_rows(connection: sa.Connection, rows: Sequence[ImportedCompany]) -> Plan:
    """What good rows bring, whatever file they came from; 모집인원 and 직무 make or change the year's positions."""
    known = {row.business_number: row for row in list_companies(connection)}
    planned = _Planned(PositionChanges.read(connection))
    made = Plan(lambda work, import_id: _apply(work, import_id, planned))
    made.read = len(rows)
    seen: dict[str, tuple[int, UUID, CompanyKind | None]] = {}
    for row in rows:
        if row.business_number in seen:
            first, company_id, kind = seen[row.business_number]
            lines, why = company_row(planned.positions, company_id, kind, row.job, row.positions)
            told = "; ".join(lines) if lines else "건너뜁니다"
            made.skipped += 1
            made.notices.append(f"{row.row}행 {row.name}: {first}행과 같은 기업이라 {told}.")
            continue
        now = known.get(row.business_number)
        kind = row.kind or (CompanyKind(now.kind) if now and now.kind else None)
        company_id = new_id() if now is None else now.id
        refused = now and row.kind and _kind_refused(connection, now, row.kind, planned.positions.year)
        if refused:
            made.errors.append(RowError(row.row, "유형", row.kind or "", refused))
            continue
        seen[row.business_number] = (row.row, company_id, kind)
        lines, why = company_row(planned.positions, company_id, kind, row.job, row.positions)
        made.notices += [f"{row.row}행 {row.name}: {reason}" for reason in why]
        if now is None:
            planned.new.append((company_id, row))
            made.new += 1
            continue
        changed = _changed(row, now)
        if changed:
            planned.updates.append((now, changed))
        made.changes += [f"{row.row}행 {row.name}: {line}" for line in (*_told(now, changed), *lines)]
        if changed or lines:
            made.updated += 1
        else:
            made.unchanged += 1
    return made


def _changed(row: ImportedCompany, now: CompanyRow) -> dict[str, Any]:
    """What the row says otherwise; an empty cell says nothing."""
    return {
        name: value
        for name in _LABELS
        if (value := getattr(row, name)) is not None and value != getattr(now, name)
    }


def _told(now: CompanyRow, changed: dict[str, Any]) -> list[str]:
    return [f"{_LABELS[name]} {getattr(now, name) or '없음'} → {value}" for name, value in changed.items()]


def _kind_refused(connection: sa.Connection, now: CompanyRow, kind: CompanyKind, year: int) -> str | None:
    if now.kind in (None, kind):
        return None
    held = rounds_with(connection, now.id, year)
    return f"직무가 연계 차수({', '.join(held)})에 들어 있어 유형을 바꾸지 않습니다." if held else None


def _apply(work: Work, import_id: UUID, planned: _Planned) -> TakenBack:
    if planned.new:
        names = ("business_number", *_LABELS)
        rows = [
            {
                "id": company_id,
                "import_id": import_id,
                "created_at": work.at,
                **{name: getattr(row, name) for name in names},
            }
            for company_id, row in planned.new
        ]
        work.connection.execute(sa.insert(company), rows)
    for now, changed in planned.updates:
        companies.write(work, now.id, now.version, changed)
        if "kind" in changed:
            positions.move_track(work, now.id, now.name, changed["kind"])
    scope = planned.positions.apply(work, import_id)
    work.log(
        "import.companies",
        "companies",
        import_id,
        {
            "new": [row.business_number for _, row in planned.new],
            "updated": [now.business_number for now, _ in planned.updates],
        },
    )
    before = [
        {
            "id": str(now.id),
            "version": now.version + 1,
            "old": {name: getattr(now, name) for name in changed},
        }
        for now, changed in planned.updates
    ]
    return TakenBack({"companies": before, **scope})
