"""The timetable (시간표) of a course by period (교시), and the instructors."""

from __future__ import annotations

import sqlalchemy as sa

from regional_desk.store.metadata import Moment, id_column, metadata, reference, version_column

instructor = sa.Table(
    "instructor",
    metadata,
    id_column(),
    version_column(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # internal | external
    sa.Column("organisation", sa.Text),
    sa.Column("field", sa.Text),
    sa.Column("phone", sa.Text),
    sa.Column("email", sa.Text),
    sa.Column("hourly_rate", sa.Integer),  # won an hour; null where no fee is paid
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("created_at", Moment, nullable=False),
    sa.CheckConstraint("hourly_rate IS NULL OR hourly_rate >= 0", name="hourly_rate"),
)

lesson = sa.Table(
    "lesson",
    metadata,
    id_column(),
    version_column(),
    reference("course_id", "course.id"),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("period", sa.Integer, nullable=False),  # from 1, as the course's periods are counted
    sa.Column("subject", sa.Text, nullable=False),
    reference("instructor_id", "instructor.id", nullable=True),
    sa.Column("room", sa.Text),
    sa.UniqueConstraint("course_id", "day", "period"),
    sa.CheckConstraint("period >= 1", name="period"),
    sa.Index("ix_lesson_instructor_id_day", "instructor_id", "day"),
)

day_note = sa.Table(
    "day_note",
    metadata,
    reference("course_id", "course.id"),
    sa.Column("day", sa.Date, nullable=False),
    version_column(),
    sa.Column("note", sa.Text, nullable=False),  # what the 훈련일지 says besides the timetable
    sa.PrimaryKeyConstraint("course_id", "day"),
)
