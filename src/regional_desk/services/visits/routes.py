"""방문 순회표: the visits of a day along the route, by address or as somebody put them by hand (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from regional_desk.domain.rights import Right
from regional_desk.domain.visits import VisitState
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.visits.reading import Visit
from regional_desk.services.visits.visits import SUBJECT, list_visits, survey_visits, update
from regional_desk.store import visit_records as store
from regional_desk.store.visit_records import VisitRow

_OTHERS = "그 사이에 그날의 방문이 바뀌어 순서를 바꾸지 않았습니다. 순회표를 새로 보고 다시 하십시오."


def route(
    desk: Desk, *, plan: UUID | None = None, start: dt.date | None = None, end: dt.date | None = None
) -> tuple[Visit, ...]:
    """방문 순회표: the visits that are not cancelled, by day, each day in its order; of a plan or a span; noted."""
    found = list_visits(desk, plan=plan, start=start, end=end)
    return tuple(one for one in found if one.state is not VisitState.CANCELLED)


def survey_route(
    desk: Desk, *, plan: UUID | None = None, start: dt.date | None = None, end: dt.date | None = None
) -> tuple[Visit, ...]:
    """The same for a paper, whose print is noted instead."""
    found = survey_visits(desk, plan=plan, start=start, end=end)
    return tuple(one for one in found if one.state is not VisitState.CANCELLED)


def reorder(desk: Desk, day: dt.date, order: Sequence[UUID], operation_id: UUID | None = None) -> None:
    """Put the visits of a day into an order by hand, which its route sheets and keying keep.

    `order` names every visit of that day that is not cancelled; raises Refusal where they are others by now.
    """

    def body(work: Work) -> dict[str, Any]:
        rows = {row.id: row for row in _of_day(work, day)}
        if set(order) != set(rows) or len(order) != len(rows):
            raise Refusal(_OTHERS)
        for place, visit_id in enumerate(order, 1):
            if rows[visit_id].place != place:
                update(work, rows[visit_id], place=place)
        work.log("visit.order", SUBJECT, None, {"day": day.isoformat(), "visits": len(order)})
        return {"visits": len(order)}

    desk.perform(Right.EDIT_VISITS, "visit.order", body, operation_id)


def order_by_address(desk: Desk, day: dt.date, operation_id: UUID | None = None) -> None:
    """Let go of the order made by hand: 시군구, 읍면동 and address say it again."""

    def body(work: Work) -> dict[str, Any]:
        rows = [row for row in _of_day(work, day) if row.place is not None]
        for row in rows:
            update(work, row, place=None)
        work.log("visit.order", SUBJECT, None, {"day": day.isoformat(), "by": "address"})
        return {"visits": len(rows)}

    desk.perform(Right.EDIT_VISITS, "visit.order", body, operation_id)


def _of_day(work: Work, day: dt.date) -> list[VisitRow]:
    """The visits of a day that are not cancelled."""
    return [
        row
        for row in store.list_visits(work.connection)
        if (row.done_on or row.planned_on) == day and row.state != VisitState.CANCELLED.value
    ]
