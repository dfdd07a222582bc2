"""Approval on paper with its scan, and the register of the seal's use."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.integration.test_month import course_of

from regional_desk.domain.rights import Role, rights_of
from regional_desk.errors import FileRejected, NotAllowed, Refusal, StoreDamaged, UsageError
from regional_desk.services.desk import Desk
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.pay import allowance
from regional_desk.services.safety import approvals, logs
from regional_desk.services.safety.approvals import Approved, Subject
from regional_desk.store import attachments
from regional_desk.store.tables import metadata

TODAY = dt.date(2026, 8, 31)
PDF = b"%PDF-1.7 scanned and signed"
SIGNERS = (("팀장", "김팀장"), ("단장", "박단장"))


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REGIONAL_DESK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def run(desk: Desk) -> Subject:
    """A drafted allowance run to approve."""
    allowance.draft(desk, course_of(desk), 1)
    return approvals.find_subject(desk, "allowance", "1단위기간")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    file = tmp_path / "결재.pdf"
    file.write_bytes(PDF)
    return file


def test_an_approval_keeps_who_signed_and_its_scan(desk: Desk, run: Subject, scan: Path) -> None:
    approved = Approved(TODAY, SIGNERS, "전결 규정 5조", approvals.read_scan(scan))
    row = approvals.record(desk, "allowance", run.id, approved)
    assert row.signers == SIGNERS
    assert (row.subject_id, row.approved_on, row.memo) == (run.id, TODAY, "전결 규정 5조")
    assert approvals.list_approvals(desk) == (row,)
    stored = b"".join(path.read_bytes() for path in attachments.files_on_disk(desk.store).values())
    assert b"scanned" not in stored
    assert approvals.open_scan(desk, row.id).read_bytes() == PDF
    assert next(line.action for line in logs.read_log(desk, access=True)) == "approval.open"


def test_a_scan_is_opened_in_the_programs_own_folder_and_wiped(
    desk: Desk, run: Subject, scan: Path, own_data: Path
) -> None:
    row = approvals.record(desk, "allowance", run.id, Approved(TODAY, SIGNERS, "", approvals.read_scan(scan)))
    opened = approvals.open_scan(desk, row.id)
    assert opened.is_relative_to(own_data)
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    left = own_data / f"scratch-{int(ended.stdout)}-left"  # of a program that was killed
    shutil.copytree(opened.parent, left)
    approvals.wipe_opened()
    assert not left.exists()
    assert opened.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"plain", "PDF, JPG, PNG"),
        ("a.pdf", b"PK\x03\x04", "PDF, JPG, PNG"),
        ("a.pdf", b"%PDF-" + b"0" * approvals.LARGEST, "20 MB"),
    ],
)
def test_only_a_scan_of_a_sensible_size_is_taken(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(FileRejected, match=words):
        approvals.read_scan(file)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\xff\xd8\xff\xe0 jpeg", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n png", "image/png"),
        (b"%PDF-" + b"0" * (approvals.LARGEST - 5), "application/pdf"),
    ],
)
def test_a_scan_is_known_by_its_content(tmp_path: Path, content: bytes, kind: str) -> None:
    file = tmp_path / "whatever.bin"
    file.write_bytes(content)
    assert approvals.read_scan(file).media_type == kind


def test_a_missing_scan_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileRejected, match="읽지 못했습니다"):
        approvals.read_scan(tmp_path / "없음.pdf")


def test_an_approval_without_a_scan_has_none_to_open(desk: Desk, run: Subject) -> None:
    row = approvals.record(desk, "allowance", run.id, Approved(TODAY, SIGNERS))
    with pytest.raises(Refusal, match="스캔이 없습니다"):
        approvals.open_scan(desk, row.id)


def test_a_lost_scan_is_named_as_damage(desk: Desk, run: Subject, scan: Path) -> None:
    row = approvals.record(desk, "allowance", run.id, Approved(TODAY, SIGNERS, "", approvals.read_scan(scan)))
    for path in attachments.files_on_disk(desk.store).values():
        path.unlink()
    with pytest.raises(StoreDamaged):
        approvals.open_scan(desk, row.id)


@pytest.mark.parametrize(
    "approved",
    [Approved(TODAY, ()), Approved(TODAY, (("단장", " "),)), Approved(TODAY + dt.timedelta(days=1), SIGNERS)],
)
def test_an_approval_names_somebody_and_a_day_that_was(desk: Desk, run: Subject, approved: Approved) -> None:
    with pytest.raises(Refusal):
        approvals.record(desk, "allowance", run.id, approved)
    assert approvals.list_approvals(desk) == ()


def test_an_unknown_subject_is_refused(desk: Desk, run: Subject) -> None:
    with pytest.raises(UsageError):
        approvals.record(desk, "submission", run.id, Approved(TODAY, SIGNERS))
    for kind, text in (("course", "1단위"), ("allowance", "9단위기간")):
        with pytest.raises(UsageError):
            approvals.find_subject(desk, kind, text)


@pytest.mark.parametrize("table", ["paper_approval", "seal_use"])
def test_registers_only_grow(desk: Desk, run: Subject, table: str) -> None:
    approvals.record(desk, "allowance", run.id, Approved(TODAY, SIGNERS))
    approvals.use_seal(desk, "협약서", "가온정밀", 2, "이담당")
    rows = metadata.tables[table]
    for statement in (sa.update(rows).values(memo="x"), sa.delete(rows)):
        with pytest.raises(sa.exc.DatabaseError, match="append_only"), desk.store.write() as connection:
            connection.execute(statement)


def test_the_seals_numbers_have_no_gap_within_the_year(desk: Desk) -> None:
    made = [
        approvals.use_seal(desk, "협약서", "가온정밀", 2, "이담당", on=day)
        for day in (dt.date(2025, 12, 31), TODAY, TODAY, dt.date(2025, 12, 30))
    ]
    with pytest.raises(Refusal):
        approvals.use_seal(desk, "", "가온정밀", 1, "이담당")
    made.append(approvals.use_seal(desk, "수료증", "교육생", 40, "이담당"))
    assert [(row.year, row.number) for row in made] == [(2025, 1), (2026, 1), (2026, 2), (2025, 2), (2026, 3)]
    assert [row.number for row in approvals.list_seal_uses(desk, 2026)] == [1, 2, 3]
    assert len(approvals.list_seal_uses(desk)) == 5


@pytest.mark.parametrize(
    ("document", "recipient", "copies", "asked_by"),
    [("", "가", 1, "나"), ("가", " ", 1, "나"), ("가", "나", 0, "다"), ("가", "나", 1, "")],
)
def test_a_line_of_the_register_is_whole(
    desk: Desk, document: str, recipient: str, copies: int, asked_by: str
) -> None:
    with pytest.raises(Refusal, match="적어 주십시오"):
        approvals.use_seal(desk, document, recipient, copies, asked_by)
    assert approvals.list_seal_uses(desk) == ()


def test_the_seal_is_not_used_on_a_day_to_come(desk: Desk) -> None:
    with pytest.raises(Refusal, match="오지 않은 날"):
        approvals.use_seal(desk, "가", "나", 1, "다", on=TODAY + dt.timedelta(days=1))


def test_a_check_number_must_be_of_a_printed_paper(desk: Desk, tmp_path: Path) -> None:
    done = papers.print_paper(
        desk, Wanted("monthly-report", month="2026-08"), "pdf", tmp_path / "a.pdf", "제출"
    )
    with pytest.raises(Refusal, match="확인번호"):
        approvals.use_seal(desk, "보고서", "중앙", 1, "이담당", check_number="GN-2608-AAAAAA")
    row = approvals.use_seal(desk, "보고서", "중앙", 1, "이담당", check_number=done.check_number.lower())
    assert row.check_number == done.check_number


@pytest.mark.parametrize("role", list(Role))
def test_officers_record_and_others_do_not(
    desk: Desk, run: Subject, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    monkeypatch.setattr(desk, "_rights", rights_of([role]))
    acts: tuple[Callable[[], object], ...] = (
        lambda: approvals.use_seal(desk, "가", "나", 1, "다"),
        lambda: approvals.record(desk, "allowance", run.id, Approved(TODAY, SIGNERS)),
        lambda: approvals.list_approvals(desk),
        lambda: approvals.list_seal_uses(desk),
    )
    for act in acts:
        if role in (Role.VIEWER, Role.ADMINISTRATOR):
            with pytest.raises(NotAllowed):
                act()
        else:
            act()
