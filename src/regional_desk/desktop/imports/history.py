"""지난 가져오기와 저장된 열 맞춤: an import taken back as a whole, a mapping changed or forgotten."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox, QTabWidget, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.imports.layout_list import LayoutList
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.masking import Masking
from regional_desk.errors import UserError
from regional_desk.services.importing import import_undo
from regional_desk.services.importing.import_undo import Imported, Undone
from regional_desk.services.importing.imports import KIND_LABELS

_SIZE = (980, 560)


class ImportHistory(QWidget):
    """The imports, newest first, and the button that takes one back."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.notice = parts.Notice()
        self.table = Table(
            _columns(),
            context.colour,
            empty="가져온 파일이 없습니다.",
            name="지난 가져오기",
            scale=context.theme.size,
        )
        self.table.view.selectionModel().currentRowChanged.connect(lambda *_at: self._show())
        self.undo_button = parts.button("고른 가져오기 되돌리기", self.take_back)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        for widget in (self.notice, self.table, self.told):
            layout.addWidget(widget)
        layout.setStretchFactor(self.table, 1)
        layout.addLayout(parts.row(None, self.undo_button))
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        try:
            self.table.set_rows(import_undo.list_imports(self._context.desk))
        except UserError as error:
            self.notice.show_error(error)
        if self.chosen() is None:
            self.table.view.selectRow(0)
        self._show()

    def chosen(self) -> Imported | None:
        """The import under the cursor."""
        return self.table.current()

    def take_back(self) -> None:
        """Ask, then take the chosen import back beside the window."""
        row = self.chosen()
        if row is None or not sure(self, row.file_name, row.counts["new"], row.counts["updated"]):
            return
        desk = self._context.desk
        self.undo_button.setEnabled(False)
        job = self._context.jobs.start(
            lambda: import_undo.undo(desk, row.id),
            "가져오기 되돌리기",
            succeeded=self._on_undone,
            refused=self.notice.show_error,
        )
        job.ended.connect(self.refresh)

    def _on_undone(self, done: Undone) -> None:
        self.told.setText("\n".join(undone_lines(self._context, done)))

    def _show(self) -> None:
        row = self.chosen()
        self.undo_button.setEnabled(row is not None and row.open)


class HistoryDialog(QDialog):
    """Both lists in one window."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self.setWindowTitle("지난 가져오기와 열 맞춤")
        self.resize(*(context.theme.size(length) for length in _SIZE))
        self.imports, self.layouts = ImportHistory(context), LayoutList(context)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.tabBar().setDrawBase(False)
        tabs.addTab(self.imports, "지난 가져오기")
        tabs.addTab(self.layouts, "저장된 열 맞춤")
        layout = QVBoxLayout(self)
        layout.addWidget(tabs, 1)
        layout.addLayout(parts.row(None, parts.button("닫기", self.accept)))


def sure(parent: QWidget, file_name: str, new: int, updated: int) -> bool:
    """Ask before a whole import goes."""
    words = (
        f"'{file_name}' 가져오기를 되돌립니다.\n신규 {new:,}건은 지우고 바뀐 {updated:,}건은 옛값으로 돌립니다. "
        "그 뒤에 손댄 것은 남기고 이름을 보여 줍니다."
    )
    box = QMessageBox(QMessageBox.Icon.Question, "가져오기 되돌리기", words, parent=parent)
    go = box.addButton("되돌리기", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("그만두기", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is go


def undone_lines(context: Context, done: Undone) -> list[str]:
    """What was taken back and what stayed, in words."""
    lines = [f"✔ 되돌렸습니다: 지움 {done.deleted:,} · 옛값으로 {done.restored:,} · 남김 {len(done.kept):,}"]
    if done.kept and context.masking is Masking.MASKED:
        return [*lines, "남긴 것의 이름은 손님 모드에서는 보이지 않습니다."]
    return lines + [f"남김 {one.name}: {one.what}{f' — {one.by}' if one.by else ''}" for one in done.kept]


def _columns() -> tuple[Column[Imported], ...]:
    return (
        Column("때", lambda row: f"{row.at:%Y-%m-%d %H:%M}", lambda row: row.at, width=130),
        Column("종류", lambda row: KIND_LABELS[row.kind], width=70),
        Column("파일", lambda row: row.file_name, width=220, tip=lambda row: row.file_name),
        Column("보낸 곳", lambda row: row.sender or "", width=110),
        Column("한 사람", lambda row: row.by, width=80),
        Column("신규", lambda row: f"{row.counts['new']:,}", lambda row: row.counts["new"], "right", 60),
        Column(
            "바뀜", lambda row: f"{row.counts['updated']:,}", lambda row: row.counts["updated"], "right", 60
        ),
        Column(
            "오류", lambda row: f"{row.counts['errors']:,}", lambda row: row.counts["errors"], "right", 60
        ),
        Column("상태", lambda row: "되돌림" if row.undone else "", width=70),
    )
