"""Wishes (희망순위) as trainees hand them in: a row a person with 1순위, 2순위, …, or a row a wish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from regional_desk.domain.matching_rounds import parse_place
from regional_desk.domain.people import parse_birth, parse_name
from regional_desk.domain.refused import Refused
from regional_desk.domain.tables import RowError
from regional_desk.domain.text import clean, compact
from regional_desk.errors import FileRejected
from regional_desk.exchange.layout import Fields, Layout
from regional_desk.exchange.rows import Parser, plain_text, read_rows
from regional_desk.exchange.spreadsheets import Sheet

_WIDEST = 10  # more wishes come as a row a wish
_RANKS = range(1, _WIDEST + 1)

FIELDS = Fields(
    "preferences",
    {
        "name": ("성명", "이름"),
        "birth": ("생년월일",),
        **{
            f"wish{rank}": (
                f"{rank}순위",
                f"{rank}지망",
                f"희망{rank}",
                f"{rank}순위기업",
                f"{rank}순위기업명",
            )
            for rank in _RANKS
        },
        **{f"job{rank}": (f"{rank}순위직무", f"{rank}지망직무") for rank in _RANKS},
        "rank": ("희망순위", "순위", "지망"),
        "company": ("희망기업", "기업명", "기업", "회사명"),
        "job": ("희망직무", "직무", "직무명"),
    },
    ("name",),
)


@dataclass(frozen=True, slots=True)
class ImportedWish:
    """One wish: `company` may hold company and 직무 together, or only one of them; `heading` is where it stands."""

    rank: int
    heading: str
    company: str | None
    job: str | None


@dataclass(frozen=True, slots=True)
class ImportedWishes:
    """What one good row says of a person; `birth` None where the file does not tell it."""

    row: int
    name: str
    birth: dt.date | None
    wishes: tuple[ImportedWish, ...]


@dataclass(frozen=True, slots=True)
class ParsedWishes:
    """What a sheet holds; `wide` where a row is a person. `refused` are (name, birth) whose rows were not all good."""

    read: int
    wide: bool
    rows: tuple[ImportedWishes, ...]
    errors: tuple[RowError, ...]
    refused: frozenset[tuple[str, dt.date | None]]


def parse(sheet: Sheet, layout: Layout) -> ParsedWishes:
    """Read every row under the headings; a bad one becomes errors with place and reason.

    Raises FileRejected where no column holds wishes, or where a row would hold more of them than can be read.
    """
    wide = any(layout.column(f"wish{rank}") is not None for rank in _RANKS)
    _refuse_layout(sheet, layout, wide=wide)
    rows: list[ImportedWishes] = []
    errors: list[RowError] = []
    refused: set[tuple[str, dt.date | None]] = set()
    read = 0
    for number, values, bad in read_rows(sheet, layout, _WIDE if wide else _LONG):
        read += 1
        birth = values.get("birth")
        if not bad:
            wishes = _wishes(values, layout, wide=wide)
            if wishes:
                rows.append(ImportedWishes(number, values["name"], birth, wishes))
                continue
            heading = layout.heading("wish1" if wide else "company")
            errors.append(RowError(number, heading, "", "희망한 기업이나 직무가 비어 있습니다."))
        errors += bad
        if "name" in values:
            refused.add((values["name"], birth))
    return ParsedWishes(read, wide, tuple(rows), tuple(errors), frozenset(refused))


def parse_birth_or_none(value: object) -> dt.date | None:
    """A birth date; None for an empty cell."""
    return parse_birth(value) if clean(str(value if value is not None else "")) else None


def _parse_rank(value: object) -> int:
    rank = parse_place(value)
    if rank is None:
        raise Refused("희망순위가 비어 있습니다.")
    return rank


_PERSON: dict[str, Parser] = {"name": parse_name, "birth": parse_birth_or_none}
_WIDE: Mapping[str, Parser] = {
    **_PERSON,
    **{f"{what}{rank}": plain_text for rank in _RANKS for what in ("wish", "job")},
}
_LONG: Mapping[str, Parser] = {**_PERSON, "rank": _parse_rank, "company": plain_text, "job": plain_text}


def _wishes(values: Mapping[str, object], layout: Layout, *, wide: bool) -> tuple[ImportedWish, ...]:
    if not wide:
        told = (values["company"], values["job"])
        ranks = [(values["rank"], "company" if told[0] else "job", *told)]
    else:
        ranks = [(rank, f"wish{rank}", values[f"wish{rank}"], values[f"job{rank}"]) for rank in _RANKS]
    return tuple(
        ImportedWish(int(str(rank)), layout.heading(field), _text(company), _text(job))
        for rank, field, company, job in ranks
        if company or job
    )


def _text(value: object) -> str | None:
    return str(value) if value else None


def _refuse_layout(sheet: Sheet, layout: Layout, *, wide: bool) -> None:
    place = f"'{sheet.file}'의 '{sheet.name}' 시트" if sheet.file else f"'{sheet.name}' 시트"
    long = layout.column("rank") is not None and any(
        layout.column(field) is not None for field in ("company", "job")
    )
    if not wide and not long:
        raise FileRejected(
            f"{place}에 희망순위 열이 없어 아무것도 가져오지 않았습니다. 1순위, 2순위처럼 나란히 적거나 "
            "순위와 기업명(직무)을 한 줄에 하나씩 적어 주십시오."
        )
    beyond = [
        heading
        for heading, field in zip(layout.headings, layout.mapping, strict=True)
        if not field and _is_rank(heading)
    ]
    if wide and beyond:
        raise FileRejected(
            f"{place}의 '{beyond[0]}' 열을 읽지 못해 아무것도 가져오지 않았습니다. 나란히 적는 희망은 {_WIDEST}순위까지입니다. "
            "더 많으면 성명, 생년월일, 순위, 기업명, 직무를 한 줄에 하나씩 적어 주십시오."
        )


def _is_rank(heading: str) -> bool:
    text = compact(heading)
    try:
        return text.endswith(("순위", "지망")) and parse_place(text) is not None
    except Refused:
        return False
