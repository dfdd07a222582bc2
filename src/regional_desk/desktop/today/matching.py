"""What is due in matching: rounds to make ready or to publish, and completed people in none. It names nobody."""

from __future__ import annotations

from collections.abc import Iterator

from regional_desk.desktop.today.line import Due
from regional_desk.services.desk import Desk
from regional_desk.services.matching.due import OpenRound, survey_due


def read_matching(desk: Desk) -> Iterator[Due]:
    """A line for each open round, and one for those who wait for a round."""
    found = survey_due(desk)
    yield from (_round(one) for one in found.rounds)
    if found.waiting:
        yield Due(
            f"수료 뒤 연계 전 {found.waiting}명",
            "진행 중인 연계 차수에 없고 배정된 곳도 없습니다",
            "연계 →",
            "matching",
            {},
            "muted",
        )


def _round(one: OpenRound) -> Due:
    where = {"round": one.round}
    if one.placed is not None:
        left = one.people - one.placed
        detail = f"배정 {one.placed}명" + (f" · 미배정 {left}명" if left else "")
        return Due(f"{one.name} 결과 공개 전", detail, "공개 →", "matching", where)
    missing = (
        ("교육생을 넣지 않음", not one.people),
        ("직무를 넣지 않음", not one.positions),
        (f"희망순위 없는 사람 {one.without_wishes}명", one.people and one.without_wishes),
        (f"면접 결과 없는 희망 {one.without_interviews}건", one.without_interviews),
    )
    words = " · ".join(word for word, counts in missing if counts)
    if words:
        return Due(f"{one.name} 준비 중", words, "채우기 →", "matching", where, "muted")
    return Due(f"{one.name} 배정 전", "희망순위와 면접 결과가 모두 들어왔습니다", "배정 →", "matching", where)
