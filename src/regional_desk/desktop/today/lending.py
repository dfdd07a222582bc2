"""오늘's lines about classes that are lent: overdue ones first of all, the others so that nobody wonders."""

from __future__ import annotations

from collections.abc import Iterator

from regional_desk.desktop.today.line import Due
from regional_desk.domain.text import korean_date, korean_span
from regional_desk.services.attendance import leases
from regional_desk.services.desk import Desk


def read_lending(desk: Desk) -> Iterator[Due]:
    """A line for each class that is out."""
    today = desk.clock.today()
    for row in leases.list_leases(desk):
        if row.end_kind is not None:
            continue
        overdue = leases.is_late(row, today)
        yield Due(
            f"반납 기한 지남 · {row.holder}" if overdue else f"반 대출 중 · {row.holder}",
            f"{row.course_name} · {korean_span(row.start, row.end)} · {korean_date(row.due)}까지",
            "받기·회수 →" if overdue else "보기 →",
            "lending",
            {},
            "bad" if overdue else "muted",
        )
