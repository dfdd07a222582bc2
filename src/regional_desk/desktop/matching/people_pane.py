"""참가: whom and what a round is about, with priority groups, seats, caps and who is kept from which company."""

from __future__ import annotations

from PySide6.QtWidgets import QInputDialog

from regional_desk.desktop import parts
from regional_desk.desktop.matching.choose_dialog import ChooseDialog
from regional_desk.desktop.matching.pane import RoundPane, beside, birth_column, listed, name_column, under
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.errors import Refusal
from regional_desk.services.matching import entries
from regional_desk.services.matching.rounds import Round
from regional_desk.store.matching_rounds import ForbiddenRow, OfferRow, TraineeRow

_FORBIDDEN_HEIGHT, _MOST_GROUP = 150, 99
_WORDS = (
    "우선 배정 순위는 1이 2보다 먼저이고 0은 순위가 없는 사람입니다. 기업 상한은 한 기업이 모든 직무에서 받는 사람의 한도입니다. "
    "연계 제외는 교육생과 직무를 하나씩 고르고 누르십시오."
)


class PeoplePane(RoundPane):
    """The people on the left, the positions on the right, exclusions below."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.people_head, self.offers_head, self.forbidden_head = (parts.heading("") for _ in range(3))
        self.people = listed(
            context, _people(context), "교육생", "아직 교육생이 없습니다. [넣기]로 고르십시오."
        )
        self.offers = listed(
            context, self._offer_columns(), "직무", "아직 직무가 없습니다. [넣기]로 고르십시오."
        )
        self.forbidden = listed(
            context, self._forbidden_columns(), "연계 제외", "연계 제외가 없습니다.", filtered=False
        )
        self.add_people = parts.button("넣기…", self._on_add_people)
        self.priority = parts.button("우선 순위…", self._on_priority, tip="고른 교육생의 우선 배정 순위")
        self.leave = parts.button("빼기", self._on_leave, tip="고른 교육생을 희망·면접과 함께 차수에서 뺌")
        self.add_offers = parts.button("넣기…", self._on_add_offers)
        self.seats = parts.button("모집인원…", self._on_seats, tip="이 차수에서 그 직무가 받는 사람")
        self.cap = parts.button("기업 상한…", self._on_cap, tip="그 기업이 모든 직무에서 받는 사람의 한도")
        self.drop = parts.button("빼기", self._on_drop, tip="고른 직무를 차수에서 뺌")
        for button, name in (
            (self.add_people, "교육생 넣기"),
            (self.leave, "교육생 빼기"),
            (self.add_offers, "직무 넣기"),
            (self.drop, "직무 빼기"),
        ):
            button.setAccessibleName(name)
        self.forbid = parts.button("연계 제외…", self._on_forbid)
        self.allow = parts.button("제외 풀기", self._on_allow)
        self._build()

    def show_nothing(self) -> None:
        """No round yet."""
        for table in (self.people, self.offers, self.forbidden):
            table.set_rows(())

    def show_data(self, found: Round) -> None:
        """Everybody and everything in the round."""
        self.people_head.setText(f"교육생 {len(found.trainees)}명")
        self.offers_head.setText(f"직무 {len(found.positions)} · 모집 {found.seats}명")
        self.forbidden_head.setText(f"연계 제외 {len(found.forbidden)}")
        self.people.set_rows(found.trainees)
        self.offers.set_rows(found.positions)
        self.forbidden.set_rows(found.forbidden)
        self._enable(self.editable)

    def _build(self) -> None:
        people = under(self.people_head, (self.leave, self.priority, self.add_people), self.people)
        offers = under(self.offers_head, (self.drop, self.cap, self.seats, self.add_offers), self.offers)
        forbidden = under(self.forbidden_head, (self.allow, self.forbid), self.forbidden)
        forbidden.setMaximumHeight(self.context.theme.size(_FORBIDDEN_HEIGHT))
        self._actions = (self.add_people, self.priority, self.leave, self.add_offers)
        self._actions += (self.seats, self.cap, self.drop, self.forbid, self.allow)
        self.compose(_WORDS, (beside((people, 2), (offers, 3)), 1), (forbidden, 0))

    def _on_add_people(self) -> None:
        found = self.found
        if found is None:
            return
        inside = {one.id for one in found.trainees}
        free = [one for one in entries.free_trainees(self.context.reading) if one.id not in inside]
        chosen = ChooseDialog(
            self,
            self.context,
            "교육생 넣기",
            _people(self.context)[:3],
            free,
            empty="더 넣을 수 있는 교육생이 없습니다. 교육 중이거나 수료한 사람만 나옵니다.",
        ).ask()
        if chosen:
            self.act(lambda: entries.add_trainees(self.desk, found.row.id, [one.id for one in chosen]))

    def _on_add_offers(self) -> None:
        found = self.found
        if found is None:
            return
        inside = {one.id for one in found.positions}
        free = [one for one in entries.free_positions(self.desk) if one.id not in inside]
        chosen = ChooseDialog(
            self,
            self.context,
            "직무 넣기",
            _free_offers(),
            free,
            empty="더 넣을 수 있는 직무가 없습니다. 선정된 기업의 모집 중인 직무만 나옵니다.",
        ).ask()
        if chosen:
            self.act(lambda: entries.add_positions(self.desk, found.row.id, [one.id for one in chosen]))

    def _on_priority(self) -> None:
        chosen, found = self.people.selected(), self.found
        if found is None or not self._asked(chosen, "우선 순위를 줄 교육생을 먼저 고르십시오."):
            return
        group, sure = QInputDialog.getInt(
            self,
            "우선 배정 순위",
            f"고른 {len(chosen)}명의 순위 (1이 가장 먼저, 0은 없음)",
            chosen[0].priority,
            0,
            _MOST_GROUP,
        )
        if sure:
            self.each(chosen, lambda one: entries.set_priority(self.desk, found.row.id, one.id, group))

    def _on_leave(self) -> None:
        chosen, found = self.people.selected(), self.found
        if found is not None and self._asked(chosen, "뺄 교육생을 먼저 고르십시오."):
            self.each(chosen, lambda one: entries.remove_trainee(self.desk, found.row.id, one.id))

    def _on_drop(self) -> None:
        chosen, found = self.offers.selected(), self.found
        if found is not None and self._asked(chosen, "뺄 직무를 먼저 고르십시오."):
            self.each(chosen, lambda one: entries.remove_position(self.desk, found.row.id, one.id))

    def _on_seats(self) -> None:
        offer, found = self.offers.current(), self.found
        if found is None or offer is None:
            self._asked((), "직무를 먼저 고르십시오.")
            return
        seats, sure = QInputDialog.getInt(
            self, "모집인원", f"{offer.title}이(가) 이 차수에서 받는 사람", offer.seats, 0, offer.asked
        )
        if sure:
            self.act(lambda: entries.set_seats(self.desk, found.row.id, offer.id, seats))

    def _on_cap(self) -> None:
        offer, found = self.offers.current(), self.found
        if found is None or offer is None:
            self._asked((), "기업의 직무를 먼저 고르십시오.")
            return
        at_most = sum(one.seats for one in found.positions if one.company == offer.company)
        cap, sure = QInputDialog.getInt(
            self,
            "기업 상한",
            f"{offer.company_name}이(가) 모든 직무에서 받는 사람 ({at_most} 이상이면 상한 없음)",
            found.caps.get(offer.company, at_most),
            0,
        )
        if sure:
            limit = cap if cap < at_most else None
            self.act(lambda: entries.set_cap(self.desk, found.row.id, offer.company, limit))

    def _on_forbid(self) -> None:
        trainee, offer, found = self.people.current(), self.offers.current(), self.found
        if found is None or trainee is None or offer is None:
            self._asked((), "교육생과 직무를 하나씩 먼저 고르십시오.")
            return
        name = self.context.masking.show_name(trainee.name)
        answer = ReasonDialog.ask(
            self,
            "연계 제외",
            f"{name}님을 {offer.company_name}의 어느 직무에도 배정하지 않습니다.",
            act="제외",
        )
        if answer is not None:
            self.act(
                lambda: entries.forbid(self.desk, found.row.id, trainee.id, offer.company, answer.reason)
            )

    def _on_allow(self) -> None:
        row, found = self.forbidden.current(), self.found
        if found is None or row is None:
            self._asked((), "풀 연계 제외를 먼저 고르십시오.")
            return
        self.act(lambda: entries.allow(self.desk, found.row.id, row.id))

    def _asked(self, chosen: tuple[object, ...], otherwise: str) -> bool:
        """Whether something was chosen; else say what to choose."""
        self._clear()
        if not chosen:
            self.notice.show_error(Refusal(otherwise))
        return bool(chosen)

    def _offer_columns(self) -> tuple[Column[OfferRow], ...]:
        def cap(offer: OfferRow) -> str:
            limit = self.found.caps.get(offer.company) if self.found else None
            return "" if limit is None else str(limit)

        def told(offer: OfferRow) -> str:
            offered = self.found is None or offer.id in self.found.offered
            return "" if offered else "! 모집 마침·선정 안 됨"

        return (
            Column("기업", lambda one: one.company_name, width=160),
            Column("직무", lambda one: one.name, width=130),
            Column("트랙", lambda one: one.track, width=60),
            Column("모집인원", lambda one: str(one.seats), lambda one: one.seats, "right", 70),
            Column("기업 상한", cap, cap, "right", 75),
            Column("확인할 것", told, width=150, tone=lambda one: "warn" if told(one) else None),
        )

    def _forbidden_columns(self) -> tuple[Column[ForbiddenRow], ...]:
        return (
            Column("성명", lambda one: self.name_of(one.trainee), width=90),
            Column("기업", lambda one: one.company_name, width=170),
            Column("사유", lambda one: one.reason, width=420, tip=lambda one: one.reason),
        )


def _people(context: Context) -> tuple[Column[TraineeRow], ...]:
    return (
        name_column(context),
        birth_column(context),
        Column("트랙", lambda one: one.track, width=60),
        Column(
            "우선 순위",
            lambda one: f"{one.priority}순위" if one.priority else "",
            lambda one: one.priority or _MOST_GROUP + 1,
            "center",
            75,
        ),
    )


def _free_offers() -> tuple[Column[OfferRow], ...]:
    return (
        Column("기업", lambda one: one.company_name, width=200),
        Column("직무", lambda one: one.name, width=180),
        Column("트랙", lambda one: one.track, width=70),
        Column("남은 자리", lambda one: str(one.seats), lambda one: one.seats, "right", 80),
    )
