"""What the tabs of plan, journals, deliverables and evaluations share: fields of several lines, files opened, papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDateEdit, QLabel, QPlainTextEdit, QPushButton

from regional_desk.desktop import parts
from regional_desk.desktop.internships.record_tabs import InternshipTab
from regional_desk.desktop.internships.rooms import give_way
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Table
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.services.papers.making import Wanted


class TrainingTab(InternshipTab):
    """A table under a sentence that says what is left."""

    summary: QLabel
    table: Table[Any]


def head(tab: TrainingTab, *buttons: QPushButton) -> None:
    """The sentence with the papers beside it; the table below keeps some lines however large the text is."""
    tab.summary.setWordWrap(True)
    line = parts.row(tab.summary, *buttons, spacing=6)
    line.setStretch(0, 1)
    tab.lines.addLayout(line)
    give_way(tab.table, tab.context.theme.size)


def text_field(context: Context, height: int) -> QPlainTextEdit:
    """A field of several lines, so many pixels high at 100 %; Tab leaves it."""
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setFixedHeight(context.theme.size(height))
    return field


def date_field() -> QDateEdit:
    """A day with its calendar."""
    field = QDateEdit()
    field.setCalendarPopup(True)
    field.setDisplayFormat("yyyy. M. d.")
    return field


def may_open(tab: InternshipTab) -> bool:
    """Whether files may be looked at: they cannot be masked, so not while guests look on."""
    return tab.desk.may(Right.UNMASK) and tab.context.masking is Masking.FULL


def show_file(tab: InternshipTab, lay_open: Callable[[], Path]) -> None:
    """Open a kept file in the program that shows such files; a refusal is shown in the tab."""
    tab.act(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(lay_open()))))


def preview(tab: InternshipTab, document: str, number: int | None = None) -> None:
    """Show a paper of the tab's internship before it is printed."""
    from regional_desk.desktop.printing.preview import PreviewDialog

    internship: UUID | None = tab.internship.id if tab.internship else None
    if internship is not None:
        PreviewDialog.ask(tab.context, Wanted(document, internship=internship, number=number))
