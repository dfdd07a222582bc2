"""직무 추가 and 고치기: what a company offers, its wage set beside the minimum while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QSpinBox, QWidget

from regional_desk.desktop import parts
from regional_desk.domain.positions import (
    MOST_SEATS,
    PositionTerms,
    parse_start,
    parse_wage,
    parse_week,
    show_week,
)
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import won
from regional_desk.errors import UsageError, UserError
from regional_desk.services.companies import positions
from regional_desk.services.desk import Desk
from regional_desk.store.positions import PositionRow

_WIDTH = 460


class PositionDialog(QDialog):
    """Asks for a position; `save` may refuse, and then what was typed stays."""

    def __init__(
        self,
        parent: QWidget | None,
        desk: Desk,
        row: PositionRow | None,
        save: Callable[[PositionTerms], object],
    ) -> None:
        super().__init__(parent)
        self._desk, self._save = desk, save
        self.setWindowTitle("직무 고치기" if row else "직무 추가")
        self.setMinimumWidth(_WIDTH)
        self.notice, self.warning = parts.Notice(), QLabel()
        self.warning.setWordWrap(True)
        self.warning.hide()
        self.name, self.place, self.wage, self.week, self.start, self.conditions = (
            QLineEdit() for _ in range(6)
        )
        self.seats = QSpinBox()
        self.seats.setRange(0, MOST_SEATS)
        self.seats.setSuffix("명")
        self.seats.setValue(1)
        self.wage.setPlaceholderText("월 금액(원), 예: 2,200,000 또는 220만원")
        self.week.setPlaceholderText("예: 40 또는 37.5")
        self.start.setPlaceholderText("예: 2026-10-05 (정하지 않았으면 비움)")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("저장")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        form = QFormLayout(self)
        for label, field in (
            ("직무(&N)", self.name),
            ("모집인원(&T)", self.seats),
            ("근무지(&P)", self.place),
            ("임금(&W)", self.wage),
            ("주 근로시간(&H)", self.week),
            ("시작일(&S)", self.start),
            ("조건(&C)", self.conditions),
        ):
            form.addRow(label, field)
        for line in (self.warning, self.notice, self.buttons):
            form.addRow(line)
        if row is not None:
            self._fill(row)
        for field in (self.wage, self.week, self.start):
            field.textChanged.connect(lambda _text: self._warn())
        self._warn()
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)

    def terms(self) -> PositionTerms:
        """What stands in the fields; raise Refused for what cannot be read."""
        return PositionTerms(
            name=self.name.text(),
            seats=self.seats.value(),
            place=self.place.text(),
            wage=parse_wage(self.wage.text()),
            weekly_minutes=parse_week(self.week.text()),
            starts_on=parse_start(self.start.text()),
            conditions=self.conditions.text(),
        )

    def _fill(self, row: PositionRow) -> None:
        self.name.setText(row.name)
        self.seats.setValue(row.seats)
        self.place.setText(row.place or "")
        self.wage.setText("" if row.wage is None else won(row.wage))
        self.week.setText(show_week(row.weekly_minutes))
        self.start.setText(row.starts_on.isoformat() if row.starts_on else "")
        self.conditions.setText(row.conditions or "")

    def _warn(self) -> None:
        """A wage below the minimum is told of, and may be saved: the company may yet raise it."""
        try:
            words = positions.wage_warning(self._desk, self.terms())
        except Refused:
            words = None  # told on saving: it may be half typed
        parts.set_tone(self.warning, f"! {words}" if words else "", "warn")

    def _on_accepted(self) -> None:
        self.notice.hide()
        try:
            self._save(self.terms())
        except Refused as refused:
            self.notice.show_error(UsageError(f"{refused} 저장하지 않았습니다."))
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()
