"""급여명세: the wage of some days, its transfer, and the two files that show them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of
from regional_desk.desktop.allowance.money_fields import AmountField, day_field
from regional_desk.desktop.internships.file_field import FileField
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.shell import Context
from regional_desk.services.claims import evidence, intern_months, payslips
from regional_desk.services.claims.payslips import PayslipValues
from regional_desk.store.payslips import PayslipRow

_AMOUNT = 140


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file dropped for a payslip: its own, or that of its transfer."""

    file: Path
    is_transfer: bool = False


class PayslipDialog(FormDialog):
    """Proposes the days no payslip pays for yet, and the agreed wage where they are a whole month."""

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        internship: UUID,
        month_no: int,
        row: PayslipRow | None,
        *,
        confirmed: bool = False,
        dropped: Dropped | None = None,
    ) -> None:
        super().__init__(parent, "급여명세 고치기" if row else "급여명세 적기", "", "저장")
        self._desk, self._internship, self._row = context.desk, internship, row
        today, size = context.desk.clock.today(), context.theme.size
        proposed = intern_months.propose_payslip(context.desk, internship, month_no)
        self.start = day_field("첫날", row.start if row else proposed.start)
        self.end = day_field("마지막 날", row.end if row else proposed.end)
        self.wage, self.sent = AmountField("임금", size(_AMOUNT)), AmountField("이체액", size(_AMOUNT))
        self.wage.put(row.wage if row else proposed.wage or 0)
        self.transferred = QCheckBox("이체함(&T)")
        on = row.transferred_on if row and row.transferred_on else today
        self.sent_on = day_field("이체일", on, last=today)
        self.own_account = QCheckBox("기업 계좌에서 본인 계좌로(&O)")
        self.slip, self.transfer = FileField("급여명세서"), FileField("급여이체증")
        self.reason = QLineEdit()
        self.transferred.toggled.connect(self._enable_transfer)
        self.transferred.setChecked(row is None or row.transferred_on is not None)
        self._enable_transfer(self.transferred.isChecked())
        self.own_account.setChecked(row is None or row.own_account)
        self.sent.put(row.transferred if row and row.transferred else 0)
        span = QLabel("기간(&D)")
        span.setBuddy(self.start)
        self.form.addRow(span, parts.row(self.start, self.end, None))
        self.put("임금, 공제 전(&W)", self.wage)
        self.form.addRow("", parts.row(self.transferred, self.sent_on, self.sent, None))
        self.form.addRow("", self.own_account)
        self.put("급여명세서(&F)", self.slip)
        self.put("급여이체증(&R)", self.transfer)
        if row is not None and confirmed:
            self.put("고치는 사유(&Y)", self.reason)
        if dropped is not None:
            field = self.transfer if dropped.is_transfer else self.slip
            field.line.setText(str(dropped.file))
        self.wage.setFocus()

    def values(self) -> PayslipValues:
        """What stands in the fields."""
        sent = self.transferred.isChecked()
        return PayslipValues(
            day_of(self.start),
            day_of(self.end),
            self.wage.value(),
            day_of(self.sent_on) if sent else None,
            self.sent.value() if sent else None,
            self.own_account.isChecked(),
        )

    def write(self) -> None:
        """Record the payslip, or change it and its files."""
        slip, transfer = (
            evidence.read_file(path) if path else None for path in (self.slip.path(), self.transfer.path())
        )
        values, row = self.values(), self._row
        if row is None:
            payslips.add(self._desk, self._internship, values, slip=slip, transfer=transfer)
            return
        if values != payslips.values_of(row):
            row = payslips.edit(self._desk, row, values, reason=self.reason.text())
        if slip is not None or transfer is not None:
            payslips.attach(self._desk, row, slip=slip, transfer=transfer)

    def _enable_transfer(self, sent: bool) -> None:
        for field in (self.sent_on, self.sent):
            field.setEnabled(sent)
