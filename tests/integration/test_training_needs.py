"""The training need survey: answers keyed and imported, refused, taken back, and added up beside the country's."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.rights import Role
from regional_desk.domain.training_need import AxLevel
from regional_desk.errors import NotAllowed, Refusal, UsageError
from regional_desk.services.companies import training_needs
from regional_desk.services.companies.training_needs import Need
from regional_desk.services.desk import Actor, Desk
from regional_desk.services.importing import import_undo, imports
from regional_desk.services.importing.imports import ImportResult
from regional_desk.services.safety import logs

DAY = dt.date(2026, 8, 20)
USE = {"use": ("yes",), "fields_wanted": ("sales", "office")}


@pytest.fixture
def companies(desk: Desk) -> tuple[Need, ...]:
    """The office's companies, none of which has answered."""
    return training_needs.list_needs(desk)


@pytest.fixture
def bring(desk: Desk, tmp_path: Path) -> Callable[..., ImportResult]:
    """Imports, or previews, lines under headings as a list of answers."""

    def once(headings: str, *lines: str, preview: bool = False) -> ImportResult:
        file = tmp_path / "needs.csv"
        file.write_text("\n".join((headings, *lines)), encoding="utf-8")
        opened = imports.open_file(desk, "needs", file)
        return imports.preview(desk, opened) if preview else imports.commit(desk, opened)

    return once


@pytest.fixture
def viewer(desk: Desk) -> Desk:
    """Somebody who only looks, at the same store."""
    actor = Actor(desk.actor.user_id, "viewer", "김조회", frozenset({Role.VIEWER}))
    return Desk(desk.store, actor, desk.office, desk.clock)


def read(desk: Desk, company: UUID) -> Need:
    return training_needs.read_need(desk, company)


def test_answers_are_kept_and_changed(desk: Desk, companies: Sequence[Need]) -> None:
    one = companies[0]
    assert (one.version, one.answered, one.proposed) == (0, False, None)
    training_needs.set_need(desk, one.company, USE, DAY, level=None, version=0)
    kept = read(desk, one.company)
    assert (kept.answers, kept.answered_on, kept.level, kept.version) == (USE, DAY, None, 1)
    assert kept.proposed is not None
    assert kept.proposed.level is AxLevel.INTERMEDIATE
    training_needs.set_need(
        desk, one.company, {"use": ("no",), "support": ()}, DAY, level=AxLevel.BEGINNER, version=1
    )
    changed = read(desk, one.company)
    assert (changed.answers, changed.level, changed.version) == ({"use": ("no",)}, AxLevel.BEGINNER, 2)
    line = logs.read_log(desk)[0]
    assert (line.action, line.subject_id) == ("training_need.set", one.company)
    assert json.loads(line.detail)["changed"] == {
        "AI 기술 활용 여부": "활용 → 미활용",
        "필요한 훈련 분야": "마케팅·영업, 사무일반 → 없음",
        "AX 수준": "없음 → 초급",
    }


def test_a_level_is_set_by_hand_with_and_without_answers(desk: Desk, companies: Sequence[Need]) -> None:
    one, other = companies[:2]
    training_needs.set_need(desk, one.company, USE, DAY, level=None, version=0)
    training_needs.set_level(desk, one.company, AxLevel.ADVANCED, version=1)
    training_needs.set_level(desk, other.company, AxLevel.BEGINNER, version=0)
    assert (read(desk, one.company).level, read(desk, one.company).answers) == (AxLevel.ADVANCED, USE)
    assert (read(desk, other.company).level, read(desk, other.company).answered) == (AxLevel.BEGINNER, False)
    training_needs.set_level(desk, other.company, None, version=1)
    assert read(desk, other.company).level is None


def test_whoever_comes_second_is_refused(desk: Desk, companies: Sequence[Need]) -> None:
    one = companies[0].company
    training_needs.set_need(desk, one, USE, DAY, level=None, version=0)
    for late in (0, 2):
        with pytest.raises(Refusal, match="그 사이"):
            training_needs.set_need(desk, one, {"use": ("no",)}, DAY, level=None, version=late)
    with pytest.raises(Refusal, match="그 사이"):
        training_needs.set_level(desk, one, None, version=0)
    with pytest.raises(Refusal, match="그 사이"):
        training_needs.remove_need(desk, one, version=0)
    assert read(desk, one).answers == USE


def test_the_same_operation_again_changes_nothing(desk: Desk, companies: Sequence[Need]) -> None:
    one, operation = companies[0].company, uuid4()
    for _ in range(2):
        training_needs.set_need(desk, one, USE, DAY, level=None, version=0, operation_id=operation)
    assert read(desk, one).version == 1


def test_contradictions_coming_days_and_nothing_at_all_are_refused(
    desk: Desk, companies: Sequence[Need]
) -> None:
    one = companies[0].company
    with pytest.raises(Refusal, match="계획 없음"):
        training_needs.set_need(
            desk, one, {"experience": ("no",), "fields_done": ("office",)}, DAY, level=None, version=0
        )
    with pytest.raises(Refusal, match="오늘"):
        training_needs.set_need(desk, one, USE, dt.date(2026, 9, 1), level=None, version=0)
    with pytest.raises(Refusal, match="답이 하나도"):
        training_needs.set_need(desk, one, {"use": ()}, DAY, level=None, version=0)
    with pytest.raises(UsageError, match="weather"):
        training_needs.set_need(desk, one, {"weather": ("yes",)}, DAY, level=None, version=0)
    with pytest.raises(UsageError, match="없습니다"):
        training_needs.set_need(desk, uuid4(), USE, DAY, level=None, version=0)
    assert not read(desk, one).answered


def test_answers_keyed_for_the_wrong_company_are_taken_out_and_stay_in_the_log(
    desk: Desk, companies: Sequence[Need]
) -> None:
    one = companies[0].company
    training_needs.set_need(desk, one, USE, DAY, level=None, version=0)
    training_needs.remove_need(desk, one, version=1)
    assert (read(desk, one).version, read(desk, one).answers) == (0, {})
    line = logs.read_log(desk)[0]
    assert line.action == "training_need.remove"
    assert json.loads(line.detail)["answers"] == {
        "AI 기술 활용 여부": "활용",
        "필요한 훈련 분야": "마케팅·영업, 사무일반",
    }
    with pytest.raises(Refusal, match="아직 답하지"):
        training_needs.remove_need(desk, one, version=0)


def test_whoever_only_looks_sees_the_answers_and_keys_none(
    desk: Desk, viewer: Desk, companies: Sequence[Need]
) -> None:
    one = companies[0].company
    training_needs.set_need(desk, one, USE, DAY, level=None, version=0)
    assert read(viewer, one).answers == USE
    with pytest.raises(NotAllowed, match="기업 정보 고치기"):
        training_needs.set_need(viewer, one, {"use": ("no",)}, DAY, level=None, version=1)
    with pytest.raises(NotAllowed):
        training_needs.set_level(viewer, one, None, version=1)
    with pytest.raises(NotAllowed):
        training_needs.remove_need(viewer, one, version=1)


def test_years_stand_apart(desk: Desk, companies: Sequence[Need]) -> None:
    one = companies[0].company
    training_needs.set_need(desk, one, USE, dt.date(2025, 9, 1), level=None, version=0, year=2025)
    assert training_needs.list_years(desk) == (2026, 2025)
    assert len(training_needs.summary(desk, 2025).answered) == 1
    assert training_needs.summary(desk).answered == ()


def test_the_summary_stands_beside_the_country_and_leads_to_the_companies(
    desk: Desk, companies: Sequence[Need]
) -> None:
    for at, one in enumerate(companies[:4]):
        answer = {"use": ("yes",) if at == 0 else ("no",)}
        training_needs.set_need(desk, one.company, answer, DAY, level=None, version=0)
    found = training_needs.summary(desk)
    (_, used), (_, unused) = found.questions[0].shares
    assert (used.companies, used.percent, used.difference) == (
        (companies[0].company,),
        Decimal("25.0"),
        Decimal("2.2"),
    )
    assert unused.count == 3
    kinds = {kind: training_needs.summary(desk, kind=kind) for kind in CompanyKind}
    assert sum(len(one.answered) for one in kinds.values()) == 4


def test_a_list_of_answers_is_brought_in_as_previewed(
    desk: Desk, companies: Sequence[Need], bring: Callable[..., ImportResult]
) -> None:
    one, two, three = companies[:3]
    lines = (
        f'{one.name},,2026-08-03,중급,활용,경험 있음,"사무일반, 마케팅·영업","1,4"',
        f"아무이름,{two.business_number},2026. 8. 4.,,미활용,계획 없음,,",
        "없는 기업,,,,활용,,,",
        f"{three.name},,,,가끔,,,",
        f"{three.name},,,,미활용,없음,2,",
        f"{one.name},,,,미활용,,,",
        f"{three.name},,2026-12-01,,활용,,,",
        f"{three.name},,,,,,,",
    )
    head = "기업명,사업자등록번호,응답일,AX 수준,AI 기술 활용 여부,AI 훈련 경험,실시한 훈련 분야,필요한 정부 지원"
    before, done = bring(head, *lines, preview=True), bring(head, *lines)
    assert before == done
    assert (done.read, done.new, done.updated, done.unchanged, done.skipped) == (8, 2, 0, 0, 1)
    assert [(error.row, error.column) for error in done.errors] == [
        (4, "기업명"),
        (5, "AI 기술 활용 여부"),
        (6, "기업명"),
        (8, "기업명"),
        (9, "기업명"),
    ]
    told = [error.message for error in done.errors]
    for words, message in zip(("없습니다", "1 활용", "계획 없음", "오늘", "하나도"), told, strict=True):
        assert words in message
    kept = read(desk, one.company)
    assert (kept.answered_on, kept.level) == (dt.date(2026, 8, 3), AxLevel.INTERMEDIATE)
    assert kept.answers == {
        "use": ("yes",),
        "experience": ("yes",),
        "fields_done": ("sales", "office"),
        "support": ("consulting", "cost"),
    }
    assert read(desk, two.company).answers == {"use": ("no",), "experience": ("no",)}


def test_an_empty_cell_clears_nothing_and_the_import_is_taken_back(
    desk: Desk, companies: Sequence[Need], bring: Callable[..., ImportResult]
) -> None:
    one, two, three = companies[:3]
    training_needs.set_need(desk, one.company, USE, DAY, level=AxLevel.BEGINNER, version=0)
    training_needs.set_need(desk, two.company, USE, DAY, level=None, version=0)
    head = "기업명,사업자등록번호,AX 수준,AI 활용,AI 훈련 필요성"
    done = bring(
        head,
        *(
            f"x,{one.business_number},,{use},{need}"
            for one, use, need in ((one, "미활용", ""), (two, "", "필요"), (three, "활용", "필요"))
        ),
    )
    assert (done.new, done.updated) == (1, 2)
    assert any("AI 기술 활용 여부 활용 → 미활용" in line for line in done.changes)
    assert read(desk, one.company).answers == {**USE, "use": ("no",)}
    assert read(desk, one.company).level is AxLevel.BEGINNER
    again = bring(head, f"x,{one.business_number},,미활용,")
    assert (again.new, again.updated, again.unchanged) == (0, 0, 1)
    training_needs.set_level(desk, two.company, AxLevel.ADVANCED, version=2)
    assert done.import_id is not None
    undone = import_undo.undo(desk, done.import_id)
    assert (undone.deleted, undone.restored) == (1, 1)
    assert [(kept.name, kept.what) for kept in undone.kept] == [(two.name, "그 뒤에 답이 바뀜")]
    assert (read(desk, one.company).answers, read(desk, three.company).version) == (USE, 0)
    assert read(desk, two.company).answers == {**USE, "need": ("yes",)}


def test_first_answers_that_were_mended_since_stay_when_the_import_is_taken_back(
    desk: Desk, companies: Sequence[Need], bring: Callable[..., ImportResult]
) -> None:
    one = companies[0]
    bring("기업명,AI 활용", f"{one.name},활용")
    training_needs.set_level(desk, one.company, AxLevel.BEGINNER, version=1)
    undone = import_undo.undo(desk)
    assert (undone.deleted, [kept.name for kept in undone.kept]) == (0, [one.name])


def test_a_name_that_two_companies_have_asks_for_the_number(
    desk: Desk, companies: Sequence[Need], bring: Callable[..., ImportResult], tmp_path: Path
) -> None:
    one = companies[0]
    twin = tmp_path / "twin.csv"
    twin.write_text(f"기업명,사업자등록번호\n(주){one.name} ,1248100998", encoding="utf-8")
    imports.commit(desk, imports.open_file(desk, "companies", twin))
    head = "기업명,사업자등록번호,AI 활용"
    done = bring(head, f"{one.name},,활용", f"{one.name},124-81-00998,활용")
    assert (done.new, [error.row for error in done.errors]) == (1, [2])
    assert "2곳" in done.errors[0].message
    assert not read(desk, one.company).answered
