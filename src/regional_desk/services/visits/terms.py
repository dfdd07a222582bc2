"""The rule, the checklist and the largest file of visits, as the office has them."""

from __future__ import annotations

import tomllib
from functools import cache

from regional_desk import paths
from regional_desk.domain.visits import VisitTerms, terms_from_table


@cache
def terms() -> VisitTerms:
    """What `resources/policies/visits.toml` says."""
    path = paths.resources() / "policies" / "visits.toml"
    return terms_from_table(tomllib.loads(path.read_text(encoding="utf-8")))
