"""상담 예정: who is to be talked to next, overdue ones first."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.courses.counselling import CounselDialog, show_state, state_tone
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.text import korean_date, weekday
from regional_desk.errors import Refusal, UserError
from regional_desk.services.training import counselling
from regional_desk.services.training.counselling import Record

_REACHES = ((0, "오늘까지"), (7, "7일 안"), (31, "한 달 안"), (366, "모두"))


class FollowUpsPage(QWidget):
    """The coming follow-ups of everybody; one opens the person's records."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.notice = parts.Notice()
        self.reach = QComboBox()
        self.reach.setAccessibleName("언제까지")
        for days, label in _REACHES:
            self.reach.addItem(label, days)
        self.reach.setCurrentIndex(1)
        self.count = parts.muted()
        self.table: Table[Record] = Table(
            _columns(context),
            context.colour,
            empty="앞으로 할 상담이 없습니다.",
            name="상담 예정",
            scale=context.theme.size,
        )
        back = parts.link("← 교육과정", lambda: context.open_page("courses"))
        header = [
            parts.title("상담 예정"),
            self.reach,
            self.count,
            None,
            back,
            parts.button("상담 마침", self.finish, tip="고른 상담은 더 할 것이 없음"),
            parts.button("상담 기록…", self.open_records, primary=True, tip="Enter"),
        ]
        layout = parts.page_layout(self, header)
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table.view)
        self.reach.currentIndexChanged.connect(self.refresh)
        self.table.opened.connect(lambda _row: self.open_records())

    def refresh(self) -> None:
        """Read what is to follow again."""
        self.notice.hide()
        rows: tuple[Record, ...] = ()
        try:
            rows = counselling.follow_ups(self._context.reading, self.reach.currentData())
        except UserError as error:
            self.notice.show_error(error)
        self.table.set_rows(rows)
        self.count.setText(f"{len(rows)}건")

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Counselling, and the names of the people."""
        return bool(subjects & {counselling.SUBJECT, "people"})

    def open_records(self) -> None:
        """The records of the chosen person."""
        row = self._chosen()
        if row is not None:
            CounselDialog.ask(self, self._context, row.person, row.name)
            self.refresh()

    def finish(self) -> None:
        """상담 마침."""
        row = self._chosen()
        if row is None:
            return
        self.notice.hide()
        try:
            counselling.finish(self._context.desk, row.id, row.version)
        except UserError as error:
            self.notice.show_error(error)

    def _chosen(self) -> Record | None:
        row = self.table.current()
        if row is None:
            self.notice.show_error(Refusal("상담을 먼저 고르십시오."))
        return row


def _columns(context: Context) -> tuple[Column[Record], ...]:
    return (
        Column(
            "다음 상담",
            lambda row: f"{korean_date(row.next_on)} ({weekday(row.next_on)})" if row.next_on else "",
            lambda row: row.next_on,
            width=130,
        ),
        Column("상태", show_state, width=75, tone=state_tone),
        Column("성명", lambda row: context.masking.show_name(row.name), lambda row: row.name, width=90),
        Column("과정", lambda row: row.course, width=170),
        Column("구분", lambda row: row.kind.label, width=110),
        Column("지난 상담", lambda row: korean_date(row.on), lambda row: row.on, width=100),
        Column("내용", lambda row: row.said, width=280, tip=lambda row: row.said),
        Column("상담자", lambda row: row.by, width=80),
    )
