"""Where internships come from: published placements, or a direct decision with its reason (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import internships as rules
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.matching_rounds import MatchingState
from regional_desk.domain.positions import track_of
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.internships import drafts, reading
from regional_desk.services.internships.drafts import AgreementDraft
from regional_desk.services.internships.reading import InternshipDetail
from regional_desk.store import company_records
from regional_desk.store import internship_records as store
from regional_desk.store.ids import new_id
from regional_desk.store.internships import internship
from regional_desk.store.people import person
from regional_desk.store.placements import PlacementRow, find_placement
from regional_desk.store.positions import PositionRow, find_position

_FULL_WEEK = 40 * 60


def propose(
    desk: Desk, company_id: UUID, position_id: UUID | None = None, start: dt.date | None = None
) -> AgreementDraft:
    """What a new agreement would say, from the position and the company: three months from its first day.

    Wage 0 and texts left empty are still to be keyed. Raises UsageError for an unknown company or position.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return proposal(desk, connection, company_id, position_id, start)


def prepare(
    desk: Desk, placement_id: UUID, draft: AgreementDraft | None = None, operation_id: UUID | None = None
) -> InternshipDetail:
    """Draft the agreement of a published placement, as proposed (`propose`) where nothing else is said.

    Raises Refusal for a placement that is not published, has ended or has an internship already, for days another
    internship of the person takes, and for content that cannot be; UsageError for an unknown placement.
    """

    def body(work: Work) -> dict[str, Any]:
        placed = _placed(work.connection, placement_id)
        wanted = draft or proposal(desk, work.connection, placed.company, placed.position, None)
        made = insert(
            work,
            wanted,
            trainee=placed.trainee,
            company_id=placed.company,
            position_id=placed.position,
            track=placed.track,
            placement_id=placement_id,
        )
        return logged(work, "internship.prepare", made, {})

    return _do(desk, "internship.prepare", body, operation_id)


def add_direct(
    desk: Desk,
    trainee: UUID,
    company_id: UUID,
    position_id: UUID | None,
    reason: str,
    draft: AgreementDraft | None = None,
    operation_id: UUID | None = None,
) -> InternshipDetail:
    """Draft the agreement of an internship that no matching round made, with the reason, which its agreement keeps.

    Raises Refusal without a reason, for a company whose kind is not known, and as `prepare` does; UsageError for an
    unknown person, company or position.
    """
    why = clean(reason)
    if not why:
        raise Refusal("연계 없이 인턴십을 만드는 사유를 적어 주십시오. 만들지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        known = sa.select(person.c.id).where(person.c.id == trainee)
        if work.connection.execute(known).first() is None:
            raise UsageError("없는 사람입니다. 목록에서 다시 골라 주십시오.")
        wanted = draft or proposal(desk, work.connection, company_id, position_id, None)
        made = insert(
            work,
            wanted,
            trainee=trainee,
            company_id=company_id,
            position_id=position_id,
            track=_track(work.connection, company_id, position_id),
            reason=why,
        )
        return logged(work, "internship.add", made, {"reason": why})

    return _do(desk, "internship.add", body, operation_id)


def proposal(
    desk: Desk,
    connection: sa.Connection,
    company_id: UUID,
    position_id: UUID | None,
    start: dt.date | None,
) -> AgreementDraft:
    """What a new agreement would say (`propose`), read inside the caller's act."""
    company = company_records.find_company(connection, company_id)
    if company is None:
        raise UsageError("없는 기업입니다. 기업 목록에서 다시 골라 주십시오.")
    offered = _position(connection, company_id, position_id) if position_id else None
    today = desk.clock.today()
    first = start or (offered.starts_on if offered and offered.starts_on else today)
    policy = reading.policy()
    return AgreementDraft(
        effective_from=first,
        end=rules.last_allowed(first, policy.months),
        wage=(offered.wage if offered else None) or 0,
        weekly_minutes=(offered.weekly_minutes if offered else None) or _FULL_WEEK,
        place=(offered.place if offered else None) or company.address or "",
        duties=offered.name if offered else "",
        mentor="",
        points=policy.proposals(),
    )


def _position(connection: sa.Connection, company_id: UUID, position_id: UUID) -> PositionRow:
    row = find_position(connection, position_id)
    if row is None or row.company != company_id:
        raise UsageError("이 기업의 직무가 아닙니다. 목록에서 다시 골라 주십시오.")
    return row


def _track(connection: sa.Connection, company_id: UUID, position_id: UUID | None) -> str:
    if position_id is not None:
        return _position(connection, company_id, position_id).track
    company = company_records.find_company(connection, company_id)
    if company is None:
        raise UsageError("없는 기업입니다. 기업 목록에서 다시 골라 주십시오.")
    if company.kind is None:
        raise Refusal(f"{company.name}의 유형(제조·공급)을 먼저 적어 주십시오. 인턴십을 만들지 않았습니다.")
    return track_of(CompanyKind(company.kind)).value


def _placed(connection: sa.Connection, placement_id: UUID) -> PlacementRow:
    """A placement an internship may come of."""
    row = find_placement(connection, placement_id)
    if row is None:
        raise UsageError("없는 배정입니다. 배정 목록에서 다시 골라 주십시오.")
    round_state, _ = store.round_state(connection, row.round_id)
    if round_state != MatchingState.PUBLISHED:
        raise Refusal("아직 공개하지 않은 배정입니다. 연계 결과를 공개한 뒤 협약을 준비하십시오.")
    if row.ended_on is not None:
        raise Refusal(f"{korean_date(row.ended_on)}에 연계를 취소한 배정이라 협약을 준비하지 않았습니다.")
    refuse_taken(connection, placement_id)
    return row


def refuse_taken(connection: sa.Connection, placement_id: UUID) -> None:
    """Raise Refusal where a placement has an internship that was not withdrawn."""
    taken = store.internship_of(connection, placement_id)
    if taken is not None:
        number = rules.label(taken.programme_year, taken.number)
        raise Refusal(f"이 배정에는 이미 인턴십 {number}이(가) 있습니다. 바뀐 것은 없습니다.")


def insert(
    work: Work,
    draft: AgreementDraft,
    *,
    trainee: UUID,
    company_id: UUID,
    position_id: UUID | None,
    track: str,
    placement_id: UUID | None = None,
    replaces_id: UUID | None = None,
    reason: str | None = None,
) -> InternshipDetail:
    """Write an internship with its first draft; its programme year is its trainee's course's (rulebook section 1)."""
    wanted = drafts.checked(draft)
    drafts.refuse_dates(None, wanted, 0)
    drafts.refuse_beside(work.connection, trainee, (wanted.effective_from, wanted.end), None)
    year = store.course_year(work.connection, trainee) or work.desk.office.programme_year
    internship_id = new_id()
    work.connection.execute(
        sa.insert(internship).values(
            id=internship_id,
            programme_year=year,
            number=store.next_number(work.connection, year),
            placement_id=placement_id,
            trainee_id=trainee,
            company_id=company_id,
            position_id=position_id,
            replaces_id=replaces_id,
            track=track,
            user_id=work.desk.actor.user_id,
            created_at=work.at,
        )
    )
    drafts.insert(work, internship_id, 0, wanted, reason)
    return reading.load(work.connection, internship_id, work.desk.clock.today())


def logged(
    work: Work,
    action: str,
    made: InternshipDetail,
    named: dict[str, Any],
    told: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Log a new internship inside the caller's act; return the act's result. `named` is sealed, `told` names nobody."""
    where = {"company_name": made.row.company_name, "position": made.row.position_name}
    drafts.note_change(work, action, made, None, told or {}, {**where, **named})
    work.subjects |= {"people", "matching"}
    return {"internship": str(made.row.id)}


def _do(desk: Desk, action: str, body: Any, operation_id: UUID | None) -> InternshipDetail:
    done = desk.perform(Right.EDIT_INTERNSHIPS, action, body, operation_id)
    return reading.read(desk, UUID(done["internship"]))
