"""The evidence store: files named by a keyed hash of their content, each sealed under the store's attachment key."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from regional_desk.errors import StoreDamaged
from regional_desk.store import sealing
from regional_desk.store.attendance import attachment
from regional_desk.store.files import write_safely
from regional_desk.store.ids import new_id
from regional_desk.store.store import Store

_FOLDER = "attachments"


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One stored file; `size` in bytes of the plain content."""

    id: UUID
    name: str
    size: int
    media_type: str


def put(store: Store, connection: sa.Connection, content: bytes, media_type: str) -> UUID:
    """Keep a file: written and fsynced before the row that names it; the same content is kept once."""
    name = sealing.fingerprint(store.inner_keys.lookup, content.hex()).hex()
    known = connection.execute(sa.select(attachment.c.id).where(attachment.c.name == name)).scalar()
    if known is not None:
        return UUID(str(known))
    folder = store.folder / _FOLDER
    folder.mkdir(exist_ok=True)
    write_safely(folder / name, sealing.seal(store.inner_keys.attachments[0], content, name.encode()))
    attachment_id = new_id()
    connection.execute(
        sa.insert(attachment).values(id=attachment_id, name=name, size=len(content), media_type=media_type)
    )
    return attachment_id


def get(store: Store, connection: sa.Connection, attachment_id: UUID) -> bytes:
    """The content of a kept file; raise StoreDamaged where it is gone or was changed."""
    row = connection.execute(sa.select(attachment).where(attachment.c.id == attachment_id)).one()
    path = store.folder / _FOLDER / row.name
    try:
        sealed = path.read_bytes()
        for key in store.inner_keys.attachments:
            with contextlib.suppress(sealing.SealBroken):
                return sealing.unseal(key, sealed, row.name.encode())
    except OSError as error:
        raise _gone() from error
    raise _gone()


def _gone() -> StoreDamaged:
    return StoreDamaged(
        "첨부 파일이 없거나 손상되어 열 수 없습니다. 다른 자료는 그대로입니다. 백업에서 첨부 파일을 되돌려 주십시오."
    )


def list_attachments(connection: sa.Connection) -> tuple[AttachmentRow, ...]:
    """Every kept file."""
    return tuple(
        AttachmentRow(row.id, row.name, row.size, row.media_type)
        for row in connection.execute(sa.select(attachment))
    )


def files_on_disk(store: Store) -> dict[str, Path]:
    """What lies in the folder, by name."""
    folder = store.folder / _FOLDER
    return {path.name: path for path in folder.iterdir() if path.is_file()} if folder.is_dir() else {}
