"""Companies' applications, ratings, positions, papers and surveys; matching rounds and their placements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TRACKS = {"제조": "Track1", "공급": "Track2"}
_MINUTE = ("round_id", "number", "trainee_id", "from_id", "to_id", "displaced_id", "user_id", "at")
_PLACED = ("round_id", "trainee_id", "position_id", "how", "rank")


def upgrade() -> None:
    op.add_column("company", sa.Column("email", sa.Text(), nullable=True))
    op.add_column("company", sa.Column("employees", sa.Integer(), nullable=True))
    create_tables()
    carry_positions()
    if op.get_bind().dialect.name == "sqlite":
        for statement in triggers():
            op.execute(statement)


def triggers() -> list[str]:
    """Minutes are append-only (a 파기 blanks names in their reasons); a published placement stays, but for its end."""
    published = "(SELECT state FROM matching_round WHERE id = OLD.round_id) = 'published'"
    kept = (
        ("matching_minute", "DELETE", "1", "append_only"),
        ("matching_minute", "UPDATE", _changed(_MINUTE), "append_only"),
        ("placement", "DELETE", published, "closed"),
        ("placement", "UPDATE", f"{published} AND {_changed(_PLACED)}", "closed"),
    )
    return [
        f"CREATE TRIGGER {table}_{word}_{verb.lower()} BEFORE {verb} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{word}:{table}'); END"
        for table, verb, when, word in kept
    ]


def _changed(columns: tuple[str, ...]) -> str:
    same = " AND ".join(f'OLD."{name}" IS NEW."{name}"' for name in columns)
    return f"NOT ({same})"


def carry_positions() -> None:
    """What a company asked for by 모집인원 and 직무 is a position of the office's year; without a kind it has no track yet."""
    connection = op.get_bind()
    year = connection.exec_driver_sql("SELECT programme_year FROM office").scalar()
    asked = connection.exec_driver_sql(
        "SELECT id, kind, positions, job, import_id, created_at FROM company "
        "WHERE positions IS NOT NULL AND kind IS NOT NULL"
    ).fetchall()
    if not asked:
        return
    position = sa.table(
        "position",
        *map(sa.column, ("id", "company_id", "programme_year", "name", "track", "seats", "closed")),
        *map(sa.column, ("import_id", "created_at")),
    )
    op.bulk_insert(
        position,
        [
            {
                "id": company[:-1] + bytes((company[-1] ^ 255,)),  # the same wherever a copy is upgraded
                "company_id": company,
                "programme_year": year,
                "name": job or "직무 미정",
                "track": _TRACKS[kind],
                "seats": seats,
                "closed": 0,
                "import_id": import_id,
                "created_at": created_at,
            }
            for company, kind, seats, job, import_id, created_at in asked
        ],
    )


def create_tables() -> None:
    op.create_table(
        "company_goal",
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("companies", sa.Integer(), nullable=False),
        sa.Column("pass_score", sa.Integer(), nullable=True),
        sa.CheckConstraint("companies >= 0", name=op.f("ck_company_goal_companies")),
        sa.PrimaryKeyConstraint("programme_year", "kind", name=op.f("pk_company_goal")),
    )
    op.create_table(
        "matching_round",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("unrated", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=True),
        sa.Column("adopted_by", sa.LargeBinary(16), nullable=True),
        sa.Column("adopted_at", sa.BigInteger(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_by", sa.LargeBinary(16), nullable=True),
        sa.Column("solo", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matching_round")),
        sa.UniqueConstraint("programme_year", "number", name=op.f("uq_matching_round_programme_year_number")),
    )
    op.create_table(
        "company_contact",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("company_id", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_company_contact_company_id_company")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_contact")),
    )
    op.create_index(op.f("ix_company_contact_company_id"), "company_contact", ["company_id"], unique=False)
    op.create_table(
        "company_document",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("company_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.LargeBinary(16), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_company_document_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_company_document_company_id_company")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_document")),
    )
    op.create_index(op.f("ix_company_document_company_id"), "company_document", ["company_id"], unique=False)
    op.create_table(
        "company_rater",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_company_rater_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_rater")),
        sa.UniqueConstraint("programme_year", "name", name=op.f("uq_company_rater_programme_year_name")),
    )
    op.create_table(
        "forbidden_pair",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("round_id", sa.LargeBinary(16), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("company_id", sa.LargeBinary(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_forbidden_pair_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["matching_round.id"], name=op.f("fk_forbidden_pair_round_id_matching_round")
        ),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["person.id"], name=op.f("fk_forbidden_pair_trainee_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forbidden_pair")),
        sa.UniqueConstraint(
            "round_id",
            "trainee_id",
            "company_id",
            name=op.f("uq_forbidden_pair_round_id_trainee_id_company_id"),
        ),
    )
    op.create_index(op.f("ix_forbidden_pair_round_id"), "forbidden_pair", ["round_id"], unique=False)
    op.create_index(op.f("ix_forbidden_pair_trainee_id"), "forbidden_pair", ["trainee_id"], unique=False)
    op.create_table(
        "matching_cap",
        sa.Column("round_id", sa.LargeBinary(16), nullable=False),
        sa.Column("company_id", sa.LargeBinary(16), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_matching_cap_seats")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_matching_cap_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["matching_round.id"], name=op.f("fk_matching_cap_round_id_matching_round")
        ),
        sa.PrimaryKeyConstraint("round_id", "company_id", name=op.f("pk_matching_cap")),
    )
    op.create_index(op.f("ix_matching_cap_company_id"), "matching_cap", ["company_id"], unique=False)
    op.create_table(
        "matching_trainee",
        sa.Column("round_id", sa.LargeBinary(16), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.CheckConstraint("priority >= 0", name=op.f("ck_matching_trainee_priority")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["matching_round.id"], name=op.f("fk_matching_trainee_round_id_matching_round")
        ),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["person.id"], name=op.f("fk_matching_trainee_trainee_id_person")
        ),
        sa.PrimaryKeyConstraint("round_id", "trainee_id", name=op.f("pk_matching_trainee")),
    )
    op.create_index(op.f("ix_matching_trainee_trainee_id"), "matching_trainee", ["trainee_id"], unique=False)
    op.create_table(
        "participation",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("company_id", sa.LargeBinary(16), nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reserve_number", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("tie_note", sa.Text(), nullable=True),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.Column("import_id", sa.LargeBinary(16), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_participation_company_id_company")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint(
            "company_id", "programme_year", name=op.f("uq_participation_company_id_programme_year")
        ),
    )
    op.create_table(
        "position",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("company_id", sa.LargeBinary(16), nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("wage", sa.BigInteger(), nullable=True),
        sa.Column("weekly_minutes", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("import_id", sa.LargeBinary(16), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_position_seats")),
        sa.CheckConstraint("wage IS NULL OR wage >= 0", name=op.f("ck_position_wage")),
        sa.CheckConstraint(
            "weekly_minutes IS NULL OR weekly_minutes >= 0", name=op.f("ck_position_weekly_minutes")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_position_company_id_company")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
        sa.UniqueConstraint(
            "company_id", "programme_year", "name", name=op.f("uq_position_company_id_programme_year_name")
        ),
    )
    op.create_table(
        "training_need",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("company_id", sa.LargeBinary(16), nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("import_id", sa.LargeBinary(16), nullable=True),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_training_need_company_id_company")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_need")),
        sa.UniqueConstraint(
            "company_id", "programme_year", name=op.f("uq_training_need_company_id_programme_year")
        ),
    )
    op.create_table(
        "company_rating",
        sa.Column("rater_id", sa.LargeBinary(16), nullable=False),
        sa.Column("participation_id", sa.LargeBinary(16), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("tenths", sa.Integer(), nullable=False),
        sa.CheckConstraint("tenths >= 0", name=op.f("ck_company_rating_tenths")),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_company_rating_participation_id_participation"),
        ),
        sa.ForeignKeyConstraint(
            ["rater_id"], ["company_rater.id"], name=op.f("fk_company_rating_rater_id_company_rater")
        ),
        sa.PrimaryKeyConstraint("rater_id", "participation_id", "criterion", name=op.f("pk_company_rating")),
    )
    op.create_index(
        op.f("ix_company_rating_participation_id"), "company_rating", ["participation_id"], unique=False
    )
    op.create_table(
        "interview",
        sa.Column("round_id", sa.LargeBinary(16), nullable=False),
        sa.Column("position_id", sa.LargeBinary(16), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("tenths", sa.Integer(), nullable=True),
        sa.CheckConstraint("place IS NULL OR place > 0", name=op.f("ck_interview_place")),
        sa.CheckConstraint("tenths IS NULL OR tenths >= 0", name=op.f("ck_interview_tenths")),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_interview_position_id_position")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["matching_round.id"], name=op.f("fk_interview_round_id_matching_round")
        ),
        sa.ForeignKeyConstraint(["trainee_id"], ["person.id"], name=op.f("fk_interview_trainee_id_person")),
        sa.PrimaryKeyConstraint("round_id", "position_id", "trainee_id", name=op.f("pk_interview")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_interview_position_id"), "interview", ["position_id"], unique=False)
    op.create_index(op.f("ix_interview_trainee_id"), "interview", ["trainee_id"], unique=False)
    op.create_table(
        "matching_minute",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("round_id", sa.LargeBinary(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("from_id", sa.LargeBinary(16), nullable=True),
        sa.Column("to_id", sa.LargeBinary(16), nullable=True),
        sa.Column("displaced_id", sa.LargeBinary(16), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["displaced_id"], ["person.id"], name=op.f("fk_matching_minute_displaced_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["position.id"], name=op.f("fk_matching_minute_from_id_position")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["matching_round.id"], name=op.f("fk_matching_minute_round_id_matching_round")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["position.id"], name=op.f("fk_matching_minute_to_id_position")),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["person.id"], name=op.f("fk_matching_minute_trainee_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matching_minute")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_matching_minute_round_id_number")),
    )
    op.create_index(op.f("ix_matching_minute_trainee_id"), "matching_minute", ["trainee_id"], unique=False)
    op.create_table(
        "matching_position",
        sa.Column("round_id", sa.LargeBinary(16), nullable=False),
        sa.Column("position_id", sa.LargeBinary(16), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_matching_position_seats")),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_matching_position_position_id_position")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["matching_round.id"], name=op.f("fk_matching_position_round_id_matching_round")
        ),
        sa.PrimaryKeyConstraint("round_id", "position_id", name=op.f("pk_matching_position")),
    )
    op.create_index(
        op.f("ix_matching_position_position_id"), "matching_position", ["position_id"], unique=False
    )
    op.create_table(
        "placement",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("round_id", sa.LargeBinary(16), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("position_id", sa.LargeBinary(16), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_placement_position_id_position")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["matching_round.id"], name=op.f("fk_placement_round_id_matching_round")
        ),
        sa.ForeignKeyConstraint(["trainee_id"], ["person.id"], name=op.f("fk_placement_trainee_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("round_id", "trainee_id", name=op.f("uq_placement_round_id_trainee_id")),
    )
    op.create_index(op.f("ix_placement_position_id"), "placement", ["position_id"], unique=False)
    op.create_index(op.f("ix_placement_trainee_id"), "placement", ["trainee_id"], unique=False)
    op.create_table(
        "preference",
        sa.Column("round_id", sa.LargeBinary(16), nullable=False),
        sa.Column("trainee_id", sa.LargeBinary(16), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.LargeBinary(16), nullable=False),
        sa.CheckConstraint("rank > 0", name=op.f("ck_preference_rank")),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_preference_position_id_position")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["matching_round.id"], name=op.f("fk_preference_round_id_matching_round")
        ),
        sa.ForeignKeyConstraint(["trainee_id"], ["person.id"], name=op.f("fk_preference_trainee_id_person")),
        sa.PrimaryKeyConstraint("round_id", "trainee_id", "rank", name=op.f("pk_preference")),
        sa.UniqueConstraint(
            "round_id",
            "trainee_id",
            "position_id",
            name=op.f("uq_preference_round_id_trainee_id_position_id"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_preference_position_id"), "preference", ["position_id"], unique=False)
    op.create_index(op.f("ix_preference_trainee_id"), "preference", ["trainee_id"], unique=False)
