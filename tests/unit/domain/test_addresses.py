"""Addresses as a route reads and sorts them."""

from __future__ import annotations

import pytest

from regional_desk.domain.addresses import Address, read_address, route_key


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "경상남도 창원시 성산구 중앙대로 151 (신월동)",
            ("경남", "창원시 성산구", "신월동", "중앙대로 151"),
        ),
        ("경남 김해시 진영읍 본산로 12", ("경남", "김해시", "진영읍", "본산로 12")),
        ("서울특별시 종로구 청운동 1-2", ("서울", "종로구", "청운동", "1-2")),
        ("세종특별자치시 한누리대로 2130 (보람동, 시청)", ("세종", "", "보람동", "한누리대로 2130")),
        ("부산 기장군 정관읍 산단3로 5", ("부산", "기장군", "정관읍", "산단3로 5")),
        ("창원시 성산구", ("", "창원시 성산구", "", "")),
        ("전남광주통합특별시 북구 첨단과기로 1", ("전남광주", "북구", "", "첨단과기로 1")),
        ("본사 생산동", ("", "", "", "본사 생산동")),
        ("", ("", "", "", "")),
        (None, ("", "", "", "")),
    ],
)
def test_an_address_is_read_in_its_parts(text: str | None, meant: tuple[str, str, str, str]) -> None:
    assert read_address(text) == Address(*meant)


def test_the_area_is_the_district_with_its_region() -> None:
    assert read_address("경상남도 창원시 성산구 중앙대로 1").area == "경남 창원시 성산구"


def test_a_route_goes_by_district_town_and_house_number_and_what_has_no_address_comes_last() -> None:
    wanted = [
        "경남 김해시 진영읍 본산로 12",
        "경상남도 창원시 성산구 중앙대로 9 (신월동)",
        "경남 창원시 성산구 중앙대로 151 (신월동)",
        "경남 창원시 의창구 의안로 1 (용호동)",
        "",
    ]
    assert sorted(wanted, key=route_key) == wanted
