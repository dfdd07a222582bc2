"""People: applicants and trainees, their keys, applications and non-payable spans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.recruitment import Stage, stage_on
from regional_desk.store.courses import course, membership
from regional_desk.store.metadata import Id, Moment, id_column, metadata, reference, version_column

person = sa.Table(
    "person",
    metadata,
    id_column(),
    version_column(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("birth", sa.Date, nullable=False),
    sa.Column("sex", sa.Text),
    sa.Column("phone", sa.Text, index=True),
    sa.Column("email", sa.Text),
    sa.Column("address", sa.Text),
    sa.Column("education", sa.Text),
    sa.Column("major", sa.Text),
    sa.Column("bank", sa.Text),
    sa.Column("account_sealed", sa.LargeBinary),
    sa.Column("account_mac", sa.LargeBinary(32), index=True),
    sa.Column("account_tail", sa.Text),
    sa.Column("account_holder", sa.Text),
    sa.Column("account_hold", sa.Text),  # why the account may not be paid to; null when clear
    sa.Column("account_memo", sa.Text),
    sa.Column("account_changed_by", Id),
    sa.Column("review", sa.Text),  # 확인 필요: why a person should look at this record
    sa.Column("created_at", Moment, nullable=False),
    reference("merged_into", "person.id", nullable=True, index=True),
    sa.UniqueConstraint("name", "birth"),
)

person_key = sa.Table(
    "person_key",
    metadata,
    reference("person_id", "person.id"),
    sa.Column("wrapped", sa.LargeBinary),
    sa.Column("destroyed_at", Moment),
    sa.PrimaryKeyConstraint("person_id"),
)

application = sa.Table(
    "application",
    metadata,
    id_column(),
    version_column(),
    reference("person_id", "person.id"),
    sa.Column("programme_year", sa.Integer, nullable=False),
    sa.Column("track", sa.Text),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("received_on", sa.Date, nullable=False),
    sa.Column("import_id", Id),
    reference("round_id", "recruitment_round.id", nullable=True, index=True),
    sa.Column("category", sa.Text),  # youth | general
    sa.Column("military_days", sa.Integer, nullable=False, server_default="0"),
    sa.Column("eligible", sa.Boolean),  # null until somebody decided
    sa.Column("eligibility_reason", sa.Text),
    sa.Column("score", sa.Integer),  # thousandths of 100 points
    sa.Column("rank", sa.Integer),
    sa.Column("reserve_number", sa.Integer),
    sa.Column("tie_note", sa.Text),  # which rule put equal scores in order
    sa.UniqueConstraint("person_id", "programme_year"),
)

application_step = sa.Table(
    "application_step",
    metadata,
    id_column(),
    reference("application_id", "application.id", index=True),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("reason", sa.Text),
)

nonpayable_span = sa.Table(
    "nonpayable_span",
    metadata,
    id_column(),
    reference("person_id", "person.id", index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("start", sa.Date, nullable=False),
    sa.Column("end", sa.Date),
    sa.CheckConstraint('"end" IS NULL OR "end" >= "start"', name="ordered"),
)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person with the application of the programme year. `account_tail` is the account's last four digits."""

    id: UUID
    version: int
    name: str
    birth: dt.date
    sex: str | None
    phone: str | None
    email: str | None
    address: str | None
    education: str | None
    major: str | None
    bank: str | None
    account_tail: str | None
    account_holder: str | None
    account_hold: str | None
    review: str | None
    track: str | None
    stage: str | None
    received_on: dt.date | None
    account_mac: bytes | None


@dataclass(frozen=True, slots=True)
class SpanRow:
    """An inclusive span whose days are not paid; `end` None runs on."""

    person: UUID
    kind: str
    start: dt.date
    end: dt.date | None


def _selection(programme_year: int) -> sa.Select[tuple[object, ...]]:
    joined = person.outerjoin(
        application,
        sa.and_(application.c.person_id == person.c.id, application.c.programme_year == programme_year),
    )
    return sa.select(person, application.c.track, application.c.stage, application.c.received_on).select_from(
        joined
    )


def list_people(
    connection: sa.Connection, programme_year: int, ids: Iterable[UUID] | None = None
) -> tuple[PersonRow, ...]:
    """Everybody (or those named), by name and birth."""
    query = _selection(programme_year).order_by(person.c.name, person.c.birth)
    if ids is not None:
        query = query.where(person.c.id.in_(list(ids)))
    names = PersonRow.__slots__
    return tuple(
        PersonRow(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)
    )


def find_people(connection: sa.Connection, name: str, birth: dt.date | None = None) -> tuple[UUID, ...]:
    """The ids of the people of this name (and birth date)."""
    query = sa.select(person.c.id).where(person.c.name == name)
    if birth is not None:
        query = query.where(person.c.birth == birth)
    return tuple(connection.execute(query).scalars())


_SPANS = 'SELECT person_id, kind, start, "end" FROM nonpayable_span ORDER BY start'
_SPANS_OF_ONE = 'SELECT person_id, kind, start, "end" FROM nonpayable_span WHERE person_id = ? ORDER BY start'


def list_spans(connection: sa.Connection, people: Collection[UUID]) -> tuple[SpanRow, ...]:
    """The non-payable spans of these people."""
    one = (next(iter(people)).bytes,) if len(people) == 1 else ()
    rows = connection.exec_driver_sql(_SPANS_OF_ONE if one else _SPANS, one).fetchall()
    day = dt.date.fromisoformat
    spans = (
        SpanRow(UUID(bytes=person_id), kind, day(start), day(end) if end else None)
        for person_id, kind, start, end in rows
    )
    wanted = frozenset(people)
    return tuple(span for span in spans if span.person in wanted)


def list_stages(
    connection: sa.Connection, programme_year: int, until: dt.date
) -> tuple[tuple[str | None, Stage], ...]:
    """(track, stage) of each application as it stood at the end of a day, so a month can be reported again later."""
    step, app = application_step, application
    joined = (
        sa.select(membership.c.person_id, sa.func.min(membership.c.joined).label("joined"))
        .join(course, course.c.id == membership.c.course_id)
        .where(course.c.programme_year == programme_year)
        .group_by(membership.c.person_id)
        .subquery()
    )
    query = (
        sa.select(app.c.id, app.c.track, step.c.stage, joined.c.joined)
        .join(step, step.c.application_id == app.c.id)
        .outerjoin(joined, joined.c.person_id == app.c.person_id)
        .where(app.c.programme_year == programme_year, step.c.on <= until)
        .order_by(step.c.on, step.c.id)
    )
    last = {
        row.id: (row.track, stage_on(Stage(row.stage), row.joined, until))
        for row in connection.execute(query)
    }
    return tuple(last.values())
