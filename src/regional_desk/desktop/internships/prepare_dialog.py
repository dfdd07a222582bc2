"""협약 준비: the published placements that wait, one with its terms looked at or several as proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QAbstractItemView, QDialog, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.internships.agreement_dialog import AgreementDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.text import korean_date, won
from regional_desk.errors import UserError
from regional_desk.services.internships import internships
from regional_desk.services.internships.drafts import AgreementDraft
from regional_desk.store.placements import PlacementRow

_SIZE = (760, 460)
_WORDS = (
    "직무에 적힌 임금·근로시간·시작일과 기업 정보로 협약 초안을 만듭니다. 초안은 서명하기 전까지 고칠 수 있습니다. "
    "Ctrl이나 Shift로 여러 사람을 고르면 한꺼번에 만듭니다."
)


@dataclass(frozen=True, slots=True)
class _Line:
    placed: PlacementRow
    draft: AgreementDraft


class PrepareDialog(QDialog):
    """The placements with what would be proposed; `made` is the first internship that came of them."""

    def __init__(self, parent: QWidget | None, context: Context, waiting: Sequence[PlacementRow]) -> None:
        super().__init__(parent)
        self._context, self._desk = context, context.desk
        self.made: UUID | None = None
        self.setWindowTitle("협약 준비")
        self.notice = parts.Notice()
        self.table: Table[_Line] = Table(
            _columns(context),
            context.colour,
            empty="협약을 기다리는 배정이 없습니다.",
            name="협약을 기다리는 배정",
            scale=context.theme.size,
        )
        self.table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.one_button = parts.button("조건을 보고 만들기…", self.make_one, primary=True, tip="Enter")
        self.all_button = parts.button("고른 사람 제안대로 만들기", self.make_chosen)
        close = parts.button("닫기", self.reject)
        for button in (self.one_button, self.all_button, close):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        for widget in (parts.muted(_WORDS), self.notice):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addLayout(parts.row(None, close, self.all_button, self.one_button))
        self.table.opened.connect(lambda _line: self.make_one())
        self.table.view.selectionModel().selectionChanged.connect(lambda _on, _off: self._enable())
        size = context.theme.size
        parts.fit_window(self, parent, size(_SIZE[0]), size(_SIZE[1]))
        self._show(waiting)
        self.table.view.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, waiting: Sequence[PlacementRow]) -> UUID | None:
        """The first internship that was made, None where none was."""
        dialog = cls(parent, context, waiting)
        dialog.exec()
        dialog.deleteLater()
        return dialog.made

    def make_one(self) -> None:
        """The placement under the cursor, its terms looked at first."""
        line = self.table.current()
        if line is None:
            return
        name = self._context.masking.show_name(line.placed.name)
        made = AgreementDialog.ask_new(
            self,
            self._context,
            f"{name} · {line.placed.company_name} 협약 초안",
            line.draft,
            partial(internships.prepare, self._desk, line.placed.id),
        )
        if made is not None:
            self.made = made
            self.accept()

    def make_chosen(self) -> None:
        """Every chosen placement as proposed; what was refused stays in the list and says why."""
        self.notice.hide()
        left, refused = [], None
        chosen = {line.placed.id for line in self.table.selected()}
        for line in self.table.model.rows:
            if line.placed.id not in chosen:
                left.append(line.placed)
                continue
            try:
                made = internships.prepare(self._desk, line.placed.id, line.draft)
                self.made = self.made or made.row.id
            except UserError as error:
                left.append(line.placed)
                refused = refused or error
        if refused is None:
            self.accept()
            return
        self._show(left)
        self.notice.show_error(refused)

    def _show(self, waiting: Sequence[PlacementRow]) -> None:
        reading = self._context.reading
        self.table.set_rows(
            [_Line(one, internships.propose(reading, one.company, one.position)) for one in waiting]
        )
        if self.table.current() is None:
            self.table.view.selectRow(0)
        self._enable()

    def _enable(self) -> None:
        chosen = len(self.table.selected())
        self.all_button.setText(f"고른 {chosen}명 제안대로 만들기")
        self.all_button.setEnabled(chosen > 0)
        self.one_button.setEnabled(chosen == 1)


def _columns(context: Context) -> tuple[Column[_Line], ...]:
    masking = context.masking
    return (
        Column("성명", lambda line: masking.show_name(line.placed.name), width=80),
        Column("생년월일", lambda line: masking.show_birth(line.placed.birth), width=95),
        Column("기업", lambda line: line.placed.company_name, width=150),
        Column("직무", lambda line: line.placed.position_name, width=130),
        Column("시작일", lambda line: korean_date(line.draft.effective_from), width=100),
        Column(
            "월 임금",
            lambda line: won(line.draft.wage) if line.draft.wage else "! 적지 않음",
            lambda line: line.draft.wage,
            "right",
            90,
            tone=lambda line: None if line.draft.wage else "warn",
        ),
        Column("트랙", lambda line: line.placed.track, width=60),
    )
