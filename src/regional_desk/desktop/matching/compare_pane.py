"""배정 견주기: both objectives beside each other, and why for each person and each position."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
)

from regional_desk.desktop import parts
from regional_desk.desktop.matching.objective_card import ObjectiveCard
from regional_desk.desktop.matching.pane import NOBODY, RoundPane, beside, listed, name_column
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.domain.matching import wish_rank
from regional_desk.domain.matching_rounds import MatchingState, Objective
from regional_desk.errors import UserError
from regional_desk.services.matching import results
from regional_desk.services.matching.results import Result
from regional_desk.services.matching.rounds import Round
from regional_desk.store.matching_rounds import OfferRow, TraineeRow

_WORDS = "계산은 아무것도 쓰지 않습니다. 하나를 채택해야 배정이 되고, 채택한 뒤에는 희망순위와 면접 결과를 고치지 않습니다."
_WHY = "사람이나 직무를 고르면 왜 그렇게 되었는지 나옵니다."
_LIST_HEIGHT = 150
Results = dict[Objective, Result]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one objective puts somebody: the position's words, empty where it is none, and the rank of the wish."""

    title: str
    wish: int | None

    @property
    def words(self) -> str:
        """`㈜가온 생산관리 (2순위)`."""
        if not self.title:
            return f"! {NOBODY}"
        return f"{self.title} ({self.wish}순위)" if self.wish else f"{self.title} (희망 밖)"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A trainee under both objectives."""

    trainee: TraineeRow
    placed: dict[Objective, Placed]

    @property
    def differs(self) -> bool:
        """Whether the choice matters to this person."""
        return len({one.title for one in self.placed.values()}) > 1


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A position under both objectives: how many it gets, and whether they are the same people."""

    offer: OfferRow
    counts: dict[Objective, int]
    differs: bool


class ComparePane(RoundPane):
    """The cards above; below the list on the left and the reasons on the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.results: Results = {}
        self._asked = 0  # a later question makes the answer to an earlier one void
        self.cards = {one: ObjectiveCard(context, one) for one in Objective}
        self.people = listed(context, _person_columns(context), "교육생별 배정", "교육생이 없습니다.")
        self.offers = listed(context, _offer_columns(), "직무별 배정", "직무가 없습니다.")
        self.lists = QStackedWidget()
        self.lists.addWidget(self.people)
        self.lists.addWidget(self.offers)
        self.by_person, self.by_offer = self._chip("교육생별", 0), self._chip("직무별", 1)
        self.by_person.setChecked(True)
        self.withdraw = parts.button("채택 거두기…", self._on_withdraw)
        self._actions = (self.withdraw,)
        self.why_head, self.hint = parts.heading("왜 이렇게 되었나"), parts.muted(_WHY)
        self.why = {one: (parts.heading(one.label), QLabel()) for one in Objective}
        self._build()
        self.people.chosen.connect(self._on_person)
        self.offers.chosen.connect(self._on_offer)

    def show_nothing(self) -> None:
        """No round yet."""
        self._forget()

    def show_data(self, found: Round) -> None:
        """Work both objectives out beside the window."""
        self._asked += 1
        asked, round_id, desk = self._asked, found.row.id, self.context.reading
        if self.results and self.results[Objective.STABLE].round.row.id != round_id:
            self._forget()
        self._show_cards()
        self.withdraw.setVisible(found.adopted and found.state is MatchingState.OPEN)
        self.withdraw.setEnabled(self.may_edit)

        def done(worked: Results) -> None:
            if asked == self._asked:
                self._show_results(worked)

        def refused(error: UserError) -> None:
            if asked == self._asked:
                self._forget()
                self.notice.show_error(error)

        self.context.jobs.start(
            lambda: {one: results.compute(desk, round_id, one) for one in Objective},
            "배정 계산",
            succeeded=done,
            refused=refused,
        )

    def adopt(self, objective: Objective) -> None:
        """Make it the round's placements."""
        found = self.found
        if found is None:
            return

        def write() -> None:
            done = results.adopt(self.desk, found.row.id, objective)
            self.say(
                f"● {objective.label}을 채택했습니다: {done['placed']}명 배정, {done['unplaced']}명 미배정. "
                "다음은 [조정]입니다."
            )

        self.act(write)

    def _build(self) -> None:
        said = QVBoxLayout()
        said.addWidget(self.why_head)
        said.addWidget(self.hint)
        for head, told in self.why.values():
            told.setWordWrap(True)
            said.addSpacing(4)
            said.addWidget(head)
            said.addWidget(told)
        said.addStretch(1)
        inside = QFrame()
        inside.setLayout(said)
        inside.setObjectName("card")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName("왜 이렇게 되었나")
        self.lists.setMinimumHeight(self.context.theme.size(_LIST_HEIGHT))
        cards = beside(*((card, 1) for card in self.cards.values()))
        choice = parts.row(self.by_person, self.by_offer, None, self.withdraw)
        self.compose(_WORDS, (cards, 0), (choice, 0), (beside((self.lists, 3), (scroll, 2)), 1))
        for card in self.cards.values():
            card.adopted.connect(self.adopt)

    def _chip(self, text: str, at: int) -> QPushButton:
        made = parts.button(text, lambda: self.lists.setCurrentIndex(at))
        made.setObjectName("chip")
        made.setCheckable(True)
        made.setAutoExclusive(True)
        return made

    def _forget(self) -> None:
        self.results = {}
        self.people.set_rows(())
        self.offers.set_rows(())
        self._tell("", {})
        self._show_cards()

    def _show_results(self, worked: Results) -> None:
        self.results = worked
        self._show_cards()
        stable = worked[Objective.STABLE].round
        self.people.set_rows([_person_line(one, worked) for one in stable.trainees])
        self.offers.set_rows([_offer_line(one, worked) for one in stable.positions])
        if self.people.current() is None and stable.trainees:
            self.people.view.selectRow(0)

    def _show_cards(self) -> None:
        found = self.found
        may = self.may_edit and found is not None and found.state is MatchingState.OPEN
        for objective, card in self.cards.items():
            own = self.results.get(objective)
            other = next((one for key, one in self.results.items() if key is not objective), None)
            taken = found is not None and found.row.objective == objective
            card.show_measure(
                own.measure if own else None,
                other.measure if other else None,
                taken=taken,
                may_adopt=may and not taken,
            )

    def _on_person(self, line: PersonLine | None) -> None:
        if line is not None:
            name = self.context.masking.show_name(line.trainee.name)
            self._tell(name, {key: one.of_trainees[line.trainee.id] for key, one in self.results.items()})

    def _on_offer(self, line: OfferLine | None) -> None:
        if line is not None:
            told = {key: one.of_positions[line.offer.id] for key, one in self.results.items()}
            self._tell(line.offer.title, told)

    def _tell(self, who: str, told: dict[Objective, str]) -> None:
        self.why_head.setText(f"왜 이렇게 되었나 — {who}" if who else "왜 이렇게 되었나")
        self.hint.setVisible(not told)
        for objective, (head, text) in self.why.items():
            text.setText(told.get(objective, ""))
            head.setVisible(objective in told)

    def _on_withdraw(self) -> None:
        found = self.found
        if found is None:
            return
        answer = ReasonDialog.ask(
            self,
            "채택 거두기",
            "배정을 거두고 희망순위와 면접 결과를 다시 고칠 수 있게 합니다. 변경 기록은 남습니다. 사유에 이름을 적지 마십시오.",
            act="거두기",
        )
        if answer is not None:
            self.act(lambda: results.withdraw(self.desk, found.row.id, answer.reason))


def _person_line(trainee: TraineeRow, worked: Results) -> PersonLine:
    def placed(result: Result) -> Placed:
        position = result.matching.get(trainee.id)
        if position is None:
            return Placed("", None)
        title = next(one.title for one in result.round.positions if one.id == position)
        return Placed(title, wish_rank(result.problem, trainee.id, position))

    return PersonLine(trainee, {key: placed(one) for key, one in worked.items()})


def _offer_line(offer: OfferRow, worked: Results) -> OfferLine:
    def people(result: Result) -> frozenset[UUID]:
        return frozenset(one for one, position in result.matching.items() if position == offer.id)

    taken = {key: people(one) for key, one in worked.items()}
    return OfferLine(offer, {key: len(one) for key, one in taken.items()}, len(set(taken.values())) > 1)


def _person_columns(context: Context) -> tuple[Column[PersonLine], ...]:
    name = name_column(context)

    def at(objective: Objective) -> Column[PersonLine]:
        return Column(
            objective.label,
            lambda line: line.placed[objective].words,
            lambda line: (not line.placed[objective].title, line.placed[objective].wish or 0),
            width=230,
            tip=lambda line: line.placed[objective].words,
            tone=lambda line: None if line.placed[objective].title else "warn",
        )

    return (
        Column(name.title, lambda line: name.show(line.trainee), lambda line: line.trainee.name, width=85),
        *(at(one) for one in Objective),
        Column(
            "차이", lambda line: "≠ 다름" if line.differs else "같음", lambda line: not line.differs, width=65
        ),
    )


def _offer_columns() -> tuple[Column[OfferLine], ...]:
    def at(objective: Objective) -> Column[OfferLine]:
        return Column(
            objective.label,
            lambda line: f"{line.counts[objective]}/{line.offer.seats}명",
            lambda line: line.counts[objective],
            "right",
            90,
        )

    return (
        Column("기업", lambda line: line.offer.company_name, width=180),
        Column("직무", lambda line: line.offer.name, width=130),
        *(at(one) for one in Objective),
        Column(
            "차이", lambda line: "≠ 다름" if line.differs else "같음", lambda line: not line.differs, width=65
        ),
    )
