"""중단: days not served, 중단 and 무급 결근, with what shows them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from regional_desk.desktop import parts
from regional_desk.desktop.internships.break_dialog import BreakDialog
from regional_desk.desktop.internships.record_tabs import InternshipTab
from regional_desk.desktop.internships.rooms import give_way
from regional_desk.desktop.reason_dialog import DayWanted, ReasonDialog
from regional_desk.desktop.screening.day_dialog import DayDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.internships import BreakKind
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.services.internships import internships, interruptions
from regional_desk.services.internships.reading import InternshipRow
from regional_desk.store.internship_records import InterruptionRow

_WORDS = "적은 날은 지원월의 근무일에서 빠지고, 겹치는 날은 한 번만 셉니다. 기간은 저절로 늘지 않습니다."


class BreaksTab(InternshipTab):
    """A line a break; voided ones stay to be seen."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[InterruptionRow] = Table(
            _columns(),
            context.colour,
            empty="중단이나 무급 결근이 없습니다.",
            name="중단과 무급 결근",
            scale=context.theme.size,
            filtered=False,
        )
        self.add_button = parts.button("중단·결근 적기…", self.add)
        self.close_button = parts.button("복귀…", self.close_current, tip="이어지고 있는 중단의 마지막 날")
        self.open_button = parts.button("증빙 열기", self.open_evidence, tip="Enter")
        self.void_button = parts.button("무효…", self.void)
        self.lines.addWidget(parts.muted(_WORDS))
        self.lines.addWidget(self.table, 1)
        give_way(self.table, context.theme.size)
        buttons = (self.add_button, self.close_button, self.open_button, self.void_button)
        self.lines.addLayout(parts.row(*buttons, None, spacing=6))
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self.open_evidence())
        self.setFocusProxy(self.table.view)

    def read(self, internship: InternshipRow) -> None:
        """The breaks, by their first day."""
        found = internships.read(self.context.reading, internship.id)
        self.table.set_rows(found.interruptions)
        if self.table.current() is None:
            self.table.view.selectRow(len(found.interruptions) - 1)
        self._enable()

    def add(self) -> None:
        """중단·결근 적기."""
        if self.internship is not None:
            BreakDialog.ask(self, self.context, self.internship)

    def close_current(self) -> None:
        """복귀: the last day of a break that goes on."""
        row, internship, today = self.table.current(), self.internship, self.desk.clock.today()
        if row is None or internship is None:
            return
        last = max(row.start, min(today, internship.end))
        wanted = DayWanted("중단한 마지막 날", row.start, max(row.start, internship.end), last)
        day = DayDialog.ask(self, "복귀", "다음 날부터 다시 일한 것으로 셉니다.", wanted, "복귀로 적기")
        if day is not None:
            self.act(partial(interruptions.close, self.desk, row.id, day))

    def void(self) -> None:
        """무효: it was no break after all."""
        row = self.table.current()
        if row is None:
            return
        answer = ReasonDialog.ask(
            self,
            "중단·결근 무효",
            "이 날들을 다시 일한 날로 셉니다. 기록은 무효로 남습니다.",
            act="무효로 하기",
        )
        if answer is not None:
            self.act(partial(interruptions.void, self.desk, row.id, answer.reason))

    def open_evidence(self) -> None:
        """The evidence, in the program that shows such files."""
        row = self.table.current()
        if row is not None and self.open_button.isEnabled():
            self.act(
                lambda: QDesktopServices.openUrl(
                    QUrl.fromLocalFile(str(interruptions.open_evidence(self.desk, row.id)))
                )
            )

    def _enable(self) -> None:
        row = self.table.current()
        stands = row is not None and row.void_reason is None
        begun = self.internship is not None and self.internship.started_on is not None
        self.add_button.setEnabled(self.may_write and begun)
        self.close_button.setEnabled(self.may_write and stands and row is not None and row.end is None)
        self.void_button.setEnabled(self.may_write and stands)
        seen = row is not None and row.attachment is not None
        self.open_button.setEnabled(seen and self.desk.may(Right.UNMASK))


def _columns() -> tuple[Column[InterruptionRow], ...]:
    return (
        Column("종류", lambda row: BreakKind(row.kind).label, width=85),
        Column("첫날", lambda row: korean_date(row.start), lambda row: row.start, width=95),
        Column("마지막 날", lambda row: korean_date(row.end) if row.end else "‖ 이어짐", width=95),
        Column("날수", _days, align="right", width=55),
        Column("사유", lambda row: row.reason, width=180, tip=lambda row: row.reason),
        Column("증빙", lambda row: row.file_name or "", width=110),
        Column(
            "상태",
            lambda row: f"× 무효: {row.void_reason}" if row.void_reason else "○ 적음",
            width=120,
            tone=lambda row: "muted" if row.void_reason else None,
        ),
    )


def _days(row: InterruptionRow) -> str:
    return f"{(row.end - row.start).days + 1}일" if row.end else ""
