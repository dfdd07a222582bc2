"""What came after each internship: the conversion, the checks of 고용유지 with their days, and the evidence."""

from __future__ import annotations

import atexit
import datetime as dt
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain import outcomes as rules
from regional_desk.domain.internships import EndKind
from regional_desk.domain.masking import Masking
from regional_desk.domain.outcomes import CheckSpan, CheckState, Retention
from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal
from regional_desk.exchange.received_files import suffix_of
from regional_desk.services.desk import Desk
from regional_desk.services.outcomes.terms import check_terms
from regional_desk.store import attachments
from regional_desk.store import outcome_records as store
from regional_desk.store.attendance import attachment
from regional_desk.store.outcome_records import InternRow, RetentionRow
from regional_desk.store.scratch import make_scratch

SUBJECT = "outcomes"
HIDDEN = "가려 둔 내용"
_ERASED = "파기"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of 고용유지: when it may be made, how it stands today, and its answer."""

    months: int
    span: CheckSpan
    state: CheckState
    row: RetentionRow | None

    @property
    def words(self) -> str:
        """The answer, or how the check stands."""
        return self.state.label if self.row is None else Retention(self.row.result).label


@dataclass(frozen=True, slots=True)
class InternOutcome:
    """An internship with what came of it; `asked` says when 전환 여부 is to be written down, None while it runs."""

    row: InternRow
    asked: CheckSpan | None
    state: CheckState
    checks: tuple[Check, ...]

    @property
    def clash(self) -> str | None:
        """Why the decision no longer agrees with the internship, changed since; None where it does."""
        decided = self.row.conversion
        if decided is None:
            return None
        return rules.conversion_fault(
            converted=decided.converted,
            decided_on=decided.decided_on,
            employed_from=decided.employed_from,
            started_on=self.row.started_on,
            last_day=self.row.last_day or self.row.started_on,
            reason=decided.reason or _ERASED,
        )

    @property
    def words(self) -> str:
        """How the conversion stands."""
        if self.row.conversion is not None:
            return "전환" if self.row.conversion.converted else "전환 안 함"
        return "인턴십 중" if self.row.ended_on is None else self.state.label

    def check(self, months: int) -> Check | None:
        """The check after so many months, None where nobody was kept on."""
        return next((one for one in self.checks if one.months == months), None)


def read(desk: Desk, internship_id: UUID) -> InternOutcome:
    """One internship's outcome, masked as this desk shows people; noted.

    Raises Refusal where there is no such internship, or it never began.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = find(connection, internship_id)
    desk.note_view(SUBJECT, [row.trainee], {"by": "internship"})
    return stand(masked(desk, row), desk.clock.today())


def list_records(desk: Desk, year: int | None = None) -> tuple[InternOutcome, ...]:
    """Every internship of a programme year (this one) with its outcome, by number; noted."""
    found = survey_records(desk, year or desk.office.programme_year)
    desk.note_view(SUBJECT, [one.row.trainee for one in found], {"by": "outcomes"})
    return found


def survey_records(
    desk: Desk, year: int | None = None, on: dt.date | None = None
) -> tuple[InternOutcome, ...]:
    """The same of one year or of all, as they stood on a day (today), for a paper or for whoever only counts."""
    desk.require(Right.SEE_PEOPLE)
    day = on or desk.clock.today()
    with desk.store.read() as connection:
        rows = store.list_interns(connection, year)
    return tuple(stand(masked(desk, _as_of(row, day)), day) for row in rows if row.started_on <= day)


def find(connection: sa.Connection, internship_id: UUID) -> InternRow:
    """The internship as it is kept; raise Refusal where there is none that began."""
    rows = store.list_interns(connection, internship_id=internship_id)
    if not rows:
        raise Refusal(
            "시작하지 않았거나 협약을 취소한 인턴십이라 그 뒤를 적을 수 없습니다. 인턴십을 먼저 시작하십시오."
        )
    return rows[0]


def stand(row: InternRow, today: dt.date) -> InternOutcome:
    """How the conversion and the checks of an internship stand on a day."""
    terms, decided = check_terms(), row.conversion
    asked, state = None, CheckState.COMING
    if row.ended_on is not None:
        asked = rules.conversion_span(terms, row.ended_on)
        state = rules.check_state(asked, today, answered=decided is not None)
        if decided is None and row.end_kind != EndKind.COMPLETED:
            state = CheckState.NEEDLESS
    elif decided is not None:
        state = CheckState.DONE
    if decided is None or not decided.converted or decided.employed_from is None:
        return InternOutcome(row, asked, state, ())
    checks: list[Check] = []
    for months in terms.retention_months:
        span = rules.retention_span(terms, decided.employed_from, months)
        answer = next((one for one in row.checks if one.months == months), None)
        earlier = [Retention(one.row.result) for one in checks if one.row]
        result = None if answer is None else Retention(answer.result)
        checks.append(Check(months, span, rules.retention_state(span, today, result, earlier), answer))
    return InternOutcome(row, asked, state, tuple(checks))


def masked(desk: Desk, row: InternRow) -> InternRow:
    """The row as this desk shows people: free text and file names may name somebody."""
    hide = desk.masking
    if hide is Masking.FULL:
        return row
    decided = row.conversion
    if decided is not None:
        decided = replace(decided, reason=decided.reason and HIDDEN, file_name=decided.file_name and HIDDEN)
    checks = tuple(
        replace(one, source=HIDDEN, memo=one.memo and HIDDEN, file_name=one.file_name and HIDDEN)
        for one in row.checks
    )
    return replace(
        row,
        name=hide.show_name(row.name),
        birth=hide.hide_birth(row.birth),
        conversion=decided,
        checks=checks,
    )


def open_evidence(desk: Desk, internship_id: UUID, months: int | None = None) -> Path:
    """The evidence of the conversion, or of the check after `months`, decrypted into the program's own folder.

    That folder is wiped at the program's end and at the next start. Raises Refusal where nothing was attached,
    StoreDamaged where the file is gone, and NotAllowed for whoever sees people masked. The look is noted.
    """
    desk.require(Right.UNMASK)
    with desk.store.read() as connection:
        row = find(connection, internship_id)
        kept = row.conversion if months is None else _answer(row, months)
        if kept is None or kept.attachment is None:
            raise Refusal("붙여 둔 증빙이 없습니다. 화면을 새로 고치십시오.")
        content = attachments.get(desk.store, connection, kept.attachment)
        query = sa.select(attachment.c.media_type).where(attachment.c.id == kept.attachment)
        media_type = connection.execute(query).scalar_one()
    label = "전환 증빙" if months is None else f"고용유지 {months}개월 증빙"
    desk.note_access("outcome.open", SUBJECT, {"document": label}, [row.trainee])
    folder = make_scratch(paths.user_data())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / f"{label}{suffix_of(media_type)}"
    file.write_bytes(content)
    return file


def _as_of(row: InternRow, day: dt.date) -> InternRow:
    """The row without what was decided, found out or ended after a day."""
    decided = row.conversion
    ended = row.ended_on is not None and row.ended_on <= day
    return replace(
        row,
        ended_on=row.ended_on if ended else None,
        end_kind=row.end_kind if ended else None,
        conversion=decided if decided is not None and decided.decided_on <= day else None,
        checks=tuple(one for one in row.checks if one.checked_on <= day),
    )


def _answer(row: InternRow, months: int) -> RetentionRow | None:
    return next((one for one in row.checks if one.months == months), None)
