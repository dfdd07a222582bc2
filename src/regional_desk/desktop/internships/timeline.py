"""The picture of one internship: its months to scale, breaks hatched, agreements, visits, claims, and what comes after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from regional_desk.desktop.internships.timeline_marks import Lane, Mark, Scale, beside, in_order, spread
from regional_desk.desktop.shell import Context
from regional_desk.domain.text import korean_date

_AXIS, _BAND, _LINE, _BOX = 20, 36, 26, 21
_WORD, _HATCH = 19, 10  # of the band: its words above, breaks along its foot
_LABEL, _AFTER, _GAP, _LEAST = 48, 132, 14, 150
_PALE, _SMALL = 0.16, 0.9
_TODAY = "오늘"
_LANES = (Lane.MONTHS, Lane.AGREEMENTS, Lane.VISITS, Lane.CLAIMS)
_CENTER = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Shown:
    """What is drawn: the days to scale, the marks, and today."""

    first: dt.date
    last: dt.date
    today: dt.date
    marks: tuple[Mark, ...]


class Timeline(QWidget):
    """Arrows walk the marks and Enter opens one, as a click does."""

    picked = Signal(object)  # Mark
    told = Signal(str)  # the words of the mark under the keys or the mouse

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: Shown | None = None
        self._marks: tuple[Mark, ...] = ()
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("인턴십 흐름")

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is drawn, in the order the arrows walk."""
        return self._marks

    @property
    def current(self) -> Mark | None:
        """The mark the keys stand on."""
        return self._marks[self._at] if self._marks else None

    def show_internship(self, shown: Shown | None) -> None:
        """Draw another one; the keys stay on the mark they were on, else go to the last that is not coming."""
        before = self.current
        self._shown = shown
        self._marks = in_order(shown.marks) if shown else ()
        same = [at for at, one in enumerate(self._marks) if before and one.title == before.title]
        begun = [at for at, one in enumerate(self._marks) if shown and one.on <= shown.today]
        self._at = (same or begun[-1:] or [0])[0]
        self.setAccessibleDescription(", ".join(f"{one.title} {one.words}" for one in self._marks))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The axis, the band and a line a lane."""
        size = self._context.theme.size
        return QSize(size(_LABEL + _AFTER + _GAP + 3 * _LEAST), self._height())

    def minimumSizeHint(self) -> QSize:
        """Never cut in height."""
        size = self._context.theme.size
        return QSize(size(_LABEL + _AFTER + _GAP + _LEAST), self._height())

    def box_of(self, mark: Mark) -> QRectF:
        """Where a mark is drawn."""
        return next((box for one, box in self._boxes() if one is mark), QRectF())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Axis, lanes, marks, today."""
        shown = self._shown
        if shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = QFont(painter.font())
        small.setPointSizeF(painter.font().pointSizeF() * _SMALL)
        painter.setFont(small)
        tag = self._today_tag(painter, self._scale(shown), shown.today)
        self._draw_axis(painter, self._scale(shown), tag)
        framed = self.current if self.hasFocus() else None
        for mark, box in sorted(self._boxes(), key=lambda one: one[0].hatched):  # breaks over their months
            self._draw_mark(painter, mark, box, framed=mark is framed)
        self._draw_today(painter, tag, self._scale(shown).x(shown.today))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Each mark tells what it is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self._mark_at(QPointF(event.pos()))
            if mark is not None:
                QToolTip.showText(event.globalPos(), words_of(mark), self)
                return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be clicked."""
        mark = self._mark_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.ArrowCursor)
        self.told.emit(words_of(mark) if mark else self._words())

    def leaveEvent(self, event: QEvent) -> None:
        """The keys' mark is told again."""
        super().leaveEvent(event)
        self.told.emit(self._words())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what is clicked."""
        mark = self._mark_at(event.position())
        if mark is not None and event.button() is Qt.MouseButton.LeftButton:
            self._stand(self._marks.index(mark))
            self.picked.emit(mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right in time, up and down between the lanes, Enter opens."""
        key, last = event.key(), len(self._marks) - 1
        goal = {
            Qt.Key.Key_Left: max(0, self._at - 1),
            Qt.Key.Key_Right: min(last, self._at + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if not self._marks:
            super().keyPressEvent(event)
        elif key in goal:
            self._stand(goal[Qt.Key(key)])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._stand(beside(self._marks, self._at, 1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self._marks[self._at])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys' mark is told."""
        super().focusInEvent(event)
        self.told.emit(self._words())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is told any more."""
        super().focusOutEvent(event)
        self.told.emit("")

    def _words(self) -> str:
        return words_of(self._marks[self._at]) if self._marks and self.hasFocus() else ""

    def _stand(self, at: int) -> None:
        self._at = at
        self.told.emit(self._words())
        self.update()

    def _height(self) -> int:
        return self._context.theme.size(_AXIS + _BAND + _LINE * (len(_LANES) - 1) + 2)

    def _scale(self, shown: Shown) -> Scale:
        size = self._context.theme.size
        left = float(size(_LABEL))
        after = size(_AFTER + _GAP) if self._has_after else 2
        return Scale(shown.first, shown.last, left, max(1.0, self.width() - left - after))

    @property
    def _has_after(self) -> bool:
        return any(one.lane is Lane.AFTER for one in self._marks)

    def _top(self, lane: Lane) -> float:
        size = self._context.theme.size
        return size(_AXIS) + (size(_BAND) + size(_LINE) * (lane - 1) if lane else 0)

    def _boxes(self) -> Iterator[tuple[Mark, QRectF]]:
        """The marks in their order, each with its place."""
        if self._shown is None:
            return
        scale = self._scale(self._shown)
        places = {
            lane: iter(self._places(scale, [one for one in self._marks if one.lane is lane])) for lane in Lane
        }
        for mark in self._marks:
            yield mark, next(places[mark.lane])

    def _places(self, scale: Scale, marks: Sequence[Mark]) -> Iterator[QRectF]:
        """Where the marks of one lane stand."""
        if not marks:
            return
        size, lane = self._context.theme.size, marks[0].lane
        if lane is Lane.MONTHS:
            yield from (self._span(scale, one) for one in marks)
        elif lane is Lane.AFTER:
            post = (self._height() - size(_AXIS) - 2) / max(3, len(marks))
            left = self.width() - size(_AFTER)
            for at in range(len(marks)):
                yield QRectF(left, size(_AXIS) + at * post, size(_AFTER) - 2, post - 4)
        else:
            side = size(_BOX)
            right = scale.left + scale.width - side
            top = self._top(lane) + (size(_LINE) - side) / 2
            for x in spread([scale.x(one.on) for one in marks], side + 2, scale.left, right):
                yield QRectF(x, top, side, side)

    def _span(self, scale: Scale, mark: Mark) -> QRectF:
        """A month of the band; a break lies along its foot."""
        size = self._context.theme.size
        top = self._top(Lane.MONTHS) + (size(_WORD) if mark.hatched else 0)
        left, end = scale.x(mark.on), scale.x((mark.end or mark.on) + dt.timedelta(days=1))
        tall = size(_HATCH) if mark.hatched else size(_BAND) - 4
        return QRectF(left, top, max(end - 1 - left, size(6)), tall)

    def _mark_at(self, point: QPointF) -> Mark | None:
        hit = [mark for mark, box in self._boxes() if box.contains(point)]
        return next((mark for mark in hit if mark.hatched), hit[0] if hit else None)

    def _draw_axis(self, painter: QPainter, scale: Scale, tag: QRectF) -> None:
        colour, size = self._context.colour, self._context.theme.size
        right = scale.left + scale.width
        painter.setPen(QColor(colour("muted")))
        wide = painter.fontMetrics().horizontalAdvance
        lines = scale.month_lines()
        for at, (x, word) in enumerate(lines):
            until = lines[at + 1][0] if at + 1 < len(lines) else right
            shown = next((one for one in (word, word.split()[-1]) if wide(one) <= until - x), "")
            aside = x - 2 < tag.right() and tag.left() < x + wide(shown)  # the word makes room for 오늘
            start = tag.right() if aside else x
            if wide(shown) <= until - start:
                painter.drawText(QRectF(start + 2, 0, until - start, size(_AXIS)), _LEFT, shown)
        if self._has_after:
            after = QRectF(self.width() - size(_AFTER), 0, size(_AFTER), size(_AXIS))
            painter.drawText(after, _LEFT, Lane.AFTER.label)
        for lane in _LANES:
            tall = size(_LINE if lane else _BAND)
            painter.setPen(QColor(colour("muted")))
            painter.drawText(QRectF(0, self._top(lane), size(_LABEL) - 4, tall), _LEFT, lane.label)
            painter.setPen(QColor(colour("line")))
            if lane:
                middle = self._top(lane) + tall / 2
                painter.drawLine(QPointF(scale.left, middle), QPointF(right, middle))
        for x, _word in lines[1:]:
            painter.drawLine(QPointF(x, size(_AXIS)), QPointF(x, self.height()))

    def _draw_mark(self, painter: QPainter, mark: Mark, box: QRectF, *, framed: bool) -> None:
        tone = QColor(self._context.colour(mark.tone))
        ground = QColor(tone)
        ground.setAlphaF(_PALE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._context.colour("surface")))
        painter.drawRoundedRect(box, 3, 3)
        painter.setBrush(QBrush(tone, Qt.BrushStyle.BDiagPattern) if mark.hatched else ground)
        painter.setPen(QPen(QColor(self._context.colour("accent")) if framed else tone, 2.4 if framed else 1))
        painter.drawRoundedRect(box, 3, 3)
        if mark.hatched:
            return
        painter.setPen(tone)
        if mark.lane in (Lane.MONTHS, Lane.AFTER):
            room = box.adjusted(6, 0, -4, 0)
            if mark.lane is Lane.MONTHS:
                room.setHeight(self._context.theme.size(_WORD))
            text = f"{mark.sign} {mark.title}"
            metrics = painter.fontMetrics()
            longer = f"{text} · {mark.words}"
            fits = metrics.horizontalAdvance(longer) <= room.width()
            told = (
                longer if fits else metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
            )
            painter.drawText(room, _LEFT, told)
        else:
            painter.drawText(box, _CENTER, mark.sign)

    def _today_tag(self, painter: QPainter, scale: Scale, today: dt.date) -> QRectF:
        """Where 오늘 is said; nowhere before and after the picture."""
        if not scale.first <= today <= scale.last:
            return QRectF()
        wide = painter.fontMetrics().horizontalAdvance(_TODAY) + 8
        left = min(max(scale.x(today) - wide / 2, scale.left), scale.left + scale.width - wide)
        return QRectF(left, 1, wide, self._context.theme.size(_AXIS) - 4)

    def _draw_today(self, painter: QPainter, tag: QRectF, x: float) -> None:
        if tag.isEmpty():
            return
        bad = QColor(self._context.colour("bad"))
        painter.setPen(QPen(bad, 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, tag.bottom()), QPointF(x, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(bad)
        painter.drawRoundedRect(tag, 3, 3)
        painter.setPen(QColor(self._context.colour("surface")))
        painter.drawText(tag, _CENTER, _TODAY)


def words_of(mark: Mark) -> str:
    """`방문 1차 · 2026. 10. 20. · 완료`."""
    until = f" ~ {korean_date(mark.end)}" if mark.end and mark.end != mark.on else ""
    return " · ".join(
        filter(None, (f"{mark.sign} {mark.title}", f"{korean_date(mark.on)}{until}", mark.words))
    )
