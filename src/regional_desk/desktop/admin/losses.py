"""The reports of losses with their clocks, inside the tab 개인정보."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.loss_dialog import LossDetail, LossDialog
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.loss import LossState
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.services.papers.making import Wanted
from regional_desk.services.safety import loss
from regional_desk.services.safety.loss import Loss

_HEIGHT = 132  # four reports; more scroll


class Losses(QWidget):
    """A list with its buttons; the tab it stands in shows what went well and what did not."""

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self._pane, self._desk = pane, pane.desk
        self.table: Table[Loss] = Table(
            _columns(),
            pane.context.colour,
            empty="분실 신고가 없습니다.",
            name="분실 신고",
            scale=pane.context.theme.size,
            filtered=False,
        )
        self.acts = (
            parts.button("자세히…", self.show_detail, tip="관련된 사람, 암호화 상태, 할 일"),
            parts.button("신고서…", self.show_paper),
            parts.button("통지·신고함…", lambda: self.take_on(LossState.REPORTED)),
            parts.button("종결…", lambda: self.take_on(LossState.CLOSED)),
        )
        self.report_button = parts.button("분실 신고…", self.report)
        if not self._desk.may(Right.REPORT_LOSS):
            for act in (*self.acts, self.report_button):
                act.setEnabled(False)
                act.setToolTip("조회 역할로는 할 수 없습니다")
        self.table.opened.connect(lambda _row: self.show_detail())
        head = parts.row(parts.heading("분실 신고"), None, *self.acts, self.report_button)
        self.table.setFixedHeight(pane.context.theme.size(_HEIGHT))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(parts.card(head, self.table))

    def read(self) -> None:
        """Read the reports; who may not report sees none."""
        rows = loss.list_losses(self._desk) if self._desk.may(Right.REPORT_LOSS) else ()
        self.table.set_rows(rows)

    def report(self) -> None:
        """Report a loss."""
        wanted = LossDialog.ask(self._desk, self)
        if wanted is not None:
            self._pane.start(
                lambda: loss.report(
                    self._desk,
                    wanted.kind,
                    wanted.description,
                    wanted.lost_on,
                    wanted.noticed_at,
                    backup=wanted.backup,
                ),
                "분실 신고",
                self._on_reported,
            )

    def show_detail(self) -> None:
        """Whose data it was, how it was protected, what is to be done."""
        found = self._chosen()
        if found is not None:
            dialog = LossDetail(self._pane.context, found, self)
            dialog.exec()
            dialog.deleteLater()

    def show_paper(self) -> None:
        """The 분실 신고서, to be printed or saved."""
        found = self._chosen()
        if found is not None:
            number = found.row.number
            PreviewDialog.ask(
                self._pane.context, Wanted("loss-notice", number=number), f"분실 신고서 제{number}호"
            )

    def take_on(self, state: LossState) -> None:
        """Note that it was told, or close it."""
        found = self._chosen()
        if found is None:
            return
        answer = ReasonDialog.ask(
            self,
            state.label,
            f"제{found.row.number}호 {found.row.description} — {found.clock}",
            label="한 일과 결과(사람 이름은 적지 않음)",
            act=state.label,
        )
        if answer is not None:
            number = found.row.number
            self._pane.act(lambda: loss.set_state(self._desk, number, state, answer.reason))

    def _chosen(self) -> Loss | None:
        rows = self.table.model.rows
        chosen = self.table.current() or (rows[0] if len(rows) == 1 else None)
        if chosen is None:
            self._pane.say("! 표에서 신고를 먼저 고르십시오.", "warn")
        return chosen

    def _on_reported(self, made: Loss) -> None:
        people = len(made.people)
        self._pane.say(
            f"● 제{made.row.number}호로 신고했습니다. 관련된 사람 {people:,}명, 통지 기한 {made.deadline:%m월 %d일 %H:%M}. 먼저 열쇠를 바꾸십시오."
        )


def _columns() -> tuple[Column[Loss], ...]:
    return (
        Column("번호", lambda one: f"제{one.row.number}호", lambda one: one.row.number, "center", 62),
        Column("상태", lambda one: one.state.label, align="center", width=90),
        Column("통지 기한", _clock, lambda one: one.hours_left, "center", 150, tone=_tone),
        Column("잃은 것", lambda one: one.kind.label, width=110),
        Column(
            "잃은 날", lambda one: korean_date(one.row.lost_on), lambda one: one.row.lost_on, "center", 100
        ),
        Column("관련된 사람", lambda one: f"{len(one.people):,}명", lambda one: len(one.people), "right", 90),
        Column("내용", lambda one: one.row.description, width=300, tip=lambda one: one.row.description),
    )


def _clock(one: Loss) -> str:
    return f"! {one.clock}" if one.state is LossState.OPEN else "—"


def _tone(one: Loss) -> str | None:
    return "bad" if one.state is LossState.OPEN else None
