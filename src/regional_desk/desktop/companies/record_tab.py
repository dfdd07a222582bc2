"""기록: what is known of a company, edited in place; a wrong 사업자등록번호 is named while it is typed."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QLineEdit, QScrollArea, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.companies.tab import CompanyTab
from regional_desk.desktop.shell import Context
from regional_desk.domain.companies import (
    CompanyKind,
    parse_business_number,
    parse_employees,
    show_business_number,
)
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import digits_only
from regional_desk.errors import UsageError
from regional_desk.services.companies import companies
from regional_desk.services.companies.companies import CompanyValues
from regional_desk.store.companies import CompanyRow

_LABELS = {
    "name": "기업명",
    "business_number": "사업자등록번호",
    "kind": "유형",
    "representative": "대표자",
    "industry": "업종",
    "address": "소재지",
    "employees": "상시근로자 수",
    "contact": "담당자",
    "phone": "연락처",
    "email": "이메일",
}
_DIGITS = 10
_BAD_CHECK, _BAD_LENGTH = "! 검증번호가 맞지 않습니다.", "! 숫자 10자리여야 합니다."
_KINDS = {
    None: "–",
    CompanyKind.MANUFACTURER: "제조 (Track1, 스마트공장 도입)",
    CompanyKind.SUPPLIER: "공급 (Track2, 제조AI 솔루션)",
}


class RecordTab(CompanyTab):
    """Every field of the company's row; Ctrl+S saves."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.fields = {name: QLineEdit() for name in _LABELS if name != "kind"}
        self.kind = QComboBox()
        for kind, label in _KINDS.items():
            self.kind.addItem(label, kind)
        self.number_error = QLabel()
        inner = QWidget()
        form = QFormLayout(inner)
        form.setContentsMargins(0, 0, 4, 0)
        for name, label in _LABELS.items():
            field = self.kind if name == "kind" else self.fields[name]
            field.setAccessibleName(label)
            form.addRow(label, field)
            if name == "business_number":
                form.addRow("", self.number_error)
        self.save_button = parts.button("저장", self.save, tip="Ctrl+S")
        self.drop_button = parts.button("고친 것 버리기", self.drop)
        scroll = QScrollArea()  # large text on a small screen
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        self.lines.addWidget(scroll, 1)
        self.lines.addLayout(parts.row(self.save_button, self.drop_button, None))
        self._shown: dict[str, str] = {}
        self.number_error.hide()
        self.fields["business_number"].textChanged.connect(lambda _text: self._check_number())
        for field in self.fields.values():
            field.textChanged.connect(lambda _text: self._enable())
        self.kind.currentIndexChanged.connect(lambda _at: self._enable())
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)

    @property
    def is_dirty(self) -> bool:
        """Whether a field says something else than was read."""
        return bool(self._shown) and self._texts() != self._shown

    def show_company(self, company: CompanyRow) -> None:
        """Show a company; what was typed for this one stays, and is refused on saving where somebody else changed it."""
        same = self.company is not None and self.company.id == company.id
        if not (same and self.is_dirty):
            super().show_company(company)

    def read(self, company: CompanyRow) -> None:
        """Show the fields as they may be seen."""
        masking = self.context.masking
        shown = {
            "name": company.name,
            "business_number": show_business_number(company.business_number),
            "representative": masking.show_name(company.representative or ""),
            "industry": company.industry or "",
            "address": company.address or "",
            "employees": "" if company.employees is None else str(company.employees),
            "contact": masking.show_name(company.contact or ""),
            "phone": masking.show_phone(company.phone),
            "email": masking.show_email(company.email),
        }
        self._shown = {}
        for name, text in shown.items():
            self.fields[name].setText(text)
            self.fields[name].setCursorPosition(0)
        self.kind.setCurrentIndex(self.kind.findData(CompanyKind(company.kind) if company.kind else None))
        for widget in (*self.fields.values(), self.kind):
            widget.setEnabled(self.may_write)
        self._shown = self._texts()
        self._enable()

    def save(self) -> None:
        """Set what was typed."""
        company = self.company
        if company is None or not self.may_write or not self.is_dirty:
            return
        before = self._shown
        self._shown = {}  # the page reads again while it is being saved
        if not self.act(
            lambda: companies.edit_company(self.desk, company.id, company.version, self._wanted())
        ):
            self._shown = before

    def drop(self) -> None:
        """Leave what was typed and show what is kept."""
        if self.company is not None:
            self._shown = {}
            self.show_company(self.company)

    def _check_number(self) -> None:
        """Name in few words what is wrong with the number while it is typed; saving says it whole."""
        text, words = self.fields["business_number"].text(), ""
        try:
            parse_business_number(text)
        except Refused as refused:
            words = _BAD_CHECK if len(digits_only(text)) == _DIGITS else _BAD_LENGTH
            self.number_error.setToolTip(str(refused))
        parts.set_tone(self.number_error, words, "bad")

    def _wanted(self) -> CompanyValues:
        texts, kind = self._texts(), self.kind.currentData()
        try:
            employees = parse_employees(texts["employees"])
        except Refused as refused:
            raise UsageError(f"{refused} 저장하지 않았습니다.") from refused
        return CompanyValues(
            name=texts["name"],
            business_number=texts["business_number"],
            kind=CompanyKind(kind) if kind else None,
            representative=texts["representative"],
            industry=texts["industry"],
            address=texts["address"],
            employees=employees,
            contact=texts["contact"],
            phone=texts["phone"],
            email=texts["email"],
        )

    def _texts(self) -> dict[str, str]:
        return {name: field.text() for name, field in self.fields.items()} | {"kind": self.kind.currentText()}

    def _enable(self) -> None:
        for button in (self.save_button, self.drop_button):
            button.setEnabled(self.is_dirty and self.may_write)
