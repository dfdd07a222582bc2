"""One company's answers to the survey, keyed from its sheet of paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDateEdit, QLabel, QScrollArea, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.companies.question_field import LevelField, QuestionField
from regional_desk.desktop.shell import Context
from regional_desk.domain.companies import show_business_number
from regional_desk.domain.training_need import Answers, AxLevel, Side, is_asked, propose_level
from regional_desk.errors import UserError
from regional_desk.services.companies import training_needs
from regional_desk.services.companies.need_survey import survey
from regional_desk.services.companies.training_needs import Need


class AnswerForm(QWidget):
    """The questions one below the other; questions about training held stand aside where none was held."""

    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._desk = context.desk
        self.need: Need | None = None
        self._year = context.desk.office.programme_year
        self.dirty = False
        self.company, self.state = parts.heading(""), QLabel()
        self.day = QDateEdit()
        self.day.setAccessibleName("응답일")
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy. M. d.")
        self.fields = {
            one.key: QuestionField(
                one.label,
                [(choice.key, choice.label, choice.note) for choice in one.choices],
                multiple=one.multiple,
            )
            for one in survey().questions
        }
        self.level = LevelField([level.value for level in AxLevel])
        self._all: tuple[QuestionField, ...] = (*self.fields.values(), self.level)
        self._lay_out()
        self.day.dateChanged.connect(lambda _day: self._on_edited())
        for at, field in enumerate(self._all):
            field.changed.connect(self._on_edited)
            field.done.connect(lambda at=at: self._go_on(at))

    def show_need(self, need: Need | None, year: int, *, editable: bool) -> None:
        """Show a company's answers of a programme year, or none."""
        self.need, self._year = need, year
        self.setEnabled(need is not None and editable)
        self.company.setText(f"{need.name} {show_business_number(need.business_number)}" if need else "")
        today = self._desk.clock.today()
        put_day(self.day, (need.answered_on if need else None) or today, last=today)
        for key, field in self.fields.items():
            field.show_chosen(need.answers.get(key, ()) if need else ())
        self.level.show_chosen((need.level.value,) if need and need.level else ())
        self.dirty = False
        self._follow()

    def begin(self) -> None:
        """Put the cursor on the first question."""
        self._all[0].begin()

    def save(self) -> None:
        """Keep what was keyed; raise UserError where it cannot be, with the form as it is."""
        need = self.need
        if need is None or not self.dirty:
            return
        level = self.level.chosen()
        training_needs.set_need(
            self._desk,
            need.company,
            self.answers(),
            day_of(self.day),
            level=AxLevel(level[0]) if level else None,
            version=need.version,
            year=self._year,
        )
        self.dirty = False

    def try_save(self, notice: parts.Notice) -> bool:
        """Save; show a refusal and return False where it cannot be."""
        notice.hide()
        try:
            self.save()
        except UserError as error:
            notice.show_error(error)
            return False
        return True

    def answers(self) -> Answers:
        """What is keyed now."""
        found = {key: field.chosen() for key, field in self.fields.items()}
        return {key: chosen for key, chosen in found.items() if chosen}

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2, 0, 10, 0)
        for field in self._all:
            column.addWidget(field)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(parts.row(self.company, None, self.state))
        layout.addLayout(parts.row(QLabel("응답일"), self.day, None))
        layout.addWidget(self.area, 1)

    def _on_edited(self) -> None:
        self.dirty = True
        self._follow()
        self.edited.emit()

    def _follow(self) -> None:
        """What hangs on other answers: whether a question is asked, and the level they speak for."""
        answers = self.answers()
        for question in survey().questions:
            if question.side is Side.DONE:
                self.fields[question.key].stand_aside(not is_asked(question, answers))
        found = propose_level(survey(), self.answers())
        self.level.propose(found.level.value if found else "", found.reason if found else "")
        need = self.need
        if self.dirty:
            parts.set_tone(self.state, "● 저장 전", "warn")
        elif need is not None and need.answered:
            parts.set_tone(self.state, "○ 응답함", "ok")
        else:
            parts.set_tone(self.state, "· 아직 답하지 않음" if need else "", "quiet")

    def _go_on(self, at: int) -> None:
        """The next question that is asked."""
        following = next((field for field in self._all[at + 1 :] if not field.aside), None)
        if following is not None:
            following.begin()
            self.area.ensureWidgetVisible(following)
