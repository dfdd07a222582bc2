"""Agreements (협약·근로계약) and amendments (변경협약): drafting, signing on paper, taking back (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import internships as rules
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Item, OpenItems, Refusal, UsageError
from regional_desk.exchange.received_files import ReceivedFile, read_received
from regional_desk.services import handed_in
from regional_desk.services.desk import Desk, Work
from regional_desk.services.internships import reading
from regional_desk.services.internships.drafts import (
    AgreementDraft,
    checked,
    columns,
    draft_of,
    insert,
    named,
    note_change,
    refuse_dates,
    title,
    told,
    touch,
)
from regional_desk.services.internships.drafts import hindrances as find_hindrances
from regional_desk.services.internships.reading import DRAFT, SIGNED, SUBJECT, VOID, InternshipDetail
from regional_desk.store import attachments, erasing
from regional_desk.store import internship_records as store
from regional_desk.store.internship_records import AgreementRow
from regional_desk.store.internships import agreement

_CHANGED = "그사이 다른 사람이 이 협약을 고쳐 저장하지 않았습니다. 새로 열어 다시 고치십시오."
_LONGEST_WEEK = 52 * 60
_MOST_WAGE = 100_000_000


def edit_draft(
    desk: Desk,
    agreement_id: UUID,
    version: int,
    draft: AgreementDraft,
    reason: str | None = None,
    operation_id: UUID | None = None,
) -> InternshipDetail:
    """Set the content of an agreement that nobody has signed; None leaves an amendment's reason as it is.

    Raises Refusal for dates, wage or hours that cannot be, more than three months, a signed or voided agreement, and
    where somebody else changed it since `version`; UsageError for an unknown id.
    """

    def body(work: Work) -> dict[str, Any]:
        row, found = _draft(work, agreement_id)
        wanted = checked(draft)
        refuse_dates(found, wanted, row.number)
        why = row.reason if reason is None or not clean(reason) else clean(reason)
        done = work.connection.execute(
            sa.update(agreement)
            .where(agreement.c.id == agreement_id, agreement.c.version == version)
            .values(**columns(wanted), reason=why, version=agreement.c.version + 1)
        )
        if done.rowcount != 1:
            raise Refusal(_CHANGED)
        touch(work, found)
        note_change(work, "agreement.edit", found, row.number, told(wanted), named(wanted, why))
        return {"internship": str(found.row.id)}

    return _do(desk, "agreement.edit", body, operation_id)


def amend(
    desk: Desk,
    internship_id: UUID,
    draft: AgreementDraft,
    reason: str,
    operation_id: UUID | None = None,
) -> InternshipDetail:
    """Draft the next 변경협약; once signed it holds from its effective date, and its end is the internship's.

    Raises Refusal without a reason, before the agreement was signed, while another amendment waits for signatures,
    after the end, where nothing differs, and for dates as `edit_draft` does.
    """
    why = clean(reason)
    if not why:
        raise Refusal("변경하는 사유를 적어 주십시오. 변경협약서에 적힙니다. 만들지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        found = reading.load(work.connection, internship_id, work.desk.clock.today())
        _refuse_over(found)
        if not found.signed:
            raise Refusal("협약에 아직 서명하지 않았습니다. 변경협약 대신 협약 초안을 고치십시오.")
        if found.draft is not None:
            raise Refusal(
                f"서명을 기다리는 {title(found.draft.number)}이 있어 만들지 않았습니다. "
                "그것을 고치거나 서명·취소한 뒤 만드십시오."
            )
        wanted = checked(draft)
        number = len(found.agreements)
        refuse_dates(found, wanted, number)
        before = next(one for one in reversed(found.agreements) if one.state == SIGNED)
        if replace(wanted, effective_from=before.effective_from) == draft_of(before):
            raise Refusal("지금 협약과 달라지는 것이 없어 변경협약을 만들지 않았습니다.")
        insert(work, internship_id, number, wanted, why)
        touch(work, found)
        note_change(work, "agreement.amend", found, number, told(wanted), named(wanted, why))
        return {"internship": str(internship_id)}

    return _do(desk, "agreement.amend", body, operation_id)


def sign(
    desk: Desk,
    agreement_id: UUID,
    on: dt.date,
    scan: Path | None = None,
    *,
    on_paper: bool = False,
    operation_id: UUID | None = None,
) -> InternshipDetail:
    """Record that an agreement was signed by all on a day (서면 서명), with its scan or the word that it lies on paper.

    Raises OpenItems listing whatever hinders it (`hindrances`), Refusal for a day to come, without scan and without
    `on_paper`, and for one that is no draft; FileRejected for a scan that cannot be taken.
    """
    if scan is None and not on_paper:
        raise Refusal(
            "서명본 스캔 파일을 고르거나, 스캔이 없으면 서면으로 서명한 것을 확인해 주십시오. 서명으로 적지 않았습니다."
        )
    if on > desk.clock.today():
        raise Refusal(f"서명일({korean_date(on)})은 오늘까지의 날이어야 합니다. 서명으로 적지 않았습니다.")
    file = read_received(scan, reading.policy().largest) if scan else None

    def body(work: Work) -> dict[str, Any]:
        return {"internship": str(put_signature(work, agreement_id, on, file))}

    return _do(desk, "agreement.sign", body, operation_id)


def put_signature(work: Work, agreement_id: UUID, on: dt.date, file: ReceivedFile | None) -> UUID:
    """The same inside the caller's act; return the internship. Raises OpenItems and Refusal as `sign` does."""
    row, found = _draft(work, agreement_id)
    items = find_hindrances(work.connection, found, row)
    if items:
        raise OpenItems(f"{title(row.number)}에 아직 서명할 수 없습니다.", items=items)
    kept = attachments.put(work.desk.store, work.connection, file.content, file.media_type) if file else None
    _set(
        work,
        agreement_id,
        state=SIGNED,
        signed_on=on,
        attachment_id=kept,
        file_name=file.name if file else None,
    )
    touch(work, found)
    how = {"on": on.isoformat(), "scan": file is not None}
    note_change(work, "agreement.sign", found, row.number, how, {})
    return found.row.id


def attach_scan(
    desk: Desk, agreement_id: UUID, scan: Path, operation_id: UUID | None = None
) -> InternshipDetail:
    """Keep the scan of a signed agreement, in place of an older one; raise Refusal for one that is not signed."""
    file = read_received(scan, reading.policy().largest)

    def body(work: Work) -> dict[str, Any]:
        row, found = _find(work, agreement_id)
        if row.state != SIGNED:
            raise Refusal(f"{title(row.number)}은 서명한 것이 아니어서 스캔을 넣지 않았습니다.")
        kept = attachments.put(desk.store, work.connection, file.content, file.media_type)
        _set(work, agreement_id, attachment_id=kept, file_name=file.name)
        old = {row.attachment} if row.attachment else set()
        files = erasing.forget_files(work.connection, old)
        touch(work, found)
        note_change(work, "agreement.scan", found, row.number, {}, {"file": file.name})
        return {"internship": str(found.row.id), "files": list(files)}

    done = desk.perform(Right.EDIT_INTERNSHIPS, "agreement.scan", body, operation_id)
    erasing.unlink(desk.store, done["files"])
    return reading.read(desk, UUID(done["internship"]))


def void(desk: Desk, agreement_id: UUID, reason: str, operation_id: UUID | None = None) -> InternshipDetail:
    """Take an amendment back, signed or not; the terms before it hold again.

    Raises Refusal without a reason, for the first agreement (the internship is withdrawn instead), for a signed one that
    is not the newest or whose days an ended internship or another one stands on, and for one voided already.
    """
    why = clean(reason)
    if not why:
        raise Refusal("취소하는 사유를 적어 주십시오. 바꾸지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        row, found = _find(work, agreement_id)
        if row.number == 0:
            raise Refusal(
                "처음 협약은 따로 취소하지 않습니다. 시작하기 전이면 인턴십을 '협약 취소'로 끝내십시오."
            )
        if row.state == VOID:
            raise Refusal(f"{title(row.number)}은 이미 취소했습니다. 바뀐 것은 없습니다.")
        if row.state == SIGNED:
            _refuse_void(found, row)
        _set(work, agreement_id, state=VOID, void_reason=why)
        touch(work, found)
        note_change(
            work,
            "agreement.void",
            found,
            row.number,
            {"old": "서명" if row.state == SIGNED else "초안"},
            {"reason": why},
        )
        return {"internship": str(found.row.id)}

    return _do(desk, "agreement.void", body, operation_id)


def hindrances(desk: Desk, agreement_id: UUID) -> tuple[Item, ...]:
    """What keeps an agreement from being signed: empty points, a wage under the minimum, an internship beside it."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = _known(connection, agreement_id)
        found = reading.load(connection, row.internship, desk.clock.today())
        return find_hindrances(connection, found, row)


def open_scan(desk: Desk, agreement_id: UUID) -> Path:
    """The scan of the signed paper, decrypted into the program's own temporary folder; the look is noted.

    Raises Refusal where there is none, StoreDamaged where the file is gone, and NotAllowed for whoever sees people
    masked: a scan cannot be masked.
    """
    desk.require(Right.UNMASK)
    with desk.store.read() as connection:
        row = _known(connection, agreement_id)
        found = reading.load(connection, row.internship, desk.clock.today())
        if row.attachment is None:
            raise Refusal(f"{title(row.number)}에는 스캔이 없습니다. 서면 원본을 찾아보십시오.")
        content, media_type = handed_in.read_kept(desk, connection, row.attachment)
    which = {"internship": found.row.label, "agreement": row.number}
    desk.note_access("agreement.open", SUBJECT, which, [found.row.trainee])
    return handed_in.lay_open(title(row.number), content, media_type)


def _do(desk: Desk, action: str, body: Any, operation_id: UUID | None) -> InternshipDetail:
    done = desk.perform(Right.EDIT_INTERNSHIPS, action, body, operation_id)
    return reading.read(desk, UUID(done["internship"]))


def _known(connection: sa.Connection, agreement_id: UUID) -> AgreementRow:
    row = store.find_agreement(connection, agreement_id)
    if row is None:
        raise UsageError("없는 협약입니다. 인턴십을 새로 열어 다시 골라 주십시오.")
    return row


def _find(work: Work, agreement_id: UUID) -> tuple[AgreementRow, InternshipDetail]:
    row = _known(work.connection, agreement_id)
    return row, reading.load(work.connection, row.internship, work.desk.clock.today())


def _draft(work: Work, agreement_id: UUID) -> tuple[AgreementRow, InternshipDetail]:
    row, found = _find(work, agreement_id)
    if row.state != DRAFT:
        said = "서명했습니다. 바꾸려면 변경협약을 만드십시오" if row.state == SIGNED else "취소했습니다"
        raise Refusal(f"{title(row.number)}은 이미 {said}. 바뀐 것은 없습니다.")
    _refuse_over(found)
    return row, found


def _refuse_over(found: InternshipDetail) -> None:
    if found.row.end_kind is not None:
        raise Refusal(
            f"인턴십 {found.row.label}은(는) 이미 끝났습니다({found.row.state.label}). "
            "협약을 바꾸려면 먼저 종료를 되돌리십시오."
        )


def _refuse_void(found: InternshipDetail, row: AgreementRow) -> None:
    _refuse_over(found)
    if found.signed[-1].number != row.number:
        raise Refusal("뒤에 서명한 변경협약이 있습니다. 가장 나중 것부터 취소하십시오.")
    end = rules.agreed_end(found.signed[:-1])
    if found.row.started_on is not None and end < found.row.started_on:
        raise Refusal("취소하면 협약이 시작한 날보다 먼저 끝나게 되어 취소하지 않았습니다.")


def _set(work: Work, agreement_id: UUID, **values: Any) -> None:
    work.connection.execute(
        sa.update(agreement)
        .where(agreement.c.id == agreement_id)
        .values(**values, version=agreement.c.version + 1)
    )
