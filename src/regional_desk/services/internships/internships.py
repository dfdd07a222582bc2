"""Internships: preparing one from a placement, starting, ending, replacing, and taking an end back (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import internships as rules
from regional_desk.domain.internships import EndKind, InternState
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date, korean_span
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.internships import drafts, preparing, reading
from regional_desk.services.internships.drafts import AgreementDraft
from regional_desk.services.internships.events import timeline
from regional_desk.services.internships.preparing import add_direct, prepare, propose
from regional_desk.services.internships.reading import (
    InternshipDetail,
    InternshipRow,
    find_internship,
    list_internships,
    read,
    waiting,
)
from regional_desk.services.visits import visits
from regional_desk.store import internship_records as store

__all__ = [
    "InternshipDetail",
    "InternshipRow",
    "add_direct",
    "end",
    "find_internship",
    "list_internships",
    "prepare",
    "propose",
    "read",
    "reopen",
    "replace",
    "start",
    "timeline",
    "waiting",
]

_DAY = dt.timedelta(days=1)
_FULL_WEEK = 40 * 60


def start(
    desk: Desk, internship_id: UUID, on: dt.date, reason: str = "", operation_id: UUID | None = None
) -> InternshipDetail:
    """Record the first day of service, from which service months count; with a reason it may be set anew.

    Raises Refusal before the agreement was signed, for a day to come or outside what was agreed, after the end, and
    where a confirmed claim or a break stands on the day recorded before.
    """
    why = clean(reason)

    def body(work: Work) -> dict[str, Any]:
        put_start(work, internship_id, on, why)
        return {"internship": str(internship_id)}

    return _do(desk, "internship.start", body, operation_id)


def put_start(work: Work, internship_id: UUID, on: dt.date, why: str = "") -> None:
    """The same inside the caller's act; raise as `start` does."""
    found = reading.load(work.connection, internship_id, work.desk.clock.today())
    _refuse_over(found)
    if not found.signed:
        raise Refusal("협약에 서명하기 전에는 시작할 수 없습니다. 먼저 서명본을 받으십시오.")
    first, last = found.signed[0].effective_from, rules.agreed_end(found.signed)
    if not first <= on <= min(last, work.at.date()):
        raise Refusal(
            f"시작일({korean_date(on)})은 협약한 첫날({korean_date(first)})부터 오늘까지, 협약 기간"
            f"({korean_span(first, last)}) 안의 날이어야 합니다. 적지 않았습니다."
        )
    if found.row.started_on is not None:
        _refuse_new_start(work.connection, found, on, why)
    drafts.touch(work, found, started_on=on)
    named = {"reason": why} if why else {}
    drafts.note_change(work, "internship.start", found, None, {"on": on.isoformat()}, named)


def end(
    desk: Desk,
    internship_id: UUID,
    on: dt.date,
    kind: EndKind,
    reason: str = "",
    operation_id: UUID | None = None,
) -> InternshipDetail:
    """End an internship: `on` is its last day of service (of a withdrawn one the day it was withdrawn).

    수료 is on the last agreed day; 조기종료 and 교체 before it, with a reason; 협약 취소 before the start, with a reason.
    Visits planned after it are cancelled in the same act. Raises Refusal for anything else, for a day to come, while
    an amendment waits for signatures, and for one that has ended.
    """

    def body(work: Work) -> dict[str, Any]:
        found = reading.load(work.connection, internship_id, work.desk.clock.today())
        _end(work, found, on, kind, clean(reason))
        return {"internship": str(internship_id)}

    return _do(desk, "internship.end", body, operation_id)


def replace(
    desk: Desk,
    internship_id: UUID,
    trainee: UUID,
    reason: str,
    *,
    on: dt.date | None = None,
    draft: AgreementDraft | None = None,
    operation_id: UUID | None = None,
) -> InternshipDetail:
    """교체: end an internship on `on` and draft the agreement of whoever takes its place, in one act; return the new one.

    One that ended early already keeps its day and becomes 교체; then `on` is not given. The new one counts its own
    three months. Raises Refusal for one that completed, was withdrawn or replaced, for the same person, and as `end`
    and `prepare` do.
    """
    why = clean(reason)
    if not why:
        raise Refusal("교체 사유를 적어 주십시오. 바꾸지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        found = reading.load(work.connection, internship_id, work.desk.clock.today())
        if trainee == found.row.trainee:
            raise Refusal("같은 사람으로는 교체할 수 없습니다. 바꾸지 않았습니다.")
        last = _leave(work, found, on, why)
        wanted = draft or preparing.proposal(
            desk, work.connection, found.row.company, found.row.position, max(last + _DAY, work.at.date())
        )
        made = preparing.insert(
            work,
            wanted,
            trainee=trainee,
            company_id=found.row.company,
            position_id=found.row.position,
            track=found.row.track,
            replaces_id=internship_id,
            reason=why,
        )
        return preparing.logged(
            work, "internship.replace", made, {"reason": why}, {"replaces": found.row.label}
        )

    return _do(desk, "internship.replace", body, operation_id)


def reopen(
    desk: Desk, internship_id: UUID, reason: str, operation_id: UUID | None = None
) -> InternshipDetail:
    """Take the end back, with a reason; visits it had cancelled are planned again.

    Raises Refusal without a reason, for one that goes on, for one somebody took over, and where another internship of
    the person takes its days by now.
    """
    why = clean(reason)
    if not why:
        raise Refusal("종료를 되돌리는 사유를 적어 주십시오. 바꾸지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        found = reading.load(work.connection, internship_id, work.desk.clock.today())
        row = found.row
        if row.end_kind is None:
            raise Refusal(f"인턴십 {row.label}은(는) 끝나지 않았습니다. 바뀐 것은 없습니다.")
        if found.replaced_by is not None:
            raise Refusal(
                "이 자리를 이어받은 인턴십이 있어 되돌리지 않았습니다. 그 협약을 먼저 취소하십시오."
            )
        if row.placement is not None and row.end_kind is EndKind.WITHDRAWN:
            preparing.refuse_taken(work.connection, row.placement)
        drafts.refuse_beside(work.connection, row.trainee, (row.start, rules.agreed_end(found.terms)), row.id)
        visits.restore_cancelled(work, internship_id)
        cleared = dict.fromkeys(("ended_on", "end_kind", "end_reason", "ended_by", "ended_at"))
        drafts.touch(work, found, **cleared)
        drafts.note_change(
            work, "internship.reopen", found, None, {"old": row.end_kind.label}, {"reason": why}
        )
        return {"internship": str(internship_id)}

    return _do(desk, "internship.reopen", body, operation_id)


def _do(desk: Desk, action: str, body: Any, operation_id: UUID | None) -> InternshipDetail:
    done = desk.perform(Right.EDIT_INTERNSHIPS, action, body, operation_id)
    return reading.read(desk, UUID(done["internship"]))


def _refuse_over(found: InternshipDetail) -> None:
    row = found.row
    if row.end_kind is not None:
        raise Refusal(f"인턴십 {row.label}은(는) 이미 끝났습니다({row.state.label}). 바뀐 것은 없습니다.")


def _refuse_new_start(connection: sa.Connection, found: InternshipDetail, on: dt.date, why: str) -> None:
    if on == found.row.started_on:
        raise Refusal(f"이미 {korean_date(on)}에 시작했습니다. 바뀐 것은 없습니다.")
    if not why:
        raise Refusal("이미 시작한 인턴십입니다. 시작일을 고치려면 사유를 적어 주십시오.")
    if store.has_confirmed_claim(connection, found.row.id):
        raise Refusal("확정한 인턴지원금이 있어 시작일을 고치지 않았습니다. 지원월이 모두 바뀌기 때문입니다.")
    if any(one.start < on for one in found.breaks):
        raise Refusal("새 시작일보다 앞선 중단·결근이 있어 고치지 않았습니다. 그것을 먼저 무효로 하십시오.")


def _end(work: Work, found: InternshipDetail, on: dt.date, kind: EndKind, why: str) -> None:
    """End an internship inside the caller's act."""
    _refuse_over(found)
    row = found.row
    if on > work.at.date():
        raise Refusal(f"마지막 날({korean_date(on)})은 오늘까지의 날이어야 합니다. 끝내지 않았습니다.")
    if kind is not EndKind.COMPLETED and not why:
        raise Refusal(f"{kind.label} 사유를 적어 주십시오. 끝내지 않았습니다.")
    if kind is EndKind.WITHDRAWN:
        if row.started_on is not None:
            raise Refusal("이미 시작한 인턴십은 협약 취소가 아니라 조기종료로 끝내십시오.")
    else:
        _refuse_last_day(found, on, kind)
    drafts.touch(
        work,
        found,
        ended_on=on,
        end_kind=kind.value,
        end_reason=why or None,
        ended_by=work.desk.actor.user_id,
        ended_at=work.at,
    )
    told = {"on": on.isoformat(), "kind": kind.label}
    drafts.note_change(work, "internship.end", found, None, told, {"reason": why} if why else {})
    visits.cancel_due(work, row.id, row.start - _DAY if kind is EndKind.WITHDRAWN else on)
    work.subjects |= {"people", "claims"}


def _refuse_last_day(found: InternshipDetail, on: dt.date, kind: EndKind) -> None:
    started = found.row.started_on
    if started is None:
        raise Refusal("시작하지 않은 인턴십입니다. 시작일을 먼저 적거나 '협약 취소'로 끝내십시오.")
    if on < started:
        raise Refusal(
            f"마지막 날({korean_date(on)})이 시작일({korean_date(started)})보다 앞섭니다. 끝내지 않았습니다."
        )
    if found.draft is not None:
        raise Refusal(
            f"서명을 기다리는 {drafts.title(found.draft.number)}이 있습니다. 서명하거나 취소한 뒤 끝내십시오."
        )
    agreed = rules.agreed_end(found.signed)
    if on > agreed:
        raise Refusal(
            f"협약은 {korean_date(agreed)}까지입니다. 그 뒤까지 다녔으면 먼저 변경협약으로 기간을 늘리십시오."
        )
    if kind is EndKind.COMPLETED and on != agreed:
        raise Refusal(f"수료는 협약의 마지막 날({korean_date(agreed)})에 끝납니다. 그 전이면 조기종료입니다.")
    if kind is not EndKind.COMPLETED and on == agreed:
        raise Refusal(
            f"협약의 마지막 날({korean_date(agreed)})까지 다녔으면 {kind.label}가 아니라 수료입니다."
        )


def _leave(work: Work, found: InternshipDetail, on: dt.date | None, why: str) -> dt.date:
    """Make the old internship 교체, ended on `on` or already ended early; return its last day."""
    row = found.row
    if found.replaced_by is not None:
        raise Refusal("이 자리를 이어받은 인턴십이 이미 있습니다. 바뀐 것은 없습니다.")
    if row.state is InternState.ENDED_EARLY:
        if on is not None and on != row.ended_on:
            raise Refusal(f"{korean_date(row.end)}에 이미 끝난 인턴십입니다. 그날 그대로 교체하십시오.")
        drafts.touch(work, found, end_kind=EndKind.REPLACED.value)
        return row.end
    if row.end_kind is EndKind.REPLACED:
        return row.end
    _end(work, found, on or work.at.date(), EndKind.REPLACED, why)
    return on or work.at.date()
