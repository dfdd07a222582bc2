"""연락처: how a person is reached and paid, edited in place."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit

from regional_desk.desktop import parts
from regional_desk.desktop.people.card import show_account, show_span
from regional_desk.desktop.people.tab import Tab
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.people import parse_account, parse_phone
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import UsageError
from regional_desk.services import codes
from regional_desk.services.pay import accounts
from regional_desk.services.recruitment import contact, people
from regional_desk.services.recruitment.contact import Contact
from regional_desk.store.people import PersonRow

_WIDEST = 420


class ContactTab(Tab):
    """Every field of `services/recruitment/contact.py`; a number that stands is not shown whole, a new one is typed over it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.fields = {
            name: QLineEdit() for name in ("phone", "email", "address", "account", "account_holder")
        }
        self.bank = QComboBox()
        self.bank.addItem("–", None)
        for code, name in codes.bank_names().items():
            self.bank.addItem(name, code)
        self.hold, self.spans = QLabel(), parts.muted()
        self.hold.setWordWrap(True)
        form = QFormLayout()
        for name, label in contact.LABELS.items():
            field = self.bank if name == "bank" else self.fields[name]
            field.setAccessibleName(label)
            field.setMaximumWidth(context.theme.size(_WIDEST))
            form.addRow(label, field)
        form.addRow("지급 제외", self.spans)
        self.save_button = parts.button("저장", self.save, primary=True, tip="Ctrl+S")
        self.reveal_button = parts.button("계좌번호 보기…", self.reveal)
        self.release_button = parts.button("계좌 보류 해제…", self.release)
        self.lines.addWidget(self.hold)
        self.lines.addLayout(form)
        self.lines.addLayout(parts.row(self.save_button, self.reveal_button, self.release_button, None))
        self.lines.addStretch(1)
        self._shown: dict[str, str] = {}
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)

    @property
    def is_dirty(self) -> bool:
        """Whether a field says something else than was read."""
        return bool(self._shown) and self._texts() != self._shown

    def read(self, person: PersonRow) -> None:
        """Show the fields; what was typed for this person stays."""
        masking = self.context.masking
        hold = masking.show_reason(person.account_hold)
        parts.set_tone(self.hold, f"! 계좌 보류: {hold}" if hold else "", "bad")
        spans = people.list_spans(self.desk, person.id)
        self.spans.setText("\n".join(show_span(span) for span in spans) or "없음")
        self.release_button.setVisible(bool(hold))
        self.release_button.setEnabled(self.desk.may(Right.RELEASE_ACCOUNT))
        self.reveal_button.setVisible(bool(person.account_tail) and self.may_write)
        for widget in (*self.fields.values(), self.bank, self.save_button):
            widget.setEnabled(self.may_write)
        shown = {
            "phone": masking.show_phone(person.phone),
            "email": masking.show_email(person.email),
            "address": masking.show_address(person.address),
            "account": "",
            "account_holder": masking.show_name(person.account_holder or ""),
        }
        kept = show_account(person) or "적힌 계좌 없음"
        self.fields["account"].setPlaceholderText(f"{kept} · 바꾸려면 새 번호를 적습니다")
        for name, text in shown.items():
            self.fields[name].setText(text)
        self.bank.setCurrentIndex(max(0, self.bank.findData(person.bank)))
        self._shown = self._texts()

    def save(self) -> None:
        """Set what was typed as one undoable step."""
        person = self.person
        if person is None or not self.may_write or not self.is_dirty:
            return
        before = self._shown
        self._shown = {}  # the page reads again while it is being saved
        if not self.act(
            lambda: contact.set_contact(self.desk, person.id, self._wanted(before), title="연락처 고침")
        ):
            self._shown = before

    def reveal(self) -> None:
        """Ask what for, note it, and show the whole account number in its place."""
        person = self.person
        if person is None:
            return
        answer = ReasonDialog.ask(
            self,
            "계좌번호 보기",
            "계좌번호를 가리지 않고 봅니다. 누가 언제 무엇 때문에 보았는지 접속기록에 남습니다.",
            label="보는 까닭",
            act="보기",
        )
        if answer is not None:
            self.act(
                lambda: self.fields["account"].setPlaceholderText(
                    people.reveal(self.desk, person.id, "account", answer.reason)
                )
            )

    def release(self) -> None:
        """계좌 보류 해제, with what the call told."""
        person = self.person
        if person is None:
            return
        answer = ReasonDialog.ask(
            self,
            "계좌 보류 해제",
            f"계좌가 보류되어 있습니다: {person.account_hold}. 본인에게 전화로 계좌를 확인한 다음 그 내용을 적으십시오.",
            label="확인 전화 내용(언제, 누가, 무엇을)",
            act="보류 해제",
        )
        if answer is not None:
            self.act(lambda: accounts.release_account(self.desk, person.id, answer.reason))

    def _wanted(self, before: dict[str, str]) -> Contact:
        """The fields that differ from what was shown, read as what people write."""
        texts = self._texts()
        try:
            wanted: Contact = {
                name: parse_phone(text)
                if name == "phone"
                else parse_account(text)
                if name == "account"
                else clean(text) or None
                for name, text in texts.items()
                if text != before[name]
            }
        except Refused as refused:
            raise UsageError(f"{refused} 저장하지 않았습니다.") from refused
        return wanted

    def _texts(self) -> dict[str, str]:
        return {name: field.text() for name, field in self.fields.items()} | {
            "bank": self.bank.currentData() or ""
        }
