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
from regional_desk.domain.company_selection import ParticipationState
from regional_desk.domain.internship_training import JournalState
from regional_desk.domain.internships import BreakKind, InternState
from regional_desk.domain.matching_rounds import How, MatchingState
from regional_desk.domain.membership import Outcome
from regional_desk.domain.outcomes import Step
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rounds import RoundState
from regional_desk.domain.settlement import BudgetItem, RecoveryState
from regional_desk.domain.visits import FollowUpState, VisitState
from regional_desk.services.attendance import late_entries
from regional_desk.services.claims import runs
from regional_desk.services.claims.run_states import RunKind
from regional_desk.services.companies import (
    companies,
    company_documents,
    company_raters,
    company_selection,
    participations,
    training_needs,
)
from regional_desk.services.companies.positions import minimum_wages
from regional_desk.services.desk import Desk
from regional_desk.services.internships import evaluations, internships, journals
from regional_desk.services.internships.drafts import wage_lacks
from regional_desk.services.matching import minutes, placements, results
from regional_desk.services.matching import rounds as matching_rounds
from regional_desk.services.outcomes import employment, outcomes
from regional_desk.services.papers import reports
from regional_desk.services.pay import allowance, budget, recoveries
from regional_desk.services.practice.practice import PracticeSize, make_practice_office
from regional_desk.services.recruitment import people, rounds
from regional_desk.services.safety import health
from regional_desk.services.training import completions, counselling, courses, instructors
from regional_desk.services.visits import findings, visits
from regional_desk.store.audit import change_log
from regional_desk.store.people import application_step

SIZE = PracticeSize(24, 12, seed=3, until=dt.date(2026, 7, 10))


YEAR = PracticeSize(40, 24, seed=3, until=dt.date(2027, 5, 31))


def _made(folder: Path, size: PracticeSize = SIZE) -> Desk:
    return make_practice_office(folder, LOGIN, PASSWORD, size, cost=CHEAP).desk


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A practice office that lived over New Year: the interns of June's class ended, those of November's as well."""
    desk = _made(tmp_path_factory.mktemp("year") / "office", YEAR)
    yield desk
    desk.store.close()


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A small practice office whose one class has ended."""
    desk = _made(tmp_path_factory.mktemp("lived") / "office")
    yield desk
    desk.store.close()


def test_the_same_seed_gives_the_same_people_companies_and_placements(lived: Desk, tmp_path: Path) -> None:
    again = _made(tmp_path / "office")
    told = [(row.name, row.birth, row.stage, row.account_tail) for row in people.survey_people(lived)]
    assert [(row.name, row.birth, row.stage, row.account_tail) for row in people.survey_people(again)] == told
    assert _companies(again) == _companies(lived)
    assert _placements(again) == _placements(lived) != []
    again.store.close()


def _companies(desk: Desk) -> list[tuple[object, ...]]:
    needs = {one.company: one.answers for one in training_needs.list_needs(desk)}
    rows = participations.list_participations(desk)
    return [(row.company_name, row.state, row.score, row.rank, needs.get(row.company)) for row in rows]


def _placements(desk: Desk) -> list[tuple[object, ...]]:
    (row,) = matching_rounds.list_rounds(desk)
    found = placements.placements(desk, row.id)
    return [(one.name, one.company_name, one.position_name, one.how, one.rank, one.ended_on) for one in found]


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
    assert [line.item for line in figures.budget] == ["훈련수당", "인턴지원금"]
    assert all(line.granted - line.spent == line.balance for line in figures.budget)
    newest = reports.month_figures(lived, f"{SIZE.until:%Y-%m}")
    late = {one.item: one for one in newest.adjustments}["출석입력요청"]
    assert late.total == len(late_entries.list_lines(lived, course.id)) > 0
    before = reports.month_figures(lived, "2026-05")
    assert before.budget[0].spent == 0
    assert {one.total for one in before.adjustments} == {0}


def test_its_companies_were_rated_by_several_and_selected_up_to_the_goal(lived: Desk) -> None:
    raters = company_raters.list_raters(lived)
    assert len(raters) > 1
    assert all(one.done_at for one in raters)
    decided = [one for one in company_selection.progress(lived) if one.applied]
    assert decided
    assert all(one.goal is not None and 0 < one.selected <= one.goal for one in decided)
    papers = {row.id: company_documents.checklist(lived, row.id) for row in companies.list_companies(lived)}
    selected = [
        row.company
        for row in participations.list_participations(lived)
        if row.state is ParticipationState.SELECTED
    ]
    assert all(any(item.files for item in papers[one]) for one in selected)


def test_its_trainees_were_matched_and_the_result_is_published(lived: Desk) -> None:
    (row,) = matching_rounds.list_rounds(lived)
    assert (row.state, row.solo) == (MatchingState.PUBLISHED, True)
    found = matching_rounds.read(lived, row.id)
    assert len(found.trainees) > 0
    standing = results.standing(lived, row.id)
    changed = [one for one in placements.placements(lived, row.id) if one.how == How.MANUAL]
    assert len(minutes.minutes(lived, row.id)) == len(changed)
    assert standing.measure.placed > 0
    apart = {(one.trainee, one.company) for one in found.forbidden}
    placed = {(one.trainee, one.company) for one in placements.placements(lived, row.id)}
    assert apart
    assert not apart & placed


def test_its_store_is_whole(lived: Desk) -> None:
    assert health.check(lived).ok


def test_its_interns_signed_before_they_began_and_earn_at_least_the_minimum_wage(year: Desk) -> None:
    rows = internships.list_internships(year)
    assert len(rows) > 15
    for row in rows:
        found = internships.read(year, row.id)
        assert found.signed
        assert not [sentence for terms in found.signed for sentence in wage_lacks(terms, minimum_wages())]
    (raised,) = [row for row in rows if len(internships.read(year, row.id).agreements) > 1][:1]
    assert internships.read(year, raised.id).signed[1].wage > internships.read(year, raised.id).signed[0].wage


def test_some_of_its_interns_missed_days_and_one_left_and_was_replaced(year: Desk) -> None:
    rows = internships.list_internships(year)
    states = {row.state for row in rows}
    assert {InternState.COMPLETED, InternState.REPLACED} <= states
    left = next(row for row in rows if row.state is InternState.REPLACED)
    assert [row.start > left.end for row in rows if row.replaces == left.id] == [True]
    kinds = {one.kind for row in rows for one in internships.read(year, row.id).breaks}
    assert kinds == set(BreakKind)


def test_its_interns_wrote_journals_and_were_evaluated_by_all_three(year: Desk) -> None:
    written = [
        line for row in _ended(year) for line in journals.read_journals(year, row.id).lines if line.row
    ]
    assert written
    assert {line.state for line in written} == {JournalState.CONFIRMED}
    for row in _ended(year):
        assert all(sheet.score is not None for sheet in evaluations.read_evaluations(year, row.id).sheets)


def _ended(desk: Desk) -> list[internships.InternshipRow]:
    return [row for row in internships.list_internships(desk) if row.state.over]


def test_its_claims_are_paid_over_new_year_and_the_budget_balances(year: Desk) -> None:
    shown = runs.list_runs(year)
    assert {RunState(run.state) for run in shown} == {RunState.RECONCILED}
    assert {RunKind(run.kind) for run in shown} == set(RunKind)
    assert {run.month.year for run in shown} == {2026, 2027}
    money = budget.read_balance(year, item=BudgetItem.INTERNSHIP)
    assert money.spent + money.recovered == sum(run.total for run in shown)
    assert money.recovered > 0
    assert budget.sheet(year, item=BudgetItem.INTERNSHIP).balances
    back = [one for one in recoveries.list_recoveries(year) if one.item is BudgetItem.INTERNSHIP]
    assert back
    assert {one.state for one in back} == {RecoveryState.SETTLED}
    claimed = {line.key for run in shown for line in runs.show_run(year, run.id).paid if line.amount}
    due = {(row.id, month.no) for row in _ended(year) for month in row.months if row.started_on}
    assert claimed == due


def test_its_interns_were_visited_and_what_was_found_was_followed_up(year: Desk) -> None:
    made = visits.list_visits(year)
    states = {one.state for one in made}
    assert {VisitState.DONE, VisitState.CANCELLED} <= states
    assert sum(one.files for one in made) > 0
    assert any(one.place for one in made)
    found = findings.list_findings(year)
    assert {one.state for one in found} & {FollowUpState.CLOSED}
    done = [one for one in made if one.state is VisitState.DONE]
    assert len(done) > len(made) // 2


def test_most_of_its_interns_were_kept_on_and_asked_again(year: Desk) -> None:
    reached = outcomes.outcomes(year, 2026).total.people
    assert len(reached[Step.COMPLETED]) > len(reached[Step.INTERNED]) > len(reached[Step.CONVERTED]) > 0
    assert 0 < len(reached[Step.KEPT6]) < len(reached[Step.CONVERTED])
    assert all(one.result for one in employment.list_lines(year) if one.span.until < YEAR.until)


def test_its_year_is_whole(year: Desk) -> None:
    assert health.check(year).ok
