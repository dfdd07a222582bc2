"""Asks what a position said of somebody."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.domain.matching_rounds import MOST_PLACE, MOST_POINTS, InterviewResult
from regional_desk.domain.refused import Refused
from regional_desk.domain.screening import parse_points, show_points
from regional_desk.errors import Refusal
from regional_desk.store.matching_rounds import InterviewRow

_WIDTH = 380


@dataclass(frozen=True, slots=True)
class InterviewAnswer:
    """The result, None where there is none; `place` from 1, `tenths` points in tenths."""

    result: InterviewResult | None
    place: int | None
    tenths: int | None


class InterviewDialog(QDialog):
    """Result, rank and points."""

    def __init__(self, parent: QWidget | None, sentence: str, told: InterviewRow | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("면접 결과")
        self.setMinimumWidth(_WIDTH)
        self.answer: InterviewAnswer | None = None
        self.outcome, self.place, self.points = QComboBox(), QLineEdit(), QLineEdit()
        self.outcome.addItem("결과 없음", None)
        for one in InterviewResult:
            self.outcome.addItem(one.label, one)
        self.place.setValidator(QIntValidator(1, MOST_PLACE, self.place))
        self.notice = parts.Notice()
        form = QFormLayout()
        for label, widget in (
            ("결과", self.outcome),
            ("순위 (1이 가장 좋음)", self.place),
            ("점수", self.points),
        ):
            widget.setAccessibleName(label)
            form.addRow(label, widget)
        if told is not None:
            self.outcome.setCurrentIndex(self.outcome.findData(InterviewResult(told.result)))
            self.place.setText("" if told.place is None else str(told.place))
            self.points.setText("" if told.tenths is None else show_points(told.tenths))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("저장")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        head = QLabel(sentence)
        head.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(head)
        layout.addLayout(form)
        layout.addWidget(self.notice)
        layout.addWidget(buttons)

    @classmethod
    def ask(cls, parent: QWidget | None, sentence: str, told: InterviewRow | None) -> InterviewAnswer | None:
        """What was answered, None where the person thought better of it."""
        dialog = cls(parent, sentence, told)
        dialog.exec()
        dialog.deleteLater()
        return dialog.answer

    def save(self) -> None:
        """Take the answer; points that cannot be are refused in the form."""
        self.notice.hide()
        try:
            tenths = parse_points(self.points.text(), MOST_POINTS)
        except Refused as refused:
            self.notice.show_error(Refusal(f"점수: {refused}"))
            return
        result = self.outcome.currentData()
        place = int(self.place.text()) if self.place.text() else None
        self.answer = InterviewAnswer(None if result is None else InterviewResult(result), place, tenths)
        self.accept()
