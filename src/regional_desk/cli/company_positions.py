"""`company positions|position`: what the companies offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from regional_desk.cli.companies import group
from regional_desk.cli.context import Call
from regional_desk.cli.values import parsed
from regional_desk.domain.positions import (
    PositionTerms,
    parse_start,
    parse_wage,
    parse_week,
    show_week,
)
from regional_desk.domain.text import korean_date, won
from regional_desk.errors import UsageError

if TYPE_CHECKING:
    from regional_desk.services.desk import Desk
    from regional_desk.store.positions import PositionRow

_Company = Annotated[str, typer.Argument(metavar="COMPANY", help="기업명, 사업자등록번호 또는 번호(id)")]


@group.command("positions")
def positions_list(
    context: typer.Context,
    company: Annotated[str | None, typer.Argument(help="기업(없으면 모두)")] = None,
) -> None:
    """직무(모집 단위): 모집인원, 근무지, 임금, 주 근로시간, 시작일."""
    from regional_desk.services.companies import companies, positions

    call: Call = context.obj
    desk = call.open()
    company_id = companies.find_company(desk, company) if company else None
    rows = positions.list_positions(desk, None, company_id)
    _emit_positions(call, desk, rows)


@group.command("position")
def position(
    context: typer.Context,
    company: _Company,
    name: Annotated[str, typer.Argument(help="직무")],
    seats: Annotated[int | None, typer.Option(help="모집인원")] = None,
    place: Annotated[str | None, typer.Option(help="근무지")] = None,
    wage: Annotated[str | None, typer.Option(help="월 임금(원)")] = None,
    week: Annotated[str | None, typer.Option(help="주 근로시간")] = None,
    start: Annotated[str | None, typer.Option(help="시작일")] = None,
    conditions: Annotated[str | None, typer.Option(help="조건")] = None,
    rename: Annotated[str | None, typer.Option(help="새 이름")] = None,
    close: Annotated[bool, typer.Option("--close", help="모집을 마감한다")] = False,
    reopen: Annotated[bool, typer.Option("--open", help="마감을 푼다")] = False,
) -> None:
    """직무를 넣거나(없으면) 고친다. 적지 않은 것은 그대로, 빈 값('')은 지움."""
    from regional_desk.services.companies import companies, positions

    call: Call = context.obj
    desk = call.open()
    company_id = companies.find_company(desk, company)
    known = [one for one in positions.list_positions(desk, None, company_id) if one.name == name]
    said: dict[str, Any] = {"name": rename, "seats": seats}
    said |= {"place": place, "conditions": conditions}
    parsers = {
        "wage": (parse_wage, wage),
        "weekly_minutes": (parse_week, week),
        "starts_on": (parse_start, start),
    }
    changed = {field: value for field, value in said.items() if value is not None}
    changed |= {field: parsed(read, text) for field, (read, text) in parsers.items() if text is not None}
    if not known:
        if seats is None:
            raise UsageError("새 직무는 모집인원(--seats)을 적어 주십시오.")
        row = positions.add_position(desk, company_id, PositionTerms(**{"name": name, **changed}))
    else:
        row = known[0]
        if changed:
            before = {field: getattr(row, field) for field in positions.TERMS}
            row = positions.edit_position(desk, row.id, row.version, PositionTerms(**(before | changed)))
        if close or reopen:
            row = positions.close_position(desk, row.id, row.version, closed=close)
    _emit_positions(call, desk, (row,))


def _emit_positions(call: Call, desk: Desk, rows: tuple[PositionRow, ...]) -> None:
    from regional_desk.services.companies import positions

    warnings = {row.id: positions.wage_warning(desk, row) for row in rows}
    data = [{**position_data(row), "warning": warnings[row.id]} for row in rows]
    told = [_told(row) + (f" · ! {warnings[row.id]}" if warnings[row.id] else "") for row in rows]
    call.emit({"positions": data}, told or ["직무가 없습니다."])


def _told(row: PositionRow) -> str:
    parts = (
        f"{row.company_name}/{row.name}",
        row.track,
        f"{row.seats}명",
        row.place,
        f"월 {won(row.wage)}원" if row.wage is not None else None,
        f"주 {show_week(row.weekly_minutes)}" if row.weekly_minutes is not None else None,
        korean_date(row.starts_on) if row.starts_on else None,
        "마감" if row.closed else None,
    )
    return " · ".join(part for part in parts if part)


def position_data(row: PositionRow) -> dict[str, Any]:
    """A position as `--json` shows it."""
    return {
        "position": str(row.id),
        "company": row.company_name,
        "name": row.name,
        "track": row.track,
        "seats": row.seats,
        "place": row.place,
        "wage": row.wage,
        "weekly_minutes": row.weekly_minutes,
        "starts_on": row.starts_on.isoformat() if row.starts_on else None,
        "conditions": row.conditions,
        "closed": row.closed,
    }
