"""The practice office lives through its months as a real one would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.conftest import CHEAP, LOGIN, PASSWORD

from regional_desk.domain.allowance import RunState
from regional_desk.domain.membership import Outcome
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rounds import RoundState
from regional_desk.services.attendance import late_entries
from regional_desk.services.desk import Desk
from regional_desk.services.papers import reports
from regional_desk.services.pay import allowance, budget
from regional_desk.services.practice.practice import PracticeSize, make_practice_office
from regional_desk.services.recruitment import people, rounds
from regional_desk.services.safety import health
from regional_desk.services.training import completions, counselling, courses, instructors
from regional_desk.store.audit import change_log
from regional_desk.store.people import application_step

SIZE = PracticeSize(24, 4, seed=3, until=dt.date(2026, 7, 10))


def _made(folder: Path) -> Desk:
    return make_practice_office(folder, LOGIN, PASSWORD, SIZE, cost=CHEAP).desk


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A small practice office whose one class has ended."""
    desk = _made(tmp_path_factory.mktemp("lived") / "office")
    yield desk
    desk.store.close()


def test_the_same_seed_gives_the_same_people_at_the_same_stages(lived: Desk, tmp_path: Path) -> None:
    again = _made(tmp_path / "office")
    told = [(row.name, row.birth, row.stage, row.account_tail) for row in people.survey_people(lived)]
    assert [(row.name, row.birth, row.stage, row.account_tail) for row in people.survey_people(again)] == told
    again.store.close()


def test_its_history_never_runs_backwards(lived: Desk) -> None:
    with lived.store.read() as connection:
        at = list(connection.execute(sa.select(change_log.c.at).order_by(change_log.c.seq)).scalars())
    assert len(at) > 100
    assert all(before <= after for before, after in pairwise(at))


def test_whoever_trains_came_through_a_round_step_by_step(lived: Desk) -> None:
    (course,) = courses.list_courses(lived)
    row = people.survey_people(lived)
    trained = [one for one in row if one.stage == Stage.COMPLETED]
    assert trained
    query = sa.select(application_step.c.stage).order_by(application_step.c.on, application_step.c.id)
    with lived.store.read() as connection:
        for one in trained:
            mine = query.where(application_step.c.application_id == one.application)
            walked = list(connection.execute(mine).scalars())
            assert walked[:4] == [
                Stage.APPLIED,
                Stage.ELIGIBLE,
                Stage.SCREENED,
                Stage.INTERVIEWED,
            ]
            assert walked[-2:] == [Stage.ENROLLED, Stage.COMPLETED]
    assert course.round_id is None or rounds.detail(lived, course.round_id)


def test_its_class_has_outcomes_certificates_and_talks(lived: Desk) -> None:
    (course,) = courses.list_courses(lived)
    members = courses.course(lived, course.id).members
    assert len(members) == SIZE.trainees
    assert {member.outcome for member in members} <= {outcome.value for outcome in Outcome}
    completed = sum(member.outcome == Outcome.COMPLETED for member in members)
    assert len(completions.survey_certificates(lived)) == completed > 0
    assert len(counselling.survey_records(lived, course_id=course.id)) == 3
    assert not completions.survey_left(lived)


def test_its_instructors_taught_every_period_and_are_paid_for_it(lived: Desk) -> None:
    (course,) = courses.list_courses(lived)
    days = courses.outline(lived, course.id).days
    hours = sum(one.minutes for one in instructors.month(lived, f"{course.start:%Y-%m}"))
    assert hours == sum(row.minutes for row in days if row.day.month == course.start.month)


def test_a_round_is_under_way_when_it_is_handed_over(lived: Desk) -> None:
    newest = rounds.detail(lived, rounds.list_rounds(lived)[0].id)
    assert newest.state is not RoundState.PUBLISHED
    assert sum(track.undecided for track in newest.tracks) > 0


def test_its_money_is_paid_through_the_bank_and_adds_up(lived: Desk) -> None:
    (course,) = courses.list_courses(lived)
    runs = allowance.runs(lived, course.id)
    assert runs
    assert {run.state for run in runs} == {RunState.RECONCILED}
    money = budget.read_balance(lived)
    assert money.spent == sum(run.total for run in runs)
    assert money.left == money.granted - money.spent > 0
    sheet = budget.sheet(lived)
    assert sheet.balances


def test_its_month_reports_the_budget_and_what_came_late(lived: Desk) -> None:
    (course,) = courses.list_courses(lived)
    figures = reports.month_figures(lived, f"{course.end:%Y-%m}")
    (line,) = figures.budget
    assert (line.item, line.granted - line.spent) == ("훈련수당", line.balance)
    late = {one.item: one for one in figures.adjustments}["출석입력요청"]
    assert late.total == len(late_entries.list_lines(lived, course.id)) > 0
    before = reports.month_figures(lived, "2026-05")
    assert before.budget[0].spent == 0
    assert {one.total for one in before.adjustments} == {0}


def test_its_store_is_whole(lived: Desk) -> None:
    assert health.check(lived).ok
