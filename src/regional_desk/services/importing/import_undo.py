"""Taking an import back: what nobody touched since goes back to what it was, the rest is listed with who touched it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing import (
    import_evaluations,
    import_needs,
    import_undo_matching,
    import_undo_others,
    import_undo_people,
)
from regional_desk.services.importing.import_undo_people import Kept, Outcome
from regional_desk.services.safety import backups
from regional_desk.store import imports as store
from regional_desk.store.accounts import list_users
from regional_desk.store.imports import BatchRow
from regional_desk.store.undo import set_state

_KINDS = {
    "applicants": "지원자",
    "companies": "기업",
    "positions": "직무",
    "attendance": "출석",
    "evaluations": "기업 평가",
    "needs": "훈련수요 조사",
    "preferences": "희망순위",
    "interviews": "면접 결과",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """One import as a list shows it. `by` is the login's name; `open` whether the signed-in person may take it back."""

    id: UUID
    kind: str
    file_name: str
    sender: str | None
    at: dt.datetime
    by: str
    counts: dict[str, int]
    undone: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: `deleted` and `restored` count people, companies or cells; `kept` were touched since."""

    import_id: UUID
    file_name: str
    deleted: int
    restored: int
    kept: tuple[Kept, ...]


def list_imports(desk: Desk, limit: int | None = None) -> tuple[Imported, ...]:
    """The imports, the newest first."""
    desk.require(Right.IMPORT_FILES)
    with desk.store.read() as connection:
        rows = store.list_batches(connection, limit)
        names = {row.id: row.name for row in list_users(connection)}
    return tuple(_imported(desk, row, names) for row in rows)


def undo(desk: Desk, import_id: UUID | None = None, operation_id: UUID | None = None) -> Undone:
    """Take an import back (None: the signed-in person's last one) in one act with a log line of its own.

    New people and companies nobody touched since are deleted with what the import made of them, updated ones get their
    old values back where their version is still the import's, cells where they are as imported and their unit is open.
    Raises UsageError where there is no such import, Refusal where it was taken back, is somebody else's or was made
    before this could be done, and where the backup before it cannot be made.
    """
    desk.require(Right.IMPORT_FILES)
    batch = _find(desk, import_id)
    done: list[Outcome] = []

    def body(work: Work) -> dict[str, Any]:
        now = store.find_batch(work.connection, batch.id)
        if now is None or _is_undone(now):
            raise Refusal("이미 되돌린 가져오기입니다. 바뀐 것이 없습니다.")
        how = {
            "applicants": import_undo_people.take_back,
            "companies": import_undo_others.take_back_companies,
            "positions": import_undo_others.take_back_positions,
            "attendance": import_undo_others.take_back_cells,
            "evaluations": import_evaluations.take_back,
            "needs": import_needs.take_back,
            "preferences": import_undo_matching.take_back_wishes,
            "interviews": import_undo_matching.take_back_interviews,
        }
        found = how[batch.kind](work, batch)
        store.end_batch(work.connection, batch.id, work.at)
        set_state(work.connection, batch.id, "dead")
        counts = {"deleted": found.deleted, "restored": found.restored, "kept": len(found.kept)}
        work.log(f"import.undo.{batch.kind}", "imports", batch.id, counts, found.values)
        work.subjects.update(("people", "applicants", "companies", "attendance", "training_needs"))
        done.append(found)
        return {"import": str(batch.id), **counts}

    backups.before(desk, "import_undo")
    title = f"{_KINDS[batch.kind]} 가져오기 되돌리기"
    counts = desk.perform(Right.IMPORT_FILES, "import.undo", body, operation_id, title=title)
    kept = tuple(done[0].kept) if done else ()
    if kept:
        desk.note_view("imports", [one.person for one in kept if one.person], {"by": "undo"})
    return Undone(batch.id, batch.file_name, counts["deleted"], counts["restored"], kept)


def _find(desk: Desk, import_id: UUID | None) -> BatchRow:
    with desk.store.read() as connection:
        rows = store.list_batches(connection)
    mine = [row for row in rows if row.user_id == desk.actor.user_id and not _is_undone(row)]
    if import_id is None:
        if not mine:
            raise Refusal("되돌릴 가져오기가 없습니다. 바뀐 것이 없습니다.")
        found = mine[0]
    else:
        chosen = [row for row in rows if row.id == import_id]
        if not chosen:
            raise UsageError(
                f"'{import_id}' 가져오기가 없습니다. 가져오기 목록(import list)을 확인해 주십시오."
            )
        found = chosen[0]
    day = f"{korean_date(found.at.date())} '{found.file_name}'"
    if _is_undone(found):
        raise Refusal(f"{day}은(는) 이미 되돌렸습니다. 바뀐 것이 없습니다.")
    if found.user_id != desk.actor.user_id:
        raise Refusal(
            f"{day}은(는) 다른 사람이 가져온 것이라 되돌리지 않았습니다. 가져온 사람이 되돌릴 수 있습니다."
        )
    if found.step is None:
        raise Refusal(
            f"{day}은(는) 바꾼 것이 없었거나 이전 판에서 가져와 되돌릴 것이 없습니다. 자료는 그대로입니다."
        )
    return found


def _imported(desk: Desk, row: BatchRow, names: dict[UUID, str]) -> Imported:
    undone = _is_undone(row)
    own = row.user_id == desk.actor.user_id and row.step is not None
    return Imported(
        id=row.id,
        kind=row.kind,
        file_name=row.file_name,
        sender=row.sender,
        at=row.at,
        by=names.get(row.user_id, ""),
        counts=row.counts,
        undone=undone,
        open=own and not undone,
    )


def _is_undone(row: BatchRow) -> bool:
    """Taken back by its own command, or an attendance sheet by 실행취소."""
    return row.undone_at is not None or row.step == "undone"
