"""Photos and papers of a visit, kept encrypted and told by their real bytes (rulebook sections 4 and 7)."""

from __future__ import annotations

import atexit
import shutil
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import Refusal
from regional_desk.exchange.received_files import ReceivedFile, read_received, suffix_of
from regional_desk.services.desk import Desk, Work
from regional_desk.services.visits.terms import terms
from regional_desk.services.visits.visits import SUBJECT, find, host_of, log_person
from regional_desk.store import attachments, erasing
from regional_desk.store import visit_records as store
from regional_desk.store.ids import new_id
from regional_desk.store.scratch import make_scratch
from regional_desk.store.visit_records import FileRow
from regional_desk.store.visits import visit_file

IMAGES = ("image/jpeg", "image/png")
_GONE = "없는 파일입니다. 목록을 새로 보십시오."


def read_file(path: Path) -> ReceivedFile:
    """A file to keep, checked by its size and its real bytes; raise FileRejected saying why not."""
    return read_received(path, terms().largest)


def attach(
    desk: Desk, visit_id: UUID, file: ReceivedFile, *, caption: str = "", operation_id: UUID | None = None
) -> UUID:
    """Keep a photo or paper of a visit, encrypted, with what it shows."""

    def body(work: Work) -> dict[str, Any]:
        row = find(work.connection, visit_id)
        trainee, file_id = host_of(work, row.internship_id).trainee, new_id()
        work.connection.execute(
            sa.insert(visit_file).values(
                id=file_id,
                visit_id=visit_id,
                file_name=file.name,
                caption=clean(caption) or None,
                attachment_id=attachments.put(desk.store, work.connection, file.content, file.media_type),
                user_id=desk.actor.user_id,
                at=work.at,
            )
        )
        told = {"format": suffix_of(file.media_type)}
        text = {"file": file.name, "caption": clean(caption)}
        log_person(work, "visit.file", visit_id, trainee, text, told)
        return {"file": str(file_id)}

    return UUID(desk.perform(Right.EDIT_VISITS, "visit.file", body, operation_id)["file"])


def list_files(desk: Desk, visit_id: UUID) -> tuple[FileRow, ...]:
    """The files of a visit in the order they came; none for whoever sees people masked: a photo cannot be masked."""
    desk.require(Right.SEE_PEOPLE)
    if not desk.may(Right.UNMASK) or desk.guests:
        return ()
    with desk.store.read() as connection:
        return store.list_files(connection, [visit_id])


def content(desk: Desk, row: FileRow) -> bytes:
    """A file's bytes for a small picture inside the program; noted, NotAllowed for whoever sees people masked."""
    desk.require(Right.UNMASK)
    with desk.store.read() as connection:
        trainee = host_trainee(connection, row)
        found = attachments.get(desk.store, connection, row.attachment_id)
    desk.note_view(SUBJECT, [trainee], {"by": "files", "visit": str(row.visit_id)})
    return found


def open_file(desk: Desk, row: FileRow) -> Path:
    """The file decrypted into the program's own temporary folder, which is wiped at its end and at the next start.

    Raises Refusal where it was taken away, StoreDamaged where the file is gone, and NotAllowed as `content`.
    """
    desk.require(Right.UNMASK)
    with desk.store.read() as connection:
        if store.find_file(connection, row.id) is None:
            raise Refusal(_GONE)
        data, trainee = (
            attachments.get(desk.store, connection, row.attachment_id),
            host_trainee(connection, row),
        )
    desk.note_access("visit.open", SUBJECT, {"visit": str(row.visit_id)}, [trainee])
    folder = make_scratch(paths.user_data())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / f"방문{suffix_of(row.media_type)}"
    file.write_bytes(data)
    return file


def remove(desk: Desk, row: FileRow, reason: str, operation_id: UUID | None = None) -> None:
    """Take away a file that does not belong there, its bytes too where nothing else names them.

    Raises Refusal without a reason or where it is gone already.
    """
    why = clean(reason)
    if not why:
        raise Refusal("빼는 까닭을 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        trainee = host_trainee(work.connection, row)
        if work.connection.execute(sa.delete(visit_file).where(visit_file.c.id == row.id)).rowcount != 1:
            raise Refusal(_GONE)
        files = erasing.forget_files(work.connection, {row.attachment_id})
        text = {"file": row.file_name, "reason": why}
        log_person(work, "visit.file_remove", row.visit_id, trainee, text)
        return {"files": list(files)}

    done = desk.perform(Right.EDIT_VISITS, "visit.file_remove", body, operation_id)
    erasing.unlink(desk.store, done["files"])


def host_trainee(connection: sa.Connection, row: FileRow) -> UUID:
    """Whose visit a file belongs to."""
    found = find(connection, row.visit_id)
    (host,) = store.list_hosts(connection, internships=[found.internship_id])
    return host.trainee
