"""The open window on the large office with its grid in front."""

from __future__ import annotations

import sys
from typing import Any, cast

from benchmarks.children.large import large_office
from PySide6.QtWidgets import QApplication

from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.start import settle_collector
from regional_desk.desktop.theme import Scheme, Theme


def grid_window(width: int = 1366, height: int = 768) -> tuple[QApplication, Any]:
    """The application and the attendance page, painted once, in a window of this size in pixels."""
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    theme = Theme(application, Scheme.LIGHT)
    theme.apply()
    desk, _ = large_office()
    shell = Shell(desk, theme, Preferences())
    shell.resize(width, height)
    shell.show()
    shell.open_page("attendance")
    application.processEvents()
    settle_collector()  # as the program does a second after the office opened
    return application, cast("Any", shell.current_page())
