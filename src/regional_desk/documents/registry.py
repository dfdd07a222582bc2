"""Every paper that can be asked for by name."""

from __future__ import annotations

from regional_desk.documents import (
    access_check_sheet,
    allowance_statement,
    attendance_register,
    completion_certificate,
    completion_list,
    counselling_log,
    dismissal_notice,
    disposal_register,
    instructor_statement,
    loss_notice,
    monthly_report,
    restore_certificate,
    screening_tally,
    seal_register,
    selection_letter,
    selection_notice,
    timetable_sheet,
    trainee_list,
    training_journal,
)
from regional_desk.documents.paper import DocumentKind

DOCUMENTS: tuple[DocumentKind, ...] = (
    attendance_register.KIND,
    attendance_register.BLANK_KIND,
    allowance_statement.KIND,
    monthly_report.KIND,
    training_journal.KIND,
    timetable_sheet.KIND,
    instructor_statement.KIND,
    access_check_sheet.KIND,
    restore_certificate.KIND,
    disposal_register.KIND,
    loss_notice.KIND,
    seal_register.KIND,
    selection_notice.KIND,
    screening_tally.KIND,
    selection_letter.SELECTED_KIND,
    selection_letter.RESERVE_KIND,
    selection_letter.REJECTED_KIND,
    trainee_list.KIND,
    completion_list.KIND,
    completion_certificate.KIND,
    dismissal_notice.KIND,
    counselling_log.KIND,
)


def find_document(name: str) -> DocumentKind | None:
    """The paper of this key or Korean title, or None."""
    wanted = name.strip()
    return next((kind for kind in DOCUMENTS if wanted in {kind.key, kind.title}), None)
