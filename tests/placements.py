"""A small matching round to publish, made through the services as an office makes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.matching_rounds import InterviewResult, Objective
from regional_desk.domain.positions import PositionTerms
from regional_desk.services.companies import companies, company_selection, participations, positions
from regional_desk.services.desk import Desk
from regional_desk.services.matching import entries, placements, results, rounds, wishes
from regional_desk.store.participation import participation


@dataclass(frozen=True, slots=True)
class Made:
    """A round: four people on two positions of two seats in all, the first two people in their wishes' order."""

    desk: Desk
    round: UUID
    people: tuple[UUID, ...]
    companies: tuple[UUID, ...]


def make_round(desk: Desk) -> Made:
    """Three companies applied, two of them selected with a position each, one round; nothing adopted."""
    chosen = [row for row in companies.list_companies(desk) if row.kind == CompanyKind.MANUFACTURER][:3]
    company_selection.set_goal(desk, CompanyKind.MANUFACTURER, 4, None)
    participations.apply(desk, [row.id for row in chosen])
    with desk.store.write() as connection:
        mine = participation.c.company_id.in_([row.id for row in chosen[:2]])
        connection.execute(
            sa.update(participation).where(mine).values(state="selected", decided_on=desk.clock.today())
        )
    for one in positions.list_positions(desk):  # what the companies' list asked for recruits no more
        positions.close_position(desk, one.id, one.version)
    terms = PositionTerms(
        "공정 데이터 분석", 1, "창원시 성산구", 2_400_000, 2400, dt.date(2026, 9, 14), "기숙사"
    )
    offered = [positions.add_position(desk, row.id, terms).id for row in chosen[:2]]
    round_id = rounds.add_round(desk, "1차 연계").id
    trainees = tuple(one.id for one in entries.free_trainees(desk)[:4])
    entries.add_trainees(desk, round_id, trainees)
    entries.add_positions(desk, round_id, offered)
    for trainee in trainees[:3]:
        wishes.set_wishes(desk, round_id, trainee, offered)
    for place, trainee in enumerate(trainees, 1):
        wishes.set_interview(desk, round_id, offered[0], trainee, InterviewResult.PASS, place=place)
    return Made(desk, round_id, trainees, tuple(row.id for row in chosen))


def publish_round(made: Made) -> None:
    """Adopt the stable matching and publish it today."""
    results.adopt(made.desk, made.round, Objective.STABLE)
    placements.publish(made.desk, made.round, made.desk.clock.today())
