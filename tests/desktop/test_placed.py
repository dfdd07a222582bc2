"""연계 on the way from 접수 on, and the lines of 오늘 that lead to a matching round."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton
from tests.placements import make_round, publish_round

from regional_desk.desktop.matching.page import MatchingPage
from regional_desk.desktop.people.page import PeoplePage
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.today.page import TodayPage
from regional_desk.domain.recruitment import WAY, Stage
from regional_desk.services.desk import Desk
from regional_desk.services.matching import placements

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
