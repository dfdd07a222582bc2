"""정정: what was asked of confirmed records, its decision by a second person, and the request itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.attendance.correction_form import CorrectionForm
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date, weekday
from regional_desk.errors import Refusal, UserError
from regional_desk.services.attendance import corrections
from regional_desk.services.attendance.corrections import Correction, State

_SIGNS = {State.REQUESTED: "● ", State.APPROVED: "✓ ", State.REFUSED: "× ", State.WITHDRAWN: "– "}
_TONES = {State.REQUESTED: "warn", State.APPROVED: "ok", State.REFUSED: "bad"}
_LOOKS: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("기다리는 것", (State.REQUESTED,)),
    ("승인된 것", (State.APPROVED,)),
    ("모두", ()),
)


class CorrectionsPage(QWidget):
    """The list over the form that asks."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.notice, self.form, self.look = parts.Notice(), CorrectionForm(context), QComboBox()
        self.look.setAccessibleName("보이는 정정")
        for word, states in _LOOKS:
            self.look.addItem(word, [state.value for state in states])
        self.count = parts.muted()
        self.table: Table[Correction] = Table(
            _columns(), context.colour, empty="정정이 없습니다.", name="정정", scale=context.theme.size
        )
        self.approve_button = parts.button("승인", self.approve, tip="그리드와 계산이 이 기록을 씁니다")
        self.refuse_button = parts.button("반려…", self.refuse)
        self.withdraw_button = parts.button("거두기", self.withdraw, tip="결정되지 않은 요청을 거둡니다")
        self.open_button = parts.button("증빙 열기", self.open_evidence, tip="Enter")
        header = [
            parts.title("정정"),
            self.look,
            self.count,
            None,
            parts.link("← 출석", lambda: context.open_page("attendance")),
            self.open_button,
            self.withdraw_button,
            self.refuse_button,
            self.approve_button,
        ]
        layout = parts.page_layout(self, header)
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.form)
        self.setFocusProxy(self.table.view)
        self.look.currentIndexChanged.connect(lambda _at: self._read())
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self.open_evidence())
        self.form.wanted.connect(self.send)

    def refresh(self) -> None:
        """Read the requests and the form's courses again."""
        self._do(self.form.refresh)
        self._read()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Requests, records, runs, and the people."""
        return bool(subjects & {corrections.SUBJECT, "attendance", "allowance", "courses", "people"})

    def go_to(
        self, course: UUID | None = None, trainee: UUID | None = None, day: dt.date | None = None
    ) -> None:
        """Show what waits, with a cell in the form where one is given."""
        self.look.setCurrentIndex(0)
        if course is not None and trainee is not None and day is not None:
            self._do(lambda: self.form.choose(course, trainee, day))

    def send(self) -> None:
        """정정 요청."""
        if self._do(self.form.send):
            self.look.setCurrentIndex(0)
            self._read()

    def approve(self) -> None:
        """승인: by somebody else than who asked."""
        row = self._chosen()
        if row is not None:
            self._act(lambda: corrections.approve(self._desk, row.id, row.version))

    def refuse(self) -> None:
        """반려, with the reason the person who asked reads."""
        row = self._chosen()
        if row is None:
            return
        sentence = f"{row.name}님의 {korean_date(row.day)} 정정({row.change})을 반려합니다."
        answer = ReasonDialog.ask(self, "정정 반려", sentence, act="반려")
        if answer is not None:
            self._act(lambda: corrections.refuse(self._desk, row.id, row.version, answer.reason))

    def withdraw(self) -> None:
        """거두기."""
        row = self._chosen()
        if row is not None:
            self._act(lambda: corrections.withdraw(self._desk, row.id, row.version))

    def open_evidence(self) -> None:
        """The paper, in the program that shows such files."""
        row = self._chosen()
        if row is not None:
            self._do(
                lambda: QDesktopServices.openUrl(
                    QUrl.fromLocalFile(str(corrections.open_evidence(self._context.reading, row.id)))
                )
            )

    def _read(self) -> None:
        states = tuple(State(value) for value in self.look.currentData())
        rows: tuple[Correction, ...] = ()
        try:
            rows = corrections.list_corrections(self._context.reading, states=states)
        except UserError as error:
            self.notice.show_error(error)
        self.table.set_rows(rows)
        self.count.setText(f"{len(rows)}건")
        self._enable()

    def _enable(self) -> None:
        row = self.table.current()
        waits = row is not None and row.state is State.REQUESTED
        decides = waits and self._desk.may(Right.DECIDE_CORRECTION)
        self.approve_button.setEnabled(decides)
        self.refuse_button.setEnabled(decides)
        self.withdraw_button.setEnabled(waits and self._desk.may(Right.EDIT_ATTENDANCE))
        self.open_button.setEnabled(row is not None and row.evidence is not None)
        self.form.setEnabled(self._desk.may(Right.EDIT_ATTENDANCE))

    def _chosen(self) -> Correction | None:
        row = self.table.current()
        if row is None:
            self.notice.show_error(Refusal("정정을 먼저 고르십시오."))
        return row

    def _act(self, act: Callable[[], object]) -> None:
        self._do(act)
        self._read()

    def _do(self, act: Callable[[], object]) -> bool:
        self.notice.hide()
        try:
            act()
        except UserError as error:
            self.notice.show_error(error)
            return False
        return True


def _columns() -> tuple[Column[Correction], ...]:
    return (
        Column("상태", _state, width=122, tone=lambda row: _TONES.get(row.state)),
        Column("성명", lambda row: row.name, width=70),
        Column(
            "날짜", lambda row: f"{korean_date(row.day)} ({weekday(row.day)})", lambda row: row.day, width=120
        ),
        Column("바뀌는 기록", lambda row: row.change, width=150),
        Column("사유", lambda row: row.reason, width=200, tip=lambda row: row.reason),
        Column("증빙", lambda row: "있음" if row.evidence else "없음", align="center", width=46),
        Column("과정 · 단위기간", lambda row: f"{row.course_name} · {row.unit_no}", width=140),
        Column("요청", lambda row: f"{row.requested_by} {_when(row.requested_at)}", width=140),
        Column("결정", _decided, width=150, tip=lambda row: row.decision),
    )


def _state(row: Correction) -> str:
    return f"{_SIGNS[row.state]}{row.state.label}{' · 단독 처리' if row.solo else ''}"


def _decided(row: Correction) -> str:
    if row.decided_at is None:
        return ""
    return f"{row.decided_by} {_when(row.decided_at)} {row.decision}".strip()


def _when(moment: dt.datetime) -> str:
    return f"{moment:%m-%d %H:%M}"
