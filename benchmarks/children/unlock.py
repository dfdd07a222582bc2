"""Seconds from the right password to the open office, and to its first page painted; the key costs what set-up chose."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

_MAKE = (
    "import sys; from pathlib import Path; from regional_desk.services.practice.practice import make_practice_office; "
    "make_practice_office(Path(sys.argv[1]), 'user01', 'password1').desk.store.close()"
)

folder = Path(tempfile.mkdtemp()) / "office"
subprocess.run([sys.executable, "-c", _MAKE, str(folder)], check=True)

from PySide6.QtCore import QEventLoop, QThreadPool  # noqa: E402 - the office is made by another process
from PySide6.QtWidgets import QApplication  # noqa: E402 - as above

from regional_desk.desktop.preferences import Preferences  # noqa: E402 - as above
from regional_desk.desktop.start import Desktop  # noqa: E402 - as above

application = QApplication(sys.argv[:1])
application.setStyle("Fusion")
desktop = Desktop(application, Preferences())
window = desktop.show_unlock(folder)
while not window._painted:  # noqa: SLF001 - what the window does after its first paint is part of a person's wait
    application.processEvents()
application.processEvents()
QThreadPool.globalInstance().waitForDone()
times: list[float] = []
window.opened.connect(lambda _desk: times.append(time.perf_counter()))
window.ui.password.setText("password1")
started = time.perf_counter()
window.ui.unlock.click()
while desktop.shell is None:
    application.processEvents(
        QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    )  # spinning would take a core from the key
desktop.shell.grab()
print(times[0] - started if times else 0.0, time.perf_counter() - started)
