"""Internships of placed people, made through the services as an office makes them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from tests.placements import Made, make_round, publish_round

from regional_desk.domain.internships import EndKind
from regional_desk.services.desk import Desk
from regional_desk.services.internships import agreements, internships
from regional_desk.services.internships.drafts import AgreementDraft
from regional_desk.services.internships.internships import InternshipDetail
from regional_desk.services.matching import placements

PDF = b"%PDF-1.4\n%%EOF\n"


def place(desk: Desk) -> Made:
    """A published round: two people placed on two positions."""
    made = make_round(desk)
    publish_round(made)
    return made


def placed(made: Made) -> tuple[UUID, ...]:
    """The placements of the round."""
    return tuple(one.id for one in placements.placements(made.desk, made.round))


def draft(
    desk: Desk, company: UUID, position: UUID | None, first: dt.date, last: dt.date | None = None
) -> AgreementDraft:
    """A draft that may be signed."""
    found = internships.propose(desk, company, position, first)
    return replace(
        found,
        mentor="김멘토",
        wage=found.wage or 2_400_000,
        place=found.place or "창원시 성산구",
        duties=found.duties or "공정 데이터 분석",
        end=last or found.end,
    )


def agree(desk: Desk, placement: UUID, first: dt.date, last: dt.date | None = None) -> InternshipDetail:
    """An internship whose agreement was signed on paper today."""
    (row,) = (one for one in internships.waiting(desk) if one.id == placement)
    made = internships.prepare(desk, placement, draft(desk, row.company, row.position, first, last))
    return agreements.sign(desk, made.agreements[0].id, desk.clock.today(), on_paper=True)


def begin(desk: Desk, placement: UUID, first: dt.date, last: dt.date | None = None) -> InternshipDetail:
    """An internship that started on its first agreed day."""
    return internships.start(desk, agree(desk, placement, first, last).row.id, first)


def complete(desk: Desk, internship: UUID) -> InternshipDetail:
    """Let an internship end on its last agreed day."""
    last = internships.read(desk, internship).row.end
    return internships.end(desk, internship, last, EndKind.COMPLETED)


def scan(folder: Path) -> Path:
    """A file as a scanner leaves it."""
    file = folder / "scan.pdf"
    file.write_bytes(PDF)
    return file
