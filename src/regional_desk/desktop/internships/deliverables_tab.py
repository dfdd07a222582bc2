"""산출물: what the intern hands in, with date and file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel

from regional_desk.desktop import parts
from regional_desk.desktop.internships.deliverable_dialog import DeliverableDialog
from regional_desk.desktop.internships.training_parts import TrainingTab, head, may_open, show_file
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.internship_training import DeliverableState
from regional_desk.domain.text import korean_date
from regional_desk.services.internships import deliverables
from regional_desk.services.internships.deliverables import DeliverableLine, Deliverables
from regional_desk.services.internships.reading import InternshipRow

_SIGNS: dict[DeliverableState, tuple[str, str | None]] = {
    DeliverableState.SUBMITTED: ("○", "ok"),
    DeliverableState.WAITING: ("·", None),
    DeliverableState.OVERDUE: ("!", "bad"),
}
_WORDS = "파일을 줄 위로 끌어 놓으면 그 산출물의 파일로 받습니다. 암호화하여 보관합니다."


class DeliverablesTab(TrainingTab):
    """A line a deliverable."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAcceptDrops(True)
        self.found: Deliverables | None = None
        self.summary = QLabel()
        self.table: Table[DeliverableLine] = Table(
            _columns(),
            context.colour,
            empty="산출물이 없습니다. [산출물 추가]로 넣거나 훈련계획에서 가져오십시오.",
            name="산출물",
            scale=context.theme.size,
            filtered=False,
        )
        self.add_button = parts.button("산출물 추가…", self.add)
        self.edit_button = parts.button("제출·고치기…", self.edit, tip="Enter")
        self.open_button = parts.button("파일 열기", self.open_file)
        self.remove_button = parts.button("빼기…", self.remove)
        self.plan_button = parts.button("계획에서 가져오기", self.take_proposed)
        head(self, self.plan_button)
        self.lines.addWidget(self.table, 1)
        self.lines.addWidget(parts.muted(_WORDS))
        buttons = (self.add_button, self.edit_button, self.open_button, self.remove_button)
        self.lines.addLayout(parts.row(*buttons, None, spacing=6))
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self.edit())
        self.setFocusProxy(self.table.view)

    def read(self, internship: InternshipRow) -> None:
        """The deliverables, the first due first."""
        self.found = found = deliverables.read_deliverables(self.context.reading, internship.id)
        self.table.set_rows(found.lines)
        if self.table.current() is None:
            self.table.view.selectRow(0)
        done = sum(one.state is DeliverableState.SUBMITTED for one in found.lines)
        late = sum(one.state is DeliverableState.OVERDUE for one in found.lines)
        told = f"{len(found.lines)}건 가운데 제출 {done}건"
        if late:
            parts.set_tone(self.summary, f"{told} · ! 기한 지남 {late}건", "bad")
        else:
            parts.set_tone(self.summary, told, "quiet")
        self._enable()

    def add(self) -> None:
        """One more."""
        if self.internship is not None and self.may_write:
            DeliverableDialog(self, self.context, self.internship.id, None).run()

    def edit(self, file: Path | None = None) -> None:
        """The one under the cursor, perhaps handed in with this file."""
        line = self.table.current()
        if line is not None and self.internship is not None and self.may_write:
            DeliverableDialog(self, self.context, self.internship.id, line.row, file).run()

    def remove(self) -> None:
        """Off the list, with its file."""
        line = self.table.current()
        if line is None:
            return
        words = "목록에서 빼고 넣은 파일도 지웁니다. 파일은 되살릴 수 없고, 뺐다는 기록은 남습니다."
        answer = ReasonDialog.ask(self, "산출물 빼기", words, label="빼는 까닭", act="빼기")
        if answer is not None:
            self.act(partial(deliverables.remove, self.desk, line.row, answer.reason))

    def take_proposed(self) -> None:
        """List the outputs of the plan, each due at the end of its week."""
        internship = self.internship
        if internship is not None:
            self.act(lambda: deliverables.take_proposed(self.desk, internship.id))

    def open_file(self) -> None:
        """The file, in the program that shows such files."""
        line = self.table.current()
        if line is not None:
            show_file(self, partial(deliverables.open_file, self.context.reading, line.row))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file of this PC is welcome."""
        if self.may_write and len(_dropped(event)) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand it in for the line under the mouse, else as a new one."""
        (file,) = _dropped(event)
        event.acceptProposedAction()
        if self.table.current() is not None:
            self.edit(file)
        elif self.internship is not None:
            DeliverableDialog(self, self.context, self.internship.id, None, file).run()

    def _enable(self) -> None:
        line = self.table.current()
        self.add_button.setEnabled(self.may_write)
        for button in (self.edit_button, self.remove_button):
            button.setEnabled(self.may_write and line is not None)
        kept = line is not None and line.row.attachment_id is not None
        self.open_button.setEnabled(kept and may_open(self))
        proposed = len(self.found.proposed) if self.found else 0
        self.plan_button.setEnabled(self.may_write and bool(proposed))
        self.plan_button.setText(f"계획에서 가져오기({proposed})" if proposed else "계획에서 가져오기")


def _columns() -> tuple[Column[DeliverableLine], ...]:
    return (
        Column("산출물", lambda line: line.row.name, width=200, tip=lambda line: line.row.name),
        Column(
            "상태",
            lambda line: f"{_SIGNS[line.state][0]} {line.state.label}",
            width=95,
            tone=lambda line: _SIGNS[line.state][1],
        ),
        Column(
            "기한",
            lambda line: korean_date(line.row.due) if line.row.due else "",
            lambda line: line.row.due,
            width=95,
        ),
        Column(
            "제출일",
            lambda line: korean_date(line.row.submitted_on) if line.row.submitted_on else "",
            lambda line: line.row.submitted_on,
            width=95,
        ),
        Column("파일", lambda line: line.row.file_name or "", width=120),
        Column("메모", lambda line: line.row.memo or "", width=120, tip=lambda line: line.row.memo or ""),
    )


def _dropped(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []
