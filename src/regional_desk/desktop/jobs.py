"""Long work beside the window: a plain function runs in a thread, its end comes back to the main thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from regional_desk.errors import UserError

Report = Callable[[int, int], None]


class _Stopped(BaseException):
    """Passes through work that catches exceptions, so that its transaction rolls back."""


class Job(QObject):
    """One piece of work; lives in the main thread and tells how it ended.

    Work that reports its progress can be cancelled: the next report ends it, and whatever transaction it stands in
    rolls back. The end is told as a refusal.
    """

    succeeded = Signal(object)
    refused = Signal(object)  # a UserError
    broke = Signal(object)  # anything else: a bug
    ended = Signal()
    progressed = Signal(int, int)
    _done = Signal(object, object)

    def __init__(
        self, work: Callable[[], Any], title: str, parent: QObject | None = None, *, cancellable: bool = False
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.cancellable = cancellable
        self._work = work
        self._stop = threading.Event()
        self._done.connect(self._on_done)

    def cancel(self) -> None:
        """Ask the work to end at its next report."""
        self._stop.set()

    def report(self, done: int, total: int) -> None:
        """Progress of the work; called from its thread. The last report ends nothing: the work is done."""
        if self._stop.is_set() and done < total:
            raise _Stopped
        self.progressed.emit(done, total)

    @Slot(object, object)
    def _on_done(self, result: object, error: object) -> None:
        self.ended.emit()  # whoever shows a busy state clears it before anything else happens
        if error is None:
            self.succeeded.emit(result)
        elif isinstance(error, UserError):
            self.refused.emit(error)
        else:
            self.broke.emit(error)

    def run(self) -> None:
        """Do the work; called in the pool's thread."""
        try:
            result = self._work()
        except _Stopped:
            message = f"‘{self.title}’ 작업을 멈췄습니다. 저장된 자료는 그대로이고, 그때까지 만든 파일은 폴더에 남아 있습니다."
            self._done.emit(None, UserError(message))
        except BaseException as error:  # noqa: BLE001 - the thread's boundary: every end is told to the window
            self._done.emit(None, error)
        else:
            self._done.emit(result, None)


class _Runner(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        """Called by the pool."""
        self._job.run()


class Jobs(QObject):
    """Starts jobs and knows which still run."""

    started = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._running: list[Job] = []

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs under way."""
        return tuple(self._running)

    def start(
        self,
        work: Callable[[], Any],
        title: str,
        *,
        succeeded: Callable[[Any], None],
        refused: Callable[[UserError], None],
    ) -> Job:
        """Run `work` beside the window and call back in the main thread; a bug is raised there."""
        return self._start(Job(work, title, self), succeeded, refused)

    def start_counted(
        self,
        work: Callable[[Report], Any],
        title: str,
        *,
        succeeded: Callable[[Any], None],
        refused: Callable[[UserError], None],
    ) -> Job:
        """As `start`, for work that is given a function to report `done, total` through; it can be cancelled."""
        job = Job(lambda: work(job.report), title, self, cancellable=True)
        return self._start(job, succeeded, refused)

    def _start(self, job: Job, succeeded: Callable[[Any], None], refused: Callable[[UserError], None]) -> Job:
        job.ended.connect(lambda: self._end(job))
        job.succeeded.connect(succeeded)
        job.refused.connect(refused)
        job.broke.connect(_raise)
        self._running.append(job)
        self.started.emit(job)
        self._pool.start(_Runner(job))
        return job

    def wait(self) -> None:
        """Let every job end; used when the window closes."""
        self._pool.waitForDone()

    def _end(self, job: Job) -> None:
        self._running.remove(job)
        job.deleteLater()
        if not self._running:
            self.idle.emit()


def _raise(error: object) -> None:
    """A bug in a job reaches the last-resort handler like any other."""
    if isinstance(error, BaseException):
        raise error
