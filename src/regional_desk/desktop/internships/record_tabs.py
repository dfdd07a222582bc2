"""The tabs of an internship's record: what they share, and which there are.

How to add a tab
----------------
1. `desktop/internships/<subject>_tab.py` with a class on `InternshipTab`: `__init__(self, context)` builds it under
   `self.lines`, `read(self, internship)` reads from services and shows. `self.act(...)` does something and shows a
   refusal in the tab; the page reads again by itself after each change that it is concerned by.
2. A function here that imports it on first use, and a `TabSpec` in `TABS`; its place there is its place on screen.
   `context.open_page("internships", internship=id, tab="<key>")` leads to it.
3. A tab for which something is drawn in the timeline names those marks in `marks`: a click on one opens the tab.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from regional_desk.desktop.detail_tab import DetailTab
from regional_desk.desktop.shell import Context
from regional_desk.domain.rights import Right
from regional_desk.services.internships.reading import InternshipRow


class InternshipTab(DetailTab[InternshipRow]):
    """One tab of an internship."""

    right = Right.EDIT_INTERNSHIPS
    margins = (12, 10, 12, 10)

    @property
    def internship(self) -> InternshipRow | None:
        """Which one is shown."""
        return self.owner

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved: then the page does not leave without a word."""
        return False

    def show_internship(self, internship: InternshipRow) -> None:
        """Read and show one internship; a refusal stands where the content would."""
        self.show_owner(internship)


@dataclass(frozen=True, slots=True)
class TabSpec:
    """A tab; `make` imports it on first use, `marks` are the kinds of timeline events that lead to it."""

    key: str
    title: str
    make: Callable[[Context], InternshipTab]
    marks: tuple[str, ...] = ()


def _agreements(context: Context) -> InternshipTab:
    from regional_desk.desktop.internships.agreement_tab import AgreementTab

    return AgreementTab(context)


def _breaks(context: Context) -> InternshipTab:
    from regional_desk.desktop.internships.breaks_tab import BreaksTab

    return BreaksTab(context)


def _outcome(context: Context) -> InternshipTab:
    from regional_desk.desktop.internships.outcome_tab import OutcomeTab

    return OutcomeTab(context)


def _plan(context: Context) -> InternshipTab:
    from regional_desk.desktop.internships.plan_tab import PlanTab

    return PlanTab(context)


def _journals(context: Context) -> InternshipTab:
    from regional_desk.desktop.internships.journal_tab import JournalTab

    return JournalTab(context)


def _deliverables(context: Context) -> InternshipTab:
    from regional_desk.desktop.internships.deliverables_tab import DeliverablesTab

    return DeliverablesTab(context)


def _evaluations(context: Context) -> InternshipTab:
    from regional_desk.desktop.internships.evaluation_tab import EvaluationTab

    return EvaluationTab(context)


def _claims(context: Context) -> InternshipTab:
    from regional_desk.desktop.internships.claims_tab import ClaimsTab

    return ClaimsTab(context)


def _visits(context: Context) -> InternshipTab:
    from regional_desk.desktop.internships.visits_tab import VisitsTab

    return VisitsTab(context)


TABS: tuple[TabSpec, ...] = (
    TabSpec("agreements", "협약", _agreements, ("agreement", "end", "month")),
    TabSpec("breaks", "중단", _breaks, ("break",)),
    TabSpec("plan", "훈련계획", _plan),
    TabSpec("journals", "인턴일지", _journals),
    TabSpec("deliverables", "산출물", _deliverables),
    TabSpec("evaluations", "평가", _evaluations),
    TabSpec("visits", "방문", _visits, ("visit",)),
    TabSpec("claims", "지원금", _claims, ("claim",)),
    TabSpec("outcome", "성과", _outcome, ("conversion", "retention")),
)
