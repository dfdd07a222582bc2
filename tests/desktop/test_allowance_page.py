"""The allowance page from 작성 to 지급."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtWidgets import QInputDialog, QLabel
from tests.integration.test_month import give_evidence

from regional_desk.desktop.allowance.accounts_page import AccountsPage
from regional_desk.desktop.allowance.page import AllowancePage
from regional_desk.desktop.shell import Shell
from regional_desk.domain.allowance import RunState
from regional_desk.services import policies
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import contact


@pytest.fixture
def page(shell: Shell) -> AllowancePage:
    """The page with the August course."""
    shell.open_page("allowance")
    found = shell.current_page()
    assert isinstance(found, AllowancePage)
    return found


def adopt(desk: Desk) -> None:
    policies.adopt(desk, policies.DEFAULT_SCHEME, reference="공문-1", document_date=dt.date(2026, 7, 1))


def test_a_draft_shows_every_person_and_the_reason_of_each_amount(
    page: AllowancePage, expected: dict[str, Any]
) -> None:
    page.draft()
    assert page.run is not None
    assert page.run.total == expected["totals"]["daily"]
    page.table.view.selectRow(0)
    line = page.table.current()
    assert line is not None
    texts = " ".join(label.text() for label in page.findChildren(QLabel))
    assert line.trace[0] in texts
    assert "근거:" in texts


def test_what_blocks_the_confirmation_leads_to_its_place(page: AllowancePage, shell: Shell) -> None:
    page.draft()
    assert page.run is not None
    item = page.run.open_items[0]
    page._go(item)
    attendance = shell.current_page()
    current: Any = getattr(attendance, "view", None)
    assert current is not None
    place = current.current()
    assert current.model.rows[place.row].trainee == item.trainee
    assert current.model.days[place.day].day == item.days[0]


def test_a_held_account_leads_to_that_person_among_the_held_accounts(
    page: AllowancePage, shell: Shell, desk: Desk
) -> None:
    page.draft()
    assert page.run is not None
    one = [line.trainee for line in page.run.lines if line.account_tail][-1]
    for changed in (one, page.run.lines[0].trainee):
        contact.set_contact(desk, changed, {"account": "110222333444"}, title="계좌")
    page.refresh()
    page._go(next(item for item in page.run.open_items if (item.trainee, item.kind) == (one, "account")))
    found = shell.current_page()
    assert isinstance(found, AccountsPage)
    row = found.table.current()
    assert row is not None
    assert row.person == one


def test_the_run_goes_from_draft_to_paid(page: AllowancePage, desk: Desk) -> None:
    adopt(desk)
    give_evidence(desk)
    page.draft()
    for key, state in (("check", RunState.CHECKED), ("confirm", RunState.CONFIRMED), ("pay", RunState.PAID)):
        page._buttons[key].click()
        assert page.notice.text() == ""
        assert page.run is not None
        assert page.run.state is state
    assert not page._buttons["cancel"].isEnabled()


def test_a_refused_confirmation_says_why_on_the_page(page: AllowancePage, desk: Desk) -> None:
    adopt(desk)
    page.draft()
    page._buttons["check"].click()
    page._buttons["confirm"].click()
    assert "확정하지 않았습니다" in page.notice.text()


def test_a_person_is_held_with_a_reason(page: AllowancePage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.draft()
    page.table.view.selectRow(0)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("통장 확인", True))
    page._buttons["hold"].click()
    assert page.run is not None
    held = [line for line in page.run.lines if line.held]
    assert [line.held for line in held] == ["통장 확인"]
