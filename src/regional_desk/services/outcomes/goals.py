"""Goals of a programme year by step and track."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.outcomes import Step
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.outcomes.records import SUBJECT
from regional_desk.store.internships import outcome_goal
from regional_desk.store.office import OfficeInfo
from regional_desk.store.outcome_records import list_outcome_goals

Goals = Mapping[tuple[Step, Track], int]
MOST = 9_999


def list_goals(desk: Desk, year: int | None = None) -> Goals:
    """How many people of each track the year (this one) is to bring to each step; a goal nobody set is left out."""
    with desk.store.read() as connection:
        return goals_of(connection, desk.office, year or desk.office.programme_year)


def goals_of(connection: sa.Connection, office: OfficeInfo, year: int) -> dict[tuple[Step, Track], int]:
    """The same inside a read; 수료 without a goal of its own has the office's goal of its own year."""
    found = {}
    if year == office.programme_year:
        found = {(Step.COMPLETED, Track(track)): people for track, people in office.goals.items() if people}
    for row in list_outcome_goals(connection, year):
        found[Step(row.item), Track(row.track)] = row.people
    return found


def set_goals(
    desk: Desk,
    given: Mapping[tuple[Step, Track], int | None],
    year: int | None = None,
    operation_id: UUID | None = None,
) -> int:
    """Set goals of a year (this one) in one act, None taking one away; return how many changed.

    Raises Refusal for a number of people that cannot be.
    """
    wanted = year or desk.office.programme_year
    for (step, track), people in given.items():
        if people is not None and not 0 <= people <= MOST:
            raise Refusal(f"{track.value} {step.label} 목표는 0부터 {MOST:,}까지입니다. 바꾸지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        kept = {
            (Step(row.item), Track(row.track)): row for row in list_outcome_goals(work.connection, wanted)
        }
        changed = 0
        for (step, track), people in given.items():
            row = kept.get((step, track))
            if people == (None if row is None else row.people):
                continue
            changed += 1
            _put(work, wanted, (step, track), people, version=row.version if row else None)
            told = {"year": wanted, "item": step.label, "track": track.value}
            work.log(
                "outcome.goal", SUBJECT, None, {**told, "old": row.people if row else None, "new": people}
            )
        return {"changed": changed}

    return int(desk.perform(Right.EDIT_INTERNSHIPS, "outcome.goal", body, operation_id)["changed"])


def _put(work: Work, year: int, key: tuple[Step, Track], people: int | None, *, version: int | None) -> None:
    table, (step, track) = outcome_goal, key
    mine = sa.and_(table.c.programme_year == year, table.c.item == step.value, table.c.track == track.value)
    if people is None:
        work.connection.execute(sa.delete(table).where(mine))
        return
    values = {"people": people, "user_id": work.desk.actor.user_id, "at": work.at}
    if version is None:
        names = {"programme_year": year, "item": step.value, "track": track.value}
        work.connection.execute(sa.insert(table).values(**names, **values))
    else:
        work.connection.execute(sa.update(table).where(mine).values(version=version + 1, **values))
