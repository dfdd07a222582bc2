"""Lists of wishes and of interview results: what they bring, what they refuse, and taking them back."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests.conftest import FILES
from tests.integration.matching_office import (
    INTERVIEWS,
    NUMBERED,
    as_somebody,
    bring,
    ready,
    select_everybody,
    where,
    who,
    write,
)

from regional_desk.domain.clock import FixedClock
from regional_desk.domain.matching_rounds import Objective
from regional_desk.domain.rights import Right, Role
from regional_desk.errors import FileRejected, NotAllowed, Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing import import_undo, imports
from regional_desk.services.matching import placements, results, rounds, wishes
from regional_desk.services.matching.free import NOT_TRAINED
from regional_desk.store.companies import company, position
from regional_desk.store.ids import new_id

WIDE = "성명,생년월일,1순위,2순위,3순위"


@pytest.fixture
def round_id(desk: Desk) -> UUID:
    return ready(desk)


@pytest.fixture
def empty_round(desk: Desk) -> UUID:
    select_everybody(desk)
    return rounds.add_round(desk).id


def wishes_of(desk: Desk, round_id: UUID, name: str) -> list[str]:
    found = rounds.read(desk, round_id)
    titles = {one.id: one.company_name for one in found.positions}
    return [titles[one] for one in found.wishes.get(who(desk, name), ())]


def told(desk: Desk, round_id: UUID, company_name: str, name: str) -> tuple[Any, ...] | None:
    cell = (where(desk, round_id, company_name), who(desk, name))
    for one in rounds.read(desk, round_id).interviews:
        if (one.position, one.trainee) == cell:
            return one.result, one.place, one.tenths
    return None


def add_position(desk: Desk, company_name: str, name: str) -> None:
    """A second position of a company."""

    def body(work: Work) -> dict[str, Any]:
        first = work.connection.execute(
            sa.select(position)
            .join(company, company.c.id == position.c.company_id)
            .where(company.c.name == company_name)
        ).one()
        row = {**first._mapping, "id": new_id(), "name": name}
        work.connection.execute(sa.insert(position).values(**row))
        return {}

    desk.perform(Right.EDIT_COMPANIES, "test.position", body)


# --- wishes


def test_the_preview_of_wishes_is_what_committing_does(desk: Desk, empty_round: UUID) -> None:
    opened = imports.open_file(desk, "preferences", FILES / "preferences.xlsx")
    seen = imports.preview(desk, opened, round_id=empty_round)
    assert rounds.read(desk, empty_round).trainees == ()
    assert imports.commit(desk, opened, round_id=empty_round) == seen
    assert (seen.read, seen.new, len(seen.errors)) == (20, 18, 2)
    assert seen.notices == (
        "차수에 없던 교육생 18명을 함께 넣습니다.",
        "차수에 없던 직무 7개를 함께 넣습니다.",
    )


def test_wishes_brought_again_change_nothing(desk: Desk, round_id: UUID) -> None:
    again = bring(desk, "preferences", round_id)
    assert (again.new, again.updated, again.unchanged) == (0, 0, 18)


def test_an_empty_cell_clears_no_wish_and_a_named_rank_takes_its_place(
    desk: Desk, round_id: UUID, tmp_path: Path
) -> None:
    before = wishes_of(desk, round_id, "신철혁")
    assert before == ["㈜대한테크3", "㈜가온테크2", "다온소프트19"]
    found = bring(desk, "preferences", round_id, write(tmp_path, WIDE, "신철혁,2006-09-08,,(주) 미래메카29,"))
    assert wishes_of(desk, round_id, "신철혁") == ["㈜대한테크3", "(주)미래메카29", "다온소프트19"]
    assert found.updated == 1
    assert "2 ㈜가온테크2 비전검사 개발" in found.changes[0]
    bring(desk, "preferences", round_id, write(tmp_path, WIDE, "신철혁,2006-09-08,다온소프트19,,"))
    assert wishes_of(desk, round_id, "신철혁") == ["다온소프트19", "(주)미래메카29"]


def test_an_empty_rank_is_closed_up_and_said(desk: Desk, empty_round: UUID, tmp_path: Path) -> None:
    found = bring(
        desk, "preferences", empty_round, write(tmp_path, WIDE, "신철혁,2006-09-08,대한테크3,,가온테크2")
    )
    assert wishes_of(desk, empty_round, "신철혁") == ["㈜대한테크3", "㈜가온테크2"]
    assert any("당겨 넣습니다" in notice for notice in found.notices)


def test_a_wish_may_be_a_job_where_only_one_company_offers_it(
    desk: Desk, empty_round: UUID, tmp_path: Path
) -> None:
    add_position(desk, "㈜대한테크3", "데이터 분석")
    found = bring(
        desk,
        "preferences",
        empty_round,
        write(tmp_path, WIDE, "신철혁,2006-09-08,데이터 분석,대한테크3 품질관리,대한테크3"),
    )
    (error,) = found.errors
    assert (error.column, error.value) == ("3순위", "대한테크3")
    assert "2개" in error.message
    assert rounds.read(desk, empty_round).trainees == ()
    bring(
        desk,
        "preferences",
        empty_round,
        write(tmp_path, WIDE, "신철혁,2006-09-08,데이터분석,대한테크3/품질관리,"),
    )
    assert wishes_of(desk, empty_round, "신철혁") == ["㈜대한테크3", "㈜대한테크3"]


BAD_WISHES = [
    ("신철혁,2006-09-08,없는회사,,", "1순위", "선정된 기업"),
    ("신철혁,2006-09-08,대한테크3,㈜대한테크3,", "2순위", "두 번 희망"),
    ("신철혁,2006-09-08,가온시스템1,,", "1순위", "Track2 직무"),
    ("신철혁,2006-09-08,,,", "1순위", "비어 있습니다"),
    ("신철혁,2006-09-09,대한테크3,,", "성명", "사무소에 없는 사람"),
    ("신철혁,2006-13-08,대한테크3,,", "생년월일", "달력에 없는"),
    ("곽름성,,대한테크3,,", "성명", "2명입니다"),
    (",2006-09-08,대한테크3,,", "성명", "비어 있습니다"),
]


@pytest.mark.parametrize(("line", "column", "words"), BAD_WISHES, ids=[words for *_, words in BAD_WISHES])
def test_a_row_that_cannot_be_taken_says_where_and_why(
    desk: Desk, empty_round: UUID, tmp_path: Path, line: str, column: str, words: str
) -> None:
    found = bring(desk, "preferences", empty_round, write(tmp_path, WIDE, line))
    (error,) = found.errors
    assert (error.row, error.column, found.read, found.new) == (2, column, 1, 0)
    assert words in error.message


def test_somebody_outside_training_is_an_error(desk: Desk, empty_round: UUID, tmp_path: Path) -> None:
    with desk.store.read() as connection:
        row = connection.exec_driver_sql(
            "SELECT name, birth FROM person WHERE id NOT IN (SELECT person_id FROM membership) LIMIT 1"
        ).one()
    found = bring(
        desk, "preferences", empty_round, write(tmp_path, WIDE, f"{row.name},{row.birth},대한테크3,,")
    )
    assert [error.message for error in found.errors] == [NOT_TRAINED]


def test_somebody_named_twice_counts_once(desk: Desk, empty_round: UUID, tmp_path: Path) -> None:
    lines = ("신철혁,2006-09-08,대한테크3,,", "신철혁,2006-09-08,가온테크2,,")
    found = bring(desk, "preferences", empty_round, write(tmp_path, WIDE, *lines))
    assert (found.new, found.skipped) == (1, 1)
    assert "2행과 같은 사람" in found.notices[0]
    assert wishes_of(desk, empty_round, "신철혁") == ["㈜대한테크3"]


def test_a_birth_date_is_needed_only_where_two_share_a_name(
    desk: Desk, empty_round: UUID, tmp_path: Path
) -> None:
    found = bring(desk, "preferences", empty_round, write(tmp_path, "이름,1지망", "신철혁,대한테크3"))
    assert (found.new, found.errors) == (1, ())


def test_one_bad_wish_of_a_person_leaves_all_of_theirs_out(
    desk: Desk, empty_round: UUID, tmp_path: Path
) -> None:
    lines = (
        "신철혁,2006-09-08,1,대한테크3,품질관리",
        "신철혁,2006-09-08,2,대한테크3,없는 직무",
        "공규환,2007-11-05,1,대한테크3,품질관리",
        "공규환,2007-11-05,첫째,가온테크2,",
        "연재규,2006-01-27,2,가온테크2,",
        "연재규,2006-01-27,2,대한테크3,",
        "진훈민,1995-05-25,1순위,가온테크2,비전검사 개발",
    )
    found = bring(desk, "preferences", empty_round, write(tmp_path, NUMBERED, *lines))
    assert [error.row for error in found.errors] == [2, 3, 4, 5, 6, 7]
    assert (found.read, found.new) == (7, 1)
    assert "있는 직무: 품질관리" in found.errors[1].message
    assert "두 번" in found.errors[5].message
    assert [one.name for one in rounds.read(desk, empty_round).trainees] == ["진훈민"]


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        ("성명,생년월일,기업명,직무", "희망순위 열이 없어"),
        ("성명,생년월일,순위", "희망순위 열이 없어"),
        ("성명,1순위,2순위,11순위", "'11순위' 열을 읽지 못해"),
        ("생년월일,1순위", "'성명' 열을 찾지 못해"),
    ],
)
def test_a_list_without_its_columns_is_refused_whole(
    desk: Desk, empty_round: UUID, tmp_path: Path, headings: str, words: str
) -> None:
    file = write(tmp_path, headings, "신철혁,2006-09-08,대한테크3,대한테크3")
    with pytest.raises(FileRejected, match=words):
        bring(desk, "preferences", empty_round, file)


def test_a_list_needs_an_open_round_and_the_right_to_match(
    desk: Desk, round_id: UUID, office: Path, clock: FixedClock
) -> None:
    opened = imports.open_file(desk, "preferences", FILES / "preferences.xlsx")
    with pytest.raises(UsageError, match="연계 차수를 골라"):
        imports.preview(desk, opened)
    results.adopt(desk, round_id, Objective.STABLE)
    with pytest.raises(Refusal, match="이미 배정을 채택"):
        imports.preview(desk, opened, round_id=round_id)

    def act(other: Desk) -> None:
        for kind in ("preferences", "interviews"):
            with pytest.raises(NotAllowed, match="연계 처리"):
                bring(other, kind, round_id)

    as_somebody(desk, office, clock, Role.TRAINING, act)


# --- interviews


def test_interviews_brought_again_change_nothing(desk: Desk, round_id: UUID) -> None:
    again = bring(desk, "interviews", round_id)
    assert (again.read, again.new, again.updated, again.unchanged, len(again.errors)) == (53, 0, 0, 50, 3)


def test_an_empty_cell_clears_nothing_of_an_interview(desk: Desk, round_id: UUID, tmp_path: Path) -> None:
    assert told(desk, round_id, "가온테크2", "신철혁") == ("pass", 3, None)
    line = "가온테크2,비전검사 개발,신철혁,2006-09-08,,87.5,"
    found = bring(desk, "interviews", round_id, write(tmp_path, INTERVIEWS, line))
    assert told(desk, round_id, "가온테크2", "신철혁") == ("pass", 3, 875)
    assert found.changes == ("2행 신철혁 ㈜가온테크2 비전검사 개발: 합격 3위 → 합격 3위 87.5점",)


def test_a_rank_without_a_result_is_a_pass_and_said(desk: Desk, empty_round: UUID, tmp_path: Path) -> None:
    line = "가온테크2,,신철혁,2006-09-08,,,2"
    found = bring(desk, "interviews", empty_round, write(tmp_path, INTERVIEWS, line))
    assert told(desk, empty_round, "가온테크2", "신철혁") == ("pass", 2, None)
    assert "합격으로 넣습니다" in found.notices[0]
    assert len(found.notices) == 3


BAD_INTERVIEWS = [
    ("가온테크2,,신철혁,2006-09-08,,87,", "결과", "결과가 비어"),
    ("가온테크2,,신철혁,2006-09-08,,,", "결과", "모두 비어"),
    ("가온테크2,,신철혁,2006-09-08,보류,,", "결과", "읽을 수 없습니다"),
    ("가온테크2,,신철혁,2006-09-08,합격,팔십,", "점수", "점수가 아닙니다"),
    ("가온테크2,,신철혁,2006-09-08,합격,,첫째", "순위", "읽을 수 없습니다"),
    ("가온테크2,없는 직무,신철혁,2006-09-08,합격,,", "기업명", "있는 직무: 비전검사 개발"),
    ("없는회사,,신철혁,2006-09-08,합격,,", "기업명", "선정된 기업"),
    (",,신철혁,2006-09-08,합격,,", "기업명", "비어 있습니다"),
    ("가온시스템1,,신철혁,2006-09-08,합격,,", "기업명", "Track2"),
    ("가온테크2,,홍길동,1999-03-05,합격,,", "성명", "사무소에 없는 사람"),
]


@pytest.mark.parametrize(
    ("line", "column", "words"), BAD_INTERVIEWS, ids=[line for line, *_ in BAD_INTERVIEWS]
)
def test_an_interview_that_cannot_be_taken_says_where_and_why(
    desk: Desk, empty_round: UUID, tmp_path: Path, line: str, column: str, words: str
) -> None:
    found = bring(desk, "interviews", empty_round, write(tmp_path, INTERVIEWS, line))
    (error,) = found.errors
    assert (error.row, error.column, found.read, found.new) == (2, column, 1, 0)
    assert words in error.message


def test_an_interview_told_twice_counts_once(desk: Desk, empty_round: UUID, tmp_path: Path) -> None:
    line = "가온테크2,,신철혁,2006-09-08,합격,,1"
    found = bring(
        desk,
        "interviews",
        empty_round,
        write(tmp_path, INTERVIEWS, line, line.replace("합격,,1", "불합격,,")),
    )
    assert (found.new, found.skipped) == (1, 1)
    assert told(desk, empty_round, "가온테크2", "신철혁") == ("pass", 1, None)


def test_one_bad_row_can_stop_the_whole_list(desk: Desk, empty_round: UUID) -> None:
    with pytest.raises(FileRejected, match="아무것도 가져오지"):
        bring(desk, "interviews", empty_round, all_or_nothing=True)
    assert rounds.read(desk, empty_round).interviews == ()


# --- taking back


def test_taking_wishes_back_leaves_the_round_as_it_was(desk: Desk, empty_round: UUID) -> None:
    bring(desk, "preferences", empty_round)
    done = import_undo.undo(desk)
    found = rounds.read(desk, empty_round)
    assert (done.deleted, done.restored, done.kept) == (18, 0, ())
    assert (found.trainees, found.positions, dict(found.wishes)) == ((), (), {})


def test_taking_changed_wishes_back_gives_the_old_ones(desk: Desk, round_id: UUID, tmp_path: Path) -> None:
    bring(desk, "preferences", round_id, write(tmp_path, WIDE, "신철혁,2006-09-08,미래메카29,,"))
    done = import_undo.undo(desk)
    assert (done.deleted, done.restored) == (0, 1)
    assert wishes_of(desk, round_id, "신철혁") == ["㈜대한테크3", "㈜가온테크2", "다온소프트19"]


def test_wishes_somebody_touched_since_stay(desk: Desk, empty_round: UUID) -> None:
    bring(desk, "preferences", empty_round)
    wishes.set_wishes(desk, empty_round, who(desk, "신철혁"), [where(desk, empty_round, "미래메카29")])
    done = import_undo.undo(desk)
    assert (done.deleted, [one.name for one in done.kept]) == (17, ["신철혁"])
    found = rounds.read(desk, empty_round)
    assert [one.name for one in found.trainees] == ["신철혁"]
    assert [one.company_name for one in found.positions] == ["(주)미래메카29"]


def test_taking_interviews_back_gives_what_stood_there(desk: Desk, round_id: UUID, tmp_path: Path) -> None:
    line = "가온테크2,,신철혁,2006-09-08,불합격,,"
    fresh = "미래메카29,,신철혁,2006-09-08,합격,,1"
    bring(desk, "interviews", round_id, write(tmp_path, INTERVIEWS, line, fresh))
    assert told(desk, round_id, "가온테크2", "신철혁") == ("fail", 3, None)
    done = import_undo.undo(desk)
    assert (done.restored, done.kept) == (1, ())
    assert told(desk, round_id, "가온테크2", "신철혁") == ("pass", 3, None)
    assert told(desk, round_id, "미래메카29", "신철혁") is None
    assert len(rounds.read(desk, round_id).trainees) == 18


def test_an_interview_somebody_touched_since_stays(desk: Desk, round_id: UUID, tmp_path: Path) -> None:
    bring(desk, "interviews", round_id, write(tmp_path, INTERVIEWS, "가온테크2,,신철혁,2006-09-08,불합격,,"))
    at, one = where(desk, round_id, "가온테크2"), who(desk, "신철혁")
    wishes.set_interview(desk, round_id, at, one, None)
    done = import_undo.undo(desk)
    assert ([kept.name for kept in done.kept], done.restored) == (["신철혁"], 0)
    assert told(desk, round_id, "가온테크2", "신철혁") is None


@pytest.mark.parametrize("state", ["adopted", "published"])
def test_what_placements_were_taken_from_is_not_taken_back(desk: Desk, round_id: UUID, state: str) -> None:
    results.adopt(desk, round_id, Objective.STABLE)
    if state == "published":
        placements.publish(desk, round_id)
    before = rounds.read(desk, round_id).interviews
    done = import_undo.undo(desk)
    assert (done.deleted, done.restored) == (0, 0)
    assert {one.what for one in done.kept} == {"배정을 채택했거나 결과를 공개한 차수"}
    assert rounds.read(desk, round_id).interviews == before
