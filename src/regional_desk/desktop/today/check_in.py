"""오늘's lines about calls nobody has made yet, and about paper and records that differ."""

from __future__ import annotations

from collections.abc import Iterator

from regional_desk.desktop.today.line import Due
from regional_desk.services.attendance import call_lists, second_entry
from regional_desk.services.desk import Desk


def read_check_in(desk: Desk) -> Iterator[Due]:
    """A line for each call list with open lines, and for each course with open mismatches."""
    for one in call_lists.waiting(desk):
        yield Due(
            f"미확인 전화 {one.open}건 남음",
            f"{one.course} · {one.lines}건 가운데",
            "전화표 →",
            "call_list",
            {"course": one.course_id, "call_list": one.id},
        )
    for course, name, open_ones in second_entry.courses_with_mismatches(desk):
        yield Due(f"서명부와 다른 기록 {open_ones}칸", name, "정하기 →", "second_entry", {"course": course})
