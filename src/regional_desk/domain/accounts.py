"""Account safety: why money may not be sent to an account before a second person looked (rulebook section 3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from regional_desk.domain.people import Bank
from regional_desk.domain.text import nfc

CHANGED = "계좌가 바뀜"
_BETWEEN = " · "


class Cause(StrEnum):
    """What is the matter with an account."""

    CHANGED = "changed"
    SHARED = "shared"
    HOLDER = "holder"
    BANK = "bank"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be looked at. A release covers the `key`: this cause about this other person, holder or bank, no other."""

    cause: Cause
    text: str
    about: str = ""

    @property
    def key(self) -> str:
        """What a release of this finding is remembered by."""
        return f"{self.cause}:{self.about}" if self.about else self.cause.value


@dataclass(frozen=True, slots=True)
class Sharer:
    """Somebody else whose account has the same number; `key` tells them from others of the name."""

    key: str
    name: str


def is_own(owner: str, holder: str | None) -> bool:
    """Whether the holder named is the person; nobody named means the person. Spaces do not tell people apart."""
    return not holder or _bare(holder) == _bare(owner)


def findings(
    owner: str,
    holder: str | None,
    bank: Bank | None,
    digits: int | None = None,
    sharers: Sequence[Sharer] = (),
    *,
    changed: bool = False,
) -> tuple[Finding, ...]:
    """Everything that keeps money from an account: a change, two users, another holder, no bank, a length not in use.

    `digits` is the account's length, None where only its keyed hash is known; a bank without known lengths holds nobody.
    """
    found = [Finding(Cause.CHANGED, CHANGED)] if changed else []
    if sharers:
        found += [Finding(Cause.SHARED, f"{one.name}님과 같은 계좌", one.key) for one in sharers]
    if holder and holder != owner and not is_own(owner, holder):
        found.append(Finding(Cause.HOLDER, f"예금주가 본인이 아님({holder})", _bare(holder)))
    if bank is None:
        found.append(Finding(Cause.BANK, "은행이 없음"))
    elif digits is not None and bank.lengths and digits not in bank.lengths:
        text = f"{bank.name}에서 쓰지 않는 자릿수({digits}자리)"
        found.append(Finding(Cause.LENGTH, text, f"{bank.code}-{digits}"))
    return tuple(found)


def uncovered(found: Sequence[Finding], covered: Collection[str]) -> tuple[Finding, ...]:
    """What no earlier release of the same account looked at; an account without a bank cannot be paid to at all."""
    return tuple(one for one in found if one.cause is Cause.BANK or one.key not in covered)


def hold_text(found: Sequence[Finding]) -> str | None:
    """The reason as it is kept and shown, None where nothing holds."""
    return _BETWEEN.join(one.text for one in found) or None


def needs_paper(found: Sequence[Finding]) -> bool:
    """Whether a release asks for a written reason and a paper: another holder's account."""
    return any(one.cause is Cause.HOLDER for one in found)


def _bare(name: str) -> str:
    return nfc(name).replace(" ", "")
