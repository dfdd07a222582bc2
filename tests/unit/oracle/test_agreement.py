"""Ten thousand invented trainees, each reckoned twice: by the program, and by the rulebook alone."""

from __future__ import annotations

import ast
import datetime as dt
import random
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.unit.oracle import cases, program
from tests.unit.oracle.rulebook import Course, Figures, Reckoning, course_left, dismissal, may_excuse, units
from tests.unit.oracle.rulebook import proposal as proposal_of

from regional_desk import paths
from regional_desk.domain import excused
from regional_desk.domain.allowance import decide
from regional_desk.domain.attendance import REASONS, Status, Summary
from regional_desk.domain.calendar import unit_periods
from regional_desk.domain.entry_times import propose
from regional_desk.domain.timetable import periods_of

HERE = Path(__file__).parent
TRAINEES, CLASS, SHARDS = 10_000, 20, 10
METHODS = ("daily", "prorata", "flat")
REGIONS = ("수도권", "비수도권", "인구감소지역")
GRACE = 10


def shipped() -> list[dict[str, Any]]:
    tables = [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted((paths.resources() / "policies").glob("*.toml"))
    ]
    return [table for table in tables if "components" in table]


def of_program(summary: Summary, decision: Any, counts: Any) -> dict[str, Any]:
    return {
        "days": decision.training_days,
        "present": counts.present,
        "excused": counts.excused,
        "absent": counts.absent,
        "converted": decision.converted_absences,
        "attended": decision.attended_days,
        "absences": summary.absences,
        "unrecorded": summary.unrecorded,
        "rate": Fraction(decision.rate),
        "so_far": None if summary.rate_so_far is None else Fraction(summary.rate_so_far),
        "best": Fraction(summary.best_rate),
        "left": summary.absences_left,
        "paid_days": decision.paid_days,
        "eligible": decision.eligible,
        "amount": decision.amount,
        "dropped": decision.dropped,
    }


def of_rulebook(figures: Figures) -> dict[str, Any]:
    return dict(vars(figures))


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_program_and_the_rulebook_agree_on_a_thousand_trainees(shard: int) -> None:
    source, policies = random.Random(f"2026-{shard}"), shipped()  # noqa: S311 - invented cases
    reckoned = 0
    while reckoned < TRAINEES // SHARDS:
        course, table = cases.course_of(source), cases.policy_of(source, policies)
        people = [cases.trainee_of(source, course) for _ in range(CLASS)]
        trainees = {program.member_of(one, number): one for number, one in enumerate(people, 1)}
        unit, region, method = (
            source.randint(1, len(units(course))),
            source.choice(REGIONS),
            source.choice(METHODS),
        )
        tally = program.tally_of(course, unit, trainees, table, region, method)
        for member, trainee in trainees.items():
            reckoned += 1
            where = (shard, reckoned, unit, region, method, table, course, trainee)
            reckoning = Reckoning(course, unit, trainee, table, region, method)
            assert tally.has_days(member) is bool(reckoning.own), where
            assert tally.course_left(member) == course_left(course, trainee), where
            reasons = tally.dismissal(member)
            by_unit = sum(reason.startswith("단위기간") for reason in reasons)
            assert (by_unit, len(reasons) > by_unit) == dismissal(course, trainee), where
            if not reckoning.own:
                continue
            decision = decide(tally.inputs(member), tally.scheme, tally.region)
            found = of_program(tally.summary(member), decision, tally.counts(member))
            assert found == of_rulebook(reckoning.figures()), where
            stake = decide(tally.inputs(member, best=True), tally.scheme, tally.region)
            assert stake.amount == reckoning.figures(best=True).amount, where
    assert reckoned >= TRAINEES // SHARDS


def test_unit_periods_agree() -> None:
    for offset in range(1500):
        start = dt.date(2026, 1, 1) + dt.timedelta(days=offset)
        for length in (0, 27, 30, 31, 59, 89, 120, 364):
            end = start + dt.timedelta(days=length)
            found = [(unit.start, unit.end) for unit in unit_periods(start, end)]
            assert found == units(Course(start, end, {}, []))


def test_proposals_from_times_agree() -> None:
    source = random.Random(2026)  # noqa: S311 - invented cases
    words = {Status.PRESENT: "출석", Status.ABSENT: "결석"}
    for _ in range(1500):
        course = cases.course_of(source)
        day = source.choice(sorted(course.days))
        record = next(iter(cases.trainee_of(source, course).records.values()), None)
        if record is None or record.time_in is None or record.time_out is None:
            continue
        cell = program.cell_of(record)
        grace = source.choice([0, GRACE, 30])
        periods = periods_of(course.periods, course.days[day])
        made = propose(periods, cell.time_in, cell.time_out, cell.parts, grace=grace)
        marks = {word for word, mark in program.MARKS.items() if mark & made.marks}
        assert (words[made.status], marks, made.minutes) == proposal_of(course, day, record, grace)


def test_the_caps_of_excused_days_agree() -> None:
    path = paths.resources() / "policies" / "attendance.toml"
    terms = excused.terms_from_table(tomllib.loads(path.read_text(encoding="utf-8"))).excused
    source = random.Random(2026)  # noqa: S311 - invented cases
    for _ in range(4000):
        first = dt.date(2026, 8, 1) + dt.timedelta(days=source.randrange(200))
        holidays = {first + dt.timedelta(days=source.randrange(20)) for _ in range(source.randrange(4))}
        days = [first + dt.timedelta(days=source.randrange(11)) for _ in range(source.randint(1, 4))]
        reason, course_days = source.choice(list(REASONS)), source.choice([5, 9, 10, 14, 15, 19, 23, 40])
        why = excused.over_cap(
            reason, days[0], days[1:], terms=terms, course_days=course_days, holidays=holidays
        )
        assert (why is None) is may_excuse(reason, days, course_days, holidays), (reason, days, course_days)


def test_the_rulebooks_reckoning_knows_nothing_of_the_program() -> None:
    for name in ("rulebook.py", "cases.py"):
        tree = ast.parse((HERE / name).read_text(encoding="utf-8"))
        named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        named += [
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        ]
        assert not [one for one in named if one.startswith("regional_desk")]
