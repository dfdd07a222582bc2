"""Internships, claims for their support, visits and what came of it; 환수 of companies and pay files of claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_OPEN = "('draft', 'checked')"
_CLOSED = "('confirmed', 'paid', 'reconciled', 'cancelled')"
_RUN = ("month", "kind", "number", "method", "scheme", "terms", "interns", "paid_interns", "total", "inputs")
_DRAFTED = ("drafted_by", "drafted_at")
_SIGNED = ("internship_id", "number", "effective_from", "end", "wage", "weekly_minutes", "signed_on")
_STEPS = (("confirmed", "confirmed', 'paid', 'cancelled"), ("paid", "paid', 'reconciled"))


def upgrade() -> None:
    create_tables()
    op.add_column("pay_file", sa.Column("item", sa.Text(), server_default="allowance", nullable=False))
    open_recovery()
    if op.get_bind().dialect.name == "sqlite":
        for statement in triggers():
            op.execute(statement)


def open_recovery() -> None:
    """A 환수 is asked back of a run of 훈련수당 or of one of claims; SQLite makes the table anew, without its triggers."""
    amount = sa.CheckConstraint("amount > 0", name=op.f("ck_recovery_amount"))
    with op.batch_alter_table("recovery", table_args=(amount,)) as table:
        table.add_column(sa.Column("claim_run_id", sa.LargeBinary(16), nullable=True))
        table.add_column(sa.Column("internship_id", sa.LargeBinary(16), nullable=True))
        table.add_column(sa.Column("claim_month", sa.Integer(), nullable=True))
        table.alter_column("run_id", existing_type=sa.LargeBinary(16), nullable=True)
        table.create_index(op.f("ix_recovery_claim_run_id"), ["claim_run_id"], unique=False)
        for column, target in (("claim_run_id", "claim_run"), ("internship_id", "internship")):
            name = op.f(f"fk_recovery_{column}_{target}")
            table.create_foreign_key(name, target, [column], ["id"])
        table.create_check_constraint(op.f("ck_recovery_run"), "(run_id IS NULL) <> (claim_run_id IS NULL)")


def triggers() -> list[str]:
    """What was confirmed, signed or sent stays, whoever writes the SQL."""
    statements = [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append_only:{table}'); END"
        for table in ("recovery", "claim_line")
    ]
    statements += [
        f"CREATE TRIGGER claim_row_closed_{verb.lower()} BEFORE {verb} ON claim_row "
        f"WHEN (SELECT state FROM claim_run WHERE id = {row}.run_id) NOT IN {_OPEN} "
        "BEGIN SELECT RAISE(ABORT, 'closed:claim_row'); END"
        for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ]
    steps = " OR ".join(f"(OLD.state = '{old}' AND NEW.state IN ('{new}'))" for old, new in _STEPS)
    statements += [
        (
            f"CREATE TRIGGER claim_run_closed_delete BEFORE DELETE ON claim_run WHEN OLD.state IN {_CLOSED} "
            "BEGIN SELECT RAISE(ABORT, 'closed:claim_run'); END"
        ),
        (
            f"CREATE TRIGGER claim_run_closed_update BEFORE UPDATE ON claim_run WHEN OLD.state IN {_CLOSED} "
            f"AND NOT ({_same((*_RUN, *_DRAFTED))} AND ({steps} OR OLD.state = NEW.state)) "
            "BEGIN SELECT RAISE(ABORT, 'closed:claim_run'); END"
        ),
        (
            "CREATE TRIGGER agreement_signed_delete BEFORE DELETE ON agreement WHEN OLD.state <> 'draft' "
            "BEGIN SELECT RAISE(ABORT, 'closed:agreement'); END"
        ),
        (
            "CREATE TRIGGER agreement_signed_update BEFORE UPDATE ON agreement WHEN OLD.state <> 'draft' "
            f"AND NOT ({_same(_SIGNED)} AND NEW.state <> 'draft' AND (OLD.state <> 'void' OR NEW.state = 'void')) "
            "BEGIN SELECT RAISE(ABORT, 'closed:agreement'); END"
        ),
    ]
    return statements


def _same(columns: tuple[str, ...]) -> str:
    return " AND ".join(f'OLD."{name}" IS NEW."{name}"' for name in columns)


def create_tables() -> None:
    op.create_table(
        "claim_run",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("adoption_id", sa.LargeBinary(16), nullable=True),
        sa.Column("interns", sa.Integer(), nullable=False),
        sa.Column("paid_interns", sa.Integer(), nullable=False),
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
        sa.Column("reconciled_by", sa.LargeBinary(16), nullable=True),
        sa.Column("reconciled_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.Column("over_budget_reason", sa.Text(), nullable=True),
        sa.Column("returned_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("total >= 0", name=op.f("ck_claim_run_total")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_run")),
        sa.UniqueConstraint("month", "number", name=op.f("uq_claim_run_month_number")),
    )
    op.create_index(op.f("ix_claim_run_month"), "claim_run", ["month"], unique=False)
    op.create_table(
        "outcome_goal",
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("people >= 0", name=op.f("ck_outcome_goal_people")),
        sa.PrimaryKeyConstraint("programme_year", "item", "track", name=op.f("pk_outcome_goal")),
    )
    op.create_table(
        "visit_plan",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint('"end" >= start', name=op.f("ck_visit_plan_end")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_plan")),
        sa.UniqueConstraint("programme_year", "number", name=op.f("uq_visit_plan_programme_year_number")),
    )
    op.create_table(
        "claim_line",
        sa.Column("file_id", sa.LargeBinary(16), nullable=False),
        sa.Column("run_id", sa.LargeBinary(16), nullable=False),
        sa.Column("company_id", sa.LargeBinary(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("account_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_tail", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('sent', 'paid', 'failed')", name=op.f("ck_claim_line_state")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_claim_line_amount")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_claim_line_company_id_company")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["pay_file.id"], name=op.f("fk_claim_line_file_id_pay_file")),
        sa.ForeignKeyConstraint(["run_id"], ["claim_run.id"], name=op.f("fk_claim_line_run_id_claim_run")),
        sa.PrimaryKeyConstraint("file_id", "run_id", "company_id", name=op.f("pk_claim_line")),
    )
    op.create_index(op.f("ix_claim_line_company_id"), "claim_line", ["company_id"], unique=False)
    op.create_index(op.f("ix_claim_line_run_id"), "claim_line", ["run_id"], unique=False)
    op.create_table(
        "company_account",
        sa.Column("company_id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("tail", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.LargeBinary(16), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("released_by", sa.LargeBinary(16), nullable=True),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.Column("release_memo", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_company_account_company_id_company")
        ),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_company_account")),
    )
    op.create_index(op.f("ix_company_account_mac"), "company_account", ["mac"], unique=False)
    op.create_table(
        "employment_check",
        sa.Column("membership_id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("employer", sa.Text(), nullable=True),
        sa.Column("employed_from", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "result IN ('employed', 'not', 'unknown')", name=op.f("ck_employment_check_result")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_employment_check_membership_id_membership")
        ),
        sa.PrimaryKeyConstraint("membership_id", name=op.f("pk_employment_check")),
    )
    op.create_table(
        "internship",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.LargeBinary(16), nullable=True),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("company_id", sa.LargeBinary(16), nullable=False),
        sa.Column("position_id", sa.LargeBinary(16), nullable=True),
        sa.Column("replaces_id", sa.LargeBinary(16), nullable=True),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_kind", sa.Text(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("ended_by", sa.LargeBinary(16), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_internship_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_internship_placement_id_placement")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_internship_position_id_position")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["internship.id"], name=op.f("fk_internship_replaces_id_internship")
        ),
        sa.ForeignKeyConstraint(["trainee_id"], ["person.id"], name=op.f("fk_internship_trainee_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_internship")),
        sa.UniqueConstraint("programme_year", "number", name=op.f("uq_internship_programme_year_number")),
    )
    op.create_index(op.f("ix_internship_company_id"), "internship", ["company_id"], unique=False)
    op.create_index(op.f("ix_internship_trainee_id"), "internship", ["trainee_id"], unique=False)
    op.create_table(
        "agreement",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("wage", sa.BigInteger(), nullable=False),
        sa.Column("weekly_minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("mentor", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'signed', 'void')", name=op.f("ck_agreement_state")),
        sa.CheckConstraint('"end" >= effective_from', name=op.f("ck_agreement_end")),
        sa.CheckConstraint("wage > 0", name=op.f("ck_agreement_wage")),
        sa.CheckConstraint("weekly_minutes > 0", name=op.f("ck_agreement_weekly_minutes")),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_agreement_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["internship_id"], ["internship.id"], name=op.f("fk_agreement_internship_id_internship")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("internship_id", "number", name=op.f("uq_agreement_internship_id_number")),
    )
    op.create_table(
        "claim_hold",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("month_no", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("held_by", sa.LargeBinary(16), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=False),
        sa.Column("released_by", sa.LargeBinary(16), nullable=True),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["internship_id"], ["internship.id"], name=op.f("fk_claim_hold_internship_id_internship")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_hold")),
    )
    op.create_index(op.f("ix_claim_hold_internship_id"), "claim_hold", ["internship_id"], unique=False)
    op.create_table(
        "claim_paper",
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("month_no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("month_no >= 0", name=op.f("ck_claim_paper_month_no")),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_claim_paper_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["internship_id"], ["internship.id"], name=op.f("fk_claim_paper_internship_id_internship")
        ),
        sa.PrimaryKeyConstraint("internship_id", "month_no", "kind", name=op.f("pk_claim_paper")),
    )
    op.create_table(
        "claim_row",
        sa.Column("run_id", sa.LargeBinary(16), nullable=False),
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("month_no", sa.Integer(), nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("company_id", sa.LargeBinary(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("served_days", sa.Integer(), nullable=False),
        sa.Column("share", sa.Text(), nullable=False),
        sa.Column("wage", sa.BigInteger(), nullable=True),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("entitled", sa.BigInteger(), nullable=True),
        sa.Column("already", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_claim_row_amount")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_claim_row_company_id_company")),
        sa.ForeignKeyConstraint(
            ["internship_id"], ["internship.id"], name=op.f("fk_claim_row_internship_id_internship")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["claim_run.id"], name=op.f("fk_claim_row_run_id_claim_run")),
        sa.ForeignKeyConstraint(["trainee_id"], ["person.id"], name=op.f("fk_claim_row_trainee_id_person")),
        sa.PrimaryKeyConstraint("run_id", "internship_id", "month_no", name=op.f("pk_claim_row")),
    )
    op.create_index(op.f("ix_claim_row_company_id"), "claim_row", ["company_id"], unique=False)
    op.create_index(op.f("ix_claim_row_internship_id"), "claim_row", ["internship_id"], unique=False)
    op.create_index(op.f("ix_claim_row_trainee_id"), "claim_row", ["trainee_id"], unique=False)
    op.create_table(
        "conversion",
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("converted", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("employed_from", sa.Date(), nullable=True),
        sa.Column("employment", sa.Text(), nullable=True),
        sa.Column("wage", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "NOT converted OR employed_from IS NOT NULL", name=op.f("ck_conversion_employed_from")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_conversion_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["internship_id"], ["internship.id"], name=op.f("fk_conversion_internship_id_internship")
        ),
        sa.PrimaryKeyConstraint("internship_id", name=op.f("pk_conversion")),
    )
    op.create_table(
        "deliverable",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_deliverable_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["internship_id"], ["internship.id"], name=op.f("fk_deliverable_internship_id_internship")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable")),
    )
    op.create_index(op.f("ix_deliverable_internship_id"), "deliverable", ["internship_id"], unique=False)
    op.create_table(
        "internship_evaluation",
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "\"by\" IN ('intern', 'company', 'office')", name=op.f("ck_internship_evaluation_by")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_internship_evaluation_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["internship_id"],
            ["internship.id"],
            name=op.f("fk_internship_evaluation_internship_id_internship"),
        ),
        sa.PrimaryKeyConstraint("internship_id", "by", name=op.f("pk_internship_evaluation")),
    )
    op.create_table(
        "interruption",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("voided_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_interruption_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["internship_id"], ["internship.id"], name=op.f("fk_interruption_internship_id_internship")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interruption")),
    )
    op.create_index(op.f("ix_interruption_internship_id"), "interruption", ["internship_id"], unique=False)
    op.create_table(
        "journal",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=True),
        sa.Column("output", sa.Text(), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=True),
        sa.Column("mentor", sa.Text(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "progress IS NULL OR progress BETWEEN 0 AND 100", name=op.f("ck_journal_progress")
        ),
        sa.CheckConstraint("week > 0", name=op.f("ck_journal_week")),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_journal_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["internship_id"], ["internship.id"], name=op.f("fk_journal_internship_id_internship")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("internship_id", "week", name=op.f("uq_journal_internship_id_week")),
    )
    op.create_table(
        "payslip",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("wage", sa.BigInteger(), nullable=False),
        sa.Column("transferred_on", sa.Date(), nullable=True),
        sa.Column("transferred", sa.BigInteger(), nullable=True),
        sa.Column("own_account", sa.Boolean(), nullable=False),
        sa.Column("slip_id", sa.LargeBinary(16), nullable=True),
        sa.Column("slip_name", sa.Text(), nullable=True),
        sa.Column("transfer_id", sa.LargeBinary(16), nullable=True),
        sa.Column("transfer_name", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("voided_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint('"end" >= start', name=op.f("ck_payslip_end")),
        sa.CheckConstraint("transferred IS NULL OR transferred >= 0", name=op.f("ck_payslip_transferred")),
        sa.CheckConstraint("wage >= 0", name=op.f("ck_payslip_wage")),
        sa.ForeignKeyConstraint(
            ["internship_id"], ["internship.id"], name=op.f("fk_payslip_internship_id_internship")
        ),
        sa.ForeignKeyConstraint(["slip_id"], ["attachment.id"], name=op.f("fk_payslip_slip_id_attachment")),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["attachment.id"], name=op.f("fk_payslip_transfer_id_attachment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payslip")),
    )
    op.create_index(op.f("ix_payslip_internship_id"), "payslip", ["internship_id"], unique=False)
    op.create_table(
        "plan_item",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("output", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("week > 0", name=op.f("ck_plan_item_week")),
        sa.ForeignKeyConstraint(
            ["internship_id"], ["internship.id"], name=op.f("fk_plan_item_internship_id_internship")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_item")),
        sa.UniqueConstraint(
            "internship_id", "week", "subject", name=op.f("uq_plan_item_internship_id_week_subject")
        ),
    )
    op.create_index(op.f("ix_plan_item_internship_id"), "plan_item", ["internship_id"], unique=False)
    op.create_table(
        "retention_check",
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("result IN ('kept', 'left', 'unknown')", name=op.f("ck_retention_check_result")),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_retention_check_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["internship_id"], ["internship.id"], name=op.f("fk_retention_check_internship_id_internship")
        ),
        sa.PrimaryKeyConstraint("internship_id", "months", name=op.f("pk_retention_check")),
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("plan_id", sa.LargeBinary(16), nullable=True),
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("month_no", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("visitor", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column("interview", sa.Text(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("cancelled_by", sa.LargeBinary(16), nullable=True),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.Column("by_leaving", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('planned', 'done', 'cancelled')", name=op.f("ck_visit_state")),
        sa.CheckConstraint("month_no > 0", name=op.f("ck_visit_month_no")),
        sa.ForeignKeyConstraint(
            ["internship_id"], ["internship.id"], name=op.f("fk_visit_internship_id_internship")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["visit_plan.id"], name=op.f("fk_visit_plan_id_visit_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_internship_id"), "visit", ["internship_id"], unique=False)
    op.create_index(op.f("ix_visit_plan_id"), "visit", ["plan_id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("visit_id", sa.LargeBinary(16), nullable=True),
        sa.Column("internship_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("follow_up", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["internship_id"], ["internship.id"], name=op.f("fk_finding_internship_id_internship")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_finding_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_internship_id"), "finding", ["internship_id"], unique=False)
    op.create_index(op.f("ix_finding_visit_id"), "finding", ["visit_id"], unique=False)
    op.create_table(
        "visit_file",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("visit_id", sa.LargeBinary(16), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_visit_file_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_file_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_file")),
    )
    op.create_index(op.f("ix_visit_file_visit_id"), "visit_file", ["visit_id"], unique=False)
