"""Two records that may be one person: nothing is merged by itself, a person looks (rulebook section 5)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import people
from regional_desk.store.people import PersonRow, list_people

_WORDS = {
    "phone": "연락처가 같음",
    "account": "계좌가 같음",
    "birth": "생년월일이 같고 이름이 비슷함",
    "name": "이름이 같고 생년월일이 비슷함",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records that may be one person, and why."""

    first: PersonRow
    second: PersonRow
    reasons: tuple[str, ...]


def candidates(desk: Desk, about: UUID | None = None) -> tuple[Candidate, ...]:
    """Pairs that may be one person: same phone, same account, the same birth with a near name, the same name. Noted."""
    rows = people.survey_people(desk)
    with desk.store.read() as connection:
        whole = {row.id: row for row in list_people(connection, desk.office.programme_year)}
    found: dict[tuple[UUID, UUID], list[str]] = {}
    for first, second, why in _alike(whole.values()):
        if about in (None, first.id, second.id):
            found.setdefault((first.id, second.id), []).append(why)
    shown = {row.id: row for row in rows}
    pairs = tuple(Candidate(shown[one], shown[two], tuple(why)) for (one, two), why in found.items())
    if pairs:
        seen = {row.id for pair in pairs for row in (pair.first, pair.second)}
        desk.note_view("people", sorted(seen), {"by": "candidates"})
    return pairs


def _alike(rows: Iterable[PersonRow]) -> Iterator[tuple[PersonRow, PersonRow, str]]:
    """Each pair and reason once; what is alike shares a trait, so that nobody is compared with everybody."""
    groups: dict[tuple[str, object], list[PersonRow]] = {}
    for row in rows:
        for kind, trait in _traits(row):
            groups.setdefault((kind, trait), []).append(row)
    for (kind, _), some in groups.items():
        for one, other in itertools.combinations(sorted(some, key=lambda row: row.id), 2):
            yield one, other, _WORDS[kind]


def _traits(row: PersonRow) -> Iterator[tuple[str, object]]:
    """Phone, account; the birth with one syllable of the name left out; the name with one slip of the pen in the birth."""
    if row.phone:
        yield "phone", row.phone
    if row.account_mac:
        yield "account", row.account_mac
    for at in range(len(row.name)):
        yield "birth", (row.birth, row.name[:at], row.name[at + 1 :])
    year, month, day = row.birth.year, row.birth.month, row.birth.day
    for trait in ((None, month, day), (year, None, day), (year, month, None)):
        yield "name", (row.name, trait)
    if month != day:
        yield "name", (row.name, (year, *sorted((month, day)), "swapped"))
