"""자격: each condition with its reason, what it rests on, and the decision."""

from __future__ import annotations

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QDateEdit, QGridLayout, QLabel, QLineEdit

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.people.tab import Tab
from regional_desk.desktop.shell import Context
from regional_desk.domain.eligibility import AGE, MOST_MILITARY_DAYS, Answer, Answered, Category, Line
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.services.recruitment import eligibility
from regional_desk.services.recruitment.eligibility import Case
from regional_desk.store.people import PersonRow

_SIGNS = {Answer.YES: ("○ 적격", "ok"), Answer.NO: ("× 부적격", "bad"), Answer.UNKNOWN: ("· 미정", "warn")}
_LINE_SIGNS = {
    Answer.YES: ("○ 예", "ok"),
    Answer.NO: ("× 아니오", "bad"),
    Answer.UNKNOWN: ("· 미확인", "warn"),
}
_DAYS_WIDTH = 70
_NOT_CHOSEN = "정하지 않음"


class ConditionRow:
    """One condition's fields: the answer, the day it was seen, and by what."""

    def __init__(self, tab: EligibilityTab, key: str, label: str) -> None:
        self.key = key
        self.answer, self.day, self.memo = QComboBox(), QDateEdit(), QLineEdit()
        for one in Answer:
            self.answer.addItem(_LINE_SIGNS[one][0], one)
        self.answer.setAccessibleName(label)
        self.day.setAccessibleName(f"{label} 확인한 날")
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy. M. d.")
        self.memo.setAccessibleName(f"{label} 무엇으로 확인")
        self.memo.setPlaceholderText("무엇으로 확인")
        self._tab = tab
        self._shown: Answered | None = None
        self.answer.activated.connect(lambda _at: self.save())
        self.day.editingFinished.connect(self.save)
        self.memo.editingFinished.connect(self.save)

    def show(self, found: Answered | None) -> None:
        """What was found out; an open one proposes today."""
        self._shown = found
        today = self._tab.desk.clock.today()
        put_day(self.day, found.on if found else today, last=today)
        self.answer.setCurrentIndex(list(Answer).index(found.answer if found else Answer.UNKNOWN))
        if not self.memo.isModified():
            self.memo.setText(found.memo if found else "")

    def save(self) -> None:
        """Keep the answer where one of the fields says something else; a memo alone answers nothing."""
        given = Answer(self.answer.currentData())  # Qt hands back the bare text
        new = Answered(given, day_of(self.day), self.memo.text().strip())
        if new == self._shown or (self._shown is None and given is Answer.UNKNOWN):
            return
        self.memo.setModified(False)
        self._tab.answer(self.key, new)


class EligibilityTab(Tab):
    """The application of this year as it is decided now."""

    right = Right.EDIT_RECRUITMENT

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.verdict, self.kept, self.stale = QLabel(), parts.muted(), QLabel()
        self.category, self.days, self.evidence = QComboBox(), QLineEdit(), parts.muted()
        self.category.addItem(_NOT_CHOSEN, None)
        for one in Category:
            self.category.addItem(one.label, one)
        self.category.setAccessibleName("지원 구분")
        self.days.setValidator(QIntValidator(0, MOST_MILITARY_DAYS, self.days))
        self.days.setFixedWidth(context.theme.size(_DAYS_WIDTH))
        self.days.setAccessibleName("병역 일수")
        self.decide_button = parts.button("판정하기", self.decide, primary=True)
        self.lines.addLayout(parts.row(self.verdict, self.stale, None, self.decide_button))
        self.lines.addWidget(self.kept)
        basis = parts.row(
            QLabel("구분"), self.category, 12, QLabel("병역"), self.days, QLabel("일"), self.evidence
        )
        basis.setStretch(basis.count() - 1, 1)
        self.lines.addLayout(basis)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(10)
        self.grid.setColumnStretch(3, 1)
        self.lines.addLayout(self.grid)
        self.source = parts.muted()
        self.lines.addWidget(self.source)
        self.lines.addStretch(1)
        self.rows: dict[str, ConditionRow] = {}
        self.reasons: dict[str, QLabel] = {}
        self.age, self.age_label = QLabel(), QLabel()
        self.category.activated.connect(lambda _at: self._save_basis())
        self.days.editingFinished.connect(self._save_basis)

    def read(self, person: PersonRow) -> None:
        """Decide anew and show every line."""
        self.decide_button.setEnabled(False)
        case = eligibility.case_of(self.context.reading, person.id)
        if set(self.rows) != set(case.terms.conditions):
            self._lay_out(case)
        sign, tone = _SIGNS[case.decision.overall]
        parts.set_tone(self.verdict, sign, tone)
        parts.set_tone(self.stale, "! 판정한 뒤에 내용이 바뀌었습니다" if case.is_stale else "", "warn")
        self.kept.setText(_kept(case))
        facts = case.facts
        self.category.setCurrentIndex(max(0, self.category.findData(facts.category)))
        self.days.setText(str(facts.military_days))
        self.evidence.setText(_evidence(case))
        self.source.setText(
            f"{case.terms.name} · {korean_date(case.terms.effective_from)} 시행 · 근거: {case.terms.source}"
        )
        for line in case.decision.lines:
            self._show_line(line, (facts.answers or {}).get(line.key))
        for widget in (self.category, self.days, self.decide_button):
            widget.setEnabled(self.may_write)

    def answer(self, condition: str, found: Answered) -> None:
        """Keep one answer."""
        person = self.person
        if person is not None:
            self.act(
                lambda: eligibility.answer(
                    self.desk, person.id, condition, found.answer, on=found.on, memo=found.memo
                )
            )

    def decide(self) -> None:
        """자격확인 or 부적격, as the lines say."""
        person = self.person
        if person is not None:
            self.act(lambda: eligibility.decide_person(self.desk, person.id))

    def _save_basis(self) -> None:
        person = self.person
        if person is not None and self.may_write:
            text = self.category.currentData()
            chosen = Category(text) if text else None
            self.act(lambda: eligibility.set_basis(self.desk, person.id, chosen, int(self.days.text() or 0)))

    def _lay_out(self, case: Case) -> None:
        parts.clear(self.grid)
        self.rows.clear()
        self.age, self.age_label = QLabel(), QLabel()
        for place, line in enumerate(case.decision.lines):
            reason = self.reasons[line.key] = parts.muted()
            if line.key == AGE:
                self.grid.addWidget(self.age_label, 0, 0)
                self.grid.addWidget(self.age, 0, 1)
                self.grid.addWidget(reason, 0, 2, 1, 2)
                continue
            row = self.rows[line.key] = ConditionRow(self, line.key, line.label)
            for column, field in enumerate((QLabel(line.label), row.answer, row.day, row.memo)):
                self.grid.addWidget(field, 2 * place, column)
            self.grid.addWidget(
                reason, 2 * place + 1, 1, 1, 3
            )  # under the fields: large letters need the width

    def _show_line(self, line: Line, found: Answered | None) -> None:
        self.reasons[line.key].setText(line.reason.removeprefix(f"{line.label}: "))
        if line.key == AGE:
            self.age_label.setText(line.label)
            parts.set_tone(self.age, *_LINE_SIGNS[line.answer])
            return
        row = self.rows[line.key]
        row.show(found)
        for field in (row.answer, row.day, row.memo):
            field.setEnabled(self.may_write)


def _kept(case: Case) -> str:
    if case.application.eligible is None:
        return (
            "아직 판정하지 않았습니다. 모든 조건이 '예'이면 자격확인, 하나라도 '아니오'이면 부적격이 됩니다."
        )
    word = "적격" if case.application.eligible else "부적격"
    return " — ".join(filter(None, (f"판정: {word}", case.application.eligibility_reason)))


def _evidence(case: Case) -> str:
    if not case.facts.military_days:
        return "병역을 더하려면 일수를 적고 병적증명서를 서류에 넣어 확인합니다."
    return "○ 병적증명서 확인됨" if case.facts.evidence else "· 병적증명서 미확인(서류 탭에서 확인)"
