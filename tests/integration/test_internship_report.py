"""From internships, claims and visits to the month's report, the package, the month's end and the lines of 오늘."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest
from tests import outcome_office
from tests.agreed import agree, draft, place, placed
from tests.claims_office import claimable, hand_in, pay
from tests.interns import go_to, start_intern
from tests.outcome_office import Made, make_interns, move_to
from tests.visited import add_internships

from regional_desk.desktop.today.claims import read_claims
from regional_desk.desktop.today.due import read_today
from regional_desk.desktop.today.internships import read_internships
from regional_desk.desktop.today.line import Due
from regional_desk.domain.allowance import RunState
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.internships import EndKind
from regional_desk.domain.outcomes import Retention, Step
from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Role, rights_of
from regional_desk.domain.visits import FindingKind
from regional_desk.errors import OpenItems
from regional_desk.exchange.certificates import make_practice_authority
from regional_desk.services.claims import runs
from regional_desk.services.claims.claim_links import Opens
from regional_desk.services.desk import Desk
from regional_desk.services.internships import agreements, internships
from regional_desk.services.outcomes import goals
from regional_desk.services.outcomes.retention_checks import Finding
from regional_desk.services.papers import open_points, papers, reports, submission
from regional_desk.services.papers.making import Wanted
from regional_desk.services.papers.month_end import month_end, papers_of
from regional_desk.services.visits import findings, plans, visits
from regional_desk.services.visits.findings import Found
from regional_desk.services.visits.visits import Seen

D = dt.date
SEPTEMBER = D(2026, 9, 1)
PURPOSE = "월 보고"
GOOD = dict.fromkeys(("attendance", "interview", "safety", "wage", "journal"), "good")


@pytest.fixture
def made(desk: Desk) -> Made:
    """Five interns since September at two companies; three ended on 30 November, which is today."""
    found = make_interns(desk)
    move_to(desk, outcome_office.ENDED)
    return found


@pytest.fixture
def intern(desk: Desk, clock: FixedClock) -> UUID:
    """An intern whose September is paid and its papers are in, on 1 October."""
    found = claimable(desk, clock, today=D(2026, 10, 1))
    pay(desk, found, SEPTEMBER, D(2026, 9, 30))
    hand_in(desk, found, 1)
    return found


def confirm(desk: Desk) -> None:
    for step in (runs.draft, runs.check, runs.confirm):
        step(desk, SEPTEMBER)


def text_of(desk: Desk, wanted: Wanted) -> str:
    """A preview's words, on one line."""
    pages = pypdfium2.PdfDocument(papers.preview_pdf(desk, wanted))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def table(desk: Desk, month: str, name: str) -> tuple[tuple[object, ...], ...]:
    content = submission.content_of(desk, reports.month_figures(desk, month), "final")
    found = content.table(name)
    assert found is not None
    return found.rows


def register(desk: Desk) -> None:
    signer = make_practice_authority("GN", desk.clock.now()).signer
    submission.register_signer(desk, signer.pkcs12(None), None)


def titles(lines: Iterable[Due]) -> list[str]:
    return [one.title for one in lines]


def test_interns_are_counted_this_month_and_in_total(made: Made) -> None:
    desk = made.desk
    outcome_office.begin(
        desk, made.completed[5], made.companies[0], number=6, ended_on=D(2026, 10, 9), end_kind="early"
    )
    outcome_office.begin(
        desk, made.completed[6], made.companies[0], number=7, ended_on=D(2026, 11, 9), end_kind="replaced"
    )
    first, second = reports.month_figures(desk, "2026-11").internships
    assert (first.track, first.active, first.started_month, first.started) == ("Track1", 2, 0, 7)
    assert (first.completed_month, first.completed) == (3, 3)
    assert (first.early_month, first.early) == (1, 2)
    assert (second.track, second.active, second.started) == ("Track2", 0, 0)


def test_a_month_is_told_again_later_as_it_stood_at_its_end(made: Made) -> None:
    desk = made.desk
    (september, _) = reports.month_figures(desk, "2026-09").internships
    assert (september.active, september.started_month, september.completed) == (5, 5, 0)
    (october, _) = reports.month_figures(desk, "2026-10").internships
    assert (october.active, october.started_month, october.started) == (5, 0, 5)
    assert reports.month_figures(desk, "2026-08").internships == ()


def test_the_last_day_of_service_ends_an_internship_in_its_month(made: Made) -> None:
    desk = made.desk
    move_to(desk, D(2026, 11, 29))
    assert reports.month_figures(desk, "2026-11").internships[0].completed == 0
    move_to(desk, D(2026, 11, 30))
    assert reports.month_figures(desk, "2026-11").internships[0].completed == 3


def test_the_way_goes_on_to_interns_and_those_kept_on(made: Made) -> None:
    desk = made.desk
    outcome_office.keep_on(desk, made.internships[0])
    november = reports.month_figures(desk, "2026-11").stages[Track.TRACK1]
    assert (november[Stage.INTERNED], november[Stage.CONVERTED]) == (5, 0)  # kept on from 1 December
    move_to(desk, D(2026, 12, 1))
    december = reports.month_figures(desk, "2026-12")
    assert december.stages[Track.TRACK1][Stage.CONVERTED] == 1
    assert december.stages_before[Track.TRACK1][Stage.CONVERTED] == 0
    assert december.stages[Track.TRACK2][Stage.INTERNED] == 0
    assert ("2026-12", "Track1", "전환", 1) in table(desk, "2026-12", "recruitment")


def test_outcomes_stand_beside_their_goals_and_what_they_are_a_share_of(made: Made) -> None:
    desk = made.desk
    goals.set_goals(desk, {(Step.CONVERTED, Track.TRACK1): 4, (Step.COMPLETED, Track.TRACK1): 11})
    outcome_office.keep_on(desk, made.internships[0])
    move_to(desk, D(2027, 6, 1))
    outcome_office.answer(desk, made.internships[0], 6, Finding(Retention.KEPT, D(2027, 6, 1), source="전화"))
    figures = reports.month_figures(desk, "2027-06")
    steps = {one.step: one for one in figures.steps}
    converted, kept = steps[Step.CONVERTED], steps[Step.KEPT6]
    assert (converted.goal, converted.month, converted.total) == (4, 0, 1)
    assert (converted.part, converted.base) == (1, 3)
    assert (kept.goal, kept.month, kept.total, kept.base) == (None, 1, 1, 1)
    told = {one.item: (one.goal, one.month, one.total) for one in figures.goals}
    assert told["정규직 전환 Track1"] == (4, 0, 1)
    assert told["6개월 유지 Track1"] == (0, 1, 1)
    assert told["교육 수료 Track1"][0] == 11
    assert not {"인턴십 Track1", "연계 Track1", "정규직 전환 Track2"} & told.keys()


def test_visits_are_told_as_they_stood_at_the_end_of_the_month(desk: Desk, clock: FixedClock) -> None:
    add_internships(desk, [SEPTEMBER] * 3, company_of=[0, 1, 2])
    plans.make(desk, SEPTEMBER, D(2026, 9, 30))
    go_to(clock, D(2026, 9, 24))
    first, second, _ = visits.list_visits(desk)
    visits.do(desk, first.id, first.version, Seen(D(2026, 9, 23), "박담당", GOOD, "잘 지냄", "양호"))
    findings.add(
        desk,
        first.host.internship,
        Found(FindingKind.FINDING, D(2026, 9, 23), "보호구 없음", "지급", "기업", D(2026, 9, 29)),
        visit=first.id,
    )
    visits.cancel(desk, second.id, second.version, "기업 휴무")
    (shown, other) = reports.month_figures(desk, "2026-09").visits
    assert (shown.planned, shown.done, shown.cancelled, shown.overdue) == (3, 1, 1, 0)
    assert (shown.found_month, shown.found, shown.open, shown.late) == (1, 1, 1, 0)
    assert (other.track, other.planned) == ("Track2", 0)
    go_to(clock, D(2026, 10, 2))
    third = visits.list_visits(desk)[2]
    visits.do(desk, third.id, third.version, Seen(D(2026, 10, 2), "박담당", GOOD, "잘 지냄", "양호"))
    (september, _) = reports.month_figures(desk, "2026-09").visits
    assert (september.done, september.overdue, september.late) == (1, 0, 1)  # 30 September is not over yet
    (october, _) = reports.month_figures(desk, "2026-10").visits
    assert (october.planned_month, october.done_month, october.done, october.overdue) == (0, 1, 2, 0)
    assert table(desk, "2026-10", "visits") == ((3, 2, 0),)


def test_a_service_month_nobody_visited_is_overdue_from_the_next_day(desk: Desk, clock: FixedClock) -> None:
    add_internships(desk, [SEPTEMBER])
    go_to(clock, D(2026, 9, 30))
    assert reports.month_figures(desk, "2026-09").visits[0].overdue == 0
    go_to(clock, D(2026, 10, 1))
    assert reports.month_figures(desk, "2026-10").visits[0].overdue == 1


def test_claims_of_the_month_are_open_points_until_they_are_confirmed(desk: Desk, intern: UUID) -> None:
    (undrafted,) = open_points.survey_claims(desk, "2026-09")
    assert (undrafted.where, undrafted.message) == ("2026-09 인턴지원금", "인턴지원금 미작성 (지원월 1건)")
    runs.draft(desk, SEPTEMBER)
    (unconfirmed,) = open_points.survey_claims(desk, "2026-09")
    assert unconfirmed.message == "인턴지원금 미확정 (상태: 작성)"
    confirm(desk)
    assert open_points.survey_claims(desk, "2026-09") == ()
    (figure,) = reports.month_figures(desk, "2026-09").claims
    assert (figure.months, figure.people, figure.paid_people, figure.amount) == (1, 1, 1, 2_000_000)
    assert (figure.held, figure.state) == (0, RunState.CONFIRMED)
    assert internships.read(desk, intern).row.label == "2026-1"


def test_a_blocked_claim_leads_to_what_blocks_it(desk: Desk, clock: FixedClock) -> None:
    found = claimable(desk, clock, today=D(2026, 10, 1))
    runs.draft(desk, SEPTEMBER)
    points = open_points.open_points(desk, "2026-09")
    mine = [point for point in points if point.internship == found]
    assert mine[0].place == "2026-09 인턴지원금 1차"
    assert {point.opens for point in mine} >= {Opens.PAYSLIPS, Opens.PAPERS}
    assert all(point.trainee == internships.read(desk, found).row.trainee for point in mine)
    assert all(point.name for point in mine)
    with pytest.raises(OpenItems):
        submission.build(desk, "2026-09", Path("never"), PURPOSE)
    assert not Path("never").exists()


def test_a_held_claim_is_no_open_point_and_no_money(desk: Desk, clock: FixedClock, intern: UUID) -> None:
    other = claimable(desk, clock, today=D(2026, 10, 1), at=1)
    runs.draft(desk, SEPTEMBER)
    runs.hold(desk, other, 1, "서류 확인 중")
    confirm(desk)
    assert open_points.survey_claims(desk, "2026-09") == ()
    (figure,) = reports.month_figures(desk, "2026-09").claims
    assert (figure.months, figure.people, figure.paid_people, figure.held) == (2, 2, 1, 1)
    assert figure.amount == 2_000_000
    assert "인턴지원금 보류 1건" in titles(read_claims(desk))
    assert intern != other


def test_the_report_and_the_package_carry_the_chapters(
    desk: Desk, clock: FixedClock, intern: UUID, tmp_path: Path
) -> None:
    confirm(desk)
    text = text_of(desk, Wanted("monthly-report", month="2026-09"))
    for words in ("인턴십", "인턴지원금", "방문점검", "교육 뒤 성과", "2,000,000", "조기종료·교체"):
        assert words in text
    name = internships.read(desk, intern).row.name
    assert name not in text
    assert table(desk, "2026-09", "internships")[0] == ("2026-09", "Track1", 1, 1, 0, 0)
    assert table(desk, "2026-09", "claims") == (("2026-09", "Track1", 1, 1, 2_000_000, "확정"),)
    assert ("2026-09", "Track1", "인턴", 1) in table(desk, "2026-09", "recruitment")
    content = submission.content_of(desk, reports.month_figures(desk, "2026-09"), "final")
    assert "2026-09 인턴지원금" in content.solo
    assert ("internship-2026", "calendar") in {
        (key, version[11:]) for key, version in content.policy_versions
    }
    register(desk)
    built = submission.build(desk, "2026-09", tmp_path, PURPOSE, allow_open="시험")
    again = submission.build(desk, "2026-09", tmp_path, PURPOSE, allow_open="시험")
    assert (built.sequence, again.sequence, again.rebuilt) == (1, 1, False)
    with zipfile.ZipFile(built.file) as archive:
        names = {one["name"] for one in json.loads(archive.read("datapackage.json"))["resources"]}
    assert {"internships", "claims", "visits", "goals", "budget"} <= names
    assert clock.today() == D(2026, 10, 1)


def test_a_month_without_interns_stays_as_it_was_submitted(desk: Desk) -> None:
    figures = reports.month_figures(desk, "2026-08")
    content = submission.content_of(desk, figures, "final")
    assert not {"internships", "claims", "visits"} & {one.name for one in content.tables}
    recruitment = content.table("recruitment")
    assert recruitment is not None
    assert not {row[2] for row in recruitment.rows} & {"인턴", "전환"}
    assert (figures.internships, figures.claims, figures.visits, figures.steps) == ((), (), (), ())


def test_a_months_end_prints_its_statement_and_its_lists(desk: Desk, intern: UUID, tmp_path: Path) -> None:
    confirm(desk)
    wanted = [one.document for one, _ in papers_of(reports.month_figures(desk, "2026-09"))]
    assert wanted == ["claim-statement", "internship-list", "employment-list", "monthly-report"]
    register(desk)
    done = month_end(desk, "2026-09", tmp_path, PURPOSE, allow_open="시험")
    assert (done.totals["claim_people"], done.totals["claim_amount"]) == (1, 2_000_000)
    made = {one.file.name for one in done.documents}
    assert {
        "2026-09 인턴지원금 지급조서.pdf",
        "2026-09 인턴 현황.xlsx",
        "2026-09 취업·고용유지 현황.pdf",
    } <= made
    assert internships.read(desk, intern).row.started_on == SEPTEMBER


def test_today_leads_from_a_placement_to_the_end_of_the_internship(desk: Desk, clock: FixedClock) -> None:
    made = place(desk)
    assert titles(read_internships(desk)) == ["협약을 준비할 배정 2명"]
    first = clock.today()
    found = agree(desk, placed(made)[0], first)
    assert titles(read_internships(desk)) == ["협약을 준비할 배정 1명", "시작을 적을 인턴십 1건"]
    internships.start(desk, found.row.id, first)
    assert titles(read_internships(desk)) == ["협약을 준비할 배정 1명"]
    last = internships.read(desk, found.row.id).row.end
    go_to(clock, last)
    assert "끝을 적을 인턴십 1건" not in titles(read_internships(desk))
    go_to(clock, last + dt.timedelta(days=1))
    assert "끝을 적을 인턴십 1건" in titles(read_internships(desk))
    (line,) = (one for one in read_internships(desk) if one.title.startswith("끝을"))
    assert (line.page, line.where["internship"], line.tone) == ("internships", found.row.id, "bad")
    internships.end(desk, found.row.id, last, EndKind.COMPLETED)
    assert "끝을 적을 인턴십 1건" not in titles(read_internships(desk))


def test_an_agreement_waits_for_its_signature_on_today(desk: Desk, clock: FixedClock) -> None:
    place(desk)
    (row, _) = internships.waiting(desk)
    first = clock.today() + dt.timedelta(days=7)
    found = internships.prepare(desk, row.id, draft(desk, row.company, row.position, first))
    (line,) = (one for one in read_internships(desk) if one.title == "서명본을 받을 협약 1건")
    assert (line.where["internship"], line.where["tab"], line.tone) == (found.row.id, "agreements", "warn")
    go_to(clock, first + dt.timedelta(days=1))
    (line,) = (one for one in read_internships(desk) if one.title == "서명본을 받을 협약 1건")
    assert line.tone == "bad"
    assert line.detail.endswith("시작일이 지난 것 1건")
    agreements.sign(desk, found.agreements[0].id, clock.today(), on_paper=True)
    assert titles(read_internships(desk)) == ["협약을 준비할 배정 1명", "시작을 적을 인턴십 1건"]


def test_missing_journals_are_a_line_of_today(desk: Desk, clock: FixedClock) -> None:
    add_internships(desk, [SEPTEMBER])
    go_to(clock, SEPTEMBER)
    assert not [title for title in titles(read_internships(desk)) if title.startswith("인턴일지")]
    go_to(clock, D(2026, 9, 30))
    (line,) = (one for one in read_internships(desk) if one.title.startswith("인턴일지"))
    assert line.detail.startswith("인턴 1명")


def test_a_month_of_claims_comes_to_today_when_it_is_over(desk: Desk, clock: FixedClock) -> None:
    start_intern(desk, clock, start=SEPTEMBER)
    go_to(clock, D(2026, 9, 22))
    assert titles(read_claims(desk)) == ["인턴지원금 기준 미승인"]
    go_to(clock, D(2026, 9, 23))
    soon = next(iter(read_claims(desk)))
    assert (soon.title, soon.tone) == ("9월 인턴지원금 마감 전", "muted")
    go_to(clock, D(2026, 10, 1))
    over = next(iter(read_claims(desk)))
    assert (over.title, over.tone) == ("9월 인턴지원금 마감 전", "warn")
    assert "미작성 (지원월 1건)" in over.detail


def test_who_does_not_work_on_internships_sees_no_line_of_them(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_intern(desk, clock, start=SEPTEMBER)
    go_to(clock, D(2026, 10, 1))
    lines = titles(read_today(desk).due)
    assert [title for title in lines if "인턴지원금" in title]
    monkeypatch.setattr(desk, "_rights", rights_of([Role.VIEWER]))
    assert titles(read_internships(desk)) == titles(read_claims(desk)) == []
