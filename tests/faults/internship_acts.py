"""The kill acts of internships: claims drafted up to paid and taken back, and visits keyed back with what was found."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from tests.claims_office import adopt, hand_in, pay, ready_company
from tests.faults.acts import Act, Child, Entry, sign_in
from tests.faults.matching_acts import ALL_ACTS as OTHER_ACTS

from regional_desk.domain.allowance import RunState
from regional_desk.domain.settlement import BudgetItem
from regional_desk.domain.visits import FindingKind, VisitState
from regional_desk.services.claims import claim_pay, runs
from regional_desk.services.companies import companies
from regional_desk.services.desk import Desk
from regional_desk.services.internships import agreements, internships, preparing
from regional_desk.services.pay import budget
from regional_desk.services.recruitment import people
from regional_desk.services.visits import findings, visits
from regional_desk.services.visits.findings import Found
from regional_desk.services.visits.terms import terms
from regional_desk.services.visits.visits import Seen

_MONTH = dt.date(2026, 8, 1)
_START = dt.date(2026, 7, 20)  # its first service month ends in August
_VISITED = dt.date(2026, 8, 12)
_INTERNS, _MOST_TURNS = 3, 4
_STATES = {
    "draft": RunState.DRAFT,
    "check": RunState.CHECKED,
    "confirm": RunState.CONFIRMED,
    "cancel": RunState.CANCELLED,
    "pay": RunState.PAID,
}


def _begin(desk: Desk) -> list[UUID]:
    """Interns of one company who signed and began in July."""
    company = next(row for row in companies.list_companies(desk) if row.kind is not None)
    made = []
    for person in people.list_people(desk)[:_INTERNS]:
        draft = replace(
            preparing.propose(desk, company.id, None, _START),
            wage=2_400_000,
            place="창원시 성산구",
            duties="설비보전",
            mentor="김멘토",
        )
        found = preparing.add_direct(desk, person.id, company.id, None, "시험", draft)
        agreements.sign(desk, found.agreements[0].id, _START, on_paper=True)
        internships.start(desk, found.row.id, _START)
        made.append(found.row.id)
    return made


def _prepare_claims(folder: Path) -> None:
    desk = sign_in(folder)
    made = _begin(desk)
    adopt(desk)
    ready_company(desk, internships.read(desk, made[0]).row.company)
    for internship in made:
        pay(desk, internship, _START, dt.date(2026, 7, 31), 930_000)
        pay(desk, internship, _MONTH, dt.date(2026, 8, 31))
        hand_in(desk, internship, 1)
    desk.store.close()


def _claim(child: Child) -> None:
    desk = child.open()
    for turn in range(child.random.randint(1, _MOST_TURNS)):
        if turn:
            with child.act({"step": "cancel"}) as operation:
                runs.cancel(desk, _MONTH, "다시 확인", operation)
        with child.act({"step": "draft"}) as operation:
            runs.draft(desk, _MONTH, operation_id=operation)
        with child.act({"step": "check"}) as operation:
            runs.check(desk, _MONTH, operation)
        with child.act({"step": "confirm"}) as operation:
            runs.confirm(desk, _MONTH, operation)
    with child.act({"step": "pay"}) as operation:
        claim_pay.pay(desk, _MONTH, operation_id=operation)
    sys.stdin.readline()  # stands still until it is killed


def _claimed_whole(desk: Desk, entries: list[Entry], stored: set[str]) -> None:
    """The newest run is in the state of the last act told, with all its rows, and the budget counts what is confirmed."""
    steps = [entry.plan["step"] for entry in entries if entry.operation in stored]
    found = sorted(runs.list_runs(desk, gone=True), key=lambda run: run.number)
    states = [RunState(run.state) for run in found]
    assert states.count(RunState.CANCELLED) == steps.count("cancel")
    assert states[-1:] == [_STATES[step] for step in steps[-1:]]
    for run in found:
        shown = runs.show_run(desk, run.id)
        assert len(shown.lines) == _INTERNS
        assert run.total == sum(line.amount for line in shown.lines) > 0
    spent = [run.total for run in found if RunState(run.state) in (RunState.CONFIRMED, RunState.PAID)]
    assert budget.read_balance(desk, item=BudgetItem.INTERNSHIP).spent == sum(spent)


def _prepare_visits(folder: Path) -> None:
    desk = sign_in(folder)
    for internship in _begin(desk):
        visits.add(desk, internship, _VISITED)
    desk.store.close()


def _key_back(child: Child) -> None:
    desk = child.open()
    while True:
        for place, one in enumerate(visits.list_visits(desk, start=_VISITED, end=_VISITED)):
            answers = {
                point.key: child.random.choice(("good", "bad", "unknown")) for point in terms().checklist
            }
            plan = {"place": place, "visit": str(one.id), "answers": answers}
            with child.act(plan) as operation:
                seen = Seen(_VISITED, "담당자", answers, "면담", "의견")
                visits.do(desk, one.id, one.version, seen, operation)
            with child.act({"found": str(one.id)}) as operation:
                found = Found(FindingKind.FINDING, _VISITED, "보호구 미착용", "지급", "담당자", _VISITED)
                findings.add(desk, one.host.internship, found, visit=one.id, operation_id=operation)


def _keyed_whole(desk: Desk, entries: list[Entry], stored: set[str]) -> None:
    """Each visit shows what was keyed last, and has every finding told; what was not keyed is planned still."""
    plans = [entry.plan for entry in entries if entry.operation in stored]
    wanted = {plan["visit"]: plan["answers"] for plan in plans if "visit" in plan}
    for one in visits.list_visits(desk):
        keyed = wanted.get(str(one.id))
        assert (one.state is VisitState.DONE) == (keyed is not None)
        assert one.answers == (keyed or {})
        told = [plan for plan in plans if plan.get("found") == str(one.id)]
        assert len(findings.list_findings(desk, visit=one.id)) == len(told)


INTERNSHIP_ACTS = {
    "claim": Act(_claim, _claimed_whole, 0.6, prepare=_prepare_claims, fresh=True),
    "key back": Act(_key_back, _keyed_whole, 0.6, prepare=_prepare_visits),
}
ALL_ACTS = {**OTHER_ACTS, **INTERNSHIP_ACTS}
