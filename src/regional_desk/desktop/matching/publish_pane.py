"""공개: the result goes out, as papers too; from then on a placement can only end."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton

from regional_desk.desktop import parts
from regional_desk.desktop.matching.pane import RoundPane, listed
from regional_desk.desktop.printing.asking import title_of
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import DayWanted, ReasonDialog
from regional_desk.desktop.screening.day_dialog import DayDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.domain.matching_rounds import How, MatchingState
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal
from regional_desk.services.matching import placements
from regional_desk.services.matching.rounds import Round
from regional_desk.services.papers.making import Wanted
from regional_desk.store.placements import PlacementRow

_PAPERS = (
    "placement-notice",
    "placement-letter",
    "placement-company-letter",
    "matching-explanation",
    "matching-minutes",
    "placement-list",
)
_WORDS = (
    "공개는 팀장이나 단장이 합니다. 공개한 배정은 고칠 수 없고, 입사하지 않게 된 사람은 날짜와 사유를 적어 연계를 끝냅니다. "
    "공고에는 이름을 가려 싣습니다."
)
_OUT = "공개하면 배정을 더 고칠 수 없습니다. 그만두는 사람은 나중에 연계를 끝내 적을 수 있습니다."


class PublishPane(RoundPane):
    """A button a paper, the placements below."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.head = parts.heading("")
        self.table = listed(
            context,
            _columns(context),
            "배정 명단",
            "아직 배정이 없습니다. [배정 견주기]에서 하나를 채택하십시오.",
        )
        self.papers: dict[str, QPushButton] = {
            key: parts.button(title_of(key), partial(self.show_paper, key)) for key in _PAPERS
        }
        self.end = parts.button(
            "연계 끝내기…", self._on_end, tip="고른 사람의 연계 취소를 날짜와 사유로 적음"
        )
        self.publish = parts.button("결과 공개…", self._on_publish, primary=True)
        self._actions = (self.end, self.publish, *self.papers.values())
        self.compose(
            _WORDS,
            (parts.row(self.head, None, self.end, self.publish), 0),
            (parts.row(*self.papers.values(), None, spacing=6), 0),
            (self.table, 1),
        )

    def show_nothing(self) -> None:
        """No round yet."""
        self.table.set_rows(())
        self._enable(False)

    def show_data(self, found: Round) -> None:
        """The placements, and what may be done with them."""
        rows = placements.placements(self.context.reading, found.row.id)
        self.table.set_rows(rows)
        out = found.state is MatchingState.PUBLISHED
        ended = sum(row.ended_on is not None for row in rows)
        placed = f"배정 {len(rows)}명" + (f" (끝남 {ended})" if ended else "")
        by = " (단독 처리)" if found.row.solo else ""
        on = found.row.published_on
        self.head.setText(f"{placed} · {korean_date(on)} 공개{by}" if on else f"{placed} · 공개 전")
        may_publish = self.desk.may(Right.PUBLISH_MATCHING) and not self.desk.read_only
        self.publish.setVisible(not out)
        self.publish.setEnabled(may_publish and found.adopted)
        self.publish.setToolTip("" if may_publish else "팀장이나 단장이 합니다.")
        self.end.setVisible(out)
        self.end.setEnabled(self.may_edit and bool(rows))
        for button in self.papers.values():
            button.setEnabled(found.adopted and self.desk.may(Right.PRINT_PAPERS))

    def show_paper(self, key: str) -> None:
        """A paper, to be printed or saved."""
        if self.found is not None:
            PreviewDialog.ask(self.context, Wanted(key, round=self.found.row.id), title_of(key))

    def _on_publish(self) -> None:
        found = self.found
        if found is None or found.row.adopted_at is None:
            return
        today = self.desk.clock.today()
        first = min(found.row.adopted_at.date(), today)
        day = DayDialog.ask(self, "결과 공개", _OUT, DayWanted("공개일", first, today, today), "공개")
        if day is None:
            return

        def publish() -> None:
            row = placements.publish(self.desk, found.row.id, day)
            solo = " 단독 처리로 적었습니다." if row.solo else ""
            self.say(f"● {korean_date(day)} 결과를 공개했습니다.{solo} 공고와 통지서를 출력하십시오.")

        self.act(publish)

    def _on_end(self) -> None:
        found, row = self.found, self.table.current()
        self._clear()
        if found is None or found.row.published_on is None:
            return
        if row is None or row.ended_on is not None:
            self.notice.show_error(Refusal("연계가 이어지고 있는 사람을 먼저 고르십시오."))
            return
        today = self.desk.clock.today()
        name = self.context.masking.show_name(row.name)
        answer = ReasonDialog.ask(
            self,
            "연계 끝내기",
            f"{name}님과 {row.company_name}의 연계를 끝냅니다. 다음 차수에 다시 넣을 수 있습니다.",
            act="끝내기",
            day=DayWanted("끝난 날", min(found.row.published_on, today), today, today),
        )
        if answer is not None:
            day = answer.day or today
            self.act(lambda: placements.end(self.desk, row.id, day, answer.reason))


def _columns(context: Context) -> tuple[Column[PlacementRow], ...]:
    def state(row: PlacementRow) -> str:
        if row.ended_on is None:
            return ""
        return f"! {korean_date(row.ended_on)} 끝남: {row.end_reason or ''}"

    return (
        Column("성명", lambda row: context.masking.show_name(row.name), lambda row: row.name, width=90),
        Column(
            "생년월일", lambda row: context.masking.show_birth(row.birth), lambda row: row.birth, width=105
        ),
        Column("트랙", lambda row: row.track, width=65),
        Column("기업", lambda row: row.company_name, width=180),
        Column("직무", lambda row: row.position_name, width=140),
        Column(
            "희망순위",
            lambda row: f"{row.rank}순위" if row.rank else "희망 밖",
            lambda row: row.rank or 0,
            width=75,
        ),
        Column("방식", lambda row: How(row.how).label, width=85),
        Column("연계", state, width=260, tone=lambda row: "warn" if row.ended_on else None, tip=state),
    )
