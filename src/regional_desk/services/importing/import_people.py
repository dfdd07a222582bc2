"""The plan of an applicants' list (rulebook section 5; account safety: section 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.exchange.applicants import ApplicantRow, ParsedApplicants
from regional_desk.services.desk import Desk
from regional_desk.services.importing import import_compare, import_people_rows
from regional_desk.services.importing.import_compare import COLUMN_LABELS, PAID_TO
from regional_desk.services.importing.import_known import Known
from regional_desk.services.importing.import_people_rows import NewPerson, Update
from regional_desk.services.importing.import_plan import Plan
from regional_desk.store import imports as store
from regional_desk.store.ids import new_raw_id
from regional_desk.store.imports import KnownRow

_PLAIN = ("sex", "phone", "email", "address", "education", "major")


@dataclass(frozen=True, slots=True)
class Received:
    """Where a list came from (None: nobody said) and the recruitment round (차수) its new applications belong to."""

    sender: str | None = None
    round_id: UUID | None = None


def plan(desk: Desk, connection: sa.Connection, parsed: ParsedApplicants, received: Received) -> Plan:
    """What the list brings: new people, changed ones, the same ones, rows that repeat somebody, and what the sender's last file said."""
    made = plan_rows(desk, connection, parsed.rows, received, refused=parsed)
    made.read = parsed.read
    made.errors = list(parsed.errors)
    bad_rows = {error.row for error in parsed.errors}
    if len(bad_rows) != len(made.errors):
        made.notices.append(f"오류가 있는 행은 {len(bad_rows)}개입니다.")
    return made


def plan_rows(
    desk: Desk,
    connection: sa.Connection,
    rows: Sequence[ApplicantRow],
    received: Received | None = None,
    refused: ParsedApplicants | None = None,
) -> Plan:
    """What good rows bring, whatever file they came from; `refused` is the file whose bad rows are not missing people."""
    received = received or Received()
    people = store.read_known(connection, desk.office.programme_year)
    known = Known(desk.store.inner_keys.lookup, people, store.read_merged(connection))
    new: list[NewPerson] = []
    updates: list[Update] = []
    met: list[tuple[bytes, bytes]] = []
    lines: list[tuple[bool, str]] = []
    file = import_compare.File()
    made = Plan(
        lambda work, import_id: import_people_rows.write(
            work, import_id, new, updates, met, received.round_id
        )
    )
    made.read = len(rows)
    seen: dict[object, ApplicantRow] = {}
    for row, mac, digest in zip(rows, known.macs(rows), known.digests(rows), strict=True):
        now = known.find(row)
        first = seen.setdefault((row.name, row.birth) if now is None else now.id, row)
        if first is not row:
            made.skipped += 1
            made.notices.append(f"{row.row}행 {row.name}: {first.row}행과 같은 사람이라 건너뜁니다.")
            continue
        if now is None:
            fresh = _new(known, row, digest, mac, made)
            new.append(fresh)
            file.add(fresh.id, digest, row)
            continue
        met.append((now.id.bytes, digest))
        changed = _changed(now, row, mac, received.round_id)
        if changed or now.stage is None:
            hold = known.hold(row, mac, now, changed=_moved(now, changed))
            updates.append(Update(now, row, changed, hold, mac))
            lines += _lines(now, row, changed)
        else:
            made.unchanged += 1
        file.add(now.id.bytes, digest, row, tuple(changed))
    made.new, made.updated = len(new), len(updates)
    made.changes = [line for _, line in sorted(lines, key=lambda line: not line[0])]
    if received.sender is not None:
        again = [] if refused is None else [known.id_of(key) for key in refused.refused]
        import_compare.compare(desk, connection, made, file, received.sender, again)
    return made


def _new(known: Known, row: ApplicantRow, digest: bytes, mac: bytes | None, made: Plan) -> NewPerson:
    review = known.review(row, mac)
    if review:
        made.notices.append(f"{row.row}행 {row.name}: 확인 필요 — {review}.")
    fresh = NewPerson(new_raw_id(), row, digest, review, known.hold(row, mac), mac)
    known.add(row, mac)
    return fresh


def _changed(now: KnownRow, row: ApplicantRow, mac: bytes | None, round_id: UUID | None) -> dict[str, Any]:
    """The columns that differ, the account first; an empty cell never clears, and a round once given stays."""
    changed: dict[str, Any] = {}
    if mac is not None and mac != now.account_mac:
        changed["account"] = row.account
    told = [("bank", row.bank.code if row.bank else None), ("account_holder", row.holder)]
    told += [(name, getattr(row, name)) for name in _PLAIN]
    told.append(("track", row.track))
    for name, value in told:
        if value is not None and value != getattr(now, name):
            changed[name] = str(value)
    if round_id is not None and now.stage is not None and now.round is None:
        changed["round"] = round_id
    return changed


def _moved(now: KnownRow, changed: Mapping[str, Any]) -> bool:
    """Whether money would go elsewhere than so far; what was empty and is filled moves nothing."""
    if now.account_mac is None:
        return False
    before = {"account": now.account_mac, "bank": now.bank, "account_holder": now.account_holder}
    return any(before[name] is not None for name in PAID_TO & changed.keys())


def _lines(now: KnownRow, row: ApplicantRow, changed: dict[str, Any]) -> list[tuple[bool, str]]:
    """(whether it is where the person is paid to, the line)."""
    lines = []
    for name, value in changed.items():
        if name == "account":
            old = Masking.MASKED.show_account(now.account_tail) or "없음"
            shown = Masking.MASKED.show_account(value)
        elif name == "round":
            old, shown = "없음", "고른 차수"
        else:
            old, shown = getattr(now, name) or "없음", value
        lines.append((name in PAID_TO, f"{row.row}행 {row.name}: {COLUMN_LABELS[name]} {old} → {shown}"))
    return lines
