"""순위와 선정: the ranking as it stands, the decision in one act, what may follow it, and the papers."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.companies.kind_pane import KindPane
from regional_desk.desktop.companies.words import outcome_tone, show_outcome
from regional_desk.desktop.printing.asking import title_of
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.screening.tie_dialog import TieDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.company_selection import UNIT, Override, ParticipationState
from regional_desk.domain.screening import show_points, show_score
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal, UserError
from regional_desk.services.companies import company_ranking, company_selection
from regional_desk.services.companies.company_ranking import CompanyRanking, RankedCompany, WaitingCompany
from regional_desk.services.papers.making import Wanted

_WAITING_HEIGHT, _IN_TENTHS = 120, 100
_PAPERS = ("company-tally", "company-selection-notice", "company-selection-letter")
_WORDS = (
    "마감한 평가표만 셉니다. [선정 정하기]를 누르기 전에는 미리보기이고 아무것도 쓰지 않습니다. "
    "동점은 정한 기준대로 가르고, 그래도 같거나 순위와 다르게 정할 때는 사람이 사유를 적습니다."
)
_SELECTED, _REJECTED = ParticipationState.SELECTED, ParticipationState.REJECTED


class RankingPane(KindPane):
    """The ranked above, who has no place yet below."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.found: CompanyRanking | None = None
        self._shown_kind: CompanyKind | None = None
        self._order: tuple[UUID, ...] = ()
        self._reason = ""
        self._overrides: dict[UUID, Override] = {}
        self.head = parts.heading("")
        self.head.setWordWrap(True)
        self.table: Table[RankedCompany] = Table(
            _columns(),
            context.colour,
            empty="순위가 아직 없습니다. 평가표를 모두 마감하면 보입니다.",
            name="기업 순위",
            scale=context.theme.size,
            filtered=False,
        )
        self.waiting: Table[WaitingCompany] = Table(
            _waiting_columns(),
            context.colour,
            empty="",
            name="순위 없는 기업",
            scale=context.theme.size,
            filtered=False,
        )
        self.waiting.setMaximumHeight(context.theme.size(_WAITING_HEIGHT))
        self.ties_button = parts.button("동점 차례 정하기…", self._on_ties)
        self.against_button = parts.button(
            "순위와 다르게…", self._on_against, tip="고른 기업만 사유를 적고. 한 번 더 누르면 순위대로"
        )
        self.cancel_button = parts.button("선정 거두기…", self._on_cancel)
        self.promote_button = parts.button(
            "예비 올리기…", self._on_promote, tip="목표에 자리가 있을 때 고른 예비 기업을 선정으로"
        )
        self.decide_button = parts.button("선정 정하기", self._on_decide, primary=True)
        self.papers = [parts.button(title_of(key), partial(self._show_paper, key)) for key in _PAPERS]
        papers = QWidget()
        papers.setLayout(parts.row(parts.muted("문서"), *self.papers, None))
        self.lay_out(
            _WORDS,
            [self.head, self.table, self.waiting, papers],
            [
                self.ties_button,
                self.against_button,
                self.cancel_button,
                self.promote_button,
                self.decide_button,
            ],
        )

    def read(self) -> None:
        """The ranking, with the order of ties and the overrides as decided on screen so far."""
        if self._shown_kind is not self.kind:
            self._forget()
            self._shown_kind = self.kind
        self.found = company_ranking.ranking(self.desk, self.kind, self._order, self._reason, self._overrides)
        self.head.setText(_sentence(self.found))
        self.table.set_rows((*self.found.decided, *self.found.ranked))
        self.waiting.set_rows(self.found.waiting)
        self.waiting.setVisible(bool(self.found.waiting))
        self._enable_acts(self.found)

    def _enable_acts(self, found: CompanyRanking) -> None:
        preview = self.may_select and bool(found.ranked)
        self.ties_button.setEnabled(preview and bool(found.ties))
        self.against_button.setEnabled(preview)
        self.decide_button.setEnabled(self.may_select and bool(found.ranked or found.waiting or found.faults))
        self.cancel_button.setEnabled(self.may_select and bool(found.decided))
        self.promote_button.setEnabled(
            self.may_select and found.seats > 0 and any(_waits(one) for one in found.decided)
        )
        for button in self.papers:
            button.setEnabled(bool(found.decided or found.ranked))

    def _on_ties(self) -> None:
        found = self.found
        if found is None or not found.ties:
            return
        names = {
            one.row.id: f"{one.row.company_name} ({show_score(one.score.total)}점, {korean_date(one.row.applied_on)} 신청)"
            for one in found.ranked
        }
        answer = TieDialog.ask(self, [[(one, names[one]) for one in group] for group in found.ties], UNIT)
        if answer is not None:
            self._order = (*self._order, *answer.order)
            self._reason = answer.reason
            self.refresh()

    def _on_against(self) -> None:
        row = self.table.current()
        if row is None or self.found is None or row not in self.found.ranked:
            self.notice.show_error(Refusal("아직 정하지 않은 기업을 먼저 고르십시오."))
            return
        if row.row.id in self._overrides:
            del self._overrides[row.row.id]
            self.refresh()
            return
        state = _REJECTED if row.proposed is _SELECTED else _SELECTED
        answer = ReasonDialog.ask(
            self,
            "순위와 다르게",
            f"{row.row.company_name}은(는) {row.rank}위이고 순위대로면 {row.proposed.label}입니다. "
            f"{state.label}(으)로 정하는 사유는 결과와 함께 남고 집계표에 실립니다.",
            act=f"{state.label}(으)로",
        )
        if answer is not None:
            self._try({**self._overrides, row.row.id: Override(state, answer.reason)})

    def _try(self, wanted: dict[UUID, Override]) -> None:
        """Keep these overrides for the preview, unless a rule refuses them."""
        self._clear()
        try:
            company_ranking.ranking(self.desk, self.kind, self._order, self._reason, wanted)
        except UserError as error:
            self.notice.show_error(error)
            return
        self._overrides = wanted
        self.refresh()

    def _on_decide(self) -> None:
        def decide() -> None:
            done = company_selection.decide(
                self.desk, self.kind, order=self._order, reason=self._reason, overrides=self._overrides
            )
            self._forget()
            counts = f"선정 {done.count(_SELECTED)}곳, 예비 {done.count(ParticipationState.RESERVE)}곳"
            self.say(f"● {self.kind.value}기업 {counts}을 정했습니다.")

        self.act(decide)

    def _on_cancel(self) -> None:
        answer = ReasonDialog.ask(
            self,
            "선정 거두기",
            f"{self.kind.value}기업의 선정·예비·미선정을 모두 거두고 정하기 전으로 돌아갑니다. 철회한 기업은 철회로 남습니다.",
            act="거두기",
        )
        if answer is not None:
            self.act(lambda: company_selection.cancel(self.desk, self.kind, answer.reason))

    def _on_promote(self) -> None:
        row = self.table.current()
        found = self.found
        if row is None or found is None or not _waits(row) or row not in found.decided:
            self.notice.show_error(Refusal("올릴 예비 기업을 먼저 고르십시오."))
            return
        ahead = [one for one in found.decided if _waits(one) and _number(one) < _number(row)]
        reason = ""
        if ahead:
            answer = ReasonDialog.ask(
                self,
                "예비 올리기",
                f"예비 순번이 앞선 기업이 {len(ahead)}곳 있습니다. 건너뛰는 사유는 이력에 남습니다.",
                act="선정으로",
            )
            if answer is None:
                return
            reason = answer.reason

        def promote() -> None:
            company_selection.promote(self.desk, row.row.id, reason)
            self.say(f"● {row.row.company_name}을(를) 선정으로 올렸습니다.")

        self.act(promote)

    def _show_paper(self, key: str) -> None:
        PreviewDialog.ask(self.context, Wanted(key), title_of(key))

    def _forget(self) -> None:
        self._order, self._reason, self._overrides = (), "", {}


def _sentence(found: CompanyRanking) -> str:
    """What stands on screen: a preview, a decision, or what keeps it from one."""
    kind = f"{found.kind.value}기업"
    if found.faults and not found.decided:
        return f"! {kind}: " + "  ".join(found.faults)
    states = (_SELECTED, ParticipationState.RESERVE, _REJECTED)
    counts = " · ".join(f"{state.label} {found.count(state)}" for state in states)
    line = "없음" if found.pass_score is None else f"{show_points(found.pass_score // _IN_TENTHS)}점"
    head = f"{kind} {'미리보기' if found.ranked else '정해짐'}"
    told = [f"{head}(목표 {found.goal or 0}곳, 합격선 {line}): {counts}"]
    told += [f"순위 없음 {len(found.waiting)}"] if found.waiting else []
    told += [f"! 사람이 정할 동점 {len(found.ties)}건"] if found.ties else []
    told += [f"! {fault}" for fault in found.faults]
    return " · ".join(told)


def _waits(one: RankedCompany) -> bool:
    return one.state is ParticipationState.RESERVE


def _number(one: RankedCompany) -> int:
    return one.reserve_number or 0


def _note(one: RankedCompany) -> str:
    """What decided between equal ones, and with a sign what is decided otherwise than the ranking says."""
    otherwise = one.state is not one.proposed and one.reason
    against = f"≠ 순위대로면 {one.proposed.label}: {one.reason}" if otherwise else one.reason
    return " · ".join(filter(None, (one.tie_note, against)))


def _columns() -> tuple[Column[RankedCompany], ...]:
    def share(key: str, title: str) -> Column[RankedCompany]:
        return Column(
            title,
            lambda one: show_score(one.score.by_criterion[key]),
            lambda one: one.score.by_criterion[key],
            "right",
            105,
        )

    return (
        Column(
            "순위", lambda one: f"{one.rank}{' =' if one.tied else ''}", lambda one: one.rank, "right", 55
        ),
        Column("기업명", lambda one: one.row.company_name, width=180),
        Column("총점", lambda one: show_score(one.score.total), lambda one: one.score.total, "right", 80),
        *(share(one.key, one.name) for one in company_ranking.terms().criteria),
        Column(
            "결과",
            lambda one: show_outcome(one.state, one.reserve_number),
            lambda one: (list(ParticipationState).index(one.state), one.reserve_number or 0),
            width=85,
            tone=lambda one: outcome_tone(one.state),
        ),
        Column("합격선", lambda one: "" if one.passed else "! 미달", align="center", width=65),
        Column("동점·사유", _note, width=330, tip=_note),
    )


def _waiting_columns() -> tuple[Column[WaitingCompany], ...]:
    return (
        Column("기업명", lambda one: one.row.company_name, width=200),
        Column("순위 없는 까닭", lambda one: ", ".join(one.reasons), width=600),
    )
