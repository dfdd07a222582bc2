"""인턴지원금: what one intern's service month brings the company, and why (rulebook section 4, Support claim)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.policies import PolicyDamaged
from regional_desk.domain.policy_terms import ROUNDING_UNITS
from regional_desk.domain.refused import Refused
from regional_desk.domain.rounding import drop_below
from regional_desk.domain.text import korean_date, korean_span, won

THIRTY = 30
_WHOLE = Fraction(1)


class Method(StrEnum):
    """The share of a service month that was not served whole."""

    CALENDAR = "calendar"
    THIRTY = "thirty"
    WORKDAYS = "workdays"
    FULL_ONLY = "full_only"

    @property
    def label(self) -> str:
        """The Korean name."""
        return _METHOD_LABELS[self]


_METHOD_LABELS = {
    Method.CALENDAR: "지원월 일수로 일할",
    Method.THIRTY: "30일로 일할",
    Method.WORKDAYS: "근무일로 일할",
    Method.FULL_ONLY: "한 달을 채워야 지급",
}


class PaperState(StrEnum):
    """How an evidence paper of a claim stands."""

    MISSING = "missing"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """The Korean word."""
        return {"missing": "미제출", "submitted": "제출", "verified": "확인", "returned": "반려"}[self.value]


class Per(StrEnum):
    """How often a paper is asked for."""

    MONTH = "month"
    INTERNSHIP = "internship"
    COMPANY = "company"


class Origin(StrEnum):
    """Where a paper comes from: handed in with the claim, or kept by another record of the office."""

    UPLOAD = "upload"
    AGREEMENT = "agreement"
    SLIP = "slip"
    TRANSFER = "transfer"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """One line of the checklist; `company_kind` names the company's document of `Origin.COMPANY`."""

    key: str
    label: str
    per: Per
    origin: Origin
    company_kind: str | None = None
    after_end: bool = False


@dataclass(frozen=True, slots=True)
class ClaimTerms:
    """The policy of the support: `support` in won a service month, `rounding_unit` in won, `largest` in bytes a file.

    `least_transferred` is the percent of a wage that must have reached the intern's account.
    """

    key: str
    name: str
    source: str
    effective_from: dt.date
    support: int
    method: Method
    rounding_unit: int
    max_months: int
    papers: tuple[AskedPaper, ...]
    largest: int
    least_transferred: int

    def with_method(self, method: Method | None) -> ClaimTerms:
        """The terms tried with another method."""
        return self if method is None else replace(self, method=method)


@dataclass(frozen=True, slots=True)
class Service:
    """A service month in days: of the whole month and of it served, and the same in working days."""

    days: int
    served: int
    work_days: int = 0
    served_work_days: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every day of the full month was served: share 1 by every method."""
        return self.days > 0 and self.served >= self.days


@dataclass(frozen=True, slots=True)
class MonthInputs:
    """Everything that decides one amount.

    `start` to `end` is the full service month, `until` the last day served of it, `off` the days of unpaid absence and
    interruption up to then. `wage` in won is what was paid for the month, None where nothing shows it; `refused` says
    in Korean why nothing can be claimed for it, empty where it can.
    """

    no: int
    start: dt.date
    end: dt.date
    until: dt.date
    service: Service
    off: int
    wage: int | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One amount in won with its trace (왜 이 금액?), in Korean sentences."""

    share: Fraction
    eligible: bool
    amount: int
    trace: tuple[str, ...]


def share(method: Method, service: Service) -> Fraction:
    """How much of a month's support the days served are worth, 0 to 1 (rulebook section 4)."""
    if service.is_whole:
        return _WHOLE
    if method is Method.CALENDAR:
        return _part(service.served, service.days)
    if method is Method.THIRTY:
        return _part(service.served, THIRTY)
    if method is Method.WORKDAYS:
        return _part(service.served_work_days, service.work_days)
    return Fraction(0)


def amount(support: int, part: Fraction, wage: int, rounding_unit: int = 10) -> int:
    """`min(support × share, wage)` in won, what lies below `rounding_unit` won dropped (국고금 관리법 제47조)."""
    return drop_below(min(support * part.numerator // part.denominator, wage), rounding_unit)


def decide(inputs: MonthInputs, terms: ClaimTerms) -> Decision:
    """The support of one intern and service month by the terms, in won; 0 where no wage shows or a rule refuses it."""
    service = inputs.service
    part = share(terms.method, service)
    trace = [_service_sentence(inputs)]
    refused = inputs.refused
    if not refused and inputs.wage is None and service.served:
        refused = "이 지원월에 지급한 임금을 보여 주는 급여명세와 이체가 없습니다"
    if refused:
        trace.append(f"{refused}. 그래서 지급하지 않습니다(0원).")
        return Decision(part, False, 0, (*trace, basis(terms)))
    if not part:
        why = "근무한 날이 없어" if not service.served else "지원월을 채우지 않아"
        trace.append(f"{why} 지급하지 않습니다(0원).")
        return Decision(part, False, 0, (*trace, basis(terms)))
    wage = inputs.wage or 0
    found = amount(terms.support, part, wage, terms.rounding_unit)
    trace.append(_amount_sentence(terms, part, service, wage, found))
    return Decision(part, True, found, (*trace, basis(terms)))


def basis(terms: ClaimTerms) -> str:
    """The last sentence of every trace: the policy, since when it holds, and its source."""
    return f"근거: {terms.name}({korean_date(terms.effective_from)} 시행) · {terms.source}"


def claim_month(until: dt.date) -> dt.date:
    """The calendar month a service month is claimed in, as its first day: that in which it ends (rulebook section 9)."""
    return until.replace(day=1)


def month_of(text: str) -> dt.date:
    """The first day of a month written `2026-08`; raise Refused for anything else."""
    try:
        return dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError as error:
        raise Refused(f"'{text}'은(는) 달로 읽을 수 없습니다. 2026-08처럼 적어 주십시오.") from error


def month_end(month: dt.date) -> dt.date:
    """The last day of the calendar month that begins on `month`."""
    return monthly_return(month, 1) - dt.timedelta(days=1)


def share_words(part: Fraction, method: Method, service: Service) -> str:
    """The share as papers and runs keep it, unreduced: `17/30`, `1`, `0`."""
    if service.is_whole or not part:
        return str(part)
    whole = {
        Method.CALENDAR: (service.served, service.days),
        Method.THIRTY: (min(service.served, THIRTY), THIRTY),
        Method.WORKDAYS: (service.served_work_days, service.work_days),
    }[method]
    return f"{whole[0]}/{whole[1]}"


def settled(
    terms: ClaimTerms,
    *,
    method: Method | None = None,
    support: int | None = None,
    rounding_unit: int | None = None,
    effective_from: dt.date | None = None,
) -> ClaimTerms:
    """The terms an office settles when it adopts them; raise Refused for support of nothing or another rounding."""
    won_a_month = terms.support if support is None else support
    rounding = terms.rounding_unit if rounding_unit is None else rounding_unit
    if won_a_month <= 0:
        raise Refused("월 지원금은 1원 이상이어야 합니다.")
    if rounding not in ROUNDING_UNITS:
        raise Refused(f"끝수 처리는 {', '.join(map(str, ROUNDING_UNITS))}원 가운데에서 고르십시오.")
    return replace(
        terms,
        method=method or terms.method,
        support=won_a_month,
        rounding_unit=rounding,
        effective_from=effective_from or terms.effective_from,
    )


def terms_from_table(key: str, table: Mapping[str, Any]) -> ClaimTerms:
    """The terms from their TOML or JSON table; raise PolicyDamaged naming what is missing."""
    try:
        since = table["effective_from"]
        return ClaimTerms(
            key=key,
            name=str(table["name"]),
            source=str(table["source"]),
            effective_from=since if isinstance(since, dt.date) else dt.date.fromisoformat(since),
            support=int(table["support"]),
            method=Method(table["method"]),
            rounding_unit=int(table["rounding_unit"]),
            max_months=int(table["max_months"]),
            papers=tuple(_paper(one) for one in table["papers"]),
            largest=int(table["largest_megabytes"]) * _MEGABYTE,
            least_transferred=int(table["least_transferred"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise PolicyDamaged(f"policy {key}: {error!r}") from error


def terms_to_table(terms: ClaimTerms) -> dict[str, Any]:
    """The table `terms_from_table` reads back: what a run and an adoption keep."""
    return {
        "name": terms.name,
        "source": terms.source,
        "effective_from": terms.effective_from.isoformat(),
        "support": terms.support,
        "method": terms.method.value,
        "rounding_unit": terms.rounding_unit,
        "max_months": terms.max_months,
        "largest_megabytes": terms.largest // _MEGABYTE,
        "least_transferred": terms.least_transferred,
        "papers": [
            {
                "key": one.key,
                "label": one.label,
                "per": one.per.value,
                "origin": f"company:{one.company_kind}" if one.company_kind else one.origin.value,
                "after_end": one.after_end,
            }
            for one in terms.papers
        ],
    }


_MEGABYTE = 1024 * 1024


def _paper(table: Mapping[str, Any]) -> AskedPaper:
    origin, _, kind = str(table["origin"]).partition(":")
    return AskedPaper(
        str(table["key"]),
        str(table["label"]),
        Per(table["per"]),
        Origin(origin),
        kind or None,
        bool(table.get("after_end", False)),
    )


def _part(served: int, whole: int) -> Fraction:
    return min(_WHOLE, Fraction(served, whole)) if whole else Fraction(0)


def _service_sentence(inputs: MonthInputs) -> str:
    service = inputs.service
    sentence = f"{inputs.no}차 지원월 {korean_span(inputs.start, inputs.end)}({service.days}일) 가운데 "
    if inputs.until < inputs.end:
        sentence += f"{korean_date(inputs.until)}까지 "
    if inputs.off:
        sentence += f"중단·무급 결근 {inputs.off}일을 빼고 "
    return f"{sentence}{service.served}일 근무."


def _amount_sentence(terms: ClaimTerms, part: Fraction, service: Service, wage: int, found: int) -> str:
    shared = terms.support * part.numerator // part.denominator
    raw = min(shared, wage)
    words = share_words(part, terms.method, service)
    if service.is_whole:
        sentence = f"지원월을 채워 월 {won(terms.support)}원"
    else:
        sentence = f"{terms.method.label}: {won(terms.support)}원 × {words} = {won(shared)}원"
    if wage < shared:
        sentence += f", 지급한 임금 {won(wage)}원이 더 적어 임금까지만"
    else:
        sentence += f"(지급한 임금 {won(wage)}원 안)"
    if raw != found:
        sentence += f", {terms.rounding_unit}원 미만 {raw - found}원 버림"
    return f"{sentence}: {won(found)}원."
