"""The plan of a list of positions, and what a companies' list says of them: 모집인원 and 직무 (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.positions import UNNAMED, PositionTerms, show_week
from regional_desk.domain.refused import Refused
from regional_desk.domain.tables import RowError
from regional_desk.domain.text import korean_date, won
from regional_desk.exchange.layout import Layout
from regional_desk.exchange.positions import ImportedPosition, parse
from regional_desk.exchange.spreadsheets import Sheet
from regional_desk.services.companies import positions
from regional_desk.services.companies.positions import TERMS
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing.company_names import CompanyNames
from regional_desk.services.importing.import_plan import Plan, TakenBack
from regional_desk.store.companies import CompanyRow, list_companies
from regional_desk.store.office import read_office
from regional_desk.store.positions import PositionRow, list_positions

_LABELS = {
    "name": "직무",
    "seats": "모집인원",
    "place": "근무지",
    "wage": "임금",
    "weekly_minutes": "주 근로시간",
    "starts_on": "시작일",
    "conditions": "조건",
}


@dataclass(slots=True)
class PositionChanges:
    """New positions by company, changed ones, and the programme year they stand in."""

    year: int
    known: dict[UUID, dict[str, PositionRow]]
    new: list[tuple[UUID, PositionTerms]] = field(default_factory=list)
    updates: list[tuple[PositionRow, dict[str, Any]]] = field(default_factory=list)
    taken: set[tuple[UUID, str]] = field(default_factory=set)

    @classmethod
    def read(cls, connection: sa.Connection) -> PositionChanges:
        """Nothing planned yet beside the office's positions of its programme year."""
        year = read_office(connection).programme_year
        known: dict[UUID, dict[str, PositionRow]] = {}
        for row in list_positions(connection, year):
            known.setdefault(row.company, {})[row.name] = row
        return cls(year, known)

    def offer(self, company_id: UUID, kind: CompanyKind | None, terms: Mapping[str, Any]) -> list[str]:
        """Plan one position from what a row says (an empty cell says nothing); return the change in words.

        Raises Refused for a new one without 모집인원 or of a company without a kind, and for one the file says twice.
        """
        own = self.known.get(company_id, {})
        name = terms["name"]
        row = own.get(name)
        if row is None and list(own) == [UNNAMED]:
            row = own[UNNAMED]  # what was asked for without a 직무 has its name now
        place = (company_id, name if row is None else row.name)
        if place in self.taken:
            raise Refused(f"'{name}' 직무가 이 파일에 두 번 나옵니다.")
        said = {key: value for key, value in terms.items() if value is not None}
        if row is not None:
            self.taken.add(place)
            changed = {key: value for key, value in said.items() if value != getattr(row, key)}
            if changed:
                self.updates.append((row, changed))
            return [
                f"{row.name} {_LABELS[key]} {_shown(key, getattr(row, key))} → {_shown(key, value)}"
                for key, value in changed.items()
            ]
        if said.get("seats") is None:
            raise Refused(f"'{name}' 직무의 모집인원이 비어 있어 직무를 만들지 않습니다.")
        if kind is None:
            raise Refused("기업의 유형(제조·공급)을 알 수 없어 직무를 만들지 않습니다.")
        self.taken.add(place)
        self.new.append((company_id, PositionTerms(**said)))
        return [f"직무 '{name}' {said['seats']}명 추가"]

    def only_name(self, company_id: UUID) -> str:
        """What a row means that tells 모집인원 without a 직무: the company's one position, else one without a name."""
        own = self.known.get(company_id, {})
        return next(iter(own)) if len(own) == 1 else UNNAMED

    def apply(self, work: Work, import_id: UUID) -> dict[str, Any]:
        """Write what was planned, inside the import's act; return what takes it back."""
        for row, changed in self.updates:
            positions.update(work, row.id, row.version, changed)
        for company_id, terms in self.new:
            positions.insert(work, company_id, self.year, terms, import_id)
        if self.new or self.updates:
            work.subjects.add(positions.SUBJECT)
        before = [
            {
                "id": str(row.id),
                "version": row.version + 1,
                "name": f"{row.company_name} · {row.name}",
                "old": {key: _kept(getattr(row, key)) for key in changed},
            }
            for row, changed in self.updates
        ]
        return {"positions": before}


def plan(desk: Desk, connection: sa.Connection, sheet: Sheet, layout: Layout) -> Plan:
    """What the list brings: new positions, changed ones, the same ones; an unknown company's row is an error."""
    parsed = parse(sheet, layout)
    companies, changes = CompanyNames(list_companies(connection)), PositionChanges.read(connection)
    made = Plan(lambda work, import_id: _apply(work, import_id, changes))
    made.read, made.errors = parsed.read, list(parsed.errors)
    for row in parsed.rows:
        try:
            _take(desk, row, companies.find(row.company or "", row.business_number), changes, made)
        except Refused as refused:
            value = row.company or row.business_number or ""
            made.errors.append(RowError(row.row, "기업명", value, str(refused)))
    made.new, made.updated = len(changes.new), len(changes.updates)
    made.errors.sort(key=lambda error: error.row)
    return made


def company_row(
    changes: PositionChanges, company_id: UUID, kind: CompanyKind | None, job: str | None, seats: int | None
) -> tuple[list[str], list[str]]:
    """What a companies' list says of positions, planned: the changes in words, and why one was not made."""
    if job is None and seats is None:
        return [], []
    name = job or changes.only_name(company_id)
    try:
        return changes.offer(company_id, kind, {"name": name, "seats": seats}), []
    except Refused as refused:
        return [], [str(refused)]


def _take(
    desk: Desk, row: ImportedPosition, company: CompanyRow, changes: PositionChanges, made: Plan
) -> None:
    terms = {key: getattr(row, key) for key in TERMS}
    kind = CompanyKind(company.kind) if company.kind else None
    updates = len(changes.updates)
    told = changes.offer(company.id, kind, terms)
    made.unchanged += not told
    if len(changes.updates) > updates:
        made.changes += [f"{row.row}행 {company.name}: {line}" for line in told]
        known = changes.updates[-1][0]
        terms = {key: getattr(known, key) if value is None else value for key, value in terms.items()}
    warning = positions.wage_warning(desk, PositionTerms(**terms))
    if warning:
        made.notices.append(f"! {row.row}행 {company.name} {row.name}: {warning}")


def _apply(work: Work, import_id: UUID, changes: PositionChanges) -> TakenBack:
    scope = changes.apply(work, import_id)
    detail = {
        "new": [{"company": str(company_id), **positions.logged(terms)} for company_id, terms in changes.new],
        "updated": [str(row.id) for row, _ in changes.updates],
    }
    work.log("import.positions", "positions", import_id, detail)
    return TakenBack(scope)


def old_values(old: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a changed position as an undo step keeps them, as the table takes them."""
    day = old.get("starts_on")
    return {**old, "starts_on": dt.date.fromisoformat(day)} if day else dict(old)


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _shown(key: str, value: Any) -> str:
    if value is None:
        return "없음"
    match key:
        case "seats":
            return f"{value}명"
        case "wage":
            return f"{won(value)}원"
        case "weekly_minutes":
            return show_week(value)
        case "starts_on":
            return korean_date(value)
        case _:
            return str(value)
