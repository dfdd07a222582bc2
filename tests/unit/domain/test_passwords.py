"""What a password must be."""

from __future__ import annotations

import pytest

from regional_desk.domain.passwords import check_password
from regional_desk.domain.refused import Refused


@pytest.mark.parametrize(
    "password", ["correct-horse", "practice-office", "가나다라마바사아", "user01-2026", "pass word"]
)
def test_an_ordinary_password_is_taken(password: str) -> None:
    check_password(password, "user01")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("seven77", "8자"),
        ("x" * 129, "128자"),
        ("Longuser", "사용자 이름"),
        ("aaaaaaaaaa", "되풀이"),
        ("abcabcabc", "되풀이"),
        ("23456789", "이어진"),
        ("98765432", "이어진"),
        ("QWERTYUIOP", "이어진"),
    ],
)
def test_an_easy_password_is_refused_with_the_reason(password: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        check_password(password, "longuser")
