"""The companies that take part: reading them, adding one, changing its record (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.companies import (
    CompanyKind,
    check_business_number,
    parse_business_number,
    show_business_number,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.people import parse_email, parse_phone
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, digits_only
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.companies import positions
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing.company_names import CompanyNames
from regional_desk.store import companies as store
from regional_desk.store import company_records as records
from regional_desk.store.accounts import list_users
from regional_desk.store.companies import CompanyRow, company
from regional_desk.store.ids import new_id
from regional_desk.store.positions import list_positions

SUBJECT = "companies"
CHANGED = "그사이 다른 사람이 이 기업을 고쳐 저장하지 않았습니다. 새로 열어 다시 고치십시오."
NAMING = frozenset({"representative", "contact", "phone", "email"})
"""Columns that name somebody: the log says that they changed, not what they hold."""
_NEWEST = 300


@dataclass(frozen=True, slots=True)
class CompanyValues:
    """What a person keys of a company; `business_number` with or without hyphens, `phone` as written."""

    name: str
    business_number: str
    kind: CompanyKind | None = None
    representative: str | None = None
    industry: str | None = None
    address: str | None = None
    employees: int | None = None
    contact: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of the change history; its detail names nobody."""

    at: dt.datetime
    who: str
    action: str
    detail: Mapping[str, Any]


def list_companies(desk: Desk) -> tuple[CompanyRow, ...]:
    """Every company by name with its contact, masked for whoever may not unmask; noted in the access log.

    Raises NotAllowed without the right to see people, whom the rows name.
    """
    rows = survey_companies(desk)
    desk.note_view("companies", (), {"rows": len(rows)})
    return rows


def survey_companies(desk: Desk) -> tuple[CompanyRow, ...]:
    """The same for whoever shows no contact: not noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_companies(connection)
    return tuple(_shown(desk, row) for row in rows)


def read_company(desk: Desk, company_id: UUID) -> CompanyRow | None:
    """One company as this desk may see its people, None where there is none (any more). Noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = records.find_company(connection, company_id)
    if row is None:
        return None
    desk.note_view("companies", (), {"by": "card", "company": str(company_id)})
    return _shown(desk, row)


def find_company(desk: Desk, text: str) -> UUID:
    """The company meant by an id, a 사업자등록번호 or a name; raise UsageError where none or several fit."""
    rows, typed, digits = survey_companies(desk), clean(text), digits_only(text)
    by_id = next((row.id for row in rows if str(row.id) == typed), None)
    if by_id is not None:
        return by_id
    try:
        return CompanyNames(rows).find(typed, digits if check_business_number(digits) else None).id
    except Refused as refused:
        raise UsageError(str(refused)) from refused


def add_company(desk: Desk, values: CompanyValues, operation_id: UUID | None = None) -> CompanyRow:
    """Add a company by hand; raise Refusal for a bad value or a 사업자등록번호 that is known already."""
    wanted = _checked(values)
    company_id = new_id()

    def body(work: Work) -> dict[str, Any]:
        _refuse_same_number(work.connection, wanted.business_number, None)
        work.connection.execute(
            sa.insert(company).values(id=company_id, created_at=work.at, **_columns(wanted))
        )
        work.log(
            "company.add",
            SUBJECT,
            company_id,
            {"name": wanted.name, "business_number": wanted.business_number},
        )
        return {"company": str(company_id)}

    done = desk.perform(Right.EDIT_COMPANIES, "company.add", body, operation_id)
    return _row(desk, UUID(done["company"]))


def edit_company(
    desk: Desk, company_id: UUID, version: int, values: CompanyValues, operation_id: UUID | None = None
) -> CompanyRow:
    """Change a company's record; a new kind moves the track of the year's positions with it.

    Raises Refusal for a bad value, another company's number, a kind taken away or changed under a matching round, and
    where somebody else changed it since `version`.
    """
    wanted = _checked(values)

    def body(work: Work) -> dict[str, Any]:
        before = records.find_company(work.connection, company_id)
        if before is None:
            raise UsageError("없는 기업입니다. 기업 목록에서 다시 골라 주십시오.")
        _refuse_same_number(work.connection, wanted.business_number, company_id)
        changed = {name: value for name, value in _columns(wanted).items() if getattr(before, name) != value}
        if "kind" in changed:
            set_kind(work, before, wanted.kind)
        write(work, company_id, version, changed)
        work.log("company.edit", SUBJECT, company_id, {"name": before.name, **told(before, changed)})
        return {"company": str(company_id)}

    desk.perform(Right.EDIT_COMPANIES, "company.edit", body, operation_id)
    return _row(desk, company_id)


def history(desk: Desk, company_id: UUID) -> tuple[Changed, ...]:
    """The newest 300 changes of a company, its positions, applications and answers, the newest first."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        lines = records.list_changes(connection, company_id, _NEWEST)
        users = {row.id: row.name for row in list_users(connection)}
    return tuple(
        Changed(line.at, users.get(line.user_id, ""), line.action, json.loads(line.detail)) for line in lines
    )


def set_kind(work: Work, before: CompanyRow, kind: CompanyKind | None) -> None:
    """Let the positions follow a company's new kind; raise Refusal where it cannot be, inside the caller's act."""
    year = work.desk.office.programme_year
    if kind is None and list_positions(work.connection, year, before.id):
        raise Refusal(
            f"{before.name}에 직무가 있어 유형을 비우지 않았습니다. 제조 또는 공급을 골라 주십시오."
        )
    if kind is not None:
        positions.move_track(work, before.id, before.name, kind)


def write(work: Work, company_id: UUID, version: int, changed: Mapping[str, Any]) -> None:
    """Write columns of a company inside the caller's act; raise Refusal where it changed since `version`."""
    done = work.connection.execute(
        sa.update(company)
        .where(company.c.id == company_id, company.c.version == version)
        .values(**changed, version=company.c.version + 1)
    )
    if done.rowcount != 1:
        raise Refusal(CHANGED)


def told(before: CompanyRow, changed: Mapping[str, Any]) -> dict[str, Any]:
    """What the log may say of a change: the fields, and `old → new` of those that name nobody."""
    shown = {
        name: f"{getattr(before, name) or '없음'} → {value or '없음'}"
        for name, value in changed.items()
        if name not in NAMING
    }
    return {"fields": sorted(changed), "changed": shown}


def _shown(desk: Desk, row: CompanyRow) -> CompanyRow:
    """The row as this desk shows people."""
    hide = desk.masking
    if hide is Masking.FULL:
        return row
    return replace(
        row,
        representative=row.representative and hide.show_name(row.representative),
        contact=row.contact and hide.show_name(row.contact),
        phone=row.phone and hide.show_phone(row.phone),
        email=row.email and hide.show_email(row.email),
    )


def _checked(values: CompanyValues) -> CompanyValues:
    name = clean(values.name)
    if not name:
        raise Refusal("기업명을 적어 주십시오. 저장하지 않았습니다.")
    try:
        number = parse_business_number(values.business_number)
        phone, email = parse_phone(values.phone), parse_email(values.email)
    except Refused as refused:
        raise Refusal(f"{refused} 저장하지 않았습니다.") from refused
    if values.employees is not None and values.employees < 0:
        raise Refusal("상시근로자 수는 0명 이상입니다. 저장하지 않았습니다.")
    return replace(
        values,
        name=name,
        business_number=number,
        phone=phone,
        email=email,
        representative=_text(values.representative),
        industry=_text(values.industry),
        address=_text(values.address),
        contact=_text(values.contact),
    )


def _text(text: str | None) -> str | None:
    return clean(text or "") or None


def _columns(values: CompanyValues) -> dict[str, Any]:
    return asdict(values) | {"kind": values.kind and values.kind.value}


def _refuse_same_number(connection: sa.Connection, number: str, own: UUID | None) -> None:
    query = sa.select(company.c.id, company.c.name).where(company.c.business_number == number)
    other = connection.execute(query).first()
    if other is not None and other.id != own:
        raise Refusal(
            f"사업자등록번호 {show_business_number(number)}은(는) 이미 있는 기업({other.name})의 것이라 저장하지 않았습니다."
        )


def _row(desk: Desk, company_id: UUID) -> CompanyRow:
    with desk.store.read() as connection:
        row = records.find_company(connection, company_id)
    if row is None:
        raise UsageError("없는 기업입니다. 기업 목록에서 다시 골라 주십시오.")
    return row
