"""The shipped code lists: banks and regions."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from regional_desk import paths
from regional_desk.domain.people import Bank
from regional_desk.domain.policies import Region


@cache
def banks() -> tuple[Bank, ...]:
    """Every bank with its three-digit code."""
    return tuple(
        Bank(row["code"], row["name"], tuple(row.get("synonyms", ())), tuple(row.get("lengths", ())))
        for row in _read("banks.toml")["banks"]
    )


@cache
def bank_names() -> dict[str, str]:
    """Bank code → name."""
    return {bank.code: bank.name for bank in banks()}


@cache
def region_names() -> dict[str, str]:
    """시도 code → name."""
    return {row["code"]: row["name"] for row in _read("regions.toml")["regions"]}


def region_of(code: str) -> Region:
    """The tier of a training place by its 시도 or 시군구 code: 인구감소지역 first, then 수도권 (rulebook section 3)."""
    table = _read("regions.toml")
    if code in table.get("shrinking", []):
        return Region.SHRINKING
    return Region.CAPITAL if code[:2] in table["capital"] else Region.OTHER


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((paths.resources() / "codes" / name).read_text(encoding="utf-8"))
