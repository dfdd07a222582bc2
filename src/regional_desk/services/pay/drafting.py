"""A unit's draft: everybody who is not confirmed yet, decided by the rules and written as the rows of a run.

There is one way for forty and for a hundred thousand people: the store gathers them into profiles, one person of each
profile is counted and decided as anywhere else (`tally`, `domain.allowance.decide`), and the rows follow from that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.allowance import Decision, RunState, decide
from regional_desk.domain.attendance import counts_by_minutes
from regional_desk.domain.calendar import UnitPeriod
from regional_desk.domain.policies import Method, Scheme, scheme_to_table
from regional_desk.errors import Refusal
from regional_desk.services.attendance.tally import UnitTally, tally_context
from regional_desk.services.desk import Work
from regional_desk.services.pay.run_states import OPEN_STATES, RunKind
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import allowance as store
from regional_desk.store import pay_profiles
from regional_desk.store.allowance import RunRow
from regional_desk.store.courses import MemberRow
from regional_desk.store.ids import new_id
from regional_desk.store.pay_profiles import DecisionValues, ProfileRow

_TENTHS = Decimal(10)


@dataclass(frozen=True, slots=True)
class Computed:
    """A unit as it would be drafted now; the people wait in the store until written or forgotten.

    `total` in won without held people; `inputs` is the digest of records and decisions the amounts follow from.
    """

    unit: UnitPeriod
    scheme: Scheme
    adoption: UUID | None
    people: int
    paid_people: int
    total: int
    inputs: bytes


def compute(connection: sa.Connection, course_id: UUID, unit_no: int, method: Method | None) -> Computed:
    """Decide everybody of the unit who stands in no confirmed run of it (rulebook section 3); in a write only."""
    outline = courses.read_detail(connection, course_id, ())
    unit = courses.unit_of(outline, unit_no)
    lengths = [day.minutes for day in outline.days]
    profiles = pay_profiles.gather(
        connection,
        course_id,
        unit_no,
        unit.start,
        unit.end,
        len(outline.days_of(unit)),
        apart=counts_by_minutes(len(lengths), sum(lengths)),
        by_strip=len({day.minutes for day in outline.days_of(unit)}) > 1,
    )
    detail = courses.read_detail(connection, course_id, [one.trainee for one in profiles])
    context = tally_context(connection, detail, unit, detail.members, only_them=True)
    scheme = context.scheme.with_method(method)
    decided = _decide(context, scheme, profiles)
    inputs = pay_profiles.decide(connection, [_values(context, *one) for one in decided])
    return Computed(
        unit=unit,
        scheme=scheme,
        adoption=context.policy.adoption if scheme == context.scheme else None,
        people=sum(profile.people for profile, _, _ in decided),
        paid_people=sum(profile.people - profile.held for profile, _, made in decided if made.amount),
        total=sum(made.amount * (profile.people - profile.held) for profile, _, made in decided),
        inputs=inputs,
    )


def write(work: Work, course_id: UUID, computed: Computed) -> UUID:
    """Put the computed unit in the place of its open run, or beside its confirmed ones as the next version."""
    connection, unit = work.connection, computed.unit
    earlier = store.list_runs(connection, course_id, unit.no)
    open_run = next(
        (run for run in earlier if run.state in OPEN_STATES and run.kind != RunKind.SETTLEMENT), None
    )
    if open_run is not None:
        store.delete_run(connection, open_run.id)
    elif any(run.state in OPEN_STATES for run in earlier):
        raise Refusal("이 단위기간에 작성 중인 정산이 있습니다. 그것을 먼저 확정한 뒤에 작성해 주십시오.")
    closed = any(run.state in store.CLOSED_STATES for run in earlier)
    kind = RunKind.SUPPLEMENTARY if closed else RunKind.MAIN
    run_id = _insert_run(work, course_id, computed, kind, open_run)
    pay_profiles.write_rows(connection, run_id)
    pay_profiles.forget(connection)
    return run_id


def refuse_stale(connection: sa.Connection, run: RunRow) -> None:
    """Raise Refusal where the run is no longer what records and policy give; in a write only."""
    computed = compute(connection, run.course_id, run.unit_no, Method(run.method))
    pay_profiles.forget(connection)
    if computed.inputs != run.inputs:
        raise Refusal("작성한 뒤에 출결이나 정책이 바뀌었습니다. 다시 작성한 다음 진행해 주십시오.")


def estimate(
    connection: sa.Connection, detail: CourseDetail, unit: UnitPeriod, method: Method | None = None
) -> dict[UUID, Decision]:
    """What a draft would decide for each person of the unit who is not confirmed, by the course as `detail` has it.

    Its days, dates and members need not be stored: a change is tried with this before it is made.
    """
    context = tally_context(connection, detail, unit, detail.members)
    scheme = context.scheme.with_method(method)
    return {
        member.person: decide(context.inputs(member), scheme, context.region)
        for member in detail.members
        if member.person not in context.closed and context.has_days(member)
    }


def _insert_run(
    work: Work, course_id: UUID, computed: Computed, kind: RunKind, replaced: RunRow | None = None
) -> UUID:
    """Write the run itself with its log line; its rows are the caller's."""
    connection, unit, scheme, run_id = work.connection, computed.unit, computed.scheme, new_id()
    connection.execute(
        sa.insert(store.allowance_run).values(
            id=run_id,
            course_id=course_id,
            unit_no=unit.no,
            kind=kind.value,
            number=replaced.number if replaced else store.next_number(connection, course_id, unit.no),
            version=replaced.version + 1 if replaced else 1,
            state=RunState.DRAFT.value,
            start=unit.start,
            end=unit.end,
            method=scheme.method.value,
            scheme=scheme.key,
            terms=scheme_to_table(scheme),
            adoption_id=computed.adoption,
            people=computed.people,
            paid_people=computed.paid_people,
            total=computed.total,
            inputs=computed.inputs,
            drafted_by=work.desk.actor.user_id,
            drafted_at=work.at,
        )
    )
    detail: Mapping[str, Any] = {
        "unit": unit.no,
        "kind": kind.value,
        "people": computed.people,
        "total": computed.total,
        "method": scheme.method.value,
        "inputs": computed.inputs.hex(),
    }
    work.log("allowance.draft", "allowance", run_id, detail)
    return run_id


_Decided = tuple[ProfileRow, MemberRow, Decision]


def _decide(context: UnitTally, scheme: Scheme, profiles: tuple[ProfileRow, ...]) -> list[_Decided]:
    """The decision of each profile whose people have training days in the unit."""
    members = {member.person: member for member in context.course.members}
    stands = [(profile, members[profile.trainee]) for profile in profiles]
    return [
        (profile, member, decide(context.inputs(member), scheme, context.region))
        for profile, member in stands
        if context.has_days(member)
    ]


def _values(context: UnitTally, profile: ProfileRow, member: MemberRow, decision: Decision) -> DecisionValues:
    return (
        profile.profile,
        decision.training_days,
        decision.attended_days,
        decision.converted_absences,
        int(decision.rate * _TENTHS),
        decision.eligible,
        decision.amount,
        json.dumps(decision.trace[:-1], ensure_ascii=False),  # the basis is the run's
        context.strip(member) if profile.apart else None,
    )
