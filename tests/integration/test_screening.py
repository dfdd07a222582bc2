"""A recruitment round on a real store: goals, blind raters, the ranking, the decision, and who moves up."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
import sqlalchemy as sa
from tests.conftest import CHEAP, FILES, LOGIN, MONTH_END, PASSWORD, settings

from regional_desk.domain.clock import FixedClock
from regional_desk.domain.masking import Masking
from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Role
from regional_desk.domain.rounds import Goal, RoundState
from regional_desk.domain.screening import Step
from regional_desk.errors import NotAllowed, OpenItems, Refusal, UsageError
from regional_desk.services.desk import Desk
from regional_desk.services.importing import imports
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.recruitment import ranking, rating, rounds, screening, selection, stages
from regional_desk.services.recruitment.rating import Points
from regional_desk.services.recruitment.screening import PROPOSED, Standard
from regional_desk.services.safety import accounts, logs, opening
from regional_desk.store import audit
from regional_desk.store import recruitment as store
from regional_desk.store.people import application, application_step, person_key
from regional_desk.store.retention import list_kept

TRACK = Track.TRACK1
OPENS, CLOSES = dt.date(2026, 1, 1), dt.date(2026, 8, 31)
TODAY = MONTH_END.date()
SIMPLE = (Standard(Step.PAPERS, "서류", 100, 40), Standard(Step.INTERVIEW, "면접", 100, 60))
OTHER_PASSWORD = "second-rater-1"


@pytest.fixture(scope="session")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed office with its applicants in a round of Track1, all of them eligible; and a second user."""
    folder = tmp_path_factory.mktemp("applied") / "office"
    desk = opening.new_office(folder, settings(), LOGIN, PASSWORD, FixedClock(MONTH_END), CHEAP).desk
    imports.commit(desk, imports.open_file(desk, "applicants", FILES / "applicants.xlsx"))
    made = rounds.add_round(desk, OPENS, CLOSES, (Goal(TRACK, 3, 2), Goal(Track.TRACK2, 0, 0)))
    with desk.store.write() as connection:
        connection.execute(sa.update(application).values(round_id=None))
        keep = connection.execute(
            sa.select(application.c.id).where(application.c.track == TRACK.value).limit(8)
        ).scalars()
        connection.execute(
            sa.update(application)
            .where(application.c.id.in_(list(keep)))
            .values(round_id=made.row.id, eligible=True)
        )
    accounts.add_user(desk, "lee", "이심사", [Role.TRAINING], OTHER_PASSWORD)
    desk.store.close()
    return folder


@pytest.fixture
def desk(applied: Path, tmp_path: Path) -> Iterator[Desk]:
    """The office to work in."""
    folder = Path(shutil.copytree(applied, tmp_path / "office"))
    opened = opening.open_office(folder, LOGIN, PASSWORD, FixedClock(MONTH_END))
    yield opened
    opened.store.close()


@pytest.fixture
def as_lee(desk: Desk) -> Callable[[], Desk]:
    """The same store as the second rater uses it."""
    with desk.store.read() as connection:
        row = connection.execute(sa.text("SELECT id, login, name FROM user WHERE login = 'lee'")).one()

    def once() -> Desk:
        from regional_desk.services.desk import Actor

        actor = Actor(UUID(bytes=row.id), row.login, row.name, frozenset({Role.TRAINING}))
        return Desk(desk.store, actor, desk.office, desk.clock)

    return once


def the_round(desk: Desk) -> UUID:
    return rounds.list_rounds(desk)[0].id


def add_raters(desk: Desk) -> tuple[UUID, UUID, UUID]:
    """The user for both steps, somebody outside for the interview."""
    round_id = the_round(desk)
    screening.set_criteria(desk, round_id, TRACK, SIMPLE)
    return (
        screening.add_rater(desk, round_id, Step.PAPERS, login=LOGIN),
        screening.add_rater(desk, round_id, Step.INTERVIEW, login=LOGIN),
        screening.add_rater(desk, round_id, Step.INTERVIEW, "한외부"),
    )


def give(desk: Desk, rater: UUID, *tenths: int) -> None:
    """These points to the sheet's applicants in their order, the last one to all the others."""
    shown = rating.sheet(desk, rater, TRACK)
    wanted = [*tenths, *[tenths[-1]] * len(shown.rows)]
    points = [
        Points(line.candidate.id, shown.measures[0].id, each)
        for line, each in zip(shown.rows, wanted, strict=False)
    ]
    rating.rate(desk, rater, points)


def rate_all(desk: Desk, *papers: int) -> tuple[UUID, UUID, UUID]:
    """Every sheet filled and done: the papers as given, 80 points from everybody at the interview."""
    raters = add_raters(desk)
    for rater, points in zip(raters, (papers, (800,), (800,)), strict=True):
        give(desk, rater, *points)
        rating.declare_done(desk, rater)
    return raters


def decide(desk: Desk, **how: Any) -> ranking.Ranking:
    rounds.close_round(desk, the_round(desk))
    return selection.decide(desk, the_round(desk), TRACK, **how)


FALLING = (900, 850, 800, 750, 700, 650, 600, 550)


def steps_of(desk: Desk, application_id: UUID) -> list[tuple[str, dt.date, str | None]]:
    with desk.store.read() as connection:
        query = (
            sa.select(application_step.c.stage, application_step.c.on, application_step.c.reason)
            .where(application_step.c.application_id == application_id)
            .order_by(application_step.c.on, application_step.c.id)
        )
        return [(row.stage, row.on, row.reason) for row in connection.execute(query)]


def test_a_stage_moves_with_its_step_and_its_line_in_the_log(desk: Desk) -> None:
    with desk.store.read() as connection:
        row = store.list_candidates(connection, the_round(desk))[0]
    before = len(steps_of(desk, row.id))

    def body(work: Any) -> dict[str, Any]:
        stages.move(work, row.id, row.person, Stage.ELIGIBLE, TODAY, "서류 확인")
        stages.move(work, row.id, row.person, Stage.ELIGIBLE, TODAY)  # stands there already
        stages.move(work, row.id, row.person, Stage.SCREENED, dt.date(2020, 1, 1))
        return {}

    desk.perform(None, "test", body)
    found = steps_of(desk, row.id)
    assert len(found) == before + 2
    assert found[-2:] == [("eligible", TODAY, "서류 확인"), ("screened", TODAY, None)]
    line = logs.search(desk, action="application.stage", limit=1)[0]
    assert row.name not in line.detail

    def wrong(work: Any) -> dict[str, Any]:
        stages.move(work, row.id, row.id, Stage.REJECTED, TODAY)
        return {}

    with pytest.raises(Refusal, match="없는 지원서"):
        desk.perform(None, "test", wrong)


def test_a_round_counts_against_its_goals(desk: Desk) -> None:
    found = rounds.detail(desk, the_round(desk))
    progress = found.track(TRACK)
    assert (found.row.number, found.row.name, found.state) == (1, "1차 모집", RoundState.OPEN)
    assert (progress.places, progress.reserves) == (3, 2)
    assert (progress.reached[Stage.APPLIED], progress.holding, progress.missing) == (8, 0, 3)
    taken = rounds.take_in(desk, found.row.id)
    assert taken > 0
    assert rounds.take_in(desk, found.row.id) == 0
    with desk.store.read() as connection:
        assert len(store.list_candidates(connection, found.row.id)) == 8 + taken


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"closes": dt.date(2025, 12, 31)}, "앞섭니다"),
        ({"goals": (Goal(TRACK, -1, 0),)}, "0명 이상"),
        ({"goals": ()}, "하나씩"),
        ({"pass_score": 1001}, "100점까지"),
        ({"tie_order": ("random",)}, "모르는 동점 기준"),
        ({"name": "1차 모집"}, "이미 있어"),
    ],
)
def test_a_round_that_cannot_be_is_refused(desk: Desk, change: dict[str, Any], words: str) -> None:
    values: dict[str, Any] = {"opens": OPENS, "closes": CLOSES, "goals": (Goal(TRACK, 1, 0),)} | change
    with pytest.raises((Refusal, UsageError), match=words):
        rounds.add_round(desk, values.pop("opens"), values.pop("closes"), values.pop("goals"), **values)
    assert len(rounds.list_rounds(desk)) == 1


def test_two_who_edit_a_round_at_once_notice_each_other(desk: Desk) -> None:
    row = rounds.list_rounds(desk)[0]

    def edit() -> rounds.RoundDetail:
        return rounds.edit_round(
            desk,
            row.id,
            row.version,
            OPENS,
            CLOSES,
            (Goal(TRACK, 5, 1),),
            name="봄 모집",
            pass_score=600,
            tie_order=("papers",),
        )

    assert edit().row.name == "봄 모집"
    with pytest.raises(Refusal, match="그사이"):
        edit()
    assert rounds.find_round(desk, "1차") == rounds.find_round(desk, "봄 모집") == row.id
    with pytest.raises(UsageError):
        rounds.find_round(desk, "9차")


@pytest.mark.parametrize(
    ("standards", "words"),
    [
        (SIMPLE[:1], "합이 40"),
        ((*SIMPLE, SIMPLE[0]), "두 번"),
        ((Standard(Step.PAPERS, "가", 0, 100),), "만점"),
        ((Standard(Step.PAPERS, "가", 10, 0), Standard(Step.PAPERS, "나", 10, 100)), "가중치"),
        ((Standard(Step.PAPERS, " ", 10, 100),), "이름"),
    ],
)
def test_criteria_that_cannot_be_are_refused(desk: Desk, standards: tuple[Standard, ...], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        screening.set_criteria(desk, the_round(desk), TRACK, standards)
    assert screening.list_criteria(desk, the_round(desk), TRACK) == ()


def test_criteria_stand_once_somebody_was_rated_by_them(desk: Desk) -> None:
    papers, _, _ = add_raters(desk)
    screening.set_criteria(desk, the_round(desk), TRACK, SIMPLE[::-1])
    give(desk, papers, 500)
    with pytest.raises(Refusal, match="점수가 이미"):
        screening.set_criteria(desk, the_round(desk), TRACK, PROPOSED)
    with pytest.raises(Refusal, match="빼지 않았습니다"):
        screening.remove_rater(desk, papers)


def test_nobody_rates_a_step_twice(desk: Desk) -> None:
    add_raters(desk)
    with pytest.raises(Refusal, match="이미"):
        screening.add_rater(desk, the_round(desk), Step.PAPERS, login=LOGIN)
    with pytest.raises(Refusal, match="이미"):
        screening.add_rater(desk, the_round(desk), Step.INTERVIEW, "한외부")
    with pytest.raises(UsageError, match="없습니다"):
        screening.add_rater(desk, the_round(desk), Step.PAPERS, login="nobody")


def test_raters_are_blind_until_each_is_done(desk: Desk, as_lee: Callable[[], Desk]) -> None:
    round_id, lee = the_round(desk), as_lee()
    papers, _, outside = add_raters(desk)
    other = screening.add_rater(desk, round_id, Step.PAPERS, login="lee")
    give(desk, papers, 700)
    give(lee, other, 300)
    for who, sheet in ((desk, other), (lee, papers)):
        with pytest.raises(NotAllowed, match="모두 마감한 뒤"):
            rating.sheet(who, sheet, TRACK)
    rating.declare_done(desk, papers)
    with pytest.raises(NotAllowed):
        rating.sheet(lee, papers, TRACK)  # done, but lee's own is not
    with pytest.raises(NotAllowed):
        rating.sheet(desk, other, TRACK)  # own is done, the other is not
    assert rating.sheet(lee, outside, TRACK).writable  # staff key in an outside rater's sheet
    rating.declare_done(lee, other)
    assert rating.sheet(lee, papers, TRACK).rows[0].points == (700,)
    rating.reopen(lee, other, "한 칸을 잘못 적음")
    with pytest.raises(NotAllowed):
        rating.sheet(lee, papers, TRACK)


def test_nobody_writes_on_somebody_elses_sheet(desk: Desk, as_lee: Callable[[], Desk]) -> None:
    papers, _, _ = add_raters(desk)
    shown = rating.sheet(desk, papers, TRACK)
    point = Points(shown.rows[0].candidate.id, shown.measures[0].id, 100)
    with pytest.raises(NotAllowed):
        rating.rate(as_lee(), papers, [point])
    with pytest.raises(NotAllowed):
        rating.declare_done(as_lee(), papers)
    assert rating.sheet(desk, papers, TRACK).rows == shown.rows


def test_no_line_of_a_log_tells_points_before_the_decision(desk: Desk) -> None:
    papers, _, _ = add_raters(desk)
    give(desk, papers, 731)
    rating.declare_done(desk, papers)
    rating.reopen(desk, papers, "확인")
    rating.declare_done(desk, papers)
    with desk.store.read() as connection:
        lines = audit.read_lines(connection, audit.CHANGES, limit=60)
    told = [line for line in lines if line.action.startswith("screening.")]
    assert {"screening.rate", "screening.done", "screening.reopen"} <= {line.action for line in told}
    for line in told:
        values = [one.value for one in logs.values_of(desk, audit.CHANGES, line.seq)]
        assert "731" not in line.detail + json.dumps(values)


def test_points_outside_a_criterion_are_refused_whole(desk: Desk) -> None:
    papers, interview, _ = add_raters(desk)
    shown = rating.sheet(desk, papers, TRACK)
    first, second = (line.candidate.id for line in shown.rows[:2])
    mine, theirs = shown.measures[0].id, rating.sheet(desk, interview, TRACK).measures[0].id
    for wrong in (Points(second, mine, 1001), Points(second, theirs, 10), Points(mine, mine, 10)):
        with pytest.raises(Refusal):
            rating.rate(desk, papers, [Points(first, mine, 500), wrong])
    assert rating.sheet(desk, papers, TRACK).rows == shown.rows
    rating.rate(desk, papers, [Points(first, mine, 1000)])
    rating.rate(desk, papers, [Points(first, mine, None)])
    assert rating.sheet(desk, papers, TRACK).rows == shown.rows


def test_a_sheet_with_gaps_cannot_be_declared_done(desk: Desk) -> None:
    papers, _, _ = add_raters(desk)
    give(desk, papers, 700)
    line = rating.sheet(desk, papers, TRACK).rows[0]
    measure = rating.sheet(desk, papers, TRACK).measures[0]
    rating.rate(desk, papers, [Points(line.candidate.id, measure.id, None)])
    with pytest.raises(OpenItems) as refused:
        rating.declare_done(desk, papers)
    assert line.candidate.name in refused.value.items[0].where
    selection.drop(desk, line.candidate.id, "면접에 오지 않음")
    rating.declare_done(desk, papers)
    assert steps_of(desk, line.candidate.id)[-1] == ("rejected", TODAY, "면접에 오지 않음")
    with pytest.raises(Refusal, match="마감되어"):
        give(desk, papers, 100)


def test_the_last_sheet_of_a_step_brings_the_applicants_on(desk: Desk) -> None:
    round_id = the_round(desk)
    papers, interview, outside = add_raters(desk)
    give(desk, papers, 700)
    assert rating.declare_done(desk, papers)["moved"] == 8
    assert rounds.detail(desk, round_id).track(TRACK).reached[Stage.SCREENED] == 8
    give(desk, interview, 700)
    give(desk, outside, 700)
    assert rating.declare_done(desk, interview)["moved"] == 0
    assert rating.declare_done(desk, outside)["moved"] == 8
    assert rounds.detail(desk, round_id).track(TRACK).reached[Stage.INTERVIEWED] == 8


def test_a_reason_that_names_an_applicant_stays_out_of_the_log(desk: Desk) -> None:
    papers, _, _ = rate_all(desk, *FALLING)
    name = rating.sheet(desk, papers, TRACK).rows[0].candidate.name
    with pytest.raises(Refusal, match="이름을 적지"):
        rating.reopen(desk, papers, f"{name}님 점수 정정")
    with pytest.raises(Refusal, match="사유"):
        rating.reopen(desk, papers, "  ")
    assert rating.sheet(desk, papers, TRACK).done


def test_only_sheets_that_are_done_are_ranked(desk: Desk) -> None:
    add_raters(desk)
    found = ranking.ranking(desk, the_round(desk), TRACK)
    assert found.ranked == ()
    assert [fault for fault in found.faults if "마감하지" in fault] == list(found.faults)
    assert len(found.faults) == 3


def test_the_weighted_mean_ranks_and_the_goal_decides(desk: Desk) -> None:
    rate_all(desk, *FALLING)
    preview = ranking.ranking(desk, the_round(desk), TRACK)
    assert [one.score.total for one in preview.ranked][:2] == [84_000, 82_000]  # 0.4 · 90 + 0.6 · 80
    assert [one.rank for one in preview.ranked] == list(range(1, 9))
    done = decide(desk)
    assert done.decided
    assert [(one.outcome, one.reserve_number) for one in done.ranked] == [
        *[(Stage.SELECTED, None)] * 3,
        (Stage.WAITLISTED, 1),
        (Stage.WAITLISTED, 2),
        *[(Stage.REJECTED, None)] * 3,
    ]
    assert [(one.candidate.id, one.outcome) for one in preview.ranked] == [
        (one.candidate.id, one.outcome) for one in done.ranked
    ]
    assert [one.candidate.score for one in done.ranked] == [one.score.total for one in preview.ranked]


def test_the_decision_seals_every_raters_points_into_the_log(desk: Desk) -> None:
    rate_all(desk, *FALLING)
    decide(desk)
    line = logs.search(desk, action="screening.decide", limit=1)[0]
    values = logs.values_of(desk, audit.CHANGES, line.seq)
    assert len(values) == 8
    assert {"서류 서류", "면접 면접"} == set(values[0].value["points"])
    assert set(values[0].value["points"]["면접 면접"].values()) == {800}


def test_who_is_under_the_line_is_rejected(desk: Desk) -> None:
    rate_all(desk, *FALLING)
    row = rounds.list_rounds(desk)[0]
    rounds.edit_round(
        desk,
        row.id,
        row.version,
        OPENS,
        CLOSES,
        (Goal(TRACK, 3, 2), Goal(Track.TRACK2, 0, 0)),
        name=row.name,
        pass_score=820,
        tie_order=row.tie_order,
    )
    assert [one.outcome for one in decide(desk).ranked] == [Stage.SELECTED] * 2 + [Stage.REJECTED] * 6


def test_equal_scores_are_told_apart_by_the_recorded_rule(desk: Desk) -> None:
    rate_all(desk, 900, 900, 700)
    found = ranking.ranking(desk, the_round(desk), TRACK)
    first, second = (one.candidate for one in found.ranked[:2])
    assert (first.received_on, first.birth) < (second.received_on, second.birth)
    assert "동점 2명" in (found.ranked[0].tie_note or "")


def even_out(desk: Desk) -> None:
    """No rule of the round tells anybody apart."""
    row = rounds.list_rounds(desk)[0]
    rounds.edit_round(
        desk,
        row.id,
        row.version,
        OPENS,
        CLOSES,
        (Goal(TRACK, 1, 1),),
        name=row.name,
        pass_score=None,
        tie_order=("papers",),
    )


def test_an_unresolved_tie_wants_a_person_with_a_reason(desk: Desk) -> None:
    even_out(desk)
    rate_all(desk, 900, 900, 700, 600)
    found = ranking.ranking(desk, the_round(desk), TRACK)
    assert [one.rank for one in found.ranked][:3] == [1, 1, 3]
    assert len(found.ties) == 1
    with pytest.raises(OpenItems, match="먼저 정할 것"):
        decide(desk)
    order = found.ties[0][::-1]
    with pytest.raises(Refusal, match="사유"):
        ranking.ranking(desk, the_round(desk), TRACK, order)
    done = selection.decide(desk, the_round(desk), TRACK, order=order, reason="취약계층 우선")
    assert [one.candidate.id for one in done.ranked][:2] == list(order)
    assert [one.rank for one in done.ranked][:3] == [1, 2, 3]
    assert "취약계층 우선" in (done.ranked[0].tie_note or "")


def test_who_lacks_points_is_open_and_not_ranked(desk: Desk) -> None:
    rate_all(desk, *FALLING)
    with desk.store.write() as connection:
        late = connection.execute(
            sa.select(application.c.id).where(
                application.c.track == TRACK.value, application.c.round_id.is_(None)
            )
        ).scalar()
        connection.execute(
            sa.update(application).where(application.c.id == late).values(round_id=the_round(desk))
        )
    found = ranking.ranking(desk, the_round(desk), TRACK)
    assert len(found.ranked) == 8
    assert [one.candidate.id for one in found.waiting] == [late]
    assert found.waiting[0].reasons[0] == "자격 미확인"
    assert "서류 점수 없음" in found.waiting[0].reasons[1]
    with pytest.raises(OpenItems):
        decide(desk)
    assert not ranking.ranking(desk, the_round(desk), TRACK).decided


def test_a_decision_is_made_once_after_the_closing(desk: Desk) -> None:
    rate_all(desk, *FALLING)
    with pytest.raises(Refusal, match="마감하십시오"):
        selection.decide(desk, the_round(desk), TRACK)
    decide(desk)
    with pytest.raises(Refusal, match="이미 정했습니다"):
        selection.decide(desk, the_round(desk), TRACK)
    with pytest.raises(Refusal, match="이미 접수를 마감"):
        rounds.close_round(desk, the_round(desk))


def test_what_was_decided_by_stands_until_the_decision_is_withdrawn(desk: Desk) -> None:
    papers, _, _ = rate_all(desk, *FALLING)
    decide(desk)
    with pytest.raises(Refusal, match="선발을 거두"):
        rating.reopen(desk, papers, "정정")
    with pytest.raises(Refusal, match="선발을 거두"):
        even_out(desk)
    selection.withdraw(desk, the_round(desk), TRACK, "서류 점수 한 칸 정정")
    found = ranking.ranking(desk, the_round(desk), TRACK)
    assert not found.decided
    assert {one.candidate.stage for one in found.ranked} == {"interviewed"}
    assert all(one.candidate.rank is None and one.candidate.score is None for one in found.ranked)
    rating.reopen(desk, papers, "정정")


def test_who_gives_up_makes_room_for_the_first_reserve(desk: Desk) -> None:
    rate_all(desk, *FALLING)
    done = decide(desk)
    chosen, reserve, second = (done.ranked[at].candidate for at in (1, 3, 4))
    following = selection.next_reserve(desk, chosen.id)
    assert following is not None
    assert following.id == reserve.id
    result = selection.give_up(desk, chosen.id, "다른 곳에 취업", TODAY)
    assert result.promoted == reserve.id
    assert steps_of(desk, chosen.id)[-1] == ("declined", TODAY, "다른 곳에 취업")
    assert steps_of(desk, reserve.id)[-1] == ("selected", TODAY, "예비 1번에서 올라감")
    after = {one.candidate.id: one for one in ranking.ranking(desk, the_round(desk), TRACK).ranked}
    assert (after[second.id].outcome, after[second.id].reserve_number) == (Stage.WAITLISTED, 2)
    assert rounds.detail(desk, the_round(desk)).track(TRACK).holding == 3


def test_a_reserve_who_gives_up_moves_nobody_and_an_empty_list_leaves_the_place(desk: Desk) -> None:
    rate_all(desk, *FALLING)
    done = decide(desk)
    ids = [one.candidate.id for one in done.ranked]
    assert selection.give_up(desk, ids[3], "연락 안 됨", TODAY).promoted is None
    assert selection.give_up(desk, ids[0], "개인 사정", TODAY).promoted == ids[4]
    assert selection.give_up(desk, ids[1], "개인 사정", TODAY).promoted is None
    progress = rounds.detail(desk, the_round(desk)).track(TRACK)
    assert (progress.holding, progress.missing) == (2, 1)


@pytest.mark.parametrize(
    ("place", "reason", "on", "words"),
    [
        (0, " ", TODAY, "사유"),
        (0, "사정", TODAY + dt.timedelta(days=1), "오늘보다 뒤"),
        (0, "사정", TODAY - dt.timedelta(days=1), "앞섭니다"),
        (7, "사정", TODAY, "탈락 단계"),
    ],
)
def test_giving_up_wants_a_reason_and_a_possible_day(
    desk: Desk, place: int, reason: str, on: dt.date, words: str
) -> None:
    rate_all(desk, *FALLING)
    one = decide(desk).ranked[place].candidate
    with pytest.raises(Refusal, match=words):
        selection.give_up(desk, one.id, reason, on)
    assert steps_of(desk, one.id)[-1][0] == one.stage


def test_the_same_giving_up_twice_is_once(desk: Desk) -> None:
    rate_all(desk, *FALLING)
    chosen = decide(desk).ranked[0].candidate.id
    operation = UUID(int=7)
    first = selection.give_up(desk, chosen, "사정", TODAY, operation)
    assert selection.give_up(desk, chosen, "사정", TODAY, operation) == first
    assert rounds.detail(desk, the_round(desk)).track(TRACK).stands[Stage.WAITLISTED] == 1


def test_the_result_day_starts_the_retention_of_who_was_not_taken(desk: Desk) -> None:
    rate_all(desk, *FALLING)
    with pytest.raises(Refusal, match="마감하십시오"):
        rounds.publish(desk, the_round(desk))
    rounds.close_round(desk, the_round(desk))
    with pytest.raises(OpenItems, match="발표하지"):
        rounds.publish(desk, the_round(desk))
    done = selection.decide(desk, the_round(desk), TRACK)
    rejected, chosen = done.ranked[-1].candidate.person, done.ranked[0].candidate.person

    def results() -> dict[UUID, tuple[dt.date | None, ...]]:
        with desk.store.read() as connection:
            return {one.id: one.life.results for one in list_kept(connection)}

    assert results()[rejected] == (None,)  # somebody was selected, but the round's result is not out
    with pytest.raises(Refusal, match="오늘까지"):
        rounds.publish(desk, the_round(desk), TODAY + dt.timedelta(days=1))
    published = rounds.publish(desk, the_round(desk), dt.date(2026, 8, 30))
    assert (published.state, published.row.result_on) == (RoundState.PUBLISHED, dt.date(2026, 8, 30))
    assert results()[rejected] == (dt.date(2026, 8, 30),)
    assert results()[chosen] == ()
    for act in (
        lambda: rounds.publish(desk, the_round(desk)),
        lambda: selection.withdraw(desk, the_round(desk), TRACK, "정정"),
        lambda: screening.add_rater(desk, the_round(desk), Step.PAPERS, "늦은이"),
        lambda: rounds.take_in(desk, the_round(desk)),
    ):
        with pytest.raises(Refusal, match="발표하여"):
            act()
    assert selection.give_up(desk, done.ranked[0].candidate.id, "사정", TODAY).promoted


def test_who_was_disposed_of_keeps_nobody_from_the_result(desk: Desk) -> None:
    papers, _, _ = add_raters(desk)
    gone = rating.sheet(desk, papers, TRACK).rows[0].candidate
    with desk.store.write() as connection:
        connection.execute(
            sa.update(person_key)
            .where(person_key.c.person_id == gone.person)
            .values(wrapped=None, destroyed_at=MONTH_END)
        )
    assert gone.id not in [line.candidate.id for line in rating.sheet(desk, papers, TRACK).rows]
    for rater in screening.list_raters(desk, the_round(desk)):
        give(desk, rater.id, 800)
        rating.declare_done(desk, rater.id)
    assert len(decide(desk).ranked) == 7
    rounds.publish(desk, the_round(desk))
    assert rounds.detail(desk, the_round(desk)).track(TRACK).reached[Stage.APPLIED] == 8


def test_a_looker_sees_masked_names_and_may_change_nothing(desk: Desk) -> None:
    from regional_desk.services.desk import Actor

    rate_all(desk, *FALLING)
    viewer = Desk(
        desk.store, Actor(UUID(int=3), "v", "조회", frozenset({Role.VIEWER})), desk.office, desk.clock
    )
    shown = ranking.ranking(viewer, the_round(desk), TRACK)
    whole = ranking.ranking(desk, the_round(desk), TRACK)
    assert [one.candidate.id for one in shown.ranked] == [one.candidate.id for one in whole.ranked]
    assert all("*" in one.candidate.name for one in shown.ranked)
    for act in (
        lambda: rounds.close_round(viewer, the_round(desk)),
        lambda: screening.add_rater(viewer, the_round(desk), Step.PAPERS, "누구"),
        lambda: selection.give_up(viewer, whole.ranked[0].candidate.id, "사정", TODAY),
    ):
        with pytest.raises(NotAllowed):
            act()


def words_of(desk: Desk, document: str, **where: Any) -> list[str]:
    """The text of a paper, a page each, as it would be printed now."""
    pdf = papers.preview_pdf(desk, Wanted(document, round=the_round(desk), **where))
    with pypdfium2.PdfDocument(pdf) as document_pages:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document_pages]


def test_the_papers_of_a_round_wait_for_the_decision(desk: Desk) -> None:
    add_raters(desk)
    for document in ("selection-notice", "screening-tally", "selection-letter", "rejection-letter"):
        with pytest.raises(Refusal, match="만들지 않았습니다"):
            words_of(desk, document)


def test_the_posted_notice_names_nobody_whole(desk: Desk) -> None:
    rate_all(desk, *FALLING)
    done = decide(desk)
    rounds.publish(desk, the_round(desk))
    (text,) = words_of(desk, "selection-notice")
    assert "선발 3명, 예비 2명" in text
    for one in done.ranked:
        assert one.candidate.name not in text
        assert (one.candidate.phone or "없음")[3:7] not in text.replace("-", "")
        announced = one.outcome is not Stage.REJECTED
        assert (Masking.MASKED.show_phone(one.candidate.phone) in text) is announced


def test_the_tally_shows_every_raters_score(desk: Desk) -> None:
    rate_all(desk, *FALLING)
    done = decide(desk)
    text = " ".join(words_of(desk, "screening-tally"))
    for words in ("한외부", "84.000", "36.000", "48.000", done.ranked[0].candidate.name):
        assert words in text


def test_everybody_has_a_letter_and_one_person_alone_too(desk: Desk) -> None:
    rate_all(desk, *FALLING)
    done = decide(desk)
    assert len(words_of(desk, "selection-letter")) == 3
    assert len(words_of(desk, "reserve-letter")) == 2
    assert len(words_of(desk, "rejection-letter")) == 3
    chosen = done.ranked[4].candidate
    (letter,) = words_of(desk, "reserve-letter", person=chosen.person)
    assert chosen.name in letter
    assert "예비 2번" in letter
    with pytest.raises(Refusal, match="받을 사람이 없습니다"):
        words_of(desk, "selection-letter", person=chosen.person)
