"""One line of a log whole: what it says, whom it was about, and the values it keeps sealed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.words import action_words, detail_words, subject_words, value_words
from regional_desk.desktop.shell import Context
from regional_desk.errors import UserError
from regional_desk.services.safety import logs
from regional_desk.services.safety.logs import LineValue
from regional_desk.store.audit import LogLine

_SHOWN_NAMES = 200
_MASKED, _DESTROYED = "(가림: 볼 권한이 없거나 손님 모드입니다)", "(파기됨)"


class RecordDialog(QDialog):
    """Shows one line."""

    def __init__(
        self, parent: QWidget | None, context: Context, chain: str, line: LogLine, users: Mapping[UUID, str]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{logs.NAMES[chain]} {line.seq:,}번")
        self.resize(context.theme.size(620), context.theme.size(520))
        self._desk = context.reading
        form = QFormLayout()
        for label, text in (
            ("때", f"{line.at:%Y-%m-%d %H:%M:%S}"),
            ("누구", users.get(line.user_id, "?")),
            ("한 일", f"{action_words(line.action)} ({line.action})"),
            ("대상", subject_words(line.subject)),
            ("내용", detail_words(json.loads(line.detail)) or "–"),
        ):
            value = QLabel(text)
            value.setWordWrap(True)
            name = QLabel(label)
            name.setObjectName("muted")
            form.addRow(name, value)
        self.values = QPlainTextEdit(self._about(chain, line))
        self.values.setReadOnly(True)
        self.values.setAccessibleName("담긴 사람과 값")
        self.values.setPlaceholderText("이 줄에는 사람의 값이 없습니다.")
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(parts.heading("사람과 값"))
        layout.addWidget(self.values, 1)
        layout.addLayout(parts.row(None, parts.button("닫기", self.reject)))

    @classmethod
    def ask(
        cls, parent: QWidget | None, context: Context, chain: str, line: LogLine, users: Mapping[UUID, str]
    ) -> None:
        """Show a line until the person closes it."""
        dialog = cls(parent, context, chain, line, users)
        dialog.exec()
        dialog.deleteLater()

    def _about(self, chain: str, line: LogLine) -> str:
        try:
            told = [_told(value) for value in logs.values_of(self._desk, chain, line.seq)]
            seen = logs.people_of(self._desk, line)
            names = logs.names_of(self._desk, seen)
        except UserError as error:
            return error.message
        if seen:
            more = f" 외 {len(names) - _SHOWN_NAMES}명" if len(names) > _SHOWN_NAMES else ""
            told.append(f"{len(seen)}명: {', '.join(names[:_SHOWN_NAMES]) or _MASKED}{more}")
        return "\n\n".join(told)


def _told(value: LineValue) -> str:
    words = _MASKED if value.hidden else value_words(value.value) or _DESTROYED
    return f"{value.name}\n{words}".strip()
