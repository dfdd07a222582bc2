"""How long a person's data is kept, and what is due after it (rulebook section 7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.text import korean_date

BLANK_BIRTH = dt.date(1900, 1, 1)
_DISPOSED, _SEPARATED = "파기", "분리"
_GROUPS = {
    "participant": "참여자",
    "applicant": "미선발 지원자",
    "separated": "분리보관",
    "returned": "되살아남",
}


class Group(StrEnum):
    """Whose term it is."""

    PARTICIPANT = "participant"
    APPLICANT = "applicant"
    SEPARATED = "separated"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """The Korean word on screen."""
        return _GROUPS[self.value]


class Then(StrEnum):
    """What is due when a term is over."""

    SEPARATE = "separate"
    DISPOSE = "dispose"

    @property
    def label(self) -> str:
        """The Korean word on screen."""
        return {"separate": "분리보관", "dispose": "파기"}[self.value]


class TermsDamaged(Exception):
    """The shipped terms do not hold what they must: a bug in the data, not a person's mistake."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of `resources/policies/retention.toml`; years, days, months and hours as named."""

    participant_years: int
    participant_then: Then
    applicant_days: int
    applicant_then: Then
    backup_months: int
    loss_hours: int
    report_people: int
    loss_source: str


@dataclass(frozen=True, slots=True)
class Life:
    """What decides one person's term.

    `years` are the programme years the person was selected or enrolled in; `results` the result day of each round that
    did not take the person, None while that round has none; `consent_until` is the day a consent names itself. `disposed_on` is the day of
    a disposal that a backup from before it took back.
    """

    years: tuple[int, ...] = ()
    results: tuple[dt.date | None, ...] = ()
    consent_until: dt.date | None = None
    separated_until: dt.date | None = None
    disposed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The end of a term: `until` is the last day the data may be kept as it is."""

    group: Group
    until: dt.date
    then: Then
    reason: str

    def is_due(self, on: dt.date) -> bool:
        """Whether the term is over on a day."""
        return on > self.until


def terms_from_table(table: Mapping[str, Any]) -> Terms:
    """The terms from their TOML table; raise TermsDamaged naming what is missing."""
    try:
        participant, applicant, loss = table["participant"], table["applicant"], table["loss"]
        return Terms(
            participant_years=int(participant["years"]),
            participant_then=Then(participant["then"]),
            applicant_days=int(applicant["days"]),
            applicant_then=Then(applicant["then"]),
            backup_months=int(table["backups"]["months"]),
            loss_hours=int(loss["hours"]),
            report_people=int(loss["report_people"]),
            loss_source=str(loss["source"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise TermsDamaged(f"retention: {error!r}") from error


def end_of(life: Life, terms: Terms) -> End | None:
    """When a person's term ends, None where it has not begun (rulebook section 7).

    A participant is kept to the end of the last programme year plus the years; somebody not taken to the result of
    the last round plus the days, or longer where the consent says so. A round without a result runs no clock. What was
    set apart is kept to the day that was named then, and disposed of. Whom a restored backup brought back is due at once.
    """
    if life.disposed_on is not None:
        reason = f"{korean_date(life.disposed_on)}에 파기했으나 백업에서 되살아남"
        return End(Group.RETURNED, life.disposed_on - dt.timedelta(days=1), Then.DISPOSE, reason)
    if life.separated_until is not None:
        reason = f"분리보관 기한 {korean_date(life.separated_until)}"
        return End(Group.SEPARATED, life.separated_until, Then.DISPOSE, reason)
    known = [result for result in life.results if result is not None]
    if len(known) < len(life.results):
        return None
    applied = max(known) + dt.timedelta(days=terms.applicant_days) if known else None
    if applied is not None and life.consent_until is not None:
        applied = max(applied, life.consent_until)
    if life.years:
        year = max(life.years)
        ended = dt.date(year + terms.participant_years, 12, 31)
        if applied is None or ended >= applied:
            reason = f"{year}년 사업 참여 · 사업연도가 끝난 뒤 {terms.participant_years}년"
            return End(Group.PARTICIPANT, ended, terms.participant_then, reason)
    if applied is None:
        return None
    by_consent = applied == life.consent_until
    words = "동의서에 적힌 날까지" if by_consent else f"선발 결과 뒤 {terms.applicant_days}일"
    reason = f"{korean_date(max(known))} 결과에서 선발되지 않음 · {words}"
    return End(Group.APPLICANT, applied, terms.applicant_then, reason)


def backups_until(on: dt.date, terms: Terms) -> dt.date:
    """The day by which the last automatic backup that held somebody erased `on` is gone."""
    return monthly_return(on, terms.backup_months)


def placeholder(then: Then, number: int) -> str:
    """What stands where a name stood: `파기-0007`, `분리-0007`."""
    return f"{_DISPOSED if then is Then.DISPOSE else _SEPARATED}-{number:04}"
