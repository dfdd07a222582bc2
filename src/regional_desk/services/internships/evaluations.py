"""Evaluations of an internship by intern, company and office (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.internship_evaluation import (
    Answer,
    EvaluationState,
    Evaluator,
    answers_of,
    evaluation_due,
    evaluation_state,
    score,
    to_keep,
    with_points,
)
from regional_desk.domain.internship_training import tidy
from regional_desk.domain.masking import Masking
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.desk import Desk, Work
from regional_desk.services.internships import training_files as files
from regional_desk.services.internships.training_basis import (
    Basis,
    evaluation_terms,
    list_begun,
    log_change,
    note,
    read_basis,
    require_begun,
    shown,
)
from regional_desk.services.training.counselling import HIDDEN
from regional_desk.store import internship_training as store
from regional_desk.store.internship_training import EvaluationRow
from regional_desk.store.internships import internship_evaluation as table

_CHANGED = "그사이 다른 사람이 이 평가를 고쳐 저장하지 않았습니다. 평가를 새로 열어 다시 하십시오."


@dataclass(frozen=True, slots=True)
class Sheet:
    """One evaluator's sheet; `version` 0, and `on` None, before anything was written; `score` of 100 once complete."""

    by: Evaluator
    version: int
    answers: tuple[Answer, ...]
    score: Decimal | None
    state: EvaluationState
    on: dt.date | None
    comment: str
    attachment_id: UUID | None
    file_name: str | None


@dataclass(frozen=True, slots=True)
class Evaluations:
    """The three sheets of an internship, and the last day for them."""

    basis: Basis
    due: dt.date
    sheets: tuple[Sheet, ...]

    def sheet(self, by: Evaluator) -> Sheet:
        """One evaluator's."""
        return next(one for one in self.sheets if one.by is by)


@dataclass(frozen=True, slots=True)
class OpenEvaluations:
    """An internship whose evaluations are asked for and not complete; `overdue` whether the last day is over."""

    basis: Basis
    lacking: tuple[Evaluator, ...]
    due: dt.date
    overdue: bool


def read_evaluations(desk: Desk, internship_id: UUID) -> Evaluations:
    """The three sheets, comments hidden from whoever may not unmask; the look is noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = survey_evaluations(connection, internship_id, desk.clock.today())
    note(desk, found.basis, "evaluations")
    return as_seen(desk, found)


def as_seen(desk: Desk, found: Evaluations) -> Evaluations:
    """A comment may name anybody: who may not unmask sees only that it is there."""
    if desk.masking is Masking.FULL:
        return found
    sheets = tuple(
        replace(one, comment=one.comment and HIDDEN, file_name=one.file_name and HIDDEN)
        for one in found.sheets
    )
    return Evaluations(shown(desk, found.basis), found.due, sheets)


def survey_evaluations(connection: sa.Connection, internship_id: UUID, today: dt.date) -> Evaluations:
    """The same for a paper, whose print is noted instead."""
    basis = read_basis(connection, internship_id, today)
    rows = store.list_evaluations(connection, [internship_id])
    return _evaluations(basis, rows, today)


def survey_open(desk: Desk) -> tuple[OpenEvaluations, ...]:
    """Internships whose evaluations are asked for by now and not complete, for whoever only counts."""
    desk.require(Right.SEE_PEOPLE)
    today = desk.clock.today()
    with desk.store.read() as connection:
        rows: dict[UUID, list[EvaluationRow]] = {}
        for row in store.list_evaluations(connection):
            rows.setdefault(row.internship_id, []).append(row)
        every = [
            _evaluations(basis, tuple(rows.get(basis.id, ())), today)
            for basis in list_begun(connection, today)
        ]
    found = []
    for one in every:
        asked = [
            sheet
            for sheet in one.sheets
            if sheet.state not in (EvaluationState.DONE, EvaluationState.COMING) and _is_open(one, today)
        ]
        if asked:
            overdue = any(sheet.state is EvaluationState.OVERDUE for sheet in asked)
            found.append(OpenEvaluations(one.basis, tuple(sheet.by for sheet in asked), one.due, overdue))
    return tuple(found)


def fill(
    desk: Desk,
    internship_id: UUID,
    by: Evaluator,
    points: Mapping[str, int | None],
    *,
    version: int,
    on: dt.date | None = None,
    comment: str | None = None,
    file: ReceivedFile | None = None,
    operation_id: UUID | None = None,
) -> None:
    """Write points (1 to each criterion's most) on a sheet, some or all, with its day, comment and signed page.

    What is not given stays. Raises Refusal before the internship began, for a day to come or before its first day, for
    unknown criteria or points out of range, and where somebody was quicker (`version` 0 is a new sheet).
    """

    def body(work: Work) -> dict[str, Any]:
        found = survey_evaluations(work.connection, internship_id, desk.clock.today())
        basis, before = found.basis, found.sheet(by)
        require_begun(basis)
        if before.version != version:
            raise Refusal(_CHANGED)
        day = _checked_day(desk, basis, on or before.on)
        try:
            answers = with_points(before.answers, points)
        except Refused as refused:
            raise Refusal(f"{refused} 저장하지 않았습니다.") from refused
        said = before.comment if comment is None else tidy(comment)
        scan = files.keep(work, file) if file is not None else {}
        values = {"on": day, "answers": to_keep(answers), "comment": said or None, **scan}
        _put(work, internship_id, by, version, values)
        old = {one.label: one.points for one in before.answers} | {"comment": before.comment}
        new = {one.label: one.points for one in answers} | {"comment": said}
        detail = {"evaluator": by.label, "complete": score(answers) is not None, "file": bool(scan)}
        log_change(work, basis, "evaluation.fill", detail, old if version else None, new)
        return {"files": files.forget(work, before.attachment_id) if scan else []}

    done = desk.perform(Right.EDIT_INTERNSHIPS, "evaluation.fill", body, operation_id)
    files.unlink(desk, done["files"])


def remove(
    desk: Desk,
    internship_id: UUID,
    by: Evaluator,
    version: int,
    reason: str,
    operation_id: UUID | None = None,
) -> None:
    """Take a sheet away that was filled in by mistake, with its file; raise Refusal without a reason."""
    if not clean(reason):
        raise Refusal("지우는 까닭을 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        found = survey_evaluations(work.connection, internship_id, desk.clock.today())
        before = found.sheet(by)
        mine = sa.and_(
            table.c.internship_id == internship_id, table.c.by == by.value, table.c.version == version
        )
        if work.connection.execute(sa.delete(table).where(mine)).rowcount != 1:
            raise Refusal(_CHANGED)
        old = {one.label: one.points for one in before.answers} | {"comment": before.comment}
        told = old | {"reason": clean(reason)}
        log_change(work, found.basis, "evaluation.remove", {"evaluator": by.label}, old=told)
        return {"files": files.forget(work, before.attachment_id)}

    done = desk.perform(Right.EDIT_INTERNSHIPS, "evaluation.remove", body, operation_id)
    files.unlink(desk, done["files"])


def open_file(desk: Desk, internship_id: UUID, by: Evaluator) -> Path:
    """The signed page of a sheet, decrypted; raise as `training_files.open_file`."""
    with desk.store.read() as connection:
        found = survey_evaluations(connection, internship_id, desk.clock.today())
    label = f"{by.label} 평가표"
    return files.open_file(desk, found.sheet(by).attachment_id, label, found.basis.row.trainee)


def _evaluations(basis: Basis, rows: tuple[EvaluationRow, ...], today: dt.date) -> Evaluations:
    terms = evaluation_terms()
    kept = {row.by: row for row in rows}
    sheets = []
    for by in Evaluator:
        row = kept.get(by.value)
        answers = answers_of(terms.criteria[by], row.answers if row else {})
        state = EvaluationState.COMING
        if basis.begun:
            state = evaluation_state(answers, basis.row.end, today, terms)
        sheets.append(
            Sheet(
                by,
                row.version if row else 0,
                answers,
                score(answers),
                state,
                row.on if row else None,
                (row.comment or "") if row else "",
                row.attachment_id if row else None,
                row.file_name if row else None,
            )
        )
    return Evaluations(basis, evaluation_due(basis.row.end, terms), tuple(sheets))


def _is_open(found: Evaluations, today: dt.date) -> bool:
    """Whether they are asked for by now: a sheet begun early is no work due."""
    return today >= found.basis.row.end - dt.timedelta(days=evaluation_terms().days_before)


def _checked_day(desk: Desk, basis: Basis, on: dt.date | None) -> dt.date:
    day = on or desk.clock.today()
    if day > desk.clock.today():
        raise Refusal(f"평가일 {korean_date(day)}은(는) 아직 오지 않은 날입니다. 저장하지 않았습니다.")
    if day < basis.row.start:
        raise Refusal(f"평가일 {korean_date(day)}이(가) 인턴십 시작보다 앞섭니다. 저장하지 않았습니다.")
    return day


def _put(work: Work, internship_id: UUID, by: Evaluator, version: int, values: dict[str, Any]) -> None:
    if version == 0:
        stamp = {"user_id": work.desk.actor.user_id, "at": work.at}
        work.connection.execute(
            sa.insert(table).values(internship_id=internship_id, by=by.value, **values, **stamp)
        )
        return
    mine = sa.and_(table.c.internship_id == internship_id, table.c.by == by.value, table.c.version == version)
    done = work.connection.execute(sa.update(table).where(mine).values(**values, version=version + 1))
    if done.rowcount != 1:
        raise Refusal(_CHANGED)
