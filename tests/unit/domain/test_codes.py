"""The shipped code lists: banks and regions."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest

from regional_desk import paths
from regional_desk.domain.people import Bank, find_bank
from regional_desk.domain.text import compact


def shipped(name: str) -> dict[str, Any]:
    return tomllib.loads((paths.resources() / "codes" / f"{name}.toml").read_text(encoding="utf-8"))


BANKS = tuple(
    Bank(row["code"], row["name"], tuple(row.get("synonyms", ())), tuple(row.get("lengths", ())))
    for row in shipped("banks")["banks"]
)
REGIONS = shipped("regions")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("신한", "088"),
        ("신한은행", "088"),
        ("국민", "004"),
        ("KB국민은행", "004"),
        ("우리은행", "020"),
        ("하나", "081"),
        ("기업", "003"),
        ("IBK기업은행", "003"),
        ("농협", "011"),
        ("NH농협은행", "011"),
        ("새마을금고", "045"),
        ("iM뱅크", "031"),
        ("대구은행", "031"),
        ("새마을", "045"),
        ("농협중앙회", "011"),
        ("KB국민", "004"),
        ("카카오", "090"),
        ("카카오뱅크", "090"),
        ("토스뱅크", "092"),
        ("케이뱅크", "089"),
        ("우체국", "071"),
        ("경남은행", "039"),
        ("부산은행", "032"),
    ],
)
def test_a_bank_is_known_by_what_people_write(written: str, code: str) -> None:
    bank = find_bank(written, BANKS)
    assert bank is not None
    assert bank.code == code


def test_every_bank_has_a_code_of_three_digits_of_its_own() -> None:
    codes = [bank.code for bank in BANKS]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 3 and code.isdecimal() for code in codes)


def test_no_name_means_two_banks() -> None:
    names = [compact(name) for bank in BANKS for name in {bank.code, bank.name, *bank.synonyms}]
    assert len(set(names)) == len(names)


def test_there_are_seventeen_regions_until_gwangju_and_jeonnam_become_one() -> None:
    def on(day: dt.date) -> set[str]:
        return {
            row["name"]
            for row in REGIONS["regions"]
            if row.get("from", dt.date.min) <= day <= row.get("until", dt.date.max)
        }

    before, after = on(dt.date(2026, 6, 30)), on(dt.date(2026, 7, 1))
    assert (len(before), len(after)) == (17, 16)
    assert before - after == {"광주광역시", "전라남도"}
    assert after - before == {"전남광주통합특별시"}


def test_the_capital_area_is_seoul_incheon_and_gyeonggi() -> None:
    names = {row["code"]: row["name"] for row in REGIONS["regions"]}
    assert {names[code] for code in REGIONS["capital"]} == {"서울특별시", "인천광역시", "경기도"}


def test_89_places_are_losing_people_and_each_lies_in_a_known_region() -> None:
    places = REGIONS["shrinking"]
    known = {row["code"] for row in REGIONS["regions"]}
    assert len(places) == len(set(places)) == 89
    assert {place[:2] for place in places} <= known
    assert {"28710", "28720", "41820", "41800"} <= set(places)
    assert "2021-66" in REGIONS["shrinking_source"]


def districts_on(day: dt.date) -> list[str]:
    return [
        entry
        for group in shipped("districts")["groups"]
        if group.get("from", dt.date.min) <= day <= group.get("until", dt.date.max)
        for entry in group["districts"]
    ]


@pytest.mark.parametrize("day", [dt.date(2026, 6, 30), dt.date(2026, 7, 1)])
def test_every_district_has_a_code_of_its_own_under_a_region_that_holds(day: dt.date) -> None:
    codes = [entry.partition(" ")[0] for entry in districts_on(day)]
    holding = {
        row["code"]
        for row in REGIONS["regions"]
        if row.get("from", dt.date.min) <= day <= row.get("until", dt.date.max)
    }
    assert len(set(codes)) == len(codes)
    assert {code[:2] for code in codes} == holding
    assert all(len(code) == 5 and code.isdecimal() for code in codes)


@pytest.mark.parametrize("day", [dt.date(2026, 6, 30), dt.date(2026, 7, 1)])
def test_all_89_places_are_found_among_the_districts_of_every_day(day: dt.date) -> None:
    formerly = shipped("districts")["formerly"]
    codes = {formerly.get(code, code) for code in (entry.partition(" ")[0] for entry in districts_on(day))}
    assert len(codes & set(REGIONS["shrinking"])) == 89
