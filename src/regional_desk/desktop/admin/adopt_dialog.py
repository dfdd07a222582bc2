"""수당 기준 승인: the terms are settled and tried at once; who changes is seen before anything is adopted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QSpinBox

from regional_desk.desktop.admin.adopt_form import AdoptForm, difference_words, won_field
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.courses.change_table import change_columns
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.domain.policies import Component, Method
from regional_desk.domain.policy_terms import LEAVER_DAYS, Terms
from regional_desk.domain.text import korean_date, won
from regional_desk.services import policies
from regional_desk.services.pay import policy_preview
from regional_desk.services.pay.policy_preview import CourseChange, PolicyPreview
from regional_desk.services.policies import Policy


class AdoptDialog(AdoptForm[CourseChange]):
    """The 공문 a scheme rests on, its terms, and what they would do."""

    def __init__(self, context: Context, policy: Policy) -> None:
        super().__init__(context, policy.name, _columns(context), "바뀌는 사람이 없습니다.")
        self._scheme = policy.scheme
        self.leavers = QComboBox()
        self.min_rate = QDoubleSpinBox(decimals=1, minimum=0, maximum=100, singleStep=0.5, suffix=" %")
        self.rates = [
            (won_field(part.daily_rate), won_field(part.monthly_cap)) for part in policy.scheme.components
        ]
        self.deductions = {one.kind: QCheckBox(one.kind.label) for one in policy.scheme.deductions}
        self._put_terms()
        self._put_rows()
        money = [field for fields in self.rates for field in fields]
        self.tried_by(self.method, self.rounding, self.leavers, self.min_rate, self.since)
        self.tried_by(*money, *self.deductions.values())
        self.try_out()

    def terms(self) -> Terms:
        """What is settled."""
        return Terms(
            method=Method(self.method.currentData()),
            min_rate=Decimal(str(self.min_rate.value())),
            rounding_unit=int(self.rounding.currentData()),
            leaver_days=str(self.leavers.currentData()),
            effective_from=day_of(self.since),
            rates={place: (daily.value(), cap.value()) for place, (daily, cap) in enumerate(self.rates)},
            deductions=frozenset(kind for kind, box in self.deductions.items() if box.isChecked()),
        )

    def trial(self) -> tuple[str, Sequence[CourseChange]]:
        """Who changes by these terms."""
        found = policy_preview.preview(self.context.reading, self._scheme.key, self.terms())
        return preview_words(found), found.changes

    def write(self) -> None:
        """Adopt the terms."""
        policies.adopt(
            self.desk,
            self._scheme.key,
            reference=self.reference.text(),
            document_date=day_of(self.date),
            terms=self.terms(),
        )

    def _put_terms(self) -> None:
        scheme = self._scheme
        put_day(self.since, scheme.effective_from)
        for method in Method:
            self.method.addItem(method.label, method.value)
        self.method.setCurrentIndex(self.method.findData(scheme.method.value))
        self.rounding.setCurrentIndex(self.rounding.findData(scheme.rounding_unit))
        for key, words in LEAVER_DAYS.items():
            self.leavers.addItem(words, key)
        self.leavers.setCurrentIndex(self.leavers.findData(scheme.leaver_days))
        self.min_rate.setValue(float(scheme.min_rate))
        for one in scheme.deductions:
            self.deductions[one.kind].setChecked(one.on)

    def _put_rows(self) -> None:
        self.form.addRow("이날부터 시작하는 단위기간에(&F)", self.since)
        self.form.addRow("지급 방식(&M)", self.method)
        self.form.addRow("최저 출석률(&R)", self.min_rate)
        self.form.addRow("끝수(&W)", self.rounding)
        self.form.addRow("중도탈락자의 분모(&L)", self.leavers)
        for part, (daily, cap) in zip(self._scheme.components, self.rates, strict=True):
            self.form.addRow(
                _component_name(part), _line(QLabel("하루"), daily, QLabel("단위기간 한도"), cap)
            )
        if self.deductions:
            self.form.addRow("공제", _line(*self.deductions.values()))


def preview_words(found: PolicyPreview) -> str:
    """What the terms would do, in words: people, won, what stays, and what each method would pay."""
    methods = " · ".join(f"{method.label} {won(total)}원" for method, total in found.methods.items())
    stays = f" 이미 확정된 {found.kept}명은 그때의 기준 그대로입니다." if found.kept else ""
    return (
        f"바뀌는 사람 {found.people}명, {difference_words(found.total_before, found.total_after)}."
        f"{stays}\n{korean_date(found.scheme.effective_from)} 이후 시작한 단위기간을 지금 기록으로 계산하면: {methods}"
    )


def _columns(context: Context) -> tuple[Column[CourseChange], ...]:
    course: Column[CourseChange] = Column("과정", lambda row: row.course_name, width=190)
    return (course, *change_columns(lambda row: row.person, context.masking))


def _component_name(part: Component) -> str:
    return part.name if part.region is None else f"{part.name}({part.region.value})"


def _line(*widgets: QLabel | QSpinBox | QCheckBox) -> QHBoxLayout:
    line = QHBoxLayout()
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return line
