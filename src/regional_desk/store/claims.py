"""Claims for the internship support: payslips, papers, monthly runs and their rows, and the companies' accounts."""

from __future__ import annotations

import sqlalchemy as sa

from regional_desk.store.metadata import Id, Json, Moment, id_column, metadata, reference, version_column

payslip = sa.Table(
    "payslip",
    metadata,
    id_column(),
    version_column(),
    reference("internship_id", "internship.id", index=True),
    sa.Column("start", sa.Date, nullable=False),  # the days it pays for
    sa.Column("end", sa.Date, nullable=False),
    sa.Column("wage", sa.BigInteger, nullable=False),  # won before deductions
    sa.Column("transferred_on", sa.Date),
    sa.Column("transferred", sa.BigInteger),  # won that reached the intern
    sa.Column("own_account", sa.Boolean, nullable=False),  # from the company's account to the intern's own
    reference("slip_id", "attachment.id", nullable=True),  # 급여명세서
    sa.Column("slip_name", sa.Text),
    reference("transfer_id", "attachment.id", nullable=True),  # 급여이체증
    sa.Column("transfer_name", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("void_reason", sa.Text),
    sa.Column("voided_at", Moment),
    sa.CheckConstraint("wage >= 0", name="wage"),
    sa.CheckConstraint('"end" >= start', name="end"),
    sa.CheckConstraint("transferred IS NULL OR transferred >= 0", name="transferred"),
)

claim_paper = sa.Table(
    "claim_paper",
    metadata,
    reference("internship_id", "internship.id"),
    sa.Column("month_no", sa.Integer, nullable=False),  # 0: a paper handed in once for the internship
    sa.Column("kind", sa.Text, nullable=False),
    version_column(),
    sa.Column("state", sa.Text, nullable=False),  # submitted | verified | returned
    sa.Column("issued_on", sa.Date),
    reference("attachment_id", "attachment.id", nullable=True),
    sa.Column("file_name", sa.Text),
    sa.Column("memo", sa.Text),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.PrimaryKeyConstraint("internship_id", "month_no", "kind"),
    sa.CheckConstraint("month_no >= 0", name="month_no"),
)

claim_run = sa.Table(
    "claim_run",
    metadata,
    id_column(),
    version_column(),
    sa.Column("month", sa.Date, nullable=False, index=True),  # first day of the calendar month claimed
    sa.Column("kind", sa.Text, nullable=False),  # main | supplementary | settlement
    sa.Column("number", sa.Integer, nullable=False),  # counts the versions of one month's run
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("scheme", sa.Text, nullable=False),
    sa.Column("terms", Json, nullable=False),
    sa.Column("adoption_id", Id),
    sa.Column("interns", sa.Integer, nullable=False),
    sa.Column("paid_interns", sa.Integer, nullable=False),
    sa.Column("total", sa.BigInteger, nullable=False),
    sa.Column("inputs", sa.LargeBinary(32), nullable=False),  # digest of what the draft was computed from
    sa.Column("solo", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("drafted_by", Id, nullable=False),
    sa.Column("drafted_at", Moment, nullable=False),
    sa.Column("checked_by", Id),
    sa.Column("checked_at", Moment),
    sa.Column("confirmed_by", Id),
    sa.Column("confirmed_at", Moment),
    sa.Column("paid_by", Id),
    sa.Column("paid_at", Moment),
    sa.Column("reconciled_by", Id),
    sa.Column("reconciled_at", Moment),
    sa.Column("closed_reason", sa.Text),
    sa.Column("over_budget_reason", sa.Text),  # why 단장 let it exceed the balance
    sa.Column("returned_reason", sa.Text),  # why 검토 went back to 작성
    sa.UniqueConstraint("month", "number"),
    sa.CheckConstraint("total >= 0", name="total"),
)

claim_row = sa.Table(
    "claim_row",
    metadata,
    reference("run_id", "claim_run.id"),
    reference("internship_id", "internship.id", index=True),
    sa.Column("month_no", sa.Integer, nullable=False),  # service month, 1 the first
    sa.Column("programme_year", sa.Integer, nullable=False),  # whose money it is
    reference("trainee_id", "person.id", index=True),
    reference("company_id", "company.id", index=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("start", sa.Date, nullable=False),
    sa.Column("end", sa.Date, nullable=False),
    sa.Column("days", sa.Integer, nullable=False),  # of the service month
    sa.Column("served_days", sa.Integer, nullable=False),
    sa.Column("share", sa.Text, nullable=False),  # served by whole, such as 17/30
    sa.Column("wage", sa.BigInteger),  # won paid for the month; null where nothing shows it
    sa.Column("eligible", sa.Boolean, nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("trace", sa.Text, nullable=False),
    sa.Column("held", sa.Boolean, nullable=False),
    sa.Column("entitled", sa.BigInteger),  # of a 정산 run: what the month is worth now
    sa.Column("already", sa.BigInteger),  # of a 정산 run: what earlier runs of the month confirmed
    sa.PrimaryKeyConstraint("run_id", "internship_id", "month_no"),
    sa.CheckConstraint("amount >= 0", name="amount"),
)

claim_hold = sa.Table(
    "claim_hold",
    metadata,
    id_column(),
    reference("internship_id", "internship.id", index=True),
    sa.Column("month_no", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("held_by", Id, nullable=False),
    sa.Column("held_at", Moment, nullable=False),
    sa.Column("released_by", Id),
    sa.Column("released_at", Moment),
)

claim_line = sa.Table(
    "claim_line",
    metadata,
    reference("file_id", "pay_file.id"),
    reference("run_id", "claim_run.id", index=True),
    reference("company_id", "company.id", index=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("bank", sa.Text, nullable=False),
    sa.Column("account_mac", sa.LargeBinary(32), nullable=False),
    sa.Column("account_tail", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # sent | paid | failed
    sa.Column("failure", sa.Text),
    sa.PrimaryKeyConstraint("file_id", "run_id", "company_id"),
    sa.CheckConstraint("amount > 0", name="amount"),
    sa.CheckConstraint("state IN ('sent', 'paid', 'failed')", name="state"),
)

company_account = sa.Table(
    "company_account",
    metadata,
    reference("company_id", "company.id"),
    version_column(),
    sa.Column("bank", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # the number, under the store's attachment key
    sa.Column("mac", sa.LargeBinary(32), nullable=False, index=True),
    sa.Column("tail", sa.Text, nullable=False),
    sa.Column("holder", sa.Text, nullable=False),
    sa.Column("changed_by", Id, nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
    sa.Column("released_by", Id),  # null: held until a second person has called back
    sa.Column("released_at", Moment),
    sa.Column("release_memo", sa.Text),
    sa.PrimaryKeyConstraint("company_id"),
)
