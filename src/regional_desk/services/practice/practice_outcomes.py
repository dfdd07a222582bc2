"""What came of a practice office's internships: goals, conversions, who is still employed, answers after the course."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.outcomes import Employment, Retention, Step
from regional_desk.domain.people import Track
from regional_desk.services.desk import Desk
from regional_desk.services.outcomes import conversions, due, employment, goals, retention_checks
from regional_desk.services.outcomes.conversions import Decision
from regional_desk.services.outcomes.due import Asked, Kind
from regional_desk.services.outcomes.employment import Situation
from regional_desk.services.practice.practice_companies import scan

_DAY = dt.timedelta(days=1)
_GOALS = {Step.PLACED: 70, Step.INTERNED: 65, Step.CONVERTED: 50}  # percent of the trainees
_KEPT_ON, _STILL_THERE, _FOUND_WORK, _UNKNOWN = 0.75, 0.88, 0.55, 0.1
_ASKED = (8, 22)  # days of each month
_WAGE, _STEP, _STEPS = 2_500_000, 50_000, 8
_NOT_KEPT = ("정원이 차지 않아 전환하지 못함", "본인이 다른 일을 찾음", "직무가 맞지 않음")


class Outcomes:
    """Asked twice a month from `first` to `last`; `goal` trainees by track are what the office is to reach."""

    def __init__(
        self, desk: Desk, source: random.Random, span: tuple[dt.date, dt.date], trainees: dict[Track, int]
    ) -> None:
        self._desk, self._random, self._trainees = desk, source, trainees
        self._first, self._last = span

    def steps(self) -> Iterator[tuple[dt.date, Any]]:
        """(day, act) in the order of the work."""
        yield self._first, self._set_goals
        month = self._first.replace(day=1)
        while month <= self._last:
            for day in _ASKED:
                yield max(month.replace(day=day), self._first), self._ask
            month = monthly_return(month, 1)

    def _set_goals(self) -> None:
        given = {
            (step, track): people * percent // 100
            for step, percent in _GOALS.items()
            for track, people in self._trainees.items()
        }
        goals.set_goals(self._desk, given)

    def _ask(self) -> None:
        for one in due.list_due(self._desk):
            if one.kind is Kind.CONVERSION:
                self._decide(one)
            elif one.kind is Kind.RETENTION:
                self._check(one)
            else:
                self._situation(one)

    def _decide(self, one: Asked) -> None:
        today = self._desk.clock.today()
        if self._random.random() < _KEPT_ON:
            wage = _WAGE + self._random.randrange(_STEPS) * _STEP
            given = Decision(converted=True, decided_on=today, employed_from=today + _DAY, wage=wage)
            conversions.record(self._desk, one.id, given, file=scan("정규직 근로계약서"))
        else:
            given = Decision(converted=False, decided_on=today, reason=self._random.choice(_NOT_KEPT))
            conversions.record(self._desk, one.id, given)

    def _check(self, one: Asked) -> None:
        today, months = self._desk.clock.today(), one.months or 0
        if self._random.random() < _STILL_THERE:
            given = retention_checks.Finding(Retention.KEPT, today, retention_checks.SOURCES[0])
        else:
            left = one.span.on - 20 * _DAY
            given = retention_checks.Finding(Retention.LEFT, today, retention_checks.SOURCES[2], left)
        retention_checks.record(self._desk, one.id, months, given)

    def _situation(self, one: Asked) -> None:
        today = self._desk.clock.today()
        known = employment.read(self._desk, one.id)
        if known.known is not None:
            given = Situation(
                Employment.EMPLOYED,
                today,
                employment.SOURCES[4],
                known.known.employer,
                known.known.employed_from,
            )
        elif self._random.random() < _UNKNOWN:
            given = Situation(Employment.UNKNOWN, today, employment.SOURCES[2])
        elif self._random.random() < _FOUND_WORK:
            given = Situation(
                Employment.EMPLOYED, today, employment.SOURCES[0], "○○정밀", one.span.on - 40 * _DAY
            )
        else:
            given = Situation(Employment.NOT, today, employment.SOURCES[0])
        employment.record(self._desk, one.id, given, version=known.row.version)
