"""The signed-in desk: who acts, on which store, by which clock; and the one way to write."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.clock import Clock
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import LENT_RIGHTS, Right, Role, rights_of
from regional_desk.errors import NotAllowed, Refusal, StoreError
from regional_desk.services.safety.access_notes import AccessNotes
from regional_desk.store import audit, sealing, trouble, undo
from regional_desk.store.closings import LentCopy
from regional_desk.store.engine import fetch, put
from regional_desk.store.ids import new_id
from regional_desk.store.metadata import canonical, to_microseconds
from regional_desk.store.office import OfficeInfo
from regional_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in person."""

    user_id: UUID
    login: str
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Change:
    """What a write touched, so that each screen decides whether it cares."""

    subjects: frozenset[str]
    at: dt.datetime


@dataclass(slots=True)
class Work:
    """One unit of work: a transaction with its log lines and undo step."""

    connection: sa.Connection
    desk: Desk
    operation_id: UUID
    at: dt.datetime
    subjects: set[str] = field(default_factory=set)
    entries: list[audit.Entry] = field(default_factory=list)

    def log(
        self,
        action: str,
        subject: str,
        subject_id: UUID | None = None,
        detail: Mapping[str, Any] | None = None,
        values: Sequence[tuple[UUID, bytes]] = (),
    ) -> None:
        """Add a line to the change history. `detail` names nobody; `values` are sealed per person."""
        self.subjects.add(subject)
        self.entries.append(
            audit.Entry(
                at=self.at,
                user_id=self.desk.actor.user_id,
                operation_id=self.operation_id,
                action=action,
                subject=subject,
                subject_id=subject_id,
                detail=detail or {},
                values=tuple(values),
            )
        )

    def seal(self, keys: Mapping[UUID, bytes], person_id: UUID, value: Any) -> tuple[UUID, bytes]:
        """A value that names a person, sealed under that person's key; raise Refusal where it was destroyed (파기)."""
        if person_id not in keys:
            raise Refusal("파기한 사람의 기록이라 고치지 않았습니다. 그 사람을 빼고 다시 하십시오.")
        return person_id, sealing.seal(keys[person_id], canonical(value).encode(), person_id.bytes)

    def add_undo(
        self,
        subject: str,
        title: str,
        scope: Mapping[str, Any],
        parts: Sequence[tuple[UUID, bytes]],
        *,
        apart: bool = False,
    ) -> None:
        """Make this act one named step of the person's undo list, or one that only its own command takes back."""
        step = (
            self.operation_id,
            self.desk.actor.user_id,
            subject,
            canonical(scope),
            title,
            to_microseconds(self.at),
        )
        undo.add_step(self.connection, step, parts, apart=apart)


class Desk:
    """The office's store as one signed-in person may use it."""

    def __init__(
        self, store: Store, actor: Actor, office: OfficeInfo, clock: Clock, lent: LentCopy | None = None
    ) -> None:
        self.store = store
        self.actor = actor
        self.office = office
        self.clock = clock
        self.on_change: list[Callable[[Change], None]] = []
        self.greetings: tuple[str, ...] = ()  # what the person should know on opening, once
        self.automatic_backups = True  # off while a practice office is made: nothing to lose yet
        self.must_change = False  # the password is a temporary one: nothing else before it was changed
        self.lent = lent  # this office is a class lent to a laptop
        self._rights = rights_of(actor.roles) & LENT_RIGHTS if lent else rights_of(actor.roles)
        self._notes = AccessNotes()
        self.guests = False  # somebody looks on: see for_guests

    def may(self, right: Right) -> bool:
        """Whether the signed-in person holds this right."""
        return right in self._rights

    @property
    def read_only(self) -> bool:
        """Whether the office was opened only to be looked at."""
        return self.store.read_only

    @property
    def masking(self) -> Masking:
        """How services hand out people: whole for those who may unmask, masked for everybody else and for guests."""
        return Masking.FULL if self.may(Right.UNMASK) and not self.guests else Masking.MASKED

    def for_guests(self) -> Desk:
        """The same desk while somebody looks on: what it reads comes masked, whoever is signed in."""
        shown = copy.copy(self)
        shown.guests = True
        return shown

    def require(self, right: Right) -> None:
        """Raise NotAllowed unless the signed-in person holds this right (rulebook section 7)."""
        if self.must_change:
            raise NotAllowed(
                "임시 비밀번호를 쓰고 있어 처리하지 않았습니다. 자료는 그대로입니다. 먼저 비밀번호를 바꾸어 주십시오."
            )
        if not self.may(right):
            raise NotAllowed(
                f"'{right.label}' 권한이 없어 처리하지 않았습니다. 자료는 그대로입니다. 관리자에게 권한을 요청하십시오."
            )

    def perform(
        self,
        right: Right | None,
        action: str,
        body: Callable[[Work], dict[str, Any]],
        operation_id: UUID | None = None,
        *,
        title: str | None = None,
    ) -> dict[str, Any]:
        """Do one act in one transaction: rows, log lines, undo step and the operation's result together.

        `right` is None only for what concerns the person's own account.
        The same `operation_id` again changes nothing and returns the first result, so a retry is harmless. Work with a
        `title` is noted outside the database while it runs, so that after a crash the person is told whether it was
        done. Raises NotAllowed, whatever `body` raises, and StoreError where the disk fails, with nothing written: a
        commit that failed is looked up by its operation id before it is told.
        """
        if right is not None:
            self.require(right)
        repeated, operation_id = operation_id is not None, operation_id or new_id()
        if title is not None and self.store.session is not None:
            with self.store.session.act(title, operation_id, self.clock.now()):
                return self.perform(right, action, body, operation_id)
        at, touched = self.clock.now(), set[str]()
        try:
            with self._notes.writing(), self.store.write() as connection:
                done = _result_of(connection, operation_id) if repeated else None  # a new id has none
                if done is not None:
                    return done
                work = Work(connection, self, operation_id, at, touched)
                result = body(work)
                audit.append(connection, audit.CHANGES, work.entries)
                _keep_result(connection, operation_id, action, self.actor.user_id, at, result)
        except trouble.UNSETTLED:
            stored = self._look_up(operation_id)
            if stored is None:
                raise
            result = stored
        self._write_notes()
        self.announce(touched, at)
        return result

    def _look_up(self, operation_id: UUID) -> dict[str, Any] | None:
        """The result of an act whose commit failed, None where it was rolled back; raise StoreError where even that fails."""
        try:
            with self.store.read() as connection:
                return _result_of(connection, operation_id)
        except StoreError as error:
            raise trouble.unsettled() from error

    def announce(self, subjects: set[str], at: dt.datetime) -> None:
        """Tell the screens what changed."""
        change = Change(frozenset(subjects), at)
        for listener in tuple(self.on_change):
            listener(change)

    def note_access(
        self, action: str, subject: str, detail: Mapping[str, Any], people: Sequence[UUID] = ()
    ) -> None:
        """Add a line to the access log: a print, an export, a login (rulebook section 7); nothing where read only.

        Raises StoreError where it cannot be kept: then what it tells of must not happen.
        """
        if self.read_only:
            return
        with self.store.write() as connection:
            audit.append(
                connection, audit.ACCESSES, [self.access_entry(action, subject, None, detail, people)]
            )

    def note_view(
        self, subject: str, people: Sequence[UUID], wanted: Mapping[str, Any] | None = None
    ) -> None:
        """Note a look at people: which list or page, by which filter (naming nobody), and whom it showed.

        One line at most for the same subject, filter and people in an hour of a sign-in, written after the read; while
        another act writes, with that act's end. A full disk keeps nobody from looking: the line waits for the next write.
        """
        if self.read_only:
            return
        asked = {**(wanted or {}), **({} if self.masking is Masking.FULL else {"masked": True})}
        if self._notes.is_new(subject, people, asked, self.clock.now()):
            detail = asked | self._notes.people_detail(people, queued=True)
            self._notes.put([self.access_entry("view", subject, None, detail)])
            self._write_notes()

    def access_entry(
        self,
        action: str,
        subject: str,
        subject_id: UUID | None,
        detail: Mapping[str, Any],
        people: Sequence[UUID] = (),
    ) -> audit.Entry:
        """A line of the access log, for whoever writes it together with rows of their own."""
        return audit.Entry(
            at=self.clock.now(),
            user_id=self.actor.user_id,
            operation_id=new_id(),
            action=action,
            subject=subject,
            subject_id=subject_id,
            detail={**detail, **self._notes.people_detail(people)},
        )

    def _write_notes(self) -> None:
        lines = self._notes.take()
        if not lines:
            return
        try:
            with self.store.write() as connection:
                audit.append(connection, audit.ACCESSES, lines)
        except StoreError:
            self._notes.put(lines)

    def unseal(self, keys: Mapping[UUID, bytes], person_id: UUID, sealed: bytes) -> Any:
        """A sealed value back, or None where the person's key was destroyed."""
        key = keys.get(person_id)
        if key is None:
            return None
        return json.loads(sealing.unseal(key, sealed, person_id.bytes))


def _keep_result(
    connection: sa.Connection,
    operation_id: UUID,
    action: str,
    user_id: UUID,
    at: dt.datetime,
    result: Mapping[str, Any],
) -> None:
    """What the same operation id again returns; a plain statement, for every key of the grid ends with it."""
    put(
        connection,
        "INSERT INTO operation (id, action, user_id, at, result) VALUES (?, ?, ?, ?, ?)",
        [(operation_id.bytes, action, user_id.bytes, to_microseconds(at), canonical(result))],
    )


def _result_of(connection: sa.Connection, operation_id: UUID) -> dict[str, Any] | None:
    rows = fetch(connection, "SELECT result FROM operation WHERE id = ?", (operation_id.bytes,))
    return dict(json.loads(rows[0][0])) if rows else None
