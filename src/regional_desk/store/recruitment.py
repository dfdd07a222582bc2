"""Recruitment rounds (차수), what is asked of applicants, and how they are screened."""

from __future__ import annotations

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference, version_column

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
