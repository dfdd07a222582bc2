"""Visits through the services: planned by the rule, keyed back, cancelled, and what leaving does to them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from tests.visited import add_internships, end_internship

from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.rights import Right
from regional_desk.domain.visits import FindingKind, FollowUpState, Standing, VisitState
from regional_desk.errors import FileRejected, Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.safety import logs
from regional_desk.services.visits import findings, plans, routes, visit_files, visits
from regional_desk.services.visits.findings import Found
from regional_desk.services.visits.reading import HIDDEN, Visit
from regional_desk.services.visits.visits import Seen
from regional_desk.store import attachments, erasing
from regional_desk.store.companies import company
from regional_desk.store.visits import visit

START = dt.date(2026, 9, 1)
GOOD = dict.fromkeys(("attendance", "interview", "safety", "wage", "journal"), "good")
PHOTO = b"\xff\xd8\xff\xe0" + b"photo" * 20


@pytest.fixture
def interns(desk: Desk) -> list[UUID]:
    """Four internships from September on, at three companies."""
    return add_internships(desk, [START] * 3 + [dt.date(2026, 9, 14)], company_of=[0, 1, 2, 0])


@pytest.fixture
def plan(desk: Desk, interns: list[UUID]) -> UUID:
    """September's plan of them."""
    assert len(interns) == 4
    return plans.make(desk, START, dt.date(2026, 9, 30))


def at(clock: FixedClock, month: int, day: int, year: int = 2026) -> None:
    clock.move_to(dt.datetime(year, month, day, 9, tzinfo=KST))


def seen(day: dt.date, **answers: str) -> Seen:
    return Seen(day, "박담당", GOOD | answers, "잘 지낸다고 함", "양호")


def first_of(desk: Desk, internship: UUID) -> Visit:
    return visits.list_visits(desk, internship=internship)[0]


def leave(desk: Desk, internship: UUID, on: dt.date) -> int:
    def body(work: Work) -> dict[str, int]:
        return {"cancelled": visits.cancel_due(work, internship, on)}

    return int(desk.perform(Right.EDIT_INTERNSHIPS, "test.leave", body)["cancelled"])


def test_a_plan_holds_every_service_month_that_ends_its_days_in_it(desk: Desk, interns: list[UUID]) -> None:
    shown = plans.propose(desk, START, dt.date(2026, 9, 30))
    day = dt.date(2026, 9, 23)
    assert [(one.host.label, one.on) for one in shown] == [("2026-2", day), ("2026-3", day), ("2026-1", day)]
    made = plans.make(desk, START, dt.date(2026, 9, 30))
    assert {one.host.internship for one in visits.list_visits(desk, plan=made)} == set(interns[:3])
    (listed,) = plans.list_plans(desk)
    assert (listed.label, listed.name, dict(listed.counts)) == (
        "2026-1",
        "방문계획 1호",
        {Standing.PLANNED: 3},
    )
    with pytest.raises(Refusal, match="새로 잡을 방문이 없어"):
        plans.make(desk, START, dt.date(2026, 9, 30))
    assert plans.find_plan(desk, "1").id == made
    with pytest.raises(UsageError, match="방문계획 '9'"):
        plans.find_plan(desk, "9")


def test_a_plan_for_days_that_are_over_is_refused(desk: Desk, interns: list[UUID]) -> None:
    assert interns
    with pytest.raises(Refusal, match="오늘"):
        plans.propose(desk, dt.date(2026, 8, 1), dt.date(2026, 8, 30))
    with pytest.raises(UsageError, match="1곳 이상"):
        plans.rule(most_a_day=0)


def test_a_route_goes_by_address_until_somebody_orders_it_by_hand(desk: Desk, plan: UUID) -> None:
    day = visits.list_visits(desk, plan=plan)[0].planned_on
    assert day is not None
    by_address = routes.route(desk, plan=plan)
    assert [one.host.address.town for one in by_address] == ["진영읍", "신월동", "신월동"]
    assert [one.host.address.rest for one in by_address][1:] == ["중앙대로 9", "중앙대로 151"]
    wanted = [by_address[2].id, by_address[0].id, by_address[1].id]
    routes.reorder(desk, day, wanted)
    assert [one.id for one in routes.route(desk, plan=plan)] == wanted
    with pytest.raises(Refusal, match="바뀌어"):
        routes.reorder(desk, day, wanted[:2])
    first = visits.read(desk, wanted[0])
    visits.move(desk, first.id, first.version, day - dt.timedelta(days=1), "이담당")
    moved = visits.read(desk, first.id)
    assert (moved.place, moved.visitor) == (None, "이담당")
    routes.order_by_address(desk, day)
    assert [one.place for one in routes.route(desk, start=day, end=day)] == [None, None]


def test_what_was_seen_is_keyed_and_may_be_keyed_again(desk: Desk, plan: UUID, clock: FixedClock) -> None:
    at(clock, 9, 23)
    row = visits.list_visits(desk, plan=plan)[0]
    assert row.standing is Standing.TO_KEY
    day = dt.date(2026, 9, 23)
    with pytest.raises(Refusal, match="아직 오지 않은"):
        visits.do(desk, row.id, row.version, seen(dt.date(2026, 9, 24)))
    with pytest.raises(Refusal, match="임금 이체 확인, 인턴일지"):
        visits.do(desk, row.id, row.version, Seen(day, "박담당", dict(list(GOOD.items())[:3])))
    with pytest.raises(Refusal, match="방문한 사람"):
        visits.do(desk, row.id, row.version, Seen(day, " ", GOOD))
    with pytest.raises(Refusal, match="지원월 1차"):
        visits.do(desk, row.id, row.version, seen(dt.date(2026, 8, 31)))
    visits.do(desk, row.id, row.version, seen(day, wage="bad"))
    done = visits.read(desk, row.id)
    assert (done.state, done.standing, done.done_on) == (VisitState.DONE, Standing.DONE, day)
    assert (done.answers["wage"], done.interview, done.opinion) == ("bad", "잘 지낸다고 함", "양호")
    with pytest.raises(Refusal, match="다른 사람이"):
        visits.do(desk, row.id, row.version, seen(day))
    visits.do(desk, row.id, done.version, seen(day))
    again = visits.read(desk, row.id)
    assert again.answers["wage"] == "good"
    visits.reopen(desk, row.id, again.version, "다른 인턴을 잘못 적음")
    assert visits.read(desk, row.id).standing is Standing.TO_KEY


def test_the_same_keying_again_changes_nothing(desk: Desk, plan: UUID, clock: FixedClock) -> None:
    at(clock, 9, 23)
    row, operation = visits.list_visits(desk, plan=plan)[0], uuid4()
    for _ in range(2):
        visits.do(desk, row.id, row.version, seen(dt.date(2026, 9, 23)), operation)
    assert visits.read(desk, row.id).version == row.version + 1


def test_a_visit_not_made_is_overdue_the_day_after_its_service_month(
    desk: Desk, plan: UUID, interns: list[UUID], clock: FixedClock
) -> None:
    at(clock, 9, 30)
    assert {one.standing for one in visits.list_visits(desk, plan=plan)} == {Standing.TO_KEY}
    at(clock, 10, 1)
    assert {one.standing for one in visits.list_visits(desk, plan=plan)} == {Standing.OVERDUE}
    row = first_of(desk, interns[0])
    visits.do(desk, row.id, row.version, seen(dt.date(2026, 10, 1)))  # late, but made
    at(clock, 10, 14)
    late = {(one.host.label, one.no) for one in visits.list_months(desk) if one.standing is Standing.OVERDUE}
    assert late == {("2026-2", 1), ("2026-3", 1), ("2026-4", 1)}  # the last one was never even planned


def test_a_visit_is_cancelled_only_with_a_reason_and_can_come_back(desk: Desk, plan: UUID) -> None:
    row = visits.list_visits(desk, plan=plan)[0]
    with pytest.raises(Refusal, match="사유"):
        visits.cancel(desk, row.id, row.version, "  ")
    visits.cancel(desk, row.id, row.version, "기업 휴무")
    gone = visits.read(desk, row.id)
    assert (gone.standing, gone.cancel_reason) == (Standing.CANCELLED, "기업 휴무")
    assert row.id not in {one.id for one in routes.route(desk, plan=plan)}
    with pytest.raises(Refusal, match="이미 취소인"):
        visits.cancel(desk, row.id, gone.version, "또")
    with pytest.raises(Refusal, match="취소한 방문"):
        visits.do(desk, row.id, gone.version, seen(dt.date(2026, 8, 31)))
    visits.reopen(desk, row.id, gone.version, "날짜를 다시 잡음")
    back = visits.read(desk, row.id)
    assert (back.standing, back.cancel_reason) == (Standing.PLANNED, "")


def test_leaving_cancels_the_visits_to_come_and_undoing_it_brings_them_back(
    desk: Desk, interns: list[UUID], clock: FixedClock
) -> None:
    one = interns[0]
    kept = visits.add(desk, one, dt.date(2026, 9, 10))
    falls = visits.add(desk, one, dt.date(2026, 9, 23))
    by_hand = visits.add(desk, one, dt.date(2026, 10, 20))
    row = visits.read(desk, by_hand)
    visits.cancel(desk, by_hand, row.version, "기업 요청")
    assert leave(desk, one, dt.date(2026, 9, 15)) == 1
    end_internship(desk, one, dt.date(2026, 9, 15))
    states = {row.id: (row.state, row.by_leaving) for row in visits.list_visits(desk, internship=one)}
    assert states == {
        kept: (VisitState.PLANNED, False),
        falls: (VisitState.CANCELLED, True),
        by_hand: (VisitState.CANCELLED, False),
    }
    with pytest.raises(Refusal, match="종료를 되돌리면"):
        visits.reopen(desk, falls, visits.read(desk, falls).version, "다시")
    with pytest.raises(Refusal, match="기간"):
        visits.add(desk, one, dt.date(2026, 9, 16))
    at(clock, 10, 1)
    assert [row.no for row in visits.list_months(desk, one)] == [1]

    def undo(work: Work) -> dict[str, int]:
        return {"back": visits.restore_cancelled(work, one)}

    assert desk.perform(Right.EDIT_INTERNSHIPS, "test.undo", undo)["back"] == 1
    assert visits.read(desk, falls).state is VisitState.PLANNED
    assert visits.read(desk, by_hand).state is VisitState.CANCELLED


def test_a_month_cut_short_by_leaving_asks_for_no_visit_of_its_own(
    desk: Desk, interns: list[UUID], clock: FixedClock
) -> None:
    end_internship(desk, interns[0], dt.date(2026, 10, 2))
    at(clock, 10, 5)
    assert [row.no for row in visits.list_months(desk, interns[0])] == [1]
    end_internship(desk, interns[1], dt.date(2026, 9, 30), "withdrawn")
    assert visits.list_months(desk, interns[1]) == ()


def test_findings_have_a_deadline_an_end_and_a_way_back(
    desk: Desk, interns: list[UUID], clock: FixedClock
) -> None:
    day = dt.date(2026, 8, 31)
    row = visits.add(desk, interns[0], START)
    with pytest.raises(Refusal, match="무엇을"):
        findings.add(desk, interns[0], Found(FindingKind.FINDING, day, " "))
    with pytest.raises(Refusal, match="앞섭니다"):
        findings.add(
            desk, interns[0], Found(FindingKind.FINDING, day, "안전모 없음", deadline=dt.date(2026, 8, 1))
        )
    with pytest.raises(Refusal, match="다른 인턴"):
        findings.add(desk, interns[1], Found(FindingKind.FINDING, day, "안전모 없음"), visit=row)
    limit = findings.proposed_deadline(day)
    assert limit == dt.date(2026, 9, 14)
    wanted = Found(FindingKind.GRIEVANCE, day, "야간 근무를 시킴", "기업에 시정 요청", "박담당", limit)
    made = findings.add(desk, interns[0], wanted, visit=row)
    assert visits.read(desk, row).open_findings == 1
    at(clock, 9, 15)
    (late,) = findings.list_findings(desk, open_only=True)
    assert (late.state, late.kind.label, late.owner) == (FollowUpState.OVERDUE, "고충", "박담당")
    findings.edit(
        desk, made, late.version, Found(FindingKind.INCIDENT, day, "야간 근무", deadline=dt.date(2026, 9, 20))
    )
    with pytest.raises(Refusal, match="다른 사람"):
        findings.close(desk, made, late.version, "시정함")
    now = findings.read(desk, made)
    with pytest.raises(Refusal, match="결과"):
        findings.close(desk, made, now.version, " ")
    findings.close(desk, made, now.version, "시정함")
    closed = findings.read(desk, made)
    assert (closed.state, closed.result) == (FollowUpState.CLOSED, "시정함")
    with pytest.raises(Refusal, match="먼저 다시 여십시오"):
        findings.edit(desk, made, closed.version, wanted)
    findings.reopen(desk, made, closed.version, "다시 시킴")
    assert findings.read(desk, made).state is FollowUpState.OPEN


def test_photos_are_kept_encrypted_and_told_by_their_bytes(
    desk: Desk, interns: list[UUID], tmp_path: Path
) -> None:
    row = visits.add(desk, interns[0], START)
    photo = tmp_path / "현장.pdf"
    photo.write_bytes(PHOTO)
    program = tmp_path / "사진.jpg"
    program.write_bytes(b"MZ\x90")
    with pytest.raises(FileRejected, match="내용으로"):
        visit_files.read_file(program)
    visit_files.attach(desk, row, visit_files.read_file(photo), caption="작업대")
    (kept,) = visit_files.list_files(desk, row)
    assert (kept.file_name, kept.media_type, kept.caption) == ("현장.pdf", "image/jpeg", "작업대")
    assert visit_files.content(desk, kept) == PHOTO
    assert all(PHOTO not in path.read_bytes() for path in attachments.files_on_disk(desk.store).values())
    opened = visit_files.open_file(desk, kept)
    assert (opened.suffix, opened.read_bytes()) == (".jpg", PHOTO)
    assert visit_files.list_files(desk.for_guests(), row) == ()
    with pytest.raises(Refusal, match="까닭"):
        visit_files.remove(desk, kept, "")
    visit_files.remove(desk, kept, "다른 기업의 사진")
    assert visit_files.list_files(desk, row) == ()
    assert attachments.files_on_disk(desk.store) == {}
    with pytest.raises(Refusal, match="없는 파일"):
        visit_files.open_file(desk, kept)


def test_guests_see_no_names_and_no_words_of_the_interview(desk: Desk, plan: UUID, clock: FixedClock) -> None:
    at(clock, 9, 23)
    row = visits.list_visits(desk, plan=plan)[0]
    visits.do(desk, row.id, row.version, seen(dt.date(2026, 9, 23)))
    shown = visits.read(desk.for_guests(), row.id)
    assert "*" in shown.host.name
    assert (shown.interview, shown.opinion) == (HIDDEN, HIDDEN)


def test_what_was_said_goes_into_the_change_history_only_sealed(
    desk: Desk, plan: UUID, clock: FixedClock
) -> None:
    at(clock, 9, 23)
    row = visits.list_visits(desk, plan=plan)[0]
    visits.do(desk, row.id, row.version, seen(dt.date(2026, 9, 23)))
    visits.cancel(desk, *_another(desk, plan, row), "김인턴이 아파서")
    lines = [line for line in logs.read_log(desk) if line.subject == "visits"]
    assert {"visit.do", "visit.cancel", "visit.plan"} <= {line.action for line in lines}
    assert not any("잘 지낸다고" in str(line.detail) or "아파서" in str(line.detail) for line in lines)


def _another(desk: Desk, plan: UUID, row: Visit) -> tuple[UUID, int]:
    other = next(one for one in visits.list_visits(desk, plan=plan) if one.id != row.id)
    return other.id, other.version


def test_an_internship_over_new_year_keeps_its_months_and_its_visits(desk: Desk, clock: FixedClock) -> None:
    (one,) = add_internships(desk, [dt.date(2026, 11, 30)])
    at(clock, 11, 30)
    made = plans.make(desk, dt.date(2026, 12, 1), dt.date(2027, 3, 31))
    found = visits.list_visits(desk, plan=made)
    assert [row.month_no for row in found] == [1, 2, 3]
    assert [row.month_end for row in found] == [
        dt.date(2026, 12, 29),
        dt.date(2027, 1, 29),
        dt.date(2027, 2, 28),
    ]
    at(clock, 1, 4, 2027)
    assert visits.list_months(desk, one)[0].standing is Standing.OVERDUE


def test_a_visit_is_found_by_no_wrong_id(desk: Desk, interns: list[UUID]) -> None:
    assert interns
    with pytest.raises(UsageError, match="없는 방문"):
        visits.read(desk, uuid4())
    with pytest.raises(UsageError, match="협약을 맺어"):
        visits.add(desk, uuid4(), START)
    with desk.store.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(visit)).scalar() == 0
        assert connection.execute(sa.select(sa.func.count()).select_from(company)).scalar()


def test_disposal_takes_what_was_said_and_the_photos_but_not_the_count(
    desk: Desk, interns: list[UUID], clock: FixedClock, tmp_path: Path
) -> None:
    at(clock, 9, 1)
    row = visits.add(desk, interns[0], START)
    visits.do(desk, row, 1, seen(START))
    photo = tmp_path / "사진.jpg"
    photo.write_bytes(PHOTO)
    visit_files.attach(desk, row, visit_files.read_file(photo))
    findings.add(desk, interns[0], Found(FindingKind.INCIDENT, START, "손가락 베임", owner="박담당"))
    trainee = visits.read(desk, row).host.trainee
    with desk.store.write() as connection:
        files = erasing.destroy(connection, trainee, clock.now())
    assert set(files) == set(attachments.files_on_disk(desk.store))
    left = visits.read(desk, row)
    assert (left.state, left.interview, left.opinion, left.files) == (VisitState.DONE, "", "", 0)
    (found,) = findings.survey_findings(desk)
    assert "베임" not in found.text
    assert (found.owner, found.kind) == ("", FindingKind.INCIDENT)
