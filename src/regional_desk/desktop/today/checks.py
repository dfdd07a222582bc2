"""What is due before 확정: questions nobody answered, and 출석인정 that stand over a cap that shrank. It names nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from regional_desk.desktop.today.line import Due
from regional_desk.services.attendance import excused_days
from regional_desk.services.attendance.attendance import Grid
from regional_desk.services.desk import Desk
from regional_desk.services.pay import benefits


def read_checks(desk: Desk, grids: Iterable[Grid]) -> Iterator[Due]:
    """A line for each course with questions 미확인, and for each unit with days over their caps."""
    for course, name, people in benefits.waiting(desk):
        yield Due(
            f"지급 제외 미확인 {people}명",
            f"{name} · 미확인이 남은 사람은 확정되지 않습니다",
            "확인 →",
            "benefits",
            {"course": course},
        )
    for grid in grids:
        shown = {column.day for column in grid.days}
        over = [one for one in excused_days.flags(desk, grid.course) if one.day in shown]
        if over:
            yield Due(
                f"한도를 넘은 출석인정 {len(over)}일",
                f"{grid.course.course.name} · 훈련일이 줄어 한도가 낮아졌습니다. 기록은 그대로입니다",
                "보기 →",
                "attendance",
                {
                    "course": grid.course.course.id,
                    "unit": grid.unit.no if grid.unit else None,
                    "trainee": over[0].trainee,
                    "day": over[0].day,
                },
            )
