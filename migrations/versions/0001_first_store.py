"""The first store: office, people, courses, attendance, allowance, logs, undo and records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

CLOSED = "('confirmed', 'paid', 'reconciled')"

APPEND_ONLY = ("change_log", "access_log", "log_value")


def upgrade() -> None:
    create_tables()
    if op.get_bind().dialect.name == "sqlite":
        for statement in sqlite_triggers():
            op.execute(statement)


def sqlite_triggers() -> list[str]:
    """Nothing confirmed and nothing logged changes, whoever writes the SQL."""
    statements = []
    for table in APPEND_ONLY:
        statements += [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'append_only:{table}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        statements.append(
            f"CREATE TRIGGER attendance_closed_{verb.lower()} BEFORE {verb} ON attendance "
            "WHEN EXISTS (SELECT 1 FROM allowance_row r JOIN allowance_run n ON n.id = r.run_id "
            f"WHERE r.trainee_id = {row}.trainee_id AND r.held = 0 AND n.state IN {CLOSED} "
            f'AND {row}.day BETWEEN n.start AND n."end") '
            "BEGIN SELECT RAISE(ABORT, 'closed:attendance'); END"
        )
        statements.append(
            f"CREATE TRIGGER allowance_row_closed_{verb.lower()} BEFORE {verb} ON allowance_row "
            f"WHEN (SELECT state FROM allowance_run WHERE id = {row}.run_id) NOT IN ('draft', 'checked') "
            "BEGIN SELECT RAISE(ABORT, 'closed:allowance_row'); END"
        )
    statements.append(
        "CREATE TRIGGER allowance_run_closed_delete BEFORE DELETE ON allowance_run "
        f"WHEN OLD.state IN {CLOSED} OR OLD.state = 'cancelled' "
        "BEGIN SELECT RAISE(ABORT, 'closed:allowance_run'); END"
    )
    fixed = "course_id unit_no kind number start end method scheme terms people paid_people total inputs drafted_by drafted_at"
    same = " AND ".join(f'OLD."{name}" IS NEW."{name}"' for name in fixed.split())
    statements.append(
        "CREATE TRIGGER allowance_run_closed_update BEFORE UPDATE ON allowance_run "
        f"WHEN (OLD.state IN {CLOSED} OR OLD.state = 'cancelled') AND NOT ({same} AND ("
        "(OLD.state = 'confirmed' AND NEW.state IN ('confirmed', 'paid', 'cancelled')) OR "
        "(OLD.state = 'paid' AND NEW.state IN ('paid', 'reconciled')) OR OLD.state = NEW.state)) "
        "BEGIN SELECT RAISE(ABORT, 'closed:allowance_run'); END"
    )
    return statements


def create_tables() -> None:
    op.create_table(
        "access_log",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("operation_id", sa.LargeBinary(16), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.LargeBinary(16), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_access_log")),
    )
    op.create_index(op.f("ix_access_log_subject_id"), "access_log", ["subject_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("name", name=op.f("uq_attachment_name")),
    )
    op.create_table(
        "change_log",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("operation_id", sa.LargeBinary(16), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.LargeBinary(16), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change_log")),
    )
    op.create_index(op.f("ix_change_log_subject_id"), "change_log", ["subject_id"], unique=False)
    op.create_table(
        "company",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("business_number", sa.Text(), nullable=False),
        sa.Column("representative", sa.Text(), nullable=True),
        sa.Column("industry", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("positions", sa.Integer(), nullable=True),
        sa.Column("job", sa.Text(), nullable=True),
        sa.Column("import_id", sa.LargeBinary(16), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("positions IS NULL OR positions >= 0", name=op.f("ck_company_positions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("business_number", name=op.f("uq_company_business_number")),
    )
    op.create_table(
        "course",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("periods", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint('"start" <= "end"', name=op.f("ck_course_ordered")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("programme_year", "name", name=op.f("uq_course_programme_year_name")),
    )
    op.create_table(
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_holiday")),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_table(
        "import_layout",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "fingerprint", name=op.f("pk_import_layout")),
    )
    op.create_table(
        "log_value",
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.LargeBinary(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "seq", "place", name=op.f("pk_log_value")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_log_value_person_id", "log_value", ["person_id"], unique=False)
    op.create_table(
        "office",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("approval", sa.Text(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_table(
        "operation",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("birth", sa.Date(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("education", sa.Text(), nullable=True),
        sa.Column("major", sa.Text(), nullable=True),
        sa.Column("bank", sa.Text(), nullable=True),
        sa.Column("account_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("account_mac", sa.LargeBinary(length=32), nullable=True),
        sa.Column("account_tail", sa.Text(), nullable=True),
        sa.Column("account_holder", sa.Text(), nullable=True),
        sa.Column("account_hold", sa.Text(), nullable=True),
        sa.Column("account_memo", sa.Text(), nullable=True),
        sa.Column("account_changed_by", sa.LargeBinary(16), nullable=True),
        sa.Column("review", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("name", "birth", name=op.f("uq_person_name_birth")),
    )
    op.create_index(op.f("ix_person_account_mac"), "person", ["account_mac"], unique=False)
    op.create_index(op.f("ix_person_phone"), "person", ["phone"], unique=False)
    op.create_table(
        "policy_adoption",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.Column("adopted_by", sa.LargeBinary(16), nullable=False),
        sa.Column("adopted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_adoption")),
    )
    op.create_index(op.f("ix_policy_adoption_scheme"), "policy_adoption", ["scheme"], unique=False)
    op.create_table(
        "print_record",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("check_number", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_record")),
        sa.UniqueConstraint("check_number", name=op.f("uq_print_record_check_number")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "store_key",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("purpose", name=op.f("pk_store_key")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("login", name=op.f("uq_user_login")),
    )
    op.create_table(
        "allowance_hold",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_no", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("held_by", sa.LargeBinary(16), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=False),
        sa.Column("released_by", sa.LargeBinary(16), nullable=True),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_allowance_hold_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["person.id"], name=op.f("fk_allowance_hold_trainee_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowance_hold")),
    )
    op.create_index(op.f("ix_allowance_hold_course_id"), "allowance_hold", ["course_id"], unique=False)
    op.create_table(
        "allowance_run",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("adoption_id", sa.LargeBinary(16), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("paid_people", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("inputs", sa.LargeBinary(length=32), nullable=False),
        sa.Column("solo", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("drafted_by", sa.LargeBinary(16), nullable=False),
        sa.Column("drafted_at", sa.BigInteger(), nullable=False),
        sa.Column("checked_by", sa.LargeBinary(16), nullable=True),
        sa.Column("checked_at", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_by", sa.LargeBinary(16), nullable=True),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("paid_by", sa.LargeBinary(16), nullable=True),
        sa.Column("paid_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("total >= 0", name=op.f("ck_allowance_run_total")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_allowance_run_course_id_course")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowance_run")),
        sa.UniqueConstraint(
            "course_id", "unit_no", "number", name=op.f("uq_allowance_run_course_id_unit_no_number")
        ),
    )
    op.create_index(op.f("ix_allowance_run_course_id"), "allowance_run", ["course_id"], unique=False)
    op.create_table(
        "application",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("person_id", sa.LargeBinary(16), nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("track", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("import_id", sa.LargeBinary(16), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_application_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint(
            "person_id", "programme_year", name=op.f("uq_application_person_id_programme_year")
        ),
    )
    op.create_table(
        "attendance",
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("marks", sa.SmallInteger(), nullable=False),
        sa.Column("time_in", sa.SmallInteger(), nullable=True),
        sa.Column("time_out", sa.SmallInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("evidence", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("evidence BETWEEN 0 AND 2", name=op.f("ck_attendance_evidence")),
        sa.CheckConstraint(
            "marks BETWEEN 0 AND 7 AND (marks = 0 OR status = 1)", name=op.f("ck_attendance_marks")
        ),
        sa.CheckConstraint("status BETWEEN 1 AND 3", name=op.f("ck_attendance_status")),
        sa.ForeignKeyConstraint(["trainee_id"], ["person.id"], name=op.f("fk_attendance_trainee_id_person")),
        sa.PrimaryKeyConstraint("trainee_id", "day", name=op.f("pk_attendance")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attendance_evidence",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_attendance_evidence_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["person.id"], name=op.f("fk_attendance_evidence_trainee_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_evidence")),
    )
    op.create_index(
        op.f("ix_attendance_evidence_trainee_id"), "attendance_evidence", ["trainee_id"], unique=False
    )
    op.create_table(
        "course_day",
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("void", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("minutes BETWEEN 1 AND 480", name=op.f("ck_course_day_minutes")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_day_course_id_course")),
        sa.PrimaryKeyConstraint("course_id", "day", name=op.f("pk_course_day")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("person_id", sa.LargeBinary(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Date(), nullable=False),
        sa.Column("left", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("direct_reason", sa.Text(), nullable=True),
        sa.CheckConstraint('"left" IS NULL OR "left" >= joined', name=op.f("ck_membership_ordered")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_membership_course_id_course")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("course_id", "person_id", name=op.f("uq_membership_course_id_person_id")),
    )
    op.create_index(op.f("ix_membership_course_id"), "membership", ["course_id"], unique=False)
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_table(
        "nonpayable_span",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("person_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=True),
        sa.CheckConstraint('"end" IS NULL OR "end" >= "start"', name=op.f("ck_nonpayable_span_ordered")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_nonpayable_span_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nonpayable_span")),
    )
    op.create_index(op.f("ix_nonpayable_span_person_id"), "nonpayable_span", ["person_id"], unique=False)
    op.create_table(
        "person_key",
        sa.Column("person_id", sa.LargeBinary(16), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("destroyed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_key_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_key")),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=False),
        sa.Column("difference", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_submission_attachment_id_attachment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("month", "kind", "sequence", name=op.f("uq_submission_month_kind_sequence")),
    )
    op.create_table(
        "undo_step",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_undo_step_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undo_step")),
    )
    op.create_index("ix_undo_step_user_id_state_id", "undo_step", ["user_id", "state", "id"], unique=False)
    op.create_table(
        "user_role",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.Column("granted_by", sa.LargeBinary(16), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_by", sa.LargeBinary(16), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_role_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_role")),
    )
    op.create_index(op.f("ix_user_role_user_id"), "user_role", ["user_id"], unique=False)
    op.create_table(
        "allowance_row",
        sa.Column("run_id", sa.LargeBinary(16), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("training_days", sa.Integer(), nullable=False),
        sa.Column("attended_days", sa.Integer(), nullable=False),
        sa.Column("converted_absences", sa.Integer(), nullable=False),
        sa.Column("rate_tenths", sa.Integer(), nullable=True),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("strip", sa.Text(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_allowance_row_amount")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["allowance_run.id"], name=op.f("fk_allowance_row_run_id_allowance_run")
        ),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["person.id"], name=op.f("fk_allowance_row_trainee_id_person")
        ),
        sa.PrimaryKeyConstraint("run_id", "trainee_id", name=op.f("pk_allowance_row")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_allowance_row_trainee_id", "allowance_row", ["trainee_id"], unique=False)
    op.create_table(
        "application_step",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("application_id", sa.LargeBinary(16), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_step_application_id_application"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_step")),
    )
    op.create_index(
        op.f("ix_application_step_application_id"), "application_step", ["application_id"], unique=False
    )
    op.create_table(
        "undo_part",
        sa.Column("step_id", sa.LargeBinary(16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.LargeBinary(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["undo_step.id"], name=op.f("fk_undo_part_step_id_undo_step")),
        sa.PrimaryKeyConstraint("step_id", "place", name=op.f("pk_undo_part")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_undo_part_person_id"), "undo_part", ["person_id"], unique=False)
