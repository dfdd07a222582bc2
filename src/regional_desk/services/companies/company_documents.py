"""A company's papers (제출서류): the checklist, the files kept encrypted and opened in place (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
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
from regional_desk.domain.text import clean
from regional_desk.errors import Refusal, UsageError
from regional_desk.exchange.received_files import ReceivedFile, read_received
from regional_desk.services import handed_in
from regional_desk.services.desk import Desk, Work
from regional_desk.store import company_records as store
from regional_desk.store import erasing
from regional_desk.store.companies import company, company_document
from regional_desk.store.company_records import PaperRow


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
    day = handed_in.day_received(desk, on)

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
    owner = {"company_id": company_id}
    document_id = handed_in.insert(work, company_document, owner, kind, file, day, memo, state)
    work.log("document.attach", "companies", company_id, {"document": label})
    return document_id


def set_state(
    desk: Desk, row: PaperRow, state: DocumentState, memo: str = "", operation_id: UUID | None = None
) -> PaperRow:
    """Mark a document 확인, 반려 (with why) or 제출 again; raise Refusal where it changed since `row` was read."""
    handed_in.check_state(state, memo, "기업에")

    def body(work: Work) -> dict[str, Any]:
        handed_in.update(work, company_document, row, state, memo)
        value = {"old": DocumentState(row.state).label, "new": state.label}
        work.log("document.state", "companies", row.company_id, {"document": label_of(row.kind), **value})
        return {"document": str(row.id)}

    desk.perform(Right.EDIT_COMPANIES, "document.state", body, operation_id)
    return _row(desk, row.id)


def remove(desk: Desk, row: PaperRow, reason: str, operation_id: UUID | None = None) -> None:
    """Take away a file that was handed in by mistake, its bytes too where nothing else names them.

    Raises Refusal without a reason or where it changed since `row` was read.
    """
    handed_in.check_reason(reason)

    def body(work: Work) -> dict[str, Any]:
        files = handed_in.delete(work, company_document, row)
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
            raise Refusal(handed_in.GONE)
        content, media_type = handed_in.read_kept(desk, connection, row.attachment_id)
    label = label_of(row.kind)
    desk.note_access("document.open", "companies", {"document": label, "company": str(row.company_id)})
    return handed_in.lay_open(label, content, media_type)


def label_of(kind: str) -> str:
    """The Korean name of a kind; raise UsageError for an unknown one."""
    return handed_in.label_of(asked().papers, kind)


def _checklist(kind: CompanyKind | None, files: Sequence[PaperRow]) -> tuple[CheckItem, ...]:
    found = []
    for one in asked().papers:
        own = tuple(row for row in files if row.kind == one.key)
        found.append(CheckItem(one, one.is_asked(kind), handed_in.state_of(own), own))
    return tuple(found)


def _row(desk: Desk, document_id: UUID) -> PaperRow:
    with desk.store.read() as connection:
        found = store.find_paper(connection, document_id)
    if found is None:
        raise Refusal(handed_in.CHANGED)
    return found
