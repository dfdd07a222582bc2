"""The month's main job: check, list what is open, compute, print the papers, build the submission."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk
from regional_desk.services.papers import open_points, papers, reports, submission
from regional_desk.services.papers.making import Wanted
from regional_desk.services.papers.open_points import OpenPoint
from regional_desk.services.papers.papers import Printed
from regional_desk.services.papers.reports import MonthFigures
from regional_desk.services.papers.submission import Built


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """What the job left: papers, the package, totals in won, and what was still open."""

    open_points: tuple[OpenPoint, ...]
    documents: tuple[Printed, ...]
    submission: Built
    figures: MonthFigures

    @property
    def totals(self) -> dict[str, int]:
        """People and won of the month."""
        pays = [unit.pay for unit in self.figures.units if unit.pay is not None]
        return {
            "courses": len(self.figures.courses),
            "people": sum(pay.people for pay in pays),
            "paid_people": sum(pay.paid_people for pay in pays),
            "amount": sum(pay.amount for pay in pays),
            "claim_people": sum(one.paid_people for one in self.figures.claims),
            "claim_amount": sum(one.amount for one in self.figures.claims),
        }


def month_end(
    desk: Desk,
    month: str,
    out: Path,
    purpose: str,
    *,
    allow_open: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> MonthEnd:
    """Print the month's papers (PDF and xlsx) and build its submission into `out`; it never confirms or pays.

    Raises OpenItems, having written nothing, where something is open and no reason is given: with one, everything
    is written marked 미확정.
    """
    if not purpose.strip():
        raise Refusal("월 마감 문서를 만드는 용도를 적어 주십시오.")
    points = open_points.open_points(desk, month)
    if points and not allow_open:
        raise submission.open_items(month, points)
    figures = reports.month_figures(desk, month)
    wanted = papers_of(figures)
    out.mkdir(parents=True, exist_ok=True)
    printed: list[Printed] = []
    for place, (one, name) in enumerate(wanted):
        printed += [
            papers.print_paper(desk, one, file_format, out / f"{name}.{file_format}", purpose)
            for file_format in papers.FORMATS
        ]
        if progress:
            progress(place + 1, len(wanted) + 1)
    built = submission.build(desk, month, out, purpose, allow_open=allow_open)
    if progress:
        progress(len(wanted) + 1, len(wanted) + 1)
    return MonthEnd(points, tuple(printed), built, figures)


def papers_of(figures: MonthFigures) -> tuple[tuple[Wanted, str], ...]:
    """The month's papers with their file names: registers and statements of its units and claims, 현황, the report.

    The bundles of claims are of one company each and are made where the claims are.
    """
    found: list[tuple[Wanted, str]] = []
    for unit in figures.units:
        row, no = unit.course.detail.course, unit.unit.no
        name = _file_name(f"{figures.month} {row.name} {no}단위기간")
        found.append((Wanted("attendance-register", row.id, no), f"{name} 출석부"))
        if unit.pay is not None:
            found.append((Wanted("allowance-statement", row.id, no), f"{name} 훈련수당 지급조서"))
    if any(one.people for one in figures.placements):
        found.append((Wanted("placement-list", month=figures.month), f"{figures.month} 연계 현황"))
    month = figures.month
    for run in figures.claim_runs:
        name = f"{month} 인턴지원금 지급조서" + (f" {run.number}" if len(figures.claim_runs) > 1 else "")
        found.append((Wanted("claim-statement", number=run.number, month=month), name))
    if figures.internships:
        found.append((Wanted("internship-list", month=month), f"{month} 인턴 현황"))
        found.append((Wanted("employment-list", month=month), f"{month} 취업·고용유지 현황"))
    return (*found, (Wanted("monthly-report", month=figures.month), f"{figures.month} 월 운영실적보고"))


def _file_name(text: str) -> str:
    """A name Windows takes."""
    return "".join("_" if sign in '\\/:*?"<>|' else sign for sign in text)
