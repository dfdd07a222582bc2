"""Printing: gathering a paper's values, previewing, writing and recording it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.documents import registry
from regional_desk.documents.paper import DocumentKind
from regional_desk.domain.allowance import RunState
from regional_desk.domain.attendance import sign
from regional_desk.domain.clock import SystemClock
from regional_desk.domain.masking import Masking
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal, UsageError
from regional_desk.services import (
    allowance,
    attendance,
    codes,
    control_totals,
    policies,
    registers,
    reports,
    trials,
)
from regional_desk.services.desk import Desk
from regional_desk.store import audit, records
from regional_desk.store.ids import new_id

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK_LENGTH = 6
FORMATS = ("pdf", "xlsx")
PREVIEW = "미리보기"
_OTHER_RIGHTS = {  # whoever keeps a log or register need not see the people in it
    "access-check": Right.SEE_AUDIT,
    "disposal-register": Right.SEE_RETENTION,
    "loss-notice": Right.REPORT_LOSS,
    "seal-register": Right.RECORD_SEAL,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paper of what: a course and unit, a month `2026-08`, or a number (the newest without one).

    Of the 파기대장 and the 직인날인대장 the number is the year.
    """

    document: str
    course: UUID | None = None
    unit_no: int | None = None
    month: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper written to a file and recorded; a workbook counts as one page."""

    file: Path
    pages: int
    check_number: str


DOCUMENTS: dict[str, DocumentKind] = {kind.key: kind for kind in registry.DOCUMENTS}


def preview_pdf(desk: Desk, wanted: Wanted) -> bytes:
    """The paper as it would be printed now, without a check number, masked for whoever may not unmask.

    Nothing is recorded as printed; the people in it are noted as seen.
    """
    from regional_desk.documents.pdf import pdf_bytes  # noqa: PLC0415 - ReportLab only where a paper is made

    desk.require(_OTHER_RIGHTS.get(_kind(wanted).key, Right.SEE_PEOPLE))
    people: list[UUID] = []
    pdf = pdf_bytes(_paper(desk, wanted, PREVIEW, PREVIEW, people))[0]
    desk.note_view(_kind(wanted).key, people, {"by": "preview", **_parameters(wanted)})
    return pdf


def print_paper(desk: Desk, wanted: Wanted, file_format: str, out: Path, purpose: str) -> Printed:
    """Write the paper and record it with a check number, who, when and for what (rulebook section 7).

    Raises UsageError for an unknown document or format, Refusal without a purpose, where the file is held, or where
    the office was opened read only: then no print can be recorded.
    """
    _require(desk, wanted)
    if file_format not in FORMATS:
        raise UsageError(
            f"'{file_format}' 형식으로는 출력할 수 없습니다. {', '.join(FORMATS)} 가운데 고르십시오."
        )
    if not purpose.strip():
        raise Refusal("출력하는 용도를 적어 주십시오.")
    check_number, people = _check_number(desk), list[UUID]()
    data, pages = _bytes(_paper(desk, wanted, purpose.strip(), check_number, people), file_format)
    path = _writable(out, data)
    _record(desk, wanted, file_format, purpose.strip(), check_number, pages, data, people)
    return Printed(path, pages, check_number)


def paper_for_printer(desk: Desk, wanted: Wanted, purpose: str) -> bytes:
    """The paper as PDF for a printer, recorded as `print_paper` does and kept in no file; raise as that does."""
    _require(desk, wanted)
    if not purpose.strip():
        raise Refusal("출력하는 용도를 적어 주십시오.")
    check_number, people = _check_number(desk), list[UUID]()
    data, pages = _bytes(_paper(desk, wanted, purpose.strip(), check_number, people), "pdf")
    _record(desk, wanted, "printer", purpose.strip(), check_number, pages, data, people)
    return data


def goals_svg(desk: Desk, month: str, width: float, colours: Mapping[str, int] | None = None) -> str:
    """The office's goals against its results to the end of `month`, drawn as SVG of `width` pixels.

    `colours` are 0xRRGGBB by the name of the chart's part; without them those of paper. Empty without goals.
    """
    from regional_desk.documents import charts  # noqa: PLC0415 - ReportLab only where a chart is drawn
    from regional_desk.documents.paper import Bars  # noqa: PLC0415 - as above

    figures = reports.month_figures(desk, month)
    bars = tuple((goal.item, goal.goal, goal.total) for goal in figures.goals if goal.goal)
    if not bars:
        return ""
    palette = charts.PAPER if colours is None else charts.Palette(**colours)
    svg = charts.bars_svg(Bars(f"{desk.office.programme_year}년 목표 대비", bars), width, palette)
    # Screens know the bold face as a weight of the family.
    return svg.replace("font-family: NanumGothicBold", "font-family: NanumGothic; font-weight: bold")


def cover_pdf(desk: Desk, values: Any, purpose: str, *, provisional: bool, solo: bool) -> bytes:
    """The submission's 제출 공문 as PDF."""
    from regional_desk.documents import submission_cover  # noqa: PLC0415 - ReportLab only where a paper is made
    from regional_desk.documents.pdf import pdf_bytes  # noqa: PLC0415 - as above

    stamp = _stamp(desk, purpose, _check_number(desk), provisional=provisional, solo=solo)
    return pdf_bytes(submission_cover.to_paper(values, stamp))[0]


def recovery_sheet(desk: Desk, recovery_key: str) -> bytes:
    """The printed 복구 키 as PDF; the key is nowhere kept, so this is the only way to its paper."""
    from regional_desk.documents import recovery_sheet as paper  # noqa: PLC0415 - ReportLab only where a paper is made
    from regional_desk.documents.pdf import pdf_bytes  # noqa: PLC0415 - as above

    stamp = _stamp(desk, "복구 키 보관", _check_number(desk), provisional=False, solo=False)
    values = paper.RecoverySheet(desk.office.name, str(desk.office.id), recovery_key)
    return pdf_bytes(paper.to_paper(values, stamp))[0]


def sample_paper(file_format: str) -> tuple[bytes, int]:
    """A paper of invented content, to see that the installation can make one."""
    from regional_desk.documents import recovery_sheet  # noqa: PLC0415 - ReportLab only where a paper is made
    from regional_desk.documents.paper import Stamp  # noqa: PLC0415 - as above

    stamp = Stamp("점검", "점검", SystemClock().now(), "CHECK", practice=True)
    values = recovery_sheet.RecoverySheet("점검", "점검", "-".join(["0000"] * 8))
    return _bytes(recovery_sheet.to_paper(values, stamp), file_format)


def _require(desk: Desk, wanted: Wanted) -> None:
    desk.require(_OTHER_RIGHTS.get(_kind(wanted).key, Right.PRINT_PAPERS))
    control_totals.require_true(desk)
    if desk.read_only:
        raise Refusal(
            "읽기 전용으로 연 자료에서는 출력을 기록할 수 없어 만들지 않았습니다. 쓸 수 있게 다시 열어 출력하십시오."
        )


def _bytes(paper: Any, file_format: str) -> tuple[bytes, int]:
    if file_format == "pdf":
        from regional_desk.documents.pdf import pdf_bytes  # noqa: PLC0415 - ReportLab only where a paper is made

        return pdf_bytes(paper)
    from regional_desk.documents.layout import lay_out  # noqa: PLC0415 - as above
    from regional_desk.documents.xlsx import xlsx_bytes  # noqa: PLC0415 - openpyxl only where a workbook is made

    return xlsx_bytes(paper), len(lay_out(paper).pages)


def _kind(wanted: Wanted) -> DocumentKind:
    """The paper of this key or title; raise UsageError where there is none."""
    kind = next((kind for kind in DOCUMENTS.values() if wanted.document in (kind.key, kind.title)), None)
    if kind is None:
        raise UsageError(f"'{wanted.document}' 문서가 없습니다. 만들 수 있는 문서: {', '.join(DOCUMENTS)}.")
    return kind


def _paper(desk: Desk, wanted: Wanted, purpose: str, check_number: str, people: list[UUID]) -> Any:
    """The paper with its values; `people` takes the ids of those it shows."""

    def plain() -> Any:
        return _stamp(desk, purpose, check_number, provisional=False, solo=False)

    makers: dict[str, Callable[[], Any]] = {
        "attendance-register": lambda: _register(desk, wanted, purpose, check_number, people, blank=False),
        "attendance-register-blank": lambda: _register(
            desk, wanted, purpose, check_number, people, blank=True
        ),
        "allowance-statement": lambda: _statement(desk, wanted, purpose, check_number, people),
        "monthly-report": lambda: _monthly_report(desk, wanted, purpose, check_number),
        "access-check": lambda: _access_check(desk, wanted, purpose, check_number),
        "restore-certificate": lambda: _restore_certificate(desk, wanted, purpose, check_number),
        "disposal-register": lambda: registers.disposal_register(desk, wanted.number, plain()),
        "loss-notice": lambda: registers.loss_notice(desk, wanted.number, plain()),
        "seal-register": lambda: registers.seal_register(desk, wanted.number, plain()),
    }
    return makers[_kind(wanted).key]()


def _register(
    desk: Desk, wanted: Wanted, purpose: str, check_number: str, people: list[UUID], *, blank: bool
) -> Any:
    from regional_desk.documents import attendance_register as paper  # noqa: PLC0415 - only where it is made

    unit_no = wanted.unit_no or 1
    shown = attendance.survey(desk, _course(wanted), unit_no)
    people += [line.trainee for line in shown.rows]
    days = [at for at, column in enumerate(shown.days) if column.training]
    row = shown.course.course
    unit = shown.unit
    values = paper.AttendanceRegister(
        course=row.name,
        track=row.track,
        unit_no=unit_no,
        start=unit.start if unit else row.start,
        end=unit.end if unit else row.end,
        days=tuple(shown.days[at].day for at in days),
        rows=tuple(
            paper.RegisterRow(
                number=line.number,
                name=line.name,
                birth=desk.masking.show_birth(line.birth),
                signs=tuple(sign(cell) if (cell := line.cells[at]) is not None else "" for at in days),
                attended_days=line.summary.attended_days,
                absences=line.summary.absences,
                rate=line.summary.rate,
                converted=line.summary.converted_absences,
                absences_left=line.summary.absences_left,
            )
            for line in shown.rows
        ),
        approval=desk.office.approval,
        blank=blank,
    )
    open_cells = any(line.summary.unrecorded for line in shown.rows)
    stamp = _stamp(desk, purpose, check_number, provisional=open_cells and not blank, solo=False)
    return paper.to_paper(values, stamp)


def _statement(desk: Desk, wanted: Wanted, purpose: str, check_number: str, people: list[UUID]) -> Any:
    from regional_desk.documents import allowance_statement as paper  # noqa: PLC0415 - only where it is made

    run = allowance.read_newest(desk, _course(wanted), wanted.unit_no or 1)
    with desk.store.read() as connection:
        policy = policies.current(connection, run.row.scheme)
    banks = codes.bank_names()
    paid = [line for line in run.lines if line.held is None]
    people += [line.trainee for line in paid]
    values = paper.AllowanceStatement(
        course=run.course.course.name,
        track=run.course.course.track,
        unit_no=run.unit.no,
        start=run.unit.start,
        end=run.unit.end,
        state=run.state.label,
        policy=str(run.row.terms["name"]),
        source=str(run.row.terms["source"]),
        reference=policy.reference or "미승인 정책",
        rows=tuple(
            paper.StatementRow(
                number=line.number,
                name=line.name,
                birth=desk.masking.show_birth(line.birth),
                training_days=line.training_days,
                attended_days=line.attended_days,
                rate=line.rate,
                amount=line.amount,
                bank=banks.get(line.bank or "", ""),
                account=Masking.MASKED.show_account(line.account_tail),
                holder=line.account_holder or "",
                remark="" if line.eligible else "출석률 미달",
            )
            for line in paid
        ),
        held=len(run.lines) - len(paid),
        approval=desk.office.approval,
        office=desk.office.name,
    )
    final = run.state in (RunState.CONFIRMED, RunState.PAID, RunState.RECONCILED)
    return paper.to_paper(
        values, _stamp(desk, purpose, check_number, provisional=not final, solo=run.row.solo)
    )


def _monthly_report(desk: Desk, wanted: Wanted, purpose: str, check_number: str) -> Any:
    from regional_desk.documents import monthly_report as paper  # noqa: PLC0415 - only where it is made

    if wanted.month is None:
        raise UsageError("월 운영실적보고는 달을 정해야 합니다(--month 2026-08).")
    month = wanted.month
    figures = reports.month_figures(desk, month)
    values = paper.MonthlyReport(
        office=desk.office.name,
        region=codes.region_names().get(desk.office.region, desk.office.region),
        month=month,
        goals=tuple(
            paper.GoalRow(goal.item, goal.goal or None, goal.month, goal.total) for goal in figures.goals
        ),
        courses=tuple(
            paper.CourseLine(
                name=unit.course.detail.course.name,
                track=unit.course.detail.course.track,
                start=unit.unit.start,
                end=unit.unit.end,
                enrolled=unit.enrolled,
                rate="" if unit.average_rate is None else str(unit.average_rate),
                at_risk=unit.at_risk,
                state="종료" if unit.ended else "진행",
            )
            for unit in figures.units
        ),
        pay=tuple(
            paper.PayLine(
                course=unit.course.detail.course.name,
                unit_no=unit.unit.no,
                people=unit.pay.people,
                paid_people=unit.pay.paid_people,
                amount=unit.pay.amount,
                state=unit.pay.state.label,
            )
            for unit in figures.units
            if unit.pay is not None
        ),
        approval=desk.office.approval,
        recruitment=tuple(
            paper.RecruitLine(
                track.value,
                *(
                    (stages[stage] - figures.stages_before[track][stage], stages[stage])
                    for stage in (Stage.APPLIED, Stage.SELECTED, Stage.ENROLLED)
                ),
            )
            for track, stages in figures.stages.items()
        ),
    )
    provisional = bool(reports.survey_points(desk, month))
    return paper.to_paper(values, _stamp(desk, purpose, check_number, provisional=provisional, solo=False))


def _access_check(desk: Desk, wanted: Wanted, purpose: str, check_number: str) -> Any:
    from regional_desk.documents import access_check_sheet as paper  # noqa: PLC0415 - only where it is made
    from regional_desk.services import access_check  # noqa: PLC0415 - it reads the logs, which papers are noted in

    if wanted.month is None:
        raise UsageError("월 점검표는 달을 정해야 합니다(--month 2026-08).")
    values = access_check.month_check(desk, wanted.month)
    running = desk.clock.today() <= values.end
    return paper.to_paper(values, _stamp(desk, purpose, check_number, provisional=running, solo=False))


def _restore_certificate(desk: Desk, wanted: Wanted, purpose: str, check_number: str) -> Any:
    from regional_desk.documents import restore_certificate as paper  # noqa: PLC0415 - only where it is made

    values = trials.certificate(desk, trials.find_trial(desk, wanted.number))
    return paper.to_paper(values, _stamp(desk, purpose, check_number, provisional=False, solo=False))


def _course(wanted: Wanted) -> UUID:
    if wanted.course is None:
        raise UsageError("이 문서는 과정을 정해야 합니다(--course).")
    return wanted.course


def _stamp(desk: Desk, purpose: str, check_number: str, *, provisional: bool, solo: bool) -> Any:
    from regional_desk.documents.paper import Stamp  # noqa: PLC0415 - only where a paper is made

    return Stamp(
        purpose=purpose,
        printed_by=desk.actor.name,
        printed_at=desk.clock.now(),
        check_number=check_number,
        practice=desk.office.practice,
        provisional=provisional,
        solo=solo,
    )


def _check_number(desk: Desk) -> str:
    """What stands in the footer and finds the print again: office, month and six letters without look-alikes."""
    tail = "".join(secrets.choice(_ALPHABET) for _ in range(_CHECK_LENGTH))
    return f"{desk.office.code}-{desk.clock.today():%y%m}-{tail}"


def _writable(out: Path, data: bytes) -> Path:
    """Write the file; where a viewer holds it, under a new name beside it (a print must not fail for that)."""
    candidates = [out, *(out.with_stem(f"{out.stem} ({number})") for number in range(2, 10))]
    for path in candidates:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except PermissionError:
            continue
        except OSError as error:
            raise Refusal(
                f"파일을 쓰지 못했습니다: {path} ({error.strerror}). 폴더와 남은 공간을 확인해 주십시오."
            ) from error
        return path
    raise Refusal(f"파일이 다른 프로그램에서 열려 있어 쓰지 못했습니다: {out}. 닫은 뒤 다시 하십시오.")


def _parameters(wanted: Wanted) -> dict[str, Any]:
    """Which copy of a paper, as prints and looks keep it."""
    found = {"course": str(wanted.course or ""), "unit": wanted.unit_no, "month": wanted.month}
    return found if wanted.number is None else {**found, "number": wanted.number}


def _record(
    desk: Desk,
    wanted: Wanted,
    file_format: str,
    purpose: str,
    check_number: str,
    pages: int,
    data: bytes,
    people: Sequence[UUID],
) -> None:
    """The print and its line in the access log with the people it shows, in one transaction; a workbook is an export."""
    document, parameters = _kind(wanted).key, _parameters(wanted)
    action = "export" if file_format == "xlsx" else "print"
    detail = {**parameters, "check_number": check_number, "purpose": purpose, "format": file_format}
    entry = desk.access_entry(action, document, wanted.course, detail, people)
    with desk.store.write() as connection:
        connection.execute(
            sa.insert(records.print_record).values(
                id=new_id(),
                document=document,
                format=file_format,
                parameters=parameters,
                check_number=check_number,
                purpose=purpose,
                pages=pages,
                sha256=hashlib.sha256(data).digest(),
                user_id=desk.actor.user_id,
                at=entry.at,
            )
        )
        audit.append(connection, audit.ACCESSES, [entry])
