"""방문 on a real window: planned, ordered, keyed back by digits, photos, findings, and what guests see of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.visited import add_internships

from regional_desk.desktop.internships.visits_tab import VisitsTab
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.shell import Context, Shell
from regional_desk.desktop.today.visits import read_visits
from regional_desk.desktop.visits.finding_dialog import FindingDialog
from regional_desk.desktop.visits.keyed_back import KeyBackDialog
from regional_desk.desktop.visits.page import VisitsPage
from regional_desk.desktop.visits.plan_dialog import PlanDialog
from regional_desk.desktop.visits.visit_dialog import AddDialog, MoveDialog
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.visits import FindingKind, FollowUpState, Standing, VisitState
from regional_desk.services.desk import Desk
from regional_desk.services.papers.making import Wanted
from regional_desk.services.visits import findings, plans, visits
from regional_desk.services.visits.findings import Found

DAY = dt.date(2026, 9, 23)
START = dt.date(2026, 9, 1)


@pytest.fixture
def interns(desk: Desk) -> list[UUID]:
    """Three internships of September on, at three companies."""
    return add_internships(desk, [START] * 3)


@pytest.fixture
def page(shell: Shell, interns: list[UUID]) -> VisitsPage:
    """The page in front, nothing planned."""
    assert interns
    shell.open_page("visits")
    return cast("VisitsPage", shell.current_page())


@pytest.fixture
def planned(page: VisitsPage, desk: Desk) -> VisitsPage:
    """The page on the day on which all three are visited; the clock stands on it."""
    plans.make(desk, START, dt.date(2026, 9, 30))
    cast("FixedClock", desk.clock).move_to(dt.datetime(2026, 9, 23, 9, tzinfo=KST))
    page.refresh()
    page.go_to(day=DAY)
    return page


def reason(monkeypatch: pytest.MonkeyPatch, text: str, day: dt.date | None = None) -> None:
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer(text, day))


def carried_out(monkeypatch: pytest.MonkeyPatch, dialog: type, fill: Callable[..., None]) -> None:
    """Let a dialog be filled in and its button pressed instead of waiting for a person."""

    def done(self: PlanDialog) -> int:
        fill(self)
        self.save()
        return self.result()

    monkeypatch.setattr(dialog, "exec", done)


def labels(page: VisitsPage) -> list[str]:
    return [page.day.route.topLevelItem(at).text(1) for at in range(page.day.route.topLevelItemCount())]  # type: ignore[union-attr]  # counted just before


def test_a_plan_is_seen_before_it_is_made_and_leads_to_its_first_day(
    page: VisitsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def fill(dialog: PlanDialog) -> None:
        assert dialog.table.model.rows == ()  # August: no service month ends its days here
        assert not dialog.ok.isEnabled()
        dialog.end.setDate(dialog.start.date().addDays(30))
        shown.append(dialog.summary.text())
        dialog.most.setValue(1)
        shown.append(dialog.summary.text())
        dialog.visitor.setText("박담당")

    start = page.calendar.chosen()
    monkeypatch.setattr("regional_desk.desktop.visits.plan_dialog._last_day", lambda today: today)
    carried_out(monkeypatch, PlanDialog, fill)
    page.plan()
    assert shown == ["방문 3건, 1일", "방문 3건, 3일"]
    assert start != page.calendar.chosen() == dt.date(2026, 9, 21)
    assert [row.visitor for row in page.day.rows] == ["박담당"]


def test_the_month_counts_by_state_and_keys_lead_to_the_visits(planned: VisitsPage) -> None:
    calendar = planned.calendar
    index = calendar.month.place(DAY)
    assert index.data() == "23 오늘\n●3"
    assert "입력 대기 3건" in index.data(Qt.ItemDataRole.ToolTipRole)
    QTest.keyClick(calendar, Qt.Key.Key_Left)
    assert (calendar.chosen(), planned.day.rows) == (dt.date(2026, 9, 22), ())
    QTest.keyClick(calendar, Qt.Key.Key_Right)
    QTest.keyClick(calendar, Qt.Key.Key_Return)
    assert planned.tabs.currentWidget() is planned.day
    assert len(planned.day.rows) == 3
    QTest.keyClick(planned, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert planned.title.text() == "2026. 10."
    assert planned.key_button.property("primary")
    assert planned.summary.text() == "● 입력 대기 3"


def test_the_route_is_ordered_by_keys_and_by_dragging_and_remembered(planned: VisitsPage) -> None:
    route, first = planned.day.route, labels(planned)
    route.setFocus()
    QTest.keyClick(route, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert labels(planned) == [first[1], first[0], first[2]]
    route.choose(planned.day.rows[2].id)
    top = route.visualItemRect(route.topLevelItem(0))  # type: ignore[arg-type]  # there are three
    event = QDropEvent(
        QPointF(top.left() + 4, top.top() + 2),
        Qt.DropAction.MoveAction,
        QMimeData(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    route.dropEvent(event)
    assert labels(planned) == [first[2], first[1], first[0]]
    planned.refresh()
    assert labels(planned) == [first[2], first[1], first[0]]
    planned.day.sort_button.click()
    assert labels(planned) == first


def test_sheets_are_keyed_back_by_digits_one_after_another(
    planned: VisitsPage, shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    dialog = KeyBackDialog(shell, shell.context, planned.day.rows)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    first = dialog.current
    assert "인턴일지 없는 주" in dialog.where.text()
    QTest.keyClick(dialog.form.points[0], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "답하지 않은 항목" in dialog.notice.text())
    for point, digit in zip(dialog.form.points, "11231", strict=True):
        QTest.keyClicks(point, digit)
    dialog.form.interview.setPlainText("적응 중")
    dialog.turn(1)
    assert "저장하지 않은" in dialog.notice.text()
    assert dialog.current.id == first.id
    dialog.save_button.click()
    done = visits.read(desk, first.id)
    assert done.answers == {
        "attendance": "good",
        "interview": "good",
        "safety": "bad",
        "wage": "unknown",
        "journal": "good",
    }
    assert (done.state, done.interview, done.done_on) == (VisitState.DONE, "적응 중", DAY)
    assert dialog.head.text().startswith("2 / 3")
    assert [point.answer() for point in dialog.form.points] == [""] * 5
    dialog.turn(-1)
    assert dialog.form.interview.toPlainText() == "적응 중"
    assert planned.day.rows[0].standing is Standing.DONE


def test_what_was_typed_goes_only_at_the_second_press(
    planned: VisitsPage, shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    dialog = KeyBackDialog(shell, shell.context, planned.day.rows)
    qtbot.addWidget(dialog)
    QTest.keyClicks(dialog.form.points[0], "2")
    dialog.turn(1)
    dialog.turn(1)
    assert dialog.head.text().startswith("2 / 3")
    assert {one.state for one in visits.list_visits(desk)} == {VisitState.PLANNED}


def test_f2_keys_what_waits_in_the_order_of_the_route(
    planned: VisitsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int]] = []

    def ask(_parent: object, _context: Context, rows: tuple[object, ...], at: int) -> None:
        asked.append((len(rows), at))

    monkeypatch.setattr(KeyBackDialog, "ask", ask)
    planned.go_to(day=dt.date(2026, 9, 1))
    QTest.keyClick(planned, Qt.Key.Key_F2)
    assert asked == [(3, 0)]
    assert planned.calendar.chosen() == DAY


def test_a_visit_is_moved_cancelled_with_a_reason_and_brought_back(
    planned: VisitsPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = planned.day.rows[0]
    carried_out(monkeypatch, MoveDialog, lambda dialog: dialog.day.setDate(dialog.day.date().addDays(-1)))
    planned.day.move_button.click()
    assert visits.read(desk, row.id).planned_on == dt.date(2026, 9, 22)
    assert len(planned.day.rows) == 2
    planned.go_to(visit=row.id)
    reason(monkeypatch, "기업 휴무")
    planned.day.cancel_button.click()
    assert [one.state for one in planned.day.rows] == [VisitState.CANCELLED]
    assert not planned.day.key_button.isEnabled()
    planned.day.reopen_button.click()
    assert [one.state for one in planned.day.rows] == [VisitState.PLANNED]


def test_a_visit_is_added_by_hand_and_a_refusal_stays_in_the_form(
    planned: VisitsPage, desk: Desk, qtbot: QtBot, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = planned.day.rows[0].host
    dialog = AddDialog(shell, shell.context, [host], dt.date(2027, 3, 1))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.save()
    assert "밖이라" in dialog.notice.text()
    carried_out(monkeypatch, AddDialog, lambda one: one.visitor.setText("이담당"))
    planned.day.add_button.click()
    assert len(visits.list_visits(desk)) == 4
    assert len(planned.day.rows) == 4


def test_photos_show_as_small_pictures_and_go_with_a_reason(
    planned: VisitsPage, shell: Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, paper, program = tmp_path / "현장.jpg", tmp_path / "확인서.pdf", tmp_path / "a.jpg"
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(photo))
    paper.write_bytes(b"%PDF-1.7\n")
    program.write_bytes(b"MZ")
    dialog = KeyBackDialog(shell, shell.context, planned.day.rows)
    qtbot.addWidget(dialog)
    dialog.show()
    photos = dialog.form.photos
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(photo), str(paper)], ""))
    photos.choose()
    assert [row.media_type for row in photos.rows] == ["image/jpeg", "application/pdf"]
    assert photos.strip.item(0).icon().actualSize(photos.strip.iconSize()).height() > 20
    photos.add([program])
    assert "내용으로" in dialog.notice.text()
    reason(monkeypatch, "흐림")
    photos.remove()
    assert [row.media_type for row in photos.rows] == ["application/pdf"]


def test_a_finding_is_written_followed_and_closed(
    planned: VisitsPage, shell: Shell, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = KeyBackDialog(shell, shell.context, planned.day.rows)
    qtbot.addWidget(dialog)
    QTest.keyClicks(dialog.form.points[0], "2")

    def fill(one: FindingDialog) -> None:
        one.kind.setCurrentIndex(one.kind.findData(FindingKind.GRIEVANCE))
        one.text.setPlainText("임금이 늦음")

    carried_out(monkeypatch, FindingDialog, fill)
    dialog.finding_button.click()
    assert "지적 1건" in dialog.where.text()
    assert dialog.form.points[0].answer() == "bad"  # what was typed stays
    planned.go_to(tab="findings")
    (row,) = planned.findings.table.model.rows
    assert (row.deadline, row.visit) == (dt.date(2026, 10, 7), dialog.current.id)
    cast("FixedClock", desk.clock).move_to(dt.datetime(2026, 10, 8, 9, tzinfo=KST))
    planned.refresh()
    assert planned.findings.table.model.rows[0].state is FollowUpState.OVERDUE
    reason(monkeypatch, "지급 확인", dt.date(2026, 10, 8))
    planned.findings.close_current()
    assert not planned.findings.table.current()
    planned.findings.every.setChecked(True)
    assert [one.result for one in planned.findings.table.model.rows] == ["지급 확인"]


def test_service_months_that_lack_a_visit_are_listed_and_planned_from_there(
    page: VisitsPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast("FixedClock", desk.clock).move_to(dt.datetime(2026, 10, 1, 9, tzinfo=KST))
    page.refresh()
    page.go_to(tab="months")
    rows = page.months.table.model.rows
    assert [row.standing for row in rows] == [Standing.OVERDUE] * 3 + [Standing.UNPLANNED] * 3
    page.months.table.choose(lambda row: row.no == 2)
    carried_out(monkeypatch, AddDialog, lambda _one: None)
    page.months.add_button.click()
    assert (len(visits.list_visits(desk)), visits.list_visits(desk)[0].month_no) == (1, 2)


def test_papers_of_a_day_are_looked_at_from_the_page(
    planned: VisitsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Wanted] = []
    monkeypatch.setattr(PreviewDialog, "ask", lambda _context, wanted, _name: asked.append(wanted))
    planned.day.route_button.click()
    planned.day.sheet_button.click()
    planned.print_button.click()
    assert [(one.document, one.day) for one in asked] == [
        ("visit-route", DAY),
        ("visit-sheet", DAY),
        ("visit-route", None),
    ]


def test_the_tab_of_an_internship_shows_its_visits(
    planned: VisitsPage, shell: Shell, desk: Desk, interns: list[UUID], qtbot: QtBot
) -> None:
    assert planned.day.rows
    shell.open_page("internships", internship=interns[0], tab="visits")
    (tab,) = shell.findChildren(VisitsTab)
    assert [(month.no, visit is None) for month, visit in tab.rows] == [(1, False), (2, True), (3, True)]
    findings.add(desk, interns[0], Found(FindingKind.INCIDENT, DAY, "손가락 베임"))
    qtbot.waitUntil(lambda: len(tab.findings.table.model.rows) == 1)
    tab.open_day()
    assert isinstance(shell.current_page(), VisitsPage)


def test_today_counts_what_is_due_and_leads_there(planned: VisitsPage, desk: Desk, shell: Shell) -> None:
    clock = cast("FixedClock", desk.clock)
    assert [one.title for one in read_visits(desk)] == ["점검표 입력 대기 3건"]
    findings.add(
        desk, planned.day.rows[0].host.internship, Found(FindingKind.FINDING, DAY, "보안경", deadline=DAY)
    )
    clock.move_to(dt.datetime(2026, 10, 25, 9, tzinfo=KST))
    lines = {one.title: one for one in read_visits(desk)}
    assert list(lines) == [
        "방문 없이 끝난 지원월 3건",
        "방문 계획 없는 지원월 3건",
        "후속조치 기한 지남 1건",
    ]
    shell.open_page("visits", **lines["후속조치 기한 지남 1건"].where)
    assert planned.tabs.currentWidget() is planned.findings


def test_guests_see_masked_names_and_change_nothing(planned: VisitsPage, shell: Shell) -> None:
    name = planned.day.rows[0].host.name
    QTest.keyClick(
        shell, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    planned.refresh()
    assert "*" in planned.day.rows[0].host.name != name
    assert not planned.plan_button.isEnabled()
    assert not planned.day.cancel_button.isEnabled()
    assert planned.day.route.dragDropMode() == planned.day.route.DragDropMode.NoDragDrop


@pytest.mark.parametrize("percent", [100, 150])
def test_the_page_fits_a_small_screen(
    planned: VisitsPage, shell: Shell, at_size: Callable[[int], None], percent: int
) -> None:
    shell.resize(1366, 768)
    at_size(percent)
    assert planned.minimumSizeHint().width() <= 1366
    assert planned.day.add_button.visibleRegion().boundingRect().width() >= planned.day.add_button.width() - 1
