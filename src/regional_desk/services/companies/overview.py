"""One line a company: its record beside what became of its application, its AX level, positions and papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from regional_desk.domain.company_selection import ParticipationState, outcome_words
from regional_desk.services.companies import companies, company_documents
from regional_desk.services.desk import Desk
from regional_desk.store import company_ratings, training_needs
from regional_desk.store.companies import CompanyRow
from regional_desk.store.positions import PositionRow, list_positions


@dataclass(frozen=True, slots=True)
class CompanyLine:
    """A company in the programme year; `state` None where it did not apply, `missing` its papers not 확인 yet."""

    row: CompanyRow
    state: ParticipationState | None
    reserve_number: int | None
    level: str | None
    positions: tuple[PositionRow, ...]
    missing: tuple[str, ...]

    @property
    def seats(self) -> int:
        """모집인원 of the positions that are not closed."""
        return sum(position.seats for position in self.positions if not position.closed)

    @property
    def state_label(self) -> str:
        """`선정`, `예비 2번`, `신청 없음`."""
        if self.state is None:
            return "신청 없음"
        return outcome_words(self.state, self.reserve_number)


def list_lines(desk: Desk) -> tuple[CompanyLine, ...]:
    """Every company by name, its people masked for whoever may not unmask; noted in the access log.

    Raises NotAllowed without the right to see people, whom the rows name.
    """
    return _lines(desk, companies.list_companies(desk))


def survey_lines(desk: Desk) -> tuple[CompanyLine, ...]:
    """The same for whoever shows no contact: not noted."""
    return _lines(desk, companies.survey_companies(desk))


def _lines(desk: Desk, rows: Sequence[CompanyRow]) -> tuple[CompanyLine, ...]:
    year = desk.office.programme_year
    missing = company_documents.missing(desk)
    with desk.store.read() as connection:
        applied = {one.company: one for one in company_ratings.list_applied(connection, year)}
        levels = {one.company_id: one.level for one in training_needs.list_needs(connection, year)}
        positions: dict[UUID, list[PositionRow]] = {}
        for one in list_positions(connection, year):
            positions.setdefault(one.company, []).append(one)
    return tuple(
        CompanyLine(
            row,
            ParticipationState(applied[row.id].state) if row.id in applied else None,
            applied[row.id].reserve_number if row.id in applied else None,
            levels.get(row.id),
            tuple(positions.get(row.id, ())),
            missing.get(row.id, ()),
        )
        for row in rows
    )
