"""Imports in depth: the sender's last file, refused rows sent back, one undo for the whole file, saved mappings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import CHEAP, FILES, LOGIN, MONTH_END, PASSWORD
from tests.conftest import settings as office_settings
from tests.integration.test_month import course_of

from regional_desk.domain.attendance import ABSENT
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Role
from regional_desk.domain.rounds import Goal
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.attendance import attendance
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.companies import companies
from regional_desk.services.desk import Desk
from regional_desk.services.importing import import_failures, import_layouts, import_undo, imports
from regional_desk.services.importing.imports import ImportResult
from regional_desk.services.recruitment import contact, people, rounds
from regional_desk.services.safety import accounts, health, opening
from regional_desk.services.training import courses, memberships
from regional_desk.store import audit
from regional_desk.store import imports as store
from regional_desk.store.people import application, application_step, person, person_key
from regional_desk.store.records import import_row

HEADINGS = "성명,생년월일,연락처,은행,계좌번호,예금주,트랙"
HONG = "홍길동,1999-03-05,010-1111-2222,국민은행,12345678901234,홍길동,Track1"
KIM = "김영희,1998-01-02,010-3333-4444,,,,Track2"
LEE = "이철수,1997-07-07,010-5555-6666,,,,Track1"


@pytest.fixture
def bring(empty_desk: Desk, tmp_path: Path) -> Callable[..., ImportResult]:
    """Imports lines as a list of a sender."""

    def once(*lines: str, sender: str | None = "고용센터", **options: Any) -> ImportResult:
        file = write(tmp_path / "list.csv", lines)
        return imports.commit(
            empty_desk, imports.open_file(empty_desk, "applicants", file), sender=sender, **options
        )

    return once


def write(file: Path, lines: Sequence[str], headings: str = HEADINGS) -> Path:
    file.write_text("\n".join([headings, *lines]), encoding="utf-8")
    return file


def named(desk: Desk) -> dict[str, Any]:
    return {row.name: row for row in people.list_people(desk)}


# --- the last file of the same sender


def test_the_first_file_of_a_sender_is_compared_with_nothing(bring: Callable[..., ImportResult]) -> None:
    assert bring(HONG).compared is None


def test_the_next_file_of_a_sender_shows_who_is_new_missing_and_changed(
    bring: Callable[..., ImportResult], empty_desk: Desk
) -> None:
    bring(HONG, KIM)
    found = bring(HONG.replace("1111", "9999"), LEE).compared
    assert found is not None
    assert found.new == ("3행 이철수",)
    assert found.missing == ("김영희 (1998. 1. 2.)",)
    assert found.changed == ("2행 홍길동: 연락처 바뀜",)
    assert "김영희" in named(empty_desk), "nothing is changed for who is missing"


def test_account_changes_come_first_in_every_list(bring: Callable[..., ImportResult]) -> None:
    bring(KIM, HONG)
    changed = HONG.replace("12345678901234", "99945678901234").replace("010-1111", "010-2111")
    result = bring(KIM.replace("3333", "8888"), changed)
    assert result.changes[0].startswith("3행 홍길동: 계좌번호")
    assert result.compared is not None
    assert result.compared.changed[0].startswith("3행 홍길동: 계좌번호")


def test_another_sender_has_its_own_last_file(bring: Callable[..., ImportResult]) -> None:
    bring(HONG)
    assert bring(KIM, sender="대학교").compared is None
    found = bring(HONG).compared
    assert found is not None
    assert (found.new, found.missing, found.changed) == ((), (), ())


def test_a_refused_row_is_not_a_missing_person(bring: Callable[..., ImportResult]) -> None:
    bring(HONG, KIM)
    found = bring(HONG, KIM.replace("Track2", "Track9")).compared
    assert found is not None
    assert found.missing == ()


def test_the_sender_is_remembered_with_the_layout(
    bring: Callable[..., ImportResult], empty_desk: Desk
) -> None:
    bring(HONG)
    result = bring(HONG, sender=None)
    assert result.sender == "고용센터"
    assert result.compared is not None
    assert imports.senders(empty_desk) == ("고용센터",)
    assert bring(HONG, sender="").compared is None


def test_what_a_row_said_is_kept_as_a_keyed_digest_only(
    bring: Callable[..., ImportResult], empty_desk: Desk
) -> None:
    done = bring(HONG)
    assert done.import_id is not None
    with empty_desk.store.read() as connection:
        kept = store.digests_of(connection, done.import_id)
    assert [len(digest) for digest in kept.values()] == [16]


def test_new_applications_belong_to_the_round(bring: Callable[..., ImportResult], empty_desk: Desk) -> None:
    bring(KIM)
    goals = [Goal(Track.TRACK1, 10, 2), Goal(Track.TRACK2, 5, 1)]
    made = rounds.add_round(empty_desk, dt.date(2026, 8, 1), dt.date(2026, 8, 31), goals).row.id
    result = bring(HONG, KIM, round_id=made)
    assert (result.new, result.updated) == (1, 1)
    with empty_desk.store.read() as connection:
        assert {row.round for row in store.read_known(connection, 2026)} == {made}


# --- one undo for the whole import


def test_new_people_nobody_touched_are_gone_after_an_undo(
    bring: Callable[..., ImportResult], empty_desk: Desk
) -> None:
    done = bring(HONG, KIM)
    undone = import_undo.undo(empty_desk)
    assert (undone.import_id, undone.deleted, undone.restored, undone.kept) == (done.import_id, 2, 0, ())
    assert named(empty_desk) == {}
    with empty_desk.store.read() as connection:
        for table in (person, person_key, application, application_step, import_row):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert bring(HONG, KIM).compared is None, "a file that was taken back is compared with no more"


def test_updated_people_get_their_old_values_back(
    bring: Callable[..., ImportResult], empty_desk: Desk
) -> None:
    bring(HONG, KIM)
    before = named(empty_desk)
    bring(
        HONG.replace("1111", "9999").replace("12345678901234", "99945678901234"),
        KIM.replace("Track2", "Track1"),
    )
    held = named(empty_desk)["홍길동"]
    assert held.account_hold == "계좌가 바뀜"
    undone = import_undo.undo(empty_desk)
    assert (undone.deleted, undone.restored) == (0, 2)
    after = named(empty_desk)
    for name, row in after.items():
        assert row._replace(version=0) == before[name]._replace(version=0)
    with empty_desk.store.read() as connection:
        kept = contact.read_contact(empty_desk, connection, held.id)
    assert kept is not None
    assert kept["account"] == "12345678901234"


def test_who_was_touched_since_stays_and_is_listed_with_who_and_what(
    bring: Callable[..., ImportResult], empty_desk: Desk
) -> None:
    bring(HONG, KIM, LEE)
    kim, lee = (named(empty_desk)[name] for name in ("김영희", "이철수"))
    contact.set_contact(empty_desk, kim.id, {"phone": "01077778888"}, title="연락처")
    course = courses.add_course(
        empty_desk, "3기", Track.TRACK1, dt.date(2026, 8, 3), dt.date(2026, 8, 28)
    ).course.id
    memberships.enrol(empty_desk, course, [lee.id], direct_reason="심사")
    undone = import_undo.undo(empty_desk)
    assert undone.deleted == 1
    assert [(one.name, one.what) for one in undone.kept] == [
        ("김영희", "그 뒤에 자료가 바뀜"),
        ("이철수", "교육과정에 등록됨"),
    ]
    assert all(one.by == f"2026. 8. 31. {empty_desk.actor.name}" for one in undone.kept)
    assert set(named(empty_desk)) == {"김영희", "이철수"}


def test_who_came_again_in_another_file_stays(bring: Callable[..., ImportResult], empty_desk: Desk) -> None:
    first = bring(HONG, KIM)
    bring(HONG, sender="대학교")
    undone = import_undo.undo(empty_desk, first.import_id)
    assert [(one.name, one.what) for one in undone.kept] == [("홍길동", "다른 파일에도 들어 있음")]
    assert set(named(empty_desk)) == {"홍길동"}


def test_an_undo_survives_a_restart_and_happens_once(desk: Desk, open_again: Callable[[], Desk]) -> None:
    done = imports.commit(desk, imports.open_file(desk, "applicants", _changed_list(desk)))
    desk.store.close()
    later = open_again()
    assert import_undo.undo(later, done.import_id).deleted == 1
    with pytest.raises(Refusal, match="이미 되돌렸습니다"):
        import_undo.undo(later, done.import_id)
    assert import_undo.list_imports(later)[0].undone


def test_the_step_of_an_import_is_not_in_the_list_of_the_attendance_page(desk: Desk) -> None:
    imports.commit(desk, imports.open_file(desk, "applicants", _changed_list(desk)))
    before = set(named(desk))
    attendance.undo(desk)
    assert set(named(desk)) == before


def test_somebody_elses_import_is_refused(bring: Callable[..., ImportResult], empty_desk: Desk) -> None:
    bring(HONG)
    accounts.add_user(empty_desk, "user02", "둘째", [Role.TRAINING], "temporary-1")
    folder = empty_desk.store.folder
    empty_desk.store.close()
    other = opening.open_office(folder, "user02", "temporary-1", FixedClock(MONTH_END))
    accounts.change_password(other, "temporary-1", "another-password")
    listed = import_undo.list_imports(other)
    assert [row.open for row in listed] == [False]
    with pytest.raises(Refusal, match="다른 사람"):
        import_undo.undo(other, listed[0].id)
    with pytest.raises(Refusal, match="없습니다"):
        import_undo.undo(other)
    other.store.close()


def test_an_unknown_import_is_a_wrong_call(empty_desk: Desk) -> None:
    with pytest.raises(UsageError):
        import_undo.undo(empty_desk, uuid4())


def test_companies_are_taken_back_too(empty_desk: Desk) -> None:
    done = imports.commit(empty_desk, imports.open_file(empty_desk, "companies", FILES / "companies.xlsx"))
    assert import_undo.undo(empty_desk).deleted == done.new
    assert companies.list_companies(empty_desk) == ()


def test_a_changed_company_gets_its_old_values_back(empty_desk: Desk, tmp_path: Path) -> None:
    heads = "기업명,사업자등록번호,담당자"
    for contact_name in ("김하나", "이두리"):
        file = write(tmp_path / "companies.csv", [f"한빛,1248100998,{contact_name}"], heads)
        imports.commit(empty_desk, imports.open_file(empty_desk, "companies", file))
    assert import_undo.undo(empty_desk).restored == 1
    assert [row.contact for row in companies.list_companies(empty_desk)] == ["김하나"]


def test_cells_of_an_attendance_sheet_go_back_but_for_those_changed_since(desk: Desk) -> None:
    course = course_of(desk)
    row = attendance.grid(desk, course).rows[0]
    day = dt.date(2026, 8, 4)
    attendance.set_cells(desk, course, [CellChange(row.trainee, day, ABSENT)], title="8/4")
    undone = import_undo.undo(desk, _of(desk, "attendance"))
    assert undone.deleted == 759
    assert [(one.name, one.what) for one in undone.kept] == [
        (f"{row.name} 2026. 8. 4.", "그 뒤에 자료가 바뀜")
    ]
    left = [cell for one in attendance.grid(desk, course).rows for cell in one.cells if cell == ABSENT]
    assert left == [ABSENT]


def test_an_undo_is_in_the_change_history_and_the_office_is_sound(
    bring: Callable[..., ImportResult], empty_desk: Desk
) -> None:
    bring(HONG)
    import_undo.undo(empty_desk)
    with empty_desk.store.read() as connection:
        line = audit.read_lines(connection, audit.CHANGES, limit=1)[0]
    assert line.action == "import.undo.applicants"
    assert "홍길동" not in line.detail
    assert health.check(empty_desk).ok


# --- refused rows


def test_refused_rows_come_back_with_their_cells_and_why(empty_desk: Desk, tmp_path: Path) -> None:
    bad = KIM.replace("1998-01-02", "어제").replace("김영희", "김영희")
    file = write(tmp_path / "list.csv", [HONG, bad, "=1+1,1999-01-01,,,,,"])
    opened = imports.open_file(empty_desk, "applicants", file)
    result = imports.commit(empty_desk, opened)
    out = tmp_path / "errors.xlsx"
    assert import_failures.write_failures(empty_desk, opened, result, out) == 2
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (*HEADINGS.split(","), "사유")
    assert rows[1][:2] == ("김영희", "어제")
    assert str(rows[1][-1]).startswith("생년월일: '어제'")
    assert sheet["A3"].value == "=1+1"
    assert sheet["A3"].data_type == "s", "a text never becomes a formula"


def test_a_mended_file_of_refused_rows_is_imported_with_the_mapping_of_the_first(
    empty_desk: Desk, tmp_path: Path
) -> None:
    file = write(tmp_path / "odd.csv", ["김영희,1998-01-02,Track9"], "누구,언제,어디")
    chosen = {"누구": "name", "언제": "birth", "어디": "track"}
    opened = imports.open_file(empty_desk, "applicants", file, mapping=chosen)
    result = imports.commit(empty_desk, opened, sender="대학교")
    out = tmp_path / "errors.xlsx"
    import_failures.write_failures(empty_desk, opened, result, out)
    book = openpyxl.load_workbook(out)
    book.worksheets[0]["C2"] = "Track1"
    book.save(out)
    again = imports.commit(empty_desk, imports.open_file(empty_desk, "applicants", out))
    assert (again.new, again.errors, again.sender) == (1, (), "대학교")


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods", "csv"])
def test_every_refused_row_of_the_office_files_names_its_cell(
    empty_desk: Desk, suffix: str, tmp_path: Path
) -> None:
    opened = imports.open_file(empty_desk, "applicants", FILES / f"applicants.{suffix}")
    result = imports.preview(empty_desk, opened)
    assert result.errors
    for error in result.errors:
        assert error.column in opened.layout.headings
        column = opened.layout.headings.index(error.column)
        assert opened.sheet.rows[error.row - 1][column] is not None or error.value == ""
        assert error.message
    out = tmp_path / "errors.xlsx"
    rows = import_failures.write_failures(empty_desk, opened, result, out)
    again = imports.preview(empty_desk, imports.open_file(empty_desk, "applicants", out))
    assert (again.read, again.new) == (rows, 0)
    assert sorted((error.column, error.message) for error in again.errors) == sorted(
        (error.column, error.message) for error in result.errors
    )


def test_a_file_without_errors_makes_no_file(
    bring: Callable[..., ImportResult], empty_desk: Desk, tmp_path: Path
) -> None:
    file = write(tmp_path / "good.csv", [HONG])
    opened = imports.open_file(empty_desk, "applicants", file)
    with pytest.raises(Refusal, match="오류가 난 행이 없어"):
        import_failures.write_failures(
            empty_desk, opened, imports.preview(empty_desk, opened), tmp_path / "x.xlsx"
        )
    assert not (tmp_path / "x.xlsx").exists()


# --- saved mappings


def test_a_saved_mapping_is_changed_and_forgotten(
    bring: Callable[..., ImportResult], empty_desk: Desk
) -> None:
    bring(HONG)
    (row,) = import_layouts.list_layouts(empty_desk)
    assert row.mapping["연락처"] == "phone"
    import_layouts.change(empty_desk, row, {"연락처": ""}, "대학교")
    (changed,) = import_layouts.list_layouts(empty_desk)
    assert (changed.mapping["연락처"], changed.sender) == ("", "대학교")
    bring(KIM, sender=None)
    assert named(empty_desk)["김영희"].phone is None
    import_layouts.forget(empty_desk, changed)
    assert import_layouts.list_layouts(empty_desk) == ()


@pytest.mark.parametrize(
    "mapping", [{"없는 열": "phone"}, {"연락처": "nonsense"}, {"연락처": "name"}, {"성명": ""}]
)
def test_a_mapping_that_cannot_be_is_refused(
    bring: Callable[..., ImportResult], empty_desk: Desk, mapping: dict[str, str]
) -> None:
    bring(HONG)
    (row,) = import_layouts.list_layouts(empty_desk)
    with pytest.raises(UsageError):
        import_layouts.change(empty_desk, row, mapping, None)
    assert import_layouts.list_layouts(empty_desk) == (row,)


# --- the preview is the plan

_NAMES = st.sampled_from(["홍길동", "홍길순", "김영희", "이 철수", "", "3", "=1+1", "Nguyen Van"])
_BIRTHS = st.sampled_from(["1999-03-05", "19980102", "990305", "1999. 3. 5.", "", "1999-02-30", "2030-01-01"])
_PHONES = st.sampled_from(["010-1111-2222", "1011112222", "", "12", "010-3333-4444"])
_ACCOUNTS = st.sampled_from(["12345678901234", "", "1.2E+13", "123-456-789012", "12"])
_BANKS = st.sampled_from(["국민은행", "", "없는은행"])
_TRACKS = st.sampled_from(["Track1", "트랙2", "", "Track9"])
_LINES = st.tuples(_NAMES, _BIRTHS, _PHONES, _BANKS, _ACCOUNTS, _NAMES, _TRACKS).map(",".join)


@pytest.fixture(scope="module")
def growing_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One office into which list after list goes, so that later lists meet people."""
    folder = tmp_path_factory.mktemp("growing") / "office"
    made = opening.new_office(folder, office_settings(), LOGIN, PASSWORD, FixedClock(MONTH_END), CHEAP)
    made.desk.automatic_backups = False
    yield made.desk
    made.desk.store.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(_LINES, max_size=12), sender=st.sampled_from(["고용센터", "대학교", None]))
def test_committing_any_sheet_does_exactly_what_its_preview_said(
    growing_desk: Desk, tmp_path: Path, lines: list[str], sender: str | None
) -> None:
    desk = growing_desk
    opened = imports.open_file(desk, "applicants", write(tmp_path / "any.csv", lines))
    before = people.list_people(desk)
    preview = imports.preview(desk, opened, sender=sender)
    assert people.list_people(desk) == before
    done = imports.commit(desk, opened, sender=sender)
    assert done == preview
    bad = {error.row for error in done.errors}
    assert done.read == done.new + done.updated + done.unchanged + done.skipped + len(bad)
    assert all(error.column in opened.layout.headings for error in done.errors)
    assert len(people.list_people(desk)) - len(before) == done.new
    again = imports.preview(desk, opened, sender=sender)
    assert (again.new, again.updated) == (0, 0)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(_LINES, min_size=1, max_size=12))
def test_undoing_any_import_at_once_leaves_the_office_as_it_was(
    growing_desk: Desk, tmp_path: Path, lines: list[str]
) -> None:
    desk = growing_desk
    before = [row._replace(version=0) for row in people.list_people(desk)]
    opened = imports.open_file(desk, "applicants", write(tmp_path / "any.csv", lines))
    done = imports.commit(desk, opened)
    undone = import_undo.undo(desk, done.import_id)
    assert (undone.deleted, undone.restored, undone.kept) == (done.new, done.updated, ())
    assert [row._replace(version=0) for row in people.list_people(desk)] == before


def _of(desk: Desk, kind: str) -> Any:
    return next(row.id for row in import_undo.list_imports(desk) if row.kind == kind)


def _changed_list(desk: Desk) -> Path:
    return write(desk.store.folder.with_name("more.csv"), ["새사람,1996-06-06,010-4444-5555,,,,Track1"])
