"""What is due with the internships: agreements, first days, ends and missing journals. It names nobody."""

from __future__ import annotations

from collections.abc import Iterator

from regional_desk.desktop.today.line import Due
from regional_desk.domain.due import is_overdue
from regional_desk.domain.internships import InternState
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.services.desk import Desk
from regional_desk.services.internships import journals
from regional_desk.services.internships.due import Need, survey_waiting
from regional_desk.services.internships.reading import InternshipRow

_PAGE = "internships"


def read_internships(desk: Desk) -> Iterator[Due]:
    """A line for each thing that waits, for whoever may do it."""
    if not desk.may(Right.EDIT_INTERNSHIPS):
        return
    waiting = survey_waiting(desk)
    if waiting.placements:
        title = f"협약을 준비할 배정 {waiting.placements}명"
        yield Due(title, "연계 결과를 공개하고 협약을 만들지 않은 사람입니다", "준비 →", _PAGE, {})
    for need, rows in waiting.internships.items():
        if rows:
            yield _line(desk, need, rows)
    yield from _journals(desk)


def _line(desk: Desk, need: Need, rows: tuple[InternshipRow, ...]) -> Due:
    first, count = rows[0], len(rows)
    where = {"internship": first.id, "tab": "agreements"}
    if need is Need.SIGNATURE:
        late = sum(is_overdue(row.start, desk.clock.today()) for row in rows)
        detail = f"가장 이른 시작일 {korean_date(first.start)}"
        told = f"{detail} · 시작일이 지난 것 {late}건" if late else detail
        where = where if count == 1 else {"state": InternState.PREPARING.value}
        return Due(f"서명본을 받을 협약 {count}건", told, "받기 →", _PAGE, where, "bad" if late else "warn")
    if need is Need.AMENDMENT:
        return Due(
            f"서명본을 받을 변경협약 {count}건",
            "서명하기 전에는 바뀐 조건으로 셈하지 않습니다",
            "받기 →",
            _PAGE,
            where,
        )
    if need is Need.START:
        detail = f"협약한 첫날 {korean_date(first.start)}부터입니다"
        return Due(f"시작을 적을 인턴십 {count}건", detail, "시작 →", _PAGE, where)
    detail = f"협약이 {korean_date(first.end)}에 끝났습니다 · 수료로 끝내거나 변경협약을 적습니다"
    return Due(f"끝을 적을 인턴십 {count}건", detail, "적기 →", _PAGE, where, "bad")


def _journals(desk: Desk) -> Iterator[Due]:
    found = [one for one in journals.survey_open(desk) if one.missing]
    if found:
        weeks = sum(len(one.missing) for one in found)
        yield Due(
            f"인턴일지 미제출 {weeks}건",
            f"인턴 {len(found)}명 · 받을 날이 지난 주차입니다",
            "받기 →",
            _PAGE,
            {"internship": found[0].basis.id, "tab": "journals"},
        )
