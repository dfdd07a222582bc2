"""Bringing in people's files: the preview is the plan, and committing carries out the very same plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.rights import Right
from regional_desk.domain.tables import RowError
from regional_desk.errors import FileRejected, Item, UsageError
from regional_desk.exchange import applicants, attendance, companies
from regional_desk.exchange.layout import Fields, Layout, find_header, propose_header
from regional_desk.exchange.spreadsheets import Sheet, Workbook, read_workbook
from regional_desk.services import backups, import_attendance, import_companies, import_people
from regional_desk.services.desk import Desk, Work
from regional_desk.services.import_plan import Plan
from regional_desk.store import records
from regional_desk.store.ids import new_id

FIELDS: dict[str, Fields] = {
    "applicants": applicants.FIELDS,
    "companies": companies.FIELDS,
    "attendance": attendance.FIELDS,
}
KIND_LABELS = {"applicants": "지원자", "companies": "기업", "attendance": "출석"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file read once: its sheet and the layout that was found, chosen or remembered."""

    kind: str
    path: Path
    sha256: bytes
    workbook: Workbook
    sheet: Sheet
    layout: Layout


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import does or did. Every item read is new, updated, unchanged, skipped or an error.

    Items are rows; in an attendance sheet they are filled cells. `changes` and `notices` are Korean lines,
    `legend` the words of an attendance sheet with how often each stands there.
    """

    kind: str
    read: int
    new: int
    updated: int
    unchanged: int
    skipped: int
    errors: tuple[RowError, ...]
    changes: tuple[str, ...]
    notices: tuple[str, ...]
    layout: Layout
    legend: tuple[tuple[str, int], ...] = ()


def open_file(
    desk: Desk, kind: str, path: Path, *, sheet: str | None = None, mapping: Mapping[str, str] | None = None
) -> Opened:
    """Read a file and find its headings, with the mapping chosen for this layout before unless one is given.

    Raises FileRejected (interfaces section 2) and UsageError for an unknown kind or field.
    """
    opened = look(desk, kind, path, sheet=sheet, mapping=mapping)
    _refuse_missing(opened)
    return opened


def look(
    desk: Desk, kind: str, path: Path, *, sheet: str | None = None, mapping: Mapping[str, str] | None = None
) -> Opened:
    """As open_file, but needed columns may still be missing: what a page shows for a person to choose from.

    Without a sheet named, a cover sheet that stands before the table is passed over.
    """
    if kind not in FIELDS:
        raise UsageError(
            f"'{kind}'은(는) 가져올 수 있는 종류가 아닙니다. {', '.join(FIELDS)} 가운데 하나입니다."
        )
    workbook = read_workbook(path)
    found = _sheet(workbook, kind, sheet)
    layout = _layout(desk, kind, found, mapping)
    return Opened(kind, path, bytes.fromhex(workbook.sha256), workbook, found, layout)


def preview(desk: Desk, opened: Opened, course: UUID | None = None) -> ImportResult:
    """What committing would do now, noted as a look at whom it would meet; writes nothing else."""
    desk.require(Right.IMPORT_FILES)
    with desk.store.read() as connection:
        plan = _plan(desk, connection, opened, course)
    found = _result(opened, plan)
    desk.note_view("imports", (), {"kind": opened.kind, "rows": found.read, "updated": found.updated})
    return found


def commit(
    desk: Desk,
    opened: Opened,
    course: UUID | None = None,
    *,
    all_or_nothing: bool = False,
    operation_id: UUID | None = None,
) -> ImportResult:
    """Bring in all good rows in one transaction and remember the mapping; bad rows are listed.

    Raises FileRejected with every bad row where `all_or_nothing` is asked for and one is bad, and Refusal where the
    backup before it cannot be made; then nothing is written.
    """
    done: list[ImportResult] = []

    def body(work: Work) -> dict[str, Any]:
        plan = _plan(desk, work.connection, opened, course)
        if all_or_nothing and plan.errors:
            raise FileRejected(
                f"잘못된 행이 {len(plan.errors)}건 있어 아무것도 가져오지 않았습니다.",
                items=tuple(
                    Item(f"{error.row}행 {error.column}", f"{error.message} ({error.value})")
                    for error in plan.errors
                ),
            )
        import_id = new_id()
        result = _result(opened, plan)
        counts = {
            "read": result.read,
            "new": result.new,
            "updated": result.updated,
            "errors": len(result.errors),
        }
        work.connection.execute(
            sa.insert(records.import_batch).values(
                id=import_id,
                kind=opened.kind,
                course_id=course,
                file_name=opened.path.name,
                file_sha256=opened.sha256,
                counts=counts,
                user_id=desk.actor.user_id,
                at=work.at,
            )
        )
        mapping = {
            heading: field
            for heading, field in reversed(
                tuple(zip(opened.layout.headings, opened.layout.mapping, strict=True))
            )
            if heading
        }
        records.remember_mapping(work.connection, opened.kind, opened.layout.fingerprint, mapping)
        plan.apply(work, import_id)
        work.subjects.add(opened.kind)
        done.append(result)
        return {"import": str(import_id), **counts}

    title = f"{KIND_LABELS[opened.kind]} 가져오기"
    desk.require(Right.IMPORT_FILES)
    backups.before(desk, "import")
    desk.perform(Right.IMPORT_FILES, f"import.{opened.kind}", body, operation_id, title=title)
    return done[0] if done else preview(desk, opened, course)


def _refuse_missing(opened: Opened) -> None:
    """Finding the same headings once more is what names the columns that are missing."""
    if opened.layout.missing:
        chosen = {
            heading: field
            for heading, field in zip(opened.layout.headings, opened.layout.mapping, strict=True)
            if heading
        }
        find_header(opened.sheet, FIELDS[opened.kind], chosen)


def _sheet(workbook: Workbook, kind: str, name: str | None) -> Sheet:
    if name is None:
        for candidate in workbook.candidates():
            if not propose_header(candidate, FIELDS[kind]).missing:
                return candidate
    return workbook.sheet(name)


def _layout(desk: Desk, kind: str, sheet: Sheet, mapping: Mapping[str, str] | None) -> Layout:
    """The mapping given, else the one remembered for these headings, else what the synonyms say."""
    chosen = mapping
    if chosen is None:
        proposed = propose_header(sheet, FIELDS[kind])
        with desk.store.read() as connection:
            chosen = records.find_mapping(connection, kind, proposed.fingerprint)
    return propose_header(sheet, FIELDS[kind], chosen)


def _plan(desk: Desk, connection: sa.Connection, opened: Opened, course: UUID | None) -> Plan:
    _refuse_missing(opened)
    if opened.kind == "attendance":
        if course is None:
            raise UsageError("출석을 가져올 과정을 골라 주십시오(--course).")
        return import_attendance.plan(desk, connection, opened.sheet, opened.layout, course, opened.path.name)
    plans: dict[str, Callable[[Desk, sa.Connection, Sheet, Layout], Plan]] = {
        "applicants": import_people.plan,
        "companies": import_companies.plan,
    }
    return plans[opened.kind](desk, connection, opened.sheet, opened.layout)


def _result(opened: Opened, plan: Plan) -> ImportResult:
    return ImportResult(
        kind=opened.kind,
        read=plan.read,
        new=plan.new,
        updated=plan.updated,
        unchanged=plan.unchanged,
        skipped=plan.skipped,
        errors=tuple(plan.errors),
        changes=tuple(plan.changes),
        notices=tuple(plan.notices),
        layout=opened.layout,
        legend=plan.legend,
    )
