"""Taking a list of wishes or of interview results back, person by person, and who and what entered the round with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.matching_rounds import Interviewed, InterviewResult
from regional_desk.services.desk import Work
from regional_desk.services.importing.import_undo_people import Kept, Outcome, last_change
from regional_desk.services.matching import entries, wishes
from regional_desk.services.matching.rounds import SUBJECT
from regional_desk.store import matching as tables
from regional_desk.store import matching_rounds as store
from regional_desk.store import undo
from regional_desk.store.imports import BatchRow
from regional_desk.store.placements import names_of

_CHANGED = "그 뒤에 자료가 바뀜"
_GONE = "파기·분리보관됨"
_LOCKED = "배정을 채택했거나 결과를 공개한 차수"


def scope(round_id: UUID, entered: Sequence[UUID]) -> dict[str, Any]:
    """What an undo step keeps that names nobody: the round, and the positions that entered it."""
    return {"round": str(round_id), "positions": [str(one) for one in entered]}


def wishes_part(before: Sequence[UUID], after: Sequence[UUID], *, joined: bool) -> dict[str, Any]:
    """What takes somebody's wishes back."""
    return {
        "joined": joined,
        "old": [str(one) for one in before],
        "new": [str(one) for one in after],
    }


def interview_part(position: UUID, before: Interviewed | None, after: Interviewed) -> list[Any]:
    """What takes one interview of somebody back: the position, what stood there, and what came."""
    return [str(position), _kept(before), _kept(after)]


def take_back_wishes(work: Work, batch: BatchRow) -> Outcome:
    """Give everybody their wishes before the import, as far as nobody touched them since."""
    taking = _Taking(work, batch)
    now = store.list_wishes(work.connection, taking.round_id)
    back: dict[UUID, tuple[UUID, ...]] = {}
    for person, part in taking.parts():
        if [str(one) for one in now.get(person, ())] != part["new"]:
            taking.keep(person, _CHANGED)
            continue
        back[person] = tuple(UUID(one) for one in part["old"])
        taking.count(person, part, restored=bool(part["old"]), value={"wishes": taking.titles(part["old"])})
    if back:
        wishes.write_wishes(work, taking.round_id, back)
    return taking.finish()


def take_back_interviews(work: Work, batch: BatchRow) -> Outcome:
    """Give every interview what stood there before the import, as far as nobody touched it since."""
    taking = _Taking(work, batch)
    now = {
        (one.position, one.trainee): [one.result, one.place, one.tenths]
        for one in store.list_interviews(work.connection, taking.round_id)
    }
    back: dict[tuple[UUID, UUID], Interviewed | None] = {}
    for person, part in taking.parts():
        same = [cell for cell in part["cells"] if now.get((UUID(cell[0]), person)) == cell[2]]
        if len(same) < len(part["cells"]):
            taking.keep(person, _CHANGED)
        for position, old, _ in same:
            back[UUID(position), person] = _interviewed(person, old)
        if same:
            said = [
                wishes.interview_words(title, _interviewed(person, old))
                for position, old, _ in same
                for title in taking.titles([position])
            ]
            restored = any(cell[1] for cell in same)
            taking.count(person, part, restored=restored, value={"interviews": said})
    if back:
        wishes.write_interviews(work, taking.round_id, back)
    return taking.finish()


class _Taking:
    """One import being taken back."""

    def __init__(self, work: Work, batch: BatchRow) -> None:
        self._work, self._batch, self._found = work, batch, Outcome()
        self._scope = undo.read_scope(work.connection, batch.id)
        self.round_id = UUID(self._scope["round"])
        sealed = undo.read_parts(work.connection, batch.id)
        people = [person for person, _ in sealed]
        self._keys = work.desk.store.person_keys(work.connection, people)
        self._names = names_of(work.connection, people)
        self._parts = [(person, work.desk.unseal(self._keys, person, value)) for person, value in sealed]
        self._offers = {one.id: one.title for one in store.list_offers(work.connection, self.round_id)}
        self._joined: list[UUID] = []
        row = store.find_round(work.connection, self.round_id)
        self._locked = row is None or row.adopted_at is not None or row.published_on is not None

    def parts(self) -> list[tuple[UUID, dict[str, Any]]]:
        """What can be taken back of whom; the others are listed."""
        open_ = []
        for person, part in self._parts:
            if part is None or self._locked:
                self.keep(person, _GONE if part is None else _LOCKED)
            else:
                open_.append((person, part))
        return open_

    def keep(self, person: UUID, what: str) -> None:
        """Leave somebody as they are and say why."""
        name = self._work.desk.masking.show_name(self._names.get(person, ""))
        self._found.kept.append(Kept(name, what, last_change(self._work, person), person))

    def titles(self, positions: Sequence[str]) -> list[str]:
        """What the history calls these positions."""
        return [self._offers[UUID(one)] for one in positions if UUID(one) in self._offers]

    def count(self, person: UUID, part: dict[str, Any], *, restored: bool, value: Any) -> None:
        """Somebody was taken back: to what was there before, or to nothing."""
        self._found.restored += restored
        self._found.deleted += not restored
        self._found.values.append(self._work.seal(self._keys, person, value))
        if part["joined"]:
            self._joined.append(person)

    def finish(self) -> Outcome:
        """Take out who and what entered with the import and has nothing else in the round."""
        if not self._locked:
            leaving = [one for one in self._joined if not self._named("trainee_id", one)]
            if leaving:
                entries.leave(self._work, self.round_id, leaving)
            positions = [UUID(one) for one in self._scope["positions"]]
            dropping = [one for one in positions if not self._named("position_id", one)]
            if dropping:
                entries.drop_offers(self._work, self.round_id, dropping)
            self._work.log(
                "matching.taken_back",
                SUBJECT,
                self.round_id,
                {"people": len(leaving), "positions": [str(one) for one in dropping]},
            )
        return self._found

    def _named(self, column: str, one: UUID) -> bool:
        """Whether wishes, interviews or exclusions of the round still name somebody or something."""
        for table in (tables.preference, tables.interview, tables.forbidden_pair):
            if (
                column in table.c
                and self._work.connection.execute(
                    sa.select(table.c.round_id)
                    .where(table.c.round_id == self.round_id, table.c[column] == one)
                    .limit(1)
                ).first()
            ):
                return True
        return False


def _kept(one: Interviewed | None) -> list[Any] | None:
    return None if one is None else [one.result.value, one.place, one.tenths]


def _interviewed(person: UUID, old: list[Any] | None) -> Interviewed | None:
    return None if old is None else Interviewed(person, InterviewResult(old[0]), old[1], old[2])
