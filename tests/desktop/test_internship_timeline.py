"""The picture of an internship: days to scale, nothing over anything else, walked by keys and by mouse."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from regional_desk.desktop.internships.timeline import Shown, Timeline, words_of
from regional_desk.desktop.internships.timeline_marks import Lane, Mark, Scale, beside, in_order, spread
from regional_desk.desktop.shell import Shell

FIRST, LAST = dt.date(2026, 11, 16), dt.date(2027, 2, 15)


def day(month: int, number: int) -> dt.date:
    return dt.date(2026 if month > 6 else 2027, month, number)


def mark(kind: str, lane: Lane, on: dt.date, end: dt.date | None = None, *, hatched: bool = False) -> Mark:
    return Mark(kind, lane, on, end, f"{kind} {on.month}/{on.day}", "예정", "·", "muted", hatched)


MARKS = (
    mark("month", Lane.MONTHS, FIRST, day(12, 15)),
    mark("month", Lane.MONTHS, day(12, 16), day(1, 15)),
    mark("month", Lane.MONTHS, day(1, 16), LAST),
    mark("break", Lane.MONTHS, day(12, 20), day(12, 28), hatched=True),
    mark("agreement", Lane.AGREEMENTS, FIRST),
    mark("visit", Lane.VISITS, day(12, 3)),
    mark("visit", Lane.VISITS, day(12, 4)),
    mark("claim", Lane.CLAIMS, day(12, 31)),
    mark("conversion", Lane.AFTER, day(2, 16)),
)


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ((), ()),
        ((10.0, 50.0), (10.0, 50.0)),
        ((10.0, 12.0, 14.0), (10.0, 30.0, 50.0)),
        ((-5.0, 3.0), (0.0, 20.0)),
        ((95.0, 99.0), (80.0, 100.0)),
        ((200.0,), (100.0,)),
    ],
)
def test_marks_step_aside_and_stay_inside(wanted: tuple[float, ...], places: tuple[float, ...]) -> None:
    assert spread(wanted, 20, 0, 100) == places


def test_days_are_to_scale_and_what_lies_outside_stands_at_the_edge() -> None:
    scale = Scale(FIRST, LAST, 50.0, 92.0)  # 92 days, a pixel each
    assert (LAST - FIRST).days + 1 == 92
    assert scale.x(FIRST) == 50
    assert scale.x(day(12, 16)) == 80
    assert scale.x(LAST) == 141
    assert scale.x(dt.date(2027, 9, 1)) == 142
    assert scale.x(dt.date(2026, 1, 1)) == 50


def test_calendar_months_are_named_with_the_year_where_it_changes() -> None:
    lines = Scale(FIRST, LAST, 0.0, 92.0).month_lines()
    assert lines == ((0.0, "2026. 11월"), (15.0, "12월"), (46.0, "2027. 1월"), (77.0, "2월"))


def test_the_arrows_walk_by_day_and_what_comes_after_is_last() -> None:
    walked = in_order(MARKS)
    assert [one.on for one in walked[:-1]] == sorted(one.on for one in MARKS[:-1])
    assert walked[-1].kind == "conversion"
    visit = walked.index(MARKS[6])
    assert walked[beside(walked, visit, 1)] == MARKS[7]
    assert walked[beside(walked, visit, -1)] == MARKS[4]
    months = walked.index(MARKS[0])
    assert beside(walked, months, -1) == months


@pytest.fixture
def timeline(shell: Shell, qtbot: QtBot) -> Timeline:
    """A picture on 10 December."""
    made = Timeline(shell.context)
    qtbot.addWidget(made)
    made.resize(700, made.sizeHint().height())
    made.show_internship(Shown(FIRST, LAST, day(12, 10), MARKS))
    made.show()
    return made


def test_no_mark_lies_over_another_but_a_break_on_its_month(timeline: Timeline) -> None:
    boxes = [(one, timeline.box_of(one)) for one in timeline.marks if not one.hatched]
    for at, (_mark, box) in enumerate(boxes):
        assert box.width() > 5
        assert timeline.rect().toRectF().contains(box)
        assert not any(box.intersects(other) for _other, other in boxes[at + 1 :])
    pause = next(one for one in timeline.marks if one.hatched)
    assert timeline.box_of(MARKS[1]).contains(timeline.box_of(pause).center())


def test_the_keys_begin_at_the_newest_mark_and_reach_every_one(timeline: Timeline, qtbot: QtBot) -> None:
    assert timeline.current == MARKS[6]
    timeline.setFocus()
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    seen = [timeline.current]
    for _step in MARKS[1:]:
        QTest.keyClick(timeline, Qt.Key.Key_Right)
        seen.append(timeline.current)
    assert seen == list(timeline.marks)
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    assert timeline.current == timeline.marks[-1]
    QTest.keyClick(timeline, Qt.Key.Key_Up)
    assert timeline.current is not None
    assert timeline.current.lane is Lane.CLAIMS
    with qtbot.waitSignal(timeline.picked) as picked:
        QTest.keyClick(timeline, Qt.Key.Key_Return)
    assert picked.args == [timeline.current]


def test_a_click_opens_the_mark_and_a_break_comes_before_its_month(timeline: Timeline, qtbot: QtBot) -> None:
    for one in timeline.marks:
        centre = timeline.box_of(one).center()
        if one in MARKS[:3]:
            centre.setY(timeline.box_of(one).top() + 4)
        with qtbot.waitSignal(timeline.picked) as picked:
            QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=centre.toPoint())
        assert picked.args == [one]


def test_each_mark_says_what_it_is(timeline: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    tips: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _where, text, _widget: tips.append(text))
    timeline.told.connect(told.append)
    spot = timeline.box_of(MARKS[5]).center()
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        spot,
        timeline.mapToGlobal(spot),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    timeline.mouseMoveEvent(move)
    assert told == [words_of(MARKS[5])]
    assert "2026. 12. 3." in told[0]
    assert timeline.cursor().shape() is Qt.CursorShape.PointingHandCursor
    asked = QHelpEvent(QEvent.Type.ToolTip, spot.toPoint(), timeline.mapToGlobal(spot.toPoint()))
    assert timeline.event(asked)
    assert tips == told
    assert all(one.title in timeline.accessibleDescription() for one in MARKS)


def test_the_same_mark_stays_under_the_keys_when_it_is_drawn_again(timeline: Timeline) -> None:
    timeline.setFocus()
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    chosen = timeline.current
    timeline.show_internship(Shown(FIRST, LAST, day(1, 20), MARKS))
    assert timeline.current == chosen
    timeline.show_internship(None)
    assert timeline.current is None
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    assert timeline.current is None


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_it_is_drawn_at_every_text_size(shell: Shell, timeline: Timeline, percent: int) -> None:
    shell.theme.apply(percent=percent)
    timeline.setFixedWidth(shell.theme.size(560))
    timeline.setFixedHeight(timeline.sizeHint().height())
    QApplication.processEvents()
    picture = timeline.grab().toImage()
    grey = {picture.pixelColor(QPoint(x, picture.height() // 2)).name() for x in range(picture.width())}
    assert len(grey) > 3
    assert all(timeline.rect().toRectF().contains(timeline.box_of(one)) for one in timeline.marks)
    assert timeline.box_of(MARKS[0]).contains(QPointF(timeline.box_of(MARKS[0]).center()))
