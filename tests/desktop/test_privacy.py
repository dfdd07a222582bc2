"""관리 → 개인정보 and 날인·결재, at the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from regional_desk.desktop.admin.erase_dialog import EraseDialog, Erasing
from regional_desk.desktop.admin.loss_dialog import LossDetail, LossDialog, NewLoss
from regional_desk.desktop.admin.page import AdminPage
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.admin.privacy import PrivacyPane
from regional_desk.desktop.admin.seal_dialogs import ApprovalDialog, SealDialog
from regional_desk.desktop.admin.seals import SealsPane
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.today.due import read_today
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.loss import LossKind, LossState
from regional_desk.domain.retention import Then
from regional_desk.domain.rights import Role, rights_of
from regional_desk.services.desk import Desk
from regional_desk.services.papers.making import Wanted
from regional_desk.services.pay import allowance
from regional_desk.services.recruitment import people
from regional_desk.services.safety import approvals, backups, logs, loss, retention
from regional_desk.services.safety.approvals import Approved
from regional_desk.services.training import courses

MakeShell = Callable[[Desk], Shell]
PaneType = TypeVar("PaneType", bound=Pane)
LATER = dt.datetime(2026, 12, 15, 14, tzinfo=KST)  # the applicants' term is over
APPROVED = Approved(dt.date(2026, 12, 15), (("단장", "박단장"),))
DISPOSE = Erasing("보존기간 만료", early=False, until=dt.date(2030, 1, 1), approved=APPROVED)


@pytest.fixture
def later(office: Desk) -> Desk:
    """The office when the applicants' term is over."""
    assert isinstance(office.clock, FixedClock)
    office.clock.move_to(LATER)
    return office


@pytest.fixture
def shell_of_later(make_shell: MakeShell, later: Desk) -> Shell:
    return make_shell(later)


@pytest.fixture
def privacy(shell_of_later: Shell) -> PrivacyPane:
    return _pane(shell_of_later, "privacy", PrivacyPane)


@pytest.fixture
def seals(shell_of_later: Shell) -> SealsPane:
    return _pane(shell_of_later, "seals", SealsPane)


def _pane(shell: Shell, tab: str, kind: type[PaneType]) -> PaneType:
    shell.open_page("admin", tab=tab)
    page = shell.current_page()
    assert isinstance(page, AdminPage)
    pane = page.tabs.currentWidget()
    assert isinstance(pane, kind)
    return pane


def _ended(qtbot: QtBot, pane: Pane) -> None:
    qtbot.waitUntil(lambda: not pane.context.jobs.running, timeout=30_000)


def _cells(pane: PrivacyPane) -> dict[str, str]:
    (row, *_) = pane.due.model.rows
    return {column.title: column.show(row) for column in pane.due.model.columns}


def test_the_due_list_shows_why_and_since_when(privacy: PrivacyPane) -> None:
    assert len(privacy.due.model.rows) == 18
    shown = _cells(privacy)
    assert shown["구분"] == "미선발 지원자"
    assert shown["언제부터"] == "2026. 11. 30."
    assert "선발 결과 뒤 90일" in shown["까닭"]
    assert privacy.which.itemText(0) == "보존기간이 끝난 사람 18"


def test_people_are_disposed_of_in_two_steps(
    privacy: PrivacyPane, later: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Then, int]] = []

    def ask(_desk: Desk, then: Then, count: int, _parent: object, *, early: bool) -> Erasing:
        asked.append((then, count))
        return DISPOSE

    monkeypatch.setattr(EraseDialog, "ask", ask)
    privacy.erase(Then.DISPOSE)
    assert asked == []
    assert "목록에서 고르십시오" in privacy.said.text()
    names = {row.person: row.name for row in privacy.due.model.rows}
    privacy.due.view.selectRow(0)
    gone = privacy.due.model.rows[0].person
    privacy.erase(Then.DISPOSE)
    _ended(qtbot, privacy)
    assert asked == [(Then.DISPOSE, 1)]
    assert "1명을 파기했습니다" in privacy.said.text()
    assert "2028. 12. 15.까지" in privacy.said.text()
    assert {row.id: row.name for row in people.list_people(later)}[gone] == "파기-0001"
    assert len(privacy.due.model.rows) == len(names) - 1
    privacy.which.setCurrentIndex(2)
    columns = {column.title: column.show for column in privacy.register.model.columns}
    (line,) = privacy.register.model.rows
    assert (columns["번호"](line), columns["사람 수"](line)) == ("2026-1", "1명")
    assert columns["결재"](line) == "단장 박단장 (2026. 12. 15.)"
    assert privacy.register.isVisible()
    assert not privacy.due.isVisible()


def test_thinking_better_of_it_changes_nothing(
    privacy: PrivacyPane, later: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EraseDialog, "ask", lambda *_args, **_more: None)
    privacy.due.view.selectRow(0)
    privacy.erase(Then.DISPOSE)
    assert retention.list_disposals(later) == ()


def test_a_separation_is_made_and_read_back_for_a_purpose(
    privacy: PrivacyPane, later: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EraseDialog, "ask", lambda *_args, **_more: DISPOSE)
    name = {row.id: row.name for row in people.list_people(later)}[privacy.due.model.rows[0].person]
    privacy.due.view.selectRow(0)
    privacy.erase(Then.SEPARATE)
    _ended(qtbot, privacy)
    assert "2030. 1. 1.까지 분리보관했습니다" in privacy.said.text()
    privacy.read_back()
    assert "먼저 고르십시오" in privacy.said.text()
    privacy.apart.view.selectRow(0)
    shown: list[str] = []
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_more: Answer("감사 자료 확인"))
    monkeypatch.setattr(QMessageBox, "information", lambda *args: shown.append(args[-1]))
    privacy.read_back()
    assert f"성명: {name}" in shown[0]
    assert logs.read_log(later, access=True)[0].action == "erase.read"


def test_guests_do_not_read_what_was_set_apart(
    privacy: PrivacyPane, shell_of_later: Shell, later: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    retention.separate(later, [privacy.due.model.rows[0].person], "감사", dt.date(2030, 1, 1))
    shell_of_later.ui.guests.click()
    privacy.refresh()
    assert all("*" in row.name for row in privacy.due.model.rows)
    privacy.which.setCurrentIndex(1)
    privacy.apart.view.selectRow(0)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_more: Answer("구경"))
    monkeypatch.setattr(QMessageBox, "information", lambda *_args: pytest.fail("shown to guests"))
    privacy.read_back()
    assert privacy.notice.isVisible()


def test_a_person_may_ask_to_be_erased_early(
    privacy: PrivacyPane, later: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = {row.person for row in privacy.due.model.rows}
    row = next(one for one in people.list_people(later) if one.id not in due)
    early = Erasing("요구서 3호", early=True, until=dt.date(2030, 1, 1), approved=APPROVED)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args: (f"{row.name} {row.birth}", True))
    monkeypatch.setattr(EraseDialog, "ask", lambda *_args, **_more: early)
    privacy.by_request()
    _ended(qtbot, privacy)
    assert retention.list_disposals(later)[0].basis == "정보주체 요구 · 요구서 3호"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args: ("없는이름", True))
    privacy.by_request()
    assert "없습니다" in privacy.notice.text()


def test_the_dialog_asks_for_basis_approver_and_a_tick(later: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = EraseDialog(later, Then.DISPOSE, 2, None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.ok.text() == "2명 파기"
    assert not dialog.ui.until.isVisible()
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("근거를", lambda: dialog.ui.basis.setText("만료")),
        ("결재한 사람을", lambda: dialog.form.boxes["단장"].setText("박단장")),
        ("되돌릴 수 없음을", lambda: dialog.ui.sure.setChecked(True)),
    )
    for words, fill in steps:
        dialog.ok.click()
        assert words in dialog.ui.message.text()
        fill()
    dialog.form.file = tmp_path / "없음.pdf"
    dialog.ok.click()
    assert "읽지 못했습니다" in dialog.ui.message.text()
    dialog.form.file = None
    dialog.ok.click()
    assert dialog.answer is not None
    assert dialog.answer.approved.signers == (("단장", "박단장"),)


def test_the_dialog_of_a_separation_asks_until_when(later: Desk, qtbot: QtBot) -> None:
    dialog = EraseDialog(later, Then.SEPARATE, 1, None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.ui.until.isVisible()
    assert not dialog.form.isVisible()
    dialog.ui.basis.setText("감사")
    dialog.ok.click()
    assert dialog.answer is not None
    assert dialog.answer.until == dt.date(2027, 12, 15)


@pytest.mark.parametrize(
    ("role", "lists", "erases", "reports"),
    [
        (Role.DIRECTOR, True, True, True),
        (Role.ADMINISTRATOR, True, False, True),
        (Role.TRAINING, False, False, True),
        (Role.VIEWER, False, False, False),
    ],
)
def test_each_role_sees_its_part_of_the_tab(
    make_shell: MakeShell,
    later: Desk,
    monkeypatch: pytest.MonkeyPatch,
    role: Role,
    *,
    lists: bool,
    erases: bool,
    reports: bool,
) -> None:
    shell = make_shell(later)
    monkeypatch.setattr(later, "_rights", rights_of([role]))
    pane = _pane(shell, "privacy", PrivacyPane)
    assert pane.head.isVisible() is lists
    assert pane.due.isVisible() is lists
    assert all(act.isEnabled() is erases for act in pane._erasing)
    assert pane.losses.report_button.isEnabled() is reports
    assert not pane.notice.isVisible()


def test_a_loss_is_reported_told_of_and_closed(
    privacy: PrivacyPane, later: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = NewLoss(
        LossKind.LAPTOP, "출장 가방째", dt.date(2026, 12, 14), LATER - dt.timedelta(hours=20), ""
    )
    monkeypatch.setattr(LossDialog, "ask", lambda *_args: wanted)
    privacy.losses.report()
    _ended(qtbot, privacy)
    assert "제1호로 신고했습니다. 관련된 사람 58명" in privacy.said.text()
    columns = {column.title: column.show for column in privacy.losses.table.model.columns}
    (row,) = privacy.losses.table.model.rows
    assert columns["통지 기한"](row) == "! 52시간 남음"
    assert any("분실 신고 제1호 · 52시간 남음" in one.title for one in read_today(later).due)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_more: Answer("58명 통지"))
    privacy.losses.take_on(LossState.REPORTED)
    assert loss.find_loss(later).state is LossState.REPORTED
    assert not any("분실 신고" in one.title for one in read_today(later).due)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_more: Answer("회수"))
    privacy.losses.take_on(LossState.CLOSED)
    privacy.losses.take_on(LossState.REPORTED)
    assert "앞으로만" in privacy.notice.text()
    assert loss.find_loss(later).row.memo == "58명 통지 / 회수"


def test_the_line_of_today_leads_to_the_loss(make_shell: MakeShell, later: Desk) -> None:
    loss.report(later, LossKind.USB, "USB", LATER.date(), LATER)
    line = next(one for one in read_today(later).due if "분실 신고" in one.title)
    shell = make_shell(later)
    shell.open_page(line.page, **line.where)
    page = shell.current_page()
    assert isinstance(page, AdminPage)
    assert page.tabs.currentWidget() is page.panes["privacy"]
    assert line.tone == "bad"


def test_the_loss_form_keeps_its_days_in_order(later: Desk, qtbot: QtBot) -> None:
    backups.back_up(later)
    dialog = LossDialog(later, None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.ui.backup.isVisible()
    dialog._on_accepted()
    assert "무엇을" in dialog.ui.message.text()
    dialog.ui.description.setText("USB 한 개")
    dialog.ui.kind.setCurrentIndex(dialog.ui.kind.findData(LossKind.USB.value))
    assert dialog.ui.backup.isVisible()
    assert dialog.ui.backup.count() == 1 + len(backups.list_backups(later))
    dialog.ui.backup.setCurrentIndex(1)
    dialog.ui.noticed.setDate(dialog.ui.noticed.date().addDays(-1))
    dialog._on_accepted()
    assert "안 때보다 뒤" in dialog.ui.message.text()
    dialog.ui.lost.setDate(dialog.ui.noticed.date())
    dialog._on_accepted()
    assert dialog.result() == LossDialog.DialogCode.Accepted
    filled = dialog.filled()
    assert filled.kind is LossKind.USB
    assert filled.noticed_at == LATER - dt.timedelta(days=1)
    assert filled.backup.endswith(".rdbackup")


def test_a_loss_shows_the_steps_and_whom_to_tell(shell_of_later: Shell, later: Desk, qtbot: QtBot) -> None:
    found = loss.report(later, LossKind.LAPTOP, "노트북", LATER.date(), LATER)
    dialog = LossDetail(shell_of_later.context, found)
    qtbot.addWidget(dialog)
    dialog.show()
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for part in ("AES-256", "□ 관리 → 열쇠·잠금", "알릴 사람 58명", "교육생(과정에 등록된 사람) 40명"):
        assert part in words
    assert len(dialog.people.model.rows) == 58


def test_the_papers_of_the_tabs_are_previewed(
    privacy: PrivacyPane, seals: SealsPane, later: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Wanted] = []
    monkeypatch.setattr(PreviewDialog, "ask", lambda _context, wanted, _name="": shown.append(wanted))
    loss.report(later, LossKind.LAPTOP, "노트북", LATER.date(), LATER)
    privacy.refresh()
    privacy.show_register()
    privacy.losses.show_paper()
    seals.show_register()
    assert shown == [
        Wanted("disposal-register", number=2026),
        Wanted("loss-notice", number=1),
        Wanted("seal-register", number=2026),
    ]


def test_a_use_of_the_seal_is_written_once_it_is_whole(seals: SealsPane, later: Desk, qtbot: QtBot) -> None:
    dialog = SealDialog(later, None)
    qtbot.addWidget(dialog)
    dialog._on_accepted()
    assert "문서, 받는 곳" in dialog.ui.message.text()
    dialog.ui.document.setText("협약서")
    dialog.ui.recipient.setText("가온정밀")
    dialog.ui.copies.setValue(2)
    dialog._on_accepted()
    assert dialog.made is not None
    assert (dialog.made.number, dialog.made.copies, dialog.made.asked_by) == (1, 2, later.actor.name)
    seals.refresh()
    columns = {column.title: column.show for column in seals.seals.model.columns}
    (row,) = seals.seals.model.rows
    assert (columns["번호"](row), columns["문서"](row)) == ("2026-1", "협약서")


def test_an_approval_is_recorded_with_its_scan_and_opened_again(
    seals: SealsPane, later: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGIONAL_DESK_DATA", str(tmp_path / "data"))
    allowance.draft(later, courses.list_courses(later)[0].id, 1)
    dialog = ApprovalDialog(later, None)
    qtbot.addWidget(dialog)
    assert "1단위기간 훈련수당" in dialog.ui.subject.currentText()
    dialog._on_accepted()
    assert "누가 결재" in dialog.ui.message.text()
    scan = tmp_path / "결재.pdf"
    scan.write_bytes(b"%PDF-1.7 signed")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(scan), ""))
    dialog.form.pick()
    assert dialog.form.ui.scan.text() == "결재.pdf"
    dialog.form.boxes["팀장"].setText("김팀장")
    dialog._on_accepted()
    assert dialog.result() == ApprovalDialog.DialogCode.Accepted
    seals.open_scan()
    assert "먼저 고르십시오" in seals.said.text()
    seals.refresh()
    seals.approvals.view.selectRow(0)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    seals.open_scan()
    assert Path(opened[0].toLocalFile()).read_bytes() == b"%PDF-1.7 signed"
    columns: dict[str, Any] = {column.title: column.show for column in seals.approvals.model.columns}
    assert columns["결재한 사람"](seals.approvals.model.rows[0]) == "팀장 김팀장"


def test_without_anything_to_approve_the_form_says_so(empty_office: Desk, qtbot: QtBot) -> None:
    dialog = ApprovalDialog(empty_office, None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "아직 없습니다" in dialog.ui.message.text()
    assert approvals.list_approvals(empty_office) == ()


def test_a_viewer_finds_the_registers_closed(
    make_shell: MakeShell, later: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = make_shell(later)
    monkeypatch.setattr(later, "_rights", rights_of([Role.VIEWER]))
    pane = _pane(shell, "seals", SealsPane)
    assert not any(act.isEnabled() for act in pane._actions)
    assert "권한이 없어" in pane.notice.text()
