"""Ctrl+K finds what one means, however it was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from regional_desk.desktop.search import Entry, Found, Index, latin_keys
from regional_desk.desktop.shell import Shell
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import people


def entry(name: str, *digits: str) -> Entry:
    return Entry(name, lambda: Found(name, "", lambda: None), digits)


INDEX = Index(
    (entry("홍길동", "01012345678"), entry("길홍수", "01099990000"), entry("㈜ 한빛 테크", "1248100998"))
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("홍길", ["홍길동"]),
        ("길", ["길홍수", "홍길동"]),
        ("ㅎㄱㄷ", ["홍길동"]),
        ("ghdrlf", ["홍길동"]),
        ("GHDRLF", ["홍길동"]),
        ("5678", ["홍길동"]),
        ("124-81-00998", ["㈜ 한빛 테크"]),
        ("한빛테크", ["㈜ 한빛 테크"]),
        ("678", []),
        ("  ", []),
        ("없는 이름", []),
    ],
)
def test_a_name_is_found_however_it_was_typed(typed: str, names: list[str]) -> None:
    assert [one.title for one in INDEX.find(typed)] == names


def test_every_kind_of_syllable_has_its_keys() -> None:
    assert latin_keys("홍길동 꽭 쀍 의왕 B동") == "ghdrlfehd Rhofr Qnpfr dmldhkd Behd"


def type_text(shell: Shell, text: str) -> list[str]:
    """As an input method does: the text comes at once."""
    shell.ui.search.setText(text)
    shell.ui.search.textEdited.emit(text)
    return [one.title for one in shell.ui.search.shown]


def test_enter_leads_to_the_person_found(shell: Shell, desk: Desk) -> None:
    person = people.list_people(desk)[7]
    QTest.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    titles = type_text(shell, person.name)
    assert titles[0] == person.name
    QTest.keyClick(shell.ui.search, Qt.Key.Key_Return)
    page = shell.page("people")
    assert page is shell.current_page()
    assert page.table.current().id == person.id  # type: ignore[union-attr]  # the page of people has a table
    assert shell.ui.search.text() == ""


def test_arrows_walk_and_escape_leaves_everything_as_it_was(shell: Shell) -> None:
    before = shell.current_page()
    assert len(type_text(shell, "ㄱ")) > 2
    QTest.keyClick(shell.ui.search, Qt.Key.Key_Down)
    QTest.keyClick(shell.ui.search, Qt.Key.Key_Up)
    QTest.keyClick(shell.ui.search, Qt.Key.Key_Escape)
    assert shell.current_page() is before
    assert shell.ui.search.text() == ""
    assert not shell.ui.search.shown


def test_pages_and_commands_are_found_too(shell: Shell) -> None:
    assert type_text(shell, "보고")[0] == "보고·제출"
    QTest.keyClick(shell.ui.search, Qt.Key.Key_Return)
    assert shell.current_page() is shell.page("reports")
    type_text(shell, "손님")
    QTest.keyClick(shell.ui.search, Qt.Key.Key_Return)
    assert shell.guests


def test_guests_see_masked_names_in_what_is_found(shell: Shell, desk: Desk) -> None:
    person = next(row for row in people.list_people(desk) if len(row.name) == 3)
    shell._on_guests()
    titles = type_text(shell, person.name)
    assert person.name not in titles
    assert f"{person.name[0]}*{person.name[2]}" in titles
