"""백업 and 점검: whether the office's data is safe and whole."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from regional_desk.desktop import parts
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.printing.asking import ask_folder
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.services import backups, health, logs
from regional_desk.services.health import Finding, Health
from regional_desk.store.backups import SUFFIX, BackupInfo

_MEGABYTE = 1_000_000
_CHAINS = {"change_log": "변경 이력", "access_log": "접속기록"}
_SHORT_HASH = 12


class BackupsPane(Pane):
    """The backups of the office's own place."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[BackupInfo] = Table(
            _backup_columns(),
            context.colour,
            empty="백업이 하나도 없습니다. 지금 백업하십시오.",
            name="백업",
            scale=context.theme.size,
            filtered=False,
        )
        self.lay_out(
            f"백업은 {backups.place(self.desk)}에 암호화되어 모입니다. "
            "PC가 고장 날 때를 위해 다른 디스크에도 두십시오.",
            (self.table,),
            (
                parts.button("확인", self.verify, tip="고른 백업(없으면 가장 새것)을 열어 대조합니다"),
                parts.button("다른 파일 확인…", self.verify_other),
                parts.button("다른 곳에 백업…", self.back_up_elsewhere),
                parts.button("지금 백업", self.back_up, primary=True),
            ),
        )

    def read(self) -> None:
        """Read the backups, newest first."""
        self.table.set_rows(tuple(reversed(backups.list_backups(self.desk))))

    def back_up(self, to: Path | None = None) -> None:
        """Back up beside the window."""
        self.start(lambda: backups.back_up(self.desk, to), "백업", self._on_made)

    def back_up_elsewhere(self) -> None:
        """Back up onto another disk."""
        folder = ask_folder(self, "백업을 둘 폴더")
        if folder is not None:
            self.back_up(folder)

    def verify(self) -> None:
        """Open the chosen backup and compare it."""
        chosen = self.table.current()
        self._verify(chosen.file if chosen else None)

    def verify_other(self) -> None:
        """Open a backup that lies elsewhere."""
        picked, _ = QFileDialog.getOpenFileName(self, "확인할 백업", "", f"백업 (*{SUFFIX})")
        if picked:
            self._verify(Path(picked))

    def _verify(self, file: Path | None) -> None:
        self.start(lambda: backups.verify(self.desk, file), "백업 확인", self._on_verified)

    def _on_made(self, made: BackupInfo) -> None:
        self.say(f"● 백업하고 열어서 확인했습니다: {made.file}")

    def _on_verified(self, found: BackupInfo) -> None:
        self.say(f"● 온전합니다: {found.file.name} — {sum(found.counts.values()):,}줄이 맞습니다")


class ChecksPane(Pane):
    """Looking the whole store over."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[Finding] = Table(
            _finding_columns(),
            context.colour,
            empty="보일 문제가 없습니다. [점검]을 누르면 자료 전체를 살핍니다.",
            name="점검 결과",
            scale=context.theme.size,
            filtered=False,
        )
        self.lay_out(
            "자료 파일, 기록의 사슬, 첨부, 합계, 열쇠 파일, 백업을 살핍니다. 아무것도 고치지 않습니다.",
            (self.table,),
            (
                parts.button("기록 사슬 확인", self.verify_logs),
                parts.button("점검", self.check, primary=True),
            ),
        )

    def read(self) -> None:
        """A check runs when it is asked for, not when the tab opens."""

    def check(self) -> None:
        """Check everything beside the window."""
        self.start(lambda: health.check(self.desk), "점검", self._on_checked)

    def verify_logs(self) -> None:
        """Follow both chains from the first line."""
        self.start(lambda: logs.verify_logs(self.desk), "기록 사슬 확인", self._on_logs)

    def _on_checked(self, done: Health) -> None:
        self.table.set_rows(done.findings)
        now = f"{self.desk.clock.now():%H:%M}"
        hints = f" · 알림 {len(done.findings)}건" if done.findings else ""
        if done.ok:
            self.say(f"● {now} 점검: 이상이 없습니다{hints}")
        else:
            self.say(f"! {now} 점검: 문제를 찾았습니다", "bad")

    def _on_logs(self, breaks: dict[str, int | None]) -> None:
        words = [
            f"{_CHAINS.get(chain, chain)} " + ("온전함" if seq is None else f"{seq}번째 줄부터 끊김")
            for chain, seq in breaks.items()
        ]
        whole = all(seq is None for seq in breaks.values())
        self.say(("● " if whole else "! ") + " · ".join(words), "ok" if whole else "bad")


def _backup_columns() -> tuple[Column[BackupInfo], ...]:
    return (
        Column("만든 때", lambda one: f"{one.made_at:%Y-%m-%d %H:%M:%S}", align="center", width=160),
        Column("파일", lambda one: one.file.name, width=300, tip=lambda one: str(one.file)),
        Column("크기(MB)", lambda one: f"{one.size / _MEGABYTE:.1f}", lambda one: one.size, "right", 80),
        Column(
            "줄 수",
            lambda one: f"{sum(one.counts.values()):,}",
            lambda one: sum(one.counts.values()),
            "right",
            80,
        ),
        Column("SHA-256", lambda one: one.sha256[:_SHORT_HASH], width=120, tip=lambda one: one.sha256),
    )


def _finding_columns() -> tuple[Column[Finding], ...]:
    return (
        Column(
            "정도",
            lambda one: "! 문제" if one.severity == health.PROBLEM else "· 알림",
            align="center",
            width=80,
            tone=lambda one: "bad" if one.severity == health.PROBLEM else "muted",
        ),
        Column("어디", lambda one: one.where, width=150),
        Column("무엇", lambda one: one.message, width=600, tip=lambda one: one.message),
    )
