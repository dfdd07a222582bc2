"""심사 기준: what a track is rated by in each step, and with what weight."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.screening.pane import RoundPane
from regional_desk.desktop.shell import Context
from regional_desk.domain.people import Track
from regional_desk.domain.screening import WHOLE, Step
from regional_desk.errors import Refusal
from regional_desk.services.recruitment import screening
from regional_desk.services.recruitment.screening import PROPOSED, Standard

_HEADINGS = ("항목", "만점(점)", "가중치")
_WIDTHS = (220, 80, 80)
_WORDS = "트랙마다 서류와 면접의 항목, 만점, 가중치를 정합니다. 두 단계의 가중치를 더해 100이 되어야 합니다. 점수를 적기 시작하면 바꿀 수 없습니다."


class StandardsTable(QTableWidget):
    """The criteria of one step, typed in place."""

    def __init__(self, step: Step, context: Context) -> None:
        super().__init__(0, len(_HEADINGS))
        self.step = step
        self.setAccessibleName(f"{step.label} 심사 기준")
        self.setHorizontalHeaderLabels(list(_HEADINGS))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(context.theme.size(27))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at, width in enumerate(_WIDTHS):
            self.setColumnWidth(at, context.theme.size(width))

    def put(self, standards: Sequence[Standard]) -> None:
        """Show these."""
        self.setRowCount(0)
        for one in standards:
            self.add(one.name, one.points, one.weight)

    def add(self, name: str = "", points: int = 10, weight: int = 0) -> None:
        """One more line."""
        row = self.rowCount()
        self.insertRow(row)
        for column, text in enumerate((name, str(points), str(weight))):
            item = QTableWidgetItem(text)
            if column:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, column, item)

    def weight(self) -> int:
        """The weights added up; what is no number counts nothing."""
        texts = [self._text(row, 2) for row in range(self.rowCount())]
        return sum(int(text) for text in texts if text.isdecimal())

    def standards(self) -> list[Standard]:
        """What stands in the lines; raise Refusal for what is no number."""
        return [
            Standard(self.step, self._text(row, 0), self._number(row, 1), self._number(row, 2))
            for row in range(self.rowCount())
        ]

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text().strip() if item is not None else ""

    def _number(self, row: int, column: int) -> int:
        text = self._text(row, column)
        if not (text.isascii() and text.isdecimal()):
            raise Refusal(
                f"{self.step.label} {row + 1}째 줄의 {_HEADINGS[column]}에 자연수를 적어 주십시오: '{text}'"
            )
        return int(text)


class CriteriaPane(RoundPane):
    """Both steps side by side, with the sum of their weights."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tables = {step: StandardsTable(step, context) for step in Step}
        self._sum = parts.heading("")
        self._shown: tuple[UUID, Track] | None = None
        self.edited = False
        body = QWidget()
        sides = parts.row()
        for step, table in self.tables.items():
            table.itemChanged.connect(lambda _item: self._on_edited())
            buttons = parts.row(
                parts.heading(step.label),
                None,
                parts.button("항목 더하기", partial(self._add, table)),
                parts.button("항목 빼기", partial(self._remove, table)),
            )
            sides.addWidget(parts.card(buttons, table), 1)
        body.setLayout(sides)
        sides.setContentsMargins(0, 0, 0, 0)
        copy = parts.button("다른 트랙에서 가져오기", self._on_copy)
        propose = parts.button("보기 기준 넣기", lambda: self._propose(PROPOSED))
        self.save_button = parts.button("기준 저장", self.save, primary=True)
        self.lay_out(_WORDS, [self._sum, body], [copy, propose, self.save_button])
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretchFactor(body, 1)
            layout.takeAt(layout.count() - 1)

    def show_nothing(self) -> None:
        """No round yet."""
        self._shown, self.edited = None, False
        self._put(())
        self._enable(False)

    def show_data(self, round_id: UUID) -> None:
        """The track's criteria; what was typed and not saved stays while the same track is shown."""
        self._enable(self.may_edit)
        if self.edited and self._shown == (round_id, self.track):
            return
        self._shown = (round_id, self.track)
        rows = screening.list_criteria(self.desk, round_id, self.track)
        self._put([Standard(Step(row.step), row.name, row.points, row.weight) for row in rows])

    def save(self) -> None:
        """기준 저장."""
        round_id = self.round_id
        if round_id is None:
            return

        def write() -> None:
            wanted = [one for table in self.tables.values() for one in table.standards()]
            screening.set_criteria(self.desk, round_id, self.track, wanted)
            self.edited = False

        self.act(write)

    def _put(self, standards: Sequence[Standard]) -> None:
        for step, table in self.tables.items():
            blocker = QSignalBlocker(table)
            table.put([one for one in standards if one.step is step])
            blocker.unblock()
        self.edited = False
        self._show_sum()

    def _propose(self, standards: Sequence[Standard]) -> None:
        self._put(standards)
        self._on_edited()

    def _on_copy(self) -> None:
        if self.round_id is None:
            return
        other = next(track for track in Track if track is not self.track)
        rows = screening.list_criteria(self.desk, self.round_id, other)
        if not rows:
            self.say(f"! {other.value}에는 아직 심사 기준이 없습니다.", "warn")
            return
        self._propose([Standard(Step(row.step), row.name, row.points, row.weight) for row in rows])

    def _add(self, table: StandardsTable) -> None:
        table.add()
        table.setCurrentCell(table.rowCount() - 1, 0)
        table.edit(table.currentIndex())
        self._on_edited()

    def _remove(self, table: StandardsTable) -> None:
        if table.currentRow() >= 0:
            table.removeRow(table.currentRow())
            self._on_edited()

    def _on_edited(self) -> None:
        self.edited = True
        self._show_sum()

    def _show_sum(self) -> None:
        weights = {step: table.weight() for step, table in self.tables.items()}
        total = sum(weights.values())
        sign = "✔" if total == WHOLE else f"! {WHOLE}이 아님"
        told = " + ".join(f"{step.label} {weight}" for step, weight in weights.items())
        unsaved = " · 아직 저장하지 않음" if self.edited else ""
        self._sum.setText(f"{self.track.value} 가중치: {told} = {total} {sign}{unsaved}")
