"""직무: what a company offers in the programme year, with 모집인원 and conditions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel

from regional_desk.desktop import parts
from regional_desk.desktop.companies.position_dialog import PositionDialog
from regional_desk.desktop.companies.tab import CompanyTab
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.positions import PositionTerms, show_week
from regional_desk.domain.text import korean_date, won
from regional_desk.services.companies import positions
from regional_desk.store.companies import CompanyRow
from regional_desk.store.positions import PositionRow


class PositionsTab(CompanyTab):
    """The positions; one closed enters no new matching round."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[PositionRow] = Table(
            self._columns(),
            context.colour,
            empty="직무가 없습니다. [직무 추가]로 넣거나 직무 명단을 가져오십시오.",
            name="직무",
            scale=context.theme.size,
            filtered=False,
        )
        self.told, self.warning = parts.muted(), QLabel()
        self.warning.setWordWrap(True)
        self.add_button = parts.button("직무 추가…", self.add)
        self.edit_button = parts.button("고치기…", self.edit, tip="Enter")
        self.close_button = parts.button("마감", self.close_or_open)
        self.lines.addWidget(self.table, 1)
        for line in (self.warning, self.told):
            self.lines.addWidget(line)
        self.lines.addLayout(parts.row(self.add_button, self.edit_button, self.close_button, None))
        self.table.chosen.connect(lambda _row: self._show_one())
        self.table.opened.connect(lambda _row: self.edit())

    def read(self, company: CompanyRow) -> None:
        """The positions of the programme year."""
        self.table.set_rows(positions.list_positions(self.context.reading, None, company.id))
        if self.table.current() is None:
            self.table.view.selectRow(0)
        self._show_one()

    def add(self) -> None:
        """A new position."""
        company = self.company
        if company is not None and self.may_write:
            self._ask(None, lambda terms: positions.add_position(self.desk, company.id, terms))

    def edit(self) -> None:
        """The one under the cursor."""
        row = self.table.current()
        if row is not None and self.may_write:
            self._ask(row, lambda terms: positions.edit_position(self.desk, row.id, row.version, terms))

    def close_or_open(self) -> None:
        """마감, or open again."""
        row = self.table.current()
        if row is not None and self.may_write:
            closed = not row.closed
            self.act(lambda: positions.close_position(self.desk, row.id, row.version, closed=closed))

    def _ask(self, row: PositionRow | None, save: Callable[[PositionTerms], object]) -> None:
        dialog = PositionDialog(self, self.desk, row, save)
        dialog.exec()
        dialog.deleteLater()

    def _show_one(self) -> None:
        row = self.table.current()
        words = positions.wage_warning(self.desk, row) if row is not None else None
        parts.set_tone(self.warning, f"! {words}" if words else "", "warn")
        self.told.setText(f"조건: {row.conditions}" if row is not None and row.conditions else "")
        self.told.setVisible(bool(self.told.text()))
        self.close_button.setText("다시 모집" if row is not None and row.closed else "마감")
        self.add_button.setEnabled(self.may_write)
        for button in (self.edit_button, self.close_button):
            button.setEnabled(row is not None and self.may_write)

    def _columns(self) -> tuple[Column[PositionRow], ...]:
        return (
            Column("직무", lambda row: row.name, width=115, tip=lambda row: row.conditions or ""),
            Column("모집인원", lambda row: f"{row.seats}명", lambda row: row.seats, "right", 65),
            Column("상태", lambda row: "× 마감" if row.closed else "○ 모집", align="center", width=65),
            Column(
                "임금(월, 원)",
                lambda row: "" if row.wage is None else won(row.wage),
                lambda row: row.wage,
                "right",
                90,
            ),
            Column(
                "주 근로",
                lambda row: show_week(row.weekly_minutes),
                lambda row: row.weekly_minutes,
                "right",
                75,
            ),
            Column("시작일", lambda row: korean_date(row.starts_on) if row.starts_on else "", width=95),
            Column("근무지", lambda row: row.place or "", width=120, tip=lambda row: row.place or ""),
            Column("트랙", lambda row: row.track, width=65),
        )
