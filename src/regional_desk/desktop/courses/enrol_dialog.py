"""교육생 등록: who of the applicants joins the course."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.people.card import show_stage
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.recruitment import Stage
from regional_desk.errors import UserError
from regional_desk.services.recruitment import people
from regional_desk.services.training import memberships
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store.people import PersonRow

_SIZE = (620, 560)


class EnrolDialog(QDialog):
    """Chooses people and enrols them; those not selected yet need a reason."""

    def __init__(self, parent: QWidget | None, context: Context, detail: CourseDetail) -> None:
        super().__init__(parent)
        self._context, self._detail = context, detail
        self.setWindowTitle(f"{detail.course.name} — 교육생 등록")
        self.resize(context.theme.size(_SIZE[0]), context.theme.size(_SIZE[1]))
        self.notice = parts.Notice()
        self.only_selected = QCheckBox("선발된 사람만")
        self.only_selected.setChecked(True)
        self.table = Table(
            _columns(context),
            context.colour,
            empty="등록할 사람이 없습니다.",
            name="지원자",
            scale=context.theme.size,
        )
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("선발 단계를 거치지 않고 바로 등록할 때만 사유를 적습니다")
        self.reason.setAccessibleName("바로 등록하는 사유")
        self.count = parts.muted()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("등록")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        layout = QVBoxLayout(self)
        everybody = parts.button("모두 고르기", self.table.view.selectAll, tip="Ctrl+A")
        layout.addLayout(parts.row(self.only_selected, None, self.count, everybody))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.reason)
        layout.addWidget(self.notice)
        layout.addWidget(self.buttons)
        members = {member.person for member in detail.members}
        self._people = [row for row in people.list_people(context.reading, "enrol") if row.id not in members]
        self._connect()
        self._list()

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, detail: CourseDetail) -> None:
        """Enrol people, or nobody."""
        dialog = cls(parent, context, detail)
        dialog.exec()
        dialog.deleteLater()

    def _connect(self) -> None:
        self.only_selected.toggled.connect(self._list)
        self.table.view.selectionModel().selectionChanged.connect(lambda _new, _old: self._show_count())
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)

    def _list(self) -> None:
        selected = self.only_selected.isChecked()
        self.table.set_rows(
            [
                row
                for row in self._people
                if row.stage == Stage.SELECTED or (not selected and row.stage != Stage.ENROLLED)
            ]
        )
        self._show_count()

    def _show_count(self) -> None:
        chosen = len(self.table.selected())
        self.count.setText(f"{chosen}명 고름")
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(chosen > 0)

    def _on_accepted(self) -> None:
        self.notice.hide()
        chosen = [row.id for row in self.table.selected()]
        reason = self.reason.text().strip() or None
        try:
            memberships.enrol(self._context.desk, self._detail.course.id, chosen, direct_reason=reason)
        except UserError as error:
            self.notice.show_error(error)
        else:
            self.accept()


def _columns(context: Context) -> tuple[Column[PersonRow], ...]:
    return (
        Column("성명", lambda row: context.masking.show_name(row.name), lambda row: row.name, width=100),
        Column(
            "생년월일", lambda row: context.masking.show_birth(row.birth), lambda row: row.birth, width=110
        ),
        Column("트랙", lambda row: row.track or "", width=70),
        Column("단계", lambda row: show_stage(row, context.desk.clock.today()), width=80),
        Column("확인할 것", lambda row: f"! {row.review}" if row.review else "", width=180),
    )
