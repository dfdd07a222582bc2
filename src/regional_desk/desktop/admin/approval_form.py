"""Who approved on paper: one signature line for each box of the office, and the scan."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.forms.ui_approval_form import Ui_ApprovalForm
from regional_desk.services.desk import Desk
from regional_desk.services.safety import approvals
from regional_desk.services.safety.approvals import Approved


class ApprovalForm(QWidget):
    """Part of the dialogs that record an approval."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.ui = Ui_ApprovalForm()
        self.ui.setupUi(self)
        self.file: Path | None = None
        put_day(self.ui.day, desk.clock.today(), last=desk.clock.today())
        self.boxes = {box: QLineEdit() for box in desk.office.approval or ("결재자",)}
        for box, line in self.boxes.items():
            line.setAccessibleName(f"{box} 이름")
            line.setPlaceholderText("이름")
            self.ui.signerLines.addRow(box, line)
        self.ui.pick.clicked.connect(self.pick)

    def pick(self) -> None:
        """Choose the scan."""
        picked, _ = QFileDialog.getOpenFileName(self, "결재 스캔", "", "스캔 (*.pdf *.jpg *.jpeg *.png)")
        if picked:
            self.file = Path(picked)
            self.ui.scan.setText(self.file.name)

    def approved(self) -> Approved:
        """What stands in the form; raise FileRejected for a file that is no scan."""
        signers = tuple((box, line.text()) for box, line in self.boxes.items() if line.text().strip())
        scan = approvals.read_scan(self.file) if self.file else None
        return Approved(day_of(self.ui.day), signers, self.ui.memo.text(), scan)
