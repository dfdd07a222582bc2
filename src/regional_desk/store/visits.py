"""Visits to interns and their companies: plans, visits with their order, files, and findings to follow up."""

from __future__ import annotations

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference, version_column

visit_plan = sa.Table(
    "visit_plan",
    metadata,
    id_column(),
    version_column(),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("start", sa.Date, nullable=False),
    sa.Column("end", sa.Date, nullable=False),
    sa.Column("rule", Json, nullable=False),  # what the proposal was made by
    sa.Column("user_id", Id, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.UniqueConstraint("programme_year", "number"),
    sa.CheckConstraint('"end" >= start', name="end"),
)

visit = sa.Table(
    "visit",
    metadata,
    id_column(),
    version_column(),
    reference("plan_id", "visit_plan.id", nullable=True, index=True),
    reference("internship_id", "internship.id", index=True),
    sa.Column("month_no", sa.Integer, nullable=False),  # the service month it belongs to
    sa.Column("place", sa.Integer),  # in the plan's order; kept when reordered by hand
    sa.Column("planned_on", sa.Date),
    sa.Column("visitor", sa.Text),
    sa.Column("state", sa.Text, nullable=False),  # planned | done | cancelled
    sa.Column("done_on", sa.Date),
    sa.Column("answers", Json),  # of the checklist, by key
    sa.Column("interview", sa.Text),  # 면담 내용
    sa.Column("opinion", sa.Text),  # 종합 의견
    sa.Column("cancel_reason", sa.Text),
    sa.Column("cancelled_by", Id),
    sa.Column("cancelled_at", Moment),
    sa.Column(
        "by_leaving", sa.Boolean, nullable=False, server_default=sa.false()
    ),  # cancelled with the internship
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.CheckConstraint("state IN ('planned', 'done', 'cancelled')", name="state"),
    sa.CheckConstraint("month_no > 0", name="month_no"),
)

visit_file = sa.Table(
    "visit_file",
    metadata,
    id_column(),
    reference("visit_id", "visit.id", index=True),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("caption", sa.Text),
    reference("attachment_id", "attachment.id"),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

finding = sa.Table(
    "finding",
    metadata,
    id_column(),
    version_column(),
    reference("visit_id", "visit.id", nullable=True, index=True),
    reference("internship_id", "internship.id", index=True),
    sa.Column("kind", sa.Text, nullable=False),  # finding | grievance | incident
    sa.Column("found_on", sa.Date, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("follow_up", sa.Text),
    sa.Column("owner", sa.Text),
    sa.Column("deadline", sa.Date),
    sa.Column("closed_on", sa.Date),
    sa.Column("result", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
)
