"""What claims know of an internship: its agreements, breaks, service months and payslips, read for many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.calendar import days_between, unit_period
from regional_desk.domain.internships import (
    Break,
    EndKind,
    ServiceMonth,
    Terms,
    agreed_end,
    service_months,
    terms_on,
)
from regional_desk.errors import UsageError
from regional_desk.store import internship_records as records
from regional_desk.store.internship_records import AgreementRow, StoredInternship
from regional_desk.store.payslips import PayslipRow, list_payslips

_SIGNED = "signed"


@dataclass(frozen=True)
class Intern:
    """One internship that started, with what its claims follow from; `most` service months may be claimed."""

    row: StoredInternship
    agreements: tuple[AgreementRow, ...]
    breaks: tuple[Break, ...]
    slips: tuple[PayslipRow, ...]
    most: int

    @cached_property
    def terms(self) -> tuple[Terms, ...]:
        """What was signed, in the order of the numbers."""
        return tuple(one.terms for one in self.agreements)

    @property
    def start(self) -> dt.date:
        """The first day of service; raise ValueError where it has not begun."""
        if self.row.started_on is None:
            raise ValueError("an internship that has not begun has no service months")
        return self.row.started_on

    @cached_property
    def last_day(self) -> dt.date:
        """The last day of service: as it ended, else as it was agreed."""
        if self.row.ended_on is not None and self.row.end_kind is not None:
            return self.row.ended_on
        return agreed_end(self.terms)

    @cached_property
    def months(self) -> tuple[ServiceMonth, ...]:
        """The service months that may be claimed; none of a withdrawn internship."""
        if self.row.end_kind == EndKind.WITHDRAWN:
            return ()
        return service_months(self.start, self.last_day, self.most)

    def month(self, month_no: int) -> ServiceMonth | None:
        """One service month, None where the internship does not reach it."""
        return next((month for month in self.months if month.no == month_no), None)

    def full_month(self, month_no: int) -> tuple[dt.date, dt.date]:
        """First and last day of a service month, reached or not."""
        unit = unit_period(self.start, month_no)
        return unit.start, unit.end

    def days_served(self, month: ServiceMonth) -> tuple[dt.date, ...]:
        """The days of a month that were served, weekly holidays among them."""
        days = days_between(month.start, month.served_until)
        return tuple(day for day in days if not any(one.covers(day) for one in self.breaks))

    def days_off(self, start: dt.date, end: dt.date) -> frozenset[dt.date]:
        """The days of unpaid absence and interruption between two days, both inside."""
        return frozenset(
            day for day in days_between(start, end) if any(one.covers(day) for one in self.breaks)
        )

    def week_on(self, day: dt.date) -> int:
        """The contracted minutes a week on a day."""
        return terms_on(self.terms, day).weekly_minutes

    def slips_of(self, start: dt.date, end: dt.date) -> tuple[PayslipRow, ...]:
        """The payslips that pay for any of these days."""
        return tuple(slip for slip in self.slips if slip.paid.touches(start, end))


def read_interns(connection: sa.Connection, years: Collection[int], most: int) -> tuple[Intern, ...]:
    """Every internship of these programme years that was signed and has begun, by year and number."""
    found: list[Intern] = []
    for year in sorted(set(years)):
        rows = [row for row in records.list_internships(connection, year) if row.started_on is not None]
        agreements = records.list_agreements(connection, year)
        breaks = records.list_interruptions(connection, year)
        slips = list_payslips(connection, [row.id for row in rows])
        made = (
            Intern(
                row,
                _signed(agreements.get(row.id, ())),
                tuple(one.span for one in breaks.get(row.id, ()) if one.void_reason is None),
                slips.get(row.id, ()),
                most,
            )
            for row in rows
        )
        found += [one for one in made if one.agreements]
    return tuple(found)


def read_intern(connection: sa.Connection, internship_id: UUID, most: int) -> Intern:
    """One internship; raise UsageError where there is none, or it was not signed or has not begun."""
    row = records.find_internship(connection, internship_id)
    if row is None:
        raise UsageError("없는 인턴십입니다. 목록에서 다시 골라 주십시오.")
    agreements = _signed(records.list_agreements(connection, internship_id=row.id).get(row.id, ()))
    if row.started_on is None or not agreements:
        raise UsageError("아직 시작하지 않은 인턴십이라 지원금을 계산할 지원월이 없습니다.")
    breaks = records.list_interruptions(connection, internship_id=row.id).get(row.id, ())
    return Intern(
        row,
        agreements,
        tuple(one.span for one in breaks if one.void_reason is None),
        list_payslips(connection, [row.id]).get(row.id, ()),
        most,
    )


def _signed(rows: Collection[AgreementRow]) -> tuple[AgreementRow, ...]:
    return tuple(row for row in rows if row.state == _SIGNED)
