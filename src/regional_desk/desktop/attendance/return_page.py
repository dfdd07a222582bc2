"""반납: the laptop's side, which class it holds and the file that goes back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.domain.due import is_overdue
from regional_desk.domain.text import korean_date, korean_span
from regional_desk.errors import UserError
from regional_desk.exchange.lease_pack import RETURNED_SUFFIX
from regional_desk.services.attendance import lent_copies
from regional_desk.services.training import courses

_FILTER = f"반납 파일 (*{RETURNED_SUFFIX})"
_BEFORE = (
    "반납 파일을 만들면 이 대출본은 읽기만 합니다. 파일을 사무소 PC의 [출석 → 반 대출·반납 → 반납 파일 받기]로 여십시오. "
    "파일은 이 대출만 여는 열쇠로 잠겨 있어 비밀번호가 따로 없습니다."
)
_AFTER = (
    "사무소에서 받은 것을 확인한 뒤, 이 PC에서 대출본 폴더를 지우십시오. 파일을 잃었으면 다시 만들 수 있고, "
    "같은 반납을 두 번 받아도 바뀌는 것이 없습니다."
)


class ReturnPage(QWidget):
    """What was lent, until when, and the one thing left to do."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.notice = parts.Notice()
        self.what, self.state = QLabel(), QLabel()
        self.what.setWordWrap(True)
        self.state.setWordWrap(True)
        self._next = parts.muted(_BEFORE)
        self.make = parts.button("반납 파일 만들기…", self.give_back, primary=True)
        back = parts.link("← 출석", lambda: context.open_page("attendance"))
        layout = parts.page_layout(self, [parts.title("반납"), None, back])
        layout.addWidget(self.notice)
        layout.addWidget(
            parts.card(
                parts.heading("빌려 온 반"),
                self.what,
                self.state,
                self._next,
                parts.row(self.make, None),
            )
        )
        layout.addStretch(1)
        self.setFocusProxy(self.make)

    def refresh(self) -> None:
        """Read how the copy stands."""
        copy = lent_copies.copy_of(self._desk)
        if copy is None:
            return
        name = courses.outline(self._desk, copy.course).course.name
        self.what.setText(
            f"{copy.office} · {name} · {korean_span(copy.start, copy.end)} · "
            f"{copy.holder} · {korean_date(copy.due)}까지 반납"
        )
        if copy.returned_at is not None:
            at = f"{korean_date(copy.returned_at.date())} {copy.returned_at:%H:%M}"
            parts.set_tone(self.state, f"✓ {at}에 반납 파일을 만들었습니다. 이제 읽기만 합니다.", "ok")
        elif is_overdue(copy.due, self._desk.clock.today()):
            parts.set_tone(self.state, "! 반납할 날이 지났습니다.", "bad")
        else:
            parts.set_tone(self.state, "→ 빌려 온 날만 입력할 수 있습니다.", "warn")
        returned = copy.returned_at is not None
        self._next.setText(_AFTER if returned else _BEFORE)
        self.make.setText("반납 파일 다시 만들기…" if returned else "반납 파일 만들기…")

    def concerned(self, subjects: frozenset[str]) -> bool:
        """The lease alone."""
        return lent_copies.SUBJECT in subjects

    def give_back(self) -> None:
        """Ask where the file that goes back is written."""
        chosen, _ = QFileDialog.getSaveFileName(self, "반납 파일", f"반{RETURNED_SUFFIX}", _FILTER)
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix else path.with_suffix(RETURNED_SUFFIX))

    def write(self, out: Path) -> None:
        """Write the file that goes back."""
        self.notice.hide()
        try:
            done = lent_copies.write_return(self._desk, out)
        except UserError as error:
            self.notice.show_error(error)
            return
        self.refresh()
        parts.set_tone(
            self.state, f"✓ {done.file}에 {done.changed}칸을 담았습니다. 이제 읽기만 합니다.", "ok"
        )
