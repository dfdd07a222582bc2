"""Ctrl+K: people, companies, courses, pages and commands by name, 초성, last digits, or typed on the wrong layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from regional_desk.domain.text import compact, digits_only, initials, nfc

_MOST = 12
_EDGE, _WIDTH = 6, 380
_LEAST_DIGITS = 4
_REST = 1000  # milliseconds without a key before what is listed counts as seen
_FIRST, _LAST = 0xAC00, 0xD7A3
_VOWELS, _FINALS = 21, 28
_LEADS, _VOWEL_KEYS, _ENDS = (
    tuple(row.split())
    for row in (
        "r R s e E f a q Q t T d w W c z x v g",
        "k o i O j p u P h hk ho hl y n nj np nl b m ml l",
        "r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g",
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found: what it is called, a quiet word on it, what choosing it does, and whom it is about."""

    title: str
    detail: str
    act: Callable[[], None]
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found; `digits` are numbers whose end may be typed, `show` words it as it may be seen now."""

    name: str
    show: Callable[[], Found]
    digits: tuple[str, ...] = ()


Finder = Callable[[str], Sequence[Found]]


def latin_keys(text: str) -> str:
    """The keys that write a Korean text on the usual two-set layout: 홍길동 → ghdrlfehd; other characters stay."""
    found = []
    for sign in nfc(text):
        if not _FIRST <= ord(sign) <= _LAST:
            found.append(sign)
            continue
        rest, final = divmod(ord(sign) - _FIRST, _FINALS)
        lead, vowel = divmod(rest, _VOWELS)
        found.append(_LEADS[lead] + _VOWEL_KEYS[vowel] + (_ENDS[final - 1] if final else ""))
    return "".join(found)


class Index:
    """Entries with every form one may type them in; asked at each key."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = [
            (compact(one.name), initials(one.name).replace(" ", ""), latin_keys(one.name).lower(), one)
            for one in entries
        ]

    def find(self, typed: str) -> tuple[Found, ...]:
        """What fits, a beginning before a middle, at most a dozen."""
        fits = sorted(self._fits(typed), key=lambda one: one[0])[:_MOST]
        return tuple(entry.show() for _, entry in fits)

    def _fits(self, typed: str) -> Iterator[tuple[int, Entry]]:
        name = compact(typed)
        if not name:
            return
        first = "".join(typed.split())  # 초성 must not be folded: NFKC makes other letters of them
        keys, digits = typed.replace(" ", "").lower(), digits_only(typed)
        numbers = len(digits) >= _LEAST_DIGITS and digits == typed.replace("-", "").strip()
        for whole, starts, latin, entry in self._entries:
            if numbers and any(number.endswith(digits) for number in entry.digits):
                yield 0, entry
            elif whole.startswith(name) or starts.startswith(first):
                yield 1, entry
            elif name in whole or first in starts:
                yield 2, entry
            elif keys.isascii() and latin.startswith(keys):
                yield 3, entry


class SearchBox(QLineEdit):
    """A line that lists what it finds below itself; arrows walk, Enter goes there, Esc leaves."""

    left = Signal()
    rested = Signal(object)  # what is listed a second after the last key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(lambda: self.rested.emit(tuple(self._found)))
        self.finder: Finder | None = None
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._on_edited)
        self._list: QListWidget | None = None
        self._found: Sequence[Found] = ()

    @property
    def shown(self) -> Sequence[Found]:
        """What is listed."""
        return self._found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, go, leave."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._list is not None and self._found:
            self._list.setCurrentRow((self._list.currentRow() + step) % len(self._found))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was found is put away with the focus."""
        super().focusOutEvent(event)
        if self._list is not None:
            self._list.hide()

    def _on_edited(self, text: str) -> None:
        self._rest.start()
        self._found = self.finder(text) if self.finder and text.strip() else ()
        shown = self._drop()
        shown.clear()
        for one in self._found:
            shown.addItem(QListWidgetItem(f"{one.title}   {one.detail}".rstrip()))
        if text.strip() and not self._found:
            nothing = QListWidgetItem("찾은 것이 없습니다. 이름, 초성, 전화번호 뒤 4자리로 찾을 수 있습니다.")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            shown.addItem(nothing)
        shown.setCurrentRow(0 if self._found else -1)
        below = self.mapTo(self.window(), QPoint(0, self.height() + 2))
        height = shown.count() * shown.sizeHintForRow(0) + 2 * _EDGE
        shown.setGeometry(below.x(), below.y(), max(self.width(), _WIDTH), height)
        shown.setVisible(shown.count() > 0)
        shown.raise_()

    def _drop(self) -> QListWidget:
        if self._list is None:
            self._list = QListWidget(self.window())
            self._list.setObjectName("finds")
            self._list.setAccessibleName("찾은 것")
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.itemClicked.connect(lambda _item: self._go())
        return self._list

    def _go(self) -> None:
        at = self._list.currentRow() if self._list is not None else -1
        if 0 <= at < len(self._found):
            chosen = self._found[at]
            self.rested.emit((chosen,))
            self._leave()
            chosen.act()

    def _leave(self) -> None:
        self.clear()
        self._rest.stop()
        self._found = ()
        if self._list is not None:
            self._list.hide()
        self.left.emit()
