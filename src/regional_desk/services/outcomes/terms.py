"""When what came of training is asked: the shipped due dates (rulebook section 9)."""

from __future__ import annotations

import tomllib
from functools import cache

from regional_desk import paths
from regional_desk.domain.outcomes import CheckTerms, terms_from_table


@cache
def check_terms() -> CheckTerms:
    """The terms of `resources/policies/due_dates.toml`."""
    path = paths.resources() / "policies" / "due_dates.toml"
    return terms_from_table(tomllib.loads(path.read_text(encoding="utf-8")))
