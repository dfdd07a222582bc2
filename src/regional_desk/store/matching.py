"""Matching rounds: who and what takes part, wishes and interviews, placements, and the minutes of what was changed by hand."""

from __future__ import annotations

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Moment, id_column, metadata, reference, version_column

matching_round = sa.Table(
    "matching_round",
    metadata,
    id_column(),
    version_column(),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # open | published
    sa.Column("unrated", sa.Text, nullable=False),  # accept | refuse: whom a position did not interview
    sa.Column("seed", sa.Integer, nullable=False),  # draws lots where ranks are equal
    sa.Column("objective", sa.Text),  # stable | most: what the placements were taken from; null before
    sa.Column("adopted_by", Id),
    sa.Column("adopted_at", Moment),
    sa.Column("published_on", sa.Date),
    sa.Column("published_by", Id),
    sa.Column("solo", sa.Boolean, nullable=False, server_default="0"),
    sa.Column("created_at", Moment, nullable=False),
    sa.UniqueConstraint("programme_year", "number"),
)

matching_trainee = sa.Table(
    "matching_trainee",
    metadata,
    reference("round_id", "matching_round.id"),
    reference("trainee_id", "person.id", index=True),
    sa.Column("track", sa.Text, nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),  # 0 is nobody's group; 1 goes before 2
    sa.PrimaryKeyConstraint("round_id", "trainee_id"),
    sa.CheckConstraint("priority >= 0", name="priority"),
)

matching_position = sa.Table(
    "matching_position",
    metadata,
    reference("round_id", "matching_round.id"),
    reference("position_id", "position.id", index=True),
    sa.Column("seats", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("round_id", "position_id"),
    sa.CheckConstraint("seats >= 0", name="seats"),
)

matching_cap = sa.Table(
    "matching_cap",
    metadata,
    reference("round_id", "matching_round.id"),
    reference("company_id", "company.id", index=True),
    sa.Column("seats", sa.Integer, nullable=False),  # the most the company takes over all its positions
    sa.PrimaryKeyConstraint("round_id", "company_id"),
    sa.CheckConstraint("seats >= 0", name="seats"),
)

preference = sa.Table(
    "preference",
    metadata,
    reference("round_id", "matching_round.id"),
    reference("trainee_id", "person.id", index=True),
    sa.Column("rank", sa.Integer, nullable=False),
    reference("position_id", "position.id", index=True),
    sa.PrimaryKeyConstraint("round_id", "trainee_id", "rank"),
    sa.UniqueConstraint("round_id", "trainee_id", "position_id"),
    sa.CheckConstraint("rank > 0", name="rank"),
    sqlite_with_rowid=False,
)

interview = sa.Table(
    "interview",
    metadata,
    reference("round_id", "matching_round.id"),
    reference("position_id", "position.id", index=True),
    reference("trainee_id", "person.id", index=True),
    sa.Column("result", sa.Text, nullable=False),  # pass | fail
    sa.Column("place", sa.Integer),  # the position's rank of the trainee, 1 the best
    sa.Column("tenths", sa.Integer),  # or the points of the interview, in tenths
    sa.PrimaryKeyConstraint("round_id", "position_id", "trainee_id"),
    sa.CheckConstraint("place IS NULL OR place > 0", name="place"),
    sa.CheckConstraint("tenths IS NULL OR tenths >= 0", name="tenths"),
    sqlite_with_rowid=False,
)

forbidden_pair = sa.Table(
    "forbidden_pair",
    metadata,
    id_column(),
    reference("round_id", "matching_round.id", index=True),
    reference("trainee_id", "person.id", index=True),
    reference("company_id", "company.id"),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("round_id", "trainee_id", "company_id"),
)

placement = sa.Table(
    "placement",
    metadata,
    id_column(),
    version_column(),
    reference("round_id", "matching_round.id"),
    reference("trainee_id", "person.id", index=True),
    reference("position_id", "position.id", index=True),
    sa.Column("how", sa.Text, nullable=False),  # stable | most | manual
    sa.Column("rank", sa.Integer),  # the trainee's wish; null where it was none
    sa.Column("ended_on", sa.Date),  # 연계 취소 after publication
    sa.Column("end_reason", sa.Text),
    sa.UniqueConstraint("round_id", "trainee_id"),
)

matching_minute = sa.Table(
    "matching_minute",
    metadata,
    id_column(),
    reference("round_id", "matching_round.id"),
    sa.Column("number", sa.Integer, nullable=False),
    reference("trainee_id", "person.id", index=True),
    reference("from_id", "position.id", nullable=True),
    reference("to_id", "position.id", nullable=True),
    reference("displaced_id", "person.id", nullable=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("round_id", "number"),
)
