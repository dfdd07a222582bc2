"""The list of internships: narrowed by state, track, company and words, walked by keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.internships.words import (
    Next,
    days_left,
    days_tone,
    is_due,
    next_of,
    show_days_left,
    show_state,
    state_tone,
)
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.internships import InternState
from regional_desk.domain.people import Track
from regional_desk.domain.text import korean_date
from regional_desk.services.internships.pending import Pending
from regional_desk.services.internships.reading import InternshipRow

ANY, RUNNING, DUE = "any", "running", "due"
_EMPTY = "보일 인턴십이 없습니다. 연계 결과를 공개하면 위에서 협약을 준비할 수 있습니다."
_LETTERS = 5


class InternshipList(QWidget):
    """Three choices over a table; `chosen` gives the row under the cursor, `opened` the one that was entered."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: tuple[InternshipRow, ...] = ()
        self._pending: Mapping[UUID, Sequence[Pending]] = {}
        self.state, self.track, self.company = QComboBox(), QComboBox(), QComboBox()
        self.table: Table[InternshipRow] = Table(
            _columns(context, context.desk.clock.today, self.following),
            context.colour,
            empty=_EMPTY,
            name="인턴십",
            scale=context.theme.size,
        )
        for combo, name in ((self.state, "상태"), (self.track, "트랙"), (self.company, "기업")):
            combo.setAccessibleName(name)
            combo.setToolTip(name)
            combo.setMinimumContentsLength(_LETTERS)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._fill_choices()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(parts.row(self.state, self.track, self.company, spacing=6))
        layout.addWidget(self.table, 1)
        for combo in (self.state, self.track, self.company):
            combo.currentIndexChanged.connect(lambda _at: self._show_rows())
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(self.opened)
        self.setFocusProxy(self.table.view)

    @property
    def shown(self) -> tuple[InternshipRow, ...]:
        """The rows the choices leave."""
        return self.table.model.rows

    def set_rows(
        self, rows: Sequence[InternshipRow], pending: Mapping[UUID, Sequence[Pending]] | None = None
    ) -> None:
        """Show other internships and what waits of them, the choices and the cursor staying."""
        self._rows, self._pending = tuple(rows), pending or {}
        self._fill_companies()
        self._show_rows()

    def current(self) -> InternshipRow | None:
        """The row under the cursor."""
        return self.table.current()

    def pending(self, row: InternshipRow) -> Sequence[Pending]:
        """What waits of an internship."""
        return self._pending.get(row.id, ())

    def following(self, row: InternshipRow) -> Next:
        """Its next step."""
        return next_of(row, self._context.desk.clock.today(), self.pending(row))

    def choose(self, internship: UUID) -> None:
        """Put the cursor on one, the choices opened where they hide it."""
        if all(row.id != internship for row in self.shown):
            self.narrow()
        self.table.choose(lambda row: row.id == internship)

    def narrow(
        self, *, state: str = ANY, track: str = ANY, company: UUID | None = None, find: str = ""
    ) -> None:
        """Set all the choices at once."""
        for combo, key in ((self.state, state), (self.track, track), (self.company, str(company or ""))):
            blocker = QSignalBlocker(combo)
            combo.setCurrentIndex(max(0, combo.findData(key)))
            blocker.unblock()
        self.table.filter.setText(find)
        self._show_rows()

    def _fill_choices(self) -> None:
        self.state.addItem("모든 상태", ANY)
        self.state.addItem("하고 있는 인턴십", RUNNING)
        self.state.addItem("! 할 일이 된 것", DUE)
        for state in InternState:
            self.state.addItem(show_state(state), state.value)
        self.track.addItem("두 트랙", ANY)
        for track in Track:
            self.track.addItem(track.value, track.value)
        self.company.addItem("모든 기업", "")

    def _fill_companies(self) -> None:
        chosen = self.company.currentData()
        blocker = QSignalBlocker(self.company)
        while self.company.count() > 1:
            self.company.removeItem(1)
        names = sorted({(row.company_name, row.company) for row in self._rows})
        for name, company in names:
            self.company.addItem(name, str(company))
        self.company.setCurrentIndex(max(0, self.company.findData(chosen)))
        blocker.unblock()

    def _show_rows(self) -> None:
        current = self.table.current()
        self.table.set_rows([row for row in self._rows if self._fits(row)])
        if current is not None:
            self.table.choose(lambda row: row.id == current.id)
        if self.table.current() is None:
            self.table.view.selectRow(0)
        self.chosen.emit(self.table.current())

    def _fits(self, row: InternshipRow) -> bool:
        state, track, company = (one.currentData() for one in (self.state, self.track, self.company))
        by_state = {
            ANY: True,
            RUNNING: row.state.running,
            DUE: is_due(self.following(row), self._context.desk.clock.today()),
        }
        return (
            by_state.get(state, row.state.value == state)
            and track in (ANY, row.track)
            and company in ("", str(row.company))
        )


def _columns(
    context: Context, today: Callable[[], dt.date], next_step: Callable[[InternshipRow], Next]
) -> tuple[Column[InternshipRow], ...]:
    def due(row: InternshipRow) -> str:
        following = next_step(row)
        day = f" {following.due.month}/{following.due.day}" if following.due else ""
        return f"{'! ' if is_due(following, today()) else ''}{following.short}{day}"

    def left(row: InternshipRow) -> int | None:
        return days_left(row, today())

    def warned(row: InternshipRow) -> str | None:
        return "warn" if is_due(next_step(row), today()) else None

    return (
        Column("상태", lambda row: show_state(row.state), width=88, tone=lambda row: state_tone(row.state)),
        Column("성명", lambda row: context.masking.show_name(row.name), lambda row: row.name, width=62),
        Column("기업", lambda row: row.company_name, width=112, tip=lambda row: row.position_name),
        Column("차수", _month, lambda row: row.month_now, "center", 44),
        Column(
            "남은 날",
            lambda row: show_days_left(row, today()),
            left,
            "right",
            66,
            tip=lambda row: f"{korean_date(row.end)}까지",
            tone=lambda row: days_tone(row, today()),
        ),
        Column(
            "다음",
            due,
            lambda row: next_step(row).due,
            width=112,
            tip=lambda row: next_step(row).words,
            tone=warned,
        ),
        Column("트랙", lambda row: row.track, width=58),
        Column("번호", lambda row: row.label, lambda row: row.number, width=62),
        Column(
            "기간",
            lambda row: f"{korean_date(row.start)} ~ {korean_date(row.end)}",
            lambda row: row.start,
            width=180,
        ),
    )


def _month(row: InternshipRow) -> str:
    return f"{row.month_now}차" if row.month_now else ""
