"""Breaks of an internship: 중단 and 무급 결근, days not served that lengthen nothing without an amendment (section 4)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import internships as rules
from regional_desk.domain.internships import BreakKind
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date, korean_span
from regional_desk.errors import Refusal, UsageError
from regional_desk.exchange.received_files import read_received
from regional_desk.services import handed_in
from regional_desk.services.desk import Desk, Work
from regional_desk.services.internships import drafts, reading
from regional_desk.services.internships.reading import SUBJECT, InternshipDetail
from regional_desk.store import attachments
from regional_desk.store import internship_records as store
from regional_desk.store.ids import new_id
from regional_desk.store.internship_records import InterruptionRow
from regional_desk.store.internships import interruption


def add(
    desk: Desk,
    internship_id: UUID,
    kind: BreakKind,
    start: dt.date,
    end: dt.date | None,
    reason: str,
    evidence: Path | None = None,
    operation_id: UUID | None = None,
) -> InternshipDetail:
    """Record days not served, both inside; `end` None goes on until it is closed (`close`), for an 중단 only.

    Raises Refusal without a reason, before the start, outside the internship, for a day to come of 무급 결근, and where
    another break takes one of the days; FileRejected for a file that cannot be taken.
    """
    why = clean(reason)
    if not why:
        raise Refusal("사유를 적어 주십시오. 적지 않았습니다.")
    if end is None and kind is BreakKind.UNPAID_ABSENCE:
        raise UsageError("무급 결근은 마지막 날을 함께 적어 주십시오. 하루면 같은 날입니다.")
    file = read_received(evidence, reading.policy().largest) if evidence else None

    def body(work: Work) -> dict[str, Any]:
        found = reading.load(work.connection, internship_id, work.desk.clock.today())
        _refuse_span(found, kind, start, end, work.at.date())
        kept = attachments.put(desk.store, work.connection, file.content, file.media_type) if file else None
        work.connection.execute(
            sa.insert(interruption).values(
                id=new_id(),
                internship_id=internship_id,
                kind=kind.value,
                start=start,
                end=end,
                reason=why,
                attachment_id=kept,
                file_name=file.name if file else None,
                user_id=desk.actor.user_id,
                at=work.at,
            )
        )
        return _logged(work, "interruption.add", found, kind, start, end, why)

    return _do(desk, "interruption.add", body, operation_id)


def close(
    desk: Desk, interruption_id: UUID, end: dt.date, operation_id: UUID | None = None
) -> InternshipDetail:
    """Set the last day of a break that goes on; the intern is back the day after.

    Raises Refusal for a day before its start, outside the internship or taken by another break, and for one that has its
    end or was voided; UsageError for an unknown id.
    """

    def body(work: Work) -> dict[str, Any]:
        row, found = _find(work, interruption_id)
        if row.end is not None:
            raise Refusal(
                f"이미 {korean_date(row.end)}까지로 적힌 것입니다. 잘못 적었으면 무효로 하고 다시 적으십시오."
            )
        kind = BreakKind(row.kind)
        _refuse_span(found, kind, row.start, end, work.at.date(), row.id)
        _set(work, interruption_id, end=end, user_id=desk.actor.user_id, at=work.at)
        return _logged(work, "interruption.close", found, kind, row.start, end, row.reason)

    return _do(desk, "interruption.close", body, operation_id)


def void(
    desk: Desk, interruption_id: UUID, reason: str, operation_id: UUID | None = None
) -> InternshipDetail:
    """Take a break back, with a reason; its row stays as 무효. Raises Refusal without a reason and for a voided one."""
    why = clean(reason)
    if not why:
        raise Refusal("무효로 하는 사유를 적어 주십시오. 바꾸지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        row, found = _find(work, interruption_id)
        by: dict[str, Any] = {"user_id": desk.actor.user_id, "at": work.at}
        _set(work, interruption_id, void_reason=why, voided_at=work.at, **by)
        kind = BreakKind(row.kind)
        return _logged(work, "interruption.void", found, kind, row.start, row.end, why)

    return _do(desk, "interruption.void", body, operation_id)


def open_evidence(desk: Desk, interruption_id: UUID) -> Path:
    """The evidence of a break, decrypted into the program's own temporary folder; the look is noted.

    Raises Refusal where there is none, StoreDamaged where the file is gone, NotAllowed for whoever sees people masked.
    """
    desk.require(Right.UNMASK)
    with desk.store.read() as connection:
        row = _known(connection, interruption_id)
        found = reading.load(connection, row.internship, desk.clock.today())
        if row.attachment is None:
            raise Refusal("첨부한 증빙이 없습니다.")
        content, media_type = handed_in.read_kept(desk, connection, row.attachment)
    desk.note_access("interruption.open", SUBJECT, {"internship": found.row.label}, [found.row.trainee])
    return handed_in.lay_open(BreakKind(row.kind).label, content, media_type)


def _do(desk: Desk, action: str, body: Any, operation_id: UUID | None) -> InternshipDetail:
    done = desk.perform(Right.EDIT_INTERNSHIPS, action, body, operation_id)
    return reading.read(desk, UUID(done["internship"]))


def _logged(
    work: Work,
    action: str,
    found: InternshipDetail,
    kind: BreakKind,
    start: dt.date,
    end: dt.date | None,
    why: str,
) -> dict[str, Any]:
    drafts.touch(work, found)
    span = {"start": start.isoformat(), "end": end.isoformat() if end else None}
    drafts.note_change(work, action, found, None, {"kind": kind.label, **span}, {"reason": why})
    work.subjects.add("claims")
    return {"internship": str(found.row.id)}


def _known(connection: sa.Connection, interruption_id: UUID) -> InterruptionRow:
    row = store.find_interruption(connection, interruption_id)
    if row is None:
        raise UsageError("없는 중단·결근 기록입니다. 인턴십을 새로 열어 다시 골라 주십시오.")
    return row


def _find(work: Work, interruption_id: UUID) -> tuple[InterruptionRow, InternshipDetail]:
    row = _known(work.connection, interruption_id)
    if row.void_reason is not None:
        raise Refusal("이미 무효로 한 기록입니다. 바뀐 것은 없습니다.")
    return row, reading.load(work.connection, row.internship, work.desk.clock.today())


def _refuse_span(
    found: InternshipDetail,
    kind: BreakKind,
    start: dt.date,
    end: dt.date | None,
    today: dt.date,
    own: UUID | None = None,
) -> None:
    row = found.row
    if row.started_on is None or row.state is rules.InternState.WITHDRAWN:
        raise Refusal("시작하지 않은 인턴십이라 중단·결근을 적지 않았습니다.")
    if end is not None and end < start:
        raise Refusal("마지막 날이 첫날보다 앞섭니다. 적지 않았습니다.")
    if not row.start <= start <= row.end or (end is not None and end > row.end):
        raise Refusal(
            f"인턴십 기간({korean_span(row.start, row.end)}) 안의 날이어야 합니다. 적지 않았습니다."
        )
    if kind is BreakKind.UNPAID_ABSENCE and end is not None and end > today:
        raise Refusal("무급 결근은 지난 날만 적습니다. 적지 않았습니다.")
    span = (start, end or row.end)
    for one in found.interruptions:
        if one.id == own or one.void_reason is not None:
            continue
        if rules.overlaps(span, (one.start, one.end or row.end)):
            until = korean_date(one.end) if one.end else "계속"
            raise Refusal(
                f"이미 적힌 {BreakKind(one.kind).label}({korean_date(one.start)} ~ {until})과 날이 겹칩니다. 적지 않았습니다."
            )


def _set(work: Work, interruption_id: UUID, **values: Any) -> None:
    work.connection.execute(
        sa.update(interruption)
        .where(interruption.c.id == interruption_id)
        .values(**values, version=interruption.c.version + 1)
    )
