"""취업상황: whether who finished a course was employed 7 months after it (rulebook section 9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import outcomes as rules
from regional_desk.domain.masking import Masking
from regional_desk.domain.membership import Outcome
from regional_desk.domain.outcomes import CheckSpan, CheckState, Employment
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.outcomes import records
from regional_desk.services.outcomes.conversions import CHANGED
from regional_desk.services.outcomes.terms import check_terms
from regional_desk.store import outcome_records as store
from regional_desk.store.internships import employment_check
from regional_desk.store.outcome_records import EmploymentRow, InternRow

SOURCES = ("고용보험 가입 이력", "재직증명서", "본인 확인", "기업 확인", "전환 기록")
"""What is offered for how it was found out; anything else may be written."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the office knows already: the company that kept the intern on, and since when."""

    employer: str
    employed_from: dt.date


@dataclass(frozen=True, slots=True)
class EmploymentLine:
    """Somebody asked for 취업상황 after a course: when, how it stands today, the answer and what is known already."""

    row: EmploymentRow
    span: CheckSpan
    state: CheckState
    known: Known | None

    @property
    def result(self) -> Employment | None:
        """The answer, None before there is one."""
        return None if self.row.result is None else Employment(self.row.result)

    @property
    def outcome(self) -> Outcome:
        """How the course ended for them."""
        return Outcome(self.row.outcome)

    @property
    def words(self) -> str:
        """The answer, or how the check stands."""
        return self.state.label if self.result is None else self.result.label


@dataclass(frozen=True, slots=True)
class Situation:
    """What was found out on a day and from what; who employs them since when, only of the employed."""

    result: Employment
    checked_on: dt.date
    source: str
    employer: str = ""
    employed_from: dt.date | None = None
    memo: str = ""


def read(desk: Desk, membership: UUID) -> EmploymentLine:
    """One person's line, masked and noted; raise Refusal where 취업상황 is not asked of them."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = _find(connection, membership)
        known = _known(store.list_interns(connection))
    desk.note_view(records.SUBJECT, [row.person], {"by": "employment"})
    return _line(desk, row, known, desk.clock.today())


def list_lines(desk: Desk, year: int | None = None) -> tuple[EmploymentLine, ...]:
    """Everybody asked after the courses of a programme year (this one), by course and name; noted."""
    found = survey_lines(desk, year or desk.office.programme_year)
    desk.note_view(records.SUBJECT, [one.row.person for one in found], {"by": "employment"})
    return found


def survey_lines(
    desk: Desk, year: int | None = None, on: dt.date | None = None
) -> tuple[EmploymentLine, ...]:
    """The same of one year or of all, as they stood on a day (today), for a paper or for whoever only counts."""
    desk.require(Right.SEE_PEOPLE)
    day = on or desk.clock.today()
    with desk.store.read() as connection:
        rows = store.list_employment(connection, year)
        known = _known(store.list_interns(connection))
    return tuple(_line(desk, _as_of(row, day), known, day) for row in rows if row.ended_on <= day)


def record(
    desk: Desk,
    membership: UUID,
    given: Situation,
    *,
    version: int | None = None,
    operation_id: UUID | None = None,
) -> None:
    """Write down 취업상황; `version` is that of the answer it replaces, None for the first.

    Raises Refusal for a coming day, one before the course's end, no source, an employed person without an employer, an
    employer of somebody who is not, or where somebody was quicker.
    """
    source, employer = clean(given.source), clean(given.employer)
    if given.checked_on > desk.clock.today():
        raise Refusal(f"{korean_date(given.checked_on)}은(는) 아직 오지 않은 날이라 적지 않았습니다.")
    if not source:
        raise Refusal("무엇으로 확인했는지 적어 주십시오. 적지 않았습니다.")
    if given.result is Employment.EMPLOYED and not employer:
        raise Refusal("취업한 곳을 적어 주십시오. 적지 않았습니다.")
    if given.result is not Employment.EMPLOYED and (employer or given.employed_from):
        raise Refusal(f"'{given.result.label}'에는 취업한 곳과 취업일을 적지 않습니다. 적지 않았습니다.")
    if given.employed_from is not None and given.employed_from > given.checked_on:
        raise Refusal("취업일이 확인한 날보다 뒤라서 적지 않았습니다.")
    values = {
        "result": given.result.value,
        "employer": employer or None,
        "employed_from": given.employed_from,
        "checked_on": given.checked_on,
        "source": source,
        "memo": clean(given.memo) or None,
    }

    def body(work: Work) -> dict[str, Any]:
        row = _find(work.connection, membership)
        if given.checked_on < row.ended_on:
            ended = korean_date(row.ended_on)
            raise Refusal(f"과정이 끝난 날({ended})보다 앞서 확인할 수 없습니다. 적지 않았습니다.")
        stored: dict[str, Any] = {**values, "user_id": desk.actor.user_id, "at": work.at}
        if row.version != version:
            raise Refusal(CHANGED)
        if version is None:
            work.connection.execute(sa.insert(employment_check).values(membership_id=membership, **stored))
        else:
            work.connection.execute(
                sa.update(employment_check)
                .where(employment_check.c.membership_id == membership)
                .values(version=version + 1, **stored)
            )
        told = {
            name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()
        }
        _log(work, "outcome.employment", row, {**told, "result": given.result.label})
        return {"membership": str(membership)}

    desk.perform(Right.EDIT_INTERNSHIPS, "outcome.employment", body, operation_id)


def remove(desk: Desk, membership: UUID, version: int, reason: str, operation_id: UUID | None = None) -> None:
    """Take away an answer that was written down by mistake; raise Refusal without a reason or where somebody was quicker."""
    if not clean(reason):
        raise Refusal("지우는 까닭을 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        row = _find(work.connection, membership)
        if row.version != version:
            raise Refusal(CHANGED)
        mine = employment_check.c.membership_id == membership
        work.connection.execute(sa.delete(employment_check).where(mine))
        _log(
            work,
            "outcome.employment_remove",
            row,
            {"reason": clean(reason), "result": row.result and Employment(row.result).label},
        )
        return {"membership": str(membership)}

    desk.perform(Right.EDIT_INTERNSHIPS, "outcome.employment_remove", body, operation_id)


def _find(connection: sa.Connection, membership: UUID) -> EmploymentRow:
    rows = store.list_employment(connection, membership_id=membership)
    if not rows:
        raise Refusal("취업상황은 수료하거나 조기취업한 교육생에게 확인합니다. 그런 교육생이 아닙니다.")
    return rows[0]


def _known(interns: Iterable[InternRow]) -> dict[UUID, Known]:
    """By person the company that kept them on and that they had not left by the newest check."""
    found: dict[UUID, Known] = {}
    for row in interns:
        decided = row.conversion
        left = any(one.left_on is not None for one in row.checks)
        if decided is not None and decided.employed_from is not None and not left:
            found[row.trainee] = Known(row.company_name, decided.employed_from)
    return found


def _line(desk: Desk, row: EmploymentRow, known: Mapping[UUID, Known], today: dt.date) -> EmploymentLine:
    span = rules.employment_span(check_terms(), row.ended_on)
    result = None if row.result is None else Employment(row.result)
    sure = result is not Employment.UNKNOWN
    state = rules.check_state(span, today, answered=result is not None, known=sure)
    return EmploymentLine(_masked(desk, row), span, state, known.get(row.person))


def _as_of(row: EmploymentRow, day: dt.date) -> EmploymentRow:
    """The row without an answer found out after a day."""
    if row.checked_on is None or row.checked_on <= day:
        return row
    return replace(row, result=None, employer=None, employed_from=None, source=None, memo=None)


def _masked(desk: Desk, row: EmploymentRow) -> EmploymentRow:
    hide = desk.masking
    if hide is Masking.FULL:
        return row
    return replace(
        row,
        name=hide.show_name(row.name),
        birth=hide.hide_birth(row.birth),
        source=row.source and records.HIDDEN,
        memo=row.memo and records.HIDDEN,
    )


def _log(work: Work, action: str, row: EmploymentRow, value: Mapping[str, Any]) -> None:
    keys = work.desk.store.person_keys(work.connection, [row.person])
    work.log(action, records.SUBJECT, row.membership, values=[work.seal(keys, row.person, value)])
