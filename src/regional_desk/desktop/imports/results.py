"""What an import would do or did: counts, and the lists behind them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.masking import Masking
from regional_desk.domain.tables import RowError
from regional_desk.services.importing.import_plan import Comparison
from regional_desk.services.importing.imports import ImportResult

_COUNTS = (
    ("read", "읽음"),
    ("new", "신규"),
    ("updated", "바뀜"),
    ("unchanged", "같음"),
    ("skipped", "건너뜀"),
    ("errors", "오류"),
)
_NOTHING = "파일을 고르면 무엇이 바뀌는지 여기에 먼저 보여 줍니다."
_TABS = ("오류", "바뀌는 것", "지난 파일과", "알림")
_HIDDEN = "손님 모드에서는 보이지 않습니다."
_FIRST = "보낸 곳을 적으면 그곳의 지난 파일과 견줍니다. 이번이 첫 파일이면 다음부터 견줍니다."


class Results(QWidget):
    """Six counts over four lists, and what can be done with them."""

    failures_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._counts = {key: QLabel() for key, _ in _COUNTS}
        self.errors = Table(
            _columns(context), context.colour, empty="오류가 없습니다.", name="오류", scale=context.theme.size
        )
        self.changes, self.notices = _lines("바뀌는 것"), _lines("알림")
        self.compared = _lines("지난 파일과")
        self.compared.setPlaceholderText(_FIRST)
        self.failures_button = parts.button("오류 행을 파일로…", self.failures_wanted.emit)
        self.failures_button.setToolTip(
            "오류가 난 행을 사유와 함께 엑셀 파일로 만듭니다. 고쳐서 다시 가져올 수 있습니다."
        )
        self.undo_button = parts.button("이 가져오기 되돌리기", self.undo_wanted.emit)
        self._nothing = parts.muted(_NOTHING)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for widget, title in zip(self._boxes(), _TABS, strict=True):
            self.tabs.addTab(widget, title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(parts.row(*(self._count(key, label) for key, label in _COUNTS)))
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self._nothing, 1)
        layout.addLayout(parts.row(self.failures_button, None, self.undo_button))
        self.show_result(None)

    def show_result(self, result: ImportResult | None) -> None:
        """Show a preview or what was done; None shows that there is neither yet."""
        self.failures_button.setVisible(bool(result is not None and result.errors))
        self.undo_button.setVisible(result is not None and result.import_id is not None)
        self.tabs.setVisible(result is not None)
        self._nothing.setVisible(result is None)
        for key, _ in _COUNTS:
            self._counts[key].setText("–" if result is None else f"{count(result, key):,}")
        errors = () if result is None else result.errors
        compared = None if result is None else result.compared
        lists = (
            (self.changes, () if result is None else result.changes),
            (self.compared, compared_lines(compared)),
            (self.notices, () if result is None else result.notices),
        )
        self.errors.set_rows(errors)
        guests = self._context.masking is Masking.MASKED
        for box, lines in lists:
            box.setPlainText(_HIDDEN if guests and lines else "\n".join(lines))
        told = 0 if compared is None else len(compared.new) + len(compared.missing) + len(compared.changed)
        sizes = (len(errors), len(lists[0][1]), told, len(lists[2][1]))
        for at, (title, size) in enumerate(zip(_TABS, sizes, strict=True)):
            self.tabs.setTabText(at, f"{title} {size}")
        full = [at for at, size in enumerate(sizes) if size]
        self.tabs.setCurrentIndex(full[0] if full else 0)

    def show_lines(self, lines: list[str]) -> None:
        """Show what an undo did in place of a result."""
        self.notices.setPlainText("\n".join(lines))
        self.tabs.setTabText(_TABS.index("알림"), f"알림 {len(lines)}")
        self.tabs.setCurrentWidget(self.notices)
        self.tabs.show()
        self._nothing.hide()

    def counts(self) -> dict[str, str]:
        """The counts as shown, by their key."""
        return {key: label.text() for key, label in self._counts.items()}

    def _boxes(self) -> tuple[QWidget, ...]:
        return self.errors, self.changes, self.compared, self.notices

    def _count(self, key: str, label: str) -> QWidget:
        number = self._counts[key]
        number.setObjectName("title")
        number.setAccessibleName(label)
        return parts.card(parts.muted(label), number)


def compared_lines(compared: Comparison | None) -> list[str]:
    """The comparison as lines: what it is compared with, the changed rows first, then who is missing and who is new."""
    if compared is None:
        return []
    lines = [
        f"{compared.sender}의 지난 파일 '{compared.file_name}'({compared.at:%Y-%m-%d %H:%M})과 견주었습니다."
    ]
    lists = (
        ("바뀜", compared.changed),
        ("빠짐 (자료는 바꾸지 않습니다)", compared.missing),
        ("신규", compared.new),
    )
    for title, found in lists:
        lines += ["", f"{title} {len(found)}", *(f"  {line}" for line in found)]
    return lines


def count(result: ImportResult, key: str) -> int:
    """One of the six counts."""
    return len(result.errors) if key == "errors" else int(getattr(result, key))


def _columns(context: Context) -> tuple[Column[RowError], ...]:
    def value(error: RowError) -> str:
        return error.value if context.masking is Masking.FULL else "***"

    def reason(error: RowError) -> str:
        """A reason may quote the value, and so a name."""
        return error.message if context.masking is Masking.FULL else _HIDDEN

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


def sentence(
    result: ImportResult | None, *, busy: bool, opened: bool, committed: bool, undone: bool
) -> tuple[str, str]:
    """What stands on screen, in words, and its tone."""
    if busy:
        return "읽는 중입니다…", "ok"
    if undone:
        return "이 가져오기를 되돌렸습니다. 다시 가져오려면 [미리보기]를 누르십시오.", "ok"
    if not opened:
        return "", "ok"
    if result is None:
        return "열을 맞춘 뒤 [미리보기]를 누르십시오. 아직 아무것도 쓰지 않았습니다.", "warn"
    count = len(result.errors)
    if committed:
        bad = f" 오류 {count}건은 가져오지 않았습니다." if count else ""
        return f"✔ 가져왔습니다: 신규 {result.new:,} · 바뀜 {result.updated:,}.{bad}", "ok"
    bad = f" 오류 {count}건은 가져오지 않습니다." if count else ""
    return f"미리보기입니다. 아직 아무것도 쓰지 않았습니다.{bad}", "warn" if bad else "ok"
