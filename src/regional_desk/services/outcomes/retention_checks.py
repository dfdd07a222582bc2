"""고용유지 확인: still employed 6 and 12 months after the conversion, how that was found out, and the evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import outcomes as rules
from regional_desk.domain.outcomes import Answer, Retention
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal, UsageError
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.desk import Desk, Work
from regional_desk.services.outcomes import records
from regional_desk.services.outcomes.conversions import CHANGED, log
from regional_desk.services.outcomes.terms import check_terms
from regional_desk.store import attachments, erasing
from regional_desk.store.internships import retention_check
from regional_desk.store.outcome_records import InternRow, RetentionRow

SOURCES = ("4대보험 가입자 명부", "재직증명서", "기업 확인", "본인 확인")
"""What is offered for how it was found out; anything else may be written."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check brought to light on a day, and from what; `left_on` is the last day of work of who left."""

    result: Retention
    checked_on: dt.date
    source: str
    left_on: dt.date | None = None
    memo: str = ""


def record(
    desk: Desk,
    internship_id: UUID,
    months: int,
    given: Finding,
    *,
    version: int | None = None,
    file: ReceivedFile | None = None,
    operation_id: UUID | None = None,
) -> None:
    """Write down one check; `version` is that of the answer it replaces, None for the first.

    Without a `file` the one attached before stays. Raises UsageError for other months than the terms', Refusal for
    somebody not kept on, days that cannot be, no source, answers that contradict each other, or where somebody was
    quicker.
    """
    terms, source = check_terms(), clean(given.source)
    if months not in terms.retention_months:
        known = ", ".join(str(one) for one in terms.retention_months)
        raise UsageError(f"고용유지는 {known}개월에 확인합니다. '{months}'은(는) 없습니다.")
    if given.checked_on > desk.clock.today():
        raise Refusal(f"{korean_date(given.checked_on)}은(는) 아직 오지 않은 날이라 적지 않았습니다.")
    if not source:
        raise Refusal("무엇으로 확인했는지 적어 주십시오. 적지 않았습니다.")
    values = {
        "result": given.result.value,
        "checked_on": given.checked_on,
        "left_on": given.left_on,
        "source": source,
        "memo": clean(given.memo) or None,
    }

    def body(work: Work) -> dict[str, Any]:
        row = records.find(work.connection, internship_id)
        _refuse(row, months, given)
        before = _answer(row, months)
        stored: dict[str, Any] = {**values, "user_id": desk.actor.user_id, "at": work.at}
        gone: tuple[str, ...] = ()
        if file is not None:
            kept = attachments.put(desk.store, work.connection, file.content, file.media_type)
            stored |= {"attachment_id": kept, "file_name": file.name}
        if before is None and version is None:
            work.connection.execute(
                sa.insert(retention_check).values(internship_id=internship_id, months=months, **stored)
            )
        elif before is None or before.version != version:
            raise Refusal(CHANGED)
        else:
            work.connection.execute(
                sa.update(retention_check).where(_mine(row, months)).values(version=version + 1, **stored)
            )
            if file is not None and before.attachment is not None:
                gone = erasing.forget_files(work.connection, {before.attachment})
        told = {
            name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()
        }
        log(
            work,
            "outcome.kept",
            row,
            {**told, "result": given.result.label, "months": months, "file": file.name if file else None},
        )
        return {"internship": str(internship_id), "files": list(gone)}

    done = desk.perform(Right.EDIT_INTERNSHIPS, "outcome.kept", body, operation_id)
    erasing.unlink(desk.store, done["files"])


def remove(
    desk: Desk, internship_id: UUID, months: int, version: int, reason: str, operation_id: UUID | None = None
) -> None:
    """Take away a check that was written down by mistake; raise Refusal without a reason or where somebody was quicker."""
    if not clean(reason):
        raise Refusal("지우는 까닭을 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        row = records.find(work.connection, internship_id)
        before = _answer(row, months)
        if before is None or before.version != version:
            raise Refusal(CHANGED)
        work.connection.execute(sa.delete(retention_check).where(_mine(row, months)))
        gone = erasing.forget_files(work.connection, {before.attachment} if before.attachment else set())
        told = {"reason": clean(reason), "months": months, "result": Retention(before.result).label}
        log(work, "outcome.kept_remove", row, told)
        return {"internship": str(internship_id), "files": list(gone)}

    done = desk.perform(Right.EDIT_INTERNSHIPS, "outcome.kept_remove", body, operation_id)
    erasing.unlink(desk.store, done["files"])


def _refuse(row: InternRow, months: int, given: Finding) -> None:
    decided = row.conversion
    if decided is None or not decided.converted or decided.employed_from is None:
        raise Refusal("정규직으로 전환하지 않은 사람이라 고용유지를 적지 않았습니다. 전환을 먼저 적으십시오.")
    if given.left_on is not None and given.left_on < decided.employed_from:
        left, start = korean_date(given.left_on), korean_date(decided.employed_from)
        raise Refusal(f"마지막 근무일({left})이 전환일({start})보다 앞서 적지 않았습니다.")
    terms = check_terms()
    span = rules.retention_span(terms, decided.employed_from, months)
    fault = rules.retention_fault(span, months, given.result, given.checked_on, given.left_on)
    mine = Answer(months, span.on, given.result, given.left_on)
    for other in row.checks:
        if fault is None and other.months != months:
            on = rules.retention_span(terms, decided.employed_from, other.months).on
            fault = rules.retention_clash(
                mine, Answer(other.months, on, Retention(other.result), other.left_on)
            )
    if fault is not None:
        raise Refusal(f"{fault} 적지 않았습니다.")


def _answer(row: InternRow, months: int) -> RetentionRow | None:
    return next((one for one in row.checks if one.months == months), None)


def _mine(row: InternRow, months: int) -> sa.ColumnElement[bool]:
    return sa.and_(retention_check.c.internship_id == row.id, retention_check.c.months == months)
