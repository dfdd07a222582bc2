"""How memberships end: leaving, moving, 제적 and its cancelling, completing a course, certificates, counselling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest
import sqlalchemy as sa

from regional_desk.domain.attendance import ABSENT, EMPTY, EXCUSED, PRESENT, Cell, Evidence, Status
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.counselling import CounselKind, FollowUp
from regional_desk.domain.membership import Act, Outcome, certificate_label
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Role
from regional_desk.errors import NotAllowed, OpenItems, Refusal
from regional_desk.services import policies
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.pay import allowance
from regional_desk.services.recruitment import people
from regional_desk.services.safety import accounts, opening
from regional_desk.services.training import (
    completions,
    counselling,
    courses,
    dismissals,
    membership_events,
    memberships,
    standings,
)
from regional_desk.services.training.standings import Standing

LAST = dt.date(2026, 8, 28)


def course_of(desk: Desk) -> UUID:
    return next(row.id for row in courses.list_courses(desk) if row.name == "Track1 3기 생산기술")


def standing(desk: Desk, person: UUID) -> Standing:
    return next(row for row in standings.list_standings(desk, course_of(desk)) if row.person == person)


def rows_of(desk: Desk) -> tuple[Standing, ...]:
    return standings.list_standings(desk, course_of(desk))


def set_days(desk: Desk, person: UUID, days: list[int], cell: Cell) -> None:
    changes = [CellChange(person, dt.date(2026, 8, day), cell) for day in days]
    attendance.set_cells(desk, course_of(desk), changes, title="시험")


def clear_after(desk: Desk, person: UUID, day: dt.date) -> None:
    detail = courses.outline(desk, course_of(desk))
    changes = [CellChange(person, one.day, EMPTY) for one in detail.days if one.day > day]
    attendance.set_cells(desk, course_of(desk), changes, title="비움")


def stage_of(desk: Desk, person: UUID) -> str | None:
    return next(row.stage for row in people.list_people(desk) if row.id == person)


def confirm(desk: Desk) -> None:
    course_id = course_of(desk)
    policies.adopt(
        desk, policies.DEFAULT_SCHEME, reference="지역기업정책과-1234", document_date=dt.date(2026, 7, 1)
    )
    shown = attendance.grid(desk, course_id)
    proven = Cell(Status.EXCUSED, reason="interview", evidence=Evidence.VERIFIED)
    found = [
        CellChange(row.trainee, column.day, proven)
        for row in shown.rows
        for column, cell in zip(shown.days, row.cells, strict=True)
        if cell == EXCUSED
    ]
    attendance.set_cells(desk, course_id, found, title="증빙 확인")
    allowance.draft(desk, course_id, 1)
    allowance.check(desk, course_id, 1)
    allowance.confirm(desk, course_id, 1)


def dismissable(desk: Desk) -> UUID:
    """Somebody present on all days so far, made absent on five of the first ten."""
    person = next(row.person for row in rows_of(desk) if row.attended == row.whole)
    set_days(desk, person, [3, 4, 5, 6, 7], ABSENT)
    return person


def test_the_list_tells_rate_and_what_is_left_of_the_whole_course(desk: Desk) -> None:
    for row in rows_of(desk):
        assert row.whole == 19
        assert (row.absences_left >= 0) == (row.best * 5 >= 19 * 4)
    full = next(row for row in rows_of(desk) if row.attended == 19)
    assert (str(full.rate_so_far), full.absences_left, full.cause) == ("100.0", 3, None)


def test_a_late_joiner_is_measured_by_the_whole_course(desk: Desk) -> None:
    person = next(row.person for row in rows_of(desk) if row.attended == 19)
    set_days(desk, person, [3, 4, 5, 6], EMPTY)
    memberships.join(desk, course_of(desk), person, dt.date(2026, 8, 7), "추가 선발")
    row = standing(desk, person)
    assert (row.attended, row.whole, row.absences_left, str(row.rate_so_far)) == (15, 19, -1, "100.0")
    line = next(line for line in completions.plan(desk, course_of(desk)).lines if line.person == person)
    assert line.outcome is Outcome.INCOMPLETE


@pytest.mark.parametrize(
    ("day", "employed", "outcome"),
    [
        (4, False, Outcome.WITHDRAWN),
        (5, False, Outcome.DROPPED),
        (14, True, Outcome.EMPLOYED_EARLY),
        (27, True, None),  # 18 of 19 days: completed, which comes with the whole course
        (28, False, None),
    ],
)
def test_leaving_decides_the_outcome_by_day_and_records(
    desk: Desk, day: int, employed: bool, outcome: Outcome | None
) -> None:
    person = next(row.person for row in rows_of(desk) if row.attended == 19)
    last = dt.date(2026, 8, day)
    clear_after(desk, person, last)
    memberships.leave(desk, course_of(desk), person, last, "사정", employed=employed)
    row = standing(desk, person)
    assert (row.left, row.outcome, row.employed) == (last, outcome, employed)
    if outcome is None:
        completions.complete(desk, course_of(desk))
        assert standing(desk, person).outcome is Outcome.COMPLETED


def test_taking_an_act_back_restores_exactly_and_the_one_before_follows(desk: Desk) -> None:
    course_id, person = course_of(desk), next(row.person for row in rows_of(desk) if row.attended == 19)
    before = standing(desk, person)
    clear_after(desk, person, dt.date(2026, 8, 14))
    memberships.leave(desk, course_id, person, dt.date(2026, 8, 20), "개인 사정")
    memberships.leave(desk, course_id, person, dt.date(2026, 8, 14), "취업", employed=True)
    memberships.restore(desk, course_id, person, "날짜 잘못")
    once = standing(desk, person)
    assert (once.left, once.left_reason, once.outcome) == (dt.date(2026, 8, 20), "개인 사정", Outcome.DROPPED)
    memberships.restore(desk, course_id, person, "나가지 않음")
    again = standing(desk, person)
    assert (again.joined, again.left, again.outcome) == (before.joined, before.left, before.outcome)
    with pytest.raises(Refusal, match="되돌릴 처리가 없습니다"):
        memberships.restore(desk, course_id, person, "한 번 더")
    told = [(line.act, line.reason) for line in membership_events.history(desk, course_id, person)]
    assert told == [
        (Act.LEFT, "개인 사정"),
        (Act.LEFT, "취업"),
        (Act.RESTORED, "날짜 잘못"),
        (Act.RESTORED, "나가지 않음"),
    ]


def second_course(desk: Desk) -> UUID:
    return courses.add_course(
        desk, "Track1 4기", Track.TRACK1, dt.date(2026, 8, 10), dt.date(2026, 9, 4)
    ).course.id


def test_moving_leaves_the_records_with_the_first_course(desk: Desk, clock: FixedClock) -> None:
    first, second = course_of(desk), second_course(desk)
    person = next(row.person for row in rows_of(desk) if row.attended == 19)
    with pytest.raises(Refusal, match="출결 기록"):
        memberships.move(desk, first, person, second, dt.date(2026, 8, 19), "시간 조정")
    clear_after(desk, person, dt.date(2026, 8, 18))
    memberships.move(desk, first, person, second, dt.date(2026, 8, 19), "시간 조정")
    row = standing(desk, person)
    assert (row.left, row.outcome, row.moved, row.attended) == (dt.date(2026, 8, 18), None, True, 11)
    clock.move_to(dt.datetime(2026, 9, 4, 18, tzinfo=clock.now().tzinfo))
    attendance.set_cells(desk, second, [CellChange(person, dt.date(2026, 8, 19), PRESENT)], title="첫날")
    (there,) = standings.list_standings(desk, second)
    assert (there.joined, there.attended) == (dt.date(2026, 8, 19), 1)
    run = allowance.draft(
        desk, second, 1
    )  # counted by the database: days of the first course are not its own
    assert [line.attended_days for line in run.lines] == [1]
    first_run = allowance.draft(desk, first, 1)
    assert next(line.attended_days for line in first_run.lines if line.trainee == person) == 11
    assert all(line.person != person for line in completions.plan(desk, first).lines)
    with pytest.raises(Refusal, match="옮겨 간 과정에 이미"):
        memberships.restore(desk, first, person, "잘못 옮김")


def test_a_move_is_taken_back_while_nothing_came_of_it(desk: Desk) -> None:
    first, second = course_of(desk), second_course(desk)
    person = next(row.person for row in rows_of(desk) if row.attended == 19)
    clear_after(desk, person, dt.date(2026, 8, 18))
    memberships.move(desk, first, person, second, dt.date(2026, 8, 19), "시간 조정")
    memberships.restore(desk, first, person, "잘못 옮김")
    assert standings.list_standings(desk, second) == ()
    row = standing(desk, person)
    assert (row.left, row.left_reason, row.moved) == (None, None, False)


def test_dismissal_takes_effect_the_day_after_its_cause_and_touches_no_record(desk: Desk) -> None:
    course_id, person = course_of(desk), dismissable(desk)
    row = standing(desk, person)
    assert row.cause is not None
    assert row.cause.day == dt.date(2026, 8, 7)
    up_for_it = dismissals.candidates(desk, course_id)
    assert person in {one.person for one in up_for_it}
    assert dismissals.waiting(desk) == ((course_id, "Track1 3기 생산기술", len(up_for_it)),)
    done = dismissals.dismiss(desk, course_id, person, "결석 초과")
    assert (done["cause"], done["effective"], done["confirmed_units"]) == ("2026-08-07", "2026-08-08", [])
    row = standing(desk, person)
    assert (row.left, row.outcome, row.outcome_on) == (
        dt.date(2026, 8, 7),
        Outcome.DISMISSED,
        dt.date(2026, 8, 8),
    )
    cells = attendance.grid(desk, course_id, 1, [person]).rows[0].cells
    assert cells[4] == ABSENT
    assert cells[7] is None  # 8/10 is no cell any more
    with desk.store.read() as connection:
        kept = connection.execute(
            sa.text("SELECT count(*) FROM attendance WHERE trainee_id = :t"), {"t": person.bytes}
        ).scalar_one()
    assert kept == 19


def test_cancelling_a_dismissal_restores_membership_and_cells(desk: Desk) -> None:
    course_id, person = course_of(desk), dismissable(desk)
    before = standing(desk, person)
    cells = attendance.grid(desk, course_id, 1, [person]).rows[0].cells
    dismissals.dismiss(desk, course_id, person, "결석 초과")
    with pytest.raises(Refusal, match="제적 취소"):
        memberships.restore(desk, course_id, person, "착오")
    done = dismissals.cancel(desk, course_id, person, "뒤늦은 입원확인서")
    assert done["solo"]
    assert standing(desk, person) == before
    assert attendance.grid(desk, course_id, 1, [person]).rows[0].cells == cells
    assert membership_events.history(desk, course_id, person)[-1].solo
    with pytest.raises(Refusal, match="제적된 교육생이 아니"):
        dismissals.cancel(desk, course_id, person, "다시")


def second_person(desk: Desk, office: Path, clock: FixedClock) -> Desk:
    accounts.add_user(desk, "user02", "이담당", [Role.TRAINING], "temporary-word-1")
    desk.store.close()
    later = opening.open_office(office, "user02", "temporary-word-1", clock)
    accounts.change_password(later, "temporary-word-1", "another-good-word-2")
    return later


def test_who_dismissed_does_not_cancel_once_somebody_else_may(
    desk: Desk, office: Path, clock: FixedClock, open_again: Callable[[], Desk]
) -> None:
    course_id, person = course_of(desk), dismissable(desk)
    dismissals.dismiss(desk, course_id, person, "결석 초과")
    other = second_person(desk, office, clock)
    other.store.close()
    first = open_again()
    with pytest.raises(Refusal, match="이담당"):
        dismissals.cancel(first, course_id, person, "이의 인정")
    first.store.close()
    other = opening.open_office(office, "user02", "another-good-word-2", clock)
    assert not dismissals.cancel(other, course_id, person, "이의 인정")["solo"]
    other.store.close()


def test_nobody_is_dismissed_without_a_cause_or_after_leaving(desk: Desk) -> None:
    course_id, person = course_of(desk), next(row.person for row in rows_of(desk) if row.attended == 19)
    with pytest.raises(Refusal, match="제적 대상이 아니라"):
        dismissals.dismiss(desk, course_id, person, "결석 초과")
    with pytest.raises(Refusal, match="사유가 생긴 날이 될 수 없습니다"):
        dismissals.dismiss(desk, course_id, person, "훈련 방해", cause_on=dt.date(2026, 9, 1))
    dismissals.dismiss(desk, course_id, person, "훈련 방해", cause_on=dt.date(2026, 8, 12))
    with pytest.raises(Refusal, match="이미 끝난"):
        dismissals.dismiss(desk, course_id, person, "다시", cause_on=dt.date(2026, 8, 12))
    with pytest.raises(Refusal, match="이미 '제적'"):
        memberships.leave(desk, course_id, person, dt.date(2026, 8, 12), "취업")


def test_a_change_after_the_unit_was_confirmed_leaves_an_open_difference(desk: Desk) -> None:
    course_id, person = course_of(desk), dismissable(desk)
    dismissals.dismiss(desk, course_id, person, "결석 초과")
    confirm(desk)
    assert membership_events.open_differences(desk) == ()
    done = dismissals.cancel(desk, course_id, person, "이의 인정")
    assert done["confirmed_units"] == [1]
    (one,) = membership_events.open_differences(desk)
    assert (one.person, one.unit_no, one.act) == (person, 1, Act.UNDISMISSED)
    assert attendance.grid(desk, course_id, 1, [person]).rows[0].cells[7] == PRESENT
    dismissals.dismiss(desk, course_id, person, "결석 초과")
    assert membership_events.open_differences(desk) == ()  # as it was confirmed


def test_a_course_is_completed_as_it_was_previewed(desk: Desk) -> None:
    course_id = course_of(desk)
    plan = completions.plan(desk, course_id)
    assert plan.ended
    assert not plan.open_items
    assert all(line.why for line in plan.lines)
    completions.complete(desk, course_id, seen=plan.seen)
    for line, row in zip(plan.lines, rows_of(desk), strict=True):
        assert row.outcome is line.outcome
        assert (row.outcome is Outcome.COMPLETED) == (row.attended * 5 >= 19 * 4)
        assert stage_of(desk, row.person) == ("completed" if row.outcome is Outcome.COMPLETED else "enrolled")
    with pytest.raises(Refusal, match="이미 모두"):
        completions.complete(desk, course_id)


def test_a_plan_that_changed_is_not_carried_out(desk: Desk) -> None:
    plan = completions.plan(desk, course_of(desk))
    person = next(row.person for row in rows_of(desk) if row.attended == 19)
    set_days(desk, person, [24, 25, 26, 27, 28], ABSENT)
    with pytest.raises(Refusal, match="다시 미리"):
        completions.complete(desk, course_of(desk), seen=plan.seen)


def test_a_course_is_not_completed_before_its_last_training_day(desk: Desk, clock: FixedClock) -> None:
    clock.move_to(dt.datetime(2026, 8, 27, 23, tzinfo=clock.now().tzinfo))
    with pytest.raises(Refusal, match="아직 끝나지"):
        completions.complete(desk, course_of(desk))
    clock.move_to(dt.datetime(2026, 8, 28, 18, tzinfo=clock.now().tzinfo))
    assert completions.complete(desk, course_of(desk))["changed"] == 40


def test_who_waits_for_a_record_does_not_stop_the_others(desk: Desk) -> None:
    course_id, person = course_of(desk), next(row.person for row in rows_of(desk) if row.attended == 19)
    set_days(desk, person, [25, 26, 27, 28], EMPTY)
    done = completions.complete(desk, course_id)
    assert (done["changed"], done["open"]) == (39, 1)
    assert standing(desk, person).outcome is None
    with pytest.raises(OpenItems):
        completions.complete(desk, course_id)
    set_days(desk, person, [25], PRESENT)
    assert completions.complete(desk, course_id)["changed"] == 1
    assert standing(desk, person).outcome is Outcome.COMPLETED


def test_a_late_record_changes_an_outcome_with_the_next_act(desk: Desk) -> None:
    course_id, person = course_of(desk), next(row.person for row in rows_of(desk) if row.attended == 19)
    set_days(desk, person, [25, 26, 27, 28], ABSENT)
    completions.complete(desk, course_id)
    assert standing(desk, person).outcome is Outcome.INCOMPLETE
    set_days(desk, person, [25], PRESENT)
    assert completions.complete(desk, course_id)["changed"] == 1
    assert stage_of(desk, person) == "completed"
    memberships.restore(desk, course_id, person, "다시 확인")
    assert standing(desk, person).outcome is Outcome.INCOMPLETE
    assert stage_of(desk, person) == "enrolled"


def test_certificates_are_numbered_without_gaps_in_the_order_of_the_list(desk: Desk) -> None:
    course_id = course_of(desk)
    with pytest.raises(Refusal, match="새로 발급할"):
        completions.issue(desk, course_id)
    completions.complete(desk, course_id)
    done = [row for row in rows_of(desk) if row.outcome is Outcome.COMPLETED]
    late = done[3].person
    first = completions.issue(desk, course_id, [row.person for row in done if row.person != late])
    assert first == tuple(certificate_label(2026, number) for number in range(1, len(done)))
    assert completions.issue(desk, course_id) == (certificate_label(2026, len(done)),)
    incomplete = next(row.person for row in rows_of(desk) if row.outcome is Outcome.INCOMPLETE)
    with pytest.raises(Refusal, match="수료하지 않은"):
        completions.issue(desk, course_id, [incomplete])
    with pytest.raises(Refusal, match="수료증이 발급된"):
        memberships.restore(desk, course_id, late, "착오")
    assert standing(desk, late).certificate_label == certificate_label(2026, len(done))


def test_an_outcome_with_a_certificate_stays_and_says_that_records_changed(desk: Desk) -> None:
    course_id = course_of(desk)
    completions.complete(desk, course_id)
    completions.issue(desk, course_id)
    person = next(row.person for row in rows_of(desk) if row.attended == 19)
    set_days(desk, person, [24, 25, 26, 27, 28], ABSENT)
    line = next(line for line in completions.plan(desk, course_id).lines if line.person == person)
    assert line.outcome is Outcome.COMPLETED
    assert "확인하십시오" in line.why


def test_a_void_certificate_frees_the_outcome_and_its_number_stays_used(desk: Desk) -> None:
    course_id = course_of(desk)
    completions.complete(desk, course_id)
    numbers = completions.issue(desk, course_id)
    person = next(row.person for row in rows_of(desk) if row.outcome is Outcome.COMPLETED)
    with pytest.raises(Refusal, match="사유"):
        completions.void(desk, course_id, person, " ")
    assert completions.void(desk, course_id, person, "이름을 잘못 적음") in numbers
    assert standing(desk, person).certificate is None
    with pytest.raises(Refusal, match="무효로 할 것이 없습니다"):
        completions.void(desk, course_id, person, "다시")
    assert completions.issue(desk, course_id, [person]) == (certificate_label(2026, len(numbers) + 1),)
    completions.void(desk, course_id, person, "수료를 되돌림")
    memberships.restore(desk, course_id, person, "착오")
    assert standing(desk, person).outcome is None


def text_of(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_second_print_of_a_certificate_is_marked_and_counted(desk: Desk, tmp_path: Path) -> None:
    course_id = course_of(desk)
    completions.complete(desk, course_id)
    numbers = completions.issue(desk, course_id)
    wanted = Wanted(completions.CERTIFICATE, course_id)
    first = papers.print_paper(desk, wanted, "pdf", tmp_path / "one.pdf", "교육생 교부")
    assert first.pages == len(numbers)
    assert "재발급" not in text_of(first.file)
    assert numbers[-1] in text_of(first.file)
    assert "재발급" in text_of_bytes(papers.preview_pdf(desk, wanted))
    assert {one.reissues for one in completions.list_certificates(desk)} == {0}  # a look counts as no print
    person = completions.list_certificates(desk)[0].person
    one = Wanted(completions.CERTIFICATE, course_id, person=person)
    for count in (1, 2):
        again = papers.print_paper(desk, one, "pdf", tmp_path / f"again{count}.pdf", "분실")
        assert again.pages == 1
        assert f"재발급 {count}회" in text_of(again.file)
    assert [found.reissues for found in completions.list_certificates(desk)][:2] == [2, 0]


def text_of_bytes(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("file_format", ["pdf", "xlsx"])
def test_every_paper_of_a_course_and_its_people_is_made(desk: Desk, tmp_path: Path, file_format: str) -> None:
    course_id, person = course_of(desk), dismissable(desk)
    dismissals.dismiss(desk, course_id, person, "결석이 기준을 넘음")
    counselling.add(desk, person, CounselKind.ATTENDANCE, "결석 사유를 물음", course_id=course_id)
    completions.complete(desk, course_id)
    completions.issue(desk, course_id)
    for document in ("dismissal-notice", "trainee-list", "counselling-log", "completion-list"):
        wanted = Wanted(document, course_id, person=person if document == "dismissal-notice" else None)
        done = papers.print_paper(desk, wanted, file_format, tmp_path / f"{document}.{file_format}", "시험")
        assert done.pages >= 1
        if file_format == "pdf":
            told = text_of(done.file)
            assert ("결석 사유를 물음" in told) == (document == "counselling-log")
            name = next(row.name for row in rows_of(desk) if row.person == person)
            assert (name in told) == (document in ("dismissal-notice", "counselling-log"))


def test_what_was_said_is_sealed_and_a_next_date_comes_up(desk: Desk, clock: FixedClock) -> None:
    person = rows_of(desk)[0].person
    today = desk.clock.today()
    counsel = counselling.add(
        desk,
        person,
        CounselKind.CAREER,
        "창원 쪽 회사를 원함",
        result="회사 둘 안내",
        next_on=today + dt.timedelta(days=3),
        course_id=course_of(desk),
    )
    (coming,) = counselling.follow_ups(desk)
    assert (coming.id, coming.state, coming.course) == (counsel, FollowUp.COMING, "Track1 3기 생산기술")
    with desk.store.read() as connection:
        dump = connection.exec_driver_sql("SELECT * FROM counselling").fetchall()
    assert "창원" not in str(dump)
    clock.move_to(clock.now() + dt.timedelta(days=4))
    (late,) = counselling.follow_ups(desk)
    assert late.state is FollowUp.OVERDUE
    counselling.edit(desk, counsel, late.version, "창원 회사 면접", result="8/31 면접", next_on=late.next_on)
    with pytest.raises(Refusal, match="먼저 고쳤습니다"):
        counselling.finish(desk, counsel, late.version)
    (row,) = counselling.list_records(desk, person)
    assert (row.said, row.result) == ("창원 회사 면접", "8/31 면접")
    counselling.finish(desk, counsel, row.version)
    assert counselling.follow_ups(desk) == ()


def test_counselling_wants_a_text_a_day_that_came_and_a_next_date_after_it(desk: Desk) -> None:
    person, today = rows_of(desk)[0].person, desk.clock.today()
    day = dt.timedelta(days=1)
    with pytest.raises(Refusal, match="내용을"):
        counselling.add(desk, person, CounselKind.CONTACT, " ")
    with pytest.raises(Refusal, match="아직 오지 않은"):
        counselling.add(desk, person, CounselKind.CONTACT, "전화", on=today + day)
    with pytest.raises(Refusal, match="앞섭니다"):
        counselling.add(desk, person, CounselKind.CONTACT, "전화", next_on=today - day)


def test_guests_see_that_somebody_was_counselled_and_not_what_was_said(desk: Desk) -> None:
    person = rows_of(desk)[0].person
    counselling.add(desk, person, CounselKind.GRIEVANCE, "강의실이 추움", result="난방 요청")
    (row,) = counselling.list_records(desk.for_guests(), person)
    assert (row.said, row.result) == (counselling.HIDDEN, "")
    assert "*" in row.name


def test_who_only_looks_changes_nothing(desk: Desk, office: Path, clock: FixedClock) -> None:
    course_id, person = course_of(desk), rows_of(desk)[0].person
    accounts.add_user(desk, "viewer", "박조회", [Role.VIEWER], "temporary-word-1")
    desk.store.close()
    looking = opening.open_office(office, "viewer", "temporary-word-1", clock)
    accounts.change_password(looking, "temporary-word-1", "another-good-word-2")
    try:
        for act in (
            lambda: memberships.leave(looking, course_id, person, LAST, "취업"),
            lambda: dismissals.dismiss(looking, course_id, person, "결석", cause_on=LAST),
            lambda: dismissals.cancel(looking, course_id, person, "이의"),
            lambda: completions.complete(looking, course_id),
            lambda: completions.issue(looking, course_id),
            lambda: counselling.add(looking, person, CounselKind.CONTACT, "전화"),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert all("*" in row.name for row in standings.list_standings(looking, course_id))
    finally:
        looking.store.close()
