"""계좌: where the company's internship support goes, and the call of a second person that frees it after a change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QLabel, QLineEdit

from regional_desk.desktop import parts
from regional_desk.desktop.companies.tab import CompanyTab
from regional_desk.desktop.shell import Context
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import UserError
from regional_desk.exchange.received_files import TAKEN
from regional_desk.services import codes
from regional_desk.services.claims import company_accounts
from regional_desk.services.claims.company_accounts import CompanyAccount
from regional_desk.services.companies import company_documents
from regional_desk.store.companies import CompanyRow

_NO_PAPER = "증빙 파일 붙이기…"
_WORDS = (
    "인턴지원금을 보낼 기업의 계좌입니다. 암호화하여 보관하고, 적거나 바꾸면 다른 사람이 기업의 대표번호로 "
    "전화해 확인할 때까지 보내지 않습니다."
)


class AccountTab(CompanyTab):
    """The account with its state above; below how it is changed, and how it is freed."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._account: CompanyAccount | None = None
        self._paper: Path | None = None
        self.account, self.state, self.history = parts.heading(""), QLabel(), parts.muted()
        self.state.setWordWrap(True)
        self.bank, self.number, self.holder = QComboBox(), QLineEdit(), QLineEdit()
        for code, name in codes.bank_names().items():
            self.bank.addItem(name, code)
        self.number.setPlaceholderText("숫자만 적어도 됩니다")
        self.holder.setPlaceholderText("통장사본에 적힌 그대로")
        self.save_button = parts.button("계좌 저장", self.save, primary=True)
        self.memo, self.reason = QLineEdit(), QLineEdit()
        self.memo.setPlaceholderText("예: 10/1 14:00 대표번호로 경리 담당과 통화, 은행·번호·예금주 확인")
        self.reason.setPlaceholderText("기업이 아닌 예금주의 계좌로 받는 사유")
        self.paper_button = parts.button(_NO_PAPER, self.choose_paper, tip=TAKEN)
        self.release_button = parts.button("보류 풀기", self.release, tip="Enter")
        self._build()
        self.memo.returnPressed.connect(self.release)

    def _build(self) -> None:
        for widget in (self.account, self.state, self.history, parts.muted(_WORDS)):
            self.lines.addWidget(widget)
        form = QFormLayout()
        for label, field in (
            ("은행(&B)", self.bank),
            ("계좌번호(&C)", self.number),
            ("예금주(&O)", self.holder),
        ):
            form.addRow(label, field)
        self._form = parts.card(parts.heading("계좌 적기·바꾸기"), form, parts.row(None, self.save_button))
        self._release = parts.card(
            parts.heading("확인 전화 뒤 보류 풀기"),
            self.memo,
            self.reason,
            self.paper_button,
            parts.row(None, self.release_button),
        )
        self.memo.setAccessibleName("확인 전화 내용")
        self.reason.setAccessibleName("기업이 아닌 예금주의 계좌로 받는 사유")
        self.lines.addWidget(self._form)
        self.lines.addWidget(self._release)
        self.lines.addStretch(1)

    def read(self, company: CompanyRow) -> None:
        """The account by its last digits; what was typed for another company is gone."""
        found = company_accounts.read(self.context.reading, company.id)
        self._account, self._paper = found, None
        self.paper_button.setText(_NO_PAPER)
        for field in (self.number, self.memo, self.reason):
            field.clear()
        self.holder.setText(company.name if found is None else found.holder)
        if found is not None:
            self.bank.setCurrentIndex(max(0, self.bank.findData(found.bank)))
        self._show(found)

    def save(self) -> None:
        """The account as it is typed."""
        company, before = self.company, self._account
        if company is None or not self.may_write:
            return
        self.act(
            lambda: company_accounts.set_account(
                self.desk,
                company.id,
                self.bank.currentData(),
                self.number.text(),
                self.holder.text(),
                version=before.version if before else None,
            )
        )

    def choose_paper(self) -> None:
        """The paper for another holder's account."""
        chosen, _ = QFileDialog.getOpenFileName(self, "증빙 파일")
        if chosen:
            self._paper = Path(chosen)
            self.paper_button.setText(f"증빙: {self._paper.name}")

    def release(self) -> None:
        """Free the account with what the call told."""
        found = self._account
        if found is None or not self.release_button.isEnabled():
            return
        self.notice.hide()
        try:
            paper = company_documents.read_file(self._paper) if self._paper and found.others else None
        except UserError as error:
            self.notice.show_error(error)
            return
        reason = self.reason.text() if found.others else ""
        self.act(
            lambda: company_accounts.release(
                self.desk, found.company, found.version, self.memo.text(), reason=reason, paper=paper
            )
        )

    def _show(self, found: CompanyAccount | None) -> None:
        if found is None:
            self.account.setText("적힌 계좌가 없습니다")
            parts.set_tone(self.state, "! 계좌가 없어 인턴지원금을 보낼 수 없습니다", "warn")
            self.history.setText("")
        else:
            tail = Masking.MASKED.show_account(found.tail)
            self.account.setText(f"{found.bank_name} {tail} · 예금주 {found.holder}")
            if found.hold:
                parts.set_tone(self.state, f"! 보류: {found.hold}", "bad")
            else:
                parts.set_tone(self.state, "✓ 확인된 계좌", "ok")
            self.history.setText(_told(found))
        self.history.setVisible(found is not None)
        writes = self.may_write
        self._form.setVisible(writes)
        self.save_button.setEnabled(writes)
        held = found is not None and bool(found.hold)
        self._release.setVisible(held)
        may = held and self.desk.may(Right.RELEASE_ACCOUNT) and self.context.masking is Masking.FULL
        for widget in (self.memo, self.reason, self.paper_button, self.release_button):
            widget.setEnabled(may)
        self.release_button.setToolTip("Enter" if may else "팀장이나 단장이 풀 수 있습니다")
        self.reason.setVisible(found is not None and found.others)
        self.paper_button.setVisible(found is not None and found.others)
        parts.set_primary(self.save_button, not may)
        parts.set_primary(self.release_button, may)


def _told(found: CompanyAccount) -> str:
    changed = f"{korean_date(found.changed_at.date())} {found.changed_by}이(가) 적음"
    if found.released_at is None:
        return changed
    freed = f"{korean_date(found.released_at.date())} {found.released_by}이(가) 확인"
    return " · ".join(filter(None, (changed, freed, found.memo)))
