"""기록: searching the change history and the access log, checking both chains, the monthly sheet."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QDate, QSignalBlocker
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.admin.record_dialog import RecordDialog
from regional_desk.desktop.admin.words import action_words, detail_words, known_actions, subject_words
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.rights import Right
from regional_desk.services.papers.making import Wanted
from regional_desk.services.recruitment import people
from regional_desk.services.safety import logs
from regional_desk.store.audit import ACCESSES, CHANGES, LogLine

_SHOWN_DAYS, _MONTHS, _MOST = 30, 12, 500
_WORDS = (
    "줄은 지우거나 고칠 수 없고, 사람 이름은 담지 않습니다. 두 번 누르면 그 줄을 모두 보여 줍니다. "
    "접속기록은 2년, 변경 이력은 자료가 있는 동안 보관합니다."
)


class RecordsPane(Pane):
    """Lines of one of the two logs, newest first, by what is asked for."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._users: Mapping[UUID, str] = {}
        self.which, self.user, self.action = _combo("기록의 종류"), _combo("누구"), _combo("한 일")
        self.which.addItem("변경 이력", CHANGES)
        self.which.addItem("접속기록", ACCESSES)
        self.action.addItem("모든 일", "")
        for key, word in sorted(known_actions().items(), key=lambda one: one[1]):
            self.action.addItem(word, key)
        today = self.desk.clock.today()
        self.since, self.until = (
            _day("첫날", today - dt.timedelta(days=_SHOWN_DAYS)),
            _day("마지막 날", today),
        )
        self.text, self.person = _line("내용에 든 글자"), _line("사람 (성명 또는 성명 1999-03-05)")
        self.person.setEnabled(self.desk.may(Right.SEE_PEOPLE))
        self.table: Table[LogLine] = Table(
            self._columns(),
            context.colour,
            empty="찾은 기록이 없습니다.",
            name="기록",
            scale=context.theme.size,
            filtered=False,
        )
        self.check_button = parts.button(
            "사슬 확인", self.check, tip="두 기록이 고쳐지지 않았는지 확인합니다"
        )
        self.sheet_button = parts.button("월 점검표…", self.sheet)
        self.roll_off_button = parts.button("2년 지난 기록 정리…", self.roll_off)
        self.lay_out(
            _WORDS,
            (self._asking(), self.table),
            (self.roll_off_button, self.check_button, self.sheet_button),
        )
        for combo in (self.which, self.user, self.action):
            combo.currentIndexChanged.connect(lambda _at: self.refresh())
        for day in (self.since, self.until):
            day.dateChanged.connect(lambda _day: self.refresh())
        for line in (self.text, self.person):
            line.returnPressed.connect(self.refresh)
        self.table.opened.connect(self.open_line)

    def read(self) -> None:
        """Read what is asked for."""
        self.notice.hide()
        self._users = logs.logins(self.desk)
        self._list_users()
        person = self.person.text().strip()
        self.table.set_rows(())
        self.table.set_rows(
            logs.search(
                self.context.reading,
                str(self.which.currentData()),
                start=_date(self.since),
                end=_date(self.until),
                user=self.user.currentData() or None,
                action=self.action.currentData() or None,
                person=people.find_person(self.desk, person) if person else None,
                text=self.text.text() or None,
                limit=_MOST,
            )
        )
        due = logs.due_lines(self.desk) if self.desk.may(Right.CHANGE_SETTINGS) else 0
        self.roll_off_button.setVisible(due > 0)

    def open_line(self, line: LogLine | None) -> None:
        """Show one line whole."""
        if line is not None:
            RecordDialog.ask(self, self.context, str(self.which.currentData()), line, self._users)

    def check(self) -> None:
        """Verify both chains and the anchors, beside the window."""
        self.start(lambda: logs.verify_logs(self.desk), "기록 확인", self._tell_check)

    def sheet(self) -> None:
        """월 점검표: choose a month, see it, print it."""
        from regional_desk.desktop.printing.preview import PreviewDialog

        months = _months(self.desk.clock.today())
        month, sure = QInputDialog.getItem(
            self, "월 점검표", "어느 달을 점검합니까?", months, min(1, len(months) - 1), False
        )
        if sure:
            PreviewDialog.ask(self.context, Wanted("access-check", month=month), name=f"{month} 월 점검표")

    def roll_off(self) -> None:
        """Let go of what is two years old, after a question."""
        due = logs.due_lines(self.desk)
        sure = QMessageBox.question(
            self,
            "2년 지난 기록 정리",
            f"2년이 지난 접속기록 {due:,}줄을 지웁니다. 지운 자리에는 서명이 남아, 남은 기록의 사슬은 그대로 확인됩니다. "
            "되돌릴 수 없습니다. 변경 이력은 지우지 않습니다.",
        )
        if sure == QMessageBox.StandardButton.Yes:
            self.act(lambda: logs.roll_off(self.desk))

    def _tell_check(self, breaks: Mapping[str, int | None]) -> None:
        broken = [
            f"! {logs.NAMES[chain]}: {logs.break_words(seq)}"
            for chain, seq in breaks.items()
            if seq is not None
        ]
        self.say(
            "\n".join(broken) or "● 두 기록의 사슬이 처음부터 끝까지 이어집니다", "bad" if broken else "ok"
        )

    def _list_users(self) -> None:
        chosen = self.user.currentData()
        blocker = QSignalBlocker(self.user)
        self.user.clear()
        self.user.addItem("모든 사용자", "")
        for login in sorted(self._users.values()):
            self.user.addItem(login, login)
        self.user.setCurrentIndex(max(0, self.user.findData(chosen)))
        blocker.unblock()

    def _asking(self) -> QWidget:
        holder = QWidget()
        line: QHBoxLayout = parts.row(
            self.which, self.since, QLabel("~"), self.until, self.user, self.action, self.person, self.text
        )
        line.addWidget(parts.button("찾기", self.refresh))
        line.setStretch(6, 1)
        line.setStretch(7, 1)
        line.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(line)
        return holder

    def _columns(self) -> tuple[Column[LogLine], ...]:
        return (
            Column("번호", lambda line: f"{line.seq:,}", lambda line: line.seq, "right", 64),
            Column("때", lambda line: f"{line.at:%Y-%m-%d %H:%M:%S}", align="center", width=150),
            Column("누구", lambda line: self._users.get(line.user_id, "?"), align="center", width=90),
            Column("한 일", lambda line: action_words(line.action), width=150),
            Column("대상", lambda line: subject_words(line.subject), width=130),
            Column(
                "내용",
                lambda line: detail_words(json.loads(line.detail)),
                width=520,
                tip=lambda line: detail_words(json.loads(line.detail)),
            ),
        )


def _combo(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    return made


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(name)
    made.setAccessibleName(name)
    made.setClearButtonEnabled(True)
    return made


def _day(name: str, day: dt.date) -> QDateEdit:
    made = QDateEdit(QDate(day.year, day.month, day.day))
    made.setAccessibleName(name)
    made.setCalendarPopup(True)
    made.setDisplayFormat("yyyy. M. d.")
    return made


def _date(edit: QDateEdit) -> dt.date:
    day = edit.date()
    return dt.date(day.year(), day.month(), day.day())


def _months(today: dt.date) -> list[str]:
    """The month of a day and those before it, the newest first."""
    first = today.year * 12 + today.month - 1
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(first, first - _MONTHS, -1)]
