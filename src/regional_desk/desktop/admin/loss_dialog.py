"""Reports a loss, and shows one: whose data, how it was protected, what is to be done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, moment_of, put_day, put_moment
from regional_desk.desktop.forms.ui_loss_dialog import Ui_LossDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.loss import LossKind
from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk
from regional_desk.services.safety import backups, loss
from regional_desk.services.safety.loss import Loss

_Person = tuple[object, str, str]


@dataclass(frozen=True, slots=True)
class NewLoss:
    """What was filled in."""

    kind: LossKind
    description: str
    lost_on: dt.date
    noticed_at: dt.datetime
    backup: str


class LossDialog(QDialog):
    """The form of a report."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.ui = Ui_LossDialog()
        self.ui.setupUi(self)
        self._desk = desk
        for kind in LossKind:
            self.ui.kind.addItem(kind.label, kind.value)
        put_day(self.ui.lost, desk.clock.today(), last=desk.clock.today())
        put_moment(self.ui.noticed, self.ui.noticedAt, desk.clock.now())
        self.ui.backup.addItem("모르거나 없음 — 자료 전체로 봄", "")
        for one in reversed(backups.list_backups(desk)):
            self.ui.backup.addItem(f"{one.file.name} ({one.made_at:%Y-%m-%d %H:%M})", one.file.name)
        ok = self.ui.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText("신고")
        self.ui.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        self.ui.message.hide()
        self.ui.kind.currentIndexChanged.connect(self._on_kind)
        self.ui.buttons.accepted.connect(self._on_accepted)
        self.ui.buttons.rejected.connect(self.reject)
        self._on_kind()

    @classmethod
    def ask(cls, desk: Desk, parent: QWidget | None) -> NewLoss | None:
        """What was lost, None where the person thought better of it."""
        dialog = cls(desk, parent)
        sure = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.filled() if sure else None

    def filled(self) -> NewLoss:
        """What stands in the form."""
        ui = self.ui
        kind = LossKind(ui.kind.currentData())
        backup = "" if kind is LossKind.LAPTOP else str(ui.backup.currentData())
        return NewLoss(
            kind, ui.description.text(), day_of(ui.lost), moment_of(ui.noticed, ui.noticedAt), backup
        )

    def _on_kind(self) -> None:
        """A laptop held the office itself; only a copy is of some day."""
        laptop = self.ui.kind.currentData() == LossKind.LAPTOP.value
        self.ui.form.setRowVisible(self.ui.backup, not laptop)

    def _on_accepted(self) -> None:
        now, noticed = self._desk.clock.now(), moment_of(self.ui.noticed, self.ui.noticedAt)
        wrong = "" if self.ui.description.text().strip() else "무엇을 어디서 잃었는지 적어 주십시오."
        if noticed > now or day_of(self.ui.lost) > noticed.date():
            wrong = "잃은 날은 안 때보다 뒤일 수 없고, 안 때는 지난 때여야 합니다."
        parts.set_tone(self.ui.message, f"! {wrong}" if wrong else "", "bad")
        if not wrong:
            self.accept()


class LossDetail(QDialog):
    """One report: its counts, the encryption in plain words, the steps, and whom to tell."""

    def __init__(self, context: Context, found: Loss, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"분실 신고 제{found.row.number}호 — {found.kind.label}")
        self.resize(context.theme.size(860), context.theme.size(680))
        self.people: Table[_Person] = Table(
            (
                Column("성명", lambda row: row[1], width=140),
                Column("연락처", lambda row: row[2], width=160),
            ),
            context.colour,
            empty="관련된 사람이 없거나, 사람 정보를 볼 권한이 없습니다.",
            name="알릴 사람",
            scale=context.theme.size,
        )
        layout = QVBoxLayout(self)
        counts = " · ".join(f"{label} {count:,}명" for label, count in found.groups)
        fields = " · ".join(f"{label} {count:,}" for label, count in found.fields)
        layout.addWidget(_section("관련된 사람과 항목", (counts, fields)))
        layout.addWidget(_section("암호화 상태", found.encryption))
        layout.addWidget(_section("할 일", [f"□ {step}" for step in found.steps]))
        layout.addWidget(parts.heading(f"알릴 사람 {len(found.people):,}명"))
        layout.addWidget(self.people, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText("닫기")
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        if context.desk.may(Right.SEE_PEOPLE):
            self.people.set_rows(loss.people_of(context.reading, found.row.number))


def _section(title: str, lines: tuple[str, ...] | list[str]) -> QWidget:
    shown = [parts.muted(line) for line in lines if line]
    return parts.card(parts.heading(title), *shown)
