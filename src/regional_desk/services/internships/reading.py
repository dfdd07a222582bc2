"""Reading internships as the office sees them: the terms in force, the state of a day, service months (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain import internships as rules
from regional_desk.domain.internships import (
    AgreementPolicy,
    Break,
    EndKind,
    InternState,
    ServiceMonth,
    Terms,
    policy_from_table,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.people import parse_birth
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import UsageError
from regional_desk.services.desk import Desk
from regional_desk.services.training.counselling import HIDDEN
from regional_desk.store import internship_records as store
from regional_desk.store.internship_records import AgreementRow, InterruptionRow, StoredInternship
from regional_desk.store.placements import PlacementRow, find_placement

SUBJECT = "internships"
SIGNED, DRAFT, VOID = "signed", "draft", "void"
_UNKNOWN = "없는 인턴십입니다. 인턴십 목록에서 다시 골라 주십시오."


@dataclass(frozen=True, slots=True)
class InternshipRow:
    """One internship on a day.

    `start` and `end` (both inside) are the recorded days, before them the agreed ones; `months` its service months up
    to `end`, none where it was withdrawn; `months_served` how many full ones lie behind; `month_now` today's, `days_left`
    days after today to the end, both None unless it runs. `wage` in won a month, `weekly_minutes` the contracted week,
    `place` and `mentor` of the terms in force.
    """

    id: UUID
    version: int
    programme_year: int
    number: int
    trainee: UUID
    name: str
    birth: dt.date
    company: UUID
    company_name: str
    position: UUID | None
    position_name: str
    placement: UUID | None
    replaces: UUID | None
    track: str
    started_on: dt.date | None
    ended_on: dt.date | None
    end_kind: EndKind | None
    end_reason: str | None
    start: dt.date
    end: dt.date
    state: InternState
    months: tuple[ServiceMonth, ...]
    months_served: int
    month_now: int | None
    days_left: int | None
    wage: int
    weekly_minutes: int
    place: str
    mentor: str

    @property
    def label(self) -> str:
        """협약번호: `2026-3`."""
        return rules.label(self.programme_year, self.number)


@dataclass(frozen=True, slots=True)
class InternshipDetail:
    """An internship with its agreements and breaks, voided ones too, and who took over (`replaced_by`)."""

    row: InternshipRow
    agreements: tuple[AgreementRow, ...]
    interruptions: tuple[InterruptionRow, ...]
    placement: PlacementRow | None
    replaced_by: UUID | None

    @property
    def signed(self) -> tuple[Terms, ...]:
        """The terms of the agreements that were signed, in the order of their numbers."""
        return tuple(one.terms for one in self.agreements if one.state == SIGNED)

    @property
    def terms(self) -> tuple[Terms, ...]:
        """The same, or the first draft's where nothing was signed yet: what months and days are counted by."""
        return _terms(self.agreements)

    @property
    def draft(self) -> AgreementRow | None:
        """The agreement or amendment that waits for signatures."""
        return next((one for one in self.agreements if one.state == DRAFT), None)

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The days not served that stand."""
        return _breaks(self.interruptions)


@cache
def policy() -> AgreementPolicy:
    """What an agreement states and how long it lasts (`resources/policies/internship_agreement.toml`)."""
    path = paths.resources() / "policies" / "internship_agreement.toml"
    return policy_from_table(tomllib.loads(path.read_text(encoding="utf-8")))


def list_internships(desk: Desk, year: int | None = None) -> tuple[InternshipRow, ...]:
    """The internships of a programme year (the office's where None) in the order of their numbers; masked and noted.

    Raises NotAllowed without the right to see people.
    """
    rows = survey_internships(desk, year)
    desk.note_view(SUBJECT, [row.trainee for row in rows], {"year": year or desk.office.programme_year})
    return rows


def survey_internships(desk: Desk, year: int | None = None) -> tuple[InternshipRow, ...]:
    """The same for whoever shows nobody yet, as a search before it was typed: not noted in the access log."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = rows_of(connection, year or desk.office.programme_year, desk.clock.today())
    return tuple(_shown_row(desk.masking, row) for row in rows)


def read(desk: Desk, internship_id: UUID) -> InternshipDetail:
    """One internship with everything agreed, masked and noted; raise UsageError for an unknown id."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = load(connection, internship_id, desk.clock.today())
    desk.note_view(SUBJECT, [found.row.trainee], {"by": "internship", "internship": found.row.label})
    return _shown(desk.masking, found)


def waiting(desk: Desk, year: int | None = None) -> tuple[PlacementRow, ...]:
    """Published placements of a programme year that wait for an agreement, by company and name; masked and noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_waiting(connection, year or desk.office.programme_year)
    desk.note_view(SUBJECT, [row.trainee for row in rows], {"by": "waiting"})
    return tuple(_shown_placement(desk.masking, row) for row in rows)


def find_internship(desk: Desk, text: str) -> UUID:
    """The internship meant by an id, its number (`2026-3`) or its trainee (`성명`, `성명 1999-03-05`).

    Of several of one person the one that is not over; raise UsageError where none or several fit.
    """
    typed = clean(text)
    with desk.store.read() as connection:
        stored = store.list_internships(connection)
    found = [one for one in stored if typed in (str(one.id), rules.label(one.programme_year, one.number))]
    if not found:
        name, birth = _person(typed)
        found = [one for one in stored if one.name == name and birth in (None, one.birth)]
    going = [one for one in found if one.end_kind is None]
    chosen = going if len(going) == 1 and len({one.trainee for one in found}) == 1 else found
    if len(chosen) == 1:
        return chosen[0].id
    if not chosen:
        raise UsageError(
            f"'{typed}'에 해당하는 인턴십이 없습니다. 협약번호(예: 2026-3)나 성명을 확인해 주십시오."
        )
    numbers = ", ".join(rules.label(one.programme_year, one.number) for one in chosen)
    raise UsageError(f"'{typed}'의 인턴십이 {len(chosen)}건({numbers})입니다. 협약번호로 적어 주십시오.")


def load(connection: sa.Connection, internship_id: UUID, today: dt.date) -> InternshipDetail:
    """The same unmasked and not noted, for acts and for services that compute; raise UsageError for an unknown id."""
    stored = store.find_internship(connection, internship_id)
    if stored is None:
        raise UsageError(_UNKNOWN)
    agreements = store.list_agreements(connection, internship_id=internship_id).get(internship_id, ())
    breaks = store.list_interruptions(connection, internship_id=internship_id).get(internship_id, ())
    placed = find_placement(connection, stored.placement) if stored.placement else None
    others = store.list_internships(connection, replacing=internship_id)
    after = [one.id for one in others if one.end_kind != EndKind.WITHDRAWN]
    row = _row(stored, agreements, breaks, today)
    return InternshipDetail(row, agreements, breaks, placed, after[-1] if after else None)


def rows_of(connection: sa.Connection, year: int | None, on: dt.date) -> tuple[InternshipRow, ...]:
    """The internships of a programme year, of all years where None, as they stood on a day; unmasked and not noted.

    What was made, signed, started or ended after that day had not been by then; a start that was keyed late counts from
    its own day.
    """
    return tuple(one.row for one in details_of(connection, year, on))


def details_of(connection: sa.Connection, year: int | None, on: dt.date) -> tuple[InternshipDetail, ...]:
    """The same with their agreements and breaks; placements and successors are not looked up."""
    agreements = store.list_agreements(connection, year)
    breaks = store.list_interruptions(connection, year)
    found = []
    for one in store.list_internships(connection, year):
        if one.created_at.date() <= on or (one.started_on is not None and one.started_on <= on):
            agreed, away = agreements.get(one.id, ()), breaks.get(one.id, ())
            found.append(InternshipDetail(_row(one, agreed, away, on), agreed, away, None, None))
    return tuple(found)


def breaks_of(connection: sa.Connection, year: int) -> dict[UUID, int]:
    """How many breaks stand, by internship."""
    found = store.list_interruptions(connection, year)
    return {key: len(_breaks(rows)) for key, rows in found.items()}


def _row(
    stored: StoredInternship,
    agreements: Sequence[AgreementRow],
    interruptions: Sequence[InterruptionRow],
    today: dt.date,
) -> InternshipRow:
    """What an internship comes to on a day, as it stood then."""
    if stored.ended_on is not None and stored.ended_on > today:
        stored = replace(stored, ended_on=None, end_kind=None, end_reason=None)
    if stored.started_on is not None and stored.started_on > today:
        stored = replace(stored, started_on=None)
    terms = _terms(agreements, today)
    kind = EndKind(stored.end_kind) if stored.end_kind else None
    withdrawn = kind is EndKind.WITHDRAWN
    start = stored.started_on or terms[0].effective_from
    end = stored.ended_on if stored.ended_on and not withdrawn else rules.agreed_end(terms)
    state = rules.state(
        signed=any(one.number == 0 and _is_signed(one, today) for one in agreements),
        started_on=stored.started_on,
        end_kind=kind,
        breaks=_breaks(interruptions),
        today=today,
    )
    months = () if withdrawn else rules.service_months(start, end)
    begun = stored.started_on is not None
    now = rules.month_of(months, today) if state.running else None
    ruling = rules.terms_on(terms, min(today, end))
    return InternshipRow(
        id=stored.id,
        version=stored.version,
        programme_year=stored.programme_year,
        number=stored.number,
        trainee=stored.trainee,
        name=stored.name,
        birth=stored.birth,
        company=stored.company,
        company_name=stored.company_name,
        position=stored.position,
        position_name=stored.position_name or ruling.duties,
        placement=stored.placement,
        replaces=stored.replaces,
        track=stored.track,
        started_on=stored.started_on,
        ended_on=stored.ended_on,
        end_kind=kind,
        end_reason=stored.end_reason,
        start=start,
        end=end,
        state=state,
        months=months,
        months_served=sum(one.full and one.end <= today for one in months) if begun else 0,
        month_now=now.no if now else None,
        days_left=max(0, (end - today).days) if state.running else None,
        wage=ruling.wage,
        weekly_minutes=ruling.weekly_minutes,
        place=ruling.place,
        mentor=ruling.mentor,
    )


def _terms(agreements: Sequence[AgreementRow], on: dt.date = dt.date.max) -> tuple[Terms, ...]:
    """The terms signed by a day, the first draft's where none were."""
    signed = tuple(one.terms for one in agreements if _is_signed(one, on))
    return signed or tuple(one.terms for one in agreements[:1])


def _is_signed(row: AgreementRow, on: dt.date) -> bool:
    return row.state == SIGNED and (row.signed_on or on) <= on


def _breaks(rows: Sequence[InterruptionRow]) -> tuple[Break, ...]:
    return tuple(one.span for one in rows if one.void_reason is None)


def _person(text: str) -> tuple[str, dt.date | None]:
    """A name with the birth date behind it, where one stands there."""
    name, _, rest = text.partition(" ")
    try:
        return (name, parse_birth(rest)) if rest[:1].isdigit() else (text, None)
    except Refused as refused:
        raise UsageError(f"'{text}'의 생년월일을 읽을 수 없습니다: {refused}") from refused


def _shown(hide: Masking, found: InternshipDetail) -> InternshipDetail:
    if hide is Masking.FULL:
        return found
    return replace(
        found,
        row=_shown_row(hide, found.row),
        agreements=tuple(
            replace(
                one,
                mentor=hide.show_name(one.mentor),
                reason=one.reason and HIDDEN,
                file_name=one.file_name and HIDDEN,
                void_reason=one.void_reason and HIDDEN,
            )
            for one in found.agreements
        ),
        interruptions=tuple(
            replace(
                one,
                reason=HIDDEN,
                file_name=one.file_name and HIDDEN,
                void_reason=one.void_reason and HIDDEN,
            )
            for one in found.interruptions
        ),
        placement=found.placement and _shown_placement(hide, found.placement),
    )


def _shown_row(hide: Masking, row: InternshipRow) -> InternshipRow:
    if hide is Masking.FULL:
        return row
    return replace(
        row,
        name=hide.show_name(row.name),
        birth=hide.hide_birth(row.birth),
        mentor=hide.show_name(row.mentor),
        end_reason=row.end_reason and HIDDEN,
    )


def _shown_placement(hide: Masking, row: PlacementRow) -> PlacementRow:
    if hide is Masking.FULL:
        return row
    return replace(
        row,
        name=hide.show_name(row.name),
        birth=hide.hide_birth(row.birth),
        end_reason=row.end_reason and HIDDEN,
    )
