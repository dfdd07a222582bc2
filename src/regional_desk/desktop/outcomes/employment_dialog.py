"""취업상황: employed or not seven months after the course, where, and how that was found out."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.allowance.money_fields import day_field
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.outcomes.choice_field import answer_field, source_field
from regional_desk.desktop.shell import Context
from regional_desk.domain.outcomes import Employment
from regional_desk.domain.text import korean_date
from regional_desk.services.outcomes import employment
from regional_desk.services.outcomes.employment import SOURCES, EmploymentLine, Situation


class EmploymentDialog(FormDialog):
    """The answer with employer and day; what the office knows from the conversion is one button away."""

    def __init__(self, parent: QWidget | None, context: Context, line: EmploymentLine) -> None:
        row, name = line.row, context.masking.show_name(line.row.name)
        sentence = (
            f"{row.course_name}({korean_date(row.ended_on)} 종료, {line.outcome.label})을 마친 {name}님의 취업상황을 "
            f"적습니다. {korean_date(line.span.on)}부터 {korean_date(line.span.until)}까지 확인합니다."
        )
        super().__init__(parent, "취업상황", sentence, "저장")
        self._desk, self._line = context.desk, line
        today = context.desk.clock.today()
        answers = [(one.label, one) for one in Employment]
        self.answer = answer_field(answers, line.result or Employment.EMPLOYED)
        self.checked = day_field("확인한 날", row.checked_on or today, last=today)
        self.employer = QLineEdit(row.employer or "")
        self.knows_day = QCheckBox("취업일을 앎")
        self.knows_day.setChecked(row.employed_from is not None)
        self.since = day_field("취업일", row.employed_from or today, last=today)
        self.source = source_field(SOURCES, row.source or "")
        self.memo = QLineEdit(row.memo or "")
        self.take_button = parts.button("전환 기록대로(&T)", self.take)
        self.take_button.setAutoDefault(False)
        self.take_button.setVisible(line.known is not None)
        if line.known is not None:
            known = f"{line.known.employer} {korean_date(line.known.employed_from)}"
            self.take_button.setText(f"전환 기록대로: {known}(&T)")
        self.form.addRow("", self.take_button)
        for label, field in (
            ("결과(&K)", self.answer),
            ("확인한 날(&D)", self.checked),
            ("취업한 곳(&E)", self.employer),
            ("취업일(&S)", self.since),
            ("확인 방법(&H)", self.source),
            ("메모(&M)", self.memo),
        ):
            self.put(label, field)
            if field is self.employer:
                self.form.addRow("", self.knows_day)
        self.answer.currentIndexChanged.connect(lambda _at: self._enable())
        self.knows_day.toggled.connect(lambda _on: self._enable())
        self._enable()

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, line: EmploymentLine) -> bool:
        """Whether it was written down."""
        return cls(parent, context, line).run()

    def take(self) -> None:
        """Fill in the company that kept them on."""
        known = self._line.known
        if known is not None:
            self.answer.setCurrentIndex(self.answer.findData(Employment.EMPLOYED))
            self.employer.setText(known.employer)
            self.knows_day.setChecked(True)
            put_day(self.since, known.employed_from)
            self.source.setCurrentText(SOURCES[-1])

    def write(self) -> None:
        """Write the answer down."""
        result = Employment(self.answer.currentData())
        employed = result is Employment.EMPLOYED
        given = Situation(
            result,
            day_of(self.checked),
            self.source.currentText(),
            self.employer.text() if employed else "",
            day_of(self.since) if employed and self.knows_day.isChecked() else None,
            self.memo.text(),
        )
        employment.record(self._desk, self._line.row.membership, given, version=self._line.row.version)

    def _enable(self) -> None:
        employed = Employment(self.answer.currentData()) is Employment.EMPLOYED
        self.offer(self.employer, employed)
        self.offer(self.knows_day, employed)
        self.offer(self.since, employed and self.knows_day.isChecked())
