"""Reading what stands on a command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from regional_desk.domain.refused import Refused
from regional_desk.errors import UsageError

T = TypeVar("T")


def iso_date(text: str) -> dt.date:
    """A date written 2026-08-03; raise UsageError for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"'{text}'은(는) 날짜로 읽을 수 없습니다. 2026-08-03처럼 적어 주십시오.") from error


def known_id(text: str) -> UUID:
    """An id as the lists print it; raise UsageError for anything else."""
    try:
        return UUID(text)
    except ValueError as error:
        raise UsageError(f"'{text}'은(는) 번호(id)가 아닙니다. 목록에 나온 그대로 적어 주십시오.") from error


def parsed(parse: Callable[[object], T], text: str | None) -> T:
    """A value as files write it; raise UsageError with the parser's reason."""
    try:
        return parse(text)
    except Refused as refused:
        raise UsageError(str(refused)) from refused
