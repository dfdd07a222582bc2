"""The access log and the change history: what is noted, that an edit is found, what is let go, who sees what."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
import sqlalchemy as sa
from tests.conftest import LOGIN, PASSWORD

from regional_desk.domain.access import unpack_people
from regional_desk.domain.attendance import PRESENT
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Role, rights_of
from regional_desk.errors import DiskFull, NotAllowed, Refusal, UsageError, WrongPassword
from regional_desk.exchange.certificates import make_practice_authority
from regional_desk.services import policies
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.companies import companies
from regional_desk.services.desk import Desk, Work
from regional_desk.services.papers import open_points, papers, submission
from regional_desk.services.papers.making import Wanted
from regional_desk.services.pay import accounts as pay_accounts
from regional_desk.services.pay import allowance
from regional_desk.services.recruitment import contact, dossier, people
from regional_desk.services.safety import access_check, accounts, health, logs, opening
from regional_desk.services.training import courses
from regional_desk.store import audit
from regional_desk.store.audit import ACCESSES, CHANGES
from regional_desk.store.store import Store

DAY = dt.timedelta(days=1)


def course_of(desk: Desk) -> UUID:
    return courses.list_courses(desk)[0].id


def accesses(desk: Desk, *actions: str) -> list[tuple[str, dict[str, Any]]]:
    """(subject, detail) of the access log's lines of these actions, oldest first."""
    found = logs.search(desk, ACCESSES, limit=10_000)
    return [(line.subject, json.loads(line.detail)) for line in reversed(found) if line.action in actions]


def break_in(desk: Desk, *statements: str) -> None:
    """What somebody with the keys and an SQL shell may do."""
    with desk.store.write() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars()
        for name in names.all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.exec_driver_sql(statement)


def see_as(desk: Desk, *roles: Role) -> Desk:
    """The same desk with other rights."""
    desk._rights = rights_of(roles)
    return desk


@pytest.fixture
def drafted(desk: Desk) -> Desk:
    """August with its run drafted."""
    day = dt.date(2026, 7, 1)
    policies.adopt(desk, policies.DEFAULT_SCHEME, reference="제2026-12호", document_date=day)
    allowance.draft(desk, course_of(desk), 1)
    return desk


# What is noted -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("look", "subject"),
    [
        (people.list_people, "people"),
        (lambda desk: people.note_person(desk, people.list_people(desk)[0].id), "people"),
        (lambda desk: people.note_found(desk, [row.id for row in people.list_people(desk)[:3]]), "people"),
        (lambda desk: courses.course(desk, course_of(desk)), "courses"),
        (lambda desk: attendance.grid(desk, course_of(desk), 1), "attendance"),
        (lambda desk: allowance.show(desk, course_of(desk), 1), "allowance"),
        (lambda desk: open_points.open_points(desk, "2026-08"), "reports"),
        (companies.list_companies, "companies"),
        (
            lambda desk: papers.preview_pdf(desk, Wanted("attendance-register", course_of(desk), 1)),
            "attendance-register",
        ),
    ],
)
def test_every_look_at_people_is_noted_with_whom_it_showed(
    drafted: Desk, look: Callable[[Desk], object], subject: str
) -> None:
    look(drafted)
    noted = [detail for of, detail in accesses(drafted, "view") if of == subject]
    assert noted
    if subject != "companies":
        assert noted[-1]["count"] > 0
        assert "set" in noted[-1]


def test_a_line_names_nobody_in_plain_text(drafted: Desk) -> None:
    rows = people.list_people(drafted)
    attendance.grid(drafted, course_of(drafted), 1)
    open_points.open_points(drafted, "2026-08")
    told = json.dumps([detail for _, detail in accesses(drafted, "view")], ensure_ascii=False)
    assert not [row.name for row in rows if len(row.name) > 2 and row.name in told]


def test_the_same_look_is_noted_once_an_hour(desk: Desk, clock: FixedClock) -> None:
    for _ in range(5):
        people.list_people(desk)
    assert len(accesses(desk, "view")) == 1
    people.list_people(desk, "enrol")
    assert len(accesses(desk, "view")) == 2
    clock.move_to(clock.now() + dt.timedelta(minutes=61))
    people.list_people(desk)
    assert len(accesses(desk, "view")) == 3


def test_a_clock_set_back_does_not_silence_the_log(desk: Desk, clock: FixedClock) -> None:
    people.list_people(desk)
    clock.move_to(clock.now() - DAY)
    people.list_people(desk)
    assert len(accesses(desk, "view")) == 2


def test_a_long_list_keeps_its_ids_once_a_sign_in(desk: Desk) -> None:
    rows = people.list_people(desk)
    people.list_people(desk, "enrol")
    first, second = (detail for _, detail in accesses(desk, "view"))
    assert unpack_people(first["ids"]) == {row.id for row in rows}
    assert "ids" not in second
    assert (first["set"], first["count"]) == (second["set"], second["count"])
    newest = logs.search(desk, ACCESSES)[0]
    assert set(logs.people_of(desk, newest)) == {row.id for row in rows}


def test_counting_and_keys_of_the_grid_note_nobody(desk: Desk) -> None:
    course = course_of(desk)
    shown = attendance.survey(desk, course, 1)
    pay_accounts.held_reasons(desk)
    open_points.survey_points(desk, "2026-08")
    courses.outline(desk, course)
    row, day = shown.rows[0], next(column.day for column in shown.days if column.training)
    attendance.set_cells(desk, course, [CellChange(row.trainee, day, PRESENT)], title="시험")
    attendance.refreshed_rows(desk, shown, {row.trainee})
    assert accesses(desk, "view") == []


def test_prints_and_exports_keep_their_purpose_and_people(drafted: Desk, tmp_path: Path) -> None:
    wanted = Wanted("allowance-statement", course_of(drafted), 1)
    for file_format in ("pdf", "xlsx"):
        papers.print_paper(drafted, wanted, file_format, tmp_path / f"a.{file_format}", "감사 제출")
    (subject, printed), (_, exported) = *accesses(drafted, "print"), *accesses(drafted, "export")
    assert subject == "allowance-statement"
    assert printed["purpose"] == exported["purpose"] == "감사 제출"
    newest = logs.search(drafted, ACCESSES, action="print")[0]
    run = allowance.show(drafted, course_of(drafted), 1)
    assert set(logs.people_of(drafted, newest)) == {line.trainee for line in run.lines}
    assert exported["set"] == printed["set"]


def test_a_submission_is_noted_as_an_export(drafted: Desk, tmp_path: Path) -> None:
    submission.register_signer(drafted, _certificate(drafted), None)
    built = submission.build(drafted, "2026-08", tmp_path, "중앙 제출", allow_open="시험")
    ((subject, detail),) = accesses(drafted, "export")
    assert (subject, detail["file"], detail["purpose"]) == ("submission", built.file.name, "중앙 제출")


def test_a_read_only_desk_notes_nothing(office: Path, desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    before = logs.search(desk, ACCESSES)
    shown = opening.open_read_only(office, LOGIN, PASSWORD, clock)
    people.list_people(shown)
    with pytest.raises(Refusal, match="읽기 전용"):
        papers.print_paper(
            shown, Wanted("attendance-register", course_of(shown), 1), "pdf", tmp_path / "a.pdf", "시험"
        )
    with pytest.raises(Refusal, match="접속기록"):
        people.reveal(shown, people.list_people(shown)[0].id, "phone", "시험")
    shown.store.close()
    assert logs.search(desk, ACCESSES) == before
    assert not (tmp_path / "a.pdf").exists()


def test_who_looks_does_not_wait_for_an_act_that_writes(desk: Desk) -> None:
    def body(work: Work) -> dict[str, Any]:
        looking = threading.Thread(target=lambda: people.list_people(desk))
        looking.start()
        looking.join(timeout=60)
        assert not looking.is_alive()
        assert (
            work.connection.exec_driver_sql("SELECT count(*) FROM access_log WHERE action = 'view'").scalar()
            == 0
        )
        return {}

    desk.perform(None, "settings.idle", body)
    assert len(accesses(desk, "view")) == 1


def test_a_full_disk_keeps_nobody_from_looking(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_store: Store) -> None:
        raise DiskFull("디스크가 찼습니다.")

    with monkeypatch.context() as patched:
        patched.setattr(Store, "write", full)
        assert people.list_people(desk)
    assert accesses(desk, "view") == []
    courses.course(desk, course_of(desk))
    assert {subject for subject, _ in accesses(desk, "view")} == {"people", "courses"}


# That an edit is found (catalogue rows 31, 48, 49) -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "chain"),
    [
        ("UPDATE change_log SET detail = '{}' WHERE seq = 2", CHANGES),
        ("UPDATE change_log SET user_id = x'00112233445566778899aabbccddeeff' WHERE seq = 2", CHANGES),
        ("UPDATE change_log SET at = at + 1 WHERE seq = 2", CHANGES),
        ("UPDATE change_log SET subject_id = NULL WHERE seq = 2", CHANGES),
        ("UPDATE change_log SET action = x'00' WHERE seq = 2", CHANGES),
        ("UPDATE change_log SET digest = 'text' WHERE seq = 2", CHANGES),
        ("DELETE FROM change_log WHERE seq = 2", CHANGES),
        ("DELETE FROM change_log WHERE seq = 1", CHANGES),
        ("UPDATE log_value SET sealed = x'00' WHERE chain = 'change_log' AND seq = (SELECT min(seq) FROM log_value)", CHANGES),
        ("DELETE FROM log_value WHERE rowid IS NULL OR place = 0", CHANGES),
        ("UPDATE log_value SET seq = 9999 WHERE seq = (SELECT max(seq) FROM log_value) AND place = 0", CHANGES),
        ("UPDATE access_log SET subject = 'x' WHERE seq = 1", ACCESSES),
        ("UPDATE access_log SET hash = x'00' WHERE seq = 1", ACCESSES),
    ],
)  # fmt: skip
def test_an_edited_line_is_found_at_start_on_demand_and_by_the_check(
    desk: Desk, statement: str, chain: str
) -> None:
    assert logs.verify_start(desk) == ()
    break_in(desk, statement.replace("rowid IS NULL OR ", ""))
    breaks = logs.verify_logs(desk)
    assert breaks[chain] is not None
    assert [one for one, seq in breaks.items() if seq is not None] == [chain]
    (told,) = logs.verify_start(desk)
    assert logs.NAMES[chain] in told
    assert "누군가 기록을 고쳤습니다" in told
    assert logs.NAMES[chain] in {finding.where for finding in health.check(desk).findings}


def test_control_totals_that_drifted_are_told_and_stop_what_leaves_the_office(
    drafted: Desk, tmp_path: Path
) -> None:
    course = course_of(drafted)
    for item in allowance.show(drafted, course, 1).open_items:
        run = allowance.show(drafted, course, 1)
        if next(line for line in run.lines if line.trainee == item.trainee).held is None:
            allowance.hold(drafted, course, 1, item.trainee, "확인 중")
    allowance.check(drafted, course, 1)
    allowance.confirm(drafted, course, 1)
    assert logs.verify_start(drafted) == ()
    break_in(drafted, "UPDATE allowance_row SET amount = amount + 10 WHERE amount > 0 AND held = 0")
    (told,) = logs.verify_start(drafted)
    assert "합계" in told
    submission.register_signer(drafted, _certificate(drafted), None)
    with pytest.raises(Refusal, match="합계"):
        submission.build(drafted, "2026-08", tmp_path / "out", "제출")
    with pytest.raises(Refusal, match="합계"):
        papers.print_paper(
            drafted, Wanted("allowance-statement", course, 1), "pdf", tmp_path / "a.pdf", "결재"
        )
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_clock_set_back_is_told_and_the_order_is_kept_by_number(
    office: Path, desk: Desk, clock: FixedClock
) -> None:
    desk.store.close()
    clock.move_to(clock.now() - 400 * DAY)
    back = opening.open_office(office, LOGIN, PASSWORD, clock)
    (told,) = logs.verify_start(back)
    assert "시계" in told
    people.list_people(back)
    numbers = [line.seq for line in logs.search(back, ACCESSES)]
    assert numbers == sorted(numbers, reverse=True)
    assert logs.search(back, ACCESSES)[0].at == clock.now()
    assert set(logs.verify_logs(back).values()) == {None}
    back.store.close()


# What is let go ------------------------------------------------------------------------------------------------------


@pytest.fixture
def old(desk: Desk, clock: FixedClock) -> Desk:
    """An office whose access log goes back almost three years, a line every four months."""
    for _ in range(8):
        clock.move_to(clock.now() + 120 * DAY)
        people.list_people(desk)
    return desk


def _certificate(desk: Desk) -> bytes:
    return make_practice_authority("GN", desk.clock.now()).signer.pkcs12(None)


def test_lines_older_than_two_years_go_and_the_chain_still_verifies(old: Desk, clock: FixedClock) -> None:
    due, changes = logs.due_lines(old), logs.search(old, CHANGES, limit=10_000)
    before = logs.search(old, ACCESSES, limit=10_000)
    done = logs.roll_off(old)
    assert done is not None
    assert (done.lines, done.signer) == (due, "store")
    left = logs.search(old, ACCESSES, limit=10_000)
    assert left == before[: len(left)]
    assert len(left) == len(before) - due
    assert min(line.at for line in left) >= clock.now().replace(year=clock.now().year - 2)
    assert set(logs.verify_logs(old).values()) == {None}
    assert logs.search(old, CHANGES, limit=10_000)[1:] == changes
    assert logs.search(old, CHANGES)[0].action == "log.roll_off"
    assert logs.roll_off(old) is None


def test_a_second_roll_off_goes_on_from_the_first(old: Desk, clock: FixedClock) -> None:
    first = logs.roll_off(old)
    clock.move_to(clock.now() + 300 * DAY)
    people.list_people(old)
    second = logs.roll_off(old)
    assert first is not None
    assert second is not None
    assert second.seq > first.seq
    assert set(logs.verify_logs(old).values()) == {None}


def test_an_anchor_is_signed_by_the_office_and_outlives_the_certificate(old: Desk, clock: FixedClock) -> None:
    submission.register_signer(old, _certificate(old), None)
    done = logs.roll_off(old)
    assert done is not None
    assert done.signer != "store"
    submission.register_signer(old, _certificate(old), None)
    clock.move_to(clock.now() + 3650 * DAY)
    assert logs.verify_logs(old)[ACCESSES] is None


def test_an_anchor_survives_a_rekey(old: Desk) -> None:
    logs.roll_off(old)
    accounts.rekey(old)
    assert logs.verify_logs(old)[ACCESSES] is None


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_anchor SET lines = lines + 1",
        "UPDATE log_anchor SET signer = 'somebody'",
        "UPDATE log_anchor SET signer = 'store', signature = CAST('{}' AS BLOB)",
        "UPDATE log_anchor SET first_at = first_at + 1",
        "UPDATE log_anchor SET hash = x'00'",
        "UPDATE log_anchor SET signature = x'00'",
        "UPDATE log_anchor SET seq = seq - 1",
    ],
)
def test_a_tampered_anchor_is_found(old: Desk, statement: str, signed: bool) -> None:
    if signed:
        submission.register_signer(old, _certificate(old), None)
    logs.roll_off(old)
    break_in(old, statement)
    assert logs.verify_logs(old)[ACCESSES] is not None


def test_lines_taken_away_behind_a_forged_or_missing_anchor_are_found(old: Desk) -> None:
    with old.store.read() as connection:
        line = connection.exec_driver_sql("SELECT seq, hash FROM access_log WHERE seq = 3").one()
    with old.store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO log_anchor (id, chain, seq, hash, lines, first_at, last_at, signature, signer, user_id, at) "
            "VALUES (x'01', 'access_log', ?, ?, 3, 0, 0, x'00', 'store', x'00112233445566778899aabbccddeeff', 0)",
            tuple(line),
        )
        connection.exec_driver_sql("DELETE FROM access_log WHERE seq <= 3")
    assert logs.verify_logs(old)[ACCESSES] == 3
    break_in(old, "DELETE FROM log_anchor")
    assert logs.verify_logs(old)[ACCESSES] == 4


def test_without_an_anchor_the_database_keeps_every_line(old: Desk) -> None:
    for statement in ("DELETE FROM access_log WHERE seq = 1", "DELETE FROM change_log WHERE seq = 1"):
        with pytest.raises(sa.exc.DBAPIError, match="append_only"), old.store.write() as connection:
            connection.exec_driver_sql(statement)


def test_an_edited_log_is_not_signed_away(old: Desk) -> None:
    break_in(old, "UPDATE access_log SET subject = 'x' WHERE seq = 2")
    with pytest.raises(Refusal, match="사슬"):
        logs.roll_off(old)


def test_a_clock_that_ran_ahead_lets_nothing_go(desk: Desk, clock: FixedClock) -> None:
    people.list_people(desk)
    clock.move_to(clock.now() + 3650 * DAY)
    with pytest.raises(Refusal, match="시계"):
        logs.roll_off(desk)
    assert len(accesses(desk, "view")) == 1


def test_letting_go_asks_for_the_administrators_right(old: Desk) -> None:
    with pytest.raises(NotAllowed):
        logs.roll_off(see_as(old, Role.LEADER))


# Searching -----------------------------------------------------------------------------------------------------------


def test_lines_are_found_by_day_user_action_subject_and_text(drafted: Desk, clock: FixedClock) -> None:
    today = clock.today()
    drafts = logs.search(drafted, action="allowance.draft")
    assert [line.action for line in drafts] == ["allowance.draft"]
    assert logs.search(drafted, subject="allowance")[0].seq == drafts[0].seq
    assert logs.search(drafted, text="제2026-12호")[0].action == "policy.adopt"
    assert logs.search(drafted, start=today, end=today, user=LOGIN)
    assert logs.search(drafted, start=today + DAY) == logs.search(drafted, end=today - DAY) == ()
    assert len(logs.search(drafted, limit=2)) == 2
    with pytest.raises(UsageError, match="사용자"):
        logs.search(drafted, user="nobody")


def test_everything_about_one_person_is_found_in_both_logs(desk: Desk) -> None:
    course = course_of(desk)
    members, rows = courses.course(desk, course).members, people.list_people(desk)
    stranger = next(row.id for row in rows if row.id not in {member.person for member in members})
    attendance.grid(desk, course, 1)
    mine = logs.search(desk, ACCESSES, person=members[0].person)
    theirs = logs.search(desk, ACCESSES, person=stranger)
    assert {line.subject for line in mine} == {"courses", "attendance", "people"}
    assert {line.subject for line in theirs} == {"people"}
    assert "attendance.set" in {line.action for line in logs.search(desk, person=members[0].person)}
    assert "attendance.set" not in {line.action for line in logs.search(desk, person=stranger)}


def test_a_text_is_looked_for_in_the_sealed_values_too(desk: Desk) -> None:
    row = people.list_people(desk)[0]
    assert row.phone is not None
    contact.set_contact(desk, row.id, {"phone": "01012345678"}, title="고침")
    (line,) = logs.search(desk, text=row.phone)
    assert line.action == "contact.set"
    (value,) = logs.values_of(desk, CHANGES, line.seq)
    assert value.value["old"]["phone"] == row.phone
    assert value.name == row.name
    assert accesses(desk, "view")[-1][0] == "records"


def test_an_import_names_whom_it_brought_and_is_found_by_each(desk: Desk) -> None:
    row = people.list_people(desk)[0]
    (line,) = logs.search(desk, action="import.applicants")
    assert set(logs.people_of(desk, line)) == {one.id for one in people.list_people(desk)}
    assert line in logs.search(desk, person=row.id)
    assert "import.applicants" in {one.action for one in dossier.history(desk, row.id)}


def test_the_logs_show_no_account_number_without_a_purpose(desk: Desk) -> None:
    row = people.list_people(desk)[0]
    contact.set_contact(desk, row.id, {"account": "110222333444", "phone": "01012345678"}, title="고침")
    (line,) = logs.search(desk, action="contact.set")
    (value,) = logs.values_of(desk, CHANGES, line.seq)
    assert value.value["new"]["account"] == "****3444"
    assert value.value["new"]["phone"] == "01012345678"


def test_the_administrator_alone_reads_the_logs_but_no_value(desk: Desk) -> None:
    row = people.list_people(desk)[0]
    contact.set_contact(desk, row.id, {"phone": "01012345678"}, title="고침")
    (line,) = logs.search(desk, action="contact.set")
    see_as(desk, Role.ADMINISTRATOR)
    assert logs.search(desk, text=row.phone) == ()
    values = logs.values_of(desk, CHANGES, line.seq)
    assert values
    assert all(value.hidden and value.value is None and value.name == "" for value in values)
    assert logs.names_of(desk, (row.id,)) == ()


def test_the_logs_are_for_those_who_may_see_them(desk: Desk) -> None:
    (line,) = logs.search(desk, action="import.applicants")
    see_as(desk, Role.TRAINING)
    for ask in (
        lambda: logs.search(desk),
        lambda: logs.values_of(desk, CHANGES, line.seq),
        lambda: logs.people_of(desk, line),
        lambda: logs.verify_logs(desk),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_a_destroyed_key_takes_the_values_and_leaves_the_chain(desk: Desk) -> None:
    row = people.list_people(desk)[0]
    contact.set_contact(desk, row.id, {"phone": "01012345678"}, title="고침")
    (line,) = logs.search(desk, action="contact.set")
    with desk.store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE person_key SET wrapped = NULL WHERE person_id = ?", (row.id.bytes,)
        )
    values = {value.person: value for value in logs.values_of(desk, CHANGES, line.seq)}
    assert values[row.id].value is None
    assert not values[row.id].hidden
    assert logs.search(desk, text=str(row.phone)) == ()
    assert set(logs.verify_logs(desk).values()) == {None}


# Masking and unmasking -----------------------------------------------------------------------------------------------


def test_a_viewer_gets_masked_people_from_every_service(drafted: Desk) -> None:
    course = course_of(drafted)
    whole = people.list_people(drafted)
    names = {row.name for row in whole if len(row.name) > 2}
    see_as(drafted, Role.VIEWER)
    assert drafted.masking is Masking.MASKED
    masked = people.list_people(drafted)
    assert [row.id for row in masked] == [row.id for row in whole]
    assert all("*" in row.name and (row.birth.month, row.birth.day) == (1, 1) for row in masked)
    assert all("*" in text for row in masked for text in (row.phone, row.email) if text)
    shown = (
        *(row.name for row in attendance.grid(drafted, course, 1).rows),
        *(member.name for member in courses.course(drafted, course).members),
        *(line.name for line in allowance.show(drafted, course, 1).lines),
        *(item.name + item.message for item in allowance.show(drafted, course, 1).open_items),
        *(point.where + point.message for point in open_points.open_points(drafted, "2026-08")),
        *(f"{row.review} {row.account_hold} {row.account_holder}" for row in masked),
    )
    assert not [(name, text) for text in shown for name in names if name in text]
    pdf = pypdfium2.PdfDocument(papers.preview_pdf(drafted, Wanted("attendance-register", course, 1)))
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    assert not [name for name in names if name in text]
    assert all(detail.get("masked") for _, detail in accesses(see_as(drafted, Role.LEADER), "view")[-3:])


def test_guests_are_shown_the_same_desk_masked(desk: Desk) -> None:
    shown = desk.for_guests()
    assert all("*" in row.name for row in people.list_people(shown))
    assert not any("*" in row.name for row in people.list_people(desk))
    assert shown.store is desk.store


def test_an_administrator_alone_gets_a_course_without_its_members(desk: Desk) -> None:
    see_as(desk, Role.ADMINISTRATOR)
    assert courses.course(desk, course_of(desk)).members == ()
    with pytest.raises(NotAllowed):
        people.list_people(desk)


def test_unmasking_asks_a_purpose_and_is_noted_before_it_shows(desk: Desk) -> None:
    row = next(row for row in people.list_people(desk) if row.account_tail)
    with pytest.raises(Refusal, match="까닭"):
        people.reveal(desk, row.id, "account", " ")
    assert accesses(desk, "unmask") == []
    number = people.reveal(desk, row.id, "account", "본인 확인 전화")
    assert number.endswith(str(row.account_tail))
    assert len(number) > 8
    ((subject, detail),) = accesses(desk, "unmask")
    assert (subject, detail["field"], detail["purpose"]) == ("people", "account", "본인 확인 전화")
    assert unpack_people(detail["ids"]) == {row.id}
    assert number not in json.dumps(detail)
    people.reveal(desk, row.id, "phone", "다시 확인")
    assert len(accesses(desk, "unmask")) == 2


def test_unmasking_is_refused_where_it_could_not_be_noted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = next(row for row in people.list_people(desk) if row.account_tail)

    def full(_store: Store) -> None:
        raise DiskFull("디스크가 찼습니다.")

    monkeypatch.setattr(Store, "write", full)
    with pytest.raises(DiskFull):
        people.reveal(desk, row.id, "account", "본인 확인 전화")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_who_only_looks_unmasks_nothing(desk: Desk, role: Role) -> None:
    row = people.list_people(desk)[0]
    with pytest.raises(NotAllowed):
        people.reveal(see_as(desk, role), row.id, "phone", "궁금해서")


def test_only_what_is_masked_can_be_unmasked(desk: Desk) -> None:
    row = people.list_people(desk)[0]
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE person SET account_sealed = NULL WHERE id = ?", (row.id.bytes,))
    with pytest.raises(UsageError):
        people.reveal(desk, row.id, "account_mac", "시험")
    with pytest.raises(Refusal, match="없습니다"):
        people.reveal(desk, row.id, "account", "시험")


# The month's check ---------------------------------------------------------------------------------------------------


def test_the_monthly_sheet_counts_each_users_acts(drafted: Desk, clock: FixedClock, tmp_path: Path) -> None:
    clock.move_to(dt.datetime(2026, 9, 3, 10, tzinfo=KST))
    course = course_of(drafted)
    rows = people.list_people(drafted)
    attendance.grid(drafted, course, 1)
    people.reveal(drafted, rows[0].id, "phone", "확인 전화")
    papers.print_paper(drafted, Wanted("attendance-register", course, 1), "xlsx", tmp_path / "a.xlsx", "보관")
    accounts.add_user(drafted, "kim", "김담당", [Role.TRAINING], "temporary-pass9")
    clock.move_to(dt.datetime(2026, 9, 5, 22, 30, tzinfo=KST))  # a Saturday night
    people.list_people(drafted)
    clock.move_to(dt.datetime(2026, 9, 30, 17, tzinfo=KST))
    sheet = access_check.month_check(drafted, "2026-09")
    own = next(line.usage for line in sheet.users if line.login == LOGIN)
    assert (own.views, own.people, own.exports, own.unmasked) == (3, len(rows), 1, 1)
    assert (own.off_hours, own.largest) == (1, len(rows))
    assert next(line.usage for line in sheet.users if line.login == "kim").views == 0
    assert [(line.what, line.whose) for line in sheet.rights] == [("사용자를 만듦: 담당(교육)", "kim")]
    assert ("user01", "업무시간 외 1건: 9/5(토) 1건") in sheet.odd
    with drafted.store.read() as connection:
        tips = {chain: audit.tip(connection, chain) for chain in audit.CHAINS}
    assert {(line.seq, bytes.fromhex(line.hash)) for line in sheet.chains} == set(tips.values())
    assert all(line.wrong == "" for line in sheet.chains)


def test_the_monthly_sheet_tells_of_wrong_passwords_and_a_broken_chain(
    office: Path, desk: Desk, clock: FixedClock
) -> None:
    desk.store.close()
    for _ in range(3):
        with pytest.raises(WrongPassword):
            opening.open_office(office, LOGIN, "wrong-one", clock)
    again = opening.open_office(office, LOGIN, PASSWORD, clock)
    break_in(again, "UPDATE change_log SET detail = '{}' WHERE seq = 2")
    sheet = access_check.month_check(again, "2026-08")
    assert next(line.usage.failed for line in sheet.users if line.login == LOGIN) == 3
    assert any(who == "변경 이력" and "사슬" in what for who, what in sheet.odd)
    again.store.close()


@pytest.mark.parametrize("file_format", ["pdf", "xlsx"])
def test_the_monthly_sheet_is_printed_by_whoever_watches_the_logs(
    desk: Desk, tmp_path: Path, file_format: str
) -> None:
    see_as(desk, Role.ADMINISTRATOR)
    file = tmp_path / f"sheet.{file_format}"
    with desk.store.read() as connection:
        tips = [audit.tip(connection, chain)[1].hex() for chain in audit.CHAINS]
    papers.print_paper(desk, Wanted("access-check", month="2026-08"), file_format, file, "월 점검")
    if file_format == "pdf":
        pdf = pypdfium2.PdfDocument(file)
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
        pdf.close()
        assert all(tip[:16] in text and tip[-16:] in text for tip in tips)
    with pytest.raises(NotAllowed):
        papers.print_paper(
            see_as(desk, Role.TRAINING), Wanted("access-check", month="2026-08"), "pdf", file, "월 점검"
        )
