"""심사위원과 점수표: who rates a step, and the sheet of the one chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.screening.pane import RoundPane
from regional_desk.desktop.screening.rater_dialog import RaterDialog
from regional_desk.desktop.screening.sheet_grid import NAMES, Cells, SheetModel, SheetView, pasted_cells
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.refused import Refused
from regional_desk.domain.screening import Step, parse_points
from regional_desk.errors import NotAllowed, Refusal, UserError
from regional_desk.services.recruitment import rating, screening
from regional_desk.services.recruitment.rating import Points, Sheet, SheetRow
from regional_desk.store.recruitment import RaterRow

_LIST_WIDTH = 330
_WORDS = (
    "심사위원은 자기 점수표를 마감할 때까지 다른 사람의 점수를 볼 수 없습니다. "
    "점수는 적는 대로 저장됩니다. Enter 아래로, Tab 오른쪽으로, Excel에서 복사해 붙일 수 있습니다."
)


class SheetsPane(RoundPane):
    """Raters at the left, the chosen one's sheet at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.writing = False  # its own points need no reading again
        self.raters: Table[RaterRow] = Table(
            _columns(context),
            context.colour,
            empty="심사위원이 없습니다. [더하기]로 넣으십시오.",
            name="심사위원",
            scale=context.theme.size,
            filtered=False,
        )
        self.model = SheetModel(self.write)
        self.view = SheetView(self.model, context)
        self.head, self.progress = parts.heading("심사위원을 고르면 점수표가 보입니다."), parts.muted()
        self.done_button = parts.button("점수표 마감", self._on_done, primary=True)
        self.reopen_button = parts.button("다시 열기…", self._on_reopen)
        self.add_button = parts.button("더하기…", self._on_add)
        self.remove_button = parts.button("빼기", self._on_remove)
        body = QWidget()
        sides = parts.row(self._rater_card(), self._sheet_card())
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setStretch(1, 1)
        body.setLayout(sides)
        body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.lay_out(_WORDS, [body], [])
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretchFactor(body, 1)
            layout.takeAt(layout.count() - 1)
        self.raters.chosen.connect(lambda _row: self._show_sheet())
        self.view.pasted.connect(self.paste)
        self.view.emptied.connect(self.empty)

    def show_nothing(self) -> None:
        """No round yet."""
        self.raters.set_rows(())
        self._show_sheet()

    def show_data(self, round_id: UUID) -> None:
        """The raters, the signed-in one's own sheet first in hand."""
        chosen = self.raters.current()
        self.raters.set_rows(screening.list_raters(self.desk, round_id))
        if chosen is not None:
            self.raters.choose(lambda row: row.id == chosen.id)
        else:
            self.raters.choose(lambda row: row.user_id == self.desk.actor.user_id)
        self._show_sheet()

    def write(self, cells: Cells) -> None:
        """Save what was typed or pasted, all of it or nothing."""
        sheet = self.model.sheet
        if sheet is None:
            return
        self._clear()
        self.writing = True
        try:
            points = [_points(sheet, *cell) for cell in cells]
            rating.rate(self.desk, sheet.rater.id, points)
        except UserError as error:
            self.notice.show_error(error)
        else:
            self._show(_with_points(sheet, points), self.head.text())
        finally:
            self.writing = False

    def paste(self, text: str) -> None:
        """Excel's cells from the cursor on."""
        sheet, at = self.model.sheet, self.view.currentIndex()
        if sheet is None or not sheet.writable or not self.model.is_points(at.column()):
            return
        cells = pasted_cells(text, at.row(), at.column() - NAMES, len(sheet.rows), len(sheet.measures))
        if cells:
            self.write(cells)

    def empty(self) -> None:
        """Take the selected points back."""
        sheet = self.model.sheet
        if sheet is None or not sheet.writable:
            return
        cells = [
            (index.row(), index.column() - NAMES, "")
            for index in self.view.selectedIndexes()
            if self.model.is_points(index.column())
        ]
        if cells:
            self.write(cells)

    def _rater_card(self) -> QWidget:
        card = parts.card(
            parts.row(parts.heading("심사위원"), None, self.add_button, self.remove_button), self.raters
        )
        card.setFixedWidth(self.context.theme.size(_LIST_WIDTH))
        return card

    def _sheet_card(self) -> QWidget:
        card = parts.card(
            parts.row(self.head, None, self.progress, self.reopen_button, self.done_button), self.view
        )
        self.progress.setWordWrap(False)
        return card

    def _show_sheet(self) -> None:
        row = self.raters.current()
        self.add_button.setEnabled(self.may_edit and self.round_id is not None)
        self.remove_button.setEnabled(self.may_edit and row is not None)
        if row is None:
            self._show(None, "심사위원을 고르면 점수표가 보입니다.")
        else:
            self._read_sheet(row)

    def _read_sheet(self, row: RaterRow) -> None:
        try:
            sheet = rating.sheet(self.context.reading, row.id, self.track)
        except NotAllowed as error:
            self._show(None, f"! {error.message}")
            return
        step = Step(row.step).label
        fresh = self.model.sheet is None or self.model.sheet.rater.id != row.id
        self._show(sheet, f"{step} · {self.track.value} · {row.name}{'' if row.user_id else ' (외부)'}")
        if fresh:
            self.view.first_cell()

    def _show(self, sheet: Sheet | None, head: str) -> None:
        self.head.setText(head)
        self.model.set_sheet(sheet, self.context.masking)
        self.view.setVisible(sheet is not None)
        mine = sheet is not None and screening.may_write(self.desk, sheet.rater) and not self.desk.read_only
        self.done_button.setEnabled(mine and sheet is not None and not sheet.done)
        self.reopen_button.setEnabled(mine and sheet is not None and sheet.done)
        if sheet is None:
            self.progress.setText("")
            return
        whole = sum(one.whole for one in sheet.rows)
        missing = "" if sheet.measures else " · ! 이 단계의 심사 기준이 없습니다"
        state = "✔ 마감" if sheet.done else f"{len(sheet.rows)}명 가운데 {whole}명 적음"
        self.progress.setText(state + missing)

    def _on_add(self) -> None:
        if self.round_id is not None and RaterDialog.ask(self, self.context, self.round_id):
            self.refresh()

    def _on_remove(self) -> None:
        self._with_rater(lambda row: screening.remove_rater(self.desk, row.id))

    def _on_done(self) -> None:
        self._with_rater(lambda row: rating.declare_done(self.desk, row.id))

    def _on_reopen(self) -> None:
        row = self.raters.current()
        if row is None:
            return
        answer = ReasonDialog.ask(
            self,
            "점수표 다시 열기",
            f"{row.name}님의 마감한 점수표를 다시 엽니다. 사유는 변경 이력에 남습니다.",
            label="사유(지원자 이름은 적지 않음)",
            act="다시 열기",
        )
        if answer is not None:
            self._with_rater(lambda row: rating.reopen(self.desk, row.id, answer.reason))

    def _with_rater(self, act: Callable[[RaterRow], object]) -> None:
        row = self.raters.current()
        if row is not None:
            self.act(lambda: act(row))


def _with_points(sheet: Sheet, points: Sequence[Points]) -> Sheet:
    """The sheet as it stands after these were written, without reading it again."""
    given = {(one.application, one.criterion): one.tenths for one in points}
    touched = {one.application for one in points}

    def row(line: SheetRow) -> SheetRow:
        if line.candidate.id not in touched:
            return line
        cells = zip(sheet.measures, line.points, strict=True)
        return replace(line, points=tuple(given.get((line.candidate.id, one.id), had) for one, had in cells))

    return replace(sheet, rows=tuple(row(line) for line in sheet.rows))


def _points(sheet: Sheet, row: int, at: int, text: str) -> Points:
    """A typed cell as points; raise Refusal naming the cell."""
    measure, candidate = sheet.measures[at], sheet.rows[row].candidate
    try:
        return Points(candidate.id, measure.id, parse_points(text, measure.points))
    except Refused as refused:
        raise Refusal(f"{candidate.name} {measure.name}: {refused}") from refused


def _columns(context: Context) -> Sequence[Column[RaterRow]]:
    own = context.desk.actor.user_id
    return (
        Column("단계", lambda row: Step(row.step).label, align="center", width=48),
        Column("이름", lambda row: f"{row.name}{' (나)' if row.user_id == own else ''}", width=112),
        Column("구분", lambda row: "사용자" if row.user_id else "외부", align="center", width=56),
        Column(
            "점수표",
            lambda row: "✔ 마감" if row.done_at else "적는 중",
            width=70,
            tone=lambda row: "ok" if row.done_at else None,
        ),
    )
