"""From published placements to papers, the month's report, the package and the lines of 오늘."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import sqlalchemy as sa
from tests.placements import Made, make_round, publish_round

from regional_desk.desktop.today.matching import read_matching
from regional_desk.domain.applicants import ConsentKind
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.masking import Masking
from regional_desk.domain.matching_rounds import Objective
from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Role, rights_of
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk
from regional_desk.services.matching import placements, results, rounds
from regional_desk.services.matching.matching_papers import MAKERS
from regional_desk.services.papers import papers, reports, submission
from regional_desk.services.papers.making import Wanted
from regional_desk.services.papers.month_end import papers_of
from regional_desk.services.papers.placement_figures import NO_KIND
from regional_desk.services.recruitment import consents, people
from regional_desk.store.companies import company

SEPTEMBER = dt.datetime(2026, 9, 3, 15, tzinfo=KST)
PURPOSE = "사업단 보관"


@pytest.fixture
def clock() -> FixedClock:
    """A working day after the course ended."""
    return FixedClock(SEPTEMBER)


@pytest.fixture
def made(desk: Desk) -> Made:
    """One round with wishes and interviews, nothing adopted."""
    return make_round(desk)


@pytest.fixture
def published(made: Made) -> Made:
    """The same round adopted as stable and published today."""
    publish_round(made)
    return made


def text_of(made: Made, wanted: Wanted) -> str:
    """A preview's words, on one line."""
    pages = pypdfium2.PdfDocument(papers.preview_pdf(made.desk, wanted))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def names(made: Made) -> list[str]:
    found = {row.id: row.name for row in people.survey_people(made.desk)}
    return [found[one] for one in made.people]


@pytest.mark.parametrize("document", MAKERS)
def test_every_paper_of_a_round_prints_in_both_formats(
    published: Made, document: str, tmp_path: Path
) -> None:
    wanted = Wanted(document, round=published.round)
    for file_format in papers.FORMATS:
        out = tmp_path / f"paper.{file_format}"
        printed = papers.print_paper(published.desk, wanted, file_format, out, PURPOSE)
        assert out.stat().st_size
        assert printed.pages >= 1


@pytest.mark.parametrize("document", sorted(MAKERS.keys() - {"placement-list", "matching-minutes"}))
def test_no_paper_tells_of_placements_before_they_are_adopted(made: Made, document: str) -> None:
    with pytest.raises(Refusal, match="채택하지 않"):
        papers.preview_pdf(made.desk, Wanted(document, round=made.round))


def test_a_paper_says_provisional_until_the_round_is_published(made: Made) -> None:
    results.adopt(made.desk, made.round, Objective.MOST)
    assert "미확정" in text_of(made, Wanted("placement-notice", round=made.round))
    placements.publish(made.desk, made.round, SEPTEMBER.date())
    text = text_of(made, Wanted("placement-notice", round=made.round))
    assert "미확정" not in text
    assert "단독 처리" in text  # one person alone adopted and published


def test_the_notice_and_the_list_mask_and_the_letters_do_not(published: Made) -> None:
    first, second, *_ = names(published)
    for document in ("placement-notice", "placement-list"):
        text = text_of(published, Wanted(document, round=published.round))
        assert Masking.MASKED.show_name(first) in text
        assert first not in text
        assert second not in text
    letters = text_of(published, Wanted("placement-letter", round=published.round))
    assert all(name in letters for name in names(published))
    assert "월 2,400,000원" in letters
    assert "주 40시간" in letters
    assert letters.count("미배정") == 2


def test_one_letter_and_one_explanation_hold_one_person(published: Made) -> None:
    first, *others = names(published)
    for document in ("placement-letter", "matching-explanation"):
        text = text_of(published, Wanted(document, round=published.round, person=published.people[0]))
        assert first in text
        assert not [name for name in others if name in text]
    stranger = next(row.id for row in people.survey_people(published.desk) if row.id not in published.people)
    with pytest.raises(Refusal, match="1차 연계에 없어"):
        text_of(published, Wanted("placement-letter", round=published.round, person=stranger))


def test_a_company_is_told_only_of_those_who_agreed(published: Made) -> None:
    desk, first = published.desk, names(published)[0]
    held = {row.trainee: row.company for row in placements.placements(desk, published.round)}
    wanted = Wanted("placement-company-letter", round=published.round, company=held[published.people[0]])
    before = text_of(published, wanted)
    assert first not in before
    assert "동의 확인 전" in before
    consents.record(
        desk,
        published.people[0],
        ConsentKind.THIRD_PARTY,
        form_version="2026-1",
        given=True,
        on=SEPTEMBER.date(),
        receiver="참여기업(인턴십)",
    )
    after = text_of(published, wanted)
    assert first in after
    assert "동의 확인 전" not in after


def test_a_company_letter_needs_a_company_of_the_round(published: Made) -> None:
    with pytest.raises(Refusal, match="이 기업은"):
        text_of(
            published,
            Wanted("placement-company-letter", round=published.round, company=published.companies[2]),
        )


def test_the_explanation_shows_both_ways_and_what_changes_by_hand_came_to(made: Made) -> None:
    results.adopt(made.desk, made.round, Objective.STABLE)
    before = text_of(made, Wanted("matching-explanation", round=made.round))
    assert "안정 배정 (채택)" in before
    assert "최다 배정" in before
    placements.change(made.desk, made.round, made.people[0], None, "본인이 다음 차수를 원함")
    after = text_of(made, Wanted("matching-explanation", round=made.round))
    assert "지금(수동 변경 1건 뒤)" in after.replace("\n", " ")
    minutes = text_of(made, Wanted("matching-minutes", round=made.round))
    assert "본인이 다음 차수를 원함" in minutes
    assert names(made)[0] in minutes


def test_whoever_may_not_unmask_reads_masked_papers(published: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = names(published)
    monkeypatch.setattr(published.desk, "_rights", rights_of([Role.VIEWER]))
    for document in MAKERS:
        text = text_of(published, Wanted(document, round=published.round))
        assert not [name for name in whole if name in text]


def test_the_list_of_the_year_tells_what_ended(published: Made) -> None:
    held = placements.placements(published.desk, published.round)
    placements.end(published.desk, held[0].id, SEPTEMBER.date(), "개인 사정")
    text = text_of(published, Wanted("placement-list"))
    assert "취소" in text
    assert "2026년" in text
    august = text_of(published, Wanted("placement-list", month="2026-08"))
    assert "홍" not in august.split("연계한 교육생")[1].split("이하 빈칸")[0]
    with pytest.raises(UsageError, match="달로 읽을 수 없습니다"):
        text_of(published, Wanted("placement-list", month="팔월"))


def test_the_month_counts_companies_seats_and_placements(published: Made) -> None:
    figures = reports.month_figures(published.desk, "2026-09")
    (company,) = figures.companies
    assert (company.kind, company.goal, company.applied, company.selected) == ("제조", 4, 3, 2)
    assert (company.applied_month, company.selected_month) == (3, 2)
    first, second = figures.placements
    assert (first.track, first.companies, first.positions, first.seats) == ("Track1", 2, 2, 2)
    assert (first.people, first.placed, first.placed_month, first.ended) == (4, 2, 2, 0)
    assert (second.people, second.placed) == (0, 0)
    assert figures.stages[Track.TRACK1][Stage.PLACED] == 2
    assert figures.stages_before[Track.TRACK1][Stage.PLACED] == 0
    goals = {goal.item: (goal.goal, goal.month, goal.total, goal.unit) for goal in figures.goals}
    assert goals["참여기업 선정 제조"] == (4, 2, 2, "곳")
    assert not [item for item in goals if item.startswith("연계")]  # nobody sets a goal for them


def test_a_company_without_a_kind_is_counted_apart(published: Made) -> None:
    with published.desk.store.write() as connection:
        mine = company.c.id == published.companies[2]
        connection.execute(sa.update(company).where(mine).values(kind=None))
    first, apart = reports.month_figures(published.desk, "2026-09").companies
    assert (first.kind, first.applied, first.goal) == ("제조", 2, 4)
    assert (apart.kind, apart.applied, apart.goal) == (NO_KIND, 1, 0)


def test_a_month_before_the_round_knows_nothing_of_it(published: Made) -> None:
    figures = reports.month_figures(published.desk, "2026-08")
    assert not figures.placements
    assert figures.stages[Track.TRACK1][Stage.PLACED] == 0
    assert figures.companies[0].applied == 0  # the goal alone stands there


def test_a_months_papers_hold_the_list_once_somebody_was_placed(published: Made) -> None:
    def documents(month: str) -> list[str]:
        return [one.document for one, _ in papers_of(reports.month_figures(published.desk, month))]

    assert documents("2026-09")[-2:] == ["placement-list", "monthly-report"]
    assert "placement-list" not in documents("2026-08")


def test_an_ended_placement_leaves_the_way_and_is_counted_as_ended(published: Made) -> None:
    held = placements.placements(published.desk, published.round)
    assert people.people_after(published.desk)[Stage.PLACED] == {row.trainee for row in held}
    placements.end(published.desk, held[0].id, SEPTEMBER.date(), "기업 사정")
    first, _ = reports.month_figures(published.desk, "2026-09").placements
    assert (first.placed, first.placed_month, first.ended) == (1, 1, 1)
    assert people.people_after(published.desk)[Stage.PLACED] == {held[1].trainee}


def test_the_report_and_the_package_carry_the_lines(published: Made) -> None:
    text = text_of(published, Wanted("monthly-report", month="2026-09"))
    for words in ("참여기업 선정 제조 (곳)", "연계율(%)", "수요조사", "(단위: 명·곳)"):
        assert words in text
    figures = reports.month_figures(published.desk, "2026-09")
    content = submission.content_of(published.desk, figures, "final")
    tables = {table.name: table.rows for table in content.tables}
    assert content.solo == ("1차 연계",)
    assert tables["companies"] == (("2026-09", "제조", 4, 3, 2, 0, 0),)
    assert tables["placements"][0] == ("2026-09", "Track1", 2, 2, 2, 4, 2, 0)
    assert ("2026-09", "Track1", "연계", 2) in tables["recruitment"]


def test_today_leads_from_an_empty_round_to_its_publishing(desk: Desk, made: Made) -> None:
    def lines() -> list[tuple[str, str]]:
        return [(due.title, due.detail) for due in read_matching(desk)]

    assert ("1차 연계 준비 중", "희망순위 없는 사람 1명 · 면접 결과 없는 희망 3건") in lines()
    empty = rounds.add_round(desk, "2차 연계")
    assert ("2차 연계 준비 중", "교육생을 넣지 않음 · 직무를 넣지 않음") in lines()
    results.adopt(desk, made.round, Objective.STABLE)
    assert ("1차 연계 결과 공개 전", "배정 2명 · 미배정 2명") in lines()
    placements.publish(desk, made.round, SEPTEMBER.date())
    assert {title for title, _ in lines()} == {"2차 연계 준비 중"}
    assert {due.where.get("round") for due in read_matching(desk)} == {empty.id}


def test_the_wanted_paper_of_a_company_is_recorded_as_such(published: Made) -> None:
    wanted = Wanted("placement-company-letter", round=published.round, company=published.companies[0])
    assert wanted.parameters()["company"] == str(published.companies[0])
    assert "company" not in replace(wanted, company=None).parameters()
