"""Undo and redo: each is a new act that takes one named step of the person back or forth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk, Work
from regional_desk.store import undo as steps

# (work, scope, [(person, part)], backwards) -> nothing; raises Refusal where a later change touched the row
Apply = Callable[[Work, Mapping[str, Any], list[tuple[UUID, Any]], bool], None]


@dataclass(frozen=True, slots=True)
class Undoable:
    """How one subject takes its steps back, and the right it asks for."""

    right: Right
    apply: Apply


@dataclass(frozen=True, slots=True)
class StepTaken:
    """What undo or redo did: the step's name and the people it concerned."""

    title: str
    subject: str
    scope: Mapping[str, Any]
    people: tuple[UUID, ...]


def undo_title(desk: Desk) -> str | None:
    """The name of the step that undo would take back."""
    return _title(desk, "done")


def redo_title(desk: Desk) -> str | None:
    """The name of the step that redo would do again."""
    return _title(desk, "undone")


def undo(desk: Desk, subjects: Mapping[str, Undoable], operation_id: UUID | None = None) -> StepTaken | None:
    """Take the last step back; None where there is nothing to undo.

    Raises Refusal naming what changed since; then nothing is written.
    """
    return _take(desk, subjects, backwards=True, operation_id=operation_id)


def redo(desk: Desk, subjects: Mapping[str, Undoable], operation_id: UUID | None = None) -> StepTaken | None:
    """Do the last undone step again; None where there is none."""
    return _take(desk, subjects, backwards=False, operation_id=operation_id)


def _title(desk: Desk, state: str) -> str | None:
    with desk.store.read() as connection:
        step = steps.last_step(connection, desk.actor.user_id, state)
    return None if step is None else step.title


def _take(
    desk: Desk, subjects: Mapping[str, Undoable], *, backwards: bool, operation_id: UUID | None
) -> StepTaken | None:
    with desk.store.read() as connection:
        step = steps.last_step(connection, desk.actor.user_id, "done" if backwards else "undone")
        if step is None:
            return None
        sealed = steps.read_parts(connection, step.id)
        keys = desk.store.person_keys(connection, (person for person, _ in sealed))
    parts = [
        (person, part) for person, value in sealed if (part := desk.unseal(keys, person, value)) is not None
    ]
    how = subjects[step.subject]

    def body(work: Work) -> dict[str, Any]:
        how.apply(work, step.scope, parts, backwards)
        steps.set_state(work.connection, step.id, "undone" if backwards else "done")
        return {"step": str(step.id)}

    desk.perform(how.right, "undo" if backwards else "redo", body, operation_id)
    return StepTaken(
        step.title, step.subject, step.scope, tuple(dict.fromkeys(person for person, _ in parts))
    )
