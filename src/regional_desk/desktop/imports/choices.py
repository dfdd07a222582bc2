"""What is on its way in: its kind, the course of an attendance sheet, who sent a list, and the round it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from regional_desk.desktop import parts
from regional_desk.domain.text import korean_span
from regional_desk.services.desk import Desk
from regional_desk.services.importing.imports import KIND_LABELS
from regional_desk.services.matching import rounds as matching_rounds
from regional_desk.services.recruitment import rounds
from regional_desk.services.training import courses

_NOBODY, _NO_ROUND = "보낸 곳(예: 고용센터)", "차수 없음"
_LETTERS = 14
_NEXT = {
    "preferences": "interviews",
    "interviews": "compare",
}  # the step of a matching round after each of its files


class Choices(QObject):
    """Combos for the page's head line; `changed` when the preview on screen is another's."""

    kind_changed = Signal()
    changed = Signal()
    matching_wanted = Signal(object, str)  # the round a file belongs to, and its step after the file

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind, self.course, self.sent_by, self.round, self.matching = (QComboBox() for _ in range(5))
        self.back = parts.link("연계로 돌아가기 →", self._on_back)
        for key, label in KIND_LABELS.items():
            self.kind.addItem(label, key)
        names = (
            (self.kind, "종류", "가져올 자료의 종류"),
            (self.course, "교육과정", "출석을 넣을 교육과정"),
            (self.sent_by, "보낸 곳", "같은 곳의 지난 파일과 견주어 신규, 빠짐, 바뀜을 보여 줍니다."),
            (self.round, "모집 차수", "새 지원자를 넣을 모집 차수"),
            (self.matching, "연계 차수", "희망순위나 면접 결과를 넣을 연계 차수"),
        )
        for combo, name, tip in names:
            combo.setAccessibleName(name)
            combo.setToolTip(tip)
        self.sent_by.setEditable(True)
        self.sent_by.setMinimumContentsLength(_LETTERS)
        self._told = ""
        line = self.sent_by.lineEdit()
        if line is not None:
            line.setPlaceholderText(_NOBODY)
            line.editingFinished.connect(self._on_sender)
        self.sent_by.activated.connect(lambda _at: self._on_sender())
        self.kind.currentIndexChanged.connect(lambda _at: self.kind_changed.emit())
        for combo in (self.course, self.round, self.matching):
            combo.currentIndexChanged.connect(lambda _at: self.changed.emit())

    def widgets(self) -> tuple[QComboBox, ...]:
        """The combos in their order."""
        return self.kind, self.course, self.sent_by, self.round, self.matching

    def refresh(self, desk: Desk) -> None:
        """List courses and rounds again; what was chosen stays chosen."""
        found = [
            (f"{row.name} ({korean_span(row.start, row.end)})", str(row.id))
            for row in courses.list_courses(desk)
        ]
        _list(self.course, found)
        _list(self.round, [(_NO_ROUND, ""), *((row.name, str(row.id)) for row in rounds.list_rounds(desk))])
        _list(self.matching, [(row.name, str(row.id)) for row in matching_rounds.list_rounds(desk)])

    def show_kind(self) -> None:
        """Show the choices that concern the kind."""
        self.course.setVisible(self.kind_key() == "attendance")
        for combo in (self.sent_by, self.round):
            combo.setVisible(self.kind_key() == "applicants")
        for widget in (self.matching, self.back):
            widget.setVisible(self.kind_key() in _NEXT)

    def show_senders(self, senders: Sequence[str], chosen: str | None) -> None:
        """List the known senders and name the file's."""
        blocker = QSignalBlocker(self.sent_by)
        self.sent_by.clear()
        self.sent_by.addItems(list(senders))
        self.sent_by.setCurrentText(chosen or "")
        self._told = self.sent_by.currentText()
        blocker.unblock()

    def choose_sender(self, name: str) -> None:
        """Name the sender as a person does."""
        self.sent_by.setCurrentText(name)
        self._on_sender()

    def kind_key(self) -> str:
        """The kind of file."""
        return str(self.kind.currentData())

    def course_id(self) -> UUID | None:
        """The course of an attendance sheet."""
        chosen = self.course.currentData()
        return UUID(chosen) if chosen and self.kind_key() == "attendance" else None

    def matching_id(self) -> UUID | None:
        """The matching round of wishes or interviews."""
        chosen = self.matching.currentData()
        return UUID(chosen) if chosen else None

    def told(self) -> dict[str, Any]:
        """Sender and rounds for services; nobody and none where the kind has none."""
        if self.kind_key() in _NEXT:
            return {"sender": None, "round_id": self.matching_id()}
        if self.kind_key() != "applicants":
            return {"sender": None, "round_id": None}
        chosen = self.round.currentData()
        return {"sender": self.sent_by.currentText().strip(), "round_id": UUID(chosen) if chosen else None}

    def _on_back(self) -> None:
        self.matching_wanted.emit(self.matching_id(), _NEXT[self.kind_key()])

    def _on_sender(self) -> None:
        if self.sent_by.currentText() != self._told:
            self._told = self.sent_by.currentText()
            self.changed.emit()


def _list(combo: QComboBox, rows: Sequence[tuple[str, str]]) -> None:
    chosen = combo.currentData()
    blocker = QSignalBlocker(combo)
    combo.clear()
    for text, data in rows:
        combo.addItem(text, data)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    blocker.unblock()
