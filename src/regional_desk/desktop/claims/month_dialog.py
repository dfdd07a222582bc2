"""급여명세와 증빙 서류 of one intern's service month, over the page that asked."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.claims.month_pane import MonthPane
from regional_desk.desktop.shell import Context
from regional_desk.domain.text import korean_span
from regional_desk.errors import UsageError
from regional_desk.services.claims import intern_months
from regional_desk.services.claims.intern_months import InternMonth

_WIDTH, _HEIGHT = 860, 640


class MonthDialog(QDialog):
    """The pane with a head that says whose month it is; raise UserError where it is nobody's."""

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        internship: UUID,
        month_no: int,
        paper: str | None = None,
    ) -> None:
        month = _read(context, internship, month_no)
        super().__init__(parent)
        self.setWindowTitle(f"{month_no}차 지원월 — 급여명세와 증빙 서류")
        parts.fit_window(self, parent, context.theme.size(_WIDTH), context.theme.size(_HEIGHT))
        self.pane = MonthPane(context)
        head = f"{month.name} · {month.company_name} · {month_no}차"
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.button(QDialogButtonBox.StandardButton.Close).setText("닫기")
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        span = parts.muted(korean_span(month.start, month.end))
        span.setWordWrap(False)
        layout.addLayout(parts.row(parts.heading(head), span, None))
        layout.addWidget(self.pane, 1)
        layout.addWidget(close)
        self.pane.changed.connect(lambda: self.pane.show_owner(_read(context, internship, month_no)))
        self.pane.left.connect(self.accept)
        self.pane.show_owner(month)
        if paper is not None:
            self.pane.choose_paper(paper)
        self.pane.papers.view.setFocus()

    def run(self) -> None:
        """Show it until it is closed."""
        self.exec()
        self.deleteLater()


def _read(context: Context, internship: UUID, month_no: int) -> InternMonth:
    months = intern_months.read_months(context.reading, internship)
    found = next((one for one in months if one.no == month_no), None)
    if found is None:
        raise UsageError("인턴십이 이 지원월이 되기 전에 끝나 급여명세와 서류를 볼 것이 없습니다.")
    return found
