"""A disk that refuses while somebody types: the page says so, and nothing looks saved that is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from sqlcipher3 import dbapi2

from regional_desk.desktop import crash
from regional_desk.desktop.attendance.page import AttendancePage
from regional_desk.desktop.shell import Shell
from regional_desk.domain.attendance import PRESENT, Cell
from regional_desk.errors import StoreUnreadable
from regional_desk.services.attendance import attendance
from regional_desk.services.desk import Desk
from regional_desk.services.training import courses

FULL, BROKEN, BUSY, READ_ONLY = 13, 10, 5, 8  # the engine's codes


@pytest.fixture
def page(shell: Shell) -> AttendancePage:
    """The page with the August course."""
    shell.open_page("attendance")
    found = shell.current_page()
    assert isinstance(found, AttendancePage)
    return found


@contextmanager
def commits_fail(desk: Desk, code: int) -> Iterator[None]:
    """Every commit is refused as the engine refuses it."""

    def refuse(_connection: sa.Connection) -> None:
        error = dbapi2.OperationalError("refused")
        error.sqlite_errorcode = code
        raise error

    sa.event.listen(desk.store.engine, "commit", refuse)
    yield
    sa.event.remove(desk.store.engine, "commit", refuse)


def cell(desk: Desk) -> Cell | None:
    """The first cell as the store holds it."""
    return attendance.grid(desk, courses.list_courses(desk)[0].id).rows[0].cells[0]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (FULL, "MB 이상을 비운 뒤"),
        (BROKEN, "디스크에서 읽거나 쓰는 데 실패"),
        (BUSY, "다른 작업이 자료를 쓰고 있어"),
        (READ_ONLY, "쓸 수 없어 저장하지 않았습니다"),
    ],
)
def test_a_refused_key_is_told_and_leaves_the_cell_as_it_was(
    page: AttendancePage, desk: Desk, code: int, words: str
) -> None:
    before, shown = cell(desk), page.model.rows[0].cells[0]
    assert before != PRESENT
    page.view.go_to(0, 0)
    with commits_fail(desk, code):
        QTest.keyClick(page.view.days, Qt.Key.Key_1)
    assert words in page.notice.text()
    assert cell(desk) == before
    assert page.model.rows[0].cells[0] == shown
    current = page.view.current()
    assert current is not None
    assert (current.row, current.day) == (0, 0)
    QTest.keyClick(page.view.days, Qt.Key.Key_1)
    assert page.notice.text() == ""
    assert cell(desk) == PRESENT


def test_a_disk_that_fails_where_no_page_expects_it_is_no_program_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    monkeypatch.setenv("REGIONAL_DESK_DATA", str(tmp_path))
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, _title, text: told.append(text))
    error = StoreUnreadable("디스크에서 읽지 못했습니다.")
    crash.handle(type(error), error, None)
    assert told == ["디스크에서 읽지 못했습니다."]
