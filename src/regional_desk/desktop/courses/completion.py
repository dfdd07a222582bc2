"""수료 처리: who gets which outcome and why, shown before it is done."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.membership import Outcome
from regional_desk.domain.text import korean_date
from regional_desk.errors import UserError
from regional_desk.services.training import completions
from regional_desk.services.training.completions import Line, Plan

_SIZE = (820, 600)


class CompletionDialog(QDialog):
    """The plan of a course; accepting does exactly what is shown."""

    def __init__(self, parent: QWidget | None, context: Context, course_id: UUID) -> None:
        super().__init__(parent)
        self._context, self._course = context, course_id
        self.plan = completions.plan(context.reading, course_id)
        self.setWindowTitle(f"{self.plan.course.name} — 수료 처리")
        parts.fit_window(self, parent, context.theme.size(_SIZE[0]), context.theme.size(_SIZE[1]))
        self.notice = parts.Notice()
        self.counts, self.waits = parts.heading(_counted(self.plan)), QLabel()
        self.waits.setWordWrap(True)
        parts.set_tone(self.waits, _waiting(self.plan), "warn")
        self.table: Table[Line] = Table(
            _columns(context),
            context.colour,
            empty="교육생이 없습니다.",
            name="수료 처리 미리보기",
            scale=context.theme.size,
        )
        self.table.set_rows(self.plan.lines)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        changing = sum(line.changes for line in self.plan.lines)
        self.ok.setText(f"{changing}명 수료 처리")
        self.ok.setEnabled(self.plan.ended and changing > 0)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        layout = QVBoxLayout(self)
        layout.addWidget(self.counts)
        layout.addWidget(self.waits)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.notice)
        layout.addWidget(self.buttons)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, course_id: UUID) -> None:
        """Show the plan, and do it or not."""
        dialog = cls(parent, context, course_id)
        dialog.exec()
        dialog.deleteLater()

    def _on_accepted(self) -> None:
        self.notice.hide()
        try:
            completions.complete(self._context.desk, self._course, seen=self.plan.seen)
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()


def _counted(plan: Plan) -> str:
    return " · ".join(f"{outcome.label} {people}명" for outcome, people in plan.counts().items())


def _waiting(plan: Plan) -> str:
    if not plan.ended:
        return f"! 과정이 아직 끝나지 않았습니다. 마지막 훈련일({korean_date(plan.ends_on)})부터 처리할 수 있습니다."
    if plan.open_items:
        return f"! {len(plan.open_items)}명은 미입력에 수료가 달려 있어 이번에 처리하지 않습니다. 출결을 입력한 뒤 다시 하십시오."
    return ""


def _columns(context: Context) -> tuple[Column[Line], ...]:
    return (
        Column("번호", lambda row: str(row.number), lambda row: row.number, "right", 45),
        Column("성명", lambda row: context.masking.show_name(row.name), lambda row: row.name, width=90),
        Column("지금", lambda row: row.before.label if row.before else "–", width=80),
        Column("처리 뒤", _after, width=110, tone=_tone),
        Column("까닭", lambda row: row.open or row.why, width=420, tip=lambda row: row.open or row.why),
    )


def _after(row: Line) -> str:
    if row.open:
        return "! 미입력"
    label = row.outcome.label if row.outcome else "–"
    return f"● {label}" if row.changes else label


def _tone(row: Line) -> str | None:
    if row.open:
        return "warn"
    return {Outcome.COMPLETED: "ok", Outcome.DISMISSED: "bad"}.get(row.outcome or Outcome.WITHDRAWN)
