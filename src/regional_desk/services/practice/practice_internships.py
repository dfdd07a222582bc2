"""A practice office's internships: agreements, first days, a raise, breaks, who leaves early and who takes the place over, ends."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from regional_desk.domain.internships import BreakKind, EndKind, InternState
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk, Work
from regional_desk.services.internships import (
    agreements,
    drafts,
    internships,
    interruptions,
    preparing,
)
from regional_desk.services.internships.drafts import AgreementDraft
from regional_desk.services.internships.internships import InternshipDetail, InternshipRow
from regional_desk.services.practice.practice_companies import scan
from regional_desk.services.practice.practice_people import Inventor
from regional_desk.services.recruitment import people

_DAY = dt.timedelta(days=1)
_PREPARED = 5  # days after the class's end: the result is published on the fourth
_LEAST = 2_240_000  # won a month: above the minimum wage of 2026 and 2027
_RAISE = 60_000
_PAY_DAY = "매월 1일부터 말일까지의 임금을 그 달 21일에 지급(휴일이면 그 전날)"
_LAST_END = 20  # of a month: its service months are over by then, and claimed and paid before it ends
_ABSENT, _BREAK, _LEAVES, _TAKES_OVER = 16, 23, 25, 37  # days after the first one
_BREAK_DAYS = 5
_ENOUGH = 6  # of a round: from then on somebody leaves and is replaced


class Internships:
    """The interns of one matching round; `end` is its classes' last day, `number` counts the rounds from 1."""

    def __init__(self, desk: Desk, source: random.Random, end: dt.date, number: int) -> None:
        self._desk, self._random, self._end, self._number = desk, source, end, number
        self._inventor = Inventor(source)
        self._begins = _monday(end + (_PREPARED + 3) * _DAY)
        self._leaves = _weeks_on(self._begins + _LEAVES * _DAY, range(1, _LAST_END + 1))
        self._follows = _monday(self._begins + _TAKES_OVER * _DAY)
        self._drafts: dict[UUID, UUID] = {}  # the newest agreement of each internship

    def steps(self) -> Iterator[tuple[dt.date, Any]]:
        """(day, act) in the order of the work."""
        begins = self._begins
        yield self._end + _PREPARED * _DAY, self._prepare
        yield begins - 3 * _DAY, self._sign
        yield begins, self._start
        yield begins + (_ABSENT + 1) * _DAY, self._absent
        yield begins + _BREAK * _DAY, self._interrupt
        yield self._leaves + _DAY, self._leave
        yield self._follows - 4 * _DAY, self._replace
        yield self._follows, self._start
        yield begins + 27 * _DAY, self._raise_wage

    def _prepare(self) -> None:
        """Whoever was placed and is in no other internship gets an agreement."""
        busy = {row.trainee for row in self._rows() if not row.state.over}
        placed = [place for place in internships.waiting(self._desk) if place.trainee not in busy]

        def body(work: Work) -> dict[str, Any]:
            for place in placed:
                made = preparing.insert(
                    work,
                    self._offer(work, place.company, place.position, self._begins),
                    trainee=place.trainee,
                    company_id=place.company,
                    position_id=place.position,
                    track=place.track,
                    placement_id=place.id,
                )
                preparing.logged(work, "internship.prepare", made, {})
                self._take(made)
            return {"internships": len(placed)}

        if placed:
            self._desk.perform(Right.EDIT_INTERNSHIPS, "internship.prepare", body)

    def _take(self, made: InternshipDetail) -> None:
        """Count an internship among the round's, its agreement to be signed."""
        if made.draft is not None:
            self._drafts[made.row.id] = made.draft.id

    def _offer(self, work: Work, company: UUID, position: UUID | None, starts: dt.date) -> AgreementDraft:
        offered = preparing.proposal(self._desk, work.connection, company, position, starts)
        return self._settled(offered)

    def _settled(self, offered: AgreementDraft) -> AgreementDraft:
        """What the office agrees with every company: enough, paid within the month it is earned in."""
        points = {**offered.points, "pay_day": _PAY_DAY}
        wage = max(offered.wage, _LEAST)
        return replace(offered, wage=wage, mentor=self._inventor.name(), points=points)

    def _sign(self) -> None:
        """The first one with its scan, the others lie on paper."""
        self._sign_all(list(self._drafts.values()))

    def _sign_all(self, drafted: list[UUID]) -> None:
        def body(work: Work) -> dict[str, Any]:
            for place, agreement in enumerate(drafted):
                page = scan("협약서 서명본") if place == 0 else None
                agreements.put_signature(work, agreement, work.at.date(), page)
            return {"agreements": len(drafted)}

        if drafted:
            self._desk.perform(Right.EDIT_INTERNSHIPS, "agreement.sign", body)

    def _start(self) -> None:
        """Whoever signed and did not begin yet."""
        today = self._desk.clock.today()
        ready = [
            row
            for row in self._rows()
            if row.id in self._drafts and row.state is InternState.AGREED and row.start <= today
        ]

        def body(work: Work) -> dict[str, Any]:
            for row in ready:
                internships.put_start(work, row.id, row.start)
            return {"internships": len(ready)}

        if ready:
            self._desk.perform(Right.EDIT_INTERNSHIPS, "internship.start", body)

    def _absent(self) -> None:
        """One intern missed a day without leave."""
        if self._mine:
            day = self._begins + _ABSENT * _DAY
            kind = BreakKind.UNPAID_ABSENCE
            interruptions.add(self._desk, self._mine[0], kind, day, day, "연락 없이 결근")

    def _interrupt(self) -> None:
        """Another breaks off for some days, and comes back."""
        if len(self._mine) > 1:
            first, last = self._desk.clock.today(), self._desk.clock.today() + (_BREAK_DAYS - 1) * _DAY
            interruptions.add(
                self._desk, self._mine[1], BreakKind.INTERRUPTION, first, last, "라인 이전으로 휴업"
            )

    def _leave(self) -> None:
        if len(self._mine) >= _ENOUGH:
            internships.end(
                self._desk,
                self._mine[2],
                self._desk.clock.today() - _DAY,
                EndKind.EARLY,
                "집안 사정으로 그만둠",
            )

    def _replace(self) -> None:
        """Somebody who completed and was not placed takes the place over."""
        if len(self._mine) < _ENOUGH:
            return
        free = self._without_place()
        if not free:
            return
        old = internships.read(self._desk, self._mine[2]).row
        offered = internships.propose(self._desk, old.company, old.position, self._follows)
        wanted = self._settled(offered)
        made = internships.replace(
            self._desk, old.id, self._random.choice(free), "조기종료한 자리를 이어받음", draft=wanted
        )
        self._take(made)
        self._sign_all([self._drafts[made.row.id]])

    def _without_place(self) -> list[UUID]:
        known = {row.trainee for row in self._rows()} | {
            row.trainee for row in internships.waiting(self._desk)
        }
        rows = [row for row in people.survey_people(self._desk) if row.stage == Stage.COMPLETED]
        return [row.id for row in sorted(rows, key=lambda row: (row.name, row.birth)) if row.id not in known]

    def _raise_wage(self) -> None:
        """One company pays more from the second service month on."""
        if len(self._mine) < _ENOUGH:
            return
        found = internships.read(self._desk, self._mine[3])
        row, signed = found.row, found.agreements[-1]
        if row.state is InternState.ACTIVE and len(row.months) > 1:
            wage, since = signed.wage + _RAISE, row.months[1].start
            wanted = replace(drafts.draft_of(signed), effective_from=since, wage=wage)
            made = agreements.amend(self._desk, row.id, wanted, "수습을 마쳐 임금을 올림")
            self._take(made)
            self._sign_all([self._drafts[row.id]])

    @property
    def _mine(self) -> list[UUID]:
        return list(self._drafts)

    def _rows(self) -> tuple[InternshipRow, ...]:
        return internships.list_internships(self._desk)


def end_those_over(desk: Desk) -> None:
    """Whoever served to the last agreed day has completed."""
    for row in internships.list_internships(desk):
        if row.state.running and row.months[-1].is_over(desk.clock.today()):
            internships.end(desk, row.id, row.end, EndKind.COMPLETED)


def _monday(day: dt.date) -> dt.date:
    """The Monday on or after a day on which somebody may begin."""
    return _weeks_on(day + (7 - day.weekday()) % 7 * _DAY, range(2, _LAST_END + 2))


def _weeks_on(day: dt.date, days: range) -> dt.date:
    """The day, or as many weeks later as it takes to fall on one of these days of a month."""
    while day.day not in days:
        day += 7 * _DAY
    return day
