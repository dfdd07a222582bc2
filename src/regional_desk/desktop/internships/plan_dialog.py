"""훈련계획의 한 줄, and another intern's plan to take over."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.internships.training_parts import text_field
from regional_desk.desktop.shell import Context
from regional_desk.domain.internship_training import PlanText, short_span
from regional_desk.services.internships import internships, plans
from regional_desk.services.internships.plans import Plan
from regional_desk.store.internship_training import PlanRow

_GOAL = 84


class PlanDialog(FormDialog):
    """A line of a week; after a new one [넣고 다음 주] goes on to the next week."""

    def __init__(
        self, parent: QWidget | None, context: Context, plan: Plan, row: PlanRow | None, week: int
    ) -> None:
        words = plan.basis.words
        title = "훈련계획 고치기" if row else "훈련계획 줄 추가"
        super().__init__(parent, title, "", "저장")
        self._desk, self._plan, self._row = context.desk, plan, row
        self.week, self.subject, self.output = QComboBox(), QLineEdit(), QLineEdit()
        self.goal = text_field(context, _GOAL)
        for one in plan.weeks:
            if not one.beyond or (row is not None and row.week == one.week.no):
                self.week.addItem(f"{one.week.no}주차 · {short_span(one.week)}", one.week.no)
        self.week.setCurrentIndex(max(0, self.week.findData(week)))
        self.put("주차(&W)", self.week)
        self.put(f"{words.work}(&S)", self.subject)
        self.put("훈련목표(&G)", self.goal)
        if words.output:
            self.put(f"{words.output}(&O)", self.output)
        self.next_button = parts.button("넣고 다음 주", self.save_and_go_on, tip="Ctrl+Enter")
        self.next_button.setShortcut("Ctrl+Return")
        self.next_button.setVisible(row is None)
        self.buttons.addButton(self.next_button, QDialogButtonBox.ButtonRole.ActionRole)
        if row is not None:
            self.subject.setText(row.subject)
            self.goal.setPlainText(row.goal)
            self.output.setText(row.output or "")
        self.subject.setFocus()

    def write(self) -> None:
        """Add or change the line."""
        text = PlanText(self.subject.text(), self.goal.toPlainText(), self.output.text())
        week = int(self.week.currentData())
        if self._row is None:
            plans.add_item(self._desk, self._plan.basis.id, week, text)
        else:
            plans.edit_item(self._desk, self._row, week, text)

    def save_and_go_on(self) -> None:
        """Add the line, and stand empty for the week after it; after the last week the dialog closes."""
        if not self.tried():
            return
        if self.week.currentIndex() + 1 >= self.week.count():
            self.accept()
            return
        self.week.setCurrentIndex(self.week.currentIndex() + 1)
        for field in (self.subject, self.goal, self.output):
            field.clear()
        self.subject.setFocus()


class CopyPlanDialog(FormDialog):
    """Whose plan; interns of the same company come first."""

    def __init__(self, parent: QWidget | None, context: Context, plan: Plan) -> None:
        words = "고른 인턴의 계획에서 여기 비어 있는 주차의 줄만 가져옵니다. 있는 줄은 바뀌지 않습니다."
        super().__init__(parent, "계획 가져오기", words, "가져오기")
        self._desk, self._target = context.desk, plan.basis.id
        self.whose = QComboBox()
        mine = plan.basis.row
        rows = [
            row
            for row in internships.list_internships(context.reading, mine.programme_year)
            if row.track == mine.track and row.id != mine.id
        ]
        for row in sorted(rows, key=lambda one: (one.company != mine.company, one.number)):
            name = context.masking.show_name(row.name)
            self.whose.addItem(f"{row.label} {name} · {row.company_name}", row.id)
        self.put("인턴(&I)", self.whose)
        self.ok.setEnabled(bool(rows))
        if not rows:
            self.whose.addItem("같은 트랙의 다른 인턴이 없습니다")

    def write(self) -> None:
        """Take the lines over."""
        plans.copy_plan(self._desk, self.whose.currentData(), self._target)
