from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel
from pytestqt.qtbot import QtBot
from tests.claims_office import pay
from tests.interns import go_to, start_intern

from regional_desk.desktop.admin.adopt_dialog import AdoptDialog
from regional_desk.desktop.admin.certificate import CertificatePane
from regional_desk.desktop.admin.claim_adopt_dialog import ClaimAdoptDialog
from regional_desk.desktop.admin.dates import put_day
from regional_desk.desktop.admin.holidays import HolidayDialog, HolidaysPane
from regional_desk.desktop.admin.page import AdminPage
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.admin.policies import PoliciesPane
from regional_desk.desktop.admin.records import RecordsPane
from regional_desk.desktop.admin.safety import ChecksPane
from regional_desk.desktop.admin.users import UsersPane
from regional_desk.desktop.shell import Shell
from regional_desk.domain.claims import Method as ClaimMethod
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.internships import BreakKind
from regional_desk.domain.policies import Method
from regional_desk.domain.rights import Role, rights_of
from regional_desk.exchange.certificates import make_practice_authority
from regional_desk.services import policies
from regional_desk.services.claims import claim_policy
from regional_desk.services.desk import Desk
from regional_desk.services.internships import interruptions
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.safety import backups

MakeShell = Callable[[Desk], Shell]
PaneType = TypeVar("PaneType", bound=Pane)


def _pane(shell: Shell, tab: str, kind: type[PaneType]) -> PaneType:
    shell.open_page("admin", tab=tab)
    page = shell.current_page()
    assert isinstance(page, AdminPage)
    pane = page.tabs.currentWidget()
    assert isinstance(pane, kind)
    return pane


def _ended(qtbot: QtBot, shell: Shell) -> None:
    qtbot.waitUntil(lambda: not shell.jobs.running, timeout=30_000)


def _default(pane: PoliciesPane) -> policies.Policy:
    found = next(row for row in pane.table.model.rows if row.key == policies.DEFAULT_SCHEME)
    assert isinstance(found, policies.Policy)
    return found


def test_a_policy_is_adopted_with_what_it_rests_on(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    pane = _pane(shell, "policies", PoliciesPane)
    assert _default(pane).adoption is None
    dialog = AdoptDialog(shell.context, _default(pane))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.adopt()
    assert "공문" in dialog.notice.text()
    dialog.reference.setText("지역기업정책과-1234")
    dialog.method.setCurrentIndex(dialog.method.findData(Method.PRORATA.value))
    dialog.adopt()
    assert dialog.result() == AdoptDialog.DialogCode.Accepted
    adopted = _default(pane)
    assert adopted.reference == "지역기업정책과-1234"
    assert adopted.scheme.method is Method.PRORATA


def test_what_settled_terms_would_do_is_seen_before_they_are_adopted(
    shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    pane = _pane(shell, "policies", PoliciesPane)
    dialog = AdoptDialog(shell.context, _default(pane))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.told.text().startswith("바뀌는 사람 0명, +0원")
    assert all(method.label in dialog.told.text() for method in Method)
    dialog.rates[0][0].setValue(10_000)
    qtbot.waitUntil(lambda: len(dialog.table.model.rows) > 0)
    assert "바뀌는 사람 0명" not in dialog.told.text()
    dialog.rates[0][1].setValue(9_000)
    qtbot.waitUntil(lambda: "한도(9,000원)" in dialog.told.text())
    assert not dialog.table.model.rows
    dialog.rates[0][1].setValue(200_000)
    dialog.reference.setText("지침 제9호")
    dialog.adopt()
    assert _default(pane).scheme.components[0].daily_rate == 10_000


def test_the_support_for_internships_is_tried_on_the_offices_own_months_and_adopted(
    shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    assert isinstance(desk.clock, FixedClock)
    found = start_intern(desk, desk.clock, start=dt.date(2026, 9, 1))
    go_to(desk.clock, dt.date(2026, 10, 1))
    pay(desk, found, dt.date(2026, 9, 1), dt.date(2026, 9, 30))
    interruptions.add(desk, found, BreakKind.INTERRUPTION, dt.date(2026, 9, 7), dt.date(2026, 9, 20), "병가")
    shell.open_page("admin", tab="policies", policy=claim_policy.SCHEME)
    pane = _pane(shell, "policies", PoliciesPane)
    words = " ".join(label.text() for label in pane.findChildren(QLabel))
    assert "지원월마다 2,000,000원, 3차까지" in words
    shown = pane.table.current()
    assert shown is not None
    assert (shown.key, shown.adoption) == (claim_policy.SCHEME, None)
    dialog = ClaimAdoptDialog(shell.context)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.told.text().startswith("바뀌는 지원월 0건, +0원")
    assert "확정하지 않은 지원월 1건" in dialog.told.text()
    assert not dialog.table.model.rows
    assert all(method.label in dialog.told.text() for method in ClaimMethod)
    dialog.support.setValue(1_500_000)
    qtbot.waitUntil(lambda: len(dialog.table.model.rows) == 1)
    assert (row := dialog.table.model.rows[0]).amount_after < row.amount_before
    dialog.support.setValue(0)
    qtbot.waitUntil(lambda: "1원 이상" in dialog.told.text())
    assert not dialog.ok.isEnabled()
    dialog.support.setValue(1_500_000)
    dialog.method.setCurrentIndex(dialog.method.findData(ClaimMethod.FULL_ONLY.value))
    dialog.adopt()
    assert "공문" in dialog.notice.text()
    dialog.reference.setText("경남-2026-31")
    dialog.adopt()
    assert dialog.result() == ClaimAdoptDialog.DialogCode.Accepted
    held = claim_policy.read_policy(desk)
    assert (held.reference, held.terms.support, held.terms.method) == (
        "경남-2026-31", 1_500_000, ClaimMethod.FULL_ONLY,
    )  # fmt: skip


def test_a_holiday_is_added_after_seeing_who_changes_and_taken_back(shell: Shell, qtbot: QtBot) -> None:
    pane = _pane(shell, "holidays", HolidaysPane)
    dialog = HolidayDialog(shell.context, None)
    qtbot.addWidget(dialog)
    dialog.show()
    put_day(dialog.day, dt.date(2026, 8, 15))
    qtbot.waitUntil(lambda: "이미 공휴일" in dialog.told.text())
    assert not dialog.ok.isEnabled()
    put_day(dialog.day, dt.date(2026, 8, 28))
    qtbot.waitUntil(lambda: "바뀌는 과정 1개" in dialog.told.text())
    assert dialog.people.model.rows
    dialog.commit()
    assert "근거" in dialog.notice.text()
    dialog.reason.setText("대통령공고 제1호")
    dialog.commit()
    assert dialog.result() == HolidayDialog.DialogCode.Accepted
    (row,) = pane.table.model.rows
    assert (row.day, row.reference) == (dt.date(2026, 8, 28), "대통령공고 제1호")
    back = HolidayDialog(shell.context, row)
    qtbot.addWidget(back)
    back.show()
    assert "바뀌는 과정 1개" in back.told.text()
    back.reason.setText("공고가 취소됨")
    back.commit()
    assert pane.table.model.rows == ()


def test_the_terms_of_the_chosen_policy_stand_in_words(shell: Shell) -> None:
    pane = _pane(shell, "policies", PoliciesPane)
    pane.table.view.selectRow(pane.table.model.rows.index(_default(pane)))
    words = " ".join(label.text() for label in pane.findChildren(QLabel))
    assert "하루 20,000원, 단위기간 400,000원까지" in words
    assert "근거:" in words


def test_only_who_may_adopt_finds_the_button_on(
    make_shell: MakeShell, office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_rights", rights_of([Role.TRAINING]))
    pane = _pane(make_shell(office), "policies", PoliciesPane)
    assert not pane._adopt.isEnabled()
    assert "팀장" in pane._adopt.toolTip()


def test_a_check_shows_hints_and_says_that_all_is_well(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.move_to(desk.clock.now() + dt.timedelta(days=2))
    pane = _pane(shell, "checks", ChecksPane)
    pane.check()
    _ended(qtbot, shell)
    assert "이상이 없습니다" in pane.said.text()
    assert [finding.where for finding in pane.table.model.rows] == ["백업"]


def test_a_lost_attachment_is_found(
    shell: Shell, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from regional_desk.store import attachments

    with desk.store.write() as connection:
        attachments.put(desk.store, connection, b"paper", "application/pdf")
    monkeypatch.setattr(attachments, "files_on_disk", lambda _store: ())
    pane = _pane(shell, "checks", ChecksPane)
    pane.check()
    _ended(qtbot, shell)
    assert pane.said.text().startswith("!")
    assert "첨부" in {finding.where for finding in pane.table.model.rows if finding.severity == "problem"}


def test_both_chains_are_followed(shell: Shell, qtbot: QtBot) -> None:
    pane = _pane(shell, "checks", ChecksPane)
    pane.verify_logs()
    _ended(qtbot, shell)
    assert pane.said.text() == "● 변경 이력 온전함 · 접속기록 온전함"


def test_every_line_of_the_logs_reads_in_korean(
    make_shell: MakeShell, practice: Desk, tmp_path: Path
) -> None:
    papers.print_paper(
        practice, Wanted("monthly-report", month="2026-07"), "pdf", tmp_path / "보고.pdf", "결재"
    )
    backups.back_up(practice)
    pane = _pane(make_shell(practice), "records", RecordsPane)
    columns = {column.title: column.show for column in pane.table.model.columns}
    for at in range(pane.which.count()):
        pane.which.setCurrentIndex(at)
        rows = pane.table.model.rows
        assert [row.seq for row in rows] == sorted((row.seq for row in rows), reverse=True)
        for row in rows:
            assert not re.search(r"[a-z]", columns["한 일"](row) + columns["대상"](row))
            assert not re.search(r"\b[a-z]+_", columns["내용"](row))
            assert columns["누구"](row) == "user01"


def test_a_print_stands_in_the_access_log_with_its_purpose(shell: Shell, desk: Desk, tmp_path: Path) -> None:
    papers.print_paper(
        desk, Wanted("monthly-report", month="2026-08"), "pdf", tmp_path / "a.pdf", "내부 결재"
    )
    pane = _pane(shell, "records", RecordsPane)
    pane.which.setCurrentIndex(1)
    columns = {column.title: column.show for column in pane.table.model.columns}
    newest = pane.table.model.rows[0]
    assert (columns["한 일"](newest), columns["대상"](newest)) == ("출력", "월 운영실적보고")
    assert "용도 내부 결재" in columns["내용"](newest)


def test_who_may_not_see_the_logs_reads_why(
    make_shell: MakeShell, office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_rights", rights_of([Role.TRAINING]))
    pane = _pane(make_shell(office), "records", RecordsPane)
    assert "권한이 없어" in pane.notice.text()
    assert pane.table.model.rows == ()


def test_users_stand_with_their_roles(shell: Shell) -> None:
    pane = _pane(shell, "users", UsersPane)
    (row,) = pane.table.model.rows
    shown = [column.show(row) for column in pane.table.model.columns]
    assert shown[0] == "user01"
    assert {"관리자", "팀장"} <= set(shown[2].split(" · "))


def test_a_certificate_is_registered_with_its_password(
    shell: Shell, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer = make_practice_authority("GN", desk.clock.now()).signer
    file = tmp_path / "office.p12"
    file.write_bytes(signer.pkcs12("secret"))
    pane = _pane(shell, "certificate", CertificatePane)
    assert "아직 등록하지 않아" in pane.state.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args: ("wrong", True))
    pane.register()
    assert pane.notice.text()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args: ("secret", True))
    pane.register()
    assert not pane.notice.text()
    assert signer.name in pane.said.text()
    assert signer.name in pane.state.text()
    assert "유효" in pane.state.text()


def test_a_practice_office_makes_its_own_certificate(make_shell: MakeShell, practice: Desk) -> None:
    pane = _pane(make_shell(practice), "certificate", CertificatePane)
    assert "스스로 만듭니다" in pane.state.text()
