"""Printing: gathering a paper's values, previewing, writing and recording it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from regional_desk.documents import registry
from regional_desk.documents.paper import DocumentKind
from regional_desk.domain.clock import SystemClock
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.attendance import attendance_papers, check_in_papers, late_entry_papers
from regional_desk.services.claims import claim_papers
from regional_desk.services.companies import company_list_papers, company_papers, need_papers
from regional_desk.services.desk import Desk
from regional_desk.services.internships import internship_papers, training_papers
from regional_desk.services.matching import matching_papers
from regional_desk.services.outcomes import employment_papers
from regional_desk.services.papers import registers, report_papers, reports
from regional_desk.services.papers.making import PREVIEW, Maker, Making, Wanted, stamp
from regional_desk.services.pay import allowance_papers, settlement_papers, transfer_papers
from regional_desk.services.recruitment import selection_papers
from regional_desk.services.safety import control_totals
from regional_desk.services.training import completions, outcome_papers, timetable_papers
from regional_desk.services.visits import visit_papers
from regional_desk.store import audit, records
from regional_desk.store.ids import new_id

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK_LENGTH = 6
_MOST_BARS = 8  # of goals in the window; the month report has them all
FORMATS = ("pdf", "xlsx")
_OTHER_RIGHTS = {  # whoever keeps a log or register need not see the people in it
    "access-check": Right.SEE_AUDIT,
    "disposal-register": Right.SEE_RETENTION,
    "loss-notice": Right.REPORT_LOSS,
    "seal-register": Right.RECORD_SEAL,
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper written to a file and recorded; a workbook counts as one page."""

    file: Path
    pages: int
    check_number: str


DOCUMENTS: dict[str, DocumentKind] = {kind.key: kind for kind in registry.DOCUMENTS}
_MAKERS: dict[str, Maker] = (
    attendance_papers.MAKERS
    | late_entry_papers.MAKERS
    | check_in_papers.MAKERS
    | allowance_papers.MAKERS
    | transfer_papers.MAKERS
    | settlement_papers.MAKERS
    | claim_papers.MAKERS
    | report_papers.MAKERS
    | registers.MAKERS
    | selection_papers.MAKERS
    | outcome_papers.MAKERS
    | timetable_papers.MAKERS
    | matching_papers.MAKERS
    | company_papers.MAKERS
    | need_papers.MAKERS
    | company_list_papers.MAKERS
    | internship_papers.MAKERS
    | training_papers.MAKERS
    | visit_papers.MAKERS
    | employment_papers.MAKERS
)


def preview_pdf(desk: Desk, wanted: Wanted) -> bytes:
    """The paper as it would be printed now, without a check number, masked for whoever may not unmask.

    Nothing is recorded as printed; the people in it are noted as seen.
    """
    from regional_desk.documents.pdf import pdf_bytes  # noqa: PLC0415 - ReportLab only where a paper is made

    desk.require(_OTHER_RIGHTS.get(_kind(wanted).key, Right.SEE_PEOPLE))
    making = Making(desk, wanted, PREVIEW, PREVIEW)
    pdf = pdf_bytes(_paper(making))[0]
    desk.note_view(_kind(wanted).key, making.people, {"by": "preview", **wanted.parameters()})
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
    making = Making(desk, wanted, purpose.strip(), _check_number(desk))
    data, pages = _bytes(_paper(making), file_format)
    path = _writable(out, data)
    _record(making, file_format, pages, data)
    return Printed(path, pages, making.check_number)


def paper_for_printer(desk: Desk, wanted: Wanted, purpose: str) -> bytes:
    """The paper as PDF for a printer, recorded as `print_paper` does and kept in no file; raise as that does."""
    _require(desk, wanted)
    if not purpose.strip():
        raise Refusal("출력하는 용도를 적어 주십시오.")
    making = Making(desk, wanted, purpose.strip(), _check_number(desk))
    data, pages = _bytes(_paper(making), "pdf")
    _record(making, "printer", pages, data)
    return data


def is_of_matching(document: str) -> bool:
    """Whether the paper of this key or title is about a matching round; raise UsageError where there is none."""
    return _kind(Wanted(document)).key in matching_papers.MAKERS


def goals_svg(desk: Desk, month: str, width: float, colours: Mapping[str, int] | None = None) -> str:
    """The office's goals against its results to the end of `month`, drawn as SVG of `width` pixels.

    `colours` are 0xRRGGBB by the name of the chart's part; without them those of paper. Empty without goals; where they
    are many, the tracks of one goal are drawn together.
    """
    from regional_desk.documents import charts  # noqa: PLC0415 - ReportLab only where a chart is drawn
    from regional_desk.documents.paper import Bars  # noqa: PLC0415 - as above

    figures = reports.month_figures(desk, month)
    shown = [goal for goal in figures.goals if goal.goal]
    bars = tuple((goal.item, goal.goal, goal.total) for goal in shown)
    if not bars:
        return ""
    if len(bars) > _MOST_BARS:
        bars = _together(bars)
    units = "·".join(dict.fromkeys(goal.unit for goal in shown))
    palette = charts.PAPER if colours is None else charts.Palette(**colours)
    return charts.bars_svg(Bars(f"{desk.office.programme_year}년 목표 대비", bars, units), width, palette)


def _together(bars: tuple[tuple[str, int, int], ...]) -> tuple[tuple[str, int, int], ...]:
    """The goals of both tracks added up, in the order in which each is named first."""
    tracks = tuple(f" {track.value}" for track in Track)
    sums: dict[str, tuple[int, int]] = {}
    for item, goal, total in bars:
        name = next((item.removesuffix(track) for track in tracks if item.endswith(track)), item)
        before = sums.get(name, (0, 0))
        sums[name] = (before[0] + goal, before[1] + total)
    return tuple((name, goal, total) for name, (goal, total) in sums.items())


def cover_pdf(desk: Desk, values: Any, purpose: str, *, provisional: bool, solo: bool) -> bytes:
    """The submission's 제출 공문 as PDF."""
    from regional_desk.documents import submission_cover  # noqa: PLC0415 - ReportLab only where a paper is made
    from regional_desk.documents.pdf import pdf_bytes  # noqa: PLC0415 - as above

    footer = stamp(desk, purpose, _check_number(desk), provisional=provisional, solo=solo)
    return pdf_bytes(submission_cover.to_paper(values, footer))[0]


def recovery_sheet(desk: Desk, recovery_key: str) -> bytes:
    """The printed 복구 키 as PDF; the key is nowhere kept, so this is the only way to its paper."""
    from regional_desk.documents import recovery_sheet as paper  # noqa: PLC0415 - ReportLab only where a paper is made
    from regional_desk.documents.pdf import pdf_bytes  # noqa: PLC0415 - as above

    footer = stamp(desk, "복구 키 보관", _check_number(desk))
    values = paper.RecoverySheet(desk.office.name, str(desk.office.id), recovery_key)
    return pdf_bytes(paper.to_paper(values, footer))[0]


def sample_paper(file_format: str) -> tuple[bytes, int]:
    """A paper of invented content, to see that the installation can make one."""
    from regional_desk.documents import recovery_sheet  # noqa: PLC0415 - ReportLab only where a paper is made
    from regional_desk.documents.paper import Stamp  # noqa: PLC0415 - as above

    footer = Stamp("점검", "점검", SystemClock().now(), "CHECK", practice=True)
    values = recovery_sheet.RecoverySheet("점검", "점검", "-".join(["0000"] * 8))
    return _bytes(recovery_sheet.to_paper(values, footer), file_format)


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


def _paper(making: Making) -> Any:
    return _MAKERS[_kind(making.wanted).key](making)


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


def _record(making: Making, file_format: str, pages: int, data: bytes) -> None:
    """The print and its line in the access log with the people it shows, in one transaction; a workbook is an export."""
    desk, wanted = making.desk, making.wanted
    document, parameters = _kind(wanted).key, wanted.parameters()
    action = "export" if file_format == "xlsx" else "print"
    told = {"check_number": making.check_number, "purpose": making.purpose, "format": file_format}
    entry = desk.access_entry(action, document, wanted.course, {**parameters, **told}, making.people)
    with desk.store.write() as connection:
        if document == completions.CERTIFICATE:
            completions.note_printed(connection, making.course, wanted.person)
        connection.execute(
            sa.insert(records.print_record).values(
                id=new_id(),
                document=document,
                parameters=parameters,
                pages=pages,
                sha256=hashlib.sha256(data).digest(),
                user_id=desk.actor.user_id,
                at=entry.at,
                **told,
            )
        )
        audit.append(connection, audit.ACCESSES, [entry])
