"""The values of 참여기업 현황."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regional_desk.domain.companies import CompanyKind, show_business_number
from regional_desk.domain.company_selection import ParticipationState
from regional_desk.domain.masking import Masking
from regional_desk.errors import Refusal
from regional_desk.services.companies import overview
from regional_desk.services.companies.overview import CompanyLine
from regional_desk.services.papers.making import Maker, Making

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper

_LIST = Masking.MASKED  # lists that leave the office (rulebook section 6)


def _company_list(making: Making) -> Paper:
    from regional_desk.documents import company_list as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    lines = overview.survey_lines(desk)
    if not lines:
        raise Refusal("아직 기업이 없어 만들지 않았습니다. 기업 명단을 먼저 가져오십시오.")
    rows = tuple(
        paper.CompanyListLine(
            name=line.row.name,
            business_number=show_business_number(line.row.business_number),
            kind=line.row.kind or "",
            address=line.row.address or "",
            employees=line.row.employees,
            state=line.state_label,
            level=line.level or "",
            positions=", ".join(f"{one.name}({one.seats})" for one in line.positions if not one.closed),
            seats=line.seats,
            contact=_LIST.show_name(line.row.contact) if line.row.contact else "",
        )
        for line in lines
    )
    counts = [(kind.value, [line for line in lines if line.row.kind == kind]) for kind in CompanyKind]
    unknown = [line for line in lines if line.row.kind is None]
    if unknown:
        counts.append(("유형 없음", unknown))
    values = paper.CompanyList(
        desk.office.programme_year,
        rows,
        tuple(_counted(label, some) for label, some in [*counts, ("모두", list(lines))]),
        desk.office.approval,
    )
    return paper.to_paper(values, making.stamp())


def _counted(label: str, lines: Sequence[CompanyLine]) -> tuple[str, int, int, int]:
    selected = sum(line.state is ParticipationState.SELECTED for line in lines)
    return label, len(lines), selected, sum(line.seats for line in lines)


MAKERS: dict[str, Maker] = {"company-list": _company_list}
