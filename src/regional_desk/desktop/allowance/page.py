"""훈련수당: one unit's run from 작성 to 지급, with the reason of every amount."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QInputDialog, QLabel, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.course_unit import CourseUnit
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.allowance import RunState
from regional_desk.domain.attendance import Cell, Mark, Status, sign
from regional_desk.domain.masking import Masking
from regional_desk.domain.policies import Method
from regional_desk.domain.text import won
from regional_desk.errors import Refusal, UserError
from regional_desk.services import codes
from regional_desk.services.pay import allowance
from regional_desk.services.pay.allowance_run import Line, OpenItem, Run

_STEPS = (RunState.DRAFT, RunState.CHECKED, RunState.CONFIRMED, RunState.PAID)
_SHOWN_ITEMS = 8
_FIRST_SIGN = ord("0")


class AllowancePage(QWidget):
    """A course's unit period and its run."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.run: Run | None = None
        self.notice = parts.Notice()
        self.chosen = CourseUnit(context.desk)
        self._state, self._policy = QLabel(), QLabel()
        self._method = QComboBox()
        self._method.setAccessibleName("지급 방식 시험")
        self._method.addItem("정책 방식", None)
        for method in Method:
            self._method.addItem(f"{method.label} 시험", method)
        self.table = Table(
            _columns(context),
            context.colour,
            empty="아직 작성하지 않았습니다.",
            name="훈련수당",
            scale=context.theme.size,
        )
        self._total = parts.heading("")
        self._why, self._open = QVBoxLayout(), QVBoxLayout()
        self._buttons = {
            "draft": parts.button("작성", self.draft),
            "check": parts.button("검토", lambda: self._advance(allowance.check)),
            "confirm": parts.button("확정", lambda: self._advance(allowance.confirm)),
            "pay": parts.button("지급", lambda: self._advance(allowance.pay)),
            "cancel": parts.button("확정 취소", self._on_cancel),
            "hold": parts.button("보류", self._on_hold),
        }
        layout = parts.page_layout(
            self,
            [
                parts.title("훈련수당"),
                self.chosen,
                self._state,
                None,
                self._method,
                *self._buttons.values(),
            ],
        )
        layout.addLayout(parts.row(self._method, None, *self._buttons.values()))
        layout.addWidget(self.notice)
        layout.addWidget(self._policy)
        side = QWidget()
        side.setFixedWidth(context.theme.size(380))
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(parts.card(self._why))
        beside.addWidget(parts.card(self._open))
        beside.addStretch(1)
        body = parts.row(self.table, side)
        body.setStretch(0, 1)
        layout.addLayout(body, 1)
        layout.addLayout(parts.row(self._total, None, parts.button("지급조서", self._on_print)))
        self.chosen.changed.connect(self._read)
        self.table.chosen.connect(self._show_why)

    def refresh(self) -> None:
        """Read courses and run again."""
        self.chosen.refresh()
        self._read()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Runs follow from nearly everything."""
        return bool(subjects & {"allowance", "attendance", "courses", "policies", "people"})

    def go_to(self, course: UUID, unit: int = 1) -> None:
        """Show a course's unit."""
        self.chosen.choose(course, unit)

    def draft(self) -> None:
        """작성, with the method that is tried."""
        method = self._method.currentData()
        self._act(
            lambda: allowance.draft(
                self._desk,
                self._course_id(),
                self.chosen.unit,
                method=Method(method) if method else None,
            )
        )

    def _course_id(self) -> UUID:
        if self.chosen.course is None:
            raise Refusal("교육과정이 없습니다. [교육과정]에서 먼저 만드십시오.")
        return self.chosen.course

    def _read(self) -> None:
        self.run = None
        if self.chosen.course is not None:
            runs = allowance.runs(self._desk, self.chosen.course)
            if any(row.unit_no == self.chosen.unit for row in runs):
                self.run = allowance.show(self._context.reading, self.chosen.course, self.chosen.unit)
        self._show()

    def _advance(self, step: Callable[..., Run]) -> None:
        self._act(lambda: step(self._desk, self._course_id(), self.chosen.unit))

    def _act(self, act: Callable[[], object]) -> None:
        self.notice.hide()
        try:
            act()
        except UserError as error:
            self.notice.show_error(error)
        self._read()

    def _show(self) -> None:
        run = self.run
        self.table.set_rows(run.lines if run else ())
        steps = " → ".join(f"[{step.label}]" if run and run.state is step else step.label for step in _STEPS)
        self._state.setText(steps)
        tried = bool(run and not run.adopted)
        parts.set_tone(
            self._policy,
            "! 미승인 정책(또는 시험 방식)으로 작성되어 확정할 수 없습니다. [관리 → 정책]에서 승인하십시오."
            if tried
            else "",
            "warn",
        )
        self._total.setText(self._total_text())
        state = run.state if run else None
        enabled = {
            "draft": state in (None, RunState.DRAFT, RunState.CHECKED)
            or bool(run and any(line.held for line in run.lines)),
            "check": state is RunState.DRAFT,
            "confirm": state is RunState.CHECKED,
            "pay": state is RunState.CONFIRMED,
            "cancel": state is RunState.CONFIRMED,
            "hold": run is not None,
        }
        following = next((key for key in ("pay", "confirm", "check", "draft") if enabled[key]), "")
        self._buttons["draft"].setText("다시 작성" if run else "작성")
        for key, button in self._buttons.items():
            button.setEnabled(enabled[key])
            button.setProperty("primary", key == following)
            button.style().unpolish(button)
            button.style().polish(button)
        self._show_why(self.table.current())
        self._show_open()

    def _total_text(self) -> str:
        run = self.run
        if run is None:
            return ""
        held = sum(line.held is not None for line in run.lines)
        solo = " · 단독 처리" if run.row.solo else ""
        left_out = f" · 보류 {held}명 제외" if held else ""
        return f"합계 {len(run.lines)}명 (지급 {run.row.paid_people}명) {won(run.total)}원{left_out}{solo}"

    def _show_why(self, line: Line | None) -> None:
        parts.clear(self._why)
        if line is None:
            self._why.addWidget(parts.heading("왜 이 금액?"))
            self._why.addWidget(parts.muted("사람을 고르면 금액이 나온 까닭을 보여 줍니다."))
            return
        name = self._context.masking.show_name(line.name)
        self._why.addWidget(parts.heading(f"왜 이 금액? — {line.number}번 {name}"))
        for sentence in line.trace[:-1]:
            text = QLabel(sentence)
            text.setWordWrap(True)
            self._why.addWidget(text)
        strip = QLabel("".join(_sign(code) for code in line.strip) or "기록 없음")
        strip.setWordWrap(True)
        strip.setAccessibleName("날마다의 출결")
        self._why.addWidget(strip)
        self._why.addWidget(parts.muted(line.trace[-1]))
        if line.held:
            self._why.addWidget(parts.muted(f"! 보류: {line.held}"))
        self._buttons["hold"].setText("보류 해제" if line.held else "보류")

    def _show_open(self) -> None:
        parts.clear(self._open)
        items = self.run.open_items if self.run else ()
        self._open.addWidget(parts.heading(f"확정을 막는 것 {len(items)}"))
        for item in items[:_SHOWN_ITEMS]:
            name = self._context.masking.show_name(item.name)
            text = parts.muted(f"{name} — {item.message}")
            self._open.addLayout(parts.row(text, parts.link("이동 →", partial(self._go, item))))
        if len(items) > _SHOWN_ITEMS:
            self._open.addWidget(parts.muted(f"그 밖에 {len(items) - _SHOWN_ITEMS}건"))
        if not items:
            self._open.addWidget(parts.muted("없습니다." if self.run else "작성하면 보여 줍니다."))

    def _go(self, item: OpenItem) -> None:
        if item.kind == "account":
            self._context.open_page("people", person=item.trainee)
            return
        self._context.open_page(
            "attendance",
            course=self._course_id(),
            unit=self.chosen.unit,
            trainee=item.trainee,
            day=item.days[0] if item.days else None,
        )

    def _on_cancel(self) -> None:
        reason, sure = QInputDialog.getText(self, "확정 취소", "확정을 취소하는 사유")
        if sure:
            self._act(lambda: allowance.cancel(self._desk, self._course_id(), self.chosen.unit, reason))

    def _on_hold(self) -> None:
        line = self.table.current()
        if line is None:
            return
        unit = self.chosen.unit
        if line.held:
            self._act(lambda: allowance.release(self._desk, self._course_id(), unit, line.trainee))
            return
        reason, sure = QInputDialog.getText(
            self, "보류", f"{self._context.masking.show_name(line.name)}님을 보류하는 사유"
        )
        if sure:
            self._act(lambda: allowance.hold(self._desk, self._course_id(), unit, line.trainee, reason))

    def _on_print(self) -> None:
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        if self.run is not None:
            PreviewDialog.ask(
                self._context, Wanted("allowance-statement", self._course_id(), self.chosen.unit)
            )


def _columns(context: Context) -> tuple[Column[Line], ...]:
    banks = codes.bank_names()
    return (
        Column("번호", lambda line: str(line.number), lambda line: line.number, "center", 44),
        Column("성명", lambda line: context.masking.show_name(line.name), align="center", width=76),
        Column(
            "소정훈련일", lambda line: str(line.training_days), lambda line: line.training_days, "right", 76
        ),
        Column(
            "출석일수", lambda line: str(line.attended_days), lambda line: line.attended_days, "right", 70
        ),
        Column("출석률", lambda line: str(line.rate), lambda line: line.rate, "right", 64),
        Column("지급액(원)", lambda line: won(line.amount), lambda line: line.amount, "right", 92),
        Column(
            "계좌",
            lambda line: (
                f"{banks.get(line.bank or '', '')} {Masking.MASKED.show_account(line.account_tail)}".strip()
            ),
            width=150,
        ),
        Column("상태", _status, width=190, tone=_tone),
    )


def _status(line: Line) -> str:
    if line.held:
        return f"! 보류: {line.held}"
    if line.open_items:
        return f"! {line.open_items[0].message}"
    return "확인됨" if line.eligible else "▲ 출석률 미달"


def _tone(line: Line) -> str | None:
    if line.held or line.open_items:
        return "warn"
    return "ok" if line.eligible else "bad"


def _sign(code: str) -> str:
    number = ord(code) - _FIRST_SIGN
    return sign(Cell(Status(number & 3), Mark(number >> 2)))
