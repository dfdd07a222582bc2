"""정책: the allowance schemes, the support for internships and what they rest on; 팀장 or 단장 adopts them."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout

from regional_desk.desktop import parts
from regional_desk.desktop.admin.adopt_dialog import AdoptDialog
from regional_desk.desktop.admin.claim_adopt_dialog import ClaimAdoptDialog
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.claims import ClaimTerms
from regional_desk.domain.policies import Component, Scheme
from regional_desk.domain.policy_terms import LEAVER_DAYS
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date, won
from regional_desk.services import policies
from regional_desk.services.claims import claim_policy
from regional_desk.services.claims.claim_policy import ClaimPolicy
from regional_desk.services.policies import Policy

Row = Policy | ClaimPolicy


class PoliciesPane(Pane):
    """Every policy as it holds now."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[Row] = Table(
            _columns(),
            context.colour,
            empty="기준이 없습니다.",
            name="정책",
            scale=context.theme.size,
            filtered=False,
        )
        self._terms = QVBoxLayout()
        self._adopt = parts.button("승인…", self.adopt, primary=True)
        self.lay_out(
            "승인한 기준으로만 훈련수당과 인턴지원금을 확정합니다. 승인 전에 작성한 것은 그때의 기준을 지킵니다.",
            (self.table, parts.card(self._terms)),
            (self._adopt,),
        )
        self.table.chosen.connect(self._show_terms)

    def read(self) -> None:
        """Read the policies."""
        self.table.set_rows((*policies.list_policies(self.desk), claim_policy.read_policy(self.desk)))
        if self.table.current() is None:
            self.table.view.selectRow(0)
        self._adopt.setEnabled(self.desk.may(Right.ADOPT_POLICY))
        if not self.desk.may(Right.ADOPT_POLICY):
            self._adopt.setToolTip("팀장이나 단장이 승인합니다")

    def show_policy(self, key: str) -> None:
        """Put the cursor on a policy."""
        self.table.choose(lambda policy: policy.key == key)

    def adopt(self) -> None:
        """Ask what the chosen policy rests on and adopt it."""
        policy = self.table.current()
        if policy is None:
            return
        dialog: ClaimAdoptDialog | AdoptDialog
        if isinstance(policy, ClaimPolicy):
            dialog = ClaimAdoptDialog(self.context)
        else:
            dialog = AdoptDialog(self.context, policy)
        if dialog.run():
            self.refresh()
            self.say(f"● 승인했습니다: {policy.name}")

    def _show_terms(self, policy: Row | None) -> None:
        parts.clear(self._terms)
        if policy is None:
            return
        if isinstance(policy, ClaimPolicy):
            sentences, rests_on = claim_terms_of(policy.terms), policy.terms.source
        else:
            sentences, rests_on = terms_of(policy.scheme), policy.scheme.source
        self._terms.addWidget(parts.heading(policy.name))
        for sentence in sentences:
            label = QLabel(sentence)
            label.setWordWrap(True)
            self._terms.addWidget(label)
        self._terms.addWidget(parts.muted(f"근거: {rests_on}"))
        self._terms.addStretch(1)


def terms_of(scheme: Scheme) -> tuple[str, ...]:
    """A scheme's terms in sentences."""
    longest = (f"과정은 최대 {scheme.longest_units}단위기간",) if scheme.longest_units else ()
    return (
        *(_component_words(part) for part in scheme.components),
        f"지급 방식: {scheme.method.label}, 출석률 {scheme.min_rate}% 이상",
        f"{scheme.rounding_unit}원 미만은 버림, 중도탈락자의 분모: {LEAVER_DAYS[scheme.leaver_days]}",
        f"공제: {', '.join(one.kind.label for one in scheme.deductions if one.on) or '없음'}",
        f"폐강된 단위기간: {'출석률과 관계없이 지급(고시 제49조②)' if scheme.closure_pays else '출석률 기준 그대로'}",
        *longest,
    )


def claim_terms_of(terms: ClaimTerms) -> tuple[str, ...]:
    """The support's terms in sentences."""
    return (
        f"월 지원금: 지원월마다 {won(terms.support)}원, {terms.max_months}차까지, 지급한 임금을 넘지 않음",
        f"지급 방식: {terms.method.label}, {terms.rounding_unit}원 미만은 버림",
        f"증빙 서류 {len(terms.papers)}가지: {', '.join(paper.label for paper in terms.papers)}",
    )


def _component_words(part: Component) -> str:
    where = f"({part.region.value})" if part.region else ""
    short = (
        f" · 하루 {part.min_day_minutes // 60}시간 미만인 날 {won(part.rate_below)}원"
        if part.min_day_minutes
        else ""
    )
    return f"{part.name}{where}: 하루 {won(part.daily_rate)}원, 단위기간 {won(part.monthly_cap)}원까지{short}"


def _columns() -> tuple[Column[Row], ...]:
    return (
        Column("기준", lambda policy: policy.name, width=330),
        Column(
            "시행일",
            lambda policy: korean_date(policy.effective_from),
            lambda policy: policy.effective_from,
            "center",
            100,
        ),
        Column("방식", lambda policy: policy.method_label, align="center", width=150),
        Column(
            "상태",
            lambda policy: "승인됨" if policy.adoption else "! 미승인",
            align="center",
            width=80,
            tone=lambda policy: "ok" if policy.adoption else "warn",
        ),
        Column("근거 공문", lambda policy: policy.reference or "", width=200),
        Column(
            "승인한 때",
            lambda policy: f"{policy.adopted_at:%Y-%m-%d %H:%M}" if policy.adopted_at else "",
            align="center",
            width=130,
        ),
    )
