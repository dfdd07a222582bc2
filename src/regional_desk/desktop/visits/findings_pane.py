"""지적·고충·사고 with their follow-up: what is late first; closed with what was done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.reason_dialog import DayWanted, ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.desktop.visits.finding_dialog import FindingDialog
from regional_desk.desktop.visits.words import deadline_words, finding_tone, finding_words
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import UserError
from regional_desk.services.visits import findings
from regional_desk.services.visits.findings import Finding


class FindingsPane(QWidget):
    """The findings of everybody, or of one internship; its page hears of changes and reads it again."""

    def __init__(self, context: Context, refused: Callable[[UserError], None], margin: int = 10) -> None:
        super().__init__()
        self._context, self._desk, self._refused = context, context.desk, refused
        self._internship: UUID | None = None
        self.every = QCheckBox("조치가 끝난 것도")
        self.every.toggled.connect(lambda _on: self.refresh(self._internship))
        self.table: Table[Finding] = Table(
            _columns(),
            context.colour,
            empty="조치할 지적·고충·사고가 없습니다.",
            name="지적·고충·사고",
            scale=context.theme.size,
            filtered=False,
        )
        self.edit_button = parts.button("고치기…", self.edit, tip="Enter")
        self.close_button = parts.button("조치 완료…", self.close_current)
        self.reopen_button = parts.button("다시 열기…", self.reopen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margin, margin * 4 // 5, margin, margin * 4 // 5)
        buttons = (self.edit_button, self.close_button, self.reopen_button)
        layout.addWidget(self.table, 1)
        layout.addLayout(parts.row(*buttons, None, self.every))
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self.edit())
        self.setFocusProxy(self.table.view)

    def refresh(self, internship: UUID | None = None) -> None:
        """Read again; a refusal goes to the page."""
        self._internship = internship
        try:
            found = findings.list_findings(
                self._context.reading, internship=internship, open_only=not self.every.isChecked()
            )
        except UserError as error:
            self._refused(error)
            found = ()
        self.table.set_rows(found)
        if found and self.table.current() is None:
            self.table.view.selectRow(0)
        self._enable()

    def edit(self) -> None:
        """Write the finding anew."""
        row = self.table.current()
        if row is not None and self.edit_button.isEnabled():
            FindingDialog.ask(self, self._context, row.host, known=row)

    def close_current(self) -> None:
        """조치 완료 with what was done and when."""
        row, today = self.table.current(), self._desk.clock.today()
        if row is None:
            return
        answer = ReasonDialog.ask(
            self,
            "조치 완료",
            f"{row.kind.label}: {row.text}",
            label="조치한 결과",
            act="조치 완료",
            day=DayWanted("조치한 날", row.on, today, today),
        )
        if answer is not None:
            self._act(partial(findings.close, self._desk, row.id, row.version, answer.reason, answer.day))

    def reopen(self) -> None:
        """Take 조치 완료 back."""
        row = self.table.current()
        if row is None:
            return
        answer = ReasonDialog.ask(self, "다시 열기", "조치 완료를 되돌립니다.", act="다시 열기")
        if answer is not None:
            self._act(partial(findings.reopen, self._desk, row.id, row.version, answer.reason))

    def _act(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            self._refused(error)

    def _enable(self) -> None:
        row = self.table.current()
        masked = self._context.masking is Masking.MASKED
        may = self._desk.may(Right.EDIT_VISITS) and not self._desk.read_only and not masked
        closed = row is not None and row.closed_on is not None
        self.edit_button.setEnabled(may and row is not None and not closed)
        self.close_button.setEnabled(may and row is not None and not closed)
        self.reopen_button.setEnabled(may and closed)


def _columns() -> tuple[Column[Finding], ...]:
    return (
        Column("상태", finding_words, width=90, tone=finding_tone),
        Column("기한", deadline_words, lambda row: row.deadline, width=90),
        Column("구분", lambda row: row.kind.label, width=50),
        Column("인턴", lambda row: row.host.name, width=65),
        Column("내용", lambda row: row.text, width=180, tip=lambda row: row.text),
        Column("후속조치", lambda row: row.result or row.follow_up, width=130, tip=lambda row: row.follow_up),
        Column("담당", lambda row: row.owner, width=65),
        Column("기업", lambda row: row.host.company_name, width=110),
        Column("알게 된 날", lambda row: korean_date(row.on), lambda row: row.on, width=90),
    )
