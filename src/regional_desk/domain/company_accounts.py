"""Account safety of companies: why nothing may be sent to one before a second person looked (rulebook section 3)."""

from __future__ import annotations

from collections.abc import Sequence

from regional_desk.domain.accounts import CHANGED, Cause, Finding
from regional_desk.domain.companies import plain_company_name
from regional_desk.domain.people import Bank

MOST_DIGITS, FEWEST_DIGITS = 16, 8


def is_own(company: str, holder: str) -> bool:
    """Whether the holder named is the company, however its legal form is written."""
    return plain_company_name(company) == plain_company_name(holder)


def company_findings(
    company: str,
    holder: str,
    bank: Bank | None,
    digits: int | None = None,
    others: Sequence[str] = (),
    people: Sequence[str] = (),
    *,
    changed: bool = False,
) -> tuple[Finding, ...]:
    """Everything to be looked at before money goes to a company: a change, two users, another holder, bank, length.

    `digits` is the account's length, None where only its keyed hash is known; `others` are companies and `people` persons
    who use the same number.
    """
    found = [Finding(Cause.CHANGED, CHANGED)] if changed else []
    found += [Finding(Cause.SHARED, f"기업 {name}의 계좌와 같음", name) for name in others]
    found += [Finding(Cause.SHARED, f"{name}님과 같은 계좌", name) for name in people]
    if not is_own(company, holder):
        found.append(Finding(Cause.HOLDER, f"예금주가 기업 본인이 아님({holder})", holder))
    if bank is None:
        found.append(Finding(Cause.BANK, "은행이 없음"))
    elif digits is not None and bank.lengths and digits not in bank.lengths:
        found.append(Finding(Cause.LENGTH, f"{bank.name}에서 쓰지 않는 자릿수({digits}자리)"))
    return tuple(found)
