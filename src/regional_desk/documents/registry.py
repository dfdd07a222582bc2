"""Every paper that can be asked for by name."""

from __future__ import annotations

from regional_desk.documents import (
    access_check_sheet,
    allowance_statement,
    attendance_register,
    attendance_view,
    badges,
    call_list,
    completion_certificate,
    completion_list,
    counselling_log,
    dismissal_notice,
    disposal_register,
    instructor_statement,
    late_entry_register,
    loss_notice,
    monthly_report,
    personal_statement,
    recovery_notice,
    restore_certificate,
    screening_tally,
    seal_register,
    selection_letter,
    selection_notice,
    settlement_sheet,
    timetable_sheet,
    trainee_list,
    training_journal,
    transfer_list,
)
from regional_desk.documents.paper import DocumentKind

DOCUMENTS: tuple[DocumentKind, ...] = (
    attendance_register.KIND,
    attendance_register.BLANK_KIND,
    attendance_view.KIND,
    late_entry_register.KIND,
    badges.KIND,
    call_list.KIND,
    allowance_statement.KIND,
    personal_statement.KIND,
    transfer_list.KIND,
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
    settlement_sheet.KIND,
    recovery_notice.KIND,
)


def find_document(name: str) -> DocumentKind | None:
    """The paper of this key or Korean title, or None."""
    wanted = name.strip()
    return next((kind for kind in DOCUMENTS if wanted in {kind.key, kind.title}), None)
