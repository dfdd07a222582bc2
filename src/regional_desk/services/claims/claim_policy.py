"""The policy of the support: the shipped proposal and what 팀장 or 단장 adopted of it (rulebook, head and section 4)."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain.claims import ClaimTerms, Method, settled, terms_from_table, terms_to_table
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.store.allowance import policy_adoption
from regional_desk.store.ids import new_id

SCHEME = "internship-2026"


@dataclass(frozen=True, slots=True)
class ClaimPolicy:
    """The terms as they hold; `adoption` None while they are only the shipped proposal (미승인 정책)."""

    terms: ClaimTerms
    adoption: UUID | None
    reference: str | None
    adopted_at: dt.datetime | None

    @property
    def key(self) -> str:
        """What commands call it."""
        return self.terms.key

    @property
    def name(self) -> str:
        """The Korean name."""
        return self.terms.name

    @property
    def effective_from(self) -> dt.date:
        """The first day on which a calendar month may begin for the terms to hold."""
        return self.terms.effective_from

    @property
    def method_label(self) -> str:
        """The Korean name of the method."""
        return self.terms.method.label


@cache
def shipped() -> ClaimTerms:
    """The shipped proposal (`resources/policies/internship-2026.toml`)."""
    path = paths.resources() / "policies" / f"{SCHEME}.toml"
    return terms_from_table(SCHEME, tomllib.loads(path.read_text(encoding="utf-8")))


def in_force(connection: sa.Connection, month: dt.date) -> ClaimPolicy:
    """The terms of the claims of a calendar month: the newest adopted for its first day or an earlier one, else the proposal."""
    for policy in _adoptions(connection):
        if policy.terms.effective_from <= month:
            return policy
    return ClaimPolicy(shipped(), None, None, None)


def read_policy(desk: Desk) -> ClaimPolicy:
    """The terms as they hold today; adopted ones for a coming month only are shown as adopted from then."""
    today = desk.clock.today()
    with desk.store.read() as connection:
        found = _adoptions(connection)
        held = [policy for policy in found if policy.terms.effective_from <= today]
    return next(iter(held or found), ClaimPolicy(shipped(), None, None, None))


def settle(
    desk: Desk,
    *,
    method: Method | None = None,
    support: int | None = None,
    rounding_unit: int | None = None,
    effective_from: dt.date | None = None,
) -> ClaimTerms:
    """The terms as they hold today with these in their place, `support` in won; raise Refusal for what cannot be."""
    try:
        return settled(
            read_policy(desk).terms,
            method=method,
            support=support,
            rounding_unit=rounding_unit,
            effective_from=effective_from,
        )
    except Refused as refused:
        raise Refusal(f"정책을 승인하지 않았습니다. {refused}") from refused


def adopt(
    desk: Desk,
    *,
    reference: str,
    document_date: dt.date,
    method: Method | None = None,
    support: int | None = None,
    rounding_unit: int | None = None,
    effective_from: dt.date | None = None,
    operation_id: UUID | None = None,
) -> ClaimPolicy:
    """Adopt the terms with the 공문·지침 they rest on; `support` in won a month, drafts made before keep theirs.

    Raises Refusal without a reference or for terms that cannot be, NotAllowed unless 팀장 or 단장.
    """
    if not clean(reference):
        raise Refusal("정책을 승인하려면 근거 공문이나 지침의 번호를 적어야 합니다.")
    terms = settle(
        desk, method=method, support=support, rounding_unit=rounding_unit, effective_from=effective_from
    )

    def body(work: Work) -> dict[str, Any]:
        adoption = new_id()
        work.connection.execute(
            sa.insert(policy_adoption).values(
                id=adoption,
                scheme=SCHEME,
                terms=terms_to_table(terms),
                reference=clean(reference),
                document_date=document_date,
                adopted_by=desk.actor.user_id,
                adopted_at=work.at,
                effective_from=terms.effective_from,
            )
        )
        told = {"scheme": SCHEME, "reference": clean(reference), "document_date": document_date.isoformat()}
        work.log("policy.adopt", "policies", adoption, {**told, "terms": terms_to_table(terms)})
        return {"adoption": str(adoption)}

    done = desk.perform(Right.ADOPT_POLICY, "policy.adopt", body, operation_id)
    with desk.store.read() as connection:
        return next(one for one in _adoptions(connection) if str(one.adoption) == done["adoption"])


def _adoptions(connection: sa.Connection) -> tuple[ClaimPolicy, ...]:
    """What was adopted, the one that holds latest first: by its first day, then by when it was adopted."""
    newest_first = (policy_adoption.c.adopted_at.desc(), policy_adoption.c.id.desc())
    rows = connection.execute(
        sa.select(policy_adoption).where(policy_adoption.c.scheme == SCHEME).order_by(*newest_first)
    )
    found = [
        ClaimPolicy(terms_from_table(SCHEME, row.terms), row.id, row.reference, row.adopted_at)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda policy: policy.terms.effective_from, reverse=True))
