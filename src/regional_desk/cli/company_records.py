"""`company`: list, show, add, edit, contact, document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regional_desk.cli.companies import group
from regional_desk.cli.company_positions import position_data
from regional_desk.cli.context import Call
from regional_desk.cli.values import parsed
from regional_desk.domain.applicants import DocumentState
from regional_desk.domain.companies import CompanyKind, parse_employees, show_business_number
from regional_desk.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regional_desk.services.companies.companies import CompanyValues
    from regional_desk.services.desk import Desk
    from regional_desk.store.companies import CompanyRow

_Company = Annotated[str, typer.Argument(metavar="COMPANY", help="기업명, 사업자등록번호 또는 번호(id)")]
_Kind = Annotated[CompanyKind | None, typer.Option(help="제조, 공급")]
_Text = Annotated[str | None, typer.Option()]


@group.command("list")
def company_list(
    context: typer.Context,
    kind: _Kind = None,
    state: Annotated[str | None, typer.Option(help="참여 상태(선정, 예비, 신청 없음 …)")] = None,
) -> None:
    """기업: 유형, 참여 상태, AX 수준, 모집인원, 확인하지 않은 서류."""
    from regional_desk.services.companies import overview

    call: Call = context.obj
    lines = [
        line
        for line in overview.list_lines(call.open())
        if (kind is None or line.row.kind == kind) and (state is None or line.state_label.startswith(state))
    ]
    data = [
        {
            **_record(line.row),
            "state": line.state.value if line.state else None,
            "reserve_number": line.reserve_number,
            "level": line.level,
            "seats": line.seats,
            "missing": list(line.missing),
        }
        for line in lines
    ]
    told = [
        f"{line.row.name} {show_business_number(line.row.business_number)} · {line.row.kind or '유형 없음'} · "
        f"{line.state_label} · AX {line.level or '-'} · {line.seats}명 · 남은 서류 {len(line.missing)}가지"
        for line in lines
    ]
    call.emit({"companies": data}, told or ["기업이 없습니다."])


@group.command("show")
def show(context: typer.Context, company: _Company) -> None:
    """한 기업: 기록, 담당자, 서류, 직무, 바뀐 기록."""
    from regional_desk.services.companies import companies, company_documents, contacts, positions

    call: Call = context.obj
    desk = call.open()
    row = _read(desk, company)
    found: dict[str, Any] = {
        **_record(row),
        "contacts": [
            {
                "contact": str(one.id),
                "name": one.name,
                "part": one.part,
                "phone": one.phone,
                "email": one.email,
            }
            for one in contacts.list_contacts(desk, row.id)
        ],
        "documents": {
            item.paper.key: item.state.value
            for item in company_documents.checklist(desk, row.id)
            if item.asked or item.files
        },
        "positions": [position_data(one) for one in positions.list_positions(desk, None, row.id)],
        "history": [
            {"at": line.at.isoformat(), "who": line.who, "action": line.action}
            for line in companies.history(desk, row.id)
        ],
    }
    call.emit(found)


@group.command("add")
def add(
    context: typer.Context,
    name: str,
    number: Annotated[str, typer.Argument(help="사업자등록번호")],
    kind: _Kind = None,
    representative: _Text = None,
    industry: _Text = None,
    address: _Text = None,
    employees: Annotated[str | None, typer.Option(help="상시근로자 수")] = None,
    contact: _Text = None,
    phone: _Text = None,
    email: _Text = None,
) -> None:
    """기업을 넣는다."""
    from regional_desk.services.companies import companies
    from regional_desk.services.companies.companies import CompanyValues

    call: Call = context.obj
    values = CompanyValues(
        name,
        number,
        kind,
        representative,
        industry,
        address,
        parsed(parse_employees, employees),
        contact,
        phone,
        email,
    )
    row = companies.add_company(call.open(), values)
    call.emit(_record(row), [f"{row.name}을(를) 넣었습니다."])


@group.command("edit")
def edit(
    context: typer.Context,
    company: _Company,
    name: _Text = None,
    number: Annotated[str | None, typer.Option(help="사업자등록번호")] = None,
    kind: _Kind = None,
    representative: _Text = None,
    industry: _Text = None,
    address: _Text = None,
    employees: Annotated[str | None, typer.Option(help="상시근로자 수")] = None,
    contact: _Text = None,
    phone: _Text = None,
    email: _Text = None,
) -> None:
    """기업 기록을 고친다. 적지 않은 것은 그대로, 빈 값('')은 지움."""
    from regional_desk.services.companies import companies

    call: Call = context.obj
    desk = call.open()
    row = _read(desk, company)
    said = {
        "name": name,
        "business_number": number,
        "kind": kind,
        "representative": representative,
        "industry": industry,
        "address": address,
        "contact": contact,
        "phone": phone,
        "email": email,
    }
    changed: dict[str, Any] = {field: value for field, value in said.items() if value is not None}
    if employees is not None:
        changed["employees"] = parsed(parse_employees, employees)
    done = companies.edit_company(desk, row.id, row.version, _values(row, changed))
    call.emit(_record(done), [f"{done.name}의 기록을 고쳤습니다."])


@group.command("contact")
def contact(
    context: typer.Context,
    company: _Company,
    name: Annotated[str | None, typer.Argument(help="담당자 성명(없으면 목록)")] = None,
    part: Annotated[str | None, typer.Option(help="부서·직위")] = None,
    phone: _Text = None,
    email: _Text = None,
    memo: _Text = None,
    remove: Annotated[bool, typer.Option("--remove", help="뺀다")] = False,
) -> None:
    """기업의 다른 담당자: 없는 이름은 넣고, 있는 이름은 고치고, --remove는 뺀다."""
    from regional_desk.services.companies import contacts
    from regional_desk.services.companies.contacts import ContactValues

    call: Call = context.obj
    desk = call.open()
    company_id = _read(desk, company).id
    rows = [one for one in contacts.list_contacts(desk, company_id) if one.name == name]
    if name is not None and remove:
        if not rows:
            raise UsageError(f"'{name}' 담당자가 없습니다. 바뀐 것이 없습니다.")
        contacts.remove_contact(desk, rows[0])
    elif name is not None and rows:
        before = rows[0]
        values = ContactValues(
            name,
            before.part if part is None else part,
            before.phone if phone is None else phone,
            before.email if email is None else email,
            before.memo if memo is None else memo,
        )
        contacts.edit_contact(desk, before, values)
    elif name is not None:
        contacts.add_contact(desk, company_id, ContactValues(name, part, phone, email, memo))
    left = contacts.list_contacts(desk, company_id)
    data = [{"name": one.name, "part": one.part, "phone": one.phone, "email": one.email} for one in left]
    told = [f"{one.name} {one.part or ''} {desk.masking.show_phone(one.phone)}".strip() for one in left]
    call.emit({"contacts": data}, told or ["다른 담당자가 없습니다."])


@group.command("document")
def document(
    context: typer.Context,
    company: _Company,
    kind: Annotated[str | None, typer.Option(help="서류(목록의 이름, 예: pledge)")] = None,
    file: Annotated[Path | None, typer.Option(help="넣을 파일")] = None,
    state: Annotated[DocumentState | None, typer.Option(help="verified, returned, submitted")] = None,
    memo: Annotated[str, typer.Option(help="메모(반려하거나 빼면 까닭)")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="가장 새 파일을 뺀다")] = False,
) -> None:
    """기업의 서류를 넣거나 확인·반려하거나 뺀다. --kind가 없으면 목록."""
    from regional_desk.services.companies import company_documents

    call: Call = context.obj
    desk = call.open()
    company_id = _read(desk, company).id
    if kind is not None:
        company_documents.label_of(kind)
    if kind is not None and file is not None:
        company_documents.attach(desk, company_id, kind, company_documents.read_file(file), memo=memo)
    if kind is not None and (state is not None or remove):
        rows = [
            item.files[0]
            for item in company_documents.checklist(desk, company_id)
            if item.paper.key == kind and item.files
        ]
        if not rows:
            raise Refusal("아직 내지 않은 서류입니다. 먼저 파일을 넣으십시오.")
        if remove:
            company_documents.remove(desk, rows[0], memo)
        elif state is not None:
            company_documents.set_state(desk, rows[0], state, memo)
    items = company_documents.checklist(desk, company_id)
    data = [
        {"document": item.paper.key, "asked": item.asked, "state": item.state.value, "files": len(item.files)}
        for item in items
    ]
    told = [
        f"{item.paper.label}({item.paper.key}): {item.state.label}"
        for item in items
        if item.asked or item.files
    ]
    call.emit({"documents": data}, told)


def _record(row: CompanyRow) -> dict[str, Any]:
    names = (
        "name",
        "kind",
        "representative",
        "industry",
        "address",
        "employees",
        "contact",
        "phone",
        "email",
    )
    number = show_business_number(row.business_number)
    return {"company": str(row.id), "business_number": number, **{name: getattr(row, name) for name in names}}


def _values(row: CompanyRow, changed: dict[str, Any]) -> CompanyValues:
    from regional_desk.services.companies.companies import CompanyValues

    before = {name: getattr(row, name) for name in CompanyValues.__slots__}
    return CompanyValues(**(before | {"kind": CompanyKind(row.kind) if row.kind else None} | changed))


def _read(desk: Desk, text: str) -> CompanyRow:
    from regional_desk.services.companies import companies

    row = companies.read_company(desk, companies.find_company(desk, text))
    if row is None:
        raise UsageError(f"'{text}' 기업이 없습니다. 'company list'로 확인해 주십시오.")
    return row
