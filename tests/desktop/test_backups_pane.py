"""관리 → 백업: listing, making, verifying, trials, restoring, looking into a backup, and the keeper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.desktop.conftest import LOGIN, PASSWORD

from regional_desk.desktop.admin.backups import BackupsPane
from regional_desk.desktop.admin.beside_dialog import BesideDialog
from regional_desk.desktop.admin.keeper import BackupKeeper, Kept
from regional_desk.desktop.admin.page import AdminPage
from regional_desk.desktop.admin.restore_dialog import RestoreDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.clock import FixedClock
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import contact, people
from regional_desk.services.safety import backups, opening, trials
from regional_desk.services.safety.beside import open_beside
from regional_desk.store import restores

MakeShell = Callable[[Desk], Shell]


@pytest.fixture
def pane(shell: Shell) -> BackupsPane:
    """The tab in front."""
    shell.open_page("admin", tab="backups")
    page = shell.current_page()
    assert isinstance(page, AdminPage)
    found = page.tabs.currentWidget()
    assert isinstance(found, BackupsPane)
    return found


def ended(qtbot: QtBot, shell: Shell) -> None:
    qtbot.waitUntil(lambda: not shell.jobs.running, timeout=30_000)


def later(desk: Desk, span: dt.timedelta) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.move_to(desk.clock.now() + span)


def change(desk: Desk) -> None:
    row = people.list_people(desk)[0]
    contact.set_contact(desk, row.id, {"address": "바뀐 주소", "phone": "01099998888"}, title="연락처")


def shown(pane: BackupsPane) -> list[list[str]]:
    return [[column.show(row) for column in pane.table.model.columns] for row in pane.table.model.rows]


def test_a_backup_is_made_listed_with_its_reason_and_verified(
    pane: BackupsPane, shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    later(desk, dt.timedelta(hours=1))
    pane.back_up()
    assert not any(button.isEnabled() for button in pane._actions)
    ended(qtbot, shell)
    made = pane.table.model.rows[0]
    assert made.file.parent == backups.place(desk)
    assert made.file.name in pane.said.text()
    assert shown(pane)[0][1:3] == ["직접", "이 PC"]
    assert shown(pane)[-1][1] == "가져오기 직전"
    pane.verify()
    ended(qtbot, shell)
    assert "온전합니다" in pane.said.text()
    assert all(button.isEnabled() for button in pane._actions)


def test_a_backup_goes_to_another_disk_and_is_verified_there(
    pane: BackupsPane, shell: Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path / "usb"))
    pane.back_up_elsewhere()
    ended(qtbot, shell)
    (file,) = (tmp_path / "usb").glob("*.rdbackup")
    assert str(file) in pane.said.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    pane.verify_other()
    ended(qtbot, shell)
    assert "온전합니다" in pane.said.text()


def test_a_damaged_backup_is_told(pane: BackupsPane, shell: Shell, qtbot: QtBot) -> None:
    pane.back_up()
    ended(qtbot, shell)
    file = pane.table.model.rows[0].file
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(bytes(data))
    pane.table.view.selectRow(0)
    pane.verify()
    ended(qtbot, shell)
    assert pane.notice.text()
    assert not pane.said.text()


def test_the_second_place_is_chosen_shown_and_given_up(
    pane: BackupsPane, shell: Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "정하지 않았습니다" in pane.second.text()
    usb = tmp_path / "usb"
    usb.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(usb))
    pane.choose_second_place()
    assert "아직 없음" in pane.second.text()
    assert "둘째 백업이 아직 없습니다" in pane.warning.text()
    pane.back_up()
    ended(qtbot, shell)
    assert not pane.warning.text()
    assert shown(pane)[0][2] == "이 PC · 둘째 장소"
    pane.forget_second_place()
    assert "정하지 않았습니다" in pane.second.text()


def test_an_overdue_backup_is_said_at_the_top(pane: BackupsPane, desk: Desk) -> None:
    later(desk, dt.timedelta(days=9))
    pane.refresh()
    assert pane.warning.text() == "! 마지막 백업이 9일 전입니다. 지금 백업하십시오."


def test_a_trial_restore_is_told_and_has_its_certificate(
    pane: BackupsPane, shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(
        "regional_desk.desktop.admin.backups.PreviewDialog.ask",
        lambda _context, wanted, name: asked.append((wanted.document, wanted.number, name)),
    )
    assert not pane._certificate.isEnabled()
    pane.try_restore()
    ended(qtbot, shell)
    assert "제1회 복구 훈련" in pane.said.text()
    assert "복구됨" in pane.tried.text()
    pane.show_certificate()
    assert asked == [("restore-certificate", 1, "복구 훈련 확인증 제1회")]


def test_a_backup_is_restored_step_by_step_into_another_folder(
    pane: BackupsPane, shell: Shell, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    made = backups.back_up(desk)
    change(desk)
    dialog = RestoreDialog(shell.context, made)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.forth()
    dialog.into.setText(str(tmp_path / "again"))
    assert "그대로입니다" in dialog.into_words.text()
    dialog.forth()
    dialog.secret.setText("wrong-password")
    dialog.forth()
    ended(qtbot, shell)
    assert "맞지 않습니다" in dialog.notice.text()
    dialog.secret.setText(PASSWORD)
    dialog.forth()
    ended(qtbot, shell)
    assert "되돌렸습니다" in dialog.ended.text()
    assert not dialog.closed_office
    assert restores.read_flag(tmp_path / "again") is not None
    assert len(people.list_people(desk)) == 58


def test_the_open_office_is_saved_closed_and_exchanged(
    pane: BackupsPane, shell: Shell, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backups.back_up(desk)
    change(desk)
    opened: list[RestoreDialog] = []

    def carry_through(dialog: RestoreDialog) -> None:
        opened.append(dialog)
        dialog.forth()
        dialog.forth()
        dialog.secret.setText(PASSWORD)
        dialog.forth()
        ended(qtbot, shell)

    monkeypatch.setattr(RestoreDialog, "exec", carry_through)
    pane.table.choose(lambda row: row.file == made.file)
    pane.restore()
    assert "창을 닫습니다" in opened[0].ended.text()
    assert not shell.isVisible()
    again = opening.open_office(desk.store.folder, LOGIN, PASSWORD, desk.clock)
    assert people.list_people(again)[0].address != "바뀐 주소"
    assert backups.list_backups(again)[-1].reason == "before:restore"
    again.store.close()


def test_a_restored_office_asks_before_automatic_work_goes_on(
    make_shell: MakeShell, office: Desk, tmp_path: Path
) -> None:
    made = backups.back_up(office)
    backups.restore(made.file, tmp_path / "again", LOGIN, PASSWORD, office.clock)
    again = opening.open_office(tmp_path / "again", LOGIN, PASSWORD, office.clock)
    shell = make_shell(again)
    shell.open_page("admin", tab="backups")
    page = shell.current_page()
    assert isinstance(page, AdminPage)
    pane = page.tabs.currentWidget()
    assert isinstance(pane, BackupsPane)
    assert "되돌린 자료라" in pane.warning.text()
    assert pane.resume_button.isVisible()
    pane.resume()
    assert not pane.resume_button.isVisible()
    assert not backups.paused(again)
    shell.rest()
    again.store.close()


def test_what_differs_from_a_backup_is_shown_and_brought_back(
    pane: BackupsPane, shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    made = backups.back_up(desk)
    change(desk)
    opened = open_beside(desk, made.file)
    dialog = BesideDialog(shell.context, opened)
    qtbot.addWidget(dialog)
    dialog.show()
    (record,) = dialog.records.model.rows
    assert record.where == "연락처·계좌"
    assert [line.label for line in dialog.lines.model.rows] == ["연락처", "주소"]
    dialog.bring_back()
    assert "되가져왔습니다" in dialog.said.text()
    assert dialog.records.model.rows == ()
    assert not dialog._bring.isEnabled()
    opened.close()
    assert people.list_people(desk)[0].address != "바뀐 주소"


def test_guests_see_that_a_record_differs_but_not_what_stands_in_it(
    shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    made = backups.back_up(desk)
    change(desk)
    shell.ui.guests.click()
    opened = open_beside(desk, made.file)
    dialog = BesideDialog(shell.context, opened)
    qtbot.addWidget(dialog)
    columns = {column.title: column for column in dialog.lines.model.columns}
    assert {columns["지금"].show(line) for line in dialog.lines.model.rows} == {"(가림)"}
    name = people.list_people(desk)[0].name
    assert name not in {column.show(dialog.records.model.rows[0]) for column in dialog.records.model.columns}
    opened.close()


def test_the_keeper_backs_up_and_tries_a_restore_when_they_are_due(
    shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    later(desk, dt.timedelta(minutes=31))
    change(desk)
    keeper = BackupKeeper(desk, shell.jobs, shell, interval=10)
    with qtbot.waitSignal(keeper.kept, timeout=30_000) as first:
        pass
    keeper.stop()
    ended(qtbot, shell)
    assert first.args is not None
    done = first.args[0]
    assert isinstance(done, Kept)
    assert done.backup is not None
    assert done.backup.reason == "timed"
    assert done.trial is not None
    assert done.trial.ok
    with qtbot.waitSignal(keeper.kept, timeout=30_000) as second:
        keeper.look()
    assert second.args == [Kept(None, None)]
    assert len(trials.list_trials(desk)) == 1


def test_the_keeper_tells_what_went_wrong_and_goes_on(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    later(desk, dt.timedelta(minutes=31))
    change(desk)
    place = backups.place(desk)
    place.rename(place.with_name("gone"))
    place.write_bytes(b"not a folder")
    keeper = BackupKeeper(desk, shell.jobs, shell)
    with qtbot.waitSignal(keeper.told, timeout=30_000) as told:
        keeper.look()
    assert told.args is not None
    assert "백업을 쓰지 못했습니다" in told.args[0]
    ended(qtbot, shell)
    place.unlink()
    with qtbot.waitSignal(keeper.kept, timeout=30_000):
        keeper.look()
    assert [one.reason for one in backups.list_backups(desk)] == ["timed"]
