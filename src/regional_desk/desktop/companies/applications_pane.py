"""신청과 목표: which companies applied, how far they are, and how many the region takes."""

from __future__ import annotations

from regional_desk.desktop import parts
from regional_desk.desktop.companies.apply_dialog import ApplyDialog
from regional_desk.desktop.companies.goal_dialog import GoalDialog
from regional_desk.desktop.companies.kind_pane import KindPane
from regional_desk.desktop.companies.words import outcome_tone, show_outcome
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.companies import show_business_number
from regional_desk.domain.company_selection import ParticipationState
from regional_desk.domain.screening import show_points, show_score
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal
from regional_desk.services.companies import company_selection, participations
from regional_desk.services.companies.company_selection import KindProgress
from regional_desk.services.companies.participations import ParticipationRow

_BAR, _IN_TENTHS = 16, 100
_WORDS = "기업의 참여신청을 받고 지역의 목표 기업 수와 합격선을 정합니다. 선정된 기업의 직무만 연계에 넣을 수 있습니다."


class ApplicationsPane(KindPane):
    """The progress above, an application a line."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.head = parts.heading("")
        self.head.setWordWrap(True)
        self.table: Table[ParticipationRow] = Table(
            _columns(),
            context.colour,
            empty="아직 참여신청이 없습니다. [신청 받기]로 기업 명단에서 고르십시오.",
            name="참여신청",
            scale=context.theme.size,
        )
        self.goal_button = parts.button("목표 정하기…", self._on_goal)
        self.withdraw_button = parts.button("철회…", self._on_withdraw, tip="고른 기업이 참여를 그만둠")
        self.apply_button = parts.button("신청 받기…", self._on_apply, primary=True)
        self.lay_out(
            _WORDS,
            [self.head, self.table],
            [self.goal_button, self.withdraw_button, self.apply_button],
        )
        self.table.opened.connect(self._on_opened)

    def read(self) -> None:
        """The kind's applications and its progress."""
        now = next(one for one in company_selection.progress(self.desk) if one.kind is self.kind)
        self.head.setText(_sentence(now))
        rows = [row for row in participations.list_participations(self.desk) if row.kind is self.kind]
        self.table.set_rows(rows)
        for button in (self.goal_button, self.withdraw_button, self.apply_button):
            button.setEnabled(self.may_edit)

    def _on_opened(self, row: ParticipationRow | None) -> None:
        if row is not None:
            self.context.open_page("companies", find=row.company_name)

    def _on_apply(self) -> None:
        if ApplyDialog.ask(self, self.context, self.kind):
            self.refresh()

    def _on_goal(self) -> None:
        if GoalDialog.ask(self, self.context, self.kind):
            self.refresh()

    def _on_withdraw(self) -> None:
        row = self.table.current()
        if row is None:
            self.notice.show_error(Refusal("철회한 기업을 먼저 고르십시오."))
            return
        following = participations.next_reserve(self.desk, row.id)
        told = (
            f"예비 {following.reserve_number}번 {following.company_name}이(가) 선정으로 올라갑니다. 다른 예비의 번호는 그대로입니다."
            if following
            else "예비의 차례는 그대로입니다."
        )
        answer = ReasonDialog.ask(
            self, "참여 철회", f"{row.company_name}의 참여신청을 철회로 적습니다. {told}", act="철회"
        )
        if answer is None:
            return

        def withdraw() -> None:
            participations.withdraw(self.desk, row.id, answer.reason)
            moved = f" {following.company_name}이(가) 올라갔습니다." if following else ""
            self.say(f"● {row.company_name}의 철회를 적었습니다.{moved}")

        self.act(withdraw)


def _sentence(now: KindProgress) -> str:
    """The goal as a bar and in words."""
    line = (
        "합격선 없음" if now.pass_score is None else f"합격선 {show_points(now.pass_score // _IN_TENTHS)}점"
    )
    counts = f"신청 {now.applied} · 선정 {now.selected} · 예비 {now.reserve} · 미선정 {now.rejected} · 철회 {now.withdrawn}"
    if now.goal is None:
        return f"! {now.kind.value}기업의 목표를 정하지 않았습니다 · {counts}"
    filled = min(_BAR, now.selected * _BAR // now.goal) if now.goal else 0
    bar = f"{'■' * filled}{'□' * (_BAR - filled)}"
    return f"{bar} 목표 {now.goal}곳 가운데 {now.selected}곳 · {line} · {counts}"


def _columns() -> tuple[Column[ParticipationRow], ...]:
    return (
        Column("기업명", lambda row: row.company_name, width=190),
        Column("사업자등록번호", lambda row: show_business_number(row.business_number), width=125),
        Column("신청일", lambda row: korean_date(row.applied_on), lambda row: row.applied_on, width=100),
        Column(
            "상태",
            lambda row: show_outcome(row.state, row.reserve_number),
            lambda row: (list(ParticipationState).index(row.state), row.reserve_number or 0),
            width=90,
            tone=lambda row: outcome_tone(row.state),
        ),
        Column(
            "총점",
            lambda row: "" if row.score is None else show_score(row.score),
            lambda row: row.score,
            "right",
            80,
        ),
        Column(
            "순위", lambda row: "" if row.rank is None else str(row.rank), lambda row: row.rank, "right", 55
        ),
        Column(
            "정한 날",
            lambda row: korean_date(row.decided_on) if row.decided_on else "",
            lambda row: row.decided_on,
            width=100,
        ),
        Column(
            "사유·메모",
            lambda row: " · ".join(filter(None, (row.reason, row.tie_note, row.memo))),
            width=360,
            tip=lambda row: " · ".join(filter(None, (row.reason, row.tie_note, row.memo))),
        ),
    )
