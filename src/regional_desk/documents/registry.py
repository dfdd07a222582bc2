"""Every paper that can be asked for by name."""

from __future__ import annotations

from regional_desk.documents import (
    access_check_sheet,
    allowance_statement,
    attendance_register,
    disposal_register,
    loss_notice,
    monthly_report,
    restore_certificate,
    seal_register,
)
from regional_desk.documents.paper import DocumentKind

DOCUMENTS: tuple[DocumentKind, ...] = (
    attendance_register.KIND,
    attendance_register.BLANK_KIND,
    allowance_statement.KIND,
    monthly_report.KIND,
    access_check_sheet.KIND,
    restore_certificate.KIND,
    disposal_register.KIND,
    loss_notice.KIND,
    seal_register.KIND,
)


def find_document(name: str) -> DocumentKind | None:
    """The paper of this key or Korean title, or None."""
    wanted = name.strip()
    return next((kind for kind in DOCUMENTS if wanted in {kind.key, kind.title}), None)
