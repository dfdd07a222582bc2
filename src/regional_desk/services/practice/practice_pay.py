"""A practice office's money: a class is closed, paid through the bank, corrected afterwards, settled and asked back."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from regional_desk.domain.attendance import ABSENT, Cell, Evidence, Status
from regional_desk.domain.settlement import BudgetItem
from regional_desk.services.attendance import attendance, closings, corrections
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.pay import (
    allowance,
    benefits,
    pay_files,
    pay_lists,
    pay_results,
    recoveries,
    settlement,
)
from regional_desk.services.training.courses import CourseDetail

_TEMPLATES = ("hana", "kbank", "general_xlsx")
_DAY = dt.timedelta(days=1)
_DUE = 30  # days


class Money:
    """What happens to the money of a class of one unit after its last day."""

    def __init__(self, desk: Desk, course: Callable[[], CourseDetail], end: dt.date, number: int) -> None:
        self._desk, self._course, self._end, self._number = desk, course, end, number
        self._held: list[UUID] = []

    def steps(self) -> Iterator[tuple[dt.date, Any]]:
        """(day, act) in the order of the work; every third class is corrected in a trainee's favour, or against it."""
        yield self._end + _DAY, self._close
        yield self._end + 3 * _DAY, self._confirm
        yield self._end + 4 * _DAY, self._send
        yield self._end + 9 * _DAY, self._pay_held
        if self._number % 3 == 1:
            yield self._end + 12 * _DAY, self._excuse
        elif self._number % 3 == 2:  # noqa: PLR2004 - one of three
            yield self._end + 12 * _DAY, self._ask_back
            yield self._end + 25 * _DAY, self._receive

    def _close(self) -> None:
        closings.close_unit(self._desk, self._course().course.id, 1, with_unmarked=True)

    def _confirm(self) -> None:
        """Whatever is open is held, so that the others are paid."""
        course = self._course().course.id
        benefits.ask(self._desk, course)
        benefits.all_no(self._desk, course)
        allowance.draft(self._desk, course, 1)
        run = allowance.check(self._desk, course, 1)
        for item in {item.trainee: item for item in run.open_items}.values():
            allowance.hold(self._desk, course, 1, item.trainee, item.message)
            self._held.append(item.trainee)
        allowance.confirm(self._desk, course, 1)

    def _send(self) -> None:
        """To the bank and back on one day; the plain file is gone before the day is over."""
        run = allowance.read_newest(self._desk, self._course().course.id, 1)
        if run.total == 0:  # nothing for the bank: all of it is asked back
            allowance.pay(self._desk, self._course().course.id, 1)
            return
        template = _TEMPLATES[self._number % len(_TEMPLATES)]
        with tempfile.TemporaryDirectory() as place:
            out = Path(place) / pay_files.proposed_name(self._desk, pay_lists.find_template(template))
            sent = pay_files.write(self._desk, [run.row.id], template, out, "훈련수당 이체")
            pay_results.confirm_waiting(self._desk, sent.row.id, "통장 거래내역으로 확인")
            pay_files.delete(self._desk, sent.row.id)

    def _pay_held(self) -> None:
        """The proof that was missing came: the days are opened for it, and the held people are paid by another run."""
        detail = self._course()
        course = detail.course.id
        if not self._held:
            return
        until = self._desk.clock.now() + _DAY
        for trainee in self._held:
            closings.allow(
                self._desk,
                course,
                detail.course.start,
                detail.course.end,
                until,
                "증빙이 늦게 옴",
                trainee=trainee,
            )
            attendance.set_cells(self._desk, course, self._proved(trainee), title="증빙 확인")
            allowance.release(self._desk, course, 1, trainee)
        allowance.draft(self._desk, course, 1)
        allowance.check(self._desk, course, 1)
        allowance.confirm(self._desk, course, 1)
        self._send()

    def _proved(self, trainee: UUID) -> list[CellChange]:
        shown = attendance.survey(self._desk, self._course().course.id, 1, [trainee])
        return [
            CellChange(
                trainee, column.day, Cell(Status.EXCUSED, reason=cell.reason, evidence=Evidence.VERIFIED)
            )
            for column, cell in zip(shown.days, shown.rows[0].cells, strict=True)
            if cell is not None and cell.status is Status.EXCUSED and cell.evidence is not Evidence.VERIFIED
        ]

    def _excuse(self) -> None:
        """An absence turns out to have been an examination: the difference is paid."""
        if self._correct(
            Status.ABSENT, Cell(Status.EXCUSED, reason="examination", evidence=Evidence.VERIFIED)
        ):
            self._send()

    def _ask_back(self) -> None:
        """A presence turns out to have been an absence: the difference is asked back."""
        if self._correct(Status.PRESENT, ABSENT):
            self._send()
        for one in recoveries.list_recoveries(self._desk):
            if one.item is BudgetItem.ALLOWANCE and one.noticed_on is None:
                due = self._desk.clock.today() + _DUE * _DAY
                recoveries.give_notice(self._desk, one.id, one.version, due)

    def _correct(self, status: Status, cell: Cell) -> bool:
        """Whether somebody paid has such a day; it is corrected, and the unit settled up to 확정."""
        course = self._course().course.id
        run = allowance.read_newest(self._desk, course, 1)
        paid = [line.trainee for line in run.lines if line.amount and line.held is None]
        shown = attendance.survey(self._desk, course, 1, paid)
        for row in shown.rows:
            days = [
                column.day
                for column, now in zip(shown.days, row.cells, strict=True)
                if now is not None and now.status is status and not now.marks
            ]
            if not days:
                continue
            asked = corrections.request(
                self._desk, course, row.trainee, days[-1], cell, "늦게 확인한 서류에 따라 바로잡음"
            )
            corrections.approve(self._desk, asked, corrections.show(self._desk, asked).version)
            settlement.draft(self._desk, course, 1)
            allowance.check(self._desk, course, 1)
            allowance.confirm(self._desk, course, 1)
            return True
        return False

    def _receive(self) -> None:
        """Half of what was asked back comes in."""
        for one in recoveries.list_recoveries(self._desk):
            if one.item is BudgetItem.ALLOWANCE and one.balance and not one.received:
                today = self._desk.clock.today()
                recoveries.receive(
                    self._desk, one.id, one.version, one.balance // 2, today, "반환 계좌 입금 확인"
                )
