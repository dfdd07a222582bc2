"""Whether something is overdue is decided in one place: no second comparison of a last day with today anywhere."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

import regional_desk
from regional_desk.domain.due import is_overdue

SOURCE = Path(regional_desk.__file__).parent
THE_ONE = "domain/due.py"
LAST_DAYS = ("due", "deadline", "next_on", "closes", "month_end", "served_until", "return_by", "until")

# A day that is set is compared with today before it is kept: whether it may be one, not whether it is over. A late entry
# is about the day of the class itself. And a service month or a week that is over was no last day for anybody.
ALLOWED = {
    ("services/attendance/leases.py", "lend"),
    ("services/attendance/late_entries.py", "note"),
    ("services/visits/plans.py", "_proposed"),
    ("domain/internships.py", "is_over"),
    ("domain/internship_training.py", "is_over"),
}


def _is_today(node: ast.expr) -> bool:
    """`today`, `clock.today()`, `work.at.date()`, or the larger of one of them and something else."""
    if isinstance(node, ast.Name | ast.Attribute):
        return _last_name(node) in ("today", "_today")
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute) and node.func.attr == "today":
        return True
    if isinstance(node.func, ast.Attribute) and node.func.attr == "date":
        return _last_name(node.func.value) in ("at", "now")
    return isinstance(node.func, ast.Name) and node.func.id == "max" and any(map(_is_today, node.args))


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _decides(compare: ast.Compare) -> bool:
    """Whether a comparison says that a day lies before today, or that a last day does not.

    `due <= today` says that its day has come, which is another thing and let be.
    """
    sides = [compare.left, *compare.comparators]
    for left, sign, right in zip(sides, compare.ops, sides[1:], strict=False):
        day, other = (right, left) if isinstance(sign, ast.Gt | ast.LtE) else (left, right)
        if isinstance(sign, ast.Lt | ast.Gt) and _is_today(other):
            return True
        if isinstance(sign, ast.GtE | ast.LtE) and _is_today(other) and _last_name(day) in LAST_DAYS:
            return True
    return False


def _deciding(source: str) -> Iterator[str]:
    """The functions of a module that compare a last day with today, and those that call themselves overdue."""
    tree = ast.parse(source)
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        if function.name == "is_overdue":
            yield function.name
        if any(isinstance(node, ast.Compare) and _decides(node) for node in ast.walk(function)):
            yield function.name


@pytest.mark.parametrize(
    ("today", "overdue"),
    [
        (dt.date(2026, 12, 30), False),
        (dt.date(2026, 12, 31), False),
        (dt.date(2027, 1, 1), True),
        (dt.date(2027, 12, 31), True),
    ],
)
def test_a_thing_is_overdue_from_the_day_after_its_last_day(today: dt.date, overdue: bool) -> None:
    assert is_overdue(dt.date(2026, 12, 31), today) is overdue


def test_nothing_else_decides_what_is_overdue() -> None:
    found = {
        (path.relative_to(SOURCE).as_posix(), name)
        for path in SOURCE.rglob("*.py")
        for name in _deciding(path.read_text(encoding="utf-8"))
    }
    assert (THE_ONE, "is_overdue") in found
    assert {one for one in found if one[0] != THE_ONE} - ALLOWED == set()


@pytest.mark.parametrize(
    "line",
    [
        "return row.due < self.desk.clock.today()",
        "return today > row.deadline",
        "return not row.next_on >= today",
        "return work.at.date() > month.served_until",
        "return not today <= due",
        "return first < day < today",
    ],
)
def test_a_second_definition_would_be_found(line: str) -> None:
    assert list(_deciding(f"def late():\n    {line}\n")) == ["late"]


@pytest.mark.parametrize(
    "line",
    [
        "return day > today",
        "return due <= today",
        "return start <= today <= end",
        "return is_overdue(due, today)",
    ],
)
def test_what_is_no_deadline_is_let_be(line: str) -> None:
    assert list(_deciding(f"def fine():\n    {line}\n")) == []
