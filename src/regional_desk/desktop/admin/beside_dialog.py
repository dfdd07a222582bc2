"""그날로 열어 보기: a backup beside today, what differs, and one record brought back."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.masking import Masking
from regional_desk.errors import UserError
from regional_desk.services.safety import beside
from regional_desk.services.safety.beside import Beside, Difference, Line

_HIDDEN = "(가림)"


class BesideDialog(QDialog):
    """The records that were otherwise then; one at a time is made what it was."""

    def __init__(self, context: Context, opened: Beside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._opened = context, opened
        made = opened.info.made_at
        self.setWindowTitle("그날로 열어 보기")
        self.resize(context.theme.size(900), context.theme.size(600))
        self.notice, self.said = parts.Notice(), QLabel()
        self.said.hide()
        self.records: Table[Difference] = Table(
            self._record_columns(),
            context.colour,
            empty=f"{made:%Y-%m-%d %H:%M}의 백업과 지금이 다르지 않습니다.",
            name="다른 기록",
            scale=context.theme.size,
        )
        self.lines: Table[Line] = Table(
            self._line_columns(),
            context.colour,
            empty="기록을 고르면 다른 점이 여기에 보입니다.",
            name="다른 점",
            scale=context.theme.size,
            filtered=False,
        )
        self._bring = parts.button("이 기록 되가져오기", self.bring_back, primary=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.addWidget(parts.heading(f"{made:%Y-%m-%d %H:%M}의 백업과 지금"))
        layout.addWidget(
            parts.muted(
                "백업은 읽기 전용으로 열었습니다. 되가져오기는 지금 자료에 그 기록만 고쳐 적으며, 출석 화면에서 실행취소할 수 있습니다. "
                "계좌가 바뀌면 확인할 때까지 보류됩니다."
            )
        )
        layout.addWidget(self.notice)
        layout.addWidget(self.said)
        layout.addWidget(self.records, 3)
        layout.addWidget(self.lines, 2)
        layout.addLayout(parts.row(None, parts.button("닫기", self.reject), self._bring))
        self.records.chosen.connect(self._show_lines)
        self.read()

    @classmethod
    def ask(cls, context: Context, opened: Beside) -> None:
        """Show the differences until the person closes them; the copy is wiped then."""
        try:
            dialog = cls(context, opened, QApplication.activeWindow())
            dialog.exec()
            dialog.deleteLater()
        finally:
            opened.close()

    def read(self) -> None:
        """Read what differs."""
        try:
            self.records.set_rows(beside.differences(self._context.desk, self._opened.desk))
        except UserError as error:
            self.notice.show_error(error)
        if self.records.current() is None:
            self.records.view.selectRow(0)
        self._show_lines(self.records.current())

    def bring_back(self) -> None:
        """Make the chosen record what it was, or say why not."""
        chosen = self.records.current()
        if chosen is None:
            return
        self.notice.hide()
        try:
            beside.bring_back(self._context.desk, self._opened.desk, chosen)
        except UserError as error:
            self.notice.show_error(error)
            return
        parts.set_tone(self.said, f"● 되가져왔습니다: {self._name(chosen)} {chosen.where}", "ok")
        self.read()

    def _show_lines(self, chosen: Difference | None) -> None:
        self.lines.set_rows(chosen.lines if chosen else ())
        self._bring.setEnabled(chosen is not None)

    def _name(self, one: Difference) -> str:
        return self._context.masking.show_name(one.name)

    def _value(self, text: str) -> str:
        chosen = self.records.current()
        masked = self._context.masking is Masking.MASKED
        return _HIDDEN if masked and chosen is not None and chosen.kind == beside.PERSON else text

    def _record_columns(self) -> tuple[Column[Difference], ...]:
        return (
            Column("성명", self._name, width=120),
            Column("무엇", lambda one: one.where, width=380),
            Column("다른 점", lambda one: f"{len(one.lines)}곳", lambda one: len(one.lines), "right", 90),
        )

    def _line_columns(self) -> tuple[Column[Line], ...]:
        return (
            Column("항목", lambda line: line.label, width=160),
            Column("그때", lambda line: self._value(line.then), width=280),
            Column("지금", lambda line: self._value(line.now), width=280),
        )
