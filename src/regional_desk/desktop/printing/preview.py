"""Seeing a paper before it is printed or saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.printing.asking import ask_file, ask_purpose, title_of
from regional_desk.desktop.printing.pages import Pages
from regional_desk.desktop.printing.printer import print_paper
from regional_desk.desktop.shell import Context
from regional_desk.domain.masking import Masking
from regional_desk.errors import Refusal, UserError
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted

_ZOOMS = (50, 75, 100, 125, 150, 200, 300)
_FIT = 0
_MASKED = "이름을 가려서 보는 동안에는 출력하지 않습니다. 손님 모드를 끄고 다시 하십시오."
_SCREEN_DPI, _POINTS = 96, 72


class PreviewDialog(QDialog):
    """One paper: its pages, saving it as a file and printing it."""

    def __init__(
        self, context: Context, wanted: Wanted, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._wanted = context, wanted
        self.pages: Pages | None = None
        self.at = 0
        self.zoom = context.preferences.get("preview_zoom", _FIT)
        self.name = name or title_of(wanted.document)
        self.setWindowTitle(f"미리보기 — {self.name}")
        parts.fit_window(self, parent, context.theme.size(980), context.theme.size(720))
        self.notice, self._saved = parts.Notice(), QLabel()
        self._sheet = QLabel("문서를 만들고 있습니다…")
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sheet.setAccessibleName("문서 쪽")
        self._area = QScrollArea()
        self._area.setWidget(self._sheet)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.viewport().installEventFilter(self)
        self._where, self._zoomed = QLabel(), QLabel()
        self._buttons = (
            parts.button("PDF 저장", partial(self.save, "pdf")),
            parts.button("xlsx 저장", partial(self.save, "xlsx")),
            parts.button("인쇄", self.print_out, primary=True, tip="Ctrl+P"),
        )
        self._turns = (
            parts.button("◀ 이전", partial(self.turn, -1), tip="PageUp"),
            parts.button("다음 ▶", partial(self.turn, 1), tip="PageDown"),
        )
        self._build()
        self._enable()
        self._area.setFocus()

    @classmethod
    def ask(cls, context: Context, wanted: Wanted, name: str = "") -> None:
        """Show the paper until the person closes it; `name` is proposed for its file."""
        dialog = cls(context, wanted, name=name, parent=QApplication.activeWindow())
        dialog.load()
        dialog.exec()
        dialog.close_pages()
        dialog.deleteLater()

    def load(self) -> None:
        """Make the paper beside the window and show its first page; masked where the screen is."""
        desk = self._context.reading
        self._context.jobs.start(
            lambda: papers.preview_pdf(desk, self._wanted),
            "미리보기 만드는",
            succeeded=self._show,
            refused=self._refuse,
        )

    def turn(self, by: int) -> None:
        """Some pages on or back."""
        if self.pages is not None:
            self._go(min(len(self.pages) - 1, max(0, self.at + by)))

    def set_zoom(self, percent: int) -> None:
        """A size in percent, 0 to see the whole page; remembered."""
        self.zoom = percent
        self._context.preferences.set("preview_zoom", percent)
        self._draw()

    def save(self, file_format: str) -> Path | None:
        """Ask where and for what, then write and record the paper; return the file, None where nothing was written."""
        self.notice.hide()
        if self._masked():
            self.notice.show_error(Refusal(_MASKED))
            return None
        file = ask_file(self, self.name, file_format)
        purpose = ask_purpose(self) if file else None
        if file is None or purpose is None:
            return None
        try:
            done = papers.print_paper(self._context.desk, self._wanted, file_format, file, purpose)
        except UserError as error:
            self.notice.show_error(error)
            return None
        parts.set_tone(self._saved, f"● 저장됨: {done.file.name} (확인번호 {done.check_number})", "ok")
        return done.file

    def print_out(self) -> None:
        """Print the paper, or say why not."""
        self.notice.hide()
        if self._masked():
            self.notice.show_error(Refusal(_MASKED))
            return
        try:
            if print_paper(self._context, self, self._wanted):
                parts.set_tone(self._saved, "● 프린터로 보냈습니다", "ok")
        except UserError as error:
            self.notice.show_error(error)

    def close_pages(self) -> None:
        """Let the paper go."""
        if self.pages is not None:
            self.pages.close()
            self.pages = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A whole page follows the size of its place."""
        if event.type() == QEvent.Type.Resize and self.zoom == _FIT:
            QTimer.singleShot(0, self, self._draw)
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        zooming = (
            parts.button("−", partial(self._step_zoom, -1), tip="작게 (Ctrl+-)"),
            self._zoomed,
            parts.button("+", partial(self._step_zoom, 1), tip="크게 (Ctrl++)"),
            parts.button("쪽 맞춤", partial(self.set_zoom, _FIT), tip="Ctrl+0"),
        )
        back, forth = self._turns
        layout.addLayout(parts.row(back, self._where, forth, 16, *zooming, None, *self._buttons))
        layout.addWidget(self.notice)
        layout.addWidget(self._area, 1)
        layout.addLayout(parts.row(self._saved, None, parts.button("닫기", self.reject)))
        self._saved.hide()
        for keys, slot in (
            ("PgUp", partial(self.turn, -1)),
            ("PgDown", partial(self.turn, 1)),
            ("Ctrl++", partial(self._step_zoom, 1)),
            ("Ctrl+=", partial(self._step_zoom, 1)),
            ("Ctrl+-", partial(self._step_zoom, -1)),
            ("Ctrl+0", partial(self.set_zoom, _FIT)),
            ("Ctrl+P", self.print_out),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    def _show(self, data: bytes) -> None:
        self.pages = Pages(data)
        self._enable()
        self._go(0)

    def _refuse(self, error: UserError) -> None:
        self._sheet.setText("")
        self.notice.show_error(error)

    def _masked(self) -> bool:
        return self._context.masking is Masking.MASKED

    def _go(self, at: int) -> None:
        self.at = at
        self._area.verticalScrollBar().setValue(0)
        self._enable()
        self._draw()

    def _enable(self) -> None:
        count = len(self.pages) if self.pages else 0
        for button in self._buttons:
            button.setEnabled(count > 0 and not self._masked())
        self._turns[0].setEnabled(self.at > 0)
        self._turns[1].setEnabled(self.at + 1 < count)
        self._where.setText(f"{self.at + 1} / {count}쪽" if count else "")

    def _draw(self) -> None:
        if self.pages is None:
            return
        percent = self.zoom or self._fitting()
        ratio = self.devicePixelRatioF()
        picture = QPixmap.fromImage(self.pages.image(self.at, _SCREEN_DPI * percent / 100 * ratio))
        picture.setDevicePixelRatio(ratio)
        self._sheet.setPixmap(picture)
        self._zoomed.setText(f"{percent}%")

    def _fitting(self) -> int:
        """The size in percent that shows the whole page."""
        if self.pages is None:
            return 100
        size, room = self.pages.size(self.at), self._area.viewport().size()
        inch = _SCREEN_DPI / _POINTS
        share = min((room.width() - 8) / (size.width() * inch), (room.height() - 8) / (size.height() * inch))
        return max(10, int(share * 100))

    def _step_zoom(self, by: int) -> None:
        now = self.zoom or self._fitting()
        larger = [zoom for zoom in _ZOOMS if zoom > now]
        smaller = [zoom for zoom in _ZOOMS if zoom < now]
        if by > 0 and larger:
            self.set_zoom(larger[0])
        elif by < 0 and smaller:
            self.set_zoom(smaller[-1])
