"""출석 체크: a badge held to the scanner, or its number typed, and a large name says that it was taken."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)

from regional_desk.desktop import parts
from regional_desk.desktop.attendance.check_in_columns import Line, columns
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Table
from regional_desk.domain.attendance import EMPTY, show_cell
from regional_desk.domain.check_in import CODE_DIGITS, EARLY_OUT, Way
from regional_desk.domain.text import clock_time, digits_only
from regional_desk.errors import UserError
from regional_desk.services.attendance import check_in
from regional_desk.services.attendance.check_in import ClassToday, Scanned, ScanRefused, Who
from regional_desk.services.training import courses

_WAYS: tuple[tuple[str, Way | None, str], ...] = (
    ("자동", None, "F6"),
    ("들어옴 (입실·귀원)", Way.IN, "F7"),
    ("나감 (퇴실·외출)", Way.OUT, "F8"),
)
_LOOKS = ("모두", "안 온 사람", "안에 있는 사람")
_EVERY_CLASS = "모든 반"
_READY = "명찰의 QR을 대거나 번호를 누르고 Enter"
_TICK = 5000  # milliseconds: the clock on the page shows minutes
_SECOND_BEEP = 180  # milliseconds: two beeps tell a refusal from the one of a scan that was taken
_LARGE, _MIDDLE = 36.0, 15.0  # points


class CheckInPage(QWidget):
    """Everybody who comes and goes today, whatever the class."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self._last: UUID | None = None
        self._shown: Who | None = None
        self.notice = parts.Notice()
        self.classes, self.look = QComboBox(), QComboBox()
        self.line = QLineEdit()
        self.sound = QCheckBox("소리")
        self.name, self.word, self.place = QLabel(), QLabel(), QLabel()
        self.told, self.counts, self.clock = QLabel(), parts.muted(), QLabel()
        self.counts.setWordWrap(False)
        parts.set_tone(self.told, _READY, "ok")
        self.table: Table[Line] = Table(
            columns(context),
            context.colour,
            empty="오늘 훈련하는 반이 없습니다.",
            name="오늘 오가는 사람",
            scale=context.theme.size,
        )
        self._modes = QButtonGroup(self)
        self._undo = parts.button("방금 것 취소  F9", self.take_back)
        self._undo.setEnabled(False)
        self._build()
        self._connect()
        self.setFocusProxy(self.line)

    def refresh(self) -> None:
        """Read today's classes again; what was scanned last stays in large letters."""
        self._measure()
        self._tick()
        found: tuple[ClassToday, ...] = ()
        try:
            found = check_in.today(self._context.reading)
        except UserError as error:
            self.notice.show_error(error)
        self._list_classes(found)
        self._show_rows(found)
        if self._shown is not None:
            self.name.setText(self._name_of(self._shown))

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Scans, records, and who belongs to the classes."""
        return bool(subjects & {check_in.SUBJECT, "attendance", "courses", "people"})

    def take(self) -> None:
        """What stands in the line: the scanner ends it with Enter, as a person does."""
        text = self.line.text()
        self.line.clear()
        if not text.strip():
            return
        self.notice.hide()
        typed = len(digits_only(text)) < CODE_DIGITS
        try:
            done = check_in.scan(self._desk, text, way=self.way, course_id=self.course, typed=typed)
        except ScanRefused as refused:
            self._show(refused.who, "", f"! {refused.message}", "bad")
            self._beep(twice=True)
        except UserError as error:
            self._show(None, "", "! 기록하지 않았습니다", "bad")
            self.notice.show_error(error)
            self._beep(twice=True)
        else:
            self._show_scan(done)
            self._beep(twice=False)

    def take_back(self) -> None:
        """The last scan does not count: the wrong badge was held to the scanner."""
        if self._last is None:
            return
        self.notice.hide()
        try:
            done = check_in.take_back(self._desk, self._last)
        except UserError as error:
            self.notice.show_error(error)
            return
        self._last = None
        self._undo.setEnabled(False)
        self._show(done.who, "취소", f"{done.way.label} {clock_time(done.minute)}을(를) 취소했습니다", "warn")
        self.line.setFocus()

    @property
    def way(self) -> Way | None:
        """The way asked for, None for the other than each person's last."""
        return _WAYS[self._modes.checkedId()][1]

    @property
    def course(self) -> UUID | None:
        """The class at this door, None for all."""
        chosen = self.classes.currentData()
        return UUID(chosen) if chosen else None

    def choose_way(self, at: int) -> None:
        """자동, 들어옴 or 나감."""
        self._modes.button(at).setChecked(True)
        self.line.setFocus()

    def _build(self) -> None:
        badges = parts.button("명찰 출력", lambda: None, tip="반의 명찰을 QR과 번호로")
        menu = QMenu(badges)
        menu.aboutToShow.connect(partial(self._list_badges, menu))
        badges.setMenu(menu)
        header: list[QWidget | int | None] = [parts.title("출석 체크"), self.classes, self.clock, None]
        layout = parts.page_layout(
            self,
            [
                *header,
                parts.link("← 출석", lambda: self._context.open_page("attendance")),
                badges,
                self._undo,
            ],
        )
        layout.addWidget(self.notice)
        layout.addWidget(self._card())
        layout.addLayout(parts.row(parts.heading("오늘"), self.look, self.counts, None))
        layout.addWidget(self.table, 1)
        for widget, name in ((self.classes, "반"), (self.look, "누구를 볼지"), (self.line, "명찰 번호")):
            widget.setAccessibleName(name)
        for look in _LOOKS:
            self.look.addItem(look)

    def _card(self) -> QFrame:
        self.line.setPlaceholderText("명찰 번호")
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.line.setMaxLength(200)
        self.sound.setChecked(self._context.preferences.get("check_in_sound", True))
        modes: list[QWidget | int | None] = []
        for at, (label, _, keys) in enumerate(_WAYS):
            mode = QPushButton(f"{label}  {keys}")
            mode.setObjectName("tile")
            mode.setCheckable(True)
            mode.setAutoDefault(False)
            self._modes.addButton(mode, at)
            modes.append(mode)
        self._modes.button(0).setChecked(True)
        self.told.setWordWrap(True)
        below = parts.row(self.told, self.place)
        below.setStretch(0, 1)
        self.name.setAccessibleName("방금 읽은 사람")
        return parts.card(
            parts.row(*modes, 12, self.line, None, self.sound),
            parts.row(self.name, None, self.word, spacing=16),
            below,
        )

    def _connect(self) -> None:
        self.line.returnPressed.connect(self.take)
        self.classes.activated.connect(lambda _at: self._on_chosen())
        self.look.activated.connect(lambda _at: self._on_chosen())
        self._modes.idClicked.connect(lambda _at: self.line.setFocus())
        self.sound.toggled.connect(lambda on: self._context.preferences.set("check_in_sound", on))
        for at, (_, _, keys) in enumerate(_WAYS):
            QShortcut(QKeySequence(keys), self, partial(self.choose_way, at))
        QShortcut(QKeySequence("F9"), self, self.take_back)
        self._ticking = QTimer(self, interval=_TICK)
        self._ticking.timeout.connect(self._tick)
        self._ticking.start()

    def _measure(self) -> None:
        """The large letters follow the chosen text size."""
        share = self._context.theme.percent / 100
        large, middle = (self.name, self.word), (self.place, self.told, self.clock)
        sizes = [*((one, _LARGE) for one in large), *((one, _MIDDLE) for one in middle)]
        for label, points in sizes:
            font = QFont(label.font())
            font.setPointSizeF(points * share)
            font.setBold(True)
            label.setFont(font)

    def _tick(self) -> None:
        now = self._desk.clock.now()
        self.clock.setText(f"{now.month}월 {now.day}일 {now:%H:%M}")

    def _list_classes(self, found: tuple[ClassToday, ...]) -> None:
        chosen = self.classes.currentData()
        self.classes.clear()
        self.classes.addItem(_EVERY_CLASS, "")
        for one in found:
            self.classes.addItem(f"{one.name} ({clock_time(one.start)}–{clock_time(one.end)})", str(one.id))
        self.classes.setCurrentIndex(max(0, self.classes.findData(chosen)))

    def _show_rows(self, found: tuple[ClassToday, ...]) -> None:
        lines = [Line(row, one.over) for one in found if self.course in (None, one.id) for row in one.rows]
        came = sum(line.row.came for line in lines)
        inside = sum(line.row.inside for line in lines)
        open_ones = sum(line.row.inside and line.over for line in lines)
        more = f" · 퇴실 미확인 {open_ones}명" if open_ones else ""
        self.counts.setText(
            f"{len(lines)}명 가운데 온 사람 {came} · 안 온 사람 {len(lines) - came} · 안에 {inside}{more}"
        )
        look = _LOOKS.index(self.look.currentText())
        self.table.set_rows([line for line in lines if (True, not line.row.came, line.row.inside)[look]])

    def _on_chosen(self) -> None:
        self.refresh()
        self.line.setFocus()

    def _show_scan(self, done: Scanned) -> None:
        self._last = done.id
        self._undo.setEnabled(True)
        early = done.word == EARLY_OUT
        so_far = f"{'지금까지의 ' if early else ''}기록: {show_cell(done.cell)}" if done.cell != EMPTY else ""
        back = "돌아오면 다시 대십시오" if early else ""
        note = f"! {done.note}" if done.note else ""
        told = " · ".join(filter(None, (note, so_far, back))) or "저장했습니다"
        self._show(done.who, f"{done.word} {clock_time(done.minute)}", told, "warn" if note else "ok")

    def _show(self, who: Who | None, word: str, told: str, tone: str) -> None:
        self._shown = who
        self.name.setText(self._name_of(who) if who else "—")
        self.place.setText(f"{who.course} {who.number}번" if who else "")
        self.word.setText(word)
        parts.set_tone(self.told, told, tone)
        self._measure()  # a new tone brings its style's own size
        self.name.setAccessibleDescription(f"{word} {told}")

    def _name_of(self, who: Who) -> str:
        return self._context.masking.show_name(who.name)

    def _beep(self, *, twice: bool) -> None:
        if not self.sound.isChecked():
            return
        QApplication.beep()
        if twice:
            QTimer.singleShot(_SECOND_BEEP, QApplication.beep)

    def _list_badges(self, menu: QMenu) -> None:
        """Classes whose badges may be wanted: those that have not ended; a new class has them before its first day."""
        menu.clear()
        today = self._desk.clock.today()
        for row in courses.list_courses(self._desk):
            if row.end >= today:
                menu.addAction(row.name, partial(self._print_badges, row.id))
        if menu.isEmpty():
            menu.addAction("끝나지 않은 과정이 없습니다").setEnabled(False)

    def _print_badges(self, course: UUID) -> None:
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        PreviewDialog.ask(self._context, Wanted("badges", course=course))
