"""보고·제출: a month's open points, its papers, its month end and what was submitted."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.jobs import Report
from regional_desk.desktop.reports.build_dialog import FOLDER, BuildDialog, Chosen
from regional_desk.desktop.reports.columns import point_columns, submission_columns
from regional_desk.desktop.reports.outcome import Outcome
from regional_desk.desktop.reports.papers_card import PapersCard
from regional_desk.desktop.reports.places import place_of
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Table
from regional_desk.errors import UserError
from regional_desk.exchange.package_reader import VerifiedPackage
from regional_desk.services.papers import month_end, open_points, reports, submission
from regional_desk.services.papers.month_end import MonthEnd
from regional_desk.services.papers.open_points import OpenPoint
from regional_desk.services.papers.submission import Built
from regional_desk.services.training import courses
from regional_desk.store.records import SubmissionRow

_MONTHS = 12


class ReportsPage(QWidget):
    """One month from what is open to what was submitted."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.outcome = Outcome(context)
        self.month = QComboBox()
        self.month.setAccessibleName("달")
        self._points_count = parts.heading("")
        scale, colour = context.theme.size, context.colour
        self.points: Table[OpenPoint] = Table(
            point_columns(context),
            colour,
            empty="남은 것이 없습니다.",
            name="남은 항목",
            scale=scale,
            filtered=False,
        )
        self.papers = PapersCard(context, self.outcome)
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
        self._busy = (self._close_month, self._build_one, self._check)
        self._build()
        self.month.currentIndexChanged.connect(self._read)
        self.points.opened.connect(self._go)

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

        self.outcome.start(work, "월 마감", partial(self._on_closed, chosen), self._busy)

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

        self.outcome.start(work, "제출 파일 만들기", partial(self._on_built, chosen), self._busy)

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
            self.outcome.start(
                lambda _report: submission.verify(self._desk, file),
                "제출 파일 확인",
                self._on_checked,
                self._busy,
            )

    def _build(self) -> None:
        layout = parts.page_layout(self, [parts.title("보고·제출"), self.month, None, self._close_month])
        layout.addWidget(self.outcome)
        go = parts.button("이동 →", lambda: self._go(self.points.current()))
        left = parts.card(parts.row(self._points_count, None, go), self.points)
        upper = parts.row(left, self.papers, spacing=12)
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
        months: list[str] = []
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
            points = open_points.open_points(self._context.reading, month)
            wanted = month_end.papers_of(reports.month_figures(self._desk, month))
            built = submission.list_submissions(self._desk)
        except UserError as error:
            self.outcome.notice.show_error(error)
            return
        self._points_count.setText(f"남은 항목 {len(points)}")
        self.points.set_rows(points)
        self.papers.set_papers(wanted)
        self.submissions.set_rows(tuple(reversed(built)))

    def _go(self, point: OpenPoint | None) -> None:
        """To where the point is settled."""
        if point is not None:
            page, where = place_of(point)
            self._context.open_page(page, **where)

    def _on_closed(self, chosen: Chosen, done: MonthEnd) -> None:
        totals = done.totals
        state = f" · 미확정 {len(done.open_points)}건" if done.open_points else ""
        self._tell(
            f"● 문서 {len(done.documents)}개와 {_built_words(done.submission)}을 만들었습니다 · "
            f"지급 {totals['paid_people']}명 {totals['amount']:,}원{_claimed(totals)}{state}",
            chosen.folder,
        )

    def _on_built(self, chosen: Chosen, done: Built) -> None:
        self._tell(
            f"● {_built_words(done)}: {done.file.name}"
            + ("" if done.rebuilt else " — 앞서 만든 것과 같습니다"),
            chosen.folder,
        )

    def _on_checked(self, done: VerifiedPackage) -> None:
        found = done.package
        kept = any(row.sha256 == found.sha256 for row in self.submissions.model.rows)
        ledger = "제출 대장과 같습니다" if kept else "! 이 사무소의 제출 대장에는 없는 파일입니다"
        self._tell(
            f"● {Path(found.file).name}: 서명({done.signature.signer})과 내용이 맞습니다 · {found.sequence}차 · {ledger}"
        )

    def _tell(self, text: str, folder: Path | None = None) -> None:
        """What was made is in the lists before it is told."""
        self._read()
        self.outcome.say(text, folder)


def _claimed(totals: dict[str, int]) -> str:
    won = totals["claim_amount"]
    return f" · 인턴지원금 {won:,}원" if won else ""


def _built_words(built: Built) -> str:
    return f"제출 파일 {built.sequence}차"
