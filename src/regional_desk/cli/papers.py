"""`print`, `month-end`, `submission`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date
from regional_desk.domain.text import won
from regional_desk.errors import UsageError

_submission = typer.Typer(help="제출 파일.", no_args_is_help=True)
_Purpose = Annotated[str, typer.Option(help="용도")]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.command("print")(print_paper)
    app.command("month-end")(month_end)
    app.add_typer(_submission, name="submission")


def print_paper(
    context: typer.Context,
    document: Annotated[str | None, typer.Argument(help="문서 이름")] = None,
    course: Annotated[str | None, typer.Option(help="과정")] = None,
    unit: Annotated[int | None, typer.Option(help="단위기간")] = None,
    month: Annotated[str | None, typer.Option(help="달(2026-08)")] = None,
    number: Annotated[int | None, typer.Option(help="번호(없으면 가장 새것)")] = None,
    trainee: Annotated[str | None, typer.Option(help="사람(성명 1999-03-05)")] = None,
    day: Annotated[str | None, typer.Option(help="날짜(2026-08-03)")] = None,
    round_name: Annotated[str | None, typer.Option("--round", help="모집 차수 또는 연계 차수")] = None,
    company: Annotated[str | None, typer.Option(help="기업(기업명, 사업자등록번호)")] = None,
    internship: Annotated[str | None, typer.Option(help="인턴(2026-3 또는 성명)")] = None,
    file_format: Annotated[str, typer.Option("--format", help="pdf, xlsx")] = "pdf",
    out: Annotated[Path | None, typer.Option(help="파일")] = None,
    purpose: Annotated[str | None, typer.Option(help="용도")] = None,
    show_list: Annotated[bool, typer.Option("--list", help="문서 이름을 보여 준다")] = False,
) -> None:
    """문서를 파일로 만든다."""
    from regional_desk.services.companies import companies
    from regional_desk.services.internships import internships
    from regional_desk.services.papers import papers
    from regional_desk.services.papers.making import Wanted
    from regional_desk.services.recruitment import people
    from regional_desk.services.training import courses

    call: Call = context.obj
    if show_list:
        rows = [{"document": kind.key, "title": kind.title} for kind in papers.DOCUMENTS.values()]
        call.emit({"documents": rows}, [f"{row['document']}: {row['title']}" for row in rows])
        return
    if document is None or out is None or purpose is None:
        raise UsageError(
            "문서 이름과 --out 파일, --purpose 용도를 적어 주십시오. 문서 이름은 print --list로 봅니다."
        )
    desk = call.open()
    wanted = Wanted(
        document,
        course=courses.find_course(desk, course) if course else None,
        unit_no=unit,
        month=month,
        number=number,
        person=people.find_person(desk, trainee) if trainee else None,
        day=iso_date(day) if day else None,
        round=_round(desk, document, round_name) if round_name else None,
        company=companies.find_company(desk, company) if company else None,
        internship=internships.find_internship(desk, internship) if internship else None,
    )
    done = papers.print_paper(desk, wanted, file_format, out, purpose)
    call.emit(
        {"file": str(done.file), "pages": done.pages, "check_number": done.check_number},
        [f"{done.file} ({done.pages}쪽, 확인번호 {done.check_number})"],
    )


def _round(desk: Any, document: str, text: str) -> UUID:
    """A paper of matching is about a matching round, every other about one of recruitment."""
    from regional_desk.services.matching import rounds as matching_rounds
    from regional_desk.services.papers import papers
    from regional_desk.services.recruitment import rounds

    if papers.is_of_matching(document):
        return matching_rounds.find_round(desk, text)
    return rounds.find_round(desk, text)


def month_end(
    context: typer.Context,
    month: Annotated[str, typer.Argument(help="달(2026-08)")],
    out: Annotated[Path, typer.Option(help="폴더")],
    purpose: _Purpose,
    allow_open: Annotated[str | None, typer.Option(help="미확정으로 만드는 사유")] = None,
) -> None:
    """한 달을 점검하고 문서와 제출 파일을 만든다. 확정이나 지급은 하지 않는다."""
    from regional_desk.services.papers.month_end import month_end as run

    call: Call = context.obj
    done = run(
        call.open(),
        month,
        out,
        purpose,
        allow_open=allow_open,
        progress=call.progress("월 마감 문서 만드는 중"),
    )
    documents = [
        {"file": str(one.file), "pages": one.pages, "check_number": one.check_number}
        for one in done.documents
    ]
    call.emit(
        {
            "open_items": [{"where": point.where, "message": point.message} for point in done.open_points],
            "documents": documents,
            "submission": _built(done.submission),
            "totals": done.totals,
        },
        [
            *(f"확인할 것: {point.where} — {point.message}" for point in done.open_points),
            *(f"{one.file} ({one.pages}쪽)" for one in done.documents),
            f"{done.submission.file} ({'새로 만듦' if done.submission.rebuilt else '바뀐 것 없음'})",
            f"합계: 지급 {done.totals['paid_people']}명, {won(done.totals['amount'])}원",
            f"인턴지원금: {done.totals['claim_people']}명, {won(done.totals['claim_amount'])}원",
        ],
    )


@_submission.command("build")
def build(
    context: typer.Context,
    month: str,
    out: Annotated[Path, typer.Option(help="폴더")],
    purpose: _Purpose = "제출",
    kind: Annotated[str, typer.Option(help="summary, roster")] = "summary",
    to: Annotated[list[Path] | None, typer.Option(help="받는 기관의 인증서(여러 번)")] = None,
    allow_open: Annotated[str | None, typer.Option(help="미확정으로 만드는 사유")] = None,
) -> None:
    """제출 파일을 만들어 서명한다."""
    from regional_desk.services.papers import submission

    call: Call = context.obj
    done = submission.build(
        call.open(), month, out, purpose, kind=_kind(kind), recipients=to or (), allow_open=allow_open
    )
    lines = [
        f"{done.file} ({done.sequence}차, {'새로 만듦' if done.rebuilt else '바뀐 것 없음'})",
        *done.difference,
    ]
    call.emit(_built(done), lines)


@_submission.command("verify")
def verify(context: typer.Context, file: Path) -> None:
    """제출 파일의 서명과 내용을 확인한다."""
    from regional_desk.services.papers import submission

    call: Call = context.obj
    done = submission.verify(call.open(), file)
    found = done.package
    data = {
        "file": found.file,
        "valid": True,
        "signer": done.signature.signer,
        "sequence": found.sequence,
        "sha256": found.sha256,
        "status": found.content.status,
        "tables": {table.name: len(table.rows) for table in found.content.tables},
    }
    call.emit(data, [f"{found.file}: 서명과 내용이 맞습니다({done.signature.signer}, {found.sequence}차)."])


@_submission.command("list")
def list_all(context: typer.Context) -> None:
    """만든 제출 파일."""
    from regional_desk.services.papers import submission

    call: Call = context.obj
    rows = [
        {
            "file": row.file_name,
            "month": row.month,
            "kind": row.kind,
            "sequence": row.sequence,
            "status": row.status,
            "sha256": row.sha256,
            "built_at": row.at.isoformat(),
        }
        for row in submission.list_submissions(call.open())
    ]
    call.emit(
        {"submissions": rows},
        [f"{row['file']} {row['status']}" for row in rows] or ["만든 제출 파일이 없습니다."],
    )


def _kind(text: str) -> Any:
    from regional_desk.exchange.package_schema import Kind

    try:
        return Kind(text)
    except ValueError as error:
        raise UsageError("--kind는 summary 또는 roster입니다.") from error


def _built(done: Any) -> dict[str, Any]:
    return {
        "file": str(done.file),
        "signature": str(done.signature),
        "sequence": done.sequence,
        "sha256": done.sha256,
        "status": done.status,
        "rebuilt": done.rebuilt,
        "difference": list(done.difference),
    }
