"""The installation's own check: every shipped part opens and works, in a temporary folder."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
import secrets
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from regional_desk import paths
from regional_desk.domain.clock import SystemClock


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One part of the installation."""

    name: str
    ok: bool
    message: str


def run_checks() -> tuple[CheckResult, ...]:
    """Check every part; a part that fails does not stop the others."""
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("글꼴", _fonts),
        ("화면", _forms),
        ("휴일", _holidays),
        ("암호화 자료", _store),
        ("PDF", _pdf),
        ("xlsx", _xlsx),
        ("이체 파일", _pay_files),
        ("연계", _matching),
    )
    return tuple(_run(name, check) for name, check in checks)


def _run(name: str, check: Callable[[], str]) -> CheckResult:
    try:
        return CheckResult(name, ok=True, message=check())
    except Exception as error:  # noqa: BLE001 - the point of the check is to say what does not work
        return CheckResult(name, ok=False, message=f"{type(error).__name__}: {error}")


def _fonts() -> str:
    found = sorted(path.name for path in (paths.resources() / "fonts").glob("*.ttf"))
    if len(found) < 2:  # noqa: PLR2004 - regular and bold
        raise FileNotFoundError("NanumGothic")
    return ", ".join(found)


def _forms() -> str:
    """Import every compiled form by name: the command line itself never needs Qt."""
    package = importlib.import_module("regional_desk.desktop.forms")
    names = [module.name for module in pkgutil.iter_modules(package.__path__)]
    for name in names:
        importlib.import_module(f"regional_desk.desktop.forms.{name}")
    return f"{len(names)}개"


def _holidays() -> str:
    from regional_desk.services.holidays import holidays_between

    day = dt.date(2026, 8, 15)
    return holidays_between(day, day)[day]


def _store() -> str:
    from regional_desk.services.safety.opening import OfficeSettings, new_office, open_office
    from regional_desk.store.keys import KdfCost

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place, word = Path(folder) / "office", secrets.token_hex(8)
        settings = OfficeSettings("점검", "CHECK", "48", ("담당", "팀장", "단장"), {}, dt.date.today().year)  # noqa: DTZ011 - any year will do
        new_office(place, settings, "check", word, SystemClock(), KdfCost(1, 8 * 1024, 1)).desk.store.close()
        if b"SQLite format" in (place / "office.db").read_bytes()[:100]:
            raise ValueError("not encrypted")
        open_office(place, "check", word, SystemClock()).store.close()
    return "만들고 다시 열었음"


def _pdf() -> str:
    from regional_desk.services.papers.papers import sample_paper

    data, pages = sample_paper("pdf")
    return f"{pages}쪽 {len(data):,}바이트"


def _xlsx() -> str:
    from regional_desk.services.papers.papers import sample_paper

    data, _ = sample_paper("xlsx")
    return f"{len(data):,}바이트 (Python {sys.version_info.major}.{sys.version_info.minor})"


def _pay_files() -> str:
    """Write a file in every bank's form: BIFF8 is a writer of its own."""
    from regional_desk.exchange.pay_file import Totals, pay_file_bytes
    from regional_desk.services.pay.pay_lists import templates

    for template in templates().values():
        pay_file_bytes(template, [("004", "1234567890", 400_000)], Totals((("합계", 1, 400_000),)))
    return ", ".join(templates())


def _matching() -> str:
    """Solve a small round by both objectives: the most placed is found by compiled code."""
    from regional_desk.domain.matching import Position, Problem
    from regional_desk.domain.matching_rounds import Objective
    from regional_desk.services.matching.results import solve
    from regional_desk.store.ids import new_id

    one, other, here, there = (new_id() for _ in range(4))
    posed = Problem(
        trainees=(one, other),
        priorities={},
        positions=(Position(here, here, 1), Position(there, there, 1)),
        wishes={one: (here, there), other: (here,)},
        orders={here: {one: 1, other: 2}, there: {one: 1}},
        caps={},
        forbidden=frozenset(),
        seed=1,
    )
    placed = {objective: len(solve(posed, objective)) for objective in Objective}
    if placed != {Objective.STABLE: 1, Objective.MOST: 2}:
        raise ValueError(placed)
    return ", ".join(f"{objective.label} {people}명" for objective, people in placed.items())
