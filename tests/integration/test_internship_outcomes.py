"""What came of the internships: recorded, refused, due on its days, counted by everything with the people behind."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests import outcome_office
from tests.outcome_office import ENDED, KEPT_ON, Made, answer, keep_on, make_interns, move_to

from regional_desk.domain.outcomes import By, CheckState, Employment, Retention, Step
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Role
from regional_desk.errors import NotAllowed, Refusal, UsageError
from regional_desk.services.desk import Actor, Desk
from regional_desk.services.outcomes import (
    conversions,
    due,
    employment,
    goals,
    outcomes,
    records,
    retention_checks,
)
from regional_desk.services.outcomes.conversions import Decision
from regional_desk.services.outcomes.due import Kind
from regional_desk.services.outcomes.employment import Situation
from regional_desk.services.outcomes.retention_checks import Finding
from regional_desk.services.safety import logs
from regional_desk.store import attachments
from regional_desk.store.internships import internship

D = dt.date
KEPT, LEFT, UNKNOWN = Retention.KEPT, Retention.LEFT, Retention.UNKNOWN
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def made(desk: Desk) -> Made:
    """The office on the day three internships ended."""
    found = make_interns(desk)
    move_to(desk, ENDED)
    return found


def asked(desk: Desk, kind: Kind) -> list[UUID]:
    return [one.id for one in due.list_due(desk) if one.kind is kind]


def test_a_finished_internship_asks_whether_the_intern_is_kept_on(made: Made) -> None:
    desk = made.desk
    assert asked(desk, Kind.CONVERSION) == sorted(made.internships[:3], key=lambda one: name(desk, one))
    keep_on(desk, made.internships[0])
    conversions.record(desk, made.internships[1], Decision(False, ENDED, reason="본인이 다른 곳에 취업"))
    assert asked(desk, Kind.CONVERSION) == [made.internships[2]]
    move_to(desk, D(2026, 12, 30))
    (left,) = (one for one in due.list_due(desk) if one.kind is Kind.CONVERSION)
    assert left.state is CheckState.DUE
    move_to(desk, D(2026, 12, 31))
    (left,) = (one for one in due.list_due(desk) if one.kind is Kind.CONVERSION)
    assert left.state is CheckState.OVERDUE


def name(desk: Desk, one: UUID) -> tuple[str, bytes]:
    return records.read(desk, one).row.name, one.bytes


def test_who_ended_early_or_was_replaced_is_not_asked(made: Made) -> None:
    desk, company = made.desk, made.companies[0]
    early = outcome_office.begin(
        desk, made.completed[6], company, number=6, ended_on=D(2026, 10, 1), end_kind="early"
    )
    replaced = outcome_office.begin(
        desk, made.completed[7], company, number=7, ended_on=D(2026, 10, 1), end_kind="replaced"
    )
    assert not {early, replaced} & set(asked(desk, Kind.CONVERSION))
    keep_on(desk, early, D(2026, 10, 2))  # kept on before the internship would have ended
    with pytest.raises(Refusal, match="교체되어 끝난"):
        keep_on(desk, replaced)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Decision(True, ENDED), "전환한 날을"),
        (Decision(True, ENDED, ENDED), "마지막 날"),
        (Decision(True, D(2026, 12, 1), D(2026, 12, 1)), "오지 않은"),
        (Decision(False, ENDED), "까닭"),
        (Decision(True, ENDED, KEPT_ON, wage=0), "임금"),
        (Decision(True, D(2026, 8, 31), KEPT_ON), "앞섭니다"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(made: Made, given: Decision, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        conversions.record(made.desk, made.internships[0], given)
    assert records.read(made.desk, made.internships[0]).row.conversion is None


def test_a_running_internship_may_be_decided_but_only_from_after_its_agreed_end(made: Made) -> None:
    running = made.internships[4]
    with pytest.raises(Refusal, match="먼저 인턴십을 그 전날로"):
        keep_on(made.desk, running, D(2026, 11, 15))
    keep_on(made.desk, running)
    assert records.read(made.desk, running).words == "전환"


def test_a_decision_that_no_longer_agrees_with_the_internship_is_told(made: Made) -> None:
    early = outcome_office.begin(
        made.desk, made.completed[6], made.companies[0], number=6, ended_on=D(2026, 10, 1), end_kind="early"
    )
    keep_on(made.desk, early, D(2026, 10, 2))
    assert records.read(made.desk, early).clash is None
    with made.desk.store.write() as connection:  # the end was taken back
        connection.execute(
            sa.update(internship).where(internship.c.id == early).values(ended_on=None, end_kind=None)
        )
    assert "먼저 인턴십을" in str(records.read(made.desk, early).clash)


def test_an_internship_that_never_began_has_no_outcome(made: Made) -> None:
    gone = outcome_office.begin(
        made.desk,
        made.completed[6],
        made.companies[0],
        number=6,
        ended_on=D(2026, 9, 1),
        end_kind="withdrawn",
    )
    with pytest.raises(Refusal, match="협약을 취소한"):
        keep_on(made.desk, gone)


def test_whoever_was_quicker_wins(made: Made) -> None:
    desk, first = made.desk, made.internships[0]
    keep_on(desk, first)
    with pytest.raises(Refusal, match="다른 사람이 먼저"):
        keep_on(desk, first)
    later = Decision(True, ENDED, D(2026, 12, 7))
    conversions.record(desk, first, later, version=1)
    with pytest.raises(Refusal, match="다른 사람이 먼저"):
        conversions.record(desk, first, later, version=1)
    kept = records.read(desk, first).row.conversion
    assert kept is not None
    assert (kept.version, kept.employed_from) == (2, D(2026, 12, 7))


def test_retention_is_due_on_its_days_and_counted_once_kept(made: Made) -> None:
    desk, first = made.desk, made.internships[0]
    keep_on(desk, first)
    states = []
    for day in (D(2027, 5, 31), D(2027, 6, 1), D(2027, 7, 1), D(2027, 7, 2)):
        move_to(desk, day)
        half = records.read(desk, first).check(6)
        assert half is not None
        states.append(half.state)
    assert states == [CheckState.COMING, CheckState.DUE, CheckState.DUE, CheckState.OVERDUE]
    answer(desk, first, 6, Finding(KEPT, D(2027, 6, 3), "4대보험 가입자 명부"))
    assert asked(desk, Kind.RETENTION) == []
    found = outcomes.outcomes(desk)
    assert found.share(Step.KEPT6) == (1, 1)
    assert found.share(Step.KEPT12) == (0, 0)  # nobody's year is over: no share to tell
    move_to(desk, D(2027, 12, 1))
    assert asked(desk, Kind.RETENTION) == [first]
    assert outcomes.outcomes(desk).share(Step.KEPT12) == (0, 1)


def test_who_left_by_six_months_is_not_asked_again(made: Made) -> None:
    desk, first = made.desk, made.internships[0]
    keep_on(desk, first)
    move_to(desk, D(2027, 6, 10))
    answer(desk, first, 6, Finding(LEFT, D(2027, 6, 10), "기업 확인", D(2027, 3, 31)))
    move_to(desk, D(2028, 1, 1))
    assert asked(desk, Kind.RETENTION) == []
    with pytest.raises(Refusal, match="12개월 확인은 없습니다"):
        answer(desk, first, 12, Finding(KEPT, D(2028, 1, 1), "기업 확인"))


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Finding(KEPT, D(2027, 6, 10), " "), "무엇으로"),
        (Finding(KEPT, D(2027, 6, 11), "기업 확인"), "오지 않은"),
        (Finding(KEPT, D(2027, 5, 31), "기업 확인"), "전에는"),
        (Finding(LEFT, D(2027, 6, 10), "기업 확인"), "마지막으로 근무한"),
        (Finding(LEFT, D(2027, 6, 10), "기업 확인", D(2026, 11, 30)), "전환일"),
        (Finding(LEFT, D(2027, 6, 10), "기업 확인", D(2027, 6, 1)), "'유지'입니다"),
    ],
)
def test_a_check_that_cannot_be_is_refused(made: Made, finding: Finding, words: str) -> None:
    keep_on(made.desk, made.internships[0])
    move_to(made.desk, D(2027, 6, 10))
    with pytest.raises(Refusal, match=words):
        answer(made.desk, made.internships[0], 6, finding)
    half = records.read(made.desk, made.internships[0]).check(6)
    assert half is not None
    assert half.row is None


def test_only_who_was_kept_on_is_checked_and_only_after_the_terms_months(made: Made) -> None:
    with pytest.raises(Refusal, match="전환하지 않은"):
        answer(made.desk, made.internships[0], 6, Finding(KEPT, ENDED, "기업 확인"))
    with pytest.raises(UsageError, match="6, 12개월"):
        answer(made.desk, made.internships[0], 9, Finding(KEPT, ENDED, "기업 확인"))


def test_a_checked_conversion_keeps_its_day_until_the_checks_are_taken_away(made: Made) -> None:
    desk, first = made.desk, made.internships[0]
    keep_on(desk, first)
    move_to(desk, D(2027, 6, 10))
    answer(desk, first, 6, Finding(KEPT, D(2027, 6, 10), "재직증명서"))
    with pytest.raises(Refusal, match="이미 확인하여"):
        conversions.record(desk, first, Decision(True, ENDED, D(2026, 12, 2)), version=1)
    with pytest.raises(Refusal, match="먼저 지우십시오"):
        conversions.remove(desk, first, 1, "잘못 적음")
    with pytest.raises(Refusal, match="까닭"):
        retention_checks.remove(desk, first, 6, 1, " ")
    retention_checks.remove(desk, first, 6, 1, "다른 사람의 것")
    conversions.remove(desk, first, 1, "다른 사람의 것")
    assert records.read(desk, first).row.conversion is None


def test_evidence_is_kept_encrypted_replaced_and_taken_away(made: Made, tmp_path: Path) -> None:
    desk, first = made.desk, made.internships[0]
    paper = tmp_path / "contract.pdf"
    paper.write_bytes(PDF)
    given = Decision(True, ENDED, KEPT_ON)
    conversions.record(desk, first, given, file=conversions.read_file(paper))
    assert records.open_evidence(desk, first).read_bytes() == PDF
    before = set(attachments.files_on_disk(desk.store))
    assert len(before) == 1
    assert all(PDF not in path.read_bytes() for path in attachments.files_on_disk(desk.store).values())
    paper.write_bytes(PDF + b"second")
    conversions.record(desk, first, given, version=1, file=conversions.read_file(paper))
    assert records.open_evidence(desk, first).read_bytes() == PDF + b"second"
    assert not before & set(attachments.files_on_disk(desk.store))
    conversions.record(desk, first, given, version=2)  # without a file the one before stays
    assert records.open_evidence(desk, first).read_bytes() == PDF + b"second"
    move_to(desk, D(2027, 6, 10))
    retention_checks.record(
        desk, first, 6, Finding(KEPT, D(2027, 6, 10), "재직증명서"), file=conversions.read_file(paper)
    )
    assert records.open_evidence(desk, first, 6).read_bytes() == PDF + b"second"
    retention_checks.remove(desk, first, 6, 1, "다시")
    assert records.open_evidence(desk, first).read_bytes() == PDF + b"second"  # the conversion still names it
    conversions.remove(desk, first, 3, "다시")
    assert attachments.files_on_disk(desk.store) == {}
    with pytest.raises(Refusal):
        records.open_evidence(desk, first)


def test_employment_is_asked_of_who_completed_seven_months_after_the_course(made: Made) -> None:
    desk = made.desk
    lines = employment.list_lines(desk)
    assert {line.row.person for line in lines} == set(made.completed)
    assert asked(desk, Kind.EMPLOYMENT) == []
    move_to(desk, D(2027, 3, 27))
    assert asked(desk, Kind.EMPLOYMENT) == []
    move_to(desk, D(2027, 3, 28))
    assert len(asked(desk, Kind.EMPLOYMENT)) == len(lines)
    given = Situation(Employment.EMPLOYED, D(2027, 3, 28), "고용보험 가입 이력", "한빛정밀", D(2026, 12, 1))
    employment.record(desk, lines[0].row.membership, given)
    employment.record(
        desk, lines[1].row.membership, Situation(Employment.UNKNOWN, D(2027, 3, 28), "본인 확인")
    )
    assert len(asked(desk, Kind.EMPLOYMENT)) == len(lines) - 1  # 미확인 may still be found out
    move_to(desk, D(2027, 4, 28))
    late = [one for one in due.list_due(desk) if one.kind is Kind.EMPLOYMENT]
    assert len(late) == len(lines) - 2
    assert all(one.state is CheckState.OVERDUE for one in late)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Situation(Employment.EMPLOYED, D(2027, 3, 28), "본인 확인"), "취업한 곳"),
        (Situation(Employment.NOT, D(2027, 3, 28), "본인 확인", "한빛정밀"), "적지 않습니다"),
        (Situation(Employment.NOT, D(2027, 3, 28), ""), "무엇으로"),
        (Situation(Employment.NOT, D(2027, 3, 29), "본인 확인"), "오지 않은"),
        (Situation(Employment.NOT, D(2026, 8, 27), "본인 확인"), "과정이 끝난"),
        (
            Situation(Employment.EMPLOYED, D(2027, 3, 1), "본인 확인", "한빛정밀", D(2027, 3, 2)),
            "취업일이",
        ),
    ],
)
def test_a_situation_that_cannot_be_is_refused(made: Made, given: Situation, words: str) -> None:
    move_to(made.desk, D(2027, 3, 28))
    member = employment.list_lines(made.desk)[0].row.membership
    with pytest.raises(Refusal, match=words):
        employment.record(made.desk, member, given)
    assert employment.read(made.desk, member).result is None


def test_what_the_conversion_tells_is_offered_for_employment(made: Made) -> None:
    desk = made.desk
    keep_on(desk, made.internships[0])
    known = {line.row.person: line.known for line in employment.list_lines(desk)}
    offered = known[made.completed[0]]
    assert offered is not None
    assert offered.employed_from == KEPT_ON
    assert known[made.completed[1]] is None
    move_to(desk, D(2027, 6, 10))
    answer(desk, made.internships[0], 6, Finding(LEFT, D(2027, 6, 10), "기업 확인", D(2027, 3, 31)))
    assert all(line.known is None for line in employment.list_lines(desk))


def test_an_answer_is_changed_and_taken_away(made: Made) -> None:
    desk = made.desk
    move_to(desk, D(2027, 3, 28))
    member = employment.list_lines(desk)[0].row.membership
    no = Situation(Employment.NOT, D(2027, 3, 28), "본인 확인")
    employment.record(desk, member, no)
    with pytest.raises(Refusal, match="다른 사람이 먼저"):
        employment.record(desk, member, no)
    employment.record(
        desk, member, Situation(Employment.EMPLOYED, D(2027, 3, 28), "본인", "한빛정밀"), version=1
    )
    assert employment.read(desk, member).words == "취업"
    employment.remove(desk, member, 2, "다른 사람의 것")
    assert employment.read(desk, member).result is None


def test_the_counts_name_the_people_behind_them(made: Made) -> None:
    desk = made.desk
    for one in made.internships[:2]:
        keep_on(desk, one)
    move_to(desk, D(2026, 12, 1))
    found = outcomes.outcomes(desk)
    assert {step: found.total.count(step) for step in Step} == {
        Step.COMPLETED: len(made.completed),
        Step.PLACED: 0,
        Step.INTERNED: 5,
        Step.CONVERTED: 2,
        Step.KEPT6: 0,
        Step.KEPT12: 0,
    }
    assert found.share(Step.CONVERTED) == (2, 3)  # of the three that ended
    (course,) = found.groups(By.COURSE)
    assert course.key == made.course
    assert set(course.people[Step.CONVERTED]) == set(made.completed[:2])
    by_company = {group.key: group.count(Step.INTERNED) for group in found.groups(By.COMPANY)}
    assert by_company == {made.companies[0]: 3, made.companies[1]: 2}
    months = [
        (found.label(By.MONTH, group.key), group.count(Step.CONVERTED)) for group in found.groups(By.MONTH)
    ]
    assert months == [("2026년 8월", 0), ("2026년 9월", 0), ("2026년 12월", 2)]
    people = outcomes.list_people(desk, found, course.people[Step.CONVERTED])
    assert {one.id for one in people} == set(made.completed[:2])
    assert all(one.days[Step.CONVERTED] == KEPT_ON and one.internship for one in people)


def test_a_conversion_counts_from_its_day_on(made: Made) -> None:
    keep_on(made.desk, made.internships[0])
    assert outcomes.outcomes(made.desk, until=D(2026, 11, 30)).total.count(Step.CONVERTED) == 0
    assert outcomes.outcomes(made.desk, until=KEPT_ON).total.count(Step.CONVERTED) == 1


def test_goals_are_set_changed_and_taken_away(made: Made) -> None:
    desk = made.desk
    assert outcomes.outcomes(desk).goal(Step.COMPLETED) == 86  # the office's own goal until another is set
    key = (Step.CONVERTED, Track.TRACK1)
    assert goals.set_goals(desk, {key: 40, (Step.CONVERTED, Track.TRACK2): 20}) == 2
    assert goals.set_goals(desk, {key: 40}) == 0
    found = outcomes.outcomes(desk)
    assert (found.goal(Step.CONVERTED), found.goal(Step.CONVERTED, Track.TRACK2)) == (60, 20)
    assert found.goal(Step.KEPT6) is None
    assert goals.set_goals(desk, {key: None}) == 1
    assert outcomes.outcomes(desk).goal(Step.CONVERTED, Track.TRACK1) is None
    with pytest.raises(Refusal, match="목표는"):
        goals.set_goals(desk, {key: -1})


def test_a_viewer_sees_masked_people_and_changes_nothing(made: Made) -> None:
    desk = made.desk
    keep_on(desk, made.internships[0])
    viewer = Desk(
        desk.store,
        Actor(desk.actor.user_id, "look", "조회", frozenset({Role.VIEWER})),
        desk.office,
        desk.clock,
    )
    found = records.read(viewer, made.internships[0])
    assert "*" in found.row.name
    assert found.row.conversion is not None
    assert found.row.conversion.reason == records.HIDDEN
    assert all("*" in one.name for one in due.list_due(viewer))
    assert all("*" in line.row.name for line in employment.list_lines(viewer))
    with pytest.raises(NotAllowed):
        keep_on(viewer, made.internships[1])
    with pytest.raises(NotAllowed):
        records.open_evidence(viewer, made.internships[0])


def test_the_log_holds_nobodys_outcome_in_the_clear(made: Made) -> None:
    desk = made.desk
    keep_on(desk, made.internships[0])
    lines = [line for line in logs.read_log(desk) if line.action == "outcome.convert"]
    assert len(lines) == 1
    assert "평가 우수" not in str(lines[0].detail)
