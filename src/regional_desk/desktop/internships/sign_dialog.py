"""서명 받음: the day all signed on paper, with the scan or the word that the paper lies in the office."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDateEdit, QWidget

from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.internships.file_field import FileField
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.shell import Context
from regional_desk.services.internships import agreements, drafts
from regional_desk.store.internship_records import AgreementRow

_WORDS = (
    "기업, 인턴, 사업단이 모두 서명한 날과 서명본 스캔을 넣습니다. 서명하고 나면 이 협약은 고칠 수 없고, "
    "바뀌는 것은 변경협약으로 적습니다."
)
_ON_PAPER = "서면 원본을 사업단에 보관함(스캔은 나중에 넣음)(&O)"


class SignDialog(FormDialog):
    """The day, the scan, or the word instead of it."""

    def __init__(self, parent: QWidget | None, context: Context, row: AgreementRow) -> None:
        super().__init__(parent, f"{drafts.title(row.number)} 서명 받음", _WORDS, "서명으로 적기")
        self._desk, self._row = context.desk, row
        self.day, self.scan, self.on_paper = QDateEdit(), FileField("서명본 스캔"), QCheckBox(_ON_PAPER)
        today = context.desk.clock.today()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy. M. d.")
        put_day(self.day, today, last=today)
        self.put("서명일(&D)", self.day)
        self.put("서명본 스캔(&F)", self.scan)
        self.put("", self.on_paper)
        self.on_paper.setAccessibleName("서면 원본을 사업단에 보관함")

    def write(self) -> None:
        """Sign."""
        agreements.sign(
            self._desk,
            self._row.id,
            day_of(self.day),
            self.scan.path(),
            on_paper=self.on_paper.isChecked(),
        )

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, row: AgreementRow) -> bool:
        """Whether it was signed."""
        return cls(parent, context, row).run()
