"""What keeps money from an account, and what a release covers (rulebook section 3, account safety)."""

from __future__ import annotations

import pytest

from regional_desk.domain.accounts import (
    Cause,
    Sharer,
    findings,
    hold_text,
    is_own,
    needs_paper,
    uncovered,
)
from regional_desk.domain.people import Bank

KB = Bank("004", "국민은행", (), (11, 12, 14))
ANY = Bank("050", "저축은행")


@pytest.mark.parametrize(
    ("holder", "bank", "digits", "causes"),
    [
        ("홍길동", KB, 12, []),
        (None, KB, 12, []),
        ("홍 길동", KB, 12, []),
        ("홍길둥", KB, 12, [Cause.HOLDER]),
        ("홍길동", KB, 13, [Cause.LENGTH]),
        ("홍길동", KB, 11, []),
        ("홍길동", KB, 14, []),
        ("홍길동", KB, None, []),
        ("홍길동", ANY, 9, []),
        ("홍길동", None, 12, [Cause.BANK]),
        ("한어머", None, 12, [Cause.HOLDER, Cause.BANK]),
    ],
)
def test_each_cause_is_found_at_its_boundary(
    holder: str | None, bank: Bank | None, digits: int | None, causes: list[Cause]
) -> None:
    assert [one.cause for one in findings("홍길동", holder, bank, digits)] == causes


def test_everything_found_is_told_in_one_reason() -> None:
    found = findings("홍길동", "한어머", KB, 13, [Sharer("a", "김하나")], changed=True)
    assert hold_text(found) == (
        "계좌가 바뀜 · 김하나님과 같은 계좌 · 예금주가 본인이 아님(한어머) · 국민은행에서 쓰지 않는 자릿수(13자리)"
    )
    assert hold_text(()) is None


def test_decomposed_hangul_is_the_same_name() -> None:
    assert is_own("홍길동", "홍길동")


def test_only_another_holder_needs_a_paper() -> None:
    assert needs_paper(findings("홍길동", "한어머", KB, 12))
    assert not needs_paper(findings("홍길동", None, KB, 13, [Sharer("a", "김하나")], changed=True))


def test_a_release_covers_this_sharer_and_holder_and_no_other() -> None:
    seen = findings("홍길동", "한어머", KB, 12, [Sharer("a", "김하나")], changed=True)
    covered = {one.key for one in seen}
    assert uncovered(seen, covered) == ()
    later = findings("홍길동", "박아비", KB, 12, [Sharer("a", "김하나"), Sharer("b", "이둘")])
    assert [one.about for one in uncovered(later, covered)] == ["b", "박아비"]


def test_no_release_makes_up_for_a_bank() -> None:
    seen = findings("홍길동", None, None, 12)
    assert uncovered(seen, {one.key for one in seen}) == seen
