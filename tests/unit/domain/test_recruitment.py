"""The funnel: a person counts in every stage up to their own."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.recruitment import AFTER, FUNNEL, WAY, Stage, came_to, funnel, stage_on

PEOPLE = st.dictionaries(st.sampled_from(list(Stage)), st.integers(0, 600))


def test_every_stage_has_its_korean_name() -> None:
    labels = [stage.label for stage in Stage]
    assert labels[:5] == ["접수", "자격확인", "서류", "면접", "선발"]
    assert len(set(labels)) == len(Stage)


def test_an_enrolled_person_went_through_every_stage() -> None:
    counted = funnel({Stage.ENROLLED: 1})
    assert [stage for stage, people in counted.items() if people] == list(FUNNEL[:6])
    assert funnel({Stage.COMPLETED: 1}) == dict.fromkeys(FUNNEL, 1)


JOINED = dt.date(2026, 8, 3)


@pytest.mark.parametrize(
    ("stage", "joined", "day", "shown"),
    [
        (Stage.ENROLLED, JOINED, dt.date(2026, 8, 2), Stage.ENROLLED),
        (Stage.ENROLLED, JOINED, JOINED, Stage.IN_TRAINING),
        (Stage.ENROLLED, None, JOINED, Stage.ENROLLED),
        (Stage.COMPLETED, JOINED, JOINED, Stage.COMPLETED),
        (Stage.SELECTED, JOINED, JOINED, Stage.SELECTED),
    ],
)
def test_an_enrolled_person_is_in_training_from_the_day_of_joining(
    stage: Stage, joined: dt.date | None, day: dt.date, shown: Stage
) -> None:
    assert stage_on(stage, joined, day) is shown


def test_a_rejected_person_was_checked_and_an_ineligible_one_only_applied() -> None:
    assert funnel({Stage.REJECTED: 1})[Stage.ELIGIBLE] == 1
    assert funnel({Stage.REJECTED: 1})[Stage.SCREENED] == 0
    assert funnel({Stage.INELIGIBLE: 1})[Stage.ELIGIBLE] == 0


def test_a_waitlisted_person_was_interviewed_and_one_who_declined_was_selected() -> None:
    waiting = funnel({Stage.WAITLISTED: 1})
    assert waiting[Stage.INTERVIEWED] == 1
    assert waiting[Stage.SELECTED] == 0
    declined = funnel({Stage.DECLINED: 1})
    assert declined[Stage.SELECTED] == 1
    assert declined[Stage.ENROLLED] == 0


def test_an_empty_office_has_an_empty_funnel() -> None:
    assert funnel({}) == dict.fromkeys(FUNNEL, 0)


@given(PEOPLE)
def test_the_funnel_never_widens_and_everyone_but_duplicates_applied(people: dict[Stage, int]) -> None:
    steps = list(funnel(people).values())
    assert steps == sorted(steps, reverse=True)
    assert steps[0] == sum(people.values()) - people.get(Stage.DUPLICATE, 0)


@given(PEOPLE)
def test_a_stage_lists_exactly_whom_the_funnel_counts(people: dict[Stage, int]) -> None:
    for target, counted in funnel(people).items():
        assert counted == sum(number for stage, number in people.items() if came_to(stage, target))


def test_placed_follows_the_funnel_and_no_application_stands_there() -> None:
    assert WAY[: -len(AFTER)] == FUNNEL
    assert [stage.label for stage in AFTER] == ["연계", "인턴", "전환"]
    assert not came_to(Stage.COMPLETED, Stage.PLACED)
    assert Stage.PLACED not in funnel({Stage.COMPLETED: 1})


def test_beside_the_funnel_only_those_who_stand_there_count() -> None:
    assert came_to(Stage.REJECTED, Stage.REJECTED)
    assert not came_to(Stage.COMPLETED, Stage.WAITLISTED)
