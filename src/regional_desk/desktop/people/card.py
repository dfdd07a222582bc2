"""Everything the office knows about one person, beside the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.masking import Masking
from regional_desk.domain.recruitment import Stage, stage_on
from regional_desk.domain.text import korean_date
from regional_desk.errors import UserError
from regional_desk.services import codes
from regional_desk.services.recruitment import people
from regional_desk.services.recruitment.people import SPAN_KINDS
from regional_desk.store.people import PersonRow, SpanRow

_STAGES = {stage.value: stage for stage in Stage}  # ten thousand rows ask


class PersonCard(QScrollArea):
    """One person; `release` is asked to free a held account, `refused` told what was refused, `more` opens the whole page.

    An account number once unmasked stays until another person, another page or the guests come.
    """

    def __init__(
        self,
        context: Context,
        release: Callable[[], None],
        refused: Callable[[UserError], None],
        more: Callable[[], None],
    ) -> None:
        super().__init__()
        self._context, self._refused = context, refused
        self._row: PersonRow | None = None
        self._spans: Sequence[SpanRow] = ()
        self._revealed = ""
        self.reveal_button: QPushButton | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.name, self.review, self.hold = parts.heading(""), QLabel(), QLabel()
        for label in (self.review, self.hold):
            label.setWordWrap(True)
        self.release_button = parts.button("계좌 보류 해제…", release)
        self.more_button = parts.button("자세히 보기 (Enter)", more)
        self._form = QFormLayout()
        self._shown: list[tuple[str, str]] = []
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._inside = parts.card(
            self.name, self.review, self.hold, self.release_button, self._form, self.more_button
        )
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._inside)
        layout.addStretch(1)
        self.setWidget(holder)
        self.show_person(None, ())

    def show_person(self, row: PersonRow | None, spans: Sequence[SpanRow]) -> None:
        """Show one person, or that nobody is chosen."""
        if row is None or self._row is None or row.id != self._row.id or self._masked():
            self._revealed = ""
        self._row, self._spans = row, spans
        self.reveal_button = None
        while self._form.rowCount():
            self._form.removeRow(0)
        self._shown.clear()
        self.release_button.setVisible(row is not None and row.account_hold is not None)
        self.more_button.setVisible(row is not None)
        if row is None:
            self.name.setText("사람을 고르면 여기에 보입니다.")
            parts.set_tone(self.review, "", "warn")
            parts.set_tone(self.hold, "", "bad")
            return
        masking = self._context.masking
        self.name.setText(masking.show_name(row.name))
        review, hold = masking.show_reason(row.review), masking.show_reason(row.account_hold)
        parts.set_tone(self.review, f"! 확인 필요: {review}" if review else "", "warn")
        parts.set_tone(self.hold, f"! 계좌 보류: {hold}" if hold else "", "bad")
        holder = masking.show_name(row.account_holder) if row.account_holder else ""
        for label, text in (
            ("생년월일", f"{masking.show_birth(row.birth)} {show_sex(row)}"),
            ("연락처", masking.show_phone(row.phone)),
            ("이메일", masking.show_email(row.email)),
            ("주소", masking.show_address(row.address)),
            ("학력·전공", " · ".join(filter(None, (row.education, row.major)))),
            ("트랙", row.track or ""),
            ("단계", show_stage(row, self._context.desk.clock.today())),
            ("접수일", korean_date(row.received_on) if row.received_on else ""),
            ("계좌", self._revealed or show_account(row)),
            ("예금주", holder),
            *(("지급 제외", show_span(span)) for span in spans),
        ):
            self._add(label, text)

    def reveal(self) -> None:
        """Ask what for, note it, and show the whole account number."""
        row = self._row
        if row is None:
            return
        answer = ReasonDialog.ask(
            self,
            "계좌번호 보기",
            f"{self._context.masking.show_name(row.name)}님의 계좌번호를 가리지 않고 봅니다. "
            "누가 언제 무엇 때문에 보았는지 접속기록에 남습니다.",
            label="보는 까닭",
            act="보기",
        )
        if answer is None:
            return
        try:
            number = people.reveal(self._context.desk, row.id, "account", answer.reason)
        except UserError as error:
            self._refused(error)
            return
        bank = codes.bank_names().get(row.bank or "", row.bank or "")
        self._revealed = f"{bank} {number}".strip()
        self.show_person(row, self._spans)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was unmasked is masked again when the page is left."""
        if self._revealed:
            self._revealed = ""
            self.show_person(self._row, self._spans)
        super().hideEvent(event)

    def _masked(self) -> bool:
        return self._context.masking is Masking.MASKED

    def texts(self) -> dict[str, str]:
        """What is shown, by its label."""
        return dict(self._shown)

    def _add(self, label: str, text: str) -> None:
        value = QLabel(text or "–")
        value.setWordWrap(True)
        value.setMinimumHeight(value.fontMetrics().lineSpacing())  # the form squeezes wrapped lines otherwise
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        name = QLabel(label)
        name.setObjectName("muted")
        if label == "계좌" and self._row is not None and self._may_reveal(self._row):
            self.reveal_button = parts.link("보기…", self.reveal)
            self.reveal_button.setAccessibleName("계좌번호 보기")
            line = parts.row(value, self.reveal_button)
            line.setStretch(0, 1)
            self._form.addRow(name, line)
        else:
            self._form.addRow(name, value)
        self._shown.append((label, value.text()))

    def _may_reveal(self, row: PersonRow) -> bool:
        return bool(row.account_tail) and not self._revealed and not self._masked()


def show_sex(row: PersonRow) -> str:
    """남 or 여."""
    return row.sex or ""


def stage_of(row: PersonRow, today: dt.date) -> Stage | None:
    """The stage as shown today: 등록 becomes 교육 with the first day in a course; None without an application this year."""
    return stage_on(_STAGES[row.stage], row.joined, today) if row.stage else None


def show_stage(row: PersonRow, today: dt.date) -> str:
    """The stage's Korean name."""
    stage = stage_of(row, today)
    return stage.label if stage else ""


def show_account(row: PersonRow) -> str:
    """The bank and the account's last digits; the whole number never reaches a list."""
    bank = codes.bank_names().get(row.bank or "", row.bank or "")
    return f"{bank} {Masking.MASKED.show_account(row.account_tail)}".strip()


def show_span(span: SpanRow) -> str:
    """`구직급여 2026. 8. 1. ~ 2026. 8. 5.`."""
    kind = next((label for label, key in SPAN_KINDS.items() if key == span.kind), span.kind)
    end = korean_date(span.end) if span.end else "계속"
    return f"{kind} {korean_date(span.start)} ~ {end}"
