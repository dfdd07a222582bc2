"""Matching rounds (연계 차수): making and reading them, and the problem they pose (rulebook section 4)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.domain.matching import Position, Problem
from regional_desk.domain.matching_rounds import (
    Found,
    Gap,
    Interviewed,
    InterviewResult,
    MatchingState,
    Unrated,
    check_seed,
    gaps,
    order,
)
from regional_desk.domain.people import Track
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.companies.participations import selected_companies
from regional_desk.services.desk import Desk, Work
from regional_desk.services.training.counselling import HIDDEN
from regional_desk.store import matching as tables
from regional_desk.store import matching_rounds as store
from regional_desk.store.ids import new_id
from regional_desk.store.matching_rounds import (
    ForbiddenRow,
    InterviewRow,
    OfferRow,
    RoundRow,
    TraineeRow,
)

SUBJECT = "matching"
_NUMBER = re.compile(r"(?:제)?(\d{1,3})(?:차|차수)?")
_SEED_STEP = 1000


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something to look at before computing: `gap` says what, `message` tells it in Korean; of a trainee or a position."""

    gap: Gap
    message: str
    trainee: UUID | None = None
    position: UUID | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A round with everything in it; `wishes` are positions, the first wish first.

    `offered` are the positions that take people: still recruiting, their company selected for the year.
    """

    row: RoundRow
    trainees: tuple[TraineeRow, ...]
    positions: tuple[OfferRow, ...]
    wishes: Mapping[UUID, tuple[UUID, ...]]
    interviews: tuple[InterviewRow, ...]
    forbidden: tuple[ForbiddenRow, ...]
    caps: Mapping[UUID, int]
    offered: frozenset[UUID]

    @property
    def state(self) -> MatchingState:
        """Whether its result is out."""
        return MatchingState(self.row.state)

    @property
    def adopted(self) -> bool:
        """Whether placements were taken from an objective: until they are withdrawn nothing in the round changes."""
        return self.row.adopted_at is not None

    @property
    def editable(self) -> bool:
        """Whether people, positions, wishes, interviews and terms may still be changed."""
        return self.state is MatchingState.OPEN and not self.adopted

    @property
    def seats(self) -> int:
        """The seats of all positions that take people."""
        return sum(one.seats for one in self.positions if one.id in self.offered)

    @property
    def gaps(self) -> tuple[Found, ...]:
        """What is missing or odd, the gravest first."""
        return gaps(
            [one.id for one in self.trainees],
            {one.id: one.id in self.offered for one in self.positions},
            self.wishes,
            _by_position(self.interviews),
        )

    @property
    def open_items(self) -> tuple[OpenItem, ...]:
        """The same in Korean, with names."""
        people = {one.id: one for one in self.trainees}
        positions = {one.id: one for one in self.positions}
        refused = self.row.unrated == Unrated.REFUSE
        return tuple(
            OpenItem(
                one.gap,
                _told(
                    one,
                    people[one.trainee].name if one.trainee else "",
                    positions[one.position].title if one.position else "",
                    refused=refused,
                ),
                one.trainee,
                one.position,
            )
            for one in self.gaps
        )


def list_rounds(desk: Desk) -> tuple[RoundRow, ...]:
    """The rounds of the programme year, the newest first; they name nobody."""
    with desk.store.read() as connection:
        return store.list_rounds(connection, desk.office.programme_year)


def find_round(desk: Desk, text: str) -> UUID:
    """The round meant by an id, a number (`3`, `3차`) or a name; raise UsageError where none or several fit."""
    typed = clean(text)
    match = _NUMBER.fullmatch(typed)
    number = int(match[1]) if match else None
    found = [row.id for row in list_rounds(desk) if typed in (str(row.id), row.name) or row.number == number]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"'{text}'에 해당하는 연계 차수가 {len(found)}개입니다. 번호(id)로 지정해 주십시오.")
    raise UsageError(f"'{text}' 연계 차수가 없습니다. 'matching list'로 확인해 주십시오.")


def read(desk: Desk, round_id: UUID) -> Round:
    """A round with everything in it, its people noted and masked; raise UsageError for an unknown id."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = read_round(connection, round_id)
    return shown(desk, found)


def shown(desk: Desk, found: Round) -> Round:
    """The round as the person may see it, noted."""
    desk.note_view(SUBJECT, [one.id for one in found.trainees], {"by": "round", "round": str(found.row.id)})
    hide = desk.masking
    if hide is Masking.FULL:
        return found
    return replace(
        found,
        trainees=tuple(
            replace(one, name=hide.show_name(one.name), birth=hide.hide_birth(one.birth))
            for one in found.trainees
        ),
        forbidden=tuple(replace(one, reason=HIDDEN) for one in found.forbidden),
    )


def read_round(connection: sa.Connection, round_id: UUID) -> Round:
    """The round as one snapshot holds it, names whole; raise UsageError for an unknown id."""
    row = find_row(connection, round_id)
    trainees = store.list_trainees(connection, round_id)
    positions = store.list_offers(connection, round_id)
    wishes = store.list_wishes(connection, round_id)
    interviews = store.list_interviews(connection, round_id)
    selected = selected_companies(connection, row.programme_year)
    published = row.state == MatchingState.PUBLISHED  # what held then holds: nothing closes afterwards
    offered = frozenset(
        one.id for one in positions if published or (one.company in selected and not one.closed)
    )
    return Round(
        row=row,
        trainees=trainees,
        positions=positions,
        wishes=wishes,
        interviews=interviews,
        forbidden=store.list_forbidden(connection, round_id),
        caps=store.list_caps(connection, round_id),
        offered=offered,
    )


def problem_of(found: Round, seed: int | None = None) -> Problem:
    """What a round asks of the matching, `seed` in the place of its own where given.

    A position orders only people of its track; one that is closed, or whose company is not selected, has no seats.
    """
    unrated = Unrated(found.row.unrated)
    interviews = _by_position(found.interviews)
    of_track = {
        track.value: frozenset(one.id for one in found.trainees if one.track == track) for track in Track
    }
    orders = {}
    for one in found.positions:
        able = of_track[one.track]
        known = [each for each in interviews.get(one.id, ()) if each.trainee in able]
        orders[one.id] = order(known, unrated, able)
    return Problem(
        trainees=tuple(one.id for one in found.trainees),
        priorities={one.id: one.priority for one in found.trainees},
        positions=tuple(
            Position(one.id, one.company, one.seats if one.id in found.offered else 0)
            for one in found.positions
        ),
        wishes=found.wishes,
        orders=orders,
        caps=found.caps,
        forbidden=frozenset((one.trainee, one.company) for one in found.forbidden),
        seed=found.row.seed if seed is None else seed,
    )


def add_round(
    desk: Desk,
    name: str = "",
    *,
    unrated: Unrated = Unrated.ACCEPT,
    seed: int | None = None,
    operation_id: UUID | None = None,
) -> RoundRow:
    """Open the next round of the programme year; without a name it is called `n차 연계`.

    `seed` draws the lots where ranks are equal; without one it follows from year and number, so that nobody chose it.
    Raises Refusal for a name in use, UsageError for a seed out of range.
    """
    _check_seed(seed)
    year, round_id = desk.office.programme_year, new_id()

    def body(work: Work) -> dict[str, Any]:
        known = store.list_rounds(work.connection, year)
        number = max((row.number for row in known), default=0) + 1
        title = clean(name) or f"{number}차 연계"
        _refuse_same_name(known, title, None)
        values = {
            "name": title,
            "unrated": unrated.value,
            "seed": year * _SEED_STEP + number if seed is None else seed,
        }
        work.connection.execute(
            sa.insert(tables.matching_round).values(
                **values,
                id=round_id,
                programme_year=year,
                number=number,
                state=MatchingState.OPEN.value,
                created_at=work.at,
            )
        )
        work.log("matching.add", SUBJECT, round_id, values)
        return {"round": str(round_id)}

    done = desk.perform(Right.EDIT_MATCHING, "matching.add", body, operation_id)
    return _row(desk, UUID(done["round"]))


def edit_round(
    desk: Desk,
    round_id: UUID,
    version: int,
    *,
    name: str,
    unrated: Unrated,
    seed: int,
    operation_id: UUID | None = None,
) -> RoundRow:
    """Set a round's name, what holds without an interview, and the number its lots are drawn from.

    Raises Refusal where somebody else changed it since `version`, where it was adopted or published, for a name in use.
    """
    _check_seed(seed)

    def body(work: Work) -> dict[str, Any]:
        row = require_editable(work.connection, round_id)
        if row.version != version:
            raise Refusal("그사이 다른 사람이 이 차수를 고쳐 저장하지 않았습니다. 새로 열어 다시 고치십시오.")
        title = clean(name) or row.name
        _refuse_same_name(store.list_rounds(work.connection, row.programme_year), title, round_id)
        values = {"name": title, "unrated": unrated.value, "seed": seed}
        set_round(work, round_id, **values)
        work.log("matching.edit", SUBJECT, round_id, values)
        return {"round": str(round_id)}

    desk.perform(Right.EDIT_MATCHING, "matching.edit", body, operation_id)
    return _row(desk, round_id)


def find_row(connection: sa.Connection, round_id: UUID) -> RoundRow:
    """The round of an id; raise UsageError where there is none."""
    row = store.find_round(connection, round_id)
    if row is None:
        raise UsageError("없는 연계 차수입니다. 차수 목록에서 다시 골라 주십시오.")
    return row


def set_round(work: Work, round_id: UUID, **values: Any) -> None:
    """Write columns of a round inside the caller's act."""
    table = tables.matching_round
    work.connection.execute(
        sa.update(table).where(table.c.id == round_id).values(**values, version=table.c.version + 1)
    )


def require_open(connection: sa.Connection, round_id: UUID) -> RoundRow:
    """The round; raise Refusal where its result is out, UsageError for an unknown id."""
    row = find_row(connection, round_id)
    if row.published_on is not None:
        raise Refusal(
            f"{row.name}은(는) {korean_date(row.published_on)} 결과를 공개하여 고치지 않았습니다. 자료는 그대로입니다."
        )
    return row


def require_editable(connection: sa.Connection, round_id: UUID) -> RoundRow:
    """The round; raise Refusal where its result is out or placements were adopted, UsageError for an unknown id."""
    row = require_open(connection, round_id)
    if row.adopted_at is not None:
        raise Refusal(
            f"{row.name}은(는) 이미 배정을 채택하여 바꾸지 않았습니다. 고치려면 먼저 채택을 거두십시오."
        )
    return row


def _by_position(interviews: Collection[InterviewRow]) -> dict[UUID, list[Interviewed]]:
    """What each position said, of rows that stand by position."""
    results = {one.value: one for one in InterviewResult}
    return {
        position: [Interviewed(one.trainee, results[one.result], one.place, one.tenths) for one in told]
        for position, told in groupby(interviews, key=attrgetter("position"))
    }


def _told(found: Found, person: str, position: str, *, refused: bool) -> str:
    count = found.count
    without = "배정되지 않습니다" if refused else "면접 없이 배정될 수 있습니다"
    return {
        Gap.NO_TRAINEES: "교육생이 없습니다. 교육생을 넣거나 희망순위를 가져오십시오.",
        Gap.NO_POSITIONS: "직무가 없습니다. 선정된 기업의 직무를 넣으십시오.",
        Gap.NOT_OFFERED: f"{position}: 모집을 마쳤거나 선정되지 않은 기업이라 배정하지 않습니다.",
        Gap.MIXED: f"{position}: 순위가 있는 사람과 점수만 있는 사람이 섞여 있습니다. 순위가 있는 사람이 앞섭니다.",
        Gap.NO_WISHES: f"{person}: 희망순위가 없어 배정되지 않습니다.",
        Gap.NO_INTERVIEWS: f"{position}: 희망한 사람 가운데 {count}명의 면접 결과가 없습니다. {without}.",
        Gap.NOT_WISHED: f"{position}: 희망한 사람이 없습니다.",
    }[found.gap]


def _check_seed(seed: int | None) -> None:
    try:
        check_seed(0 if seed is None else seed)
    except Refused as refused:
        raise UsageError(str(refused)) from refused


def _refuse_same_name(known: Collection[RoundRow], title: str, own: UUID | None) -> None:
    if any(row.name == title and row.id != own for row in known):
        raise Refusal(f"'{title}' 차수가 이미 있어 저장하지 않았습니다. 다른 이름을 적어 주십시오.")


def _row(desk: Desk, round_id: UUID) -> RoundRow:
    with desk.store.read() as connection:
        return find_row(connection, round_id)
