"""Writing an applicants' list: plain tuples in few statements, for ten thousand rows must not take long."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from regional_desk.domain.recruitment import Stage
from regional_desk.exchange.applicants import ApplicantRow
from regional_desk.services.desk import Work
from regional_desk.services.importing.import_plan import TakenBack
from regional_desk.services.recruitment import contact
from regional_desk.store import imports as store
from regional_desk.store import sealing
from regional_desk.store.ids import new_raw_id
from regional_desk.store.imports import KnownRow
from regional_desk.store.metadata import to_microseconds

Mac = Callable[[str | None], bytes | None]


class NewPerson(NamedTuple):
    """Somebody who is not in the office yet; `mac` is the keyed hash the account is found by. A tuple, as rows are."""

    id: UUID
    row: ApplicantRow
    review: str | None
    hold: str | None
    mac: bytes | None


@dataclass(frozen=True, slots=True)
class Update:
    """Somebody whose record gets the `changed` columns, or only an application of this year where it is empty."""

    now: KnownRow
    row: ApplicantRow
    changed: dict[str, Any]
    hold: str | None

    @property
    def columns(self) -> dict[str, Any]:
        """What changes in the person's own row."""
        told = {name: value for name, value in self.changed.items() if name not in ("track", "round")}
        if self.hold and {"account", "bank", "account_holder"} & set(told):
            told["account_hold"] = self.hold
        return told


def write(
    work: Work,
    import_id: UUID,
    new: Sequence[NewPerson],
    updates: Sequence[Update],
    mac: Mac,
    round_id: UUID | None,
) -> TakenBack:
    """Write new people with their keys and applications and the changes of others; return what takes the changes back."""
    drawn = os.urandom(sealing.KEY_BYTES * len(new))
    keys = {
        one.id: drawn[at * sealing.KEY_BYTES : (at + 1) * sealing.KEY_BYTES] for at, one in enumerate(new)
    }
    _insert(work, new, keys)
    known = work.desk.store.person_keys(work.connection, [one.now.id for one in updates])
    applied = [(one.now.id, one.row) for one in updates if one.now.stage is None]
    made = _apply(work, import_id, round_id, [*((one.id, one.row) for one in new), *applied])
    parts = [work.seal(known, one.now.id, part) for one, part in _update(work, updates, known, mac, made)]
    told = [work.seal(keys, one.id, _logged(one.row)) for one in new]
    counts = {"new": len(new), "updated": len(updates)}
    work.log("import.applicants", "people", import_id, counts, [*told, *parts])
    return TakenBack({"people": len(new)}, tuple(parts))


def _logged(row: ApplicantRow) -> dict[str, Any]:
    return {"name": row.name, "birth": row.birth.isoformat(), "phone": row.phone, "row": row.row}


def _insert(work: Work, new: Sequence[NewPerson], keys: Mapping[UUID, bytes]) -> None:
    if not new:
        return
    at, by, quick = to_microseconds(work.at), bytearray(work.desk.actor.user_id.bytes), store.quick
    rows: list[tuple[Any, ...]] = []
    for one in new:
        row = one.row
        sex = row.sex.value if row.sex else ""
        plain = (sex, row.phone or "", row.email or "", row.address or "", row.education or "")
        paid = (row.major or "", row.bank.code if row.bank else "", row.holder or "", one.hold or "")
        account: tuple[Any, ...] = ("", "", "", "")
        if row.account is not None:
            sealed = contact.seal_account(keys[one.id], one.id, row.account)
            account = (bytearray(sealed), quick(one.mac), row.account[-4:], by)
        birth = row.birth.isoformat()
        key = bytearray(one.id.bytes)
        rows.append((key, row.name, birth, *plain, *paid, *account, one.review or "", at))
    store.write(work.connection, "person", rows)
    work.desk.store.keep_person_keys(work.connection, keys)


def _apply(
    work: Work, import_id: UUID, round_id: UUID | None, people: Sequence[tuple[UUID, ApplicantRow]]
) -> dict[UUID, bytes]:
    """An application with its first step for each; return their ids by person."""
    year, today = work.desk.office.programme_year, work.at.date().isoformat()
    stage, chosen = Stage.APPLIED.value, store.quick(None if round_id is None else round_id.bytes)
    made = {person: new_raw_id() for person, _ in people}
    source, rows = bytearray(import_id.bytes), []
    for person, row in people:
        track = row.track.value if row.track else ""
        own = bytearray(made[person])
        rows.append((own, bytearray(person.bytes), year, track, stage, today, source, chosen))
    store.write(work.connection, "application", rows)
    steps = [(bytearray(new_raw_id()), row[0], stage, today) for row in rows]
    store.write(work.connection, "step", steps)
    return made


def _update(
    work: Work,
    updates: Sequence[Update],
    keys: Mapping[UUID, bytes],
    mac: Mac,
    made: Mapping[UUID, bytes],
) -> list[tuple[Update, dict[str, Any]]]:
    """Write the changes; return for each what the log keeps of it and what takes it back, as one value."""
    paid = [one.now.id for one in updates if "account" in one.changed and one.now.id in keys]
    before = store.accounts_of(work.connection, paid)
    plain, accounts, applications = [], [], []
    told = []
    by = work.desk.actor.user_id
    for one in updates:
        now, columns = one.now, one.columns
        old: dict[str, Any] = {name: getattr(now, name) for name in columns if name != "account"}
        if columns:
            values = (store.quick(columns.get(name, getattr(now, name))) for name in store.PLAIN)
            plain.append((*values, now.id.bytes))
        if now.id in before:
            sealed, set_by = before[now.id]
            account = one.changed["account"]
            old["account"] = contact.open_account(keys[now.id], now.id, sealed)
            old["account_changed_by"] = None if set_by is None else str(set_by)
            new = contact.seal_account(keys[now.id], now.id, account)
            accounts.append((new, mac(account), account[-4:], by.bytes, now.id.bytes))
        part = {
            "import": True,
            "old": old,
            "new": {**columns, **({"track": one.changed["track"]} if "track" in one.changed else {})},
            "version": now.version + 1 if columns else now.version,
        }
        if now.id in made:
            part["application"] = {"id": str(UUID(bytes=made[now.id])), "made": True, "version": 1}
        elif now.application is not None and {"track", "round"} & set(one.changed):
            round_id = one.changed.get("round", now.round)
            chosen = store.quick(None if round_id is None else round_id.bytes)
            track = store.quick(one.changed.get("track", now.track))
            applications.append((track, chosen, now.application.bytes))
            part["application"] = _application_before(now)
        told.append((one, part))
    store.write(work.connection, "plain", plain)
    store.write(work.connection, "account", accounts)
    store.write(work.connection, "track", applications)
    return told


def _application_before(now: KnownRow) -> dict[str, Any]:
    return {
        "id": str(now.application),
        "made": False,
        "version": (now.application_version or 0) + 1,
        "track": now.track,
        "round": None if now.round is None else str(now.round),
    }
