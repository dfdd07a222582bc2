"""심사위원과 점수표: who rates a step, and the sheet of the one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from regional_desk.desktop import parts
from regional_desk.desktop.raters_pane import RaterActs, RatersPane
from regional_desk.desktop.screening.pane import RoundPane
from regional_desk.desktop.screening.rater_dialog import RaterDialog
from regional_desk.desktop.screening.sheet_grid import Cells, SheetModel
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.domain.refused import Refused
from regional_desk.domain.screening import Step, parse_points
from regional_desk.errors import NotAllowed, Refusal
from regional_desk.services.recruitment import rating, screening
from regional_desk.services.recruitment.rating import Points, Sheet, SheetRow
from regional_desk.store.recruitment import RaterRow

_LIST_WIDTH = 330
_CHOOSE = "심사위원을 고르면 점수표가 보입니다."
_WORDS = (
    "심사위원은 자기 점수표를 마감할 때까지 다른 사람의 점수를 볼 수 없습니다. "
    "점수는 적는 대로 저장됩니다. Enter 아래로, Tab 오른쪽으로, Excel에서 복사해 붙일 수 있습니다."
)


class SheetsPane(RatersPane[RaterRow, SheetModel], RoundPane):
    """The raters of a round's steps and their sheets of one track."""

    acts = RaterActs(screening.remove_rater, rating.declare_done, rating.reopen)
    raters_name = "심사위원"
    sheet_name = "점수표"
    empty_words = "심사위원이 없습니다. [더하기]로 넣으십시오."
    reopen_words = "사유는 변경 이력에 남습니다."
    reason_label = "사유(지원자 이름은 적지 않음)"

    def __init__(self, context: Context) -> None:
        super().__init__(context, SheetModel)
        self.head.setText(_CHOOSE)
        head = parts.row(parts.heading(self.raters_name), None, self.add_button, self.remove_button)
        keys = parts.row(self.head, None, self.progress, self.reopen_button, self.done_button)
        self.lay_out_cards(_WORDS, parts.card(head, self.raters), parts.card(keys, self.view), _LIST_WIDTH)

    def columns(self) -> Sequence[Column[RaterRow]]:
        """A rater rates one step."""
        step: Column[RaterRow] = Column("단계", lambda row: Step(row.step).label, align="center", width=48)
        return (step, *self.rater_columns(112, 56))

    def show_nothing(self) -> None:
        """No round yet."""
        self.raters.set_rows(())
        self.show_sheet()

    def show_data(self, round_id: UUID) -> None:
        """The raters, the signed-in one's own sheet first in hand."""
        chosen = self.raters.current()
        self.raters.set_rows(screening.list_raters(self.desk, round_id))
        if chosen is not None:
            self.raters.choose(lambda row: row.id == chosen.id)
        else:
            self.raters.choose(lambda row: row.user_id == self.desk.actor.user_id)
        self.show_sheet()

    def add(self) -> None:
        """Ask for another rater of the round."""
        if self.round_id is not None and RaterDialog.ask(self, self.context, self.round_id):
            self.refresh()

    def save(self, cells: Cells, /) -> None:
        """Write these cells and show them."""
        sheet = self.model.sheet
        if sheet is not None:
            points = [_points(sheet, *cell) for cell in cells]
            rating.rate(self.desk, sheet.rater.id, points)
            self._show(_with_points(sheet, points), self.head.text())

    def show_sheet(self) -> None:
        """The sheet of the rater chosen."""
        row = self.raters.current()
        self.add_button.setEnabled(self.may_edit and self.round_id is not None)
        self.remove_button.setEnabled(self.may_edit and row is not None)
        if row is None:
            self._show(None, _CHOOSE)
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
        self.model.set_sheet(sheet, self.context.masking)
        self._show_head(head, mine=sheet is not None and screening.may_write(self.desk, sheet.rater))
        if sheet is None:
            self.progress.setText("")
            return
        whole = sum(one.whole for one in sheet.rows)
        missing = "" if sheet.measures else " · ! 이 단계의 심사 기준이 없습니다"
        state = "✔ 마감" if sheet.done else f"{len(sheet.rows)}명 가운데 {whole}명 적음"
        self.progress.setText(state + missing)


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
