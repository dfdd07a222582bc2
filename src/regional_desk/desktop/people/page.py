"""모집: who applied, where they stand, and what about them needs a look."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.people.card import PersonCard, show_account, show_sex, show_stage
from regional_desk.desktop.people.stages import ALL, StageTiles
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.recruitment import Stage
from regional_desk.errors import UserError
from regional_desk.services import people
from regional_desk.store.people import PersonRow

_CARD_WIDTH = 320
_LOOKS_AFTER = 700  # milliseconds on a card before it counts as read
_STAGES = list(Stage)
_LOOKS = (("all", "모두"), ("review", "! 확인 필요"), ("hold", "! 계좌 보류"))


class PeoplePage(QWidget):
    """The people of the programme year."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self._people: tuple[PersonRow, ...] = ()
        self._stage = ALL
        self.notice = parts.Notice()
        self.stages = StageTiles()
        self.look = QComboBox()
        self.look.setAccessibleName("확인할 것")
        for key, label in _LOOKS:
            self.look.addItem(label, key)
        self.table = Table(
            _columns(context),
            context.colour,
            empty="보일 사람이 없습니다. [가져오기]로 지원자 명단을 들여오십시오.",
            name="사람",
            scale=context.theme.size,
        )
        self.card = PersonCard(context, self.release, self.notice.show_error)
        self._look = QTimer(self, singleShot=True, interval=_LOOKS_AFTER)
        self.card.setFixedWidth(context.theme.size(_CARD_WIDTH))
        bring = parts.button(
            "가져오기",
            lambda: context.open_page("import", kind="applicants"),
            primary=True,
            tip="지원자 명단 파일",
        )
        layout = parts.page_layout(self, [parts.title("모집"), self.look, None, bring])
        layout.addWidget(self.stages)
        layout.addWidget(self.notice)
        body = parts.row(self.table, self.card)
        body.setStretch(0, 1)
        layout.addLayout(body, 1)
        self.setFocusProxy(self.table.view)
        self.stages.chosen.connect(self._on_stage)
        self.look.currentIndexChanged.connect(self._list)
        self.table.chosen.connect(self._show)
        self._look.timeout.connect(self._on_looked)

    def refresh(self) -> None:
        """Read the people again."""
        self.notice.hide()
        try:
            self._people = people.list_people(self._context.reading)
        except UserError as error:
            self._people = ()
            self.notice.show_error(error)
        self.stages.count(self._people)
        self._list()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """People, and courses that enrol them."""
        return bool(subjects & {"people", "applicants", "courses"})

    def go_to(self, stage: str = ALL, look: str = "all", person: UUID | None = None) -> None:
        """Show the people of a stage, those to look at (`review`, `hold`), or one person."""
        self.table.filter.clear()
        self.look.setCurrentIndex(max(0, self.look.findData(look)))
        self.stages.choose(stage)
        if person is not None:
            self.table.choose(lambda row: row.id == person)

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
            people.release_account(self._desk, row.id, answer.reason)
        except UserError as error:
            self.notice.show_error(error)

    def _on_stage(self, stage: str) -> None:
        self._stage = stage
        self._list()

    def _list(self) -> None:
        look = self.look.currentData()
        self.table.set_rows(
            [
                row
                for row in self._people
                if self._stage in (ALL, row.stage)
                and (look != "review" or row.review)
                and (look != "hold" or row.account_hold)
            ]
        )
        self._show(self.table.current())

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


def _columns(context: Context) -> tuple[Column[PersonRow], ...]:
    return (
        Column("성명", lambda row: context.masking.show_name(row.name), lambda row: row.name, width=90),
        Column(
            "생년월일", lambda row: context.masking.show_birth(row.birth), lambda row: row.birth, width=105
        ),
        Column("성별", show_sex, align="center", width=45),
        Column("연락처", lambda row: context.masking.show_phone(row.phone), width=125),
        Column("트랙", lambda row: row.track or "", width=65),
        Column(
            "단계",
            show_stage,
            lambda row: _STAGES.index(Stage(row.stage)) if row.stage else None,
            width=70,
        ),
        Column("은행·계좌", show_account, width=165),
        Column("확인할 것", _flags, _flag_order, width=130, tip=_reasons, tone=_tone),
    )


def _flags(row: PersonRow) -> str:
    return "  ".join(
        f"! {word}" for word, why in (("계좌 보류", row.account_hold), ("확인 필요", row.review)) if why
    )


def _flag_order(row: PersonRow) -> int:
    """Held accounts first, then records to look at."""
    return 2 * (not row.account_hold) + (not row.review)


def _reasons(row: PersonRow) -> str:
    return "\n".join(filter(None, (row.account_hold, row.review)))


def _tone(row: PersonRow) -> str | None:
    return "bad" if row.account_hold else "warn" if row.review else None
