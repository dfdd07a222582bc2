"""Small pieces every page is put together from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from regional_desk.errors import UserError

_SHOWN_ITEMS = 6
GUESTS = "guests"  # a window's property: somebody looks on
_GUESTS_NOTICE = "! 처리하지 못했습니다. 손님 모드라 까닭을 보이지 않습니다. 손님 모드를 끄고 다시 하십시오."


def title(text: str) -> QLabel:
    """A page's title."""
    label = QLabel(text)
    label.setObjectName("title")
    return label


def heading(text: str) -> QLabel:
    """A heading inside a card."""
    label = QLabel(text)
    label.setObjectName("heading")
    return label


def muted(text: str = "") -> QLabel:
    """A quiet line."""
    label = QLabel(text)
    label.setObjectName("muted")
    label.setWordWrap(True)
    return label


def button(text: str, slot: Callable[[], object], *, primary: bool = False, tip: str = "") -> QPushButton:
    """A button; at most one a page is primary."""
    made = QPushButton(text)
    made.setProperty("primary", primary)
    made.setToolTip(tip)
    made.clicked.connect(lambda _checked=False: slot())
    return made


def set_primary(made: QPushButton, primary: bool) -> None:
    """Make a button the page's primary one, or no more."""
    made.setProperty("primary", primary)
    made.style().unpolish(made)
    made.style().polish(made)


def link(text: str, slot: Callable[[], object]) -> QPushButton:
    """A button that reads as a link."""
    made = button(text, slot)
    made.setObjectName("link")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def set_tone(label: QLabel, text: str, tone: str) -> None:
    """A short state with a colour and always a word or sign; an empty text hides it."""
    if label.property("tone") != tone:
        label.setProperty("tone", tone)
        label.style().unpolish(label)
        label.style().polish(label)
        QApplication.sendEvent(label, QEvent(QEvent.Type.StyleChange))  # its frame learns the padding only so
    label.setText(text)
    if (
        label.parent() is not None or not text
    ):  # before it is laid out it would flash up as a window of its own
        label.setVisible(bool(text))


def row(*widgets: QWidget | int | None, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; None stretches."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        elif isinstance(widget, int):
            layout.addSpacing(widget)
        else:
            layout.addWidget(widget)
    return layout


def card(*content: QWidget | QLayout) -> QFrame:
    """A surface with content stacked on it."""
    frame = QFrame()
    frame.setObjectName("card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(14, 12, 14, 12)
    for one in content:
        if isinstance(one, QWidget):
            layout.addWidget(one)
        else:
            layout.addLayout(one)
    return frame


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()  # it lives until the event loop turns, and would be seen under what comes in its place
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def fit_window(dialog: QWidget, parent: QWidget | None, width: int, height: int) -> None:
    """Give a dialog its size in pixels, but no more than the window it belongs to: large text on a small screen."""
    if parent is not None:
        room = parent.window().size()
        width, height = min(width, room.width()), min(height, room.height())
    dialog.resize(width, height)


class Notice(QFrame):
    """A refusal shown where it happened: the sentence and the places it names."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = button("닫기", self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.addWidget(self._label, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_error(self, error: UserError) -> None:
        """Show what happened and where; while guests look on only that it did, for the reason may name somebody."""
        if _guests_look_on(self):
            self._label.setText(_GUESTS_NOTICE)
            self.setAccessibleDescription(_GUESTS_NOTICE)
            self.show()
            return
        lines = [f"! {error.message}"]
        lines += [f"  · {item.where}: {item.message}" for item in error.items[:_SHOWN_ITEMS]]
        if len(error.items) > _SHOWN_ITEMS:
            lines.append(f"  · 그 밖에 {len(error.items) - _SHOWN_ITEMS}건")
        self._label.setText("\n".join(lines))
        self.setAccessibleDescription(error.message)
        self.show()

    def text(self) -> str:
        """What is shown."""
        return self._label.text() if self.isVisible() else ""


def _guests_look_on(widget: QWidget) -> bool:
    """Whether the widget's window, or the one it was opened from, shows itself to guests."""
    window: QWidget | None = widget.window()
    while window is not None:
        if window.property(GUESTS):
            return True
        window = window.parentWidget()
    return False


def page_layout(page: QWidget, header: Sequence[QWidget | int | None]) -> QVBoxLayout:
    """A page's margins and its header line; return the layout to go on with."""
    page.setObjectName("page")
    layout = QVBoxLayout(page)
    layout.setContentsMargins(18, 14, 18, 10)
    layout.setSpacing(10)
    layout.addLayout(row(*header))
    return layout
