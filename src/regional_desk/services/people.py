"""Reading people, their accounts' holds and their non-payable spans."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.people import parse_birth
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.store import people as store
from regional_desk.store.ids import new_id
from regional_desk.store.people import PersonRow, SpanRow

SPAN_KINDS = {
    "구직급여": "unemployment_benefit",
    "휴업급여": "closure_benefit",
    "구직활동지원수당": "job_search_allowance",
    "재정지원일자리": "subsidised_job",
    "취업": "employment",
    "중복훈련": "other_training",
}
_PERSON = re.compile(r"^(?P<name>.+?)[\s,/]+(?P<birth>\d[\d.\- ]+\d\.?)$")


def list_people(desk: Desk) -> tuple[PersonRow, ...]:
    """Everybody with the application of this programme year; raise NotAllowed without the right to see people."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return store.list_people(connection, desk.office.programme_year)


def find_person(desk: Desk, text: str) -> UUID:
    """The person meant by an id, a name, or `성명 1999-03-05`; raise UsageError where none or several fit."""
    typed = clean(text)
    try:
        return UUID(typed)
    except ValueError:
        pass
    name, birth = typed, None
    match = _PERSON.match(typed)
    if match:
        try:
            birth = parse_birth(match["birth"])
        except Refused as refused:
            raise UsageError(f"'{text}'의 생년월일을 읽을 수 없습니다: {refused}") from refused
        name = clean(match["name"])
    with desk.store.read() as connection:
        found = store.find_people(connection, name, birth)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            f"'{text}'에 해당하는 사람이 없습니다. 성명과 생년월일(예: 홍길동 1999-03-05)을 확인해 주십시오."
        )
    raise UsageError(f"'{text}'(이)라는 사람이 {len(found)}명입니다. 생년월일을 함께 적어 주십시오.")


def list_spans(desk: Desk, person: UUID) -> tuple[SpanRow, ...]:
    """The person's non-payable spans."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return store.list_spans(connection, [person])


def add_span(
    desk: Desk, person: UUID, kind: str, start: dt.date, end: dt.date | None, operation_id: UUID | None = None
) -> dict[str, Any]:
    """Record an inclusive span whose days are not paid (rulebook section 3); `end` None runs on.

    Raises UsageError for an unknown kind and Refusal where the end lies before the start.
    """
    known = SPAN_KINDS.get(kind.replace(" ", ""), kind)
    if known not in SPAN_KINDS.values():
        raise UsageError(f"'{kind}'은(는) 모르는 종류입니다. 쓸 수 있는 종류: {', '.join(SPAN_KINDS)}.")
    if end is not None and end < start:
        raise Refusal(f"끝나는 날({korean_date(end)})이 시작하는 날({korean_date(start)})보다 앞섭니다.")

    def body(work: Work) -> dict[str, Any]:
        span_id = new_id()
        work.connection.execute(
            sa.insert(store.nonpayable_span).values(
                id=span_id, person_id=person, kind=known, start=start, end=end
            )
        )
        keys = desk.store.person_keys(work.connection, [person])
        value = {"kind": known, "start": start.isoformat(), "end": end.isoformat() if end else None}
        work.log("span.add", "people", person, values=[work.seal(keys, person, value)])
        return {"span": str(span_id)}

    return desk.perform(Right.EDIT_PEOPLE, "span.add", body, operation_id)


def release_account(desk: Desk, person: UUID, memo: str, operation_id: UUID | None = None) -> dict[str, Any]:
    """Free a held account with the memo of the call that checked it (rulebook section 3, account safety).

    Raises Refusal where the account is not held or the memo is empty.
    """
    if not memo.strip():
        raise Refusal("계좌 보류를 풀려면 확인 전화 내용을 적어야 합니다.")

    def body(work: Work) -> dict[str, Any]:
        row = work.connection.execute(sa.select(store.person).where(store.person.c.id == person)).first()
        if row is None or row.account_hold is None:
            raise Refusal("보류된 계좌가 아니어서 바뀐 것이 없습니다.")
        work.connection.execute(
            sa.update(store.person)
            .where(store.person.c.id == person)
            .values(account_hold=None, account_memo=memo.strip(), version=store.person.c.version + 1)
        )
        keys = desk.store.person_keys(work.connection, [person])
        value = {"hold": row.account_hold, "memo": memo.strip()}
        work.log("account.release", "people", person, values=[work.seal(keys, person, value)])
        return {"person": str(person)}

    return desk.perform(Right.RELEASE_ACCOUNT, "account.release", body, operation_id)
