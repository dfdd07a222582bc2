"""The plan of a companies' list; a business number is one company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.exchange.companies import ImportedCompany, parse
from regional_desk.exchange.layout import Layout
from regional_desk.exchange.spreadsheets import Sheet
from regional_desk.services.desk import Work
from regional_desk.services.importing.import_plan import Plan, TakenBack
from regional_desk.store.companies import CompanyRow, company, list_companies
from regional_desk.store.ids import new_id

_LABELS = {
    "name": "기업명",
    "representative": "대표자",
    "industry": "업종",
    "address": "소재지",
    "contact": "담당자",
    "phone": "연락처",
    "kind": "유형",
    "positions": "모집인원",
    "job": "직무",
}


def plan(connection: sa.Connection, sheet: Sheet, layout: Layout) -> Plan:
    """What the list brings: new companies, changed ones, the same ones, repeats."""
    parsed = parse(sheet, layout)
    made = plan_rows(connection, parsed.rows)
    made.read, made.errors = parsed.read, list(parsed.errors)
    return made


def plan_rows(connection: sa.Connection, rows: Sequence[ImportedCompany]) -> Plan:
    """What good rows bring, whatever file they came from."""
    known = {row.business_number: row for row in list_companies(connection)}
    new: list[ImportedCompany] = []
    updates: list[tuple[CompanyRow, dict[str, Any]]] = []
    made = Plan(lambda work, import_id: _apply(work, import_id, new, updates))
    made.read = len(rows)
    seen: dict[str, int] = {}
    for row in rows:
        if row.business_number in seen:
            made.skipped += 1
            made.notices.append(
                f"{row.row}행 {row.name}: {seen[row.business_number]}행과 같은 기업이라 건너뜁니다."
            )
            continue
        seen[row.business_number] = row.row
        now = known.get(row.business_number)
        if now is None:
            new.append(row)
            continue
        changed = {
            name: value
            for name in _LABELS
            if (value := getattr(row, name)) is not None and value != getattr(now, name)
        }
        if changed:
            updates.append((now, changed))
            made.changes += [
                f"{row.row}행 {row.name}: {_LABELS[name]} {getattr(now, name) or '없음'} → {value}"
                for name, value in changed.items()
            ]
        else:
            made.unchanged += 1
    made.new, made.updated = len(new), len(updates)
    return made


def _apply(
    work: Work,
    import_id: UUID,
    new: Sequence[ImportedCompany],
    updates: Sequence[tuple[CompanyRow, dict[str, Any]]],
) -> TakenBack:
    if new:
        rows = []
        for row in new:
            values = asdict(row)
            del values["row"]
            rows.append({"id": new_id(), "import_id": import_id, "created_at": work.at, **values})
        work.connection.execute(sa.insert(company), rows)
    for now, changed in updates:
        work.connection.execute(
            sa.update(company).where(company.c.id == now.id).values(**changed, version=company.c.version + 1)
        )
    work.log(
        "import.companies",
        "companies",
        import_id,
        {"new": [row.business_number for row in new], "updated": [now.business_number for now, _ in updates]},
    )
    before = [
        {
            "id": str(now.id),
            "version": now.version + 1,
            "old": {name: getattr(now, name) for name in changed},
        }
        for now, changed in updates
    ]
    return TakenBack({"companies": before})
