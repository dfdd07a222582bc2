"""An office ready for matching: its companies selected, a round with the wishes and interviews of the office's files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from tests.conftest import FILES

from regional_desk.domain.clock import Clock
from regional_desk.domain.rights import Right, Role
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing import imports
from regional_desk.services.importing.imports import ImportResult
from regional_desk.services.matching import rounds
from regional_desk.services.recruitment.people import find_person
from regional_desk.services.safety import accounts, opening
from regional_desk.store.companies import company
from regional_desk.store.ids import new_id
from regional_desk.store.participation import participation

FIRST, LATER = "temporary-word-1", "another-good-word-2"
NUMBERED = "성명,생년월일,순위,기업명,직무"
INTERVIEWS = "기업명,직무,성명,생년월일,결과,점수,순위"


def select_everybody(desk: Desk) -> None:
    """Let every company be selected for the year, as if its evaluation had come to it."""

    def body(work: Work) -> dict[str, Any]:
        for company_id in work.connection.execute(sa.select(company.c.id)).scalars():
            work.connection.execute(
                sa.insert(participation).values(
                    id=new_id(),
                    company_id=company_id,
                    programme_year=desk.office.programme_year,
                    applied_on=work.at.date(),
                    state="selected",
                    created_at=work.at,
                )
            )
        return {}

    desk.perform(Right.SELECT_COMPANIES, "test.select", body)


def bring(desk: Desk, kind: str, round_id: UUID, file: Path | None = None, **options: Any) -> ImportResult:
    """Import a file of wishes or interviews, the office's own one without another."""
    opened = imports.open_file(desk, kind, file or FILES / f"{kind}.xlsx")
    return imports.commit(desk, opened, round_id=round_id, **options)


def write(folder: Path, *lines: str) -> Path:
    """A list of these lines, the headings first."""
    file = folder / "list.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def ready(desk: Desk) -> UUID:
    """A round made from the office's two files."""
    select_everybody(desk)
    round_id = rounds.add_round(desk).id
    for kind in ("preferences", "interviews"):
        bring(desk, kind, round_id)
    return round_id


def who(desk: Desk, name: str) -> UUID:
    """Somebody by name, or by name and birth date."""
    return find_person(desk, name)


def where(desk: Desk, round_id: UUID, company_name: str) -> UUID:
    """The round's position of a company."""
    (found,) = (one.id for one in rounds.read(desk, round_id).positions if company_name in one.company_name)
    return found


def as_somebody(desk: Desk, office: Path, clock: Clock, role: Role, act: Callable[[Desk], Any]) -> Any:
    """Let another person with this role do something; the first desk is closed by it."""
    accounts.add_user(desk, "user02", "이둘째", [role], FIRST)
    desk.store.close()
    other = opening.open_office(office, "user02", FIRST, clock)
    try:
        accounts.change_password(other, FIRST, LATER)
        return act(other)
    finally:
        other.store.close()
