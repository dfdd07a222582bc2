"""인턴십 at the window: from a published placement to the end and back, each step where the page proposes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot
from tests.placements import make_round, publish_round

from regional_desk.desktop.internships.add_dialog import AddDialog
from regional_desk.desktop.internships.agreement_dialog import AgreementDialog
from regional_desk.desktop.internships.agreement_tab import AgreementTab
from regional_desk.desktop.internships.beside import InternshipBeside
from regional_desk.desktop.internships.break_dialog import BreakDialog
from regional_desk.desktop.internships.breaks_tab import BreaksTab
from regional_desk.desktop.internships.end_dialog import EndDialog
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.internships.internship_list import DUE, RUNNING
from regional_desk.desktop.internships.page import InternshipsPage
from regional_desk.desktop.internships.prepare_dialog import PrepareDialog
from regional_desk.desktop.internships.record_tabs import TABS
from regional_desk.desktop.internships.replace_dialog import ReplaceDialog
from regional_desk.desktop.internships.sign_dialog import SignDialog
from regional_desk.desktop.internships.timeline_marks import Lane
from regional_desk.desktop.internships.words import next_of
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.screening.day_dialog import DayDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.internships import BreakKind, EndKind, InternState
from regional_desk.domain.rights import Role, rights_of
from regional_desk.services.desk import Desk
from regional_desk.services.internships import agreements, internships
from regional_desk.services.internships.drafts import draft_of
from regional_desk.services.internships.reading import InternshipRow
from regional_desk.services.papers.making import Wanted
from regional_desk.services.recruitment import people
from regional_desk.store.placements import PlacementRow

START, END = dt.date(2026, 9, 14), dt.date(2026, 12, 13)
SIGNED_ON = dt.date(2026, 8, 31)
PDF = b"%PDF-1.4\n%%EOF\n"
Fill = Callable[[FormDialog], None]


@pytest.fixture
def placed(desk: Desk) -> tuple[PlacementRow, ...]:
    """Two published placements that wait for an agreement."""
    publish_round(make_round(desk))
    return internships.waiting(desk)


@pytest.fixture
def draft(desk: Desk, placed: tuple[PlacementRow, ...]) -> InternshipRow:
    """The first of them with its agreement drafted and complete."""
    one = placed[0]
    wanted = internships.propose(desk, one.company, one.position)
    return internships.prepare(desk, one.id, replace(wanted, mentor="한지도")).row


@pytest.fixture
def running(desk: Desk, draft: InternshipRow) -> InternshipRow:
    """The same signed and begun, on 26 October."""
    found = internships.read(desk, draft.id)
    assert found.draft is not None
    agreements.sign(desk, found.draft.id, SIGNED_ON, on_paper=True)
    move(desk, START)
    begun = internships.start(desk, draft.id, START)
    move(desk, dt.date(2026, 10, 26))
    return begun.row


@pytest.fixture
def guests_gone(shell: Shell) -> Iterator[Shell]:
    """A window whose guests leave with the test."""
    yield shell
    if shell.guests:
        shell._on_guests()


def move(desk: Desk, day: dt.date) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.move_to(dt.datetime(day.year, day.month, day.day, 9, tzinfo=KST))


def page_of(shell: Shell) -> InternshipsPage:
    shell.open_page("internships")
    page = shell.current_page()
    assert isinstance(page, InternshipsPage)
    return page


def agreement_tab(page: InternshipsPage) -> AgreementTab:
    page.beside.open_tab("agreements")
    tab = page.beside.tab("agreements")
    assert isinstance(tab, AgreementTab)
    return tab


def breaks_tab(page: InternshipsPage) -> BreaksTab:
    page.beside.open_tab("breaks")
    tab = page.beside.tab("breaks")
    assert isinstance(tab, BreaksTab)
    return tab


def answer(monkeypatch: pytest.MonkeyPatch, dialog: type[FormDialog], fill: Fill) -> list[FormDialog]:
    """Let a dialog be filled and saved as soon as it opens; those that opened."""
    opened: list[FormDialog] = []

    def run(self: FormDialog) -> int:
        opened.append(self)
        fill(self)
        self.save()
        return self.result()

    monkeypatch.setattr(dialog, "exec", run)
    return opened


def menu(page: InternshipsPage) -> dict[str, QAction]:
    return {action.text(): action for action in page.beside.steps.menu.actions()}


def read(desk: Desk, internship: UUID) -> InternshipRow:
    return internships.read(desk, internship).row


def test_without_internships_the_page_says_how_one_comes_to_be(shell: Shell) -> None:
    page = page_of(shell)
    assert page.list.shown == ()
    assert not page.prepare_button.isVisible()
    assert not page.beside.isEnabled()
    assert page.beside.timeline.marks == ()


def test_placements_that_wait_are_told_of_and_are_the_first_step(
    shell: Shell, placed: tuple[PlacementRow, ...]
) -> None:
    page = page_of(shell)
    assert page.waiting.text() == f"△ 협약을 준비할 배정 {len(placed)}명"
    assert page.prepare_button.isVisible()
    assert page.prepare_button.property("primary")


def test_several_placements_are_prepared_as_proposed(
    shell: Shell, desk: Desk, placed: tuple[PlacementRow, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(self: PrepareDialog) -> int:
        assert self.one_button.isEnabled()
        self.table.view.selectAll()
        assert not self.one_button.isEnabled()
        assert self.all_button.text() == f"고른 {len(placed)}명 제안대로 만들기"
        self.all_button.click()
        return self.result()

    monkeypatch.setattr(PrepareDialog, "exec", run)
    page = page_of(shell)
    page.prepare_button.click()
    assert {row.trainee for row in page.list.shown} == {one.trainee for one in placed}
    assert not page.prepare_button.isVisible()
    assert internships.waiting(desk) == ()
    assert page.beside.internship == page.list.shown[0].id


def test_what_cannot_be_prepared_stays_in_the_list_and_says_why(
    shell: Shell, desk: Desk, placed: tuple[PlacementRow, ...]
) -> None:
    dialog = PrepareDialog(shell, shell.context, placed)
    dialog.show()
    internships.prepare(desk, placed[0].id)
    dialog.table.view.selectAll()
    dialog.make_chosen()
    assert [line.placed.id for line in dialog.table.model.rows] == [placed[0].id]
    assert "이미 인턴십" in dialog.notice.text()
    assert dialog.made is not None
    dialog.deleteLater()


def test_a_whole_internship_is_led_step_by_step(
    shell: Shell,
    desk: Desk,
    placed: tuple[PlacementRow, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def one(self: PrepareDialog) -> int:
        self.table.choose(lambda line: line.placed.id == placed[0].id)
        self.make_one()
        return self.result()

    def terms(dialog: FormDialog) -> None:
        assert isinstance(dialog, AgreementDialog)
        assert "멘토" in dialog.terms.warning.text()
        dialog.terms.fields["mentor"].setText("한지도")
        assert dialog.terms.warning.text() == ""

    scan = tmp_path / "서명본.pdf"
    scan.write_bytes(PDF)

    def sign(dialog: FormDialog) -> None:
        assert isinstance(dialog, SignDialog)
        dialog.scan.line.setText(str(scan))

    def end(dialog: FormDialog) -> None:
        assert isinstance(dialog, EndDialog)
        assert dialog.kind.currentData() == EndKind.COMPLETED

    monkeypatch.setattr(PrepareDialog, "exec", one)
    answer(monkeypatch, AgreementDialog, terms)
    answer(monkeypatch, SignDialog, sign)
    answer(monkeypatch, EndDialog, end)
    page = page_of(shell)
    button = page.beside.steps.button

    page.prepare_button.click()
    row = page.list.current()
    assert row is not None
    assert (row.trainee, row.state, row.start, row.end) == (
        placed[0].trainee,
        InternState.PREPARING,
        START,
        END,
    )
    assert button.text() == "서명 받음…"
    assert button.property("primary")

    button.click()
    assert read(desk, row.id).state is InternState.AGREED
    assert agreement_tab(page).table.model.rows[0].file_name == "서명본.pdf"
    assert "시작을 적습니다" in page.beside.guide.text()

    move(desk, START)
    monkeypatch.setattr(DayDialog, "ask", lambda *_args: START)
    button.click()
    assert read(desk, row.id).state is InternState.ACTIVE
    assert not button.isVisible()
    assert "1차 지원월" in page.beside.guide.text()

    move(desk, END)
    page.refresh()
    assert button.text() == "종료…"
    button.click()
    done = read(desk, row.id)
    assert (done.state, done.ended_on, done.months_served) == (InternState.COMPLETED, END, 3)
    assert "급여명세" in page.beside.guide.text()
    button.click()
    assert TABS[page.beside.tabs.currentIndex()].key == "claims"
    assert next_of(read(desk, row.id), END).act == "outcome"  # once every service month is confirmed


def test_a_draft_says_what_keeps_it_from_being_signed(
    shell: Shell, desk: Desk, placed: tuple[PlacementRow, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = placed[0]
    wanted = internships.propose(desk, one.company, one.position)
    points = {**wanted.points, "pay_day": ""}
    made = internships.prepare(desk, one.id, replace(wanted, wage=2_000_000, points=points))
    opened = answer(monkeypatch, SignDialog, lambda dialog: dialog.on_paper.setChecked(True))  # type: ignore[attr-defined]  # SignDialog's box
    page = page_of(shell)
    tab = agreement_tab(page)
    for word in ("최저임금", "멘토", "임금의 산정기간과 지급시기"):
        assert word in tab.hindrance.text()
    page.beside.steps.button.click()
    assert opened[0].result() == QDialog.DialogCode.Rejected
    assert "아직 서명할 수 없습니다" in opened[0].notice._label.text()
    assert read(desk, made.row.id).state is InternState.PREPARING

    def mend(dialog: FormDialog) -> None:
        assert isinstance(dialog, AgreementDialog)
        assert "최저임금" in dialog.terms.warning.text()
        assert "비어 있음 1" in dialog.terms.tabText(1)
        dialog.terms.fields["wage"].setText("230만원")
        dialog.terms.fields["mentor"].setText("한지도")
        dialog.terms.points["pay_day"].setText("매월 25일")

    answer(monkeypatch, AgreementDialog, mend)
    tab.edit_button.click()
    assert tab.hindrance.text() == ""
    page.beside.steps.button.click()
    assert read(desk, made.row.id).wage == 2_300_000
    assert read(desk, made.row.id).state is InternState.AGREED
    assert not tab.edit_button.isEnabled()


def test_what_cannot_be_read_keeps_the_form_open(
    shell: Shell, desk: Desk, draft: InternshipRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(dialog: FormDialog) -> None:
        assert isinstance(dialog, AgreementDialog)
        dialog.terms.fields["wage"].setText("많이")

    opened = answer(monkeypatch, AgreementDialog, spoil)
    agreement_tab(page_of(shell)).edit()
    assert opened[0].result() == QDialog.DialogCode.Rejected
    assert "읽을 수 없습니다" in opened[0].notice._label.text()
    assert internships.read(desk, draft.id).agreements[0].version == 1


def test_an_amendment_shows_what_it_changes_and_waits_for_signatures(
    shell: Shell, desk: Desk, running: InternshipRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(dialog: FormDialog) -> None:
        assert isinstance(dialog, AgreementDialog)
        dialog.terms.fields["start"].setText("2026-11-01")
        dialog.terms.fields["wage"].setText("2,600,000")
        dialog.reason.setText("임금 인상")

    answer(monkeypatch, AgreementDialog, change)
    page = page_of(shell)
    menu(page)["변경협약…"].trigger()
    tab = agreement_tab(page)
    assert len(tab.table.model.rows) == 2
    assert "임금(월): 2,400,000원 → 2,600,000원" in tab.content.text()
    assert "근로일" not in tab.content.text()
    assert "임금 인상" in tab.content.text()
    assert "변경협약서의 서명" in page.beside.guide.text()
    marks = [one.sign for one in page.beside.timeline.marks if one.lane is Lane.AGREEMENTS]
    assert marks == ["○", "·"]

    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_kwargs: Answer("잘못 만듦"))
    tab.void_action.trigger()
    assert internships.read(desk, running.id).draft is None
    assert "취소 사유: 잘못 만듦" in tab.content.text()


def test_a_break_is_hatched_and_closed_when_the_intern_is_back(
    shell: Shell, desk: Desk, running: InternshipRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pause(dialog: FormDialog) -> None:
        assert isinstance(dialog, BreakDialog)
        dialog.going_on.setChecked(True)
        dialog.reason.setText("병가")

    answer(monkeypatch, BreakDialog, pause)
    page = page_of(shell)
    menu(page)["중단·결근 적기…"].trigger()
    assert read(desk, running.id).state is InternState.INTERRUPTED
    (hatched,) = [one for one in page.beside.timeline.marks if one.hatched]
    assert (hatched.on, hatched.end) == (dt.date(2026, 10, 26), END)
    page.beside.timeline.picked.emit(hatched)
    assert TABS[page.beside.tabs.currentIndex()].key == "breaks"

    move(desk, dt.date(2026, 11, 2))
    page.refresh()
    assert page.beside.steps.button.text() == "복귀…"
    monkeypatch.setattr(DayDialog, "ask", lambda *_args: dt.date(2026, 11, 1))
    page.beside.steps.button.click()
    tab = breaks_tab(page)
    assert tab.table.model.rows[0].end == dt.date(2026, 11, 1)
    assert read(desk, running.id).state is InternState.ACTIVE

    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_kwargs: Answer("진단서 없음"))
    tab.void_button.click()
    assert not any(one.hatched for one in page.beside.timeline.marks)
    assert tab.table.model.rows[0].void_reason == "진단서 없음"


def test_an_unpaid_absence_lies_behind(shell: Shell, desk: Desk, running: InternshipRow) -> None:
    dialog = BreakDialog(shell, shell.context, running)
    dialog.going_on.setChecked(True)
    dialog.kind.setCurrentIndex(dialog.kind.findData(BreakKind.UNPAID_ABSENCE))
    assert not dialog.going_on.isEnabled()
    dialog.reason.setText("무단결근")
    dialog.save()
    (made,) = internships.read(desk, running.id).interruptions
    assert (made.start, made.end) == (dt.date(2026, 10, 26), dt.date(2026, 10, 26))
    dialog.deleteLater()


def test_an_early_end_is_taken_back_with_a_reason(
    shell: Shell, desk: Desk, running: InternshipRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(dialog: FormDialog) -> None:
        assert isinstance(dialog, EndDialog)
        assert dialog.kind.currentData() == EndKind.EARLY
        dialog.reason.setText("개인 사정")

    answer(monkeypatch, EndDialog, end)
    page = page_of(shell)
    menu(page)["종료…"].trigger()
    assert read(desk, running.id).state is InternState.ENDED_EARLY
    assert "× 조기종료" in page.beside.state.text()
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_kwargs: Answer("잘못 적음"))
    menu(page)["종료 되돌리기…"].trigger()
    assert read(desk, running.id).state is InternState.ACTIVE


def test_an_agreement_is_withdrawn_before_the_start(
    shell: Shell, desk: Desk, draft: InternshipRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def withdraw(dialog: FormDialog) -> None:
        assert isinstance(dialog, EndDialog)
        assert dialog.kind.count() == 1
        dialog.reason.setText("입사 포기")

    answer(monkeypatch, EndDialog, withdraw)
    page = page_of(shell)
    menu(page)["협약 취소…"].trigger()
    assert read(desk, draft.id).state is InternState.WITHDRAWN
    assert draft.placement in {one.id for one in internships.waiting(desk)}


def test_a_successor_takes_the_place_over(
    shell: Shell,
    desk: Desk,
    running: InternshipRow,
    placed: tuple[PlacementRow, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken = {one.trainee for one in placed}
    other = next(one for one in people.list_people(desk) if one.id not in taken)

    def hand_over(dialog: FormDialog) -> None:
        assert isinstance(dialog, ReplaceDialog)
        dialog.who.setText(f"{other.name} {other.birth.isoformat()}")
        dialog.reason.setText("중도 퇴사")

    answer(monkeypatch, ReplaceDialog, hand_over)
    page = page_of(shell)
    menu(page)["교체…"].trigger()
    assert read(desk, running.id).state is InternState.REPLACED
    row = page.list.current()
    assert row is not None
    assert (row.trainee, row.replaces, row.start) == (other.id, running.id, dt.date(2026, 10, 27))
    assert (row.wage, row.mentor, row.state) == (running.wage, running.mentor, InternState.PREPARING)


def test_an_internship_without_a_round_is_added_with_its_reason(
    shell: Shell, desk: Desk, placed: tuple[PlacementRow, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = {one.trainee for one in placed}
    other = next(one for one in people.list_people(desk) if one.id not in taken)

    def say(dialog: FormDialog) -> None:
        assert isinstance(dialog, AddDialog)
        dialog.who.setText(f"{other.name} {other.birth.isoformat()}")
        dialog.company.setCurrentIndex(dialog.company.findData(str(placed[0].company)))
        dialog.position.setCurrentIndex(dialog.position.findData(str(placed[0].position)))
        dialog.save()
        assert "사유" in dialog.notice._label.text()
        assert dialog.made is None
        dialog.reason.setText("추가 모집")

    answer(monkeypatch, AddDialog, say)
    answer(monkeypatch, AgreementDialog, lambda _dialog: None)
    page = page_of(shell)
    page.add_button.click()
    (row,) = page.list.shown
    assert (row.trainee, row.company, row.placement) == (other.id, placed[0].company, None)


def test_the_list_is_narrowed_and_walked_by_keys(
    shell: Shell, desk: Desk, running: InternshipRow, placed: tuple[PlacementRow, ...]
) -> None:
    internships.prepare(desk, placed[1].id)
    page = page_of(shell)
    assert len(page.list.shown) == 2
    page.go_to(state=RUNNING)
    assert [row.id for row in page.list.shown] == [running.id]
    page.go_to(state=DUE)
    assert {row.trainee for row in page.list.shown} == {running.trainee, placed[1].trainee}
    page.go_to(company=placed[0].company)
    assert {row.company for row in page.list.shown} == {placed[0].company}
    page.go_to(track="Track2")
    assert not page.list.shown
    assert page.beside.internship is None
    page.go_to(internship=running.id, tab="breaks")
    assert page.beside.internship == running.id
    assert TABS[page.beside.tabs.currentIndex()].key == "breaks"
    page.go_to()
    page.list.setFocus()
    view = page.list.table.view
    first = page.list.current()
    QTest.keyClick(view, Qt.Key.Key_Down if view.currentIndex().row() == 0 else Qt.Key.Key_Up)
    assert page.list.current() != first
    page._show_current()
    now = page.list.current()
    assert now is not None
    assert page.beside.internship == now.id


def test_the_row_tells_month_days_left_and_what_comes_next(shell: Shell, running: InternshipRow) -> None:
    page = page_of(shell)
    model = page.list.table.model
    told = {column.title: model.index(0, at).data() for at, column in enumerate(model.columns)}
    assert told["상태"] == "● 인턴 중"
    assert told["차수"] == "2차"
    assert told["남은 날"] == "48일"
    assert told["다음"] == "! 1차 방문 10/13"


def test_search_finds_an_internship_by_its_trainee_and_by_its_company(
    shell: Shell, running: InternshipRow
) -> None:
    found = [one for one in shell._finder(running.name) if one.detail.startswith("인턴십")]
    assert [one.person for one in found] == [running.trainee]
    found[0].act()
    page = shell.current_page()
    assert isinstance(page, InternshipsPage)
    assert page.beside.internship == running.id
    (company,) = [one for one in shell._finder(running.company_name) if one.detail.startswith("인턴십")]
    company.act()
    assert {row.company for row in page.list.shown} == {running.company}


def test_papers_are_looked_at_before_they_are_printed(
    shell: Shell, running: InternshipRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Wanted] = []
    monkeypatch.setattr(PreviewDialog, "ask", lambda _context, wanted, _title: asked.append(wanted))
    page = page_of(shell)
    agreement_tab(page).print_button.click()
    page.print_button.click()
    assert asked == [
        Wanted("internship-agreement", internship=running.id, number=0),
        Wanted("internship-list"),
    ]


def test_guests_see_masked_names_and_change_nothing(guests_gone: Shell, running: InternshipRow) -> None:
    guests_gone._on_guests()
    page = page_of(guests_gone)
    assert running.name not in page.beside.name.text()
    shown = page.list.current()
    assert shown is not None
    assert shown.name != running.name
    assert not page.beside.steps.menu_button.isVisible()
    tab = agreement_tab(page)
    assert "한지도" not in tab.content.text()
    writing = (tab.edit_button, tab.sign_button, tab.amend_action, tab.void_action, tab.attach_action)
    assert not any(one.isEnabled() for one in writing)
    assert not breaks_tab(page).add_button.isEnabled()


def test_who_only_looks_is_offered_nothing_to_do(
    shell: Shell, desk: Desk, running: InternshipRow, placed: tuple[PlacementRow, ...]
) -> None:
    desk._rights = rights_of({Role.VIEWER})
    page = page_of(shell)
    assert not page.prepare_button.isEnabled()
    assert not page.add_button.isEnabled()
    assert not page.beside.steps.menu_button.isVisible()
    page.prepare()
    assert len(internships.waiting(desk)) == 1


def test_every_tab_opens_for_an_internship(shell: Shell, running: InternshipRow) -> None:
    page = page_of(shell)
    for spec in TABS:
        page.beside.open_tab(spec.key)
        tab = page.beside.tab(spec.key)
        assert tab.internship is not None
        assert tab.internship.id == running.id
        assert tab.notice.text() == ""


def test_every_button_says_what_it_does(shell: Shell, running: InternshipRow) -> None:
    page = page_of(shell)
    buttons = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    assert all(one.text() or one.accessibleName() for one in buttons)
    assert sum(bool(one.property("primary")) for one in buttons) <= 1


def test_the_list_says_what_waits_beside_the_internships_own_course(
    shell: Shell, desk: Desk, running: InternshipRow
) -> None:
    page = page_of(shell)
    due = next(column for column in page.list.table.model.columns if column.title == "다음")
    assert due.show(page.list.shown[0]) == "! 1차 방문 10/13"
    assert due.tip is not None
    assert "1차 방문이 2026. 10. 13.까지" in due.tip(page.list.shown[0])
    assert page.beside.steps.button.text() == "방문 →"
    page.beside.steps.button.click()
    assert TABS[page.beside.tabs.currentIndex()].key == "visits"
    first = internships.read(desk, running.id).agreements[0]
    changed = agreements.amend(desk, running.id, replace(draft_of(first), wage=2_600_000), "임금 인상")
    shell.context.open_page("internships")
    assert due.show(page.list.shown[0]).startswith("! 변경 서명")
    assert page.beside.steps.button.text() == "서명 받음…"
    agreements.void(desk, changed.agreements[1].id, "철회")
    move(desk, dt.date(2026, 10, 13))  # the last day of the first service month
    shell.context.open_page("internships")
    assert due.show(page.list.shown[0]) == "1차 끝 10/13"
    assert not page.beside.steps.button.isVisibleTo(page)


def test_the_picture_is_folded_by_key_and_button_and_this_pc_remembers(
    shell: Shell, running: InternshipRow, qtbot: QtBot
) -> None:
    shell.show()
    qtbot.waitExposed(shell)
    shell.activateWindow()
    page = page_of(shell)
    beside = page.beside
    assert beside.timeline.isVisibleTo(page)
    page._enter()
    before = beside.tabs.height()
    QTest.keyClick(beside.timeline, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert not beside.timeline.isVisibleTo(page)
    assert not beside.mark.isVisibleTo(page)
    assert "펴기" in beside.fold.text()
    QApplication.processEvents()
    assert beside.tabs.height() > before
    beside.show_row(page.list.current())
    assert not beside.timeline.isVisibleTo(page)
    assert shell.preferences.get("timeline_folded", False) is True
    again = InternshipBeside(shell.context)
    assert again.timeline.isHidden()
    beside.fold.click()
    assert beside.timeline.isVisibleTo(page)
    assert "접기" in beside.fold.text()
