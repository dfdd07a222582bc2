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
from regional_desk.domain.policies import Method, Scheme, scheme_from_table, scheme_to_table
from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.store.allowance import policy_adoption
from regional_desk.store.ids import new_id

DEFAULT_SCHEME = "smart-manufacturing-2026"


@dataclass(frozen=True, slots=True)
class Policy:
    """A scheme as it holds now; `adoption` None while it is only the shipped proposal (미승인 정책)."""

    scheme: Scheme
    adoption: UUID | None
    reference: str | None
    adopted_at: dt.datetime | None


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
    """Every scheme as it holds now."""
    with desk.store.read() as connection:
        return tuple(current(connection, key) for key in shipped_schemes())


def current(connection: sa.Connection, key: str) -> Policy:
    """The scheme's newest adopted terms, or the shipped proposal."""
    row = connection.execute(
        sa.select(policy_adoption)
        .where(policy_adoption.c.scheme == key)
        .order_by(policy_adoption.c.adopted_at.desc())
        .limit(1)
    ).first()
    if row is None:
        return Policy(shipped_scheme(key), None, None, None)
    return Policy(scheme_from_table(key, row.terms), row.id, row.reference, row.adopted_at)


def adopt(
    desk: Desk,
    key: str,
    *,
    reference: str,
    document_date: dt.date,
    method: Method | None = None,
    operation_id: UUID | None = None,
) -> Policy:
    """Adopt a scheme's terms with the 공문·지침 they rest on; drafts made before keep theirs.

    Raises Refusal where the reference is empty, NotAllowed unless 팀장 or 단장.
    """
    if not reference.strip():
        raise Refusal("정책을 승인하려면 근거 공문이나 지침의 번호를 적어야 합니다.")
    scheme = shipped_scheme(key).with_method(method)

    def body(work: Work) -> dict[str, Any]:
        adoption = new_id()
        work.connection.execute(
            sa.insert(policy_adoption).values(
                id=adoption,
                scheme=key,
                terms=scheme_to_table(scheme),
                reference=reference.strip(),
                document_date=document_date,
                adopted_by=desk.actor.user_id,
                adopted_at=work.at,
            )
        )
        detail = {"scheme": key, "reference": reference.strip(), "document_date": document_date.isoformat()}
        work.log("policy.adopt", "policies", adoption, {**detail, "terms": scheme_to_table(scheme)})
        return {"adoption": str(adoption)}

    desk.perform(Right.ADOPT_POLICY, "policy.adopt", body, operation_id)
    with desk.store.read() as connection:
        return current(connection, key)
