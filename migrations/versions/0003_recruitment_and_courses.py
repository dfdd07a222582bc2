"""Recruitment rounds, screening, documents and consents; timetable; outcomes, counselling, certificates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# a table that is rebuilt to take a foreign key keeps only the checks it is told of
COURSE_CHECKS = (sa.CheckConstraint('"start" <= "end"', name="ck_course_ordered"),)
# training days as the first offices have them, and the same minutes by the hour
HALF_DAYS = "[[540,780],[840,1080]]"
HOURS = "[[540,600],[600,660],[660,720],[720,780],[840,900],[900,960],[960,1020],[1020,1080]]"


def upgrade() -> None:
    create_tables()
    change_tables()
    split_periods()
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER membership_event_no_{verb.lower()} BEFORE {verb} ON membership_event "
                "BEGIN SELECT RAISE(ABORT, 'append_only:membership_event'); END"
            )


def split_periods() -> None:
    """Training days of two half days become days of eight periods (교시): the same minutes, by the hour."""
    course = sa.table("course", sa.column("periods", sa.Text))
    op.execute(sa.update(course).where(course.c.periods == HALF_DAYS).values(periods=HOURS))


def change_tables() -> None:
    with op.batch_alter_table("application") as table:
        table.add_column(sa.Column("round_id", sa.LargeBinary(16), nullable=True))
        table.add_column(sa.Column("category", sa.Text(), nullable=True))
        table.add_column(sa.Column("military_days", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("eligible", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("eligibility_reason", sa.Text(), nullable=True))
        table.add_column(sa.Column("score", sa.Integer(), nullable=True))
        table.add_column(sa.Column("rank", sa.Integer(), nullable=True))
        table.add_column(sa.Column("reserve_number", sa.Integer(), nullable=True))
        table.add_column(sa.Column("tie_note", sa.Text(), nullable=True))
        table.create_index(op.f("ix_application_round_id"), ["round_id"], unique=False)
        table.create_foreign_key(
            op.f("fk_application_round_id_recruitment_round"), "recruitment_round", ["round_id"], ["id"]
        )

    with op.batch_alter_table("application_step") as table:
        table.add_column(sa.Column("reason", sa.Text(), nullable=True))

    with op.batch_alter_table("course", table_args=COURSE_CHECKS) as table:
        table.add_column(sa.Column("round_id", sa.LargeBinary(16), nullable=True))
        table.add_column(sa.Column("room", sa.Text(), nullable=True))
        table.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("closed_reason", sa.Text(), nullable=True))
        table.create_foreign_key(
            op.f("fk_course_round_id_recruitment_round"), "recruitment_round", ["round_id"], ["id"]
        )

    with op.batch_alter_table("import_batch") as table:
        table.add_column(sa.Column("sender", sa.Text(), nullable=True))
        table.add_column(sa.Column("undone_at", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("import_layout") as table:
        table.add_column(sa.Column("sender", sa.Text(), nullable=True))

    with op.batch_alter_table("membership") as table:
        table.add_column(sa.Column("outcome_on", sa.Date(), nullable=True))

    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("merged_into", sa.LargeBinary(16), nullable=True))
        table.create_index(op.f("ix_person_merged_into"), ["merged_into"], unique=False)
        table.create_foreign_key(op.f("fk_person_merged_into_person"), "person", ["merged_into"], ["id"])


def create_tables() -> None:
    op.create_table(
        "instructor",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("hourly_rate", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("hourly_rate IS NULL OR hourly_rate >= 0", name=op.f("ck_instructor_hourly_rate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instructor")),
    )
    op.create_table(
        "recruitment_round",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("pass_score", sa.Integer(), nullable=True),
        sa.Column("tie_order", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("opens <= closes", name=op.f("ck_recruitment_round_ordered")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recruitment_round")),
        sa.UniqueConstraint(
            "programme_year", "number", name=op.f("uq_recruitment_round_programme_year_number")
        ),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("person_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=True),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_consent_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)

    op.create_table(
        "criterion",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("round_id", sa.LargeBinary(16), nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("points > 0 AND weight BETWEEN 0 AND 100", name=op.f("ck_criterion_measures")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["recruitment_round.id"], name=op.f("fk_criterion_round_id_recruitment_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint(
            "round_id", "track", "step", "name", name=op.f("uq_criterion_round_id_track_step_name")
        ),
    )
    op.create_table(
        "import_row",
        sa.Column("import_id", sa.LargeBinary(16), nullable=False),
        sa.Column("person_id", sa.LargeBinary(16), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_batch.id"], name=op.f("fk_import_row_import_id_import_batch")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_import_row_person_id_person")),
        sa.PrimaryKeyConstraint("import_id", "person_id", name=op.f("pk_import_row")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_import_row_person_id"), "import_row", ["person_id"], unique=False)

    op.create_table(
        "person_document",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("person_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_person_document_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_document_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_document")),
    )
    op.create_index(op.f("ix_person_document_person_id"), "person_document", ["person_id"], unique=False)

    op.create_table(
        "person_merge",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kept_id", sa.LargeBinary(16), nullable=False),
        sa.Column("gone_id", sa.LargeBinary(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("undone_by", sa.LargeBinary(16), nullable=True),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["gone_id"], ["person.id"], name=op.f("fk_person_merge_gone_id_person")),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name=op.f("fk_person_merge_kept_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    op.create_index(op.f("ix_person_merge_gone_id"), "person_merge", ["gone_id"], unique=False)
    op.create_index(op.f("ix_person_merge_kept_id"), "person_merge", ["kept_id"], unique=False)

    op.create_table(
        "rater",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("round_id", sa.LargeBinary(16), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["recruitment_round.id"], name=op.f("fk_rater_round_id_recruitment_round")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_rater_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rater")),
        sa.UniqueConstraint("round_id", "step", "name", name=op.f("uq_rater_round_id_step_name")),
    )
    op.create_table(
        "round_goal",
        sa.Column("round_id", sa.LargeBinary(16), nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("reserves", sa.Integer(), nullable=False),
        sa.CheckConstraint("places >= 0 AND reserves >= 0", name=op.f("ck_round_goal_counts")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["recruitment_round.id"], name=op.f("fk_round_goal_round_id_recruitment_round")
        ),
        sa.PrimaryKeyConstraint("round_id", "track", name=op.f("pk_round_goal")),
    )
    op.create_table(
        "counselling",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("person_id", sa.LargeBinary(16), nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_counselling_course_id_course")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_counselling_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counselling")),
    )
    op.create_index(op.f("ix_counselling_course_id"), "counselling", ["course_id"], unique=False)
    op.create_index(op.f("ix_counselling_next_on"), "counselling", ["next_on"], unique=False)
    op.create_index(op.f("ix_counselling_person_id"), "counselling", ["person_id"], unique=False)

    op.create_table(
        "day_note",
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_day_note_course_id_course")),
        sa.PrimaryKeyConstraint("course_id", "day", name=op.f("pk_day_note")),
    )
    op.create_table(
        "eligibility_answer",
        sa.Column("application_id", sa.LargeBinary(16), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_eligibility_answer_application_id_application"),
        ),
        sa.PrimaryKeyConstraint("application_id", "condition", name=op.f("pk_eligibility_answer")),
    )
    op.create_table(
        "lesson",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("instructor_id", sa.LargeBinary(16), nullable=True),
        sa.Column("room", sa.Text(), nullable=True),
        sa.CheckConstraint("period >= 1", name=op.f("ck_lesson_period")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_lesson_course_id_course")),
        sa.ForeignKeyConstraint(
            ["instructor_id"], ["instructor.id"], name=op.f("fk_lesson_instructor_id_instructor")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint("course_id", "day", "period", name=op.f("uq_lesson_course_id_day_period")),
    )
    op.create_index("ix_lesson_instructor_id_day", "lesson", ["instructor_id", "day"], unique=False)

    op.create_table(
        "rating",
        sa.Column("rater_id", sa.LargeBinary(16), nullable=False),
        sa.Column("application_id", sa.LargeBinary(16), nullable=False),
        sa.Column("criterion_id", sa.LargeBinary(16), nullable=False),
        sa.Column("tenths", sa.Integer(), nullable=False),
        sa.CheckConstraint("tenths >= 0", name=op.f("ck_rating_tenths")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_rating_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criterion.id"], name=op.f("fk_rating_criterion_id_criterion")
        ),
        sa.ForeignKeyConstraint(["rater_id"], ["rater.id"], name=op.f("fk_rating_rater_id_rater")),
        sa.PrimaryKeyConstraint("rater_id", "application_id", "criterion_id", name=op.f("pk_rating")),
    )
    op.create_index(op.f("ix_rating_application_id"), "rating", ["application_id"], unique=False)

    op.create_table(
        "completion_certificate",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.LargeBinary(16), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("reissues", sa.Integer(), server_default="0", nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("voided_at", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_completion_certificate_membership_id_membership"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_certificate")),
        sa.UniqueConstraint(
            "programme_year", "number", name=op.f("uq_completion_certificate_programme_year_number")
        ),
    )
    op.create_index(
        op.f("ix_completion_certificate_membership_id"),
        "completion_certificate",
        ["membership_id"],
        unique=False,
    )
    op.create_table(
        "membership_event",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("membership_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_membership_event_membership_id_membership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_event")),
    )
    op.create_index(
        op.f("ix_membership_event_membership_id"), "membership_event", ["membership_id"], unique=False
    )
