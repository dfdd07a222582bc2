"""Recruitment rounds (차수), what is asked of applicants, and how they are screened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference, version_column
from regional_desk.store.people import application, person, person_key

_AT_ONCE = 500  # more are quicker read whole than asked for one by one

recruitment_round = sa.Table(
    "recruitment_round",
    metadata,
    id_column(),
    version_column(),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("opens", sa.Date, nullable=False),
    sa.Column("closes", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # open | closed | published
    sa.Column("result_on", sa.Date),
    sa.Column("pass_score", sa.Integer),  # tenths of 100 points; null without a line
    sa.Column("tie_order", Json, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.UniqueConstraint("programme_year", "number"),
    sa.CheckConstraint("opens <= closes", name="ordered"),
)

round_goal = sa.Table(
    "round_goal",
    metadata,
    reference("round_id", "recruitment_round.id"),
    sa.Column("track", sa.Text, nullable=False),
    sa.Column("places", sa.Integer, nullable=False),
    sa.Column("reserves", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("round_id", "track"),
    sa.CheckConstraint("places >= 0 AND reserves >= 0", name="counts"),
)

criterion = sa.Table(
    "criterion",
    metadata,
    id_column(),
    reference("round_id", "recruitment_round.id"),
    sa.Column("track", sa.Text, nullable=False),
    sa.Column("step", sa.Text, nullable=False),  # papers | interview
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("points", sa.Integer, nullable=False),  # the most a rater may give, in whole points
    sa.Column("weight", sa.Integer, nullable=False),  # percent of the whole
    sa.UniqueConstraint("round_id", "track", "step", "name"),
    sa.CheckConstraint("points > 0 AND weight BETWEEN 0 AND 100", name="measures"),
)

rater = sa.Table(
    "rater",
    metadata,
    id_column(),
    version_column(),
    reference("round_id", "recruitment_round.id"),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    reference("user_id", "user.id", nullable=True),  # null for an outside rater whose sheet is keyed in
    sa.Column("done_at", Moment),
    sa.UniqueConstraint("round_id", "step", "name"),
)

rating = sa.Table(
    "rating",
    metadata,
    reference("rater_id", "rater.id"),
    reference("application_id", "application.id", index=True),
    reference("criterion_id", "criterion.id"),
    sa.Column("tenths", sa.Integer, nullable=False),  # points given, in tenths
    sa.PrimaryKeyConstraint("rater_id", "application_id", "criterion_id"),
    sa.CheckConstraint("tenths >= 0", name="tenths"),
)

eligibility_answer = sa.Table(
    "eligibility_answer",
    metadata,
    reference("application_id", "application.id"),
    sa.Column("condition", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),  # yes | no | unknown
    sa.Column("checked_on", sa.Date, nullable=False),
    sa.Column("memo", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.PrimaryKeyConstraint("application_id", "condition"),
)

consent = sa.Table(
    "consent",
    metadata,
    id_column(),
    version_column(),
    reference("person_id", "person.id", index=True),
    sa.Column("kind", sa.Text, nullable=False),  # collection | third_party | identifier
    sa.Column("receiver", sa.Text),
    sa.Column("form_version", sa.Text, nullable=False),
    sa.Column("given", sa.Boolean, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("keep_until", sa.Date),
    sa.Column("withdrawn_on", sa.Date),
    reference("attachment_id", "attachment.id", nullable=True),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

person_document = sa.Table(
    "person_document",
    metadata,
    id_column(),
    version_column(),
    reference("person_id", "person.id", index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    reference("attachment_id", "attachment.id"),
    sa.Column("received_on", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # submitted | verified | returned
    sa.Column("memo", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

person_merge = sa.Table(
    "person_merge",
    metadata,
    id_column(),
    reference("kept_id", "person.id", index=True),
    reference("gone_id", "person.id", index=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column(
        "moved", Json, nullable=False
    ),  # which rows and columns the merge touched: names and ids, no values
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("undone_by", Id),
    sa.Column("undone_at", Moment),
)


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round; `pass_score` in tenths of 100 points, `tie_order` the names of the tie rules."""

    id: UUID
    version: int
    programme_year: int
    number: int
    name: str
    opens: dt.date
    closes: dt.date
    state: str
    result_on: dt.date | None
    pass_score: int | None
    tie_order: list[str]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """How many a round takes of a track, and how many wait behind them."""

    round_id: UUID
    track: str
    places: int
    reserves: int


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion of a track in a round: `points` whole, `weight` percent of the whole."""

    id: UUID
    round_id: UUID
    track: str
    step: str
    place: int
    name: str
    points: int
    weight: int


@dataclass(frozen=True, slots=True)
class RaterRow:
    """One rater of a step; `user_id` None for somebody outside, whose sheet is keyed in."""

    id: UUID
    version: int
    round_id: UUID
    step: str
    name: str
    user_id: UUID | None
    done_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class RatingRow:
    """What one rater gave one application for one criterion, in tenths of a point."""

    rater_id: UUID
    application_id: UUID
    criterion_id: UUID
    tenths: int


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One application of a round with the person; `id` is the application's, `score` thousandths of 100 points."""

    id: UUID
    version: int
    person: UUID
    name: str
    birth: dt.date
    phone: str | None
    track: str | None
    stage: str
    received_on: dt.date
    eligible: bool | None
    score: int | None
    rank: int | None
    reserve_number: int | None
    tie_note: str | None


def list_rounds(connection: sa.Connection, programme_year: int) -> tuple[RoundRow, ...]:
    """The rounds of a programme year, newest first."""
    table = recruitment_round
    query = sa.select(table).where(table.c.programme_year == programme_year).order_by(table.c.number.desc())
    return _rows(RoundRow, connection, query)


def find_round(connection: sa.Connection, round_id: UUID) -> RoundRow | None:
    """One round, None where there is none of this id."""
    found = _rows(
        RoundRow, connection, sa.select(recruitment_round).where(recruitment_round.c.id == round_id)
    )
    return found[0] if found else None


def list_goals(connection: sa.Connection, round_id: UUID) -> tuple[GoalRow, ...]:
    """The goals of a round, by track."""
    query = sa.select(round_goal).where(round_goal.c.round_id == round_id).order_by(round_goal.c.track)
    return _rows(GoalRow, connection, query)


def list_criteria(
    connection: sa.Connection, round_id: UUID, track: str | None = None
) -> tuple[CriterionRow, ...]:
    """The criteria of a round, or of one track: the papers' first, each step's in its own order."""
    steps = sa.case((criterion.c.step == "papers", 0), else_=1)
    query = (
        sa.select(criterion)
        .where(criterion.c.round_id == round_id)
        .order_by(criterion.c.track, steps, criterion.c.place)
    )
    if track is not None:
        query = query.where(criterion.c.track == track)
    return _rows(CriterionRow, connection, query)


def list_raters(connection: sa.Connection, round_id: UUID, step: str | None = None) -> tuple[RaterRow, ...]:
    """The raters of a round, or of one step: the papers' first, by name."""
    steps = sa.case((rater.c.step == "papers", 0), else_=1)
    query = sa.select(rater).where(rater.c.round_id == round_id).order_by(steps, rater.c.name)
    if step is not None:
        query = query.where(rater.c.step == step)
    return _rows(RaterRow, connection, query)


def find_rater(connection: sa.Connection, rater_id: UUID) -> RaterRow | None:
    """One rater, None where there is none of this id."""
    found = _rows(RaterRow, connection, sa.select(rater).where(rater.c.id == rater_id))
    return found[0] if found else None


def list_ratings(connection: sa.Connection, raters: Sequence[UUID]) -> tuple[RatingRow, ...]:
    """All that these raters gave."""
    return _rows(RatingRow, connection, sa.select(rating).where(rating.c.rater_id.in_(list(raters))))


def has_ratings(connection: sa.Connection, criteria: Sequence[UUID]) -> bool:
    """Whether somebody gave points for one of these criteria."""
    query = sa.select(rating.c.rater_id).where(rating.c.criterion_id.in_(list(criteria))).limit(1)
    return connection.execute(query).first() is not None


def list_candidates(
    connection: sa.Connection,
    round_id: UUID,
    track: str | None = None,
    only: Collection[UUID] | None = None,
) -> tuple[CandidateRow, ...]:
    """Everybody who applied in a round (for a track) and was not disposed of, whatever became of them, by name and birth.

    `only` says which applications are wanted at least: of many the whole round is read.
    """
    app = application.c
    query = (
        sa.select(application, person.c.id.label("person"), person.c.name, person.c.birth, person.c.phone)
        .join(person, person.c.id == app.person_id)
        .join(person_key, person_key.c.person_id == app.person_id)
        .where(app.round_id == round_id, person.c.merged_into.is_(None), person_key.c.destroyed_at.is_(None))
        .order_by(person.c.name, person.c.birth)
    )
    if track is not None:
        query = query.where(app.track == track)
    if only is not None and len(only) <= _AT_ONCE:
        query = query.where(app.id.in_(list(only)))
    return _rows(CandidateRow, connection, query)


def find_candidate(connection: sa.Connection, application_id: UUID) -> tuple[UUID | None, UUID] | None:
    """The round (None without one) and the person of an application, None where there is no such application."""
    query = sa.select(application.c.round_id, application.c.person_id).where(
        application.c.id == application_id
    )
    row = connection.execute(query).first()
    return None if row is None else (row.round_id, row.person_id)


def count_stages(connection: sa.Connection, round_id: UUID) -> dict[tuple[str | None, str], int]:
    """How many applications of a round stand at each (track, stage)."""
    query = (
        sa.select(application.c.track, application.c.stage, sa.func.count())
        .where(application.c.round_id == round_id)
        .group_by(application.c.track, application.c.stage)
    )
    return {(track, stage): count for track, stage, count in connection.execute(query)}


def _rows(kind: Any, connection: sa.Connection, query: sa.Select[Any]) -> tuple[Any, ...]:
    """Rows as the frozen values they are named by."""
    names = kind.__slots__
    return tuple(kind(**{name: getattr(row, name) for name in names}) for row in connection.execute(query))
