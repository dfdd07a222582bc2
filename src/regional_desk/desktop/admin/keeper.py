"""Backs up and tries restores by itself while the office is open; quiet unless something went wrong."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from regional_desk.desktop.jobs import Jobs
from regional_desk.errors import UserError
from regional_desk.services.desk import Desk
from regional_desk.services.safety import backups, trials
from regional_desk.services.safety.trials import Trial
from regional_desk.store.archives import TIMED, BackupInfo

_LOOK_EVERY = 5 * 60 * 1000  # milliseconds between looks; `backups.due` says when half an hour of use went by


@dataclass(frozen=True, slots=True)
class Kept:
    """What one look did."""

    backup: BackupInfo | None
    trial: Trial | None


class BackupKeeper(QObject):
    """Looks every few minutes whether a backup or a trial restore is due and does it beside the window.

    `told` carries a Korean sentence and its tone where something did not go well; `kept` what was done.
    """

    told = Signal(str, str)
    kept = Signal(object)

    def __init__(
        self, desk: Desk, jobs: Jobs, parent: QObject | None = None, *, interval: int = _LOOK_EVERY
    ) -> None:
        super().__init__(parent)
        self._desk, self._jobs = desk, jobs
        self._busy = False
        self._timer = QTimer(self, interval=interval)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Do what is due, once at a time."""
        if self._busy:
            return
        self._busy = True
        job = self._jobs.start(
            lambda: keep(self._desk), "자동 백업", succeeded=self._on_kept, refused=self._on_refused
        )
        job.ended.connect(self._on_ended)

    def stop(self) -> None:
        """Begin nothing more."""
        self._timer.stop()

    def _on_ended(self) -> None:
        self._busy = False

    def _on_kept(self, done: Kept) -> None:
        if done.backup is not None and done.backup.warning:
            self.told.emit(done.backup.warning, "warn")
        if done.trial is not None and not done.trial.ok:
            self.told.emit(f"복구 훈련에 실패했습니다. {done.trial.message}", "bad")
        self.kept.emit(done)

    def _on_refused(self, error: UserError) -> None:
        self.told.emit(error.message, "bad")


def keep(desk: Desk) -> Kept:
    """Make the timed backup and the weekly trial restore where they are due."""
    made = backups.back_up(desk, reason=TIMED) if backups.due(desk) else None
    tried = trials.trial(desk) if trials.trial_due(desk) else None
    return Kept(made, tried)
