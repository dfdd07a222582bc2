"""Asks for a matching round's terms; a new one may begin with everybody and every position that can take part."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.domain.matching_rounds import Unrated
from regional_desk.domain.people import Track
from regional_desk.errors import UserError
from regional_desk.services.matching import entries, rounds
from regional_desk.store.matching_rounds import RoundRow

_WIDTH, _MOST = 480, 2**31 - 1
_BOTH = "두 트랙 모두"
_FILL = "교육생과 선정된 기업의 직무를 모두 넣기"
_LOTS = "순위가 같을 때 차례를 가르는 제비의 수입니다. 같은 수이면 몇 번을 해도 결과가 같습니다."


class RoundDialog(QDialog):
    """One form for a new round and for one that is changed; refusals stand in it."""

    def __init__(self, parent: QWidget | None, context: Context, row: RoundRow | None = None) -> None:
        super().__init__(parent)
        self._desk, self._row = context.desk, row
        self.made: UUID | None = None
        self.setWindowTitle("연계 차수 고치기" if row else "새 연계 차수")
        self.setMinimumWidth(context.theme.size(_WIDTH))
        self.name, self.seed = QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("비워 두면 'n차 연계'")
        self.seed.setPlaceholderText("비워 두면 저절로 정해짐")
        self.seed.setValidator(QIntValidator(0, _MOST, self.seed))
        self.unrated, self.track, self.fill = QComboBox(), QComboBox(), QCheckBox(_FILL)
        for unrated in Unrated:
            self.unrated.addItem(unrated.label, unrated)
        self.track.addItem(_BOTH, None)
        for track in Track:
            self.track.addItem(track.value, track)
        self.fill.setChecked(True)
        self.notice = parts.Notice()
        self._build()

    @classmethod
    def ask_new(cls, parent: QWidget | None, context: Context) -> UUID | None:
        """The id of the round that was made, None where the person thought better of it."""
        dialog = cls(parent, context)
        dialog.exec()
        dialog.deleteLater()
        return dialog.made

    @classmethod
    def ask_change(cls, parent: QWidget | None, context: Context, row: RoundRow) -> bool:
        """Whether the round was changed."""
        dialog = cls(parent, context, row)
        dialog.exec()
        dialog.deleteLater()
        return dialog.made is not None

    def save(self) -> None:
        """Write the round; a refusal is shown and the form stays."""
        self.notice.hide()
        try:
            self._write()
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()

    def _write(self) -> None:
        unrated = Unrated(self.unrated.currentData())
        seed = int(self.seed.text()) if self.seed.text() else None
        if self._row is not None:
            kept = self._row.seed if seed is None else seed
            rounds.edit_round(
                self._desk, self._row.id, self._row.version, name=self.name.text(), unrated=unrated, seed=kept
            )
            self.made = self._row.id
            return
        if self.made is None:  # a refusal below leaves the round that was made
            self.made = rounds.add_round(self._desk, self.name.text(), unrated=unrated, seed=seed).id
        if self.fill.isChecked():
            entries.fill(self._desk, self.made, self.track.currentData())

    def _build(self) -> None:
        form = QFormLayout()
        form.addRow("이름", self.name)
        form.addRow("면접을 보지 않은 짝", self.unrated)
        form.addRow("추첨 수", self.seed)
        form.addRow("", parts.muted(_LOTS))
        for widget, name in (
            (self.name, "차수 이름"),
            (self.unrated, "면접을 보지 않은 짝"),
            (self.seed, "추첨 수"),
            (self.track, "트랙"),
        ):
            widget.setAccessibleName(name)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("저장" if self._row else "만들기")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        if self._row is None:
            form.addRow("참가", self.fill)
            form.addRow("트랙", self.track)
            self.fill.toggled.connect(self.track.setEnabled)
        else:
            self.name.setText(self._row.name)
            self.seed.setText(str(self._row.seed))
            self.unrated.setCurrentIndex(self.unrated.findData(Unrated(self._row.unrated)))
        layout.addWidget(self.notice)
        layout.addWidget(buttons)
