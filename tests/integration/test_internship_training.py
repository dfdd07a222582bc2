"""Plan, journals, deliverables and evaluations of an internship, through the services."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
from tests.integration.test_retention import LATER, dispose, stored_text
from tests.interns import MENTOR, START, go_to, start_intern

from regional_desk.domain.clock import FixedClock
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.internship_evaluation import EvaluationState, Evaluator
from regional_desk.domain.internship_training import (
    DeliverableState,
    JournalState,
    JournalText,
    PlanText,
)
from regional_desk.domain.internships import BreakKind, EndKind
from regional_desk.errors import FileRejected, Refusal, UsageError
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.desk import Desk
from regional_desk.services.internships import (
    deliverables,
    evaluations,
    internships,
    interruptions,
    journals,
    plans,
    training_files,
)
from regional_desk.services.internships.deliverables import DeliverableText
from regional_desk.services.safety import logs
from regional_desk.store import attachments

PDF = ReceivedFile("확인 서명.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "application/pdf")
PNG = ReceivedFile("화면.png", b"\x89PNG\r\n\x1a\n....", "image/png")
OJT = JournalText("라인 3호기 점검", "점검표대로 지도함")
PBL = JournalText("불량 예측", None, "데이터 명세서", 30)


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


@pytest.fixture
def intern(desk: Desk, clock: FixedClock) -> UUID:
    """Somebody on Track1 from 2026-09-14 on."""
    return start_intern(desk, clock)


@pytest.fixture
def developer(desk: Desk, clock: FixedClock) -> UUID:
    """Somebody on Track2 from 2026-09-14 on."""
    return start_intern(desk, clock, CompanyKind.SUPPLIER, at=1)


def stored(desk: Desk) -> int:
    return len(attachments.files_on_disk(desk.store))


# --- the plan


def test_a_plan_is_written_week_by_week_and_says_what_is_empty(desk: Desk, intern: UUID) -> None:
    plans.add_item(desk, intern, 1, PlanText("안전 교육", "위험을 안다"))
    plans.add_item(desk, intern, 1, PlanText("설비 익히기", "켜고 끈다"))
    plans.add_item(desk, intern, 13, PlanText("발표", "한 일을 정리한다"))
    found = plans.read_plan(desk, intern)
    assert found.empty == tuple(range(2, 13))
    assert [row.subject for row in found.weeks[0].items] == ["안전 교육", "설비 익히기"]
    assert (found.weeks[12].week.start, found.weeks[12].week.end) == (day(12, 7), day(12, 13))


def test_a_plan_refuses_weeks_there_are_not_what_lacks_and_the_same_line_twice(
    desk: Desk, intern: UUID, developer: UUID
) -> None:
    plans.add_item(desk, intern, 2, PlanText("설비", "켠다"))
    for week, text, words in (
        (0, PlanText("설비", "켠다"), "1주차에서 13주차"),
        (14, PlanText("설비", "켠다"), "14주차는 없습니다"),
        (2, PlanText("설비", "끈다"), "이미 있습니다"),
        (3, PlanText("설비", ""), "훈련목표"),
    ):
        with pytest.raises(Refusal, match=words):
            plans.add_item(desk, intern, week, text)
    with pytest.raises(Refusal, match="산출물"):
        plans.add_item(desk, developer, 1, PlanText("분석", "한다"))
    assert sum(len(one.items) for one in plans.read_plan(desk, intern).weeks) == 1


def test_a_line_moves_changes_and_goes_and_a_stale_one_is_refused(desk: Desk, intern: UUID) -> None:
    plans.add_item(desk, intern, 2, PlanText("설비", "켠다"))
    (row,) = plans.read_plan(desk, intern).weeks[1].items
    plans.edit_item(desk, row, 4, PlanText("설비", "고친다"))
    with pytest.raises(Refusal, match="그사이"):
        plans.edit_item(desk, row, 5, PlanText("설비", "다른 것"))
    with pytest.raises(Refusal, match="그사이"):
        plans.remove_item(desk, row)
    (moved,) = plans.read_plan(desk, intern).weeks[3].items
    assert (moved.goal, moved.version) == ("고친다", 2)
    plans.remove_item(desk, moved)
    assert len(plans.read_plan(desk, intern).empty) == 13


def test_another_plan_fills_only_empty_weeks(desk: Desk, clock: FixedClock, intern: UUID) -> None:
    other = start_intern(desk, clock, at=2)
    for week in (1, 2, 3):
        plans.add_item(desk, intern, week, PlanText(f"일 {week}", "배운다"))
    plans.add_item(desk, other, 2, PlanText("내 것", "둔다"))
    assert plans.copy_plan(desk, intern, other) == 2
    found = plans.read_plan(desk, other)
    assert [[row.subject for row in one.items] for one in found.weeks[:3]] == [["일 1"], ["내 것"], ["일 3"]]
    with pytest.raises(Refusal, match="가져올 줄이 없습니다"):
        plans.copy_plan(desk, intern, other)


def test_a_plan_of_another_track_is_not_taken_over(desk: Desk, intern: UUID, developer: UUID) -> None:
    plans.add_item(desk, intern, 1, PlanText("설비", "켠다"))
    with pytest.raises(Refusal, match="트랙이 다른"):
        plans.copy_plan(desk, intern, developer)


def test_what_was_planned_beyond_an_early_end_stays_readable(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    plans.add_item(desk, intern, 1, PlanText("설비", "켠다"))
    plans.add_item(desk, intern, 9, PlanText("개선", "한다"))
    go_to(clock, day(9, 30))
    internships.end(desk, intern, day(9, 30), EndKind.EARLY, "개인 사정")
    found = plans.read_plan(desk, intern)
    assert [(one.week.no, one.beyond) for one in found.weeks] == [
        (1, False),
        (2, False),
        (3, False),
        (9, True),
    ]
    assert found.weeks[2].week.end == day(9, 30)
    with pytest.raises(Refusal, match="3주차까지"):
        plans.add_item(desk, intern, 4, PlanText("늦은", "것"))


def test_internships_without_a_plan_are_told_until_they_end(
    desk: Desk, clock: FixedClock, intern: UUID, developer: UUID
) -> None:
    assert {one.id for one in plans.survey_without(desk)} == {intern, developer}
    plans.add_item(desk, intern, 1, PlanText("설비", "켠다"))
    assert [one.id for one in plans.survey_without(desk)] == [developer]
    go_to(clock, day(9, 30))
    internships.end(desk, developer, day(9, 30), EndKind.EARLY, "개인 사정")
    assert plans.survey_without(desk) == ()


# --- journals


def test_journals_are_missing_five_days_after_their_week(desk: Desk, clock: FixedClock, intern: UUID) -> None:
    go_to(clock, day(9, 25))
    assert journals.survey_open(desk) == ()
    go_to(clock, day(9, 26))
    (found,) = journals.survey_open(desk)
    assert (found.basis.id, found.missing, found.unconfirmed) == (intern, (1,), ())
    journals.write(desk, intern, 1, OJT)
    (found,) = journals.survey_open(desk)
    assert (found.missing, found.unconfirmed) == ((), (1,))
    with desk.store.read() as connection:
        assert journals.missing_weeks(connection, intern, day(10, 3)) == (2,)


def test_a_journal_is_confirmed_by_the_mentor_with_its_signed_page(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    go_to(clock, day(9, 21))
    row = journals.write(desk, intern, 1, OJT)
    line = journals.read_journals(desk, intern).lines[0]
    assert (line.state, line.mentor) == (JournalState.WRITTEN, MENTOR)
    for mentor, on, words in (
        ("", day(9, 21), "성명"),
        (MENTOR, day(9, 22), "아직 오지 않은"),
        (MENTOR, day(9, 13), "앞섭니다"),
    ):
        with pytest.raises(Refusal, match=words):
            journals.confirm(desk, row, mentor, on)
    done = journals.confirm(desk, row, MENTOR, day(9, 21), PDF)
    assert (done.mentor, done.confirmed_on, done.file_name) == (MENTOR, day(9, 21), PDF.name)
    assert journals.read_journals(desk, intern).lines[0].state is JournalState.CONFIRMED
    assert journals.open_file(desk, done).read_bytes() == PDF.content
    assert journals.survey_open(desk) == ()


def test_another_text_has_to_be_confirmed_again(desk: Desk, clock: FixedClock, intern: UUID) -> None:
    go_to(clock, day(9, 21))
    row = journals.confirm(desk, journals.write(desk, intern, 1, OJT), MENTOR, day(9, 21))
    same = journals.write(desk, intern, 1, OJT, row.version)
    assert same.confirmed_on == day(9, 21)
    other = journals.write(desk, intern, 1, JournalText("다른 일", "지도"), same.version)
    assert (other.mentor, other.confirmed_on) == (None, None)
    with pytest.raises(Refusal, match="그사이"):
        journals.write(desk, intern, 1, OJT, row.version)
    with pytest.raises(Refusal, match="그사이"):
        journals.write(desk, intern, 1, OJT)


def test_no_journal_before_the_internship_or_its_week_began(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    with pytest.raises(Refusal, match="2주차는 아직"):
        journals.write(desk, intern, 2, OJT)
    waiting = start_intern(desk, clock, at=3, begin=False)
    with pytest.raises(Refusal, match="아직 시작하지 않은"):
        journals.write(desk, waiting, 1, OJT)
    go_to(clock, day(12, 31))
    assert {one.state for one in journals.read_journals(desk, waiting).lines} == {JournalState.COMING}
    assert {one.basis.id for one in journals.survey_open(desk)} == {intern}


def test_a_week_of_interruption_needs_no_journal(desk: Desk, clock: FixedClock, intern: UUID) -> None:
    go_to(clock, day(10, 1))
    interruptions.add(desk, intern, BreakKind.INTERRUPTION, day(9, 21), day(9, 27), "공장 이전")
    go_to(clock, day(10, 9))
    found = journals.read_journals(desk, intern)
    assert found.lines[1].state is JournalState.FREE
    assert found.weeks_in(JournalState.MISSING) == (1,)
    assert found.weeks_in(JournalState.WAITING) == (3, 4)


def test_an_early_end_ends_the_journals(desk: Desk, clock: FixedClock, intern: UUID) -> None:
    go_to(clock, day(9, 23))
    internships.end(desk, intern, day(9, 22), EndKind.EARLY, "개인 사정")
    go_to(clock, day(12, 31))
    assert journals.read_journals(desk, intern).weeks_in(JournalState.MISSING) == (1, 2)


def test_pbl_journals_keep_output_and_progress(desk: Desk, developer: UUID) -> None:
    row = journals.write(desk, developer, 1, PBL)
    assert (row.guidance, row.output, row.progress) == (None, "데이터 명세서", 30)
    with pytest.raises(Refusal, match="진척"):
        journals.write(desk, developer, 1, JournalText("불량 예측", None, "명세"), row.version)


def test_a_journal_goes_with_its_file_unless_something_else_names_it(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    before = stored(desk)
    row = journals.attach(desk, journals.write(desk, intern, 1, OJT), PDF)
    deliverables.add(desk, intern, DeliverableText("같은 파일"), PDF)
    assert stored(desk) == before + 1
    with pytest.raises(Refusal, match="까닭"):
        journals.remove(desk, row, " ")
    journals.remove(desk, row, "다른 사람의 일지")
    assert stored(desk) == before + 1
    (line,) = deliverables.read_deliverables(desk, intern).lines
    assert deliverables.open_file(desk, line.row).read_bytes() == PDF.content
    deliverables.remove(desk, line.row, "잘못 올림")
    assert stored(desk) == before
    assert journals.read_journals(desk, intern).lines[0].row is None


def test_a_confirmation_noted_by_mistake_is_taken_back_with_a_reason(desk: Desk, intern: UUID) -> None:
    row = journals.confirm(desk, journals.write(desk, intern, 1, OJT), MENTOR, START)
    with pytest.raises(Refusal, match="까닭"):
        journals.unconfirm(desk, row, "")
    assert journals.unconfirm(desk, row, "다른 주의 확인").confirmed_on is None
    with pytest.raises(Refusal, match="그사이"):
        journals.unconfirm(desk, row, "또")


def test_another_page_takes_the_place_of_the_one_before(desk: Desk, intern: UUID) -> None:
    before = stored(desk)
    row = journals.attach(desk, journals.write(desk, intern, 1, OJT), PNG)
    journals.attach(desk, row, PDF)
    assert stored(desk) == before + 1


# --- deliverables


def test_outputs_of_the_plan_become_deliverables_with_their_weeks_end(
    desk: Desk, clock: FixedClock, developer: UUID
) -> None:
    for week, output in ((1, "데이터 명세"), (2, "모형"), (3, "모형")):
        plans.add_item(desk, developer, week, PlanText("불량 예측", "배운다", output))
    assert deliverables.take_proposed(desk, developer) == 2
    found = deliverables.read_deliverables(desk, developer)
    assert [(one.row.name, one.row.due) for one in found.lines] == [
        ("데이터 명세", day(9, 20)),
        ("모형", day(10, 4)),
    ]
    assert found.proposed == ()
    with pytest.raises(Refusal, match="더 가져올"):
        deliverables.take_proposed(desk, developer)
    go_to(clock, day(9, 20))
    assert deliverables.survey_overdue(desk) == ()
    go_to(clock, day(9, 21))
    ((basis, names),) = deliverables.survey_overdue(desk)
    assert (basis.id, names) == (developer, ("데이터 명세",))


def test_a_deliverable_is_handed_in_with_its_file(desk: Desk, clock: FixedClock, developer: UUID) -> None:
    deliverables.add(desk, developer, DeliverableText("보고서", day(9, 30)))
    (line,) = deliverables.read_deliverables(desk, developer).lines
    go_to(clock, day(10, 2))
    with pytest.raises(Refusal, match="아직 오지 않은"):
        deliverables.edit(desk, line.row, DeliverableText("보고서", day(9, 30), day(10, 3)))
    deliverables.edit(desk, line.row, DeliverableText("보고서", day(9, 30), day(10, 2), "늦음"), PDF)
    (done,) = deliverables.read_deliverables(desk, developer).lines
    assert (done.state, done.row.file_name) == (DeliverableState.SUBMITTED, PDF.name)
    with pytest.raises(Refusal, match="그사이"):
        deliverables.edit(desk, line.row, DeliverableText("보고서"))
    with pytest.raises(Refusal, match="이름"):
        deliverables.add(desk, developer, DeliverableText(" "))
    with pytest.raises(Refusal, match="이미 있습니다"):
        deliverables.add(desk, developer, DeliverableText("보고서"))


def test_a_file_is_told_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(b"MZ\x90\x00")
    with pytest.raises(FileRejected, match=r"report\.pdf"):
        training_files.read_file(tmp_path / "report.pdf")


# --- evaluations


def test_a_sheet_is_filled_in_bit_by_bit_and_scores_once_whole(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    go_to(clock, day(12, 13))
    sheet = evaluations.read_evaluations(desk, intern).sheet(Evaluator.COMPANY)
    keys = [one.key for one in sheet.answers]
    evaluations.fill(desk, intern, Evaluator.COMPANY, {keys[0]: 5, keys[1]: 4}, version=0, comment="성실함")
    sheet = evaluations.read_evaluations(desk, intern).sheet(Evaluator.COMPANY)
    assert (sheet.state, sheet.score, sheet.comment, sheet.on) == (
        EvaluationState.PARTIAL,
        None,
        "성실함",
        day(12, 13),
    )
    rest = dict.fromkeys(keys[2:], 4)
    evaluations.fill(desk, intern, Evaluator.COMPANY, rest, version=1, on=day(12, 11), file=PDF)
    sheet = evaluations.read_evaluations(desk, intern).sheet(Evaluator.COMPANY)
    assert (sheet.state, str(sheet.score), sheet.on) == (EvaluationState.DONE, "84.0", day(12, 11))
    assert sheet.comment == "성실함"
    assert evaluations.open_file(desk, intern, Evaluator.COMPANY).read_bytes() == PDF.content


def test_evaluations_are_open_around_the_last_day(desk: Desk, clock: FixedClock, intern: UUID) -> None:
    go_to(clock, day(11, 28))
    assert evaluations.survey_open(desk) == ()
    go_to(clock, day(11, 29))
    (found,) = evaluations.survey_open(desk)
    assert (found.lacking, found.due, found.overdue) == (tuple(Evaluator), day(12, 27), False)
    go_to(clock, day(12, 28))
    (found,) = evaluations.survey_open(desk)
    assert found.overdue
    for by in Evaluator:
        answers = evaluations.read_evaluations(desk, intern).sheet(by).answers
        evaluations.fill(desk, intern, by, {one.key: 3 for one in answers}, version=0)
    assert evaluations.survey_open(desk) == ()


def test_an_evaluation_refuses_what_cannot_be(desk: Desk, clock: FixedClock, intern: UUID) -> None:
    for points, on, words in (
        ({"diligence": 6}, None, "1에서 5"),
        ({"nothing": 1}, None, "모르는 평가 항목"),
        ({"diligence": 3}, day(9, 15), "아직 오지 않은"),
        ({"diligence": 3}, day(9, 13), "앞섭니다"),
    ):
        with pytest.raises(Refusal, match=words):
            evaluations.fill(desk, intern, Evaluator.COMPANY, points, version=0, on=on)
    evaluations.fill(desk, intern, Evaluator.COMPANY, {"diligence": 3}, version=0)
    with pytest.raises(Refusal, match="그사이"):
        evaluations.fill(desk, intern, Evaluator.COMPANY, {"diligence": 4}, version=0)
    waiting = start_intern(desk, clock, at=3, begin=False)
    with pytest.raises(Refusal, match="아직 시작하지 않은"):
        evaluations.fill(desk, waiting, Evaluator.OFFICE, {"plan": 3}, version=0)


def test_a_sheet_filled_in_by_mistake_goes_with_its_file(desk: Desk, intern: UUID) -> None:
    before = stored(desk)
    evaluations.fill(desk, intern, Evaluator.INTERN, {"fit": 3}, version=0, file=PDF)
    with pytest.raises(Refusal, match="까닭"):
        evaluations.remove(desk, intern, Evaluator.INTERN, 1, "")
    with pytest.raises(Refusal, match="그사이"):
        evaluations.remove(desk, intern, Evaluator.INTERN, 2, "잘못")
    evaluations.remove(desk, intern, Evaluator.INTERN, 1, "다른 사람의 평가표")
    assert evaluations.read_evaluations(desk, intern).sheet(Evaluator.INTERN).version == 0
    assert stored(desk) == before


# --- what holds for all of them


def test_guests_see_that_something_is_written_but_not_what(desk: Desk, intern: UUID) -> None:
    plans.add_item(desk, intern, 1, PlanText("설비", "켠다"))
    journals.confirm(desk, journals.write(desk, intern, 1, OJT), MENTOR, START)
    deliverables.add(desk, intern, DeliverableText("보고서", memo="김철수와 함께"), PDF)
    evaluations.fill(desk, intern, Evaluator.INTERN, {"fit": 3}, version=0, comment="김멘토가 잘함")
    whole = plans.read_plan(desk, intern).basis.row.name
    guests = desk.for_guests()
    line = journals.read_journals(guests, intern).lines[0]
    assert line.row is not None
    shown = [
        repr(plans.read_plan(guests, intern)),
        repr(journals.read_journals(guests, intern)),
        repr(deliverables.read_deliverables(guests, intern)),
        repr(evaluations.read_evaluations(guests, intern)),
    ]
    for word in (whole, MENTOR, OJT.work, "김철수", PDF.name):
        assert not any(word in text for text in shown), word
    assert line.state is JournalState.CONFIRMED


def test_what_names_somebody_is_in_the_logs_only_sealed(desk: Desk, intern: UUID) -> None:
    text = JournalText("홍길동과 함께 점검", "김멘토 지도")
    row = journals.confirm(desk, journals.write(desk, intern, 1, text), MENTOR, START)
    journals.remove(desk, row, "홍길동의 것")
    plans.add_item(desk, intern, 1, PlanText("홍길동 돕기", "한다"))
    evaluations.fill(desk, intern, Evaluator.INTERN, {"fit": 3}, version=0, comment="홍길동 좋음")
    deliverables.add(desk, intern, DeliverableText("홍길동 보고서"))
    lines = [
        line
        for line in logs.read_log(desk)
        if line.action.split(".")[0] in ("journal", "plan", "evaluation", "deliverable")
    ]
    assert {line.action for line in lines} == {
        "journal.write",
        "journal.confirm",
        "journal.remove",
        "plan.add",
        "evaluation.fill",
        "deliverable.add",
    }
    assert not any("홍길동" in repr(line.detail) or MENTOR in repr(line.detail) for line in lines)


def test_after_a_disposal_days_and_points_stay_but_no_text_and_no_file(
    desk: Desk, clock: FixedClock, intern: UUID
) -> None:
    before = stored(desk)
    row = journals.write(desk, intern, 1, JournalText("허리를 다친 날", "쉬게 함"))
    journals.confirm(desk, row, MENTOR, START, PDF)
    deliverables.add(desk, intern, DeliverableText("이력 정리", memo="허리"), PNG)
    evaluations.fill(desk, intern, Evaluator.INTERN, {"fit": 3}, version=0, comment="허리가 나음", file=PDF)
    trainee = plans.read_plan(desk, intern).basis.row.trainee
    internships.end(desk, intern, START, EndKind.EARLY, "개인 사정")
    clock.move_to(LATER)
    dispose(desk, trainee)
    assert "허리" not in stored_text(desk)
    assert stored(desk) == before
    line = journals.read_journals(desk, intern).lines[0]
    assert line.row is not None
    assert (line.row.work, line.row.mentor, line.row.confirmed_on) == ("파기", None, START)
    sheet = evaluations.read_evaluations(desk, intern).sheet(Evaluator.INTERN)
    assert (sheet.answers[0].points, sheet.comment) == (3, "")
    with pytest.raises(Refusal, match="파기한"):
        journals.write(desk, intern, 1, OJT, line.row.version)


def test_an_unknown_internship_is_told(desk: Desk, intern: UUID) -> None:
    with pytest.raises(UsageError, match="없는 인턴십"):
        plans.read_plan(desk, desk.actor.user_id)
    with pytest.raises(UsageError, match="없는 인턴십"):
        journals.write(desk, desk.actor.user_id, 1, OJT)
