from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from regional_desk.desktop.people.card import show_stage, stage_of
from regional_desk.desktop.people.page import PeoplePage
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Role, rights_of
from regional_desk.services.desk import Desk
from regional_desk.services.importing import imports
from regional_desk.services.recruitment import people

TODAY = dt.date(2026, 8, 31)


def _page(shell: Shell, **where: object) -> PeoplePage:
    shell.open_page("people", **where)
    page = shell.current_page()
    assert isinstance(page, PeoplePage)
    return page


@pytest.fixture
def held(office: Desk, tmp_path: Path) -> Desk:
    """An office where one person's account came in anew and is held."""
    row = next(row for row in people.list_people(office) if row.account_tail)
    changed = tmp_path / "changed.csv"
    changed.write_text(
        f"성명,생년월일,은행,계좌번호,예금주\n{row.name},{row.birth},농협,3021234567891,{row.name}\n",
        encoding="utf-8",
    )
    imports.commit(office, imports.open_file(office, "applicants", changed))
    return office


def test_a_stage_tile_shows_as_many_people_as_it_counts(shell: Shell) -> None:
    page = _page(shell)
    everybody = people.list_people(shell.desk)
    assert len(page.table.model.rows) == len(everybody)
    for stage in Stage:
        page.stages.tiles[stage].click()
        rows = page.table.model.rows
        assert {stage_of(row, TODAY) for row in rows} <= {stage}
        assert page.stages.tiles[stage].text().startswith(f"{stage.label} {len(rows)}")


def test_a_list_never_shows_more_than_the_end_of_an_account(shell: Shell) -> None:
    page = _page(shell)
    column = next(column for column in page.table.model.columns if column.title == "은행·계좌")
    shown = [column.show(row) for row in page.table.model.rows if row.account_tail]
    assert shown
    assert all("****" in text for text in shown)


def test_guests_see_no_names(shell: Shell) -> None:
    page = _page(shell)
    page.table.view.selectRow(0)
    row = page.table.current()
    assert row is not None
    assert page.card.name.text() == row.name
    shell._on_guests()
    assert page.card.name.text() != row.name
    assert page.card.texts()["연락처"].count("*") in (0, 3, 4)
    assert row.email is None or "***@" in page.card.texts()["이메일"]


def test_the_filter_line_finds_a_person(shell: Shell) -> None:
    page = _page(shell)
    name = page.table.model.rows[3].name
    page.table.filter.setText(name)
    shown = page.table.view.model()
    assert shown.rowCount() >= 1
    assert all(shown.index(at, 0).data() == name for at in range(shown.rowCount()))


def test_a_held_account_is_freed_with_what_the_call_told(
    make_shell: Callable[[Desk], Shell], held: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(make_shell(held), look="hold")
    rows = page.table.model.rows
    assert len(rows) == 1
    page.table.view.selectRow(0)
    assert page.card.release_button.isVisible()
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("8/31 본인 통화로 확인"))
    page.release()
    row = next(row for row in people.list_people(held) if row.id == rows[0].id)
    assert row.account_hold is None


def test_a_hold_stays_where_the_person_thinks_better_of_it(
    make_shell: Callable[[Desk], Shell], held: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(make_shell(held), look="hold")
    page.table.view.selectRow(0)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: None)
    page.release()
    assert any(row.account_hold for row in people.list_people(held))


def test_the_memo_must_not_be_empty(qtbot: QtBot) -> None:
    dialog = ReasonDialog(None, "계좌 보류 해제", "확인하십시오.", "내용", "보류 해제", None)
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()
    dialog.reason.setText("   ")
    assert not dialog.ok.isEnabled()
    dialog.reason.setText("본인 확인")
    assert dialog.ok.isEnabled()
    assert dialog.answer() == Answer("본인 확인")


def test_another_page_leads_to_one_person(shell: Shell) -> None:
    wanted = people.list_people(shell.desk)[5]
    page = _page(shell, person=wanted.id)
    assert page.table.current() == wanted
    assert page.card.name.text() == wanted.name


def test_who_may_not_see_people_is_told_so(make_shell: Callable[[Desk], Shell], office: Desk) -> None:
    office._rights = rights_of([Role.ADMINISTRATOR])
    page = _page(make_shell(office))
    assert "권한이 없어" in page.notice.text()
    assert page.table.model.rows == ()


def test_a_bar_of_today_leads_to_the_people_of_its_stage(shell: Shell) -> None:
    page = _page(shell, stage=Stage.IN_TRAINING)
    assert {row.stage for row in page.table.model.rows} == {"enrolled"}
    assert page.stages.tiles[Stage.IN_TRAINING].isChecked()


def test_who_is_enrolled_shows_as_in_training_from_the_first_day_on(shell: Shell) -> None:
    row = next(row for row in people.list_people(shell.desk) if row.stage == Stage.ENROLLED)
    assert row.joined == dt.date(2026, 8, 3)
    assert show_stage(row, dt.date(2026, 8, 2)) == "등록"
    assert show_stage(row, dt.date(2026, 8, 3)) == "교육"
