"""Where an open point of a month is settled."""

from __future__ import annotations

from typing import Any

from regional_desk.services.claims.claim_links import Opens
from regional_desk.services.claims.claim_policy import SCHEME
from regional_desk.services.papers.open_points import OpenPoint

_COMPANY_TABS = {Opens.COMPANY_ACCOUNT: "account", Opens.COMPANY_PAPERS: "papers"}
_TABS = {Opens.AGREEMENT: "agreements", Opens.PAYSLIPS: "claims", Opens.PAPERS: "claims"}


def place_of(point: OpenPoint) -> tuple[str, dict[str, Any]]:
    """The page and the place in it: of training the trainee's day or the unit's run, of claims what it opens."""
    if point.course is None:
        return _of_claims(point)
    where: dict[str, Any] = {"course": point.course, "unit": point.unit_no}
    if point.day is not None:
        return "attendance", {**where, "trainee": point.trainee, "day": point.day}
    if point.trainee is not None and "계좌" in point.message:
        return "people", {"person": point.trainee}
    return "allowance", where


def _of_claims(point: OpenPoint) -> tuple[str, dict[str, Any]]:
    if point.opens is Opens.POLICY:
        return "admin", {"tab": "policies", "policy": SCHEME}
    if point.internship is None or point.opens is None:
        return "claims", {"month": point.day}
    if point.opens in _COMPANY_TABS:
        return "companies", {"company": point.company, "tab": _COMPANY_TABS[point.opens]}
    return "internships", {"internship": point.internship, "tab": _TABS.get(point.opens, "")}
