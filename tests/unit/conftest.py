from __future__ import annotations

import tomllib

import pytest

from regional_desk import paths
from regional_desk.domain.policies import Scheme, scheme_from_table


@pytest.fixture(scope="session")
def programme() -> Scheme:
    """The programme's shipped scheme."""
    key = "smart-manufacturing-2026"
    text = (paths.resources() / "policies" / f"{key}.toml").read_text(encoding="utf-8")
    return scheme_from_table(key, tomllib.loads(text))
