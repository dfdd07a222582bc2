"""보고·제출: a month's open points, its papers, its month end and what was submitted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QProgressBar, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.jobs import Report
from regional_desk.desktop.reports.build_dialog import FOLDER, BuildDialog, Chosen
from regional_desk.desktop.reports.columns import (
    PaperLine,
    paper_columns,
    point_columns,
    submission_columns,
)
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Table
from regional_desk.errors import UserError
from regional_desk.exchange.package_reader import VerifiedPackage
from regional_desk.services import courses, month_end, papers, reports, submission
from regional_desk.services.month_end import MonthEnd
from regional_desk.services.reports import OpenPoint
from regional_desk.services.submission import Built
from regional_desk.store.records import SubmissionRow

_MONTHS = 12


class ReportsPage(QWidget):
    """One month from what is open to what was submitted."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.notice, self.said = parts.Notice(), QLabel()
        self.month = QComboBox()
        self.month.setAccessibleName("달")
        self._folder: Path | None = None
        self._show_folder = parts.link("폴더 열기 →", self._on_folder)
        self._bar = QProgressBar()
        self._bar.setAccessibleName("월 마감 진행")
        self._points_count, self._papers_count = parts.heading(""), parts.heading("")
        scale, colour = context.theme.size, context.colour
        self.points: Table[OpenPoint] = Table(
            point_columns(context),
            colour,
            empty="남은 것이 없습니다.",
            name="남은 항목",
            scale=scale,
            filtered=False,
        )
        self.papers: Table[PaperLine] = Table(
            paper_columns(),
            colour,
            empty="이달의 문서가 없습니다.",
            name="이달의 문서",
            scale=scale,
            filtered=False,
        )
        self.submissions: Table[SubmissionRow] = Table(
            submission_columns(),
            colour,
            empty="만든 제출 파일이 없습니다.",
            name="제출 파일",
            scale=scale,
            filtered=False,
        )
        self._close_month = parts.button("월 마감", self.close_month, primary=True)
        self._build_one = parts.button("제출 파일 만들기", self.build_submission)
        self._check = parts.button("확인", self.check, tip="서명과 내용이 맞는지 다시 확인합니다")
        self._build()
        self.month.currentIndexChanged.connect(self._read)
        self.points.opened.connect(self._go)
        self.papers.opened.connect(lambda _line: self._on_preview())

    def refresh(self) -> None:
        """Read the months and the chosen one again."""
        chosen = self.month.currentData()
        self.month.blockSignals(True)
        self.month.clear()
        for month in self._months():
            self.month.addItem(f"{month[:4]}년 {int(month[5:])}월", month)
        self.month.setCurrentIndex(max(0, self.month.findData(chosen)))
        self.month.blockSignals(False)
        self._read()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """A month follows from all of these."""
        return bool(subjects & {"allowance", "attendance", "courses", "policies", "people", "submission"})

    def go_to(self, month: str) -> None:
        """Show a month."""
        self.month.setCurrentIndex(max(0, self.month.findData(month)))

    def close_month(self) -> None:
        """월 마감: papers and submission into a folder, beside the window."""
        month = self.month.currentData()
        chosen = BuildDialog.ask(self._context, f"{month} 월 마감", len(self.points.model.rows))
        if chosen is None:
            return

        def work(report: Report) -> MonthEnd:
            return month_end.month_end(
                self._desk,
                month,
                chosen.folder,
                chosen.purpose,
                allow_open=chosen.allow_open,
                progress=report,
            )

        self._start(work, "월 마감", partial(self._on_closed, chosen))

    def build_submission(self) -> None:
        """제출 파일: the package alone."""
        month = self.month.currentData()
        chosen = BuildDialog.ask(self._context, f"{month} 제출 파일 만들기", len(self.points.model.rows))
        if chosen is None:
            return

        def work(_report: Report) -> Built:
            return submission.build(
                self._desk, month, chosen.folder, chosen.purpose, allow_open=chosen.allow_open
            )

        self._start(work, "제출 파일 만들기", partial(self._on_built, chosen))

    def check(self) -> None:
        """확인: the chosen package where it was made, or wherever the person has it."""
        row = self.submissions.current()
        folder = self._context.preferences.get(FOLDER, "")
        file = Path(folder) / row.file_name if row and folder else None
        if file is None or not file.exists():
            picked, _ = QFileDialog.getOpenFileName(
                self, "확인할 제출 파일", folder, "제출 파일 (*.zip *.p7m)"
            )
            file = Path(picked) if picked else None
        if file is not None:
            self._start(
                lambda _report: submission.verify(self._desk, file), "제출 파일 확인", self._on_checked
            )

    def _build(self) -> None:
        layout = parts.page_layout(self, [parts.title("보고·제출"), self.month, None, self._close_month])
        layout.addWidget(self.notice)
        self._bar.hide()
        self._show_folder.hide()
        self.said.hide()
        self.said.setWordWrap(True)
        line = parts.row(self.said, self._show_folder, self._bar)
        line.setStretch(0, 1)
        layout.addLayout(line)
        go = parts.button("이동 →", lambda: self._go(self.points.current()))
        left = parts.card(parts.row(self._points_count, None, go), self.points)
        right = parts.card(
            parts.row(
                self._papers_count,
                None,
                parts.button("미리보기", self._on_preview),
                parts.button("PDF", partial(self._on_save, "pdf")),
                parts.button("xlsx", partial(self._on_save, "xlsx")),
                parts.button("인쇄", self._on_print),
            ),
            self.papers,
        )
        upper = parts.row(left, right, spacing=12)
        upper.setStretch(0, 1)
        upper.setStretch(1, 1)
        layout.addLayout(upper, 3)
        head = parts.row(parts.heading("제출 파일"), None, self._check, self._build_one)
        layout.addWidget(parts.card(head, self.submissions), 2)

    def _months(self) -> list[str]:
        """From this month back to the first course's, a year at most, newest first."""
        today = self._desk.clock.today()
        starts = [row.start for row in courses.list_courses(self._desk)]
        first = min([*starts, today])
        months = []
        year, month = today.year, today.month
        while (year, month) >= (first.year, first.month) and len(months) < _MONTHS:
            months.append(f"{year}-{month:02}")
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        return months

    def _read(self) -> None:
        month = self.month.currentData()
        if month is None:
            return
        try:
            points = reports.open_points(self._desk, month)
            wanted = month_end.papers_of(reports.month_figures(self._desk, month))
            built = submission.list_submissions(self._desk)
        except UserError as error:
            self.notice.show_error(error)
            return
        self._points_count.setText(f"남은 항목 {len(points)}")
        self._papers_count.setText(f"이달의 문서 {len(wanted)}")
        self.points.set_rows(points)
        self.papers.set_rows(wanted)
        self.submissions.set_rows(tuple(reversed(built)))

    def _go(self, point: OpenPoint | None) -> None:
        """To the trainee's day where there is one, else to the unit's run."""
        if point is None:
            return
        where: dict[str, Any] = {"course": point.course, "unit": point.unit_no}
        if point.day is not None:
            self._context.open_page("attendance", **where, trainee=point.trainee, day=point.day)
        elif point.trainee is not None and "계좌" in point.message:
            self._context.open_page("people", person=point.trainee)
        else:
            self._context.open_page("allowance", **where)

    def _paper(self) -> PaperLine | None:
        """The chosen paper; without a choice the report, which stands last."""
        rows = self.papers.model.rows
        return self.papers.current() or (rows[-1] if rows else None)

    def _on_preview(self) -> None:
        from regional_desk.desktop.printing.preview import PreviewDialog

        line = self._paper()
        if line is not None:
            PreviewDialog.ask(self._context, *line)

    def _on_save(self, file_format: str) -> None:
        from regional_desk.desktop.printing.asking import ask_file, ask_purpose

        line = self._paper()
        file = (
            ask_file(self, line[1], file_format, self._context.preferences.get(FOLDER, "")) if line else None
        )
        purpose = ask_purpose(self) if file else None
        if line is None or file is None or purpose is None:
            return

        def work(_report: Report) -> papers.Printed:
            return papers.print_paper(self._desk, line[0], file_format, file, purpose)

        self._start(work, "문서 만들기", self._on_saved)

    def _on_print(self) -> None:
        from regional_desk.desktop.printing.preview import PreviewDialog

        line = self._paper()
        if line is not None:
            PreviewDialog.print_at_once(self._context, line[0], self.notice)

    def _start(self, work: Callable[[Report], Any], title: str, done: Callable[[Any], None]) -> None:
        """Run something long; what would start it again is off meanwhile."""
        self.notice.hide()
        self._say("")
        self._busy(True)
        self._bar.setRange(0, 0)
        job = self._context.jobs.start_counted(work, title, succeeded=done, refused=self.notice.show_error)
        job.progressed.connect(self._on_progress)
        job.ended.connect(partial(self._busy, False))

    def _busy(self, busy: bool) -> None:
        self._bar.setVisible(busy)
        for button in (self._close_month, self._build_one, self._check):
            button.setDisabled(busy)

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_closed(self, chosen: Chosen, done: MonthEnd) -> None:
        totals = done.totals
        state = f" · 미확정 {len(done.open_points)}건" if done.open_points else ""
        self._say(
            f"● 문서 {len(done.documents)}개와 {_built_words(done.submission)}을 만들었습니다 · "
            f"지급 {totals['paid_people']}명 {totals['amount']:,}원{state}",
            chosen.folder,
        )

    def _on_built(self, chosen: Chosen, done: Built) -> None:
        self._say(
            f"● {_built_words(done)}: {done.file.name}"
            + ("" if done.rebuilt else " — 앞서 만든 것과 같습니다"),
            chosen.folder,
        )

    def _on_saved(self, done: papers.Printed) -> None:
        self._say(
            f"● 저장됨: {done.file.name} ({done.pages}쪽, 확인번호 {done.check_number})", done.file.parent
        )

    def _on_checked(self, done: VerifiedPackage) -> None:
        found = done.package
        kept = any(row.sha256 == found.sha256 for row in self.submissions.model.rows)
        ledger = "제출 대장과 같습니다" if kept else "! 이 사무소의 제출 대장에는 없는 파일입니다"
        self._say(
            f"● {Path(found.file).name}: 서명({done.signature.signer})과 내용이 맞습니다 · {found.sequence}차 · {ledger}"
        )
        self._read()

    def _say(self, text: str, folder: Path | None = None) -> None:
        self._folder = folder
        parts.set_tone(self.said, text, "ok")
        self._show_folder.setVisible(folder is not None)
        if text:
            self._read()

    def _on_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _built_words(built: Built) -> str:
    return f"제출 파일 {built.sequence}차"
