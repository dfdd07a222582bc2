"""A sheet that came back from Excel: every difference is seen before any is taken."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.attendance import show_cell
from regional_desk.domain.text import korean_date
from regional_desk.errors import UserError
from regional_desk.services.attendance import sheets
from regional_desk.services.attendance.attendance import Written
from regional_desk.services.attendance.sheets import Edit, SheetPlan

_WIDTH, _HEIGHT = 820, 480


class SheetDialog(QDialog):
    """The differences of a sheet, and taking those that can be taken."""

    def __init__(self, context: Context, plan: SheetPlan, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._context, self._plan = context, plan
        self.written: Written | None = None
        self.setWindowTitle("엑셀에서 고친 것")
        parts.fit_window(self, parent, context.theme.size(_WIDTH), context.theme.size(_HEIGHT))
        self.notice = parts.Notice()
        self.table: Table[Edit] = Table(
            _columns(context),
            context.colour,
            empty="달라진 칸이 없습니다.",
            name="엑셀에서 고친 칸",
            scale=context.theme.size,
        )
        self.table.set_rows(plan.edits)
        both = sum(edit.both and edit.can for edit in plan.edits)
        self.with_both = QCheckBox(f"내보낸 뒤 사무소에서도 바뀐 {both}칸도 엑셀대로")
        self.with_both.setVisible(both > 0)
        self.with_both.toggled.connect(lambda _on: self._show_count())
        self.take_button = parts.button("들이기", self.take, primary=True)
        bad = sum(not edit.can for edit in plan.edits)
        told = f"{plan.course_name} · {plan.made_at:%Y-%m-%d %H:%M}에 내보낸 표 · 그대로인 칸 {plan.same:,}"
        told += f" · 들일 수 없는 칸 {bad}" if bad else ""
        layout = QVBoxLayout(self)
        layout.addWidget(parts.heading(plan.file))
        layout.addWidget(parts.muted(told))
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.with_both)
        layout.addLayout(parts.row(None, parts.button("그만두기", self.reject), self.take_button))
        self._show_count()

    @classmethod
    def ask(cls, context: Context, plan: SheetPlan, parent: QWidget | None) -> Written | None:
        """What was taken, None where the person thought better of it."""
        dialog = cls(context, plan, parent)
        dialog.exec()
        written = dialog.written
        dialog.deleteLater()
        return written

    def chosen(self) -> tuple[Edit, ...]:
        """The edits that would be taken."""
        both = self.with_both.isChecked()
        return tuple(edit for edit in self._plan.edits if edit.can and (both or not edit.both))

    def take(self) -> None:
        """Take them in one step, or say why not."""
        try:
            self.written = sheets.take_sheet(self._context.desk, self._plan, self.chosen())
        except UserError as error:
            self.notice.show_error(error)
            return
        self.accept()

    def _show_count(self) -> None:
        count = len(self.chosen())
        self.take_button.setText(f"{count:,}칸 들이기")
        self.take_button.setEnabled(count > 0)


def _columns(context: Context) -> tuple[Column[Edit], ...]:
    return (
        Column("행", lambda edit: str(edit.row), sort=lambda edit: edit.row, align="right", width=50),
        Column("성명", lambda edit: context.masking.show_name(edit.name), width=90),
        Column("날짜", lambda edit: korean_date(edit.day), sort=lambda edit: edit.day, width=105),
        Column("내보낼 때", lambda edit: edit.was or "미입력", width=100),
        Column("지금", lambda edit: show_cell(edit.now), width=100),
        Column("엑셀", lambda edit: edit.text or "미입력", width=100),
        Column("들이기", _state, width=220, tone=_tone, tip=_state),
    )


def _state(edit: Edit) -> str:
    if edit.why_not is not None:
        return f"× {edit.why_not}"
    return "! 사무소에서도 바뀌었습니다" if edit.both else "○ 들입니다"


def _tone(edit: Edit) -> str:
    return "bad" if not edit.can else "warn" if edit.both else "ok"
