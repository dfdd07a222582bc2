"""지적·고충·사고: what was found, what is to follow, by whom and until when."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QWidget

from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.visits import FindingKind
from regional_desk.services.visits import findings
from regional_desk.services.visits.findings import Finding, Found
from regional_desk.services.visits.reading import Host

_TEXT = 72


class FindingDialog(FormDialog):
    """A new finding of an intern, of a visit where one is named, or one that is written anew."""

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        host: Host,
        *,
        visit: UUID | None = None,
        known: Finding | None = None,
    ) -> None:
        title = "지적 사항 고치기" if known else "지적·고충·사고 적기"
        super().__init__(parent, title, f"{host.company_name} · {host.name}", "저장")
        self._desk, self._host, self._visit, self._known = context.desk, host, visit, known
        self.kind, self.owner = QComboBox(), QLineEdit(known.owner if known else context.desk.actor.name)
        self.text, self.follow_up = QPlainTextEdit(), QPlainTextEdit()
        self.on, self.deadline = QDateEdit(), QDateEdit()
        self.limited = QCheckBox("조치 기한을 둠(&L)")
        today = context.desk.clock.today()
        for kind in FindingKind:
            self.kind.addItem(kind.label, kind)
        for box in (self.text, self.follow_up):
            box.setTabChangesFocus(True)
            box.setFixedHeight(context.theme.size(_TEXT))
        for field in (self.on, self.deadline):
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy. M. d.")
        put_day(self.on, known.on if known else today, last=today)
        limit = (known.deadline if known else None) or findings.proposed_deadline(day_of(self.on))
        put_day(self.deadline, limit)
        self.limited.setChecked(known is None or known.deadline is not None)
        self.deadline.setEnabled(self.limited.isChecked())
        self.limited.toggled.connect(self.deadline.setEnabled)
        self.put("구분(&K)", self.kind)
        self.put("알게 된 날(&D)", self.on)
        self.put("내용(&T)", self.text)
        self.put("후속조치(&F)", self.follow_up)
        self.put("담당(&O)", self.owner)
        self.put("", self.limited)
        self.put("조치 기한(&E)", self.deadline)
        self.limited.setAccessibleName("조치 기한을 둠")
        if known:
            self.kind.setCurrentIndex(self.kind.findData(known.kind))
            self.text.setPlainText(known.text)
            self.follow_up.setPlainText(known.follow_up)
        self.text.setFocus()

    def write(self) -> None:
        """Keep it."""
        found = Found(
            FindingKind(self.kind.currentData()),
            day_of(self.on),
            self.text.toPlainText(),
            self.follow_up.toPlainText(),
            self.owner.text(),
            day_of(self.deadline) if self.limited.isChecked() else None,
        )
        if self._known is not None:
            findings.edit(self._desk, self._known.id, self._known.version, found)
        else:
            findings.add(self._desk, self._host.internship, found, visit=self._visit)

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        context: Context,
        host: Host,
        *,
        visit: UUID | None = None,
        known: Finding | None = None,
    ) -> bool:
        """Whether it was kept."""
        return cls(parent, context, host, visit=visit, known=known).run()
