"""The shipped code lists: banks, regions and their districts."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from regional_desk import paths
from regional_desk.domain.people import Bank
from regional_desk.domain.policies import Region
from regional_desk.errors import UsageError


@cache
def banks() -> tuple[Bank, ...]:
    """Every bank with its three-digit code."""
    return tuple(
        Bank(row["code"], row["name"], tuple(row.get("synonyms", ())), tuple(row.get("lengths", ())))
        for row in _read("banks.toml")["banks"]
    )


def find_bank_code(code: str | None) -> Bank | None:
    """The bank of a three-digit code, None where none has it."""
    return next((bank for bank in banks() if bank.code == code), None)


@cache
def bank_names() -> dict[str, str]:
    """Bank code → name."""
    return {bank.code: bank.name for bank in banks()}


@cache
def region_names() -> dict[str, str]:
    """시도 code → name."""
    return {row["code"]: row["name"] for row in _read("regions.toml")["regions"]}


@dataclass(frozen=True, slots=True)
class District:
    """A 시군구: its five-digit code, its name with the 시도, and the tier of a training place there."""

    code: str
    name: str
    tier: Region


def districts(on: dt.date) -> tuple[District, ...]:
    """Every 시군구 that holds on a day, by code."""
    found = [
        District(code, _full_name(group["region"], name), region_of(code))
        for group in _read("districts.toml")["groups"]
        if group.get("from", dt.date.min) <= on <= group.get("until", dt.date.max)
        for code, _, name in (entry.partition(" ") for entry in group["districts"])
    ]
    return tuple(sorted(found, key=lambda one: one.code))


@cache
def place_names() -> dict[str, str]:
    """The name of every 시도 and 시군구 code, those that no longer hold too."""
    names = dict(region_names())
    for group in _read("districts.toml")["groups"]:
        for code, _, name in (entry.partition(" ") for entry in group["districts"]):
            names[code] = _full_name(group["region"], name)
    return names


def known_place(code: str) -> str:
    """The code of a training place; raise UsageError where neither a 시도 nor a 시군구 has it."""
    if code not in place_names():
        raise UsageError(
            f"'{code}'은(는) 아는 시군구 코드가 아닙니다. 다섯 자리 코드(예: 48120 창원시)를 적어 주십시오."
        )
    return code


def region_of(code: str) -> Region:
    """The tier of a training place by its 시도 or 시군구 code: 인구감소지역 first, then 수도권 (rulebook section 3)."""
    table = _read("regions.toml")
    if _read("districts.toml")["formerly"].get(code, code) in table.get("shrinking", []):
        return Region.SHRINKING
    return Region.CAPITAL if code[:2] in table["capital"] else Region.OTHER


def _full_name(region: str, name: str) -> str:
    whole = region_names()[region]
    return whole if name == "세종시" else f"{whole} {name}"


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((paths.resources() / "codes" / name).read_text(encoding="utf-8"))
