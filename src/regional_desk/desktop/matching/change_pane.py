"""조정: moving somebody by hand, seen before it is done, and the minutes of what was moved."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget

from regional_desk.desktop import parts
from regional_desk.desktop.matching.dragging import DragSource, DropTarget
from regional_desk.desktop.matching.pane import (
    NOBODY,
    RoundPane,
    beside,
    bring_into_view,
    listed,
    name_column,
    under,
)
from regional_desk.desktop.matching.trial_card import TrialCard
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.domain.matching_rounds import How, InterviewResult, MatchingState
from regional_desk.errors import Refusal, UserError
from regional_desk.services.matching import minutes, placements
from regional_desk.services.matching.minutes import Minute
from regional_desk.services.matching.placements import Trial
from regional_desk.services.matching.rounds import Round
from regional_desk.store.matching_rounds import OfferRow, TraineeRow
from regional_desk.store.placements import PlacementRow

_WORDS = "채택한 배정을 한 사람씩 옮깁니다. 바꿀 때마다 번호가 붙은 변경 기록이 남아 조정 회의록이 되며 지울 수 없습니다."
_FIRST = "먼저 [배정 견주기]에서 하나를 채택하십시오. 그다음에 옮길 수 있습니다."
_BELOW_HEIGHT = 190


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A trainee and where they are placed, None nowhere."""

    trainee: TraineeRow
    placed: PlacementRow | None
    wishes: int


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A position, whom it has, and what it and the chosen trainee said of each other."""

    offer: OfferRow
    people: tuple[str, ...]
    wish: int | None
    told: str


class ChangePane(RoundPane):
    """People on the left, positions on the right; below what a change would do, and the minutes."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.trial: Trial | None = None
        self.people_head, self.offers_head = parts.heading("교육생"), parts.heading("직무")
        self.people = listed(context, _person_columns(context), "배정된 교육생", _FIRST)
        self.offers = listed(context, _offer_columns(), "받는 직무", "직무가 없습니다.")
        self.minutes = listed(
            context, _minute_columns(), "변경 기록", "손으로 바꾼 배정이 없습니다.", filtered=False
        )
        self.card = TrialCard()
        self.out = parts.button("배정에서 빼 보기", lambda: self.try_out(None), tip="Del")
        self.wished = parts.button(
            "희망한 직무만", self._show_offers, tip="고른 교육생이 희망한 직무만 봅니다."
        )
        self.wished.setCheckable(True)
        self._actions = (self.out, self.wished)
        self._held: dict[UUID, list[str]] = {}
        self.drag = DragSource(self.people)
        drop = DropTarget(self.offers)
        self.below = QTabWidget()
        self.below.setAccessibleName("누가 밀리나, 변경 기록")
        self.below.addTab(self.card, "누가 밀리나")
        self.below.addTab(self.minutes, "변경 기록")
        self.below.setMinimumHeight(context.theme.size(_BELOW_HEIGHT))
        left = under(self.people_head, (self.out,), self.people)
        right = under(self.offers_head, (self.wished,), self.offers)
        self.compose(_WORDS, (beside((left, 1), (right, 1)), 3), (self.below, 2))
        drop.dropped.connect(self._on_dropped)
        self.people.chosen.connect(lambda _line: self._show_offers())
        self.people.opened.connect(lambda _line: self._take_up())
        self.offers.opened.connect(lambda _line: self._on_dropped())
        self.card.wanted.connect(self.change)
        self.card.dropped.connect(self._put_down)
        QShortcut(
            QKeySequence("Del"),
            self.people.view,
            lambda: self.try_out(None),
            context=Qt.ShortcutContext.WidgetShortcut,
        )

    @property
    def may_change(self) -> bool:
        """Whether placements may be moved by this person now."""
        found = self.found
        return self.may_edit and found is not None and found.adopted and found.state is MatchingState.OPEN

    def show_nothing(self) -> None:
        """No round yet."""
        self.people.set_rows(())
        self.offers.set_rows(())

    def show_data(self, found: Round) -> None:
        """Everybody's placement, every position's people, the minutes."""
        rows = placements.placements(self.context.reading, found.row.id)
        placed = {row.trainee: row for row in rows}
        self._held = {}
        for row in rows:
            self._held.setdefault(row.position, []).append(row.name)
        people = [
            PersonLine(one, placed.get(one.id), len(found.wishes.get(one.id, ()))) for one in found.trainees
        ]
        self.people.set_rows(people if found.adopted else ())
        self._show_offers()
        self.people_head.setText(
            f"교육생 {len(people)}명 · 배정 {len(rows)} · {NOBODY} {len(people) - len(rows)}"
        )
        taken = minutes.minutes(self.context.reading, found.row.id)
        self.minutes.set_rows(taken)
        self.below.setTabText(1, f"변경 기록 {len(taken)}")
        self._enable(self.may_change)
        self.drag.on = self.may_change
        self._put_down()

    def try_out(self, position: UUID | None) -> None:
        """Show what moving the chosen trainee there would do; nothing is written."""
        found, line = self.found, self.people.current()
        self._clear()
        if found is None or not self.may_change:
            return
        if line is None:
            self.notice.show_error(Refusal("옮길 교육생을 먼저 고르십시오."))
            return
        trainee = line.trainee.id

        try:
            self.trial = placements.try_swap(self.context.reading, found.row.id, trainee, position)
        except UserError as error:
            self._put_down()
            self.notice.show_error(error)
            return
        self.below.setCurrentWidget(self.card)
        self.card.show_trial(self.trial, self.name_of, self.label_of)
        bring_into_view(self.below)

    def change(self, reason: str) -> None:
        """Do what was tried, with the reason."""
        found, trial = self.found, self.trial
        if found is None or trial is None:
            return

        def write() -> None:
            tried = trial.swap
            done = placements.change(self.desk, found.row.id, tried.trainee, tried.position, reason)
            out = f" 밀린 {len(trial.displaced)}명의 자리를 찾아 주십시오." if trial.displaced else ""
            self.say(f"● {done['minute']}번 변경 기록을 남기고 옮겼습니다.{out}")
            self.people.view.setFocus()

        self.act(write)

    def _show_offers(self) -> None:
        """Every position, or those the chosen trainee wishes, with what they said of each other."""
        found, line = self.found, self.people.current()
        if found is None:
            return
        wished = found.wishes.get(line.trainee.id, ()) if line else ()
        told = {
            one.position: InterviewResult(one.result).label
            for one in found.interviews
            if line is not None and one.trainee == line.trainee.id
        }
        self.offers.set_rows(
            [
                OfferLine(
                    one,
                    tuple(self._held.get(one.id, ())),
                    wished.index(one.id) + 1 if one.id in wished else None,
                    told.get(one.id, ""),
                )
                for one in found.positions
                if one.id in wished or not (self.wished.isChecked() and line)
            ]
        )

    def _take_up(self) -> None:
        """By keyboard: the trainee is taken up, the position comes next."""
        line = self.people.current()
        if line is None or not self.may_change:
            return
        name = self.context.masking.show_name(line.trainee.name)
        self.offers_head.setText(f"직무 — {name}님을 옮길 직무에서 Enter")
        placed = line.placed
        if placed is not None:
            self.offers.choose(lambda one: one.offer.id == placed.position)
        if self.offers.current() is None:
            self.offers.view.selectRow(0)
        self.offers.view.setFocus()

    def _on_dropped(self) -> None:
        line = self.offers.current()
        if line is not None:
            self.try_out(line.offer.id)

    def _put_down(self) -> None:
        self.trial = None
        self.offers_head.setText("직무")
        self.card.show_trial(None)


def _person_columns(context: Context) -> tuple[Column[PersonLine], ...]:
    name = name_column(context)

    def where(line: PersonLine) -> str:
        return f"{line.placed.company_name} {line.placed.position_name}" if line.placed else f"! {NOBODY}"

    def wish(line: PersonLine) -> str:
        if line.placed is None:
            return f"희망 {line.wishes}곳"
        return f"{line.placed.rank}순위" if line.placed.rank else "희망 밖"

    return (
        Column(name.title, lambda line: name.show(line.trainee), lambda line: line.trainee.name, width=80),
        Column("트랙", lambda line: line.trainee.track, width=60),
        Column("배정", where, width=190, tip=where, tone=lambda line: None if line.placed else "warn"),
        Column("희망순위", wish, lambda line: line.placed.rank or 0 if line.placed else 0, width=75),
        Column("방식", lambda line: How(line.placed.how).label if line.placed else "", width=80),
    )


def _offer_columns() -> tuple[Column[OfferLine], ...]:
    def seats(line: OfferLine) -> str:
        full = len(line.people) >= line.offer.seats
        return f"{len(line.people)}/{line.offer.seats} {'참' if full else '빔'}"

    def people(line: OfferLine) -> str:
        return ", ".join(line.people)

    def about(line: OfferLine) -> str:
        return " · ".join(word for word in (f"{line.wish}순위" if line.wish else "", line.told) if word)

    return (
        Column("기업", lambda line: line.offer.company_name, width=140),
        Column("직무", lambda line: line.offer.name, width=105),
        Column("자리", seats, lambda line: line.offer.seats - len(line.people), "right", 65),
        Column("고른 사람", about, lambda line: (line.wish is None, line.wish or 0, line.told), width=100),
        Column("배정된 사람", people, width=200, tip=people),
    )


def _minute_columns() -> tuple[Column[Minute], ...]:
    return (
        Column("번호", lambda one: str(one.number), lambda one: one.number, "right", 50),
        Column("때", lambda one: f"{one.at:%Y. %m. %d. %H:%M}", lambda one: one.at, width=130),
        Column("성명", lambda one: one.name, width=80),
        Column("바꾼 내용", lambda one: f"{one.before or NOBODY} → {one.after or NOBODY}", width=320),
        Column("밀린 사람", lambda one: one.displaced or "없음", width=80),
        Column("사유", lambda one: one.reason, width=260, tip=lambda one: one.reason),
        Column("바꾼 사람", lambda one: one.by, width=90),
    )
