"""기록: the newest lines of the change history and of the access log."""

from __future__ import annotations

import json
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.admin.words import action_words, detail_words, subject_words
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.services import logs, opening
from regional_desk.store.audit import LogLine


class RecordsPane(Pane):
    """One of the two logs, newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._users: dict[UUID, str] = {}
        self.which = QComboBox()
        self.which.setAccessibleName("기록의 종류")
        self.which.addItem("변경 이력", False)
        self.which.addItem("접속기록", True)
        self.table: Table[LogLine] = Table(
            self._columns(), context.colour, empty="기록이 없습니다.", name="기록", scale=context.theme.size
        )
        chooser = QWidget()
        line = parts.row(self.which, None)
        line.setContentsMargins(0, 0, 0, 0)
        chooser.setLayout(line)
        self.lay_out(
            "가장 새로운 500줄입니다. 줄은 지우거나 고칠 수 없고, 사람 이름은 담지 않습니다.",
            (chooser, self.table),
            (),
        )
        self.which.currentIndexChanged.connect(lambda _at: self.refresh())

    def read(self) -> None:
        """Read the chosen log."""
        self._users = {row.id: row.login for row in opening.list_users(self.desk)}
        self.table.set_rows(logs.read_log(self.desk, access=bool(self.which.currentData())))

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
