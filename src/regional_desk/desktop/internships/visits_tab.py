"""방문: the visits of one internship by service month, and what was found in them."""

from __future__ import annotations

from regional_desk.desktop import parts
from regional_desk.desktop.internships.record_tabs import InternshipTab
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.desktop.visits.finding_dialog import FindingDialog
from regional_desk.desktop.visits.findings_pane import FindingsPane
from regional_desk.desktop.visits.keyed_back import KeyBackDialog
from regional_desk.desktop.visits.visit_dialog import AddDialog
from regional_desk.desktop.visits.words import TONES, standing_words
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.domain.visits import Standing, VisitState
from regional_desk.services.internships.reading import InternshipRow
from regional_desk.services.visits import visits
from regional_desk.services.visits.reading import Host, Month, Visit

_NO_VISIT = "없음"


class VisitsTab(InternshipTab):
    """A line a visit, or a service month without one; below them the findings."""

    right = Right.EDIT_VISITS

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._host: Host | None = None
        self.rows: tuple[tuple[Month, Visit | None], ...] = ()
        self.table: Table[tuple[Month, Visit | None]] = Table(
            _columns(),
            context.colour,
            empty="시작한 인턴십이 아니라 방문이 없습니다.",
            name="인턴의 방문",
            scale=context.theme.size,
            filtered=False,
        )
        self.key_button = parts.button("점검표…", self.key, tip="Enter")
        self.day_button = parts.button("방문 화면에서 보기", self.open_day, tip="그날의 순회표로")
        self.add_button = parts.button("방문 넣기…", self.add)
        self.found_button = parts.button("적기…", self.add_finding)
        self.findings = FindingsPane(context, self.notice.show_error, margin=0)
        self.lines.addWidget(self.table, 3)
        self.lines.addLayout(parts.row(self.key_button, self.day_button, self.add_button, None))
        self.lines.addLayout(parts.row(parts.heading("지적·고충·사고"), None, self.found_button))
        self.lines.addWidget(self.findings, 2)
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self.key())
        self.setFocusProxy(self.table.view)

    def read(self, internship: InternshipRow) -> None:
        """The visits by service month."""
        months = visits.list_months(self.context.reading, internship.id)
        self._host = months[0].host if months else None
        found: list[tuple[Month, Visit | None]] = []
        for month in months:
            found += [(month, one) for one in month.visits] or [(month, None)]
        self.rows = tuple(found)
        self.table.set_rows(self.rows)
        if self.rows and self.table.current() is None:
            self.table.view.selectRow(0)
        self.findings.refresh(internship.id)
        self._enable()

    def key(self) -> None:
        """The chosen visit's sheet."""
        visit = self._visit()
        if visit is not None and self.key_button.isEnabled():
            KeyBackDialog.ask(self, self.context, [visit])

    def open_day(self) -> None:
        """The chosen visit among those of its day."""
        visit = self._visit()
        if visit is not None:
            self.context.open_page("visits", visit=visit.id, tab="day")

    def add(self) -> None:
        """One more visit of this intern."""
        if self._host is not None:
            chosen, today = self.table.current(), self.desk.clock.today()
            month = chosen[0] if chosen else None
            day = min(max(today, month.start), month.end) if month else today
            AddDialog.ask(self, self.context, [self._host], day)

    def add_finding(self) -> None:
        """Something was found outside of any visit, or in the chosen one."""
        if self._host is not None:
            visit = self._visit()
            FindingDialog.ask(self, self.context, self._host, visit=visit.id if visit else None)

    def _visit(self) -> Visit | None:
        chosen = self.table.current()
        return chosen[1] if chosen else None

    def _enable(self) -> None:
        visit = self._visit()
        self.key_button.setEnabled(visit is not None and visit.state is not VisitState.CANCELLED)
        self.day_button.setEnabled(visit is not None and visit.on is not None)
        for button in (self.add_button, self.found_button):
            button.setEnabled(self.may_write and self._host is not None)


def _standing(row: tuple[Month, Visit | None]) -> Standing:
    return row[1].standing if row[1] else row[0].standing


def _columns() -> tuple[Column[tuple[Month, Visit | None]], ...]:
    return (
        Column("지원월", lambda row: f"{row[0].no}차 ~ {row[0].end.month}/{row[0].end.day}", width=90),
        Column(
            "상태",
            lambda row: standing_words(_standing(row)),
            width=95,
            tone=lambda row: TONES.get(_standing(row)),
        ),
        Column("방문일", lambda row: korean_date(row[1].on) if row[1] and row[1].on else _NO_VISIT, width=95),
        Column("방문자", lambda row: row[1].visitor if row[1] else "", width=75),
        Column(
            "종합 의견·취소 사유",
            lambda row: (row[1].cancel_reason or row[1].opinion) if row[1] else "",
            width=190,
            tip=lambda row: row[1].opinion if row[1] else "",
        ),
        Column("사진", lambda row: f"{row[1].files}개" if row[1] and row[1].files else "", width=45),
    )
