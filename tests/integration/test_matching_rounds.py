"""Matching rounds: making them, who and what may take part, on which terms, and what those terms change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests.integration.matching_office import as_somebody, ready, select_everybody, where, who

from regional_desk.domain.clock import FixedClock
from regional_desk.domain.matching_rounds import Gap, InterviewResult, MatchingState, Objective, Unrated
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Role
from regional_desk.errors import NotAllowed, OpenItems, Refusal, UsageError
from regional_desk.services.companies import positions
from regional_desk.services.desk import Desk
from regional_desk.services.matching import entries, naming, results, rounds, wishes
from regional_desk.services.matching.free import NOT_TRAINED
from regional_desk.services.recruitment import people
from regional_desk.store import audit
from regional_desk.store.companies import company, position
from regional_desk.store.participation import participation

NOBODY = UUID(int=1)


@pytest.fixture
def round_id(desk: Desk) -> UUID:
    return ready(desk)


def track2(desk: Desk) -> UUID:
    """A position of the other track that could enter a round."""
    return next(one.id for one in entries.free_positions(desk) if one.track == Track.TRACK2)


def untrained(desk: Desk) -> UUID:
    """Somebody who applied and is in no course."""
    trained = {one.id for one in entries.free_trainees(desk)}
    return next(one.id for one in people.list_people(desk) if one.id not in trained)


# --- rounds


def test_rounds_are_numbered_within_their_year(desk: Desk) -> None:
    first, second = rounds.add_round(desk), rounds.add_round(desk, " 가을   연계 ", unrated=Unrated.REFUSE)
    assert (first.name, first.number, first.seed) == ("1차 연계", 1, 2026001)
    assert (second.name, second.unrated) == ("가을 연계", Unrated.REFUSE)
    assert [one.id for one in rounds.list_rounds(desk)] == [second.id, first.id]
    assert rounds.find_round(desk, "1") == rounds.find_round(desk, "제1차") == first.id
    assert rounds.find_round(desk, "가을 연계") == rounds.find_round(desk, str(second.id)) == second.id


def test_a_round_nobody_made_is_not_found(desk: Desk) -> None:
    with pytest.raises(UsageError, match="3차"):
        rounds.find_round(desk, "3차")
    with pytest.raises(UsageError, match="없는 연계 차수"):
        rounds.read(desk, NOBODY)


def test_a_name_that_could_mean_two_rounds_is_refused(desk: Desk) -> None:
    rounds.add_round(desk, "2차")
    rounds.add_round(desk)
    with pytest.raises(UsageError, match="2개"):
        rounds.find_round(desk, "2차")


def test_a_name_in_use_and_a_seed_out_of_range_are_refused(desk: Desk) -> None:
    made = rounds.add_round(desk, "가을")
    with pytest.raises(Refusal, match="이미 있어"):
        rounds.add_round(desk, "가을")
    for seed in (-1, 2**31):
        with pytest.raises(UsageError, match="추첨 수"):
            rounds.add_round(desk, seed=seed)
    assert [one.id for one in rounds.list_rounds(desk)] == [made.id]


def test_two_people_editing_a_round_notice_each_other(desk: Desk) -> None:
    made = rounds.add_round(desk)
    changed = rounds.edit_round(desk, made.id, made.version, name="새 이름", unrated=Unrated.REFUSE, seed=7)
    assert (changed.name, changed.unrated, changed.seed) == ("새 이름", "refuse", 7)
    with pytest.raises(Refusal, match="그사이"):
        rounds.edit_round(desk, made.id, made.version, name="", unrated=Unrated.ACCEPT, seed=1)


def test_the_same_operation_again_makes_no_second_round(desk: Desk) -> None:
    first = rounds.add_round(desk, operation_id=NOBODY)
    assert rounds.add_round(desk, operation_id=NOBODY) == first
    assert len(rounds.list_rounds(desk)) == 1


# --- who and what takes part


def test_everybody_in_training_and_every_offered_position_can_fill_a_round(desk: Desk) -> None:
    select_everybody(desk)
    made = rounds.add_round(desk)
    assert entries.fill(desk, made.id, Track.TRACK1) == (40, len(rounds.read(desk, made.id).positions))
    found = rounds.read(desk, made.id)
    assert {one.track for one in found.trainees} == {one.track for one in found.positions} == {Track.TRACK1}
    assert {one.gap for one in found.open_items} == {Gap.NO_WISHES}
    assert entries.fill(desk, made.id, Track.TRACK1) == (0, 0)


def test_an_empty_round_says_so(desk: Desk) -> None:
    made = rounds.add_round(desk)
    assert [one.gap for one in rounds.read(desk, made.id).open_items] == [Gap.NO_TRAINEES, Gap.NO_POSITIONS]


def test_only_selected_companies_positions_enter(desk: Desk) -> None:
    made = rounds.add_round(desk)
    assert entries.free_positions(desk) == ()
    with desk.store.read() as connection:
        any_position = connection.execute(sa.select(position.c.id)).scalars().first()
    assert any_position is not None
    with pytest.raises(Refusal, match="선정된 기업"):
        entries.add_positions(desk, made.id, [any_position])
    select_everybody(desk)
    assert entries.add_positions(desk, made.id, [any_position]) == 1


def test_somebody_who_is_not_in_training_does_not_enter(desk: Desk) -> None:
    made = rounds.add_round(desk)
    with pytest.raises(OpenItems) as refused:
        entries.add_trainees(desk, made.id, [untrained(desk), NOBODY])
    assert [one.message for one in refused.value.items] == [NOT_TRAINED] * 2
    assert rounds.read(desk, made.id).trainees == ()


def test_nobody_is_in_two_open_rounds(desk: Desk, round_id: UUID) -> None:
    second = rounds.add_round(desk)
    one = rounds.read(desk, round_id).trainees[0].id
    assert one not in {free.id for free in entries.free_trainees(desk)}
    with pytest.raises(OpenItems) as refused:
        entries.add_trainees(desk, second.id, [one])
    assert "1차 연계" in refused.value.items[0].message


def test_somebody_taken_out_leaves_nothing_behind(desk: Desk, round_id: UUID) -> None:
    one = who(desk, "신철혁")
    entries.forbid(desk, round_id, one, rounds.read(desk, round_id).positions[0].company, "친인척")
    entries.remove_trainee(desk, round_id, one)
    found = rounds.read(desk, round_id)
    assert one not in {row.id for row in found.trainees} | set(found.wishes)
    assert one not in {row.trainee for row in found.interviews} | {row.trainee for row in found.forbidden}
    with pytest.raises(Refusal, match="교육생이 아니어서"):
        entries.remove_trainee(desk, round_id, one)


def test_a_position_with_wishes_stays(desk: Desk, round_id: UUID) -> None:
    with pytest.raises(Refusal, match="희망순위나 면접 결과"):
        entries.remove_position(desk, round_id, where(desk, round_id, "대한테크3"))
    inside = {one.id for one in rounds.read(desk, round_id).positions}
    other = next(one.id for one in entries.free_positions(desk) if one.id not in inside)
    entries.add_positions(desk, round_id, [other])
    entries.remove_position(desk, round_id, other)
    assert other not in {one.id for one in rounds.read(desk, round_id).positions}


# --- terms, and what they change


def placed_at(desk: Desk, round_id: UUID, objective: Objective, name: str) -> UUID | None:
    return results.compute(desk, round_id, objective).matching.get(who(desk, name))


@pytest.mark.parametrize("objective", list(Objective))
def test_an_exclusion_keeps_two_apart_until_it_is_taken_back(
    desk: Desk, round_id: UUID, objective: Objective
) -> None:
    at, one = where(desk, round_id, "미래메카29"), who(desk, "구기름")
    (offer,) = (row for row in rounds.read(desk, round_id).positions if row.id == at)
    assert placed_at(desk, round_id, objective, "구기름") == at
    pair = entries.forbid(desk, round_id, one, offer.company, "전에 다니던 회사")
    assert placed_at(desk, round_id, objective, "구기름") != at
    with pytest.raises(Refusal, match="이미 연계 제외"):
        entries.forbid(desk, round_id, one, offer.company, "또")
    entries.allow(desk, round_id, pair)
    assert placed_at(desk, round_id, objective, "구기름") == at
    with pytest.raises(UsageError, match="없는 연계 제외"):
        entries.allow(desk, round_id, pair)


def test_an_exclusion_needs_a_reason(desk: Desk, round_id: UUID) -> None:
    offer = rounds.read(desk, round_id).positions[0]
    with pytest.raises(Refusal, match="사유"):
        entries.forbid(desk, round_id, who(desk, "구기름"), offer.company, "  ")


def test_whoever_has_a_priority_goes_first(desk: Desk, round_id: UUID) -> None:
    assert placed_at(desk, round_id, Objective.STABLE, "채윤서") is None
    entries.set_priority(desk, round_id, who(desk, "채윤서"), 1)
    assert placed_at(desk, round_id, Objective.STABLE, "채윤서") == where(desk, round_id, "대한테크3")
    for group in (-1, 100):
        with pytest.raises(Refusal, match="우선 배정 순위"):
            entries.set_priority(desk, round_id, who(desk, "채윤서"), group)


@pytest.mark.parametrize("objective", list(Objective))
def test_a_cap_and_seats_bind(desk: Desk, round_id: UUID, objective: Objective) -> None:
    at = where(desk, round_id, "대한테크3")
    (offer,) = (row for row in rounds.read(desk, round_id).positions if row.id == at)

    def taken() -> int:
        return list(results.compute(desk, round_id, objective).matching.values()).count(at)

    assert taken() == offer.seats == 3
    entries.set_cap(desk, round_id, offer.company, 2)
    assert taken() == 2
    entries.set_cap(desk, round_id, offer.company, None)
    entries.set_seats(desk, round_id, at, 1)
    assert taken() == 1
    with pytest.raises(Refusal, match="남은 모집인원은 3명"):
        entries.set_seats(desk, round_id, at, 4)
    with pytest.raises(Refusal, match="0명 이상"):
        entries.set_cap(desk, round_id, offer.company, -1)
    with pytest.raises(Refusal, match="직무가 있는 기업이 아니어서"):
        entries.set_cap(desk, round_id, NOBODY, 1)


@pytest.mark.parametrize("ended", ["closed", "not selected"])
def test_a_position_that_ended_takes_nobody(desk: Desk, round_id: UUID, ended: str) -> None:
    at = where(desk, round_id, "미래메카29")
    if ended == "closed":
        row = positions.read_position(desk, at)
        positions.close_position(desk, at, row.version)
    else:
        with desk.store.write() as connection:
            of = sa.select(company.c.id).where(company.c.name.contains("미래메카29")).scalar_subquery()
            connection.execute(
                sa.update(participation).where(participation.c.company_id == of).values(state="withdrawn")
            )
    found = results.compute(desk, round_id, Objective.MOST)
    assert at not in found.matching.values()
    (told,) = (one for one in found.round.open_items if one.gap is Gap.NOT_OFFERED)
    assert (told.position, "배정하지 않습니다" in told.message) == (at, True)


def test_whoever_was_not_interviewed_is_placed_only_where_the_round_accepts_it(
    desk: Desk, round_id: UUID
) -> None:
    one, at = who(desk, "구기름"), where(desk, round_id, "미래메카29")
    wishes.set_interview(desk, round_id, at, one, None)
    wishes.set_wishes(desk, round_id, one, [at])
    (told,) = (row for row in rounds.read(desk, round_id).open_items if row.gap is Gap.NO_INTERVIEWS)
    assert "1명" in told.message
    row = rounds.read(desk, round_id).row
    rounds.edit_round(desk, round_id, row.version, name="", unrated=Unrated.REFUSE, seed=row.seed)
    assert placed_at(desk, round_id, Objective.MOST, "구기름") is None


# --- wishes and interviews one by one


def test_wishes_are_set_anew_in_their_order(desk: Desk, round_id: UUID) -> None:
    one = who(desk, "신철혁")
    first, second = where(desk, round_id, "누리메카15"), where(desk, round_id, "가온테크2")
    wishes.set_wishes(desk, round_id, one, [first, second])
    assert rounds.read(desk, round_id).wishes[one] == (first, second)
    wishes.set_wishes(desk, round_id, one, [])
    found = rounds.read(desk, round_id)
    assert one not in found.wishes
    assert [row.trainee for row in found.open_items if row.gap is Gap.NO_WISHES] == [one]


def test_wishes_that_cannot_be_are_refused(desk: Desk, round_id: UUID) -> None:
    one, at = who(desk, "신철혁"), where(desk, round_id, "가온테크2")
    before = rounds.read(desk, round_id).wishes[one]
    other = track2(desk)
    with pytest.raises(Refusal, match="이 차수의 직무가 아니어서"):
        wishes.set_wishes(desk, round_id, one, [other])
    entries.add_positions(desk, round_id, [other])
    with pytest.raises(Refusal, match="Track2 직무라 Track1 교육생"):
        wishes.set_wishes(desk, round_id, one, [other])
    with pytest.raises(Refusal, match="Track2 직무라 Track1 교육생"):
        wishes.set_interview(desk, round_id, other, one, InterviewResult.PASS)
    with pytest.raises(Refusal, match="두 번"):
        wishes.set_wishes(desk, round_id, one, [at, at])
    with pytest.raises(Refusal, match="이 차수의 교육생이 아니어서"):
        wishes.set_wishes(desk, round_id, untrained(desk), [at])
    assert rounds.read(desk, round_id).wishes[one] == before


def test_an_interview_is_kept_with_its_rank_and_points(desk: Desk, round_id: UUID) -> None:
    one, at = who(desk, "신철혁"), where(desk, round_id, "대한테크3")
    wishes.set_interview(desk, round_id, at, one, InterviewResult.PASS, place=1, tenths=955)

    def told() -> Any:
        rows = rounds.read(desk, round_id).interviews
        return [
            (row.result, row.place, row.tenths) for row in rows if (row.position, row.trainee) == (at, one)
        ]

    assert told() == [("pass", 1, 955)]
    for place, tenths in ((0, None), (None, -1), (None, 10_001)):
        with pytest.raises(Refusal, match="면접"):
            wishes.set_interview(desk, round_id, at, one, InterviewResult.PASS, place=place, tenths=tenths)
    assert told() == [("pass", 1, 955)]
    wishes.set_interview(desk, round_id, at, one, None)
    assert told() == []


# --- computing


def test_a_result_is_the_same_every_time_and_draws_lots_by_the_seed(desk: Desk, round_id: UUID) -> None:
    at = where(desk, round_id, "대한테크3")
    for one in rounds.read(desk, round_id).trainees:
        wishes.set_interview(desk, round_id, at, one.id, InterviewResult.PASS)
    first = results.compute(desk, round_id, Objective.STABLE)
    assert results.compute(desk, round_id, Objective.STABLE).matching == first.matching
    drawn = {
        frozenset(
            one
            for one, place in results.compute(desk, round_id, Objective.STABLE, seed).matching.items()
            if place == at
        )
        for seed in range(8)
    }
    assert len(drawn) > 1
    assert rounds.read(desk, round_id).row.seed == first.seed


def test_computing_stores_nothing_and_explains_everybody(desk: Desk, round_id: UUID) -> None:
    for objective in Objective:
        found = results.compute(desk, round_id, objective)
        assert set(found.of_trainees) == {one.id for one in found.round.trainees}
        assert set(found.of_positions) == {one.id for one in found.round.positions}
        assert set(found.unplaced) | set(found.matching) == set(found.of_trainees)
        assert len(found.blocking) == found.measure.blocking
    assert not rounds.read(desk, round_id).adopted


# --- who may, and who is shown


def test_whoever_may_only_look_sees_masked_names_and_changes_nothing(
    desk: Desk, round_id: UUID, office: Path, clock: FixedClock
) -> None:
    one, at = who(desk, "신철혁"), where(desk, round_id, "가온테크2")

    def look(other: Desk) -> None:
        found = results.compute(other, round_id, Objective.STABLE)
        assert all("*" in row.name for row in found.round.trainees)
        assert not any("신철혁" in text for text in found.of_positions.values())
        acts: tuple[Callable[[], Any], ...] = (
            lambda: rounds.add_round(other),
            lambda: entries.set_priority(other, round_id, one, 1),
            lambda: wishes.set_wishes(other, round_id, one, [at]),
            lambda: results.adopt(other, round_id, Objective.STABLE),
        )
        for act in acts:
            with pytest.raises(NotAllowed):
                act()

    as_somebody(desk, office, clock, Role.VIEWER, look)


def test_guests_see_masked_names_and_no_reasons(desk: Desk, round_id: UUID) -> None:
    offer = rounds.read(desk, round_id).positions[0]
    entries.forbid(desk, round_id, who(desk, "신철혁"), offer.company, "신철혁의 친척 회사")
    found = rounds.read(desk.for_guests(), round_id)
    assert all("*" in one.name for one in (*found.trainees, *entries.free_trainees(desk.for_guests())))
    assert "신철혁" not in found.forbidden[0].reason


def test_reading_a_round_is_noted_and_the_history_names_nobody(desk: Desk, round_id: UUID) -> None:
    one = who(desk, "신철혁")
    offer = rounds.read(desk, round_id).positions[0]
    entries.forbid(desk, round_id, one, offer.company, "신철혁의 친척 회사")
    entries.set_priority(desk, round_id, one, 1)
    with desk.store.read() as connection:
        seen = connection.exec_driver_sql(
            "SELECT count(*) FROM access_log WHERE action = 'view' AND subject = 'matching'"
        ).scalar_one()
        told = connection.exec_driver_sql(
            "SELECT group_concat(detail) FROM change_log WHERE subject = 'matching'"
        ).scalar_one()
        about = audit.lines_about(connection, audit.CHANGES, one)
    assert seen > 0
    assert "신철혁" not in told
    assert len(about) >= 2


# --- names on the command line and in files


def test_a_position_is_meant_by_company_and_job_in_any_spelling(desk: Desk, round_id: UUID) -> None:
    at = where(desk, round_id, "대한테크3")
    for text in (
        str(at),
        "㈜대한테크3/품질관리",
        "(주) 대한테크3 (품질관리)",
        "대한테크3 품질관리",
        "주식회사 대한테크3",
        "품질관리",
    ):
        assert naming.find_offer(desk, round_id, text).id == at, text
    with pytest.raises(UsageError, match="없는회사"):
        naming.find_offer(desk, round_id, "없는회사")
    with pytest.raises(UsageError, match="2개"):
        naming.find_offer(desk, round_id, "공정기술")


def test_a_round_of_the_past_shows_its_state(desk: Desk, round_id: UUID) -> None:
    found = rounds.read(desk, round_id)
    assert (found.state, found.adopted, found.editable) == (MatchingState.OPEN, False, True)
    results.adopt(desk, round_id, Objective.STABLE)
    found = rounds.read(desk, round_id)
    assert (found.adopted, found.editable) == (True, False)
    assert found.row.adopted_at is not None
    assert found.row.adopted_at.date() == dt.date(2026, 8, 31)
