"""What a cell of the grid has beside its record: a remark, a paper of evidence, an approved 정정."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.calendar import UnitPeriod
from regional_desk.store.corrections import Overlay
from regional_desk.store.remarks import list_places

REMARK, EVIDENCE, CORRECTED = 1, 2, 4
Signs = Mapping[UUID, Mapping[dt.date, int]]


def read_signs(connection: sa.Connection, course_id: UUID, span: UnitPeriod, corrected: Overlay) -> Signs:
    """The signs of a course's cells in a span, added up; cells without one are left out."""
    found: dict[UUID, dict[dt.date, int]] = {}
    first, last = span.start.isoformat(), span.end.isoformat()
    places = [(trainee, iso, CORRECTED) for trainee, iso in corrected if first <= iso <= last]
    for kind, sign in (("remark", REMARK), ("evidence", EVIDENCE)):
        places += [(*place, sign) for place in list_places(connection, kind, course_id, first, last)]
    for trainee, iso, sign in places:
        days = found.setdefault(UUID(bytes=trainee), {})
        day = dt.date.fromisoformat(iso)
        days[day] = days.get(day, 0) | sign
    return found
