"""What has to be asked now: 전환 여부, 고용유지 after 6 and 12 months, 취업상황 after a course; of every year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from regional_desk.domain.outcomes import CheckSpan, CheckState
from regional_desk.services.desk import Desk
from regional_desk.services.outcomes import employment, records
from regional_desk.services.outcomes.employment import EmploymentLine
from regional_desk.services.outcomes.records import InternOutcome


class Kind(StrEnum):
    """What is asked."""

    CONVERSION = "conversion"
    RETENTION = "retention"
    EMPLOYMENT = "employment"

    @property
    def label(self) -> str:
        """The Korean name."""
        return {Kind.CONVERSION: "전환 여부", Kind.RETENTION: "고용유지", Kind.EMPLOYMENT: "취업상황"}[self]


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to ask: `id` of the internship, of 취업상황 of the membership; `months` of 고용유지 only."""

    kind: Kind
    id: UUID
    months: int | None
    person: UUID
    name: str
    birth: dt.date
    about: str
    span: CheckSpan
    state: CheckState

    @property
    def label(self) -> str:
        """What is asked, the months with it."""
        return self.kind.label if self.months is None else f"{self.kind.label} {self.months}개월"


def list_due(desk: Desk, *, coming: bool = False) -> tuple[Asked, ...]:
    """What is to be asked, the oldest deadline first, with `coming` what will be as well; masked and noted."""
    found = survey_due(desk, coming=coming)
    desk.note_view(records.SUBJECT, [one.person for one in found], {"by": "due"})
    return found


def survey_due(desk: Desk, *, coming: bool = False) -> tuple[Asked, ...]:
    """The same for whoever only counts."""
    found = [one for row in records.survey_records(desk) for one in _of_intern(row)]
    found += [_of_course(line) for line in employment.survey_lines(desk)]
    wanted = [one for one in found if one.state.open or (coming and one.state is CheckState.COMING)]
    return tuple(sorted(wanted, key=lambda one: (one.span.until, one.kind, one.name, one.id.bytes)))


def _of_intern(found: InternOutcome) -> Iterator[Asked]:
    row = found.row
    if found.asked is not None:
        yield Asked(
            Kind.CONVERSION,
            row.id,
            None,
            row.trainee,
            row.name,
            row.birth,
            row.company_name,
            found.asked,
            found.state,
        )
    for check in found.checks:
        yield Asked(
            Kind.RETENTION,
            row.id,
            check.months,
            row.trainee,
            row.name,
            row.birth,
            row.company_name,
            check.span,
            check.state,
        )


def _of_course(line: EmploymentLine) -> Asked:
    row = line.row
    return Asked(
        Kind.EMPLOYMENT,
        row.membership,
        None,
        row.person,
        row.name,
        row.birth,
        row.course_name,
        line.span,
        line.state,
    )
