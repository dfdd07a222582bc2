"""A class lent to a laptop and brought back, with both offices and the program killed in between."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from tests.conftest import settings

from regional_desk.domain.attendance import ABSENT, EMPTY, PRESENT, Cell
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.rights import LENT_RIGHTS, Right
from regional_desk.errors import FileRejected, NotAllowed, Refusal, UsageError, UserError, WrongPassword
from regional_desk.exchange import lease_pack
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.attendance import (
    attendance,
    closings,
    evidence,
    late_entries,
    leases,
    lent_copies,
    remarks,
)
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.attendance.lease_returns import bring_back
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import people
from regional_desk.services.safety import opening
from regional_desk.services.training import courses
from regional_desk.store.keys import KdfCost

CHEAP = KdfCost(1, 8 * 1024, 1)
SECRET = "lend-me-carefully"
MONDAY = dt.datetime(2026, 8, 24, 9, tzinfo=KST)
START, END = dt.date(2026, 8, 24), dt.date(2026, 8, 28)
BEFORE = dt.date(2026, 8, 21)


@pytest.fixture
def course(desk: Desk, clock: FixedClock) -> UUID:
    """The August course on the Monday its last week begins, that week without records."""
    found = courses.list_courses(desk)[0].id
    members = courses.course(desk, found).members
    days = [day.day for day in courses.course(desk, found).days if day.day >= START]
    cells = [CellChange(member.person, day, EMPTY) for member in members for day in days]
    attendance.set_cells(desk, found, cells, title="비움")
    clock.move_to(MONDAY)
    return found


@pytest.fixture
def trainees(desk: Desk, course: UUID) -> list[UUID]:
    """Members of the course by number."""
    return [member.person for member in courses.course(desk, course).members]


@pytest.fixture
def pack(desk: Desk, course: UUID, tmp_path: Path) -> Path:
    """The class as it was lent."""
    return lend(desk, course, tmp_path / "class.rdlent").file


@pytest.fixture
def laptop(pack: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """The lent copy, opened."""
    opened = open_copy(pack, tmp_path / "laptop", clock)
    yield opened
    opened.store.close()


def lend(desk: Desk, course: UUID, out: Path) -> leases.Lent:
    """Lend the last week."""
    return leases.lend(
        desk, course, START, END, holder="현장 노트북", due=END, password=SECRET, out=out, cost=CHEAP
    )


def open_copy(pack: Path, folder: Path, clock: FixedClock) -> Desk:
    """Open the class on the laptop."""
    return lent_copies.open_pack(pack, SECRET, folder, "field", clock, CHEAP)


def put(desk: Desk, course: UUID, trainee: UUID, cell: Cell, day: dt.date = START) -> int:
    """Set one cell."""
    return attendance.set_cells(desk, course, [CellChange(trainee, day, cell)], title="칸").changed


def records(desk: Desk, course: UUID) -> dict[tuple[UUID, dt.date], Cell]:
    """Every record of the course."""
    shown = attendance.survey(desk, course, None)
    return {
        (row.trainee, column.day): cell
        for row in shown.rows
        for column, cell in zip(shown.days, row.cells, strict=True)
        if cell is not None and cell != EMPTY
    }


def test_a_lent_week_comes_back_with_every_record_and_says_which(
    desk: Desk, laptop: Desk, course: UUID, trainees: list[UUID], tmp_path: Path
) -> None:
    put(laptop, course, trainees[0], PRESENT)
    put(laptop, course, trainees[1], ABSENT)
    back = lent_copies.write_return(laptop, tmp_path / "class.rdback")
    before = records(desk, course)
    brought = bring_back(desk, back.file)
    assert {(one.trainee, one.day, one.old, one.new) for one in brought.changes} == {
        (trainees[0], START, "미입력", "출석"),
        (trainees[1], START, "미입력", "결석"),
    }
    assert records(desk, course) == {**before, (trainees[0], START): PRESENT, (trainees[1], START): ABSENT}
    assert (brought.left_out, brought.again, brought.lease.end_kind) == ((), False, "returned")


def test_the_same_return_twice_changes_nothing(
    desk: Desk, laptop: Desk, course: UUID, trainees: list[UUID], tmp_path: Path
) -> None:
    put(laptop, course, trainees[0], PRESENT)
    first = lent_copies.write_return(laptop, tmp_path / "first.rdback")
    second = lent_copies.write_return(laptop, tmp_path / "second.rdback")
    assert first.file.read_bytes() != second.file.read_bytes()
    bring_back(desk, first.file)
    put(desk, course, trainees[0], ABSENT)
    assert bring_back(desk, second.file).again
    assert records(desk, course)[trainees[0], START] == ABSENT


def test_lent_days_are_locked_in_the_office_and_only_they(
    desk: Desk, pack: Path, course: UUID, trainees: list[UUID]
) -> None:
    assert pack.exists()
    with pytest.raises(Refusal, match="'현장 노트북'에 대출 중"):
        put(desk, course, trainees[0], PRESENT)
    assert attendance.fill_present(desk, course, trainees, [START]).changed == 0
    with pytest.raises(Refusal, match="대출 중"):
        closings.close(desk, course, START, START, with_unmarked=True)
    with pytest.raises(Refusal, match="대출 중이라"):
        lend(desk, course, pack.with_name("again.rdlent"))
    there = records(desk, course)[trainees[0], BEFORE]
    assert put(desk, course, trainees[0], ABSENT if there != ABSENT else PRESENT, BEFORE) == 1


def test_only_the_lent_days_can_be_entered_on_the_laptop(
    laptop: Desk, course: UUID, trainees: list[UUID]
) -> None:
    with pytest.raises(Refusal, match="빌려 온 기간"):
        put(laptop, course, trainees[0], EMPTY, BEFORE)
    assert put(laptop, course, trainees[0], PRESENT) == 1
    assert attendance.undo(laptop) is not None
    with pytest.raises(NotAllowed):
        closings.close(laptop, course, START, START, with_unmarked=True)


def test_the_laptop_holds_the_class_and_nothing_else_of_anybody(
    desk: Desk, laptop: Desk, course: UUID, trainees: list[UUID]
) -> None:
    with laptop.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM person").mappings().all()
        others = connection.exec_driver_sql("SELECT count(*) FROM application").scalar()
    kept = {"id", "version", "name", "birth", "created_at"}
    assert {name for row in rows for name, value in row.items() if value is not None} == kept
    assert {UUID(bytes=row["id"]) for row in rows} == set(trainees)
    assert others == 0
    assert records(laptop, course) == records(desk, course)
    assert {right for right in Right if laptop.may(right)} == LENT_RIGHTS


def test_the_pack_shows_nobody_without_its_password(
    desk: Desk, pack: Path, trainees: list[UUID], tmp_path: Path, clock: FixedClock
) -> None:
    data = pack.read_bytes()
    person = people.find_person(desk, str(trainees[0]))
    name = next(row.name for row in people.survey_people(desk) if row.id == person)
    assert name.encode() not in data
    assert trainees[0].bytes not in data
    with pytest.raises(WrongPassword, match="비밀번호"):
        lent_copies.open_pack(pack, "another-secret", tmp_path / "no", "field", clock, CHEAP)
    assert not (tmp_path / "no").exists()


def test_a_weak_password_is_refused_before_anything_is_lent(desk: Desk, course: UUID, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        leases.lend(
            desk, course, START, END, holder="노트북", due=END, password="1234", out=tmp_path / "a.rdlent"
        )
    assert leases.list_leases(desk) == ()
    assert list(tmp_path.glob("*.rdlent*")) == []


def test_a_file_that_cannot_be_written_lends_nothing(
    desk: Desk, course: UUID, trainees: list[UUID], tmp_path: Path
) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be")
    with pytest.raises(Refusal, match="쓰지 못했습니다"):
        lend(desk, course, tmp_path / "blocked" / "class.rdlent")
    assert leases.list_leases(desk) == ()
    assert put(desk, course, trainees[0], PRESENT) == 1


def test_closed_and_confirmed_days_are_not_lent(desk: Desk, course: UUID, tmp_path: Path) -> None:
    closings.close(desk, course, BEFORE, BEFORE, with_unmarked=True)
    with pytest.raises(Refusal, match="마감한 날"):
        leases.lend(
            desk, course, BEFORE, END, holder="노트북", due=END, password=SECRET, out=tmp_path / "a.rdlent"
        )
    with pytest.raises(UsageError, match="반납할 날"):
        leases.lend(
            desk, course, START, END, holder="노트북", due=START, password=SECRET, out=tmp_path / "a.rdlent"
        )


def test_an_overdue_lease_is_taken_back_with_a_reason_and_its_return_refused(
    desk: Desk, laptop: Desk, course: UUID, trainees: list[UUID], tmp_path: Path, clock: FixedClock
) -> None:
    put(laptop, course, trainees[0], PRESENT)
    clock.move_to(dt.datetime(2026, 8, 28, 23, tzinfo=KST))
    row = leases.list_leases(desk)[0]
    assert not leases.is_late(row, clock.today())
    clock.move_to(dt.datetime(2026, 8, 29, 0, tzinfo=KST))
    assert leases.is_late(row, clock.today())
    with pytest.raises(UsageError, match="사유"):
        leases.take_back(desk, row.id, " ")
    leases.take_back(desk, row.id, "노트북 고장")
    back = lent_copies.write_return(laptop, tmp_path / "late.rdback")
    with pytest.raises(Refusal, match=r"회수한 반.*노트북 고장"):
        bring_back(desk, back.file)
    assert put(desk, course, trainees[0], ABSENT) == 1
    with pytest.raises(Refusal, match="그 사이"):
        leases.take_back(desk, row.id, "다시")


def test_after_the_return_was_written_the_copy_is_read_only(
    laptop: Desk, course: UUID, trainees: list[UUID], tmp_path: Path
) -> None:
    lent_copies.write_return(laptop, tmp_path / "class.rdback")
    with pytest.raises(Refusal, match="반납한 대출본"):
        put(laptop, course, trainees[0], PRESENT)


def test_what_was_late_on_the_laptop_is_late_in_the_office_and_nothing_more(
    desk: Desk, laptop: Desk, course: UUID, trainees: list[UUID], tmp_path: Path, clock: FixedClock
) -> None:
    put(laptop, course, trainees[0], PRESENT)
    clock.move_to(dt.datetime(2026, 8, 25, 9, tzinfo=KST))
    put(laptop, course, trainees[1], ABSENT)
    put(laptop, course, trainees[1], PRESENT, dt.date(2026, 8, 25))
    back = lent_copies.write_return(laptop, tmp_path / "class.rdback")
    clock.move_to(dt.datetime(2026, 8, 26, 9, tzinfo=KST))
    assert bring_back(desk, back.file).late == 1
    line = late_entries.list_lines(desk, course)[-1]
    assert (line.trainee, line.day, line.by) == (trainees[1], START, "현장 노트북")
    assert line.at == dt.datetime(2026, 8, 25, 9, tzinfo=KST)


def test_somebody_disposed_of_meanwhile_is_left_out_and_the_others_come(
    desk: Desk, laptop: Desk, course: UUID, trainees: list[UUID], tmp_path: Path
) -> None:
    for trainee in trainees[:2]:
        put(laptop, course, trainee, PRESENT)
    with desk.store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE person_key SET wrapped = NULL WHERE person_id = ?", (trainees[0].bytes,)
        )
    brought = bring_back(desk, lent_copies.write_return(laptop, tmp_path / "class.rdback").file)
    assert [one.trainee for one in brought.changes] == [trainees[1]]
    assert len(brought.left_out) == 1


def test_a_late_entry_that_was_taken_back_on_the_laptop_still_stands_in_the_register(
    desk: Desk, laptop: Desk, course: UUID, trainees: list[UUID], tmp_path: Path, clock: FixedClock
) -> None:
    clock.move_to(dt.datetime(2026, 8, 25, 9, tzinfo=KST))
    put(laptop, course, trainees[0], ABSENT)
    attendance.undo(laptop)
    brought = bring_back(desk, lent_copies.write_return(laptop, tmp_path / "class.rdback").file)
    assert (brought.changes, brought.late) == ((), 2)


def test_a_remark_comes_back_and_one_written_here_stays(
    desk: Desk, laptop: Desk, course: UUID, trainees: list[UUID], tmp_path: Path
) -> None:
    for trainee, said in ((trainees[0], "버스 고장"), (trainees[1], "노트북에서")):
        remarks.set_remark(laptop, course, trainee, START, said, version=0)
    remarks.set_remark(desk, course, trainees[1], START, "사무소에서", version=0)
    with pytest.raises(Refusal, match="빌려 온 기간"):
        remarks.set_remark(laptop, course, trainees[0], BEFORE, "밖", version=0)
    back = lent_copies.write_return(laptop, tmp_path / "class.rdback")
    with pytest.raises(Refusal, match="반납한 대출본"):
        remarks.set_remark(laptop, course, trainees[0], START, "늦음", version=1)
    brought = bring_back(desk, back.file)
    assert brought.remarks == 1
    assert remarks.read_remark(desk, trainees[0], START).text == "버스 고장"
    assert remarks.read_remark(desk, trainees[1], START).text == "사무소에서"
    assert [item.message for item in brought.left_out] == [
        "비고가 이미 있어 노트북의 비고를 넣지 않았습니다."
    ]


def test_evidence_is_not_attached_on_the_laptop(laptop: Desk, course: UUID, trainees: list[UUID]) -> None:
    paper = ReceivedFile("진단서.png", b"\x89PNG\r\n\x1a\n", "image/png")
    with pytest.raises(Refusal, match="대출본에서는 증빙"):
        evidence.attach(laptop, course, trainees[0], START, paper)


def test_a_trainee_who_left_meanwhile_is_named_and_the_others_come(
    desk: Desk, laptop: Desk, course: UUID, trainees: list[UUID], tmp_path: Path
) -> None:
    from regional_desk.services.training import memberships

    put(laptop, course, trainees[0], PRESENT)
    put(laptop, course, trainees[1], PRESENT)
    memberships.leave(desk, course, trainees[0], BEFORE, "다른 일을 구함")
    back = lent_copies.write_return(laptop, tmp_path / "class.rdback")
    brought = bring_back(desk, back.file)
    assert [one.trainee for one in brought.changes] == [trainees[1]]
    assert [item.message for item in brought.left_out] == ["교육생이 과정에 속하지 않은 날입니다."]


def test_another_offices_return_and_a_pack_in_its_place_are_refused(
    desk: Desk, pack: Path, laptop: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    back = lent_copies.write_return(laptop, tmp_path / "class.rdback")
    other = opening.new_office(tmp_path / "other", settings(), "user01", "correct-horse", clock, CHEAP).desk
    with pytest.raises(Refusal, match="이 사무소에서 빌려 준 반이 아니라"):
        bring_back(other, back.file)
    other.store.close()
    with pytest.raises(FileRejected, match="반납 파일이 아니라"):
        bring_back(desk, pack)


def test_a_return_made_up_without_the_key_is_refused(desk: Desk, laptop: Desk, tmp_path: Path) -> None:
    back = lent_copies.write_return(laptop, tmp_path / "class.rdback").file
    read = lease_pack.read_pack(back, lease_pack.PackKind.RETURNED)
    forged = tmp_path / "forged.rdback"
    forged.write_bytes(lease_pack.frame(read.head, read.sealed[:-1] + bytes([read.sealed[-1] ^ 1])))
    with pytest.raises(FileRejected, match="이 대출에서 만든 반납 파일이 아니라"):
        bring_back(desk, forged)
    assert leases.list_leases(desk)[0].end_kind is None


def test_a_folder_in_use_is_not_taken_for_a_copy(pack: Path, tmp_path: Path, clock: FixedClock) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("mine")
    with pytest.raises(UserError, match="비어 있지 않은 폴더"):
        open_copy(pack, full, clock)
    assert (full / "letter.txt").read_text() == "mine"


def run_and_kill(tmp_path: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a program that kills itself where the script says so."""
    file = tmp_path / "killed.py"
    file.write_text(textwrap.dedent(script), encoding="utf-8")
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    return subprocess.run(
        [sys.executable, str(file)], env=environment, capture_output=True, text=True, check=False
    )


def test_kills_on_both_sides_lose_nothing_and_double_nothing(
    desk: Desk,
    pack: Path,
    office: Path,
    course: UUID,
    trainees: list[UUID],
    tmp_path: Path,
    clock: FixedClock,
) -> None:
    """Killed while opening the pack, after entering, while the return is taken in: each is done again and comes once."""
    folder, back = tmp_path / "laptop", tmp_path / "class.rdback"
    common = f"""
        import datetime as dt, os, signal
        from pathlib import Path
        from uuid import UUID
        from regional_desk.domain.attendance import PRESENT, ABSENT
        from regional_desk.domain.clock import FixedClock
        from regional_desk.services.attendance import attendance, leases, lease_returns, lent_copies
        from regional_desk.services.attendance.attendance import CellChange
        from regional_desk.services.safety import opening
        from regional_desk.store.keys import KdfCost
        def kill(*args, **kwargs):
            os.kill(os.getpid(), signal.SIGKILL)
        clock = FixedClock(dt.datetime.fromisoformat({MONDAY.isoformat()!r}))
        folder, course = Path({str(folder)!r}), UUID({str(course)!r})
        first, second = UUID({str(trainees[0])!r}), UUID({str(trainees[1])!r})
        day = dt.date.fromisoformat({START.isoformat()!r})
    """
    opening_killed = f"""
        lent_copies.replace_patiently = kill
        lent_copies.open_pack(Path({str(pack)!r}), {SECRET!r}, folder, "field", clock, KdfCost(1, 8192, 1))
    """
    assert run_and_kill(tmp_path, common + opening_killed).returncode < 0
    assert not folder.exists()

    open_copy(pack, folder, clock).store.close()
    entering_killed = f"""
        desk = opening.open_office(folder, "field", {SECRET!r}, clock)
        attendance.set_cells(desk, course, [CellChange(first, day, PRESENT)], title="칸")
        kill()
    """
    assert run_and_kill(tmp_path, common + entering_killed).returncode < 0

    laptop = opening.open_office(folder, "field", SECRET, clock)
    assert records(laptop, course)[trainees[0], START] == PRESENT
    put(laptop, course, trainees[1], ABSENT)
    lent_copies.write_return(laptop, back)
    laptop.store.close()

    desk.store.close()
    taking_killed = f"""
        desk = opening.open_office(Path({str(office)!r}), "user01", "correct-horse", clock)
        lease_returns.late_entries.add = kill
        lease_returns._take_remarks = kill
        lease_returns.bring_back(desk, Path({str(back)!r}))
    """
    assert run_and_kill(tmp_path, common + taking_killed).returncode < 0

    again = opening.open_office(office, "user01", "correct-horse", clock)
    try:
        assert leases.list_leases(again)[0].end_kind is None
        assert (trainees[0], START) not in records(again, course)
        brought = bring_back(again, back)
        assert {(one.trainee, one.new) for one in brought.changes} == {
            (trainees[0], "출석"),
            (trainees[1], "결석"),
        }
        assert bring_back(again, back).again
        now = records(again, course)
        assert (now[trainees[0], START], now[trainees[1], START]) == (PRESENT, ABSENT)
        assert json.dumps(again.greetings, ensure_ascii=False).count("정상으로 끝나지 않았습니다") == 1
    finally:
        again.store.close()
