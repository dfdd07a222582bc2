"""What to mind on a visit besides the checklist."""

from __future__ import annotations

from uuid import UUID

from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk
from regional_desk.services.internships.journals import missing_weeks


def journal_words(desk: Desk, internship_id: UUID) -> str:
    """`인턴일지 없는 주: 2주, 3주`, empty where none is missing today; it names nobody."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        weeks = missing_weeks(connection, internship_id, desk.clock.today())
    return f"인턴일지 없는 주: {', '.join(f'{week}주' for week in weeks)}" if weeks else ""
