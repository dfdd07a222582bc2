"""고용유지 확인: still employed 6 or 12 months after the conversion, and how that was found out."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from regional_desk.desktop.admin.dates import day_of
from regional_desk.desktop.allowance.money_fields import day_field
from regional_desk.desktop.internships.file_field import FileField
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.outcomes.choice_field import answer_field, source_field
from regional_desk.desktop.shell import Context
from regional_desk.domain.outcomes import Retention
from regional_desk.domain.text import korean_date
from regional_desk.services.outcomes import conversions, retention_checks
from regional_desk.services.outcomes.records import Check, InternOutcome
from regional_desk.services.outcomes.retention_checks import SOURCES, Finding


class RetentionDialog(FormDialog):
    """The answer, its day, the last day of work of who left, and what shows it."""

    def __init__(self, parent: QWidget | None, context: Context, found: InternOutcome, check: Check) -> None:
        name, on = context.masking.show_name(found.row.name), korean_date(check.span.on)
        sentence = (
            f"{name}님이 {found.row.company_name}에 전환 {check.months}개월이 되는 {on}에 근무하고 있었는지 적습니다. "
            f"{korean_date(check.span.until)}까지 확인합니다."
        )
        super().__init__(parent, f"고용유지 {check.months}개월", sentence, "저장")
        self._desk, self._found, self._check = context.desk, found, check
        kept, today = check.row, context.desk.clock.today()
        answers = [(one.label, one) for one in Retention]
        self.answer = answer_field(answers, Retention(kept.result) if kept else Retention.KEPT)
        self.checked = day_field("확인한 날", kept.checked_on if kept else today, last=today)
        self.left = day_field("마지막 근무일", (kept.left_on if kept else None) or today, last=today)
        self.source = source_field(SOURCES, kept.source if kept else "")
        self.memo = QLineEdit((kept.memo or "") if kept else "")
        self.file = FileField("증빙")
        for label, field in (
            ("결과(&K)", self.answer),
            ("확인한 날(&D)", self.checked),
            ("마지막 근무일(&L)", self.left),
            ("확인 방법(&S)", self.source),
            ("메모(&M)", self.memo),
            ("증빙(&F)", self.file),
        ):
            self.put(label, field)
        if kept is not None and kept.file_name:
            self.file.line.setPlaceholderText(f"붙여 둔 것: {kept.file_name}")
        self.answer.currentIndexChanged.connect(lambda _at: self._enable())
        self._enable()

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, found: InternOutcome, check: Check) -> bool:
        """Whether it was written down."""
        return cls(parent, context, found, check).run()

    def write(self) -> None:
        """Write the answer down."""
        kept, path, result = self._check.row, self.file.path(), Retention(self.answer.currentData())
        given = Finding(
            result,
            day_of(self.checked),
            self.source.currentText(),
            day_of(self.left) if result is Retention.LEFT else None,
            self.memo.text(),
        )
        retention_checks.record(
            self._desk,
            self._found.row.id,
            self._check.months,
            given,
            version=kept.version if kept else None,
            file=conversions.read_file(path) if path else None,
        )

    def _enable(self) -> None:
        self.offer(self.left, Retention(self.answer.currentData()) is Retention.LEFT)
