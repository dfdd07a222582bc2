"""Allowance policies: shipped proposals and what 팀장 or 단장 adopted (rulebook, head and section 3)."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain.policies import Scheme, scheme_from_table, scheme_to_table
from regional_desk.domain.policy_terms import Terms, settle
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.store.allowance import policy_adoption
from regional_desk.store.ids import new_id

DEFAULT_SCHEME = "smart-manufacturing-2026"


@dataclass(frozen=True, slots=True)
class Policy:
    """A scheme as it holds; `adoption` None while it is only the shipped proposal (미승인 정책)."""

    scheme: Scheme
    adoption: UUID | None
    reference: str | None
    adopted_at: dt.datetime | None

    @property
    def key(self) -> str:
        """What commands call it."""
        return self.scheme.key

    @property
    def name(self) -> str:
        """The Korean name."""
        return self.scheme.name

    @property
    def effective_from(self) -> dt.date:
        """The first day on which a unit may begin for the terms to hold."""
        return self.scheme.effective_from

    @property
    def method_label(self) -> str:
        """The Korean name of the method."""
        return self.scheme.method.label


@cache
def shipped_schemes() -> dict[str, Scheme]:
    """Every shipped scheme by key."""
    found = {}
    for path in sorted((paths.resources() / "policies").glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        if "components" in table:
            found[path.stem] = scheme_from_table(path.stem, table)
    return found


def shipped_scheme(key: str) -> Scheme:
    """One shipped scheme; raise UsageError for an unknown key."""
    schemes = shipped_schemes()
    if key not in schemes:
        raise UsageError(f"'{key}' 수당 기준이 없습니다. 쓸 수 있는 기준: {', '.join(schemes)}.")
    return schemes[key]


def list_policies(desk: Desk) -> tuple[Policy, ...]:
    """Every scheme as it holds today; one adopted for a coming day only is shown as adopted from then."""
    today = desk.clock.today()
    with desk.store.read() as connection:
        return tuple(_today(connection, key, today) for key in shipped_schemes())


def adoptions(connection: sa.Connection, key: str) -> tuple[Policy, ...]:
    """What was adopted of a scheme, the one that holds latest first: by its first day, then by when it was adopted."""
    newest_first = (policy_adoption.c.adopted_at.desc(), policy_adoption.c.id.desc())
    rows = connection.execute(
        sa.select(policy_adoption).where(policy_adoption.c.scheme == key).order_by(*newest_first)
    )
    found = [Policy(scheme_from_table(key, row.terms), row.id, row.reference, row.adopted_at) for row in rows]
    return tuple(sorted(found, key=lambda policy: policy.scheme.effective_from, reverse=True))


def in_force(connection: sa.Connection, key: str, on: dt.date) -> Policy:
    """The terms of a unit that begins on this day: the newest adopted for it or an earlier day, else the proposal.

    Terms adopted later for a later day leave earlier units as they were.
    """
    for policy in adoptions(connection, key):
        if policy.scheme.effective_from <= on:
            return policy
    return Policy(shipped_scheme(key), None, None, None)


def reference_of(connection: sa.Connection, adoption: UUID | None) -> str:
    """The 공문·지침 that adopted terms rest on, 미승인 정책 for none."""
    found = sa.select(policy_adoption.c.reference).where(policy_adoption.c.id == adoption)
    return connection.execute(found).scalar() or "미승인 정책"


def adopt(
    desk: Desk,
    key: str,
    *,
    reference: str,
    document_date: dt.date,
    terms: Terms | None = None,
    operation_id: UUID | None = None,
) -> Policy:
    """Adopt a scheme's terms with the 공문·지침 they rest on; drafts made before keep theirs.

    Raises Refusal where the reference is empty or a term cannot be, NotAllowed unless 팀장 or 단장.
    """
    if not reference.strip():
        raise Refusal("정책을 승인하려면 근거 공문이나 지침의 번호를 적어야 합니다.")
    adoption = new_id()

    def body(work: Work) -> dict[str, Any]:
        scheme = proposed(work.connection, key, terms or Terms(), desk.clock.today())
        work.connection.execute(
            sa.insert(policy_adoption).values(
                id=adoption,
                scheme=key,
                terms=scheme_to_table(scheme),
                reference=reference.strip(),
                document_date=document_date,
                adopted_by=desk.actor.user_id,
                adopted_at=work.at,
                effective_from=scheme.effective_from,
            )
        )
        detail = {"scheme": key, "reference": reference.strip(), "document_date": document_date.isoformat()}
        work.log("policy.adopt", "policies", adoption, {**detail, "terms": scheme_to_table(scheme)})
        return {"adoption": str(adoption)}

    done = desk.perform(Right.ADOPT_POLICY, "policy.adopt", body, operation_id)
    with desk.store.read() as connection:
        return next(one for one in adoptions(connection, key) if str(one.adoption) == done["adoption"])


def proposed(connection: sa.Connection, key: str, terms: Terms, today: dt.date) -> Scheme:
    """The scheme as it holds today with these terms; raise Refusal where one cannot be."""
    try:
        return settle(_today(connection, key, today).scheme, terms)
    except Refused as refused:
        raise Refusal(f"정책을 승인하지 않았습니다. {refused}") from refused


def _today(connection: sa.Connection, key: str, today: dt.date) -> Policy:
    found = adoptions(connection, key)
    held = [policy for policy in found if policy.scheme.effective_from <= today]
    return (held or found or (Policy(shipped_scheme(key), None, None, None),))[0]
