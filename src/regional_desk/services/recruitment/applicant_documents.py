"""제출서류: the checklist of one applicant, the files kept encrypted and opened in place (rulebook section 5)."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain.applicants import Asked, AskedDocument, DocumentState, asked_from_table
from regional_desk.domain.recruitment import FUNNEL, Stage, reached
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import Refusal
from regional_desk.exchange.received_files import ReceivedFile, read_received
from regional_desk.services import handed_in
from regional_desk.services.desk import Desk, Work
from regional_desk.store import applicants as store
from regional_desk.store import erasing
from regional_desk.store.applicants import DocumentRow
from regional_desk.store.recruitment import person_document


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of the checklist: whether it is asked of this person, how it stands, and the files, newest first."""

    document: AskedDocument
    asked: bool
    state: DocumentState
    files: tuple[DocumentRow, ...]


@cache
def asked() -> Asked:
    """What the office asks for (`resources/policies/applicant_documents.toml`)."""
    path = paths.resources() / "policies" / "applicant_documents.toml"
    return asked_from_table(tomllib.loads(path.read_text(encoding="utf-8")))


def checklist(desk: Desk, person: UUID) -> tuple[CheckItem, ...]:
    """Every document of the list with what this person handed in; the newest file of a kind decides. Noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_documents(connection, person)
        applied = next(iter(store.list_applications(connection, [person])), None)
    desk.note_view("people", [person], {"by": "documents"})
    military = applied is not None and applied.military_days > 0
    enrolled = applied is not None and _came_to(Stage(applied.stage), Stage.ENROLLED)
    return tuple(
        _item(one, [row for row in rows if row.kind == one.key], military=military, enrolled=enrolled)
        for one in asked().documents
    )


def read_file(path: Path) -> ReceivedFile:
    """A file to hand in, checked by its size and its real bytes; raise FileRejected saying why not."""
    return read_received(path, asked().largest)


def attach(
    desk: Desk,
    person: UUID,
    kind: str,
    file: ReceivedFile,
    *,
    on: dt.date | None = None,
    memo: str = "",
    operation_id: UUID | None = None,
) -> DocumentRow:
    """Keep a file of a person, encrypted, as 제출; raise UsageError for an unknown kind, Refusal for a day to come."""
    label = _label(kind)
    day = handed_in.day_received(desk, on)

    def body(work: Work) -> dict[str, Any]:
        keys = desk.store.person_keys(work.connection, [person])
        told = work.seal(keys, person, {"file": file.name, "memo": clean(memo)})  # before a file is written
        document_id = handed_in.insert(work, person_document, {"person_id": person}, kind, file, day, memo)
        work.log("document.attach", "people", person, {"document": label}, [told])
        return {"document": str(document_id)}

    done = desk.perform(Right.EDIT_PEOPLE, "document.attach", body, operation_id)
    return _row(desk, UUID(done["document"]))


def set_state(
    desk: Desk, row: DocumentRow, state: DocumentState, memo: str = "", operation_id: UUID | None = None
) -> DocumentRow:
    """Mark a document 확인, 반려 (with why) or 제출 again; raise Refusal where it changed since `row` was read."""
    handed_in.check_state(state, memo, "본인에게")

    def body(work: Work) -> dict[str, Any]:
        handed_in.update(work, person_document, row, state, memo)
        value = {"old": DocumentState(row.state).label, "new": state.label, "memo": clean(memo)}
        _log(work, "document.state", row, value)
        return {"document": str(row.id)}

    desk.perform(Right.EDIT_PEOPLE, "document.state", body, operation_id)
    return _row(desk, row.id)


def remove(desk: Desk, row: DocumentRow, reason: str, operation_id: UUID | None = None) -> None:
    """Take away a file that was handed in by mistake, its bytes too where nothing else names them.

    Raises Refusal without a reason or where it changed since `row` was read.
    """
    handed_in.check_reason(reason)

    def body(work: Work) -> dict[str, Any]:
        files = handed_in.delete(work, person_document, row)
        _log(work, "document.remove", row, {"file": row.file_name, "reason": clean(reason)})
        return {"files": list(files)}

    done = desk.perform(Right.EDIT_PEOPLE, "document.remove", body, operation_id)
    erasing.unlink(desk.store, done["files"])


def open_document(desk: Desk, document_id: UUID) -> Path:
    """The file decrypted into the program's own temporary folder, which is wiped at its end and at the next start.

    Its name says the kind only. Raises Refusal where it was taken away, StoreDamaged where the file is gone, and
    NotAllowed for whoever sees people masked: a scan cannot be masked. The look is noted in the access log.
    """
    desk.require(Right.UNMASK)
    with desk.store.read() as connection:
        row = store.find_document(connection, document_id)
        if row is None:
            raise Refusal(handed_in.GONE)
        return open_kept(desk, connection, row.attachment_id, row.person_id, _label(row.kind))


def open_kept(desk: Desk, connection: sa.Connection, kept: UUID, person: UUID, label: str) -> Path:
    """One person's kept file in a temporary folder; as `open_document`, for whatever else keeps one."""
    content, media_type = handed_in.read_kept(desk, connection, kept)
    desk.note_access("document.open", "people", {"document": label}, [person])
    return handed_in.lay_open(label, content, media_type)


def _item(one: AskedDocument, files: list[DocumentRow], *, military: bool, enrolled: bool) -> CheckItem:
    is_asked = one.is_asked(military=military, enrolled=enrolled)
    return CheckItem(one, is_asked, handed_in.state_of(files), tuple(files))


def _came_to(stage: Stage, wanted: Stage) -> bool:
    last = reached(stage)
    return last is not None and FUNNEL.index(last) >= FUNNEL.index(wanted)


def _label(kind: str) -> str:
    return handed_in.label_of(asked().documents, kind)


def _log(work: Work, action: str, row: DocumentRow, value: dict[str, Any]) -> None:
    keys = work.desk.store.person_keys(work.connection, [row.person_id])
    sealed = work.seal(keys, row.person_id, value)
    work.log(action, "people", row.person_id, {"document": _label(row.kind)}, [sealed])


def _row(desk: Desk, document_id: UUID) -> DocumentRow:
    with desk.store.read() as connection:
        found = store.find_document(connection, document_id)
    if found is None:
        raise Refusal(handed_in.CHANGED)
    return found
