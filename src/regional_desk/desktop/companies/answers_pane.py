"""답 적기: the companies with what they answered, and the form of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.companies.answer_form import AnswerForm
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import UserError
from regional_desk.services.companies import training_needs
from regional_desk.services.companies.training_needs import Need

_SHARES = (5, 6)


class AnswersPane(QWidget):
    """The companies at the left, the form at the right. What was keyed is kept on leaving the company."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self._year = context.desk.office.programme_year
        self._rows: tuple[Need, ...] = ()
        self._only: frozenset[UUID] | None = None
        self._wanted: UUID | None = None  # the company to show once the one before is kept
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._on_turn)
        self.notice = parts.Notice()
        self.only = parts.muted()
        self.all = parts.link("모두 보기", self.show_all)
        self.table: Table[Need] = Table(
            _columns(),
            context.colour,
            empty="아직 기업이 없습니다. 기업 명단을 먼저 가져오십시오.",
            name="기업의 응답",
            scale=context.theme.size,
        )
        self.form = AnswerForm(context)
        self.remove = parts.button("답 지우기", self.on_remove, tip="잘못 적은 기업의 답을 지웁니다.")
        self.keep = parts.button("저장", self.on_keep, tip="Ctrl+S")
        self.next = parts.button("저장하고 다음 기업", self.on_next, primary=True, tip="Ctrl+Enter")
        self._lay_out()
        for keys, act in (
            ("Ctrl+S", self.on_keep),
            ("Ctrl+Return", self.on_next),
            ("Ctrl+Enter", self.on_next),
        ):
            QShortcut(QKeySequence(keys), self, act)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _row: self.form.begin())
        self.form.edited.connect(self._on_edited)
        self.setFocusProxy(self.table.view)

    @property
    def may_edit(self) -> bool:
        """Whether the signed-in person may key answers."""
        return self._desk.may(Right.EDIT_COMPANIES) and not self._desk.read_only

    def show_rows(self, rows: Sequence[Need], year: int) -> None:
        """Show the companies of a programme year; what is keyed and not yet saved stays."""
        chosen = self.form.need
        self._rows, self._year = tuple(rows), year
        self._list(chosen.company if chosen else None)

    def show_companies(self, companies: Sequence[UUID], words: str) -> None:
        """Only these companies, with what they have in common."""
        self._only = frozenset(companies)
        self.only.setText(f"{words} — {len(companies)}곳만 보는 중")
        self._list(None)

    def show_all(self) -> None:
        """Every company again."""
        self._only = None
        self._list(self.form.need.company if self.form.need else None)

    def choose(self, company: UUID) -> None:
        """Go to a company."""
        self._only = None
        self._list(company)

    def leave(self) -> bool:
        """Keep what was keyed; False where it was refused and waits in the form."""
        return self.form.try_save(self.notice)

    def on_keep(self) -> None:
        """저장."""
        if self.form.need is not None and self.leave():
            self._read_again(self.form.need.company)

    def on_next(self) -> None:
        """저장하고 다음 기업: the next one that has not answered."""
        now = self.form.need
        if now is None or not self.leave():
            return
        shown = [row.company for row in self._shown()]
        at = shown.index(now.company) if now.company in shown else -1
        later = [*self._shown()[at + 1 :], *self._shown()[: max(at, 0)]]
        following = next((row.company for row in later if not row.answered), None)
        self._read_again(following or now.company)
        if following is not None:
            self.form.begin()

    def on_remove(self) -> None:
        """답 지우기."""
        need = self.form.need
        if need is None:
            return
        self.notice.hide()
        try:
            training_needs.remove_need(self._desk, need.company, version=need.version, year=self._year)
        except UserError as error:
            self.notice.show_error(error)
            return
        self.form.dirty = False
        self._read_again(need.company)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the window, for it is closed without the page being left."""
        self.window().installEventFilter(self)
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing the window keeps what was keyed, while the store is open still."""
        if event.type() == QEvent.Type.Close and self.isVisible():
            self.leave()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the tab or the page keeps what was keyed."""
        self.leave()
        super().hideEvent(event)

    def _read_again(self, company: UUID) -> None:
        self._rows = training_needs.list_needs(self._desk, self._year)
        self._list(company)

    def _shown(self) -> tuple[Need, ...]:
        only = self._only
        return self._rows if only is None else tuple(row for row in self._rows if row.company in only)

    def _list(self, company: UUID | None) -> None:
        rows = self._shown()
        for widget in (self.only, self.all):
            widget.setVisible(self._only is not None)
        blocker = QSignalBlocker(self.table)
        self.table.set_rows(rows)
        wanted = next((row for row in rows if row.company == company), rows[0] if rows else None)
        if wanted is not None:
            self.table.choose(lambda row: row.company == wanted.company)
        blocker.unblock()
        self._on_chosen(self.table.current())

    def _on_chosen(self, row: Need | None) -> None:
        """Show the company; one whose form holds what is not saved yet is kept first, once the table is done turning."""
        before = self.form.need
        if self.form.dirty and before is not None:
            self._wanted = row.company if row else None
            if self._wanted != before.company:
                self._turn.start()
            return
        self.form.show_need(row, self._year, editable=self.may_edit)
        self._enable()

    def _on_turn(self) -> None:
        before, wanted = self.form.need, self._wanted
        if before is None:
            return
        if self.leave():
            self._read_again(wanted or before.company)
        else:
            self._list(before.company)

    def _on_edited(self) -> None:
        self._enable()

    def _enable(self) -> None:
        on = self.form.need is not None and self.may_edit
        self.keep.setEnabled(on and self.form.dirty)
        self.next.setEnabled(on)
        self.remove.setEnabled(on and self.form.need is not None and self.form.need.version > 0)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(parts.row(self.only, self.all, None))
        column.addWidget(self.table, 1)
        keys = parts.muted(
            "숫자: 답 고르기 · Enter: 다음 문항 · Del: 답 비우기 · Ctrl+Enter: 저장하고 다음 기업"
        )
        right = parts.card(self.form, keys, parts.row(self.remove, None, self.keep, self.next))
        both = QHBoxLayout()
        both.addWidget(left, _SHARES[0])
        both.addWidget(right, _SHARES[1])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(self.notice)
        layout.addLayout(both, 1)


def _columns() -> tuple[Column[Need], ...]:
    return (
        Column("기업명", lambda row: row.name, width=150),
        Column("유형", lambda row: row.kind or "", align="center", width=50),
        Column(
            "응답",
            lambda row: f"○ {korean_date(row.answered_on)}" if row.answered and row.answered_on else "· 아직",
            lambda row: row.answered_on if row.answered else None,
            width=110,
        ),
        Column("AX 수준", lambda row: row.level or "", align="center", width=65),
        Column(
            "제안",
            lambda row: row.proposed.level if row.proposed else "",
            align="center",
            width=60,
            tip=lambda row: row.proposed.reason if row.proposed else "",
        ),
    )
