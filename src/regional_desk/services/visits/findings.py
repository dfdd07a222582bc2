"""지적·고충·사고: what was found, who is to do what until when, and how it ended (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.domain.visits import FindingKind, FollowUpState, finding_state
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.visits.reading import HIDDEN, Host, read_hosts
from regional_desk.services.visits.terms import terms
from regional_desk.services.visits.visits import SUBJECT, find, host_of, log_person
from regional_desk.store import visit_records as store
from regional_desk.store.ids import new_id
from regional_desk.store.visit_records import FindingRow
from regional_desk.store.visits import finding

_CHANGED = "그 사이에 다른 사람이 이 지적 사항을 바꾸어 처리하지 않았습니다. 목록을 새로 보고 다시 하십시오."


@dataclass(frozen=True, slots=True)
class Found:
    """What is kept of a finding; `deadline` is the last day of its follow-up, `owner` who is to do it."""

    kind: FindingKind
    on: dt.date
    text: str
    follow_up: str = ""
    owner: str = ""
    deadline: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as people read it; its texts are hidden from whoever may not unmask."""

    id: UUID
    version: int
    visit: UUID | None
    host: Host
    kind: FindingKind
    on: dt.date
    text: str
    follow_up: str
    owner: str
    deadline: dt.date | None
    state: FollowUpState
    closed_on: dt.date | None
    result: str


def proposed_deadline(on: dt.date) -> dt.date:
    """The deadline proposed for what was found on a day (`policies/visits.toml`)."""
    return on + dt.timedelta(days=terms().follow_up_days)


def add(
    desk: Desk,
    internship_id: UUID,
    found: Found,
    *,
    visit: UUID | None = None,
    operation_id: UUID | None = None,
) -> UUID:
    """Keep what was found, in a visit or outside of any.

    Raises Refusal for an empty text, a day to come, a deadline before that day, or a visit of somebody else.
    """
    wanted = _checked(desk, found)

    def body(work: Work) -> dict[str, Any]:
        host = host_of(work, internship_id)
        if visit is not None and find(work.connection, visit).internship_id != internship_id:
            raise Refusal("다른 인턴의 방문이라 지적 사항을 적지 않았습니다.")
        finding_id = new_id()
        work.connection.execute(
            sa.insert(finding).values(
                id=finding_id,
                visit_id=visit,
                internship_id=internship_id,
                user_id=desk.actor.user_id,
                at=work.at,
                **_columns(wanted),
            )
        )
        log_person(
            work,
            "finding.add",
            finding_id,
            host.trainee,
            _texts(wanted),
            {"kind": wanted.kind.label, "day": wanted.on.isoformat()},
        )
        return {"finding": str(finding_id)}

    return UUID(desk.perform(Right.EDIT_VISITS, "finding.add", body, operation_id)["finding"])


def edit(desk: Desk, finding_id: UUID, version: int, found: Found, operation_id: UUID | None = None) -> None:
    """Write a finding anew; raise as `add`, and Refusal for one that is closed or was changed by somebody else."""
    wanted = _checked(desk, found)

    def body(work: Work) -> dict[str, Any]:
        row = _open(work, finding_id)
        _update(work, row, version, **_columns(wanted))
        told = {"kind": wanted.kind.label, "due": wanted.deadline and wanted.deadline.isoformat()}
        log_person(work, "finding.edit", finding_id, _trainee(work, row), _texts(wanted), told)
        return {"finding": str(finding_id)}

    desk.perform(Right.EDIT_VISITS, "finding.edit", body, operation_id)


def close(
    desk: Desk,
    finding_id: UUID,
    version: int,
    result: str,
    on: dt.date | None = None,
    operation_id: UUID | None = None,
) -> None:
    """조치 완료 on a day (today) with what was done; raise Refusal without it, or for a day before the finding or to come."""
    done, day = clean(result), on or desk.clock.today()
    if not done:
        raise Refusal("조치한 결과를 적어 주십시오. 바꾼 것이 없습니다.")
    if day > desk.clock.today():
        raise Refusal(f"{korean_date(day)}은(는) 아직 오지 않은 날이라 조치 완료로 적지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        row = _open(work, finding_id)
        if day < row.found_on:
            raise Refusal(f"조치한 날이 지적한 날({korean_date(row.found_on)})보다 앞섭니다.")
        _update(work, row, version, closed_on=day, result=done)
        told = {"day": day.isoformat()}
        log_person(work, "finding.close", finding_id, _trainee(work, row), {"result": done}, told)
        return {"finding": str(finding_id)}

    desk.perform(Right.EDIT_VISITS, "finding.close", body, operation_id)


def reopen(desk: Desk, finding_id: UUID, version: int, reason: str, operation_id: UUID | None = None) -> None:
    """Take 조치 완료 back with a reason; raise Refusal without one or for a finding that is open."""
    why = clean(reason)
    if not why:
        raise Refusal("다시 여는 사유를 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        row = _find(work.connection, finding_id)
        if row.closed_on is None:
            raise Refusal("아직 조치 중인 지적 사항입니다.")
        _update(work, row, version, closed_on=None)
        log_person(work, "finding.reopen", finding_id, _trainee(work, row), {"reason": why})
        return {"finding": str(finding_id)}

    desk.perform(Right.EDIT_VISITS, "finding.reopen", body, operation_id)


def list_findings(
    desk: Desk, *, internship: UUID | None = None, visit: UUID | None = None, open_only: bool = False
) -> tuple[Finding, ...]:
    """Findings, the earliest deadline first; noted."""
    found = survey_findings(desk, internship=internship, visit=visit, open_only=open_only)
    people = sorted({one.host.trainee for one in found})
    desk.note_view(SUBJECT, people, {"by": "findings", "open": open_only})
    return found


def survey_findings(
    desk: Desk, *, internship: UUID | None = None, visit: UUID | None = None, open_only: bool = False
) -> tuple[Finding, ...]:
    """The same for a paper, whose print is noted instead, and for whoever only counts."""
    desk.require(Right.SEE_PEOPLE)
    wanted = None if internship is None else [internship]
    with desk.store.read() as connection:
        hosts = read_hosts(desk, connection, wanted)
        rows = store.list_findings(connection, internships=wanted, visit_id=visit, open_only=open_only)
    return tuple(_shown(desk, row, hosts[row.internship_id]) for row in rows if row.internship_id in hosts)


def read(desk: Desk, finding_id: UUID) -> Finding:
    """One finding, noted; raise UsageError for an unknown id."""
    with desk.store.read() as connection:
        row = _find(connection, finding_id)
    found = list_findings(desk, internship=row.internship_id)
    return next(one for one in found if one.id == finding_id)


def _shown(desk: Desk, row: FindingRow, host: Host) -> Finding:
    open_ = desk.masking is Masking.FULL

    def told(text: str | None) -> str:
        return (text or "") if open_ or not text else HIDDEN

    return Finding(
        id=row.id,
        version=row.version,
        visit=row.visit_id,
        host=host,
        kind=FindingKind(row.kind),
        on=row.found_on,
        text=told(row.text),
        follow_up=told(row.follow_up),
        owner=row.owner if open_ and row.owner else "",
        deadline=row.deadline,
        state=finding_state(row.closed_on, row.deadline, desk.clock.today()),
        closed_on=row.closed_on,
        result=told(row.result) if row.closed_on else "",
    )


def _checked(desk: Desk, found: Found) -> Found:
    text = found.text.strip()
    if not text:
        raise Refusal("무엇을 보았는지 적어 주십시오. 저장하지 않았습니다.")
    if found.on > desk.clock.today():
        raise Refusal(f"{korean_date(found.on)}은(는) 아직 오지 않은 날이라 적지 않았습니다.")
    if found.deadline is not None and found.deadline < found.on:
        raise Refusal(
            f"조치 기한({korean_date(found.deadline)})이 지적한 날({korean_date(found.on)})보다 앞섭니다."
        )
    return Found(found.kind, found.on, text, found.follow_up.strip(), clean(found.owner), found.deadline)


def _columns(found: Found) -> dict[str, Any]:
    return {
        "kind": found.kind.value,
        "found_on": found.on,
        "text": found.text,
        "follow_up": found.follow_up or None,
        "owner": found.owner or None,
        "deadline": found.deadline,
    }


def _texts(found: Found) -> dict[str, str]:
    kept = asdict(found)
    return {name: kept[name] for name in ("text", "follow_up", "owner")}


def _find(connection: sa.Connection, finding_id: UUID) -> FindingRow:
    row = store.find_finding(connection, finding_id)
    if row is None:
        raise UsageError("없는 지적 사항입니다. 목록에서 다시 골라 주십시오.")
    return row


def _open(work: Work, finding_id: UUID) -> FindingRow:
    row = _find(work.connection, finding_id)
    if row.closed_on is not None:
        raise Refusal("조치가 끝난 지적 사항입니다. 고치려면 먼저 다시 여십시오.")
    return row


def _trainee(work: Work, row: FindingRow) -> UUID:
    return host_of(work, row.internship_id).trainee


def _update(work: Work, row: FindingRow, version: int, **values: Any) -> None:
    done = work.connection.execute(
        sa.update(finding)
        .where(finding.c.id == row.id, finding.c.version == version)
        .values(version=version + 1, **values)
    )
    if done.rowcount != 1:
        raise Refusal(_CHANGED)
