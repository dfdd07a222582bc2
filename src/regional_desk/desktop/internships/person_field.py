"""Somebody by name: typed with help from the office's people, told apart by the birth date."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from regional_desk.desktop.shell import Context
from regional_desk.services.recruitment import people


class PersonField(QLineEdit):
    """A line that proposes `성명 1999-03-05`."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._desk = context.desk
        self.setPlaceholderText("성명, 또는 성명 1999-03-05")
        names = [f"{one.name} {one.birth.isoformat()}" for one in people.survey_people(context.reading)]
        completer = QCompleter(sorted(names), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def person(self) -> UUID:
        """Who is meant; raise UsageError where none or several fit."""
        return people.find_person(self._desk, self.text())
