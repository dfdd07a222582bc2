"""정규직 전환: kept on from which day, or why not, with the evidence."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QLineEdit, QWidget

from regional_desk.desktop.admin.dates import day_of
from regional_desk.desktop.allowance.money_fields import AmountField, day_field
from regional_desk.desktop.internships.file_field import FileField
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.outcomes.choice_field import answer_field
from regional_desk.desktop.shell import Context
from regional_desk.domain.text import korean_date
from regional_desk.services.outcomes import conversions
from regional_desk.services.outcomes.conversions import Decision
from regional_desk.services.outcomes.records import InternOutcome

_WAGE = 150


class ConversionDialog(FormDialog):
    """The decision, its days, the terms, and what proves it."""

    def __init__(self, parent: QWidget | None, context: Context, found: InternOutcome) -> None:
        row, kept = found.row, found.row.conversion
        name, last = context.masking.show_name(row.name), row.last_day or row.started_on
        sentence = (
            f"{name}님의 {row.company_name} 인턴십({korean_date(last)}까지) 뒤에 정규직이 되었는지 적습니다. "
            "고용유지 6·12개월을 전환일부터 셉니다."
        )
        super().__init__(parent, "정규직 전환", sentence, "저장")
        self._desk, self._found = context.desk, found
        today = context.desk.clock.today()
        self.answer = answer_field((("전환", True), ("전환 안 함", False)), kept.converted if kept else True)
        self.decided = day_field("정한 날", kept.decided_on if kept else today, last=today)
        since = kept.employed_from if kept else None
        self.since = day_field("전환일", since or last + dt.timedelta(days=1))
        self.employment = QLineEdit((kept.employment or "") if kept else "정규직")
        self.wage = AmountField("월 임금", context.theme.size(_WAGE))
        self.wage.put((kept.wage or 0) if kept else 0)
        self.reason = QLineEdit((kept.reason or "") if kept else "")
        self.file = FileField("증빙")
        for label, field in (
            ("결과(&K)", self.answer),
            ("정한 날(&D)", self.decided),
            ("전환일(&S)", self.since),
            ("고용 형태(&E)", self.employment),
            ("월 임금(원)(&W)", self.wage),
            ("사유·메모(&R)", self.reason),
            ("증빙(&F)", self.file),
        ):
            self.put(label, field)
        if kept is not None and kept.file_name:
            self.file.line.setPlaceholderText(f"붙여 둔 것: {kept.file_name}")
        self.answer.currentIndexChanged.connect(lambda _at: self._enable())
        self._enable()

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, found: InternOutcome) -> bool:
        """Whether it was written down."""
        return cls(parent, context, found).run()

    def write(self) -> None:
        """Write the decision down."""
        kept, path = self._found.row.conversion, self.file.path()
        converted = bool(self.answer.currentData())
        given = Decision(
            converted,
            day_of(self.decided),
            day_of(self.since) if converted else None,
            self.employment.text(),
            self.wage.value() or None,
            self.reason.text(),
        )
        conversions.record(
            self._desk,
            self._found.row.id,
            given,
            version=kept.version if kept else None,
            file=conversions.read_file(path) if path else None,
        )

    def _enable(self) -> None:
        converted = bool(self.answer.currentData())
        for field in (self.since, self.employment, self.wage):
            self.offer(field, converted)
        self.reason.setPlaceholderText("" if converted else "전환하지 않은 까닭")
