"""Files of journals, deliverables and evaluations: kept encrypted, opened in place, gone with what named them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal
from regional_desk.exchange.received_files import ReceivedFile, read_received
from regional_desk.services import handed_in
from regional_desk.services.companies.company_documents import asked
from regional_desk.services.desk import Desk, Work
from regional_desk.services.internships.reading import SUBJECT
from regional_desk.store import attachments, erasing


def read_file(path: Path) -> ReceivedFile:
    """A file to keep, checked by its size and its real bytes; raise FileRejected saying why not."""
    return read_received(path, asked().largest)


def keep(work: Work, file: ReceivedFile) -> dict[str, object]:
    """Keep a file, encrypted; return the columns that name it."""
    kept = attachments.put(work.desk.store, work.connection, file.content, file.media_type)
    return {"attachment_id": kept, "file_name": file.name}


def forget(work: Work, kept: UUID | None) -> list[str]:
    """Forget a file that nothing names any more; `unlink` takes it away after the act."""
    return [] if kept is None else list(erasing.forget_files(work.connection, {kept}))


def unlink(desk: Desk, files: Collection[str]) -> None:
    """After the act: take away the files it forgot."""
    if files:
        erasing.unlink(desk.store, files)


def open_file(desk: Desk, kept: UUID | None, label: str, trainee: UUID) -> Path:
    """The file decrypted into the program's own temporary folder, which is wiped at its end and at the next start.

    Raises Refusal where there is none, StoreDamaged where it is gone, NotAllowed for whoever sees people masked. Noted.
    """
    desk.require(Right.UNMASK)
    if kept is None:
        raise Refusal("넣은 파일이 없습니다.")
    with desk.store.read() as connection:
        content, media_type = handed_in.read_kept(desk, connection, kept)
    desk.note_access("document.open", SUBJECT, {"document": label}, [trainee])
    return handed_in.lay_open(label, content, media_type)
