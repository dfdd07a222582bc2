"""What plan, journals, deliverables and evaluations of an internship hang on: its days, its mentor, its trainee's key."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain import internship_evaluation, internship_training
from regional_desk.domain.internship_evaluation import EvaluationTerms
from regional_desk.domain.internship_training import TrainingTerms, Week, Words, week_of, weeks, words_of
from regional_desk.domain.internships import Break, InternState, Terms, terms_on
from regional_desk.domain.masking import Masking
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.internships import reading
from regional_desk.services.internships.reading import SUBJECT, InternshipDetail, InternshipRow
from regional_desk.services.training.counselling import HIDDEN


@dataclass(frozen=True, slots=True)
class Basis:
    """One internship as its training sees it: its row, what was agreed, and the days not served."""

    row: InternshipRow
    agreed: tuple[Terms, ...]
    breaks: tuple[Break, ...]

    @property
    def id(self) -> UUID:
        """Which internship."""
        return self.row.id

    @property
    def begun(self) -> bool:
        """Whether the intern started, and the agreement was not withdrawn."""
        return self.row.started_on is not None and self.row.state is not InternState.WITHDRAWN

    @property
    def weeks(self) -> tuple[Week, ...]:
        """Its weeks from the first day to the last."""
        return weeks(self.row.start, self.row.end)

    @property
    def words(self) -> Words:
        """What plan and journal are called on its track."""
        return words_of(self.row.track)

    def week(self, no: int) -> Week:
        """One week; raise Refusal where the internship has no such week."""
        count = len(self.weeks)
        if not 1 <= no <= count:
            raise Refusal(f"{no}주차는 없습니다. 이 인턴십은 1주차에서 {count}주차까지입니다.")
        return week_of(self.row.start, no, self.row.end)

    def mentor(self, week: Week) -> str:
        """Who was agreed on as mentor at a week's end."""
        return terms_on(self.agreed, week.end).mentor


@cache
def training_terms() -> TrainingTerms:
    """When journals must be here (`resources/policies/internship_training.toml`)."""
    return internship_training.terms_from_table(_table("internship_training"))


@cache
def evaluation_terms() -> EvaluationTerms:
    """What the three are asked, and when (`resources/policies/internship_evaluation.toml`)."""
    return internship_evaluation.terms_from_table(_table("internship_evaluation"))


def read_basis(connection: sa.Connection, internship_id: UUID, today: dt.date) -> Basis:
    """One internship, unmasked; raise UsageError for an unknown id."""
    return _basis(reading.load(connection, internship_id, today))


def list_begun(connection: sa.Connection, today: dt.date) -> tuple[Basis, ...]:
    """Every internship that was started, by year and number, unmasked."""
    found = (_basis(one) for one in reading.details_of(connection, None, today))
    return tuple(one for one in found if one.begun)


def shown(desk: Desk, basis: Basis) -> Basis:
    """The same as whoever may not unmask sees it."""
    hide = desk.masking
    if hide is Masking.FULL:
        return basis
    row = replace(
        basis.row,
        name=hide.show_name(basis.row.name),
        birth=hide.hide_birth(basis.row.birth),
        mentor=hide.show_name(basis.row.mentor),
        end_reason=basis.row.end_reason and HIDDEN,
    )
    agreed = tuple(replace(one, mentor=hide.show_name(one.mentor)) for one in basis.agreed)
    return Basis(row, agreed, basis.breaks)


def require_begun(basis: Basis) -> None:
    """Raise Refusal where the internship was not started or its agreement was withdrawn."""
    if not basis.begun:
        over = basis.row.state is InternState.WITHDRAWN
        word = "협약이 취소된" if over else "아직 시작하지 않은"
        raise Refusal(f"{word} 인턴십이라 적지 않았습니다. 인턴십의 상태를 확인해 주십시오.")


def trainee_keys(work: Work, basis: Basis) -> dict[UUID, bytes]:
    """The key what is written about the intern is sealed by in the logs; raise Refusal where it was destroyed."""
    keys = work.desk.store.person_keys(work.connection, [basis.row.trainee])
    if basis.row.trainee not in keys:
        raise Refusal("파기한 사람의 기록이라 고치지 않았습니다.")
    return keys


def log_change(
    work: Work, basis: Basis, action: str, detail: Mapping[str, Any], old: Any = None, new: Any = None
) -> None:
    """A line of the internship's history; what was and is written lies sealed beside it."""
    keys = trainee_keys(work, basis)
    value = work.seal(keys, basis.row.trainee, {"old": old, "new": new})
    work.log(action, SUBJECT, basis.id, detail, [value] if old is not None or new is not None else ())


def note(desk: Desk, basis: Basis, by: str) -> None:
    """Note that somebody looked at this part of an internship."""
    desk.note_view(SUBJECT, [basis.row.trainee], {"by": by})


def _basis(found: InternshipDetail) -> Basis:
    return Basis(found.row, found.terms, found.breaks)


def _table(name: str) -> dict[str, Any]:
    path = paths.resources() / "policies" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
