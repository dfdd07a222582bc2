"""Taking an applicants' list back, person by person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.text import korean_date
from regional_desk.services.desk import Work
from regional_desk.services.recruitment import contact
from regional_desk.store import audit, undo
from regional_desk.store import imports as store
from regional_desk.store.accounts import list_users
from regional_desk.store.imports import BatchRow
from regional_desk.store.people import application, person

_OTHER = "다른 기록이 있음"
_WHAT = {
    "allowance_hold": "훈련수당 보류가 있음",
    "allowance_row": "훈련수당에 들어 있음",
    "application": "다른 해에도 지원함",
    "attendance": "출결 기록이 있음",
    "consent": "동의 기록이 있음",
    "counselling": "상담 기록이 있음",
    "eligibility_answer": "자격을 확인함",
    "import_row": "다른 파일에도 들어 있음",
    "membership": "교육과정에 등록됨",
    "nonpayable_span": "지급 제외 기간이 있음",
    "person": "합쳐진 사람이 있음",
    "person_document": "서류가 있음",
    "person_merge": "다른 사람과 합쳐짐",
    "rating": "심사 점수가 있음",
}
_CHANGED = "그 뒤에 자료가 바뀜"
_MOVED = "그 뒤에 지원 단계나 트랙이 바뀜"
_GONE = "파기·분리보관됨"


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody (or something) left as it is: what touched it since, who last did and when; `person` None for no person."""

    name: str
    what: str
    by: str
    person: UUID | None = None


@dataclass(slots=True)
class Outcome:
    """What was taken back, what was left, and the sealed values of the log line."""

    deleted: int = 0
    restored: int = 0
    kept: list[Kept] = field(default_factory=list)
    values: list[tuple[UUID, bytes]] = field(default_factory=list)


def take_back(work: Work, batch: BatchRow) -> Outcome:
    """Delete the import's new people and give its changed ones their old values, as far as nobody touched them since."""
    found = Outcome()
    sealed = undo.read_parts(work.connection, batch.id)
    keys = work.desk.store.person_keys(work.connection, [person_id for person_id, _ in sealed])
    parts = {person_id: work.desk.unseal(keys, person_id, value) for person_id, value in sealed}
    _delete(work, batch, found, updated=frozenset(parts))
    for person_id, part in parts.items():
        _restore(work, person_id, part, keys, found)
    return found


def _delete(work: Work, batch: BatchRow, found: Outcome, updated: frozenset[UUID]) -> None:
    """New people are those with an application of the import who were not updated by it."""
    more = store.people_with_more(work.connection, batch.id)
    rows = [row for row in store.applications_of(work.connection, batch.id) if row.id not in updated]
    gone = []
    for row in rows:
        if row.id in more:
            what = _WHAT.get(more[row.id], _OTHER)
        elif row.version > 1:
            what = _CHANGED
        elif row.application_version > 1:
            what = _MOVED
        else:
            gone.append(row)
            continue
        found.kept.append(_kept(work, row.id, row.name, what))
    people = [row.id for row in gone]
    keys = work.desk.store.person_keys(work.connection, people)
    told = {row.id: {"name": row.name, "birth": row.birth.isoformat(), "deleted": True} for row in gone}
    found.values += [work.seal(keys, one, told[one]) for one in people if one in keys]
    found.deleted = len(people)
    store.drop_rows_of(work.connection, batch.id)
    store.drop_applications(work.connection, [row.application for row in gone])
    store.drop_people(work.connection, people)


def _restore(
    work: Work, person_id: UUID, part: Mapping[str, Any] | None, keys: Mapping[UUID, bytes], found: Outcome
) -> None:
    now = work.connection.execute(
        sa.select(person.c.name, person.c.version).where(person.c.id == person_id)
    ).one()
    what = _GONE if part is None else _why_not(work, now.version, part)
    if part is None or what is not None:
        found.kept.append(_kept(work, person_id, now.name, what or _GONE))
        return
    old = dict(part["old"])
    if old:
        columns = _columns(work, keys[person_id], person_id, old)
        work.connection.execute(
            sa.update(person).where(person.c.id == person_id).values(**columns, version=person.c.version + 1)
        )
    if part.get("application"):
        _restore_application(work, part["application"])
    found.restored += 1
    found.values.append(work.seal(keys, person_id, {"import": False, "old": part["new"], "new": old}))


def _why_not(work: Work, version: int, part: Mapping[str, Any]) -> str | None:
    """Why somebody's old values do not come back, None where they do."""
    if version != part["version"]:
        return _CHANGED
    told = part.get("application")
    if told is None:
        return None
    chosen = application.c.id == UUID(told["id"])
    now = work.connection.execute(sa.select(application.c.version).where(chosen)).scalar()
    if now != told["version"]:
        return _MOVED
    used = store.tables_with_application(work.connection, UUID(told["id"])) if told["made"] else ()
    return _WHAT.get(used[0], _OTHER) if used else None


def _columns(work: Work, key: bytes, person_id: UUID, old: dict[str, Any]) -> dict[str, Any]:
    columns = {name: value for name, value in old.items() if name not in ("account", "account_changed_by")}
    if "account" in old:
        columns |= contact.account_columns(work.desk, key, person_id, old["account"])
        by = old["account_changed_by"]
        columns["account_changed_by"] = None if by is None else UUID(by)
    return columns


def _restore_application(work: Work, told: Mapping[str, Any]) -> None:
    chosen = UUID(told["id"])
    if told["made"]:
        store.drop_applications(work.connection, [chosen])
        return
    before = {"track": told["track"], "round_id": None if told["round"] is None else UUID(told["round"])}
    work.connection.execute(
        sa.update(application)
        .where(application.c.id == chosen)
        .values(**before, version=application.c.version + 1)
    )


def _kept(work: Work, person_id: UUID, name: str, what: str) -> Kept:
    """With who last changed something about the person, and when."""
    return Kept(work.desk.masking.show_name(name), what, last_change(work, person_id), person_id)


def last_change(work: Work, person_id: UUID) -> str:
    """`2026. 8. 31. 김하나`: the newest line of the change history about somebody; empty where there is none."""
    seqs = audit.lines_about(work.connection, audit.CHANGES, person_id)
    line = audit.find_line(work.connection, audit.CHANGES, max(seqs, default=0))
    if line is None:
        return ""
    names = {row.id: row.name for row in list_users(work.connection)}
    return f"{korean_date(line.at.date())} {names.get(line.user_id, '')}".strip()
