"""F2: times, reason and state of the evidence of one cell."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from regional_desk.desktop.forms.ui_cell_dialog import Ui_CellDialog
from regional_desk.domain.attendance import REASONS, Cell, Evidence, Mark, Status
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import clock_time, parse_clock


class CellDialog(QDialog):
    """One cell with everything it can hold."""

    def __init__(self, parent: QWidget | None, heading: str, cell: Cell) -> None:
        super().__init__(parent)
        self.ui = Ui_CellDialog()
        self.ui.setupUi(self)
        self.cell: Cell | None = None
        self.ui.heading.setText(heading)
        for status in Status:
            self.ui.status.addItem(status.label, status)
        for reason in REASONS.values():
            self.ui.reason.addItem(reason.label, reason.code)
        for state in Evidence:
            self.ui.evidence.addItem(state.label, state)
        self._marks = {Mark.LATE: self.ui.late, Mark.LEFT_EARLY: self.ui.leftEarly, Mark.OUT: self.ui.out}
        self.ui.message.hide()
        self.ui.buttons.accepted.connect(self._on_accepted)
        self.ui.buttons.rejected.connect(self.reject)
        self.ui.status.currentIndexChanged.connect(self._on_status)
        self._show(cell)

    @classmethod
    def ask(cls, parent: QWidget | None, heading: str, cell: Cell) -> Cell | None:
        """The cell as the person left it, None where they thought better of it."""
        dialog = cls(parent, heading, cell)
        dialog.exec()
        answer = dialog.cell
        dialog.deleteLater()
        return answer

    def _show(self, cell: Cell) -> None:
        self.ui.status.setCurrentIndex(int(cell.status))
        for mark, box in self._marks.items():
            box.setChecked(bool(cell.marks & mark))
        for field, minutes in ((self.ui.timeIn, cell.time_in), (self.ui.timeOut, cell.time_out)):
            field.setText("" if minutes is None else clock_time(minutes))
        self.ui.reason.setCurrentIndex(max(0, self.ui.reason.findData(cell.reason)))
        self.ui.evidence.setCurrentIndex(int(cell.evidence))
        self._on_status()

    def _on_status(self) -> None:
        """Only what the status can carry can be typed."""
        status = Status(self.ui.status.currentIndex())
        for box in self._marks.values():
            box.setEnabled(status is Status.PRESENT)
        for field in (self.ui.timeIn, self.ui.timeOut):
            field.setEnabled(status is not Status.UNRECORDED)
        for choice in (self.ui.reason, self.ui.evidence):
            choice.setEnabled(status is Status.EXCUSED)

    def _on_accepted(self) -> None:
        try:
            self.cell = self._read()
        except Refused as refused:
            self.ui.message.setText(f"! {refused}")
            self.ui.message.show()
        else:
            self.accept()

    def _read(self) -> Cell:
        status = Status(self.ui.status.currentIndex())
        if status is Status.UNRECORDED:
            return Cell(status)
        marks = Mark.NONE
        if status is Status.PRESENT:
            for mark, box in self._marks.items():
                marks |= mark if box.isChecked() else Mark.NONE
        excused = status is Status.EXCUSED
        time_in, time_out = _minutes(self.ui.timeIn), _minutes(self.ui.timeOut)
        if time_in is not None and time_out is not None and time_out < time_in:
            raise Refused("퇴실 시각이 입실 시각보다 빠릅니다.")
        return Cell(
            status,
            marks,
            time_in,
            time_out,
            self.ui.reason.currentData() if excused else None,
            Evidence(self.ui.evidence.currentIndex()) if excused else Evidence.MISSING,
        )


def _minutes(field: QLineEdit) -> int | None:
    text = field.text().strip()
    return parse_clock(text) if text else None
