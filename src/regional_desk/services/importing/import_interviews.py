"""The plan of a list of interview results: whom and what it names enters the round, an empty cell clears nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.matching_rounds import Interviewed, InterviewResult
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right
from regional_desk.domain.screening import show_points
from regional_desk.domain.tables import RowError
from regional_desk.exchange.interviews import ImportedInterview, parse
from regional_desk.exchange.layout import Layout
from regional_desk.exchange.spreadsheets import Sheet
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing import import_undo_matching as taking_back
from regional_desk.services.importing.import_plan import Plan, TakenBack
from regional_desk.services.matching import entries, wishes
from regional_desk.services.matching.naming import Offers, Trainees
from regional_desk.services.matching.rounds import SUBJECT, require_editable
from regional_desk.store import matching_rounds as store
from regional_desk.store.matching_rounds import OfferRow, TraineeRow

_Cell = tuple[UUID, UUID]  # position, trainee


@dataclass(slots=True)
class _Changes:
    """What is written: by cell what stood there and what comes."""

    before: dict[_Cell, Interviewed | None]
    after: dict[_Cell, Interviewed]


def plan(desk: Desk, connection: sa.Connection, sheet: Sheet, layout: Layout, round_id: UUID) -> Plan:
    """What the list brings to a round: new results, changed ones, the same ones; people and positions it names enter it.

    A rank without a result is a pass. Raises Refusal where the round was adopted or published.
    """
    desk.require(Right.EDIT_MATCHING)
    require_editable(connection, round_id)
    parsed = parse(sheet, layout)
    trainees, offers = Trainees(desk, connection, round_id), Offers.of_round(connection, round_id)
    known = {
        (one.position, one.trainee): Interviewed(
            one.trainee, InterviewResult(one.result), one.place, one.tenths
        )
        for one in store.list_interviews(connection, round_id)
    }
    inside = {one.id for one in store.list_offers(connection, round_id)}
    found = _Changes({}, {})
    made = Plan(lambda work, import_id: _apply(work, import_id, round_id, found))
    made.read, made.errors = parsed.read, list(parsed.errors)
    seen: dict[_Cell, int] = {}
    for row in parsed.rows:
        column = "company"
        try:
            column = "name"
            who = trainees.find(row.name, row.birth)
            column = "company"
            offer = offers.find(row.company, row.job, who.track)
            column = "result"
            _take(row, who, offer, known, seen, found, made)
        except Refused as refused:
            value = {"company": row.company, "name": row.name, "result": ""}[column]
            made.errors.append(RowError(row.row, layout.heading(column), value, str(refused)))
    made.new = sum(one is None for one in found.before.values())
    made.updated = len(found.before) - made.new
    _notice(made, found, trainees, inside)
    made.errors.sort(key=lambda error: error.row)
    return made


def _take(
    row: ImportedInterview,
    who: TraineeRow,
    offer: OfferRow,
    known: Mapping[_Cell, Interviewed],
    seen: dict[_Cell, int],
    found: _Changes,
    made: Plan,
) -> None:
    cell = (offer.id, who.id)
    now = known.get(cell)
    told = _told(row, who, now)
    if cell in seen:
        made.skipped += 1
        made.notices.append(
            f"{row.row}행 {row.name} {offer.title}: {seen[cell]}행과 같은 면접이라 건너뜁니다."
        )
        return
    seen[cell] = row.row
    if told == now:
        made.unchanged += 1
        return
    found.before[cell], found.after[cell] = now, told
    if row.result is None and now is None:
        made.notices.append(
            f"{row.row}행 {row.name} {offer.title}: 결과가 비어 순위를 보고 합격으로 넣습니다."
        )
    if now is not None:
        made.changes.append(f"{row.row}행 {row.name} {offer.title}: {_shown(now)} → {_shown(told)}")


def _told(row: ImportedInterview, who: TraineeRow, now: Interviewed | None) -> Interviewed:
    """What a row makes of what stood there; raise Refused where it gives points and nobody says whether they passed."""
    result, place, tenths = (now.result, now.place, now.tenths) if now else (None, None, None)
    result = row.result or result or (InterviewResult.PASS if row.place else None)
    if result is None:
        raise Refused("결과가 비어 있습니다. 합격 또는 불합격을 적어 주십시오.")
    place = place if row.place is None else row.place
    tenths = tenths if row.tenths is None else row.tenths
    return Interviewed(who.id, result, place, tenths)


def _notice(made: Plan, found: _Changes, trainees: Trainees, inside: set[UUID]) -> None:
    joining = {who for _, who in found.after} - trainees.inside.keys()
    entering = {at for at, _ in found.after} - inside
    if joining:
        made.notices.append(f"차수에 없던 교육생 {len(joining)}명을 함께 넣습니다.")
    if entering:
        made.notices.append(f"차수에 없던 직무 {len(entering)}개를 함께 넣습니다.")


def _shown(one: Interviewed) -> str:
    told = [one.result.label]
    if one.place is not None:
        told.append(f"{one.place}위")
    if one.tenths is not None:
        told.append(f"{show_points(one.tenths)}점")
    return " ".join(told)


def _apply(work: Work, import_id: UUID, round_id: UUID, found: _Changes) -> TakenBack | None:
    require_editable(work.connection, round_id)
    people = list(dict.fromkeys(who for _, who in found.after))
    joined = set(entries.join(work, round_id, people))
    entered = entries.enter(work, round_id, [at for at, _ in found.after])
    if found.after:
        wishes.write_interviews(work, round_id, found.after)
    cells: dict[UUID, list[_Cell]] = {}
    for cell in found.after:
        cells.setdefault(cell[1], []).append(cell)
    keys = work.desk.store.person_keys(work.connection, people)
    told = {
        who: [taking_back.interview_part(cell[0], found.before[cell], found.after[cell]) for cell in own]
        for who, own in cells.items()
    }
    titles = {one.id: one.title for one in store.list_offers(work.connection, round_id)}
    values = [
        work.seal(
            keys,
            who,
            {"interviews": [wishes.interview_words(titles[at], found.after[at, who]) for at, _ in own]},
        )
        for who, own in cells.items()
    ]
    work.log(
        "import.interviews", SUBJECT, import_id, {"round": str(round_id), "cells": len(found.after)}, values
    )
    parts = [work.seal(keys, who, {"joined": who in joined, "cells": own}) for who, own in told.items()]
    return TakenBack(taking_back.scope(round_id, entered), tuple(parts))
