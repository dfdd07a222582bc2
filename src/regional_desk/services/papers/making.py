"""One copy of a paper on its way: which one, for whom, and what every maker of papers needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from regional_desk.errors import UsageError
from regional_desk.services.desk import Desk

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper, Stamp


PREVIEW = "미리보기"
"""The purpose and check number of a copy that is only looked at."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paper of what: a course and unit, a month `2026-08`, a person, a day, a round, a company, or a number.

    The round is one of recruitment or of matching, as the paper is.

    Without a number the newest is meant; of a register the number is the year.
    """

    document: str
    course: UUID | None = None
    unit_no: int | None = None
    month: str | None = None
    number: int | None = None
    person: UUID | None = None
    day: dt.date | None = None
    round: UUID | None = None
    company: UUID | None = None
    internship: UUID | None = None
    people: tuple[UUID, ...] = ()  # only these, where a screen showed some of them

    def parameters(self) -> dict[str, Any]:
        """Which copy it is, as prints and looks keep it."""
        found: dict[str, Any] = {
            "course": str(self.course or ""),
            "unit": self.unit_no,
            "month": self.month,
        }
        more = {
            "number": self.number,
            "person": self.person and str(self.person),
            "day": self.day and self.day.isoformat(),
            "round": self.round and str(self.round),
            "company": self.company and str(self.company),
            "internship": self.internship and str(self.internship),
            "people": len(self.people) or None,
        }
        return found | {name: value for name, value in more.items() if value is not None}


@dataclass(slots=True)
class Making:
    """A copy being made; a maker adds the ids of those it shows to `people`, whose looks are noted."""

    desk: Desk
    wanted: Wanted
    purpose: str
    check_number: str
    people: list[UUID] = field(default_factory=list)

    @property
    def course(self) -> UUID:
        """The course it is about; raise UsageError where none was given."""
        if self.wanted.course is None:
            raise UsageError("이 문서는 과정을 정해야 합니다(--course).")
        return self.wanted.course

    @property
    def unit_no(self) -> int:
        """The unit period it is about, the first where none was given."""
        return self.wanted.unit_no or 1

    @property
    def month(self) -> str:
        """The month it is about; raise UsageError where none was given."""
        if self.wanted.month is None:
            raise UsageError("이 문서는 달을 정해야 합니다(--month 2026-08).")
        return self.wanted.month

    @property
    def person(self) -> UUID:
        """The person it is about; raise UsageError where none was given."""
        if self.wanted.person is None:
            raise UsageError("이 문서는 사람을 정해야 합니다(--trainee '홍길동 1999-03-05').")
        return self.wanted.person

    @property
    def round(self) -> UUID:
        """The recruitment or matching round it is about; raise UsageError where none was given."""
        if self.wanted.round is None:
            raise UsageError("이 문서는 차수를 정해야 합니다(--round).")
        return self.wanted.round

    @property
    def internship(self) -> UUID:
        """The internship it is about; raise UsageError where none was given."""
        if self.wanted.internship is None:
            raise UsageError("이 문서는 인턴을 정해야 합니다(--internship 2026-3).")
        return self.wanted.internship

    def stamp(self, *, provisional: bool = False, solo: bool = False) -> Stamp:
        """What the footer says of this copy."""
        return stamp(self.desk, self.purpose, self.check_number, provisional=provisional, solo=solo)


Maker = Callable[[Making], "Paper"]


def stamp(
    desk: Desk, purpose: str, check_number: str, *, provisional: bool = False, solo: bool = False
) -> Stamp:
    """Purpose, printer, moment and check number, with 연습용, 미확정 and 단독 처리 where they hold."""
    from regional_desk.documents.paper import Stamp  # noqa: PLC0415 - only where a paper is made

    return Stamp(
        purpose=purpose,
        printed_by=desk.actor.name,
        printed_at=desk.clock.now(),
        check_number=check_number,
        practice=desk.office.practice,
        provisional=provisional,
        solo=solo,
    )
