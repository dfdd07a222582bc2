"""What an applicant hands in and consents to, as the office asks for it (rulebook section 5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class DocumentState(StrEnum):
    """What became of a document: 미제출, 제출, 확인, 반려."""

    MISSING = "missing"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """The Korean word on screen."""
        return {"missing": "미제출", "submitted": "제출", "verified": "확인", "returned": "반려"}[self.value]


class When(StrEnum):
    """Of whom a document is asked."""

    ALWAYS = "always"
    MILITARY = "military"
    ENROLLED = "enrolled"
    NEVER = "never"


class ConsentKind(StrEnum):
    """수집·이용, 제3자 제공 by receiver, 고유식별정보: each is asked for by itself."""

    COLLECTION = "collection"
    THIRD_PARTY = "third_party"
    IDENTIFIER = "identifier"

    @property
    def label(self) -> str:
        """The Korean word on screen."""
        return {"collection": "수집·이용", "third_party": "제3자 제공", "identifier": "고유식별정보 처리"}[
            self.value
        ]


class ConsentState(StrEnum):
    """Where a consent stands."""

    MISSING = "missing"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Korean word on screen."""
        return {"missing": "받지 않음", "given": "동의", "refused": "동의하지 않음", "withdrawn": "철회"}[
            self.value
        ]


class ListDamaged(Exception):
    """The shipped list does not hold what it must: a bug in the data, not a person's mistake."""


@dataclass(frozen=True, slots=True)
class AskedDocument:
    """One line of the checklist."""

    key: str
    label: str
    when: When

    def is_asked(self, *, military: bool, enrolled: bool) -> bool:
        """Whether somebody has to hand it in: 병적증명서 only of who claims service, 통장사본 from 등록 on."""
        return {
            When.ALWAYS: True,
            When.MILITARY: military,
            When.ENROLLED: enrolled,
            When.NEVER: False,
        }[self.when]


@dataclass(frozen=True, slots=True)
class AskedConsent:
    """One consent that is asked for; `receiver` only of 제3자 제공."""

    kind: ConsentKind
    receiver: str | None
    form_version: str
    required: bool

    @property
    def label(self) -> str:
        """`제3자 제공 — 참여기업(인턴십)`."""
        return f"{self.kind.label} — {self.receiver}" if self.receiver else self.kind.label


@dataclass(frozen=True, slots=True)
class Asked:
    """The list of `resources/policies/applicant_documents.toml`; `largest` in bytes."""

    documents: tuple[AskedDocument, ...]
    consents: tuple[AskedConsent, ...]
    largest: int


def asked_from_table(table: Mapping[str, Any]) -> Asked:
    """The list from its TOML table; raise ListDamaged naming what is missing."""
    try:
        return Asked(
            documents=tuple(
                AskedDocument(str(one["key"]), str(one["label"]), When(one["when"]))
                for one in table["documents"]
            ),
            consents=tuple(
                AskedConsent(
                    ConsentKind(one["kind"]),
                    one.get("receiver"),
                    str(one["form_version"]),
                    bool(one.get("required", True)),
                )
                for one in table["consents"]
            ),
            largest=int(table["largest_megabytes"]) * 1024 * 1024,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ListDamaged(f"applicant_documents: {error!r}") from error


def consent_state(*, given: bool, withdrawn_on: dt.date | None) -> ConsentState:
    """How a recorded consent stands."""
    if not given:
        return ConsentState.REFUSED
    return ConsentState.GIVEN if withdrawn_on is None else ConsentState.WITHDRAWN


def longest_consent(consents: Iterable[tuple[bool, dt.date | None, dt.date | None]]) -> dt.date | None:
    """The last day a consent in force names, of (given, withdrawn, keep until); None where none names one."""
    days = [
        until for given, withdrawn, until in consents if given and withdrawn is None and until is not None
    ]
    return max(days, default=None)
