"""Bringing in people's files: the preview is the plan, and committing carries out the very same plan."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.rights import Right
from regional_desk.domain.tables import RowError
from regional_desk.domain.text import clean
from regional_desk.errors import FileRejected, Item, UsageError
from regional_desk.exchange import applicants, attendance, companies, interviews, positions, preferences
from regional_desk.exchange.layout import Fields, Layout, find_header, propose_header
from regional_desk.exchange.spreadsheets import Sheet, Workbook, read_workbook
from regional_desk.services import codes
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing import (
    import_attendance,
    import_companies,
    import_evaluations,
    import_interviews,
    import_needs,
    import_people,
    import_positions,
    import_preferences,
)
from regional_desk.services.importing.import_people import Received
from regional_desk.services.importing.import_plan import Comparison, Plan
from regional_desk.services.recruitment import rounds
from regional_desk.services.safety import backups
from regional_desk.store import imports as store
from regional_desk.store.imports import LayoutRow
from regional_desk.store.records import import_batch

FIELDS: dict[str, Fields] = {
    "applicants": applicants.FIELDS,
    "companies": companies.FIELDS,
    "positions": positions.FIELDS,
    "attendance": attendance.FIELDS,
    "evaluations": import_evaluations.FIELDS,
    "needs": import_needs.FIELDS,
    "preferences": preferences.FIELDS,
    "interviews": interviews.FIELDS,
}
KIND_LABELS = {
    "applicants": "지원자",
    "companies": "기업",
    "positions": "직무",
    "attendance": "출석",
    "evaluations": "기업 평가",
    "needs": "훈련수요 조사",
    "preferences": "희망순위",
    "interviews": "면접 결과",
}
_OF_OFFICE = {
    "positions": import_positions.plan,
    "evaluations": import_evaluations.plan,
    "needs": import_needs.plan,
}
_OF_ROUND = {"preferences": import_preferences.plan, "interviews": import_interviews.plan}
ROUND_KINDS = frozenset(_OF_ROUND)
"""The kinds whose `round_id` is a matching round, which they need."""
SUBJECT = "imports"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file read once: its sheet, the layout that was found, chosen or remembered, and who sent the last one like it."""

    kind: str
    path: Path
    sha256: bytes
    workbook: Workbook
    sheet: Sheet
    layout: Layout
    sender: str | None = None


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import does or did. Every item read is new, updated, unchanged, skipped or an error.

    Items are rows; in an attendance sheet they are filled cells. `changes` and `notices` are Korean lines,
    `legend` the words of an attendance sheet with how often each stands there. `compared` sets an applicants' list
    beside the last one of its sender, None where there is none. `import_id` is set once it was done.
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
    sender: str | None = None
    compared: Comparison | None = None
    import_id: UUID | None = field(default=None, compare=False)


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
    with _no_collecting():
        workbook = read_workbook(path)
    found = _sheet(workbook, kind, sheet)
    layout, sender = _layout(desk, kind, found, mapping)
    return Opened(kind, path, bytes.fromhex(workbook.sha256), workbook, found, layout, sender)


def preview(
    desk: Desk,
    opened: Opened,
    course: UUID | None = None,
    *,
    sender: str | None = None,
    round_id: UUID | None = None,
) -> ImportResult:
    """What committing would do now, noted as a look at whom it would meet or name; writes nothing else.

    `sender` is who sent the file: the one remembered with its layout where None, nobody where empty. `round_id` is the
    recruitment round (차수) of its new applications, or the matching round of wishes and interviews.
    """
    desk.require(Right.IMPORT_FILES)
    received = Received(_sender(opened, sender), round_id)
    with desk.store.read() as connection:
        plan = _plan(desk, connection, opened, course, received)
    found = _result(opened, plan, received)
    wanted = {"kind": opened.kind, "rows": found.read, "updated": found.updated}
    desk.note_view("imports", plan.missing, wanted)
    return found


def commit(
    desk: Desk,
    opened: Opened,
    course: UUID | None = None,
    *,
    sender: str | None = None,
    round_id: UUID | None = None,
    all_or_nothing: bool = False,
    operation_id: UUID | None = None,
) -> ImportResult:
    """Bring in all good rows in one transaction and remember mapping and sender; bad rows are listed.

    `sender` and `round_id` as for `preview`. The import's id is that of its act, by which it can be taken back. Raises
    FileRejected with every bad row where `all_or_nothing` is asked for and one is bad, and Refusal where the backup
    before it cannot be made; then nothing is written.
    """
    done: list[ImportResult] = []
    received = Received(_sender(opened, sender), round_id)

    def body(work: Work) -> dict[str, Any]:
        plan = _plan(desk, work.connection, opened, course, received)
        if all_or_nothing and plan.errors:
            raise _refused(plan)
        import_id = work.operation_id
        result = replace(_result(opened, plan, received), import_id=import_id)
        counts = {
            "read": result.read,
            "new": result.new,
            "updated": result.updated,
            "errors": len(result.errors),
        }
        work.connection.execute(
            sa.insert(import_batch).values(
                id=import_id,
                kind=opened.kind,
                course_id=course,
                file_name=opened.path.name,
                file_sha256=opened.sha256,
                counts=counts,
                user_id=desk.actor.user_id,
                at=work.at,
                sender=received.sender,
            )
        )
        _remember(work, opened, received.sender)
        taken_back = plan.apply(work, import_id)
        if taken_back is not None:
            work.add_undo(SUBJECT, title, taken_back.scope, taken_back.parts, apart=True)
        work.subjects.update((SUBJECT, opened.kind))
        done.append(result)
        return {"import": str(import_id), **counts}

    title = f"{KIND_LABELS[opened.kind]} 가져오기"
    desk.require(Right.IMPORT_FILES)
    backups.before(desk, "import")
    with _no_collecting():
        desk.perform(Right.IMPORT_FILES, f"import.{opened.kind}", body, operation_id, title=title)
    return done[0] if done else preview(desk, opened, course, sender=sender, round_id=round_id)


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Without the garbage collector: none of the values a list becomes is garbage, and looking takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def senders(desk: Desk) -> tuple[str, ...]:
    """Every sender a file or a saved layout is kept with, by name."""
    desk.require(Right.IMPORT_FILES)
    with desk.store.read() as connection:
        return store.list_senders(connection)


def chosen_mapping(layout: Layout) -> dict[str, str]:
    """Heading → field of a layout; of a heading that stands there twice the left one counts."""
    pairs = tuple(zip(layout.headings, layout.mapping, strict=True))
    return {heading: field for heading, field in reversed(pairs) if heading}


def _sender(opened: Opened, sender: str | None) -> str | None:
    """Who sent the file, as a person typed it or as the layout remembers."""
    return opened.sender if sender is None else clean(sender) or None


def _remember(work: Work, opened: Opened, sender: str | None) -> None:
    layout = opened.layout
    row = LayoutRow(opened.kind, layout.fingerprint, chosen_mapping(layout), sender)
    store.keep_layout(work.connection, row)


def _refused(plan: Plan) -> FileRejected:
    return FileRejected(
        f"잘못된 행이 {len(plan.errors)}건 있어 아무것도 가져오지 않았습니다.",
        items=tuple(
            Item(f"{error.row}행 {error.column}", f"{error.message} ({error.value})") for error in plan.errors
        ),
    )


def _refuse_missing(opened: Opened) -> None:
    """Finding the same headings once more is what names the columns that are missing."""
    if opened.layout.missing:
        find_header(opened.sheet, FIELDS[opened.kind], chosen_mapping(opened.layout))


def _sheet(workbook: Workbook, kind: str, name: str | None) -> Sheet:
    if name is None:
        for candidate in workbook.candidates():
            if not propose_header(candidate, FIELDS[kind]).missing:
                return candidate
    return workbook.sheet(name)


def _layout(
    desk: Desk, kind: str, sheet: Sheet, mapping: Mapping[str, str] | None
) -> tuple[Layout, str | None]:
    """By the mapping given, else the one remembered for these headings, else what the synonyms say; and their sender."""
    proposed = propose_header(sheet, FIELDS[kind], mapping)
    with desk.store.read() as connection:
        kept = store.find_layout(connection, kind, proposed.fingerprint)
    if kept is None:
        return proposed, None
    return (
        proposed if mapping is not None else propose_header(sheet, FIELDS[kind], kept.mapping)
    ), kept.sender


def _plan(
    desk: Desk, connection: sa.Connection, opened: Opened, course: UUID | None, received: Received
) -> Plan:
    _refuse_missing(opened)
    sheet, layout = opened.sheet, opened.layout
    if opened.kind in _OF_ROUND:
        if received.round_id is None:
            raise UsageError("가져올 연계 차수를 골라 주십시오(--round).")
        return _OF_ROUND[opened.kind](desk, connection, sheet, layout, received.round_id)
    if received.round_id is not None:
        rounds.refuse_published(rounds.read_round(connection, received.round_id))
    if opened.kind == "attendance":
        if course is None:
            raise UsageError("출석을 가져올 과정을 골라 주십시오(--course).")
        return import_attendance.plan(desk, connection, sheet, layout, course, opened.path.name)
    if opened.kind == "companies":
        return import_companies.plan(connection, sheet, layout)
    if opened.kind in _OF_OFFICE:
        return _OF_OFFICE[opened.kind](desk, connection, sheet, layout)
    return import_people.plan(desk, connection, applicants.parse(sheet, layout, codes.banks()), received)


def _result(opened: Opened, plan: Plan, received: Received) -> ImportResult:
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
        sender=received.sender,
        compared=plan.compared,
    )
