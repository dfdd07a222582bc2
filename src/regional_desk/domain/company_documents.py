"""What a company hands in, as the office asks for it (rulebook section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regional_desk.domain.applicants import ListDamaged
from regional_desk.domain.companies import CompanyKind


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """One line of the checklist; `kind` None asks it of every company, `optional` of none: it is kept where it comes."""

    key: str
    label: str
    kind: CompanyKind | None
    optional: bool = False

    def is_asked(self, kind: CompanyKind | None) -> bool:
        """Whether a company of this kind has to hand it in; of one without a kind only what is asked of all."""
        return not self.optional and (self.kind is None or self.kind is kind)


@dataclass(frozen=True, slots=True)
class AskedPapers:
    """The list of `resources/policies/company_documents.toml`; `largest` in bytes."""

    papers: tuple[AskedPaper, ...]
    largest: int


def papers_from_table(table: Mapping[str, Any]) -> AskedPapers:
    """The list from its TOML table; raise ListDamaged naming what is missing."""
    try:
        return AskedPapers(
            tuple(
                AskedPaper(
                    str(one["key"]),
                    str(one["label"]),
                    CompanyKind(one["kind"]) if "kind" in one else None,
                    bool(one.get("optional", False)),
                )
                for one in table["documents"]
            ),
            int(table["largest_megabytes"]) * 1024 * 1024,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ListDamaged(f"company_documents: {error!r}") from error
