"""Asks how many companies of a kind the region takes, and from which score on."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.refused import Refused
from regional_desk.domain.screening import parse_points, show_points
from regional_desk.errors import Refusal, UserError
from regional_desk.services.companies import company_ranking, company_selection

_WIDTH, _WHOLE, _IN_TENTHS = 460, 100, 100


class GoalDialog(QDialog):
    """Two fields with the source of what is proposed; refusals stand in it."""

    def __init__(self, parent: QWidget | None, context: Context, kind: CompanyKind) -> None:
        super().__init__(parent)
        self._desk, self._kind = context.desk, kind
        self.setWindowTitle(f"{kind.value}기업 목표")
        self.setMinimumWidth(context.theme.size(_WIDTH))
        self.companies, self.line = QLineEdit(), QLineEdit()
        self.line.setPlaceholderText("비우면 합격선을 두지 않음")
        terms = company_ranking.terms()
        now = next(one for one in company_selection.progress(self._desk) if one.kind is kind)
        score = terms.pass_score if now.goal is None else now.pass_score
        self.companies.setText("" if now.goal is None else str(now.goal))
        self.line.setText("" if score is None else show_points(score // _IN_TENTHS))
        self.notice = parts.Notice()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("저장")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        for label, field in (("목표 기업 수", self.companies), ("합격선(100점 가운데)", self.line)):
            field.setAccessibleName(label)
            form.addRow(label, field)
        criteria = " · ".join(f"{one.name} {one.weight}%" for one in terms.criteria)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(parts.muted(f"평가항목: {criteria}"))
        layout.addWidget(parts.muted(f"근거: {terms.source}"))
        layout.addWidget(self.notice)
        layout.addWidget(buttons)

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, kind: CompanyKind) -> bool:
        """Whether the goal was set."""
        dialog = cls(parent, context, kind)
        sure = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return sure

    def save(self) -> None:
        """Set the goal; a refusal is shown and the form stays."""
        self.notice.hide()
        try:
            company_selection.set_goal(self._desk, self._kind, self._number(), self._score())
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()

    def _number(self) -> int:
        text = self.companies.text().strip()
        if not (text.isascii() and text.isdecimal()):
            raise Refusal("목표 기업 수에 숫자를 적어 주십시오.")
        return int(text)

    def _score(self) -> int | None:
        try:
            tenths = parse_points(self.line.text(), _WHOLE)
        except Refused as refused:
            raise Refusal(str(refused)) from refused
        return None if tenths is None else tenths * _IN_TENTHS
