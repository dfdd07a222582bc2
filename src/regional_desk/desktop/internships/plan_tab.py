"""훈련계획: what an intern is to learn, a line or more a week; weeks still empty are told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QLabel

from regional_desk.desktop import parts
from regional_desk.desktop.internships.plan_dialog import CopyPlanDialog, PlanDialog
from regional_desk.desktop.internships.training_parts import TrainingTab, head, preview
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.internship_training import Week, short_span
from regional_desk.services.internships import plans
from regional_desk.services.internships.plans import Plan
from regional_desk.services.internships.reading import InternshipRow
from regional_desk.store.internship_training import PlanRow

_WORDS, _OUTPUT = 2, 4  # the columns that are called otherwise on another track


@dataclass(frozen=True, slots=True)
class _Line:
    week: Week
    item: PlanRow | None
    beyond: bool


class PlanTab(TrainingTab):
    """A line of the table for each line of the plan, and one for each empty week."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.plan: Plan | None = None
        self.summary = QLabel()
        self.table: Table[_Line] = Table(
            _columns("수행업무", "산출물"),
            context.colour,
            empty="주차가 없습니다.",
            name="훈련계획",
            scale=context.theme.size,
            filtered=False,
        )
        self.add_button = parts.button("줄 추가…", self.add, tip="Enter")
        self.edit_button = parts.button("고치기…", self.edit, tip="Enter")
        self.remove_button = parts.button("빼기", self.remove)
        self.copy_button = parts.button(
            "계획 가져오기…", self.copy, tip="다른 인턴의 계획을 빈 주차에만 가져옵니다."
        )
        self.print_button = parts.button("계획서 출력…", lambda: preview(self, "internship-plan"))
        head(self, self.print_button)
        self.lines.addWidget(self.table, 1)
        buttons = (self.add_button, self.edit_button, self.remove_button, self.copy_button)
        self.lines.addLayout(parts.row(*buttons, None, spacing=6))
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self._on_opened())
        self.setFocusProxy(self.table.view)

    def read(self, internship: InternshipRow) -> None:
        """The plan, every week of it."""
        self.plan = found = plans.read_plan(self.context.reading, internship.id)
        words = found.basis.words
        self.table.model.columns = _columns(words.work, words.output)
        self.table.set_rows(
            [_Line(one.week, item, one.beyond) for one in found.weeks for item in one.items or (None,)]
        )
        self.table.view.setColumnHidden(_OUTPUT, not words.output)
        if self.table.current() is None:
            self.table.view.selectRow(0)
        lines = sum(len(one.items) for one in found.weeks)
        told = f"{words.kind} · {len(found.basis.weeks)}주 · {lines}줄"
        empty = ", ".join(map(str, found.empty))
        if found.empty:
            parts.set_tone(self.summary, f"{told} · ! 비어 있는 주차 {len(found.empty)}개: {empty}주", "warn")
        else:
            parts.set_tone(self.summary, f"{told} · ○ 모든 주차에 계획이 있습니다", "ok")
        self._enable()

    def add(self) -> None:
        """A line in the week under the cursor."""
        line = self.table.current()
        if self.plan is not None and self.may_write:
            PlanDialog(self, self.context, self.plan, None, line.week.no if line else 1).run()

    def edit(self) -> None:
        """The line under the cursor."""
        line = self.table.current()
        if self.plan is not None and line is not None and line.item is not None and self.may_write:
            PlanDialog(self, self.context, self.plan, line.item, line.week.no).run()

    def remove(self) -> None:
        """Take it out; what it said stays in the change history."""
        line = self.table.current()
        if line is not None and line.item is not None:
            self.act(partial(plans.remove_item, self.desk, line.item))

    def copy(self) -> None:
        """Another intern's plan for the weeks that are still empty."""
        if self.plan is not None and self.may_write:
            CopyPlanDialog(self, self.context, self.plan).run()

    def _on_opened(self) -> None:
        line = self.table.current()
        if line is not None and line.item is None:
            self.add()
        else:
            self.edit()

    def _enable(self) -> None:
        line, plan = self.table.current(), self.plan
        there = line is not None and line.item is not None
        self.add_button.setEnabled(self.may_write and line is not None and not line.beyond)
        for button in (self.edit_button, self.remove_button):
            button.setEnabled(self.may_write and there)
        self.copy_button.setEnabled(self.may_write and plan is not None and bool(plan.empty))


def _columns(work: str, output: str) -> tuple[Column[_Line], ...]:
    return (
        Column("주차", lambda line: f"{line.week.no}주", lambda line: line.week.no, width=45),
        Column("기간", lambda line: short_span(line.week), lambda line: line.week.no, width=115),
        Column(
            work,
            _subject,
            width=150,
            tip=lambda line: line.item.subject if line.item else "",
            tone=lambda line: "warn" if line.item is None else "muted" if line.beyond else None,
        ),
        Column(
            "훈련목표",
            lambda line: line.item.goal.replace("\n", " ") if line.item else "",
            width=220,
            tip=lambda line: line.item.goal if line.item else "",
        ),
        Column(output or "산출물", lambda line: (line.item.output or "") if line.item else "", width=130),
    )


def _subject(line: _Line) -> str:
    if line.item is None:
        return "! 비어 있음"
    return f"{line.item.subject} (종료 뒤)" if line.beyond else line.item.subject
