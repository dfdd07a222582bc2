"""동의: each consent by itself, newest record first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from regional_desk.desktop import parts
from regional_desk.desktop.people.consent_dialog import ConsentDialog
from regional_desk.desktop.people.tab import Tab
from regional_desk.desktop.reason_dialog import DayWanted, ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.applicants import ConsentState, consent_state
from regional_desk.domain.text import korean_date
from regional_desk.services.recruitment import consents
from regional_desk.services.recruitment.consents import ConsentItem
from regional_desk.store.applicants import ConsentRow
from regional_desk.store.people import PersonRow

_SIGNS = {
    ConsentState.GIVEN: ("○", "ok"),
    ConsentState.REFUSED: ("×", "bad"),
    ConsentState.WITHDRAWN: ("×", "bad"),
    ConsentState.MISSING: ("·", "warn"),
}
_WORDS = "동의는 하나씩 따로 적습니다. 철회하면 더 긴 보유 기한도 없어집니다. 수집·이용 동의를 철회한 사람은 [관리 → 개인정보]에서 '정보주체 요구'로 파기할 수 있습니다."


@dataclass(frozen=True, slots=True)
class _Line:
    item: ConsentItem
    record: ConsentRow | None

    @property
    def state(self) -> ConsentState:
        if self.record is None:
            return ConsentState.MISSING
        return consent_state(given=self.record.given, withdrawn_on=self.record.withdrawn_on)


class ConsentsTab(Tab):
    """What was asked, what was answered, and until when it may be kept."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[_Line] = Table(
            _columns(),
            context.colour,
            empty="받을 동의가 없습니다.",
            name="동의",
            scale=context.theme.size,
            filtered=False,
        )
        self.add_button = parts.button("동의 기록…", self.add, primary=True)
        self.withdraw_button = parts.button("철회…", self.withdraw)
        self.open_button = parts.button("동의서 열기", self.open)
        self.lines.addWidget(parts.muted(_WORDS))
        self.lines.addWidget(self.table, 1)
        self.lines.addLayout(parts.row(self.add_button, self.withdraw_button, self.open_button, None))
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self.open())

    def read(self, person: PersonRow) -> None:
        """Every consent asked for, with its records."""
        found = consents.overview(self.context.reading, person.id)
        self.table.set_rows([_Line(item, record) for item in found for record in item.records or (None,)])
        if self.table.current() is None:
            self.table.view.selectRow(0)
        self._enable()

    def add(self) -> None:
        """Record one more consent, proposed as the line under the cursor."""
        row = self.table.current()
        if self.person is not None:
            ConsentDialog.ask(self.desk, self.person.id, row.item if row else None, self)

    def withdraw(self) -> None:
        """철회, with the day it was declared."""
        row = self.table.current()
        if row is None or row.record is None:
            return
        record, today = row.record, self.desk.clock.today()
        answer = ReasonDialog.ask(
            self,
            "동의 철회",
            f"'{row.item.asked.label}' 동의를 철회로 적습니다. 기록은 남습니다.",
            label="어떻게 알려 왔는지",
            act="철회로 적기",
            day=DayWanted("철회한 날", record.on, today, today),
        )
        if answer is not None and answer.day is not None:
            day = answer.day
            self.act(lambda: consents.withdraw(self.desk, record, day))

    def open(self) -> None:
        """The signed form, in the program that shows such files."""
        row = self.table.current()
        if row is not None and row.record is not None and row.record.attachment_id is not None:
            kept = row.record.id
            self.act(
                lambda: QDesktopServices.openUrl(
                    QUrl.fromLocalFile(str(consents.open_evidence(self.context.reading, kept)))
                )
            )

    def _enable(self) -> None:
        row = self.table.current()
        record = None if row is None else row.record
        self.add_button.setEnabled(self.may_write)
        self.withdraw_button.setEnabled(
            self.may_write and row is not None and row.state is ConsentState.GIVEN
        )
        self.open_button.setEnabled(record is not None and record.attachment_id is not None)


def _columns() -> tuple[Column[_Line], ...]:
    return (
        Column(
            "동의",
            lambda row: row.item.asked.label + ("" if row.item.asked.required else " (선택)"),
            width=280,
        ),
        Column("상태", _state, width=110, tone=lambda row: _SIGNS[row.state][1]),
        Column(
            "동의서 판",
            lambda row: row.record.form_version if row.record else row.item.asked.form_version,
            width=90,
        ),
        Column("서명한 날", lambda row: korean_date(row.record.on) if row.record else "", width=105),
        Column("보유 기한", lambda row: _day(row.record.keep_until if row.record else None), width=105),
        Column("철회한 날", lambda row: _day(row.record.withdrawn_on if row.record else None), width=105),
        Column("근거", lambda row: "스캔 있음" if row.record and row.record.attachment_id else "", width=90),
    )


def _state(row: _Line) -> str:
    return f"{_SIGNS[row.state][0]} {row.state.label}"


def _day(day: dt.date | None) -> str:

    return korean_date(day) if day else ""
