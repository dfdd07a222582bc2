"""점검표 입력: the sheets of a route keyed back one after another, in the order they were printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.visits.finding_dialog import FindingDialog
from regional_desk.desktop.visits.visit_form import VisitForm
from regional_desk.desktop.visits.words import standing_words
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.domain.visits import Standing, VisitState
from regional_desk.errors import Refusal, UserError
from regional_desk.services.visits import visits
from regional_desk.services.visits.reading import Visit
from regional_desk.services.visits.reminders import journal_words

_SIZE = (780, 700)
_HINT = "1 적정 · 2 미흡 · 3 확인 못함   |   Ctrl+Enter 저장하고 다음   |   PageUp·PageDown 앞뒤 방문"
_UNSAVED = "저장하지 않은 내용이 있습니다. Ctrl+Enter로 저장하십시오. 한 번 더 누르면 버리고 옮깁니다."


class KeyBackDialog(QDialog):
    """The sheets of these visits, from one of them on."""

    def __init__(self, parent: QWidget | None, context: Context, rows: Sequence[Visit], at: int = 0) -> None:
        super().__init__(parent)
        self._context, self._desk = context, context.desk
        self._rows, self._at, self._warned = list(rows), at, False
        self.setWindowTitle("방문점검표 입력")
        parts.fit_window(self, parent, context.theme.size(_SIZE[0]), context.theme.size(_SIZE[1]))
        self.head, self.where = QLabel(), parts.muted()
        self.head.setObjectName("heading")
        self.state = QLabel()
        self.notice = parts.Notice()
        self.form = VisitForm(context, self.notice.show_error)
        self.finding_button = parts.button("지적·고충·사고 적기…", self.add_finding, tip="Ctrl+J")
        self.cancel_button = parts.button("방문 취소…", self.cancel)
        self.before_button = parts.button("◀ 앞", partial(self.turn, -1), tip="PageUp")
        self.after_button = parts.button("뒤 ▶", partial(self.turn, 1), tip="PageDown")
        self.save_button = parts.button("저장하고 다음", self.save, primary=True, tip="Ctrl+Enter")
        for button, keys in (
            (self.finding_button, "Ctrl+J"),
            (self.before_button, "PgUp"),
            (self.after_button, "PgDown"),
            (self.save_button, "Ctrl+Return"),
        ):
            button.setShortcut(keys)
        close = parts.button("닫기", self.reject)
        for one in (self.finding_button, self.cancel_button, self.before_button, self.after_button, close):
            one.setAutoDefault(False)
        self.save_button.setAutoDefault(False)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.form)
        layout = QVBoxLayout(self)
        layout.addLayout(parts.row(self.head, None, self.state))
        layout.addWidget(self.where)
        layout.addWidget(self.notice)
        layout.addWidget(scroll, 1)
        layout.addWidget(parts.muted(_HINT))
        left = (self.finding_button, self.cancel_button)
        layout.addLayout(
            parts.row(*left, None, self.before_button, self.after_button, close, self.save_button)
        )
        self._show()

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, rows: Sequence[Visit], at: int = 0) -> None:
        """Show the sheets until the window is closed."""
        dialog = cls(parent, context, rows, at)
        dialog.exec()
        dialog.deleteLater()

    @property
    def current(self) -> Visit:
        """The visit shown."""
        return self._rows[self._at]

    def save(self) -> None:
        """Keep the sheet and go to the next; at the end stay."""
        row = self.current
        if not self._act(lambda: visits.do(self._desk, row.id, row.version, self.form.seen())):
            return
        self.form.dirty = False
        self._read()
        if self._at + 1 < len(self._rows):
            self._at += 1
        self._show()

    def turn(self, by: int) -> None:
        """Another sheet without saving; what was typed is lost only at the second press."""
        if not 0 <= self._at + by < len(self._rows):
            return
        if self.form.dirty and not self._warned:
            self._warned = True
            self.notice.show_error(Refusal(_UNSAVED))
            return
        self._at += by
        self._show()

    def cancel(self) -> None:
        """It was not made: 취소 with why."""
        row = self.current
        answer = ReasonDialog.ask(
            self,
            "방문 취소",
            f"{row.host.company_name} · {row.host.name}의 방문을 취소합니다.",
            act="방문 취소",
        )
        if answer is not None and self._act(
            lambda: visits.cancel(self._desk, row.id, row.version, answer.reason)
        ):
            self._read()
            self._show()

    def add_finding(self) -> None:
        """Something was found in this visit."""
        row = self.current
        if self.finding_button.isEnabled() and FindingDialog.ask(self, self._context, row.host, visit=row.id):
            dirty, self.form.dirty = self.form.dirty, False
            self._read()
            self.form.dirty = dirty
            self._show_head()

    def _read(self) -> None:
        self._act(lambda: self._put(visits.read(self._context.reading, self.current.id)))

    def _put(self, row: Visit) -> None:
        self._rows[self._at] = row

    def _act(self, act: Callable[[], object]) -> bool:
        self.notice.hide()
        try:
            act()
        except UserError as error:
            self.notice.show_error(error)
            return False
        return True

    def _show(self) -> None:
        self._warned = False
        self.form.show_visit(self.current)
        self._show_head()

    def _show_head(self) -> None:
        row, host = self.current, self.current.host
        day = korean_date(row.planned_on) if row.planned_on else "날짜 없음"
        self.head.setText(f"{self._at + 1} / {len(self._rows)}   {host.company_name} · {host.name}")
        found = f" · 조치할 지적 {row.open_findings}건" if row.open_findings else ""
        planned = row.state is VisitState.PLANNED
        words = journal_words(self._desk, host.internship) if planned else ""
        self.where.setText(
            f"{day} · 지원월 {row.month_no}차 (~ {korean_date(row.month_end)}) · {host.where}{found}"
            + (f"\n● {words}" if words else "")
        )
        tone = {Standing.OVERDUE: "bad", Standing.DONE: "ok"}.get(row.standing, "warn")
        parts.set_tone(self.state, standing_words(row.standing), tone)
        whole = self._context.masking is Masking.FULL
        may = self._desk.may(Right.EDIT_VISITS) and not self._desk.read_only and whole
        self.save_button.setEnabled(may and row.state is not VisitState.CANCELLED)
        self.save_button.setText("저장하고 다음" if self._at + 1 < len(self._rows) else "저장")
        self.cancel_button.setEnabled(may and row.state is VisitState.PLANNED)
        self.finding_button.setEnabled(may)
        self.before_button.setEnabled(self._at > 0)
        self.after_button.setEnabled(self._at + 1 < len(self._rows))
