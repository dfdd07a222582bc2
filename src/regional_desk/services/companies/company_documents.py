"""A company's papers (제출서류): the checklist, the files kept encrypted and opened in place (rulebook section 4)."""

from __future__ import annotations

import atexit
import datetime as dt
import shutil
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain.applicants import DocumentState
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.company_documents import AskedPaper, AskedPapers, papers_from_table
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal, UsageError
from regional_desk.exchange.received_files import ReceivedFile, read_received, suffix_of
from regional_desk.services.desk import Desk, Work
from regional_desk.store import attachments, erasing
from regional_desk.store import company_records as store
from regional_desk.store.attendance import attachment
from regional_desk.store.companies import company, company_document
from regional_desk.store.company_records import PaperRow
from regional_desk.store.ids import new_id
from regional_desk.store.scratch import make_scratch

_CHANGED = "그 사이에 다른 사람이 이 서류를 바꾸어 처리하지 않았습니다. 목록을 새로 보고 다시 하십시오."


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of the checklist: whether it is asked of this company, how it stands, and the files, newest first."""

    paper: AskedPaper
    asked: bool
    state: DocumentState
    files: tuple[PaperRow, ...]


@cache
def asked() -> AskedPapers:
    """What the office asks for (`resources/policies/company_documents.toml`)."""
    path = paths.resources() / "policies" / "company_documents.toml"
    return papers_from_table(tomllib.loads(path.read_text(encoding="utf-8")))


def checklist(desk: Desk, company_id: UUID) -> tuple[CheckItem, ...]:
    """Every document of the list with what this company handed in; the newest file of a kind decides. Noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = store.find_company(connection, company_id)
        files = store.list_papers(connection, company_id)
    if row is None:
        raise UsageError("없는 기업입니다. 기업 목록에서 다시 골라 주십시오.")
    desk.note_view("companies", (), {"by": "documents", "company": str(company_id)})
    return _checklist(CompanyKind(row.kind) if row.kind else None, files)


def missing(desk: Desk) -> dict[UUID, tuple[str, ...]]:
    """By company the labels of asked documents that are not 확인 yet; companies with all of them are left out."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        kinds = connection.execute(sa.select(company.c.id, company.c.kind)).all()
        rows = store.list_papers(connection)
    files: dict[UUID, list[PaperRow]] = {}
    for row in rows:
        files.setdefault(row.company_id, []).append(row)
    found = {
        one.id: _checklist(CompanyKind(one.kind) if one.kind else None, files.get(one.id, ()))
        for one in kinds
    }
    lacking = {
        company_id: tuple(
            item.paper.label for item in items if item.asked and item.state is not DocumentState.VERIFIED
        )
        for company_id, items in found.items()
    }
    return {company_id: labels for company_id, labels in lacking.items() if labels}


def read_file(path: Path) -> ReceivedFile:
    """A file to hand in, checked by its size and its real bytes; raise FileRejected saying why not."""
    return read_received(path, asked().largest)


def attach(
    desk: Desk,
    company_id: UUID,
    kind: str,
    file: ReceivedFile,
    *,
    on: dt.date | None = None,
    memo: str = "",
    operation_id: UUID | None = None,
) -> PaperRow:
    """Keep a file of a company, encrypted, as 제출.

    Raises UsageError for an unknown kind or company, Refusal for a day to come.
    """
    day = on or desk.clock.today()
    if day > desk.clock.today():
        raise Refusal(f"{korean_date(day)}은(는) 아직 오지 않은 날이라 받지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        return {"document": str(keep(work, company_id, kind, file, day, memo=memo))}

    done = desk.perform(Right.EDIT_COMPANIES, "document.attach", body, operation_id)
    return _row(desk, UUID(done["document"]))


def keep(
    work: Work,
    company_id: UUID,
    kind: str,
    file: ReceivedFile,
    day: dt.date,
    *,
    memo: str = "",
    state: DocumentState = DocumentState.SUBMITTED,
) -> UUID:
    """Keep a file of a company, encrypted, inside the caller's act; UsageError for an unknown kind or company."""
    label = label_of(kind)
    if store.find_company(work.connection, company_id) is None:
        raise UsageError("없는 기업입니다. 기업 목록에서 다시 골라 주십시오.")
    document_id = new_id()
    work.connection.execute(
        sa.insert(company_document).values(
            id=document_id,
            company_id=company_id,
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
    work.log("document.attach", "companies", company_id, {"document": label})
    return document_id


def set_state(
    desk: Desk, row: PaperRow, state: DocumentState, memo: str = "", operation_id: UUID | None = None
) -> PaperRow:
    """Mark a document 확인, 반려 (with why) or 제출 again; raise Refusal where it changed since `row` was read."""
    if state is DocumentState.MISSING:
        raise UsageError("미제출로는 바꿀 수 없습니다. 잘못 넣은 파일이면 빼십시오.")
    if state is DocumentState.RETURNED and not clean(memo):
        raise Refusal("반려하는 까닭을 적어 주십시오. 기업에 알릴 내용입니다. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        done = work.connection.execute(
            sa.update(company_document)
            .where(company_document.c.id == row.id, company_document.c.version == row.version)
            .values(state=state.value, memo=clean(memo) or None, version=company_document.c.version + 1)
        )
        if done.rowcount != 1:
            raise Refusal(_CHANGED)
        value = {"old": DocumentState(row.state).label, "new": state.label}
        work.log("document.state", "companies", row.company_id, {"document": label_of(row.kind), **value})
        return {"document": str(row.id)}

    desk.perform(Right.EDIT_COMPANIES, "document.state", body, operation_id)
    return _row(desk, row.id)


def remove(desk: Desk, row: PaperRow, reason: str, operation_id: UUID | None = None) -> None:
    """Take away a file that was handed in by mistake, its bytes too where nothing else names them.

    Raises Refusal without a reason or where it changed since `row` was read.
    """
    if not clean(reason):
        raise Refusal("빼는 까닭을 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        mine = sa.and_(company_document.c.id == row.id, company_document.c.version == row.version)
        if work.connection.execute(sa.delete(company_document).where(mine)).rowcount != 1:
            raise Refusal(_CHANGED)
        files = erasing.forget_files(work.connection, {row.attachment_id})
        told = {"document": label_of(row.kind), "reason": clean(reason)}
        work.log("document.remove", "companies", row.company_id, told)
        return {"files": list(files)}

    done = desk.perform(Right.EDIT_COMPANIES, "document.remove", body, operation_id)
    erasing.unlink(desk.store, done["files"])


def open_document(desk: Desk, document_id: UUID) -> Path:
    """The file decrypted into the program's own temporary folder, which is wiped at its end and at the next start.

    Raises Refusal where it was taken away, StoreDamaged where the file is gone, and NotAllowed for whoever sees people
    masked: a scan cannot be masked. The look is noted in the access log.
    """
    desk.require(Right.UNMASK)
    with desk.store.read() as connection:
        row = store.find_paper(connection, document_id)
        if row is None:
            raise Refusal("없는 서류입니다. 목록을 새로 보십시오.")
        content = attachments.get(desk.store, connection, row.attachment_id)
        query = sa.select(attachment.c.media_type).where(attachment.c.id == row.attachment_id)
        media_type = connection.execute(query).scalar_one()
    label = label_of(row.kind)
    desk.note_access("document.open", "companies", {"document": label, "company": str(row.company_id)})
    folder = make_scratch(paths.user_data())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / f"{label.partition('(')[0]}{suffix_of(media_type)}"
    file.write_bytes(content)
    return file


def label_of(kind: str) -> str:
    """The Korean name of a kind; raise UsageError for an unknown one."""
    for one in asked().papers:
        if one.key == kind:
            return one.label
    known = ", ".join(f"{one.key}({one.label})" for one in asked().papers)
    raise UsageError(f"'{kind}'은(는) 모르는 서류입니다. 쓸 수 있는 것: {known}.")


def _checklist(kind: CompanyKind | None, files: Sequence[PaperRow]) -> tuple[CheckItem, ...]:
    found = []
    for one in asked().papers:
        own = tuple(row for row in files if row.kind == one.key)
        state = DocumentState(own[0].state) if own else DocumentState.MISSING
        found.append(CheckItem(one, one.is_asked(kind), state, own))
    return tuple(found)


def _row(desk: Desk, document_id: UUID) -> PaperRow:
    with desk.store.read() as connection:
        found = store.find_paper(connection, document_id)
    if found is None:
        raise Refusal(_CHANGED)
    return found
