"""Who rates, and the sheet of the one chosen: what the pane of applicants' raters and that of companies' raters share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.companies.rating_grid import CompanySheetModel
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.screening.sheet_grid import NAMES, Cells, SheetModel, SheetView, pasted_cells
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.errors import UserError
from regional_desk.services.desk import Desk
from regional_desk.store import company_ratings, recruitment

Rater = TypeVar("Rater", recruitment.RaterRow, company_ratings.RaterRow)
Model = TypeVar("Model", SheetModel, CompanySheetModel)


@dataclass(frozen=True, slots=True)
class RaterActs:
    """What `services` does with a rater, of these applicants or of these companies, by their id."""

    remove: Callable[[Desk, UUID], object]
    declare_done: Callable[[Desk, UUID], object]
    reopen: Callable[[Desk, UUID, str], object]


class RatersPane(Pane, Generic[Rater, Model]):
    """Raters at the left, the chosen one's sheet at the right; what is typed is saved at once."""

    acts: RaterActs
    raters_name: str
    sheet_name: str
    empty_words: str
    reopen_words: str  # what opening a sheet again means
    reason_label: str

    def __init__(
        self,
        context: Context,
        make_model: Callable[[Callable[[Cells], None]], Model],
        make_view: Callable[[Model, Context], SheetView] = SheetView,
    ) -> None:
        super().__init__(context)
        self.writing = False  # its own points need no reading again
        self.raters: Table[Rater] = Table(
            self.columns(),
            context.colour,
            empty=self.empty_words,
            name=self.raters_name,
            scale=context.theme.size,
            filtered=False,
        )
        self.model: Model = make_model(self.write)
        self.view = make_view(self.model, context)
        self.view.setAccessibleName(self.sheet_name)
        self.head, self.progress = parts.heading(""), parts.muted()
        self.progress.setWordWrap(False)
        self.done_button = parts.button(f"{self.sheet_name} 마감", self._on_done, primary=True)
        self.reopen_button = parts.button("다시 열기…", self._on_reopen)
        self.add_button = parts.button("더하기…", self.add)
        self.remove_button = parts.button("빼기", self._on_remove)
        self.raters.chosen.connect(lambda _row: self.show_sheet())
        self.view.pasted.connect(self.paste)
        self.view.emptied.connect(self.empty)

    def columns(self) -> Sequence[Column[Rater]]:
        """The columns of the list of raters."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def add(self) -> None:
        """Ask for another rater."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def show_sheet(self) -> None:
        """Read and show the sheet of the rater chosen; a sheet not to be seen yet says so in its head."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def save(self, cells: Cells, /) -> None:
        """Write these cells of the sheet in hand and show what stands then; raise UserError with nothing written."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def write(self, cells: Cells) -> None:
        """Save what was typed or pasted, all of it or nothing."""
        if self.model.sheet is None:
            return
        self._clear()
        self.writing = True
        try:
            self.save(cells)
        except UserError as error:
            self.notice.show_error(error)
        finally:
            self.writing = False

    def paste(self, text: str) -> None:
        """Excel's cells from the cursor on."""
        sheet, at = self.model.sheet, self.view.currentIndex()
        if sheet is None or not sheet.writable or not self.model.is_points(at.column()):
            return
        criteria = self.model.columnCount() - NAMES - 1  # the last column is the sum
        cells = pasted_cells(text, at.row(), at.column() - NAMES, len(sheet.rows), criteria)
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

    def lay_out_cards(self, words: str, raters: QWidget, sheet: QWidget, width: int) -> None:
        """The two cards beside each other under the quiet words; that of the raters is `width` pixels wide."""
        raters.setFixedWidth(self.context.theme.size(width))
        body = QWidget()
        sides = parts.row(raters, sheet)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setStretch(1, 1)
        body.setLayout(sides)
        body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.lay_out(words, [body], [])
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretchFactor(body, 1)
            layout.takeAt(layout.count() - 1)

    def rater_columns(self, name_width: int, side_width: int) -> tuple[Column[Rater], ...]:
        """Name, whether the rater is a user here, and how the sheet stands."""
        own = self.desk.actor.user_id
        return (
            Column(
                "이름", lambda row: f"{row.name}{' (나)' if row.user_id == own else ''}", width=name_width
            ),
            Column("구분", lambda row: "사용자" if row.user_id else "외부", align="center", width=side_width),
            Column(
                self.sheet_name,
                lambda row: "✔ 마감" if row.done_at else "적는 중",
                width=70,
                tone=lambda row: "ok" if row.done_at else None,
            ),
        )

    def _show_head(self, head: str, *, mine: bool) -> None:
        """Whose sheet the model has, and what its writer may do with it."""
        sheet = self.model.sheet
        self.head.setText(head)
        self.view.setVisible(sheet is not None)
        writer = mine and not self.desk.read_only
        self.done_button.setEnabled(writer and sheet is not None and not sheet.done)
        self.reopen_button.setEnabled(writer and sheet is not None and sheet.done)

    def _on_remove(self) -> None:
        row = self.raters.current()
        if row is not None:
            self.act(partial(self.acts.remove, self.desk, row.id))

    def _on_done(self) -> None:
        row = self.raters.current()
        if row is not None:
            self.act(partial(self.acts.declare_done, self.desk, row.id))

    def _on_reopen(self) -> None:
        row = self.raters.current()
        if row is None:
            return
        answer = ReasonDialog.ask(
            self,
            f"{self.sheet_name} 다시 열기",
            f"{row.name}님의 마감한 {self.sheet_name}를 다시 엽니다. {self.reopen_words}",
            label=self.reason_label,
            act="다시 열기",
        )
        if answer is not None:
            self.act(partial(self.acts.reopen, self.desk, row.id, answer.reason))
