"""Setting apart and disposing of people on a real store: nothing of them is left, and no sum moves."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import FILES, LOGIN, MONTH_END, PASSWORD
from tests.integration.test_month import confirm, course_of

from regional_desk.domain.attendance import ABSENT
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.people import Track
from regional_desk.domain.retention import BLANK_BIRTH, Group, Then
from regional_desk.domain.rights import Role, rights_of
from regional_desk.errors import DiskFull, NotAllowed, Refusal
from regional_desk.services import changes
from regional_desk.services.attendance import attendance, cell_history
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.importing import imports
from regional_desk.services.papers import papers, reports, submission
from regional_desk.services.papers.making import Wanted
from regional_desk.services.pay import allowance
from regional_desk.services.recruitment import contact, people
from regional_desk.services.safety import backups, health, logs, opening, retention
from regional_desk.services.safety.approvals import Approved
from regional_desk.services.training import courses, memberships
from regional_desk.store import attachments, erasing, tables
from regional_desk.store.attendance import attendance_evidence
from regional_desk.store.ids import new_id
from regional_desk.store.metadata import Json
from regional_desk.store.people import PersonRow, person, person_key

APPLICANTS_END = dt.date(2026, 11, 30)  # the result was on 31 August
LATER = dt.datetime(2032, 1, 1, 9, tzinfo=KST)  # everybody's term is over
APPROVED = Approved(dt.date(2026, 8, 31), (("단장", "박단장"),), "내부 결재 12호")
PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16  # SQLCipher 4


@pytest.fixture(scope="session")
def settled(august: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The August office with its allowance paid and its package built, closed."""
    folder = Path(shutil.copytree(august, tmp_path_factory.mktemp("settled") / "office"))
    desk = opening.open_office(folder, LOGIN, PASSWORD, FixedClock(MONTH_END))
    confirm(desk)
    allowance.pay(desk, course_of(desk), 1)
    desk.store.close()
    return folder


@pytest.fixture
def office(settled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(settled, tmp_path / "office"))


@pytest.fixture
def later(desk: Desk, clock: FixedClock) -> Desk:
    """The same office years later."""
    clock.move_to(LATER)
    return desk


def rows_by_id(desk: Desk) -> dict[UUID, PersonRow]:
    return {row.id: row for row in people.list_people(desk)}


def trainee_of(desk: Desk, at: int = 0) -> PersonRow:
    grid = attendance.grid(desk, course_of(desk))
    return rows_by_id(desk)[grid.rows[at].trainee]


def account_of(desk: Desk, person_id: UUID) -> str:
    with desk.store.read() as connection:
        found = contact.read_contact(desk, connection, person_id)
    assert found is not None
    assert found["account"]
    return found["account"]


def dispose(desk: Desk, *chosen: UUID, basis: str = "보존기간 만료", **more: Any) -> retention.Disposed:
    return retention.dispose(desk, chosen, basis, approved=APPROVED, **more)


def sums(desk: Desk) -> tuple[object, ...]:
    """What closed months tell: the package's tables, the runs, the month report's figures, both chains."""
    figures = reports.month_figures(desk, "2026-08")
    content = submission.content_of(desk, figures, "final")
    with desk.store.read() as connection:
        money = connection.exec_driver_sql(
            "SELECT n.id, n.total, n.paid_people, n.people, sum(r.amount), count(*), group_concat(r.trace) "
            "FROM allowance_run n JOIN allowance_row r ON r.run_id = n.id GROUP BY n.id"
        ).fetchall()
        counted = [
            connection.execute(
                sa.select(sa.func.count()).select_from(tables.metadata.tables[name])
            ).scalar_one()
            for name in ("person", "membership", "attendance", "application", "application_step", "log_value")
        ]
    return content.tables, figures.goals, [tuple(row) for row in money], counted, logs.verify_logs(desk)


def stored_text(desk: Desk) -> str:
    """Every value of every table as text, blobs too where they are text."""
    found = []
    with desk.store.read() as connection:
        for table in tables.metadata.tables:
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').fetchall():  # noqa: S608 - our own tables
                for value in row:
                    text = value.decode("utf-8", "ignore") if isinstance(value, bytes) else str(value)
                    found.append(f"{table}: {text}")
    return "\n".join(found)


def plain_pages(desk: Desk) -> bytes:
    """The database file decrypted page by page, free space and all; the journal must be empty."""
    journal = desk.store.database.with_name(desk.store.database.name + "-wal")
    assert not journal.exists() or journal.stat().st_size == 0
    data, out = desk.store.database.read_bytes(), []
    for start in range(0, len(data), PAGE):
        page = data[start : start + PAGE]
        iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
        decryptor = Cipher(algorithms.AES(desk.store.opening.database_key), modes.CBC(iv)).decryptor()
        out.append(decryptor.update(page[SALT if start == 0 else 0 : PAGE - RESERVED]))
    return b"".join(out)


def test_the_due_list_tells_who_why_and_since_when(desk: Desk, clock: FixedClock) -> None:
    assert retention.due(desk) == ()
    assert retention.due(desk, APPLICANTS_END - dt.timedelta(days=1)) == ()
    applicants = retention.due(desk, APPLICANTS_END)
    assert len(applicants) == 18
    assert {(row.group, row.since, row.then) for row in applicants} == {
        (Group.APPLICANT, APPLICANTS_END, Then.DISPOSE)
    }
    assert retention.due(desk, dt.date(2031, 12, 31)) == applicants
    every = retention.due(desk, dt.date(2032, 1, 1))
    assert len(every) == 58
    assert {row.since for row in every if row.group is Group.PARTICIPANT} == {dt.date(2032, 1, 1)}
    assert "2026년 사업 참여" in every[-1].reason


def test_without_anybody_selected_no_round_has_a_result(empty_desk: Desk) -> None:
    imports.commit(empty_desk, imports.open_file(empty_desk, "applicants", FILES / "applicants.xlsx"))
    assert retention.due(empty_desk, dt.date(2050, 1, 1)) == ()


def test_a_track_waits_for_its_own_result(desk: Desk) -> None:
    with desk.store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE application SET track = iif(stage IN ('enrolled', 'selected'), 'Track1', 'Track2')"
        )
    assert retention.due(desk, dt.date(2031, 12, 31)) == ()
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE application SET track = NULL WHERE track = 'Track2'")
    assert len(retention.due(desk, APPLICANTS_END)) == 18  # without a track: the last result of the year


@pytest.mark.parametrize(
    ("role", "sees", "erases"),
    [
        (Role.LEADER, True, True),
        (Role.DIRECTOR, True, True),
        (Role.ADMINISTRATOR, True, False),
        (Role.TRAINING, False, False),
        (Role.ALLOWANCE, False, False),
        (Role.VIEWER, False, False),
    ],
)
def test_who_may_see_and_who_may_erase(
    later: Desk, monkeypatch: pytest.MonkeyPatch, role: Role, *, sees: bool, erases: bool
) -> None:
    whole = {row.id: row.name for row in people.list_people(later)}
    chosen = retention.due(later)[0].person
    monkeypatch.setattr(later, "_rights", rights_of([role]))
    if sees:
        masked = not erases
        assert all(("*" in row.name) is masked for row in retention.due(later) if len(whole[row.person]) > 2)
    else:
        with pytest.raises(NotAllowed):
            retention.due(later)
    if not erases:
        with pytest.raises(NotAllowed):
            dispose(later, chosen)
        with pytest.raises(NotAllowed):
            retention.separate(later, [chosen], "감사", dt.date(2040, 1, 1))
        with pytest.raises(NotAllowed):
            retention.read_separated(later, chosen, "감사")


def test_who_is_not_due_is_refused_and_nothing_changes(desk: Desk) -> None:
    before, text = sums(desk), stored_text(desk)
    row = trainee_of(desk)
    with pytest.raises(Refusal, match=r"2031\. 12\. 31\.까지 보관") as refused:
        dispose(desk, row.id)
    assert [item.where for item in refused.value.items] == [row.name]
    with pytest.raises(Refusal, match="까지 보관"):
        retention.separate(desk, [row.id], "감사", dt.date(2040, 1, 1))
    assert sums(desk) == before
    assert stored_text(desk).count(row.name) == text.count(row.name)


def test_who_is_still_inside_a_course_is_refused_even_on_request(desk: Desk, clock: FixedClock) -> None:
    clock.move_to(dt.datetime(2026, 8, 28, 9, tzinfo=KST))  # the course's last day
    with pytest.raises(Refusal, match="끝나지 않은 과정"):
        dispose(desk, trainee_of(desk).id, basis="본인 요구서 3호", early=True)
    clock.move_to(dt.datetime(2026, 8, 29, 9, tzinfo=KST))
    approved = Approved(dt.date(2026, 8, 29), (("단장", "박단장"),))
    done = retention.dispose(desk, [trainee_of(desk).id], "본인 요구서 3호", approved=approved, early=True)
    assert done.row.basis == "정보주체 요구 · 본인 요구서 3호"


def test_who_is_still_to_be_paid_is_refused(august: Path, tmp_path: Path, clock: FixedClock) -> None:
    folder = Path(shutil.copytree(august, tmp_path / "unpaid"))
    desk = opening.open_office(folder, LOGIN, PASSWORD, clock)
    confirm(desk)
    with pytest.raises(Refusal, match="지급이 끝나지 않은"):
        dispose(desk, trainee_of(desk).id, basis="본인 요구서 3호", early=True)
    assert retention.due(desk, LATER.date())[-1].hindrance
    allowance.pay(desk, course_of(desk), 1)
    assert dispose(desk, trainee_of(desk).id, basis="본인 요구서 3호", early=True).row.people == 1
    desk.store.close()


@pytest.mark.parametrize("basis", ["", "   ", "{name} 본인 요구", "연락처 {phone} 확인"])
def test_the_register_never_names_who_was_erased(later: Desk, basis: str) -> None:
    row = trainee_of(later)
    with pytest.raises(Refusal, match="근거"):
        dispose(later, row.id, basis=basis.format(name=row.name, phone=row.phone))
    assert retention.list_disposals(later) == ()


@pytest.mark.parametrize("signers", [(), (("단장", "  "),)])
def test_without_an_approver_nothing_is_erased(later: Desk, signers: tuple[tuple[str, str], ...]) -> None:
    row = trainee_of(later)
    with pytest.raises(Refusal, match="누가 결재"):
        retention.dispose(later, [row.id], "만료", approved=Approved(LATER.date(), signers))
    assert rows_by_id(later)[row.id].name == row.name


def test_nobody_chosen_and_nobody_known_are_refused(later: Desk) -> None:
    with pytest.raises(Refusal, match="고른 사람이 없어"):
        dispose(later)
    with pytest.raises(Refusal, match="없는 사람"):
        dispose(later, uuid4())


def test_nothing_of_the_disposed_is_left_in_any_table_or_page(later: Desk, tmp_path: Path) -> None:
    """Every way a person's words get into the store is walked first: undo, prints, files, other people's hints."""
    row, other = trainee_of(later, 0), trainee_of(later, 1)
    account = account_of(later, row.id)
    contact.set_contact(
        later,
        row.id,
        {
            "phone": "01099990001",
            "email": "a@b.kr",
            "address": "통영시 바다로 1",
            "bank": "004",
            "account": "99990001112223",
            "account_holder": row.name,
        },
        title=f"백업에서 되가져옴: {row.name} 연락처",
    )
    people.add_span(later, row.id, "취업", dt.date(2026, 9, 1), None)
    papers.print_paper(
        later, Wanted("allowance-statement", course_of(later), 1), "pdf", tmp_path / "a.pdf", "내부 결재"
    )
    with later.store.write() as connection:
        connection.execute(
            sa.update(person)
            .where(person.c.id == other.id)
            .values(review=f"{row.name}님과 연락처가 같음", account_hold=f"{row.name}님과 같은 계좌")
        )
        connection.exec_driver_sql(
            "UPDATE import_batch SET file_name = ?", (f"{row.name} 010-9999-0001.xlsx",)
        )
        connection.exec_driver_sql(
            "UPDATE allowance_run SET closed_reason = ?", (f"{row.name} 확인 뒤 마감",)
        )
        connection.exec_driver_sql("UPDATE print_record SET purpose = ?", (f"{row.name} 확인",))
        connection.exec_driver_sql(
            "UPDATE membership SET left_reason = ? WHERE person_id = ?", ("부친 병환", row.id.bytes)
        )
    account_hold = people.list_people(later)
    assert account_hold
    dispose(later, row.id)
    text, pages = stored_text(later), plain_pages(later)
    words = (
        row.name,
        row.phone,
        "01099990001",
        "010-9999-0001",
        "a@b.kr",
        "바다로",
        account,
        "99990001112223",
    )
    for word in (*words, row.birth.isoformat(), "부친 병환"):
        assert word
        assert word not in text
        assert word.encode() not in pages
    gone = rows_by_id(later)[row.id]
    assert (gone.name, gone.birth) == ("파기-0001", BLANK_BIRTH)
    assert {getattr(gone, name) for name in ("phone", "email", "address", "sex", "bank", "account_mac")} == {
        None
    }
    kept = rows_by_id(later)[other.id]
    assert (kept.name, kept.review) == (other.name, "파기-0001님과 연락처가 같음")
    assert health.check(later).ok


def test_the_key_is_destroyed_and_what_it_sealed_stays_shut(later: Desk) -> None:
    row = trainee_of(later)
    day = dt.date(2026, 8, 4)
    assert cell_history.history(later, row.id, day)
    dispose(later, row.id)
    assert cell_history.history(later, row.id, day) == ()
    with later.store.read() as connection:
        kept = connection.execute(sa.select(person_key).where(person_key.c.person_id == row.id)).one()
        assert (kept.wrapped, kept.destroyed_at) == (None, LATER)
        assert later.store.person_keys(connection, [row.id]) == {}


def test_undo_never_brings_the_disposed_back(later: Desk) -> None:
    row, other = trainee_of(later, 0), trainee_of(later, 1)
    contact.set_contact(later, other.id, {**_contact(later, other.id), "email": "x@y.kr"}, title="남는 변경")
    contact.set_contact(later, row.id, {**_contact(later, row.id), "email": "a@b.kr"}, title="없어질 변경")
    assert changes.undo_title(later) == "없어질 변경"
    dispose(later, row.id)
    assert changes.undo_title(later) == "남는 변경"
    attendance.undo(later)
    assert rows_by_id(later)[row.id].email is None
    assert rows_by_id(later)[other.id].email == other.email


def _contact(desk: Desk, person_id: UUID) -> contact.Contact:
    with desk.store.read() as connection:
        found = contact.read_contact(desk, connection, person_id)
    assert found is not None
    return found


def test_a_disposed_persons_records_are_no_longer_edited(later: Desk, clock: FixedClock) -> None:
    clock.move_to(dt.datetime(2026, 9, 30, 9, tzinfo=KST))
    row = trainee_of(later)
    made = courses.add_course(
        later, "후속 과정", Track.TRACK1, dt.date(2026, 9, 1), dt.date(2026, 9, 18)
    ).course.id
    memberships.enrol(later, made, [row.id], direct_reason="추가")
    dispose(later, row.id, basis="본인 요구서 1호", early=True)
    change = CellChange(row.id, dt.date(2026, 9, 2), ABSENT)
    with pytest.raises(Refusal, match="파기"):
        attendance.set_cells(later, made, [change], title="결석")
    with pytest.raises(Refusal, match="파기"):
        people.add_span(later, row.id, "취업", dt.date(2026, 9, 1), None)


def test_evidence_files_go_unless_they_serve_somebody_else(later: Desk) -> None:
    row, other = trainee_of(later, 0), trainee_of(later, 1)
    day = dt.date(2026, 8, 4)
    with later.store.write() as connection:
        own, shared = (
            attachments.put(later.store, connection, content, "application/pdf")
            for content in (b"%PDF-own", b"%PDF-shared")
        )
        for trainee, kept in ((row.id, own), (row.id, shared), (other.id, shared)):
            connection.execute(
                sa.insert(attendance_evidence).values(
                    id=new_id(), trainee_id=trainee, day=day, attachment_id=kept
                )
            )
    before = attachments.files_on_disk(later.store)
    dispose(later, row.id)
    with later.store.read() as connection:
        assert own not in {one.id for one in attachments.list_attachments(connection)}
        assert attachments.get(later.store, connection, shared) == b"%PDF-shared"
    assert len(before) - len(attachments.files_on_disk(later.store)) == 1
    assert health.check(later).ok


def test_the_register_counts_within_the_year_and_tells_when_backups_are_gone(
    later: Desk, clock: FixedClock
) -> None:
    due = [row.person for row in retention.due(later)]
    first = dispose(later, *due[:3]).row
    second = dispose(later, due[3], memo="둘째").row
    clock.move_to(dt.datetime(2033, 1, 2, 9, tzinfo=KST))
    third = dispose(later, due[4]).row
    assert [(row.year, row.number, row.people) for row in (first, second, third)] == [
        (2032, 1, 3),
        (2032, 2, 1),
        (2033, 1, 1),
    ]
    assert first.backups_until == dt.date(2034, 1, 1)
    assert "계좌" in first.items
    assert retention.list_disposals(later, 2032) == (first, second)
    names = [row.name for row in people.list_people(later) if row.birth == BLANK_BIRTH]
    assert names == [f"파기-{number:04}" for number in range(1, 6)]


def test_the_same_operation_twice_disposes_once(later: Desk) -> None:
    row, operation = trainee_of(later), uuid4()
    first = dispose(later, row.id, operation_id=operation)
    again = dispose(later, row.id, operation_id=operation)
    assert first == again
    assert len(retention.list_disposals(later)) == 1


def test_a_name_in_a_logged_reason_is_told_for_the_chain_cannot_change(later: Desk) -> None:
    row = trainee_of(later)
    papers.print_paper(
        later,
        Wanted("monthly-report", month="2026-08"),
        "pdf",
        later.store.folder / "r.pdf",
        f"{row.name} 건",
    )
    assert dispose(later, row.id).log_lines == 1
    assert logs.verify_logs(later) == {"change_log": None, "access_log": None}


def test_a_paid_statement_prints_again_with_a_placeholder(later: Desk, tmp_path: Path) -> None:
    row = trainee_of(later)
    dispose(later, row.id)
    done = papers.print_paper(
        later, Wanted("allowance-statement", course_of(later), 1), "pdf", tmp_path / "a.pdf", "감사"
    )
    assert done.pages >= 1


def test_the_disposed_may_apply_anew(later: Desk) -> None:
    row = trainee_of(later)
    dispose(later, row.id)
    done = imports.commit(later, imports.open_file(later, "applicants", FILES / "applicants.xlsx"))
    assert done.new == 1
    assert sum(one.name == row.name for one in people.list_people(later)) == 1


def test_a_backup_from_before_still_opens_and_the_register_says_until_when(later: Desk) -> None:
    row = trainee_of(later)
    made = backups.back_up(later)
    done = dispose(later, row.id)
    assert done.row.backups_until > made.made_at.date()
    assert backups.verify(later, made.file).counts["person"] == 58


def test_set_apart_people_stand_nowhere_but_in_their_blob(later: Desk) -> None:
    row = trainee_of(later)
    account, before = account_of(later, row.id), sums(later)
    assert retention.separate(later, [row.id], "감사 진행 중", dt.date(2036, 12, 31)) == 1
    assert sums(later)[:4] == before[:4]
    text, pages = stored_text(later), plain_pages(later)
    for word in (row.name, row.phone, account, row.birth.isoformat()):
        assert word
        assert word not in text
        assert word.encode() not in pages
    assert rows_by_id(later)[row.id].name == "분리-0001"
    with pytest.raises(Refusal, match="이미 분리보관"):
        retention.separate(later, [row.id], "다시", dt.date(2037, 12, 31), early=True)


def test_reading_back_asks_a_purpose_and_is_recorded(later: Desk) -> None:
    row = trainee_of(later)
    account = account_of(later, row.id)
    retention.separate(later, [row.id], "감사 진행 중", dt.date(2036, 12, 31))
    with pytest.raises(Refusal, match="목적"):
        retention.read_separated(later, row.id, "  ")
    found = retention.read_separated(later, row.id, "감사원 요구 자료")
    assert found.fields["name"] == row.name
    assert found.fields["account"] == account
    assert found.fields["birth"] == row.birth.isoformat()
    line = logs.read_log(later, access=True)[0]
    assert (line.action, "감사원 요구 자료" in line.detail) == ("erase.read", True)
    with pytest.raises(Refusal, match="분리보관한 사람이 아니"):
        retention.read_separated(later, trainee_of(later, 1).id, "확인")


def test_what_was_set_apart_is_disposed_of_when_its_day_has_passed(later: Desk, clock: FixedClock) -> None:
    row = trainee_of(later)
    retention.separate(later, [row.id], "감사 진행 중", dt.date(2036, 12, 31))
    assert row.id not in {one.person for one in retention.due(later)}
    clock.move_to(dt.datetime(2037, 1, 1, 9, tzinfo=KST))
    (due,) = [one for one in retention.due(later) if one.person == row.id]
    assert (due.name, due.group, due.since) == ("분리-0001", Group.SEPARATED, dt.date(2037, 1, 1))
    dispose(later, row.id)
    text, pages = stored_text(later), plain_pages(later)
    assert rows_by_id(later)[row.id].name == "파기-0001"
    with pytest.raises(Refusal):
        retention.read_separated(later, row.id, "확인")
    for word in (row.name, row.phone, "분리-0001"):
        assert word
        assert word not in text
        assert word.encode() not in pages


@pytest.mark.parametrize("until", [LATER.date(), dt.date(2026, 1, 1)])
def test_a_separation_ends_in_the_future(later: Desk, until: dt.date) -> None:
    with pytest.raises(Refusal, match="오늘 뒤의 날"):
        retention.separate(later, [trainee_of(later).id], "감사", until)


def test_a_separated_persons_contact_is_not_edited(later: Desk) -> None:
    row = trainee_of(later)
    told = _contact(later, row.id)
    retention.separate(later, [row.id], "감사", dt.date(2036, 12, 31))
    with pytest.raises(Refusal, match="분리보관"):
        contact.set_contact(later, row.id, told, title="되돌림")
    assert rows_by_id(later)[row.id].phone is None


def test_every_text_column_was_thought_of() -> None:
    """A new column that takes text must be blanked, scrubbed, or be put here with the reason it names nobody."""
    known = set(erasing.FREE_TEXT) | {("person", name) for name in (*erasing.IDENTITY, "name")}
    words = {  # codes, states, kinds, file and course names the office chose, digests
        "agreement": {"state"},
        "internship": {"track", "end_kind"},
        "interruption": {"kind"},
        "internship_evaluation": {"by", "answers"},
        "retention_check": {"result"},
        "employment_check": {"result"},
        "outcome_goal": {"item", "track"},
        "claim_paper": {"kind", "state"},
        "claim_run": {"kind", "state", "method", "scheme", "terms"},
        "claim_row": {"share", "trace"},  # days, won and policy: fixed by trigger once confirmed
        "claim_line": {"bank", "account_tail", "state"},
        "company_account": {"bank", "tail"},
        "visit_plan": {"rule"},
        "visit": {"state", "answers"},  # codes of the checklist
        "finding": {"kind"},
        "allowance_row": {"strip", "trace"},  # days, won and policy: fixed by trigger once confirmed
        "allowance_run": {"kind", "state", "method", "scheme", "terms"},
        "application": {"track", "stage", "category"},
        "application_step": {"stage"},
        "attachment": {"name", "media_type"},
        "attendance": {"reason", "parts"},  # a code; minutes
        "attendance_correction": {"old", "new", "state"},
        "benefit_answer": {"kind", "answer"},
        "budget_entry": {"item", "kind"},
        "call_line": {"answer"},
        "check_in": {"way", "means"},
        "deduction_days": {"kind"},
        "lease": {"end_kind"},
        "pay_file": {"item", "template"},
        "pay_line": {"bank", "account_tail", "state"},
        "recovery": {"end_kind"},
        "backup_record": {"reason", "place", "file_name", "sha256"},
        "course": {"name", "track", "region", "scheme", "periods", "room"},
        "company_document": {"kind", "state"},
        "company_goal": {"kind"},
        "company_rating": {"criterion"},
        "interview": {"result"},
        "matching_round": {"name", "state", "unrated", "objective"},
        "matching_trainee": {"track"},
        "participation": {"state"},
        "placement": {"how"},
        "position": {"name", "track", "place"},
        "training_need": {"level", "answers"},  # codes of the survey
        "consent": {"kind", "receiver", "form_version"},
        "counselling": {"kind"},
        "criterion": {"track", "step", "name"},
        "eligibility_answer": {"condition", "answer"},
        "holiday": {"name", "reference"},
        "import_batch": {"kind", "counts"},
        "import_layout": {"kind", "fingerprint", "mapping"},
        "loss_report": {"kind", "state", "facts"},  # people by id
        "membership": {"outcome"},
        "membership_event": {"kind", "before"},
        "nonpayable_span": {"kind"},
        "person_document": {"kind", "state"},
        "person_merge": {"moved"},
        "operation": {"action"},
        "policy_adoption": {"scheme", "terms", "reference"},
        "recruitment_round": {"name", "state", "tie_order"},
        "round_goal": {"track"},
        "print_record": {"document", "format", "check_number"},
        "setting": {"key", "value"},
        "store_key": {"purpose"},
        "submission": {"month", "kind", "status", "content_hash", "file_name", "sha256", "replaces"},
        "trial_restore": {"file_name", "sha256", "revision", "message"},
        "undo_step": {"subject", "state"},
    }
    others = {  # not people of the programme, or registers that refuse a name when they are written
        "change_log",
        "access_log",
        "log_value",
        "log_anchor",
        "company",
        "company_contact",
        "company_rater",
        "instructor",
        "lesson",
        "rater",
        "disposal",
        "office",
        "paper_approval",
        "seal_use",
        "separation",
        "user",
        "user_role",
    }
    found = {
        (table.name, column.name)
        for table in tables.metadata.tables.values()
        for column in table.c
        if table.name not in others and isinstance(column.type, sa.Text | Json)
    }
    told = known | {(table, column) for table, columns in words.items() for column in columns}
    assert found - told == set()


@pytest.fixture(scope="session")
def open_one(settled: Path) -> Iterator[Callable[[], Desk]]:
    """Opens a fresh copy of the settled office years later; one at a time."""
    opened: list[Desk] = []
    with tempfile.TemporaryDirectory() as folder:

        def fresh() -> Desk:
            for desk in opened:
                desk.store.close()
            copy = Path(shutil.copytree(settled, Path(folder) / f"office{len(opened)}"))
            opened.append(opening.open_office(copy, LOGIN, PASSWORD, FixedClock(LATER)))
            return opened[-1]

        yield fresh
        for desk in opened:
            desk.store.close()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.integers(0, 57), min_size=1, max_size=58), st.booleans())
def test_no_sum_moves_whoever_is_disposed_of(
    open_one: Callable[[], Desk], places: set[int], apart: bool
) -> None:
    desk = open_one()
    before, names = sums(desk), {row.person: row.name for row in retention.due(desk)}
    chosen = [list(names)[place] for place in sorted(places)]
    if apart:
        retention.separate(desk, chosen, "감사", dt.date(2040, 1, 1))
    else:
        dispose(desk, *chosen)
    assert sums(desk) == before
    text = stored_text(desk)
    kept = [name for one, name in names.items() if one not in chosen]
    assert not [names[one] for one in chosen if names[one] in text and names[one] not in kept]
    assert all(name in text for name in kept)


def test_a_full_disk_while_wiping_is_told_with_what_was_done(
    later: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise DiskFull("디스크에 자리가 없습니다.")

    row, operation = trainee_of(later), uuid4()
    monkeypatch.setattr(erasing, "wipe", full)
    with pytest.raises(DiskFull, match=r"처리는 끝나 저장되었습니다\. .* 자리가 없습니다"):
        dispose(later, row.id, operation_id=operation)
    assert rows_by_id(later)[row.id].name == "파기-0001"
    monkeypatch.undo()
    dispose(later, row.id, operation_id=operation)
    assert row.name.encode() not in plain_pages(later)


def test_whom_a_restored_backup_brings_back_is_due_again_at_once(later: Desk, clock: FixedClock) -> None:
    made, row, folder = backups.back_up(later), trainee_of(later), later.store.folder
    dispose(later, row.id)
    assert retention.returned_words(later) == ()
    later.store.close()
    backups.restore(made.file, folder, LOGIN, PASSWORD, clock)
    again = opening.open_office(folder, LOGIN, PASSWORD, clock)
    assert "1명" in retention.returned_words(again)[0]
    assert not health.check(again).ok
    found = next(one for one in retention.due(again) if one.person == row.id)
    assert (found.group, found.then) == (Group.RETURNED, Then.DISPOSE)
    dispose(again, row.id)
    assert retention.returned_words(again) == ()
    again.store.close()
