"""방문 계획: days and rule, what they would make at once below, then made."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from PySide6.QtWidgets import QDateEdit, QDialog, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.calendar import month_span
from regional_desk.domain.text import korean_date, weekday
from regional_desk.domain.visits import VisitRule
from regional_desk.errors import UserError
from regional_desk.services.visits import plans
from regional_desk.services.visits.plans import Proposed
from regional_desk.services.visits.terms import terms

_SIZE = (720, 600)
_MOST, _LONGEST = 20, 28
_DAY = dt.timedelta(days=1)


class PlanDialog(FormDialog):
    """The span, the rule, who goes; the proposal below follows each change and writes nothing."""

    def __init__(self, parent: QWidget | None, context: Context) -> None:
        super().__init__(parent, "방문 계획", f"근거: {terms().source}", "계획 만들기")
        self._context = context
        self.made: UUID | None = None
        parts.fit_window(self, parent, context.theme.size(_SIZE[0]), context.theme.size(_SIZE[1]))
        rule, today = terms().rule, context.desk.clock.today()
        self.start, self.end = QDateEdit(), QDateEdit()
        self.most, self.before = QSpinBox(), QSpinBox()
        self.name, self.visitor = QLineEdit(), QLineEdit(context.desk.actor.name)
        self.most.setRange(1, _MOST)
        self.before.setRange(0, _LONGEST)
        self.most.setValue(rule.most_a_day)
        self.before.setValue(rule.days_before_end)
        self.name.setPlaceholderText("비우면 번호로 부릅니다")
        for field, day in ((self.start, today), (self.end, _last_day(today))):
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy. M. d.")
            put_day(field, day)
        self.table: Table[Proposed] = Table(
            _columns(),
            context.colour,
            empty="이 기간에 새로 잡을 방문이 없습니다.",
            name="제안한 방문",
            scale=context.theme.size,
            filtered=False,
        )
        self.summary = parts.muted()
        self._build()
        for one in (self.start, self.end):
            one.dateChanged.connect(lambda _day: self.look())
        for number in (self.most, self.before):
            number.valueChanged.connect(lambda _value: self.look())
        self.look()

    def look(self) -> None:
        """Show what would be planned."""
        self.notice.hide()
        try:
            found = plans.propose(self._context.reading, day_of(self.start), day_of(self.end), self._rule())
        except UserError as error:
            self.notice.show_error(error)
            found = ()
        placed = sum(one.on is not None for one in found)
        left = len(found) - placed
        days = len({one.on for one in found if one.on})
        words = f"방문 {placed}건, {days}일" + (f" · ! 남은 날이 없는 {left}건은 빠집니다" if left else "")
        self.summary.setText(words if found else "")
        self.table.set_rows(found)
        self.ok.setEnabled(placed > 0)

    def write(self) -> None:
        """Make the plan."""
        self.made = plans.make(
            self._context.desk,
            day_of(self.start),
            day_of(self.end),
            name=self.name.text(),
            wanted=self._rule(),
            visitor=self.visitor.text(),
        )

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context) -> UUID | None:
        """The plan that was made, None where none was."""
        dialog = cls(parent, context)
        sure = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.made if sure else None

    def _rule(self) -> VisitRule:
        return plans.rule(self.most.value(), self.before.value())

    def _build(self) -> None:
        self.form.addRow("기간(&D)", _side(self.start, self.end))
        for field, name in (
            (self.start, "첫 날짜"),
            (self.end, "끝 날짜"),
            (self.most, "하루 기업 수"),
            (self.before, "지원월 끝에서 앞당길 날"),
        ):
            field.setAccessibleName(name)
        self.put("하루에 방문할 기업(&M)", self.most)
        self.put("지원월이 끝나기 며칠 전까지(&B)", self.before)
        self.put("방문자(&V)", self.visitor)
        self.put("이름(&N)", self.name)
        self.lines.insertWidget(2, self.summary)
        self.lines.insertWidget(3, self.table, 1)


def _side(*fields: QWidget) -> QWidget:
    box = QWidget()
    layout = QHBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    for field in fields:
        layout.addWidget(field)
    layout.addStretch(1)
    box.setFocusProxy(fields[0])
    return box


def _last_day(today: dt.date) -> dt.date:
    """The end of this month, or of the next one where this is nearly over."""
    last = month_span(f"{today:%Y-%m}")[1]
    return (
        last if (last - today).days >= terms().rule.days_before_end else month_span(f"{last + _DAY:%Y-%m}")[1]
    )


def _columns() -> tuple[Column[Proposed], ...]:
    return (
        Column(
            "날짜",
            lambda row: f"{korean_date(row.on)} ({weekday(row.on)})" if row.on else "! 남은 날 없음",
            lambda row: row.on or dt.date.max,
            width=125,
            tone=lambda row: None if row.on else "bad",
        ),
        Column("기업", lambda row: row.host.company_name, width=130),
        Column("인턴", lambda row: row.host.name, width=70),
        Column(
            "지원월", lambda row: f"{row.month_no}차 ~ {row.month_end.month}/{row.month_end.day}", width=95
        ),
        Column("소재지", lambda row: row.host.where, width=220, tip=lambda row: row.host.where),
    )
