"""이달의 문서: every paper of a month, seen, saved or printed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.jobs import Report
from regional_desk.desktop.printing.asking import ask_file, ask_purpose
from regional_desk.desktop.reports.build_dialog import FOLDER
from regional_desk.desktop.reports.columns import PaperLine, paper_columns
from regional_desk.desktop.reports.outcome import Outcome
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Table
from regional_desk.errors import UserError
from regional_desk.services.papers import papers
from regional_desk.services.papers.papers import Printed


class PapersCard(QWidget):
    """The list with its buttons; without a choice they mean the month's report."""

    def __init__(self, context: Context, outcome: Outcome) -> None:
        super().__init__()
        self._context, self._outcome = context, outcome
        self._count = parts.heading("")
        self.table: Table[PaperLine] = Table(
            paper_columns(),
            context.colour,
            empty="이달의 문서가 없습니다.",
            name="이달의 문서",
            scale=context.theme.size,
            filtered=False,
        )
        self.table.opened.connect(lambda _line: self.preview())
        buttons = (
            parts.button("미리보기", self.preview),
            parts.button("PDF", partial(self.save, "pdf")),
            parts.button("xlsx", partial(self.save, "xlsx")),
            parts.button("인쇄", self.print_out),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(parts.card(parts.row(self._count, None, *buttons), self.table))

    def set_papers(self, wanted: Sequence[PaperLine]) -> None:
        """The papers of a month; its report stands last."""
        self._count.setText(f"이달의 문서 {len(wanted)}")
        self.table.set_rows(wanted)

    def preview(self) -> None:
        """미리보기."""
        from regional_desk.desktop.printing.preview import PreviewDialog

        line = self._line()
        if line is not None:
            PreviewDialog.ask(self._context, *line)

    def save(self, file_format: str) -> None:
        """PDF or xlsx: ask where and for what, then write and record."""
        line = self._line()
        if line is None:
            return
        file = ask_file(self, line[1], file_format, self._context.preferences.get(FOLDER, ""))
        purpose = ask_purpose(self) if file else None
        if file is None or purpose is None:
            return

        def work(_report: Report) -> Printed:
            return papers.print_paper(self._context.desk, line[0], file_format, file, purpose)

        self._outcome.start(work, "문서 만들기", self._on_saved)

    def print_out(self) -> None:
        """인쇄."""
        from regional_desk.desktop.printing.printer import print_paper

        line = self._line()
        if line is None:
            return
        self._outcome.clear()
        try:
            if print_paper(self._context, self, line[0]):
                self._outcome.say(f"● 프린터로 보냈습니다: {line[1]}")
        except UserError as error:
            self._outcome.notice.show_error(error)

    def _line(self) -> PaperLine | None:
        rows = self.table.model.rows
        return self.table.current() or (rows[-1] if rows else None)

    def _on_saved(self, done: Printed) -> None:
        self._outcome.say(
            f"● 저장됨: {done.file.name} ({done.pages}쪽, 확인번호 {done.check_number})", done.file.parent
        )
