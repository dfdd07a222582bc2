"""더 보기: the pages under 출석, and what is done with the grid as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from regional_desk.desktop.shell import Context

_KEYS = "Ctrl+M"
Tool = tuple[str, Callable[[], None]]  # word and key, act


class ToolsButton(QPushButton):
    """A button whose menu lists acts and pages; made anew each time, as pages are."""

    def __init__(self, context: Context, page: QWidget, acts: Sequence[Tool]) -> None:
        super().__init__("더 보기")
        self._context, self._acts = context, tuple(acts)
        self.setToolTip(_KEYS)
        menu = QMenu(self)
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)
        QShortcut(QKeySequence(_KEYS), page, self.showMenu)

    def fill(self) -> None:
        """List the pages under 출석, then the acts."""
        from regional_desk.desktop.pages import pages_of  # pages know this one

        menu = self.menu()
        menu.clear()
        for spec in pages_of(self._context.desk):
            if spec.under == "attendance":
                menu.addAction(spec.title, partial(self._context.open_page, spec.key))
        menu.addSeparator()
        for word, act in self._acts:
            menu.addAction(word, act)
