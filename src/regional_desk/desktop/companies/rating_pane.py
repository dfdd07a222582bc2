"""평가위원과 평가표: who rates the companies, and the sheet of the one chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.companies.company_rater_dialog import CompanyRaterDialog
from regional_desk.desktop.companies.kind_pane import KindPane
from regional_desk.desktop.companies.rating_grid import WIDTHS, CompanySheetModel
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.screening.sheet_grid import NAMES, Cells, SheetView, pasted_cells
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.refused import Refused
from regional_desk.domain.screening import parse_points
from regional_desk.errors import NotAllowed, Refusal, UserError
from regional_desk.services.companies import company_raters, company_rating
from regional_desk.services.companies.company_rating import CompanyPoints, CompanySheet, CompanySheetRow
from regional_desk.store.company_ratings import RaterRow

_LIST_WIDTH = 290
_WORDS = (
    "평가위원은 자기 평가표를 마감할 때까지 다른 위원의 점수를 볼 수 없습니다. 점수는 적는 대로 저장됩니다. "
    "Enter 아래로, Tab 오른쪽으로, Excel에서 복사해 붙일 수 있고 평가 결과 파일은 [평가 가져오기]로 들여옵니다."
)


class RatingPane(KindPane):
    """Raters at the left, the chosen one's sheet at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.writing = False  # its own points need no reading again
        self.raters: Table[RaterRow] = Table(
            _columns(context),
            context.colour,
            empty="평가위원이 없습니다.\n[더하기]로 넣으십시오.",
            name="평가위원",
            scale=context.theme.size,
            filtered=False,
        )
        self.model = CompanySheetModel(self.write)
        self.view = SheetView(self.model, context, WIDTHS)
        self.view.setAccessibleName("평가표")
        self.head, self.progress, self.where = parts.heading(""), parts.muted(), parts.muted()
        self.done_button = parts.button("평가표 마감", self._on_done, primary=True)
        self.reopen_button = parts.button("다시 열기…", self._on_reopen)
        self.add_button = parts.button("더하기…", self._on_add)
        self.remove_button = parts.button("빼기", self._on_remove)
        self.bring = parts.button(
            "평가 가져오기", lambda: context.open_page("import", kind="evaluations"), tip="위원별 점수 파일"
        )
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
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._show_where())

    def read(self) -> None:
        """The raters, the signed-in one's own sheet first in hand."""
        chosen = self.raters.current()
        rows = company_raters.list_raters(self.desk)
        self.raters.set_rows(rows)
        own = self.desk.actor.user_id
        wanted = chosen.id if chosen else next((row.id for row in rows if row.user_id == own), None)
        first = rows[0].id if rows else None
        self.raters.choose(lambda row: row.id == (wanted or first))
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
            company_rating.rate(self.desk, sheet.rater.id, points)
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
        cells = pasted_cells(text, at.row(), at.column() - NAMES, len(sheet.rows), len(sheet.criteria))
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
        head = parts.row(parts.heading("평가위원"), None, self.add_button, self.remove_button)
        card = parts.card(head, self.raters, parts.row(self.bring, None))
        card.setFixedWidth(self.context.theme.size(_LIST_WIDTH))
        return card

    def _sheet_card(self) -> QWidget:
        self.progress.setWordWrap(False)
        head = parts.row(self.head, self.progress, None, self.reopen_button, self.done_button)
        return parts.card(head, self.where, self.view)

    def _show_sheet(self) -> None:
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

    def _show(self, sheet: CompanySheet | None, head: str) -> None:
        self.head.setText(head)
        self.model.set_sheet(sheet)
        self.view.setVisible(sheet is not None)
        mine = (
            sheet is not None and company_raters.may_write(self.desk, sheet.rater) and not self.desk.read_only
        )
        self.done_button.setEnabled(mine and sheet is not None and not sheet.done)
        self.reopen_button.setEnabled(mine and sheet is not None and sheet.done)
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

    def _on_add(self) -> None:
        if CompanyRaterDialog.ask(self, self.context):
            self.refresh()

    def _on_remove(self) -> None:
        self._with_rater(lambda row: company_raters.remove_rater(self.desk, row.id))

    def _on_done(self) -> None:
        self._with_rater(lambda row: company_rating.declare_done(self.desk, row.id))

    def _on_reopen(self) -> None:
        row = self.raters.current()
        if row is None:
            return
        answer = ReasonDialog.ask(
            self,
            "평가표 다시 열기",
            f"{row.name}님의 마감한 평가표를 다시 엽니다. 이미 정한 기업의 점수는 그대로 잠깁니다.",
            act="다시 열기",
        )
        if answer is not None:
            self._with_rater(lambda row: company_rating.reopen(self.desk, row.id, answer.reason))

    def _with_rater(self, act: Callable[[RaterRow], object]) -> None:
        row = self.raters.current()
        if row is not None:
            self.act(lambda: act(row))


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


def _columns(context: Context) -> Sequence[Column[RaterRow]]:
    own = context.desk.actor.user_id
    return (
        Column("이름", lambda row: f"{row.name}{' (나)' if row.user_id == own else ''}", width=118),
        Column("구분", lambda row: "사용자" if row.user_id else "외부", align="center", width=60),
        Column(
            "평가표",
            lambda row: "✔ 마감" if row.done_at else "적는 중",
            width=70,
            tone=lambda row: "ok" if row.done_at else None,
        ),
    )
