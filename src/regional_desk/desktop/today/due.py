"""What is due today, read from the services; each line knows the page that gets it done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from regional_desk.desktop.today.check_in import read_check_in
from regional_desk.desktop.today.checks import read_checks
from regional_desk.desktop.today.claims import read_claims
from regional_desk.desktop.today.companies import read_companies
from regional_desk.desktop.today.day_heat import DayHeat
from regional_desk.desktop.today.internship_training import read_internship_training
from regional_desk.desktop.today.internships import read_internships
from regional_desk.desktop.today.lending import read_lending
from regional_desk.desktop.today.line import Due
from regional_desk.desktop.today.matching import read_matching
from regional_desk.desktop.today.outcomes import read_outcomes
from regional_desk.desktop.today.pay import read_pay
from regional_desk.desktop.today.runs import read_runs
from regional_desk.desktop.today.settling import read_settling
from regional_desk.desktop.today.training import read_training
from regional_desk.desktop.today.visits import read_visits
from regional_desk.domain.attendance import EMPTY, Evidence, Risk, Status
from regional_desk.domain.calendar import month_span
from regional_desk.domain.loss import LossState
from regional_desk.domain.rights import Right
from regional_desk.domain.rounding import half_up
from regional_desk.domain.text import korean_date
from regional_desk.services import policies
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import Grid
from regional_desk.services.attendance.locks import locks_now
from regional_desk.services.desk import Desk
from regional_desk.services.internships import due as internships
from regional_desk.services.papers import open_points, submission
from regional_desk.services.pay import accounts
from regional_desk.services.safety import backups, loss
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail

_URGENCY = ("bad", "warn", "muted")
_DAY = dt.timedelta(days=1)
_SOON = dt.timedelta(days=7)
_OLD_BACKUP = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Running:
    """A unit period under way: mean attendance in percent so far (None before the first record), days left."""

    course: UUID
    name: str
    unit_no: int
    end: dt.date
    days_left: int
    rate: Decimal | None
    people: int
    at_risk: int
    days: tuple[DayHeat, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """What is due, the most urgent first, and the unit periods under way."""

    due: tuple[Due, ...]
    running: tuple[Running, ...]


def month_of(day: dt.date) -> str:
    """The month of a day: `2026-08`."""
    return f"{day:%Y-%m}"


def month_before(day: dt.date) -> str:
    """The month before that of a day."""
    return month_of(day.replace(day=1) - _DAY)


def read_today(desk: Desk) -> Today:
    """Everything that is due or under way; what the signed-in person may not see is left out."""
    grids = _grids(desk) if desk.may(Right.SEE_PEOPLE) else ()
    found = [*_unset(desk, grids), *_risky(grids), *_dismissals(grids), *_evidence(grids)]
    if desk.may(Right.SEE_PEOPLE):
        found += [
            *read_checks(desk, grids),
            *read_check_in(desk),
            *_held(desk),
            *read_pay(desk),
            *read_settling(desk),
            *read_training(desk),
            *read_companies(desk),
            *read_matching(desk),
            *read_internship_training(desk),
            *read_visits(desk),
            *read_internships(desk),
            *read_claims(desk),
            *read_outcomes(desk),
        ]
    found += read_lending(desk)
    found += [
        *read_runs(desk),
        *_open_runs(desk),
        *_submissions(desk),
        *_policies(desk),
        *_backup(desk),
        *_losses(desk),
    ]
    return Today(tuple(sorted(found, key=lambda one: _URGENCY.index(one.tone))), tuple(_running(desk, grids)))


def last_backup(desk: Desk) -> dt.datetime | None:
    """When the newest backup of the office's own place was made."""
    made = backups.list_backups(desk)
    return made[-1].made_at if made else None


def _grids(desk: Desk) -> tuple[Grid, ...]:
    """The unit periods begun by today and not ended before last month."""
    today = desk.clock.today()
    since, _ = month_span(month_before(today))
    found = []
    for row in reversed(courses.list_courses(desk)):
        if row.start <= today and row.end >= since:
            units = [
                unit
                for unit in courses.outline(desk, row.id).units
                if unit.start <= today and unit.end >= since
            ]
            found += [attendance.survey(desk, row.id, unit.no) for unit in units]
    return tuple(grid for grid in found if grid.course.members)


def _place(grid: Grid) -> dict[str, Any]:
    return {"course": grid.course.course.id, "unit": grid.unit.no if grid.unit else None}


def _running(desk: Desk, grids: tuple[Grid, ...]) -> Iterator[Running]:
    today = desk.clock.today()
    for grid in grids:
        unit = grid.unit
        if unit is None or not unit.start <= today <= unit.end:
            continue
        rates = [row.summary.rate_so_far for row in grid.rows if row.summary.rate_so_far is not None]
        yield Running(
            grid.course.course.id,
            grid.course.course.name,
            unit.no,
            unit.end,
            sum(column.training and column.coming for column in grid.days),
            half_up(sum(int(rate * 10) for rate in rates), len(rates) * 10, 1) if rates else None,
            len(grid.rows),
            sum(row.summary.risk in (Risk.DANGER, Risk.IMPOSSIBLE) for row in grid.rows),
            tuple(_heat(grid, at) for at, column in enumerate(grid.days) if column.training),
        )


def _heat(grid: Grid, at: int) -> DayHeat:
    column = grid.days[at]
    found = [cell.status for row in grid.rows if (cell := row.cells[at]) is not None]
    absent, unset = found.count(Status.ABSENT), found.count(Status.UNRECORDED)
    return DayHeat(column.day, len(found), absent, 0 if column.coming else unset, column.coming)


def _unset(desk: Desk, grids: tuple[Grid, ...]) -> Iterator[Due]:
    today = desk.clock.today()
    for grid in grids:
        locks = locks_now(desk, grid.course.course.id)
        found = [
            (column.day, row.trainee)
            for row in grid.rows
            if not row.closed
            for column, cell in zip(grid.days, row.cells, strict=True)
            if cell == EMPTY and column.day <= today and locks.why(row.trainee, column.day) is None
        ]
        if found:
            first, trainee = min(found)
            last = max(day for day, _ in found)
            days = f"{first.month}/{first.day}" + (f" – {last.month}/{last.day}" if last != first else "")
            where = {**_place(grid), "trainee": trainee, "day": first}
            yield Due(
                f"출석 미입력 {len(found)}칸",
                f"{grid.course.course.name} · {days}",
                "지금 입력 →",
                "attendance",
                where,
            )


def _risky(grids: tuple[Grid, ...]) -> Iterator[Due]:
    """Those for whom one more absence loses the unit; a unit that ended has nothing left to save."""
    for grid in grids:
        running = any(column.coming and column.training for column in grid.days)
        found = [row for row in grid.rows if row.summary.risk is Risk.DANGER and not row.closed]
        if found and running:
            lost = sum(row.summary.risk is Risk.IMPOSSIBLE for row in grid.rows)
            already = f" · 이미 80% 불가 {lost}명" if lost else ""
            yield Due(
                f"▲ 80% 위험 교육생 {len(found)}명",
                f"{grid.course.course.name} · 하루 더 결석하면 수당·수료 불가{already}",
                "보기 →",
                "attendance",
                {**_place(grid), "trainee": found[0].trainee},
                "bad",
            )


def _dismissals(grids: tuple[Grid, ...]) -> Iterator[Due]:
    for grid in grids:
        found = [row for row in grid.rows if row.dismissal and not row.closed]
        if found:
            yield Due(
                f"■ 제적 사유에 닿은 교육생 {len(found)}명",
                f"{grid.course.course.name} · {found[0].dismissal[0]}",
                "보기 →",
                "attendance",
                {**_place(grid), "trainee": found[0].trainee},
                "bad",
            )


def _evidence(grids: tuple[Grid, ...]) -> Iterator[Due]:
    for grid in grids:
        found = [
            (row.trainee, column.day)
            for row in grid.rows
            if not row.closed
            for column, cell in zip(grid.days, row.cells, strict=True)
            if cell and cell.status is Status.EXCUSED and cell.evidence is Evidence.MISSING
        ]
        if found:
            trainee, day = found[0]
            yield Due(
                f"출석인정 증빙 미제출 {len(found)}건",
                grid.course.course.name,
                "확인 →",
                "attendance",
                {**_place(grid), "trainee": trainee, "day": day},
            )


def _held(desk: Desk) -> Iterator[Due]:
    reasons = accounts.held_reasons(desk)
    if reasons:
        yield Due(
            f"계좌 보류 {len(reasons)}건",
            " · ".join(list(dict.fromkeys(reasons))[:2]),
            "둘째 확인 →",
            "accounts",
            {},
        )


def _open_runs(desk: Desk) -> Iterator[Due]:
    """One line for each unit whose run is not confirmed; a unit still running comes a week before its end."""
    today = desk.clock.today()
    points = [
        point
        for month in (month_before(today), month_of(today))
        for point in open_points.survey_units(desk, month)
    ]
    details: dict[UUID, CourseDetail] = {}
    for course, unit_no in dict.fromkeys((point.course, point.unit_no) for point in points):
        if course is None or unit_no is None:
            continue
        detail = details.setdefault(course, courses.outline(desk, course))
        unit = courses.unit_of(detail, unit_no)
        if unit.end - today > _SOON:
            continue
        mine = [point for point in points if (point.course, point.unit_no) == (course, unit_no)]
        blocking = len(mine) - 1
        left = (unit.end - today).days
        when = f"종료까지 {left}일" if left > 0 else f"{korean_date(unit.end)} 종료"
        yield Due(
            f"훈련수당 마감 전 · {unit_no}단위기간",
            f"{detail.course.name} · {when}" + (f" · 막는 항목 {blocking}개" if blocking else ""),
            "열기 →",
            "allowance",
            {"course": course, "unit": unit_no},
            "muted" if left > 0 else "warn",
        )


def _submissions(desk: Desk) -> Iterator[Due]:
    """The month before must have been submitted, finally, where it had courses or interns."""
    month = month_before(desk.clock.today())
    start, end = month_span(month)
    trained = any(row.start <= end and row.end >= start for row in courses.list_courses(desk))
    if not trained and not internships.any_between(desk, start, end):
        return
    built = [row for row in submission.list_submissions(desk) if row.month == month]
    if built and built[-1].status == "final":
        return
    title = f"{int(month[5:])}월 제출 파일 " + ("미확정" if built else "없음")
    detail = built[-1].file_name if built else "월 마감으로 문서와 함께 만듭니다"
    yield Due(title, detail, "월 마감 →", "reports", {"month": month})


def _policies(desk: Desk) -> Iterator[Due]:
    used = {row.scheme for row in courses.list_courses(desk)} or {policies.DEFAULT_SCHEME}
    for policy in policies.list_policies(desk):
        if policy.adoption is None and policy.scheme.key in used:
            yield Due(
                "수당 기준 미승인",
                f"{policy.scheme.name} · 승인해야 훈련수당을 확정할 수 있습니다",
                "승인 →",
                "admin",
                {"tab": "policies", "policy": policy.key},
            )


def _backup(desk: Desk) -> Iterator[Due]:
    made = last_backup(desk)
    where = {"tab": "backups"}
    for sentence in backups.state(desk).waiting:
        what, _, rest = sentence.partition(". ")
        yield Due(what.removesuffix("."), rest, "백업 →", "admin", where)
    if made is None:
        yield Due("백업이 하나도 없습니다", "PC가 고장 나면 자료를 잃습니다", "백업 →", "admin", where, "bad")
        return
    age = desk.clock.now() - made
    if age > _OLD_BACKUP:
        yield Due(f"마지막 백업이 {age.days}일 전", f"{made:%Y-%m-%d %H:%M}", "백업 →", "admin", where)


def _losses(desk: Desk) -> Iterator[Due]:
    """A loss that nobody has told of yet, with the hours left to do so."""
    for one in loss.list_losses(desk) if desk.may(Right.REPORT_LOSS) else ():
        if one.state is LossState.OPEN:
            title = f"분실 신고 제{one.row.number}호 · {one.clock}"
            detail = f"{one.kind.label} · {one.row.description}"
            yield Due(title, detail, "열기 →", "admin", {"tab": "privacy"}, "bad")
