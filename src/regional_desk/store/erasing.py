"""Taking a person out of the rows: every place of the store that could name somebody, in one list."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.domain.retention import BLANK_BIRTH, Then, placeholder
from regional_desk.store import (
    attachments,
    forgetting,
    internship_records,
    internship_training,
    tables,
    visit_records,
)
from regional_desk.store.allowance import account_release, allowance_hold
from regional_desk.store.attendance import (
    attachment,
    attendance_correction,
    attendance_evidence,
    attendance_remark,
)
from regional_desk.store.courses import membership
from regional_desk.store.memberships import counselling
from regional_desk.store.people import application, person, person_key
from regional_desk.store.records import import_row
from regional_desk.store.recruitment import consent, eligibility_answer, person_document
from regional_desk.store.retention import separation
from regional_desk.store.store import Store
from regional_desk.store.trouble import telling
from regional_desk.store.undo import undo_part, undo_step

# The columns of a person's own row; `name` and `birth` get a placeholder, for they may not be empty.
IDENTITY = (
    "sex",
    "phone",
    "email",
    "address",
    "education",
    "major",
    "bank",
    "account_sealed",
    "account_mac",
    "account_tail",
    "account_holder",
    "account_hold",
    "account_memo",
    "account_changed_by",
    "review",
)

# Text that people or the program wrote about an act; a name in it is replaced where it stands. The columns of
# append-only registers and of the logs' `detail` are not here: what goes there is refused when it names somebody.
FREE_TEXT = (
    ("agreement", "duties"),
    ("agreement", "file_name"),
    ("agreement", "mentor"),
    ("agreement", "place"),
    ("agreement", "reason"),
    ("agreement", "terms"),
    ("agreement", "void_reason"),
    ("allowance_hold", "reason"),
    ("allowance_run", "closed_reason"),
    ("allowance_run", "over_budget_reason"),
    ("allowance_run", "returned_reason"),
    ("application", "eligibility_reason"),
    ("application", "tie_note"),
    ("application_step", "reason"),
    ("attendance_closing", "opened_reason"),
    ("attendance_evidence", "file_name"),
    ("budget_entry", "reference"),
    ("budget_entry", "void_reason"),
    ("claim_hold", "reason"),
    ("claim_line", "failure"),
    ("claim_paper", "file_name"),
    ("claim_paper", "memo"),
    ("claim_run", "closed_reason"),
    ("claim_run", "over_budget_reason"),
    ("claim_run", "returned_reason"),
    ("closing_exception", "reason"),
    ("company_account", "holder"),
    ("company_account", "release_memo"),
    ("company_document", "file_name"),
    ("company_document", "memo"),
    ("completion_certificate", "void_reason"),
    ("conversion", "employment"),
    ("conversion", "file_name"),
    ("conversion", "reason"),
    ("course", "closed_reason"),
    ("course_day", "reason"),
    ("day_note", "note"),
    ("deliverable", "file_name"),
    ("deliverable", "memo"),
    ("deliverable", "name"),
    ("eligibility_answer", "memo"),
    ("employment_check", "employer"),
    ("employment_check", "memo"),
    ("employment_check", "source"),
    ("finding", "follow_up"),
    ("finding", "owner"),
    ("finding", "result"),
    ("finding", "text"),
    ("forbidden_pair", "reason"),
    ("import_batch", "file_name"),
    ("import_batch", "sender"),
    ("import_layout", "sender"),
    ("internship", "end_reason"),
    ("internship_evaluation", "comment"),
    ("internship_evaluation", "file_name"),
    ("interruption", "file_name"),
    ("interruption", "reason"),
    ("interruption", "void_reason"),
    ("journal", "file_name"),
    ("journal", "guidance"),
    ("journal", "mentor"),
    ("journal", "output"),
    ("journal", "work"),
    ("lease", "holder"),
    ("lease", "reason"),
    ("loss_report", "description"),
    ("loss_report", "memo"),
    ("matching_minute", "reason"),
    ("membership", "direct_reason"),
    ("membership", "left_reason"),
    ("operation", "result"),
    ("participation", "memo"),
    ("participation", "reason"),
    ("participation", "tie_note"),
    ("pay_file", "file_name"),
    ("pay_file", "purpose"),
    ("pay_line", "failure"),
    ("payslip", "slip_name"),
    ("payslip", "transfer_name"),
    ("payslip", "void_reason"),
    ("person", "account_hold"),
    ("person", "account_memo"),
    ("person", "review"),
    ("person_document", "file_name"),
    ("person_document", "memo"),
    ("person_merge", "reason"),
    ("placement", "end_reason"),
    ("plan_item", "goal"),
    ("plan_item", "output"),
    ("plan_item", "subject"),
    ("position", "conditions"),
    ("print_record", "parameters"),
    ("print_record", "purpose"),
    ("recovery", "end_reason"),
    ("recovery_receipt", "reference"),
    ("recovery_receipt", "void_reason"),
    ("retention_check", "file_name"),
    ("retention_check", "memo"),
    ("retention_check", "source"),
    ("submission", "difference"),
    ("submission", "purpose"),
    ("undo_step", "scope"),
    ("undo_step", "title"),
    ("visit", "cancel_reason"),
    ("visit", "interview"),
    ("visit", "opinion"),
    ("visit", "visitor"),
    ("visit_file", "caption"),
    ("visit_file", "file_name"),
    ("visit_plan", "name"),
)
_GONE = "파기"
_GONE_STEP = "파기·분리된 사람이 든 변경"
_LOGS = ("change_log", "access_log")
_MAY_NAME = re.compile(
    r"[^\x00-\x7f]|@|\d{3}-\d{4}|\d{6}|[A-Za-z] [A-Za-z]"
)  # most results are ids and counts


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """Who somebody was; `account` is the whole number, phone and account are digits."""

    name: str
    phone: str | None
    email: str | None
    address: str | None
    account: str | None

    @property
    def words(self) -> tuple[str, ...]:
        """What a free text could name this person by."""
        shown = Masking.FULL.show_phone(self.phone)
        found = (self.name, self.phone, shown, self.email, self.address, self.account)
        return tuple(dict.fromkeys(word for word in found if word))


def identity_of(fields: Mapping[str, str | None]) -> Identity:
    """Who somebody is by the fields of their row, with the whole account number."""
    return Identity(
        str(fields["name"]), *(fields.get(name) for name in ("phone", "email", "address", "account"))
    )


def next_placeholder(connection: sa.Connection, then: Then) -> int:
    """The next free number of `파기-0001` or `분리-0001`."""
    head = placeholder(then, 0)[:3]
    tail = sa.cast(sa.func.substr(person.c.name, 4), sa.Integer)
    last = connection.execute(sa.select(sa.func.max(tail)).where(person.c.name.startswith(head))).scalar()
    return int(last or 0) + 1


def blank(connection: sa.Connection, person_id: UUID, stand_in: str) -> None:
    """Put a placeholder where the person's name stood, empty what else names them, and end their undo steps."""
    connection.execute(
        sa.update(person)
        .where(person.c.id == person_id)
        .values(name=stand_in, birth=BLANK_BIRTH, version=person.c.version + 1, **dict.fromkeys(IDENTITY))
    )
    mine = sa.select(undo_part.c.step_id).where(undo_part.c.person_id == person_id)
    connection.execute(
        sa.update(undo_step).where(undo_step.c.id.in_(mine)).values(state="dead", title=_GONE_STEP)
    )


def scrub(connection: sa.Connection, stand_ins: Mapping[str, str]) -> None:
    """Put the placeholder for each word in every free text, also in other people's rows."""
    words = sorted(stand_ins, key=len, reverse=True)
    for table, column in FREE_TEXT:
        texts = connection.exec_driver_sql(
            f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'  # noqa: S608 - FREE_TEXT are constants
        ).scalars()
        for text in [one for one in texts if _MAY_NAME.search(one)]:
            written = text
            for word in words:
                if word in written:
                    written = written.replace(word, stand_ins[word])
            if written != text:
                connection.exec_driver_sql(
                    f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = ?',  # noqa: S608 - as above
                    (written, text),
                )


def destroy(connection: sa.Connection, person_id: UUID, at: dt.datetime) -> tuple[str, ...]:
    """Destroy a blanked person's key and what is kept of them besides; return the files that may go after the commit."""
    connection.execute(sa.delete(separation).where(separation.c.person_id == person_id))
    connection.execute(
        sa.update(membership)
        .where(membership.c.person_id == person_id)
        .values(left_reason=None, direct_reason=None)
    )
    connection.execute(
        sa.update(allowance_hold).where(allowance_hold.c.trainee_id == person_id).values(reason=_GONE)
    )
    mine = sa.select(application.c.id).where(application.c.person_id == person_id)
    connection.execute(sa.delete(eligibility_answer).where(eligibility_answer.c.application_id.in_(mine)))
    connection.execute(
        sa.update(application)
        .where(application.c.person_id == person_id)
        .values(category=None, military_days=0, eligibility_reason=None, tie_note=None)
    )
    for owner in (counselling.c.person_id, import_row.c.person_id, attendance_remark.c.trainee_id):
        connection.execute(sa.delete(owner.table).where(owner == person_id))
    connection.execute(
        sa.update(person_key).where(person_key.c.person_id == person_id).values(wrapped=None, destroyed_at=at)
    )
    return _drop_evidence(connection, person_id)


def naming_lines(connection: sa.Connection, names: Collection[str]) -> int:
    """How many lines of the two logs hold one of these names in a reason or purpose that somebody typed."""
    found = 0
    for log in _LOGS:
        for name in names:
            query = f"SELECT count(*) FROM {log} WHERE instr(detail, ?) > 0"  # noqa: S608 - _LOGS are constants
            found += int(connection.exec_driver_sql(query, (name,)).scalar_one())
    return found


def wipe(store: Store, files: Collection[str]) -> None:
    """After the commit: take away files that nothing names any more, and leave no remnant in the free space.

    `secure_delete` zeroes what is deleted, but when a page is rebuilt the cells' old copies stay in its gap (seen: a
    whole person's row): VACUUM writes every page anew, and the emptied journal keeps no older one. Other threads wait
    meanwhile. Raises StoreError where the disk fails; the rows stand.
    """
    unlink(store, files)
    with store.gate.alone():
        with telling(store.folder), contextlib.closing(store.engine.raw_connection()) as raw:
            raw.cursor().execute("VACUUM")
        store.checkpoint()


def _drop_evidence(connection: sa.Connection, person_id: UUID) -> tuple[str, ...]:
    """Forget the person's evidence, documents and consents; a file that serves somebody else too stays."""
    ids: set[Any] = set()
    for table, whose in (
        (attendance_evidence, attendance_evidence.c.trainee_id),
        (person_document, person_document.c.person_id),
        (consent, consent.c.person_id),
    ):
        files = sa.select(table.c.attachment_id).where(whose == person_id, table.c.attachment_id.is_not(None))
        ids |= set(connection.execute(files).scalars())
        connection.execute(sa.delete(table).where(whose == person_id))
    for table, whose in (
        (attendance_correction, attendance_correction.c.trainee_id),
        (account_release, account_release.c.person_id),
    ):  # the act stays, its paper goes
        files = sa.select(table.c.attachment_id).where(whose == person_id, table.c.attachment_id.is_not(None))
        ids |= set(connection.execute(files).scalars())
        connection.execute(sa.update(table).where(whose == person_id).values(attachment_id=None))
    ids |= internship_records.forget_person(connection, person_id, _GONE)
    ids |= internship_training.forget_person(connection, person_id, _GONE)
    ids |= visit_records.forget_person(connection, person_id, _GONE)
    ids |= forgetting.forget_person(connection, person_id, _GONE)
    return forget_files(connection, ids)


def forget_files(connection: sa.Connection, ids: Collection[UUID]) -> tuple[str, ...]:
    """Forget those of these attachments that nothing names any more; return their files, which may go after the commit."""
    left = set(ids)
    for column in _naming_files():
        left -= set(connection.execute(sa.select(column).where(column.in_(left))).scalars())
    chosen = attachment.c.id.in_(left)
    names = tuple(connection.execute(sa.select(attachment.c.name).where(chosen)).scalars())
    connection.execute(sa.delete(attachment).where(chosen))
    return names


def _naming_files() -> tuple[sa.Column[Any], ...]:
    """Every column that names an attachment: a file goes only when none of them names it any more."""
    return tuple(
        column
        for table in tables.metadata.sorted_tables
        for column in table.columns
        if any(key.column is attachment.c.id for key in column.foreign_keys)
    )


def unlink(store: Store, files: Collection[str]) -> None:
    """After the commit: take away files that nothing names any more. Raises StoreError where the disk fails."""
    kept = attachments.files_on_disk(store)
    with telling(store.folder, files=True):
        for name in files:
            if name in kept:
                kept[name].unlink()
