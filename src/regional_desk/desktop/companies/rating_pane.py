"""평가위원과 평가표: who rates the companies, and the sheet of the one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.companies.company_rater_dialog import CompanyRaterDialog
from regional_desk.desktop.companies.kind_pane import KindPane
from regional_desk.desktop.companies.rating_grid import WIDTHS, CompanySheetModel
from regional_desk.desktop.raters_pane import RaterActs, RatersPane
from regional_desk.desktop.screening.sheet_grid import NAMES, Cells, SheetView
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.domain.refused import Refused
from regional_desk.domain.screening import parse_points
from regional_desk.errors import NotAllowed, Refusal
from regional_desk.services.companies import company_raters, company_rating
from regional_desk.services.companies.company_rating import CompanyPoints, CompanySheet, CompanySheetRow
from regional_desk.store.company_ratings import RaterRow

_LIST_WIDTH = 290
_WORDS = (
    "평가위원은 자기 평가표를 마감할 때까지 다른 위원의 점수를 볼 수 없습니다. 점수는 적는 대로 저장됩니다. "
    "Enter 아래로, Tab 오른쪽으로, Excel에서 복사해 붙일 수 있고 평가 결과 파일은 [평가 가져오기]로 들여옵니다."
)


class RatingPane(RatersPane[RaterRow, CompanySheetModel], KindPane):
    """The raters of the companies and their sheets of one kind."""

    acts = RaterActs(company_raters.remove_rater, company_rating.declare_done, company_rating.reopen)
    raters_name = "평가위원"
    sheet_name = "평가표"
    empty_words = "평가위원이 없습니다.\n[더하기]로 넣으십시오."
    reopen_words = "이미 정한 기업의 점수는 그대로 잠깁니다."
    reason_label = "사유"

    def __init__(self, context: Context) -> None:
        super().__init__(context, CompanySheetModel, partial(SheetView, widths=WIDTHS))
        self.where = parts.muted()
        self.bring = parts.button(
            "평가 가져오기", lambda: context.open_page("import", kind="evaluations"), tip="위원별 점수 파일"
        )
        self.lay_out_cards(_WORDS, self._rater_card(), self._sheet_card(), _LIST_WIDTH)
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._show_where())

    def columns(self) -> Sequence[Column[RaterRow]]:
        """A rater rates both kinds."""
        return self.rater_columns(118, 60)

    def read(self) -> None:
        """The raters, the signed-in one's own sheet first in hand."""
        chosen = self.raters.current()
        rows = company_raters.list_raters(self.desk)
        self.raters.set_rows(rows)
        own = self.desk.actor.user_id
        wanted = chosen.id if chosen else next((row.id for row in rows if row.user_id == own), None)
        first = rows[0].id if rows else None
        self.raters.choose(lambda row: row.id == (wanted or first))
        self.show_sheet()

    def add(self) -> None:
        """Ask for another rater of the year."""
        if CompanyRaterDialog.ask(self, self.context):
            self.refresh()

    def save(self, cells: Cells, /) -> None:
        """Write these cells and show them."""
        sheet = self.model.sheet
        if sheet is not None:
            points = [_points(sheet, *cell) for cell in cells]
            company_rating.rate(self.desk, sheet.rater.id, points)
            self._show(_with_points(sheet, points), self.head.text())

    def show_sheet(self) -> None:
        """The sheet of the rater chosen."""
        row = self.raters.current()
        self.add_button.setEnabled(self.may_edit)
        self.bring.setEnabled(self.may_edit)
        self.remove_button.setEnabled(self.may_edit and row is not None)
        if row is None:
            self._show(None, "평가위원을 더하면 평가표가 열립니다.")
            return
        try:
            sheet = company_rating.sheet(self.context.reading, row.id, self.kind)
        except NotAllowed as error:
            self._show(None, f"! {error.message}")
            return
        before = self.model.sheet
        fresh = before is None or (before.rater.id, before.kind) != (row.id, self.kind)
        self._show(sheet, f"{row.name}{'' if row.user_id else ' (외부)'} · {self.kind.value}기업")
        if fresh:
            self.view.first_cell()

    def _rater_card(self) -> QWidget:
        head = parts.row(parts.heading(self.raters_name), None, self.add_button, self.remove_button)
        return parts.card(head, self.raters, parts.row(self.bring, None))

    def _sheet_card(self) -> QWidget:
        head = parts.row(self.head, self.progress, None, self.reopen_button, self.done_button)
        return parts.card(head, self.where, self.view)

    def _show(self, sheet: CompanySheet | None, head: str) -> None:
        self.model.set_sheet(sheet)
        self._show_head(head, mine=sheet is not None and company_raters.may_write(self.desk, sheet.rater))
        if sheet is None:
            self.progress.setText("")
            self.where.setText("")
            return
        whole = sum(one.whole for one in sheet.rows)
        state = "✔ 마감" if sheet.done else f"{len(sheet.rows)}곳 가운데 {whole}곳 적음"
        self.progress.setText(state if sheet.rows else "! 신청한 기업이 없습니다")

    def _show_where(self) -> None:
        """The company and what the criterion looks at: the names scroll out of sight where text is large."""
        sheet, at = self.model.sheet, self.view.currentIndex()
        if sheet is None or not self.model.is_points(at.column()):
            self.where.setText("")
            return
        criterion, row = sheet.criteria[at.column() - NAMES], sheet.rows[at.row()].row
        self.where.setText(f"▸ {row.company_name} · {criterion.name}: {criterion.about}")


def _with_points(sheet: CompanySheet, points: Sequence[CompanyPoints]) -> CompanySheet:
    """The sheet as it stands after these were written, without reading it again."""
    given = {(one.participation, one.criterion): one.tenths for one in points}

    def row(line: CompanySheetRow) -> CompanySheetRow:
        cells = zip(sheet.criteria, line.points, strict=True)
        return replace(line, points=tuple(given.get((line.row.id, one.key), had) for one, had in cells))

    return replace(sheet, rows=tuple(row(line) for line in sheet.rows))


def _points(sheet: CompanySheet, row: int, at: int, text: str) -> CompanyPoints:
    """A typed cell as points; raise Refusal naming the cell."""
    criterion, company = sheet.criteria[at], sheet.rows[row].row
    try:
        return CompanyPoints(company.id, criterion.key, parse_points(text, criterion.points))
    except Refused as refused:
        raise Refusal(f"{company.company_name} {criterion.name}: {refused}") from refused
