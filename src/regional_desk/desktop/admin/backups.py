"""백업: how safe the office is, its backups here and on the second place, and what can be done with each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel

from regional_desk.desktop import parts
from regional_desk.desktop.admin.beside_dialog import BesideDialog
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.admin.restore_dialog import RestoreDialog
from regional_desk.desktop.printing.asking import ask_folder
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.rights import Right
from regional_desk.errors import UserError
from regional_desk.services.papers.making import Wanted
from regional_desk.services.safety import backups, beside, trials
from regional_desk.services.safety.backups import BackupState
from regional_desk.services.safety.beside import Beside
from regional_desk.services.safety.trials import Trial
from regional_desk.store.archives import SUFFIX, BackupInfo, read_info

_MEGABYTE = 1_000_000
_SHORT_HASH = 12
_HERE, _SECOND = "이 PC", "둘째 장소"


@dataclass(frozen=True, slots=True)
class Row:
    """One backup and the places it lies in."""

    info: BackupInfo
    places: tuple[str, ...]

    @property
    def file(self) -> Path:
        """Where it is read from."""
        return self.info.file


class BackupsPane(Pane):
    """The backups of the office's own place and of the second one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[Row] = Table(
            _columns(),
            context.colour,
            empty="백업이 하나도 없습니다. 지금 백업하십시오.",
            name="백업",
            scale=context.theme.size,
            filtered=False,
        )
        self.warning, self.second, self.tried = QLabel(), QLabel(), QLabel()
        for label in (self.warning, self.second, self.tried):
            label.setWordWrap(True)
        self.resume_button = parts.button("확인했습니다. 자동 백업 다시 켜기", self.resume)
        self._forget = parts.button("쓰지 않기", self.forget_second_place)
        self._choose = parts.button("고르기…", self.choose_second_place)
        self._certificate = parts.button("확인증…", self.show_certificate)
        self._try = parts.button("복구 훈련", self.try_restore, tip="가장 새 백업을 따로 복구해 봅니다")
        places = parts.row(self.second, self._choose, self._forget)
        places.setStretch(0, 1)
        trial_line = parts.row(self.tried, self._try, self._certificate)
        trial_line.setStretch(0, 1)
        waiting = parts.row(self.warning, self.resume_button)
        waiting.setStretch(0, 1)
        self.lay_out(
            "쓰는 동안 30분마다, 그리고 가져오기와 확정 직전에 스스로 백업하고 열어서 확인합니다. 백업은 암호화되어 있습니다.",
            (parts.card(waiting, places, trial_line), self.table),
            (
                parts.button(
                    "그날로 열어 보기…", self.open_beside, tip="고른 백업과 지금의 다른 점을 봅니다"
                ),
                parts.button("되돌리기…", self.restore),
                parts.button("확인", self.verify, tip="고른 백업(없으면 가장 새것)을 열어 대조합니다"),
                parts.button("다른 파일 확인…", self.verify_other),
                parts.button("다른 곳에 백업…", self.back_up_elsewhere),
                parts.button("지금 백업", self.back_up, primary=True),
            ),
        )
        self.table.opened.connect(lambda _row: self.open_beside())

    def read(self) -> None:
        """Read the backups of both places, newest first, and how safe the office is."""
        self._show_state(backups.state(self.desk))
        past = trials.list_trials(self.desk)
        self.tried.setText(_trial_words(past[0]) if past else "복구 훈련을 아직 하지 않았습니다.")
        self._certificate.setEnabled(bool(past))
        self.table.set_rows(self._rows())

    def back_up(self, to: Path | None = None) -> None:
        """Back up beside the window."""
        self.start(lambda: backups.back_up(self.desk, to), "백업", self._on_made)

    def back_up_elsewhere(self) -> None:
        """Back up onto another disk once."""
        folder = ask_folder(self, "백업을 둘 폴더")
        if folder is not None:
            self.back_up(folder)

    def verify(self) -> None:
        """Open the chosen backup and compare it."""
        chosen = self.table.current()
        self._verify(chosen.file if chosen else None)

    def verify_other(self) -> None:
        """Open a backup that lies elsewhere."""
        picked = self._ask_file("확인할 백업")
        if picked:
            self._verify(picked)

    def choose_second_place(self) -> None:
        """Choose the folder every backup is copied to."""
        folder = ask_folder(self, "둘째 백업 장소 (USB, 다른 디스크, 공유 폴더)")
        if folder is not None:
            self.act(lambda: self._set_place(folder))

    def forget_second_place(self) -> None:
        """Give the second place up."""
        self.act(lambda: self._set_place(None))

    def resume(self) -> None:
        """The restored office was looked at."""
        self.act(lambda: backups.resume(self.desk))

    def try_restore(self) -> None:
        """Restore the newest backup aside and compare it."""
        self.start(lambda: trials.trial(self.desk), "복구 훈련", self._on_tried)

    def show_certificate(self) -> None:
        """The paper of the newest trial, to be printed or saved."""
        number = trials.find_trial(self.desk, None).number
        PreviewDialog.ask(
            self.context, Wanted("restore-certificate", number=number), f"복구 훈련 확인증 제{number}회"
        )

    def open_beside(self) -> None:
        """Open the chosen backup beside today and show what differs."""
        chosen = self.table.current()
        file = chosen.file if chosen else self._ask_file("열어 볼 백업")
        if file is not None:
            self.start(lambda: beside.open_beside(self.desk, file), "백업 여는", self._on_beside)

    def restore(self) -> None:
        """Put a backup back, step by step."""
        chosen = self.table.current()
        file = chosen.file if chosen else self._ask_file("되돌릴 백업")
        if file is None:
            return
        try:
            info = read_info(file)
        except UserError as error:
            self.notice.show_error(error)
            return
        if RestoreDialog.ask(self.context, info):
            self.window().close()  # the office that was open here is another one now

    def _rows(self) -> tuple[Row, ...]:
        here = {one.file.name: one for one in backups.list_backups(self.desk)}
        second = backups.second_place(self.desk)
        there = {one.file.name: one for one in backups.list_backups(self.desk, second)} if second else {}
        rows = [
            Row(
                here.get(name) or there[name],
                tuple(word for word, found in ((_HERE, here), (_SECOND, there)) if name in found),
            )
            for name in here.keys() | there.keys()
        ]
        order = [one.file.name for one in (*here.values(), *there.values())]
        return tuple(
            sorted(rows, key=lambda row: (row.info.made_at, order.index(row.file.name)), reverse=True)
        )

    def _show_state(self, state: BackupState) -> None:
        late = state.last is None or state.paused
        parts.set_tone(
            self.warning, "\n".join(f"! {one}" for one in state.sentences), "bad" if late else "warn"
        )
        self.resume_button.setVisible(state.paused)
        if state.second_place is None:
            self.second.setText("둘째 장소를 정하지 않았습니다. PC가 고장 나면 백업도 함께 잃습니다.")
        else:
            there = "있음" if state.second_present else "지금 없음"
            last = f"{state.last_second:%Y-%m-%d %H:%M}" if state.last_second else "아직 없음"
            self.second.setText(f"둘째 장소: {state.second_place} ({there}) · 마지막 백업 {last}")
        may = self.desk.may(Right.CHANGE_SETTINGS)
        self._choose.setEnabled(may)
        self._forget.setEnabled(may)
        self._forget.setVisible(state.second_place is not None)

    def _set_place(self, folder: Path | None) -> None:
        warning = backups.set_second_place(self.desk, folder)
        if warning:
            self.say(f"! {warning}", "warn")

    def _ask_file(self, title: str) -> Path | None:
        picked, _ = QFileDialog.getOpenFileName(self, title, "", f"백업 (*{SUFFIX})")
        return Path(picked) if picked else None

    def _verify(self, file: Path | None) -> None:
        self.start(lambda: backups.verify(self.desk, file), "백업 확인", self._on_verified)

    def _on_made(self, made: BackupInfo) -> None:
        if made.warning:
            self.say(f"! 이 PC에는 백업했습니다: {made.file.name}. {made.warning}", "warn")
        else:
            where = f" · 둘째 장소: {made.second}" if made.second else ""
            self.say(f"● 백업하고 열어서 확인했습니다: {made.file}{where}")

    def _on_verified(self, found: BackupInfo) -> None:
        self.say(f"● 온전합니다: {found.file.name} — {found.rows:,}줄이 맞습니다")

    def _on_tried(self, done: Trial) -> None:
        self.say(f"{'●' if done.ok else '!'} {_trial_words(done)}", "ok" if done.ok else "bad")

    def _on_beside(self, opened: Beside) -> None:
        BesideDialog.ask(self.context, opened)
        self.refresh()


def _trial_words(done: Trial) -> str:
    result = "복구됨" if done.ok else f"실패 — {done.message}"
    return f"제{done.number}회 복구 훈련 {done.at:%Y-%m-%d %H:%M}: {result} ({done.file_name})"


def _columns() -> tuple[Column[Row], ...]:
    return (
        Column("만든 때", lambda row: f"{row.info.made_at:%Y-%m-%d %H:%M:%S}", align="center", width=160),
        Column("까닭", lambda row: backups.reason_label(row.info.reason), align="center", width=120),
        Column("있는 곳", lambda row: " · ".join(row.places), align="center", width=130),
        Column("줄 수", lambda row: f"{row.info.rows:,}", lambda row: row.info.rows, "right", 80),
        Column(
            "크기(MB)", lambda row: f"{row.info.size / _MEGABYTE:.1f}", lambda row: row.info.size, "right", 80
        ),
        Column("파일", lambda row: row.file.name, width=240, tip=lambda row: str(row.file)),
        Column(
            "SHA-256", lambda row: row.info.sha256[:_SHORT_HASH], width=120, tip=lambda row: row.info.sha256
        ),
    )
