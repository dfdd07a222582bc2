"""What the claims wait for beside the runs of their months: held service months and the policy. It names nobody."""

from __future__ import annotations

from dataclasses import dataclass

from regional_desk.domain.rights import Right
from regional_desk.services.claims import claim_policy
from regional_desk.services.desk import Desk
from regional_desk.store import claim_runs
from regional_desk.store.internship_reports import has_internships


@dataclass(frozen=True, slots=True)
class ClaimsDue:
    """How many service months are held, and the name of the terms nobody adopted yet, empty where they are."""

    held: int
    unadopted: str


def survey_claims_due(desk: Desk) -> ClaimsDue:
    """What waits now; the policy only once an internship began. Raises NotAllowed without the right to see people."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        held = len(claim_runs.list_holds(connection))
        begun = has_internships(connection)
    policy = claim_policy.read_policy(desk)
    return ClaimsDue(held, policy.terms.name if begun and policy.adoption is None else "")
