"""연계 on a real window: from two files to a published list, both objectives, 누가 밀리나, and what guests see of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel
from pytestqt.qtbot import QtBot
from tests.integration.matching_office import bring, ready, select_everybody

from regional_desk.desktop.imports.page import ImportPage
from regional_desk.desktop.matching import dragging
from regional_desk.desktop.matching.change_pane import ChangePane
from regional_desk.desktop.matching.choose_dialog import ChooseDialog
from regional_desk.desktop.matching.compare_pane import ComparePane
from regional_desk.desktop.matching.guide import next_of, steps_of
from regional_desk.desktop.matching.interview_dialog import InterviewDialog
from regional_desk.desktop.matching.interviews_pane import InterviewsPane
from regional_desk.desktop.matching.objective_card import cost_words
from regional_desk.desktop.matching.page import MatchingPage
from regional_desk.desktop.matching.people_pane import PeoplePane
from regional_desk.desktop.matching.publish_pane import PublishPane
from regional_desk.desktop.matching.rank_bars import bars_of
from regional_desk.desktop.matching.round_dialog import RoundDialog
from regional_desk.desktop.matching.wishes_dialog import WishesDialog
from regional_desk.desktop.matching.wishes_pane import WishesPane
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.screening.day_dialog import DayDialog
from regional_desk.desktop.shell import Shell
from regional_desk.domain.matching import Measure
from regional_desk.domain.matching_rounds import InterviewResult, MatchingState, Objective, Unrated
from regional_desk.domain.rights import Role, rights_of
from regional_desk.services.desk import Desk
from regional_desk.services.matching import entries, minutes, placements, results, rounds, wishes
from regional_desk.services.papers.making import Wanted

Settle = Callable[[], None]
STEPS = ("people", "wishes", "interviews", "compare", "change", "publish")
TODAY = dt.date(2026, 8, 31)


@pytest.fixture
def settle(qtbot: QtBot, shell: Shell) -> Settle:
    """Wait until every job ended and was shown."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not shell.jobs.running, timeout=20_000)

    return wait


@pytest.fixture
def in_round(desk: Desk) -> UUID:
    """A round made of the office's two files, nothing adopted yet."""
    return ready(desk)


@pytest.fixture
def adopted(desk: Desk, in_round: UUID) -> UUID:
    """The same round with the stable matching adopted."""
    results.adopt(desk, in_round, Objective.STABLE)
    return in_round


@pytest.fixture
def guests_gone(shell: Shell) -> Iterator[Shell]:
    """A window whose guests leave with the test."""
    yield shell
    if shell.guests:
        shell._on_guests()


def page_of(shell: Shell, step: str = "") -> MatchingPage:
    shell.open_page("matching", step=step)
    page = shell.current_page()
    assert isinstance(page, MatchingPage)
    return page


def people_of(shell: Shell) -> PeoplePane:
    pane = page_of(shell, "people").panes["people"]
    assert isinstance(pane, PeoplePane)
    return pane


def change_of(shell: Shell) -> ChangePane:
    pane = page_of(shell, "change").panes["change"]
    assert isinstance(pane, ChangePane)
    return pane


def compare_of(shell: Shell, settle: Settle) -> ComparePane:
    pane = page_of(shell, "compare").panes["compare"]
    assert isinstance(pane, ComparePane)
    settle()
    return pane


def publish_of(shell: Shell) -> PublishPane:
    pane = page_of(shell, "publish").panes["publish"]
    assert isinstance(pane, PublishPane)
    return pane


def full_position(pane: ChangePane) -> UUID:
    """A position without a free seat, to which somebody unplaced can be moved."""
    return next(line.offer.id for line in pane.offers.model.rows if len(line.people) == line.offer.seats > 0)


def take_somebody_unplaced(pane: ChangePane) -> UUID:
    pane.people.choose(lambda line: line.placed is None and line.wishes > 0)
    line = pane.people.current()
    assert line is not None
    return line.trainee.id


def answer_reason(monkeypatch: pytest.MonkeyPatch, reason: str, day: dt.date | None = None) -> None:
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_kwargs: Answer(reason, day))


def test_without_a_round_the_page_says_how_to_begin(shell: Shell) -> None:
    page = page_of(shell)
    assert "[새 차수]" in page.guide.text()
    assert page.how.isVisible()
    assert not page.strip.isVisible()
    assert page.new.property("primary")


def test_a_newcomer_goes_from_two_files_to_a_published_list(
    shell: Shell, desk: Desk, files: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    select_everybody(desk)
    monkeypatch.setattr(RoundDialog, "exec", lambda self: self.save())
    monkeypatch.setattr(DayDialog, "ask", lambda *_args: TODAY)
    page = page_of(shell)
    page.new.click()
    for kind, pane, told in (
        ("preferences", "wishes", "희망순위"),
        ("interviews", "interviews", "면접 결과"),
    ):
        assert told in page.guide.text()
        shown = page.panes[pane]
        assert page.stack.currentWidget() is shown
        assert isinstance(shown, WishesPane | InterviewsPane)
        shown.bring.click()
        imported = shell.current_page()
        assert isinstance(imported, ImportPage)
        assert imported.choices.kind_key() == kind
        imported.open_file(files / f"{kind}.xlsx")
        settle()
        imported.commit_button.click()
        settle()
        assert imported.committed
        imported.choices.back.click()
        assert shell.current_page() is page
    assert "견주어" in page.guide.text()
    settle()
    compare = page.panes["compare"]
    assert isinstance(compare, ComparePane)
    compare.cards[Objective.STABLE].adopt.click()
    settle()
    assert "조정" in compare.said.text()
    publish = publish_of(shell)
    publish.publish.click()
    assert "공개했습니다" in publish.said.text()
    assert page.state.text() == "● 공개함"
    (row,) = rounds.list_rounds(desk)
    assert (row.state, row.published_on) == (MatchingState.PUBLISHED, TODAY)
    assert len(publish.table.model.rows) == len(placements.placements(desk, row.id)) > 0


def test_going_back_without_importing_stays_at_the_step(shell: Shell, in_round: UUID) -> None:
    page = page_of(shell, "wishes")
    pane = page.panes["wishes"]
    assert isinstance(pane, WishesPane)
    pane.bring.click()
    imported = shell.current_page()
    assert isinstance(imported, ImportPage)
    assert imported.choices.matching_id() == in_round
    imported.choices.back.click()
    assert page.stack.currentWidget() is pane


def test_each_step_says_how_it_stands_and_the_first_undone_is_next(desk: Desk) -> None:
    select_everybody(desk)
    made = rounds.add_round(desk).id
    assert next_of(rounds.read(desk, made))[0] == "people"
    entries.fill(desk, made)
    assert next_of(rounds.read(desk, made))[0] == "wishes"
    bring(desk, "preferences", made)
    marks = {step.key: step.mark for step in steps_of(rounds.read(desk, made))}
    assert marks["people"] == "done"
    assert marks["wishes"] == "open"  # some of the round's people wish nothing
    assert marks["interviews"] == "next"
    assert marks["publish"] == "later"
    bring(desk, "interviews", made)
    assert next_of(rounds.read(desk, made))[0] == "compare"
    results.adopt(desk, made, Objective.MOST)
    assert next_of(rounds.read(desk, made))[0] == "change"
    placements.publish(desk, made)
    assert next_of(rounds.read(desk, made)) == (
        "",
        "✔ 공개한 차수입니다. 배정은 고칠 수 없고, 연계를 끝내는 것만 적을 수 있습니다.",
    )


def test_steps_are_chosen_by_keyboard(shell: Shell, in_round: UUID, qtbot: QtBot) -> None:
    page = page_of(shell, "people")
    qtbot.waitExposed(shell)
    shell.activateWindow()
    QTest.keyClick(page.strip.buttons["people"], Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert page.stack.currentWidget() is page.panes["interviews"]


def test_a_rounds_terms_are_changed_in_its_form(
    shell: Shell, desk: Desk, in_round: UUID, qtbot: QtBot
) -> None:
    row = rounds.read(desk, in_round).row
    dialog = RoundDialog(None, shell.context, row)
    qtbot.addWidget(dialog)
    dialog.name.setText("가을 연계")
    dialog.seed.setText("7")
    dialog.unrated.setCurrentIndex(dialog.unrated.findData(Unrated.REFUSE))
    dialog.save()
    changed = rounds.read(desk, in_round).row
    assert (changed.name, changed.seed, changed.unrated) == ("가을 연계", 7, Unrated.REFUSE)
    late = RoundDialog(None, shell.context, row)  # opened before the change
    qtbot.addWidget(late)
    late.save()
    assert late.made is None
    assert "다른 사람" in late.notice._label.text()


def test_both_objectives_stand_beside_each_other_with_what_each_costs(
    shell: Shell, desk: Desk, in_round: UUID, settle: Settle
) -> None:
    pane = compare_of(shell, settle)
    for objective, card in pane.cards.items():
        found = results.compute(desk, in_round, objective).measure
        assert card.figures["배정"].text() == f"{found.placed}명 / {found.placed + found.unplaced}명"
        assert card.figures["차단쌍"].text() == f"{found.blocking}쌍"
        assert card.bars.bars == bars_of(found.ranks, found.unplaced)
    assert "덜 배정" in pane.cards[Objective.STABLE].cost.text()
    assert "남습니다" in pane.cards[Objective.MOST].cost.text()
    assert rounds.read(desk, in_round).adopted is False


@pytest.mark.parametrize(
    ("objective", "own", "other", "words", "tone"),
    [
        (Objective.STABLE, (8, 0), (10, 3), "! 최다 배정보다 2명 덜 배정됩니다.", "warn"),
        (
            Objective.MOST,
            (10, 3),
            (8, 0),
            "! 안정 배정보다 2명 더 배정됩니다. 서로 더 원하는 짝이 3쌍 남습니다.",
            "warn",
        ),
        (Objective.MOST, (10, 0), (8, 0), "✔ 안정 배정보다 2명 더 배정됩니다.", "ok"),
        (Objective.STABLE, (8, 0), (8, 1), "✔ 최다 배정에 견주어 잃는 것이 없습니다.", "ok"),
    ],
)
def test_what_an_objective_costs_is_said_in_words(
    objective: Objective, own: tuple[int, int], other: tuple[int, int], words: str, tone: str
) -> None:
    def measured(placed: int, blocking: int) -> Measure:
        return Measure(placed, 12 - placed, (placed,), Fraction(1), blocking)

    assert cost_words(objective, measured(*own), measured(*other)) == (words, tone)


def test_wishes_from_the_fifth_on_share_a_bar() -> None:
    assert bars_of((4, 0, 2, 1, 3, 5), 6) == (
        ("1순위", 4),
        ("2순위", 0),
        ("3순위", 2),
        ("4순위", 1),
        ("5순위 이하", 8),
        ("미배정", 6),
    )
    assert bars_of((), 0)[0] == ("1순위", 0)


def test_each_person_and_each_position_is_explained(
    shell: Shell, desk: Desk, in_round: UUID, settle: Settle
) -> None:
    pane = compare_of(shell, settle)
    stable = results.compute(desk, in_round, Objective.STABLE)
    unplaced = stable.unplaced[0]
    pane.people.choose(lambda line: line.trainee.id == unplaced)
    assert pane.why[Objective.STABLE][1].text() == stable.of_trainees[unplaced]
    pane.by_offer.click()
    position = stable.round.positions[0]
    pane.offers.choose(lambda line: line.offer.id == position.id)
    assert pane.why[Objective.STABLE][1].text() == stable.of_positions[position.id]
    assert position.title in pane.why_head.text()


def test_what_was_adopted_is_taken_back_with_a_reason(
    shell: Shell, desk: Desk, adopted: UUID, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = compare_of(shell, settle)
    assert pane.cards[Objective.STABLE].taken.text() == "● 채택함"
    assert not pane.cards[Objective.STABLE].adopt.isEnabled()
    answer_reason(monkeypatch, "면접 결과를 잘못 가져옴")
    pane.withdraw.click()
    settle()
    assert not rounds.read(desk, adopted).adopted
    assert pane.cards[Objective.STABLE].adopt.isEnabled()


def held_over(pane: ChangePane, position: UUID) -> tuple[QPointF, QMimeData]:
    """The place of a position's row, and what a drag of this page carries."""
    pane.offers.choose(lambda line: line.offer.id == position)
    view, row = pane.offers.view, pane.offers.view.currentIndex()
    view.selectRow(0 if row.row() else 1)
    view.scrollTo(row)
    at = QPointF(view.visualRect(row).center())
    carried = QMimeData()
    carried.setData(dragging.MIME, b"")
    return at, carried


def test_dropping_a_person_on_a_position_shows_who_is_pushed_out_before_anything_is_done(
    shell: Shell, desk: Desk, adopted: UUID
) -> None:
    pane = change_of(shell)
    before = placements.placements(desk, adopted)
    trainee = take_somebody_unplaced(pane)
    position = full_position(pane)
    at, carried = held_over(pane, position)
    viewport = pane.offers.view.viewport()
    QApplication.sendEvent(viewport, QDragEnterEvent(QPoint(1, viewport.height() - 1), *_moved(carried)))
    QApplication.sendEvent(viewport, QDropEvent(at, *_moved(carried)))
    tried = placements.try_swap(desk, adopted, trainee, position)
    assert pane.trial == tried
    assert tried.displaced[0] in pane.card.told.text()
    measured = (tried.swap.measure_before.blocking, tried.swap.measure_after.blocking)
    assert f"차단쌍 {measured[0]} → {measured[1]}" in pane.card.costs.text()
    assert not pane.card.do.isEnabled()
    assert placements.placements(desk, adopted) == before


def test_what_is_dragged_is_taken_over_a_row_only_and_nothing_else_is(shell: Shell, adopted: UUID) -> None:
    pane = change_of(shell)
    at, carried = held_over(pane, full_position(pane))
    other = QMimeData()
    other.setText("아무 글")
    viewport = pane.offers.view.viewport()
    below = QPointF(at.x(), viewport.height() + 5000)
    for where, what, taken in ((at, carried, True), (below, carried, False), (at, other, False)):
        QApplication.sendEvent(viewport, QDragEnterEvent(at.toPoint(), *_moved(what)))
        event = QDragMoveEvent(where.toPoint(), *_moved(what))
        event.ignore()
        QApplication.sendEvent(viewport, event)
        assert event.isAccepted() is taken
    assert pane.trial is None


def _moved(
    carried: QMimeData,
) -> tuple[Qt.DropAction, QMimeData, Qt.MouseButton, Qt.KeyboardModifier]:
    return Qt.DropAction.MoveAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def test_dragging_begins_only_where_the_mouse_went_far_with_its_button_down(
    shell: Shell, adopted: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = change_of(shell)
    begun: list[bool] = []
    monkeypatch.setattr(pane.drag, "_begin", lambda: begun.append(True))
    view = pane.people.view
    start = view.visualRect(view.model().index(0, 0)).center()
    viewport = view.viewport()

    def move(to: QPoint, buttons: Qt.MouseButton) -> None:
        where = QPointF(to)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            where,
            viewport.mapToGlobal(where),
            Qt.MouseButton.NoButton,
            buttons,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, event)

    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    move(start + QPoint(1, 1), Qt.MouseButton.LeftButton)
    assert begun == []
    move(start + QPoint(60, 0), Qt.MouseButton.NoButton)
    assert begun == []
    move(start + QPoint(60, 0), Qt.MouseButton.LeftButton)
    assert begun == [True]


def test_a_change_is_made_by_keyboard_alone_and_minuted(shell: Shell, desk: Desk, adopted: UUID) -> None:
    pane = change_of(shell)
    trainee = take_somebody_unplaced(pane)
    position = full_position(pane)
    QTest.keyClick(pane.people.view, Qt.Key.Key_Return)
    assert "옮길 직무에서 Enter" in pane.offers_head.text()
    pane.offers.choose(lambda line: line.offer.id == position)
    QTest.keyClick(pane.offers.view, Qt.Key.Key_Return)
    QTest.keyClick(pane.card.reason, Qt.Key.Key_Return)  # without a reason nothing happens
    assert minutes.minutes(desk, adopted) == ()
    QTest.keyClicks(pane.card.reason, "same area")
    QTest.keyClick(pane.card.reason, Qt.Key.Key_Return)
    assert "1번 변경 기록" in pane.said.text()
    (minute,) = minutes.minutes(desk, adopted)
    assert (minute.trainee, minute.reason) == (trainee, "same area")
    assert minute.displaced
    assert pane.minutes.model.rows == (minute,)
    assert pane.below.tabText(1) == "변경 기록 1"
    now = {row.trainee: row.position for row in placements.placements(desk, adopted)}
    assert now[trainee] == position


def test_somebody_is_taken_out_of_the_placements(shell: Shell, desk: Desk, adopted: UUID) -> None:
    pane = change_of(shell)
    pane.people.choose(lambda line: line.placed is not None)
    line = pane.people.current()
    assert line is not None
    pane.out.click()
    assert "→ 미배정" in pane.card.head.text()
    assert "아무도 밀리지 않습니다" in pane.card.told.text()
    pane.card.reason.setText("본인이 그만둠")
    pane.card.do.click()
    assert line.trainee.id not in {row.trainee for row in placements.placements(desk, adopted)}


def test_what_cannot_be_done_is_said_and_asks_for_no_reason(shell: Shell, desk: Desk, in_round: UUID) -> None:
    found = rounds.read(desk, in_round)
    trainee = next(one for one in found.trainees if found.wishes.get(one.id))
    kept = next(one for one in found.positions if one.track == trainee.track)
    entries.forbid(desk, in_round, trainee.id, kept.company, "가족이 다니는 회사")
    results.adopt(desk, in_round, Objective.STABLE)
    pane = change_of(shell)
    pane.people.choose(lambda line: line.trainee.id == trainee.id)
    pane.try_out(kept.id)
    assert "연계 제외" in pane.card.told.text()
    assert pane.card.reason.isHidden()
    assert pane.card.do.isHidden()


def test_the_chosen_persons_wishes_stand_beside_the_positions(
    shell: Shell, desk: Desk, adopted: UUID
) -> None:
    pane = change_of(shell)
    trainee = take_somebody_unplaced(pane)
    wished = rounds.read(desk, adopted).wishes[trainee]
    pane.wished.click()
    shown = {line.offer.id: line.wish for line in pane.offers.model.rows}
    assert shown == {position: rank for rank, position in enumerate(wished, 1)}


def test_before_adopting_nobody_can_be_moved(shell: Shell, in_round: UUID) -> None:
    pane = change_of(shell)
    assert not pane.out.isEnabled()
    assert pane.people.model.rows == ()
    assert "[배정 견주기]" in pane.people._empty.text()
    pane.try_out(None)
    assert pane.trial is None


def test_wishes_are_put_in_order_by_hand(
    shell: Shell, desk: Desk, in_round: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = page_of(shell, "wishes").panes["wishes"]
    assert isinstance(pane, WishesPane)
    pane.table.choose(lambda line: len(line.wishes) > 1)
    line = pane.table.current()
    assert line is not None
    before = rounds.read(desk, in_round).wishes[line.trainee.id]

    def turn(dialog: WishesDialog) -> int:
        dialog.list.setCurrentRow(1)
        dialog.move_wish(-1)
        dialog.move_wish(-1)  # already the first
        dialog.list.setCurrentRow(dialog.list.count() - 1)
        dialog.drop()
        dialog.add()
        ranks = [dialog.list.item(at).text().split()[0] for at in range(dialog.list.count())]
        assert ranks == [f"{rank}순위" for rank in range(1, len(before) + 1)]
        return WishesDialog.DialogCode.Accepted

    monkeypatch.setattr(WishesDialog, "exec", turn)
    QTest.keyClick(pane.table.view, Qt.Key.Key_Return)
    after = rounds.read(desk, in_round).wishes[line.trainee.id]
    assert after[0] == before[1]
    assert len(after) == len(before)
    assert len(set(after)) == len(after)


def test_an_interview_is_keyed_in_and_points_that_cannot_be_are_refused(
    shell: Shell, desk: Desk, in_round: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = page_of(shell, "interviews").panes["interviews"]
    assert isinstance(pane, InterviewsPane)
    line = next(one for one in pane.offers.model.rows if one.passed)
    pane.offers.choose(lambda one: one.offer.id == line.offer.id)
    pane.people.view.selectRow(0)
    person = pane.people.current()
    assert person is not None

    def answer(dialog: InterviewDialog) -> int:
        dialog.outcome.setCurrentIndex(dialog.outcome.findData(InterviewResult.FAIL))
        dialog.points.setText("구십")
        dialog.save()
        assert dialog.answer is None
        dialog.points.setText("42.5")
        dialog.place.clear()
        dialog.save()
        return InterviewDialog.DialogCode.Accepted

    monkeypatch.setattr(InterviewDialog, "exec", answer)
    QTest.keyClick(pane.people.view, Qt.Key.Key_Return)
    told = next(
        one
        for one in rounds.read(desk, in_round).interviews
        if (one.position, one.trainee) == (line.offer.id, person.trainee.id)
    )
    assert (told.result, told.place, told.tenths) == (InterviewResult.FAIL, None, 425)


def test_missing_interviews_are_counted_and_named(shell: Shell, desk: Desk, in_round: UUID) -> None:
    found = rounds.read(desk, in_round)
    trainee, wished = next((one, wished) for one, wished in found.wishes.items() if wished)
    wishes.set_interview(desk, in_round, wished[0], trainee, None)
    pane = page_of(shell, "interviews").panes["interviews"]
    assert isinstance(pane, InterviewsPane)
    assert "! 결과 없음" in pane.head.text()
    pane.offers.choose(lambda line: line.offer.id == wished[0])
    without = [line.trainee.id for line in pane.people.model.rows if line.told is None]
    assert trainee in without


def test_people_and_positions_come_in_and_leave(
    shell: Shell, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    select_everybody(desk)
    made = rounds.add_round(desk).id
    pane = people_of(shell)

    def everything(dialog: ChooseDialog[object]) -> int:
        dialog.table.view.selectAll()
        assert dialog.ok.isEnabled()
        return ChooseDialog.DialogCode.Accepted

    monkeypatch.setattr(ChooseDialog, "exec", everything)
    pane.add_people.click()
    pane.add_offers.click()
    found = rounds.read(desk, made)
    assert len(found.trainees) == len(pane.people.model.rows) > 1
    assert len(found.positions) == len(pane.offers.model.rows) > 1
    pane.people.view.selectAll()
    pane.leave.click()
    pane.offers.view.selectRow(0)
    pane.drop.click()
    left = rounds.read(desk, made)
    assert left.trainees == ()
    assert len(left.positions) == len(found.positions) - 1
    pane.leave.click()
    assert "먼저 고르십시오" in pane.notice.text()


def test_terms_are_set_from_what_is_chosen(
    shell: Shell, desk: Desk, in_round: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = people_of(shell)
    pane.people.view.selectRow(0)
    trainee = pane.people.current()
    assert trainee is not None
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_args: (2, True))
    pane.priority.click()
    pane.offers.choose(lambda one: one.seats == 3)
    offer = pane.offers.current()
    assert offer is not None
    pane.seats.click()
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_args: (1, True))
    pane.cap.click()
    answer_reason(monkeypatch, "가족이 다니는 회사")
    pane.people.choose(lambda one: one.id == trainee.id)
    pane.forbid.click()
    found = rounds.read(desk, in_round)
    assert next(one.priority for one in found.trainees if one.id == trainee.id) == 2
    assert next(one.seats for one in found.positions if one.id == offer.id) == 2
    assert found.caps == {offer.company: 1}
    (pair,) = found.forbidden
    assert (pair.trainee, pair.company, pair.reason) == (trainee.id, offer.company, "가족이 다니는 회사")
    pane.forbidden.view.selectRow(0)
    pane.allow.click()
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_args: (99, True))
    pane.cap.click()  # no less than its seats: no cap
    again = rounds.read(desk, in_round)
    assert (again.forbidden, dict(again.caps)) == ((), {})


def test_a_published_placement_only_ends(
    shell: Shell, desk: Desk, adopted: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    placements.publish(desk, adopted)
    pane = publish_of(shell)
    assert pane.publish.isHidden()
    assert "공개 (단독 처리)" in pane.head.text()
    assert not change_of(shell).out.isEnabled()
    assert not people_of(shell).add_people.isEnabled()
    pane = publish_of(shell)
    pane.table.view.selectRow(0)
    row = pane.table.current()
    assert row is not None
    answer_reason(monkeypatch, "다른 곳에 취업", TODAY)
    pane.end.click()
    ended = [one for one in placements.placements(desk, adopted) if one.ended_on]
    assert [(one.id, one.end_reason) for one in ended] == [(row.id, "다른 곳에 취업")]
    assert "끝남 1" in pane.head.text()
    pane.table.choose(lambda one: one.id == row.id)
    pane.end.click()
    assert "이어지고 있는" in pane.notice.text()


def test_papers_are_shown_of_this_round(shell: Shell, adopted: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Wanted] = []
    monkeypatch.setattr(PreviewDialog, "ask", lambda _context, wanted, _name: asked.append(wanted))
    pane = publish_of(shell)
    for button in pane.papers.values():
        button.click()
    assert [one.document for one in asked] == list(pane.papers)
    assert {one.round for one in asked} == {adopted}


def test_guests_see_masked_names_in_every_step(
    guests_gone: Shell, desk: Desk, adopted: UUID, settle: Settle
) -> None:
    shell = guests_gone
    pane = change_of(shell)
    take_somebody_unplaced(pane)
    pane.try_out(full_position(pane))
    names = {one.name for one in rounds.read(desk, adopted).trainees}
    shell._on_guests()
    for step in STEPS:
        page = page_of(shell, step)
        settle()
        shown = [label.text() for label in page.findChildren(QLabel)]
        assert not any(name in text for name in names for text in shown), step
    for table in (pane.people, pane.offers):
        table.view.selectAll()
        assert not any(name in table.view.selected_text() for name in names)


def test_whoever_only_looks_finds_every_act_off(
    make_shell: Callable[[Desk], Shell], desk: Desk, adopted: UUID, qtbot: QtBot
) -> None:
    desk._rights = rights_of({Role.VIEWER})
    shell = make_shell(desk)
    assert not page_of(shell).new.isEnabled()
    for step in STEPS:
        pane = page_of(shell, step).panes[step]
        qtbot.waitUntil(lambda: not shell.jobs.running)
        assert not any(button.isEnabled() for button in pane._actions), step
    compare = page_of(shell, "compare").panes["compare"]
    assert isinstance(compare, ComparePane)
    assert not any(card.adopt.isEnabled() for card in compare.cards.values())


def test_whoever_may_see_nobody_is_told_so_on_the_page(
    make_shell: Callable[[Desk], Shell], desk: Desk, adopted: UUID
) -> None:
    desk._rights = rights_of({Role.ADMINISTRATOR})
    page = page_of(make_shell(desk))
    assert "사람 정보 보기" in page.notice.text()
    assert page.strip.isHidden()
    assert page.stack.isHidden()
    assert page.how.isHidden()


def test_the_page_is_no_wider_than_a_small_screen_at_large_text(
    shell: Shell, adopted: UUID, at_size: Callable[[int], None], settle: Settle
) -> None:
    at_size(150)
    shell._measure()
    for step in STEPS:
        page = page_of(shell, step)
        settle()
        QApplication.processEvents()
        assert page.minimumSizeHint().width() <= shell.width() - shell.ui.navigation.width(), step
