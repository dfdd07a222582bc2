"""인턴지원금 기준 승인: support, method, rounding and since when, tried on the office's own service months at once."""

from __future__ import annotations

from collections.abc import Sequence

from regional_desk.desktop.admin.adopt_form import AdoptForm, difference_words, won_field
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.domain.claims import ClaimTerms, Method
from regional_desk.domain.text import korean_date, won
from regional_desk.services.claims import claim_policy, policy_trial
from regional_desk.services.claims.policy_trial import ClaimChange, ClaimTrial

_STEP = 10_000  # won


class ClaimAdoptDialog(AdoptForm[ClaimChange]):
    """The 공문 the support rests on, its terms, and what they would do."""

    def __init__(self, context: Context) -> None:
        terms = claim_policy.read_policy(context.desk).terms
        super().__init__(context, terms.name, _columns(), "바뀌는 지원월이 없습니다.")
        self.support = won_field(terms.support, _STEP)
        put_day(self.since, terms.effective_from)
        for method in Method:
            self.method.addItem(method.label, method.value)
        self.method.setCurrentIndex(self.method.findData(terms.method.value))
        self.rounding.setCurrentIndex(self.rounding.findData(terms.rounding_unit))
        self.form.addRow("이날부터 시작하는 달의 지원금에(&F)", self.since)
        self.form.addRow("월 지원금(&S)", self.support)
        self.form.addRow("지급 방식(&M)", self.method)
        self.form.addRow("끝수(&W)", self.rounding)
        self.tried_by(self.since, self.support, self.method, self.rounding)
        self.try_out()

    def terms(self) -> ClaimTerms:
        """What is settled; raise Refusal for what cannot be."""
        return claim_policy.settle(
            self.desk,
            method=Method(self.method.currentData()),
            support=self.support.value(),
            rounding_unit=int(self.rounding.currentData()),
            effective_from=day_of(self.since),
        )

    def trial(self) -> tuple[str, Sequence[ClaimChange]]:
        """Which service months change by these terms."""
        found = policy_trial.try_out(self.context.reading, self.terms())
        return trial_words(found), found.changes

    def write(self) -> None:
        """Adopt the terms."""
        terms = self.terms()
        claim_policy.adopt(
            self.desk,
            reference=self.reference.text(),
            document_date=day_of(self.date),
            method=terms.method,
            support=terms.support,
            rounding_unit=terms.rounding_unit,
            effective_from=terms.effective_from,
        )


def trial_words(found: ClaimTrial) -> str:
    """What the terms would do, in words: service months, won, what stays, and what each method would pay."""
    methods = " · ".join(f"{method.label} {won(total)}원" for method, total in found.methods.items())
    stays = f" 이미 확정된 지원월 {found.kept}건은 그때의 기준 그대로입니다." if found.kept else ""
    return (
        f"바뀌는 지원월 {len(found.changes)}건, {difference_words(found.total_before, found.total_after)}.{stays}\n"
        f"{korean_date(found.terms.effective_from)} 이후 시작한 달의 확정하지 않은 지원월 {found.months}건을 "
        f"지금 기록으로 계산하면: {methods}"
    )


def _columns() -> tuple[Column[ClaimChange], ...]:
    return (
        Column("달", lambda row: f"{row.month:%Y-%m}", width=80),
        Column("기업", lambda row: row.company_name, width=220),
        Column("인턴", lambda row: row.name, width=100),
        Column("지원월", lambda row: f"{row.month_no}차", lambda row: row.month_no, "center", 60),
        Column("지원금(원)", lambda row: f"{won(row.amount_before)} → {won(row.amount_after)}", width=200),
        Column(
            "차이(원)",
            lambda row: f"{row.difference:+,}",
            lambda row: row.difference,
            "right",
            110,
            tone=lambda row: "bad" if row.difference < 0 else None,
        ),
    )
