"""The last-resort handler: a bug is logged without personal data and told to the person; the data is safe."""

from __future__ import annotations

import contextlib
import sys
import time
import traceback
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMessageBox

import regional_desk
from regional_desk import paths
from regional_desk.errors import StoreError

LOG_NAME = "errors.log"
_MOST_LOG_BYTES = 1_000_000


def install() -> None:
    """Take over what Python would print and forget."""
    sys.excepthook = handle


def handle(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log, then tell; each step guarded, so that one failing does not hide the other."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    with contextlib.suppress(OSError):
        _log(kind, trace)
    if QApplication.instance() is not None:
        with contextlib.suppress(RuntimeError):
            _tell(kind, error)
    sys.stderr.write("".join(traceback.format_exception(kind, error, trace)))


def _log(kind: type[BaseException], trace: TracebackType | None) -> None:
    """The error's kind and its places in the code; never its message, which may name a person."""
    path = paths.user_data() / LOG_NAME
    if path.exists() and path.stat().st_size > _MOST_LOG_BYTES:
        path.replace(path.with_suffix(".old.log"))
    places = " < ".join(
        f"{frame.filename.rsplit('regional_desk', 1)[-1]}:{frame.lineno} {frame.name}"
        for frame in reversed(traceback.extract_tb(trace))
    )
    with path.open("a", encoding="utf-8") as file:
        file.write(
            f"{time.strftime('%Y-%m-%d %H:%M:%S')} {regional_desk.__version__} {kind.__name__} {places}\n"
        )


def _tell(kind: type[BaseException], error: BaseException) -> None:
    if isinstance(
        error, StoreError
    ):  # the disk fails where no page expected it: its sentence says what to do
        QMessageBox.warning(None, "자료", error.message)
        return
    QMessageBox.critical(
        None,
        "프로그램 오류",
        f"프로그램 오류가 났습니다({kind.__name__}). 저장됨으로 표시된 내용은 모두 남아 있습니다.\n"
        f"같은 일이 되풀이되면 {paths.user_data() / LOG_NAME} 파일을 개발자에게 보내 주십시오.",
    )
