"""Placements: adopting an objective, changing by hand with minutes, publishing with four eyes, ending."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests.integration.matching_office import as_somebody, bring, ready, select_everybody, where, who

from regional_desk.domain.clock import FixedClock
from regional_desk.domain.matching_rounds import InterviewResult, Objective, Unrated
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Role
from regional_desk.errors import NotAllowed, OpenItems, Refusal, UsageError
from regional_desk.services.companies import positions
from regional_desk.services.desk import Desk
from regional_desk.services.matching import entries, minutes, placements, results, rounds, wishes
from regional_desk.services.safety import health
from regional_desk.services.training.counselling import HIDDEN
from regional_desk.store import matching as tables
from regional_desk.store.placements import count_placed

DAY = dt.date(2026, 8, 31)
NOBODY = UUID(int=1)


@pytest.fixture
def round_id(desk: Desk) -> UUID:
    return ready(desk)


@pytest.fixture
def adopted(desk: Desk, round_id: UUID) -> UUID:
    results.adopt(desk, round_id, Objective.STABLE)
    return round_id


@pytest.fixture
def published(desk: Desk, adopted: UUID) -> UUID:
    placements.publish(desk, adopted)
    return adopted


def by_name(desk: Desk, round_id: UUID) -> dict[str, Any]:
    return {one.name: one for one in placements.placements(desk, round_id)}


# --- adopting


@pytest.mark.parametrize("objective", list(Objective))
def test_an_adopted_objective_is_the_computed_one(desk: Desk, round_id: UUID, objective: Objective) -> None:
    wanted = results.compute(desk, round_id, objective)
    done = results.adopt(desk, round_id, objective)
    rows = placements.placements(desk, round_id)
    assert {one.trainee: one.position for one in rows} == wanted.matching
    assert done == {"placed": len(rows), "unplaced": 18 - len(rows)}
    assert {one.how for one in rows} == {objective.value}
    for one in rows:
        assert one.rank == wanted.round.wishes[one.trainee].index(one.position) + 1
    assert rounds.read(desk, round_id).row.objective == objective
    stands = results.standing(desk, round_id)
    assert (stands.objective, stands.matching) == (None, wanted.matching)
    assert stands.measure == wanted.measure


def test_nothing_is_adopted_where_nobody_can_be_placed(desk: Desk) -> None:
    made = rounds.add_round(desk)
    with pytest.raises(Refusal, match="배정할 수 있는 사람이 없어"):
        results.adopt(desk, made.id, Objective.MOST)
    with pytest.raises(Refusal, match="아직 배정을 채택하지"):
        results.standing(desk, made.id)


def test_another_objective_takes_the_place_of_the_one_before(desk: Desk, adopted: UUID) -> None:
    before = placements.placements(desk, adopted)
    results.adopt(desk, adopted, Objective.MOST)
    rows = placements.placements(desk, adopted)
    assert (len(before), len(rows)) == (11, 12)
    assert {one.how for one in rows} == {"most"}


def test_an_adopted_round_is_locked_until_it_is_withdrawn(desk: Desk, adopted: UUID) -> None:
    one, at = who(desk, "신철혁"), where(desk, adopted, "가온테크2")
    offer = rounds.read(desk, adopted).positions[0]
    row = rounds.read(desk, adopted).row
    acts: tuple[Callable[[], Any], ...] = (
        lambda: entries.fill(desk, adopted),
        lambda: entries.add_trainees(desk, adopted, [one]),
        lambda: entries.remove_trainee(desk, adopted, one),
        lambda: entries.add_positions(desk, adopted, [at]),
        lambda: entries.remove_position(desk, adopted, at),
        lambda: entries.set_seats(desk, adopted, at, 1),
        lambda: entries.set_cap(desk, adopted, offer.company, 1),
        lambda: entries.set_priority(desk, adopted, one, 1),
        lambda: entries.forbid(desk, adopted, one, offer.company, "사유"),
        lambda: entries.allow(desk, adopted, NOBODY),
        lambda: wishes.set_wishes(desk, adopted, one, [at]),
        lambda: wishes.set_interview(desk, adopted, at, one, InterviewResult.FAIL),
        lambda: rounds.edit_round(desk, adopted, row.version, name="", unrated=Unrated.ACCEPT, seed=1),
        lambda: bring(desk, "preferences", adopted),
        lambda: bring(desk, "interviews", adopted),
    )
    for act in acts:
        with pytest.raises(Refusal, match="이미 배정을 채택하여"):
            act()
    results.withdraw(desk, adopted, "면접 결과를 하나 더 받음")
    assert placements.placements(desk, adopted) == ()
    assert rounds.read(desk, adopted).editable
    wishes.set_wishes(desk, adopted, one, [at])
    assert rounds.read(desk, adopted).wishes[one] == (at,)


def test_taking_an_adopted_result_back_needs_a_reason_that_names_nobody(desk: Desk, adopted: UUID) -> None:
    with pytest.raises(Refusal, match="사유를 적어"):
        results.withdraw(desk, adopted, " ")
    with pytest.raises(Refusal, match="이름을 적지 마십시오"):
        results.withdraw(desk, adopted, "신철혁님이 기업을 바꾸고 싶어 함")
    results.withdraw(desk, adopted, "착오")
    with pytest.raises(Refusal, match="아직 배정을 채택하지"):
        results.withdraw(desk, adopted, "착오")


# --- changing by hand


def test_a_trial_tells_who_is_pushed_out_and_changes_nothing(desk: Desk, adopted: UUID) -> None:
    before = placements.placements(desk, adopted)
    at = where(desk, adopted, "가온테크2")
    trial = placements.try_swap(desk, adopted, who(desk, "채윤서"), at)
    assert (trial.name, trial.before, trial.after) == ("채윤서", "", "㈜가온테크2 비전검사 개발")
    assert trial.displaced == ("신철혁",)
    assert trial.refused is None
    assert trial.swap.measure_after.placed == trial.swap.measure_before.placed
    assert any("신철혁" in line and "밀려" in line for line in trial.lines)
    assert placements.placements(desk, adopted) == before
    assert minutes.minutes(desk, adopted) == ()


def test_a_change_is_minuted_and_does_what_the_trial_said(desk: Desk, adopted: UUID) -> None:
    one, at = who(desk, "채윤서"), where(desk, adopted, "가온테크2")
    trial = placements.try_swap(desk, adopted, one, at)
    done = placements.change(desk, adopted, one, at, "면접관이 다시 매긴 순위")
    assert done["minute"] == 1
    rows = by_name(desk, adopted)
    assert (rows["채윤서"].position, rows["채윤서"].how, rows["채윤서"].rank) == (at, "manual", 3)
    assert "신철혁" not in rows
    assert {row.trainee: row.position for row in rows.values()} == trial.swap.after
    (told,) = minutes.minutes(desk, adopted)
    assert (told.number, told.name, told.before, told.after) == (1, "채윤서", "", "㈜가온테크2 비전검사 개발")
    assert (told.displaced, told.reason) == ("신철혁", "면접관이 다시 매긴 순위")
    placements.change(desk, adopted, one, None, "본인이 그만둠")
    assert "채윤서" not in by_name(desk, adopted)
    assert [each.number for each in minutes.minutes(desk, adopted)] == [1, 2]


def test_somebody_may_be_placed_where_they_did_not_wish(desk: Desk, adopted: UUID) -> None:
    one, at = who(desk, "채윤서"), where(desk, adopted, "미래정밀17")
    trial = placements.try_swap(desk, adopted, one, at)
    assert len(trial.notes) == 1
    assert trial.displaced == ()
    placements.change(desk, adopted, one, at, "본인과 기업이 뜻을 모음")
    assert by_name(desk, adopted)["채윤서"].rank is None


def test_a_change_that_cannot_be_is_refused(desk: Desk, round_id: UUID) -> None:
    one, at = who(desk, "채윤서"), where(desk, round_id, "가온테크2")
    with pytest.raises(Refusal, match="아직 배정을 채택하지"):
        placements.try_swap(desk, round_id, one, at)
    other = next(each.id for each in entries.free_positions(desk) if each.track == Track.TRACK2)
    entries.add_positions(desk, round_id, [other])
    (offer,) = (each for each in rounds.read(desk, round_id).positions if each.id == at)
    entries.forbid(desk, round_id, one, offer.company, "친인척")
    closed = where(desk, round_id, "미래정밀17")
    entries.set_seats(desk, round_id, closed, 0)
    results.adopt(desk, round_id, Objective.STABLE)
    before = placements.placements(desk, round_id)
    for to, words in (
        (at, "연계 제외"),
        (closed, "배정할 자리가"),
        (None, "바뀌는 것이 없습니다"),
        (other, "Track2"),
        (NOBODY, "이 차수의 직무가"),
    ):
        with pytest.raises(Refusal, match=words):
            placements.change(desk, round_id, one, to, "사유")
    with pytest.raises(Refusal, match="사유를 적어"):
        placements.change(desk, round_id, one, where(desk, round_id, "대한테크3"), "  ")
    with pytest.raises(Refusal, match="이 차수의 교육생이"):
        placements.change(desk, round_id, NOBODY, None, "사유")
    assert placements.placements(desk, round_id) == before
    assert minutes.minutes(desk, round_id) == ()
    trial = placements.try_swap(desk, round_id, one, at)
    assert trial.refused is not None
    assert "연계 제외" in trial.refused


def test_a_result_changed_by_hand_is_not_overwritten_unasked(desk: Desk, adopted: UUID) -> None:
    placements.change(desk, adopted, who(desk, "신철혁"), None, "본인이 그만둠")
    with pytest.raises(Refusal, match="손으로 바꾼 배정"):
        results.adopt(desk, adopted, Objective.MOST)
    results.withdraw(desk, adopted, "다시 정함")
    results.adopt(desk, adopted, Objective.MOST)
    assert len(minutes.minutes(desk, adopted)) == 1


def test_a_repeated_change_is_done_once(desk: Desk, adopted: UUID) -> None:
    one = who(desk, "신철혁")
    first = placements.change(desk, adopted, one, None, "본인이 그만둠", operation_id=NOBODY)
    assert placements.change(desk, adopted, one, None, "본인이 그만둠", operation_id=NOBODY) == first
    assert len(minutes.minutes(desk, adopted)) == 1


def test_minutes_cannot_be_changed_even_in_the_store(desk: Desk, adopted: UUID) -> None:
    placements.change(desk, adopted, who(desk, "신철혁"), None, "본인이 그만둠")
    for act in (sa.delete(tables.matching_minute), sa.update(tables.matching_minute).values(number=9)):
        with pytest.raises(sa.exc.IntegrityError, match="append_only"), desk.store.write() as connection:
            connection.execute(act)


def test_guests_read_placements_and_minutes_masked(desk: Desk, adopted: UUID) -> None:
    placements.change(
        desk, adopted, who(desk, "채윤서"), where(desk, adopted, "가온테크2"), "신철혁이 그만둠"
    )
    guests = desk.for_guests()
    (told,) = minutes.minutes(guests, adopted)
    assert (told.reason, "*" in told.name, "*" in told.displaced) == (HIDDEN, True, True)
    assert all("*" in one.name for one in placements.placements(guests, adopted))
    trial = placements.try_swap(guests, adopted, who(desk, "신철혁"), where(desk, adopted, "대한테크3"))
    assert "*" in trial.name
    assert all("*" in one for one in trial.displaced)


# --- publishing


def test_a_lone_officer_publishes_with_a_stamp(desk: Desk, adopted: UUID) -> None:
    done = placements.publish(desk, adopted)
    assert (done.state, done.published_on, done.solo) == ("published", DAY, True)
    assert rounds.read(desk, adopted).row.published_by == desk.actor.user_id


def test_who_adopted_does_not_publish_once_somebody_else_may(
    desk: Desk, adopted: UUID, office: Path, clock: FixedClock, open_again: Callable[[], Desk]
) -> None:
    as_somebody(desk, office, clock, Role.LEADER, lambda _other: None)
    again = open_again()
    with pytest.raises(Refusal, match="이둘째"):
        placements.publish(again, adopted)


def test_a_second_person_publishes_without_a_stamp(
    desk: Desk, adopted: UUID, office: Path, clock: FixedClock
) -> None:
    assert not as_somebody(
        desk, office, clock, Role.LEADER, lambda other: placements.publish(other, adopted)
    ).solo


def test_an_officer_of_internships_may_not_publish(
    desk: Desk, adopted: UUID, office: Path, clock: FixedClock
) -> None:
    def act(other: Desk) -> None:
        with pytest.raises(NotAllowed):
            placements.publish(other, adopted)

    as_somebody(desk, office, clock, Role.INTERNSHIP, act)


def test_publishing_has_a_day_between_the_adopting_and_today(desk: Desk, round_id: UUID) -> None:
    with pytest.raises(Refusal, match="아직 배정을 채택하지"):
        placements.publish(desk, round_id)
    results.adopt(desk, round_id, Objective.STABLE)
    for day in (DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)):
        with pytest.raises(Refusal, match="공개일"):
            placements.publish(desk, round_id, day)
    placements.publish(desk, round_id, DAY)
    with pytest.raises(Refusal, match="결과를 공개하여"):
        placements.publish(desk, round_id)


def test_a_published_round_changes_no_more(desk: Desk, published: UUID) -> None:
    one = who(desk, "신철혁")
    acts: tuple[Callable[[], Any], ...] = (
        lambda: results.adopt(desk, published, Objective.MOST),
        lambda: results.withdraw(desk, published, "사유"),
        lambda: placements.change(desk, published, one, None, "사유"),
        lambda: placements.try_swap(desk, published, one, None),
        lambda: entries.set_priority(desk, published, one, 1),
        lambda: bring(desk, "interviews", published),
    )
    for act in acts:
        with pytest.raises(Refusal, match="결과를 공개하여"):
            act()
    for act_in_store in (
        sa.delete(tables.placement),
        sa.update(tables.placement).values(rank=1),
        sa.update(tables.placement).values(position_id=where(desk, published, "대한테크3")),
    ):
        with pytest.raises(sa.exc.IntegrityError, match="closed"), desk.store.write() as connection:
            connection.execute(act_in_store)
    assert len(results.standing(desk, published).matching) == 11
    assert health.check(desk).ok


def test_everybody_changed_out_leaves_nothing_to_publish(desk: Desk, adopted: UUID) -> None:
    for one in placements.placements(desk, adopted):
        placements.change(desk, adopted, one.trainee, None, "기업이 모두 물러남")
    with pytest.raises(Refusal, match="배정된 사람이 없어"):
        placements.publish(desk, adopted)


# --- ending, and the round after it


def test_an_ended_placement_keeps_its_place_in_the_record(desk: Desk, published: UUID) -> None:
    row = by_name(desk, published)["신철혁"]
    done = placements.end(desk, row.id, DAY, "기업 사정으로 채용 취소")
    assert (done.ended_on, done.end_reason, done.version) == (DAY, "기업 사정으로 채용 취소", row.version + 1)
    assert len(placements.placements(desk, published)) == 11
    shown = {one.id: one for one in placements.placements(desk.for_guests(), published)}
    assert shown[row.id].end_reason == HIDDEN
    with pytest.raises(Refusal, match="이미"):
        placements.end(desk, row.id, DAY, "다시")


def test_an_ending_that_cannot_be_is_refused(desk: Desk, adopted: UUID) -> None:
    row = by_name(desk, adopted)["신철혁"]
    with pytest.raises(Refusal, match="아직 공개하지"):
        placements.end(desk, row.id, DAY, "사유")
    placements.publish(desk, adopted)
    with pytest.raises(Refusal, match="사유를 적어"):
        placements.end(desk, row.id, DAY, "")
    for day in (DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)):
        with pytest.raises(Refusal, match="끝낸 날"):
            placements.end(desk, row.id, day, "사유")
    with pytest.raises(UsageError, match="없는 배정"):
        placements.end(desk, NOBODY, DAY, "사유")


def test_the_next_round_takes_who_is_left_and_the_seats_that_are_left(desk: Desk, published: UUID) -> None:
    rows = by_name(desk, published)
    at = where(desk, published, "대한테크3")
    ended = next(one for one in rows.values() if one.position == at)
    seats = {one.id: one.seats for one in entries.free_positions(desk)}
    assert seats[at] == 0
    placements.end(desk, ended.id, DAY, "본인 사정")
    seats = {one.id: one.seats for one in entries.free_positions(desk)}
    assert seats[at] == 1
    free = {one.id for one in entries.free_trainees(desk)}
    assert ended.trainee in free
    assert free.isdisjoint(one.trainee for one in rows.values() if one is not ended)
    second = rounds.add_round(desk)
    with pytest.raises(OpenItems) as refused:
        entries.add_trainees(desk, second.id, [rows["구기름"].trainee])
    assert "이미 연계" in refused.value.items[0].message
    entries.add_trainees(desk, second.id, [ended.trainee])
    entries.add_positions(desk, second.id, [at])
    with pytest.raises(Refusal, match="남은 모집인원은 1명"):
        entries.set_seats(desk, second.id, at, 2)
    wishes.set_wishes(desk, second.id, ended.trainee, [at])
    assert results.compute(desk, second.id, Objective.STABLE).matching == {ended.trainee: at}


def test_a_seat_is_not_given_twice_by_two_rounds(desk: Desk) -> None:
    select_everybody(desk)
    first, second = rounds.add_round(desk).id, rounds.add_round(desk).id
    people = [one.id for one in entries.free_trainees(desk)][:2]
    at = next(one.id for one in entries.free_positions(desk) if one.seats == 1 and one.track == Track.TRACK1)
    for round_id, one in zip((first, second), people, strict=True):
        entries.add_trainees(desk, round_id, [one])
        entries.add_positions(desk, round_id, [at])
        wishes.set_wishes(desk, round_id, one, [at])
        results.adopt(desk, round_id, Objective.STABLE)
    placements.publish(desk, first)
    with pytest.raises(OpenItems) as refused:
        placements.publish(desk, second)
    assert "모집인원 1명보다 많은 2명" in refused.value.items[0].message
    row = positions.read_position(desk, at)
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE position SET seats = 2 WHERE id = ?", (row.id.bytes,))
    assert placements.publish(desk, second).published_on == DAY


@pytest.mark.parametrize(
    ("until", "since", "ended", "count"),
    [
        (DAY, None, None, 11),
        (DAY + dt.timedelta(days=40), None, None, 11),
        (DAY - dt.timedelta(days=1), None, None, 0),
        (DAY, DAY, None, 11),
        (DAY + dt.timedelta(days=40), DAY + dt.timedelta(days=1), None, 0),
        (DAY, None, DAY, 10),
        (DAY - dt.timedelta(days=1), None, DAY, 0),
    ],
)
def test_placed_people_are_counted_as_a_day_saw_them(
    desk: Desk, published: UUID, until: dt.date, since: dt.date | None, ended: dt.date | None, count: int
) -> None:
    if ended is not None:
        placements.end(desk, placements.placements(desk, published)[0].id, ended, "사유")
    with desk.store.read() as connection:
        assert count_placed(connection, 2026, until, since).get(Track.TRACK1, 0) == count
        assert count_placed(connection, 2025, until, since) == {}


def test_a_placement_that_is_not_published_counts_nowhere(desk: Desk, adopted: UUID) -> None:
    assert placements.placements(desk, adopted)
    with desk.store.read() as connection:
        assert count_placed(connection, 2026, DAY) == {}
