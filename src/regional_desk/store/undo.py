"""Undo steps: what an act changed, sealed under the key of the person it concerns."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.engine import put
from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference

undo_step = sa.Table(
    "undo_step",
    metadata,
    id_column(),
    reference("user_id", "user.id"),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("scope", Json, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # done | undone | dead | apart
    sa.Index("ix_undo_step_user_id_state_id", "user_id", "state", "id"),
)

undo_part = sa.Table(
    "undo_part",
    metadata,
    reference("step_id", "undo_step.id"),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("person_id", Id, nullable=False, index=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.PrimaryKeyConstraint("step_id", "place"),
    sqlite_with_rowid=False,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a person's undo list."""

    id: UUID
    subject: str
    scope: dict[str, Any]
    title: str


_INSERT_STEP = (
    "INSERT INTO undo_step (id, user_id, subject, scope, title, at, state) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_PART = "INSERT INTO undo_part (step_id, place, person_id, sealed) VALUES (?, ?, ?, ?)"
_LAST = "SELECT id, subject, scope, title FROM undo_step WHERE user_id = ? AND state = ? ORDER BY id {order} LIMIT 1"
_FORGET = "UPDATE undo_step SET state = 'dead' WHERE user_id = ? AND state = 'undone'"


def add_step(
    connection: sa.Connection,
    step: tuple[UUID, UUID, str, str, str, int],
    parts: Iterable[tuple[UUID, bytes]],
    *,
    apart: bool = False,
) -> None:
    """Add (id, user, subject, scope, title, microseconds) with its sealed parts; what was undone can no longer be redone.

    A step `apart` is not in the list of 실행취소: only the command of its subject takes it back.
    """
    step_id, user_id, *rest = step
    if not apart:
        put(connection, _FORGET, [(user_id.bytes,)])
    state = "apart" if apart else "done"
    put(connection, _INSERT_STEP, [(step_id.bytes, user_id.bytes, *rest, state)])
    key = bytearray(step_id.bytes)
    rows = [
        (key, place, bytearray(person.bytes), bytearray(sealed))
        for place, (person, sealed) in enumerate(parts)
    ]
    put(connection, _INSERT_PART, rows)


def last_step(connection: sa.Connection, user_id: UUID, state: str) -> Step | None:
    """The step to take next: the newest done one to undo, the oldest undone one to redo."""
    order = "DESC" if state == "done" else "ASC"
    row = connection.exec_driver_sql(_LAST.format(order=order), (user_id.bytes, state)).first()
    return None if row is None else Step(UUID(bytes=row[0]), row[1], json.loads(row[2]), row[3])


def read_parts(connection: sa.Connection, step_id: UUID) -> tuple[tuple[UUID, bytes], ...]:
    """The sealed parts of a step by person."""
    query = sa.select(undo_part).where(undo_part.c.step_id == step_id).order_by(undo_part.c.place)
    return tuple((row.person_id, row.sealed) for row in connection.execute(query))


def read_scope(connection: sa.Connection, step_id: UUID) -> dict[str, Any]:
    """What a step keeps that names nobody; empty where there is no such step."""
    found = connection.execute(sa.select(undo_step.c.scope).where(undo_step.c.id == step_id)).scalar()
    return dict(found or {})


def set_state(connection: sa.Connection, step_id: UUID, state: str) -> None:
    """Mark a step done, undone or dead; an apart one is marked undone or dead too."""
    connection.execute(sa.update(undo_step).where(undo_step.c.id == step_id).values(state=state))
