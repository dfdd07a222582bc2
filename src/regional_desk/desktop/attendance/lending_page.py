"""반 대출·반납: who holds which class, lending one, taking in what came back."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.attendance.lend_dialog import LendDialog, Wish
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.text import korean_date, korean_span, weekday
from regional_desk.errors import Refusal, UserError
from regional_desk.exchange.lease_pack import RETURNED_SUFFIX
from regional_desk.services.attendance import leases
from regional_desk.services.attendance.lease_returns import Brought, Came, bring_back
from regional_desk.services.attendance.leases import Lent
from regional_desk.store.leases import LeaseRow

_SIGNS = {"대출 중": "→ ", "기한 지남": "! ", "반납": "✓ ", "회수": "× "}
_TONES = {"대출 중": "warn", "기한 지남": "bad", "반납": "ok", "회수": "muted"}
_FILTER = f"반납 파일 (*{RETURNED_SUFFIX})"
_SHOWN_LEFT = 6


class LendingPage(QWidget):
    """The office's side of lending."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self._course: UUID | None = None
        self.notice = parts.Notice()
        self.leases: Table[LeaseRow] = Table(
            self._lease_columns(),
            context.colour,
            empty="빌려 준 반이 없습니다. [빌려 주기]로 반과 날을 노트북에 빌려 줍니다.",
            name="빌려 준 반",
            scale=context.theme.size,
            filtered=False,
        )
        self.came: Table[Came] = Table(
            self._came_columns(),
            context.colour,
            empty="바뀐 칸이 없습니다.",
            name="반납으로 들어온 것",
            scale=context.theme.size,
        )
        self.told, self.left = QLabel(), QLabel()
        self.left.setWordWrap(True)
        self.result = parts.card(parts.heading("반납으로 들어온 것"), self.told, self.left, self.came)
        self.result.hide()
        self.lend_button = parts.button("빌려 주기…", self.lend, primary=True)
        self.receive_button = parts.button("반납 파일 받기…", self.receive)
        self.take_back_button = parts.button("회수…", self.take_back, tip="반납을 기다리지 않고 끝낸다")
        back = parts.link("← 출석", lambda: context.open_page("attendance"))
        layout = parts.page_layout(self, [parts.title("반 대출·반납"), None, back])
        layout.addLayout(parts.row(self.receive_button, self.take_back_button, None, self.lend_button))
        layout.addWidget(self.notice)
        layout.addWidget(self.leases, 2)
        layout.addWidget(self.result, 3)
        self.setFocusProxy(self.leases.view)

    def refresh(self) -> None:
        """Read who holds what again."""
        self.leases.set_rows(leases.list_leases(self._desk))

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Leases, and the names of courses."""
        return bool(subjects & {leases.SUBJECT, "courses"})

    def go_to(self, course: UUID | None = None) -> None:
        """Lend this course, when lending is asked for."""
        self._course = course

    def lend(self) -> None:
        """Ask for a lease and make it."""
        wish = LendDialog.ask(self, self._context, self._course)
        if wish is not None:
            self.start_lending(wish)

    def start_lending(self, wish: Wish) -> None:
        """Seal the file beside the window, for its password is made slow to guess."""
        self.notice.hide()
        self._context.jobs.start(
            lambda: leases.lend(
                self._desk,
                wish.course,
                wish.start,
                wish.end,
                holder=wish.holder,
                due=wish.due,
                password=wish.password,
                out=wish.file,
            ),
            "반 빌려 주기",
            succeeded=self._on_lent,
            refused=self.notice.show_error,
        )

    def receive(self) -> None:
        """Ask for the file that came back."""
        chosen, _ = QFileDialog.getOpenFileName(self, "반납 파일", "", _FILTER)
        if chosen:
            self.start_receiving(Path(chosen))

    def start_receiving(self, file: Path) -> None:
        """Take the file in beside the window."""
        self.notice.hide()
        self._context.jobs.start(
            lambda: bring_back(self._desk, file),
            "반납 받기",
            succeeded=self._on_brought,
            refused=self.notice.show_error,
        )

    def take_back(self) -> None:
        """Take the chosen class back without its return."""
        row = self.leases.current()
        if row is None or row.end_kind is not None:
            self.notice.show_error(Refusal("대출 중인 반을 먼저 고르십시오."))
            return
        sentence = (
            f"'{row.holder}'의 {row.course_name} {korean_span(row.start, row.end)}을(를) 회수합니다. "
            "이제 여기에서 입력하며, 나중에 오는 반납 파일은 받지 않습니다."
        )
        answer = ReasonDialog.ask(self, "회수", sentence, act="회수")
        if answer is None:
            return
        self.notice.hide()
        try:
            leases.take_back(self._desk, row.id, answer.reason)
        except UserError as error:
            self.notice.show_error(error)

    def _on_lent(self, done: Lent) -> None:
        self.result.show()
        self.came.hide()
        self.left.hide()
        parts.set_tone(
            self.told,
            f"→ {done.file}에 담았습니다. 이 날들은 반납할 때까지 여기에서 입력하지 않습니다.",
            "ok",
        )

    def _on_brought(self, brought: Brought) -> None:
        row = brought.lease
        self.result.show()
        self.came.setVisible(not brought.again)
        self.came.set_rows(brought.changes)
        if brought.again:
            told = f"'{row.holder}'의 이 반납은 전에 받았습니다. 바뀐 것이 없습니다."
        else:
            more = f" · 출석입력요청대장 {brought.late}줄" if brought.late else ""
            more += f" · 비고 {brought.remarks}건" if brought.remarks else ""
            told = f"✓ '{row.holder}'에서 {len(brought.changes)}칸이 들어왔습니다{more}."
        parts.set_tone(self.told, told, "ok")
        lines = [f"  · {item.where}: {item.message}" for item in brought.left_out[:_SHOWN_LEFT]]
        if len(brought.left_out) > _SHOWN_LEFT:
            lines.append(f"  · 그 밖에 {len(brought.left_out) - _SHOWN_LEFT}건")
        head = f"! 들어오지 않은 것 {len(brought.left_out)}건" if lines else ""
        parts.set_tone(self.left, "\n".join((head, *lines)) if lines else "", "warn")

    def _state(self, row: LeaseRow) -> str:
        return leases.state_of(row, self._desk.clock.today())

    def _lease_columns(self) -> tuple[Column[LeaseRow], ...]:
        return (
            Column(
                "상태",
                lambda row: _SIGNS[self._state(row)] + self._state(row),
                width=100,
                tone=lambda row: _TONES[self._state(row)],
            ),
            Column("과정", lambda row: row.course_name, width=190),
            Column(
                "빌려 준 날", lambda row: korean_span(row.start, row.end), lambda row: row.start, width=190
            ),
            Column("빌려 간 곳", lambda row: row.holder, width=150),
            Column("반납할 날", lambda row: korean_date(row.due), lambda row: row.due, width=100),
            Column(
                "빌려 준 때", lambda row: f"{row.lent_at:%Y-%m-%d %H:%M}", lambda row: row.lent_at, width=130
            ),
            Column(
                "끝난 때",
                lambda row: f"{row.ended_at:%Y-%m-%d %H:%M}" if row.ended_at else "",
                lambda row: row.ended_at,
                width=130,
            ),
            Column("회수 사유", lambda row: row.reason or "", width=160, tip=lambda row: row.reason or ""),
        )

    def _came_columns(self) -> tuple[Column[Came], ...]:
        return (
            Column(
                "훈련일",
                lambda one: f"{korean_date(one.day)} ({weekday(one.day)})",
                lambda one: one.day,
                width=130,
            ),
            Column("성명", lambda one: self._context.masking.show_name(one.name), width=100),
            Column("처음", lambda one: one.old, width=140),
            Column("반납된 것", lambda one: one.new, width=160),
        )
