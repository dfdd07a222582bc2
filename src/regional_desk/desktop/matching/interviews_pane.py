"""면접 결과: what each position said of whom, from a file or keyed in; who was wished by and is missing is named."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from regional_desk.desktop import parts
from regional_desk.desktop.matching.interview_dialog import InterviewAnswer, InterviewDialog
from regional_desk.desktop.matching.pane import (
    RoundPane,
    beside,
    birth_column,
    listed,
    name_column,
    under,
)
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.domain.matching_rounds import InterviewResult
from regional_desk.domain.screening import show_points
from regional_desk.errors import Refusal
from regional_desk.services.matching import wishes
from regional_desk.services.matching.rounds import Round
from regional_desk.store.matching_rounds import InterviewRow, OfferRow, TraineeRow

_WORDS = (
    "기업명, 직무, 성명, 생년월일과 결과(합격·불합격), 순위나 점수가 있는 표이면 됩니다. 순위는 1이 가장 좋습니다. "
    "직무를 고르면 그 직무의 사람들이 오른쪽에 나오고, Enter로 한 사람의 결과를 적습니다."
)


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A position: how many passed and failed, and of how many who wish it nothing is known."""

    offer: OfferRow
    passed: int
    failed: int
    missing: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody a position interviewed, or who wishes it; `wish` is the rank of the wish."""

    trainee: TraineeRow
    told: InterviewRow | None
    wish: int | None


class InterviewsPane(RoundPane):
    """Positions on the left, the chosen one's people on the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.head, self.people_head = parts.heading(""), parts.heading("")
        self.offers = listed(context, _offer_columns(), "직무", "직무가 없습니다. [참가]에서 넣으십시오.")
        self.people = listed(
            context, _people_columns(context), "면접한 사람", "면접했거나 희망한 사람이 없습니다."
        )
        self.edit = parts.button("결과 적기…", self._on_edit, tip="Enter")
        self.bring = parts.button("면접 결과 파일 가져오기", self.open_import, primary=True)
        self._actions = (self.edit, self.bring)
        self._at: UUID | None = None  # the position on the right
        left = under(self.head, (self.bring,), self.offers)
        right = under(self.people_head, (self.edit,), self.people)
        self.compose(_WORDS, (beside((left, 1), (right, 1)), 1))
        self.offers.chosen.connect(self._on_offer)
        self.offers.opened.connect(lambda _line: self.people.view.setFocus())
        self.people.opened.connect(lambda _line: self._on_edit())

    def show_nothing(self) -> None:
        """No round yet."""
        self.offers.set_rows(())
        self.people.set_rows(())

    def show_data(self, found: Round) -> None:
        """Every position, and the chosen one's people."""
        lines = _offer_lines(found)
        missing = sum(line.missing for line in lines)
        told = f"{len(found.interviews)}건"
        self.head.setText(f"{told} · ! 결과 없음 {missing}건" if missing else told)
        at = self._at
        self.offers.set_rows(lines)
        self._at = at
        if at is None and lines:
            self._at = max(lines, key=lambda line: line.missing).offer.id
        self.offers.choose(lambda line: line.offer.id == self._at)
        self._show_people()
        self._enable(self.editable)

    def open_import(self) -> None:
        """The import page, ready for this round's interviews."""
        if self.found is not None:
            self.context.open_page("import", kind="interviews", matching=self.found.row.id)

    def _on_offer(self, line: OfferLine | None) -> None:
        if line is not None and line.offer.id != self._at:
            self._at = line.offer.id
            self._show_people()

    def _show_people(self) -> None:
        found, at = self.found, self._at
        if found is None or at is None:
            self.people.set_rows(())
            return
        self.people_head.setText(self.label_of(at))
        self.people.set_rows(_person_lines(found, at))

    def _on_edit(self) -> None:
        line, found, at = self.people.current(), self.found, self._at
        if found is None or at is None or not self.editable:
            return
        self._clear()
        if line is None:
            self.notice.show_error(Refusal("결과를 적을 사람을 먼저 고르십시오."))
            return
        trainee = line.trainee
        name = self.context.masking.show_name(trainee.name)
        answer = InterviewDialog.ask(self, f"{name}님 — {self.label_of(at)}", line.told)
        if answer is not None:
            self.act(lambda: self._write(found.row.id, at, trainee.id, answer))

    def _write(self, round_id: UUID, position: UUID, trainee: UUID, answer: InterviewAnswer) -> None:
        wishes.set_interview(
            self.desk,
            round_id,
            position,
            trainee,
            answer.result,
            place=answer.place,
            tenths=answer.tenths,
        )


def _offer_lines(found: Round) -> tuple[OfferLine, ...]:
    passed, failed, missing = ({one.id: 0 for one in found.positions} for _ in range(3))
    met = set()
    for one in found.interviews:
        met.add((one.position, one.trainee))
        counts = passed if one.result == InterviewResult.PASS else failed
        counts[one.position] += 1
    for trainee, wished in found.wishes.items():
        for position in wished:
            if (position, trainee) not in met and position in missing:
                missing[position] += 1
    return tuple(OfferLine(one, passed[one.id], failed[one.id], missing[one.id]) for one in found.positions)


def _person_lines(found: Round, position: UUID) -> tuple[PersonLine, ...]:
    told = {one.trainee: one for one in found.interviews if one.position == position}
    made = []
    for one in found.trainees:
        wished = found.wishes.get(one.id, ())
        wish = wished.index(position) + 1 if position in wished else None
        if wish is not None or one.id in told:
            made.append(PersonLine(one, told.get(one.id), wish))
    return tuple(sorted(made, key=_order))


def _order(line: PersonLine) -> tuple[bool, bool, int, int]:
    told = line.told
    if told is None:
        return (False, False, 0, line.wish or 0)
    return (True, told.result != InterviewResult.PASS, told.place or 0, -(told.tenths or 0))


def _offer_columns() -> tuple[Column[OfferLine], ...]:
    return (
        Column("기업", lambda line: line.offer.company_name, width=160),
        Column("직무", lambda line: line.offer.name, width=120),
        Column("합격", lambda line: str(line.passed), lambda line: line.passed, "right", 55),
        Column("불합격", lambda line: str(line.failed), lambda line: line.failed, "right", 60),
        Column(
            "결과 없음",
            lambda line: f"! {line.missing}" if line.missing else "0",
            lambda line: line.missing,
            "center",
            80,
            tone=lambda line: "warn" if line.missing else None,
        ),
    )


def _people_columns(context: Context) -> tuple[Column[PersonLine], ...]:
    name, birth = name_column(context), birth_column(context)

    def result(line: PersonLine) -> str:
        return InterviewResult(line.told.result).label if line.told else "! 결과 없음"

    def place(line: PersonLine) -> str:
        return str(line.told.place) if line.told and line.told.place is not None else ""

    def points(line: PersonLine) -> str:
        return show_points(line.told.tenths) if line.told and line.told.tenths is not None else ""

    return (
        Column(name.title, lambda line: name.show(line.trainee), lambda line: line.trainee.name, width=85),
        Column(birth.title, lambda line: birth.show(line.trainee), lambda line: line.trainee.birth, width=95),
        Column(
            "희망",
            lambda line: f"{line.wish}순위" if line.wish else "",
            lambda line: line.wish or 0,
            width=65,
        ),
        Column("순위", place, lambda line: line.told.place or 0 if line.told else 0, "right", 50),
        Column("점수", points, lambda line: line.told.tenths or 0 if line.told else 0, "right", 60),
        Column("결과", result, width=95, tone=lambda line: None if line.told else "warn"),
    )
