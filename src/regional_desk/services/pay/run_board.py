"""Every unit that has begun, with how far its allowance is: the cards of 훈련수당. It names nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from regional_desk.domain.allowance import RunState
from regional_desk.domain.calendar import UnitPeriod, unit_periods
from regional_desk.services.desk import Desk
from regional_desk.services.pay.run_states import OPEN_STATES, RunKind, UnitKey
from regional_desk.store import run_board as store
from regional_desk.store.allowance import CLOSED_STATES, RunRow, list_runs
from regional_desk.store.courses import list_courses


@dataclass(frozen=True, slots=True)
class Card:
    """One unit: its runs that were not cancelled, the people of its course, and how many of the unit are held now."""

    course: UUID
    course_name: str
    unit: UnitPeriod
    units: int
    people: int
    held: int
    runs: tuple[RunRow, ...]

    @property
    def key(self) -> UnitKey:
        """What an act names it by."""
        return UnitKey(self.course, self.unit.no)

    @property
    def newest(self) -> RunRow | None:
        """The run that is worked on, None before the first draft."""
        return self.runs[-1] if self.runs else None

    @property
    def state(self) -> RunState | None:
        """The newest run's state."""
        return RunState(self.newest.state) if self.newest else None

    @property
    def kind(self) -> RunKind | None:
        """What kind of run the newest is."""
        return RunKind(self.newest.kind) if self.newest else None

    @property
    def drafted_people(self) -> int:
        """People of the unit's runs together: who stands in a 정산 stands in an earlier run too."""
        return sum(run.people for run in self.runs if run.kind != RunKind.SETTLEMENT)

    @property
    def total(self) -> int:
        """Won of the unit's runs together, the one that is worked on too."""
        return sum(run.total for run in self.runs)

    @property
    def confirmed(self) -> int:
        """Won of those that are confirmed."""
        return sum(run.total for run in self.runs if run.state in CLOSED_STATES)

    @property
    def is_open(self) -> bool:
        """Whether it still has to be drafted or confirmed."""
        return self.state is None or self.state in OPEN_STATES


def board(desk: Desk, *, month: str | None = None) -> tuple[Card, ...]:
    """The units begun by today, those that ended last first; with `month` (`2026-08`) those that end in it."""
    today = desk.clock.today()
    with desk.store.read() as connection:
        runs: dict[tuple[UUID, int], list[RunRow]] = {}
        for run in list_runs(connection):
            runs.setdefault((run.course_id, run.unit_no), []).append(run)
        members, held = store.count_members(connection), store.count_holds(connection)
        rows = list_courses(connection)
    cards = [
        Card(
            row.id,
            row.name,
            unit,
            len(units),
            members.get(row.id, 0),
            held.get((row.id, unit.no), 0),
            tuple(runs.get((row.id, unit.no), ())),
        )
        for row in rows
        for units in [unit_periods(row.start, row.end)]
        for unit in units
        if unit.start <= today and members.get(row.id) and (month is None or _month(unit.end) == month)
    ]
    return tuple(sorted(cards, key=_order, reverse=True))


def _month(day: dt.date) -> str:
    return f"{day:%Y-%m}"


def _order(card: Card) -> tuple[dt.date, str, int]:
    return card.unit.end, card.course_name, card.unit.no
