"""직접 추가: an internship that no matching round made, with the reason for it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from regional_desk.desktop.internships.agreement_dialog import AgreementDialog
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.internships.person_field import PersonField
from regional_desk.desktop.shell import Context
from regional_desk.errors import Refusal
from regional_desk.services.companies import companies, positions
from regional_desk.services.internships import internships
from regional_desk.services.internships.drafts import AgreementDraft
from regional_desk.services.internships.reading import InternshipDetail

_WORDS = "연계 결과를 공개한 배정은 [협약 준비]로 만듭니다. 연계 차수 없이 시작하는 인턴십만 여기에서 사유와 함께 만듭니다."
_NO_POSITION = "직무 없음"


class AddDialog(FormDialog):
    """Who, where, on which position and why; the terms follow in the next form."""

    def __init__(self, parent: QWidget | None, context: Context) -> None:
        super().__init__(parent, "인턴십 직접 추가", _WORDS, "조건 적기…")
        self._context, self._desk = context, context.desk
        self.made: UUID | None = None
        self.who, self.reason = PersonField(context), QLineEdit()
        self.company, self.position = QComboBox(), QComboBox()
        for row in companies.survey_companies(context.reading):
            self.company.addItem(row.name, str(row.id))
        self.put("인턴(&N)", self.who)
        self.put("기업(&C)", self.company)
        self.put("직무(&P)", self.position)
        self.put("연계 없이 만드는 사유(&R)", self.reason)
        self.company.currentIndexChanged.connect(lambda _at: self._fill_positions())
        self._fill_positions()
        self.who.setFocus()

    def write(self) -> None:
        """Look the terms over in the agreement's form, which writes."""
        trainee, company = self.who.person(), _chosen(self.company)
        if company is None:
            raise Refusal("기업이 아직 없습니다. 먼저 기업을 넣어 주십시오.")
        if not self.reason.text().strip():
            raise Refusal("연계 없이 인턴십을 만드는 사유를 적어 주십시오.")
        position = _chosen(self.position)

        def add(draft: AgreementDraft) -> InternshipDetail:
            return internships.add_direct(self._desk, trainee, company, position, self.reason.text(), draft)

        draft = internships.propose(self._desk, company, position)
        self.made = AgreementDialog.ask_new(
            self, self._context, f"{self.company.currentText()} 협약 초안", draft, add
        )

    def accept(self) -> None:
        """Only once the terms were written: whoever thinks better of them may choose anew."""
        if self.made is not None:
            super().accept()

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context) -> UUID | None:
        """The internship that was made, None where the person thought better of it."""
        dialog = cls(parent, context)
        return dialog.made if dialog.run() else None

    def _fill_positions(self) -> None:
        company = _chosen(self.company)
        blocker = QSignalBlocker(self.position)
        self.position.clear()
        self.position.addItem(_NO_POSITION, "")
        if company is not None:
            for row in positions.list_positions(self._desk, company_id=company):
                self.position.addItem(row.name, str(row.id))
        self.position.setCurrentIndex(min(1, self.position.count() - 1))
        blocker.unblock()


def _chosen(combo: QComboBox) -> UUID | None:
    data = combo.currentData()
    return UUID(data) if data else None
