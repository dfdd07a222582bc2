"""The plan of a list of wishes (희망순위): whom and what it names enters the round, an empty cell clears nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.matching_rounds import merged_wishes
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.tables import RowError
from regional_desk.exchange.layout import Layout
from regional_desk.exchange.preferences import ImportedWishes, ParsedWishes, parse
from regional_desk.exchange.spreadsheets import Sheet
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing import import_undo_matching as taking_back
from regional_desk.services.importing.import_plan import Plan, TakenBack
from regional_desk.services.matching import entries, wishes
from regional_desk.services.matching.naming import Offers, Trainees
from regional_desk.services.matching.rounds import SUBJECT, require_editable
from regional_desk.store import matching_rounds as store
from regional_desk.store.matching_rounds import OfferRow, TraineeRow

_TOGETHER = "이 사람의 다른 행에 오류가 있어 희망순위 전체를 넣지 않았습니다."


@dataclass(slots=True)
class _Person:
    """What the file says of one person: position by rank, the rows it stands in."""

    who: TraineeRow
    rows: list[int] = field(default_factory=list)
    given: dict[int, UUID] = field(default_factory=dict)
    bad: bool = False


@dataclass(frozen=True, slots=True)
class _Change:
    """Somebody's wishes before and after."""

    trainee: UUID
    before: tuple[UUID, ...]
    after: tuple[UUID, ...]


def plan(desk: Desk, connection: sa.Connection, sheet: Sheet, layout: Layout, round_id: UUID) -> Plan:
    """What the list brings to a round: new wishes, changed ones, the same ones; people and positions it names enter it.

    Somebody with one bad row is left out whole, for ranks would close up over it. Raises Refusal where the round was
    adopted or published.
    """
    desk.require(Right.EDIT_MATCHING)
    require_editable(connection, round_id)
    parsed = parse(sheet, layout)
    reading = _Reading(desk, connection, layout, round_id, parsed)
    for row in parsed.rows:
        reading.take(row)
    return reading.plan()


class _Reading:
    """Rows become people, people become changes."""

    def __init__(
        self, desk: Desk, connection: sa.Connection, layout: Layout, round_id: UUID, parsed: ParsedWishes
    ) -> None:
        self._trainees = Trainees(desk, connection, round_id)
        self._offers = Offers.of_round(connection, round_id)
        self._inside = {one.id for one in store.list_offers(connection, round_id)}
        self._before = store.list_wishes(connection, round_id)
        self._layout, self._round_id, self._parsed = layout, round_id, parsed
        self._titles: dict[UUID, str] = {one.id: one.title for one in store.list_offers(connection, round_id)}
        self._people: dict[UUID, _Person] = {}
        self._changes: list[_Change] = []
        self.made = Plan(lambda work, import_id: _apply(work, import_id, round_id, self._changes))
        self.made.read, self.made.errors = parsed.read, list(parsed.errors)

    def take(self, row: ImportedWishes) -> None:
        """One good row of the file."""
        try:
            who = self._trainees.find(row.name, row.birth)
        except Refused as refused:
            self._fail(row.row, self._layout.heading("name"), row.name, str(refused))
            return
        person = self._people.setdefault(who.id, _Person(who))
        if self._parsed.wide and person.rows:
            self.made.skipped += 1
            self.made.notices.append(
                f"{row.row}행 {row.name}: {person.rows[0]}행과 같은 사람이라 건너뜁니다."
            )
            return
        person.rows.append(row.row)
        if (row.name, row.birth) in self._parsed.refused and not self._parsed.wide:
            person.bad = True
        for wish in row.wishes:
            text = " ".join(one for one in (wish.company, wish.job) if one)
            try:
                offer = self._offers.find(wish.company, wish.job, who.track)
                self._put(person, wish.rank, offer)
            except Refused as refused:
                person.bad = True
                self._fail(row.row, wish.heading, text, str(refused))

    def _put(self, person: _Person, rank: int, offer: OfferRow) -> None:
        if rank in person.given:
            raise Refused(f"{rank}순위가 두 번 적혀 있습니다.")
        if offer.id in person.given.values():
            raise Refused(f"{offer.title}을(를) 두 번 희망했습니다.")
        person.given[rank] = offer.id
        self._titles[offer.id] = offer.title

    def _fail(self, row: int, column: str, value: str, message: str) -> None:
        self.made.errors.append(RowError(row, column, value, message))

    def plan(self) -> Plan:
        """Counts and lines of all rows."""
        for person in self._people.values():
            if person.bad:
                self._leave_out(person)
            else:
                self._count(person)
        joining = sum(one.trainee not in self._trainees.inside for one in self._changes)
        wanted = {position for one in self._changes for position in one.after} - self._inside
        if joining:
            self.made.notices.append(f"차수에 없던 교육생 {joining}명을 함께 넣습니다.")
        if wanted:
            self.made.notices.append(f"차수에 없던 직무 {len(wanted)}개를 함께 넣습니다.")
        self.made.errors.sort(key=lambda error: error.row)
        return self.made

    def _leave_out(self, person: _Person) -> None:
        """The person's good rows are errors too: a row is either taken or listed."""
        listed = {error.row for error in self.made.errors}
        for row in person.rows:
            if row not in listed:
                self._fail(row, self._layout.heading("name"), person.who.name, _TOGETHER)

    def _count(self, person: _Person) -> None:
        before = self._before.get(person.who.id, ())
        after = merged_wishes(before, person.given)
        rows = len(person.rows)
        if after == before:
            self.made.unchanged += rows
            return
        self._changes.append(_Change(person.who.id, before, after))
        if not before:
            self.made.new += rows
            ranks = sorted(person.given)
            if ranks != list(range(1, len(ranks) + 1)):
                self.made.notices.append(
                    f"{person.rows[0]}행 {person.who.name}: 빈 순위가 있어 뒤의 희망을 앞으로 당겨 넣습니다."
                )
            return
        self.made.updated += rows
        self.made.changes.append(
            f"{person.rows[0]}행 {person.who.name}: 희망순위 {self._shown(before)} → {self._shown(after)}"
        )

    def _shown(self, positions: Sequence[UUID]) -> str:
        return ", ".join(f"{rank} {self._titles[one]}" for rank, one in enumerate(positions, 1))


def _apply(work: Work, import_id: UUID, round_id: UUID, changes: Sequence[_Change]) -> TakenBack | None:
    require_editable(work.connection, round_id)
    joined = set(entries.join(work, round_id, [one.trainee for one in changes]))
    entered = entries.enter(work, round_id, [at for one in changes for at in one.after])
    after: Mapping[UUID, tuple[UUID, ...]] = {one.trainee: one.after for one in changes}
    if after:
        wishes.write_wishes(work, round_id, after)
    keys = work.desk.store.person_keys(work.connection, list(after))
    titles = {one.id: one.title for one in store.list_offers(work.connection, round_id)}
    values = [work.seal(keys, one, {"wishes": [titles[at] for at in told]}) for one, told in after.items()]
    work.log("import.preferences", SUBJECT, import_id, {"round": str(round_id), "people": len(after)}, values)
    parts = [
        work.seal(
            keys, one.trainee, taking_back.wishes_part(one.before, one.after, joined=one.trainee in joined)
        )
        for one in changes
    ]
    return TakenBack(taking_back.scope(round_id, entered), tuple(parts))
