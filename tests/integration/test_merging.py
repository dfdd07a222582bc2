"""Two records of one person become one and are parted again, on a real store."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests.conftest import MONTH_END
from tests.integration.test_leases import CHEAP
from tests.integration.test_month import confirm, course_of
from tests.integration.test_retention import APPROVED, LATER, account_of

from regional_desk.domain.applicants import ConsentKind, DocumentState
from regional_desk.domain.attendance import PRESENT
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.people import Track
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.retention import BLANK_BIRTH
from regional_desk.errors import Refusal
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services import changes
from regional_desk.services.attendance import attendance, late_entries, leases
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay import allowance, benefits
from regional_desk.services.recruitment import (
    applicant_documents,
    consents,
    contact,
    lookalikes,
    merging,
    parting,
    people,
)
from regional_desk.services.safety import retention
from regional_desk.services.training import courses, memberships
from regional_desk.store import disposed
from regional_desk.store import merging as rows_moved
from regional_desk.store.ids import new_id
from regional_desk.store.memberships import counselling
from regional_desk.store.people import PersonRow, application, find_people, list_merged, person, person_key
from regional_desk.store.sealing import new_key

TODAY = MONTH_END.date()
BIRTH = dt.date(1998, 4, 2)
ACCOUNT = "30212345678"


def add(
    desk: Desk, name: str, *, stage: Stage | None = Stage.APPLIED, year: int = 2026, **fields: Any
) -> UUID:
    """Somebody with an application of a year."""
    one, key = new_id(), new_key()
    account = fields.pop("account", None)
    with desk.store.write() as connection:
        if account:
            fields |= contact.account_columns(desk, key, one, account)
        connection.execute(
            sa.insert(person).values(id=one, name=name, created_at=MONTH_END, **{"birth": BIRTH, **fields})
        )
        (wrapped,) = desk.store.wrap_person_keys([(key, one.bytes)])
        connection.execute(sa.insert(person_key).values(person_id=one, wrapped=wrapped))
        if stage is not None:
            connection.execute(
                sa.insert(application).values(
                    id=new_id(), person_id=one, programme_year=year, stage=stage.value, received_on=TODAY
                )
            )
    return one


@pytest.fixture
def kept(desk: Desk) -> UUID:
    """The record that stays: reachable by nothing yet."""
    return add(desk, "한가람")


@pytest.fixture
def gone(desk: Desk) -> UUID:
    """The same person under a misspelt name, with more known."""
    return add(
        desk,
        "한가림",
        phone="01055501234",
        email="garam@example.com",
        bank="011",
        account=ACCOUNT,
        account_holder="한가람",
    )


def row_of(desk: Desk, one: UUID) -> PersonRow:
    return next(row for row in people.list_people(desk) if row.id == one)


def everything(desk: Desk) -> dict[str, list[str]]:
    """Every row that can move, and both records, without their versions and what is sealed."""
    found: dict[str, list[str]] = {}
    with desk.store.read() as connection:
        for name in (*merging.ROWS, "person"):
            table = person.metadata.tables[name]
            columns = [one for one in table.c if one.name not in ("version", "sealed", "account_sealed")]
            found[name] = sorted(str(tuple(row)) for row in connection.execute(sa.select(*columns)))
    return found


def talk(desk: Desk, one: UUID, words: str) -> None:
    """A counselling note, sealed as such notes are."""

    def body(work: Work) -> dict[str, Any]:
        keys = desk.store.person_keys(work.connection, [one])
        values = {"on": TODAY, "kind": "phone", "done": False, "user_id": desk.actor.user_id, "at": work.at}
        sealed = work.seal(keys, one, {"words": words})[1]
        work.connection.execute(
            sa.insert(counselling).values(id=new_id(), person_id=one, sealed=sealed, **values)
        )
        return {}

    desk.perform(None, "counselling.add", body)


def talks(desk: Desk, one: UUID) -> list[str]:
    with desk.store.read() as connection:
        keys = desk.store.person_keys(connection, [one])
        rows = connection.execute(sa.select(counselling.c.sealed).where(counselling.c.person_id == one))
        return [desk.unseal(keys, one, sealed)["words"] for sealed in rows.scalars()]


def handed_in(desk: Desk, one: UUID) -> int:
    return sum(len(item.files) for item in applicant_documents.checklist(desk, one))


def fill(desk: Desk, one: UUID) -> None:
    """Everything an applicant can have, one of each."""
    people.add_span(desk, one, "구직급여", dt.date(2026, 8, 1), dt.date(2026, 8, 5))
    applicant_documents.attach(
        desk, one, "identity", ReceivedFile("신분증.pdf", b"%PDF-1.7", "application/pdf")
    )
    consents.record(desk, one, ConsentKind.COLLECTION, form_version="1", given=True, on=TODAY)
    talk(desk, one, "통화함")


def enrolled(desk: Desk, one: UUID, name: str, start: dt.date = dt.date(2026, 9, 7)) -> UUID:
    made = courses.add_course(desk, name, Track.TRACK1, start, start + dt.timedelta(days=18))
    memberships.enrol(desk, made.course.id, [one], direct_reason="심사 결과")
    return made.course.id


def test_a_merge_moves_every_row_and_fills_what_was_empty(desk: Desk, kept: UUID, gone: UUID) -> None:
    fill(desk, gone)
    found = merging.preview(desk, kept, gone)
    assert dict(found.moves) == {"지급 제외 기간": 1, "제출서류": 1, "동의": 1, "상담 기록": 1}
    assert found.fills == ("연락처", "이메일", "계좌")
    assert found.duplicates == ("2026년 지원서(접수)는 중복이 됩니다",)
    assert found.blocks == ()
    merging.merge(desk, kept, gone, "본인이 전화로 확인")
    row = row_of(desk, kept)
    assert (row.phone, row.email, row.account_tail) == ("01055501234", "garam@example.com", ACCOUNT[-4:])
    assert row.account_hold == merging.HELD
    assert account_of(desk, kept) == ACCOUNT
    assert talks(desk, kept) == ["통화함"]
    assert handed_in(desk, kept) == 1
    assert len(people.list_spans(desk, kept)) == 1


def test_the_merged_record_is_nowhere_seen_but_keeps_its_key(desk: Desk, kept: UUID, gone: UUID) -> None:
    merging.merge(desk, kept, gone, "같은 사람")
    assert gone not in {row.id for row in people.list_people(desk)}
    assert people.find_person(desk, f"한가림 {BIRTH}") == kept
    with desk.store.read() as connection:
        assert find_people(connection, "한가림", BIRTH) == (kept,)
        assert [(row.id, row.kept) for row in list_merged(connection)] == [(gone, kept)]
        assert gone in desk.store.person_keys(connection, [gone])
        stage = sa.select(application.c.stage).where(application.c.person_id == gone)
        assert connection.execute(stage).scalar_one() == Stage.DUPLICATE
    with pytest.raises(Refusal, match="없는 사람"):
        merging.merge(desk, kept, gone, "다시")


def test_an_unmerge_restores_exactly_what_was(desk: Desk, kept: UUID, gone: UUID) -> None:
    fill(desk, gone)
    fill(desk, kept)
    enrolled(desk, gone, "Track1 다른 해", dt.date(2026, 9, 7))
    applied_last_year(desk, kept)
    before = everything(desk)
    merging.merge(desk, kept, gone, "같은 사람")
    assert everything(desk) != before
    parted = parting.unmerge(desk, gone, "다른 사람으로 밝혀짐")
    assert parted.left == ()
    assert dict(parted.restored)["교육과정"] == 1
    assert everything(desk) == before
    assert talks(desk, gone) == ["통화함"]
    assert account_of(desk, gone) == ACCOUNT
    assert {kept, gone} <= {row.id for row in people.list_people(desk)}


def test_the_application_that_became_a_duplicate_stands_again_where_it_stood(
    desk: Desk, kept: UUID, gone: UUID
) -> None:
    merging.merge(desk, kept, gone, "같은 사람")
    parting.unmerge(desk, gone, "다른 사람")
    assert row_of(desk, gone).stage == Stage.APPLIED


def test_what_changed_since_stays_and_is_listed(desk: Desk, kept: UUID, gone: UUID) -> None:
    fill(desk, gone)
    merging.merge(desk, kept, gone, "같은 사람")
    contact.set_contact(desk, kept, {"phone": "01099990000"}, title="연락처")
    item = next(item for item in applicant_documents.checklist(desk, kept) if item.files)
    applicant_documents.set_state(desk, item.files[0], DocumentState.VERIFIED)
    parted = parting.unmerge(desk, gone, "다른 사람")
    assert parted.left == (
        "제출서류 1건은 합친 뒤에 바뀌어 남긴 사람에게 둡니다.",
        "연락처은(는) 합친 뒤에 바뀌어 그대로 둡니다.",
    )
    assert row_of(desk, kept).phone == "01099990000"
    assert row_of(desk, kept).email is None
    assert row_of(desk, gone).phone == "01055501234"
    assert handed_in(desk, kept) == 1


def test_a_course_with_new_records_stays_whole(desk: Desk, kept: UUID, gone: UUID, clock: FixedClock) -> None:
    course = enrolled(desk, gone, "Track1 가을반")
    day = dt.date(2026, 9, 7)
    clock.move_to(MONTH_END + dt.timedelta(days=14))
    attendance.set_cells(desk, course, [CellChange(gone, day, PRESENT)], title="출석")
    with desk.store.write() as connection:
        connection.execute(sa.delete(application).where(application.c.person_id == kept))
    merging.merge(desk, kept, gone, "같은 사람")
    attendance.set_cells(desk, course, [CellChange(kept, day + dt.timedelta(days=1), PRESENT)], title="출석")
    parted = parting.unmerge(desk, gone, "다른 사람")
    assert any("'Track1 가을반' 과정" in words for words in parted.left)
    assert [member.person for member in courses.course(desk, course).members] == [kept]
    assert row_of(desk, kept).stage == Stage.ENROLLED
    assert row_of(desk, gone).stage is None


def test_the_further_application_and_whoever_was_paid_must_be_kept(desk: Desk, kept: UUID) -> None:
    confirm(desk)
    trainee = attendance.grid(desk, course_of(desk)).rows[0].trainee
    found = merging.preview(desk, kept, trainee)
    assert [item.where for item in found.blocks] == ["훈련수당", "지원서"]
    with pytest.raises(Refusal, match="훈련수당 내역"):
        merging.merge(desk, kept, trainee, "같은 사람")
    assert merging.preview(desk, trainee, kept).blocks == ()


def test_two_in_one_course_or_with_records_on_one_day_are_two_people(desk: Desk) -> None:
    rows = attendance.grid(desk, course_of(desk)).rows
    blocks = merging.preview(desk, rows[0].trainee, rows[1].trainee).blocks
    assert {item.where for item in blocks} == {"출석", "교육과정"}


def test_courses_at_the_same_time_are_of_two_people(desk: Desk, kept: UUID, gone: UUID) -> None:
    enrolled(desk, kept, "Track1 가반")
    enrolled(desk, gone, "Track1 나반")
    (block,) = merging.preview(desk, kept, gone).blocks
    assert "같은 기간" in block.message


def test_a_merge_of_a_merged_one_is_taken_back_in_its_order(desk: Desk, kept: UUID, gone: UUID) -> None:
    last = add(desk, "한기람")
    merging.merge(desk, kept, gone, "같은 사람")
    merging.merge(desk, last, kept, "같은 사람")
    assert people.find_person(desk, f"한가림 {BIRTH}") == last
    with pytest.raises(Refusal, match="또 합쳐졌습니다"):
        parting.unmerge(desk, gone, "다른 사람")
    parting.unmerge(desk, kept, "다른 사람")
    assert people.find_person(desk, f"한가림 {BIRTH}") == kept
    parting.unmerge(desk, gone, "다른 사람")
    assert people.find_person(desk, f"한가림 {BIRTH}") == gone
    with pytest.raises(Refusal, match="합친 사람이 아니어서"):
        parting.unmerge(desk, gone, "다른 사람")


@pytest.mark.parametrize("reason", ["", "  "])
def test_both_ways_ask_why(desk: Desk, kept: UUID, gone: UUID, reason: str) -> None:
    with pytest.raises(Refusal, match="까닭"):
        merging.merge(desk, kept, gone, reason)
    with pytest.raises(Refusal, match="까닭"):
        parting.unmerge(desk, gone, reason)
    with pytest.raises(Refusal, match="같은 기록"):
        merging.merge(desk, kept, kept, "같은 사람")


def applied_last_year(desk: Desk, one: UUID) -> None:
    """So that the other one's application of this year is the only one."""
    with desk.store.write() as connection:
        mine = application.c.person_id == one
        connection.execute(sa.update(application).where(mine).values(programme_year=2025))


def in_class(desk: Desk, one: UUID, course: UUID) -> None:
    """One row of everything a day in class can leave about somebody, beside the record itself."""
    day, soon = dt.date(2026, 9, 7), MONTH_END + dt.timedelta(days=30)

    def body(work: Work) -> dict[str, Any]:
        keys = desk.store.person_keys(work.connection, [one])
        by = {"user_id": desk.actor.user_id, "at": work.at}
        said = work.seal(keys, one, "버스 연착")[1]
        listed, of = new_id(), {"course_id": course, "trainee_id": one, "day": day}
        made = {"made_by": desk.actor.user_id, "made_at": work.at}
        granted = {"granted_by": desk.actor.user_id, "granted_at": work.at}
        for table, values in (
            ("attendance_remark", {"trainee_id": one, "day": day, "sealed": said, **by}),
            ("check_in", {"id": new_id(), **of, "minute": 540, "way": "in", "means": "scan", **by}),
            ("call_list", {"id": listed, "course_id": course, "start": day, "end": day, **made}),
            ("call_line", {"list_id": listed, "number": 1, "trainee_id": one, "day": day, "sealed": said}),
            ("call_line", {"list_id": listed, "number": 2, "trainee_id": one, "day": day, "sealed": None}),
            ("second_entry", {**of, "status": 1, "marks": 0, **by}),
            (
                "closing_exception",
                {
                    "id": new_id(),
                    "course_id": course,
                    "trainee_id": one,
                    "start": day,
                    "end": day,
                    "reason": "병원",
                    "until": soon,
                    **granted,
                },
            ),
        ):
            work.connection.execute(sa.insert(person.metadata.tables[table]).values(**values))
        return {}

    desk.perform(None, "attendance.test", body)


def said_of(desk: Desk, one: UUID) -> list[Any]:
    """What is sealed about somebody in remarks and calls, as their own key opens it."""
    tables = person.metadata.tables
    with desk.store.read() as connection:
        keys = desk.store.person_keys(connection, [one])
        found = [
            sealed
            for name in ("attendance_remark", "call_line")
            for sealed in connection.execute(
                sa.select(tables[name].c.sealed).where(tables[name].c.trainee_id == one)
            ).scalars()
        ]
    return [sealed and desk.unseal(keys, one, sealed) for sealed in found]


def test_the_merge_thought_of_every_table_that_names_a_person() -> None:
    found = Counter(
        f"{table.name}.{column.name}"
        for table in person.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column is person.c.id
    )
    thought = Counter(f"{one.table.name}.{one.whose}" for one in rows_moved.MOVED.values())
    thought.update(
        f"{column.table.name}.{column.name}"
        for column in (*rows_moved.PAY, *rows_moved.MATCHED, *rows_moved.STAYS)
    )
    assert thought == found
    assert merging.ROWS.keys() == rows_moved.MOVED.keys()


def test_what_names_nobody_but_a_membership_goes_with_it() -> None:
    known = {
        "benefit_answer",
        "deduction_days",
        "membership_event",
        "completion_certificate",
        "employment_check",
    }
    membership = person.metadata.tables["membership"]
    found = {
        table.name
        for table in person.metadata.tables.values()
        for key in table.foreign_keys
        if key.column is membership.c.id
    }
    assert found == known


def test_what_a_day_in_class_left_goes_along_and_back(desk: Desk, kept: UUID, gone: UUID) -> None:
    course = enrolled(desk, gone, "Track1 가을반")
    in_class(desk, gone, course)
    benefits.ask(desk, course)
    applied_last_year(desk, kept)
    before = everything(desk)
    found = dict(merging.preview(desk, kept, gone).moves)
    assert {found[merging.ROWS[name]] for name in ("attendance_remark", "check_in", "second_entry")} == {1}
    assert (found["미확인 전화"], found["마감 예외"]) == (2, 1)
    merging.merge(desk, kept, gone, "같은 사람")
    assert said_of(desk, kept) == ["버스 연착", "버스 연착", None]
    assert said_of(desk, gone) == []
    assert {row.member.person for row in benefits.sheet(desk, course).rows} == {kept}
    assert parting.unmerge(desk, gone, "다른 사람").left == ()
    assert everything(desk) == before
    assert said_of(desk, gone) == ["버스 연착", "버스 연착", None]


def test_a_course_with_a_remark_changed_since_stays_whole(desk: Desk, kept: UUID, gone: UUID) -> None:
    course = enrolled(desk, gone, "Track1 가을반")
    in_class(desk, gone, course)
    applied_last_year(desk, kept)
    merging.merge(desk, kept, gone, "같은 사람")
    remark = person.metadata.tables["attendance_remark"]
    with desk.store.write() as connection:
        connection.execute(sa.update(remark).values(at=MONTH_END + dt.timedelta(days=20)))
    left = parting.unmerge(desk, gone, "다른 사람").left
    assert left == (
        "'Track1 가을반' 과정과 그 출석 기록은 합친 뒤에 바뀌어 남긴 사람에게 둡니다.",
        "지원서 1건은 합친 뒤에 바뀌어 남긴 사람에게 둡니다.",
    )
    assert said_of(desk, kept) == ["버스 연착", "버스 연착", None]


@pytest.mark.parametrize("name", ["attendance_remark", "second_entry"])
def test_two_with_a_remark_or_a_second_entry_on_one_day_are_two_people(
    desk: Desk, kept: UUID, gone: UUID, name: str
) -> None:
    table, day = person.metadata.tables[name], dt.date(2026, 9, 7)
    course = enrolled(desk, gone, "Track1 가을반")
    applied_last_year(desk, kept)
    values: dict[str, Any] = {"day": day, "user_id": desk.actor.user_id, "at": MONTH_END}
    values |= (
        {"sealed": b""} if name == "attendance_remark" else {"course_id": course, "status": 1, "marks": 0}
    )
    with desk.store.write() as connection:
        for one in (kept, gone):
            connection.execute(sa.insert(table).values(trainee_id=one, **values))
    (block,) = merging.preview(desk, kept, gone).blocks
    assert f"{merging.ROWS[name]}이(가) 있는 날이 1일" in block.message


def test_the_register_of_late_entries_stays_as_it_was_written(
    desk: Desk, kept: UUID, gone: UUID, clock: FixedClock
) -> None:
    course = enrolled(desk, gone, "Track1 가을반")
    clock.move_to(dt.datetime.combine(dt.date(2026, 9, 8), dt.time(9), MONTH_END.tzinfo))
    attendance.set_cells(desk, course, [CellChange(gone, dt.date(2026, 9, 7), PRESENT)], title="출석")
    before = late_entries.list_lines(desk, course)
    assert [line.trainee for line in before] == [gone]
    applied_last_year(desk, kept)
    merging.merge(desk, kept, gone, "같은 사람")
    assert late_entries.list_lines(desk, course) == before


def test_who_is_in_a_class_lent_out_is_not_merged_away(
    desk: Desk, kept: UUID, gone: UUID, tmp_path: Path
) -> None:
    course = enrolled(desk, gone, "Track1 가을반")
    start = dt.date(2026, 9, 7)
    leases.lend(
        desk,
        course,
        start,
        start + dt.timedelta(days=4),
        holder="이강사",
        due=start + dt.timedelta(days=7),
        password="lend-me-carefully",
        out=tmp_path / "class.rdlent",
        cost=CHEAP,
    )
    found = merging.preview(desk, kept, gone).blocks
    assert [item.message for item in found if item.where == "출석"] == [
        "사라질 사람의 'Track1 가을반' 과정이 '이강사'에 대출 중입니다. [출석 → 반 대출·반납]에서 반납받은 뒤 합치십시오."
    ]


def test_an_undo_about_the_merged_one_is_over(desk: Desk, kept: UUID, gone: UUID) -> None:
    contact.set_contact(desk, gone, {"phone": "01011112222"}, title="연락처 고침")
    assert changes.undo_title(desk) == "연락처 고침"
    merging.merge(desk, kept, gone, "같은 사람")
    assert changes.undo_title(desk) != "연락처 고침"


def test_records_that_look_alike_are_listed_with_why(desk: Desk, kept: UUID, gone: UUID) -> None:
    slip = add(desk, "한가람", birth=BIRTH.replace(month=2, day=4))
    same = add(desk, "도하늘", birth=dt.date(1990, 1, 1), phone="01055501234", account=ACCOUNT)
    add(desk, "한나래")
    found = {frozenset((pair.first.id, pair.second.id)): pair.reasons for pair in lookalikes.candidates(desk)}
    assert found[frozenset((kept, gone))] == ("생년월일이 같고 이름이 비슷함",)
    assert found[frozenset((kept, slip))] == ("이름이 같고 생년월일이 비슷함",)
    assert found[frozenset((gone, same))] == ("연락처가 같음", "계좌가 같음")
    assert {one for pair in found for one in pair} >= {kept, gone, slip, same}
    only = lookalikes.candidates(desk, slip)
    assert [(pair.first.id, pair.second.id) for pair in only] == [(kept, slip)]


def test_disposing_of_the_kept_one_disposes_of_the_merged_ones(
    desk: Desk, kept: UUID, gone: UUID, clock: FixedClock
) -> None:
    fill(desk, gone)
    merging.merge(desk, kept, gone, "같은 사람")
    clock.move_to(LATER)
    due = {row.person for row in retention.due(desk)}
    assert kept in due
    assert gone not in due
    with pytest.raises(Refusal, match="없는 사람"):
        retention.dispose(desk, [gone], "본인 요구", approved=APPROVED, early=True)
    done = retention.dispose(desk, [kept], "보존기간 만료", approved=APPROVED)
    assert done.row.people == 1
    with desk.store.read() as connection:
        rows = connection.execute(
            sa.select(person.c.name, person.c.birth, person_key.c.wrapped)
            .join(person_key, person_key.c.person_id == person.c.id)
            .where(person.c.id.in_([kept, gone]))
        ).all()
    assert all(
        row.name.startswith("파기-") and row.birth == BLANK_BIRTH and row.wrapped is None for row in rows
    )
    assert {kept, gone} <= set(disposed.remembered(desk.store.folder))
    folder: Path = desk.store.folder
    assert "한가림".encode() not in (folder / "office.db").read_bytes()


def test_setting_the_kept_one_apart_sets_the_merged_ones_apart(
    desk: Desk, kept: UUID, gone: UUID, clock: FixedClock
) -> None:
    merging.merge(desk, kept, gone, "같은 사람")
    clock.move_to(LATER)
    assert retention.separate(desk, [kept], "감사 대비", LATER.date() + dt.timedelta(days=90)) == 1
    assert [one.person for one in retention.list_apart(desk)] == [kept]
    assert retention.read_separated(desk, gone, "감사").fields["name"] == "한가림"
    with desk.store.read() as connection:
        assert find_people(connection, "한가림") == ()
    with pytest.raises(Refusal, match="합칠 수 없습니다"):
        merging.preview(desk, kept, gone)


def test_a_paid_month_is_as_it_was_after_a_merge(desk: Desk, gone: UUID) -> None:
    confirm(desk)
    course = course_of(desk)
    trainee = attendance.grid(desk, course).rows[0].trainee
    before = allowance.show(desk, course, 1)
    merging.merge(desk, trainee, gone, "같은 사람")
    after = allowance.show(desk, course, 1)
    assert [(line.trainee, line.amount) for line in after.lines] == [
        (line.trainee, line.amount) for line in before.lines
    ]
