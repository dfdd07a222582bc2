"""Runs of 훈련수당: drafted by profiles as person by person, sent back, held, supplemented, cancelled, many at once."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests.conftest import MONTH_END
from tests.integration.test_leases import CHEAP
from tests.integration.test_month import adopt, confirm, course_of, give_evidence

from regional_desk.desktop.today.runs import read_runs
from regional_desk.domain.allowance import RunState
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.day_strip import read_strip
from regional_desk.domain.people import Track
from regional_desk.domain.policies import Method
from regional_desk.domain.rights import Role
from regional_desk.domain.run_steps import Step
from regional_desk.domain.settlement import BudgetItem, EntryKind
from regional_desk.errors import NotAllowed, OpenItems, Refusal
from regional_desk.services.attendance import leases
from regional_desk.services.desk import Actor, Desk
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.pay import allowance, budget, drafting, many_runs
from regional_desk.services.pay.run_board import board
from regional_desk.services.pay.run_difference import difference
from regional_desk.services.pay.run_states import RunKind, UnitKey
from regional_desk.services.recruitment import people
from regional_desk.services.safety import accounts, opening
from regional_desk.services.training import courses, memberships
from regional_desk.store.allowance import list_pay_rows
from regional_desk.store.attendance import CellValues, write_cells

DAYS = [dt.date(2026, 8, 3) + dt.timedelta(days=at) for at in range(26)]


def second_course(desk: Desk, name: str = "Track1 4기 품질") -> UUID:
    """A course beside the month's one, with six people and no record yet."""
    made = courses.add_course(desk, name, Track.TRACK1, dt.date(2026, 8, 3), dt.date(2026, 8, 28))
    chosen = [row.id for row in people.list_people(desk) if row.stage == "applied"][:6]
    memberships.enrol(desk, made.course.id, chosen, direct_reason="추가 모집")
    return made.course.id


def scramble(desk: Desk, course: UUID, seed: int) -> None:
    """Any records at all: late joiners, leavers, non-payable spans, marks, gaps, days of two lengths, a void day."""
    chance = random.Random(seed)  # noqa: S311 - invented records
    detail = courses.course(desk, course)
    with desk.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM attendance")
        void, short = chance.sample([day.day for day in detail.days], 2)
        connection.exec_driver_sql("UPDATE course_day SET void = 1 WHERE day = ?", (void.isoformat(),))
        if chance.random() < 0.5:
            connection.exec_driver_sql(
                "UPDATE course_day SET minutes = 240 WHERE day = ?", (short.isoformat(),)
            )
        for member in detail.members:
            first, last = sorted(chance.choices(DAYS, k=2))
            joined = first if chance.random() < 0.2 else DAYS[0]
            left = max(last, joined) if chance.random() < 0.2 else None
            connection.exec_driver_sql(
                'UPDATE membership SET joined = ?, "left" = ? WHERE id = ?',
                (joined.isoformat(), left and left.isoformat(), member.id.bytes),
            )
            if chance.random() < 0.15:
                span = sorted(chance.choices(DAYS, k=2))
                connection.exec_driver_sql(
                    'INSERT INTO nonpayable_span (id, person_id, kind, start, "end") VALUES (?, ?, ?, ?, ?)',
                    (
                        chance.randbytes(16),
                        member.person.bytes,
                        "unemployment",
                        *(day.isoformat() for day in span),
                    ),
                )
            write_cells(
                connection,
                [
                    (member.person, day.day, record)
                    for day in detail.days
                    if joined <= day.day <= (left or DAYS[-1]) and (record := any_record(chance))
                ],
            )


def any_record(chance: random.Random) -> CellValues | None:
    """A record, mostly 출석, sometimes none."""
    roll = chance.random()
    if roll < 0.05:
        return None
    status = 2 if roll < 0.12 else 3 if roll < 0.16 else 1
    marks = chance.choice((0, 0, 0, 0, 0, 1, 2, 4, 5, 7)) if status == 1 else 0
    return status, marks, None, None, None, 0, None


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("method", list(Method))
def test_a_draft_by_profiles_pays_what_the_rules_say_of_each_person(
    desk: Desk, seed: int, method: Method
) -> None:
    course = course_of(desk)
    scramble(desk, course, seed)
    policy_method = method if method is not Method.DAILY else None
    run = allowance.draft(desk, course, 1, method=policy_method)
    with desk.store.read() as connection:
        detail = courses.read_detail(connection, course)
        expected = drafting.estimate(connection, detail, detail.units[0], policy_method)
    found = {
        line.trainee: (line.amount, line.rate, line.attended_days, line.trace[:-1]) for line in run.lines
    }
    assert found == {
        person: (made.amount, made.rate, made.attended_days, made.trace[:-1])
        for person, made in expected.items()
    }
    assert run.total == sum(made.amount for made in expected.values())
    assert run.row.people == len(expected)
    assert run.row.paid_people == sum(made.amount > 0 for made in expected.values())


@pytest.mark.parametrize("seed", [0, 3])
def test_a_strip_holds_each_training_day_once(desk: Desk, seed: int) -> None:
    course = course_of(desk)
    scramble(desk, course, seed)
    run = allowance.draft(desk, course, 1)
    days = [day.day for day in run.course.days_of(run.unit)]
    members = {member.person: member for member in run.course.members}
    with desk.store.read() as connection:
        records = {
            (row[0], row[1]): (row[2], row[3])
            for row in connection.exec_driver_sql("SELECT trainee_id, day, status, marks FROM attendance")
        }
    for line in run.lines:
        member, cells = members[line.trainee], read_strip(line.strip)
        assert len(cells) == len(days)
        for day, cell in zip(days, cells, strict=True):
            inside = member.joined <= day <= (member.left or DAYS[-1])
            kept = records.get((line.trainee.bytes, day.isoformat()), (0, 0))
            assert (cell and (int(cell.status), int(cell.marks))) == (kept if inside else None)


def test_a_course_that_counts_by_minutes_is_drafted_person_by_person(desk: Desk) -> None:
    made = courses.add_course(desk, "5일 과정", Track.TRACK1, dt.date(2026, 8, 24), dt.date(2026, 8, 28))
    chosen = [row.id for row in people.list_people(desk) if row.stage == "applied"][:2]
    memberships.enrol(desk, made.course.id, chosen, direct_reason="추가 모집")
    with desk.store.write() as connection:
        for at, one in enumerate(chosen):
            record = (1, at, 540 + 120 * at, 1080, None, 0, None)
            write_cells(connection, [(one, day.day, record) for day in made.days])
    run = allowance.draft(desk, made.course.id, 1)
    assert [str(line.rate) for line in run.lines] == ["100.0", "75.0"]


def test_a_draft_leaves_nothing_behind_but_its_run(desk: Desk) -> None:
    allowance.draft(desk, course_of(desk), 1)
    with desk.store.write() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_temp_master").scalar() == 0


def test_a_checked_run_goes_back_with_a_reason_that_is_kept_until_it_is_checked_again(desk: Desk) -> None:
    course = course_of(desk)
    allowance.draft(desk, course, 1)
    allowance.check(desk, course, 1)
    with pytest.raises(Refusal, match="사유"):
        allowance.send_back(desk, course, 1, "  ")
    run = allowance.send_back(desk, course, 1, "7번 출결 확인")
    assert (run.state, run.row.returned_reason) == (RunState.DRAFT, "7번 출결 확인")
    assert run.row.checked_by is None
    assert "검토에서 되돌아온 훈련수당" in [line.title for line in read_runs(desk)]
    assert allowance.check(desk, course, 1).row.returned_reason is None
    assert not list(read_runs(desk))


def test_only_a_checked_run_goes_back(desk: Desk) -> None:
    allowance.draft(desk, course_of(desk), 1)
    with pytest.raises(Refusal, match="'검토' 상태에서"):
        allowance.send_back(desk, course_of(desk), 1, "까닭")


def test_held_people_stay_on_today_and_are_paid_by_a_supplementary_run(desk: Desk) -> None:
    course = course_of(desk)
    adopt(desk)
    give_evidence(desk)
    first = next(line for line in allowance.draft(desk, course, 1).lines if line.amount)
    allowance.hold(desk, course, 1, first.trainee, "통장 확인")
    allowance.check(desk, course, 1)
    main = allowance.confirm(desk, course, 1)
    assert [line.title for line in read_runs(desk)] == ["훈련수당 보류 1명"]
    allowance.pay(desk, course, 1)
    allowance.release(desk, course, 1, first.trainee)
    rest = allowance.draft(desk, course, 1)
    assert (rest.row.kind, rest.row.number) == (RunKind.SUPPLEMENTARY, 2)
    assert [(line.trainee, line.amount) for line in rest.lines] == [(first.trainee, first.amount)]
    with desk.store.read() as connection:
        kept = {row.trainee: row for row in list_pay_rows(connection, main.row.id)}
    assert kept[first.trainee].held
    assert not list(read_runs(desk))


def test_nobody_is_held_once_confirmed(desk: Desk) -> None:
    run = confirm(desk)
    with pytest.raises(Refusal, match="이미 확정된"):
        allowance.hold(desk, course_of(desk), 1, run.lines[0].trainee, "뒤늦게")


def test_a_version_after_a_cancelled_one_is_compared_with_it(desk: Desk) -> None:
    course, run = course_of(desk), confirm(desk)
    first = next(line for line in run.lines if line.amount == 380_000)
    allowance.cancel(desk, course, 1, "구직급여 확인")
    people.add_span(desk, first.trainee, "구직급여", dt.date(2026, 8, 3), dt.date(2026, 8, 7))
    again = allowance.draft(desk, course, 1)
    found = difference(desk, again.row)
    assert found.compared == "1판(취소)"
    changed = {line.trainee: found.of(line.trainee, line.amount) for line in again.lines}
    assert {one: more for one, more in changed.items() if more} == {first.trainee: -100_000}


def test_a_first_run_is_compared_with_nothing(desk: Desk) -> None:
    run = allowance.draft(desk, course_of(desk), 1)
    found = difference(desk, run.row)
    assert (found.compared, found.of(run.lines[0].trainee, 100)) == ("", None)


def test_a_run_in_a_pay_file_is_not_cancelled(desk: Desk) -> None:
    run = confirm(desk)
    with desk.store.write() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO pay_file (id, programme_year, number, template, file_name, sha256, rows, total, purpose, "
                "made_by, made_at) VALUES (zeroblob(16), 2026, 1, 'x', 'x', zeroblob(32), 1, 10, 'x', zeroblob(16), 1)"
            )
        )
        connection.exec_driver_sql(
            "INSERT INTO pay_line (file_id, run_id, trainee_id, number, amount, bank, account_mac, account_tail, state) "
            "VALUES (zeroblob(16), ?, ?, 1, 10, '004', zeroblob(32), '1234', 'sent')",
            (run.row.id.bytes, run.lines[0].trainee.bytes),
        )
    with pytest.raises(Refusal, match="이체 파일"):
        allowance.cancel(desk, course_of(desk), 1, "다시")


def test_one_refused_run_stops_no_other(desk: Desk) -> None:
    adopt(desk)
    give_evidence(desk)
    open_one = second_course(desk)
    keys = [UnitKey(open_one, 1), UnitKey(course_of_month(desk), 1)]
    told: list[tuple[int, int]] = []
    for step in (Step.DRAFT, Step.CHECK):
        outcomes = many_runs.take(desk, step, keys, told=lambda done, of: told.append((done, of)))
        assert [one.refused for one in outcomes] == [None, None]
    assert told == [(1, 2), (2, 2), (1, 2), (2, 2)]
    confirmed = many_runs.take(desk, Step.CONFIRM, keys)
    assert isinstance(confirmed[0].refused, OpenItems)
    assert confirmed[1].refused is None
    states = {card.course: card.state for card in board(desk)}
    assert states == {open_one: RunState.CHECKED, keys[1].course: RunState.CONFIRMED}


def course_of_month(desk: Desk) -> UUID:
    """The course the month's files made."""
    return next(row.id for row in courses.list_courses(desk) if "3기" in row.name)


def test_the_board_has_a_card_of_every_unit_begun_with_people(desk: Desk) -> None:
    other = second_course(desk)
    courses.add_course(desk, "빈 과정", Track.TRACK1, dt.date(2026, 8, 3), dt.date(2026, 8, 28))
    courses.add_course(desk, "다음 달", Track.TRACK1, dt.date(2026, 9, 7), dt.date(2026, 9, 25))
    allowance.draft(desk, other, 1)
    cards = {card.course: card for card in board(desk, month="2026-08")}
    assert {card.people for card in cards.values()} == {6, 40}
    assert (cards[other].state, cards[other].is_open) == (RunState.DRAFT, True)
    assert [card.total for card in cards.values() if not card.runs] == [0]
    assert board(desk, month="2026-07") == ()


def test_a_confirmation_over_the_budget_needs_the_directors_reason(desk: Desk) -> None:
    course = course_of(desk)
    adopt(desk)
    give_evidence(desk)
    total = allowance.draft(desk, course, 1).total
    day = dt.date(2026, 8, 3)
    budget.add_entry(desk, BudgetItem.ALLOWANCE, EntryKind.GRANT, total - 10, day, "교부-1")
    allowance.check(desk, course, 1)
    with pytest.raises(Refusal, match="잔액"):
        allowance.confirm(desk, course, 1)
    budget.add_entry(desk, BudgetItem.ALLOWANCE, EntryKind.GRANT, 10, day, "교부-2")
    assert allowance.confirm(desk, course, 1).row.over_budget_reason is None


def test_a_director_confirms_over_the_budget_with_a_reason_that_is_kept(
    desk: Desk, office: Path, clock: FixedClock, open_again: Callable[[], Desk]
) -> None:
    accounts.add_user(desk, "director", "정단장", [Role.DIRECTOR], "temporary-word-1")
    desk.store.close()
    later = opening.open_office(office, "director", "temporary-word-1", clock)
    accounts.change_password(later, "temporary-word-1", "another-good-word-2")
    later.store.close()
    desk = open_again()
    course = course_of(desk)
    adopt(desk)
    give_evidence(desk)
    total = allowance.draft(desk, course, 1).total
    budget.add_entry(desk, BudgetItem.ALLOWANCE, EntryKind.GRANT, total - 10, dt.date(2026, 8, 3), "교부-1")
    allowance.check(desk, course, 1)
    row = next(row for row in opening.list_users(desk) if row.login == "director")
    actor = Actor(row.id, row.login, row.name, frozenset({Role.DIRECTOR}))
    director = Desk(desk.store, actor, desk.office, desk.clock)
    with pytest.raises(Refusal, match="넘겨 확정하는 사유"):
        allowance.confirm(director, course, 1, over_budget_reason=" ")
    run = allowance.confirm(director, course, 1, over_budget_reason="추가 교부 통보(지역-77)")
    assert (run.state, run.row.over_budget_reason) == (RunState.CONFIRMED, "추가 교부 통보(지역-77)")
    assert budget.read_balance(desk).left == -10


def test_a_unit_with_days_lent_out_is_confirmed_only_once_they_are_back(desk: Desk, tmp_path: Path) -> None:
    course = course_of(desk)
    adopt(desk)
    give_evidence(desk)
    first, last = dt.date(2026, 8, 24), dt.date(2026, 8, 28)
    lent = leases.lend(
        desk,
        course,
        first,
        last,
        holder="현장 노트북",
        due=MONTH_END.date(),
        password="lend-me-carefully",
        out=tmp_path / "class.rdlent",
        cost=CHEAP,
    )
    allowance.draft(desk, course, 1)
    allowance.check(desk, course, 1)
    with pytest.raises(Refusal, match=r"'현장 노트북'에 대출 중인 날.*\[출석 → 반 대출·반납\]"):
        allowance.confirm(desk, course, 1)
    assert allowance.show(desk, course, 1).state is RunState.CHECKED
    leases.take_back(desk, lent.lease, "노트북 고장")
    assert allowance.confirm(desk, course, 1).state is RunState.CONFIRMED


def test_many_at_once_need_the_right_before_the_first(desk: Desk) -> None:
    desk._rights = frozenset()
    with pytest.raises(NotAllowed):
        many_runs.take(desk, Step.DRAFT, [UnitKey(course_of(desk), 1)])


def test_each_person_gets_a_page_with_the_reason(desk: Desk, tmp_path: Path) -> None:
    course = course_of(desk)
    run = allowance.draft(desk, course, 1)
    allowance.hold(desk, course, 1, run.lines[0].trainee, "확인 중")
    made = papers.print_paper(
        desk, Wanted("personal-statement", course, 1), "pdf", tmp_path / "all.pdf", "본인 교부"
    )
    assert made.pages == len(run.lines) - 1
    one = Wanted("personal-statement", course, 1, person=run.lines[1].trainee)
    assert papers.print_paper(desk, one, "xlsx", tmp_path / "one.xlsx", "본인 교부").pages == 1
    held = Wanted("personal-statement", course, 1, person=run.lines[0].trainee)
    with pytest.raises(Refusal, match="보류된"):
        papers.print_paper(desk, held, "pdf", tmp_path / "held.pdf", "본인 교부")
