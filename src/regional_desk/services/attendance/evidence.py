"""The papers behind a day: attached to it, kept encrypted, opened in place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal, UsageError
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment.applicant_documents import open_kept
from regional_desk.services.training import courses
from regional_desk.store import attachments, erasing
from regional_desk.store import remarks as store
from regional_desk.store.attendance import attendance_evidence
from regional_desk.store.ids import new_id

SUBJECT = "evidence"
_GONE = "그 증빙은 이제 없습니다. 목록을 새로 보고 다시 하십시오."


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a day: the name it came with, its size in bytes, when it was attached."""

    id: UUID
    name: str
    size: int
    at: dt.datetime | None


def list_papers(desk: Desk, trainee: UUID, day: dt.date) -> tuple[Paper, ...]:
    """The papers of a trainee's day, oldest first; noted as a look where there are any."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_evidence(connection, trainee, day)
    if rows:
        desk.note_view("attendance", [trainee], {"by": "evidence", "day": day.isoformat()})
    whole = desk.may(Right.UNMASK) and not desk.guests  # a file's name may name its person
    return tuple(
        Paper(row.id, (row.file_name if whole else None) or f"증빙 {at}", row.size, row.at)
        for at, row in enumerate(rows, start=1)
    )


def attach(
    desk: Desk,
    course_id: UUID,
    trainee: UUID,
    day: dt.date,
    file: ReceivedFile,
    operation_id: UUID | None = None,
) -> UUID:
    """Keep a paper with a trainee's day, encrypted; return its id.

    Raises Refusal for a trainee whose key was destroyed and in a lent copy, UsageError for a day outside the course or its members.
    """
    if desk.lent is not None:  # a return brings records, not files
        raise Refusal("대출본에서는 증빙을 붙이지 않습니다. 증빙은 반납한 뒤 사무소 PC에서 붙이십시오.")

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id, {trainee})
        if not detail.members or not detail.course.start <= day <= detail.course.end:
            raise UsageError("이 과정의 교육생과 훈련기간에 있는 날에만 증빙을 붙입니다.")
        keys = desk.store.person_keys(work.connection, [trainee])
        told = work.seal(
            keys, trainee, {"day": day.isoformat(), "file": file.name}
        )  # before a file is written
        kept = attachments.put(desk.store, work.connection, file.content, file.media_type)
        evidence_id = new_id()
        work.connection.execute(
            sa.insert(attendance_evidence).values(
                id=evidence_id,
                trainee_id=trainee,
                day=day,
                attachment_id=kept,
                file_name=file.name,
                user_id=desk.actor.user_id,
                at=work.at,
            )
        )
        work.log("evidence.attach", SUBJECT, course_id, values=[told])
        return {"evidence": str(evidence_id)}

    return UUID(desk.perform(Right.EDIT_ATTENDANCE, "evidence.attach", body, operation_id)["evidence"])


def remove(desk: Desk, evidence_id: UUID, reason: str, operation_id: UUID | None = None) -> None:
    """Take away a paper that was attached by mistake, its bytes too where nothing else names them.

    Raises Refusal without a reason, for a paper that is gone, and for a day whose allowance is confirmed: what it was
    confirmed with stays.
    """
    if not clean(reason):
        raise Refusal("빼는 까닭을 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        found = store.find_evidence(work.connection, evidence_id)
        if found is None:
            raise Refusal(_GONE)
        trainee, day, row = found
        if store.is_settled(work.connection, trainee, day):
            raise Refusal(
                f"{korean_date(day)}의 훈련수당이 확정되어 증빙을 뺄 수 없습니다. 확정할 때 본 서류는 남습니다."
            )
        keys = desk.store.person_keys(work.connection, [trainee])
        value = {"day": day.isoformat(), "file": row.file_name, "reason": clean(reason)}
        told = work.seal(keys, trainee, value)
        work.connection.execute(sa.delete(attendance_evidence).where(attendance_evidence.c.id == evidence_id))
        files = erasing.forget_files(work.connection, {row.attachment_id})
        work.log("evidence.remove", SUBJECT, evidence_id, values=[told])
        return {"files": list(files)}

    done = desk.perform(Right.EDIT_ATTENDANCE, "evidence.remove", body, operation_id)
    erasing.unlink(desk.store, done["files"])


def open_paper(desk: Desk, evidence_id: UUID) -> Path:
    """The paper in a temporary folder that goes when the program ends; noted. Raises Refusal where there is none."""
    desk.require(Right.UNMASK)
    with desk.store.read() as connection:
        found = store.find_evidence(connection, evidence_id)
        if found is None:
            raise Refusal(_GONE)
        trainee, day, row = found
        return open_kept(desk, connection, row.attachment_id, trainee, f"출결 증빙 {korean_date(day)}")
