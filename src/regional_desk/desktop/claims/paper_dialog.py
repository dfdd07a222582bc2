"""증빙 서류 handed in: its file or where the original is kept, and when it was issued."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of
from regional_desk.desktop.allowance.money_fields import day_field
from regional_desk.desktop.internships.file_field import FileField
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.shell import Context
from regional_desk.services.claims import evidence
from regional_desk.services.claims.evidence import PaperLine

_AGAIN = "앞서 낸 것을 이것으로 바꿉니다."
_ISSUED = "지원월이 끝난 뒤에 발급한 것이어야 합니다."


class PaperDialog(FormDialog):
    """Takes one paper in; with [내용을 확인함] it counts at once."""

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        internship: UUID,
        month_no: int,
        line: PaperLine,
        file: Path | None = None,
    ) -> None:
        told = [_AGAIN if line.version else "", _ISSUED if line.asked.after_end else ""]
        super().__init__(parent, f"{line.label} 받기", " ".join(filter(None, told)), "받기")
        self._desk, self._internship, self._month_no, self._kind = (
            context.desk,
            internship,
            month_no,
            line.kind,
        )
        today = context.desk.clock.today()
        self.file, self.memo = FileField(line.label), QLineEdit()
        self.memo.setPlaceholderText("종이로 받았으면 보관한 곳")
        self.has_day, self.issued = QCheckBox("발급일(&D)"), day_field("발급일", today, last=today)
        self.verified = QCheckBox("내용을 확인함(&V)")
        self.has_day.toggled.connect(self.issued.setEnabled)
        self.has_day.setChecked(line.asked.after_end)
        self.issued.setEnabled(line.asked.after_end)
        self.put("파일(&F)", self.file)
        self.form.addRow("", parts.row(self.has_day, self.issued, None))
        self.put("메모(&M)", self.memo)
        self.form.addRow("", self.verified)
        if file is not None:
            self.file.line.setText(str(file))

    def write(self) -> None:
        """Take it in, and verify it where the content was looked at."""
        path = self.file.path()
        evidence.receive(
            self._desk,
            self._internship,
            self._month_no,
            self._kind,
            evidence.read_file(path) if path else None,
            issued_on=day_of(self.issued) if self.has_day.isChecked() else None,
            memo=self.memo.text(),
        )
        if self.verified.isChecked():
            evidence.verify(self._desk, self._internship, self._month_no, self._kind)
