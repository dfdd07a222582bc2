"""지급 제외 확인: what each trainee gets elsewhere, with its spans, and the days of deductions; by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.allowance.benefits_grid import BenefitsLine, BenefitsModel, BenefitsView
from regional_desk.desktop.allowance.span_dialog import Span, SpanDialog
from regional_desk.desktop.course_unit import CourseUnit
from regional_desk.desktop.people.card import show_span
from regional_desk.desktop.shell import Context
from regional_desk.domain.benefits import EMPLOYMENT, QUESTIONS, Answer, touches
from regional_desk.domain.policies import DeductionKind
from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal, UserError
from regional_desk.services.pay import benefits, deductions
from regional_desk.services.pay.benefits import Given, Sheet
from regional_desk.services.pay.deductions import Days, DeductionSheet
from regional_desk.store.people import SpanRow

_SIDE = 300
_SUBJECTS = frozenset({"allowance", "courses", "people", "policies"})
_KEYS = "1 예(기간) · 2 아니오 · 3 미확인 · 여러 칸을 골라 한 번에"


class BenefitsPage(QWidget):
    """A course's questions and, where its policy takes something off, the days of the unit."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self._sheet: Sheet | None = None
        self._taken: DeductionSheet | None = None
        self.notice = parts.Notice()
        self.chosen = CourseUnit(context.desk)
        self.only_open = QCheckBox("남은 것만(&O)")
        self.state = QLabel()
        self.ask_button = parts.button("질문하기", self.ask, tip="아직 묻지 않은 질문을 모두 미확인으로 만듦")
        self.no_button = parts.button("모두 아니오", self.all_no, tip="미확인을 모두 아니오로")
        self.model = BenefitsModel(context, self.save_days)
        self.view = BenefitsView(self.model, context)
        self._question, self._spans = QLabel(), QVBoxLayout()
        self._lay_out()
        self.chosen.changed.connect(self._read)
        self.only_open.toggled.connect(lambda _on: self._show())
        self.view.answered.connect(self.answer)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._show_person())
        self.model.modelReset.connect(self._show_person)

    def _lay_out(self) -> None:
        back = parts.link("← 훈련수당", lambda: self._context.open_page("allowance"))
        header = [parts.title("지급 제외 확인"), self.chosen, None, back, self.no_button, self.ask_button]
        layout = parts.page_layout(self, header)
        layout.addWidget(self.notice)
        layout.addLayout(parts.row(self.state, None, self.only_open))
        self._question.setWordWrap(True)
        beside = QWidget()
        stacked = QVBoxLayout(beside)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.addWidget(parts.card(self._question, parts.muted(_KEYS.replace(" · ", "\n"))))
        stacked.addWidget(parts.card(self._spans))
        stacked.addStretch(1)
        side = QScrollArea()
        side.setWidgetResizable(True)
        side.setWidget(beside)
        side.setMaximumWidth(self._context.theme.size(_SIDE))
        body = parts.row(self.view, side)
        body.setStretch(0, 4)
        body.setStretch(1, 1)
        layout.addLayout(body, 1)
        self.setFocusProxy(self.view)

    def refresh(self) -> None:
        """Read courses and answers again."""
        self.chosen.refresh()
        self.view.measure()  # the text size may have changed meanwhile
        self._read()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Answers, members, spans, and what the policy takes off."""
        return bool(subjects & _SUBJECTS)

    def go_to(self, course: UUID, unit: int | None = None, person: UUID | None = None) -> None:
        """Show a course, and there a person."""
        self.chosen.choose(course, unit)
        if person is not None:
            self.only_open.setChecked(False)
            self.view.go(person)

    def ask(self) -> None:
        """Put the questions to whoever was not asked yet."""
        course = self.chosen.course
        if course is not None:
            self._act(lambda: benefits.ask(self._desk, course))

    def all_no(self) -> None:
        """모두 아니오."""
        course = self.chosen.course
        if course is not None:
            self._act(lambda: benefits.all_no(self._desk, course))

    def answer(self, given: Answer) -> None:
        """Answer the selected cells; 예 asks for its span once."""
        course, cells = self.chosen.course, self.view.cells()
        if course is None or not cells:
            return
        start = end = None
        if given is Answer.YES:
            span = self._ask_span(cells)
            if span is None:
                return
            start, end = span
        wanted = [
            Given(line.person, kind, given, line.asked.answers.get(kind), start, end) for line, kind in cells
        ]
        if self._act(lambda: benefits.answer(self._desk, course, wanted)):
            self.view.step_on()

    def save_days(self, person: UUID, kind: DeductionKind, text: str) -> None:
        """Set the days that were typed; an empty cell is none."""
        course, taken = self.chosen.course, self._taken
        if course is None or taken is None:
            return
        if text and not text.isdecimal():
            self.notice.show_error(Refusal(f"'{text}'은(는) 일수로 읽을 수 없습니다. 숫자만 적어 주십시오."))
            return
        kept = taken.days.get((person, kind))
        wanted = Days(person, kind, int(text or 0), kept.version if kept else None)
        self._act(lambda: deductions.set_days(self._desk, course, self.chosen.unit, [wanted]))

    def remove_span(self, span: SpanRow) -> None:
        """Take a span away that was written by mistake."""
        self._act(lambda: benefits.remove_span(self._desk, span))

    def _ask_span(self, cells: list[tuple[BenefitsLine, str]]) -> Span | None:
        """The span of a 예: the whole course is proposed, an open end for what goes on."""
        sheet = self._sheet
        if sheet is None:
            return None
        line, kind = cells[0]
        course, question = sheet.course.course, next(one for one in QUESTIONS if one.kind == kind)
        known = next(
            (one for one in line.asked.spans if one.kind == kind and touches(one, course.start, course.end)),
            None,
        )
        if known is not None and len(cells) == 1 and line.asked.answers.get(kind) is not Answer.YES:
            return known.start, known.end
        name = self._context.masking.show_name(line.asked.member.name)
        who = f"{name}님" if len(cells) == 1 else f"{name}님 등 {len(cells)}칸"
        proposed = (course.start, None if kind == EMPLOYMENT else course.end)
        return SpanDialog.ask(self, f"{question.label} 기간", f"{who} — {question.text}", proposed)

    def _act(self, act: Callable[[], object]) -> bool:
        self.notice.hide()
        try:
            act()
        except UserError as error:
            self.notice.show_error(error)
            return False
        self._read()
        return True

    def _read(self) -> None:
        course = self.chosen.course
        self._sheet = self._taken = None
        try:
            if course is not None:
                self._sheet = benefits.sheet(self._context.reading, course)
                self._taken = deductions.sheet(self._context.reading, course, self.chosen.unit)
        except UserError as error:
            self.notice.show_error(error)
        self._show()

    def _show(self) -> None:
        sheet, taken = self._sheet, self._taken
        rows = sheet.rows if sheet else ()
        lines = []
        for row in rows:
            if not self.only_open.isChecked() or row.open:
                days = (
                    {}
                    if taken is None
                    else {
                        kind: found.days
                        for kind in DeductionKind
                        if (found := taken.days.get((row.member.person, kind))) is not None
                    }
                )
                lines.append(BenefitsLine(row, days))
        on = [kind for kind in DeductionKind if taken is not None and kind in taken.on]
        self.model.set_lines(lines, on)
        self._show_state()
        self._show_person()

    def _show_state(self) -> None:
        sheet = self._sheet
        may = self._desk.may(Right.DRAFT_ALLOWANCE)
        waiting = sum(bool(row.open) for row in sheet.rows) if sheet else 0
        unasked = sheet.unasked if sheet else 0
        if sheet is None or not sheet.rows:
            parts.set_tone(self.state, "이 과정에는 교육생이 없습니다.", "muted")
        elif not sheet.asked:
            words = "아직 묻지 않았습니다. [질문하기]를 누르면 모두 미확인이 되고, 미확인이 남은 사람은 확정되지 않습니다."
            parts.set_tone(self.state, words, "muted")
        elif waiting or unasked:
            more = f" · 아직 묻지 않은 사람 {unasked}명" if unasked else ""
            parts.set_tone(self.state, f"! 남은 사람 {waiting}명 / {len(sheet.rows)}명{more}", "warn")
        else:
            parts.set_tone(self.state, f"✓ {len(sheet.rows)}명 모두 확인됨", "ok")
        self.ask_button.setEnabled(may and unasked > 0)
        self.no_button.setEnabled(may and waiting > 0)
        for button, first in ((self.ask_button, unasked > 0), (self.no_button, not unasked)):
            button.setProperty("primary", first)
            button.style().unpolish(button)
            button.style().polish(button)

    def _show_person(self) -> None:
        at = self.view.currentIndex()
        kind = self.model.question_of(at.column()) if at.isValid() else None
        text = next((one.text for one in QUESTIONS if one.kind == kind), "")
        self._question.setText(f"{text}?" if text else "칸을 고르면 질문을 보여 줍니다.")
        parts.clear(self._spans)
        line = self.model.lines[at.row()] if at.isValid() and at.row() < len(self.model.lines) else None
        name = self._context.masking.show_name(line.asked.member.name) if line else ""
        self._spans.addWidget(parts.heading(f"{name}님의 기간" if line else "기간"))
        for words in line.asked.open if line else ():
            self._spans.addWidget(_wrapped(f"! {words}"))
        if line is None or not line.asked.spans:
            self._spans.addWidget(parts.muted("적힌 기간이 없습니다."))
            return
        for span in line.asked.spans:
            self._spans.addWidget(_wrapped(show_span(span)))
            self._spans.addLayout(parts.row(None, parts.link("지우기", partial(self.remove_span, span))))


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
