"""연계, 인턴 and 전환 on the way from 접수 on, and what leads from 오늘 and the month's open points to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from tests.claims_office import adopt, claimable
from tests.interns import start_intern
from tests.outcome_office import KEPT_ON, keep_on, make_interns, move_to
from tests.placements import make_round, publish_round

from regional_desk.desktop.admin.page import AdminPage
from regional_desk.desktop.admin.policies import PoliciesPane
from regional_desk.desktop.matching.page import MatchingPage
from regional_desk.desktop.people.page import PeoplePage
from regional_desk.desktop.reports.columns import place_words
from regional_desk.desktop.reports.page import ReportsPage
from regional_desk.desktop.reports.places import place_of
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.today.claims import read_claims
from regional_desk.desktop.today.page import TodayPage
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.masking import Masking
from regional_desk.domain.recruitment import WAY, Stage
from regional_desk.services.claims import runs
from regional_desk.services.claims.claim_links import Opens
from regional_desk.services.claims.claim_policy import SCHEME
from regional_desk.services.desk import Desk
from regional_desk.services.matching import placements
from regional_desk.services.papers.open_points import OpenPoint, survey_claims

MakeShell = Callable[[Desk], Shell]


def _today(shell: Shell) -> TodayPage:
    shell.open_page("today")
    page = shell.current_page()
    assert isinstance(page, TodayPage)
    return page


def test_the_bar_of_the_placed_leads_to_them_and_to_nobody_else(make_shell: MakeShell, desk: Desk) -> None:
    made = make_round(desk)
    publish_round(made)
    shell = make_shell(desk)
    held = {one.trainee for one in placements.placements(desk, made.round)}
    page = _today(shell)
    assert list(page.funnel.bars) == list(WAY)
    assert page.funnel.bars[Stage.PLACED].people == len(held) == 2
    page.funnel.bars[Stage.PLACED].click()
    opened = shell.current_page()
    assert isinstance(opened, PeoplePage)
    assert {row.id for row in opened.table.model.rows} == held
    assert opened.stages.tiles[Stage.PLACED].text() == "연계 2"
    assert opened.stages.tiles[Stage.PLACED].accessibleName() == "연계 2명"


def test_a_placement_that_ends_is_gone_from_an_open_list(make_shell: MakeShell, desk: Desk) -> None:
    made = make_round(desk)
    publish_round(made)
    shell = make_shell(desk)
    shell.open_page("people", stage=Stage.PLACED)
    page = shell.current_page()
    assert isinstance(page, PeoplePage)
    ended = placements.placements(desk, made.round)[0]
    placements.end(desk, ended.id, desk.clock.today(), "개인 사정")
    assert ended.trainee not in {row.id for row in page.table.model.rows}
    assert page.stages.tiles[Stage.PLACED].text() == "연계 1"


def test_a_line_of_today_leads_to_the_round(make_shell: MakeShell, desk: Desk) -> None:
    made = make_round(desk)
    shell = make_shell(desk)
    page = _today(shell)
    button = next(
        one for one in page.findChildren(QPushButton) if one.accessibleName().startswith("1차 연계 준비 중")
    )
    button.click()
    opened = shell.current_page()
    assert isinstance(opened, MatchingPage)
    assert opened.round.currentData() == str(made.round)


def test_the_bars_of_interns_and_of_those_kept_on_lead_to_them(make_shell: MakeShell, desk: Desk) -> None:
    made = make_interns(desk)
    move_to(desk, KEPT_ON)
    keep_on(desk, made.internships[0])
    shell = make_shell(desk)
    for stage, people in ((Stage.INTERNED, set(made.completed[:5])), (Stage.CONVERTED, {made.completed[0]})):
        page = _today(shell)
        assert page.funnel.bars[stage].people == len(people)
        assert page.funnel.bars[stage].accessibleName() == f"{stage.label} {len(people)}명"
        page.funnel.bars[stage].click()
        opened = shell.current_page()
        assert isinstance(opened, PeoplePage)
        assert {row.id for row in opened.table.model.rows} == people
        assert opened.stages.tiles[stage].isChecked()


def test_a_conversion_comes_into_an_open_list(make_shell: MakeShell, desk: Desk) -> None:
    made = make_interns(desk)
    move_to(desk, KEPT_ON)
    shell = make_shell(desk)
    shell.open_page("people", stage=Stage.CONVERTED)
    page = shell.current_page()
    assert isinstance(page, PeoplePage)
    assert not page.table.model.rows
    keep_on(desk, made.internships[1])
    assert [row.id for row in page.table.model.rows] == [made.completed[1]]
    assert page.stages.tiles[Stage.CONVERTED].text() == "전환 1"


def test_with_large_letters_the_ended_stages_stand_below_the_way(make_shell: MakeShell, desk: Desk) -> None:
    shell = make_shell(desk)
    shell.open_page("people")
    page = shell.current_page()
    assert isinstance(page, PeoplePage)

    def is_below() -> bool:
        QApplication.processEvents()
        ended, last = (page.stages.tiles[one] for one in (Stage.REJECTED, Stage.CONVERTED))
        return ended.mapTo(page, ended.rect().topLeft()).y() > last.mapTo(page, last.rect().bottomLeft()).y()

    assert not is_below()
    shell.theme.apply(percent=150)
    page.refresh()
    assert is_below()
    shell.theme.apply(percent=100)
    page.refresh()
    assert not is_below()


def test_an_open_claim_of_a_month_leads_to_what_blocks_it(make_shell: MakeShell, desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    found = claimable(desk, desk.clock, today=dt.date(2026, 10, 1))
    runs.draft(desk, dt.date(2026, 9, 1))
    shell = make_shell(desk)
    shell.open_page("reports", month="2026-09")
    page = shell.current_page()
    assert isinstance(page, ReportsPage)
    points = page.points.model.rows
    named = next(point for point in points if point.opens is Opens.PAYSLIPS)
    show = page.points.model.columns[0].show
    assert show(named) == f"2026-09 인턴지원금 1차 {named.name}"
    assert Masking.MASKED.show_name(named.name) in place_words(named, Masking.MASKED)
    assert place_of(named)[1]["internship"] == found
    for point in (named, points[-1]):
        shell.open_page("reports", month="2026-09")
        page.points.opened.emit(point)
        assert shell.current_page() is shell.page("internships" if point is named else "claims")


def test_terms_nobody_adopted_stop_the_month_and_lead_to_where_they_are_adopted(
    make_shell: MakeShell, desk: Desk
) -> None:
    assert isinstance(desk.clock, FixedClock)
    start_intern(desk, desk.clock, start=dt.date(2026, 9, 1))
    move_to(desk, dt.date(2026, 10, 1))
    point = next(one for one in survey_claims(desk, "2026-09") if one.opens is Opens.POLICY)
    line = next(one for one in read_claims(desk) if one.title == "인턴지원금 기준 미승인")
    assert place_of(point) == (line.page, line.where)
    shell = make_shell(desk)
    shell.open_page(line.page, **line.where)
    page = shell.current_page()
    assert isinstance(page, AdminPage)
    pane = page.tabs.currentWidget()
    assert isinstance(pane, PoliciesPane)
    shown = pane.table.current()
    assert shown is not None
    assert shown.key == SCHEME
    adopt(desk)
    assert not [one for one in survey_claims(desk, "2026-09") if one.opens is Opens.POLICY]
    assert not [one for one in read_claims(desk) if one.page == "admin"]


@pytest.mark.parametrize(
    ("opens", "page", "tab"),
    [
        (Opens.COMPANY_ACCOUNT, "companies", "account"),
        (Opens.COMPANY_PAPERS, "companies", "papers"),
        (Opens.AGREEMENT, "internships", "agreements"),
        (Opens.PAYSLIPS, "internships", "claims"),
        (Opens.PAPERS, "internships", "claims"),
    ],
)
def test_an_open_claim_knows_the_tab_that_settles_it(
    make_shell: MakeShell, desk: Desk, opens: Opens, page: str, tab: str
) -> None:
    made = make_interns(desk)
    point = OpenPoint(
        "2026-09 인턴지원금 1차",
        "남음",
        internship=made.internships[0],
        company=made.companies[0],
        opens=opens,
    )
    where = place_of(point)
    assert (where[0], where[1]["tab"]) == (page, tab)
    shell = make_shell(desk)
    shell.open_page(where[0], **where[1])
    assert type(shell.current_page()).__name__ in ("CompaniesPage", "InternshipsPage")
