"""동의: each consent by itself, with version, date, evidence and withdrawal (rulebook section 5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.applicants import AskedConsent, ConsentKind, ConsentState, consent_state
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment.applicant_documents import asked, open_kept
from regional_desk.store import applicants as store
from regional_desk.store import attachments
from regional_desk.store.applicants import ConsentRow
from regional_desk.store.ids import new_id
from regional_desk.store.recruitment import consent


@dataclass(frozen=True, slots=True)
class ConsentItem:
    """One consent that is asked for or was recorded: how it stands, and its records, newest first."""

    asked: AskedConsent
    state: ConsentState
    records: tuple[ConsentRow, ...]


def overview(desk: Desk, person: UUID) -> tuple[ConsentItem, ...]:
    """Every consent the office asks for, and those recorded for another receiver; the newest record decides. Noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_consents(connection, person)
    desk.note_view("people", [person], {"by": "consents"})
    wanted = {(one.kind, one.receiver): one for one in asked().consents}
    for row in rows:
        key = (ConsentKind(row.kind), row.receiver)
        wanted.setdefault(key, AskedConsent(*key, row.form_version, required=False))
    return tuple(
        _item(one, [row for row in rows if (row.kind, row.receiver) == key]) for key, one in wanted.items()
    )


def record(
    desk: Desk,
    person: UUID,
    kind: ConsentKind,
    *,
    form_version: str,
    given: bool,
    on: dt.date,
    receiver: str = "",
    keep_until: dt.date | None = None,
    evidence: ReceivedFile | None = None,
    operation_id: UUID | None = None,
) -> UUID:
    """Record one consent or its refusal, as the signed form says; return its id.

    `keep_until` is the day the form itself names, where that is longer than the office's terms. Raises Refusal for a
    day to come, without a form version, and where 제3자 제공 has no receiver or another kind has one.
    """
    to = clean(receiver) or None
    if on > desk.clock.today():
        raise Refusal(f"{korean_date(on)}은(는) 아직 오지 않은 날이라 적지 않았습니다.")
    if not clean(form_version):
        raise Refusal("어느 판의 동의서인지 적어 주십시오. 적은 것이 없습니다.")
    if (kind is ConsentKind.THIRD_PARTY) is (to is None):
        raise Refusal("제3자 제공 동의에만, 그리고 반드시 받는 곳을 적습니다. 적은 것이 없습니다.")
    if keep_until is not None and (keep_until <= on or not given):
        raise Refusal("보유 기한은 동의한 날 뒤여야 하고, 동의했을 때만 적습니다. 적은 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        keys = desk.store.person_keys(work.connection, [person])
        told = {
            "kind": kind.label,
            "receiver": to,
            "version": clean(form_version),
            "result": consent_state(given=given, withdrawn_on=None).label,
            "on": on.isoformat(),
            "until": keep_until.isoformat() if keep_until else None,
        }
        sealed = work.seal(keys, person, told)  # before a file is written
        kept = (
            attachments.put(desk.store, work.connection, evidence.content, evidence.media_type)
            if evidence
            else None
        )
        consent_id = new_id()
        work.connection.execute(
            sa.insert(consent).values(
                id=consent_id,
                person_id=person,
                kind=kind.value,
                receiver=to,
                form_version=clean(form_version),
                given=given,
                on=on,
                keep_until=keep_until,
                attachment_id=kept,
                user_id=desk.actor.user_id,
                at=work.at,
            )
        )
        work.log("consent.record", "people", person, values=[sealed])
        return {"consent": str(consent_id)}

    done = desk.perform(Right.EDIT_PEOPLE, "consent.record", body, operation_id)
    return UUID(done["consent"])


def withdraw(desk: Desk, row: ConsentRow, on: dt.date, operation_id: UUID | None = None) -> None:
    """Record that a consent was withdrawn; it then prolongs no retention.

    Raises Refusal for a day before the consent or to come, and where it was not given, or changed since `row` was read.
    """
    if not row.given or row.withdrawn_on is not None:
        raise Refusal("동의한 것이 아니거나 이미 철회한 동의라 바꾸지 않았습니다.")
    if not row.on <= on <= desk.clock.today():
        raise Refusal(
            f"철회한 날은 {korean_date(row.on)}부터 오늘까지의 날이어야 합니다. 바꾼 것이 없습니다."
        )

    def body(work: Work) -> dict[str, Any]:
        done = work.connection.execute(
            sa.update(consent)
            .where(consent.c.id == row.id, consent.c.version == row.version)
            .values(withdrawn_on=on, version=consent.c.version + 1)
        )
        if done.rowcount != 1:
            raise Refusal("그 사이에 이 동의가 바뀌어 처리하지 않았습니다. 목록을 새로 보고 다시 하십시오.")
        keys = desk.store.person_keys(work.connection, [row.person_id])
        told = {"kind": ConsentKind(row.kind).label, "receiver": row.receiver, "withdrawn": on.isoformat()}
        work.log("consent.withdraw", "people", row.person_id, values=[work.seal(keys, row.person_id, told)])
        return {"consent": str(row.id)}

    desk.perform(Right.EDIT_PEOPLE, "consent.withdraw", body, operation_id)


def open_evidence(desk: Desk, consent_id: UUID) -> Path:
    """The signed form in a temporary folder, as `applicant_documents.open_document`; raise Refusal where there is none."""
    desk.require(Right.UNMASK)
    with desk.store.read() as connection:
        row = store.find_consent(connection, consent_id)
        if row is None or row.attachment_id is None:
            raise Refusal("이 동의에는 붙인 동의서가 없습니다.")
        return open_kept(desk, connection, row.attachment_id, row.person_id, "동의서")


def _item(one: AskedConsent, records: list[ConsentRow]) -> ConsentItem:
    if not records:
        return ConsentItem(one, ConsentState.MISSING, ())
    state = consent_state(given=records[0].given, withdrawn_on=records[0].withdrawn_on)
    return ConsentItem(one, state, tuple(records))
