"""What keeps a claim from being confirmed, and what to open to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Opens(StrEnum):
    """The place where an open item is mended."""

    INTERNSHIP = "internship"
    AGREEMENT = "agreement"
    PAYSLIPS = "payslips"
    PAPERS = "papers"
    COMPANY_PAPERS = "company_papers"
    COMPANY_ACCOUNT = "company_account"
    POLICY = "policy"

    @property
    def label(self) -> str:
        """The Korean way there."""
        return _PLACES[self]


_PLACES = {
    Opens.INTERNSHIP: "인턴십",
    Opens.AGREEMENT: "인턴십 → 협약",
    Opens.PAYSLIPS: "인턴지원금 → 급여명세",
    Opens.PAPERS: "인턴지원금 → 증빙 서류",
    Opens.COMPANY_PAPERS: "기업 → 제출서류",
    Opens.COMPANY_ACCOUNT: "기업 → 계좌",
    Opens.POLICY: "관리 → 정책",
}


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing to settle: the internship and service month it is about, and where it is mended.

    `kind` is a key for screens and tests; `paper` names the paper where one is meant; `name` is the intern's.
    """

    internship: UUID
    company: UUID
    month_no: int
    name: str
    kind: str
    message: str
    opens: Opens
    paper: str | None = None

    @property
    def where(self) -> str:
        """Whom and which service month it is about, for a list of items: `홍길동 2차`."""
        return f"{self.name} {self.month_no}차"
