"""The rulebook's sections 2 and 3 computed a second time, day by day and minute by minute, from the text alone.

Nothing of the program is imported here and nothing is clever: exact fractions, one loop a sentence. Where the two
disagree, one of them reads the rulebook wrongly. Everything comes in and goes out as plain values: dates, words, numbers.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

PRESENT, ABSENT, EXCUSED = "출석", "결석", "출석인정"
DAY = dt.timedelta(days=1)
MARK_KINDS = ("지각", "조퇴", "외출")


@dataclass
class Record:
    """One day's record; times in minutes of the day, `outs` and `excused` as (first, last) with the last not inside."""

    status: str
    marks: tuple[str, ...] = ()
    time_in: int | None = None
    time_out: int | None = None
    outs: list[tuple[int, int]] = field(default_factory=list)
    excused: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Course:
    """A course: its training days with their scheduled minutes, its periods, and the last day held where it was closed."""

    start: dt.date
    end: dt.date
    days: dict[dt.date, int]
    periods: list[tuple[int, int]]
    closed_on: dt.date | None = None


@dataclass
class Trainee:
    """A membership with its records, spans (kind, first, last) and the days of deductions by kind."""

    joined: dt.date
    left: dt.date | None
    records: dict[dt.date, Record]
    spans: list[tuple[str, dt.date, dt.date | None]]
    deductions: dict[str, int] = field(default_factory=dict)


def units(course: Course) -> list[tuple[dt.date, dt.date]]:
    """단위기간, each ending the day before the n-th monthly return of the first day, the last one with the course."""
    found: list[tuple[dt.date, dt.date]] = []
    start = course.start
    for number in range(1, 100):
        index = course.start.month - 1 + number
        year, month = course.start.year + index // 12, index % 12 + 1
        longest = calendar.monthrange(year, month)[1]
        if course.start.day <= longest:
            end = dt.date(year, month, course.start.day) - DAY
        else:
            end = dt.date(year, month, longest)
        found.append((start, min(end, course.end)))
        if end >= course.end:
            return found
        start = end + DAY
    raise AssertionError("a course of a hundred months")


def rounded(value: Fraction, places: int = 0) -> Fraction:
    """Half up."""
    scaled = value * 10**places
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole, 10**places)


def percent(part: int, whole: int) -> Fraction:
    """A rate in percent with one decimal, 0 where there is nothing to divide by."""
    return rounded(Fraction(100 * part, whole), 1) if whole else Fraction(0)


def in_minutes(course: Course) -> bool:
    """Fewer than 10 training days or 40 scheduled hours."""
    return len(course.days) < 10 or sum(course.days.values()) < 2400


def timetable(course: Course, day: dt.date) -> list[int]:
    """Every scheduled minute of a day: the course's first periods as far as its length goes, never less than one."""
    minutes: list[int] = []
    for number, (first, last) in enumerate(course.periods):
        if number and len(minutes) + last - first > course.days[day]:
            break
        minutes += range(first, last)
    return minutes


def is_in(minute: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= minute < last for first, last in spans)


def minutes_there(course: Course, day: dt.date, record: Record) -> int:
    """Attended minutes of a recorded day: 출석 without marks and 출석인정 are the whole day, 결석 nothing of it."""
    if record.status == ABSENT:
        return 0
    if record.status == EXCUSED or not record.marks:
        return course.days[day]
    there = 0
    for minute in timetable(course, day):
        came = record.time_in is None or minute >= record.time_in
        stayed = record.time_out is None or minute < record.time_out
        if is_in(minute, record.excused) or (came and stayed and not is_in(minute, record.outs)):
            there += 1
    return there


def proposal(course: Course, day: dt.date, record: Record, grace: int) -> tuple[str, set[str], int] | None:
    """What 입실 and 퇴실 say: status, marks and minutes; None without both."""
    if record.time_in is None or record.time_out is None:
        return None
    minutes = timetable(course, day)
    there = late = early = out = 0
    for minute in minutes:
        if is_in(minute, record.excused):
            there += 1
        elif minute < record.time_in:
            late += 1
        elif minute >= record.time_out:
            early += 1
        elif is_in(minute, record.outs):
            out += 1
        else:
            there += 1
    if there < Fraction(len(minutes), 2):
        return ABSENT, set(), there
    marks = {
        word
        for word, missed, free in zip(MARK_KINDS, (late, early, out), (grace, grace, 0), strict=True)
        if missed > free
    }
    return PRESENT, marks, there


@dataclass
class Figures:
    """What one trainee's unit comes to."""

    days: int
    present: int
    excused: int
    absent: int
    converted: int
    attended: int
    absences: int
    unrecorded: int
    rate: Fraction
    so_far: Fraction | None
    best: Fraction
    left: int
    paid_days: int
    eligible: bool
    amount: int
    dropped: int


class Reckoning:
    """One trainee in one unit of a course, under a policy table as its file has it."""

    def __init__(
        self, course: Course, unit: int, trainee: Trainee, policy: dict[str, Any], region: str, method: str
    ) -> None:
        self.course, self.trainee, self.policy = course, trainee, policy
        self.region, self.method = region, method
        self.last_unit = unit == len(units(course))
        self.start, self.end = units(course)[unit - 1]
        self.unit_days = [day for day in sorted(course.days) if self.start <= day <= self.end]
        self.own = [day for day in self.unit_days if self._member(day)]
        after = [day for day in self.unit_days if trainee.left is not None and day > trainee.left]
        self.gone = after if trainee.left is not None and policy["leaver_days"] == "unit" else []
        self.by_minutes = in_minutes(course)

    def _member(self, day: dt.date) -> bool:
        return self.trainee.joined <= day and (self.trainee.left is None or day <= self.trainee.left)

    def _records(self, *, best: bool) -> dict[dt.date, Record]:
        """The own days' records; at best 미입력 and coming days are 출석."""
        found = {day: self.trainee.records[day] for day in self.own if day in self.trainee.records}
        if best:
            found = {day: found.get(day, Record(PRESENT)) for day in self.own}
        return found

    def figures(self, *, best: bool = False) -> Figures:
        """Everything; with `best` the amount is the one at stake."""
        records = self._records(best=best)
        present = [day for day, one in records.items() if one.status == PRESENT]
        excused = [day for day, one in records.items() if one.status == EXCUSED]
        absent = [day for day, one in records.items() if one.status == ABSENT]
        marks = sum(len(records[day].marks) for day in present)
        converted = 0 if self.by_minutes else marks // 3
        attended = max(0, len(present) + len(excused) - converted)
        days = len(self.own) + len(self.gone)
        unrecorded = len(self.own) - len(records)
        rate, so_far, best_rate, left = self._rates(records, attended, unrecorded, days)
        unpaid = self._unpaid()
        there = sorted([*present, *excused])
        payable = max(0, attended - len([day for day in there if day in unpaid]))
        dormitory = min(payable, self._taken("dormitory"))
        paid_days = payable - dormitory
        minimum = Fraction(self.policy["min_rate"])
        reached = days > 0 and (rate >= minimum or (self._closed() and bool(self.policy.get("closure_pays"))))
        eligible = reached and not self._elsewhere()
        won = Fraction(0)
        if eligible:
            won = self._won(records, there, unpaid, paid_days, dormitory)
        raw = won.numerator // won.denominator
        unit = self.policy["rounding_unit"]
        amount = raw // unit * unit
        return Figures(
            days, len(present), len(excused), len(absent), converted, attended, len(absent) + converted, unrecorded,
            rate, so_far, best_rate, left, paid_days, eligible, amount, raw - amount,
        )  # fmt: skip

    def _rates(
        self, records: dict[dt.date, Record], attended: int, unrecorded: int, days: int
    ) -> tuple[Fraction, Fraction | None, Fraction, int]:
        if not self.by_minutes:
            whole, done, step = days, attended, 1
            recorded, possible = len(records), attended + unrecorded
        else:
            length = self.course.days
            whole = sum(length[day] for day in [*self.own, *self.gone])
            done = sum(minutes_there(self.course, day, one) for day, one in records.items())
            recorded = sum(length[day] for day in records)
            possible = done + sum(length[day] for day in self.own) - recorded
            step = max(1, whole // days) if days else 1
        left = -1
        if whole:
            while possible - (left + 1) * step >= 0 and percent(
                possible - (left + 1) * step, whole
            ) >= Fraction(self.policy["min_rate"]):
                left += 1
        so_far = percent(done, recorded) if recorded else None
        return percent(done, whole), so_far, percent(possible, whole), left

    def _unpaid(self) -> set[dt.date]:
        """Own days inside a span that is not paid."""
        found = set()
        for day in self.own:
            for kind, first, last in self.trainee.spans:
                inside = first <= day and (last is None or day <= last)
                if kind == "employment" and day >= first:
                    found.add(day)
                if (
                    kind
                    in ("unemployment_benefit", "closure_benefit", "job_search_allowance", "subsidised_job")
                    and inside
                ):
                    found.add(day)
                if (
                    kind == "daily_work"
                    and inside
                    and self._worked_in_month(day) >= self.policy["daily_work_days"]
                ):
                    found.add(day)
        return found

    def _worked_in_month(self, day: dt.date) -> int:
        dates = [
            dt.date(day.year, day.month, 1) + DAY * plus
            for plus in range(calendar.monthrange(day.year, day.month)[1])
        ]
        return sum(
            any(
                kind == "daily_work" and first <= date and (last is None or date <= last)
                for kind, first, last in self.trainee.spans
            )
            for date in dates
        )

    def _elsewhere(self) -> bool:
        """Another training at the same time."""
        return any(
            kind == "other_training" and first <= self.end and (last is None or last >= self.start)
            for kind, first, last in self.trainee.spans
        )

    def _closed(self) -> bool:
        """폐강 inside the unit, before its end, while the trainee was still there."""
        closed = self.course.closed_on
        return (
            closed is not None
            and self.start <= closed < self.end
            and (self.trainee.left is None or self.trainee.left >= closed)
        )

    def _on(self, kind: str) -> dict[str, Any] | None:
        found = [one for one in self.policy.get("deductions", []) if one["kind"] == kind and one["on"]]
        return found[0] if found else None

    def _taken(self, kind: str) -> int:
        return self.trainee.deductions.get(kind, 0) if self._on(kind) else 0

    def _components(self) -> list[dict[str, Any]]:
        hours = Fraction(sum(self.course.days.values()), 60)
        return [
            part
            for part in self.policy["components"]
            if part.get("region") in (None, self.region) and hours >= part.get("min_course_hours", 0)
        ]

    def _won(
        self,
        records: dict[dt.date, Record],
        there: list[dt.date],
        unpaid: set[dt.date],
        paid_days: int,
        dormitory: int,
    ) -> Fraction:
        length = self.course.days
        longest = max(length[day] for day in self.own)
        parts = self._components()
        caps = [
            part["cap_below"] if longest < part.get("min_day_minutes", 0) else part["monthly_cap"]
            for part in [{"cap_below": 0, "rate_below": 0, **part} for part in parts]
        ]
        if self.method == "daily":
            won = Fraction(sum(self._daily(part, there, unpaid, paid_days) for part in parts))
        elif self.method == "prorata" and self.by_minutes:
            paid = sum(minutes_there(self.course, day, records[day]) for day in records)
            paid -= sum(minutes_there(self.course, day, records[day]) for day in there if day in unpaid)
            paid = max(0, paid - dormitory * longest)
            won = Fraction(sum(caps) * paid, sum(length[day] for day in self.unit_days))
        elif self.method == "prorata":
            won = Fraction(sum(caps) * paid_days, len(self.unit_days))
        elif unpaid:
            won = Fraction(0)
        else:
            won = Fraction(sum(caps) * max(0, len(self.own) - dormitory), len(self.unit_days))
        won = Fraction(won.numerator // won.denominator)
        if self._taken("survey") and self.last_unit:
            return Fraction(0)
        meals = self._on("meals")
        if meals:
            won = max(Fraction(0), won - min(meals["daily"] * self._taken("meals"), meals["most"]))
        return won

    def _daily(self, part: dict[str, Any], there: list[dt.date], unpaid: set[dt.date], paid_days: int) -> int:
        """Won of a component: each paid day at the rate of its length; what is not paid takes long days first."""
        line = max(one.get("min_day_minutes", 0) for one in self.policy["components"])
        short_days = [day for day in there if day not in unpaid and self.course.days[day] < line]
        short = min(len(short_days), paid_days)
        long = paid_days - short
        rate, below = part["daily_rate"], part.get("rate_below", 0)
        if not part.get("min_day_minutes"):
            return int(min(rate * paid_days, part["monthly_cap"]))
        if all(self.course.days[day] < line for day in self.own):
            return int(min(below * paid_days, part.get("cap_below", 0)))
        return int(min(rate * long + min(below * short, part.get("cap_below", 0)), part["monthly_cap"]))


def course_left(course: Course, trainee: Trainee) -> int:
    """Days that may still be missed for 수료: four fifths of the whole course, exactly; −1 where it is lost."""
    own = [
        day for day in course.days if trainee.joined <= day and (trainee.left is None or day <= trainee.left)
    ]
    records = {day: trainee.records[day] for day in own if day in trainee.records}
    if in_minutes(course):
        whole = sum(course.days.values())
        best = sum(
            minutes_there(course, day, records[day]) if day in records else course.days[day] for day in own
        )
        step = max(1, whole // len(course.days))
    else:
        whole, step = len(course.days), 1
        best = sum(records[day].status != ABSENT if day in records else 1 for day in own)
        best -= sum(converted_in(records, unit) for unit in units(course))
        unrecorded = len(own) - len(records)
        best = max(best, unrecorded)
    left = -1
    while best - (left + 1) * step >= 0 and Fraction(best - (left + 1) * step, whole) >= Fraction(4, 5):
        left += 1
    return left


def converted_in(records: dict[dt.date, Record], unit: tuple[dt.date, dt.date]) -> int:
    """Absences made of three marks inside one unit; days that are 결석 have none."""
    inside = [one for day, one in records.items() if unit[0] <= day <= unit[1] and one.status == PRESENT]
    return sum(len(one.marks) for one in inside) // 3


def dismissal(course: Course, trainee: Trainee) -> tuple[int, bool]:
    """제적 대상: in how many units (가) holds, and whether (나) does."""
    records = {
        day: one
        for day, one in trainee.records.items()
        if day in course.days and trainee.joined <= day and (trainee.left is None or day <= trainee.left)
    }
    if in_minutes(course):
        missed = sum(course.days[day] - minutes_there(course, day, one) for day, one in records.items())
        return 0, Fraction(missed, sum(course.days.values())) > Fraction(1, 5)
    of_units, total = 0, 0
    for unit in units(course):
        days = [day for day in course.days if unit[0] <= day <= unit[1]]
        absences = sum(one.status == ABSENT for day, one in records.items() if unit[0] <= day <= unit[1])
        absences += converted_in(records, unit)
        total += absences
        of_units += len(days) >= 14 and absences >= rounded(Fraction(len(days), 2))
    return of_units, total > rounded(Fraction(len(course.days), 5))


EVENT_DAYS = {
    "wedding": 5, "wedding_child": 1, "birth": 5, "death_parent": 5, "death_grandparent": 3, "death_child": 3, "death_sibling": 3
}  # fmt: skip


def may_excuse(reason: str, days: list[dt.date], course_days: int, holidays: set[dt.date]) -> bool:
    """Whether all these days of a course can be 출석인정 for one reason: one event, from its first day on."""
    if reason in ("unspecified", "institution"):
        return True
    if course_days < 10:
        return False
    if reason == "illness":
        return len(set(days)) <= rounded(Fraction(course_days, 10))
    if reason not in EVENT_DAYS:
        return True
    allowed, day = set(), min(days)
    counted = 0
    while counted < EVENT_DAYS[reason]:
        allowed.add(day)
        counted += day.weekday() not in (5, 6) and day not in holidays
        day += DAY
    return set(days) <= allowed
