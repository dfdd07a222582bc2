"""Who and what could enter a matching round: trained in the year and not placed, offered by a selected company."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

from regional_desk.services.companies.participations import selected_companies
from regional_desk.services.desk import Desk
from regional_desk.store import matching_rounds as store
from regional_desk.store.matching_rounds import OfferRow, TraineeRow

NOT_TRAINED = "이 사업연도의 교육생이 아닙니다(교육 중이거나 수료한 사람만)."
_PLACED = "이미 연계되어 있습니다. 다시 넣으려면 먼저 그 연계를 끝내십시오."


def open_offers(connection: sa.Connection, programme_year: int) -> tuple[OfferRow, ...]:
    """The positions of a year that still recruit, of companies selected for it; `seats` less whom they took already."""
    selected = selected_companies(connection, programme_year)
    taken = taken_seats(connection)
    return tuple(
        replace(one, seats=max(0, one.asked - taken.get(one.id, 0)))
        for one in store.list_open_positions(connection, programme_year)
        if one.company in selected
    )


def trained(desk: Desk, connection: sa.Connection) -> list[tuple[TraineeRow, str | None]]:
    """Everybody trained in the year by name, and why somebody cannot enter another round, None where they can."""
    rows = store.list_trained(connection, desk.office.programme_year)
    placed = store.placed_now(connection)
    elsewhere = store.open_rounds_of(connection)
    return [
        (
            one,
            _PLACED
            if one.id in placed
            else f"'{elsewhere[one.id]}' 차수에 들어 있습니다."
            if one.id in elsewhere
            else None,
        )
        for one in rows
    ]


def taken_seats(connection: sa.Connection) -> dict[UUID, int]:
    """How many people each position took in rounds that are published."""
    found: dict[UUID, int] = {}
    for position_id in store.placed_now(connection).values():
        found[position_id] = found.get(position_id, 0) + 1
    return found
