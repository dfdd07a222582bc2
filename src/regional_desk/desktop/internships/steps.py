"""What can be done with an internship: the next step as one accented button, the rest in a menu."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.internships.agreement_dialog import AgreementDialog
from regional_desk.desktop.internships.break_dialog import BreakDialog
from regional_desk.desktop.internships.end_dialog import EndDialog
from regional_desk.desktop.internships.replace_dialog import ReplaceDialog
from regional_desk.desktop.internships.sign_dialog import SignDialog
from regional_desk.desktop.internships.words import Next
from regional_desk.desktop.reason_dialog import DayWanted, ReasonDialog
from regional_desk.desktop.screening.day_dialog import DayDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.internships import EndKind, InternState
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import UserError
from regional_desk.services.internships import internships, interruptions
from regional_desk.services.internships.reading import InternshipDetail, InternshipRow

_START = "일을 시작한 첫날입니다. 지원월(1~3차)을 이날부터 셉니다."
_BACK = "중단한 마지막 날을 고릅니다. 다음 날부터 다시 일한 것으로 셉니다."
_REOPEN = "종료를 되돌려 인턴십이 이어집니다. 종료와 함께 취소한 방문 예정도 되살아납니다."
_OPEN = ("outcome", "visits", "claims")  # steps that a tab of their own takes, to be looked at by everybody


class Steps:
    """The buttons of the record's head and what they do; refusals go to the record's notice."""

    def __init__(self, context: Context, notice: parts.Notice, open_tab: Callable[[str], None]) -> None:
        self._context, self._desk, self._notice = context, context.desk, notice
        self._open_tab = open_tab
        self._row: InternshipRow | None = None
        self._following: Next | None = None
        self.button = parts.button("", self._go_on, primary=True)
        self.menu_button = QPushButton("그 밖에")
        self.menu = QMenu(self.menu_button)
        self.menu_button.setMenu(self.menu)
        self._acts: dict[str, Callable[[], object]] = {
            "sign": self.sign,
            "start": self.start,
            "resume": self.resume,
            "end": self.end,
            **{tab: partial(open_tab, tab) for tab in _OPEN},
        }

    @property
    def _parent(self) -> QWidget:
        return self.button.window()

    def show_row(self, row: InternshipRow | None, following: Next | None) -> None:
        """Offer what can be done with an internship, and as the accented button what comes next."""
        self._row, self._following = row, following
        may = (
            self._desk.may(Right.EDIT_INTERNSHIPS)
            and self._context.masking is Masking.FULL
            and not self._desk.read_only
        )
        words = following.button if following is not None else ""
        self.button.setText(words)
        self.button.setVisible(bool(words))
        self.button.setEnabled(following is not None and (may or following.act in _OPEN))
        self.menu.clear()
        for words, act in self._offers(row) if row is not None and may else ():
            self.menu.addAction(words, act)
        self.menu_button.setVisible(not self.menu.isEmpty())

    def sign(self) -> None:
        """서명 받음, of the draft that waits."""
        found = self._read()
        if found is not None and found.draft is not None:
            SignDialog.ask(self._parent, self._context, found.draft)

    def start(self) -> None:
        """시작, on the agreed first day or a later one; once begun the day is set anew with a reason."""
        row, today = self._row, self._desk.clock.today()
        if row is None:
            return
        first = row.start
        if row.started_on is not None:
            found = self._read()
            first = found.signed[0].effective_from if found else row.start
        wanted = DayWanted("시작일", min(first, today), today, min(max(row.start, first), today))
        if row.started_on is None:
            day = DayDialog.ask(self._parent, "인턴십 시작", _START, wanted, "시작")
            if day is not None:
                self._act(lambda: internships.start(self._desk, row.id, day))
            return
        answer = ReasonDialog.ask(self._parent, "시작일 고치기", _START, act="고치기", day=wanted)
        if answer is not None and answer.day is not None:
            chosen = answer.day
            self._act(lambda: internships.start(self._desk, row.id, chosen, answer.reason))

    def resume(self) -> None:
        """복귀: the last day of the break that goes on."""
        found, today = self._read(), self._desk.clock.today()
        going = (
            []
            if found is None
            else [one for one in found.interruptions if one.end is None and not one.void_reason]
        )
        if not going:
            self._open_tab("breaks")
            return
        pause = going[-1]
        last = today - dt.timedelta(days=1)
        wanted = DayWanted("중단한 마지막 날", pause.start, max(pause.start, today), max(pause.start, last))
        day = DayDialog.ask(self._parent, "복귀", _BACK, wanted, "복귀로 적기")
        if day is not None:
            self._act(lambda: interruptions.close(self._desk, pause.id, day))

    def end(self) -> None:
        """종료, or before the start 협약 취소."""
        if self._row is not None:
            EndDialog.ask(self._parent, self._context, self._row)

    def amend(self) -> None:
        """변경협약, from what was signed last."""
        found = self._read()
        if found is not None and found.signed:
            self._act(lambda: AgreementDialog.ask_amend(self._parent, self._context, found))

    def pause(self) -> None:
        """중단·결근 적기."""
        if self._row is not None:
            BreakDialog.ask(self._parent, self._context, self._row)

    def replace(self) -> None:
        """교체, then the successor's record."""
        found = self._read()
        made = None if found is None else ReplaceDialog.ask(self._parent, self._context, found)
        if made is not None:
            self._context.open_page("internships", internship=made, tab="agreements")

    def reopen(self) -> None:
        """종료 되돌리기."""
        row = self._row
        if row is None:
            return
        sentence = f"{korean_date(row.ended_on or row.end)}에 '{row.state.label}'(으)로 끝났습니다. {_REOPEN}"
        answer = ReasonDialog.ask(
            self._parent, "종료 되돌리기", sentence, label="되돌리는 사유", act="되돌리기"
        )
        if answer is not None:
            self._act(lambda: internships.reopen(self._desk, row.id, answer.reason))

    def _go_on(self) -> None:
        if self._following is not None:
            self._acts[self._following.act]()

    def _offers(self, row: InternshipRow) -> list[tuple[str, Callable[[], None]]]:
        offers: list[tuple[str, Callable[[], None]]] = []
        if row.state.running:
            offers += [
                ("변경협약…", self.amend),
                ("중단·결근 적기…", self.pause),
                ("종료…", self.end),
                ("교체…", self.replace),
                ("시작일 고치기…", self.start),
            ]
        elif row.state is InternState.AGREED:
            offers += [("변경협약…", self.amend), ("협약 취소…", self.end)]
        elif row.state is InternState.PREPARING:
            offers.append(("협약 취소…", self.end))
        else:
            if row.end_kind in (EndKind.EARLY, EndKind.REPLACED):
                offers.append(("교체할 사람 적기…", self.replace))
            offers.append(("종료 되돌리기…", self.reopen))
        return offers

    def _read(self) -> InternshipDetail | None:
        """The internship as it stands now, unmasked as only those get here who may change it."""
        row = self._row
        found: list[InternshipDetail] = []
        if row is not None:
            self._act(lambda: found.append(internships.read(self._desk, row.id)))
        return found[0] if found else None

    def _act(self, act: Callable[[], object]) -> None:
        self._notice.hide()
        try:
            act()
        except UserError as error:
            self._notice.show_error(error)
