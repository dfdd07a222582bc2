"""The line under the grid: whom it shows, what the cursor's trainee has to lose, how the cursor's day stands."""

from __future__ import annotations

from regional_desk.desktop.attendance.cell_looks import stake_text
from regional_desk.desktop.attendance.grid_model import GridModel
from regional_desk.desktop.attendance.grid_view import Place
from regional_desk.domain.text import weekday


def people_text(model: GridModel, place: Place | None) -> str:
    """`86명 · 홍길동: 앞으로 3일 · 지각 2회 더면 결석 1일 · 걸린 금액 400,000원`."""
    shown, everyone = len(model.rows), len(model.everyone)
    said = f"{shown}명" if shown == everyone else f"{everyone}명 가운데 {shown}명"
    if model.closed:
        said = f"{said} · 확정되어 잠긴 사람 {model.closed}명"
    if place is None or place.row >= shown:
        return said
    row = model.rows[place.row]
    return f"{said} · {model.masking.show_name(row.name)}: {stake_text(row)}"


def day_text(model: GridModel, place: Place | None, selected: int) -> str:
    """`선택 3칸 · 8/25(화) 출석 80 · 결석 2`."""
    if place is None or place.day >= len(model.days):
        return ""
    day = model.days[place.day].day
    counts = " · ".join(f"{word} {number}" for word, number in model.day_counts(place.day).items())
    return f"선택 {selected}칸 · {day.month}/{day.day}({weekday(day)}) {counts}"
