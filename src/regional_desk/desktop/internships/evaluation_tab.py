"""평가: what intern, company and office say of the internship."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel

from regional_desk.desktop import parts
from regional_desk.desktop.internships.evaluation_dialog import EvaluationDialog
from regional_desk.desktop.internships.training_parts import TrainingTab, head, may_open, preview, show_file
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.internship_evaluation import EvaluationState, Evaluator
from regional_desk.domain.text import korean_date
from regional_desk.services.internships import evaluations
from regional_desk.services.internships.evaluations import Evaluations, Sheet
from regional_desk.services.internships.reading import InternshipRow

_SIGNS: dict[EvaluationState, tuple[str, str | None]] = {
    EvaluationState.COMING: ("·", "muted"),
    EvaluationState.OPEN: ("□", "warn"),
    EvaluationState.OVERDUE: ("!", "bad"),
    EvaluationState.PARTIAL: ("△", "warn"),
    EvaluationState.DONE: ("○", "ok"),
}
_NUMBERS = {by: number for number, by in enumerate(Evaluator, start=1)}


class EvaluationTab(TrainingTab):
    """A line an evaluator, what stands on the sheet under the cursor below."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.found: Evaluations | None = None
        self.summary, self.sheet = QLabel(), parts.muted()
        self.table: Table[Sheet] = Table(
            _columns(),
            context.colour,
            empty="평가표가 없습니다.",
            name="인턴십 평가",
            scale=context.theme.size,
            filtered=False,
        )
        self.fill_button = parts.button("평가 적기…", self.fill, tip="Enter")
        self.open_button = parts.button("파일 열기", self.open_file)
        self.remove_button = parts.button("지우기…", self.remove)
        self.print_button = parts.button(
            "평가표 출력…",
            self.print_out,
            tip="고른 평가자. 적지 않은 평가표는 손으로 적을 양식으로 나옵니다.",
        )
        self.all_button = parts.button("셋 다 출력…", lambda: preview(self, "internship-evaluation"))
        head(self, self.print_button, self.all_button)
        self.lines.addWidget(self.table, 1)
        self.lines.addWidget(self.sheet)
        buttons = (self.fill_button, self.open_button, self.remove_button)
        self.lines.addLayout(parts.row(*buttons, None, spacing=6))
        self.table.chosen.connect(lambda _row: self._show_one())
        self.table.opened.connect(lambda _row: self.fill())
        self.setFocusProxy(self.table.view)

    def read(self, internship: InternshipRow) -> None:
        """The three sheets."""
        self.found = found = evaluations.read_evaluations(self.context.reading, internship.id)
        self.table.set_rows(found.sheets)
        if self.table.current() is None:
            self.table.view.selectRow(0)
        done = sum(one.state is EvaluationState.DONE for one in found.sheets)
        late = any(one.state is EvaluationState.OVERDUE for one in found.sheets)
        told = f"{len(found.sheets)}가지 가운데 {done}가지 완료 · {korean_date(found.due)}까지 받습니다"
        parts.set_tone(self.summary, f"! {told}" if late else told, "bad" if late else "quiet")
        self._show_one()

    def fill(self) -> None:
        """The sheet under the cursor."""
        sheet = self.table.current()
        if sheet is not None and self.internship is not None and self.fill_button.isEnabled():
            EvaluationDialog(self, self.context, self.internship.id, sheet).run()

    def remove(self) -> None:
        """Take a sheet away that was filled in by mistake."""
        sheet, internship = self.table.current(), self.internship
        if sheet is None or internship is None:
            return
        words = f"{sheet.by.label}의 평가를 파일과 함께 지웁니다. 적었던 점수는 변경 이력에 남습니다."
        answer = ReasonDialog.ask(self, "평가 지우기", words, label="까닭", act="지우기")
        if answer is not None:
            self.act(
                partial(evaluations.remove, self.desk, internship.id, sheet.by, sheet.version, answer.reason)
            )

    def open_file(self) -> None:
        """The signed sheet, in the program that shows such files."""
        sheet, internship = self.table.current(), self.internship
        if sheet is not None and internship is not None:
            show_file(self, partial(evaluations.open_file, self.context.reading, internship.id, sheet.by))

    def print_out(self) -> None:
        """The sheet under the cursor."""
        sheet = self.table.current()
        if sheet is not None:
            preview(self, "internship-evaluation", _NUMBERS[sheet.by])

    def _show_one(self) -> None:
        sheet = self.table.current()
        begun = self.found is not None and self.found.basis.begun
        written = sheet is not None and sheet.version > 0
        self.fill_button.setEnabled(self.may_write and begun and sheet is not None)
        self.fill_button.setText("평가 고치기…" if written else "평가 적기…")
        self.remove_button.setEnabled(self.may_write and written)
        kept = sheet is not None and sheet.attachment_id is not None
        self.open_button.setEnabled(kept and may_open(self))
        if sheet is None:
            self.sheet.setText("")
            return
        points = " · ".join(
            f"{one.label} {'–' if one.points is None else one.points}/{one.most}" for one in sheet.answers
        )
        self.sheet.setText(f"{points}\n의견: {sheet.comment}" if sheet.comment else points)


def _columns() -> tuple[Column[Sheet], ...]:
    return (
        Column("평가자", lambda sheet: sheet.by.label, width=80),
        Column(
            "상태",
            lambda sheet: f"{_SIGNS[sheet.state][0]} {sheet.state.label}",
            width=95,
            tone=lambda sheet: _SIGNS[sheet.state][1],
        ),
        Column(
            "점수(100)",
            lambda sheet: "" if sheet.score is None else str(sheet.score),
            lambda sheet: sheet.score,
            "right",
            75,
        ),
        Column(
            "평가일",
            lambda sheet: korean_date(sheet.on) if sheet.on else "",
            lambda sheet: sheet.on,
            width=95,
        ),
        Column("파일", lambda sheet: sheet.file_name or "", width=130),
        Column("의견", lambda sheet: sheet.comment.replace("\n", " "), width=200),
    )
