"""Megabytes resident with the practice office open and the attendance page in front."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

_MAKE = (
    "import sys; from pathlib import Path; from regional_desk.services.practice.practice import make_practice_office; "
    "from regional_desk.store.keys import KdfCost; "
    "make_practice_office(Path(sys.argv[1]), 'user01', 'password1', cost=KdfCost()).desk.store.close()"
)

folder = Path(tempfile.mkdtemp()) / "office"
subprocess.run([sys.executable, "-c", _MAKE, str(folder)], check=True)

from PySide6.QtWidgets import QApplication  # noqa: E402 - the office is made by another process

from regional_desk.desktop.preferences import Preferences  # noqa: E402 - as above
from regional_desk.desktop.start import Desktop  # noqa: E402 - as above
from regional_desk.domain.clock import SystemClock  # noqa: E402 - as above
from regional_desk.services.safety.opening import open_office  # noqa: E402 - as above

application = QApplication(sys.argv[:1])
application.setStyle("Fusion")
desktop = Desktop(application, Preferences())
desktop.show_unlock(folder)
application.processEvents()
desktop.show_shell(open_office(folder, "user01", "password1", SystemClock()))
desktop.shell.open_page("attendance")
for _ in range(20):
    application.processEvents()
print(psutil.Process().memory_info().rss / 1e6)
