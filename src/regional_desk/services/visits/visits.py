"""방문: adding, moving, keying what was seen, cancelling; and what leaving does to the visits to come (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date, korean_span
from regional_desk.domain.visits import Answer, VisitState, falls_with_leaving, missing_points
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.visits.reading import (
    Host,
    Month,
    Visit,
    read_hosts,
    read_months,
    read_visits,
)
from regional_desk.services.visits.terms import terms
from regional_desk.store import visit_records as store
from regional_desk.store.ids import new_id
from regional_desk.store.visit_records import VisitRow
from regional_desk.store.visits import visit

SUBJECT = "visits"
_CHANGED = "그 사이에 다른 사람이 이 방문을 바꾸어 처리하지 않았습니다. 목록을 새로 보고 다시 하십시오."


@dataclass(frozen=True, slots=True)
class Seen:
    """What a visit found: `answers` by the key of the checklist (good | bad | unknown)."""

    on: dt.date
    visitor: str
    answers: Mapping[str, str]
    interview: str = ""
    opinion: str = ""


def list_visits(
    desk: Desk,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    internship: UUID | None = None,
    plan: UUID | None = None,
) -> tuple[Visit, ...]:
    """Visits by day and order, of a span of days, an internship or a plan where asked; noted.

    What has no day yet is left out of a span. Internships of every programme year are there: visits go on over New Year.
    """
    found = survey_visits(desk, start=start, end=end, internship=internship, plan=plan)
    asked = {"start": start, "end": end, "internship": internship, "plan": plan}
    wanted = {name: str(value) for name, value in asked.items() if value is not None}
    desk.note_view(SUBJECT, sorted({one.host.trainee for one in found}), wanted)
    return found


def survey_visits(
    desk: Desk,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    internship: UUID | None = None,
    plan: UUID | None = None,
) -> tuple[Visit, ...]:
    """The same for a paper, whose print is noted instead, and for whoever only counts."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        hosts = read_hosts(desk, connection, None if internship is None else [internship])
        found = read_visits(desk, connection, hosts, plan=plan)
    return tuple(one for one in found if _within(one.on, start, end))


def read(desk: Desk, visit_id: UUID) -> Visit:
    """One visit, noted; raise UsageError for an unknown id."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = find(connection, visit_id)
        hosts = read_hosts(desk, connection, [row.internship_id])
        shown = next((one for one in read_visits(desk, connection, hosts) if one.id == row.id), None)
    if shown is None:
        raise UsageError("취소된 협약의 방문이라 열 수 없습니다.")
    desk.note_view(SUBJECT, [shown.host.trainee], {"visit": str(visit_id)})
    return shown


def list_months(desk: Desk, internship: UUID | None = None) -> tuple[Month, ...]:
    """Every service month with how its visiting stands; noted."""
    found = survey_months(desk, internship)
    desk.note_view(SUBJECT, sorted({one.host.trainee for one in found}), {"by": "months"})
    return found


def survey_months(desk: Desk, internship: UUID | None = None) -> tuple[Month, ...]:
    """The same for whoever only counts."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        hosts = read_hosts(desk, connection, None if internship is None else [internship])
        return read_months(hosts, read_visits(desk, connection, hosts), desk.clock.today())


def add(
    desk: Desk,
    internship_id: UUID,
    on: dt.date,
    *,
    visitor: str = "",
    operation_id: UUID | None = None,
) -> UUID:
    """Plan a visit by hand on a day, which says its service month.

    Raises UsageError for an unknown internship, Refusal for a day outside the internship.
    """

    def body(work: Work) -> dict[str, Any]:
        host = host_of(work, internship_id)
        month = host.month_of(on)
        if month is None:
            raise Refusal(
                f"{korean_date(on)}은(는) 인턴 기간({korean_span(host.first, host.last)}) 밖이라 방문을 넣지 않았습니다."
            )
        plan = store.plan_holding(work.connection, on)
        return {"visit": str(put(work, internship_id, month.no, on, visitor=visitor, plan=plan))}

    return UUID(desk.perform(Right.EDIT_VISITS, "visit.add", body, operation_id)["visit"])


def put(
    work: Work,
    internship_id: UUID,
    month_no: int,
    on: dt.date | None,
    *,
    visitor: str = "",
    plan: UUID | None = None,
) -> UUID:
    """Write a planned visit inside the caller's act."""
    visit_id = new_id()
    work.connection.execute(
        sa.insert(visit).values(
            id=visit_id,
            plan_id=plan,
            internship_id=internship_id,
            month_no=month_no,
            planned_on=on,
            visitor=clean(visitor) or None,
            state=VisitState.PLANNED.value,
            by_leaving=False,
            user_id=work.desk.actor.user_id,
            at=work.at,
        )
    )
    work.log("visit.add", SUBJECT, visit_id, {"month_no": month_no, "day": on.isoformat() if on else None})
    return visit_id


def move(
    desk: Desk, visit_id: UUID, version: int, on: dt.date, visitor: str, operation_id: UUID | None = None
) -> None:
    """Give a planned visit another day or visitor; it stays that of its service month, also when it comes late.

    Raises Refusal for what is done or cancelled, a day before the service month or after the last day of the internship.
    """

    def body(work: Work) -> dict[str, Any]:
        row = planned(work, visit_id, version)
        _refuse_day(host_of(work, row.internship_id), row.month_no, on)
        place = row.place if row.planned_on == on else None
        update(work, row, planned_on=on, visitor=clean(visitor) or None, place=place)
        old = row.planned_on.isoformat() if row.planned_on else None
        work.log("visit.move", SUBJECT, visit_id, {"old": old, "new": on.isoformat()})
        return {"visit": str(visit_id)}

    desk.perform(Right.EDIT_VISITS, "visit.move", body, operation_id)


def do(desk: Desk, visit_id: UUID, version: int, seen: Seen, operation_id: UUID | None = None) -> None:
    """완료: key what was seen; again where it was done already, which keeps what it said in the change history.

    Raises Refusal for a cancelled visit, a day to come or outside the internship, a missing visitor, and a point of the
    checklist without an answer.
    """
    if seen.on > desk.clock.today():
        raise Refusal(f"{korean_date(seen.on)}은(는) 아직 오지 않은 날이라 완료로 적지 않았습니다.")
    if not clean(seen.visitor):
        raise Refusal("방문한 사람을 적어 주십시오. 저장하지 않았습니다.")
    missing = missing_points(terms().checklist, seen.answers)
    if missing:
        raise Refusal(f"점검표에 답하지 않은 항목이 있어 저장하지 않았습니다: {', '.join(missing)}.")
    answers = {point.key: seen.answers[point.key] for point in terms().checklist}

    def body(work: Work) -> dict[str, Any]:
        row = find(work.connection, visit_id)
        if row.state == VisitState.CANCELLED.value:
            raise Refusal("취소한 방문입니다. 취소를 되돌린 뒤 적으십시오.")
        host = host_of(work, row.internship_id)
        _refuse_day(host, row.month_no, seen.on)
        text = {"talk": seen.interview.strip(), "opinion": seen.opinion.strip()}
        update(
            work,
            row,
            version,
            state=VisitState.DONE.value,
            done_on=seen.on,
            visitor=clean(seen.visitor),
            answers=answers,
            interview=text["talk"] or None,
            opinion=text["opinion"] or None,
        )
        told = {"day": seen.on.isoformat(), "month_no": row.month_no, "answers": _lacking(answers)}
        log_person(work, "visit.do", visit_id, host.trainee, text, told)
        return {"visit": str(visit_id)}

    desk.perform(Right.EDIT_VISITS, "visit.do", body, operation_id)


def cancel(desk: Desk, visit_id: UUID, version: int, reason: str, operation_id: UUID | None = None) -> None:
    """취소 with a reason; raise Refusal without one and for what is not planned any more."""
    why = clean(reason)
    if not why:
        raise Refusal("방문을 취소하는 사유를 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        row = planned(work, visit_id, version)
        _cancel(work, row, why)
        host = host_of(work, row.internship_id)
        log_person(work, "visit.cancel", visit_id, host.trainee, {"reason": why})
        return {"visit": str(visit_id)}

    desk.perform(Right.EDIT_VISITS, "visit.cancel", body, operation_id)


def reopen(desk: Desk, visit_id: UUID, version: int, reason: str, operation_id: UUID | None = None) -> None:
    """Take 완료 or 취소 back with a reason: the visit is planned again, what was keyed stays to be corrected.

    Raises Refusal without a reason, and for a visit that leaving cancelled: it comes back with the internship.
    """
    why = clean(reason)
    if not why:
        raise Refusal("되돌리는 사유를 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        row = find(work.connection, visit_id)
        if row.state == VisitState.PLANNED.value:
            raise Refusal("아직 예정인 방문이라 되돌릴 것이 없습니다.")
        if row.by_leaving:
            raise Refusal("인턴십이 끝나 취소된 방문입니다. 인턴십의 종료를 되돌리면 함께 돌아옵니다.")
        update(work, row, version, **_AS_PLANNED)
        host = host_of(work, row.internship_id)
        log_person(
            work,
            "visit.reopen",
            visit_id,
            host.trainee,
            {"reason": why},
            {"old": VisitState(row.state).label},
        )
        return {"visit": str(visit_id)}

    desk.perform(Right.EDIT_VISITS, "visit.reopen", body, operation_id)


def cancel_due(work: Work, internship_id: UUID, on: dt.date) -> int:
    """Leaving: cancel the planned visits for which nobody is there after `on`, the last day of service.

    Inside the act that ends the internship; returns how many. A visit whose day was before stays to be keyed.
    """
    count = 0
    host = read_hosts(work.desk, work.connection, [internship_id]).get(internship_id)
    for row in store.list_visits(work.connection, internships=[internship_id]):
        month = host.month(row.month_no) if host else None
        month_end = month.end if month else dt.date.max
        if row.state == VisitState.PLANNED.value and falls_with_leaving(row.planned_on, month_end, on):
            _cancel(work, row, f"{korean_date(on)} 인턴십이 끝나 함께 취소됨", by_leaving=True)
            work.log("visit.cancel", SUBJECT, row.id, {"by_leaving": True, "last": on.isoformat()})
            count += 1
    return count


def restore_cancelled(work: Work, internship_id: UUID) -> int:
    """The end of an internship is taken back: the visits it cancelled are planned again; returns how many."""
    rows = [row for row in store.list_visits(work.connection, internships=[internship_id]) if row.by_leaving]
    for row in rows:
        update(work, row, **_AS_PLANNED)
        work.log("visit.reopen", SUBJECT, row.id, {"by_leaving": True})
    return len(rows)


_AS_PLANNED: Mapping[str, Any] = {
    "state": VisitState.PLANNED.value,
    "done_on": None,
    "cancel_reason": None,
    "cancelled_by": None,
    "cancelled_at": None,
    "by_leaving": False,
}


def find(connection: sa.Connection, visit_id: UUID) -> VisitRow:
    """A visit's row; raise UsageError for an unknown id."""
    row = store.find_visit(connection, visit_id)
    if row is None:
        raise UsageError("없는 방문입니다. 방문 목록에서 다시 골라 주십시오.")
    return row


def planned(work: Work, visit_id: UUID, version: int) -> VisitRow:
    """A visit that is still to be made; raise Refusal where it is not or was changed since it was read."""
    row = find(work.connection, visit_id)
    if row.version != version:
        raise Refusal(_CHANGED)
    if row.state != VisitState.PLANNED.value:
        raise Refusal(f"이미 {VisitState(row.state).label}인 방문이라 바꾸지 않았습니다.")
    return row


def host_of(work: Work, internship_id: UUID) -> Host:
    """Whom a visit leads to; raise UsageError for an internship that nobody can be visited in."""
    host = read_hosts(work.desk, work.connection, [internship_id]).get(internship_id)
    if host is None:
        raise UsageError("협약을 맺어 진행한 인턴십이 아니라 방문을 적을 수 없습니다.")
    return host


def update(work: Work, row: VisitRow, version: int | None = None, **values: Any) -> None:
    """Change a visit; raise Refusal where somebody was quicker."""
    known = row.version if version is None else version
    done = work.connection.execute(
        sa.update(visit)
        .where(visit.c.id == row.id, visit.c.version == known)
        .values(version=known + 1, **values)
    )
    if done.rowcount != 1:
        raise Refusal(_CHANGED)


def log_person(
    work: Work,
    action: str,
    subject_id: UUID,
    trainee: UUID,
    text: Mapping[str, Any],
    detail: Mapping[str, Any] | None = None,
) -> None:
    """A line of the change history whose text may name the intern, sealed under that person's key."""
    keys = work.desk.store.person_keys(work.connection, [trainee])
    work.log(action, SUBJECT, subject_id, detail, [work.seal(keys, trainee, dict(text))])


def _cancel(work: Work, row: VisitRow, reason: str, *, by_leaving: bool = False) -> None:
    update(
        work,
        row,
        state=VisitState.CANCELLED.value,
        cancel_reason=reason,
        cancelled_by=work.desk.actor.user_id,
        cancelled_at=work.at,
        by_leaving=by_leaving,
    )


def _lacking(answers: Mapping[str, str]) -> str:
    """The points that were not as hoped for, for the change history: they name nobody."""
    words = terms().answers
    return ", ".join(
        f"{point.label} {words[Answer(answers[point.key])]}"
        for point in terms().checklist
        if answers[point.key] != Answer.GOOD.value
    )


def _refuse_day(host: Host, month_no: int, on: dt.date) -> None:
    month = host.month(month_no)
    if month is None or not month.start <= on <= host.last:
        span = korean_span(month.start if month else host.first, host.last)
        raise Refusal(
            f"{korean_date(on)}은(는) 지원월 {month_no}차부터 인턴십이 끝나는 날까지({span})가 아니라 적지 않았습니다."
        )


def _within(day: dt.date | None, start: dt.date | None, end: dt.date | None) -> bool:
    if start is None and end is None:
        return True
    return day is not None and (start is None or start <= day) and (end is None or day <= end)
