"""The evidence papers of a claim: the checklist, what is handed in here, and what other records of the office show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.claims import AskedPaper, ClaimTerms, Origin, PaperState, Per
from regional_desk.domain.internships import ServiceMonth, label
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date, korean_span
from regional_desk.errors import Refusal, UsageError
from regional_desk.exchange.received_files import ReceivedFile, read_received
from regional_desk.services.claims import claim_policy
from regional_desk.services.claims.claim_links import Opens
from regional_desk.services.claims.interns import Intern, read_intern
from regional_desk.services.desk import Desk, Work
from regional_desk.store import attachments, erasing
from regional_desk.store import claim_evidence as store
from regional_desk.store.claim_evidence import ClaimPaperRow, CompanyPaper
from regional_desk.store.claim_runs import confirmed_months
from regional_desk.store.claims import claim_paper
from regional_desk.store.payslips import PayslipRow

SUBJECT = "claims"
ONCE = 0
"""The month number of a paper handed in once for the internship."""

_CHANGED = "그 사이에 다른 사람이 이 서류를 바꾸어 처리하지 않았습니다. 목록을 새로 보고 다시 하십시오."


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of a service month's checklist.

    `where` says in Korean where it comes from, `problem` what keeps it from counting (empty where it counts), `opens`
    where that is mended. `month_no` and `version` name its row, version None where none was handed in here;
    `attachments` are its files.
    """

    asked: AskedPaper
    month_no: int
    state: PaperState
    where: str
    problem: str
    opens: Opens
    issued_on: dt.date | None = None
    file_name: str | None = None
    memo: str | None = None
    version: int | None = None
    attachments: tuple[UUID, ...] = ()

    @property
    def kind(self) -> str:
        """Its key in the policy."""
        return self.asked.key

    @property
    def label(self) -> str:
        """Its Korean name."""
        return self.asked.label


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was handed in for some internships, read at once."""

    papers: dict[tuple[UUID, int, str], ClaimPaperRow]
    of_companies: dict[tuple[UUID, str], CompanyPaper]

    @classmethod
    def read(cls, connection: sa.Connection, interns: Collection[Intern]) -> Evidence:
        """That of these internships and their companies."""
        papers = store.list_papers(connection, [one.row.id for one in interns])
        return cls(
            {(one.internship_id, one.month_no, one.kind): one for one in papers},
            store.list_company_papers(connection, {one.row.company for one in interns}),
        )

    def lines(self, terms: ClaimTerms, intern: Intern, month: ServiceMonth) -> tuple[PaperLine, ...]:
        """The checklist of a service month, in the policy's order."""
        return tuple(self._line(asked, intern, month) for asked in terms.papers)

    def _line(self, asked: AskedPaper, intern: Intern, month: ServiceMonth) -> PaperLine:
        if asked.origin is Origin.AGREEMENT:
            return _of_agreement(asked, intern, month)
        if asked.origin is Origin.COMPANY:
            return _of_company(asked, self.of_companies.get((intern.row.company, asked.company_kind or "")))
        no = month.no if asked.per is Per.MONTH else ONCE
        row = self.papers.get((intern.row.id, no, asked.key))
        if row is None and asked.origin in (Origin.SLIP, Origin.TRANSFER):
            return _of_slips(asked, no, intern.slips_of(month.start, month.served_until))
        return _handed_in(asked, no, row, month)


def checklist(desk: Desk, internship_id: UUID, month_no: int) -> tuple[PaperLine, ...]:
    """Every paper asked for a service month with how it stands; noted.

    Raises UsageError for an internship that has not begun or does not reach the month.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        intern, month, terms = find_month(connection, internship_id, month_no)
        found = Evidence.read(connection, [intern]).lines(terms, intern, month)
    desk.note_view(SUBJECT, [intern.row.trainee], {"by": "claim_papers", "month_no": month_no})
    return found if desk.masking is Masking.FULL else tuple(_hidden(line) for line in found)


def read_file(path: Path) -> ReceivedFile:
    """A file to hand in, checked by its size and its real bytes; raise FileRejected saying why not."""
    return read_received(path, claim_policy.shipped().largest)


def receive(
    desk: Desk,
    internship_id: UUID,
    month_no: int,
    kind: str,
    file: ReceivedFile | None = None,
    *,
    issued_on: dt.date | None = None,
    memo: str = "",
    operation_id: UUID | None = None,
) -> PaperLine:
    """Take a paper in, its file encrypted; without a file the memo says where the paper is kept. It is 제출 then.

    What was handed in before is replaced, its file forgotten. Raises Refusal for a paper kept by another record, a day to
    come, with neither file nor memo, and for a verified paper of a confirmed month; UsageError for an unknown kind or
    month.
    """
    if file is None and not clean(memo):
        raise Refusal("파일을 붙이거나, 종이로 받았으면 어디에 보관하는지 메모에 적어 주십시오.")
    if issued_on is not None and issued_on > desk.clock.today():
        raise Refusal(f"{korean_date(issued_on)}은(는) 아직 오지 않은 날이라 받지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        intern, _, terms = find_month(work.connection, internship_id, month_no)
        asked = taken_here(terms, kind)
        files = keep(work, intern, month_no, asked, file, issued_on=issued_on, memo=memo)
        return {"paper": kind, "files": list(files)}

    done = desk.perform(Right.DRAFT_CLAIM, "claim_paper.receive", body, operation_id)
    erasing.unlink(desk.store, done["files"])
    return _only(desk, internship_id, month_no, kind)


def keep(
    work: Work,
    intern: Intern,
    month_no: int,
    asked: AskedPaper,
    file: ReceivedFile | None,
    *,
    issued_on: dt.date | None = None,
    memo: str = "",
    state: PaperState = PaperState.SUBMITTED,
) -> tuple[str, ...]:
    """Keep a paper of an intern inside the caller's act, in the place of the one before.

    Returns the files nothing names any more, which may go after the commit. Raises as `receive` does.
    """
    no = month_no if asked.per is Per.MONTH else ONCE
    before = store.find_paper(work.connection, intern.row.id, no, asked.key)
    verified = before is not None and before.state == PaperState.VERIFIED
    if verified and (intern.row.id, month_no) in confirmed_months(work.connection, intern.row.id):
        raise Refusal(
            "확정한 지원월에서 확인한 서류라 바꾸지 않았습니다. 바꾸려면 먼저 까닭을 적어 반려하십시오."
        )
    values = {
        "version": before.version + 1 if before else 1,
        "state": state.value,
        "issued_on": issued_on,
        "attachment_id": file
        and attachments.put(work.desk.store, work.connection, file.content, file.media_type),
        "file_name": file and file.name,
        "memo": clean(memo) or None,
        "user_id": work.desk.actor.user_id,
        "at": work.at,
    }
    if before is None:
        key = {"internship_id": intern.row.id, "month_no": no, "kind": asked.key}
        work.connection.execute(sa.insert(claim_paper).values(**key, **values))
    else:
        work.connection.execute(sa.update(claim_paper).where(_is(before)).values(**values))
    told = {"paper": asked.label, "month_no": no, "replaced": before is not None}
    work.log("claim_paper.receive", SUBJECT, intern.row.id, told)
    old = {before.attachment_id} if before and before.attachment_id else set()
    return erasing.forget_files(work.connection, old)


def verify(
    desk: Desk, internship_id: UUID, month_no: int, kind: str, operation_id: UUID | None = None
) -> PaperLine:
    """제출 or 반려 → 확인; raise Refusal where it was not handed in, or was issued before the service month ended."""

    def check(row: ClaimPaperRow, asked: AskedPaper, month: ServiceMonth) -> None:
        late = _issued_too_early(asked, row.issued_on, month)
        if late:
            raise Refusal(f"{asked.label}을(를) 확인하지 않았습니다. {late}.")

    return _set_state(desk, (internship_id, month_no, kind), PaperState.VERIFIED, None, check, operation_id)


def return_(
    desk: Desk,
    internship_id: UUID,
    month_no: int,
    kind: str,
    reason: str,
    operation_id: UUID | None = None,
) -> PaperLine:
    """반려, with the reason the company is told; raise Refusal without one or where nothing was handed in."""
    if not clean(reason):
        raise Refusal("반려하는 까닭을 적어 주십시오. 기업에 알릴 내용입니다. 바꾼 것이 없습니다.")
    key = (internship_id, month_no, kind)
    return _set_state(desk, key, PaperState.RETURNED, clean(reason), None, operation_id)


def kept_file(asked: AskedPaper) -> str:
    """Where a paper that is not handed in here comes from, as a sentence of a refusal."""
    if asked.origin is Origin.AGREEMENT:
        return "서명한 협약이 곧 이 서류입니다. [인턴십 → 협약]에 서명본을 넣으십시오."
    return "기업이 한 번 내는 서류입니다. [기업 → 제출서류]에 넣으십시오."


def _set_state(
    desk: Desk,
    key: tuple[UUID, int, str],
    state: PaperState,
    memo: str | None,
    check: Callable[[ClaimPaperRow, AskedPaper, ServiceMonth], None] | None,
    operation_id: UUID | None,
) -> PaperLine:
    internship_id, month_no, kind = key

    def body(work: Work) -> dict[str, Any]:
        _, month, terms = find_month(work.connection, internship_id, month_no)
        asked = taken_here(terms, kind)
        no = month_no if asked.per is Per.MONTH else ONCE
        row = store.find_paper(work.connection, internship_id, no, kind)
        if row is None:
            raise Refusal("아직 내지 않은 서류입니다. 먼저 서류를 받으십시오.")
        if check is not None:
            check(row, asked, month)
        values: dict[str, Any] = {"state": state.value, "version": row.version + 1, "at": work.at}
        values["user_id"] = desk.actor.user_id
        if memo is not None:
            values["memo"] = memo
        if work.connection.execute(sa.update(claim_paper).where(_is(row)).values(**values)).rowcount != 1:
            raise Refusal(_CHANGED)
        told = {"paper": asked.label, "month_no": no, "new": state.label}
        work.log("claim_paper.state", SUBJECT, internship_id, told)
        return {"paper": kind}

    desk.perform(Right.DRAFT_CLAIM, "claim_paper.state", body, operation_id)
    return _only(desk, internship_id, month_no, kind)


def _is(row: ClaimPaperRow) -> sa.ColumnElement[bool]:
    return sa.and_(
        claim_paper.c.internship_id == row.internship_id,
        claim_paper.c.month_no == row.month_no,
        claim_paper.c.kind == row.kind,
        claim_paper.c.version == row.version,
    )


def _only(desk: Desk, internship_id: UUID, month_no: int, kind: str) -> PaperLine:
    return next(line for line in checklist(desk, internship_id, month_no) if line.kind == kind)


def find_month(
    connection: sa.Connection, internship_id: UUID, month_no: int
) -> tuple[Intern, ServiceMonth, ClaimTerms]:
    """An intern's service month with the terms it is claimed by; raise UsageError where there is no such month."""
    most = claim_policy.shipped().max_months
    intern = read_intern(connection, internship_id, most)
    month = intern.month(month_no)
    if month is None:
        number = label(intern.row.programme_year, intern.row.number)
        raise UsageError(f"인턴십 {number}에는 {month_no}차 지원월이 없습니다. 지원월을 확인해 주십시오.")
    return intern, month, claim_policy.in_force(connection, month.served_until.replace(day=1)).terms


def taken_here(terms: ClaimTerms, kind: str) -> AskedPaper:
    """A kind of paper that is handed in with the claim; raise Refusal for one another record keeps."""
    asked = next((one for one in terms.papers if one.key == kind), None)
    if asked is None:
        known = ", ".join(f"{one.key}({one.label})" for one in terms.papers)
        raise UsageError(f"'{kind}'은(는) 모르는 서류입니다. 쓸 수 있는 것: {known}.")
    if asked.origin in (Origin.AGREEMENT, Origin.COMPANY):
        raise Refusal(f"{asked.label}은(는) 여기서 받지 않습니다. {kept_file(asked)}")
    return asked


def _handed_in(asked: AskedPaper, no: int, row: ClaimPaperRow | None, month: ServiceMonth) -> PaperLine:
    if row is None:
        return PaperLine(asked, no, PaperState.MISSING, "증빙 서류", "내지 않음", Opens.PAPERS)
    state = PaperState(row.state)
    problem = ""
    if state is PaperState.RETURNED:
        problem = f"반려함({row.memo})"
    elif late := _issued_too_early(asked, row.issued_on, month):
        problem = late
    elif state is PaperState.SUBMITTED:
        problem = "확인하지 않음"
    return PaperLine(
        asked,
        no,
        state,
        "증빙 서류" if row.attachment_id else "종이로 받음",
        problem,
        Opens.PAPERS,
        row.issued_on,
        row.file_name,
        row.memo,
        row.version,
        (row.attachment_id,) if row.attachment_id else (),
    )


def _issued_too_early(asked: AskedPaper, issued_on: dt.date | None, month: ServiceMonth) -> str:
    if not asked.after_end:
        return ""
    if issued_on is None:
        return "발급일을 적지 않음"
    if issued_on > month.served_until:
        return ""
    return f"지원월이 끝난 {korean_date(month.served_until)} 뒤에 발급한 것이어야 함({korean_date(issued_on)} 발급)"


def _hidden(line: PaperLine) -> PaperLine:
    """A line without what somebody wrote: file names and memos may name people."""
    problem = line.problem.partition("(")[0] if line.state is PaperState.RETURNED else line.problem
    return replace(line, file_name=None, memo=None, problem=problem)


def _of_agreement(asked: AskedPaper, intern: Intern, month: ServiceMonth) -> PaperLine:
    held = [one for one in intern.agreements if one.effective_from <= month.served_until]
    files = tuple(one.attachment for one in held if one.attachment is not None)
    signed = intern.agreements[0].signed_on
    where = f"협약 {label(intern.row.programme_year, intern.row.number)}"
    if len(held) > 1:
        where += f"·변경협약 {len(held) - 1}건"
    names = [one.file_name for one in held if one.file_name]
    return PaperLine(
        asked,
        ONCE,
        PaperState.VERIFIED,
        where,
        "",
        Opens.AGREEMENT,
        signed,
        names[0] if names else None,
        None if files else "서면으로 보관",
        None,
        files,
    )


def _of_company(asked: AskedPaper, paper: CompanyPaper | None) -> PaperLine:
    if paper is None:
        return PaperLine(asked, ONCE, PaperState.MISSING, "기업 제출서류", "내지 않음", Opens.COMPANY_PAPERS)
    state = PaperState(paper.state)
    problem = {PaperState.RETURNED: "반려함", PaperState.SUBMITTED: "확인하지 않음"}.get(state, "")
    kept = (paper.attachment_id,)
    on, name = paper.received_on, paper.file_name
    return PaperLine(
        asked, ONCE, state, "기업 제출서류", problem, Opens.COMPANY_PAPERS, on, name, attachments=kept
    )


def _of_slips(asked: AskedPaper, no: int, slips: Collection[PayslipRow]) -> PaperLine:
    own = asked.origin is Origin.SLIP
    files = [one.slip_id if own else one.transfer_id for one in slips]
    kept = tuple(one for one in files if one is not None)
    lacking = [slip for slip, file in zip(slips, files, strict=True) if file is None]
    problem = "내지 않음"
    if slips and not lacking:
        problem = ""
    elif slips:
        problem = f"파일이 없음({', '.join(korean_span(one.start, one.end) for one in lacking)})"
    names = [name for one in slips if (name := one.slip_name if own else one.transfer_name)]
    state = PaperState.VERIFIED if not problem else PaperState.MISSING
    name = names[0] if names else None
    where = f"급여명세 {len(slips)}건"
    return PaperLine(asked, no, state, where, problem, Opens.PAYSLIPS, file_name=name, attachments=kept)
