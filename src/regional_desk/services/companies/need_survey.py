"""The shipped questionnaire of the training need survey, with the country's answers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from regional_desk import paths
from regional_desk.domain.training_need import (
    AxLevel,
    Choice,
    Figure,
    Group,
    LevelRule,
    Question,
    Side,
    Survey,
    of_size,
    with_experience,
)

_EXPERIENCE = (("yes", "훈련 경험 있음", True), ("no", "훈련 경험 없음", False))
_TWICE = ((Side.DONE, "실시한"), (Side.WANTED, "필요한"))


@cache
def survey() -> Survey:
    """The questions, figures and rules of resources/codes/training_need.toml."""
    path = paths.resources() / "codes" / "training_need.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    groups = [Group(row["key"], row["label"], of_size(row["from"], row.get("to"))) for row in table["sizes"]]
    groups += [Group(f"experience_{key}", label, with_experience(held)) for key, label, held in _EXPERIENCE]
    return Survey(
        title=table["title"],
        source=table["source"],
        asked=table["asked"],
        questions=tuple(question for topic in table["topics"] for question in _questions(topic)),
        groups=tuple(groups),
        figures=tuple(_figure(row) for row in table["figures"]),
        rules=tuple(
            LevelRule(AxLevel(row["level"]), row["reason"], _tuples(row["when"])) for row in table["levels"]
        ),
    )


def _questions(topic: Mapping[str, Any]) -> Iterator[Question]:
    """A topic's question, or its two: of training held already and of training that is needed."""
    key, label, choices = topic["key"], topic["label"], topic["choices"]
    words, several = tuple(topic.get("also", ())), topic.get("multiple", False)
    if "national" in choices[0]:
        yield Question(key, label, label, Side.FIRM, several, _choices(choices, "national"), words)
        return
    for side, word in _TWICE:
        heading = topic.get(f"{side.value}_label", f"{word} {label}")
        others = tuple(f"{one}({which})" for one in (label, *words) for which in _words(side))
        mine = (f"{word} {label}", *(f"{word} {one}" for one in words), *others)
        yield Question(
            f"{key}_{side.value}", label, heading, side, several, _choices(choices, side.value), mine
        )


def _words(side: Side) -> tuple[str, ...]:
    return ("실시", "경험", "훈련 경험") if side is Side.DONE else ("필요", "수요", "훈련 수요")


def _choices(rows: list[dict[str, Any]], national: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(row["key"], row["label"], row.get("note", ""), tuple(row.get("also", ())), row[national])
        for row in rows
    )


def _figure(row: Mapping[str, Any]) -> Figure:
    national = dict(row.get("sizes", {}))
    national |= {f"experience_{key}": value for key, value in row.get("experience", {}).items()}
    return Figure(row["label"], row["question"], tuple(row["choices"]), national)


def _tuples(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in table.items()}
