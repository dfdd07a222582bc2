"""목표와 진행: what a round wants of each track and how far it has come."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from regional_desk.desktop import parts
from regional_desk.desktop.reason_dialog import DayWanted
from regional_desk.desktop.screening.day_dialog import DayDialog
from regional_desk.desktop.screening.pane import RoundPane
from regional_desk.desktop.screening.round_dialog import RoundDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.refused import Refused
from regional_desk.domain.rounds import RoundState, TrackProgress
from regional_desk.domain.screening import rule_label, show_points
from regional_desk.domain.text import korean_date, korean_span
from regional_desk.services.recruitment import rounds
from regional_desk.services.recruitment.rounds import RoundDetail

_BAR = 12
_WORDS = "차수마다 트랙별 모집인원과 예비인원을 정하고 여기에서 진행을 봅니다. 접수를 마감해야 선발을 정할 수 있습니다."


class RoundsPane(RoundPane):
    """A line a track; the round's terms above it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.detail: RoundDetail | None = None
        self.about = parts.heading("")
        self.about.setWordWrap(True)
        self.table: Table[TrackProgress] = Table(
            _columns(),
            context.colour,
            empty="아직 모집 차수가 없습니다.",
            name="트랙별 진행",
            scale=context.theme.size,
            filtered=False,
        )
        self.edit = parts.button("차수 고치기…", self._on_edit)
        self.take = parts.button(
            "차수 없는 지원자 넣기", self._on_take, tip="접수 기간에 들어왔으나 차수가 없는 지원자"
        )
        self.close_button = parts.button("접수 마감", self._on_close)
        self.publish = parts.button("결과 발표…", self._on_publish, primary=True)
        self.lay_out(
            _WORDS, [self.about, self.table], [self.take, self.edit, self.close_button, self.publish]
        )

    def show_nothing(self) -> None:
        """No round yet."""
        self.detail = None
        self.about.setText("")
        self.table.set_rows(())
        for button in self._actions:
            button.setEnabled(False)

    def show_data(self, round_id: UUID) -> None:
        """The round's terms and each track's progress."""
        detail = self.detail = rounds.detail(self.desk, round_id)
        self.about.setText(_terms(detail))
        self.table.set_rows([one for one in detail.tracks if one.places or one.reserves or one.stands])
        going = self.may_edit and detail.state is not RoundState.PUBLISHED
        self.take.setEnabled(going)
        self.edit.setEnabled(going)
        self.close_button.setEnabled(self.may_edit and detail.state is RoundState.OPEN)
        self.publish.setEnabled(self.may_edit and detail.state is RoundState.CLOSED)

    def _on_edit(self) -> None:
        if self.detail is not None and RoundDialog.ask_change(self, self.context, self.detail):
            self.refresh()

    def _on_take(self) -> None:
        def take() -> None:
            taken = rounds.take_in(self.desk, self._round())
            self.say(f"● {taken}명을 이 차수에 넣었습니다.")

        self.act(take)

    def _on_close(self) -> None:
        self.act(lambda: rounds.close_round(self.desk, self._round()))

    def _on_publish(self) -> None:
        if self.detail is None:
            return
        today = self.desk.clock.today()
        first = min(self.detail.row.opens, today)
        day = DayDialog.ask(
            self,
            "결과 발표",
            "발표하면 선발·예비·탈락을 더 고칠 수 없습니다. 선발되지 않은 사람의 보존기간(90일)을 발표일부터 셉니다.",
            DayWanted("발표일", first, today, today),
            "발표",
        )
        if day is not None:
            self.act(lambda: self._publish(day))

    def _publish(self, day: dt.date) -> None:
        rounds.publish(self.desk, self._round(), day)
        self.say(f"● {korean_date(day)} 결과를 발표했습니다.")

    def _round(self) -> UUID:
        assert self.round_id is not None  # noqa: S101 - the buttons are off without one
        return self.round_id


def _terms(detail: RoundDetail) -> str:
    row = detail.row
    said = [f"{row.name} · 접수 {korean_span(row.opens, row.closes)}"]
    said.append(f"합격선 {show_points(row.pass_score)}점" if row.pass_score is not None else "합격선 없음")
    said.append("동점이면 " + " → ".join(_label(rule) for rule in row.tie_order))
    if row.result_on is not None:
        said.append(f"발표 {korean_date(row.result_on)}")
    if detail.untracked:
        said.append(f"! 트랙 없는 지원자 {detail.untracked}명")
    return " · ".join(said)


def _label(rule: str) -> str:
    try:
        return rule_label(rule)
    except Refused:
        return rule


def _columns() -> tuple[Column[TrackProgress], ...]:
    def reached(stage: Stage) -> Column[TrackProgress]:
        return Column(
            stage.label, lambda one: str(one.reached[stage]), lambda one: one.reached[stage], "right", 70
        )

    def stands(stage: Stage) -> Column[TrackProgress]:
        return Column(
            stage.label,
            lambda one: str(one.stands.get(stage, 0)),
            lambda one: one.stands.get(stage, 0),
            "right",
            60,
        )

    return (
        Column("트랙", lambda one: one.track.value, width=70),
        Column("모집인원", lambda one: str(one.places), lambda one: one.places, "right", 75),
        Column("채움", _bar, lambda one: one.holding, width=210),
        Column("남은 자리", _missing, lambda one: one.missing, "right", 85, tone=_tone),
        Column("예비인원", lambda one: str(one.reserves), lambda one: one.reserves, "right", 75),
        *(reached(stage) for stage in (Stage.APPLIED, Stage.ELIGIBLE, Stage.SCREENED, Stage.INTERVIEWED)),
        *(stands(stage) for stage in (Stage.WAITLISTED, Stage.DECLINED, Stage.REJECTED)),
        Column("정할 사람", lambda one: str(one.undecided), lambda one: one.undecided, "right", 80),
    )


def _bar(one: TrackProgress) -> str:
    """The share of the places that are held, as blocks and in words."""
    filled = min(_BAR, one.holding * _BAR // one.places) if one.places else 0
    return f"{'■' * filled}{'□' * (_BAR - filled)} {one.holding}/{one.places}"


def _missing(one: TrackProgress) -> str:
    return f"! {one.missing}" if one.missing else "0"


def _tone(one: TrackProgress) -> str | None:
    return "warn" if one.missing else None
