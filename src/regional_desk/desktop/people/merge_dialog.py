"""같은 사람 합치기: which records may be one person, what a merge would do, and why it is done."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.rights import Right
from regional_desk.errors import UserError
from regional_desk.services.recruitment import lookalikes, merging
from regional_desk.services.recruitment.lookalikes import Candidate
from regional_desk.services.recruitment.merging import Preview
from regional_desk.store.people import PersonRow

_SIZE = (860, 560)


class MergeDialog(QDialog):
    """Pairs above, the preview of the pair under the cursor below; the record on the left is kept."""

    def __init__(self, context: Context, about: UUID | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("같은 사람 합치기")
        self.resize(*(context.theme.size(one) for one in _SIZE))
        self._context, self._about = context, about
        self._swapped = False
        self._shown: Preview | None = None
        self.merged: UUID | None = None
        self.table: Table[Candidate] = Table(
            self._columns(),
            context.colour,
            empty="같은 사람으로 보이는 기록이 없습니다.",
            name="같은 사람일 수 있는 기록",
            scale=context.theme.size,
        )
        self.notice, self.told = parts.Notice(), QLabel()
        self.told.setWordWrap(True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("같은 사람이라고 본 까닭(예: 본인 전화로 확인)")
        self.reason.setAccessibleName("합치는 까닭")
        self.swap_button = parts.button("남길 쪽 바꾸기", self.swap)
        self.merge_button = parts.button("합치기", self.merge, primary=True)
        close = parts.button("닫기", self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(
            parts.muted("합쳐도 두 기록의 이력은 남고, 되돌릴 수 있습니다. 저절로 합치는 일은 없습니다.")
        )
        layout.addWidget(self.table, 1)
        layout.addWidget(self.notice)
        layout.addWidget(parts.card(self.told))
        layout.addWidget(self.reason)
        line: QHBoxLayout = parts.row(self.swap_button, None, close, self.merge_button)
        layout.addLayout(line)
        self.table.chosen.connect(lambda _row: self._on_chosen())
        self.reason.textChanged.connect(lambda _text: self._enable())
        self._read()

    @classmethod
    def ask(cls, context: Context, about: UUID | None, parent: QWidget | None) -> UUID | None:
        """The person who was kept last, None where nothing was merged."""
        dialog = cls(context, about, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.merged

    def swap(self) -> None:
        """Keep the other record."""
        self._swapped = not self._swapped
        self._show()

    def merge(self) -> None:
        """Merge as the preview says, and go on with the next pair."""
        shown = self._shown
        if shown is None:
            return
        self.notice.hide()
        try:
            merging.merge(self._context.desk, shown.kept.id, shown.gone.id, self.reason.text())
        except UserError as error:
            self.notice.show_error(error)
            return
        self.merged = shown.kept.id
        self.reason.clear()
        self._read()

    def _read(self) -> None:
        try:
            found = lookalikes.candidates(self._context.reading, self._about)
        except UserError as error:
            self.notice.show_error(error)
            found = ()
        self.table.set_rows(found)
        if found:
            self.table.view.selectRow(0)
        self._on_chosen()

    def _on_chosen(self) -> None:
        self._swapped = False
        self._show()

    def _show(self) -> None:
        pair = self.table.current()
        self._shown = None
        if pair is None:
            self.told.setText("줄을 고르면 합칠 때 무엇이 옮겨지는지 보입니다.")
            self._enable()
            return
        kept, gone = (pair.second, pair.first) if self._swapped else (pair.first, pair.second)
        try:
            self._shown = merging.preview(self._context.reading, kept.id, gone.id)
        except UserError as error:
            self.notice.show_error(error)
        if self._shown is not None:
            self.told.setText("\n".join(self._words(self._shown)))
        self._enable()

    def _words(self, shown: Preview) -> list[str]:
        moves = ", ".join(f"{label} {number}건" for label, number in shown.moves) or "옮길 기록 없음"
        lines = [
            f"남김: {self._name(shown.kept)}    사라짐: {self._name(shown.gone)}",
            f"옮김: {moves}" + (f" · 빈칸 채움: {', '.join(shown.fills)}" if shown.fills else ""),
            *(f"! {words}" for words in shown.duplicates),
            *(f"다름: {label} — {one} (남김) / {two}" for label, one, two in shown.differs),
            *(f"× {item.message}" for item in shown.blocks),
        ]
        return [line for line in lines if line]

    def _enable(self) -> None:
        shown = self._shown
        self.swap_button.setEnabled(shown is not None)
        may = self._context.desk.may(Right.EDIT_PEOPLE)
        ready = shown is not None and not shown.blocks and bool(self.reason.text().strip())
        self.merge_button.setEnabled(may and ready)

    def _name(self, row: PersonRow) -> str:
        masking = self._context.masking
        return f"{masking.show_name(row.name)} ({masking.show_birth(row.birth)})"

    def _columns(self) -> tuple[Column[Candidate], ...]:
        return (
            Column("기록", lambda row: self._name(row.first), width=190),
            Column("다른 기록", lambda row: self._name(row.second), width=190),
            Column("같은 점", lambda row: " · ".join(row.reasons), width=320),
        )
