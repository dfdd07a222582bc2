"""협약 초안 and 변경협약: the terms, the points of 근로기준법 제17조, and of an amendment why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.internships.terms_form import TermsForm
from regional_desk.desktop.shell import Context
from regional_desk.services.internships import agreements, drafts
from regional_desk.services.internships.drafts import AgreementDraft
from regional_desk.services.internships.reading import SIGNED, InternshipDetail
from regional_desk.store.internship_records import AgreementRow

_SIZE = (660, 560)
_EDIT = "서명하기 전까지 고칠 수 있습니다. 협약서는 여기 적은 대로 출력됩니다."
_AMEND = (
    "바뀌는 날부터의 조건을 적습니다. 서명을 받아야 효력이 있고, 마지막 날을 바꾸면 인턴십의 끝이 바뀝니다."
)
Write = Callable[[AgreementDraft, str], InternshipDetail]


class AgreementDialog(FormDialog):
    """One form for a new agreement, a draft that is changed, and an amendment."""

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        title: str,
        draft: AgreementDraft,
        write: Write,
        *,
        number: int = 0,
        begun_on: dt.date | None = None,
        reason: str | None = None,
    ) -> None:
        super().__init__(parent, title, _AMEND if number else _EDIT, "저장")
        self._write = write
        self.made: InternshipDetail | None = None
        self.terms = TermsForm(context, draft, number, begun_on)
        self.reason = QLineEdit(reason or "")
        self.reason.setAccessibleName("변경하는 사유")
        label = QLabel("변경하는 사유(&R)")
        label.setBuddy(self.reason)
        asked = reason is not None
        label.setVisible(asked)
        self.reason.setVisible(asked)
        self.lines.insertWidget(1, self.terms, 1)
        self.lines.insertWidget(2, label)
        self.lines.insertWidget(3, self.reason)
        size = context.theme.size
        parts.fit_window(self, parent, size(_SIZE[0]), size(_SIZE[1]))
        self.terms.fields["start"].setFocus()

    def write(self) -> None:
        """Write the draft."""
        self.made = self._write(self.terms.draft(), self.reason.text())

    @classmethod
    def ask_new(
        cls,
        parent: QWidget | None,
        context: Context,
        title: str,
        draft: AgreementDraft,
        write: Callable[[AgreementDraft], InternshipDetail],
    ) -> UUID | None:
        """A new agreement as proposed; the internship that was made, None where the person thought better of it."""
        dialog = cls(parent, context, title, draft, lambda wanted, _reason: write(wanted))
        made = dialog.made if dialog.run() else None
        return None if made is None else made.row.id

    @classmethod
    def ask_edit(
        cls, parent: QWidget | None, context: Context, found: InternshipDetail, row: AgreementRow
    ) -> bool:
        """Whether a draft was changed."""

        def write(draft: AgreementDraft, reason: str) -> InternshipDetail:
            return agreements.edit_draft(context.desk, row.id, row.version, draft, reason or None)

        dialog = cls(
            parent,
            context,
            f"{drafts.title(row.number)} 초안 고치기",
            drafts.draft_of(row),
            write,
            number=row.number,
            begun_on=found.row.start if row.number else None,
            reason=(row.reason or "") if row.number else None,
        )
        return dialog.run()

    @classmethod
    def ask_amend(cls, parent: QWidget | None, context: Context, found: InternshipDetail) -> bool:
        """Whether an amendment was drafted, from the terms that were signed last."""
        last = next(row for row in reversed(found.agreements) if row.state == SIGNED)
        today = context.desk.clock.today()
        draft = replace(drafts.draft_of(last), effective_from=max(found.row.start, min(today, last.end)))

        def write(wanted: AgreementDraft, reason: str) -> InternshipDetail:
            return agreements.amend(context.desk, found.row.id, wanted, reason)

        number = len(found.agreements)
        begun_on = found.row.start
        dialog = cls(
            parent,
            context,
            f"{drafts.title(number)} 만들기",
            draft,
            write,
            number=number,
            begun_on=begun_on,
            reason="",
        )
        return dialog.run()
