"""`visit finding|findings|close|open-again`: what was found at an intern's company, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date, known_id
from regional_desk.cli.visits import group
from regional_desk.domain.text import korean_date
from regional_desk.domain.visits import FindingKind
from regional_desk.errors import UsageError

if TYPE_CHECKING:
    from regional_desk.services.visits.findings import Finding

_Id = Annotated[str, typer.Argument(metavar="FINDING", help="지적 사항(id)")]


@group.command("finding")
def add(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="내용")],
    visit: Annotated[str | None, typer.Option(help="방문(id)")] = None,
    internship: Annotated[str | None, typer.Option(help="인턴(방문이 아닐 때)")] = None,
    kind: Annotated[FindingKind, typer.Option(help="구분")] = FindingKind.FINDING,
    on: Annotated[str | None, typer.Option(help="알게 된 날")] = None,
    follow_up: Annotated[str, typer.Option(help="후속조치")] = "",
    owner: Annotated[str, typer.Option(help="담당")] = "",
    deadline: Annotated[str | None, typer.Option(help="조치 기한, 없으면 제안하는 날")] = None,
) -> None:
    """지적·고충·사고를 적는다."""
    from regional_desk.services.internships import internships
    from regional_desk.services.visits import findings, visits

    call: Call = context.obj
    desk = call.open()
    if (visit is None) == (internship is None):
        raise UsageError("--visit 방문이나 --internship 인턴 가운데 하나를 적어 주십시오.")
    row = visits.read(desk, known_id(visit)) if visit else None
    whose = row.host.internship if row else internships.find_internship(desk, internship or "")
    day = iso_date(on) if on else (row.done_on if row and row.done_on else desk.clock.today())
    until = iso_date(deadline) if deadline else findings.proposed_deadline(day)
    found = findings.Found(kind, day, text, follow_up, owner, until)
    made = findings.add(desk, whose, found, visit=row.id if row else None)
    call.emit(_finding(findings.read(desk, made)), [f"적었습니다. 조치 기한 {korean_date(until)}: {made}"])


@group.command("findings")
def list_findings(
    context: typer.Context,
    internship: Annotated[str | None, typer.Option(help="인턴(2026-3 또는 성명)")] = None,
    every: Annotated[bool, typer.Option("--all", help="조치가 끝난 것도")] = False,
) -> None:
    """지적·고충·사고의 목록."""
    from regional_desk.services.internships import internships
    from regional_desk.services.visits import findings

    call: Call = context.obj
    desk = call.open()
    whose = internships.find_internship(desk, internship) if internship else None
    found = findings.list_findings(desk, internship=whose, open_only=not every)
    call.emit({"findings": [_finding(one) for one in found]}, [_line(one) for one in found] or ["없습니다."])


@group.command("close")
def close(
    context: typer.Context,
    finding: _Id,
    result: Annotated[str, typer.Option(help="조치한 결과")],
    on: Annotated[str | None, typer.Option(help="조치한 날")] = None,
) -> None:
    """조치를 끝낸다."""
    from regional_desk.services.visits import findings

    call: Call = context.obj
    desk = call.open()
    row = findings.read(desk, known_id(finding))
    findings.close(desk, row.id, row.version, result, iso_date(on) if on else None)
    call.emit(_finding(findings.read(desk, row.id)))


@group.command("open-again")
def open_again(
    context: typer.Context, finding: _Id, reason: Annotated[str, typer.Option(help="사유")]
) -> None:
    """조치 완료를 되돌린다."""
    from regional_desk.services.visits import findings

    call: Call = context.obj
    desk = call.open()
    row = findings.read(desk, known_id(finding))
    findings.reopen(desk, row.id, row.version, reason)
    call.emit(_finding(findings.read(desk, row.id)))


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "finding": str(one.id),
        "internship": one.host.label,
        "name": one.host.name,
        "company": one.host.company_name,
        "kind": one.kind.value,
        "on": one.on.isoformat(),
        "text": one.text,
        "follow_up": one.follow_up,
        "owner": one.owner,
        "deadline": one.deadline.isoformat() if one.deadline else None,
        "state": one.state.value,
        "result": one.result,
    }


def _line(one: Finding) -> str:
    until = f" · 기한 {korean_date(one.deadline)}" if one.deadline else ""
    return f"{one.id} {one.kind.label} {korean_date(one.on)} {one.host.company_name} {one.host.name} · {one.text}{until} · {one.state.label}"
