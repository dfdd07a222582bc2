"""`policy`: what allowance and support rest on, tried before it is adopted; `holiday`: days off the office adds itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar

import typer

from regional_desk.cli.claim_policies import ClaimSettlement, adopt_terms, preview_terms, show_terms
from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date
from regional_desk.domain.claims import Method as ClaimMethod
from regional_desk.domain.policies import DeductionKind, Method, Scheme, scheme_to_table
from regional_desk.domain.policy_terms import Terms
from regional_desk.domain.text import korean_date, won
from regional_desk.errors import UsageError

_policy = typer.Typer(help="정책(수당, 인턴지원금): 보기, 미리보기, 승인.", no_args_is_help=True)
_holiday = typer.Typer(help="사무실이 더하는 휴일(임시공휴일).", no_args_is_help=True)

_Kind = TypeVar("_Kind", Method, ClaimMethod)
_Method = Annotated[
    str | None,
    typer.Option(help="수당 daily, prorata, flat · 인턴지원금 calendar, thirty, workdays, full_only"),
]
_Support = Annotated[int | None, typer.Option(help="지원월마다 지원하는 금액(원, 인턴지원금만)")]
_MinRate = Annotated[str | None, typer.Option(help="최저 출석률(%)")]
_Rounding = Annotated[int | None, typer.Option(help="이 금액 미만은 버림(원)")]
_Leavers = Annotated[str | None, typer.Option(help="중도탈락자의 분모: unit, own")]
_Rates = Annotated[list[str] | None, typer.Option(help="항목=하루/한도 (예: 훈련수당=20000/400000, 여러 번)")]
_Deductions = Annotated[
    list[DeductionKind] | None,
    typer.Option(help="켤 공제(여러 번): dormitory 기숙사, meals 식비, survey 만족도"),
]
_From = Annotated[
    str | None, typer.Option("--from", help="이날부터 시작하는 단위기간(인턴지원금은 달)에 적용")
]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(_policy, name="policy")
    app.add_typer(_holiday, name="holiday")


@_policy.command("list")
def policy_list(context: typer.Context) -> None:
    """기준마다 승인 여부."""
    from regional_desk.services.claims.claim_policy import read_policy
    from regional_desk.services.policies import list_policies

    call: Call = context.obj
    desk = call.open()
    policies: tuple[Any, ...] = (*list_policies(desk), read_policy(desk))
    rows = [
        {
            "policy": found.key,
            "name": found.name,
            "adopted": found.adoption is not None,
            "reference": found.reference,
            "effective_from": found.effective_from.isoformat(),
        }
        for found in policies
    ]
    lines = [f"{row['policy']}: {row['name']} ({'승인' if row['adopted'] else '미승인'})" for row in rows]
    call.emit({"policies": rows}, lines)


@_policy.command("show")
def policy_show(context: typer.Context, key: str) -> None:
    """한 기준의 내용과 근거."""
    from regional_desk.services.policies import list_policies

    call: Call = context.obj
    if _is_claim(key):
        show_terms(call)
        return
    found = next(policy for policy in list_policies(call.open()) if policy.scheme.key == key)
    lines = [f"{found.scheme.name} ({'승인: ' + str(found.reference) if found.adoption else '미승인 정책'})"]
    lines += [
        f"  {part.name}: 일 {won(part.daily_rate)}원, 한도 {won(part.monthly_cap)}원"
        for part in found.scheme.components
    ]
    lines += [
        f"  방식 {found.scheme.method.label}, 최저 출석률 {found.scheme.min_rate}%",
        f"  근거: {found.scheme.source}",
    ]
    told = {"policy": key, "adopted": found.adoption is not None, "reference": found.reference}
    call.emit({**told, **scheme_to_table(found.scheme)}, lines)


@_policy.command("preview")
def policy_preview(
    context: typer.Context,
    key: str,
    method: _Method = None,
    min_rate: _MinRate = None,
    rounding: _Rounding = None,
    leaver_days: _Leavers = None,
    rate: _Rates = None,
    since: _From = None,
    deduction: _Deductions = None,
    support: _Support = None,
) -> None:
    """승인하기 전에 누가 얼마나 바뀌는지 본다."""
    from regional_desk.services.pay.policy_preview import preview

    call: Call = context.obj
    given = _Given(method, min_rate, rounding, leaver_days, rate, since, deduction, support)
    if _is_claim(key):
        preview_terms(call, given.claim())
        return
    found = preview(call.open(), key, given.allowance(key))
    rows = [
        {
            "course": str(one.course),
            "course_name": one.course_name,
            "unit": one.person.unit_no,
            "trainee": str(one.person.person),
            "name": one.person.name,
            "amount_before": one.person.amount_before,
            "amount_after": one.person.amount_after,
            "rate_before": str(one.person.rate_before),
            "rate_after": str(one.person.rate_after),
        }
        for one in found.changes
    ]
    data = {
        "policy": key,
        "people": found.people,
        "total_before": found.total_before,
        "total_after": found.total_after,
        "kept": found.kept,
        "methods": {method.value: total for method, total in found.methods.items()},
        "rows": rows,
    }
    difference = found.total_after - found.total_before
    lines = [
        (
            f"바뀌는 사람 {found.people}명, {difference:+,}원 ({won(found.total_before)}원 → {won(found.total_after)}원)"
            f" · 이미 확정된 {found.kept}명은 그대로"
        ),
        *(f"  {tried.label}: {won(total)}원" for tried, total in found.methods.items()),
        *(
            f"  {one.course_name} {one.person.unit_no}단위 {one.person.name} "
            f"{won(one.person.amount_before or 0)}원 → {won(one.person.amount_after or 0)}원"
            for one in found.changes
        ),
    ]
    call.emit(data, lines)


@_policy.command("adopt")
def policy_adopt(
    context: typer.Context,
    key: str,
    reference: Annotated[str, typer.Option(help="근거 공문·지침 번호")],
    date: Annotated[str, typer.Option(help="공문 날짜")],
    method: _Method = None,
    min_rate: _MinRate = None,
    rounding: _Rounding = None,
    leaver_days: _Leavers = None,
    rate: _Rates = None,
    since: _From = None,
    deduction: _Deductions = None,
    support: _Support = None,
) -> None:
    """기준을 승인한다(팀장·단장)."""
    from regional_desk.services.policies import adopt

    call: Call = context.obj
    given = _Given(method, min_rate, rounding, leaver_days, rate, since, deduction, support)
    if _is_claim(key):
        adopt_terms(call, given.claim(), reference, iso_date(date))
        return
    terms = given.allowance(key)
    found = adopt(call.open(), key, reference=reference, document_date=iso_date(date), terms=terms)
    since_day = found.scheme.effective_from
    call.emit(
        {
            "policy": key,
            "adopted": True,
            "method": found.scheme.method.value,
            "reference": found.reference,
            "effective_from": since_day.isoformat(),
        },
        [
            (
                f"'{found.scheme.name}'을(를) 승인했습니다({found.scheme.method.label}, {found.reference}, "
                f"{korean_date(since_day)}부터)."
            )
        ],
    )


@_holiday.command("list")
def holiday_list(context: typer.Context) -> None:
    """사무실이 더한 휴일."""
    from regional_desk.services.training.office_holidays import list_holidays

    call: Call = context.obj
    rows = [
        {"day": row.day.isoformat(), "name": row.name, "reference": row.reference}
        for row in list_holidays(call.open())
    ]
    lines = [f"{row['day']} {row['name']} ({row['reference'] or '근거 없음'})" for row in rows]
    call.emit({"holidays": rows}, lines or ["더한 휴일이 없습니다."])


@_holiday.command("add")
def holiday_add(
    context: typer.Context,
    date: str,
    name: Annotated[str, typer.Option(help="휴일 이름")] = "임시공휴일",
    reference: Annotated[str, typer.Option(help="근거 공고·공문")] = "",
    *,
    preview: Annotated[bool, typer.Option(help="누가 바뀌는지만 보고 쓰지 않음")] = False,
) -> None:
    """휴일을 더하고 그날이 훈련일인 과정에서 뺀다. 확정된 단위기간은 그대로 둔다."""
    from regional_desk.services.training import office_holidays

    call: Call = context.obj
    desk, day = call.open(), iso_date(date)
    if preview:
        _told(call, office_holidays.preview_add(desk, day))
    else:
        _told(call, office_holidays.add(desk, day, name, reference))


@_holiday.command("remove")
def holiday_remove(
    context: typer.Context,
    date: str,
    reason: Annotated[str, typer.Option(help="지우는 사유")] = "",
    *,
    preview: Annotated[bool, typer.Option(help="누가 바뀌는지만 보고 쓰지 않음")] = False,
) -> None:
    """더한 휴일을 지우고 그날을 훈련일로 되돌린다."""
    from regional_desk.services.training import office_holidays

    call: Call = context.obj
    desk, day = call.open(), iso_date(date)
    if preview:
        _told(call, office_holidays.preview_remove(desk, day))
    else:
        _told(call, office_holidays.remove(desk, day, reason))


def _told(call: Call, found: Any) -> None:
    courses = [
        {
            "course": str(one.course.course.id),
            "name": one.course.course.name,
            "people": len({change.person for change in one.people}),
            "total_before": one.total_before,
            "total_after": one.total_after,
        }
        for one in found.courses
    ]
    kept = [{"where": one.course, "message": one.why} for one in found.kept]
    lines = [
        f"바뀌는 과정 {len(courses)}개, 사람 {found.people}명, {found.difference:+,}원",
        *(f"  {one['name']}: {one['people']}명" for one in courses),
        *(f"  그대로: {one['where']} — {one['message']}" for one in kept),
    ]
    data = {"day": found.day.isoformat(), "people": found.people, "difference": found.difference}
    call.emit({**data, "courses": courses, "kept": kept}, lines)


@dataclass(frozen=True, slots=True)
class _Given:
    """The options as they were typed, for the allowance or the support."""

    method: str | None
    min_rate: str | None
    rounding: int | None
    leaver_days: str | None
    rates: list[str] | None
    since: str | None
    deductions: list[DeductionKind] | None
    support: int | None

    def allowance(self, key: str) -> Terms:
        """The terms of an allowance scheme; raise UsageError for what cannot be read or is not of it."""
        from regional_desk.services.policies import shipped_scheme

        scheme = shipped_scheme(key)
        _refuse_given({"--support": self.support})
        try:
            least = Decimal(self.min_rate) if self.min_rate is not None else None
        except InvalidOperation as error:
            raise UsageError(
                f"'{self.min_rate}'은(는) 출석률로 읽을 수 없습니다. 80.0처럼 적어 주십시오."
            ) from error
        paid = dict(_rate(scheme, text) for text in self.rates or ())
        on = frozenset(self.deductions) if self.deductions is not None else None
        method = _method(Method, self.method)
        return Terms(method, least, self.rounding, self.leaver_days, self._since(), paid, on)

    def claim(self) -> ClaimSettlement:
        """The terms of the support; the same."""
        others = {"--min-rate": self.min_rate, "--leaver-days": self.leaver_days}
        _refuse_given({**others, "--rate": self.rates, "--deduction": self.deductions})
        method = _method(ClaimMethod, self.method)
        return ClaimSettlement(method, self.support, self.rounding, self._since())

    def _since(self) -> dt.date | None:
        return iso_date(self.since) if self.since else None


def _is_claim(key: str) -> bool:
    """Whether it is the support's; raise UsageError for an unknown one."""
    from regional_desk.services.claims.claim_policy import SCHEME
    from regional_desk.services.policies import shipped_schemes

    if key != SCHEME and key not in shipped_schemes():
        known = ", ".join((*shipped_schemes(), SCHEME))
        raise UsageError(f"'{key}' 기준이 없습니다. 쓸 수 있는 기준: {known}.")
    return key == SCHEME


def _method(kind: type[_Kind], text: str | None) -> _Kind | None:
    if text is None:
        return None
    try:
        return kind(text)
    except ValueError as error:
        known = ", ".join(one.value for one in kind)
        raise UsageError(f"'{text}' 지급 방식이 없습니다. 쓸 수 있는 것: {known}.") from error


def _refuse_given(options: Mapping[str, object]) -> None:
    """Raise UsageError where an option was given that the policy does not have."""
    given = [name for name, value in options.items() if value is not None]
    if given:
        raise UsageError(f"이 기준에는 {', '.join(given)}을(를) 쓸 수 없습니다. 바뀐 것이 없습니다.")


def _rate(scheme: Scheme, text: str) -> tuple[int, tuple[int, int]]:
    """The place of a component and its won, from `훈련수당=20000/400000`; a name of several takes `특별수당@수도권`."""
    name, _, won_text = text.partition("=")
    names = [
        part.name if part.region is None else f"{part.name}@{part.region.value}" for part in scheme.components
    ]
    try:
        daily, cap = (int(word.replace(",", "")) for word in won_text.split("/"))
        return names.index(name.strip()), (daily, cap)
    except ValueError as error:
        raise UsageError(
            f"'{text}'을(를) 읽을 수 없습니다. 항목=하루/한도로 적어 주십시오. 쓸 수 있는 항목: {', '.join(names)}."
        ) from error
