"""The one table component: its columns follow the text size, at whatever moment it is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from regional_desk.desktop.shell import Shell
from regional_desk.desktop.tables import Column, Table
from regional_desk.services.desk import Desk


def test_columns_and_rows_grow_with_the_text_size_and_keep_what_was_drawn_by_hand(
    make_shell: Callable[[Desk], Shell], office: Desk, qtbot: QtBot
) -> None:
    theme = make_shell(office).theme
    shown: tuple[Column[str], ...] = (
        Column("가", lambda row: row, width=80),
        Column("나", lambda row: row, width=120),
        Column("다", lambda row: row),
    )
    table: Table[str] = Table(shown, lambda _: "#000000", empty="없음", name="시험", scale=theme.size)
    qtbot.addWidget(table)
    table.set_rows(("하나",))
    table.show()
    table.view.setColumnWidth(1, 200)

    def widths() -> tuple[int, int, int]:
        QApplication.processEvents()
        rows = table.view.verticalHeader().defaultSectionSize()
        return table.view.columnWidth(0), table.view.columnWidth(1), rows

    small = widths()
    assert small == (80, 200, 25)
    theme.apply(percent=150)
    assert widths() == (120, 300, 38)
    theme.apply(percent=100)
    assert widths() == small
