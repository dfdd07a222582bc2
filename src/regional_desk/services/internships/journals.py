"""인턴일지: written week by week, confirmed by the mentor; which are missing (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.internship_training import (
    JournalState,
    JournalText,
    Week,
    checked_confirmation,
    checked_journal,
    journal_due,
    journal_state,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import Refusal
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.desk import Desk, Work
from regional_desk.services.internships import training_files as files
from regional_desk.services.internships.training_basis import (
    Basis,
    list_begun,
    log_change,
    note,
    read_basis,
    require_begun,
    shown,
    training_terms,
)
from regional_desk.services.training.counselling import HIDDEN
from regional_desk.store import internship_training as store
from regional_desk.store.ids import new_id
from regional_desk.store.internship_training import JournalRow
from regional_desk.store.internships import journal

_CHANGED = "그사이 다른 사람이 이 일지를 고쳐 저장하지 않았습니다. 일지를 새로 열어 다시 하십시오."
_NONE = "아직 쓰지 않은 일지입니다. 먼저 일지를 적으십시오."


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One week: where its journal stands and until when it must be here; `mentor` is the one agreed on."""

    week: Week
    state: JournalState
    due: dt.date
    mentor: str
    row: JournalRow | None


@dataclass(frozen=True, slots=True)
class Journals:
    """Every week of an internship."""

    basis: Basis
    lines: tuple[JournalLine, ...]

    def weeks_in(self, *states: JournalState) -> tuple[int, ...]:
        """The numbers of the weeks that stand so."""
        return tuple(one.week.no for one in self.lines if one.state in states)


@dataclass(frozen=True, slots=True)
class OpenJournals:
    """An internship with weeks whose journal is missing, or written and not yet confirmed."""

    basis: Basis
    missing: tuple[int, ...]
    unconfirmed: tuple[int, ...]


def read_journals(desk: Desk, internship_id: UUID) -> Journals:
    """Every week with its journal, texts hidden from whoever may not unmask; the look is noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = survey_journals(connection, internship_id, desk.clock.today())
    note(desk, found.basis, "journals")
    return as_seen(desk, found)


def survey_journals(connection: sa.Connection, internship_id: UUID, today: dt.date) -> Journals:
    """The same for a paper or an open item, whose looks are noted elsewhere."""
    basis = read_basis(connection, internship_id, today)
    rows = store.list_journals(connection, [internship_id])
    return Journals(basis, _lines(basis, rows, today))


def as_seen(desk: Desk, found: Journals) -> Journals:
    """What is written may name anybody: who may not unmask sees only that it is there."""
    if desk.masking is Masking.FULL:
        return found
    lines = []
    for one in found.lines:
        row = one.row
        if row is not None:
            row = replace(
                row,
                work=HIDDEN,
                guidance=row.guidance and HIDDEN,
                output=row.output and HIDDEN,
                mentor=row.mentor and desk.masking.show_name(row.mentor),
                file_name=row.file_name and HIDDEN,
            )
        lines.append(JournalLine(one.week, one.state, one.due, desk.masking.show_name(one.mentor), row))
    return Journals(shown(desk, found.basis), tuple(lines))


def missing_weeks(connection: sa.Connection, internship_id: UUID, today: dt.date) -> tuple[int, ...]:
    """The weeks whose journal is missing on a day: what a visit asks for."""
    return survey_journals(connection, internship_id, today).weeks_in(JournalState.MISSING)


def survey_open(desk: Desk) -> tuple[OpenJournals, ...]:
    """Every internship with missing or unconfirmed journals, by year and number; for whoever only counts."""
    desk.require(Right.SEE_PEOPLE)
    today = desk.clock.today()
    with desk.store.read() as connection:
        rows: dict[UUID, list[JournalRow]] = {}
        for row in store.list_journals(connection):
            rows.setdefault(row.internship_id, []).append(row)
        books = [
            Journals(basis, _lines(basis, tuple(rows.get(basis.id, ())), today))
            for basis in list_begun(connection, today)
        ]
    found = [
        OpenJournals(one.basis, one.weeks_in(JournalState.MISSING), one.weeks_in(JournalState.WRITTEN))
        for one in books
    ]
    return tuple(one for one in found if one.missing or one.unconfirmed)


def write(
    desk: Desk,
    internship_id: UUID,
    week: int,
    text: JournalText,
    version: int | None = None,
    operation_id: UUID | None = None,
) -> JournalRow:
    """Write a week's journal, or anew where `version` of it was read: then the mentor has to confirm it again.

    Raises Refusal before the internship or the week began, for what lacks, or where somebody was quicker.
    """

    def body(work: Work) -> dict[str, Any]:
        basis = read_basis(work.connection, internship_id, desk.clock.today())
        before = store.find_journal(work.connection, internship_id, week)
        if (before.version if before else None) != version:
            raise Refusal(_CHANGED)
        if before is None:
            put(work, basis, week, text)
        else:
            wanted = _wanted(basis, week, text, desk.clock.today())
            old = {name: getattr(before, name) for name in wanted}
            changed = {**wanted, "mentor": None, "confirmed_on": None} if old != wanted else wanted
            _update(work, before, changed)
            taken = before.confirmed_on is not None and old != wanted
            log_change(work, basis, "journal.edit", {"week": week, "unconfirmed": taken}, old, wanted)
        return {"internship": str(internship_id)}

    desk.perform(Right.EDIT_INTERNSHIPS, "journal.write", body, operation_id)
    return _read(desk, internship_id, week)


def put(work: Work, basis: Basis, week: int, text: JournalText) -> None:
    """Write a week's first journal inside the caller's act; raise as `write` does."""
    wanted = _wanted(basis, week, text, work.desk.clock.today())
    values = {"id": new_id(), "internship_id": basis.id, "week": week}
    stamp = {"user_id": work.desk.actor.user_id, "at": work.at}
    work.connection.execute(sa.insert(journal).values(**values, **wanted, **stamp))
    log_change(work, basis, "journal.write", {"week": week}, new=wanted)


def confirm(
    desk: Desk,
    row: JournalRow,
    mentor: str,
    on: dt.date,
    file: ReceivedFile | None = None,
    operation_id: UUID | None = None,
) -> JournalRow:
    """Note that the mentor confirmed a journal on a day, with its signed page; raise Refusal as `checked_confirmation`."""
    confirm_all(desk, [row], mentor, on, file, operation_id)
    return _read(desk, row.internship_id, row.week)


def confirm_all(
    desk: Desk,
    rows: Sequence[JournalRow],
    mentor: str,
    on: dt.date,
    file: ReceivedFile | None = None,
    operation_id: UUID | None = None,
) -> None:
    """The same of several weeks of one intern whom the mentor signed at once: all of them, or none where one is refused."""

    def body(work: Work) -> dict[str, Any]:
        gone: list[str] = []
        today = desk.clock.today()
        known = {one: read_basis(work.connection, one, today) for one in {row.internship_id for row in rows}}
        for row in rows:
            gone += put_confirmation(work, known[row.internship_id], row, mentor, on, file)
        return {"files": gone}

    done = desk.perform(Right.EDIT_INTERNSHIPS, "journal.confirm", body, operation_id)
    files.unlink(desk, done["files"])


def put_confirmation(
    work: Work, basis: Basis, row: JournalRow, mentor: str, on: dt.date, file: ReceivedFile | None = None
) -> list[str]:
    """Note a confirmation inside the caller's act; return files nobody names any more. Raises as `confirm` does."""
    try:
        name = checked_confirmation(basis.week(row.week), mentor, on, work.desk.clock.today())
    except Refused as refused:
        raise Refusal(f"{refused} 확인으로 적지 않았습니다.") from refused
    scan = files.keep(work, file) if file is not None else {}
    _update(work, row, {"mentor": name, "confirmed_on": on, **scan})
    detail = {"week": row.week, "on": on.isoformat(), "scan": file is not None}
    log_change(work, basis, "journal.confirm", detail, new={"mentor": name})
    return files.forget(work, row.attachment_id) if scan else []


def unconfirm(desk: Desk, row: JournalRow, reason: str, operation_id: UUID | None = None) -> JournalRow:
    """Take a confirmation back that was noted by mistake; raise Refusal without a reason."""
    if not clean(reason):
        raise Refusal("확인을 거두는 까닭을 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        basis = read_basis(work.connection, row.internship_id, desk.clock.today())
        _update(work, row, {"mentor": None, "confirmed_on": None})
        told = {"mentor": row.mentor, "reason": clean(reason)}
        log_change(work, basis, "journal.unconfirm", {"week": row.week}, old=told)
        return {}

    desk.perform(Right.EDIT_INTERNSHIPS, "journal.unconfirm", body, operation_id)
    return _read(desk, row.internship_id, row.week)


def attach(desk: Desk, row: JournalRow, file: ReceivedFile, operation_id: UUID | None = None) -> JournalRow:
    """Keep the signed page or a picture of the work with a journal, in place of the one before."""

    def body(work: Work) -> dict[str, Any]:
        basis = read_basis(work.connection, row.internship_id, desk.clock.today())
        _update(work, row, files.keep(work, file))
        log_change(work, basis, "journal.attach", {"week": row.week})
        return {"files": files.forget(work, row.attachment_id)}

    done = desk.perform(Right.EDIT_INTERNSHIPS, "journal.attach", body, operation_id)
    files.unlink(desk, done["files"])
    return _read(desk, row.internship_id, row.week)


def remove(desk: Desk, row: JournalRow, reason: str, operation_id: UUID | None = None) -> None:
    """Take away a journal that was written for the wrong week or person, with its file; raise Refusal without a reason."""
    if not clean(reason):
        raise Refusal("지우는 까닭을 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        basis = read_basis(work.connection, row.internship_id, desk.clock.today())
        mine = sa.and_(journal.c.id == row.id, journal.c.version == row.version)
        if work.connection.execute(sa.delete(journal).where(mine)).rowcount != 1:
            raise Refusal(_CHANGED)
        old = {name: getattr(row, name) for name in JournalText.__slots__} | {"reason": clean(reason)}
        log_change(work, basis, "journal.remove", {"week": row.week}, old=old)
        return {"files": files.forget(work, row.attachment_id)}

    done = desk.perform(Right.EDIT_INTERNSHIPS, "journal.remove", body, operation_id)
    files.unlink(desk, done["files"])


def open_file(desk: Desk, row: JournalRow) -> Path:
    """The page kept with a journal, decrypted; raise as `training_files.open_file`."""
    with desk.store.read() as connection:
        basis = read_basis(connection, row.internship_id, desk.clock.today())
    return files.open_file(desk, row.attachment_id, f"인턴일지 {row.week}주차", basis.row.trainee)


def _lines(basis: Basis, rows: tuple[JournalRow, ...], today: dt.date) -> tuple[JournalLine, ...]:
    terms = training_terms()
    by_week = {row.week: row for row in rows}
    found = []
    for week in basis.weeks:
        row = by_week.get(week.no)
        confirmed = row is not None and row.confirmed_on is not None
        state = journal_state(week, today, basis.breaks, terms, written=row is not None, confirmed=confirmed)
        if not basis.begun and row is None:
            state = JournalState.COMING
        found.append(JournalLine(week, state, journal_due(week, terms), basis.mentor(week), row))
    return tuple(found)


def _update(work: Work, row: JournalRow, values: dict[str, Any]) -> None:
    done = work.connection.execute(
        sa.update(journal)
        .where(journal.c.id == row.id, journal.c.version == row.version)
        .values(**values, version=row.version + 1)
    )
    if done.rowcount != 1:
        raise Refusal(_CHANGED)


def _read(desk: Desk, internship_id: UUID, week: int) -> JournalRow:
    with desk.store.read() as connection:
        row = store.find_journal(connection, internship_id, week)
    if row is None:
        raise Refusal(_NONE)
    return row


def _wanted(basis: Basis, week: int, text: JournalText, today: dt.date) -> dict[str, Any]:
    """The columns of a journal that may be written today."""
    require_begun(basis)
    if basis.week(week).start > today:
        raise Refusal(f"{week}주차는 아직 오지 않았습니다. 저장하지 않았습니다.")
    try:
        return asdict(checked_journal(basis.row.track, text))
    except Refused as refused:
        raise Refusal(f"{refused} 저장하지 않았습니다.") from refused
