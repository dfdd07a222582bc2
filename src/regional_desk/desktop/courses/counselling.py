"""상담·연락 기록 of one person: what was talked about, written and read in one place."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.counselling import CounselKind, FollowUp
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date
from regional_desk.errors import UserError
from regional_desk.services.training import counselling
from regional_desk.services.training.counselling import Record

_SIZE = (860, 640)
_SAID, _RESULT = 84, 52
_WEEK = 7
_SIGNS = {FollowUp.OVERDUE: "! ", FollowUp.TODAY: "● ", FollowUp.COMING: "○ ", FollowUp.DONE: "✓ "}
_TONES = {FollowUp.OVERDUE: "bad", FollowUp.TODAY: "warn", FollowUp.DONE: "ok"}


class CounselDialog(QDialog):
    """The records of one person, newest first, over the form that writes a new one or the chosen one anew."""

    def __init__(
        self, parent: QWidget | None, context: Context, person: UUID, name: str, course_id: UUID | None
    ) -> None:
        super().__init__(parent)
        self._context, self._person, self._course = context, person, course_id
        self._editing: Record | None = None
        self.setWindowTitle(f"{context.masking.show_name(name)} — 상담·연락 기록")
        parts.fit_window(self, parent, context.theme.size(_SIZE[0]), context.theme.size(_SIZE[1]))
        self.notice = parts.Notice()
        self.table: Table[Record] = Table(
            _columns(),
            context.colour,
            empty="아직 상담 기록이 없습니다. 아래에 적으십시오.",
            name="상담 기록",
            scale=context.theme.size,
            filtered=False,
        )
        self.kind, self.on, self.next_on = QComboBox(), _date_field("상담한 날"), _date_field("다음 상담")
        self.has_next = QCheckBox("다음 상담")
        self.said, self.outcome = _text_field("내용"), _text_field("결과")
        for kind in CounselKind:
            self.kind.addItem(kind.label, kind.value)
        self.kind.setAccessibleName("상담 구분")
        self.said.setFixedHeight(context.theme.size(_SAID))
        self.outcome.setFixedHeight(context.theme.size(_RESULT))
        self.new_button = parts.button("새로 적기", self.clear)
        self.done_button = parts.button("상담 마침", self.finish, tip="고른 기록의 다음 상담을 마침")
        self.save_button = parts.button("적기", self.save, primary=True, tip="Ctrl+Enter")
        self.save_button.setShortcut("Ctrl+Return")
        self._build()
        self.table.chosen.connect(self._on_chosen)
        self.has_next.toggled.connect(self.next_on.setEnabled)
        self.refresh()
        self.clear()

    @classmethod
    def ask(
        cls, parent: QWidget | None, context: Context, person: UUID, name: str, course_id: UUID | None = None
    ) -> None:
        """Show a person's records until the window is closed."""
        dialog = cls(parent, context, person, name, course_id)
        dialog.exec()
        dialog.deleteLater()

    def refresh(self) -> None:
        """Read the records again; while guests look on nothing can be written."""
        self.table.set_rows(counselling.list_records(self._context.reading, self._person))
        masked = self._context.masking is Masking.MASKED
        for widget in (self.said, self.outcome, self.save_button):
            widget.setEnabled(not masked)

    def clear(self) -> None:
        """An empty form for a new record of today."""
        self._editing = None
        today = self._context.desk.clock.today()
        self.table.view.clearSelection()
        self.save_button.setText("적기")
        self.done_button.setEnabled(False)
        for field in (self.kind, self.on):
            field.setEnabled(True)
        self.said.clear()
        self.outcome.clear()
        _put_date(self.on, today)
        self._put_next(None)
        self.said.setFocus()

    def save(self) -> None:
        """Keep what stands in the form."""
        self.notice.hide()
        next_on = _date_of(self.next_on) if self.has_next.isChecked() else None
        said, result = self.said.toPlainText(), self.outcome.toPlainText()
        try:
            if self._editing is None:
                counselling.add(
                    self._context.desk,
                    self._person,
                    CounselKind(self.kind.currentData()),
                    said,
                    result=result,
                    on=_date_of(self.on),
                    next_on=next_on,
                    course_id=self._course,
                )
            else:
                one = self._editing
                counselling.edit(
                    self._context.desk, one.id, one.version, said, result=result, next_on=next_on
                )
        except UserError as error:
            self.notice.show_error(error)
            return
        self.refresh()
        self.clear()

    def finish(self) -> None:
        """상담 마침: nothing more is to follow from the chosen record."""
        if self._editing is None:
            return
        self.notice.hide()
        try:
            counselling.finish(self._context.desk, self._editing.id, self._editing.version)
        except UserError as error:
            self.notice.show_error(error)
            return
        self.refresh()
        self.clear()

    def _build(self) -> None:
        form = QFormLayout()
        form.addRow("구분", parts.row(self.kind, self.on, None))
        form.addRow("내용", self.said)
        form.addRow("결과", self.outcome)
        form.addRow("", parts.row(self.has_next, self.next_on, None))
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.notice)
        layout.addLayout(form)
        close = parts.button("닫기", self.accept)
        layout.addLayout(parts.row(self.new_button, self.done_button, None, close, self.save_button))

    def _on_chosen(self, row: Record | None) -> None:
        """Show the chosen record whole, to be read or written anew."""
        if row is None:
            return
        self._editing = row
        self.save_button.setText("고치기")
        self.done_button.setEnabled(row.state not in (FollowUp.NONE, FollowUp.DONE))
        for field in (self.kind, self.on):
            field.setEnabled(False)
        self.kind.setCurrentIndex(self.kind.findData(row.kind.value))
        _put_date(self.on, row.on)
        self.said.setPlainText(row.said)
        self.outcome.setPlainText(row.result)
        self._put_next(row.next_on)

    def _put_next(self, day: dt.date | None) -> None:
        self.has_next.setChecked(day is not None)
        self.next_on.setEnabled(day is not None)
        _put_date(self.next_on, day or self._context.desk.clock.today() + dt.timedelta(days=_WEEK))


def show_state(row: Record) -> str:
    """The next date's state as sign and word, empty without one."""
    if row.next_on is None:
        return ""
    return f"{_SIGNS[row.state]}{row.state.value}"


def state_tone(row: Record) -> str | None:
    """The colour of the state."""
    return _TONES.get(row.state)


def _columns() -> tuple[Column[Record], ...]:
    return (
        Column("상담일", lambda row: korean_date(row.on), lambda row: row.on, width=95),
        Column("구분", lambda row: row.kind.label, width=105),
        Column("내용", lambda row: row.said, width=260, tip=lambda row: row.said),
        Column("결과", lambda row: row.result, width=140, tip=lambda row: row.result),
        Column(
            "다음 상담",
            lambda row: korean_date(row.next_on) if row.next_on else "",
            lambda row: row.next_on,
            width=95,
        ),
        Column("상태", show_state, width=70, tone=state_tone),
        Column("상담자", lambda row: row.by, width=80),
    )


def _date_field(name: str) -> QDateEdit:
    field = QDateEdit()
    field.setAccessibleName(name)
    field.setCalendarPopup(True)
    field.setDisplayFormat("yyyy. M. d.")
    return field


def _text_field(name: str) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setAccessibleName(name)
    field.setTabChangesFocus(True)
    return field


def _put_date(field: QDateEdit, day: dt.date) -> None:
    field.setDate(QDate(day.year, day.month, day.day))


def _date_of(field: QDateEdit) -> dt.date:
    chosen = field.date()
    return dt.date(chosen.year(), chosen.month(), chosen.day())
