"""Invented courses and trainees of every kind, as plain values; the same for the same seed."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tests.unit.oracle.rulebook import ABSENT, DAY, EXCUSED, MARK_KINDS, PRESENT, Course, Record, Trainee

SPAN_KINDS = (
    "unemployment_benefit",
    "closure_benefit",
    "job_search_allowance",
    "subsidised_job",
    "employment",
    "daily_work",
    "other_training",
)
_HOURS = [(hour * 60, hour * 60 + 60) for hour in (9, 10, 11, 12, 14, 15, 16, 17)]
_LESSONS = [
    (570 + 60 * number, 620 + 60 * number) for number in range(8)
]  # fifty minutes, ten minutes' break


def policy_of(source: random.Random, shipped: list[dict[str, Any]]) -> dict[str, Any]:
    """A shipped policy, most often as it is, else with other terms than shipped."""
    table: dict[str, Any] = dict(source.choice(shipped))
    table.setdefault("closure_pays", False)
    if source.random() < 0.5:
        table["rounding_unit"] = source.choice([1, 10, 100, 1000])
        table["min_rate"] = source.choice(["80.0", "80.0", "79.9", "66.7", "50.0", "100.0", "0.0"])
        table["leaver_days"] = source.choice(["unit", "own"])
        table["closure_pays"] = source.random() < 0.5
        table["daily_work_days"] = source.choice([1, 5, 10])
        table["deductions"] = [{**one, "on": source.random() < 0.6} for one in table["deductions"]]
    if source.random() < 0.2:
        table["components"] = [
            {**part, "min_course_hours": source.choice([0, 40, 140])} for part in table["components"]
        ]
    return table


def course_of(source: random.Random) -> Course:
    """A course of one day or of five months, of days of one length or of several."""
    start = dt.date(2026, 1, 1) + DAY * source.randrange(730)
    asked = source.choice(
        [
            source.randint(1, 12),
            source.randint(8, 11),
            source.randint(13, 23),
            18,
            19,
            20,
            source.randint(24, 110),
        ]
    )
    periods = source.choice([_HOURS, _HOURS, _HOURS, _LESSONS])
    whole = sum(last - first for first, last in periods)
    length = source.choice([whole, whole, whole, whole // 2, periods[0][1] - periods[0][0]])
    other = source.choice([length, length, whole, whole // 2, whole // 4])
    share, week = source.choice([0.2, 0.2, 0.9]), source.choice([5, 5, 6, 7])
    days: dict[dt.date, int] = {}
    day = start
    while len(days) < asked:
        if day.weekday() < week and source.random() < 0.95:
            days[day] = other if source.random() < share else length
        day += DAY
    end = max(days) + DAY * source.choice([0, 0, 0, 1, 3])
    closed = None
    if source.random() < 0.1:
        closed = start + DAY * source.randint(0, (end - start).days)
    return Course(start, end, days, periods, closed)


def trainee_of(source: random.Random, course: Course) -> Trainee:
    """Somebody of the course: early or late, staying or leaving, diligent or not, with or without other support."""
    length = (course.end - course.start).days
    joined = course.start
    if source.random() < 0.2:
        joined += DAY * source.randint(0, length)
    left = None
    if source.random() < 0.2:
        left = joined + DAY * source.randint(0, (course.end - joined).days)
    able, known = source.choice([1.0, 0.97, 0.9, 0.8, 0.5]), source.choice([1.0, 1.0, 1.0, 0.95, 0.6])
    records = {
        day: _record(source, able)
        for day in course.days
        if source.random() < known  # records outside the membership too: they count for nobody
    }
    spans = []
    for _ in range(source.choice([0, 0, 0, 1, 1, 2, 3])):
        first = course.start + DAY * source.randint(-20, length + 5)
        last = source.choice([None, first + DAY * source.randint(0, 15), first])
        spans.append((source.choice(SPAN_KINDS), first, last))
    taken = {
        "dormitory": source.randint(0, 20),
        "meals": source.randint(0, 20),
        "survey": source.randint(0, 1),
    }
    return Trainee(joined, left, records, spans, taken if source.random() < 0.5 else {})


def _record(source: random.Random, able: float) -> Record:
    chance = source.random()
    if chance > able:
        return Record(ABSENT)
    if chance < 0.04:
        return Record(EXCUSED)
    if source.random() < 0.8:
        return Record(PRESENT)
    marks = tuple(mark for mark in MARK_KINDS if source.random() < 0.5)
    record = Record(PRESENT, marks)
    if source.random() < 0.7:
        record.time_in = source.choice([None, source.randint(480, 720)])
        record.time_out = source.choice([None, source.randint(780, 1100)])
    for spans in (record.outs, record.excused):
        if source.random() < 0.3:
            first = source.randint(500, 1050)
            spans.append((first, first + source.randint(0, 120)))
    return record
