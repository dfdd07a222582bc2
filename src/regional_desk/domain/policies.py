"""Allowance schemes as dated data (rulebook section 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Method(StrEnum):
    """How an amount follows from attendance: 일할, 비율, 정액."""

    DAILY = "daily"
    PRORATA = "prorata"
    FLAT = "flat"

    @property
    def label(self) -> str:
        """The Korean name."""
        return {"daily": "일액", "prorata": "비율", "flat": "정액"}[self.value]


class Region(StrEnum):
    """Where the training place lies."""

    CAPITAL = "수도권"
    OTHER = "비수도권"
    SHRINKING = "인구감소지역"


@dataclass(frozen=True, slots=True)
class Component:
    """One part of an allowance: won a day and won a unit at most; `region` None holds everywhere.

    `short_rate` and `short_cap` hold on days of fewer than `short_below` scheduled minutes.
    """

    name: str
    daily_rate: int
    monthly_cap: int
    region: Region | None = None
    short_below: int = 0
    short_rate: int = 0
    short_cap: int = 0


@dataclass(frozen=True, slots=True)
class Scheme:
    """An allowance scheme; `min_rate` in percent, `rounding_unit` in won, `longest_units` units a course may have.

    With `closure_pays` the unit that a 폐강 cuts short pays whatever the rate (고시 제49조②).
    """

    key: str
    name: str
    source: str
    effective_from: dt.date
    components: tuple[Component, ...]
    method: Method
    min_rate: Decimal
    rounding_unit: int
    leaver_days: str
    longest_units: int | None
    closure_pays: bool = False

    def components_in(self, region: Region) -> tuple[Component, ...]:
        """The components that hold for a training place."""
        return tuple(part for part in self.components if part.region in (None, region))

    def with_method(self, method: Method | None) -> Scheme:
        """The scheme tried with another method."""
        return self if method is None else replace(self, method=method)


_LEAVER_DAYS = ("unit", "own")


class PolicyDamaged(Exception):
    """A shipped or stored policy does not hold what it must: a bug in the data, not a person's mistake."""


def scheme_from_table(key: str, table: Mapping[str, Any]) -> Scheme:
    """A scheme from its TOML or JSON table; raise PolicyDamaged naming what is missing."""
    try:
        if table["leaver_days"] not in _LEAVER_DAYS or not table["components"]:
            raise ValueError("leaver_days or components")  # noqa: TRY301 - damaged like any other part
        if isinstance(table["min_rate"], float):
            raise TypeError("min_rate is a binary float, write it as text")  # noqa: TRY301
        return Scheme(
            key=key,
            name=table["name"],
            source=table["source"],
            effective_from=_date(table["effective_from"]),
            components=tuple(_component(part) for part in table["components"]),
            method=Method(table["method"]),
            min_rate=Decimal(table["min_rate"]),
            rounding_unit=int(table["rounding_unit"]),
            leaver_days=table["leaver_days"],
            longest_units=table.get("longest_units"),
            closure_pays=bool(table.get("closure_pays", False)),
        )
    except (KeyError, ValueError, TypeError, ArithmeticError) as error:
        raise PolicyDamaged(f"policy {key}: {error!r}") from error


def scheme_to_table(scheme: Scheme) -> dict[str, Any]:
    """The table `scheme_from_table` reads back: what a run and an adoption keep."""
    return {
        "name": scheme.name,
        "source": scheme.source,
        "effective_from": scheme.effective_from.isoformat(),
        "components": [
            {
                "name": part.name,
                "daily_rate": part.daily_rate,
                "monthly_cap": part.monthly_cap,
                "region": part.region.value if part.region else None,
                "short_below": part.short_below,
                "short_rate": part.short_rate,
                "short_cap": part.short_cap,
            }
            for part in scheme.components
        ],
        "method": scheme.method.value,
        "min_rate": str(scheme.min_rate),
        "rounding_unit": scheme.rounding_unit,
        "leaver_days": scheme.leaver_days,
        "longest_units": scheme.longest_units,
        "closure_pays": scheme.closure_pays,
    }


def _component(table: Mapping[str, Any]) -> Component:
    region = table.get("region")
    return Component(
        name=table["name"],
        daily_rate=int(table["daily_rate"]),
        monthly_cap=int(table["monthly_cap"]),
        region=Region(region) if region else None,
        short_below=int(table.get("short_below", 0)),
        short_rate=int(table.get("short_rate", 0)),
        short_cap=int(table.get("short_cap", 0)),
    )


def _date(value: dt.date | str) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
