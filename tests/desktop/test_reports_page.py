from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from regional_desk.desktop.allowance.page import AllowancePage
from regional_desk.desktop.attendance.page import AttendancePage
from regional_desk.desktop.people.page import PeoplePage
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reports import papers_card
from regional_desk.desktop.reports.build_dialog import BuildDialog, Chosen
from regional_desk.desktop.reports.page import ReportsPage
from regional_desk.desktop.shell import Shell
from regional_desk.domain.masking import Masking
from regional_desk.services.desk import Desk
from regional_desk.services.papers import open_points
from regional_desk.services.papers.making import Wanted
from regional_desk.services.pay import allowance
from regional_desk.services.training import courses

MakeShell = Callable[[Desk], Shell]


def _page(shell: Shell, month: str | None = None) -> ReportsPage:
    shell.open_page("reports", **({"month": month} if month else {}))
    page = shell.current_page()
    assert isinstance(page, ReportsPage)
    return page


def _choose(monkeypatch: pytest.MonkeyPatch, folder: Path, reason: str | None = None) -> None:
    chosen = Chosen(folder, "중앙 제출", reason)
    monkeypatch.setattr(BuildDialog, "ask", lambda *_args: chosen)


def _ended(qtbot: QtBot, shell: Shell) -> None:
    qtbot.waitUntil(lambda: not shell.jobs.running, timeout=30_000)


@pytest.fixture
def drafted(office: Desk) -> Desk:
    """An office whose run of the month is drafted, with items that block it."""
    allowance.draft(office, courses.list_courses(office)[0].id, 1)
    return office


def test_months_go_from_now_back_to_the_first_course(make_shell: MakeShell, practice: Desk) -> None:
    page = _page(make_shell(practice))
    assert [page.month.itemData(at) for at in range(page.month.count())] == ["2026-08", "2026-07", "2026-06"]


def test_every_open_point_of_the_month_is_listed(make_shell: MakeShell, drafted: Desk) -> None:
    page = _page(make_shell(drafted))
    assert page.points.model.rows == open_points.open_points(drafted, "2026-08")
    assert page._points_count.text() == f"남은 항목 {len(page.points.model.rows)}"


def test_each_open_point_leads_to_its_record(make_shell: MakeShell, drafted: Desk) -> None:
    shell = make_shell(drafted)
    page = _page(shell)
    for point in page.points.model.rows:
        page.points.opened.emit(point)
        opened = shell.current_page()
        if point.day is not None:
            assert isinstance(opened, AttendancePage)
            place = opened.view.current()
            assert place is not None
            assert opened.model.rows[place.row].trainee == point.trainee
            assert opened.model.days[place.day].day == point.day
        elif point.trainee is not None and "계좌" in point.message:
            assert isinstance(opened, PeoplePage)
        else:
            assert isinstance(opened, AllowancePage)


def test_guests_see_no_names_among_the_open_points(make_shell: MakeShell, drafted: Desk) -> None:
    shell = make_shell(drafted)
    page = _page(shell)
    show = page.points.model.columns[0].show
    named = [point for point in page.points.model.rows if point.trainee is not None]
    assert named
    assert named[0].course is not None
    names = {member.person: member.name for member in courses.course(drafted, named[0].course).members}
    for point in named:
        assert point.trainee is not None
        assert show(point).endswith(f" {names[point.trainee]}")
    shell._on_guests()
    for point in named:
        assert point.trainee is not None
        masked = Masking.MASKED.show_name(names[point.trainee])
        assert show(point) == f"{point.where.removesuffix(names[point.trainee])}{masked}"


def test_the_month_has_registers_statements_and_the_report(make_shell: MakeShell, practice: Desk) -> None:
    page = _page(make_shell(practice), "2026-08")
    kinds = [line[0].document for line in page.papers.table.model.rows]
    assert kinds[-1] == "monthly-report"
    assert {"attendance-register", "allowance-statement"} <= set(kinds)


def test_month_end_makes_every_paper_and_the_submission(
    make_shell: MakeShell, practice: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = make_shell(practice)
    page = _page(shell, "2026-07")
    wanted = len(page.papers.table.model.rows)
    _choose(monkeypatch, tmp_path / "out")
    told: list[tuple[int, int]] = []
    shell.jobs.started.connect(
        lambda job: job.progressed.connect(lambda done, total: told.append((done, total)))
    )
    page.close_month()
    assert not page._close_month.isEnabled()
    _ended(qtbot, shell)
    assert page._close_month.isEnabled()
    assert told[-1] == (wanted + 1, wanted + 1)
    made = {file.suffix for file in (tmp_path / "out").iterdir()}
    assert {".pdf", ".xlsx", ".zip", ".p7s"} <= made
    assert f"문서 {wanted * 2}개와 제출 파일 1차" in page.outcome.said.text()
    (row,) = page.submissions.model.rows
    assert (row.month, row.sequence, row.status) == ("2026-07", 1, "final")


def test_an_open_month_without_a_reason_makes_nothing_and_lists_what_is_open(
    make_shell: MakeShell, drafted: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = make_shell(drafted)
    page = _page(shell)
    _choose(monkeypatch, tmp_path / "out")
    page.close_month()
    _ended(qtbot, shell)
    assert "아무것도 만들지 않았습니다" in page.outcome.notice.text()
    assert not (tmp_path / "out").exists()
    assert page.submissions.model.rows == ()


def test_a_built_submission_verifies_from_where_it_was_made(
    make_shell: MakeShell, practice: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = make_shell(practice)
    page = _page(shell, "2026-07")
    _choose(monkeypatch, tmp_path)
    shell.preferences.set("month_end_folder", str(tmp_path))
    page.build_submission()
    _ended(qtbot, shell)
    page.build_submission()
    _ended(qtbot, shell)
    assert "앞서 만든 것과 같습니다" in page.outcome.said.text()
    page.submissions.view.selectRow(0)
    page.check()
    _ended(qtbot, shell)
    assert "내용이 맞습니다" in page.outcome.said.text()
    assert "제출 대장과 같습니다" in page.outcome.said.text()


def test_a_changed_package_is_told_from_a_whole_one(
    make_shell: MakeShell, practice: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = make_shell(practice)
    page = _page(shell, "2026-07")
    _choose(monkeypatch, tmp_path)
    page.build_submission()
    _ended(qtbot, shell)
    (file,) = tmp_path.glob("*.zip")
    file.write_bytes(file.read_bytes() + b"x")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    page.check()
    _ended(qtbot, shell)
    assert page.outcome.notice.text()
    assert not page.outcome.said.text()


def test_a_paper_is_saved_with_its_purpose_and_its_folder_is_one_click_away(
    make_shell: MakeShell, practice: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = make_shell(practice)
    page = _page(shell, "2026-07")
    monkeypatch.setattr(papers_card, "ask_file", lambda *_args: tmp_path / "보고.pdf")
    monkeypatch.setattr(papers_card, "ask_purpose", lambda *_args: "내부 결재")
    page.papers.save("pdf")
    _ended(qtbot, shell)
    assert (tmp_path / "보고.pdf").read_bytes().startswith(b"%PDF")
    assert "저장됨: 보고.pdf" in page.outcome.said.text()
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page.outcome._open.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_without_a_choice_the_report_is_previewed(
    make_shell: MakeShell, practice: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Wanted] = []
    monkeypatch.setattr(PreviewDialog, "ask", lambda _context, wanted, _name: asked.append(wanted))
    page = _page(make_shell(practice), "2026-07")
    page.papers.preview()
    page.papers.table.view.selectRow(0)
    page.papers.preview()
    assert asked[0] == Wanted("monthly-report", month="2026-07")
    assert asked[1].document == "attendance-register"


def test_printing_without_a_printer_says_what_to_do(make_shell: MakeShell, practice: Desk) -> None:
    page = _page(make_shell(practice))
    page.papers.print_out()
    assert "프린터가 없어" in page.outcome.notice.text()


def test_the_dialog_wants_a_folder_a_purpose_and_a_reason_for_open_points(
    shell: Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = BuildDialog(shell.context, "월 마감", 3)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.accept_values()
    assert "폴더" in dialog._notice.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    dialog._on_browse()
    dialog.purpose.setEditText(" ")
    dialog.accept_values()
    assert "용도" in dialog._notice.text()
    dialog.purpose.setEditText("중앙 제출")
    dialog.accept_values()
    assert "사유" in dialog._notice.text()
    dialog.reason.setText("계좌 확인 중")
    dialog.accept_values()
    assert dialog.chosen == Chosen(tmp_path, "중앙 제출", "계좌 확인 중")


def test_the_folder_is_proposed_again_and_a_closed_month_asks_no_reason(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    shell.preferences.set("month_end_folder", str(tmp_path))
    dialog = BuildDialog(shell.context, "월 마감", 0)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.reason.isVisible()
    dialog.accept_values()
    assert dialog.chosen == Chosen(tmp_path, "내부 결재", None)


def test_a_new_office_has_an_empty_month(make_shell: MakeShell, empty_office: Desk) -> None:
    page = _page(make_shell(empty_office))
    assert page.month.count() == 1
    assert page.points.model.rows == ()
    assert [line[0].document for line in page.papers.table.model.rows] == ["monthly-report"]
