"""분리보관 and 파기: who is due, setting apart, reading back, disposing of (rulebook section 7)."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain import retention as rules
from regional_desk.domain.retention import End, Group, Terms, Then, end_of, placeholder
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Item, Refusal, StoreError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment import contact
from regional_desk.services.safety import approvals
from regional_desk.services.safety.approvals import Approved
from regional_desk.store import disposed, erasing, sealing, trouble
from regional_desk.store import retention as store
from regional_desk.store.erasing import Identity
from regional_desk.store.ids import new_id
from regional_desk.store.metadata import canonical
from regional_desk.store.people import person
from regional_desk.store.retention import DisposalRow, Kept, SeparationRow

METHOD = "개인별 암호 열쇠를 없애고(복원 불가) 식별 항목을 덮어씀"
_NAMED = ("성명", "생년월일", "성별", "연락처", "이메일", "주소", "학력·전공", "계좌")
ITEMS = (*_NAMED, "증빙 첨부", "변경 이력의 개인 값")
_OPEN_COURSE = "아직 끝나지 않은 과정에 있음"
_OPEN_MONEY = "지급이 끝나지 않은 훈련수당이 있음"
_CONTEXT = b"separation"
_DAY = dt.timedelta(days=1)
FIELDS = (
    "name",
    "birth",
    "sex",
    "phone",
    "email",
    "address",
    "education",
    "major",
    "bank",
    "account_holder",
    "account_hold",
    "account_memo",
    "review",
)
"""What is set apart of a person's row, besides the account."""


@dataclass(frozen=True, slots=True)
class DueRow:
    """One person whose term is over: why, since which day, and what is due.

    `hindrance` says what has to end first; it is empty where nothing has.
    """

    person: UUID
    name: str
    birth: str
    group: Group
    reason: str
    since: dt.date
    then: Then
    hindrance: str


@dataclass(frozen=True, slots=True)
class Disposed:
    """A disposal that was done; `log_lines` hold the same name in a reason somebody typed, which a chain cannot change."""

    row: DisposalRow
    log_lines: int


@dataclass(frozen=True, slots=True)
class Separated:
    """Who was set apart, read back: `fields` by column, `account` the whole number."""

    person: UUID
    fields: Mapping[str, str | None]
    basis: str
    until: dt.date


@dataclass(frozen=True, slots=True)
class Apart:
    """Somebody who was set apart, under the placeholder that stands for them."""

    person: UUID
    name: str
    since: dt.date
    until: dt.date
    basis: str


@cache
def terms() -> Terms:
    """The shipped terms (`resources/policies/retention.toml`)."""
    path = paths.resources() / "policies" / "retention.toml"
    return rules.terms_from_table(tomllib.loads(path.read_text(encoding="utf-8")))


def due(desk: Desk, on: dt.date | None = None) -> tuple[DueRow, ...]:
    """Everybody whose term is over on a day (today), the longest overdue first.

    Raises NotAllowed unless 팀장, 단장 or 관리자. Names are as this person may see them; the look is noted.
    """
    desk.require(Right.SEE_RETENTION)
    day = on or desk.clock.today()
    with desk.store.read() as connection:
        hindered = _hindered(connection, day)
        found = [
            _due_row(desk, kept, end, hindered.get(kept.id, ""))
            for kept in _kept(desk, connection)
            if (end := end_of(kept.life, terms())) is not None and end.is_due(day)
        ]
    desk.note_view("retention", [row.person for row in found], {"on": day.isoformat()})
    return tuple(sorted(found, key=lambda row: (row.since, row.name)))


def separate(
    desk: Desk,
    people: Sequence[UUID],
    basis: str,
    until: dt.date,
    *,
    early: bool = False,
    operation_id: UUID | None = None,
) -> int:
    """Set people apart (분리보관): one blob under each one's own key, placeholders everywhere else; return how many.

    Raises Refusal without a basis, for a day that is not to come, and as `dispose` for who is not due.
    """
    if until <= desk.clock.today():
        raise Refusal(f"분리보관 기한({korean_date(until)})은 오늘 뒤의 날이어야 합니다. 바꾼 것이 없습니다.")
    chosen = _chosen(people)

    def body(work: Work) -> dict[str, Any]:
        allowed = _allowed(work, chosen, early=early)
        for one in allowed:
            if one.life.separated_until is not None:
                raise Refusal(
                    "이미 분리보관한 사람이 있어 아무것도 바꾸지 않았습니다. 그 사람을 빼고 다시 하십시오."
                )
        kept = _with_merged(work, allowed)
        keys = desk.store.person_keys(work.connection, [one.id for one in kept])
        whole = {one.id: _read_fields(work.connection, keys[one.id], one.id) for one in kept}
        who = {person_id: erasing.identity_of(fields) for person_id, fields in whole.items()}
        _refuse_naming((basis,), who.values())
        number = erasing.next_placeholder(work.connection, Then.SEPARATE)
        stand_ins: dict[str, str] = {}
        for at, (person_id, fields) in enumerate(whole.items()):
            stand_in = placeholder(Then.SEPARATE, number + at)
            stand_ins |= dict.fromkeys(who[person_id].words, stand_in)
            erasing.blank(work.connection, person_id, stand_in)
            work.connection.execute(
                sa.insert(store.separation).values(
                    person_id=person_id,
                    sealed=_seal(keys[person_id], person_id, fields),
                    until=until,
                    basis=clean(basis),
                    user_id=desk.actor.user_id,
                    at=work.at,
                )
            )
            detail = {"until": until.isoformat(), "basis": clean(basis)}
            work.log("erase.separate", "retention", person_id, detail)
        erasing.scrub(work.connection, stand_ins)
        work.subjects.add("people")
        return {"people": len(chosen)}

    done = desk.perform(Right.ERASE, "erase.separate", body, operation_id, title="분리보관")
    _wipe(desk)
    return int(done["people"])


def list_apart(desk: Desk) -> tuple[Apart, ...]:
    """Everybody who is set apart, the first to end first; it names nobody."""
    desk.require(Right.SEE_RETENTION)
    with desk.store.read() as connection:
        names = {one.id: one.name for one in store.list_kept(connection)}
        return tuple(
            Apart(row.person, names[row.person], row.at.date(), row.until, row.basis)
            for row in store.list_separations(connection)
            if row.person in names  # a merged one's blob goes with that of the person it was merged into
        )


def read_separated(desk: Desk, person_id: UUID, purpose: str) -> Separated:
    """Read back who was set apart; the purpose and the look stand in the access log.

    Raises NotAllowed unless 팀장 or 단장, Refusal without a purpose or where nobody was set apart.
    """
    desk.require(Right.ERASE)
    if not clean(purpose):
        raise Refusal("분리보관한 자료를 보는 목적을 적어 주십시오.")
    with desk.store.read() as connection:
        row = store.find_separation(connection, person_id)
        keys = desk.store.person_keys(connection, [person_id])
    if row is None or person_id not in keys:
        raise Refusal("분리보관한 사람이 아니거나 이미 파기했습니다.")
    desk.note_access("erase.read", "retention", {"purpose": clean(purpose)}, [person_id])
    return Separated(person_id, _open(keys[person_id], row), row.basis, row.until)


def dispose(
    desk: Desk,
    people: Sequence[UUID],
    basis: str,
    method: str = METHOD,
    *,
    approved: Approved,
    early: bool = False,
    memo: str = "",
    operation_id: UUID | None = None,
) -> Disposed:
    """Dispose of people for good (파기): keys destroyed, every identifying column blanked, a line in the 파기대장.

    Sums, counts and both log chains stay as they were; it is never undone. `early` is for a person's own request
    (정보주체 요구), which the basis then names. Raises Refusal with nothing changed where somebody is still inside a
    course, is still to be paid, or is not due; where what is written names one of them; without an approver.
    """
    chosen = _chosen(people)

    def body(work: Work) -> dict[str, Any]:
        kept = _with_merged(work, _allowed(work, chosen, early=early))
        everybody = [one.id for one in kept]
        keys = desk.store.person_keys(work.connection, everybody)
        whole = {one.id: _whole(work.connection, keys[one.id], one) for one in kept}
        who = {person_id: erasing.identity_of(fields) for person_id, fields in whole.items()}
        _refuse_naming((basis, method, memo, approved.memo), who.values())
        number = erasing.next_placeholder(work.connection, Then.DISPOSE)
        files: list[str] = []
        stand_ins: dict[str, str] = {}
        for at, one in enumerate(kept):
            stand_in = placeholder(Then.DISPOSE, number + at)
            words = (one.name, *who[one.id].words)  # the placeholder too of who was set apart
            stand_ins |= dict.fromkeys(words, stand_in)
            erasing.blank(work.connection, one.id, stand_in)
            files += erasing.destroy(work.connection, one.id, work.at)
        erasing.scrub(work.connection, stand_ins)
        told = f"정보주체 요구 · {clean(basis)}" if early else clean(basis)
        disposal_id = _register(work, everybody, len(chosen), told, clean(method), clean(memo))
        approvals.add(work, "disposal", disposal_id, approved)
        lines = erasing.naming_lines(work.connection, {one.name for one in who.values()})
        gone = [str(one) for one in everybody]
        return {"disposal": str(disposal_id), "files": files, "lines": lines, "gone": gone}

    done = desk.perform(Right.ERASE, "erase.dispose", body, operation_id, title="파기")
    with trouble.telling(desk.store.folder, files=True):
        disposed.remember(desk.store.folder, map(UUID, done["gone"]), desk.clock.today())
    _wipe(desk, done["files"])
    with desk.store.read() as connection:
        rows = store.list_disposals(connection)
    row = next(one for one in rows if str(one.id) == done["disposal"])
    return Disposed(row, int(done["lines"]))


def list_disposals(desk: Desk, year: int | None = None) -> tuple[DisposalRow, ...]:
    """The 파기대장 in its order, of one year or all; it names nobody."""
    desk.require(Right.SEE_RETENTION)
    with desk.store.read() as connection:
        return store.list_disposals(connection, year)


def returned_words(desk: Desk) -> tuple[str, ...]:
    """What to say where people who were disposed of are there again, because a backup from before was put back."""
    with desk.store.read() as connection:
        count = sum(one.life.disposed_on is not None for one in _kept(desk, connection))
    if not count:
        return ()
    words = (
        f"파기한 사람 {count}명이 되돌린 백업에서 되살아났습니다. [관리 → 개인정보]에서 다시 파기하십시오."
    )
    return (words,)


def _kept(desk: Desk, connection: sa.Connection) -> tuple[Kept, ...]:
    """Everybody who is kept; who was disposed of before a restore is told by the file beside the store."""
    gone = disposed.remembered(desk.store.folder)
    return tuple(
        replace(one, life=replace(one.life, disposed_on=gone.get(one.id)))
        for one in store.list_kept(connection)
    )


def _due_row(desk: Desk, kept: Kept, end: End, hindrance: str) -> DueRow:
    apart = end.group is Group.SEPARATED  # a placeholder stands there already
    return DueRow(
        person=kept.id,
        name=kept.name if apart else desk.masking.show_name(kept.name),
        birth="" if apart else desk.masking.show_birth(kept.birth),
        group=end.group,
        reason=end.reason,
        since=end.until + _DAY,
        then=end.then,
        hindrance=hindrance,
    )


def _hindered(connection: sa.Connection, on: dt.date) -> dict[UUID, str]:
    """What keeps people from being erased, whoever asks."""
    found = dict.fromkeys(store.with_open_money(connection), _OPEN_MONEY)
    return found | dict.fromkeys(store.in_open_course(connection, on), _OPEN_COURSE)


def _chosen(people: Sequence[UUID]) -> tuple[UUID, ...]:
    if not people:
        raise Refusal("고른 사람이 없어 바꾼 것이 없습니다. 목록에서 사람을 고르십시오.")
    return tuple(dict.fromkeys(people))


def _allowed(work: Work, chosen: Sequence[UUID], *, early: bool) -> tuple[Kept, ...]:
    """The chosen people as they are kept now; raise Refusal naming each who may not be touched."""
    today = work.desk.clock.today()
    known = {one.id: one for one in _kept(work.desk, work.connection)}
    if any(person_id not in known for person_id in chosen):
        raise Refusal(
            "없는 사람이거나 이미 파기한 사람이 있어 아무것도 바꾸지 않았습니다. 목록을 새로 보십시오."
        )
    kept = tuple(known[person_id] for person_id in chosen)
    hindered = _hindered(work.connection, today)
    problems = []
    for one in kept:
        end = end_of(one.life, terms())
        if one.id in hindered:
            problems.append(Item(one.name, hindered[one.id]))
        elif not early and (end is None or not end.is_due(today)):
            when = f"{korean_date(end.until)}까지 보관" if end else "보존기간이 아직 시작되지 않음"
            problems.append(Item(one.name, when))
    if problems:
        raise Refusal(
            f"{len(problems)}명은 지금 처리할 수 없어 아무것도 바꾸지 않았습니다: {problems[0].message}. "
            "본인이 요구한 것이면 '정보주체 요구'로 하십시오.",
            items=tuple(problems),
        )
    return kept


def _with_merged(work: Work, kept: Sequence[Kept]) -> tuple[Kept, ...]:
    """These people and whoever was merged into them: one person's data ends together."""
    return (*kept, *store.list_merged_kept(work.connection, {one.id for one in kept}))


def _refuse_naming(texts: Iterable[str], people: Iterable[Identity]) -> None:
    """The register and the logs cannot be changed: who is erased must not be named there."""
    basis, *_ = texts = tuple(clean(text) for text in texts)
    if not basis:
        raise Refusal("근거를 적어 주십시오(예: 보존기간 만료, 본인 요구서 접수번호). 바꾼 것이 없습니다.")
    if any(word in text for one in people for word in one.words for text in texts):
        raise Refusal(
            "근거·방법·메모에 처리할 사람의 이름이나 연락처가 있어 바꾸지 않았습니다. 대장에는 사람을 알아볼 내용을 적지 마십시오."
        )


def _read_fields(connection: sa.Connection, key: bytes, person_id: UUID) -> dict[str, str | None]:
    """Everything that identifies a person, as text."""
    row = connection.execute(sa.select(person).where(person.c.id == person_id)).one()
    fields = {name: getattr(row, name) for name in FIELDS}
    return {
        **fields,
        "birth": row.birth.isoformat(),
        "account": contact.open_account(key, person_id, row.account_sealed),
    }


def _seal(key: bytes, person_id: UUID, fields: Mapping[str, str | None]) -> bytes:
    return sealing.seal(key, canonical(fields).encode(), _CONTEXT + person_id.bytes)


def _open(key: bytes, row: SeparationRow) -> dict[str, str | None]:
    return dict(json.loads(sealing.unseal(key, row.sealed, _CONTEXT + row.person.bytes)))


def _whole(connection: sa.Connection, key: bytes, one: Kept) -> dict[str, str | None]:
    """Who somebody is, wherever it is kept."""
    apart = store.find_separation(connection, one.id)
    return _read_fields(connection, key, one.id) if apart is None else _open(key, apart)


def _register(work: Work, records: Sequence[UUID], people: int, basis: str, method: str, memo: str) -> UUID:
    """The line of the 파기대장 with whom it concerned, by id; merged records are one person's."""
    disposal_id, today = new_id(), work.at.date()
    number = store.next_number(work.connection, store.disposal, today.year)
    until = rules.backups_until(today, terms())
    work.connection.execute(
        sa.insert(store.disposal).values(
            id=disposal_id,
            number=number,
            year=today.year,
            on=today,
            basis=basis,
            items=list(ITEMS),
            people=people,
            method=method,
            backups_until=until,
            memo=memo,
            user_id=work.desk.actor.user_id,
            at=work.at,
        )
    )
    rows = [{"disposal_id": disposal_id, "person_id": person_id} for person_id in records]
    work.connection.execute(sa.insert(store.disposal_person), rows)
    detail = {"number": f"{today.year}-{number}", "people": people, "basis": basis}
    work.log("erase.dispose", "retention", disposal_id, detail)
    work.subjects |= {"people", "courses"}
    return disposal_id


def _wipe(desk: Desk, files: Sequence[str] = ()) -> None:
    try:
        erasing.wipe(desk.store, files)
    except StoreError as error:
        raise type(error)(
            f"처리는 끝나 저장되었습니다. 다만 파일의 빈 자리와 첨부를 다 지우지 못했습니다. {error.message} 다음 분리보관·파기 때 다시 지웁니다."
        ) from error
