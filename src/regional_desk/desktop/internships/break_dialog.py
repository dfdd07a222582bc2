"""중단 and 무급 결근: from when to when, why, and what shows it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit, QWidget

from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.internships.file_field import FileField
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.internships import BreakKind
from regional_desk.services.internships import interruptions
from regional_desk.services.internships.reading import InternshipRow

_WORDS = "적은 날은 지원월의 근무일에서 빠집니다. 기간은 저절로 늘지 않으며, 늘리려면 변경협약을 만듭니다."


class BreakDialog(FormDialog):
    """The kind, the days, the reason, the evidence."""

    def __init__(self, parent: QWidget | None, context: Context, row: InternshipRow) -> None:
        super().__init__(parent, "중단·결근 적기", _WORDS, "적기")
        self._desk, self._row = context.desk, row
        self.kind, self.reason, self.evidence = QComboBox(), QLineEdit(), FileField("증빙")
        self.first, self.last = QDateEdit(), QDateEdit()
        self.going_on = QCheckBox("아직 돌아오지 않음(&G)")
        for kind in BreakKind:
            self.kind.addItem(kind.label, kind)
        today = min(max(context.desk.clock.today(), row.start), row.end)
        for field in (self.first, self.last):
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy. M. d.")
            put_day(field, today, last=row.end)
        self.put("종류(&K)", self.kind)
        self.put("첫날(&S)", self.first)
        self.put("", self.going_on)
        self.put("마지막 날(&E)", self.last)
        self.put("사유(&R)", self.reason)
        self.put("증빙(&F)", self.evidence)
        self.going_on.setAccessibleName("아직 돌아오지 않음")
        self.going_on.toggled.connect(lambda on: self.offer(self.last, not on))
        self.kind.currentIndexChanged.connect(lambda _at: self._enable())
        self.first.dateChanged.connect(lambda day: self.last.setDate(max(day, self.last.date())))

    def write(self) -> None:
        """Record it."""
        kind = BreakKind(self.kind.currentData())
        interruptions.add(
            self._desk,
            self._row.id,
            kind,
            day_of(self.first),
            self._end(),
            self.reason.text(),
            self.evidence.path(),
        )

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, row: InternshipRow) -> bool:
        """Whether it was recorded."""
        return cls(parent, context, row).run()

    def _end(self) -> dt.date | None:
        return None if self.going_on.isChecked() else day_of(self.last)

    def _enable(self) -> None:
        """무급 결근 lies behind: only an 중단 may go on."""
        pause = self.kind.currentData() == BreakKind.INTERRUPTION
        self.going_on.setEnabled(pause)
        if not pause:
            self.going_on.setChecked(False)
