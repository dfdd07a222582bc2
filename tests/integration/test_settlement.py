"""정정, 정산, 환수 and 예산 on the August office: what was confirmed stays, what changes is paid or asked back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from regional_desk.domain.allowance import RunState
from regional_desk.domain.attendance import ABSENT, EMPTY, EXCUSED, PRESENT, Cell, Evidence, Status
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.rights import Role
from regional_desk.domain.settlement import BudgetItem, EntryKind, RecoveryState
from regional_desk.domain.text import korean_date
from regional_desk.errors import NotAllowed, Refusal, UsageError
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services import policies
from regional_desk.services.attendance import attendance, cell_history, corrections
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.attendance.corrections import Correction, State
from regional_desk.services.desk import Actor, Desk
from regional_desk.services.pay import allowance, budget, recoveries, settlement, settlement_due
from regional_desk.services.pay.allowance_run import Run
from regional_desk.services.pay.recoveries import Recovery
from regional_desk.services.pay.run_board import board
from regional_desk.services.safety import accounts, opening
from regional_desk.services.training import courses, membership_events, memberships
from regional_desk.store.recoveries import settled_rows

DAY = dt.date(2026, 8, 5)
FULL = 380_000


def course_of(desk: Desk) -> UUID:
    return courses.list_courses(desk)[0].id


def confirm(desk: Desk) -> Run:
    """The August unit confirmed, every 출석인정 with its evidence."""
    policies.adopt(
        desk, policies.DEFAULT_SCHEME, reference="지역기업정책과-1234", document_date=dt.date(2026, 7, 1)
    )
    course_id = course_of(desk)
    shown = attendance.grid(desk, course_id)
    found = [
        CellChange(
            row.trainee, column.day, Cell(Status.EXCUSED, reason="interview", evidence=Evidence.VERIFIED)
        )
        for row in shown.rows
        for column, cell in zip(shown.days, row.cells, strict=True)
        if cell == EXCUSED
    ]
    attendance.set_cells(desk, course_id, found, title="증빙 확인")
    allowance.draft(desk, course_id, 1)
    allowance.check(desk, course_id, 1)
    return allowance.confirm(desk, course_id, 1)


def tick(clock: FixedClock, minutes: int = 1) -> None:
    clock.move_to(clock.now() + dt.timedelta(minutes=minutes))


def full_payer(run: Run) -> UUID:
    """Somebody who attended every day."""
    return next(line.trainee for line in run.lines if line.amount == FULL and str(line.rate) == "100.0")


def days_of(desk: Desk, trainee: UUID, *cells: Cell) -> list[dt.date]:
    """The training days on which a trainee has one of these records."""
    shown = attendance.grid(desk, course_of(desk))
    row = next(row for row in shown.rows if row.trainee == trainee)
    return [column.day for column, cell in zip(shown.days, row.cells, strict=True) if cell in cells]


def correct(desk: Desk, clock: FixedClock, trainee: UUID, day: dt.date, cell: Cell) -> Correction:
    """A 정정 asked for and approved."""
    tick(clock)
    found = corrections.request(desk, course_of(desk), trainee, day, cell, "출입 기록으로 확인")
    tick(clock)
    return corrections.approve(desk, found, corrections.show(desk, found).version)


def settle(desk: Desk, clock: FixedClock) -> Run:
    """A 정산 drafted, checked and confirmed."""
    tick(clock)
    settlement.draft(desk, course_of(desk), 1)
    allowance.check(desk, course_of(desk), 1)
    return allowance.confirm(desk, course_of(desk), 1)


def asked_back(desk: Desk, clock: FixedClock) -> Recovery:
    """A 환수 of 20,000 won: one day of somebody who attended all became an absence."""
    trainee = full_payer(confirm(desk))
    correct(desk, clock, trainee, DAY, ABSENT)
    settle(desk, clock)
    return recoveries.list_recoveries(desk)[0]


def rows_of_confirmed(desk: Desk) -> list[tuple[object, ...]]:
    with desk.store.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT r.* FROM allowance_row r JOIN allowance_run n ON n.id = r.run_id WHERE n.number = 1 ORDER BY r.number"
        ).fetchall()
    return [tuple(row) for row in found]


def test_a_correction_shows_in_the_grid_and_leaves_record_and_run(desk: Desk, clock: FixedClock) -> None:
    run = confirm(desk)
    trainee, before = full_payer(run), rows_of_confirmed(desk)
    with pytest.raises(Refusal, match="확정된 훈련수당"):
        attendance.set_cells(desk, course_of(desk), [CellChange(trainee, DAY, ABSENT)], title="x")
    done = correct(desk, clock, trainee, DAY, ABSENT)
    assert (done.state, done.change, done.reason, done.solo) == (
        State.APPROVED,
        "출석 → 결석",
        "출입 기록으로 확인",
        True,
    )
    row = next(row for row in attendance.grid(desk, course_of(desk)).rows if row.trainee == trainee)
    assert row.summary.absences == 1
    assert [line.new for line in cell_history.history(desk, trainee, DAY)][-1] == "결석"
    with desk.store.read() as connection:
        kept = attendance.cells_of(connection, trainee, [DAY])
    assert kept[DAY].status is Status.PRESENT
    assert rows_of_confirmed(desk) == before


def test_a_cell_under_a_correction_takes_no_entry(desk: Desk, clock: FixedClock) -> None:
    course_id, run = course_of(desk), confirm(desk)
    trainee = full_payer(run)
    name = next(line.name for line in run.lines if line.trainee == trainee)
    correct(desk, clock, trainee, DAY, ABSENT)
    for cell in (EMPTY, ABSENT):
        with pytest.raises(Refusal, match=r"정정으로 고친 칸이 1개 있어.*\[출석 → 정정\]") as refused:
            attendance.set_cells(desk, course_id, [CellChange(trainee, DAY, cell)], title="x")
        assert [item.where for item in refused.value.items] == [f"{name} {korean_date(DAY)}"]
    with pytest.raises(Refusal, match="확정된 훈련수당"):  # another day of the same person
        attendance.set_cells(desk, course_id, [CellChange(trainee, dt.date(2026, 8, 10), ABSENT)], title="x")


def test_undo_and_redo_stop_at_a_cell_under_a_correction(desk: Desk, clock: FixedClock) -> None:
    course_id = course_of(desk)
    run = confirm(desk)
    trainee = full_payer(run)
    allowance.cancel(desk, course_id, 1, "다시 확인")
    attendance.set_cells(desk, course_id, [CellChange(trainee, DAY, ABSENT)], title="결석")
    tick(clock)
    allowance.draft(desk, course_id, 1)
    allowance.check(desk, course_id, 1)
    allowance.confirm(desk, course_id, 1)
    correct(desk, clock, trainee, DAY, PRESENT)
    with pytest.raises(Refusal, match="정정으로 고친 칸"):
        attendance.undo(desk)
    tick(clock)
    allowance.cancel(desk, course_id, 1, "다시 확인")  # the 정정 became the record
    with pytest.raises(Refusal, match="그 뒤에 다시 바뀐 칸"):
        attendance.undo(desk)
    attendance.set_cells(desk, course_id, [CellChange(trainee, DAY, ABSENT)], title="결석")
    attendance.undo(desk)
    tick(clock)
    allowance.draft(desk, course_id, 1)
    allowance.check(desk, course_id, 1)
    allowance.confirm(desk, course_id, 1)
    correct(desk, clock, trainee, DAY, EMPTY)
    with pytest.raises(Refusal, match="정정으로 고친 칸"):
        attendance.redo(desk)


def test_a_request_changes_nothing_before_it_is_approved(desk: Desk) -> None:
    trainee = full_payer(confirm(desk))
    asked = corrections.request(desk, course_of(desk), trainee, DAY, ABSENT, "착오")
    assert days_of(desk, trainee, ABSENT) == []
    assert corrections.count_waiting(desk) == 1
    done = corrections.refuse(desk, asked, 1, "출입 기록과 다름")
    assert (done.state, done.decision) == (State.REFUSED, "출입 기록과 다름")
    assert days_of(desk, trainee, ABSENT) == []
    with pytest.raises(Refusal, match="이미 '반려'"):
        corrections.approve(desk, asked, done.version)
    with pytest.raises(Refusal, match="정산할 것이 없습니다"):
        settlement.draft(desk, course_of(desk), 1)


def test_what_cannot_be_asked_is_refused(desk: Desk) -> None:
    course_id, trainee = course_of(desk), attendance.grid(desk, course_of(desk)).rows[0].trainee
    with pytest.raises(Refusal, match="확정되지 않은 단위기간"):
        corrections.request(desk, course_id, trainee, DAY, ABSENT, "착오")
    trainee = full_payer(confirm(desk))
    for day, cell, reason, why in (
        (DAY, ABSENT, " ", "사유"),
        (DAY, PRESENT, "착오", "정정할 것이 없습니다"),
        (dt.date(2026, 8, 8), ABSENT, "착오", "소정훈련일이 아닙니다"),
        (dt.date(2026, 9, 8), ABSENT, "착오", "훈련기간"),
    ):
        with pytest.raises(Refusal, match=why):
            corrections.request(desk, course_id, trainee, day, cell, reason)
    corrections.request(desk, course_id, trainee, DAY, ABSENT, "착오")
    with pytest.raises(Refusal, match="이미 있습니다"):
        corrections.request(desk, course_id, trainee, DAY, EMPTY, "착오")


def test_the_caps_of_excused_days_hold_for_corrections_too(desk: Desk, clock: FixedClock) -> None:
    trainee = full_payer(confirm(desk))
    ill = Cell(Status.EXCUSED, reason="illness", evidence=Evidence.VERIFIED)
    correct(desk, clock, trainee, DAY, ill)
    waiting = corrections.request(desk, course_of(desk), trainee, dt.date(2026, 8, 7), ill, "입원")
    correct(desk, clock, trainee, dt.date(2026, 8, 6), ill)  # a tenth of 19 days, half up, is two
    with pytest.raises(Refusal, match="질병"):
        corrections.approve(desk, waiting, 1)
    with pytest.raises(Refusal, match="질병"):
        corrections.request(desk, course_of(desk), trainee, dt.date(2026, 8, 10), ill, "입원")


def test_a_withdrawn_request_leaves_room_for_another(desk: Desk) -> None:
    trainee = full_payer(confirm(desk))
    asked = corrections.request(desk, course_of(desk), trainee, DAY, ABSENT, "착오")
    assert corrections.withdraw(desk, asked, 1).state is State.WITHDRAWN
    corrections.request(desk, course_of(desk), trainee, DAY, EMPTY, "착오")
    assert [one.state for one in corrections.list_corrections(desk)] == [State.REQUESTED, State.WITHDRAWN]
    assert len(corrections.list_corrections(desk, states=(State.REQUESTED,))) == 1


def test_the_evidence_of_a_correction_is_kept_and_opened(desk: Desk) -> None:
    trainee = full_payer(confirm(desk))
    file = ReceivedFile("출입기록.pdf", b"%PDF-1.7 record", "application/pdf")
    asked = corrections.request(desk, course_of(desk), trainee, DAY, ABSENT, "출입 기록", file)
    opened = corrections.open_evidence(desk, asked)
    assert (opened.suffix, opened.read_bytes()) == (".pdf", b"%PDF-1.7 record")
    corrections.withdraw(desk, asked, 1)
    other = corrections.request(desk, course_of(desk), trainee, DAY, ABSENT, "출입 기록")
    with pytest.raises(Refusal, match="증빙 파일이 없습니다"):
        corrections.open_evidence(desk, other)


def other_leader(desk: Desk, office: Path, clock: FixedClock, open_again: Callable[[], Desk]) -> Desk:
    """The first desk again, once a second person may decide and confirm."""
    accounts.add_user(desk, "user02", "이팀장", [Role.LEADER], "temporary-word-1")
    desk.store.close()
    later = opening.open_office(office, "user02", "temporary-word-1", clock)
    accounts.change_password(later, "temporary-word-1", "another-good-word-2")
    later.store.close()
    return open_again()


def as_second(desk: Desk) -> Desk:
    """The same store under the second person."""
    row = next(row for row in opening.list_users(desk) if row.login == "user02")
    actor = Actor(row.id, row.login, row.name, frozenset(Role(role) for role in row.roles))
    return Desk(desk.store, actor, desk.office, desk.clock)


def test_a_second_person_decides_and_who_asked_does_not_confirm(
    desk: Desk, office: Path, clock: FixedClock, open_again: Callable[[], Desk]
) -> None:
    trainee = full_payer(confirm(desk))
    first = other_leader(desk, office, clock, open_again)
    course_id, second = course_of(first), as_second(first)
    tick(clock)
    asked = corrections.request(first, course_id, trainee, DAY, ABSENT, "착오")
    with pytest.raises(Refusal, match="이팀장"):
        corrections.approve(first, asked, 1)
    with pytest.raises(NotAllowed):
        corrections.request(second, course_id, trainee, dt.date(2026, 8, 6), ABSENT, "착오")
    tick(clock)
    assert not corrections.approve(second, asked, 1).solo
    tick(clock)
    settlement.draft(first, course_id, 1)
    allowance.check(second, course_id, 1)
    with pytest.raises(Refusal, match="이팀장"):
        allowance.confirm(first, course_id, 1)
    assert not allowance.confirm(second, course_id, 1).row.solo


def test_who_asked_for_a_correction_does_not_confirm_what_another_drafted(
    desk: Desk, office: Path, clock: FixedClock, open_again: Callable[[], Desk]
) -> None:
    trainee = full_payer(confirm(desk))
    first = other_leader(desk, office, clock, open_again)
    course_id, second = course_of(first), as_second(first)
    tick(clock)
    asked = corrections.request(first, course_id, trainee, DAY, ABSENT, "착오")
    tick(clock)
    corrections.approve(second, asked, 1)
    tick(clock)
    row = next(row for row in opening.list_users(first) if row.login == "user02")
    actor = Actor(row.id, row.login, row.name, frozenset({Role.ALLOWANCE}))
    settlement.draft(Desk(first.store, actor, first.office, first.clock), course_id, 1)
    allowance.check(first, course_id, 1)
    with pytest.raises(Refusal, match=r"정정을 요청한 사람은 확정할 수 없습니다.*이팀장"):
        allowance.confirm(first, course_id, 1)
    assert allowance.show(first, course_id, 1).state is RunState.CHECKED


def test_more_days_are_paid_by_a_settlement(desk: Desk, clock: FixedClock) -> None:
    run = confirm(desk)
    line = next(line for line in run.lines if line.eligible and days_of(desk, line.trainee, ABSENT))
    day = days_of(desk, line.trainee, ABSENT)[0]
    correct(
        desk, clock, line.trainee, day, Cell(Status.EXCUSED, reason="interview", evidence=Evidence.VERIFIED)
    )
    (due,) = settlement_due.proposals(desk)
    assert (due.people, due.amount, due.recovery) == (1, 20_000, 0)
    done = settle(desk, clock)
    assert (done.row.kind, done.row.number, done.total) == ("settlement", 2, 20_000)
    (row,) = done.lines
    assert (row.trainee, row.amount) == (line.trainee, 20_000)
    assert any(sentence.startswith("정정: ") for sentence in row.trace)
    assert row.trace[-2] == "그래서 20,000원을 더 지급합니다."
    (card,) = board(desk)
    assert (card.drafted_people, card.total) == (
        len(run.lines),
        run.total + 20_000,
    )  # the unit's, not the 정산's
    with desk.store.read() as connection:
        (kept,) = settled_rows(connection, done.row.id)
    assert (kept.already, kept.entitled, kept.recovery) == (line.amount, line.amount + 20_000, 0)
    assert settlement_due.proposals(desk) == ()
    assert recoveries.list_recoveries(desk) == ()
    with pytest.raises(Refusal, match="정산할 것이 없습니다"):
        settlement.draft(desk, course_of(desk), 1)


def test_which_of_two_confirmed_runs_was_paid_is_never_guessed(desk: Desk, clock: FixedClock) -> None:
    main, course_id = confirm(desk), course_of(desk)
    correct(desk, clock, full_payer(main), DAY, ABSENT)
    tick(clock)
    settlement.draft(desk, course_id, 1)  # not confirmed yet: the main run is the only one that can be meant
    assert (allowance.pay(desk, course_id, 1).row.id, allowance.show(desk, course_id, 1).row.number) == (
        main.row.id,
        2,
    )
    with pytest.raises(Refusal, match="지금 상태가 '작성'"):
        allowance.pay(desk, course_id, 1)


def test_a_payment_names_its_run_where_two_are_confirmed(desk: Desk, clock: FixedClock) -> None:
    main, course_id = confirm(desk), course_of(desk)
    correct(desk, clock, full_payer(main), DAY, ABSENT)
    settle(desk, clock)
    with pytest.raises(Refusal, match=rf"1판\(본\) {main.total:,}원, 2판\(정산\) 0원"):
        allowance.pay(desk, course_id, 1)
    with pytest.raises(UsageError, match="3판"):
        allowance.pay(desk, course_id, 1, number=3)
    assert {run.state for run in allowance.runs(desk, course_id)} == {"confirmed"}
    paid = allowance.pay(desk, course_id, 1, number=1)
    assert (paid.row.id, paid.state) == (main.row.id, RunState.PAID)
    assert allowance.pay(desk, course_id, 1).row.number == 2
    with pytest.raises(Refusal, match="지금 상태가 '지급'"):
        allowance.pay(desk, course_id, 1, number=1)


def test_fewer_days_are_asked_back_and_never_paid(desk: Desk, clock: FixedClock) -> None:
    found = asked_back(desk, clock)
    assert (found.label, found.amount, found.state) == ("제2026-001호", 20_000, RecoveryState.UNNOTICED)
    assert "380,000원보다 적음" in found.reason
    run = allowance.show(desk, course_of(desk), 1)
    assert (run.total, [line.amount for line in run.lines]) == (0, [0])


def test_a_notice_its_receipts_and_a_voided_one(desk: Desk, clock: FixedClock) -> None:
    found = asked_back(desk, clock)
    with pytest.raises(Refusal, match="납부기한"):
        recoveries.give_notice(desk, found.id, found.version, clock.today())
    found = recoveries.give_notice(desk, found.id, found.version, dt.date(2026, 9, 30))
    assert (found.state, found.noticed_on) == (RecoveryState.WAITING, dt.date(2026, 8, 31))
    for amount in (0, 20_010):
        with pytest.raises(Refusal, match="20,000원까지"):
            recoveries.receive(desk, found.id, found.version, amount, clock.today(), "통장 1")
    found = recoveries.receive(desk, found.id, found.version, 5_000, clock.today(), "통장 1")
    assert (found.balance, found.state) == (15_000, RecoveryState.WAITING)
    clock.move_to(dt.datetime(2026, 10, 1, 9, tzinfo=clock.now().tzinfo))
    assert recoveries.waiting(desk) == recoveries.Waiting(0, 1, 15_000)
    found = recoveries.receive(desk, found.id, found.version, 15_000, clock.today(), "통장 2")
    assert (found.balance, found.state) == (0, RecoveryState.SETTLED)
    assert recoveries.waiting(desk) == recoveries.Waiting(0, 0, 0)
    _, last = recoveries.receipts(desk, found.id)
    found = recoveries.void_receipt(desk, found.id, found.version, last.id, "다른 사람의 입금")
    assert (found.balance, found.state) == (15_000, RecoveryState.OVERDUE)
    with pytest.raises(Refusal, match="그 사이에"):
        recoveries.void_receipt(desk, found.id, found.version, last.id, "한 번 더")
    assert [one.void_reason for one in recoveries.receipts(desk, found.id)] == [None, "다른 사람의 입금"]


def test_what_was_waived_is_neither_asked_for_nor_paid_again(desk: Desk, clock: FixedClock) -> None:
    found = asked_back(desk, clock)
    found = recoveries.waive(desk, found.id, found.version, "소액")
    assert (found.balance, found.state) == (0, RecoveryState.WAIVED)
    correct(desk, clock, found.trainee, DAY, PRESENT)
    again = settle(desk, clock)
    assert again.total == 0
    correct(desk, clock, found.trainee, DAY, ABSENT)
    assert settle(desk, clock).total == 0
    assert len(recoveries.list_recoveries(desk)) == 1


def test_an_open_recovery_is_asked_anew_when_the_unit_is_settled_again(desk: Desk, clock: FixedClock) -> None:
    found = asked_back(desk, clock)
    recoveries.receive(desk, found.id, found.version, 5_000, clock.today(), "통장 1")
    correct(desk, clock, found.trainee, dt.date(2026, 8, 6), ABSENT)
    settle(desk, clock)
    first, second = recoveries.list_recoveries(desk)
    assert (first.state, first.balance, first.received) == (RecoveryState.WITHDRAWN, 0, 5_000)
    assert (second.amount, second.state) == (35_000, RecoveryState.UNNOTICED)


def test_leaving_after_confirmation_is_settled_and_the_difference_goes(desk: Desk, clock: FixedClock) -> None:
    trainee, last = full_payer(confirm(desk)), dt.date(2026, 8, 27)
    with pytest.raises(Refusal, match="미입력으로 정정"):
        memberships.leave(desk, course_of(desk), trainee, last, "취업")
    correct(desk, clock, trainee, dt.date(2026, 8, 28), EMPTY)
    tick(clock)
    memberships.leave(desk, course_of(desk), trainee, last, "취업")
    (due,) = settlement_due.proposals(desk)
    assert due.people == 1
    assert len(membership_events.survey_differences(desk)) == 1
    run = settle(desk, clock)
    assert any("2026. 8. 27.까지" in sentence for sentence in run.lines[0].trace)
    assert [one.amount for one in recoveries.list_recoveries(desk)] == [due.recovery]
    assert due.recovery > 0
    assert membership_events.survey_differences(desk) == ()


def test_a_cancelled_settlement_takes_its_recoveries_back(desk: Desk, clock: FixedClock) -> None:
    found = asked_back(desk, clock)
    tick(clock)
    allowance.cancel(desk, course_of(desk), 1, "다시 확인")
    assert recoveries.show(desk, found.id).state is RecoveryState.WITHDRAWN
    (due,) = settlement_due.proposals(desk)
    assert due.recovery == 20_000
    again = settle(desk, clock)
    assert again.row.number == 3
    last = recoveries.list_recoveries(desk)[-1]
    recoveries.receive(desk, last.id, last.version, 1_000, clock.today(), "통장 3")
    with pytest.raises(Refusal, match="이미 받은 돈"):
        allowance.cancel(desk, course_of(desk), 1, "다시 확인")


def test_a_cancelled_settlement_asks_again_what_it_had_replaced(desk: Desk, clock: FixedClock) -> None:
    first = asked_back(desk, clock)
    correct(desk, clock, first.trainee, dt.date(2026, 8, 6), ABSENT)
    settle(desk, clock)
    assert [one.balance for one in recoveries.list_recoveries(desk)] == [0, 40_000]
    tick(clock)
    allowance.cancel(desk, course_of(desk), 1, "다시 확인")
    assert [one.balance for one in recoveries.list_recoveries(desk)] == [20_000, 0]


def test_cancelling_the_first_run_turns_its_corrections_into_records(desk: Desk, clock: FixedClock) -> None:
    trainee = full_payer(confirm(desk))
    correct(desk, clock, trainee, DAY, ABSENT)
    tick(clock)
    allowance.cancel(desk, course_of(desk), 1, "정정을 넣어 다시 확정")
    with desk.store.read() as connection:
        assert attendance.cells_of(connection, trainee, [DAY])[DAY] == ABSENT
        assert corrections.overlay(connection, course_of(desk)) == {}
    attendance.set_cells(desk, course_of(desk), [CellChange(trainee, DAY, PRESENT)], title="다시 출석")
    assert days_of(desk, trainee, ABSENT) == []
    tick(clock)
    allowance.draft(desk, course_of(desk), 1)
    allowance.check(desk, course_of(desk), 1)
    allowance.confirm(desk, course_of(desk), 1)
    assert days_of(desk, trainee, ABSENT) == []
    assert settlement_due.proposals(desk) == ()


def test_a_stale_settlement_is_not_checked(desk: Desk, clock: FixedClock) -> None:
    trainee = full_payer(confirm(desk))
    correct(desk, clock, trainee, DAY, ABSENT)
    settlement.draft(desk, course_of(desk), 1)
    correct(desk, clock, trainee, dt.date(2026, 8, 6), ABSENT)
    with pytest.raises(Refusal, match="다시 정산"):
        allowance.check(desk, course_of(desk), 1)
    run = settlement.draft(desk, course_of(desk), 1)
    assert (run.row.number, run.row.version) == (2, 2)
    correct(desk, clock, trainee, dt.date(2026, 8, 6), PRESENT)
    correct(desk, clock, trainee, DAY, PRESENT)
    assert [line.amount for line in settlement.draft(desk, course_of(desk), 1).lines] == [0]


def test_the_policy_adopted_later_does_not_settle_the_past(desk: Desk, clock: FixedClock) -> None:
    confirm(desk)
    tick(clock)
    policies.adopt(
        desk, policies.DEFAULT_SCHEME, reference="지역기업정책과-9999", document_date=dt.date(2026, 8, 31)
    )
    with pytest.raises(Refusal, match="정산할 것이 없습니다"):
        settlement.draft(desk, course_of(desk), 1)


def test_the_budget_is_granted_spent_and_left(desk: Desk, clock: FixedClock) -> None:
    item, today = BudgetItem.ALLOWANCE, dt.date(2026, 8, 31)
    assert not budget.read_balance(desk).known
    budget.add_entry(desk, item, EntryKind.GRANT, 30_000_000, dt.date(2026, 7, 1), "지역기업정책과-1")
    mistaken = budget.add_entry(desk, item, EntryKind.GRANT, 1_000, today, "지역기업정책과-2")
    budget.add_entry(desk, item, EntryKind.INTEREST, 7_000, today, "통장 이자")
    budget.void_entry(desk, mistaken, "잘못 적음")
    with pytest.raises(Refusal, match="이미 무효"):
        budget.void_entry(desk, mistaken, "한 번 더")
    total = confirm(desk).total
    money = budget.read_balance(desk)
    assert (money.granted, money.spent, money.left) == (30_000_000, total, 30_000_000 - total)
    for amount, on, reference, why in (
        (0, today, "공문", "1원 이상"),
        (10, today, "", "근거"),
        (10, dt.date(2026, 9, 1), "공문", "오지 않은 날"),
    ):
        with pytest.raises(Refusal, match=why):
            budget.add_entry(desk, item, EntryKind.GRANT, amount, on, reference)
    most = money.left + 7_000
    with pytest.raises(Refusal, match="보다 많이 반납"):
        budget.add_entry(desk, item, EntryKind.RETURN, most + 1, today, "반납고지")
    budget.add_entry(desk, item, EntryKind.RETURN, most, today, "반납고지")
    assert budget.read_balance(desk).left == 0
    assert [entry.void_reason for entry in budget.entries(desk)].count("잘못 적음") == 1


def test_the_sheet_balances_through_payment_settlement_and_receipt(desk: Desk, clock: FixedClock) -> None:
    budget.add_entry(
        desk, BudgetItem.ALLOWANCE, EntryKind.GRANT, 30_000_000, dt.date(2026, 7, 1), "지역기업정책과-1"
    )
    run = confirm(desk)
    (unit,) = budget.sheet(desk).units
    assert (unit.waiting, unit.paid, unit.confirmed) == (run.total, 0, run.total)
    allowance.pay(desk, course_of(desk), 1)
    correct(desk, clock, full_payer(run), DAY, ABSENT)
    settle(desk, clock)
    found = recoveries.list_recoveries(desk)[0]
    recoveries.receive(desk, found.id, found.version, 15_000, clock.today(), "통장 1")
    sheet = budget.sheet(desk)
    (unit,) = sheet.units
    assert (unit.paid, unit.asked, unit.received) == (run.total, 20_000, 15_000)
    assert sheet.balances
    assert sheet.cash == sheet.balance.left == 30_000_000 - run.total + 15_000
