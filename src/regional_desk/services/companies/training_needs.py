"""What companies answer to the training need survey, their AX level, and the summary beside the country's figures.

The answers name nobody: reading them is not a look at people, and the log keeps them as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.domain.training_need import (
    Answers,
    AxLevel,
    LevelRule,
    Response,
    Summary,
    check_answers,
    propose_level,
    summarise,
)
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.companies.need_survey import survey
from regional_desk.services.desk import Desk, Work
from regional_desk.store import training_needs as store
from regional_desk.store.companies import CompanyRow, list_companies
from regional_desk.store.company_records import find_company
from regional_desk.store.training_needs import NeedRow

SUBJECT = "training_needs"
_NOTHING = "없음"
_STALE = "그 사이 이 기업의 답이 바뀌어 저장하지 않았습니다. 다시 불러온 뒤 고쳐 주십시오."


@dataclass(frozen=True, slots=True)
class Need:
    """One company's answers of a programme year; version 0 and no day where it has not answered.

    `level` was set by a person; `proposed` is what the answers speak for, with the reason. `employees` is its
    상시근로자 수.
    """

    company: UUID
    name: str
    business_number: str
    kind: str | None
    employees: int | None
    version: int
    answered_on: dt.date | None
    level: AxLevel | None
    answers: Answers
    proposed: LevelRule | None

    @property
    def answered(self) -> bool:
        """Whether any question was answered; a level alone is no answer."""
        return bool(self.answers)


def list_needs(desk: Desk, year: int | None = None) -> tuple[Need, ...]:
    """Every company by name with its answers of a programme year, the office's where None.

    Raises NotAllowed without the right to see people, as the list of companies does.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        given = {row.company_id: row for row in store.list_needs(connection, _year(desk, year))}
        return tuple(_need(row, given.get(row.id)) for row in list_companies(connection))


def read_need(desk: Desk, company: UUID, year: int | None = None) -> Need:
    """One company's answers of a programme year; raise UsageError for an unknown company."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return _need(_company(connection, company), store.find_need(connection, company, _year(desk, year)))


def list_years(desk: Desk) -> tuple[int, ...]:
    """The office's programme year and those with answers, the newest first."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return tuple(sorted({desk.office.programme_year, *store.list_years(connection)}, reverse=True))


def set_need(
    desk: Desk,
    company: UUID,
    answers: Answers,
    answered_on: dt.date,
    *,
    level: AxLevel | None,
    version: int,
    year: int | None = None,
    operation_id: UUID | None = None,
) -> None:
    """Keep a company's answers and level; `version` is the one that was read, 0 for first answers.

    Some questions may be left open. Raises UsageError for an unknown question, choice or company; Refusal for answers
    that contradict each other, a coming day, no answers at all, and where somebody else was first.
    """
    wanted = {question: chosen for question, chosen in answers.items() if chosen}
    _check(desk, wanted, answered_on)
    if not wanted and level is None:
        raise Refusal("답이 하나도 없어 저장하지 않았습니다. 답을 지우려면 [답 지우기]를 쓰십시오.")
    of_year = _year(desk, year)

    def body(work: Work) -> dict[str, Any]:
        _company(work.connection, company)
        now = _current(work.connection, company, of_year, version)
        put(work, company, of_year, now, answered_on, level, wanted)
        return {"company": str(company)}

    desk.perform(Right.EDIT_COMPANIES, "training_need.set", body, operation_id)


def set_level(
    desk: Desk,
    company: UUID,
    level: AxLevel | None,
    *,
    version: int,
    year: int | None = None,
    operation_id: UUID | None = None,
) -> None:
    """Set a company's AX level, or take it back with None; its answers stay. Raises as `set_need` does."""
    of_year = _year(desk, year)

    def body(work: Work) -> dict[str, Any]:
        _company(work.connection, company)
        now = _current(work.connection, company, of_year, version)
        day = now.answered_on if now else desk.clock.today()
        put(work, company, of_year, now, day, level, now.answers if now else {})
        return {"company": str(company)}

    desk.perform(Right.EDIT_COMPANIES, "training_need.level", body, operation_id)


def remove_need(
    desk: Desk, company: UUID, *, version: int, year: int | None = None, operation_id: UUID | None = None
) -> None:
    """Take a company's answers and level out, keyed for the wrong one; the log keeps what they were.

    Raises Refusal where there are none or somebody else changed them.
    """
    of_year = _year(desk, year)

    def body(work: Work) -> dict[str, Any]:
        now = _current(work.connection, company, of_year, version)
        if now is None:
            raise Refusal("이 기업은 아직 답하지 않아 지울 것이 없습니다.")
        store.drop_need(work.connection, now.id)
        told = _told(now.answers, now.level)
        work.log("training_need.remove", SUBJECT, company, {"year": of_year, "answers": told})
        return {"company": str(company)}

    desk.perform(Right.EDIT_COMPANIES, "training_need.remove", body, operation_id)


def summary(desk: Desk, year: int | None = None, kind: CompanyKind | None = None) -> Summary:
    """A programme year's answers beside the country's, of one kind of company where given."""
    chosen = [one for one in list_needs(desk, year) if kind is None or one.kind == kind]
    return summarise(
        survey(), [Response(one.company, one.employees, one.level, one.answers) for one in chosen]
    )


def put(
    work: Work,
    company: UUID,
    year: int,
    now: NeedRow | None,
    answered_on: dt.date,
    level: str | None,
    answers: Answers,
    import_id: UUID | None = None,
) -> None:
    """Write a company's answers in place of `now` with their line in the log, for any act that brings answers."""
    user, at = work.desk.actor.user_id, work.at
    told = _told(answers, level)
    if now is None:
        store.add_need(
            work.connection, company, year, answered_on, level, answers, user=user, at=at, import_id=import_id
        )
    else:
        before = _told(now.answers, now.level)
        labels = [label for label in {**before, **told} if before.get(label) != told.get(label)]
        told = {label: f"{before.get(label, _NOTHING)} → {told.get(label, _NOTHING)}" for label in labels}
        store.change_need(work.connection, now, answered_on, level, answers, user=user, at=at)
    work.log(
        "training_need.set", SUBJECT, company, {"year": year, "answers" if now is None else "changed": told}
    )


def _told(answers: Answers, level: str | None) -> dict[str, str]:
    """Answers as the log tells them: question → choices, in their words."""
    found = {
        question.label: ", ".join(question.choice(key).label for key in answers[question.key])
        for question in survey().questions
        if question.key in answers
    }
    return {**found, "AX 수준": level} if level else found


def _check(desk: Desk, answers: Mapping[str, tuple[str, ...]], answered_on: dt.date) -> None:
    today = desk.clock.today()
    if answered_on > today:
        raise Refusal(
            f"응답일 {korean_date(answered_on)}은 오늘({korean_date(today)})보다 뒤라 저장하지 않았습니다."
        )
    try:
        check_answers(survey(), answers)
    except Refused as refused:
        raise Refusal(f"{refused} 저장하지 않았습니다.") from None
    except KeyError as error:
        raise UsageError(
            f"{error}은(는) 훈련수요 조사에 없는 문항이나 답입니다. 'survey questions'로 확인해 주십시오."
        ) from error


def _current(connection: sa.Connection, company: UUID, year: int, version: int) -> NeedRow | None:
    now = store.find_need(connection, company, year)
    if (now.version if now else 0) != version:
        raise Refusal(_STALE)
    return now


def _company(connection: sa.Connection, company: UUID) -> CompanyRow:
    found = find_company(connection, company)
    if found is None:
        raise UsageError(f"'{company}' 기업이 없습니다.")
    return found


def _need(company: CompanyRow, row: NeedRow | None) -> Need:
    answers = row.answers if row else {}
    return Need(
        company=company.id,
        name=company.name,
        business_number=company.business_number,
        kind=company.kind,
        employees=company.employees,
        version=row.version if row else 0,
        answered_on=row.answered_on if row else None,
        level=AxLevel(row.level) if row and row.level else None,
        answers=answers,
        proposed=propose_level(survey(), answers),
    )


def _year(desk: Desk, year: int | None) -> int:
    return desk.office.programme_year if year is None else year
