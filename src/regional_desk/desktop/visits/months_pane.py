"""지원월마다: which service months lack a visit, those that are late first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.desktop.visits.words import TONES, standing_words
from regional_desk.domain.text import korean_date
from regional_desk.domain.visits import Standing
from regional_desk.services.visits.reading import Month

_URGENT = (Standing.OVERDUE, Standing.TO_KEY, Standing.UNPLANNED, Standing.PLANNED)


class MonthsPane(QWidget):
    """The service months that began; `wanted` asks for a visit of one, `opened` for the visits it has."""

    wanted = Signal(object)
    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._rows: tuple[Month, ...] = ()
        self._context = context
        self.every = QCheckBox("완료·취소한 것도")
        self.every.toggled.connect(lambda _on: self._show())
        self.table: Table[Month] = Table(
            _columns(),
            context.colour,
            empty="방문이 필요한 지원월이 없습니다.",
            name="지원월마다의 방문",
            scale=context.theme.size,
        )
        self.add_button = parts.button("방문 넣기…", self._ask, tip="고른 지원월의 방문을 손으로 넣습니다")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addWidget(self.table, 1)
        layout.addLayout(parts.row(self.add_button, None, self.every))
        self.table.opened.connect(self._on_opened)
        self.setFocusProxy(self.table.view)

    def set_months(self, rows: tuple[Month, ...], *, may_add: bool) -> None:
        """Show the months that began by today, those that need something first."""
        today = self._context.desk.clock.today()
        begun = [row for row in rows if row.start <= today]
        self._rows = tuple(sorted(begun, key=lambda row: (_rank(row), row.end)))
        self.add_button.setEnabled(may_add)
        self._show()

    def _show(self) -> None:
        every = self.every.isChecked()
        self.table.set_rows([row for row in self._rows if every or row.standing.is_open])

    def _ask(self) -> None:
        self.wanted.emit(self.table.current())

    def _on_opened(self, row: Month | None) -> None:
        if row is not None:
            self.opened.emit(row)


def _rank(row: Month) -> int:
    return _URGENT.index(row.standing) if row.standing in _URGENT else len(_URGENT)


def _columns() -> tuple[Column[Month], ...]:
    return (
        Column(
            "상태", lambda row: standing_words(row.standing), width=100, tone=lambda r: TONES.get(r.standing)
        ),
        Column("지원월", lambda row: f"{row.no}차", width=55),
        Column("끝나는 날", lambda row: korean_date(row.end), lambda row: row.end, width=95),
        Column("인턴", lambda row: row.host.name, width=70),
        Column("기업", lambda row: row.host.company_name, width=130),
        Column("방문", lambda row: f"{len(row.visits)}건" if row.visits else "없음", width=55),
        Column("소재지", lambda row: row.host.where, width=180, tip=lambda row: row.host.where),
    )
