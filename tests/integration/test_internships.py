"""An internship from the placement to its end: agreements, amendments, start, breaks, replacement, and taking back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.agreed import PDF, agree, begin, complete, draft, place, placed, scan
from tests.integration.matching_office import as_somebody
from tests.placements import make_round

from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.internships import BreakKind, EndKind, InternState
from regional_desk.domain.masking import Masking
from regional_desk.domain.matching_rounds import Objective
from regional_desk.domain.rights import Role
from regional_desk.errors import FileRejected, NotAllowed, OpenItems, Refusal, UsageError
from regional_desk.services.desk import Desk
from regional_desk.services.internships import agreements, drafts, internships, interruptions
from regional_desk.services.internships.drafts import draft_of
from regional_desk.services.internships.events import EventKind
from regional_desk.services.matching import placements, results
from regional_desk.services.safety import logs
from regional_desk.services.visits import visits
from regional_desk.store.attachments import files_on_disk
from regional_desk.store.audit import CHANGES, change_log, first_break
from regional_desk.store.courses import course
from regional_desk.store.internships import agreement

FIRST = dt.date(2026, 9, 14)
LAST = dt.date(2026, 12, 13)


def at(clock: FixedClock, day: str) -> None:
    clock.move_to(dt.datetime.combine(dt.date.fromisoformat(day), dt.time(10), KST))


def test_a_placement_waits_until_its_agreement_is_prepared(desk: Desk) -> None:
    made = place(desk)
    ids = placed(made)
    assert {one.id for one in internships.waiting(desk)} == set(ids)
    found = internships.prepare(desk, ids[0])
    assert {one.id for one in internships.waiting(desk)} == set(ids[1:])
    row = found.row
    assert (row.label, row.state, row.start, row.end) == ("2026-1", InternState.PREPARING, FIRST, LAST)
    assert (row.wage, row.weekly_minutes, row.place) == (2_400_000, 2400, "창원시 성산구")
    assert [one.label for one in internships.list_internships(desk)] == ["2026-1"]
    with pytest.raises(Refusal, match="이미 인턴십 2026-1"):
        internships.prepare(desk, ids[0])


def test_an_unpublished_or_ended_placement_gives_no_internship(desk: Desk) -> None:
    made = make_round(desk)
    results.adopt(desk, made.round, Objective.STABLE)
    (first, second) = placed(made)
    with pytest.raises(Refusal, match="공개하지 않은"):
        internships.prepare(desk, first)
    placements.publish(desk, made.round, desk.clock.today())
    placements.end(desk, second, desk.clock.today(), "본인 사정")
    with pytest.raises(Refusal, match="연계를 취소한"):
        internships.prepare(desk, second)
    assert [one.id for one in internships.waiting(desk)] == [first]


def test_an_agreement_is_signed_only_when_nothing_is_open(desk: Desk, tmp_path: Path) -> None:
    made = place(desk)
    found = internships.prepare(desk, placed(made)[0])
    row = found.agreements[0]
    with pytest.raises(OpenItems) as refused:
        agreements.sign(desk, row.id, desk.clock.today(), on_paper=True)
    assert [one.message for one in refused.value.items] == ["'멘토'이(가) 비어 있습니다(근로기준법 제17조)."]
    keyed = replace(draft_of(row), mentor="김멘토", points={**row.points, "pay_method": " "})
    row = agreements.edit_draft(desk, row.id, row.version, keyed).agreements[0]
    assert [one.message for one in agreements.hindrances(desk, row.id)] == [
        "'임금의 지급방법'이(가) 비어 있습니다(근로기준법 제17조)."
    ]
    keyed = replace(keyed, points=found.agreements[0].points)
    row = agreements.edit_draft(desk, row.id, row.version, keyed).agreements[0]
    with pytest.raises(Refusal, match="스캔"):
        agreements.sign(desk, row.id, desk.clock.today())
    with pytest.raises(Refusal, match="오늘까지"):
        agreements.sign(desk, row.id, desk.clock.today() + dt.timedelta(days=1), on_paper=True)
    empty = tmp_path / "empty.pdf"
    empty.touch()
    with pytest.raises(FileRejected):
        agreements.sign(desk, row.id, desk.clock.today(), empty)
    signed = agreements.sign(desk, row.id, desk.clock.today(), scan(tmp_path))
    assert signed.row.state is InternState.AGREED
    assert signed.agreements[0].file_name == "scan.pdf"
    assert agreements.open_scan(desk, row.id).read_bytes() == PDF
    with pytest.raises(Refusal, match="이미 서명했습니다"):
        agreements.edit_draft(desk, row.id, signed.agreements[0].version, keyed)


def test_a_signed_agreement_on_paper_may_get_its_scan_later(desk: Desk, tmp_path: Path) -> None:
    found = agree(desk, placed(place(desk))[0], FIRST)
    assert found.agreements[0].attachment is None
    with pytest.raises(Refusal, match="스캔이 없습니다"):
        agreements.open_scan(desk, found.agreements[0].id)
    found = agreements.attach_scan(desk, found.agreements[0].id, scan(tmp_path))
    assert agreements.open_scan(desk, found.agreements[0].id).read_bytes() == PDF
    kept = set(files_on_disk(desk.store))
    better = tmp_path / "better.pdf"
    better.write_bytes(PDF + b"%better")
    found = agreements.attach_scan(desk, found.agreements[0].id, better)
    assert found.agreements[0].file_name == "better.pdf"
    assert len(kept - set(files_on_disk(desk.store))) == 1  # nothing names the first scan any more


def test_a_wage_under_the_minimum_of_any_month_is_refused_with_the_figures(desk: Desk) -> None:
    made = place(desk)
    (one, _) = placed(made)
    (row,) = (row for row in internships.waiting(desk) if row.id == one)
    low = replace(
        draft(desk, row.company, row.position, dt.date(2026, 12, 1), dt.date(2027, 1, 1)), wage=2_156_880
    )
    found = internships.prepare(desk, one, low)
    with pytest.raises(OpenItems) as refused:
        agreements.sign(desk, found.agreements[0].id, desk.clock.today(), on_paper=True)
    assert [item.message for item in refused.value.items] == [
        "2027년 1월의 최저임금은 월 2,236,300원인데 임금 2,156,880원은 79,420원 적습니다."
    ]
    held = replace(draft_of(found.agreements[0]), end=dt.date(2026, 12, 31))
    row_of = agreements.edit_draft(desk, found.agreements[0].id, found.agreements[0].version, held)
    signed = agreements.sign(desk, row_of.agreements[0].id, desk.clock.today(), on_paper=True)
    assert signed.row.state is InternState.AGREED


def test_more_than_three_months_are_refused_also_over_new_year(desk: Desk) -> None:
    made = place(desk)
    (one, _) = placed(made)
    (row,) = (row for row in internships.waiting(desk) if row.id == one)
    over = draft(desk, row.company, row.position, dt.date(2026, 11, 30), dt.date(2027, 3, 1))
    with pytest.raises(Refusal, match=r"3개월 이내, 2027\. 2\. 28\.까지"):
        internships.prepare(desk, one, over)
    found = internships.prepare(desk, one, replace(over, end=dt.date(2027, 2, 28)))
    assert [one.end.isoformat() for one in found.row.months] == ["2026-12-29", "2027-01-29", "2027-02-28"]
    assert found.row.programme_year == 2026


def test_an_internship_keeps_the_year_of_its_trainees_course(desk: Desk) -> None:
    one = placed(place(desk))[0]
    with desk.store.write() as connection:
        connection.execute(sa.update(course).values(programme_year=2025))
    found = internships.prepare(desk, one)
    assert found.row.label == "2025-1"
    assert [row.label for row in internships.list_internships(desk, 2025)] == ["2025-1"]
    assert internships.list_internships(desk) == ()


def test_a_draft_that_somebody_else_changed_is_not_overwritten(desk: Desk) -> None:
    found = internships.prepare(desk, placed(place(desk))[0])
    row = found.agreements[0]
    agreements.edit_draft(desk, row.id, row.version, replace(draft_of(row), mentor="김멘토"))
    with pytest.raises(Refusal, match="다른 사람"):
        agreements.edit_draft(desk, row.id, row.version, replace(draft_of(row), mentor="이멘토"))


def test_nothing_starts_before_it_is_signed_or_outside_the_agreed_days(desk: Desk, clock: FixedClock) -> None:
    ids = placed(place(desk))
    found = internships.prepare(desk, ids[0])
    at(clock, "2026-09-14")
    with pytest.raises(Refusal, match="서명하기 전"):
        internships.start(desk, found.row.id, FIRST)
    other = agree(desk, ids[1], FIRST)
    for day in (FIRST - dt.timedelta(days=1), FIRST + dt.timedelta(days=1)):  # before it, and a day to come
        with pytest.raises(Refusal, match="시작일"):
            internships.start(desk, other.row.id, day)
    begun = internships.start(desk, other.row.id, FIRST)
    assert (begun.row.state, begun.row.month_now, begun.row.days_left) == (InternState.ACTIVE, 1, 90)


def test_the_start_may_be_set_anew_with_a_reason(desk: Desk, clock: FixedClock) -> None:
    one = placed(place(desk))[0]
    at(clock, "2026-09-20")
    found = begin(desk, one, FIRST)
    later = FIRST + dt.timedelta(days=1)
    with pytest.raises(Refusal, match="사유"):
        internships.start(desk, found.row.id, later)
    moved = internships.start(desk, found.row.id, later, "출근 첫날 정정")
    assert moved.row.start == later
    assert moved.row.months[0].start == later


def test_an_amendment_drives_the_end_from_its_effective_date_once_signed(
    desk: Desk, clock: FixedClock
) -> None:
    one = placed(place(desk))[0]
    at(clock, "2026-10-01")
    found = begin(desk, one, FIRST, dt.date(2026, 11, 13))
    wanted = replace(
        draft_of(found.agreements[0]), effective_from=dt.date(2026, 10, 12), end=LAST, wage=2_500_000
    )
    with pytest.raises(Refusal, match="사유"):
        agreements.amend(desk, found.row.id, wanted, " ")
    with pytest.raises(Refusal, match="3개월"):
        agreements.amend(desk, found.row.id, replace(wanted, end=LAST + dt.timedelta(days=1)), "연장")
    with pytest.raises(Refusal, match="앞설 수 없습니다"):
        agreements.amend(
            desk, found.row.id, replace(wanted, effective_from=FIRST - dt.timedelta(days=1)), "연장"
        )
    with pytest.raises(Refusal, match="달라지는 것이 없어"):
        agreements.amend(desk, found.row.id, draft_of(found.agreements[0]), "연장")
    drafted = agreements.amend(desk, found.row.id, wanted, "기간 연장과 임금 인상")
    assert drafted.row.end == dt.date(2026, 11, 13)
    with pytest.raises(Refusal, match="서명을 기다리는 제1차"):
        agreements.amend(desk, found.row.id, wanted, "또")
    with pytest.raises(Refusal, match="서명을 기다리는"):
        internships.end(desk, found.row.id, dt.date(2026, 9, 30), EndKind.EARLY, "사정")
    signed = agreements.sign(desk, drafted.agreements[1].id, dt.date(2026, 10, 1), on_paper=True)
    assert (signed.row.end, signed.row.wage) == (LAST, 2_400_000)  # the wage changes on the 12th
    at(clock, "2026-10-12")
    assert internships.read(desk, found.row.id).row.wage == 2_500_000
    back = agreements.void(desk, signed.agreements[1].id, "기업 사정")
    assert (back.row.end, back.row.wage) == (dt.date(2026, 11, 13), 2_400_000)
    third = agreements.amend(desk, found.row.id, wanted, "다시")
    assert [row.number for row in third.agreements] == [0, 1, 2]


def test_an_amendment_leaves_no_days_without_an_agreement(desk: Desk, clock: FixedClock) -> None:
    one = placed(place(desk))[0]
    at(clock, "2026-11-20")
    found = begin(desk, one, FIRST, dt.date(2026, 11, 13))
    wanted = replace(draft_of(found.agreements[0]), effective_from=dt.date(2026, 11, 15), end=LAST)
    with pytest.raises(Refusal, match="다음 날"):
        agreements.amend(desk, found.row.id, wanted, "연장")
    longer = agreements.amend(
        desk, found.row.id, replace(wanted, effective_from=dt.date(2026, 11, 14)), "연장"
    )
    assert longer.draft is not None


def test_a_wage_that_held_before_new_year_is_refused_in_an_amendment_over_it(
    desk: Desk, clock: FixedClock
) -> None:
    made = place(desk)
    one = placed(made)[0]
    (row,) = (row for row in internships.waiting(desk) if row.id == one)
    first = draft(desk, row.company, row.position, dt.date(2026, 11, 16), dt.date(2026, 12, 31))
    found = internships.prepare(desk, one, replace(first, wage=2_156_880))
    found = agreements.sign(desk, found.agreements[0].id, desk.clock.today(), on_paper=True)
    at(clock, "2026-12-20")
    longer = replace(
        draft_of(found.agreements[0]), effective_from=dt.date(2027, 1, 1), end=dt.date(2027, 2, 15)
    )
    found = agreements.amend(desk, found.row.id, longer, "연장")
    with pytest.raises(OpenItems) as refused:
        agreements.sign(desk, found.agreements[1].id, dt.date(2026, 12, 20), on_paper=True)
    assert [item.message[:9] for item in refused.value.items] == ["2027년 1월의", "2027년 2월의"]
    raised = replace(longer, wage=2_236_300)
    row_of = found.agreements[1]
    found = agreements.edit_draft(desk, row_of.id, row_of.version, raised)
    found = agreements.sign(desk, found.agreements[1].id, dt.date(2026, 12, 20), on_paper=True)
    assert (found.row.end, found.row.programme_year) == (dt.date(2027, 2, 15), 2026)


def test_the_first_agreement_and_an_older_amendment_are_not_voided(desk: Desk, clock: FixedClock) -> None:
    one = placed(place(desk))[0]
    at(clock, "2026-10-01")
    found = begin(desk, one, FIRST)
    with pytest.raises(Refusal, match="협약 취소"):
        agreements.void(desk, found.agreements[0].id, "잘못")
    for wage in (2_500_000, 2_600_000):
        wanted = replace(draft_of(found.agreements[0]), effective_from=dt.date(2026, 10, 12), wage=wage)
        found = agreements.amend(desk, found.row.id, wanted, "인상")
        found = agreements.sign(desk, found.agreements[-1].id, dt.date(2026, 10, 1), on_paper=True)
    with pytest.raises(Refusal, match="가장 나중"):
        agreements.void(desk, found.agreements[1].id, "잘못")


def test_two_internships_of_one_person_do_not_share_a_day(desk: Desk, clock: FixedClock) -> None:
    made = place(desk)
    one = placed(made)[0]
    at(clock, "2026-10-01")
    found = begin(desk, one, FIRST, dt.date(2026, 10, 31))
    trainee = found.row.trainee
    other = made.companies[2]
    beside = draft(desk, other, None, dt.date(2026, 10, 31))
    with pytest.raises(Refusal, match="2026-1"):
        internships.add_direct(desk, trainee, other, None, "추가 연계", beside)
    after = internships.add_direct(
        desk, trainee, other, None, "추가 연계", draft(desk, other, None, dt.date(2026, 11, 1))
    )
    assert after.row.label == "2026-2"
    longer = replace(
        draft_of(found.agreements[0]), effective_from=dt.date(2026, 10, 5), end=dt.date(2026, 11, 1)
    )
    drafted = agreements.amend(desk, found.row.id, longer, "연장")
    with pytest.raises(OpenItems) as refused:
        agreements.sign(desk, drafted.agreements[1].id, dt.date(2026, 10, 1), on_paper=True)
    assert "2026-2" in refused.value.items[0].message


def test_a_direct_internship_needs_its_reason_and_keeps_it(desk: Desk) -> None:
    made = place(desk)
    free = made.people[3]
    company = made.companies[0]
    wanted = draft(desk, company, None, FIRST)
    with pytest.raises(Refusal, match="사유"):
        internships.add_direct(desk, free, company, None, "", wanted)
    found = internships.add_direct(desk, free, company, None, "기업 추천", wanted)
    assert (found.agreements[0].reason, found.row.track, found.placement) == ("기업 추천", "Track1", None)


def test_completing_is_on_the_last_agreed_day_and_leaving_before_it(desk: Desk, clock: FixedClock) -> None:
    one = placed(place(desk))[0]
    at(clock, "2026-12-20")
    found = begin(desk, one, FIRST)
    key = found.row.id
    cases = [
        (dt.date(2026, 12, 12), EndKind.COMPLETED, "", "마지막 날"),
        (LAST, EndKind.EARLY, "사정", "수료입니다"),
        (dt.date(2026, 12, 14), EndKind.COMPLETED, "", "변경협약으로"),
        (dt.date(2026, 12, 21), EndKind.COMPLETED, "", "오늘까지"),
        (FIRST - dt.timedelta(days=1), EndKind.EARLY, "사정", "시작일"),
        (dt.date(2026, 10, 10), EndKind.EARLY, " ", "사유"),
        (FIRST, EndKind.WITHDRAWN, "사정", "조기종료로"),
    ]
    for day, kind, reason, message in cases:
        with pytest.raises(Refusal, match=message):
            internships.end(desk, key, day, kind, reason)
    done = complete(desk, key)
    assert (done.row.state, done.row.months_served) == (InternState.COMPLETED, 3)
    with pytest.raises(Refusal, match="이미 끝났습니다"):
        internships.end(desk, key, LAST, EndKind.COMPLETED)
    again = internships.reopen(desk, key, "잘못 눌렀음")
    assert (again.row.state, again.row.end_reason) == (InternState.ACTIVE, None)
    left = internships.end(desk, key, FIRST, EndKind.EARLY, "개인 사정")  # one day of service
    assert (left.row.end, left.row.months_served, len(left.row.months)) == (FIRST, 0, 1)


def test_a_withdrawn_agreement_lets_the_placement_wait_again(desk: Desk) -> None:
    made = place(desk)
    one = placed(made)[0]
    found = agree(desk, one, FIRST)
    gone = internships.end(desk, found.row.id, desk.clock.today(), EndKind.WITHDRAWN, "기업 사정")
    assert (gone.row.state, gone.row.months) == (InternState.WITHDRAWN, ())
    assert one in {row.id for row in internships.waiting(desk)}
    second = agree(desk, one, FIRST)
    assert second.row.label == "2026-2"
    with pytest.raises(Refusal, match="2026-2"):
        internships.reopen(desk, found.row.id, "착오")


def test_a_placement_is_not_ended_under_its_internship(desk: Desk) -> None:
    one = placed(place(desk))[0]
    found = agree(desk, one, FIRST)
    with pytest.raises(Refusal, match="먼저 그 인턴십"):
        placements.end(desk, one, desk.clock.today(), "기업 사정")
    internships.end(desk, found.row.id, desk.clock.today(), EndKind.WITHDRAWN, "기업 사정")
    assert placements.end(desk, one, desk.clock.today(), "기업 사정").ended_on == desk.clock.today()


def test_leaving_cancels_the_visits_after_the_last_day_and_going_on_gives_them_back(
    desk: Desk, clock: FixedClock
) -> None:
    one = placed(place(desk))[0]
    at(clock, "2026-09-20")
    key = begin(desk, one, FIRST).row.id
    for day in (dt.date(2026, 9, 25), dt.date(2026, 10, 20), dt.date(2026, 11, 20)):
        visits.add(desk, key, day)
    at(clock, "2026-10-05")
    internships.end(desk, key, dt.date(2026, 10, 5), EndKind.EARLY, "개인 사정")

    def states() -> list[str]:
        return [one.state.value for one in visits.list_visits(desk, internship=key)]

    assert states() == ["planned", "cancelled", "cancelled"]
    shown = [one for one in internships.timeline(desk, key) if one.kind is EventKind.VISIT]
    assert [one.state.value for one in shown] == ["due", "cancelled", "cancelled"]
    internships.reopen(desk, key, "착오")
    assert states() == ["planned", "planned", "planned"]


def test_the_timeline_tells_what_was_and_what_comes_by_day(desk: Desk, clock: FixedClock) -> None:
    one = placed(place(desk))[0]
    at(clock, "2026-10-20")
    key = begin(desk, one, FIRST).row.id
    interruptions.add(desk, key, BreakKind.INTERRUPTION, dt.date(2026, 10, 19), None, "부상")
    told = [(one.on.isoformat(), one.label, one.state.value) for one in internships.timeline(desk, key)]
    assert told == [
        ("2026-09-14", "협약서", "done"),
        ("2026-09-14", "1차", "done"),
        ("2026-10-14", "2차", "now"),
        ("2026-10-19", "중단", "now"),
        ("2026-11-14", "3차", "coming"),
    ]
    at(clock, "2026-12-20")
    complete(desk, key)
    after = [one for one in internships.timeline(desk, key) if one.on >= LAST]
    assert [(one.kind.value, one.state.value) for one in after] == [("end", "done"), ("conversion", "due")]


def test_a_replacement_takes_the_same_seat_with_its_own_three_months(desk: Desk, clock: FixedClock) -> None:
    made = place(desk)
    one = placed(made)[0]
    at(clock, "2026-10-10")
    found = begin(desk, one, FIRST)
    later, free = made.people[2:]  # whom the round did not place
    with pytest.raises(Refusal, match="같은 사람"):
        internships.replace(desk, found.row.id, found.row.trainee, "교체")
    new = internships.replace(desk, found.row.id, free, "중도 퇴사로 교체", on=dt.date(2026, 10, 9))
    assert (new.row.replaces, new.row.position, new.row.start) == (
        found.row.id,
        found.row.position,
        dt.date(2026, 10, 10),
    )
    assert new.row.end == dt.date(2027, 1, 9)
    old = internships.read(desk, found.row.id)
    assert (old.row.state, old.row.end, old.replaced_by) == (
        InternState.REPLACED,
        dt.date(2026, 10, 9),
        new.row.id,
    )
    with pytest.raises(Refusal, match="이어받은"):
        internships.reopen(desk, found.row.id, "착오")
    with pytest.raises(Refusal, match="이어받은"):
        internships.replace(desk, found.row.id, later, "또 교체")


def test_one_that_ended_early_keeps_its_day_when_it_is_replaced(desk: Desk, clock: FixedClock) -> None:
    made = place(desk)
    at(clock, "2026-10-10")
    found = begin(desk, placed(made)[0], FIRST)
    left = dt.date(2026, 9, 30)
    internships.end(desk, found.row.id, left, EndKind.EARLY, "개인 사정")
    with pytest.raises(Refusal, match="이미 끝난"):
        internships.replace(desk, found.row.id, made.people[3], "교체", on=dt.date(2026, 10, 9))
    internships.replace(desk, found.row.id, made.people[3], "교체")
    old = internships.read(desk, found.row.id)
    assert (old.row.state, old.row.end) == (InternState.REPLACED, left)


def test_a_break_makes_days_not_served_and_shows_while_it_lasts(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    one = placed(place(desk))[0]
    at(clock, "2026-10-05")
    found = begin(desk, one, FIRST)
    key, away = found.row.id, BreakKind.INTERRUPTION
    cases = [
        (away, "2026-09-13", None, "부상", "기간"),
        (away, "2026-09-20", "2026-12-14", "부상", "기간"),
        (away, "2026-09-20", "2026-09-19", "부상", "앞섭니다"),
        (away, "2026-09-20", None, " ", "사유"),
        (BreakKind.UNPAID_ABSENCE, "2026-10-05", "2026-10-06", "무단", "지난 날"),
    ]
    for kind, start, end, reason, message in cases:
        until = dt.date.fromisoformat(end) if end else None
        with pytest.raises(Refusal, match=message):
            interruptions.add(desk, key, kind, dt.date.fromisoformat(start), until, reason)
    with pytest.raises(UsageError):
        interruptions.add(desk, key, BreakKind.UNPAID_ABSENCE, dt.date(2026, 9, 21), None, "무단")
    gone = interruptions.add(desk, key, away, dt.date(2026, 10, 1), None, "부상", scan(tmp_path))
    assert gone.row.state is InternState.INTERRUPTED
    assert interruptions.open_evidence(desk, gone.interruptions[0].id).read_bytes() == PDF
    with pytest.raises(Refusal, match="겹칩니다"):
        interruptions.add(
            desk, key, BreakKind.UNPAID_ABSENCE, dt.date(2026, 10, 2), dt.date(2026, 10, 2), "무단"
        )
    back = interruptions.close(desk, gone.interruptions[0].id, dt.date(2026, 10, 4))
    assert back.row.state is InternState.ACTIVE
    with pytest.raises(Refusal, match="이미"):
        interruptions.close(desk, gone.interruptions[0].id, dt.date(2026, 10, 5))
    none = interruptions.void(desk, gone.interruptions[0].id, "잘못 적음")
    assert (none.breaks, len(none.interruptions)) == ((), 1)
    with pytest.raises(Refusal, match="이미 무효"):
        interruptions.void(desk, gone.interruptions[0].id, "또")


def test_an_internship_is_found_by_number_name_and_birth(desk: Desk) -> None:
    found = agree(desk, placed(place(desk))[0], FIRST)
    row = found.row
    for text in (str(row.id), "2026-1", row.name, f"{row.name} {row.birth.isoformat()}"):
        assert internships.find_internship(desk, text) == row.id
    for text in ("2026-9", "없는이", f"{row.name} 1950-01-01", f"{row.name} 1999-99-99"):
        with pytest.raises(UsageError):
            internships.find_internship(desk, text)


def test_of_several_internships_of_a_person_the_one_that_goes_on_is_meant(desk: Desk) -> None:
    one = placed(place(desk))[0]
    first = agree(desk, one, FIRST)
    internships.end(desk, first.row.id, desk.clock.today(), EndKind.WITHDRAWN, "기업 사정")
    second = agree(desk, one, FIRST)
    assert internships.find_internship(desk, first.row.name) == second.row.id
    internships.end(desk, second.row.id, desk.clock.today(), EndKind.WITHDRAWN, "기업 사정")
    with pytest.raises(UsageError, match="2026-1, 2026-2"):
        internships.find_internship(desk, first.row.name)


def test_only_the_internship_officer_writes_and_others_read_masked(
    desk: Desk, office: Path, clock: FixedClock
) -> None:
    found = agree(desk, placed(place(desk))[0], FIRST)
    key = found.row.id

    def look(other: Desk) -> tuple[str, str, str]:
        with pytest.raises(NotAllowed):
            internships.end(other, key, other.clock.today(), EndKind.WITHDRAWN, "사정")
        row = internships.read(other, key).row
        (listed,) = internships.list_internships(other)
        return row.name, row.mentor, listed.name

    name, mentor, listed = as_somebody(desk, office, clock, Role.VIEWER, look)
    assert "*" in name
    assert (mentor, listed) == ("김*토", name)


def test_a_signed_agreement_stays_as_it_is_whoever_writes_the_sql(desk: Desk) -> None:
    found = agree(desk, placed(place(desk))[0], FIRST)
    own = agreement.c.id == found.agreements[0].id
    with pytest.raises(sa.exc.DBAPIError, match="closed:agreement"), desk.store.write() as connection:
        connection.execute(sa.update(agreement).where(own).values(wage=1))


def test_what_was_done_stands_in_the_chain_without_names(desk: Desk, clock: FixedClock) -> None:
    one = placed(place(desk))[0]
    at(clock, "2026-12-20")
    found = begin(desk, one, FIRST)
    complete(desk, found.row.id)
    with desk.store.read() as connection:
        mine = sa.or_(change_log.c.action.like("internship.%"), change_log.c.action.like("agreement.%"))
        rows = connection.execute(sa.select(change_log).where(mine).order_by(change_log.c.seq)).all()
        assert first_break(connection, CHANGES) is None
    actions = ["internship.prepare", "agreement.sign", "internship.start", "internship.end"]
    assert [row.action for row in rows] == actions
    assert not any(found.row.name in row.detail or "김멘토" in row.detail for row in rows)


def test_the_agreed_wage_stands_in_the_chain_only_sealed(desk: Desk, clock: FixedClock) -> None:
    one = placed(place(desk))[0]
    at(clock, "2026-12-20")
    found = begin(desk, one, FIRST)
    agreements.amend(desk, found.row.id, replace(draft_of(found.agreements[0]), wage=2_654_321), "임금 인상")
    drafted = internships.read(desk, found.row.id).agreements[1]
    agreements.edit_draft(desk, drafted.id, drafted.version, replace(draft_of(drafted), wage=2_765_432))
    lines = [one for one in logs.read_log(desk) if one.action in ("agreement.amend", "agreement.edit")]
    assert len(lines) == 2
    assert not any("wage" in line.detail or "2654321" in repr(line.detail) for line in lines)
    kept = [value for line in lines for value in logs.values_of(desk, CHANGES, line.seq)]
    assert all(str(wage) in repr(kept) for wage in (2_654_321, 2_765_432))


def test_what_an_amendment_changes_is_told_even_where_masked_names_look_alike(
    desk: Desk, clock: FixedClock
) -> None:
    one = placed(place(desk))[0]
    at(clock, "2026-12-20")
    first = begin(desk, one, FIRST).agreements[0]
    after = replace(first, number=1, mentor=f"{first.mentor[0]}사{first.mentor[-1]}", wage=2_500_000)
    hidden = Masking.MASKED.show_name(first.mentor)
    assert drafts.changes(first, after, Masking.MASKED) == (
        ("임금(월)", "2,400,000원", "2,500,000원"),
        ("멘토", hidden, hidden),
    )
    assert drafts.changes(first, replace(first, number=1)) == ()
    assert dict(drafts.contents(first))["계약기간의 첫날"] == "2026. 9. 14."
