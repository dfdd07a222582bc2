"""Reading people, unmasking a field, and their non-payable spans."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.benefits import LABELS
from regional_desk.domain.masking import Masking
from regional_desk.domain.outcomes import Step
from regional_desk.domain.people import parse_birth
from regional_desk.domain.recruitment import AFTER, Stage
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.outcomes.outcomes import outcomes
from regional_desk.services.recruitment import contact
from regional_desk.store import people as store
from regional_desk.store.ids import new_id
from regional_desk.store.people import PersonRow, SpanRow

SPAN_KINDS = {label: kind for kind, label in LABELS.items()}
_SHOWN: dict[str, Callable[[str], str]] = {
    "account": Masking.FULL.show_account,
    "phone": Masking.FULL.show_phone,
    "email": Masking.FULL.show_email,
    "address": Masking.FULL.show_address,
}
_PERSON = re.compile(r"^(?P<name>.+?)[\s,/]+(?P<birth>\d[\d.\- ]+\d\.?)$")


def list_people(desk: Desk, why: str = "list") -> tuple[PersonRow, ...]:
    """Everybody with the application of this programme year, masked for whoever may not unmask; noted with `why`.

    Raises NotAllowed without the right to see people.
    """
    rows = survey_people(desk)
    desk.note_view("people", [row.id for row in rows], {"by": why, "year": desk.office.programme_year})
    return rows


def survey_people(desk: Desk) -> tuple[PersonRow, ...]:
    """The same for whoever shows nobody yet, as a search before it was typed: not noted in the access log."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_people(connection, desk.office.programme_year)
    return rows if desk.masking is Masking.FULL else tuple(_masked(row) for row in rows)


def people_after(desk: Desk) -> dict[Stage, frozenset[UUID]]:
    """Who came to each stage after the application by today (연계, 인턴, 전환), as the outcomes count them; it shows nobody."""
    found = outcomes(desk).total.people
    return {stage: frozenset(found[Step(stage.value)]) for stage in AFTER}


def read_person(desk: Desk, person: UUID) -> PersonRow | None:
    """One person as this desk may see them, None where there is none (any more); of a merged one whoever was kept. Noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        kept = store.kept_id(connection, person)
        rows = store.list_people(connection, desk.office.programme_year, [kept])
    if not rows:
        return None
    note_person(desk, kept)
    return rows[0] if desk.masking is Masking.FULL else _masked(rows[0])


def note_person(desk: Desk, person: UUID) -> None:
    """Note that one person's page is being read; rows come from `list_people`, which a screen reads once for all."""
    desk.note_view("people", [person], {"by": "card"})


def note_found(desk: Desk, found: Sequence[UUID]) -> None:
    """Note the people a search showed; what was typed may be a name and is not kept."""
    if found:
        desk.note_view("people", found, {"by": "search"})


def reveal(desk: Desk, person: UUID, field: str, purpose: str) -> str:
    """One field of a person whole (account, phone, email, address), noted with the purpose before it is shown.

    Raises NotAllowed without the right to unmask, UsageError for another field, Refusal without a purpose, where the
    access log cannot be written, or where nothing is kept.
    """
    desk.require(Right.UNMASK)
    if field not in _SHOWN:
        raise UsageError(f"'{field}'은(는) 가려 두는 항목이 아닙니다. 쓸 수 있는 항목: {', '.join(_SHOWN)}.")
    if not purpose.strip():
        raise Refusal("가린 정보를 보는 까닭을 적어 주십시오. 접속기록에 남습니다.")
    if desk.read_only:
        raise Refusal("읽기 전용으로 연 자료에서는 접속기록을 남길 수 없어 가린 정보를 보여 주지 않습니다.")
    with desk.store.read() as connection:
        kept = contact.read_contact(desk, connection, person)
    value = None if kept is None else kept[field]
    if value is None:
        raise Refusal("보여 줄 내용이 없습니다. 적혀 있지 않거나 파기된 자료입니다.")
    desk.note_access("unmask", "people", {"field": field, "purpose": purpose.strip()}, [person])
    return _SHOWN[field](value)


def _masked(row: PersonRow) -> PersonRow:
    hide = Masking.MASKED
    return row._replace(
        name=hide.show_name(row.name),
        birth=hide.hide_birth(row.birth),
        phone=row.phone and hide.show_phone(row.phone),
        email=row.email and hide.show_email(row.email),
        address=row.address and hide.show_address(row.address),
        account_holder=row.account_holder and hide.show_name(row.account_holder),
        account_hold=row.account_hold and hide.show_reason(row.account_hold),
        review=row.review and hide.show_reason(row.review),
    )


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

    def body(work: Work) -> dict[str, Any]:
        return {"span": str(put_span(work, person, known, start, end))}

    return desk.perform(Right.EDIT_PEOPLE, "span.add", body, operation_id)


def put_span(work: Work, person: UUID, kind: str, start: dt.date, end: dt.date | None) -> UUID:
    """Record a non-payable span inside a larger act; raise Refusal where the end lies before the start."""
    if end is not None and end < start:
        raise Refusal(f"끝나는 날({korean_date(end)})이 시작하는 날({korean_date(start)})보다 앞섭니다.")
    span_id = new_id()
    work.connection.execute(
        sa.insert(store.nonpayable_span).values(id=span_id, person_id=person, kind=kind, start=start, end=end)
    )
    keys = work.desk.store.person_keys(work.connection, [person])
    value = {"kind": kind, "start": start.isoformat(), "end": end.isoformat() if end else None}
    work.log("span.add", "people", person, values=[work.seal(keys, person, value)])
    return span_id


def settle_review(desk: Desk, person: UUID, memo: str, operation_id: UUID | None = None) -> dict[str, Any]:
    """Take 확인 필요 off a record with what was found out: another person, or merged.

    Raises Refusal where nothing is marked or the memo is empty.
    """
    if not memo.strip():
        raise Refusal("무엇을 보고 확인했는지 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        mine = store.person.c.id == person
        review = work.connection.execute(sa.select(store.person.c.review).where(mine)).scalar()
        if review is None:
            raise Refusal("확인할 것으로 표시된 사람이 아니어서 바뀐 것이 없습니다.")
        new = {"review": None, "version": store.person.c.version + 1}
        work.connection.execute(sa.update(store.person).where(mine).values(**new))
        keys = desk.store.person_keys(work.connection, [person])
        value = {"review": review, "memo": memo.strip()}
        work.log("review.settle", "people", person, values=[work.seal(keys, person, value)])
        return {"person": str(person)}

    return desk.perform(Right.EDIT_PEOPLE, "review.settle", body, operation_id)
