"""What an import would do or did: counts, and the lists behind them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.masking import Masking
from regional_desk.domain.tables import RowError
from regional_desk.services.imports import ImportResult

_COUNTS = (
    ("read", "읽음"),
    ("new", "신규"),
    ("updated", "바뀜"),
    ("unchanged", "같음"),
    ("skipped", "건너뜀"),
    ("errors", "오류"),
)
_NOTHING = "파일을 고르면 무엇이 바뀌는지 여기에 먼저 보여 줍니다."
_TABS = ("오류", "바뀌는 것", "알림")


class Results(QWidget):
    """Six counts over three lists."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._counts = {key: QLabel() for key, _ in _COUNTS}
        self.errors = Table(
            _columns(context), context.colour, empty="오류가 없습니다.", name="오류", scale=context.theme.size
        )
        self.changes, self.notices = _lines("바뀌는 것"), _lines("알림")
        self._nothing = parts.muted(_NOTHING)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for widget, title in zip((self.errors, self.changes, self.notices), _TABS, strict=True):
            self.tabs.addTab(widget, title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(parts.row(*(self._count(key, label) for key, label in _COUNTS)))
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self._nothing, 1)
        self.show_result(None)

    def show_result(self, result: ImportResult | None) -> None:
        """Show a preview or what was done; None shows that there is neither yet."""
        self.tabs.setVisible(result is not None)
        self._nothing.setVisible(result is None)
        for key, _ in _COUNTS:
            self._counts[key].setText("–" if result is None else f"{count(result, key):,}")
        errors = () if result is None else result.errors
        changes = () if result is None else result.changes
        notices = () if result is None else result.notices
        self.errors.set_rows(errors)
        guests = self._context.masking is Masking.MASKED
        for box, lines in ((self.changes, changes), (self.notices, notices)):
            hidden = guests and bool(lines)
            box.setPlainText("손님 모드에서는 보이지 않습니다." if hidden else "\n".join(lines))
        sizes = (len(errors), len(changes), len(notices))
        for at, (title, size) in enumerate(zip(_TABS, sizes, strict=True)):
            self.tabs.setTabText(at, f"{title} {size}")
        full = [at for at, size in enumerate(sizes) if size]
        self.tabs.setCurrentIndex(full[0] if full else 0)

    def counts(self) -> dict[str, str]:
        """The counts as shown, by their key."""
        return {key: label.text() for key, label in self._counts.items()}

    def _count(self, key: str, label: str) -> QWidget:
        number = self._counts[key]
        number.setObjectName("title")
        number.setAccessibleName(label)
        return parts.card(parts.muted(label), number)


def count(result: ImportResult, key: str) -> int:
    """One of the six counts."""
    return len(result.errors) if key == "errors" else int(getattr(result, key))


def _columns(context: Context) -> tuple[Column[RowError], ...]:
    def value(error: RowError) -> str:
        return error.value if context.masking is Masking.FULL else "***"

    def reason(error: RowError) -> str:
        """A reason may quote the value, and so a name."""
        return error.message if context.masking is Masking.FULL else "손님 모드에서는 보이지 않습니다."

    return (
        Column("행", lambda error: str(error.row), lambda error: error.row, "right", 50),
        Column("열", lambda error: error.column, width=110),
        Column("값", value, width=140, tip=value),
        Column("사유", reason, width=360, tip=reason),
    )


def _lines(name: str) -> QPlainTextEdit:
    box = QPlainTextEdit()
    box.setReadOnly(True)
    box.setAccessibleName(name)
    box.setPlaceholderText("없습니다.")
    return box
