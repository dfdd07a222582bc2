"""One intern's service month keyed in place: its payslips above, its papers below, files dropped where they belong."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent

from regional_desk.desktop import parts
from regional_desk.desktop.claims.month_tables import PaperTable, PayslipTable
from regional_desk.desktop.claims.paper_dialog import PaperDialog
from regional_desk.desktop.claims.payslip_dialog import Dropped, PayslipDialog
from regional_desk.desktop.detail_tab import DetailTab
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.claims import Origin, PaperState
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal
from regional_desk.services.claims import evidence, evidence_files, payslips
from regional_desk.services.claims.claim_links import Opens
from regional_desk.services.claims.evidence import PaperLine
from regional_desk.services.claims.intern_months import InternMonth
from regional_desk.store.payslips import PayslipRow

_OF_SLIPS = (Origin.SLIP, Origin.TRANSFER)
_ELSEWHERE = (Origin.AGREEMENT, Origin.COMPANY)
_WORDS = "파일을 서류 줄 위에 끌어 놓으면 그 서류로 받습니다. 암호화하여 보관합니다."


class MonthPane(DetailTab[InternMonth]):
    """What a service month's claim rests on; whoever shows the pane lets it read again."""

    changed = Signal()  # something was written
    left = Signal()  # the way leads to another page

    right = Right.DRAFT_CLAIM
    margins = (0, 0, 0, 0)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAcceptDrops(True)
        self.slips, self.papers = PayslipTable(context), PaperTable(context)
        self.add_button = parts.button("급여명세 적기…", self.add_slip)
        self.edit_button = parts.button("고치기…", self.edit_slip, tip="Enter")
        self.void_button = parts.button("무효…", self.void_slip)
        self.receive_button = parts.button("받기…", self.receive, tip="Enter")
        self.verify_button = parts.button("확인", self.verify, tip="낸 서류가 맞음")
        self.return_button = parts.button("반려…", self.send_back)
        self.open_button = parts.button("파일 열기", self.open_files)
        self.lines.addLayout(
            parts.row(
                parts.heading("급여명세"),
                None,
                self.add_button,
                self.edit_button,
                self.void_button,
                spacing=6,
            )
        )
        self.lines.addWidget(self.slips, 2)
        buttons = (self.receive_button, self.verify_button, self.return_button, self.open_button)
        self.lines.addLayout(parts.row(parts.heading("증빙 서류"), None, *buttons, spacing=6))
        self.lines.addWidget(self.papers, 3)
        self.lines.addWidget(parts.muted(_WORDS))
        self.slips.chosen.connect(lambda _row: self._enable())
        self.papers.chosen.connect(lambda _line: self._enable())
        self.slips.opened.connect(lambda _row: self.edit_slip())
        self.papers.opened.connect(lambda _line: self.receive())
        self.setFocusProxy(self.papers.view)

    def read(self, month: InternMonth) -> None:
        """The payslips that pay for days of the month, and every paper asked."""
        desk = self.context.reading
        rows = payslips.list_payslips(desk, month.internship)
        self.slips.set_rows([row for row in rows if row.paid.touches(month.start, month.end)])
        self.papers.set_rows(evidence.checklist(desk, month.internship, month.no))
        for table in (self.slips, self.papers):
            if table.current() is None:
                table.view.selectRow(0)
        self._enable()

    def show_nothing(self) -> None:
        """No month is chosen."""
        self.owner = None
        self.notice.hide()
        self.slips.set_rows(())
        self.papers.set_rows(())
        self._enable()

    def choose_paper(self, kind: str) -> None:
        """Put the cursor on a paper."""
        self.papers.choose(lambda line: line.kind == kind)

    def add_slip(self, dropped: Dropped | None = None) -> None:
        """One more payslip."""
        self._slip(None, dropped)

    def edit_slip(self, dropped: Dropped | None = None) -> None:
        """The payslip under the cursor."""
        row = self.slips.current()
        if row is not None:
            self._slip(row, dropped)

    def void_slip(self) -> None:
        """Let a payslip count no more, with the reason."""
        row = self.slips.current()
        if row is None or not self.may_write:
            return
        words = "이 급여명세를 세지 않습니다. 적은 것과 파일은 남습니다."
        answer = ReasonDialog.ask(self, "급여명세 무효", words, label="무효로 하는 사유", act="무효로 하기")
        if answer is not None:
            self._done(self.act(partial(payslips.void, self.desk, row, answer.reason)))

    def receive(self, file: Path | None = None) -> None:
        """Take the paper under the cursor in; a payslip's own papers are files of the payslip."""
        month, line = self.owner, self.papers.current()
        if month is None or line is None or not self.may_write:
            return
        if line.asked.origin in _OF_SLIPS and line.opens is Opens.PAYSLIPS:
            dropped = Dropped(file, line.asked.origin is Origin.TRANSFER) if file else None
            self._slip(self.slips.current(), dropped)
        elif line.asked.origin in _ELSEWHERE and file is not None:
            self.notice.show_error(Refusal(f"{line.label}: {evidence.kept_file(line.asked)}"))
        elif line.asked.origin is Origin.AGREEMENT:
            self.left.emit()
            self.context.open_page("internships", internship=month.internship, tab="agreements")
        elif line.asked.origin is Origin.COMPANY:
            self.left.emit()
            self.context.open_page("companies", company=month.company, tab="papers")
        else:
            self._done(PaperDialog(self, self.context, month.internship, month.no, line, file).run())

    def verify(self) -> None:
        """제출 → 확인."""
        month, line = self.owner, self.papers.current()
        if month is not None and line is not None and self.verify_button.isEnabled():
            self._done(self.act(partial(evidence.verify, self.desk, month.internship, month.no, line.kind)))

    def send_back(self) -> None:
        """반려 with the reason the company is told."""
        month, line = self.owner, self.papers.current()
        if month is None or line is None or not self.return_button.isEnabled():
            return
        words = "기업에 알리고 다시 받습니다."
        answer = ReasonDialog.ask(self, f"{line.label} 반려", words, label="반려하는 까닭", act="반려")
        if answer is not None:
            key = (month.internship, month.no, line.kind)
            self._done(self.act(partial(evidence.return_, self.desk, *key, answer.reason)))

    def open_files(self) -> None:
        """The files of the paper, in the programs that show such files."""
        month, line = self.owner, self.papers.current()
        if month is not None and line is not None and self.open_button.isEnabled():
            self.act(partial(self._open, month, line.kind))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file of this PC is welcome."""
        if self.may_write and self.owner is not None and len(_dropped(event)) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Over the papers the line under the mouse takes it, over the payslips the one there, else a new one."""
        (file,) = _dropped(event)
        event.acceptProposedAction()
        point = event.position().toPoint()
        if self.slips.geometry().contains(point):
            self._slip(self.slips.current(), Dropped(file))
            return
        self.papers.choose_at(self.papers.view.viewport().mapFrom(self, point))
        self.receive(file)

    def _slip(self, row: PayslipRow | None, dropped: Dropped | None) -> None:
        month = self.owner
        if month is None or not self.may_write:
            return
        confirmed = month.confirmed is not None
        dialog = PayslipDialog(
            self, self.context, month.internship, month.no, row, confirmed=confirmed, dropped=dropped
        )
        self._done(dialog.run())

    def _open(self, month: InternMonth, kind: str) -> None:
        for path in evidence_files.open_paper(self.context.reading, month.internship, month.no, kind):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _done(self, done: bool) -> None:
        if done:
            self.changed.emit()

    def _enable(self) -> None:
        row, line = self.slips.current(), self.papers.current()
        may = self.may_write and self.owner is not None
        self.add_button.setEnabled(may)
        for button in (self.edit_button, self.void_button):
            button.setEnabled(may and row is not None)
        self._enable_papers(may, line)

    def _enable_papers(self, may: bool, line: PaperLine | None) -> None:
        here = line is not None and line.version is not None
        self.receive_button.setEnabled(may and line is not None)
        elsewhere = line is not None and line.asked.origin in _ELSEWHERE
        self.receive_button.setText("그곳으로 →" if elsewhere else "받기…")
        self.verify_button.setEnabled(
            may and here and line is not None and line.state is not PaperState.VERIFIED
        )
        self.return_button.setEnabled(
            may and here and line is not None and line.state is not PaperState.RETURNED
        )
        looks = self.desk.may(Right.UNMASK) and self.context.masking is Masking.FULL
        self.open_button.setEnabled(line is not None and bool(line.attachments) and looks)


def _dropped(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []
