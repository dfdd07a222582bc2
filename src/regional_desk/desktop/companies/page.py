"""기업: the companies that take part, where each stands, and everything about one of them beside the list."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QSplitter, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.companies.beside import CompanyBeside
from regional_desk.desktop.companies.company_dialog import CompanyDialog
from regional_desk.desktop.companies.words import show_state, state_tone
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.companies import CompanyKind, show_business_number
from regional_desk.domain.company_selection import ParticipationState
from regional_desk.domain.rights import Right
from regional_desk.errors import UserError
from regional_desk.services.companies import overview
from regional_desk.services.companies.overview import CompanyLine

_CONCERNED = frozenset({"companies", "positions", "company_selection", "training_needs"})
_SHARES = (5, 4)  # of the page's width: the list and the record beside it
_SHARE, _GAP = 130, 12
_LOOKS_AFTER = 120  # milliseconds the cursor rests before the record is read: arrow keys stay quick
_ANY = "any"
_LOOKS: dict[str, tuple[str, Callable[[CompanyLine], bool]]] = {
    _ANY: ("모두", lambda _line: True),
    "papers": ("! 서류 남음", lambda line: bool(line.missing)),
    "positions": ("! 직무 없음", lambda line: not line.seats),
    "kind": ("! 유형 없음", lambda line: line.row.kind is None),
    "level": ("! AX 수준 없음", lambda line: line.level is None),
}


class CompaniesPage(QWidget):
    """Every company by name, narrowed as wanted, one of them beside."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self._lines: tuple[CompanyLine, ...] = ()
        self.notice = parts.Notice()
        self.summary = parts.muted()
        self.summary.setWordWrap(False)
        self.kind, self.state, self.look = QComboBox(), QComboBox(), QComboBox()
        self._fill_choices()
        self.table: Table[CompanyLine] = Table(
            _columns(context),
            context.colour,
            empty="보일 기업이 없습니다. [가져오기]로 기업 명단을 들여오거나 [기업 추가]로 넣으십시오.",
            name="기업",
            scale=context.theme.size,
        )
        self.beside = CompanyBeside(context)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        for widget, share in zip((self.table, self.beside), _SHARES, strict=True):
            self.split.addWidget(widget)
            self.split.setStretchFactor(self.split.count() - 1, share)
        self.split.setSizes([share * context.theme.size(_SHARE) for share in _SHARES])
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(context.theme.size(_GAP))
        self._rest = QTimer(self, singleShot=True, interval=_LOOKS_AFTER)
        self.add_button = parts.button("기업 추가…", self.add, tip="Ctrl+N")
        bring = parts.button("가져오기", lambda: self._bring("companies"), primary=True, tip="기업 명단 파일")
        jobs = parts.button("직무 가져오기", lambda: self._bring("positions"), tip="직무 명단 파일")
        listed = parts.button("현황 출력…", self.print_list, tip="참여기업 현황 (PDF, 엑셀)")
        select = parts.button("참여기업 선정", lambda: context.open_page("company_selection"))
        survey = parts.button("훈련수요 조사", lambda: context.open_page("survey"))
        layout = parts.page_layout(self, [parts.title("기업"), self.summary, None, survey, select, bring])
        layout.addLayout(parts.row(self.kind, self.state, self.look, None, self.add_button, jobs, listed))
        layout.addWidget(self.notice)
        layout.addWidget(self.split, 1)
        self.setFocusProxy(self.table.view)
        self._connect()

    def refresh(self) -> None:
        """Read the companies again."""
        self.notice.hide()
        self.add_button.setEnabled(self._desk.may(Right.EDIT_COMPANIES) and not self._desk.read_only)
        try:
            self._lines = overview.list_lines(self._context.reading)
        except UserError as error:
            self.notice.show_error(error)
            self._lines = ()
        self._show_lines()
        kinds = [(kind, sum(line.row.kind == kind for line in self._lines)) for kind in CompanyKind]
        words = [f"{kind.value} {number}곳" for kind, number in kinds if number]
        selected = sum(line.state is ParticipationState.SELECTED for line in self._lines)
        words += [f"선정 {selected}곳", f"모집인원 {sum(line.seats for line in self._lines)}명"]
        self.summary.setText(" · ".join([f"{len(self._lines)}곳", *words]) if self._lines else "")

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Companies and whatever a line tells of them."""
        return bool(subjects & _CONCERNED)

    def go_to(
        self, find: str = "", company: UUID | None = None, tab: str = "", look: str = _ANY, state: str = _ANY
    ) -> None:
        """Show the companies a text fits, those to be looked at or of a state, or one of them at a tab."""
        for combo, key in ((self.kind, _ANY), (self.state, state), (self.look, look)):
            combo.setCurrentIndex(max(0, combo.findData(key)))
        self.table.filter.setText(find)
        if company is not None:
            self.table.choose(lambda line: line.row.id == company)
            self._show_current()
        if tab:
            self.beside.open_tab(tab)

    def add(self) -> None:
        """기업 추가, and its record beside."""
        made = CompanyDialog.ask(self, self._desk) if self.add_button.isEnabled() else None
        if made is not None:
            self.go_to(company=made, tab="record")
            self.beside.record.fields["representative"].setFocus()

    def print_list(self) -> None:
        """참여기업 현황, looked at before it is printed."""
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        self.notice.hide()
        try:
            PreviewDialog.ask(self._context, Wanted("company-list"), "참여기업 현황")
        except UserError as error:
            self.notice.show_error(error)

    def _fill_choices(self) -> None:
        for combo, name, first in (
            (self.kind, "유형", "모든 유형"),
            (self.state, "참여 상태", "모든 상태"),
            (self.look, "확인할 것", None),
        ):
            combo.setAccessibleName(name)
            combo.setToolTip(name)
            if first is not None:
                combo.addItem(first, _ANY)
        for kind in CompanyKind:
            self.kind.addItem(kind.value, kind.value)
        for state in ParticipationState:
            self.state.addItem(state.label, state.value)
        self.state.addItem("신청 없음", "")
        for key, (label, _fits) in _LOOKS.items():
            self.look.addItem(label, key)

    def _connect(self) -> None:
        for combo in (self.kind, self.state, self.look):
            combo.currentIndexChanged.connect(lambda _at: self._show_lines())
        self.table.chosen.connect(lambda _line: self._rest.start())
        self._rest.timeout.connect(self._show_current)
        self.table.opened.connect(lambda _line: self._enter())
        self.beside.left.connect(self.table.view.setFocus)
        QShortcut(QKeySequence.StandardKey.New, self, self.add)

    def _show_lines(self) -> None:
        """The companies the choices leave, the one shown beside staying under the cursor."""
        shown = self.beside.company
        self.table.set_rows([line for line in self._lines if self._fits(line)])
        if shown is not None:
            self.table.choose(lambda line: line.row.id == shown)
        elif self.table.current() is None:
            self.table.view.selectRow(0)
        self._show_current()

    def _fits(self, line: CompanyLine) -> bool:
        kind, state = self.kind.currentData(), self.state.currentData()
        return (
            kind in (_ANY, line.row.kind)
            and state in (_ANY, line.state or "")
            and _LOOKS[self.look.currentData()][1](line)
        )

    def _show_current(self) -> None:
        self._rest.stop()
        if not self.beside.show_line(self.table.current()):
            kept = self.beside.company
            self.table.choose(lambda line: line.row.id == kept)
            self._rest.stop()

    def _enter(self) -> None:
        self._show_current()
        tab = self.beside.tabs.currentWidget()
        if tab is not None:
            tab.setFocus()
            tab.focusNextChild()

    def _bring(self, kind: str) -> None:
        self._context.open_page("import", kind=kind)


def _columns(context: Context) -> tuple[Column[CompanyLine], ...]:
    def name(text: str | None) -> str:
        return context.masking.show_name(text) if text else ""

    return (
        Column("기업명", lambda line: line.row.name, width=150, tip=lambda line: line.row.industry or ""),
        Column("유형", lambda line: line.row.kind or "! 없음", align="center", width=50),
        Column("참여 상태", show_state, width=95, tone=state_tone),
        Column("AX", lambda line: line.level or "", align="center", width=50),
        Column("모집인원", lambda line: f"{line.seats}명", lambda line: line.seats, "right", 65),
        Column(
            "남은 서류",
            lambda line: f"! {len(line.missing)}가지" if line.missing else "○",
            lambda line: len(line.missing),
            "center",
            75,
            tip=lambda line: ", ".join(line.missing),
            tone=lambda line: "warn" if line.missing else "ok",
        ),
        Column("사업자등록번호", lambda line: show_business_number(line.row.business_number), width=110),
        Column("담당자", lambda line: name(line.row.contact), width=70),
        Column("연락처", lambda line: context.masking.show_phone(line.row.phone), width=120),
        Column(
            "소재지", lambda line: line.row.address or "", width=200, tip=lambda line: line.row.address or ""
        ),
    )
