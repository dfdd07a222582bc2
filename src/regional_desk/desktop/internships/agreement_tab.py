"""협약: the agreement and its amendments, what each settles and changes, the papers to print and the signed scans."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.internships.agreement_dialog import AgreementDialog
from regional_desk.desktop.internships.agreement_words import content_lines, show_state, state_tone
from regional_desk.desktop.internships.record_tabs import InternshipTab
from regional_desk.desktop.internships.rooms import scrolled
from regional_desk.desktop.internships.sign_dialog import SignDialog
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.positions import show_week
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date, won
from regional_desk.services.internships import agreements, drafts, internships
from regional_desk.services.internships.reading import DRAFT, SIGNED, VOID, InternshipDetail, InternshipRow
from regional_desk.services.papers.making import Wanted
from regional_desk.store.internship_records import AgreementRow

_TABLE_HEIGHT = 106  # its head and three lines


class AgreementTab(InternshipTab):
    """A line an agreement, its content below."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._found: InternshipDetail | None = None
        self.table: Table[AgreementRow] = Table(
            _columns(),
            context.colour,
            empty="협약이 없습니다.",
            name="협약",
            scale=context.theme.size,
            filtered=False,
        )
        self.content, self.hindrance = QLabel(), QLabel()
        for label in (self.content, self.hindrance):
            label.setWordWrap(True)
        self.edit_button = parts.button("고치기…", self.edit, tip="Enter")
        self.print_button = parts.button("출력…", self.print)
        self.sign_button = parts.button("서명 받음…", self.sign)
        self.more_button, self.more = QPushButton("그 밖에"), QMenu(self)
        self.more_button.setMenu(self.more)
        self.amend_action = self.more.addAction("변경협약 만들기…", self.amend)
        self.open_action = self.more.addAction("서명본 열기", self.open_scan)
        self.attach_action = self.more.addAction("서명본 넣기…", self.attach)
        self.void_action = self.more.addAction("변경협약 취소…", self.void)
        self._acts = (
            self.edit_button,
            self.print_button,
            self.sign_button,
            self.amend_action,
            self.open_action,
            self.attach_action,
            self.void_action,
        )
        self._build()

    def read(self, internship: InternshipRow) -> None:
        """The agreements, the newest chosen."""
        chosen, before = self.table.current(), self._found
        found = self._found = internships.read(self.context.reading, internship.id)
        known = before is not None and before.row.id == found.row.id
        same = known and before is not None and len(before.agreements) == len(found.agreements)
        self.table.set_rows(found.agreements)
        wanted = chosen if same and chosen is not None else found.draft or found.agreements[-1]
        self.table.choose(lambda row: row.id == wanted.id)
        self._show_current()

    def edit(self) -> None:
        """The draft under the cursor."""
        found, row = self._found, self.table.current()
        if found is not None and row is not None and self.edit_button.isEnabled():
            AgreementDialog.ask_edit(self, self.context, found, row)

    def amend(self) -> None:
        """변경협약, from what was signed last."""
        found = self._found
        if found is not None:
            AgreementDialog.ask_amend(self, self.context, found)

    def sign(self) -> None:
        """서명 받음."""
        row = self.table.current()
        if row is not None:
            SignDialog.ask(self, self.context, row)

    def print(self) -> None:
        """협약서 or 변경협약서, looked at first."""
        found, row = self._found, self.table.current()
        if found is not None and row is not None:
            paper = "internship-amendment" if row.number else "internship-agreement"
            wanted = Wanted(paper, internship=found.row.id, number=row.number)
            self.act(lambda: PreviewDialog.ask(self.context, wanted, drafts.title(row.number)))

    def open_scan(self) -> None:
        """The signed paper, in the program that shows such files."""
        row = self.table.current()
        if row is not None:
            self.act(
                lambda: QDesktopServices.openUrl(
                    QUrl.fromLocalFile(str(agreements.open_scan(self.desk, row.id)))
                )
            )

    def attach(self) -> None:
        """The scan of what was signed on paper."""
        row = self.table.current()
        chosen, _ = QFileDialog.getOpenFileName(self, "서명본 스캔")
        if row is not None and chosen:
            self.act(partial(agreements.attach_scan, self.desk, row.id, Path(chosen)))

    def void(self) -> None:
        """Take an amendment back."""
        row = self.table.current()
        if row is None:
            return
        sentence = f"{drafts.title(row.number)}을 취소하면 그 앞의 조건이 다시 효력을 가집니다."
        answer = ReasonDialog.ask(self, "변경협약 취소", sentence, act="취소하기")
        if answer is not None:
            self.act(partial(agreements.void, self.desk, row.id, answer.reason))

    def _build(self) -> None:
        self.table.view.setMinimumHeight(self.context.theme.size(_TABLE_HEIGHT))
        below = QWidget()
        lines = QVBoxLayout(below)
        lines.setContentsMargins(0, 4, 0, 0)
        for label in (self.hindrance, self.content):
            lines.addWidget(label)
        lines.addStretch(1)
        self.lines.addWidget(self.table, 2)
        buttons = (self.edit_button, self.print_button, self.sign_button, self.more_button)
        self.lines.addLayout(parts.row(*buttons, None, spacing=6))
        self.lines.addWidget(scrolled(below), 3)
        self.hindrance.hide()
        self.table.chosen.connect(lambda _row: self._show_current())
        self.table.opened.connect(lambda _row: self.edit())
        self.setFocusProxy(self.table.view)

    def _show_current(self) -> None:
        """The content under the table, and what may be done with it."""
        row, found = self.table.current(), self._found
        if row is None or found is None:
            self.content.setText("")
            parts.set_tone(self.hindrance, "", "warn")
            for act in self._acts:
                act.setEnabled(False)
            return
        before = drafts.before_of(row, found.agreements)
        lines = [f"{drafts.title(row.number)} · {show_state(row)}{_scan(row)}"]
        if row.number:
            lines.append(f"{korean_date(row.effective_from)}부터 바뀜 · 사유: {row.reason or '–'}")
        if row.void_reason:
            lines.append(f"취소 사유: {row.void_reason}")
        self.content.setText("\n".join((*lines, *content_lines(row, before))))
        self._show_hindrances(row)
        draft, signed = row.state == DRAFT, row.state == SIGNED
        may = self.may_write and not found.row.state.over
        self.edit_button.setEnabled(may and draft)
        self.sign_button.setEnabled(may and draft)
        self.amend_action.setEnabled(may and bool(found.signed) and found.draft is None)
        self.void_action.setEnabled(may and row.number > 0 and (draft or signed))
        self.attach_action.setEnabled(self.may_write and signed)
        self.open_action.setEnabled(row.attachment is not None and self.desk.may(Right.UNMASK))
        self.print_button.setEnabled(row.state != VOID and self.desk.may(Right.PRINT_PAPERS))

    def _show_hindrances(self, row: AgreementRow) -> None:
        """What keeps a draft from being signed."""
        items = agreements.hindrances(self.desk, row.id) if row.state == DRAFT else ()
        words = "\n".join(f"! {one.message}" for one in items)
        parts.set_tone(self.hindrance, words and f"서명하기 전에 고칠 것\n{words}", "warn")


def _columns() -> tuple[Column[AgreementRow], ...]:
    return (
        Column("문서", lambda row: drafts.title(row.number), lambda row: row.number, width=105),
        Column("상태", show_state, width=68, tone=state_tone),
        Column("효력", lambda row: korean_date(row.effective_from), lambda row: row.effective_from, width=96),
        Column("마지막 날", lambda row: korean_date(row.end), lambda row: row.end, width=96),
        Column("월 임금", lambda row: won(row.wage), lambda row: row.wage, "right", 74),
        Column("주", lambda row: show_week(row.weekly_minutes), width=56),
        Column("서명일", lambda row: korean_date(row.signed_on) if row.signed_on else "", width=88),
    )


def _scan(row: AgreementRow) -> str:
    """How a signed agreement is kept."""
    if row.state != SIGNED:
        return ""
    return f" · 서명본 {row.file_name}" if row.attachment else " · 서면 원본 보관(스캔 없음)"
