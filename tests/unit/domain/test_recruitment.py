"""The funnel: a person counts in every stage up to their own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.recruitment import FUNNEL, Stage, funnel

PEOPLE = st.dictionaries(st.sampled_from(list(Stage)), st.integers(0, 600))


def test_every_stage_has_its_korean_name() -> None:
    labels = [stage.label for stage in Stage]
    assert labels[:5] == ["접수", "자격확인", "서류", "면접", "선발"]
    assert len(set(labels)) == len(Stage)


def test_an_enrolled_person_went_through_every_stage() -> None:
    assert funnel({Stage.ENROLLED: 1}) == dict.fromkeys(FUNNEL, 1)


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
def test_the_funnel_never_widens_and_everyone_applied(people: dict[Stage, int]) -> None:
    steps = list(funnel(people).values())
    assert steps == sorted(steps, reverse=True)
    assert steps[0] == sum(people.values())
