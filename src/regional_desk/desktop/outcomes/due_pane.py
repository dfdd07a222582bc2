"""확인할 사람: 전환 여부, 고용유지 and 취업상황 to be written down, one after the other by keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.outcomes.conversion_dialog import ConversionDialog
from regional_desk.desktop.outcomes.employment_dialog import EmploymentDialog
from regional_desk.desktop.outcomes.retention_dialog import RetentionDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.masking import Masking
from regional_desk.domain.outcomes import CheckState
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import UserError
from regional_desk.services.outcomes import due, employment, records
from regional_desk.services.outcomes.due import Asked, Kind

SIGNS = {
    CheckState.COMING: ("·", "muted"),
    CheckState.DUE: ("△", "warn"),
    CheckState.OVERDUE: ("!", "bad"),
    CheckState.DONE: ("○", "ok"),
    CheckState.NEEDLESS: ("–", "muted"),
}
_WORDS = (
    "전환 여부는 인턴십이 끝난 뒤 30일, 고용유지는 전환 6·12개월이 된 날부터 30일, 취업상황은 과정이 끝나고 "
    "7개월이 된 날부터 30일 안에 적습니다."
)


class DuePane(QWidget):
    """What is asked now, the oldest deadline first."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self._asked: tuple[Asked, ...] = ()
        self.notice = parts.Notice()
        self.kind = QComboBox()
        self.kind.setAccessibleName("확인할 것")
        self.kind.addItem("모두", "")
        for kind in Kind:
            self.kind.addItem(kind.label, kind.value)
        self.coming = QCheckBox("예정도 보기")
        self.record_button = parts.button("적기…", self.record, primary=True, tip="Enter")
        self.open_button = parts.button("인턴십 열기", self.open_record)
        self.table: Table[Asked] = Table(
            _columns(context),
            context.colour,
            empty="지금 확인할 사람이 없습니다.",
            name="확인할 사람",
            scale=context.theme.size,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addLayout(parts.row(self.kind, self.coming, None, self.open_button, self.record_button))
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)
        layout.addWidget(parts.muted(_WORDS))
        self.setFocusProxy(self.table.view)
        self.kind.currentIndexChanged.connect(lambda _at: self._show())
        self.coming.toggled.connect(lambda _on: self.refresh())
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self.record())

    @property
    def waiting(self) -> int:
        """How many are to be written down now."""
        return sum(one.state.open for one in self._asked)

    def refresh(self) -> None:
        """Read again; the cursor stays in its place, so that the next one is under it."""
        self.notice.hide()
        try:
            self._asked = due.list_due(self._context.reading, coming=self.coming.isChecked())
        except UserError as error:
            self.notice.show_error(error)
            self._asked = ()
        self._show()

    def show_kind(self, kind: str) -> None:
        """Only what is asked of this kind."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))

    def record(self) -> None:
        """Write down the one under the cursor."""
        one = self.table.current()
        if one is None or not self.record_button.isEnabled():
            return
        self.notice.hide()
        try:
            self._ask(one)
        except UserError as error:
            self.notice.show_error(error)
        self.table.view.setFocus()

    def open_record(self) -> None:
        """The internship, or whose 취업상황 it is."""
        one = self.table.current()
        if one is not None and one.kind is Kind.EMPLOYMENT:
            self._context.open_page("people", person=one.person)
        elif one is not None:
            self._context.open_page("internships", internship=one.id, tab="outcome")

    def _ask(self, one: Asked) -> None:
        if one.kind is Kind.EMPLOYMENT:
            EmploymentDialog.ask(self, self._context, employment.read(self._desk, one.id))
            return
        found = records.read(self._desk, one.id)
        check = found.check(one.months) if one.months is not None else None
        if check is None:
            ConversionDialog.ask(self, self._context, found)
        else:
            RetentionDialog.ask(self, self._context, found, check)

    def _show(self) -> None:
        kind = self.kind.currentData()
        self.table.set_rows([one for one in self._asked if kind in ("", one.kind)])
        if self.table.current() is None:
            self.table.view.selectRow(0)
        self._enable()

    def _enable(self) -> None:
        one, desk = self.table.current(), self._desk
        full = self._context.masking is Masking.FULL
        may = desk.may(Right.EDIT_INTERNSHIPS) and full and not desk.read_only
        self.record_button.setEnabled(may and one is not None)
        self.open_button.setEnabled(one is not None)
        self.open_button.setText("사람 열기" if one and one.kind is Kind.EMPLOYMENT else "인턴십 열기")


def show_state(state: CheckState) -> str:
    """A check's state with its sign."""
    return f"{SIGNS[state][0]} {state.label}"


def _columns(context: Context) -> tuple[Column[Asked], ...]:
    return (
        Column("확인할 것", lambda one: one.label, width=130),
        Column("성명", lambda one: context.masking.show_name(one.name), width=90),
        Column("생년월일", lambda one: context.masking.show_birth(one.birth), width=105),
        Column("기업·과정", lambda one: one.about, width=220, tip=lambda one: one.about),
        Column("언제부터", lambda one: korean_date(one.span.on), lambda one: one.span.on, width=105),
        Column("기한", lambda one: korean_date(one.span.until), lambda one: one.span.until, width=105),
        Column(
            "상태",
            lambda one: show_state(one.state),
            lambda one: list(CheckState).index(one.state),
            width=110,
            tone=lambda one: SIGNS[one.state][1],
        ),
    )
