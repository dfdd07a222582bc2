"""Which trainee or position a file or a person means, of those in a matching round or free to enter it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.companies import plain_company_name
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import clean, compact
from regional_desk.errors import UsageError
from regional_desk.services.desk import Desk
from regional_desk.services.matching.free import NOT_TRAINED, open_offers, trained
from regional_desk.services.matching.rounds import find_row
from regional_desk.store import matching_rounds as store
from regional_desk.store.imports import read_merged
from regional_desk.store.matching_rounds import OfferRow, TraineeRow
from regional_desk.store.people import find_people

_BETWEEN = re.compile(r"[/·,:\-()\[\]]")


class Offers:
    """Positions by what they are called: `기업명 직무` in any spelling, or company or 직무 alone where only one fits."""

    def __init__(self, offers: Iterable[OfferRow]) -> None:
        self._whole: dict[str, list[OfferRow]] = {}
        self._companies: dict[str, list[OfferRow]] = {}
        self._jobs: dict[str, list[OfferRow]] = {}
        for one in offers:
            company = plain_company_name(one.company_name)
            self._whole.setdefault(_run_together(company + compact(one.name)), []).append(one)
            self._companies.setdefault(company, []).append(one)
            self._jobs.setdefault(compact(one.name), []).append(one)

    @classmethod
    def of_round(cls, connection: sa.Connection, round_id: UUID) -> Offers:
        """The positions of a round, then those that could enter it."""
        inside = store.list_offers(connection, round_id)
        known = {one.id for one in inside}
        year = find_row(connection, round_id).programme_year
        return cls([*inside, *(one for one in open_offers(connection, year) if one.id not in known)])

    def find(self, company: str | None, job: str | None, track: str | None = None) -> OfferRow:
        """The position meant, of one track where given; raise Refused where none or several fit.

        Without `job` the first text may be a company, a 직무, or both together; without `company` the 직무 alone.
        """
        if company and job:
            return self._of_both(company, job, track)
        text = company or job or ""
        places = (
            (self._whole, _run_together(plain_company_name(text))),
            (self._companies, plain_company_name(text)),
            (self._jobs, compact(text)),
        )
        for known, key in places:
            found = known.get(key, [])
            if found:
                return _only(found, track, text)
        raise Refused(
            f"'{text}'은(는) 이 차수에 넣을 수 있는 기업이나 직무가 아닙니다. 선정된 기업의 모집 중인 직무인지 확인해 주십시오."
        )

    def _of_both(self, company: str, job: str, track: str | None) -> OfferRow:
        own = self._companies.get(plain_company_name(company), [])
        if not own:
            raise Refused(
                f"'{company}'은(는) 이 차수에 넣을 수 있는 기업이 아닙니다. 선정된 기업인지, 모집 중인 직무가 있는지 확인해 주십시오."
            )
        found = [one for one in own if compact(one.name) == compact(job)]
        if not found:
            names = ", ".join(dict.fromkeys(one.name for one in own))
            raise Refused(f"'{company}'에 '{job}' 직무가 없습니다. 있는 직무: {names}.")
        return _only(found, track, f"{company} {job}")


class Trainees:
    """People by name and birth, of a round and of those who could enter it."""

    def __init__(self, desk: Desk, connection: sa.Connection, round_id: UUID) -> None:
        self.inside = {one.id: one for one in store.list_trainees(connection, round_id)}
        self._free = {
            one.id: (one, why) for one, why in trained(desk, connection) if one.id not in self.inside
        }
        self._merged = read_merged(connection)
        self._connection = connection

    def find(self, name: str, birth: dt.date | None) -> TraineeRow:
        """Whoever is meant; without a birth date whoever alone has the name. Raises Refused where nobody can be taken."""
        kept = None if birth is None else self._merged.get((name, birth))
        found = _named(self.inside.values(), name, birth, kept)
        if not found:
            free = _named([row for row, _ in self._free.values()], name, birth, kept)
            if len(free) == 1 and (why := self._free[free[0].id][1]) is not None:
                raise Refused(why)
            found = free
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused(f"'{name}'(이)라는 교육생이 {len(found)}명입니다. 생년월일을 적어 주십시오.")
        if find_people(self._connection, name, birth):
            raise Refused(NOT_TRAINED)
        raise Refused("사무소에 없는 사람입니다. 성명과 생년월일을 확인해 주십시오.")


def find_offer(desk: Desk, round_id: UUID, text: str) -> OfferRow:
    """The position of a round meant by an id, `기업명/직무`, a company or a 직무; raise UsageError where none or several fit."""
    with desk.store.read() as connection:
        find_row(connection, round_id)
        offers = store.list_offers(connection, round_id)
    return _offer(offers, text)


def find_free_offer(desk: Desk, text: str) -> OfferRow:
    """As `find_offer`, of the positions that could enter a round."""
    with desk.store.read() as connection:
        offers = open_offers(connection, desk.office.programme_year)
    return _offer(offers, text)


def find_company(desk: Desk, round_id: UUID, text: str) -> UUID:
    """The company of a round meant by an id or a name; raise UsageError where there is none."""
    typed = clean(text)
    with desk.store.read() as connection:
        find_row(connection, round_id)
        offers = store.list_offers(connection, round_id)
    for one in offers:
        if typed == str(one.company) or plain_company_name(one.company_name) == plain_company_name(typed):
            return one.company
    raise UsageError(
        f"'{text}'은(는) 이 차수에 직무가 있는 기업이 아닙니다. 'matching show'로 확인해 주십시오."
    )


def _offer(offers: Collection[OfferRow], text: str) -> OfferRow:
    typed = clean(text)
    for one in offers:
        if typed == str(one.id):
            return one
    try:
        return Offers(offers).find(typed, None)
    except Refused as refused:
        raise UsageError(str(refused)) from refused


def _named(
    rows: Iterable[TraineeRow], name: str, birth: dt.date | None, kept: UUID | None
) -> list[TraineeRow]:
    return [
        one for one in rows if one.id == kept or (one.name == name and (birth is None or one.birth == birth))
    ]


def _only(found: Collection[OfferRow], track: str | None, text: str) -> OfferRow:
    mine = [one for one in found if track is None or one.track == track]
    if len(mine) == 1:
        return mine[0]
    if mine:
        names = ", ".join(one.title for one in mine)
        raise Refused(
            f"'{text}'에 해당하는 직무가 {len(mine)}개입니다: {names}. 기업명과 직무를 함께 적어 주십시오."
        )
    first = next(iter(found))
    raise Refused(f"{first.title}은(는) {first.track} 직무라 {track} 교육생과 연계하지 않습니다.")


def _run_together(text: str) -> str:
    return _BETWEEN.sub("", text)
