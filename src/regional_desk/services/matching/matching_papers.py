"""The values of a matching round's papers: 연계 결과 공고, the letters, 연계 현황, 배정 설명서 and 조정 회의록."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.applicants import ConsentKind, ConsentState, consent_state
from regional_desk.domain.calendar import month_span
from regional_desk.domain.masking import Masking
from regional_desk.domain.matching import Measure
from regional_desk.domain.matching_rounds import How, MatchingState, Objective
from regional_desk.domain.people import Track
from regional_desk.domain.rounding import half_up
from regional_desk.domain.text import korean_date, won
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.matching import minutes, rounds
from regional_desk.services.papers.making import Maker, Making
from regional_desk.services.papers.placement_figures import placement_figures
from regional_desk.services.recruitment import applicant_documents
from regional_desk.store import placement_reports as store
from regional_desk.store.applicants import list_consents
from regional_desk.store.matching_rounds import OfferRow, RoundRow, TraineeRow, list_offers, list_trainees
from regional_desk.store.placement_reports import PlacedRow
from regional_desk.store.placements import list_minutes

if TYPE_CHECKING:
    from regional_desk.documents.matching_explanation import ExplainedPerson, ExplainedPosition, Outcome
    from regional_desk.documents.paper import Paper
    from regional_desk.documents.placement_letter import CompanyPerson, Job
    from regional_desk.documents.placement_list import PlacedLine, TrackSum
    from regional_desk.services.matching.results import Result

UNPLACED = "미배정"
_COMPANIES = "참여기업"  # how the receiver begins to whom the office asks consent to hand people over
_HOUR = 60


def _notice(making: Making) -> Paper:
    from regional_desk.documents import placement_notice as paper  # noqa: PLC0415 - only where it is made

    row, people, offers, placed = _read(making)
    making.people += [one.trainee for one in placed]
    hide = Masking.MASKED
    tracks = []
    for track in Track:
        mine = sorted((one for one in placed if one.track == track), key=lambda one: (one.name, one.birth))
        there = sum(one.track == track for one in people)
        seats = sum(one.seats for one in offers if one.track == track)
        if not there and not seats:
            continue
        lines = tuple(
            paper.NoticeLine(
                hide.show_name(one.name),
                hide.show_birth(one.birth),
                hide.show_phone(one.phone),
                one.company_name,
                one.position_name,
            )
            for one in mine
        )
        tracks.append(paper.NoticeTrack(track.value, there, seats, lines))
    values = paper.PlacementNotice(making.desk.office.name, row.name, row.published_on, tuple(tracks))
    return paper.to_paper(values, making.stamp(provisional=_is_open(row), solo=row.solo))


def _letters(making: Making) -> Paper:
    from regional_desk.documents import placement_letter as paper  # noqa: PLC0415 - only where it is made

    row, people, _, placed = _read(making)
    jobs = {one.trainee: one for one in placed}
    wanted = [one for one in people if making.wanted.person in (None, one.id)]
    if not wanted:
        raise Refusal(f"이 사람은 {row.name}에 없어 통지서를 만들지 않았습니다.")
    making.people += [one.id for one in wanted]
    hide = making.desk.masking
    values = paper.PlacementLetters(
        making.desk.office.name,
        row.name,
        row.published_on,
        tuple(
            paper.LetterPerson(
                hide.show_name(one.name),
                hide.show_birth(one.birth),
                one.track,
                _job(jobs[one.id]) if one.id in jobs else None,
            )
            for one in wanted
        ),
    )
    return paper.to_paper(values, making.stamp(provisional=_is_open(row), solo=row.solo))


def _company_letters(making: Making) -> Paper:
    from regional_desk.documents import placement_letter as paper  # noqa: PLC0415 - only where it is made

    row, _, offers, placed = _read(making)
    held = [one for one in placed if one.ended_on is None]
    wanted = [one for one in offers if making.wanted.company in (None, one.company)]
    if not wanted:
        raise Refusal(f"이 기업은 {row.name}에 없어 통지서를 만들지 않았습니다.")
    with making.desk.store.read() as connection:
        agreed = _agreed(connection, [one.trainee for one in held])
        contacts = store.list_contacts(connection, {one.company for one in wanted})
    companies = []
    for company, group in groupby(wanted, key=lambda one: one.company):
        positions = tuple(group)
        mine = [one for one in held if one.company == company]
        making.people += [one.trainee for one in mine]
        companies.append(
            paper.LetterCompany(
                positions[0].company_name,
                contacts.get(company, ""),
                tuple((one.name, one.seats) for one in positions),
                tuple(_for_company(making, one, known=one.trainee in agreed) for one in mine),
            )
        )
    values = paper.CompanyLetters(making.desk.office.name, row.name, row.published_on, tuple(companies))
    return paper.company_paper(values, making.stamp(provisional=_is_open(row), solo=row.solo))


def _for_company(making: Making, one: PlacedRow, *, known: bool) -> CompanyPerson:
    """Whoever did not agree to be handed over stays masked, without a phone (개인정보 보호법 제17조)."""
    from regional_desk.documents.placement_letter import CompanyPerson  # noqa: PLC0415 - only where it is made

    hide = making.desk.masking if known else Masking.MASKED
    return CompanyPerson(
        one.position_name,
        hide.show_name(one.name),
        hide.show_birth(one.birth),
        hide.show_phone(one.phone) if known else "",
        known,
    )


def _list(making: Making) -> Paper:
    from regional_desk.documents import placement_list as paper  # noqa: PLC0415 - only where it is made

    desk, wanted = making.desk, making.wanted
    solo = provisional = False
    if wanted.round is not None:
        row, people, offers, rows = _read(making)
        on, about = desk.clock.today(), row.name
        sums = tuple(_round_sum(track.value, people, offers, rows) for track in Track)
        provisional, solo = _is_open(row), row.solo
    else:
        on, about = _day(making), f"{desk.office.programme_year}년"
        with desk.store.read() as connection:
            rows = store.list_published(connection, desk.office.programme_year, on)
            sums = _year_sums(connection, desk.office.programme_year, on)
            solo = bool(store.list_solo(connection, desk.office.programme_year, on))
    making.people += [one.trainee for one in rows]
    values = paper.PlacementList(
        desk.office.name,
        about,
        on,
        tuple(one for one in sums if one.people or one.seats),
        tuple(_placed_line(one, on) for one in rows),
        desk.office.approval,
    )
    return paper.to_paper(values, making.stamp(provisional=provisional, solo=solo))


def _explanation(making: Making) -> Paper:
    from regional_desk.documents import matching_explanation as paper  # noqa: PLC0415 - only where it is made
    from regional_desk.services.matching import results  # noqa: PLC0415 - only here a matching is computed

    desk, round_id, person = making.desk, making.round, making.wanted.person
    stands = results.standing(desk, round_id)
    row, chosen = stands.round.row, Objective(stands.round.row.objective or Objective.STABLE)
    changes = len(minutes.minutes(desk, round_id))
    computed = tuple(results.compute(desk, round_id, objective) for objective in Objective)
    outcomes = [
        _outcome(one.objective.label, one.measure, chosen=one.objective is chosen and not changes)
        for one in computed
        if one.objective is not None
    ]
    if changes:
        outcomes.append(_outcome(f"지금({How.MANUAL.label} {changes}건 뒤)", stands.measure, chosen=True))
    people = [one for one in stands.round.trainees if person in (None, one.id)]
    if not people:
        raise Refusal(f"이 사람은 {row.name}에 없어 설명서를 만들지 않았습니다.")
    making.people += [one.id for one in people]
    values = paper.MatchingExplanation(
        desk.office.name,
        row.name,
        chosen.label,
        row.published_on,
        row.seed,
        changes,
        tuple(outcomes),
        tuple(_explained(stands, one, desk.masking) for one in people),
        () if person is not None else tuple(_filled(stands, one) for one in stands.round.positions),
        desk.office.approval,
    )
    return paper.to_paper(values, making.stamp(provisional=_is_open(row), solo=row.solo))


def _minutes(making: Making) -> Paper:
    from regional_desk.documents import matching_minutes as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    with desk.store.read() as connection:
        row = rounds.find_row(connection, making.round)
        named = list_minutes(connection, making.round)
    found = minutes.minutes(desk, making.round)
    making.people += [one for line in named for one in (line.trainee, line.displaced) if one is not None]
    values = paper.MatchingMinutes(
        desk.office.name,
        row.name,
        Objective(row.objective).label if row.objective else "채택 전",
        row.published_on,
        tuple(
            paper.MinuteLine(
                one.number,
                one.at,
                one.name,
                one.before or UNPLACED,
                one.after or UNPLACED,
                one.displaced,
                one.reason,
                one.by,
            )
            for one in found
        ),
        desk.office.approval,
    )
    return paper.to_paper(values, making.stamp(provisional=_is_open(row), solo=row.solo))


def _read(
    making: Making,
) -> tuple[RoundRow, tuple[TraineeRow, ...], tuple[OfferRow, ...], tuple[PlacedRow, ...]]:
    """The round with its people, positions and placements; raise Refusal before any were adopted."""
    with making.desk.store.read() as connection:
        row = rounds.find_row(connection, making.round)
        if row.adopted_at is None:
            raise Refusal(f"{row.name}은(는) 아직 배정을 채택하지 않아 문서를 만들지 않았습니다.")
        return (
            row,
            list_trainees(connection, row.id),
            list_offers(connection, row.id),
            store.list_placed(connection, row.id),
        )


def _is_open(row: RoundRow) -> bool:
    return row.state == MatchingState.OPEN


def _day(making: Making) -> dt.date:
    """The last day of the month asked for, today where it still runs or none was named."""
    today = making.desk.clock.today()
    if making.wanted.month is None:
        return today
    try:
        return min(month_span(making.wanted.month)[1], today)
    except ValueError as error:
        raise UsageError(f"'{making.wanted.month}'은(는) 달로 읽을 수 없습니다.") from error


def _job(one: PlacedRow) -> Job:
    from regional_desk.documents.placement_letter import Job  # noqa: PLC0415 - only where a letter is made

    return Job(
        one.company_name,
        one.position_name,
        one.place or "",
        "" if one.wage is None else f"월 {won(one.wage)}원",
        "" if one.weekly_minutes is None else f"주 {_hours(one.weekly_minutes)}",
        korean_date(one.starts_on) if one.starts_on else "",
        one.conditions or "",
        " ".join(filter(None, (one.contact, Masking.FULL.show_phone(one.company_phone)))),
    )


def _hours(week: int) -> str:
    hours, rest = divmod(week, _HOUR)
    return f"{hours}시간" + (f" {rest}분" if rest else "")


def _agreed(connection: sa.Connection, people: Iterable[UUID]) -> frozenset[UUID]:
    """Who agreed to be handed over to the companies; the newest record of that consent decides."""
    receivers = {
        one.receiver
        for one in applicant_documents.asked().consents
        if one.kind is ConsentKind.THIRD_PARTY and (one.receiver or "").startswith(_COMPANIES)
    }
    found = set()
    for person in people:
        newest = next((one for one in list_consents(connection, person) if one.receiver in receivers), None)
        if newest is not None:
            state = consent_state(given=newest.given, withdrawn_on=newest.withdrawn_on)
            found |= {person} if state is ConsentState.GIVEN else set()
    return frozenset(found)


def _round_sum(
    track: str,
    people: Collection[TraineeRow],
    offers: Collection[OfferRow],
    placed: Collection[PlacedRow],
) -> TrackSum:
    from regional_desk.documents.placement_list import TrackSum  # noqa: PLC0415 - only where it is made

    mine = [one for one in offers if one.track == track]
    ended = sum(one.ended_on is not None for one in placed if one.track == track)
    return TrackSum(
        track,
        len({one.company for one in mine}),
        len(mine),
        sum(one.seats for one in mine),
        sum(one.track == track for one in people),
        sum(one.track == track for one in placed) - ended,
        ended,
    )


def _year_sums(connection: sa.Connection, year: int, on: dt.date) -> tuple[TrackSum, ...]:
    """The same figures as the month's report has."""
    from regional_desk.documents.placement_list import TrackSum  # noqa: PLC0415 - only where it is made

    return tuple(
        TrackSum(one.track, one.companies, one.positions, one.seats, one.people, one.placed, one.ended)
        for one in placement_figures(connection, year, on.replace(day=1), on)
    )


def _placed_line(one: PlacedRow, on: dt.date) -> PlacedLine:
    from regional_desk.documents.placement_list import PlacedLine  # noqa: PLC0415 - only where it is made

    hide, state = Masking.MASKED, "연계"
    if one.ended_on is not None and one.ended_on <= on:
        state = f"{korean_date(one.ended_on)} 취소 — {hide.show_reason(one.end_reason or '')}"
    return PlacedLine(
        one.round_name,
        one.track,
        hide.show_name(one.name),
        hide.show_birth(one.birth),
        one.company_name,
        one.position_name,
        one.place or "",
        _wish(one.rank),
        How(one.how).label,
        one.published_on,
        state,
    )


def _wish(rank: int | None) -> str:
    return "희망 밖" if rank is None else str(rank)


def _outcome(label: str, measure: Measure, *, chosen: bool) -> Outcome:
    from regional_desk.documents.matching_explanation import Outcome  # noqa: PLC0415 - only where it is made

    return Outcome(
        label,
        measure.placed,
        measure.unplaced,
        measure.ranks,
        _decimal(measure.average),
        measure.blocking,
        chosen,
    )


def _decimal(average: Fraction | None) -> Decimal | None:
    return None if average is None else half_up(average.numerator, average.denominator, 2)


def _explained(stands: Result, one: TraineeRow, hide: Masking) -> ExplainedPerson:
    from regional_desk.documents.matching_explanation import ExplainedPerson  # noqa: PLC0415 - as above

    titles = {each.id: each.title for each in stands.round.positions}
    place = stands.matching.get(one.id)
    wishes = stands.round.wishes.get(one.id, ())
    wish = _wish(wishes.index(place) + 1 if place in wishes else None) if place is not None else ""
    return ExplainedPerson(
        one.name,
        hide.show_birth(one.birth),
        titles[place] if place is not None else UNPLACED,
        wish,
        tuple(stands.of_trainees[one.id].splitlines()),
    )


def _filled(stands: Result, one: OfferRow) -> ExplainedPosition:
    from regional_desk.documents.matching_explanation import ExplainedPosition  # noqa: PLC0415 - as above

    placed = sum(place == one.id for place in stands.matching.values())
    whys = tuple(stands.of_positions[one.id].splitlines())
    return ExplainedPosition(one.company_name, one.name, one.seats, placed, whys)


MAKERS: dict[str, Maker] = {
    "placement-notice": _notice,
    "placement-letter": _letters,
    "placement-company-letter": _company_letters,
    "placement-list": _list,
    "matching-explanation": _explanation,
    "matching-minutes": _minutes,
}
