"""손님 모드: one key, and no page, tip, copy, search or preview shows a full name or phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

import pypdfium2
import pytest
import sqlalchemy as sa
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from regional_desk.desktop import parts
from regional_desk.desktop.admin.page import AdminPage
from regional_desk.desktop.pages import PAGES
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.tables import Table
from regional_desk.domain.masking import Masking
from regional_desk.domain.policies import Method
from regional_desk.domain.rights import Role, rights_of
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk
from regional_desk.services.papers.making import Wanted
from regional_desk.services.pay import allowance
from regional_desk.services.recruitment import people
from regional_desk.services.training import courses
from regional_desk.store.companies import company
from regional_desk.store.people import person

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.StatusTipRole,
)


def _secrets(desk: Desk) -> frozenset[str]:
    """Every full name and phone of the office, the company contacts' too."""
    with desk.store.read() as connection:
        rows = [
            *connection.execute(sa.select(person.c.name, person.c.phone, person.c.account_holder)),
            *connection.execute(sa.select(company.c.contact, company.c.representative, company.c.phone)),
        ]
    found = {text for row in rows for text in row if text}
    phones = {Masking.FULL.show_phone(text) for text in found if text.isdecimal()}
    return frozenset(found | phones)


@pytest.fixture
def drafted(office: Desk) -> Desk:
    """The office with a draft whose open items name people."""
    course = courses.list_courses(office)[0].id
    allowance.draft(office, course, 1, method=Method.DAILY)
    return office


def _cells(model: QAbstractItemModel) -> Iterator[object]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for column in range(columns):
        yield model.headerData(column, Qt.Orientation.Horizontal)
    for row in range(model.rowCount()):
        yield model.headerData(row, Qt.Orientation.Vertical)
        for column in range(columns):
            index = model.index(row, column, QModelIndex())
            for role in ROLES:
                yield index.data(role)


def _copied(widget: QWidget) -> Iterator[str]:
    """What Ctrl+C puts on the clipboard with everything selected."""
    for view in widget.findChildren(QAbstractItemView):
        if view.isVisible() and view.selectionModel() is not None:
            QApplication.clipboard().clear()
            view.selectAll()
            QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
            yield QApplication.clipboard().text()


def _texts(widget: QWidget) -> Iterator[object]:
    for one in (widget, *widget.findChildren(QWidget)):
        yield from (one.toolTip(), one.accessibleName(), one.accessibleDescription(), one.windowTitle())
        if isinstance(one, QLabel | QLineEdit | QAbstractButton):
            yield one.text()
        elif isinstance(one, QPlainTextEdit):
            yield one.toPlainText()
        elif isinstance(one, QComboBox):
            yield from (one.itemText(at) for at in range(one.count()))
        elif isinstance(one, QTabWidget):
            yield from (one.tabText(at) for at in range(one.count()))
        elif isinstance(one, QGroupBox):
            yield one.title()
        elif isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from _cells(one.model())


def _leaks(texts: Iterator[object], secrets: frozenset[str]) -> list[tuple[str, str]]:
    told = {str(text) for text in texts if isinstance(text, str) and text}
    return sorted((secret, text) for text in told for secret in secrets if _names(text, secret))


def _names(text: str, secret: str) -> bool:
    """Two letters stand in other words too: such a name must not stand alone."""
    return secret in (text if len(secret) > 2 else text.split())


def _walk(shell: Shell, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Every page and every tab in front of it, with a row chosen in each table."""
    for spec in PAGES:
        shell.open_page(spec.key)
        page = cast("QWidget", shell.current_page())
        tabs = page.tabs if isinstance(page, AdminPage) else None
        for at in range(tabs.count() if tabs else 1):
            if tabs:
                tabs.setCurrentIndex(at)
            for table in page.findChildren(Table):
                if table.isVisible() and table.model.rows:
                    table.view.selectRow(0)
            qtbot.waitUntil(lambda: not shell.jobs.running)
            QApplication.sendPostedEvents(
                None, QEvent.Type.DeferredDelete.value
            )  # what was taken away is gone
            yield f"{spec.key} {at}", page


def test_the_pages_name_people_before_the_guests_come(shell: Shell, drafted: Desk, qtbot: QtBot) -> None:
    """Without this the next test could pass on empty pages."""
    secrets = _secrets(drafted)
    found = {where for where, page in _walk(shell, qtbot) if _leaks(_texts(page), secrets)}
    assert {"people 0", "courses 0", "attendance 0", "allowance 0", "companies 0"} <= found


def test_no_page_shows_guests_a_full_name_or_phone(shell: Shell, drafted: Desk, qtbot: QtBot) -> None:
    secrets = _secrets(drafted)
    for _ in _walk(shell, qtbot):  # every page has shown everything once
        pass
    QTest.keyClick(
        shell, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert shell.guests
    for where, page in _walk(shell, qtbot):
        assert _leaks(_texts(page), secrets) == [], where
        assert _leaks(_copied(page), secrets) == [], f"{where} copied"
        assert _leaks(_texts(shell.ui.search), secrets) == [], where


def test_a_search_shows_guests_masked_people(shell: Shell, office: Desk) -> None:
    rows = people.list_people(office)[:40]
    shell._on_guests()
    finder = shell.ui.search.finder
    assert finder is not None
    secrets = _secrets(office)
    shown = [f"{one.title} {one.detail}" for row in rows for one in finder(row.name)]
    assert any("*" in text for text in shown)
    assert _leaks(iter(shown), secrets) == []


@pytest.mark.parametrize(
    "document", ["attendance-register", "allowance-statement", "attendance-register-blank"]
)
def test_a_preview_shows_guests_masked_people(
    shell: Shell, drafted: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, document: str
) -> None:
    from regional_desk.services.papers import papers

    made: list[bytes] = []
    whole = papers.preview_pdf

    def kept(desk: Desk, wanted: Wanted) -> bytes:
        made.append(whole(desk, wanted))
        return made[-1]

    monkeypatch.setattr(papers, "preview_pdf", kept)
    shell._on_guests()
    dialog = PreviewDialog(
        shell.context, Wanted(document, courses.list_courses(drafted)[0].id, 1), parent=shell
    )
    qtbot.addWidget(dialog)
    dialog.load()
    qtbot.waitUntil(lambda: dialog.pages is not None)
    pdf = pypdfium2.PdfDocument(made[0])
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    assert "*" in text
    assert _leaks(iter([text]), _secrets(drafted)) == []
    assert not any(button.isEnabled() for button in dialog._buttons)
    assert dialog.save("pdf") is None
    dialog.close_pages()


def test_what_was_typed_copied_or_refused_before_is_gone_when_the_guests_come(
    shell: Shell, office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QClipboard, "ownsClipboard", lambda _clipboard: True
    )  # a platform without a screen knows no owner
    name = people.list_people(office)[0].name
    shell.open_page("people")
    page = cast("Any", shell.current_page())
    shell.ui.search.setText(name)
    page.table.filter.setText(name)
    page.notice.show_error(Refusal(f"{name}님을 처리하지 않았습니다."))
    QApplication.clipboard().setText(name)
    shell._on_guests()
    assert shell.ui.search.text() == page.table.filter.text() == QApplication.clipboard().text() == ""
    assert not page.notice.isVisible()


def test_a_refusal_while_guests_look_on_tells_no_reason(shell: Shell, office: Desk) -> None:
    name = people.list_people(office)[0].name
    shell._on_guests()
    shell.open_page("attendance")
    page = cast("Any", shell.current_page())
    page.notice.show_error(Refusal(f"{name}님의 칸을 입력할 수 없습니다."))
    assert page.notice.isVisible()
    assert name not in page.notice.text()
    assert "손님 모드" in page.notice.text()
    assert shell.property(parts.GUESTS)


def test_the_same_key_shows_everything_again(shell: Shell, office: Desk) -> None:
    shell.open_page("people")
    page = cast("Any", shell.current_page())
    names = {row.name for row in people.list_people(office)}
    shell._on_guests()
    shell._on_guests()
    assert {row.name for row in page.table.model.rows} == names


def test_an_unmasked_account_is_masked_again_by_guests_another_person_or_another_page(
    shell: Shell, office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from regional_desk.desktop import reason_dialog

    monkeypatch.setattr(
        reason_dialog.ReasonDialog, "ask", lambda *_words, **_more: reason_dialog.Answer("본인 확인 전화")
    )
    shell.open_page("people")
    page = cast("Any", shell.current_page())
    having = [row for row in page.table.model.rows if row.account_tail]

    def reveal() -> str:
        page.table.choose(lambda row: row.id == having[0].id)
        page.card.reveal()
        return str(page.card.texts()["계좌"])

    ways: tuple[Callable[[], None], ...] = (
        lambda: page.table.choose(lambda row: row.id == having[1].id),
        lambda: shell.open_page("courses"),
        shell._on_guests,
    )
    for leave in ways:
        assert "*" not in reveal()
        leave()
        shell.open_page("people")
        page.table.choose(lambda row: row.id == having[0].id)
        assert "****" in page.card.texts()["계좌"]


def test_a_viewer_sees_masked_rows_whatever_the_screen_does(
    make_shell: Callable[[Desk], Shell], office: Desk
) -> None:
    office._rights = rights_of({Role.VIEWER})
    shell = make_shell(office)
    shell.open_page("people")
    page = cast("Any", shell.current_page())
    assert all("*" in row.name for row in page.table.model.rows)
    assert page.card.reveal_button is None
