"""The table metadata: naming convention and the column types every subject uses."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

KST = dt.timezone(dt.timedelta(hours=9), "KST")


class Id(sa.types.TypeDecorator[UUID]):
    """A UUID as 16 bytes: half the size of text, and joins compare bytes."""

    impl = sa.LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: UUID | bytes | None, dialect: Any) -> bytes | None:  # noqa: ARG002
        return value.bytes if isinstance(value, UUID) else value

    def process_result_value(self, value: bytes | None, dialect: Any) -> UUID | None:  # noqa: ARG002
        return None if value is None else UUID(bytes=value)


class Moment(sa.types.TypeDecorator[dt.datetime]):
    """A point in time, kept as microseconds since 1970 UTC and read as Korean time."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> int | None:  # noqa: ARG002
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: int | None, dialect: Any) -> dt.datetime | None:  # noqa: ARG002
        return None if value is None else from_microseconds(value)


class Json(sa.types.TypeDecorator[Any]):
    """Small structured data as compact JSON text, the same on every engine."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:  # noqa: ARG002
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:  # noqa: ARG002
        return None if value is None else json.loads(value)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


def to_microseconds(moment: dt.datetime) -> int:
    """Microseconds since 1970 UTC of an aware moment."""
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(value: int) -> dt.datetime:
    """The moment in Korean time."""
    return (_EPOCH + dt.timedelta(microseconds=value)).astimezone(KST)


def canonical(value: Any) -> str:
    """One text for one value: sorted keys, no spaces, Korean as it is."""
    return _CANONICAL.encode(value)


def id_column(name: str = "id", *, primary_key: bool = True) -> sa.Column[Any]:
    """The id column of a table."""
    return sa.Column(name, Id, primary_key=primary_key, nullable=False)


def version_column() -> sa.Column[Any]:
    """Counts the changes of an editable row, so that two writers notice each other."""
    return sa.Column("version", sa.Integer, nullable=False, server_default="1")


def reference(name: str, target: str, *, nullable: bool = False, index: bool = False) -> sa.Column[Any]:
    """A column that points at another table's id."""
    return sa.Column(name, Id, sa.ForeignKey(target), nullable=nullable, index=index)
