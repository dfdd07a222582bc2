"""Every paper that can be asked for by name."""

from __future__ import annotations

from regional_desk.documents import allowance_statement, attendance_register, monthly_report
from regional_desk.documents.paper import DocumentKind

DOCUMENTS: tuple[DocumentKind, ...] = (
    attendance_register.KIND,
    attendance_register.BLANK_KIND,
    allowance_statement.KIND,
    monthly_report.KIND,
)


def find_document(name: str) -> DocumentKind | None:
    """The paper of this key or Korean title, or None."""
    wanted = name.strip()
    return next((kind for kind in DOCUMENTS if wanted in {kind.key, kind.title}), None)
