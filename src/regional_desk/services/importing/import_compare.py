"""A file beside the last one of the same sender: who is new, who is missing, whose row says something else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from regional_desk.exchange.applicants import ApplicantRow
from regional_desk.services.desk import Desk
from regional_desk.services.importing.import_plan import Comparison, Plan
from regional_desk.store import imports as store
from regional_desk.store.people import list_people

COLUMN_LABELS = {
    "account": "계좌번호",
    "bank": "은행",
    "account_holder": "예금주",
    "sex": "성별",
    "phone": "연락처",
    "email": "이메일",
    "address": "주소",
    "education": "최종학력",
    "major": "전공",
    "track": "트랙",
    "round": "차수",
}
PAID_TO = frozenset({"account", "bank", "account_holder"})


@dataclass(slots=True)
class File:
    """The people of the file in hand: raw id, digest, row, and which columns differ from the office's record."""

    named: list[tuple[bytes, bytes]] = field(default_factory=list)
    rows: list[tuple[ApplicantRow, tuple[str, ...]]] = field(default_factory=list)

    def add(self, person: bytes, digest: bytes, row: ApplicantRow, changed: tuple[str, ...] = ()) -> None:
        """Count a person in."""
        self.named.append((person, digest))
        self.rows.append((row, changed))


def compare(
    desk: Desk, connection: sa.Connection, made: Plan, file: File, sender: str, refused: Iterable[UUID | None]
) -> None:
    """Fill in the plan's comparison, None where this is the sender's first file; a refused row's person is not missing."""
    last = store.last_of_sender(connection, "applicants", sender)
    if last is None:
        return
    before = store.digests_of(connection, last.id)
    fresh: list[str] = []
    changed: list[tuple[bool, str]] = []
    for (person, digest), (row, columns) in zip(file.named, file.rows, strict=True):
        if person not in before:
            fresh.append(f"{row.row}행 {row.name}")
        elif before[person] != digest:
            changed.append((bool(PAID_TO & set(columns)), _line(row, columns)))
    here = {person for person, _ in file.named} | {one.bytes for one in refused if one is not None}
    gone = [UUID(bytes=person) for person in before if person not in here]
    made.missing = tuple(gone)
    made.compared = Comparison(
        sender=sender,
        file_name=last.file_name,
        at=last.at,
        new=tuple(fresh),
        missing=_names(desk, connection, gone),
        changed=tuple(line for _, line in sorted(changed, key=lambda one: not one[0])),
    )


def _line(row: ApplicantRow, columns: tuple[str, ...]) -> str:
    """What of a changed row differs from the office's record; the digest tells only that the row is another."""
    told = ", ".join(COLUMN_LABELS[name] for name in columns)
    return f"{row.row}행 {row.name}: " + (f"{told} 바뀜" if told else "사무소 자료와는 같음")


def _names(desk: Desk, connection: sa.Connection, people: list[UUID]) -> tuple[str, ...]:
    shown = desk.masking
    rows = list_people(connection, desk.office.programme_year, people) if people else ()
    return tuple(f"{shown.show_name(row.name)} ({shown.show_birth(row.birth)})" for row in rows)
