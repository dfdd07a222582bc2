"""순위와 선발: the ranking as it stands, the decision in one act, and what follows when somebody gives up."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from regional_desk.desktop import parts
from regional_desk.desktop.reason_dialog import DayWanted, ReasonDialog
from regional_desk.desktop.screening.pane import RoundPane
from regional_desk.desktop.screening.tie_dialog import TieDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rounds import RoundState
from regional_desk.domain.screening import show_score
from regional_desk.errors import Refusal, UserError
from regional_desk.services.recruitment import ranking, selection
from regional_desk.services.recruitment.ranking import Ranked, Ranking, Waiting

_WAITING_HEIGHT = 130
_WORDS = (
    "마감한 점수표만 셉니다. [선발 정하기]를 누르기 전에는 미리보기이고 아무것도 쓰지 않습니다. "
    "동점은 차수의 동점 기준대로 가르고, 그래도 같으면 사람이 사유를 적고 정합니다."
)
_TONES = {Stage.SELECTED: "ok", Stage.WAITLISTED: "warn"}


class SelectionPane(RoundPane):
    """The ranked above, who has no place yet below."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.found: Ranking | None = None
        self._order: tuple[UUID, ...] = ()
        self._reason = ""
        self.head = parts.heading("")
        self.head.setWordWrap(True)
        self.table: Table[Ranked] = Table(
            _columns(context),
            context.colour,
            empty="순위가 아직 없습니다.",
            name="순위",
            scale=context.theme.size,
            filtered=False,
        )
        self.waiting: Table[Waiting] = Table(
            _waiting_columns(context),
            context.colour,
            empty="",
            name="순위 없는 지원자",
            scale=context.theme.size,
            filtered=False,
        )
        self.waiting.setMaximumHeight(context.theme.size(_WAITING_HEIGHT))
        self.ties_button = parts.button("동점 차례 정하기…", self._on_ties)
        self.drop_button = parts.button("심사에서 제외…", self._on_drop, tip="면접에 오지 않음 따위의 사유로")
        self.withdraw_button = parts.button("선발 거두기…", self._on_withdraw)
        self.give_up_button = parts.button(
            "포기…", self._on_give_up, tip="고른 사람의 포기를 적고 예비를 올림"
        )
        self.decide_button = parts.button("선발 정하기", self._on_decide, primary=True)
        self.lay_out(
            _WORDS,
            [self.head, self.table, self.waiting],
            [
                self.ties_button,
                self.drop_button,
                self.withdraw_button,
                self.give_up_button,
                self.decide_button,
            ],
        )

    def show_nothing(self) -> None:
        """No round yet."""
        self.found = None
        self.head.setText("")
        self.table.set_rows(())
        self.waiting.hide()
        self._enable_acts()

    def show_data(self, round_id: UUID) -> None:
        """The ranking, with the order of ties as decided on screen so far."""
        if self.found is None or (self.found.round.id, self.found.track) != (round_id, self.track):
            self._order, self._reason = (), ""
        self.found = ranking.ranking(self.context.reading, round_id, self.track, self._order, self._reason)
        self.head.setText(_sentence(self.found))
        self.table.set_rows(self.found.ranked)
        self.waiting.set_rows(self.found.waiting)
        self.waiting.setVisible(bool(self.found.waiting))
        self._enable_acts()

    def _enable_acts(self) -> None:
        found, may = self.found, self.may_edit
        going = found is not None and may and found.round.state != RoundState.PUBLISHED
        decided = found is not None and found.decided
        self.ties_button.setEnabled(bool(going and found is not None and found.ties))
        self.drop_button.setEnabled(bool(going and not decided))
        self.withdraw_button.setEnabled(bool(going and decided))
        self.give_up_button.setEnabled(may and decided)
        self.decide_button.setEnabled(bool(going and not decided))

    def _on_ties(self) -> None:
        found = self.found
        if found is None or not found.ties:
            return
        names = {
            one.candidate.id: f"{one.candidate.name} ({show_score(one.score.total)}점, {one.candidate.received_on:%m월 %d일} 접수)"
            for one in found.ranked
        }
        answer = TieDialog.ask(self, [[(one, names[one]) for one in group] for group in found.ties])
        if answer is not None:
            self._order = (*self._order, *answer.order)
            self._reason = answer.reason
            self.refresh()

    def _on_decide(self) -> None:
        def decide(round_id: UUID) -> None:
            done = selection.decide(self.desk, round_id, self.track, order=self._order, reason=self._reason)
            self._order, self._reason = (), ""
            self.say(
                f"● 선발 {done.count(Stage.SELECTED)}명, 예비 {done.count(Stage.WAITLISTED)}명을 정했습니다."
            )

        self._with_round(decide)

    def _on_withdraw(self) -> None:
        answer = ReasonDialog.ask(
            self,
            "선발 거두기",
            f"{self.track.value}의 선발·예비·탈락을 모두 거두고 정하기 전으로 돌아갑니다. 이미 포기한 사람은 포기로 남습니다.",
            act="거두기",
        )
        if answer is not None:
            self._with_round(
                lambda round_id: selection.withdraw(self.desk, round_id, self.track, answer.reason)
            )

    def _on_drop(self) -> None:
        row = self.waiting.current() or self.table.current()
        if row is None:
            self.notice.show_error(Refusal("제외할 지원자를 먼저 고르십시오."))
            return
        name = self.context.masking.show_name(row.candidate.name)
        answer = ReasonDialog.ask(
            self, "심사에서 제외", f"{name}님을 탈락으로 적고 심사에서 뺍니다.", act="제외"
        )
        if answer is not None:
            self.act(lambda: selection.drop(self.desk, row.candidate.id, answer.reason))

    def _on_give_up(self) -> None:
        row = self.table.current()
        if row is None or row.outcome not in (Stage.SELECTED, Stage.WAITLISTED):
            self.notice.show_error(Refusal("선발되었거나 예비인 사람을 먼저 고르십시오."))
            return
        today = self.desk.clock.today()
        name = self.context.masking.show_name(row.candidate.name)
        answer = ReasonDialog.ask(
            self,
            "포기",
            f"{name}님의 포기를 적습니다. {self._following(row)}",
            act="포기",
            day=DayWanted("포기한 날", min(row.candidate.received_on, today), today, today),
        )
        if answer is None:
            return
        day = answer.day or today

        def give_up() -> None:
            done = selection.give_up(self.desk, row.candidate.id, answer.reason, day)
            moved = "" if done.promoted is None else selection.name_of(self.context.reading, done.promoted)
            self.say(f"● 포기로 적었습니다. 예비에서 올라간 사람: {moved or '없음'}")

        self.act(give_up)

    def _following(self, row: Ranked) -> str:
        """Who moves up, said before it happens."""
        if row.outcome is not Stage.SELECTED:
            return "예비의 차례는 그대로입니다."
        try:
            following = selection.next_reserve(self.context.reading, row.candidate.id)
        except UserError as error:
            return error.message
        if following is None:
            return "기다리는 예비가 없어 자리가 빕니다."
        return f"예비 {following.reserve_number}번 {following.name}님이 선발로 올라갑니다. 다른 예비의 번호는 그대로입니다."

    def _with_round(self, act: Callable[[UUID], object]) -> None:
        round_id = self.round_id
        if round_id is not None:
            self.act(lambda: act(round_id))


def _sentence(found: Ranking) -> str:
    """What stands on screen: a preview, a decision, or what keeps it from one."""
    counts = f"선발 {found.count(Stage.SELECTED)} · 예비 {found.count(Stage.WAITLISTED)} · 탈락 {found.count(Stage.REJECTED)}"
    if found.decided:
        enrolled = found.count(Stage.ENROLLED) + found.count(Stage.COMPLETED)
        return f"{found.track.value} 정해짐: {counts} · 포기 {found.count(Stage.DECLINED)} · 등록 {enrolled}"
    if found.faults:
        return f"! {found.track.value}: " + "  ".join(found.faults)
    ties = f" · ! 사람이 정할 동점 {len(found.ties)}건" if found.ties else ""
    goal = f"모집 {found.places}명, 예비 {found.reserves}명"
    return f"{found.track.value} 미리보기({goal}): {counts} · 순위 없음 {len(found.waiting)}{ties}"


def outcome_words(row: Ranked) -> str:
    """선발, 예비 2번, 탈락."""
    if row.outcome is Stage.WAITLISTED:
        return f"예비 {row.reserve_number}번"
    return row.outcome.label


def _columns(context: Context) -> tuple[Column[Ranked], ...]:
    return (
        Column(
            "순위", lambda row: f"{row.rank}{' =' if row.tied else ''}", lambda row: row.rank, "right", 55
        ),
        Column(
            "성명",
            lambda row: context.masking.show_name(row.candidate.name),
            lambda row: row.candidate.name,
            width=90,
        ),
        Column(
            "생년월일",
            lambda row: context.masking.show_birth(row.candidate.birth),
            lambda row: row.candidate.birth,
            width=105,
        ),
        Column("총점", lambda row: show_score(row.score.total), lambda row: row.score.total, "right", 80),
        Column("서류", lambda row: show_score(row.score.papers), lambda row: row.score.papers, "right", 75),
        Column(
            "면접",
            lambda row: show_score(row.score.interview),
            lambda row: row.score.interview,
            "right",
            75,
        ),
        Column(
            "결과",
            outcome_words,
            lambda row: (row.outcome.value, row.reserve_number or 0),
            width=90,
            tone=lambda row: _TONES.get(row.outcome),
        ),
        Column("합격선", lambda row: "" if row.passed else "! 미달", align="center", width=65),
        Column("동점 처리", lambda row: row.tie_note or "", width=330, tip=lambda row: row.tie_note or ""),
    )


def _waiting_columns(context: Context) -> tuple[Column[Waiting], ...]:
    return (
        Column(
            "성명",
            lambda row: context.masking.show_name(row.candidate.name),
            lambda row: row.candidate.name,
            width=110,
        ),
        Column("순위 없는 까닭", lambda row: ", ".join(row.reasons), width=600),
    )
