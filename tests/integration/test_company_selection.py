"""Companies apply, are rated by several raters blind to each other, and are selected against the goal of their kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from openpyxl import Workbook
from tests.conftest import LOGIN, MONTH_END

from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.company_selection import Override, ParticipationState
from regional_desk.domain.rights import Role
from regional_desk.errors import NotAllowed, OpenItems, Refusal, UsageError
from regional_desk.services.companies import (
    company_ranking,
    company_raters,
    company_rating,
    company_selection,
    participations,
)
from regional_desk.services.companies.company_rating import CompanyPoints
from regional_desk.services.companies.participations import ParticipationRow
from regional_desk.services.desk import Actor, Desk
from regional_desk.services.importing import import_undo, imports
from regional_desk.services.safety import accounts, logs
from regional_desk.store.companies import company
from regional_desk.store.participation import company_rating as rating_table

KIND, OTHER = CompanyKind.MANUFACTURER, CompanyKind.SUPPLIER
TODAY = MONTH_END.date()
KEYS = ("competence", "appeal", "linkage")


@pytest.fixture
def applied(desk: Desk) -> tuple[ParticipationRow, ...]:
    """Six manufacturers and a supplier applied, a day apart; the manufacturers by name."""
    with desk.store.read() as connection:
        query = sa.select(company.c.id, company.c.kind).order_by(company.c.name)
        rows = list(connection.execute(query))
    made = [row.id for row in rows if row.kind == KIND.value][:6]
    for at, one in enumerate(made):
        participations.apply(desk, [one], TODAY - dt.timedelta(days=20 - at))
    participations.apply(desk, [next(row.id for row in rows if row.kind == OTHER.value)])
    return of_kind(desk)


@pytest.fixture
def as_lee(desk: Desk) -> Callable[[], Desk]:
    """The same store as a second rater uses it."""
    accounts.add_user(desk, "lee", "이평가", [Role.INTERNSHIP], "second-rater-1")
    with desk.store.read() as connection:
        row = connection.execute(sa.text("SELECT id, login, name FROM user WHERE login = 'lee'")).one()

    def once() -> Desk:
        actor = Actor(UUID(bytes=row.id), row.login, row.name, frozenset({Role.INTERNSHIP}))
        return Desk(desk.store, actor, desk.office, desk.clock)

    return once


def of_kind(desk: Desk, kind: CompanyKind = KIND) -> tuple[ParticipationRow, ...]:
    return tuple(row for row in participations.list_participations(desk) if row.kind is kind)


def give(desk: Desk, rater: UUID, kind: CompanyKind, *tenths: int) -> None:
    """These points in every criterion to the sheet's open companies in their order, the last one to all the others."""
    rows = [line for line in company_rating.sheet(desk, rater, kind).rows if line.open]
    wanted = [*tenths, *[tenths[-1]] * len(rows)]
    points = [
        CompanyPoints(line.row.id, key, each)
        for line, each in zip(rows, wanted, strict=False)
        for key in KEYS
    ]
    company_rating.rate(desk, rater, points)


def rate_all(desk: Desk, *tenths: int) -> UUID:
    """One outside rater's sheet filled and done: the manufacturers as given, the supplier 70."""
    rater = company_raters.add_rater(desk, "한외부")
    give(desk, rater, KIND, *tenths)
    give(desk, rater, OTHER, 70)
    company_rating.declare_done(desk, rater)
    return rater


def states(desk: Desk) -> list[tuple[str, int | None]]:
    return [(row.state.value, row.reserve_number) for row in of_kind(desk)]


FALLING = (95, 90, 85, 80, 75, 50)


def test_companies_apply_once_a_year(desk: Desk, applied: tuple[ParticipationRow, ...]) -> None:
    assert [row.state for row in applied] == [ParticipationState.APPLIED] * 6
    assert (applied[0].score, applied[0].rank) == (None, None)
    with pytest.raises(OpenItems, match="아무것도 받지 않았습니다") as refused:
        participations.apply(desk, [applied[0].company])
    assert "이미 신청" in refused.value.items[0].message
    with pytest.raises(Refusal, match="오늘보다 뒤"):
        participations.apply(desk, [applied[0].company], TODAY + dt.timedelta(days=1))
    with pytest.raises(UsageError, match="없는 기업"):
        participations.apply(desk, [UUID(int=1)])
    with pytest.raises(Refusal, match="고르십시오"):
        participations.apply(desk, [])
    left = participations.without_application(desk)
    assert {row.id for row in left}.isdisjoint(row.company for row in applied)


def test_of_many_applications_all_come_in_or_none(desk: Desk) -> None:
    rows = participations.without_application(desk)
    with desk.store.write() as connection:
        connection.execute(sa.update(company).where(company.c.id == rows[3].id).values(kind=None))
    with pytest.raises(OpenItems) as refused:
        participations.apply(desk, [row.id for row in rows])
    assert [item.where for item in refused.value.items] == [rows[3].name]
    assert participations.list_participations(desk) == ()


def test_an_application_is_found_by_name_or_number(desk: Desk, applied: tuple[ParticipationRow, ...]) -> None:
    one = applied[0]
    for text in (str(one.id), one.company_name, one.business_number, one.company_name.replace("(주)", "㈜")):
        assert participations.find_participation(desk, text).id == one.id
    with pytest.raises(UsageError, match="기업이 없습니다"):
        participations.find_participation(desk, "없는 회사")
    other = participations.without_application(desk)[0]
    with pytest.raises(UsageError, match="참여신청이 없습니다"):
        participations.find_participation(desk, other.business_number)


def test_raters_are_blind_to_each_other_until_both_are_done(
    desk: Desk, applied: tuple[ParticipationRow, ...], as_lee: Callable[[], Desk]
) -> None:
    lee = as_lee()
    mine = company_raters.add_rater(desk, login=LOGIN)
    hers = company_raters.add_rater(desk, login="lee")
    give(desk, mine, KIND, 80)
    give(desk, mine, OTHER, 80)
    with pytest.raises(NotAllowed, match="모두 마감한 뒤"):
        company_rating.sheet(lee, mine, KIND)
    with pytest.raises(NotAllowed, match="그 사람만"):
        company_rating.rate(lee, mine, [CompanyPoints(applied[0].id, "appeal", 10)])
    company_rating.declare_done(desk, mine)
    with pytest.raises(NotAllowed, match="모두 마감한 뒤"):
        company_rating.sheet(lee, mine, KIND)  # her own is still open
    assert of_kind(lee)[0].score is None
    give(lee, hers, KIND, 60)
    give(lee, hers, OTHER, 60)
    company_rating.declare_done(lee, hers)
    assert company_rating.sheet(lee, mine, KIND).rows[0].points == (80, 80, 80)
    assert "80" not in " ".join(str(line.detail) for line in logs.search(desk, action="company.rate"))


def test_an_outside_raters_sheet_is_keyed_in_by_who_edits_companies(
    desk: Desk, applied: tuple[ParticipationRow, ...], as_lee: Callable[[], Desk]
) -> None:
    outside = company_raters.add_rater(desk, "한외부")
    give(as_lee(), outside, KIND, 70)
    assert company_rating.sheet(desk, outside, KIND).rows[0].points == (70, 70, 70)
    viewer = Desk(
        desk.store,
        Actor(desk.actor.user_id, "see", "보기", frozenset({Role.TRAINING})),
        desk.office,
        desk.clock,
    )
    with pytest.raises(NotAllowed):
        company_rating.rate(viewer, outside, [CompanyPoints(applied[0].id, "appeal", 10)])


def test_points_that_cannot_be_are_refused_and_nothing_is_written(
    desk: Desk, applied: tuple[ParticipationRow, ...]
) -> None:
    rater = company_raters.add_rater(desk, "한외부")
    good = CompanyPoints(applied[0].id, "appeal", 10)
    for bad, words in (
        (CompanyPoints(applied[0].id, "appeal", 101), "만점"),
        (CompanyPoints(applied[0].id, "appeal", -1), "만점"),
        (CompanyPoints(applied[0].id, "other", 10), "평가항목"),
        (CompanyPoints(UUID(int=1), "appeal", 10), "평가항목"),
    ):
        with pytest.raises(Refusal, match=words):
            company_rating.rate(desk, rater, [good, bad])
    with desk.store.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(rating_table)).scalar() == 0
    with pytest.raises(OpenItems, match="점수가 빈 기업"):
        company_rating.declare_done(desk, rater)
    with pytest.raises(Refusal, match="이미 평가위원"):
        company_raters.add_rater(desk, "한외부")
    company_raters.remove_rater(desk, rater)
    assert company_raters.list_raters(desk) == ()


def test_a_done_sheet_opens_again_only_with_a_reason(
    desk: Desk, applied: tuple[ParticipationRow, ...]
) -> None:
    rater = rate_all(desk, *FALLING)
    with pytest.raises(Refusal, match="마감되어"):
        give(desk, rater, KIND, 10)
    with pytest.raises(Refusal, match="사유"):
        company_rating.reopen(desk, rater, " ")
    company_rating.reopen(desk, rater, "합산 착오")
    give(desk, rater, KIND, 10)
    with pytest.raises(Refusal, match="마감되지 않았습니다"):
        company_rating.reopen(desk, rater, "또")
    with pytest.raises(Refusal, match="점수를 적어"):
        company_raters.remove_rater(desk, rater)


def test_the_goal_is_filled_by_the_ranking_and_the_rest_wait_with_numbers(
    desk: Desk, applied: tuple[ParticipationRow, ...]
) -> None:
    rate_all(desk, *FALLING)
    found = company_ranking.ranking(desk, KIND)
    assert found.faults == ("목표 기업 수를 정하지 않았습니다.",)
    with pytest.raises(OpenItems, match="먼저 정할 것"):
        company_selection.decide(desk, KIND)
    company_selection.set_goal(desk, KIND, 2, 60_000)
    preview = company_ranking.ranking(desk, KIND)
    assert [one.state.label for one in preview.ranked] == ["선정", "선정", "예비", "예비", "예비", "미선정"]
    assert states(desk) == [("applied", None)] * 6
    done = company_selection.decide(desk, KIND)
    assert states(desk) == [
        ("selected", None),
        ("selected", None),
        ("reserve", 1),
        ("reserve", 2),
        ("reserve", 3),
        ("rejected", None),
    ]
    assert [one.rank for one in done.decided] == [1, 2, 3, 4, 5, 6]
    assert [row.score for row in of_kind(desk)] == [each * 1000 for each in FALLING]
    assert {row.decided_on for row in of_kind(desk)} == {TODAY}
    with desk.store.read() as connection:
        chosen = participations.selected_companies(connection, 2026)
    assert chosen == {row.company for row in applied[:2]}
    line = logs.search(desk, action="company.outcome", limit=1)[0]
    assert "한외부" in str(line.detail)  # from now on everybody may know who gave what
    with pytest.raises(Refusal, match="새로 정할"):
        company_selection.decide(desk, KIND)


def test_a_tie_over_the_goal_waits_for_a_person(desk: Desk, applied: tuple[ParticipationRow, ...]) -> None:
    rate_all(desk, 90, 80, 80, 50)
    with desk.store.write() as connection:
        connection.execute(
            sa.text("UPDATE participation SET applied_on = '2026-08-01'")
        )  # the last tie rule tells nobody apart
    company_selection.set_goal(desk, KIND, 2, 60_000)
    found = company_ranking.ranking(desk, KIND)
    assert found.ties == ((applied[1].id, applied[2].id),)
    with pytest.raises(OpenItems, match="먼저 정할 것") as refused:
        company_selection.decide(desk, KIND)
    assert "동점" in refused.value.items[0].message
    order = (applied[2].id, applied[1].id)
    with pytest.raises(Refusal, match="사유"):
        company_selection.decide(desk, KIND, order=order)
    done = company_selection.decide(desk, KIND, order=order, reason="전환 계획이 구체적")
    by_id = {row.id: row for row in of_kind(desk)}
    assert by_id[applied[2].id].state is ParticipationState.SELECTED
    assert by_id[applied[1].id].reserve_number == 1
    assert by_id[applied[1].id].tie_note == "동점 2곳, 협의로 정함: 전환 계획이 구체적"
    assert [(one.row.id, one.rank) for one in done.decided[:3]] == [
        (applied[0].id, 1),
        (applied[2].id, 2),
        (applied[1].id, 3),
    ]


def test_the_application_day_tells_equal_scores_apart(
    desk: Desk, applied: tuple[ParticipationRow, ...]
) -> None:
    rate_all(desk, 80)
    company_selection.set_goal(desk, KIND, 1, None)
    company_selection.decide(desk, KIND)
    first = of_kind(desk)[0]
    assert (first.state, first.tie_note) == (
        ParticipationState.SELECTED,
        "동점 6곳, 신청일 빠른 순 기준으로 앞",
    )


def test_a_decision_against_the_ranking_needs_its_reason(
    desk: Desk, applied: tuple[ParticipationRow, ...]
) -> None:
    rate_all(desk, *FALLING)
    company_selection.set_goal(desk, KIND, 2, 60_000)
    wanted = {applied[4].id: Override(ParticipationState.SELECTED, "")}
    with pytest.raises(Refusal, match="사유"):
        company_selection.decide(desk, KIND, overrides=wanted)
    under = {applied[5].id: Override(ParticipationState.SELECTED, "지역 안배")}
    with pytest.raises(Refusal, match="합격선"):
        company_selection.decide(desk, KIND, overrides=under)
    wanted = {applied[4].id: Override(ParticipationState.SELECTED, "군 지역에 하나뿐")}
    company_selection.decide(desk, KIND, overrides=wanted)
    assert [state for state, _ in states(desk)] == [
        "selected",
        "reserve",
        "reserve",
        "reserve",
        "selected",
        "rejected",
    ]
    assert of_kind(desk)[4].reason == "군 지역에 하나뿐"


def test_a_withdrawal_moves_the_first_reserve_up_and_leaves_the_numbers(
    desk: Desk, applied: tuple[ParticipationRow, ...]
) -> None:
    rate_all(desk, *FALLING)
    company_selection.set_goal(desk, KIND, 2, 60_000)
    company_selection.decide(desk, KIND)
    with pytest.raises(Refusal, match="사유"):
        participations.withdraw(desk, applied[0].id, "")
    following = participations.next_reserve(desk, applied[0].id)
    assert following is not None
    assert following.id == applied[2].id
    done = participations.withdraw(desk, applied[0].id, "경영 사정")
    assert done.promoted == applied[2].id
    assert states(desk)[:4] == [("withdrawn", None), ("selected", None), ("selected", None), ("reserve", 2)]
    assert of_kind(desk)[2].reason == "예비 1번에서 올라감"
    with pytest.raises(Refusal, match="이미 철회"):
        participations.withdraw(desk, applied[0].id, "또")
    assert participations.withdraw(desk, applied[5].id, "뜻 없음").promoted is None
    participations.apply(desk, [applied[0].company])
    assert of_kind(desk)[0].state is ParticipationState.APPLIED


def test_a_later_application_is_decided_on_against_what_the_goal_still_wants(
    desk: Desk, applied: tuple[ParticipationRow, ...]
) -> None:
    rater = rate_all(desk, *FALLING)
    company_selection.set_goal(desk, KIND, 2, 60_000)
    company_selection.decide(desk, KIND)
    late = next(row for row in participations.without_application(desk) if row.kind == KIND.value)
    participations.apply(desk, [late.id])
    assert company_ranking.ranking(desk, KIND).waiting[0].reasons == ("점수 없음(한외부)",)
    company_rating.reopen(desk, rater, "추가 신청")
    with pytest.raises(Refusal, match="이미 선정"):
        company_rating.rate(desk, rater, [CompanyPoints(applied[0].id, "appeal", 10)])
    give(desk, rater, KIND, 99)
    company_rating.declare_done(desk, rater)
    with pytest.raises(Refusal, match="줄이지"):
        company_selection.set_goal(desk, KIND, 1, 60_000)
    with pytest.raises(Refusal, match="합격선을 바꾸지"):
        company_selection.set_goal(desk, KIND, 3, 70_000)
    company_selection.decide(desk, KIND)
    mine = participations.find_participation(desk, late.business_number)
    assert (mine.state, mine.reserve_number) == (ParticipationState.RESERVE, 4)  # behind those announced
    with pytest.raises(Refusal, match="목표를 먼저"):
        company_selection.promote(desk, mine.id, "점수가 높음")
    company_selection.set_goal(desk, KIND, 3, 60_000)
    with pytest.raises(Refusal, match="건너뛰는 사유"):
        company_selection.promote(desk, mine.id)
    company_selection.promote(desk, mine.id, "점수가 높음")
    assert participations.find_participation(desk, late.business_number).state is ParticipationState.SELECTED


def test_a_decision_is_taken_back_with_a_reason_until_matching_uses_it(
    desk: Desk, applied: tuple[ParticipationRow, ...]
) -> None:
    rate_all(desk, *FALLING)
    company_selection.set_goal(desk, KIND, 2, 60_000)
    with pytest.raises(Refusal, match="아직 정하지"):
        company_selection.cancel(desk, KIND, "착오")
    company_selection.decide(desk, KIND)
    with pytest.raises(Refusal, match="사유"):
        company_selection.cancel(desk, KIND, "")
    assert company_selection.cancel(desk, KIND, "배점 착오") == {"companies": 6}
    assert states(desk) == [("applied", None)] * 6
    company_selection.decide(desk, KIND)
    _enter_matching(desk, applied[0].company)
    with pytest.raises(Refusal, match="연계 차수"):
        company_selection.cancel(desk, KIND, "배점 착오")


def _enter_matching(desk: Desk, company_id: UUID) -> None:
    """A position of the company in a matching round, written straight: rounds are another subject."""
    from regional_desk.store.companies import position
    from regional_desk.store.ids import new_id
    from regional_desk.store.matching import matching_position, matching_round

    round_id, position_id, at = new_id(), new_id(), desk.clock.now()
    with desk.store.write() as connection:
        connection.execute(
            sa.insert(matching_round).values(
                id=round_id,
                programme_year=2026,
                number=1,
                name="1차",
                state="open",
                unrated="accept",
                seed=1,
                created_at=at,
            )
        )
        connection.execute(
            sa.insert(position).values(
                id=position_id,
                company_id=company_id,
                programme_year=2026,
                name="품질관리",
                track="Track1",
                seats=1,
                closed=False,
                created_at=at,
            )
        )
        connection.execute(
            sa.insert(matching_position).values(round_id=round_id, position_id=position_id, seats=1)
        )


def test_only_leaders_select(
    desk: Desk, applied: tuple[ParticipationRow, ...], as_lee: Callable[[], Desk]
) -> None:
    rate_all(desk, *FALLING)
    company_selection.set_goal(as_lee(), KIND, 2, 60_000)
    with pytest.raises(NotAllowed, match="참여기업 선정"):
        company_selection.decide(as_lee(), KIND)


def test_progress_counts_each_kind_against_its_goal(
    desk: Desk, applied: tuple[ParticipationRow, ...]
) -> None:
    rate_all(desk, *FALLING)
    company_selection.set_goal(desk, KIND, 4, 60_000)
    company_selection.decide(desk, KIND)
    participations.withdraw(desk, applied[5].id, "뜻 없음")
    made, supplied = company_selection.progress(desk)
    assert (made.goal, made.applied, made.selected, made.reserve, made.withdrawn, made.open) == (
        4,
        5,
        4,
        1,
        1,
        0,
    )
    assert (supplied.goal, supplied.applied, supplied.open, supplied.missing) == (None, 1, 1, 0)
    for wrong in (-1, 10_000):
        with pytest.raises(Refusal, match="목표 기업 수"):
            company_selection.set_goal(desk, OTHER, wrong, None)
    with pytest.raises(Refusal, match="합격선"):
        company_selection.set_goal(desk, OTHER, 1, 100_001)


def written(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


HEADINGS = ("기업명", "사업자번호", "평가위원", "스마트제조 역량", "취업 매력도", "고용연계 가능성")


def test_a_list_of_points_comes_in_by_company_and_rater(
    desk: Desk, applied: tuple[ParticipationRow, ...], tmp_path: Path
) -> None:
    one, two = applied[0], applied[1]
    path = written(
        tmp_path / "평가.xlsx",
        ("기업 평가 결과",),
        HEADINGS,
        (one.company_name, None, "한외부", 8, 7.5, "9"),
        (two.company_name, two.business_number, "한외부", 6, None, 7),
        ("없는 회사", None, "한외부", 5, 5, 5),
        (one.company_name, None, "한외부", 1, 1, 1),
        (two.company_name, None, "박외부", 11, 5, 5),
        (two.company_name, None, None, 5, 5, 5),
    )
    opened = imports.open_file(desk, "evaluations", path)
    before = imports.preview(desk, opened)
    assert (before.read, before.new, before.skipped, len(before.errors)) == (6, 2, 1, 3)
    assert before.notices[0] == "새 외부 평가위원으로 더합니다: 한외부"
    assert company_raters.list_raters(desk) == ()
    done = imports.commit(desk, opened)
    assert (done.new, done.errors) == (before.new, before.errors)
    rater = company_raters.find_rater(desk, "한외부")
    shown = {
        line.row.id: line.points
        for line in company_rating.sheet(desk, rater.id, KIND).rows
        if any(line.points)
    }
    assert shown == {one.id: (80, 75, 90), two.id: (60, None, 70)}
    reasons = [error.message for error in done.errors]
    assert "기업이 없습니다" in reasons[0]
    assert "만점" in reasons[1]
    assert "비어" in reasons[2]


def test_an_empty_cell_clears_nothing_and_a_change_is_shown(
    desk: Desk, applied: tuple[ParticipationRow, ...], tmp_path: Path
) -> None:
    name = applied[0].company_name
    imports.commit(
        desk,
        imports.open_file(
            desk, "evaluations", written(tmp_path / "1.xlsx", HEADINGS, (name, None, "한외부", 8, 7, 9))
        ),
    )
    second = imports.open_file(
        desk, "evaluations", written(tmp_path / "2.xlsx", HEADINGS, (name, None, "한외부", None, 7, 6))
    )
    found = imports.preview(desk, second)
    assert (found.updated, found.unchanged) == (1, 0)
    assert found.changes == (f"2행 {name} 한외부 고용 연계 가능성: 9 → 6",)
    imports.commit(desk, second)
    rater = company_raters.find_rater(desk, "한외부")
    assert company_rating.sheet(desk, rater.id, KIND).rows[0].points == (80, 70, 60)
    assert imports.preview(desk, second).unchanged == 1
    back = import_undo.undo(desk)
    assert (back.deleted, back.restored, back.kept) == (0, 1, ())
    assert company_rating.sheet(desk, rater.id, KIND).rows[0].points == (80, 70, 90)
    company_rating.rate(desk, rater.id, [CompanyPoints(applied[0].id, "appeal", 10)])
    back = import_undo.undo(desk)
    assert (back.deleted, [one.name for one in back.kept]) == (2, [name])
    assert company_rating.sheet(desk, rater.id, KIND).rows[0].points == (None, 10, None)


def test_an_import_taken_back_takes_the_raters_it_added(
    desk: Desk, applied: tuple[ParticipationRow, ...], tmp_path: Path
) -> None:
    path = written(tmp_path / "1.xlsx", HEADINGS, (applied[0].company_name, None, "한외부", 8, 7, 9))
    imports.commit(desk, imports.open_file(desk, "evaluations", path))
    import_undo.undo(desk)
    assert company_raters.list_raters(desk) == ()


def test_a_list_writes_no_sheet_that_is_a_users_own_or_done_or_decided(
    desk: Desk, applied: tuple[ParticipationRow, ...], as_lee: Callable[[], Desk], tmp_path: Path
) -> None:
    lee = as_lee()
    company_raters.add_rater(desk, login="lee")
    path = written(tmp_path / "1.xlsx", HEADINGS, (applied[0].company_name, None, "이평가", 8, 7, 9))
    found = imports.preview(desk, imports.open_file(desk, "evaluations", path))
    assert "스스로 적어야" in found.errors[0].message
    assert imports.preview(lee, imports.open_file(lee, "evaluations", path)).new == 1
    company_raters.remove_rater(desk, company_raters.find_rater(desk, "이평가").id)
    rate_all(desk, *FALLING)
    path = written(tmp_path / "2.xlsx", HEADINGS, (applied[0].company_name, None, "한외부", 8, 7, 9))
    found = imports.preview(desk, imports.open_file(desk, "evaluations", path))
    assert "마감되었습니다" in found.errors[0].message
    company_selection.set_goal(desk, KIND, 2, 60_000)
    company_selection.decide(desk, KIND)
    found = imports.preview(desk, imports.open_file(desk, "evaluations", path))
    assert "이미 선정" in found.errors[0].message
    trainer = Desk(
        desk.store,
        Actor(desk.actor.user_id, "see", "교육", frozenset({Role.TRAINING})),
        desk.office,
        desk.clock,
    )
    with pytest.raises(NotAllowed, match="기업 정보"):
        imports.preview(trainer, imports.open_file(trainer, "evaluations", path))
