"""The values of 인턴십 협약서, 변경협약서 and 인턴 현황."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa

from regional_desk.domain.calendar import month_span
from regional_desk.domain.companies import show_business_number
from regional_desk.domain.internships import EndKind
from regional_desk.domain.masking import Masking
from regional_desk.domain.people import Track
from regional_desk.domain.positions import monthly_hours, show_week
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.internships import drafts, reading
from regional_desk.services.internships.reading import DRAFT, VOID, InternshipDetail, InternshipRow
from regional_desk.services.papers.making import Maker, Making
from regional_desk.store import company_records
from regional_desk.store.internship_records import AgreementRow
from regional_desk.store.people import person

if TYPE_CHECKING:
    from regional_desk.documents.internship_agreement import Parties
    from regional_desk.documents.internship_list import InternLine
    from regional_desk.documents.paper import Paper


def _agreement(making: Making) -> Paper:
    from regional_desk.documents import internship_agreement as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    with desk.store.read() as connection:
        found = reading.load(connection, making.internship, desk.clock.today())
        row = found.agreements[0]
        parties = _parties(making, connection, found)
        unready = row.state == DRAFT and bool(drafts.hindrances(connection, found, row))
    points = tuple(
        paper.Stated(point.label, row.points.get(point.key, ""), point.law)
        for point in reading.policy().points
    )
    values = paper.InternshipAgreement(
        parties,
        row.effective_from,
        row.end,
        row.place,
        row.duties,
        desk.masking.show_name(row.mentor),
        row.wage,
        f"주 {show_week(row.weekly_minutes)}",
        monthly_hours(row.weekly_minutes),
        points,
        row.signed_on,
    )
    return paper.to_paper(values, making.stamp(provisional=unready))


def _amendment(making: Making) -> Paper:
    from regional_desk.documents import internship_amendment as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    with desk.store.read() as connection:
        found = reading.load(connection, making.internship, desk.clock.today())
        row = _amended(found, making.wanted.number)
        parties = _parties(making, connection, found)
        unready = row.state == DRAFT and bool(drafts.hindrances(connection, found, row))
    before = drafts.before_of(row, found.agreements) or found.agreements[0]
    values = paper.InternshipAmendment(
        parties,
        row.number,
        drafts.title(before.number),
        row.effective_from,
        row.reason or "",
        drafts.changes(before, row, desk.masking),
        row.signed_on,
    )
    return paper.to_paper(values, making.stamp(provisional=unready))


def _amended(found: InternshipDetail, number: int | None) -> AgreementRow:
    """The amendment of a number, the newest that stands where none was asked for."""
    rows = [one for one in found.agreements if one.number and one.state != VOID]
    rows = [one for one in rows if number in (None, one.number)]
    if not rows:
        asked = f"제{number}차 변경협약" if number else "변경협약"
        raise Refusal(f"인턴십 {found.row.label}에 {asked}이 없어 만들지 않았습니다.")
    return rows[-1]


def _parties(making: Making, connection: sa.Connection, found: InternshipDetail) -> Parties:
    from regional_desk.documents.internship_agreement import Parties  # noqa: PLC0415 - as above

    desk, hide, row = making.desk, making.desk.masking, found.row
    making.people.append(row.trainee)
    company = company_records.find_company(connection, row.company)
    query = sa.select(person.c.phone, person.c.address).where(person.c.id == row.trainee)
    who = connection.execute(query).one()
    if company is None:
        raise UsageError("없는 기업입니다. 기업 목록에서 다시 골라 주십시오.")
    return Parties(
        office=desk.office.name,
        number=row.label,
        company=company.name,
        business_number=show_business_number(company.business_number),
        representative=hide.show_name(company.representative or ""),
        company_address=company.address or "",
        intern=hide.show_name(row.name),
        birth=hide.show_birth(row.birth),
        phone=hide.show_phone(who.phone),
        address=hide.show_address(who.address),
        track=row.track,
    )


def _list(making: Making) -> Paper:
    from regional_desk.documents import internship_list as paper  # noqa: PLC0415 - only where it is made

    desk, on = making.desk, _day(making)
    year = making.wanted.number or desk.office.programme_year
    with desk.store.read() as connection:
        rows = reading.rows_of(connection, year, on)
        breaks = reading.breaks_of(connection, year)
    making.people += [row.trainee for row in rows]
    counts = []
    for track in Track:
        states = [row.state.label for row in rows if row.track == track]
        if states:
            counts.append((track.value, tuple(states.count(state) for state in paper.STATES)))
    values = paper.InternshipList(
        desk.office.name,
        year,
        on,
        tuple(counts),
        tuple(_line(row, breaks.get(row.id, 0)) for row in rows),
        desk.office.approval,
    )
    return paper.to_paper(values, making.stamp())


def _line(row: InternshipRow, breaks: int) -> InternLine:
    from regional_desk.documents.internship_list import InternLine  # noqa: PLC0415 - as above

    hide = Masking.MASKED
    served = f"{row.months_served}개월" if row.started_on else ""
    month = f"{row.month_now}차" if row.month_now else served
    notes = (
        "직접 협약" if row.placement is None and row.replaces is None else "",
        "교체로 들어옴" if row.replaces else "",
        f"중단·결근 {breaks}회" if breaks else "",
        f"{korean_date(row.ended_on)} 취소" if row.end_kind is EndKind.WITHDRAWN and row.ended_on else "",
    )
    return InternLine(
        row.label,
        row.track,
        hide.show_name(row.name),
        hide.show_birth(row.birth),
        row.company_name,
        row.position_name,
        row.place,
        row.start,
        row.end,
        month,
        row.state.label,
        ", ".join(note for note in notes if note),
    )


def _day(making: Making) -> dt.date:
    """The last day of the month asked for, today where it still runs or none was named."""
    today = making.desk.clock.today()
    if making.wanted.month is None:
        return today
    try:
        return min(month_span(making.wanted.month)[1], today)
    except ValueError as error:
        raise UsageError(f"'{making.wanted.month}'은(는) 달로 읽을 수 없습니다.") from error


MAKERS: dict[str, Maker] = {
    "internship-agreement": _agreement,
    "internship-amendment": _amendment,
    "internship-list": _list,
}
