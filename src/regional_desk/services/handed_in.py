"""Documents that people and companies hand in (제출서류): what is the same for both; rights and log lines are each one's own."""

from __future__ import annotations

import atexit
import datetime as dt
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain.applicants import AskedDocument, DocumentState
from regional_desk.domain.company_documents import AskedPaper
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal, UsageError
from regional_desk.exchange.received_files import ReceivedFile, suffix_of
from regional_desk.services.desk import Desk, Work
from regional_desk.store import attachments, erasing
from regional_desk.store.applicants import DocumentRow
from regional_desk.store.attendance import attachment
from regional_desk.store.company_records import PaperRow
from regional_desk.store.ids import new_id
from regional_desk.store.scratch import make_scratch

CHANGED = "그 사이에 다른 사람이 이 서류를 바꾸어 처리하지 않았습니다. 목록을 새로 보고 다시 하십시오."
GONE = "없는 서류입니다. 목록을 새로 보십시오."
Row = DocumentRow | PaperRow


def state_of(files: Sequence[Row]) -> DocumentState:
    """How a document stands: its newest file, which comes first, decides."""
    return DocumentState(files[0].state) if files else DocumentState.MISSING


def label_of(documents: Iterable[AskedDocument | AskedPaper], kind: str) -> str:
    """The Korean name of a kind; raise UsageError for one that the list does not know."""
    labels = {one.key: one.label for one in documents}
    if kind in labels:
        return labels[kind]
    known = ", ".join(f"{key}({label})" for key, label in labels.items())
    raise UsageError(f"'{kind}'은(는) 모르는 서류입니다. 쓸 수 있는 것: {known}.")


def day_received(desk: Desk, on: dt.date | None) -> dt.date:
    """The day a file came, today where none is said; raise Refusal for a day to come."""
    day = on or desk.clock.today()
    if day > desk.clock.today():
        raise Refusal(f"{korean_date(day)}은(는) 아직 오지 않은 날이라 받지 않았습니다.")
    return day


def insert(
    work: Work,
    table: sa.Table,
    owner: Mapping[str, UUID],
    kind: str,
    file: ReceivedFile,
    day: dt.date,
    memo: str,
    state: DocumentState = DocumentState.SUBMITTED,
) -> UUID:
    """Keep a file, encrypted, and the row that names it; `owner` is the column that says whose, and its value."""
    document_id = new_id()
    work.connection.execute(
        sa.insert(table).values(
            **owner,
            id=document_id,
            kind=kind,
            file_name=file.name,
            attachment_id=attachments.put(work.desk.store, work.connection, file.content, file.media_type),
            received_on=day,
            state=state.value,
            memo=clean(memo) or None,
            user_id=work.desk.actor.user_id,
            at=work.at,
        )
    )
    return document_id


def check_state(state: DocumentState, memo: str, told: str) -> None:
    """Raise UsageError for 미제출 and Refusal for 반려 without what has to be `told` (`기업에`, `본인에게`)."""
    if state is DocumentState.MISSING:
        raise UsageError("미제출로는 바꿀 수 없습니다. 잘못 넣은 파일이면 빼십시오.")
    if state is DocumentState.RETURNED and not clean(memo):
        raise Refusal(f"반려하는 까닭을 적어 주십시오. {told} 알릴 내용입니다. 바꾼 것이 없습니다.")


def update(work: Work, table: sa.Table, row: Row, state: DocumentState, memo: str) -> None:
    """Write a state and its memo; raise Refusal where the document changed since `row` was read."""
    values = {"state": state.value, "memo": clean(memo) or None, "version": table.c.version + 1}
    done = work.connection.execute(sa.update(table).where(_same(table, row)).values(values))
    if done.rowcount != 1:
        raise Refusal(CHANGED)


def check_reason(reason: str) -> None:
    """Raise Refusal where a document is to be taken away without a reason."""
    if not clean(reason):
        raise Refusal("빼는 까닭을 적어 주십시오. 바꾼 것이 없습니다.")


def delete(work: Work, table: sa.Table, row: Row) -> tuple[str, ...]:
    """Take a document away; return the files nothing names any more, which may go after the commit.

    Raises Refusal where it changed since `row` was read.
    """
    if work.connection.execute(sa.delete(table).where(_same(table, row))).rowcount != 1:
        raise Refusal(CHANGED)
    return erasing.forget_files(work.connection, {row.attachment_id})


def read_kept(desk: Desk, connection: sa.Connection, kept: UUID) -> tuple[bytes, str]:
    """A kept file and its media type; raise StoreDamaged where the file is gone."""
    content = attachments.get(desk.store, connection, kept)
    query = sa.select(attachment.c.media_type).where(attachment.c.id == kept)
    return content, connection.execute(query).scalar_one()


def lay_open(label: str, content: bytes, media_type: str) -> Path:
    """A kept file, once its look is noted, in the program's own temporary folder, wiped at its end and at the next start.

    Its name says the kind only.
    """
    folder = make_scratch(paths.user_data())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / f"{label.partition('(')[0]}{suffix_of(media_type)}"
    file.write_bytes(content)
    return file


def _same(table: sa.Table, row: Row) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.id == row.id, table.c.version == row.version)
