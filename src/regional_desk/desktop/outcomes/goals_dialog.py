"""목표: how many people of each track the year is to bring to each step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.outcomes import Step
from regional_desk.domain.people import Track
from regional_desk.services.outcomes import goals
from regional_desk.services.outcomes.goals import MOST

_FIELD = 90
_HINT = "비우면 목표를 두지 않습니다. 수료를 비우면 사무소를 만들 때 적은 목표를 씁니다."


class GoalsDialog(FormDialog):
    """A field a step and track."""

    def __init__(self, parent: QWidget | None, context: Context, year: int) -> None:
        super().__init__(parent, f"{year}년 성과 목표", "단계별 목표 인원을 적습니다.", "저장")
        self._desk, self._year = context.desk, year
        now = goals.list_goals(context.desk, year)
        self.fields: dict[tuple[Step, Track], QLineEdit] = {}
        grid = QGridLayout()
        for column, track in enumerate(Track, start=1):
            grid.addWidget(QLabel(track.value), 0, column, Qt.AlignmentFlag.AlignHCenter)
        for line, step in enumerate(Step, start=1):
            grid.addWidget(QLabel(step.label), line, 0)
            for column, track in enumerate(Track, start=1):
                field = self.fields[step, track] = QLineEdit(str(now.get((step, track), "")))
                field.setAccessibleName(f"{step.label} {track.value} 목표")
                field.setAlignment(Qt.AlignmentFlag.AlignRight)
                field.setValidator(QIntValidator(0, MOST, field))
                field.setFixedWidth(context.theme.size(_FIELD))
                grid.addWidget(field, line, column)
        grid.setColumnStretch(3, 1)
        self.form.addRow(grid)
        self.form.addRow(parts.muted(_HINT))

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, year: int) -> bool:
        """Whether goals were set."""
        return cls(parent, context, year).run()

    def write(self) -> None:
        """Set what was changed."""
        now = goals.list_goals(self._desk, self._year)
        given = {key: int(field.text()) if field.text() else None for key, field in self.fields.items()}
        goals.set_goals(
            self._desk,
            {key: people for key, people in given.items() if people != now.get(key)},
            self._year,
        )
