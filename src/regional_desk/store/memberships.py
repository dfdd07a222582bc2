"""What happens to a membership: outcomes, dismissal and its cancelling, counselling, certificates."""

from __future__ import annotations

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference, version_column

membership_event = sa.Table(
    "membership_event",
    metadata,
    id_column(),
    reference("membership_id", "membership.id", index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # the reason, under the person's key
    sa.Column("before", Json, nullable=False),  # left and outcome as they were, so that it can be taken back
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

counselling = sa.Table(
    "counselling",
    metadata,
    id_column(),
    version_column(),
    reference("person_id", "person.id", index=True),
    reference("course_id", "course.id", nullable=True, index=True),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column(
        "sealed", sa.LargeBinary, nullable=False
    ),  # what was said and its result, under the person's key
    sa.Column("next_on", sa.Date, index=True),
    sa.Column("done", sa.Boolean, nullable=False),  # nothing more to follow up
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

completion_certificate = sa.Table(
    "completion_certificate",
    metadata,
    id_column(),
    version_column(),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    reference("membership_id", "membership.id"),
    sa.Column("issued_on", sa.Date, nullable=False),
    sa.Column("reissues", sa.Integer, nullable=False, server_default="0"),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("programme_year", "number"),
    sa.UniqueConstraint("membership_id"),
)
