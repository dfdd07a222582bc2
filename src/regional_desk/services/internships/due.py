"""What the internships wait for today: agreements to prepare and sign, first days and ends to record. It names nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from regional_desk.domain.due import is_overdue
from regional_desk.domain.internships import InternState
from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk
from regional_desk.services.internships import reading
from regional_desk.services.internships.reading import DRAFT, InternshipRow
from regional_desk.store import internship_records as store
from regional_desk.store import internship_reports as reports


class Need(StrEnum):
    """What an internship waits for."""

    SIGNATURE = "signature"
    AMENDMENT = "amendment"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many placements wait for an agreement, and the internships that wait for something, the most urgent first."""

    placements: int
    internships: Mapping[Need, tuple[InternshipRow, ...]]


def survey_waiting(desk: Desk) -> Waiting:
    """What waits in every programme year; rows are unmasked and not noted, for whoever only counts.

    An agreement waits for its signature and an amendment too; a signed one for its start from its first day on; one that
    runs for its end once the last agreed day is over. Raises NotAllowed without the right to see people.
    """
    desk.require(Right.SEE_PEOPLE)
    today = desk.clock.today()
    with desk.store.read() as connection:
        placements = len(store.list_waiting(connection, desk.office.programme_year))
        rows = reading.rows_of(connection, None, today)
        agreements = store.list_agreements(connection)
    drafted = {
        one.internship for found in agreements.values() for one in found if one.state == DRAFT and one.number
    }
    found: dict[Need, list[InternshipRow]] = {need: [] for need in Need}
    for row in rows:
        need = _need(row, drafted, today)
        if need is not None:
            found[need].append(row)
    return Waiting(
        placements,
        {need: tuple(sorted(mine, key=lambda row: _day(row, need))) for need, mine in found.items()},
    )


def any_between(desk: Desk, start: dt.date, end: dt.date) -> bool:
    """Whether anybody served as an intern on a day of a span."""
    with desk.store.read() as connection:
        return reports.any_between(connection, start, end)


def _need(row: InternshipRow, drafted: set[UUID], today: dt.date) -> Need | None:
    if row.state is InternState.PREPARING:
        return Need.SIGNATURE
    if row.state.over:
        return None
    if row.id in drafted:
        return Need.AMENDMENT
    if row.state is InternState.AGREED:
        return Need.START if today >= row.start else None
    return Need.END if is_overdue(row.end, today) else None


def _day(row: InternshipRow, need: Need) -> tuple[dt.date, int]:
    return (row.end if need is Need.END else row.start, row.number)
