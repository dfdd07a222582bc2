"""What a table of a submission package is: columns with types and constraints, and keys (interfaces section 3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from regional_desk.domain.allowance import RunState
from regional_desk.domain.people import Track

CellValue = str | int | Decimal | dt.date | None
Row = tuple[CellValue, ...]


class Type(StrEnum):
    """The Frictionless field types in use; a `yearmonth` is text such as `2026-08` in our rows."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    YEARMONTH = "yearmonth"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: `name` for programs, `title` for people; an optional cell is None in a row and empty in csv."""

    name: str
    title: str
    type: Type = Type.INTEGER
    required: bool = True
    minimum: int | None = None
    enum: tuple[str, ...] = ()

    def descriptor(self) -> dict[str, Any]:
        """The field as a Frictionless Table Schema writes it."""
        constraints: dict[str, Any] = {"required": self.required}
        if self.minimum is not None:
            constraints["minimum"] = self.minimum
        if self.enum:
            constraints["enum"] = list(self.enum)
        return {"name": self.name, "title": self.title, "type": self.type.value, "constraints": constraints}


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: `key` names the columns whose values are unique together, `parents` column → table it points to."""

    name: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    parents: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(field.name for field in self.fields)

    def descriptor(self) -> dict[str, Any]:
        """The Frictionless Table Schema."""
        schema: dict[str, Any] = {
            "fields": [field.descriptor() for field in self.fields],
            "missingValues": [""],
        }
        if self.key:
            schema["primaryKey"] = list(self.key)
        if self.parents:
            schema["foreignKeys"] = [
                {"fields": [column], "reference": {"resource": table, "fields": [column]}}
                for column, table in self.parents
            ]
        return schema

    def key_of(self, row: Row) -> Row:
        """The values that name a row; a table without a key has one row, named by nothing."""
        return tuple(row[self.names.index(name)] for name in self.key)

    def in_order(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """The rows sorted by key, an enumerated column in the order of its list."""
        fields = [self.fields[self.names.index(name)] for name in self.key]

        def place(row: Row) -> tuple[Any, ...]:
            return tuple(
                field.enum.index(str(value)) if field.enum else value
                for field, value in zip(fields, self.key_of(row), strict=True)
            )

        return tuple(sorted(rows, key=place))


def count(name: str, title: str, *, required: bool = True) -> Field:
    """A column of whole numbers from 0 on."""
    return Field(name, title, Type.INTEGER, required, minimum=0)


MONTH_FIELD = Field("month", "월", Type.YEARMONTH)
TRACK_FIELD = Field("track", "트랙", Type.STRING, enum=tuple(track.value for track in Track))
RUNNING = "진행"
RUN_STATES = (RUNNING, *(state.label for state in RunState))
