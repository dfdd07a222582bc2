"""모집: who applied, where they stand, and what about them needs a look; one of them opened shows everything."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.people.card import PersonCard, stage_of
from regional_desk.desktop.people.clear_bar import ClearBar
from regional_desk.desktop.people.people_columns import people_columns
from regional_desk.desktop.people.stages import ALL, StageTiles
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Table
from regional_desk.domain.recruitment import AFTER, Stage, came_to
from regional_desk.domain.rights import Right
from regional_desk.errors import UserError
from regional_desk.services.pay import accounts
from regional_desk.services.recruitment import people, rounds
from regional_desk.store.people import PersonRow

if TYPE_CHECKING:
    from regional_desk.desktop.people.applicant import ApplicantPage

_CARD_WIDTH = 320
_LOOKS_AFTER = 700  # milliseconds on a card before it counts as read
_CAME = "came"
_LOOKS = (
    ("all", "지금 단계"),
    (_CAME, "누적(여기까지 온 사람)"),
    ("review", "! 확인 필요"),
    ("hold", "! 계좌 보류"),
)
_EVERY_ROUND = "모든 차수"


class PeoplePage(QWidget):
    """The people of the programme year, as a list and one by one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self._people: tuple[PersonRow, ...] = ()
        self._shown: tuple[tuple[PersonRow, Stage | None], ...] = ()
        self._after: dict[Stage, frozenset[UUID]] = {}
        self._stage = ALL
        self._stale = False
        self._applicant: ApplicantPage | None = None
        self.notice = parts.Notice()
        self.stages = StageTiles(context)
        self.look, self.round = QComboBox(), QComboBox()
        self.look.setAccessibleName("확인할 것")
        self.round.setAccessibleName("모집 차수")
        for key, label in _LOOKS:
            self.look.addItem(label, key)
        self.round.addItem(_EVERY_ROUND, None)
        self.table = Table(
            people_columns(context),
            context.colour,
            empty="보일 사람이 없습니다. [가져오기]로 지원자 명단을 들여오십시오.",
            name="사람",
            scale=context.theme.size,
        )
        self.card = PersonCard(context, self.release, self.notice.show_error, self.open_current)
        self.card.setFixedWidth(context.theme.size(_CARD_WIDTH))
        self.clear_bar = ClearBar(context, self.notice.show_error)
        self._look = QTimer(self, singleShot=True, interval=_LOOKS_AFTER)
        self.rooms = QStackedWidget()
        self.rooms.addWidget(self._list_room())
        self.setObjectName("page")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 10)
        layout.addWidget(self.rooms)
        self.setFocusProxy(self.table.view)
        self._connect()

    @property
    def applicant(self) -> ApplicantPage:
        """The page of one person, made when the first is opened: the list comes first."""
        if self._applicant is None:
            from regional_desk.desktop.people.applicant import ApplicantPage

            self._applicant = ApplicantPage(self._context)
            self._applicant.left.connect(self._show_list)
            self.rooms.addWidget(self._applicant)
        return self._applicant

    def refresh(self) -> None:
        """Read what is in front again; a list behind an applicant waits until it is shown."""
        shown = self._applicant.person if self._applicant and self.rooms.currentIndex() else None
        if shown is not None:
            self._stale = True
            if self.applicant.show_person(shown):
                return
            self.rooms.setCurrentIndex(0)
        self._read_list()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """People, their rounds and screening, courses that enrol them, and what comes after those."""
        mine = {
            "people",
            "applicants",
            "courses",
            "rounds",
            "screening",
            "matching",
            "internships",
            "outcomes",
        }
        return bool(subjects & mine)

    def go_to(
        self,
        stage: str = ALL,
        look: str = "all",
        person: UUID | None = None,
        round: UUID | None = None,  # noqa: A002 - the word of the place, as other pages name it
        tab: str | None = None,
    ) -> None:
        """Show the people of a stage or round, of those who came so far (`came`) or are to be looked at (`review`, `hold`), or one."""
        self._show_list()
        self.table.filter.clear()
        self.look.setCurrentIndex(max(0, self.look.findData(look)))
        self.round.setCurrentIndex(max(0, self.round.findData(round)))
        self.stages.choose(stage)
        if person is not None:
            self.table.choose(lambda row: row.id == person)
        if person is not None and tab is not None:
            self.open_person(person, tab)

    def open_current(self) -> None:
        """Everything about the person under the cursor."""
        row = self.table.current()
        if row is not None:
            self.open_person(row.id)

    def open_person(self, person: UUID, tab: str | None = None) -> None:
        """Everything about one person."""
        if self.applicant.show_person(person, tab):
            self.rooms.setCurrentWidget(self.applicant)
            self.applicant.tabs.setFocus()

    def release(self) -> None:
        """계좌 보류 해제, with what the call told."""
        row = self.table.current()
        if row is None:
            return
        answer = ReasonDialog.ask(
            self,
            "계좌 보류 해제",
            f"{self._context.masking.show_name(row.name)}님의 계좌가 보류되어 있습니다: {row.account_hold}. "
            "본인에게 전화로 계좌를 확인한 다음 그 내용을 적으십시오.",
            label="확인 전화 내용(언제, 누가, 무엇을)",
            act="보류 해제",
        )
        if answer is None:
            return
        self.notice.hide()
        try:
            accounts.release_account(self._desk, row.id, answer.reason)
        except UserError as error:
            self.notice.show_error(error)

    def merge(self) -> None:
        """Records that may be one person, of the whole office."""
        from regional_desk.desktop.people.merge_dialog import MergeDialog

        MergeDialog.ask(self._context, None, self)

    def _list_room(self) -> QWidget:
        room = QWidget()
        layout = QVBoxLayout(room)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        bring = parts.button(
            "가져오기",
            lambda: self._context.open_page("import", kind="applicants"),
            primary=True,
            tip="지원자 명단 파일",
        )
        same = parts.button("같은 사람 찾기…", self.merge)
        self.decide_button = parts.button("자격 판정…", lambda: self.clear_bar.look(self.round.currentData()))
        self.decide_button.setEnabled(self._desk.may(Right.EDIT_RECRUITMENT))
        screen = parts.button("심사·선발", lambda: self._context.open_page("screening"))
        header = (parts.title("모집"), self.round, self.look, None, same, self.decide_button, screen, bring)
        layout.addLayout(parts.row(*header))
        for widget in (self.stages, self.clear_bar, self.notice):
            layout.addWidget(widget)
        body = parts.row(self.table, self.card)
        body.setStretch(0, 1)
        layout.addLayout(body, 1)
        return room

    def _connect(self) -> None:
        self.stages.chosen.connect(self._on_stage)
        self.look.currentIndexChanged.connect(lambda _at: self._list())
        self.round.currentIndexChanged.connect(lambda _at: self._count())
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _row: self.open_current())
        self._look.timeout.connect(self._on_looked)

    def _read_list(self) -> None:
        self._stale = False
        self.notice.hide()
        try:
            self._people = people.list_people(self._context.reading)
            self._after = people.people_after(self._desk)
            self._fill_rounds()
        except UserError as error:
            self._people = ()
            self.notice.show_error(error)
        self._count()

    def _fill_rounds(self) -> None:
        found = [(_EVERY_ROUND, None), *((row.name, row.id) for row in rounds.list_rounds(self._desk))]
        if [(self.round.itemText(at), self.round.itemData(at)) for at in range(self.round.count())] == found:
            return
        chosen = self.round.currentData()
        self.round.blockSignals(True)
        self.round.clear()
        for label, key in found:
            self.round.addItem(label, key)
        self.round.setCurrentIndex(max(0, self.round.findData(chosen)))
        self.round.blockSignals(False)

    def _show_list(self) -> None:
        """The list as it was left, read again where something changed meanwhile."""
        self.rooms.setCurrentIndex(0)
        if self._stale:
            self._read_list()
        self.table.view.setFocus()

    def _on_stage(self, stage: str) -> None:
        self._stage = stage
        self._list()

    def _count(self) -> None:
        chosen, today = self.round.currentData(), self._desk.clock.today()
        self._shown = tuple(
            (row, stage_of(row, today)) for row in self._people if chosen is None or row.round == chosen
        )
        standing = Counter(stage for _, stage in self._shown if stage is not None)
        after = {
            stage: sum(row.id in those for row, _ in self._shown) for stage, those in self._after.items()
        }
        self.stages.count(standing, len(self._shown), after)
        self._list()

    def _list(self) -> None:
        look = self.look.currentData()
        self.table.set_rows(
            [
                row
                for row, stage in self._shown
                if self._belongs(row, stage)
                and (look != "review" or row.review)
                and (look != "hold" or row.account_hold)
            ]
        )
        self._show(self.table.current())

    def _belongs(self, row: PersonRow, stage: Stage | None) -> bool:
        """Whether somebody at a stage is shown: standing where the pressed tile is, or come as far; after 수료 whoever came there."""
        if self._stage in AFTER:
            return row.id in self._after.get(Stage(self._stage), ())
        if self._stage in (ALL, stage) or stage is None or self.look.currentData() != _CAME:
            return self._stage in (ALL, stage)
        return came_to(stage, Stage(self._stage))

    def _show(self, row: PersonRow | None) -> None:
        self._look.stop()
        if row is None:
            self.card.show_person(None, ())
        else:
            self.card.show_person(row, people.list_spans(self._desk, row.id))
            self._look.start()

    def _on_looked(self) -> None:
        """Whoever only walks past a row has not read that person's card."""
        row = self.table.current()
        if row is not None:
            people.note_person(self._context.reading, row.id)
