"""Asks for a round's terms: its days, what it wants of each track, the line, and what decides between equal scores."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.shell import Context
from regional_desk.domain.people import Track
from regional_desk.domain.refused import Refused
from regional_desk.domain.rounds import Goal
from regional_desk.domain.screening import (
    DEFAULT_TIE_ORDER,
    criterion_rule,
    parse_points,
    rule_label,
    show_points,
)
from regional_desk.errors import Refusal, UserError
from regional_desk.services.recruitment import rounds, screening
from regional_desk.services.recruitment.rounds import RoundDetail

_WIDTH, _LIST_HEIGHT, _MOST = 460, 150, 9999
_RULE = Qt.ItemDataRole.UserRole


class RoundDialog(QDialog):
    """One form for a new round and for one that is changed; refusals stand in it."""

    def __init__(self, parent: QWidget | None, context: Context, detail: RoundDetail | None = None) -> None:
        super().__init__(parent)
        self._context, self._desk, self._detail = context, context.desk, detail
        self.made: UUID | None = None
        self.setWindowTitle("차수 고치기" if detail else "새 모집 차수")
        self.setMinimumWidth(context.theme.size(_WIDTH))
        self.name, self.line = QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("비워 두면 'n차 모집'")
        self.line.setPlaceholderText("없으면 비워 둠")
        self.opens, self.closes = QDateEdit(), QDateEdit()
        self.goals = {track: (QLineEdit("0"), QLineEdit("0")) for track in Track}
        self.rules = QListWidget()
        self.notice = parts.Notice()
        self._build(context)
        self._fill()

    @classmethod
    def ask_new(cls, parent: QWidget | None, context: Context) -> UUID | None:
        """The id of the round that was made, None where the person thought better of it."""
        dialog = cls(parent, context)
        dialog.exec()
        dialog.deleteLater()
        return dialog.made

    @classmethod
    def ask_change(cls, parent: QWidget | None, context: Context, detail: RoundDetail) -> bool:
        """Whether the round was changed."""
        dialog = cls(parent, context, detail)
        dialog.exec()
        dialog.deleteLater()
        return dialog.made is not None

    def tie_order(self) -> list[str]:
        """The rules that are ticked, in their order."""
        items = [self.rules.item(at) for at in range(self.rules.count())]
        return [item.data(_RULE) for item in items if item.checkState() is Qt.CheckState.Checked]

    def move_rule(self, by: int) -> None:
        """Put the chosen rule one place up or down."""
        at = self.rules.currentRow()
        to = at + by
        if at < 0 or not 0 <= to < self.rules.count():
            return
        self.rules.insertItem(to, self.rules.takeItem(at))
        self.rules.setCurrentRow(to)

    def save(self) -> None:
        """Write the round; a refusal is shown and the form stays."""
        self.notice.hide()
        try:
            self.made = self._write().row.id
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()

    def _write(self) -> RoundDetail:
        try:
            line = parse_points(self.line.text(), 100)
        except Refused as refused:
            raise Refusal(f"합격선: {refused}") from refused
        goals = [
            Goal(track, int(places.text() or 0), int(reserves.text() or 0))
            for track, (places, reserves) in self.goals.items()
        ]
        days = (day_of(self.opens), day_of(self.closes))
        if self._detail is None:
            return rounds.add_round(
                self._desk,
                *days,
                goals,
                name=self.name.text(),
                pass_score=line,
                tie_order=self.tie_order(),
            )
        row = self._detail.row
        return rounds.edit_round(
            self._desk,
            row.id,
            row.version,
            *days,
            goals,
            name=self.name.text(),
            pass_score=line,
            tie_order=self.tie_order(),
        )

    def _build(self, context: Context) -> None:
        form = QFormLayout()
        form.addRow("이름", self.name)
        for field, label in ((self.opens, "접수 시작일"), (self.closes, "접수 마감일")):
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy. M. d.")
            field.setAccessibleName(label)
            form.addRow(label, field)
        for track, fields in self.goals.items():
            for count, label in zip(fields, ("모집인원", "예비인원"), strict=True):
                count.setValidator(QIntValidator(0, _MOST, count))
                count.setAccessibleName(f"{track.value} {label}")
            line = parts.row(parts.muted("모집"), fields[0], parts.muted("예비"), fields[1])
            form.addRow(track.value, line)
        form.addRow("합격선 (100점 가운데)", self.line)
        self.rules.setAccessibleName("동점 기준")
        self.rules.setFixedHeight(context.theme.size(_LIST_HEIGHT))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("저장")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        up, down = (
            parts.button("위로", lambda: self.move_rule(-1)),
            parts.button("아래로", lambda: self.move_rule(1)),
        )
        layout.addLayout(
            parts.row(parts.muted("동점이면 위에서부터 봅니다. 쓸 기준에 표시하십시오."), None, up, down)
        )
        for widget in (self.rules, self.notice, buttons):
            layout.addWidget(widget)

    def _fill(self) -> None:
        today = self._desk.clock.today()
        detail = self._detail
        put_day(self.opens, detail.row.opens if detail else today)
        put_day(self.closes, detail.row.closes if detail else today)
        chosen = list(detail.row.tie_order) if detail else list(DEFAULT_TIE_ORDER)
        if detail is not None:
            self.name.setText(detail.row.name)
            line = detail.row.pass_score
            self.line.setText("" if line is None else show_points(line))
            for one in detail.tracks:
                places, reserves = self.goals[one.track]
                places.setText(str(one.places))
                reserves.setText(str(one.reserves))
        for rule in dict.fromkeys((*chosen, *DEFAULT_TIE_ORDER, *self._criteria())):
            item = QListWidgetItem(rule_label(rule))
            item.setData(_RULE, rule)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if rule in chosen else Qt.CheckState.Unchecked)
            self.rules.addItem(item)

    def _criteria(self) -> list[str]:
        """A rule for each criterion the round has already."""
        if self._detail is None:
            return []
        found = [screening.list_criteria(self._desk, self._detail.row.id, track) for track in Track]
        return [criterion_rule(row.name) for rows in found for row in rows]
