"""F2: everything one cell can hold: times, parts of the day, reason and its evidence, a remark."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.attendance.cell_beside import Beside
from regional_desk.desktop.forms.ui_cell_dialog import Ui_CellDialog
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.domain.attendance import REASONS, Cell, DayPart, Evidence, Mark, SpanKind, Status
from regional_desk.domain.entry_times import Proposal, disagrees
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import clock_time, parse_clock
from regional_desk.errors import UserError
from regional_desk.exchange.received_files import TAKEN
from regional_desk.services.attendance.evidence import Paper

_SPANS = {SpanKind.OUT: "외출 시간", SpanKind.EXCUSED: "일부 인정"}
_TIMES_ROW, _WIDTH = 5, 470


class CellDialog(QDialog):
    """One cell with everything it can hold; what is `beside` the record is offered where it is given."""

    def __init__(
        self, parent: QWidget | None, heading: str, cell: Cell, beside: Beside | None = None
    ) -> None:
        super().__init__(parent)
        self.ui = Ui_CellDialog()
        self.ui.setupUi(self)
        self.setMinimumWidth(_WIDTH)
        self.cell: Cell | None = None
        self._beside = beside
        self.ui.heading.setText(heading)
        self.ui.heading.setObjectName("heading")
        for status in Status:
            self.ui.status.addItem(status.label, status)
        for reason in REASONS.values():
            self.ui.reason.addItem(reason.label, reason.code)
        for state in Evidence:
            self.ui.evidence.addItem(state.label, state)
        self._marks = {Mark.LATE: self.ui.late, Mark.LEFT_EARLY: self.ui.leftEarly, Mark.OUT: self.ui.out}
        self.spans = {kind: QLineEdit() for kind in SpanKind}
        self.proposed, self.remark, self.papers = QLabel(), QLineEdit(), QHBoxLayout()
        self.take = parts.button("제안대로", self.take_proposal)
        self._add_spans()
        if beside is not None:
            self._add_beside(beside)
        self.ui.message.hide()
        self.ui.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("적기")
        self.ui.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        self.ui.buttons.accepted.connect(self._on_accepted)
        self.ui.buttons.rejected.connect(self.reject)
        self.ui.status.currentIndexChanged.connect(self._on_status)
        self._show(cell)
        for field in (self.ui.timeIn, self.ui.timeOut, *self.spans.values()):
            field.textChanged.connect(lambda _text: self._show_proposal())
        for box in self._marks.values():
            box.toggled.connect(lambda _on: self._show_proposal())

    @classmethod
    def ask(
        cls, parent: QWidget | None, heading: str, cell: Cell, beside: Beside | None = None
    ) -> Cell | None:
        """The cell as the person left it, None where they thought better of it."""
        dialog = cls(parent, heading, cell, beside)
        dialog.exec()
        answer = dialog.cell
        dialog.deleteLater()
        return answer

    def take_proposal(self) -> None:
        """Set what the times say."""
        proposal = self._proposal()
        if proposal is None or not proposal.complete:
            return
        self.ui.status.setCurrentIndex(int(proposal.status))
        for mark, box in self._marks.items():
            box.setChecked(bool(proposal.marks & mark))

    def _add_spans(self) -> None:
        for at, (kind, field) in enumerate(self.spans.items()):
            field.setPlaceholderText("10:00-11:00, 15:20-16:00")
            field.setAccessibleName(_SPANS[kind])
            self.ui.form.insertRow(_TIMES_ROW + at, _SPANS[kind], field)
        self.take.setAccessibleName("시각이 제안하는 출결로 바꾸기")
        self.proposed.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(self.proposed, 1)
        line.addWidget(self.take)
        self.ui.form.insertRow(_TIMES_ROW + len(self.spans), "시각으로 보면", line)
        self.ui.form.setRowVisible(line, self._beside is not None)

    def _add_beside(self, beside: Beside) -> None:
        row = self.ui.form.rowCount() - 2  # the message and the buttons stay last
        self.remark.setText(beside.remark.text)
        self.remark.setMaxLength(300)
        self.remark.setReadOnly(not beside.may_write)
        self.remark.setAccessibleName("비고")
        self.ui.form.insertRow(row, "비고(&B)", self.remark)
        self.ui.form.insertRow(row + 1, "증빙 파일", self.papers)
        self._show_papers()

    def _show_papers(self) -> None:
        parts.clear(self.papers)
        beside = self._beside
        if beside is None:
            return
        for paper in beside.papers():
            opened = partial(beside.open, paper.id)
            self.papers.addWidget(parts.link(paper.name, partial(self._tell, opened)))
            away = parts.button("빼기", partial(self._on_remove, paper), tip=f"{paper.name} 빼기")
            away.setEnabled(beside.may_write)
            self.papers.addWidget(away)
        self.papers.addStretch(1)
        attach = parts.button("붙이기(&F)…", self._on_attach, tip=TAKEN)
        attach.setEnabled(beside.may_write)
        self.papers.addWidget(attach)

    def _on_attach(self) -> None:
        beside = self._beside
        path, _ = QFileDialog.getOpenFileName(self, "증빙 붙이기", "", f"증빙 ({TAKEN});;모든 파일 (*)")
        if path and beside is not None and self._tell(lambda: beside.attach(path)):
            if Evidence(self.ui.evidence.currentIndex()) is Evidence.MISSING:
                self.ui.evidence.setCurrentIndex(int(Evidence.SUBMITTED))
            self._show_papers()

    def _on_remove(self, paper: Paper) -> None:
        beside = self._beside
        told = f"잘못 붙인 '{paper.name}'을(를) 뺍니다. 기록에는 뺀 사실이 남습니다."
        answer = ReasonDialog.ask(self, "증빙 빼기", told, act="빼기")
        if answer is not None and beside is not None:
            self._tell(partial(beside.remove, paper.id, answer.reason))
            self._show_papers()

    def _show(self, cell: Cell) -> None:
        self.ui.status.setCurrentIndex(int(cell.status))
        for mark, box in self._marks.items():
            box.setChecked(bool(cell.marks & mark))
        for field, minutes in ((self.ui.timeIn, cell.time_in), (self.ui.timeOut, cell.time_out)):
            field.setText("" if minutes is None else clock_time(minutes))
        for kind, field in self.spans.items():
            field.setText(show_spans(cell.parts, kind))
        self.ui.reason.setCurrentIndex(max(0, self.ui.reason.findData(cell.reason)))
        self.ui.evidence.setCurrentIndex(int(cell.evidence))
        self._on_status()

    def _on_status(self) -> None:
        """Only what the status can carry can be typed."""
        status = Status(self.ui.status.currentIndex())
        for box in self._marks.values():
            box.setEnabled(status is Status.PRESENT)
        for field in (self.ui.timeIn, self.ui.timeOut):
            field.setEnabled(status is not Status.UNRECORDED or self._beside is not None)
        for field in self.spans.values():
            field.setEnabled(status is Status.PRESENT or self.ui.timeIn.isEnabled())
        self._show_proposal()

    def _show_proposal(self) -> None:
        status = Status(self.ui.status.currentIndex())
        excused = status is Status.EXCUSED or bool(self.spans[SpanKind.EXCUSED].text().strip())
        for choice in (self.ui.reason, self.ui.evidence):
            choice.setEnabled(excused)
        try:
            proposal, cell = self._proposal(), self._read()
        except Refused as refused:
            self.proposed.setText(f"! {refused}")
            self.take.setEnabled(False)
            return
        said = "" if proposal is None else proposal.note
        if proposal is not None and proposal.complete:
            said = f"{proposal.label} · {proposal.minutes}분"
            said += "  ! 적은 출결과 다릅니다" if disagrees(cell, proposal) else ""
        self.proposed.setText(said or "입실과 퇴실을 적으면 제안합니다.")
        self.take.setEnabled(proposal is not None and proposal.complete)

    def _proposal(self) -> Proposal | None:
        if self._beside is None:
            return None
        return self._beside.times.propose(_minutes(self.ui.timeIn), _minutes(self.ui.timeOut), self._parts())

    def _on_accepted(self) -> None:
        try:
            cell = self._read()
        except Refused as refused:
            self._say(str(refused))
            return
        beside = self._beside
        if beside is not None:
            over = beside.over_cap(cell)
            if over is not None:
                self._say(f"{over} 적은 것이 없습니다.")
                return
            if not self._tell(lambda: beside.save_remark(self.remark.text())):
                return
        self.cell = cell
        self.accept()

    def _tell(self, act: Callable[[], None]) -> bool:
        """Do one act of what is beside the record; say why where it is refused."""
        try:
            act()
        except UserError as error:
            self._say(error.message)
            return False
        return True

    def _say(self, message: str) -> None:
        self.ui.message.setText(f"! {message}")
        self.ui.message.show()

    def _parts(self) -> tuple[DayPart, ...]:
        found = [read_spans(field.text(), kind) for kind, field in self.spans.items()]
        return tuple(sorted(part for some in found for part in some))

    def _read(self) -> Cell:
        status = Status(self.ui.status.currentIndex())
        if status is Status.UNRECORDED:
            return Cell(status)
        marks = Mark.NONE
        day_parts: tuple[DayPart, ...] = ()
        if status is Status.PRESENT:
            day_parts = self._parts()
            for mark, box in self._marks.items():
                marks |= mark if box.isChecked() else Mark.NONE
        excused = status is Status.EXCUSED or any(part.kind is SpanKind.EXCUSED for part in day_parts)
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
            day_parts,
        )


def read_spans(text: str, kind: SpanKind) -> tuple[DayPart, ...]:
    """`10:00-11:00, 15:20~16:00` as parts of a day; raise Refused for what is no span of time."""
    found = []
    for word in text.replace("~", "-").replace("–", "-").split(","):
        if not word.strip():
            continue
        first, dash, last = word.partition("-")
        if not dash:
            raise Refused(f"'{word.strip()}'은(는) 시간대로 읽을 수 없습니다. 10:00-11:00처럼 적어 주십시오.")
        start, end = parse_clock(first), parse_clock(last)
        if end <= start:
            raise Refused(f"'{word.strip()}'은(는) 끝이 처음보다 빠릅니다.")
        found.append(DayPart(kind, start, end))
    return tuple(found)


def show_spans(day_parts: tuple[DayPart, ...], kind: SpanKind) -> str:
    """`10:00-11:00, 15:20-16:00`: a day's parts of one kind."""
    return ", ".join(
        f"{clock_time(part.start)}-{clock_time(part.end)}" for part in day_parts if part.kind is kind
    )


def _minutes(field: QLineEdit) -> int | None:
    text = field.text().strip()
    return parse_clock(text) if text else None
