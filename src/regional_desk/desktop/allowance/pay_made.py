"""The pay files made so far: what the bank said of each payment, and whether the plain file still lies about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.allowance.result_dialog import ResultDialog
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.pay_files import LineState
from regional_desk.domain.text import korean_date, won
from regional_desk.errors import Refusal, UserError
from regional_desk.services.desk import Desk
from regional_desk.services.papers.making import Wanted
from regional_desk.services.pay import pay_files, pay_lists, pay_results
from regional_desk.services.pay.pay_books import BOOKS
from regional_desk.services.pay.pay_lists import PayFile, SentLine

_HEIGHT = 108  # three files; more scroll
_RESULTS = "은행 결과 파일 (*.xls *.xlsx *.csv *.txt)"


class MadeCard(QWidget):
    """A list of files with their acts, and the payments of the chosen one."""

    due = Signal(bool)  # whether the chosen file waits for something to be done

    def __init__(self, context: Context, notice: parts.Notice) -> None:
        super().__init__()
        self._context, self._desk, self._notice = context, context.desk, notice
        scale = context.theme.size
        self.files: Table[PayFile] = Table(
            _columns(),
            context.colour,
            empty="만든 이체 파일이 없습니다.",
            name="만든 이체 파일",
            scale=scale,
            filtered=False,
        )
        self.files.setFixedHeight(scale(_HEIGHT))
        self.lines: Table[SentLine] = Table(
            _line_columns(),
            context.colour,
            empty="이체 파일을 고르면 받는 사람과 기업별로 보여 줍니다.",
            name="이체",
            scale=scale,
        )
        self.buttons = {
            "result": parts.button("결과 읽기…", self.read_result, tip="은행에서 내려받은 결과 파일"),
            "paid": parts.button("남은 것 성공…", self.confirm_waiting, tip="통장에서 확인한 이체"),
            "failed": parts.button(
                "남은 것 실패…", self.withdraw_waiting, tip="은행에 올리지 않았거나 거절된 이체"
            ),
            "paper": parts.button("이체명세…", self.show_paper),
            "delete": parts.button("파일 지우기…", self.delete),
        }
        head = parts.row(parts.heading("만든 이체 파일"), None, *self.buttons.values())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(parts.card(head, self.files, self.lines))
        self.files.chosen.connect(self._show)

    def read(self) -> None:
        """Read the files again, the newest first; the cursor stays on its file."""
        before = self.files.current()
        rows = pay_lists.list_files(self._context.reading)
        self.files.set_rows(rows)
        wanted = before.row.id if before else rows[0].row.id if rows else None
        self.choose(wanted)
        self._show(self.files.current())

    def choose(self, file_id: UUID | None) -> None:
        """Put the cursor on a file."""
        self.files.choose(lambda one: one.row.id == file_id)

    def read_result(self) -> None:
        """Read the bank's file, show what it says, and take it."""
        made = self._chosen()
        if made is None:
            return
        chosen, _ = QFileDialog.getOpenFileName(self, "은행의 이체 결과 파일", "", _RESULTS)
        if chosen:
            self._try(lambda: self._take(made, Path(chosen)))

    def confirm_waiting(self) -> None:
        """The rest was made, as the passbook shows."""
        self._settle(
            "남은 이체를 성공으로",
            "통장 거래내역에서 이체된 것을 확인했을 때만 하십시오.",
            "확인한 것(예: 9/10 통장 거래내역)",
            pay_results.confirm_waiting,
        )

    def withdraw_waiting(self) -> None:
        """The rest was not made."""
        self._settle(
            "남은 이체를 실패로",
            "이체되지 않은 것이 확실할 때만 하십시오. 이 이체는 다음 이체 파일로 다시 보낼 수 있게 됩니다.",
            "까닭(예: 은행에 올리지 않음)",
            pay_results.withdraw_waiting,
        )

    def show_paper(self) -> None:
        """The 이체명세, to be printed or saved."""
        made = self._chosen()
        if made is not None:
            number = made.row.number
            PreviewDialog.ask(self._context, Wanted("transfer-list", number=number), f"이체명세 제{number}호")

    def delete(self) -> None:
        """Delete the plain file, or note that it is gone."""
        made = self._chosen()
        if made is None:
            return
        box = QMessageBox(self)
        box.setWindowTitle("이체 파일 지우기")
        box.setText(f"계좌번호가 든 파일을 지웁니다.\n{made.place}")
        remove = box.addButton("지우기", QMessageBox.ButtonRole.AcceptRole)
        gone = box.addButton("이미 지웠음", QMessageBox.ButtonRole.ActionRole)
        box.addButton("그만두기", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        pressed = box.clickedButton()
        box.deleteLater()
        if pressed in (remove, gone):
            self._try(lambda: pay_files.delete(self._desk, made.row.id, gone=pressed is gone))

    def _take(self, made: PayFile, path: Path) -> None:
        reading = pay_results.read_result(self._desk, made.row.id, path)
        if ResultDialog.ask(self, reading):
            pay_results.take(self._desk, reading)

    def _settle(
        self, title: str, sentence: str, label: str, act: Callable[[Desk, UUID, str], object]
    ) -> None:
        made = self._chosen()
        if made is None:
            return
        told = f"제{made.row.number}호에서 결과가 없는 이체 {made.waiting}건. {sentence}"
        answer = ReasonDialog.ask(self, title, told, label=label, act="적기")
        if answer is not None:
            self._try(lambda: act(self._desk, made.row.id, answer.reason))

    def _try(self, act: Callable[[], object]) -> None:
        self._notice.hide()
        try:
            act()
        except UserError as error:
            self._notice.show_error(error)

    def _chosen(self) -> PayFile | None:
        made = self.files.current()
        if made is None:
            self._notice.show_error(Refusal("이체 파일을 표에서 먼저 고르십시오."))
        return made

    def _show(self, made: PayFile | None) -> None:
        lines = () if made is None else pay_lists.list_sent(self._context.reading, made.row.id)
        self.lines.set_rows(lines)
        may = made is not None and self._desk.may(BOOKS[made.item].right)
        waiting = made is not None and made.waiting > 0
        enabled = {
            "result": may and made is not None and not made.by_hand,
            "paid": may and waiting,
            "failed": may and waiting,
            "paper": made is not None,
            "delete": may and made is not None and made.lies_about,
        }
        due = "result" if may and waiting else "delete" if enabled["delete"] else ""
        for key, button in self.buttons.items():
            button.setEnabled(enabled[key])
            parts.set_primary(button, key == due)
        self.due.emit(bool(due))


def _columns() -> tuple[Column[PayFile], ...]:
    return (
        Column("번호", lambda one: f"제{one.row.number}호", lambda one: one.row.number, "center", 62),
        Column(
            "만든 날",
            lambda one: f"{korean_date(one.row.made_at.date())} {one.made_by}",
            lambda one: one.row.made_at,
            width=150,
        ),
        Column("항목", lambda one: one.item.label, width=84),
        Column("양식", lambda one: one.template, width=140),
        Column("건수", lambda one: f"{one.row.rows}건", lambda one: one.row.rows, "right", 60),
        Column("금액(원)", lambda one: won(one.row.total), lambda one: one.row.total, "right", 104),
        Column("결과", show_result, width=230, tone=result_tone),
        Column("파일", show_place, width=260, tip=lambda one: one.row.file_name, tone=place_tone),
    )


def show_result(one: PayFile) -> str:
    """`성공 38 · ! 실패 2` with what still waits."""
    found = [f"성공 {one.paid}"] if one.paid else []
    if one.failed:
        found.append(f"! 실패 {one.failed} (재지급 전)")
    if one.waiting:
        found.append(f"… 결과 대기 {one.waiting}")
    return " · ".join(found)


def result_tone(one: PayFile) -> str | None:
    """Its colour."""
    return "bad" if one.failed else "warn" if one.waiting else "ok"


def show_place(one: PayFile) -> str:
    """Whether the plain file still lies about, and where."""
    if one.by_hand:
        return "파일 없이 이체"
    return f"! 남아 있음: {one.place.name}" if one.lies_about else "지움"


def place_tone(one: PayFile) -> str | None:
    """It is to be deleted once nothing waits any more."""
    return ("warn" if one.waiting else "bad") if one.lies_about else None


def _line_columns() -> tuple[Column[SentLine], ...]:
    return (
        Column("번호", lambda one: str(one.number), lambda one: one.number, "center", 56),
        Column("받는 사람 · 기업", lambda one: one.name, width=150, tip=lambda one: one.name),
        Column("과정 · 지원분", lambda one: f"{one.place} · {one.part}", width=240),
        Column("계좌", lambda one: f"{one.bank} ****{one.tail}".strip(), width=150),
        Column("금액(원)", lambda one: won(one.amount), lambda one: one.amount, "right", 110),
        Column("결과", _line_state, width=150, tone=_line_tone),
        Column("은행의 말·비고", lambda one: one.failure, width=220, tip=lambda one: one.failure),
    )


def _line_state(one: SentLine) -> str:
    if one.again is not None:
        return f"↻ 재지급(제{one.again}호)"
    signs = {LineState.SENT: "… ", LineState.PAID: "● ", LineState.FAILED: "! "}
    return f"{signs[one.state]}{one.state.label}"


def _line_tone(one: SentLine) -> str | None:
    if one.again is not None or one.state is LineState.SENT:
        return None
    return "ok" if one.state is LineState.PAID else "bad"
