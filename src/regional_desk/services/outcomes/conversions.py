"""정규직 전환: whether the company kept the intern, from when, with the evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import outcomes as rules
from regional_desk.domain.internships import EndKind
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.companies import company_documents
from regional_desk.services.desk import Desk, Work
from regional_desk.services.outcomes import records
from regional_desk.store import attachments, erasing
from regional_desk.store.internships import conversion
from regional_desk.store.outcome_records import InternRow

CHANGED = "그 사이에 다른 사람이 먼저 적어 바꾸지 않았습니다. 화면을 새로 고친 뒤 다시 하십시오."
_REGULAR = "정규직"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a day: kept on from a day (with the kind of employment and won a month), or why not."""

    converted: bool
    decided_on: dt.date
    employed_from: dt.date | None = None
    employment: str = ""
    wage: int | None = None
    reason: str = ""


def read_file(path: Path) -> ReceivedFile:
    """Evidence to attach, checked by its size and its real bytes; raise FileRejected saying why not."""
    return company_documents.read_file(path)


def record(
    desk: Desk,
    internship_id: UUID,
    given: Decision,
    *,
    version: int | None = None,
    file: ReceivedFile | None = None,
    operation_id: UUID | None = None,
) -> None:
    """Write down whether an intern was kept on; `version` is that of the decision it replaces, None for the first.

    Without a `file` the one attached before stays. Raises Refusal for days that cannot be, no reason, a replaced
    intern, an internship that never began, a changed 전환일 once 고용유지 was checked, or where somebody was quicker.
    """
    today, why = desk.clock.today(), clean(given.reason)
    if given.decided_on > today:
        raise Refusal(f"{korean_date(given.decided_on)}은(는) 아직 오지 않은 날이라 적지 않았습니다.")
    if given.wage is not None and given.wage <= 0:
        raise Refusal("임금은 0보다 큰 원 단위 금액입니다. 적지 않았습니다.")
    values = {
        "converted": given.converted,
        "decided_on": given.decided_on,
        "employed_from": given.employed_from if given.converted else None,
        "employment": (clean(given.employment) or _REGULAR) if given.converted else None,
        "wage": given.wage if given.converted else None,
        "reason": why or None,
    }

    def body(work: Work) -> dict[str, Any]:
        row = records.find(work.connection, internship_id)
        _refuse(row, given, why)
        stored: dict[str, Any] = {**values, "user_id": desk.actor.user_id, "at": work.at}
        before = row.conversion
        gone: tuple[str, ...] = ()
        if file is not None:
            kept = attachments.put(desk.store, work.connection, file.content, file.media_type)
            stored |= {"attachment_id": kept, "file_name": file.name}
        if before is None and version is None:
            work.connection.execute(sa.insert(conversion).values(internship_id=internship_id, **stored))
        elif before is None or before.version != version:
            raise Refusal(CHANGED)
        else:
            work.connection.execute(
                sa.update(conversion)
                .where(conversion.c.internship_id == internship_id)
                .values(version=version + 1, **stored)
            )
            if file is not None and before.attachment is not None:
                gone = erasing.forget_files(work.connection, {before.attachment})
        told = {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in values.items()
            if name != "converted"
        }
        log(
            work,
            "outcome.convert",
            row,
            {"result": _word(converted=given.converted), **told, "file": file.name if file else None},
        )
        return {"internship": str(internship_id), "files": list(gone)}

    done = desk.perform(Right.EDIT_INTERNSHIPS, "outcome.convert", body, operation_id)
    erasing.unlink(desk.store, done["files"])


def remove(
    desk: Desk, internship_id: UUID, version: int, reason: str, operation_id: UUID | None = None
) -> None:
    """Take away a decision that was written down by mistake.

    Raises Refusal without a reason, once 고용유지 was checked, or where somebody was quicker.
    """
    if not clean(reason):
        raise Refusal("지우는 까닭을 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        row = records.find(work.connection, internship_id)
        before = row.conversion
        if before is None or before.version != version:
            raise Refusal(CHANGED)
        if row.checks:
            raise Refusal("고용유지를 확인한 기록이 있어 지우지 않았습니다. 그 기록을 먼저 지우십시오.")
        work.connection.execute(sa.delete(conversion).where(conversion.c.internship_id == internship_id))
        gone = erasing.forget_files(work.connection, {before.attachment} if before.attachment else set())
        log(
            work,
            "outcome.convert_remove",
            row,
            {"reason": clean(reason), "result": _word(converted=before.converted)},
        )
        return {"internship": str(internship_id), "files": list(gone)}

    done = desk.perform(Right.EDIT_INTERNSHIPS, "outcome.convert_remove", body, operation_id)
    erasing.unlink(desk.store, done["files"])


def log(work: Work, action: str, row: InternRow, value: dict[str, Any]) -> None:
    """A line of the change history whose values are sealed under the intern's key."""
    keys = work.desk.store.person_keys(work.connection, [row.trainee])
    work.log(action, records.SUBJECT, row.id, values=[work.seal(keys, row.trainee, value)])


def _word(*, converted: bool) -> str:
    return "전환" if converted else "전환 안 함"


def _refuse(row: InternRow, given: Decision, why: str) -> None:
    if row.end_kind == EndKind.REPLACED:
        raise Refusal("교체되어 끝난 인턴십이라 전환을 적지 않았습니다. 이어받은 인턴십에 적으십시오.")
    fault = rules.conversion_fault(
        converted=given.converted,
        decided_on=given.decided_on,
        employed_from=given.employed_from,
        started_on=row.started_on,
        last_day=row.last_day or row.started_on,
        reason=why,
    )
    if fault is not None:
        raise Refusal(f"{fault} 적지 않았습니다.")
    before = row.conversion
    same = before is not None and (given.converted, given.employed_from) == (
        before.converted,
        before.employed_from,
    )
    if row.checks and not same:
        raise Refusal(
            "고용유지를 이미 확인하여 전환 여부와 전환일을 바꾸지 않았습니다. 그 기록을 먼저 지우십시오."
        )
