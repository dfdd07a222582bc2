"""Companies' applications (참여신청) for the programme year: who applied, what became of them, who took it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.company_selection import ParticipationState
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Item, OpenItems, Refusal, UsageError
from regional_desk.services.companies.companies import find_company
from regional_desk.services.companies.company_ranking import rank_marks, read_marks
from regional_desk.services.desk import Desk, Work
from regional_desk.store import company_ratings as store
from regional_desk.store.companies import CompanyRow, list_companies
from regional_desk.store.company_ratings import AppliedRow
from regional_desk.store.ids import new_id
from regional_desk.store.participation import participation

SUBJECT = "company_selection"


@dataclass(frozen=True, slots=True)
class ParticipationRow:
    """One application: `score` in thousandths of 100 points and `rank` in its kind, None while there is no ranking."""

    id: UUID
    version: int
    company: UUID
    company_name: str
    business_number: str
    kind: CompanyKind | None
    state: ParticipationState
    applied_on: dt.date
    decided_on: dt.date | None
    score: int | None
    rank: int | None
    reserve_number: int | None
    tie_note: str | None
    reason: str | None
    memo: str | None


@dataclass(frozen=True, slots=True)
class CompanyWithdrawn:
    """What a withdrawal led to: which company's application moved up, None where none waited."""

    participation: UUID
    promoted: UUID | None


def list_participations(desk: Desk, year: int | None = None) -> tuple[ParticipationRow, ...]:
    """The applications of a programme year (the office's own without one), by the company's name; they name nobody."""
    desk.require(Right.SEE_PEOPLE)
    wanted = desk.office.programme_year if year is None else year
    with desk.store.read() as connection:
        rows = store.list_applied(connection, wanted)
        places: dict[UUID, tuple[int, int]] = {}
        for kind in CompanyKind:
            found = rank_marks(read_marks(connection, wanted, kind), (), "", {})
            places |= {one.row.id: (one.score.total, one.rank) for one in (*found.decided, *found.ranked)}
    return tuple(_row(one, *places.get(one.id, (None, None))) for one in rows)


def without_application(desk: Desk) -> tuple[CompanyRow, ...]:
    """The companies that have no application of this programme year, by name; contacts left out."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        applied = {one.company for one in store.list_applied(connection, desk.office.programme_year)}
        return tuple(row for row in list_companies(connection) if row.id not in applied)


def apply(
    desk: Desk,
    companies: Sequence[UUID],
    on: dt.date | None = None,
    memo: str = "",
    operation_id: UUID | None = None,
) -> tuple[UUID, ...]:
    """Take companies' applications in, all of them or none; return the applications' ids in their order.

    `on` is the day they applied, today without one. A company that took its application back may apply again. Raises
    OpenItems naming the companies without a kind (제조, 공급) or with an application already, Refusal for a day after today.
    """

    def body(work: Work) -> dict[str, Any]:
        day = on or work.at.date()
        if day > work.at.date():
            raise Refusal(f"신청일({korean_date(day)})이 오늘보다 뒤입니다. 신청을 받지 않았습니다.")
        year = desk.office.programme_year
        known = {row.id: row for row in list_companies(work.connection)}
        before = {one.company: one for one in store.list_applied(work.connection, year)}
        asked = [_company(known, one) for one in dict.fromkeys(companies)]
        _refuse_applying(asked, before)
        made = [_take_in(work, one.id, before.get(one.id), year, day, clean(memo)) for one in asked]
        for one, key in zip(asked, made, strict=True):
            told = {"business_number": one.business_number, "on": day.isoformat()}
            work.log("company.apply", SUBJECT, key, told)
        work.subjects.add("companies")
        return {"participations": [str(one) for one in made]}

    done = desk.perform(Right.EDIT_COMPANIES, "company.apply", body, operation_id)
    return tuple(UUID(one) for one in done["participations"])


def withdraw(
    desk: Desk, participation_id: UUID, reason: str, operation_id: UUID | None = None
) -> CompanyWithdrawn:
    """A company takes its application back; where it was selected the first 예비 of its kind moves up, in one act.

    The others keep their announced numbers. Raises Refusal without a reason, where it was taken back already, and where
    somebody is placed with the company.
    """
    why = clean(reason)
    if not why:
        raise Refusal("참여를 철회하는 사유를 적어 주십시오.")

    def body(work: Work) -> dict[str, Any]:
        row = read_applied(work.connection, participation_id)
        if row.state == ParticipationState.WITHDRAWN:
            raise Refusal(f"{row.company_name}은(는) 이미 철회했습니다. 바뀐 것이 없습니다.")
        if store.has_placements(work.connection, row.company, desk.office.programme_year):
            raise Refusal(
                f"{row.company_name}에 배정된 교육생이 있어 철회로 바꾸지 않았습니다. 연계에서 배정을 먼저 바꾸거나 취소하십시오."
            )
        move(work, row, ParticipationState.WITHDRAWN, reason=why, reserve_number=None)
        work.log("company.withdraw", SUBJECT, row.id, {"business_number": row.business_number, "reason": why})
        following = _first_reserve(work.connection, desk, row)
        if following is not None:
            told = f"예비 {following.reserve_number}번에서 올라감"
            move(
                work,
                following,
                ParticipationState.SELECTED,
                reason=told,
                decided_on=work.at.date(),
                reserve_number=None,
            )
            numbers = {"business_number": following.business_number, "number": following.reserve_number}
            work.log("company.promote", SUBJECT, following.id, numbers)
        return {
            "participation": str(row.id),
            "promoted": None if following is None else str(following.id),
        }

    done = desk.perform(Right.EDIT_COMPANIES, "company.withdraw", body, operation_id)
    promoted = done["promoted"]
    return CompanyWithdrawn(UUID(done["participation"]), None if promoted is None else UUID(promoted))


def next_reserve(desk: Desk, participation_id: UUID) -> AppliedRow | None:
    """Which application would move up if this selected company withdrew, None where none would."""
    with desk.store.read() as connection:
        return _first_reserve(connection, desk, read_applied(connection, participation_id))


def selected_companies(connection: sa.Connection, year: int) -> frozenset[UUID]:
    """The companies selected for a programme year: only their positions may enter a matching round."""
    return store.companies_in_state(connection, year, ParticipationState.SELECTED.value)


def find_participation(desk: Desk, text: str) -> ParticipationRow:
    """The application of this programme year by its id or its company, as `companies.find_company` takes it; raise UsageError likewise."""
    rows = list_participations(desk)
    found = next((row for row in rows if str(row.id) == text.strip()), None)
    if found is not None:
        return found
    company = find_company(desk, text)
    for row in rows:
        if row.company == company:
            return row
    raise UsageError(f"'{text}' 기업의 {desk.office.programme_year}년 참여신청이 없습니다.")


def read_applied(connection: sa.Connection, participation_id: UUID) -> AppliedRow:
    """The application of an id; raise UsageError where there is none."""
    row = store.find_applied(connection, participation_id)
    if row is None:
        raise UsageError("없는 참여신청입니다. 목록에서 다시 골라 주십시오.")
    return row


def move(work: Work, row: AppliedRow, state: ParticipationState, **values: Any) -> None:
    """Bring an application to a state with what goes with it."""
    work.connection.execute(
        sa.update(participation)
        .where(participation.c.id == row.id)
        .values(state=state.value, version=participation.c.version + 1, **values)
    )
    work.subjects |= {SUBJECT, "companies"}


def _company(known: dict[UUID, CompanyRow], company_id: UUID) -> CompanyRow:
    if company_id not in known:
        raise UsageError("없는 기업입니다. 기업 목록에서 다시 골라 주십시오.")
    return known[company_id]


def _refuse_applying(rows: Sequence[CompanyRow], before: dict[UUID, AppliedRow]) -> None:
    items = []
    for row in rows:
        now = before.get(row.id)
        if row.kind is None:
            items.append(Item(row.name, "유형(제조·공급)을 먼저 정하십시오."))
        elif now is not None and now.state != ParticipationState.WITHDRAWN:
            items.append(Item(row.name, f"{korean_date(now.applied_on)}에 이미 신청했습니다."))
    if items:
        raise OpenItems("신청을 받을 수 없는 기업이 있어 아무것도 받지 않았습니다.", items=tuple(items))
    if not rows:
        raise Refusal("신청을 받을 기업을 고르십시오.")


def _take_in(
    work: Work, company: UUID, before: AppliedRow | None, year: int, day: dt.date, memo: str
) -> UUID:
    if before is not None:
        blank = dict.fromkeys(("reserve_number", "decided_on", "reason", "tie_note"))
        move(work, before, ParticipationState.APPLIED, applied_on=day, memo=memo or before.memo, **blank)
        return before.id
    made = new_id()
    work.connection.execute(
        sa.insert(participation).values(
            id=made,
            company_id=company,
            programme_year=year,
            applied_on=day,
            state=ParticipationState.APPLIED.value,
            memo=memo or None,
            created_at=work.at,
        )
    )
    return made


def _first_reserve(connection: sa.Connection, desk: Desk, row: AppliedRow) -> AppliedRow | None:
    """Which of the kind waits next where a selected one leaves."""
    if row.state != ParticipationState.SELECTED:
        return None
    waiting = [
        one
        for one in store.list_applied(connection, desk.office.programme_year, row.kind)
        if one.state == ParticipationState.RESERVE
    ]
    return min(waiting, key=lambda one: one.reserve_number or 0, default=None)


def _row(one: AppliedRow, score: int | None, rank: int | None) -> ParticipationRow:
    return ParticipationRow(
        one.id,
        one.version,
        one.company,
        one.company_name,
        one.business_number,
        CompanyKind(one.kind) if one.kind else None,
        ParticipationState(one.state),
        one.applied_on,
        one.decided_on,
        score,
        rank,
        one.reserve_number,
        one.tie_note,
        one.reason,
        one.memo,
    )
