"""The kill acts of a month's end: a unit closed, a 정산 confirmed, a bank's result taken, a lent class brought back."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from tests.conftest import LOGIN, MONTH_END, PASSWORD
from tests.faults.acts import ACTS, Act, Child, Entry, cells_now, make_ready, sign_in
from tests.integration.test_leases import CHEAP, SECRET, open_copy
from tests.integration.test_month import course_of
from tests.integration.test_pay_files import results, sent

from regional_desk.domain.attendance import ABSENT
from regional_desk.domain.clock import FixedClock
from regional_desk.services.attendance import attendance, closings, corrections, leases, lent_copies
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.attendance.lease_returns import bring_back
from regional_desk.services.desk import Desk
from regional_desk.services.pay import (
    allowance,
    pay_files,
    pay_lists,
    pay_results,
    payable,
    recoveries,
    settlement,
)
from regional_desk.services.safety import opening
from regional_desk.store.closings import ClosingRow

_CORRECTED = dt.date(2026, 8, 5)
_LENT = dt.date(2026, 8, 28)
_NEXT = {"": "draft", "draft": "check", "checked": "confirm", "confirmed": "cancel"}
_STATE = {"draft": "draft", "check": "checked", "confirm": "confirmed", "cancel": ""}


def _later(folder: Path, minutes: int) -> Desk:
    """The office some minutes after the month's end."""
    clock = FixedClock(MONTH_END + dt.timedelta(minutes=minutes))
    return opening.open_office(folder, LOGIN, PASSWORD, clock)


def _confirm(folder: Path) -> None:
    make_ready(folder)
    desk = sign_in(folder)
    course = course_of(desk)
    allowance.draft(desk, course, 1)
    allowance.check(desk, course, 1)
    allowance.confirm(desk, course, 1)
    desk.store.close()


def _confirm_and_correct(folder: Path) -> None:
    """A confirmed unit with a 정정 that asks 20,000 won back."""
    _confirm(folder)
    desk = _later(folder, 1)
    course = course_of(desk)
    run = allowance.show(desk, course, 1)
    one = next(line.trainee for line in run.lines if line.amount and str(line.rate) == "100.0")
    asked = corrections.request(desk, course, one, _CORRECTED, ABSENT, "출입 기록")
    corrections.approve(desk, asked, corrections.show(desk, asked).version)
    desk.store.close()


def _settle(child: Child) -> None:
    desk = _later(child.folder, 2)
    course = course_of(desk)
    while True:
        step = _NEXT[_settled_state(desk)]
        with child.act({"step": step}) as operation:
            if step == "draft":
                settlement.draft(desk, course, 1, operation)
            elif step == "cancel":
                allowance.cancel(desk, course, 1, "다시 계산", operation)
            else:
                getattr(allowance, step)(desk, course, 1, operation_id=operation)


def _settled_state(desk: Desk) -> str:
    last = allowance.runs(desk, course_of(desk))[-1]
    return last.state if last.kind == "settlement" else ""


def _settle_whole(desk: Desk, entries: list[Entry], stored: set[str]) -> None:
    """Each 확정 asked once, what it asked stands exactly while it is confirmed, and the first run stays as it was."""
    steps = [entry.plan["step"] for entry in entries if entry.operation in stored]
    assert _settled_state(desk) == (_STATE[steps[-1]] if steps else "")
    claims = recoveries.list_recoveries(desk)
    assert len(claims) == steps.count("confirm")
    assert sum(claim.balance for claim in claims) == (20_000 if _settled_state(desk) == "confirmed" else 0)
    assert allowance.runs(desk, course_of(desk))[0].state == "confirmed"


def _send_and_hear(folder: Path) -> None:
    """A pay file that was sent, and the bank's word on it beside the office: two failed, the others were paid."""
    _confirm(folder)
    desk = sign_in(folder)
    runs = {one.run for one in payable.list_waiting(desk)}
    file = folder.with_name(f"pay.{pay_lists.templates()['hana'].format}")
    file.unlink(missing_ok=True)  # of the office before this one
    made = pay_files.write(desk, runs, "hana", file, "8월 훈련수당")
    results(_result(folder), sent(desk, made), lambda at: "처리완료" if at > 1 else "오류")
    desk.store.close()


def _result(folder: Path) -> Path:
    return folder.with_name("result.xlsx")


def _take(child: Child) -> None:
    desk = child.open()
    file = pay_lists.list_files(desk)[0].row.id
    reading = pay_results.read_result(desk, file, _result(child.folder))
    with child.act({}) as operation:
        pay_results.take(desk, reading, operation)
    sys.stdin.readline()  # stands still until it is killed


def _take_whole(desk: Desk, entries: list[Entry], stored: set[str]) -> None:
    (made,) = pay_lists.list_files(desk)
    taken = any(entry.operation in stored for entry in entries)
    rows = made.row.rows
    assert (made.failed, made.paid, made.waiting) == ((2, rows - 2, 0) if taken else (0, 0, rows))
    assert sum(one.people for one in payable.list_waiting(desk)) == (2 if taken else 0)


def _close(child: Child) -> None:
    desk = child.open()
    course = course_of(desk)
    while True:
        found = _closed(desk)
        with child.act({"closed": not found}) as operation:
            if found:
                closings.reopen(desk, found[0].id, found[0].version, "빠진 기록", operation)
            else:
                closings.close_unit(desk, course, 1, with_unmarked=True, operation_id=operation)


def _closed(desk: Desk) -> list[ClosingRow]:
    shown = closings.overview(desk, course_of(desk), 1)
    return [one for one in shown.closings if one.opened_at is None]


def _close_whole(desk: Desk, entries: list[Entry], stored: set[str]) -> None:
    """Closed or open as the last act told, and then every day of the unit alike."""
    told = [entry.plan["closed"] for entry in entries if entry.operation in stored]
    closed = bool(told) and told[-1]
    assert len(_closed(desk)) == closed
    states = {day.state for day in closings.overview(desk, course_of(desk), 1).days}
    assert states == {closings.DayState.CLOSED if closed else closings.DayState.OPEN}


def _lend_and_enter(folder: Path) -> None:
    """A day lent out, everybody absent on the laptop, and the file that goes back beside the office."""
    desk = sign_in(folder)
    course = course_of(desk)
    lent = leases.lend(
        desk,
        course,
        _LENT,
        _LENT,
        holder="현장 노트북",
        due=MONTH_END.date(),
        password=SECRET,
        out=folder.with_name("class.rdlent"),
        cost=CHEAP,
    )
    desk.store.close()
    place = folder.with_name(f"laptop-{lent.lease}")
    laptop = open_copy(lent.file, place, FixedClock(MONTH_END))
    rows = attendance.survey(laptop, course, None).rows
    attendance.set_cells(
        laptop, course, [CellChange(row.trainee, _LENT, ABSENT) for row in rows], title="결석"
    )
    lent_copies.write_return(laptop, _back(folder))
    laptop.store.close()


def _back(folder: Path) -> Path:
    return folder.with_name("class.rdback")


def _bring_back(child: Child) -> None:
    desk = child.open()
    with child.act({}) as operation:
        bring_back(desk, _back(child.folder), operation)
    sys.stdin.readline()  # stands still until it is killed


def _bring_back_whole(desk: Desk, entries: list[Entry], stored: set[str]) -> None:
    """The lease ended with every record of the laptop, or is out with none of them."""
    came = any(entry.operation in stored for entry in entries)
    (row,) = leases.list_leases(desk)
    assert row.end_kind == ("returned" if came else None)
    absent = {cell == ABSENT for (_, day), cell in cells_now(desk).items() if day == _LENT.isoformat()}
    assert absent == {True} if came else False in absent


MONTH_ACTS = {
    "settle": Act(_settle, _settle_whole, 0.9, prepare=_confirm_and_correct),
    "result": Act(_take, _take_whole, 0.2, prepare=_send_and_hear, fresh=True),
    "close": Act(_close, _close_whole, 0.4),
    "bring back": Act(_bring_back, _bring_back_whole, 0.3, prepare=_lend_and_enter, fresh=True),
}
ALL_ACTS = {**ACTS, **MONTH_ACTS}
