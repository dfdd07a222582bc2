"""정책 승인: the terms are settled and tried at once; who changes is seen before anything is adopted."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.courses.change_table import change_columns
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.policies import Component, Method
from regional_desk.domain.policy_terms import LEAVER_DAYS, ROUNDING_UNITS, Terms
from regional_desk.domain.text import korean_date, won
from regional_desk.errors import UserError
from regional_desk.services import policies
from regional_desk.services.pay import policy_preview
from regional_desk.services.pay.policy_preview import CourseChange, PolicyPreview
from regional_desk.services.policies import Policy

_PAUSE = 350  # milliseconds without a key before what stands there is tried
_MOST_WON = 99_999_990
_SIZE = (930, 660)


class AdoptDialog(QDialog):
    """The 공문 a scheme rests on, its terms, and what they would do."""

    def __init__(self, context: Context, policy: Policy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._desk, self._policy = context, context.desk, policy
        self.setWindowTitle("정책 승인")
        self.resize(context.theme.size(_SIZE[0]), context.theme.size(_SIZE[1]))
        self.reference = QLineEdit()
        self.reference.setPlaceholderText("예: 지역기업정책과-1234")
        self.date, self.since = _calendar(), _calendar()
        put_day(self.date, context.desk.clock.today())
        put_day(self.since, policy.scheme.effective_from)
        self.method, self.rounding, self.leavers = QComboBox(), QComboBox(), QComboBox()
        self.min_rate = QDoubleSpinBox(decimals=1, minimum=0, maximum=100, singleStep=0.5, suffix=" %")
        self.rates = [_rate_fields(part) for part in policy.scheme.components]
        self.deductions = {one.kind: QCheckBox(one.kind.label) for one in policy.scheme.deductions}
        self._put_terms()
        self.told, self.notice = QLabel(), parts.Notice()
        self.told.setWordWrap(True)
        self.table: Table[CourseChange] = Table(
            _columns(context),
            context.colour,
            empty="바뀌는 사람이 없습니다.",
            name="바뀌는 사람",
            scale=context.theme.size,
            filtered=False,
        )
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.try_out)
        self._connect()
        self.try_out()

    @classmethod
    def ask(cls, context: Context, policy: Policy) -> bool:
        """Whether the scheme was adopted."""
        dialog = cls(context, policy, QApplication.activeWindow())
        done = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return done

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

    def try_out(self) -> None:
        """Show who changes by these terms; a term that cannot be is told in its place."""
        self._pause.stop()
        found: PolicyPreview | None = None
        try:
            found = policy_preview.preview(self._context.reading, self._policy.scheme.key, self.terms())
        except UserError as error:
            self.told.setText(f"! {error.message}")
        else:
            self.told.setText(preview_words(found))
        self.table.set_rows(found.changes if found else ())
        self._adopt.setEnabled(found is not None)

    def adopt(self) -> None:
        """Adopt, or say why not."""
        try:
            policies.adopt(
                self._desk,
                self._policy.scheme.key,
                reference=self.reference.text(),
                document_date=day_of(self.date),
                terms=self.terms(),
            )
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()

    def _put_terms(self) -> None:
        scheme = self._policy.scheme
        for method in Method:
            self.method.addItem(method.label, method.value)
        self.method.setCurrentIndex(self.method.findData(scheme.method.value))
        for unit in ROUNDING_UNITS:
            self.rounding.addItem(f"{unit}원 미만 버림" if unit > 1 else "버리지 않음", unit)
        self.rounding.setCurrentIndex(self.rounding.findData(scheme.rounding_unit))
        for key, words in LEAVER_DAYS.items():
            self.leavers.addItem(words, key)
        self.leavers.setCurrentIndex(self.leavers.findData(scheme.leaver_days))
        self.min_rate.setValue(float(scheme.min_rate))
        for one in scheme.deductions:
            self.deductions[one.kind].setChecked(one.on)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.addWidget(parts.heading(self._policy.scheme.name))
        form = QFormLayout()
        form.addRow("공문·지침 번호(&N)", self.reference)
        form.addRow("공문 날짜(&D)", self.date)
        form.addRow("이날부터 시작하는 단위기간에(&F)", self.since)
        form.addRow("지급 방식(&M)", self.method)
        form.addRow("최저 출석률(&R)", self.min_rate)
        form.addRow("끝수(&W)", self.rounding)
        form.addRow("중도탈락자의 분모(&L)", self.leavers)
        for part, (daily, cap) in zip(self._policy.scheme.components, self.rates, strict=True):
            line = QHBoxLayout()
            for widget in (QLabel("하루"), daily, QLabel("단위기간 한도"), cap):
                line.addWidget(widget)
            line.addStretch(1)
            form.addRow(_component_name(part), line)
        if self.deductions:
            boxes = QHBoxLayout()
            for box in self.deductions.values():
                boxes.addWidget(box)
            boxes.addStretch(1)
            form.addRow("공제", boxes)
        layout.addLayout(form)
        layout.addWidget(self.told)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.notice)
        buttons = QDialogButtonBox()
        self._adopt = buttons.addButton("승인", QDialogButtonBox.ButtonRole.AcceptRole)
        self._adopt.setProperty("primary", True)
        buttons.addButton("취소", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.adopt)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        for chosen in (self.method, self.rounding, self.leavers):
            chosen.currentIndexChanged.connect(lambda _at: self._pause.start())
        self.min_rate.valueChanged.connect(lambda _rate: self._pause.start())
        self.since.dateChanged.connect(lambda _day: self._pause.start())
        for fields in self.rates:
            for field in fields:
                field.valueChanged.connect(lambda _won: self._pause.start())
        for box in self.deductions.values():
            box.toggled.connect(lambda _on: self._pause.start())


def preview_words(found: PolicyPreview) -> str:
    """What the terms would do, in words: people, won, what stays, and what each method would pay."""
    change = found.total_after - found.total_before
    methods = " · ".join(f"{method.label} {won(total)}원" for method, total in found.methods.items())
    stays = f" 이미 확정된 {found.kept}명은 그때의 기준 그대로입니다." if found.kept else ""
    return (
        f"바뀌는 사람 {found.people}명, {change:+,}원 ({won(found.total_before)}원 → {won(found.total_after)}원)."
        f"{stays}\n{korean_date(found.scheme.effective_from)} 이후 시작한 단위기간을 지금 기록으로 계산하면: {methods}"
    )


def _columns(context: Context) -> tuple[Column[CourseChange], ...]:
    course: Column[CourseChange] = Column("과정", lambda row: row.course_name, width=190)
    return (course, *change_columns(lambda row: row.person, context.masking))


def _component_name(part: Component) -> str:
    return part.name if part.region is None else f"{part.name}({part.region.value})"


def _rate_fields(part: Component) -> tuple[QSpinBox, QSpinBox]:
    fields = []
    for value in (part.daily_rate, part.monthly_cap):
        field = QSpinBox(minimum=0, maximum=_MOST_WON, singleStep=1000, suffix=" 원")
        field.setGroupSeparatorShown(True)
        field.setValue(value)
        fields.append(field)
    return fields[0], fields[1]


def _calendar() -> QDateEdit:
    field = QDateEdit()
    field.setCalendarPopup(True)
    field.setDisplayFormat("yyyy. M. d.")
    return field
