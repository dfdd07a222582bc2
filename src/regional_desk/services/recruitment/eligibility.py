"""자격: what is known of an applicant, the decision with its reasons, and the stage that follows (rulebook section 5)."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain.eligibility import (
    MOST_MILITARY_DAYS,
    Answer,
    Answered,
    AsOf,
    Category,
    Decision,
    Facts,
    Terms,
    decide,
    terms_from_table,
    terms_on,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Item, OpenItems, Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment import stages
from regional_desk.store import applicants as store
from regional_desk.store.applicants import ApplicationRow, Facing
from regional_desk.store.people import application
from regional_desk.store.recruitment import eligibility_answer

MILITARY_PAPER = "military_record"
VERIFIED = "verified"
_OPEN = (Stage.APPLIED, Stage.ELIGIBLE, Stage.INELIGIBLE)
_NO_APPLICATION = "이 사업연도의 지원서가 없습니다. 바꾼 것이 없습니다."


@dataclass(frozen=True, slots=True)
class Case:
    """One application with what decides it and the decision as it follows today."""

    application: ApplicationRow
    facts: Facts
    terms: Terms
    decision: Decision

    @property
    def stage(self) -> Stage:
        """Where the application stands."""
        return Stage(self.application.stage)

    @property
    def is_stale(self) -> bool:
        """Whether something changed since it was decided, so that the kept decision no longer follows."""
        kept = self.application.eligible
        return kept is not None and self.decision.overall is not (Answer.YES if kept else Answer.NO)


@dataclass(frozen=True, slots=True)
class Clear:
    """Who still waits at 접수, by id: everything holds, something does not, or something is unknown."""

    eligible: tuple[UUID, ...]
    ineligible: tuple[UUID, ...]
    undecided: tuple[UUID, ...]


@cache
def shipped_terms() -> tuple[Terms, ...]:
    """Every shipped set of terms (`resources/policies/eligibility*.toml`)."""
    files = sorted((paths.resources() / "policies").glob("eligibility*.toml"))
    return tuple(terms_from_table(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)


def case_of(desk: Desk, person: UUID) -> Case:
    """The application of this programme year as it is decided now, noted; whoever sees people masked sees no reasons.

    Raises Refusal where there is none.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = read_cases(connection, desk.office.programme_year, [person])
    if not found:
        raise Refusal(_NO_APPLICATION)
    desk.note_view("people", [person], {"by": "eligibility"})
    return found[0] if desk.masking is Masking.FULL else _hidden(found[0])


def survey_clear(desk: Desk, round_id: UUID | None = None) -> Clear:
    """How those who wait at 접수 (of one round or all) would be decided; names nobody."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return _clear(connection, desk, round_id)


def answer(
    desk: Desk,
    person: UUID,
    condition: str,
    found: Answer,
    *,
    on: dt.date | None = None,
    memo: str = "",
    operation_id: UUID | None = None,
) -> Case:
    """Record whether a condition holds, seen on a day (today) by what `memo` says; raise as `answer_many`."""
    answer_many(desk, [person], condition, found, on=on, memo=memo, operation_id=operation_id)
    return case_of(desk, person)


def answer_many(
    desk: Desk,
    people: Collection[UUID],
    condition: str,
    found: Answer,
    *,
    on: dt.date | None = None,
    memo: str = "",
    operation_id: UUID | None = None,
) -> int:
    """Record the same answer for several people in one act, as one list told it; return for how many.

    Raises UsageError for a condition the terms do not ask, Refusal for a day to come or somebody without an application:
    then nothing is written.
    """
    day = on or desk.clock.today()
    if day > desk.clock.today():
        raise Refusal(f"{korean_date(day)}은(는) 아직 오지 않은 날이라 적지 않았습니다.")
    answered = Answered(found, day, clean(memo))

    def body(work: Work) -> dict[str, Any]:
        cases = read_cases(work.connection, desk.office.programme_year, people)
        if len(cases) != len(set(people)):
            raise Refusal(_NO_APPLICATION)
        for case in cases:
            _answer(work, case, condition, answered)
        return {"people": len(cases)}

    return int(desk.perform(Right.EDIT_RECRUITMENT, "eligibility.answer", body, operation_id)["people"])


def set_basis(
    desk: Desk,
    person: UUID,
    category: Category | None,
    military_days: int,
    operation_id: UUID | None = None,
) -> Case:
    """Set what somebody comes in as (None: not chosen) and the days of military service claimed; raise Refusal outside 0–3,650."""
    if not 0 <= military_days <= MOST_MILITARY_DAYS:
        raise Refusal(f"병역 일수는 0~{MOST_MILITARY_DAYS:,}일 사이로 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        case = _case(work, person)
        row = case.application
        new = {"category": category.value if category else None, "military_days": military_days}
        old = {"category": row.category, "military_days": row.military_days}
        if new == old:
            return {"person": str(person)}
        work.connection.execute(
            sa.update(application)
            .where(application.c.id == row.id)
            .values(**new, version=application.c.version + 1)
        )
        _log(work, "eligibility.basis", person, {"old": old, "new": new})
        return {"person": str(person)}

    desk.perform(Right.EDIT_RECRUITMENT, "eligibility.basis", body, operation_id)
    return case_of(desk, person)


def decide_person(desk: Desk, person: UUID, operation_id: UUID | None = None) -> Case:
    """Decide one application: 자격확인 where every condition holds, 부적격 with the reason where one does not.

    Raises OpenItems naming what is unknown, Refusal where screening has begun: then nothing is written.
    """

    def body(work: Work) -> dict[str, Any]:
        case = _case(work, person)
        if case.stage not in _OPEN:
            raise Refusal(
                f"이미 '{case.stage.label}' 단계라 자격을 다시 판정하지 않았습니다. 단계를 먼저 되돌리십시오."
            )
        if case.decision.overall is Answer.UNKNOWN:
            items = [
                Item(line.label, line.reason) for line in case.decision.lines if line.answer is Answer.UNKNOWN
            ]
            raise OpenItems(
                f"아직 모르는 것이 {len(items)}가지 있어 판정하지 않았습니다. 확인한 뒤 다시 하십시오.",
                items=tuple(items),
            )
        _settle(work, case)
        return {"person": str(person), "eligible": case.decision.overall is Answer.YES}

    desk.perform(Right.EDIT_RECRUITMENT, "eligibility.decide", body, operation_id)
    return case_of(desk, person)


def decide_clear(desk: Desk, round_id: UUID | None = None, operation_id: UUID | None = None) -> int:
    """Move everybody who waits at 접수 and meets every condition to 자격확인; return how many.

    A no is left to be decided person by person, and so is whatever is unknown.
    """

    def body(work: Work) -> dict[str, Any]:
        chosen = _clear(work.connection, desk, round_id).eligible
        for case in read_cases(work.connection, desk.office.programme_year, chosen):
            _settle(work, case)
        return {"people": len(chosen)}

    done = desk.perform(Right.EDIT_RECRUITMENT, "eligibility.decide", body, operation_id)
    return int(done["people"])


def read_cases(
    connection: sa.Connection, programme_year: int, people: Collection[UUID] | None = None
) -> tuple[Case, ...]:
    """The applications of a year (or of these people in it) with their decisions as they follow now."""
    if people is not None and len(people) > 1:  # more than a list of marks may hold: read all, keep those
        wanted = frozenset(people)
        return tuple(
            case for case in read_cases(connection, programme_year) if case.application.person_id in wanted
        )
    facing = store.list_facing(connection, programme_year, people)
    answers: dict[UUID, dict[str, Answered]] = {}
    for row in store.list_answers(connection, [one.application.id for one in facing]):
        found = Answered(Answer(row.answer), row.checked_on, row.memo or "")
        answers.setdefault(row.application_id, {})[row.condition] = found
    verified = store.with_document(connection, MILITARY_PAPER, VERIFIED)
    earlier = store.earlier_years(connection, programme_year)
    return tuple(
        _judged(one, answers.get(one.application.id, {}), verified, earlier.get(one.application.person_id))
        for one in facing
    )


def _hidden(case: Case) -> Case:
    """Without the reasons and memos: they hold the birth date and what was found out."""
    lines = tuple(replace(line, reason="") for line in case.decision.lines)
    answers = {key: replace(one, memo="") for key, one in (case.facts.answers or {}).items()}
    facts = replace(case.facts, birth=Masking.MASKED.hide_birth(case.facts.birth), answers=answers)
    row = replace(case.application, eligibility_reason=None)
    return Case(row, facts, case.terms, Decision(lines))


def _judged(
    one: Facing, answers: dict[str, Answered], verified: Collection[UUID], earlier: int | None
) -> Case:
    row = one.application
    terms = terms_on(shipped_terms(), row.received_on)
    facts = Facts(
        birth=one.birth,
        as_of=row.received_on if terms.as_of is AsOf.APPLICATION else one.course_start,
        military_days=row.military_days,
        evidence=row.person_id in verified,
        category=Category(row.category) if row.category else None,
        answers=answers,
        earlier=earlier,
    )
    return Case(row, facts, terms, decide(facts, terms))


def _clear(connection: sa.Connection, desk: Desk, round_id: UUID | None) -> Clear:
    waiting = [
        case
        for case in read_cases(connection, desk.office.programme_year)
        if case.stage is Stage.APPLIED and round_id in (None, case.application.round_id)
    ]

    def those(wanted: Answer) -> tuple[UUID, ...]:
        return tuple(case.application.person_id for case in waiting if case.decision.overall is wanted)

    return Clear(those(Answer.YES), those(Answer.NO), those(Answer.UNKNOWN))


def _case(work: Work, person: UUID) -> Case:
    found = read_cases(work.connection, work.desk.office.programme_year, [person])
    if not found:
        raise Refusal(_NO_APPLICATION)
    return found[0]


def _answer(work: Work, case: Case, condition: str, found: Answered) -> None:
    if condition not in case.terms.conditions:
        known = ", ".join(case.terms.conditions)
        raise UsageError(f"'{condition}'은(는) 묻는 조건이 아닙니다. 쓸 수 있는 것: {known}.")
    mine = {"application_id": case.application.id, "condition": condition}
    work.connection.execute(sa.delete(eligibility_answer).filter_by(**mine))
    work.connection.execute(
        sa.insert(eligibility_answer).values(
            **mine,
            answer=found.answer.value,
            checked_on=found.on,
            memo=found.memo or None,
            user_id=work.desk.actor.user_id,
        )
    )
    before = (case.facts.answers or {}).get(condition)
    told = {
        "condition": case.terms.conditions[condition],
        "old": before.answer.label if before else None,
        "new": found.answer.label,
        "day": found.on.isoformat(),
        "memo": found.memo,
    }
    _log(work, "eligibility.answer", case.application.person_id, told)


def _settle(work: Work, case: Case) -> None:
    """Keep the decision with its reason and move the stage."""
    row, eligible = case.application, case.decision.overall is Answer.YES
    reason = case.decision.reason()
    work.connection.execute(
        sa.update(application)
        .where(application.c.id == row.id)
        .values(eligible=eligible, eligibility_reason=reason, version=application.c.version + 1)
    )
    stage = Stage.ELIGIBLE if eligible else Stage.INELIGIBLE
    _log(work, "eligibility.decide", row.person_id, {"result": case.decision.verdict, "reason": reason})
    stages.move(work, row.id, row.person_id, stage, work.at.date(), None if eligible else reason)


def _log(work: Work, action: str, person: UUID, value: dict[str, Any]) -> None:
    keys = work.desk.store.person_keys(work.connection, [person])
    work.log(action, "people", person, values=[work.seal(keys, person, value)])
