"""되돌리기: what a backup holds beside today, where it goes, the secret of its time, and how it ended."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.printing.asking import ask_folder
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.errors import UserError
from regional_desk.services.safety import backups, beside
from regional_desk.services.safety.beside import Line
from regional_desk.store.archives import BackupInfo
from regional_desk.store.restores import Restored

_WHAT, _WHERE, _SECRET, _DONE = range(4)
_HERE = (
    "지금 열린 사무소 자리입니다. 지금 자료를 백업하고 통째로 옮겨 둔 다음 되돌리고, 끝나면 창을 닫습니다."
)
_THERE = "그 폴더에 사무소 자료가 있으면 통째로 옮겨 두고 되돌립니다. 지금 열린 사무소는 그대로입니다."


class RestoreDialog(QDialog):
    """Four steps; nothing is touched before the last button of the third."""

    def __init__(self, context: Context, info: BackupInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._desk, self._info = context, context.desk, info
        self.setWindowTitle("백업에서 되돌리기")
        self.resize(context.theme.size(640), context.theme.size(480))
        self.notice, self.steps = parts.Notice(), QStackedWidget()
        self.into, self.into_words = QLineEdit(str(context.desk.store.folder)), parts.muted()
        self.user, self.secret = QLineEdit(context.desk.actor.login), QLineEdit()
        self.recovery, self.ended = QCheckBox("비밀번호 대신 복구 키로 엽니다"), QLabel()
        self._secret_label = QLabel("그때의 비밀번호")
        self.back_button = parts.button("이전", self.back)
        self.cancel_button = parts.button("그만두기", self.reject)
        self.next_button = parts.button("다음", self.forth, primary=True)
        for page in (self._what(), self._where(), self._how(), self._done()):
            self.steps.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.addWidget(self.notice)
        layout.addWidget(self.steps, 1)
        layout.addLayout(parts.row(self.back_button, None, self.cancel_button, self.next_button))
        self._show_step(_WHAT)

    @classmethod
    def ask(cls, context: Context, info: BackupInfo) -> bool:
        """Whether the office that was open was let go, so that its window must close."""
        dialog = cls(context, info, QApplication.activeWindow())
        dialog.exec()
        closed = dialog.closed_office
        dialog.deleteLater()
        return closed

    @property
    def here(self) -> bool:
        """Whether the backup goes where the open office lies."""
        return Path(self.into.text()).absolute() == self._desk.store.folder.absolute()

    @property
    def closed_office(self) -> bool:
        """Whether the open office was closed for its restored self."""
        return self.here and self._desk.store.session is None

    def back(self) -> None:
        """One step back."""
        self._show_step(self.steps.currentIndex() - 1)

    def forth(self) -> None:
        """One step on; the third begins the restore, the last ends the dialog."""
        step = self.steps.currentIndex()
        if step == _DONE:
            self.accept()
        elif step == _SECRET:
            self._restore()
        else:
            self._show_step(step + 1)

    def _what(self) -> QWidget:
        """What the backup holds beside today."""
        table: Table[Line] = Table(
            (
                Column("항목", lambda line: line.label, width=180),
                Column("백업", lambda line: line.then, width=180, align="right"),
                Column(
                    "지금",
                    lambda line: line.now,
                    width=180,
                    align="right",
                    tone=lambda line: "warn" if line.then != line.now else "muted",
                ),
            ),
            self._context.colour,
            empty="",
            name="백업과 지금",
            scale=self._context.theme.size,
            filtered=False,
        )
        table.set_rows(beside.holdings(self._desk, self._info))
        made, reason = self._info.made_at, backups.reason_label(self._info.reason)
        words = f"{made:%Y-%m-%d %H:%M}의 백업({reason})에 든 것과 지금 자료입니다. 백업 뒤에 적은 것은 되돌린 자료에 없습니다."
        return _page("1. 무엇을", parts.muted(words), table)

    def _where(self) -> QWidget:
        """The folder, and what happens to what lies there."""
        self.into.setAccessibleName("되돌릴 폴더")
        self.into.textChanged.connect(lambda _text: self._show_where())
        line = QWidget()
        row = parts.row(self.into, parts.button("고르기…", self._choose))
        row.setContentsMargins(0, 0, 0, 0)
        line.setLayout(row)
        self._show_where()
        return _page("2. 어디에", line, self.into_words, None)

    def _how(self) -> QWidget:
        """The secret of the backup's time."""
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName("그때의 비밀번호나 복구 키")
        self.user.setAccessibleName("그때의 사용자")
        self.recovery.toggled.connect(self._on_recovery)
        self.secret.returnPressed.connect(self.forth)
        form = QFormLayout()
        form.addRow("그때의 사용자", self.user)
        form.addRow(self._secret_label, self.secret)
        form.addRow("", self.recovery)
        inside = QWidget()
        inside.setLayout(form)
        words = "백업은 만들 때의 비밀번호로 열립니다. 그 뒤에 비밀번호나 열쇠를 바꾸었으면 그때의 것을, 모르면 그때 인쇄한 복구 키를 넣으십시오."
        return _page("3. 그때의 비밀번호", parts.muted(words), inside, None)

    def _done(self) -> QWidget:
        self.ended.setWordWrap(True)
        return _page("4. 되돌렸습니다", self.ended, None)

    def _show_step(self, step: int) -> None:
        self.notice.hide()
        self.steps.setCurrentIndex(step)
        self.back_button.setVisible(step in (_WHERE, _SECRET))
        self.cancel_button.setVisible(step != _DONE)
        self.next_button.setText({_SECRET: "되돌리기", _DONE: "닫기"}.get(step, "다음"))
        if step == _SECRET:
            self.secret.setFocus()

    def _show_where(self) -> None:
        self.into_words.setText(_HERE if self.here else _THERE)

    def _choose(self) -> None:
        folder = ask_folder(self, "되돌릴 폴더", self.into.text())
        if folder is not None:
            self.into.setText(str(folder))

    def _on_recovery(self, on: bool) -> None:
        self._secret_label.setText("복구 키" if on else "그때의 비밀번호")
        self.secret.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self.user.setEnabled(not on)

    def _restore(self) -> None:
        """Verify, save and exchange beside the window."""
        file, into, login, secret = (
            self._info.file,
            Path(self.into.text()),
            self.user.text(),
            self.secret.text(),
        )
        recovery, desk = self.recovery.isChecked(), self._desk
        open_desk = desk if self.here else None
        self._enable(False)
        job = self._context.jobs.start(
            lambda: backups.restore(
                file, into, login.strip(), secret, desk.clock, recovery=recovery, open_desk=open_desk
            ),
            "되돌리기",
            succeeded=self._on_restored,
            refused=self._on_refused,
        )
        job.ended.connect(lambda: self._enable(True))

    def _on_restored(self, done: Restored) -> None:
        words = [f"● {done.backup.made_at:%Y-%m-%d %H:%M}의 백업을 {done.folder}에 되돌렸습니다."]
        if done.saved is not None:
            words.append(f"되돌리기 직전의 자료는 백업했습니다: {done.saved.file.name}")
        if done.aside is not None:
            words.append(f"전에 있던 파일은 그대로 옮겨 두었습니다: {done.aside}")
        words.append(
            "다시 열어 내용을 확인하십시오. 확인하고 [관리 → 백업]에서 켤 때까지 자동 백업은 쉽니다."
            + (" 이제 창을 닫습니다." if self.closed_office else "")
        )
        self.ended.setText("\n\n".join(words))
        self.secret.clear()
        self._show_step(_DONE)

    def _on_refused(self, error: UserError) -> None:
        self.notice.show_error(error)
        if (
            self.closed_office
        ):  # it was saved and closed, but not exchanged: whoever opens it finds it as it was
            self.back_button.hide()
            self.next_button.hide()

    def _enable(self, on: bool) -> None:
        for button in (self.back_button, self.cancel_button, self.next_button):
            button.setEnabled(on)


def _page(title: str, *widgets: QWidget | None) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(parts.heading(title))
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget, int(isinstance(widget, Table)))
    return page
