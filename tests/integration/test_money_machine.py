"""Entering, undoing, closing, re-opening, confirming, cancelling, correcting and settling, in any order: the money adds up.

The model below knows the rules of its small course by heart (ten days, 20,000 won a day from 80 %, three marks are an
absence) and shares no code with the program. Whatever is done, the grid shows the model's cells; what was confirmed of a
person less what was asked back is what the unit was worth to the model when it was last confirmed; the runs add up to
the budget; and no confirmed row ever changes.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.conftest import CHEAP, FILES, LOGIN, MONTH_END, PASSWORD
from tests.conftest import settings as office_settings

from regional_desk.domain.attendance import ABSENT, EMPTY, PRESENT, Cell, Mark, Status
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.people import Track
from regional_desk.errors import Refusal
from regional_desk.services import policies
from regional_desk.services.attendance import attendance, closings, corrections
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.importing import imports
from regional_desk.services.pay import allowance, budget, recoveries, settlement
from regional_desk.services.pay.allowance_run import Run
from regional_desk.services.recruitment import people
from regional_desk.services.safety import opening
from regional_desk.services.training import courses, dismissals, memberships

LATE = Cell(Status.PRESENT, Mark.LATE)
START, END = dt.date(2026, 8, 3), dt.date(2026, 8, 14)
DAYS = tuple(START + dt.timedelta(days=at) for at in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11))
PEOPLE = 3
WHO, WHEN = st.integers(0, PEOPLE - 1), st.integers(0, len(DAYS) - 1)
RECORDS = st.sampled_from([ABSENT, ABSENT, PRESENT, PRESENT, LATE, LATE, LATE])
CELLS = st.one_of(RECORDS, RECORDS, st.just(EMPTY))
SELDOM = st.integers(0, 3)


@cache
def small_office() -> Path:
    """A closed office with three people in a course of ten days, everybody present, the policy adopted."""
    folder = Path(tempfile.mkdtemp()) / "office"
    desk = opening.new_office(folder, office_settings(), LOGIN, PASSWORD, FixedClock(MONTH_END), CHEAP).desk
    desk.automatic_backups = False
    imports.commit(desk, imports.open_file(desk, "applicants", FILES / "applicants.xlsx"))
    policies.adopt(
        desk, policies.DEFAULT_SCHEME, reference="지역기업정책과-1234", document_date=dt.date(2026, 7, 1)
    )
    course = courses.add_course(desk, "작은 과정", Track.TRACK1, START, END).course.id
    payable = [row.id for row in people.list_people(desk) if row.account_tail and not row.account_hold]
    memberships.enrol(desk, course, payable[:PEOPLE], direct_reason="선발")
    attendance.fill_present(desk, course, payable[:PEOPLE], DAYS)
    desk.store.close()
    return folder


@dataclass(frozen=True)
class Step:
    """One entry that undo takes back."""

    who: int
    day: int
    old: Cell
    new: Cell


class Money(RuleBasedStateMachine):
    """The office under any order of acts, against the model."""

    @initialize(confirmed=st.booleans(), first=st.lists(st.tuples(WHO, WHEN, RECORDS), max_size=8))
    def open_office(self, confirmed: bool, first: list[tuple[int, int, Cell]]) -> None:
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(small_office(), self.folder / "office")
        self.clock = FixedClock(MONTH_END)
        self.desk = opening.open_office(self.folder / "office", LOGIN, PASSWORD, self.clock)
        self.desk.automatic_backups = False
        (course,) = courses.list_courses(self.desk)
        self.course = course.id
        rows = attendance.survey(self.desk, self.course).rows
        self.people: list[UUID] = [row.trainee for row in rows]
        self.cells = {(who, day): PRESENT for who in range(PEOPLE) for day in range(len(DAYS))}
        self.left: dict[int, int] = {}  # the last day inside
        self.closed: dict[int, UUID] = {}
        self.worth_at: dict[int, list[tuple[UUID, int]]] = {who: [] for who in range(PEOPLE)}
        self.held: set[int] = set()
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self.rows: dict[tuple[UUID, UUID], tuple[object, ...]] = {}
        for who, day, cell in first:
            self.enter(who, day, cell)
        if confirmed:
            self.confirm_everybody()

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.store.close()
            shutil.rmtree(self.folder)

    def tick(self) -> None:
        self.clock.move_to(self.clock.now() + dt.timedelta(minutes=1))

    def worth(self, who: int) -> int:
        """What the unit is worth by the model."""
        mine = [self.cells[who, day] for day in range(self.left.get(who, len(DAYS) - 1) + 1)]
        present = sum(cell.status is Status.PRESENT for cell in mine)
        late = sum(cell == LATE for cell in mine)
        attended = max(0, present - late // 3)
        return 20_000 * attended if attended * 10 >= len(DAYS) * 8 else 0

    def inside(self, who: int, day: int) -> bool:
        return day <= self.left.get(who, len(DAYS) - 1)

    def is_fixed(self, who: int) -> bool:
        return bool(self.worth_at[who])

    @rule(who=WHO, day=WHEN, cell=CELLS)
    def enter(self, who: int, day: int, cell: Cell) -> None:
        self.tick()
        change = CellChange(self.people[who], DAYS[day], cell)
        old = self.cells[who, day]
        try:
            written = attendance.set_cells(self.desk, self.course, [change], title="입력")
        except Refusal:
            assert self.is_fixed(who) or day in self.closed or not self.inside(who, day)
            return
        assert not written.changed or not (self.is_fixed(who) or day in self.closed)
        assert self.inside(who, day)
        if written.changed:
            self.cells[who, day] = cell
            self.done.append(Step(who, day, old, cell))
            self.undone.clear()

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        step = self.done[-1]
        try:
            assert attendance.undo(self.desk) is not None
        except Refusal:
            assert self._may_not_step(step, step.new)
            return
        assert not self.is_fixed(step.who)
        self.cells[step.who, step.day] = step.old
        self.undone.append(self.done.pop())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        step = self.undone[-1]
        try:
            assert attendance.redo(self.desk) is not None
        except Refusal:
            assert self._may_not_step(step, step.old)
            return
        assert not self.is_fixed(step.who)
        self.cells[step.who, step.day] = step.new
        self.done.append(self.undone.pop())

    def _may_not_step(self, step: Step, expected: Cell) -> bool:
        touched = self.cells[step.who, step.day] != expected
        return touched or self.is_fixed(step.who) or step.day in self.closed or step.who in self.left

    @rule(day=WHEN)
    def close_or_reopen(self, day: int) -> None:
        self.tick()
        if day in self.closed:
            closings.reopen(self.desk, self.closed.pop(day), 1, "다시 확인")
        else:
            done = closings.close(self.desk, self.course, DAYS[day], DAYS[day], with_unmarked=True)
            self.closed[day] = done.closing

    @precondition(lambda self: not all(self.worth_at.values()))
    @rule()
    def draft(self) -> None:
        self.tick()
        self._attempt_draft()

    def _attempt_draft(self) -> None:
        try:
            allowance.draft(self.desk, self.course, 1)
        except Refusal:
            assert self._open_settlement() or all(self.is_fixed(who) for who in range(PEOPLE))

    def _newest_state(self) -> str:
        runs = allowance.runs(self.desk, self.course)
        return runs[-1].state if runs else ""

    def _open_settlement(self) -> bool:
        runs = allowance.runs(self.desk, self.course)
        return bool(runs) and runs[-1].kind == "settlement" and runs[-1].state in ("draft", "checked")

    @precondition(lambda self: self._newest_state() in ("draft", "checked"))
    @rule()
    def confirm(self) -> None:
        """검토 and 확정 of whatever is open: refused where it is stale, something is open, or nothing is."""
        self.tick()
        try:
            if self._newest_state() == "draft":
                allowance.check(self.desk, self.course, 1)
            run = allowance.confirm(self.desk, self.course, 1)
        except Refusal:
            return
        self._confirmed(run)

    def _confirmed(self, run: Run) -> None:
        """Every row of the run is what the model says the unit is worth, or brings the person there."""
        for line in run.lines:
            who = self.people.index(line.trainee)
            if line.held is not None:
                assert who in self.held
                continue
            if run.row.kind != "settlement":
                assert not self.is_fixed(who)
                assert line.amount == self.worth(who)
            self.worth_at[who].append((run.row.id, self.worth(who)))

    @precondition(lambda self: not all(self.worth_at.values()))
    @rule()
    def confirm_everybody(self) -> None:
        """The whole way at once, so that confirmed states are common."""
        for (who, day), cell in self.cells.items():
            if cell == EMPTY:
                self.enter(who, day, PRESENT)
        self._attempt_draft()
        if allowance.runs(self.desk, self.course):
            self.confirm()

    @rule()
    def pay(self) -> None:
        runs = allowance.runs(self.desk, self.course)
        if runs and runs[-1].state == "confirmed" and len(runs) > 1:
            allowance.pay(self.desk, self.course, 1, number=runs[-1].number)

    @precondition(lambda self: any(self.worth_at.values()))
    @rule(sure=st.booleans())
    def cancel(self, sure: bool) -> None:
        if not sure:
            return
        self.tick()
        try:
            gone = allowance.cancel(self.desk, self.course, 1, "다시 확인")
        except Refusal:
            return
        for entries in self.worth_at.values():
            entries[:] = [entry for entry in entries if entry[0] != gone]

    @rule(who=WHO, seldom=SELDOM)
    def hold_or_release(self, who: int, seldom: int) -> None:
        if seldom:
            return
        try:
            if who in self.held:
                allowance.release(self.desk, self.course, 1, self.people[who])
                self.held.remove(who)
            elif allowance.runs(self.desk, self.course):
                allowance.hold(self.desk, self.course, 1, self.people[who], "확인 중")
                self.held.add(who)
        except Refusal:
            assert self.is_fixed(who)

    @precondition(lambda self: any(self.worth_at.values()))
    @rule(
        who=WHO,
        wanted=st.lists(st.tuples(WHEN, RECORDS), min_size=1, max_size=4),
        seldom=SELDOM,
        settled=st.booleans(),
    )
    def correct(self, who: int, wanted: list[tuple[int, Cell]], seldom: int, settled: bool) -> None:
        for day, cell in wanted:
            other = PRESENT if self.cells[who, day] == ABSENT else ABSENT
            self._correct(who, day, other if self.cells[who, day] == cell else cell, approved=seldom > 0)
        if settled:
            self.settle(1)

    @precondition(lambda self: any(self.worth_at.values()))
    @rule(who=WHO, most=st.integers(1, 4), settled=st.booleans())
    def correct_for_the_better(self, who: int, most: int, settled: bool) -> None:
        worse = [day for day in range(len(DAYS)) if self.cells[who, day] != PRESENT and self.inside(who, day)]
        for day in worse[:most]:
            self._correct(who, day, PRESENT, approved=True)
        if settled:
            self.settle(1)

    def _correct(self, who: int, day: int, cell: Cell, *, approved: bool) -> None:
        self.tick()
        try:
            asked = corrections.request(
                self.desk, self.course, self.people[who], DAYS[day], cell, "출입 기록"
            )
        except Refusal:
            same = self.cells[who, day] == cell
            assert same or not self.is_fixed(who) or not self.inside(who, day)
            return
        assert self.is_fixed(who)
        self.tick()
        if approved:
            corrections.approve(self.desk, asked, 1)
            self.cells[who, day] = cell
        else:
            corrections.refuse(self.desk, asked, 1, "기록과 다름")

    @precondition(lambda self: any(self.worth_at.values()))
    @rule(confirm=SELDOM)
    def settle(self, confirm: int) -> None:
        self.tick()
        try:
            settlement.draft(self.desk, self.course, 1)
        except Refusal:
            return
        if confirm:
            self.confirm()

    @precondition(lambda self: any(self.worth_at.values()))
    @rule(seldom=SELDOM)
    def discard(self, seldom: int) -> None:
        if not seldom and self._open_settlement():
            settlement.discard(self.desk, self.course, 1)

    @precondition(lambda self: any(self.worth_at.values()))
    @rule(tens=st.integers(1, 4))
    def receive(self, tens: int) -> None:
        self.tick()
        for found in recoveries.list_recoveries(self.desk):
            if found.state.is_open:
                amount = min(found.balance, tens * 10_000)
                today = self.clock.today()
                recoveries.receive(self.desk, found.id, found.version, amount, today, "통장")
                return

    @rule(who=WHO, day=WHEN, seldom=SELDOM)
    def dismiss_or_take_back(self, who: int, day: int, seldom: int) -> None:
        if seldom:
            return
        self.tick()
        if who in self.left:
            dismissals.cancel(self.desk, self.course, self.people[who], "이의 인정")
            del self.left[who]
        elif day < len(DAYS) - 1:
            dismissals.dismiss(self.desk, self.course, self.people[who], "훈련 방해", cause_on=DAYS[day])
            self.left[who] = day

    @invariant()
    def the_grid_shows_the_model(self) -> None:
        if not hasattr(self, "desk"):
            return
        grid = attendance.survey(self.desk, self.course)
        at = {column.day: place for place, column in enumerate(grid.days)}
        for row in grid.rows:
            who = self.people.index(row.trainee)
            assert row.closed == self.is_fixed(who)
            for day, date in enumerate(DAYS):
                expected = self.cells[who, day] if self.inside(who, day) else None
                assert row.cells[at[date]] == expected

    @invariant()
    def paid_is_confirmed_less_what_was_asked_back(self) -> None:
        if not hasattr(self, "desk"):
            return
        confirmed = dict.fromkeys(self.people, 0)
        with self.desk.store.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT n.state, r.* FROM allowance_row r JOIN allowance_run n ON n.id = r.run_id "
                "WHERE n.state IN ('confirmed', 'paid', 'reconciled', 'cancelled')"
            ).mappings()
            for row in rows:
                key = (UUID(bytes=row["run_id"]), UUID(bytes=row["trainee_id"]))
                kept = tuple(value for name, value in row.items() if name != "state")
                assert self.rows.setdefault(key, kept) == kept, "a confirmed row changed"
                if row["state"] != "cancelled" and not row["held"]:
                    confirmed[key[1]] += row["amount"]
        asked = dict.fromkeys(self.people, 0)
        for found in recoveries.list_recoveries(self.desk):
            asked[found.trainee] += found.received + found.balance
        for who, trainee in enumerate(self.people):
            last = self.worth_at[who][-1][1] if self.worth_at[who] else 0
            assert confirmed[trainee] - asked[trainee] == last
        sheet = budget.sheet(self.desk)
        assert sheet.balance.confirmed == sum(confirmed.values())
        assert sheet.balances


Money.TestCase.settings = settings(
    max_examples=14,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestMoney = Money.TestCase
