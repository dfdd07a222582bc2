"""A course's records of a span, as cells by trainee and day."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.attendance import Cell
from regional_desk.services.attendance.attendance import from_values
from regional_desk.services.attendance.corrections import overlay
from regional_desk.store.attendance import read_cells


def cells_between(
    connection: sa.Connection, course_id: UUID, start: dt.date, end: dt.date
) -> dict[tuple[UUID, dt.date], Cell]:
    """The records of a course's members between two days, both inside; a place without one is left out.

    Approved 정정 lie over them, as they do wherever records are counted.
    """
    records = {
        (trainee, day): values
        for trainee, days in read_cells(connection, course_id, start, end).items()
        for day, values in days.items()
    }
    first, last = start.isoformat(), end.isoformat()
    corrected = {
        place: values for place, values in overlay(connection, course_id).items() if first <= place[1] <= last
    }
    return {
        (UUID(bytes=trainee), dt.date.fromisoformat(day)): from_values(values)
        for (trainee, day), values in {**records, **corrected}.items()
        if values is not None
    }
