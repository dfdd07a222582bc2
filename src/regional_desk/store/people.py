"""People: applicants and trainees, their keys, applications and non-payable spans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple
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


class PersonRow(NamedTuple):
    """One person with the application of the programme year. `account_tail` is the account's last four digits.

    `joined` is the first day in a course of that year of somebody enrolled: from it on the stage shows as 교육.
    A tuple, for a list of ten thousand is made in half the time of a dataclass.
    """

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
    application: UUID | None = None
    round: UUID | None = None
    joined: dt.date | None = None


@dataclass(frozen=True, slots=True)
class MergedRow:
    """Somebody who was merged into another person: found under this name and birth, meant is `kept`."""

    id: UUID
    kept: UUID
    name: str
    birth: dt.date


@dataclass(frozen=True, slots=True)
class SpanRow:
    """An inclusive span whose days are not paid; `end` None runs on."""

    person: UUID
    kind: str
    start: dt.date
    end: dt.date | None


_JOINED = (
    "(SELECT min(m.joined) FROM membership m JOIN course c ON c.id = m.course_id "
    "WHERE m.person_id = p.id AND c.programme_year = a.programme_year)"
)
_PEOPLE = (
    "SELECT p.id, p.version, p.name, p.birth, p.sex, p.phone, p.email, p.address, p.education, p.major, p.bank, "  # noqa: S608 - put together from constants
    "p.account_tail, p.account_holder, p.account_hold, p.review, a.track, a.stage, a.received_on, p.account_mac, "
    f"a.id, a.round_id, CASE a.stage WHEN 'enrolled' THEN {_JOINED} END "
    "FROM person p LEFT JOIN application a ON a.person_id = p.id AND a.programme_year = ? "
    "WHERE +p.merged_into IS NULL{some}"  # nearly everybody: the index would only cost pages
)
_AT_ONCE = 500


def list_people(
    connection: sa.Connection, programme_year: int, ids: Iterable[UUID] | None = None
) -> tuple[PersonRow, ...]:
    """Everybody (or those named) who was not merged into somebody else, by name and birth.

    Read as plain tuples, for lists of ten thousand open with it.
    """
    if ids is None:
        return _people(connection, "", (programme_year,))
    wanted = [one.bytes for one in dict.fromkeys(ids)]
    found: list[PersonRow] = []
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        found += _people(connection, f" AND p.id IN ({','.join('?' * len(some))})", (programme_year, *some))
    return tuple(found) if len(wanted) <= _AT_ONCE else tuple(sorted(found, key=itemgetter(2, 3)))


def _people(connection: sa.Connection, some: str, values: tuple[object, ...]) -> tuple[PersonRow, ...]:
    """Sorted here: by the index of names the engine would decrypt the pages of the rows again and again."""
    rows = connection.exec_driver_sql(_PEOPLE.format(some=some), values).fetchall()
    rows = sorted(rows, key=itemgetter(2, 3))
    return tuple(map(_person, rows))


def _person(row: Sequence[Any]) -> PersonRow:
    day, received, asked, round_id, joined = dt.date.fromisoformat, row[17], row[19], row[20], row[21]
    return PersonRow._make(
        (
            UUID(bytes=row[0]),
            row[1],
            row[2],
            day(row[3]),
            *row[4:17],
            received and day(received),
            row[18],
            asked and UUID(bytes=asked),
            round_id and UUID(bytes=round_id),
            joined and day(joined),
        )
    )


def find_people(connection: sa.Connection, name: str, birth: dt.date | None = None) -> tuple[UUID, ...]:
    """The ids of the people of this name (and birth date); of a merged one that of the person who was kept."""
    query = sa.select(sa.func.coalesce(person.c.merged_into, person.c.id, type_=Id)).where(
        person.c.name == name
    )
    if birth is not None:
        query = query.where(person.c.birth == birth)
    return tuple(dict.fromkeys(connection.execute(query).scalars()))


def kept_id(connection: sa.Connection, person_id: UUID) -> UUID:
    """The person somebody was merged into, else the person's own id."""
    into = connection.execute(sa.select(person.c.merged_into).where(person.c.id == person_id)).scalar()
    return into or person_id


def list_merged(connection: sa.Connection, kept: Collection[UUID] | None = None) -> tuple[MergedRow, ...]:
    """Everybody who was merged into somebody else (or into one of these), by name and birth.

    An import that meets one of these names and births means the kept person.
    """
    query = (
        sa.select(person.c.id, person.c.merged_into, person.c.name, person.c.birth)
        .where(person.c.merged_into.is_not(None))
        .order_by(person.c.name, person.c.birth)
    )
    if kept is not None:
        query = query.where(person.c.merged_into.in_(list(kept)))
    return tuple(MergedRow(*row) for row in connection.execute(query))


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
) -> tuple[tuple[UUID | None, str | None, Stage], ...]:
    """(round, track, stage) of each application as it stood at the end of a day, so a month can be reported again later."""
    step, app = application_step, application
    joined = (
        sa.select(membership.c.person_id, sa.func.min(membership.c.joined).label("joined"))
        .join(course, course.c.id == membership.c.course_id)
        .where(course.c.programme_year == programme_year)
        .group_by(membership.c.person_id)
        .subquery()
    )
    query = (
        sa.select(app.c.id, app.c.round_id, app.c.track, step.c.stage, joined.c.joined)
        .join(step, step.c.application_id == app.c.id)
        .outerjoin(joined, joined.c.person_id == app.c.person_id)
        .where(app.c.programme_year == programme_year, step.c.on <= until)
        .order_by(step.c.on, step.c.id)
    )
    last = {
        row.id: (row.round_id, row.track, stage_on(Stage(row.stage), row.joined, until))
        for row in connection.execute(query)
    }
    return tuple(last.values())
