"""Parts of a day, check-in, leases, closings and corrections; settlement, recovery, budget and pay files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    add_columns()
    create_tables()
    if op.get_bind().dialect.name == "sqlite":
        for statement in triggers():
            op.execute(statement)


def triggers() -> list[str]:
    """What was decided, received or entered late stays: 정정 once decided, receipts, lines of the 출석입력요청대장."""
    kept = [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append_only:{table}'); END"
        for table in ("attendance_correction", "late_entry", "recovery", "recovery_receipt", "pay_line")
    ]
    fixed = "course_id trainee_id unit_no day old new sealed state requested_by requested_at decided_by decided_at solo"
    same = " AND ".join(
        f'OLD."{name}" IS NEW."{name}"' for name in fixed.split()
    )  # a 파기 may take the evidence away
    unchanged = (
        "CREATE TRIGGER late_entry_no_update BEFORE UPDATE ON late_entry "
        "BEGIN SELECT RAISE(ABORT, 'append_only:late_entry'); END"
    )
    decided = (
        "CREATE TRIGGER attendance_correction_decided BEFORE UPDATE ON attendance_correction "
        f"WHEN OLD.state <> 'requested' AND NOT ({same}) "
        "BEGIN SELECT RAISE(ABORT, 'closed:attendance_correction'); END"
    )
    return [*kept, unchanged, decided]


def add_columns() -> None:
    """Plain columns: a table is not made anew, so it keeps its triggers and stays without rowid."""
    op.add_column("allowance_row", sa.Column("entitled", sa.BigInteger(), nullable=True))
    op.add_column("allowance_row", sa.Column("already", sa.BigInteger(), nullable=True))
    op.add_column("allowance_run", sa.Column("reconciled_by", sa.LargeBinary(16), nullable=True))
    op.add_column("allowance_run", sa.Column("reconciled_at", sa.BigInteger(), nullable=True))
    op.add_column("allowance_run", sa.Column("over_budget_reason", sa.Text(), nullable=True))
    op.add_column("allowance_run", sa.Column("returned_reason", sa.Text(), nullable=True))
    op.add_column("attendance", sa.Column("parts", sa.Text(), nullable=True))
    op.add_column("attendance_evidence", sa.Column("file_name", sa.Text(), nullable=True))
    op.add_column("attendance_evidence", sa.Column("user_id", sa.LargeBinary(16), nullable=True))
    op.add_column("attendance_evidence", sa.Column("at", sa.BigInteger(), nullable=True))
    op.add_column("holiday", sa.Column("reference", sa.Text(), nullable=True))
    op.add_column("holiday", sa.Column("added_by", sa.LargeBinary(16), nullable=True))
    op.add_column("holiday", sa.Column("added_at", sa.BigInteger(), nullable=True))
    op.add_column("policy_adoption", sa.Column("effective_from", sa.Date(), nullable=True))


def create_tables() -> None:
    op.create_table(
        "budget_entry",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("voided_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_budget_entry_amount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_entry")),
    )
    op.create_index(op.f("ix_budget_entry_programme_year"), "budget_entry", ["programme_year"], unique=False)
    op.create_table(
        "pay_file",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("made_by", sa.LargeBinary(16), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("result_by", sa.LargeBinary(16), nullable=True),
        sa.Column("result_at", sa.BigInteger(), nullable=True),
        sa.Column("deleted_by", sa.LargeBinary(16), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_file")),
        sa.UniqueConstraint("programme_year", "number", name=op.f("uq_pay_file_programme_year_number")),
    )
    op.create_table(
        "account_release",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("person_id", sa.LargeBinary(16), nullable=False),
        sa.Column("account_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=True),
        sa.Column("released_by", sa.LargeBinary(16), nullable=False),
        sa.Column("released_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_account_release_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_account_release_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_release")),
    )
    op.create_index(op.f("ix_account_release_person_id"), "account_release", ["person_id"], unique=False)
    op.create_table(
        "attendance_remark",
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["person.id"], name=op.f("fk_attendance_remark_trainee_id_person")
        ),
        sa.PrimaryKeyConstraint("trainee_id", "day", name=op.f("pk_attendance_remark")),
    )
    op.create_table(
        "attendance_closing",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("unit_no", sa.Integer(), nullable=True),
        sa.Column("closed_by", sa.LargeBinary(16), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.LargeBinary(16), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.Column("opened_reason", sa.Text(), nullable=True),
        sa.CheckConstraint('"start" <= "end"', name=op.f("ck_attendance_closing_ordered")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_attendance_closing_course_id_course")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_closing")),
    )
    op.create_index(
        op.f("ix_attendance_closing_course_id"), "attendance_closing", ["course_id"], unique=False
    )
    op.create_table(
        "attendance_correction",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_no", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.LargeBinary(16), nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.LargeBinary(16), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("solo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "state IN ('requested', 'approved', 'refused', 'withdrawn')",
            name=op.f("ck_attendance_correction_state"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_attendance_correction_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_attendance_correction_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["person.id"], name=op.f("fk_attendance_correction_trainee_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_correction")),
    )
    op.create_index(
        op.f("ix_attendance_correction_course_id"), "attendance_correction", ["course_id"], unique=False
    )
    op.create_index(
        op.f("ix_attendance_correction_trainee_id"), "attendance_correction", ["trainee_id"], unique=False
    )
    op.create_table(
        "call_list",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("made_by", sa.LargeBinary(16), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_call_list_course_id_course")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_list")),
    )
    op.create_index(op.f("ix_call_list_course_id"), "call_list", ["course_id"], unique=False)
    op.create_table(
        "check_in",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minute", sa.SmallInteger(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("undone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("way IN ('in', 'out')", name=op.f("ck_check_in_way")),
        sa.CheckConstraint("minute BETWEEN 0 AND 1439", name=op.f("ck_check_in_minute")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_check_in_course_id_course")),
        sa.ForeignKeyConstraint(["trainee_id"], ["person.id"], name=op.f("fk_check_in_trainee_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
    )
    op.create_index("ix_check_in_course_id_day", "check_in", ["course_id", "day"], unique=False)
    op.create_index(op.f("ix_check_in_trainee_id"), "check_in", ["trainee_id"], unique=False)
    op.create_table(
        "closing_exception",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=True),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("granted_by", sa.LargeBinary(16), nullable=False),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint('"start" <= "end"', name=op.f("ck_closing_exception_ordered")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_closing_exception_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["person.id"], name=op.f("fk_closing_exception_trainee_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_exception")),
    )
    op.create_index(op.f("ix_closing_exception_course_id"), "closing_exception", ["course_id"], unique=False)
    op.create_table(
        "lease",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("lent_by", sa.LargeBinary(16), nullable=False),
        sa.Column("lent_at", sa.BigInteger(), nullable=False),
        sa.Column("end_kind", sa.Text(), nullable=True),
        sa.Column("ended_by", sa.LargeBinary(16), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("came", sa.LargeBinary(length=32), nullable=True),
        sa.CheckConstraint('"start" <= "end"', name=op.f("ck_lease_ordered")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_lease_course_id_course")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lease")),
    )
    op.create_index(op.f("ix_lease_course_id"), "lease", ["course_id"], unique=False)
    op.create_table(
        "second_entry",
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("marks", sa.SmallInteger(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("settled_by", sa.LargeBinary(16), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_second_entry_course_id_course")),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["person.id"], name=op.f("fk_second_entry_trainee_id_person")
        ),
        sa.PrimaryKeyConstraint("trainee_id", "day", name=op.f("pk_second_entry")),
    )
    op.create_index(op.f("ix_second_entry_course_id"), "second_entry", ["course_id"], unique=False)
    op.create_table(
        "benefit_answer",
        sa.Column("membership_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'no', 'unknown')", name=op.f("ck_benefit_answer_answer")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_benefit_answer_membership_id_membership")
        ),
        sa.PrimaryKeyConstraint("membership_id", "kind", name=op.f("pk_benefit_answer")),
    )
    op.create_table(
        "call_line",
        sa.Column("list_id", sa.LargeBinary(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_by", sa.LargeBinary(16), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["call_list.id"], name=op.f("fk_call_line_list_id_call_list")),
        sa.ForeignKeyConstraint(["trainee_id"], ["person.id"], name=op.f("fk_call_line_trainee_id_person")),
        sa.PrimaryKeyConstraint("list_id", "number", name=op.f("pk_call_line")),
    )
    op.create_index(op.f("ix_call_line_trainee_id"), "call_line", ["trainee_id"], unique=False)
    op.create_table(
        "deduction_days",
        sa.Column("membership_id", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("days >= 0", name=op.f("ck_deduction_days_days")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_deduction_days_membership_id_membership")
        ),
        sa.PrimaryKeyConstraint("membership_id", "unit_no", "kind", name=op.f("pk_deduction_days")),
    )
    op.create_table(
        "late_entry",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.LargeBinary(16), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("exception_id", sa.LargeBinary(16), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_late_entry_course_id_course")),
        sa.ForeignKeyConstraint(
            ["exception_id"],
            ["closing_exception.id"],
            name=op.f("fk_late_entry_exception_id_closing_exception"),
        ),
        sa.ForeignKeyConstraint(["trainee_id"], ["person.id"], name=op.f("fk_late_entry_trainee_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_entry")),
        sa.UniqueConstraint("programme_year", "number", name=op.f("uq_late_entry_programme_year_number")),
    )
    op.create_index(op.f("ix_late_entry_course_id"), "late_entry", ["course_id"], unique=False)
    op.create_index(op.f("ix_late_entry_trainee_id"), "late_entry", ["trainee_id"], unique=False)
    op.create_table(
        "pay_line",
        sa.Column("file_id", sa.LargeBinary(16), nullable=False),
        sa.Column("run_id", sa.LargeBinary(16), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("account_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_tail", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('sent', 'paid', 'failed')", name=op.f("ck_pay_line_state")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_pay_line_amount")),
        sa.ForeignKeyConstraint(["file_id"], ["pay_file.id"], name=op.f("fk_pay_line_file_id_pay_file")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["allowance_run.id"], name=op.f("fk_pay_line_run_id_allowance_run")
        ),
        sa.ForeignKeyConstraint(["trainee_id"], ["person.id"], name=op.f("fk_pay_line_trainee_id_person")),
        sa.PrimaryKeyConstraint("file_id", "run_id", "trainee_id", name=op.f("pk_pay_line")),
    )
    op.create_index(op.f("ix_pay_line_run_id"), "pay_line", ["run_id"], unique=False)
    op.create_index(op.f("ix_pay_line_trainee_id"), "pay_line", ["trainee_id"], unique=False)
    op.create_table(
        "recovery",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.LargeBinary(16), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("end_kind", sa.Text(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_recovery_amount")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["allowance_run.id"], name=op.f("fk_recovery_run_id_allowance_run")
        ),
        sa.ForeignKeyConstraint(["trainee_id"], ["person.id"], name=op.f("fk_recovery_trainee_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
        sa.UniqueConstraint("programme_year", "number", name=op.f("uq_recovery_programme_year_number")),
    )
    op.create_index(op.f("ix_recovery_run_id"), "recovery", ["run_id"], unique=False)
    op.create_index(op.f("ix_recovery_trainee_id"), "recovery", ["trainee_id"], unique=False)
    op.create_table(
        "recovery_receipt",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("recovery_id", sa.LargeBinary(16), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("voided_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_recovery_receipt_amount")),
        sa.ForeignKeyConstraint(
            ["recovery_id"], ["recovery.id"], name=op.f("fk_recovery_receipt_recovery_id_recovery")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_receipt")),
    )
    op.create_index(
        op.f("ix_recovery_receipt_recovery_id"), "recovery_receipt", ["recovery_id"], unique=False
    )
