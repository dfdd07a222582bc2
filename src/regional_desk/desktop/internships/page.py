"""인턴십: who waits for an agreement, every internship and where it stands, one of them beside the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QSplitter, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.internships.add_dialog import AddDialog
from regional_desk.desktop.internships.beside import InternshipBeside
from regional_desk.desktop.internships.internship_list import ANY, InternshipList
from regional_desk.desktop.internships.prepare_dialog import PrepareDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.rights import Right
from regional_desk.errors import UserError
from regional_desk.services.internships import reading
from regional_desk.services.internships.pending import Pending, survey_pending
from regional_desk.services.internships.reading import InternshipRow
from regional_desk.store.placements import PlacementRow

_CONCERNED = frozenset({"internships", "visits", "claims", "outcomes", "matching", "companies", "people"})
_SHARES = (5, 6)  # of the page's width: the list and the record beside it
_SHARE, _GAP = 120, 12
_LOOKS_AFTER = 120  # milliseconds the cursor rests before the record is read: arrow keys stay quick


class InternshipsPage(QWidget):
    """The internships of the programme year as a list, and one of them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self._waiting: tuple[PlacementRow, ...] = ()
        self.notice = parts.Notice()
        self.summary = parts.muted()
        self.summary.setWordWrap(False)
        self.waiting = QLabel()
        self.prepare_button = parts.button("협약 준비…", self.prepare, tip="Ctrl+N")
        self.add_button = parts.button(
            "직접 추가…", self.add, tip="연계 차수에 없는 인턴십을 사유와 함께 적음"
        )
        self.print_button = parts.button("현황 출력…", self.print_list, tip="인턴 현황 (PDF, 엑셀)")
        self.list = InternshipList(context)
        self.beside = InternshipBeside(context)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        for widget, share in zip((self.list, self.beside), _SHARES, strict=True):
            self.split.addWidget(widget)
            self.split.setStretchFactor(self.split.count() - 1, share)
        self.split.setSizes([share * context.theme.size(_SHARE) for share in _SHARES])
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(context.theme.size(_GAP))
        self._rest = QTimer(self, singleShot=True, interval=_LOOKS_AFTER)
        self._build()

    def refresh(self) -> None:
        """Read the internships again."""
        self.notice.hide()
        may = self._desk.may(Right.EDIT_INTERNSHIPS) and not self._desk.read_only
        rows: tuple[InternshipRow, ...] = ()
        pending: Mapping[UUID, Sequence[Pending]] = {}
        try:
            rows = reading.list_internships(self._context.reading)
            pending = survey_pending(self._desk)
            self._waiting = reading.waiting(self._context.reading)
        except UserError as error:
            self.notice.show_error(error)
            self._waiting = ()
        self.add_button.setEnabled(may)
        self.prepare_button.setEnabled(may and bool(self._waiting))
        self._show_waiting(bool(rows))
        running = sum(row.state.running for row in rows)
        self.summary.setText(f"{len(rows)}명 · 지금 인턴 중 {running}명" if rows else "")
        self.list.set_rows(rows, pending)
        self._show_current()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Internships and whatever is told of them."""
        return bool(subjects & _CONCERNED)

    def go_to(
        self,
        internship: UUID | None = None,
        tab: str = "",
        state: str = ANY,
        track: str = ANY,
        company: UUID | None = None,
        find: str = "",
    ) -> None:
        """Show the internships of a state, track or company, those a text fits, or one of them at a tab."""
        self.list.narrow(state=state, track=track, company=company, find=find)
        if internship is not None:
            self.list.choose(internship)
        self._show_current()
        if tab:
            self.beside.open_tab(tab)

    def prepare(self) -> None:
        """협약 준비: a draft agreement for each placement chosen; the first of them beside."""
        if not self.prepare_button.isEnabled():
            return
        made = PrepareDialog.ask(self, self._context, self._waiting)
        if made is not None:
            self.go_to(internship=made, tab="agreements")

    def add(self) -> None:
        """An internship without a placement, and its record beside."""
        made = AddDialog.ask(self, self._context) if self.add_button.isEnabled() else None
        if made is not None:
            self.go_to(internship=made, tab="agreements")

    def print_list(self) -> None:
        """인턴 현황, looked at before it is printed."""
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        self.notice.hide()
        try:
            PreviewDialog.ask(self._context, Wanted("internship-list"), "인턴 현황")
        except UserError as error:
            self.notice.show_error(error)

    def _build(self) -> None:
        header = [
            parts.title("인턴십"),
            self.summary,
            None,
            *self._ways(),
            self.print_button,
            self.add_button,
        ]
        layout = parts.page_layout(self, header)
        line = parts.row(self.waiting, self.prepare_button)
        line.setStretch(0, 1)
        layout.addLayout(line)
        layout.addWidget(self.notice)
        layout.addWidget(self.split, 1)
        self.setFocusProxy(self.list)
        self.list.chosen.connect(lambda _row: self._rest.start())
        self.list.opened.connect(lambda _row: self._enter())
        self._rest.timeout.connect(self._show_current)
        self.beside.left.connect(self.list.setFocus)
        QShortcut(QKeySequence.StandardKey.New, self, self.prepare)

    def _ways(self) -> list[QWidget]:
        """The pages that stand on this one's line, each a button."""
        from regional_desk.desktop.pages import PAGES  # pages know this page

        return [
            parts.button(spec.title, partial(self._context.open_page, spec.key))
            for spec in PAGES
            if spec.under == "internships"
        ]

    def _show_waiting(self, some: bool) -> None:
        """How many published placements wait for an agreement; the page's first step while there is nothing else."""
        count = len(self._waiting)
        words = f"△ 협약을 준비할 배정 {count}명" if count else ""
        parts.set_tone(self.waiting, words, "warn")
        self.prepare_button.setVisible(bool(count))
        parts.set_primary(self.prepare_button, bool(count) and not some)

    def _show_current(self) -> None:
        self._rest.stop()
        row = self.list.current()
        shown = self.beside.show_row(row, self.list.pending(row) if row is not None else ())
        if not shown and (kept := self.beside.internship) is not None:
            self.list.choose(kept)
            self._rest.stop()

    def _enter(self) -> None:
        self._show_current()
        self.beside.enter()
