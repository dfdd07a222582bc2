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

    On days of fewer than `min_day_minutes` scheduled minutes `rate_below` and `cap_below` hold. A course of fewer than
    `min_course_hours` scheduled hours has no such part at all.
    """

    name: str
    daily_rate: int
    monthly_cap: int
    region: Region | None = None
    min_day_minutes: int = 0
    rate_below: int = 0
    cap_below: int = 0
    min_course_hours: int = 0


class DeductionKind(StrEnum):
    """What is taken off: days in the dormitory, meals given, the last unit of who left out the 만족도 조사."""

    DORMITORY = "dormitory"
    MEALS = "meals"
    SURVEY = "survey"

    @property
    def label(self) -> str:
        """The Korean name."""
        return {"dormitory": "기숙사 이용일", "meals": "식비 제공일", "survey": "만족도 조사 미제출"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Deduction:
    """A deduction; one that is not `on` takes nothing off. `daily` won a day up to `most` won a unit hold for meals."""

    kind: DeductionKind
    on: bool = False
    daily: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Scheme:
    """An allowance scheme; `min_rate` in percent, `rounding_unit` in won, `longest_units` units a course may have.

    With `closure_pays` the unit that a 폐강 cuts short pays whatever the rate (고시 제49조②). 일용 of fewer than
    `daily_work_days` days in a calendar month leaves no day unpaid.
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
    daily_work_days: int = 10
    deductions: tuple[Deduction, ...] = ()

    def components_in(self, region: Region, course_minutes: int = 0) -> tuple[Component, ...]:
        """The components that hold for a training place and a course of so many scheduled minutes (0: however long)."""
        return tuple(
            part
            for part in self.components
            if part.region in (None, region)
            and (not course_minutes or course_minutes >= part.min_course_hours * _HOUR)
        )

    @property
    def min_day_minutes(self) -> int:
        """The length under which a day is a short one for some component, 0 where days are all the same."""
        return max(part.min_day_minutes for part in self.components)

    def deduction(self, kind: DeductionKind) -> Deduction | None:
        """The deduction of a kind where it is on."""
        return next((one for one in self.deductions if one.kind is kind and one.on), None)

    def with_method(self, method: Method | None) -> Scheme:
        """The scheme tried with another method."""
        return self if method is None else replace(self, method=method)


_LEAVER_DAYS = ("unit", "own")
_HOUR = 60


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
            daily_work_days=int(table.get("daily_work_days", 10)),
            deductions=tuple(_deduction(one) for one in table.get("deductions", ())),
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
                "min_day_minutes": part.min_day_minutes,
                "rate_below": part.rate_below,
                "cap_below": part.cap_below,
                "min_course_hours": part.min_course_hours,
            }
            for part in scheme.components
        ],
        "method": scheme.method.value,
        "min_rate": str(scheme.min_rate),
        "rounding_unit": scheme.rounding_unit,
        "leaver_days": scheme.leaver_days,
        "longest_units": scheme.longest_units,
        "closure_pays": scheme.closure_pays,
        "daily_work_days": scheme.daily_work_days,
        "deductions": [
            {"kind": one.kind.value, "on": one.on, "daily": one.daily, "most": one.most}
            for one in scheme.deductions
        ],
    }


def _component(table: Mapping[str, Any]) -> Component:
    region = table.get("region")
    return Component(
        name=table["name"],
        daily_rate=int(table["daily_rate"]),
        monthly_cap=int(table["monthly_cap"]),
        region=Region(region) if region else None,
        min_day_minutes=_number(table, "min_day_minutes", "short_below"),
        rate_below=_number(table, "rate_below", "short_rate"),
        cap_below=_number(table, "cap_below", "short_cap"),
        min_course_hours=_number(table, "min_course_hours"),
    )


def _deduction(table: Mapping[str, Any]) -> Deduction:
    return Deduction(
        DeductionKind(table["kind"]), bool(table["on"]), _number(table, "daily"), _number(table, "most")
    )


def _number(table: Mapping[str, Any], *names: str) -> int:
    """The number of the first name there, 0 for none; terms adopted in earlier releases keep their earlier names."""
    return next((int(table[name]) for name in names if name in table), 0)


def _date(value: dt.date | str) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
