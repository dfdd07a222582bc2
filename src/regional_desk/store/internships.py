"""Internships: agreements and what changed them, breaks, plans, journals, deliverables, evaluations, and what came after."""

from __future__ import annotations

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference, version_column

internship = sa.Table(
    "internship",
    metadata,
    id_column(),
    version_column(),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),  # 협약번호, counted within the year
    reference("placement_id", "placement.id", nullable=True),
    reference("trainee_id", "person.id", index=True),
    reference("company_id", "company.id", index=True),
    reference("position_id", "position.id", nullable=True),
    reference("replaces_id", "internship.id", nullable=True),  # 교체: whose seat it takes over
    sa.Column("track", sa.Text, nullable=False),
    sa.Column("started_on", sa.Date),  # service months count from it
    sa.Column("ended_on", sa.Date),  # the last day of service
    sa.Column("end_kind", sa.Text),  # completed | early | replaced | withdrawn; null while it goes on
    sa.Column("end_reason", sa.Text),
    sa.Column("ended_by", Id),
    sa.Column("ended_at", Moment),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.UniqueConstraint("programme_year", "number"),
)

agreement = sa.Table(
    "agreement",
    metadata,
    id_column(),
    version_column(),
    reference("internship_id", "internship.id"),
    sa.Column("number", sa.Integer, nullable=False),  # 0 협약, then 변경협약 1, 2, …
    sa.Column("effective_from", sa.Date, nullable=False),  # of number 0: the first day
    sa.Column("end", sa.Date, nullable=False),  # the last agreed day
    sa.Column("wage", sa.BigInteger, nullable=False),  # won a month
    sa.Column("weekly_minutes", sa.Integer, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("duties", sa.Text, nullable=False),
    sa.Column("mentor", sa.Text, nullable=False),
    sa.Column("terms", Json, nullable=False),  # the other points of 근로기준법 제17조, by key
    sa.Column("reason", sa.Text),  # of an amendment
    sa.Column("state", sa.Text, nullable=False),  # draft | signed | void
    sa.Column("signed_on", sa.Date),
    reference("attachment_id", "attachment.id", nullable=True),  # the signed paper
    sa.Column("file_name", sa.Text),
    sa.Column("void_reason", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("internship_id", "number"),
    sa.CheckConstraint("wage > 0", name="wage"),
    sa.CheckConstraint("weekly_minutes > 0", name="weekly_minutes"),
    sa.CheckConstraint('"end" >= effective_from', name="end"),
    sa.CheckConstraint("state IN ('draft', 'signed', 'void')", name="state"),
)

interruption = sa.Table(
    "interruption",
    metadata,
    id_column(),
    version_column(),
    reference("internship_id", "internship.id", index=True),
    sa.Column("kind", sa.Text, nullable=False),  # interruption | unpaid_absence
    sa.Column("start", sa.Date, nullable=False),
    sa.Column("end", sa.Date),  # null: still going on
    sa.Column("reason", sa.Text, nullable=False),
    reference("attachment_id", "attachment.id", nullable=True),
    sa.Column("file_name", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("void_reason", sa.Text),
    sa.Column("voided_at", Moment),
)

plan_item = sa.Table(
    "plan_item",
    metadata,
    id_column(),
    version_column(),
    reference("internship_id", "internship.id", index=True),
    sa.Column("week", sa.Integer, nullable=False),  # of the internship, 1 the first
    sa.Column("subject", sa.Text, nullable=False),  # OJT: 수행업무, PBL: 과제
    sa.Column("goal", sa.Text, nullable=False),
    sa.Column("output", sa.Text),  # PBL: the deliverable it leads to
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("internship_id", "week", "subject"),
    sa.CheckConstraint("week > 0", name="week"),
)

journal = sa.Table(
    "journal",
    metadata,
    id_column(),
    version_column(),
    reference("internship_id", "internship.id"),
    sa.Column("week", sa.Integer, nullable=False),
    sa.Column("work", sa.Text, nullable=False),  # OJT: 수행업무, PBL: 과제
    sa.Column("guidance", sa.Text),  # OJT: 지도내용
    sa.Column("output", sa.Text),  # PBL: 산출물
    sa.Column("progress", sa.Integer),  # PBL: 진척, percent
    sa.Column("mentor", sa.Text),  # who confirmed it
    sa.Column("confirmed_on", sa.Date),
    reference("attachment_id", "attachment.id", nullable=True),
    sa.Column("file_name", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("internship_id", "week"),
    sa.CheckConstraint("week > 0", name="week"),
    sa.CheckConstraint("progress IS NULL OR progress BETWEEN 0 AND 100", name="progress"),
)

deliverable = sa.Table(
    "deliverable",
    metadata,
    id_column(),
    version_column(),
    reference("internship_id", "internship.id", index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("due", sa.Date),
    sa.Column("submitted_on", sa.Date),
    reference("attachment_id", "attachment.id", nullable=True),
    sa.Column("file_name", sa.Text),
    sa.Column("memo", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

internship_evaluation = sa.Table(
    "internship_evaluation",
    metadata,
    reference("internship_id", "internship.id"),
    sa.Column("by", sa.Text, nullable=False),  # intern | company | office
    version_column(),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("answers", Json, nullable=False),  # points by criterion
    sa.Column("comment", sa.Text),
    reference("attachment_id", "attachment.id", nullable=True),
    sa.Column("file_name", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.PrimaryKeyConstraint("internship_id", "by"),
    sa.CheckConstraint("\"by\" IN ('intern', 'company', 'office')", name="by"),
)

conversion = sa.Table(
    "conversion",
    metadata,
    reference("internship_id", "internship.id"),
    version_column(),
    sa.Column("converted", sa.Boolean, nullable=False),
    sa.Column("decided_on", sa.Date, nullable=False),
    sa.Column("employed_from", sa.Date),  # 전환일: 고용유지 counts from it
    sa.Column("employment", sa.Text),  # 정규직, …
    sa.Column("wage", sa.BigInteger),  # won a month
    sa.Column("reason", sa.Text),  # why not
    reference("attachment_id", "attachment.id", nullable=True),
    sa.Column("file_name", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.PrimaryKeyConstraint("internship_id"),
    sa.CheckConstraint("NOT converted OR employed_from IS NOT NULL", name="employed_from"),
)

retention_check = sa.Table(
    "retention_check",
    metadata,
    reference("internship_id", "internship.id"),
    sa.Column("months", sa.Integer, nullable=False),  # 6 or 12 after the conversion
    version_column(),
    sa.Column("result", sa.Text, nullable=False),  # kept | left | unknown
    sa.Column("checked_on", sa.Date, nullable=False),
    sa.Column("left_on", sa.Date),
    sa.Column("source", sa.Text, nullable=False),  # how it was found out
    sa.Column("memo", sa.Text),
    reference("attachment_id", "attachment.id", nullable=True),
    sa.Column("file_name", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.PrimaryKeyConstraint("internship_id", "months"),
    sa.CheckConstraint("result IN ('kept', 'left', 'unknown')", name="result"),
)

employment_check = sa.Table(
    "employment_check",
    metadata,
    reference("membership_id", "membership.id"),  # 취업상황 of who took part in a course
    version_column(),
    sa.Column("result", sa.Text, nullable=False),  # employed | not | unknown
    sa.Column("employer", sa.Text),
    sa.Column("employed_from", sa.Date),
    sa.Column("checked_on", sa.Date, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("memo", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.PrimaryKeyConstraint("membership_id"),
    sa.CheckConstraint("result IN ('employed', 'not', 'unknown')", name="result"),
)

outcome_goal = sa.Table(
    "outcome_goal",
    metadata,
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("item", sa.Text, nullable=False),  # completed | placed | interned | converted | kept6 | kept12
    sa.Column("track", sa.Text, nullable=False),
    version_column(),
    sa.Column("people", sa.Integer, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.PrimaryKeyConstraint("programme_year", "item", "track"),
    sa.CheckConstraint("people >= 0", name="people"),
)
