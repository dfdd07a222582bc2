"""성과: the steps against their goals, told apart by course, track, company or month, with the people beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QSplitter, QTabBar, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.outcomes.step_bar import StepBars
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.outcomes import By, Group, Step
from regional_desk.domain.text import korean_date
from regional_desk.services.outcomes import outcomes
from regional_desk.services.outcomes.outcomes import OutcomePerson, Outcomes

_SHARES, _SHARE = (7, 5), 100
_LOOKS_AFTER = 120  # milliseconds the cursor rests before the people are read: arrow keys stay quick
_LEAST_TABLE = 150
_NO_COMPANY = "수료할 때는 아직 기업이 없습니다."
_MARGINS = (12, 10, 12, 10)
_WORDS = "막대나 칸을 고르면 오른쪽에 사람이 나옵니다. Enter나 두 번 누르면 그 사람의 인턴십을 엽니다."


@dataclass(frozen=True, slots=True)
class _Line:
    label: str
    group: Group


class CountsPane(QWidget):
    """Bars above, the table below, whoever is behind a figure on the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._found: Outcomes | None = None
        self._people: tuple[UUID, ...] = ()
        self._step: Step | None = None
        self.bars = StepBars(context)
        self.by = QTabBar()
        self.by.setAccessibleName("나누는 기준")
        self.by.setDrawBase(False)
        for by in By:
            self.by.setTabData(self.by.addTab(f"{by.label}별"), by)
        self.table: Table[_Line] = Table(
            _columns(By.COURSE),
            context.colour,
            empty="아직 수료하거나 연계한 사람이 없습니다.",
            name="성과",
            scale=context.theme.size,
            filtered=False,
        )
        self.table.setMinimumHeight(context.theme.size(_LEAST_TABLE))
        self.heading = parts.heading("")
        self.people: Table[OutcomePerson] = Table(
            self._people_columns(),
            context.colour,
            empty="여기까지 온 사람이 없습니다.",
            name="성과의 사람",
            scale=context.theme.size,
        )
        self._rest = QTimer(self, singleShot=True, interval=_LOOKS_AFTER)
        self._build()

    def show_outcomes(self, found: Outcomes) -> None:
        """Show a year's figures; what was chosen stays where it still stands."""
        first = self._found is None or self._found.year != found.year
        self._found = found
        self.bars.show_outcomes(found)
        self._show_lines()
        if first:
            self.show_step(Step.COMPLETED)
        else:
            self._choose_again()

    def show_step(self, step: Step) -> None:
        """Everybody who came to a step."""
        if self._found is not None:
            self.table.view.clearSelection()
            self.table.view.setCurrentIndex(QModelIndex())
            self._rest.stop()
            self._show_people(step.label, step, self._found.total.people[step])
            self.bars.choose(step)

    def show_by(self, by: By) -> None:
        """Tell the figures apart by this."""
        self.by.setCurrentIndex(list(By).index(by))

    def _build(self) -> None:
        left, right = QWidget(), QWidget()
        lines = QVBoxLayout(left)
        lines.addWidget(self.bars)
        lines.addWidget(self.by)
        lines.addWidget(self.table, 1)
        beside = QVBoxLayout(right)
        beside.addWidget(self.heading)
        beside.addWidget(self.people, 1)
        beside.addWidget(parts.muted(_WORDS))
        for layout in (lines, beside):
            layout.setContentsMargins(0, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Horizontal)
        for widget, share in zip((left, right), _SHARES, strict=True):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, share)
        split.setSizes([share * self._context.theme.size(_SHARE) for share in _SHARES])
        split.setChildrenCollapsible(False)
        split.setHandleWidth(self._context.theme.size(12))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*_MARGINS)
        whole.addWidget(split)
        self.setFocusProxy(self.bars.bars[Step.COMPLETED])
        self.bars.picked.connect(self.show_step)
        self.by.currentChanged.connect(lambda _at: self._show_lines())
        self.table.view.selectionModel().currentChanged.connect(lambda *_: self._rest.start())
        self._rest.timeout.connect(self._show_cell)
        self.table.opened.connect(lambda _line: self._enter())
        self.people.opened.connect(self._open)

    def _show_lines(self) -> None:
        if self._found is not None:
            by = By(self.by.tabData(self.by.currentIndex()))
            groups = self._found.groups(by)
            self.table.model.columns = _columns(by)
            self.table.set_rows([_Line(self._found.label(by, group.key), group) for group in groups])
            self.table.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)

    def _choose_again(self) -> None:
        if self.table.view.currentIndex().isValid():
            self._show_cell()
        elif self._step is not None:
            self.show_step(self._step)

    def _show_cell(self) -> None:
        self._rest.stop()
        line, column = self.table.current(), self.table.view.currentIndex().column()
        if line is None:
            return
        self.bars.choose(None)
        if column > 0:
            step = list(Step)[column - 1]
            self._show_people(f"{line.label} · {step.label}", step, line.group.people[step])
        else:
            people = dict.fromkeys(one for step in Step for one in line.group.people[step])
            self._show_people(line.label, None, tuple(people))

    def _show_people(self, title: str, step: Step | None, people: Sequence[UUID]) -> None:
        self._step, self._people = step, tuple(people)
        self.heading.setText(f"{title} {len(people)}명")
        if self._found is not None:
            self.people.set_rows(outcomes.list_people(self._context.reading, self._found, people))

    def _enter(self) -> None:
        self._show_cell()
        self.people.view.setFocus()
        self.people.view.selectRow(0)

    def _open(self, person: OutcomePerson) -> None:
        if person.internship is not None:
            self._context.open_page("internships", internship=person.internship, tab="outcome")
        else:
            self._context.open_page("people", person=person.id)

    def _people_columns(self) -> tuple[Column[OutcomePerson], ...]:
        def far(one: OutcomePerson) -> Step:
            return self._step or max(one.days, key=list(Step).index)

        return (
            Column("성명", lambda one: self._context.masking.show_name(one.name), width=80),
            Column(
                "날", lambda one: korean_date(one.days[far(one)]), lambda one: one.days[far(one)], width=95
            ),
            Column("기업", lambda one: one.company, width=110, tip=lambda one: one.company),
            Column("과정", lambda one: one.course, width=130, tip=lambda one: one.course),
            Column("생년월일", lambda one: self._context.masking.show_birth(one.birth), width=95),
            Column("단계", lambda one: far(one).label, lambda one: list(Step).index(far(one)), width=85),
        )


def _columns(by: By) -> tuple[Column[_Line], ...]:
    first: Column[_Line] = Column(by.label, lambda line: line.label, width=150, tip=lambda line: line.label)
    return (first, *(_column(step, by) for step in Step))


def _column(step: Step, by: By) -> Column[_Line]:
    if (step, by) == (Step.COMPLETED, By.COMPANY):
        return Column(step.label, lambda _line: "–", align="right", width=80, tip=lambda _line: _NO_COMPANY)
    return Column(
        step.label,
        lambda line: str(line.group.count(step)),
        lambda line: line.group.count(step),
        "right",
        80,
    )
