"""The tables of a submission package on goals, the budget, and what was corrected or asked back."""

from __future__ import annotations

from regional_desk.exchange.package_table import Field, TableSchema, Type, count

TOTAL_TABLES = (
    TableSchema(
        "goals",
        "목표",
        (
            Field("item", "항목", Type.STRING),
            count("goal", "목표"),
            count("month", "당월"),
            count("total", "누계"),
        ),
        key=("item",),
    ),
    TableSchema(
        "budget",
        "예산",
        (
            Field("item", "항목", Type.STRING),
            count("granted", "교부액(원)"),
            count("spent", "집행액(원)"),
            # 단장 may let a run pass over the balance, so it can fall below zero.
            Field("balance", "잔액(원)", Type.INTEGER),
        ),
        key=("item",),
    ),
    TableSchema(
        "adjustments",
        "정정·환수",
        (
            Field("item", "항목", Type.STRING),
            Field("unit", "단위", Type.STRING, enum=("건", "원")),
            # What was asked back may be withdrawn later, so a month can lie below zero.
            Field("month", "당월", Type.INTEGER),
            count("total", "누계"),
        ),
        key=("item",),
    ),
)
