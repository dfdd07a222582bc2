"""Companies' applications for a programme year: ratings on the programme's criteria, the goal, who was selected; surveys."""

from __future__ import annotations

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference, version_column

participation = sa.Table(
    "participation",
    metadata,
    id_column(),
    version_column(),
    reference("company_id", "company.id"),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("applied_on", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # applied | selected | reserve | rejected | withdrawn
    sa.Column("reserve_number", sa.Integer),
    sa.Column("decided_on", sa.Date),
    sa.Column("reason", sa.Text),  # of a withdrawal, or of a decision against the ranking
    sa.Column("tie_note", sa.Text),
    sa.Column("memo", sa.Text),
    sa.Column("import_id", Id),
    sa.Column("created_at", Moment, nullable=False),
    sa.UniqueConstraint("company_id", "programme_year"),
)

company_goal = sa.Table(
    "company_goal",
    metadata,
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    version_column(),
    sa.Column("companies", sa.Integer, nullable=False),
    sa.Column("pass_score", sa.Integer),  # thousandths of 100 points; null without a line
    sa.PrimaryKeyConstraint("programme_year", "kind"),
    sa.CheckConstraint("companies >= 0", name="companies"),
)

company_rater = sa.Table(
    "company_rater",
    metadata,
    id_column(),
    version_column(),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    reference("user_id", "user.id", nullable=True),  # null for an outside rater whose sheet is keyed in
    sa.Column("done_at", Moment),
    sa.UniqueConstraint("programme_year", "name"),
)

company_rating = sa.Table(
    "company_rating",
    metadata,
    reference("rater_id", "company_rater.id"),
    reference("participation_id", "participation.id", index=True),
    sa.Column("criterion", sa.Text, nullable=False),  # a key of the policy
    sa.Column("tenths", sa.Integer, nullable=False),  # points given, in tenths
    sa.PrimaryKeyConstraint("rater_id", "participation_id", "criterion"),
    sa.CheckConstraint("tenths >= 0", name="tenths"),
)

training_need = sa.Table(
    "training_need",
    metadata,
    id_column(),
    version_column(),
    reference("company_id", "company.id"),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("answered_on", sa.Date, nullable=False),
    sa.Column("level", sa.Text),  # 초급 | 중급 | 고급
    sa.Column("answers", Json, nullable=False),  # question key to an answer key, or to a list of them
    sa.Column("import_id", Id),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("company_id", "programme_year"),
)
