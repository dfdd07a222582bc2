"""Korean addresses as a route needs them: 시군구, 읍면동 and the rest, read from how people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from regional_desk.domain.text import clean

_IN_BRACKETS = re.compile(r"\(([^)]*)\)")
_TOWN = re.compile(r"[가-힣0-9·.]+(읍|면|동|리|가)")
_NUMBER = re.compile(r"(\d+)")
_REGIONS = {
    name: short
    for short, names in {
        "서울": "서울특별시 서울시",
        "부산": "부산광역시 부산시",
        "대구": "대구광역시 대구시",
        "인천": "인천광역시 인천시",
        "광주": "광주광역시",
        "대전": "대전광역시 대전시",
        "울산": "울산광역시 울산시",
        "세종": "세종특별자치시 세종시",
        "경기": "경기도",
        "강원": "강원특별자치도 강원도",
        "충북": "충청북도",
        "충남": "충청남도",
        "전북": "전북특별자치도 전라북도",
        "전남": "전라남도",
        "전남광주": "전남광주통합특별시",
        "경북": "경상북도",
        "경남": "경상남도",
        "제주": "제주특별자치도 제주도",
    }.items()
    for name in (short, *names.split())
}


@dataclass(frozen=True, slots=True)
class Address:
    """What an address says; each part empty where it does not. `region` is short: 경남."""

    region: str
    district: str
    town: str
    rest: str

    @property
    def area(self) -> str:
        """The 시군구 with the 시도, for a heading."""
        return " ".join(part for part in (self.region, self.district) if part)


def read_address(text: str | None) -> Address:
    """An address in its parts: `경상남도 창원시 성산구 중앙대로 151 (신월동)` → 경남, 창원시 성산구, 신월동, 중앙대로 151.

    A city and its general district are one 시군구. The 읍면동 stands after it, or in brackets behind a street's name.
    """
    whole = clean(text or "")
    words = _IN_BRACKETS.sub(" ", whole).split()
    region = _REGIONS.get(words[0], "") if words else ""
    if region:
        words = words[1:]
    district: list[str] = []
    if words and words[0].endswith(("시", "군", "구")):
        district.append(words.pop(0))
        if words and district[0].endswith("시") and words[0].endswith(("구", "군")):
            district.append(words.pop(0))
    town = ""
    if words and _TOWN.fullmatch(words[0]):
        town = words.pop(0)
    if not town:
        inside = [part.strip() for one in _IN_BRACKETS.findall(whole) for part in one.split(",")]
        town = next((part for part in inside if _TOWN.fullmatch(part)), "")
    return Address(region, " ".join(district), town, " ".join(words))


def route_key(text: str | None) -> tuple[object, ...]:
    """The order of a 방문 순회표: 시군구, 읍면동, address; numbers by their value, and what has no address last."""
    address = read_address(text)
    parts = tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in _NUMBER.split(address.rest)
        if part
    )
    return (not clean(text or ""), address.region, address.district, address.town, parts)
