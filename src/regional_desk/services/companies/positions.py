"""Positions (직무, 모집 단위) of the companies in a programme year: what they offer and how many people they take."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import asdict
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.positions import HourlyMinimum, PositionTerms, checked, shortfall, track_of
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, won
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.store import positions as store
from regional_desk.store.companies import company, position
from regional_desk.store.ids import new_id
from regional_desk.store.positions import PositionRow

SUBJECT = "positions"
TERMS = ("name", "seats", "place", "wage", "weekly_minutes", "starts_on", "conditions")


def list_positions(
    desk: Desk, year: int | None = None, company_id: UUID | None = None
) -> tuple[PositionRow, ...]:
    """The positions of a programme year (the office's where None), of one company where given; they name nobody."""
    with desk.store.read() as connection:
        return store.list_positions(connection, year or desk.office.programme_year, company_id)


def find_position(desk: Desk, text: str) -> UUID:
    """The position meant by an id, a 직무, or `기업명/직무` in the programme year; raise UsageError where none or several fit."""
    typed = clean(text)
    found = [
        row.id
        for row in list_positions(desk)
        if typed in (str(row.id), row.name, f"{row.company_name}/{row.name}")
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"'{typed}' 직무가 {len(found)}개입니다. 기업명/직무로 적어 주십시오.")
    raise UsageError(f"'{typed}' 직무가 없습니다. 'company positions'로 확인해 주십시오.")


def read_position(desk: Desk, position_id: UUID) -> PositionRow:
    """One position; raise UsageError for an unknown id."""
    with desk.store.read() as connection:
        return _known(connection, position_id)


def add_position(
    desk: Desk,
    company_id: UUID,
    terms: PositionTerms,
    *,
    year: int | None = None,
    operation_id: UUID | None = None,
) -> PositionRow:
    """Add a position to a company; its track follows the company's kind (rulebook section 4).

    Raises Refusal for terms that cannot be, a 직무 the company has already, and a company without a kind; UsageError
    for an unknown company.
    """
    wanted = _checked(terms)

    def body(work: Work) -> dict[str, Any]:
        position_id = insert(work, company_id, year or desk.office.programme_year, wanted)
        work.log("position.add", SUBJECT, position_id, {"company": str(company_id), **logged(wanted)})
        work.subjects.add("companies")
        return {"position": str(position_id)}

    done = desk.perform(Right.EDIT_COMPANIES, "position.add", body, operation_id)
    return read_position(desk, UUID(done["position"]))


def edit_position(
    desk: Desk,
    position_id: UUID,
    version: int,
    terms: PositionTerms,
    operation_id: UUID | None = None,
) -> PositionRow:
    """Set a position's terms anew; seats already taken into a matching round stay there as they are.

    Raises Refusal where somebody else changed it since `version`, and as `add_position` does.
    """
    wanted = _checked(terms)

    def body(work: Work) -> dict[str, Any]:
        row = _known(work.connection, position_id)
        _refuse_same_name(work.connection, row.company, row.programme_year, wanted.name, position_id)
        changed = {name: value for name, value in asdict(wanted).items() if value != getattr(row, name)}
        update(work, position_id, version, changed)
        work.log("position.edit", SUBJECT, position_id, {"company": str(row.company), **logged(wanted)})
        work.subjects.add("companies")
        return {"position": str(position_id)}

    desk.perform(Right.EDIT_COMPANIES, "position.edit", body, operation_id)
    return read_position(desk, position_id)


def close_position(
    desk: Desk, position_id: UUID, version: int, *, closed: bool = True, operation_id: UUID | None = None
) -> PositionRow:
    """End a position's recruiting, or open it again; a closed one enters no new matching round.

    Raises Refusal where somebody else changed it since `version`.
    """

    def body(work: Work) -> dict[str, Any]:
        row = _known(work.connection, position_id)
        update(work, position_id, version, {"closed": closed})
        action = "position.close" if closed else "position.open"
        work.log(action, SUBJECT, position_id, {"company": str(row.company), "name": row.name})
        work.subjects.add("companies")
        return {"position": str(position_id)}

    desk.perform(Right.EDIT_COMPANIES, "position.close", body, operation_id)
    return read_position(desk, position_id)


def wage_warning(desk: Desk, terms: PositionTerms | PositionRow) -> str | None:
    """A Korean sentence where the wage lacks the minimum wage of the internship's months, else None (section 4).

    Without a first day the internship is taken to begin today.
    """
    start = terms.starts_on or desk.clock.today()
    lacks = shortfall(terms.wage, terms.weekly_minutes, start, minimum_wages())
    if not lacks:
        return None
    least = (terms.wage or 0) + lacks
    return f"임금 {won(terms.wage or 0)}원은 최저임금 월 {won(least)}원보다 {won(lacks)}원 적습니다."


@cache
def minimum_wages() -> tuple[HourlyMinimum, ...]:
    """The hourly minimums (`resources/policies/minimum_wage.toml`), in won, by the day they begin."""
    table = tomllib.loads((paths.resources() / "policies" / "minimum_wage.toml").read_text(encoding="utf-8"))
    return tuple(HourlyMinimum(_day(one["effective_from"]), int(one["won"])) for one in table["hourly"])


def insert(
    work: Work, company_id: UUID, year: int, terms: PositionTerms, import_id: UUID | None = None
) -> UUID:
    """Write a new position inside the caller's act, which logs it; raises as `add_position` does."""
    known = sa.select(company.c.name, company.c.kind).where(company.c.id == company_id)
    row = work.connection.execute(known).first()
    if row is None:
        raise UsageError("없는 기업입니다. 기업 목록에서 다시 골라 주십시오.")
    if row.kind is None:
        raise Refusal(f"{row.name}의 유형(제조·공급)을 먼저 적어 주십시오. 직무를 넣지 않았습니다.")
    _refuse_same_name(work.connection, company_id, year, terms.name, None)
    position_id = new_id()
    work.connection.execute(
        sa.insert(position).values(
            id=position_id,
            company_id=company_id,
            programme_year=year,
            track=track_of(CompanyKind(row.kind)).value,
            closed=False,
            import_id=import_id,
            created_at=work.at,
            **asdict(terms),
        )
    )
    return position_id


def update(work: Work, position_id: UUID, version: int, changed: dict[str, Any]) -> None:
    """Write columns of a position inside the caller's act; raise Refusal where it changed since `version`."""
    done = work.connection.execute(
        sa.update(position)
        .where(position.c.id == position_id, position.c.version == version)
        .values(**changed, version=position.c.version + 1)
    )
    if done.rowcount != 1:
        raise Refusal("그사이 다른 사람이 이 직무를 고쳐 저장하지 않았습니다. 새로 열어 다시 고치십시오.")


def move_track(work: Work, company_id: UUID, name: str, kind: CompanyKind) -> None:
    """Let the year's positions follow a company's new kind, inside the caller's act.

    Raises Refusal where a matching round holds one of them: its trainees are of the other track.
    """
    year = work.desk.office.programme_year
    rounds = store.rounds_with(work.connection, company_id, year)
    if rounds:
        raise Refusal(
            f"{name}의 직무가 연계 차수({', '.join(rounds)})에 들어 있어 유형을 바꾸지 않았습니다. "
            "그 차수에서 직무를 먼저 빼십시오."
        )
    work.connection.execute(
        sa.update(position)
        .where(position.c.company_id == company_id, position.c.programme_year == year)
        .values(track=track_of(kind).value)  # no term a person edits: whoever has one open may save it
    )


def logged(terms: PositionTerms) -> dict[str, Any]:
    """The terms as the change history keeps them, without the free text, in which somebody may be named."""
    values = {name: value for name, value in asdict(terms).items() if name != "conditions"}
    return values | {"starts_on": terms.starts_on and terms.starts_on.isoformat()}


def _checked(terms: PositionTerms) -> PositionTerms:
    try:
        return checked(terms)
    except Refused as refused:
        raise Refusal(f"{refused} 저장하지 않았습니다.") from refused


def _known(connection: sa.Connection, position_id: UUID) -> PositionRow:
    row = store.find_position(connection, position_id)
    if row is None:
        raise UsageError("없는 직무입니다. 목록에서 다시 골라 주십시오.")
    return row


def _refuse_same_name(
    connection: sa.Connection, company_id: UUID, year: int, name: str, own: UUID | None
) -> None:
    rows = store.list_positions(connection, year, company_id)
    if any(row.name == name and row.id != own for row in rows):
        raise Refusal(f"이 기업에 '{name}' 직무가 이미 있어 저장하지 않았습니다. 다른 이름을 적어 주십시오.")


def _day(value: dt.date | str) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
