"""Writing an applicants' list: plain tuples in few statements, for ten thousand rows must not take long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

_NOBODY = ("",) * (store.STAGED.index("application") - store.STAGED.index("name"))


class NewPerson(NamedTuple):
    """Somebody who is not in the office yet; `mac` is the keyed hash the account is found by. A tuple, as rows are."""

    id: bytes
    row: ApplicantRow
    digest: bytes
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
    mac: bytes | None

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
    met: Sequence[tuple[bytes, bytes]],
    round_id: UUID | None,
) -> TakenBack:
    """Write new people with their keys and applications and the changes of others; return what takes the changes back.

    `met` are those of the file who are in the office already: raw id, and the digest of what the file says of them.
    The line of the log keeps values of the changed ones only: of a new one it would repeat the record, and the
    application's `import_id` leads from the person to the line.
    """
    applied = {one.now.id.bytes: (new_raw_id(), one.row) for one in updates if one.now.stage is None}
    staged = [_met(person, digest, *applied.get(person, (None, None))) for person, digest in met]
    store.take_in(work.connection, [*_new(work, new), *staged], _about(work, import_id, round_id))
    keys = work.desk.store.person_keys(work.connection, [one.now.id for one in updates])
    changed = _update(work, updates, keys, {person: made for person, (made, _) in applied.items()})
    parts = [work.seal(keys, one.now.id, part) for one, part in changed]
    counts = {"new": len(new), "updated": len(updates)}
    work.log("import.applicants", "people", import_id, counts, parts)
    return TakenBack({"people": len(new)}, tuple(parts))


def _about(work: Work, import_id: UUID, round_id: UUID | None) -> dict[str, Any]:
    """What is the same for all of a file."""
    return {
        "by": work.desk.actor.user_id.bytes,
        "at": to_microseconds(work.at),
        "year": work.desk.office.programme_year,
        "stage": Stage.APPLIED.value,
        "today": work.at.date().isoformat(),
        "source": import_id.bytes,
        "round": None if round_id is None else round_id.bytes,
    }


def _new(work: Work, new: Sequence[NewPerson]) -> Iterator[tuple[Any, ...]]:
    """The staged rows of new people, made column by column."""
    if not new:
        return iter(())
    ids, rows, digests, reviews, holds, macs = zip(*new, strict=True)
    _, names, births, sexes, phones, emails, addresses, tracks, *school, banks, accounts, holders = zip(
        *rows, strict=True
    )
    keys = sealing.new_keys(len(new))
    sealed = contact.seal_accounts(list(zip(keys, ids, accounts, strict=True)))
    wrapped = work.desk.store.wrap_person_keys(list(zip(keys, ids, strict=True)))
    told = (sexes, phones, emails, addresses, *school, [bank and bank.code for bank in banks], holders, holds)
    return zip(
        _blobs(ids),
        names,
        [birth.isoformat() for birth in births],
        *map(_texts, told),
        _blobs(sealed),
        _blobs(macs),
        _texts(account and account[-4:] for account in accounts),
        _texts(reviews),
        _blobs(wrapped),
        _blobs(new_raw_id() for _ in new),
        _blobs(new_raw_id() for _ in new),
        _texts(tracks),
        _blobs(digests),
        strict=True,
    )


def _texts(values: Iterable[str | None]) -> list[str]:
    """A column of texts as `store.quick` makes them one by one."""
    return [str(value) if value else "" for value in values]


def _blobs(values: Iterable[bytes | None]) -> list[bytearray | str]:
    """A column of bytes as `store.quick` makes them one by one."""
    return [bytearray(value) if value else "" for value in values]


def _met(person: bytes, digest: bytes, made: bytes | None, row: ApplicantRow | None) -> tuple[Any, ...]:
    """The staged row of somebody who is in the office already, with the application they get, if one."""
    step = None if made is None else new_raw_id()
    track = str(row.track or "") if row else ""
    return (bytearray(person), *_NOBODY, store.quick(made), store.quick(step), track, bytearray(digest))


def _update(
    work: Work,
    updates: Sequence[Update],
    keys: Mapping[UUID, bytes],
    made: Mapping[bytes, bytes],
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
            accounts.append((new, one.mac, account[-4:], by.bytes, now.id.bytes))
        part = {
            "import": True,
            "old": old,
            "new": {**columns, **({"track": one.changed["track"]} if "track" in one.changed else {})},
            "version": now.version + 1 if columns else now.version,
        }
        if now.id.bytes in made:
            part["application"] = {"id": str(UUID(bytes=made[now.id.bytes])), "made": True, "version": 1}
        elif now.application is not None and {"track", "round"} & set(one.changed):
            round_id = one.changed.get("round", now.round)
            chosen = store.quick(None if round_id is None else round_id.bytes)
            track = store.quick(one.changed.get("track", now.track))
            applications.append((track, chosen, now.application.bytes))
            part["application"] = _application_before(now)
        told.append((one, part))
    store.change(work.connection, "plain", plain)
    store.change(work.connection, "account", accounts)
    store.change(work.connection, "track", applications)
    return told


def _application_before(now: KnownRow) -> dict[str, Any]:
    return {
        "id": str(now.application),
        "made": False,
        "version": (now.application_version or 0) + 1,
        "track": now.track,
        "round": None if now.round is None else str(now.round),
    }
