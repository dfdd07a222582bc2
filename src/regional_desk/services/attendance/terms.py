"""The shipped terms of attendance (`resources/policies/attendance.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache

from regional_desk import paths
from regional_desk.domain.excused import AttendanceTerms, terms_from_table


@cache
def attendance_terms() -> AttendanceTerms:
    """Grace and caps as they hold now."""
    path = paths.resources() / "policies" / "attendance.toml"
    return terms_from_table(tomllib.loads(path.read_text(encoding="utf-8")))
