"""서면 결재: what was approved on paper, with its scan; and the register of the seal's use (rulebook sections 6 and 7)."""

from __future__ import annotations

import atexit
import datetime as dt
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import FileRejected, Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.store import approvals as store
from regional_desk.store import attachments
from regional_desk.store.allowance import list_runs
from regional_desk.store.approvals import ApprovalRow, SealRow
from regional_desk.store.attendance import attachment
from regional_desk.store.courses import list_courses
from regional_desk.store.ids import new_id
from regional_desk.store.records import list_submissions, print_record
from regional_desk.store.retention import list_disposals, next_number
from regional_desk.store.scratch import make_scratch, wipe_left_over

SUBJECTS = {"allowance": "훈련수당", "disposal": "파기", "submission": "제출"}
LARGEST = 20 * 1024 * 1024
_KINDS = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
)
_Signers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned paper, read whole."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Approved:
    """That somebody approved: the day, (box, name) of each signature, and the scan where it was on paper."""

    on: dt.date
    signers: tuple[tuple[str, str], ...]
    memo: str = ""
    scan: Scan | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Something a paper can approve: a run, a submission, a disposal; `words` name it in Korean."""

    kind: str
    id: UUID
    words: str


def read_scan(file: Path) -> Scan:
    """A PDF, JPG or PNG of at most 20 MB; raise FileRejected for anything else."""
    try:
        if file.stat().st_size > LARGEST:
            raise FileRejected(
                f"스캔 파일이 20 MB보다 커서 넣지 않았습니다: {file.name}. 해상도를 낮추어 주십시오."
            )
        content = file.read_bytes()
    except OSError as error:
        raise FileRejected(f"스캔 파일을 읽지 못했습니다: {file} ({error.strerror}).") from error
    for head, media_type, _ in _KINDS:
        if content.startswith(head):
            return Scan(content, media_type)
    raise FileRejected(f"PDF, JPG, PNG 가운데 하나가 아니어서 넣지 않았습니다: {file.name}.")


def list_subjects(desk: Desk) -> tuple[Subject, ...]:
    """What an approval on paper can be recorded for, the newest first within its kind."""
    with desk.store.read() as connection:
        names = {row.id: row.name for row in list_courses(connection)}
        runs = [
            Subject(
                "allowance", run.id, f"{names[run.course_id]} {run.unit_no}단위기간 훈련수당 {run.number}판"
            )
            for run in list_runs(connection)
        ]
        packages = [
            Subject("submission", row.id, f"{row.month} 제출 {row.sequence}차")
            for row in list_submissions(connection)
        ]
        erased = [
            Subject("disposal", row.id, f"파기대장 {row.year}-{row.number}")
            for row in list_disposals(connection)
        ]
    return (*reversed(runs), *reversed(packages), *reversed(erased))


def find_subject(desk: Desk, kind: str, text: str) -> Subject:
    """The subject of an id or of the words it is listed by; raise UsageError where none or several fit."""
    if kind not in SUBJECTS:
        raise UsageError(
            f"'{kind}'은(는) 결재할 수 있는 종류가 아닙니다. {', '.join(SUBJECTS)} 가운데 하나입니다."
        )
    wanted = clean(text)
    found = [
        one
        for one in list_subjects(desk)
        if one.kind == kind and (str(one.id) == wanted or wanted in one.words)
    ]
    if len(found) == 1:
        return found[0]
    several = f"에 해당하는 것이 {len(found)}건입니다" if found else "에 해당하는 것이 없습니다"
    raise UsageError(f"'{text}'{several}. approval list --subjects로 이름을 확인해 주십시오.")


def record(
    desk: Desk, subject: str, subject_id: UUID, approved: Approved, operation_id: UUID | None = None
) -> ApprovalRow:
    """Record that a paper was approved by hand; the scan is kept encrypted.

    Raises UsageError for an unknown subject, Refusal without a signer or for a day to come.
    """
    if subject_id not in {one.id for one in list_subjects(desk) if one.kind == subject}:
        raise UsageError("결재할 대상이 없습니다. 목록에서 다시 고르십시오.")

    def body(work: Work) -> dict[str, Any]:
        approval_id = add(work, subject, subject_id, approved)
        return {"approval": str(approval_id)}

    done = desk.perform(Right.RECORD_SEAL, "approval.record", body, operation_id)
    with desk.store.read() as connection:
        return next(row for row in store.list_approvals(connection) if str(row.id) == done["approval"])


def add(work: Work, subject: str, subject_id: UUID, approved: Approved) -> UUID:
    """An approval inside a larger act; raises as `record`."""
    signers = [(clean(box), clean(name)) for box, name in approved.signers if clean(name)]
    if not signers:
        raise Refusal("누가 결재했는지 적어 주십시오. 적지 않아 아무것도 바꾸지 않았습니다.")
    _refuse_coming(work, approved.on)
    scan = approved.scan
    kept = attachments.put(work.desk.store, work.connection, scan.content, scan.media_type) if scan else None
    approval_id = new_id()
    work.connection.execute(
        sa.insert(store.paper_approval).values(
            id=approval_id,
            subject=subject,
            subject_id=subject_id,
            approved_on=approved.on,
            signers=signers,
            memo=clean(approved.memo),
            attachment_id=kept,
            user_id=work.desk.actor.user_id,
            at=work.at,
        )
    )
    detail = {
        "subject": SUBJECTS[subject],
        "on": approved.on.isoformat(),
        "signers": len(signers),
        "scan": bool(scan),
    }
    work.log("approval.record", "approvals", subject_id, detail)
    return approval_id


def list_approvals(desk: Desk) -> tuple[ApprovalRow, ...]:
    """Every approval on paper, oldest first."""
    desk.require(Right.RECORD_SEAL)
    with desk.store.read() as connection:
        return store.list_approvals(connection)


def open_scan(desk: Desk, approval_id: UUID) -> Path:
    """The scan decrypted into the program's own temporary folder, which is wiped at its end and at the next start.

    Raises Refusal where there is none, StoreDamaged where the file is gone; the look is noted in the access log.
    """
    desk.require(Right.RECORD_SEAL)
    with desk.store.read() as connection:
        row = next((one for one in store.list_approvals(connection) if one.id == approval_id), None)
        if row is None or row.attachment_id is None:
            raise Refusal("이 결재에는 스캔이 없습니다.")
        content = attachments.get(desk.store, connection, row.attachment_id)
        media_type = connection.execute(
            sa.select(attachment.c.media_type).where(attachment.c.id == row.attachment_id)
        ).scalar_one()
    desk.note_access("approval.open", "approvals", {"subject": SUBJECTS.get(row.subject, row.subject)})
    suffix = next(ending for _, known, ending in _KINDS if known == media_type)
    folder = make_scratch(paths.user_data())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / f"서면결재-{row.approved_on.isoformat()}{suffix}"
    file.write_bytes(content)
    return file


def wipe_opened() -> None:
    """Take away scans that a program which was killed left open."""
    wipe_left_over(paths.user_data())


def use_seal(
    desk: Desk,
    document: str,
    recipient: str,
    copies: int,
    asked_by: str,
    *,
    on: dt.date | None = None,
    check_number: str = "",
    memo: str = "",
    operation_id: UUID | None = None,
) -> SealRow:
    """Add a line to the 직인날인대장; numbers count within the year without gaps.

    Raises Refusal where a field is empty, the day is to come, or no paper was printed under the check number.
    """
    fields = {"문서": clean(document), "받는 곳": clean(recipient), "요청자": clean(asked_by)}
    empty = [label for label, value in fields.items() if not value]
    if empty or copies < 1:
        missing = ", ".join(empty) or "부수"
        raise Refusal(f"직인날인대장에 적지 않았습니다. {missing}을(를) 적어 주십시오.")
    day, number = on or desk.clock.today(), clean(check_number).upper() or None

    def body(work: Work) -> dict[str, Any]:
        _refuse_coming(work, day)
        _refuse_unknown(work.connection, number)
        row_id, place = new_id(), next_number(work.connection, store.seal_use, day.year)
        work.connection.execute(
            sa.insert(store.seal_use).values(
                id=row_id,
                year=day.year,
                number=place,
                on=day,
                document=fields["문서"],
                recipient=fields["받는 곳"],
                copies=copies,
                check_number=number,
                asked_by=fields["요청자"],
                memo=clean(memo),
                user_id=desk.actor.user_id,
                at=work.at,
            )
        )
        work.log("seal.use", "approvals", row_id, {"number": f"{day.year}-{place}", "copies": copies})
        return {"year": day.year, "number": place}

    done = desk.perform(Right.RECORD_SEAL, "seal.use", body, operation_id)
    with desk.store.read() as connection:
        rows = store.list_seal_uses(connection, int(done["year"]))
    return next(row for row in rows if row.number == done["number"])


def list_seal_uses(desk: Desk, year: int | None = None) -> tuple[SealRow, ...]:
    """The 직인날인대장 in its order, of one year or all."""
    desk.require(Right.RECORD_SEAL)
    with desk.store.read() as connection:
        return store.list_seal_uses(connection, year)


def _refuse_coming(work: Work, day: dt.date) -> None:
    if day > work.desk.clock.today():
        raise Refusal(f"{korean_date(day)}은(는) 아직 오지 않은 날이라 적지 않았습니다.")


def _refuse_unknown(connection: sa.Connection, number: str | None) -> None:
    known = sa.select(print_record.c.id).where(print_record.c.check_number == number)
    if number is not None and connection.execute(known).first() is None:
        raise Refusal(
            f"확인번호 '{number}'로 출력한 문서가 없습니다. 바닥글의 번호를 다시 보거나, 이 프로그램의 문서가 아니면 비워 두십시오."
        )


def signer_words(signers: _Signers) -> str:
    """`팀장 김팀장 · 단장 박단장`."""
    return " · ".join(f"{box} {name}".strip() for box, name in signers)
